/* test-random-charts.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * State machines of chance, run by the engine and by an oracle that is the
 * recommendation's algorithm and nothing else. With FERMATA_CHART_SEED set, only
 * the machine of that seed.
 */

#include "harness/fermata-chart-trial.h"

#define N_FIXED 200
#define N_RANDOM 50

/* The same in every run of the test. */
static void
test_fixed (void)
{
  const char *seed = g_getenv ("FERMATA_CHART_SEED");

  if (seed != NULL)
    fermata_chart_trials (g_ascii_strtoull (seed, NULL, 10), 1);
  else
    fermata_chart_trials (1, N_FIXED);
}

static void
test_random (void)
{
  fermata_chart_trials (g_test_rand_int () & G_MAXINT32, N_RANDOM);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/charts/fixed", test_fixed);
  g_test_add_func ("/charts/random", test_random);

  return g_test_run ();
}
