/* fermata-dag-settle.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/dag/fermata-dag-private.h"
#include "engine/policies/fermata-states-private.h"

/*
 * What follows from the end of an attempt: another attempt, a value in place
 * of the one that did not come, a failure; changes of variables, the end of
 * the node.
 */

FermataValue *
fermata_dag_error_value (FermataFrame *frame,
                         guint         node,
                         const GError *error)
{
  return fermata_error_value_new (fermata_error_kind_of (error), error->message,
                                  frame->plan->nodes[node].id, NULL);
}

static FermataErrorKind
kind_of_error (FermataValue *error)
{
  FermataValue *name = fermata_value_get_member (error, "kind");
  FermataErrorKind kind = FERMATA_ERROR_KIND_UNKNOWN;

  if (name != NULL && fermata_value_get_kind (name) == FERMATA_VALUE_KIND_STRING)
    fermata_error_kind_from_string (fermata_value_get_string (name, NULL), &kind);

  return kind;
}

/* While closing nothing is tried again, but for `always` nodes. */
static gboolean
may_retry (FermataFrame *frame,
           guint         node)
{
  if (!frame->is_closing)
    return TRUE;

  return frame->plan->nodes[node].join == FERMATA_JOIN_ALWAYS && !frame->is_insisted;
}

static FermataValue *
retrying_payload (FermataValue *error,
                  gint64        delay)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set (builder, "error", error);
  fermata_value_builder_set_integer (builder, "delay", delay);

  return fermata_value_builder_end (builder);
}

static FermataValue *
recovered_payload (FermataValue *output,
                   FermataValue *error)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set (builder, "output", output);
  fermata_value_builder_set (builder, "error", error);

  return fermata_value_builder_end (builder);
}

/* The error of a node that has been tried as often as it may. */
static FermataValue *
exhausted_error (FermataFrame *frame,
                 guint         node,
                 guint         attempts,
                 FermataValue *cause)
{
  FermataValue *said = fermata_value_get_member (cause, "message");
  const char *why = said != NULL && fermata_value_get_kind (said) == FERMATA_VALUE_KIND_STRING
                    ? fermata_value_get_string (said, NULL) : "";
  g_autofree char *message = g_strdup_printf ("%u attempts failed, the last one: %s", attempts, why);
  g_autoptr (FermataValue) error = NULL;
  g_autoptr (FermataValue) count = fermata_value_new_integer (attempts);
  g_autoptr (FermataValue) counted = NULL;

  error = fermata_error_value_new (FERMATA_ERROR_KIND_RETRY_EXHAUSTED, message,
                                   frame->plan->nodes[node].id, NULL);
  counted = fermata_value_with_member (error, "attempts", count);

  return fermata_error_value_nest (counted, "cause", cause);
}

/* A failure names the moment that it is: the number of its own event. */
static gboolean
fail (FermataMoment *moment,
      FermataFrame  *frame,
      guint          node,
      guint          attempt,
      FermataValue  *error,
      FermataEvent  *event)
{
  g_autoptr (FermataValue) number = fermata_value_new_integer (moment->number + 1);

  return fermata_dag_decision (frame, event, FERMATA_EVENT_NODE_FAILED, node, attempt,
                               fermata_value_with_member (error, "moment", number));
}

/* What a policy itself fails with takes the place of what it was to handle,
 * which it carries. */
static gboolean
fail_in_policy (FermataMoment *moment,
                FermataFrame  *frame,
                guint          node,
                guint          attempt,
                const char    *member,
                GError        *problem,
                FermataValue  *cause,
                FermataEvent  *event)
{
  g_autoptr (FermataValue) plain = NULL;
  g_autoptr (FermataValue) error = NULL;

  g_prefix_error (&problem, "%s: ", member);
  plain = fermata_dag_error_value (frame, node, problem);
  error = fermata_error_value_nest (plain, "cause", cause);
  g_error_free (problem);

  return fail (moment, frame, node, attempt, error, event);
}

