/* fermata-task-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "harness/fermata-task-node.h"

#include "engine/run/fermata-execution.h"
#include "model/fermata-duration.h"

typedef FermataNodeType FermataTaskNode;
typedef FermataNodeTypeClass FermataTaskNodeClass;

static GType fermata_task_node_get_type (void);

G_DEFINE_TYPE (FermataTaskNode, fermata_task_node, FERMATA_TYPE_NODE_TYPE)

static const char *const cancels[] = { "end", "complete", "fail", "ignore", NULL };

static const char *const lines[] = { "lines", "ndjson", NULL };

static const FermataParameter parameters[] = {
  { "takes", FERMATA_MEMBER_TYPE_DURATION, FERMATA_MEMBER_FORM_TEMPLATE, FALSE, NULL, "0",
    "How long." },
  { "value", FERMATA_MEMBER_TYPE_ANY, FERMATA_MEMBER_FORM_TEMPLATE, FALSE, NULL, "null",
    "What it gives." },
  { "error", FERMATA_MEMBER_TYPE_STRING, FERMATA_MEMBER_FORM_TEMPLATE, FALSE, NULL, NULL,
    "The kind of error it fails with; empty: it does not." },
  { "when-cancelled", FERMATA_MEMBER_TYPE_CHOICE, FERMATA_MEMBER_FORM_LITERAL, FALSE, cancels,
    "\"end\"", "What it does when it is asked to end." },
  { "print", FERMATA_MEMBER_TYPE_STRING, FERMATA_MEMBER_FORM_TEMPLATE, FALSE, NULL, NULL,
    "What it prints at once." },
  { "uses", FERMATA_MEMBER_TYPE_OBJECT, FERMATA_MEMBER_FORM_LITERAL, FALSE, NULL, NULL,
    "The amounts of what it uses up at once, by name." },
  { "progress", FERMATA_MEMBER_TYPE_ARRAY, FERMATA_MEMBER_FORM_LITERAL, FALSE, NULL, NULL,
    "What it reports on its progress, all at once." },
  { "emit", FERMATA_MEMBER_TYPE_ARRAY, FERMATA_MEMBER_FORM_TEMPLATE, FALSE, NULL, NULL,
    "The items that it gives." },
  { "every", FERMATA_MEMBER_TYPE_DURATION, FERMATA_MEMBER_FORM_LITERAL, FALSE, NULL, "0",
    "How long it takes for each of them." },
  { "lines", FERMATA_MEMBER_TYPE_CHOICE, FERMATA_MEMBER_FORM_LITERAL, FALSE, lines, NULL,
    "What the lines are that it prints, as items." },
  { "late", FERMATA_MEMBER_TYPE_BOOLEAN, FERMATA_MEMBER_FORM_LITERAL, FALSE, NULL, "false",
    "Whether it tells its end twice." },
};

static const FermataNodeDescription description = {
  .name = "task",
  .title = "Task",
  .category = "Test",
  .icon_name = "system-run-symbolic",
  .doc = "Takes time and ends as it is told.",
  .output_doc = "Its value.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

static const FermataNodeDescription *
fermata_task_node_describe (FermataNodeType *type)
{
  return &description;
}

static void
end (FermataExecution *execution)
{
  FermataValue *error = fermata_execution_get_parameter (execution, "error");
  FermataValue *value = fermata_execution_get_parameter (execution, "value");
  FermataErrorKind kind = FERMATA_ERROR_KIND_UNKNOWN;

  if (error == NULL || *fermata_value_get_string (error, NULL) == '\0')
    {
      fermata_execution_complete (execution, value);
      return;
    }

  fermata_error_kind_from_string (fermata_value_get_string (error, NULL), &kind);
  fermata_execution_fail (execution, kind, "as it was told", NULL);
}

static void
report (FermataExecution *execution)
{
  FermataValue *uses = fermata_execution_get_parameter (execution, "uses");
  FermataValue *progress = fermata_execution_get_parameter (execution, "progress");

  for (gsize i = 0; uses != NULL && i < fermata_value_get_length (uses); i++)
    {
      const char *name = fermata_value_get_member_name (uses, i);
      FermataValue *amount = fermata_value_get_member (uses, name);

      fermata_execution_report_usage (execution, name, fermata_value_get_number (amount));
    }
  for (gsize i = 0; progress != NULL && i < fermata_value_get_length (progress); i++)
    {
      FermataValue *fraction = fermata_value_get_element (progress, i);

      fermata_execution_report_progress (execution, fermata_value_get_number (fraction), "working");
    }
}

/* Items: @next of them have been given; if it @waits, the next one is due, but
 * is not wanted yet. */
