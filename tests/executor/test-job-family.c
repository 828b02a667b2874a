/* test-job-family.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What processes leave behind is ended with them, and nothing else is. */

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "executor/fermata-family-private.h"
#include "executor/fermata-start-private.h"
#include "executor/recorder.h"

#define A_MOMENT (5 * G_TIME_SPAN_MILLISECOND)
#define AN_HOUR G_TIME_SPAN_HOUR

/* As in helper.c. */
enum { OWN_SESSION = 1, NO_MARK = 2, NO_ENVIRONMENT = 4, DEAF = 8, TWICE = 16 };

/* All pids that it printed are gone, and reaped. */
static void
assert_nobody_left (Recorder *recorder,
                    guint     n)
{
  for (guint i = 0; i < n; i++)
    g_assert_false (is_there (recorder_get_pid (recorder, i)));

  g_assert_cmpuint (count_children (), ==, 0);
}

/* --- Shells --------------------------------------------------------------- */

/* Processes that would go on for a long time; each tells its pid first. */
#define SLEEPER "sleep 1000" /* victim */

static const char *const scripts[] = {
  SLEEPER " & echo $!",
  "setsid " SLEEPER " & echo $!",
  "nohup " SLEEPER " >/dev/null 2>&1 & echo $!",
  "setsid " SLEEPER " >/dev/null 2>&1 </dev/null & echo $!",
  "env -i setsid " SLEEPER " & echo $!",
  "trap '' TERM; setsid " SLEEPER " & echo $!",
  "(setsid sh -c 'echo $$; " SLEEPER " & " SLEEPER "' &)",
  "(setsid sh -c 'trap \"\" TERM; echo $$; " SLEEPER " & echo $!; " SLEEPER "; " SLEEPER "' &)",
  "setsid -f sh -c 'echo $$; setsid -f " SLEEPER "; setsid -f " SLEEPER "; " SLEEPER "'",
};

/* Whoever gets away from the shell comes to us, so nobody did. */
static void
test_script (gconstpointer data)
{
  g_autoptr (Recorder) recorder = recorder_start_shell (data, A_MOMENT);

  recorder_finish (recorder);
  assert_exited (recorder, 0);
  g_assert_cmpuint (count_children (), ==, 0);
}

/* As written in the book: the output is there, the process is not. */
static void
test_background (void)
{
  g_autoptr (Recorder) recorder = recorder_start_shell (SLEEPER " & echo x; echo $!", AN_HOUR);

  recorder_finish (recorder);
  assert_exited (recorder, 0);
  g_assert_true (g_str_has_prefix (recorder->text[0]->str, "x\n"));
  g_assert_false (is_there (recorder_get_pid (recorder, 1)));
  g_assert_cmpuint (count_children (), ==, 0);
}

/* --- Ways to get away ------------------------------------------------------ */

static Recorder *
start_leave (const char *words,
             int         how,
             gint64      grace)
{
  g_autofree char *all = g_strdup_printf ("%s %d", words, how);

  return recorder_start (all, grace);
}

/* Whatever a process does short of everything at once, something gives it
 * away: group, mark or environment. If it heeds SIGTERM that is enough. */
static void
test_ways (void)
{
  for (int how = 0; how < 32; how++)
    {
      g_autoptr (Recorder) recorder = NULL;

      if ((how & OWN_SESSION) && (how & NO_MARK) && (how & NO_ENVIRONMENT))
        continue;

      recorder = start_leave ("leave", how, how & DEAF ? A_MOMENT : AN_HOUR);
      recorder_finish (recorder);
      assert_exited (recorder, 0);
      g_assert_cmpuint (count_children (), ==, 0);
    }
}

/* On the way out by request they are seen before they are orphans, so that
 * even one that does everything is known. */
