/* fermata-frame-scope.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-frame-scope-script-private.h"

#include "engine/policies/fermata-states-private.h"

#include "value/fermata-form-private.h"

static FermataValue *
output_of (FermataFrame *frame,
           guint         node)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);

  if (record.status != FERMATA_NODE_STATUS_DONE)
    return NULL;

  return fermata_value_ref (record.value);
}

/* What a taken edge carries: an output, or an error. */
static FermataValue *
carried_by (FermataFrame *frame,
            guint         node)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);

  if (record.status != FERMATA_NODE_STATUS_DONE && record.status != FERMATA_NODE_STATUS_FAILED)
    return NULL;

  return fermata_value_ref (record.value);
}

static FermataValue *
output_over_edge (FermataFrame *frame,
                  guint         edge)
{
  if (fermata_frame_get_edge (frame, edge) != FERMATA_EDGE_STATUS_TAKEN)
    return NULL;

  return carried_by (frame, frame->plan->edges[edge].source);
}

/* The input of a join, edge by edge: those that are not taken are absent. */
static FermataValue *
dup_taken_inputs (FermataFrame *frame,
                  guint         first,
                  guint         end)
{
  FermataPlan *plan = frame->plan;
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  for (guint i = first; i < end; i++)
    {
      g_autoptr (FermataValue) output = output_over_edge (frame, plan->incoming[i]);

      if (output != NULL)
        fermata_value_builder_set (builder, fermata_plan_get_input_name (plan, plan->incoming[i]),
                                   output);
    }

  return fermata_value_builder_end (builder);
}

static gboolean
all_taken (FermataFrame *frame,
           guint         first,
           guint         end)
{
  for (guint i = first; i < end; i++)
    {
      if (fermata_frame_get_edge (frame, frame->plan->incoming[i]) != FERMATA_EDGE_STATUS_TAKEN)
        return FALSE;
    }

  return TRUE;
}

/* The same when all are taken: the names are known, only values are missing. */
static FermataValue *
dup_all_inputs (FermataFrame *frame,
                FermataValue *names,
                guint         first)
{
  FermataShape *shape = fermata_shape_ref (fermata_value_get_shape (names));
  FermataValue *input = fermata_value_alloc_object (shape);
  FermataValue **slots = fermata_value_get_slots (input);

  for (guint i = 0; i < fermata_value_get_n_slots (names); i++)
    slots[i] = carried_by (frame, frame->plan->edges[frame->plan->incoming[first + i]].source);

  return input;
}

/* The input that a node was given in place of its own, while that counts. */
static FermataValue *
given_input (FermataFrame *frame,
             guint         node)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);

  switch ((FermataNodeStatus) record.status)
    {
    case FERMATA_NODE_STATUS_QUEUED:
    case FERMATA_NODE_STATUS_RUNNING:
    case FERMATA_NODE_STATUS_CANCELLING:
      if ((record.flags & (NODE_HAS_LOGGED | NODE_HAS_ASSIGNED | NODE_SETTLED_FAILED)) != 0
          || record.value == NULL)
        return NULL;
      return fermata_value_get_member (record.value, "input");

    case FERMATA_NODE_STATUS_WAITING:
    case FERMATA_NODE_STATUS_RETRYING:
    case FERMATA_NODE_STATUS_SETTLED:
    case FERMATA_NODE_STATUS_DONE:
    case FERMATA_NODE_STATUS_FAILED:
    case FERMATA_NODE_STATUS_SKIPPED:
    case FERMATA_NODE_STATUS_CANCELLED:
    default:
      return NULL;
    }
}

FermataValue *
fermata_frame_dup_input (FermataFrame *frame,
                         guint         node)
{
  FermataPlan *plan = frame->plan;
  FermataValue *names = plan->nodes[node].input_names;
  FermataValue *given = given_input (frame, node);
  guint first = plan->nodes[node].first_in;
  guint end = plan->nodes[node + 1].first_in;

  if (given != NULL)
    return fermata_value_ref (given);
  if (first == end)
    return frame->input == NULL ? NULL : fermata_value_ref (frame->input);
  if (end - first == 1)
    return output_over_edge (frame, plan->incoming[first]);
  if (names != NULL && all_taken (frame, first, end))
    return dup_all_inputs (frame, names, first);

  return dup_taken_inputs (frame, first, end);
}

/* One member of a join's input, without the others. */
static FermataValue *
dup_input_member (FermataFrame *frame,
                  guint         node,
                  const char   *name)
{
  FermataPlan *plan = frame->plan;
  FermataValue *names = plan->nodes[node].input_names;
  gsize index;

  if (names == NULL || !fermata_value_find_member (names, name, &index))
    return NULL;

  return output_over_edge (frame, plan->incoming[plan->nodes[node].first_in + index]);
}

