/* fermata-plan-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/plan/fermata-chart-private.h"
#include "engine/plan/fermata-node-type.h"
#include "engine/plan/fermata-plan.h"
#include "engine/plan/fermata-script-sessions-private.h"
#include "engine/policies/fermata-budgets-private.h"
#include "engine/policies/fermata-policy-private.h"
#include "engine/policies/fermata-pools-private.h"
#include "expression/fermata-template.h"
#include "model/fermata-documents-private.h"

G_BEGIN_DECLS

typedef enum {
  FERMATA_JOIN_ALL,
  FERMATA_JOIN_ANY,
  FERMATA_JOIN_ALWAYS,
} FermataJoin;

/* How long `always` nodes may take when a run closes, unless the graph says:
 * microseconds. */
#define FERMATA_DEFAULT_CLOSING_TIMEOUT (5 * 60 * G_USEC_PER_SEC)

/* One parameter of a node: a constant, or what gives its value. */
typedef struct {
  guint16 index;
  guint16 form;
  union {
    FermataValue *constant;
    FermataTemplate *template;
    FermataExpression *expression;
  };
} FermataPlanParameter;

enum {
  PARAMETER_CONSTANT,
  PARAMETER_TEMPLATE,
  PARAMETER_EXPRESSION,
};

/* @members keeps @id alive. Edges are numbered so that those leaving a node
 * stand together: node i has the edges first_out … first_out of i + 1 - 1, in
 * document order. */
typedef struct {
  FermataValue *members;
  const char *id;
  FermataNodeType *type;

  /* Of a join: an object with the name of each incoming edge, in their order;
   * NULL if two have the same name. What the input is when all are taken. */
  FermataValue *input_names;

  /* NULL if there is none */
  FermataPolicy *policy;

  /* What runs in frames of its own; NULL: nothing does. Its policies are then
   * those of the node in there. @body_index is its number among the nodes of
   * the plan that have one, @each_edge the edge that its items come by. With
   * @runs_graph it is a graph that the node runs as @body_rule says; all of its
   * policies are then its own. Only `try` has the other two. */
  FermataPlan *body;
  FermataPlan *catch_body;
  FermataPlan *finally_body;

  /* What a body from a file is made of, to tell whether that is still the same;
   * NULL of others */
  FermataValue *content;
  guint32 body_index;
  guint32 each_edge;
  guint32 first_out;
  guint32 first_in;
  guint32 first_parameter;
  guint16 need;
  guint8 join;
  guint8 is_computed : 1;
  guint8 has_conditions : 1;
  guint8 has_error_edges : 1;
  guint8 has_admission : 1;
  guint8 listens : 1;

  /* Of its outgoing edges, at least one is for each of its items. */
  guint8 has_each : 1;
  guint8 runs_graph : 1;

  /* Its body is a plan that it lies in itself, maybe the root, and not its own:
   * who goes from plans to bodies stops here. */
  guint8 is_recursion : 1;

  /* A FermataBodyRule and a FermataExit */
  guint8 body_rule;
  guint8 exit;

  /* A FermataRouting */
  guint8 routing;

  /* How many frames of the graph in its file may be in each other; 0: any number */
  guint16 max_depth;
} FermataPlanNode;

typedef struct {
  FermataValue *members;
  FermataExpression *when;
  guint32 source;
  guint32 target;
  guint32 document_index;

  /* Its number among the edges with a condition, or FERMATA_INDEX_NONE. */
  guint32 condition;

  /* What its source must have found, in @members. */
  FermataValue *match;

  /* It is for when its source fails. */
  gboolean on_error;

  /* Its target has a frame for each item. */
  gboolean is_each;
} FermataPlanEdge;

/*
 * Invariants: all arrays have one sentinel more than there are things, so
 * that `first_…` of i + 1 is always there; nothing changes once it is made.
 */
struct _FermataPlan {
  gatomicrefcount ref_count;

  FermataGraphKind kind;
  FermataValue *members;

  /* What it is called among what runs share: the graph's name, or one of its
   * own if that has none. */
  char *scope;
  guint n_nodes;
  guint n_edges;
  guint n_conditions;
  FermataPlanNode *nodes;
  FermataPlanEdge *edges;
  guint32 *incoming;
  FermataPlanParameter *parameters;
  guint n_parameters;
  FermataTemplate *variables;
  FermataExpression *result;
  guint max_concurrency;
  gboolean fail_fast;
  gboolean takes_events;
  FermataPlanDuration timeout;
  FermataPlanDuration closing_timeout;
  FermataPools pools;
  FermataBudgets budgets;

  /* Of a state machine; NULL of others */
  FermataChart *chart;

  /* Of a root that an engine has made; NULL of others: the JavaScript of machines, a
   * cache that is no part of what the plan says */
  FermataScriptSessions *sessions;

  guint n_bodies;

  /* Of its nodes, those without outgoing edges */
  guint n_sinks;

