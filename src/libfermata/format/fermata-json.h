/* fermata-json.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "format/fermata-format-error.h"
#include "model/fermata-diagnostic.h"
#include "model/fermata-graph.h"

G_BEGIN_DECLS

/**
 * FERMATA_DOCUMENT_VERSION:
 *
 * The version of the document that is read and written.
 */
#define FERMATA_DOCUMENT_VERSION 1

/* @name is what people call the text: a file name. */
FERMATA_EXTERN
FermataGraph *fermata_json_read_graph    (GBytes        *text,
                                          const char    *name,
                                          GListStore    *diagnostics,
                                          GError       **error);
FERMATA_EXTERN
GBytes       *fermata_json_write_graph   (FermataGraph  *graph,
                                          GError       **error);
FERMATA_EXTERN
gboolean      fermata_json_save_graph    (FermataGraph  *graph,
                                          GFile         *file,
                                          GError       **error);

/* Fills in lines and columns of what was found later, and puts all that is
 * about this text into its order. */
FERMATA_EXTERN
void          fermata_diagnostics_locate (GListStore    *diagnostics,
                                          GBytes        *text,
                                          const char    *file);

G_END_DECLS
