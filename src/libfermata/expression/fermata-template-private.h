/* fermata-template-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-template.h"

G_BEGIN_DECLS

/* Text as it is, or an expression whose value goes there. */
typedef struct {
  char *text;
  gsize length;
  FermataExpression *expression;
  gsize offset;              /* of the expression in the string */
} FermataTemplatePiece;

typedef enum {
  FERMATA_TEMPLATE_STEP_VALUE,   /* as it is */
  FERMATA_TEMPLATE_STEP_PIECES,  /* a string with templates */
  FERMATA_TEMPLATE_STEP_OPEN,    /* an array or object with templates in it */
  FERMATA_TEMPLATE_STEP_CLOSE,
} FermataTemplateStepKind;

/* What to do, one after the other, to build the value. */
typedef struct {
  FermataTemplateStepKind kind;
  FermataValue *value;       /* VALUE; OPEN: what it was, for its names */
  GArray *pieces;            /* PIECES, of FermataTemplatePiece */
  char *path;                /* PIECES: the JSON Pointer of the string */
} FermataTemplateStep;

/* The pieces of a string, or NULL with an error and its byte. */
GArray  *fermata_template_parse_string (FermataEvaluator  *evaluator,
                                        const char        *string,
                                        gsize              length,
                                        gsize             *error_offset,
                                        GError           **error);

/* The steps for a value, or NULL with an error, its string and its byte. */
GArray  *fermata_template_parse        (FermataEvaluator  *evaluator,
                                        FermataValue      *value,
                                        char             **error_path,
                                        gsize             *error_offset,
                                        GError           **error);

G_END_DECLS
