/* fermata-dot-page.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-dot-page-private.h"

#include <stdio.h>
#include <stdlib.h>

#include "format/fermata-dot-label-private.h"
#include "format/fermata-dot-names-private.h"

/* What Graphviz measures texts with, and what browsers show: the first that is
 * there. */
#define FONT "Cantarell, Helvetica, Arial, sans-serif"

static const FermataDotColours themes[] = {
  [FERMATA_DOT_THEME_LIGHT] = {
    .page = "#fafafa", .card = "#ffffff", .region = "#f3f2f1", .border = "#cdc9c5", .title = "#2e2e2e",
    .dim = "#77767b", .line = "#8d8b88", .accent = "#1c71d8", .accent_fill = "#e4effb", .good = "#26a269",
    .bad = "#c01c28", .fork = "#813d9c",
  },
  [FERMATA_DOT_THEME_DARK] = {
    .page = "#1e1e1e", .card = "#36363a", .region = "#29292c", .border = "#5a595f", .title = "#f6f5f4",
    .dim = "#a5a3a9", .line = "#8d8b92", .accent = "#62a0ea", .accent_fill = "#2b3d55", .good = "#57c793",
    .bad = "#ff7b63", .fork = "#dc8add",
  },
};

/* Held from begin to end. */
static GMutex cgraph_mutex;

/* Nothing that is written here can be wrong in a way that a reader of standard
 * error could do something about. */
static int
be_silent (char *text)
{
  return 0;
}

void
fermata_dot_set (void       *object,
                 const char *name,
                 const char *value)
{
  agsafeset (object, (char *) name, (char *) value, (char *) "");
}

void
fermata_dot_set_length (void       *object,
                        const char *name,
                        double      inches)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  fermata_dot_set (object, name, g_ascii_formatd (text, sizeof text, "%.3f", inches));
}

void
fermata_dot_set_text (void       *object,
                      const char *name,
                      const char *text)
{
  GString *escaped = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (*text == '\\')
        g_string_append (escaped, "\\\\");
      else if (*text == '\n')
        g_string_append (escaped, "\\n");
      else
        g_string_append_c (escaped, *text);
    }
  fermata_dot_set (object, name, escaped->str);
  g_string_free (escaped, TRUE);
}

void
fermata_dot_set_html (void       *object,
                      const char *name,
                      const char *html)
{
  /* Its own reference goes with the picture: strings are found by their text,
   * so giving this one back could take away another's */
  fermata_dot_set (object, name, agstrdup_html (agroot (object), (char *) html));
}

void
fermata_dot_page_set_default (FermataDotPage *self,
                              int             kind,
                              const char     *name,
                              const char     *value)
{
  agattr (self->root, kind, (char *) name, (char *) value);
}

Agnode_t *
fermata_dot_add_node (Agraph_t   *graph,
                      const char *name)
{
  return agnode (graph, (char *) name, 1);
}

Agedge_t *
fermata_dot_add_edge (Agraph_t *graph,
                      Agnode_t *from,
                      Agnode_t *to)
{
  return agedge (graph, from, to, NULL, 1);
}

Agraph_t *
fermata_dot_add_cluster (Agraph_t   *graph,
                         const char *name)
{
  g_autofree char *cluster = g_strconcat ("cluster ", name, NULL);

  return agsubg (graph, cluster, 1);
}

static void
set_defaults (FermataDotPage          *self,
              const FermataDotOptions *options)
{
  const FermataDotColours *colours = self->colours;
  const struct {
    int kind;
    const char *name;
    const char *value;
  } defaults[] = {
    { AGRAPH, "bgcolor", options->is_transparent ? "transparent" : colours->page },
    { AGRAPH, "fontname", FONT },
    { AGRAPH, "fontsize", "13" },
    { AGRAPH, "fontcolor", colours->title },
    { AGRAPH, "pad", "0.25" },
    { AGRAPH, "nodesep", "0.4" },
    { AGRAPH, "ranksep", "0.6" },
    { AGRAPH, "rankdir", "LR" },
    { AGRAPH, "compound", "true" },
    { AGRAPH, "labeljust", "l" },
    { AGRAPH, "labelloc", "t" },
    { AGNODE, "shape", "box" },
    { AGNODE, "style", "rounded,filled" },
    { AGNODE, "fillcolor", colours->card },
    { AGNODE, "color", colours->border },
    { AGNODE, "fontname", FONT },
    { AGNODE, "fontsize", "13" },
    { AGNODE, "fontcolor", colours->title },
    { AGNODE, "margin", "0.16,0.08" },
    { AGEDGE, "color", colours->line },
    { AGEDGE, "fontname", FONT },
    { AGEDGE, "fontsize", "10.5" },
    { AGEDGE, "fontcolor", colours->dim },
    { AGEDGE, "penwidth", "1.5" },
    { AGEDGE, "arrowsize", "0.8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    fermata_dot_page_set_default (self, defaults[i].kind, defaults[i].name, defaults[i].value);
}

void
fermata_dot_page_begin (FermataDotPage          *self,
                        const FermataDotOptions *options)
{
  g_mutex_lock (&cgraph_mutex);
  agseterrf (be_silent);
  self->root = agopen ((char *) "fermata", Agdirected, &fermata_dot_names_discipline);
  self->colours = &themes[options->theme];
  set_defaults (self, options);
}

GBytes *
fermata_dot_page_end (FermataDotPage *self)
{
  char *text = NULL;
  size_t length = 0;
  FILE *file = open_memstream (&text, &length);

  if (file == NULL)
    g_error ("no memory for a picture");
  agwrite (self->root, file);
  fclose (file);
  agclose (self->root);
  agseterrf (NULL);
  self->root = NULL;
  g_mutex_unlock (&cgraph_mutex);

  return g_bytes_new_with_free_func (text, length, free, text);
}

/* HTML here is XML, which some characters must not be in. */
static gboolean
is_forbidden (gunichar character)
{
  return (character & 0xfffe) == 0xfffe || (character >= 0xd800 && character < 0xe000);
}

void
fermata_dot_append_html (GString    *html,
                         const char *text,
                         guint       n_characters)
{
  g_autofree char *clipped = fermata_dot_clip (text, n_characters);

  for (const char *p = clipped; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (character == '&')
        g_string_append (html, "&amp;");
      else if (character == '<')
        g_string_append (html, "&lt;");
      else if (character == '>')
        g_string_append (html, "&gt;");
      else if (character == '"')
        g_string_append (html, "&quot;");
      else
        g_string_append_unichar (html, is_forbidden (character) ? 0xfffd : character);
    }
  if (*clipped == '\0')
    g_string_append (html, "&#160;");
}

void
fermata_dot_append_row (GString    *html,
                        const char *text,
                        const char *colour,
                        const char *align)
{
  g_string_append_printf (html, "<tr><td align=\"%s\">", align);
  if (colour != NULL)
    g_string_append_printf (html, "<font point-size=\"10.5\" color=\"%s\">", colour);
  else
    g_string_append (html, "<b>");
  fermata_dot_append_html (html, text, FERMATA_DOT_TITLE_LENGTH);
  g_string_append (html, colour != NULL ? "</font>" : "</b>");
  g_string_append (html, "</td></tr>");
}
