/* fermata-value.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <math.h>
#include <string.h>

#include "value/fermata-utf8-private.h"
#include "value/fermata-value-private.h"

/* The exponents that fit in a word: 8 bits of the 11, around 1.0. */
#define MIN_DOUBLE_EXPONENT ((guint64) 896)
#define N_DOUBLE_EXPONENTS ((guint64) 256)

#define MIN_WORD_INTEGER (G_MININT64 >> FERMATA_TAG_BITS)
#define MAX_WORD_INTEGER (G_MAXINT64 >> FERMATA_TAG_BITS)

G_DEFINE_BOXED_TYPE (FermataValue, fermata_value, fermata_value_ref, fermata_value_unref)

/* Drops one reference; TRUE if it was the last of a block. Who holds the only
 * reference races with nobody, so needs no atomic subtraction. */
static inline gboolean
release (FermataValue *value)
{
  FermataBlock *block = fermata_value_get_block (value);

  if (!fermata_value_has_block (value))
    return FALSE;
  return g_atomic_int_get (&block->ref_count) == 1 ||
         g_atomic_int_dec_and_test (&block->ref_count);
}

static void
free_block (FermataValue *value)
{
  if (fermata_value_get_tag (value) == FERMATA_TAG_OBJECT)
    fermata_shape_unref (fermata_value_get_shape (value));
  g_free (fermata_value_get_block (value));
}

/* Frees a container and whatever only it holds, in constant space: the way
 * back up is kept in the slots of the children that are being freed. A dying
 * container's length counts the slots still to be emptied. */
static void
free_container (FermataValue *value)
{
  FermataValue *parent = NULL;

  while (value != NULL)
    {
      FermataBlock *block = fermata_value_get_block (value);
      FermataValue **slots = fermata_value_get_slots (value);

      if (block->length > 0)
        {
          FermataValue *child = slots[--block->length];

          if (!release (child))
            continue;
          if (!fermata_value_is_container (child))
            {
              free_block (child);
              continue;
            }
          slots[block->length] = parent;
          parent = value;
          value = child;
        }
      else
        {
          free_block (value);
          value = parent;
          if (value != NULL)
            parent = fermata_value_get_slots (value)[fermata_value_get_n_slots (value)];
        }
    }
}

/**
 * fermata_value_ref:
 * @self: a value
 *
 * Takes a reference. Any thread may do so.
 *
 * Returns: (transfer full): @self
 */
FermataValue *
fermata_value_ref (FermataValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (fermata_value_has_block (self))
    g_atomic_int_inc (&((FermataBlock *) fermata_value_get_block (self))->ref_count);
  return self;
}

/**
 * fermata_value_unref:
 * @self: (transfer full): a value
 *
 * Drops a reference. The last one frees the value, in constant stack space
 * however deep it is.
 */
void
fermata_value_unref (FermataValue *self)
{
  g_return_if_fail (self != NULL);

  if (!release (self))
    return;
  if (fermata_value_is_container (self))
    free_container (self);
  else
    free_block (self);
}

/**
 * fermata_value_new_null:
 *
 * Returns: (transfer full): null
 */
FermataValue *
fermata_value_new_null (void)
{
  return fermata_value_from_constant (FERMATA_CONSTANT_NULL);
}

/**
 * fermata_value_new_boolean:
 * @boolean: its value
 *
 * Returns: (transfer full): true or false
 */
FermataValue *
fermata_value_new_boolean (gboolean boolean)
{
  return fermata_value_from_constant (boolean ? FERMATA_CONSTANT_TRUE : FERMATA_CONSTANT_FALSE);
}

static FermataNumberBlock *
alloc_number (FermataNumberForm form,
              gsize             text_size)
{
  FermataNumberBlock *block = g_malloc (sizeof *block + text_size);

  block->ref_count = 1;
  block->form = form;
  return block;
}

/**
 * fermata_value_new_integer:
 * @integer: its value
 *
 * Returns: (transfer full): an integer
 */
FermataValue *
fermata_value_new_integer (gint64 integer)
{
  FermataNumberBlock *block;

  if (integer >= MIN_WORD_INTEGER && integer <= MAX_WORD_INTEGER)
    return (FermataValue *) (((guintptr) integer << FERMATA_TAG_BITS) | FERMATA_TAG_INTEGER);

  block = alloc_number (FERMATA_NUMBER_INTEGER, 0);
  block->integer = integer;
  return fermata_value_from_block (block, FERMATA_TAG_NUMBER);
}

