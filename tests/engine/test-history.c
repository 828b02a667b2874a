/* test-history.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Every moment of a run can be had, whatever was kept of it. */

#include "engine/history/fermata-history-private.h"
#include "harness/fermata-probe.h"
#include "harness/fermata-test-bed.h"
#include "harness/fermata-test-graphs.h"

#define ALLOWANCE (16u * 1024 * 1024)

static FermataTestBed *
run_large (FermataGraph *graph)
{
  FermataTestBed *bed = fermata_test_bed_new ();

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_unfollow (bed);
  fermata_test_bed_finish (bed);
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_DONE);

  return bed;
}

/* Goes through the whole history once, and stops at some numbers on the way. */
static void
check_moments (FermataHistory *history,
               guint           n_stops)
{
  guint64 n_events = fermata_history_get_n_events (history);
  g_autoptr (FermataMoment) folded = fermata_moment_new (fermata_history_get_plan (history));
  g_autofree guint8 *stops = g_new0 (guint8, n_events + 1);

  for (guint i = 0; i < n_stops; i++)
    stops[g_test_rand_int_range (0, n_events + 1)] = TRUE;
  stops[0] = stops[1] = stops[n_events] = TRUE;

  for (guint64 number = 0; number <= n_events; number++)
    {
      g_autoptr (FermataMoment) moment = NULL;

      if (number > 0)
        fermata_moment_apply (folded, fermata_history_get_event (history, number));
      if (!stops[number])
        continue;
      moment = fermata_history_dup_moment (history, number);
      g_assert_cmpuint (fermata_moment_get_number (moment), ==, number);
      g_assert_true (fermata_moment_equal (folded, moment));
    }
}

/* In no order, some of them twice, and close together. */
static void
jump_about (FermataHistory *history,
            guint           n_jumps)
{
  guint64 n_events = fermata_history_get_n_events (history);

  for (guint i = 0; i < n_jumps; i++)
    {
      guint64 number = g_test_rand_int_range (0, n_events + 1);
      g_autoptr (FermataMoment) folded = fermata_history_fold_from_start (history, number);
      g_autoptr (FermataMoment) moment = fermata_history_dup_moment (history, number);

      g_assert_true (fermata_moment_equal (folded, moment));
    }
}

/* --- What is kept --------------------------------------------------------- */

static void
test_random_moments (void)
{
  g_autofree guint *order = fermata_test_make_permutation (9000);
  g_autoptr (FermataGraph) graph = fermata_test_chain (9000, order);
  g_autoptr (FermataTestBed) bed = run_large (graph);
  FermataHistory *history = fermata_run_get_history (bed->run);

  check_moments (history, 200);
  jump_about (history, 100);
}

/* Step by step backwards, as somebody does who looks for where it went wrong. */
static void
test_backwards (void)
{
  g_autoptr (FermataGraph) graph = fermata_test_fan (5000, NULL);
  g_autoptr (FermataTestBed) bed = run_large (graph);
  FermataHistory *history = fermata_run_get_history (bed->run);

  for (guint64 number = 4400; number > 3800; number--)
    {
      g_autoptr (FermataMoment) folded = fermata_history_fold_from_start (history, number);
      g_autoptr (FermataMoment) moment = fermata_history_dup_moment (history, number);

      g_assert_true (fermata_moment_equal (folded, moment));
    }
}

/* Nodes that run in the order of the document touch few pages. */
static void
test_snapshots (void)
{
  g_autoptr (FermataGraph) graph = fermata_test_chain (100000, NULL);
  g_autoptr (FermataTestBed) bed = run_large (graph);
  FermataHistory *history = fermata_run_get_history (bed->run);
  guint64 n_events = fermata_history_get_n_events (history);

  g_assert_cmpuint (n_events, ==, 200002);
  g_assert_cmpuint (fermata_history_get_n_snapshots (history), ==, n_events / FERMATA_HISTORY_SEGMENT);
  check_moments (history, 20);
}

static void
look_around (FermataRun *run,
             guint64     first,
             guint64     last,
             gpointer    user_data)
{
  FermataHistory *history = fermata_run_get_history (run);

  for (guint i = 0; i < 3; i++)
    {
      guint64 number = g_test_rand_int_range (0, last + 1);
      g_autoptr (FermataMoment) moment = fermata_history_dup_moment (history, number);

      g_assert_cmpuint (fermata_moment_get_number (moment), ==, number);
    }
}

/* That somebody looks costs memory for as long as he looks, and no snapshots. */
static void
test_looking (void)
{
  g_autofree guint *order = fermata_test_make_permutation (20000);
  g_autoptr (FermataGraph) graph = fermata_test_chain (20000, order);
  g_autoptr (FermataTestBed) alone = run_large (graph);
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_unfollow (bed);
  fermata_probe_set_flushed (fermata_probe_add (bed->run, NULL), look_around);
  fermata_test_bed_finish (bed);

  g_assert_cmpuint (fermata_history_get_n_snapshots (fermata_run_get_history (bed->run)), ==,
                    fermata_history_get_n_snapshots (fermata_run_get_history (alone->run)));
}

