/* test-retention.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A run that keeps its last events only: they, and the moments after them, are
 * what they would be otherwise; of what was before it says so. */

#include "engine/history/fermata-history-private.h"
#include "engine/history/fermata-metrics.h"
#include "harness/fermata-probe.h"
#include "harness/fermata-test-bed.h"
#include "harness/fermata-test-graphs.h"

#define N_NODES 20000
#define N_KEPT 10000

static FermataTestBed *
run_chain (guint64 keep_events)
{
  g_autoptr (FermataGraph) graph = fermata_test_chain (N_NODES, NULL);
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  FermataTestBed *bed = fermata_test_bed_new ();

  options.keep_events = keep_events;
  fermata_test_bed_prepare (bed, graph, &options);
  fermata_test_bed_unfollow (bed);
  fermata_test_bed_finish (bed);
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_DONE);

  return bed;
}

static void
assert_same_end (FermataHistory *all,
                 FermataHistory *some)
{
  guint64 n_events = fermata_history_get_n_events (all);
  guint64 first = fermata_history_get_first (some);

  g_assert_cmpuint (fermata_history_get_n_events (some), ==, n_events);
  g_assert_cmpuint (n_events - first + 1, >=, N_KEPT);
  g_assert_cmpuint (n_events - first + 1, <, N_KEPT + 2 * FERMATA_HISTORY_SEGMENT);

  for (guint64 number = first; number <= n_events; number++)
    {
      const FermataEvent *one = fermata_history_get_event (all, number);
      const FermataEvent *other = fermata_history_get_event (some, number);

      g_assert_true (one->kind == other->kind && one->place == other->place);
    }
}

/* The seed and the name are other ones: the rest is the same. */
static void
test_kept (void)
{
  g_autoptr (FermataTestBed) bed = run_chain (N_KEPT);
  g_autoptr (FermataTestBed) whole = run_chain (0);
  FermataHistory *history = fermata_run_get_history (bed->run);
  guint64 n_events = fermata_history_get_n_events (history);
  guint64 first = fermata_history_get_first (history);
  g_autoptr (FermataMoment) folded = fermata_history_dup_moment (history, first - 1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (fermata_history_get_first (fermata_run_get_history (whole->run)), ==, 1);
  assert_same_end (fermata_run_get_history (whole->run), history);

  g_assert_cmpuint (fermata_moment_get_number (folded), ==, first - 1);
  for (guint64 number = first; number <= n_events; number++)
    {
      fermata_moment_apply (folded, fermata_history_get_event (history, number));
      if (number % 997 == 0 || number == n_events)
        {
          g_autoptr (FermataMoment) moment = fermata_history_dup_moment (history, number);

          g_assert_true (fermata_moment_equal (moment, folded));
        }
    }
  g_assert_true (fermata_moment_equal (folded, fermata_run_get_moment (bed->run)));
  fermata_history_verify (history, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_dropped (GError     *error,
                const char *text)
{
  g_assert_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_DROPPED);
  g_assert_cmpstr (error->message, ==, text);
  g_error_free (error);
}

static void
test_dropped (void)
{
  g_autoptr (FermataTestBed) bed = run_chain (N_KEPT);
  FermataHistory *history = fermata_run_get_history (bed->run);
  guint64 first = fermata_history_get_first (history);
  g_autoptr (FermataMoment) moment = NULL;
  g_autoptr (FermataEventView) view = NULL;
  GError *error = NULL;

  g_assert_cmpuint (first, ==, 7 * FERMATA_HISTORY_SEGMENT + 1);
  g_assert_null (fermata_history_get_event (history, first - 1));
  g_assert_null (fermata_history_dup_moment (history, first - 2));

  g_assert_null (fermata_history_find_event (history, first - 1, &error));
  assert_dropped (error, "The event 28672 is not kept any more: the first that is has the number 28673");
  error = NULL;
  g_assert_null (fermata_history_find_moment (history, 0, &error));
  assert_dropped (error, "The moment 0 is not kept any more: the first that is has the number 28672");
  error = NULL;
  g_assert_null (fermata_history_find_event (history, 50000, &error));
  g_assert_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_HISTORY);
  g_clear_error (&error);

  moment = fermata_history_find_moment (history, first - 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fermata_moment_get_number (moment), ==, first - 1);
  view = fermata_history_find_event (history, first, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fermata_event_view_get_number (view), ==, first);
}

/* --- Those who follow it ---------------------------------------------------- */

typedef struct {
  guint64 n_told;
  guint n_items;
  FermataEventView *view;
} Follower;

static void
follow (FermataRun *run,
        guint64     first,
        guint64     last,
        gpointer    user_data)
{
  Follower *self = user_data;

  g_assert_cmpuint (first, ==, self->n_told + 1);
  for (guint64 number = first; number <= last; number++)
    g_assert_nonnull (fermata_history_get_event (fermata_run_get_history (run), number));
  self->n_told = last;
}

static void
note_items (GListModel *list,
            guint       position,
            guint       n_removed,
            guint       n_added,
            gpointer    user_data)
{
  Follower *self = user_data;
  g_autoptr (FermataEventView) view = NULL;

  self->n_items += n_added - n_removed;
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, self->n_items);
  if (n_added > 0 && self->view == NULL)
    self->view = g_list_model_get_item (list, 0);
  view = g_list_model_get_item (list, 0);
  g_assert_cmpuint (fermata_event_view_get_number (view), ==,
                    fermata_history_get_first (FERMATA_HISTORY (list)));
}

