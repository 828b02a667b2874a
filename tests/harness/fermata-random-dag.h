/* fermata-random-dag.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A DAG of chance in plain arrays: what it is made of is known without the
 * engine, and so to the oracle. Times are in milliseconds.
 */

#define RANDOM_DAG_MAX_NODES 60
#define RANDOM_DAG_MAX_EDGES 240

typedef enum {
  RANDOM_JOIN_ALL,
  RANDOM_JOIN_ANY,
  RANDOM_JOIN_ALWAYS,
} RandomJoin;

/* What a node does. */
typedef enum {
  RANDOM_NODE_SET,        /* computed: its own number plus what came in */
  RANDOM_NODE_CONSTANT,   /* computed: its own number */
  RANDOM_NODE_BROKEN,     /* computed: a template without a value */
  RANDOM_NODE_FAIL,       /* computed: fails */
  RANDOM_NODE_TASK,       /* executed: takes time, gives its number */
  RANDOM_NODE_BAD_TASK,   /* executed: takes time, fails */
  RANDOM_NODE_UNFILLED,   /* executed: a parameter without a value */
} RandomWhat;

/* What a task does when it is asked to end. */
typedef enum {
  RANDOM_CANCEL_END,
  RANDOM_CANCEL_COMPLETE,
  RANDOM_CANCEL_FAIL,
  RANDOM_CANCEL_IGNORE,
} RandomCancel;

typedef enum {
  RANDOM_WHEN_NONE,
  RANDOM_WHEN_TRUE,
  RANDOM_WHEN_FALSE,
  RANDOM_WHEN_EVEN,       /* the output of its source is even */
  RANDOM_WHEN_SMALL,      /* it is less than 100 */
  RANDOM_WHEN_BROKEN,     /* has no value */
} RandomWhen;

typedef enum {
  RANDOM_ON_ERROR_FAIL,
  RANDOM_ON_ERROR_CONTINUE,
  RANDOM_ON_ERROR_VALUE,
} RandomOnError;

/* What RANDOM_ON_ERROR_VALUE gives, and a taken edge that carries an error. */
#define RANDOM_FALLBACK 77
#define RANDOM_ERROR_NUMBER 1

/* How much there is of the one pool. */
#define RANDOM_POOL 2

/* @fails: of a RANDOM_NODE_TASK, how many attempts fail before one does not.
 * @timeout: -1: none. @uses: so much of the pool. @assigns: whether its number
 * is added to the variable. */
typedef struct {
  RandomJoin join;
  RandomWhat what;
  RandomCancel cancel;
  gint64 takes;
  gint64 number;
  guint fails;
  guint attempts;
  gint64 delay;
  guint backoff;
  gint64 timeout;
  RandomOnError on_error;
  guint uses;
  gboolean assigns;
} RandomNode;

typedef struct {
  guint source;
  guint target;
  RandomWhen when;
  gboolean on_error;
} RandomEdge;

/* No two edges have the same ends. */
typedef struct {
  guint n_nodes;
  guint n_edges;
  RandomNode nodes[RANDOM_DAG_MAX_NODES];
  RandomEdge edges[RANDOM_DAG_MAX_EDGES];
  gboolean continues;
  guint max_concurrency;

  /* -1: never. The time limit is never at the time of a cancel. */
  gint64 timeout;
  gint64 cancels[2];
} RandomDag;

RandomDag *random_dag_new     (GRand           *rand);
char      *random_dag_to_json (const RandomDag *self);

G_END_DECLS
