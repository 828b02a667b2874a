/* fermata-statechart-select.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Which transitions are enabled: appendix D, "selectEventlessTransitions",
 * "selectTransitions", "removeConflictingTransitions". */

#include "engine/moment/fermata-frame-scope-script-private.h"
#include "engine/statechart/fermata-statechart-private.h"

#include <string.h>

void
fermata_statechart_scope_init (FermataFrameScope *scope,
                               FermataMoment     *moment,
                               FermataFrame      *frame)
{
  fermata_frame_scope_init (scope, moment, frame, FERMATA_INDEX_NONE, FERMATA_INDEX_NONE);
  scope->event = frame->machine->event;
  fermata_frame_scope_use_scripts (scope);
}

/* "function conditionMatch (t)" */
gboolean
fermata_statechart_condition_match (FermataMoment *moment,
                                    FermataFrame  *frame,
                                    guint          edge,
                                    gboolean      *holds,
                                    GError       **error)
{
  FermataExpression *when = frame->plan->edges[edge].when;
  FermataFrameScope scope;

  *holds = FALSE;
  if (fermata_index_list_get_n (frame->machine->refused) > 0
      && fermata_index_list_contains (frame->machine->refused, edge))
    return TRUE;
  *holds = when == NULL;
  if (when == NULL)
    return TRUE;

  fermata_statechart_scope_init (&scope, moment, frame);

  return fermata_expression_test (when, &scope.parent, holds, error);
}

/* With more active states than that, it is found out first whether the event is for
 * any state at all. */
#define MANY_STATES 16

/* What was found of a state: its ancestors are those of others too, and are
 * looked at once. */
typedef struct {
  guint32 state;
  guint32 edge;
} Found;

typedef struct {
  FermataMoment *moment;
  FermataFrame *frame;
  const char *name;
  Found *found;
  guint failed;
  GError **error;
} Selection;

/* The first edge of a state that is enabled, or none; FALSE on an error. */
static gboolean
select_in_state (Selection *self,
                 guint      state,
                 guint     *edge)
{
  const FermataPlan *plan = self->frame->plan;
  FermataCandidates candidates;
  gboolean holds = FALSE;
  guint next;

  *edge = FERMATA_INDEX_NONE;
  if (plan->nodes[state].first_out == plan->nodes[state + 1].first_out)
    return TRUE;

  fermata_statechart_candidates_init (&candidates, plan, state, self->name);
  while (!holds && fermata_statechart_candidates_next (&candidates, &next))
    {
      if (!fermata_statechart_condition_match (self->moment, self->frame, next, &holds, self->error))
        {
          self->failed = next;
          break;
        }
      if (holds)
        *edge = next;
    }
  fermata_statechart_candidates_clear (&candidates);

  return self->failed == FERMATA_INDEX_NONE;
}

/* "loop: for s in [state].append (getProperAncestors (state, null)): …" */
static gboolean
select_for_atomic (Selection         *self,
                   guint              atomic,
                   FermataIndexList **edges)
{
  const FermataChart *chart = self->frame->plan->chart;

  for (guint state = atomic; state != FERMATA_INDEX_NONE; state = chart->states[state].parent)
    {
      Found *found = &self->found[chart->states[state].depth];

      if (found->state != state)
        {
          found->state = state;
          if (!select_in_state (self, state, &found->edge))
            return FALSE;
        }
      else if (found->edge != FERMATA_INDEX_NONE)
        {
          /* Another atomic state has it already. */
          return TRUE;
        }

      if (found->edge != FERMATA_INDEX_NONE)
        {
          fermata_index_list_append (edges, found->edge);
          return TRUE;
        }
    }

  return TRUE;
}

static gboolean
select_by_name (Selection         *self,
                FermataIndexList **edges)
{
  const FermataChart *chart = self->frame->plan->chart;
  FermataMachine *machine = self->frame->machine;
  guint n = fermata_index_list_get_n (machine->configuration);
  g_autofree Found *many = NULL;
  Found few[16];

  self->failed = FERMATA_INDEX_NONE;
  if (n > MANY_STATES && self->name != NULL
      && !fermata_statechart_is_expected (self->frame->plan, self->name))
    return TRUE;

  self->found = few;
  if (chart->depth >= G_N_ELEMENTS (few))
    self->found = many = g_new (Found, chart->depth + 1);
  for (guint i = 0; i <= chart->depth; i++)
    self->found[i].state = FERMATA_INDEX_NONE;

  for (guint i = 0; i < n; i++)
    {
      guint state = machine->configuration->indices[i];

      if (fermata_statechart_is_atomic (chart, state) && !select_for_atomic (self, state, edges))
        return FALSE;
    }

  fermata_statechart_remove_conflicting_transitions (self->frame->plan, machine, edges);

  return TRUE;
}

