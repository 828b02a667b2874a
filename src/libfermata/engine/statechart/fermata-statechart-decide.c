/* fermata-statechart-decide.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a machine does next: appendix D, "mainEventLoop", one element at a time. */

#include "engine/statechart/fermata-statechart-execution-private.h"

gboolean
fermata_statechart_decision (FermataFrame     *frame,
                             FermataEvent     *event,
                             FermataEventKind  kind,
                             guint             place,
                             FermataValue     *payload)
{
  event->kind = kind;
  event->frame = frame->number;
  event->place = place;
  event->attempt = 0;
  event->step = 0;
  event->payload = payload;

  return TRUE;
}

static gboolean
decide_frame (FermataFrame     *frame,
              FermataEvent     *event,
              FermataEventKind  kind,
              FermataValue     *payload)
{
  return fermata_statechart_decision (frame, event, kind, FERMATA_PLACE_RUN, payload);
}

/* More steps than a machine may make: which way it went round is what was taken
 * last, from the last time the latest edge was taken on. */
static char *
describe_cycle (FermataFrame *frame)
{
  const FermataPlan *plan = frame->plan;
  const FermataIndexList *recent = frame->machine->recent;
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = fermata_index_list_get_n (recent);
  guint first = n;

  if (n == 0)
    return NULL;

  do
    first--;
  while (first > 0 && recent->indices[first - 1] != recent->indices[n - 1]);
  for (guint i = first; i < n; i++)
    g_string_append_printf (text, "%s → ", plan->nodes[plan->edges[recent->indices[i]].source].id);
  g_string_append (text, plan->nodes[plan->edges[recent->indices[first]].source].id);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static FermataValue *
error_payload (FermataValue *error)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set (builder, "error", error);

  return fermata_value_builder_end (builder);
}

static gboolean
decide_livelock (FermataFrame *frame,
                 FermataEvent *event)
{
  g_autofree char *cycle = describe_cycle (frame);
  g_autofree char *message = NULL;
  g_autoptr (FermataValue) error = NULL;

  message = g_strdup_printf ("More than %u steps without a new event%s%s", frame->plan->chart->max_steps,
                             cycle == NULL ? "" : ": it goes round ", cycle == NULL ? "" : cycle);
  error = fermata_error_value_new (FERMATA_ERROR_KIND_EXECUTION, message, NULL, NULL);

  return decide_frame (frame, event, FERMATA_EVENT_MACHINE_FAILED, error_payload (error));
}

/* The condition of a transition has no value. */
static gboolean
decide_edge_failed (FermataFrame *frame,
                    guint         edge,
                    GError       *error,
                    FermataEvent *event)
{
  g_autoptr (GError) owned = error;
  g_autofree char *message = NULL;
  FermataValue *value;

  if (fermata_statechart_counts_failures (frame->machine)
      && frame->machine->n_steps >= frame->plan->chart->max_steps)
    return decide_livelock (frame, event);

  message = g_strdup_printf ("Edge %s, when: %s", fermata_plan_get_edge_name (frame->plan, edge),
                             error->message);
  value = fermata_error_value_new (fermata_error_kind_of (error), message,
                                   frame->plan->nodes[frame->plan->edges[edge].source].id, NULL);

  return fermata_statechart_decision (frame, event, FERMATA_EVENT_EDGE_FAILED,
                                      frame->plan->n_nodes + edge, value);
}

/* The first of the transitions that are enabled; it names the others. With hooks,
 * these are asked first. */
static gboolean
decide_microstep (FermataMoment          *moment,
                  FermataFrame           *frame,
                  const FermataIndexList *edges,
                  FermataEvent           *event)
{
  if (frame->machine->n_steps >= frame->plan->chart->max_steps)
    return decide_livelock (frame, event);

  return fermata_statechart_decision (frame, event,
                                      moment->has_hooks ? FERMATA_EVENT_STEP_ASKED
                                                        : FERMATA_EVENT_EDGE_TAKEN,
                                      frame->plan->n_nodes + edges->indices[0],
                                      fermata_statechart_then_new (frame->plan, edges));
}

