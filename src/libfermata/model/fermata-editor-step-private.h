/* fermata-editor-step-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-edit-private.h"

G_BEGIN_DECLS

/*
 * What is undone or redone at once. States of the document are numbered, each
 * number for one state only: @before and @after are those of the step.
 */
typedef struct {
  char *title;
  char *key;           /* of edits that may still join it, NULL: none may */
  GPtrArray *inverses; /* FermataEdit, in the order of what they take back */
  guint64 before;
  guint64 after;
  gsize size;          /* in bytes, about */
} FermataEditorStep;

FermataEditorStep *fermata_editor_step_new      (const char        *title,
                                                 guint64            before);
void               fermata_editor_step_free     (FermataEditorStep *self);

/* Adds what takes @edit back. Not if one from @first on does that as well:
 * typing a word takes one inverse, not one a letter. */
void               fermata_editor_step_add      (FermataEditorStep *self,
                                                 FermataEdit       *edit,
                                                 FermataEdit       *inverse,
                                                 guint              first);

/* What takes back all from @first on, as one edit (transfer full). */
FermataEdit       *fermata_editor_step_dup_edit (FermataEditorStep *self,
                                                 guint              first);

/* Forgets those from @first on. */
void               fermata_editor_step_truncate (FermataEditorStep *self,
                                                 guint              first);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataEditorStep, fermata_editor_step_free)

G_END_DECLS
