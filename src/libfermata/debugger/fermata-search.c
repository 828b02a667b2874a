/* fermata-search.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "debugger/fermata-search-private.h"

#define BLOCK 512u
#define EVENTS_PER_LOOK 64u

/* A hold that nobody has reacted to in so many events is not looked for. */
#define HOLD_LOOK 1024u

static guint64
get_base (FermataSearch *self)
{
  return fermata_history_get_first (self->history) - 1;
}

FermataSearch *
fermata_search_new (FermataHistory *history,
                    FermataPoints  *points,
                    FermataMoment  *from,
                    FermataStep    *step,
                    gboolean        is_backwards)
{
  FermataSearch *self = g_new0 (FermataSearch, 1);

  self->history = g_object_ref (history);
  self->points = points;
  self->is_backwards = is_backwards;
  self->from = from->number;
  self->step = *step;
  *step = (FermataStep) { FERMATA_STEP_NONE, };
  if (is_backwards)
    self->block = self->block_end = from->number;
  else
    self->moment = fermata_moment_copy (from);

  return self;
}

void
fermata_search_free (FermataSearch *self)
{
  g_object_unref (self->history);
  fermata_step_clear (&self->step);
  g_clear_pointer (&self->moment, fermata_moment_unref);
  g_clear_object (&self->breakpoint);
  g_free (self->problem);
  g_free (self);
}

/* Where one stood before a decision that comes after the present moment: where the
 * run was held for it, if it was. */
static guint64
position_before (FermataSearch      *self,
                 const FermataEvent *decision)
{
  return self->hold_number != 0 && fermata_step_is_same (&self->hold, decision)
         ? self->hold_number : self->moment->number;
}

/* Where one stood after the present moment: where the run was held without
 * anything to be decided, if it was. */
static guint64
position_after (FermataSearch *self)
{
  guint64 number = self->moment->number;
  guint64 end = MIN (fermata_history_get_n_events (self->history), number + HOLD_LOOK);

  for (guint64 i = number + 1; i <= end; i++)
    {
      const FermataEvent *event = fermata_history_get_event (self->history, i);

      if (event == NULL || fermata_step_is_decision (event))
        break;
      if (event->kind == FERMATA_EVENT_HELD)
        return event->payload == NULL ? i : number;
    }

  return number;
}

static gboolean
is_on_the_way (FermataSearch *self,
               guint64        number)
{
  return self->is_backwards ? number < self->from : number > self->from;
}

static void
note_found (FermataSearch     *self,
            guint64            number,
            guint32            frame,
            FermataBreakpoint *breakpoint,
            char              *problem)
{
  self->has_found = TRUE;
  self->number = number;
  self->frame = frame;
  g_set_object (&self->breakpoint, breakpoint);
  g_free (self->problem);
  self->problem = problem;
}

static void
look_before (FermataSearch      *self,
             const FermataEvent *decision)
{
  guint64 number = position_before (self, decision);
  gboolean is_skipped = fermata_step_is_same (&self->skipped, decision);
  FermataBreakpoint *breakpoint;
  char *problem = NULL;

  self->skipped.is_set = FALSE;
  if (is_skipped || !is_on_the_way (self, number))
    return;

  breakpoint = fermata_points_ask (self->points, self->moment, decision, NULL, &problem);
  if (breakpoint != NULL
      || (self->step.unit == FERMATA_STEP_TO && fermata_point_place_fits (&self->target, decision))
      || fermata_step_stops_before (&self->step, self->moment, decision))
    note_found (self, number, decision->frame, breakpoint, problem);
}

static void
look_after (FermataSearch      *self,
            const FermataEvent *event)
{
  guint64 number;

  if (!fermata_step_stops_after (&self->step, self->moment, event))
    return;

  number = position_after (self);
  if (is_on_the_way (self, number))
    note_found (self, number, event->frame, NULL, NULL);
}

static void
note_hold (FermataSearch      *self,
           const FermataEvent *event)
{
  if (event->kind == FERMATA_EVENT_HELD)
    {
      self->hold_number = self->moment->number;
      self->hold = self->moment->hold;
    }
  else if (fermata_step_is_decision (event))
    {
      self->hold_number = 0;
    }
}

/* Looks at the next event; FALSE if there is none. */
static gboolean
look_at_next (FermataSearch *self,
              guint64        end)
{
  const FermataEvent *event;

  if (self->moment->number >= end)
    return FALSE;

  event = fermata_history_get_event (self->history, self->moment->number + 1);
  if (event == NULL)
    return FALSE;
  if (fermata_step_is_decision (event))
    look_before (self, event);
  if (self->has_found && !self->is_backwards)
    return TRUE;

  fermata_moment_apply (self->moment, event);
  note_hold (self, event);
  look_after (self, event);

  return TRUE;
}

/* The block before, and what held the run when it began. */
static gboolean
begin_block (FermataSearch *self)
{
  guint64 base = get_base (self);
  guint64 first;

  g_clear_pointer (&self->moment, fermata_moment_unref);
  if (self->block <= base)
    return FALSE;

  self->block_end = self->block;
  self->block = MAX (base, (self->block_end - 1) / BLOCK * BLOCK);
  self->moment = fermata_history_dup_moment (self->history, self->block);
  self->hold_number = 0;
  first = MAX (base, self->block - MIN (self->block, HOLD_LOOK));
  for (guint64 i = self->block; i > first; i--)
    {
      const FermataEvent *event = fermata_history_get_event (self->history, i);
      g_autoptr (FermataMoment) held = NULL;

      if (event == NULL || fermata_step_is_decision (event))
        break;
      if (event->kind != FERMATA_EVENT_HELD)
        continue;

      held = fermata_history_dup_moment (self->history, i);
      self->hold_number = i;
      self->hold = held->hold;
      break;
    }

  return TRUE;
}

/* Some events forwards. */
static FermataSearchResult
look_forwards (FermataSearch *self)
{
  for (guint i = 0; i < EVENTS_PER_LOOK; i++)
    {
      if (!look_at_next (self, fermata_history_get_n_events (self->history)))
        return FERMATA_SEARCH_FOUND_NOTHING;
      if (self->has_found)
        return FERMATA_SEARCH_FOUND;
    }

  return FERMATA_SEARCH_GOES_ON;
}

/* Some events of a block; at its end what was found last counts. */
static FermataSearchResult
look_backwards (FermataSearch *self)
{
  if (self->moment == NULL && !begin_block (self))
    return FERMATA_SEARCH_FOUND_NOTHING;

  for (guint i = 0; i < EVENTS_PER_LOOK; i++)
    {
      if (look_at_next (self, self->block_end))
        continue;
      if (self->has_found)
        return FERMATA_SEARCH_FOUND;
      g_clear_pointer (&self->moment, fermata_moment_unref);
      break;
    }

  return FERMATA_SEARCH_GOES_ON;
}

FermataSearchResult
fermata_search_run (FermataSearch *self,
                    gint64         end)
{
  FermataSearchResult result;

  do
    result = self->is_backwards ? look_backwards (self) : look_forwards (self);
  while (result == FERMATA_SEARCH_GOES_ON && g_get_monotonic_time () < end);

  return result;
}
