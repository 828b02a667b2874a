/* fermata-local-process.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-local-process-private.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "executor/fermata-local-pipes-private.h"
#include "executor/fermata-proc-private.h"

/*
 * The life of a process:
 *
 *   1. It runs. What it writes is passed on.
 *   2. It has ended, and is a zombie: its number stays taken, so its process
 *      group can be signalled. Whoever is left of its family is told to end.
 *   3. Nobody is left: it is reaped. What the pipes hold is passed on.
 *   4. The pipes are empty: the end is told.
 *
 * Terminating it does not leave this path, but makes 1. and 2. shorter.
 */

/* How hard the family is pressed to end. */
typedef enum {
  LET_RUN,
  ASKED,  /* SIGTERM; until the grace period is over */
  KILLED, /* SIGKILL */
} Pressure;

/* SIGKILL takes effect at once unless a process hangs in the kernel, is
 * somebody else's (setuid), or forks faster than it is killed. Of those left
 * then, the job takes its leave. */
#define LAST_WAIT (5 * G_TIME_SPAN_SECOND)

/* How often to look where there is nothing to wait for. */
#define LOOK_AGAIN (10 * G_TIME_SPAN_MILLISECOND)

/* `job` is NULL once nobody holds it. `family` is there until `reaped`. */
struct _FermataLocalProcess {
  GSource source;

  FermataLocalShare *share;
  FermataJob *job;
  FermataJobListener listener;
  gpointer user_data;

  FermataFamily *family;
  pid_t pid;
  guint64 start_time;
  gint64 grace;

  FermataWatch leader; /* a pidfd */
  FermataWatch orphan; /* another */
  FermataLocalPipes pipes;

  Pressure pressure;
  gint64 deadline; /* of the pressure; 0: none */
  gint64 look_at;  /* when to look for orphans again; 0: no need */
  FermataJobEnd end;

  guint paused : 1;
  guint terminated : 1;
  guint leader_dead : 1;
  guint given_up : 1;
  guint reaped : 1;
  guint ended : 1;
};

static void
pass_on (gpointer      user_data,
         FermataStream which,
         const guint8 *data,
         gsize         length)
{
  FermataLocalProcess *self = user_data;

  if (self->job != NULL && self->listener.output != NULL)
    self->listener.output (self->job, which, data, length, self->user_data);
}

/* A pause holds up the end as long as there is something to read, unless the
 * end was asked for. */
static void
update_reading (FermataLocalProcess *self)
{
  fermata_local_pipes_set_reading (&self->pipes,
                                   !self->paused || (self->terminated && self->reaped));
}

/* --- The end of the family ----------------------------------------------- */

static gint64
time_value_to_span (const struct timeval *time)
{
  return time->tv_sec * G_TIME_SPAN_SECOND + time->tv_usec;
}

static void
note_end (FermataLocalProcess *self,
          int                  status,
          const struct rusage *usage)
{
  self->end.exited = WIFEXITED (status);
  self->end.code = WIFEXITED (status) ? WEXITSTATUS (status) : WTERMSIG (status);
  self->end.user_time = time_value_to_span (&usage->ru_utime);
  self->end.system_time = time_value_to_span (&usage->ru_stime);
  self->end.peak_memory = (guint64) usage->ru_maxrss * 1024;
}

/* For want of anything to wait for. */
static void
look_again (FermataLocalProcess *self)
{
  self->look_at = g_get_monotonic_time () + LOOK_AGAIN;
}

/* It cannot be reaped while somebody traces it, who is to be told first. */
static void
reap (FermataLocalProcess *self)
{
  struct rusage usage = { 0 };
  int status = 0;
  pid_t pid = fermata_family_reap_leader (self->family, &status, &usage);

  if (pid == 0)
    {
      look_again (self);
      return;
    }

  if (pid < 0)
    g_warning ("Something else in this program has reaped process %d: its end is not known",
               (int) self->pid);
  else
    note_end (self, status, &usage);

  self->reaped = TRUE;
  self->deadline = 0;
  g_clear_pointer (&self->family, fermata_family_free);
  fermata_watch_close (&self->leader, &self->source);
  fermata_local_pipes_stop_feeding (&self->pipes);

  /* Whoever holds a pipe open now is none of ours, and need not be waited for:
   * all that the family wrote is in the pipe already. */
  fermata_local_pipes_set_last (&self->pipes);
  update_reading (self);
}

