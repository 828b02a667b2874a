/* fermata-test-bed.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-engine.h"
#include "harness/fermata-fold-monitor.h"

G_BEGIN_DECLS

/*
 * Everything that a test of the engine needs: an engine under a virtual clock
 * with the library's node types and `task`, no processes, and a monitor that
 * checks that live equals folded after every event.
 */
typedef struct {
  FermataClock *clock;
  FermataEngine *engine;
  FermataFoldMonitor *fold;
  FermataRun *run;

  /* Whoever has planted a fault looks for it himself. */
  gboolean expects_difference;

  /* A folder of its own, gone with the bed, and the one to go back to. */
  char *folder;
  char *old_folder;
} FermataTestBed;

FermataTestBed *fermata_test_bed_new         (void);
void            fermata_test_bed_free        (FermataTestBed          *self);

/* Reads a graph; single quotes may stand for double ones. */
FermataGraph   *fermata_test_graph           (const char              *json);

/* Makes the bed's run (not started), with the fold monitor attached. */
void            fermata_test_bed_prepare     (FermataTestBed          *self,
                                              FermataGraph            *graph,
                                              const FermataRunOptions *options);

/* The same; FALSE with @error set if the run is refused. */
gboolean        fermata_test_bed_try_prepare (FermataTestBed          *self,
                                              FermataGraph            *graph,
                                              const FermataRunOptions *options,
                                              GError                 **error);

/* Takes the fold monitor off: it looks at the whole state after each event,
 * which is too much for a large graph. */
void            fermata_test_bed_unfollow    (FermataTestBed          *self);

/* Makes a folder for files, and goes there: relative paths begin in it. */
void            fermata_test_bed_enter_folder (FermataTestBed         *self);

/* Lets everything happen that can without time passing. */
void            fermata_test_bed_settle      (FermataTestBed          *self);

/* Lets time pass, timer by timer, and everything that follows happen. */
void            fermata_test_bed_pass_time_until (FermataTestBed      *self,
                                                  gint64               time);

/* Starts if need be, and lets time pass as far as needed until the run ends.
 * Fails the test if it never does; then checks fold and verify. */
void            fermata_test_bed_finish      (FermataTestBed          *self);

/* All of the above for a graph in JSON. */
FermataTestBed *fermata_test_bed_run         (const char              *json);

/* The history as lines `time kind place data`: what golden files hold. */
char           *fermata_test_bed_describe    (FermataTestBed          *self);

/* "done", "failed", "waiting", … of the node with an id, in the last moment. */
const char     *fermata_test_bed_status      (FermataTestBed          *self,
                                              const char              *id);

/* Its output as compact JSON (transfer full), NULL unless it is done. */
char           *fermata_test_bed_output      (FermataTestBed          *self,
                                              const char              *id);
char           *fermata_test_bed_result      (FermataTestBed          *self);

/* How many events of a kind there are, at a node or edge if one is named. */
guint           fermata_test_bed_count       (FermataTestBed          *self,
                                              FermataEventKind         kind,
                                              const char              *place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataTestBed, fermata_test_bed_free)

G_END_DECLS
