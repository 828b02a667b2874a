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

  /* What is followed; by breakpoint the element of the document that its place
   * is; those that were removed together with theirs (see
   * fermata-breakpoints-follow.c). */
  FermataGraph *graph;
  gulong edited_id;
  GHashTable *elements;
  GArray *parked;
};

void fermata_breakpoints_insert       (FermataBreakpoints *self,
                                       guint               position,
                                       FermataBreakpoint  *breakpoint);
void fermata_breakpoints_take_out     (FermataBreakpoints *self,
                                       guint               position);

/* One has come, or is to go, by hand. */
void fermata_breakpoints_note_added   (FermataBreakpoints *self,
                                       FermataBreakpoint  *breakpoint);
void fermata_breakpoints_note_removed (FermataBreakpoints *self,
                                       FermataBreakpoint  *breakpoint);
void fermata_breakpoints_note_all_removed (FermataBreakpoints *self);

G_END_DECLS
