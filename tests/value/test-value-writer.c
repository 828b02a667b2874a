/* test-value-writer.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"
#include "value/random-value.h"
#include "value/small-stack.h"

static FermataValue *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (text, -1, &error);

  g_assert_no_error (error);
  return value;
}

static void
test_compact (void)
{
  static const char *const texts[] = {
    "null", "true", "false", "0", "-12", "1.5", "\"\"", "[]", "{}", "[[],{}]", "[1,[2,[3]],4]",
    "{\"a\":{\"b\":[{}]},\"c\":\"d\"}", "{\"\":{\"\":\"\"}}", "[null,true,false,\"x\"]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FermataValue) value = parse (texts[i]);
      gsize length;
      g_autofree char *written = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, &length);

      g_assert_cmpstr (written, ==, texts[i]);
      g_assert_cmpuint (length, ==, strlen (texts[i]));
    }
}

static void
test_escapes (void)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (FermataValue) value = NULL;
  g_autofree char *written = NULL;

  for (int byte = 0; byte < 0x20; byte++)
    g_string_append_c (all, (char) byte);
  g_string_append (all, "\"\\/\x7f é\xe2\x80\xa8😀");
  value = fermata_value_new_string (all->str, (gssize) all->len);
  written = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_assert_cmpstr (written, ==,
                   "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f"
                   "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c"
                   "\\u001d\\u001e\\u001f\\\"\\\\/\x7f é\xe2\x80\xa8😀\"");
}

static void
test_name_escapes (void)
{
  g_autoptr (FermataValue) value = parse ("{\"a\\u0000\\n\\\"\":1,\"é\":2}");
  g_autofree char *written = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

  g_assert_cmpstr (written, ==, "{\"a\\u0000\\n\\\"\":1,\"é\":2}");
}

static void
test_pretty (void)
{
  static const char *const texts[] = {
    "null",
    "[]",
    "{}",
    "[1, 2, 3]",
    "{ \"a\": 1, \"b\": [], \"c\": {}, \"d\": [{ \"e\": null }] }",
    /* 100 characters fit, */
    "[\"3456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 12345678\"]",
    "[\"é456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 12345678\"]",
    /* 101 do not, */
    "[\n"
    "  \"3456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789\"\n"
    "]",
    /* nor does 100 and a comma. */
    "[\n"
    "  [\"56789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 1234567\"],\n"
    "  [\"56789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 12345678\"]\n"
    "]",
    "[\n"
    "  [\n"
    "    \"56789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 12345678\"\n"
    "  ],\n"
    "  1\n"
    "]",
    /* The name counts. */
    "{\n"
    "  \"some name of some length\": {\n"
    "    \"a\": \"56789 123456789 123456789 123456789 123456789 123456789 123456789\",\n"
    "    \"b\": [1, 2]\n"
    "  },\n"
    "  \"short\": { \"a\": \"56789 123456789 123456789 123456789 123456789 123456789 123456789\", \"b\": [1] }\n"
    "}",
    /* Even an empty one that stands at the margin. */
    "{\n"
    "  \"3456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789\": {},\n"
    "  \"b\": 1\n"
    "}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FermataValue) value = parse (texts[i]);
      g_autofree char *written = fermata_value_to_string (value, FERMATA_WRITE_PRETTY, NULL);

      g_assert_cmpstr (written, ==, texts[i]);
    }
}

static void
test_append (void)
{
  g_autoptr (GString) buffer = g_string_new ("{\n  \"name\": ");
  g_autoptr (FermataValue) value =
    parse ("{\"list\":[\"56789 123456789 123456789 123456789\",\"123456789 123456789 123456789\"],\"x\":[1]}");

  fermata_value_append_string (value, FERMATA_WRITE_PRETTY, 2, buffer);
  g_string_append (buffer, "\n}");
  g_assert_cmpstr (buffer->str, ==,
                   "{\n"
                   "  \"name\": {\n"
                   "    \"list\": [\"56789 123456789 123456789 123456789\", \"123456789 123456789 123456789\"],\n"
                   "    \"x\": [1]\n"
                   "  }\n"
                   "}");
  g_assert_cmpuint (buffer->len, ==, strlen (buffer->str));

  g_string_assign (buffer, "x = ");
  fermata_value_append_string (fermata_value_get_member (value, "x"), FERMATA_WRITE_COMPACT, 0, buffer);
  g_assert_cmpstr (buffer->str, ==, "x = [1]");
}

