/* fermata-store.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "value/fermata-value.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_STORE (fermata_store_get_type ())

/**
 * FermataStore:
 *
 * Where histories live longer than their runs. The engine hands over what a
 * slice committed in one batch, and is told up to which event everything is
 * durable: effects that start or send something may wait for that.
 */
FERMATA_EXTERN
G_DECLARE_INTERFACE (FermataStore, fermata_store, FERMATA, STORE, GObject)

/**
 * FermataStoreInterface:
 * @append_async: keeps a batch of events; batches of a run are handed over in
 *   order, without waiting for the one before
 * @append_finish: gives the number of the last durable event
 * @load_async: reads the events of a run
 * @load_finish: gives them, as an array
 *
 * What a store does.
 */
struct _FermataStoreInterface {
  GTypeInterface parent_iface;

  void          (*append_async)  (FermataStore         *self,
                                  const char           *run_id,
                                  FermataValue         *events,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
  gboolean      (*append_finish) (FermataStore         *self,
                                  GAsyncResult         *result,
                                  guint64              *durable,
                                  GError              **error);
  void          (*load_async)    (FermataStore         *self,
                                  const char           *run_id,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
  FermataValue *(*load_finish)   (FermataStore         *self,
                                  GAsyncResult         *result,
                                  GError              **error);
};

FERMATA_EXTERN
void          fermata_store_append_async  (FermataStore         *self,
                                           const char           *run_id,
                                           FermataValue         *events,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
FERMATA_EXTERN
gboolean      fermata_store_append_finish (FermataStore         *self,
                                           GAsyncResult         *result,
                                           guint64              *durable,
                                           GError              **error);
FERMATA_EXTERN
void          fermata_store_load_async    (FermataStore         *self,
                                           const char           *run_id,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
FERMATA_EXTERN
FermataValue *fermata_store_load_finish   (FermataStore         *self,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
