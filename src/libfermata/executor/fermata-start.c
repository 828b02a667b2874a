/* fermata-start.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-start-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "executor/fermata-environment-private.h"
#include "executor/fermata-launch-private.h"

/* The child's ends of the pipes, and ours; -1 for those that are not open. */
typedef struct {
  int theirs[3];
  int ours[3];
} Pipes;

static gboolean
set_error (const FermataJobSpec  *spec,
           FermataExecutorError   code,
           const char            *reason,
           GError               **error)
{
  if (spec->directory != NULL)
    g_set_error (error, FERMATA_EXECUTOR_ERROR, code,
                 "cannot run “%s” in “%s”: %s", spec->argv[0], spec->directory, reason);
  else
    g_set_error (error, FERMATA_EXECUTOR_ERROR, code,
                 "cannot run “%s”: %s", spec->argv[0], reason);

  return FALSE;
}

static gboolean
is_for_want_of_resources (int code)
{
  switch (code)
    {
    case EMFILE:
    case ENFILE:
    case EAGAIN:
    case ENOMEM:
      return TRUE;

    default:
      return FALSE;
    }
}

static gboolean
set_system_error (const FermataJobSpec  *spec,
                  int                    code,
                  GError               **error)
{
  return set_error (spec,
                    is_for_want_of_resources (code) ? FERMATA_EXECUTOR_ERROR_RESOURCES
                                                    : FERMATA_EXECUTOR_ERROR_FAILED,
                    g_strerror (code), error);
}

/* The file that was tried, as seen from here. */
static char *
dup_tried_file (const FermataJobSpec *spec,
                const char           *program)
{
  if (spec->directory == NULL || g_path_is_absolute (program))
    return g_strdup (program);

  return g_build_filename (spec->directory, program, NULL);
}

/* The kernel says “no such file” of an interpreter too. */
static gboolean
set_not_found (const FermataJobSpec  *spec,
               char                 **programs,
               const char            *path,
               GError               **error)
{
  g_autofree char *reason = NULL;

  for (guint i = 0; programs[i] != NULL; i++)
    {
      g_autofree char *file = dup_tried_file (spec, programs[i]);
      struct stat info;

      if (*programs[i] == '\0' || stat (file, &info) != 0 || !S_ISREG (info.st_mode))
        continue;

      reason = g_strdup_printf ("“%s” is there, but not the interpreter that it names", file);
      return set_error (spec, FERMATA_EXECUTOR_ERROR_NOT_FOUND, reason, error);
    }

  if (strchr (spec->argv[0], '/') != NULL || *spec->argv[0] == '\0')
    return set_error (spec, FERMATA_EXECUTOR_ERROR_NOT_FOUND, "there is no such program", error);

  reason = g_strdup_printf ("there is no such program in PATH (%s)", path ? path : "which is not set");
  return set_error (spec, FERMATA_EXECUTOR_ERROR_NOT_FOUND, reason, error);
}

static gboolean
set_refused (const FermataJobSpec  *spec,
             const char            *program,
             int                    code,
             GError               **error)
{
  g_autofree char *file = dup_tried_file (spec, program);
  g_autofree char *reason = NULL;
  struct stat info;

  if (stat (file, &info) == 0 && S_ISDIR (info.st_mode))
    reason = g_strdup_printf ("“%s” is a directory", file);
  else
    reason = g_strdup_printf ("“%s”: %s", file, g_strerror (code));

  return set_error (spec, FERMATA_EXECUTOR_ERROR_PERMISSION, reason, error);
}

static gboolean
set_program_error (const FermataJobSpec  *spec,
                   char                 **programs,
                   const char            *path,
                   const FermataLaunched *launched,
                   GError               **error)
{
  switch (launched->code)
    {
    case ENOENT:
    case ENOTDIR:
      return set_not_found (spec, programs, path, error);

    case EACCES:
    case EPERM:
      return set_refused (spec, programs[launched->tried], launched->code, error);

    case ENOEXEC:
      return set_error (spec, FERMATA_EXECUTOR_ERROR_FAILED,
                        "it is neither a program for this machine nor a script with “#!”", error);

    default:
      return set_system_error (spec, launched->code, error);
    }
}

static gboolean
set_directory_error (const FermataJobSpec  *spec,
                     int                    code,
                     GError               **error)
{
  g_autofree char *reason = NULL;

  if (is_for_want_of_resources (code))
    return set_system_error (spec, code, error);

  reason = g_strdup_printf ("the directory: %s", g_strerror (code));
  return set_error (spec, FERMATA_EXECUTOR_ERROR_DIRECTORY, reason, error);
}

int
fermata_start_above_stdio (int fd)
{
  int above, code;

  if (fd < 0 || fd > 2)
    return fd;

  above = fcntl (fd, F_DUPFD_CLOEXEC, 3);
  code = errno;
  close (fd);
  errno = code;

  return above;
}

static void
close_all (int *fds)
{
  for (int i = 0; i < 3; i++)
    {
      if (fds[i] >= 0)
        close (fds[i]);
      fds[i] = -1;
    }
}

