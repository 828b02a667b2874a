/* fermata-event-machine.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What events of machines say. */

#include "engine/history/fermata-event-payload-private.h"
#include "engine/plan/fermata-plan-private.h"
#include "engine/policies/fermata-assignments-private.h"

static gboolean
has_member (FermataValue     *object,
            const char       *name,
            FermataValueKind  kind)
{
  FermataValue *member = fermata_value_get_member (object, name);

  return member != NULL && fermata_value_get_kind (member) == kind;
}

/* How long edges with `after` wait, by name. */
static gboolean
check_entered (FermataValue  *payload,
               FermataPlan   *plan,
               GError       **error)
{
  FermataValue *after = fermata_value_get_member (payload, "after");
  gint64 delay;
  guint edge;

  if (after == NULL || fermata_value_get_kind (after) != FERMATA_VALUE_KIND_OBJECT)
    return fermata_event_refuse (error, "“data.after” must be an object");
  if (fermata_value_get_member (payload, "error") != NULL
      && !has_member (payload, "error", FERMATA_VALUE_KIND_OBJECT))
    return fermata_event_refuse (error, "“data.error” must be an object");

  for (gsize i = 0; i < fermata_value_get_length (after); i++)
    {
      const char *name = fermata_value_get_member_name (after, i);

      if (!fermata_plan_find_edge (plan, name, &edge))
        return fermata_event_refuse (error, "“data.after” names an edge that is not there");
      if (!fermata_event_read_integer (after, name, 0, G_MAXINT64 / 2, &delay, error))
        return FALSE;
    }

  return TRUE;
}

/* The transitions that are taken together with one. */
static gboolean
check_then (FermataValue  *payload,
            FermataPlan   *plan,
            GError       **error)
{
  FermataValue *then = fermata_value_get_member (payload, "then");
  guint edge;

  if (then == NULL || fermata_value_get_kind (then) != FERMATA_VALUE_KIND_ARRAY)
    return fermata_event_refuse (error, "“data.then” must be an array");

  for (gsize i = 0; i < fermata_value_get_length (then); i++)
    {
      FermataValue *name = fermata_value_get_element (then, i);

      if (fermata_value_get_kind (name) != FERMATA_VALUE_KIND_STRING
          || !fermata_plan_find_edge (plan, fermata_value_get_string (name, NULL), &edge))
        return fermata_event_refuse (error, "“data.then” must be names of edges");
    }

  return TRUE;
}

/* Members that are text, if they are there. */
static gboolean
check_texts (FermataValue       *payload,
             const char *const  *names,
             GError            **error)
{
  for (; *names != NULL; names++)
    {
      g_autofree char *problem = NULL;

      if (fermata_value_get_member (payload, *names) == NULL
          || has_member (payload, *names, FERMATA_VALUE_KIND_STRING))
        continue;

      problem = g_strdup_printf ("“data.%s” must be text", *names);

      return fermata_event_refuse (error, problem);
    }

  return TRUE;
}

/* The number of a frame, if it is there. */
static gboolean
check_frame_in (FermataValue  *payload,
                const char    *name,
                GError       **error)
{
  gint64 number;

  return fermata_value_get_member (payload, name) == NULL
         || fermata_event_read_integer (payload, name, 0, G_MAXUINT32 - 1, &number, error);
}

gboolean
fermata_event_check_received (FermataValue  *payload,
                              GError       **error)
{
  static const char *const texts[] = {
    "type", "sendid", "invokeid", "origin", "origintype", "raw", "content", "content-type", NULL
  };

  if (!has_member (payload, "name", FERMATA_VALUE_KIND_STRING))
    return fermata_event_refuse (error, "“data.name” must be text");

  return check_texts (payload, texts, error) && check_frame_in (payload, "to", error)
         && check_frame_in (payload, "from", error);
}

