/* fermata-services-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/policies/fermata-circuit-breaker-private.h"
#include "engine/policies/fermata-rate-limiter-private.h"
#include "engine/policies/fermata-result-cache-private.h"

G_BEGIN_DECLS

/*
 * What the runs of an engine share: earlier results, circuit breakers and rate
 * limits by name, and what nodes keep from one run to the next. None of it is
 * part of any run's state: what a run is told becomes a fact of it.
 *
 * For the thread of the engine only.
 */
typedef struct _FermataServices FermataServices;

#define FERMATA_CIRCUIT_DEFAULT_FAILURES 5
#define FERMATA_CIRCUIT_DEFAULT_COOL_DOWN (30 * G_USEC_PER_SEC)

FermataServices       *fermata_services_new         (FermataClock    *clock);
FermataServices       *fermata_services_ref         (FermataServices *self);
void                   fermata_services_unref       (FermataServices *self);

FermataResultCache    *fermata_services_get_cache   (FermataServices *self);

/* The breaker of that name (transfer none: take a reference), made with these
 * settings if there is none yet. */
FermataCircuitBreaker *fermata_services_get_breaker (FermataServices *self,
                                                     const char      *name,
                                                     guint            failures,
                                                     gint64           cool_down);
FermataRateLimiter    *fermata_services_get_limiter (FermataServices *self,
                                                     const char      *name,
                                                     guint64          limit,
                                                     gint64           per);

/* What the nodes of graph @name keep: an object by their id, or NULL (transfer
 * none). */
FermataValue          *fermata_services_get_kept    (FermataServices *self,
                                                     const char      *name);
void                   fermata_services_set_kept    (FermataServices *self,
                                                     const char      *name,
                                                     FermataValue    *states);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataServices, fermata_services_unref)

G_END_DECLS
