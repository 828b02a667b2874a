/* test-local-executor.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How processes are started, and what they are given. */

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "executor/recorder.h"

#define A_SECOND G_TIME_SPAN_SECOND

/* --- What a process is given ---------------------------------------------- */

static void
test_arguments (void)
{
  g_autoptr (Recorder) recorder = recorder_new ();
  const char *argv[] = { helper_path (), "arguments", "", "a b", "$HOME `x` \"'*", "ä\n", NULL };
  FermataJobSpec spec = { .argv = argv, .grace = A_SECOND };

  recorder_start_spec (recorder, &spec);
  recorder_finish (recorder);

  assert_exited (recorder, 0);
  g_assert_cmpstr (recorder->text[0]->str, ==, "[]\n[a b]\n[$HOME `x` \"'*]\n[ä\n]\n");
  g_assert_cmpuint (recorder->text[1]->len, ==, 0);
}

static void
test_environment (void)
{
  g_autoptr (Recorder) recorder = recorder_new ();
  g_auto (GStrv) argv = split_command ("environment FERMATA_KEY FERMATA_ATTEMPT OURS CHANGED ADDED TWICE NONE EMPTY");
  const char *more[] = { "CHANGED=theirs", "ADDED=a=b", "TWICE=1", "EMPTY=", "TWICE=2",
                         "FERMATA_KEY=forged", NULL };
  FermataJobSpec spec = {
    .argv = (const char *const *) argv, .environment = more,
    .key = "8f1c/0/fetch", .attempt = 3, .grace = A_SECOND,
  };

  g_setenv ("OURS", "ours", TRUE);
  g_setenv ("CHANGED", "ours", TRUE);
  recorder_start_spec (recorder, &spec);
  recorder_finish (recorder);

  g_assert_cmpstr (recorder->text[0]->str, ==,
                   "FERMATA_KEY=8f1c/0/fetch\n"
                   "FERMATA_ATTEMPT=3\n"
                   "OURS=ours\n"
                   "CHANGED=theirs\n"
                   "ADDED=a=b\n"
                   "TWICE=2\n"
                   "NONE=(unset)\n"
                   "EMPTY=\n");
}

/* The same key and attempt do not make two jobs the same. */
static void
test_job_names (void)
{
  g_autoptr (Recorder) one = NULL;
  g_autoptr (Recorder) other = NULL;
  g_autoptr (Recorder) inner = NULL;

  one = recorder_start ("environment FERMATA_JOB", A_SECOND);
  other = recorder_start ("environment FERMATA_JOB", A_SECOND);
  recorder_finish (one);
  recorder_finish (other);
  g_assert_cmpstr (one->text[0]->str, !=, "FERMATA_JOB=(unset)\n");
  g_assert_cmpstr (one->text[0]->str, !=, other->text[0]->str);

  g_setenv ("FERMATA_JOB", "outer", TRUE);
  inner = recorder_start ("environment FERMATA_JOB", A_SECOND);
  recorder_finish (inner);
  g_assert_true (g_str_has_prefix (inner->text[0]->str, "FERMATA_JOB=outer:"));
  g_unsetenv ("FERMATA_JOB");
}

static void
test_directory (void)
{
  g_autoptr (Recorder) here = recorder_start ("directory", A_SECOND);
  g_autoptr (Recorder) there = recorder_new ();
  g_auto (GStrv) argv = split_command ("directory");
  g_autofree char *current = g_get_current_dir ();
  g_autofree char *expected = g_strconcat (current, "\n", NULL);
  FermataJobSpec spec = { .argv = (const char *const *) argv, .directory = "/usr/bin", .grace = A_SECOND };

  recorder_start_spec (there, &spec);
  recorder_finish (there);
  recorder_finish (here);

  g_assert_cmpstr (there->text[0]->str, ==, "/usr/bin\n");
  g_assert_cmpstr (here->text[0]->str, ==, expected);
}

static void
test_files (void)
{
  g_autoptr (Recorder) recorder = NULL;
  /* As careless as other parts of a program may be. */
  int fd = open ("/dev/null", O_RDONLY);

  recorder = recorder_start ("files", A_SECOND);
  recorder_finish (recorder);
  g_assert_cmpstr (recorder->text[0]->str, ==, "0\n1\n2\n");
  close (fd);
}

static void
handle (int signal_number)
{
}

