/* soak-random-dags.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * DAGs of chance against the oracle, for as many seconds as the argument says;
 * what is allocated must not grow. A second argument is the seed to begin with.
 */

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include "harness/fermata-dag-trial.h"

#define ROUND 100
#define WARM_UP 3
#define MAY_GROW (2 * 1024 * 1024)

static gsize
allocated (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

int
main (int   argc,
      char *argv[])
{
  gint64 seconds = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 60;
  guint32 seed = argc > 2 ? g_ascii_strtoull (argv[2], NULL, 10) : g_random_int ();
  gint64 end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  gsize before = 0;
  gsize after = 0;
  guint n_rounds = 0;

  printf ("seeds from %u\n", seed);
  while (n_rounds <= WARM_UP || g_get_monotonic_time () < end)
    {
      for (guint i = 0; i < ROUND; i++)
        fermata_dag_trial (seed++);
      after = allocated ();
      if (++n_rounds == WARM_UP)
        before = after;
    }
  printf ("%u DAGs; %" G_GSIZE_FORMAT " KB allocated, %" G_GSIZE_FORMAT " KB at first\n",
          n_rounds * ROUND, after / 1024, before / 1024);
  if (after > before + MAY_GROW)
    {
      printf ("the memory in use grows\n");
      return EXIT_FAILURE;
    }

  return EXIT_SUCCESS;
}
