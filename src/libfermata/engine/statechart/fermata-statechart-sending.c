/* fermata-statechart-sending.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What machines send: to each other, to themselves, and out of the run. */

#include "engine/statechart/fermata-statechart-private.h"

#include "value/fermata-canonical.h"
#include "value/fermata-value-builder.h"

#define SCXML_PROCESSOR "http://www.w3.org/TR/scxml/#SCXMLEventProcessor"

static const char *
get_text (FermataValue *object,
          const char   *name)
{
  FermataValue *member = fermata_value_get_member (object, name);

  return member == NULL ? NULL : fermata_value_get_string (member, NULL);
}

static const char *
text_of (FermataValue *value)
{
  return value == NULL ? NULL : fermata_value_get_string (value, NULL);
}

/* As which task of another machine one is run; NULL if that has forgotten it. */
static const FermataMachineInvocation *
find_invocation (FermataMoment      *moment,
                 const FermataFrame *frame,
                 const FermataFrame *parent)
{
  while (frame->parent != FERMATA_FRAME_NONE && frame->parent != parent->number)
    frame = fermata_moment_get_frame (moment, frame->parent);

  for (guint i = 0; i < fermata_machine_get_n (parent->machine->invocations); i++)
    {
      const FermataMachineInvocation *invocation
        = &g_array_index (parent->machine->invocations, FermataMachineInvocation, i);

      if (invocation->frame == frame->number)
        return invocation;
    }

  return NULL;
}

/* What a machine below another is called there. */
static FermataValue *
dup_invoke_id (FermataMoment      *moment,
               const FermataFrame *frame,
               const FermataFrame *parent)
{
  const FermataMachineInvocation *invocation = find_invocation (moment, frame, parent);

  return invocation == NULL ? NULL
         : fermata_value_new_string (fermata_machine_get_invoke_id (invocation, parent->plan->chart), -1);
}

/* "Once it cancels the invoked session, the Processor MUST ignore any events it
 * receives from that session" (6.4.3) */
static gboolean
is_ignored (FermataMoment      *moment,
            const FermataFrame *frame,
            const FermataFrame *target)
{
  const FermataMachineInvocation *invocation;

  if (target == NULL || target->machine == NULL
      || fermata_moment_find_parent_machine (moment, frame) != target)
    return FALSE;

  invocation = find_invocation (moment, frame, target);

  return invocation == NULL || invocation->is_cancelled;
}

/* Events */

static void
set_member (FermataValueBuilder *builder,
            const char          *name,
            FermataValue        *value)
{
  if (value != NULL)
    fermata_value_builder_set (builder, name, value);
}

static gboolean
is_scxml (const FermataFrame *frame)
{
  return frame->plan->chart->data_model != FERMATA_DATA_MODEL_FERMATA;
}

/* An event with data as @to has it, or whoever is outside (NULL): @from may say it
 * otherwise. */
static FermataValue *
dup_event_for (const FermataFrame *from,
               const FermataFrame *to,
               FermataValue       *event)
{
  gboolean canonical = to != NULL && to->machine != NULL && is_scxml (to);
  FermataValue *data = event == NULL ? NULL : fermata_value_get_member (event, "data");
  g_autoptr (FermataValue) own = NULL;

  if (data == NULL || canonical == is_scxml (from))
    return fermata_value_ref (event);

  own = canonical ? fermata_canonical_from_plain (data) : fermata_canonical_to_plain (data);

  return own == data ? fermata_value_ref (event) : fermata_value_with_member (event, "data", own);
}

/* What an event processor is handed. */
static FermataValue *
processor_event_new (FermataValue *sent)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  set_member (builder, "name", fermata_value_get_member (sent, "event"));
  set_member (builder, "data", fermata_value_get_member (sent, "data"));
  set_member (builder, "sendid", fermata_value_get_member (sent, "id"));
  set_member (builder, "params", fermata_value_get_member (sent, "params"));

  return fermata_value_builder_end (builder);
}

static gboolean
is_to_parent (FermataMoment      *moment,
              const FermataFrame *frame,
              const FermataRoute *route)
{
  FermataFrame *parent = fermata_moment_find_parent_machine (moment, frame);

  return parent != NULL && route->kind == FERMATA_ROUTE_MACHINE && parent->number == route->frame;
}

