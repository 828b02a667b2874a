/* test-job-resources.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Many processes one after the other leave nothing behind in this one, and
 * running out of something is an error like any other. */

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "executor/recorder.h"

#define A_MOMENT (5 * G_TIME_SPAN_MILLISECOND)
#define A_SECOND G_TIME_SPAN_SECOND

/* --- Many ------------------------------------------------------------------ */

typedef struct {
  FermataExecutor *executor;
  const char *const *argv;
  guint left;
  guint running;
  gsize printed;
} Many;

static void many_start (Many *many);

static void
many_output (FermataJob    *job,
             FermataStream  stream,
             const guint8  *data,
             gsize          length,
             gpointer       user_data)
{
  Many *many = user_data;

  many->printed += length;
}

static void
many_ended (FermataJob          *job,
            const FermataJobEnd *end,
            gpointer             user_data)
{
  Many *many = user_data;

  g_assert_true (end->exited);
  g_assert_cmpint (end->code, ==, 0);
  g_object_unref (job);

  many->running--;
  if (many->left > 0)
    many_start (many);
}

static void
many_start (Many *many)
{
  const FermataJobListener listener = { many_output, many_ended };
  FermataJobSpec spec = { .argv = many->argv, .key = "run/0/node", .attempt = 1, .grace = A_MOMENT };
  g_autoptr (GError) error = NULL;

  /* The reference goes with the end. */
  fermata_executor_start (many->executor, &spec, &listener, many, &error);
  g_assert_no_error (error);
  many->left--;
  many->running++;
}

static gsize
run_many (const char *const *argv,
          guint              n,
          guint              in_flight)
{
  g_autoptr (FermataLocalExecutor) executor = fermata_local_executor_new ();
  Many many = { FERMATA_EXECUTOR (executor), argv, n, 0, 0 };

  for (guint i = 0; i < in_flight; i++)
    many_start (&many);
  while (many.running > 0)
    iterate ();

  return many.printed;
}

static void
test_many (void)
{
  const char *argv[] = { "/bin/true", NULL };
  guint n_files = count_files ();

  g_assert_cmpuint (run_many (argv, 2000, 8), ==, 0);
  g_assert_cmpuint (count_files (), ==, n_files);
  g_assert_cmpuint (count_children (), ==, 0);
}

static void
test_many_at_once (void)
{
  const char *argv[] = { "/bin/echo", "hello", NULL };
  guint n_files = count_files ();

  g_assert_cmpuint (run_many (argv, 600, 150), ==, 600 * strlen ("hello\n"));
  g_assert_cmpuint (count_files (), ==, n_files);
  g_assert_cmpuint (count_children (), ==, 0);
}

static void
test_many_leaving (void)
{
  const char *argv[] = { helper_path (), "leave", "17", "1", NULL };
  guint n_files = count_files ();

  run_many (argv, 200, 8);
  g_assert_cmpuint (count_files (), ==, n_files);
  g_assert_cmpuint (count_children (), ==, 0);
}

static void
test_many_failing (void)
{
  g_autoptr (Recorder) recorder = recorder_new ();
  const char *argv[] = { "/nonexistent/program", NULL };
  FermataJobSpec spec = { .argv = argv, .key = "run/0/node", .attempt = 1 };
  guint n_files = 0;

  for (guint i = 0; i < 500; i++)
    {
      g_assert_null (fermata_executor_start (recorder->executor, &spec, &recorder_listener, recorder, NULL));
      if (i == 0)
        n_files = count_files ();
    }

  g_assert_cmpuint (count_files (), ==, n_files);
  g_assert_cmpuint (count_children (), ==, 0);
}

/* --- Too few files --------------------------------------------------------- */

static struct rlimit
allow_files (rlim_t n)
{
  struct rlimit before, limit;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = n;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);

  return before;
}

static int
get_first_free_file (void)
{
  int fd = dup (2);

  close (fd);

  return fd;
}

/* However far it gets before there are no more. */
static void
test_too_few_files (void)
{
  g_autoptr (GBytes) input = g_bytes_new_take (g_strnfill (100000, 'x'), 100000);
  int first = get_first_free_file ();
  guint n_failed = 0;

  for (int spare = 0;; spare++)
    {
      g_autoptr (Recorder) recorder = recorder_new ();
      g_autoptr (GError) error = NULL;
      const char *argv[] = { "/bin/cat", NULL };
      FermataJobSpec spec = { .argv = argv, .input = input, .key = "run/0/node", .attempt = 1, .grace = A_SECOND };
      guint n_files = count_files ();
      struct rlimit before = allow_files (first + spare);

      recorder->job = fermata_executor_start (recorder->executor, &spec, &recorder_listener, recorder, &error);
      g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);

      if (recorder->job != NULL)
        {
          recorder_finish (recorder);
          assert_exited (recorder, 0);
          g_assert_cmpuint (recorder->text[0]->len, ==, 100000);
          break;
        }

      g_assert_error (error, FERMATA_EXECUTOR_ERROR, FERMATA_EXECUTOR_ERROR_RESOURCES);
      g_assert_true (strstr (error->message, g_strerror (EMFILE)) != NULL);
      g_clear_object (&recorder->executor);
      g_assert_cmpuint (count_files (), ==, n_files);
      g_assert_cmpuint (count_children (), ==, 0);
      n_failed++;
    }

  /* Two that the executor keeps, six ends of pipes, a pidfd; and there may be
   * others among the numbers. */
  g_assert_cmpuint (n_failed, >=, 9);
}

/* What runs already can be ended without another file. */
static void
test_no_files_at_the_end (void)
{
  g_autoptr (Recorder) recorder = recorder_start ("leave-and-wait 17 25", A_MOMENT);
  struct rlimit before;

  recorder_wait_for_lines (recorder, 2);
  before = allow_files (get_first_free_file ());
  fermata_job_terminate (recorder->job);
  recorder_finish (recorder);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);

  assert_signalled (recorder, SIGTERM);
  g_assert_cmpuint (count_children (), ==, 0);
}

/* --- The program ----------------------------------------------------------- */

static void
test_subreaper (void)
{
  int is_subreaper = 0;

  /* Somebody may have ignored it before this program began. */
  if (g_test_subprocess ())
    {
      g_autoptr (Recorder) recorder = NULL;

      signal (SIGCHLD, SIG_IGN);
      recorder = recorder_start ("exit 42", A_SECOND);
      recorder_finish (recorder);
      assert_exited (recorder, 42);
      g_assert_cmpint (prctl (PR_GET_CHILD_SUBREAPER, &is_subreaper, 0, 0, 0), ==, 0);
      g_assert_cmpint (is_subreaper, ==, 1);
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  const char *first[] = { "/bin/true", NULL };

  g_test_init (&argc, &argv, NULL);

  /* The main context has files of its own from now on. */
  if (!g_test_subprocess ())
    run_many (first, 1, 1);

  g_test_add_func ("/job-resources/many", test_many);
  g_test_add_func ("/job-resources/many-at-once", test_many_at_once);
  g_test_add_func ("/job-resources/many-leaving", test_many_leaving);
  g_test_add_func ("/job-resources/many-failing", test_many_failing);
  g_test_add_func ("/job-resources/too-few-files", test_too_few_files);
  g_test_add_func ("/job-resources/no-files-at-the-end", test_no_files_at_the_end);
  g_test_add_func ("/job-resources/subreaper", test_subreaper);

  return g_test_run ();
}
