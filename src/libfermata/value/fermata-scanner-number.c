/* fermata-scanner-number.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "value/fermata-decimal-private.h"
#include "value/fermata-scanner-private.h"

/* A number's text taken apart: mantissa times ten to the power of exponent. */
typedef struct {
  const char *end;
  guint64 mantissa;             /* of the first 19 digits */
  gint64 exponent;
  int n_digits;                 /* in mantissa */
  gboolean is_negative;
  gboolean is_whole;            /* neither fraction nor exponent */
  gboolean is_cut;              /* there were other digits than zeros behind those */
} Decimal;

#define MAX_MANTISSA_DIGITS 19

static inline const char *
read_digits (Decimal    *decimal,
             const char *at,
             const char *end,
             gboolean    is_fraction)
{
  for (; at < end && g_ascii_isdigit (*at); at++)
    {
      guint digit = (guint) (*at - '0');

      if (decimal->n_digits < MAX_MANTISSA_DIGITS)
        {
          decimal->mantissa = decimal->mantissa * 10 + digit;
          decimal->n_digits += decimal->mantissa != 0;
          decimal->exponent -= is_fraction;
        }
      else
        {
          decimal->is_cut |= digit != 0;
          decimal->exponent += !is_fraction;
        }
    }
  return at;
}

/* An exponent that is beyond all reason stays so, whatever its digits. */
static const char *
read_exponent (Decimal    *decimal,
               const char *at,
               const char *end)
{
  const gint64 limit = G_GINT64_CONSTANT (1) << 50;
  gboolean is_negative = at < end && *at == '-';
  const char *first;
  gint64 exponent = 0;

  if (at < end && (*at == '-' || *at == '+'))
    at++;
  for (first = at; at < end && g_ascii_isdigit (*at); at++)
    exponent = MIN (exponent * 10 + (*at - '0'), limit);
  decimal->exponent += is_negative ? -exponent : exponent;
  decimal->end = at;
  return at > first ? at : NULL;
}

static gboolean
fail (FermataScanner *self,
      const char     *at,
      const char     *expected)
{
  fermata_scanner_fail_expecting (self, at, expected);
  return FALSE;
}

static gboolean
read_decimal (FermataScanner *self,
              Decimal        *decimal)
{
  const char *at = self->at;
  const char *end = self->end;
  const char *first;

  decimal->is_negative = *at == '-';
  decimal->is_whole = TRUE;
  first = at += decimal->is_negative;
  at = read_digits (decimal, at, end, FALSE);
  if (at == first)
    return fail (self, at, "a digit");
  if (*first == '0' && at > first + 1)
    return fail (self, first + 1, "'.', 'e' or the end of the number after a leading 0");

  if (at < end && *at == '.')
    {
      decimal->is_whole = FALSE;
      first = ++at;
      at = read_digits (decimal, at, end, TRUE);
      if (at == first)
        return fail (self, at, "a digit after the point");
    }
  if (at < end && (*at == 'e' || *at == 'E'))
    {
      decimal->is_whole = FALSE;
      if (read_exponent (decimal, at + 1, end) == NULL)
        return fail (self, decimal->end, "a digit in the exponent");
      at = decimal->end;
    }
  decimal->end = at;
  return TRUE;
}

/* The C library is exact, but slow and needs a NUL. */
static double
convert_slowly (const char *text,
                gsize       length)
{
  char small[64];
  g_autofree char *large = NULL;

  if (length >= sizeof small)
    return g_ascii_strtod (large = g_strndup (text, length), NULL);
  memcpy (small, text, length);
  small[length] = '\0';
  return g_ascii_strtod (small, NULL);
}

static double
convert (const Decimal *decimal,
         const char    *text)
{
  double number;
  double next;

  if (!fermata_decimal_to_double (decimal->mantissa, decimal->exponent, &number))
    return convert_slowly (text, (gsize) (decimal->end - text));
  if (decimal->is_cut &&
      (!fermata_decimal_to_double (decimal->mantissa + 1, decimal->exponent, &next) ||
       next != number))
    return convert_slowly (text, (gsize) (decimal->end - text));
  return decimal->is_negative ? -number : number;
}

/* Whether a double says the same as all these digits. */
static gboolean
is_exact (double      number,
          const char *text,
          gsize       length)
{
  char exact[400];

  if (!isfinite (number) || length >= sizeof exact)
    return FALSE;
  return (gsize) snprintf (exact, sizeof exact, "%.0f", number) == length &&
         memcmp (exact, text, length) == 0;
}

FermataToken
fermata_scanner_read_number (FermataScanner *self)
{
  const guint64 limit = G_GUINT64_CONSTANT (1) << 63;
  Decimal decimal = { 0, };
  gboolean is_kept;

  if (!read_decimal (self, &decimal))
    return FERMATA_TOKEN_ERROR;
  self->string = self->at;
  self->length = (gsize) (decimal.end - self->at);
  self->at = decimal.end;
  self->expected = FERMATA_EXPECT_NEXT;

  if (decimal.mantissa == 0)
    {
      self->integer = 0;
      self->number = decimal.is_negative ? -0.0 : 0.0;
      return decimal.is_whole && !decimal.is_negative ? FERMATA_TOKEN_INTEGER
                                                      : FERMATA_TOKEN_NUMBER;
    }
  if (decimal.is_whole && decimal.exponent == 0 && decimal.mantissa < limit + decimal.is_negative)
    {
      self->integer = (gint64) (decimal.is_negative ? -decimal.mantissa : decimal.mantissa);
      return FERMATA_TOKEN_INTEGER;
    }
  self->number = convert (&decimal, self->string);
  if (decimal.is_whole)
    is_kept = is_exact (self->number, self->string, self->length);
  else
    is_kept = isfinite (self->number) && self->number != 0.0;
  return is_kept ? FERMATA_TOKEN_NUMBER : FERMATA_TOKEN_NUMBER_TEXT;
}
