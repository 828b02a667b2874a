/* bench-processes.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * What the executor costs: many processes that do nothing, two at a time,
 * beside the least that C can do for the same pipes, process groups and pidfds,
 * and beside make and ninja. The rounds alternate, so that whatever else goes
 * on in the machine meets all of them alike; compare within a round. The CPU
 * time, theirs and that of their processes, is less at the mercy of the rest.
 *
 * The same as the nodes of a graph, and what it costs there that each may be
 * tried again and has a time limit, and that the run is measured.
 */

#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "defaults/fermata-defaults.h"
#include "engine/history/fermata-metrics.h"
#include "executor/fermata-local-executor.h"
#include "format/fermata-json.h"

#define N_PROCESSES 2000
#define IN_FLIGHT 2
#define N_ROUNDS 9
#define N_ROUNDS_OTHERS 3
#define PROGRAM "/bin/true"

static const char *const argv_true[] = { PROGRAM, NULL };

/* --- The bare loop -------------------------------------------------------- */

typedef struct {
  pid_t pid;
  int fds[3]; /* output, error, pidfd */
} Bare;

static void
bare_start (Bare *child)
{
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none, standard;
  int output[2], error[2];

  if (pipe2 (output, O_CLOEXEC) != 0 || pipe2 (error, O_CLOEXEC) != 0)
    g_error ("no pipe");

  sigemptyset (&none);
  sigemptyset (&standard);
  sigaddset (&standard, SIGPIPE);
  posix_spawnattr_init (&attributes);
  posix_spawnattr_setflags (&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                         POSIX_SPAWN_SETSIGDEF);
  posix_spawnattr_setsigmask (&attributes, &none);
  posix_spawnattr_setsigdefault (&attributes, &standard);

  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_addopen (&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2 (&actions, output[1], 1);
  posix_spawn_file_actions_adddup2 (&actions, error[1], 2);

  if (posix_spawn (&child->pid, PROGRAM, &actions, &attributes,
                   (char *const *) argv_true, environ) != 0)
    g_error ("no process");

  posix_spawn_file_actions_destroy (&actions);
  posix_spawnattr_destroy (&attributes);
  close (output[1]);
  close (error[1]);
  child->fds[0] = output[0];
  child->fds[1] = error[0];
  child->fds[2] = pidfd_open (child->pid, 0);
}

/* Returns whether the child has ended. */
static gboolean
bare_attend (Bare          *child,
             struct pollfd *polls)
{
  char buffer[4096];
  struct rusage usage;
  int status;

  for (int i = 0; i < 2; i++)
    {
      if (polls[i].revents != 0 && read (child->fds[i], buffer, sizeof buffer) <= 0)
        {
          close (child->fds[i]);
          child->fds[i] = -1;
        }
    }

  if (polls[2].revents != 0 && child->pid > 0)
    {
      if (wait4 (child->pid, &status, 0, &usage) != child->pid || status != 0)
        g_error ("no end");
      close (child->fds[2]);
      child->fds[2] = -1;
      child->pid = 0;
    }

  return child->fds[0] < 0 && child->fds[1] < 0 && child->pid == 0;
}

static void
run_bare (void)
{
  Bare children[IN_FLIGHT];
  struct pollfd polls[IN_FLIGHT * 3];
  int started = 0, ended = 0;

  for (int i = 0; i < IN_FLIGHT; i++, started++)
    bare_start (&children[i]);

  while (ended < N_PROCESSES)
    {
      for (int i = 0; i < IN_FLIGHT * 3; i++)
        polls[i] = (struct pollfd) { children[i / 3].fds[i % 3], POLLIN, 0 };
      poll (polls, IN_FLIGHT * 3, -1);

      for (int i = 0; i < IN_FLIGHT; i++)
        {
          if (children[i].pid == 0 && children[i].fds[0] < 0 && children[i].fds[1] < 0)
            continue;
          if (!bare_attend (&children[i], &polls[i * 3]))
            continue;
          ended++;
          if (started < N_PROCESSES)
            {
              bare_start (&children[i]);
              started++;
            }
        }
    }
}

/* --- The executor --------------------------------------------------------- */

typedef struct {
  FermataExecutor *executor;
  GMainLoop *loop;
  int started;
  int ended;
} Ours;

static void ours_start (Ours *ours);

static void
ours_ended (FermataJob          *job,
            const FermataJobEnd *end,
            gpointer             user_data)
{
  Ours *ours = user_data;

  g_assert_true (end->exited && end->code == 0);
  g_object_unref (job);

  if (++ours->ended == N_PROCESSES)
    g_main_loop_quit (ours->loop);
  else if (ours->started < N_PROCESSES)
    ours_start (ours);
}

static void
ours_start (Ours *ours)
{
  static const FermataJobListener listener = { NULL, ours_ended };
  g_autofree char *key = g_strdup_printf ("bench/0/%d", ours->started);
  FermataJobSpec spec = { .argv = argv_true, .key = key, .attempt = 1, .grace = G_TIME_SPAN_SECOND };
  g_autoptr (GError) error = NULL;

  /* The reference is dropped at the end. */
  if (!fermata_executor_start (ours->executor, &spec, &listener, ours, &error))
    g_error ("%s", error->message);
  ours->started++;
}

static void
run_ours (void)
{
  g_autoptr (FermataLocalExecutor) executor = fermata_local_executor_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Ours ours = { FERMATA_EXECUTOR (executor), loop, 0, 0 };

  for (int i = 0; i < IN_FLIGHT; i++)
    ours_start (&ours);
  g_main_loop_run (loop);
}

/* --- Graphs --------------------------------------------------------------- */

static FermataGraph *
make_graph (const char *policies)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  FermataGraph *graph;

  g_string_printf (text, "{ \"fermata\": 1, \"kind\": \"dag\", \"max-concurrency\": %d, \"nodes\": [",
                   IN_FLIGHT);
  for (int i = 0; i < N_PROCESSES; i++)
    g_string_append_printf (text, "%s { \"id\": \"t%d\", \"type\": \"command\", "
                            "\"with\": { \"argv\": [\"" PROGRAM "\"] }%s }",
                            i == 0 ? "" : ",", i, policies);
  g_string_append (text, " ], \"edges\": [], \"result\": \"null\" }");
  bytes = g_bytes_new (text->str, text->len);
  graph = fermata_json_read_graph (bytes, "graph", NULL, &error);
  g_assert_no_error (error);

  return graph;
}

