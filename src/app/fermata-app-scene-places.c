/* fermata-app-scene-places.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-scene-private.h"

/* Where nodes are if nobody drags them: as the document says, or in simple
 * layers, below what it does say, until a layout has been computed. */

static void
set_place (FermataAppScene *self,
           FermataAppBox   *box,
           double           x,
           double           y)
{
  graphene_point_t place = GRAPHENE_POINT_INIT (x, y);

  if (box->place.x == place.x && box->place.y == place.y)
    return;
  box->place = place;
  fermata_app_scene_unsettle (self, box);
}

/* What is placed; FALSE if nothing is. */
static gboolean
measure_placed (FermataAppScene *self,
                graphene_rect_t *bounds)
{
  gboolean has_any = FALSE;

  for (guint i = 0; i < self->boxes->len; i++)
    {
      FermataAppBox *box = g_ptr_array_index (self->boxes, i);
      graphene_rect_t rect =
        GRAPHENE_RECT_INIT (box->place.x, box->place.y, box->size.width, box->size.height);

      if (!box->has_place || box->first_child != NULL)
        continue;
      *bounds = has_any ? fermata_app_rect_union (bounds, &rect) : rect;
      has_any = TRUE;
    }
  return has_any;
}

static FermataValue *
compute_places (FermataAppScene *self,
                gboolean         all)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < self->boxes->len; i++)
    {
      FermataAppBox *box = g_ptr_array_index (self->boxes, i);

      if (!box->has_place && box->first_child == NULL)
        g_ptr_array_add (ids, (gpointer) fermata_node_get_id (box->item.node));
    }
  g_ptr_array_add (ids, NULL);
  return fermata_layout_simple_positions (self->graph, all ? NULL : (const char *const *) ids->pdata);
}

static gboolean
read_place (FermataValue     *places,
            FermataAppBox    *box,
            graphene_point_t *place)
{
  FermataValue *value = fermata_value_get_member (places, fermata_node_get_id (box->item.node));

  if (value == NULL || fermata_value_get_length (value) != 2)
    return FALSE;
  graphene_point_init (place, fermata_value_get_number (fermata_value_get_element (value, 0)),
                       fermata_value_get_number (fermata_value_get_element (value, 1)));
  return TRUE;
}

static void
place_rest (FermataAppScene *self)
{
  graphene_rect_t placed = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  gboolean has_placed = measure_placed (self, &placed);
  g_autoptr (FermataValue) places = compute_places (self, !has_placed);
  graphene_point_t least = GRAPHENE_POINT_INIT (G_MAXFLOAT, G_MAXFLOAT);
  float dx = 0;
  float dy = 0;

  for (guint i = 0; has_placed && i < self->boxes->len; i++)
    {
      FermataAppBox *box = g_ptr_array_index (self->boxes, i);
      graphene_point_t place;

      if (!box->has_place && read_place (places, box, &place))
        graphene_point_init (&least, MIN (least.x, place.x), MIN (least.y, place.y));
    }
  if (has_placed)
    {
      dx = placed.origin.x - least.x;
      dy = fermata_app_rect_bottom (&placed) + 2 * FERMATA_LAYOUT_HEADER - least.y;
    }
  for (guint i = 0; i < self->boxes->len; i++)
    {
      FermataAppBox *box = g_ptr_array_index (self->boxes, i);
      graphene_point_t place = GRAPHENE_POINT_INIT (0, 0);

      if (box->has_place)
        continue;
      read_place (places, box, &place);
      set_place (self, box, place.x + dx, place.y + dy);
    }
}

void
fermata_app_scene_sync_places (FermataAppScene *self)
{
  self->has_own_places = FALSE;
  for (guint i = 0; i < self->boxes->len; i++)
    {
      FermataAppBox *box = g_ptr_array_index (self->boxes, i);
      double x;
      double y;

      box->has_place = fermata_app_document_get_position (self->document, box->item.node, &x, &y);
      if (box->has_place)
        set_place (self, box, x, y);
      else if (box->first_child == NULL)
        self->has_own_places = TRUE;
    }
  if (self->has_own_places)
    place_rest (self);
}
