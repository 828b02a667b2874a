/* fermata-run-events.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Events from outside. */

#include "engine/moment/fermata-event-name.h"
#include "engine/run/fermata-run-private.h"
#include "value/fermata-value-builder.h"

/* Every node that begins to wait looks through those that are kept. */
#define MAX_WITHOUT_MACHINE 10000

/* Those that wait their turn while another event is being committed count too:
 * what has been promised is kept. */
static gboolean
is_full (FermataRun *self)
{
  const FermataMachine *machine = self->moment->root->machine;

  if (machine != NULL)
    return machine->external.n_events + self->n_events_posted >= FERMATA_EVENT_QUEUE_MAX;

  return self->moment->events.n_events + self->n_events_posted >= MAX_WITHOUT_MACHINE;
}

static gboolean
takes_events (FermataRun *self)
{
  return self->moment->state == FERMATA_RUN_STATE_RUNNING && !self->events_closed;
}

static void
clear_mold (FermataEventMold *mold)
{
  g_clear_pointer (&mold->plain, fermata_value_unref);
  g_clear_pointer (&mold->with_data, fermata_value_unref);
}

void
fermata_run_clear_molds (FermataRun *self)
{
  for (guint i = 0; i < FERMATA_N_EVENT_MOLDS; i++)
    clear_mold (&self->molds[i]);
}

static guint
hash_name (const char *name)
{
  guint hash = 0;

  for (; *name != '\0'; name++)
    hash = hash * 31 + (guchar) *name;

  return hash;
}

static gboolean
is_called (const FermataEventMold *mold,
           const char             *name)
{
  FermataValue *own = mold->plain == NULL ? NULL : fermata_value_get_element (mold->plain, 0);

  return own != NULL && g_str_equal (fermata_value_get_string (own, NULL), name);
}

static void
make_mold (FermataEventMold *mold,
           const char       *name)
{
  g_autoptr (FermataValue) empty = fermata_value_new_empty_object ();
  g_autoptr (FermataValue) text = fermata_value_new_string (name, -1);
  g_autoptr (FermataValue) null = fermata_value_new_null ();

  clear_mold (mold);
  mold->plain = fermata_value_with_member (empty, "name", text);
  mold->with_data = fermata_value_with_member (mold->plain, "data", null);
}

/* NULL if @name is not valid: what is kept was, so is not looked at again. */
static FermataEventMold *
find_mold (FermataRun *self,
           const char *name)
{
  FermataEventMold *mold = &self->molds[hash_name (name) % FERMATA_N_EVENT_MOLDS];

  if (is_called (mold, name))
    return mold;
  if (!fermata_event_name_is_valid (name))
    return NULL;

  make_mold (mold, name);

  return mold;
}

/**
 * fermata_run_send_event:
 * @self: a run
 * @name: what happened (see fermata_event_name_is_valid())
 * @data: (nullable): what goes with it; %NULL for nothing
 *
 * Tells the run that something happened outside. A machine deals with it in its
 * turn; in a graph of another kind the first node that waits for it takes it.
 * Until then it is kept, in order: by a machine with at most 999,999 others,
 * else with 9,999. To be called from any turn of the run's loop, and from a
 * monitor too.
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
  FermataEventMold *mold;

  g_return_val_if_fail (FERMATA_IS_RUN (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  mold = find_mold (self, name);
  g_return_val_if_fail (mold != NULL, FALSE);

  if (!takes_events (self) || is_full (self))
    return FALSE;

  fermata_run_post_fact (self, FERMATA_EVENT_EVENT_RECEIVED, 0, FERMATA_PLACE_RUN, 0,
                         data == NULL ? fermata_value_ref (mold->plain)
                                      : fermata_value_with_member (mold->with_data, "data", data));

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

static FermataValue *
stop_new (void)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_boolean (builder, "stop", TRUE);

  return fermata_value_builder_end (builder);
}

void
fermata_run_post_stop (FermataRun *self)
{
  fermata_run_post_fact (self, FERMATA_EVENT_EVENTS_CLOSED, 0, FERMATA_PLACE_RUN, 0, stop_new ());
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
  g_return_val_if_fail (FERMATA_IS_RUN (self), FALSE);

  return close_events (self, stop_new ());
}
