/* test-scxml.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Machines in SCXML in a window: opened, drawn, moved, saved, made graphs of. */

#include "files-fixture.h"

#include "fermata-app-layout-file.h"

#define GATE \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" \
  "<!-- of the cellar -->\n" \
  "<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" version=\"1.0\"\n" \
  "       xmlns:shop=\"urn:shop\" shop:made=\"1999\" name=\"Gate\" initial=\"locked\" datamodel=\"ecmascript\">\n" \
  "  <datamodel><data id=\"coins\" expr=\"0\"/></datamodel>\n" \
  "  <state id=\"locked\"><transition event=\"coin\" cond=\"coins &lt; 3\" target=\"open\">\n" \
  "    <assign location=\"coins\" expr=\"coins + 1\"/></transition></state>\n" \
  "  <state id=\"open\"><transition event=\"push\" target=\"locked\"/></state>\n" \
  "</scxml>\n"

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  set_up_file (fixture, "gate.scxml", data != NULL ? data : GATE);
}

/* --- What is there ----------------------------------------------------------- */

static FermataGraph *
graph_of (Fixture *fixture)
{
  return fermata_app_document_get_graph (document_of (fixture));
}

static void
move (Fixture    *fixture,
      const char *id,
      double      x,
      double      y)
{
  g_autofree char *json = g_strdup_printf ("{\"%s\":[%g,%g]}", id, x, y);
  g_autoptr (FermataValue) positions = fermata_value_parse (json, -1, NULL);

  g_assert_true (fermata_app_document_apply (document_of (fixture), fermata_edit_new_set_positions ("", positions),
                                             "Move"));
  settle ();
}

static void
assert_position (Fixture    *fixture,
                 const char *id,
                 double      x,
                 double      y)
{
  double found_x, found_y;

  g_assert_true (fermata_node_get_position (fermata_graph_find_node (graph_of (fixture), id), &found_x, &found_y));
  g_assert_cmpfloat (found_x, ==, x);
  g_assert_cmpfloat (found_y, ==, y);
}

static void
set_member (Fixture    *fixture,
            const char *path,
            const char *name,
            const char *json)
{
  g_autoptr (FermataValue) value = fermata_value_parse (json, -1, NULL);

  g_assert_true (fermata_app_document_apply (document_of (fixture), fermata_edit_new_set_member (path, name, value),
                                             "Edit"));
  settle ();
}

static void
save (Fixture *fixture)
{
  activate (fixture, "save");
  wait_for (fixture, is_saved);
  settle ();
}

static void
open_again (Fixture *fixture)
{
  activate (fixture, "close-tab");
  wait_for (fixture, has_nothing);
  open_file (fixture);
}

static GFile *
dup_beside (Fixture *fixture)
{
  return fermata_app_layout_file_get_beside (fixture->file);
}

