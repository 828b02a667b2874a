/* fermata-cli-live-rows.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/* So many of the nodes that failed are shown, the last ones. */
#define CLI_MOST_FAILURES 3

/**
 * CliLiveRows:
 * @run: what is shown
 * @metrics: of it
 * @colour: whether there are colours
 * @failures: the last nodes that failed, the latest last
 * @n_failures: how many of those there are
 *
 * What the lines of the live view tell.
 */
typedef struct {
  FermataRun *run;
  FermataMetrics *metrics;
  gboolean colour;
  guint failures[CLI_MOST_FAILURES];
  guint n_failures;
} CliLiveRows;

void  cli_live_rows_note_failure (CliLiveRows *self,
                                  guint        node);

/* Adds the view to @frame: what runs, what failed last, what will be tried
 * again, each in a line of less than @columns, and at most @rows of them; last
 * a bar, without an end of line. What it costs depends on @rows and on what is
 * under way, not on how many nodes there are.
 * Returns how many lines it has. */
guint cli_live_rows_add          (CliLiveRows *self,
                                  GString     *frame,
                                  guint        columns,
                                  guint        rows);

G_END_DECLS
