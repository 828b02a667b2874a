/* fermata-scope.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/**
 * FermataScope:
 * @lookup: gives the value of a name, or of as long a beginning of a path as
 *   it likes; sets @n_used to the steps it used (at least 1). NULL without an
 *   error: there is none (undefined); NULL with an error: the expression ends
 *   with it
 * @time: what Date.now() is, in microseconds since the Unix epoch
 * @seed: what Math.random() begins with
 * @evaluate: (nullable): gives the value of an expression that is evaluated where
 *   the scope says, as in machines with one of SCXML's data models
 * @test: (nullable): the same for whether one is true
 *
 * Where an expression finds its names: `inputs`, `variables`, `input`,
 * `nodes`, …  Lives on the stack of whoever evaluates; embed it first in a
 * struct of your own.
 *
 * In machines `In` is the array of the ids of active states, and `In`, `a` a
 * boolean: whether state a is active. `visits` is an object of arrays by state,
 * and `visits`, `a` one of them, empty for a state that has none. Elsewhere
 * both are undefined.
 */
typedef struct _FermataScope FermataScope;

struct _FermataScope {
  FermataValue *(*lookup) (FermataScope      *self,
                           const char *const *path,
                           guint              n_path,
                           guint             *n_used,
                           GError           **error);
  gint64 time;
  guint64 seed;
  FermataValue *(*evaluate) (FermataScope      *self,
                             const char        *source,
                             GError           **error);
  gboolean      (*test)     (FermataScope      *self,
                             const char        *source,
                             gboolean          *result,
                             GError           **error);
};

G_END_DECLS