/* Ours does not block, theirs does: no program expects anything else. */
static gboolean
open_pipe (Pipes *pipes,
           int    number)
{
  gboolean is_input = number == 0;
  int fds[2];

  if (pipe2 (fds, O_CLOEXEC) != 0)
    return FALSE;

  pipes->ours[number] = fds[is_input ? 1 : 0];
  pipes->theirs[number] = fermata_start_above_stdio (fds[is_input ? 0 : 1]);

  return pipes->theirs[number] >= 0 &&
         fcntl (pipes->ours[number], F_SETFL, O_NONBLOCK) == 0;
}

/* What fits into the pipe is written before there is anybody to read it: so
 * most inputs are done with here. */
static gboolean
open_input (Pipes  *pipes,
            GBytes *input,
            int     null_fd,
            gsize  *written)
{
  gconstpointer data;
  gsize length = 0;
  gssize n;

  data = input ? g_bytes_get_data (input, &length) : NULL;
  if (length == 0)
    {
      pipes->theirs[0] = null_fd;
      return TRUE;
    }

  if (!open_pipe (pipes, 0))
    return FALSE;

  n = write (pipes->ours[0], data, length);
  *written = MAX (n, 0);
  if (*written == length)
    {
      close (pipes->ours[0]);
      pipes->ours[0] = -1;
    }

  return TRUE;
}

static gboolean
launch (const FermataJobSpec  *spec,
        FermataFamily         *family,
        const Pipes           *pipes,
        FermataLaunched       *launched,
        GError               **error)
{
  g_autofree char *key = g_strdup_printf ("FERMATA_KEY=%s", spec->key);
  g_autofree char *attempt = g_strdup_printf ("FERMATA_ATTEMPT=%u", spec->attempt);
  g_autofree char *job = fermata_family_dup_variable (family);
  const char *identity[] = { key, attempt, job, NULL };
  g_autoptr (GPtrArray) merged = NULL;
  g_auto (GStrv) programs = NULL;
  const char *const *environment;
  FermataLaunch what;

  merged = fermata_environment_merge ((const char *const *) environ, spec->environment, identity);
  environment = (const char *const *) merged->pdata;
  programs = fermata_environment_search (environment, spec->argv[0]);
  what = (FermataLaunch) {
    .programs = (const char *const *) programs,
    .argv = spec->argv,
    .environment = environment,
    .directory = spec->directory,
    .files = { pipes->theirs[0], pipes->theirs[1], pipes->theirs[2] },
    .mark = fermata_family_get_mark (family),
  };

  if (fermata_launch (&what, launched))
    return TRUE;

  if (launched->step == FERMATA_LAUNCH_DIRECTORY)
    return set_directory_error (spec, launched->code, error);
  if (launched->step == FERMATA_LAUNCH_PROGRAM)
    return set_program_error (spec, programs, fermata_environment_lookup (environment, "PATH"),
                              launched, error);
  return set_system_error (spec, launched->code, error);
}

static void
note_started (FermataStarted        *started,
              const Pipes           *pipes,
              const FermataLaunched *launched)
{
  started->pid = launched->pid;
  started->pidfd = launched->pidfd;
  started->input = pipes->ours[0];
  started->streams[0] = pipes->ours[1];
  started->streams[1] = pipes->ours[2];
}

gboolean
fermata_start (const FermataJobSpec  *spec,
               FermataFamily         *family,
               int                    null_fd,
               FermataStarted        *started,
               GError               **error)
{
  Pipes pipes = { { -1, -1, -1 }, { -1, -1, -1 } };
  FermataLaunched launched;
  gboolean done;

  *started = (FermataStarted) { 0, };

  if (!open_input (&pipes, spec->input, null_fd, &started->written) ||
      !open_pipe (&pipes, 1) || !open_pipe (&pipes, 2))
    done = set_system_error (spec, errno, error);
  else
    done = launch (spec, family, &pipes, &launched, error);

  if (pipes.theirs[0] == null_fd)
    pipes.theirs[0] = -1;
  close_all (pipes.theirs);
  if (!done)
    {
      close_all (pipes.ours);
      return FALSE;
    }

  note_started (started, &pipes, &launched);
  fermata_family_set_leader (family, launched.pid);

  return TRUE;
}

gboolean
fermata_start_with_files (const FermataJobSpec  *spec,
                          FermataFamily         *family,
                          const int              files[2],
                          FermataStarted        *started,
                          GError               **error)
{
  Pipes pipes = { { files[0], files[1], -1 }, { -1, -1, -1 } };
  FermataLaunched launched;
  gboolean done;

  *started = (FermataStarted) { 0, };

  if (!open_pipe (&pipes, 2))
    done = set_system_error (spec, errno, error);
  else
    done = launch (spec, family, &pipes, &launched, error);

  pipes.theirs[0] = pipes.theirs[1] = -1;
  close_all (pipes.theirs);
  if (!done)
    {
      close_all (pipes.ours);
      return FALSE;
    }

  note_started (started, &pipes, &launched);
  fermata_family_set_leader (family, launched.pid);

  return TRUE;
}
