/* fermata-canonical.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/*
 * What a variable of JavaScript holds, as a value: JSON, and an object with exactly
 * one member whose name begins with a dollar sign for what JSON has no word for:
 *
 *   { "$undefined": true }    { "$number": "NaN" }    { "$bigint": "123" }
 *   { "$date": "…" }          { "$regexp": "/x/g" }   { "$function": "…" }
 *   { "$xml": "<a/>" }        { "$frozen": { … } }
 *
 * A date that is none is "invalid"; a frozen object is what a system variable is or
 * was. An object of the user's own with one such member has one dollar sign more
 * before its name. Minus zero is the number -0.0; integers are those that
 * JavaScript's numbers hold.
 */

/* Plain values as JavaScript has them, and the other way: what plain values have no
 * word for is null, or a text (both transfer full; the same value if there is
 * nothing to do). */
FERMATA_EXTERN
FermataValue *fermata_canonical_from_plain    (FermataValue *value);
FERMATA_EXTERN
FermataValue *fermata_canonical_to_plain      (FermataValue *value);

/* The latter for people: “undefined” and “NaN” are texts. */
FERMATA_EXTERN
FermataValue *fermata_canonical_to_words      (FermataValue *value);

FERMATA_EXTERN
FermataValue *fermata_canonical_new_undefined (void);
FERMATA_EXTERN
gboolean      fermata_canonical_is_undefined  (FermataValue *value);

/* The name of the tag that @value has, NULL if it has none, and what it says. */
FERMATA_EXTERN
const char   *fermata_canonical_get_tag       (FermataValue  *value,
                                               FermataValue **content);

G_END_DECLS
