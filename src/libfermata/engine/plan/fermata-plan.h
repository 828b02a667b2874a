/* fermata-plan.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-expression.h"
#include "model/fermata-graph.h"

G_BEGIN_DECLS

/**
 * FermataEngineError:
 * @FERMATA_ENGINE_ERROR_INVALID: the graph has errors
 * @FERMATA_ENGINE_ERROR_UNSUPPORTED: this version cannot run it yet
 * @FERMATA_ENGINE_ERROR_INPUT: an input is missing, unknown or ill-typed
 * @FERMATA_ENGINE_ERROR_HISTORY: a history that is damaged, or of another graph
 * @FERMATA_ENGINE_ERROR_STATE: not at this moment of a run
 * @FERMATA_ENGINE_ERROR_PART: the graph has no such part, or what it needs of the
 *   rest is missing
 * @FERMATA_ENGINE_ERROR_MODULE: a module with node types that cannot be loaded
 * @FERMATA_ENGINE_ERROR_DROPPED: of the past of a run, something that it does not
 *   keep any more
 *
 * Why a run or a module is refused.
 */
typedef enum {
  FERMATA_ENGINE_ERROR_INVALID,
  FERMATA_ENGINE_ERROR_UNSUPPORTED,
  FERMATA_ENGINE_ERROR_INPUT,
  FERMATA_ENGINE_ERROR_HISTORY,
  FERMATA_ENGINE_ERROR_STATE,
  FERMATA_ENGINE_ERROR_MODULE,
  FERMATA_ENGINE_ERROR_PART,
  FERMATA_ENGINE_ERROR_DROPPED,
} FermataEngineError;

#define FERMATA_ENGINE_ERROR (fermata_engine_error_quark ())

FERMATA_EXTERN
GQuark            fermata_engine_error_quark    (void);

#define FERMATA_TYPE_PLAN (fermata_plan_get_type ())

/**
 * FermataPlan:
 *
 * A graph compiled for running: nodes and edges by dense indices, expressions
 * and templates compiled. Immutable; later changes of the graph do not reach it.
 */
typedef struct _FermataPlan FermataPlan;

typedef struct _FermataNodeRegistry FermataNodeRegistry;

FERMATA_EXTERN
GType             fermata_plan_get_type         (void) G_GNUC_CONST;
FERMATA_EXTERN
FermataPlan      *fermata_plan_new              (FermataGraph        *graph,
                                                 FermataNodeRegistry *registry,
                                                 FermataEvaluator    *evaluator,
                                                 GError             **error);
FERMATA_EXTERN
FermataPlan      *fermata_plan_ref              (FermataPlan         *self);
FERMATA_EXTERN
void              fermata_plan_unref            (FermataPlan         *self);
FERMATA_EXTERN
FermataGraphKind  fermata_plan_get_kind         (FermataPlan         *self);
FERMATA_EXTERN
guint             fermata_plan_get_n_nodes      (FermataPlan         *self);
FERMATA_EXTERN
guint             fermata_plan_get_n_edges      (FermataPlan         *self);
FERMATA_EXTERN
const char       *fermata_plan_get_node_id      (FermataPlan         *self,
                                                 guint                node);
FERMATA_EXTERN
const char       *fermata_plan_get_node_type    (FermataPlan         *self,
                                                 guint                node);
FERMATA_EXTERN
gboolean          fermata_plan_find_node        (FermataPlan         *self,
                                                 const char          *id,
                                                 guint               *node);
FERMATA_EXTERN
const char       *fermata_plan_get_edge_name    (FermataPlan         *self,
                                                 guint                edge);
FERMATA_EXTERN
gboolean          fermata_plan_find_edge        (FermataPlan         *self,
                                                 const char          *name,
                                                 guint               *edge);

/* Which edge of the graph it was made of: one with several targets may be
 * several edges here. */
FERMATA_EXTERN
guint             fermata_plan_get_edge_document_index (FermataPlan  *self,
                                                 guint                edge);
FERMATA_EXTERN
guint             fermata_plan_get_edge_source  (FermataPlan         *self,
                                                 guint                edge);
FERMATA_EXTERN
guint             fermata_plan_get_edge_target  (FermataPlan         *self,
                                                 guint                edge);

/* Whether a node of it waits for events from outside. */
FERMATA_EXTERN
gboolean          fermata_plan_takes_events     (FermataPlan         *self);

/* The graphs in files that nodes of it run (transfer container). */
FERMATA_EXTERN
GPtrArray        *fermata_plan_list_documents   (FermataPlan         *self);

/* The place of an edge in events: places of edges follow those of nodes. */
FERMATA_EXTERN
guint32           fermata_plan_get_edge_place   (FermataPlan         *self,
                                                 guint                edge);

/* Bodies: what nodes run in frames of their own. */
FERMATA_EXTERN
FermataPlan      *fermata_plan_get_node_body   (FermataPlan          *self,
                                                guint32               node);
FERMATA_EXTERN
FermataPlan      *fermata_plan_find_node_body  (FermataPlan          *self,
                                                guint32               node,
                                                const char           *name);
FERMATA_EXTERN
FermataPlan      *fermata_plan_find_state_task (FermataPlan          *self,
                                                guint32               state,
                                                guint                 index);
FERMATA_EXTERN
guint32           fermata_plan_get_first_place (FermataPlan          *self);
FERMATA_EXTERN
gboolean          fermata_plan_is_item         (FermataPlan          *self);

/* Names as histories write them: those of a body begin with its owner's. */
FERMATA_EXTERN
char             *fermata_plan_dup_place_name  (FermataPlan          *self,
                                                guint32               place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataPlan, fermata_plan_unref)

G_END_DECLS
