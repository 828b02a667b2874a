/* fermata-record-writer.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/run/fermata-run.h"
#include "report/fermata-report-error.h"

G_BEGIN_DECLS

/*
 * A record is one file that holds everything about a run, and needs nothing
 * else to be read. Lines of JSON:
 *
 *     { "fermata-record": 1, "generator": …, "graph": …, "inputs": … }
 *     { "n": 1, "t": 0, "kind": "run-started", … }
 *     { "n": 7, …, "kind": "chunk", …, "text": "what the node printed" }
 *     { "fermata-record-end": 1, "events": 42, "state": "done" }
 *
 * The lines between the first and the last are the events, as
 * fermata_event_to_value() writes them. What a node printed is with its chunk:
 * as "text", or as "base64" where it is not UTF-8.
 */

/**
 * FERMATA_RECORD_VERSION:
 *
 * The version of the record that is read and written.
 */
#define FERMATA_RECORD_VERSION 1

#define FERMATA_TYPE_RECORD_WRITER (fermata_record_writer_get_type ())

/**
 * FermataRecordWriter:
 *
 * Writes the record of a run while it runs. A monitor.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataRecordWriter, fermata_record_writer, FERMATA, RECORD_WRITER, GObject)

FERMATA_EXTERN
FermataRecordWriter *fermata_record_writer_new    (GFile                *file,
                                                   FermataGraph         *graph,
                                                   GError              **error);
FERMATA_EXTERN
gboolean             fermata_record_writer_finish (FermataRecordWriter  *self,
                                                   GError              **error);

G_END_DECLS
