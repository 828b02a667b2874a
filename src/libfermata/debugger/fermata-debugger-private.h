/* fermata-debugger-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "debugger/fermata-debugger.h"
#include "debugger/fermata-points-private.h"
#include "debugger/fermata-search-private.h"
#include "debugger/fermata-step-private.h"

G_BEGIN_DECLS

/* What the properties say, as it was told last. */
typedef struct {
  guint64 number;
  guint64 first_number;
  guint64 n_events;
  gboolean live;
  gboolean held;
  guint state;
  gboolean stepping;
  gboolean searching;
  FermataStop *stop;
  gboolean can_hold;
  gboolean can_continue;
  gboolean can_step;
  gboolean can_go_back;
  gboolean can_go_forward;
} FermataDebuggerView;

/* Why the debugger wants the run held, or has had it held. */
typedef struct {
  gboolean is_set;
  FermataStopReason reason;
  guint32 frame;
  FermataBreakpoint *breakpoint;
  char *problem;
} FermataDebuggerWish;

/*
 * Nothing of the run's state is kept here: what is looked at is the run's own
 * moment, or one that its history gives.
 *
 * What follows the run on its behalf is @monitor: the run holds a reference to
 * that and none to the debugger, which holds one to the run.
 *
 * Invariants: @past and @past_stop are NULL exactly while the live moment is looked
 * at; all places are armed exactly while @step has a unit; @hold_number is that
 * of the event by which the run is held, 0 while it is not.
 */
struct _FermataDebugger {
  GObject parent_instance;

  FermataRun *run;
  FermataBreakpoints *breakpoints;
  FermataEvaluator *evaluator;
  FermataMonitor *monitor;
  FermataPoints points;

  /* The step that the run makes: to @target if it is one to a place. What it was
   * about to decide when there had been @first_at decisions is done in any case. */
  FermataStep step;
  FermataPointPlace target;
  FermataHoldPoint first;
  guint64 first_at;

  /* Why it holds; where steps from there begin. */
  FermataDebuggerWish wish;
  guint64 hold_number;
  guint64 hold_told;
  gboolean is_ending;
  gboolean end_told;
  FermataStop *live_stop;
  guint32 live_frame;

  FermataMoment *past;
  FermataStop *past_stop;
  guint32 past_frame;

  FermataSearch *search;
  GSource *search_source;

  /* Of breakpoints that do not hold, FermataPointMessage */
  GQueue messages;

  FermataDebuggerView told;
};

/* Says what has changed of the properties, then that it stopped, if it did
 * (@stop is nullable), and then that something changed, if it did. */
void            fermata_debugger_tell          (FermataDebugger    *self,
                                                FermataStop        *stop,
                                                gboolean            has_changed);
void            fermata_debugger_tell_messages (FermataDebugger    *self);

/* Following the run (fermata-debugger-monitor.c) */
void            fermata_debugger_attach        (FermataDebugger    *self);

/* Steps of the run: takes over what @step holds. With @from_here, what the live
 * moment is about to decide is what it begins with. */
void            fermata_debugger_begin_step    (FermataDebugger    *self,
                                                FermataStep        *step,
                                                gboolean            from_here);
void            fermata_debugger_end_step      (FermataDebugger    *self);
void            fermata_debugger_clear_wish    (FermataDebugger    *self);

/* A step is over in that frame, with nothing there to be decided next. */
void            fermata_debugger_hold_for_step (FermataDebugger    *self,
                                                guint32             frame);

/* The past (fermata-debugger-past.c): the frame that steps from where it stands
 * are about; what the moment that is looked at is to decide. */
guint32         fermata_debugger_get_frame     (FermataDebugger    *self);
guint32         fermata_debugger_find_frame    (FermataDebugger    *self,
                                                FermataMoment      *moment,
                                                const FermataEvent *next);
gboolean        fermata_debugger_find_next     (FermataDebugger    *self,
                                                FermataMoment      *moment,
                                                FermataEvent       *decision);
void            fermata_debugger_search        (FermataDebugger    *self,
                                                FermataStep        *step,
                                                gboolean            is_backwards);
void            fermata_debugger_end_search    (FermataDebugger    *self);

/* Looks at a moment of the past (transfer full), found or just visited. */
void            fermata_debugger_visit         (FermataDebugger    *self,
                                                FermataMoment      *moment,
                                                FermataSearch      *found);

G_END_DECLS
