/* test-breakpoints.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The list of breakpoints: as it is kept, and as it follows its document. */

#include <glib/gstdio.h>

#include "debugger-fixture.h"
#include "model/fermata-edge.h"
#include "model/fermata-edit.h"
#include "model/fermata-node.h"

/* The places, those that are switched off with a minus. */
static char *
describe (FermataBreakpoints *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (FermataBreakpoint) breakpoint = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_string_append_printf (text, "%s%s%s", i == 0 ? "" : " ",
                              fermata_breakpoint_get_enabled (breakpoint) ? "" : "-",
                              fermata_breakpoint_get_place (breakpoint));
    }

  return g_string_free (text, FALSE);
}

static void
assert_list (FermataBreakpoints *list,
             const char         *expected)
{
  g_autofree char *found = describe (list);

  g_assert_cmpstr (found, ==, expected);
}

static void
count_changes (GListModel *model,
               guint       position,
               guint       n_removed,
               guint       n_added,
               guint      *n_changes)
{
  (*n_changes)++;
}

static void
test_list (void)
{
  g_autoptr (FermataBreakpoints) list = fermata_breakpoints_new ();
  g_autoptr (FermataBreakpoint) again = fermata_breakpoint_new (FERMATA_PLACE_KIND_NODE, "a");
  guint n_changes = 0;

  g_signal_connect (list, "items-changed", G_CALLBACK (count_changes), &n_changes);
  g_assert_true (fermata_breakpoints_add (list, again));
  g_assert_false (fermata_breakpoints_add (list, again));
  g_assert_nonnull (fermata_breakpoints_toggle (list, FERMATA_PLACE_KIND_EDGE, "a"));
  g_assert_nonnull (fermata_breakpoints_toggle (list, FERMATA_PLACE_KIND_NODE, "b"));
  assert_list (list, "a a b");
  g_assert_cmpuint (n_changes, ==, 3);

  fermata_breakpoints_set_all_enabled (list, FALSE);
  assert_list (list, "-a -a -b");
  g_assert_null (fermata_breakpoints_toggle (list, FERMATA_PLACE_KIND_EDGE, "a"));
  g_assert_true (fermata_breakpoints_find (list, FERMATA_PLACE_KIND_NODE, "a") == again);
  g_assert_null (fermata_breakpoints_find (list, FERMATA_PLACE_KIND_EDGE, "a"));
  g_assert_true (fermata_breakpoints_remove (list, again));
  g_assert_false (fermata_breakpoints_remove (list, again));
  fermata_breakpoints_remove_all (list);
  assert_list (list, "");
  g_assert_cmpuint (n_changes, ==, 6);
}

/* --- As kept --------------------------------------------------------------- */

static void
test_value (void)
{
  const char *text = "{\"breakpoints\":[{\"node\":\"each/double\"},{\"edge\":\"a>b\",\"enabled\":false,"
                     "\"condition\":\"output > 3\",\"ignore-count\":2,\"one-shot\":true,"
                     "\"log-message\":\"{{output}}\"}]}";
  g_autoptr (FermataBreakpoints) list = fermata_breakpoints_new ();
  g_autoptr (FermataValue) value = fermata_value_parse (text, -1, NULL);
  g_autoptr (FermataValue) written = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (fermata_breakpoints_read_value (list, value, &error));
  g_assert_no_error (error);
  assert_list (list, "each/double -a>b");
  written = fermata_breakpoints_to_value (list);
  again = fermata_value_to_string (written, FERMATA_WRITE_COMPACT, NULL);
  g_assert_cmpstr (again, ==, text);
}

