/* test-services.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/policies/fermata-services-private.h"

#define SECOND G_USEC_PER_SEC

static void
pass (FermataClock *clock,
      gint64        microseconds)
{
  fermata_virtual_clock_advance (FERMATA_VIRTUAL_CLOCK (clock), microseconds);
}

/* The result cache */

static void
assert_cached (FermataResultCache *cache,
               const char         *key,
               gint64              expected)
{
  g_autoptr (FermataValue) value = fermata_result_cache_lookup (cache, key);

  g_assert_nonnull (value);
  g_assert_cmpint (fermata_value_get_integer (value), ==, expected);
}

static void
assert_not_cached (FermataResultCache *cache,
                   const char         *key)
{
  g_assert_null (fermata_result_cache_lookup (cache, key));
}

static void
store (FermataResultCache *cache,
       const char         *key,
       gint64              integer,
       gint64              ttl)
{
  g_autoptr (FermataValue) value = fermata_value_new_integer (integer);

  fermata_result_cache_store (cache, key, value, ttl);
}

static void
test_cache (void)
{
  g_autoptr (FermataClock) clock = fermata_virtual_clock_new (0);
  g_autoptr (FermataResultCache) cache = fermata_result_cache_new (clock, 100000);

  assert_not_cached (cache, "a");
  store (cache, "a", 1, -1);
  store (cache, "b", 2, -1);
  assert_cached (cache, "a", 1);
  assert_cached (cache, "b", 2);
  store (cache, "a", 3, -1);
  assert_cached (cache, "a", 3);
  g_assert_cmpuint (fermata_result_cache_get_n (cache), ==, 2);
}

static void
test_cache_ttl (void)
{
  g_autoptr (FermataClock) clock = fermata_virtual_clock_new (0);
  g_autoptr (FermataResultCache) cache = fermata_result_cache_new (clock, 100000);

  pass (clock, SECOND);
  store (cache, "never", 0, 0);
  store (cache, "short", 1, 10 * SECOND);
  store (cache, "long", 2, G_MAXINT64);
  assert_not_cached (cache, "never");
  pass (clock, 10 * SECOND - 1);
  assert_cached (cache, "short", 1);
  pass (clock, 1);
  assert_not_cached (cache, "short");
  assert_cached (cache, "long", 2);
  g_assert_cmpuint (fermata_result_cache_get_n (cache), ==, 1);

  /* Storing anew begins its time anew; with no time it is forgotten */
  store (cache, "short", 3, 10 * SECOND);
  pass (clock, 9 * SECOND);
  store (cache, "short", 4, 10 * SECOND);
  pass (clock, 9 * SECOND);
  assert_cached (cache, "short", 4);
  store (cache, "short", 5, 0);
  assert_not_cached (cache, "short");
}

static FermataValue *
new_text (gsize length)
{
  g_autofree char *text = g_strnfill (length, 'x');

  return fermata_value_new_string (text, -1);
}

static void
test_cache_size (void)
{
  g_autoptr (FermataClock) clock = fermata_virtual_clock_new (0);
  g_autoptr (FermataResultCache) cache = fermata_result_cache_new (clock, 10000);
  g_autoptr (FermataValue) text = new_text (2500);
  g_autoptr (FermataValue) large = new_text (10000);
  g_autoptr (FermataValue) both = fermata_value_new_array ((FermataValue *[]) { large, large }, 2);

  fermata_result_cache_store (cache, "a", text, -1);
  fermata_result_cache_store (cache, "b", text, -1);
  fermata_result_cache_store (cache, "c", text, -1);
  g_assert_cmpuint (fermata_result_cache_get_n (cache), ==, 3);
  g_assert_cmpuint (fermata_result_cache_get_size (cache), >=, 7500);

  /* The least recently used goes, and asking is a use */
  fermata_value_unref (fermata_result_cache_lookup (cache, "a"));
  fermata_result_cache_store (cache, "d", text, -1);
  assert_not_cached (cache, "b");
  fermata_result_cache_store (cache, "e", text, -1);
  assert_not_cached (cache, "c");
  g_assert_cmpuint (fermata_result_cache_get_n (cache), ==, 3);
  g_assert_cmpuint (fermata_result_cache_get_size (cache), <=, 10000);

  /* What never fits pushes nothing out, but takes the earlier one with it */
  fermata_result_cache_store (cache, "f", both, -1);
  assert_not_cached (cache, "f");
  g_assert_cmpuint (fermata_result_cache_get_n (cache), ==, 3);
  fermata_result_cache_store (cache, "a", large, -1);
  assert_not_cached (cache, "a");
  g_assert_cmpuint (fermata_result_cache_get_n (cache), ==, 2);
}

