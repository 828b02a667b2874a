/* fermata-script-action-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-scope.h"

G_BEGIN_DECLS

/*
 * The action `script` of a machine, for a pool of scripts: a program around its
 * code that gives the variables which differ at its end from what they were at its
 * beginning. Code and names are as in FermataScriptCall.
 */
#define FERMATA_SCRIPT_MAX_NAMES 16

typedef struct {
  FermataValue *code;
  FermataValue *names;
  const char *parameters[FERMATA_SCRIPT_MAX_NAMES];
} FermataScriptAction;

/* @code is that of the document. FALSE if @scope has an error. */
gboolean      fermata_script_action_init         (FermataScriptAction  *self,
                                                  FermataValue         *code,
                                                  FermataScope         *scope,
                                                  GError              **error);
void          fermata_script_action_clear        (FermataScriptAction  *self);

/* What would change of @variables by what the program returned: an array as that
 * of fermata_assignments_evaluate(). NULL if it made up variables. */
FermataValue *fermata_script_action_read_changes (FermataValue         *variables,
                                                  FermataValue         *result,
                                                  GError              **error);

/* Which of @known (at most 32) stand in the code, as a bit each: everywhere, for it
 * does no harm to hand over too much. Those that do not cost nothing. */
guint         fermata_script_find_names          (const char           *code,
                                                  gsize                 length,
                                                  const char *const    *known,
                                                  guint                 n_known);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FermataScriptAction, fermata_script_action_clear)

G_END_DECLS
