/* fermata-circuit-breaker-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-clock.h"

G_BEGIN_DECLS

/*
 * Stops attempts that would fail anyway.
 *
 * It is closed until so many attempts in a row have failed; then it is open,
 * and refuses all. When it has been open for its cool-down it lets one through,
 * the trial, and is half open until that has ended: with success it closes,
 * with a failure it opens again, and if the trial comes to no end of its own,
 * the next that asks is the trial.
 */
typedef struct _FermataCircuitBreaker FermataCircuitBreaker;

typedef enum {
  FERMATA_CIRCUIT_CLOSED,
  FERMATA_CIRCUIT_OPEN,
  FERMATA_CIRCUIT_HALF_OPEN,
} FermataCircuitState;

typedef enum {
  FERMATA_OUTCOME_SUCCESS,
  FERMATA_OUTCOME_FAILURE,
  FERMATA_OUTCOME_NONE,         /* cancelled, or never begun */
} FermataOutcome;

/* @failures at least 1; @cool_down in microseconds. */
FermataCircuitBreaker *fermata_circuit_breaker_new       (FermataClock          *clock,
                                                          guint                  failures,
                                                          gint64                 cool_down);
FermataCircuitBreaker *fermata_circuit_breaker_ref       (FermataCircuitBreaker *self);
void                   fermata_circuit_breaker_unref     (FermataCircuitBreaker *self);

/* Whether an attempt may begin. If so its end is to be reported, with the same
 * @ticket. If not, @wait is how many microseconds are left until a trial may
 * be let through, 0 if one is under way. */
gboolean               fermata_circuit_breaker_ask       (FermataCircuitBreaker *self,
                                                          guint64               *ticket,
                                                          gint64                *wait);

/* What was let through before the state changed does not count. */
void                   fermata_circuit_breaker_report    (FermataCircuitBreaker *self,
                                                          guint64                ticket,
                                                          FermataOutcome         outcome);

FermataCircuitState    fermata_circuit_breaker_get_state (FermataCircuitBreaker *self);

/* Whether it knows nothing that a new one would not, and nobody else has it. */
gboolean               fermata_circuit_breaker_is_idle   (FermataCircuitBreaker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataCircuitBreaker, fermata_circuit_breaker_unref)

G_END_DECLS