static void
test_cache_many (void)
{
  g_autoptr (FermataClock) clock = fermata_virtual_clock_new (0);
  g_autoptr (FermataResultCache) cache = fermata_result_cache_new (clock, 1000000);

  for (gint64 i = 0; i < 100000; i++)
    {
      g_autofree char *key = g_strdup_printf ("key %" G_GINT64_FORMAT, i);

      store (cache, key, i, -1);
      g_assert_cmpuint (fermata_result_cache_get_size (cache), <=, 1000000);
    }
  assert_cached (cache, "key 99999", 99999);
  assert_not_cached (cache, "key 0");
}

/* The circuit breaker */

static guint64
assert_let_through (FermataCircuitBreaker *breaker)
{
  guint64 ticket = 0;
  gint64 wait;

  g_assert_true (fermata_circuit_breaker_ask (breaker, &ticket, &wait));
  return ticket;
}

static void
assert_refused (FermataCircuitBreaker *breaker,
                gint64                 expected_wait)
{
  guint64 ticket = 0;
  gint64 wait;

  g_assert_false (fermata_circuit_breaker_ask (breaker, &ticket, &wait));
  g_assert_cmpint (wait, ==, expected_wait);
}

static void
attempt (FermataCircuitBreaker *breaker,
         FermataOutcome         outcome)
{
  fermata_circuit_breaker_report (breaker, assert_let_through (breaker), outcome);
}

static void
assert_state (FermataCircuitBreaker *breaker,
              FermataCircuitState    expected)
{
  g_assert_cmpint (fermata_circuit_breaker_get_state (breaker), ==, expected);
}

static void
test_breaker_opens (void)
{
  g_autoptr (FermataClock) clock = fermata_virtual_clock_new (0);
  g_autoptr (FermataCircuitBreaker) breaker = fermata_circuit_breaker_new (clock, 3, 30 * SECOND);

  /* In a row: a success in between begins the count anew; a cancelled attempt
   * does not */
  attempt (breaker, FERMATA_OUTCOME_FAILURE);
  attempt (breaker, FERMATA_OUTCOME_FAILURE);
  attempt (breaker, FERMATA_OUTCOME_SUCCESS);
  attempt (breaker, FERMATA_OUTCOME_FAILURE);
  attempt (breaker, FERMATA_OUTCOME_FAILURE);
  attempt (breaker, FERMATA_OUTCOME_NONE);
  assert_state (breaker, FERMATA_CIRCUIT_CLOSED);
  attempt (breaker, FERMATA_OUTCOME_FAILURE);
  assert_state (breaker, FERMATA_CIRCUIT_OPEN);

  assert_refused (breaker, 30 * SECOND);
  pass (clock, 10 * SECOND);
  assert_refused (breaker, 20 * SECOND);
}

static FermataCircuitBreaker *
new_open (FermataClock *clock)
{
  FermataCircuitBreaker *breaker = fermata_circuit_breaker_new (clock, 1, 30 * SECOND);

  attempt (breaker, FERMATA_OUTCOME_FAILURE);
  assert_state (breaker, FERMATA_CIRCUIT_OPEN);
  pass (clock, 30 * SECOND - 1);
  assert_refused (breaker, 1);
  pass (clock, 1);
  return breaker;
}

static void
test_breaker_closes (void)
{
  g_autoptr (FermataClock) clock = fermata_virtual_clock_new (0);
  g_autoptr (FermataCircuitBreaker) breaker = new_open (clock);
  guint64 trial = assert_let_through (breaker);

  assert_state (breaker, FERMATA_CIRCUIT_HALF_OPEN);
  assert_refused (breaker, 0);
  pass (clock, 100 * SECOND);
  assert_refused (breaker, 0);
  fermata_circuit_breaker_report (breaker, trial, FERMATA_OUTCOME_SUCCESS);
  assert_state (breaker, FERMATA_CIRCUIT_CLOSED);
  attempt (breaker, FERMATA_OUTCOME_SUCCESS);
}