static void
test_signals (void)
{
  g_autoptr (Recorder) recorder = NULL;
  sigset_t blocked;

  signal (SIGPIPE, SIG_IGN);
  signal (SIGTERM, SIG_IGN);
  signal (SIGHUP, SIG_IGN);
  signal (SIGUSR2, handle);
  sigemptyset (&blocked);
  sigaddset (&blocked, SIGUSR1);
  pthread_sigmask (SIG_BLOCK, &blocked, NULL);

  recorder = recorder_start ("signals", A_SECOND);
  recorder_finish (recorder);

  /* As nohup(1) wants it. */
  g_assert_cmpstr (recorder->text[0]->str, ==, "ignored HUP\nleader 1\n");

  pthread_sigmask (SIG_UNBLOCK, &blocked, NULL);
  signal (SIGPIPE, SIG_DFL);
  signal (SIGTERM, SIG_DFL);
  signal (SIGHUP, SIG_DFL);
  signal (SIGUSR2, SIG_DFL);
}

/* A program without the standard files gets theirs as pipes. */
static void
test_no_standard_files (void)
{
  g_autoptr (Recorder) recorder = recorder_new ();
  g_auto (GStrv) argv = split_command ("count");
  g_autoptr (GBytes) input = g_bytes_new_static ("abc", 3);
  FermataJobSpec spec = { .argv = (const char *const *) argv, .input = input, .grace = A_SECOND };
  int saved[3];

  for (int i = 0; i < 3; i++)
    {
      saved[i] = fcntl (i, F_DUPFD_CLOEXEC, 100);
      close (i);
    }

  recorder_start_spec (recorder, &spec);
  recorder_finish (recorder);

  for (int i = 0; i < 3; i++)
    {
      g_assert_cmpint (dup2 (saved[i], i), ==, i);
      close (saved[i]);
    }

  g_assert_cmpstr (recorder->text[0]->str, ==, "3 96354\n");
}

/* --- How programs are found ----------------------------------------------- */

typedef struct {
  char *folder;
} Folder;

static void
folder_set_up (Folder        *self,
               gconstpointer  data)
{
  self->folder = g_dir_make_tmp ("fermata-test-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
}

static void
folder_tear_down (Folder        *self,
                  gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }

  g_rmdir (self->folder);
  g_free (self->folder);
}

static char *
folder_add (Folder     *self,
            const char *name,
            const char *text,
            int         mode)
{
  char *path = g_build_filename (self->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);

  return path;
}

/* Runs @program in @folder with PATH=@path; the text is what it must print. */
static void
assert_runs (const char *program,
             const char *path,
             const char *folder,
             const char *text)
{
  g_autoptr (Recorder) recorder = recorder_new ();
  g_autofree char *variable = g_strconcat ("PATH=", path, NULL);
  const char *more[] = { variable, NULL };
  const char *argv[] = { program, NULL };
  FermataJobSpec spec = { .argv = argv, .environment = more, .directory = folder, .grace = A_SECOND };

  recorder_start_spec (recorder, &spec);
  recorder_finish (recorder);
  assert_exited (recorder, 0);
  g_assert_cmpstr (recorder->text[0]->str, ==, text);
}

static void
test_path (Folder        *self,
           gconstpointer  data)
{
  g_autofree char *program = folder_add (self, "tool", "#!/bin/sh\necho found\n", 0755);
  g_autofree char *other = folder_add (self, "not-runnable", "", 0644);
  g_autofree char *long_path = g_strconcat ("/nonexistent:", other, ":", self->folder, NULL);
  g_autofree char *last = g_strconcat (self->folder, ":/nonexistent", NULL);

  assert_runs ("tool", self->folder, NULL, "found\n");
  assert_runs ("tool", long_path, NULL, "found\n");
  assert_runs ("tool", last, "/", "found\n");
  assert_runs (program, "/nonexistent", NULL, "found\n");

  /* All these are relative to where it runs. */
  assert_runs ("./tool", "/nonexistent", self->folder, "found\n");
  assert_runs ("tool", "", self->folder, "found\n");
  assert_runs ("tool", "/nonexistent:", self->folder, "found\n");
  assert_runs ("tool", ".", self->folder, "found\n");
}

/* A file of that name that may not be run does not hide the one that may. */
static void
test_path_goes_on (Folder        *self,
                   gconstpointer  data)
{
  g_autofree char *file = folder_add (self, "true", "", 0644);
  g_autofree char *path = g_strconcat (self->folder, ":/bin", NULL);

  assert_runs ("true", path, NULL, "");
}

