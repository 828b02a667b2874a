/* fermata-debugger-past.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Where a debugger stands in the history of its run, and how it gets about there. */

#include "debugger/fermata-debugger-private.h"

#include "debugger/fermata-stop-private.h"

/* How far a decision is looked for that may be near. */
#define LOOK 1024u

/* How long a search goes on before others get their turn: microseconds. */
#define SLICE (4 * 1000)

/* What comes next */

/* The live moment says itself what it holds before; what it would decide else is
 * found out by deciding. */
static gboolean
find_next_live (FermataMoment *moment,
                FermataEvent  *decision)
{
  if (!moment->held || !moment->hold.is_set)
    return fermata_step_foresee (moment, decision);

  *decision = (FermataEvent) {
    .kind = moment->hold.kind,
    .frame = moment->hold.frame,
    .place = moment->hold.place,
  };

  return TRUE;
}

gboolean
fermata_debugger_find_next (FermataDebugger *self,
                            FermataMoment   *moment,
                            FermataEvent    *decision)
{
  FermataHistory *history = fermata_run_get_history (self->run);
  guint64 n_events = fermata_history_get_n_events (history);
  guint64 end = MIN (n_events, moment->number + LOOK);

  *decision = (FermataEvent) { .place = FERMATA_PLACE_RUN };
  for (guint64 i = moment->number + 1; i <= end; i++)
    {
      const FermataEvent *event = fermata_history_get_event (history, i);

      if (event == NULL || !fermata_step_is_decision (event))
        continue;
      *decision = *event;
      return TRUE;
    }

  if (end < n_events || moment->state != FERMATA_RUN_STATE_RUNNING)
    return FALSE;

  return find_next_live (fermata_run_get_moment (self->run), decision);
}

guint32
fermata_debugger_find_frame (FermataDebugger    *self,
                             FermataMoment      *moment,
                             const FermataEvent *next)
{
  FermataHistory *history = fermata_run_get_history (self->run);
  guint64 first = MAX (fermata_history_get_first (history), moment->number - MIN (moment->number, LOOK));

  if (next != NULL && fermata_moment_get_frame (moment, next->frame) != NULL)
    return next->frame;

  for (guint64 i = moment->number; i >= MAX (first, 1); i--)
    {
      const FermataEvent *event = fermata_history_get_event (history, i);

      if (event != NULL && fermata_step_is_decision (event))
        return fermata_moment_get_frame (moment, event->frame) != NULL ? event->frame : 0;
    }

  return 0;
}

/* While the run goes on, what is looked at is no place to speak of; but a step that
 * is told once more is the same one. */
guint32
fermata_debugger_get_frame (FermataDebugger *self)
{
  if (self->past != NULL)
    return self->past_frame;
  if (self->live_stop != NULL)
    return self->live_frame;

  return self->step.frames != NULL ? g_array_index (self->step.frames, guint32, 0) : 0;
}

/* Standing somewhere */

static FermataStopReason
reason_of (FermataSearch *found)
{
  if (found == NULL)
    return FERMATA_STOP_REASON_VISIT;
  if (found->problem != NULL)
    return FERMATA_STOP_REASON_ERROR;

  return found->breakpoint != NULL ? FERMATA_STOP_REASON_BREAKPOINT : FERMATA_STOP_REASON_STEP;
}

void
fermata_debugger_visit (FermataDebugger *self,
                        FermataMoment   *moment,
                        FermataSearch   *found)
{
  FermataEvent next;
  gboolean has_next = fermata_debugger_find_next (self, moment, &next);

  g_clear_pointer (&self->past, fermata_moment_unref);
  g_clear_object (&self->past_stop);
  self->past = moment;
  self->past_frame = found != NULL && fermata_moment_get_frame (moment, found->frame) != NULL
                     ? found->frame
                     : fermata_debugger_find_frame (self, moment, has_next ? &next : NULL);
  if (found != NULL && has_next && next.frame != self->past_frame)
    has_next = FALSE;
  self->past_stop = fermata_stop_new (reason_of (found), found == NULL ? NULL : found->breakpoint,
                                      moment->number, has_next ? &next : NULL,
                                      fermata_run_get_plan (self->run),
                                      found == NULL ? NULL : found->problem);
}

