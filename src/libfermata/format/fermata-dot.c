/* fermata-dot.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-dot-private.h"

#include <glib/gi18n-lib.h>

#include "format/fermata-dot-label-private.h"

/* Text is kept by cgraph with its length in 32 bits; so much is no picture. */
#define MAX_ELEMENTS 1000000u

static void
level_free (FermataDotLevel *level)
{
  g_object_unref (level->graph);
  g_free (level->prefix);
  g_free (level->path);
  g_free (level);
}

/* A body is drawn after the graph around it: its cluster is there by then. All
 * nodes come before all edges, so that each cluster has a node in it. */
static void
draw_levels (FermataDotDrawing *self)
{
  g_autoptr (GPtrArray) done = g_ptr_array_new_with_free_func ((GDestroyNotify) level_free);
  FermataDotLevel *level;

  while ((level = g_queue_pop_head (&self->levels)) != NULL)
    {
      g_ptr_array_add (done, level);
      fermata_dot_draw_nodes (self, level);
    }
  for (guint i = 0; i < done->len; i++)
    {
      fermata_dot_draw_initial (self, done->pdata[i]);
      fermata_dot_draw_edges (self, done->pdata[i]);
    }
}

static void
set_title (FermataDotDrawing *self,
           FermataGraph      *graph)
{
  const char *name = fermata_graph_get_name (graph);
  GString *html;

  if (name == NULL || *name == '\0')
    return;

  html = g_string_new (FERMATA_DOT_TABLE ">");
  fermata_dot_append_row (html, name, NULL, "left");
  g_string_append (html, "</table>");
  fermata_dot_set_html (self->page.root, "label", html->str);
  g_string_free (html, TRUE);
}

static void
draw (FermataDotDrawing *self,
      FermataGraph      *graph)
{
  FermataDotLevel *level = g_new0 (FermataDotLevel, 1);

  level->graph = g_object_ref (graph);
  level->around = self->page.root;
  level->prefix = g_strdup ("");
  level->path = g_strdup ("");
  level->is_machine = fermata_graph_get_kind (graph) == FERMATA_GRAPH_KIND_FSM;
  g_queue_push_tail (&self->levels, level);
  set_title (self, graph);
  draw_levels (self);
}

/**
 * fermata_dot_write_graph:
 * @graph: a document, or a body
 * @options: (nullable): how it is drawn
 * @error: return location for a [error@Fermata.FormatError]
 *
 * Writes a graph of any kind as a picture for Graphviz, whether or not anything
 * is wrong with the graph. The attribute `id` of each node, edge and cluster is
 * the JSON Pointer from the document's root to what it stands for.
 *
 * Returns: (transfer full): the text, or %NULL with @error set if the graph is
 *   too large to be drawn
 */
GBytes *
fermata_dot_write_graph (FermataGraph             *graph,
                         const FermataDotOptions  *options,
                         GError                  **error)
{
  const FermataDotOptions standard = FERMATA_DOT_OPTIONS_INIT;
  FermataDotDrawing self = { .options = options != NULL ? *options : standard };
  GBytes *text;

  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (fermata_graph_get_n_nodes (graph) > MAX_ELEMENTS || fermata_graph_get_n_edges (graph) > MAX_ELEMENTS)
    {
      g_set_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_TOO_LARGE,
                   _("A graph with more than %u nodes or edges is not drawn"), MAX_ELEMENTS);
      return NULL;
    }

  self.places = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self.inner_edges = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  fermata_dot_page_begin (&self.page, &self.options);
  draw (&self, graph);
  text = fermata_dot_page_end (&self.page);
  g_hash_table_unref (self.places);
  g_hash_table_unref (self.inner_edges);

  return text;
}
