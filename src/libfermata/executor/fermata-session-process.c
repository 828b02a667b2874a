/* fermata-session-process.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-session-process-private.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "engine/fermata-task-error.h"
#include "executor/fermata-family-private.h"
#include "executor/fermata-start-private.h"
#include "value/fermata-helper-private.h"

/* What a call may take: of the processor, in the process, and of time. */
#define MAX_CPU (2 * G_USEC_PER_SEC)
#define MAX_WALL (60 * G_USEC_PER_SEC)

/* How often that is looked at while nothing comes. */
#define LOOK_EVERY 100 /* ms */

/* Read at once, and what is kept of a buffer that was larger. */
#define READ_SIZE (64 * 1024)

/* Of what the process says on standard error. */
#define LAST_WORDS 1000

/* JavaScriptCore's own allocator reserves what typed arrays may take before
 * there is a limit, and so takes it out of the limit. */
static const char *const host_environment[] = { "Malloc=1", NULL };

struct _FermataSessionProcess {
  guint64 memory;

  FermataFamily *family; /* NULL: it does not run */
  pid_t pid;
  int pidfd;
  int words;
  int socket;
  FermataScriptShared *shared;

  GString *out;
  gsize frame_at; /* in `out`, of the one that is being made */
  char *in;
  gsize in_size;
  gsize in_start;
  gsize in_end;
  char *cut; /* where a zero stands for `was` */
  char was;

  gint64 call_wall;
  gint64 call_cpu; /* -1: not looked at yet */
};

FermataSessionProcess *
fermata_session_process_new (guint64 memory)
{
  FermataSessionProcess *self = g_new0 (FermataSessionProcess, 1);

  self->memory = memory;
  self->pidfd = self->words = self->socket = -1;
  self->out = g_string_new (NULL);

  return self;
}

void
fermata_session_process_free (FermataSessionProcess *self)
{
  fermata_session_process_end (self);
  g_string_free (self->out, TRUE);
  g_free (self->in);
  g_free (self);
}

gboolean
fermata_session_process_is_running (FermataSessionProcess *self)
{
  return self->family != NULL;
}

pid_t
fermata_session_process_get_pid (FermataSessionProcess *self)
{
  return self->family != NULL ? self->pid : 0;
}

/* --- Its beginning and its end -------------------------------------------- */

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static gboolean
open_files (FermataSessionProcess *self,
            int                    theirs[2])
{
  int pair[2];
  void *shared;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    return FALSE;
  self->socket = fermata_start_above_stdio (pair[0]);
  theirs[FERMATA_SCRIPT_WIRE_SOCKET_FD] = fermata_start_above_stdio (pair[1]);
  theirs[FERMATA_SCRIPT_WIRE_SHARED_FD] =
    fermata_start_above_stdio (memfd_create ("fermata-script-host", MFD_CLOEXEC));
  if (self->socket < 0 || theirs[0] < 0 || theirs[1] < 0
      || ftruncate (theirs[FERMATA_SCRIPT_WIRE_SHARED_FD], sizeof *self->shared) != 0)
    return FALSE;

  shared = mmap (NULL, sizeof *self->shared, PROT_READ | PROT_WRITE, MAP_SHARED,
                 theirs[FERMATA_SCRIPT_WIRE_SHARED_FD], 0);
  if (shared == MAP_FAILED)
    return FALSE;
  self->shared = shared;

  return TRUE;
}

static gboolean
launch (FermataSessionProcess  *self,
        const int               theirs[2],
        GError                **error)
{
  g_autofree char *program = fermata_helper_find ("fermata-script-host", "FERMATA_SCRIPT_HOST");
  g_autofree char *memory = g_strdup_printf ("%" G_GUINT64_FORMAT, self->memory);
  const char *argv[] = { program, FERMATA_SESSION_ARGUMENT, memory, NULL };
  const FermataJobSpec spec = {
    .argv = argv,
    .environment = host_environment,
    .key = "",
    .attempt = 1,
  };
  g_autoptr (FermataFamily) family = fermata_family_new (-1);
  FermataStarted started;

  if (!fermata_start_with_files (&spec, family, theirs, &started, error))
    return FALSE;

  self->family = g_steal_pointer (&family);
  self->pid = started.pid;
  self->pidfd = started.pidfd;
  self->words = started.streams[1];

  return TRUE;
}

