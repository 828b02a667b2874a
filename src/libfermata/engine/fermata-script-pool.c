/* fermata-script-pool.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/fermata-script-pool.h"

G_DEFINE_INTERFACE (FermataScriptPool, fermata_script_pool, G_TYPE_OBJECT)

static void
fermata_script_pool_default_init (FermataScriptPoolInterface *iface)
{
}

/**
 * fermata_script_pool_call_async:
 * @self: a pool
 * @context: which context to share, run/frame/node
 * @code: JavaScript statements
 * @names: an object with what the script can see
 * @cancellable: (nullable): ends the call by force
 * @callback: called when the script has returned
 * @user_data: for @callback
 *
 * Runs a script.
 */
void
fermata_script_pool_call_async (FermataScriptPool   *self,
                                const char          *context,
                                const char          *code,
                                FermataValue        *names,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (FERMATA_IS_SCRIPT_POOL (self));
  g_return_if_fail (context != NULL);
  g_return_if_fail (code != NULL);
  g_return_if_fail (names != NULL);

  FERMATA_SCRIPT_POOL_GET_IFACE (self)->call_async (self, context, code, names, cancellable,
                                                    callback, user_data);
}

/**
 * fermata_script_pool_call_finish:
 * @self: a pool
 * @result: what the callback was given
 * @error: return location for an error of the script or its process
 *
 * Ends fermata_script_pool_call_async().
 *
 * Returns: (transfer full): what the script returned, or %NULL with @error set
 */
FermataValue *
fermata_script_pool_call_finish (FermataScriptPool  *self,
                                 GAsyncResult       *result,
                                 GError            **error)
{
  g_return_val_if_fail (FERMATA_IS_SCRIPT_POOL (self), NULL);

  return FERMATA_SCRIPT_POOL_GET_IFACE (self)->call_finish (self, result, error);
}
