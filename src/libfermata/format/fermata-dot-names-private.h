/* fermata-dot-names-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>
#include <graphviz/cgraph.h>

G_BEGIN_DECLS

/* For agopen(): names are numbered in the order in which they are made. */
extern Agdisc_t fermata_dot_names_discipline;

G_END_DECLS