static void
run_graph_with (const char *policies,
                gboolean    is_measured)
{
  g_autoptr (FermataGraph) graph = make_graph (policies);
  g_autoptr (FermataEngine) engine = fermata_engine_new_default ();
  g_autoptr (FermataPlan) plan = NULL;
  g_autoptr (FermataRun) run = NULL;
  g_autoptr (FermataMetrics) metrics = NULL;
  g_autoptr (GError) error = NULL;
  FermataMeasures total;

  plan = fermata_engine_compile (engine, graph, &error);
  g_assert_no_error (error);
  run = fermata_engine_create_run (engine, plan, NULL, &error);
  g_assert_no_error (error);
  metrics = fermata_metrics_new (plan);
  if (is_measured)
    fermata_run_add_monitor (run, FERMATA_MONITOR (metrics));
  fermata_run_start (run);
  while (!fermata_run_has_ended (run))
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  g_assert_cmpint (fermata_run_get_state (run), ==, FERMATA_RUN_STATE_DONE);
  fermata_metrics_get_total (metrics, &total);
  g_assert_cmpuint (total.n_attempts, ==, is_measured ? N_PROCESSES : 0);
  if (is_measured)
    fermata_run_remove_monitor (run, FERMATA_MONITOR (metrics));
}

static void
run_graph (void)
{
  run_graph_with ("", FALSE);
}

static void
run_policies (void)
{
  run_graph_with (", \"retry\": { \"attempts\": 3, \"delay\": \"1s\" }, \"timeout\": \"30s\"", TRUE);
}

/* --- The others ----------------------------------------------------------- */

static char *folder;

static void
write_file (const char *name,
            GString    *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (path, text->str, text->len, &error))
    g_error ("%s", error->message);
}

static void
write_makefile (void)
{
  g_autoptr (GString) text = g_string_new (".PHONY: all");

  for (int i = 0; i < N_PROCESSES; i++)
    g_string_append_printf (text, " t%d", i);
  g_string_append (text, "\nall:");
  for (int i = 0; i < N_PROCESSES; i++)
    g_string_append_printf (text, " t%d", i);
  g_string_append_c (text, '\n');
  for (int i = 0; i < N_PROCESSES; i++)
    g_string_append_printf (text, "t%d:\n\t@" PROGRAM "\n", i);

  write_file ("Makefile", text);
}

static void
write_ninja_file (void)
{
  g_autoptr (GString) text = g_string_new ("rule true\n  command = " PROGRAM "\n");

  for (int i = 0; i < N_PROCESSES; i++)
    g_string_append_printf (text, "build t%d: true\n", i);

  write_file ("build.ninja", text);
}

static void
run_other (const char *program)
{
  const char *argv[] = { program, "-C", folder, "-j2", NULL };
  g_autoptr (GError) error = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("%s", error->message);
}

static void
run_make (void)
{
  run_other ("make");
}

static void
run_ninja (void)
{
  run_other ("ninja");
}

