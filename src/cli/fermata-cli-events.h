/* fermata-cli-events.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

#include "fermata-cli-arguments.h"

G_BEGIN_DECLS

#define CLI_TYPE_EVENTS (cli_events_get_type ())

/**
 * CliEvents:
 *
 * Sends a run what the options `--event` say, in order, and then what comes
 * over standard input, a line an event. Reads no faster than the run takes.
 */
G_DECLARE_FINAL_TYPE (CliEvents, cli_events, CLI, EVENTS, GObject)

/**
 * CliAtEnd:
 * @CLI_AT_END_WAIT: tasks and timers are waited for
 * @CLI_AT_END_STOP: the run ends as soon as it has nothing to decide
 *
 * What becomes of a run when no more events are to come.
 */
typedef enum {
  CLI_AT_END_WAIT,
  CLI_AT_END_STOP,
} CliAtEnd;

/* NULL after saying so if an option is no event. With @fd -1 nothing is read.
 * With a virtual @clock lines and options may let time pass, and after the last
 * it passes by itself. */
CliEvents *cli_events_new   (CliArguments        *arguments,
                             FermataRun          *run,
                             int                  fd,
                             FermataVirtualClock *clock,
                             CliAtEnd             at_end);

/* Of a run that has just started. */
void       cli_events_start (CliEvents    *self);
void       cli_events_stop  (CliEvents    *self);

/* Whether standard input may be read: of a terminal only in the foreground. */
gboolean   cli_events_may_read (int fd);

G_END_DECLS
