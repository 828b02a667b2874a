/* fermata-cli-frames.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-frames.h"

#include "fermata-cli-text.h"

/* A frame that is under way. @outer: the outermost loop around it, by its frame and
 * place; @is_in_loop: there is one. */
typedef struct {
  guint depth;
  gboolean is_task;
  gboolean is_in_loop;
  guint64 outer;
} Frame;

/* @frames: of Frame, by number. @loops: of CliLoop, by frame and place. */
struct _CliFrames {
  FermataPlan *plan;
  FermataNodeRegistry *registry;
  FermataFramePaths *paths;
  GHashTable *frames;
  GHashTable *loops;
};

CliFrames *
cli_frames_new (FermataPlan         *plan,
                FermataNodeRegistry *registry)
{
  CliFrames *self = g_new0 (CliFrames, 1);

  self->plan = fermata_plan_ref (plan);
  self->registry = g_object_ref (registry);
  self->paths = fermata_frame_paths_new (plan);
  self->frames = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->loops = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  return self;
}

void
cli_frames_free (CliFrames *self)
{
  fermata_plan_unref (self->plan);
  g_object_unref (self->registry);
  fermata_frame_paths_unref (self->paths);
  g_hash_table_unref (self->frames);
  g_hash_table_unref (self->loops);
  g_free (self);
}

static guint64
key_of (guint32 frame,
        guint32 place)
{
  return (guint64) frame << 32 | place;
}

static const Frame *
find_frame (CliFrames *self,
            guint32    frame)
{
  static const Frame root = { 0, };
  const Frame *found = g_hash_table_lookup (self->frames, GUINT_TO_POINTER (frame));

  return found != NULL ? found : &root;
}

static FermataNodeType *
find_type (CliFrames *self,
           guint32    place)
{
  return fermata_node_registry_find (self->registry, fermata_plan_get_node_type (self->plan, place));
}

/* FALSE if it has no body, or not many frames of it. */
static gboolean
find_rule (CliFrames       *self,
           guint32          place,
           FermataBodyRule *rule)
{
  FermataPlan *body = fermata_plan_get_node_body (self->plan, place);
  FermataNodeType *type = find_type (self, place);

  *rule = FERMATA_BODY_RULE_NONE;
  if (body == NULL || type == NULL)
    return FALSE;
  if (fermata_plan_is_item (body))
    return TRUE;

  *rule = fermata_node_type_describe (type)->body_rule;

  return fermata_body_rule_is_loop (*rule);
}

static void
note_started (CliFrames          *self,
              const FermataEvent *event)
{
  guint64 key = key_of (event->frame, event->place);
  FermataBodyRule rule;
  CliLoop *loop;

  if (!find_rule (self, event->place, &rule))
    return;

  loop = g_new0 (CliLoop, 1);
  loop->rule = rule;
  loop->told_at = event->time;
  g_hash_table_insert (self->loops, g_memdup2 (&key, sizeof key), loop);
}

static void
note_entered (CliFrames          *self,
              const FermataEvent *event,
              gpointer            number)
{
  const Frame *around = find_frame (self, event->frame);
  CliLoop *loop = cli_frames_find_loop (self, event->frame, event->place);
  Frame frame = *around;

  frame.depth++;
  frame.is_task = find_type (self, event->place) == NULL;
  if (loop != NULL)
    loop->n_entered++;
  if (loop != NULL && !frame.is_in_loop)
    {
      frame.is_in_loop = TRUE;
      frame.outer = key_of (event->frame, event->place);
    }
  g_hash_table_insert (self->frames, number, g_memdup2 (&frame, sizeof frame));
}

void
cli_frames_note (CliFrames          *self,
                 const FermataEvent *event)
{
  gpointer number;
  CliLoop *loop;

  fermata_frame_paths_add_event (self->paths, event);
  if (event->kind == FERMATA_EVENT_NODE_STARTED)
    note_started (self, event);
  if (event->kind != FERMATA_EVENT_FRAME_ENTERED && event->kind != FERMATA_EVENT_FRAME_LEFT)
    return;

  number = GUINT_TO_POINTER (fermata_value_get_integer (fermata_value_get_member (event->payload, "frame")));
  if (event->kind == FERMATA_EVENT_FRAME_ENTERED)
    {
      note_entered (self, event, number);
      return;
    }
  g_hash_table_remove (self->frames, number);
  loop = cli_frames_find_loop (self, event->frame, event->place);
  if (loop != NULL && fermata_value_get_member (event->payload, "error") != NULL)
    loop->n_failed++;
}

CliLoop *
cli_frames_find_loop (CliFrames *self,
                      guint32    frame,
                      guint32    place)
{
  guint64 key = key_of (frame, place);

  return g_hash_table_lookup (self->loops, &key);
}

void
cli_frames_forget (CliFrames          *self,
                   const FermataEvent *event)
{
  guint64 key = key_of (event->frame, event->place);

  g_hash_table_remove (self->loops, &key);
}

CliLoop *
cli_frames_find_outer (CliFrames *self,
                       guint32    frame,
                       guint32   *outer_frame,
                       guint32   *outer_place)
{
  const Frame *found = find_frame (self, frame);

  if (!found->is_in_loop)
    return NULL;

  *outer_frame = found->outer >> 32;
  *outer_place = (guint32) found->outer;

  return g_hash_table_lookup (self->loops, &found->outer);
}

guint
cli_frames_get_depth (CliFrames *self,
                      guint32    frame)
{
  return find_frame (self, frame)->depth;
}

gboolean
cli_frames_is_task (CliFrames *self,
                    guint32    frame)
{
  return find_frame (self, frame)->is_task;
}

char *
cli_frames_dup_place (CliFrames *self,
                      guint32    frame,
                      guint32    place)
{
  g_autofree char *path = fermata_frame_paths_dup_place (self->paths, frame, place);

  return cli_text_dup_harmless (path);
}
