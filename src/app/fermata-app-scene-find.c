/* fermata-app-scene-find.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-scene-private.h"

/* What is in an area, at a point, in a direction. */

/* Queries */

static int
compare_indices (gconstpointer a,
                 gconstpointer b)
{
  guint i = *(const guint *) a;
  guint j = *(const guint *) b;

  return (i > j) - (i < j);
}

static gboolean
add_box (gpointer data,
         gpointer user_data)
{
  FermataAppBox *box = data;

  g_array_append_val ((GArray *) user_data, box->index);
  return TRUE;
}

typedef struct {
  const graphene_rect_t *area;
  GArray *indices;
} LineQuery;

static gboolean
add_line (gpointer data,
          gpointer user_data)
{
  FermataAppLine *line = data;
  LineQuery *query = user_data;

  if (fermata_app_rect_meets (&line->route.bounds, query->area))
    g_array_append_val (query->indices, line->index);
  return TRUE;
}

static void
add_all (GArray *indices,
         guint   n)
{
  for (guint i = 0; i < n; i++)
    g_array_append_val (indices, i);
}

/* Sorts what was appended from @first on. */
static void
sort_indices (GArray *indices,
              guint   first)
{
  if (indices->len > first + 1)
    qsort (&g_array_index (indices, guint, first), indices->len - first, sizeof (guint), compare_indices);
}

void
fermata_app_scene_query (FermataAppScene       *self,
                         const graphene_rect_t *area,
                         GArray                *items,
                         GArray                *routes)
{
  graphene_rect_t bounds;
  gboolean is_all;

  fermata_app_scene_get_bounds (self, &bounds);
  is_all = fermata_app_rect_contains (area, bounds.origin.x, bounds.origin.y) &&
           fermata_app_rect_contains (area, fermata_app_rect_right (&bounds), fermata_app_rect_bottom (&bounds));
  if (is_all && items != NULL)
    add_all (items, self->boxes->len);
  else if (items != NULL)
    {
      guint first = items->len;

      fermata_app_grid_visit (self->box_grid, area, add_box, items);
      sort_indices (items, first);
    }
  if (is_all && routes != NULL)
    add_all (routes, self->lines->len);
  else if (routes != NULL)
    {
      LineQuery query = { area, routes };
      guint first = routes->len;

      fermata_app_grid_visit (self->line_grid, area, add_line, &query);
      sort_indices (routes, first);
    }
}

/* Hits */

/* What is hit, by what it is; of several, the one that is drawn last. */
typedef struct {
  FermataAppScene *scene;
  graphene_point_t point;
  float reach;
  FermataAppBox *port;      /* of a card */
  FermataAppBox *leaf;
  FermataAppBox *border;    /* of a container */
  FermataAppBox *container;
  FermataAppLine *label;
  FermataAppLine *line;
  float distance;           /* to the line */
  gboolean is_leaf_border;
} Aim;

static FermataAppBox *
get_upper (FermataAppBox *a,
           FermataAppBox *b)
{
  return a == NULL || b->index > a->index ? b : a;
}

static gboolean
hits_port (Aim           *aim,
           FermataAppBox *box)
{
  float x = fermata_app_rect_right (&box->item.rect);
  float y = fermata_app_rect_center_y (&box->item.rect);

  return fermata_app_length (aim->point.x - x, aim->point.y - y) <= aim->reach;
}

/* The border is as wide as can be grabbed, but leaves most of the inside. */
static gboolean
hits_border (Aim           *aim,
             FermataAppBox *box)
{
  const graphene_rect_t *rect = &box->item.rect;
  float inwards = MIN (aim->reach * 0.6f, MIN (rect->size.width, rect->size.height) * 0.2f);
  graphene_rect_t inside = fermata_app_rect_inflate (rect, -inwards);

  return fermata_app_rect_distance (rect, aim->point.x, aim->point.y) <= aim->reach / 2 &&
         !fermata_app_rect_contains (&inside, aim->point.x, aim->point.y);
}

static gboolean
aim_at_box (gpointer data,
            gpointer user_data)
{
  FermataAppBox *box = data;
  Aim *aim = user_data;
  gboolean is_inside = fermata_app_rect_contains (&box->item.rect, aim->point.x, aim->point.y);
  gboolean is_border = FALSE;

  switch (box->item.kind)
    {
    case FERMATA_APP_ITEM_CARD:
      if (hits_port (aim, box))
        aim->port = get_upper (aim->port, box);
      break;
    case FERMATA_APP_ITEM_STATE:
    case FERMATA_APP_ITEM_HISTORY:
      is_border = hits_border (aim, box);
      break;
    case FERMATA_APP_ITEM_CONTAINER:
      if (hits_border (aim, box))
        aim->border = get_upper (aim->border, box);
      else if (is_inside)
        aim->container = get_upper (aim->container, box);
      return TRUE;
    case FERMATA_APP_ITEM_FINAL:
      break;
    }
  if ((is_inside || is_border) && get_upper (aim->leaf, box) == box)
    {
      aim->leaf = box;
      aim->is_leaf_border = is_border;
    }
  return TRUE;
}

