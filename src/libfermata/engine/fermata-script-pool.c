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
 * fermata_script_pool_call_async: (skip)
 * @self: a pool
 * @call: what is to be run; needed during the call only, but for `print_data`,
 *   which is needed until @callback is called
 * @cancellable: (nullable): ends the call by force
 * @callback: called when the script has returned
 * @user_data: for @callback
 *
 * Runs a script. Calls may run at the same time, also those of one context,
 * which then has as many worlds of globals.
 */
void
fermata_script_pool_call_async (FermataScriptPool        *self,
                                const FermataScriptCall  *call,
                                GCancellable             *cancellable,
                                GAsyncReadyCallback       callback,
                                gpointer                  user_data)
{
  g_return_if_fail (FERMATA_IS_SCRIPT_POOL (self));
  g_return_if_fail (call != NULL);
  g_return_if_fail (call->context != NULL);
  g_return_if_fail (call->code != NULL
                    && fermata_value_get_kind (call->code) == FERMATA_VALUE_KIND_STRING);
  g_return_if_fail (call->parameters != NULL);
  g_return_if_fail (call->names != NULL
                    && fermata_value_get_kind (call->names) == FERMATA_VALUE_KIND_OBJECT);
  g_return_if_fail (call->memory > 0);

  FERMATA_SCRIPT_POOL_GET_IFACE (self)->call_async (self, call, cancellable, callback, user_data);
}

/**
 * fermata_script_pool_call_finish:
 * @self: a pool
 * @result: what the callback was given
 * @details: (out) (optional) (nullable) (transfer full): more about an error of
 *   the script: an object with `name`, `line`, `column` and `stack`, as far as
 *   they are known
 * @error: return location for an error: of the domain %FERMATA_TASK_ERROR if
 *   the script has no result, %FERMATA_EXECUTOR_ERROR if it could not be run,
 *   or %G_IO_ERROR_CANCELLED
 *
 * Ends fermata_script_pool_call_async().
 *
 * Returns: (transfer full): what the script returned, or %NULL with @error set
 */
FermataValue *
fermata_script_pool_call_finish (FermataScriptPool  *self,
                                 GAsyncResult       *result,
                                 FermataValue      **details,
                                 GError            **error)
{
  FermataValue *unused = NULL;
  FermataValue *value;

  g_return_val_if_fail (FERMATA_IS_SCRIPT_POOL (self), NULL);

  if (details != NULL)
    *details = NULL;
  value = FERMATA_SCRIPT_POOL_GET_IFACE (self)->call_finish (self, result,
                                                             details != NULL ? details : &unused,
                                                             error);
  g_clear_pointer (&unused, fermata_value_unref);

  return value;
}

/**
 * fermata_script_pool_forget:
 * @self: a pool
 * @prefix: the beginning of their names
 *
 * Lets go of contexts, with all that scripts keep in them. Calls that are
 * under way are not ended.
 */
void
fermata_script_pool_forget (FermataScriptPool *self,
                            const char        *prefix)
{
  g_return_if_fail (FERMATA_IS_SCRIPT_POOL (self));
  g_return_if_fail (prefix != NULL);

  FERMATA_SCRIPT_POOL_GET_IFACE (self)->forget (self, prefix);
}

/**
 * fermata_script_pool_open_session:
 * @self: a pool
 * @error: return location for an error of the domain %FERMATA_EXECUTOR_ERROR
 *
 * Makes a session for the JavaScript of one machine. Its process is started
 * with the first call.
 *
 * Returns: (transfer full): a session, or %NULL with @error set
 */
FermataScriptSession *
fermata_script_pool_open_session (FermataScriptPool  *self,
                                  GError            **error)
{
  FermataScriptPoolInterface *iface;

  g_return_val_if_fail (FERMATA_IS_SCRIPT_POOL (self), NULL);

  iface = FERMATA_SCRIPT_POOL_GET_IFACE (self);
  if (iface->open_session != NULL)
    return iface->open_session (self, error);

  g_set_error (error, FERMATA_EXECUTOR_ERROR, FERMATA_EXECUTOR_ERROR_FAILED,
               "%s has no sessions for the JavaScript of machines", G_OBJECT_TYPE_NAME (self));
  return NULL;
}
