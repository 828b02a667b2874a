/* fermata-script-worker-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-script-pool.h"
#include "executor/fermata-local-share-private.h"

G_BEGIN_DECLS

typedef struct _FermataScriptWorker FermataScriptWorker;

/* A call of a pool, from its beginning to its end. It is in one queue at a
 * time: the pool's, or that of `worker`. */
typedef struct {
  GTask *task;
  char *context;
  FermataValue *code;
  char *parameters; /* with commas between */
  FermataValue *names;
  guint64 memory;
  FermataScriptPrintFunc print;
  gpointer print_data;

  FermataScriptWorker *worker;
  gulong cancelled_id;
  GList link;
} FermataPooledCall;

/* `answered`: the worker's first call has ended; it is not the worker's any
 * more. `ended`: the process has, of itself or not; what is left of its calls
 * has to be taken from it. Whoever is told may let go of the worker. */
typedef struct {
  void (*answered) (FermataScriptWorker *worker,
                    FermataPooledCall   *call,
                    FermataValue        *value,
                    FermataValue        *details,
                    const GError        *error,
                    gpointer             user_data);
  void (*ended)    (FermataScriptWorker *worker,
                    const GError        *error,
                    gpointer             user_data);
} FermataScriptWorkerListener;

/*
 * One fermata-script-host, as the engine sees it: a process, a socket, and the
 * calls that are on their way, in order. The first of them may have begun; see
 * fermata-script-wire-private.h.
 */
FermataScriptWorker *fermata_script_worker_new        (FermataLocalShare                  *share,
                                                       GMainContext                       *context,
                                                       guint64                             memory,
                                                       const FermataScriptWorkerListener  *listener,
                                                       gpointer                            user_data,
                                                       GError                            **error);
FermataScriptWorker *fermata_script_worker_ref        (FermataScriptWorker                *self);
void                 fermata_script_worker_unref      (FermataScriptWorker                *self);

guint64              fermata_script_worker_get_memory (FermataScriptWorker                *self);
guint                fermata_script_worker_get_n_calls (FermataScriptWorker               *self);

/* Whether it is of use: neither ended nor told to, nor worn. */
gboolean             fermata_script_worker_is_fit     (FermataScriptWorker                *self);
gboolean             fermata_script_worker_is_ready   (FermataScriptWorker                *self);

/* Whether more may be sent before an answer has come. */
gboolean             fermata_script_worker_has_room   (FermataScriptWorker                *self);
gboolean             fermata_script_worker_knows      (FermataScriptWorker                *self,
                                                       FermataPooledCall                  *call);

/* FALSE with @error, and then the call is not the worker's. */
gboolean             fermata_script_worker_send       (FermataScriptWorker                *self,
                                                       FermataPooledCall                  *call,
                                                       GError                            **error);

/* Moves the calls that have not begun to the front of @waiting. */
void                 fermata_script_worker_take_back  (FermataScriptWorker                *self,
                                                       GQueue                             *waiting);

/* The first call, and takes it out of the queue; or NULL. */
FermataPooledCall   *fermata_script_worker_pop        (FermataScriptWorker                *self);
void                 fermata_script_worker_forget     (FermataScriptWorker                *self,
                                                       const char                         *prefix);

/* `ended` is still told. */
void                 fermata_script_worker_kill       (FermataScriptWorker                *self);

/* Nobody is told any more; the process is ended. */
void                 fermata_script_worker_close      (FermataScriptWorker                *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataScriptWorker, fermata_script_worker_unref)

G_END_DECLS
