/* fermata-app-session-levels.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Which frame of each body is looked at, and at which moment. */

#include "fermata-app-session-private.h"

#include "fermata-app-tasks.h"

static void
level_free (gpointer data)
{
  FermataAppLevel *level = data;

  fermata_app_frame_list_clear (&level->list);
  fermata_app_frame_list_clear (&level->inner_list);
  g_clear_pointer (&level->moment, fermata_moment_unref);
  g_free (level);
}

void
fermata_app_session_levels_init (FermataAppSession *self)
{
  self->levels = g_hash_table_new_full (NULL, NULL, g_object_unref, level_free);
  self->stop_frames = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->serial = 1;
}

void
fermata_app_session_levels_clear (FermataAppSession *self)
{
  g_clear_pointer (&self->levels, g_hash_table_unref);
  g_clear_pointer (&self->frames, fermata_app_frames_free);
  g_clear_pointer (&self->stop_frames, g_array_unref);
  g_clear_object (&self->seen_stop);
}

FermataAppLevel *
fermata_app_session_add_level (FermataAppSession *self,
                               FermataGraph      *body,
                               guint32            owner,
                               guint32            inner,
                               FermataAppBody     which)
{
  FermataAppLevel *level = g_new0 (FermataAppLevel, 1);

  level->owner = owner;
  level->inner = inner;
  level->body = which;
  g_hash_table_replace (self->levels, g_object_ref (body), level);

  return level;
}

/* Following what is looked at */

static void
list_stop_frames (FermataAppSession *self)
{
  guint32 frame = self->seen_stop != NULL && fermata_stop_has_decision (self->seen_stop)
                  ? fermata_stop_get_frame (self->seen_stop) : 0;
  const FermataAppFrame *record;

  g_array_set_size (self->stop_frames, 0);
  while ((record = fermata_app_frames_get (self->frames, frame)) != NULL)
    {
      g_array_append_val (self->stop_frames, frame);
      frame = record->parent;
    }
}

/* Another moment, more of the history, another stop: everything is found anew when
 * somebody asks. */
static void
notice (FermataAppSession *self)
{
  guint64 number = fermata_debugger_get_number (self->debugger);
  FermataStop *stop = fermata_debugger_get_stop (self->debugger);
  gboolean has_changed = number != self->seen_number;

  if (self->frames == NULL)
    self->frames = fermata_app_frames_new (fermata_run_get_history (self->run));
  if (fermata_app_frames_get_n_read (self->frames) < number)
    fermata_app_frames_read (self->frames, number);
  if (MIN (fermata_app_frames_get_n_read (self->frames), number) != self->seen_read)
    has_changed = TRUE;
  if (g_set_object (&self->seen_stop, stop))
    has_changed = TRUE;
  if (!has_changed)
    return;

  self->seen_number = number;
  self->seen_read = MIN (fermata_app_frames_get_n_read (self->frames), number);
  self->serial++;
  list_stop_frames (self);
}

gboolean
fermata_app_session_read_on (FermataAppSession *self)
{
  if (self->frames == NULL
      || fermata_app_frames_get_n_read (self->frames) >= fermata_debugger_get_number (self->debugger))
    return FALSE;

  notice (self);

  return TRUE;
}

/* Choosing a frame */

static gboolean
is_stop_frame (FermataAppSession *self,
               guint32            frame)
{
  for (guint i = 0; i < self->stop_frames->len; i++)
    {
      if (g_array_index (self->stop_frames, guint32, i) == frame)
        return TRUE;
    }

  return FALSE;
}

/* The frame of that list that the debugger stands in. */
static gboolean
find_stop_frame (FermataAppSession   *self,
                 FermataAppFrameList *list,
                 guint32             *frame)
{
  for (guint i = 0; i < self->stop_frames->len; i++)
    {
      guint32 number = g_array_index (self->stop_frames, guint32, i);
      const FermataAppFrame *record = fermata_app_frames_get (self->frames, number);

      if (record->parent != list->parent || record->place != list->place || record->body != list->body)
        continue;
      *frame = number;
      return TRUE;
    }

  return FALSE;
}

static gboolean
find_latest (FermataAppSession   *self,
             FermataAppFrameList *list,
             guint32             *frame)
{
  return find_stop_frame (self, list, frame)
         || fermata_app_frame_list_count (list, self->frames, self->seen_number, frame) > 0;
}