static gboolean
select_for (FermataMoment *moment,
            FermataFrame  *frame,
            gboolean       eventless,
            gboolean      *decided,
            FermataEvent  *event)
{
  FermataIndexList *edges = NULL;
  GError *error = NULL;
  guint failed;
  gboolean selected;

  selected = eventless
             ? fermata_statechart_select_eventless_transitions (moment, frame, &edges, &failed, &error)
             : fermata_statechart_select_transitions (moment, frame, &edges, &failed, &error);
  *decided = TRUE;
  if (!selected)
    decide_edge_failed (frame, failed, error, event);
  else if (fermata_index_list_get_n (edges) > 0)
    decide_microstep (moment, frame, edges, event);
  else
    *decided = FALSE;
  fermata_index_list_clear (&edges);

  return *decided;
}

/* What is at hand next; its name, for people. */
static gboolean
decide_dequeued (FermataFrame              *frame,
                 const FermataMachineQueue *queue,
                 FermataEvent              *event)
{
  const FermataMachineEvent *next = fermata_machine_queue_peek (queue);
  g_autoptr (FermataValue) after = NULL;

  if (next->edge != FERMATA_INDEX_NONE)
    after = fermata_statechart_after_event_new (frame->plan, next->edge);

  return decide_frame (frame, event, FERMATA_EVENT_EVENT_DEQUEUED,
                       fermata_value_ref (fermata_value_get_member (after != NULL ? after : next->event,
                                                                    "name")));
}

/* "enabledTransitions = selectEventlessTransitions (); if enabledTransitions.isEmpty ():
 * if internalQueue.isEmpty (): macrostepDone = true …" */
static gboolean
decide_selecting (FermataMoment *moment,
                  FermataFrame  *frame,
                  FermataEvent  *event)
{
  FermataMachine *machine = frame->machine;
  gboolean decided;

  if (machine->n_restless > 0 && select_for (moment, frame, TRUE, &decided, event))
    return TRUE;
  if (machine->internal.n_events > 0)
    return decide_dequeued (frame, &machine->internal, event);
  if (fermata_index_list_get_n (machine->to_invoke) > 0)
    return fermata_statechart_invoke (moment, frame, event);

  return decide_frame (frame, event, FERMATA_EVENT_MACROSTEP_ENDED, NULL);
}

/* "enabledTransitions = selectTransitions (event)" */
static gboolean
decide_matching (FermataMoment *moment,
                 FermataFrame  *frame,
                 FermataEvent  *event)
{
  gboolean decided;

  if (select_for (moment, frame, FALSE, &decided, event))
    return TRUE;

  return decide_frame (frame, event, FERMATA_EVENT_EVENT_IGNORED, NULL);
}

/* Exiting */

/* What a final state is done with, in @builder; FALSE with @error set if there is
 * nothing to be had. */
static gboolean
add_done_data (FermataMoment        *moment,
               FermataFrame         *frame,
               guint                 state,
               FermataValueBuilder  *builder,
               GError              **error)
{
  const FermataChartState *record = &frame->plan->chart->states[state];
  g_autoptr (FermataValue) data = NULL;
  g_autoptr (FermataValue) problem = NULL;
  FermataFrameScope scope;

  fermata_statechart_scope_init (&scope, moment, frame);
  if (record->done_data == NULL)
    {
      data = fermata_template_expand (record->data, &scope.parent, error);
      if (data == NULL)
        return FALSE;
    }
  else if (!fermata_statechart_make_payload (record->done_data, &scope, &data, &problem, error))
    {
      return FALSE;
    }

  if (data != NULL)
    fermata_value_builder_set (builder, "data", data);
  if (problem != NULL)
    fermata_value_builder_set (builder, "error", problem);

  return TRUE;
}

