/* fermata-template.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-template-private.h"

#include "value/fermata-value-private.h"
#include "value/fermata-value-writer.h"

#include <string.h>

#define MAX_TEXT ((gsize) 256 * 1024 * 1024)

struct _FermataTemplate {
  gatomicrefcount ref_count;
  FermataValue *constant;   /* where nothing in it is a template */
  GArray *steps;            /* else, of FermataTemplateStep */
};

G_DEFINE_BOXED_TYPE (FermataTemplate, fermata_template, fermata_template_ref, fermata_template_unref)

/* A container that is being filled: what comes at @index and behind is null as yet. */
typedef struct {
  FermataValue *container;
  gsize index;
} Frame;

static void
clear_frame (gpointer data)
{
  fermata_value_unref (((Frame *) data)->container);
}

static gboolean
append_piece (const FermataTemplatePiece  *piece,
              FermataScope                *scope,
              GString                     *text,
              GError                     **error)
{
  g_autoptr (FermataValue) value = NULL;
  const char *string;
  gsize length;

  if (piece->expression == NULL)
    {
      g_string_append_len (text, piece->text, (gssize) piece->length);
      return TRUE;
    }

  value = fermata_expression_evaluate (piece->expression, scope, error);
  if (value == NULL)
    return FALSE;

  string = fermata_value_get_string (value, &length);
  if (string != NULL)
    g_string_append_len (text, string, (gssize) length);
  else
    fermata_value_append_string (value, FERMATA_WRITE_COMPACT, 0, text);

  if (text->len <= MAX_TEXT)
    return TRUE;
  g_set_error_literal (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_LIMIT,
                       "the text becomes too long");
  return FALSE;
}

static FermataValue *
join_pieces (GArray        *pieces,
             FermataScope  *scope,
             GError       **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    if (!append_piece (&g_array_index (pieces, FermataTemplatePiece, i), scope, text, error))
      return NULL;

  return fermata_value_new_string (text->str, (gssize) text->len);
}

static FermataValue *
expand_string (const FermataTemplateStep  *step,
               FermataScope               *scope,
               GError                    **error)
{
  const FermataTemplatePiece *first = &g_array_index (step->pieces, FermataTemplatePiece, 0);
  FermataValue *value;

  if (step->pieces->len == 1 && first->expression != NULL)
    value = fermata_expression_evaluate (first->expression, scope, error);
  else
    value = join_pieces (step->pieces, scope, error);

  if (value == NULL && *step->path != '\0')
    g_prefix_error (error, "%s: ", step->path);
  return value;
}

/* Takes @value: the next member of the container at hand, or the whole. */
static void
emit (GArray        *frames,
      FermataValue  *value,
      FermataValue **whole)
{
  Frame *frame;

  if (frames->len == 0)
    {
      *whole = value;
      return;
    }

  frame = &g_array_index (frames, Frame, frames->len - 1);
  fermata_value_get_slots (frame->container)[frame->index++] = value;
}

/* However often a template is filled in, the names are those that it has. */
static FermataValue *
new_container (FermataValue *model)
{
  gsize n_slots = fermata_value_get_length (model);
  FermataValue *container;

  if (n_slots == 0)
    return fermata_value_ref (model);

  container = fermata_value_get_tag (model) == FERMATA_TAG_ARRAY
              ? fermata_value_alloc_array (n_slots)
              : fermata_value_alloc_object (fermata_shape_ref (fermata_value_get_shape (model)));
  for (gsize i = 0; i < n_slots; i++)
    fermata_value_get_slots (container)[i] = fermata_value_new_null ();

  return container;
}

static void
open_frame (GArray       *frames,
            FermataValue *model)
{
  Frame frame = { new_container (model), 0 };

  g_array_append_val (frames, frame);
}

static FermataValue *
close_frame (GArray *frames)
{
  Frame *frame = &g_array_index (frames, Frame, frames->len - 1);
  FermataValue *value = fermata_value_ref (frame->container);

  g_array_set_size (frames, frames->len - 1);

  return value;
}

static FermataValue *
expand_steps (GArray        *steps,
              FermataScope  *scope,
              GError       **error)
{
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  FermataValue *whole = NULL;

  g_array_set_clear_func (frames, clear_frame);

  for (guint i = 0; i < steps->len; i++)
    {
      const FermataTemplateStep *step = &g_array_index (steps, FermataTemplateStep, i);
      FermataValue *value;

      if (step->kind == FERMATA_TEMPLATE_STEP_OPEN)
        {
          open_frame (frames, step->value);
          continue;
        }

      if (step->kind == FERMATA_TEMPLATE_STEP_VALUE)
        value = fermata_value_ref (step->value);
      else if (step->kind == FERMATA_TEMPLATE_STEP_CLOSE)
        value = close_frame (frames);
      else
        value = expand_string (step, scope, error);

      if (value == NULL)
        return NULL;
      emit (frames, value, &whole);
    }

  return whole;
}

