/* fermata-history-graph-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "report/fermata-history-graph.h"

G_BEGIN_DECLS

/* From this event on, the run was in that step. */
typedef struct {
  guint64 number;
  guint step;
} FermataHistoryMark;

struct _FermataHistoryGraph {
  GObject parent_instance;

  guint64 until;
  guint64 n_folded;
  GArray *steps; /* of FermataHistoryStep */
  GArray *arcs;  /* of FermataHistoryArc */
  GArray *marks; /* of FermataHistoryMark, by number */
  GStringChunk *texts;
};

/* Both read the events from @first to @self->until. */
void  fermata_history_graph_read_machine (FermataHistoryGraph *self,
                                          FermataHistory      *history,
                                          guint64              first);
void  fermata_history_graph_read_nodes   (FermataHistoryGraph *self,
                                          FermataHistory      *history,
                                          guint64              first);

/* What stands for steps that are not shown. */
FermataHistoryStep fermata_history_graph_make_fold (FermataHistoryGraph *self,
                                                    guint                n_steps);

/* What people call a node or state. */
const char *fermata_history_graph_get_title (FermataPlan *plan,
                                             guint        node);

/* "350 ms", "4.2 s", "3 min 5 s" */
char *fermata_history_graph_dup_time (gint64 microseconds);

G_END_DECLS