static gboolean
retry (FermataMoment     *moment,
       FermataFrame      *frame,
       guint              node,
       guint              attempt,
       FermataFrameScope *scope,
       FermataEvent      *event)
{
  const FermataPolicy *policy = frame->plan->nodes[node].policy;
  GError *problem = NULL;
  gint64 delay;

  if (!fermata_policy_get_delay (policy, attempt, &scope->parent, &delay, &problem))
    return fail_in_policy (moment, frame, node, attempt, "retry", problem, scope->error, event);

  return fermata_dag_decision (frame, event, FERMATA_EVENT_NODE_RETRYING, node, attempt,
                               retrying_payload (scope->error, delay));
}

static gboolean
recover (FermataMoment     *moment,
         FermataFrame      *frame,
         guint              node,
         guint              attempt,
         FermataFrameScope *scope,
         FermataEvent      *event)
{
  const FermataPolicy *policy = frame->plan->nodes[node].policy;
  g_autoptr (FermataValue) output = NULL;
  GError *problem = NULL;

  output = fermata_template_expand (policy->fallback, &scope->parent, &problem);
  if (output == NULL)
    return fail_in_policy (moment, frame, node, attempt, "on-error", problem, scope->error, event);

  return fermata_dag_decision (frame, event, FERMATA_EVENT_NODE_RECOVERED, node, attempt,
                               recovered_payload (output, scope->error));
}

/* What an attempt ended with is shown to the hooks first: each output and each
 * error once. */
static gboolean
review (FermataFrame *frame,
        guint         node,
        guint         attempt,
        const char   *name,
        FermataValue *value,
        FermataEvent *event)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set (builder, name, value);

  return fermata_dag_decision (frame, event, FERMATA_EVENT_NODE_REVIEWING, node, attempt,
                               fermata_value_builder_end (builder));
}

static gboolean
is_to_be_reviewed (FermataMoment *moment,
                   FermataFrame  *frame,
                   guint          node,
                   guint16        flag)
{
  /* Those of items are asked for the node in their frames. */
  return moment->has_hooks && !fermata_plan_node_has_items (&frame->plan->nodes[node])
         && (fermata_frame_read_node (frame, node).flags & flag) == 0;
}

gboolean
fermata_dag_decide_failure (FermataMoment *moment,
                            FermataFrame  *frame,
                            guint          node,
                            guint          attempt,
                            FermataValue  *error,
                            FermataEvent  *event)
{
  const FermataPolicy *policy = frame->plan->nodes[node].policy;
  FermataErrorKind kind = kind_of_error (error);
  g_autoptr (FermataValue) owned = error;
  FermataFrameScope scope;

  if (is_to_be_reviewed (moment, frame, node, NODE_ERROR_REVIEWED))
    return review (frame, node, attempt, "error", owned, event);
  if (policy == NULL)
    return fail (moment, frame, node, attempt, owned, event);

  fermata_frame_scope_init (&scope, moment, frame, node, FERMATA_INDEX_NONE);
  scope.attempt = attempt;
  scope.error = owned;
  if (fermata_policy_retries (policy, attempt, kind) && may_retry (frame, node))
    return retry (moment, frame, node, attempt, &scope, event);

  if (fermata_policy_is_exhausted (policy, attempt, kind))
    {
      FermataValue *exhausted = exhausted_error (frame, node, attempt, owned);

      fermata_value_unref (owned);
      owned = scope.error = exhausted;
    }
  if (policy->on_error == FERMATA_ON_ERROR_VALUE)
    return recover (moment, frame, node, attempt, &scope, event);

  return fail (moment, frame, node, attempt, owned, event);
}

static FermataValue *
assigned_payload (FermataValue *changes,
                  FermataValue *output)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set (builder, "changes", changes);
  fermata_value_builder_set (builder, "output", output);

  return fermata_value_builder_end (builder);
}

