/* fermata-test-graphs.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-graph.h"

G_BEGIN_DECLS

/*
 * Large graphs. Nodes are called n0, n1, … by their place in the graph; @order,
 * where it is given, says where in the document each of them stands, so that
 * they can run in an order far from the document's.
 */

/* n0 -> n1 -> …, each a constant: its number. */
FermataGraph *fermata_test_chain            (guint        n_nodes,
                                             const guint *order);

/* n0 -> n1 … -> the last, which waits for all between. */
FermataGraph *fermata_test_fan              (guint        n_nodes,
                                             const guint *order);

/* The numbers below @n in an order of chance (transfer full). */
guint        *fermata_test_make_permutation (guint        n);

G_END_DECLS
