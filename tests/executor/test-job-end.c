/* test-job-end.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How processes are ended: asked, made to, or let go of. */

#include <sys/resource.h>
#include <unistd.h>

#include "executor/recorder.h"

#define A_MOMENT (5 * G_TIME_SPAN_MILLISECOND)
#define AN_HOUR G_TIME_SPAN_HOUR

static Recorder *
start_ready (const char *words,
             gint64      grace)
{
  Recorder *recorder = recorder_start (words, grace);

  recorder_wait_for_text (recorder, "ready\n");

  return recorder;
}

static void
test_terminate (void)
{
  g_autoptr (Recorder) recorder = start_ready ("wait", AN_HOUR);

  fermata_job_terminate (recorder->job);
  g_assert_cmpuint (recorder->n_ended, ==, 0);
  recorder_finish (recorder);
  assert_signalled (recorder, SIGTERM);

  /* There is nothing left to end. */
  fermata_job_terminate (recorder->job);
  fermata_job_set_paused (recorder->job, TRUE);
  fermata_job_set_paused (recorder->job, FALSE);
  g_assert_cmpuint (recorder->n_ended, ==, 1);
}

static void
test_endless_grace (void)
{
  g_autoptr (Recorder) recorder = start_ready ("wait", G_MAXINT64);

  fermata_job_terminate (recorder->job);
  recorder_finish (recorder);
  assert_signalled (recorder, SIGTERM);
}

static void
test_handles_term (void)
{
  g_autoptr (Recorder) recorder = start_ready ("handle-term", AN_HOUR);

  fermata_job_terminate (recorder->job);
  recorder_finish (recorder);
  assert_exited (recorder, 3);
  g_assert_cmpstr (recorder->text[0]->str, ==, "ready\ngoodbye\n");
}

static void
test_ignores_term (void)
{
  g_autoptr (Recorder) recorder = start_ready ("ignore-term", A_MOMENT);

  fermata_job_terminate (recorder->job);
  recorder_finish (recorder);
  assert_signalled (recorder, SIGKILL);
}

static void
test_no_grace (void)
{
  g_autoptr (Recorder) recorder = start_ready ("ignore-term", 0);

  fermata_job_terminate (recorder->job);
  recorder_finish (recorder);
  assert_signalled (recorder, SIGKILL);
}

static void
test_terminate_again (void)
{
  g_autoptr (Recorder) recorder = start_ready ("ignore-term", AN_HOUR);

  fermata_job_terminate (recorder->job);
  fermata_job_terminate (recorder->job);
  recorder_finish (recorder);
  assert_signalled (recorder, SIGKILL);
}

static void
test_stopped (void)
{
  g_autoptr (Recorder) recorder = start_ready ("stop", AN_HOUR);
  siginfo_t info;

  g_assert_cmpint (waitid (P_PID, fermata_job_get_identity (recorder->job, NULL), &info,
                           WSTOPPED | WNOWAIT), ==, 0);
  fermata_job_terminate (recorder->job);
  recorder_finish (recorder);
  assert_signalled (recorder, SIGTERM);
}

static void
test_leaves_its_group (void)
{
  g_autoptr (Recorder) recorder = start_ready ("leave-group", AN_HOUR);

  fermata_job_terminate (recorder->job);
  recorder_finish (recorder);
  assert_signalled (recorder, SIGTERM);
}

static void
test_terminate_at_once (void)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (Recorder) recorder = recorder_start ("wait", AN_HOUR);

      fermata_job_terminate (recorder->job);
      recorder_finish (recorder);
      assert_signalled (recorder, SIGTERM);
    }
}

/* A process that has ended of its own before that was noticed. */
static void
test_terminate_the_dead (void)
{
  g_autoptr (Recorder) recorder = recorder_start ("exit 4", AN_HOUR);
  pid_t pid = fermata_job_get_identity (recorder->job, NULL);
  siginfo_t info;

  g_assert_cmpint (waitid (P_PID, pid, &info, WEXITED | WNOWAIT), ==, 0);
  fermata_job_terminate (recorder->job);
  recorder_finish (recorder);
  assert_exited (recorder, 4);
}

/* --- From within the listener ---------------------------------------------- */

static void
output_terminates (FermataJob    *job,
                   FermataStream  stream,
                   const guint8  *data,
                   gsize          length,
                   gpointer       user_data)
{
  fermata_job_terminate (job);
}

static void
output_drops (FermataJob    *job,
              FermataStream  stream,
              const guint8  *data,
              gsize          length,
              gpointer       user_data)
{
  Recorder *recorder = user_data;

  recorder->n_outputs++;
  g_clear_object (&recorder->job);
}

static void
ended_drops (FermataJob          *job,
             const FermataJobEnd *end,
             gpointer             user_data)
{
  Recorder *recorder = user_data;

  recorder->n_ended++;
  g_clear_object (&recorder->job);
  g_clear_object (&recorder->executor);
}

static Recorder *
start_with_listener (const char               *words,
                     const FermataJobListener *listener)
{
  Recorder *recorder = recorder_new ();
  g_auto (GStrv) argv = split_command (words);
  FermataJobSpec spec = {
    .argv = (const char *const *) argv, .key = "run/0/node", .attempt = 1, .grace = AN_HOUR,
  };

  recorder->job = fermata_executor_start (recorder->executor, &spec, listener, recorder, NULL);
  g_assert_nonnull (recorder->job);

  return recorder;
}

static void
test_terminate_from_output (void)
{
  const FermataJobListener listener = { output_terminates, recorder_ended };
  g_autoptr (Recorder) recorder = start_with_listener ("wait", &listener);

  recorder_finish (recorder);
  assert_signalled (recorder, SIGTERM);
}