static gboolean
check_answered (const FermataEvent  *event,
                GError             **error)
{
  gint64 number;

  if (!fermata_event_read_integer (event->payload, "send", 1, G_MAXUINT32, &number, error))
    return FALSE;

  return event->kind == FERMATA_EVENT_EVENT_DELIVERED
         || has_member (event->payload, "error", FERMATA_VALUE_KIND_OBJECT)
         || fermata_event_refuse (error, "“data.error” must be an object");
}

static gboolean
check_sent (FermataValue  *payload,
            GError       **error)
{
  static const char *const texts[] = { "event", "to", "type", "id", NULL };
  gint64 delay;

  if (!check_texts (payload, texts, error))
    return FALSE;

  /* Only with a type of its own may it do without. */
  if (fermata_value_get_member (payload, "event") == NULL
      && fermata_value_get_member (payload, "type") == NULL)
    return fermata_event_refuse (error, "“data.event” must be text");

  return fermata_value_get_member (payload, "delay") == NULL
         || fermata_event_read_integer (payload, "delay", 0, G_MAXINT64 / 2, &delay, error);
}

static gboolean
check_iterating (FermataValue  *payload,
                 GError       **error)
{
  gint64 index;

  if (!fermata_event_read_integer (payload, "index", 0, G_MAXUINT32 - 1, &index, error))
    return FALSE;

  return (index == 0) == has_member (payload, "items", FERMATA_VALUE_KIND_ARRAY)
         || fermata_event_refuse (error, "“data.items” must be an array, with the first iteration");
}

/* What the plan does at the step that it names. */
static gboolean
check_step (const FermataEvent  *event,
            FermataPlan         *plan,
            FermataOpCode        code,
            GError             **error)
{
  const FermataChart *chart = plan->chart;

  return (event->step >= 1 && event->step <= chart->n_ops && chart->ops[event->step - 1].code == code)
         || fermata_event_refuse (error, "“step” is none where this could happen");
}

static gboolean
check_raised (const FermataEvent  *event,
              FermataPlan         *plan,
              GError             **error)
{
  if (!has_member (event->payload, "event", FERMATA_VALUE_KIND_STRING))
    return fermata_event_refuse (error, "“data.event” must be text");

  /* That a state is done is told without an action. */
  return event->step == 0 || check_step (event, plan, FERMATA_OP_RAISE, error);
}

static gboolean
check_action_failed (const FermataEvent  *event,
                     FermataPlan         *plan,
                     GError             **error)
{
  if (!has_member (event->payload, "error", FERMATA_VALUE_KIND_OBJECT))
    return fermata_event_refuse (error, "“data.error” must be an object");

  return event->step <= plan->chart->n_ops
         || fermata_event_refuse (error, "“step” is none where this could happen");
}

static gboolean
check_vetoed (FermataValue  *payload,
              GError       **error)
{
  if (!has_member (payload, "by", FERMATA_VALUE_KIND_STRING))
    return fermata_event_refuse (error, "“data.by” must be text");

  return fermata_value_get_member (payload, "error") == NULL
         || has_member (payload, "error", FERMATA_VALUE_KIND_OBJECT)
         || fermata_event_refuse (error, "“data.error” must be an object");
}

/* What actions and invocations in SCXML's data models come to besides: variables that
 * change, an error that does not keep them from happening. */
static gboolean
check_besides (FermataValue  *payload,
               GError       **error)
{
  FermataValue *changes = fermata_value_get_member (payload, "changes");

  if (fermata_value_get_member (payload, "error") != NULL
      && !has_member (payload, "error", FERMATA_VALUE_KIND_OBJECT))
    return fermata_event_refuse (error, "“data.error” must be an object");

  return changes == NULL || fermata_assignments_check (changes)
         || fermata_event_refuse (error, "“data.changes” must be an array of objects with “name” and “value”");
}

