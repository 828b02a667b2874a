/* fermata-editor-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-editor-step-private.h"
#include "model/fermata-editor.h"

G_BEGIN_DECLS

/* Where a gesture began. */
typedef struct {
  guint n_inverses;
  guint64 state;
} FermataEditorMark;

struct _FermataEditor {
  GObject parent_instance;

  FermataGraph *graph;
  gulong edited_id;

  /* The latest first. */
  GQueue undo;
  GQueue redo;
  gsize max_size;
  gsize size;

  /* The number of the document's state, of the one that was saved, and the
   * last number given. A state that was left by an edit never comes again. */
  guint64 state;
  guint64 saved_state;
  guint64 last_state;

  FermataEditorStep *gesture; /* while one is open */
  GArray *marks;              /* FermataEditorMark, one for each level of gestures */
  gboolean is_applying;

  /* What the properties were when they were last told of. */
  struct {
    gboolean can_undo;
    gboolean can_redo;
    gboolean is_modified;
    char *undo_title;
    char *redo_title;
  } told;
};

/* Tells of all properties that are others than when they were last told of. */
void               fermata_editor_tell         (FermataEditor     *self);

/* An edit that somebody made without the editor. */
void               fermata_editor_note_edit    (FermataEditor     *self,
                                                FermataEdit       *edit,
                                                FermataEdit       *inverse);

/* Forgets the oldest steps if all take too much. */
void               fermata_editor_trim         (FermataEditor     *self);
void               fermata_editor_clear_queue  (FermataEditor     *self,
                                                GQueue            *queue);

G_END_DECLS
