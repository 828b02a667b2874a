/* fermata-history.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/history/fermata-history-private.h"

/*
 * Events stand in segments of 4,096, so that adding one never moves another.
 * @next is where the next one goes, @end the end of the last segment.
 *
 * Snapshots are moments kept at multiples of @interval events. At first that
 * is every segment. Where nodes run in an order far from the document's, each
 * snapshot would copy many pages; so when snapshots have come to cost more
 * than the events themselves, every second one goes and the interval doubles.
 *
 * @fine are moments every 64 events of the segment that was looked at last.
 *
 * A history that need not keep all (@n_wanted is not 0) drops its beginning up
 * to a snapshot, its base, and only what everybody has been told: whoever follows
 * a run misses nothing. The segment that goes is kept for the next that is begun.
 *
 * Invariant: snapshots are sorted by number, each a multiple of @interval, and
 * so is @next_snapshot, which comes after them. If something has been dropped,
 * @n_dropped events, the first snapshot is the moment after them.
 */

#define FINE_INTERVAL 64u
#define SNAPSHOT_ALLOWANCE (16u * 1024 * 1024)

struct _FermataHistory {
  GObject parent_instance;

  FermataPlan *plan;
  GPtrArray *segments;
  FermataEvent *next;
  FermataEvent *end;
  guint64 n_events;
  guint64 n_told;

  guint64 n_wanted;
  guint64 n_dropped;
  FermataEvent *spare;

  GPtrArray *snapshots;
  guint64 interval;
  guint64 next_snapshot;
  guint64 snapshot_bytes;
  guint64 bytes_seen;

  GPtrArray *fine;
  guint64 fine_segment;
};

static void fermata_history_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataHistory, fermata_history, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      fermata_history_list_model_init))

static FermataEvent *
event_at (FermataHistory *self,
          guint64         index)
{
  guint64 kept = index - self->n_dropped;
  FermataEvent *segment = self->segments->pdata[kept / FERMATA_HISTORY_SEGMENT];

  return &segment[index % FERMATA_HISTORY_SEGMENT];
}

static void
fermata_history_finalize (GObject *object)
{
  FermataHistory *self = FERMATA_HISTORY (object);

  for (guint64 i = self->n_dropped; i < self->n_events; i++)
    g_clear_pointer (&event_at (self, i)->payload, fermata_value_unref);
  g_ptr_array_unref (self->segments);
  g_free (self->spare);
  g_ptr_array_unref (self->snapshots);
  g_ptr_array_unref (self->fine);
  fermata_plan_unref (self->plan);

  G_OBJECT_CLASS (fermata_history_parent_class)->finalize (object);
}

static void
fermata_history_class_init (FermataHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_history_finalize;
}

static void
fermata_history_init (FermataHistory *self)
{
  self->segments = g_ptr_array_new_with_free_func (g_free);
  self->snapshots = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_moment_unref);
  self->fine = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_moment_unref);
  self->fine_segment = G_MAXUINT64;
  self->interval = FERMATA_HISTORY_SEGMENT;
  self->next_snapshot = self->interval;
}

/**
 * fermata_history_new:
 * @plan: the plan of the run
 *
 * Makes a history without events.
 *
 * Returns: (transfer full): a history
 */
FermataHistory *
fermata_history_new (FermataPlan *plan)
{
  FermataHistory *self;

  g_return_val_if_fail (plan != NULL, NULL);

  self = g_object_new (FERMATA_TYPE_HISTORY, NULL);
  self->plan = fermata_plan_ref (plan);

  return self;
}

/**
 * fermata_history_get_plan:
 * @self: a history
 *
 * Gives the plan of the run.
 *
 * Returns: (transfer none): the plan
 */
FermataPlan *
fermata_history_get_plan (FermataHistory *self)
{
  g_return_val_if_fail (FERMATA_IS_HISTORY (self), NULL);

  return self->plan;
}

/**
 * fermata_history_get_n_events:
 * @self: a history
 *
 * Counts the events, those that are not kept any more too.
 *
 * Returns: how many, and so the number of the last
 */
guint64
fermata_history_get_n_events (FermataHistory *self)
{
  g_return_val_if_fail (FERMATA_IS_HISTORY (self), 0);

  return self->n_events;
}

/**
 * fermata_history_get_event: (skip)
 * @self: a history
 * @number: the number of an event, from 1
 *
 * Gives an event.
 *
 * Returns: (transfer none) (nullable): the event, which stays where it is as
 *   long as it is kept; %NULL if it is not any more
 */
