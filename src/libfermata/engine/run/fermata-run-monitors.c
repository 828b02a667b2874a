/* fermata-run-monitors.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Who follows a run, and where it may be held. */

#include "engine/run/fermata-run-private.h"

/*
 * Monitors may come and go while they are told: the array is never changed but
 * replaced, and whoever walks over it holds a reference.
 */

void
fermata_run_tell_committed (FermataRun *self)
{
  g_autoptr (GPtrArray) monitors = g_ptr_array_ref (self->monitors);

  for (guint i = 0; i < monitors->len; i++)
    {
      FermataMonitor *monitor = monitors->pdata[i];
      FermataMonitorInterface *iface = FERMATA_MONITOR_GET_IFACE (monitor);

      if (iface->committed != NULL)
        iface->committed (monitor, self, self->moment->number);
    }
}

void
fermata_run_tell_flushed (FermataRun *self,
                          guint64     first,
                          guint64     last)
{
  g_autoptr (GPtrArray) monitors = g_ptr_array_ref (self->monitors);

  for (guint i = 0; i < monitors->len; i++)
    {
      FermataMonitor *monitor = monitors->pdata[i];
      FermataMonitorInterface *iface = FERMATA_MONITOR_GET_IFACE (monitor);

      if (iface->flushed != NULL)
        iface->flushed (monitor, self, first, last);
    }
}

static gboolean
is_armed (FermataRun         *self,
          const FermataEvent *event)
{
  guint32 last = self->plan->n_places;

  return self->n_all_armed > 0
         || (self->armed != NULL && self->armed[MIN (event->place, last)] != 0);
}

/* Whether a monitor wants the run held before a decision. */
gboolean
fermata_run_is_gated (FermataRun         *self,
                      const FermataEvent *event)
{
  g_autoptr (GPtrArray) monitors = NULL;

  if (!is_armed (self, event) || fermata_passes_contain (&self->moment->passes, event))
    return FALSE;

  monitors = g_ptr_array_ref (self->monitors);
  for (guint i = 0; i < monitors->len; i++)
    {
      FermataMonitor *monitor = monitors->pdata[i];
      FermataMonitorInterface *iface = FERMATA_MONITOR_GET_IFACE (monitor);

      if (iface->gate != NULL && iface->gate (monitor, self, event))
        return TRUE;
    }

  return FALSE;
}

static void
replace_monitors (FermataRun     *self,
                  FermataMonitor *added,
                  FermataMonitor *removed)
{
  GPtrArray *monitors = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->monitors->len; i++)
    {
      if (self->monitors->pdata[i] != removed)
        g_ptr_array_add (monitors, g_object_ref (self->monitors->pdata[i]));
    }
  if (added != NULL)
    g_ptr_array_add (monitors, g_object_ref (added));

  g_ptr_array_unref (self->monitors);
  self->monitors = monitors;
}

/**
 * fermata_run_add_monitor:
 * @self: a run
 * @monitor: who is to follow it
 *
 * Has every event told to @monitor from now on.
 */
void
fermata_run_add_monitor (FermataRun     *self,
                         FermataMonitor *monitor)
{
  g_return_if_fail (FERMATA_IS_RUN (self));
  g_return_if_fail (FERMATA_IS_MONITOR (monitor));

  replace_monitors (self, monitor, NULL);
}

/**
 * fermata_run_remove_monitor:
 * @self: a run
 * @monitor: who followed it
 *
 * Ends fermata_run_add_monitor().
 */
void
fermata_run_remove_monitor (FermataRun     *self,
                            FermataMonitor *monitor)
{
  g_return_if_fail (FERMATA_IS_RUN (self));

  replace_monitors (self, NULL, monitor);
}

static guint8 *
armed_at (FermataRun *self,
          guint32     place)
{
  guint32 last = self->plan->n_places;

  if (self->armed == NULL)
    self->armed = g_new0 (guint8, (gsize) last + 1);

  return &self->armed[MIN (place, last)];
}

/* What does not go into a byte. */
static guint
count_more (FermataRun *self,
            guint32     place)
{
  gpointer key = GUINT_TO_POINTER (MIN (place, self->plan->n_places));

  return self->armed_more == NULL
         ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (self->armed_more, key));
}

static void
set_more (FermataRun *self,
          guint32     place,
          guint       n_times)
{
  gpointer key = GUINT_TO_POINTER (MIN (place, self->plan->n_places));

  if (self->armed_more == NULL)
    self->armed_more = g_hash_table_new (NULL, NULL);
  if (n_times > 0)
    g_hash_table_insert (self->armed_more, key, GUINT_TO_POINTER (n_times));
  else
    g_hash_table_remove (self->armed_more, key);
}

/**
 * fermata_run_arm:
 * @self: a run
 * @place: a node, an edge (see fermata_plan_get_edge_place()), the run, or
 *   %FERMATA_PLACE_ALL
 *
 * Has decisions at a place offered to the monitors before they are committed.
 * Counts: the place is armed until it has been disarmed as often. To arm all
 * costs no more than to arm one.
 */
void
fermata_run_arm (FermataRun *self,
                 guint32     place)
{
  guint8 *armed;

  g_return_if_fail (FERMATA_IS_RUN (self));

  if (place == FERMATA_PLACE_ALL)
    {
      self->n_all_armed++;
      return;
    }

  armed = armed_at (self, place);
  if (*armed < G_MAXUINT8)
    (*armed)++;
  else
    set_more (self, place, count_more (self, place) + 1);
}

/**
 * fermata_run_disarm:
 * @self: a run
 * @place: what was armed
 *
 * Ends fermata_run_arm().
 */
void
fermata_run_disarm (FermataRun *self,
                    guint32     place)
{
  guint8 *armed;
  guint n_more;

  g_return_if_fail (FERMATA_IS_RUN (self));

  if (place == FERMATA_PLACE_ALL)
    {
      g_return_if_fail (self->n_all_armed > 0);
      self->n_all_armed--;
      return;
    }

  armed = armed_at (self, place);
  g_return_if_fail (*armed > 0);
  n_more = count_more (self, place);
  if (n_more > 0)
    set_more (self, place, n_more - 1);
  else
    (*armed)--;
}