static float
measure_distance (Aim            *aim,
                  FermataAppLine *line)
{
  GArray *flat = aim->scene->flat;
  float least = G_MAXFLOAT;

  fermata_app_path_flatten (line->route.points, line->route.n_points, flat);
  for (guint i = 0; i + 1 < flat->len; i++)
    least = MIN (least, fermata_app_segment_distance (&g_array_index (flat, graphene_point_t, i),
                                                      &g_array_index (flat, graphene_point_t, i + 1),
                                                      &aim->point));
  return least;
}

static gboolean
aim_at_line (gpointer data,
             gpointer user_data)
{
  FermataAppLine *line = data;
  Aim *aim = user_data;
  float distance;

  if (line->route.text != NULL && fermata_app_rect_contains (&line->route.label, aim->point.x, aim->point.y) &&
      (aim->label == NULL || line->index > aim->label->index))
    aim->label = line;
  if (line->route.edge == NULL ||
      fermata_app_rect_distance (&line->route.bounds, aim->point.x, aim->point.y) > aim->reach)
    return TRUE;
  distance = measure_distance (aim, line);
  if (distance > aim->reach || distance > aim->distance ||
      (distance == aim->distance && line->index < aim->line->index))
    return TRUE;
  aim->line = line;
  aim->distance = distance;
  return TRUE;
}

static FermataAppHit
choose (const Aim *aim)
{
  if (aim->port != NULL)
    return (FermataAppHit) { FERMATA_APP_HIT_PORT, aim->port->index };
  if (aim->leaf != NULL)
    return (FermataAppHit) { aim->is_leaf_border ? FERMATA_APP_HIT_PORT : FERMATA_APP_HIT_NODE, aim->leaf->index };
  if (aim->label != NULL)
    return (FermataAppHit) { FERMATA_APP_HIT_LABEL, aim->label->index };
  if (aim->line != NULL)
    return (FermataAppHit) { FERMATA_APP_HIT_EDGE, aim->line->index };
  if (aim->border != NULL && (aim->container == NULL || aim->border->index > aim->container->index))
    return (FermataAppHit) { FERMATA_APP_HIT_PORT, aim->border->index };
  if (aim->container != NULL)
    return (FermataAppHit) { FERMATA_APP_HIT_NODE, aim->container->index };
  return (FermataAppHit) { FERMATA_APP_HIT_NONE, 0 };
}

FermataAppHit
fermata_app_scene_hit (FermataAppScene        *self,
                       const graphene_point_t *point,
                       float                   reach)
{
  graphene_rect_t at = GRAPHENE_RECT_INIT (point->x, point->y, 0, 0);
  graphene_rect_t area = fermata_app_rect_inflate (&at, reach);
  Aim aim = { .scene = self, .point = *point, .reach = reach, .distance = G_MAXFLOAT };

  fermata_app_scene_freshen (self);
  fermata_app_grid_visit (self->box_grid, &area, aim_at_box, &aim);
  if (aim.port == NULL && aim.leaf == NULL)
    fermata_app_grid_visit (self->line_grid, &area, aim_at_line, &aim);
  return choose (&aim);
}

/* Neighbours */

typedef struct {
  FermataAppBox *from;
  float dx; /* of length 1 */
  float dy;
  gboolean is_narrow;
  FermataAppBox *best;
  float score;
} Direction;

/* Those beside it, or beside what is around it; not what is in others. */
static gboolean
is_neighbour (const Direction *direction,
              FermataAppBox   *box)
{
  return box != direction->from && !fermata_app_box_is_within (direction->from, box) &&
         (box->parent == NULL || fermata_app_box_is_within (direction->from, box->parent)) &&
         !fermata_app_box_is_within (box, direction->from);
}

static gboolean
weigh_neighbour (gpointer data,
                 gpointer user_data)
{
  FermataAppBox *box = data;
  Direction *direction = user_data;
  const graphene_rect_t *from = &direction->from->item.rect;
  float x = fermata_app_rect_center_x (&box->item.rect) - fermata_app_rect_center_x (from);
  float y = fermata_app_rect_center_y (&box->item.rect) - fermata_app_rect_center_y (from);
  float along = x * direction->dx + y * direction->dy;
  float across = fabsf (x * direction->dy - y * direction->dx);
  float score = along + 2 * across;

  if (along <= 0 || (direction->is_narrow && across > 1.5f * along) || !is_neighbour (direction, box))
    return TRUE;
  if (direction->best == NULL || score < direction->score ||
      (score == direction->score && box->index < direction->best->index))
    {
      direction->best = box;
      direction->score = score;
    }
  return TRUE;
}

