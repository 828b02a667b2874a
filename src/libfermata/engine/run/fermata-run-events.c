/* fermata-run-events.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Events from outside. */

#include "engine/moment/fermata-event-name.h"
#include "engine/run/fermata-run-private.h"
#include "value/fermata-value-builder.h"

/* Those that wait their turn while another event is being committed count too:
 * what has been promised is kept. */
static guint
count_events (FermataRun *self)
{
  guint n = self->moment->events.n_events;

  for (GList *link = self->facts.head; link != NULL; link = link->next)
    {
      const FermataEvent *fact = link->data;

      if (fact->kind == FERMATA_EVENT_EVENT_RECEIVED)
        n++;
    }

  return n;
}

static gboolean
takes_events (FermataRun *self)
{
  return self->moment->state == FERMATA_RUN_STATE_RUNNING && !self->events_closed;
}

/**
 * fermata_run_send_event:
 * @self: a run
 * @name: what happened (see fermata_event_name_is_valid())
 * @data: (nullable): what goes with it; %NULL for nothing
 *
 * Tells the run that something happened outside. The first node that waits for
 * it takes it; until one does it is kept, in order, with at most 10,000 others.
 * To be called at any time, and from a monitor too.
 *
 * Returns: %FALSE if it is not recorded: the run has not started or has ended,
 *   no more events are to come (fermata_run_close_events()), or there is no room
 *   until some are taken
 */
gboolean
fermata_run_send_event (FermataRun   *self,
                        const char   *name,
                        FermataValue *data)
{
  g_autoptr (FermataValueBuilder) builder = NULL;

  g_return_val_if_fail (FERMATA_IS_RUN (self), FALSE);
  g_return_val_if_fail (name != NULL && fermata_event_name_is_valid (name), FALSE);

  if (!takes_events (self) || count_events (self) >= FERMATA_EVENT_QUEUE_MAX)
    return FALSE;

  builder = fermata_value_builder_new_object ();
  fermata_value_builder_set_string (builder, "name", name);
  if (data != NULL)
    fermata_value_builder_set (builder, "data", data);
  fermata_run_post_fact (self, FERMATA_EVENT_EVENT_RECEIVED, 0, FERMATA_PLACE_RUN, 0,
                         fermata_value_builder_end (builder));

  return TRUE;
}

/* @how is transfer full. */
static gboolean
close_events (FermataRun   *self,
              FermataValue *how)
{
  if (!takes_events (self))
    {
      g_clear_pointer (&how, fermata_value_unref);
      return FALSE;
    }

  self->events_closed = TRUE;
  fermata_run_post_fact (self, FERMATA_EVENT_EVENTS_CLOSED, 0, FERMATA_PLACE_RUN, 0, how);

  return TRUE;
}

/**
 * fermata_run_close_events:
 * @self: a run
 *
 * Tells the run that no more events will be sent. A node that waits for one
 * then fails once nothing else is under way, and nothing that waits has a time
 * limit. A state machine ends once it has no task under way, no timer and
 * nothing left to do; it keeps the states that it is in.
 *
 * Returns: %FALSE if it knew, or is not under way
 */
gboolean
fermata_run_close_events (FermataRun *self)
{
  g_return_val_if_fail (FERMATA_IS_RUN (self), FALSE);

  return close_events (self, NULL);
}

/**
 * fermata_run_stop_when_idle:
 * @self: a run
 *
 * Tells the run that no more events will be sent, and that nobody wants to wait
 * for what is under way. A state machine then ends as soon as it has handled
 * what it was sent: its configuration is its result, its timers come to nothing,
 * and its tasks are cancelled. To any other graph it is the same as
 * fermata_run_close_events().
 *
 * Returns: %FALSE if the run knew that no more are to come, or is not under way
 */
gboolean
fermata_run_stop_when_idle (FermataRun *self)
{
  g_autoptr (FermataValueBuilder) builder = NULL;

  g_return_val_if_fail (FERMATA_IS_RUN (self), FALSE);

  builder = fermata_value_builder_new_object ();
  fermata_value_builder_set_boolean (builder, "stop", TRUE);

  return close_events (self, fermata_value_builder_end (builder));
}
