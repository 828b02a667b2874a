/* fermata-scxml.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "format/fermata-format-error.h"
#include "model/fermata-diagnostic.h"
#include "model/fermata-graph.h"

G_BEGIN_DECLS

/* Whether a text looks like XML, which no other document does. */
FERMATA_EXTERN
gboolean      fermata_scxml_recognises (GBytes      *text);

/* @name is what people call the text: a file name. */
FERMATA_EXTERN
FermataGraph *fermata_scxml_read_graph (GBytes      *text,
                                        const char  *name,
                                        GListStore  *diagnostics,
                                        GError     **error);

/**
 * FermataScxmlWriteFlags:
 * @FERMATA_SCXML_WRITE_DEFAULT: what the machine is, and nothing else
 * @FERMATA_SCXML_WRITE_LAYOUT: also where a drawing has its states, as an
 *   attribute of a namespace of Fermata's
 *
 * What is written into a document of SCXML.
 */
typedef enum {
  FERMATA_SCXML_WRITE_DEFAULT = 0,
  FERMATA_SCXML_WRITE_LAYOUT = 1 << 0,
} FermataScxmlWriteFlags;

FERMATA_EXTERN
GBytes       *fermata_scxml_write_graph (FermataGraph           *graph,
                                         FermataScxmlWriteFlags  flags,
                                         GListStore             *diagnostics,
                                         GError                **error);

G_END_DECLS
