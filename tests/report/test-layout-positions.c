/* test-layout-positions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Where nodes go: each somewhere, no box over another, states within theirs. */

#include <gio/gio.h>
#include <string.h>

#include "format/fermata-json.h"
#include "model/fermata-edge.h"
#include "model/fermata-edit.h"
#include "model/fermata-node.h"
#include "report/fermata-layout.h"
#include "value/fermata-layout-wire-private.h"

typedef struct {
  FermataNode *node;
  double left, top, right, bottom;
} Box;

static FermataGraph *
read_graph (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (GError) error = NULL;
  FermataGraph *graph = fermata_json_read_graph (bytes, "graph", diagnostics, &error);

  g_assert_no_error (error);

  return graph;
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static FermataValue *
find_positions (FermataGraph       *graph,
                const char *const  *only,
                guint               timeout,
                GCancellable       *cancellable,
                char              **reason,
                GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fermata_layout_positions_async (graph, only, timeout, cancellable, on_found, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return fermata_layout_positions_finish (result, reason, error);
}

/* --- Boxes --------------------------------------------------------------- */

static Box
make_box (FermataNode  *node,
          FermataValue *positions)
{
  FermataValue *position = fermata_value_get_member (positions, fermata_node_get_id (node));
  double width, height;
  Box box = { node };

  g_assert_nonnull (position);
  g_assert_cmpuint (fermata_value_get_length (position), ==, 2);
  box.left = fermata_value_get_number (fermata_value_get_element (position, 0));
  box.top = fermata_value_get_number (fermata_value_get_element (position, 1));
  fermata_layout_get_node_size (node, &width, &height);
  box.right = box.left + width;
  box.bottom = box.top + height;

  return box;
}

static gboolean
overlap (const Box *a,
         const Box *b)
{
  return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

/* In document order; those in a state come after it. */
static GArray *
make_boxes (FermataGraph *graph,
            FermataValue *positions)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (Box));
  g_autoptr (GHashTable) indices = g_hash_table_new (NULL, NULL);

  for (FermataNode *node = fermata_graph_get_node (graph, 0); node != NULL; node = fermata_node_get_next (node))
    {
      Box box = make_box (node, positions);

      g_hash_table_insert (indices, node, GUINT_TO_POINTER (boxes->len));
      g_array_append_val (boxes, box);
    }
  for (guint i = boxes->len; i > 0; i--)
    {
      Box *box = &g_array_index (boxes, Box, i - 1);
      FermataNode *parent = fermata_node_get_parent (box->node);

      if (parent != NULL)
        {
          Box *around = &g_array_index (boxes, Box, GPOINTER_TO_UINT (g_hash_table_lookup (indices, parent)));

          g_assert_cmpfloat (around->left + FERMATA_LAYOUT_PADDING, <=, box->left + 6);
          g_assert_cmpfloat (around->top + FERMATA_LAYOUT_PADDING + FERMATA_LAYOUT_HEADER, <=, box->top + 6);
          around->right = MAX (around->right, box->right + FERMATA_LAYOUT_PADDING);
          around->bottom = MAX (around->bottom, box->bottom + FERMATA_LAYOUT_PADDING);
        }
    }

  return boxes;
}

static void
check_boxes (FermataGraph *graph,
             FermataValue *positions)
{
  g_autoptr (GArray) boxes = make_boxes (graph, positions);

  for (guint i = 0; i < boxes->len; i++)
    {
      Box *a = &g_array_index (boxes, Box, i);

      g_assert_cmpfloat (a->left, >=, 0);
      g_assert_cmpfloat (a->top, >=, 0);
      for (guint j = 0; j < i; j++)
        {
          Box *b = &g_array_index (boxes, Box, j);

          if (fermata_node_get_parent (a->node) == fermata_node_get_parent (b->node))
            g_assert_false (overlap (a, b));
        }
    }
}

static void
check_edit (FermataGraph *graph,
            FermataValue *positions)
{
  g_autoptr (FermataEdit) edit = fermata_edit_new_set_positions ("", positions);
  g_autoptr (FermataEdit) inverse = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (fermata_graph_apply_edit (graph, edit, &inverse, &error));
  g_assert_no_error (error);
}

/* --- Tests --------------------------------------------------------------- */

static void
test_example (gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("FERMATA_EXAMPLES"), data, NULL);
  g_autoptr (FermataValue) positions = NULL;
  g_autoptr (FermataValue) simple = NULL;
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  graph = read_graph (text);
  simple = fermata_layout_simple_positions (graph, NULL);
  check_boxes (graph, simple);
  positions = find_positions (graph, NULL, 0, NULL, &reason, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reason, ==, NULL);
  check_boxes (graph, positions);
  check_edit (graph, positions);
}

