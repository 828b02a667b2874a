/* fermata-expression-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-expression.h"

#include <string.h>

G_BEGIN_DECLS

/* Without the place at the beginning of the message. */
FermataExpression *fermata_expression_compile_unplaced (FermataEvaluator  *evaluator,
                                                        const char        *source,
                                                        gsize             *error_offset,
                                                        GError           **error);

/*
 * An expression of a machine with one of SCXML's data models: whatever its text is,
 * its scope evaluates it, and says so if it is none. Where it is of literals,
 * paths and operators, and nothing that its paths lead to needs JavaScript, that is
 * not asked.
 */
FermataExpression *fermata_expression_new_foreign      (FermataEvaluator  *evaluator,
                                                        const char        *source);

/* The same where not even a literal is one: its scope has to say. */
FermataExpression *fermata_expression_new_opaque       (FermataEvaluator  *evaluator,
                                                        const char        *source);

/* The length of an expression of JavaScript without white space and semicolons behind it:
 * many write it as if it were a statement. */
static inline gsize
fermata_expression_trim (const char *source)
{
  gsize length = strlen (source);

  while (length > 0 && strchr (" \t\r\n;", source[length - 1]) != NULL)
    length--;

  return length;
}

/* Puts "line:column: " before the message; the column in characters. */
void               fermata_expression_prefix_place     (const char        *text,
                                                        gsize              offset,
                                                        GError           **error);

G_END_DECLS
