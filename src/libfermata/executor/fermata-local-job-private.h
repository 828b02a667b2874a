/* fermata-local-job-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "executor/fermata-local-process-private.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_LOCAL_JOB (fermata_local_job_get_type ())

/* What users hold of a process. It is told to end when they let go of it. */
G_DECLARE_FINAL_TYPE (FermataLocalJob, fermata_local_job, FERMATA, LOCAL_JOB, FermataJob)

FermataJob *fermata_local_job_new (FermataLocalProcess      *process,
                                   GMainContext             *context,
                                   const FermataJobListener *listener,
                                   gpointer                  user_data);

G_END_DECLS