static gboolean
choose_of_list (FermataAppSession *self,
                FermataAppLevel   *level)
{
  if (level->is_wanted)
    return fermata_app_frame_list_find (&level->list, self->frames, self->seen_number, level->wanted, &level->item);

  return find_latest (self, &level->list, &level->item);
}

/* All tasks of a state have frames of the state, one behind the other; in that of the
 * task there is the body's. */
static gboolean
choose_of_task (FermataAppSession *self,
                FermataAppLevel   *level,
                guint32            parent)
{
  guint32 outer;

  fermata_app_frame_list_set (&level->inner_list, self->frames, parent, level->owner, FERMATA_PLACE_RUN,
                              FERMATA_APP_BODY_MAIN);
  if (!fermata_app_frame_list_find (&level->inner_list, self->frames, self->seen_number, level->task, &outer))
    return FALSE;

  fermata_app_frame_list_set (&level->list, self->frames, outer, level->inner, FERMATA_PLACE_RUN, level->body);
  if (!choose_of_list (self, level))
    return FALSE;
  level->frame = level->item;

  return TRUE;
}

static gboolean
choose (FermataAppSession *self,
        FermataAppLevel   *level,
        guint32            parent)
{
  FermataAppBody body = level->inner == FERMATA_PLACE_RUN ? level->body : FERMATA_APP_BODY_MAIN;

  fermata_app_frame_list_set (&level->list, self->frames, parent, level->owner, level->inner, body);
  if (!choose_of_list (self, level))
    return FALSE;

  level->frame = level->item;
  if (level->inner == FERMATA_PLACE_RUN)
    return TRUE;

  fermata_app_frame_list_set (&level->inner_list, self->frames, level->item, level->inner,
                              FERMATA_PLACE_RUN, level->body);

  return find_latest (self, &level->inner_list, &level->frame);
}

/* Of a frame that has gone: as it was when it was left. */
static void
find_moment (FermataAppSession *self,
             FermataAppLevel   *level)
{
  const FermataAppFrame *record = fermata_app_frames_get (self->frames, level->frame);
  guint64 number = record->left != 0 && record->left <= self->seen_number ? record->left - 1 : 0;

  if (number == level->moment_number)
    return;

  g_clear_pointer (&level->moment, fermata_moment_unref);
  level->moment_number = number;
  if (number != 0)
    level->moment = fermata_history_dup_moment (fermata_run_get_history (self->run), number);
}

static FermataMoment *
get_moment (FermataAppSession     *self,
            const FermataAppLevel *level)
{
  return level->moment != NULL ? level->moment : fermata_debugger_get_moment (self->debugger);
}

static void
resolve (FermataAppSession *self,
         FermataAppLevel   *level,
         gboolean           has_parent,
         guint32            parent)
{
  if (level->serial == self->serial)
    return;

  level->serial = self->serial;
  level->is_there = has_parent && (level->is_task ? choose_of_task (self, level, parent)
                                                  : choose (self, level, parent));
  if (!level->is_there)
    return;

  find_moment (self, level);
  level->is_there = (level->moment_number == 0 || level->moment != NULL)
                    && fermata_moment_has_frame (get_moment (self, level), level->frame);
}

/* From the outside in. */
static FermataAppLevel *
find_level (FermataAppSession *self,
            FermataGraph      *graph)
{
  g_autoptr (GPtrArray) way = g_ptr_array_new ();
  FermataAppLevel *level = NULL;
  gboolean has_parent = TRUE;
  guint32 parent = 0;

  while (graph != NULL && graph != self->graph)
    {
      level = g_hash_table_lookup (self->levels, graph);
      if (level == NULL)
        return NULL;
      g_ptr_array_add (way, level);
      graph = fermata_app_tasks_find_around (graph);
    }

  notice (self);
  for (guint i = way->len; i > 0; i--)
    {
      level = way->pdata[i - 1];
      resolve (self, level, has_parent, parent);
      has_parent = level->is_there;
      parent = level->frame;
    }

  return level;
}

gboolean
fermata_app_session_find_frame (FermataAppSession  *self,
                                FermataGraph       *graph,
                                guint              *frame,
                                FermataMoment     **moment)
{
  FermataAppLevel *level;

  *frame = 0;
  *moment = fermata_debugger_get_moment (self->debugger);
  if (graph == self->graph)
    return TRUE;

  level = find_level (self, graph);
  if (level == NULL || !level->is_there)
    return FALSE;
  *frame = level->frame;
  *moment = get_moment (self, level);

  return TRUE;
}

