/* test-edits-random.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Random edits on a random document. Whatever was done, and whether it was
 * refused or not: lookups, positions, list models and text agree, and the
 * inverses in the reverse order give every byte back. */

#include "model/random-edits.h"

/* Objects by their lists, as somebody keeps them who only hears the signals. */
typedef struct {
  GListModel *model;
  GPtrArray *items;
} Mirror;

static void
items_changed (GListModel *model,
               guint       position,
               guint       removed,
               guint       added,
               Mirror     *mirror)
{
  if (removed > 0)
    g_ptr_array_remove_range (mirror->items, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror->items, position + i, g_list_model_get_item (model, position + i));
}

static Mirror *
mirror_new (GListModel *model)
{
  Mirror *mirror = g_new0 (Mirror, 1);

  mirror->model = g_object_ref (model);
  mirror->items = g_ptr_array_new_with_free_func (g_object_unref);
  items_changed (model, 0, 0, g_list_model_get_n_items (model), mirror);
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed), mirror);
  return mirror;
}

static void
mirror_free (Mirror *mirror)
{
  g_signal_handlers_disconnect_by_data (mirror->model, mirror);
  g_ptr_array_unref (mirror->items);
  g_object_unref (mirror->model);
  g_free (mirror);
}

static void
mirror_check (Mirror *mirror)
{
  g_assert_cmpuint (g_list_model_get_n_items (mirror->model), ==, mirror->items->len);
  for (guint i = 0; i < mirror->items->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (mirror->model, i);

      g_assert_true (item == g_ptr_array_index (mirror->items, i));
    }
}

/* Asks in the plain way what indexes answer. */
static void
check_nodes (FermataGraph *root,
             FermataGraph *graph,
             GPtrArray    *graphs)
{
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);

  for (FermataNode *node = fermata_graph_get_node (graph, 0); node != NULL; node = fermata_node_get_next (node))
    {
      const char *id = fermata_node_get_id (node);
      g_autofree char *path = fermata_node_dup_path (node);
      const char *rest;

      g_assert_true (fermata_node_get_graph (node) == graph);
      g_assert_true (fermata_graph_lookup_path (root, path, &rest) == (gpointer) node);
      g_assert_cmpstr (rest, ==, "");
      if (!g_hash_table_contains (first, id))
        g_hash_table_insert (first, (gpointer) id, node);
      for (guint i = 0; i < fermata_node_get_n_bodies (node); i++)
        {
          g_assert_true (fermata_graph_get_owner (fermata_node_get_body_at (node, i)) == node);
          g_ptr_array_add (graphs, fermata_node_get_body_at (node, i));
        }
    }
  for (guint i = 0; i < N_IDS; i++)
    {
      g_autofree char *id = g_strdup_printf ("n%u", i);

      g_assert_true (fermata_graph_find_node (graph, id) == g_hash_table_lookup (first, id));
    }
}

/* A mistake: two edges with the same id. */
static void
assert_first_of_name (FermataEdge *found,
                      FermataEdge *edge)
{
  if (found == edge)
    return;
  g_assert_nonnull (found);
  g_assert_true (fermata_value_equal (fermata_edge_get_member (found, "id"), fermata_edge_get_member (edge, "id")));
  g_assert_cmpuint (fermata_edge_get_index (found), <, fermata_edge_get_index (edge));
}

static void
check_edges (FermataGraph *root,
             FermataGraph *graph)
{
  for (guint i = 0; i < fermata_graph_get_n_edges (graph); i++)
    {
      FermataEdge *edge = fermata_graph_get_edge (graph, i);
      g_autofree char *name = fermata_edge_dup_name (edge);
      g_autofree char *path = fermata_edge_dup_path (edge);

      g_assert_cmpuint (fermata_edge_get_index (edge), ==, i);
      g_assert_true (fermata_graph_lookup_path (root, path, NULL) == (gpointer) edge);
      assert_first_of_name (fermata_graph_find_edge (graph, name), edge);
    }
}

static void
check_graph (FermataGraph *root)
{
  g_autoptr (GPtrArray) graphs = g_ptr_array_new ();

  g_ptr_array_add (graphs, root);
  for (guint i = 0; i < graphs->len; i++)
    {
      check_nodes (root, g_ptr_array_index (graphs, i), graphs);
      check_edges (root, g_ptr_array_index (graphs, i));
    }
}

