/* fermata-editor-apply.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <glib/gi18n-lib.h>

#include "model/fermata-editor-private.h"

/* Doing and undoing: steps, and gestures that become one. */

void
fermata_editor_clear_queue (FermataEditor *self,
                            GQueue        *queue)
{
  FermataEditorStep *step;

  while ((step = g_queue_pop_head (queue)) != NULL)
    {
      self->size -= step->size;
      fermata_editor_step_free (step);
    }
}

/* Forgets the oldest steps. */
void
fermata_editor_trim (FermataEditor *self)
{
  while (self->size > self->max_size && self->undo.length > 1)
    {
      FermataEditorStep *step = g_queue_pop_tail (&self->undo);

      self->size -= step->size;
      fermata_editor_step_free (step);
    }
}

/* Takes the step. */
static void
push (FermataEditor     *self,
      GQueue            *queue,
      FermataEditorStep *step)
{
  g_queue_push_head (queue, step);
  self->size += step->size;
  fermata_editor_trim (self);
}

static FermataEditorStep *
pop (FermataEditor *self,
     GQueue        *queue)
{
  FermataEditorStep *step = g_queue_pop_head (queue);

  self->size -= step->size;
  return step;
}

static gboolean
is_nothing (FermataEdit *edit)
{
  return edit->kind == FERMATA_EDIT_GROUP && edit->edits->len == 0;
}

static void
stop_merging (FermataEditor *self)
{
  FermataEditorStep *step = g_queue_peek_head (&self->undo);

  if (step != NULL)
    g_clear_pointer (&step->key, g_free);
}

/* The step that an edit goes to: the open gesture, the last one if it may be
 * joined, or a new one (transfer full). */
static FermataEditorStep *
take_step (FermataEditor *self,
           const char    *title,
           const char    *key)
{
  FermataEditorStep *last = g_queue_peek_head (&self->undo);

  if (self->gesture != NULL)
    return self->gesture;
  if (key != NULL && last != NULL && g_strcmp0 (last->key, key) == 0)
    return pop (self, &self->undo);
  stop_merging (self);
  last = fermata_editor_step_new (title, self->state);
  last->key = g_strdup (key);
  return last;
}

static FermataEditorMark *
get_mark (FermataEditor *self)
{
  return &g_array_index (self->marks, FermataEditorMark, self->marks->len - 1);
}

/* Keeps what takes an edit back that was made. */
static void
record (FermataEditor *self,
        FermataEdit   *edit,
        FermataEdit   *inverse,
        const char    *title,
        const char    *key)
{
  FermataEditorStep *step;

  if (is_nothing (inverse))
    return;
  step = take_step (self, title, key);
  fermata_editor_step_add (step, edit, inverse, step == self->gesture ? get_mark (self)->n_inverses : 0);
  self->state = ++self->last_state;
  step->after = self->state;
  if (step != self->gesture)
    {
      fermata_editor_clear_queue (self, &self->redo);
      push (self, &self->undo, step);
    }
  fermata_editor_tell (self);
}

/* Somebody made an edit without the editor. */
void
fermata_editor_note_edit (FermataEditor *self,
                          FermataEdit   *edit,
                          FermataEdit   *inverse)
{
  if (!self->is_applying)
    record (self, edit, inverse, _("Change"), NULL);
}

/* Applies an edit that the editor keeps track of itself. */
static gboolean
apply (FermataEditor *self,
       FermataEdit   *edit,
       FermataEdit  **inverse,
       GError       **error)
{
  gboolean was_applying = self->is_applying;
  gboolean done;

  self->is_applying = TRUE;
  done = fermata_graph_apply_edit (self->graph, edit, inverse, error);
  self->is_applying = was_applying;
  return done;
}

