/* test-value-reader.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"
#include "value/small-stack.h"

static FermataValue *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (text, -1, &error);

  g_assert_no_error (error);
  return value;
}

/* The message says place, expected and found. */
static void
test_errors (void)
{
  static const struct {
    const char *text;
    const char *message;
  } cases[] = {
    { "", "1:1: expected a value, found the end of the text" },
    { " \n ", "2:2: expected a value, found the end of the text" },
    { "nul", "1:1: expected a value, found 'nul'" },
    { "nullx", "1:1: expected a value, found 'nullx'" },
    { "NaN", "1:1: expected a value, found 'NaN'" },
    { "1 2", "1:3: expected the end of the text, found '2'" },
    { "[", "1:2: expected a value or ']', found the end of the text" },
    { "[1", "1:3: expected ',' or ']', found the end of the text" },
    { "[1,]", "1:4: expected a value after the comma, found ']'" },
    { "[1 2]", "1:4: expected ',' or ']', found '2'" },
    { "[1}", "1:3: expected ',' or ']', found '}'" },
    { "{", "1:2: expected a name in double quotes or '}', found the end of the text" },
    { "{'a'", "1:2: expected a name in double quotes or '}', found a single quote" },
    { "{a:1}", "1:2: expected a name in double quotes or '}', found 'a'" },
    { "{\"a\"", "1:5: expected ':' after the name, found the end of the text" },
    { "{\"a\":", "1:6: expected a value after the colon, found the end of the text" },
    { "{\"a\":1", "1:7: expected ',' or '}', found the end of the text" },
    { "{\"a\":1]", "1:7: expected ',' or '}', found ']'" },
    { "{\"a\":1,}", "1:8: expected a name in double quotes after the comma, found '}'" },
    { "// no", "1:1: expected a value, found '/'" },
    { "-", "1:2: expected a digit, found the end of the text" },
    { "+1", "1:1: expected a value, found '+'" },
    { "01", "1:2: expected '.', 'e' or the end of the number after a leading 0, found '1'" },
    { "1.", "1:3: expected a digit after the point, found the end of the text" },
    { "1.e5", "1:3: expected a digit after the point, found 'e5'" },
    { ".5", "1:1: expected a value, found '.'" },
    { "1e+", "1:4: expected a digit in the exponent, found the end of the text" },
    { "\"a", "1:3: expected '\"' at the end of the string, found the end of the text" },
    { "\"a\nb\"", "1:3: expected an escape (such as \\n) for a control character, found U+000A" },
    { "\"\\x\"", "1:3: expected one of \" \\ / b f n r t u after the backslash, found 'x'" },
    { "\"\\u12g4\"", "1:6: expected four hexadecimal digits after \\u, found 'g4'" },
    { "\"\\udc00\"", "1:2: expected \\uD800 to \\uDBFF before the low surrogate, found only \\uDC00" },
    { "\"\\ud800\"", "1:8: expected \\uDC00 to \\uDFFF after the high surrogate, found '\"'" },
    { "\"\\ud800\\u0041\"", "1:8: expected \\uDC00 to \\uDFFF after the high surrogate, found \\u0041" },
    { "\"\\ud800\\ud800\"", "1:8: expected \\uDC00 to \\uDFFF after the high surrogate, found \\uD800" },
    { "\"é\xff\"", "1:3: expected a character in UTF-8, found the byte 0xFF" },
    { "\"\xed\xa0\x80\"", "1:2: expected a character in UTF-8, found the byte 0xED" },
    { "\"\xe2\x82", "1:2: expected a character in UTF-8, found the byte 0xE2" },
    { "\xef\xbb\xbf[]", "1:1: expected a value, found a byte order mark (U+FEFF)" },
    { "\xff\xfe[", "1:1: expected a value in UTF-8, found the byte order mark of UTF-16" },
    { "[\n  \"日本\", x]", "2:9: expected a value after the comma, found 'x'" },
    { "[\r\n1,\r\n\r\n?]", "4:1: expected a value after the comma, found '?'" },
    { "\xc2\xa0" "1", "1:1: expected a value, found U+00A0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (fermata_value_parse (cases[i].text, -1, &error));
      g_assert_nonnull (error);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_error_codes (void)
{
  static const struct {
    const char *text;
    FermataValueError code;
  } cases[] = {
    { "[", FERMATA_VALUE_ERROR_SYNTAX },
    { "\"\\ud800\"", FERMATA_VALUE_ERROR_SYNTAX },
    { "\xef\xbb\xbf[]", FERMATA_VALUE_ERROR_SYNTAX },
    { "\"\xff\"", FERMATA_VALUE_ERROR_ENCODING },
    { "\xff\xfe[", FERMATA_VALUE_ERROR_ENCODING },
    { "[[[[]]]]", FERMATA_VALUE_ERROR_DEPTH },
    { "[1,2,3,4,5,6,7,8,9,10]", FERMATA_VALUE_ERROR_SIZE },
    { "{\"a\":1,\"a\":2}", FERMATA_VALUE_ERROR_DUPLICATE },
  };
  g_autoptr (FermataValueReader) reader = fermata_value_reader_new ();

  fermata_value_reader_set_max_depth (reader, 3);
  fermata_value_reader_set_max_size (reader, 20);
  fermata_value_reader_set_unique_names (reader, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (fermata_value_reader_read (reader, cases[i].text, -1, &error));
      g_assert_error (error, FERMATA_VALUE_ERROR, (int) cases[i].code);
    }
}

/* A text need not end with a NUL, and none is looked for. */
static void
test_length (void)
{
  g_autofree char *text = g_memdup2 ("123456", 6);
  g_autoptr (FermataValue) whole = fermata_value_parse (text, 6, NULL);
  g_autoptr (FermataValue) part = fermata_value_parse (text, 3, NULL);
  g_autofree char *exact = g_memdup2 ("1.7976931348623157e308", 22);
  g_autoptr (FermataValue) number = fermata_value_parse (exact, 22, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (fermata_value_get_integer (whole), ==, 123456);
  g_assert_cmpint (fermata_value_get_integer (part), ==, 123);
  g_assert_cmpfloat (fermata_value_get_number (number), ==, 1.7976931348623157e308);
  g_assert_null (fermata_value_parse ("1\0", 2, &error));
  g_assert_cmpstr (error->message, ==, "1:2: expected the end of the text, found U+0000");
}

static void
test_strings (void)
{
  static const struct {
    const char *text;
    const char *string;
    gsize length;
  } cases[] = {
    { "\"\"", "", 0 },
    { "\"plain ascii of some length\"", "plain ascii of some length", 26 },
    { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t", 8 },
    { "\"\\u0000\"", "\0", 1 },
    { "\"a\\u0000b\"", "a\0b", 3 },
    { "\"\\u00e9\\u00E9é\"", "ééé", 6 },
    { "\"\\u20ac€\"", "€€", 6 },
    { "\"\\ud83d\\ude00😀\"", "😀😀", 8 },
    { "\"\\uD800\\uDC00\\uDBFF\\uDFFF\"", "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", 8 },
    { "\"1234567\\n12345678\\n123456789\"", "1234567\n12345678\n123456789", 26 },
    { "\"\x7f\xe2\x80\xa8\"", "\x7f\xe2\x80\xa8", 4 },
    { "\"\xef\xbb\xbf\"", "\xef\xbb\xbf", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = parse (cases[i].text);
      gsize length;
      const char *string = fermata_value_get_string (value, &length);

      g_assert_cmpmem (string, length, cases[i].string, cases[i].length);
      g_assert_cmpint (string[length], ==, '\0');
    }
}

static void
test_objects (void)
{
  g_autoptr (FermataValue) object = parse ("{\"b\":1,\"a\":{\"c\":[]},\"b\":2,\"\":3,\"a\\u0000\":4}");

  g_assert_cmpuint (fermata_value_get_length (object), ==, 4);
  g_assert_cmpstr (fermata_value_get_member_name (object, 0), ==, "b");
  g_assert_cmpint (fermata_value_get_integer (fermata_value_get_element (object, 0)), ==, 2);
  g_assert_cmpstr (fermata_value_get_member_name (object, 1), ==, "a");
  g_assert_cmpint (fermata_value_get_kind (fermata_value_get_member (object, "a")), ==, FERMATA_VALUE_KIND_OBJECT);
  g_assert_cmpint (fermata_value_get_integer (fermata_value_get_member (object, "")), ==, 3);
  g_assert_cmpint (fermata_value_get_integer (fermata_value_get_element (object, 3)), ==, 4);
}

/* Records alike, almost alike, with members missing, added, in another order:
 * what the reader expects of one must not leak into the next. */
static void
test_records (void)
{
  static const char *const records[] = {
    "{\"id\":1,\"name\":\"a\",\"at\":{\"x\":1,\"y\":2}}",
    "{\"id\":2,\"name\":\"b\",\"at\":{\"x\":3,\"y\":4}}",
    "{\"id\":3,\"name\":\"c\"}",
    "{\"id\":4,\"name\":\"d\",\"at\":{\"x\":5,\"y\":6},\"more\":true}",
    "{\"name\":\"e\",\"id\":5,\"at\":{\"y\":7,\"x\":8}}",
    "{\"id\":6,\"name\":\"f\",\"at\":[{\"x\":1,\"y\":2},{\"x\":1,\"z\":2},{}]}",
    "{\"id\":7,\"name\":\"g\",\"at\":{\"x\":9}}",
    "{\"id\":8,\"id\":9,\"at\":{\"x\":9,\"y\":9,\"x\":10}}",
    "{\"id\":10,\"name\":\"h\",\"name\":\"i\"}",
    "{}",
    "{\"id\":11,\"names\":\"j\",\"at\":null}",
  };
  g_autoptr (GString) text = g_string_new ("[");
  g_autoptr (FermataValue) all = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "%s%s", i ? "," : "",
                            records[g_test_rand_int_range (0, G_N_ELEMENTS (records))]);
  g_string_append_c (text, ']');
  all = parse (text->str);

  for (guint i = 0, offset = 1; i < 1000; i++)
    {
      g_autoptr (FermataValue) alone = NULL;
      const char *rest = text->str + offset;
      guint length = 0;

      for (guint j = 0; j < G_N_ELEMENTS (records) && length == 0; j++)
        {
          if (g_str_has_prefix (rest, records[j]))
            length = (guint) strlen (records[j]);
        }
      alone = fermata_value_parse (rest, length, NULL);
      g_assert_true (fermata_value_equal (alone, fermata_value_get_element (all, i)));
      offset += length + 1;
    }
}

static void
test_large_arrays (void)
{
  static const guint sizes[] = { 4095, 4096, 4097, 8191, 8192, 8193, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GString) text = g_string_new ("{\"before\":[1],\"list\":[");
      g_autoptr (FermataValue) value = NULL;
      FermataValue *list;

      for (guint j = 0; j < sizes[i]; j++)
        g_string_append_printf (text, j ? ",[%u]" : "[%u]", j);
      g_string_append (text, "],\"after\":2}");
      value = parse (text->str);
      list = fermata_value_get_member (value, "list");
      g_assert_cmpuint (fermata_value_get_length (list), ==, sizes[i]);
      for (guint j = 0; j < sizes[i]; j++)
        g_assert_cmpint (fermata_value_get_integer (fermata_value_get_element (fermata_value_get_element (list, j), 0)), ==, j);
      g_assert_cmpint (fermata_value_get_integer (fermata_value_get_member (value, "after")), ==, 2);

      /* And dropped again when the text goes wrong. */
      g_string_truncate (text, text->len - 1);
      g_assert_null (fermata_value_parse (text->str, -1, NULL));
      g_string_truncate (text, text->len - 20);
      g_assert_null (fermata_value_parse (text->str, -1, NULL));
    }
}

static void
test_huge_object (void)
{
  const guint n_members = 1000000;
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (FermataValue) value = NULL;

  for (guint i = 0; i < n_members; i++)
    g_string_append_printf (text, i ? ",\"%u\":%u" : "\"%u\":%u", i, i);
  g_string_append_c (text, '}');
  value = parse (text->str);
  g_assert_cmpuint (fermata_value_get_length (value), ==, n_members);
  for (guint i = 0; i < n_members; i += 7)
    {
      char name[16];

      g_snprintf (name, sizeof name, "%u", i);
      g_assert_cmpint (fermata_value_get_integer (fermata_value_get_member (value, name)), ==, i);
    }

  /* The same with a name that occurs twice. */
  text->str[text->len - 1] = ',';
  g_string_append (text, "\"5\":\"again\"}");
  g_clear_pointer (&value, fermata_value_unref);
  value = parse (text->str);
  g_assert_cmpuint (fermata_value_get_length (value), ==, n_members);
  g_assert_cmpstr (fermata_value_get_string (fermata_value_get_element (value, 5), NULL), ==, "again");
}

static void
test_unique_names (void)
{
  static const struct {
    const char *text;
    const char *message;
    guint line;
    guint column;
  } cases[] = {
    { "{\"a\":1,\"a\":2}", "expected each name once in an object, found 'a' again (first at 1:2)", 1, 8 },
    { "[{\"b\":{}},{\"b\":1,\n \"c\":2, \"\\u0062\":3}]", "expected each name once in an object, found 'b' again (first at 1:12)", 2, 9 },
    { "{\"1\":1,\"2\":1,\"3\":1,\"4\":1,\"5\":1,\"6\":1,\"7\":1,\"8\":1,\"9\":1,\"3\":1,\"2\":1}",
      "expected each name once in an object, found '3' again (first at 1:14)", 1, 56 },
  };
  g_autoptr (FermataValueReader) reader = fermata_value_reader_new ();
  g_autoptr (FermataValue) value = NULL;
  FermataTextPosition position;

  fermata_value_reader_set_unique_names (reader, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (fermata_value_reader_read (reader, cases[i].text, -1, &error));
      g_assert_error (error, FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_DUPLICATE);
      g_assert_cmpstr (error->message, ==, cases[i].message);
      fermata_value_reader_get_error_position (reader, &position);
      g_assert_cmpuint (position.line, ==, cases[i].line);
      g_assert_cmpuint (position.column, ==, cases[i].column);
    }

  value = fermata_value_reader_read (reader, "[{\"a\":1,\"b\":{\"a\":2}},{\"a\":1,\"b\":2}]", -1, NULL);
  g_assert_nonnull (value);
}

static GString *
make_levels (guint depth)
{
  GString *text = g_string_sized_new (6 * (gsize) depth);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, i % 2 ? "[" : "{\"a\":");
  g_string_append_c (text, '1');
  for (guint i = depth; i > 0; i--)
    g_string_append_c (text, i % 2 ? '}' : ']');
  return text;
}

static void
test_max_depth (void)
{
  g_autoptr (GString) most = make_levels (FERMATA_VALUE_READER_DEFAULT_MAX_DEPTH);
  g_autoptr (GString) more = make_levels (FERMATA_VALUE_READER_DEFAULT_MAX_DEPTH + 1);
  g_autoptr (FermataValue) value = parse (most->str);
  g_autoptr (FermataValueReader) reader = fermata_value_reader_new ();
  g_autoptr (FermataValue) scalar = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (fermata_value_parse (more->str, -1, &error));
  g_assert_error (error, FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_DEPTH);
  g_assert_cmpstr (error->message, ==, "1:3001: expected at most 1000 levels of arrays and objects, found one more");

  fermata_value_reader_set_max_depth (reader, 0);
  scalar = fermata_value_reader_read (reader, "1", -1, NULL);
  g_assert_nonnull (scalar);
  g_assert_null (fermata_value_reader_read (reader, "[]", -1, NULL));
}

static gpointer
refuse_levels (gpointer data)
{
  GString *text = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValueReader) reader = fermata_value_reader_new ();

  g_assert_null (fermata_value_reader_read (reader, text->str, (gssize) text->len, &error));
  g_assert_error (error, FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_DEPTH);
  g_clear_error (&error);
  g_assert_null (fermata_value_reader_read_places (reader, text->str, (gssize) text->len, &error));
  g_assert_error (error, FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_DEPTH);
  return NULL;
}

/* Where the limit lets them, they are read, and still not by recursion. */
static gpointer
read_levels (gpointer data)
{
  GString *text = data;
  g_autoptr (FermataValueReader) reader = fermata_value_reader_new ();
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (FermataPlaces) places = NULL;
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;

  fermata_value_reader_set_max_depth (reader, G_MAXUINT);
  value = fermata_value_reader_read (reader, text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
  places = fermata_value_reader_read_places (reader, text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
  written = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_assert_cmpstr (written, ==, text->str);
  return NULL;
}

static void
test_deep (void)
{
  static const guint depths[] = { 100000, 10000000 };

  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autoptr (GString) text = make_levels (depths[i]);

      run_on_small_stack (refuse_levels, text);
      if (i == 0)
        run_on_small_stack (read_levels, text);
    }
}

static void
test_max_size (void)
{
  g_autoptr (FermataValueReader) reader = fermata_value_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = NULL;
  FermataTextPosition position;

  fermata_value_reader_set_max_size (reader, 5);
  value = fermata_value_reader_read (reader, "[1,2]", -1, &error);
  g_assert_no_error (error);
  g_assert_null (fermata_value_reader_read (reader, "[1,2] ", -1, &error));
  g_assert_error (error, FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_SIZE);
  g_assert_cmpstr (error->message, ==, "expected at most 5 bytes of JSON, found 6");
  fermata_value_reader_get_error_position (reader, &position);
  g_assert_cmpuint (position.line, ==, 1);
  g_assert_cmpuint (position.column, ==, 1);
}

static const char whole[] =
  "\t{ \"name\" : \"d\\u00e9j\\u00e0 \\ud83d\\ude00 日本\" ,\r\n"
  "  \"list\": [ 1, -2.5e+10, true, false, null, 12345678901234567890, [], {} ],\n"
  "  \"nested\": {\"a\": {\"b\": [[\"c\\n\"]]}}} \n";

static void
assert_refused_within (const char *text,
                       gsize       length)
{
  g_autoptr (FermataValueReader) reader = fermata_value_reader_new ();
  g_autoptr (GError) error = NULL;
  FermataTextPosition position;

  g_assert_null (fermata_value_reader_read (reader, text, (gssize) length, &error));
  g_assert_nonnull (error);
  fermata_value_reader_get_error_position (reader, &position);
  g_assert_cmpuint (position.offset, <=, length);
  g_assert_cmpuint (position.line, >=, 1);
  g_assert_cmpuint (position.line, <=, 5);
}

/* Each in a block of its own, so that a sanitizer sees any byte too many. */
static void
test_truncated (void)
{
  gsize length = strlen (whole);
  g_autoptr (FermataValue) value = parse (whole);

  for (gsize i = 0; i < length - 2; i++)
    {
      g_autofree char *text = g_memdup2 (whole, MAX (i, 1));

      assert_refused_within (text, i);
    }
}

/* Any byte replaced by any other: refused with a place, or a value that can be
 * written and read. */
static void
test_damaged (void)
{
  gsize length = strlen (whole);
  g_autofree char *text = g_memdup2 (whole, length);

  for (gsize i = 0; i < length; i++)
    {
      for (int byte = 0; byte < 256; byte++)
        {
          g_autoptr (FermataValue) value = NULL;
          g_autoptr (FermataValue) again = NULL;
          g_autofree char *written = NULL;

          text[i] = (char) byte;
          value = fermata_value_parse (text, (gssize) length, NULL);
          if (value == NULL)
            {
              assert_refused_within (text, length);
              continue;
            }
          written = fermata_value_to_string (value, FERMATA_WRITE_PRETTY, NULL);
          again = parse (written);
          g_assert_true (fermata_value_equal (value, again));
        }
      text[i] = whole[i];
    }
}

/* A reader is used again and again, and forgets what was wrong before. */
static void
test_again (void)
{
  g_autoptr (FermataValueReader) reader = fermata_value_reader_new ();
  g_autoptr (FermataValue) value = NULL;
  FermataTextPosition position;

  g_assert_null (fermata_value_reader_read (reader, "[1,\n x]", -1, NULL));
  fermata_value_reader_get_error_position (reader, &position);
  g_assert_cmpuint (position.offset, ==, 5);
  g_assert_cmpuint (position.line, ==, 2);
  g_assert_cmpuint (position.column, ==, 2);
  value = fermata_value_reader_read (reader, "[1]", -1, NULL);
  g_assert_nonnull (value);
  fermata_value_reader_get_error_position (reader, &position);
  g_assert_cmpuint (position.offset, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/value-reader/errors", test_errors);
  g_test_add_func ("/value-reader/error-codes", test_error_codes);
  g_test_add_func ("/value-reader/length", test_length);
  g_test_add_func ("/value-reader/strings", test_strings);
  g_test_add_func ("/value-reader/objects", test_objects);
  g_test_add_func ("/value-reader/records", test_records);
  g_test_add_func ("/value-reader/large-arrays", test_large_arrays);
  g_test_add_func ("/value-reader/huge-object", test_huge_object);
  g_test_add_func ("/value-reader/unique-names", test_unique_names);
  g_test_add_func ("/value-reader/max-depth", test_max_depth);
  g_test_add_func ("/value-reader/deep", test_deep);
  g_test_add_func ("/value-reader/max-size", test_max_size);
  g_test_add_func ("/value-reader/truncated", test_truncated);
  g_test_add_func ("/value-reader/damaged", test_damaged);
  g_test_add_func ("/value-reader/again", test_again);

  return g_test_run ();
}
