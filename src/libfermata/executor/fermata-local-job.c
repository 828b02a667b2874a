/* fermata-local-job.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-local-job-private.h"

struct _FermataLocalJob {
  FermataJob parent_instance;

  FermataLocalProcess *process;
};

G_DEFINE_FINAL_TYPE (FermataLocalJob, fermata_local_job, FERMATA_TYPE_JOB)

static void
fermata_local_job_terminate (FermataJob *job)
{
  fermata_local_process_terminate (FERMATA_LOCAL_JOB (job)->process);
}

static void
fermata_local_job_set_paused (FermataJob *job,
                              gboolean    paused)
{
  fermata_local_process_set_paused (FERMATA_LOCAL_JOB (job)->process, paused);
}

static gint64
fermata_local_job_get_identity (FermataJob *job,
                                guint64    *start_time)
{
  return fermata_local_process_get_identity (FERMATA_LOCAL_JOB (job)->process, start_time);
}

static void
fermata_local_job_finalize (GObject *object)
{
  FermataLocalJob *self = FERMATA_LOCAL_JOB (object);

  fermata_local_process_abandon (self->process);

  G_OBJECT_CLASS (fermata_local_job_parent_class)->finalize (object);
}

static void
fermata_local_job_class_init (FermataLocalJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  FermataJobClass *job_class = FERMATA_JOB_CLASS (klass);

  object_class->finalize = fermata_local_job_finalize;

  job_class->terminate = fermata_local_job_terminate;
  job_class->set_paused = fermata_local_job_set_paused;
  job_class->get_identity = fermata_local_job_get_identity;
}

static void
fermata_local_job_init (FermataLocalJob *self)
{
}

/* Takes over @process, which begins to be watched on @context. */
FermataJob *
fermata_local_job_new (FermataLocalProcess      *process,
                       GMainContext             *context,
                       const FermataJobListener *listener,
                       gpointer                  user_data)
{
  FermataLocalJob *self = g_object_new (FERMATA_TYPE_LOCAL_JOB, NULL);

  self->process = process;
  fermata_local_process_watch (process, context, FERMATA_JOB (self), listener, user_data);

  return FERMATA_JOB (self);
}