static void
add_examples (void)
{
  const char *name;
  GDir *folder = g_dir_open (g_getenv ("FERMATA_EXAMPLES"), 0, NULL);

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_strconcat ("/layout-positions/examples/", name, NULL);

      if (g_str_has_suffix (name, ".fermata.json"))
        g_test_add_data_func_full (path, g_strdup (name), test_example, g_free);
    }
  g_dir_close (folder);
}

static void
test_only (void)
{
  static const char *const only[] = { "b", "c", "nobody", NULL };
  g_autoptr (FermataGraph) graph = read_graph (
    "{ \"fermata\": 1, \"kind\": \"dag\", \"nodes\": [ { \"id\": \"a\", \"type\": \"set\" }, { \"id\": \"b\", \"type\": \"set\" },"
    "{ \"id\": \"c\", \"type\": \"set\" } ], \"edges\": [ { \"from\": \"a\", \"to\": \"b\" }, { \"from\": \"b\", \"to\": \"c\" } ],"
    "\"layout\": { \"nodes\": { \"a\": [0, 0], \"b\": [600, 900], \"c\": [300, 1200] } } }");
  g_autoptr (FermataValue) positions = find_positions (graph, only, 0, NULL, NULL, NULL);
  FermataValue *b = fermata_value_get_member (positions, "b");
  FermataValue *c = fermata_value_get_member (positions, "c");

  /* They stay about where they were, b before c */
  g_assert_cmpuint (fermata_value_get_length (positions), ==, 2);
  g_assert_cmpfloat (fermata_value_get_number (fermata_value_get_element (b, 0)), ==, 300);
  g_assert_cmpfloat (fermata_value_get_number (fermata_value_get_element (b, 1)), ==, 900);
  g_assert_cmpfloat (fermata_value_get_number (fermata_value_get_element (c, 0)), >=, 300 + 172);
}

