/* fermata-script-pool.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "engine/fermata-executor.h"
#include "engine/fermata-script-session.h"
#include "value/fermata-value.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_SCRIPT_POOL (fermata_script_pool_get_type ())

/**
 * FermataScriptPool:
 *
 * Where scripts run that may take long: helper processes, so that one that
 * crashes, loops or allocates for ever is an error of its node and no more.
 */
FERMATA_EXTERN
G_DECLARE_INTERFACE (FermataScriptPool, fermata_script_pool, FERMATA, SCRIPT_POOL, GObject)

/**
 * FermataScriptPrintFunc:
 * @stream: where it was printed
 * @data: (array length=length): the bytes; gone when the call returns
 * @length: how many
 * @user_data: what the call was given
 *
 * What a script prints, as it comes.
 */
typedef void (*FermataScriptPrintFunc) (FermataStream  stream,
                                        const guint8  *data,
                                        gsize          length,
                                        gpointer       user_data);

/**
 * FermataScriptCall:
 * @context: calls with the same context may find what earlier ones left in
 *   their globals; others never do
 * @code: a text: the body of a JavaScript function
 * @parameters: (array zero-terminated=1): the names of its parameters
 * @names: an object with their values; those that are not in it are undefined
 * @memory: bytes that the script may use
 * @print: (nullable): told what it prints, until the call ends
 * @print_data: for @print
 *
 * A script that is to be run.
 */
typedef struct {
  const char *context;
  FermataValue *code;
  const char *const *parameters;
  FermataValue *names;
  guint64 memory;
  FermataScriptPrintFunc print;
  gpointer print_data;
} FermataScriptCall;

/**
 * FermataScriptPoolInterface:
 * @call_async: runs a script; cancelling ends it by force
 * @call_finish: gives what the script returned
 * @forget: lets go of contexts
 * @open_session: makes a process for one machine
 *
 * What a pool does.
 */
struct _FermataScriptPoolInterface {
  GTypeInterface parent_iface;

  void          (*call_async)  (FermataScriptPool        *self,
                                const FermataScriptCall  *call,
                                GCancellable             *cancellable,
                                GAsyncReadyCallback       callback,
                                gpointer                  user_data);
  FermataValue *(*call_finish) (FermataScriptPool        *self,
                                GAsyncResult             *result,
                                FermataValue            **details,
                                GError                  **error);
  void          (*forget)      (FermataScriptPool        *self,
                                const char               *prefix);

  FermataScriptSession *(*open_session) (FermataScriptPool  *self,
                                         GError            **error);
};

FERMATA_EXTERN
void          fermata_script_pool_call_async  (FermataScriptPool        *self,
                                               const FermataScriptCall  *call,
                                               GCancellable             *cancellable,
                                               GAsyncReadyCallback       callback,
                                               gpointer                  user_data);
FERMATA_EXTERN
FermataValue *fermata_script_pool_call_finish (FermataScriptPool        *self,
                                               GAsyncResult             *result,
                                               FermataValue            **details,
                                               GError                  **error);

/* Lets go of the contexts whose names begin with @prefix. */
FERMATA_EXTERN
void          fermata_script_pool_forget      (FermataScriptPool        *self,
                                               const char               *prefix);

FERMATA_EXTERN
FermataScriptSession *fermata_script_pool_open_session (FermataScriptPool  *self,
                                                        GError            **error);

G_END_DECLS
