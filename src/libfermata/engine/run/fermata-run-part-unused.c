/* fermata-run-part-unused.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-run-part-private.h"

/*
 * Which pins nobody has used, once a run has ended: there may have been no such
 * frame. Pins with an index for each node around them are found by that; the others,
 * which are few, one after the other.
 */

/* A frame of the run: whose it is, and which. */
typedef struct {
  guint32 parent;
  guint32 owner;
  guint32 index;
} Frame;

typedef struct {
  FermataPlan *plan;
  GHashTable *frames;

  /* Paths by what they name, where that is one thing; other paths, by text */
  GHashTable *exact;
  GHashTable *others;
} Search;

static const FermataPlanNode *
node_at (Search  *self,
         guint32  place)
{
  return fermata_plan_node_at (self->plan, place);
}

/* From the inside outwards, "place" and then "owner index" of each frame. */
static void
add_number (GString *key,
            guint32  number)
{
  g_string_append_printf (key, " %u", number);
}

static guint32
owner_place (const FermataPath *path,
             FermataPlan       *root,
             guint              step)
{
  FermataPlan *plan = step == 0 ? root : g_array_index (path->steps, FermataPathStep, step - 1).plan;

  return plan->first_place + g_array_index (path->steps, FermataPathStep, step).owner;
}

/* Nodes with one frame have that, whatever its index. */
static gboolean
has_index (const FermataPlanNode *owner)
{
  return fermata_plan_node_has_many_frames (owner) || fermata_path_get_body_name (owner, 0) != NULL;
}

static char *
key_of_path (Search            *self,
             const FermataPath *path)
{
  GString *key = g_string_new (path->node == FERMATA_INDEX_NONE ? "frame" : "node");

  if (path->node != FERMATA_INDEX_NONE)
    add_number (key, path->plan->first_place + path->node);
  for (guint i = path->steps->len; i > 0; i--)
    {
      guint32 owner = owner_place (path, self->plan, i - 1);

      add_number (key, owner);
      if (has_index (node_at (self, owner)))
        add_number (key, g_array_index (path->steps, FermataPathStep, i - 1).index);
    }

  return g_string_free (key, FALSE);
}

static gboolean
is_exact (Search            *self,
          const FermataPath *path)
{
  for (guint i = 0; i < path->steps->len; i++)
    {
      if (g_array_index (path->steps, FermataPathStep, i).index == FERMATA_PATH_EVERY
          && has_index (node_at (self, owner_place (path, self->plan, i))))
        return FALSE;
    }

  return TRUE;
}

static void
add_pin (Search     *self,
         const char *text)
{
  g_autoptr (FermataPath) path = fermata_path_parse (self->plan, text, NULL);

  if (path == NULL)
    return;
  if (is_exact (self, path))
    g_hash_table_replace (self->exact, key_of_path (self, path), (gpointer) text);
  else
    g_hash_table_replace (self->others, (gpointer) text, g_steal_pointer (&path));
}

/* What was used */

static Frame *
find_frame (Search  *self,
            guint32  number)
{
  return g_hash_table_lookup (self->frames, PART_KEY (number));
}

static void
note_frame (Search             *self,
            const FermataEvent *event)
{
  FermataValue *number = fermata_value_get_member (event->payload, "frame");
  FermataValue *index = fermata_value_get_member (event->payload, "index");
  FermataValue *body = fermata_value_get_member (event->payload, "body");
  Frame *frame = g_new0 (Frame, 1);

  frame->parent = event->frame;
  frame->owner = event->place;
  frame->index = (guint32) fermata_value_get_integer (index);
  if (body != NULL && fermata_value_get_kind (body) == FERMATA_VALUE_KIND_STRING)
    fermata_path_find_body (node_at (self, event->place), fermata_value_get_string (body, NULL), &frame->index);
  g_hash_table_replace (self->frames, PART_KEY (fermata_value_get_integer (number)), frame);
}

