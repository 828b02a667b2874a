/* fermata-chart-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-index-set-private.h"
#include "engine/plan/fermata-plan.h"
#include "engine/policies/fermata-assignments-private.h"
#include "engine/policies/fermata-policy-private.h"
#include "expression/fermata-template.h"

G_BEGIN_DECLS

/*
 * A state machine compiled for running: what the plan of a graph of kind `fsm`
 * has besides nodes and edges.
 *
 * States are the plan's nodes, and have the same indices: in document order, a
 * state before what is in it. So the descendants of state s are those from s + 1
 * to states[s].end - 1, and to compare indices is to compare in document order.
 * Transitions are the plan's edges, and have the same indices: those that leave a
 * state stand together, in document order.
 */

typedef enum {
  FERMATA_STATE_ATOMIC,
  FERMATA_STATE_COMPOUND,
  FERMATA_STATE_PARALLEL,
  FERMATA_STATE_FINAL,
  FERMATA_STATE_SHALLOW_HISTORY,
  FERMATA_STATE_DEEP_HISTORY,
} FermataStateType;

/* How data is named and changed: Fermata's own way, or one of SCXML's (appendix B of
 * the recommendation), in which nothing is a template. */
typedef enum {
  FERMATA_DATA_MODEL_FERMATA,
  FERMATA_DATA_MODEL_ECMASCRIPT,
  FERMATA_DATA_MODEL_NULL,
} FermataDataModel;

/* A range of `indices` */
typedef struct {
  guint32 first;
  guint32 n;
} FermataChartRange;

/* In SCXML's data models: what stands there, or what an expression gives; neither
 * where there is nothing. */
typedef struct {
  FermataValue *text;
  FermataExpression *expression;
} FermataChartText;

/* One of `params`, or (@is_listed) of `name-list` */
typedef struct {
  char *name;
  FermataExpression *expression;
  gboolean is_listed;
} FermataChartParam;

/* What an event carries, in SCXML's data models: content or, without, @params. */
typedef struct {
  FermataChartText content;
  GArray *params;
} FermataChartPayload;

/*
 * @parent is FERMATA_INDEX_NONE for those at the top, which have @depth 1. @initial are the states
 * that its initial transition leads to: of a compound state, or the default of a
 * history state; never empty there (the first child, if the document is silent),
 * and empty otherwise. @entry, @exit and @initial_block are where
 * the actions begin in `ops`, FERMATA_INDEX_NONE without any. @history are the
 * history states that are its children. @timers are its edges with `after`.
 */
typedef struct {
  guint32 parent;
  guint32 end;
  guint32 depth;
  FermataChartRange initial;
  guint32 initial_block;
  guint32 entry;
  guint32 exit;
  FermataChartRange history;
  FermataChartRange timers;
  guint32 first_task;

  /* Of a final state; NULL without. In SCXML's data models it is the other one. */
  FermataTemplate *data;
  FermataChartPayload *done_data;

  guint8 type;

  /* At least one edge without event and `after` leaves it. */
  guint8 is_restless : 1;
} FermataChartState;

/*
 * One descriptor of an event: @token without a trailing `.*` or `.`; `*` is the
 * empty token, which matches all.
 */
typedef struct {
  const char *token;
} FermataChartDescriptor;

/*
 * @descriptors is a range of the chart's `descriptors`; empty for edges without
 * event. @after is -1 microseconds without a template where there is none.
 * @domain is the domain of the transition: the state that stays, FERMATA_INDEX_NONE
 * for the whole machine; it counts only if there are targets, and none of
 * them is a history state (@has_history), whose targets are not known yet.
 * The condition is the plan edge's `when`.
 */
typedef struct {
  FermataChartRange targets;
  FermataChartRange descriptors;
  FermataPlanDuration after;
  guint32 domain;
  guint32 block;
  guint8 is_internal : 1;
  guint8 has_history : 1;
  guint8 has_after : 1;
} FermataChartEdge;

/*
 * What an action of SCXML's data models has besides an expression: @location is
 * where it puts something (`assign`, a declaration, `id-location`).
 */
typedef struct {
  FermataChartText event;
  FermataChartText to;
  FermataChartText type;
  FermataChartText id;
  FermataChartText delay;
  FermataChartPayload payload;
  FermataValue *content;
  char *location;
  char *item;
  char *index;
  char *label;

  /* Of a declaration: why it has no value */
  char *problem;
} FermataChartScxml;

/* What an invocation has, in SCXML's data models: of those whose type is
 * `invoke` also what is told to it. */
typedef struct {
  FermataChartPayload payload;
  char *id_location;
  FermataChartText type;
  FermataChartText src;
  FermataChartText content;
  gboolean is_named;
  gboolean is_dynamic;
} FermataChartInvoke;

