/* fermata-trace-writer.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/run/fermata-run.h"
#include "report/fermata-report-error.h"

G_BEGIN_DECLS

/*
 * A trace shows what ran when, in ui.perfetto.dev or chrome://tracing: an array
 * of JSON objects, one a line, in the Trace Event Format. An attempt of a node
 * is a slice in the lowest lane that is free, so there are as many lanes as
 * nodes ran at the same time; an edge that was taken is an arrow; what failed,
 * was cancelled, held or bookmarked is an instant; a counter tells how many
 * nodes are running.
 */

#define FERMATA_TYPE_TRACE_WRITER (fermata_trace_writer_get_type ())

/**
 * FermataTraceWriter:
 *
 * Writes the trace of a run while it runs. A monitor.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataTraceWriter, fermata_trace_writer, FERMATA, TRACE_WRITER, GObject)

FERMATA_EXTERN
FermataTraceWriter *fermata_trace_writer_new         (GFile               *file,
                                                      FermataPlan         *plan,
                                                      const char          *title,
                                                      GError             **error);

/* Writes what of a history has not been written yet. */
FERMATA_EXTERN
void                fermata_trace_writer_add_history (FermataTraceWriter  *self,
                                                      FermataHistory      *history);
FERMATA_EXTERN
gboolean            fermata_trace_writer_finish      (FermataTraceWriter  *self,
                                                      GError             **error);

G_END_DECLS
