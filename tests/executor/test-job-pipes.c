/* test-job-pipes.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What goes in and out of processes. */

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "executor/recorder.h"

#define A_SECOND G_TIME_SPAN_SECOND
#define AN_HOUR G_TIME_SPAN_HOUR

static Recorder *
start_with_input (const char *words,
                  GBytes     *input)
{
  Recorder *recorder = recorder_new ();
  g_auto (GStrv) argv = split_command (words);
  FermataJobSpec spec = { .argv = (const char *const *) argv, .input = input, .grace = A_SECOND };

  recorder_start_spec (recorder, &spec);

  return recorder;
}

/* --- Output --------------------------------------------------------------- */

static void
assert_all (GString *text,
            char     c,
            gsize    length)
{
  g_assert_cmpuint (text->len, ==, length);
  for (gsize i = 0; i < length; i++)
    {
      if (text->str[i] != c)
        g_error ("‘%c’ at %" G_GSIZE_FORMAT " instead of ‘%c’", text->str[i], i, c);
    }
}

static void
test_output (gconstpointer data)
{
  gsize length = GPOINTER_TO_SIZE (data);
  g_autofree char *words = g_strdup_printf ("print %" G_GSIZE_FORMAT, length);
  g_autoptr (Recorder) recorder = recorder_start (words, A_SECOND);

  recorder_finish (recorder);
  assert_exited (recorder, 0);
  assert_all (recorder->text[FERMATA_STREAM_OUTPUT], 'o', length);
  assert_all (recorder->text[FERMATA_STREAM_ERROR], 'e', length);
}

/* One that prints all the time does not keep another from its end. */
static void
test_flood_is_fair (void)
{
  g_autoptr (Recorder) flood = recorder_start ("print-for-ever 1000000", AN_HOUR);
  g_autoptr (Recorder) quick = NULL;

  while (flood->n_outputs == 0)
    iterate ();

  quick = recorder_start ("print 10", A_SECOND);
  recorder_finish (quick);
  g_assert_cmpuint (flood->n_ended, ==, 0);

  fermata_job_terminate (flood->job);
  recorder_finish (flood);
  assert_signalled (flood, SIGTERM);
}

static void
test_close_output (void)
{
  g_autofree char *text = g_strnfill (1000000, 'x');
  g_autoptr (GBytes) input = g_bytes_new (text, 1000000);
  g_autoptr (Recorder) recorder = start_with_input ("close-output", input);

  recorder_finish (recorder);
  g_assert_cmpstr (recorder->text[0]->str, ==, "last words\n");
  assert_exited (recorder, 7);
}

/* What the listener is given stays whole while it runs the loop. */
static Recorder *nested;

static void
output_with_loop (FermataJob    *job,
                  FermataStream  stream,
                  const guint8  *data,
                  gsize          length,
                  gpointer       user_data)
{
  Recorder *recorder = user_data;

  if (nested == NULL)
    {
      nested = recorder_start ("print 100000", A_SECOND);
      recorder_finish (nested);
    }

  g_string_append_len (recorder->text[stream], (const char *) data, length);
}

static void
test_loop_within_listener (void)
{
  g_autoptr (Recorder) recorder = recorder_new ();
  const FermataJobListener listener = { output_with_loop, recorder_ended };
  const char *argv[] = { "/bin/echo", "the text of the outer one", NULL };
  FermataJobSpec spec = { .argv = argv, .key = "run/0/node", .attempt = 1, .grace = A_SECOND };

  recorder->job = fermata_executor_start (recorder->executor, &spec, &listener, recorder, NULL);
  recorder_finish (recorder);

  g_assert_cmpstr (recorder->text[0]->str, ==, "the text of the outer one\n");
  g_assert_cmpuint (nested->text[0]->len, ==, 100000);
  g_clear_pointer (&nested, recorder_free);
}

/* --- Input ---------------------------------------------------------------- */

static void
assert_counts (gsize length)
{
  g_autofree guint8 *data = g_malloc (MAX (length, 1));
  g_autoptr (GBytes) input = NULL;
  g_autoptr (Recorder) recorder = NULL;
  g_autofree char *expected = NULL;
  gulong sum = 0;

  for (gsize i = 0; i < length; i++)
    {
      data[i] = i * 7 + (i >> 11);
      sum = sum * 31 + data[i];
    }

  input = g_bytes_new_take (g_steal_pointer (&data), length);
  recorder = start_with_input ("count", input);
  recorder_finish (recorder);
  assert_exited (recorder, 0);

  expected = g_strdup_printf ("%" G_GSIZE_FORMAT " %lu\n", length, sum);
  g_assert_cmpstr (recorder->text[0]->str, ==, expected);
}

static void
test_input (void)
{
  const gsize lengths[] = { 0, 1, 4095, 4096, 65535, 65536, 65537, 1000003 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    assert_counts (lengths[i]);
}

static void
test_no_input (void)
{
  g_autoptr (Recorder) recorder = recorder_start ("count", A_SECOND);

  recorder_finish (recorder);
  g_assert_cmpstr (recorder->text[0]->str, ==, "0 0\n");
}

static long
get_peak_memory (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);

  return usage.ru_maxrss * 1024;
}

static void
test_large_input (void)
{
  const gsize length = 100 * 1000 * 1000;
  g_autoptr (GBytes) input = g_bytes_new_take (g_strnfill (length, 'x'), length);
  g_autoptr (Recorder) recorder = NULL;
  long before = get_peak_memory ();

  recorder = start_with_input ("count", input);
  recorder_finish (recorder);

  g_assert_true (g_str_has_prefix (recorder->text[0]->str, "100000000 "));
  g_assert_cmpint (get_peak_memory () - before, <, 8 * 1024 * 1024);
}

