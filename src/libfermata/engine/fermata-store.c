/* fermata-store.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/fermata-store.h"

G_DEFINE_INTERFACE (FermataStore, fermata_store, G_TYPE_OBJECT)

static void
fermata_store_default_init (FermataStoreInterface *iface)
{
}

/**
 * fermata_store_append_async:
 * @self: a store
 * @run_id: the name of a run
 * @events: an array of events, as fermata_event_to_value() writes them, that
 *   follow those handed over before
 * @cancellable: (nullable): ends the waiting; the events are kept all the same
 * @callback: called when they are durable
 * @user_data: for @callback
 *
 * Keeps events of a run.
 */
void
fermata_store_append_async (FermataStore        *self,
                            const char          *run_id,
                            FermataValue        *events,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (FERMATA_IS_STORE (self));
  g_return_if_fail (run_id != NULL);
  g_return_if_fail (events != NULL);

  FERMATA_STORE_GET_IFACE (self)->append_async (self, run_id, events, cancellable, callback,
                                                user_data);
}

/**
 * fermata_store_append_finish:
 * @self: a store
 * @result: what the callback was given
 * @durable: (out) (optional): the number of the last durable event
 * @error: return location for an error of the store
 *
 * Ends fermata_store_append_async().
 *
 * Returns: %FALSE with @error set if the events could not be kept
 */
gboolean
fermata_store_append_finish (FermataStore  *self,
                             GAsyncResult  *result,
                             guint64       *durable,
                             GError       **error)
{
  g_return_val_if_fail (FERMATA_IS_STORE (self), FALSE);

  return FERMATA_STORE_GET_IFACE (self)->append_finish (self, result, durable, error);
}

/**
 * fermata_store_load_async:
 * @self: a store
 * @run_id: the name of a run
 * @cancellable: (nullable): ends the reading
 * @callback: called when they have been read
 * @user_data: for @callback
 *
 * Reads the events of a run.
 */
void
fermata_store_load_async (FermataStore        *self,
                          const char          *run_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (FERMATA_IS_STORE (self));
  g_return_if_fail (run_id != NULL);

  FERMATA_STORE_GET_IFACE (self)->load_async (self, run_id, cancellable, callback, user_data);
}

/**
 * fermata_store_load_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of the store
 *
 * Ends fermata_store_load_async().
 *
 * Returns: (transfer full): an array of events, or %NULL with @error set
 */
FermataValue *
fermata_store_load_finish (FermataStore  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (FERMATA_IS_STORE (self), NULL);

  return FERMATA_STORE_GET_IFACE (self)->load_finish (self, result, error);
}
