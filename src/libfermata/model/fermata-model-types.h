/* fermata-model-types.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "value/fermata-value.h"

G_BEGIN_DECLS

/**
 * FERMATA_MAX_STATE_DEPTH:
 *
 * So many levels of states may be in each other; those at the top are the first.
 */
#define FERMATA_MAX_STATE_DEPTH 1000

/**
 * FermataGraphKind:
 * @FERMATA_GRAPH_KIND_UNKNOWN: the document names no kind that exists
 * @FERMATA_GRAPH_KIND_DAG: tasks that each run at most once
 * @FERMATA_GRAPH_KIND_FLOW: long-lived workers with mailboxes
 * @FERMATA_GRAPH_KIND_FSM: a state machine, up to a full statechart
 *
 * How a graph is interpreted.
 */
typedef enum {
  FERMATA_GRAPH_KIND_UNKNOWN,
  FERMATA_GRAPH_KIND_DAG,
  FERMATA_GRAPH_KIND_FLOW,
  FERMATA_GRAPH_KIND_FSM,
} FermataGraphKind;

#define FERMATA_TYPE_GRAPH_KIND (fermata_graph_kind_get_type ())

FERMATA_EXTERN
GType            fermata_graph_kind_get_type       (void) G_GNUC_CONST;

/**
 * FermataModelError:
 * @FERMATA_MODEL_ERROR_DUPLICATE_ID: another node has the id already
 * @FERMATA_MODEL_ERROR_BAD_ID: no node or edge may be called so
 * @FERMATA_MODEL_ERROR_NOT_FOUND: the thing to change is not there
 * @FERMATA_MODEL_ERROR_BAD_MEMBER: a member that this operation may not set
 * @FERMATA_MODEL_ERROR_BAD_VALUE: the value is none that may stand there
 * @FERMATA_MODEL_ERROR_BUSY: another edit is being applied or told of
 * @FERMATA_MODEL_ERROR_OUTSIDE: a file that a document may not name
 *
 * Why an edit, or what a document names, was refused.
 */
typedef enum {
  FERMATA_MODEL_ERROR_DUPLICATE_ID,
  FERMATA_MODEL_ERROR_BAD_ID,
  FERMATA_MODEL_ERROR_NOT_FOUND,
  FERMATA_MODEL_ERROR_BAD_MEMBER,
  FERMATA_MODEL_ERROR_BAD_VALUE,
  FERMATA_MODEL_ERROR_BUSY,
  FERMATA_MODEL_ERROR_OUTSIDE,
} FermataModelError;

#define FERMATA_MODEL_ERROR (fermata_model_error_quark ())

FERMATA_EXTERN
GQuark           fermata_model_error_quark         (void);
FERMATA_EXTERN
const char      *fermata_graph_kind_to_string      (FermataGraphKind  kind);
FERMATA_EXTERN
FermataGraphKind fermata_graph_kind_from_string    (const char       *string);

#define FERMATA_TYPE_GRAPH (fermata_graph_get_type ())
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataGraph, fermata_graph, FERMATA, GRAPH, GObject)

#define FERMATA_TYPE_NODE (fermata_node_get_type ())
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataNode, fermata_node, FERMATA, NODE, GObject)

#define FERMATA_TYPE_EDGE (fermata_edge_get_type ())
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataEdge, fermata_edge, FERMATA, EDGE, GObject)

G_END_DECLS
