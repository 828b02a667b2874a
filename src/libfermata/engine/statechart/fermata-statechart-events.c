/* fermata-statechart-events.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The events of machines: what they are, where they go, and what waits for its
 * time. */

#include "engine/moment/fermata-frame-scope-script-private.h"
#include "engine/statechart/fermata-statechart-private.h"

#include <string.h>

#include "value/fermata-canonical.h"
#include "value/fermata-value-builder.h"

/* With one more member, of name @member, if that is set. */
FermataValue *
fermata_statechart_event_new (const char   *name,
                              FermataValue *data,
                              const char   *type,
                              const char   *member,
                              FermataValue *value)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (builder, "name", name);
  if (data != NULL)
    fermata_value_builder_set (builder, "data", data);
  fermata_value_builder_set_string (builder, "type", type);
  if (member != NULL && value != NULL)
    fermata_value_builder_set (builder, member, value);

  return fermata_value_builder_end (builder);
}

FermataValue *
fermata_statechart_after_event_new (FermataPlan *plan,
                                    guint        edge)
{
  g_autofree char *name = g_strconcat ("after.", fermata_plan_get_edge_name (plan, edge), NULL);

  return fermata_statechart_event_new (name, NULL, "platform", NULL, NULL);
}

/* "internalQueue.enqueue (event)" */
void
fermata_statechart_raise (FermataMoment *moment,
                          FermataFrame  *frame,
                          FermataValue  *event)
{
  fermata_machine_queue_push (&frame->machine->internal, event, moment->number, FERMATA_INDEX_NONE);
}

/* Of what could not be sent, or of anything else */
static const char *
name_of_error (FermataValue *error)
{
  FermataValue *kind = fermata_value_get_kind (error) == FERMATA_VALUE_KIND_OBJECT
                       ? fermata_value_get_member (error, "kind") : NULL;

  if (kind != NULL && fermata_value_get_kind (kind) == FERMATA_VALUE_KIND_STRING
      && g_str_equal (fermata_value_get_string (kind, NULL), "connectivity"))
    return "error.communication";

  return "error.execution";
}

void
fermata_statechart_raise_error (FermataMoment *moment,
                                FermataFrame  *frame,
                                FermataValue  *error)
{
  FermataValue *sendid = fermata_value_get_kind (error) == FERMATA_VALUE_KIND_OBJECT
                         ? fermata_value_get_member (error, "sendid") : NULL;
  g_autoptr (FermataValue) event = NULL;

  event = fermata_statechart_event_new (name_of_error (error), error, "platform", "sendid", sendid);
  fermata_statechart_raise (moment, frame, event);
}

/* A machine that is over takes nothing more. */
void
fermata_statechart_deliver (FermataMoment *moment,
                            guint32        number,
                            FermataValue  *event)
{
  FermataFrame *frame = fermata_moment_get_frame (moment, number);

  if (frame == NULL || frame->machine == NULL || frame->machine->phase >= FERMATA_MACHINE_ENDING)
    return;

  frame = fermata_moment_write_frame (moment, number);
  fermata_machine_queue_push (&frame->machine->external, event, moment->number, FERMATA_INDEX_NONE);
  fermata_moment_note_frame (moment, frame);
}

/* Whether an event from outside is for it: what another machine runs is told what
 * that sends it. */
static gboolean
hears (FermataMoment *moment,
       FermataFrame  *frame)
{
  return frame->machine != NULL && frame->machine->phase < FERMATA_MACHINE_ENDING
         && fermata_moment_find_parent_machine (moment, frame) == NULL;
}

/* What comes from a run that a task has begun bears the task's name, and is ignored
 * once that is cancelled. */
static FermataValue *
dup_from_task (FermataFrame *frame,
               guint32       task,
               FermataValue *event)
{
  for (guint i = 0; i < fermata_machine_get_n (frame->machine->invocations); i++)
    {
      const FermataMachineInvocation *invocation
        = &g_array_index (frame->machine->invocations, FermataMachineInvocation, i);
      g_autoptr (FermataValue) id = NULL;

      if (invocation->frame != task || invocation->is_cancelled)
        continue;

      id = fermata_value_new_string (fermata_machine_get_invoke_id (invocation, frame->plan->chart), -1);

      return fermata_value_with_member (event, "invokeid", id);
    }

  return NULL;
}