static gboolean
has_expressions (GArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      GArray *pieces = g_array_index (steps, FermataTemplateStep, i).pieces;

      for (guint j = 0; pieces != NULL && j < pieces->len; j++)
        if (g_array_index (pieces, FermataTemplatePiece, j).expression != NULL)
          return TRUE;
    }

  return FALSE;
}

/**
 * fermata_template_compile:
 * @evaluator: what will evaluate its expressions
 * @value: a value whose strings may hold templates
 * @error_path: (out) (optional) (transfer full): on error, the JSON Pointer of
 *   the string that is wrong
 * @error_offset: (out) (optional): on error, the byte in that string
 * @error: return location for an error
 *
 * Compiles the templates in the strings of a value, at any depth; names of
 * members are not among them.
 *
 * Returns: (transfer full): a template, or %NULL with an error of
 *   %FERMATA_EXPRESSION_ERROR: TEMPLATE, SYNTAX, REGEXP or LIMIT
 *
 * Since: 0.1
 */
FermataTemplate *
fermata_template_compile (FermataEvaluator  *evaluator,
                          FermataValue      *value,
                          char             **error_path,
                          gsize             *error_offset,
                          GError           **error)
{
  FermataTemplate *self;
  g_autoptr (GArray) steps = NULL;
  g_autofree char *path = NULL;
  gsize offset = 0;

  g_return_val_if_fail (FERMATA_IS_EVALUATOR (evaluator), NULL);
  g_return_val_if_fail (value != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  steps = fermata_template_parse (evaluator, value, &path, &offset, error);
  if (steps == NULL)
    {
      if (error_path != NULL)
        *error_path = g_steal_pointer (&path);
      if (error_offset != NULL)
        *error_offset = offset;
      return NULL;
    }

  self = g_new0 (FermataTemplate, 1);
  g_atomic_ref_count_init (&self->ref_count);
  if (has_expressions (steps))
    self->steps = g_steal_pointer (&steps);
  else
    self->constant = expand_steps (steps, NULL, NULL);
  return self;
}

/**
 * fermata_template_ref:
 * @self: a template
 *
 * Returns: (transfer full): @self
 *
 * Since: 0.1
 */
FermataTemplate *
fermata_template_ref (FermataTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * fermata_template_unref:
 * @self: (transfer full): a template
 *
 * Since: 0.1
 */
void
fermata_template_unref (FermataTemplate *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->constant, fermata_value_unref);
  g_clear_pointer (&self->steps, g_array_unref);
  g_free (self);
}

/**
 * fermata_template_get_constant:
 * @self: a template
 *
 * Returns: (transfer none) (nullable): the value, where nothing in it is a
 *   template: the very one that was compiled, unless it had a `{{{{`
 *
 * Since: 0.1
 */
FermataValue *
fermata_template_get_constant (FermataTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->constant;
}

/**
 * fermata_template_foreach:
 * @self: a template
 * @func: (scope call): what to call for each expression in it
 * @user_data: data for @func
 *
 * Visits the expressions of a template in the order of the value.
 *
 * Since: 0.1
 */
void
fermata_template_foreach (FermataTemplate     *self,
                          FermataTemplateFunc  func,
                          gpointer             user_data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (func != NULL);

  for (guint i = 0; self->steps != NULL && i < self->steps->len; i++)
    {
      const FermataTemplateStep *step = &g_array_index (self->steps, FermataTemplateStep, i);

      for (guint j = 0; step->pieces != NULL && j < step->pieces->len; j++)
        {
          const FermataTemplatePiece *piece = &g_array_index (step->pieces, FermataTemplatePiece, j);

          if (piece->expression != NULL)
            func (piece->expression, step->path, piece->offset, user_data);
        }
    }
}

/**
 * fermata_template_expand:
 * @self: a template
 * @scope: where its expressions find their names
 * @error: return location for an error
 *
 * Builds the value, with the values of its expressions in their places. What
 * holds no template is not copied.
 *
 * Returns: (transfer full): the value, or %NULL with an error as
 *   fermata_expression_evaluate() has them; its message begins with the JSON
 *   Pointer of the string, if @self is not itself one
 *
 * Since: 0.1
 */
FermataValue *
fermata_template_expand (FermataTemplate  *self,
                         FermataScope     *scope,
                         GError          **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (scope != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (self->constant != NULL)
    return fermata_value_ref (self->constant);

  return expand_steps (self->steps, scope, error);
}

/**
 * fermata_template_is_in_string:
 * @string: a text
 *
 * Tells whether a text has the beginning of a template, or an escaped one, in
 * it. Parses nothing.
 *
 * Returns: whether it has
 *
 * Since: 0.1
 */
gboolean
fermata_template_is_in_string (const char *string)
{
  g_return_val_if_fail (string != NULL, FALSE);

  return strstr (string, "{{") != NULL;
}
