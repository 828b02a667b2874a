/* fermata-run-sends.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What machines send to somebody outside their run is handed over as soon as it is
 * sent, in that order; what became of it is a fact. */

#include "engine/run/fermata-execution-private.h"
#include "engine/run/fermata-sessions-private.h"
#include "engine/statechart/fermata-statechart-private.h"
#include "value/fermata-value-builder.h"

/* With an event processor: the run's table has it until the answer comes. Without a
 * run nobody is interested any more. */
typedef struct {
  FermataRun *run;
  guint32 number;
  guint32 frame;
} Sending;

static void
sending_detach (gpointer data)
{
  ((Sending *) data)->run = NULL;
}

GHashTable *
fermata_run_create_sendings (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, sending_detach);
}

/* Answers */

static void
post_delivered (FermataRun *self,
                guint32     number,
                guint32     frame)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_integer (builder, "send", number);
  fermata_run_post_fact (self, FERMATA_EVENT_EVENT_DELIVERED, frame, FERMATA_PLACE_RUN, 0,
                         fermata_value_builder_end (builder));
}

static void
post_failed (FermataRun *self,
             guint32     number,
             guint32     frame,
             const char *message)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) error = NULL;

  error = fermata_error_value_new (FERMATA_ERROR_KIND_CONNECTIVITY, message, NULL, NULL);
  fermata_value_builder_set_integer (builder, "send", number);
  fermata_value_builder_set (builder, "error", error);
  fermata_run_post_fact (self, FERMATA_EVENT_SEND_FAILED, frame, FERMATA_PLACE_RUN, 0,
                         fermata_value_builder_end (builder));
}

static void
answered (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autofree Sending *sending = user_data;
  FermataRun *run = sending->run;
  g_autoptr (GError) error = NULL;
  gboolean delivered;

  delivered = fermata_event_processor_send_finish (FERMATA_EVENT_PROCESSOR (source), result, &error);
  if (run == NULL)
    return;

  g_hash_table_remove (run->sendings, GUINT_TO_POINTER (sending->number));
  if (delivered)
    post_delivered (run, sending->number, sending->frame);
  else
    post_failed (run, sending->number, sending->frame,
                 error == NULL ? "It was not delivered" : error->message);
}

/* Arrivals */

static FermataValue *
dup_with_number (FermataValue *event,
                 const char   *name,
                 guint32       number)
{
  g_autoptr (FermataValue) value = fermata_value_new_integer (number);

  return fermata_value_with_member (event, name, value);
}

/* FALSE if the machine of that frame is not there, or has no room. */
gboolean
fermata_run_take_event (FermataRun   *self,
                        guint32       number,
                        guint32       from,
                        FermataValue *event)
{
  FermataFrame *frame = self->moment->state != FERMATA_RUN_STATE_RUNNING
                        ? NULL : fermata_moment_get_frame (self->moment, number);
  g_autoptr (FermataValue) addressed = NULL;

  if (frame == NULL || frame->machine == NULL || frame->machine->phase >= FERMATA_MACHINE_ENDING
      || frame->machine->external.n_events + self->n_events_posted >= FERMATA_MACHINE_QUEUE_MAX)
    return FALSE;

  addressed = dup_with_number (event, "to", number);
  fermata_run_post_fact (self, FERMATA_EVENT_EVENT_RECEIVED, 0, FERMATA_PLACE_RUN, 0,
                         from == 0 ? g_steal_pointer (&addressed)
                                   : dup_with_number (addressed, "from", from));

  return TRUE;
}

/* Handing over */

/* What invoked it hears of an event as coming from the task that it is. */
static gboolean
tell_parent (FermataRun   *self,
             FermataValue *event)
{
  FermataExecution *invoker = self->invoker;
  FermataFrame *task, *parent;

  if (invoker == NULL || invoker->run == NULL)
    return FALSE;

  task = fermata_moment_get_frame (invoker->run->moment, invoker->frame);
  parent = task == NULL ? NULL : fermata_moment_find_parent_machine (invoker->run->moment, task);

  return parent != NULL && fermata_run_take_event (invoker->run, parent->number, invoker->frame, event);
}