const FermataEvent *
fermata_history_get_event (FermataHistory *self,
                           guint64         number)
{
  g_return_val_if_fail (FERMATA_IS_HISTORY (self), NULL);
  g_return_val_if_fail (number >= 1 && number <= self->n_events, NULL);

  return number <= self->n_dropped ? NULL : event_at (self, number - 1);
}

static void
begin_segment (FermataHistory *self)
{
  self->next = self->spare != NULL ? g_steal_pointer (&self->spare)
                                   : g_new (FermataEvent, FERMATA_HISTORY_SEGMENT);
  self->end = self->next + FERMATA_HISTORY_SEGMENT;
  g_ptr_array_add (self->segments, self->next);
}

void
fermata_history_push (FermataHistory     *self,
                      const FermataEvent *event)
{
  if (self->next == self->end)
    begin_segment (self);

  *self->next++ = *event;
  self->n_events++;
}

/**
 * fermata_history_append: (skip)
 * @self: a history
 * @event: an event that fits the plan; its payload is transfer full
 *
 * Adds an event.
 */
void
fermata_history_append (FermataHistory     *self,
                        const FermataEvent *event)
{
  g_return_if_fail (FERMATA_IS_HISTORY (self));

  fermata_history_push (self, event);
}

/* Snapshots */

static void
thin_out (FermataHistory *self)
{
  guint kept = 0;

  self->interval *= 2;
  for (guint i = 0; i < self->snapshots->len; i++)
    {
      FermataMoment *moment = self->snapshots->pdata[i];

      if (moment->number % self->interval == 0)
        self->snapshots->pdata[kept++] = moment;
      else
        fermata_moment_unref (moment);
    }

  /* The tail holds what was moved or freed: not to be freed again. */
  g_ptr_array_set_free_func (self->snapshots, NULL);
  g_ptr_array_set_size (self->snapshots, kept);
  g_ptr_array_set_free_func (self->snapshots, (GDestroyNotify) fermata_moment_unref);
  self->snapshot_bytes /= 2;
}

static guint64
bytes_of_events (FermataHistory *self)
{
  return (self->n_events - self->n_dropped) * sizeof (FermataEvent);
}

static void
take_snapshot (FermataHistory *self,
               FermataMoment  *moment)
{
  guint64 copied = fermata_moment_get_n_copied (moment);

  if (self->bytes_seen != 0)
    self->snapshot_bytes += copied - self->bytes_seen;
  self->bytes_seen = copied;
  g_ptr_array_add (self->snapshots, fermata_moment_copy (moment));
  if (self->snapshot_bytes > SNAPSHOT_ALLOWANCE + bytes_of_events (self))
    thin_out (self);
  self->next_snapshot = (moment->number / self->interval + 1) * self->interval;
}

/* A run tells every moment, and so the one of which a snapshot is due. */
void
fermata_history_note_moment (FermataHistory *self,
                             FermataMoment  *moment)
{
  if (moment->number == self->next_snapshot)
    take_snapshot (self, moment);
}

guint
fermata_history_get_n_snapshots (FermataHistory *self)
{
  return self->snapshots->len;
}

/* The latest of @moments that is not after @number. */
static FermataMoment *
latest_before (GPtrArray *moments,
               guint64    number)
{
  guint low = 0;
  guint high = moments->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (((FermataMoment *) moments->pdata[middle])->number <= number)
        low = middle + 1;
      else
        high = middle;
    }

  return low == 0 ? NULL : moments->pdata[low - 1];
}

/* Dropping */

/**
 * fermata_history_set_retention:
 * @self: a history
 * @n_events: how many of the last events are to be kept at least; 0: all
 *
 * Lets the history drop what is older than its last @n_events events, in whole
 * pieces of some thousands. Numbers stay as they are; what has been dropped
 * cannot be read any more (see fermata_history_get_first()). Whoever follows the
 * run has been told of it before.
 */
void
fermata_history_set_retention (FermataHistory *self,
                               guint64         n_events)
{
  g_return_if_fail (FERMATA_IS_HISTORY (self));

  self->n_wanted = n_events;
}

/**
 * fermata_history_get_first:
 * @self: a history
 *
 * Tells how far the history goes back.
 *
 * Returns: the number of the first event that is kept: 1 if all are. The first
 *   moment that is known is the one before it
 */
guint64
fermata_history_get_first (FermataHistory *self)
{
  g_return_val_if_fail (FERMATA_IS_HISTORY (self), 0);

  return self->n_dropped + 1;
}

static void
drop_segments (FermataHistory *self,
               guint           n_segments)
{
  for (guint i = 0; i < n_segments; i++)
    {
      FermataEvent *segment = self->segments->pdata[i];

      for (guint j = 0; j < FERMATA_HISTORY_SEGMENT; j++)
        g_clear_pointer (&segment[j].payload, fermata_value_unref);
    }

  g_free (self->spare);
  self->spare = g_steal_pointer (&self->segments->pdata[0]);
  g_ptr_array_remove_range (self->segments, 0, n_segments);
}

