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
  ORACLE_RETRYING,
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

/* @ended is a time in milliseconds, -1: never. */
typedef struct {
  OracleStatus status;
  gint64 output;
  gint64 ended;
  guint attempt;
  gboolean is_handled;

  /* When the next attempt may be made; when this one has taken too long */
  gint64 retry_due;
  gint64 times_out;
  gboolean has_timed_out;

  /* While it is under way */
  gint64 due;
  gboolean due_fails;
  gboolean was_asked;
  gboolean settled_failed;
  gboolean is_to_skip;
  gboolean is_to_cancel;
} OracleNode;

/* An attempt that began. */
typedef struct {
  guint node;
  guint attempt;
  gint64 time;
} OracleStart;

#define ORACLE_MAX_STARTS (RANDOM_DAG_MAX_NODES * 8)

typedef struct {
  const RandomDag *dag;
  OracleNode nodes[RANDOM_DAG_MAX_NODES];
  OracleEdge edges[RANDOM_DAG_MAX_EDGES];
  const char *state;

  /* Whose error the run ends with: a node, or the source of an edge; -1: none. */
  int failed_node;
  gint64 time;

  OracleStart starts[ORACLE_MAX_STARTS];
  guint n_started;
  gint64 sum;
  guint n_cancels;
  gboolean has_timed_out;
  gboolean has_failed;
  gboolean is_closing;
  gboolean is_insisted;
  gint64 closing_since;
} Oracle;

Oracle *oracle_run (const RandomDag *dag);

G_END_DECLS
