/* fermata-value-reader.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-places.h"
#include "value/fermata-value.h"

G_BEGIN_DECLS

/**
 * FermataValueError:
 * @FERMATA_VALUE_ERROR_SYNTAX: the text is not JSON
 * @FERMATA_VALUE_ERROR_ENCODING: the text is not UTF-8
 * @FERMATA_VALUE_ERROR_DEPTH: nested deeper than the limit
 * @FERMATA_VALUE_ERROR_SIZE: longer than the limit
 * @FERMATA_VALUE_ERROR_DUPLICATE: a name occurs twice in an object
 *   (only where asked for)
 * @FERMATA_VALUE_ERROR_UNSUPPORTED: has no JSON form
 *
 * What can be wrong with a value.
 */
typedef enum {
  FERMATA_VALUE_ERROR_SYNTAX,
  FERMATA_VALUE_ERROR_ENCODING,
  FERMATA_VALUE_ERROR_DEPTH,
  FERMATA_VALUE_ERROR_SIZE,
  FERMATA_VALUE_ERROR_DUPLICATE,
  FERMATA_VALUE_ERROR_UNSUPPORTED,
} FermataValueError;

#define FERMATA_VALUE_ERROR (fermata_value_error_quark ())

FERMATA_EXTERN
GQuark              fermata_value_error_quark              (void);

/**
 * FERMATA_VALUE_READER_DEFAULT_MAX_DEPTH:
 *
 * How deep a text may be nested unless a reader is told otherwise.
 */
#define FERMATA_VALUE_READER_DEFAULT_MAX_DEPTH 1000u

/**
 * FERMATA_VALUE_READER_DEFAULT_MAX_SIZE:
 *
 * How many bytes a text may have unless a reader is told otherwise.
 */
#define FERMATA_VALUE_READER_DEFAULT_MAX_SIZE ((gsize) 256 * 1024 * 1024)

#define FERMATA_TYPE_VALUE_READER (fermata_value_reader_get_type ())

/**
 * FermataValueReader:
 *
 * Reads JSON (RFC 8259, nothing more) into a #FermataValue, without recursion.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataValueReader, fermata_value_reader, FERMATA, VALUE_READER, GObject)

FERMATA_EXTERN
FermataValueReader *fermata_value_reader_new               (void);
FERMATA_EXTERN
void                fermata_value_reader_set_max_depth     (FermataValueReader *self,
                                                            guint               max_depth);
FERMATA_EXTERN
void                fermata_value_reader_set_max_size      (FermataValueReader *self,
                                                            gsize               max_size);
FERMATA_EXTERN
void                fermata_value_reader_set_unique_names  (FermataValueReader *self,
                                                            gboolean            unique_names);

/* @length -1: NUL-terminated. On error the position of the first wrong byte
 * is kept: fermata_value_reader_get_error_position(). */
FERMATA_EXTERN
FermataValue       *fermata_value_reader_read              (FermataValueReader *self,
                                                            const char         *text,
                                                            gssize              length,
                                                            GError            **error);

/* The same text read once more, noting where each value begins. */
FERMATA_EXTERN
FermataPlaces      *fermata_value_reader_read_places       (FermataValueReader *self,
                                                            const char         *text,
                                                            gssize              length,
                                                            GError            **error);
FERMATA_EXTERN
void                fermata_value_reader_get_error_position (FermataValueReader  *self,
                                                             FermataTextPosition *position);

/* With the default limits; the message begins with "line:column: ". */
FERMATA_EXTERN
FermataValue       *fermata_value_parse                    (const char         *text,
                                                            gssize              length,
                                                            GError            **error);

G_END_DECLS