gboolean
fermata_statechart_select_eventless_transitions (FermataMoment     *moment,
                                                 FermataFrame      *frame,
                                                 FermataIndexList **edges,
                                                 guint             *failed,
                                                 GError           **error)
{
  Selection selection = { .moment = moment, .frame = frame, .error = error };
  gboolean selected;

  if (frame->machine->n_restless == 0)
    return TRUE;

  selected = select_by_name (&selection, edges);
  *failed = selection.failed;

  return selected;
}

/* An edge with `after` is for its own event, which is for no other. */
static gboolean
select_after (FermataMoment     *moment,
              FermataFrame      *frame,
              FermataIndexList **edges,
              guint             *failed,
              GError           **error)
{
  guint edge = frame->machine->event_edge;
  gboolean holds;

  *failed = edge;
  if (!fermata_statechart_condition_match (moment, frame, edge, &holds, error))
    return FALSE;
  if (holds)
    fermata_index_list_append (edges, edge);

  return TRUE;
}

/* For the event at hand */
gboolean
fermata_statechart_select_transitions (FermataMoment     *moment,
                                       FermataFrame      *frame,
                                       FermataIndexList **edges,
                                       guint             *failed,
                                       GError           **error)
{
  Selection selection = { .moment = moment, .frame = frame, .error = error };
  gboolean selected;

  if (frame->machine->event_edge != FERMATA_INDEX_NONE)
    return select_after (moment, frame, edges, failed, error);

  selection.name = fermata_value_get_string (fermata_value_get_member (frame->machine->event, "name"),
                                             NULL);
  selected = select_by_name (&selection, edges);
  *failed = selection.failed;

  return selected;
}

static gboolean
is_in_or_same (const FermataChart *chart,
               guint               state,
               guint               ancestor)
{
  return state == ancestor
         || (state != FERMATA_INDEX_NONE && fermata_chart_is_descendant (chart, state, ancestor));
}

/* Whether the exit sets of two enabled transitions have something in common: one
 * domain is then in the other, and something in the inner one is active, since
 * the transition's source is. */
static gboolean
overlap (const FermataChart *chart,
         guint               a,
         guint               b)
{
  return is_in_or_same (chart, a, b) || is_in_or_same (chart, b, a);
}

/* Whether @source preempts all transitions from @first on. */
static gboolean
preempts (const FermataPlan *plan,
          const guint32     *edges,
          const guint32     *positions,
          guint              first,
          guint              n,
          guint              source)
{
  for (guint i = first; i < n; i++)
    {
      if (!fermata_chart_is_descendant (plan->chart, source,
                                        plan->edges[edges[positions[i]]].source))
        return FALSE;
    }

  return TRUE;
}

/* "function removeConflictingTransitions (enabledTransitions): … two transitions
 * conflict if their exit sets have a non-empty intersection. … if t1's source is a
 * descendant of t2's, t1 preempts it; else t2, which is earlier, preempts t1."
 *
 * Transitions come in the order of their atomic states, and those that were kept
 * have domains apart from each other: so the ones that conflict with the next are
 * the last of them. */
void
fermata_statechart_remove_conflicting_transitions (const FermataPlan    *plan,
                                                   const FermataMachine *machine,
                                                   FermataIndexList    **edges)
{
  guint n = fermata_index_list_get_n (*edges);
  g_autofree guint32 *domains = NULL;
  g_autofree guint32 *positions = NULL;
  guint32 *indices;
  guint n_kept = 0;
  guint n_left = 0;

  if (n < 2)
    return;

  /* Of transitions with targets that are kept: their domains, their positions. */
  indices = (*edges)->indices;
  domains = g_new (guint32, n);
  positions = g_new (guint32, n);
  for (guint i = 0; i < n; i++)
    {
      guint first = n_kept;
      guint domain;

      if (!fermata_statechart_get_transition_domain (plan, machine, indices[i], &domain))
        continue;
      while (first > 0 && overlap (plan->chart, domain, domains[first - 1]))
        first--;
      if (!preempts (plan, indices, positions, first, n_kept, plan->edges[indices[i]].source))
        {
          indices[i] = FERMATA_INDEX_NONE;
          continue;
        }
      for (guint j = first; j < n_kept; j++)
        indices[positions[j]] = FERMATA_INDEX_NONE;
      n_kept = first;
      domains[n_kept] = domain;
      positions[n_kept++] = i;
    }

  for (guint i = 0; i < n; i++)
    {
      if (indices[i] != FERMATA_INDEX_NONE)
        indices[n_left++] = indices[i];
    }
  (*edges)->n = n_left;
}
