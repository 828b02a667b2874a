/* fermata-family.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-family-private.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "executor/fermata-mark-private.h"
#include "executor/fermata-proc-private.h"

#define JOBS_VARIABLE "FERMATA_JOB"

/* A sweep that reaps something is followed by another. Somebody may fork as
 * fast as we look. */
#define MOST_SWEEPS 100
#define MOST_RELATIVES 100000

/* `told` are the members that got a signal: pid -> Told. `orphans` are what the
 * last sweep found living, besides `n_unknown` that may be members. */
struct _FermataFamily {
  int children_fd;
  guint64 mark;
  char *name;
  pid_t leader;
  int group_told;
  GHashTable *told;
  GArray *orphans;
  guint n_unknown;
};

/* What a member was told last, so that it is told everything once. */
typedef struct {
  guint64 start_time;
  int signal_number;
} Told;

/* A process to be told: a child of ours, which keeps its number, or one below
 * such. Of a child the start may be unknown, if there was no file to read. */
typedef struct {
  pid_t pid;
  guint64 start_time;
  gboolean in_group;
  gboolean is_child;
} Relative;

/* A stray bears the mark of a job that has ended; of the unknown it is too
 * early to tell. */
typedef enum {
  STRANGER,
  MEMBER,
  STRAY,
  UNKNOWN,
} Kinship;

/* Keeps listing children apart from reaping them, in all threads: the kernel
 * may leave out one child when another is reaped just as it is being listed. */
static GMutex reaping;

FermataFamily *
fermata_family_new (int children_fd)
{
  FermataFamily *self = g_new0 (FermataFamily, 1);

  self->children_fd = children_fd;
  self->mark = fermata_mark_new ();
  self->name = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", self->mark);
  self->orphans = g_array_new (FALSE, FALSE, sizeof (pid_t));

  return self;
}

void
fermata_family_free (FermataFamily *self)
{
  fermata_mark_retire (self->mark);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_array_unref (self->orphans);
  g_free (self->name);
  g_free (self);
}

guint64
fermata_family_get_mark (FermataFamily *self)
{
  return self->mark;
}

char *
fermata_family_dup_variable (FermataFamily *self)
{
  const char *outer = g_getenv (JOBS_VARIABLE);

  return g_strconcat (JOBS_VARIABLE "=", outer ? outer : "", outer ? ":" : "", self->name, NULL);
}

void
fermata_family_set_leader (FermataFamily *self,
                           pid_t          leader)
{
  self->leader = leader;
}

/* --- Who has been told ----------------------------------------------------- */

static const Told *
get_told (FermataFamily *self,
          pid_t          pid)
{
  return self->told ? g_hash_table_lookup (self->told, GINT_TO_POINTER (pid)) : NULL;
}

static void
note_told (FermataFamily *self,
           pid_t          pid,
           guint64        start_time,
           int            signal_number)
{
  const Told told = { start_time, signal_number };

  if (self->told == NULL)
    self->told = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  g_hash_table_insert (self->told, GINT_TO_POINTER (pid), g_memdup2 (&told, sizeof told));
}

static void
forget_told (FermataFamily *self,
             pid_t          pid)
{
  if (self->told != NULL)
    g_hash_table_remove (self->told, GINT_TO_POINTER (pid));
}

static gboolean
is_known (FermataFamily *self,
          pid_t          pid)
{
  const Told *told = get_told (self, pid);
  FermataProcStat stat;

  return fermata_proc_read_stat (pid, &stat) &&
         (stat.group == self->leader || (told != NULL && told->start_time == stat.start_time));
}

/* --- Who is there ---------------------------------------------------------- */

