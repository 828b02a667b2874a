/* fermata-template.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-expression.h"

G_BEGIN_DECLS

/**
 * FermataTemplate:
 *
 * A value in which strings, at any depth, may hold {{expressions}}. A string
 * that is one template keeps the type of its value; in a longer one, values
 * become text (strings as they are, anything else as JSON). `{{{{` is a
 * literal `{{`.
 */
typedef struct _FermataTemplate FermataTemplate;

#define FERMATA_TYPE_TEMPLATE (fermata_template_get_type ())

FERMATA_EXTERN
GType             fermata_template_get_type       (void) G_GNUC_CONST;

/* On error: @error_path is the JSON Pointer, within @value, of the string
 * that is wrong (transfer full), @error_offset the byte in it. */
FERMATA_EXTERN
FermataTemplate  *fermata_template_compile        (FermataEvaluator  *evaluator,
                                                   FermataValue      *value,
                                                   char             **error_path,
                                                   gsize             *error_offset,
                                                   GError           **error);
FERMATA_EXTERN
FermataTemplate  *fermata_template_ref            (FermataTemplate   *self);
FERMATA_EXTERN
void              fermata_template_unref          (FermataTemplate   *self);

/* The value itself where nothing in it is a template, else NULL. */
FERMATA_EXTERN
FermataValue     *fermata_template_get_constant   (FermataTemplate   *self);

/**
 * FermataTemplateFunc:
 * @expression: an expression in the template
 * @path: the JSON Pointer of the string that it stands in
 * @offset: the byte of that string at which its source begins
 * @user_data: what was given with it
 *
 * Is told of one expression in a template.
 */
typedef void (*FermataTemplateFunc) (FermataExpression *expression,
                                     const char        *path,
                                     gsize              offset,
                                     gpointer           user_data);

FERMATA_EXTERN
void              fermata_template_foreach        (FermataTemplate     *self,
                                                   FermataTemplateFunc  func,
                                                   gpointer             user_data);
FERMATA_EXTERN
FermataValue     *fermata_template_expand         (FermataTemplate   *self,
                                                   FermataScope      *scope,
                                                   GError           **error);

/* Whether @string has a template in it; no parse, no context. */
FERMATA_EXTERN
gboolean          fermata_template_is_in_string   (const char        *string);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataTemplate, fermata_template_unref)

G_END_DECLS
