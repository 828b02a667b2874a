/* test-json-reader.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What golden files cannot show: every truncation, limits, places that are
 * filled in later. */

#include "format/format-fixture.h"

static FermataGraph *
read_told (const char  *text,
           gsize        length,
           GListStore **diagnostics,
           GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);

  *diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  return fermata_json_read_graph (bytes, "test.json", *diagnostics, error);
}

/* Written by us is read and written to the same bytes. */
static void
test_examples (void)
{
  g_auto (GStrv) paths = list_examples ();

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (FermataGraph) graph = NULL;
      g_autofree char *written = NULL;

      g_test_message ("%s", paths[i]);
      g_assert_true (g_file_get_contents (paths[i], &text, NULL, NULL));
      graph = read_text (text, -1);
      g_assert_nonnull (fermata_graph_get_description (graph));
      written = write_text (graph);
      g_assert_cmpstr (written, ==, text);
    }
}

/* Cut off anywhere: no graph, and a place that is in the text. */
static void
check_truncated (const char *text,
                 gsize       length)
{
  g_autoptr (GListStore) diagnostics = NULL;
  g_autoptr (FermataDiagnostic) diagnostic = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataGraph) graph = read_told (text, length, &diagnostics, &error);

  g_assert_null (graph);
  g_assert_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_INVALID);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 1);
  diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), 0);
  g_assert_cmpuint (fermata_diagnostic_get_line (diagnostic), >, 0);
  g_assert_cmpuint (fermata_diagnostic_get_column (diagnostic), >, 0);
  g_assert_cmpstr (fermata_diagnostic_get_file (diagnostic), ==, "test.json");
}

static void
test_truncated (void)
{
  g_auto (GStrv) paths = list_examples ();

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *text = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (paths[i], &text, &length, NULL));
      /* The last byte is a line feed, which nobody misses. */
      for (gsize n = 0; n < length - 1; n++)
        {
          /* In memory of its own, so that reading past the end is noticed. */
          g_autofree char *cut = g_memdup2 (text, MAX (n, 1));

          check_truncated (cut, n);
        }
    }
}

/* One byte that is another: whatever happens, it is no crash. */
static void
test_garbled (void)
{
  g_auto (GStrv) paths = list_examples ();

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *text = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (paths[i], &text, &length, NULL));
      for (guint n = 0; n < 2000; n++)
        {
          gsize at = g_test_rand_int_range (0, length);
          char old = text[at];
          g_autoptr (GListStore) diagnostics = NULL;
          g_autoptr (GError) error = NULL;
          g_autoptr (FermataGraph) graph = NULL;

          text[at] = n % 2 == 0 ? "{}[]\",:0\\n"[g_test_rand_int_range (0, 10)] : g_test_rand_int_range (0, 256);
          graph = read_told (text, length, &diagnostics, &error);
          g_assert_true ((graph == NULL) == (error != NULL));
          g_assert_true (graph != NULL || g_list_model_get_n_items (G_LIST_MODEL (diagnostics)) > 0);
          text[at] = old;
        }
    }
}

static char *
nest_bodies (guint n_bodies)
{
  GString *text = g_string_new ("{\"fermata\":1,\"nodes\":[");

  for (guint i = 0; i < n_bodies; i++)
    g_string_append (text, "{\"id\":\"a\",\"body\":{\"nodes\":[");
  for (guint i = 0; i < n_bodies; i++)
    g_string_append (text, "]}}");
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *deepest = nest_bodies (332);
  g_autofree char *too_deep = nest_bodies (333);
  g_autoptr (FermataGraph) graph = read_text (deepest, -1);
  g_autofree char *written = write_text (graph);
  g_autoptr (FermataGraph) again = read_text (written, -1);
  g_autoptr (GListStore) diagnostics = NULL;
  g_autoptr (FermataDiagnostic) diagnostic = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (again);
  g_assert_null (read_told (too_deep, strlen (too_deep), &diagnostics, &error));
  g_assert_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_INVALID);
  diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), 0);
  g_assert_cmpstr (fermata_diagnostic_get_code (diagnostic), ==, "too-deep");
}

/* A mistake at the bottom of all is told with its path. */
static void
test_deep_mistake (void)
{
  g_autofree char *text = nest_bodies (300);
  g_autoptr (GListStore) diagnostics = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (FermataDiagnostic) diagnostic = NULL;
  char *innermost = strstr (text, "[]");
  g_autofree char *broken = g_strdup_printf ("%.*s[7]%s", (int) (innermost - text), text, innermost + 2);

  graph = read_told (broken, strlen (broken), &diagnostics, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 1);
  diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), 0);
  g_assert_true (g_str_has_suffix (fermata_diagnostic_get_path (diagnostic), "/nodes/0/body/nodes/0"));
  g_assert_cmpuint (fermata_diagnostic_get_column (diagnostic), ==, innermost - text + 2);
}

static void
test_too_many (void)
{
  g_autoptr (GString) text = g_string_new ("{\"fermata\":1,\"nodes\":[");
  g_autoptr (GListStore) diagnostics = NULL;
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (FermataDiagnostic) last = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append (text, i > 0 ? ",{}" : "{}");
  g_string_append (text, "]}");
  graph = read_told (text->str, text->len, &diagnostics, NULL);
  g_assert_nonnull (graph);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 1001);
  last = g_list_model_get_item (G_LIST_MODEL (diagnostics), 1000);
  g_assert_cmpstr (fermata_diagnostic_get_code (last), ==, "too-many");
  g_assert_cmpstr (fermata_diagnostic_get_message (last), ==, "4000 more are not listed");
}

