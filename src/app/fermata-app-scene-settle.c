/* fermata-app-scene-settle.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-scene-private.h"

/*
 * Where everything is. First nodes, innermost first, as a state is around those
 * in it; then the lines to and from what was moved, and those that come near it
 * or did; then their labels. What has to be done is marked and listed, so that
 * the effort is that of what changes, however large the graph is.
 */

/* Files may say anything. Beyond this, floats are no longer good for pixels. */
#define FAR 4000000.0

/* What a state leaves free around the lines in it: half of a label, and a little. */
#define INNER_PADDING 14.0f

/* Marks */

void
fermata_app_scene_unsettle (FermataAppScene *self,
                            FermataAppBox   *box)
{
  if (box->is_unsettled || box->is_gone)
    return;
  box->is_unsettled = TRUE;
  g_ptr_array_add (self->unsettled, box);
}

void
fermata_app_scene_unroute (FermataAppScene *self,
                           FermataAppLine  *line)
{
  if (line->is_unrouted || line->is_gone)
    return;
  line->is_unrouted = TRUE;
  g_ptr_array_add (self->unrouted, line);
  /* It may reach beyond what is in there. */
  if (fermata_app_line_get_around (line) != NULL)
    fermata_app_scene_unsettle (self, fermata_app_line_get_around (line));
}

/* Bounds: of all that there is. */

void
fermata_app_scene_spread_bounds (FermataAppScene       *self,
                                 const graphene_rect_t *rect)
{
  FermataAppExtents *extents = &self->extents;

  if (!self->has_extents)
    *extents = (FermataAppExtents) { G_MAXFLOAT, G_MAXFLOAT, -G_MAXFLOAT, -G_MAXFLOAT };
  self->has_extents = TRUE;
  extents->left = MIN (extents->left, rect->origin.x);
  extents->top = MIN (extents->top, rect->origin.y);
  extents->right = MAX (extents->right, fermata_app_rect_right (rect));
  extents->bottom = MAX (extents->bottom, fermata_app_rect_bottom (rect));
}

/* What touches the bounds may be what holds them there. */
void
fermata_app_scene_cut_bounds (FermataAppScene       *self,
                              const graphene_rect_t *rect)
{
  const FermataAppExtents *extents = &self->extents;

  if (rect->origin.x <= extents->left || rect->origin.y <= extents->top ||
      fermata_app_rect_right (rect) >= extents->right || fermata_app_rect_bottom (rect) >= extents->bottom)
    self->are_extents_wide = TRUE;
}

static void
measure_bounds (FermataAppScene *self)
{
  self->has_extents = FALSE;
  for (guint i = 0; i < self->boxes->len; i++)
    fermata_app_scene_spread_bounds (self, &((FermataAppBox *) g_ptr_array_index (self->boxes, i))->item.rect);
  for (guint i = 0; i < self->lines->len; i++)
    fermata_app_scene_spread_bounds (self, &((FermataAppLine *) g_ptr_array_index (self->lines, i))->route.bounds);
  self->are_extents_wide = FALSE;
}

/* Who is in the way of whom */

gboolean
fermata_app_box_is_within (FermataAppBox *box,
                           FermataAppBox *outer)
{
  while (box != NULL && box != outer)
    box = box->parent;
  return box != NULL;
}

FermataAppBox *
fermata_app_line_get_around (FermataAppLine *line)
{
  return line->bundle != NULL ? line->bundle->around : line->owner;
}

static void
mark_parents (FermataAppScene *self,
              FermataAppBox   *box,
              FermataAppBox   *last)
{
  for (box = box != NULL ? box->parent : NULL; box != NULL && box->stamp != self->stamp; box = box->parent)
    {
      box->stamp = self->stamp;
      if (box == last)
        break;
    }
}

void
fermata_app_scene_mark_around (FermataAppScene *self,
                               FermataAppLine  *line,
                               gboolean         whole)
{
  FermataAppBox *last = whole ? NULL : fermata_app_line_get_around (line);

  self->stamp++;
  self->is_top_marked = last == NULL;
  mark_parents (self, line->from, last);
  mark_parents (self, line->to, last);
}

gboolean
fermata_app_scene_is_in_way (FermataAppScene *self,
                             FermataAppLine  *line,
                             FermataAppBox   *box)
{
  if (box->stamp == self->stamp || box == line->from || box == line->to)
    return FALSE;
  return box->parent != NULL ? box->parent->stamp == self->stamp : self->is_top_marked;
}

typedef struct {
  FermataAppScene *scene;
  FermataAppBox *box;
  const graphene_rect_t *rect;
} Touch;

