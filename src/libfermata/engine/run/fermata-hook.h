/* fermata-hook.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/run/fermata-run.h"
#include "engine/run/fermata-step-call.h"

G_BEGIN_DECLS

/**
 * FermataHookStage:
 * @FERMATA_HOOK_STAGE_BEFORE: the node is about to start an attempt
 * @FERMATA_HOOK_STAGE_AFTER: an attempt has given an output
 * @FERMATA_HOOK_STAGE_FAILED: an attempt has failed
 * @FERMATA_HOOK_STAGE_CLEANUP: the node has ended, however
 *
 * When a hook is called.
 */
typedef enum {
  FERMATA_HOOK_STAGE_BEFORE,
  FERMATA_HOOK_STAGE_AFTER,
  FERMATA_HOOK_STAGE_FAILED,
  FERMATA_HOOK_STAGE_CLEANUP,
} FermataHookStage;

#define FERMATA_TYPE_HOOK_CALL (fermata_hook_call_get_type ())

/**
 * FermataHookCall:
 *
 * One question to a hook about one node. It is answered by exactly one of its
 * methods, at once or later, on the thread of the run; the first answer
 * counts. One that is let go without an answer fails the node.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataHookCall, fermata_hook_call, FERMATA, HOOK_CALL, GObject)

#define FERMATA_TYPE_HOOK (fermata_hook_get_type ())

/**
 * FermataHook:
 *
 * Is asked before and after the nodes of a run, and the steps of its
 * machines, and may change what happens.
 */
FERMATA_EXTERN
G_DECLARE_INTERFACE (FermataHook, fermata_hook, FERMATA, HOOK, GObject)

/**
 * FermataHookInterface:
 * @before: (nullable): an attempt is about to start: proceed, another input,
 *   skip the node, or give its output
 * @after: (nullable): an attempt has given an output: proceed, or another one
 * @failed: (nullable): an attempt has failed: proceed, retry, continue, stop,
 *   or give an output all the same
 * @cleanup: (nullable): the node has ended, however; nothing is waited for
 * @before_step: (nullable): a machine is about to take transitions: admit or
 *   veto them
 * @after_step: (nullable): it has taken them; nothing is waited for
 *
 * What is asked. None has user data, for other languages. Where one is not
 * implemented, the hook lets the node proceed, or admits the step.
 */
struct _FermataHookInterface {
  GTypeInterface parent_iface;

  void (*before)  (FermataHook     *self,
                   FermataHookCall *call);
  void (*after)   (FermataHook     *self,
                   FermataHookCall *call);
  void (*failed)  (FermataHook     *self,
                   FermataHookCall *call);
  void (*cleanup) (FermataHook     *self,
                   FermataHookCall *call);
  void (*before_step) (FermataHook     *self,
                       FermataStepCall *call);
  void (*after_step)  (FermataHook     *self,
                       FermataStepCall *call);
};

/* Before it starts. Hooks are asked in the order in which they were added. */
FERMATA_EXTERN
void              fermata_run_add_hook             (FermataRun       *self,
                                                    FermataHook      *hook);

/* Looking. */
FERMATA_EXTERN
FermataHookStage  fermata_hook_call_get_stage      (FermataHookCall  *self);
FERMATA_EXTERN
const char       *fermata_hook_call_get_node_id    (FermataHookCall  *self);
FERMATA_EXTERN
const char       *fermata_hook_call_get_node_type  (FermataHookCall  *self);
FERMATA_EXTERN
guint             fermata_hook_call_get_frame      (FermataHookCall  *self);
FERMATA_EXTERN
guint             fermata_hook_call_get_attempt    (FermataHookCall  *self);

/* Whether somebody still waits for the answer. */
FERMATA_EXTERN
gboolean          fermata_hook_call_is_pending     (FermataHookCall  *self);
FERMATA_EXTERN
FermataValue     *fermata_hook_call_dup_input      (FermataHookCall  *self);
FERMATA_EXTERN
FermataValue     *fermata_hook_call_dup_parameters (FermataHookCall  *self);
FERMATA_EXTERN
FermataValue     *fermata_hook_call_get_output     (FermataHookCall  *self);
FERMATA_EXTERN
FermataValue     *fermata_hook_call_get_error      (FermataHookCall  *self);

/* Answering. At any stage: */
FERMATA_EXTERN
void              fermata_hook_call_proceed        (FermataHookCall  *self);
FERMATA_EXTERN
void              fermata_hook_call_fail           (FermataHookCall  *self,
                                                    const char       *message);

/* Before: */
FERMATA_EXTERN
void              fermata_hook_call_replace_input  (FermataHookCall  *self,
                                                    FermataValue     *input);
FERMATA_EXTERN
void              fermata_hook_call_skip           (FermataHookCall  *self);

/* Before, or when it has failed: */
FERMATA_EXTERN
void              fermata_hook_call_give_output    (FermataHookCall  *self,
                                                    FermataValue     *output);

/* After: */
FERMATA_EXTERN
void              fermata_hook_call_replace_output (FermataHookCall  *self,
                                                    FermataValue     *output);

/* When it has failed: */
FERMATA_EXTERN
void              fermata_hook_call_retry          (FermataHookCall  *self,
                                                    gint64            microseconds);
FERMATA_EXTERN
void              fermata_hook_call_continue       (FermataHookCall  *self);
FERMATA_EXTERN
void              fermata_hook_call_stop           (FermataHookCall  *self);

G_END_DECLS
