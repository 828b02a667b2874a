/* fermata-value.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

#include "fermata-extern.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_VALUE (fermata_value_get_type ())

/**
 * FermataValue:
 *
 * An immutable JSON value.
 *
 * Values are reference-counted, may be shared between threads, and never
 * contain themselves. Small scalars live in the pointer itself: never
 * dereference a value, and compare with fermata_value_equal().
 */
typedef struct _FermataValue FermataValue;

/**
 * FermataValueKind:
 * @FERMATA_VALUE_KIND_NULL: null
 * @FERMATA_VALUE_KIND_BOOLEAN: true or false
 * @FERMATA_VALUE_KIND_INTEGER: a whole number of 64 bits, signed
 * @FERMATA_VALUE_KIND_NUMBER: a finite double, or a number that neither a
 *   64-bit integer nor a double can hold and that therefore keeps its text
 *   (see fermata_value_get_number_text())
 * @FERMATA_VALUE_KIND_STRING: UTF-8 text; may contain U+0000
 * @FERMATA_VALUE_KIND_ARRAY: an array
 * @FERMATA_VALUE_KIND_OBJECT: members with unique names, in their order
 *
 * What a value is.
 */
typedef enum {
  FERMATA_VALUE_KIND_NULL,
  FERMATA_VALUE_KIND_BOOLEAN,
  FERMATA_VALUE_KIND_INTEGER,
  FERMATA_VALUE_KIND_NUMBER,
  FERMATA_VALUE_KIND_STRING,
  FERMATA_VALUE_KIND_ARRAY,
  FERMATA_VALUE_KIND_OBJECT,
} FermataValueKind;

FERMATA_EXTERN
GType             fermata_value_get_type        (void) G_GNUC_CONST;

FERMATA_EXTERN
FermataValue     *fermata_value_ref             (FermataValue        *self);
FERMATA_EXTERN
void              fermata_value_unref           (FermataValue        *self);

/* Making */
FERMATA_EXTERN
FermataValue     *fermata_value_new_null        (void);
FERMATA_EXTERN
FermataValue     *fermata_value_new_boolean     (gboolean             boolean);
FERMATA_EXTERN
FermataValue     *fermata_value_new_integer     (gint64               integer);
FERMATA_EXTERN
FermataValue     *fermata_value_new_number      (double               number);
FERMATA_EXTERN
FermataValue     *fermata_value_new_string      (const char          *string,
                                                 gssize               length);
FERMATA_EXTERN
FermataValue     *fermata_value_new_array       (FermataValue *const *elements,
                                                 gsize                n_elements);
FERMATA_EXTERN
FermataValue     *fermata_value_new_object      (const char *const   *names,
                                                 FermataValue *const *values,
                                                 gsize                n_members);
FERMATA_EXTERN
FermataValue     *fermata_value_new_empty_array  (void);
FERMATA_EXTERN
FermataValue     *fermata_value_new_empty_object (void);

/* Looking */
FERMATA_EXTERN
FermataValueKind  fermata_value_get_kind        (FermataValue        *self);
FERMATA_EXTERN
const char       *fermata_value_kind_to_string  (FermataValueKind     kind);
FERMATA_EXTERN
gboolean          fermata_value_is_null         (FermataValue        *self);
FERMATA_EXTERN
gboolean          fermata_value_get_boolean     (FermataValue        *self);
FERMATA_EXTERN
gint64            fermata_value_get_integer     (FermataValue        *self);
FERMATA_EXTERN
double            fermata_value_get_number      (FermataValue        *self);
FERMATA_EXTERN
const char       *fermata_value_get_number_text (FermataValue        *self);
FERMATA_EXTERN
const char       *fermata_value_get_string      (FermataValue        *self,
                                                 gsize               *length);
FERMATA_EXTERN
gsize             fermata_value_get_length      (FermataValue        *self);
FERMATA_EXTERN
FermataValue     *fermata_value_get_element     (FermataValue        *self,
                                                 gsize                index);
FERMATA_EXTERN
const char       *fermata_value_get_member_name (FermataValue        *self,
                                                 gsize                index);
FERMATA_EXTERN
FermataValue     *fermata_value_get_member      (FermataValue        *self,
                                                 const char          *name);
FERMATA_EXTERN
gboolean          fermata_value_find_member     (FermataValue        *self,
                                                 const char          *name,
                                                 gsize               *index);

/* Comparing */
FERMATA_EXTERN
gboolean          fermata_value_equal           (FermataValue        *a,
                                                 FermataValue        *b);
FERMATA_EXTERN
guint             fermata_value_hash            (FermataValue        *self);

/* A changed copy */
FERMATA_EXTERN
FermataValue     *fermata_value_with_member     (FermataValue        *self,
                                                 const char          *name,
                                                 FermataValue        *value);
FERMATA_EXTERN
FermataValue     *fermata_value_without_member  (FermataValue        *self,
                                                 const char          *name);

/* At the boundary */
FERMATA_EXTERN
FermataValue     *fermata_value_new_from_json   (JsonNode            *node,
                                                 GError             **error);
FERMATA_EXTERN
JsonNode         *fermata_value_to_json         (FermataValue        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataValue, fermata_value_unref)

G_END_DECLS