/* Searching */

void
fermata_debugger_end_search (FermataDebugger *self)
{
  if (self->search_source != NULL)
    g_source_destroy (self->search_source);
  g_clear_pointer (&self->search_source, g_source_unref);
  g_clear_pointer (&self->search, fermata_search_free);
}

/* Looks at the live moment. A step that has not found its end in the history goes
 * on in the run; one that ends here has the run held, as any step has. */
static FermataStop *
arrive_live (FermataDebugger     *self,
             FermataSearch       *search,
             FermataSearchResult  result)
{
  gboolean is_step = search->step.unit != FERMATA_STEP_NONE && !search->is_backwards;

  g_clear_pointer (&self->past, fermata_moment_unref);
  g_clear_object (&self->past_stop);
  if (!is_step || fermata_debugger_is_held (self))
    return self->live_stop;

  if (result == FERMATA_SEARCH_FOUND)
    {
      fermata_debugger_hold_for_step (self, search->frame);
    }
  else
    {
      self->target = search->target;
      fermata_debugger_begin_step (self, &search->step, FALSE);
    }

  return self->live_stop;
}

static FermataStop *
arrive (FermataDebugger     *self,
        FermataSearch       *search,
        FermataSearchResult  result)
{
  guint64 n_events = fermata_debugger_get_n_events (self);
  guint64 first = fermata_debugger_get_first_number (self);
  guint64 number = search->is_backwards ? first : n_events;

  if (result == FERMATA_SEARCH_FOUND)
    number = MAX (search->number, first);
  if (number >= n_events)
    return arrive_live (self, search, result);

  fermata_debugger_visit (self, fermata_history_dup_moment (fermata_run_get_history (self->run), number),
                          result == FERMATA_SEARCH_FOUND ? search : NULL);

  return self->past_stop;
}

/* Some of it; whether that was all. */
static gboolean
search_on (FermataDebugger *self)
{
  FermataSearchResult result = fermata_search_run (self->search, g_get_monotonic_time () + SLICE);
  g_autoptr (FermataStop) stop = NULL;
  FermataSearch *search;

  fermata_points_settle (&self->points);
  if (result == FERMATA_SEARCH_GOES_ON)
    return FALSE;

  search = g_steal_pointer (&self->search);
  fermata_debugger_end_search (self);
  stop = arrive (self, search, result);
  if (stop != NULL)
    g_object_ref (stop);
  fermata_search_free (search);
  fermata_debugger_tell (self, stop, TRUE);

  return TRUE;
}

static gboolean
search_more (gpointer user_data)
{
  g_autoptr (FermataDebugger) self = g_object_ref (user_data);

  search_on (self);

  return G_SOURCE_CONTINUE;
}

static void
search_later (FermataDebugger *self)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  self->search_source = g_idle_source_new ();
  g_source_set_static_name (self->search_source, "[fermata] search");
  g_source_set_callback (self->search_source, search_more, self, NULL);
  g_source_attach (self->search_source, context);
}

/* What is near is found at once. */
void
fermata_debugger_search (FermataDebugger *self,
                         FermataStep     *step,
                         gboolean         is_backwards)
{
  g_autoptr (FermataDebugger) kept = g_object_ref (self);
  FermataMoment *moment = fermata_debugger_get_moment (self);
  gboolean is_step = step->unit != FERMATA_STEP_NONE;
  FermataEvent next;

  fermata_debugger_end_search (self);
  self->search = fermata_search_new (fermata_run_get_history (self->run), &self->points, moment, step,
                                     is_backwards);
  self->search->target = self->target;
  if (is_step && !is_backwards && moment->state == FERMATA_RUN_STATE_RUNNING
      && fermata_step_foresee (moment, &next))
    self->search->skipped = (FermataHoldPoint) { next.frame, next.place, next.kind, TRUE };

  if (search_on (self))
    return;

  search_later (self);
  fermata_debugger_tell (self, NULL, FALSE);
}