static void
iterate_until_gone (pid_t pid)
{
  while (is_there (pid))
    iterate ();
  g_assert_cmpuint (count_children (), ==, 0);
}

static void
test_drop_from_output (void)
{
  const FermataJobListener listener = { output_drops, recorder_ended };
  g_autoptr (Recorder) recorder = start_with_listener ("print-for-ever 1000000", &listener);
  pid_t pid = fermata_job_get_identity (recorder->job, NULL);

  iterate_until_gone (pid);
  g_assert_cmpuint (recorder->n_ended, ==, 0);
  g_assert_cmpuint (recorder->n_outputs, <=, 2);
}

static void
test_drop_from_ended (void)
{
  const FermataJobListener listener = { NULL, ended_drops };
  g_autoptr (Recorder) recorder = start_with_listener ("exit 0", &listener);

  recorder_finish (recorder);
  g_assert_null (recorder->job);
}

/* --- Dropped --------------------------------------------------------------- */

static void
test_drop (void)
{
  g_autoptr (Recorder) recorder = start_ready ("wait", AN_HOUR);
  pid_t pid = fermata_job_get_identity (recorder->job, NULL);
  FermataJob *job = recorder->job;

  g_object_add_weak_pointer (G_OBJECT (job), (gpointer *) &job);
  g_clear_object (&recorder->job);
  g_assert_null (job);

  iterate_until_gone (pid);
  g_assert_cmpuint (recorder->n_ended, ==, 0);
}

/* The executor may go as well, and the process need not be willing. */
static void
test_drop_all (void)
{
  g_autoptr (Recorder) recorder = start_ready ("ignore-term", A_MOMENT);
  pid_t pid = fermata_job_get_identity (recorder->job, NULL);

  g_clear_object (&recorder->job);
  g_clear_object (&recorder->executor);
  iterate_until_gone (pid);
  g_assert_cmpuint (recorder->n_ended, ==, 0);
}

static void
test_drop_while_paused (void)
{
  g_autoptr (Recorder) recorder = recorder_start ("print-for-ever 1000000", AN_HOUR);
  pid_t pid = fermata_job_get_identity (recorder->job, NULL);

  while (recorder->n_outputs == 0)
    iterate ();
  fermata_job_set_paused (recorder->job, TRUE);
  g_clear_object (&recorder->job);
  iterate_until_gone (pid);
}

static void
test_drop_at_once (void)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (Recorder) recorder = recorder_start ("exit 0", AN_HOUR);
      pid_t pid = fermata_job_get_identity (recorder->job, NULL);

      g_clear_object (&recorder->job);
      iterate_until_gone (pid);
      g_assert_cmpuint (recorder->n_ended, ==, 0);
    }
}

/* Without its main context nothing can be waited for. */
static void
test_context_goes_first (gconstpointer data)
{
  const char *words = data;
  GMainContext *context = g_main_context_new ();
  Recorder *recorder;
  pid_t pid, left;

  g_main_context_push_thread_default (context);
  recorder = recorder_start (words, AN_HOUR);
  recorder_wait_for_lines (recorder, 1);
  pid = fermata_job_get_identity (recorder->job, NULL);
  left = g_str_equal (words, "wait") ? pid : recorder_get_pid (recorder, 0);
  g_assert_true (is_there (left));
  g_main_context_pop_thread_default (context);

  g_clear_object (&recorder->executor);
  g_main_context_unref (context);
  fermata_job_terminate (recorder->job);
  fermata_job_set_paused (recorder->job, TRUE);
  fermata_job_set_paused (recorder->job, FALSE);
  recorder_free (recorder);

  g_assert_false (is_there (pid));
  g_assert_false (is_there (left));
  g_assert_cmpuint (count_children (), ==, 0);
}

/* One that somebody else reaps: no crash, no endless wait. */
static void
test_reaped_by_others (void)
{
  g_autoptr (Recorder) recorder = recorder_start ("exit 5", AN_HOUR);
  pid_t pid = fermata_job_get_identity (recorder->job, NULL);

  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  g_test_expect_message ("Fermata", G_LOG_LEVEL_WARNING, "*reaped process*");
  recorder_finish (recorder);
  g_test_assert_expected_messages ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/job-end/terminate", test_terminate);
  g_test_add_func ("/job-end/endless-grace", test_endless_grace);
  g_test_add_func ("/job-end/handles-term", test_handles_term);
  g_test_add_func ("/job-end/ignores-term", test_ignores_term);
  g_test_add_func ("/job-end/no-grace", test_no_grace);
  g_test_add_func ("/job-end/terminate-again", test_terminate_again);
  g_test_add_func ("/job-end/stopped", test_stopped);
  g_test_add_func ("/job-end/leaves-its-group", test_leaves_its_group);
  g_test_add_func ("/job-end/terminate-at-once", test_terminate_at_once);
  g_test_add_func ("/job-end/terminate-the-dead", test_terminate_the_dead);
  g_test_add_func ("/job-end/terminate-from-output", test_terminate_from_output);
  g_test_add_func ("/job-end/drop-from-output", test_drop_from_output);
  g_test_add_func ("/job-end/drop-from-ended", test_drop_from_ended);
  g_test_add_func ("/job-end/drop", test_drop);
  g_test_add_func ("/job-end/drop-all", test_drop_all);
  g_test_add_func ("/job-end/drop-while-paused", test_drop_while_paused);
  g_test_add_func ("/job-end/drop-at-once", test_drop_at_once);
  g_test_add_data_func ("/job-end/context-goes-first", "wait", test_context_goes_first);
  g_test_add_data_func ("/job-end/context-goes-first-with-daemon", "leave-and-wait 17", test_context_goes_first);
  g_test_add_func ("/job-end/reaped-by-others", test_reaped_by_others);

  return g_test_run ();
}
