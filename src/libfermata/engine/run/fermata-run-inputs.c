/* fermata-run-inputs.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/plan/fermata-plan-private.h"
#include "engine/policies/fermata-states-private.h"
#include "engine/run/fermata-run-private.h"
#include "expression/fermata-scope.h"
#include "value/fermata-value-builder.h"

/* The first values of variables can name inputs, and nothing else. */
typedef struct {
  FermataScope parent;
  FermataValue *inputs;
} InputScope;

static FermataValue *
lookup_inputs (FermataScope      *scope,
               const char *const *path,
               guint              n_path,
               guint             *n_used,
               GError           **error)
{
  InputScope *self = (InputScope *) scope;

  *n_used = 1;

  return g_str_equal (path[0], "inputs") ? fermata_value_ref (self->inputs) : NULL;
}

gboolean
fermata_inputs_make_states (FermataPlan   *plan,
                            FermataValue  *inputs,
                            gint64         date,
                            guint64        seed,
                            FermataValue **states,
                            GError       **error)
{
  InputScope scope = { { lookup_inputs, date, seed }, inputs };

  return fermata_states_make (plan, &scope.parent, states, error);
}

static gboolean
make_limit (const FermataPlanDuration  *duration,
            const char                 *name,
            FermataScope               *scope,
            gint64                     *limit,
            GError                    **error)
{
  if (fermata_plan_duration_evaluate (duration, scope, limit, error))
    return TRUE;

  g_prefix_error (error, "%s: ", name);

  return FALSE;
}

gboolean
fermata_inputs_make_limits (FermataPlan       *plan,
                            FermataValue      *inputs,
                            gint64             date,
                            guint64            seed,
                            FermataRunLimits  *limits,
                            GError           **error)
{
  InputScope scope = { { lookup_inputs, date, seed }, inputs };

  return make_limit (&plan->timeout, "timeout", &scope.parent, &limits->timeout, error)
         && make_limit (&plan->closing_timeout, "closing-timeout", &scope.parent,
                        &limits->closing_timeout, error);
}
