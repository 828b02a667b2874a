/* fermata-event-given.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What events say of nodes that do not run. */

#include "engine/history/fermata-event-payload-private.h"
#include "engine/plan/fermata-plan-path-private.h"
#include "engine/policies/fermata-assignments-private.h"

static gboolean
is_kind (FermataValue     *value,
         FermataValueKind  kind)
{
  return value != NULL && fermata_value_get_kind (value) == kind;
}

/* { "output": … | "error": { … }, "by": …, "changes": [ … ], "edge": "a>b" | null } */
gboolean
fermata_event_check_given (FermataValue  *payload,
                           GError       **error)
{
  FermataValue *failure, *changes, *edge;

  if (!is_kind (payload, FERMATA_VALUE_KIND_OBJECT)
      || !is_kind (fermata_value_get_member (payload, "by"), FERMATA_VALUE_KIND_STRING))
    return fermata_event_refuse (error, "what a node is given is an object that says “by” whom");

  failure = fermata_value_get_member (payload, "error");
  if ((failure == NULL) == (fermata_value_get_member (payload, "output") == NULL)
      || (failure != NULL && !is_kind (failure, FERMATA_VALUE_KIND_OBJECT)))
    return fermata_event_refuse (error, "what a node is given is an “output” or an “error”");

  edge = fermata_value_get_member (payload, "edge");
  if (edge != NULL && !fermata_value_is_null (edge) && !is_kind (edge, FERMATA_VALUE_KIND_STRING))
    return fermata_event_refuse (error, "“edge” must be the name of an edge, or null");

  changes = fermata_value_get_member (payload, "changes");

  return changes == NULL || fermata_assignments_check (changes)
         || fermata_event_refuse (error, "“changes” must be objects with “name” and “value”");
}

