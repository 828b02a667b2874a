/* recorder.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "executor/fermata-local-executor.h"
#include "executor/fermata-proc-private.h"

/* A job and all that its listener was told. */
typedef struct {
  FermataExecutor *executor;
  FermataJob *job;
  GString *text[2];
  FermataJobEnd end;
  guint n_outputs;
  guint n_ended;
} Recorder;

static inline void
recorder_output (FermataJob    *job,
                 FermataStream  stream,
                 const guint8  *data,
                 gsize          length,
                 gpointer       user_data)
{
  Recorder *self = user_data;

  /* Nothing comes before the start is over, nothing after the end. */
  g_assert_true (job == self->job);
  g_assert_cmpuint (self->n_ended, ==, 0);
  g_assert_cmpuint (length, >, 0);
  g_string_append_len (self->text[stream], (const char *) data, length);
  self->n_outputs++;
}

static inline void
recorder_ended (FermataJob          *job,
                const FermataJobEnd *end,
                gpointer             user_data)
{
  Recorder *self = user_data;

  g_assert_true (job == self->job);
  self->n_ended++;
  self->end = *end;
}

static const FermataJobListener recorder_listener = { recorder_output, recorder_ended };

static inline Recorder *
recorder_new (void)
{
  Recorder *self = g_new0 (Recorder, 1);

  self->executor = FERMATA_EXECUTOR (fermata_local_executor_new ());
  self->text[0] = g_string_new (NULL);
  self->text[1] = g_string_new (NULL);

  return self;
}

static inline void
recorder_free (Recorder *self)
{
  g_clear_object (&self->job);
  g_clear_object (&self->executor);
  g_string_free (self->text[0], TRUE);
  g_string_free (self->text[1], TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Recorder, recorder_free)

static inline const char *
helper_path (void)
{
  static char *path;

  if (path == NULL)
    path = g_canonicalize_filename (g_test_get_filename (G_TEST_BUILT, "executor",
                                                         "executor-helper", NULL), NULL);

  return path;
}

/* @words: what the helper is to do, or a program and its arguments if the
 * first has a '/'. */
static inline char **
split_command (const char *words)
{
  g_auto (GStrv) split = g_strsplit (words, " ", -1);
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();

  if (strchr (split[0], '/') == NULL)
    g_strv_builder_add (argv, helper_path ());
  g_strv_builder_addv (argv, (const char **) split);

  return g_strv_builder_end (argv);
}

static inline void
recorder_start_spec (Recorder       *self,
                     FermataJobSpec *spec)
{
  g_autoptr (GError) error = NULL;

  if (spec->key == NULL)
    spec->key = "run/0/node";
  if (spec->attempt == 0)
    spec->attempt = 1;

  self->job = fermata_executor_start (self->executor, spec, &recorder_listener, self, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->job);
  g_assert_cmpuint (self->n_outputs + self->n_ended, ==, 0);
}

static inline Recorder *
recorder_start (const char *words,
                gint64      grace)
{
  Recorder *self = recorder_new ();
  g_auto (GStrv) argv = split_command (words);
  FermataJobSpec spec = { .argv = (const char *const *) argv, .grace = grace };

  recorder_start_spec (self, &spec);

  return self;
}

static inline Recorder *
recorder_start_shell (const char *script,
                      gint64      grace)
{
  Recorder *self = recorder_new ();
  const char *argv[] = { "/bin/sh", "-c", script, NULL };
  FermataJobSpec spec = { .argv = argv, .grace = grace };

  recorder_start_spec (self, &spec);

  return self;
}

static inline void
iterate (void)
{
  g_main_context_iteration (g_main_context_get_thread_default (), TRUE);
}

static inline void
recorder_finish (Recorder *self)
{
  while (self->n_ended == 0)
    iterate ();
  g_assert_cmpuint (self->n_ended, ==, 1);
}

static inline void
recorder_wait_for_text (Recorder   *self,
                        const char *text)
{
  while (strstr (self->text[0]->str, text) == NULL)
    {
      g_assert_cmpuint (self->n_ended, ==, 0);
      iterate ();
    }
}

static inline void
recorder_wait_for_lines (Recorder *self,
                         guint     n)
{
  for (;;)
    {
      guint found = 0;

      for (const char *p = self->text[0]->str; *p; p++)
        found += *p == '\n';
      if (found >= n)
        return;
      g_assert_cmpuint (self->n_ended, ==, 0);
      iterate ();
    }
}

/* The n-th line of the output, which is a pid. */
static inline pid_t
recorder_get_pid (Recorder *self,
                  guint     n)
{
  g_auto (GStrv) lines = g_strsplit (self->text[0]->str, "\n", -1);

  g_assert_cmpuint (n, <, g_strv_length (lines));
  g_assert_cmpint (atoi (lines[n]), >, 1);

  return atoi (lines[n]);
}

static inline void
assert_exited (Recorder *self,
               int       code)
{
  g_assert_true (self->end.exited);
  g_assert_cmpint (self->end.code, ==, code);
}

static inline void
assert_signalled (Recorder *self,
                  int       signal_number)
{
  g_assert_false (self->end.exited);
  g_assert_cmpint (self->end.code, ==, signal_number);
}

static inline gboolean
is_there (pid_t pid)
{
  return kill (pid, 0) == 0 || errno != ESRCH;
}

static inline guint
count_children (void)
{
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (pid_t));

  fermata_proc_children_of_process (getpid (), children);

  return children->len;
}

static inline guint
count_files (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;

  return n;
}