/* A copy that never had an edit says the same of everything. */
static void
check_against_copy (FermataGraph *graph)
{
  g_autoptr (FermataValue) value = fermata_graph_to_value (graph);
  g_autoptr (FermataGraph) copy = fermata_graph_new_from_value (value);
  g_autofree char *text = dup_text (graph);
  g_autofree char *copied = dup_text (copy);

  g_assert_cmpstr (text, ==, copied);
  g_assert_cmpuint (fermata_graph_get_n_nodes (graph), ==, fermata_graph_get_n_nodes (copy));
  for (FermataNode *a = fermata_graph_get_node (graph, 0), *b = fermata_graph_get_node (copy, 0);
       a != NULL || b != NULL; a = fermata_node_get_next (a), b = fermata_node_get_next (b))
    {
      g_assert_true (a != NULL && b != NULL);
      g_assert_cmpstr (fermata_node_get_id (a), ==, fermata_node_get_id (b));
      g_assert_cmpuint (fermata_node_get_n_bodies (a), ==, fermata_node_get_n_bodies (b));
      for (guint i = 0; i < fermata_node_get_n_bodies (a); i++)
        g_assert_cmpstr (fermata_node_get_body_name (a, i), ==, fermata_node_get_body_name (b, i));
    }
  for (guint i = 0; i < fermata_graph_get_n_edges (graph); i++)
    {
      g_autofree char *a = fermata_edge_dup_name (fermata_graph_get_edge (graph, i));
      g_autofree char *b = fermata_edge_dup_name (fermata_graph_get_edge (copy, i));

      g_assert_cmpstr (a, ==, b);
    }
}

/* Applies one, and keeps its inverse and the text before. */
static guint
step (FermataGraph *graph,
      GPtrArray    *inverses,
      GPtrArray    *texts)
{
  g_autoptr (FermataEdit) edit = random_edit (graph, 0);
  FermataEdit *inverse = NULL;
  g_autoptr (GError) error = NULL;
  char *before = dup_text (graph);

  if (fermata_graph_apply_edit (graph, edit, &inverse, &error))
    {
      g_assert_no_error (error);
      g_ptr_array_add (inverses, inverse);
      g_ptr_array_add (texts, before);
      return 1;
    }
  g_assert_nonnull (error);
  g_assert_null (inverse);
  {
    g_autofree char *after = dup_text (graph);

    g_assert_cmpstr (after, ==, before);
  }
  g_free (before);
  return 0;
}

static void
take_back (FermataGraph *graph,
           GPtrArray    *inverses,
           GPtrArray    *texts)
{
  for (guint i = inverses->len; i > 0; i--)
    {
      g_autoptr (FermataEdit) again = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      fermata_graph_apply_edit (graph, g_ptr_array_index (inverses, i - 1), &again, &error);
      g_assert_no_error (error);
      text = dup_text (graph);
      g_assert_cmpstr (text, ==, g_ptr_array_index (texts, i - 1));

      /* Forwards and back once more, now and then. */
      if (i % 7 == 0)
        {
          g_autoptr (FermataEdit) back = NULL;

          g_assert_true (fermata_graph_apply_edit (graph, again, &back, NULL));
          g_assert_true (fermata_graph_apply_edit (graph, back, NULL, NULL));
        }
    }
}

static void
run (const char *start,
     guint       n_edits)
{
  g_autoptr (FermataGraph) graph = read_graph (start);
  g_autoptr (GPtrArray) inverses = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_edit_unref);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Mirror *nodes = mirror_new (fermata_graph_get_nodes (graph));
  Mirror *edges = mirror_new (fermata_graph_get_edges (graph));
  guint n_applied = 0;

  for (guint i = 0; i < n_edits; i++)
    {
      n_applied += step (graph, inverses, texts);
      mirror_check (nodes);
      mirror_check (edges);
      if (i % 5 == 0)
        check_graph (graph);
      if (i % 50 == 0)
        check_against_copy (graph);
    }
  g_test_message ("%u of %u edits were possible", n_applied, n_edits);
  g_assert_cmpuint (n_applied, >, n_edits / 20);
  take_back (graph, inverses, texts);
  mirror_check (nodes);
  mirror_check (edges);
  check_graph (graph);
  check_against_copy (graph);
  mirror_free (nodes);
  mirror_free (edges);
}

static void
test_from_nothing (void)
{
  run ("{'fermata':1,'kind':'dag'}", 2000);
}

static void
test_from_something (void)
{
  run ("{'layout':{'nodes':{'n3':[1,2],'n0':'?','n1':[0,0]},'x':1},'nodes':[{'id':'n0','body':{'nodes':[{'id':'n0'}]},'x':1},"
       "{'id':'n1','nodes':[{'id':'n2'},{'id':'n3','nodes':[{'id':'n4'}]}]}],'fermata':1,"
       "'edges':[{'from':'n0','to':'n1'},{'from':'n0','to':'n1'}],'initial':'n1'}", 2000);
}

/* A document with mistakes can be edited too, and mended. */
static void
test_from_mistakes (void)
{
  run ("{'nodes':[{'id':'n0'},{'id':'n0','nodes':[{'id':'n1'},{}]},{'id':'n1','body':3},{'nodes':[{'id':'n0'}]}],"
       "'edges':[{},{'from':'n0','id':'n1'},{'from':'n1','id':'n1'},{'to':3,'from':'n1'}],'layout':7}", 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/edits-random/from-nothing", test_from_nothing);
  g_test_add_func ("/edits-random/from-something", test_from_something);
  g_test_add_func ("/edits-random/from-mistakes", test_from_mistakes);

  return g_test_run ();
}
