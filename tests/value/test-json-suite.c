/* test-json-suite.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* JSONTestSuite (https://github.com/nst/JSONTestSuite): y_ files are JSON, n_
 * files are not, i_ files may be taken for either. */

#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#define N_FILES 318

typedef struct {
  char *path;
  char *text;
  gsize length;
} Input;

static Input
load_input (gconstpointer path)
{
  Input input = { g_strdup (path), NULL, 0 };
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &input.text, &input.length, &error);
  g_assert_no_error (error);
  return input;
}

static void
input_clear (Input *input)
{
  g_free (input->path);
  g_free (input->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Input, input_clear)

static void
assert_reads_back (FermataValue      *value,
                   FermataWriteFlags  flags)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *written = fermata_value_to_string (value, flags, &length);
  g_autoptr (FermataValue) again = fermata_value_parse (written, (gssize) length, &error);

  g_assert_no_error (error);
  g_assert_true (fermata_value_equal (value, again));
  g_assert_cmpuint (fermata_value_hash (value), ==, fermata_value_hash (again));
}

static void
assert_has_places (const Input *input)
{
  g_autoptr (FermataValueReader) reader = fermata_value_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataPlaces) places = NULL;
  FermataTextPosition position;

  places = fermata_value_reader_read_places (reader, input->text, (gssize) input->length, &error);
  g_assert_no_error (error);
  g_assert_true (fermata_places_find (places, "", FALSE, &position));
  g_assert_cmpuint (position.offset, <, input->length);
}

static void
assert_read (const Input *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = fermata_value_parse (input->text, (gssize) input->length, &error);

  g_assert_no_error (error);
  assert_reads_back (value, FERMATA_WRITE_COMPACT);
  assert_reads_back (value, FERMATA_WRITE_PRETTY);
  assert_has_places (input);
}

static void
assert_refused (const Input *input)
{
  g_autoptr (FermataValueReader) reader = fermata_value_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) places_error = NULL;
  FermataTextPosition position;

  g_assert_null (fermata_value_reader_read (reader, input->text, (gssize) input->length, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == FERMATA_VALUE_ERROR);
  g_assert_nonnull (strstr (error->message, "expected "));
  g_assert_nonnull (strstr (error->message, "found "));
  fermata_value_reader_get_error_position (reader, &position);
  g_assert_cmpuint (position.line, >, 0);
  g_assert_cmpuint (position.column, >, 0);
  g_assert_cmpuint (position.offset, <=, input->length);

  g_assert_null (fermata_value_reader_read_places (reader, input->text, (gssize) input->length, &places_error));
  g_assert_error (places_error, error->domain, error->code);
  g_assert_cmpstr (places_error->message, ==, error->message);
}

static void
test_accepted (gconstpointer path)
{
  g_auto (Input) input = load_input (path);

  assert_read (&input);
}

static void
test_refused (gconstpointer path)
{
  g_auto (Input) input = load_input (path);

  assert_refused (&input);
}

static void
test_either (gconstpointer path)
{
  g_auto (Input) input = load_input (path);
  g_autoptr (FermataValue) value = fermata_value_parse (input.text, (gssize) input.length, NULL);

  if (value != NULL)
    assert_read (&input);
  else
    assert_refused (&input);
}

static void
test_is_whole (gconstpointer n_files)
{
  g_assert_cmpuint (GPOINTER_TO_UINT (n_files), ==, N_FILES);
}

static void
test_absent (void)
{
  g_test_skip ("JSONTestSuite is not there (FERMATA_TEST_DATA)");
}

static GTestDataFunc
get_test (const char *name)
{
  switch (name[0])
    {
    case 'y':
      return test_accepted;
    case 'n':
      return test_refused;
    default:
      return test_either;
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, ".json"))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

int
main (int    argc,
      char **argv)
{
  const char *data = g_getenv ("FERMATA_TEST_DATA");
  g_autofree char *folder = g_build_filename (data != NULL ? data : ".", "JSONTestSuite", "test_parsing", NULL);
  g_autoptr (GPtrArray) names = list_files (folder);

  g_test_init (&argc, &argv, NULL);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_add_func ("/json-suite", test_absent);
      return g_test_run ();
    }

  g_test_add_data_func ("/json-suite/is-whole", GUINT_TO_POINTER (names->len), test_is_whole);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autofree char *path = g_strconcat ("/json-suite/", name, NULL);

      g_test_add_data_func_full (path, g_build_filename (folder, name, NULL), get_test (name), g_free);
    }
  return g_test_run ();
}
