/* fermata-value-builder.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/**
 * FermataValueBuilder:
 *
 * Collects the elements of an array or the members of an object, in order.
 * A later member of the same name replaces the value of the earlier one.
 */
typedef struct _FermataValueBuilder FermataValueBuilder;

#define FERMATA_TYPE_VALUE_BUILDER (fermata_value_builder_get_type ())

FERMATA_EXTERN
GType                fermata_value_builder_get_type     (void) G_GNUC_CONST;
FERMATA_EXTERN
FermataValueBuilder *fermata_value_builder_new_array    (void);
FERMATA_EXTERN
FermataValueBuilder *fermata_value_builder_new_object   (void);
FERMATA_EXTERN
FermataValueBuilder *fermata_value_builder_ref          (FermataValueBuilder *self);
FERMATA_EXTERN
void                 fermata_value_builder_unref        (FermataValueBuilder *self);

/* The builder takes its own reference to @value. */
FERMATA_EXTERN
void                 fermata_value_builder_add          (FermataValueBuilder *self,
                                                         FermataValue        *value);
FERMATA_EXTERN
void                 fermata_value_builder_set          (FermataValueBuilder *self,
                                                         const char          *name,
                                                         FermataValue        *value);

/* Shorthands */
FERMATA_EXTERN
void                 fermata_value_builder_add_string   (FermataValueBuilder *self,
                                                         const char          *string);
FERMATA_EXTERN
void                 fermata_value_builder_set_string   (FermataValueBuilder *self,
                                                         const char          *name,
                                                         const char          *string);
FERMATA_EXTERN
void                 fermata_value_builder_set_integer  (FermataValueBuilder *self,
                                                         const char          *name,
                                                         gint64               integer);
FERMATA_EXTERN
void                 fermata_value_builder_set_number   (FermataValueBuilder *self,
                                                         const char          *name,
                                                         double               number);
FERMATA_EXTERN
void                 fermata_value_builder_set_boolean  (FermataValueBuilder *self,
                                                         const char          *name,
                                                         gboolean             boolean);

/* Gives the value (transfer full) and leaves the builder empty. */
FERMATA_EXTERN
FermataValue        *fermata_value_builder_end          (FermataValueBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataValueBuilder, fermata_value_builder_unref)

G_END_DECLS
