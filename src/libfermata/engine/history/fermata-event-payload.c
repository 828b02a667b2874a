/* fermata-event-payload.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/history/fermata-event-payload-private.h"

#include "engine/fermata-executor.h"
#include "engine/history/fermata-event-codec.h"
#include "engine/plan/fermata-plan-private.h"
#include "engine/policies/fermata-assignments-private.h"

gboolean
fermata_event_refuse (GError     **error,
                      const char  *problem)
{
  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_HISTORY,
               "Not an event: %s", problem);

  return FALSE;
}

gboolean
fermata_event_read_integer (FermataValue  *object,
                            const char    *name,
                            gint64         lowest,
                            gint64         highest,
                            gint64        *result,
                            GError       **error)
{
  FermataValue *member = fermata_value_get_member (object, name);
  g_autofree char *problem = NULL;

  if (member != NULL && fermata_value_get_kind (member) == FERMATA_VALUE_KIND_INTEGER)
    {
      *result = fermata_value_get_integer (member);
      if (*result >= lowest && *result <= highest)
        return TRUE;
    }

  problem = g_strdup_printf ("“%s” must be a whole number from %" G_GINT64_FORMAT
                             " to %" G_GINT64_FORMAT, name, lowest, highest);

  return fermata_event_refuse (error, problem);
}

static gboolean
is_kind (FermataValue     *value,
         FermataValueKind  kind)
{
  return value != NULL && fermata_value_get_kind (value) == kind;
}

static gboolean
has_member (FermataValue     *object,
            const char       *name,
            FermataValueKind  kind)
{
  return is_kind (fermata_value_get_member (object, name), kind);
}

static gboolean
check_start (FermataValue  *payload,
             FermataPlan   *plan,
             GError       **error)
{
  gint64 number;

  if (!has_member (payload, "run", FERMATA_VALUE_KIND_STRING)
      || !has_member (payload, "inputs", FERMATA_VALUE_KIND_OBJECT)
      || !has_member (payload, "variables", FERMATA_VALUE_KIND_OBJECT))
    return fermata_event_refuse (error, "the start of a run has its name, inputs and variables");

  if (fermata_value_get_member (payload, "states") != NULL
      && !has_member (payload, "states", FERMATA_VALUE_KIND_OBJECT))
    return fermata_event_refuse (error, "“data.states” must be an object");

  if (fermata_value_get_member (payload, "timeout") != NULL
      && !fermata_event_read_integer (payload, "timeout", 0, G_MAXINT64, &number, error))
    return FALSE;
  if (fermata_value_get_member (payload, "closing-timeout") != NULL
      && !fermata_event_read_integer (payload, "closing-timeout", 0, G_MAXINT64, &number, error))
    return FALSE;

  return fermata_event_read_integer (payload, "seed", G_MININT64, G_MAXINT64, &number, error)
         && fermata_event_read_integer (payload, "date", G_MININT64, G_MAXINT64, &number, error)
         && fermata_event_read_integer (payload, "max-concurrency", 1, G_MAXUINT, &number, error)
         && fermata_event_check_part (payload, plan, error);
}

static gboolean
check_measured (FermataValue  *payload,
                GError       **error)
{
  gint64 number;

  return fermata_event_read_integer (payload, "cpu-user", 0, G_MAXINT64, &number, error)
         && fermata_event_read_integer (payload, "cpu-system", 0, G_MAXINT64, &number, error)
         && fermata_event_read_integer (payload, "peak-memory", 0, G_MAXINT64, &number, error);
}

/* A number among the members of @object, from 0 to @highest. */
static gboolean
check_number (FermataValue  *object,
              const char    *name,
              double         highest,
              GError       **error)
{
  FermataValue *member = fermata_value_get_member (object, name);
  g_autofree char *problem = NULL;

  if (is_kind (member, FERMATA_VALUE_KIND_INTEGER) || is_kind (member, FERMATA_VALUE_KIND_NUMBER))
    {
      double number = fermata_value_get_number (member);

      if (number >= 0 && number <= highest)
        return TRUE;
    }

  problem = g_strdup_printf ("“%s” must be a number from 0 to %g", name, highest);

  return fermata_event_refuse (error, problem);
}

/* An object with a text in it. */
static gboolean
check_text_in (FermataValue  *payload,
               const char    *name,
               GError       **error)
{
  g_autofree char *problem = NULL;

  if (has_member (payload, name, FERMATA_VALUE_KIND_STRING))
    return TRUE;

  problem = g_strdup_printf ("“data.%s” must be text", name);

  return fermata_event_refuse (error, problem);
}