static gboolean
has_done_data (const FermataFrame *frame,
               guint               state)
{
  const FermataChartState *record = &frame->plan->chart->states[state];

  return record->data != NULL || record->done_data != NULL;
}

/* "if isFinalState (s) and isSCXMLElement (s.parent): returnDoneEvent (s.donedata)" */
static gboolean
decide_final (FermataMoment *moment,
              FermataFrame  *frame,
              guint          state,
              FermataEvent  *event)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (GError) error = NULL;

  if (!add_done_data (moment, frame, state, builder, &error))
    return fermata_statechart_decide_failed (moment, frame, state, 0, "data", error, event);

  return fermata_statechart_decision (frame, event, FERMATA_EVENT_STATE_EXITED, state,
                                      fermata_value_builder_end (builder));
}

static gboolean
decide_exiting (FermataMoment *moment,
                FermataFrame  *frame,
                FermataEvent  *event)
{
  const FermataMachine *machine = frame->machine;
  const FermataChart *chart = frame->plan->chart;
  guint state = machine->exits->indices[machine->position];

  if (machine->pc != FERMATA_INDEX_NONE)
    return fermata_statechart_execute_content (moment, frame, event);
  if (machine->stage == FERMATA_MACHINE_BEFORE && chart->states[state].exit != FERMATA_INDEX_NONE)
    return fermata_statechart_decision (frame, event, FERMATA_EVENT_STATE_EXITING, state, NULL);
  if (machine->phase == FERMATA_MACHINE_ENDING && machine->final == state && !machine->is_failed
      && has_done_data (frame, state))
    return decide_final (moment, frame, state, event);

  return fermata_statechart_decision (frame, event, FERMATA_EVENT_STATE_EXITED, state, NULL);
}

/* Entering */

/* How long one edge with `after` waits; FALSE if that has no value. */
static gboolean
get_delay (FermataMoment  *moment,
           FermataFrame   *frame,
           guint           edge,
           gint64         *delay,
           GError        **error)
{
  const FermataPlanDuration *after = &frame->plan->chart->edges[edge].after;
  FermataFrameScope scope;

  *delay = after->microseconds;
  if (after->template != NULL)
    {
      fermata_statechart_scope_init (&scope, moment, frame);
      if (!fermata_plan_duration_evaluate (after, &scope.parent, delay, error))
        return FALSE;
    }
  *delay = MIN (*delay, G_MAXINT64 / 2);

  return TRUE;
}

static FermataValue *
after_error_new (FermataFrame *frame,
                 guint         state,
                 guint         edge,
                 const GError *error)
{
  g_autofree char *message = NULL;

  message = g_strdup_printf ("Edge %s, after: %s", fermata_plan_get_edge_name (frame->plan, edge),
                             error->message);

  return fermata_error_value_new (fermata_error_kind_of (error), message, frame->plan->nodes[state].id,
                                  NULL);
}

/* How long the edges with `after` wait, by name. What has no value waits for ever,
 * and is an error. */
static FermataValue *
entered_payload (FermataMoment *moment,
                 FermataFrame  *frame,
                 guint          state)
{
  const FermataChart *chart = frame->plan->chart;
  FermataChartRange timers = chart->states[state].timers;
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValueBuilder) after = NULL;
  g_autoptr (FermataValue) delays = NULL;
  g_autoptr (FermataValue) failure = NULL;

  if (timers.n == 0)
    return NULL;

  builder = fermata_value_builder_new_object ();
  after = fermata_value_builder_new_object ();
  for (guint i = 0; i < timers.n; i++)
    {
      guint edge = chart->indices[timers.first + i];
      g_autoptr (GError) error = NULL;
      gint64 delay;

      if (get_delay (moment, frame, edge, &delay, &error))
        fermata_value_builder_set_integer (after, fermata_plan_get_edge_name (frame->plan, edge), delay);
      else if (failure == NULL)
        failure = after_error_new (frame, state, edge, error);
    }
  delays = fermata_value_builder_end (after);
  fermata_value_builder_set (builder, "after", delays);
  if (failure != NULL)
    fermata_value_builder_set (builder, "error", failure);

  return fermata_value_builder_end (builder);
}