/* --- What it costs -------------------------------------------------------- */

/* Bytes of a table that are not in another one already. */
static guint64
weigh_table (const FermataPageTable *table,
             GHashTable             *seen)
{
  guint64 size = table->n_blocks * sizeof (gpointer);

  for (guint i = 0; i < table->n_blocks; i++)
    {
      const FermataPageBlock *block = table->blocks[i];

      if (block == NULL || !g_hash_table_add (seen, (gpointer) block))
        continue;
      size += sizeof *block + block->n_pages * sizeof (gpointer);
      for (guint j = 0; j < block->n_pages; j++)
        {
          const FermataPage *page = block->pages[j];

          if (page != NULL && g_hash_table_add (seen, (gpointer) page))
            size += sizeof *page + page->n_records * table->record_size;
        }
    }

  return size;
}

static guint64
weigh_set (const FermataIndexSet *set,
           GHashTable            *seen)
{
  return set->words == NULL ? 0 : sizeof *set->words + weigh_table (set->words, seen);
}

static guint64
weigh_moment (FermataMoment *moment,
              GHashTable    *seen)
{
  const FermataFrame *frame = moment->root;

  return sizeof *moment + sizeof *frame
         + weigh_table (&frame->nodes, seen)
         + weigh_table (&frame->conditions, seen)
         + weigh_set (&frame->startable[0], seen)
         + weigh_set (&frame->skippable, seen)
         + weigh_set (&frame->settled, seen)
         + weigh_set (&frame->running, seen)
         + weigh_set (&frame->cancellable, seen)
         + weigh_set (&frame->retrying, seen);
}

/* They are evenly spaced, a power of two times the segment. */
static guint64
find_interval (FermataHistory *history)
{
  guint64 n_events = fermata_history_get_n_events (history);
  guint64 interval = FERMATA_HISTORY_SEGMENT;

  while (n_events / interval > fermata_history_get_n_snapshots (history))
    interval *= 2;
  g_assert_cmpuint (n_events / interval, ==, fermata_history_get_n_snapshots (history));

  return interval;
}

static guint64
weigh_snapshots (FermataHistory *history)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) moments = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_moment_unref);
  guint64 interval = find_interval (history);
  guint64 size = 0;

  for (guint64 number = interval; number <= fermata_history_get_n_events (history); number += interval)
    {
      FermataMoment *moment = fermata_history_dup_moment (history, number);

      g_ptr_array_add (moments, moment);
      size += weigh_moment (moment, seen);
    }

  return size;
}

static void
check_thinned_out (FermataGraph *graph)
{
  g_autoptr (FermataTestBed) bed = run_large (graph);
  FermataHistory *history = fermata_run_get_history (bed->run);
  guint64 n_events = fermata_history_get_n_events (history);
  guint64 events = n_events * sizeof (FermataEvent);
  guint64 snapshots = weigh_snapshots (history);

  g_test_message ("%u snapshots, %" G_GUINT64_FORMAT " KB, beside %" G_GUINT64_FORMAT " KB of events",
                  fermata_history_get_n_snapshots (history), snapshots / 1024, events / 1024);
  g_assert_cmpuint (fermata_history_get_n_snapshots (history), >, 0);
  g_assert_cmpuint (fermata_history_get_n_snapshots (history), <, n_events / FERMATA_HISTORY_SEGMENT);
  g_assert_cmpuint (snapshots, <=, 2 * (ALLOWANCE + events));
  check_moments (history, 40);
}

/* The order of the document has nothing to do with the one in which nodes run:
 * each snapshot would be a copy of nearly everything. */
static void
test_random_order (void)
{
  g_autofree guint *order = fermata_test_make_permutation (100000);
  g_autoptr (FermataGraph) graph = fermata_test_chain (100000, order);

  check_thinned_out (graph);
}

/* --- Moments that somebody holds ------------------------------------------ */

static void
keep_moment (FermataRun *run,
             guint64     number,
             gpointer    user_data)
{
  g_ptr_array_add (user_data, fermata_moment_copy (fermata_run_get_moment (run)));
}

/* Each copy of the live state stays as it was, and is what the history gives. */
static void
test_copies_stay (void)
{
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_moment_unref);
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autofree guint *order = fermata_test_make_permutation (400);
  g_autoptr (FermataGraph) graph = fermata_test_fan (400, order);
  FermataHistory *history;

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_probe_set_committed (fermata_probe_add (bed->run, copies), keep_moment);
  fermata_test_bed_finish (bed);

  history = fermata_run_get_history (bed->run);
  g_assert_cmpuint (copies->len, ==, fermata_history_get_n_events (history));
  for (guint i = 0; i < copies->len; i++)
    {
      g_autoptr (FermataMoment) moment = fermata_history_dup_moment (history, i + 1);

      g_assert_true (fermata_moment_equal (copies->pdata[i], moment));
    }
}

