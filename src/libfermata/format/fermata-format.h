/* fermata-format.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-diagnostic.h"
#include "model/fermata-graph.h"

G_BEGIN_DECLS

/* A graph in any of the formats that graphs are kept in, known by its content. */
FERMATA_EXTERN
FermataGraph *fermata_format_read_graph (GBytes      *text,
                                         const char  *name,
                                         GListStore  *diagnostics,
                                         GError     **error);

/* As fermata_diagnostics_locate(), whatever the text is written in. */
FERMATA_EXTERN
void          fermata_format_locate     (GListStore  *diagnostics,
                                         GBytes      *text,
                                         const char  *name);

G_END_DECLS
