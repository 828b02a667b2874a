/* fermata-cli-diagnostics.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-diagnostics.h"

#include <glib/gi18n.h>
#include <string.h>

#include "fermata-cli-text.h"

/* The gutter takes so much: "12345 | ". */
#define GUTTER 8
#define TAB 4

/*
 * Finds places in a text. They come in order, so each search goes on from
 * where the last one ended: a file of one line and 100 MB with a thousand
 * errors is walked through once.
 */
typedef struct {
  const char *text;
  const char *end;
  guint line;
  const char *line_start;
  const char *line_end;
  guint column;
  const char *at;
} Search;

static void
search_begin (Search *self,
              GBytes *text)
{
  gsize length = 0;

  *self = (Search) { 0, };
  if (text != NULL)
    self->text = g_bytes_get_data (text, &length);
  self->end = self->text + length;
}

static void
go_to_line_start (Search     *self,
                  guint       line,
                  const char *start)
{
  const char *end = memchr (start, '\n', self->end - start);

  if (end == NULL)
    end = self->end;
  if (end > start && end[-1] == '\r')
    end--;
  self->line = line;
  self->line_start = self->at = start;
  self->line_end = end;
  self->column = 1;
}

static gboolean
go_to_line (Search *self,
            guint   line)
{
  if (self->text == NULL)
    return FALSE;
  if (self->line == 0 || line < self->line)
    go_to_line_start (self, 1, self->text);

  while (self->line < line)
    {
      const char *next = memchr (self->line_end, '\n', self->end - self->line_end);

      if (next == NULL)
        return FALSE;
      go_to_line_start (self, self->line + 1, next + 1);
    }

  return TRUE;
}

static const char *
next_char (const char *p,
           const char *end)
{
  const char *next = g_utf8_find_next_char (p, end);

  return next != NULL ? next : end;
}

/* FALSE if there is no such line; a column behind its end is its end. */
static gboolean
search_find (Search *self,
             guint   line,
             guint   column)
{
  if (!go_to_line (self, line))
    return FALSE;
  if (column < self->column)
    go_to_line_start (self, line, self->line_start);
  for (; self->column < column && self->at < self->line_end; self->column++)
    self->at = next_char (self->at, self->line_end);

  return TRUE;
}

/* A source line as it is shown. */
typedef struct {
  GString *text;
  guint caret;
} Shown;

/* Tabs become spaces and control characters pictures, so that the caret is
 * where it should be. @columns: of each character, where it begins. */
static void
expand (const char *start,
        gsize       length,
        GString    *text,
        GArray     *columns)
{
  g_autofree char *valid = g_utf8_make_valid (start, length);
  guint column = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      guint width = *p == '\t' ? TAB - column % TAB : cli_char_width (g_utf8_get_char (p));

      g_array_append_val (columns, column);
      if (*p == '\t')
        g_string_append_printf (text, "%*s", (int) width, "");
      else
        cli_text_add_harmless (text, p, g_utf8_next_char (p) - p);
      column += width;
    }
  g_array_append_val (columns, column);
}

/* Drops the first @width columns; @dropped: how many it really were. */
static const char *
skip_columns (const char *text,
              guint       width,
              guint      *dropped)
{
  for (*dropped = 0; *dropped < width && *text != '\0'; text = g_utf8_next_char (text))
    *dropped += cli_char_width (g_utf8_get_char (text));

  return text;
}

/* Fits the line into @width columns, so that the caret can be seen. */
static void
fit (Shown    *shown,
     guint     width,
     gboolean  is_cut)
{
  g_autoptr (GString) text = g_steal_pointer (&shown->text);
  guint wanted = shown->caret + 1 > width * 2 / 3 ? shown->caret - width / 2 : 0;
  const char *rest = text->str;
  guint dropped = 0;

  shown->text = g_string_new (NULL);
  if (wanted > 0 || is_cut)
    {
      rest = skip_columns (rest, MAX (wanted, 1), &dropped);
      g_string_append (shown->text, "…");
      shown->caret = shown->caret >= dropped ? shown->caret - dropped + 1 : 0;
      width--;
    }
  cli_text_add_cut (shown->text, rest, width);
}

