/* fermata-record-documents-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-documents-private.h"
#include "value/fermata-value-builder.h"

G_BEGIN_DECLS

/* Adds to the first line of a record the graphs in other files that its graph runs.
 * @documents is nullable: there are none. */
void              fermata_record_add_documents  (FermataValueBuilder *header,
                                                 FermataDocuments    *documents);

/* The graph of a record, with those that its first line has besides; no file is
 * read. NULL with @error set if they are not what a record has. */
FermataDocuments *fermata_record_read_documents (FermataGraph        *graph,
                                                 FermataValue        *header,
                                                 GError             **error);

/* A graph within a record. NULL with @error set if it is faulty. */
FermataGraph     *fermata_record_read_graph     (FermataValue        *value,
                                                 const char          *name,
                                                 GError             **error);

G_END_DECLS