static gboolean
assign (FermataMoment *moment,
        FermataFrame  *frame,
        guint          node,
        guint          attempt,
        FermataValue  *value,
        FermataEvent  *event)
{
  FermataValue *remembered = fermata_states_get (moment, frame, node);
  FermataValue *before = fermata_moment_get_frame_variables (moment, frame);
  g_autoptr (FermataValue) variables = fermata_value_ref (before);
  g_autoptr (FermataValue) state = remembered == NULL ? NULL : fermata_value_ref (remembered);
  g_autoptr (FermataValue) changes = NULL;
  g_autoptr (GError) error = NULL;
  FermataFrameScope scope;

  fermata_frame_scope_init (&scope, moment, frame, node, FERMATA_INDEX_NONE);
  scope.attempt = attempt;
  scope.output_value = value;
  scope.variables = &variables;
  if (state != NULL)
    scope.state = &state;
  changes = fermata_assignments_evaluate (frame->plan->nodes[node].policy->assignments,
                                          &scope.parent, &variables, &state, &error);
  if (changes == NULL)
    return fermata_dag_decide_failure (moment, frame, node, attempt,
                                       fermata_dag_error_value (frame, node, error), event);

  return fermata_dag_decision (frame, event, FERMATA_EVENT_ASSIGNED, node, attempt,
                               assigned_payload (changes, value));
}

/* Whether the output is what the node says it is. */
static gboolean
fits_schema (FermataFrame  *frame,
             guint          node,
             FermataValue  *output,
             GError       **error)
{
  const FermataPolicy *policy = frame->plan->nodes[node].policy;
  g_autoptr (GError) local_error = NULL;

  if (policy->output_schema == NULL
      || fermata_schema_validate (policy->output_schema, output, &local_error))
    return TRUE;

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
               "Its output does not fit its output-schema: %s", local_error->message);

  return FALSE;
}

gboolean
fermata_dag_decide_success (FermataMoment *moment,
                            FermataFrame  *frame,
                            guint          node,
                            guint          attempt,
                            FermataValue  *value,
                            FermataEvent  *event)
{
  const FermataPolicy *policy = frame->plan->nodes[node].policy;
  FermataNodeRecord record = fermata_frame_read_node (frame, node);
  g_autoptr (FermataValue) owned = value;
  g_autoptr (GError) error = NULL;

  if (is_to_be_reviewed (moment, frame, node, NODE_OUTPUT_REVIEWED))
    return review (frame, node, attempt, "output", owned, event);
  if (policy != NULL && (record.flags & NODE_HAS_ASSIGNED) == 0
      && !fits_schema (frame, node, owned, &error))
    return fermata_dag_decide_failure (moment, frame, node, attempt,
                                       fermata_dag_error_value (frame, node, error), event);
  if (policy != NULL && policy->assignments != NULL && (record.flags & NODE_HAS_ASSIGNED) == 0)
    return assign (moment, frame, node, attempt, owned, event);

  return fermata_dag_decision (frame, event, FERMATA_EVENT_NODE_COMPLETED, node, attempt,
                               g_steal_pointer (&owned));
}

/* What a failed attempt said, with the node's name. */
static FermataValue *
named_error (FermataFrame *frame,
             guint         node,
             FermataValue *error)
{
  g_autoptr (FermataValue) id = fermata_value_new_string (frame->plan->nodes[node].id, -1);

  if (error == NULL || fermata_value_get_kind (error) != FERMATA_VALUE_KIND_OBJECT)
    return fermata_error_value_new (FERMATA_ERROR_KIND_CANCELLED,
                                    "It ended before it was asked to",
                                    frame->plan->nodes[node].id, NULL);

  return fermata_value_with_member (error, "node", id);
}

static FermataValue *
timeout_error (FermataFrame *frame,
               guint         node)
{
  return fermata_error_value_new (FERMATA_ERROR_KIND_TIMEOUT, "It took longer than its time limit",
                                  frame->plan->nodes[node].id, NULL);
}

