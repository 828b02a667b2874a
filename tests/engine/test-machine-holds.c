/* test-machine-holds.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * The machines among the examples and the golden graphs: held before any of their
 * decisions, they go on as if nothing had been; saved after any event and read
 * back, they decide the same to the end.
 */

#include "engine/history/fermata-event-codec.h"
#include "engine/history/fermata-history-private.h"
#include "engine/run/fermata-run-private.h"
#include "harness/fermata-probe.h"
#include "harness/fermata-test-script.h"
#include "model/fermata-edge.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#include <string.h>

/* --- What is done to an example ------------------------------------------------- */

/* Each event that its edges name, in the order of the document. */
static char **
list_events (FermataGraph *graph)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < fermata_graph_get_n_edges (graph); i++)
    {
      FermataValue *event = fermata_edge_get_member (fermata_graph_get_edge (graph, i), "event");
      const char *name = event == NULL || fermata_value_get_kind (event) != FERMATA_VALUE_KIND_STRING
                         ? NULL : fermata_value_get_string (event, NULL);

      if (name != NULL && strchr (name, '*') == NULL && !g_str_has_prefix (name, "done.")
          && !g_str_has_prefix (name, "error."))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (names, FALSE);
}

/* All of them, with two seconds after each; then nobody has anything more to say,
 * and what has no end of its own is cancelled. */
static void
drive (FermataTestBed *bed,
       FermataGraph   *graph)
{
  g_auto (GStrv) events = list_events (graph);

  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
  for (guint i = 0; events[i] != NULL && !fermata_run_has_ended (bed->run); i++)
    {
      fermata_run_send_event (bed->run, events[i], NULL);
      fermata_test_bed_pass_time_until (bed, fermata_clock_get_time (bed->clock) + 2 * G_USEC_PER_SEC);
    }
  if (!fermata_run_has_ended (bed->run))
    fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
}

static gboolean
has_script (FermataGraph *graph)
{
  return fermata_value_get_member (fermata_graph_get_members (graph), "x-test") != NULL;
}

/* @watch may do something to the run before it begins. */
static FermataTestBed *
play (FermataGraph *graph,
      void        (*watch) (FermataTestBed *bed,
                            gpointer        user_data),
      gpointer      user_data)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autoptr (GError) error = NULL;

  fermata_test_bed_set_up (bed, graph, &error);
  g_assert_no_error (error);
  if (watch != NULL)
    watch (bed, user_data);
  if (has_script (graph))
    fermata_test_bed_go (bed);
  else
    drive (bed, graph);

  return bed;
}

/* --- Held ------------------------------------------------------------------------ */

typedef struct {
  guint64 at;
  guint64 n_offered;
  gboolean was_held;
} Hold;

static gboolean
release (gpointer user_data)
{
  fermata_run_release (user_data);

  return G_SOURCE_REMOVE;
}

/* The decision of that number; the clock does not go on meanwhile. */
static gboolean
gate (FermataRun         *run,
      const FermataEvent *decision,
      gpointer            user_data)
{
  Hold *hold = user_data;

  if (hold->was_held || hold->n_offered++ != hold->at)
    return FALSE;
  hold->was_held = TRUE;
  g_idle_add_full (G_PRIORITY_DEFAULT, release, run, NULL);

  return TRUE;
}

static void
arm (FermataTestBed *bed,
     gpointer        user_data)
{
  FermataPlan *plan = fermata_run_get_plan (bed->run);

  fermata_probe_set_gate (fermata_probe_add (bed->run, user_data), gate);
  for (guint i = 0; i < plan->n_nodes + plan->n_edges; i++)
    fermata_run_arm (bed->run, i);
  fermata_run_arm (bed->run, FERMATA_PLACE_RUN);
}

/* What happened, without the hold itself, and without numbers of events, which holds
 * are. */
static char *
describe (FermataTestBed *bed)
{
  g_autoptr (GRegex) numbers = g_regex_new ("\"(event|moment)\":[0-9]+", 0, 0, NULL);
  g_autofree char *events = fermata_test_bed_describe (bed);
  g_auto (GStrv) lines = g_strsplit (events, "\n", -1);
  g_autofree char *rest = NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (strstr (lines[i], " held ") == NULL && !g_str_has_suffix (lines[i], " released"))
        g_string_append_printf (text, "%s\n", lines[i]);
    }

  rest = g_string_free (text, FALSE);

  return g_regex_replace_literal (numbers, rest, -1, 0, "\"event\"", 0, NULL);
}

