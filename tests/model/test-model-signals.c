/* test-model-signals.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Who listens hears of each change once and at the right place; where nobody
 * listens, nothing is emitted at all. */

#include "model/fermata-edit.h"
#include "model/model-fixture.h"

static const char document[] =
  "{'fermata':1,'kind':'dag','nodes':[{'id':'a','nodes':[{'id':'b'}]},{'id':'c','body':{'nodes':[{'id':'d'}]}}],"
  "'edges':[{'from':'a','to':'c'},{'from':'b','to':'c'}]}";

static void
note_items (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            GString    *log)
{
  g_string_append_printf (log, "%s%u-%u+%u ", g_list_model_get_item_type (model) == FERMATA_TYPE_NODE ? "n" : "e",
                          position, removed, added);
}

static void
note_property (GObject    *object,
               GParamSpec *pspec,
               GString    *log)
{
  g_string_append_printf (log, "%s ", pspec->name);
}

static void
note_edit (FermataGraph *graph,
           FermataEdit  *edit,
           FermataEdit  *inverse,
           GString      *log)
{
  g_string_append_printf (log, "%s/%s ", fermata_edit_kind_to_string (fermata_edit_get_kind (edit)),
                          fermata_edit_kind_to_string (fermata_edit_get_kind (inverse)));
}

