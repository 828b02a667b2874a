/* fermata-dag-oracle.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "harness/fermata-random-dag.h"

G_BEGIN_DECLS

/*
 * What docs/semantics.md says must become of a DAG: the rules written down once
 * more, over plain lists and without a thought to speed. Knows nothing of the
 * engine.
 */

typedef enum {
  ORACLE_WAITING,
  ORACLE_RUNNING,
  ORACLE_CANCELLING,
  ORACLE_SETTLED,
  ORACLE_DONE,
  ORACLE_FAILED,
  ORACLE_SKIPPED,
  ORACLE_CANCELLED,
} OracleStatus;

typedef enum {
  ORACLE_EDGE_PENDING,
  ORACLE_EDGE_TAKEN,
  ORACLE_EDGE_DEAD,
  ORACLE_EDGE_FAILED,
} OracleEdge;

/* @started and @ended are times in milliseconds, -1: never. @position is that
 * among all nodes that started, from 0. */
typedef struct {
  OracleStatus status;
  gint64 output;
  gint64 started;
  gint64 ended;
  int position;

  /* While it is under way */
  gint64 due;
  gboolean due_fails;
  gboolean was_asked;
  gboolean settled_failed;
  gboolean is_to_skip;
  gboolean is_to_cancel;
} OracleNode;

typedef struct {
  const RandomDag *dag;
  OracleNode nodes[RANDOM_DAG_MAX_NODES];
  OracleEdge edges[RANDOM_DAG_MAX_EDGES];
  const char *state;

  /* Whose error the run ends with: a node, or the source of an edge; -1: none. */
  int failed_node;
  gint64 time;

  guint n_started;
  guint n_cancels;
  gboolean has_timed_out;
  gboolean has_failed;
  gboolean is_closing;
} Oracle;

Oracle *oracle_run (const RandomDag *dag);

G_END_DECLS
