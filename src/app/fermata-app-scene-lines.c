/* fermata-app-scene-lines.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-scene-private.h"

#include <string.h>

/* Lines, as the router finds them among the nodes. */

/* How far a dot is from its state. */
#define DOT_DISTANCE 28.0f

/* How far from the state's corner it is, where it is not at the middle of a side. */
#define DOT_INSET 18.0f

/* So many nodes of one area are looked at: in a heap of nodes, no line is clear. */
#define MAX_FOUND 256

/* Arrows, and lines of 2.4 pixels, are this much wider than what they follow. */
#define LINE_MARGIN 7.0f

typedef struct {
  FermataAppScene *scene;
  FermataAppLine *line;
  GArray *rects;
} Search;

static gboolean
add_rect (gpointer data,
          gpointer user_data)
{
  FermataAppBox *box = data;
  Search *search = user_data;

  if (fermata_app_scene_is_in_way (search->scene, search->line, box))
    g_array_append_val (search->rects, box->item.rect);
  return search->rects->len < MAX_FOUND;
}

static void
find_rects (gpointer               user_data,
            const graphene_rect_t *area,
            GArray                *rects)
{
  Search *search = user_data;

  search->rects = rects;
  fermata_app_grid_visit (search->scene->box_grid, area, add_rect, search);
}

/* Dots */

static gboolean
is_free (gpointer data,
         gpointer user_data)
{
  Search *search = user_data;
  FermataAppBox *box = data;

  return !fermata_app_scene_is_in_way (search->scene, search->line, box);
}

/* Where a node begins, as far as it is known before its state is settled. */
static float
get_left (FermataAppScene *self,
          FermataAppBox   *box)
{
  while (box->first_child != NULL)
    box = box->first_child;
  return box->place.x + (box->is_dragged ? self->drag.x : 0);
}

/* Whether lines may enter or leave a state on the left, in the middle. */
static gboolean
has_left_neighbour (FermataAppScene *self,
                    FermataAppBox   *box)
{
  for (guint i = 0; box->bundles != NULL && i < box->bundles->len; i++)
    {
      FermataAppBundle *bundle = g_ptr_array_index (box->bundles, i);
      FermataAppBox *other = bundle->a == box ? bundle->b : bundle->a;

      if (other != box && get_left (self, other) < get_left (self, box))
        return TRUE;
    }
  return FALSE;
}

/* Left of the state, above it, or below, where there is room; of one with states
 * in it, beside its title. */
void
fermata_app_scene_place_dot (FermataAppScene *self,
                             FermataAppLine  *line)
{
  const graphene_rect_t *to = &line->to->item.rect;
  float half = FERMATA_APP_DOT_SIZE / 2;
  gboolean is_container = line->to->first_child != NULL;
  gboolean is_above = !is_container && has_left_neighbour (self, line->to);
  float x = to->origin.x + DOT_INSET;
  float y = is_container ? to->origin.y + DOT_INSET : fermata_app_rect_center_y (to);
  const graphene_point_t left = { to->origin.x - DOT_DISTANCE, y };
  const graphene_point_t above = { x, to->origin.y - DOT_DISTANCE };
  const graphene_point_t below = { x, fermata_app_rect_bottom (to) + DOT_DISTANCE };
  const graphene_point_t places[] = { is_above ? above : left, is_above ? left : above, below };
  Search search = { .scene = self, .line = line };
  graphene_rect_t old = line->dot;
  graphene_rect_t area = *to;

  fermata_app_scene_mark_around (self, line, FALSE);
  line->dot = GRAPHENE_RECT_INIT (places[0].x - half, places[0].y - half, 2 * half, 2 * half);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      graphene_rect_t dot = GRAPHENE_RECT_INIT (places[i].x - half, places[i].y - half, 2 * half, 2 * half);
      graphene_rect_t around = fermata_app_rect_inflate (&dot, 4);

      area = fermata_app_rect_union (&area, &around);
      if (!fermata_app_grid_visit (self->box_grid, &around, is_free, &search))
        continue;
      line->dot = dot;
      break;
    }
  line->reach = area;
  if (!fermata_app_rect_equal (&line->dot, &old))
    fermata_app_scene_unroute (self, line);
}

/* Requests */

