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

/* A fraction is exact to so many digits; the rest is less than a microsecond
 * of any unit. */
#define MAX_FRACTION_DIGITS 9

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

/* Digits, and the value of the first so many; more than fit give the most
 * that fits. Returns how many digits there are. */
static gsize
parse_digits (const char *text,
              gsize       most,
              guint64    *number)
{
  gsize n = 0;

  *number = 0;
  for (; g_ascii_isdigit (text[n]); n++)
    {
      guint64 digit = text[n] - '0';

      if (n >= most)
        continue;
      if (*number > (G_MAXUINT64 - digit) / 10)
        *number = G_MAXUINT64;
      else
        *number = *number * 10 + digit;
    }
  return n;
}

static guint64
scale_fraction (guint64 fraction,
                gsize   n_digits,
                guint64 unit)
{
  guint64 scale = 1;

  for (gsize i = 0; i < MIN (n_digits, MAX_FRACTION_DIGITS); i++)
    scale *= 10;
  return (fraction * unit + scale / 2) / scale;
}

static gboolean
parse_text (FermataValue *value,
            gint64       *microseconds,
            GError      **error)
{
  gsize length;
  const char *text = fermata_value_get_string (value, &length);
  const char *p = text;
  guint64 whole;
  guint64 fraction = 0;
  gsize n_fraction = 0;
  gsize n_whole = parse_digits (p, G_MAXSIZE, &whole);

  p += n_whole;
  if (*p == '.')
    {
      n_fraction = parse_digits (p + 1, MAX_FRACTION_DIGITS, &fraction);
      p += 1 + n_fraction;
      if (n_fraction == 0)
        return fail_syntax (value, error);
    }
  for (guint i = 0; n_whole > 0 && i < G_N_ELEMENTS (units); i++)
    {
      guint64 unit = units[i].microseconds;

      if (strcmp (units[i].name, p) != 0 || p + strlen (p) != text + length)
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
