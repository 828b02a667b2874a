/* fermata-monitor.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-run.h"

G_DEFINE_INTERFACE (FermataMonitor, fermata_monitor, G_TYPE_OBJECT)

static void
fermata_monitor_default_init (FermataMonitorInterface *iface)
{
}