/* As the machine speaks that hears it. */
static FermataValue *
dup_member (FermataFrame *frame,
            const char   *name,
            FermataValue *value)
{
  if (!fermata_frame_is_scxml (frame))
    return fermata_value_ref (value);
  if (g_str_equal (name, "data"))
    return fermata_canonical_from_plain (value);
  if (g_str_equal (name, "content") && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    return fermata_chart_dup_content (frame->plan->chart, fermata_value_get_string (value, NULL));

  return fermata_value_ref (value);
}

/* Without what says for whom it is; what is content yet is its data. */
static FermataValue *
dup_own_event (FermataFrame *frame,
               FermataValue *event)
{
  static const char *const left_out[] = { "to", "from", "content-type", NULL };
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  for (gsize i = 0; i < fermata_value_get_length (event); i++)
    {
      const char *name = fermata_value_get_member_name (event, i);
      gboolean is_content = g_str_equal (name, "content");
      g_autoptr (FermataValue) value = NULL;

      if (g_strv_contains (left_out, name))
        continue;
      value = dup_member (frame, name, fermata_value_get_element (event, i));
      fermata_value_builder_set (builder, is_content ? "data" : name, value);
    }

  return fermata_value_builder_end (builder);
}

/* An event that is for one machine alone */
static void
deliver_to (FermataMoment *moment,
            guint32        number,
            FermataValue  *event)
{
  FermataFrame *frame = fermata_moment_get_frame (moment, number);
  FermataValue *from = fermata_value_get_member (event, "from");
  g_autoptr (FermataValue) own = NULL;
  g_autoptr (FermataValue) with_id = NULL;

  if (frame == NULL || frame->machine == NULL)
    return;

  own = dup_own_event (frame, event);
  if (from != NULL)
    {
      with_id = dup_from_task (frame, fermata_value_get_integer (from), own);
      if (with_id == NULL)
        return;
    }
  fermata_statechart_deliver (moment, number, with_id != NULL ? with_id : own);
}

static void
deliver_received (FermataMoment *moment,
                  FermataFrame  *frame,
                  FermataValue  *event)
{
  FermataValue *data = fermata_value_get_member (event, "data");
  g_autoptr (FermataValue) own = data == NULL ? NULL : dup_member (frame, "data", data);
  g_autoptr (FermataValue) translated = own == data ? NULL : fermata_value_with_member (event, "data", own);

  fermata_statechart_deliver (moment, frame->number, translated != NULL ? translated : event);
}

gboolean
fermata_statechart_apply_received (FermataMoment *moment,
                                   FermataValue  *event)
{
  FermataValue *to = fermata_value_get_member (event, "to");
  gboolean heard = FALSE;
  guint32 number = 0;
  gpointer frame;

  if (to != NULL)
    {
      deliver_to (moment, fermata_value_get_integer (to), event);
      return TRUE;
    }

  if (moment->root->machine != NULL)
    {
      deliver_received (moment, moment->root, event);
      return TRUE;
    }

  while (fermata_trie_next (&moment->frames, number, FERMATA_TRIE_ANY, &number, &frame))
    {
      if (hears (moment, frame))
        {
          deliver_received (moment, frame, event);
          heard = TRUE;
        }
      number++;
    }

  return heard;
}

static void
add_kept (FermataValue *event,
          guint64       number,
          gpointer      user_data)
{
  FermataMachine *machine = user_data;

  fermata_machine_queue_push (&machine->external, event, number, FERMATA_INDEX_NONE);
}

/* What nobody has taken yet is for the machine that begins. */
void
fermata_statechart_take_kept (FermataMoment *moment,
                              FermataFrame  *frame)
{
  if (moment->events.n_events > 0 && hears (moment, frame))
    fermata_dag_take_kept (moment, add_kept, frame->machine);
}

/* The first of the innermost states that are active */
static const char *
get_waiting_state (FermataFrame *frame)
{
  const FermataIndexList *active = frame->machine->configuration;

  for (guint i = 0; i < fermata_index_list_get_n (active); i++)
    {
      if (fermata_statechart_is_atomic (frame->plan->chart, active->indices[i]))
        return frame->plan->nodes[active->indices[i]].id;
    }

  return "";
}

/* A machine that a node runs waits, and nothing can come to it any more. */
gboolean
fermata_statechart_decide_unheard (FermataMoment *moment,
                                   FermataFrame  *frame,
                                   FermataEvent  *event)
{
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValue) error = NULL;
  g_autofree char *message = NULL;

  if (!hears (moment, frame))
    return FALSE;

  message = g_strdup_printf ("It waits for an event in “%s”, and none can come any more",
                             get_waiting_state (frame));
  error = fermata_error_value_new (FERMATA_ERROR_KIND_DEADLOCK, message, NULL, NULL);
  builder = fermata_value_builder_new_object ();
  fermata_value_builder_set (builder, "error", error);

  return fermata_statechart_decision (frame, event, FERMATA_EVENT_MACHINE_FAILED, FERMATA_PLACE_RUN,
                                      fermata_value_builder_end (builder));
}