static gboolean
greet (FermataSessionProcess  *self,
       GError                **error)
{
  FermataSessionFrame frame;
  const char *payload;

  fermata_session_process_note_call (self);
  if (!fermata_session_process_receive (self, &frame, &payload, error))
    return FALSE;
  if (frame.type == FERMATA_SESSION_WIRE_READY && strcmp (payload, FERMATA_VERSION) == 0)
    return TRUE;

  g_set_error_literal (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                       "fermata-script-host is of another version");
  fermata_session_process_end (self);
  return FALSE;
}

gboolean
fermata_session_process_start (FermataSessionProcess  *self,
                               GError                **error)
{
  int theirs[2] = { -1, -1 };
  gboolean done = open_files (self, theirs);
  g_autoptr (GError) inner = NULL;

  if (!done)
    g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                 "cannot speak to a script host: %s", g_strerror (errno));
  else if (!launch (self, theirs, &inner))
    {
      g_set_error_literal (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION, inner->message);
      done = FALSE;
    }
  close_fd (&theirs[0]);
  close_fd (&theirs[1]);
  if (!done)
    {
      fermata_session_process_end (self);
      return FALSE;
    }

  return greet (self, error);
}

/* It has nothing to put in order. */
static int
kill_and_reap (FermataSessionProcess *self)
{
  struct pollfd fd = { self->pidfd, POLLIN, 0 };
  struct rusage usage;
  int status = 0;

  fermata_family_signal (self->family, SIGKILL);
  while (poll (&fd, 1, -1) < 0 && errno == EINTR)
    continue;
  fermata_family_reap_leader (self->family, &status, &usage);

  return status;
}

void
fermata_session_process_end (FermataSessionProcess *self)
{
  if (self->family != NULL)
    kill_and_reap (self);
  g_clear_pointer (&self->family, fermata_family_free);
  close_fd (&self->pidfd);
  close_fd (&self->words);
  close_fd (&self->socket);
  if (self->shared != NULL)
    munmap (self->shared, sizeof *self->shared);
  self->shared = NULL;
  g_string_truncate (self->out, 0);
  self->in_start = self->in_end = 0;
  self->cut = NULL;
}

/* --- What goes wrong ------------------------------------------------------ */

static char *
dup_last_words (FermataSessionProcess *self)
{
  char buffer[LAST_WORDS];
  gssize n = self->words >= 0 ? read (self->words, buffer, sizeof buffer) : 0;

  return g_strstrip (g_utf8_make_valid (buffer, MAX (n, 0)));
}

static gboolean
refuse_end (FermataSessionProcess  *self,
            GError                **error)
{
  g_autofree char *words = NULL;
  const char *colon;
  int status;

  if (__atomic_load_n (&self->shared->out_of_memory, __ATOMIC_SEQ_CST) != 0)
    g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                 "The machine's JavaScript ran out of memory: it may use %" G_GUINT64_FORMAT " MB",
                 self->memory >> 20);
  else
    {
      /* It has closed its socket: it ends by itself, and that says more */
      struct pollfd fd = { self->pidfd, POLLIN, 0 };

      poll (&fd, 1, 1000);
      status = kill_and_reap (self);
      words = dup_last_words (self);
      colon = *words != '\0' ? ": " : "";
      g_clear_pointer (&self->family, fermata_family_free);
      if (__atomic_load_n (&self->shared->out_of_memory, __ATOMIC_SEQ_CST) != 0)
        g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                     "The machine's JavaScript ran out of memory: it may use %" G_GUINT64_FORMAT " MB",
                     self->memory >> 20);
      else if (WIFSIGNALED (status))
        g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                     "The process of the machine's JavaScript was ended by signal %d (%s)%s%s",
                     WTERMSIG (status), g_strsignal (WTERMSIG (status)), colon, words);
      else
        g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                     "The process of the machine's JavaScript ended with status %d%s%s",
                     WEXITSTATUS (status), colon, words);
    }
  fermata_session_process_end (self);

  return FALSE;
}

void
fermata_session_process_note_call (FermataSessionProcess *self)
{
  self->call_wall = -1;
  self->call_cpu = -1;
}