static void
press_leader (FermataLocalProcess *self,
              int                  signal_number)
{
  /* Its group is told together with the family. */
  if (!self->leader_dead && getpgid (self->pid) != self->pid)
    pidfd_send_signal (self->leader.fd, signal_number, NULL, 0);
}

static void
press (FermataLocalProcess *self)
{
  int signal_number = self->pressure == KILLED ? SIGKILL : SIGTERM;

  fermata_family_signal (self->family, signal_number);
  press_leader (self, signal_number);
}

static void
ask (FermataLocalProcess *self)
{
  self->pressure = ASKED;
  self->deadline = g_get_monotonic_time () + self->grace;
}

static void
insist (FermataLocalProcess *self)
{
  self->pressure = KILLED;
  self->deadline = g_get_monotonic_time () + LAST_WAIT;
}

/* The leader is dead. Is anybody else left? */
static void
settle (FermataLocalProcess *self)
{
  pid_t orphan;

  fermata_watch_close (&self->orphan, &self->source);
  self->look_at = 0;

  if (fermata_family_sweep (self->family, &orphan) || self->given_up)
    {
      reap (self);
      return;
    }

  if (self->pressure == LET_RUN)
    ask (self);
  press (self);

  self->orphan.fd = orphan != 0 ? pidfd_open (orphan, 0) : -1;
  if (self->orphan.fd >= 0)
    fermata_watch_begin (&self->orphan, &self->source, G_IO_IN);
  else
    look_again (self);
}

static void
leader_died (FermataLocalProcess *self)
{
  fermata_watch_pause (&self->leader, &self->source);
  self->leader_dead = TRUE;

  /* Where orphans cannot be found, at least the group can be reached. */
  if (fermata_local_share_get_children_fd (self->share) < 0)
    kill (-self->pid, SIGKILL);

  settle (self);
}

static void
press_all (FermataLocalProcess *self)
{
  pid_t orphan;

  fermata_family_sweep (self->family, &orphan);
  press (self);
}

static void
deadline_passed (FermataLocalProcess *self)
{
  self->given_up = self->pressure == KILLED && self->leader_dead;
  insist (self);

  if (self->leader_dead)
    settle (self);
  else
    press_all (self);
}

/* --- The source ---------------------------------------------------------- */

static void
set_timer (FermataLocalProcess *self)
{
  gint64 time = self->deadline;

  if (self->look_at > 0 && (time == 0 || self->look_at < time))
    time = self->look_at;

  if (!g_source_is_destroyed (&self->source))
    g_source_set_ready_time (&self->source, time > 0 ? time : -1);
}

static gboolean
has_passed (gint64 time)
{
  return time > 0 && g_get_monotonic_time () >= time;
}

static void
attend_family (FermataLocalProcess *self)
{
  if (fermata_watch_is_ready (&self->leader, &self->source))
    leader_died (self);
  else if (fermata_watch_is_ready (&self->orphan, &self->source) || has_passed (self->look_at))
    settle (self);

  if (has_passed (self->deadline))
    deadline_passed (self);
}

static gboolean
fermata_local_process_dispatch (GSource     *source,
                                GSourceFunc  callback,
                                gpointer     user_data)
{
  FermataLocalProcess *self = (FermataLocalProcess *) source;
  g_autoptr (FermataJob) job = self->job ? g_object_ref (self->job) : NULL;

  fermata_local_pipes_attend (&self->pipes, self->share, pass_on, self);
  if (!self->reaped)
    attend_family (self);
  set_timer (self);

  if (!self->reaped || !fermata_local_pipes_are_drained (&self->pipes))
    return G_SOURCE_CONTINUE;

  self->ended = TRUE;
  if (self->listener.ended != NULL && self->job != NULL)
    self->listener.ended (self->job, &self->end, self->user_data);

  return G_SOURCE_REMOVE;
}

