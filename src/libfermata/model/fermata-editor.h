/* fermata-editor.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-edit.h"
#include "model/fermata-graph.h"

G_BEGIN_DECLS

/**
 * FERMATA_EDITOR_DEFAULT_MAX_SIZE:
 *
 * So many bytes an editor keeps to undo and redo unless it is told otherwise.
 */
#define FERMATA_EDITOR_DEFAULT_MAX_SIZE ((gsize) 256 * 1024 * 1024)

#define FERMATA_TYPE_EDITOR (fermata_editor_get_type ())

/**
 * FermataEditor:
 *
 * Undo and redo for a document, by gesture, and the point where it was saved.
 *
 * Edits go through an editor as [struct@Fermata.Edit] values. Each edit is a
 * step that can be undone, and so is all that is applied between
 * [method@Fermata.Editor.begin] and [method@Fermata.Editor.end]. To undo a
 * step costs as much as the step did, however large the document is.
 *
 * Edits that somebody makes without the editor are steps as well, so that
 * those before them can still be undone.
 *
 * While an edit is being told of, by [signal@Fermata.Graph::edited] or by what
 * nodes, edges and their lists notify, an editor may be asked but not used.
 *
 * An editor keeps what was removed and changed, and forgets the oldest steps
 * when that takes more than [property@Fermata.Editor:max-size].
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataEditor, fermata_editor, FERMATA, EDITOR, GObject)

FERMATA_EXTERN
FermataEditor *fermata_editor_new            (FermataGraph   *graph);
FERMATA_EXTERN
FermataGraph  *fermata_editor_get_graph      (FermataEditor  *self);

/* @title says in a few words what is done, for menus: “Delete 3 Nodes”. */
FERMATA_EXTERN
gboolean       fermata_editor_apply          (FermataEditor  *self,
                                              FermataEdit    *edit,
                                              const char     *title,
                                              GError        **error);

/* One step with the edit before it if that had the same @key: typing. */
FERMATA_EXTERN
gboolean       fermata_editor_apply_merged   (FermataEditor  *self,
                                              FermataEdit    *edit,
                                              const char     *title,
                                              const char     *key,
                                              GError        **error);
FERMATA_EXTERN
void           fermata_editor_break_merge    (FermataEditor  *self);

/* What is applied between them is one step; they nest. */
FERMATA_EXTERN
void           fermata_editor_begin          (FermataEditor  *self,
                                              const char     *title);
FERMATA_EXTERN
void           fermata_editor_end            (FermataEditor  *self);
FERMATA_EXTERN
void           fermata_editor_abort          (FermataEditor  *self);
FERMATA_EXTERN
gboolean       fermata_editor_is_in_gesture  (FermataEditor  *self);

FERMATA_EXTERN
gboolean       fermata_editor_undo           (FermataEditor  *self,
                                              GError        **error);
FERMATA_EXTERN
gboolean       fermata_editor_redo           (FermataEditor  *self,
                                              GError        **error);
FERMATA_EXTERN
gboolean       fermata_editor_can_undo       (FermataEditor  *self);
FERMATA_EXTERN
gboolean       fermata_editor_can_redo       (FermataEditor  *self);
FERMATA_EXTERN
const char    *fermata_editor_get_undo_title (FermataEditor  *self);
FERMATA_EXTERN
const char    *fermata_editor_get_redo_title (FermataEditor  *self);

FERMATA_EXTERN
void           fermata_editor_mark_saved     (FermataEditor  *self);
FERMATA_EXTERN
gboolean       fermata_editor_is_modified    (FermataEditor  *self);

/* In bytes, about; what is older is forgotten. */
FERMATA_EXTERN
gsize          fermata_editor_get_max_size   (FermataEditor  *self);
FERMATA_EXTERN
void           fermata_editor_set_max_size   (FermataEditor  *self,
                                              gsize           max_size);

G_END_DECLS