static void
test_fallback (void)
{
  g_autofree char *real = g_strdup (g_getenv (FERMATA_LAYOUT_HOST_VARIABLE));
  g_autoptr (FermataGraph) graph = read_graph (
    "{ \"fermata\": 1, \"kind\": \"fsm\", \"nodes\": [ { \"id\": \"a\" }, { \"id\": \"b\", \"nodes\": [ { \"id\": \"c\" }, { \"id\": \"d\" } ] } ],"
    "\"edges\": [ { \"from\": \"a\", \"to\": \"d\" }, { \"from\": \"d\", \"to\": \"a\" }, { \"from\": \"c\", \"to\": \"d\" } ] }");
  g_autoptr (FermataValue) simple = fermata_layout_simple_positions (graph, NULL);
  g_autoptr (FermataValue) positions = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;

  g_setenv (FERMATA_LAYOUT_HOST_VARIABLE, "/bin/false", TRUE);
  positions = find_positions (graph, NULL, 0, NULL, &reason, &error);
  g_setenv (FERMATA_LAYOUT_HOST_VARIABLE, real, TRUE);
  g_assert_no_error (error);
  g_assert_nonnull (reason);
  g_assert_true (fermata_value_equal (positions, simple));
  check_boxes (graph, positions);
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (FermataGraph) graph = read_graph ("{ \"fermata\": 1, \"kind\": \"dag\", \"nodes\": [ { \"id\": \"a\", \"type\": \"set\" } ] }");
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (find_positions (graph, NULL, 0, cancellable, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Anything that can be read has places. */
static void
test_odd (void)
{
  static const char *const texts[] = {
    "{ \"fermata\": 1, \"kind\": \"dag\", \"nodes\": [] }",
    "{ \"fermata\": 1, \"kind\": \"fsm\", \"nodes\": [ { \"id\": \"\" }, { \"id\": \"a\" }, { \"id\": \"a\" } ], \"edges\": [ { \"from\": \"a\", \"to\": \"a\" } ] }",
    "{ \"fermata\": 1, \"kind\": \"fsm\", \"initial\": [\"a\"], \"nodes\": [ { \"id\": \"a\", \"initial\": { \"to\": 1 }, \"nodes\": [ { \"id\": \"b\", \"type\": \"history\" } ] } ], \"edges\": [ { \"from\": \"b\", \"to\": [\"a\", \"x\"] } ] }",
    "{ \"fermata\": 1, \"kind\": \"dag\", \"nodes\": [ { \"id\": \"a\" }, { \"id\": \"b\" } ], \"edges\": [ { \"from\": \"a\", \"to\": \"b\" }, { \"from\": \"b\", \"to\": \"a\" } ] }",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FermataGraph) graph = read_graph (texts[i]);
      g_autoptr (FermataValue) simple = fermata_layout_simple_positions (graph, NULL);
      g_autoptr (FermataValue) positions = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *reason = NULL;

      positions = find_positions (graph, NULL, 0, NULL, &reason, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (reason, ==, NULL);
      g_assert_cmpuint (fermata_value_get_length (positions), ==, fermata_value_get_length (simple));
    }
}

static FermataGraph *
make_large (guint    n,
            gboolean is_chain)
{
  GString *text = g_string_new ("{ \"fermata\": 1, \"kind\": \"dag\", \"nodes\": [");
  FermataGraph *graph;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{ \"id\": \"n%u\", \"type\": \"set\" }", i > 0 ? "," : "", i);
  g_string_append (text, "], \"edges\": [");
  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, "%s{ \"from\": \"n%u\", \"to\": \"n%u\" }", i > 1 ? "," : "", is_chain ? i - 1 : i / 3, i);
  g_string_append (text, "] }");
  graph = read_graph (text->str);
  g_string_free (text, TRUE);

  return graph;
}

static void
test_large (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FermataGraph) graph = make_large (50000, i == 0);
      g_autoptr (FermataValue) positions = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *reason = NULL;

      positions = find_positions (graph, NULL, 0, NULL, &reason, &error);
      g_assert_no_error (error);
      g_assert_nonnull (reason);
      g_assert_cmpuint (fermata_value_get_length (positions), ==, 50000);
    }
}

static void
test_deep (void)
{
  GString *text = g_string_new ("{ \"fermata\": 1, \"kind\": \"fsm\", \"edges\": [ { \"from\": \"s0\", \"to\": \"s400\" } ], \"nodes\": [");
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (FermataValue) positions = NULL;
  g_autoptr (FermataValue) simple = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;

  for (guint i = 0; i < 480; i++)
    g_string_append_printf (text, "{ \"id\": \"s%u\", \"nodes\": [", i);
  g_string_append (text, "{ \"id\": \"leaf\" }");
  for (guint i = 0; i < 480; i++)
    g_string_append (text, "] }");
  g_string_append (text, "] }");
  graph = read_graph (text->str);
  g_string_free (text, TRUE);
  simple = fermata_layout_simple_positions (graph, NULL);
  check_boxes (graph, simple);
  positions = find_positions (graph, NULL, 2000, NULL, &reason, &error);
  g_assert_no_error (error);
  check_boxes (graph, positions);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_examples ();
  g_test_add_func ("/layout-positions/only", test_only);
  g_test_add_func ("/layout-positions/fallback", test_fallback);
  g_test_add_func ("/layout-positions/cancel", test_cancel);
  g_test_add_func ("/layout-positions/odd", test_odd);
  g_test_add_func ("/layout-positions/large", test_large);
  g_test_add_func ("/layout-positions/deep", test_deep);

  return g_test_run ();
}