/* With all that section 5.10.1 says of one: so that it can be answered. */
static FermataValue *
scxml_event_new (FermataMoment      *moment,
                 const FermataFrame *frame,
                 const FermataRoute *route,
                 FermataValue       *invoke_id,
                 FermataValue       *sent)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  gboolean internal = route->kind == FERMATA_ROUTE_INTERNAL;

  set_member (builder, "name", fermata_value_get_member (sent, "event"));
  set_member (builder, "data", fermata_value_get_member (sent, "data"));
  fermata_value_builder_set_string (builder, "type", internal ? "internal" : "external");
  set_member (builder, "sendid", fermata_value_get_member (sent, "id"));
  set_member (builder, "invokeid", invoke_id);
  if (!internal)
    {
      g_autofree char *session = fermata_statechart_dup_session_id (moment->seed, frame->number);
      g_autofree char *origin = g_strconcat ("#_scxml_", session, NULL);

      fermata_value_builder_set_string (builder, "origin", origin);
      fermata_value_builder_set_string (builder, "origintype", SCXML_PROCESSOR);
    }

  return fermata_value_builder_end (builder);
}

static FermataValue *
sent_event_new (FermataMoment      *moment,
                const FermataFrame *frame,
                const FermataRoute *route,
                FermataValue       *sent)
{
  g_autoptr (FermataValue) invoke_id = NULL;
  gboolean to_parent = is_to_parent (moment, frame, route);

  if (route->kind == FERMATA_ROUTE_OUTSIDE && route->outside == FERMATA_SEND_TO_PROCESSOR)
    return processor_event_new (sent);
  if (to_parent)
    invoke_id = dup_invoke_id (moment, frame, fermata_moment_get_frame (moment, route->frame));
  if (is_scxml (frame) || route->kind == FERMATA_ROUTE_OUTSIDE)
    return scxml_event_new (moment, frame, route, invoke_id, sent);

  return fermata_statechart_event_new (get_text (sent, "event"), fermata_value_get_member (sent, "data"),
                                       route->kind == FERMATA_ROUTE_INTERNAL ? "internal" : "external",
                                       to_parent ? "invokeid" : "sendid",
                                       to_parent ? invoke_id : fermata_value_get_member (sent, "id"));
}

/* On their way */

static void
send_outside (FermataMoment      *moment,
              const FermataFrame *frame,
              const FermataRoute *route,
              FermataValue       *type,
              FermataValue       *to,
              FermataValue       *id,
              FermataValue       *event)
{
  g_autoptr (FermataValue) plain = dup_event_for (frame, NULL, event);
  FermataSend send = {
    .kind = route->outside,
    .frame = frame->number,
    .task = route->task,
    .type = type,
    .to = to,
    .id = id,
    .event = plain,
  };

  fermata_sends_add (&moment->sends, &send);
}

static gboolean
has_room (const FermataMoment  *moment,
          const FermataRoute   *route,
          GError              **error)
{
  if (route->kind != FERMATA_ROUTE_OUTSIDE || moment->sends.entries.n_entries < FERMATA_MAX_SENDS)
    return TRUE;

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
               "%u events are under way already", FERMATA_MAX_SENDS);

  return FALSE;
}

void
fermata_statechart_tell (FermataMoment      *moment,
                         const FermataFrame *frame,
                         guint32             target,
                         FermataValue       *event)
{
  g_autoptr (FermataValue) own = dup_event_for (frame, fermata_moment_get_frame (moment, target), event);

  fermata_statechart_deliver (moment, target, own);
}

static void
dispatch (FermataMoment      *moment,
          FermataFrame       *frame,
          const FermataRoute *route,
          FermataValue       *type,
          FermataValue       *to,
          FermataValue       *id,
          FermataValue       *event,
          guint64             number)
{
  if (route->kind == FERMATA_ROUTE_INTERNAL)
    fermata_statechart_raise (moment, frame, event);
  else if (route->kind == FERMATA_ROUTE_OUTSIDE)
    send_outside (moment, frame, route, type, to, id, event);
  else if (route->frame == frame->number)
    fermata_machine_queue_push (&frame->machine->external, event, number, FERMATA_INDEX_NONE);
  else if (!is_ignored (moment, frame, fermata_moment_get_frame (moment, route->frame)))
    fermata_statechart_tell (moment, frame, route->frame, event);
}

gboolean
fermata_statechart_dispatch (FermataMoment  *moment,
                             FermataFrame   *frame,
                             FermataValue   *type,
                             FermataValue   *to,
                             FermataValue   *id,
                             FermataValue   *event,
                             guint64         number,
                             GError        **error)
{
  FermataRoute route;

  if (!fermata_statechart_find_route (moment, frame, text_of (type), text_of (to), &route, error)
      || !has_room (moment, &route, error))
    return FALSE;

  dispatch (moment, frame, &route, type, to, id, event, number);

  return TRUE;
}

void
fermata_statechart_forward_outside (FermataMoment *moment,
                                    FermataFrame  *frame,
                                    guint32        task,
                                    FermataValue  *event)
{
  FermataRoute route = {
    .kind = FERMATA_ROUTE_OUTSIDE,
    .outside = FERMATA_SEND_TO_INVOCATION,
    .task = task,
  };

  if (has_room (moment, &route, NULL))
    send_outside (moment, frame, &route, NULL, NULL, NULL, event);
}

