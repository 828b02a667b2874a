/* fermata-dot-page-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <graphviz/cgraph.h>

#include "format/fermata-dot.h"

G_BEGIN_DECLS

/* The colours of a theme, as DOT writes them. */
typedef struct {
  const char *page;
  const char *card;
  const char *region; /* what is behind cards */
  const char *border;
  const char *title;
  const char *dim;
  const char *line;
  const char *accent;
  const char *accent_fill;
  const char *good;
  const char *bad;
  const char *fork;
} FermataDotColours;

/*
 * A picture that is being written. cgraph has one state for the whole process:
 * between begin and end, nobody else may use it, so nothing that may wait for
 * somebody else is to be done there.
 */
typedef struct {
  Agraph_t *root;
  const FermataDotColours *colours;
} FermataDotPage;

void      fermata_dot_page_begin       (FermataDotPage          *self,
                                        const FermataDotOptions *options);

/* Closes it and gives its text. */
GBytes   *fermata_dot_page_end         (FermataDotPage          *self);

void      fermata_dot_set              (void                    *object,
                                        const char              *name,
                                        const char              *value);
void      fermata_dot_set_length       (void                    *object,
                                        const char              *name,
                                        double                   inches);

/* For attributes in which Graphviz looks for backslashes. */
void      fermata_dot_set_text         (void                    *object,
                                        const char              *name,
                                        const char              *text);

/* @html is what stands between < and >. */
void      fermata_dot_set_html         (void                    *object,
                                        const char              *name,
                                        const char              *html);

/* The defaults of what is made later. */
void      fermata_dot_page_set_default (FermataDotPage          *self,
                                        int                      kind,
                                        const char              *name,
                                        const char              *value);

Agnode_t *fermata_dot_add_node         (Agraph_t                *graph,
                                        const char              *name);
Agedge_t *fermata_dot_add_edge         (Agraph_t                *graph,
                                        Agnode_t                *from,
                                        Agnode_t                *to);
Agraph_t *fermata_dot_add_cluster      (Agraph_t                *graph,
                                        const char              *name);

/* Adds @text so that it is a text in HTML, clipped. */
void      fermata_dot_append_html      (GString                 *html,
                                        const char              *text,
                                        guint                    n_characters);

/* A row of a table: bold if @colour is NULL, and else small. */
void      fermata_dot_append_row       (GString                 *html,
                                        const char              *text,
                                        const char              *colour,
                                        const char              *align);

/* What tables begin with; they end with </table>. */
#define FERMATA_DOT_TABLE "<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"1\""

G_END_DECLS
