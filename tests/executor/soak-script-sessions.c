/* soak-script-sessions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Random JavaScript of machines, again and again: processes that come and go agree
 * with those that stay, nothing is left of them, and our memory does not grow. */

#include "executor/script-programs.h"

#include <malloc.h>
#include <stdlib.h>

#include "executor/fermata-proc-private.h"

/* Rounds before memory is looked at, and what it may grow by afterwards. */
#define WARM_UP 5
#define MAY_GROW 1.3

static double
allocated (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (info.uordblks + info.hblkhd) / 1024.0;
}

static guint
count_children (void)
{
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (pid_t));

  fermata_proc_read_children (fermata_proc_open_children (), children);

  return children->len;
}

int
main (int   argc,
      char *argv[])
{
  gint64 seconds = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 60;
  guint32 seed = argc > 2 ? g_ascii_strtoull (argv[2], NULL, 10) : g_random_int ();
  gint64 end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  double before = 0;
  double after;
  guint n = 0;

  printf ("seed %u\n", seed);
  while (n <= WARM_UP || g_get_monotonic_time () < end)
    {
      g_autofree char *problem = play_random_program (random);

      if (problem != NULL)
        {
          printf ("%s\n", problem);
          return EXIT_FAILURE;
        }
      if (++n == WARM_UP)
        before = allocated ();
    }

  after = allocated ();
  printf ("%u programs, %u children left\n", n, count_children ());
  printf ("allocated: %.0f KB, %.0f KB after %d programs\n", after, before, WARM_UP);
  if (count_children () > 0)
    return EXIT_FAILURE;
  if (after > before * MAY_GROW)
    {
      printf ("that is more than %.1f times as much\n", MAY_GROW);
      return EXIT_FAILURE;
    }

  return EXIT_SUCCESS;
}
