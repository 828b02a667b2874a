/* scene-fixture.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A document and its scene; and random nodes and edges for them. */

#pragma once

#include "fermata-app-geometry.h"
#include "fermata-app-scene.h"

#include <string.h>

typedef struct {
  FermataEngine *engine;
  FermataAppDocument *document;
  FermataGraph *graph;
  FermataAppScene *scene;
} Fixture;

/* Quotes are tedious in C: ' stands for ". */
static inline void
fixture_load (Fixture    *self,
              const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (GError) error = NULL;

  self->engine = fermata_engine_new_default ();
  self->document = fermata_app_document_new_from_text (self->engine, bytes, NULL, "test", diagnostics, &error);
  g_assert_no_error (error);
  self->graph = fermata_app_document_get_graph (self->document);
  self->scene = fermata_app_scene_new (self->document);
}

static inline void
fixture_clear (Fixture *self)
{
  g_assert_finalize_object (self->scene);
  g_assert_finalize_object (self->document);
  g_object_unref (self->engine);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static inline const FermataAppItem *
get_item (Fixture    *self,
          const char *id)
{
  guint index;

  g_assert_true (fermata_app_scene_find_node (self->scene, fermata_graph_find_node (self->graph, id), &index));
  return fermata_app_scene_get_item (self->scene, index);
}

static inline const FermataAppRoute *
get_route (Fixture *self,
           guint    edge)
{
  guint index;

  g_assert_true (fermata_app_scene_find_edge (self->scene, fermata_graph_get_edge (self->graph, edge), &index));
  return fermata_app_scene_get_route (self->scene, index);
}

static inline void
set_position (Fixture    *self,
              const char *id,
              double      x,
              double      y)
{
  g_autoptr (GError) error = NULL;

  fermata_node_set_position (fermata_graph_find_node (self->graph, id), x, y, &error);
  g_assert_no_error (error);
}

static inline gboolean
goes_through (const FermataAppRoute *route,
              const graphene_rect_t *rect)
{
  for (guint i = 0; i + 3 < route->n_points; i += 3)
    for (guint j = 0; j <= 64; j++)
      {
        graphene_point_t point = fermata_app_bezier_at (route->points + i, j / 64.0f);

        if (fermata_app_rect_contains (rect, point.x, point.y))
          return TRUE;
      }
  return FALSE;
}

static inline FermataNode *
pick_node (Fixture *fixture)
{
  guint n = fermata_app_scene_get_n_items (fixture->scene);

  return n > 0 ? fermata_app_scene_get_item (fixture->scene, g_test_rand_int_range (0, n))->node : NULL;
}

static inline FermataEdge *
pick_edge (Fixture *fixture)
{
  guint n = fermata_graph_get_n_edges (fixture->graph);

  return n > 0 ? fermata_graph_get_edge (fixture->graph, g_test_rand_int_range (0, n)) : NULL;
}

static inline FermataValue *
parse (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (json, -1, &error);

  g_assert_no_error (error);
  return value;
}

static inline void
add_node (Fixture *fixture,
          guint    number,
          gboolean nested)
{
  g_autofree char *text = g_strdup_printf ("{'id':'x%u'%s}", number, nested ? "" : ",'type':'log'");
  g_autoptr (FermataValue) value = parse (text);
  FermataNode *parent = nested && g_test_rand_bit () ? pick_node (fixture) : NULL;
  FermataNode *node = fermata_graph_add_node (fixture->graph, parent, g_test_rand_int_range (0, 9), value, NULL);

  if (node != NULL && g_test_rand_int_range (0, 3) > 0)
    fermata_node_set_position (node, g_test_rand_int_range (0, 1500), g_test_rand_int_range (0, 1000), NULL);
}

static inline void
add_edge (Fixture *fixture,
          guint    number)
{
  FermataNode *from = pick_node (fixture);
  FermataNode *to = pick_node (fixture);
  g_autofree char *text = NULL;
  g_autoptr (FermataValue) value = NULL;

  if (from == NULL)
    return;
  text = g_strdup_printf ("{'from':'%s','to':'%s','event':'e%u','label':'edge %u'}", fermata_node_get_id (from),
                          fermata_node_get_id (to), number, number);
  value = parse (text);
  fermata_graph_add_edge (fixture->graph, g_test_rand_int_range (0, 20), value, NULL);
}
