/* fermata-background.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-background-private.h"

static int n_under_way;

static void
task_completed (GTask *task)
{
  g_atomic_int_add (&n_under_way, -1);
}

void
fermata_background_run (GTask           *task,
                        GTaskThreadFunc  func)
{
  g_atomic_int_inc (&n_under_way);
  g_signal_connect (task, "notify::completed", G_CALLBACK (task_completed), NULL);
  g_task_run_in_thread (task, func);
}

guint
fermata_background_get_count (void)
{
  return g_atomic_int_get (&n_under_way);
}
