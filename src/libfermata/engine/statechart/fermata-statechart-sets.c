/* fermata-statechart-sets.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Which states a microstep leaves and enters: appendix D, "Procedures and
 * functions". Nothing here changes the machine, or runs an expression. */

#include "engine/statechart/fermata-statechart-private.h"

/* "isAtomicState (s)": final ones are atomic too. */
gboolean
fermata_statechart_is_atomic (const FermataChart *chart,
                              guint               state)
{
  return chart->states[state].type == FERMATA_STATE_ATOMIC
         || chart->states[state].type == FERMATA_STATE_FINAL;
}

gboolean
fermata_statechart_is_compound (const FermataChart *chart,
                                guint               state)
{
  return chart->states[state].type == FERMATA_STATE_COMPOUND;
}

/* "function isInFinalState (s): Return true if s is a compound <state> and one of
 * its children is an active <final> state, or if s is a <parallel> element and
 * all its children are in final states." */
gboolean
fermata_statechart_is_in_final_state (const FermataChart   *chart,
                                      const FermataMachine *machine,
                                      guint                 state)
{
  const FermataChartState *plan_state = &chart->states[state];

  if (plan_state->type != FERMATA_STATE_COMPOUND && plan_state->type != FERMATA_STATE_PARALLEL)
    return FALSE;

  for (guint child = state + 1; child < plan_state->end; child = chart->states[child].end)
    {
      if (plan_state->type == FERMATA_STATE_COMPOUND
          && chart->states[child].type == FERMATA_STATE_FINAL
          && fermata_machine_is_active (machine, child))
        return TRUE;
      if (plan_state->type == FERMATA_STATE_PARALLEL && !fermata_chart_is_history (chart, child)
          && !fermata_statechart_is_in_final_state (chart, machine, child))
        return FALSE;
    }

  return plan_state->type == FERMATA_STATE_PARALLEL;
}

/* "function findLCCA (stateList): The Least Common Compound Ancestor is the
 * <state> or <scxml> element s such that s is a proper ancestor of all states on
 * stateList and no descendant of s has this property." @source is the head of
 * the list. */
guint
fermata_statechart_find_lcca (const FermataChart *chart,
                              guint               source,
                              const guint32      *states,
                              guint               n_states)
{
  guint ancestor = chart->states[source].parent;

  for (; ancestor != FERMATA_INDEX_NONE; ancestor = chart->states[ancestor].parent)
    {
      guint i = 0;

      if (!fermata_statechart_is_compound (chart, ancestor))
        continue;
      while (i < n_states && fermata_chart_is_descendant (chart, states[i], ancestor))
        i++;
      if (i == n_states)
        break;
    }

  return ancestor;
}

static const FermataIndexList *
get_history (const FermataMachine *machine,
             guint                 state)
{
  FermataIndexList *const *list = fermata_page_table_peek (&machine->histories, state);

  return list == NULL ? NULL : *list;
}

/* "function getEffectiveTargetStates (transition): Returns the states that will
 * be the target when 'transition' is taken, dereferencing any history states." */
void
fermata_statechart_get_effective_target_states (const FermataChart   *chart,
                                                const FermataMachine *machine,
                                                FermataChartRange     targets,
                                                FermataIndexList    **states)
{
  for (guint i = 0; i < targets.n; i++)
    {
      guint target = chart->indices[targets.first + i];
      const FermataIndexList *history;

      if (!fermata_chart_is_history (chart, target))
        {
          fermata_index_list_insert (states, target);
          continue;
        }

      history = get_history (machine, target);
      if (history == NULL)
        fermata_statechart_get_effective_target_states (chart, machine,
                                                        chart->states[target].initial, states);
      for (guint j = 0; j < fermata_index_list_get_n (history); j++)
        fermata_index_list_insert (states, history->indices[j]);
    }
}

