/* fermata-template-parser.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-template-private.h"

#include "expression/fermata-expression-private.h"
#include "expression/fermata-js-parser-private.h"

#include <string.h>

static void
clear_piece (gpointer data)
{
  FermataTemplatePiece *piece = data;

  g_free (piece->text);
  g_clear_pointer (&piece->expression, fermata_expression_unref);
}

static void
clear_step (gpointer data)
{
  FermataTemplateStep *step = data;

  g_clear_pointer (&step->value, fermata_value_unref);
  g_clear_pointer (&step->pieces, g_array_unref);
  g_free (step->path);
}

static void
add_text (GArray     *pieces,
          const char *text,
          gsize       length)
{
  FermataTemplatePiece piece = { .length = length };

  if (length == 0)
    return;

  piece.text = g_memdup2 (text, length);
  g_array_append_val (pieces, piece);
}

static gboolean
is_empty (const char *string,
          gsize       length,
          gsize       start)
{
  while (start < length && g_ascii_isspace (string[start]))
    start++;

  return length - start >= 2 && memcmp (string + start, "}}", 2) == 0;
}

/* Where the expression that begins at @start ends. */
static gboolean
find_end (const char  *string,
          gsize        length,
          gsize        start,
          gsize       *end,
          gsize       *error_offset,
          GError     **error)
{
  FermataJsSource source;
  g_autoptr (GError) local_error = NULL;

  if (fermata_js_source_parse (&source, string, length, start, TRUE, error_offset, &local_error))
    {
      *end = source.end;
      fermata_js_source_clear (&source);
      return TRUE;
    }

  if (*error_offset < length && !is_empty (string, length, start))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  *error_offset = start - 2;
  g_set_error_literal (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_TEMPLATE,
                       is_empty (string, length, start) ? "nothing between {{ and }}"
                                                        : "{{ without }}");
  return FALSE;
}

/* The template whose expression begins at @start; moves behind its end. */
static gboolean
add_expression (GArray            *pieces,
                FermataEvaluator  *evaluator,
                const char        *string,
                gsize              length,
                gsize             *start,
                gsize             *error_offset,
                GError           **error)
{
  FermataTemplatePiece piece = { .offset = *start };
  g_autofree char *source = NULL;
  gsize end;

  if (!find_end (string, length, *start, &end, error_offset, error))
    return FALSE;

  source = g_strndup (string + *start, end - *start);
  piece.expression = fermata_expression_compile_unplaced (evaluator, source, error_offset, error);
  if (piece.expression == NULL)
    {
      *error_offset += *start;
      return FALSE;
    }

  g_array_append_val (pieces, piece);
  *start = end + 2;
  return TRUE;
}

GArray *
fermata_template_parse_string (FermataEvaluator  *evaluator,
                               const char        *string,
                               gsize              length,
                               gsize             *error_offset,
                               GError           **error)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (FermataTemplatePiece));
  gsize done = 0;
  const char *found;

  g_array_set_clear_func (pieces, clear_piece);

  while ((found = memmem (string + done, length - done, "{{", 2)) != NULL)
    {
      gsize at = (gsize) (found - string);
      gboolean escaped = length - at >= 4 && memcmp (found, "{{{{", 4) == 0;

      /* An escape leaves two of its four */
      add_text (pieces, string + done, at - done + (escaped ? 2 : 0));
      done = at + (escaped ? 4 : 2);
      if (!escaped &&
          !add_expression (pieces, evaluator, string, length, &done, error_offset, error))
        return NULL;
    }

  add_text (pieces, string + done, length - done);
  return g_steal_pointer (&pieces);
}

/* An array or object that is being walked: its step, its next member. */
typedef struct {
  FermataValue *container;
  guint step;
  gsize index;
} Frame;

typedef struct {
  FermataEvaluator *evaluator;
  GArray *steps;
  GArray *frames;
} Walk;

static void
append_pointer_token (GString    *path,
                      const char *name)
{
  g_string_append_c (path, '/');
  for (; *name != '\0'; name++)
    {
      if (*name == '~')
        g_string_append (path, "~0");
      else if (*name == '/')
        g_string_append (path, "~1");
      else
        g_string_append_c (path, *name);
    }
}

