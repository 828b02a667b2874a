/* fermata-plan-tree.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/plan/fermata-plan-private.h"

#include <string.h>

#include "value/fermata-value-builder.h"

/*
 * A plan and those of its bodies, and of theirs, are a tree. All their nodes
 * and edges have places in one row: the root's first, so that there a place is
 * an index, then plan after plan. So an event's place alone says of which plan
 * it speaks, whatever frames there are.
 */

static guint
n_own_places (const FermataPlan *self)
{
  return self->n_nodes + self->n_edges;
}

static void
add_body (GPtrArray         *plans,
          const FermataPlan *owner,
          guint              node,
          FermataPlan       *body)
{
  const char *path = owner->path != NULL ? owner->path : "";
  const char *name = body->body_name;

  body->path = name != NULL ? g_strconcat (path, owner->nodes[node].id, "/", name, "/", NULL)
                            : g_strconcat (path, owner->nodes[node].id, "/", NULL);
  g_ptr_array_add (plans, body);
}

static void
add_node_bodies (GPtrArray         *plans,
                 const FermataPlan *plan,
                 guint              node)
{
  const FermataPlanNode *owner = &plan->nodes[node];

  if (owner->body != NULL && !owner->is_recursion)
    add_body (plans, plan, node, owner->body);
  if (owner->catch_body != NULL)
    add_body (plans, plan, node, owner->catch_body);
  if (owner->finally_body != NULL)
    add_body (plans, plan, node, owner->finally_body);
}

static void
add_bodies (GPtrArray         *plans,
            const FermataPlan *plan)
{
  for (guint i = 0; plan->n_bodies > 0 && i < plan->n_nodes; i++)
    add_node_bodies (plans, plan, i);
  for (guint i = 0; plan->chart != NULL && i < plan->chart->n_tasks; i++)
    add_body (plans, plan, plan->chart->tasks[i].state, plan->chart->tasks[i].plan);
}

static FermataValue *
make_pin (FermataValue *output)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set (builder, "output", output);
  fermata_value_builder_set_string (builder, "by", "graph");

  return fermata_value_builder_end (builder);
}

/* What has a frame for each item is pinned as a whole, around it. */
static void
note_pins (FermataPlan *self)
{
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValueBuilder) branch = NULL;
  g_autoptr (FermataValue) given = NULL;

  for (guint i = 0; self->kind == FERMATA_GRAPH_KIND_DAG && !self->is_item && i < self->n_nodes; i++)
    {
      FermataValue *output = fermata_value_get_member (self->nodes[i].members, "pin");
      g_autoptr (FermataValue) pin = output == NULL ? NULL : make_pin (output);

      if (pin == NULL)
        continue;
      if (builder == NULL)
        builder = fermata_value_builder_new_object ();
      fermata_value_builder_set (builder, self->nodes[i].id, pin);
    }
  if (builder == NULL)
    return;

  given = fermata_value_builder_end (builder);
  branch = fermata_value_builder_new_object ();
  fermata_value_builder_set (branch, "given", given);
  self->pinned = fermata_value_builder_end (branch);
}

void
fermata_plan_number_places (FermataPlan *root)
{
  g_autoptr (GPtrArray) plans = g_ptr_array_new ();
  guint32 next = 0;

  g_ptr_array_add (plans, root);
  for (guint i = 0; i < plans->len; i++)
    {
      FermataPlan *plan = plans->pdata[i];

      note_pins (plan);
      plan->first_place = next;
      next += n_own_places (plan);
      plan->n_places = next;
      root->takes_events |= plan->takes_events;
      root->has_inner_budgets |= plan != root && !plan->is_item && plan->budgets.set != 0;
      add_bodies (plans, plan);
    }

  root->n_places = next;
  if (plans->len > 1)
    root->tree = g_steal_pointer (&plans);
}

FermataPlan *
fermata_plan_locate (const FermataPlan *root,
                     guint32            place,
                     guint             *local)
{
  guint low = 0;
  guint high = root->tree == NULL ? 1 : root->tree->len;
  FermataPlan *plan;

  /* The last plan that does not begin after it: one without places never is. */
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (((FermataPlan *) root->tree->pdata[middle])->first_place <= place)
        low = middle;
      else
        high = middle;
    }

  plan = root->tree == NULL ? (FermataPlan *) root : root->tree->pdata[low];
  *local = place - plan->first_place;

  return plan;
}

const FermataPlanNode *
fermata_plan_node_at (const FermataPlan *root,
                      guint32            place)
{
  guint local;
  FermataPlan *plan = fermata_plan_locate (root, place, &local);

  return &plan->nodes[local];
}

/* A state may have several tasks, whose plans then have the same path: such a
 * plan is found by that of its one node. */
static void
index_plan (GHashTable  *plans,
            FermataPlan *plan)
{
  gboolean has_siblings = plan->is_item && plan->n_nodes == 1;

  g_hash_table_insert (plans, has_siblings ? g_strconcat (plan->path, plan->nodes[0].id, NULL)
                                           : g_strdup (plan->path), plan);
}

static FermataPlan *
find_by_path (FermataPlan *root,
              const char  *path)
{
  if (root->plans_by_path == NULL)
    {
      root->plans_by_path = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint i = 1; i < root->tree->len; i++)
        index_plan (root->plans_by_path, root->tree->pdata[i]);
    }

  return g_hash_table_lookup (root->plans_by_path, path);
}

