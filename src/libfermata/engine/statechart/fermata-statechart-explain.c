/* fermata-statechart-explain.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What becomes of the event at hand, and why: each transition that is tried. */

#include "engine/moment/fermata-explanation-private.h"
#include "engine/statechart/fermata-statechart-private.h"
#include "value/fermata-value-builder.h"

/* So many edges for other events are told of; there may be thousands. */
#define MOST_OTHERS 100

typedef enum {
  TRIED_OTHER_EVENT,
  TRIED_FALSE,
  TRIED_FAILED,
  TRIED_ENABLED,
} Outcome;

typedef struct {
  guint32 edge;
  Outcome outcome;
} Tried;

typedef struct {
  FermataMoment *moment;
  FermataFrame *frame;
  const char *name;

  /* What was tried, in order; the states that were looked at; the edges that are
   * enabled, and then those of them that are taken. */
  GArray *tried;
  GHashTable *seen;
  guint n_others;
  FermataIndexList *taken;
} Search;

/* An edge with `after` is for its own event alone. */
static gboolean
is_for_event (Search *self,
              guint   edge)
{
  const FermataMachine *machine = self->frame->machine;

  if (machine->event_edge != FERMATA_INDEX_NONE)
    return edge == machine->event_edge;

  return fermata_statechart_name_match (self->frame->plan, edge, self->name);
}

static Outcome
try_edge (Search *self,
          guint   edge)
{
  gboolean holds;

  if (!is_for_event (self, edge))
    return TRIED_OTHER_EVENT;
  if (!fermata_statechart_condition_match (self->moment, self->frame, edge, &holds, NULL)
      || fermata_index_list_contains (self->frame->machine->refused, edge))
    return TRIED_FAILED;

  return holds ? TRIED_ENABLED : TRIED_FALSE;
}

/* The first edge of a state that is enabled, or none. */
static guint
try_state (Search *self,
           guint   state)
{
  const FermataPlan *plan = self->frame->plan;

  for (guint edge = plan->nodes[state].first_out; edge < plan->nodes[state + 1].first_out; edge++)
    {
      Tried tried = { edge, try_edge (self, edge) };

      if (tried.outcome != TRIED_OTHER_EVENT || self->n_others++ < MOST_OTHERS)
        g_array_append_val (self->tried, tried);
      if (tried.outcome == TRIED_ENABLED)
        return edge;
    }

  return FERMATA_INDEX_NONE;
}

static void
try_from_atomic (Search *self,
                 guint   atomic)
{
  const FermataChart *chart = self->frame->plan->chart;

  for (guint state = atomic; state != FERMATA_INDEX_NONE; state = chart->states[state].parent)
    {
      guint edge;

      /* An ancestor that was looked at for another atomic state; what is above
       * it was as well. */
      if (!g_hash_table_add (self->seen, GUINT_TO_POINTER (state)))
        return;

      edge = try_state (self, state);
      if (edge != FERMATA_INDEX_NONE)
        {
          fermata_index_list_append (&self->taken, edge);
          return;
        }
    }
}

static gboolean
contains (const FermataIndexList *list,
          guint                   edge)
{
  for (guint i = 0; i < fermata_index_list_get_n (list); i++)
    {
      if (list->indices[i] == edge)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_within (const FermataChart *chart,
           guint               a,
           guint               b)
{
  return a == b || (a != FERMATA_INDEX_NONE && fermata_chart_is_descendant (chart, a, b));
}

/* The transition that is taken in place of an enabled one. */
static guint
find_preempting (Search *self,
                 guint   edge)
{
  const FermataPlan *plan = self->frame->plan;
  guint domain, other;

  if (!fermata_statechart_get_transition_domain (plan, self->frame->machine, edge, &domain))
    return FERMATA_INDEX_NONE;

  for (guint i = 0; i < fermata_index_list_get_n (self->taken); i++)
    {
      if (fermata_statechart_get_transition_domain (plan, self->frame->machine,
                                                    self->taken->indices[i], &other)
          && (is_within (plan->chart, domain, other) || is_within (plan->chart, other, domain)))
        return self->taken->indices[i];
    }

  return FERMATA_INDEX_NONE;
}

static const char *
get_reason (Search      *self,
            const Tried *tried,
            guint       *by)
{
  *by = FERMATA_INDEX_NONE;
  switch (tried->outcome)
    {
    case TRIED_OTHER_EVENT:
      return "event";
    case TRIED_FALSE:
      return "false";
    case TRIED_FAILED:
      return "no-value";
    case TRIED_ENABLED:
    default:
      if (contains (self->taken, tried->edge))
        return NULL;
      *by = find_preempting (self, tried->edge);
      return "preempted";
    }
}

static void
add_condition (Search              *self,
               const Tried         *tried,
               FermataValueBuilder *builder)
{
  FermataExpression *when = self->frame->plan->edges[tried->edge].when;
  FermataFrameScope scope;
  g_autoptr (FermataValue) names = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GError) error = NULL;

  if (when == NULL || tried->outcome == TRIED_OTHER_EVENT)
    return;

  fermata_statechart_scope_init (&scope, self->moment, self->frame);
  names = fermata_explain_names (when, &scope.parent);
  fermata_value_builder_set (builder, "names", names);
  value = fermata_expression_evaluate (when, &scope.parent, &error);
  if (value != NULL)
    fermata_value_builder_set (builder, "value", value);
  else
    fermata_value_builder_set_string (builder, "value-error", error->message);
}

static FermataValue *
make_edge (Search      *self,
           const Tried *tried)
{
  static const char *const members[] = { "to", "event", "after", "when" };
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  FermataPlan *plan = self->frame->plan;
  guint by;
  const char *reason = get_reason (self, tried, &by);

  fermata_value_builder_set_string (builder, "edge", fermata_plan_get_edge_name (plan, tried->edge));
  fermata_value_builder_set_string (builder, "from", plan->nodes[plan->edges[tried->edge].source].id);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      FermataValue *value = fermata_value_get_member (plan->edges[tried->edge].members, members[i]);

      if (value != NULL)
        fermata_value_builder_set (builder, members[i], value);
    }
  fermata_value_builder_set_boolean (builder, "taken", reason == NULL);
  if (reason != NULL)
    fermata_value_builder_set_string (builder, "reason", reason);
  if (by != FERMATA_INDEX_NONE)
    fermata_value_builder_set_string (builder, "by", fermata_plan_get_edge_name (plan, by));
  add_condition (self, tried, builder);

  return fermata_value_builder_end (builder);
}

