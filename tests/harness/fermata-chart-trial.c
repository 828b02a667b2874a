/* fermata-chart-trial.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "harness/fermata-chart-trial.h"

#include <gio/gio.h>

#include "check/fermata-checker.h"
#include "engine/history/fermata-history-private.h"
#include "engine/moment/fermata-moment-private.h"
#include "harness/fermata-probe.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

typedef struct {
  FermataValue *trial;
  FermataTestBed *bed;

  /* What has happened since the last line */
  FermataValueBuilder *trace;
} Trial;

static char *
to_text (FermataValue *value)
{
  return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
}

static void
fail_trial (Trial        *self,
            guint         line,
            FermataValue *expected,
            FermataValue *found)
{
  g_autofree char *graph = to_text (fermata_value_get_member (self->trial, "graph"));
  g_autofree char *steps = to_text (fermata_value_get_member (self->trial, "steps"));
  g_autofree char *wanted = to_text (expected);
  g_autofree char *got = to_text (found);
  g_autofree char *events = fermata_test_bed_describe (self->bed);

  g_error ("seed %" G_GINT64_FORMAT ", line %u\ngraph: %s\nsteps: %s\n%s\nexpected: %s\n   found: %s",
           fermata_value_get_integer (fermata_value_get_member (self->trial, "seed")), line, graph,
           steps, events, wanted, got);
}

/* --- What is told --------------------------------------------------------- */

/* Members of an object, as far as they are there. */
static void
add_members (FermataValueBuilder *builder,
             FermataValue        *object,
             const char *const   *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      FermataValue *member = object == NULL ? NULL : fermata_value_get_member (object, names[i]);

      if (member != NULL)
        fermata_value_builder_add (builder, member);
    }
}

/* The words of the oracle. Without members: the payload as a whole, if it counts. */
static const struct {
  FermataEventKind kind;
  const char *word;
  gboolean has_place;
  gboolean has_payload;
  const char *members[3];
} words[] = {
  { FERMATA_EVENT_EVENT_IGNORED, "ignored" },
  { FERMATA_EVENT_EDGE_TAKEN, "take", TRUE },
  { FERMATA_EVENT_EDGE_FAILED, "unknown", TRUE },
  { FERMATA_EVENT_STATE_EXITED, "exit", TRUE },
  { FERMATA_EVENT_STATE_ENTERED, "enter", TRUE },
  { FERMATA_EVENT_ASSIGNED, "assign", TRUE, FALSE, { "changes" } },
  { FERMATA_EVENT_LOGGED, "log", TRUE, TRUE },
  { FERMATA_EVENT_EVENT_RAISED, "raise", TRUE, FALSE, { "event", "data" } },
  { FERMATA_EVENT_EVENT_SENT, "send", TRUE, FALSE, { "event", "data" } },
  { FERMATA_EVENT_SEND_CANCELLED, "cancel", TRUE, FALSE, { "id" } },
  { FERMATA_EVENT_ACTION_FAILED, "failed", TRUE },
};

static FermataMachine *
get_machine (FermataRun *run)
{
  return fermata_moment_get_frame (fermata_run_get_moment (run), 0)->machine;
}

/* What is at hand now; what went wrong is told in words that are not compared. */
static void
tell_dequeued (FermataValueBuilder *line,
               FermataRun          *run)
{
  static const char *const members[] = { "name", "data", NULL };
  FermataValue *event = get_machine (run)->event;
  const char *name = fermata_value_get_string (fermata_value_get_member (event, "name"), NULL);

  fermata_value_builder_add_string (line, "event");
  if (g_str_has_prefix (name, "error.") && !g_str_equal (name, "error.mine"))
    fermata_value_builder_add_string (line, name);
  else
    add_members (line, event, members);
}

static void
tell_decision (FermataValueBuilder *line,
               FermataRun          *run,
               guint64              number,
               guint                word)
{
  const FermataEvent *event = fermata_history_get_event (fermata_run_get_history (run), number);
  FermataPlan *plan = fermata_run_get_plan (run);
  FermataValue *payload = event->payload;

  fermata_value_builder_add_string (line, words[word].word);
  if (words[word].has_place && event->place < plan->n_nodes)
    fermata_value_builder_add_string (line, fermata_plan_get_node_id (plan, event->place));
  else if (words[word].has_place)
    fermata_value_builder_add_string (line, fermata_plan_get_edge_name (plan, event->place - plan->n_nodes));
  if (words[word].has_payload)
    fermata_value_builder_add (line, payload);
  else
    add_members (line, payload, words[word].members);
}

static void
tell_event (FermataRun *run,
            guint64     number,
            gpointer    user_data)
{
  Trial *self = user_data;
  FermataEventKind kind = fermata_history_get_event (fermata_run_get_history (run), number)->kind;
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) line = NULL;
  guint word = 0;

  while (word < G_N_ELEMENTS (words) && words[word].kind != kind)
    word++;
  if (kind == FERMATA_EVENT_EVENT_DEQUEUED)
    tell_dequeued (builder, run);
  else if (word < G_N_ELEMENTS (words))
    tell_decision (builder, run, number, word);
  else
    return;

  line = fermata_value_builder_end (builder);
  fermata_value_builder_add (self->trace, line);
}

