/* fermata-probe.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/run/fermata-run.h"

G_BEGIN_DECLS

/*
 * A monitor made of functions, for a test that wants to look or to interfere.
 */

typedef gboolean (*FermataProbeGateFunc)      (FermataRun         *run,
                                               const FermataEvent *decision,
                                               gpointer            user_data);
typedef void     (*FermataProbeCommittedFunc) (FermataRun         *run,
                                               guint64             number,
                                               gpointer            user_data);
typedef void     (*FermataProbeFlushedFunc)   (FermataRun         *run,
                                               guint64             first,
                                               guint64             last,
                                               gpointer            user_data);

#define FERMATA_TYPE_PROBE (fermata_probe_get_type ())
G_DECLARE_FINAL_TYPE (FermataProbe, fermata_probe, FERMATA, PROBE, GObject)

/* Makes a probe and adds it to @run (transfer none: the run keeps it). */
FermataProbe *fermata_probe_add            (FermataRun                *run,
                                            gpointer                   user_data);
void          fermata_probe_set_gate       (FermataProbe              *self,
                                            FermataProbeGateFunc       gate);
void          fermata_probe_set_committed  (FermataProbe              *self,
                                            FermataProbeCommittedFunc  committed);
void          fermata_probe_set_flushed    (FermataProbe              *self,
                                            FermataProbeFlushedFunc    flushed);

G_END_DECLS
