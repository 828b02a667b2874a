/* fermata-record.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-engine.h"
#include "report/fermata-report-error.h"

G_BEGIN_DECLS

/**
 * FermataRecordFlags:
 * @FERMATA_RECORD_WHOLE: refuse a record that breaks off
 * @FERMATA_RECORD_PARTIAL: take it, up to its last whole line
 *
 * How a record is read.
 */
typedef enum {
  FERMATA_RECORD_WHOLE = 0,
  FERMATA_RECORD_PARTIAL = 1 << 0,
} FermataRecordFlags;

#define FERMATA_TYPE_RECORD (fermata_record_get_type ())

/**
 * FermataRecord:
 *
 * A run, read from a file: its graph, its history, and what its nodes printed.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataRecord, fermata_record, FERMATA, RECORD, GObject)

FERMATA_EXTERN
FermataRecord  *fermata_record_read          (FermataEngine       *engine,
                                              GFile               *file,
                                              FermataRecordFlags   flags,
                                              GError             **error);
FERMATA_EXTERN
FermataGraph   *fermata_record_get_graph     (FermataRecord       *self);
FERMATA_EXTERN
FermataHistory *fermata_record_get_history   (FermataRecord       *self);
FERMATA_EXTERN
FermataValue   *fermata_record_get_inputs    (FermataRecord       *self);
FERMATA_EXTERN
gboolean        fermata_record_is_whole      (FermataRecord       *self);
FERMATA_EXTERN
guint64         fermata_record_get_n_printed (FermataRecord       *self,
                                              guint                frame,
                                              guint                node,
                                              FermataStream        stream);
FERMATA_EXTERN
GBytes         *fermata_record_read_printed  (FermataRecord       *self,
                                              guint                frame,
                                              guint                node,
                                              FermataStream        stream,
                                              guint64              offset,
                                              gsize                length,
                                              GError             **error);

G_END_DECLS
