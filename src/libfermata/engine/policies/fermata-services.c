/* fermata-services.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/policies/fermata-services-private.h"

/* Below so many, nobody looks for those that nobody needs. */
#define FEW 256

/* By name; @swept is how many were left when it was last looked. */
typedef struct {
  GHashTable *things;
  guint swept;
} Table;

struct _FermataServices {
  guint ref_count;
  FermataClock *clock;
  FermataResultCache *cache;
  Table breakers;
  Table limiters;
  GHashTable *kept;       /* name of a graph -> FermataValue */
};

FermataServices *
fermata_services_new (FermataClock *clock)
{
  FermataServices *self = g_new0 (FermataServices, 1);

  self->ref_count = 1;
  self->clock = g_object_ref (clock);
  self->cache = fermata_result_cache_new (clock, FERMATA_RESULT_CACHE_DEFAULT_SIZE);
  self->breakers.things = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                 (GDestroyNotify) fermata_circuit_breaker_unref);
  self->limiters.things = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                 (GDestroyNotify) fermata_rate_limiter_unref);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) fermata_value_unref);

  return self;
}

FermataServices *
fermata_services_ref (FermataServices *self)
{
  self->ref_count++;

  return self;
}

void
fermata_services_unref (FermataServices *self)
{
  if (--self->ref_count > 0)
    return;

  fermata_result_cache_free (self->cache);
  g_hash_table_unref (self->breakers.things);
  g_hash_table_unref (self->limiters.things);
  g_hash_table_unref (self->kept);
  g_object_unref (self->clock);
  g_free (self);
}

FermataResultCache *
fermata_services_get_cache (FermataServices *self)
{
  return self->cache;
}

static gboolean
is_idle_breaker (gpointer name,
                 gpointer breaker,
                 gpointer user_data)
{
  return fermata_circuit_breaker_is_idle (breaker);
}

static gboolean
is_idle_limiter (gpointer name,
                 gpointer limiter,
                 gpointer user_data)
{
  return fermata_rate_limiter_is_idle (limiter);
}

/* An engine may live long and see many graphs. */
static void
add (Table      *table,
     const char *name,
     gpointer    thing,
     GHRFunc     is_idle)
{
  guint n = g_hash_table_size (table->things);

  if (n >= FEW && n >= 2 * table->swept)
    {
      g_hash_table_foreach_remove (table->things, is_idle, NULL);
      table->swept = g_hash_table_size (table->things);
    }
  g_hash_table_insert (table->things, g_strdup (name), thing);
}

FermataCircuitBreaker *
fermata_services_get_breaker (FermataServices *self,
                              const char      *name,
                              guint            failures,
                              gint64           cool_down)
{
  FermataCircuitBreaker *breaker = g_hash_table_lookup (self->breakers.things, name);

  if (breaker == NULL)
    {
      breaker = fermata_circuit_breaker_new (self->clock, failures, cool_down);
      add (&self->breakers, name, breaker, is_idle_breaker);
    }

  return breaker;
}

FermataRateLimiter *
fermata_services_get_limiter (FermataServices *self,
                              const char      *name,
                              guint64          limit,
                              gint64           per)
{
  FermataRateLimiter *limiter = g_hash_table_lookup (self->limiters.things, name);

  if (limiter == NULL)
    {
      limiter = fermata_rate_limiter_new (self->clock, limit, per);
      add (&self->limiters, name, limiter, is_idle_limiter);
    }

  return limiter;
}

FermataValue *
fermata_services_get_kept (FermataServices *self,
                           const char      *name)
{
  return g_hash_table_lookup (self->kept, name);
}

void
fermata_services_set_kept (FermataServices *self,
                           const char      *name,
                           FermataValue    *states)
{
  g_hash_table_insert (self->kept, g_strdup (name), fermata_value_ref (states));
}