/* With the sign moved to the low end, the exponent is on top, and taking the
 * least one that fits from it leaves three bits free. */
static FermataValue *
double_to_word (double number)
{
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);
  bits = (bits << 1) | (bits >> 63);
  if (bits <= 1)
    return fermata_value_from_constant (bits ? FERMATA_CONSTANT_NEGATIVE_ZERO
                                             : FERMATA_CONSTANT_ZERO);
  bits -= MIN_DOUBLE_EXPONENT << 53;
  if (bits >= N_DOUBLE_EXPONENTS << 53)
    return NULL;
  return (FermataValue *) ((bits << FERMATA_TAG_BITS) | FERMATA_TAG_DOUBLE);
}

static double
double_from_word (FermataValue *value)
{
  guint64 bits = ((guint64) value >> FERMATA_TAG_BITS) + (MIN_DOUBLE_EXPONENT << 53);
  double number;

  bits = (bits >> 1) | (bits << 63);
  memcpy (&number, &bits, sizeof number);
  return number;
}

FermataValue *
fermata_value_new_finite (double number)
{
  FermataValue *value = double_to_word (number);
  FermataNumberBlock *block;

  if (value != NULL)
    return value;
  block = alloc_number (FERMATA_NUMBER_DOUBLE, 0);
  block->number = number;
  return fermata_value_from_block (block, FERMATA_TAG_NUMBER);
}

/**
 * fermata_value_new_number:
 * @number: a finite number
 *
 * Makes a number, which is not the same as an integer: 1.0 is not 1.
 *
 * Not-a-number and the infinities have no JSON form: it is a programmer's
 * error to ask for them, and gives null.
 *
 * Returns: (transfer full): a number
 */
FermataValue *
fermata_value_new_number (double number)
{
  g_return_val_if_fail (isfinite (number), fermata_value_new_null ());

  return fermata_value_new_finite (number);
}

FermataValue *
fermata_value_new_number_text (const char *text,
                               gsize       length,
                               double      nearest)
{
  FermataNumberBlock *block = alloc_number (FERMATA_NUMBER_TEXT, length + 1);

  block->number = nearest;
  memcpy (block->text, text, length);
  block->text[length] = '\0';
  return fermata_value_from_block (block, FERMATA_TAG_NUMBER);
}

FermataValue *
fermata_value_new_valid_string (const char *string,
                                gsize       length)
{
  FermataStringBlock *block;

  if (length == 0)
    return fermata_value_from_constant (FERMATA_CONSTANT_EMPTY_STRING);

  block = g_malloc (sizeof *block + length + 1);
  block->block.ref_count = 1;
  block->block.length = (guint32) length;
  memcpy (block->text, string, length);
  block->text[length] = '\0';
  return fermata_value_from_block (block, FERMATA_TAG_STRING);
}

/**
 * fermata_value_new_string:
 * @string: UTF-8 text; may contain U+0000 if @length is given
 * @length: its bytes, or -1 if it ends with a NUL
 *
 * Makes a string. Text that is not UTF-8, or of 4 GiB and more, is a
 * programmer's error and gives null.
 *
 * Returns: (transfer full): a string
 */
FermataValue *
fermata_value_new_string (const char *string,
                          gssize      length)
{
  gsize n_bytes;

  g_return_val_if_fail (string != NULL, fermata_value_new_null ());
  n_bytes = length < 0 ? strlen (string) : (gsize) length;
  g_return_val_if_fail (n_bytes <= FERMATA_VALUE_MAX_LENGTH, fermata_value_new_null ());
  g_return_val_if_fail (fermata_utf8_is_valid (string, n_bytes), fermata_value_new_null ());

  return fermata_value_new_valid_string (string, n_bytes);
}

FermataValue *
fermata_value_alloc_array (gsize n_slots)
{
  FermataArrayBlock *block = g_malloc (sizeof *block + n_slots * sizeof *block->elements);

  block->block.ref_count = 1;
  block->block.length = (guint32) n_slots;
  return fermata_value_from_block (block, FERMATA_TAG_ARRAY);
}

/**
 * fermata_value_new_array:
 * @elements: (array length=n_elements) (transfer none) (nullable): the elements
 * @n_elements: how many
 *
 * Makes an array, which takes its own references to the elements.
 *
 * Returns: (transfer full): an array
 */
