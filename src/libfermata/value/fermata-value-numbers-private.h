/* fermata-value-numbers-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value-private.h"

G_BEGIN_DECLS

/* Numbers as mathematics has them: 1 and 1.0 are the same. A number that
 * keeps its text is compared by the double nearest to it, but is the same as
 * another of the same text only. */

static inline gboolean
fermata_value_is_number (FermataValue *self)
{
  FermataValueKind kind = fermata_value_get_kind (self);

  return kind == FERMATA_VALUE_KIND_INTEGER || kind == FERMATA_VALUE_KIND_NUMBER;
}

/* Less than, equal to, or greater than 0. */
int      fermata_value_compare_numbers (FermataValue *a,
                                        FermataValue *b);
gboolean fermata_value_is_same_number  (FermataValue *a,
                                        FermataValue *b);

/* Whether there is nothing but zeros behind its point. */
gboolean fermata_value_is_whole        (FermataValue *number);

/* Exactly, as the decimals that they are written as. @multiple is above zero
 * and keeps no text. */
gboolean fermata_value_is_multiple     (FermataValue *number,
                                        FermataValue *multiple);

/* fermata-value-compare.c: as fermata_value_equal () and fermata_value_hash (),
 * but with numbers as above, however deep. */
gboolean fermata_value_is_same         (FermataValue *a,
                                        FermataValue *b);
guint    fermata_value_hash_same       (FermataValue *self);

G_END_DECLS
