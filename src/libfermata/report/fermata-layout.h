/* fermata-layout.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/fermata-graph.h"
#include "report/fermata-drawing.h"
#include "report/fermata-report-error.h"

G_BEGIN_DECLS

/*
 * Graphviz lays out in a process of its own, fermata-layout-host: to cancel is
 * to kill it, a time limit ends it, and if it crashes, that is an error. None
 * of these functions blocks; several may be under way at the same time.
 *
 * Errors are [error@Fermata.ReportError]s, or %G_IO_ERROR_CANCELLED.
 */

/**
 * FermataLayoutFormat:
 * @FERMATA_LAYOUT_FORMAT_JSON: Graphviz's own JSON, with how all is drawn
 * @FERMATA_LAYOUT_FORMAT_SVG: a picture for browsers
 * @FERMATA_LAYOUT_FORMAT_PNG: a picture of pixels
 * @FERMATA_LAYOUT_FORMAT_PDF: a page
 * @FERMATA_LAYOUT_FORMAT_DOT: the DOT, with places added
 *
 * What a layout is written as.
 */
typedef enum {
  FERMATA_LAYOUT_FORMAT_JSON,
  FERMATA_LAYOUT_FORMAT_SVG,
  FERMATA_LAYOUT_FORMAT_PNG,
  FERMATA_LAYOUT_FORMAT_PDF,
  FERMATA_LAYOUT_FORMAT_DOT,
} FermataLayoutFormat;

/**
 * FERMATA_LAYOUT_DEFAULT_TIMEOUT:
 *
 * How long a layout may take, in milliseconds, if nothing else is said.
 */
#define FERMATA_LAYOUT_DEFAULT_TIMEOUT 20000u

/* "svg", "png", …; FALSE for anything else. */
FERMATA_EXTERN
gboolean        fermata_layout_format_from_string (const char           *name,
                                                   FermataLayoutFormat  *format);
FERMATA_EXTERN
const char     *fermata_layout_format_to_string   (FermataLayoutFormat   format);

/* A @timeout is in milliseconds; 0 means the default. */
FERMATA_EXTERN
void            fermata_layout_render_async       (GBytes               *dot,
                                                   FermataLayoutFormat   format,
                                                   guint                 timeout,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
FERMATA_EXTERN
GBytes         *fermata_layout_render_finish      (GAsyncResult         *result,
                                                   GError              **error);
FERMATA_EXTERN
void            fermata_layout_drawing_async      (GBytes               *dot,
                                                   guint                 timeout,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
FERMATA_EXTERN
FermataDrawing *fermata_layout_drawing_finish     (GAsyncResult         *result,
                                                   GError              **error);

/* Writes a picture, or DOT: the file changes as a whole, or not at all. */
FERMATA_EXTERN
gboolean        fermata_layout_save               (GBytes               *picture,
                                                   GFile                *file,
                                                   GError              **error);

/*
 * Positions are an object for fermata_edit_new_set_positions(): of each node of
 * the graph, nested states included, id -> [x, y], the upper left corner of its
 * box; y grows downwards. All are places in the graph, those of nested states
 * too. A box is as large as fermata_layout_get_node_size() says; that of a
 * state with states in it reaches from its position to FERMATA_LAYOUT_PADDING
 * beyond theirs. Left of an initial state there is room for a dot of 18 and an
 * arrow of 36.
 */

/**
 * FERMATA_LAYOUT_PADDING:
 *
 * What a state leaves free around the states in it.
 */
#define FERMATA_LAYOUT_PADDING 24

/**
 * FERMATA_LAYOUT_HEADER:
 *
 * How high the title of a state with states in it is; the padding comes below.
 */
#define FERMATA_LAYOUT_HEADER 36

FERMATA_EXTERN
void            fermata_layout_get_node_size      (FermataNode          *node,
                                                   double               *width,
                                                   double               *height);

/* @only are the ids of the nodes that are to be laid out, with the edges among
 * them; NULL for all. */
FERMATA_EXTERN
void            fermata_layout_positions_async    (FermataGraph         *graph,
                                                   const char *const    *only,
                                                   guint                 timeout,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);

/* @reason says why Graphviz did not lay out, so that the positions are simple. */
FERMATA_EXTERN
FermataValue   *fermata_layout_positions_finish   (GAsyncResult         *result,
                                                   char                **reason,
                                                   GError              **error);

/* Simple ones, at once, without Graphviz: node after node in layers. */
FERMATA_EXTERN
FermataValue   *fermata_layout_simple_positions   (FermataGraph         *graph,
                                                   const char *const    *only);

G_END_DECLS
