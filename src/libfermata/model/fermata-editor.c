/* fermata-editor.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-editor-private.h"

G_DEFINE_FINAL_TYPE (FermataEditor, fermata_editor, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_GRAPH,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_UNDO_TITLE,
  PROP_REDO_TITLE,
  PROP_MODIFIED,
  PROP_MAX_SIZE,
  N_PROPS
};

enum {
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
fermata_editor_finalize (GObject *object)
{
  FermataEditor *self = FERMATA_EDITOR (object);

  if (self->graph != NULL)
    g_signal_handler_disconnect (self->graph, self->edited_id);
  g_clear_object (&self->graph);
  fermata_editor_clear_queue (self, &self->undo);
  fermata_editor_clear_queue (self, &self->redo);
  g_clear_pointer (&self->gesture, fermata_editor_step_free);
  g_array_unref (self->marks);
  g_free (self->told.undo_title);
  g_free (self->told.redo_title);

  G_OBJECT_CLASS (fermata_editor_parent_class)->finalize (object);
}

static void
fermata_editor_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  FermataEditor *self = FERMATA_EDITOR (object);

  switch (prop_id)
    {
    case PROP_GRAPH:
      g_value_set_object (value, self->graph);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, fermata_editor_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, fermata_editor_can_redo (self));
      break;
    case PROP_UNDO_TITLE:
      g_value_set_string (value, fermata_editor_get_undo_title (self));
      break;
    case PROP_REDO_TITLE:
      g_value_set_string (value, fermata_editor_get_redo_title (self));
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, fermata_editor_is_modified (self));
      break;
    case PROP_MAX_SIZE:
      g_value_set_uint64 (value, self->max_size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_editor_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  FermataEditor *self = FERMATA_EDITOR (object);

  switch (prop_id)
    {
    case PROP_GRAPH:
      self->graph = g_value_dup_object (value);
      if (self->graph != NULL)
        self->edited_id = g_signal_connect_swapped (self->graph, "edited", G_CALLBACK (fermata_editor_note_edit), self);
      break;
    case PROP_MAX_SIZE:
      fermata_editor_set_max_size (self, g_value_get_uint64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_editor_class_init (FermataEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = fermata_editor_finalize;
  object_class->get_property = fermata_editor_get_property;
  object_class->set_property = fermata_editor_set_property;

  /**
   * FermataEditor:graph:
   *
   * The document.
   */
  properties[PROP_GRAPH] =
    g_param_spec_object ("graph", NULL, NULL, FERMATA_TYPE_GRAPH,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * FermataEditor:can-undo:
   *
   * Whether there is a step to undo.
   */
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);

  /**
   * FermataEditor:can-redo:
   *
   * Whether there is a step to redo.
   */
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);

  /**
   * FermataEditor:undo-title:
   *
   * What would be undone.
   */
  properties[PROP_UNDO_TITLE] = g_param_spec_string ("undo-title", NULL, NULL, NULL, flags);

  /**
   * FermataEditor:redo-title:
   *
   * What would be redone.
   */
  properties[PROP_REDO_TITLE] = g_param_spec_string ("redo-title", NULL, NULL, NULL, flags);

  /**
   * FermataEditor:modified:
   *
   * Whether the document is another than the one that was saved.
   */
  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, flags);

  /**
   * FermataEditor:max-size:
   *
   * How many bytes, about, what can be undone and redone may take. The last
   * step is kept however large it is.
   */
  properties[PROP_MAX_SIZE] =
    g_param_spec_uint64 ("max-size", NULL, NULL, 0, G_MAXSIZE, FERMATA_EDITOR_DEFAULT_MAX_SIZE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * FermataEditor::changed:
   * @self: an editor
   *
   * Emitted when something else can be undone or redone than before, and when
   * the document was saved. Of an edit that was made without the editor it is
   * emitted while that is still being told of.
   */
  signals[CHANGED] =
    g_signal_new ("changed", FERMATA_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
fermata_editor_init (FermataEditor *self)
{
  g_queue_init (&self->undo);
  g_queue_init (&self->redo);
  self->max_size = FERMATA_EDITOR_DEFAULT_MAX_SIZE;
  self->marks = g_array_new (FALSE, FALSE, sizeof (FermataEditorMark));
}

/**
 * fermata_editor_new:
 * @graph: a document, or a body in it
 *
 * Makes an editor for a whole document, which counts as saved.
 *
 * Returns: (transfer full): a new editor
 */
FermataEditor *
fermata_editor_new (FermataGraph *graph)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), NULL);

  return g_object_new (FERMATA_TYPE_EDITOR, "graph", fermata_graph_get_root (graph), NULL);
}

/**
 * fermata_editor_get_graph:
 * @self: an editor
 *
 * The document that is edited.
 *
 * Returns: (transfer none): the document
 */