static void
test_breaker_opens_again (void)
{
  g_autoptr (FermataClock) clock = fermata_virtual_clock_new (0);
  g_autoptr (FermataCircuitBreaker) breaker = new_open (clock);
  guint64 trial = assert_let_through (breaker);

  pass (clock, 5 * SECOND);
  fermata_circuit_breaker_report (breaker, trial, FERMATA_OUTCOME_FAILURE);
  assert_state (breaker, FERMATA_CIRCUIT_OPEN);
  assert_refused (breaker, 30 * SECOND);
}

static void
test_breaker_trial_given_back (void)
{
  g_autoptr (FermataClock) clock = fermata_virtual_clock_new (0);
  g_autoptr (FermataCircuitBreaker) breaker = new_open (clock);
  guint64 trial = assert_let_through (breaker);

  fermata_circuit_breaker_report (breaker, trial, FERMATA_OUTCOME_NONE);
  assert_state (breaker, FERMATA_CIRCUIT_OPEN);
  attempt (breaker, FERMATA_OUTCOME_SUCCESS);
  assert_state (breaker, FERMATA_CIRCUIT_CLOSED);

  /* Told twice, late */
  fermata_circuit_breaker_report (breaker, trial, FERMATA_OUTCOME_FAILURE);
  assert_state (breaker, FERMATA_CIRCUIT_CLOSED);
}

static void
test_breaker_late (void)
{
  g_autoptr (FermataClock) clock = fermata_virtual_clock_new (0);
  g_autoptr (FermataCircuitBreaker) breaker = fermata_circuit_breaker_new (clock, 1, 30 * SECOND);
  guint64 early[3];
  guint64 trial;

  for (guint i = 0; i < G_N_ELEMENTS (early); i++)
    early[i] = assert_let_through (breaker);
  attempt (breaker, FERMATA_OUTCOME_FAILURE);
  assert_state (breaker, FERMATA_CIRCUIT_OPEN);

  /* What began before it opened neither closes it nor keeps it open */
  pass (clock, 10 * SECOND);
  fermata_circuit_breaker_report (breaker, early[0], FERMATA_OUTCOME_SUCCESS);
  fermata_circuit_breaker_report (breaker, early[1], FERMATA_OUTCOME_FAILURE);
  assert_refused (breaker, 20 * SECOND);
  pass (clock, 20 * SECOND);
  trial = assert_let_through (breaker);
  fermata_circuit_breaker_report (breaker, early[2], FERMATA_OUTCOME_SUCCESS);
  assert_state (breaker, FERMATA_CIRCUIT_HALF_OPEN);
  fermata_circuit_breaker_report (breaker, trial, FERMATA_OUTCOME_SUCCESS);
}

/* The rate limit */

typedef struct {
  FermataClock *clock;
  FermataRateLimiter *limiter;
  GString *log;
} Limit;

typedef struct {
  Limit *limit;
  const char *name;
  FermataRateWaiter *waiter;
} Starter;

static void
started (gpointer user_data)
{
  Starter *starter = user_data;

  starter->waiter = NULL;
  g_string_append_printf (starter->limit->log, "%s@%" G_GINT64_FORMAT " ", starter->name,
                          fermata_clock_get_time (starter->limit->clock) / SECOND);
}

static void
ask (Starter *starter)
{
  starter->waiter = fermata_rate_limiter_ask (starter->limit->limiter, started, starter);
  if (starter->waiter == NULL)
    started (starter);
}

static void
limit_init (Limit   *limit,
            guint64  n,
            gint64   per)
{
  limit->clock = fermata_virtual_clock_new (0);
  limit->limiter = fermata_rate_limiter_new (limit->clock, n, per);
  limit->log = g_string_new (NULL);
}

static void
limit_clear (Limit      *limit,
             const char *expected)
{
  g_assert_cmpstr (limit->log->str, ==, expected);
  g_assert_cmpuint (fermata_rate_limiter_get_n_waiting (limit->limiter), ==, 0);
  g_assert_cmpint (fermata_clock_get_deadline (limit->clock), ==, -1);
  fermata_rate_limiter_unref (limit->limiter);
  g_object_unref (limit->clock);
  g_string_free (limit->log, TRUE);
}

