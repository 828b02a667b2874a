/* fermata-executor.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "fermata-extern.h"

G_BEGIN_DECLS

/*
 * What runs the process of a task: this machine, later a cluster. The engine
 * sees these two types only.
 */

/**
 * FermataExecutorError:
 * @FERMATA_EXECUTOR_ERROR_NOT_FOUND: no such program
 * @FERMATA_EXECUTOR_ERROR_PERMISSION: the program may not be run
 * @FERMATA_EXECUTOR_ERROR_DIRECTORY: the working directory is none
 * @FERMATA_EXECUTOR_ERROR_RESOURCES: out of processes, files or memory
 * @FERMATA_EXECUTOR_ERROR_FAILED: anything else
 *
 * Why a process could not be started.
 */
typedef enum {
  FERMATA_EXECUTOR_ERROR_NOT_FOUND,
  FERMATA_EXECUTOR_ERROR_PERMISSION,
  FERMATA_EXECUTOR_ERROR_DIRECTORY,
  FERMATA_EXECUTOR_ERROR_RESOURCES,
  FERMATA_EXECUTOR_ERROR_FAILED,
} FermataExecutorError;

#define FERMATA_EXECUTOR_ERROR (fermata_executor_error_quark ())

FERMATA_EXTERN
GQuark        fermata_executor_error_quark       (void);

/**
 * FermataStream:
 * @FERMATA_STREAM_OUTPUT: standard output
 * @FERMATA_STREAM_ERROR: standard error
 * @FERMATA_STREAM_ITEMS: no stream of a process: items that a task gives as
 *   values, each a line of JSON
 *
 * What a task writes to.
 */
typedef enum {
  FERMATA_STREAM_OUTPUT,
  FERMATA_STREAM_ERROR,
  FERMATA_STREAM_ITEMS,
} FermataStream;

/**
 * FERMATA_N_STREAMS:
 *
 * How many members [enum@Fermata.Stream] has.
 */
#define FERMATA_N_STREAMS (FERMATA_STREAM_ITEMS + 1)

FERMATA_EXTERN
const char   *fermata_stream_to_string           (FermataStream  stream);
FERMATA_EXTERN
gboolean      fermata_stream_from_string         (const char    *string,
                                                  FermataStream *stream);

/**
 * FermataJobSpec:
 * @argv: (array zero-terminated=1): the program and its arguments
 * @environment: (nullable) (array zero-terminated=1): NAME=VALUE, added to
 *   the engine's own environment
 * @directory: (nullable): where it runs; NULL: where the engine does
 * @input: (nullable): its standard input; NULL: /dev/null
 * @key: run/frame/node, the same for each attempt; becomes FERMATA_KEY
 * @attempt: from 1; becomes FERMATA_ATTEMPT
 * @grace: microseconds between the polite and the final signal
 *
 * What is to be run.
 */
typedef struct {
  const char *const *argv;
  const char *const *environment;
  const char *directory;
  GBytes *input;
  const char *key;
  guint attempt;
  gint64 grace;
} FermataJobSpec;

/**
 * FermataJobEnd:
 * @exited: it ended by itself; otherwise a signal ended it
 * @code: the exit status, or the signal's number
 * @user_time: CPU time of it and its reaped children, microseconds
 * @system_time: the same in the kernel
 * @peak_memory: bytes; at least what the engine had when it started it, since
 *   the kernel counts that
 *
 * How a process ended.
 */
typedef struct {
  gboolean exited;
  int code;
  gint64 user_time;
  gint64 system_time;
  guint64 peak_memory;
} FermataJobEnd;

#define FERMATA_TYPE_JOB (fermata_job_get_type ())

/**
 * FermataJob:
 *
 * A process that was started. Signals what it writes as it comes, and its end
 * exactly once, after everything that it wrote.
 */
FERMATA_EXTERN
G_DECLARE_DERIVABLE_TYPE (FermataJob, fermata_job, FERMATA, JOB, GObject)

/**
 * FermataJobListener:
 * @output: it wrote @length bytes; they are gone when the call returns
 * @ended: it ended, and nothing of it is left behind
 *
 * Who is told. Called on the engine's main context, never from within
 * fermata_executor_start().
 */
typedef struct {
  void (*output) (FermataJob          *job,
                  FermataStream        stream,
                  const guint8        *data,
                  gsize                length,
                  gpointer             user_data);
  void (*ended)  (FermataJob          *job,
                  const FermataJobEnd *end,
                  gpointer             user_data);
} FermataJobListener;

struct _FermataJobClass {
  GObjectClass parent_class;

  void   (*terminate)    (FermataJob *self);
  void   (*set_paused)   (FermataJob *self,
                          gboolean    paused);
  gint64 (*get_identity) (FermataJob *self,
                          guint64    *start_time);

  gpointer padding[8];
};

/* Asks it to end (SIGTERM to its group), insists after the grace period
 * (SIGKILL). The end is still told. Once is enough; again: insists now. */
FERMATA_EXTERN
void          fermata_job_terminate              (FermataJob               *self);

/* While paused nothing is read from it, so its pipes fill up and it waits. */
FERMATA_EXTERN
void          fermata_job_set_paused             (FermataJob               *self,
                                                  gboolean                  paused);

/* The process id, and when the process began (the kernel's clock ticks): both
 * together are never reused. */
FERMATA_EXTERN
gint64        fermata_job_get_identity           (FermataJob               *self,
                                                  guint64                  *start_time);

#define FERMATA_TYPE_EXECUTOR (fermata_executor_get_type ())
FERMATA_EXTERN
G_DECLARE_INTERFACE (FermataExecutor, fermata_executor, FERMATA, EXECUTOR, GObject)

struct _FermataExecutorInterface {
  GTypeInterface parent_iface;

  FermataJob *(*start) (FermataExecutor           *self,
                        const FermataJobSpec      *spec,
                        const FermataJobListener  *listener,
                        gpointer                   user_data,
                        GError                   **error);
};

/* Starts the process and returns at once (transfer full). The listener is
 * called until its `ended`; dropping the job before that terminates it. */
FERMATA_EXTERN
FermataJob   *fermata_executor_start             (FermataExecutor          *self,
                                                  const FermataJobSpec     *spec,
                                                  const FermataJobListener *listener,
                                                  gpointer                  user_data,
                                                  GError                  **error);

G_END_DECLS
