/* fermata-js-names-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  FERMATA_JS_REFERENCE_NONE = 0,
  /* Could be a name that is being declared or assigned to, depending on
   * whether => or = follows: (a, {b}) */
  FERMATA_JS_REFERENCE_PATTERN = 1 << 0,
  FERMATA_JS_REFERENCE_ASSIGNED = 1 << 1,
  /* {name}: cannot be replaced by anything else */
  FERMATA_JS_REFERENCE_SHORTHAND = 1 << 2,
  /* new name (): what follows decides how it is read */
  FERMATA_JS_REFERENCE_NEW = 1 << 3,
} FermataJsReferenceFlags;

/* A name that is used, and the constant steps after it. */
typedef struct {
  guint name;
  guint first_step;
  guint n_steps;
  gsize start;
  gsize name_end;
  gsize end;
  FermataJsReferenceFlags flags;
} FermataJsReference;

typedef enum {
  FERMATA_JS_SCOPE_BLOCK,
  FERMATA_JS_SCOPE_ARROW,
  FERMATA_JS_SCOPE_FUNCTION,
} FermataJsScopeKind;

/* Which names are used and not declared: a list of references in the order of
 * the text. When a scope closes, those to names that it declares are removed,
 * so what is left at the end is free. */
typedef struct _FermataJsNames FermataJsNames;

FermataJsNames     *fermata_js_names_new             (void);
void                fermata_js_names_free            (FermataJsNames          *self);

guint               fermata_js_names_get_mark        (FermataJsNames          *self);
FermataJsReference *fermata_js_names_use             (FermataJsNames          *self,
                                                      char                    *name,
                                                      gsize                    start,
                                                      gsize                    end);
void                fermata_js_names_add_step        (FermataJsNames          *self,
                                                      char                    *step,
                                                      gsize                    end);

/* What is called, assigned to or deleted is not a value to be looked up. */
void                fermata_js_names_drop_step       (FermataJsNames          *self,
                                                      guint                    index);

/* A scope may begin at an earlier mark: that (a, b) were parameters is known
 * only at the =>. */
void                fermata_js_names_open_scope      (FermataJsNames          *self,
                                                      FermataJsScopeKind       kind,
                                                      guint                    mark);
void                fermata_js_names_close_scope     (FermataJsNames          *self);
gboolean            fermata_js_names_is_in_function  (FermataJsNames          *self);
void                fermata_js_names_declare         (FermataJsNames          *self,
                                                      char                    *name);

/* What to do with the patterns since @mark */
void                fermata_js_names_declare_patterns (FermataJsNames         *self,
                                                       guint                   mark,
                                                       gboolean                hoist);
void                fermata_js_names_assign_patterns (FermataJsNames          *self,
                                                      guint                    mark);
void                fermata_js_names_clear_patterns  (FermataJsNames          *self,
                                                      guint                    mark);

guint               fermata_js_names_get_n           (FermataJsNames          *self);
FermataJsReference *fermata_js_names_get             (FermataJsNames          *self,
                                                      guint                    index);
const char         *fermata_js_names_get_name        (FermataJsNames          *self,
                                                      const FermataJsReference *reference);
const char         *fermata_js_names_get_step        (FermataJsNames          *self,
                                                      const FermataJsReference *reference,
                                                      guint                    step);
gsize               fermata_js_names_get_step_end    (FermataJsNames          *self,
                                                      const FermataJsReference *reference,
                                                      guint                    step);

/* Whether any scope at all declares this name */
gboolean            fermata_js_names_is_declared     (FermataJsNames          *self,
                                                      const FermataJsReference *reference);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataJsNames, fermata_js_names_free)

G_END_DECLS