static void
test_bad_values (void)
{
  static const char *const bad[] = {
    "1", "[]", "{}", "{\"breakpoints\":1}", "{\"breakpoints\":[1]}", "{\"breakpoints\":[{}]}",
    "{\"breakpoints\":[{\"node\":1}]}", "{\"breakpoints\":[{\"node\":\"\"}]}",
    "{\"breakpoints\":[{\"node\":\"a\\u0000b\"}]}",
    "{\"breakpoints\":[{\"node\":\"a\",\"enabled\":1}]}",
    "{\"breakpoints\":[{\"node\":\"a\",\"condition\":true}]}",
    "{\"breakpoints\":[{\"node\":\"a\",\"ignore-count\":\"1\"}]}",
  };
  g_autoptr (FermataBreakpoints) list = fermata_breakpoints_new ();

  fermata_breakpoints_toggle (list, FERMATA_PLACE_KIND_NODE, "kept");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (FermataValue) value = fermata_value_parse (bad[i], -1, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (value);
      g_assert_false (fermata_breakpoints_read_value (list, value, &error));
      g_assert_error (error, FERMATA_DEBUGGER_ERROR, FERMATA_DEBUGGER_ERROR_INVALID);
      assert_list (list, "kept");
    }
}

static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("fermata-breakpoints-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "breakpoints.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) far = g_file_new_for_path ("/nowhere/at/all/b.json");
  g_autoptr (FermataBreakpoints) list = fermata_breakpoints_new ();
  g_autoptr (GError) error = NULL;

  fermata_breakpoints_toggle (list, FERMATA_PLACE_KIND_NODE, "a");
  g_assert_false (fermata_breakpoints_load (list, file, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  assert_list (list, "a");

  g_assert_true (fermata_breakpoints_save (list, file, &error));
  g_assert_no_error (error);
  fermata_breakpoints_remove_all (list);
  g_assert_true (fermata_breakpoints_load (list, file, &error));
  g_assert_no_error (error);
  assert_list (list, "a");

  g_assert_false (fermata_breakpoints_save (list, far, &error));
  g_assert_true (error->domain == G_IO_ERROR);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "{ nonsense", -1, NULL));
  g_assert_false (fermata_breakpoints_load (list, file, &error));
  g_assert_true (error->domain == FERMATA_VALUE_ERROR);
  g_assert_nonnull (strstr (error->message, path));
  assert_list (list, "a");

  g_unlink (path);
  g_rmdir (folder);
}

/* --- Following a document --------------------------------------------------- */

#define DOCUMENT \
  "{ 'fermata': 1, 'kind': 'dag'," \
  "  'nodes': [ { 'id': 'a', 'type': 'set' }, { 'id': 'b', 'type': 'set' }," \
  "             { 'id': 'each', 'type': 'foreach', 'body': {" \
  "                 'nodes': [ { 'id': 'x', 'type': 'set' }, { 'id': 'y', 'type': 'set' } ]," \
  "                 'edges': [ { 'from': 'x', 'to': 'y' } ] } } ]," \
  "  'edges': [ { 'from': 'a', 'to': 'b' }, { 'from': 'a', 'to': 'b' }, { 'from': 'b', 'to': 'each' } ] }"

static const char *const places[] = { "a", "a>b", "a>b#2", "b>each", "each", "each/x", "each/x>y", "gone" };

#define ALL "a a>b a>b#2 b>each each each/x each/x>y gone"

static void
keep_inverse (FermataGraph *graph,
              FermataEdit  *edit,
              FermataEdit  *inverse,
              FermataEdit **kept)
{
  fermata_edit_ref (inverse);
  g_clear_pointer (kept, fermata_edit_unref);
  *kept = inverse;
}

typedef struct {
  FermataGraph *graph;
  FermataBreakpoints *list;
  FermataEdit *inverse;
} Document;

static void
document_begin (Document *self)
{
  self->graph = fermata_test_graph (DOCUMENT);
  self->list = fermata_breakpoints_new ();
  self->inverse = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    fermata_breakpoints_toggle (self->list, strchr (places[i], '>') != NULL ? FERMATA_PLACE_KIND_EDGE
                                                                            : FERMATA_PLACE_KIND_NODE, places[i]);
  fermata_breakpoints_follow (self->list, self->graph);
  g_signal_connect (self->graph, "edited", G_CALLBACK (keep_inverse), &self->inverse);
}