static gboolean
is_beside (Fixture *fixture)
{
  g_autoptr (GFile) beside = dup_beside (fixture);

  return g_file_query_exists (beside, NULL);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

/* What the writer gives of the graph as it is. */
static void
assert_written (Fixture *fixture)
{
  g_autofree char *text = dup_text (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) wanted = fermata_scxml_write_graph (graph_of (fixture), FERMATA_SCXML_WRITE_DEFAULT, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (text, strlen (text), g_bytes_get_data (wanted, NULL), g_bytes_get_size (wanted));
  g_assert_null (strstr (text, "layout"));
}

/* --- Opening ----------------------------------------------------------------- */

static void
test_open (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *text = NULL;

  open_file (fixture);
  g_assert_cmpstr (adw_window_title_get_title (fixture->window->title), ==, "Gate");
  g_assert_cmpstr (adw_window_title_get_subtitle (fixture->window->title), ==, "gate.scxml");
  g_assert_cmpint (fermata_app_document_get_format (document_of (fixture)), ==, FERMATA_APP_FORMAT_SCXML);
  g_assert_cmpint (fermata_graph_get_n_nodes (graph_of (fixture)), ==, 2);
  g_assert_cmpint (fermata_graph_get_n_edges (graph_of (fixture)), ==, 2);
  g_assert_true (is_saved (fixture));

  /* Looking writes nothing. */
  fermata_app_document_check_now (document_of (fixture));
  settle ();
  activate (fixture, "close-tab");
  wait_for (fixture, has_nothing);
  text = dup_text (fixture);
  g_assert_cmpstr (text, ==, GATE);
  g_assert_cmpint (count_files (fixture), ==, 1);
}

static void
test_bad (Fixture       *fixture,
          gconstpointer  data)
{
  fermata_app_window_open (fixture->window, fixture->file);
  wait_for (fixture, has_bad_file);
}

/* --- Moving ------------------------------------------------------------------ */

/* The file itself is not touched by what it has no place for. */
static void
test_move (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *text = NULL;

  open_file (fixture);
  move (fixture, "open", 240, -12.5);
  g_assert_false (is_saved (fixture));
  g_assert_false (is_beside (fixture));
  save (fixture);
  text = dup_text (fixture);
  g_assert_cmpstr (text, ==, GATE);
  g_assert_true (is_beside (fixture));

  open_again (fixture);
  assert_position (fixture, "open", 240, -12.5);
  g_assert_true (is_saved (fixture));
  g_assert_cmpint (count_files (fixture), ==, 2);
}

static void
test_undo_move (Fixture       *fixture,
                gconstpointer  data)
{
  open_file (fixture);
  move (fixture, "open", 240, 12);
  g_assert_true (fermata_editor_undo (fermata_app_document_get_editor (document_of (fixture)), NULL));
  set_member (fixture, "", "name", "\"Door\"");
  save (fixture);
  g_assert_false (is_beside (fixture));
  assert_written (fixture);

  /* Moved, saved, and moved back: it is nowhere any more. */
  move (fixture, "open", 240, 12);
  save (fixture);
  g_assert_true (is_beside (fixture));
  g_assert_true (fermata_editor_undo (fermata_app_document_get_editor (document_of (fixture)), NULL));
  settle ();
  save (fixture);
  g_assert_false (is_beside (fixture));
}

static void
test_edit_and_move (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *text = NULL;

  open_file (fixture);
  move (fixture, "locked", 36, 48);
  set_member (fixture, "/edges/0", "when", "\"coins <= 5\"");
  save (fixture);
  assert_written (fixture);
  text = dup_text (fixture);
  g_assert_nonnull (strstr (text, "cond=\"coins &lt;= 5\""));
  g_assert_nonnull (strstr (text, "<!-- of the cellar -->"));
  g_assert_nonnull (strstr (text, "shop:made=\"1999\""));

  open_again (fixture);
  assert_position (fixture, "locked", 36, 48);
  assert_written (fixture);
}

/* A folder stands where the file should: that holds for anybody, as no permission
 * does. */
static void
test_nothing_beside (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GFile) beside = dup_beside (fixture);
  g_autofree char *inner = g_build_filename (g_file_peek_path (beside), "full", NULL);

  g_assert_cmpint (g_mkdir_with_parents (inner, 0700), ==, 0);
  open_file (fixture);
  move (fixture, "open", 600, 60);
  save (fixture);
  open_again (fixture);
  assert_position (fixture, "open", 600, 60);

  /* As soon as it can be, it is. */
  g_assert_cmpint (g_rmdir (inner), ==, 0);
  g_assert_cmpint (g_rmdir (g_file_peek_path (beside)), ==, 0);
  move (fixture, "open", 612, 60);
  save (fixture);
  g_assert_true (is_beside (fixture));
  open_again (fixture);
  assert_position (fixture, "open", 612, 60);
  g_file_delete (beside, NULL, NULL);
  open_again (fixture);
  g_assert_false (fermata_node_get_position (fermata_graph_find_node (graph_of (fixture), "open"),
                                             &(double) { 0 }, &(double) { 0 }));
}

/* What is no layout is none, and no reason not to open. */
static void
test_bad_layout (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GFile) beside = dup_beside (fixture);

  g_assert_true (g_file_set_contents (g_file_peek_path (beside), "[1, 2", -1, NULL));
  open_file (fixture);
  g_assert_null (fermata_graph_get_member (graph_of (fixture), "layout"));
  g_assert_true (g_file_set_contents (g_file_peek_path (beside),
                                      "{ \"nodes\": { \"open\": \"left\", \"none\": [1, 2], \"locked\": [12, 24] } }",
                                      -1, NULL));
  open_again (fixture);
  assert_position (fixture, "locked", 12, 24);
}

/* --- In another format ------------------------------------------------------- */

typedef struct {
  gboolean is_over;
  GError *error;
} Saved;

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Saved *saved = user_data;

  saved->is_over = TRUE;
  fermata_app_document_save_finish (FERMATA_APP_DOCUMENT (source), result, &saved->error);
}

static GFile *
save_as (Fixture     *fixture,
         const char  *name,
         GError     **error)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  GFile *file = g_file_new_for_path (path);
  Saved saved = { FALSE, NULL };

  fermata_app_document_save_async (document_of (fixture), file, NULL, on_saved, &saved);
  while (!saved.is_over)
    g_main_context_iteration (NULL, TRUE);
  if (saved.error != NULL)
    g_propagate_error (error, saved.error);

  return file;
}

