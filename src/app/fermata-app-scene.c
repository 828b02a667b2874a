/* fermata-app-scene.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-scene-private.h"

/*
 * The scene follows the document lazily: an edit makes it stale, and tells so;
 * with the next look it becomes what the document says by then. So a gesture of
 * a thousand edits costs one walk, see -sync.c; then -settle.c has all that
 * depends on what has changed follow, and nothing else.
 */

G_DEFINE_FINAL_TYPE (FermataAppScene, fermata_app_scene, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
fermata_app_scene_finalize (GObject *object)
{
  FermataAppScene *self = FERMATA_APP_SCENE (object);

  fermata_app_scene_clear (self);
  g_ptr_array_unref (self->boxes);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->initials);
  g_ptr_array_unref (self->unsettled);
  g_ptr_array_unref (self->unrouted);
  g_ptr_array_unref (self->unlabelled);
  g_ptr_array_unref (self->changed_bundles);
  g_ptr_array_unref (self->new_lanes);
  g_ptr_array_unref (self->gone_lines);
  g_ptr_array_unref (self->heap);
  g_ptr_array_unref (self->dragged);
  g_array_unref (self->points);
  g_array_unref (self->areas);
  g_array_unref (self->flat);
  g_hash_table_unref (self->boxes_by_node);
  g_hash_table_unref (self->lines_by_edge);
  g_hash_table_unref (self->bundles);
  fermata_app_grid_free (self->box_grid);
  fermata_app_grid_free (self->line_grid);
  fermata_app_grid_free (self->label_grid);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (fermata_app_scene_parent_class)->finalize (object);
}

static void
fermata_app_scene_class_init (FermataAppSceneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_app_scene_finalize;

  signals[CHANGED] = g_signal_new ("changed", FERMATA_TYPE_APP_SCENE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
fermata_app_scene_init (FermataAppScene *self)
{
  self->boxes = g_ptr_array_new ();
  self->lines = g_ptr_array_new ();
  self->initials = g_ptr_array_new ();
  self->unsettled = g_ptr_array_new ();
  self->unrouted = g_ptr_array_new ();
  self->unlabelled = g_ptr_array_new ();
  self->changed_bundles = g_ptr_array_new ();
  self->new_lanes = g_ptr_array_new ();
  self->gone_lines = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_app_line_free);
  self->heap = g_ptr_array_new ();
  self->dragged = g_ptr_array_new ();
  self->points = g_array_new (FALSE, FALSE, sizeof (graphene_point_t));
  self->areas = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  self->flat = g_array_new (FALSE, FALSE, sizeof (graphene_point_t));
  self->boxes_by_node = g_hash_table_new (NULL, NULL);
  self->lines_by_edge = g_hash_table_new (NULL, NULL);
  self->bundles = fermata_app_scene_new_bundles ();
  self->box_grid = fermata_app_grid_new ();
  self->line_grid = fermata_app_grid_new ();
  self->label_grid = fermata_app_grid_new ();
  self->is_stale = TRUE;
}

static void
make_stale (FermataAppScene *self)
{
  if (self->is_stale)
    return;
  self->is_stale = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
computed_changed (FermataAppScene *self)
{
  self->has_new_places = TRUE;
  make_stale (self);
}

FermataAppScene *
fermata_app_scene_new (FermataAppDocument *document)
{
  FermataAppScene *self = g_object_new (FERMATA_TYPE_APP_SCENE, NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (fermata_app_document_get_graph (document), "edited", G_CALLBACK (make_stale), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::shown", G_CALLBACK (make_stale), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "computed-changed", G_CALLBACK (computed_changed), self, G_CONNECT_SWAPPED);
  return self;
}

FermataAppDocument *
fermata_app_scene_get_document (FermataAppScene *self)
{
  return self->document;
}

void
fermata_app_scene_freshen (FermataAppScene *self)
{
  if (!self->is_stale)
    return;
  self->is_stale = FALSE;
  fermata_app_scene_sync (self);
  fermata_app_scene_settle (self);
}

void
fermata_app_scene_emit_changed (FermataAppScene *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

void
fermata_app_scene_set_measure (FermataAppScene       *self,
                               FermataAppSceneMeasure measure,
                               gpointer               user_data)
{
  fermata_app_scene_freshen (self);
  self->measure = measure;
  self->measure_data = user_data;
  for (guint i = 0; i < self->lines->len; i++)
    {
      FermataAppLine *line = g_ptr_array_index (self->lines, i);

      fermata_app_scene_measure_label (self, line);
      fermata_app_scene_unlabel (self, line);
    }
  fermata_app_scene_settle (self);
  fermata_app_scene_emit_changed (self);
}

/* What there is */

guint
fermata_app_scene_get_n_items (FermataAppScene *self)
{
  fermata_app_scene_freshen (self);
  return self->boxes->len;
}

const FermataAppItem *
fermata_app_scene_get_item (FermataAppScene *self,
                            guint            index)
{
  fermata_app_scene_freshen (self);
  g_return_val_if_fail (index < self->boxes->len, NULL);

  return &((FermataAppBox *) g_ptr_array_index (self->boxes, index))->item;
}

gboolean
fermata_app_scene_find_node (FermataAppScene *self,
                             FermataNode     *node,
                             guint           *index)
{
  FermataAppBox *box;

  fermata_app_scene_freshen (self);
  box = g_hash_table_lookup (self->boxes_by_node, node);
  if (box != NULL && index != NULL)
    *index = box->index;
  return box != NULL;
}

guint
fermata_app_scene_get_n_routes (FermataAppScene *self)
{
  fermata_app_scene_freshen (self);
  return self->lines->len;
}

const FermataAppRoute *
fermata_app_scene_get_route (FermataAppScene *self,
                             guint            index)
{
  fermata_app_scene_freshen (self);
  g_return_val_if_fail (index < self->lines->len, NULL);

  return &((FermataAppLine *) g_ptr_array_index (self->lines, index))->route;
}

gboolean
fermata_app_scene_find_edge (FermataAppScene *self,
                             FermataEdge     *edge,
                             guint           *index)
{
  FermataAppLine *line;

  fermata_app_scene_freshen (self);
  line = g_hash_table_lookup (self->lines_by_edge, edge);
  if (line != NULL && index != NULL)
    *index = line->index;
  return line != NULL;
}

void
fermata_app_scene_get_bounds (FermataAppScene *self,
                              graphene_rect_t *bounds)
{
  fermata_app_scene_freshen (self);
  *bounds = GRAPHENE_RECT_INIT (0, 0, FERMATA_APP_CARD_WIDTH, FERMATA_APP_CARD_HEIGHT);
  if (self->has_extents)
    *bounds = fermata_app_rect_around (self->extents.left, self->extents.top, self->extents.right,
                                       self->extents.bottom);
}
