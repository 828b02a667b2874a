/* fermata-css-time.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-css-time-private.h"

#include <string.h>

#define SPACE " \t\r\n"
#define DIGITS "0123456789"

static const struct {
  const char *name;
  double factor;
} units[] = {
  { "ms", 1e3 }, { "s", 1e6 }, { "m", 60e6 }, { "h", 3600e6 }, { "d", 86400e6 },
};

/* Behind a number: digits, a point with digits behind it, or both. NULL: it is none. */
static const char *
skip_number (const char *text)
{
  const char *p = text + strspn (text, DIGITS);
  gsize n_digits;

  if (*p != '.')
    return p > text ? p : NULL;
  n_digits = strspn (p + 1, DIGITS);

  return n_digits > 0 ? p + 1 + n_digits : NULL;
}

/* How many microseconds it has; 0: there is no such unit. */
static double
find_factor (const char *unit,
             gsize       length)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strlen (units[i].name) == length && strncmp (units[i].name, unit, length) == 0)
      return units[i].factor;

  return 0;
}

gboolean
fermata_css_time_parse (const char *text,
                        gint64     *microseconds)
{
  const char *begin = text + strspn (text, SPACE);
  const char *unit;
  gsize length;
  double number;
  double factor;

  *microseconds = 0;
  if (*begin == '\0')
    return TRUE;
  if (*begin == '+')
    begin++;
  unit = skip_number (begin);
  if (unit == NULL)
    return FALSE;

  length = strcspn (unit, SPACE);
  if (unit[length + strspn (unit + length, SPACE)] != '\0')
    return FALSE;
  number = g_ascii_strtod (begin, NULL);
  factor = find_factor (unit, length);
  if (factor == 0)
    return length == 0 && number == 0;
  *microseconds = (gint64) MIN (number * factor + 0.5, (double) (G_MAXINT64 / 4));

  return TRUE;
}
