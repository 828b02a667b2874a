/* fermata-history-graph.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/history/fermata-history.h"
#include "format/fermata-dot.h"

G_BEGIN_DECLS

/*
 * A history as a graph of steps. Of a state machine, a step is what states were
 * active until the next transition; steps follow each other as they came, and
 * cycles that were gone through again and again are shown once, with a count.
 * Of a DAG, a step is a node that ran, with how often, and how it went.
 */

/**
 * FermataHistoryStepStatus:
 * @FERMATA_HISTORY_STEP_PASSED: a machine was there
 * @FERMATA_HISTORY_STEP_ACTIVE: a machine is there, a node is running
 * @FERMATA_HISTORY_STEP_DONE: a node is done
 * @FERMATA_HISTORY_STEP_FAILED: a node has failed
 * @FERMATA_HISTORY_STEP_CANCELLED: a node was cancelled
 * @FERMATA_HISTORY_STEP_FOLDED: it stands for steps that are not shown
 *
 * What a step is at the end of what is looked at.
 */
typedef enum {
  FERMATA_HISTORY_STEP_PASSED,
  FERMATA_HISTORY_STEP_ACTIVE,
  FERMATA_HISTORY_STEP_DONE,
  FERMATA_HISTORY_STEP_FAILED,
  FERMATA_HISTORY_STEP_CANCELLED,
  FERMATA_HISTORY_STEP_FOLDED,
} FermataHistoryStepStatus;

/* What @parent of a step is if it is in no other. */
#define FERMATA_HISTORY_STEP_NONE G_MAXUINT

/**
 * FermataHistoryStep:
 * @status: how it went
 * @title: the states, or the node
 * @place: (nullable): the name of the node as histories write it; %NULL of
 *   machines
 * @event: the number of the event to go to: the last of its last visit, or how
 *   its last attempt ended
 * @first_event: the number of its first event
 * @count: visits, executions; of what is folded, steps
 * @n_attempts: of nodes; else 0
 * @n_items: how many items it has worked on, of a node that has some
 * @time: how long it took altogether, in microseconds
 * @parent: the step that it is in, or %FERMATA_HISTORY_STEP_NONE
 *
 * A step of a history.
 */
typedef struct {
  FermataHistoryStepStatus status;
  const char *title;
  const char *place;
  guint64 event;
  guint64 first_event;
  guint64 count;
  guint n_attempts;
  guint n_items;
  gint64 time;
  guint parent;
} FermataHistoryStep;

/**
 * FermataHistoryArc:
 * @source: a step
 * @target: the step after it
 * @label: by what: an event, a time; empty if there is nothing to say
 * @count: how often
 * @event: the number of the event to go to, the last by which it was taken
 * @is_back: it closes a cycle
 *
 * What led from a step to another.
 */
typedef struct {
  guint source;
  guint target;
  const char *label;
  guint64 count;
  guint64 event;
  gboolean is_back;
} FermataHistoryArc;

/**
 * FERMATA_HISTORY_GRAPH_MAX_STEPS:
 *
 * So many steps are shown at most; others are folded into one.
 */
#define FERMATA_HISTORY_GRAPH_MAX_STEPS 500u

#define FERMATA_TYPE_HISTORY_GRAPH (fermata_history_graph_get_type ())

/**
 * FermataHistoryGraph:
 *
 * A history up to a moment, as a graph of steps. It never changes.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataHistoryGraph, fermata_history_graph, FERMATA, HISTORY_GRAPH, GObject)

/* Up to the event @until; 0: all. */
FERMATA_EXTERN
FermataHistoryGraph      *fermata_history_graph_new          (FermataHistory          *history,
                                                              guint64                  until);
FERMATA_EXTERN
guint64                   fermata_history_graph_get_until    (FermataHistoryGraph     *self);
FERMATA_EXTERN
guint                     fermata_history_graph_get_n_steps  (FermataHistoryGraph     *self);
FERMATA_EXTERN
const FermataHistoryStep *fermata_history_graph_get_step     (FermataHistoryGraph     *self,
                                                              guint                    index);
FERMATA_EXTERN
guint                     fermata_history_graph_get_n_arcs   (FermataHistoryGraph     *self);
FERMATA_EXTERN
const FermataHistoryArc  *fermata_history_graph_get_arc      (FermataHistoryGraph     *self,
                                                              guint                    index);

/* How many steps are folded into one. */
FERMATA_EXTERN
guint64                   fermata_history_graph_get_n_folded (FermataHistoryGraph     *self);

/* In which step the run was after the event @number; FALSE if in none yet. */
FERMATA_EXTERN
gboolean                  fermata_history_graph_find_step    (FermataHistoryGraph     *self,
                                                              guint64                  number,
                                                              guint                   *index);

/* As a picture. The `id` of a step or an arc is "event:" and the number of the
 * event to go to; the step of the event @number is marked, 0: the last. */
FERMATA_EXTERN
GBytes                   *fermata_history_graph_to_dot       (FermataHistoryGraph     *self,
                                                              const FermataDotOptions *options,
                                                              guint64                  number);
FERMATA_EXTERN
gboolean                  fermata_history_graph_parse_id     (const char              *id,
                                                              guint64                 *number);

G_END_DECLS
