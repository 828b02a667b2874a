/* fermata-cli-live-view.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

#include "fermata-cli-output.h"

G_BEGIN_DECLS

/*
 * What a run is doing just now, in the last lines of a terminal. Drawn ten
 * times a second at most, and only while it is on; gone without a trace
 * before anything else is printed.
 */
typedef struct _CliLiveView CliLiveView;

CliLiveView *cli_live_view_new    (CliOutput          *output,
                                   FermataRun         *run,
                                   FermataMetrics     *metrics);
void         cli_live_view_free   (CliLiveView *self);
void         cli_live_view_start  (CliLiveView *self);
void         cli_live_view_stop   (CliLiveView *self);

/* An event has been committed. */
void         cli_live_view_note   (CliLiveView        *self,
                                   const FermataEvent *event);

/* Makes room for other text; drawn again with the next tick, or now. */
void         cli_live_view_clear  (CliLiveView *self);
void         cli_live_view_redraw (CliLiveView *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliLiveView, cli_live_view_free)

G_END_DECLS