static void
test_ways_terminated (void)
{
  for (int how = 0; how < 16; how++)
    {
      g_autoptr (Recorder) recorder = NULL;

      recorder = start_leave ("leave-and-wait", how, how & DEAF ? A_MOMENT : AN_HOUR);
      recorder_wait_for_lines (recorder, 1);
      fermata_job_terminate (recorder->job);
      recorder_finish (recorder);
      assert_signalled (recorder, SIGTERM);
      assert_nobody_left (recorder, 1);
    }
}

/* A daemon of a process that runs still is ended with it at the latest. */
static void
test_daemon_terminated (void)
{
  g_autoptr (Recorder) recorder = start_leave ("leave-and-wait", OWN_SESSION | TWICE | NO_ENVIRONMENT, AN_HOUR);
  pid_t daemon;

  recorder_wait_for_lines (recorder, 1);
  daemon = recorder_get_pid (recorder, 0);
  g_assert_true (is_there (daemon));

  fermata_job_terminate (recorder->job);
  recorder_finish (recorder);
  g_assert_false (is_there (daemon));
  g_assert_cmpuint (count_children (), ==, 0);
}

static void
test_many (void)
{
  g_autoptr (GString) words = g_string_new ("leave-and-wait");
  g_autoptr (Recorder) recorder = NULL;
  const guint n = 60;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (words, " %d", i % 2 ? OWN_SESSION | TWICE : OWN_SESSION | DEAF);

  recorder = recorder_start (words->str, A_MOMENT);
  recorder_wait_for_lines (recorder, n);
  fermata_job_terminate (recorder->job);
  recorder_finish (recorder);
  assert_nobody_left (recorder, n);
}

static void
test_generations (gconstpointer data)
{
  g_autofree char *words = g_strdup_printf ("leave-generations %d", GPOINTER_TO_INT (data));
  g_autoptr (Recorder) recorder = recorder_start (words, A_MOMENT);

  recorder_finish (recorder);
  assert_exited (recorder, 0);
  g_assert_cmpuint (count_children (), ==, 0);
}

static void
test_hydra (void)
{
  g_autoptr (Recorder) recorder = recorder_start ("leave-hydra", A_MOMENT);

  recorder_finish (recorder);
  assert_exited (recorder, 0);
  g_assert_cmpuint (count_children (), ==, 0);
}

/* An engine that was started by a job and is gone: what it ran belongs to that
 * job as well. */
static void
test_inner_job (void)
{
  g_autoptr (Recorder) recorder = recorder_start ("leave-inner-job", AN_HOUR);

  recorder_finish (recorder);
  assert_nobody_left (recorder, 1);
}

/* Of the dead nothing can be read but the mark. */
static void
test_dead (void)
{
  g_autoptr (Recorder) recorder = recorder_start ("leave-dead", AN_HOUR);

  recorder_finish (recorder);
  assert_exited (recorder, 0);
  assert_nobody_left (recorder, 1);
}

/* Asked once more, what is left behind does not get its time either. */
static void
test_terminate_those_left (void)
{
  g_autoptr (Recorder) recorder = start_leave ("leave-and-wait", OWN_SESSION | DEAF, AN_HOUR);
  pid_t leader = fermata_job_get_identity (recorder->job, NULL);

  recorder_wait_for_lines (recorder, 1);
  fermata_job_terminate (recorder->job);
  while (is_there (leader) && recorder->n_ended == 0)
    {
      siginfo_t info = { 0 };

      if (waitid (P_PID, leader, &info, WEXITED | WNOWAIT | WNOHANG) == 0 && info.si_pid == leader)
        break;
      g_main_context_iteration (NULL, FALSE);
    }

  g_assert_cmpuint (recorder->n_ended, ==, 0);
  fermata_job_terminate (recorder->job);
  recorder_finish (recorder);
  assert_signalled (recorder, SIGTERM);
  assert_nobody_left (recorder, 1);
}

