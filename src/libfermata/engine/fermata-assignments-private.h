/* fermata-assignments-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-expression.h"

G_BEGIN_DECLS

/*
 * `assign` of a node or an edge: an ordered list of places and expressions.
 * They are evaluated one after the other, each seeing what those before it
 * changed, and take effect together or not at all.
 */
typedef struct _FermataAssignments FermataAssignments;

/* @members is the array of the document. @variables (nullable) has every name
 * that may be assigned to. */
FermataAssignments *fermata_assignments_compile  (FermataValue              *members,
                                                  FermataValue              *variables,
                                                  FermataEvaluator          *evaluator,
                                                  GError                   **error);
void                fermata_assignments_free     (FermataAssignments        *self);

/* What would change: an array of `{ "name", "value" }`. @scope must look up
 * `variables` in *@variables, which is replaced as it goes and is then what
 * they would all be (transfer full both ways). */
FermataValue       *fermata_assignments_evaluate (const FermataAssignments  *self,
                                                  FermataScope              *scope,
                                                  FermataValue             **variables,
                                                  GError                   **error);

/* @variables with the changes made, if any (transfer full). What does not fit, in a
 * history that somebody else wrote, is passed over. */
FermataValue       *fermata_assignments_apply    (FermataValue              *variables,
                                                  FermataValue              *changes);

/* Whether @changes is what evaluate() gives. */
gboolean            fermata_assignments_check    (FermataValue              *changes);

G_END_DECLS
