/* test-places.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"
#include "value/random-value.h"

static FermataPlaces *
read_places (const char *text)
{
  g_autoptr (FermataValueReader) reader = fermata_value_reader_new ();
  g_autoptr (GError) error = NULL;
  FermataPlaces *places = fermata_value_reader_read_places (reader, text, -1, &error);

  g_assert_no_error (error);
  return places;
}

/* Counted from the text alone. */
static void
assert_position (const char                *text,
                 const FermataTextPosition *position)
{
  guint line = 1;
  const char *begin = text;

  for (const char *at = text; at < text + position->offset; at++)
    {
      if (*at == '\n')
        {
          line++;
          begin = at + 1;
        }
    }
  g_assert_cmpuint (position->line, ==, line);
  g_assert_cmpuint (position->column, ==, g_utf8_strlen (begin, text + position->offset - begin) + 1);
}

static const char document[] =
  "{\r\n"
  "  \"name\": \"Ünïcödé 日本\", \"after\": 1,\r\n"
  "  \"nodes\": [ {\"id\": \"a\"},\n"
  "\t{ \"id\" :\"b\", \"with\": { \"x\\u0041/~\": [[], [null, -1.5e3]] } } ],\n"
  "  \"twice\": 1, \"tw\\u0069ce\": 2, \"\": { \"\": \"empty\" },\n"
  "  \"end\": {}\n"
  "}";

/* The text that a path leads to begins like this. */
static void
test_find (void)
{
  static const struct {
    const char *path;
    gboolean of_name;
    gboolean exists;
    const char *begin;
    guint line;
    guint column;
  } cases[] = {
    { "", FALSE, TRUE, "{\r\n  \"name\"", 1, 1 },
    { "", TRUE, TRUE, "{\r\n  \"name\"", 1, 1 },
    { "/name", FALSE, TRUE, "\"Ünï", 2, 11 },
    { "/name", TRUE, TRUE, "\"name\"", 2, 3 },
    { "/after", TRUE, TRUE, "\"after\"", 2, 25 },
    { "/after", FALSE, TRUE, "1,", 2, 34 },
    { "/nodes", FALSE, TRUE, "[ {", 3, 12 },
    { "/nodes/0", FALSE, TRUE, "{\"id\": \"a\"", 3, 14 },
    { "/nodes/0", TRUE, TRUE, "{\"id\": \"a\"", 3, 14 },
    { "/nodes/1/id", FALSE, TRUE, "\"b\"", 4, 10 },
    { "/nodes/1/id", TRUE, TRUE, "\"id\" :", 4, 4 },
    { "/nodes/1/with/xA~1~0", TRUE, TRUE, "\"x\\u0041/~\"", 4, 25 },
    { "/nodes/1/with/xA~1~0/0", FALSE, TRUE, "[],", 4, 39 },
    { "/nodes/1/with/xA~1~0/1/1", FALSE, TRUE, "-1.5e3", 4, 50 },
    { "/twice", FALSE, TRUE, "2,", 5, 29 },
    { "/twice", TRUE, TRUE, "\"tw\\u0069ce\"", 5, 15 },
    { "/", FALSE, TRUE, "{ \"\":", 5, 36 },
    { "//", FALSE, TRUE, "\"empty\"", 5, 42 },
    { "/end", FALSE, TRUE, "{}", 6, 10 },
    /* What is not there gives what should have it. */
    { "/nodes/2", FALSE, FALSE, "[ {", 3, 12 },
    { "/nodes/2", TRUE, FALSE, "[ {", 3, 12 },
    { "/nodes/-", FALSE, FALSE, "[ {", 3, 12 },
    { "/nodes/01", FALSE, FALSE, "[ {", 3, 12 },
    { "/nodes/+1", FALSE, FALSE, "[ {", 3, 12 },
    { "/nodes/4294967296", FALSE, FALSE, "[ {", 3, 12 },
    { "/nodes/99999999999999999999999", FALSE, FALSE, "[ {", 3, 12 },
    { "/nodes/", FALSE, FALSE, "[ {", 3, 12 },
    { "/nodes/0/with/x", FALSE, FALSE, "{\"id\": \"a\"", 3, 14 },
    { "/nodes/0/with", TRUE, FALSE, "{\"id\": \"a\"", 3, 14 },
    { "/nodes/1/with/xA~2", FALSE, FALSE, "{ \"x\\u0041", 4, 23 },
    { "/name/0", FALSE, FALSE, "\"Ünï", 2, 11 },
    { "/end/x", FALSE, FALSE, "{}", 6, 10 },
    { "name", FALSE, FALSE, "{\r\n", 1, 1 },
  };
  g_autoptr (FermataPlaces) places = read_places (document);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FermataTextPosition position;
      gboolean exists = fermata_places_find (places, cases[i].path, cases[i].of_name, &position);

      if (!g_str_has_prefix (document + position.offset, cases[i].begin))
        g_error ("%s leads to %s", cases[i].path, document + position.offset);
      g_assert_cmpint (exists, ==, cases[i].exists);
      g_assert_cmpuint (position.line, ==, cases[i].line);
      g_assert_cmpuint (position.column, ==, cases[i].column);
    }
}

