/* fermata-check-states.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-states-private.h"

#include <glib/gi18n-lib.h>

#include "check/fermata-check-rules-private.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"

/* What each type of state may have, and what not. */

#define TYPE(type) (1u << FERMATA_CHECK_##type)

static const struct {
  const char *name;
  FermataCheckStateType type;
  const char *description;
} types[] = {
  { "atomic", FERMATA_CHECK_ATOMIC, N_("an atomic state") },
  { "compound", FERMATA_CHECK_COMPOUND, N_("a compound state") },
  { "parallel", FERMATA_CHECK_PARALLEL, N_("a parallel state") },
  { "final", FERMATA_CHECK_FINAL, N_("a final state") },
  { "history", FERMATA_CHECK_HISTORY, N_("a history state") },
};

static const struct {
  const char *member;
  guint types; /* that may have it */
  const char *hint;
} rules[] = {
  { "nodes", TYPE (COMPOUND) | TYPE (PARALLEL), NULL },
  { "initial", TYPE (ATOMIC) | TYPE (COMPOUND) | TYPE (FINAL) | TYPE (HISTORY),
    N_("all states in a parallel state are entered with it") },
  { "entry", ~TYPE (HISTORY), N_("a history state is never active itself") },
  { "exit", ~TYPE (HISTORY), N_("a history state is never active itself") },
  { "do", ~(TYPE (HISTORY) | TYPE (FINAL)),
    N_("nothing is done in a final state any more") },
  { "variables", ~(TYPE (HISTORY) | TYPE (FINAL)), NULL },
  { "data", TYPE (FINAL), N_("it is what a final state gives to “done.state.ID”") },
  { "history", TYPE (HISTORY), N_("is “\"type\": \"history\"” missing?") },
};

static FermataCheckStateType
type_of (FermataNode *node)
{
  const char *name = fermata_node_get_type_name (node);

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (types); i++)
    {
      if (g_str_equal (types[i].name, name))
        return types[i].type;
    }

  return fermata_node_get_n_children (node) > 0 ? FERMATA_CHECK_COMPOUND : FERMATA_CHECK_ATOMIC;
}

static void
collect_states (FermataCheckMachine *self,
                FermataCheckLevel   *level)
{
  guint open = FERMATA_CHECK_NO_ID;

  for (guint i = 0; i < level->n_nodes; i++)
    {
      FermataNode *parent = fermata_node_get_parent (level->nodes[i]);
      FermataCheckState *state = &self->states[i];

      for (; open != FERMATA_CHECK_NO_ID && level->nodes[open] != parent; open = self->states[open].parent)
        self->states[open].end = i;

      state->parent = open;
      state->initial_from = i;
      state->type = type_of (level->nodes[i]);
      if (open != FERMATA_CHECK_NO_ID)
        state->in_parallel = self->states[open].in_parallel || self->states[open].type == FERMATA_CHECK_PARALLEL;
      open = i;
    }

  for (; open != FERMATA_CHECK_NO_ID; open = self->states[open].parent)
    self->states[open].end = level->n_nodes;
}

/* Edges by the state that they leave, each in document order. */
static void
collect_edges (FermataCheckMachine *self,
               FermataCheckLevel   *level)
{
  guint n_edges = fermata_graph_get_n_edges (level->graph);

  self->sources = g_new (guint, MAX (n_edges, 1));
  self->edges_of = g_new (guint, MAX (n_edges, 1));
  self->first_edge = g_new0 (guint, (gsize) level->n_nodes + 2);

  for (guint i = 0; i < n_edges; i++)
    {
      const char *id = fermata_edge_get_source_id (fermata_graph_get_edge (level->graph, i));

      self->sources[i] = id != NULL ? fermata_check_ids_find (level->ids, id) : FERMATA_CHECK_NO_ID;
      if (self->sources[i] != FERMATA_CHECK_NO_ID)
        self->first_edge[self->sources[i] + 2]++;
    }

  /* Counted two places up, so that filling moves them to where they belong. */
  for (guint i = 2; i < level->n_nodes + 2; i++)
    self->first_edge[i] += self->first_edge[i - 1];

  for (guint i = 0; i < n_edges; i++)
    {
      if (self->sources[i] != FERMATA_CHECK_NO_ID)
        self->edges_of[self->first_edge[self->sources[i] + 1]++] = i;
    }
}

FermataCheckMachine *
fermata_check_machine_new (FermataCheckLevel *level)
{
  FermataCheckMachine *self = g_new0 (FermataCheckMachine, 1);

  self->states = g_new0 (FermataCheckState, MAX (level->n_nodes, 1));
  self->handled = fermata_check_tokens_new ();
  self->handled_root = fermata_check_tokens_add_root (self->handled);
  self->happening = fermata_check_tokens_new ();
  self->happening_root = fermata_check_tokens_add_root (self->happening);
  self->tasks = fermata_check_ids_new (0);
  self->task_ids = g_ptr_array_new_with_free_func (g_free);
  self->names = g_ptr_array_new_with_free_func (g_free);

  collect_states (self, level);
  collect_edges (self, level);
  fermata_check_read_descriptors (self, level);

  return self;
}