static gboolean
check_in (const FermataEvent  *event,
          FermataPlan         *plan,
          GError             **error)
{
  switch ((guint) event->kind)
    {
    case FERMATA_EVENT_STATE_ENTERED:
      return check_entered (event->payload, plan, error);

    case FERMATA_EVENT_EDGE_TAKEN:
    case FERMATA_EVENT_STEP_ASKED:
      return check_then (event->payload, plan, error);

    case FERMATA_EVENT_EVENT_RAISED:
      return check_raised (event, plan, error) && check_besides (event->payload, error);

    case FERMATA_EVENT_EVENT_SENT:
      return check_sent (event->payload, error) && check_besides (event->payload, error)
             && check_step (event, plan, FERMATA_OP_SEND, error);

    case FERMATA_EVENT_SEND_CANCELLED:
      if (!has_member (event->payload, "id", FERMATA_VALUE_KIND_STRING))
        return fermata_event_refuse (error, "“data.id” must be text");
      return check_step (event, plan, FERMATA_OP_CANCEL, error);

    case FERMATA_EVENT_ITERATING:
      return check_iterating (event->payload, error) && check_besides (event->payload, error)
             && check_step (event, plan, FERMATA_OP_FOREACH, error);

    case FERMATA_EVENT_MACHINE_FAILED:
      return has_member (event->payload, "error", FERMATA_VALUE_KIND_OBJECT)
             || fermata_event_refuse (error, "“data.error” must be an object");

    case FERMATA_EVENT_VETOED:
      return check_vetoed (event->payload, error);

    case FERMATA_EVENT_EVENT_DELIVERED:
    case FERMATA_EVENT_SEND_FAILED:
      return check_answered (event, error);

    case FERMATA_EVENT_ACTION_FAILED:
      return check_action_failed (event, plan, error) && check_besides (event->payload, error);

    case FERMATA_EVENT_SCRIPT_ENDED:
      return has_member (event->payload, "error", FERMATA_VALUE_KIND_OBJECT)
             || fermata_assignments_check (fermata_value_get_member (event->payload, "changes"))
             || fermata_event_refuse (error, "“data” must have “changes”, or “error”");

    default:
      return TRUE;
    }
}

gboolean
fermata_event_check_machine (const FermataEvent  *event,
                             FermataPlan         *plan,
                             GError             **error)
{
  gboolean may_be_silent = event->kind == FERMATA_EVENT_STATE_ENTERED
                           || event->kind == FERMATA_EVENT_STATE_EXITED
                           || event->kind == FERMATA_EVENT_STEP_ASKED
                           || event->kind == FERMATA_EVENT_EDGE_TAKEN;
  guint local;

  if (event->place != FERMATA_PLACE_RUN)
    plan = fermata_plan_locate (plan, event->place, &local);
  if (plan->kind == FERMATA_GRAPH_KIND_DAG && event->kind == FERMATA_EVENT_EDGE_TAKEN)
    return TRUE;
  if (event->place != FERMATA_PLACE_RUN && plan->chart == NULL)
    return fermata_event_refuse (error, "only machines have such events");
  if (event->kind == FERMATA_EVENT_SCRIPT_STARTED)
    return check_step (event, plan, FERMATA_OP_SCRIPT, error);
  if (event->payload == NULL && may_be_silent)
    return TRUE;
  if (event->payload == NULL || fermata_value_get_kind (event->payload) != FERMATA_VALUE_KIND_OBJECT)
    return fermata_event_refuse (error, "“data” must be an object");

  return check_in (event, plan, error);
}

/* What can change variables. */
static gboolean
assigns (FermataOpCode code)
{
  return code == FERMATA_OP_ASSIGN || code == FERMATA_OP_SCRIPT || code == FERMATA_OP_DECLARE;
}

/* Of an action that others do as well: at the right place in the plan. */
gboolean
fermata_event_check_action (const FermataEvent  *event,
                            FermataPlan         *plan,
                            GError             **error)
{
  guint local;

  plan = fermata_plan_locate (plan, event->place, &local);
  if (plan->chart == NULL)
    return TRUE;
  if (event->kind == FERMATA_EVENT_LOGGED)
    return check_step (event, plan, FERMATA_OP_LOG, error);

  return (event->step >= 1 && event->step <= plan->chart->n_ops
          && assigns (plan->chart->ops[event->step - 1].code))
         || fermata_event_refuse (error, "“step” is none where this could happen");
}
