/* fermata-run-items.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Reading items for nodes that have a frame for each, and making their sources
 * wait when there are too many. */

#include "engine/moment/fermata-body-private.h"
#include "engine/run/fermata-execution-private.h"
#include "value/fermata-value-builder.h"

#include <string.h>

/* So much is read at a time. */
#define BLOCK 65536

/* A source waits while more than this waits for one of its targets, and goes on
 * when it is half as much. */
#define MOST_ITEMS 1000
#define MOST_BYTES (1024 * 1024)

/* Where a node is in the stream of its source: @buffer from @start on holds the
 * bytes before @offset. */
typedef struct {
  guint generation;
  guint64 offset;
  GString *buffer;
  gsize start;
  guint64 line;
} Cursor;

static void
cursor_free (gpointer data)
{
  Cursor *self = data;

  g_string_free (self->buffer, TRUE);
  g_free (self);
}

GHashTable *
fermata_run_create_cursors (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, cursor_free);
}

/* The cursor of a node, at the beginning of what this attempt of its source
 * gives, if it has read nothing of that. */
static Cursor *
ensure_cursor (FermataRun           *self,
               guint32               frame,
               guint32               place,
               guint                 generation,
               const FermataPrinted *printed)
{
  guint64 key = fermata_run_key (frame, place);
  Cursor *cursor = g_hash_table_lookup (self->cursors, &key);

  if (cursor != NULL && cursor->generation == generation)
    return cursor;

  cursor = g_new0 (Cursor, 1);
  cursor->generation = generation;
  cursor->offset = printed->item_offset;
  cursor->buffer = g_string_new (NULL);
  g_hash_table_replace (self->cursors, fermata_run_key_new (frame, place), cursor);

  return cursor;
}

void
fermata_run_drop_cursor (FermataRun *self,
                         guint32     frame,
                         guint32     place)
{
  guint64 key = fermata_run_key (frame, place);

  g_hash_table_remove (self->cursors, &key);
}

/* Reads on: FALSE at the end, or with @error set. */
static gboolean
read_block (Cursor                *self,
            const FermataPrinted  *printed,
            GError               **error)
{
  g_autoptr (GBytes) bytes = NULL;
  gconstpointer data;
  gsize length;

  bytes = fermata_spool_read (printed->spools[printed->item_stream], self->offset, BLOCK, error);
  if (bytes == NULL)
    return FALSE;

  g_string_erase (self->buffer, 0, self->start);
  self->start = 0;
  data = g_bytes_get_data (bytes, &length);
  g_string_append_len (self->buffer, data, length);
  self->offset += length;

  return length > 0;
}