/* A little more than is_in_way(): cheap, and enough to know that a line stays. */
static gboolean
may_be_in_way (FermataAppLine *line,
               FermataAppBox  *box)
{
  if (box == line->from || box == line->to)
    return FALSE;
  if (fermata_app_line_get_around (line) != NULL &&
      !fermata_app_box_is_within (box, fermata_app_line_get_around (line)))
    return FALSE;
  if (box->item.kind != FERMATA_APP_ITEM_CONTAINER)
    return TRUE;
  return !(line->from != NULL && fermata_app_box_is_within (line->from, box)) &&
         !(line->to != NULL && fermata_app_box_is_within (line->to, box));
}

/* Whether a line might be another if something came to, or left, a place. */
static gboolean
depends_on (FermataAppLine        *line,
            const graphene_rect_t *rect)
{
  if (!fermata_app_rect_meets (&line->reach, rect))
    return FALSE;
  if (line->is_direct)
    return fermata_app_router_comes_near (line->route.points, line->route.n_points, rect, FERMATA_APP_CLEARANCE);
  for (guint i = 0; i < line->n_areas; i++)
    {
      if (fermata_app_rect_meets (&line->areas[i], rect))
        return TRUE;
    }
  return line->n_areas == 0;
}

static gboolean
touch_line (gpointer data,
            gpointer user_data)
{
  FermataAppLine *line = data;
  Touch *touch = user_data;

  if (!line->is_unrouted && may_be_in_way (line, touch->box) && depends_on (line, touch->rect))
    fermata_app_scene_unroute (touch->scene, line);
  return TRUE;
}

static gboolean
touch_label (gpointer data,
             gpointer user_data)
{
  Touch *touch = user_data;

  fermata_app_scene_unlabel (touch->scene, data);
  return TRUE;
}

void
fermata_app_scene_touch (FermataAppScene       *self,
                         FermataAppBox         *box,
                         const graphene_rect_t *rect)
{
  Touch touch = { self, box, rect };
  graphene_rect_t around = fermata_app_rect_inflate (rect, FERMATA_APP_CLEARANCE);

  if (box != NULL)
    fermata_app_grid_visit (self->line_grid, &around, touch_line, &touch);
  fermata_app_grid_visit (self->label_grid, rect, touch_label, &touch);
}

/* Nodes */

static void
unroute_all_of (FermataAppScene *self,
                FermataAppBox   *box)
{
  for (guint i = 0; box->bundles != NULL && i < box->bundles->len; i++)
    {
      FermataAppBundle *bundle = g_ptr_array_index (box->bundles, i);

      for (guint j = 0; j < bundle->lines->len; j++)
        fermata_app_scene_unroute (self, g_ptr_array_index (bundle->lines, j));
    }
  for (guint i = 0; box->arrivals != NULL && i < box->arrivals->len; i++)
    fermata_app_scene_unroute (self, g_ptr_array_index (box->arrivals, i));
}

static void
move_box (FermataAppScene       *self,
          FermataAppBox         *box,
          const graphene_rect_t *rect)
{
  gboolean is_new = box->entry.cell == NULL;

  if (!is_new && fermata_app_rect_equal (&box->item.rect, rect))
    return;
  if (!is_new)
    {
      fermata_app_scene_touch (self, box, &box->item.rect);
      fermata_app_scene_cut_bounds (self, &box->item.rect);
    }
  box->item.rect = *rect;
  box->item.serial = ++self->serial;
  fermata_app_grid_place (self->box_grid, &box->entry, rect, box);
  fermata_app_scene_touch (self, box, rect);
  fermata_app_scene_spread_bounds (self, rect);
  unroute_all_of (self, box);
  if (box->parent != NULL)
    fermata_app_scene_unsettle (self, box->parent);
}

static graphene_rect_t
get_leaf_rect (FermataAppScene *self,
               FermataAppBox   *box)
{
  float x = box->place.x + (box->is_dragged ? self->drag.x : 0);
  float y = box->place.y + (box->is_dragged ? self->drag.y : 0);

  return GRAPHENE_RECT_INIT (CLAMP (x, -FAR, FAR), CLAMP (y, -FAR, FAR), box->size.width, box->size.height);
}

