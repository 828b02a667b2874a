/* fermata-step-call.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/run/fermata-run.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_STEP_CALL (fermata_step_call_get_type ())

/**
 * FermataStepCall:
 *
 * One question to a hook about transitions that a machine is about to take. It
 * is answered by exactly one of its methods, at once or later, on the thread
 * of the run; the first answer counts. One that is let go without an answer
 * vetoes them, with an error.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataStepCall, fermata_step_call, FERMATA, STEP_CALL, GObject)

/* Looking. */
FERMATA_EXTERN
FermataRun         *fermata_step_call_get_run     (FermataStepCall *self);
FERMATA_EXTERN
guint               fermata_step_call_get_frame   (FermataStepCall *self);
FERMATA_EXTERN
const char * const *fermata_step_call_get_edges   (FermataStepCall *self);
FERMATA_EXTERN
FermataValue       *fermata_step_call_get_event   (FermataStepCall *self);

/* Whether somebody still waits for the answer. */
FERMATA_EXTERN
gboolean            fermata_step_call_is_pending  (FermataStepCall *self);

/* Answering. */
FERMATA_EXTERN
void                fermata_step_call_admit       (FermataStepCall *self);
FERMATA_EXTERN
void                fermata_step_call_veto        (FermataStepCall *self);
FERMATA_EXTERN
void                fermata_step_call_fail        (FermataStepCall *self,
                                                   const char      *message);

G_END_DECLS
