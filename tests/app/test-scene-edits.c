/* test-scene-edits.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A scene follows what is edited: it is what a fresh one would be. */

#include "scene-fixture.h"

static void
count (gpointer instance,
       guint   *n)
{
  (*n)++;
}

static void
test_changed (void)
{
  g_auto (Fixture) fixture = { NULL, };
  guint n = 0;

  fixture_load (&fixture, "{'fermata':1,'kind':'fsm','nodes':[{'id':'a'},{'id':'b'}],'edges':[],"
                          "'layout':{'nodes':{'a':[0,0],'b':[400,0]}}}");
  g_signal_connect (fixture.scene, "changed", G_CALLBACK (count), &n);
  fermata_app_scene_get_n_items (fixture.scene);
  set_position (&fixture, "a", 10, 0);
  set_position (&fixture, "a", 20, 0);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpfloat (get_item (&fixture, "a")->rect.origin.x, ==, 20);
  set_position (&fixture, "a", 30, 0);
  g_assert_cmpuint (n, ==, 2);
}

static void
assert_same_item (const FermataAppItem *a,
                  const FermataAppItem *b)
{
  g_assert_true (a->node == b->node);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpuint (a->parent, ==, b->parent);
  if (!fermata_app_rect_equal (&a->rect, &b->rect))
    g_test_message ("%s is at %g, %g; %g x %g, but should be at %g, %g; %g x %g", fermata_node_get_id (a->node),
                    a->rect.origin.x, a->rect.origin.y, a->rect.size.width, a->rect.size.height,
                    b->rect.origin.x, b->rect.origin.y, b->rect.size.width, b->rect.size.height);
  g_assert_true (fermata_app_rect_equal (&a->rect, &b->rect));
}

static void
assert_same_route (const FermataAppRoute *a,
                   const FermataAppRoute *b)
{
  g_assert_true (a->edge == b->edge);
  g_assert_cmpuint (a->target, ==, b->target);
  g_assert_cmpuint (a->from, ==, b->from);
  g_assert_cmpuint (a->to, ==, b->to);
  g_assert_cmpstr (a->text, ==, b->text);
  g_assert_cmpmem (a->points, a->n_points * sizeof (graphene_point_t), b->points,
                   b->n_points * sizeof (graphene_point_t));
  g_assert_true (fermata_app_rect_equal (&a->label, &b->label));
  g_assert_true (fermata_app_rect_equal (&a->bounds, &b->bounds));
}

/* As a scene that has seen nothing of the past. */
static void
assert_fresh (Fixture *fixture)
{
  g_autoptr (FermataAppScene) fresh = fermata_app_scene_new (fixture->document);
  guint n_items = fermata_app_scene_get_n_items (fresh);
  guint n_routes = fermata_app_scene_get_n_routes (fresh);
  graphene_rect_t bounds;
  graphene_rect_t expected;

  g_assert_cmpuint (fermata_app_scene_get_n_items (fixture->scene), ==, n_items);
  g_assert_cmpuint (fermata_app_scene_get_n_routes (fixture->scene), ==, n_routes);
  for (guint i = 0; i < n_items; i++)
    assert_same_item (fermata_app_scene_get_item (fixture->scene, i), fermata_app_scene_get_item (fresh, i));
  for (guint i = 0; i < n_routes; i++)
    assert_same_route (fermata_app_scene_get_route (fixture->scene, i), fermata_app_scene_get_route (fresh, i));
  fermata_app_scene_get_bounds (fixture->scene, &bounds);
  fermata_app_scene_get_bounds (fresh, &expected);
  g_assert_true (fermata_app_rect_equal (&bounds, &expected));
}

static void
change_edge (Fixture *fixture)
{
  FermataEdge *edge = pick_edge (fixture);
  FermataNode *node = pick_node (fixture);
  g_autoptr (FermataValue) id = NULL;
  g_autoptr (FermataValue) label = fermata_value_new_string (g_test_rand_bit () ? "a rather long label" : "no", -1);

  if (edge == NULL || node == NULL)
    return;
  id = fermata_value_new_string (fermata_node_get_id (node), -1);
  switch (g_test_rand_int_range (0, 5))
    {
    case 0:
      fermata_edge_set_member (edge, "to", id, NULL);
      break;
    case 1:
      fermata_edge_set_member (edge, "from", id, NULL);
      break;
    case 2:
      fermata_edge_set_member (edge, "to", NULL, NULL);
      break;
    case 3:
      fermata_edge_set_member (edge, "label", NULL, NULL);
      break;
    default:
      fermata_edge_set_member (edge, "label", label, NULL);
    }
}

static void
reparent (Fixture *fixture)
{
  FermataNode *node = pick_node (fixture);
  FermataNode *parent = g_test_rand_bit () ? pick_node (fixture) : NULL;
  g_autofree char *path = NULL;
  g_autofree char *to = NULL;
  g_autoptr (FermataEdit) edit = NULL;

  if (node == NULL)
    return;
  path = fermata_node_dup_path (node);
  to = parent != NULL ? fermata_node_dup_path (parent) : g_strdup ("");
  edit = fermata_edit_new_move_node (path, to, g_test_rand_int_range (0, 5));
  fermata_graph_apply_edit (fixture->graph, edit, NULL, NULL);
}

