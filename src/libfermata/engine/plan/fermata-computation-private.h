/* fermata-computation-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-frame-scope-private.h"

G_BEGIN_DECLS

/* A node being computed: lives on the stack of the decision. */
struct _FermataComputation {
  FermataFrameScope scope;
  const FermataPlanNode *node;
  FermataValue *message;
};

/* The input of the node (transfer full); NULL without one. */
FermataValue *fermata_computation_dup_input   (FermataComputation         *self);

/* The value of a parameter of a node, filled in. */
FermataValue *fermata_plan_parameter_evaluate (const FermataPlanParameter *self,
                                               FermataScope               *scope,
                                               GError                    **error);

/* All parameters of a node in one object; NULL without an error where all of
 * them are constant, so that nothing has to be recorded. */
FermataValue *fermata_plan_fill_parameters    (FermataPlan                *self,
                                               guint                       node,
                                               FermataScope               *scope,
                                               GError                    **error);

/* All parameters that have a value at present, defaults too. */
FermataValue *fermata_plan_dup_parameters     (FermataPlan                *self,
                                               guint                       node,
                                               FermataScope               *scope);

G_END_DECLS
