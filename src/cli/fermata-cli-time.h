/* fermata-cli-time.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/*
 * Virtual time: stands still while a run has something to decide, and passes
 * when it is told to. On the way each timer that is due is called at its own
 * time, and what follows from it is decided before time goes on. Tasks take no
 * time: while one is under way, time waits for it, unless it is told not to.
 */
typedef struct _CliTime CliTime;

typedef void (*CliTimeFunc) (gpointer user_data);

/* @func is called when time has passed, or cannot. */
CliTime *cli_time_new          (FermataRun          *run,
                                FermataVirtualClock *clock,
                                CliTimeFunc          func,
                                gpointer             user_data);
void     cli_time_free         (CliTime             *self);

/* Lets so much time pass; with @now while tasks are under way, too. */
void     cli_time_advance      (CliTime             *self,
                                gint64               microseconds,
                                gboolean             now);

/* Lets time pass until the next timer is due. */
void     cli_time_jump         (CliTime             *self);

/* From now on time passes by itself. */
void     cli_time_run_out      (CliTime             *self);

/* Whether time is passing, and @func has not been called yet. */
gboolean cli_time_is_under_way (CliTime             *self);

/* The run has got on. */
void     cli_time_look_again   (CliTime             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliTime, cli_time_free)

G_END_DECLS
