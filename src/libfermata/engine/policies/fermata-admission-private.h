/* fermata-admission-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/policies/fermata-services-private.h"
#include "expression/fermata-expression.h"

G_BEGIN_DECLS

/*
 * Whom a node asks before each attempt: `cache`, `circuit-breaker` and
 * `rate-limit`, in this order. Of any that it does not have, nothing is set.
 */
typedef struct {
  gboolean has_cache;
  gint64 ttl;                   /* microseconds, -1: no limit */
  FermataExpression *key;       /* NULL: the parameters and the input */

  char *breaker;                /* its name among the services */
  char *breaker_label;          /* its name, or the node's */
  guint failures;
  gint64 cool_down;

  char *limiter;
  guint64 limit;
  gint64 per;
} FermataAdmission;

/* What is in the members of a node: @admission is NULL if there is nothing of
 * the kind. What has no name of its own is called after @scope, the graph's,
 * and the node. */
gboolean fermata_admission_compile  (FermataValue             *members,
                                     const char               *scope,
                                     FermataEvaluator         *evaluator,
                                     FermataAdmission        **admission,
                                     GError                  **error);
void     fermata_admission_free     (FermataAdmission         *self);

/* What the result is kept by (transfer full), NULL on error. @content is what lies
 * elsewhere of what the node runs; @parameters are filled in. These and @input are
 * nullable. */
char    *fermata_admission_dup_key  (const FermataAdmission   *self,
                                     FermataValue             *members,
                                     FermataValue             *content,
                                     FermataValue             *parameters,
                                     FermataValue             *input,
                                     FermataScope             *scope,
                                     GError                  **error);

G_END_DECLS
