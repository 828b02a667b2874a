/* fermata-event-given.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What events say of nodes that do not run. */

#include "engine/history/fermata-event-payload-private.h"
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

/* The part of the graph that runs, if it is not all of it. */
gboolean
fermata_event_check_part (FermataValue  *start,
                          FermataPlan   *plan,
                          GError       **error)
{
  FermataValue *given = fermata_value_get_member (start, "given");
  FermataValue *left_out = fermata_value_get_member (start, "left-out");

  return (given == NULL || check_given_nodes (given, plan, error))
         && (left_out == NULL || check_left_out (left_out, given, plan, error));
}
