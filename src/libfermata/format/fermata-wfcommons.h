/* fermata-wfcommons.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "format/fermata-format-error.h"
#include "model/fermata-diagnostic.h"
#include "model/fermata-graph.h"

G_BEGIN_DECLS

/*
 * WfCommons (https://wfcommons.org) describes workflows that somebody ran:
 * tasks with parents and children, and how long each took. Versions 1.3 to 1.5
 * of its format are read.
 */

/**
 * FermataWfcommonsTasks:
 * @FERMATA_WFCOMMONS_TASKS_RECORDED: the program that it ran then, with the
 *   same arguments
 * @FERMATA_WFCOMMONS_TASKS_SLEEP: `sleep`, for as long as it took, scaled
 * @FERMATA_WFCOMMONS_TASKS_PRINT: `printf`, which prints its id
 * @FERMATA_WFCOMMONS_TASKS_PROGRAM: a program that is given its id, how many
 *   seconds it took, and what it ran then
 *
 * What a task of a workflow does when its graph runs.
 */
typedef enum {
  FERMATA_WFCOMMONS_TASKS_RECORDED,
  FERMATA_WFCOMMONS_TASKS_SLEEP,
  FERMATA_WFCOMMONS_TASKS_PRINT,
  FERMATA_WFCOMMONS_TASKS_PROGRAM,
} FermataWfcommonsTasks;

/**
 * FermataWfcommonsOptions:
 * @tasks: what a task does
 * @scale: what recorded seconds are multiplied by, for sleeping and for the
 *   program
 * @program: (nullable): the program
 *
 * How a workflow becomes a graph. Begin with FERMATA_WFCOMMONS_OPTIONS_INIT.
 */
typedef struct {
  FermataWfcommonsTasks tasks;
  double scale;
  const char *program;
} FermataWfcommonsOptions;

/**
 * FERMATA_WFCOMMONS_OPTIONS_INIT:
 *
 * What was recorded is run.
 */
#define FERMATA_WFCOMMONS_OPTIONS_INIT { FERMATA_WFCOMMONS_TASKS_RECORDED, 1.0, NULL }

FERMATA_EXTERN
gboolean      fermata_wfcommons_recognises (GBytes                         *text);
FERMATA_EXTERN
FermataGraph *fermata_wfcommons_read_graph (GBytes                         *text,
                                            const char                     *name,
                                            const FermataWfcommonsOptions  *options,
                                            GListStore                     *diagnostics,
                                            GError                        **error);

G_END_DECLS
