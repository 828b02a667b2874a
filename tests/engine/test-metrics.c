/* test-metrics.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a run took, as its events tell it. */

#include "engine/history/fermata-metrics.h"
#include "engine/run/fermata-execution.h"
#include "harness/fermata-test-bed.h"
#include "harness/fermata-test-script.h"
#include "value/fermata-value-writer.h"

#define SECOND G_USEC_PER_SEC

/* A run with its metrics, which followed it. */
typedef struct {
  FermataTestBed *bed;
  FermataMetrics *metrics;
} Fixture;

static void
fixture_begin (Fixture    *self,
               const char *json)
{
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);

  self->bed = fermata_test_bed_new ();
  fermata_test_bed_prepare (self->bed, graph, NULL);
  self->metrics = fermata_metrics_new (fermata_run_get_plan (self->bed->run));
  fermata_run_add_monitor (self->bed->run, FERMATA_MONITOR (self->metrics));
}

static char *
dup_text (FermataMetrics *metrics)
{
  g_autoptr (FermataValue) value = fermata_metrics_to_value (metrics);

  return fermata_value_to_string (value, FERMATA_WRITE_PRETTY, NULL);
}

/* The same from the history alone. */
static void
assert_follows_from_history (FermataMetrics *metrics,
                             FermataRun     *run)
{
  g_autoptr (FermataMetrics) again = fermata_metrics_new (fermata_run_get_plan (run));
  g_autofree char *live = NULL;
  g_autofree char *folded = NULL;

  fermata_metrics_add_history (again, fermata_run_get_history (run));
  live = dup_text (metrics);
  folded = dup_text (again);
  g_assert_cmpstr (live, ==, folded);
  g_assert_cmpfloat (fermata_metrics_get_progress (metrics), ==, fermata_metrics_get_progress (again));
}

static void
fixture_finish (Fixture *self)
{
  fermata_test_bed_finish (self->bed);
  assert_follows_from_history (self->metrics, self->bed->run);
}