/* "internalQueue.enqueue (new Event ("done.state." + parent.id, s.donedata))" */
static gboolean
decide_done (FermataMoment *moment,
             FermataFrame  *frame,
             guint          state,
             FermataEvent  *event)
{
  const FermataChart *chart = frame->plan->chart;
  FermataMachine *machine = frame->machine;
  guint parent = chart->states[state].parent;
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  if (machine->stage == FERMATA_MACHINE_AT_DONE_PARALLEL)
    parent = chart->states[parent].parent;
  name = g_strconcat ("done.state.", frame->plan->nodes[parent].id, NULL);
  fermata_value_builder_set_string (builder, "event", name);
  if (machine->stage == FERMATA_MACHINE_AT_DONE && has_done_data (frame, state)
      && !add_done_data (moment, frame, state, builder, &error))
    return fermata_statechart_decide_failed (moment, frame, state, 0, "data", error, event);

  return fermata_statechart_decision (frame, event, FERMATA_EVENT_EVENT_RAISED, state,
                                      fermata_value_builder_end (builder));
}

static gboolean
decide_entering (FermataMoment *moment,
                 FermataFrame  *frame,
                 FermataEvent  *event)
{
  const FermataMachine *machine = frame->machine;
  guint state = machine->enters->indices[machine->position];

  if (machine->pc != FERMATA_INDEX_NONE)
    return fermata_statechart_execute_content (moment, frame, event);
  if (machine->stage == FERMATA_MACHINE_BEFORE)
    return fermata_statechart_decision (frame, event, FERMATA_EVENT_STATE_ENTERED, state,
                                        entered_payload (moment, frame, state));

  return decide_done (moment, frame, state, event);
}

/* Those that follow the first of a microstep, or what hooks have admitted */
static gboolean
decide_telling (FermataFrame *frame,
                FermataEvent *event)
{
  const FermataMachine *machine = frame->machine;

  return fermata_statechart_decision (frame, event, FERMATA_EVENT_EDGE_TAKEN,
                                      frame->plan->n_nodes + machine->edges->indices[machine->position],
                                      machine->position > 0
                                      ? NULL : fermata_statechart_then_new (frame->plan, machine->edges));
}

gboolean
fermata_statechart_decide (FermataMoment *moment,
                           FermataFrame  *frame,
                           FermataEvent  *event)
{
  FermataMachine *machine = frame->machine;

  if (machine->script == FERMATA_MACHINE_SCRIPT_RUNS)
    return FALSE;

  switch ((FermataMachinePhase) machine->phase)
    {
    case FERMATA_MACHINE_IDLE:
      return machine->external.n_events > 0
             && decide_dequeued (frame, &machine->external, event);

    case FERMATA_MACHINE_SELECTING:
      return decide_selecting (moment, frame, event);

    case FERMATA_MACHINE_MATCHING:
      return decide_matching (moment, frame, event);

    case FERMATA_MACHINE_TELLING:
      return decide_telling (frame, event);

    case FERMATA_MACHINE_EXITING:
    case FERMATA_MACHINE_ENDING:
      return decide_exiting (moment, frame, event);

    case FERMATA_MACHINE_TAKING:
    case FERMATA_MACHINE_FINALIZING:
      return fermata_statechart_execute_content (moment, frame, event);

    case FERMATA_MACHINE_ENTERING:
      return decide_entering (moment, frame, event);

    case FERMATA_MACHINE_INVOKING:
      return fermata_statechart_invoke (moment, frame, event);

    case FERMATA_MACHINE_BEGINNING:
    case FERMATA_MACHINE_ASKING:
    case FERMATA_MACHINE_ENDED:
    default:
      return FALSE;
    }
}