static void
drop_snapshots (FermataHistory *self,
                guint           n_snapshots)
{
  if (n_snapshots == 0)
    return;

  self->snapshot_bytes -= self->snapshot_bytes / self->snapshots->len * n_snapshots;
  g_ptr_array_remove_range (self->snapshots, 0, n_snapshots);
}

/* The last snapshot before what is to be kept is the new base. */
void
fermata_history_drop_old (FermataHistory *self)
{
  guint64 number = MIN (self->n_events - MIN (self->n_events, self->n_wanted), self->n_dropped + self->n_told);
  guint n_snapshots = 0;
  guint64 n_dropped;

  if (self->n_wanted == 0 || number < self->n_dropped + FERMATA_HISTORY_SEGMENT)
    return;

  while (n_snapshots < self->snapshots->len
         && ((FermataMoment *) self->snapshots->pdata[n_snapshots])->number <= number)
    n_snapshots++;
  if (n_snapshots == 0)
    return;

  n_dropped = ((FermataMoment *) self->snapshots->pdata[n_snapshots - 1])->number - self->n_dropped;
  if (n_dropped == 0)
    return;

  drop_snapshots (self, n_snapshots - 1);
  drop_segments (self, n_dropped / FERMATA_HISTORY_SEGMENT);
  g_ptr_array_set_size (self->fine, 0);
  self->fine_segment = G_MAXUINT64;
  self->n_dropped += n_dropped;
  self->n_told -= n_dropped;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_dropped, 0);
}

static FermataMoment *
dup_nearest (FermataHistory *self,
             guint64         number)
{
  FermataMoment *snapshot = latest_before (self->snapshots, number);
  FermataMoment *fine = latest_before (self->fine, number);

  if (fine != NULL && (snapshot == NULL || fine->number > snapshot->number))
    snapshot = fine;

  return snapshot == NULL ? fermata_moment_new (self->plan) : fermata_moment_copy (snapshot);
}

/* Keeps a moment of the stretch that is being looked at. */
static void
note_fine (FermataHistory *self,
           FermataMoment  *moment)
{
  FermataMoment *last = self->fine->len == 0 ? NULL : self->fine->pdata[self->fine->len - 1];

  if (moment->number / FERMATA_HISTORY_SEGMENT == self->fine_segment
      && moment->number % FINE_INTERVAL == 0
      && (last == NULL || last->number < moment->number))
    g_ptr_array_add (self->fine, fermata_moment_copy (moment));
}

/**
 * fermata_history_dup_moment: (skip)
 * @self: a history
 * @number: the number of an event, 0 for before the first
 *
 * Gives the state after an event: folds the events from the nearest snapshot
 * on. Decides nothing.
 *
 * Returns: (transfer full) (nullable): the moment; %NULL if what came after it
 *   is not kept any more (see fermata_history_find_moment())
 */
FermataMoment *
fermata_history_dup_moment (FermataHistory *self,
                            guint64         number)
{
  FermataMoment *moment;

  g_return_val_if_fail (FERMATA_IS_HISTORY (self), NULL);
  g_return_val_if_fail (number <= self->n_events, NULL);

  if (number < self->n_dropped)
    return NULL;

  if (number / FERMATA_HISTORY_SEGMENT != self->fine_segment)
    {
      self->fine_segment = number / FERMATA_HISTORY_SEGMENT;
      g_ptr_array_set_size (self->fine, 0);
    }

  moment = dup_nearest (self, number);
  while (moment->number < number)
    {
      fermata_moment_apply (moment, event_at (self, moment->number));
      note_fine (self, moment);
    }

  return moment;
}

/* Nothing was, or nothing is any more: of @what, @first is the first. */
static gboolean
check_number (FermataHistory  *self,
              const char      *what,
              guint64          number,
              guint64          first,
              GError         **error)
{
  if (number > self->n_events)
    g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_HISTORY,
                 "There is no %s %" G_GUINT64_FORMAT ": the last has the number %" G_GUINT64_FORMAT,
                 what, number, self->n_events);
  else if (number < first)
    g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_DROPPED,
                 "The %s %" G_GUINT64_FORMAT " is not kept any more: the first that is has the number %"
                 G_GUINT64_FORMAT, what, number, first);
  else
    return TRUE;

  return FALSE;
}

