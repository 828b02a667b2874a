/* test-canonical.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Values as JavaScript has them, and plain ones. */

#include "value/fermata-canonical.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#include <string.h>

static FermataValue *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (text, -1, &error);

  g_assert_no_error (error);
  return value;
}

static void
assert_text (FermataValue *value,
             const char   *expected)
{
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_from_plain (void)
{
  static const char *const cases[][2] = {
    { "9007199254740991", "9007199254740991" },
    { "9007199254740992", "{\"$bigint\":\"9007199254740992\"}" },
    { "-9223372036854775808", "{\"$bigint\":\"-9223372036854775808\"}" },
    { "123456789012345678901234567890", "{\"$bigint\":\"123456789012345678901234567890\"}" },
    { "1e999", "{\"$number\":\"Infinity\"}" },
    { "-0.0", "-0.0" },
    { "[1,{\"a\":[9007199254740992]}]", "[1,{\"a\":[{\"$bigint\":\"9007199254740992\"}]}]" },
    { "{\"$function\":\"f\"}", "{\"$$function\":\"f\"}" },
    { "{\"$$function\":1}", "{\"$$$function\":1}" },
    { "{\"$\":{\"$x\":{}}}", "{\"$$\":{\"$$x\":{}}}" },
    { "{\"$a\":1,\"$b\":2}", "{\"$a\":1,\"$b\":2}" },
    { "{\"a\":1}", "{\"a\":1}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) plain = parse (cases[i][0]);
      g_autoptr (FermataValue) canonical = fermata_canonical_from_plain (plain);
      g_autoptr (FermataValue) tagless = fermata_canonical_from_plain (canonical);

      assert_text (canonical, cases[i][1]);
      g_assert_true ((plain == canonical) == g_str_equal (cases[i][0], cases[i][1]));
      /* Whatever it looks like, it is the user's own */
      g_assert_null (fermata_canonical_get_tag (tagless, NULL));
    }
}

static void
test_to_plain (void)
{
  static const char *const cases[][2] = {
    { "[1,{\"a\":null}]", "[1,{\"a\":null}]" },
    { "{\"$undefined\":true}", "null" },
    { "[{\"$number\":\"NaN\"},{\"$function\":\"() => 1\"}]", "[null,null]" },
    { "{\"$bigint\":\"-9223372036854775808\"}", "-9223372036854775808" },
    { "{\"$bigint\":\"9223372036854775808\"}", "\"9223372036854775808\"" },
    { "{\"$date\":\"2026-01-01T00:00:00.000Z\"}", "\"2026-01-01T00:00:00.000Z\"" },
    { "{\"$date\":\"invalid\"}", "null" },
    { "{\"$regexp\":\"/a/g\"}", "\"/a/g\"" },
    { "{\"d\":{\"$xml\":\"<a/>\"}}", "{\"d\":\"<a/>\"}" },
    { "{\"$frozen\":{\"data\":{\"$undefined\":true}}}", "{\"data\":null}" },
    { "{\"$$function\":{\"$bigint\":\"1\"}}", "{\"$function\":1}" },
    { "{\"$$$x\":1}", "{\"$$x\":1}" },
    { "{\"$other\":1}", "{\"$other\":1}" },
    { "{\"$function\":1}", "{\"$function\":1}" },
    { "{\"$undefined\":true,\"a\":1}", "{\"$undefined\":true,\"a\":1}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) canonical = parse (cases[i][0]);
      g_autoptr (FermataValue) plain = fermata_canonical_to_plain (canonical);

      assert_text (plain, cases[i][1]);
      g_assert_true ((plain == canonical) == g_str_equal (cases[i][0], cases[i][1]));
    }
}

static FermataValue *
make_random (GRand *random,
             guint  depth)
{
  static const char *const names[] = { "$", "$$", "$function", "$xml", "$frozen", "$bigint", "a", "" };
  g_autoptr (FermataValueBuilder) builder = NULL;
  gboolean is_list;
  int n;

  switch (g_rand_int_range (random, 0, depth == 0 ? 4 : 8))
    {
    case 0:
      return fermata_value_new_integer ((gint64) ((guint64) g_rand_int (random) << 32 | g_rand_int (random)));
    case 1:
      return fermata_value_new_string (names[g_rand_int_range (random, 0, G_N_ELEMENTS (names))], -1);
    case 2:
      return fermata_value_new_number (g_rand_double (random) - 0.5);
    case 3:
      return fermata_value_new_boolean (TRUE);
    default:
      break;
    }

  is_list = g_rand_boolean (random);
  builder = is_list ? fermata_value_builder_new_array () : fermata_value_builder_new_object ();
  n = g_rand_int_range (random, 0, 3);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (FermataValue) inner = make_random (random, depth - 1);

      if (is_list)
        fermata_value_builder_add (builder, inner);
      else
        fermata_value_builder_set (builder, names[g_rand_int_range (random, 0, G_N_ELEMENTS (names))], inner);
    }

  return fermata_value_builder_end (builder);
}

/* There and back is the same value, whatever it is. */
static void
test_there_and_back (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260701);

  for (int i = 0; i < 5000; i++)
    {
      g_autoptr (FermataValue) plain = make_random (random, 5);
      g_autoptr (FermataValue) canonical = fermata_canonical_from_plain (plain);
      g_autoptr (FermataValue) back = fermata_canonical_to_plain (canonical);

      g_assert_true (fermata_value_equal (plain, back));
    }
}

static void
test_deep (void)
{
  FermataValue *value = fermata_value_new_integer (G_MAXINT64);
  g_autoptr (FermataValue) canonical = NULL;
  g_autoptr (FermataValue) back = NULL;

  for (int i = 0; i < 100000; i++)
    {
      FermataValue *inner = value;

      value = fermata_value_new_array (&inner, 1);
      fermata_value_unref (inner);
    }
  canonical = fermata_canonical_from_plain (value);
  back = fermata_canonical_to_plain (canonical);
  g_assert_true (canonical != value);
  g_assert_true (fermata_value_equal (back, value));
  fermata_value_unref (value);
}

static void
test_undefined (void)
{
  g_autoptr (FermataValue) undefined = fermata_canonical_new_undefined ();
  g_autoptr (FermataValue) date = parse ("{\"$date\":\"invalid\"}");
  FermataValue *content;

  g_assert_true (fermata_canonical_is_undefined (undefined));
  g_assert_false (fermata_canonical_is_undefined (date));
  g_assert_cmpstr (fermata_canonical_get_tag (date, &content), ==, "$date");
  g_assert_cmpstr (fermata_value_get_string (content, NULL), ==, "invalid");
  assert_text (undefined, "{\"$undefined\":true}");
}

static void
test_to_words (void)
{
  static const char canonical[] =
    "[{\"$undefined\":true},{\"$number\":\"NaN\"},{\"$date\":\"invalid\"},{\"$function\":\"f => 1\"},"
    "{\"$bigint\":\"12\"},{\"a\":{\"$frozen\":{\"b\":{\"$undefined\":true}}}},{\"$$undefined\":true},null]";
  g_autoptr (FermataValue) value = parse (canonical);
  g_autoptr (FermataValue) words = fermata_canonical_to_words (value);
  g_autoptr (FermataValue) plain = parse ("{\"a\":[1,\"x\"]}");
  g_autoptr (FermataValue) same = fermata_canonical_to_words (plain);

  assert_text (words, "[\"undefined\",\"NaN\",\"invalid\",\"f => 1\",\"12\",{\"a\":{\"b\":\"undefined\"}},"
                      "{\"$undefined\":true},null]");
  g_assert_true (same == plain);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/canonical/from-plain", test_from_plain);
  g_test_add_func ("/canonical/to-plain", test_to_plain);
  g_test_add_func ("/canonical/to-words", test_to_words);
  g_test_add_func ("/canonical/there-and-back", test_there_and_back);
  g_test_add_func ("/canonical/deep", test_deep);
  g_test_add_func ("/canonical/undefined", test_undefined);

  return g_test_run ();
}
