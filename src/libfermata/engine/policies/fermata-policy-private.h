/* fermata-policy-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-task-error.h"
#include "engine/policies/fermata-admission-private.h"
#include "engine/policies/fermata-assignments-private.h"
#include "expression/fermata-template.h"
#include "value/fermata-schema.h"

G_BEGIN_DECLS

/* How long: a constant, or what gives it. */
typedef struct {
  FermataTemplate *template;
  gint64 microseconds;
} FermataPlanDuration;

typedef enum {
  FERMATA_ON_ERROR_FAIL,
  FERMATA_ON_ERROR_CONTINUE,
  FERMATA_ON_ERROR_VALUE,
} FermataOnError;

/*
 * What a node says about time, failure and what follows from its end. Most
 * nodes say nothing, and have none.
 *
 * Invariants: @attempts is 1 where there is no retry; @fallback is there
 * exactly with FERMATA_ON_ERROR_VALUE; @timeout is -1 microseconds without a
 * template where there is none.
 */
typedef struct {
  guint attempts;
  guint32 retry_kinds;
  FermataPlanDuration delay;
  FermataPlanDuration max_delay;
  double backoff;
  double jitter;

  FermataPlanDuration timeout;

  FermataOnError on_error;
  FermataTemplate *fallback;

  FermataAssignments *assignments;

  /* What it remembers, first values; whether that outlasts a run */
  FermataTemplate *state;
  gboolean keep;

  /* What its output must fit */
  FermataSchema *output_schema;

  /* Whom it asks before each attempt */
  FermataAdmission *admission;
} FermataPolicy;

/* The policy in the members of a node: @policy is NULL if there is nothing of
 * the kind. @type_timeout (nullable) is what the node's type says, @scope what
 * the graph is called among the services. */
gboolean fermata_policy_compile      (FermataValue         *members,
                                      const char           *type_timeout,
                                      const char           *scope,
                                      FermataValue         *variables,
                                      FermataEvaluator     *evaluator,
                                      FermataPolicy       **policy,
                                      GError              **error);
void     fermata_policy_free         (FermataPolicy        *self);

/* Whether there is another attempt after the given one. */
gboolean fermata_policy_retries      (const FermataPolicy  *self,
                                      guint                 attempt,
                                      FermataErrorKind      kind);

/* Whether the given attempt was the last of several. */
gboolean fermata_policy_is_exhausted (const FermataPolicy  *self,
                                      guint                 attempt,
                                      FermataErrorKind      kind);

/* Microseconds between the given attempt and the next. */
gboolean fermata_policy_get_delay    (const FermataPolicy  *self,
                                      guint                 attempt,
                                      FermataScope         *scope,
                                      gint64               *delay,
                                      GError              **error);

/* Microseconds that an attempt may take, -1 if nothing bounds it. */
gboolean fermata_policy_get_timeout  (const FermataPolicy  *self,
                                      FermataScope         *scope,
                                      gint64               *timeout,
                                      GError              **error);

gboolean fermata_plan_duration_compile  (FermataValue              *value,
                                         FermataEvaluator          *evaluator,
                                         FermataPlanDuration       *duration,
                                         GError                   **error);
gboolean fermata_plan_duration_evaluate (const FermataPlanDuration *self,
                                         FermataScope              *scope,
                                         gint64                    *microseconds,
                                         GError                   **error);
void     fermata_plan_duration_clear    (FermataPlanDuration       *self);

G_END_DECLS
