/* fermata-task-error.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/**
 * FermataErrorKind:
 * @FERMATA_ERROR_KIND_UNKNOWN: nobody said
 * @FERMATA_ERROR_KIND_CONNECTIVITY: something could not be reached
 * @FERMATA_ERROR_KIND_TIMEOUT: it took too long
 * @FERMATA_ERROR_KIND_VALIDATION: a value is not what was promised
 * @FERMATA_ERROR_KIND_TRANSFORMATION: a value could not be turned into another
 * @FERMATA_ERROR_KIND_EXPRESSION: an expression has no value
 * @FERMATA_ERROR_KIND_ROUTING: no way to go on
 * @FERMATA_ERROR_KIND_SECURITY: not allowed
 * @FERMATA_ERROR_KIND_EXECUTION: what was run did not succeed
 * @FERMATA_ERROR_KIND_RETRY_EXHAUSTED: the last attempt failed too
 * @FERMATA_ERROR_KIND_CANCELLED: somebody wanted it to end
 * @FERMATA_ERROR_KIND_BUDGET: a budget is used up
 * @FERMATA_ERROR_KIND_DEADLOCK: everybody waits for everybody
 *
 * What sort of thing went wrong; policies choose by it.
 */
typedef enum {
  FERMATA_ERROR_KIND_UNKNOWN,
  FERMATA_ERROR_KIND_CONNECTIVITY,
  FERMATA_ERROR_KIND_TIMEOUT,
  FERMATA_ERROR_KIND_VALIDATION,
  FERMATA_ERROR_KIND_TRANSFORMATION,
  FERMATA_ERROR_KIND_EXPRESSION,
  FERMATA_ERROR_KIND_ROUTING,
  FERMATA_ERROR_KIND_SECURITY,
  FERMATA_ERROR_KIND_EXECUTION,
  FERMATA_ERROR_KIND_RETRY_EXHAUSTED,
  FERMATA_ERROR_KIND_CANCELLED,
  FERMATA_ERROR_KIND_BUDGET,
  FERMATA_ERROR_KIND_DEADLOCK,
} FermataErrorKind;

FERMATA_EXTERN
const char       *fermata_error_kind_to_string   (FermataErrorKind  kind);
FERMATA_EXTERN
gboolean          fermata_error_kind_from_string (const char       *string,
                                                  FermataErrorKind *kind);

/* The error of a task: its codes are the values of FermataErrorKind. */
#define FERMATA_TASK_ERROR (fermata_task_error_quark ())

/* The scanner looks for an enumeration of the same name as the domain. */
#ifndef __GI_SCANNER__
FERMATA_EXTERN
GQuark            fermata_task_error_quark       (void);
#endif

/* An error as a value: `{ "kind", "message", "node", "details" }`. */
FERMATA_EXTERN
FermataValue     *fermata_error_value_new        (FermataErrorKind  kind,
                                                  const char       *message,
                                                  const char       *node,
                                                  FermataValue     *details);
FERMATA_EXTERN
FermataErrorKind  fermata_error_kind_of          (const GError     *error);

/* An error with another in it, as its `cause` or as what it came up in `handling` of
 * (transfer full). Of a long row of errors in errors, the ends are kept. */
FermataValue *fermata_error_value_nest      (FermataValue *error,
                                             const char   *name,
                                             FermataValue *inner);

/* The same without the numbers of moments in it and its causes: as data, which is to be
 * the same however a run was held (transfer full). */
FermataValue *fermata_error_value_dup_plain (FermataValue *error);

G_END_DECLS
