/* fermata-rate-limiter-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-clock.h"

G_BEGIN_DECLS

/* Lets so many start in any window of a length of time, wherever the window
 * begins, and the others wait their turn. */
typedef struct _FermataRateLimiter FermataRateLimiter;

/* One that waits. */
typedef struct _FermataRateWaiter FermataRateWaiter;

/* It may start, and has: the waiter is no more. */
typedef void (*FermataRateFunc) (gpointer user_data);

/* @limit at least 1; @per in microseconds. */
FermataRateLimiter *fermata_rate_limiter_new     (FermataClock         *clock,
                                                  guint64               limit,
                                                  gint64                per);
FermataRateLimiter *fermata_rate_limiter_ref     (FermataRateLimiter   *self);
void                fermata_rate_limiter_unref   (FermataRateLimiter   *self);

/* NULL: it starts now. Else it waits, and @func is called when it starts; not
 * before this returns. */
FermataRateWaiter  *fermata_rate_limiter_ask     (FermataRateLimiter   *self,
                                                  FermataRateFunc       func,
                                                  gpointer              user_data);

/* It does not want to start any more: @func is not called. */
void                fermata_rate_limiter_give_up (FermataRateLimiter   *self,
                                                  FermataRateWaiter    *waiter);

guint               fermata_rate_limiter_get_n_waiting (FermataRateLimiter *self);

/* Whether it knows nothing that a new one would not, and nobody else has it. */
gboolean            fermata_rate_limiter_is_idle (FermataRateLimiter   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataRateLimiter, fermata_rate_limiter_unref)

G_END_DECLS