/* Takes the edit. */
static void
apply (FermataGraph *graph,
       FermataEdit  *edit)
{
  g_autoptr (FermataEdit) owned = edit;
  g_autoptr (GError) error = NULL;

  fermata_graph_apply_edit (graph, edit, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_log (GString    *log,
            const char *expected)
{
  g_assert_cmpstr (log->str, ==, expected);
  g_string_truncate (log, 0);
}

static void
test_items_changed (void)
{
  g_autoptr (FermataGraph) graph = read_graph (document);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GString) inner_log = g_string_new (NULL);
  FermataNode *a = fermata_graph_find_node (graph, "a");
  FermataGraph *body = fermata_node_get_body (fermata_graph_find_node (graph, "c"), "body");
  g_autoptr (FermataValue) node = read_value ("{'id':'x'}");
  g_autoptr (FermataValue) edge = read_value ("{'from':'x'}");

  g_signal_connect (fermata_graph_get_nodes (graph), "items-changed", G_CALLBACK (note_items), log);
  g_signal_connect (fermata_graph_get_edges (graph), "items-changed", G_CALLBACK (note_items), log);
  g_signal_connect (fermata_node_get_children (a), "items-changed", G_CALLBACK (note_items), inner_log);
  g_signal_connect (fermata_graph_get_nodes (body), "items-changed", G_CALLBACK (note_items), inner_log);

  apply (graph, fermata_edit_new_add_node ("", 1, node));
  assert_log (log, "n1-0+1 ");
  apply (graph, fermata_edit_new_move_node ("/nodes/1", "", 2));
  assert_log (log, "n1-1+0 n2-0+1 ");
  apply (graph, fermata_edit_new_remove_node ("/nodes/2"));
  assert_log (log, "n2-1+0 ");
  apply (graph, fermata_edit_new_add_edge ("", 0, edge));
  assert_log (log, "e0-0+1 ");
  apply (graph, fermata_edit_new_remove_edge ("/edges/0"));
  assert_log (log, "e0-1+0 ");
  assert_log (inner_log, "");
  apply (graph, fermata_edit_new_add_node ("/nodes/0", 0, node));
  assert_log (inner_log, "n0-0+1 ");
  apply (graph, fermata_edit_new_remove_node ("/nodes/1/body/nodes/0"));
  assert_log (inner_log, "n0-1+0 ");
  assert_log (log, "");

  /* A member is no matter of lists. */
  apply (graph, fermata_edit_new_set_member ("/nodes/0", "label", node));
  assert_log (log, "");
}

static void
test_notify (void)
{
  g_autoptr (FermataGraph) graph = read_graph (document);
  g_autoptr (GString) log = g_string_new (NULL);
  FermataNode *a = fermata_graph_find_node (graph, "a");
  FermataEdge *edge = fermata_graph_get_edge (graph, 0);
  g_autoptr (FermataValue) text = read_value ("'T'");
  g_autoptr (FermataValue) kind = read_value ("'flow'");
  g_autoptr (FermataValue) node = read_value ("{'id':'x'}");

  g_signal_connect (graph, "notify", G_CALLBACK (note_property), log);
  g_signal_connect (a, "notify", G_CALLBACK (note_property), log);
  g_signal_connect (edge, "notify", G_CALLBACK (note_property), log);

  apply (graph, fermata_edit_new_set_member ("/nodes/0", "label", text));
  assert_log (log, "label members ");
  apply (graph, fermata_edit_new_set_member ("/nodes/0", "type", text));
  assert_log (log, "type-name members ");
  apply (graph, fermata_edit_new_set_member ("/nodes/0", "with", text));
  assert_log (log, "members ");
  apply (graph, fermata_edit_new_rename_node ("/nodes/0", "z"));
  assert_log (log, "id members source-id members ");
  apply (graph, fermata_edit_new_set_member ("/edges/0", "to", text));
  assert_log (log, "target-ids members ");
  apply (graph, fermata_edit_new_set_member ("", "kind", kind));
  assert_log (log, "kind members ");
  apply (graph, fermata_edit_new_set_member ("", "name", text));
  assert_log (log, "name members ");
  apply (graph, fermata_edit_new_add_node ("", 9, node));
  assert_log (log, "");
  apply (graph, fermata_edit_new_move_node ("/nodes/0", "/nodes/1", 0));
  assert_log (log, "parent graph ");

  /* The same text again is no change. */
  g_signal_handlers_disconnect_by_data (a, log);
  g_signal_connect (a, "notify::label", G_CALLBACK (note_property), log);
  g_object_set (a, "label", "T", NULL);
  assert_log (log, "");
  g_object_set (a, "label", "U", NULL);
  assert_log (log, "label ");
  apply (graph, fermata_edit_new_set_member ("/nodes/0/nodes/0", "description", text));
  assert_log (log, "");
}

static void
test_properties (void)
{
  g_autoptr (FermataGraph) graph = read_graph (document);
  FermataNode *b = fermata_graph_find_node (graph, "b");
  g_autofree char *id = NULL;
  g_autofree char *source = NULL;
  g_auto (GStrv) targets = NULL;
  g_autoptr (FermataGraph) of = NULL;
  g_autoptr (FermataNode) parent = NULL;
  g_autoptr (GListModel) children = NULL;
  g_autoptr (GListModel) nodes = NULL;
  g_autoptr (FermataValue) members = NULL;
  FermataGraphKind kind;

  g_object_get (b, "id", &id, "graph", &of, "parent", &parent, "children", &children, "members", &members, NULL);
  g_assert_cmpstr (id, ==, "b");
  g_assert_true (of == graph);
  g_assert_true (parent == fermata_graph_get_node (graph, 0));
  g_assert_cmpuint (g_list_model_get_n_items (children), ==, 0);
  g_assert_true (fermata_value_equal (members, fermata_node_get_members (b)));
  g_object_get (fermata_graph_get_edge (graph, 0), "source-id", &source, "target-ids", &targets, NULL);
  g_assert_cmpstr (source, ==, "a");
  g_assert_cmpstr (targets[0], ==, "c");
  g_assert_null (targets[1]);
  g_object_get (graph, "kind", &kind, "nodes", &nodes, NULL);
  g_assert_cmpint (kind, ==, FERMATA_GRAPH_KIND_DAG);
  g_assert_true (nodes == fermata_graph_get_nodes (graph));
}

/* What an editor does: a label in two places. */
static void
test_binding (void)
{
  g_autoptr (FermataGraph) graph = read_graph (document);
  FermataNode *a = fermata_graph_find_node (graph, "a");
  FermataNode *c = fermata_graph_find_node (graph, "c");
  g_autoptr (FermataValue) text = read_value ("'T'");

  g_object_bind_property (a, "label", c, "description", G_BINDING_DEFAULT);
  g_test_expect_message ("Fermata", G_LOG_LEVEL_DEBUG, "*not set*");
  apply (graph, fermata_edit_new_set_member ("/nodes/0", "label", text));
  g_test_assert_expected_messages ();

  /* Not while the edit is still being told of: undo would mix them up. */
  g_assert_null (fermata_node_get_description (c));
}

static void
test_edited (void)
{
  g_autoptr (FermataGraph) graph = read_graph (document);
  g_autoptr (GString) log = g_string_new (NULL);
  FermataGraph *body = fermata_node_get_body (fermata_graph_find_node (graph, "c"), "body");
  g_autoptr (FermataValue) text = read_value ("'T'");
  g_autoptr (FermataEdit) inverse = NULL;
  g_autoptr (FermataEdit) edit = NULL;

  g_signal_connect (graph, "edited", G_CALLBACK (note_edit), log);
  apply (body, fermata_edit_new_set_member ("/nodes/1/body/nodes/0", "label", text));
  assert_log (log, "set-member/unset-member ");
  apply (graph, fermata_edit_new_remove_node ("/nodes/0/nodes/0"));
  assert_log (log, "remove-node/add-node ");
  apply (graph, fermata_edit_new_rename_node ("/nodes/1", "z"));
  assert_log (log, "rename-node/group ");
  edit = fermata_edit_new_move_node ("/nodes/0", "", 1);
  g_assert_true (fermata_graph_apply_edit (graph, edit, &inverse, NULL));
  assert_log (log, "move-node/move-node ");
  g_assert_true (fermata_graph_apply_edit (graph, inverse, NULL, NULL));
  assert_log (log, "move-node/move-node ");

  /* What was refused is not told. */
  g_clear_pointer (&edit, fermata_edit_unref);
  edit = fermata_edit_new_remove_node ("/nodes/9");
  g_assert_false (fermata_graph_apply_edit (graph, edit, NULL, NULL));
  assert_log (log, "");
}

static void
edit_again (FermataGraph *graph,
            FermataEdit  *edit,
            FermataEdit  *inverse,
            guint        *n_refused)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (fermata_graph_apply_edit (graph, inverse, NULL, &error));
  g_assert_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BUSY);
  (*n_refused)++;
}

