/* fermata-launch.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-launch-private.h"

#include <errno.h>
#include <linux/close_range.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * The child borrows the memory of this process, whose calling thread stands
 * still until the child has become the program or is gone (CLONE_VM and
 * CLONE_VFORK: nothing is copied, so the cost does not grow with the engine).
 * Therefore it has a stack of its own; runs with all signals blocked until no
 * handler of ours is left; takes no lock and allocates nothing, since another
 * thread may hold what it would wait for; and can leave a message in
 * FermataLaunched. posix_spawn() of glibc works in the same way.
 */
typedef struct {
  const FermataLaunch *launch;
  FermataLaunched *launched;
} Child;

#define STACK_SIZE (32 * 1024)

/* AddressSanitizer keeps books of stack frames, and the child's is left by
 * none of the ways that it knows. */
#define ON_THE_CHILDS_STACK __attribute__ ((no_sanitize ("address", "undefined")))

/* Ignored signals stay ignored over exec. A program that an engine starts is
 * not to inherit that for those that its end or its pipes depend on. */
static gboolean ON_THE_CHILDS_STACK
is_never_ignored (int signal_number)
{
  switch (signal_number)
    {
    case SIGPIPE:
    case SIGTERM:
    case SIGCHLD:
    case SIGXFSZ:
      return TRUE;

    default:
      return FALSE;
    }
}

static void ON_THE_CHILDS_STACK
reset_signals (void)
{
  struct sigaction standard = { .sa_handler = SIG_DFL };
  struct sigaction action;
  sigset_t none;

  for (int i = 1; i < NSIG; i++)
    {
      if (sigaction (i, NULL, &action) != 0 || action.sa_handler == SIG_DFL)
        continue;
      if (action.sa_handler != SIG_IGN || is_never_ignored (i))
        sigaction (i, &standard, NULL);
    }

  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
}

/* Without the mark less can be told apart, but the program can run. */
static void ON_THE_CHILDS_STACK
set_mark (guint64 mark)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_LOCKS, &limit) != 0 || limit.rlim_max < mark)
    return;

  limit.rlim_cur = mark;
  (void) setrlimit (RLIMIT_LOCKS, &limit);
}

static gboolean ON_THE_CHILDS_STACK
set_up (const FermataLaunch *launch)
{
  set_mark (launch->mark);

  if (setpgid (0, 0) != 0)
    return FALSE;

  for (int i = 0; i < 3; i++)
    {
      if (dup2 (launch->files[i], i) < 0)
        return FALSE;
    }

  /* Ours close by themselves; others may have been less careful. Only later
   * kernels than 5.11 can do it. */
  (void) close_range (3, ~0u, CLOSE_RANGE_CLOEXEC);

  return TRUE;
}

/* As execvp() does: goes on where there is no such program, and where there is
 * one that may not be run, but remembers the latter. */
static int ON_THE_CHILDS_STACK
become_program (const FermataLaunch *launch,
                FermataLaunched     *launched)
{
  gboolean refused = FALSE;
  guint i;

  for (i = 0; launch->programs[i] != NULL; i++)
    {
      execve (launch->programs[i],
              (char *const *) launch->argv,
              (char *const *) launch->environment);

      switch (errno)
        {
        case EACCES:
          if (!refused)
            launched->tried = i;
          refused = TRUE;
          break;

        case ENOENT:
        case ENOTDIR:
        case ESTALE:
        case ENODEV:
        case ETIMEDOUT:
          break;

        default:
          launched->tried = i;
          return errno;
        }
    }

  return refused ? EACCES : ENOENT;
}

static int ON_THE_CHILDS_STACK
run_child (void *data)
{
  const Child *child = data;
  const FermataLaunch *launch = child->launch;
  FermataLaunched *launched = child->launched;

  launched->step = FERMATA_LAUNCH_SETUP;
  if (!set_up (launch))
    {
      launched->code = errno;
      _exit (127);
    }

  launched->step = FERMATA_LAUNCH_DIRECTORY;
  if (launch->directory != NULL && chdir (launch->directory) != 0)
    {
      launched->code = errno;
      _exit (127);
    }

  launched->step = FERMATA_LAUNCH_PROGRAM;
  reset_signals ();
  launched->code = become_program (launch, launched);
  _exit (127);
}

/* fermata_launch:
 *
 * Returns: whether the process runs the program; if not there is none
 */
gboolean
fermata_launch (const FermataLaunch *self,
                FermataLaunched     *launched)
{
  char stack[STACK_SIZE] __attribute__ ((aligned (16)));
  Child child = { self, launched };
  sigset_t all, before;

  *launched = (FermataLaunched) { .pidfd = -1 };

  sigfillset (&all);
  pthread_sigmask (SIG_SETMASK, &all, &before);
  launched->pid = clone (run_child, stack + sizeof stack,
                         CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD,
                         &child, &launched->pidfd);
  if (launched->pid < 0)
    launched->code = errno;
  pthread_sigmask (SIG_SETMASK, &before, NULL);

  if (launched->code == 0)
    return TRUE;

  if (launched->pid > 0)
    {
      while (waitpid (launched->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
      close (launched->pidfd);
    }

  launched->pid = 0;
  launched->pidfd = -1;
  return FALSE;
}
