/* fermata-app-frames.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-frames.h"

#include <string.h>

/* So many events are read at a time: some milliseconds. */
#define MOST_AT_ONCE 200000u

/* Invariant: what the first @n_read events say is in @records (by number, the root's
 * is empty) and @failures (guint32: those that failed, in the order of their ends). */
struct _FermataAppFrames {
  FermataHistory *history;
  GArray *records;
  GArray *failures;
  guint64 n_read;
};

/* An attempt is a row of ascending iterations: @first is where it begins. */
typedef struct {
  guint32 frame;
  guint first;
} Entry;

FermataAppBody
fermata_app_body_from_name (const char *name)
{
  if (g_strcmp0 (name, "catch") == 0)
    return FERMATA_APP_BODY_CATCH;

  return g_strcmp0 (name, "finally") == 0 ? FERMATA_APP_BODY_FINALLY : FERMATA_APP_BODY_MAIN;
}

FermataAppFrames *
fermata_app_frames_new (FermataHistory *history)
{
  FermataAppFrames *self = g_new0 (FermataAppFrames, 1);

  self->history = g_object_ref (history);
  self->records = g_array_new (FALSE, TRUE, sizeof (FermataAppFrame));
  self->failures = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->n_read = fermata_history_get_first (history) - 1;
  g_array_set_size (self->records, 1);

  return self;
}

void
fermata_app_frames_free (FermataAppFrames *self)
{
  g_object_unref (self->history);
  g_array_unref (self->records);
  g_array_unref (self->failures);
  g_free (self);
}

/* Reading */

static gboolean
get_index (const FermataEvent *event,
           const char         *name,
           guint32            *index)
{
  FermataValue *value = event->payload == NULL ? NULL : fermata_value_get_member (event->payload, name);

  if (value == NULL || fermata_value_get_kind (value) != FERMATA_VALUE_KIND_INTEGER)
    return FALSE;
  *index = fermata_value_get_integer (value);

  return TRUE;
}

static FermataAppBody
get_body (const FermataEvent *event)
{
  FermataValue *value = fermata_value_get_member (event->payload, "body");

  return value == NULL || fermata_value_get_kind (value) != FERMATA_VALUE_KIND_STRING
         ? FERMATA_APP_BODY_MAIN : fermata_app_body_from_name (fermata_value_get_string (value, NULL));
}

static void
note_entered (FermataAppFrames   *self,
              const FermataEvent *event,
              guint64             number)
{
  FermataAppFrame *record;
  guint32 frame;

  if (!get_index (event, "frame", &frame))
    return;
  /* They are numbered in a row; in a history whose beginning was dropped, some
   * are not known. */
  if (frame >= self->records->len)
    g_array_set_size (self->records, frame + 1);

  record = &g_array_index (self->records, FermataAppFrame, frame);
  *record = (FermataAppFrame) {
    .parent = event->frame, .place = event->place, .body = get_body (event), .entered = number,
  };
  get_index (event, "index", &record->iteration);
}

static void
note_left (FermataAppFrames   *self,
           const FermataEvent *event,
           guint64             number)
{
  FermataAppFrame *record;
  guint32 frame;

  if (!get_index (event, "frame", &frame) || frame >= self->records->len)
    return;

  record = &g_array_index (self->records, FermataAppFrame, frame);
  record->left = number;
  record->has_failed = fermata_value_get_member (event->payload, "error") != NULL;
  if (record->has_failed)
    g_array_append_val (self->failures, frame);
}

gboolean
fermata_app_frames_read (FermataAppFrames *self,
                         guint64           number)
{
  guint64 end = MIN (number, self->n_read + MOST_AT_ONCE);

  while (self->n_read < end)
    {
      const FermataEvent *event = fermata_history_get_event (self->history, ++self->n_read);

      if (event == NULL)
        continue;
      if (event->kind == FERMATA_EVENT_FRAME_ENTERED)
        note_entered (self, event, self->n_read);
      else if (event->kind == FERMATA_EVENT_FRAME_LEFT)
        note_left (self, event, self->n_read);
    }

  return self->n_read >= number;
}

guint64
fermata_app_frames_get_n_read (FermataAppFrames *self)
{
  return self->n_read;
}

const FermataAppFrame *
fermata_app_frames_get (FermataAppFrames *self,
                        guint32           frame)
{
  const FermataAppFrame *record;

  if (frame == 0 || frame >= self->records->len)
    return NULL;
  record = &g_array_index (self->records, FermataAppFrame, frame);

  return record->entered == 0 ? NULL : record;
}

/* Lists */

void
fermata_app_frame_list_clear (FermataAppFrameList *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->failed, g_array_unref);
  memset (self, 0, sizeof *self);
}

static gboolean
belongs (const FermataAppFrameList *self,
         const FermataAppFrame     *record)
{
  return record->entered != 0 && record->parent == self->parent && record->place == self->place
         && record->body == self->body;
}

static const FermataAppFrame *
record_of (FermataAppFrameList *self,
           FermataAppFrames    *frames,
           guint                index)
{
  guint32 frame = g_array_index (self->entries, Entry, index).frame;

  return &g_array_index (frames->records, FermataAppFrame, frame);
}

