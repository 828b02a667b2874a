/* fermata-app-scene.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-scene.h"

struct _FermataAppScene {
  GObject parent_instance;

  FermataAppDocument *document;
};

G_DEFINE_FINAL_TYPE (FermataAppScene, fermata_app_scene, G_TYPE_OBJECT)

static void
fermata_app_scene_class_init (FermataAppSceneClass *klass)
{
  g_signal_new ("changed", FERMATA_TYPE_APP_SCENE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
fermata_app_scene_init (FermataAppScene *self)
{
}

FermataAppScene *
fermata_app_scene_new (FermataAppDocument *document)
{
  FermataAppScene *self = g_object_new (FERMATA_TYPE_APP_SCENE, NULL);

  self->document = document;

  return self;
}

FermataAppDocument *
fermata_app_scene_get_document (FermataAppScene *self)
{
  return self->document;
}

guint
fermata_app_scene_get_n_items (FermataAppScene *self)
{
  return 0;
}

const FermataAppItem *
fermata_app_scene_get_item (FermataAppScene *self,
                            guint            index)
{
  return NULL;
}

gboolean
fermata_app_scene_find_node (FermataAppScene *self,
                             FermataNode     *node,
                             guint           *index)
{
  return FALSE;
}

guint
fermata_app_scene_get_n_routes (FermataAppScene *self)
{
  return 0;
}

const FermataAppRoute *
fermata_app_scene_get_route (FermataAppScene *self,
                             guint            index)
{
  return NULL;
}

gboolean
fermata_app_scene_find_edge (FermataAppScene *self,
                             FermataEdge     *edge,
                             guint           *index)
{
  return FALSE;
}

void
fermata_app_scene_get_bounds (FermataAppScene *self,
                              graphene_rect_t *bounds)
{
  graphene_rect_init (bounds, 0, 0, 100, 100);
}

void
fermata_app_scene_query (FermataAppScene       *self,
                         const graphene_rect_t *area,
                         GArray                *items,
                         GArray                *routes)
{
}

FermataAppHit
fermata_app_scene_hit (FermataAppScene        *self,
                       const graphene_point_t *point,
                       float                   reach)
{
  return (FermataAppHit) { FERMATA_APP_HIT_NONE, 0 };
}

void
fermata_app_scene_set_drag (FermataAppScene    *self,
                            FermataNode *const *nodes,
                            guint               n_nodes,
                            float               dx,
                            float               dy)
{
}

FermataEdit *
fermata_app_scene_make_move (FermataAppScene    *self,
                             FermataNode *const *nodes,
                             guint               n_nodes,
                             float               dx,
                             float               dy)
{
  return NULL;
}

FermataNode *
fermata_app_scene_find_nearest (FermataAppScene *self,
                                FermataNode     *from,
                                float            dx,
                                float            dy)
{
  return NULL;
}

FermataNode *
fermata_app_scene_find_around (FermataAppScene        *self,
                               const graphene_point_t *point)
{
  return NULL;
}

void
fermata_app_scene_find_free (FermataAppScene        *self,
                             const graphene_point_t *near,
                             FermataAppItemKind      kind,
                             graphene_point_t       *place)
{
  *place = *near;
}
