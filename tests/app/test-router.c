/* test-router.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Lines keep clear of the nodes that they do not belong to, and of each other. */

#include "fermata-app-geometry.h"
#include "fermata-app-router.h"

#define N_LAYOUTS 60
#define N_LINES 40
#define GAP 9

typedef struct {
  GArray *rects;
  guint from; /* not in the way */
  guint to;
} Plane;

static void
find_rects (gpointer               user_data,
            const graphene_rect_t *area,
            GArray                *rects)
{
  Plane *plane = user_data;

  for (guint i = 0; i < plane->rects->len; i++)
    {
      graphene_rect_t *rect = &g_array_index (plane->rects, graphene_rect_t, i);

      if (i != plane->from && i != plane->to && fermata_app_rect_meets (rect, area))
        g_array_append_val (rects, *rect);
    }
}

static gboolean
is_free (GArray                *rects,
         const graphene_rect_t *rect)
{
  graphene_rect_t around = fermata_app_rect_inflate (rect, GAP);

  for (guint i = 0; i < rects->len; i++)
    {
      if (fermata_app_rect_meets (&g_array_index (rects, graphene_rect_t, i), &around))
        return FALSE;
    }
  return TRUE;
}

/* Nodes of many sizes, packed as densely as chance does it. */
static void
fill_plane (Plane *plane,
            int    size,
            int    n_tries)
{
  plane->rects = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  for (int i = 0; i < n_tries; i++)
    {
      graphene_rect_t rect = GRAPHENE_RECT_INIT (g_test_rand_int_range (0, size), g_test_rand_int_range (0, size),
                                                 g_test_rand_int_range (30, 240), g_test_rand_int_range (30, 90));

      if (is_free (plane->rects, &rect))
        g_array_append_val (plane->rects, rect);
    }
}

static void
find_line (Plane                *plane,
           FermataAppLineKind    kind,
           guint                 slot,
           guint                 n_along,
           guint                 n_against,
           FermataAppLineResult *result)
{
  FermataAppObstacles obstacles = { find_rects, plane };
  FermataAppLineRequest request = {
    .kind = kind,
    .from = g_array_index (plane->rects, graphene_rect_t, plane->from),
    .to = g_array_index (plane->rects, graphene_rect_t, plane->to),
    .slot = slot,
    .n_along = n_along,
    .n_against = n_against,
  };

  result->points = g_array_new (FALSE, FALSE, sizeof (graphene_point_t));
  result->areas = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  fermata_app_router_find (&request, &obstacles, result);
  g_assert_cmpuint (result->points->len % 3, ==, 1);
  g_assert_cmpuint (result->points->len, >, 1);
}

static void
result_clear (FermataAppLineResult *result)
{
  g_array_unref (result->points);
  g_array_unref (result->areas);
}

static graphene_point_t *
get_points (FermataAppLineResult *result)
{
  return &g_array_index (result->points, graphene_point_t, 0);
}

/* A node that a line goes through; none: G_MAXUINT. */
static guint
find_crossed (Plane                *plane,
              FermataAppLineResult *result)
{
  for (guint i = 0; i + 3 < result->points->len; i += 3)
    for (guint j = 0; j <= 64; j++)
      {
        graphene_point_t point = fermata_app_bezier_at (get_points (result) + i, j / 64.0f);

        for (guint k = 0; k < plane->rects->len; k++)
          {
            if (k != plane->from && k != plane->to &&
                fermata_app_rect_contains (&g_array_index (plane->rects, graphene_rect_t, k), point.x, point.y))
              return k;
          }
      }
  return G_MAXUINT;
}

/* Gives how many lines found no way: where nodes are packed as chance does it, there
 * are such, but hardly any; they say so. What says that it is clear goes through nothing. */
static guint
check_layout (FermataAppLineKind kind)
{
  Plane plane = { NULL, 0, 0 };
  guint n_lost = 0;

  fill_plane (&plane, g_test_rand_int_range (500, 2000), 400);
  for (guint i = 0; i < N_LINES; i++)
    {
      FermataAppLineResult result;

      plane.from = g_test_rand_int_range (0, plane.rects->len);
      plane.to = g_test_rand_int_range (0, plane.rects->len);
      if (plane.from == plane.to)
        continue;
      find_line (&plane, kind, 0, 1, 0, &result);
      n_lost += !result.is_clear;
      if (result.is_clear && find_crossed (&plane, &result) != G_MAXUINT)
        {
          graphene_rect_t *from = &g_array_index (plane.rects, graphene_rect_t, plane.from);
          graphene_rect_t *to = &g_array_index (plane.rects, graphene_rect_t, plane.to);

          g_test_message ("from %g, %g to %g, %g among %u nodes: through node %u", from->origin.x, from->origin.y,
                          to->origin.x, to->origin.y, plane.rects->len, find_crossed (&plane, &result));
          g_test_fail ();
        }
      result_clear (&result);
    }
  g_array_unref (plane.rects);

  return n_lost;
}