/* "If neither the 'target' nor the 'targetexpr' attribute is specified, the SCXML Processor
 * MUST add the event error.communication to the internal event queue of the sending session"
 * (C.2.2): at once, before what comes from outside. */
static gboolean
has_target (const FermataRoute  *route,
            const char          *target,
            GError             **error)
{
  if (route->kind != FERMATA_ROUTE_OUTSIDE || route->outside != FERMATA_SEND_TO_PROCESSOR
      || (target != NULL && *target != '\0'))
    return TRUE;

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_CONNECTIVITY,
               "to: is missing: what is sent outside needs a target");

  return FALSE;
}

gboolean
fermata_statechart_check_send (FermataMoment  *moment,
                               FermataFrame   *frame,
                               FermataValue   *sent,
                               GError        **error)
{
  FermataRoute route;

  if (!fermata_statechart_find_route (moment, frame, get_text (sent, "type"), get_text (sent, "to"),
                                      &route, error)
      || !has_target (&route, get_text (sent, "to"), error) || !has_room (moment, &route, error))
    return FALSE;

  if (fermata_value_get_member (sent, "event") == NULL
      && (route.kind != FERMATA_ROUTE_OUTSIDE || route.outside != FERMATA_SEND_TO_PROCESSOR))
    {
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION, "event: is missing");
      return FALSE;
    }
  if (route.kind != FERMATA_ROUTE_INTERNAL || fermata_value_get_member (sent, "delay") == NULL)
    return TRUE;

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
               "delay: what goes to the internal queue does not wait");

  return FALSE;
}

/* With a delay, whom it is for is looked up again when its time has come. */
void
fermata_statechart_apply_sent (FermataMoment *moment,
                               FermataFrame  *frame,
                               FermataValue  *sent)
{
  FermataValue *delay = fermata_value_get_member (sent, "delay");
  FermataValue *type = fermata_value_get_member (sent, "type");
  FermataValue *to = fermata_value_get_member (sent, "to");
  g_autoptr (FermataValue) event = NULL;
  FermataRoute route;

  if (!fermata_statechart_find_route (moment, frame, text_of (type), text_of (to), &route, NULL))
    return;

  event = sent_event_new (moment, frame, &route, sent);
  if (delay != NULL && fermata_value_get_integer (delay) > 0)
    fermata_statechart_send_later (moment, frame, sent, event, fermata_value_get_integer (delay));
  else
    dispatch (moment, frame, &route, type, to, fermata_value_get_member (sent, "id"), event,
              moment->number);
}

/* Answers */

/* A machine that rests takes an error of its own at once: nothing else may ever come. */
static void
wake (FermataMachine *machine)
{
  if (machine->phase != FERMATA_MACHINE_IDLE)
    return;

  machine->phase = FERMATA_MACHINE_SELECTING;
  machine->n_steps = 0;
  fermata_index_list_empty (&machine->recent);
  fermata_index_list_empty (&machine->refused);
}

gboolean
fermata_statechart_note_uninvoked (FermataMoment *moment,
                                   FermataFrame  *frame,
                                   FermataValue  *returned)
{
  FermataValue *error = fermata_value_get_member (returned, "error");

  if (error == NULL || !is_scxml (frame))
    return FALSE;

  fermata_statechart_raise_error (moment, frame, error);
  wake (frame->machine);

  return TRUE;
}

/* What could not be delivered is an error of the machine. */
static void
raise_failure (FermataMoment     *moment,
               const FermataSend *send,
               FermataValue      *error)
{
  FermataFrame *frame = fermata_moment_get_frame (moment, send->frame);
  g_autoptr (FermataValue) event = NULL;

  if (frame == NULL || frame->machine == NULL || frame->machine->phase >= FERMATA_MACHINE_ENDING)
    return;

  frame = fermata_moment_write_frame (moment, send->frame);
  event = fermata_statechart_event_new ("error.communication", error, "platform", "sendid", send->id);
  fermata_statechart_raise (moment, frame, event);
  wake (frame->machine);
  fermata_moment_note_frame (moment, frame);
}

/* It is known what became of something that was sent. */
void
fermata_statechart_apply_answered (FermataMoment      *moment,
                                   const FermataEvent *event)
{
  guint32 number = fermata_value_get_integer (fermata_value_get_member (event->payload, "send"));
  FermataSend *entry = fermata_sends_get (&moment->sends, number);
  g_autoptr (FermataSend) send = NULL;

  if (entry == NULL)
    return;

  send = fermata_send_ref (entry);
  fermata_sends_remove (&moment->sends, number);
  if (event->kind == FERMATA_EVENT_SEND_FAILED)
    raise_failure (moment, send, fermata_value_get_member (event->payload, "error"));
}
