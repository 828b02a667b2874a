/* fermata-app-scene-labels.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-scene-private.h"

/*
 * A label stands on its line, in the middle if it covers nothing there, else
 * nearer to an end, else beside it. It gives way to nodes and to the labels of
 * edges before its own. So labels are placed in the order of the edges, and where
 * one goes to another place, only later ones have to be looked at again.
 */

#define CHARACTER_WIDTH 7.0f
#define PILL_PADDING 20.0f
#define MAX_PILL_WIDTH 240.0f
#define GAP 3.0f

void
fermata_app_scene_unlabel (FermataAppScene *self,
                           FermataAppLine  *line)
{
  /* A line from a dot has none. */
  if (line->is_unlabelled || line->is_gone || line->from == NULL)
    return;
  line->is_unlabelled = TRUE;
  g_ptr_array_add (self->unlabelled, line);
}

void
fermata_app_scene_measure_label (FermataAppScene *self,
                                 FermataAppLine  *line)
{
  const char *text = line->route.text;
  float width = 0;

  if (text != NULL)
    width = self->measure != NULL ? self->measure (text, self->measure_data)
                                  : g_utf8_strlen (text, -1) * CHARACTER_WIDTH;
  graphene_size_init (&line->pill, MIN (ceilf (width) + PILL_PADDING, MAX_PILL_WIDTH), FERMATA_APP_PILL_HEIGHT);
}

/* A heap of lines by index: those of @unlabelled that are to be placed. */

static gboolean
comes_before (GPtrArray *heap,
              guint      i,
              guint      j)
{
  const FermataAppLine *a = g_ptr_array_index (heap, i);
  const FermataAppLine *b = g_ptr_array_index (heap, j);

  return a->index < b->index;
}

static void
swap (GPtrArray *heap,
      guint      i,
      guint      j)
{
  gpointer line = heap->pdata[i];

  heap->pdata[i] = heap->pdata[j];
  heap->pdata[j] = line;
}

static void
heap_push (GPtrArray      *heap,
           FermataAppLine *line)
{
  guint i = heap->len;

  g_ptr_array_add (heap, line);
  for (; i > 0 && comes_before (heap, i, (i - 1) / 2); i = (i - 1) / 2)
    swap (heap, i, (i - 1) / 2);
}

static FermataAppLine *
heap_pop (GPtrArray *heap)
{
  FermataAppLine *first = g_ptr_array_index (heap, 0);
  guint i = 0;

  heap->pdata[0] = heap->pdata[heap->len - 1];
  g_ptr_array_set_size (heap, heap->len - 1);
  for (;;)
    {
      guint child = 2 * i + 1;

      if (child + 1 < heap->len && comes_before (heap, child + 1, child))
        child++;
      if (child >= heap->len || !comes_before (heap, child, i))
        return first;
      swap (heap, i, child);
      i = child;
    }
}

/* Places */

typedef struct {
  FermataAppScene *scene;
  FermataAppLine *line;
  GArray *flat;
  float length;
  graphene_rect_t rect;   /* where the label is tried */
  graphene_rect_t around; /* with what has to be free around it */
  graphene_rect_t reach;  /* all that was tried */
} Trial;

static gboolean
is_no_box (gpointer data,
           gpointer user_data)
{
  FermataAppBox *box = data;
  Trial *trial = user_data;
  gboolean is_end = box == trial->line->from || box == trial->line->to;

  if (is_end)
    return box->stamp == trial->scene->stamp;
  return !fermata_app_scene_is_in_way (trial->scene, trial->line, box);
}

static gboolean
is_no_label (gpointer data,
             gpointer user_data)
{
  FermataAppLine *line = data;
  Trial *trial = user_data;

  return line == trial->line || line->index > trial->line->index ||
         !fermata_app_rect_meets (line->from != NULL ? &line->route.label : &line->route.bounds, &trial->around);
}

