/* fermata-duration.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-duration.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "model/fermata-model-types.h"
#include "value/fermata-value-writer.h"

/* Half of what 64 bits hold, about 146,000 years: a time and a duration can
 * be added without looking. */
#define MAX_MICROSECONDS (G_MAXINT64 / 2)

#define NANO G_GUINT64_CONSTANT (1000000000)

static const struct {
  const char *name;
  guint64 microseconds;
} units[] = {
  { "ms", 1000 },
  { "s", G_USEC_PER_SEC },
  { "m", G_GUINT64_CONSTANT (60) * G_USEC_PER_SEC },
  { "h", G_GUINT64_CONSTANT (3600) * G_USEC_PER_SEC },
};

static gboolean
fail_overflow (GError **error)
{
  g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                       _("A duration is less than 146,000 years"));
  return FALSE;
}

static gboolean
fail_syntax (FermataValue *value,
             GError      **error)
{
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

  if (strlen (text) > 40)
    g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                         _("Expected a duration such as \"250ms\", \"30s\", \"5m\", \"1h\" or a number of seconds"));
  else
    g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                 _("Expected a duration such as \"250ms\", \"30s\", \"5m\", \"1h\" or a number of seconds, "
                   "found %s"),
                 text);
  return FALSE;
}

static gsize
count_digits (const char *text)
{
  gsize n = 0;

  while (g_ascii_isdigit (text[n]))
    n++;
  return n;
}

/* The number that the digits are, or the most that there is. */
static guint64
parse_digits (const char *digits,
              gsize       n_digits)
{
  guint64 number = 0;

  for (gsize i = 0; i < n_digits; i++)
    {
      guint64 digit = digits[i] - '0';

      if (number > (G_MAXUINT64 - digit) / 10)
        return G_MAXUINT64;
      number = number * 10 + digit;
    }
  return number;
}

/* Nine digits of a fraction; those that are not there are zeros. */
static guint64
parse_nine (const char *digits,
            gsize       n_digits)
{
  guint64 number = parse_digits (digits, MIN (n_digits, 9));

  for (gsize i = n_digits; i < 9; i++)
    number *= 10;
  return number;
}

/* Of a fraction of an hour eighteen digits matter, which do not fit in one
 * product. */
static guint64
scale_fraction (const char *digits,
                gsize       n_digits,
                guint64     unit)
{
  guint64 high = parse_nine (digits, n_digits);
  guint64 low = n_digits > 9 ? parse_nine (digits + 9, n_digits - 9) : 0;

  return (high * unit + low * unit / NANO + NANO / 2) / NANO;
}

static gboolean
parse_text (FermataValue *value,
            gint64       *microseconds,
            GError      **error)
{
  gsize length;
  const char *text = fermata_value_get_string (value, &length);
  gsize n_whole = count_digits (text);
  guint64 whole = parse_digits (text, n_whole);
  const char *fraction = text[n_whole] == '.' ? text + n_whole + 1 : NULL;
  gsize n_fraction = fraction != NULL ? count_digits (fraction) : 0;
  const char *name = fraction != NULL ? fraction + n_fraction : text + n_whole;

  if (n_whole == 0 || (fraction != NULL && n_fraction == 0))
    return fail_syntax (value, error);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      guint64 unit = units[i].microseconds;

      if (strcmp (units[i].name, name) != 0 || name + strlen (name) != text + length)
        continue;
      if (whole > MAX_MICROSECONDS / unit - 1)
        return fail_overflow (error);
      *microseconds = whole * unit + scale_fraction (fraction, n_fraction, unit);
      return TRUE;
    }
  return fail_syntax (value, error);
}

static gboolean
parse_seconds (FermataValue *value,
               gint64       *microseconds,
               GError      **error)
{
  double seconds = fermata_value_get_number (value);

  if (seconds < 0.0 || signbit (seconds))
    return fail_syntax (value, error);
  if (!(seconds < (double) (MAX_MICROSECONDS / G_USEC_PER_SEC)))
    return fail_overflow (error);
  /* In two parts, so that whole seconds stay exact however many they are. */
  *microseconds = (gint64) seconds * G_USEC_PER_SEC +
                  llround ((seconds - floor (seconds)) * G_USEC_PER_SEC);
  return TRUE;
}

/**
 * fermata_duration_parse:
 * @value: what a document says: a text such as "250ms", "30s", "5m", "1h" or
 *   "1.5s", or a number of seconds
 * @microseconds: (out): how long that is
 * @error: return location for a [error@Fermata.ModelError]
 *
 * Reads a duration. It is never negative, and so short that durations can be
 * added to times without an overflow.
 *
 * Returns: whether it is one
 */
gboolean
fermata_duration_parse (FermataValue *value,
                        gint64       *microseconds,
                        GError      **error)
{
  g_return_val_if_fail (value != NULL, FALSE);
  g_return_val_if_fail (microseconds != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  switch (fermata_value_get_kind (value))
    {
    case FERMATA_VALUE_KIND_STRING:
      return parse_text (value, microseconds, error);
    case FERMATA_VALUE_KIND_INTEGER:
    case FERMATA_VALUE_KIND_NUMBER:
      return parse_seconds (value, microseconds, error);
    case FERMATA_VALUE_KIND_NULL:
    case FERMATA_VALUE_KIND_BOOLEAN:
    case FERMATA_VALUE_KIND_ARRAY:
    case FERMATA_VALUE_KIND_OBJECT:
    default:
      return fail_syntax (value, error);
    }
}