static void
wait_for_death (int    pidfd,
                gint64 deadline)
{
  gint64 left = MAX (deadline - g_get_monotonic_time (), 0);
  struct pollfd death = { pidfd, POLLIN, 0 };

  if (pidfd < 0)
    left = MIN (left, LOOK_AGAIN);
  poll (&death, 1, left / G_TIME_SPAN_MILLISECOND + 1);
}

/* The main context is gone before its process. What is killed does not keep
 * anybody waiting for long. */
static void
kill_all (FermataLocalProcess *self)
{
  insist (self);
  if (!self->leader_dead)
    press_all (self);
  wait_for_death (self->leader.fd, self->deadline);

  self->leader_dead = TRUE;
  while (!self->reaped && !has_passed (self->deadline))
    {
      settle (self);
      if (!self->reaped)
        wait_for_death (self->orphan.fd, self->deadline);
    }
}

static void
fermata_local_process_finalize (GSource *source)
{
  FermataLocalProcess *self = (FermataLocalProcess *) source;

  if (!self->reaped)
    kill_all (self);

  fermata_watch_close (&self->leader, &self->source);
  fermata_watch_close (&self->orphan, &self->source);
  fermata_local_pipes_close (&self->pipes);
  g_clear_pointer (&self->family, fermata_family_free);
  g_clear_pointer (&self->share, fermata_local_share_unref);
}

static GSourceFuncs fermata_local_process_funcs = {
  .dispatch = fermata_local_process_dispatch,
  .finalize = fermata_local_process_finalize,
};

/* --- For the job --------------------------------------------------------- */

FermataLocalProcess *
fermata_local_process_new (FermataLocalShare    *share,
                           FermataFamily        *family,
                           const FermataStarted *started,
                           GBytes               *input,
                           gint64                grace)
{
  FermataLocalProcess *self;

  self = (FermataLocalProcess *) g_source_new (&fermata_local_process_funcs, sizeof *self);
  g_source_set_static_name (&self->source, "FermataLocalProcess");

  self->share = fermata_local_share_ref (share);
  self->family = family;
  self->pid = started->pid;
  self->grace = CLAMP (grace, 0, G_MAXINT64 / 2);

  self->leader.fd = started->pidfd;
  self->orphan.fd = -1;
  fermata_local_pipes_init (&self->pipes, &self->source, started, input);

  return self;
}

void
fermata_local_process_watch (FermataLocalProcess      *self,
                             GMainContext             *context,
                             FermataJob               *job,
                             const FermataJobListener *listener,
                             gpointer                  user_data)
{
  self->job = job;
  self->listener = *listener;
  self->user_data = user_data;

  fermata_watch_begin (&self->leader, &self->source, G_IO_IN);
  fermata_local_pipes_begin_feeding (&self->pipes);
  update_reading (self);

  g_source_attach (&self->source, context);
}

void
fermata_local_process_terminate (FermataLocalProcess *self)
{
  gboolean again = self->terminated;

  self->terminated = TRUE;
  if (self->reaped)
    {
      update_reading (self);
      return;
    }

  if (self->pressure == LET_RUN)
    ask (self);
  else if (again && self->pressure == ASKED)
    insist (self);
  else
    return;

  press_all (self);
  set_timer (self);
}

void
fermata_local_process_set_paused (FermataLocalProcess *self,
                                  gboolean             paused)
{
  self->paused = paused;
  update_reading (self);
}

gint64
fermata_local_process_get_identity (FermataLocalProcess *self,
                                    guint64             *start_time)
{
  FermataProcStat stat;

  if (self->start_time == 0 && !self->reaped && fermata_proc_read_stat (self->pid, &stat))
    self->start_time = stat.start_time;

  *start_time = self->start_time;
  return self->pid;
}

void
fermata_local_process_abandon (FermataLocalProcess *self)
{
  self->job = NULL;

  if (!self->ended)
    {
      fermata_local_process_set_paused (self, FALSE);
      if (!self->terminated)
        fermata_local_process_terminate (self);
    }

  g_source_unref (&self->source);
}
