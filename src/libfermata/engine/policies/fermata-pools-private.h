/* fermata-pools-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/* So much of a pool. */
typedef struct {
  guint pool;
  guint amount;
} FermataPoolShare;

/* What nodes need of the pools while they run: nodes that need the same share
 * one of these, so that finding one that may start looks at each need once,
 * and not at each node. */
typedef struct {
  FermataPoolShare *shares;
  guint n_shares;
} FermataPoolNeed;

/*
 * The named resources of a plan (`pools`), and what its nodes need of them
 * (`uses`).
 *
 * Invariant: need 0 is that of nodes that need nothing.
 */
typedef struct {
  char **names;
  guint *capacities;
  guint n_pools;
  GArray *needs;
  GHashTable *needs_by_text;
} FermataPools;

void     fermata_pools_init     (FermataPools           *self);
void     fermata_pools_clear    (FermataPools           *self);

/* @pools (nullable) is the member of the graph. */
gboolean fermata_pools_compile  (FermataPools           *self,
                                 FermataValue           *pools,
                                 GError                **error);

/* The pools are @pools (nullable), which has at least those that there are, first. */
gboolean fermata_pools_extend   (FermataPools           *self,
                                 FermataValue           *pools,
                                 GError                **error);

/* The need of a node with the member @uses (nullable). */
gboolean fermata_pools_add_need (FermataPools           *self,
                                 FermataValue           *uses,
                                 guint16                *need,
                                 GError                **error);

/* Whether what is in use, by pool, leaves room for a need. */
gboolean fermata_pools_fit      (const FermataPools     *self,
                                 guint                   need,
                                 const guint            *in_use);
void     fermata_pools_take     (const FermataPools     *self,
                                 guint                   need,
                                 guint                  *in_use);
void     fermata_pools_give     (const FermataPools     *self,
                                 guint                   need,
                                 guint                  *in_use);

G_END_DECLS
