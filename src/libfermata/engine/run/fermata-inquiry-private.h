/* fermata-inquiry-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/run/fermata-hook.h"

G_BEGIN_DECLS

/* What the hooks of a run are asked about one node, from when it is first
 * queued until it has ended; one question at a time. */
typedef struct _FermataInquiry FermataInquiry;

typedef enum {
  FERMATA_ANSWER_PROCEED,
  FERMATA_ANSWER_FAIL,
  FERMATA_ANSWER_REPLACE_INPUT,
  FERMATA_ANSWER_SKIP,
  FERMATA_ANSWER_GIVE_OUTPUT,
  FERMATA_ANSWER_REPLACE_OUTPUT,
  FERMATA_ANSWER_RETRY,
  FERMATA_ANSWER_CONTINUE,
  FERMATA_ANSWER_STOP,
} FermataAnswer;

FermataInquiry  *fermata_inquiry_new       (FermataRun       *run,
                                            guint32           frame,
                                            guint32           node);
FermataInquiry  *fermata_inquiry_ref       (FermataInquiry   *self);
void             fermata_inquiry_unref     (FermataInquiry   *self);

/* Asks all hooks in turn, and then posts a fact. */
void             fermata_inquiry_ask       (FermataInquiry   *self,
                                            FermataHookStage  stage,
                                            guint             attempt,
                                            FermataValue     *output,
                                            FermataValue     *error);

/* The answer to the present question is not wanted any more. */
void             fermata_inquiry_withdraw  (FermataInquiry   *self);

/* The node has ended: tells all hooks. */
void             fermata_inquiry_clean_up  (FermataInquiry   *self);

/* The run is over or gone; nobody is told anything any more. */
void             fermata_inquiry_detach    (FermataInquiry   *self);

/* The answer of a hook to the question @serial. */
void             fermata_inquiry_answer    (FermataInquiry   *self,
                                            guint64           serial,
                                            const char       *hook,
                                            FermataAnswer     answer,
                                            FermataValue     *value,
                                            gint64            delay);

/* The same for one that was let go, from whatever thread. */
void             fermata_inquiry_lose      (FermataInquiry   *self,
                                            guint64           serial,
                                            const char       *hook);
gboolean         fermata_inquiry_is_asking (FermataInquiry   *self,
                                            guint64           serial);
FermataPlan     *fermata_inquiry_get_plan  (FermataInquiry   *self);
guint32          fermata_inquiry_get_frame (FermataInquiry   *self);
guint32          fermata_inquiry_get_node  (FermataInquiry   *self);
FermataValue    *fermata_inquiry_dup_input (FermataInquiry   *self);
FermataValue    *fermata_inquiry_dup_parameters (FermataInquiry *self);

FermataHookCall *fermata_hook_call_new     (FermataInquiry   *inquiry,
                                            guint64           serial,
                                            FermataHook      *hook,
                                            FermataHookStage  stage,
                                            guint             attempt,
                                            FermataValue     *output,
                                            FermataValue     *error);

G_END_DECLS
