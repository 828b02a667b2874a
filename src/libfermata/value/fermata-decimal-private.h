/* fermata-decimal-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest texts: -1.2345678901234567e-308 and -9223372036854775808. */
#define FERMATA_DECIMAL_MAX_LENGTH 24

/* The double nearest to @mantissa times ten to the power of @exponent. FALSE
 * if this quick way cannot tell; never for a zero. */
gboolean fermata_decimal_to_double     (guint64  mantissa,
                                        gint64   exponent,
                                        double  *number);

/* The shortest decimal that is nearer to @number, which is finite and greater
 * than zero, than to any other double; of several the nearest. */
void     fermata_decimal_from_double   (double   number,
                                        guint64 *mantissa,
                                        int     *exponent);

/* Both write at most FERMATA_DECIMAL_MAX_LENGTH bytes, without a NUL, and
 * return how many. */
gsize    fermata_decimal_print_double  (double   number,
                                        char    *buffer);
gsize    fermata_decimal_print_integer (gint64   integer,
                                        char    *buffer);

G_END_DECLS