static void
test_busy (void)
{
  g_autoptr (FermataGraph) graph = read_graph (document);
  guint n_refused = 0;

  g_signal_connect (graph, "edited", G_CALLBACK (edit_again), &n_refused);
  apply (graph, fermata_edit_new_remove_node ("/nodes/0"));
  g_assert_cmpuint (n_refused, ==, 1);
  apply (graph, fermata_edit_new_remove_node ("/nodes/0"));
  g_assert_cmpuint (n_refused, ==, 2);
  g_assert_cmpuint (fermata_graph_get_n_nodes (graph), ==, 0);
}

static gboolean
count_emission (GSignalInvocationHint *hint,
                guint                  n_values,
                const GValue          *values,
                gpointer               count)
{
  (*(guint *) count)++;
  return TRUE;
}

static void
edit_everything (FermataGraph *graph)
{
  g_autoptr (FermataValue) node = read_value ("{'id':'x','body':{'nodes':[{'id':'y'}]}}");
  g_autoptr (FermataValue) edge = read_value ("{'from':'x'}");
  g_autoptr (FermataValue) text = read_value ("'T'");
  g_autoptr (FermataValue) positions = read_value ("{'x':[1,2]}");
  g_autoptr (FermataValue) body = read_value ("{}");

  apply (graph, fermata_edit_new_add_node ("", 1, node));
  apply (graph, fermata_edit_new_set_member ("/nodes/1", "label", text));
  apply (graph, fermata_edit_new_unset_member ("/nodes/1", "label"));
  apply (graph, fermata_edit_new_rename_node ("/nodes/1", "z"));
  apply (graph, fermata_edit_new_set_positions ("", positions));
  apply (graph, fermata_edit_new_add_edge ("", 1, edge));
  apply (graph, fermata_edit_new_set_member ("/edges/1", "to", text));
  apply (graph, fermata_edit_new_move_edge ("/edges/1", "", 0));
  apply (graph, fermata_edit_new_remove_edge ("/edges/0"));
  apply (graph, fermata_edit_new_add_body ("/nodes/0", "catch", body));
  apply (graph, fermata_edit_new_remove_body ("/nodes/0", "catch"));
  apply (graph, fermata_edit_new_set_member ("", "name", text));
  apply (graph, fermata_edit_new_move_node ("/nodes/1", "/nodes/0", 0));
  apply (graph, fermata_edit_new_remove_node ("/nodes/0/nodes/0"));
}

static guint n_notified;

static void
count_notify (GObject    *object,
              GParamSpec *pspec)
{
  n_notified++;
}

static void
test_silence (void)
{
  g_autoptr (FermataGraph) graph = read_graph (document);
  g_autoptr (GString) log = g_string_new (NULL);
  GType types[] = { FERMATA_TYPE_GRAPH, FERMATA_TYPE_NODE, FERMATA_TYPE_EDGE };
  guint signals[] = {
    g_signal_lookup ("items-changed", G_TYPE_LIST_MODEL),
    g_signal_lookup ("edited", FERMATA_TYPE_GRAPH),
  };
  gulong hooks[G_N_ELEMENTS (signals)];
  guint n_emitted = 0;

  /* The signal "notify" has no hooks, but classes hear of it. */
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    G_OBJECT_CLASS (g_type_class_peek (types[i]))->notify = count_notify;
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    hooks[i] = g_signal_add_emission_hook (signals[i], 0, count_emission, &n_emitted, NULL);

  edit_everything (graph);
  g_assert_cmpuint (n_notified, ==, 0);
  g_assert_cmpuint (n_emitted, ==, 0);

  g_signal_connect (graph, "edited", G_CALLBACK (note_edit), log);
  g_signal_connect (fermata_graph_get_node (graph, 0), "notify", G_CALLBACK (note_property), log);
  edit_everything (graph);
  g_assert_cmpuint (n_notified, >, 0);
  g_assert_cmpuint (n_emitted, ==, 14);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    G_OBJECT_CLASS (g_type_class_peek (types[i]))->notify = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_remove_emission_hook (signals[i], hooks[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model-signals/items-changed", test_items_changed);
  g_test_add_func ("/model-signals/notify", test_notify);
  g_test_add_func ("/model-signals/properties", test_properties);
  g_test_add_func ("/model-signals/binding", test_binding);
  g_test_add_func ("/model-signals/edited", test_edited);
  g_test_add_func ("/model-signals/busy", test_busy);
  g_test_add_func ("/model-signals/silence", test_silence);

  return g_test_run ();
}