/* At most 2 in any 10 seconds, wherever they begin */
static void
test_limiter_window (void)
{
  Limit limit;
  Starter a = { &limit, "a" }, b = { &limit, "b" }, c = { &limit, "c" }, d = { &limit, "d" };
  Starter e = { &limit, "e" };

  limit_init (&limit, 2, 10 * SECOND);
  ask (&a);
  pass (limit.clock, 9 * SECOND);
  ask (&b);
  ask (&c);
  ask (&d);
  ask (&e);
  g_assert_cmpuint (fermata_rate_limiter_get_n_waiting (limit.limiter), ==, 3);
  for (guint i = 0; i < 30; i++)
    pass (limit.clock, SECOND);
  limit_clear (&limit, "a@0 b@9 c@10 d@19 e@20 ");
}

static void
test_limiter_give_up (void)
{
  Limit limit;
  Starter a = { &limit, "a" }, b = { &limit, "b" }, c = { &limit, "c" };

  limit_init (&limit, 1, 10 * SECOND);
  ask (&a);
  ask (&b);
  ask (&c);
  pass (limit.clock, SECOND);
  fermata_rate_limiter_give_up (limit.limiter, b.waiter);
  pass (limit.clock, 8 * SECOND);
  g_assert_cmpstr (limit.log->str, ==, "a@0 ");
  pass (limit.clock, SECOND);
  ask (&a);
  fermata_rate_limiter_give_up (limit.limiter, a.waiter);
  limit_clear (&limit, "a@0 c@10 ");
}

/* Whoever comes first is served first, also who comes when there is room but
 * others wait */
static void
test_limiter_turns (void)
{
  Limit limit;
  Starter a = { &limit, "a" }, b = { &limit, "b" }, c = { &limit, "c" }, d = { &limit, "d" };

  limit_init (&limit, 1, 2 * SECOND);
  ask (&a);
  ask (&b);
  ask (&c);
  pass (limit.clock, 2 * SECOND);
  ask (&d);
  for (guint i = 0; i < 10; i++)
    pass (limit.clock, SECOND);
  limit_clear (&limit, "a@0 b@2 c@4 d@6 ");
}

static void
ask_again (gpointer user_data)
{
  Starter *starter = user_data;

  started (starter);
  if (starter->limit->log->len < 20)
    starter->waiter = fermata_rate_limiter_ask (starter->limit->limiter, ask_again, starter);
}

static void
test_limiter_asked_within (void)
{
  Limit limit;
  Starter a = { &limit, "a" };

  limit_init (&limit, 1, 2 * SECOND);
  ask (&a);
  a.waiter = fermata_rate_limiter_ask (limit.limiter, ask_again, &a);
  for (guint i = 0; i < 20; i++)
    pass (limit.clock, SECOND);
  limit_clear (&limit, "a@0 a@2 a@4 a@6 a@8 ");
}

typedef struct {
  FermataClock *clock;
  GArray *times;
} Starts;

static void
note_start (gpointer user_data)
{
  Starts *starts = user_data;
  gint64 now = fermata_clock_get_time (starts->clock);

  g_array_append_val (starts->times, now);
}

/* Against the definition: no window holds more than it may, and whoever waited
 * started as soon as the window let it. */
static void
test_limiter_random (void)
{
  for (guint round = 0; round < 50; round++)
    {
      g_autoptr (FermataClock) clock = fermata_virtual_clock_new (0);
      g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
      guint n = (guint) g_test_rand_int_range (1, 40);
      gint64 per = g_test_rand_int_range (1, 50);
      g_autoptr (FermataRateLimiter) limiter = fermata_rate_limiter_new (clock, n, per);
      Starts starts = { clock, times };

      for (guint i = 0; i < 2000; i++)
        {
          pass (clock, g_test_rand_int_range (0, 3));
          if (fermata_rate_limiter_get_n_waiting (limiter) < 100 &&
              fermata_rate_limiter_ask (limiter, note_start, &starts) == NULL)
            note_start (&starts);
          if (fermata_rate_limiter_get_n_waiting (limiter) > 0)
            g_assert_cmpint (fermata_clock_get_time (clock), <, g_array_index (times, gint64, times->len - n) + per);
        }
      for (guint i = n; i < times->len; i++)
        g_assert_cmpint (g_array_index (times, gint64, i) - g_array_index (times, gint64, i - n), >=, per);
      while (fermata_rate_limiter_get_n_waiting (limiter) > 0)
        pass (clock, per);
    }
}