static FermataValue *
make_explanation (Search *self)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValueBuilder) edges = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) list = NULL;

  for (guint i = 0; i < self->tried->len; i++)
    {
      g_autoptr (FermataValue) edge = make_edge (self, &g_array_index (self->tried, Tried, i));

      fermata_value_builder_add (edges, edge);
    }
  list = fermata_value_builder_end (edges);
  fermata_value_builder_set (builder, "event", self->frame->machine->event);
  fermata_value_builder_set (builder, "edges", list);
  if (self->n_others > MOST_OTHERS)
    fermata_value_builder_set_integer (builder, "more", self->n_others - MOST_OTHERS);

  return fermata_value_builder_end (builder);
}

static FermataValue *
explain (FermataMoment *moment,
         FermataFrame  *frame)
{
  const FermataIndexList *configuration = frame->machine->configuration;
  Search self = { .moment = moment, .frame = frame };
  FermataValue *explanation;

  self.name = fermata_value_get_string (fermata_value_get_member (frame->machine->event, "name"), NULL);
  self.tried = g_array_new (FALSE, FALSE, sizeof (Tried));
  self.seen = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < fermata_index_list_get_n (configuration); i++)
    {
      if (fermata_statechart_is_atomic (frame->plan->chart, configuration->indices[i]))
        try_from_atomic (&self, configuration->indices[i]);
    }
  fermata_statechart_remove_conflicting_transitions (frame->plan, frame->machine, &self.taken);
  explanation = make_explanation (&self);

  g_array_unref (self.tried);
  g_hash_table_unref (self.seen);
  fermata_index_list_clear (&self.taken);

  return explanation;
}

/**
 * fermata_moment_explain_event:
 * @self: a moment
 * @frame: the number of a frame
 *
 * Explains what becomes of the event that a state machine has at hand, and why:
 * each transition that is tried, in the order in which that is done. To be asked
 * of the moment after `event-dequeued`; nothing changes.
 *
 * The object has `event`, and `edges`: of each the name of the `edge`, the state
 * that it leads `from`, its `to`, `event`, `after` and `when` as they stand in the
 * document, the `value` of its condition or else a `value-error`, the values of
 * the `names` in that, and whether it is `taken`. If not, `reason` is one of these
 * words:
 *
 * - `event`: it is for another event. Of these at most 100 are told; `more` is
 *   how many more there are;
 * - `false`: its condition is;
 * - `no-value`: its condition has none, and counts as false;
 * - `preempted`: it is enabled, but `by` is taken, and they exclude each other.
 *
 * Edges behind one that is enabled, and those of the states around it, are not
 * tried.
 *
 * Returns: (transfer full) (nullable): an object; %NULL if the frame is no machine
 *   or has no event at hand
 */
FermataValue *
fermata_moment_explain_event (FermataMoment *self,
                              guint          frame)
{
  FermataFrame *machine;

  g_return_val_if_fail (self != NULL, NULL);

  machine = fermata_moment_get_frame (self, frame);
  if (machine == NULL || machine->machine == NULL || machine->machine->event == NULL
      || (machine->machine->phase != FERMATA_MACHINE_MATCHING
          && machine->machine->phase != FERMATA_MACHINE_FINALIZING))
    return NULL;

  return explain (self, machine);
}
