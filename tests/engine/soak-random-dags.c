/* soak-random-dags.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* DAGs of chance against the oracle: see fermata-soak.h. */

#include "harness/fermata-dag-trial.h"
#include "harness/fermata-soak.h"

static void
try_round (guint32 seed,
           guint   n)
{
  for (guint i = 0; i < n; i++)
    fermata_dag_trial (seed + i);
}

int
main (int   argc,
      char *argv[])
{
  return fermata_soak (argc, argv, "DAGs", try_round);
}