/* In µs; -1 if that cannot be known. */
static gint64
get_cpu (FermataSessionProcess *self)
{
  struct timespec time;
  clockid_t clock;

  if (clock_getcpuclockid (self->pid, &clock) != 0 || clock_gettime (clock, &time) != 0)
    return -1;

  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Most calls never get here: what they have taken is counted from the first
 * look on. */
static gboolean
check_time (FermataSessionProcess  *self,
            GError                **error)
{
  gint64 wall = g_get_monotonic_time ();
  gint64 cpu = get_cpu (self);

  if (self->call_wall < 0)
    {
      self->call_wall = wall;
      self->call_cpu = cpu;
      return TRUE;
    }

  if (cpu - self->call_cpu > MAX_CPU)
    g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_TIMEOUT,
                 "The machine's JavaScript was ended: it had used the processor for more than %d s",
                 (int) (MAX_CPU / G_USEC_PER_SEC));
  else if (wall - self->call_wall > MAX_WALL)
    g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_TIMEOUT,
                 "The machine's JavaScript was ended: it had not answered for %d s",
                 (int) (MAX_WALL / G_USEC_PER_SEC));
  else
    return TRUE;

  fermata_session_process_end (self);
  return FALSE;
}

static gboolean
wait_for (FermataSessionProcess  *self,
          short                   events,
          GError                **error)
{
  struct pollfd fd = { self->socket, events, 0 };
  int n = poll (&fd, 1, LOOK_EVERY);

  return n > 0 || check_time (self, error);
}

/* --- Sending -------------------------------------------------------------- */

GString *
fermata_session_process_begin (FermataSessionProcess  *self,
                               FermataSessionWireType  type,
                               guint                   flags)
{
  FermataSessionFrame frame = { 0, type, (guint16) flags };

  self->frame_at = self->out->len;
  g_string_append_len (self->out, (const char *) &frame, sizeof frame);

  return self->out;
}

void
fermata_session_process_close (FermataSessionProcess *self)
{
  guint32 length = (guint32) (self->out->len - self->frame_at - sizeof (FermataSessionFrame));

  memcpy (self->out->str + self->frame_at, &length, sizeof length);
}

static gboolean
send_out (FermataSessionProcess  *self,
          GError                **error)
{
  gsize sent = 0;

  while (sent < self->out->len)
    {
      gssize n = send (self->socket, self->out->str + sent, self->out->len - sent,
                       MSG_NOSIGNAL | MSG_DONTWAIT);

      if (n >= 0)
        sent += (gsize) n;
      else if (errno == EAGAIN && !wait_for (self, POLLOUT, error))
        return FALSE;
      else if (errno != EAGAIN && errno != EINTR)
        return refuse_end (self, error);
    }

  g_string_truncate (self->out, 0);
  if (self->out->allocated_len > 16 * READ_SIZE)
    {
      g_string_free (self->out, TRUE);
      self->out = g_string_new (NULL);
    }

  return TRUE;
}

/* --- Receiving ------------------------------------------------------------ */

static void
make_room (FermataSessionProcess *self,
           gsize                  length)
{
  gsize held = self->in_end - self->in_start;

  if (self->in_start + length + 1 <= self->in_size)
    return;

  if (held > 0 && self->in_start > 0)
    memmove (self->in, self->in + self->in_start, held);
  self->in_start = 0;
  self->in_end = held;
  if (length + 1 > self->in_size || (held <= READ_SIZE && self->in_size > 16 * READ_SIZE))
    {
      self->in_size = MAX (length + 1, READ_SIZE);
      self->in = g_realloc (self->in, self->in_size);
    }
}

static gboolean
have (FermataSessionProcess  *self,
      gsize                   length,
      GError                **error)
{
  while (self->in_end - self->in_start < length)
    {
      gssize n;

      make_room (self, MAX (length, READ_SIZE - 1));
      if (!wait_for (self, POLLIN, error))
        return FALSE;
      n = recv (self->socket, self->in + self->in_end, self->in_size - 1 - self->in_end, MSG_DONTWAIT);
      if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
        return refuse_end (self, error);
      self->in_end += (gsize) MAX (n, 0);
    }

  return TRUE;
}

gboolean
fermata_session_process_receive (FermataSessionProcess  *self,
                                 FermataSessionFrame    *frame,
                                 const char            **payload,
                                 GError                **error)
{
  if (self->cut != NULL)
    *self->cut = self->was;
  self->cut = NULL;

  if (!send_out (self, error) || !have (self, sizeof *frame, error))
    return FALSE;
  memcpy (frame, self->in + self->in_start, sizeof *frame);
  if (!have (self, sizeof *frame + frame->length, error))
    return FALSE;

  *payload = self->in + self->in_start + sizeof *frame;
  self->in_start += sizeof *frame + frame->length;
  self->cut = self->in + self->in_start;
  self->was = *self->cut;
  *self->cut = '\0';

  return TRUE;
}