/**
 * fermata_editor_apply:
 * @self: an editor
 * @edit: what to change
 * @title: (nullable): what is done, in a few words for menus; `NULL`: a
 *   change. That of an open gesture counts more
 * @error: return location for a [error@Fermata.ModelError]
 *
 * Changes the document: a step of its own, or a part of the open gesture.
 *
 * If the edit is refused, nothing has changed, and an open gesture goes on.
 * While an edit is being told of, others are refused, as
 * [method@Fermata.Graph.apply_edit] says.
 *
 * Returns: whether it was done
 */
gboolean
fermata_editor_apply (FermataEditor *self,
                      FermataEdit   *edit,
                      const char    *title,
                      GError       **error)
{
  return fermata_editor_apply_merged (self, edit, title, NULL, error);
}

/**
 * fermata_editor_apply_merged:
 * @self: an editor
 * @edit: what to change
 * @title: (nullable): what is done, in a few words; `NULL`: a change
 * @key: (nullable): names what is being typed in, or the like; `NULL`: the
 *   edit is a step of its own
 * @error: return location for a [error@Fermata.ModelError]
 *
 * Changes the document, as a part of the last step if that was made with the
 * same @key, and nothing came between: another edit, undo or redo, a gesture,
 * [method@Fermata.Editor.mark_saved], [method@Fermata.Editor.break_merge].
 *
 * Returns: whether it was done
 */
gboolean
fermata_editor_apply_merged (FermataEditor *self,
                             FermataEdit   *edit,
                             const char    *title,
                             const char    *key,
                             GError       **error)
{
  g_autoptr (FermataEditor) kept = NULL;
  g_autoptr (FermataEdit) inverse = NULL;

  g_return_val_if_fail (FERMATA_IS_EDITOR (self), FALSE);
  g_return_val_if_fail (edit != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  kept = g_object_ref (self);
  if (!apply (self, edit, &inverse, error))
    return FALSE;
  record (self, edit, inverse, title != NULL ? title : _("Change"), key);
  return TRUE;
}

/**
 * fermata_editor_break_merge:
 * @self: an editor
 *
 * Makes the next edit a step of its own, whatever its key: when a field loses
 * the focus.
 */
void
fermata_editor_break_merge (FermataEditor *self)
{
  g_return_if_fail (FERMATA_IS_EDITOR (self));

  stop_merging (self);
}

/**
 * fermata_editor_begin:
 * @self: an editor
 * @title: (nullable): what is done, in a few words for menus; `NULL`: a change
 *
 * Begins a gesture: whatever is applied until [method@Fermata.Editor.end] is
 * one step. Gestures nest; the outermost is the step, and gives the title.
 * Until its end nothing can be undone or redone.
 */
void
fermata_editor_begin (FermataEditor *self,
                      const char    *title)
{
  FermataEditorMark mark;

  g_return_if_fail (FERMATA_IS_EDITOR (self));
  g_return_if_fail (!self->graph->is_busy);

  stop_merging (self);
  if (self->gesture == NULL)
    self->gesture = fermata_editor_step_new (title != NULL ? title : _("Change"), self->state);
  mark = (FermataEditorMark) { self->gesture->inverses->len, self->state };
  g_array_append_val (self->marks, mark);
}

/**
 * fermata_editor_end:
 * @self: an editor with an open gesture
 *
 * Ends the innermost gesture. One that changed nothing leaves no step.
 */
void
fermata_editor_end (FermataEditor *self)
{
  FermataEditorStep *step;

  g_return_if_fail (FERMATA_IS_EDITOR (self));
  g_return_if_fail (self->gesture != NULL);
  g_return_if_fail (!self->graph->is_busy);

  g_array_set_size (self->marks, self->marks->len - 1);
  if (self->marks->len > 0)
    return;
  step = g_steal_pointer (&self->gesture);
  if (step->inverses->len == 0)
    {
      fermata_editor_step_free (step);
      return;
    }
  fermata_editor_clear_queue (self, &self->redo);
  push (self, &self->undo, step);
  fermata_editor_tell (self);
}

/* Inverses cannot fail right after what they undo. */
static void
take_back (FermataEditor     *self,
           FermataEditorMark *mark)
{
  g_autoptr (FermataEdit) edit = fermata_editor_step_dup_edit (self->gesture, mark->n_inverses);
  gboolean done = apply (self, edit, NULL, NULL);

  g_assert (done);
  fermata_editor_step_truncate (self->gesture, mark->n_inverses);
}

/**
 * fermata_editor_abort:
 * @self: an editor with an open gesture
 *
 * Takes back what was applied since the innermost gesture began, and ends it
 * without a step. What could be redone before can still be.
 */
void
fermata_editor_abort (FermataEditor *self)
{
  g_autoptr (FermataEditor) kept = NULL;
  gboolean was_changed;
  FermataEditorMark mark;

  g_return_if_fail (FERMATA_IS_EDITOR (self));
  g_return_if_fail (self->gesture != NULL);
  g_return_if_fail (!self->graph->is_busy);

  kept = g_object_ref (self);
  mark = *get_mark (self);
  was_changed = self->gesture->inverses->len > mark.n_inverses;
  if (was_changed)
    take_back (self, &mark);
  g_array_set_size (self->marks, self->marks->len - 1);
  self->state = mark.state;
  self->gesture->after = mark.state;
  if (self->marks->len == 0)
    g_clear_pointer (&self->gesture, fermata_editor_step_free);
  if (was_changed)
    fermata_editor_tell (self);
}

/**
 * fermata_editor_is_in_gesture:
 * @self: an editor
 *
 * Tells whether a gesture is open.
 *
 * Returns: whether one is
 */
gboolean
fermata_editor_is_in_gesture (FermataEditor *self)
{
  g_return_val_if_fail (FERMATA_IS_EDITOR (self), FALSE);

  return self->gesture != NULL;
}

static gboolean
check_may_go (FermataEditor *self,
              GQueue        *from,
              GError       **error)
{
  if (self->gesture != NULL)
    g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BUSY,
                         _("Another change is still being made"));
  else if (from->length == 0)
    g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND,
                         from == &self->undo ? _("There is nothing to undo") : _("There is nothing to redo"));
  else
    return TRUE;
  return FALSE;
}