/* What is told of it */

static gboolean
is_repeated (FermataBodyRule rule)
{
  return rule == FERMATA_BODY_RULE_NONE || fermata_body_rule_is_loop (rule);
}

/* Where the owner is, all its items may be known. */
static guint
count_items (FermataAppSession *self,
             FermataGraph      *body,
             FermataAppLevel   *level)
{
  FermataGraph *around = fermata_app_tasks_find_around (body);
  FermataBodyCounts counts;
  FermataMoment *moment;
  guint frame;

  if (around == NULL || level->is_task || !fermata_app_session_find_frame (self, around, &frame, &moment)
      || !fermata_moment_get_body_counts (moment, frame, level->owner, &counts) || !counts.is_complete
      || !is_repeated (counts.rule))
    return 0;

  return counts.n_items;
}

gboolean
fermata_app_session_get_iteration (FermataAppSession   *self,
                                   FermataGraph        *body,
                                   FermataAppIteration *iteration)
{
  FermataAppLevel *level = body == self->graph ? NULL : find_level (self, body);
  const FermataAppFrame *record;

  *iteration = (FermataAppIteration) { 0, };
  if (level == NULL)
    return FALSE;

  iteration->is_latest_wanted = !level->is_wanted;
  iteration->index = level->wanted;
  iteration->n_begun = fermata_app_frame_list_count (&level->list, self->frames, self->seen_number, NULL);
  iteration->n_all = count_items (self, body, level);
  iteration->any_has_failed = fermata_app_frame_list_find_failed (&level->list, self->frames,
                                                                  self->seen_number, NULL);
  iteration->is_there = level->is_there;
  record = level->is_there ? fermata_app_frames_get (self->frames, level->item) : NULL;
  if (record == NULL)
    return TRUE;

  iteration->index = record->iteration;
  iteration->has_ended = record->left != 0 && record->left <= self->seen_number;
  iteration->has_failed = iteration->has_ended
                          && (record->has_failed || fermata_app_frames_get (self->frames, level->frame)->has_failed);

  return TRUE;
}

static void
want (FermataAppSession *self,
      FermataAppLevel   *level,
      gboolean           is_wanted,
      guint32            wanted)
{
  if (level == NULL || (level->is_wanted == is_wanted && level->wanted == wanted))
    return;

  level->is_wanted = is_wanted;
  level->wanted = wanted;
  self->serial++;
}

void
fermata_app_session_want_iteration (FermataAppSession *self,
                                    FermataGraph      *body,
                                    guint              index)
{
  want (self, g_hash_table_lookup (self->levels, body), TRUE, index);
}

void
fermata_app_session_want_latest (FermataAppSession *self,
                                 FermataGraph      *body)
{
  want (self, g_hash_table_lookup (self->levels, body), FALSE, 0);
}

gboolean
fermata_app_session_want_failed (FermataAppSession *self,
                                 FermataGraph      *body)
{
  FermataAppLevel *level = body == self->graph ? NULL : find_level (self, body);
  guint32 iteration;

  if (level == NULL
      || !fermata_app_frame_list_find_failed (&level->list, self->frames, self->seen_number, &iteration))
    return FALSE;
  want (self, level, TRUE, iteration);

  return TRUE;
}

/* Stops */

static FermataGraph *
graph_of (gpointer element)
{
  return FERMATA_IS_NODE (element) ? fermata_node_get_graph (element)
         : FERMATA_IS_EDGE (element) ? fermata_edge_get_graph (element) : NULL;
}

FermataGraph *
fermata_app_session_follow_stop (FermataAppSession *self)
{
  FermataStop *stop = fermata_debugger_get_stop (self->debugger);
  guint32 place = stop != NULL && fermata_stop_has_decision (stop) ? fermata_stop_get_place_number (stop)
                                                                   : FERMATA_PLACE_RUN;
  FermataGraph *graph = place < self->elements->len ? graph_of (self->elements->pdata[place]) : NULL;
  FermataGraph *around = graph;

  notice (self);
  while (around != NULL && around != self->graph)
    {
      FermataAppLevel *level = g_hash_table_lookup (self->levels, around);

      /* Another one is wanted no more, unless it is this one. */
      if (level != NULL && level->is_wanted
          && (find_level (self, around), !level->is_there || !is_stop_frame (self, level->item)))
        want (self, level, FALSE, 0);
      around = fermata_app_tasks_find_around (around);
    }

  return graph;
}
