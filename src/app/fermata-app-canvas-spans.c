/* fermata-app-canvas-spans.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-canvas-drags.h"

#include <math.h>

/* What a drag spans: the box that selects, the line that cuts. */

/* A curve is cut where one of so many straight pieces of it is. */
#define N_PIECES 12

static void
get_span (FermataAppCanvas *self,
          graphene_rect_t  *rect)
{
  const graphene_point_t *start = &self->gesture.start;
  const graphene_point_t *end = &self->gesture.end;

  graphene_rect_init (rect, MIN (start->x, end->x), MIN (start->y, end->y),
                      fabsf (end->x - start->x), fabsf (end->y - start->y));
}

/* Nodes that it touches, containers that are inside; edges if there are none. */
static GPtrArray *
collect_in_box (FermataAppCanvas      *self,
                const graphene_rect_t *box)
{
  GPtrArray *elements = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) routes = g_array_new (FALSE, FALSE, sizeof (guint));

  fermata_app_scene_query (self->scene, box, items, routes);
  for (guint i = 0; i < items->len; i++)
    {
      const FermataAppItem *item = fermata_app_scene_get_item (self->scene, g_array_index (items, guint, i));

      if (item->kind == FERMATA_APP_ITEM_CONTAINER ? graphene_rect_contains_rect (box, &item->rect)
                                                   : graphene_rect_intersection (box, &item->rect, NULL))
        g_ptr_array_add (elements, g_object_ref (item->node));
    }
  for (guint i = 0; elements->len == 0 && i < routes->len; i++)
    {
      const FermataAppRoute *route = fermata_app_scene_get_route (self->scene, g_array_index (routes, guint, i));

      if (route->edge != NULL && graphene_rect_contains_rect (box, &route->bounds))
        g_ptr_array_add (elements, g_object_ref (route->edge));
    }
  return elements;
}

void
fermata_app_canvas_end_box (FermataAppCanvas *self,
                            GdkModifierType   modifiers)
{
  FermataAppSelection *selection = fermata_app_document_get_selection (self->document);
  g_autoptr (GPtrArray) elements = NULL;
  g_autoptr (GPtrArray) all = NULL;
  graphene_rect_t box;

  get_span (self, &box);
  elements = collect_in_box (self, &box);
  fermata_app_canvas_reset_gesture (self);
  if ((modifiers & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) == 0)
    {
      fermata_app_selection_set (selection, (gpointer const *) elements->pdata, elements->len);
      return;
    }
  all = fermata_app_canvas_dup_selected (self);
  for (guint i = 0; i < elements->len; i++)
    {
      gpointer element = g_ptr_array_index (elements, i);

      if (!fermata_app_selection_contains (selection, element))
        g_ptr_array_add (all, g_object_ref (element));
      else if ((modifiers & GDK_CONTROL_MASK) != 0)
        g_ptr_array_remove (all, element);
    }
  fermata_app_selection_set (selection, (gpointer const *) all->pdata, all->len);
}

/* Cutting */

static float
get_side (const graphene_point_t *a,
          const graphene_point_t *b,
          const graphene_point_t *point)
{
  return (b->x - a->x) * (point->y - a->y) - (b->y - a->y) * (point->x - a->x);
}

static gboolean
do_cross (const graphene_point_t *a,
          const graphene_point_t *b,
          const graphene_point_t *c,
          const graphene_point_t *d)
{
  return (get_side (a, b, c) > 0) != (get_side (a, b, d) > 0) &&
         (get_side (c, d, a) > 0) != (get_side (c, d, b) > 0);
}

static void
get_curve_point (const graphene_point_t *points,
                 float                   t,
                 graphene_point_t       *point)
{
  float s = 1 - t;
  float a = s * s * s;
  float b = 3 * s * s * t;
  float c = 3 * s * t * t;
  float d = t * t * t;

  graphene_point_init (point, a * points[0].x + b * points[1].x + c * points[2].x + d * points[3].x,
                       a * points[0].y + b * points[1].y + c * points[2].y + d * points[3].y);
}

static gboolean
is_cut (const FermataAppRoute  *route,
        const graphene_point_t *start,
        const graphene_point_t *end)
{
  for (guint i = 0; i + 3 < route->n_points; i += 3)
    {
      graphene_point_t from = route->points[i];

      for (guint j = 1; j <= N_PIECES; j++)
        {
          graphene_point_t to;

          get_curve_point (&route->points[i], (float) j / N_PIECES, &to);
          if (do_cross (start, end, &from, &to))
            return TRUE;
          from = to;
        }
    }
  return FALSE;
}

void
fermata_app_canvas_end_cut (FermataAppCanvas *self)
{
  g_autoptr (GArray) routes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) edges = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  graphene_point_t start = self->gesture.start;
  graphene_point_t end = self->gesture.end;
  graphene_rect_t span;

  get_span (self, &span);
  graphene_rect_inset (&span, -1, -1);
  fermata_app_scene_query (self->scene, &span, NULL, routes);
  for (guint i = 0; i < routes->len; i++)
    {
      const FermataAppRoute *route = fermata_app_scene_get_route (self->scene, g_array_index (routes, guint, i));

      if (route->edge != NULL && is_cut (route, &start, &end) && g_hash_table_add (seen, route->edge))
        g_ptr_array_add (edges, g_object_ref (route->edge));
    }
  fermata_app_canvas_reset_gesture (self);
  fermata_app_canvas_cut_edges (self, edges);
}