static void
check_layouts (FermataAppLineKind kind)
{
  guint n_lost = 0;

  for (guint i = 0; i < N_LAYOUTS; i++)
    n_lost += check_layout (kind);
  g_assert_cmpuint (n_lost, <=, N_LAYOUTS * N_LINES / 500);
}

static void
test_ports_keep_clear (void)
{
  check_layouts (FERMATA_APP_LINE_PORTS);
}

static void
test_borders_keep_clear (void)
{
  check_layouts (FERMATA_APP_LINE_BORDERS);
}

/* Lines begin and end where they belong. */
static void
test_ends (void)
{
  for (guint i = 0; i < N_LAYOUTS; i++)
    {
      Plane plane = { NULL, 0, 1 };
      FermataAppLineResult result;
      graphene_rect_t *from;
      graphene_rect_t *to;
      graphene_point_t *points;
      guint n;

      fill_plane (&plane, 1000, 100);
      find_line (&plane, FERMATA_APP_LINE_BORDERS, 0, 1, 0, &result);
      from = &g_array_index (plane.rects, graphene_rect_t, 0);
      to = &g_array_index (plane.rects, graphene_rect_t, 1);
      points = get_points (&result);
      n = result.points->len;
      g_assert_cmpfloat_with_epsilon (fermata_app_rect_distance (from, points[0].x, points[0].y), 0, 0.5);
      g_assert_cmpfloat_with_epsilon (fermata_app_rect_distance (to, points[n - 1].x, points[n - 1].y), 0, 0.5);
      result_clear (&result);

      find_line (&plane, FERMATA_APP_LINE_PORTS, 0, 1, 0, &result);
      points = get_points (&result);
      n = result.points->len;
      g_assert_cmpfloat_with_epsilon (points[0].x, fermata_app_rect_right (from), 0.01);
      g_assert_cmpfloat_with_epsilon (points[0].y, fermata_app_rect_center_y (from), 0.01);
      g_assert_cmpfloat_with_epsilon (points[n - 1].x, to->origin.x, 0.01);
      g_assert_cmpfloat_with_epsilon (points[n - 1].y, fermata_app_rect_center_y (to), 0.01);
      result_clear (&result);
      g_array_unref (plane.rects);
    }
}

/* The middle of a line by its length. */
static graphene_point_t
get_middle (FermataAppLineResult *result)
{
  g_autoptr (GArray) flat = g_array_new (FALSE, FALSE, sizeof (graphene_point_t));
  graphene_point_t *points;
  float length = 0;
  float rest;

  fermata_app_path_flatten (get_points (result), result->points->len, flat);
  points = &g_array_index (flat, graphene_point_t, 0);
  for (guint i = 1; i < flat->len; i++)
    length += hypotf (points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
  rest = length / 2;
  for (guint i = 1; i < flat->len; i++)
    {
      float piece = hypotf (points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);

      if (piece > 0 && rest <= piece)
        {
          graphene_point_t middle;

          graphene_point_interpolate (&points[i - 1], &points[i], rest / piece, &middle);
          return middle;
        }
      rest -= piece;
    }
  return points[flat->len - 1];
}

static void
assert_apart (FermataAppLineResult *results,
              guint                 n,
              float                 least)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < i; j++)
      {
        graphene_point_t a = get_middle (&results[i]);
        graphene_point_t b = get_middle (&results[j]);

        g_assert_cmpfloat (hypotf (a.x - b.x, a.y - b.y), >=, least);
      }
}

static void
check_parallel (const graphene_rect_t *from,
                const graphene_rect_t *to,
                FermataAppLineKind     kind,
                guint                  n_along,
                guint                  n_against)
{
  Plane plane = { g_array_new (FALSE, FALSE, sizeof (graphene_rect_t)), 0, 1 };
  FermataAppLineResult results[8];

  g_array_append_val (plane.rects, *from);
  g_array_append_val (plane.rects, *to);
  for (guint i = 0; i < n_along; i++)
    find_line (&plane, kind, i, n_along, n_against, &results[i]);
  plane.from = 1;
  plane.to = 0;
  for (guint i = 0; i < n_against; i++)
    find_line (&plane, kind, i, n_against, n_along, &results[n_along + i]);
  assert_apart (results, n_along + n_against, 14);
  for (guint i = 0; i < n_along + n_against; i++)
    result_clear (&results[i]);
  g_array_unref (plane.rects);
}