/* Timers */

static FermataMachineTimer *
timer_at (GArray *timers,
          guint   index)
{
  return &g_array_index (timers, FermataMachineTimer, index);
}

static void
add_timer (FermataMachine      *machine,
           FermataMachineTimer  timer)
{
  guint position;

  if (machine->timers == NULL)
    machine->timers = g_array_new (FALSE, FALSE, sizeof (FermataMachineTimer));

  /* Behind those of the same time; the latest is mostly the last. */
  position = machine->timers->len;
  if (position > 0 && timer_at (machine->timers, position - 1)->due > timer.due)
    {
      guint low = 0;

      while (low < position)
        {
          guint middle = low + (position - low) / 2;

          if (timer_at (machine->timers, middle)->due <= timer.due)
            low = middle + 1;
          else
            position = middle;
        }
    }
  g_array_insert_val (machine->timers, position, timer);
}

static gint64
due_after (const FermataMoment *moment,
           gint64               delay)
{
  return moment->time + MIN (delay, G_MAXINT64 - moment->time);
}

void
fermata_statechart_add_after (FermataMoment *moment,
                              FermataFrame  *frame,
                              guint          edge,
                              gint64         delay)
{
  FermataMachineTimer timer = {
    .due = due_after (moment, delay),
    .number = moment->number,
    .edge = edge,
  };

  add_timer (frame->machine, timer);
}

static void
remove_timer (GArray *timers,
              guint   index)
{
  FermataMachineTimer *timer = timer_at (timers, index);

  g_clear_pointer (&timer->event, fermata_value_unref);
  g_clear_pointer (&timer->id, fermata_value_unref);
  g_clear_pointer (&timer->to, fermata_value_unref);
  g_clear_pointer (&timer->type, fermata_value_unref);
  g_array_remove_index (timers, index);
}

static gboolean
is_stale (const FermataMachine      *machine,
          const FermataMachineEvent *event)
{
  for (guint i = 0; i < fermata_machine_get_n (machine->fired); i++)
    {
      const FermataMachineFired *fired = &g_array_index (machine->fired, FermataMachineFired, i);

      if (fired->number == event->number && fired->edge == event->edge)
        return FALSE;
    }

  return event->edge != FERMATA_INDEX_NONE;
}

/* Edges whose state has been left since their time came wait for nothing: so that
 * the first event is one that counts. */
void
fermata_statechart_drop_stale (FermataMachine *machine)
{
  const FermataMachineEvent *next;

  while ((next = fermata_machine_queue_peek (&machine->external)) != NULL && is_stale (machine, next))
    {
      FermataMachineEvent stale = fermata_machine_queue_pop (&machine->external);

      g_clear_pointer (&stale.event, fermata_value_unref);
    }
}

void
fermata_statechart_forget_fired (FermataMachine *machine,
                                 guint64         number,
                                 guint           edge)
{
  for (guint i = 0; i < fermata_machine_get_n (machine->fired); i++)
    {
      const FermataMachineFired *fired = &g_array_index (machine->fired, FermataMachineFired, i);

      if (fired->number == number && fired->edge == edge)
        {
          g_array_remove_index (machine->fired, i);
          return;
        }
    }
}

