/* fermata-decimal.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Doubles from and to decimal text, both by way of one table: the first 128
 * bits of each power of ten.
 *
 * Reading follows D. Lemire, "Number parsing at a gigabyte per second" (2021):
 * the product with the first 64 bits of the power, or with all 128, decides
 * the nearest double unless it falls next to a boundary; then it says so, and
 * the C library, which is slow and exact, decides.
 *
 * Writing follows R. Giulietti, "The Schubfach way to render doubles" (2020):
 * of the decimals between a double's neighbours' midpoints, at most one has
 * the fewest digits, or the nearest is taken, with integer arithmetic alone. */

#include <string.h>

#include "value/fermata-decimal-private.h"

__extension__ typedef unsigned __int128 uint128;

#define MIN_POWER (-348)
#define MAX_POWER 347
#define N_POWERS (MAX_POWER - MIN_POWER + 1)

#define MANTISSA_BITS 52
#define EXPONENT_BIAS 1023
#define EXPONENT_MASK 0x7ff
#define HIDDEN_BIT (G_GUINT64_CONSTANT (1) << MANTISSA_BITS)

/* Ten to the power of MIN_POWER + i, cut off after the highest 128 bits. */
static uint128 powers[N_POWERS];

/* A big number in 32-bit limbs, the lowest first. It holds 10^347, and 2^1407
 * divided by 10^348 is still more than 128 bits long. */
#define N_LIMBS 44

static uint128
get_high_bits (const guint32 *limbs)
{
  uint128 high = 0;
  int top = N_LIMBS - 1;
  int shift;

  while (limbs[top] == 0)
    top--;
  shift = __builtin_clz (limbs[top]);
  for (int i = top; i > top - 4; i--)
    high = (high << 32) | (i >= 0 ? limbs[i] : 0);
  if (shift > 0)
    high = (high << shift) | (top >= 4 ? limbs[top - 4] >> (32 - shift) : 0);
  return high;
}

static void
multiply_by_ten (guint32 *limbs)
{
  guint64 carry = 0;

  for (int i = 0; i < N_LIMBS; i++)
    {
      carry += (guint64) limbs[i] * 10;
      limbs[i] = (guint32) carry;
      carry >>= 32;
    }
}

/* Cutting off at each step gives the same as cutting off once in the end. */
static void
divide_by_ten (guint32 *limbs)
{
  guint64 rest = 0;

  for (int i = N_LIMBS - 1; i >= 0; i--)
    {
      rest = (rest << 32) | limbs[i];
      limbs[i] = (guint32) (rest / 10);
      rest %= 10;
    }
}

static void
fill_powers (void)
{
  guint32 limbs[N_LIMBS] = { 1, };

  for (int power = 0; power <= MAX_POWER; power++)
    {
      powers[power - MIN_POWER] = get_high_bits (limbs);
      multiply_by_ten (limbs);
    }

  memset (limbs, 0, sizeof limbs);
  limbs[N_LIMBS - 1] = G_GUINT64_CONSTANT (1) << 31;
  for (int power = -1; power >= MIN_POWER; power--)
    {
      divide_by_ten (limbs);
      powers[power - MIN_POWER] = get_high_bits (limbs);
    }
}

/* Filling takes less time than reading the table from a file would. */
static uint128
get_power (int power)
{
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      fill_powers ();
      g_once_init_leave (&ready, 1);
    }
  return powers[power - MIN_POWER];
}

/* floor (log2 (10^power)) */
static int
get_binary_exponent (int power)
{
  return (power * 1741647) >> 19;
}

static double
double_from_bits (guint64 bits)
{
  double number;

  memcpy (&number, &bits, sizeof number);
  return number;
}

/* Both factors, and so the result up to one rounding, are exact. */
static gboolean
to_double_exactly (guint64  mantissa,
                   gint64   exponent,
                   double  *number)
{
  static const double exact[] = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  };

  if (mantissa >= 2 * HIDDEN_BIT || exponent < -22 || exponent > 22)
    return FALSE;
  if (exponent < 0)
    *number = (double) mantissa / exact[-exponent];
  else
    *number = (double) mantissa * exact[exponent];
  return TRUE;
}

