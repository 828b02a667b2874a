/* fermata-stop.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "debugger/fermata-breakpoint.h"

G_BEGIN_DECLS

/**
 * FermataStopReason:
 * @FERMATA_STOP_REASON_HOLD: somebody wanted the run held
 * @FERMATA_STOP_REASON_STEP: a step is over
 * @FERMATA_STOP_REASON_BREAKPOINT: a breakpoint
 * @FERMATA_STOP_REASON_ERROR: the condition of a breakpoint has no value
 * @FERMATA_STOP_REASON_ENDED: the run has ended
 * @FERMATA_STOP_REASON_VISIT: somebody went to look at this moment of the past
 *
 * Why a debugger stands where it stands.
 */
typedef enum {
  FERMATA_STOP_REASON_HOLD,
  FERMATA_STOP_REASON_STEP,
  FERMATA_STOP_REASON_BREAKPOINT,
  FERMATA_STOP_REASON_ERROR,
  FERMATA_STOP_REASON_ENDED,
  FERMATA_STOP_REASON_VISIT,
} FermataStopReason;

#define FERMATA_TYPE_STOP (fermata_stop_get_type ())

/**
 * FermataStop:
 *
 * Where a debugger stands, and why: a moment, and the decision that comes
 * next. Immutable.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataStop, fermata_stop, FERMATA, STOP, GObject)

FERMATA_EXTERN
FermataStopReason  fermata_stop_get_reason     (FermataStop *self);

/* The breakpoint where that is why (transfer none, nullable). */
FERMATA_EXTERN
FermataBreakpoint *fermata_stop_get_breakpoint (FermataStop *self);

/* The number of the last event of the moment. */
FERMATA_EXTERN
guint64            fermata_stop_get_number     (FermataStop *self);

/* The decision that comes next, if there is one: its kind, frame, and place. */
FERMATA_EXTERN
gboolean           fermata_stop_has_decision   (FermataStop *self);
FERMATA_EXTERN
FermataEventKind   fermata_stop_get_kind       (FermataStop *self);
FERMATA_EXTERN
guint              fermata_stop_get_frame      (FermataStop *self);
FERMATA_EXTERN
FermataPlaceKind   fermata_stop_get_place_kind (FermataStop *self);
FERMATA_EXTERN
const char        *fermata_stop_get_place      (FermataStop *self);

/* The same as events have it; FERMATA_PLACE_RUN if it is neither. */
FERMATA_EXTERN
guint32            fermata_stop_get_place_number (FermataStop *self);

/* For people. */
FERMATA_EXTERN
const char        *fermata_stop_get_text       (FermataStop *self);

G_END_DECLS
