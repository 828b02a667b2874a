/* bench-startup.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * How long `fermata run hello` takes, beside a program that does nothing with
 * GIO. In turns, so that whatever else the machine does meets both alike.
 */

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 20

extern char **environ;

typedef struct {
  const char *name;
  const char *argv[6];
  double wall[ROUNDS];
  double cpu[ROUNDS];
} Program;

static Program programs[] = {
  { "an empty GIO program", { EMPTY_GIO, NULL } },
  { "fermata --version", { FERMATA, "--version", NULL } },
  { "fermata run hello", { FERMATA, "run", HELLO, NULL } },
  { "fermata check hello", { FERMATA, "check", HELLO, NULL } },
};

static double
milliseconds (const struct timeval *time)
{
  return time->tv_sec * 1e3 + time->tv_usec / 1e3;
}

static void
run_once (Program *program,
          guint    round)
{
  posix_spawn_file_actions_t actions;
  struct rusage usage;
  gint64 start = g_get_monotonic_time ();
  int status;
  pid_t pid;

  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_addopen (&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen (&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  if (posix_spawn (&pid, program->argv[0], &actions, NULL, (char **) program->argv, environ) != 0
      || wait4 (pid, &status, 0, &usage) != pid || status != 0)
    {
      fprintf (stderr, "%s did not end well\n", program->name);
      exit (1);
    }
  posix_spawn_file_actions_destroy (&actions);

  program->wall[round] = (g_get_monotonic_time () - start) / 1e3;
  program->cpu[round] = milliseconds (&usage.ru_utime) + milliseconds (&usage.ru_stime);
}

static int
compare (const void *a,
         const void *b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static double
median (double *times)
{
  qsort (times, ROUNDS, sizeof *times, compare);

  return (times[ROUNDS / 2 - 1] + times[ROUNDS / 2]) / 2;
}

int
main (void)
{
  double wall, cpu, empty_wall = 0, empty_cpu = 0;

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    run_once (&programs[i], 0);
  for (guint round = 0; round < ROUNDS; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
        run_once (&programs[i], round);
    }

  printf ("%-24s %10s %10s %10s %10s   medians of %d, in ms\n", "", "wall", "more", "CPU", "more", ROUNDS);
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      wall = median (programs[i].wall);
      cpu = median (programs[i].cpu);
      if (i == 0)
        {
          empty_wall = wall;
          empty_cpu = cpu;
        }
      printf ("%-24s %10.1f %+10.1f %10.1f %+10.1f\n", programs[i].name, wall, wall - empty_wall,
              cpu, cpu - empty_cpu);
    }

  return 0;
}
