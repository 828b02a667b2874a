/* fermata-form-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value-private.h"

G_BEGIN_DECLS

#define FERMATA_FORM_MAX 7

/*
 * What the members of objects are called that are made by the million: each has some
 * of @names, in their order, and those that have the same ones share them. A form is
 * static, with nothing in @shapes; any thread may use it, and what it has come to
 * know stays until the end.
 */
typedef struct {
  const char *names[FERMATA_FORM_MAX];
  FermataShape *shapes[1 << FERMATA_FORM_MAX];
} FermataForm;

/* An object of @values, one a name, NULL where it has no such member. They are
 * transfer full; what @values has afterwards is undefined. */
FermataValue *fermata_form_fill (FermataForm   *self,
                                 FermataValue **values);

/* The member names[@member] of an object of whatever origin, NULL if it has none
 * (transfer none). Without looking at names where it has the form's first ones. */
FermataValue *fermata_form_get  (FermataForm   *self,
                                 FermataValue  *object,
                                 guint          member);

G_END_DECLS
