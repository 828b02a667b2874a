/* fermata-breakpoints-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "debugger/fermata-breakpoints.h"

G_BEGIN_DECLS

struct _FermataBreakpoints {
  GObject parent_instance;

  GPtrArray *items;

  /* What is followed, the elements of its places, and those that were removed
   * with theirs (see fermata-breakpoints-follow.c). */
  FermataGraph *graph;
  GHashTable *elements;
  GPtrArray *parked;
};

void fermata_breakpoints_insert       (FermataBreakpoints *self,
                                       guint               position,
                                       FermataBreakpoint  *breakpoint);

/* One has come, or is to go, by hand. */
void fermata_breakpoints_note_added   (FermataBreakpoints *self,
                                       FermataBreakpoint  *breakpoint);
void fermata_breakpoints_note_removed (FermataBreakpoints *self,
                                       FermataBreakpoint  *breakpoint);

G_END_DECLS