static void
test_dropped (void)
{
  g_autoptr (Recorder) recorder = start_leave ("leave-and-wait", OWN_SESSION | DEAF, A_MOMENT);
  pid_t left;

  recorder_wait_for_lines (recorder, 1);
  left = recorder_get_pid (recorder, 0);
  g_clear_object (&recorder->job);

  while (count_children () > 0)
    iterate ();
  g_assert_false (is_there (left));
  g_assert_cmpuint (recorder->n_ended, ==, 0);
}

/* Who holds the pipe open and is not found must not hold up the end. */
static void
test_escaped_with_pipe (void)
{
  g_autoptr (Recorder) recorder = start_leave ("leave", OWN_SESSION | NO_MARK | NO_ENVIRONMENT | TWICE, AN_HOUR);
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (pid_t));
  pid_t left;

  recorder_finish (recorder);
  assert_exited (recorder, 0);
  left = recorder_get_pid (recorder, 0);

  /* This one is documented to get away, to here. */
  fermata_proc_children_of_process (getpid (), children);
  g_assert_cmpuint (children->len, ==, 1);
  g_assert_cmpint (g_array_index (children, pid_t, 0), ==, left);
  kill (left, SIGKILL);
  g_assert_cmpint (waitpid (left, NULL, 0), ==, left);
}

/* One whose job took its leave without it is ended when the next one looks. */
static void
test_stray (void)
{
  FermataFamily *family = fermata_family_new (-1);
  g_auto (GStrv) argv = split_command ("leave 25");
  FermataJobSpec spec = { .argv = (const char *const *) argv, .key = "run/0/node", .attempt = 1 };
  g_autoptr (Recorder) recorder = NULL;
  FermataStarted started;
  struct rusage usage;
  siginfo_t info;
  int null_fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  int status;

  g_assert_true (fermata_start (&spec, family, null_fd, &started, NULL));
  g_assert_cmpint (waitid (P_PID, started.pid, &info, WEXITED | WNOWAIT), ==, 0);
  g_assert_cmpint (fermata_family_reap_leader (family, &status, &usage), ==, started.pid);
  fermata_family_free (family);
  g_assert_cmpuint (count_children (), ==, 1);

  while (count_children () > 0)
    {
      g_clear_pointer (&recorder, recorder_free);
      recorder = recorder_start ("exit 0", AN_HOUR);
      recorder_finish (recorder);
    }

  close (null_fd);
  close (started.pidfd);
  close (started.streams[0]);
  close (started.streams[1]);
}

/* --- Whom it does not concern ----------------------------------------------- */

static pid_t
spawn (const char  *words,
       const char **environment)
{
  g_auto (GStrv) argv = split_command (words);
  GPid pid;

  g_assert_true (g_spawn_async (NULL, argv, (char **) environment,
                                G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL,
                                NULL, NULL, &pid, NULL));

  return pid;
}

/* Children that the program has for other reasons: one that runs, one that is
 * dead and not reaped yet, one that looks like a job of the same name. */
static void
test_strangers (void)
{
  const char *forged[] = { "FERMATA_KEY=run/0/node", "FERMATA_ATTEMPT=1", "FERMATA_JOB=0:1:", NULL };
  pid_t running = spawn ("wait", NULL);
  pid_t dead = spawn ("exit 9", NULL);
  pid_t alike = spawn ("wait", forged);
  siginfo_t info;
  int status;

  g_assert_cmpint (waitid (P_PID, dead, &info, WEXITED | WNOWAIT), ==, 0);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (Recorder) recorder = start_leave ("leave-and-wait", OWN_SESSION | DEAF, A_MOMENT);

      recorder_wait_for_lines (recorder, 1);
      fermata_job_terminate (recorder->job);
      recorder_finish (recorder);
      g_assert_false (is_there (recorder_get_pid (recorder, 0)));
    }

  g_assert_cmpint (waitpid (running, &status, WNOHANG), ==, 0);
  g_assert_cmpint (waitpid (alike, &status, WNOHANG), ==, 0);
  g_assert_cmpint (waitpid (dead, &status, WNOHANG), ==, dead);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 9);

  kill (running, SIGKILL);
  kill (alike, SIGKILL);
  g_assert_cmpint (waitpid (running, &status, 0), ==, running);
  g_assert_cmpint (waitpid (alike, &status, 0), ==, alike);
}

