/* test-scene.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The geometry of a graph: what is where. */

#include "scene-fixture.h"

/* What is there */

static void
test_tasks (void)
{
  g_auto (Fixture) fixture = { NULL, };
  graphene_rect_t bounds;

  fixture_load (&fixture, "{'fermata':1,'kind':'dag',"
                          "'nodes':[{'id':'a','type':'set'},{'id':'b','type':'log'},{'id':'c','type':'log'}],"
                          "'edges':[{'from':'a','to':['b','c']},{'from':'a','to':'nobody'},{'from':'x','to':'a'}],"
                          "'layout':{'nodes':{'a':[0,0],'b':[300,0],'c':[300,120]}}}");
  g_assert_cmpuint (fermata_app_scene_get_n_items (fixture.scene), ==, 3);
  g_assert_cmpuint (fermata_app_scene_get_n_routes (fixture.scene), ==, 2);
  g_assert_cmpint (get_item (&fixture, "a")->kind, ==, FERMATA_APP_ITEM_CARD);
  g_assert_cmpfloat (get_item (&fixture, "c")->rect.origin.y, ==, 120);
  g_assert_cmpfloat (get_item (&fixture, "c")->rect.size.width, ==, FERMATA_APP_CARD_WIDTH);
  g_assert_cmpuint (get_route (&fixture, 0)->from, ==, 0);
  g_assert_cmpuint (get_route (&fixture, 0)->to, ==, 1);
  g_assert_cmpuint (fermata_app_scene_get_route (fixture.scene, 1)->to, ==, 2);
  g_assert_cmpuint (fermata_app_scene_get_route (fixture.scene, 1)->target, ==, 1);
  g_assert_false (fermata_app_scene_find_edge (fixture.scene, fermata_graph_get_edge (fixture.graph, 1), NULL));
  fermata_app_scene_get_bounds (fixture.scene, &bounds);
  g_assert_cmpfloat (bounds.size.width, ==, 472);
  g_assert_cmpfloat (bounds.size.height, ==, 186);
}

static void
test_machine (void)
{
  g_auto (Fixture) fixture = { NULL, };
  const FermataAppItem *outer;
  const FermataAppRoute *route;
  guint n_dots = 0;

  fixture_load (&fixture, "{'fermata':1,'kind':'fsm','initial':'outer','nodes':["
                          "{'id':'outer','initial':'b','nodes':[{'id':'a'},{'id':'b'},{'id':'h','type':'history'}]},"
                          "{'id':'end','type':'final'}],"
                          "'edges':[{'from':'a','event':'tick'},{'from':'outer','to':'a','event':'again'},"
                          "{'from':'a','to':'a','event':'self'},{'from':'b','to':'end'}],"
                          "'layout':{'nodes':{'a':[100,100],'b':[400,100],'h':[100,220],'end':[800,100]}}}");
  outer = get_item (&fixture, "outer");
  g_assert_cmpint (outer->kind, ==, FERMATA_APP_ITEM_CONTAINER);
  g_assert_cmpuint (outer->parent, ==, G_MAXUINT);
  g_assert_cmpint (get_item (&fixture, "h")->kind, ==, FERMATA_APP_ITEM_HISTORY);
  g_assert_cmpint (get_item (&fixture, "end")->kind, ==, FERMATA_APP_ITEM_FINAL);
  g_assert_cmpuint (get_item (&fixture, "b")->parent, ==, 0);
  for (guint i = 0; i < 3; i++)
    {
      const char *ids[] = { "a", "b", "h" };
      graphene_rect_t around = fermata_app_rect_inflate (&get_item (&fixture, ids[i])->rect, FERMATA_LAYOUT_PADDING);

      g_assert_true (fermata_app_rect_contains (&outer->rect, around.origin.x,
                                                around.origin.y - FERMATA_LAYOUT_HEADER));
      g_assert_true (fermata_app_rect_contains (&outer->rect, fermata_app_rect_right (&around),
                                                fermata_app_rect_bottom (&around)));
    }

  for (guint i = 0; i < fermata_app_scene_get_n_routes (fixture.scene); i++)
    {
      route = fermata_app_scene_get_route (fixture.scene, i);
      if (route->from != G_MAXUINT)
        continue;
      n_dots++;
      g_assert_null (route->edge);
      g_assert_true (fermata_app_scene_get_item (fixture.scene, route->to) ==
                     (n_dots == 1 ? outer : get_item (&fixture, "b")));
    }
  g_assert_cmpuint (n_dots, ==, 2);

  /* A small loop, a larger one; and what is inside is drawn inside. */
  g_assert_cmpuint (get_route (&fixture, 0)->to, ==, G_MAXUINT);
  g_assert_cmpuint (get_route (&fixture, 2)->to, ==, get_route (&fixture, 2)->from);
  route = get_route (&fixture, 1);
  for (guint i = 0; i < route->n_points; i++)
    g_assert_true (fermata_app_rect_contains (&outer->rect, route->points[i].x, route->points[i].y));
}

