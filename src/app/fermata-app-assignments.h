/* fermata-app-assignments.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/* An “assign” as people write it: a line “name = expression” for each. */

/* NULL if it is not one that lines can say (transfer full). */
char         *fermata_app_assignments_dup_text    (FermataValue      *value);

/* NULL with @error set if a line is none; NULL without, if there is no line. */
FermataValue *fermata_app_assignments_parse       (const char        *text,
                                                   GError           **error);

/* What is wrong with the expressions; NULL: nothing (transfer full). */
char         *fermata_app_assignments_dup_problem (FermataEvaluator  *evaluator,
                                                   FermataValue      *value);

/* The same of variables and their first values: a line “name = value” for each,
 * where a value is JSON, or else a text. */
char         *fermata_app_assignments_dup_values   (FermataValue      *object);
FermataValue *fermata_app_assignments_parse_values (const char        *text,
                                                    GError           **error);

/* The same of variables as SCXML declares them: a line “name = expression”, or “name”
 * alone, for each. NULL if there is one that lines cannot say: with its own text,
 * or that of a file. */
char         *fermata_app_assignments_dup_declarations   (FermataValue  *object);
FermataValue *fermata_app_assignments_parse_declarations (const char    *text,
                                                          GError       **error);

G_END_DECLS
