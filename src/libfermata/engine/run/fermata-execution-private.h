/* fermata-execution-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/run/fermata-execution.h"
#include "engine/run/fermata-outlet-private.h"
#include "engine/run/fermata-run-private.h"

G_BEGIN_DECLS

/*
 * @run is NULL once the run does not wait for the execution any more; whoever
 * still holds it then tells nobody.
 */
struct _FermataExecution {
  GObject parent_instance;

  FermataRun *run;
  FermataPlan *plan;
  guint32 frame;
  guint32 node;
  guint attempt;
  gint64 since;
  FermataValue *parameters;
  FermataOutlet *outlet;
  char *key;
  gboolean cancelled;
  gboolean paused;

  /* One timer at a time: @timer_func is called, or it completes with
   * @timer_value. */
  FermataRunTimer *timer;
  FermataExecutionFunc timer_func;
  FermataValue *timer_value;

  /* Of its reports on progress, the last that has not been told yet, and when
   * it will be. */
  FermataValue *progress;
  gint64 progress_told_at;
  FermataRunTimer *progress_timer;

  /* The run that it is, if a machine has invoked one: it belongs to @data */
  FermataRun *child;

  gpointer data;
  GDestroyNotify destroy;
};

/* Tells what is left to be told of its progress. */
void fermata_execution_flush_progress (FermataExecution *self);

/* Forgets it. */
void fermata_execution_drop_progress  (FermataExecution *self);

G_END_DECLS
