/* fermata-machine-view-next.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Which states are active, and what may come next. */

#include "engine/moment/fermata-machine-view.h"

#include "engine/moment/fermata-frame-scope-private.h"
#include "engine/moment/fermata-moment-private.h"
#include "value/fermata-value-builder.h"

/* NULL where there is no machine (any more). */
static FermataFrame *
find_machine (FermataMoment *self,
              guint          number)
{
  FermataFrame *frame = fermata_moment_get_frame (self, number);

  return frame == NULL || frame->machine == NULL ? NULL : frame;
}

static gboolean
is_atomic (const FermataFrame *frame,
           guint               state)
{
  guint8 type = frame->plan->chart->states[state].type;

  return type == FERMATA_STATE_ATOMIC || type == FERMATA_STATE_FINAL;
}

/**
 * fermata_moment_list_active_states:
 * @self: a moment
 * @frame: the number of a machine's frame
 * @only_atomic: whether to leave out the states around others
 * @n_states: (out): how many there are
 *
 * Gives the configuration of a machine. In the middle of a step, that is what
 * has not been left, and what has been entered.
 *
 * Returns: (transfer full) (array length=n_states) (nullable): indices of states,
 *   in document order; %NULL if there are none
 */
guint *
fermata_moment_list_active_states (FermataMoment *self,
                                   guint          frame,
                                   gboolean       only_atomic,
                                   guint         *n_states)
{
  FermataFrame *machine_frame;
  const FermataIndexList *active;
  GArray *states;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_states != NULL, NULL);

  *n_states = 0;
  machine_frame = find_machine (self, frame);
  if (machine_frame == NULL)
    return NULL;

  active = machine_frame->machine->configuration;
  states = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < fermata_index_list_get_n (active); i++)
    {
      guint state = active->indices[i];

      if (!only_atomic || is_atomic (machine_frame, state))
        g_array_append_val (states, state);
    }
  *n_states = states->len;

  return (guint *) g_array_free (states, states->len == 0);
}

/**
 * fermata_moment_is_state_active:
 * @self: a moment
 * @frame: the number of a machine's frame
 * @state: the index of a state
 *
 * Tells whether a state is active.
 *
 * Returns: %FALSE too if there is no such machine (any more)
 */
gboolean
fermata_moment_is_state_active (FermataMoment *self,
                                guint          frame,
                                guint          state)
{
  FermataFrame *machine_frame;

  g_return_val_if_fail (self != NULL, FALSE);

  machine_frame = find_machine (self, frame);

  return machine_frame != NULL && fermata_machine_is_active (machine_frame->machine, state);
}

/* How often something was passed, and when last. */
static guint
read_passages (FermataMoment *self,
               guint          frame,
               guint          place,
               gint64        *since)
{
  FermataFrame *machine_frame = find_machine (self, frame);
  const FermataMachinePassages *passages = NULL;

  if (machine_frame != NULL && place < machine_frame->machine->passages.n_records)
    passages = fermata_page_table_peek (&machine_frame->machine->passages, place);
  if (since != NULL)
    *since = passages == NULL ? 0 : passages->since;

  return passages == NULL ? 0 : passages->n;
}

/**
 * fermata_moment_get_state_visits:
 * @self: a moment
 * @frame: the number of a machine's frame
 * @state: the index of a state
 * @since: (out) (optional): when it was entered last, in microseconds on the
 *   run's clock; 0 if it never was
 *
 * Tells how often a state has been entered.
 *
 * Returns: how often; 0 too if there is no such machine (any more)
 */
guint
fermata_moment_get_state_visits (FermataMoment *self,
                                 guint          frame,
                                 guint          state,
                                 gint64        *since)
{
  g_return_val_if_fail (self != NULL, 0);

  return read_passages (self, frame, state, since);
}

/**
 * fermata_moment_get_transition_count:
 * @self: a moment
 * @frame: the number of a machine's frame
 * @edge: the index of an edge
 * @since: (out) (optional): when it was taken last, in microseconds on the run's
 *   clock; 0 if it never was
 *
 * Tells how often a transition has been taken.
 *
 * Returns: how often; 0 too if there is no such machine (any more)
 */
guint
fermata_moment_get_transition_count (FermataMoment *self,
                                     guint          frame,
                                     guint          edge,
                                     gint64        *since)
{
  FermataFrame *machine_frame;

  g_return_val_if_fail (self != NULL, 0);

  machine_frame = find_machine (self, frame);

  return machine_frame == NULL ? 0
         : read_passages (self, frame, machine_frame->plan->n_nodes + edge, since);
}