static FermataAppLineKind
get_kind (FermataAppScene *self,
          FermataAppLine  *line)
{
  gboolean is_machine = self->kind == FERMATA_GRAPH_KIND_FSM;

  if (line->from == NULL)
    return FERMATA_APP_LINE_INITIAL;
  if (line->to == NULL)
    return FERMATA_APP_LINE_STUB;
  if (line->from == line->to)
    return is_machine ? FERMATA_APP_LINE_LOOP : FERMATA_APP_LINE_OVER;
  if (!is_machine)
    return FERMATA_APP_LINE_PORTS;
  if (line->from->first_child != NULL && fermata_app_box_is_within (line->to, line->from))
    return FERMATA_APP_LINE_INWARDS;
  if (line->to->first_child != NULL && fermata_app_box_is_within (line->from, line->to))
    return FERMATA_APP_LINE_OUTWARDS;
  return FERMATA_APP_LINE_BORDERS;
}

static void
fill_request (FermataAppScene       *self,
              FermataAppLine        *line,
              FermataAppLineRequest *request)
{
  FermataAppBox *outer = NULL;

  request->kind = get_kind (self, line);
  request->from = line->from != NULL ? line->from->item.rect : line->dot;
  request->to = line->to != NULL ? line->to->item.rect : request->from;
  request->slot = line->slot;
  request->n_along = line->n_along;
  request->n_against = line->n_against;
  if (request->kind == FERMATA_APP_LINE_INWARDS)
    outer = line->from;
  else if (request->kind == FERMATA_APP_LINE_OUTWARDS)
    outer = line->to;
  if (outer != NULL)
    request->lane = fermata_app_rect_bottom (&outer->item.rect) -
                    FERMATA_APP_LANE_HEIGHT * (line->lane + 0.75f);
}

/* Finding */

void
fermata_app_scene_index_line (FermataAppScene *self,
                              FermataAppLine  *line)
{
  graphene_rect_t all = fermata_app_rect_union (&line->route.bounds, &line->reach);

  fermata_app_grid_place (self->line_grid, &line->entry, &all, line);
}

static gboolean
has_same_points (FermataAppLine *line,
                 GArray         *points)
{
  return line->route.n_points == points->len &&
         memcmp (line->route.points, points->data, points->len * sizeof (graphene_point_t)) == 0;
}

graphene_rect_t
fermata_app_line_get_bounds (FermataAppLine *line)
{
  graphene_rect_t bounds = fermata_app_rect_of_points (line->route.points, line->route.n_points);

  bounds = fermata_app_rect_inflate (&bounds, LINE_MARGIN);
  return line->from == NULL ? fermata_app_rect_union (&bounds, &line->dot) : bounds;
}

static void
set_points (FermataAppScene *self,
            FermataAppLine  *line,
            GArray          *points)
{
  if (line->entry.cell != NULL)
    fermata_app_scene_cut_bounds (self, &line->route.bounds);
  line->route.points = g_renew (graphene_point_t, line->route.points, points->len);
  memcpy (line->route.points, points->data, points->len * sizeof (graphene_point_t));
  line->route.n_points = points->len;
  line->route.bounds = fermata_app_line_get_bounds (line);
  line->route.serial = ++self->serial;
  if (line->from == NULL)
    fermata_app_scene_keep_labels_off (self, line);
  else if (line->route.text != NULL)
    fermata_app_scene_unlabel (self, line);
  fermata_app_scene_spread_bounds (self, &line->route.bounds);
}

static void
set_areas (FermataAppLine *line,
           GArray         *areas)
{
  line->n_areas = areas != NULL ? areas->len : 0;
  g_clear_pointer (&line->areas, g_free);
  if (line->n_areas > 0)
    line->areas = g_memdup2 (areas->data, areas->len * sizeof (graphene_rect_t));
}

void
fermata_app_scene_route_line (FermataAppScene *self,
                              FermataAppLine  *line)
{
  Search search = { .scene = self, .line = line };
  FermataAppObstacles obstacles = { find_rects, &search };
  FermataAppLineResult result = { .points = self->points, .areas = self->areas };
  FermataAppLineRequest request;

  if (line->from == NULL && line->owner == NULL)
    fermata_app_scene_place_dot (self, line);
  fill_request (self, line, &request);
  fermata_app_scene_mark_around (self, line, FALSE);
  fermata_app_router_find (&request, &obstacles, &result);
  line->is_direct = result.is_direct && line->from != NULL;
  line->reach = line->from == NULL ? fermata_app_rect_union (&line->reach, &result.reach) : result.reach;
  set_areas (line, line->is_direct ? NULL : self->areas);
  if (!has_same_points (line, self->points))
    set_points (self, line, self->points);
  fermata_app_scene_index_line (self, line);
  line->is_unrouted = FALSE;
}