/* The first 128 bits of the product, less at most one in the last place. FALSE
 * if what is missing could change the bits above the lowest 73. */
static gboolean
multiply_power (guint64  mantissa,
                int      exponent,
                uint128 *product)
{
  uint128 power = get_power (exponent);
  uint128 high = (uint128) mantissa * (guint64) (power >> 64);
  uint128 low;

  if (((guint64) (high >> 64) & 0x1ff) == 0x1ff && (guint64) high + mantissa < mantissa)
    {
      low = (uint128) mantissa * (guint64) power;
      high += low >> 64;
      if (((guint64) (high >> 64) & 0x1ff) == 0x1ff && (guint64) high == G_MAXUINT64 &&
          (guint64) low + mantissa < mantissa)
        return FALSE;
    }
  *product = high;
  return TRUE;
}

gboolean
fermata_decimal_to_double (guint64  mantissa,
                           gint64   exponent,
                           double  *number)
{
  uint128 product;
  guint64 high;
  guint64 bits;
  int shift;
  int top;
  int biased;

  if (mantissa == 0)
    {
      *number = 0.0;
      return TRUE;
    }
  if (to_double_exactly (mantissa, exponent, number))
    return TRUE;
  if (exponent < MIN_POWER || exponent > MAX_POWER)
    return FALSE;

  shift = __builtin_clzll (mantissa);
  if (!multiply_power (mantissa << shift, (int) exponent, &product))
    return FALSE;

  /* 54 bits: one more than a double has, to round by. */
  high = (guint64) (product >> 64);
  top = (int) (high >> 63);
  bits = high >> (top + 9);
  biased = get_binary_exponent ((int) exponent) + 63 - shift + top + EXPONENT_BIAS;

  /* It may lie just half way between two doubles. */
  if ((guint64) product == 0 && (high & 0x1ff) == 0 && (bits & 3) == 1)
    return FALSE;

  bits = (bits + (bits & 1)) >> 1;
  if (bits >= 2 * HIDDEN_BIT)
    {
      bits >>= 1;
      biased++;
    }
  if (biased <= 0 || biased >= EXPONENT_MASK)
    return FALSE;
  *number = double_from_bits (((guint64) biased << MANTISSA_BITS) | (bits & (HIDDEN_BIT - 1)));
  return TRUE;
}

/* The product's integer part; its lowest bit is set as well if something other
 * than the error of @power is behind the point, so that comparisons with
 * integers come out right. */
static guint64
multiply_to_odd (uint128 power,
                 guint64 factor)
{
  uint128 low = (uint128) factor * (guint64) power;
  uint128 high = (uint128) factor * (guint64) (power >> 64) + (low >> 64);

  return (guint64) (high >> 64) | ((guint64) high > 1);
}

/* The power of ten, not less than it is. */
static uint128
get_upper_power (int power)
{
  gboolean is_exact = power >= 0 && power <= 55;

  return get_power (power) + (is_exact ? 0 : 1);
}

/* The double is c times two to the power of q. */
static void
find_shortest (guint64  c,
               int      q,
               gboolean is_lower_closer,
               guint64 *mantissa,
               int     *exponent)
{
  /* The power of ten just below the distance to the neighbours. */
  int k = (q * 1262611 - (is_lower_closer ? 524031 : 0)) >> 22;
  int h = q + get_binary_exponent (-k) + 1;
  uint128 power = get_upper_power (-k);

  /* The double and the midpoints to its neighbours, four times each, in units
   * of ten to the power of k. A midpoint counts only if c is even. */
  guint64 value = multiply_to_odd (power, (4 * c) << h);
  guint64 lower = multiply_to_odd (power, (4 * c - 2 + is_lower_closer) << h) + (c & 1);
  guint64 upper = multiply_to_odd (power, (4 * c + 2) << h) - (c & 1);
  guint64 s = value / 4;
  gboolean is_below_inside;
  gboolean is_above_inside;

  if (s >= 10)
    {
      guint64 tens = s / 10;

      is_below_inside = lower <= 40 * tens;
      is_above_inside = 40 * tens + 40 <= upper;
      if (is_below_inside != is_above_inside)
        {
          *mantissa = tens + is_above_inside;
          *exponent = k + 1;
          return;
        }
    }

  is_below_inside = lower <= 4 * s;
  is_above_inside = 4 * s + 4 <= upper;
  if (is_below_inside != is_above_inside)
    *mantissa = s + is_above_inside;
  else
    *mantissa = s + (value > 4 * s + 2 || (value == 4 * s + 2 && (s & 1)));
  *exponent = k;
}