static gboolean
is_parent (FermataRun *self,
           FermataRun *other,
           guint32     frame)
{
  FermataFrame *task, *parent;

  if (self->invoker == NULL || self->invoker->run != other)
    return FALSE;

  task = fermata_moment_get_frame (other->moment, self->invoker->frame);
  parent = task == NULL ? NULL : fermata_moment_find_parent_machine (other->moment, task);

  return parent != NULL && parent->number == frame;
}

static gboolean
tell_session (FermataRun        *self,
              const FermataSend *send)
{
  FermataRun *other;
  guint64 seed;
  guint32 frame;

  if (self->sessions == NULL
      || !fermata_statechart_parse_session (fermata_value_get_string (send->to, NULL), &seed, &frame))
    return FALSE;

  other = fermata_sessions_find (self->sessions, seed);
  if (other == NULL || other == self)
    return FALSE;

  return is_parent (self, other, frame) ? tell_parent (self, send->event)
                                        : fermata_run_take_event (other, frame, 0, send->event);
}

static gboolean
tell_invocation (FermataRun        *self,
                 const FermataSend *send)
{
  FermataFrame *task = fermata_moment_get_frame (self->moment, send->task);
  FermataExecution *execution;
  guint64 key;

  if (task == NULL)
    return FALSE;

  key = fermata_run_key (send->task, task->plan->first_place);
  execution = g_hash_table_lookup (self->executions, &key);

  return execution != NULL && execution->child != NULL
         && fermata_run_take_event (execution->child, 0, 0, send->event);
}

static void
hand_to_processor (FermataRun        *self,
                   guint32            number,
                   const FermataSend *send)
{
  const char *type = fermata_value_get_string (send->type, NULL);
  FermataEventProcessor *processor = self->sessions == NULL
                                     ? NULL : fermata_sessions_find_processor (self->sessions, type);
  g_autofree char *session = NULL;
  Sending *sending;

  if (processor == NULL)
    {
      post_failed (self, number, send->frame, "There is no such event processor");
      return;
    }

  session = fermata_statechart_dup_session_id (self->seed, send->frame);
  sending = g_new0 (Sending, 1);
  sending->run = self;
  sending->number = number;
  sending->frame = send->frame;
  g_hash_table_insert (self->sendings, GUINT_TO_POINTER (number), sending);
  fermata_event_processor_send_async (processor, session,
                                      send->to == NULL ? "" : fermata_value_get_string (send->to, NULL),
                                      send->event, self->sending, answered, sending);
}

static void
hand_over (FermataRun        *self,
           guint32            number,
           const FermataSend *send)
{
  g_autofree char *message = NULL;
  gboolean taken;

  switch (send->kind)
    {
    case FERMATA_SEND_TO_SESSION:
      taken = tell_session (self, send);
      break;

    case FERMATA_SEND_TO_PARENT:
      taken = tell_parent (self, send->event);
      break;

    case FERMATA_SEND_TO_INVOCATION:
      taken = tell_invocation (self, send);
      break;

    case FERMATA_SEND_TO_PROCESSOR:
    default:
      hand_to_processor (self, number, send);
      return;
    }

  if (taken)
    {
      post_delivered (self, number, send->frame);
      return;
    }

  message = g_strdup_printf ("There is nobody to send to: “%s”",
                             send->to == NULL ? "" : fermata_value_get_string (send->to, NULL));
  post_failed (self, number, send->frame, message);
}

/* What has been sent since that was last looked at. */
void
fermata_run_hand_sends (FermataRun *self)
{
  while (self->n_handed != self->moment->sends.n_sent)
    {
      FermataSend *entry = fermata_sends_get (&self->moment->sends, ++self->n_handed);
      g_autoptr (FermataSend) send = entry == NULL ? NULL : fermata_send_ref (entry);

      if (send != NULL)
        hand_over (self, self->n_handed, send);
    }
}

/* Nobody waits any more for what has been sent so far. */
void
fermata_run_drop_sends (FermataRun *self)
{
  g_hash_table_remove_all (self->sendings);
  g_cancellable_cancel (self->sending);
  g_object_unref (self->sending);
  self->sending = g_cancellable_new ();
}