static FermataValue *
lookup_input (FermataFrameScope *self,
              const char *const *path,
              guint              n_path,
              guint             *n_used)
{
  guint n_in;

  if (self->node == FERMATA_INDEX_NONE)
    return NULL;

  n_in = fermata_plan_node_n_in (self->frame->plan, self->node);
  if (n_in >= 2 && n_path >= 2 && given_input (self->frame, self->node) == NULL)
    {
      FermataValue *member = dup_input_member (self->frame, self->node, path[1]);

      if (member != NULL)
        {
          *n_used = 2;
          return member;
        }
    }

  return fermata_frame_dup_input (self->frame, self->node);
}

static FermataValue *
dup_node_object (FermataFrame *frame,
                 guint         node)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) output = output_of (frame, node);
  g_autoptr (FermataValue) none = fermata_value_new_null ();
  FermataNodeRecord record = fermata_frame_read_node (frame, node);

  fermata_value_builder_set (builder, "output", output != NULL ? output : none);
  fermata_value_builder_set_string (builder, "status",
                                    fermata_node_status_to_string (record.status));
  if (record.status == FERMATA_NODE_STATUS_FAILED)
    fermata_value_builder_set (builder, "error", record.value);

  return fermata_value_builder_end (builder);
}

static FermataValue *
dup_all_nodes (FermataFrame *frame)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  for (guint i = 0; i < frame->plan->n_nodes; i++)
    {
      g_autoptr (FermataValue) node = dup_node_object (frame, i);

      fermata_value_builder_set (builder, frame->plan->nodes[i].id, node);
    }

  return fermata_value_builder_end (builder);
}

/* A graph from a file knows nothing of what is around it. */
static FermataFrame *
get_parent (FermataMoment *moment,
            FermataFrame  *frame)
{
  return frame->plan->is_isolated ? NULL : fermata_moment_get_frame (moment, frame->parent);
}

/* The body of an edge with `each` is nobody's but the engine's, and states have no
 * outputs: there the nodes are those around it, if there are any. */
static FermataFrame *
outer_frame (FermataMoment *moment,
             FermataFrame  *frame)
{
  while (frame != NULL && (frame->plan->is_item || frame->machine != NULL))
    frame = get_parent (moment, frame);

  return frame;
}

/* In a body, the names of the bodies around it are known too. */
static FermataFrame *
find_node (FermataFrameScope *self,
           const char        *id,
           guint             *node)
{
  FermataFrame *frame = outer_frame (self->moment, self->frame);

  while (frame != NULL && (frame->machine != NULL || !fermata_plan_find_node (frame->plan, id, node)))
    frame = get_parent (self->moment, frame);

  return frame;
}

static FermataForm iteration_form = { { "index", "value", "first", "last", "count" } };

/* What an item's frame is for. How many there are is known only if they came at
 * once. */
static FermataValue *
dup_iteration (FermataFrameScope *self)
{
  FermataValue *members[FERMATA_FORM_MAX] = { NULL, };
  FermataFrame *frame = self->frame;

  while (frame != NULL && frame->item == NULL)
    frame = get_parent (self->moment, frame);
  if (frame == NULL)
    return NULL;

  members[0] = fermata_value_new_integer (frame->iteration);
  members[1] = fermata_value_ref (frame->item);
  members[2] = fermata_value_new_boolean (frame->iteration == 0);
  if (frame->count > 0)
    {
      members[3] = fermata_value_new_boolean (frame->iteration + 1 == frame->count);
      members[4] = fermata_value_new_integer (frame->count);
    }

  return fermata_form_fill (&iteration_form, members);
}

/* What the nearest `catch` or `finally` around is for: null there if nothing failed. */
static FermataValue *
dup_handled_error (FermataFrameScope *self)
{
  FermataFrame *frame = self->frame;

  while (frame != NULL && frame->error == NULL)
    frame = get_parent (self->moment, frame);

  return frame == NULL ? NULL : fermata_value_ref (frame->error);
}

/* `nodes.ID.output` is null without an output; nothing else is put together
 * for it. */
static FermataValue *
lookup_nodes (FermataFrameScope *self,
              const char *const *path,
              guint              n_path,
              guint             *n_used)
{
  FermataValue *output;
  FermataFrame *frame;
  guint node;

  if (n_path == 1)
    {
      frame = outer_frame (self->moment, self->frame);
      return frame == NULL ? NULL : dup_all_nodes (frame);
    }

  *n_used = 2;
  frame = find_node (self, path[1], &node);
  if (frame == NULL)
    return NULL;

  if (n_path == 2 || !g_str_equal (path[2], "output"))
    return dup_node_object (frame, node);

  *n_used = 3;
  output = output_of (frame, node);

  return output != NULL ? output : fermata_value_new_null ();
}

static FermataValue *
dup_run (FermataMoment *moment)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  FermataValue *id = fermata_value_get_member (moment->start, "run");

  if (id != NULL)
    fermata_value_builder_set (builder, "id", id);
  fermata_value_builder_set_integer (builder, "started", moment->wall_time / 1000);

  return fermata_value_builder_end (builder);
}

static FermataValue *
ref_or_null (FermataValue *value)
{
  return value == NULL ? NULL : fermata_value_ref (value);
}