static gboolean
check_usage (FermataValue  *payload,
             GError       **error)
{
  return check_text_in (payload, "name", error)
         && check_number (payload, "amount", G_MAXDOUBLE, error);
}

static gboolean
check_progress (FermataValue  *payload,
                GError       **error)
{
  return check_number (payload, "fraction", 1, error)
         && (fermata_value_get_member (payload, "message") == NULL
             || check_text_in (payload, "message", error));
}

static gboolean
check_chunk (FermataValue  *payload,
             GError       **error)
{
  FermataStream stream;
  gint64 number;

  if (!has_member (payload, "stream", FERMATA_VALUE_KIND_STRING)
      || !fermata_stream_from_string (fermata_value_get_string (fermata_value_get_member (payload, "stream"), NULL),
                                      &stream))
    return fermata_event_refuse (error, "“data.stream” must be the name of a stream");

  if (fermata_value_get_member (payload, "items") != NULL
      && !fermata_event_read_integer (payload, "items", 0, G_MAXUINT32, &number, error))
    return FALSE;

  return fermata_event_read_integer (payload, "offset", 0, G_MAXINT64, &number, error)
         && fermata_event_read_integer (payload, "length", 0, G_MAXINT64, &number, error);
}

static gboolean
check_started (FermataValue  *payload,
               GError       **error)
{
  gint64 timeout;

  return fermata_value_get_member (payload, "timeout") == NULL
         || fermata_event_read_integer (payload, "timeout", 0, G_MAXINT64, &timeout, error);
}

static gboolean
check_retrying (FermataValue  *payload,
                GError       **error)
{
  gint64 delay;

  if (!has_member (payload, "error", FERMATA_VALUE_KIND_OBJECT))
    return fermata_event_refuse (error, "“data.error” must be an object");

  return fermata_event_read_integer (payload, "delay", 0, G_MAXINT64 / 2, &delay, error);
}

/* What an attempt ended with. */
static gboolean
check_reviewing (FermataValue  *payload,
                 GError       **error)
{
  gboolean has_output = fermata_value_get_member (payload, "output") != NULL;
  gboolean has_error = fermata_value_get_member (payload, "error") != NULL;

  return has_output != has_error
         || fermata_event_refuse (error, "“data” must have either “output” or “error”");
}

static gboolean
check_reviewed (FermataValue  *payload,
                GError       **error)
{
  FermataValue *action = fermata_value_get_member (payload, "action");
  static const char *const actions[] = { "retry", "continue", "stop", NULL };
  gint64 delay;

  if (action == NULL)
    return TRUE;
  if (!is_kind (action, FERMATA_VALUE_KIND_STRING)
      || !g_strv_contains (actions, fermata_value_get_string (action, NULL)))
    return fermata_event_refuse (error, "“data.action” must be “retry”, “continue” or “stop”");

  return !g_str_equal (fermata_value_get_string (action, NULL), "retry")
         || fermata_event_read_integer (payload, "delay", 0, G_MAXINT64 / 2, &delay, error);
}

/* An action of a machine changes variables, and has no output. */
static gboolean
check_assigned (const FermataEvent  *event,
                FermataPlan         *plan,
                GError             **error)
{
  guint local;

  if (!fermata_assignments_check (fermata_value_get_member (event->payload, "changes")))
    return fermata_event_refuse (error, "“data” must have “changes”: an array of objects with "
                                 "“name” and “value”");
  if (fermata_plan_locate (plan, event->place, &local)->kind == FERMATA_GRAPH_KIND_DAG
      && fermata_value_get_member (event->payload, "output") == NULL)
    return fermata_event_refuse (error, "“data” must have “output”");

  return fermata_event_check_action (event, plan, error);
}

static gboolean
check_item (FermataValue  *payload,
            GError       **error)
{
  gint64 index;

  if ((fermata_value_get_member (payload, "value") == NULL)
      == !has_member (payload, "error", FERMATA_VALUE_KIND_OBJECT))
    return fermata_event_refuse (error, "“data” must have “value” or an object “error”");

  return fermata_event_read_integer (payload, "index", 0, G_MAXUINT32 - 1, &index, error);
}