void
fermata_decimal_from_double (double   number,
                             guint64 *mantissa,
                             int     *exponent)
{
  guint64 bits;
  guint64 fraction;
  int biased;

  memcpy (&bits, &number, sizeof bits);
  fraction = bits & (HIDDEN_BIT - 1);
  biased = (int) (bits >> MANTISSA_BITS) & EXPONENT_MASK;

  if (biased == 0)
    find_shortest (fraction, 1 - EXPONENT_BIAS - MANTISSA_BITS, FALSE, mantissa, exponent);
  else
    find_shortest (fraction | HIDDEN_BIT, biased - EXPONENT_BIAS - MANTISSA_BITS,
                   fraction == 0 && biased > 1, mantissa, exponent);

  while (*mantissa % 10 == 0)
    {
      *mantissa /= 10;
      *exponent += 1;
    }
}

/* Writes the digits so that they end at @end, and returns where they begin. */
static char *
print_digits (guint64  number,
              char    *end)
{
  do
    {
      *--end = (char) ('0' + number % 10);
      number /= 10;
    }
  while (number > 0);
  return end;
}

gsize
fermata_decimal_print_integer (gint64  integer,
                               char   *buffer)
{
  char digits[FERMATA_DECIMAL_MAX_LENGTH];
  char *end = digits + sizeof digits;
  char *begin = print_digits (integer < 0 ? -(guint64) integer : (guint64) integer, end);

  if (integer < 0)
    *--begin = '-';
  memcpy (buffer, begin, (gsize) (end - begin));
  return (gsize) (end - begin);
}

/* 1.5e300 */
static char *
print_scientific (char       *to,
                  const char *digits,
                  int         n_digits,
                  int         exponent)
{
  *to++ = digits[0];
  if (n_digits > 1)
    {
      *to++ = '.';
      memcpy (to, digits + 1, (gsize) n_digits - 1);
      to += n_digits - 1;
    }
  *to++ = 'e';
  return to + fermata_decimal_print_integer (exponent, to);
}

/* 1500.0, 1.5, 0.0015: @point digits before the point */
static char *
print_positional (char       *to,
                  const char *digits,
                  int         n_digits,
                  int         point)
{
  int n_whole = CLAMP (point, 0, n_digits);

  memcpy (to, digits, (gsize) n_whole);
  to += n_whole;
  for (int i = n_whole; i < MAX (point, 1); i++)
    *to++ = '0';
  *to++ = '.';
  for (int i = point; i < 0; i++)
    *to++ = '0';
  memcpy (to, digits + n_whole, (gsize) (n_digits - n_whole));
  to += n_digits - n_whole;
  if (n_whole == n_digits)
    *to++ = '0';
  return to;
}

gsize
fermata_decimal_print_double (double  number,
                              char   *buffer)
{
  char storage[FERMATA_DECIMAL_MAX_LENGTH];
  char *end = storage + sizeof storage;
  char *digits;
  char *to = buffer;
  guint64 mantissa = 0;
  int exponent = 0;
  int n_digits;

  if (__builtin_signbit (number))
    *to++ = '-';
  if (number != 0.0)
    fermata_decimal_from_double (__builtin_fabs (number), &mantissa, &exponent);
  digits = print_digits (mantissa, end);
  n_digits = (int) (end - digits);
  if (exponent + n_digits > 16 || exponent + n_digits < -3)
    to = print_scientific (to, digits, n_digits, exponent + n_digits - 1);
  else
    to = print_positional (to, digits, n_digits, exponent + n_digits);
  return (gsize) (to - buffer);
}