typedef struct {
  guint next;
  gboolean waits;
} Emission;

static void emit_next (FermataExecution *execution);

static gint64
duration_of (FermataExecution *execution,
             const char       *name)
{
  gint64 microseconds = 0;

  g_assert_true (fermata_duration_parse (fermata_execution_get_parameter (execution, name),
                                         &microseconds, NULL));

  return microseconds;
}

/* The time that is left after the last item. */
static void
await_end (FermataExecution *execution,
           guint             n_items)
{
  gint64 left = duration_of (execution, "takes") - n_items * duration_of (execution, "every");

  if (left > 0)
    fermata_execution_call_after (execution, left, end);
  else
    end (execution);
}

static void
await_next (FermataExecution *execution)
{
  FermataValue *items = fermata_execution_get_parameter (execution, "emit");
  Emission *emission = fermata_execution_get_data (execution);

  if (emission->next == fermata_value_get_length (items))
    await_end (execution, emission->next);
  else if (duration_of (execution, "every") > 0)
    fermata_execution_call_after (execution, duration_of (execution, "every"), emit_next);
  else
    emit_next (execution);
}

static void
emit_next (FermataExecution *execution)
{
  FermataValue *items = fermata_execution_get_parameter (execution, "emit");
  Emission *emission = fermata_execution_get_data (execution);

  emission->waits = fermata_execution_is_paused (execution);
  if (emission->waits)
    return;

  g_assert_true (fermata_execution_emit (execution, fermata_value_get_element (items, emission->next++),
                                         NULL));
  await_next (execution);
}

static void
fermata_task_node_set_paused (FermataNodeType  *type,
                              FermataExecution *execution,
                              gboolean          paused)
{
  Emission *emission = fermata_execution_get_data (execution);

  if (emission != NULL && emission->waits && !paused)
    emit_next (execution);
}

static void
fermata_task_node_execute (FermataNodeType  *type,
                           FermataExecution *execution)
{
  FermataValue *takes = fermata_execution_get_parameter (execution, "takes");
  FermataValue *print = fermata_execution_get_parameter (execution, "print");
  FermataValue *late = fermata_execution_get_parameter (execution, "late");
  gint64 microseconds = 0;
  gsize length;

  g_assert_true (fermata_duration_parse (takes, &microseconds, NULL));
  if (fermata_execution_get_parameter (execution, "lines") != NULL)
    fermata_execution_set_emit (execution,
                                fermata_value_get_string (fermata_execution_get_parameter (execution, "lines"), NULL));
  if (print != NULL)
    {
      const char *text = fermata_value_get_string (print, &length);

      g_assert_true (fermata_execution_print (execution, FERMATA_STREAM_OUTPUT,
                                              (const guint8 *) text, length, NULL));
    }

  report (execution);
  if (fermata_execution_get_parameter (execution, "emit") != NULL)
    {
      fermata_execution_set_data (execution, g_new0 (Emission, 1), g_free);
      await_next (execution);
      return;
    }
  if (microseconds == 0)
    end (execution);
  else if (fermata_execution_get_parameter (execution, "error") == NULL)
    fermata_execution_complete_after (execution, microseconds,
                                      fermata_execution_get_parameter (execution, "value"));
  else
    fermata_execution_call_after (execution, microseconds, end);
  if (fermata_value_get_boolean (late))
    end (execution);
}

static void
fermata_task_node_cancel (FermataNodeType  *type,
                          FermataExecution *execution)
{
  FermataValue *what = fermata_execution_get_parameter (execution, "when-cancelled");
  const char *name = fermata_value_get_string (what, NULL);

  if (g_str_equal (name, "complete"))
    fermata_execution_complete (execution, NULL);
  else if (g_str_equal (name, "fail"))
    fermata_execution_fail (execution, FERMATA_ERROR_KIND_EXECUTION, "while cancelled", NULL);
  else if (g_str_equal (name, "ignore"))
    fermata_execution_call_after (execution, 60 * G_USEC_PER_SEC, end);
  else
    fermata_execution_end_cancelled (execution);
}

static void
fermata_task_node_class_init (FermataTaskNodeClass *klass)
{
  klass->describe = fermata_task_node_describe;
  klass->execute = fermata_task_node_execute;
  klass->cancel = fermata_task_node_cancel;
  klass->set_paused = fermata_task_node_set_paused;
}

static void
fermata_task_node_init (FermataTaskNode *self)
{
}

FermataNodeType *
fermata_task_node_new (void)
{
  return g_object_new (fermata_task_node_get_type (), NULL);
}