/* Nodes that nobody has placed do not lie upon each other. */
static void
test_without_places (void)
{
  g_auto (Fixture) fixture = { NULL, };

  fixture_load (&fixture, "{'fermata':1,'kind':'dag','nodes':[{'id':'a','type':'set'},{'id':'b','type':'set'},"
                          "{'id':'c','type':'set'},{'id':'d','type':'set'}],"
                          "'edges':[{'from':'a','to':'b'},{'from':'a','to':'c'}],'layout':{'nodes':{'d':[50,50]}}}");
  for (guint i = 0; i < 4; i++)
    for (guint j = 0; j < i; j++)
      g_assert_false (fermata_app_rect_meets (&fermata_app_scene_get_item (fixture.scene, i)->rect,
                                              &fermata_app_scene_get_item (fixture.scene, j)->rect));
}

/* Lines and labels */

static void
test_detour (void)
{
  g_auto (Fixture) fixture = { NULL, };
  const FermataAppItem *between;
  guint32 serial;

  fixture_load (&fixture, "{'fermata':1,'kind':'dag','nodes':[{'id':'a','type':'set'},{'id':'b','type':'set'},"
                          "{'id':'c','type':'set'}],'edges':[{'from':'a','to':'c'}],"
                          "'layout':{'nodes':{'a':[0,0],'b':[300,10],'c':[600,0]}}}");
  between = get_item (&fixture, "b");
  g_assert_false (goes_through (get_route (&fixture, 0), &between->rect));
  g_assert_cmpuint (get_route (&fixture, 0)->n_points, >, 4);

  /* Straight again when the way is free. */
  set_position (&fixture, "b", 300, 500);
  g_assert_cmpuint (get_route (&fixture, 0)->n_points, ==, 4);
  serial = get_route (&fixture, 0)->serial;
  set_position (&fixture, "b", 300, 600);
  g_assert_cmpuint (get_route (&fixture, 0)->serial, ==, serial);
  set_position (&fixture, "b", 300, 10);
  g_assert_cmpuint (get_route (&fixture, 0)->serial, !=, serial);
  g_assert_cmpuint (get_route (&fixture, 0)->n_points, >, 4);
}

static void
assert_labels_apart (Fixture *fixture)
{
  guint n = fermata_app_scene_get_n_routes (fixture->scene);

  for (guint i = 0; i < n; i++)
    {
      const FermataAppRoute *route = fermata_app_scene_get_route (fixture->scene, i);

      for (guint j = 0; route->text != NULL && j < i; j++)
        {
          const FermataAppRoute *other = fermata_app_scene_get_route (fixture->scene, j);

          g_assert_false (other->text != NULL && fermata_app_rect_meets (&route->label, &other->label));
        }
      for (guint j = 0; route->text != NULL && j < fermata_app_scene_get_n_items (fixture->scene); j++)
        {
          const FermataAppItem *item = fermata_app_scene_get_item (fixture->scene, j);

          g_assert_false (item->kind != FERMATA_APP_ITEM_CONTAINER &&
                          fermata_app_rect_meets (&route->label, &item->rect));
        }
    }
}

static void
test_labels (void)
{
  g_auto (Fixture) fixture = { NULL, };
  GString *text = g_string_new ("{'fermata':1,'kind':'fsm','nodes':[{'id':'n0'}");
  g_autofree char *json = NULL;
  GString *layout = g_string_new ("'n0':[0,0]");

  for (guint i = 1; i < 40; i++)
    {
      g_string_append_printf (text, ",{'id':'n%u'}", i);
      g_string_append_printf (layout, ",'n%u':[%u,%u]", i, i % 8 * 300, i / 8 * 200);
    }
  g_string_append (text, "],'edges':[{'from':'n1','to':'n2','event':'first'}");
  for (guint i = 0; i < 60; i++)
    g_string_append_printf (text, ",{'from':'n%u','to':'n%u','event':'event-%u'}", i % 40, (i * 7 + i / 40) % 40, i);
  g_string_append_printf (text, "],'layout':{'nodes':{%s}}}", layout->str);
  json = g_string_free (text, FALSE);
  fixture_load (&fixture, json);
  g_string_free (layout, TRUE);

  assert_labels_apart (&fixture);
}

static float
measure_five (const char *text,
              gpointer    user_data)
{
  return 5 * strlen (text);
}