/* Of a child of ours: whose is it? */
static Kinship
judge (FermataFamily *self,
       pid_t          pid)
{
  guint64 mark;
  FermataMarkState state = fermata_mark_read (pid, &mark);

  if (mark == self->mark)
    return MEMBER;
  if (state == FERMATA_MARK_IN_USE)
    return STRANGER;
  if (state == FERMATA_MARK_RETIRED)
    return STRAY;

  if (is_known (self, pid))
    return MEMBER;

  switch (fermata_proc_environment_lists (pid, JOBS_VARIABLE, self->name))
    {
    case FERMATA_PROC_YES:
      return MEMBER;

    case FERMATA_PROC_NOT_YET:
      return UNKNOWN;

    case FERMATA_PROC_NO:
    default:
      return STRANGER;
    }
}

static pid_t
reap (pid_t pid)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&reaping);

  return wait4 (pid, NULL, WNOHANG | __WALL, NULL);
}

pid_t
fermata_family_reap_leader (FermataFamily *self,
                            int           *status,
                            struct rusage *usage)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&reaping);

  return wait4 (self->leader, status, WNOHANG, usage);
}

/* Several threads may find the same stray, and only for the first of them is
 * the number still its own. */
static void
end_stray (pid_t pid)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&reaping);
  guint64 mark;

  if (fermata_mark_read (pid, &mark) != FERMATA_MARK_RETIRED)
    return;

  kill (pid, SIGKILL);
  wait4 (pid, NULL, WNOHANG | __WALL, NULL);
}

static gboolean
lists_leader (FermataFamily *self,
              GArray        *children)
{
  for (guint i = 0; i < children->len; i++)
    {
      if (g_array_index (children, pid_t, i) == self->leader)
        return TRUE;
    }

  return FALSE;
}

/* Orphans come to the main thread. A leader is a child of the thread that
 * started it, or of the main thread once that is gone; so if it is not here,
 * then either it was started by another thread or there is no main thread.
 * The main thread's file is open already, the others' need not open. */
static GArray *
list_children_once (FermataFamily *self)
{
  GArray *children = g_array_new (FALSE, FALSE, sizeof (pid_t));
  guint of_main_thread;

  fermata_proc_read_children (self->children_fd, children);
  if (lists_leader (self, children))
    return children;

  of_main_thread = children->len;
  fermata_proc_children_of_process (getpid (), children);
  if (children->len > of_main_thread)
    g_array_remove_range (children, 0, of_main_thread);

  return children;
}

/* Other parts of the program reap their children when they like, so one look
 * may leave out somebody; hardly ever will two leave out the same. */
static GArray *
list_children (FermataFamily *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&reaping);
  GArray *children = list_children_once (self);
  g_autoptr (GArray) again = list_children_once (self);

  if (again->len > 0 &&
      (again->len != children->len ||
       memcmp (again->data, children->data, again->len * sizeof (pid_t)) != 0))
    g_array_append_vals (children, again->data, again->len);

  return children;
}

/* Returns whether something was reaped. */
static gboolean
sweep_once (FermataFamily *self)
{
  g_autoptr (GArray) children = list_children (self);
  gboolean reaped = FALSE;

  g_array_set_size (self->orphans, 0);
  self->n_unknown = 0;

  for (guint i = 0; i < children->len; i++)
    {
      pid_t pid = g_array_index (children, pid_t, i);
      Kinship kinship = pid == self->leader ? STRANGER : judge (self, pid);
      pid_t result = kinship == MEMBER ? reap (pid) : -1;

      if (kinship == STRAY)
        end_stray (pid);
      if (kinship == UNKNOWN)
        self->n_unknown++;
      if (result == pid)
        {
          forget_told (self, pid);
          reaped = TRUE;
        }
      if (result == 0)
        g_array_append_val (self->orphans, pid);
    }

  return reaped;
}

gboolean
fermata_family_sweep (FermataFamily *self,
                      pid_t         *orphan)
{
  *orphan = 0;

  if (self->children_fd < 0)
    return TRUE;

  for (guint i = 0; i < MOST_SWEEPS; i++)
    {
      if (sweep_once (self))
        continue;
      if (self->orphans->len > 0)
        *orphan = g_array_index (self->orphans, pid_t, 0);
      return self->orphans->len == 0 && self->n_unknown == 0;
    }

  return FALSE;
}

/* --- Telling them ---------------------------------------------------------- */