static char *
key_of_use (Search  *self,
            guint32  number,
            gint64   place)
{
  GString *key = g_string_new (place < 0 ? "frame" : "node");

  if (place >= 0)
    add_number (key, (guint32) place);
  for (Frame *frame = find_frame (self, number); frame != NULL; frame = find_frame (self, frame->parent))
    {
      add_number (key, frame->owner);
      if (has_index (node_at (self, frame->owner)))
        add_number (key, frame->index);
    }

  return g_string_free (key, FALSE);
}

static gboolean
matches (Search            *self,
         const FermataPath *path,
         guint32            number,
         gint64             place)
{
  Frame *frame = find_frame (self, number);

  if ((place < 0) != (path->node == FERMATA_INDEX_NONE)
      || (place >= 0 && place != path->plan->first_place + path->node))
    return FALSE;

  for (guint i = path->steps->len; i > 0; i--, frame = find_frame (self, frame->parent))
    {
      guint32 index = g_array_index (path->steps, FermataPathStep, i - 1).index;

      if (frame == NULL || frame->owner != owner_place (path, self->plan, i - 1)
          || (index != FERMATA_PATH_EVERY && index != frame->index))
        return FALSE;
      if (frame->parent == 0)
        return i == 1;
    }

  return number == 0;
}

static void
use (Search  *self,
     guint32  number,
     gint64   place)
{
  g_autofree char *key = key_of_use (self, number, place);
  GHashTableIter iter;
  gpointer path;

  if (g_hash_table_remove (self->exact, key))
    return;

  g_hash_table_iter_init (&iter, self->others);
  while (g_hash_table_iter_next (&iter, NULL, &path))
    {
      if (matches (self, path, number, place))
        g_hash_table_iter_remove (&iter);
    }
}

static void
look_at (Search             *self,
         const FermataEvent *event)
{
  FermataValue *by;

  if (event->kind == FERMATA_EVENT_FRAME_ENTERED)
    note_frame (self, event);
  if (event->kind != FERMATA_EVENT_FRAME_LEFT && event->kind != FERMATA_EVENT_NODE_GIVEN)
    return;

  by = fermata_value_get_member (event->payload, "by");
  if (by != NULL && g_strcmp0 (fermata_value_get_string (by, NULL), "pin") == 0)
    {
      if (event->kind == FERMATA_EVENT_NODE_GIVEN)
        use (self, event->frame, event->place);
      else
        use (self, (guint32) fermata_value_get_integer (fermata_value_get_member (event->payload, "frame")), -1);
    }
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static char **
list_rest (Search *self)
{
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer text;

  g_hash_table_iter_init (&iter, self->exact);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    g_ptr_array_add (rest, g_strdup (text));
  g_hash_table_iter_init (&iter, self->others);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    g_ptr_array_add (rest, g_strdup (text));
  g_ptr_array_sort (rest, compare_texts);
  g_ptr_array_add (rest, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&rest), FALSE);
}

/**
 * fermata_run_part_list_unused_pins:
 * @self: a part
 * @history: the history of a run of it
 *
 * Lists the pins that nothing was given by: there was no such frame, or the node
 * was never reached. Of a history of which the beginning is not kept, there is
 * nothing to be told.
 *
 * Returns: (transfer full) (array zero-terminated=1): what they name, as it was
 *   given to fermata_run_part_add_pin()
 */
char **
fermata_run_part_list_unused_pins (FermataRunPart *self,
                                   FermataHistory *history)
{
  Search search = { 0, };
  GHashTableIter iter;
  gpointer text;
  char **rest;

  g_return_val_if_fail (FERMATA_IS_RUN_PART (self), NULL);
  g_return_val_if_fail (FERMATA_IS_HISTORY (history), NULL);

  if (g_hash_table_size (self->pins) == 0 || fermata_history_get_first (history) > 1)
    return g_new0 (char *, 1);

  search.plan = fermata_history_get_plan (history);
  search.frames = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  search.exact = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  search.others = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) fermata_path_free);
  g_hash_table_iter_init (&iter, self->pins);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    add_pin (&search, text);
  for (guint64 n = 1; n <= fermata_history_get_n_events (history); n++)
    look_at (&search, fermata_history_get_event (history, n));
  rest = list_rest (&search);
  g_hash_table_unref (search.frames);
  g_hash_table_unref (search.exact);
  g_hash_table_unref (search.others);

  return rest;
}