/* Two jobs of one key, of two executors: the daemon of the one outlives the
 * other. */
static void
test_two_executors (void)
{
  g_autoptr (Recorder) one = start_leave ("leave-and-wait", OWN_SESSION | TWICE, AN_HOUR);
  g_autoptr (Recorder) other = NULL;
  pid_t daemon;

  recorder_wait_for_lines (one, 1);
  daemon = recorder_get_pid (one, 0);

  other = start_leave ("leave", OWN_SESSION | TWICE, AN_HOUR);
  recorder_finish (other);
  g_assert_cmpuint (one->n_ended, ==, 0);
  g_assert_true (is_there (daemon));
  g_assert_cmpint (waitpid (daemon, NULL, WNOHANG), ==, 0);

  fermata_job_terminate (one->job);
  recorder_finish (one);
  g_assert_false (is_there (daemon));
  g_assert_cmpuint (count_children (), ==, 0);
}

/* --- Threads ---------------------------------------------------------------- */

static gpointer
run_in_thread (gpointer data)
{
  GMainContext *context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  for (int how = 0; how < 32; how++)
    {
      g_autoptr (Recorder) recorder = NULL;

      if ((how & OWN_SESSION) && (how & NO_MARK) && (how & NO_ENVIRONMENT))
        continue;
      recorder = start_leave ("leave", how, A_MOMENT);
      recorder_finish (recorder);
      assert_exited (recorder, 0);
    }
  g_main_context_pop_thread_default (context);
  g_main_context_unref (context);

  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("jobs", run_in_thread, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  g_assert_cmpuint (count_children (), ==, 0);
}

static gpointer
run_and_exit (gpointer data)
{
  run_in_thread (NULL);
  if (count_children () != 0)
    _exit (1);
  _exit (0);
}

/* Orphans come to the first thread that there is. */
static void
test_no_main_thread (void)
{
  if (g_test_subprocess ())
    {
      g_thread_unref (g_thread_new ("jobs", run_and_exit, NULL));
      pthread_exit (NULL);
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/job-family/background", test_background);
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/job-family/script/%u", i);

      g_test_add_data_func (path, scripts[i], test_script);
    }
  g_test_add_func ("/job-family/ways", test_ways);
  g_test_add_func ("/job-family/ways-terminated", test_ways_terminated);
  g_test_add_func ("/job-family/daemon-terminated", test_daemon_terminated);
  g_test_add_func ("/job-family/many", test_many);
  g_test_add_data_func ("/job-family/generations/1", GINT_TO_POINTER (1), test_generations);
  g_test_add_data_func ("/job-family/generations/12", GINT_TO_POINTER (12), test_generations);
  g_test_add_func ("/job-family/hydra", test_hydra);
  g_test_add_func ("/job-family/inner-job", test_inner_job);
  g_test_add_func ("/job-family/dead", test_dead);
  g_test_add_func ("/job-family/terminate-those-left", test_terminate_those_left);
  g_test_add_func ("/job-family/dropped", test_dropped);
  g_test_add_func ("/job-family/escaped-with-pipe", test_escaped_with_pipe);
  g_test_add_func ("/job-family/stray", test_stray);
  g_test_add_func ("/job-family/strangers", test_strangers);
  g_test_add_func ("/job-family/two-executors", test_two_executors);
  g_test_add_func ("/job-family/threads", test_threads);
  g_test_add_func ("/job-family/no-main-thread", test_no_main_thread);

  return g_test_run ();
}
