/* fermata-dot.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-dot.h"

#include <glib/gi18n-lib.h>

/**
 * fermata_dot_write_graph:
 * @graph: a document, or a body
 * @options: (nullable): how it is drawn
 * @error: return location for a [error@Fermata.FormatError]
 *
 * Writes a graph of any kind as a picture for Graphviz. The attribute `id` of
 * each node, edge and cluster is the JSON Pointer from the document's root to
 * what it stands for.
 *
 * Returns: (transfer full): the text, or %NULL with @error set
 */
GBytes *
fermata_dot_write_graph (FermataGraph             *graph,
                         const FermataDotOptions  *options,
                         GError                  **error)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_set_error_literal (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_INVALID,
                       _("Graphs are not written as DOT yet"));

  return NULL;
}