FermataValue *
fermata_value_new_array (FermataValue *const *elements,
                         gsize                n_elements)
{
  FermataValue *array;
  FermataValue **slots;

  g_return_val_if_fail (n_elements <= FERMATA_VALUE_MAX_LENGTH, fermata_value_new_null ());

  if (n_elements == 0)
    return fermata_value_new_empty_array ();
  array = fermata_value_alloc_array (n_elements);
  slots = fermata_value_get_slots (array);
  for (gsize i = 0; i < n_elements; i++)
    slots[i] = fermata_value_ref (elements[i]);
  return array;
}

/**
 * fermata_value_new_empty_array:
 *
 * Returns: (transfer full): `[]`
 */
FermataValue *
fermata_value_new_empty_array (void)
{
  return fermata_value_from_constant (FERMATA_CONSTANT_EMPTY_ARRAY);
}

/**
 * fermata_value_new_empty_object:
 *
 * Returns: (transfer full): `{}`
 */
FermataValue *
fermata_value_new_empty_object (void)
{
  return fermata_value_from_constant (FERMATA_CONSTANT_EMPTY_OBJECT);
}

static FermataValueKind
get_constant_kind (FermataConstant constant)
{
  static const guint8 kinds[] = {
    [FERMATA_CONSTANT_NULL] = FERMATA_VALUE_KIND_NULL,
    [FERMATA_CONSTANT_FALSE] = FERMATA_VALUE_KIND_BOOLEAN,
    [FERMATA_CONSTANT_TRUE] = FERMATA_VALUE_KIND_BOOLEAN,
    [FERMATA_CONSTANT_ZERO] = FERMATA_VALUE_KIND_NUMBER,
    [FERMATA_CONSTANT_NEGATIVE_ZERO] = FERMATA_VALUE_KIND_NUMBER,
    [FERMATA_CONSTANT_EMPTY_STRING] = FERMATA_VALUE_KIND_STRING,
    [FERMATA_CONSTANT_EMPTY_ARRAY] = FERMATA_VALUE_KIND_ARRAY,
    [FERMATA_CONSTANT_EMPTY_OBJECT] = FERMATA_VALUE_KIND_OBJECT,
  };

  return kinds[constant];
}

/**
 * fermata_value_get_kind:
 * @self: a value
 *
 * Returns: what it is
 */
FermataValueKind
fermata_value_get_kind (FermataValue *self)
{
  g_return_val_if_fail (self != NULL, FERMATA_VALUE_KIND_NULL);

  switch (fermata_value_get_tag (self))
    {
    case FERMATA_TAG_INTEGER:
      return FERMATA_VALUE_KIND_INTEGER;
    case FERMATA_TAG_DOUBLE:
      return FERMATA_VALUE_KIND_NUMBER;
    case FERMATA_TAG_STRING:
      return FERMATA_VALUE_KIND_STRING;
    case FERMATA_TAG_ARRAY:
      return FERMATA_VALUE_KIND_ARRAY;
    case FERMATA_TAG_OBJECT:
      return FERMATA_VALUE_KIND_OBJECT;
    case FERMATA_TAG_NUMBER:
      return ((FermataNumberBlock *) fermata_value_get_block (self))->form == FERMATA_NUMBER_INTEGER
               ? FERMATA_VALUE_KIND_INTEGER
               : FERMATA_VALUE_KIND_NUMBER;
    case FERMATA_TAG_CONSTANT:
    case FERMATA_TAG_NONE:
    default:
      return get_constant_kind (fermata_value_get_constant (self));
    }
}

/**
 * fermata_value_kind_to_string:
 * @kind: a kind
 *
 * Returns: (transfer none): its name for messages: `null`, `boolean`,
 *   `integer`, `number`, `string`, `array` or `object`
 */
const char *
fermata_value_kind_to_string (FermataValueKind kind)
{
  static const char *const names[] = {
    [FERMATA_VALUE_KIND_NULL] = "null",
    [FERMATA_VALUE_KIND_BOOLEAN] = "boolean",
    [FERMATA_VALUE_KIND_INTEGER] = "integer",
    [FERMATA_VALUE_KIND_NUMBER] = "number",
    [FERMATA_VALUE_KIND_STRING] = "string",
    [FERMATA_VALUE_KIND_ARRAY] = "array",
    [FERMATA_VALUE_KIND_OBJECT] = "object",
  };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (names), NULL);

  return names[kind];
}

/**
 * fermata_value_is_null:
 * @self: a value
 *
 * Returns: whether it is null
 */
gboolean
fermata_value_is_null (FermataValue *self)
{
  return self == fermata_value_new_null ();
}

