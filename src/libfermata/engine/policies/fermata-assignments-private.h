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

/* What a change is of: its member of this name says where. */
#define FERMATA_ASSIGNED_VARIABLE "name"
#define FERMATA_ASSIGNED_STATE "state"

/* @members is the array of the document. @variables (nullable) has every name
 * that may be assigned to; with @has_state also any place in `state`. */
FermataAssignments *fermata_assignments_compile  (FermataValue              *members,
                                                  FermataValue              *variables,
                                                  gboolean                   has_state,
                                                  FermataEvaluator          *evaluator,
                                                  GError                   **error);
void                fermata_assignments_free     (FermataAssignments        *self);

/* What would change: an array of `{ "name", "value" }`, or `{ "state", "value" }`.
 * @scope must look up `variables` in *@variables and `state` in *@state (which
 * is NULL where there is none); these are replaced as it goes and are then what
 * they would all be (transfer full both ways). */
FermataValue       *fermata_assignments_evaluate (const FermataAssignments  *self,
                                                  FermataScope              *scope,
                                                  FermataValue             **variables,
                                                  FermataValue             **state,
                                                  GError                   **error);

/* @variables, or a state (transfer full), with the changes of that made, if any (transfer full). What does
 * not fit, in a history that somebody else wrote, is passed over. */
FermataValue       *fermata_assignments_apply    (FermataValue              *variables,
                                                  FermataValue              *changes,
                                                  const char                *of);

/* Whether all of @changes have a place in @variables. */
gboolean            fermata_assignments_fit      (FermataValue              *variables,
                                                  FermataValue              *changes);

/* Whether @changes is what evaluate() gives. */
gboolean            fermata_assignments_check    (FermataValue              *changes);

G_END_DECLS