/* The JSON Pointer of the member at hand. */
static char *
get_path (Walk *walk)
{
  GString *path = g_string_new (NULL);

  for (guint i = 0; i < walk->frames->len; i++)
    {
      Frame *frame = &g_array_index (walk->frames, Frame, i);
      const char *name = fermata_value_get_member_name (frame->container, frame->index - 1);

      if (name != NULL)
        append_pointer_token (path, name);
      else
        g_string_append_printf (path, "/%" G_GSIZE_FORMAT, frame->index - 1);
    }

  return g_string_free (path, FALSE);
}

static void
add_step (Walk                    *walk,
          FermataTemplateStepKind  kind,
          FermataValue            *value)
{
  FermataTemplateStep step = { kind, value != NULL ? fermata_value_ref (value) : NULL };

  g_array_append_val (walk->steps, step);
}

static gboolean
add_string (Walk          *walk,
            FermataValue  *value,
            char         **error_path,
            gsize         *error_offset,
            GError       **error)
{
  FermataTemplateStep step = { FERMATA_TEMPLATE_STEP_PIECES };
  gsize length;
  const char *string = fermata_value_get_string (value, &length);

  if (memmem (string, length, "{{", 2) == NULL)
    {
      add_step (walk, FERMATA_TEMPLATE_STEP_VALUE, value);
      return TRUE;
    }

  step.path = get_path (walk);
  step.pieces = fermata_template_parse_string (walk->evaluator, string, length, error_offset, error);
  if (step.pieces == NULL)
    {
      fermata_expression_prefix_place (string, *error_offset, error);
      *error_path = step.path;
      return FALSE;
    }

  g_array_append_val (walk->steps, step);
  return TRUE;
}

static gboolean
add_value (Walk          *walk,
           FermataValue  *value,
           char         **error_path,
           gsize         *error_offset,
           GError       **error)
{
  FermataValueKind kind = fermata_value_get_kind (value);

  if (kind == FERMATA_VALUE_KIND_STRING)
    return add_string (walk, value, error_path, error_offset, error);

  if (kind == FERMATA_VALUE_KIND_ARRAY || kind == FERMATA_VALUE_KIND_OBJECT)
    {
      Frame frame = { value, walk->steps->len, 0 };

      add_step (walk, FERMATA_TEMPLATE_STEP_OPEN, value);
      g_array_append_val (walk->frames, frame);
      return TRUE;
    }

  add_step (walk, FERMATA_TEMPLATE_STEP_VALUE, value);
  return TRUE;
}

/* A container in which nothing changes is one value. */
static void
close_frame (Walk *walk)
{
  Frame frame = g_array_index (walk->frames, Frame, walk->frames->len - 1);
  gboolean constant = TRUE;

  for (guint i = frame.step + 1; constant && i < walk->steps->len; i++)
    constant = g_array_index (walk->steps, FermataTemplateStep, i).kind == FERMATA_TEMPLATE_STEP_VALUE;

  if (constant)
    {
      g_array_set_size (walk->steps, frame.step);
      add_step (walk, FERMATA_TEMPLATE_STEP_VALUE, frame.container);
    }
  else
    add_step (walk, FERMATA_TEMPLATE_STEP_CLOSE, NULL);

  g_array_set_size (walk->frames, walk->frames->len - 1);
}

static gboolean
walk_frames (Walk    *walk,
             char   **error_path,
             gsize   *error_offset,
             GError **error)
{
  while (walk->frames->len > 0)
    {
      Frame *frame = &g_array_index (walk->frames, Frame, walk->frames->len - 1);

      if (frame->index == fermata_value_get_length (frame->container))
        close_frame (walk);
      else if (!add_value (walk, fermata_value_get_element (frame->container, frame->index++),
                           error_path, error_offset, error))
        return FALSE;
    }

  return TRUE;
}

GArray *
fermata_template_parse (FermataEvaluator  *evaluator,
                        FermataValue      *value,
                        char             **error_path,
                        gsize             *error_offset,
                        GError           **error)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (FermataTemplateStep));
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  Walk walk = { evaluator, steps, frames };

  g_array_set_clear_func (steps, clear_step);

  if (!add_value (&walk, value, error_path, error_offset, error) ||
      !walk_frames (&walk, error_path, error_offset, error))
    return NULL;

  return g_steal_pointer (&steps);
}
