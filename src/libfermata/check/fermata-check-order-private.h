/* fermata-check-order-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "check/fermata-check-private.h"

G_BEGIN_DECLS

/* Arcs by their source: those of node i are arcs[first[i]] to
 * arcs[first[i + 1] - 1], as places in the level's arcs. */
typedef struct {
  guint n_nodes;
  guint *first;
  guint *arcs;
} FermataCheckOut;

void               fermata_check_out_init    (FermataCheckOut   *self,
                                              guint              n_nodes,
                                              GArray            *arcs);
void               fermata_check_out_clear   (FermataCheckOut   *self);

/*
 * The nodes of a level in an order in which every edge leads forwards, and
 * who is upstream of whom.
 */

/* NULL if there is none, since edges go round in circles; then @stuck is set
 * to the nodes that are in a cycle or behind one. */
FermataCheckOrder *fermata_check_order_new   (FermataCheckLevel *level,
                                              GArray           **stuck);
void               fermata_check_order_free  (FermataCheckOrder *self);

/* The output of @asked is read by @asker, both nodes of @level, at byte
 * @offset of where the check is: warns, now or when the level ends, if it
 * cannot have come by then. */
void               fermata_check_order_ask   (FermataCheck      *check,
                                              FermataCheckLevel *level,
                                              guint              asked,
                                              guint              asker,
                                              gsize              offset);
void               fermata_check_order_end   (FermataCheck      *check,
                                              FermataCheckLevel *level);

G_END_DECLS
