/* fermata-cli-arguments.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The exit statuses of every command. */
typedef enum {
  CLI_EXIT_DONE = 0,
  CLI_EXIT_FAILED = 1,
  CLI_EXIT_USAGE = 2,
  CLI_EXIT_INVALID = 3,
  CLI_EXIT_TIMED_OUT = 124,
  CLI_EXIT_CANCELLED = 130,
} CliExit;

/**
 * CliOption:
 * @name: without the dashes
 * @letter: a short form, or 0
 * @argument: (nullable): what stands for its value in the help; NULL: a flag
 * @choices: (nullable): the only values there are
 * @repeatable: may be given more than once
 * @is_optional: may be given without its value, which is then the first of
 *   @choices; with it, only as --name=value
 * @doc: one sentence or two
 */
typedef struct {
  const char *name;
  char letter;
  const char *argument;
  const char *const *choices;
  gboolean repeatable;
  gboolean is_optional;
  const char *doc;
} CliOption;

typedef struct _CliArguments CliArguments;

/**
 * CliCommand:
 * @name: the first word after the program's
 * @operands: what stands for its operands in the help
 * @summary: what it does, in a few words
 * @doc: what it does, in a few sentences
 * @notes: (nullable): more, laid out already
 * @options: ended by one without a name
 * @min_operands: how many there must be
 * @max_operands: how many there may be
 * @run: does it
 */
typedef struct {
  const char *name;
  const char *operands;
  const char *summary;
  const char *doc;
  const char *notes;
  const CliOption *options;
  guint min_operands;
  guint max_operands;
  CliExit (*run) (CliArguments *arguments);
} CliCommand;

/* NULL after having said what is wrong, or after --help. */
CliArguments *cli_arguments_parse       (const CliCommand  *command,
                                         char             **argv,
                                         CliExit           *status);
void          cli_arguments_free        (CliArguments      *self);
const CliCommand *
              cli_arguments_get_command (CliArguments      *self);

/* The value of an option, "" for a flag; NULL if it was not given. */
const char   *cli_arguments_get         (CliArguments      *self,
                                         const char        *name);
gboolean      cli_arguments_has         (CliArguments      *self,
                                         const char        *name);

/* NULL-terminated; NULL if it was not given. */
const char *const *
              cli_arguments_get_all     (CliArguments      *self,
                                         const char        *name);
const char *const *
              cli_arguments_get_operands (CliArguments     *self);
guint         cli_arguments_get_n_operands (CliArguments   *self);

/* Says on standard error what is wrong with the command line, and where help
 * is. @command: NULL for the program itself. */
CliExit       cli_usage_error           (const CliCommand  *command,
                                         const char        *format,
                                         ...) G_GNUC_PRINTF (2, 3);

/* Says on standard error that something could not be done. */
void          cli_complain              (const char        *format,
                                         ...) G_GNUC_PRINTF (1, 2);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliArguments, cli_arguments_free)

G_END_DECLS