/* The text that it was read from need not stay. */
static void
test_keeps_its_text (void)
{
  g_autofree char *text = g_strdup ("{\"a\":\n [1,2]}");
  g_autoptr (FermataPlaces) places = read_places (text);
  FermataTextPosition position;

  memset (text, 'x', strlen (text));
  g_assert_true (fermata_places_find (places, "/a/1", FALSE, &position));
  g_assert_cmpuint (position.offset, ==, 10);
  g_assert_cmpuint (position.line, ==, 2);
  g_assert_cmpuint (position.column, ==, 5);
}

static void
test_find_in_string (void)
{
  /* Decoded: a, é, é, newline, 😀, 日, z */
  static const char text[] = "[\"aé\\u00e9\\n\\ud83d\\ude00日z\", 5]";
  static const struct {
    gsize inner_offset;
    gboolean exists;
    const char *begin;
    guint column;
  } cases[] = {
    { 0, TRUE, "aé", 3 },
    { 1, TRUE, "é\\u", 4 },
    { 2, TRUE, "é\\u", 4 },
    { 3, TRUE, "\\u00e9", 5 },
    { 4, TRUE, "\\u00e9", 5 },
    { 5, TRUE, "\\n", 11 },
    { 6, TRUE, "\\ud83d", 13 },
    { 9, TRUE, "\\ud83d", 13 },
    { 10, TRUE, "日", 25 },
    { 12, TRUE, "日", 25 },
    { 13, TRUE, "z", 26 },
    { 14, TRUE, "\", 5", 27 },
    { 15, FALSE, "\", 5", 27 },
    { G_MAXSIZE, FALSE, "\", 5", 27 },
  };
  g_autoptr (FermataPlaces) places = read_places (text);
  FermataTextPosition position;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean exists = fermata_places_find_in_string (places, "/0", cases[i].inner_offset, &position);

      g_assert_true (g_str_has_prefix (text + position.offset, cases[i].begin));
      g_assert_cmpint (exists, ==, cases[i].exists);
      g_assert_cmpuint (position.column, ==, cases[i].column);
    }

  g_assert_false (fermata_places_find_in_string (places, "/1", 0, &position));
  g_assert_true (g_str_has_prefix (text + position.offset, "5]"));
  g_assert_false (fermata_places_find_in_string (places, "/2", 0, &position));
  g_assert_cmpuint (position.offset, ==, 0);
}

static char *
escape_pointer (const char *name)
{
  g_auto (GStrv) tildes = g_strsplit (name, "~", -1);
  g_autofree char *without_tildes = g_strjoinv ("~0", tildes);
  g_auto (GStrv) slashes = g_strsplit (without_tildes, "/", -1);

  return g_strjoinv ("~1", slashes);
}

/* The value at each path, read from where the places say it is, is that value. */
static void
assert_found (FermataPlaces *places,
              const char    *text,
              FermataValue  *value,
              const char    *path)
{
  g_autoptr (FermataValue) found = NULL;
  g_autofree char *written = fermata_value_to_string (value, FERMATA_WRITE_PRETTY, NULL);
  FermataTextPosition position;

  g_assert_true (fermata_places_find (places, path, FALSE, &position));
  assert_position (text, &position);
  if (fermata_value_get_length (value) == 0)
    g_assert_true (g_str_has_prefix (text + position.offset, written));
  g_assert_cmpint (text[position.offset], ==, written[0]);

  for (gsize i = 0; i < fermata_value_get_length (value); i++)
    {
      const char *name = fermata_value_get_member_name (value, i);
      g_autofree char *step = name != NULL ? escape_pointer (name) : g_strdup_printf ("%" G_GSIZE_FORMAT, i);
      g_autofree char *inner = g_strconcat (path, "/", step, NULL);

      assert_found (places, text, fermata_value_get_element (value, i), inner);
    }
}

static void
test_random (void)
{
  for (guint i = g_test_slow () ? 20000 : 500; i > 0; i--)
    {
      g_autoptr (FermataValue) value = random_value (5);
      g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_PRETTY, NULL);
      g_autoptr (FermataPlaces) places = read_places (text);

      assert_found (places, text, value, "");
    }
}