static gboolean
all_in (const FermataChart     *chart,
        const FermataIndexList *states,
        guint                   ancestor)
{
  for (guint i = 0; i < fermata_index_list_get_n (states); i++)
    {
      if (!fermata_chart_is_descendant (chart, states->indices[i], ancestor))
        return FALSE;
    }

  return TRUE;
}

/* "function getTransitionDomain (t): Return the compound state such that 1) all
 * states that are exited or entered as a result of taking 'transition' are
 * descendants of it 2) no descendant of it has this property." */
gboolean
fermata_statechart_get_transition_domain (const FermataPlan    *plan,
                                          const FermataMachine *machine,
                                          guint                 edge,
                                          guint                *domain)
{
  const FermataChart *chart = plan->chart;
  const FermataChartEdge *transition = &chart->edges[edge];
  guint source = plan->edges[edge].source;
  FermataIndexList *states = NULL;

  *domain = transition->domain;
  if (transition->targets.n == 0)
    return FALSE;
  if (!transition->has_history)
    return TRUE;

  fermata_statechart_get_effective_target_states (chart, machine, transition->targets, &states);
  if (transition->is_internal && fermata_statechart_is_compound (chart, source)
      && all_in (chart, states, source))
    *domain = source;
  else
    *domain = fermata_statechart_find_lcca (chart, source, states->indices, states->n);
  fermata_index_list_clear (&states);

  return TRUE;
}

/* "function computeExitSet (transitions): For each transition t in transitions, if
 * t is targetless then add nothing, else compute the transition's domain. Add
 * to the statesToExit set all descendants of the domain that are currently
 * active." Those transitions do not conflict, so no two domains are in each
 * other. */
void
fermata_statechart_compute_exit_set (const FermataPlan      *plan,
                                     const FermataMachine   *machine,
                                     const FermataIndexList *edges,
                                     FermataIndexList      **states)
{
  const FermataChart *chart = plan->chart;
  const FermataIndexList *active = machine->configuration;

  for (guint i = 0; i < fermata_index_list_get_n (edges); i++)
    {
      guint domain, position;

      if (!fermata_statechart_get_transition_domain (plan, machine, edges->indices[i], &domain))
        continue;

      position = domain == FERMATA_INDEX_NONE ? 0 : fermata_index_list_find (active, domain + 1);
      for (; position < fermata_index_list_get_n (active)
             && fermata_chart_is_descendant (chart, active->indices[position], domain); position++)
        fermata_index_list_insert (states, active->indices[position]);
    }
}

void
fermata_statechart_entry_set_clear (FermataEntrySet *self)
{
  fermata_index_list_clear (&self->states);
  fermata_index_list_clear (&self->defaults);
  fermata_index_list_clear (&self->default_histories);
}

static gboolean
has_descendant (const FermataChart    *chart,
                const FermataEntrySet *set,
                guint                  state)
{
  guint position = fermata_index_list_find (set->states, state + 1);

  return position < fermata_index_list_get_n (set->states)
         && set->states->indices[position] < chart->states[state].end;
}

static void
add_regions (const FermataChart   *chart,
             const FermataMachine *machine,
             guint                 parallel,
             FermataEntrySet      *set)
{
  guint child = parallel + 1;

  for (; child < chart->states[parallel].end; child = chart->states[child].end)
    {
      if (!fermata_chart_is_history (chart, child) && !has_descendant (chart, set, child))
        fermata_statechart_add_descendant_states_to_enter (chart, machine, child, set);
    }
}

/* What a transition, or the history of a state, leads to: everything below it
 * first, then what is between it and @ancestor. */
static void
add_targets (const FermataChart   *chart,
             const FermataMachine *machine,
             const guint32        *states,
             guint                 n_states,
             guint                 ancestor,
             FermataEntrySet      *set)
{
  for (guint i = 0; i < n_states; i++)
    fermata_statechart_add_descendant_states_to_enter (chart, machine, states[i], set);
  for (guint i = 0; i < n_states; i++)
    fermata_statechart_add_ancestor_states_to_enter (chart, machine, states[i], ancestor, set);
}