/* A queued node has been answered. */
static gboolean
decide_answered (FermataMoment           *moment,
                 FermataFrame            *frame,
                 guint                    node,
                 const FermataNodeRecord *record,
                 FermataEvent            *event)
{
  if ((record->flags & NODE_IS_WAIVED) != 0)
    return fermata_dag_decision (frame, event, FERMATA_EVENT_NODE_SKIPPED, node, record->attempt,
                                 NULL);
  if ((record->flags & NODE_IS_ANSWERED) != 0)
    return fermata_dag_decide_success (moment, frame, node, record->attempt,
                                       fermata_value_ref (record->value), event);
  if ((record->flags & NODE_SETTLED_FAILED) != 0)
    return fermata_dag_decide_failure (moment, frame, node, record->attempt,
                                       named_error (frame, node, record->value), event);

  return fermata_dag_decide_start (moment, frame, node, record->attempt, event);
}

/* The failure of a node whose error says which hook had its way. */
static gboolean
fail_by_hook (FermataMoment *moment,
              FermataFrame  *frame,
              guint          node,
              guint          attempt,
              FermataValue  *said,
              const char    *mark,
              FermataEvent  *event)
{
  FermataValue *error = fermata_value_get_member (said, "error");
  FermataValue *by = fermata_value_get_member (said, "by");
  g_autoptr (FermataValue) nobody = fermata_value_new_null ();
  g_autoptr (FermataValue) marked = fermata_value_with_member (error, mark, by != NULL ? by : nobody);

  return fail (moment, frame, node, attempt, marked, event);
}

/* Hooks have been asked about an error: what they said comes before the
 * node's policy. */
static gboolean
decide_reviewed (FermataMoment           *moment,
                 FermataFrame            *frame,
                 guint                    node,
                 const FermataNodeRecord *record,
                 FermataEvent            *event)
{
  FermataValue *error = fermata_value_get_member (record->value, "error");
  FermataValue *output = fermata_value_get_member (record->value, "output");
  FermataValue *member = fermata_value_get_member (record->value, "action");
  const char *action = member == NULL ? "" : fermata_value_get_string (member, NULL);

  if (output != NULL)
    return fermata_dag_decision (frame, event, FERMATA_EVENT_NODE_RECOVERED, node, record->attempt,
                                 recovered_payload (output, error));
  if (g_str_equal (action, "continue"))
    return fail_by_hook (moment, frame, node, record->attempt, record->value, "handled-by", event);
  if (g_str_equal (action, "stop"))
    return fail_by_hook (moment, frame, node, record->attempt, record->value, "stopped-by", event);
  if (g_str_equal (action, "retry") && record->attempt < G_MAXUINT16
      && may_retry (frame, node))
    return fermata_dag_decision (frame, event, FERMATA_EVENT_NODE_RETRYING, node, record->attempt,
                                 retrying_payload (error,
                                                   fermata_node_record_get_delay (record)));

  return fermata_dag_decide_failure (moment, frame, node, record->attempt,
                                     named_error (frame, node, error), event);
}

gboolean
fermata_dag_decide_settled (FermataMoment *moment,
                            FermataFrame  *frame,
                            FermataEvent  *event)
{
  guint node = fermata_index_set_get_lowest (&frame->settled);
  FermataNodeRecord record = fermata_frame_read_node (frame, node);

  if (record.status == FERMATA_NODE_STATUS_QUEUED)
    return decide_answered (moment, frame, node, &record, event);

  if ((record.flags & NODE_SETTLED_CANCELLED) != 0 && (record.flags & NODE_TIMED_OUT) != 0)
    return fermata_dag_decide_failure (moment, frame, node, record.attempt,
                                       timeout_error (frame, node), event);
  if ((record.flags & NODE_SETTLED_CANCELLED) != 0)
    return fermata_dag_decision (frame, event, FERMATA_EVENT_NODE_CANCELLED, node, record.attempt,
                                 NULL);
  if ((record.flags & NODE_ERROR_REVIEWED) != 0)
    return decide_reviewed (moment, frame, node, &record, event);
  if ((record.flags & NODE_SETTLED_FAILED) != 0)
    return fermata_dag_decide_failure (moment, frame, node, record.attempt,
                                       named_error (frame, node, record.value), event);

  return fermata_dag_decide_success (moment, frame, node, record.attempt,
                                     record.value == NULL ? fermata_value_new_null ()
                                                          : fermata_value_ref (record.value),
                                     event);
}