static void
test_save_as (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) json = NULL;
  g_autoptr (GFile) scxml = NULL;
  g_autofree char *text = NULL;

  open_file (fixture);
  move (fixture, "open", 240, 12);
  json = save_as (fixture, "gate.fermata.json", &error);
  g_assert_no_error (error);
  g_assert_cmpint (fermata_app_document_get_format (document_of (fixture)), ==, FERMATA_APP_FORMAT_FERMATA);
  g_assert_true (g_file_load_contents (json, NULL, &text, NULL, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "{\n  \"fermata\": 1"));
  g_assert_nonnull (strstr (text, "\"open\": [240, 12]"));
  g_assert_cmpint (count_files (fixture), ==, 2);

  scxml = save_as (fixture, "other.SCXML", &error);
  g_assert_no_error (error);
  g_assert_cmpint (fermata_app_document_get_format (document_of (fixture)), ==, FERMATA_APP_FORMAT_SCXML);
  g_set_object (&fixture->file, scxml);
  assert_written (fixture);
  g_assert_true (is_beside (fixture));
  open_again (fixture);
  assert_position (fixture, "open", 240, 12);
}

/* What is said is lost only when somebody has agreed, and is asked of once. */
static void
test_lost (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *text = NULL;

  open_file (fixture);
  set_member (fixture, "/edges/1", "after", "\"5s\"");
  activate (fixture, "save");
  wait_for (fixture, has_dialog);
  answer (fixture, "cancel");
  g_assert_false (is_saved (fixture));
  text = dup_text (fixture);
  g_assert_cmpstr (text, ==, GATE);

  activate (fixture, "save");
  answer (fixture, "save");
  wait_for (fixture, is_saved);
  assert_written (fixture);
  set_member (fixture, "", "name", "\"Door\"");
  save (fixture);
  g_assert_false (has_dialog (fixture));
}

static void
test_graph_is_refused (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;

  activate (fixture, "new-dag");
  wait_for (fixture, has_page);
  file = save_as (fixture, "tasks.scxml", &error);
  g_assert_nonnull (error);
  g_assert_false (g_file_query_exists (file, NULL));
}

/* --- Trust ------------------------------------------------------------------- */

static void
test_trust (void)
{
  static const char text[] =
    "<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" version=\"1.0\" datamodel=\"ecmascript\">"
    "<datamodel><data id=\"table\" src=\"table.json\"/></datamodel><script>var a = 1</script>"
    "<state id=\"s\"><onentry><script>a = 2</script><send event=\"e\"/>"
    "<send event=\"f\" type=\"http://www.w3.org/TR/scxml/#BasicHTTPEventProcessor\" target=\"http://127.0.0.1:1/\"/>"
    "<send event=\"g\" typeexpr=\"t\" targetexpr=\"where\"/></onentry>"
    "<invoke src=\"sub.scxml\"/></state></scxml>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataGraph) graph = fermata_scxml_read_graph (bytes, "x", NULL, &error);
  g_auto (GStrv) lines = NULL;

  g_assert_no_error (error);
  lines = fermata_app_trust_list (graph);
  g_assert_nonnull (lines);
  g_assert_cmpint (g_strv_length (lines), ==, 3);
  g_assert_cmpstr (lines[0], ==, "reads · a file\ntable.json");
  g_assert_cmpstr (lines[1], ==, "sends · over the network\nhttp://127.0.0.1:1/");
  g_assert_cmpstr (lines[2], ==, "sends · over the network\nwhere");
}

#define ADD(path, text, function) \
  g_test_add (path, Fixture, text, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  begin_tests (&argc, &argv);

  ADD ("/app/scxml/open", NULL, test_open);
  ADD ("/app/scxml/bad", "<scxml xmlns='http://www.w3.org/2005/07/scxml'>\n  <state\n</scxml>\n", test_bad);
  ADD ("/app/scxml/move", NULL, test_move);
  ADD ("/app/scxml/undo-move", NULL, test_undo_move);
  ADD ("/app/scxml/edit-and-move", NULL, test_edit_and_move);
  ADD ("/app/scxml/nothing-beside", NULL, test_nothing_beside);
  ADD ("/app/scxml/bad-layout", NULL, test_bad_layout);
  ADD ("/app/scxml/save-as", NULL, test_save_as);
  ADD ("/app/scxml/lost", NULL, test_lost);
  ADD ("/app/scxml/graph-is-refused", NULL, test_graph_is_refused);
  g_test_add_func ("/app/scxml/trust", test_trust);

  return run_tests ();
}