/* As much before and after the place as can matter, of a line of any length. */
static void
show (Shown        *shown,
      const Search *place,
      guint         width)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) text = g_string_new (NULL);
  const char *from = place->at;
  gsize length;
  guint n_before;
  gboolean is_cut;

  for (n_before = 0; n_before < width && from > place->line_start; n_before++)
    from = g_utf8_find_prev_char (place->line_start, from);
  is_cut = from > place->line_start;
  length = MIN ((gsize) (place->line_end - from), (gsize) (place->at - from) + 4 * (gsize) width);

  expand (from, length, text, columns);
  shown->text = g_steal_pointer (&text);
  shown->caret = g_array_index (columns, guint, MIN (n_before, columns->len - 1));
  if (is_cut || cli_text_width (shown->text->str) > width)
    fit (shown, width, is_cut);
}

static void
add_source (GString      *page,
            const Search *place,
            guint         width,
            gboolean      colour)
{
  g_autofree char *gutter = g_strdup_printf ("%5u | ", place->line);
  Shown shown;

  show (&shown, place, width > GUTTER + 20 ? width - GUTTER : 20);
  cli_text_add_styled (page, colour, CLI_STYLE_FAINT, gutter);
  g_string_append_printf (page, "%s\n", g_strchomp (shown.text->str));
  cli_text_add_styled (page, colour, CLI_STYLE_FAINT, "      | ");
  g_string_append_printf (page, "%*s", (int) shown.caret, "");
  cli_text_add_styled (page, colour, CLI_STYLE_GOOD, "^");
  g_string_append_c (page, '\n');
  g_string_free (shown.text, TRUE);
}

static CliStyle
style_of (FermataSeverity severity)
{
  switch (severity)
    {
    case FERMATA_SEVERITY_ERROR:
      return CLI_STYLE_BAD;
    case FERMATA_SEVERITY_WARNING:
      return CLI_STYLE_DOUBTFUL;
    case FERMATA_SEVERITY_HINT:
    default:
      return CLI_STYLE_HINT;
    }
}

static const char *
severity_word (FermataSeverity severity)
{
  switch (severity)
    {
    case FERMATA_SEVERITY_ERROR:
      return _("error");
    case FERMATA_SEVERITY_WARNING:
      return _("warning");
    case FERMATA_SEVERITY_HINT:
    default:
      return _("hint");
    }
}

static void
add_head (GString           *page,
          FermataDiagnostic *diagnostic,
          CliDocument       *document,
          gboolean           colour)
{
  const char *file = fermata_diagnostic_get_file (diagnostic);
  FermataSeverity severity = fermata_diagnostic_get_severity (diagnostic);
  guint line = fermata_diagnostic_get_line (diagnostic);
  g_autoptr (GString) place = g_string_new (NULL);
  g_autofree char *word = g_strconcat (severity_word (severity), ":", NULL);
  g_autofree char *code = g_strdup_printf ("[%s]", fermata_diagnostic_get_code (diagnostic));

  cli_text_add_harmless (place, file != NULL ? file : document->name, -1);
  if (line > 0)
    g_string_append_printf (place, ":%u:%u", line, fermata_diagnostic_get_column (diagnostic));
  g_string_append_c (place, ':');

  cli_text_add_styled (page, colour, CLI_STYLE_STRONG, place->str);
  g_string_append_c (page, ' ');
  cli_text_add_styled (page, colour, style_of (severity), word);
  g_string_append_c (page, ' ');
  cli_text_add_harmless (page, fermata_diagnostic_get_message (diagnostic), -1);
  g_string_append_c (page, ' ');
  cli_text_add_styled (page, colour, CLI_STYLE_FAINT, code);
  g_string_append_c (page, '\n');
}

static void
add_hint (GString    *page,
          const char *hint,
          gboolean    colour)
{
  g_autofree char *clean = hint == NULL ? NULL : cli_text_dup_harmless (hint);

  if (clean == NULL)
    return;
  g_string_append (page, "      ");
  cli_text_add_styled (page, colour, CLI_STYLE_HINT, _("= hint: "));
  g_string_append_printf (page, "%s\n", clean);
}

