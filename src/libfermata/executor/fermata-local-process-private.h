/* fermata-local-process-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "executor/fermata-family-private.h"
#include "executor/fermata-local-share-private.h"
#include "executor/fermata-start-private.h"

G_BEGIN_DECLS

/*
 * A process of ours from its start to the last of what it leaves behind. It
 * goes on by itself on the main context until then, also when nobody holds the
 * job any more.
 */
typedef struct _FermataLocalProcess FermataLocalProcess;

/* Takes over @started and @family. */
FermataLocalProcess *fermata_local_process_new          (FermataLocalShare        *share,
                                                         FermataFamily            *family,
                                                         const FermataStarted     *started,
                                                         GBytes                   *input,
                                                         gint64                    grace);
void                 fermata_local_process_watch        (FermataLocalProcess      *self,
                                                         GMainContext             *context,
                                                         FermataJob               *job,
                                                         const FermataJobListener *listener,
                                                         gpointer                  user_data);
void                 fermata_local_process_terminate    (FermataLocalProcess      *self);
void                 fermata_local_process_set_paused   (FermataLocalProcess      *self,
                                                         gboolean                  paused);
gint64               fermata_local_process_get_identity (FermataLocalProcess      *self,
                                                         guint64                  *start_time);
/* Nobody is told anything any more; what still runs is terminated. */
void                 fermata_local_process_abandon      (FermataLocalProcess      *self);

G_END_DECLS