/* The plan whose bodies' path @name begins with; the rest is what it names in
 * it. */
static FermataPlan *
find_plan (FermataPlan  *root,
           const char   *name,
           const char  **rest)
{
  const char *slash = strrchr (name, '/');
  g_autofree char *path = NULL;
  FermataPlan *plan;

  *rest = slash == NULL ? name : slash + 1;
  if (slash == NULL || root->tree == NULL)
    return NULL;

  plan = find_by_path (root, name);
  if (plan != NULL)
    return plan;
  path = g_strndup (name, *rest - name);

  return find_by_path (root, path);
}

gboolean
fermata_plan_find_node_place (FermataPlan *root,
                              const char  *name,
                              guint32     *place)
{
  const char *rest;
  FermataPlan *plan;
  guint node;

  if (fermata_plan_find_node (root, name, place))
    return TRUE;

  plan = find_plan (root, name, &rest);
  if (plan == NULL || !fermata_plan_find_node (plan, rest, &node))
    return FALSE;
  *place = plan->first_place + node;

  return TRUE;
}

gboolean
fermata_plan_find_edge_place (FermataPlan *root,
                              const char  *name,
                              guint32     *place)
{
  const char *rest;
  FermataPlan *plan = root;
  guint edge;

  if (!fermata_plan_find_edge (root, name, &edge))
    {
      plan = find_plan (root, name, &rest);
      if (plan == NULL || !fermata_plan_find_edge (plan, rest, &edge))
        return FALSE;
    }
  *place = plan->first_place + plan->n_nodes + edge;

  return TRUE;
}

/**
 * fermata_plan_dup_place_name:
 * @self: the plan of a run
 * @place: the place of a node or an edge, of this plan or of a body
 *
 * Names a place as histories do. In a body the ids of the nodes around it come
 * first: `orders/double`.
 *
 * Returns: (transfer full): the name
 */
char *
fermata_plan_dup_place_name (FermataPlan *self,
                             guint32      place)
{
  FermataPlan *plan;
  const char *name;
  guint local;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (place < self->n_places, NULL);

  plan = fermata_plan_locate (self, place, &local);
  name = local < plan->n_nodes ? plan->nodes[local].id
                               : fermata_plan_get_edge_name (plan, local - plan->n_nodes);

  return g_strconcat (plan->path != NULL ? plan->path : "", name, NULL);
}

/**
 * fermata_plan_get_node_body:
 * @self: a plan
 * @node: the place of a node
 *
 * Gives the plan of a node's body: what runs in a frame for each item.
 *
 * Returns: (transfer none) (nullable): the plan; %NULL if the node has none
 */
FermataPlan *
fermata_plan_get_node_body (FermataPlan *self,
                            guint32      node)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (node < self->n_places, NULL);

  return fermata_plan_node_at (self, node)->body;
}

/**
 * fermata_plan_find_node_body:
 * @self: a plan
 * @node: the place of a node
 * @name: which of the node's bodies: "body", "catch", "finally"
 *
 * Gives the plan of one of a node's bodies.
 *
 * Returns: (transfer none) (nullable): the plan; %NULL if the node has no such
 *   body
 */
FermataPlan *
fermata_plan_find_node_body (FermataPlan *self,
                             guint32      node,
                             const char  *name)
{
  const FermataPlanNode *found;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (node < self->n_places, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  found = fermata_plan_node_at (self, node);

  if (strcmp (name, "catch") == 0)
    return found->catch_body;
  if (strcmp (name, "finally") == 0)
    return found->finally_body;

  return strcmp (name, "body") == 0 ? found->body : NULL;
}

/**
 * fermata_plan_find_state_task:
 * @self: a plan
 * @state: the place of a state
 * @index: which of the tasks that run while it is active
 *
 * Gives the plan of what a state does: one node, the task.
 *
 * Returns: (transfer none) (nullable): the plan; %NULL if there is no such task
 */
FermataPlan *
fermata_plan_find_state_task (FermataPlan *self,
                              guint32      state,
                              guint        index)
{
  const FermataChart *chart;
  guint local;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (state < self->n_places, NULL);

  chart = fermata_plan_locate (self, state, &local)->chart;
  if (chart == NULL || local >= fermata_plan_locate (self, state, &local)->n_nodes
      || index >= chart->states[local + 1].first_task - chart->states[local].first_task)
    return NULL;

  return chart->tasks[chart->states[local].first_task + index].plan;
}

/**
 * fermata_plan_get_first_place:
 * @self: the plan of a frame
 *
 * Tells by which place events name the first node of a plan; the others, and
 * then the edges, follow.
 *
 * Returns: the place; 0 for the plan of a run
 */
guint32
fermata_plan_get_first_place (FermataPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->first_place;
}

/**
 * fermata_plan_is_item:
 * @self: the plan of a frame
 *
 * Tells whether a plan is nobody's graph: one node, which is run for each of its
 * items, or while a state is active.
 *
 * Returns: %TRUE if there is only that one node in it
 */
gboolean
fermata_plan_is_item (FermataPlan *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_item;
}
