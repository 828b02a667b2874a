/* fermata-script-pool.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

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
 * FermataScriptPoolInterface:
 * @call_async: runs @code as the body of a function whose names are the
 *   members of @names; calls with the same @context share one JavaScript
 *   context, others see nothing of it; cancelling ends the call by force
 * @call_finish: gives what the script returned
 *
 * What a pool does.
 */
struct _FermataScriptPoolInterface {
  GTypeInterface parent_iface;

  void          (*call_async)  (FermataScriptPool    *self,
                                const char           *context,
                                const char           *code,
                                FermataValue         *names,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
  FermataValue *(*call_finish) (FermataScriptPool    *self,
                                GAsyncResult         *result,
                                GError              **error);
};

FERMATA_EXTERN
void          fermata_script_pool_call_async  (FermataScriptPool    *self,
                                               const char           *context,
                                               const char           *code,
                                               FermataValue         *names,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
FERMATA_EXTERN
FermataValue *fermata_script_pool_call_finish (FermataScriptPool    *self,
                                               GAsyncResult         *result,
                                               GError              **error);

G_END_DECLS
