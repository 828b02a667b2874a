/* fermata-sessions-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-event-processor.h"
#include "engine/run/fermata-run.h"

G_BEGIN_DECLS

/*
 * By what the machines of an engine find each other, and the world: its event
 * processors, and those of its runs that are under way, by their seeds, which the
 * ids of sessions have in them.
 *
 * For the thread of the engine only. Shared by the engine and its runs; @engine is
 * NULL once that is gone, @processors are of FermataEventProcessor.
 */
typedef struct {
  guint ref_count;
  gpointer engine;
  GPtrArray *processors;
  GHashTable *runs;
} FermataSessions;

FermataSessions       *fermata_sessions_new      (gpointer         engine);
FermataSessions       *fermata_sessions_ref      (FermataSessions *self);
void                   fermata_sessions_unref    (FermataSessions *self);
void                   fermata_sessions_add      (FermataSessions *self,
                                                  guint64          seed,
                                                  FermataRun      *run);
void                   fermata_sessions_remove   (FermataSessions *self,
                                                  guint64          seed,
                                                  FermataRun      *run);

/* The first that is under way with that seed (transfer none), or NULL. */
FermataRun            *fermata_sessions_find     (FermataSessions *self,
                                                  guint64          seed);

/* Who serves a `type` (transfer none), or NULL. */
FermataEventProcessor *fermata_sessions_find_processor (FermataSessions *self,
                                                        const char      *type);

G_END_DECLS