static void
test_measure (void)
{
  g_auto (Fixture) fixture = { NULL, };
  guint serial;

  fixture_load (&fixture, "{'fermata':1,'kind':'fsm','nodes':[{'id':'a'},{'id':'b'}],"
                          "'edges':[{'from':'a','to':'b','event':'go'}],"
                          "'layout':{'nodes':{'a':[0,0],'b':[400,0]}}}");
  serial = get_route (&fixture, 0)->serial;
  fermata_app_scene_set_measure (fixture.scene, measure_five, NULL);
  g_assert_cmpfloat (get_route (&fixture, 0)->label.size.width, ==, 5 * strlen (get_route (&fixture, 0)->text) + 20);
  g_assert_cmpuint (get_route (&fixture, 0)->serial, !=, serial);
}

/* Looking */

static void
load_random (Fixture    *fixture,
             const char *kind)
{
  g_autofree char *text = g_strdup_printf ("{'fermata':1,'kind':'%s','nodes':[],'edges':[]}", kind);

  fixture_load (fixture, text);
  for (guint i = 0; i < 60; i++)
    {
      add_node (fixture, i, g_str_equal (kind, "fsm"));
      add_edge (fixture, i);
      add_edge (fixture, i + 100);
    }
}

static void
check_query (Fixture *fixture)
{
  graphene_rect_t area = GRAPHENE_RECT_INIT (g_test_rand_int_range (-200, 1500), g_test_rand_int_range (-200, 1000),
                                             g_test_rand_int_range (0, 900), g_test_rand_int_range (0, 900));
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) routes = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = 0;

  fermata_app_scene_query (fixture->scene, &area, items, routes);
  for (guint i = 0; i < fermata_app_scene_get_n_items (fixture->scene); i++)
    {
      if (fermata_app_rect_meets (&fermata_app_scene_get_item (fixture->scene, i)->rect, &area))
        g_assert_cmpuint (g_array_index (items, guint, n++), ==, i);
    }
  g_assert_cmpuint (n, ==, items->len);
  n = 0;
  for (guint i = 0; i < fermata_app_scene_get_n_routes (fixture->scene); i++)
    {
      if (fermata_app_rect_meets (&fermata_app_scene_get_route (fixture->scene, i)->bounds, &area))
        g_assert_cmpuint (g_array_index (routes, guint, n++), ==, i);
    }
  g_assert_cmpuint (n, ==, routes->len);
}

static void
test_query (void)
{
  g_auto (Fixture) fixture = { NULL, };

  load_random (&fixture, "fsm");
  for (guint i = 0; i < 200; i++)
    check_query (&fixture);
}

/* A leaf before any line, a line before what it is drawn in. */
static void
check_hit (Fixture *fixture)
{
  graphene_point_t point =
    GRAPHENE_POINT_INIT (g_test_rand_int_range (-100, 1700), g_test_rand_int_range (-100, 1100));
  FermataAppHit hit = fermata_app_scene_hit (fixture->scene, &point, 6);
  const FermataAppItem *item = NULL;
  gboolean has_leaf = FALSE;
  guint container = G_MAXUINT;

  for (guint i = 0; i < fermata_app_scene_get_n_items (fixture->scene); i++)
    {
      item = fermata_app_scene_get_item (fixture->scene, i);
      if (!fermata_app_rect_contains (&item->rect, point.x, point.y))
        continue;
      if (item->kind == FERMATA_APP_ITEM_CONTAINER)
        container = i;
      else
        has_leaf = TRUE;
    }
  item = hit.kind == FERMATA_APP_HIT_NODE || hit.kind == FERMATA_APP_HIT_PORT
           ? fermata_app_scene_get_item (fixture->scene, hit.index) : NULL;
  if (has_leaf)
    g_assert_true (item != NULL && item->kind != FERMATA_APP_ITEM_CONTAINER);
  else if (hit.kind == FERMATA_APP_HIT_NODE)
    g_assert_cmpuint (hit.index, ==, container);
  else if (hit.kind == FERMATA_APP_HIT_NONE)
    g_assert_cmpuint (container, ==, G_MAXUINT);
}

/* Any point of a line hits it, or another that is as near, or what is above. */
static void
check_line (Fixture *fixture,
            guint    index)
{
  const FermataAppRoute *route = fermata_app_scene_get_route (fixture->scene, index);
  graphene_point_t point = fermata_app_bezier_at (route->points, 0.5);
  FermataAppHit hit = fermata_app_scene_hit (fixture->scene, &point, 6);

  /* Nobody does anything with a line from a dot. */
  if (route->edge == NULL)
    return;
  g_assert_cmpint (hit.kind, !=, FERMATA_APP_HIT_NONE);
  if (hit.kind == FERMATA_APP_HIT_NODE)
    g_assert_cmpint (fermata_app_scene_get_item (fixture->scene, hit.index)->kind, !=, FERMATA_APP_ITEM_CONTAINER);
}

