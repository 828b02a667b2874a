/* test-events.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Events from outside: their names, their queue, sending them. */

#include "engine/moment/fermata-event-name.h"
#include "engine/moment/fermata-event-queue-private.h"
#include "engine/moment/fermata-moment-private.h"
#include "harness/fermata-probe.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-builder.h"

#define ONE_WAIT "{ 'fermata': 1, 'kind': 'dag', 'edges': [], 'nodes': [" \
                 "  { 'id': 'wait', 'type': 'wait', 'with': { 'event': '%s' } } ] }"

/* How many a graph that is no machine keeps. */
#define MAX_EVENTS 10000

/* --- Names ------------------------------------------------------------------ */

static void
test_names (void)
{
  static const struct {
    const char *name;
    const char *descriptors;
    gboolean matches;
  } cases[] = {
    { "coin", "coin", TRUE }, { "coin", "*", TRUE }, { "coin", "coin.*", TRUE },
    { "coin", "coin.", TRUE }, { "coin.euro", "coin", TRUE }, { "coin.euro", "coin.*", TRUE },
    { "coin.euro.x", "coin.euro", TRUE }, { "coins", "coin", FALSE }, { "coi", "coin", FALSE },
    { "coin", "coin.euro", FALSE }, { "coin", "", FALSE }, { "coin", " ", FALSE },
    { "b", "a b", TRUE }, { "b", " a\t\nb ", TRUE }, { "c", "a b", FALSE },
    { "coin", ".*", FALSE }, { "coin", ".", FALSE }, { "coin", "co*", FALSE },
    { "a.b", "a.*.b", FALSE }, { "*", "*", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      if (fermata_event_name_matches (cases[i].name, cases[i].descriptors) != cases[i].matches)
        g_error ("“%s” by “%s”", cases[i].name, cases[i].descriptors);
    }

  g_assert_true (fermata_event_name_is_valid ("order.paid"));
  g_assert_true (fermata_event_name_is_valid ("Größe-1"));
  g_assert_false (fermata_event_name_is_valid (""));
  g_assert_false (fermata_event_name_is_valid ("a b"));
  g_assert_false (fermata_event_name_is_valid ("a\n"));
  g_assert_false (fermata_event_name_is_valid ("a\xff"));
}

/* --- The queue -------------------------------------------------------------- */

typedef struct {
  guint64 number;
  guint32 slot;
} Expected;

static FermataValue *
make_event (guint64 number)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autofree char *name = g_strdup_printf ("e%" G_GUINT64_FORMAT, number % 7);

  fermata_value_builder_set_string (builder, "name", name);

  return fermata_value_builder_end (builder);
}

static void
assert_queue (const FermataEventQueue *queue,
              GArray                  *expected)
{
  guint32 slot = queue->first;
  guint32 previous = FERMATA_EVENT_QUEUE_NONE;

  g_assert_cmpuint (queue->n_events, ==, expected->len);
  for (guint i = 0; i < expected->len; i++)
    {
      const FermataQueuedEvent *event = fermata_event_queue_peek (queue, slot);

      g_assert_cmpuint (slot, ==, g_array_index (expected, Expected, i).slot);
      g_assert_cmpuint (event->number, ==, g_array_index (expected, Expected, i).number);
      g_assert_cmpuint (event->previous, ==, previous);
      previous = slot;
      slot = event->next;
    }
  g_assert_cmpuint (slot, ==, FERMATA_EVENT_QUEUE_NONE);
  g_assert_cmpuint (queue->last, ==, previous);
}

static void
change_queue (FermataEventQueue *queue,
              GArray            *expected,
              guint64            number)
{
  if (expected->len == 0 || g_test_rand_int_range (0, 5) < 3)
    {
      g_autoptr (FermataValue) event = make_event (number);
      Expected added = { number, fermata_event_queue_add (queue, event, number) };

      g_assert_cmpuint (added.slot, !=, FERMATA_EVENT_QUEUE_NONE);
      g_array_append_val (expected, added);
    }
  else
    {
      guint index = g_test_rand_int_range (0, expected->len);

      fermata_event_queue_remove (queue, g_array_index (expected, Expected, index).slot);
      g_array_remove_index (expected, index);
    }
}

/* A copy stays as it is, whatever becomes of the other. */
static void
test_random_queue (void)
{
  FermataEventQueue queue;
  FermataEventQueue copy;
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (Expected));
  g_autoptr (GArray) at_copy = NULL;

  fermata_event_queue_init (&queue);
  for (guint round = 0; round < 50; round++)
    {
      fermata_event_queue_init_copy (&copy, &queue);
      at_copy = g_array_copy (expected);
      g_assert_true (fermata_event_queue_equal (&queue, &copy));
      for (guint i = 0; i < 40; i++)
        change_queue (&queue, expected, round * 100 + i + 1);
      assert_queue (&queue, expected);
      assert_queue (&copy, at_copy);
      fermata_event_queue_clear (&copy);
      g_clear_pointer (&at_copy, g_array_unref);
    }
  fermata_event_queue_clear (&queue);
}

