/* fermata-explanation-edges.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-explanation-private.h"

/* The edges that lead to a node, their conditions tried once more. */

/* "inputs.path", "output["a b"]" is written with dots all the same. */
static char *
dup_path (const FermataNameUse *use)
{
  GString *path = g_string_new (use->path[0]);

  for (guint i = 1; i < use->n_path; i++)
    g_string_append_printf (path, ".%s", use->path[i]);

  return g_string_free (path, FALSE);
}

static FermataValue *
length_of (FermataValue *value)
{
  FermataValueKind kind = fermata_value_get_kind (value);
  glong length = 0;
  gsize n_bytes;
  const char *text;

  if (kind == FERMATA_VALUE_KIND_ARRAY)
    return fermata_value_new_integer (fermata_value_get_length (value));
  if (kind != FERMATA_VALUE_KIND_STRING)
    return NULL;

  /* As JavaScript counts. */
  text = fermata_value_get_string (value, &n_bytes);
  for (const char *at = text; at < text + n_bytes; at = g_utf8_next_char (at))
    length += g_utf8_get_char (at) > 0xffff ? 2 : 1;

  return fermata_value_new_integer (length);
}

static FermataValue *
member_of (FermataValue *value,
           const char   *step)
{
  FermataValueKind kind = fermata_value_get_kind (value);
  FermataValue *member = NULL;
  guint64 index;

  if (kind == FERMATA_VALUE_KIND_OBJECT)
    member = fermata_value_get_member (value, step);
  else if (g_str_equal (step, "length"))
    return length_of (value);
  else if (kind == FERMATA_VALUE_KIND_ARRAY
           && g_ascii_string_to_unsigned (step, 10, 0, G_MAXUINT32, &index, NULL)
           && index < fermata_value_get_length (value))
    member = fermata_value_get_element (value, index);

  return member == NULL ? NULL : fermata_value_ref (member);
}

/* The value of a name with the path after it, as far as that can be followed;
 * NULL: there is none. */
static FermataValue *
look_up (FermataScope         *scope,
         const FermataNameUse *use)
{
  g_autoptr (GError) error = NULL;
  guint n_used = 1;
  FermataValue *value = scope->lookup (scope, use->path, use->n_path, &n_used, &error);

  for (guint i = n_used; value != NULL && i < use->n_path; i++)
    {
      g_autoptr (FermataValue) whole = value;

      value = member_of (whole, use->path[i]);
    }

  return value;
}

FermataValue *
fermata_explain_names (FermataExpression *when,
                       FermataScope      *scope)
{
  g_autoptr (FermataValueBuilder) names = fermata_value_builder_new_object ();
  const FermataNameUse *uses;
  guint n_uses;

  uses = fermata_expression_get_names (when, &n_uses);
  for (guint i = 0; i < n_uses; i++)
    {
      g_autofree char *path = dup_path (&uses[i]);
      g_autoptr (FermataValue) value = look_up (scope, &uses[i]);

      if (value != NULL)
        fermata_value_builder_set (names, path, value);
    }

  return fermata_value_builder_end (names);
}

/* The condition as it would be now; it may have been tested when a variable
 * had another value. */
static void
add_condition (FermataMoment       *moment,
               FermataFrame        *frame,
               guint                edge,
               FermataValueBuilder *builder)
{
  const FermataPlanEdge *plan_edge = &frame->plan->edges[edge];
  FermataNodeRecord source = fermata_frame_read_node (frame, plan_edge->source);
  gboolean has_ended = plan_edge->on_error ? source.status == FERMATA_NODE_STATUS_FAILED
                                           : source.status == FERMATA_NODE_STATUS_DONE;
  FermataFrameScope scope;
  g_autoptr (FermataValue) names = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GError) error = NULL;

  if (plan_edge->when == NULL || !has_ended || moment->start == NULL)
    return;

  fermata_frame_scope_init (&scope, moment, frame, plan_edge->source, plan_edge->source);
  if (plan_edge->on_error)
    scope.error = source.value;
  names = fermata_explain_names (plan_edge->when, &scope.parent);
  fermata_value_builder_set (builder, "names", names);

  value = fermata_expression_evaluate (plan_edge->when, &scope.parent, &error);
  if (value != NULL)
    fermata_value_builder_set (builder, "value", value);
  else
    fermata_value_builder_set_string (builder, "value-error", error->message);
}

void
fermata_explain_edge_text (FermataPlan         *plan,
                           guint                edge,
                           FermataValueBuilder *builder)
{
  const FermataPlanEdge *plan_edge = &plan->edges[edge];
  FermataValue *when = fermata_value_get_member (plan_edge->members, "when");
  FermataValue *choice = fermata_value_get_member (plan_edge->members, "case");
  FermataValue *on = fermata_value_get_member (plan_edge->members, "on");

  fermata_value_builder_set_string (builder, "edge", fermata_plan_get_edge_name (plan, edge));
  fermata_value_builder_set_string (builder, "from", plan->nodes[plan_edge->source].id);
  if (on != NULL)
    fermata_value_builder_set (builder, "on", on);
  if (choice != NULL)
    fermata_value_builder_set (builder, "case", choice);
  if (when != NULL)
    fermata_value_builder_set (builder, "when", when);
}

static FermataValue *
make_edge (FermataMoment *moment,
           FermataFrame  *frame,
           guint          edge)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  FermataNodeRecord source = fermata_frame_read_node (frame, frame->plan->edges[edge].source);
  FermataEdgeStatus status = fermata_frame_get_edge (frame, edge);

  fermata_explain_edge_text (frame->plan, edge, builder);
  fermata_value_builder_set_string (builder, "status", fermata_edge_status_to_string (status));
  fermata_value_builder_set_string (builder, "from-status", fermata_node_status_to_string (source.status));
  if (source.writer != 0)
    fermata_value_builder_set_integer (builder, "event", source.writer);
  add_condition (moment, frame, edge, builder);

  return fermata_value_builder_end (builder);
}

FermataValue *
fermata_explain_edges (FermataMoment *moment,
                       FermataFrame  *frame,
                       guint          node)
{
  g_autoptr (FermataValueBuilder) edges = fermata_value_builder_new_array ();
  FermataPlan *plan = frame->plan;

  for (guint i = plan->nodes[node].first_in; i < plan->nodes[node + 1].first_in; i++)
    {
      g_autoptr (FermataValue) edge = make_edge (moment, frame, plan->incoming[i]);

      fermata_value_builder_add (edges, edge);
    }

  return fermata_value_builder_end (edges);
}
