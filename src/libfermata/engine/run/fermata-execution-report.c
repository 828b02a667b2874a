/* fermata-execution-report.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What an attempt tells of itself while it is under way. */

#include "engine/run/fermata-execution-private.h"

#include <math.h>

#include "value/fermata-value-builder.h"

/* Microseconds between two reports on progress. */
#define PROGRESS_INTERVAL (100 * 1000)

static void
report (FermataExecution *self,
        FermataEventKind  kind,
        FermataValue     *payload)
{
  fermata_run_post_fact (self->run, kind, self->frame, self->node, self->attempt, payload);
}

/**
 * fermata_execution_report_measured:
 * @self: an execution
 * @user_time: CPU time of a process of it, microseconds
 * @system_time: the same in the kernel
 * @peak_memory: the most memory that the process had, bytes
 *
 * Records what one of its processes took. To be told when that has ended, and
 * before the attempt has.
 */
void
fermata_execution_report_measured (FermataExecution *self,
                                   gint64            user_time,
                                   gint64            system_time,
                                   guint64           peak_memory)
{
  g_autoptr (FermataValueBuilder) builder = NULL;

  g_return_if_fail (FERMATA_IS_EXECUTION (self));

  if (self->run == NULL)
    return;

  builder = fermata_value_builder_new_object ();
  fermata_value_builder_set_integer (builder, "cpu-user", MAX (user_time, 0));
  fermata_value_builder_set_integer (builder, "cpu-system", MAX (system_time, 0));
  fermata_value_builder_set_integer (builder, "peak-memory", MIN (peak_memory, G_MAXINT64));
  report (self, FERMATA_EVENT_TASK_MEASURED, fermata_value_builder_end (builder));
}

/* Whole amounts are written as such. */
static FermataValue *
amount_value (double amount)
{
  if (amount <= 9007199254740991.0 && floor (amount) == amount)
    return fermata_value_new_integer ((gint64) amount);

  return fermata_value_new_number (amount);
}

/**
 * fermata_execution_report_usage:
 * @self: an execution
 * @name: what it used, such as `tokens` or `cost`
 * @amount: how much, beside what it has told before; not negative
 *
 * Records that the attempt has used something up. The amounts of all attempts
 * are summed up, whatever becomes of them, and count for the budgets of the
 * run that have this name.
 */
void
fermata_execution_report_usage (FermataExecution *self,
                                const char       *name,
                                double            amount)
{
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValue) value = NULL;

  g_return_if_fail (FERMATA_IS_EXECUTION (self));
  g_return_if_fail (name != NULL && g_utf8_validate (name, -1, NULL));
  g_return_if_fail (isfinite (amount) && amount >= 0);

  if (self->run == NULL || amount == 0)
    return;

  builder = fermata_value_builder_new_object ();
  value = amount_value (amount);
  fermata_value_builder_set_string (builder, "name", name);
  fermata_value_builder_set (builder, "amount", value);
  report (self, FERMATA_EVENT_USAGE, fermata_value_builder_end (builder));
}

/* Progress */

void
fermata_execution_drop_progress (FermataExecution *self)
{
  if (self->progress_timer != NULL)
    fermata_run_remove_timer (self->run, g_steal_pointer (&self->progress_timer));
  g_clear_pointer (&self->progress, fermata_value_unref);
}

void
fermata_execution_flush_progress (FermataExecution *self)
{
  g_autoptr (FermataValue) value = g_steal_pointer (&self->progress);

  fermata_execution_drop_progress (self);
  if (value == NULL)
    return;

  self->progress_told_at = fermata_run_get_time (self->run);
  report (self, FERMATA_EVENT_PROGRESS, g_steal_pointer (&value));
}

static void
progress_due (gpointer user_data)
{
  g_autoptr (FermataExecution) self = g_object_ref (user_data);

  self->progress_timer = NULL;
  fermata_execution_flush_progress (self);
}

/**
 * fermata_execution_report_progress:
 * @self: an execution
 * @fraction: how much of its work is done, from 0 to 1; what is beyond is cut
 * @message: (nullable): what it does, for people
 *
 * Records how far the attempt is. It may be told as often as one likes: at most
 * ten reports a second become facts, the last one always.
 */
void
fermata_execution_report_progress (FermataExecution *self,
                                   double            fraction,
                                   const char       *message)
{
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValue) value = NULL;
  gint64 due;

  g_return_if_fail (FERMATA_IS_EXECUTION (self));
  g_return_if_fail (!isnan (fraction));
  g_return_if_fail (message == NULL || g_utf8_validate (message, -1, NULL));

  if (self->run == NULL)
    return;

  builder = fermata_value_builder_new_object ();
  value = fermata_value_new_number (CLAMP (fraction, 0, 1));
  fermata_value_builder_set (builder, "fraction", value);
  if (message != NULL)
    fermata_value_builder_set_string (builder, "message", message);
  g_clear_pointer (&self->progress, fermata_value_unref);
  self->progress = fermata_value_builder_end (builder);

  due = self->progress_told_at + PROGRESS_INTERVAL;
  if (fermata_run_get_time (self->run) >= due)
    fermata_execution_flush_progress (self);
  else if (self->progress_timer == NULL)
    self->progress_timer = fermata_run_add_timer (self->run, due, progress_due, self);
}
