/* fermata-cli-session.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

#include "fermata-cli-arguments.h"
#include "fermata-cli-events.h"
#include "fermata-cli-machine.h"
#include "fermata-cli-output.h"
#include "fermata-cli-progress.h"

G_BEGIN_DECLS

/**
 * CliPrinting:
 * @CLI_PRINTING_MESSAGES: messages for people, as they come
 * @CLI_PRINTING_STEPS: the same for programs: messages, and what a machine
 *   does, a line of JSON each
 * @CLI_PRINTING_EVENTS: every event, a line of JSON each
 * @CLI_PRINTING_EVENT_LINES: every event, a line for people each
 * @CLI_PRINTING_RESULT: the result, and nothing else
 *
 * What goes to standard output.
 */
typedef enum {
  CLI_PRINTING_MESSAGES,
  CLI_PRINTING_STEPS,
  CLI_PRINTING_EVENTS,
  CLI_PRINTING_EVENT_LINES,
  CLI_PRINTING_RESULT,
} CliPrinting;

#define CLI_TYPE_SESSION (cli_session_get_type ())

/**
 * CliSession:
 *
 * One run, from its start to the exit status: prints what comes of it, shows
 * how far it is, and attends to signals.
 */
G_DECLARE_FINAL_TYPE (CliSession, cli_session, CLI, SESSION, GObject)

CliSession *cli_session_new      (FermataEngine       *engine,
                                  FermataRun          *run,
                                  CliOutput           *output,
                                  CliOutput           *messages,
                                  CliPrinting          printing,
                                  CliVerbosity         verbosity);

/**
 * CliMetrics:
 * @CLI_METRICS_NONE: not wanted
 * @CLI_METRICS_TABLE: a table for people
 * @CLI_METRICS_JSON: one line for programs
 *
 * How it is told at the end what nodes took.
 */
typedef enum {
  CLI_METRICS_NONE,
  CLI_METRICS_TABLE,
  CLI_METRICS_JSON,
} CliMetrics;

void        cli_session_set_metrics  (CliSession          *self,
                                      CliMetrics           metrics);

/* The history keeps so many of its last events at least, and not all (but what
 * has not been printed yet, it does): 0 for all. */
void        cli_session_keep         (CliSession          *self,
                                      guint64              n_events);

/* Ends the run if the trace can no longer be written. */
void        cli_session_set_tracer   (CliSession          *self,
                                      FermataTraceWriter  *tracer);

/* Ends the run if the record can no longer be written. */
void        cli_session_set_recorder (CliSession          *self,
                                      FermataRecordWriter *recorder);

/* Tells the steps of a run of a state machine. With @hints, also which events it
 * waits for. */
void        cli_session_set_machine  (CliSession          *self,
                                      CliMachine          *machine,
                                      gboolean             hints);

/* Sends the run events while it is under way. */
void        cli_session_set_events   (CliSession          *self,
                                      CliEvents           *events);

/* Starts the run, and comes back when it is over and everything is printed. */
CliExit     cli_session_run      (CliSession          *self);

G_END_DECLS
