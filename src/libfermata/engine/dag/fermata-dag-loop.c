/* fermata-dag-loop.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/dag/fermata-dag-private.h"
#include "engine/moment/fermata-body-private.h"

/*
 * Loops: whether `while` goes on, which is decided before each round; and how nodes in
 * a body leave it, `break` and `continue`.
 */

/* `iteration` as the round would see it that is to begin */
static FermataValue *
dup_next_iteration (guint32       index,
                    FermataValue *value)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_integer (builder, "index", index);
  fermata_value_builder_set (builder, "value", value);
  fermata_value_builder_set_boolean (builder, "first", index == 0);

  return fermata_value_builder_end (builder);
}

static gboolean
test_condition (FermataMoment            *moment,
                FermataFrame             *frame,
                guint                     node,
                const FermataBodyRecord  *body,
                gboolean                 *holds,
                GError                  **error)
{
  FermataExpression *condition = fermata_plan_get_expression (frame->plan, node, "condition");
  g_autoptr (FermataValue) iteration = dup_next_iteration (body->n_entered, body->item);
  FermataFrameScope scope;

  fermata_frame_scope_init (&scope, moment, frame, node, FERMATA_INDEX_NONE);
  scope.iteration = iteration;
  if (fermata_expression_test (condition, &scope.parent, holds, error))
    return TRUE;

  g_prefix_error (error, "condition: ");

  return FALSE;
}

static gboolean
is_tested_after (const FermataFrame *frame,
                 guint               node)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);
  FermataValue *test = fermata_plan_get_started_parameter (frame->plan, node, record.value, "test");

  return test != NULL && fermata_value_get_kind (test) == FERMATA_VALUE_KIND_STRING
         && g_str_equal (fermata_value_get_string (test, NULL), "after");
}

/* How many rounds there may be: a number that was looked at when the node began */
static gint64
get_bound (const FermataFrame *frame,
           guint               node)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);
  FermataValue *bound = fermata_plan_get_started_parameter (frame->plan, node, record.value,
                                                            "max-iterations");

  return bound != NULL && fermata_value_get_kind (bound) == FERMATA_VALUE_KIND_INTEGER
         ? fermata_value_get_integer (bound) : G_MAXINT64;
}

/* Sets @goes_on, or fails. */
static gboolean
find_out (FermataMoment            *moment,
          FermataFrame             *frame,
          guint                     node,
          gboolean                 *goes_on,
          GError                  **error)
{
  FermataBodyRecord body = fermata_body_read (frame, node);

  *goes_on = TRUE;
  if ((body.n_entered > 0 || !is_tested_after (frame, node))
      && !test_condition (moment, frame, node, &body, goes_on, error))
    return FALSE;
  if (!*goes_on || body.n_entered < get_bound (frame, node))
    return TRUE;

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_BUDGET,
               "After %u rounds the condition still holds: more than “max-iterations” allows",
               body.n_entered);

  return FALSE;
}

/* Whether another round is to begin; FALSE if something else was decided: @event. */
gboolean
fermata_dag_goes_on (FermataMoment *moment,
                     FermataFrame  *frame,
                     guint          node,
                     FermataEvent  *event)
{
  guint attempt = fermata_frame_read_node (frame, node).attempt;
  g_autoptr (GError) error = NULL;
  gboolean goes_on;

  if (!find_out (moment, frame, node, &goes_on, &error))
    {
      fermata_dag_decide_failure (moment, frame, node, attempt,
                                  fermata_dag_error_value (frame, node, error), event);
      return FALSE;
    }
  if (goes_on)
    return TRUE;

  fermata_dag_decision (frame, event, FERMATA_EVENT_LOOP_ENDED, node, attempt, NULL);

  return FALSE;
}

/* Leaving */

/* The frame of the loop's body that @frame is, or is in: NULL if there is none, which
 * a plan does not allow. */
static FermataFrame *
find_iteration (FermataMoment *moment,
                FermataFrame  *frame)
{
  while (frame->parent != FERMATA_FRAME_NONE)
    {
      FermataFrame *parent = fermata_moment_get_frame (moment, frame->parent);

      if (parent->machine != NULL)
        return NULL;
      if (fermata_body_rule_is_loop (parent->plan->nodes[frame->owner].body_rule)
          && parent->plan->nodes[frame->owner].runs_graph)
        return frame;
      frame = parent;
    }

  return NULL;
}

/* The first that ends an iteration counts. @value is nullable: it gives nothing. */
void
fermata_dag_note_exit (FermataMoment *moment,
                       FermataFrame  *frame,
                       FermataExit    exit,
                       FermataValue  *value)
{
  FermataFrame *iteration = find_iteration (moment, frame);

  if (iteration == NULL || iteration->exit != FERMATA_EXIT_NONE || iteration->returned != NULL)
    return;

  iteration = fermata_moment_write_frame (moment, iteration->number);
  iteration->exit = exit;
  iteration->returned = value == NULL ? NULL : fermata_value_ref (value);
  if (!iteration->is_closing)
    fermata_dag_give_up (moment, iteration);
  if (iteration != frame)
    fermata_moment_note_frame (moment, iteration);
}
