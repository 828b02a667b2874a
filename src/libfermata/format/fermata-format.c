/* fermata-format.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-format.h"

#include "format/fermata-json.h"
#include "format/fermata-scxml.h"

/**
 * fermata_format_read_graph:
 * @text: the text of a document, JSON or SCXML
 * @name: what people call the text: a file name
 * @diagnostics: (nullable): a list of [class@Fermata.Diagnostic], which what
 *   is wrong with the text is added to, with lines and columns
 * @error: return location for a [error@Fermata.FormatError]
 *
 * Reads a graph that is kept in one of the formats that say all of it. Which
 * one it is, is known by the content, not by the name.
 *
 * Returns: (transfer full) (nullable): the graph, or `NULL` with @error set to
 *   the first of the diagnostics
 */
FermataGraph *
fermata_format_read_graph (GBytes      *text,
                           const char  *name,
                           GListStore  *diagnostics,
                           GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  return fermata_scxml_recognises (text) ? fermata_scxml_read_graph (text, name, diagnostics, error)
                                         : fermata_json_read_graph (text, name, diagnostics, error);
}

/**
 * fermata_format_locate:
 * @diagnostics: a list of [class@Fermata.Diagnostic]
 * @text: the text of a document, JSON or SCXML
 * @name: what people call the text; diagnostics that name no file are about it
 *
 * Fills in where in a text things are that are known by their paths, as the
 * checker tells them. See [func@Fermata.diagnostics_locate], which this is.
 */
void
fermata_format_locate (GListStore *diagnostics,
                       GBytes     *text,
                       const char *name)
{
  fermata_diagnostics_locate (diagnostics, text, name);
}
