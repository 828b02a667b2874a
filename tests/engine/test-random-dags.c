/* test-random-dags.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * DAGs of chance, run by the engine and by an oracle that knows the rules and
 * nothing else. With FERMATA_DAG_SEED set, only the DAG of that seed.
 */

#include "harness/fermata-dag-oracle.h"
#include "harness/fermata-dag-trial.h"

#define N_FIXED 300
#define N_RANDOM 100

/* The same in every run of the test. */
static void
test_fixed (void)
{
  const char *seed = g_getenv ("FERMATA_DAG_SEED");

  if (seed != NULL)
    {
      fermata_dag_trial (g_ascii_strtoull (seed, NULL, 10));
      return;
    }
  for (guint32 i = 1; i <= N_FIXED; i++)
    fermata_dag_trial (i);
}

static void
test_random (void)
{
  for (guint i = 0; i < N_RANDOM; i++)
    fermata_dag_trial (g_test_rand_int ());
}

/* What is never made cannot be wrong: each status, edge and end must occur. */
static void
test_variety (void)
{
  guint statuses[ORACLE_CANCELLED + 1] = { 0, };
  guint edges[ORACLE_EDGE_FAILED + 1] = { 0, };
  guint n_retries = 0;
  guint n_handled = 0;
  guint n_timeouts = 0;
  g_autoptr (GHashTable) states = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint32 seed = 1; seed <= N_FIXED; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autofree RandomDag *dag = random_dag_new (rand);
      g_autofree Oracle *oracle = oracle_run (dag);

      for (guint i = 0; i < dag->n_nodes; i++)
        {
          statuses[oracle->nodes[i].status]++;
          n_handled += oracle->nodes[i].is_handled;
          n_timeouts += oracle->nodes[i].has_timed_out;
        }
      for (guint i = 0; i < oracle->n_started; i++)
        n_retries += oracle->starts[i].attempt > 1;
      for (guint i = 0; i < dag->n_edges; i++)
        edges[oracle->edges[i]]++;
      g_hash_table_add (states, (gpointer) oracle->state);
    }

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if (i >= ORACLE_DONE)
        g_assert_cmpuint (statuses[i], >, N_FIXED / 2);
      else
        g_assert_cmpuint (statuses[i], ==, 0);
    }
  g_assert_cmpuint (edges[ORACLE_EDGE_PENDING], ==, 0);
  for (guint i = ORACLE_EDGE_TAKEN; i < G_N_ELEMENTS (edges); i++)
    g_assert_cmpuint (edges[i], >, N_FIXED / 2);
  g_assert_cmpuint (g_hash_table_size (states), ==, 4);
  g_assert_cmpuint (n_retries, >, N_FIXED / 4);
  g_assert_cmpuint (n_handled, >, N_FIXED / 4);
  g_assert_cmpuint (n_timeouts, >, N_FIXED / 4);
  g_test_message ("%u retries, %u handled, %u timeouts", n_retries, n_handled, n_timeouts);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dags/variety", test_variety);
  g_test_add_func ("/dags/fixed", test_fixed);
  g_test_add_func ("/dags/random", test_random);

  return g_test_run ();
}