static void
drag (Fixture *fixture)
{
  FermataNode *nodes[] = { pick_node (fixture), pick_node (fixture) };
  float dx = g_test_rand_int_range (-200, 200);
  float dy = g_test_rand_int_range (-200, 200);
  g_autoptr (FermataEdit) edit = NULL;

  if (nodes[0] == NULL)
    return;
  fermata_app_scene_set_drag (fixture->scene, nodes, 2, dx / 2, dy);
  fermata_app_scene_set_drag (fixture->scene, nodes, 2, dx, dy);
  edit = fermata_app_scene_make_move (fixture->scene, nodes, 2, dx, dy);
  if (edit != NULL && g_test_rand_bit ())
    fermata_graph_apply_edit (fixture->graph, edit, NULL, NULL);
  fermata_app_scene_set_drag (fixture->scene, NULL, 0, 0, 0);
}

static void
set_initial (Fixture *fixture)
{
  FermataNode *node = pick_node (fixture);
  FermataNode *owner = pick_node (fixture);
  g_autoptr (FermataValue) id = NULL;

  if (node == NULL)
    return;
  id = fermata_value_new_string (fermata_node_get_id (node), -1);
  if (g_test_rand_bit ())
    fermata_node_set_member (owner, "initial", id, NULL);
  else
    fermata_graph_set_member (fixture->graph, "initial", id, NULL);
}

static void
edit_at_random (Fixture *fixture,
                guint    number,
                gboolean nested)
{
  FermataNode *node = pick_node (fixture);
  FermataEdge *edge = pick_edge (fixture);
  g_autofree char *id = g_strdup_printf ("y%u", number);
  int kind;

  kind = g_test_rand_int_range (0, 16);
  g_test_message ("edit %u of kind %d", number, kind);
  switch (kind)
    {
    case 0:
    case 1:
    case 2:
      add_node (fixture, number, nested);
      break;
    case 3:
    case 4:
    case 5:
    case 6:
      add_edge (fixture, number);
      break;
    case 7:
      if (node != NULL)
        fermata_node_remove (node, NULL);
      break;
    case 8:
      if (edge != NULL)
        fermata_edge_remove (edge, NULL);
      break;
    case 9:
      if (node != NULL)
        fermata_node_rename (node, id, NULL);
      break;
    case 10:
      if (nested)
        reparent (fixture);
      break;
    case 11:
      if (nested)
        set_initial (fixture);
      break;
    case 12:
    case 13:
      change_edge (fixture);
      break;
    default:
      drag (fixture);
    }
}

static void
check_random_edits (const char *kind,
                    gboolean    nested)
{
  g_auto (Fixture) fixture = { NULL, };
  g_autofree char *text = g_strdup_printf ("{'fermata':1,'kind':'%s','nodes':[],'edges':[]}", kind);

  fixture_load (&fixture, text);
  for (guint i = 0; i < 500; i++)
    {
      edit_at_random (&fixture, i, nested);
      /* Sometimes several edits between two looks. */
      if (g_test_rand_int_range (0, 3) > 0)
        assert_fresh (&fixture);
    }
  assert_fresh (&fixture);
}

static void
test_random_machine (void)
{
  check_random_edits ("fsm", TRUE);
}

static void
test_random_tasks (void)
{
  check_random_edits ("dag", FALSE);
}

/* What is shown while dragging is what is there afterwards; all get a place. */
static void
test_move (void)
{
  g_auto (Fixture) fixture = { NULL, };
  FermataNode *node;
  g_autoptr (FermataEdit) edit = NULL;
  graphene_rect_t rect;
  double x;

  fixture_load (&fixture, "{'fermata':1,'kind':'fsm','nodes':[{'id':'out','nodes':[{'id':'a'},{'id':'b'}]},"
                          "{'id':'c'}],'edges':[{'from':'a','to':'c'}]}");
  node = fermata_graph_find_node (fixture.graph, "out");
  rect = get_item (&fixture, "out")->rect;
  fermata_app_scene_set_drag (fixture.scene, &node, 1, 48, -24);
  g_assert_cmpfloat (get_item (&fixture, "out")->rect.origin.x, ==, rect.origin.x + 48);
  g_assert_false (fermata_node_get_position (fermata_graph_find_node (fixture.graph, "c"), &x, NULL));
  rect = get_item (&fixture, "b")->rect;
  edit = fermata_app_scene_make_move (fixture.scene, &node, 1, 48, -24);
  fermata_app_scene_set_drag (fixture.scene, NULL, 0, 0, 0);
  g_assert_true (fermata_graph_apply_edit (fixture.graph, edit, NULL, NULL));
  g_assert_true (fermata_app_rect_equal (&get_item (&fixture, "b")->rect, &rect));
  for (guint i = 0; i < fermata_app_scene_get_n_items (fixture.scene); i++)
    g_assert_true (fermata_node_get_position (fermata_app_scene_get_item (fixture.scene, i)->node, &x, NULL));
  assert_fresh (&fixture);
  g_assert_null (fermata_app_scene_make_move (fixture.scene, &node, 1, 0, 0));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/scene-edits/changed", test_changed);
  g_test_add_func ("/app/scene-edits/random-machine", test_random_machine);
  g_test_add_func ("/app/scene-edits/random-tasks", test_random_tasks);
  g_test_add_func ("/app/scene-edits/move", test_move);

  return g_test_run ();
}