static void
test_hit (void)
{
  const char *kinds[] = { "fsm", "dag" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_auto (Fixture) fixture = { NULL, };

      load_random (&fixture, kinds[i]);
      for (guint j = 0; j < 2000; j++)
        check_hit (&fixture);
      for (guint j = 0; j < fermata_app_scene_get_n_routes (fixture.scene); j++)
        check_line (&fixture, j);
    }
}

static void
test_parts (void)
{
  g_auto (Fixture) fixture = { NULL, };
  graphene_point_t point = GRAPHENE_POINT_INIT (180, 33);
  FermataAppHit hit;

  fixture_load (&fixture, "{'fermata':1,'kind':'dag','nodes':[{'id':'a','type':'set'},{'id':'b','type':'set'}],"
                          "'edges':[{'from':'a','to':'b','when':'output > 1'}],"
                          "'layout':{'nodes':{'a':[0,0],'b':[500,0]}}}");
  hit = fermata_app_scene_hit (fixture.scene, &point, 12);
  g_assert_cmpint (hit.kind, ==, FERMATA_APP_HIT_PORT);
  graphene_point_init (&point, 20, 33);
  hit = fermata_app_scene_hit (fixture.scene, &point, 12);
  g_assert_cmpint (hit.kind, ==, FERMATA_APP_HIT_NODE);
  graphene_point_init (&point, 336, 33);
  hit = fermata_app_scene_hit (fixture.scene, &point, 12);
  g_assert_cmpint (hit.kind, ==, FERMATA_APP_HIT_LABEL);
  graphene_point_init (&point, 210, 43);
  hit = fermata_app_scene_hit (fixture.scene, &point, 12);
  g_assert_cmpint (hit.kind, ==, FERMATA_APP_HIT_EDGE);
  hit = fermata_app_scene_hit (fixture.scene, &point, 8);
  g_assert_cmpint (hit.kind, ==, FERMATA_APP_HIT_NONE);
}

static void
test_neighbours (void)
{
  g_auto (Fixture) fixture = { NULL, };
  FermataNode *inner;
  graphene_point_t point = GRAPHENE_POINT_INIT (60, 60);
  graphene_point_t place;

  fixture_load (&fixture, "{'fermata':1,'kind':'fsm','nodes':[{'id':'out','nodes':[{'id':'a'},{'id':'b'}]},"
                          "{'id':'right'},{'id':'far'}],'edges':[],"
                          "'layout':{'nodes':{'a':[0,0],'b':[200,0],'right':[600,0],'far':[9000,30]}}}");
  inner = fermata_graph_find_node (fixture.graph, "a");
  g_assert_cmpstr (fermata_node_get_id (fermata_app_scene_find_nearest (fixture.scene, inner, 1, 0)), ==, "b");
  inner = fermata_graph_find_node (fixture.graph, "b");
  g_assert_cmpstr (fermata_node_get_id (fermata_app_scene_find_nearest (fixture.scene, inner, 1, 0)), ==, "right");
  inner = fermata_graph_find_node (fixture.graph, "right");
  g_assert_cmpstr (fermata_node_get_id (fermata_app_scene_find_nearest (fixture.scene, inner, 1, 0)), ==, "far");
  g_assert_cmpstr (fermata_node_get_id (fermata_app_scene_find_nearest (fixture.scene, inner, -1, 0)), ==, "out");
  g_assert_cmpstr (fermata_node_get_id (fermata_app_scene_find_around (fixture.scene, &point)), ==, "out");
  graphene_point_init (&point, 5000, 5000);
  g_assert_null (fermata_app_scene_find_around (fixture.scene, &point));

  /* Room for a new one near another, and on an empty place, there. */
  graphene_point_init (&point, 660, 24);
  fermata_app_scene_find_free (fixture.scene, &point, FERMATA_APP_ITEM_STATE, &place);
  for (guint i = 0; i < fermata_app_scene_get_n_items (fixture.scene); i++)
    {
      graphene_rect_t rect = GRAPHENE_RECT_INIT (place.x, place.y, FERMATA_APP_STATE_WIDTH, FERMATA_APP_STATE_HEIGHT);

      g_assert_false (fermata_app_rect_meets (&fermata_app_scene_get_item (fixture.scene, i)->rect, &rect));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/scene/tasks", test_tasks);
  g_test_add_func ("/app/scene/machine", test_machine);
  g_test_add_func ("/app/scene/without-places", test_without_places);
  g_test_add_func ("/app/scene/detour", test_detour);
  g_test_add_func ("/app/scene/labels", test_labels);
  g_test_add_func ("/app/scene/measure", test_measure);
  g_test_add_func ("/app/scene/query", test_query);
  g_test_add_func ("/app/scene/hit", test_hit);
  g_test_add_func ("/app/scene/parts", test_parts);
  g_test_add_func ("/app/scene/neighbours", test_neighbours);

  return g_test_run ();
}