typedef enum {
  /* The block is over. */
  FERMATA_OP_END,
  FERMATA_OP_ASSIGN,
  FERMATA_OP_RAISE,
  FERMATA_OP_SEND,
  FERMATA_OP_CANCEL,
  FERMATA_OP_LOG,
  FERMATA_OP_SCRIPT,

  /* Goes on at @jump if @expression is false. */
  FERMATA_OP_IF,

  /* Goes on at @jump. */
  FERMATA_OP_JUMP,

  /* Begins a loop over @expression, whose body follows; goes on at @jump,
   * behind the loop, if there is nothing (left). */
  FERMATA_OP_FOREACH,

  /* The end of a loop's body: @jump is its FOREACH. */
  FERMATA_OP_NEXT,

  /* Another block begins here: what failed before does not matter to it. */
  FERMATA_OP_BLOCK,

  /* Goes on at @jump unless the state has been entered for the first time. */
  FERMATA_OP_ONCE,

  /* The first value of a variable: of a given one that */
  FERMATA_OP_DECLARE,

  /* Kept, and not known */
  FERMATA_OP_NOTHING,
} FermataOpCode;

/*
 * One step of an action: what has a verb of its own is one op, and the bodies of
 * `if` and `foreach` are laid out flat. So where a machine is in its actions is
 * one number.
 *
 * @event, @data, @to, @id and @delay are templates of `raise` and `send`, @id also
 * that of `cancel`; @data is what `log` says. NULL where there is none; without
 * @delay it is 0.
 */
typedef struct {
  guint8 code;
  guint32 jump;
  FermataAssignments *assignments;
  FermataExpression *expression;
  FermataTemplate *event;
  FermataTemplate *data;
  FermataTemplate *to;
  FermataTemplate *id;
  FermataPlanDuration delay;

  /* Of a script: its code, as the document has it */
  FermataValue *code_text;

  /* NULL in Fermata's own data model */
  FermataChartScxml *scxml;
} FermataChartOp;

/*
 * What runs while a state is active: @plan is a DAG of one node (`is_item`),
 * the task. @id is what its events are called after: its `id`, else that of the
 * state, with `#2`, `#3`, … from the second without one on.
 */
typedef struct {
  guint32 state;
  char *id;
  FermataPlan *plan;
  gboolean autoforward;

  /* Actions for an event from it, before that is looked at; FERMATA_INDEX_NONE
   * without any */
  guint32 finalize;

  /* NULL in Fermata's own data model */
  FermataChartInvoke *invoke;

  /* It runs a machine with one of SCXML's data models. */
  gboolean runs_scxml;
} FermataChartTask;

/*
 * Invariants: `states` and `tasks` have a sentinel, so that the tasks of state s
 * are those from states[s].first_task to states[s + 1].first_task - 1.
 */
typedef struct {
  FermataChartState *states;
  FermataChartEdge *edges;
  FermataChartOp *ops;
  guint n_ops;
  FermataChartTask *tasks;
  guint n_tasks;
  FermataChartDescriptor *descriptors;
  guint32 *indices;

  /* Of the machine itself: as with a compound state */
  FermataChartRange initial;
  guint32 initial_block;

  guint max_steps;
  FermataDataModel data_model;

  /* Of SCXML's data models: all variables that are declared, undefined as yet */
  FermataValue *variables;

  /* Something in it asks what visits of states resulted in. */
  gboolean wants_visits;

  /* That of the deepest state */
  guint depth;

  /* Something in it can ask what event is at hand, besides its name. */
  gboolean sees_events;

  /* Keeps the tokens of `descriptors` */
  GStringChunk *texts;

  /* By state, where many edges leave it: by token, edges. Made when first asked
   * for. */
  GHashTable *edges_by_token;

  /* All tokens, made likewise. */
  GHashTable *tokens;

  /* By edge: see fermata_statechart_then_new(). */
  GHashTable *thens;
} FermataChart;

/* Microsteps that one event may cause, unless the graph says. */
#define FERMATA_DEFAULT_MAX_STEPS 10000

void fermata_chart_free (FermataChart *self,
                         guint         n_states,
                         guint         n_edges);

/* What content, or the text of a file, is to a machine (transfer full). */
FermataValue *fermata_chart_dup_content (const FermataChart *self,
                                         const char         *text);

/* As the document has it */
const char *fermata_state_type_to_string (FermataStateType type);

static inline gboolean
fermata_chart_is_history (const FermataChart *self,
                          guint               state)
{
  return self->states[state].type >= FERMATA_STATE_SHALLOW_HISTORY;
}

/* Whether @state is a (proper) descendant of @ancestor, FERMATA_INDEX_NONE being
 * the machine as a whole. */
static inline gboolean
fermata_chart_is_descendant (const FermataChart *self,
                             guint               state,
                             guint               ancestor)
{
  return ancestor == FERMATA_INDEX_NONE
         || (state > ancestor && state < self->states[ancestor].end);
}

/* Whether it needs neither an event nor its time to come. */
static inline gboolean
fermata_chart_edge_is_eventless (const FermataChartEdge *edge)
{
  return edge->descriptors.n == 0 && !edge->has_after;
}

G_END_DECLS
