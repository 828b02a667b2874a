/* fermata-fold-monitor.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "harness/fermata-fold-monitor.h"

#include "engine/history/fermata-event-codec.h"
#include "engine/history/fermata-history-private.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#include <string.h>

struct _FermataFoldMonitor {
  GObject parent_instance;

  FermataMoment *folded;
  guint64 difference;
  FermataFaultFunc fault;
  gpointer fault_data;
};

static void fermata_fold_monitor_monitor_init (FermataMonitorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataFoldMonitor, fermata_fold_monitor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERMATA_TYPE_MONITOR,
                                                      fermata_fold_monitor_monitor_init))

/* Every so many events, the moment is folded once more from a snapshot. */
#define SNAPSHOT_CHECK 97

static void
add_effect (const FermataEffect *effect,
            gpointer             user_data)
{
  FermataEffect copy;

  memset (&copy, 0, sizeof copy);
  copy.frame = effect->frame;
  copy.node = effect->node;
  copy.attempt = effect->attempt;
  copy.cancelling = effect->cancelling;
  copy.since = effect->since;
  copy.send = effect->send;
  g_byte_array_append (user_data, (const guint8 *) &copy, sizeof copy);
}

static gboolean
effects_equal (FermataMoment *a,
               FermataMoment *b)
{
  g_autoptr (GByteArray) one = g_byte_array_new ();
  g_autoptr (GByteArray) other = g_byte_array_new ();

  fermata_moment_foreach_effect (a, add_effect, one);
  fermata_moment_foreach_effect (b, add_effect, other);

  return one->len == other->len && (one->len == 0 || memcmp (one->data, other->data, one->len) == 0);
}

static void
assert_same_event (const FermataEvent *a,
                   const FermataEvent *b)
{
  g_assert_cmpint (a->time, ==, b->time);
  g_assert_cmpuint (a->frame, ==, b->frame);
  g_assert_cmpuint (a->place, ==, b->place);
  g_assert_cmpuint (a->kind, ==, b->kind);
  g_assert_cmpuint (a->attempt, ==, b->attempt);
  g_assert_cmpuint (a->step, ==, b->step);
  g_assert_true (a->payload == b->payload
                 || (a->payload != NULL && b->payload != NULL
                     && fermata_value_equal (a->payload, b->payload)));
}

/* What a reader of the written history would get: all of it, though the state
 * does not need all of it. */
static FermataEvent
read_back (FermataRun *run,
           guint64     number)
{
  FermataPlan *plan = fermata_run_get_plan (run);
  const FermataEvent *event = fermata_history_get_event (fermata_run_get_history (run), number);
  g_autoptr (FermataValue) value = fermata_event_to_value (event, number, plan);
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_autoptr (FermataValue) read = NULL;
  g_autoptr (GError) error = NULL;
  FermataEvent result;
  guint64 read_number;

  read = fermata_value_parse (text, -1, &error);
  g_assert_no_error (error);
  fermata_event_from_value (read, plan, &read_number, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read_number, ==, number);
  assert_same_event (event, &result);

  return result;
}

static gboolean
snapshot_agrees (FermataRun *run,
                 guint64     number)
{
  g_autoptr (FermataMoment) moment = NULL;

  if (number % SNAPSHOT_CHECK != 0)
    return TRUE;

  moment = fermata_history_dup_moment (fermata_run_get_history (run), number);

  return fermata_moment_equal (fermata_run_get_moment (run), moment);
}

static void
fermata_fold_monitor_committed (FermataMonitor *monitor,
                                FermataRun     *run,
                                guint64         number)
{
  FermataFoldMonitor *self = FERMATA_FOLD_MONITOR (monitor);
  FermataMoment *live = fermata_run_get_moment (run);
  FermataEvent event;

  if (self->difference != 0)
    return;
  if (self->folded == NULL)
    self->folded = fermata_moment_new (fermata_run_get_plan (run));

  event = read_back (run, number);
  if (self->fault != NULL)
    self->fault (&event, number, self->fault_data);
  fermata_moment_apply (self->folded, &event);
  g_clear_pointer (&event.payload, fermata_value_unref);

  if (!fermata_moment_equal (live, self->folded) || !effects_equal (live, self->folded)
      || !snapshot_agrees (run, number))
    self->difference = number;
}

static void
fermata_fold_monitor_monitor_init (FermataMonitorInterface *iface)
{
  iface->committed = fermata_fold_monitor_committed;
}

static void
fermata_fold_monitor_finalize (GObject *object)
{
  g_clear_pointer (&FERMATA_FOLD_MONITOR (object)->folded, fermata_moment_unref);

  G_OBJECT_CLASS (fermata_fold_monitor_parent_class)->finalize (object);
}

static void
fermata_fold_monitor_class_init (FermataFoldMonitorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_fold_monitor_finalize;
}

static void
fermata_fold_monitor_init (FermataFoldMonitor *self)
{
}

FermataFoldMonitor *
fermata_fold_monitor_new (void)
{
  return g_object_new (FERMATA_TYPE_FOLD_MONITOR, NULL);
}

void
fermata_fold_monitor_plant (FermataFoldMonitor *self,
                            FermataFaultFunc    fault,
                            gpointer            user_data)
{
  self->fault = fault;
  self->fault_data = user_data;
}

guint64
fermata_fold_monitor_get_difference (FermataFoldMonitor *self)
{
  return self->difference;
}
