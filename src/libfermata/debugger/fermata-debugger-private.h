/* fermata-debugger-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "debugger/fermata-debugger.h"

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

/*
 * Nothing of the run's state is kept here: what is looked at is the run's own
 * moment, or one that its history gives.
 *
 * Invariant: @past is NULL exactly while the live moment is looked at.
 */
struct _FermataDebugger {
  GObject parent_instance;

  FermataRun *run;
  FermataBreakpoints *breakpoints;
  FermataEvaluator *evaluator;
  gboolean is_attached;

  FermataMoment *past;
  FermataStop *stop;
  FermataDebuggerView told;
};

G_END_DECLS