static FermataValue *
tell_active (Trial *self)
{
  FermataPlan *plan = fermata_run_get_plan (self->bed->run);
  FermataMachine *machine = get_machine (self->bed->run);
  g_autoptr (FermataValueBuilder) active = fermata_value_builder_new_array ();

  for (guint i = 0; i < plan->n_nodes; i++)
    {
      if (fermata_machine_is_active (machine, i))
        fermata_value_builder_add_string (active, fermata_plan_get_node_id (plan, i));
    }

  return fermata_value_builder_end (active);
}

static const char *
get_state (Trial *self)
{
  FermataRunState state = fermata_run_get_state (self->bed->run);

  return state == FERMATA_RUN_STATE_FAILED ? "livelock" : fermata_run_state_to_string (state);
}

static FermataValue *
tell_line (Trial *self)
{
  g_autoptr (FermataValueBuilder) line = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) trace = fermata_value_builder_end (self->trace);
  g_autoptr (FermataValue) active = tell_active (self);

  fermata_value_builder_unref (self->trace);
  self->trace = fermata_value_builder_new_array ();
  fermata_value_builder_set (line, "trace", trace);
  fermata_value_builder_set (line, "active", active);
  fermata_value_builder_set (line, "variables",
                             fermata_moment_get_variables (fermata_run_get_moment (self->bed->run)));
  fermata_value_builder_set_string (line, "state", get_state (self));

  return fermata_value_builder_end (line);
}

/* --- Running -------------------------------------------------------------- */

static void
send_events (Trial        *self,
             FermataValue *events)
{
  for (gsize i = 0; i < fermata_value_get_length (events); i++)
    {
      FermataValue *event = fermata_value_get_element (events, i);
      FermataValue *name = fermata_value_get_member (event, "name");

      fermata_run_send_event (self->bed->run, fermata_value_get_string (name, NULL),
                              fermata_value_get_member (event, "data"));
    }
}

static void
take_step (Trial        *self,
           FermataValue *step)
{
  FermataValue *events = fermata_value_get_member (step, "send");
  FermataValue *advance = fermata_value_get_member (step, "advance");
  gint64 now = fermata_clock_get_time (self->bed->clock);

  if (events != NULL)
    send_events (self, events);
  else if (advance != NULL)
    fermata_test_bed_pass_time_until (self->bed, now + fermata_value_get_integer (advance) * 1000);
  else
    fermata_run_cancel (self->bed->run);
  fermata_test_bed_settle (self->bed);
}

static void
compare_line (Trial *self,
              guint  number)
{
  FermataValue *lines = fermata_value_get_member (self->trial, "expected");
  FermataValue *expected = fermata_value_get_element (lines, number);
  g_autoptr (FermataValue) found = tell_line (self);

  if (!fermata_value_equal (expected, found))
    fail_trial (self, number, expected, found);
}

/* What has been made by chance is right in the eyes of the checker. */
static void
check_graph (Trial          *self,
             FermataChecker *checker,
             FermataGraph   *graph)
{
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);

  fermata_checker_check (checker, graph, diagnostics);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (diagnostics)); i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);
      g_autofree char *text = to_text (self->trial);

      if (fermata_diagnostic_get_severity (diagnostic) == FERMATA_SEVERITY_ERROR)
        g_error ("%s\n%s", fermata_diagnostic_get_message (diagnostic), text);
    }
}

static void
run_trial (FermataValue   *trial,
           FermataChecker *checker)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = NULL;
  FermataValue *steps = fermata_value_get_member (trial, "steps");
  Trial self = { trial, bed, fermata_value_builder_new_array () };

  graph = fermata_graph_new_from_value (fermata_value_get_member (trial, "graph"));
  check_graph (&self, checker, graph);
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_probe_set_committed (fermata_probe_add (bed->run, &self), tell_event);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
  compare_line (&self, 0);
  for (gsize i = 0; i < fermata_value_get_length (steps); i++)
    {
      take_step (&self, fermata_value_get_element (steps, i));
      compare_line (&self, i + 1);
    }

  /* Folds and verifies. */
  fermata_test_bed_finish (bed);
  fermata_value_builder_unref (self.trace);
}

void
fermata_chart_trials (guint32 first_seed,
                      guint   n_seeds)
{
  g_autofree char *program = g_test_build_filename (G_TEST_DIST, "statechart", "random_chart.py", NULL);
  g_autofree char *first = g_strdup_printf ("%u", first_seed);
  g_autofree char *number = g_strdup_printf ("%u", n_seeds);
  g_autoptr (FermataNodeCatalog) catalog = fermata_node_catalog_new ();
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_autoptr (FermataChecker) checker = fermata_checker_new (catalog, evaluator);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "python3", "-B", program,
                              first, number, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  for (guint i = 0; i < n_seeds; i++)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
      g_autoptr (FermataValue) trial = NULL;

      g_assert_no_error (error);
      g_assert_nonnull (line);
      trial = fermata_value_parse (line, -1, &error);
      g_assert_no_error (error);
      run_trial (trial, checker);
    }
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}
