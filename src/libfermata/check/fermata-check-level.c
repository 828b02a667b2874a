/* fermata-check-level.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-level-private.h"

#include <glib/gi18n-lib.h>

#include "check/fermata-check-order-private.h"
#include "check/fermata-check-rules-private.h"
#include "check/fermata-check-states-private.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"

/* A document that names no kind that exists is checked as what it looks like. */
static FermataGraphKind
guess_kind (FermataGraph *graph)
{
  if (fermata_graph_get_member (graph, "initial") != NULL)
    return FERMATA_GRAPH_KIND_FSM;
  else
    return FERMATA_GRAPH_KIND_DAG;
}

/* What the expressions of a body see, where those around it see @outer. Of a type
 * that nobody knows it may be anything. */
static guint16
names_of_body (FermataBodyRule  rule,
               const char      *name,
               guint16          outer)
{
  if (!g_str_equal (name, "body"))
    return outer | FERMATA_NAME_ERROR;

  switch (rule)
    {
    case FERMATA_BODY_RULE_NONE:
    case FERMATA_BODY_RULE_ITEMS:
    case FERMATA_BODY_RULE_COPIES:
      return outer | FERMATA_NAME_ITERATION | FERMATA_NAME_COUNT;

    case FERMATA_BODY_RULE_WHILE:
      return (outer | FERMATA_NAME_ITERATION) & ~FERMATA_NAME_COUNT;

    case FERMATA_BODY_RULE_ONCE:
    case FERMATA_BODY_RULE_TIMEOUT:
    case FERMATA_BODY_RULE_TRY:
    case FERMATA_BODY_RULE_BRANCHES:
    case FERMATA_BODY_RULE_RACE:
    default:
      return outer;
    }
}

/* Makes @graph the level that the check is at. @owner is the place in the
 * outer level of the node that it is a body of, @rule how that runs it, @is_last
 * whether it is its “finally”, @names what its expressions see because they are
 * there. */
void
fermata_check_enter_level (FermataCheck    *self,
                           FermataGraph    *graph,
                           guint            owner,
                           FermataBodyRule  rule,
                           gboolean         is_last,
                           guint16          names)
{
  FermataCheckLevel *level = g_new0 (FermataCheckLevel, 1);

  level->outer = self->level;
  level->graph = graph;
  level->owner = owner;
  level->rule = rule;
  level->is_last = is_last;
  level->kind = fermata_graph_get_kind (graph);
  if (level->outer != NULL && fermata_graph_get_member (graph, "kind") == NULL)
    level->kind = level->outer->kind;
  level->kind_is_guessed = level->kind == FERMATA_GRAPH_KIND_UNKNOWN;
  if (level->kind_is_guessed)
    level->kind = guess_kind (graph);

  /* States have no output; what is around a machine may have. */
  level->names = names | FERMATA_NAME_INPUTS | FERMATA_NAME_VARIABLES | FERMATA_NAME_RUN;
  if (level->kind == FERMATA_GRAPH_KIND_FSM)
    level->names |= FERMATA_NAME_EVENT | (self->level != NULL ? self->level->names & FERMATA_NAME_NODES : 0);
  else
    level->names |= FERMATA_NAME_NODES;

  level->is_in_loop = fermata_check_is_in_loop (level);
  level->model = fermata_check_model_of (level);
  level->inputs = fermata_graph_get_member (graph, "inputs");
  level->variables = fermata_graph_get_member (graph, "variables");

  self->level = level;
}

void
fermata_check_leave_level (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;

  self->level = level->outer;

  g_free (level->nodes);
  g_free (level->marks);
  g_free (level->edge_marks);
  g_free (level->prefix);
  g_clear_pointer (&level->inner, g_ptr_array_unref);
  g_clear_pointer (&level->ids, fermata_check_ids_free);
  g_clear_pointer (&level->arcs, g_array_unref);
  g_clear_pointer (&level->machine, fermata_check_machine_free);
  g_clear_pointer (&level->order, fermata_check_order_free);
  g_free (level);
}

static void
check_members_of_graph (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;

  fermata_check_members (self, level->outer != NULL ? FERMATA_THING_BODY : FERMATA_THING_GRAPH,
                         fermata_graph_get_members (level->graph), level->names);
}

/* A loop without items of its own takes those that come: it is begun once, and not for
 * each of them. */
static gboolean
takes_items (FermataCheck *self,
             FermataNode  *node)
{
  FermataValue *with = fermata_check_get_object (fermata_node_get_members (node), "with");

  return fermata_check_rule_of_type (self, fermata_node_get_member (node, "type")) == FERMATA_BODY_RULE_ITEMS
         && (with == NULL || !fermata_value_find_member (with, "items", NULL));
}

/* What all expressions of a node see, by the edges that lead to it. The error that an
 * edge brings is its input. */
static guint16
names_of_node (FermataCheck *self,
               guint         node)
{
  FermataCheckLevel *level = self->level;
  guint16 names = level->names;

  if ((level->marks[node] & FERMATA_MARK_ITEMS) != 0 && !takes_items (self, level->nodes[node]))
    names |= FERMATA_NAME_ITERATION | FERMATA_NAME_COUNT;

  return names;
}

/* What the nodes or edges of a level are. */
static FermataThingKind
choose_thing (FermataCheckLevel *level,
              FermataThingKind   of_tasks,
              FermataThingKind   of_machine,
              FermataThingKind   of_scxml)
{
  if (level->kind != FERMATA_GRAPH_KIND_FSM)
    return of_tasks;
  else
    return level->model == FERMATA_CHECK_MODEL_FERMATA ? of_machine : of_scxml;
}