/* Around the size from which on names are indexed, with the last counting. */
static void
test_twice (void)
{
  for (guint n = 1; n < 40; n++)
    {
      g_autoptr (GString) text = g_string_new ("{");
      g_autoptr (FermataPlaces) places = NULL;
      g_autoptr (FermataValue) value = NULL;

      for (guint i = 0; i < n; i++)
        g_string_append_printf (text, "\"%u\":%u,", i, i);
      for (guint i = 0; i < n; i += 3)
        g_string_append_printf (text, "\"\\u003%u%s\":%u,", i % 10, i < 10 ? "" : "x", 1000 + i);
      g_string_append (text, "\"\":null}");
      places = read_places (text->str);
      value = fermata_value_parse (text->str, -1, NULL);

      for (gsize i = 0; i < fermata_value_get_length (value); i++)
        {
          g_autofree char *path = g_strconcat ("/", fermata_value_get_member_name (value, i), NULL);
          g_autofree char *written = fermata_value_to_string (fermata_value_get_element (value, i),
                                                              FERMATA_WRITE_COMPACT, NULL);
          FermataTextPosition position;

          g_assert_true (fermata_places_find (places, path, FALSE, &position));
          g_assert_true (g_str_has_prefix (text->str + position.offset, written));
        }
      g_assert_false (fermata_places_find (places, "/none", FALSE, &(FermataTextPosition) { 0, }));
    }
}

/* One line of many megabytes, and many lookups in it: would not end if any of
 * them counted from the beginning. */
static void
test_one_long_line (void)
{
  const guint n = 300000;
  g_autoptr (GString) text = g_string_new ("{\"list\":[");
  g_autoptr (FermataPlaces) places = NULL;
  FermataTextPosition position;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"é%06u\":\"日本\"}", i ? "," : "", i);
  g_string_append (text, "],\"names\":{");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\"n%06u\":%u", i ? "," : "", i, i % 10);
  g_string_append (text, "}}");
  places = read_places (text->str);

  for (guint i = 0; i < n; i++)
    {
      char path[40];

      g_snprintf (path, sizeof path, "/list/%u/é%06u", i, i);
      g_assert_true (fermata_places_find (places, path, TRUE, &position));
      g_assert_cmpuint (position.line, ==, 1);
      g_assert_cmpuint (position.column, ==, 11 + 17 * i);
      g_snprintf (path, sizeof path, "/names/n%06u", i);
      g_assert_true (fermata_places_find (places, path, FALSE, &position));
      g_assert_cmpint (text->str[position.offset], ==, '0' + (char) (i % 10));
    }
}

static void
test_locate (void)
{
  g_autoptr (GString) text = g_string_new ("[");
  g_autoptr (FermataPlaces) places = NULL;
  FermataTextPosition position;
  gsize n;

  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (text, "%s\"%s\"", i == 0 ? "" : i % 5 ? "," : ",\r\n", i % 3 ? "é" : "ab");
  g_string_append (text, "]\n");
  places = read_places (text->str);
  n = text->len;
  for (gsize offset = 0; offset < n; offset += 7)
    {
      fermata_places_locate (places, offset, &position);
      g_assert_cmpuint (position.offset, ==, offset);
      if (((guint8) text->str[offset] & 0xc0) != 0x80)
        assert_position (text->str, &position);
    }
  fermata_places_locate (places, G_MAXSIZE, &position);
  g_assert_cmpuint (position.offset, ==, n);
  g_assert_cmpuint (position.column, ==, 1);
}

static void
test_errors (void)
{
  g_autoptr (FermataValueReader) reader = fermata_value_reader_new ();
  g_autoptr (GError) error = NULL;
  FermataTextPosition position;

  g_assert_null (fermata_value_reader_read_places (reader, "[1,\n 2", -1, &error));
  g_assert_error (error, FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_SYNTAX);
  fermata_value_reader_get_error_position (reader, &position);
  g_assert_cmpuint (position.offset, ==, 6);
  g_assert_cmpuint (position.line, ==, 2);
  g_assert_cmpuint (position.column, ==, 3);
}

static void
test_boxed (void)
{
  g_auto (GValue) boxed = G_VALUE_INIT;
  g_autoptr (FermataPlaces) places = read_places ("1");

  g_value_init (&boxed, FERMATA_TYPE_PLACES);
  g_value_set_boxed (&boxed, places);
  g_assert_true (g_value_get_boxed (&boxed) == places);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/places/find", test_find);
  g_test_add_func ("/places/keeps-its-text", test_keeps_its_text);
  g_test_add_func ("/places/find-in-string", test_find_in_string);
  g_test_add_func ("/places/random", test_random);
  g_test_add_func ("/places/twice", test_twice);
  g_test_add_func ("/places/one-long-line", test_one_long_line);
  g_test_add_func ("/places/locate", test_locate);
  g_test_add_func ("/places/errors", test_errors);
  g_test_add_func ("/places/boxed", test_boxed);

  return g_test_run ();
}
