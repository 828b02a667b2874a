/* fermata-local-executor.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-local-executor.h"

#include <signal.h>
#include <sys/prctl.h>

#include "executor/fermata-local-job-private.h"
#include "executor/fermata-local-share-private.h"

/**
 * FermataLocalExecutor:
 *
 * Runs processes on this machine.
 *
 * An executor belongs to the main context that was the thread's default when
 * it was made, and is to be used from its thread. There may be several.
 *
 * ## What a process gets
 *
 * The program is looked for as execvp() does, in the `PATH` that it will have
 * itself, and never by a shell; a relative name counts from its directory. Its
 * environment is that of this program, what the job adds, and the three
 * variables `FERMATA_KEY` (the job's key), `FERMATA_ATTEMPT` (from 1) and
 * `FERMATA_JOB` (the names of the jobs that it is in, outermost first, with
 * `:` between them; no two jobs have the same name). It is the leader of a
 * process group of its own, and inherits no open file but its standard input,
 * output and error.
 *
 * ## What it leaves behind
 *
 * A job has ended when its process has, and all that descends from it. Whoever
 * is left when the process ends gets SIGTERM, and SIGKILL when the job's grace
 * period is over: background processes, daemons, those in sessions of their
 * own. To find them, the first executor makes the whole program a *child
 * subreaper* (see prctl(2)), for good: processes whose parents are gone become
 * children of the program instead of the system's first process.
 *
 * The members of a job are recognised by a mark that they inherit, the soft
 * limit `RLIMIT_LOCKS`, which has no other effect on Linux; by their process
 * group; by `FERMATA_JOB` in their environment; or by having been seen below
 * another member. Other children of the program are left alone, and so is what
 * escapes all of that: a process that resets its limits *and* its environment
 * *and* leaves the process group *and* whose parents ended before the job did.
 * Nor can that be ended which another user runs (by setuid), which hangs in the
 * kernel, which forks itself anew faster than it is killed, or which was
 * started on behalf of the job by a service that was there before. The job
 * ends without them, five seconds after SIGKILL at the latest, and does not
 * wait for them to close its pipes.
 *
 * A side effect of being a subreaper: processes that other parts of the program
 * leave behind come to it as well, and it is for these parts to reap them.
 *
 * ## What the rest of the program must not do
 *
 * Wait for *any* child (`waitpid (-1, …)`), or ignore SIGCHLD, which would make
 * the kernel forget how processes end; if SIGCHLD is ignored when the first
 * executor is made, that is undone.
 *
 * ## Going away
 *
 * A job whose last reference is dropped before its end is terminated, silently,
 * and still reaped as long as the main context runs. Jobs outlive
 * their executor, but not its main context: that kills them when it goes.
 * When the program itself ends, whatever runs then goes on running: so
 * terminate the jobs and wait for their ends before.
 *
 * The peak memory of a job is what the kernel counted, which is never less
 * than what this program had when it started the job.
 */

/* `share` is made with the first job, since there is nobody to tell that it
 * could not be before. */
struct _FermataLocalExecutor {
  GObject parent_instance;

  GMainContext *context;
  FermataLocalShare *share;
};

static void fermata_local_executor_iface_init (FermataExecutorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataLocalExecutor, fermata_local_executor, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (FERMATA_TYPE_EXECUTOR, fermata_local_executor_iface_init))

/* What the whole program needs, once. Without the subreaper orphans go
 * elsewhere, and only process groups can be ended. */
static void
prepare_program (void)
{
  static gsize prepared;
  struct sigaction action;

  if (!g_once_init_enter (&prepared))
    return;

  (void) prctl (PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);

  if (sigaction (SIGCHLD, NULL, &action) == 0 &&
      (action.sa_handler == SIG_IGN || (action.sa_flags & SA_NOCLDWAIT) != 0))
    {
      if (action.sa_handler == SIG_IGN)
        action.sa_handler = SIG_DFL;
      action.sa_flags &= ~SA_NOCLDWAIT;
      sigaction (SIGCHLD, &action, NULL);
    }

  g_once_init_leave (&prepared, 1);
}

static FermataJob *
fermata_local_executor_start (FermataExecutor           *executor,
                              const FermataJobSpec      *spec,
                              const FermataJobListener  *listener,
                              gpointer                   user_data,
                              GError                   **error)
{
  FermataLocalExecutor *self = FERMATA_LOCAL_EXECUTOR (executor);
  g_autoptr (FermataFamily) family = NULL;
  FermataLocalProcess *process;
  FermataStarted started;

  if (self->share == NULL && !(self->share = fermata_local_share_new (error)))
    return NULL;

  family = fermata_family_new (fermata_local_share_get_children_fd (self->share));
  if (!fermata_start (spec, family, fermata_local_share_get_null_fd (self->share), &started, error))
    return NULL;

  process = fermata_local_process_new (self->share, g_steal_pointer (&family), &started,
                                       spec->input, spec->grace);

  return fermata_local_job_new (process, self->context, listener, user_data);
}

static void
fermata_local_executor_finalize (GObject *object)
{
  FermataLocalExecutor *self = FERMATA_LOCAL_EXECUTOR (object);

  g_clear_pointer (&self->share, fermata_local_share_unref);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (fermata_local_executor_parent_class)->finalize (object);
}

static void
fermata_local_executor_class_init (FermataLocalExecutorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_local_executor_finalize;
}

static void
fermata_local_executor_iface_init (FermataExecutorInterface *iface)
{
  iface->start = fermata_local_executor_start;
}

static void
fermata_local_executor_init (FermataLocalExecutor *self)
{
  prepare_program ();
  self->context = g_main_context_ref_thread_default ();
}

/**
 * fermata_local_executor_new:
 *
 * Creates an executor for the main context that is now the default one of
 * this thread.
 *
 * Returns: (transfer full): an executor
 */
FermataLocalExecutor *
fermata_local_executor_new (void)
{
  return g_object_new (FERMATA_TYPE_LOCAL_EXECUTOR, NULL);
}
