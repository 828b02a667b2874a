/* fermata-check-reach.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-states-private.h"

#include <glib/gi18n-lib.h>

#include "check/fermata-check-order-private.h"
#include "check/fermata-check-rules-private.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"

/*
 * The states that may become active, found from the initial ones. A state that
 * is entered only since something in it is does not enter its initial states;
 * but if it is parallel it enters all others that are in it.
 */
typedef enum {
  ACTIVE = 1 << 0,
  ENTERED = 1 << 1, /* as a target, and so with what it enters itself */
} Reach;

typedef struct {
  FermataCheck *check;
  FermataCheckMachine *machine;
  FermataCheckOut out;
  guint8 *reach;
  guint *only_child; /* of parallel states entered so: by way of which one in it, plus 1 */
  GArray *queue;     /* states that are newly reached in one of the ways */
} Reached;

static void
mark (Reached *self,
      guint    state,
      guint8   how)
{
  if ((self->reach[state] & how) == how)
    return;

  self->reach[state] |= how;
  g_array_append_val (self->queue, state);
}

/* All in a parallel state but the one that was entered by itself. */
static void
enter_regions (Reached *self,
               guint    state,
               guint    child)
{
  FermataCheckState *states = self->machine->states;

  /* The first time all but this one, the second time this one: then all are. */
  if (self->only_child[state] == child + 1 || self->only_child[state] == G_MAXUINT)
    return;

  if (self->only_child[state] != 0)
    {
      mark (self, self->only_child[state] - 1, ACTIVE | ENTERED);
      self->only_child[state] = G_MAXUINT;
      return;
    }

  self->only_child[state] = child + 1;

  for (guint i = state + 1; i < states[state].end; i = states[i].end)
    {
      if (i != child && states[i].type != FERMATA_CHECK_HISTORY)
        mark (self, i, ACTIVE | ENTERED);
    }
}

/* Enters @state, and what is around it up to @stays, which is active already. */
static void
enter (Reached *self,
       guint    state,
       guint    stays)
{
  FermataCheckState *states = self->machine->states;

  mark (self, state, ACTIVE | ENTERED);

  for (guint child = state, parent = states[state].parent;
       parent != stays && parent != FERMATA_CHECK_NO_ID;
       child = parent, parent = states[parent].parent)
    {
      mark (self, parent, ACTIVE);
      if (states[parent].type == FERMATA_CHECK_PARALLEL && states[child].type != FERMATA_CHECK_HISTORY)
        enter_regions (self, parent, child);
    }
}

/* The innermost state that an edge does not leave: a compound one that both of
 * its ends are in. With several targets it may be further out. */
static guint
find_domain (Reached          *self,
             const FermataArc *arc)
{
  FermataCheckState *states = self->machine->states;
  FermataEdge *edge = fermata_graph_get_edge (self->check->level->graph, arc->edge);
  FermataValue *to = fermata_edge_get_member (edge, "to");
  guint domain = states[arc->target].parent;

  if (to == NULL || fermata_value_get_kind (to) == FERMATA_VALUE_KIND_ARRAY)
    return FERMATA_CHECK_NO_ID;

  while (domain != FERMATA_CHECK_NO_ID &&
         (domain == arc->source || states[domain].type != FERMATA_CHECK_COMPOUND ||
          !fermata_check_is_within (self->machine, arc->source, domain)))
    domain = states[domain].parent;

  return domain;
}

typedef struct {
  Reached *reached;
  guint stays;
} Entrance;

static void
enter_id (FermataCheck *check,
          const char   *id,
          gpointer      user_data)
{
  Entrance *self = user_data;
  guint place = fermata_check_ids_find (check->level->ids, id);

  if (place != FERMATA_CHECK_NO_ID)
    enter (self->reached, place, self->stays);
}

/* The first state from @first on that is no history, before @end. */
static guint
find_first (FermataCheckMachine *self,
            guint                first,
            guint                end)
{
  for (guint i = first; i < end; i = self->states[i].end)
    {
      if (self->states[i].type != FERMATA_CHECK_HISTORY)
        return i;
    }

  return FERMATA_CHECK_NO_ID;
}

static void
enter_initial (Reached      *self,
               FermataValue *initial,
               guint         stays,
               guint         first,
               guint         end)
{
  Entrance entrance = { self, stays };

  if (initial != NULL)
    {
      fermata_check_foreach_target (self->check, initial, enter_id, &entrance);
      return;
    }

  first = find_first (self->machine, first, end);
  if (first != FERMATA_CHECK_NO_ID)
    enter (self, first, stays);
}

static void
enter_children (Reached *self,
                guint    state)
{
  FermataCheckState *states = self->machine->states;
  FermataValue *initial = fermata_node_get_member (self->check->level->nodes[state], "initial");

  if (states[state].type != FERMATA_CHECK_PARALLEL)
    {
      /* What a history state leads to is not in it. */
      enter_initial (self, initial, states[state].type == FERMATA_CHECK_HISTORY ? states[state].parent : state,
                     state + 1, states[state].end);
      return;
    }

  for (guint i = state + 1; i < states[state].end; i = states[i].end)
    {
      if (states[i].type != FERMATA_CHECK_HISTORY)
        mark (self, i, ACTIVE | ENTERED);
    }
}