static gboolean
check_given_nodes (FermataValue  *given,
                   FermataPlan   *plan,
                   GError       **error)
{
  guint node;

  if (!is_kind (given, FERMATA_VALUE_KIND_OBJECT))
    return fermata_event_refuse (error, "“data.given” must be an object");

  for (gsize i = 0; i < fermata_value_get_length (given); i++)
    {
      const char *id = fermata_value_get_member_name (given, i);

      if (!fermata_plan_find_node (plan, id, &node))
        return fermata_event_refuse (error, "“data.given” names a node that is not there");
      if (!fermata_event_check_given (fermata_value_get_member (given, id), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_left_out (FermataValue  *left_out,
                FermataValue  *given,
                FermataPlan   *plan,
                GError       **error)
{
  guint node;

  if (!is_kind (left_out, FERMATA_VALUE_KIND_ARRAY))
    return fermata_event_refuse (error, "“data.left-out” must be an array");

  for (gsize i = 0; i < fermata_value_get_length (left_out); i++)
    {
      FermataValue *id = fermata_value_get_element (left_out, i);
      const char *name = is_kind (id, FERMATA_VALUE_KIND_STRING) ? fermata_value_get_string (id, NULL) : "";

      if (!fermata_plan_find_node (plan, name, &node)
          || (given != NULL && fermata_value_get_member (given, name) != NULL))
        return fermata_event_refuse (error, "“data.left-out” must be ids of nodes that are given nothing");
    }

  return TRUE;
}

/* What is said of frames of a plan, and has to be looked at. */
typedef struct {
  FermataValue *part;
  FermataPlan *plan;
} Branch;

static gboolean
push (GArray        *stack,
      FermataValue  *part,
      FermataPlan   *plan,
      GError       **error)
{
  Branch branch = { part, plan };

  if (!is_kind (part, FERMATA_VALUE_KIND_OBJECT))
    return fermata_event_refuse (error, "what “data.bodies” says of a frame must be an object");

  g_array_append_val (stack, branch);

  return TRUE;
}

static gboolean
push_frames (GArray        *stack,
             FermataValue  *frames,
             FermataPlan   *plan,
             GError       **error)
{
  if (!is_kind (frames, FERMATA_VALUE_KIND_ARRAY))
    return fermata_event_refuse (error, "“frames” of “data.bodies” must be an array");

  for (gsize i = 0; i < fermata_value_get_length (frames); i++)
    {
      FermataValue *frame = fermata_value_get_element (frames, i);

      if (!fermata_value_is_null (frame) && !push (stack, frame, plan, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
push_at (GArray                 *stack,
         FermataValue           *at,
         const FermataPlanNode  *owner,
         GError                **error)
{
  if (!is_kind (at, FERMATA_VALUE_KIND_OBJECT))
    return fermata_event_refuse (error, "“at” of “data.bodies” must be an object");

  for (gsize i = 0; i < fermata_value_get_length (at); i++)
    {
      const char *name = fermata_value_get_member_name (at, i);
      guint32 body = 0;

      if (fermata_path_get_body_name (owner, 0) != NULL && !fermata_path_find_body (owner, name, &body))
        return fermata_event_refuse (error, "“at” of “data.bodies” names a body that is not there");
      if (!push (stack, fermata_value_get_member (at, name), fermata_path_get_body (owner, body), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
push_body (GArray                 *stack,
           FermataValue           *body,
           const FermataPlanNode  *owner,
           GError                **error)
{
  FermataValue *at, *frames, *every;
  gint64 limit;

  if (!is_kind (body, FERMATA_VALUE_KIND_OBJECT))
    return fermata_event_refuse (error, "what “data.bodies” says of a node must be an object");
  if (fermata_value_get_member (body, "limit") != NULL
      && !fermata_event_read_integer (body, "limit", 0, G_MAXUINT32 - 1, &limit, error))
    return FALSE;

  at = fermata_value_get_member (body, "at");
  frames = fermata_value_get_member (body, "frames");
  every = fermata_value_get_member (body, "every");

  return (at == NULL || push_at (stack, at, owner, error))
         && (frames == NULL || push_frames (stack, frames, owner->body, error))
         && (every == NULL || push (stack, every, owner->body, error));
}

static gboolean
push_bodies (GArray        *stack,
             FermataValue  *bodies,
             FermataPlan   *plan,
             GError       **error)
{
  guint node;

  if (!is_kind (bodies, FERMATA_VALUE_KIND_OBJECT))
    return fermata_event_refuse (error, "“data.bodies” must be an object");

  for (gsize i = 0; i < fermata_value_get_length (bodies); i++)
    {
      const char *id = fermata_value_get_member_name (bodies, i);

      if (plan->kind != FERMATA_GRAPH_KIND_DAG || !fermata_plan_find_node (plan, id, &node)
          || plan->nodes[node].body == NULL)
        return fermata_event_refuse (error, "“data.bodies” names a node that is not there, or has no body");
      if (!push_body (stack, fermata_value_get_member (bodies, id), &plan->nodes[node], error))
        return FALSE;
    }

  return TRUE;
}

/* A frame of which it is said what it gives. */
static gboolean
check_whole (FermataValue  *part,
             GError       **error)
{
  FermataValue *failure = fermata_value_get_member (part, "error");
  FermataValue *exit = fermata_value_get_member (part, "exit");
  FermataValue *changes = fermata_value_get_member (part, "changes");

  if (!is_kind (fermata_value_get_member (part, "by"), FERMATA_VALUE_KIND_STRING)
      || (exit != NULL && !is_kind (exit, FERMATA_VALUE_KIND_STRING))
      || (failure != NULL && !is_kind (failure, FERMATA_VALUE_KIND_OBJECT)))
    return fermata_event_refuse (error, "what a frame is given says “by” whom, and “output” or “error”");

  return changes == NULL || fermata_assignments_check (changes)
         || fermata_event_refuse (error, "“changes” must be objects with “name” and “value”");
}

static gboolean
check_branch (GArray        *stack,
              const Branch  *branch,
              GError       **error)
{
  FermataValue *given = fermata_value_get_member (branch->part, "given");
  FermataValue *left_out = fermata_value_get_member (branch->part, "left-out");
  FermataValue *bodies = fermata_value_get_member (branch->part, "bodies");
  FermataValue *expects = fermata_value_get_member (branch->part, "expects");
  FermataValue *otherwise = fermata_value_get_member (branch->part, "else");

  if (expects != NULL && !is_kind (expects, FERMATA_VALUE_KIND_OBJECT))
    return fermata_event_refuse (error, "“expects” of “data.bodies” must be an object");
  if (otherwise != NULL && !push (stack, otherwise, branch->plan, error))
    return FALSE;
  if (fermata_value_get_member (branch->part, "by") != NULL)
    return check_whole (branch->part, error);

  return (given == NULL || check_given_nodes (given, branch->plan, error))
         && (left_out == NULL || check_left_out (left_out, given, branch->plan, error))
         && (bodies == NULL || push_bodies (stack, bodies, branch->plan, error));
}

/* The part of the graph that runs, if it is not all of it. */
gboolean
fermata_event_check_part (FermataValue  *start,
                          FermataPlan   *plan,
                          GError       **error)
{
  FermataValue *given = fermata_value_get_member (start, "given");
  FermataValue *left_out = fermata_value_get_member (start, "left-out");
  FermataValue *bodies = fermata_value_get_member (start, "bodies");
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Branch));

  if ((given != NULL && !check_given_nodes (given, plan, error))
      || (left_out != NULL && !check_left_out (left_out, given, plan, error))
      || (bodies != NULL && !push_bodies (stack, bodies, plan, error)))
    return FALSE;

  while (stack->len > 0)
    {
      Branch branch = g_array_index (stack, Branch, stack->len - 1);

      g_array_set_size (stack, stack->len - 1);
      if (!check_branch (stack, &branch, error))
        return FALSE;
    }

  return TRUE;
}
