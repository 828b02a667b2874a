/* fermata-step-inquiry-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-moment-private.h"
#include "engine/run/fermata-hook.h"

G_BEGIN_DECLS

/* What the hooks of a run are asked about one step of a machine, from when it
 * wants to make it until it has. */
typedef struct _FermataStepInquiry FermataStepInquiry;

typedef enum {
  FERMATA_STEP_ANSWER_ADMIT,
  FERMATA_STEP_ANSWER_VETO,
  FERMATA_STEP_ANSWER_FAIL,
} FermataStepAnswer;

FermataStepInquiry *fermata_step_inquiry_new           (FermataRun         *run,
                                                        const FermataFrame *frame);
FermataStepInquiry *fermata_step_inquiry_ref           (FermataStepInquiry *self);
void                fermata_step_inquiry_unref         (FermataStepInquiry *self);

/* Asks all hooks in turn, and then posts a fact. */
void                fermata_step_inquiry_ask           (FermataStepInquiry *self);

/* The step is being made; it is over, and if it was made all hooks are told. */
void                fermata_step_inquiry_note_admitted (FermataStepInquiry *self);
void                fermata_step_inquiry_tell_done     (FermataStepInquiry *self);

/* Nobody is told anything any more. */
void                fermata_step_inquiry_detach        (FermataStepInquiry *self);

/* The answer of a hook to the question @serial; @message is why it failed. */
void                fermata_step_inquiry_answer        (FermataStepInquiry *self,
                                                        guint64             serial,
                                                        const char         *hook,
                                                        FermataStepAnswer   answer,
                                                        const char         *message);

/* The same for one that was let go, from whatever thread. */
void                fermata_step_inquiry_lose          (FermataStepInquiry *self,
                                                        guint64             serial,
                                                        const char         *hook);
gboolean            fermata_step_inquiry_is_asking     (FermataStepInquiry *self,
                                                        guint64             serial);
FermataRun         *fermata_step_inquiry_get_run       (FermataStepInquiry *self);
guint32             fermata_step_inquiry_get_frame     (FermataStepInquiry *self);
const char * const *fermata_step_inquiry_get_edges     (FermataStepInquiry *self);
FermataValue       *fermata_step_inquiry_get_event     (FermataStepInquiry *self);

FermataStepCall    *fermata_step_call_new              (FermataStepInquiry *inquiry,
                                                        guint64             serial,
                                                        FermataHook        *hook);

G_END_DECLS