/* The next line without its line feed; it is gone at the next call. */
static gboolean
read_line (Cursor                *self,
           const FermataPrinted  *printed,
           const char           **line,
           gsize                 *length,
           GError               **error)
{
  g_autoptr (GError) local_error = NULL;
  gsize searched = 0;
  const char *end;

  for (;;)
    {
      const char *text = self->buffer->str + self->start;
      gsize rest = self->buffer->len - self->start;

      end = memchr (text + searched, '\n', rest - searched);
      *line = text;
      *length = end != NULL ? (gsize) (end - text) : rest;
      if (end != NULL)
        break;

      searched = rest;
      if (!read_block (self, printed, &local_error))
        {
          if (local_error == NULL && rest > 0)
            break;
          if (local_error != NULL)
            g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  self->start += *length + (end != NULL);
  self->line++;

  return TRUE;
}

static FermataValue *
read_item (Cursor                *self,
           const FermataPrinted  *printed,
           GError               **error)
{
  g_autoptr (GError) local_error = NULL;
  const char *line;
  gsize length;

  while (read_line (self, printed, &line, &length, &local_error))
    {
      FermataValue *item = fermata_emit_read (printed->item_format, line, length, self->line,
                                              &local_error);

      if (item != NULL)
        return item;
      if (local_error != NULL)
        break;
    }

  if (local_error == NULL)
    g_set_error (&local_error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_UNKNOWN,
                 "There are fewer items than there should be");
  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

static FermataValue *
item_payload (guint32       index,
              FermataValue *item,
              const GError *error,
              const char   *node)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_integer (builder, "index", index);
  if (item != NULL)
    {
      fermata_value_builder_set (builder, "value", item);
    }
  else
    {
      g_autoptr (FermataValue) value = fermata_error_value_new (fermata_error_kind_of (error),
                                                                error->message, node, NULL);

      fermata_value_builder_set (builder, "error", value);
    }

  return fermata_value_builder_end (builder);
}

/* Where the items of a node come from, as a place. */
static guint32
source_of (const FermataFrame *frame,
           guint               node)
{
  const FermataPlan *plan = frame->plan;

  return plan->first_place + plan->edges[plan->nodes[node].each_edge].source;
}

/* Reads the next item of a node, if it wants one. */
static void
supply (FermataRun   *self,
        FermataFrame *frame,
        guint         node)
{
  guint32 place = frame->plan->first_place + node;
  FermataPrinted *printed;
  g_autoptr (FermataValue) item = NULL;
  g_autoptr (GError) error = NULL;
  guint generation;
  guint32 index;

  if (!fermata_body_wants_item (frame, node, &index))
    return;

  printed = fermata_run_find_printed (self, frame->number, source_of (frame, node));
  g_return_if_fail (printed != NULL);

  generation = fermata_body_read (frame, node).generation;
  if (index == 0)
    fermata_run_drop_cursor (self, frame->number, place);
  item = read_item (ensure_cursor (self, frame->number, place, generation, printed), printed, &error);
  fermata_run_post_fact (self, FERMATA_EVENT_ITEM, frame->number, place, 0,
                         item_payload (index, item, error, frame->plan->nodes[node].id));
}

/* An event after which items may be wanted: of their source, or of the node. */
void
fermata_run_supply_items (FermataRun         *self,
                          const FermataEvent *event)
{
  FermataFrame *frame;
  FermataPlan *plan;
  guint node;

  if (self->plan->tree == NULL)
    return;

  frame = fermata_moment_get_frame (self->moment, event->frame);
  plan = fermata_plan_locate (self->plan, event->place, &node);
  if (frame == NULL || frame->plan != plan)
    return;

  if (plan->nodes[node].body != NULL && plan->nodes[node].each_edge != FERMATA_INDEX_NONE)
    supply (self, frame, node);
  if (event->kind != FERMATA_EVENT_CHUNK || !plan->nodes[node].has_each)
    return;

  for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
    {
      if (plan->edges[i].is_each)
        supply (self, frame, plan->edges[i].target);
    }
}

/* Backpressure */

/* How much waits for a node: items, and bytes that it has not been given. */
static gboolean
has_too_much (FermataRun           *self,
              FermataFrame         *frame,
              guint                 node,
              const FermataPrinted *printed,
              guint                 share)
{
  FermataBodyRecord body = fermata_body_read (frame, node);
  guint64 key = fermata_run_key (frame->number, frame->plan->first_place + node);
  Cursor *cursor = g_hash_table_lookup (self->cursors, &key);
  guint64 end = fermata_spool_get_length (printed->spools[printed->item_stream]);
  guint64 begin = printed->item_offset;

  if (cursor != NULL && cursor->generation == body.generation)
    begin = cursor->offset - (cursor->buffer->len - cursor->start);

  return body.n_items - body.n_taken > MOST_ITEMS / share || end - begin > MOST_BYTES / share;
}

/*
 * Whether a source is to wait. Only while its target takes items, or is about
 * to: else nothing would end the waiting, and what would let the target begin
 * might itself wait for the source's place.
 */
static gboolean
is_to_wait (FermataRun *self,
            guint32     number,
            guint32     place,
            guint       share)
{
  FermataFrame *frame = fermata_moment_get_frame (self->moment, number);
  FermataPrinted *printed = fermata_run_find_printed (self, number, place);
  guint node;
  FermataPlan *plan = fermata_plan_locate (self->plan, place, &node);

  if (frame == NULL || printed == NULL || printed->spools[printed->item_stream] == NULL)
    return FALSE;

  for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
    {
      if (plan->edges[i].is_each
          && fermata_body_is_taking (self->moment, frame, plan->edges[i].target)
          && has_too_much (self, frame, plan->edges[i].target, printed, share))
        return TRUE;
    }

  return FALSE;
}

/* Something has been printed: is that enough for now? */
gboolean
fermata_run_is_full (FermataRun *self,
                     guint32     frame,
                     guint32     place)
{
  return fermata_plan_node_at (self->plan, place)->has_each
         && is_to_wait (self, frame, place, 1);
}

/* Lets those go on for whom there is room again. */
void
fermata_run_resume_sources (FermataRun *self)
{
  g_autofree gpointer *paused = NULL;
  guint n_paused;

  if (g_hash_table_size (self->paused) == 0)
    return;

  paused = g_hash_table_get_keys_as_array (self->paused, &n_paused);
  for (guint i = 0; i < n_paused; i++)
    {
      FermataExecution *execution = paused[i];

      if (!is_to_wait (self, execution->frame, execution->node, 2))
        fermata_execution_set_paused (execution, FALSE);
    }
}