/* --- Sending ---------------------------------------------------------------- */

static FermataTestBed *
prepare (const char *event)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autofree char *json = NULL;
  g_autoptr (FermataGraph) graph = NULL;

  json = g_strdup_printf (ONE_WAIT, event);
  graph = fermata_test_graph (json);
  fermata_test_bed_prepare (bed, graph, NULL);

  return bed;
}

static void
test_when_it_may_be_sent (void)
{
  g_autoptr (FermataTestBed) bed = prepare ("coin");

  g_assert_false (fermata_run_send_event (bed->run, "coin", NULL));
  g_assert_false (fermata_run_close_events (bed->run));
  fermata_run_start (bed->run);
  g_assert_true (fermata_run_send_event (bed->run, "coin", NULL));
  fermata_test_bed_finish (bed);
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_DONE);
  g_assert_false (fermata_run_send_event (bed->run, "coin", NULL));
  g_assert_false (fermata_run_close_events (bed->run));
}

static void
test_after_closing (void)
{
  g_autoptr (FermataTestBed) bed = prepare ("coin");

  fermata_run_start (bed->run);
  g_assert_true (fermata_run_send_event (bed->run, "other", NULL));
  g_assert_true (fermata_run_close_events (bed->run));
  g_assert_false (fermata_run_close_events (bed->run));
  g_assert_false (fermata_run_send_event (bed->run, "coin", NULL));
  fermata_test_bed_finish (bed);
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_FAILED);
}

/* What is kept is bounded, and nothing that was promised is lost. */
static void
test_full (void)
{
  g_autoptr (FermataTestBed) bed = prepare ("coin");
  FermataMoment *moment = fermata_run_get_moment (bed->run);

  fermata_test_bed_unfollow (bed);
  fermata_run_start (bed->run);
  for (guint i = 0; i < MAX_EVENTS - 1; i++)
    g_assert_true (fermata_run_send_event (bed->run, "other", NULL));
  g_assert_true (fermata_run_send_event (bed->run, "coin", NULL));
  g_assert_false (fermata_run_send_event (bed->run, "coin", NULL));
  g_assert_cmpuint (moment->events.n_events, ==, MAX_EVENTS);
  fermata_test_bed_finish (bed);
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_DONE);
  g_assert_cmpuint (moment->events.n_events, ==, MAX_EVENTS - 1);
}

/* A full queue is not copied with each moment that somebody keeps. */
static void
test_copies_are_cheap (void)
{
  g_autoptr (FermataTestBed) bed = prepare ("coin");
  FermataMoment *moment = fermata_run_get_moment (bed->run);
  guint64 before;

  fermata_test_bed_unfollow (bed);
  fermata_run_start (bed->run);
  for (guint i = 0; i < 5000; i++)
    g_assert_true (fermata_run_send_event (bed->run, "other", NULL));
  before = fermata_moment_get_n_copied (moment);
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (FermataMoment) copy = fermata_moment_copy (moment);

      g_assert_true (fermata_run_send_event (bed->run, "other", NULL));
    }
  /* A page and a block each time, of 5,000 events in 79 pages. */
  g_assert_cmpuint (fermata_moment_get_n_copied (moment) - before, <, 100 * 12000);
  g_assert_true (fermata_run_send_event (bed->run, "coin", NULL));
  fermata_test_bed_finish (bed);
}

static void
send_one (FermataRun *run,
          guint64     number,
          gpointer    user_data)
{
  const FermataEvent *event = fermata_history_get_event (fermata_run_get_history (run), number);

  if (event->kind == FERMATA_EVENT_NODE_STARTED)
    g_assert_true (fermata_run_send_event (run, "coin", NULL));
}

static void
test_from_a_monitor (void)
{
  g_autoptr (FermataTestBed) bed = prepare ("coin");

  fermata_probe_set_committed (fermata_probe_add (bed->run, NULL), send_one);
  fermata_test_bed_finish (bed);
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_DONE);
}

static void
test_no_descriptor (gconstpointer data)
{
  g_autoptr (FermataTestBed) bed = prepare (data);

  fermata_test_bed_finish (bed);
  g_assert_cmpstr (fermata_test_bed_status (bed, "wait"), ==, "failed");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/events/names", test_names);
  g_test_add_func ("/events/random-queue", test_random_queue);
  g_test_add_func ("/events/when-it-may-be-sent", test_when_it_may_be_sent);
  g_test_add_func ("/events/after-closing", test_after_closing);
  g_test_add_func ("/events/full", test_full);
  g_test_add_func ("/events/copies-are-cheap", test_copies_are_cheap);
  g_test_add_func ("/events/from-a-monitor", test_from_a_monitor);
  g_test_add_data_func ("/events/no-descriptor/empty", "", test_no_descriptor);
  g_test_add_data_func ("/events/no-descriptor/number", "{{1}}", test_no_descriptor);

  return g_test_run ();
}