/* --- The list ------------------------------------------------------------- */

typedef struct {
  guint n_items;
  guint n_signals;
} Seen;

static void
items_changed (GListModel *model,
               guint       position,
               guint       removed,
               guint       added,
               gpointer    user_data)
{
  Seen *seen = user_data;

  /* At the end, nothing left out, and there when it is told. */
  g_assert_cmpuint (position, ==, seen->n_items);
  g_assert_cmpuint (removed, ==, 0);
  g_assert_cmpuint (added, >, 0);
  seen->n_items += added;
  seen->n_signals++;
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, seen->n_items);
}

static void
compare_item (FermataHistory *history,
              guint           position)
{
  g_autoptr (FermataEventView) view = g_list_model_get_item (G_LIST_MODEL (history), position);
  const FermataEvent *event = fermata_history_get_event (history, position + 1);
  g_autofree char *place = fermata_event_view_dup_place (view);

  g_assert_cmpuint (fermata_event_view_get_number (view), ==, position + 1);
  g_assert_cmpint (fermata_event_view_get_time (view), ==, event->time);
  g_assert_cmpuint (fermata_event_view_get_kind (view), ==, event->kind);
  g_assert_cmpuint (fermata_event_view_get_frame (view), ==, event->frame);
  g_assert_cmpuint (fermata_event_view_get_attempt (view), ==, event->attempt);
  g_assert_true (fermata_event_view_get_payload (view) == event->payload);
  g_assert_cmpint (place == NULL, ==, event->place == FERMATA_PLACE_RUN);
}

static void
test_list (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'a', 'type': 'task', 'with': { 'takes': '1s', 'value': 1 } },"
    "  { 'id': 'b', 'type': 'set', 'with': { 'value': 2 } } ],"
    "  'edges': [ { 'from': 'a', 'to': 'b', 'when': true } ] }");
  g_autoptr (FermataEventView) last = NULL;
  g_autoptr (FermataHistory) history = NULL;
  Seen seen = { 0, };

  fermata_test_bed_prepare (bed, graph, NULL);
  history = g_object_ref (fermata_run_get_history (bed->run));
  g_signal_connect (history, "items-changed", G_CALLBACK (items_changed), &seen);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 0);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (history)) == FERMATA_TYPE_EVENT_VIEW);

  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
  g_assert_cmpuint (seen.n_items, ==, 2);
  fermata_test_bed_finish (bed);
  g_assert_cmpuint (seen.n_items, ==, fermata_history_get_n_events (history));
  g_assert_cmpuint (seen.n_signals, ==, 2);

  for (guint i = 0; i < seen.n_items; i++)
    compare_item (history, i);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (history), seen.n_items));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (history), G_MAXUINT));

  /* An item keeps what it shows. */
  last = g_list_model_get_item (G_LIST_MODEL (history), seen.n_items - 1);
  g_clear_object (&history);
  g_clear_pointer (&bed, fermata_test_bed_free);
  g_assert_cmpuint (fermata_event_view_get_kind (last), ==, FERMATA_EVENT_RUN_ENDED);
  g_assert_nonnull (fermata_event_view_get_payload (last));
}

/* Told in pieces where there is much: after each slice, not after the end. */
static void
test_list_of_a_long_run (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_chain (5000, NULL);
  Seen seen = { 0, };

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_unfollow (bed);
  g_signal_connect (fermata_run_get_history (bed->run), "items-changed", G_CALLBACK (items_changed), &seen);
  fermata_test_bed_finish (bed);
  g_assert_cmpuint (seen.n_items, ==, 10002);
  for (guint i = 0; i < seen.n_items; i += 997)
    compare_item (fermata_run_get_history (bed->run), i);
}

static void
test_nothing (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_chain (3, NULL);
  g_autoptr (FermataMoment) moment = NULL;
  g_autoptr (FermataMoment) fresh = NULL;
  FermataHistory *history;

  fermata_test_bed_prepare (bed, graph, NULL);
  history = fermata_run_get_history (bed->run);
  moment = fermata_history_dup_moment (history, 0);
  fresh = fermata_moment_new (fermata_history_get_plan (history));
  g_assert_cmpuint (fermata_history_get_n_events (history), ==, 0);
  g_assert_true (fermata_moment_equal (moment, fresh));
  g_assert_true (fermata_history_verify (history, NULL, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/history/nothing", test_nothing);
  g_test_add_func ("/history/random-moments", test_random_moments);
  g_test_add_func ("/history/backwards", test_backwards);
  g_test_add_func ("/history/snapshots", test_snapshots);
  g_test_add_func ("/history/looking", test_looking);
  g_test_add_func ("/history/random-order", test_random_order);
  g_test_add_func ("/history/copies-stay", test_copies_stay);
  g_test_add_func ("/history/list/short", test_list);
  g_test_add_func ("/history/list/long", test_list_of_a_long_run);

  return g_test_run ();
}
