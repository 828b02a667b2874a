/* fermata-node-type.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-node-description.h"

G_BEGIN_DECLS

/*
 * What a node does when it runs. A type is one file that describes itself and
 * does one of two things:
 *
 *  - `compute`: a function of the node's parameters and input. Decided in
 *    place, on the engine's loop, like any other decision: no clock, no files,
 *    no side effect, nothing slow.
 *  - `execute`: begins something outside (a process, a timer), returns at
 *    once, and later tells the execution how it ended. Its end is a fact.
 */

/**
 * FermataComputation:
 *
 * One node that is being computed in place: its parameters and its input.
 */
typedef struct _FermataComputation FermataComputation;

#define FERMATA_TYPE_EXECUTION (fermata_execution_get_type ())

/**
 * FermataExecution:
 *
 * One attempt of a node that runs outside. Its type tells it what is printed,
 * and how the attempt ended.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataExecution, fermata_execution, FERMATA, EXECUTION, GObject)

#define FERMATA_TYPE_NODE_TYPE (fermata_node_type_get_type ())

/**
 * FermataNodeType:
 *
 * What a node does when it runs.
 */
FERMATA_EXTERN
G_DECLARE_DERIVABLE_TYPE (FermataNodeType, fermata_node_type, FERMATA, NODE_TYPE, GObject)

/**
 * FermataNodeTypeClass:
 * @describe: (skip): the type's constant description; where it is not
 *   implemented, what @make_description gives
 * @compute: (skip) (nullable): gives the output of a node (transfer full), or an error
 * @execute: (nullable): begins an attempt
 * @cancel: (nullable): asks an attempt to end; it still tells its end
 * @listens: nodes of this type wait for an event from outside, which is their
 *   output; they have the parameters `event` and, if they like, `when`, and
 *   neither @compute nor @execute
 * @make_description: (nullable): what the type says of itself, as an object
 *   of the form that `fermata types --json` prints; for languages without
 *   constant tables
 * @set_paused: (nullable): asks an attempt to give no more items for now, or
 *   to go on
 */
struct _FermataNodeTypeClass {
  GObjectClass parent_class;

  const FermataNodeDescription *(*describe) (FermataNodeType    *self);
  FermataValue                 *(*compute)  (FermataNodeType    *self,
                                             FermataComputation *computation,
                                             GError            **error);
  void                          (*execute)  (FermataNodeType    *self,
                                             FermataExecution   *execution);
  void                          (*cancel)   (FermataNodeType    *self,
                                             FermataExecution   *execution);

  FermataValue                 *(*make_description) (FermataNodeType *self);
  void                          (*set_paused)       (FermataNodeType  *self,
                                                     FermataExecution *execution,
                                                     gboolean          paused);

  gboolean listens;

  gpointer padding[6];
};

FERMATA_EXTERN
const FermataNodeDescription *fermata_node_type_describe              (FermataNodeType    *self);

/* The default of parameter @index of its description (transfer none, nullable). */
FERMATA_EXTERN
FermataValue                 *fermata_node_type_get_default           (FermataNodeType    *self,
                                                                       guint               index);

/* Parameters are filled in when they are asked for (transfer full); NULL
 * without an error: not given, and without a default. */
FERMATA_EXTERN
FermataValue                 *fermata_computation_get_parameter       (FermataComputation *self,
                                                                       const char         *name,
                                                                       GError            **error);

/* Has @message recorded for people, as part of this computation. */
FERMATA_EXTERN
void                          fermata_computation_log                 (FermataComputation *self,
                                                                       FermataValue       *message);

#define FERMATA_TYPE_NODE_REGISTRY (fermata_node_registry_get_type ())

/**
 * FermataNodeRegistry:
 *
 * The node types there are, by name.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataNodeRegistry, fermata_node_registry, FERMATA, NODE_REGISTRY, GObject)

FERMATA_EXTERN
FermataNodeRegistry          *fermata_node_registry_new               (void);
FERMATA_EXTERN
void                          fermata_node_registry_add               (FermataNodeRegistry *self,
                                                                       FermataNodeType     *type);
FERMATA_EXTERN
gboolean                      fermata_node_registry_try_add           (FermataNodeRegistry *self,
                                                                       FermataNodeType     *type,
                                                                       GError             **error);
FERMATA_EXTERN
FermataNodeType              *fermata_node_registry_find              (FermataNodeRegistry *self,
                                                                       const char          *name);
FERMATA_EXTERN
FermataNodeCatalog           *fermata_node_registry_get_catalog       (FermataNodeRegistry *self);

G_END_DECLS
