/* fermata-value-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <string.h>

#include "value/fermata-shape-private.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value.h"

G_BEGIN_DECLS

G_STATIC_ASSERT (sizeof (gpointer) == 8);

/* A value is a word whose low three bits say what it is.
 *
 *   tag       the other 61 bits
 *   INTEGER   the integer, signed
 *   DOUBLE    a double whose exponent fits in 8 bits (1e-38 to 3e38)
 *   CONSTANT  one of FermataConstant
 *   others    the address of a block
 *
 * Each value has one form only: an integer or double that fits is never in a
 * block, an empty string or container is always a constant. So two values
 * whose words are the same are equal, and two scalars without a block are
 * equal only if their words are the same. */

typedef enum {
  FERMATA_TAG_NONE,             /* NULL: no value at all */
  FERMATA_TAG_INTEGER,
  FERMATA_TAG_DOUBLE,
  FERMATA_TAG_CONSTANT,
  FERMATA_TAG_STRING,
  FERMATA_TAG_ARRAY,
  FERMATA_TAG_OBJECT,
  FERMATA_TAG_NUMBER,
} FermataTag;

#define FERMATA_TAG_BITS 3
#define FERMATA_TAG_MASK ((guintptr) 7)

typedef enum {
  FERMATA_CONSTANT_NULL,
  FERMATA_CONSTANT_FALSE,
  FERMATA_CONSTANT_TRUE,
  FERMATA_CONSTANT_ZERO,
  FERMATA_CONSTANT_NEGATIVE_ZERO,
  FERMATA_CONSTANT_EMPTY_STRING,
  FERMATA_CONSTANT_EMPTY_ARRAY,
  FERMATA_CONSTANT_EMPTY_OBJECT,
} FermataConstant;

/* The most bytes, elements or members a value may have. */
#define FERMATA_VALUE_MAX_LENGTH ((gsize) G_MAXUINT32 - 1)

/* What all blocks begin with. */
typedef struct {
  gint ref_count;
  guint32 length;               /* bytes, elements or members */
} FermataBlock;

typedef struct {
  FermataBlock block;
  char text[];                  /* length bytes and a NUL */
} FermataStringBlock;

typedef struct {
  FermataBlock block;
  FermataValue *elements[];
} FermataArrayBlock;

typedef struct {
  FermataBlock block;
  FermataShape *shape;          /* of as many names */
  FermataValue *values[];
} FermataObjectBlock;

typedef enum {
  FERMATA_NUMBER_INTEGER,
  FERMATA_NUMBER_DOUBLE,
  FERMATA_NUMBER_TEXT,
} FermataNumberForm;

typedef struct {
  gint ref_count;
  guint32 form;                 /* FermataNumberForm */
  union {
    gint64 integer;
    double number;              /* for a text, the double nearest to it */
  };
  char text[];                  /* only of FERMATA_NUMBER_TEXT */
} FermataNumberBlock;

static inline FermataTag
fermata_value_get_tag (FermataValue *self)
{
  return (FermataTag) ((guintptr) self & FERMATA_TAG_MASK);
}

static inline FermataValue *
fermata_value_from_constant (FermataConstant constant)
{
  return (FermataValue *) (((guintptr) constant << FERMATA_TAG_BITS) | FERMATA_TAG_CONSTANT);
}

static inline FermataConstant
fermata_value_get_constant (FermataValue *self)
{
  return (FermataConstant) ((guintptr) self >> FERMATA_TAG_BITS);
}

static inline FermataValue *
fermata_value_from_block (gpointer   block,
                          FermataTag tag)
{
  return (FermataValue *) ((guintptr) block | tag);
}

static inline gboolean
fermata_value_has_block (FermataValue *self)
{
  return fermata_value_get_tag (self) >= FERMATA_TAG_STRING;
}

static inline gpointer
fermata_value_get_block (FermataValue *self)
{
  return (gpointer) ((guintptr) self & ~FERMATA_TAG_MASK);
}

static inline gboolean
fermata_value_is_container (FermataValue *self)
{
  return fermata_value_get_tag (self) == FERMATA_TAG_ARRAY ||
         fermata_value_get_tag (self) == FERMATA_TAG_OBJECT;
}

/* The elements of an array or the values of an object that has a block. */
static inline FermataValue **
fermata_value_get_slots (FermataValue *self)
{
  if (fermata_value_get_tag (self) == FERMATA_TAG_OBJECT)
    return ((FermataObjectBlock *) fermata_value_get_block (self))->values;
  return ((FermataArrayBlock *) fermata_value_get_block (self))->elements;
}

/* How many of them; 0 for anything else. */
static inline guint32
fermata_value_get_n_slots (FermataValue *self)
{
  if (!fermata_value_is_container (self))
    return 0;
  return ((FermataBlock *) fermata_value_get_block (self))->length;
}

/* The shape of an object that has a block. */
static inline FermataShape *
fermata_value_get_shape (FermataValue *self)
{
  return ((FermataObjectBlock *) fermata_value_get_block (self))->shape;
}

/* The name of a member, which may contain U+0000. */
static inline const FermataKey *
fermata_value_get_key (FermataValue *self,
                       gsize         index)
{
  return fermata_value_get_shape (self)->names[index];
}

/* An array or object with room for @n_slots, at least one, which the caller
 * fills before anybody sees it. An object takes the reference to @shape. */
FermataValue *fermata_value_alloc_array      (gsize                n_slots);
FermataValue *fermata_value_alloc_object     (FermataShape        *shape);

/* As their public namesakes without checking. */
FermataValue *fermata_value_new_valid_string (const char          *string,
                                              gsize                length);
FermataValue *fermata_value_new_finite       (double               number);

/* A number that neither an integer nor a double can hold. */
FermataValue *fermata_value_new_number_text  (const char          *text,
                                              gsize                length,
                                              double               nearest);

/* With the name's length, for names that contain U+0000. */
gboolean      fermata_value_find_name        (FermataValue        *self,
                                              const char          *name,
                                              gsize                length,
                                              gsize               *index);

/* The builder takes the reference to @value, and its own to @key. */
void          fermata_value_builder_take_name (FermataValueBuilder *self,
                                               const char          *name,
                                               gsize                length,
                                               FermataValue        *value);
void          fermata_value_builder_take_key  (FermataValueBuilder *self,
                                               FermataKey          *key,
                                               FermataValue        *value);

/* fermata_value_with_member() for who needs @self no more (transfer full). */
FermataValue *fermata_value_take_with_member (FermataValue *self,
                                              const char   *name,
                                              FermataValue *value);
FermataValue *fermata_value_new_like         (FermataValue *self,
                                              FermataValue *value);

G_END_DECLS
