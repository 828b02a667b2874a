/* fermata-emission.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-emission-private.h"

#include <string.h>

#include "engine/fermata-task-error.h"
#include "value/fermata-value-reader.h"

#define KEPT_PARTIAL 65536

/* @partial is the beginning of a line whose end has not come. */
struct _FermataEmission {
  FermataEmit format;
  guint64 n_lines;
  GString *partial;
};

FermataEmission *
fermata_emission_new (FermataEmit format)
{
  FermataEmission *self = g_new0 (FermataEmission, 1);

  self->format = format;
  self->partial = g_string_new (NULL);

  return self;
}

void
fermata_emission_free (FermataEmission *self)
{
  g_string_free (self->partial, TRUE);
  g_free (self);
}

static gboolean
refuse (guint64       number,
        const char   *problem,
        GError      **error)
{
  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_TRANSFORMATION,
               "Line %" G_GUINT64_FORMAT " of its standard output %s", number, problem);

  return FALSE;
}

static gboolean
is_blank (const char *line,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
        return FALSE;
    }

  return TRUE;
}

/* U+0000 is text too. */
static gboolean
is_text (const char *text,
         gsize       length)
{
  const char *end = text + length;

  while (!g_utf8_validate_len (text, end - text, &text))
    {
      if (*text != '\0')
        return FALSE;
      text++;
    }

  return TRUE;
}

FermataValue *
fermata_emit_read (FermataEmit   format,
                   const char   *line,
                   gsize         length,
                   guint64       number,
                   GError      **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *problem = NULL;
  FermataValue *value;

  if (format == FERMATA_EMIT_LINES)
    {
      if (is_text (line, length))
        return fermata_value_new_string (line, length);
      refuse (number, "is not UTF-8", error);
      return NULL;
    }

  if (is_blank (line, length))
    return NULL;

  value = fermata_value_parse (line, length, &local_error);
  if (value == NULL)
    {
      problem = g_strdup_printf ("is not JSON: %s", local_error->message);
      refuse (number, problem, error);
    }

  return value;
}

static gboolean
count_line (FermataEmission  *self,
            const char       *line,
            gsize             length,
            guint64          *n_items,
            GError          **error)
{
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GError) local_error = NULL;

  self->n_lines++;
  if (self->format == FERMATA_EMIT_LINES)
    {
      (*n_items)++;
      return is_text (line, length) || refuse (self->n_lines, "is not UTF-8", error);
    }

  value = fermata_emit_read (self->format, line, length, self->n_lines, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  *n_items += value != NULL;

  return TRUE;
}

/* Whole lines of valid text need no look at each. */
static gboolean
count_text (FermataEmission *self,
            const char      *text,
            const char      *end,
            guint64         *n_items)
{
  guint64 n_lines = 0;

  if (self->format != FERMATA_EMIT_LINES || !is_text (text, end - text))
    return FALSE;

  while ((text = memchr (text, '\n', end - text)) != NULL)
    {
      n_lines++;
      if (++text == end)
        break;
    }
  self->n_lines += n_lines;
  *n_items += n_lines;

  return TRUE;
}

static gboolean
count_lines (FermataEmission  *self,
             const char       *text,
             const char       *end,
             guint64          *n_items,
             GError          **error)
{
  if (text == end || count_text (self, text, end, n_items))
    return TRUE;

  while (text < end)
    {
      const char *line_end = memchr (text, '\n', end - text);

      if (!count_line (self, text, line_end - text, n_items, error))
        return FALSE;
      text = line_end + 1;
    }

  return TRUE;
}

static gboolean
keep (FermataEmission  *self,
      const char       *text,
      gsize             length,
      GError          **error)
{
  if (length > FERMATA_EMIT_MAX_LINE - self->partial->len)
    return refuse (self->n_lines + 1, "is longer than 64 MB", error);

  g_string_append_len (self->partial, text, length);

  return TRUE;
}

/* One long line does not cost memory for ever. */
static void
forget_partial (FermataEmission *self)
{
  if (self->partial->allocated_len <= KEPT_PARTIAL)
    {
      g_string_set_size (self->partial, 0);
      return;
    }

  g_string_free (self->partial, TRUE);
  self->partial = g_string_new (NULL);
}

gboolean
fermata_emission_add (FermataEmission  *self,
                      const guint8     *data,
                      gsize             length,
                      guint64          *n_items,
                      GError          **error)
{
  const char *text = (const char *) data;
  const char *end = text + length;
  const char *line_end = memchr (text, '\n', length);
  const char *last;

  *n_items = 0;
  if (line_end == NULL)
    return keep (self, text, length, error);

  if (self->partial->len > 0)
    {
      if (!keep (self, text, line_end - text, error)
          || !count_line (self, self->partial->str, self->partial->len, n_items, error))
        return FALSE;
      forget_partial (self);
      text = line_end + 1;
    }

  for (last = end; last > text && last[-1] != '\n';)
    last--;

  return count_lines (self, text, last, n_items, error)
         && keep (self, last, end - last, error);
}

gboolean
fermata_emission_end (FermataEmission  *self,
                      guint64          *n_items,
                      GError          **error)
{
  *n_items = 0;
  if (self->partial->len == 0)
    return TRUE;

  if (!count_line (self, self->partial->str, self->partial->len, n_items, error))
    return FALSE;
  forget_partial (self);

  return TRUE;
}