static gboolean
is_free (Trial *trial)
{
  trial->around = fermata_app_rect_inflate (&trial->rect, GAP);
  trial->reach = fermata_app_rect_union (&trial->reach, &trial->around);
  return fermata_app_grid_visit (trial->scene->box_grid, &trial->around, is_no_box, trial) &&
         fermata_app_grid_visit (trial->scene->label_grid, &trial->around, is_no_label, trial);
}

static float
measure_length (GArray *flat)
{
  float length = 0;

  for (guint i = 1; i < flat->len; i++)
    length += graphene_point_distance (&g_array_index (flat, graphene_point_t, i - 1),
                                       &g_array_index (flat, graphene_point_t, i), NULL, NULL);
  return length;
}

/* The point at a part of the length, and the direction there. */
static graphene_point_t
find_point (Trial            *trial,
            float             part,
            graphene_point_t *direction)
{
  float rest = part * trial->length;
  const graphene_point_t *points = &g_array_index (trial->flat, graphene_point_t, 0);

  for (guint i = 0; i + 1 < trial->flat->len; i++)
    {
      const graphene_point_t *a = &points[i];
      const graphene_point_t *b = &points[i + 1];
      float length = MAX (fermata_app_length (b->x - a->x, b->y - a->y), 0.001f);

      graphene_point_init (direction, (b->x - a->x) / length, (b->y - a->y) / length);
      if (rest <= length)
        return GRAPHENE_POINT_INIT (a->x + direction->x * rest, a->y + direction->y * rest);
      rest -= length;
    }
  return points[trial->flat->len - 1];
}

/* The label's middle so far beside a point of the line. */
static void
put_at (Trial *trial,
        float  part,
        float  aside)
{
  graphene_point_t direction = GRAPHENE_POINT_INIT (1, 0);
  graphene_point_t point = find_point (trial, part, &direction);
  const graphene_size_t *pill = &trial->line->pill;
  float x = -direction.y * aside * (pill->width / 2 + 5);
  float y = direction.x * aside * (pill->height / 2 + 5);

  trial->rect = GRAPHENE_RECT_INIT (roundf (point.x + x - pill->width / 2), roundf (point.y + y - pill->height / 2),
                                    pill->width, pill->height);
}

static const float parts[] = { 0.5f, 0.42f, 0.58f, 0.34f, 0.66f, 0.26f, 0.74f, 0.18f, 0.82f };
static const float asides[] = { 0, -1, 1, -2.4f, 2.4f };

/* At the tip of a loop, on the side that is away from the node; of a wide label,
 * most is above or below the node. */
static void
put_at_loop (Trial   *trial,
             gboolean inwards)
{
  graphene_rect_t loop = fermata_app_rect_of_points (&g_array_index (trial->flat, graphene_point_t, 0),
                                                     trial->flat->len);
  const graphene_rect_t *node = &trial->line->from->item.rect;
  const graphene_size_t *pill = &trial->line->pill;
  gboolean is_right = fermata_app_rect_center_x (&loop) > fermata_app_rect_center_x (node);
  gboolean is_upper = fermata_app_rect_center_y (&loop) < fermata_app_rect_center_y (node);
  float x = is_right ? fermata_app_rect_right (&loop) + 6 - pill->width : loop.origin.x - 6;
  float y = is_upper ? loop.origin.y + 4 - pill->height : fermata_app_rect_bottom (&loop) - 4;

  if (!inwards)
    x = is_right ? fermata_app_rect_center_x (&loop) - 6 : fermata_app_rect_center_x (&loop) + 6 - pill->width;
  trial->rect = GRAPHENE_RECT_INIT (roundf (x), roundf (y), pill->width, pill->height);
}

static gboolean
find_place_at_loop (Trial *trial)
{
  put_at_loop (trial, TRUE);
  if (is_free (trial))
    return TRUE;
  put_at_loop (trial, FALSE);
  return is_free (trial);
}

static gboolean
is_loop (FermataAppLine *line)
{
  return line->from != NULL && (line->to == NULL || line->to == line->from);
}