/* One that is stopped would not notice SIGTERM otherwise. */
static void
kill_and_continue (pid_t pid,
                   int   signal_number)
{
  kill (pid, signal_number);
  if (signal_number == SIGTERM)
    kill (pid, SIGCONT);
}

static gboolean
tell_group (FermataFamily *self,
            int            signal_number)
{
  if (self->group_told == signal_number)
    return FALSE;

  self->group_told = signal_number;
  kill_and_continue (-self->leader, signal_number);

  return TRUE;
}

/* Its number may be another's by now, but not together with its start. Without
 * a file to be sure of that it is told when it is an orphan. */
static void
tell_descendant (FermataFamily  *self,
                 const Relative *relative,
                 int             signal_number)
{
  int pidfd = pidfd_open (relative->pid, 0);
  FermataProcStat stat;

  if (pidfd < 0)
    {
      forget_told (self, relative->pid);
      return;
    }

  if (fermata_proc_read_stat (relative->pid, &stat) && stat.start_time == relative->start_time)
    {
      pidfd_send_signal (pidfd, signal_number, NULL, 0);
      if (signal_number == SIGTERM)
        pidfd_send_signal (pidfd, SIGCONT, NULL, 0);
    }

  close (pidfd);
}

static void
add_relative (FermataFamily         *self,
              GArray                *relatives,
              pid_t                  pid,
              const FermataProcStat *stat,
              gboolean               is_child,
              int                    signal_number)
{
  Relative relative = { pid, stat->start_time, stat->group == self->leader, is_child };

  g_array_append_val (relatives, relative);
  note_told (self, pid, stat->start_time, signal_number);
}

/* An orphan keeps its number, so nothing need be read to know that it has been
 * told; those below it were told with it, or will be when they are orphans. */
static void
add_orphans (FermataFamily *self,
             GArray        *relatives,
             int            signal_number)
{
  for (guint i = 0; i < self->orphans->len; i++)
    {
      pid_t pid = g_array_index (self->orphans, pid_t, i);
      const Told *told = get_told (self, pid);
      FermataProcStat stat = { 0, };

      if (told != NULL && told->signal_number == signal_number)
        continue;

      fermata_proc_read_stat (pid, &stat);
      add_relative (self, relatives, pid, &stat, TRUE, signal_number);
    }
}

/* One that was there may have gone elsewhere since. */
static void
add_children (FermataFamily *self,
              GArray        *relatives,
              pid_t          parent,
              int            signal_number)
{
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (pid_t));

  fermata_proc_children_of_process (parent, children);

  for (guint i = 0; i < children->len && relatives->len < MOST_RELATIVES; i++)
    {
      pid_t pid = g_array_index (children, pid_t, i);
      const Told *told = get_told (self, pid);
      FermataProcStat stat;

      if (!fermata_proc_read_stat (pid, &stat) || stat.parent != parent ||
          (told != NULL && told->start_time == stat.start_time && told->signal_number == signal_number))
        continue;

      add_relative (self, relatives, pid, &stat, FALSE, signal_number);
    }
}

void
fermata_family_signal (FermataFamily *self,
                       int            signal_number)
{
  g_autoptr (GArray) relatives = g_array_new (FALSE, FALSE, sizeof (Relative));
  gboolean group_told;

  /* The first that is told may end at once, and then those below it are not
   * below it any more. So all are listed and noted before. */
  add_children (self, relatives, self->leader, signal_number);
  add_orphans (self, relatives, signal_number);
  for (guint i = 0; i < relatives->len; i++)
    add_children (self, relatives, g_array_index (relatives, Relative, i).pid, signal_number);

  group_told = tell_group (self, signal_number);
  for (guint i = 0; i < relatives->len; i++)
    {
      const Relative *relative = &g_array_index (relatives, Relative, i);

      if (group_told && relative->in_group)
        continue;
      if (relative->is_child)
        kill_and_continue (relative->pid, signal_number);
      else
        tell_descendant (self, relative, signal_number);
    }
}
