/* fermata-breakpoint.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/history/fermata-event.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_BREAKPOINT (fermata_breakpoint_get_type ())

/**
 * FermataBreakpoint:
 *
 * A place where a run holds: before a node starts, before a state is entered,
 * before an edge is taken. It names its place as events do (`double`,
 * `each/double` in a body, `locked>unlocked`), so that it outlives runs and
 * serves any graph that has such a place.
 *
 * With a log message it does not hold: the message, a template that sees what
 * the condition sees, is told instead (#FermataDebugger::logged).
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataBreakpoint, fermata_breakpoint, FERMATA, BREAKPOINT, GObject)

FERMATA_EXTERN
FermataBreakpoint *fermata_breakpoint_new              (FermataPlaceKind   kind,
                                                        const char        *place);

/* Where. */
FERMATA_EXTERN
FermataPlaceKind   fermata_breakpoint_get_kind         (FermataBreakpoint *self);
FERMATA_EXTERN
const char        *fermata_breakpoint_get_place        (FermataBreakpoint *self);
FERMATA_EXTERN
void               fermata_breakpoint_set_place        (FermataBreakpoint *self,
                                                        const char        *place);

/* When. */
FERMATA_EXTERN
gboolean           fermata_breakpoint_get_enabled      (FermataBreakpoint *self);
FERMATA_EXTERN
void               fermata_breakpoint_set_enabled      (FermataBreakpoint *self,
                                                        gboolean           enabled);
FERMATA_EXTERN
const char        *fermata_breakpoint_get_condition    (FermataBreakpoint *self);
FERMATA_EXTERN
void               fermata_breakpoint_set_condition    (FermataBreakpoint *self,
                                                        const char        *condition);
FERMATA_EXTERN
guint              fermata_breakpoint_get_ignore_count (FermataBreakpoint *self);
FERMATA_EXTERN
void               fermata_breakpoint_set_ignore_count (FermataBreakpoint *self,
                                                        guint              ignore_count);
FERMATA_EXTERN
gboolean           fermata_breakpoint_get_one_shot     (FermataBreakpoint *self);
FERMATA_EXTERN
void               fermata_breakpoint_set_one_shot     (FermataBreakpoint *self,
                                                        gboolean           one_shot);

/* What then: NULL, it holds. */
FERMATA_EXTERN
const char        *fermata_breakpoint_get_log_message  (FermataBreakpoint *self);
FERMATA_EXTERN
void               fermata_breakpoint_set_log_message  (FermataBreakpoint *self,
                                                        const char        *log_message);

/* What became of it. */
FERMATA_EXTERN
guint              fermata_breakpoint_get_n_hits       (FermataBreakpoint *self);
FERMATA_EXTERN
const char        *fermata_breakpoint_get_problem      (FermataBreakpoint *self);

/* As kept. */
FERMATA_EXTERN
FermataValue      *fermata_breakpoint_to_value         (FermataBreakpoint *self);
FERMATA_EXTERN
FermataBreakpoint *fermata_breakpoint_new_from_value   (FermataValue      *value,
                                                        GError           **error);

G_END_DECLS