/* On the line if it can be, at the middle; else the nearest place beside it. */
static void
find_place (Trial *trial)
{
  if (is_loop (trial->line) && find_place_at_loop (trial))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (asides); i++)
    for (guint j = 0; j < G_N_ELEMENTS (parts); j++)
      {
        put_at (trial, parts[j], asides[i]);
        if (is_free (trial))
          return;
      }
  put_at (trial, 0.5f, 0);
}

static void
push_later (FermataAppScene *self)
{
  GPtrArray *unlabelled = self->unlabelled;

  for (guint i = 0; i < unlabelled->len; i++)
    heap_push (self->heap, g_ptr_array_index (unlabelled, i));
  g_ptr_array_set_size (unlabelled, 0);
}

typedef struct {
  FermataAppScene *scene;
  FermataAppLine *line;
} Moved;

static gboolean
unlabel_later (gpointer data,
               gpointer user_data)
{
  FermataAppLine *line = data;
  Moved *moved = user_data;

  if (line->index > moved->line->index)
    fermata_app_scene_unlabel (moved->scene, line);
  return TRUE;
}

/* Those after it may go where it was, and must not stand where it is. */
static void
tell_later (FermataAppScene       *self,
            FermataAppLine        *line,
            const graphene_rect_t *rect)
{
  Moved moved = { self, line };

  fermata_app_grid_visit (self->label_grid, rect, unlabel_later, &moved);
}

static void
set_label (FermataAppScene       *self,
           FermataAppLine        *line,
           const graphene_rect_t *rect)
{
  graphene_rect_t old = line->route.label;

  line->route.label = *rect;
  line->route.serial = ++self->serial;
  if (old.size.width > 0)
    tell_later (self, line, &old);
  if (rect->size.width > 0)
    tell_later (self, line, rect);
}

/* Labels give way to dots, and to the lines from them, as to other labels. */
void
fermata_app_scene_keep_labels_off (FermataAppScene *self,
                                   FermataAppLine  *line)
{
  if (line->label_entry.cell != NULL)
    tell_later (self, line, &line->label_entry.rect);
  fermata_app_grid_place (self->label_grid, &line->label_entry, &line->route.bounds, line);
  tell_later (self, line, &line->route.bounds);
}

static void
spread_over_label (FermataAppScene *self,
                   FermataAppLine  *line)
{
  graphene_rect_t lines = fermata_app_line_get_bounds (line);
  graphene_rect_t bounds = line->route.text != NULL ? fermata_app_rect_union (&lines, &line->route.label) : lines;

  if (fermata_app_rect_equal (&bounds, &line->route.bounds))
    return;
  fermata_app_scene_cut_bounds (self, &line->route.bounds);
  line->route.bounds = bounds;
  fermata_app_scene_spread_bounds (self, &bounds);
}

static void
place_label (FermataAppScene *self,
             FermataAppLine  *line)
{
  Trial trial = { .scene = self, .line = line, .flat = self->flat };

  line->is_unlabelled = FALSE;
  if (line->route.text != NULL && line->route.n_points > 0)
    {
      fermata_app_path_flatten (line->route.points, line->route.n_points, self->flat);
      trial.length = measure_length (self->flat);
      fermata_app_scene_mark_around (self, line, TRUE);
      put_at (&trial, 0.5f, 0);
      trial.reach = trial.rect;
      find_place (&trial);
      fermata_app_grid_place (self->label_grid, &line->label_entry, &trial.reach, line);
    }
  else
    fermata_app_grid_remove (self->label_grid, &line->label_entry);
  if (!fermata_app_rect_equal (&line->route.label, &trial.rect))
    set_label (self, line, &trial.rect);
  spread_over_label (self, line);
  fermata_app_scene_index_line (self, line);
}

void
fermata_app_scene_place_labels (FermataAppScene *self)
{
  push_later (self);
  while (self->heap->len > 0)
    {
      place_label (self, heap_pop (self->heap));
      push_later (self);
    }
}