/* --- Errors --------------------------------------------------------------- */

static void
assert_error (const char           *program,
              const char           *path,
              const char           *folder,
              FermataExecutorError  code,
              const char           *mentions)
{
  g_autoptr (Recorder) recorder = recorder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *variable = g_strconcat ("PATH=", path, NULL);
  const char *more[] = { path ? variable : NULL, NULL };
  const char *argv[] = { program, NULL };
  FermataJobSpec spec = {
    .argv = argv, .environment = more, .directory = folder,
    .key = "run/0/node", .attempt = 1, .grace = A_SECOND,
  };

  recorder->job = fermata_executor_start (recorder->executor, &spec, &recorder_listener, recorder, &error);
  g_assert_error (error, FERMATA_EXECUTOR_ERROR, (int) code);
  g_assert_null (recorder->job);
  g_assert_true (strstr (error->message, program) != NULL);
  if (folder)
    g_assert_true (strstr (error->message, folder) != NULL);
  if (strstr (error->message, mentions) == NULL)
    g_error ("“%s” does not mention “%s”", error->message, mentions);

  g_assert_cmpuint (count_children (), ==, 0);
}

static void
test_not_found (void)
{
  const FermataExecutorError code = FERMATA_EXECUTOR_ERROR_NOT_FOUND;

  assert_error ("no-such-program", "/usr/bin:/nonexistent", NULL, code, "PATH (/usr/bin:/nonexistent)");
  assert_error ("no-such-program", "", "/usr", code, "PATH ()");
  assert_error ("/nonexistent/program", NULL, NULL, code, "no such program");
  assert_error ("/nonexistent/program", NULL, "/usr", code, "no such program");
  assert_error ("/bin/true/program", NULL, NULL, code, "no such program");
  assert_error ("./no-such-program", NULL, "/usr", code, "no such program");
  assert_error ("", NULL, NULL, code, "no such program");
}

static void
test_interpreter_not_found (Folder        *self,
                            gconstpointer  data)
{
  g_autofree char *script = folder_add (self, "script", "#!/nonexistent/interpreter\n", 0755);

  assert_error (script, NULL, NULL, FERMATA_EXECUTOR_ERROR_NOT_FOUND, "interpreter");
  assert_error ("script", self->folder, NULL, FERMATA_EXECUTOR_ERROR_NOT_FOUND, "interpreter");
  assert_error ("./script", NULL, self->folder, FERMATA_EXECUTOR_ERROR_NOT_FOUND, "interpreter");
}

static void
test_permission (Folder        *self,
                 gconstpointer  data)
{
  g_autofree char *file = folder_add (self, "file", "#!/bin/sh\n", 0644);
  const FermataExecutorError code = FERMATA_EXECUTOR_ERROR_PERMISSION;

  assert_error (file, NULL, NULL, code, "Permission denied");
  assert_error ("file", self->folder, NULL, code, "Permission denied");
  assert_error (self->folder, NULL, NULL, code, "is a directory");
  assert_error ("usr", "/", NULL, code, "is a directory");
}

static void
test_not_a_program (Folder        *self,
                    gconstpointer  data)
{
  g_autofree char *file = folder_add (self, "file", "echo no shell reads this\n", 0755);

  assert_error (file, NULL, NULL, FERMATA_EXECUTOR_ERROR_FAILED, "#!");
}

static void
test_bad_directory (Folder        *self,
                    gconstpointer  data)
{
  g_autofree char *file = folder_add (self, "file", "", 0644);
  const FermataExecutorError code = FERMATA_EXECUTOR_ERROR_DIRECTORY;

  /* It is the directory that is blamed, whether or not there is a program. */
  assert_error ("/bin/true", NULL, "/nonexistent", code, "No such file");
  assert_error ("no-such-program", NULL, "/nonexistent", code, "No such file");
  assert_error ("/bin/true", NULL, file, code, "Not a directory");
  assert_error ("/bin/true", NULL, "", code, "No such file");
}

static void
test_too_many_arguments (void)
{
  g_autoptr (Recorder) recorder = recorder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (4 * 1024 * 1024, 'x');
  const char *argv[] = { "/bin/true", text, NULL };
  FermataJobSpec spec = { .argv = argv, .key = "run/0/node", .attempt = 1 };

  recorder->job = fermata_executor_start (recorder->executor, &spec, &recorder_listener, recorder, &error);
  g_assert_error (error, FERMATA_EXECUTOR_ERROR, FERMATA_EXECUTOR_ERROR_FAILED);
  g_assert_cmpuint (count_children (), ==, 0);
}