static void
fixture_clear (Fixture *self)
{
  g_clear_object (&self->metrics);
  g_clear_pointer (&self->bed, fermata_test_bed_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static guint
index_of (Fixture    *self,
          const char *id)
{
  guint node;

  g_assert_true (fermata_plan_find_node (fermata_run_get_plan (self->bed->run), id, &node));

  return node;
}

static FermataMeasures
measures_of (Fixture    *self,
             const char *id)
{
  FermataMeasures measures;

  fermata_metrics_get_node (self->metrics, 0, index_of (self, id), &measures);

  return measures;
}

static void
assert_times (Fixture    *self,
              const char *id,
              double      queued,
              double      running)
{
  FermataMeasures measures = measures_of (self, id);

  g_assert_cmpint (measures.queued, ==, (gint64) (queued * SECOND));
  g_assert_cmpint (measures.running, ==, (gint64) (running * SECOND));
}

static void
test_times (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataMeasures total;

  fixture_begin (&self, "{ 'fermata': 1, 'kind': 'dag', 'max-concurrency': 1, 'nodes': ["
                        "  { 'id': 'a', 'type': 'task', 'with': { 'takes': '2s' } },"
                        "  { 'id': 'b', 'type': 'task', 'with': { 'takes': '3s' } },"
                        "  { 'id': 'c', 'type': 'task', 'with': { 'takes': '1s' } },"
                        "  { 'id': 'd', 'type': 'set', 'with': { 'value': 1 } } ],"
                        "  'edges': [ { 'from': 'a', 'to': 'c' }, { 'from': 'b', 'to': 'd' } ] }");
  fixture_finish (&self);

  assert_times (&self, "a", 0, 2);
  assert_times (&self, "b", 2, 3);
  assert_times (&self, "c", 3, 1);
  assert_times (&self, "d", 1, 0);
  fermata_metrics_get_total (self.metrics, &total);
  g_assert_cmpuint (total.n_attempts, ==, 4);
  g_assert_cmpint (total.queued, ==, 6 * SECOND);
  g_assert_cmpint (total.running, ==, 6 * SECOND);
}

/* A join that takes the first could have begun with that. */
static void
test_joins (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, "{ 'fermata': 1, 'kind': 'dag', 'max-concurrency': 2, 'nodes': ["
                        "  { 'id': 'first', 'type': 'task', 'with': { 'takes': '1s', 'value': 1 } },"
                        "  { 'id': 'second', 'type': 'task', 'with': { 'takes': '3s' } },"
                        "  { 'id': 'long', 'type': 'task', 'with': { 'takes': '5s' } },"
                        "  { 'id': 'any', 'type': 'task', 'join': 'any' },"
                        "  { 'id': 'all', 'type': 'task' } ],"
                        "  'edges': ["
                        "  { 'from': 'first', 'to': 'any', 'when': 'output == 1' },"
                        "  { 'from': 'second', 'to': 'any' },"
                        "  { 'from': 'first', 'to': 'all' }, { 'from': 'second', 'to': 'all' } ] }");
  fixture_finish (&self);

  assert_times (&self, "any", 2, 0);
  assert_times (&self, "all", 0, 0);
  assert_times (&self, "long", 1, 5);
}

/* Waiting for another attempt is not queueing for it. */
static void
test_attempts (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataAttemptMetrics attempt;

  fixture_begin (&self, "{ 'fermata': 1, 'kind': 'dag', 'on-error': 'continue', 'max-concurrency': 1,"
                        "  'nodes': ["
                        "  { 'id': 'a', 'type': 'task', 'with': { 'takes': '1s', 'error': 'timeout' },"
                        "    'retry': { 'attempts': 2, 'delay': '2s', 'jitter': 0 } },"
                        "  { 'id': 'b', 'type': 'task', 'with': { 'takes': '5s' } } ], 'edges': [] }");
  fixture_finish (&self);

  g_assert_cmpuint (measures_of (&self, "a").n_attempts, ==, 2);
  assert_times (&self, "a", 3, 2);
  assert_times (&self, "b", 1, 5);
  fermata_metrics_get_attempt (self.metrics, 2, &attempt);
  g_assert_cmpuint (attempt.attempt, ==, 2);
  g_assert_cmpint (attempt.started, ==, 6 * SECOND);
  g_assert_cmpint (attempt.measures.queued, ==, 3 * SECOND);
  g_assert_cmpint (attempt.outcome, ==, FERMATA_EVENT_TASK_FAILED);
}

static void
test_reports (void)
{
  g_auto (Fixture) self = { NULL, };
  g_autoptr (FermataValue) node = NULL;
  g_autoptr (FermataValue) total = NULL;
  g_autofree char *node_text = NULL;
  g_autofree char *total_text = NULL;

  fixture_begin (&self, "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
                        "  { 'id': 'a', 'type': 'task', 'with':"
                        "    { 'print': 'twelve bytes', 'uses': { 'tokens': 10, 'cost': 0.5 } } },"
                        "  { 'id': 'b', 'type': 'task', 'with': { 'uses': { 'tokens': 5, 'pages': 1 } } },"
                        "  { 'id': 'c', 'type': 'task' } ], 'edges': [] }");
  fixture_finish (&self);

  g_assert_cmpuint (measures_of (&self, "a").n_output, ==, 12);
  g_assert_cmpuint (measures_of (&self, "a").n_error, ==, 0);
  node = fermata_metrics_dup_node_usage (self.metrics, 0, index_of (&self, "a"));
  node_text = fermata_value_to_string (node, FERMATA_WRITE_COMPACT, NULL);
  g_assert_cmpstr (node_text, ==, "{\"tokens\":10,\"cost\":0.5}");
  total = fermata_metrics_dup_total_usage (self.metrics);
  total_text = fermata_value_to_string (total, FERMATA_WRITE_COMPACT, NULL);
  g_assert_cmpstr (total_text, ==, "{\"tokens\":15,\"cost\":0.5,\"pages\":1}");
  g_assert_null (fermata_metrics_dup_node_usage (self.metrics, 0, index_of (&self, "c")));
}

/* Of several processes of one attempt, times add up, and the largest counts. */
static void
test_processes (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "engine",
                                                 "reports.fermata.json", NULL);
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (path);
  g_autoptr (FermataMetrics) metrics = NULL;
  g_autoptr (GError) error = NULL;
  FermataMeasures total;

  fermata_test_bed_play (bed, graph, &error);
  g_assert_no_error (error);
  metrics = fermata_metrics_new (fermata_run_get_plan (bed->run));
  fermata_metrics_add_history (metrics, fermata_run_get_history (bed->run));
  fermata_metrics_get_total (metrics, &total);
  g_assert_cmpint (total.cpu_user, ==, 1500);
  g_assert_cmpint (total.cpu_system, ==, 200);
  g_assert_cmpuint (total.peak_memory, ==, 4096);
}