/* All is told before it goes, and an event that somebody holds stays. */
static void
test_followers (void)
{
  g_autoptr (FermataGraph) graph = fermata_test_chain (N_NODES, NULL);
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  Follower follower = { 0, };

  options.keep_events = 1;
  fermata_test_bed_prepare (bed, graph, &options);
  fermata_test_bed_unfollow (bed);
  fermata_probe_set_flushed (fermata_probe_add (bed->run, &follower), follow);
  g_signal_connect (fermata_run_get_history (bed->run), "items-changed", G_CALLBACK (note_items),
                    &follower);
  fermata_test_bed_finish (bed);

  g_assert_cmpuint (follower.n_told, ==, 2 * N_NODES + 2);
  g_assert_cmpuint (follower.n_items, <, 2 * FERMATA_HISTORY_SEGMENT);
  g_assert_cmpuint (fermata_event_view_get_number (follower.view), ==, 1);
  g_assert_cmpint (fermata_event_view_get_kind (follower.view), ==, FERMATA_EVENT_RUN_STARTED);
  g_object_unref (follower.view);
}

/* Who comes late counts from what there is. */
static void
test_late_metrics (void)
{
  g_autoptr (FermataTestBed) bed = run_chain (N_KEPT);
  FermataHistory *history = fermata_run_get_history (bed->run);
  g_autoptr (FermataMetrics) metrics = fermata_metrics_new (fermata_run_get_plan (bed->run));
  guint64 first = fermata_history_get_first (history);
  FermataMeasures total;

  fermata_metrics_add_history (metrics, history);
  fermata_metrics_get_total (metrics, &total);
  g_assert_cmpuint (total.n_attempts, ==, (2 * N_NODES + 2 - first) / 2);
}

/* Without what nodes did nothing can be taken from them. */
static void
test_part (void)
{
  g_autoptr (FermataTestBed) bed = run_chain (N_KEPT);
  g_autoptr (FermataRunPart) part = fermata_run_part_new ();
  GError *error = NULL;

  fermata_run_part_set_history (part, fermata_run_get_history (bed->run));
  g_assert_false (fermata_run_part_check (part, fermata_run_get_plan (bed->run), &error));
  assert_dropped (error, "That history begins with event 28673: what nodes did before is not kept");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/retention/kept", test_kept);
  g_test_add_func ("/retention/dropped", test_dropped);
  g_test_add_func ("/retention/followers", test_followers);
  g_test_add_func ("/retention/late-metrics", test_late_metrics);
  g_test_add_func ("/retention/part", test_part);

  return g_test_run ();
}
