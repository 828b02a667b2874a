/* fermata-value-numbers.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-value-numbers-private.h"

#include <math.h>

#include "value/fermata-decimal-private.h"

static int
compare_integer_with_double (gint64 integer,
                             double number)
{
  gint64 whole;

  if (number >= 0x1p63)
    return -1;
  if (number < -0x1p63)
    return 1;

  whole = (gint64) number;
  if (integer != whole)
    return integer < whole ? -1 : 1;
  return (number < (double) whole) - (number > (double) whole);
}

int
fermata_value_compare_numbers (FermataValue *a,
                               FermataValue *b)
{
  gboolean a_is_integer = fermata_value_get_kind (a) == FERMATA_VALUE_KIND_INTEGER;
  gboolean b_is_integer = fermata_value_get_kind (b) == FERMATA_VALUE_KIND_INTEGER;
  double x, y;

  if (a_is_integer && b_is_integer)
    {
      gint64 i = fermata_value_get_integer (a), j = fermata_value_get_integer (b);

      return (i > j) - (i < j);
    }
  if (a_is_integer)
    return compare_integer_with_double (fermata_value_get_integer (a), fermata_value_get_number (b));
  if (b_is_integer)
    return -compare_integer_with_double (fermata_value_get_integer (b), fermata_value_get_number (a));

  x = fermata_value_get_number (a);
  y = fermata_value_get_number (b);
  return (x > y) - (x < y);
}

gboolean
fermata_value_is_same_number (FermataValue *a,
                              FermataValue *b)
{
  const char *a_text = fermata_value_get_number_text (a);
  const char *b_text = fermata_value_get_number_text (b);

  if (a_text != NULL || b_text != NULL)
    return g_strcmp0 (a_text, b_text) == 0;
  return fermata_value_compare_numbers (a, b) == 0;
}

/* Digits times ten to the power of the exponent; the last digit is no zero. */
typedef struct {
  char digits[FERMATA_DECIMAL_MAX_LENGTH + 1];
  const char *text;         /* of them, possibly with a point among them */
  gsize length;
  gint64 exponent;
  gboolean is_zero;
} Decimal;

/* Gives how many of the digits of a text stand behind its point. */
static gsize
count_behind_point (const char *text,
                    gsize       length)
{
  const char *point = memchr (text, '.', length);

  return point != NULL ? length - (gsize) (point - text) - 1 : 0;
}

static void
decimal_from_text (Decimal    *self,
                   const char *text)
{
  gsize behind;
  gint64 exponent = 0;

  if (*text == '-')
    text++;
  self->text = text;
  self->length = strcspn (text, "eE");
  if (text[self->length] != '\0')
    exponent = CLAMP (g_ascii_strtoll (text + self->length + 1, NULL, 10), -(G_MAXINT64 / 4), G_MAXINT64 / 4);

  behind = count_behind_point (text, self->length);
  exponent -= (gint64) behind;

  while (self->length > 0 && (text[self->length - 1] == '0' || text[self->length - 1] == '.'))
    {
      if (text[self->length - 1] == '0')
        exponent++;
      self->length--;
    }

  self->exponent = exponent;
  self->is_zero = self->length == 0;
}

static void
decimal_init (Decimal      *self,
              FermataValue *number)
{
  const char *text = fermata_value_get_number_text (number);
  gsize length;

  if (text == NULL)
    {
      if (fermata_value_get_kind (number) == FERMATA_VALUE_KIND_INTEGER)
        length = fermata_decimal_print_integer (fermata_value_get_integer (number), self->digits);
      else
        length = fermata_decimal_print_double (fermata_value_get_number (number), self->digits);
      self->digits[length] = '\0';
      text = self->digits;
    }
  decimal_from_text (self, text);
}

static guint64
multiply (guint64 a,
          guint64 b,
          guint64 modulus)
{
  return (guint64) ((unsigned __int128) a * b % modulus);
}

/* Ten to the power of @exponent. */
static guint64
power_of_ten (guint64 exponent,
              guint64 modulus)
{
  guint64 power = 1 % modulus;
  guint64 base = 10 % modulus;

  for (; exponent > 0; exponent >>= 1)
    {
      if (exponent & 1)
        power = multiply (power, base, modulus);
      base = multiply (base, base, modulus);
    }
  return power;
}

/* Its digits as a number. */
static guint64
decimal_remainder (const Decimal *self,
                   guint64        modulus)
{
  unsigned __int128 remainder = 0;

  for (gsize i = 0; i < self->length; i++)
    {
      if (self->text[i] != '.')
        remainder = (remainder * 10 + (guint) (self->text[i] - '0')) % modulus;
    }
  return (guint64) remainder;
}

gboolean
fermata_value_is_whole (FermataValue *number)
{
  Decimal decimal;
  double rounded;

  if (fermata_value_get_kind (number) == FERMATA_VALUE_KIND_INTEGER)
    return TRUE;

  if (fermata_value_get_number_text (number) == NULL)
    {
      rounded = trunc (fermata_value_get_number (number));
      return !(rounded < fermata_value_get_number (number)) && !(rounded > fermata_value_get_number (number));
    }
  decimal_init (&decimal, number);
  return decimal.is_zero || decimal.exponent >= 0;
}

gboolean
fermata_value_is_multiple (FermataValue *number,
                           FermataValue *multiple)
{
  Decimal a, b;
  guint64 modulus;

  decimal_init (&a, number);
  decimal_init (&b, multiple);

  if (a.is_zero)
    return TRUE;
  /* Its last digit, which is no zero, would stand behind all of the other's */
  if (a.exponent < b.exponent)
    return FALSE;

  modulus = decimal_remainder (&b, G_MAXUINT64);
  return multiply (decimal_remainder (&a, modulus),
                   power_of_ten ((guint64) (a.exponent - b.exponent), modulus), modulus) == 0;
}