/* --- Identity and end ----------------------------------------------------- */

static void
test_identity (void)
{
  g_autoptr (Recorder) recorder = recorder_start ("wait", A_SECOND);
  FermataProcStat stat;
  guint64 start_time;
  gint64 pid;

  recorder_wait_for_text (recorder, "ready");
  pid = fermata_job_get_identity (recorder->job, &start_time);
  g_assert_true (fermata_proc_read_stat (pid, &stat));
  g_assert_cmpint (stat.parent, ==, getpid ());
  g_assert_cmpint (stat.group, ==, pid);
  g_assert_cmpuint (stat.start_time, ==, start_time);
  g_assert_cmpuint (start_time, >, 0);

  fermata_job_terminate (recorder->job);
  recorder_finish (recorder);

  g_assert_cmpint (fermata_job_get_identity (recorder->job, NULL), ==, pid);
  g_assert_cmpint (fermata_job_get_identity (recorder->job, &start_time), ==, pid);
  g_assert_cmpuint (start_time, ==, stat.start_time);
}

static void
test_exit_status (void)
{
  const int codes[] = { 0, 1, 2, 126, 127, 255 };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *words = g_strdup_printf ("exit %d", codes[i]);
      g_autoptr (Recorder) recorder = recorder_start (words, A_SECOND);

      recorder_finish (recorder);
      assert_exited (recorder, codes[i]);
    }
}

static void
test_death_by_signal (void)
{
  const int signals[] = { SIGTERM, SIGKILL, SIGSEGV, SIGPIPE, SIGHUP };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autofree char *words = g_strdup_printf ("die %d", signals[i]);
      g_autoptr (Recorder) recorder = recorder_start (words, A_SECOND);

      recorder_finish (recorder);
      assert_signalled (recorder, signals[i]);
    }
}

static void
test_resources_used (void)
{
  g_autoptr (Recorder) burn = recorder_start ("burn", A_SECOND);
  g_autoptr (Recorder) memory = recorder_start ("memory 200000000", A_SECOND);

  recorder_finish (burn);
  recorder_finish (memory);

  g_assert_cmpint (burn->end.user_time + burn->end.system_time, >=, 45000);
  g_assert_cmpint (burn->end.user_time, >, 0);
  g_assert_cmpuint (memory->end.peak_memory, >=, 200000000);
  g_assert_cmpuint (memory->end.peak_memory, <, G_GUINT64_CONSTANT (4000000000));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/local-executor/arguments", test_arguments);
  g_test_add_func ("/local-executor/environment", test_environment);
  g_test_add_func ("/local-executor/job-names", test_job_names);
  g_test_add_func ("/local-executor/directory", test_directory);
  g_test_add_func ("/local-executor/files", test_files);
  g_test_add_func ("/local-executor/signals", test_signals);
  g_test_add_func ("/local-executor/no-standard-files", test_no_standard_files);
  g_test_add ("/local-executor/path", Folder, NULL, folder_set_up, test_path, folder_tear_down);
  g_test_add ("/local-executor/path-goes-on", Folder, NULL,
              folder_set_up, test_path_goes_on, folder_tear_down);
  g_test_add_func ("/local-executor/not-found", test_not_found);
  g_test_add ("/local-executor/interpreter-not-found", Folder, NULL,
              folder_set_up, test_interpreter_not_found, folder_tear_down);
  g_test_add ("/local-executor/permission", Folder, NULL,
              folder_set_up, test_permission, folder_tear_down);
  g_test_add ("/local-executor/not-a-program", Folder, NULL,
              folder_set_up, test_not_a_program, folder_tear_down);
  g_test_add ("/local-executor/bad-directory", Folder, NULL,
              folder_set_up, test_bad_directory, folder_tear_down);
  g_test_add_func ("/local-executor/too-many-arguments", test_too_many_arguments);
  g_test_add_func ("/local-executor/identity", test_identity);
  g_test_add_func ("/local-executor/exit-status", test_exit_status);
  g_test_add_func ("/local-executor/death-by-signal", test_death_by_signal);
  g_test_add_func ("/local-executor/resources-used", test_resources_used);

  return g_test_run ();
}