FermataGraph *
fermata_editor_get_graph (FermataEditor *self)
{
  g_return_val_if_fail (FERMATA_IS_EDITOR (self), NULL);

  return self->graph;
}

static void
tell_boolean (FermataEditor *self,
              gboolean      *told,
              gboolean       now,
              guint          prop)
{
  if (*told == now)
    return;
  *told = now;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
tell_title (FermataEditor *self,
            char         **told,
            const char    *now,
            guint          prop)
{
  if (g_strcmp0 (*told, now) == 0)
    return;
  g_free (*told);
  *told = g_strdup (now);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

void
fermata_editor_tell (FermataEditor *self)
{
  g_object_ref (self);
  tell_boolean (self, &self->told.can_undo, fermata_editor_can_undo (self), PROP_CAN_UNDO);
  tell_boolean (self, &self->told.can_redo, fermata_editor_can_redo (self), PROP_CAN_REDO);
  tell_title (self, &self->told.undo_title, fermata_editor_get_undo_title (self), PROP_UNDO_TITLE);
  tell_title (self, &self->told.redo_title, fermata_editor_get_redo_title (self), PROP_REDO_TITLE);
  tell_boolean (self, &self->told.is_modified, fermata_editor_is_modified (self), PROP_MODIFIED);
  g_signal_emit (self, signals[CHANGED], 0);
  g_object_unref (self);
}

/**
 * fermata_editor_can_undo:
 * @self: an editor
 *
 * Tells whether there is a step to undo, once an open gesture is over.
 *
 * Returns: whether there is one
 */
gboolean
fermata_editor_can_undo (FermataEditor *self)
{
  g_return_val_if_fail (FERMATA_IS_EDITOR (self), FALSE);

  return self->undo.length > 0;
}

/**
 * fermata_editor_can_redo:
 * @self: an editor
 *
 * Tells whether there is a step to redo, once an open gesture is over.
 *
 * Returns: whether there is one
 */
gboolean
fermata_editor_can_redo (FermataEditor *self)
{
  g_return_val_if_fail (FERMATA_IS_EDITOR (self), FALSE);

  return self->redo.length > 0;
}

static const char *
get_title (GQueue *queue)
{
  FermataEditorStep *step = g_queue_peek_head (queue);

  return step != NULL ? step->title : NULL;
}

/**
 * fermata_editor_get_undo_title:
 * @self: an editor
 *
 * What would be undone.
 *
 * Returns: (transfer none) (nullable): the step's title; `NULL` without one
 */
const char *
fermata_editor_get_undo_title (FermataEditor *self)
{
  g_return_val_if_fail (FERMATA_IS_EDITOR (self), NULL);

  return get_title (&self->undo);
}

/**
 * fermata_editor_get_redo_title:
 * @self: an editor
 *
 * What would be redone.
 *
 * Returns: (transfer none) (nullable): the step's title; `NULL` without one
 */
const char *
fermata_editor_get_redo_title (FermataEditor *self)
{
  g_return_val_if_fail (FERMATA_IS_EDITOR (self), NULL);

  return get_title (&self->redo);
}

/**
 * fermata_editor_mark_saved:
 * @self: an editor
 *
 * Says that the document, as it is now, was saved. To undo or redo back to
 * this point makes it unmodified again.
 */
void
fermata_editor_mark_saved (FermataEditor *self)
{
  g_return_if_fail (FERMATA_IS_EDITOR (self));
  g_return_if_fail (!self->graph->is_busy);

  fermata_editor_break_merge (self);
  if (self->saved_state == self->state)
    return;
  self->saved_state = self->state;
  fermata_editor_tell (self);
}

/**
 * fermata_editor_is_modified:
 * @self: an editor
 *
 * Tells whether the document is another than the one that was saved.
 *
 * Returns: whether it is
 */
gboolean
fermata_editor_is_modified (FermataEditor *self)
{
  g_return_val_if_fail (FERMATA_IS_EDITOR (self), FALSE);

  return self->state != self->saved_state;
}

/**
 * fermata_editor_get_max_size:
 * @self: an editor
 *
 * How much what can be undone and redone may take.
 *
 * Returns: in bytes, about
 */
gsize
fermata_editor_get_max_size (FermataEditor *self)
{
  g_return_val_if_fail (FERMATA_IS_EDITOR (self), 0);

  return self->max_size;
}

/**
 * fermata_editor_set_max_size:
 * @self: an editor
 * @max_size: in bytes, about
 *
 * Sets how much what can be undone and redone may take. The oldest steps are
 * forgotten when it is more; the last is kept in any case.
 */
void
fermata_editor_set_max_size (FermataEditor *self,
                             gsize          max_size)
{
  g_return_if_fail (FERMATA_IS_EDITOR (self));

  if (self->max_size == max_size)
    return;
  self->max_size = max_size;
  fermata_editor_trim (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAX_SIZE]);
}
