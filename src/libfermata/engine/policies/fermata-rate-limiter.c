/* fermata-rate-limiter.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/policies/fermata-rate-limiter-private.h"

struct _FermataRateWaiter {
  GList link;
  FermataRateFunc func;
  gpointer user_data;
};

/*
 * Invariants: @starts is a ring of the times of those that started less than
 * @per ago, at most @limit, the oldest at @first; others may still stand there
 * until somebody looks. @timer is there exactly while somebody waits, and
 * comes when the oldest leaves the window.
 */
struct _FermataRateLimiter {
  guint ref_count;
  FermataClock *clock;
  guint64 limit;
  gint64 per;

  gint64 *starts;
  gsize n_alloc;
  gsize n_starts;
  gsize first;

  GQueue waiting;
  FermataTimer *timer;
};

FermataRateLimiter *
fermata_rate_limiter_new (FermataClock *clock,
                          guint64       limit,
                          gint64        per)
{
  FermataRateLimiter *self = g_new0 (FermataRateLimiter, 1);

  self->ref_count = 1;
  self->clock = g_object_ref (clock);
  self->limit = MAX (limit, 1);
  self->per = per;
  g_queue_init (&self->waiting);

  return self;
}

FermataRateLimiter *
fermata_rate_limiter_ref (FermataRateLimiter *self)
{
  self->ref_count++;

  return self;
}

void
fermata_rate_limiter_unref (FermataRateLimiter *self)
{
  if (--self->ref_count > 0)
    return;

  g_assert (self->waiting.length == 0);
  g_free (self->starts);
  g_object_unref (self->clock);
  g_free (self);
}

/* What started so long ago does not count. */
static void
forget_old (FermataRateLimiter *self)
{
  gint64 now = fermata_clock_get_time (self->clock);

  while (self->n_starts > 0 && now - self->starts[self->first] >= self->per)
    {
      self->first = (self->first + 1) % self->n_alloc;
      self->n_starts--;
    }
}

static void
grow (FermataRateLimiter *self)
{
  gsize n_alloc = MAX (2 * self->n_alloc, 8);
  gint64 *starts = g_new (gint64, n_alloc);

  for (gsize i = 0; i < self->n_starts; i++)
    starts[i] = self->starts[(self->first + i) % self->n_alloc];

  g_free (self->starts);
  self->starts = starts;
  self->n_alloc = n_alloc;
  self->first = 0;
}

static gboolean
start (FermataRateLimiter *self)
{
  forget_old (self);
  if (self->n_starts >= self->limit)
    return FALSE;

  if (self->n_starts == self->n_alloc)
    grow (self);
  self->starts[(self->first + self->n_starts++) % self->n_alloc] = fermata_clock_get_time (self->clock);

  return TRUE;
}

static void window_moved (gpointer user_data);

static void
update_timer (FermataRateLimiter *self)
{
  gint64 oldest;

  if (self->waiting.length == 0 && self->timer != NULL)
    fermata_clock_remove_timer (self->clock, g_steal_pointer (&self->timer));
  if (self->waiting.length == 0 || self->timer != NULL)
    return;

  oldest = self->n_starts > 0 ? self->starts[self->first]
                              : fermata_clock_get_time (self->clock) - self->per;
  self->timer = fermata_clock_add_timer (self->clock, oldest + MIN (self->per, G_MAXINT64 - oldest),
                                         window_moved, self);
}

/* Those who are called may ask again, and give up for others. */
static void
window_moved (gpointer user_data)
{
  g_autoptr (FermataRateLimiter) self = fermata_rate_limiter_ref (user_data);

  self->timer = NULL;
  while (self->waiting.length > 0 && start (self))
    {
      FermataRateWaiter *waiter = g_queue_pop_head_link (&self->waiting)->data;
      FermataRateFunc func = waiter->func;
      gpointer data = waiter->user_data;

      g_free (waiter);
      func (data);
    }
  update_timer (self);
}

FermataRateWaiter *
fermata_rate_limiter_ask (FermataRateLimiter *self,
                          FermataRateFunc     func,
                          gpointer            user_data)
{
  FermataRateWaiter *waiter;

  if (self->waiting.length == 0 && start (self))
    return NULL;

  waiter = g_new0 (FermataRateWaiter, 1);
  waiter->link.data = waiter;
  waiter->func = func;
  waiter->user_data = user_data;
  g_queue_push_tail_link (&self->waiting, &waiter->link);
  update_timer (self);

  return waiter;
}

void
fermata_rate_limiter_give_up (FermataRateLimiter *self,
                              FermataRateWaiter  *waiter)
{
  g_queue_unlink (&self->waiting, &waiter->link);
  g_free (waiter);
  update_timer (self);
}

guint
fermata_rate_limiter_get_n_waiting (FermataRateLimiter *self)
{
  return self->waiting.length;
}

gboolean
fermata_rate_limiter_is_idle (FermataRateLimiter *self)
{
  forget_old (self);

  return self->ref_count == 1 && self->n_starts == 0 && self->waiting.length == 0;
}
