/* fermata-js-path-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-scope.h"

G_BEGIN_DECLS

typedef enum {
  /* The value is there */
  FERMATA_JS_PATH_FOUND,
  /* Its last step leads to nothing */
  FERMATA_JS_PATH_UNDEFINED,
  /* A step on undefined or null */
  FERMATA_JS_PATH_BROKEN,
  /* Not a member of the value's own: JavaScript has to say what it is */
  FERMATA_JS_PATH_INHERITED,
} FermataJsPathOutcome;

/* How far a path leads. */
typedef struct {
  FermataJsPathOutcome outcome;
  FermataValue *value;   /* at its end, or before the step that failed; NULL: undefined */
  guint n_steps;         /* that led to it */
} FermataJsPathResult;

gboolean  fermata_js_path_resolve   (const char *const    *path,
                                     guint                 n_path,
                                     FermataScope         *scope,
                                     FermataJsPathResult  *result,
                                     GError              **error);

/* The same within a value, for @n_path steps. */
void      fermata_js_path_follow    (const char *const    *path,
                                     guint                 n_path,
                                     FermataValue         *value,
                                     FermataJsPathResult  *result);
void      fermata_js_path_result_clear (FermataJsPathResult *result);

/* `nodes.fetch.output["a b"][2]` */
char     *fermata_js_path_to_string (const char *const    *path,
                                     guint                 n_path);

/* What is wrong, for an outcome that is not FOUND. */
char     *fermata_js_path_describe  (const char *const         *path,
                                     const FermataJsPathResult *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FermataJsPathResult, fermata_js_path_result_clear)

G_END_DECLS