static void
add_entry (FermataAppFrameList *self,
           FermataAppFrames    *frames,
           guint32              frame)
{
  const FermataAppFrame *record = &g_array_index (frames->records, FermataAppFrame, frame);
  guint last = self->entries->len;
  Entry entry = { frame, last };

  if (last > 0 && record->iteration > record_of (self, frames, last - 1)->iteration)
    entry.first = g_array_index (self->entries, Entry, last - 1).first;
  g_array_append_val (self->entries, entry);
}

/* A frame's own frames come after it, and before it goes: nothing else has to be
 * looked at. */
static void
add_new (FermataAppFrameList *self,
         FermataAppFrames    *frames)
{
  const FermataAppFrame *parent = fermata_app_frames_get (frames, self->parent);

  for (; self->n_seen < frames->records->len; self->n_seen++)
    {
      const FermataAppFrame *record = &g_array_index (frames->records, FermataAppFrame, self->n_seen);

      if (parent != NULL && parent->left != 0 && record->entered > parent->left)
        break;
      if (belongs (self, record))
        add_entry (self, frames, self->n_seen);
    }
}

/* Of those of one owner the number of the frame says where it stands. */
static guint
index_of (FermataAppFrameList *self,
          guint32              frame)
{
  guint low = 0;
  guint high = self->entries->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->entries, Entry, middle).frame < frame)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static void
add_failures (FermataAppFrameList *self,
              FermataAppFrames    *frames)
{
  for (; self->n_failures_seen < frames->failures->len; self->n_failures_seen++)
    {
      guint32 frame = g_array_index (frames->failures, guint32, self->n_failures_seen);
      const FermataAppFrame *record = &g_array_index (frames->records, FermataAppFrame, frame);

      if (self->inner != FERMATA_PLACE_RUN && record->place == self->inner)
        frame = record->parent;
      if (belongs (self, &g_array_index (frames->records, FermataAppFrame, frame)))
        {
          guint index = index_of (self, frame);

          g_array_append_val (self->failed, index);
        }
    }
}

void
fermata_app_frame_list_set (FermataAppFrameList *self,
                            FermataAppFrames    *frames,
                            guint32              parent,
                            guint32              place,
                            guint32              inner,
                            FermataAppBody       body)
{
  if (!self->is_set || self->parent != parent || self->place != place || self->inner != inner
      || self->body != body)
    {
      fermata_app_frame_list_clear (self);
      self->is_set = TRUE;
      self->parent = parent;
      self->place = place;
      self->inner = inner;
      self->body = body;
      self->n_seen = parent + 1;
      self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
      self->failed = g_array_new (FALSE, FALSE, sizeof (guint));
    }
  add_new (self, frames);
  add_failures (self, frames);
}

/* How many had come by then, of all attempts. */
static guint
count_all (FermataAppFrameList *self,
           FermataAppFrames    *frames,
           guint64              number)
{
  guint low = 0;
  guint high = self->entries == NULL ? 0 : self->entries->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (record_of (self, frames, middle)->entered <= number)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

guint
fermata_app_frame_list_count (FermataAppFrameList *self,
                              FermataAppFrames    *frames,
                              guint64              number,
                              guint32             *latest)
{
  guint n = count_all (self, frames, number);
  const Entry *last;

  if (n == 0)
    return 0;
  last = &g_array_index (self->entries, Entry, n - 1);
  if (latest != NULL)
    *latest = last->frame;

  return n - last->first;
}

gboolean
fermata_app_frame_list_find (FermataAppFrameList *self,
                             FermataAppFrames    *frames,
                             guint64              number,
                             guint32              iteration,
                             guint32             *frame)
{
  guint end = count_all (self, frames, number);
  guint low = end == 0 ? 0 : g_array_index (self->entries, Entry, end - 1).first;
  guint high = end;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (record_of (self, frames, middle)->iteration < iteration)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == end || record_of (self, frames, low)->iteration != iteration)
    return FALSE;
  *frame = g_array_index (self->entries, Entry, low).frame;

  return TRUE;
}

gboolean
fermata_app_frame_list_find_failed (FermataAppFrameList *self,
                                    FermataAppFrames    *frames,
                                    guint64              number,
                                    guint32             *iteration)
{
  guint end = count_all (self, frames, number);
  guint first = end == 0 ? 0 : g_array_index (self->entries, Entry, end - 1).first;
  guint best = G_MAXUINT;

  for (guint i = 0; i < (self->failed == NULL ? 0 : self->failed->len); i++)
    {
      guint index = g_array_index (self->failed, guint, i);

      if (index < first || index >= end)
        continue;
      if (record_of (self, frames, index)->left == 0 || record_of (self, frames, index)->left > number)
        continue;
      best = MIN (best, index);
      if (iteration == NULL)
        return TRUE;
    }
  if (best == G_MAXUINT)
    return FALSE;
  *iteration = record_of (self, frames, best)->iteration;

  return TRUE;
}
