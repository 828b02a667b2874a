/* fermata-breakpoints.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "debugger/fermata-breakpoint.h"
#include "model/fermata-graph.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_BREAKPOINTS (fermata_breakpoints_get_type ())

/**
 * FermataBreakpoints:
 *
 * The breakpoints of a graph: a list model of #FermataBreakpoint, at most one
 * a place. They outlive runs, and any number of debuggers may use them at the
 * same time.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataBreakpoints, fermata_breakpoints, FERMATA, BREAKPOINTS, GObject)

FERMATA_EXTERN
FermataBreakpoints *fermata_breakpoints_new            (void);

/* The list. */
FERMATA_EXTERN
gboolean            fermata_breakpoints_add            (FermataBreakpoints *self,
                                                        FermataBreakpoint  *breakpoint);
FERMATA_EXTERN
gboolean            fermata_breakpoints_remove         (FermataBreakpoints *self,
                                                        FermataBreakpoint  *breakpoint);
FERMATA_EXTERN
void                fermata_breakpoints_remove_all     (FermataBreakpoints *self);
FERMATA_EXTERN
FermataBreakpoint  *fermata_breakpoints_find           (FermataBreakpoints *self,
                                                        FermataPlaceKind    kind,
                                                        const char         *place);
FERMATA_EXTERN
FermataBreakpoint  *fermata_breakpoints_toggle         (FermataBreakpoints *self,
                                                        FermataPlaceKind    kind,
                                                        const char         *place);
FERMATA_EXTERN
void                fermata_breakpoints_set_all_enabled (FermataBreakpoints *self,
                                                         gboolean            enabled);

/* Follows what happens to the places in a document. */
FERMATA_EXTERN
void                fermata_breakpoints_follow         (FermataBreakpoints *self,
                                                        FermataGraph       *graph);

/* As kept. */
FERMATA_EXTERN
FermataValue       *fermata_breakpoints_to_value       (FermataBreakpoints *self);
FERMATA_EXTERN
gboolean            fermata_breakpoints_read_value     (FermataBreakpoints *self,
                                                        FermataValue       *value,
                                                        GError            **error);
FERMATA_EXTERN
gboolean            fermata_breakpoints_load           (FermataBreakpoints *self,
                                                        GFile              *file,
                                                        GError            **error);
FERMATA_EXTERN
gboolean            fermata_breakpoints_save           (FermataBreakpoints *self,
                                                        GFile              *file,
                                                        GError            **error);

G_END_DECLS
