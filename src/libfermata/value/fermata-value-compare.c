/* fermata-value-compare.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-value-numbers-private.h"
#include "value/fermata-value-private.h"

/* Two containers of the same kind and length whose slots are being compared. */
typedef struct {
  FermataValue *a;
  FermataValue *b;
  guint32 next;
} Pair;

static gboolean
are_numbers_equal (const FermataNumberBlock *a,
                   const FermataNumberBlock *b)
{
  if (a->form != b->form)
    return FALSE;
  if (a->form == FERMATA_NUMBER_TEXT)
    return strcmp (a->text, b->text) == 0;
  return a->integer == b->integer;      /* or the bits of the doubles */
}

static gboolean
are_strings_equal (const FermataStringBlock *a,
                   const FermataStringBlock *b)
{
  return a->block.length == b->block.length && memcmp (a->text, b->text, a->block.length) == 0;
}

/* Sets @is_pair if it depends on what they contain. With @as_numbers, 1 and
 * 1.0 are the same. */
static inline gboolean
compare_one (FermataValue *a,
             FermataValue *b,
             gboolean      as_numbers,
             gboolean     *is_pair)
{
  *is_pair = FALSE;
  if (a == b)
    return TRUE;
  if (as_numbers && fermata_value_is_number (a) && fermata_value_is_number (b))
    return fermata_value_is_same_number (a, b);
  if (fermata_value_get_tag (a) != fermata_value_get_tag (b) || !fermata_value_has_block (a))
    return FALSE;
  if (fermata_value_get_tag (a) == FERMATA_TAG_STRING)
    return are_strings_equal (fermata_value_get_block (a), fermata_value_get_block (b));
  if (fermata_value_get_tag (a) == FERMATA_TAG_NUMBER)
    return are_numbers_equal (fermata_value_get_block (a), fermata_value_get_block (b));
  *is_pair = TRUE;
  return fermata_value_get_n_slots (a) == fermata_value_get_n_slots (b);
}

/* What in @b belongs to slot @i of @a; NULL if nothing does. */
static FermataValue *
get_counterpart (FermataValue *a,
                 FermataValue *b,
                 gsize         i)
{
  gsize position;

  if (fermata_value_get_tag (a) == FERMATA_TAG_ARRAY ||
      fermata_value_get_shape (a) == fermata_value_get_shape (b))
    return fermata_value_get_slots (b)[i];
  if (!fermata_shape_find_key (fermata_value_get_shape (b), fermata_value_get_key (a, i),
                               &position))
    return NULL;
  return fermata_value_get_slots (b)[position];
}

static gboolean
compare (FermataValue *a,
         FermataValue *b,
         gboolean      as_numbers)
{
  g_autoptr (GArray) pairs = NULL;
  gboolean is_pair;

  if (!compare_one (a, b, as_numbers, &is_pair))
    return FALSE;
  if (!is_pair)
    return TRUE;

  pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  g_array_append_val (pairs, ((Pair) { a, b, 0 }));
  while (pairs->len > 0)
    {
      Pair *pair = &g_array_index (pairs, Pair, pairs->len - 1);
      Pair inner = { NULL, NULL, 0 };

      if (pair->next == fermata_value_get_n_slots (pair->a))
        {
          g_array_set_size (pairs, pairs->len - 1);
          continue;
        }
      inner.a = fermata_value_get_slots (pair->a)[pair->next];
      inner.b = get_counterpart (pair->a, pair->b, pair->next++);
      if (inner.b == NULL || !compare_one (inner.a, inner.b, as_numbers, &is_pair))
        return FALSE;
      if (is_pair)
        g_array_append_val (pairs, inner);
    }
  return TRUE;
}

/**
 * fermata_value_equal:
 * @a: a value
 * @b: another
 *
 * Compares two values. They are equal if they are of the same kind and have
 * the same value: the integer 1 is not the number 1.0, and 0.0 is not -0.0.
 * Numbers that keep their text are equal if their texts are. Arrays are
 * compared in order, objects whatever the order of their members.
 *
 * Returns: whether they are equal
 */
gboolean
fermata_value_equal (FermataValue *a,
                     FermataValue *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return compare (a, b, FALSE);
}

gboolean
fermata_value_is_same (FermataValue *a,
                       FermataValue *b)
{
  return compare (a, b, TRUE);
}

static inline guint64
scramble (guint64 bits)
{
  bits *= G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return bits ^ (bits >> 29);
}

static guint64
hash_number (FermataValue *value)
{
  union {
    double number;
    guint64 bits;
  } word = { .number = fermata_value_get_number (value) + 0.0 };     /* -0.0 becomes 0.0 */

  return scramble (word.bits);
}

/* Of whatever is not a container with something in it. */
static inline guint64
hash_scalar (FermataValue *value,
             gboolean      as_numbers)
{
  const FermataNumberBlock *number = fermata_value_get_block (value);
  const FermataStringBlock *string = fermata_value_get_block (value);

  if (as_numbers && fermata_value_is_number (value))
    return hash_number (value);
  if (fermata_value_get_tag (value) == FERMATA_TAG_STRING)
    return fermata_key_hash (string->text, string->block.length);
  if (fermata_value_get_tag (value) != FERMATA_TAG_NUMBER)
    return scramble ((guintptr) value);
  if (number->form == FERMATA_NUMBER_TEXT)
    return fermata_key_hash (number->text, strlen (number->text));
  return scramble ((guint64) number->integer + number->form);
}

/* A container whose slots are being hashed. */
typedef struct {
  FermataValue *value;
  guint32 next;
  guint64 hash;
} Sum;

/* The order counts in an array but not in an object. */
static void
add_to_sum (Sum     *sum,
            guint64  hash)
{
  if (fermata_value_get_tag (sum->value) == FERMATA_TAG_ARRAY)
    sum->hash = scramble (sum->hash + hash);
  else
    sum->hash += scramble (hash ^ fermata_value_get_key (sum->value, sum->next)->hash);
  sum->next++;
}

static guint
hash (FermataValue *self,
      gboolean      as_numbers)
{
  g_autoptr (GArray) sums = NULL;
  guint64 sum_hash;

  if (!fermata_value_is_container (self))
    return (guint) hash_scalar (self, as_numbers);

  sums = g_array_new (FALSE, FALSE, sizeof (Sum));
  g_array_append_val (sums, ((Sum) { self, 0, fermata_value_get_n_slots (self) }));
  for (;;)
    {
      Sum *sum = &g_array_index (sums, Sum, sums->len - 1);
      FermataValue *inner;

      if (sum->next == fermata_value_get_n_slots (sum->value))
        {
          sum_hash = scramble (sum->hash + fermata_value_get_tag (sum->value));
          g_array_set_size (sums, sums->len - 1);
          if (sums->len == 0)
            return (guint) sum_hash;
          add_to_sum (&g_array_index (sums, Sum, sums->len - 1), sum_hash);
          continue;
        }
      inner = fermata_value_get_slots (sum->value)[sum->next];
      if (fermata_value_is_container (inner))
        g_array_append_val (sums, ((Sum) { inner, 0, fermata_value_get_n_slots (inner) }));
      else
        add_to_sum (sum, hash_scalar (inner, as_numbers));
    }
}

/**
 * fermata_value_hash:
 * @self: a value
 *
 * Returns: a hash, the same for equal values within one process (not from one
 *   process to another)
 */
guint
fermata_value_hash (FermataValue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return hash (self, FALSE);
}

guint
fermata_value_hash_same (FermataValue *self)
{
  return hash (self, TRUE);
}