/* Lines between what is in a state stay in it. */
static void
add_inner_lines (FermataAppScene *self,
                 FermataAppBox   *box,
                 graphene_rect_t *inside)
{
  for (guint i = 0; box->inner != NULL && i < box->inner->len; i++)
    {
      FermataAppBundle *bundle = g_ptr_array_index (box->inner, i);

      for (guint j = 0; j < bundle->lines->len; j++)
        {
          FermataAppLine *line = g_ptr_array_index (bundle->lines, j);
          graphene_rect_t bounds;

          if (line->is_unrouted)
            fermata_app_scene_route_line (self, line);
          bounds = fermata_app_rect_of_points (line->route.points, line->route.n_points);
          bounds = fermata_app_rect_inflate (&bounds, INNER_PADDING);
          *inside = fermata_app_rect_union (inside, &bounds);
        }
    }
}

/* Around all that is in it, lines and dots included, with room for a title above
 * and for lanes below. */
static graphene_rect_t
get_container_rect (FermataAppScene *self,
                    FermataAppBox   *box)
{
  graphene_rect_t inside = box->first_child->item.rect;

  for (FermataAppBox *child = box->first_child; child != NULL; child = child->next)
    inside = fermata_app_rect_union (&inside, &child->item.rect);
  inside = fermata_app_rect_inflate (&inside, FERMATA_LAYOUT_PADDING);
  for (guint i = 0; box->initials != NULL && i < box->initials->len; i++)
    {
      FermataAppLine *line = g_ptr_array_index (box->initials, i);
      graphene_rect_t around;

      fermata_app_scene_place_dot (self, line);
      around = fermata_app_rect_inflate (&line->dot, 10);
      inside = fermata_app_rect_union (&inside, &around);
    }
  add_inner_lines (self, box, &inside);
  inside.origin.y -= FERMATA_LAYOUT_HEADER;
  inside.size.height += FERMATA_LAYOUT_HEADER + box->n_lanes * FERMATA_APP_LANE_HEIGHT;
  inside.size.width = MAX (inside.size.width, box->size.width);
  return inside;
}

static int
compare_boxes (gconstpointer a,
               gconstpointer b)
{
  const FermataAppBox *x = *(FermataAppBox *const *) a;
  const FermataAppBox *y = *(FermataAppBox *const *) b;

  return (x->index < y->index) - (x->index > y->index);
}

/* Dots make way for lines from the left. */
void
fermata_app_scene_unsettle_dots (FermataAppScene *self,
                                 FermataAppBox   *box)
{
  for (guint i = 0; box->arrivals != NULL && i < box->arrivals->len; i++)
    {
      FermataAppLine *line = g_ptr_array_index (box->arrivals, i);

      fermata_app_scene_unroute (self, line);
      if (line->owner != NULL)
        fermata_app_scene_unsettle (self, line->owner);
    }
}

static void
unsettle_neighbours (FermataAppScene *self,
                     FermataAppBox   *box)
{
  for (guint i = 0; box->bundles != NULL && i < box->bundles->len; i++)
    {
      FermataAppBundle *bundle = g_ptr_array_index (box->bundles, i);

      fermata_app_scene_unsettle_dots (self, bundle->a);
      fermata_app_scene_unsettle_dots (self, bundle->b);
    }
}

/* Those around what is unsettled may have to follow it. */
static void
add_dependents (FermataAppScene *self)
{
  for (guint i = 0; i < self->unsettled->len; i++)
    {
      FermataAppBox *box = g_ptr_array_index (self->unsettled, i);

      unsettle_neighbours (self, box);
      for (box = box->parent; box != NULL && !box->is_unsettled; box = box->parent)
        fermata_app_scene_unsettle (self, box);
    }
}

static void
settle_boxes (FermataAppScene *self)
{
  add_dependents (self);
  g_ptr_array_sort (self->unsettled, compare_boxes);
  for (guint i = 0; i < self->unsettled->len; i++)
    {
      FermataAppBox *box = g_ptr_array_index (self->unsettled, i);
      graphene_rect_t rect = box->first_child != NULL ? get_container_rect (self, box) : get_leaf_rect (self, box);

      move_box (self, box, &rect);
      box->is_unsettled = FALSE;
    }
  g_ptr_array_set_size (self->unsettled, 0);
}

static void
route_lines (FermataAppScene *self)
{
  for (guint i = 0; i < self->unrouted->len; i++)
    {
      FermataAppLine *line = g_ptr_array_index (self->unrouted, i);

      if (line->is_unrouted)
        fermata_app_scene_route_line (self, line);
    }
  g_ptr_array_set_size (self->unrouted, 0);
}

void
fermata_app_scene_settle (FermataAppScene *self)
{
  settle_boxes (self);
  route_lines (self);
  fermata_app_scene_place_labels (self);
  if (self->are_extents_wide)
    measure_bounds (self);
}
