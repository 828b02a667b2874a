/* test-value-numbers.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the reader makes of numbers: an integer, a double, or the text itself. */

#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"
#include "value/random-value.h"

static FermataValue *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (text, -1, &error);

  g_assert_no_error (error);
  return value;
}

static void
test_integers (void)
{
  static const struct {
    const char *text;
    gint64 integer;
  } cases[] = {
    { "0", 0 },
    { "-1", -1 },
    { "1152921504606846975", G_GINT64_CONSTANT (1152921504606846975) },
    { "1152921504606846976", G_GINT64_CONSTANT (1152921504606846976) },
    { "-1152921504606846976", -G_GINT64_CONSTANT (1152921504606846976) },
    { "-1152921504606846977", -G_GINT64_CONSTANT (1152921504606846977) },
    { "9007199254740993", G_GINT64_CONSTANT (9007199254740993) },
    { "999999999999999999", G_GINT64_CONSTANT (999999999999999999) },
    { "9223372036854775807", G_MAXINT64 },
    { "-9223372036854775808", G_MININT64 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = parse (cases[i].text);
      g_autofree char *written = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

      g_assert_cmpint (fermata_value_get_kind (value), ==, FERMATA_VALUE_KIND_INTEGER);
      g_assert_cmpint (fermata_value_get_integer (value), ==, cases[i].integer);
      g_assert_cmpstr (written, ==, cases[i].text);
    }
}

static void
test_numbers (void)
{
  static const struct {
    const char *text;
    double number;
  } cases[] = {
    { "0.0", 0.0 },
    { "0e5", 0.0 },
    { "0e-999999999999999999999", 0.0 },
    { "0.000e999999999999999999999", 0.0 },
    { "1.0", 1.0 },
    { "1e0", 1.0 },
    { "1E+2", 100.0 },
    { "100e-2", 1.0 },
    { "0.1", 0.1 },
    { "-0.1", -0.1 },
    { "123456789012345678901234567890e-20", 1234567890.1234567 },
    { "0.00000000000000000000000000000000000001e38", 1.0 },
    { "9223372036854775808", 9223372036854775808.0 },
    { "-9223372036854777856", -9223372036854777856.0 },
    { "18446744073709551616", 18446744073709551616.0 },
    { "100000000000000000000", 1e20 },
    { "1.7976931348623157e308", 1.7976931348623157e308 },
    { "1.7976931348623158e308", 1.7976931348623157e308 },
    { "2.2250738585072011e-308", 2.2250738585072011e-308 },
    { "2.2250738585072014e-308", 2.2250738585072014e-308 },
    { "4.9406564584124654e-324", 5e-324 },
    { "2.4703282292062328e-324", 5e-324 },
    /* Half way between two doubles, and just beside it. */
    { "9007199254740993.0", 9007199254740992.0 },
    { "9007199254740993.00000000000000000000000000000000001", 9007199254740994.0 },
    { "9007199254740992.99999999999999999999999999999999999", 9007199254740992.0 },
    { "9007199254740995e0", 9007199254740996.0 },
    { "8.5", 8.5 },
    { "1e23", 1e23 },
    { "8.41e21", 8.41e21 },
    { "9.5367431640625e-7", 9.5367431640625e-7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = parse (cases[i].text);

      g_assert_cmpint (fermata_value_get_kind (value), ==, FERMATA_VALUE_KIND_NUMBER);
      g_assert_cmpfloat (fermata_value_get_number (value), ==, cases[i].number);
      g_assert_null (fermata_value_get_number_text (value));
      g_assert_cmpint (fermata_value_get_integer (value), ==, 0);
    }
}

static void
test_negative_zero (void)
{
  static const char *const texts[] = { "-0", "-0.0", "-0e0", "-0.000e-5" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FermataValue) value = parse (texts[i]);
      double number = fermata_value_get_number (value);

      g_assert_cmpint (fermata_value_get_kind (value), ==, FERMATA_VALUE_KIND_NUMBER);
      g_assert_true (number == 0.0 && signbit (number));
    }
}

static void
test_number_texts (void)
{
  static const struct {
    const char *text;
    double nearest;
  } cases[] = {
    { "9223372036854775809", 9223372036854775808.0 },
    { "-9223372036854775809", -9223372036854775808.0 },
    { "12345678901234567890", 12345678901234567890.0 },
    { "18446744073709551617", 18446744073709551616.0 },
    { "100000000000000000000000", 1e23 },
    { "1e309", INFINITY },
    { "-1.5E+400", -INFINITY },
    { "1e-400", 0.0 },
    { "2.4703282292062327e-324", 0.0 },
    { "1e99999999999999999999999", INFINITY },
    { "1e-99999999999999999999999", 0.0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = parse (cases[i].text);
      g_autofree char *written = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

      g_assert_cmpint (fermata_value_get_kind (value), ==, FERMATA_VALUE_KIND_NUMBER);
      g_assert_cmpstr (fermata_value_get_number_text (value), ==, cases[i].text);
      g_assert_cmpfloat (fermata_value_get_number (value), ==, cases[i].nearest);
      g_assert_cmpstr (written, ==, cases[i].text);
    }
}

/* As long as a text may be, and of the value it says. */
static void
test_long_numbers (void)
{
  g_autoptr (GString) text = g_string_new ("1");
  g_autoptr (FermataValue) digits = NULL;
  g_autoptr (FermataValue) fraction = NULL;
  g_autoptr (FermataValue) whole = NULL;

  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (text, '0');
  digits = parse (text->str);
  g_assert_cmpstr (fermata_value_get_number_text (digits), ==, text->str);

  g_string_append (text, "e-1000000");
  whole = parse (text->str);
  g_assert_cmpfloat (fermata_value_get_number (whole), ==, 1.0);
  g_assert_null (fermata_value_get_number_text (whole));

  g_string_assign (text, "0.");
  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (text, '0');
  g_string_append (text, "25e1000001");
  fraction = parse (text->str);
  g_assert_cmpfloat (fermata_value_get_number (fraction), ==, 2.5);
}

/* The C library is the oracle. */
static void
test_random_decimals (void)
{
  for (guint i = 0; i < 200000; i++)
    {
      char text[64];
      int n_digits = g_test_rand_int_range (1, 25);
      gsize length = 0;
      g_autoptr (FermataValue) value = NULL;

      text[length++] = (char) g_test_rand_int_range ('1', '9' + 1);
      text[length++] = '.';
      for (int j = 0; j < n_digits; j++)
        text[length++] = (char) g_test_rand_int_range ('0', '9' + 1);
      g_snprintf (text + length, sizeof text - length, "e%d", g_test_rand_int_range (-307, 308));
      value = parse (text);
      if (fermata_value_get_number (value) != g_ascii_strtod (text, NULL))
        g_error ("%s is read as %.17g", text, fermata_value_get_number (value));
    }
}

/* Decimals half way between two doubles, or beside that by the last digit. */
static void
test_random_halves (void)
{
  for (guint i = 0; i < 100000; i++)
    {
      guint64 odd = (((guint64) 1 << 53) | (random_bits () >> 11)) * 2 + 1;
      g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT "%se%d", odd, i % 2 ? ".0" : "", (int) i % 3);
      g_autofree char *beside = g_strdup_printf ("%" G_GUINT64_FORMAT ".%050d%s", odd, 0, i % 2 ? "1" : "0");
      g_autoptr (FermataValue) value = parse (text);
      g_autoptr (FermataValue) other = parse (beside);

      g_assert_cmpfloat (fermata_value_get_number (other), ==, g_ascii_strtod (beside, NULL));
      if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_NUMBER)
        g_assert_cmpfloat (fermata_value_get_number (value), ==, g_ascii_strtod (text, NULL));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/value-numbers/integers", test_integers);
  g_test_add_func ("/value-numbers/numbers", test_numbers);
  g_test_add_func ("/value-numbers/negative-zero", test_negative_zero);
  g_test_add_func ("/value-numbers/number-texts", test_number_texts);
  g_test_add_func ("/value-numbers/long-numbers", test_long_numbers);
  g_test_add_func ("/value-numbers/random-decimals", test_random_decimals);
  g_test_add_func ("/value-numbers/random-halves", test_random_halves);

  return g_test_run ();
}
