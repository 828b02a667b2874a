/* fermata-cli-part.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

#include "fermata-cli-arguments.h"

G_BEGIN_DECLS

/**
 * CliPart:
 * @part: (nullable): which part of the graph is to run; NULL: all of it
 * @record: (nullable): the earlier run
 *
 * What --from, --until, --only, --changed, --history and --pin ask for.
 */
typedef struct {
  FermataRunPart *part;
  FermataRecord *record;
} CliPart;

/* Says what is wrong with the options. */
CliExit cli_part_init  (CliPart       *self,
                        CliArguments  *arguments,
                        FermataEngine *engine,
                        FermataPlan   *plan);
void    cli_part_clear (CliPart       *self);

/* Tells of pins that the run has had no use for. */
void    cli_part_warn  (CliPart       *self,
                        FermataRun    *run);

/* Reads the record of a run, even one that breaks off. Says what is wrong. */
FermataRecord *cli_part_read_history (FermataEngine *engine,
                                      const char    *name);

/* Says that there is no such node, and which was probably meant. */
CliExit cli_part_refuse_node (const CliCommand *command,
                              const char       *before,
                              const char       *id,
                              FermataPlan      *plan);

#define CLI_PART_OPTIONS                                                         \
  {                                                                              \
    .name = "from", .argument = N_("NODE"), .repeatable = TRUE,                  \
    .doc = N_("Run only this node and what comes after it; each/2/double is in a body."), \
  },                                                                             \
  {                                                                              \
    .name = "until", .argument = N_("NODE"), .repeatable = TRUE,                 \
    .doc = N_("Run only this node and what comes before it; with --from, what is between."), \
  },                                                                             \
  {                                                                              \
    .name = "only", .argument = N_("NODE"), .repeatable = TRUE,                  \
    .doc = N_("Run this node and no other but those named likewise."),           \
  },                                                                             \
  {                                                                              \
    .name = "changed",                                                           \
    .doc = N_("Run what is not as it was in --history, and what depends on it."), \
  },                                                                             \
  {                                                                              \
    .name = "history", .argument = N_("FILE"),                                   \
    .doc = N_("The --record of an earlier run: the outputs of what is left out, and the inputs " \
              "that are not given."),                                            \
  },                                                                             \
  {                                                                              \
    .name = "pin", .argument = N_("NODE=OUTPUT"), .repeatable = TRUE,            \
    .doc = N_("The output of a node, as JSON; it does not run. Or a FILE with an object of outputs by node."), \
  }

G_END_DECLS
