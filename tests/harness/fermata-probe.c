/* fermata-probe.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "harness/fermata-probe.h"

struct _FermataProbe {
  GObject parent_instance;

  FermataProbeGateFunc gate;
  FermataProbeCommittedFunc committed;
  FermataProbeFlushedFunc flushed;
  gpointer user_data;
};

static void fermata_probe_monitor_init (FermataMonitorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataProbe, fermata_probe, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERMATA_TYPE_MONITOR,
                                                      fermata_probe_monitor_init))

static gboolean
fermata_probe_gate (FermataMonitor     *monitor,
                    FermataRun         *run,
                    const FermataEvent *decision)
{
  FermataProbe *self = FERMATA_PROBE (monitor);

  return self->gate != NULL && self->gate (run, decision, self->user_data);
}

static void
fermata_probe_committed (FermataMonitor *monitor,
                         FermataRun     *run,
                         guint64         number)
{
  FermataProbe *self = FERMATA_PROBE (monitor);

  if (self->committed != NULL)
    self->committed (run, number, self->user_data);
}

static void
fermata_probe_flushed (FermataMonitor *monitor,
                       FermataRun     *run,
                       guint64         first,
                       guint64         last)
{
  FermataProbe *self = FERMATA_PROBE (monitor);

  if (self->flushed != NULL)
    self->flushed (run, first, last, self->user_data);
}

static void
fermata_probe_monitor_init (FermataMonitorInterface *iface)
{
  iface->gate = fermata_probe_gate;
  iface->committed = fermata_probe_committed;
  iface->flushed = fermata_probe_flushed;
}

static void
fermata_probe_class_init (FermataProbeClass *klass)
{
}

static void
fermata_probe_init (FermataProbe *self)
{
}

FermataProbe *
fermata_probe_add (FermataRun *run,
                   gpointer    user_data)
{
  g_autoptr (FermataProbe) self = g_object_new (FERMATA_TYPE_PROBE, NULL);

  self->user_data = user_data;
  fermata_run_add_monitor (run, FERMATA_MONITOR (self));

  return self;
}

void
fermata_probe_set_gate (FermataProbe         *self,
                        FermataProbeGateFunc  gate)
{
  self->gate = gate;
}

void
fermata_probe_set_committed (FermataProbe              *self,
                             FermataProbeCommittedFunc  committed)
{
  self->committed = committed;
}

void
fermata_probe_set_flushed (FermataProbe            *self,
                           FermataProbeFlushedFunc  flushed)
{
  self->flushed = flushed;
}
