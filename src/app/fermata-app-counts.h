/* fermata-app-counts.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"

G_BEGIN_DECLS

/* What has become of the frames of a node, at the moment that is looked at. */
typedef struct {
  guint n_all;       /* 0: nobody knows how many there will be */
  guint n_left;      /* done with, failed ones among them */
  guint n_running;
  guint n_failed;
} FermataAppCounts;

/* FALSE: it runs its body once, or nothing is known of it. */
gboolean  fermata_app_counts_get         (FermataAppDocument     *document,
                                          FermataNode            *node,
                                          FermataAppCounts       *counts);

/* Changes when one of them does. */
guint32   fermata_app_counts_hash        (const FermataAppCounts *counts);

/* "12/40 · 2 running", "12/40 · 1 failed" for the eye, "12 of 40 done, …" to be read out
 * (transfer full). */
char     *fermata_app_counts_dup_caption (const FermataAppCounts *counts);
char     *fermata_app_counts_dup_words   (const FermataAppCounts *counts);

/* Of a node with several bodies, the one that is under way: "catch"; NULL if none
 * is. */
const char *fermata_app_counts_get_body  (FermataAppDocument     *document,
                                          FermataNode            *node);

G_END_DECLS
