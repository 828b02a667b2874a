/* fermata-execution.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-executor.h"
#include "engine/fermata-script-pool.h"
#include "engine/fermata-task-error.h"
#include "engine/plan/fermata-node-type.h"

G_BEGIN_DECLS

/*
 * One attempt of one node, under way outside. Ends by exactly one of
 * complete, fail and end_cancelled; what is told later is recorded and
 * ignored.
 */

FERMATA_EXTERN
const char      *fermata_execution_get_node_id      (FermataExecution *self);
FERMATA_EXTERN
guint            fermata_execution_get_attempt      (FermataExecution *self);

/* run/frame/node: the same for each attempt. */
FERMATA_EXTERN
const char      *fermata_execution_get_key          (FermataExecution *self);

/* A parameter of the node, templates filled in (transfer none); its default
 * or NULL where it is not given. */
FERMATA_EXTERN
FermataValue    *fermata_execution_get_parameter    (FermataExecution *self,
                                                     const char       *name);

/* All of them that have a value, as an object. */
FERMATA_EXTERN
FermataValue    *fermata_execution_dup_parameters   (FermataExecution *self);
FERMATA_EXTERN
FermataValue    *fermata_execution_dup_input        (FermataExecution *self);
FERMATA_EXTERN
FermataExecutor *fermata_execution_get_executor     (FermataExecution *self);

/* What a script is given; see fermata-script-pool.h. */
FERMATA_EXTERN
FermataScriptPool *fermata_execution_get_script_pool (FermataExecution *self);
FERMATA_EXTERN
char            *fermata_execution_dup_script_context (FermataExecution *self);
FERMATA_EXTERN
FermataValue    *fermata_execution_dup_name         (FermataExecution *self,
                                                     const char       *name);
FERMATA_EXTERN
gint64           fermata_execution_get_grace        (FermataExecution *self);
FERMATA_EXTERN
gboolean         fermata_execution_is_cancelled     (FermataExecution *self);

/* Whatever the node type wants to remember while it is under way. */
FERMATA_EXTERN
void             fermata_execution_set_data         (FermataExecution *self,
                                                     gpointer          data,
                                                     GDestroyNotify    destroy);
FERMATA_EXTERN
gpointer         fermata_execution_get_data         (FermataExecution *self);

/* What it prints: spooled, and told as a fact. */
FERMATA_EXTERN
gboolean         fermata_execution_print            (FermataExecution *self,
                                                     FermataStream     stream,
                                                     const guint8     *data,
                                                     gsize             length,
                                                     GError          **error);

/* Lines of its standard output are items: "lines" or "ndjson". */
FERMATA_EXTERN
void             fermata_execution_set_emit         (FermataExecution *self,
                                                     const char       *emit);

/* An item for whoever waits for them, while it goes on. */
FERMATA_EXTERN
gboolean         fermata_execution_emit             (FermataExecution *self,
                                                     FermataValue     *item,
                                                     GError          **error);

/* Whether those who take its items have enough for now. */
FERMATA_EXTERN
gboolean         fermata_execution_is_paused        (FermataExecution *self);

/* All that it has printed to @stream so far (transfer full), at most
 * @max_length bytes. */
FERMATA_EXTERN
GBytes          *fermata_execution_dup_printed      (FermataExecution *self,
                                                     FermataStream     stream,
                                                     gsize             max_length,
                                                     GError          **error);

/* A process of its own began: told as a fact. */
FERMATA_EXTERN
void             fermata_execution_tell_process     (FermataExecution *self,
                                                     FermataJob       *job);

/* Reports, told as facts; the state of the run does not depend on them, but its
 * budgets do. */
FERMATA_EXTERN
void             fermata_execution_report_measured  (FermataExecution *self,
                                                     gint64            user_time,
                                                     gint64            system_time,
                                                     guint64           peak_memory);
FERMATA_EXTERN
void             fermata_execution_report_usage     (FermataExecution *self,
                                                     const char       *name,
                                                     double            amount);
FERMATA_EXTERN
void             fermata_execution_report_progress  (FermataExecution *self,
                                                     double            fraction,
                                                     const char       *message);
FERMATA_EXTERN
void             fermata_execution_complete         (FermataExecution *self,
                                                     FermataValue     *value);
FERMATA_EXTERN
void             fermata_execution_complete_after   (FermataExecution *self,
                                                     gint64            microseconds,
                                                     FermataValue     *value);

/**
 * FermataExecutionFunc:
 * @execution: the attempt
 *
 * What an attempt has called after a time.
 */
typedef void (*FermataExecutionFunc) (FermataExecution *execution);

FERMATA_EXTERN
void             fermata_execution_call_after       (FermataExecution     *self,
                                                     gint64                microseconds,
                                                     FermataExecutionFunc  func);
FERMATA_EXTERN
void             fermata_execution_fail             (FermataExecution *self,
                                                     FermataErrorKind  kind,
                                                     const char       *message,
                                                     FermataValue     *details);
FERMATA_EXTERN
void             fermata_execution_fail_with_error  (FermataExecution *self,
                                                     const GError     *error);
FERMATA_EXTERN
void             fermata_execution_end_cancelled    (FermataExecution *self);

G_END_DECLS
