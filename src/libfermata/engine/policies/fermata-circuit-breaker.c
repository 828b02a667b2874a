/* fermata-circuit-breaker.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/policies/fermata-circuit-breaker-private.h"

/*
 * Invariants: @n_failures is below @max_failures while CLOSED; @period changes
 * with every change of state, and is the ticket of those let through in it.
 */
struct _FermataCircuitBreaker {
  guint ref_count;
  FermataClock *clock;
  guint max_failures;
  gint64 cool_down;

  FermataCircuitState state;
  guint64 period;
  guint n_failures;         /* in a row */
  gint64 opened;
};

FermataCircuitBreaker *
fermata_circuit_breaker_new (FermataClock *clock,
                             guint         failures,
                             gint64        cool_down)
{
  FermataCircuitBreaker *self = g_new0 (FermataCircuitBreaker, 1);

  self->ref_count = 1;
  self->clock = g_object_ref (clock);
  self->max_failures = MAX (failures, 1);
  self->cool_down = cool_down;

  return self;
}

FermataCircuitBreaker *
fermata_circuit_breaker_ref (FermataCircuitBreaker *self)
{
  self->ref_count++;

  return self;
}

void
fermata_circuit_breaker_unref (FermataCircuitBreaker *self)
{
  if (--self->ref_count > 0)
    return;

  g_object_unref (self->clock);
  g_free (self);
}

static void
enter (FermataCircuitBreaker *self,
       FermataCircuitState    state)
{
  self->state = state;
  self->period++;
  self->n_failures = 0;
}

static void
open_circuit (FermataCircuitBreaker *self)
{
  enter (self, FERMATA_CIRCUIT_OPEN);
  self->opened = fermata_clock_get_time (self->clock);
}

gboolean
fermata_circuit_breaker_ask (FermataCircuitBreaker *self,
                             guint64               *ticket,
                             gint64                *wait)
{
  gint64 passed = fermata_clock_get_time (self->clock) - self->opened;

  *wait = 0;
  if (self->state == FERMATA_CIRCUIT_HALF_OPEN)
    return FALSE;

  if (self->state == FERMATA_CIRCUIT_OPEN)
    {
      if (passed < self->cool_down)
        {
          *wait = self->cool_down - passed;
          return FALSE;
        }
      enter (self, FERMATA_CIRCUIT_HALF_OPEN);
    }

  *ticket = self->period;

  return TRUE;
}

void
fermata_circuit_breaker_report (FermataCircuitBreaker *self,
                                guint64                ticket,
                                FermataOutcome         outcome)
{
  if (ticket != self->period)
    return;

  if (self->state == FERMATA_CIRCUIT_HALF_OPEN)
    {
      if (outcome == FERMATA_OUTCOME_SUCCESS)
        enter (self, FERMATA_CIRCUIT_CLOSED);
      else if (outcome == FERMATA_OUTCOME_FAILURE)
        open_circuit (self);
      else
        enter (self, FERMATA_CIRCUIT_OPEN);      /* as long ago as it was opened */
    }
  else if (outcome == FERMATA_OUTCOME_SUCCESS)
    {
      self->n_failures = 0;
    }
  else if (outcome == FERMATA_OUTCOME_FAILURE && ++self->n_failures >= self->max_failures)
    {
      open_circuit (self);
    }
}

FermataCircuitState
fermata_circuit_breaker_get_state (FermataCircuitBreaker *self)
{
  return self->state;
}

gboolean
fermata_circuit_breaker_is_idle (FermataCircuitBreaker *self)
{
  return self->ref_count == 1 && self->state == FERMATA_CIRCUIT_CLOSED && self->n_failures == 0;
}