/**
 * fermata_moment_count_machine_events:
 * @self: a moment
 * @frame: the number of a machine's frame
 * @n_internal: (out) (optional): how many events it has raised itself
 *
 * Counts the events that wait in the queues of a machine.
 *
 * Returns: how many came from outside, or because their time had come
 */
guint
fermata_moment_count_machine_events (FermataMoment *self,
                                     guint          frame,
                                     guint         *n_internal)
{
  FermataFrame *machine_frame;

  g_return_val_if_fail (self != NULL, 0);

  machine_frame = find_machine (self, frame);
  if (n_internal != NULL)
    *n_internal = machine_frame == NULL ? 0 : machine_frame->machine->internal.n_events;

  return machine_frame == NULL ? 0 : machine_frame->machine->external.n_events;
}

/* Timers */

static FermataValue *
make_timer (const FermataFrame        *frame,
            const FermataMachineTimer *timer)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  if (timer->edge != FERMATA_INDEX_NONE)
    fermata_value_builder_set_string (builder, "edge",
                                      fermata_plan_get_edge_name (frame->plan, timer->edge));
  if (timer->event != NULL)
    fermata_value_builder_set (builder, "event", timer->event);
  if (timer->id != NULL)
    fermata_value_builder_set (builder, "id", timer->id);
  if (timer->to != NULL)
    fermata_value_builder_set (builder, "to", timer->to);
  if (timer->type != NULL)
    fermata_value_builder_set (builder, "type", timer->type);
  fermata_value_builder_set_integer (builder, "due", timer->due);

  return fermata_value_builder_end (builder);
}

/**
 * fermata_moment_dup_machine_timers:
 * @self: a moment
 * @frame: the number of a machine's frame
 *
 * Gives what waits for its time in a machine, the earliest first.
 *
 * Returns: (transfer full): an array of objects with `due` (microseconds on the
 *   run's clock), and `edge`, the name of one with `after`, or `event`, what was
 *   sent with a delay, with its `id`, `to` and `type` if it has them
 */
FermataValue *
fermata_moment_dup_machine_timers (FermataMoment *self,
                                   guint          frame)
{
  g_autoptr (FermataValueBuilder) timers = NULL;
  FermataFrame *machine_frame;

  g_return_val_if_fail (self != NULL, NULL);

  timers = fermata_value_builder_new_array ();
  machine_frame = find_machine (self, frame);
  for (guint i = 0; machine_frame != NULL && i < fermata_machine_get_n (machine_frame->machine->timers); i++)
    {
      g_autoptr (FermataValue) timer = NULL;

      timer = make_timer (machine_frame, &g_array_index (machine_frame->machine->timers,
                                                         FermataMachineTimer, i));
      fermata_value_builder_add (timers, timer);
    }

  return fermata_value_builder_end (timers);
}

/* Transitions */

/* By edge with `after`: the timer that it waits for. */
static GHashTable *
index_timers (const FermataMachine *machine)
{
  GHashTable *index = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < fermata_machine_get_n (machine->timers); i++)
    {
      FermataMachineTimer *timer = &g_array_index (machine->timers, FermataMachineTimer, i);

      if (timer->edge != FERMATA_INDEX_NONE)
        g_hash_table_insert (index, GUINT_TO_POINTER (timer->edge), timer);
    }

  return index;
}

static void
add_targets (const FermataFrame  *frame,
             guint                edge,
             FermataValueBuilder *builder)
{
  g_autoptr (FermataValueBuilder) ids = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) to = NULL;
  const FermataChart *chart = frame->plan->chart;
  FermataChartRange targets = chart->edges[edge].targets;

  for (guint i = 0; i < targets.n; i++)
    fermata_value_builder_add_string (ids, frame->plan->nodes[chart->indices[targets.first + i]].id);
  to = fermata_value_builder_end (ids);
  fermata_value_builder_set (builder, "to", to);
}

static void
add_events (const FermataFrame  *frame,
            guint                edge,
            FermataValueBuilder *builder)
{
  g_autoptr (FermataValueBuilder) names = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) events = NULL;
  const FermataChart *chart = frame->plan->chart;
  FermataChartRange descriptors = chart->edges[edge].descriptors;

  if (descriptors.n == 0)
    return;

  for (guint i = 0; i < descriptors.n; i++)
    {
      const char *token = chart->descriptors[descriptors.first + i].token;

      fermata_value_builder_add_string (names, *token == '\0' ? "*" : token);
    }
  events = fermata_value_builder_end (names);
  fermata_value_builder_set (builder, "events", events);
}

