/* random-value.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <math.h>
#include <string.h>

#include "value/fermata-value-builder.h"
#include "value/fermata-value.h"

/* From g_test_rand_int (), so that --seed repeats a run. */

static inline guint64
random_bits (void)
{
  return ((guint64) (guint32) g_test_rand_int () << 32) | (guint32) g_test_rand_int ();
}

/* Any finite double: all exponents alike, so most are very large or small. */
static inline double
random_double (void)
{
  double number;

  do
    {
      guint64 bits = random_bits ();

      memcpy (&number, &bits, sizeof number);
    }
  while (!isfinite (number));
  return number;
}

static inline void
random_text (GString *text)
{
  static const gunichar first[] = { 0x20, 0, '"', 0x80, 0x800, 0x2028, 0xe000, 0x10000, 'a' };
  static const gunichar last[] = { 0x7e, 0x1f, '\\', 0x7ff, 0xd7ff, 0x2029, 0xffff, 0x10ffff, 'z' };

  g_string_truncate (text, 0);
  for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
    {
      int i = g_test_rand_int_range (0, G_N_ELEMENTS (first));
      gunichar character = (gunichar) g_test_rand_int_range ((gint32) first[i], (gint32) last[i] + 1);

      if (character == 0)
        g_string_append_c (text, '\0');
      else
        g_string_append_unichar (text, character);
    }
}

static inline FermataValue *
random_scalar (void)
{
  g_autoptr (GString) text = NULL;

  switch (g_test_rand_int_range (0, 7))
    {
    case 0:
      return fermata_value_new_null ();
    case 1:
      return fermata_value_new_boolean (g_test_rand_bit ());
    case 2:
      return fermata_value_new_integer (g_test_rand_int_range (-1000, 1000));
    case 3:
      return fermata_value_new_integer ((gint64) (random_bits () >> g_test_rand_int_range (0, 64)));
    case 4:
      return fermata_value_new_number (random_double ());
    case 5:
      return fermata_value_new_number (g_test_rand_int_range (-1000, 1000) / 8.0);
    default:
      text = g_string_new (NULL);
      random_text (text);
      return fermata_value_new_string (text->str, (gssize) text->len);
    }
}

/* At most @depth levels. */
static inline FermataValue *
random_value (int depth)
{
  gboolean is_object = g_test_rand_bit ();
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (GString) name = g_string_new (NULL);
  int n = g_test_rand_int_range (0, g_test_rand_int_range (0, 20) == 0 ? 40 : 6);

  if (depth == 0 || g_test_rand_int_range (0, 4) == 0)
    return random_scalar ();

  builder = is_object ? fermata_value_builder_new_object () : fermata_value_builder_new_array ();
  for (int i = 0; i < n; i++)
    {
      g_autoptr (FermataValue) value = random_value (depth - 1);

      random_text (name);
      if (is_object)
        fermata_value_builder_set (builder, name->str, value);
      else
        fermata_value_builder_add (builder, value);
    }
  return fermata_value_builder_end (builder);
}