static void
test_held (gconstpointer data)
{
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (data);
  g_autoptr (FermataTestBed) plain = play (graph, NULL, NULL);
  g_autofree char *expected = describe (plain);
  Hold hold = { .was_held = TRUE };

  for (guint64 at = 0; hold.was_held; at++)
    {
      g_autoptr (FermataTestBed) bed = NULL;
      g_autofree char *found = NULL;

      hold = (Hold) { .at = at };
      bed = play (graph, arm, &hold);
      found = describe (bed);
      g_assert_cmpstr (found, ==, expected);
      g_assert_cmpuint (at, <, 10000);
    }
}

/* --- Saved ------------------------------------------------------------------------ */

static void
clear_event (gpointer data)
{
  g_clear_pointer (&((FermataEvent *) data)->payload, fermata_value_unref);
}

/* The events as they are written, read again. */
static GArray *
read_back (FermataRun *run)
{
  FermataHistory *history = fermata_run_get_history (run);
  FermataPlan *plan = fermata_run_get_plan (run);
  GArray *events = g_array_new (FALSE, TRUE, sizeof (FermataEvent));

  g_array_set_clear_func (events, clear_event);
  for (guint64 i = 1; i <= fermata_history_get_n_events (history); i++)
    {
      g_autoptr (FermataValue) value = fermata_event_to_value (fermata_history_get_event (history, i), i,
                                                               plan);
      g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
      g_autoptr (FermataValue) read = NULL;
      g_autoptr (GError) error = NULL;
      FermataEvent event;
      guint64 number;

      read = fermata_value_parse (text, -1, &error);
      g_assert_no_error (error);
      fermata_event_from_value (read, plan, &number, &event, &error);
      g_assert_no_error (error);
      g_array_append_val (events, event);
    }

  return events;
}

static void
assert_decides (FermataMoment      *moment,
                const FermataEvent *expected)
{
  FermataEvent event;

  g_assert_true (fermata_moment_decide (moment, &event));
  g_assert_cmpuint (event.kind, ==, expected->kind);
  g_assert_cmpuint (event.frame, ==, expected->frame);
  g_assert_cmpuint (event.place, ==, expected->place);
  g_assert_cmpuint (event.step, ==, expected->step);
  g_assert_true (event.payload == expected->payload
                 || (event.payload != NULL && expected->payload != NULL
                     && fermata_value_equal (event.payload, expected->payload)));
  g_clear_pointer (&event.payload, fermata_value_unref);
}

/* The first @n are folded; from there on each decision is made anew. */
static void
resume (FermataPlan   *plan,
        GArray        *events,
        guint          n,
        FermataMoment *last)
{
  g_autoptr (FermataMoment) moment = fermata_moment_new (plan);

  for (guint i = 0; i < events->len; i++)
    {
      const FermataEvent *event = &g_array_index (events, FermataEvent, i);

      if (i >= n && fermata_event_kind_get_class (event->kind) == FERMATA_EVENT_CLASS_DECISION)
        assert_decides (moment, event);
      fermata_moment_apply (moment, event);
    }
  g_assert_true (fermata_moment_equal (moment, last));
}

static void
test_saved (gconstpointer data)
{
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (data);
  g_autoptr (FermataTestBed) bed = play (graph, NULL, NULL);
  g_autoptr (GArray) events = read_back (bed->run);

  for (guint n = 0; n < events->len; n++)
    resume (fermata_run_get_plan (bed->run), events, n, fermata_run_get_moment (bed->run));
}

/* --- Which ------------------------------------------------------------------------- */

static gboolean
is_machine (const char *path)
{
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (path);

  return fermata_graph_get_kind (graph) == FERMATA_GRAPH_KIND_FSM;
}

static void
add (const char *what,
     const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *held = g_strdup_printf ("/machines/held/%s/%s", what, name);
  g_autofree char *saved = g_strdup_printf ("/machines/saved/%s/%s", what, name);

  if (!is_machine (path))
    return;
  g_test_add_data_func_full (held, g_strdup (path), test_held, g_free);
  g_test_add_data_func_full (saved, g_strdup (path), test_saved, g_free);
}

static void
add_examples (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".fermata.json"))
        add ("example", path);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_auto (GStrv) paths = NULL;

  g_test_init (&argc, &argv, NULL);

  paths = fermata_test_list_golden (TRUE);
  for (guint i = 0; paths[i] != NULL; i++)
    add ("golden", paths[i]);
  add_examples (g_getenv ("FERMATA_EXAMPLES"));

  return g_test_run ();
}
