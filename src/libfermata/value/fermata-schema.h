/* fermata-schema.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/**
 * FermataSchemaError:
 * @FERMATA_SCHEMA_ERROR_SCHEMA: the schema itself is wrong
 * @FERMATA_SCHEMA_ERROR_VALUE: a value does not fit the schema
 * @FERMATA_SCHEMA_ERROR_LIMIT: looking whether it does takes too long
 *
 * What may go wrong with a schema.
 */
typedef enum {
  FERMATA_SCHEMA_ERROR_SCHEMA,
  FERMATA_SCHEMA_ERROR_VALUE,
  FERMATA_SCHEMA_ERROR_LIMIT,
} FermataSchemaError;

#define FERMATA_SCHEMA_ERROR (fermata_schema_error_quark ())

FERMATA_EXTERN
GQuark         fermata_schema_error_quark (void);

/**
 * FermataSchema:
 *
 * A JSON Schema, compiled: what a value must be like.
 *
 * What is known is the common part of the drafts from 6 to 2020-12. A keyword
 * that is not known is refused, not ignored. A schema is immutable, may be
 * shared between threads, and nothing about it or a value leads to recursion.
 */
typedef struct _FermataSchema FermataSchema;

#define FERMATA_TYPE_SCHEMA (fermata_schema_get_type ())

FERMATA_EXTERN
GType          fermata_schema_get_type    (void) G_GNUC_CONST;
FERMATA_EXTERN
FermataSchema *fermata_schema_new         (FermataValue   *value,
                                           char          **path,
                                           GError        **error);
FERMATA_EXTERN
FermataSchema *fermata_schema_ref         (FermataSchema  *self);
FERMATA_EXTERN
void           fermata_schema_unref       (FermataSchema  *self);
FERMATA_EXTERN
FermataValue  *fermata_schema_get_value   (FermataSchema  *self);
FERMATA_EXTERN
gboolean       fermata_schema_validate    (FermataSchema  *self,
                                           FermataValue   *value,
                                           GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataSchema, fermata_schema_unref)

G_END_DECLS
