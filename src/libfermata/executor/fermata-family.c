/* fermata-family.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-family-private.h"

#include <errno.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "executor/fermata-proc-private.h"

#define JOBS_VARIABLE "FERMATA_JOB"

/* A sweep that reaps something is followed by another. Somebody may fork as
 * fast as we look. */
#define MOST_SWEEPS 100
#define MOST_RELATIVES 100000

/* `told` are the members that got SIGTERM: pid -> start time. `orphans` is
 * what the last sweep found living. */
struct _FermataFamily {
  int children_fd;
  guint64 mark;
  char *name;
  pid_t leader;
  gboolean group_told;
  GHashTable *told;
  GArray *orphans;
};

/* A process and where it was found. */
typedef struct {
  pid_t pid;
  pid_t parent;
} Relative;

typedef enum {
  STRANGER,
  MEMBER,
  STRAY,
} Kinship;

/* The families that there are, in all threads, by their marks. Whoever bears
 * a mark of this program that is not here outlived the end of its job. */
static GMutex lock;
static GHashTable *living;

/* The upper half of our marks: random, but large, so that no administrator
 * has set such a limit, and not negative in any program that shows it. */
static guint32
get_program_mark (void)
{
  static gsize mark;

  if (g_once_init_enter (&mark))
    g_once_init_leave (&mark, (g_random_int () >> 1) | 0x40000000);

  return mark;
}

static guint64
make_mark (void)
{
  static guint serial;

  return (guint64) get_program_mark () << 32 | (guint32) g_atomic_int_add (&serial, 1);
}

static gboolean
read_mark (pid_t    pid,
           guint64 *mark)
{
  struct rlimit limit;

  if (prlimit (pid, RLIMIT_LOCKS, NULL, &limit) != 0)
    return FALSE;

  *mark = limit.rlim_cur;
  return *mark >> 32 == get_program_mark ();
}

FermataFamily *
fermata_family_new (int children_fd)
{
  FermataFamily *self = g_new0 (FermataFamily, 1);

  self->children_fd = children_fd;
  self->mark = make_mark ();
  self->name = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", self->mark);
  self->orphans = g_array_new (FALSE, FALSE, sizeof (pid_t));

  g_mutex_lock (&lock);
  if (living == NULL)
    living = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_hash_table_add (living, &self->mark);
  g_mutex_unlock (&lock);

  return self;
}