static void
test_parallel (void)
{
  const graphene_rect_t from = GRAPHENE_RECT_INIT (0, 0, 120, 48);
  const graphene_rect_t places[] = {
    GRAPHENE_RECT_INIT (220, 0, 120, 48), GRAPHENE_RECT_INIT (220, 10, 144, 48), GRAPHENE_RECT_INIT (0, 160, 120, 48),
    GRAPHENE_RECT_INIT (220, 160, 120, 48), GRAPHENE_RECT_INIT (-220, 160, 120, 48),
    GRAPHENE_RECT_INIT (-300, 0, 120, 48), GRAPHENE_RECT_INIT (160, 400, 120, 48), GRAPHENE_RECT_INIT (700, 70, 120, 48),
    GRAPHENE_RECT_INIT (220, -200, 300, 500),
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    for (guint j = 1; j < 4; j++)
      for (guint k = 0; k < 4; k++)
        {
          g_test_message ("place %u: %u lines there, %u back", i, j, k);
          check_parallel (&from, &places[i], FERMATA_APP_LINE_BORDERS, j, k);
          check_parallel (&from, &places[i], FERMATA_APP_LINE_PORTS, j, k);
        }
}

/* Loops stand out of their node, and fan. */
static void
test_loops (void)
{
  Plane plane = { g_array_new (FALSE, FALSE, sizeof (graphene_rect_t)), 0, 0 };
  const graphene_rect_t rect = GRAPHENE_RECT_INIT (0, 0, 120, 48);
  FermataAppLineResult results[8];

  g_array_append_val (plane.rects, rect);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      graphene_point_t middle;

      find_line (&plane, i == 2 ? FERMATA_APP_LINE_STUB : FERMATA_APP_LINE_LOOP, i, 8, 0, &results[i]);
      middle = get_middle (&results[i]);
      g_assert_cmpfloat (fermata_app_rect_distance (&rect, middle.x, middle.y), >=, 10);
    }
  assert_apart (results, G_N_ELEMENTS (results), 8);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    result_clear (&results[i]);
  g_array_unref (plane.rects);
}

static gboolean
meets_any (GArray                *areas,
           const graphene_rect_t *rect)
{
  for (guint i = 0; i < areas->len; i++)
    {
      if (fermata_app_rect_meets (&g_array_index (areas, graphene_rect_t, i), rect))
        return TRUE;
    }
  return FALSE;
}

/* A line depends on nothing but what is in its areas. */
static void
test_reach (void)
{
  for (guint i = 0; i < N_LAYOUTS * 4; i++)
    {
      Plane plane = { NULL, 0, 1 };
      FermataAppLineResult before;
      FermataAppLineResult after;

      fill_plane (&plane, 900, 60);
      find_line (&plane, i % 2 == 0 ? FERMATA_APP_LINE_PORTS : FERMATA_APP_LINE_BORDERS, 0, 1, 0, &before);
      for (guint j = plane.rects->len; j > 2; j--)
        {
          graphene_rect_t *rect = &g_array_index (plane.rects, graphene_rect_t, j - 1);

          if (before.is_direct ? !fermata_app_router_comes_near (get_points (&before), before.points->len, rect,
                                                                 FERMATA_APP_CLEARANCE)
                               : !meets_any (before.areas, rect))
            g_array_remove_index_fast (plane.rects, j - 1);
        }
      find_line (&plane, i % 2 == 0 ? FERMATA_APP_LINE_PORTS : FERMATA_APP_LINE_BORDERS, 0, 1, 0, &after);
      g_assert_cmpmem (before.points->data, before.points->len * sizeof (graphene_point_t),
                       after.points->data, after.points->len * sizeof (graphene_point_t));
      result_clear (&before);
      result_clear (&after);
      g_array_unref (plane.rects);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/router/ports-keep-clear", test_ports_keep_clear);
  g_test_add_func ("/app/router/borders-keep-clear", test_borders_keep_clear);
  g_test_add_func ("/app/router/ends", test_ends);
  g_test_add_func ("/app/router/parallel", test_parallel);
  g_test_add_func ("/app/router/loops", test_loops);
  g_test_add_func ("/app/router/reach", test_reach);

  return g_test_run ();
}
