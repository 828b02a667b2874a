/* fermata-frame-paths.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-frame-path-private.h"

#include <string.h>

#include "engine/history/fermata-event-private.h"

/* @paths: by number, those of the frames that are under way but the root's. */
struct _FermataFramePaths {
  gatomicrefcount ref_count;
  FermataPlan *plan;
  GHashTable *paths;
};

G_DEFINE_BOXED_TYPE (FermataFramePaths, fermata_frame_paths, fermata_frame_paths_ref,
                     fermata_frame_paths_unref)

/**
 * fermata_frame_paths_new:
 * @plan: the plan of a run
 *
 * Begins before the first event of a run.
 *
 * Returns: (transfer full): what knows the run's own frame
 */
FermataFramePaths *
fermata_frame_paths_new (FermataPlan *plan)
{
  FermataFramePaths *self;

  g_return_val_if_fail (plan != NULL, NULL);

  self = g_new0 (FermataFramePaths, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->plan = fermata_plan_ref (plan);
  self->paths = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  return self;
}

/**
 * fermata_frame_paths_ref:
 * @self: paths
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @self
 */
FermataFramePaths *
fermata_frame_paths_ref (FermataFramePaths *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * fermata_frame_paths_unref:
 * @self: (transfer full): paths
 *
 * Drops a reference.
 */
void
fermata_frame_paths_unref (FermataFramePaths *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  fermata_plan_unref (self->plan);
  g_hash_table_unref (self->paths);
  g_free (self);
}

static FermataValue *
get_member (const FermataEvent *event,
            const char         *name,
            FermataValueKind    kind)
{
  FermataValue *member = NULL;

  if (event->payload != NULL && fermata_value_get_kind (event->payload) == FERMATA_VALUE_KIND_OBJECT)
    member = fermata_value_get_member (event->payload, name);

  return member != NULL && fermata_value_get_kind (member) == kind ? member : NULL;
}

static gint64
get_integer (const FermataEvent *event,
             const char         *name)
{
  FermataValue *member = get_member (event, name, FERMATA_VALUE_KIND_INTEGER);

  return member != NULL ? fermata_value_get_integer (member) : 0;
}

/* What paths in a frame begin with. If its beginning was never seen, which frame
 * it is remains unknown. */
static const char *
find_prefix (FermataFramePaths *self,
             guint32            frame,
             FermataPlan       *plan)
{
  const char *path = fermata_frame_paths_get_frame (self, frame);

  if (path != NULL)
    return path;

  return plan->path != NULL ? plan->path : "";
}

/* The frame that `frame-entered` or `frame-left` tells of. */
static char *
dup_child (FermataFramePaths  *self,
           const FermataEvent *event)
{
  guint local;
  FermataPlan *plan = fermata_plan_locate (self->plan, event->place, &local);
  FermataValue *body = get_member (event, "body", FERMATA_VALUE_KIND_STRING);
  GString *path = g_string_new (find_prefix (self, event->frame, plan));

  fermata_frame_path_add_step (path, &plan->nodes[local], get_integer (event, "index"),
                               body != NULL ? fermata_value_get_string (body, NULL) : NULL);

  return g_string_free (path, FALSE);
}

/**
 * fermata_frame_paths_add_event:
 * @self: paths
 * @event: an event of a run
 *
 * Goes on by an event. What is asked about that event may be asked before or
 * after.
 */
void
fermata_frame_paths_add_event (FermataFramePaths  *self,
                               const FermataEvent *event)
{
  gpointer number;

  g_return_if_fail (self != NULL);
  g_return_if_fail (event != NULL);

  if (event->kind != FERMATA_EVENT_FRAME_ENTERED && event->kind != FERMATA_EVENT_FRAME_LEFT)
    return;

  number = GUINT_TO_POINTER (get_integer (event, "frame"));
  if (event->kind == FERMATA_EVENT_FRAME_LEFT)
    g_hash_table_remove (self->paths, number);
  else
    g_hash_table_insert (self->paths, number, dup_child (self, event));
}

/**
 * fermata_frame_paths_get_frame:
 * @self: paths
 * @frame: the number of a frame
 *
 * Tells what the paths of all places in a frame begin with: `orders/2/`.
 *
 * Returns: (transfer none) (nullable): the path, empty for the frame of the run
 *   itself; %NULL if the frame is not under way, or its beginning was before the
 *   first event that was told
 */
const char *
fermata_frame_paths_get_frame (FermataFramePaths *self,
                               guint              frame)
{
  g_return_val_if_fail (self != NULL, NULL);

  return frame == 0 ? "" : g_hash_table_lookup (self->paths, GUINT_TO_POINTER (frame));
}

/**
 * fermata_frame_paths_dup_place:
 * @self: paths
 * @frame: the number of a frame
 * @place: the place of a node or an edge
 *
 * Names a place of a run, as fermata_moment_dup_place_path().
 *
 * Returns: (transfer full): the path: `orders/2/double`; with less in it where
 *   the beginning of the frame was before the first event that was told
 */
char *
fermata_frame_paths_dup_place (FermataFramePaths *self,
                               guint              frame,
                               guint32            place)
{
  FermataPlan *plan;
  guint local;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (place < self->plan->n_places, NULL);

  plan = fermata_plan_locate (self->plan, place, &local);

  return g_strconcat (find_prefix (self, frame, plan),
                      local < plan->n_nodes ? plan->nodes[local].id
                                            : fermata_plan_get_edge_name (plan, local - plan->n_nodes),
                      NULL);
}

/**
 * fermata_frame_paths_dup_event:
 * @self: paths
 * @event: an event of the run
 *
 * Names where an event happened: a node, an edge, or a frame (`orders/2/`), which is
 * also what an event names that enters or leaves one.
 *
 * Returns: (transfer full) (nullable): the path; %NULL for what concerns the run
 */
char *
fermata_frame_paths_dup_event (FermataFramePaths  *self,
                               const FermataEvent *event)
{
  const char *path;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (event != NULL, NULL);

  if (event->kind == FERMATA_EVENT_FRAME_ENTERED || event->kind == FERMATA_EVENT_FRAME_LEFT)
    return dup_child (self, event);
  if (event->place != FERMATA_PLACE_RUN)
    return fermata_frame_paths_dup_place (self, event->frame, event->place);

  path = fermata_frame_paths_get_frame (self, event->frame);

  return path != NULL && *path != '\0' ? g_strdup (path) : NULL;
}

/* Takes over @path. That of a frame says no more than its owner's name, but for the
 * slash, where that owner has only one frame. */
static char *
dup_if_more (FermataFramePaths  *self,
             const FermataEvent *event,
             char               *path)
{
  g_autofree char *name = NULL;
  gsize length;

  if (path == NULL || event->place == FERMATA_PLACE_RUN)
    return path;

  name = fermata_plan_dup_place_name (self->plan, event->place);
  length = strlen (name);
  if (strncmp (path, name, length) != 0 || (path[length] != '\0' && !g_str_equal (path + length, "/")))
    return path;
  g_free (path);

  return NULL;
}

/**
 * fermata_frame_paths_describe:
 * @self: paths
 * @event: an event of the run
 * @number: its number
 *
 * Writes an event as fermata_event_to_value() does. Where the path says more than
 * the name of the place, it has the member `path`, too.
 *
 * Returns: (transfer full): an object
 */
FermataValue *
fermata_frame_paths_describe (FermataFramePaths  *self,
                              const FermataEvent *event,
                              guint64             number)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (event != NULL, NULL);

  if (event->frame != 0 || event->kind == FERMATA_EVENT_FRAME_ENTERED
      || event->kind == FERMATA_EVENT_FRAME_LEFT)
    path = dup_if_more (self, event, fermata_frame_paths_dup_event (self, event));

  return fermata_event_to_value_with_path (event, number, self->plan, path);
}