/* A history state that says of no default has that of the state it is in. */
static void
enter_without_default (Reached *self,
                       guint    state)
{
  FermataCheckState *states = self->machine->states;

  if (states[state].type == FERMATA_CHECK_HISTORY && states[state].parent != FERMATA_CHECK_NO_ID &&
      self->out.first[state] == self->out.first[state + 1] &&
      fermata_node_get_member (self->check->level->nodes[state], "initial") == NULL)
    enter (self, states[state].parent, FERMATA_CHECK_NO_ID);
}

static void
reach_all (Reached *self)
{
  FermataCheckLevel *level = self->check->level;

  enter_initial (self, fermata_graph_get_member (level->graph, "initial"), FERMATA_CHECK_NO_ID, 0, level->n_nodes);

  for (guint done = 0; done < self->queue->len; done++)
    {
      guint state = g_array_index (self->queue, guint, done);

      if ((self->reach[state] & ENTERED) != 0)
        enter_children (self, state);
      enter_without_default (self, state);

      for (guint i = self->out.first[state]; i < self->out.first[state + 1]; i++)
        {
          const FermataArc *arc = &g_array_index (level->arcs, FermataArc, self->out.arcs[i]);

          enter (self, arc->target, find_domain (self, arc));
        }
    }
}

/* Warned of at the outermost state only: what is in it goes without saying. */
static void
report_unreached (Reached *self)
{
  FermataCheck *check = self->check;
  FermataCheckLevel *level = check->level;

  for (guint i = 0; i < level->n_nodes; i++)
    {
      guint parent = self->machine->states[i].parent;

      if (self->reach[i] != 0 || (parent != FERMATA_CHECK_NO_ID && self->reach[parent] == 0) ||
          fermata_check_ids_find (level->ids, fermata_node_get_id (level->nodes[i])) != i)
        continue;

      check->node = level->nodes[i];
      fermata_check_report (check, FERMATA_SEVERITY_WARNING, "unreachable-state",
                            _("nothing leads to the state “%s”"), fermata_node_get_id (check->node));
    }

  check->node = NULL;
}

void
fermata_check_reachable (FermataCheck *check)
{
  FermataCheckLevel *level = check->level;
  Reached self = { .check = check, .machine = level->machine };

  fermata_check_out_init (&self.out, level->n_nodes, level->arcs);
  self.reach = g_new0 (guint8, MAX (level->n_nodes, 1));
  self.only_child = g_new0 (guint, MAX (level->n_nodes, 1));
  self.queue = g_array_sized_new (FALSE, FALSE, sizeof (guint), level->n_nodes);

  reach_all (&self);
  report_unreached (&self);

  fermata_check_out_clear (&self.out);
  g_free (self.reach);
  g_free (self.only_child);
  g_array_unref (self.queue);
}

/* Notes with each state which others enter it without being told to. */

typedef struct {
  FermataCheckMachine *machine;
  guint owner;
} Initial;

static void
note_target (FermataCheck *check,
             const char   *id,
             gpointer      user_data)
{
  Initial *self = user_data;
  guint state = fermata_check_ids_find (check->level->ids, id);

  if (state == FERMATA_CHECK_NO_ID || !fermata_check_is_within (self->machine, state, self->owner))
    return;

  for (; state != self->owner; state = self->machine->states[state].parent)
    self->machine->states[state].is_initial = TRUE;
}

static void
note_initial_of (FermataCheck        *check,
                 FermataCheckMachine *self,
                 guint                owner)
{
  FermataCheckState *states = self->states;
  FermataValue *initial = fermata_node_get_member (check->level->nodes[owner], "initial");
  Initial closure = { self, owner };

  if (states[owner].type == FERMATA_CHECK_PARALLEL)
    {
      for (guint i = owner + 1; i < states[owner].end; i = states[i].end)
        states[i].is_initial = states[i].type != FERMATA_CHECK_HISTORY;
    }
  else if (states[owner].type == FERMATA_CHECK_COMPOUND && initial != NULL)
    {
      fermata_check_foreach_target (check, initial, note_target, &closure);
    }
  else if (states[owner].type == FERMATA_CHECK_COMPOUND)
    {
      guint first = find_first (self, owner + 1, states[owner].end);

      if (first != FERMATA_CHECK_NO_ID)
        states[first].is_initial = TRUE;
    }
}

void
fermata_check_note_initial (FermataCheck *check)
{
  FermataCheckLevel *level = check->level;
  FermataCheckState *states = level->machine->states;

  for (guint i = 0; i < level->n_nodes; i++)
    note_initial_of (check, level->machine, i);

  for (guint i = 0; i < level->n_nodes; i++)
    {
      if (states[i].is_initial)
        states[i].initial_from = states[states[i].parent].initial_from;
    }
}
