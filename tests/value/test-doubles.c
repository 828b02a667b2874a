/* test-doubles.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Doubles as text: reading back gives the same bits, and no shorter text, nor
 * another as short that is nearer, would do. `-m slow` tries many more. */

#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"
#include "value/random-value.h"

static guint64
get_bits (double number)
{
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);
  return bits;
}

static double
from_bits (guint64 bits)
{
  double number;

  memcpy (&number, &bits, sizeof number);
  return number;
}

static char *
write_number (double number)
{
  g_autoptr (FermataValue) value = fermata_value_new_number (number);

  return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
}

/* The significant digits, without zeros at either end. */
static char *
get_digits (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (; *text != '\0' && *text != 'e'; text++)
    {
      if (g_ascii_isdigit (*text) && (digits->len > 0 || *text != '0'))
        g_string_append_c (digits, *text);
    }
  while (digits->len > 0 && digits->str[digits->len - 1] == '0')
    g_string_truncate (digits, digits->len - 1);
  return g_string_free (digits, FALSE);
}

/* The shortest that the C library can make; it tries the nearest decimal of
 * each length only. */
static char *
search_digits (double number)
{
  char text[40];

  for (int n = 0; n < 17; n++)
    {
      g_snprintf (text, sizeof text, "%.*e", n, number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }
  return get_digits (text);
}

static void
assert_shortest (double number)
{
  g_autofree char *text = write_number (number);
  g_autofree char *digits = get_digits (text);
  g_autofree char *searched = search_digits (number);

  if (strlen (digits) > strlen (searched) ||
      (strlen (digits) == strlen (searched) && strcmp (digits, searched) != 0))
    g_error ("%.17g is written as %s, where the digits %s would do", number, text, searched);
}

/* By our own reader and by the C library's. */
static void
assert_reads_back (double number)
{
  g_autofree char *text = write_number (number);
  g_autoptr (FermataValue) value = fermata_value_parse (text, -1, NULL);

  if (value == NULL || fermata_value_get_kind (value) != FERMATA_VALUE_KIND_NUMBER ||
      get_bits (fermata_value_get_number (value)) != get_bits (number) ||
      get_bits (g_ascii_strtod (text, NULL)) != get_bits (number))
    g_error ("%.17g is written as %s, which is another number", number, text);
}

static guint
get_n_tries (guint n_quick)
{
  return g_test_slow () ? 100 * n_quick : n_quick;
}

static void
test_random (void)
{
  for (guint i = get_n_tries (300000); i > 0; i--)
    assert_reads_back (random_double ());
}

static void
test_random_shortest (void)
{
  for (guint i = get_n_tries (30000); i > 0; i--)
    assert_shortest (random_double ());
}

/* Numbers such as people write. */
static void
test_random_short (void)
{
  for (guint i = get_n_tries (100000); i > 0; i--)
    {
      double number = g_test_rand_int_range (-1000000, 1000000) / 1000.0;

      assert_reads_back (number);
      if (number != 0.0)
        assert_shortest (number);
    }
}

static void
test_subnormal (void)
{
  for (guint i = get_n_tries (30000); i > 0; i--)
    {
      double number = from_bits (random_bits () >> g_test_rand_int_range (12, 64));

      assert_reads_back (number);
      if (number != 0.0)
        assert_shortest (number);
    }
}

/* Where the neighbours are not equally far: powers of two, and beside them. */
static void
test_powers_of_two (void)
{
  for (guint64 exponent = 0; exponent < 2047; exponent++)
    {
      for (int off = -2; off <= 2; off++)
        {
          double number = from_bits ((exponent << 52) + (guint64) off);

          if (!isfinite (number) || number == 0.0)
            continue;
          assert_reads_back (number);
          assert_reads_back (-number);
          assert_shortest (number);
        }
    }
}

static void
test_powers_of_ten (void)
{
  for (int exponent = -323; exponent <= 308; exponent++)
    {
      g_autofree char *text = g_strdup_printf ("1e%d", exponent);
      double number = g_ascii_strtod (text, NULL);
      g_autofree char *written = write_number (number);
      g_autofree char *digits = get_digits (written);

      assert_reads_back (number);
      assert_shortest (nextafter (number, 0));
      assert_shortest (nextafter (number, INFINITY));
      g_assert_cmpstr (digits, ==, "1");
    }
}

static void
test_known (void)
{
  static const struct {
    double number;
    const char *text;
  } cases[] = {
    { 0.0, "0.0" },
    { -0.0, "-0.0" },
    { 1.0, "1.0" },
    { -1.0, "-1.0" },
    { 0.1, "0.1" },
    { 0.3, "0.3" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { 1.0 / 3.0, "0.3333333333333333" },
    { 2.0 / 3.0, "0.6666666666666666" },
    { 100.0, "100.0" },
    { 123.456, "123.456" },
    { 1e15, "1000000000000000.0" },
    { 9007199254740993.0, "9007199254740992.0" },
    { 9999999999999998.0, "9999999999999998.0" },
    { 1e16, "1e16" },
    { 12345678901234567890.0, "1.2345678901234567e19" },
    { 1e21, "1e21" },
    { 1e22, "1e22" },
    { 1e23, "1e23" },
    { 9e22, "9e22" },
    { 1e300, "1e300" },
    { 0.0001, "0.0001" },
    { 0.00012345, "0.00012345" },
    { 0.00001, "1e-5" },
    { 1.5e-7, "1.5e-7" },
    { 5e-324, "5e-324" },
    { 1e-323, "1e-323" },
    { 2.2250738585072014e-308, "2.2250738585072014e-308" },
    { 2.225073858507201e-308, "2.225073858507201e-308" },
    { 1.7976931348623157e308, "1.7976931348623157e308" },
    { -1.7976931348623157e308, "-1.7976931348623157e308" },
    { 4.35e-14, "4.35e-14" },
    { 5.684341886080802e-14, "5.684341886080802e-14" },
    { 9223372036854775808.0, "9.223372036854776e18" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = write_number (cases[i].number);

      g_assert_cmpstr (text, ==, cases[i].text);
      assert_reads_back (cases[i].number);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/doubles/known", test_known);
  g_test_add_func ("/doubles/random", test_random);
  g_test_add_func ("/doubles/random-shortest", test_random_shortest);
  g_test_add_func ("/doubles/random-short", test_random_short);
  g_test_add_func ("/doubles/subnormal", test_subnormal);
  g_test_add_func ("/doubles/powers-of-two", test_powers_of_two);
  g_test_add_func ("/doubles/powers-of-ten", test_powers_of_ten);

  return g_test_run ();
}
