/* fermata-explanation.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-explanation-private.h"

#include <string.h>

#include "engine/moment/fermata-frame-part-private.h"
#include "engine/plan/fermata-mentions-private.h"

const char *
fermata_explain_join (const FermataPlanNode *node)
{
  switch ((FermataJoin) node->join)
    {
    case FERMATA_JOIN_ANY:
      return "any";
    case FERMATA_JOIN_ALWAYS:
      return "always";
    case FERMATA_JOIN_ALL:
    default:
      return "all";
    }
}

static void
add_node (FermataPlan         *plan,
          guint                node,
          FermataValueBuilder *builder)
{
  const char *type = fermata_plan_get_node_type (plan, plan->first_place + node);

  fermata_value_builder_set_string (builder, "node", plan->nodes[node].id);
  if (type != NULL)
    fermata_value_builder_set_string (builder, "type", type);
  fermata_value_builder_set_string (builder, "join", fermata_explain_join (&plan->nodes[node]));
}

/* What it has, and since when. */
static void
add_state (FermataFrame        *frame,
           guint                node,
           FermataValueBuilder *builder)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);
  FermataValue *given = fermata_frame_get_given (frame, node);

  fermata_value_builder_set_integer (builder, "since", record.since);
  if (record.attempt > 0)
    fermata_value_builder_set_integer (builder, "attempt", record.attempt);
  if (record.writer != 0)
    fermata_value_builder_set_integer (builder, "event", record.writer);
  if (record.status == FERMATA_NODE_STATUS_DONE)
    fermata_value_builder_set (builder, "output", record.value);
  if (record.status == FERMATA_NODE_STATUS_FAILED)
    fermata_value_builder_set (builder, "error", record.value);
  if (given == NULL && fermata_frame_is_given (frame))
    given = frame->part;
  if (given != NULL)
    fermata_value_builder_set (builder, "by", fermata_value_get_member (given, "by"));
}

/**
 * fermata_moment_explain_node:
 * @self: a moment
 * @frame: the number of a frame
 * @node: a node of it
 *
 * Explains why a node runs, waits or was skipped: its status, each of its incoming
 * edges with its condition, the values of the names in that and its value, and
 * from what to what one has to go to come to what is decisive.
 *
 * Conditions are tried with the values of @self, which may not be those of when
 * they were tested; nothing changes. The `reason` of a node is its status, or one
 * of these words:
 *
 * - of one that waits: `edges` (of which `edge` is the first), `turn` (it is
 *   about to start), `max-concurrency`, `pools`, `held`, `to-be-skipped`,
 *   `not-begun`, `run-ended`;
 * - of one that was skipped: `edges`, `closing` (of the run), `left-out` (of the
 *   part that was to run), `waived` (somebody wanted that);
 * - of one that did not run: `given`, `frame-given` (the frame gives what it is
 *   given, and nothing runs in it);
 * - `cycle`: it waits for itself.
 *
 * Of a state of a machine it tells whether it is `active`, the `configuration`, the
 * `edges` that lead to it or into it, each with whether its source is active, and,
 * if there is one at hand, the `event` (fermata_moment_explain_event()).
 *
 * `edge-reason` is of an edge that is decisive itself: `refused`, `no-error`,
 * `condition-failed`, `to-be-tested`.
 *
 * Returns: (transfer full): an object
 */
FermataValue *
fermata_moment_explain_node (FermataMoment *self,
                             guint          frame,
                             guint          node)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) edges = NULL;
  g_autoptr (FermataValue) causes = NULL;
  FermataFrame *of;
  FermataNodeStatus status;

  g_return_val_if_fail (self != NULL, NULL);
  of = fermata_moment_get_frame (self, frame);
  g_return_val_if_fail (of != NULL, NULL);
  g_return_val_if_fail (node < of->plan->n_nodes, NULL);

  if (of->machine != NULL)
    return fermata_explain_state (self, of, node);

  status = fermata_frame_read_node (of, node).status;
  edges = fermata_explain_edges (self, of, node);
  causes = fermata_explain_causes (self, of, node);

  add_node (of->plan, node, builder);
  fermata_value_builder_set_string (builder, "status", fermata_node_status_to_string (status));
  fermata_value_builder_set_string (builder, "reason", fermata_explain_reason (self, of, node).reason);
  add_state (of, node, builder);
  fermata_value_builder_set (builder, "edges", edges);
  fermata_value_builder_set (builder, "causes", causes);

  return fermata_value_builder_end (builder);
}

/* Without a run */

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_mentioned (FermataValueBuilder    *builder,
               const char             *member,
               const FermataMentioned *mentioned)
{
  g_autoptr (FermataValueBuilder) list = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) value = NULL;
  g_autofree const char **names = NULL;
  guint n_names;

  names = (const char **) g_hash_table_get_keys_as_array (mentioned->names, &n_names);
  qsort (names, n_names, sizeof *names, compare_names);
  for (guint i = 0; i < n_names; i++)
    fermata_value_builder_add_string (list, names[i]);
  if (mentioned->all)
    fermata_value_builder_add_string (list, "*");
  value = fermata_value_builder_end (list);
  if (fermata_value_get_length (value) > 0)
    fermata_value_builder_set (builder, member, value);
}

static void
add_all_mentioned (FermataPlan         *plan,
                   guint                node,
                   FermataValueBuilder *builder)
{
  FermataMentions mentions;

  fermata_mentions_init (&mentions);
  fermata_mentions_add (&mentions, plan->nodes[node].members);
  for (guint i = plan->nodes[node].first_in; i < plan->nodes[node + 1].first_in; i++)
    fermata_mentions_add (&mentions, plan->edges[plan->incoming[i]].members);
  add_mentioned (builder, "inputs", &mentions.inputs);
  add_mentioned (builder, "variables", &mentions.variables);
  add_mentioned (builder, "nodes", &mentions.nodes);
  fermata_mentions_clear (&mentions);
}

/**
 * fermata_plan_explain_node:
 * @self: a plan
 * @node: a node of it
 *
 * Explains what the start of a node depends on, without any run: its incoming
 * edges and their conditions, how it waits for them, and which `inputs`,
 * `variables` and `nodes` it mentions (`*`: any of them).
 *
 * Returns: (transfer full): an object
 */
FermataValue *
fermata_plan_explain_node (FermataPlan *self,
                           guint        node)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValueBuilder) edges = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) list = NULL;
  FermataValue *uses, *pin;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (node < self->n_nodes, NULL);

  if (self->chart != NULL)
    return fermata_explain_state_of_plan (self, node);

  add_node (self, node, builder);
  for (guint i = self->nodes[node].first_in; i < self->nodes[node + 1].first_in; i++)
    {
      g_autoptr (FermataValueBuilder) edge = fermata_value_builder_new_object ();
      g_autoptr (FermataValue) value = NULL;

      fermata_explain_edge_text (self, self->incoming[i], edge);
      value = fermata_value_builder_end (edge);
      fermata_value_builder_add (edges, value);
    }
  list = fermata_value_builder_end (edges);
  fermata_value_builder_set (builder, "edges", list);
  add_all_mentioned (self, node, builder);
  uses = fermata_value_get_member (self->nodes[node].members, "uses");
  pin = fermata_value_get_member (self->nodes[node].members, "pin");
  if (uses != NULL)
    fermata_value_builder_set (builder, "uses", uses);
  if (pin != NULL)
    fermata_value_builder_set (builder, "pin", pin);

  return fermata_value_builder_end (builder);
}
