/* fermata-check-transitions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-states-private.h"

#include <glib/gi18n-lib.h>

#include "check/fermata-check-rules-private.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"

/* What an edge of a machine must hold together besides its members one by one. */

static FermataValue *
get (FermataCheck *check,
     const char   *name)
{
  return fermata_value_get_member (fermata_edge_get_members (check->edge), name);
}

static const char *
id_of (FermataCheck *check,
       guint         state)
{
  return fermata_node_get_id (check->level->nodes[state]);
}

static void
report_from_final (FermataCheck *check,
                   guint         source)
{
  fermata_check_step_into (check, "from");
  fermata_check_report (check, FERMATA_SEVERITY_ERROR, "bad-edge",
                        _("nothing leaves the final state “%s”"), id_of (check, source));
  if (check->level->machine->states[source].parent != FERMATA_CHECK_NO_ID)
    fermata_check_add_hint (check, _("an edge of the state it is in can wait for “done.state.%s”"),
                            id_of (check, check->level->machine->states[source].parent));
  fermata_check_step_out (check);
}

static void
check_after (FermataCheck *check)
{
  if (get (check, "after") == NULL || get (check, "event") == NULL)
    return;

  fermata_check_step_into (check, "after");
  fermata_check_report (check, FERMATA_SEVERITY_ERROR, "after-and-event",
                        _("an edge has either an “event” or an “after”"));
  fermata_check_add_hint (check, _("make two edges of it"));
  fermata_check_point_at_name (check);
  fermata_check_step_out (check);
}

/* An edge that is always enabled and goes nowhere is taken until the machine
 * has done more steps than it may. */
static void
check_endless (FermataCheck *check)
{
  FermataValue *when = get (check, "when");

  if (get (check, "event") != NULL || get (check, "after") != NULL || get (check, "to") != NULL)
    return;

  if (when != NULL && !(fermata_value_get_kind (when) == FERMATA_VALUE_KIND_BOOLEAN && fermata_value_get_boolean (when)))
    return;

  fermata_check_report (check, FERMATA_SEVERITY_WARNING, "endless-edge",
                        _("the edge waits for nothing and leads nowhere: it would be taken without end"));
  fermata_check_add_hint (check, _("give it an “event”, an “after”, a “when” or a “to”"));
}

typedef struct {
  guint ancestor;
  guint outside; /* the first target that is not in it */
  guint beside;  /* the first that is a history state directly in it */
} Inside;

static void
look_inside (FermataCheck *check,
             const char   *id,
             gpointer      user_data)
{
  Inside *self = user_data;
  guint place = fermata_check_ids_find (check->level->ids, id);

  if (place != FERMATA_CHECK_NO_ID && self->outside == FERMATA_CHECK_NO_ID &&
      (place == self->ancestor || !fermata_check_is_within (check->level->machine, place, self->ancestor)))
    self->outside = place;

  if (place != FERMATA_CHECK_NO_ID && self->beside == FERMATA_CHECK_NO_ID &&
      check->level->machine->states[place].type == FERMATA_CHECK_HISTORY &&
      check->level->machine->states[place].parent == self->ancestor)
    self->beside = place;
}

static void
check_internal (FermataCheck *check,
                guint         source)
{
  FermataCheckMachine *machine = check->level->machine;
  FermataValue *internal = get (check, "internal");
  FermataValue *to = get (check, "to");
  Inside inside = { source, FERMATA_CHECK_NO_ID, FERMATA_CHECK_NO_ID };

  if (internal == NULL || fermata_value_get_kind (internal) != FERMATA_VALUE_KIND_BOOLEAN ||
      !fermata_value_get_boolean (internal))
    return;

  if (to != NULL)
    fermata_check_foreach_target (check, to, look_inside, &inside);

  if (to != NULL && inside.outside == FERMATA_CHECK_NO_ID && machine->states[source].type == FERMATA_CHECK_COMPOUND)
    return;

  fermata_check_step_into (check, "internal");
  fermata_check_report (check, FERMATA_SEVERITY_WARNING, "no-effect", _("“internal” has no effect here"));
  if (to == NULL)
    fermata_check_add_hint (check, _("an edge without “to” leaves no state anyway"));
  else if (machine->states[source].type != FERMATA_CHECK_COMPOUND)
    fermata_check_add_hint (check, _("“%s” is not a compound state, so it is left and entered again"), id_of (check, source));
  else
    fermata_check_add_hint (check, _("“%s” is not in “%s”, so that is left"), id_of (check, inside.outside), id_of (check, source));
  fermata_check_point_at_name (check);
  fermata_check_step_out (check);
}

static void
check_to (FermataCheck *check)
{
  FermataValue *to = get (check, "to");

  if (to == NULL)
    return;

  fermata_check_step_into (check, "to");
  fermata_check_targets (check, to);
  fermata_check_step_out (check);
}

