/* fermata-debugger.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "debugger/fermata-breakpoints.h"
#include "debugger/fermata-debugger-error.h"
#include "debugger/fermata-stop.h"
#include "engine/run/fermata-run.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_DEBUGGER (fermata_debugger_get_type ())

/**
 * FermataDebugger:
 *
 * Holds a run, steps it, looks at its past, evaluates and changes things in
 * it. It follows the run by a monitor that gates its decisions; what it shows
 * are the run's own moments. It looks either at the live moment or at a past one,
 * and going back and forth in the past decides nothing and changes nothing.
 *
 * Verbs return at once. What comes of them is told by
 * [signal@Fermata.Debugger::stopped] and by the properties, all of which
 * notify, and of which [signal@Fermata.Debugger::changed] is one for all.
 * `docs/semantics.md`, “Stepping”, says what the steps are.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataDebugger, fermata_debugger, FERMATA, DEBUGGER, GObject)

FERMATA_EXTERN
FermataDebugger    *fermata_debugger_new              (FermataRun         *run,
                                                       FermataBreakpoints *breakpoints,
                                                       FermataEvaluator   *evaluator);

/* Lets go of the run, as it is: nothing is gated any more. */
FERMATA_EXTERN
void                fermata_debugger_detach           (FermataDebugger    *self);

/* Looking. */
FERMATA_EXTERN
FermataRun         *fermata_debugger_get_run          (FermataDebugger    *self);
FERMATA_EXTERN
FermataBreakpoints *fermata_debugger_get_breakpoints  (FermataDebugger    *self);
FERMATA_EXTERN
FermataMoment      *fermata_debugger_get_moment       (FermataDebugger    *self);
FERMATA_EXTERN
guint64             fermata_debugger_get_number       (FermataDebugger    *self);
FERMATA_EXTERN
guint64             fermata_debugger_get_first_number (FermataDebugger    *self);
FERMATA_EXTERN
guint64             fermata_debugger_get_n_events     (FermataDebugger    *self);
FERMATA_EXTERN
gboolean            fermata_debugger_is_live          (FermataDebugger    *self);
FERMATA_EXTERN
gboolean            fermata_debugger_is_held          (FermataDebugger    *self);
FERMATA_EXTERN
FermataRunState     fermata_debugger_get_state        (FermataDebugger    *self);
FERMATA_EXTERN
gboolean            fermata_debugger_is_stepping      (FermataDebugger    *self);
FERMATA_EXTERN
gboolean            fermata_debugger_is_searching     (FermataDebugger    *self);
FERMATA_EXTERN
FermataStop        *fermata_debugger_get_stop         (FermataDebugger    *self);
FERMATA_EXTERN
gboolean            fermata_debugger_can_hold         (FermataDebugger    *self);
FERMATA_EXTERN
gboolean            fermata_debugger_can_continue     (FermataDebugger    *self);
FERMATA_EXTERN
gboolean            fermata_debugger_can_step         (FermataDebugger    *self);
FERMATA_EXTERN
gboolean            fermata_debugger_can_go_back      (FermataDebugger    *self);
FERMATA_EXTERN
gboolean            fermata_debugger_can_go_forward   (FermataDebugger    *self);

/* Forwards. */
FERMATA_EXTERN
void                fermata_debugger_hold             (FermataDebugger    *self);
FERMATA_EXTERN
void                fermata_debugger_continue         (FermataDebugger    *self);
FERMATA_EXTERN
void                fermata_debugger_step_over        (FermataDebugger    *self);
FERMATA_EXTERN
void                fermata_debugger_step_into        (FermataDebugger    *self);
FERMATA_EXTERN
void                fermata_debugger_step_out         (FermataDebugger    *self);
FERMATA_EXTERN
gboolean            fermata_debugger_run_to           (FermataDebugger    *self,
                                                       FermataPlaceKind    kind,
                                                       const char         *place,
                                                       GError            **error);

/* Ends the run. */
FERMATA_EXTERN
void                fermata_debugger_end              (FermataDebugger    *self);

/* Backwards. */
FERMATA_EXTERN
void                fermata_debugger_step_back        (FermataDebugger    *self);
FERMATA_EXTERN
void                fermata_debugger_step_back_into   (FermataDebugger    *self);
FERMATA_EXTERN
void                fermata_debugger_reverse_continue (FermataDebugger    *self);

/* Anywhere. */
FERMATA_EXTERN
gboolean            fermata_debugger_go_to            (FermataDebugger    *self,
                                                       guint64             number,
                                                       GError            **error);
FERMATA_EXTERN
void                fermata_debugger_go_first         (FermataDebugger    *self);
FERMATA_EXTERN
void                fermata_debugger_go_live          (FermataDebugger    *self);

/* Asking, and changing. */
FERMATA_EXTERN
FermataValue       *fermata_debugger_evaluate         (FermataDebugger    *self,
                                                       const char         *source,
                                                       guint               frame,
                                                       const char         *place,
                                                       GError            **error);
FERMATA_EXTERN
gboolean            fermata_debugger_set_variable     (FermataDebugger    *self,
                                                       guint               frame,
                                                       const char         *name,
                                                       FermataValue       *value,
                                                       GError            **error);

G_END_DECLS