/* All of them */

static void
test_by_name (void)
{
  g_autoptr (FermataClock) clock = fermata_virtual_clock_new (0);
  g_autoptr (FermataServices) services = fermata_services_new (clock);
  FermataCircuitBreaker *breaker = fermata_services_get_breaker (services, "a", 1, SECOND);
  FermataRateLimiter *limiter = fermata_services_get_limiter (services, "a", 1, SECOND);

  g_assert_true (breaker == fermata_services_get_breaker (services, "a", 2, 2 * SECOND));
  g_assert_true (breaker != fermata_services_get_breaker (services, "b", 1, SECOND));
  g_assert_true (limiter == fermata_services_get_limiter (services, "a", 2, 2 * SECOND));
  g_assert_true (limiter != fermata_services_get_limiter (services, "b", 1, SECOND));
  attempt (breaker, FERMATA_OUTCOME_FAILURE);
  assert_state (breaker, FERMATA_CIRCUIT_OPEN);
}

/* Those that know something stay, however many there are. */
static void
test_idle_ones_go (void)
{
  g_autoptr (FermataClock) clock = fermata_virtual_clock_new (0);
  g_autoptr (FermataServices) services = fermata_services_new (clock);
  g_autoptr (FermataRateLimiter) held = NULL;

  held = fermata_rate_limiter_ref (fermata_services_get_limiter (services, "held", 1, SECOND));
  attempt (fermata_services_get_breaker (services, "open", 1, SECOND), FERMATA_OUTCOME_FAILURE);
  g_assert_null (fermata_rate_limiter_ask (fermata_services_get_limiter (services, "used", 1, SECOND), NULL, NULL));

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      fermata_services_get_breaker (services, name, 1, SECOND);
      fermata_services_get_limiter (services, name, 1, SECOND);
    }
  assert_state (fermata_services_get_breaker (services, "open", 1, SECOND), FERMATA_CIRCUIT_OPEN);
  g_assert_true (held == fermata_services_get_limiter (services, "held", 1, SECOND));
  g_assert_false (fermata_rate_limiter_is_idle (fermata_services_get_limiter (services, "used", 1, SECOND)));
}

static void
test_kept (void)
{
  g_autoptr (FermataClock) clock = fermata_virtual_clock_new (0);
  g_autoptr (FermataServices) services = fermata_services_new (clock);
  g_autoptr (FermataValue) states = fermata_value_new_empty_object ();

  g_assert_null (fermata_services_get_kept (services, "a"));
  fermata_services_set_kept (services, "a", states);
  g_assert_true (fermata_services_get_kept (services, "a") == states);
  g_assert_null (fermata_services_get_kept (services, "b"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/services/cache", test_cache);
  g_test_add_func ("/engine/services/cache/ttl", test_cache_ttl);
  g_test_add_func ("/engine/services/cache/size", test_cache_size);
  g_test_add_func ("/engine/services/cache/many", test_cache_many);
  g_test_add_func ("/engine/services/breaker/opens", test_breaker_opens);
  g_test_add_func ("/engine/services/breaker/closes", test_breaker_closes);
  g_test_add_func ("/engine/services/breaker/opens-again", test_breaker_opens_again);
  g_test_add_func ("/engine/services/breaker/trial-given-back", test_breaker_trial_given_back);
  g_test_add_func ("/engine/services/breaker/late", test_breaker_late);
  g_test_add_func ("/engine/services/limiter/window", test_limiter_window);
  g_test_add_func ("/engine/services/limiter/give-up", test_limiter_give_up);
  g_test_add_func ("/engine/services/limiter/turns", test_limiter_turns);
  g_test_add_func ("/engine/services/limiter/asked-within", test_limiter_asked_within);
  g_test_add_func ("/engine/services/limiter/random", test_limiter_random);
  g_test_add_func ("/engine/services/by-name", test_by_name);
  g_test_add_func ("/engine/services/idle-ones-go", test_idle_ones_go);
  g_test_add_func ("/engine/services/kept", test_kept);

  return g_test_run ();
}