/* "defaultHistoryContent[state.parent.id] = state.transition.content": one a
 * parent, the latest. */
static void
add_default_history (const FermataChart *chart,
                     guint               state,
                     FermataEntrySet    *set)
{
  FermataChartRange siblings = chart->states[chart->states[state].parent].history;

  for (guint i = 0; i < siblings.n; i++)
    fermata_index_list_remove (&set->default_histories, chart->indices[siblings.first + i]);
  fermata_index_list_insert (&set->default_histories, state);
}

static void
add_history (const FermataChart   *chart,
             const FermataMachine *machine,
             guint                 state,
             FermataEntrySet      *set)
{
  const FermataChartState *plan_state = &chart->states[state];
  const FermataIndexList *history = get_history (machine, state);

  if (history != NULL)
    {
      add_targets (chart, machine, history->indices, history->n, plan_state->parent, set);
      return;
    }

  if (plan_state->parent != FERMATA_INDEX_NONE)
    add_default_history (chart, state, set);
  add_targets (chart, machine, &chart->indices[plan_state->initial.first], plan_state->initial.n,
               plan_state->parent, set);
}

/* "procedure addDescendantStatesToEnter (state, statesToEnter, statesForDefaultEntry,
 * defaultHistoryContent): Adds to statesToEnter 'state' and any of its descendants
 * that the state machine will end up entering when it enters 'state'." States
 * are not deeper than FERMATA_MAX_STATE_DEPTH, so it may call itself. */
void
fermata_statechart_add_descendant_states_to_enter (const FermataChart   *chart,
                                                   const FermataMachine *machine,
                                                   guint                 state,
                                                   FermataEntrySet      *set)
{
  const FermataChartState *plan_state = &chart->states[state];

  if (fermata_chart_is_history (chart, state))
    {
      add_history (chart, machine, state, set);
      return;
    }

  fermata_index_list_insert (&set->states, state);
  if (plan_state->type == FERMATA_STATE_COMPOUND)
    {
      fermata_index_list_insert (&set->defaults, state);
      add_targets (chart, machine, &chart->indices[plan_state->initial.first],
                   plan_state->initial.n, state, set);
    }
  else if (plan_state->type == FERMATA_STATE_PARALLEL)
    {
      add_regions (chart, machine, state, set);
    }
}

/* "procedure addAncestorStatesToEnter (state, ancestor, statesToEnter,
 * statesForDefaultEntry, defaultHistoryContent): Add to statesToEnter any ancestors
 * of 'state' up to, but not including, 'ancestor' that must be entered in order to
 * enter 'state'." */
void
fermata_statechart_add_ancestor_states_to_enter (const FermataChart   *chart,
                                                 const FermataMachine *machine,
                                                 guint                 state,
                                                 guint                 ancestor,
                                                 FermataEntrySet      *set)
{
  guint next = chart->states[state].parent;

  for (; next != ancestor && next != FERMATA_INDEX_NONE; next = chart->states[next].parent)
    {
      fermata_index_list_insert (&set->states, next);
      if (chart->states[next].type == FERMATA_STATE_PARALLEL)
        add_regions (chart, machine, next, set);
    }
}

/* What most transitions lead to: one state with nothing in it, and nothing beside
 * the way there. The same as the procedure below, in a few steps. */
static gboolean
add_plain_target (const FermataChart     *chart,
                  const FermataChartEdge *transition,
                  FermataEntrySet        *set)
{
  guint target;

  if (transition->targets.n != 1 || transition->has_history)
    return FALSE;

  target = chart->indices[transition->targets.first];
  if (!fermata_statechart_is_atomic (chart, target))
    return FALSE;
  for (guint next = chart->states[target].parent; next != transition->domain;
       next = chart->states[next].parent)
    {
      if (chart->states[next].type == FERMATA_STATE_PARALLEL)
        return FALSE;
    }

  for (guint next = target; next != transition->domain; next = chart->states[next].parent)
    fermata_index_list_insert (&set->states, next);

  return TRUE;
}