static FermataDiagnostic *
add (GListStore *diagnostics,
     const char *code,
     const char *path,
     gssize      inner_offset)
{
  g_autoptr (FermataDiagnostic) diagnostic = fermata_diagnostic_new (FERMATA_SEVERITY_ERROR, code, path, code);

  fermata_diagnostic_set_inner_offset (diagnostic, inner_offset);
  g_list_store_append (diagnostics, diagnostic);
  return diagnostic;
}

static void
assert_told (GListStore *diagnostics,
             guint       index,
             const char *code,
             guint       line,
             guint       column)
{
  g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), index);

  g_assert_cmpstr (fermata_diagnostic_get_code (diagnostic), ==, code);
  g_assert_cmpuint (fermata_diagnostic_get_line (diagnostic), ==, line);
  g_assert_cmpuint (fermata_diagnostic_get_column (diagnostic), ==, column);
}

static void
test_locate (void)
{
  static const char text[] =
    "{\n"
    "  \"fermata\": 1,\n"
    "  \"nodes\": [\n"
    "    { \"id\": \"a\", \"when\": \"\\u00e4\\n + 1\" }\n"
    "  ]\n"
    "}\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (FermataDiagnostic) other = NULL;

  add (diagnostics, "inner", "/nodes/0/when", 4);
  fermata_diagnostic_set_position (add (diagnostics, "other", "/nodes/0", -1), "other.json", 9, 9);
  add (diagnostics, "value", "/nodes/0/when", -1);
  add (diagnostics, "name", "/nodes/0/when", -2);
  add (diagnostics, "missing", "/nodes/0/type", -1);
  add (diagnostics, "root", "", -1);
  add (diagnostics, "nowhere", NULL, -1);
  fermata_diagnostics_locate (diagnostics, bytes, "test.json");

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 7);
  assert_told (diagnostics, 0, "other", 9, 9);
  assert_told (diagnostics, 1, "root", 1, 1);
  assert_told (diagnostics, 2, "missing", 4, 5);
  assert_told (diagnostics, 3, "name", 4, 18);
  assert_told (diagnostics, 4, "value", 4, 26);
  /* The quote, six for the first letter, two for the line feed, a space. */
  assert_told (diagnostics, 5, "inner", 4, 36);
  assert_told (diagnostics, 6, "nowhere", 0, 0);
  other = g_list_model_get_item (G_LIST_MODEL (diagnostics), 0);
  g_assert_cmpstr (fermata_diagnostic_get_file (other), ==, "other.json");
}

/* What reader and checker both say is said once; what has the wrong type has
 * nothing else that is wrong. */
static void
test_locate_once (void)
{
  static const char text[] = "{ \"fermata\": 1, \"nodes\": [1, 2, { \"id\": 3 }, {}] }";
  g_autoptr (GListStore) diagnostics = NULL;
  g_autoptr (FermataGraph) graph = read_told (text, strlen (text), &diagnostics, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 4);
  add (diagnostics, "missing-member", "/nodes/0/id", -1);
  add (diagnostics, "missing-member", "/nodes/0/type", -1);
  add (diagnostics, "ill-typed", "/nodes/2/id", -1);
  add (diagnostics, "missing-member", "/nodes/2/type", -1);
  add (diagnostics, "missing-member", "/nodes/3/id", -1);
  add (diagnostics, "missing-member", "/nodes/3/type", -1);
  add (diagnostics, "duplicate-id", "/nodes/3", -1);
  add (diagnostics, "unknown-member", "/nodes/10", -1);
  fermata_diagnostics_locate (diagnostics, bytes, "test.json");

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 8);
  assert_told (diagnostics, 0, "unknown-member", 1, 26);
  assert_told (diagnostics, 1, "ill-typed", 1, 27);
  assert_told (diagnostics, 2, "ill-typed", 1, 30);
  assert_told (diagnostics, 3, "missing-member", 1, 33);
  assert_told (diagnostics, 4, "ill-typed", 1, 41);
  assert_told (diagnostics, 5, "duplicate-id", 1, 46);
  assert_told (diagnostics, 6, "missing-member", 1, 46);
  assert_told (diagnostics, 7, "missing-member", 1, 46);
}

/* Nobody needs to listen. */
static void
test_no_list (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{\n }", 4);
  g_autoptr (GError) error = NULL;

  g_assert_null (fermata_json_read_graph (bytes, "x.json", NULL, &error));
  g_assert_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "x.json:1:1: this is no graph: it has no \"fermata\": 1");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-reader/examples", test_examples);
  g_test_add_func ("/json-reader/truncated", test_truncated);
  g_test_add_func ("/json-reader/garbled", test_garbled);
  g_test_add_func ("/json-reader/depth", test_depth);
  g_test_add_func ("/json-reader/deep-mistake", test_deep_mistake);
  g_test_add_func ("/json-reader/too-many", test_too_many);
  g_test_add_func ("/json-reader/locate", test_locate);
  g_test_add_func ("/json-reader/locate-once", test_locate_once);
  g_test_add_func ("/json-reader/no-list", test_no_list);

  return g_test_run ();
}