static void
test_progress (void)
{
  g_auto (Fixture) self = { NULL, };
  double fraction;
  const char *message;

  fixture_begin (&self, "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
                        "  { 'id': 'a', 'type': 'task', 'with': { 'takes': '2s', 'progress': [0.1, 0.5] } },"
                        "  { 'id': 'b', 'type': 'task', 'with': { 'takes': '1s' } } ], 'edges': [] }");
  g_assert_cmpfloat (fermata_metrics_get_progress (self.metrics), ==, 0);
  fermata_run_start (self.bed->run);
  fermata_test_bed_settle (self.bed);
  g_assert_cmpfloat (fermata_metrics_get_progress (self.metrics), ==, 0.05);

  fermata_test_bed_pass_time_until (self.bed, SECOND / 2);
  g_assert_true (fermata_metrics_get_node_progress (self.metrics, 0, 0, &fraction, &message));
  g_assert_cmpfloat (fraction, ==, 0.5);
  g_assert_cmpstr (message, ==, "working");
  g_assert_false (fermata_metrics_get_node_progress (self.metrics, 0, 1, &fraction, NULL));
  fermata_test_bed_pass_time_until (self.bed, SECOND * 3 / 2);
  g_assert_cmpfloat (fermata_metrics_get_progress (self.metrics), ==, 0.75);

  fixture_finish (&self);
  g_assert_cmpfloat (fermata_metrics_get_progress (self.metrics), ==, 1);
  g_assert_false (fermata_metrics_get_node_progress (self.metrics, 0, 0, &fraction, &message));
}

/* A node that runs for each item is measured as one, whatever frames it was in. */
static void
test_items (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataMeasures measures, total;
  guint32 place;
  guint64 n_attempts = 0;

  fixture_begin (&self, "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
                        "  { 'id': 'list', 'type': 'set', 'with': { 'value': [1, 2, 3] } },"
                        "  { 'id': 'item', 'type': 'task', 'with': { 'takes': '1s', 'uses': { 'tokens': 2 } } } ],"
                        "  'edges': [ { 'from': 'list', 'to': 'item', 'each': true } ] }");
  fixture_finish (&self);

  fermata_metrics_get_total (self.metrics, &total);
  for (place = 0; fermata_metrics_find_place (self.metrics, place, &place); place++)
    {
      g_autoptr (FermataValue) usage = NULL;

      fermata_metrics_get_place (self.metrics, place, &measures, &usage);
      n_attempts += measures.n_attempts;
      if (measures.running >= 3 * SECOND && usage != NULL)
        g_assert_cmpint (fermata_value_get_integer (fermata_value_get_member (usage, "tokens")), ==, 6);
    }
  g_assert_cmpuint (n_attempts, ==, total.n_attempts);
  g_assert_cmpuint (total.n_attempts, >=, 4);
}

static void
assert_budget (FermataMoment *moment,
               FermataBudget  budget,
               gboolean       is_bounded,
               double         used,
               double         limit)
{
  double has_used, has_limit;

  g_assert_cmpint (fermata_moment_get_budget (moment, budget, &has_used, &has_limit), ==, is_bounded);
  g_assert_cmpfloat (has_used, ==, used);
  g_assert_cmpfloat (has_limit, ==, limit);
}

static void
test_budgets (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataMoment *moment;

  fixture_begin (&self, "{ 'fermata': 1, 'kind': 'dag', 'budget': { 'tokens': 20, 'cost': 1.5 },"
                        "  'nodes': [ { 'id': 'a', 'type': 'task',"
                        "  'with': { 'takes': '2s', 'uses': { 'tokens': 10, 'cost': 0.5 } } } ], 'edges': [] }");
  fixture_finish (&self);
  moment = fermata_run_get_moment (self.bed->run);
  assert_budget (moment, FERMATA_BUDGET_SECONDS, FALSE, 2, 0);
  assert_budget (moment, FERMATA_BUDGET_STEPS, FALSE, 1, 0);
  assert_budget (moment, FERMATA_BUDGET_TOKENS, TRUE, 10, 20);
  assert_budget (moment, FERMATA_BUDGET_COST, TRUE, 0.5, 1.5);
  g_assert_cmpstr (fermata_budget_to_string (FERMATA_BUDGET_COST), ==, "cost");
}

/* However much is reported under however many names. */
static void
test_many_names (void)
{
  g_autoptr (GString) json = g_string_new ("{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
                                           "  { 'id': 'a', 'type': 'task', 'with': { 'uses': {");
  g_auto (Fixture) self = { NULL, };
  g_autoptr (FermataValue) usage = NULL;

  for (guint i = 0; i < 150; i++)
    g_string_append_printf (json, "%s 'name-%u': 1", i == 0 ? "" : ",", i);
  g_string_append (json, " } } } ], 'edges': [] }");
  fixture_begin (&self, json->str);
  fixture_finish (&self);

  usage = fermata_metrics_dup_total_usage (self.metrics);
  g_assert_cmpuint (fermata_value_get_length (usage), ==, 101);
  g_assert_cmpint (fermata_value_get_integer (fermata_value_get_member (usage, "…")), ==, 50);
}