/**
 * fermata_history_find_moment: (rename-to fermata_history_dup_moment)
 * @self: a history
 * @number: the number of an event, 0 for before the first
 * @error: return location for a #FermataEngineError
 *
 * Gives the state after an event: folds the events from the nearest snapshot
 * on. Decides nothing.
 *
 * Returns: (transfer full): the moment, or %NULL with @error set if there is
 *   none, or it has been dropped (fermata_history_set_retention())
 */
FermataMoment *
fermata_history_find_moment (FermataHistory  *self,
                             guint64          number,
                             GError         **error)
{
  g_return_val_if_fail (FERMATA_IS_HISTORY (self), NULL);

  if (!check_number (self, "moment", number, self->n_dropped, error))
    return NULL;

  return fermata_history_dup_moment (self, number);
}

/**
 * fermata_history_find_event:
 * @self: a history
 * @number: the number of an event, from 1
 * @error: return location for a #FermataEngineError
 *
 * Gives an event.
 *
 * Returns: (transfer full): the event, or %NULL with @error set if there is
 *   none, or it has been dropped (fermata_history_set_retention())
 */
FermataEventView *
fermata_history_find_event (FermataHistory  *self,
                            guint64          number,
                            GError         **error)
{
  g_return_val_if_fail (FERMATA_IS_HISTORY (self), NULL);

  if (!check_number (self, "event", number, self->n_dropped + 1, error))
    return NULL;

  return fermata_event_view_new (self, number);
}

FermataMoment *
fermata_history_fold_from_start (FermataHistory *self,
                                 guint64         number)
{
  FermataMoment *moment = fermata_moment_new (self->plan);

  while (moment->number < number)
    fermata_moment_apply (moment, event_at (self, moment->number));

  return moment;
}

/* Verifying */

static gboolean
payloads_equal (FermataValue *a,
                FermataValue *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return fermata_value_equal (a, b);
}

static gboolean
decides_again (FermataMoment      *moment,
               const FermataEvent *recorded)
{
  FermataEvent event;
  gboolean same;

  if (!fermata_moment_decide (moment, &event))
    return FALSE;

  same = event.kind == recorded->kind
         && event.frame == recorded->frame
         && event.place == recorded->place
         && event.attempt == recorded->attempt
         && event.step == recorded->step
         && event.time == recorded->time
         && payloads_equal (event.payload, recorded->payload);
  g_clear_pointer (&event.payload, fermata_value_unref);

  return same;
}

/**
 * fermata_history_verify:
 * @self: a history
 * @number: (out) (optional): the first event that differs
 * @error: return location for a #FermataEngineError
 *
 * Runs the graph again in memory with the recorded facts, each after the same
 * number of decisions, and compares every decision with the recorded one. Where
 * the beginning has been dropped, from the first moment on that is known.
 *
 * Returns: whether all of them are the same
 */
gboolean
fermata_history_verify (FermataHistory  *self,
                        guint64         *number,
                        GError         **error)
{
  g_autoptr (FermataMoment) moment = NULL;

  g_return_val_if_fail (FERMATA_IS_HISTORY (self), FALSE);

  moment = fermata_history_dup_moment (self, self->n_dropped);
  for (guint64 i = self->n_dropped; i < self->n_events; i++)
    {
      const FermataEvent *event = event_at (self, i);

      if (fermata_event_kind_get_class (event->kind) == FERMATA_EVENT_CLASS_DECISION
          && !decides_again (moment, event))
        {
          if (number != NULL)
            *number = i + 1;
          g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_HISTORY,
                       "Event %" G_GUINT64_FORMAT ", %s, does not follow from the facts before it",
                       i + 1, fermata_event_kind_to_string (event->kind));
          return FALSE;
        }
      fermata_moment_apply (moment, event);
    }

  return TRUE;
}

/* As a list: of what is kept. @n_told are those of them that it has. */

static GType
fermata_history_get_item_type (GListModel *model)
{
  return FERMATA_TYPE_EVENT_VIEW;
}

static guint
fermata_history_get_n_items (GListModel *model)
{
  return MIN (FERMATA_HISTORY (model)->n_told, G_MAXUINT);
}

static gpointer
fermata_history_get_item (GListModel *model,
                          guint       position)
{
  FermataHistory *self = FERMATA_HISTORY (model);

  if (position >= self->n_told)
    return NULL;

  return fermata_event_view_new (self, self->n_dropped + position + 1);
}

static void
fermata_history_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = fermata_history_get_item_type;
  iface->get_n_items = fermata_history_get_n_items;
  iface->get_item = fermata_history_get_item;
}

void
fermata_history_flush (FermataHistory *self)
{
  guint64 first = self->n_told;

  self->n_told = self->n_events - self->n_dropped;
  if (first < self->n_told)
    g_list_model_items_changed (G_LIST_MODEL (self), first, 0, self->n_told - first);
}