  /* The name of the body that it is, where the node may have several; NULL
   * elsewhere. */
  const char *body_name;

  /* A graph within bounds what it uses; of the root alone */
  gboolean has_inner_budgets;

  /* At least one of its nodes remembers something */
  gboolean has_states;

  /* It is that of a whole document, the first or one from a file: inside nothing
   * around it is known. @document is the index of that. */
  gboolean is_isolated;
  guint document;

  /* Of those, where it lies; NULL if that is nowhere */
  GFile *file;

  /* A node in it, at any depth, has it for a body */
  gboolean is_in_itself;

  /* Of the root, if there are several: NULL otherwise */
  FermataDocuments *documents;

  /* A body of one node, made for an edge with `each` */
  gboolean is_item;

  /* What the graph has pinned, as a start says it of a frame; NULL: nothing. Of the
   * root and of items it is the start of the run that says it. */
  FermataValue *pinned;

  /* See fermata-plan-tree.c. @n_places is where its own end; of the root
   * alone, those of all do. @tree, of the root alone, has all plans in order,
   * itself first; NULL if there are no others. @path is what
   * names in histories begin with; NULL for the root. */
  guint32 first_place;
  guint32 n_places;
  GPtrArray *tree;
  char *path;

  /* Made when first asked for. */
  GHashTable *plans_by_path;
  GHashTable *nodes_by_id;
  char **edge_names;
  GHashTable *edges_by_name;
};

static inline guint
fermata_plan_node_n_in (const FermataPlan *self,
                        guint              node)
{
  return self->nodes[node + 1].first_in - self->nodes[node].first_in;
}

/* Its graph may be in a file. */
static inline gboolean
fermata_plan_node_runs_files (const FermataPlanNode *self)
{
  return self->runs_graph && g_str_equal (fermata_node_type_describe (self->type)->name, "subgraph");
}

/* A machine in one of SCXML's data models */
gboolean fermata_plan_is_scxml (const FermataPlan *self);

/* It has a frame for each item. */
static inline gboolean
fermata_plan_node_has_items (const FermataPlanNode *self)
{
  return self->body != NULL && !self->runs_graph;
}

/* Which of its frames one is has to be told: paths have its number. */
static inline gboolean
fermata_plan_node_has_many_frames (const FermataPlanNode *self)
{
  return fermata_plan_node_has_items (self) || fermata_body_rule_is_loop (self->body_rule);
}

/* The plan of the first of @documents, which reads the others. */
FermataPlan  *fermata_plan_new_from_documents (FermataDocuments     *documents,
                                               FermataNodeRegistry  *registry,
                                               FermataEvaluator     *evaluator,
                                               GError              **error);

/* What a graph is given, checked against what it declares, with defaults; the first
 * values of its variables, which can name inputs (transfer full; NULL or FALSE with
 * @error set). @given is nullable. */
gboolean      fermata_plan_check_inputs   (FermataPlan   *self,
                                           FermataValue  *given,
                                           FermataValue **inputs,
                                           GError       **error);
FermataValue *fermata_plan_make_variables (FermataPlan   *self,
                                           FermataValue  *inputs,
                                           gint64         date,
                                           guint64        seed,
                                           GError       **error);

/* A parameter as a node was started with it, @started being what the event of
 * that says: filled in or constant, else the default (transfer none, nullable). */
FermataValue *fermata_plan_get_started_parameter (FermataPlan  *self,
                                                  guint         node,
                                                  FermataValue *started,
                                                  const char   *name);

/* A parameter that is evaluated later than the others (nullable). */
FermataExpression *fermata_plan_get_expression (FermataPlan *self,
                                                guint        node,
                                                const char  *name);

/* Gives all nodes and edges of a tree of plans their places. */
void                   fermata_plan_number_places   (FermataPlan       *root);

/* Of which plan a place is, and which of its nodes or, behind them, edges. */
FermataPlan           *fermata_plan_locate          (const FermataPlan *root,
                                                     guint32            place,
                                                     guint             *local);
const FermataPlanNode *fermata_plan_node_at         (const FermataPlan *root,
                                                     guint32            place);

/* Whether the state at a place has edges with `after`. */
static inline gboolean
fermata_plan_has_timers_at (const FermataPlan *root,
                            guint32            place)
{
  guint local;
  const FermataPlan *plan = root->tree == NULL ? root : fermata_plan_locate (root, place, &local);

  return plan->chart->states[place - plan->first_place].timers.n > 0;
}

/* Names as histories write them: those of a body begin with its owner's. */
gboolean               fermata_plan_find_node_place (FermataPlan       *root,
                                                     const char        *name,
                                                     guint32           *place);
gboolean               fermata_plan_find_edge_place (FermataPlan       *root,
                                                     const char        *name,
                                                     guint32           *place);

/* The name by which the target knows what comes over the edge. */
const char *fermata_plan_get_input_name (FermataPlan *self,
                                         guint        edge);

G_END_DECLS