/* Large both ways, as far as the pipes let it: neither waits for the other. */
static void
test_input_and_output (void)
{
  const gsize length = 10 * 1000 * 1000;
  g_autoptr (GBytes) input = g_bytes_new_take (g_strnfill (length, 'x'), length);
  g_autoptr (Recorder) recorder = start_with_input ("/bin/cat", input);

  recorder_finish (recorder);
  assert_exited (recorder, 0);
  assert_all (recorder->text[0], 'x', length);
}

static void
test_close_input (void)
{
  g_autoptr (GBytes) input = g_bytes_new_take (g_strnfill (10000000, 'x'), 10000000);
  struct sigaction action;
  sigset_t pending;

  /* Otherwise this proves nothing. */
  g_assert_cmpint (sigaction (SIGPIPE, NULL, &action), ==, 0);
  g_assert_true (action.sa_handler == SIG_DFL);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (Recorder) recorder = start_with_input ("close-input", input);

      recorder_finish (recorder);
      assert_exited (recorder, 0);
      g_assert_cmpstr (recorder->text[0]->str, ==, "closed\n");
    }

  sigpending (&pending);
  g_assert_false (sigismember (&pending, SIGPIPE));
}

/* --- Pauses --------------------------------------------------------------- */

/* Waits for the process to fill its pipes and block, as far as the kernel tells
 * where it is. */
static void
iterate_until_blocked (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/wchan", (int) pid);

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *where = NULL;

      if (g_file_get_contents (path, &where, NULL, NULL) && strstr (where, "pipe") != NULL)
        return;
      g_main_context_iteration (NULL, FALSE);
      sched_yield ();
    }
}

static void
test_pause (void)
{
  g_autoptr (Recorder) recorder = recorder_start ("print 3000000", A_SECOND);
  pid_t pid = fermata_job_get_identity (recorder->job, NULL);
  guint n_outputs;

  while (recorder->n_outputs < 3)
    iterate ();
  fermata_job_set_paused (recorder->job, TRUE);
  fermata_job_set_paused (recorder->job, TRUE);
  n_outputs = recorder->n_outputs;

  iterate_until_blocked (pid);
  for (guint i = 0; i < 1000; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (recorder->n_outputs, ==, n_outputs);
  g_assert_cmpuint (recorder->n_ended, ==, 0);

  fermata_job_set_paused (recorder->job, FALSE);
  recorder_finish (recorder);
  assert_all (recorder->text[0], 'o', 3000000);
  assert_all (recorder->text[1], 'e', 3000000);
}

/* Runs the loop until the process is gone, which nobody is told yet. */
static Recorder *
start_paused_to_its_end (void)
{
  Recorder *recorder = recorder_start ("print 1000", A_SECOND);
  pid_t pid = fermata_job_get_identity (recorder->job, NULL);

  fermata_job_set_paused (recorder->job, TRUE);
  while (is_there (pid))
    iterate ();
  for (guint i = 0; i < 1000; i++)
    g_main_context_iteration (NULL, FALSE);

  g_assert_cmpuint (recorder->n_outputs, ==, 0);
  g_assert_cmpuint (recorder->n_ended, ==, 0);

  return recorder;
}

static void
test_end_while_paused (void)
{
  g_autoptr (Recorder) recorder = start_paused_to_its_end ();

  fermata_job_set_paused (recorder->job, FALSE);
  recorder_finish (recorder);
  assert_exited (recorder, 0);
  assert_all (recorder->text[0], 'o', 1000);
}

static void
test_terminate_after_end_while_paused (void)
{
  g_autoptr (Recorder) recorder = start_paused_to_its_end ();

  fermata_job_terminate (recorder->job);
  recorder_finish (recorder);
  assert_exited (recorder, 0);
  assert_all (recorder->text[0], 'o', 1000);
}

static void
test_terminate_while_paused (void)
{
  g_autoptr (Recorder) recorder = recorder_start ("handle-term", AN_HOUR);

  recorder_wait_for_text (recorder, "ready");
  fermata_job_set_paused (recorder->job, TRUE);
  fermata_job_terminate (recorder->job);
  recorder_finish (recorder);
  assert_exited (recorder, 3);
  g_assert_cmpstr (recorder->text[0]->str, ==, "ready\ngoodbye\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/job-pipes/output-none", GSIZE_TO_POINTER (0), test_output);
  g_test_add_data_func ("/job-pipes/output-small", GSIZE_TO_POINTER (1), test_output);
  g_test_add_data_func ("/job-pipes/output-pipe", GSIZE_TO_POINTER (65536), test_output);
  g_test_add_data_func ("/job-pipes/output-large", GSIZE_TO_POINTER (20000001), test_output);
  g_test_add_func ("/job-pipes/flood-is-fair", test_flood_is_fair);
  g_test_add_func ("/job-pipes/close-output", test_close_output);
  g_test_add_func ("/job-pipes/loop-within-listener", test_loop_within_listener);
  g_test_add_func ("/job-pipes/input", test_input);
  g_test_add_func ("/job-pipes/no-input", test_no_input);
  g_test_add_func ("/job-pipes/large-input", test_large_input);
  g_test_add_func ("/job-pipes/input-and-output", test_input_and_output);
  g_test_add_func ("/job-pipes/close-input", test_close_input);
  g_test_add_func ("/job-pipes/pause", test_pause);
  g_test_add_func ("/job-pipes/end-while-paused", test_end_while_paused);
  g_test_add_func ("/job-pipes/terminate-after-end-while-paused", test_terminate_after_end_while_paused);
  g_test_add_func ("/job-pipes/terminate-while-paused", test_terminate_while_paused);

  return g_test_run ();
}