/* --- The table ------------------------------------------------------------ */

typedef struct {
  const char *name;
  const char *needs;
  void (*run) (void);
  int n_rounds;
  double seconds[N_ROUNDS];
  double cpu_seconds[N_ROUNDS];
} Contender;

static double
get_cpu_seconds (void)
{
  const int whose[] = { RUSAGE_SELF, RUSAGE_CHILDREN };
  double seconds = 0;

  for (guint i = 0; i < G_N_ELEMENTS (whose); i++)
    {
      struct rusage usage;

      getrusage (whose[i], &usage);
      seconds += usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
                 (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    }

  return seconds;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (const double *values,
        int           n)
{
  double sorted[N_ROUNDS];

  memcpy (sorted, values, n * sizeof *values);
  qsort (sorted, n, sizeof *sorted, compare);

  return n % 2 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

static void
measure (Contender *contender,
         int        round)
{
  double cpu_begin = get_cpu_seconds ();
  gint64 begin = g_get_monotonic_time ();

  if (round >= contender->n_rounds)
    return;

  contender->run ();
  contender->seconds[round] = (g_get_monotonic_time () - begin) / 1e6;
  contender->cpu_seconds[round] = get_cpu_seconds () - cpu_begin;
}

static double
median_ratio (const double *values,
              const double *reference,
              int           n)
{
  double ratios[N_ROUNDS];

  for (int i = 0; i < n; i++)
    ratios[i] = values[i] / reference[i];

  return median (ratios, n);
}

static void
print_row (const Contender *contender,
           const Contender *reference)
{
  int n = contender->n_rounds;

  if (n == 0)
    g_print ("  %-10s not installed\n", contender->name);
  else
    g_print ("  %-10s %9.3f s %9.1f µs %7.3f %12.1f µs %7.3f\n", contender->name,
             median (contender->seconds, n),
             median (contender->seconds, n) * 1e6 / N_PROCESSES,
             median_ratio (contender->seconds, reference->seconds, n),
             median (contender->cpu_seconds, n) * 1e6 / N_PROCESSES,
             median_ratio (contender->cpu_seconds, reference->cpu_seconds, n));
}

static gboolean
is_there (const char *program)
{
  g_autofree char *path = program ? g_find_program_in_path (program) : NULL;

  return program == NULL || path != NULL;
}

static void
remove_folder (void)
{
  for (const char *const *name = (const char *const []) { "Makefile", "build.ninja",
       ".ninja_log", ".ninja_deps", NULL }; *name; name++)
    {
      g_autofree char *path = g_build_filename (folder, *name, NULL);

      g_unlink (path);
    }

  g_rmdir (folder);
  g_free (folder);
}

int
main (int   argc,
      char *argv[])
{
  Contender contenders[] = {
    { "bare loop", NULL, run_bare, N_ROUNDS },
    { "executor", NULL, run_ours, N_ROUNDS },
    { "graph", NULL, run_graph, N_ROUNDS },
    { "policies", NULL, run_policies, N_ROUNDS },
    { "make -j2", "make", run_make, N_ROUNDS_OTHERS },
    { "ninja -j2", "ninja", run_ninja, N_ROUNDS_OTHERS },
  };

  setlocale (LC_ALL, "C.UTF-8");
  folder = g_dir_make_tmp ("fermata-bench-XXXXXX", NULL);
  g_assert_nonnull (folder);
  write_makefile ();
  write_ninja_file ();

  for (guint i = 0; i < G_N_ELEMENTS (contenders); i++)
    {
      if (!is_there (contenders[i].needs))
        contenders[i].n_rounds = 0;
    }

  for (int round = 0; round < N_ROUNDS; round++)
    {
      /* Neither is always the first. */
      for (guint i = 0; i < G_N_ELEMENTS (contenders); i++)
        measure (&contenders[i < 4 ? (i + round) % 4 : i], round);
    }

  g_print ("%d times " PROGRAM ", %d at a time (medians of %d rounds; others %d):\n",
           N_PROCESSES, IN_FLIGHT, N_ROUNDS, N_ROUNDS_OTHERS);
  g_print ("  %-10s %11s %12s %7s %15s %7s\n", "", "time", "of each", "ratio", "CPU of each", "ratio");
  for (guint i = 0; i < G_N_ELEMENTS (contenders); i++)
    print_row (&contenders[i], &contenders[0]);
  g_print ("  A graph with retry, timeout and metrics takes %.3f of one without: %.3f of the CPU time\n",
           median_ratio (contenders[3].seconds, contenders[2].seconds, N_ROUNDS),
           median_ratio (contenders[3].cpu_seconds, contenders[2].cpu_seconds, N_ROUNDS));

  remove_folder ();
  return 0;
}