static void
assert_reads_back (FermataValue      *value,
                   FermataWriteFlags  flags)
{
  gsize length;
  g_autofree char *written = fermata_value_to_string (value, flags, &length);
  g_autoptr (FermataValue) again = parse (written);
  g_autofree char *rewritten = fermata_value_to_string (again, flags, NULL);

  g_assert_cmpuint (strlen (written), ==, length);
  g_assert_true (fermata_value_equal (value, again));
  g_assert_cmpuint (fermata_value_hash (value), ==, fermata_value_hash (again));
  g_assert_cmpstr (rewritten, ==, written);
}

/* No line is longer than it may be unless it has to: then it is one scalar. */
static void
assert_lines_fit (FermataValue *value)
{
  g_autofree char *written = fermata_value_to_string (value, FERMATA_WRITE_PRETTY, NULL);
  g_auto (GStrv) lines = g_strsplit (written, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize indent = strspn (lines[i], " ");

      g_assert_cmpuint (indent % 2, ==, 0);
      if (lines[i][indent] == '[' || lines[i][indent] == '{')
        g_assert_cmpint (g_utf8_strlen (lines[i], -1), <=, 100);
    }
}

static void
test_random (void)
{
  for (guint i = g_test_slow () ? 100000 : 1000; i > 0; i--)
    {
      g_autoptr (FermataValue) value = random_value (6);

      assert_reads_back (value, FERMATA_WRITE_COMPACT);
      assert_reads_back (value, FERMATA_WRITE_PRETTY);
      assert_lines_fit (value);
    }
}

static FermataValue *
make_deep (guint depth)
{
  FermataValue *value = fermata_value_new_integer (1);

  for (guint i = 0; i < depth; i++)
    {
      FermataValue *inner = value;

      value = fermata_value_new_array (&inner, 1);
      fermata_value_unref (inner);
    }
  return value;
}

static gpointer
write_deep (gpointer data)
{
  g_autoptr (FermataValue) deep = make_deep (1000000);
  g_autoptr (FermataValue) shallow = make_deep (5000);
  gsize length;
  g_autofree char *compact = fermata_value_to_string (deep, FERMATA_WRITE_COMPACT, &length);
  g_autofree char *pretty = fermata_value_to_string (shallow, FERMATA_WRITE_PRETTY, NULL);

  g_assert_cmpuint (length, ==, 2000001);
  g_assert_cmpint (compact[999999], ==, '[');
  g_assert_cmpint (compact[1000000], ==, '1');
  g_assert_true (g_str_has_prefix (pretty, "[\n  [\n    [\n"));
  return NULL;
}

static void
test_deep (void)
{
  run_on_small_stack (write_deep, NULL);
}

/* A long string far inside must not be looked at once for each level around
 * it. */
static void
test_long_inside (void)
{
  g_autofree char *text = g_strnfill (10000000, 'x');
  FermataValue *value = fermata_value_new_string (text, -1);
  g_autofree char *written = NULL;

  for (guint i = 0; i < 1000; i++)
    {
      FermataValue *pair[] = { fermata_value_new_null (), value };
      FermataValue *outer = fermata_value_new_array (pair, 2);

      fermata_value_unref (value);
      value = outer;
    }
  written = fermata_value_to_string (value, FERMATA_WRITE_PRETTY, NULL);
  g_assert_nonnull (strstr (written, "xxxx"));
  fermata_value_unref (value);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/value-writer/compact", test_compact);
  g_test_add_func ("/value-writer/escapes", test_escapes);
  g_test_add_func ("/value-writer/name-escapes", test_name_escapes);
  g_test_add_func ("/value-writer/pretty", test_pretty);
  g_test_add_func ("/value-writer/append", test_append);
  g_test_add_func ("/value-writer/random", test_random);
  g_test_add_func ("/value-writer/deep", test_deep);
  g_test_add_func ("/value-writer/long-inside", test_long_inside);

  return g_test_run ();
}
