/* fermata-js-program-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-js-parser-private.h"
#include "expression/fermata-js-runtime-private.h"

G_BEGIN_DECLS

/* An expression as a JavaScript function of the names that it uses. The
 * function is made when it is first called and forgotten when many others
 * have been called since. */
FermataJsProgram *fermata_js_program_new    (const char            *text,
                                             gsize                  length,
                                             const FermataJsSource *source);
void              fermata_js_program_free   (FermataJsProgram      *self);

JSCValue         *fermata_js_program_run    (FermataJsProgram      *self,
                                             FermataJsRuntime      *runtime,
                                             FermataScope          *scope,
                                             GError               **error);

/* Lets go of the function. */
void              fermata_js_program_forget (FermataJsProgram      *self);

/* Whether JavaScriptCore accepts it. */
gboolean          fermata_js_check_syntax   (FermataJsRuntime      *runtime,
                                             const char            *text,
                                             gsize                  length,
                                             gsize                 *error_offset,
                                             GError               **error);

/* The same for the body of a function. */
gboolean          fermata_js_check_body     (FermataJsRuntime      *runtime,
                                             const char            *text,
                                             gsize                  length,
                                             gsize                 *error_offset,
                                             GError               **error);

/* The same for what SCXML's data model has. */
gboolean          fermata_js_check_scxml    (FermataJsRuntime      *runtime,
                                             FermataSyntax          syntax,
                                             const char            *text,
                                             gsize                  length,
                                             gsize                 *error_offset,
                                             GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataJsProgram, fermata_js_program_free)

G_END_DECLS
