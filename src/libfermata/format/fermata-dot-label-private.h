/* fermata-dot-label-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-graph.h"

G_BEGIN_DECLS

/* How many characters of a title, and of a line of a label, are shown. */
#define FERMATA_DOT_TITLE_LENGTH 48u
#define FERMATA_DOT_LABEL_LENGTH 36u

/* On one line, without control characters, at most so many characters. */
char *fermata_dot_clip           (const char   *text,
                                  guint         n_characters);

/* What stands on an edge, in lines; empty if there is nothing to say. */
char *fermata_dot_dup_edge_label (FermataEdge  *edge,
                                  gboolean      is_machine);

/* What the members `assign` and `actions` do, in few words. */
char *fermata_dot_dup_actions    (FermataValue *assign,
                                  FermataValue *actions);

/* What a title says: the label, or the id. */
const char *fermata_dot_get_title (FermataNode *node);

/* How large the box of a node is, in an app as in a picture. */
void fermata_dot_get_node_size (FermataNode *node,
                                double      *width,
                                double      *height);

G_END_DECLS