static void
check_members_of_nodes (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;
  FermataThingKind kind = choose_thing (level, FERMATA_THING_NODE, FERMATA_THING_STATE, FERMATA_THING_SCXML_STATE);

  for (guint i = 0; i < level->n_nodes; i++)
    {
      self->node = level->nodes[i];
      self->node_index = i;
      fermata_check_members (self, kind, fermata_node_get_members (self->node), names_of_node (self, i));
    }

  self->node = NULL;
}

static void
check_members_of_edges (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;
  FermataThingKind kind =
    choose_thing (level, FERMATA_THING_EDGE, FERMATA_THING_TRANSITION, FERMATA_THING_SCXML_TRANSITION);
  guint n_edges = fermata_graph_get_n_edges (level->graph);

  for (guint i = 0; i < n_edges; i++)
    {
      guint16 names = level->names;

      if ((level->edge_marks[i] & FERMATA_MARK_BARE) != 0)
        continue;

      if ((level->edge_marks[i] & FERMATA_MARK_ERROR) != 0)
        names |= FERMATA_NAME_ERROR;

      self->edge = fermata_graph_get_edge (level->graph, i);
      fermata_check_members (self, kind, fermata_edge_get_members (self->edge), names);
    }

  self->edge = NULL;
}

static void
check_not_empty (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;
  FermataValue *nodes = fermata_graph_get_member (level->graph, "nodes");

  /* What is no array is found with the other members. */
  if (level->n_nodes > 0 || (nodes != NULL && fermata_value_get_kind (nodes) != FERMATA_VALUE_KIND_ARRAY))
    return;

  fermata_check_step_into (self, "nodes");
  if (level->kind == FERMATA_GRAPH_KIND_FSM)
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "no-nodes", _("the machine has no states"));
  else
    fermata_check_report (self, FERMATA_SEVERITY_WARNING, "no-nodes", _("the graph has no nodes"));
  fermata_check_step_out (self);
}

static void
check_tasks (FermataCheck *self)
{
  fermata_check_cycles (self);
  fermata_check_connected (self);
  fermata_check_input_names (self);
  fermata_check_cases (self);
  fermata_check_pools (self);
}

/* Checks all that is in the level itself, but not the bodies in it. What the
 * edges make comes first, since what a node may name depends on it. */
void
fermata_check_level (FermataCheck *self)
{
  fermata_check_collect_nodes (self);
  fermata_check_collect_edges (self);
  check_not_empty (self);

  if (self->level->kind == FERMATA_GRAPH_KIND_FSM)
    fermata_check_machine (self);
  else
    check_tasks (self);

  check_members_of_graph (self);
  check_members_of_nodes (self);
  check_members_of_edges (self);

  if (self->level->machine != NULL)
    fermata_check_machine_end (self);
}

static void
inner_free (gpointer data)
{
  FermataCheckInner *self = data;

  g_object_unref (self->graph);
  g_free (self->path);
  g_free (self);
}

/* The check is at a body of a task that is no node: it is visited later, as
 * the bodies of nodes are. */
void
fermata_check_add_inner (FermataCheck *self,
                         FermataValue *task,
                         const char   *name,
                         FermataValue *body,
                         guint16       names)
{
  FermataCheckLevel *level = self->level;
  FermataBodyRule rule = fermata_check_rule_of_type (self, fermata_value_get_member (task, "type"));
  FermataCheckInner *inner = g_new0 (FermataCheckInner, 1);

  inner->graph = fermata_graph_new_from_value (body);
  inner->path = fermata_check_dup_path (self);
  inner->owner = self->node_index;
  inner->names = names_of_body (rule, name, names);
  inner->rule = rule;
  inner->is_last = g_str_equal (name, "finally");

  if (level->inner == NULL)
    level->inner = g_ptr_array_new_with_free_func (inner_free);
  g_ptr_array_add (level->inner, inner);
}

static gboolean
enter_inner (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;
  FermataCheckInner *inner;

  if (level->inner == NULL || level->next_body == level->inner->len)
    return FALSE;

  inner = level->inner->pdata[level->next_body++];
  fermata_check_enter_level (self, inner->graph, inner->owner, inner->rule, inner->is_last, inner->names);
  self->level->prefix = g_strdup (inner->path);

  return TRUE;
}

static void
enter_body_of_node (FermataCheck *self,
                    FermataNode  *node,
                    guint         body)
{
  FermataCheckLevel *level = self->level;
  FermataValue *type = fermata_node_get_member (node, "type");
  const char *name = fermata_node_get_body_name (node, body);
  FermataBodyRule rule = fermata_check_rule_of_type (self, type);
  guint16 names = names_of_node (self, level->next_node);

  fermata_check_enter_level (self, fermata_node_get_body_at (node, body), level->next_node, rule,
                             g_str_equal (name, "finally"), names_of_body (rule, name, names));
}

/* Enters the next body in the level; gives whether there was one. */
gboolean
fermata_check_enter_body (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;

  while (level->next_node < level->n_nodes)
    {
      FermataNode *node = level->nodes[level->next_node];

      if (level->next_body < fermata_node_get_n_bodies (node))
        {
          enter_body_of_node (self, node, level->next_body++);
          return TRUE;
        }

      level->next_node++;
      level->next_body = 0;
    }

  /* Behind the last node, next_body counts these. */
  return enter_inner (self);
}