static FermataValue *
lookup_output (FermataFrameScope *self)
{
  if (self->output_value != NULL)
    return fermata_value_ref (self->output_value);

  return self->output == FERMATA_INDEX_NONE ? NULL : output_of (self->frame, self->output);
}

static FermataValue *
lookup_attempt (FermataFrameScope *self)
{
  guint attempt = self->attempt;

  if (attempt == 0)
    attempt = MAX (1, fermata_frame_read_node (self->frame, self->node).attempt);

  return fermata_value_new_integer (attempt);
}

static FermataValue *
lookup (FermataScope      *scope,
        const char *const *path,
        guint              n_path,
        guint             *n_used,
        GError           **error)
{
  FermataFrameScope *self = (FermataFrameScope *) scope;

  *n_used = 1;
  if (g_str_equal (path[0], "variables"))
    return ref_or_null (self->variables != NULL
                        ? *self->variables
                        : fermata_moment_get_frame_variables (self->moment, self->frame));
  if (g_str_equal (path[0], "event"))
    return fermata_frame_scope_lookup_event (self);
  if (g_str_equal (path[0], "In") || g_str_equal (path[0], "visits"))
    return fermata_frame_scope_lookup_function (self, path, n_path, n_used);
  if (g_str_equal (path[0], "input"))
    return lookup_input (self, path, n_path, n_used);
  if (g_str_equal (path[0], "nodes"))
    return lookup_nodes (self, path, n_path, n_used);
  if (g_str_equal (path[0], "inputs"))
    return ref_or_null (fermata_moment_get_frame_inputs (self->moment, self->frame));
  if (g_str_equal (path[0], "output"))
    return lookup_output (self);
  if (g_str_equal (path[0], "attempt") && self->node != FERMATA_INDEX_NONE)
    return lookup_attempt (self);
  if (g_str_equal (path[0], "state") && self->node != FERMATA_INDEX_NONE)
    return ref_or_null (self->state != NULL ? *self->state
                                            : fermata_states_get (self->moment, self->frame, self->node));
  if (g_str_equal (path[0], "error"))
    return self->error != NULL ? fermata_value_ref (self->error) : dup_handled_error (self);
  if (g_str_equal (path[0], "iteration"))
    return self->iteration != NULL ? fermata_value_ref (self->iteration) : dup_iteration (self);
  if (g_str_equal (path[0], "run"))
    return dup_run (self->moment);

  return NULL;
}

void
fermata_frame_scope_init (FermataFrameScope *self,
                          FermataMoment     *moment,
                          FermataFrame      *frame,
                          guint              node,
                          guint              output)
{
  self->parent.lookup = lookup;
  self->parent.evaluate = NULL;
  self->parent.test = NULL;
  self->parent.time = moment->wall_time + moment->time;
  self->parent.seed = moment->seed ^ (moment->n_decisions * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
  self->moment = moment;
  self->frame = frame;
  self->node = node;
  self->output = output;
  self->attempt = 0;
  self->error = NULL;
  self->output_value = NULL;
  self->variables = NULL;
  self->state = NULL;
  self->event = NULL;
  self->iteration = NULL;
}

static FermataValue *
output_of_sink (FermataFrame *frame)
{
  FermataPlan *plan = frame->plan;
  FermataValue *output;
  guint node = 0;

  while (plan->nodes[node].first_out != plan->nodes[node + 1].first_out)
    node++;
  output = output_of (frame, node);

  return output != NULL ? output : fermata_value_new_null ();
}

/* The output of the sink; of several, an object by id of those that have one. */
static FermataValue *
output_of_sinks (FermataFrame *frame)
{
  FermataPlan *plan = frame->plan;
  g_autoptr (FermataValueBuilder) builder = NULL;

  if (plan->n_sinks == 1)
    return output_of_sink (frame);

  builder = fermata_value_builder_new_object ();
  for (guint i = 0; i < plan->n_nodes; i++)
    {
      g_autoptr (FermataValue) output = NULL;

      if (plan->nodes[i].first_out != plan->nodes[i + 1].first_out)
        continue;

      output = output_of (frame, i);
      if (output != NULL)
        fermata_value_builder_set (builder, plan->nodes[i].id, output);
    }

  return fermata_value_builder_end (builder);
}

FermataValue *
fermata_frame_compute_result (FermataMoment *moment,
                              FermataFrame  *frame,
                              GError       **error)
{
  FermataFrameScope scope;

  if (frame->plan->result == NULL && frame->machine != NULL)
    return frame->machine->data == NULL ? fermata_value_new_null ()
                                        : fermata_value_ref (frame->machine->data);
  if (frame->plan->result == NULL)
    return output_of_sinks (frame);

  fermata_frame_scope_init (&scope, moment, frame, FERMATA_INDEX_NONE, FERMATA_INDEX_NONE);
  fermata_frame_scope_use_scripts (&scope);

  return fermata_expression_evaluate (frame->plan->result, &scope.parent, error);
}