/* The default of a history state is taken at once, whatever happened. */
static void
check_unconditional (FermataCheck *check)
{
  static const char *const names[] = { "event", "after", "when", "internal" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (get (check, names[i]) == NULL)
        continue;

      fermata_check_step_into (check, names[i]);
      fermata_check_report (check, FERMATA_SEVERITY_ERROR, "bad-history",
                            _("the edge of a history state has no “%s”: it leads to what is entered the first time"), names[i]);
      fermata_check_point_at_name (check);
      fermata_check_step_out (check);
    }

  if (get (check, "to") == NULL)
    fermata_check_report (check, FERMATA_SEVERITY_ERROR, "bad-history",
                          _("the edge of a history state needs “to”: what is entered the first time"));
}

static void
report_second_default (FermataCheck *check,
                       guint         history,
                       const char   *first)
{
  fermata_check_report (check, FERMATA_SEVERITY_ERROR, "bad-history",
                        _("the history state “%s” has another default already"), id_of (check, history));
  fermata_check_relate (check, first);
}

static void
check_default_inside (FermataCheck *check,
                      FermataValue *targets,
                      guint         history)
{
  Inside inside = { check->level->machine->states[history].parent, FERMATA_CHECK_NO_ID, FERMATA_CHECK_NO_ID };

  if (inside.ancestor == FERMATA_CHECK_NO_ID || targets == NULL)
    return;

  fermata_check_foreach_target (check, targets, look_inside, &inside);

  if (inside.outside != FERMATA_CHECK_NO_ID)
    fermata_check_report (check, FERMATA_SEVERITY_ERROR, "bad-history",
                          _("“%s” is not in “%s”, whose history “%s” is"), id_of (check, inside.outside),
                          id_of (check, inside.ancestor), id_of (check, history));
  else if (inside.beside != FERMATA_CHECK_NO_ID)
    fermata_check_report (check, FERMATA_SEVERITY_ERROR, "bad-history",
                          _("the first time, “%s” cannot lead to another history state of “%s”"), id_of (check, history),
                          id_of (check, inside.ancestor));
}

/* An edge that leaves a history state, the @nth of them. */
static void
check_history_edge (FermataCheck *check,
                    guint         history,
                    guint         nth)
{
  FermataCheckMachine *machine = check->level->machine;
  FermataNode *node = check->level->nodes[history];

  check_unconditional (check);

  if (nth > 0)
    {
      guint edge = machine->edges_of[machine->first_edge[history]];
      g_autofree char *first = fermata_edge_dup_path (fermata_graph_get_edge (check->level->graph, edge));

      report_second_default (check, history, first);
    }
  else if (fermata_node_get_member (node, "initial") != NULL)
    {
      g_autofree char *path = fermata_node_dup_path (node);
      g_autofree char *first = g_strconcat (path, "/initial", NULL);

      report_second_default (check, history, first);
    }

  fermata_check_step_into (check, "to");
  check_default_inside (check, get (check, "to"), history);
  fermata_check_step_out (check);
}

/* What a history state leads to without an edge. */
static void
check_history (FermataCheck *check,
               guint         history)
{
  FermataCheckMachine *machine = check->level->machine;
  FermataValue *initial = fermata_node_get_member (check->level->nodes[history], "initial");

  check->edge = NULL;
  check->node = check->level->nodes[history];

  if (initial != NULL)
    {
      fermata_check_step_into (check, "initial");
      check_default_inside (check, initial, history);
      fermata_check_step_out (check);
    }
  else if (machine->first_edge[history] == machine->first_edge[history + 1])
    {
      fermata_check_report (check, FERMATA_SEVERITY_HINT, "no-default",
                            _("the history state “%s” does not say what is entered the first time"), id_of (check, history));
      fermata_check_add_hint (check, _("give it an edge, or “initial”; else it is what the state around it enters first"));
    }

  check->node = NULL;
}

static void
check_edge (FermataCheck *check,
            guint         source,
            guint         nth)
{
  check_to (check);

  switch (check->level->machine->states[source].type)
    {
    case FERMATA_CHECK_HISTORY:
      check_history_edge (check, source, nth);
      break;

    case FERMATA_CHECK_FINAL:
      report_from_final (check, source);
      break;

    default:
      check_after (check);
      check_endless (check);
      check_internal (check, source);
      break;
    }
}

void
fermata_check_transitions (FermataCheck *check)
{
  FermataCheckMachine *machine = check->level->machine;

  for (guint state = 0; state < check->level->n_nodes; state++)
    {
      guint first = machine->first_edge[state];

      for (guint i = first; i < machine->first_edge[state + 1]; i++)
        {
          check->edge = fermata_graph_get_edge (check->level->graph, machine->edges_of[i]);
          check_edge (check, state, i - first);
        }

      if (machine->states[state].type == FERMATA_CHECK_HISTORY)
        check_history (check, state);
    }

  check->edge = NULL;
}