/* A state is left: its edges wait no more. */
void
fermata_statechart_forget_after (FermataFrame *frame,
                                 guint         state)
{
  FermataMachine *machine = frame->machine;
  const FermataPlan *plan = frame->plan;

  if (plan->chart->states[state].timers.n == 0)
    return;

  for (guint i = fermata_machine_get_n (machine->timers); i > 0; i--)
    {
      guint edge = timer_at (machine->timers, i - 1)->edge;

      if (edge != FERMATA_INDEX_NONE && plan->edges[edge].source == state)
        remove_timer (machine->timers, i - 1);
    }
  for (guint i = fermata_machine_get_n (machine->fired); i > 0; i--)
    {
      guint edge = g_array_index (machine->fired, FermataMachineFired, i - 1).edge;

      if (plan->edges[edge].source == state)
        g_array_remove_index (machine->fired, i - 1);
    }
  fermata_statechart_drop_stale (machine);
}

void
fermata_statechart_forget_timers (FermataFrame *frame)
{
  FermataMachine *machine = frame->machine;

  while (fermata_machine_get_n (machine->timers) > 0)
    remove_timer (machine->timers, machine->timers->len - 1);
  if (machine->fired != NULL)
    g_array_set_size (machine->fired, 0);
  fermata_statechart_drop_stale (machine);
}

static void
fire_edge (FermataMachine            *machine,
           const FermataMachineTimer *timer)
{
  FermataMachineFired fired = { timer->number, timer->edge };

  if (machine->fired == NULL)
    machine->fired = g_array_new (FALSE, FALSE, sizeof (FermataMachineFired));
  g_array_append_val (machine->fired, fired);
  fermata_machine_queue_push (&machine->external, NULL, timer->number, timer->edge);
}

/* To whom it is for, if that is still there. */
static void
fire_event (FermataMoment             *moment,
            FermataFrame              *frame,
            const FermataMachineTimer *timer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (FermataValue) event = NULL;

  if (fermata_statechart_dispatch (moment, frame, timer->type, timer->to, timer->id, timer->event,
                                   timer->number, &error))
    return;

  value = fermata_error_value_new (FERMATA_ERROR_KIND_CONNECTIVITY, error->message, NULL, NULL);
  event = fermata_statechart_event_new ("error.communication", value, "platform", "sendid", timer->id);
  fermata_machine_queue_push (&frame->machine->external, event, timer->number, FERMATA_INDEX_NONE);
}

/* What is due goes into the queue, the earliest first. */
void
fermata_statechart_apply_timers (FermataMoment *moment,
                                 FermataFrame  *frame)
{
  FermataMachine *machine = frame->machine;
  guint n = 0;

  while (n < fermata_machine_get_n (machine->timers)
         && timer_at (machine->timers, n)->due <= moment->time)
    {
      FermataMachineTimer *timer = timer_at (machine->timers, n++);

      if (timer->edge != FERMATA_INDEX_NONE)
        fire_edge (machine, timer);
      else
        fire_event (moment, frame, timer);
      g_clear_pointer (&timer->event, fermata_value_unref);
      g_clear_pointer (&timer->id, fermata_value_unref);
      g_clear_pointer (&timer->to, fermata_value_unref);
      g_clear_pointer (&timer->type, fermata_value_unref);
    }
  if (n > 0)
    g_array_remove_range (machine->timers, 0, n);
}

/* It is looked up again whom it is for when its time has come. */
void
fermata_statechart_send_later (FermataMoment *moment,
                               FermataFrame  *frame,
                               FermataValue  *sent,
                               FermataValue  *event,
                               gint64         delay)
{
  FermataValue *id = fermata_value_get_member (sent, "id");
  FermataValue *to = fermata_value_get_member (sent, "to");
  FermataValue *type = fermata_value_get_member (sent, "type");
  FermataMachineTimer timer = {
    .due = due_after (moment, delay),
    .number = moment->number,
    .edge = FERMATA_INDEX_NONE,
  };

  timer.event = fermata_value_ref (event);
  timer.id = id == NULL ? NULL : fermata_value_ref (id);
  timer.to = to == NULL ? NULL : fermata_value_ref (to);
  timer.type = type == NULL ? NULL : fermata_value_ref (type);
  add_timer (frame->machine, timer);
}

void
fermata_statechart_apply_cancelled (FermataFrame *frame,
                                    FermataValue *cancelled)
{
  FermataValue *id = fermata_value_get_member (cancelled, "id");
  GArray *timers = frame->machine->timers;

  for (guint i = fermata_machine_get_n (timers); i > 0; i--)
    {
      FermataValue *other = timer_at (timers, i - 1)->id;

      if (other != NULL && fermata_value_equal (other, id))
        remove_timer (timers, i - 1);
    }
}