/**
 * fermata_value_get_boolean:
 * @self: a value
 *
 * Returns: the value of a boolean; %FALSE for anything else
 */
gboolean
fermata_value_get_boolean (FermataValue *self)
{
  return self == fermata_value_new_boolean (TRUE);
}

/**
 * fermata_value_get_integer:
 * @self: a value
 *
 * Returns: the value of an integer; 0 for anything else, a number included
 */
gint64
fermata_value_get_integer (FermataValue *self)
{
  FermataNumberBlock *block = fermata_value_get_block (self);

  g_return_val_if_fail (self != NULL, 0);

  if (fermata_value_get_tag (self) == FERMATA_TAG_INTEGER)
    return (gint64) self >> FERMATA_TAG_BITS;
  if (fermata_value_get_tag (self) == FERMATA_TAG_NUMBER && block->form == FERMATA_NUMBER_INTEGER)
    return block->integer;
  return 0;
}

/**
 * fermata_value_get_number:
 * @self: a value
 *
 * Returns: the value of a number, or the double nearest to an integer; for a
 *   number that keeps its text the double nearest to it, which may be 0 or
 *   infinite; 0 for anything else
 */
double
fermata_value_get_number (FermataValue *self)
{
  FermataNumberBlock *block = fermata_value_get_block (self);

  g_return_val_if_fail (self != NULL, 0.0);

  switch (fermata_value_get_tag (self))
    {
    case FERMATA_TAG_INTEGER:
      return (double) fermata_value_get_integer (self);
    case FERMATA_TAG_DOUBLE:
      return double_from_word (self);
    case FERMATA_TAG_NUMBER:
      return block->form == FERMATA_NUMBER_INTEGER ? (double) block->integer : block->number;
    case FERMATA_TAG_CONSTANT:
      return fermata_value_get_constant (self) == FERMATA_CONSTANT_NEGATIVE_ZERO ? -0.0 : 0.0;
    case FERMATA_TAG_NONE:
    case FERMATA_TAG_STRING:
    case FERMATA_TAG_ARRAY:
    case FERMATA_TAG_OBJECT:
    default:
      return 0.0;
    }
}

/**
 * fermata_value_get_number_text:
 * @self: a value
 *
 * Returns: (transfer none) (nullable): the text of a number that neither an
 *   integer nor a double can hold, as it was read; %NULL for anything else
 */
const char *
fermata_value_get_number_text (FermataValue *self)
{
  FermataNumberBlock *block = fermata_value_get_block (self);

  g_return_val_if_fail (self != NULL, NULL);

  if (fermata_value_get_tag (self) == FERMATA_TAG_NUMBER && block->form == FERMATA_NUMBER_TEXT)
    return block->text;
  return NULL;
}

/**
 * fermata_value_get_string:
 * @self: a value
 * @length: (out) (optional): its length in bytes, without the NUL at its end
 *
 * Returns: (transfer none) (nullable): the text of a string, ending with a NUL
 *   but possibly containing others; %NULL for anything else
 */
const char *
fermata_value_get_string (FermataValue *self,
                          gsize        *length)
{
  FermataStringBlock *block = fermata_value_get_block (self);

  g_return_val_if_fail (self != NULL, NULL);

  if (fermata_value_get_tag (self) == FERMATA_TAG_STRING)
    {
      if (length != NULL)
        *length = block->block.length;
      return block->text;
    }
  if (length != NULL)
    *length = 0;
  return self == fermata_value_from_constant (FERMATA_CONSTANT_EMPTY_STRING) ? "" : NULL;
}

/**
 * fermata_value_get_length:
 * @self: a value
 *
 * Returns: how many elements an array or members an object has; 0 for
 *   anything else
 */
gsize
fermata_value_get_length (FermataValue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return fermata_value_get_n_slots (self);
}

/**
 * fermata_value_get_element:
 * @self: a value
 * @index: less than its length
 *
 * Gives an element of an array, or the value of a member of an object by its
 * place in their order.
 *
 * Returns: (transfer none) (nullable): the element; %NULL if @self is neither
 *   an array nor an object
 */
FermataValue *
fermata_value_get_element (FermataValue *self,
                           gsize         index)
{
  FermataValueKind kind = fermata_value_get_kind (self);

  if (kind != FERMATA_VALUE_KIND_ARRAY && kind != FERMATA_VALUE_KIND_OBJECT)
    return NULL;
  g_return_val_if_fail (index < fermata_value_get_n_slots (self), NULL);

  return fermata_value_get_slots (self)[index];
}