/* The total is the sum of the attempts, and that of the nodes, whatever runs. */
static void
assert_sums (FermataMetrics *metrics,
             FermataPlan    *plan)
{
  FermataMeasures total, of_attempts = { 0, }, of_nodes = { 0, }, one;
  FermataAttemptMetrics attempt;
  gboolean has_frames = FALSE;

  fermata_metrics_get_total (metrics, &total);
  for (guint i = 0; i < fermata_metrics_get_n_attempts (metrics); i++)
    {
      fermata_metrics_get_attempt (metrics, i, &attempt);
      g_assert_false (attempt.under_way);
      has_frames |= attempt.frame != 0;
      of_attempts.n_attempts++;
      of_attempts.queued += attempt.measures.queued;
      of_attempts.running += attempt.measures.running;
    }
  for (guint i = 0; i < fermata_plan_get_n_nodes (plan); i++)
    {
      if (!fermata_metrics_get_node (metrics, 0, i, &one))
        continue;
      of_nodes.n_attempts += one.n_attempts;
      of_nodes.queued += one.queued;
      of_nodes.running += one.running;
    }
  g_assert_cmpuint (total.n_attempts, ==, of_attempts.n_attempts);
  g_assert_cmpint (total.queued, ==, of_attempts.queued);
  g_assert_cmpint (total.running, ==, of_attempts.running);
  /* What was in frames that are gone is known by attempts alone. */
  if (has_frames)
    return;
  g_assert_cmpuint (total.n_attempts, ==, of_nodes.n_attempts);
  g_assert_cmpint (total.queued, ==, of_nodes.queued);
  g_assert_cmpint (total.running, ==, of_nodes.running);
}

static void
test_every_golden_run (void)
{
  g_auto (GStrv) paths = fermata_test_list_golden (TRUE);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
      g_autoptr (FermataGraph) graph = fermata_test_read_graph (paths[i]);
      g_autoptr (FermataMetrics) metrics = NULL;
      g_autoptr (GError) error = NULL;

      fermata_test_bed_set_up (bed, graph, &error);
      g_assert_no_error (error);
      metrics = fermata_metrics_new (fermata_run_get_plan (bed->run));
      fermata_run_add_monitor (bed->run, FERMATA_MONITOR (metrics));
      fermata_test_bed_go (bed);
      assert_follows_from_history (metrics, bed->run);
      assert_sums (metrics, fermata_run_get_plan (bed->run));
      g_assert_cmpfloat (fermata_metrics_get_progress (metrics), ==, 1);
    }
}

/* However many frames there were, no more is kept than of those at a time. */
static void
test_brief (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (FermataMetrics) brief = NULL;
  g_autoptr (FermataMetrics) full = NULL;
  FermataMeasures measures, all;
  guint32 place;

  graph = fermata_test_graph (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': [ { 'id': 'each', 'type': 'foreach',"
    "  'with': { 'items': 'Array.from ({ length: 300 }, (x, i) => i)', 'max-parallel': 3 }, 'body': { 'nodes': ["
    "    { 'id': 'a', 'type': 'task', 'with': { 'takes': '1s' } },"
    "    { 'id': 'b', 'type': 'set', 'with': { 'value': 1 } } ], 'edges': [ { 'from': 'a', 'to': 'b' } ] } } ] }");
  fermata_test_bed_prepare (bed, graph, NULL);
  brief = fermata_metrics_new_brief (fermata_run_get_plan (bed->run));
  full = fermata_metrics_new (fermata_run_get_plan (bed->run));
  fermata_run_add_monitor (bed->run, FERMATA_MONITOR (brief));
  fermata_run_add_monitor (bed->run, FERMATA_MONITOR (full));
  fermata_test_bed_finish (bed);

  fermata_metrics_get_total (brief, &measures);
  fermata_metrics_get_total (full, &all);
  g_assert_cmpmem (&measures, sizeof measures, &all, sizeof all);
  g_assert_cmpuint (all.n_attempts, ==, 601);
  g_assert_cmpuint (fermata_metrics_get_n_attempts (full), ==, 601);
  g_assert_cmpuint (fermata_metrics_get_n_attempts (brief), ==, 0);
  g_assert_false (fermata_metrics_find_place (brief, 0, &place));
  g_assert_cmpfloat (fermata_metrics_get_progress (brief), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/metrics/times", test_times);
  g_test_add_func ("/metrics/joins", test_joins);
  g_test_add_func ("/metrics/attempts", test_attempts);
  g_test_add_func ("/metrics/reports", test_reports);
  g_test_add_func ("/metrics/processes", test_processes);
  g_test_add_func ("/metrics/progress", test_progress);
  g_test_add_func ("/metrics/items", test_items);
  g_test_add_func ("/metrics/budgets", test_budgets);
  g_test_add_func ("/metrics/many-names", test_many_names);
  g_test_add_func ("/metrics/every-golden-run", test_every_golden_run);
  g_test_add_func ("/metrics/brief", test_brief);

  return g_test_run ();
}