/* In squares around it that grow until something is near enough to be the nearest. */
static void
search_direction (FermataAppScene *self,
                  Direction       *direction)
{
  graphene_rect_t bounds;
  float size = 512;

  fermata_app_scene_get_bounds (self, &bounds);
  for (;;)
    {
      graphene_rect_t area = fermata_app_rect_inflate (&direction->from->item.rect, size);

      direction->best = NULL;
      fermata_app_grid_visit (self->box_grid, &area, weigh_neighbour, direction);
      if (direction->best != NULL && direction->score <= size)
        return;
      if (size > MAX (bounds.size.width, bounds.size.height))
        return;
      size *= 2;
    }
}

FermataNode *
fermata_app_scene_find_nearest (FermataAppScene *self,
                                FermataNode     *from,
                                float            dx,
                                float            dy)
{
  float length = fermata_app_length (dx, dy);
  Direction direction = { .is_narrow = TRUE };

  fermata_app_scene_freshen (self);
  direction.from = fermata_app_scene_find_box (self, from);
  if (direction.from == NULL || length == 0)
    return NULL;
  direction.dx = dx / length;
  direction.dy = dy / length;
  search_direction (self, &direction);
  if (direction.best == NULL)
    {
      direction.is_narrow = FALSE;
      search_direction (self, &direction);
    }
  return direction.best != NULL ? direction.best->item.node : NULL;
}

/* Room */

FermataNode *
fermata_app_scene_find_around (FermataAppScene        *self,
                               const graphene_point_t *point)
{
  graphene_rect_t area = GRAPHENE_RECT_INIT (point->x, point->y, 0, 0);
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));

  fermata_app_scene_query (self, &area, indices, NULL);
  for (guint i = indices->len; i > 0; i--)
    {
      FermataAppBox *box = g_ptr_array_index (self->boxes, g_array_index (indices, guint, i - 1));

      if (box->item.kind == FERMATA_APP_ITEM_CONTAINER)
        return box->item.node;
    }
  return NULL;
}

static gboolean
leaves_room (gpointer data,
             gpointer user_data)
{
  FermataAppBox *box = data;
  const graphene_point_t *near = user_data;

  return box->item.kind == FERMATA_APP_ITEM_CONTAINER &&
         fermata_app_rect_contains (&box->item.rect, near->x, near->y);
}

static gboolean
is_free_at (FermataAppScene        *self,
            const graphene_point_t *near,
            float                   x,
            float                   y,
            const graphene_size_t  *size)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT (x, y, size->width, size->height);
  graphene_rect_t around = fermata_app_rect_inflate (&rect, FERMATA_APP_GRID);

  return fermata_app_grid_visit (self->box_grid, &around, leaves_room, (gpointer) near);
}

static graphene_size_t
get_size (FermataAppItemKind kind)
{
  if (kind == FERMATA_APP_ITEM_CARD)
    return GRAPHENE_SIZE_INIT (FERMATA_APP_CARD_WIDTH, FERMATA_APP_CARD_HEIGHT);
  return GRAPHENE_SIZE_INIT (FERMATA_APP_STATE_WIDTH, FERMATA_APP_STATE_HEIGHT);
}

#define MAX_RINGS 48

/* Squares around the place that was wished, one around the other. */
void
fermata_app_scene_find_free (FermataAppScene        *self,
                             const graphene_point_t *near,
                             FermataAppItemKind      kind,
                             graphene_point_t       *place)
{
  graphene_size_t size = get_size (kind);
  float x = roundf ((near->x - size.width / 2) / FERMATA_APP_GRID) * FERMATA_APP_GRID;
  float y = roundf ((near->y - size.height / 2) / FERMATA_APP_GRID) * FERMATA_APP_GRID;

  fermata_app_scene_freshen (self);
  for (int ring = 0; ring <= MAX_RINGS; ring++)
    for (int i = -ring; i <= ring; i++)
      for (int j = -ring; j <= ring; j += i == -ring || i == ring || ring == 0 ? 1 : 2 * ring)
        {
          graphene_point_init (place, x + j * 2 * FERMATA_APP_GRID, y + i * 2 * FERMATA_APP_GRID);
          if (is_free_at (self, near, place->x, place->y, &size))
            return;
        }
  graphene_point_init (place, x, y);
}
