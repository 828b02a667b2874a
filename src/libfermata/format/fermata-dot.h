/* fermata-dot.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "format/fermata-format-error.h"
#include "model/fermata-graph.h"

G_BEGIN_DECLS

/*
 * DOT is what Graphviz (https://graphviz.org) draws. A graph is written as a
 * picture of it; nothing reads it back.
 */

/**
 * FermataDotTheme:
 * @FERMATA_DOT_THEME_LIGHT: dark on white
 * @FERMATA_DOT_THEME_DARK: light on black
 *
 * The colours of a picture.
 */
typedef enum {
  FERMATA_DOT_THEME_LIGHT,
  FERMATA_DOT_THEME_DARK,
} FermataDotTheme;

/**
 * FermataDotOptions:
 * @theme: its colours
 * @is_transparent: whether what is behind the picture shines through
 * @with_positions: whether nodes that have a place in the graph's layout have it
 *   as attribute `pos`, the middle in points, y upwards. `dot` goes its own way;
 *   `neato -n` puts them there
 *
 * How a graph becomes a picture. Begin with FERMATA_DOT_OPTIONS_INIT.
 */
typedef struct {
  FermataDotTheme theme;
  gboolean is_transparent;
  gboolean with_positions;
} FermataDotOptions;

/**
 * FERMATA_DOT_OPTIONS_INIT:
 *
 * A light picture that Graphviz lays out.
 */
#define FERMATA_DOT_OPTIONS_INIT { FERMATA_DOT_THEME_LIGHT, FALSE, FALSE }

FERMATA_EXTERN
GBytes *fermata_dot_write_graph (FermataGraph             *graph,
                                 const FermataDotOptions  *options,
                                 GError                  **error);

G_END_DECLS
