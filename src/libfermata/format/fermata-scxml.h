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

G_END_DECLS
