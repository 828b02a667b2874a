/* fermata-cli-machine.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/**
 * CliMachineForm:
 * @CLI_MACHINE_NOTHING: nothing
 * @CLI_MACHINE_TEXT: lines for people
 * @CLI_MACHINE_JSON: lines of JSON
 *
 * How it is told what a state machine does.
 */
typedef enum {
  CLI_MACHINE_NOTHING,
  CLI_MACHINE_TEXT,
  CLI_MACHINE_JSON,
} CliMachineForm;

/*
 * Tells the steps of a run whose graph is a state machine: after each event
 * that it has handled, the states that it is in. Lines are made as the run goes
 * on, and wait until what is printed has come so far.
 */
typedef struct _CliMachine CliMachine;

/* NULL if the run is of another kind of graph. */
CliMachine *cli_machine_new       (FermataRun         *run,
                                   CliMachineForm      form,
                                   gboolean            explains,
                                   gboolean            has_colour);
void        cli_machine_free      (CliMachine         *self);

/* An event has been committed. */
void        cli_machine_note      (CliMachine         *self,
                                   guint64             number);

/* The lines that belong right behind the event of that number; or NULL. */
char       *cli_machine_take      (CliMachine         *self,
                                   guint64             number);

/* Which events the machine may take a transition for; NULL if it is not idle,
 * or they are those that were told last. */
char       *cli_machine_dup_hint  (CliMachine         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliMachine, cli_machine_free)

G_END_DECLS