static void
document_clear (Document *self)
{
  fermata_breakpoints_follow (self->list, NULL);
  g_clear_pointer (&self->inverse, fermata_edit_unref);
  g_object_unref (self->list);
  g_object_unref (self->graph);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Document, document_clear)

static void
undo (Document *self)
{
  g_autoptr (FermataEdit) edit = fermata_edit_ref (self->inverse);
  g_autoptr (GError) error = NULL;

  fermata_graph_apply_edit (self->graph, edit, NULL, &error);
  g_assert_no_error (error);
}

/* What a change makes of the list, undone, done again, and undone. */
static void
assert_follows (Document   *self,
                const char *expected)
{
  assert_list (self->list, expected);
  undo (self);
  assert_list (self->list, ALL);
  undo (self);
  assert_list (self->list, expected);
  undo (self);
  assert_list (self->list, ALL);
}

static FermataNode *
find_node (Document   *self,
           const char *id)
{
  return fermata_graph_find_node (self->graph, id);
}

static void
test_rename (void)
{
  g_auto (Document) self = { NULL, };
  FermataNode *each;

  document_begin (&self);
  fermata_node_rename (find_node (&self, "a"), "start", NULL);
  assert_follows (&self, "start start>b start>b#2 b>each each each/x each/x>y gone");

  each = find_node (&self, "each");
  fermata_node_rename (each, "loop", NULL);
  assert_follows (&self, "a a>b a>b#2 b>loop loop loop/x loop/x>y gone");
  fermata_node_rename (fermata_graph_find_node (fermata_node_get_body (each, "body"), "x"), "z", NULL);
  assert_follows (&self, "a a>b a>b#2 b>each each each/z each/z>y gone");
}

static void
test_remove (void)
{
  g_auto (Document) self = { NULL, };

  document_begin (&self);

  /* What has another number then has its breakpoint all the same. */
  fermata_edge_remove (fermata_graph_find_edge (self.graph, "a>b"), NULL);
  assert_follows (&self, "a a>b b>each each each/x each/x>y gone");
  fermata_edge_remove (fermata_graph_find_edge (self.graph, "b>each"), NULL);
  assert_follows (&self, "a a>b a>b#2 each each/x each/x>y gone");
  fermata_node_remove (find_node (&self, "each"), NULL);
  assert_follows (&self, "a a>b a>b#2 gone");
}

/* What is made anew is something else. */
static void
test_made_anew (void)
{
  g_auto (Document) self = { NULL, };
  g_autoptr (FermataValue) node = fermata_value_parse ("{\"id\":\"each\",\"type\":\"set\"}", -1, NULL);
  g_autoptr (GError) error = NULL;

  document_begin (&self);
  fermata_node_remove (find_node (&self, "each"), NULL);
  fermata_graph_add_node (self.graph, NULL, G_MAXUINT, node, &error);
  g_assert_no_error (error);
  assert_list (self.list, "a a>b a>b#2 gone");
}

static void
test_edge_moves (void)
{
  g_auto (Document) self = { NULL, };
  g_autoptr (FermataValue) to = fermata_value_new_string ("each", -1);

  document_begin (&self);
  fermata_edge_set_member (fermata_graph_find_edge (self.graph, "a>b#2"), "to", to, NULL);
  assert_follows (&self, "a a>b a>each b>each each each/x each/x>y gone");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/breakpoints/list", test_list);
  g_test_add_func ("/breakpoints/value", test_value);
  g_test_add_func ("/breakpoints/bad-values", test_bad_values);
  g_test_add_func ("/breakpoints/file", test_file);
  g_test_add_func ("/breakpoints/rename", test_rename);
  g_test_add_func ("/breakpoints/remove", test_remove);
  g_test_add_func ("/breakpoints/made-anew", test_made_anew);
  g_test_add_func ("/breakpoints/edge-moves", test_edge_moves);

  return g_test_run ();
}