static gboolean
check_frame (FermataValue  *payload,
             GError       **error)
{
  gint64 number;

  static const char *const objects[] = { "error", "inputs", "variables", "with" };

  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      g_autofree char *problem = NULL;

      if (fermata_value_get_member (payload, objects[i]) == NULL
          || has_member (payload, objects[i], FERMATA_VALUE_KIND_OBJECT))
        continue;

      problem = g_strdup_printf ("“data.%s” must be an object", objects[i]);
      return fermata_event_refuse (error, problem);
    }

  if (fermata_value_get_member (payload, "id") != NULL && !has_member (payload, "id", FERMATA_VALUE_KIND_STRING))
    return fermata_event_refuse (error, "“data.id” must be text");
  if (fermata_value_get_member (payload, "changes") != NULL
      && !fermata_assignments_check (fermata_value_get_member (payload, "changes")))
    return fermata_event_refuse (error, "“data.changes” must be objects with “name” and “value”");

  return fermata_event_read_integer (payload, "frame", 1, G_MAXUINT32 - 1, &number, error)
         && fermata_event_read_integer (payload, "index", 0, G_MAXUINT32 - 1, &number, error);
}

gboolean
fermata_event_check_payload (const FermataEvent *event,
                             FermataPlan        *plan,
                             GError            **error)
{
  gboolean is_object = is_kind (event->payload, FERMATA_VALUE_KIND_OBJECT);
  FermataEvent before;
  gint64 number;

  switch ((FermataEventKind) event->kind)
    {
    case FERMATA_EVENT_RUN_STARTED:
      return is_object ? check_start (event->payload, plan, error)
                       : fermata_event_refuse (error, "“data” must be an object");

    case FERMATA_EVENT_BUDGET_WARNING:
      return is_object ? check_text_in (event->payload, "budget", error)
                       : fermata_event_refuse (error, "“data” must be an object");

    case FERMATA_EVENT_CANCEL_REQUESTED:
    case FERMATA_EVENT_RUN_CLOSING:
      return is_object ? check_text_in (event->payload, "reason", error)
                       : fermata_event_refuse (error, "“data” must be an object");

    case FERMATA_EVENT_RUN_ENDED:
      return is_object ? check_text_in (event->payload, "state", error)
                       : fermata_event_refuse (error, "“data” must be an object");

    case FERMATA_EVENT_ITEM:
      return is_object ? check_item (event->payload, error)
                       : fermata_event_refuse (error, "“data” must be an object");

    case FERMATA_EVENT_FRAME_ENTERED:
    case FERMATA_EVENT_FRAME_LEFT:
    case FERMATA_EVENT_FRAME_CLOSING:
      return is_object ? check_frame (event->payload, error)
                       : fermata_event_refuse (error, "“data” must be an object");

    case FERMATA_EVENT_CHUNK:
      return is_object ? check_chunk (event->payload, error)
                       : fermata_event_refuse (error, "“data” must be an object");

    case FERMATA_EVENT_TASK_MEASURED:
      return is_object ? check_measured (event->payload, error)
                       : fermata_event_refuse (error, "“data” must be an object");

    case FERMATA_EVENT_USAGE:
      return is_object ? check_usage (event->payload, error)
                       : fermata_event_refuse (error, "“data” must be an object");

    case FERMATA_EVENT_PROGRESS:
      return is_object ? check_progress (event->payload, error)
                       : fermata_event_refuse (error, "“data” must be an object");

    case FERMATA_EVENT_NODE_RETRYING:
      return is_object ? check_retrying (event->payload, error)
                       : fermata_event_refuse (error, "“data” must be an object");

    case FERMATA_EVENT_NODE_RECOVERED:
    case FERMATA_EVENT_TASK_ANSWERED:
      return (is_object && fermata_value_get_member (event->payload, "output") != NULL)
             || fermata_event_refuse (error, "“data” must be an object with “output”");

    case FERMATA_EVENT_NODE_REVIEWING:
      return is_object ? check_reviewing (event->payload, error)
                       : fermata_event_refuse (error, "“data” must be an object");

    case FERMATA_EVENT_TASK_REVIEWED:
      return event->payload == NULL
             || (is_object ? check_reviewed (event->payload, error)
                           : fermata_event_refuse (error, "“data” must be an object, if it is there"));

    case FERMATA_EVENT_ASSIGNED:
      return is_object ? check_assigned (event, plan, error)
                       : fermata_event_refuse (error, "“data” must be an object");

    case FERMATA_EVENT_VARIABLE_SET:
      return (is_object && fermata_assignments_check (fermata_value_get_member (event->payload, "changes")))
             || fermata_event_refuse (error, "“data” must have “changes”: an array of objects with "
                                      "“name” and “value”");

    case FERMATA_EVENT_EVENT_RECEIVED:
      return is_object ? fermata_event_check_received (event->payload, error)
                       : fermata_event_refuse (error, "“data” must be an object");

    case FERMATA_EVENT_EVENT_TAKEN:
    case FERMATA_EVENT_EVENT_REFUSED:
      return is_object ? fermata_event_read_integer (event->payload, "event", 1, G_MAXINT64, &number,
                                                     error)
                       : fermata_event_refuse (error, "“data” must be an object");

    case FERMATA_EVENT_NODE_ROUTED:
      return (is_object && (fermata_value_get_member (event->payload, "edge") == NULL
                            || has_member (event->payload, "edge", FERMATA_VALUE_KIND_STRING)))
             || fermata_event_refuse (error, "“data” must be an object, and “edge” text");

    case FERMATA_EVENT_EVENT_FAILED:
      return (is_object && has_member (event->payload, "error", FERMATA_VALUE_KIND_OBJECT))
             || fermata_event_refuse (error, "“data” must be an object with “error”");

    case FERMATA_EVENT_STATE_ENTERED:
    case FERMATA_EVENT_STATE_EXITED:
    case FERMATA_EVENT_EVENT_RAISED:
    case FERMATA_EVENT_EVENT_SENT:
    case FERMATA_EVENT_SEND_CANCELLED:
    case FERMATA_EVENT_ITERATING:
    case FERMATA_EVENT_ACTION_FAILED:
    case FERMATA_EVENT_MACHINE_FAILED:
    case FERMATA_EVENT_STEP_ASKED:
    case FERMATA_EVENT_VETOED:
    case FERMATA_EVENT_SCRIPT_STARTED:
    case FERMATA_EVENT_SCRIPT_ENDED:
    case FERMATA_EVENT_EVENT_DELIVERED:
    case FERMATA_EVENT_SEND_FAILED:
      return fermata_event_check_machine (event, plan, error);

    case FERMATA_EVENT_EVENT_DEQUEUED:
      return is_kind (event->payload, FERMATA_VALUE_KIND_STRING)
             || fermata_event_refuse (error, "“data” must be text");

    case FERMATA_EVENT_EDGE_TAKEN:
      return event->payload == NULL || fermata_event_check_machine (event, plan, error);

    case FERMATA_EVENT_NODE_GIVEN:
      return fermata_event_check_given (event->payload, error);

    case FERMATA_EVENT_NODE_QUEUED:
    case FERMATA_EVENT_TASK_ADMITTED:
    case FERMATA_EVENT_NODE_STARTED:
      return event->payload == NULL
             || (is_object ? check_started (event->payload, error)
                           : fermata_event_refuse (error, "“data” must be an object, if it is there"));

    case FERMATA_EVENT_HELD:
      return event->payload == NULL
             || fermata_event_place_from_value (event->payload, plan, &before, error);

    case FERMATA_EVENT_LOGGED:
      return event->payload != NULL ? fermata_event_check_action (event, plan, error)
                                    : fermata_event_refuse (error, "“data” is missing");

    case FERMATA_EVENT_NODE_COMPLETED:
    case FERMATA_EVENT_NODE_FAILED:
    case FERMATA_EVENT_EDGE_FAILED:
    case FERMATA_EVENT_TASK_REFUSED:
      return event->payload != NULL || fermata_event_refuse (error, "“data” is missing");

    case FERMATA_EVENT_EVENTS_CLOSED:
      return event->payload == NULL
             || (is_object && has_member (event->payload, "stop", FERMATA_VALUE_KIND_BOOLEAN))
             || fermata_event_refuse (error, "“data” must be an object with “stop”, if it is there");

    case FERMATA_EVENT_TICK:
    case FERMATA_EVENT_TASK_COMPLETED:
    case FERMATA_EVENT_TASK_FAILED:
    case FERMATA_EVENT_TASK_CANCELLED:
    case FERMATA_EVENT_TASK_BEGAN:
    case FERMATA_EVENT_TASK_WAIVED:
    case FERMATA_EVENT_TIMEOUT_DUE:
    case FERMATA_EVENT_RETRY_DUE:
    case FERMATA_EVENT_CLOSING_DUE:
    case FERMATA_EVENT_NODE_SKIPPED:
    case FERMATA_EVENT_NODE_CANCELLING:
    case FERMATA_EVENT_NODE_CANCELLED:
    case FERMATA_EVENT_TIMER_DUE:
    case FERMATA_EVENT_STEP_ADMITTED:
    case FERMATA_EVENT_EVENT_IGNORED:
    case FERMATA_EVENT_STATE_EXITING:
    case FERMATA_EVENT_ACTIONS_ENDED:
    case FERMATA_EVENT_MACROSTEP_ENDED:
    case FERMATA_EVENT_EDGE_REFUSED:
    case FERMATA_EVENT_RELEASED:
    case FERMATA_EVENT_BOOKMARK:
    default:
      return TRUE;
    }
}