/* Without the event there is no telling. */
static gboolean
needs_event (FermataExpression *when)
{
  const FermataNameUse *uses;
  guint n_uses;

  uses = fermata_expression_get_names (when, &n_uses);
  for (guint i = 0; i < n_uses; i++)
    {
      if (uses[i].n_path > 0 && g_str_equal (uses[i].path[0], "event"))
        return TRUE;
    }

  return FALSE;
}

static void
add_condition (FermataMoment       *moment,
               FermataFrame        *frame,
               guint                edge,
               FermataValueBuilder *builder)
{
  FermataExpression *when = frame->plan->edges[edge].when;
  g_autoptr (GError) error = NULL;
  FermataFrameScope scope;
  gboolean holds;

  if (when == NULL)
    return;

  fermata_value_builder_set_string (builder, "when", fermata_expression_get_source (when));
  if (needs_event (when))
    return;

  fermata_frame_scope_init (&scope, moment, frame, FERMATA_INDEX_NONE, FERMATA_INDEX_NONE);
  if (fermata_expression_test (when, &scope.parent, &holds, &error))
    fermata_value_builder_set_boolean (builder, "holds", holds);
  else
    fermata_value_builder_set_string (builder, "error", error->message);
}

static void
add_null (FermataValueBuilder *builder,
          const char          *name)
{
  g_autoptr (FermataValue) nothing = fermata_value_new_null ();

  fermata_value_builder_set (builder, name, nothing);
}

static FermataValue *
make_transition (FermataMoment *moment,
                 FermataFrame  *frame,
                 guint          edge,
                 GHashTable    *timers)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  const FermataPlanEdge *plan_edge = &frame->plan->edges[edge];

  fermata_value_builder_set_string (builder, "edge", fermata_plan_get_edge_name (frame->plan, edge));
  fermata_value_builder_set_string (builder, "from", frame->plan->nodes[plan_edge->source].id);
  add_targets (frame, edge, builder);
  add_events (frame, edge, builder);
  if (frame->plan->chart->edges[edge].has_after)
    {
      FermataMachineTimer *timer = g_hash_table_lookup (timers, GUINT_TO_POINTER (edge));

      if (timer != NULL)
        fermata_value_builder_set_integer (builder, "due", timer->due);
      else
        add_null (builder, "due");
    }
  add_condition (moment, frame, edge, builder);

  return fermata_value_builder_end (builder);
}

/**
 * fermata_moment_dup_machine_transitions:
 * @self: a moment
 * @frame: the number of a machine's frame
 *
 * Gives the transitions that leave active states, and what each of them needs
 * to be taken. Conditions are evaluated now, for the answer alone. Which is taken
 * of several that an event enables is another matter: of a state the first in
 * the document, and states within others come before these.
 *
 * Returns: (transfer full): an array of objects, in document order, with
 *   `edge`, its name; `from`, the id of the state; `to`, an array of ids; then, if
 *   it needs an event, `events`, an array of descriptors (`"*"`: any); if it needs
 *   its time to come, `due`, in microseconds on the run's clock, `null` once that
 *   has come; and if it has a condition, `when`, its text, and `holds`, whether
 *   that is true, or `error`, why it has no value: neither if it is about the
 *   event
 */
FermataValue *
fermata_moment_dup_machine_transitions (FermataMoment *self,
                                        guint          frame)
{
  g_autoptr (FermataValueBuilder) transitions = NULL;
  g_autoptr (GHashTable) timers = NULL;
  FermataFrame *machine_frame;
  const FermataIndexList *active;

  g_return_val_if_fail (self != NULL, NULL);

  transitions = fermata_value_builder_new_array ();
  machine_frame = find_machine (self, frame);
  if (machine_frame == NULL || self->state > FERMATA_RUN_STATE_RUNNING)
    return fermata_value_builder_end (transitions);

  timers = index_timers (machine_frame->machine);
  active = machine_frame->machine->configuration;
  for (guint i = 0; i < fermata_index_list_get_n (active); i++)
    {
      const FermataPlanNode *state = &machine_frame->plan->nodes[active->indices[i]];

      for (guint edge = state[0].first_out; edge < state[1].first_out; edge++)
        {
          g_autoptr (FermataValue) transition = NULL;

          transition = make_transition (self, machine_frame, edge, timers);
          fermata_value_builder_add (transitions, transition);
        }
    }

  return fermata_value_builder_end (transitions);
}
