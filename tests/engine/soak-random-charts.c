/* soak-random-charts.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* State machines of chance against the oracle: see fermata-soak.h. */

#include "harness/fermata-chart-trial.h"
#include "harness/fermata-soak.h"

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  return fermata_soak (argc, argv, "state machines", fermata_chart_trials);
}