void
fermata_check_machine_free (FermataCheckMachine *self)
{
  g_free (self->states);
  g_free (self->sources);
  g_free (self->edges_of);
  g_free (self->first_edge);
  g_free (self->first_descriptor);
  g_array_unref (self->descriptors);
  fermata_check_tokens_free (self->handled);
  fermata_check_tokens_free (self->happening);
  fermata_check_ids_free (self->tasks);
  g_ptr_array_unref (self->task_ids);
  g_ptr_array_unref (self->names);
  g_clear_pointer (&self->assigned, g_array_unref);
  g_free (self);
}

guint
fermata_check_common_state (FermataCheckMachine *self,
                            guint                a,
                            guint                b)
{
  while (!fermata_check_is_within (self, b, a))
    a = self->states[a].parent;

  return a;
}

/* What the model keeps leaves an empty array in the members. */
static gboolean
has_member (FermataNode *node,
            const char  *name)
{
  if (g_str_equal (name, "nodes"))
    return fermata_node_get_n_children (node) > 0;

  return fermata_node_get_member (node, name) != NULL;
}

static void
check_members (FermataCheck          *check,
               FermataCheckStateType  type)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if ((rules[i].types & (1u << type)) != 0 || !has_member (check->node, rules[i].member))
        continue;

      fermata_check_step_into (check, rules[i].member);
      fermata_check_report (check, FERMATA_SEVERITY_ERROR, "bad-state",
                            _("%s has no “%s”"), _(types[type].description), rules[i].member);
      if (rules[i].hint != NULL)
        fermata_check_add_hint (check, "%s", _(rules[i].hint));
      fermata_check_point_at_name (check);
      fermata_check_step_out (check);
    }
}

static void
report_state (FermataCheck *check,
              const char   *member,
              const char   *message)
{
  fermata_check_step_into (check, member);
  fermata_check_report (check, FERMATA_SEVERITY_ERROR, "bad-state", "%s", message);
  fermata_check_step_out (check);
}

/* Whether there is a state in it that can be active. */
static gboolean
has_enterable_child (FermataCheckMachine *self,
                     guint                state)
{
  for (guint i = state + 1; i < self->states[state].end; i = self->states[i].end)
    {
      if (self->states[i].type != FERMATA_CHECK_HISTORY)
        return TRUE;
    }

  return FALSE;
}

static void
check_children (FermataCheck *check,
                guint         state)
{
  FermataCheckMachine *self = check->level->machine;
  guint8 type = self->states[state].type;

  /* What is in the deepest states has not been looked at. */
  if ((type != FERMATA_CHECK_COMPOUND && type != FERMATA_CHECK_PARALLEL) || has_enterable_child (self, state) ||
      check->level->is_too_deep)
    return;

  if (fermata_node_get_n_children (check->node) > 0)
    report_state (check, "nodes", _("none of the states in it can be active"));
  else if (type == FERMATA_CHECK_PARALLEL)
    report_state (check, "type", _("a parallel state has states in it"));
  else
    report_state (check, "type", _("a compound state has states in it"));
}

/* What it says of where it is. */
static void
check_parent (FermataCheck *check,
              guint         state)
{
  FermataCheckMachine *self = check->level->machine;
  guint parent = self->states[state].parent;
  guint8 type = self->states[state].type;

  if (type == FERMATA_CHECK_HISTORY && parent == FERMATA_CHECK_NO_ID)
    {
      report_state (check, "type", _("a history state is in the state whose history it is"));
    }
  else if (type == FERMATA_CHECK_FINAL && parent != FERMATA_CHECK_NO_ID &&
           self->states[parent].type == FERMATA_CHECK_PARALLEL)
    {
      fermata_check_step_into (check, "type");
      fermata_check_report (check, FERMATA_SEVERITY_WARNING, "final-region",
                            _("a final state directly in a parallel one does not end it"));
      fermata_check_add_hint (check, _("put it into a compound state: a parallel state is done when all those in it are"));
      fermata_check_step_out (check);
    }
}

/* From the innermost out: whether the state comes to an end of its own. */
static void
note_done (FermataCheckMachine *self,
           guint                n_states)
{
  for (guint i = n_states; i-- > 0;)
    {
      FermataCheckState *state = &self->states[i];
      gboolean is_parallel = state->type == FERMATA_CHECK_PARALLEL;
      guint n_done = 0;
      guint n_other = 0;

      for (guint child = i + 1; child < state->end; child = self->states[child].end)
        {
          if (is_parallel ? self->states[child].is_done : self->states[child].type == FERMATA_CHECK_FINAL)
            n_done++;
          else if (self->states[child].type != FERMATA_CHECK_HISTORY)
            n_other++;
        }

      state->is_done = n_done > 0 && (!is_parallel || n_other == 0);
    }
}

void
fermata_check_states (FermataCheck *check)
{
  FermataCheckLevel *level = check->level;

  note_done (level->machine, level->n_nodes);

  for (guint i = 0; i < level->n_nodes; i++)
    {
      check->node = level->nodes[i];
      check_members (check, level->machine->states[i].type);
      check_children (check, i);
      check_parent (check, i);
    }

  check->node = NULL;
}