/* A step off one stack, done, onto the other. */
static gboolean
go (FermataEditor *self,
    GQueue        *from,
    GQueue        *to,
    GError       **error)
{
  g_autoptr (FermataEditor) kept = g_object_ref (self);
  g_autoptr (FermataEdit) edit = NULL;
  g_autoptr (FermataEdit) again = NULL;
  FermataEditorStep *step;

  if (!check_may_go (self, from, error))
    return FALSE;
  stop_merging (self);
  step = pop (self, from);
  edit = fermata_editor_step_dup_edit (step, 0);
  if (!apply (self, edit, &again, error))
    {
      push (self, from, step);
      return FALSE;
    }
  fermata_editor_step_truncate (step, 0);
  fermata_editor_step_add (step, edit, again, 0);
  self->state = from == &self->undo ? step->before : step->after;
  push (self, to, step);
  stop_merging (self);
  fermata_editor_tell (self);
  return TRUE;
}

/**
 * fermata_editor_undo:
 * @self: an editor
 * @error: return location for a [error@Fermata.ModelError]
 *
 * Takes back the last step. It is refused while a gesture is open.
 *
 * Returns: whether it was done
 */
gboolean
fermata_editor_undo (FermataEditor *self,
                     GError       **error)
{
  g_return_val_if_fail (FERMATA_IS_EDITOR (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return go (self, &self->undo, &self->redo, error);
}

/**
 * fermata_editor_redo:
 * @self: an editor
 * @error: return location for a [error@Fermata.ModelError]
 *
 * Does again what was undone last. It is refused while a gesture is open.
 *
 * Returns: whether it was done
 */
gboolean
fermata_editor_redo (FermataEditor *self,
                     GError       **error)
{
  g_return_val_if_fail (FERMATA_IS_EDITOR (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return go (self, &self->redo, &self->undo, error);
}