/* The text that is searched: of the document, or of another file that its nodes
 * name. Diagnostics of a file stand together. */
typedef struct {
  char *file;
  GBytes *text;
  Search search;
} Source;

static void
source_clear (Source *self)
{
  g_clear_pointer (&self->file, g_free);
  g_clear_pointer (&self->text, g_bytes_unref);
}

/* What cannot be read any more is not shown. */
static void
source_open (Source      *self,
             CliDocument *document,
             const char  *file)
{
  source_clear (self);
  self->file = g_strdup (file);
  if (g_strcmp0 (file, document->name) == 0)
    self->text = document->text == NULL ? NULL : g_bytes_ref (document->text);
  else
    {
      g_autoptr (FermataJsonLoader) loader = fermata_json_loader_new ();
      g_autoptr (GFile) location = g_file_new_for_path (file);

      self->text = fermata_json_loader_read_file (loader, location, file, NULL);
    }
  search_begin (&self->search, self->text);
}

/* FALSE if there is no line to show. */
static gboolean
source_find (Source            *self,
             CliDocument       *document,
             FermataDiagnostic *diagnostic)
{
  const char *file = fermata_diagnostic_get_file (diagnostic);
  guint line = fermata_diagnostic_get_line (diagnostic);

  if (file == NULL)
    file = document->name;
  if (g_strcmp0 (file, self->file) != 0)
    source_open (self, document, file);

  return line > 0 && search_find (&self->search, line, fermata_diagnostic_get_column (diagnostic));
}

void
cli_diagnostics_print (CliDocument *document,
                       CliOutput   *output)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (document->diagnostics));
  gboolean colour = cli_output_has_colour (output);
  guint width = cli_output_get_width (output);
  Source source = { NULL, };

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = NULL;
      g_autoptr (GString) page = g_string_new (NULL);

      diagnostic = g_list_model_get_item (G_LIST_MODEL (document->diagnostics), i);
      add_head (page, diagnostic, document, colour);
      if (source_find (&source, document, diagnostic))
        add_source (page, &source.search, width, colour);
      add_hint (page, fermata_diagnostic_get_hint (diagnostic), colour);
      cli_output_write (output, page->str, page->len);
    }
  source_clear (&source);
}

static void
set_text (FermataValueBuilder *builder,
          const char          *name,
          const char          *text)
{
  g_autofree char *valid = text == NULL ? NULL : g_utf8_make_valid (text, -1);
  g_autoptr (FermataValue) value = NULL;

  value = valid == NULL ? fermata_value_new_null () : fermata_value_new_string (valid, -1);
  fermata_value_builder_set (builder, name, value);
}

static void
set_number (FermataValueBuilder *builder,
            const char          *name,
            guint                number)
{
  g_autoptr (FermataValue) value = NULL;

  value = number == 0 ? fermata_value_new_null () : fermata_value_new_integer (number);
  fermata_value_builder_set (builder, name, value);
}

FermataValue *
cli_diagnostic_to_value (FermataDiagnostic *diagnostic,
                         CliDocument       *document)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  const char *file = fermata_diagnostic_get_file (diagnostic);

  set_text (builder, "code", fermata_diagnostic_get_code (diagnostic));
  set_text (builder, "severity",
            fermata_severity_to_string (fermata_diagnostic_get_severity (diagnostic)));
  set_text (builder, "file", file != NULL ? file : document->name);
  set_number (builder, "line", fermata_diagnostic_get_line (diagnostic));
  set_number (builder, "column", fermata_diagnostic_get_column (diagnostic));
  set_text (builder, "node", fermata_diagnostic_get_node (diagnostic));
  set_text (builder, "member", fermata_diagnostic_get_member (diagnostic));
  set_text (builder, "path", fermata_diagnostic_get_path (diagnostic));
  set_text (builder, "message", fermata_diagnostic_get_message (diagnostic));
  set_text (builder, "hint", fermata_diagnostic_get_hint (diagnostic));

  return fermata_value_builder_end (builder);
}