static void
add_transition (const FermataPlan    *plan,
                const FermataMachine *machine,
                FermataChartRange     targets,
                guint                 domain,
                FermataEntrySet      *set)
{
  const FermataChart *chart = plan->chart;
  FermataIndexList *effective = NULL;

  for (guint i = 0; i < targets.n; i++)
    fermata_statechart_add_descendant_states_to_enter (chart, machine,
                                                       chart->indices[targets.first + i], set);

  fermata_statechart_get_effective_target_states (chart, machine, targets, &effective);
  for (guint i = 0; i < fermata_index_list_get_n (effective); i++)
    fermata_statechart_add_ancestor_states_to_enter (chart, machine, effective->indices[i], domain,
                                                     set);
  fermata_index_list_clear (&effective);
}

static void
merge (const FermataChart      *chart,
       guint                    domain,
       const FermataIndexList  *from,
       FermataIndexList       **to)
{
  for (guint i = 0; i < fermata_index_list_get_n (from); i++)
    {
      if (fermata_chart_is_descendant (chart, from->indices[i], domain))
        fermata_index_list_insert (to, from->indices[i]);
    }
}

/* What is active of a source and what it is in, once all below the domain has been
 * left. What history states stand for may have become something else by that, and
 * with it what would be found to be the domain. */
static guint
find_domain_after_exits (const FermataChart   *chart,
                         const FermataMachine *machine,
                         guint                 source)
{
  while (source != FERMATA_INDEX_NONE && !fermata_machine_is_active (machine, source))
    source = chart->states[source].parent;

  return source;
}

/* A history state may be around the transition's domain: what leads from it to what
 * it stands for is active then, and would be entered again, with what is beside it. But
 * "all states that are exited or entered as a result of taking 'transition' are
 * descendants of" its domain. */
static void
add_transition_to_history (const FermataPlan    *plan,
                           const FermataMachine *machine,
                           FermataChartRange     targets,
                           guint                 domain,
                           FermataEntrySet      *set)
{
  FermataEntrySet own = { NULL, };

  add_transition (plan, machine, targets, domain, &own);
  merge (plan->chart, domain, own.states, &set->states);
  merge (plan->chart, domain, own.defaults, &set->defaults);
  merge (plan->chart, domain, own.default_histories, &set->default_histories);
  fermata_statechart_entry_set_clear (&own);
}

/* "procedure computeEntrySet (transitions, statesToEnter, statesForDefaultEntry,
 * defaultHistoryContent): Compute the complete set of states that will be entered
 * as a result of taking 'transitions'." What they leave has been left. */
void
fermata_statechart_compute_entry_set (const FermataPlan      *plan,
                                      const FermataMachine   *machine,
                                      const FermataIndexList *edges,
                                      FermataEntrySet        *set)
{
  for (guint i = 0; i < fermata_index_list_get_n (edges); i++)
    {
      const FermataChartEdge *edge = &plan->chart->edges[edges->indices[i]];
      guint domain;

      if (add_plain_target (plan->chart, edge, set))
        continue;
      if (edge->has_history)
        {
          domain = find_domain_after_exits (plan->chart, machine,
                                            plan->edges[edges->indices[i]].source);
          add_transition_to_history (plan, machine, edge->targets, domain, set);
        }
      else if (fermata_statechart_get_transition_domain (plan, machine, edges->indices[i], &domain))
        {
          add_transition (plan, machine, edge->targets, domain, set);
        }
    }
}

void
fermata_statechart_compute_initial_set (const FermataChart   *chart,
                                        const FermataMachine *machine,
                                        FermataEntrySet      *set)
{
  add_targets (chart, machine, &chart->indices[chart->initial.first], chart->initial.n,
               FERMATA_INDEX_NONE, set);
}