void
fermata_family_free (FermataFamily *self)
{
  g_mutex_lock (&lock);
  g_hash_table_remove (living, &self->mark);
  if (g_hash_table_size (living) == 0)
    g_clear_pointer (&living, g_hash_table_unref);
  g_mutex_unlock (&lock);

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

static gboolean
was_told (FermataFamily *self,
          pid_t          pid,
          guint64        start_time)
{
  const guint64 *known;

  known = self->told ? g_hash_table_lookup (self->told, GINT_TO_POINTER (pid)) : NULL;

  return known != NULL && *known == start_time;
}

static void
note_told (FermataFamily *self,
           pid_t          pid,
           guint64        start_time)
{
  if (self->told == NULL)
    self->told = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  g_hash_table_insert (self->told, GINT_TO_POINTER (pid),
                       g_memdup2 (&start_time, sizeof start_time));
}

static gboolean
is_known (FermataFamily *self,
          pid_t          pid)
{
  FermataProcStat stat;

  return fermata_proc_read_stat (pid, &stat) &&
         (stat.group == self->leader || was_told (self, pid, stat.start_time));
}

/* Of a child of ours: whose is it? */
static Kinship
judge (FermataFamily *self,
       pid_t          pid)
{
  guint64 mark;

  if (read_mark (pid, &mark))
    {
      g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

      if (mark == self->mark)
        return MEMBER;

      return g_hash_table_contains (living, &mark) ? STRANGER : STRAY;
    }

  if (is_known (self, pid) || fermata_proc_environment_lists (pid, JOBS_VARIABLE, self->name))
    return MEMBER;

  return STRANGER;
}

static pid_t
reap (pid_t pid)
{
  return wait4 (pid, NULL, WNOHANG | __WALL, NULL);
}

/* Several threads may find the same stray, and only for the first of them is
 * the number still its own. */
static void
end_stray (pid_t pid)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  guint64 mark;

  if (!read_mark (pid, &mark) || g_hash_table_contains (living, &mark))
    return;

  kill (pid, SIGKILL);
  reap (pid);
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
 * then either it was started by another thread or there is no main thread. */
static GArray *
list_children (FermataFamily *self)
{
  GArray *children = g_array_new (FALSE, FALSE, sizeof (pid_t));

  fermata_proc_read_children (self->children_fd, children);
  if (lists_leader (self, children))
    return children;

  g_array_set_size (children, 0);
  fermata_proc_children_of_process (getpid (), children);

  return children;
}

/* Returns whether something was reaped. */
static gboolean
sweep_once (FermataFamily *self)
{
  g_autoptr (GArray) children = list_children (self);
  gboolean reaped = FALSE;

  g_array_set_size (self->orphans, 0);

  for (guint i = 0; i < children->len; i++)
    {
      pid_t pid = g_array_index (children, pid_t, i);
      Kinship kinship = pid == self->leader ? STRANGER : judge (self, pid);
      pid_t result = kinship == MEMBER ? reap (pid) : -1;

      if (kinship == STRAY)
        end_stray (pid);
      if (result == pid)
        reaped = TRUE;
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
      return self->orphans->len == 0;
    }

  return FALSE;
}

/* One that is stopped would not notice otherwise. */
static void
send_signal (int pidfd,
             int signal_number)
{
  pidfd_send_signal (pidfd, signal_number, NULL, 0);
  if (signal_number == SIGTERM)
    pidfd_send_signal (pidfd, SIGCONT, NULL, 0);
}

static gboolean
tell_group (FermataFamily *self,
            int            signal_number)
{
  if (signal_number == SIGTERM && self->group_told)
    return FALSE;

  self->group_told = TRUE;
  kill (-self->leader, signal_number);
  if (signal_number == SIGTERM)
    kill (-self->leader, SIGCONT);

  return TRUE;
}

/* Returns whether it is (still) the process that was meant. */
static gboolean
tell_relative (FermataFamily  *self,
               const Relative *relative,
               gboolean        group_told,
               int             signal_number)
{
  int pidfd = pidfd_open (relative->pid, 0);
  FermataProcStat stat;
  gboolean meant, told;

  meant = fermata_proc_read_stat (relative->pid, &stat) && stat.parent == relative->parent;
  told = meant && was_told (self, relative->pid, stat.start_time);

  if (meant && !told)
    note_told (self, relative->pid, stat.start_time);

  if (meant && !(told && signal_number == SIGTERM) &&
      !(group_told && stat.group == self->leader))
    {
      if (pidfd >= 0)
        send_signal (pidfd, signal_number);
      else if (relative->parent == getpid ())
        kill (relative->pid, signal_number);
    }

  if (pidfd >= 0)
    close (pidfd);

  return meant;
}

static void
add_children (GArray *relatives,
              pid_t   parent)
{
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (pid_t));

  fermata_proc_children_of_process (parent, children);

  for (guint i = 0; i < children->len && relatives->len < MOST_RELATIVES; i++)
    {
      Relative relative = { g_array_index (children, pid_t, i), parent };

      g_array_append_val (relatives, relative);
    }
}

void
fermata_family_signal (FermataFamily *self,
                       int            signal_number)
{
  g_autoptr (GArray) relatives = g_array_new (FALSE, FALSE, sizeof (Relative));
  gboolean group_told;

  /* What is below a process that ends is no longer below it: look first. */
  add_children (relatives, self->leader);
  for (guint i = 0; i < self->orphans->len; i++)
    {
      Relative orphan = { g_array_index (self->orphans, pid_t, i), getpid () };

      g_array_append_val (relatives, orphan);
    }
  for (guint i = 0; i < relatives->len; i++)
    add_children (relatives, g_array_index (relatives, Relative, i).pid);

  group_told = tell_group (self, signal_number);
  for (guint i = 0; i < relatives->len; i++)
    tell_relative (self, &g_array_index (relatives, Relative, i), group_told, signal_number);
}
