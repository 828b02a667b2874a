/* fermata-soak.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "harness/fermata-soak.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define ROUND 50
#define WARM_UP 40
#define MAY_GROW 1.1

/* In KB: what malloc() has given out, and what is there at all. */
typedef struct {
  double allocated;
  double resident;
} Memory;

static Memory
measure (void)
{
  struct mallinfo2 info = mallinfo2 ();
  Memory memory = { (info.uordblks + info.hblkhd) / 1024.0, 0 };
  g_autofree char *statm = NULL;
  unsigned long resident = 0, shared = 0;

  if (g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL)
      && sscanf (statm, "%*u %lu %lu", &resident, &shared) == 2)
    memory.resident = (resident - shared) * (sysconf (_SC_PAGESIZE) / 1024.0);

  return memory;
}

static gboolean
has_grown (const char *what,
           double      before,
           double      after)
{
  printf ("%s: %.0f KB, %.0f KB after a tenth of the time\n", what, after, before);
  if (after <= before * MAY_GROW)
    return FALSE;

  printf ("that is more than %.1f times as much\n", MAY_GROW);

  return TRUE;
}

int
fermata_soak (int               argc,
              char             *argv[],
              const char       *what,
              FermataSoakRound  round)
{
  gint64 seconds = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 60;
  guint32 seed = argc > 2 ? g_ascii_strtoull (argv[2], NULL, 10) : g_random_int () & G_MAXINT32;
  gint64 begin = g_get_monotonic_time ();
  gint64 tenth = begin + seconds * G_USEC_PER_SEC / 10;
  Memory before = { 0, 0 };
  Memory after;
  guint n_rounds = 0;
  gboolean grown;

  /* Its collector takes its time where there is much memory. */
  g_setenv ("JSC_forceRAMSize", "67108864", FALSE);

  printf ("seeds from %u\n", seed);
  while (before.allocated == 0 || g_get_monotonic_time () < begin + seconds * G_USEC_PER_SEC)
    {
      round (seed, ROUND);
      seed += ROUND;
      n_rounds++;
      if (before.allocated == 0 && n_rounds >= WARM_UP && g_get_monotonic_time () >= tenth)
        before = measure ();
    }

  after = measure ();
  printf ("%u %s\n", n_rounds * ROUND, what);
  grown = has_grown ("allocated", before.allocated, after.allocated);
  grown = has_grown ("resident", before.resident, after.resident) || grown;

  return grown ? EXIT_FAILURE : EXIT_SUCCESS;
}
