/* fermata-dag-trial.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "harness/fermata-dag-trial.h"

#include "harness/fermata-dag-oracle.h"
#include "harness/fermata-test-bed.h"

typedef struct {
  guint32 seed;
  RandomDag *dag;
  Oracle *oracle;
  FermataTestBed *bed;
  char *json;
} Trial;

static G_GNUC_PRINTF (2, 3) void
fail_trial (Trial      *self,
            const char *format,
            ...)
{
  g_autofree char *events = fermata_test_bed_describe (self->bed);
  g_autofree char *problem = NULL;
  va_list args;

  va_start (args, format);
  problem = g_strdup_vprintf (format, args);
  va_end (args);
  g_error ("seed %u: %s\ntime limit %" G_GINT64_FORMAT " ms, cancelled at %" G_GINT64_FORMAT
           " and %" G_GINT64_FORMAT " ms\n%s\n%s", self->seed, problem, self->dag->timeout,
           self->dag->cancels[0], self->dag->cancels[1], self->json, events);
}

/* --- Running -------------------------------------------------------------- */

static void
run_engine (Trial *self)
{
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  g_autoptr (FermataGraph) graph = fermata_test_graph (self->json);

  if (self->dag->timeout >= 0)
    options.timeout = self->dag->timeout * 1000;
  fermata_test_bed_prepare (self->bed, graph, &options);
  fermata_run_start (self->bed->run);
  for (guint i = 0; i < G_N_ELEMENTS (self->dag->cancels); i++)
    {
      if (self->dag->cancels[i] < 0)
        break;
      fermata_test_bed_pass_time_until (self->bed, self->dag->cancels[i] * 1000);
      fermata_run_cancel (self->bed->run);
      fermata_test_bed_settle (self->bed);
    }

  /* Folds and verifies. */
  fermata_test_bed_finish (self->bed);
}

/* --- Comparing ------------------------------------------------------------ */

static FermataNodeStatus
expected_status (OracleStatus status)
{
  static const FermataNodeStatus statuses[] = {
    [ORACLE_WAITING] = FERMATA_NODE_STATUS_WAITING,
    [ORACLE_RETRYING] = FERMATA_NODE_STATUS_RETRYING,
    [ORACLE_RUNNING] = FERMATA_NODE_STATUS_RUNNING,
    [ORACLE_CANCELLING] = FERMATA_NODE_STATUS_CANCELLING,
    [ORACLE_SETTLED] = FERMATA_NODE_STATUS_SETTLED,
    [ORACLE_DONE] = FERMATA_NODE_STATUS_DONE,
    [ORACLE_FAILED] = FERMATA_NODE_STATUS_FAILED,
    [ORACLE_SKIPPED] = FERMATA_NODE_STATUS_SKIPPED,
    [ORACLE_CANCELLED] = FERMATA_NODE_STATUS_CANCELLED,
  };

  return statuses[status];
}

static void
compare_node (Trial *self,
              guint  node)
{
  FermataMoment *moment = fermata_run_get_moment (self->bed->run);
  const OracleNode *expected = &self->oracle->nodes[node];
  FermataNodeStatus status = fermata_moment_get_node_status (moment, 0, node);
  FermataValue *output = fermata_moment_get_node_output (moment, 0, node);

  if (status != expected_status (expected->status))
    fail_trial (self, "n%u is %s, not %s", node, fermata_node_status_to_string (status),
                fermata_node_status_to_string (expected_status (expected->status)));

  if (fermata_moment_get_node_since (moment, 0, node) != expected->ended * 1000)
    fail_trial (self, "n%u ended at %" G_GINT64_FORMAT " µs, not %" G_GINT64_FORMAT " ms", node,
                fermata_moment_get_node_since (moment, 0, node), expected->ended);

  if (status == FERMATA_NODE_STATUS_DONE && fermata_value_get_integer (output) != expected->output)
    fail_trial (self, "n%u gave %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT, node,
                fermata_value_get_integer (output), expected->output);
}

static void
compare_edge (Trial *self,
              guint  index)
{
  static const FermataEdgeStatus statuses[] = {
    [ORACLE_EDGE_PENDING] = FERMATA_EDGE_STATUS_PENDING,
    [ORACLE_EDGE_TAKEN] = FERMATA_EDGE_STATUS_TAKEN,
    [ORACLE_EDGE_DEAD] = FERMATA_EDGE_STATUS_DEAD,
    [ORACLE_EDGE_FAILED] = FERMATA_EDGE_STATUS_FAILED,
  };
  const RandomEdge *random = &self->dag->edges[index];
  FermataPlan *plan = fermata_run_get_plan (self->bed->run);
  g_autofree char *name = g_strdup_printf ("n%u>n%u", random->source, random->target);
  FermataEdgeStatus status;
  guint edge;

  g_assert_true (fermata_plan_find_edge (plan, name, &edge));
  status = fermata_moment_get_edge_status (fermata_run_get_moment (self->bed->run), 0, edge);
  if (status != statuses[self->oracle->edges[index]])
    fail_trial (self, "%s is %s, not %s", name, fermata_edge_status_to_string (status),
                fermata_edge_status_to_string (statuses[self->oracle->edges[index]]));
}

/* Each attempt in the order and at the time that the oracle says. */
static void
compare_starts (Trial *self)
{
  FermataHistory *history = fermata_run_get_history (self->bed->run);
  guint n_started = 0;

  for (guint64 i = 1; i <= fermata_history_get_n_events (history); i++)
    {
      const FermataEvent *event = fermata_history_get_event (history, i);
      const OracleStart *expected;

      if (event->kind != FERMATA_EVENT_NODE_STARTED)
        continue;
      if (n_started >= self->oracle->n_started)
        fail_trial (self, "n%u starts, and should not", event->place);
      expected = &self->oracle->starts[n_started];
      if (event->place != expected->node || event->attempt != expected->attempt)
        fail_trial (self, "start %u is attempt %u of n%u, not attempt %u of n%u", n_started,
                    event->attempt, event->place, expected->attempt, expected->node);
      if (event->time != expected->time * 1000)
        fail_trial (self, "n%u started at %" G_GINT64_FORMAT " µs, not %" G_GINT64_FORMAT " ms",
                    event->place, event->time, expected->time);
      n_started++;
    }
  if (n_started != self->oracle->n_started)
    fail_trial (self, "%u attempts started, not %u", n_started, self->oracle->n_started);
}

/* A property that needs no oracle: nothing starts before what it waits for. */
static void
check_parents (Trial *self)
{
  FermataHistory *history = fermata_run_get_history (self->bed->run);
  gboolean ended[RANDOM_DAG_MAX_NODES] = { FALSE, };

  for (guint64 i = 1; i <= fermata_history_get_n_events (history); i++)
    {
      const FermataEvent *event = fermata_history_get_event (history, i);

      switch ((int) event->kind)
        {
        case FERMATA_EVENT_NODE_COMPLETED:
        case FERMATA_EVENT_NODE_RECOVERED:
        case FERMATA_EVENT_NODE_FAILED:
        case FERMATA_EVENT_NODE_SKIPPED:
        case FERMATA_EVENT_NODE_CANCELLED:
          if (ended[event->place])
            fail_trial (self, "n%u ended twice", event->place);
          ended[event->place] = TRUE;
          break;

        case FERMATA_EVENT_NODE_STARTED:
          for (guint j = 0; j < self->dag->n_edges; j++)
            {
              if (self->dag->edges[j].target == event->place && !ended[self->dag->edges[j].source]
                  && self->dag->nodes[event->place].join != RANDOM_JOIN_ANY)
                fail_trial (self, "n%u started before n%u had ended", event->place,
                            self->dag->edges[j].source);
            }
          break;

        default:
          break;
        }
    }
}

/* The sinks that ran, as the run gives them. */
static void
compare_result (Trial *self)
{
  FermataValue *result = fermata_moment_get_result (fermata_run_get_moment (self->bed->run));
  guint n_sinks = 0;
  guint n_done = 0;

  if (result == NULL)
    return;

  for (guint i = 0; i < self->dag->n_nodes; i++)
    {
      gboolean is_sink = TRUE;

      for (guint j = 0; j < self->dag->n_edges; j++)
        is_sink = is_sink && self->dag->edges[j].source != i;
      n_sinks += is_sink;
      n_done += is_sink && self->oracle->nodes[i].status == ORACLE_DONE;
    }
  if (n_sinks != 1 && fermata_value_get_length (result) != n_done)
    fail_trial (self, "the result has %u members, not %u", (guint) fermata_value_get_length (result),
                n_done);
  if (n_sinks == 1 && fermata_value_is_null (result) != (n_done == 0))
    fail_trial (self, "the result is null though the sink ran, or the other way round");
}

static void
compare_end (Trial *self)
{
  FermataMoment *moment = fermata_run_get_moment (self->bed->run);
  const char *state = fermata_run_state_to_string (fermata_run_get_state (self->bed->run));
  FermataValue *error = fermata_moment_get_error (moment);
  FermataValue *sum;

  if (g_strcmp0 (state, self->oracle->state) != 0)
    fail_trial (self, "the run is %s, not %s", state, self->oracle->state);
  if (fermata_run_get_time (self->bed->run) != self->oracle->time * 1000)
    fail_trial (self, "the run ended at %" G_GINT64_FORMAT " µs, not %" G_GINT64_FORMAT " ms",
                fermata_run_get_time (self->bed->run), self->oracle->time);

  sum = fermata_value_get_member (fermata_moment_get_variables (moment), "sum");
  if (fermata_value_get_integer (sum) != self->oracle->sum)
    fail_trial (self, "the variable is %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT,
                fermata_value_get_integer (sum), self->oracle->sum);

  if (fermata_run_get_state (self->bed->run) == FERMATA_RUN_STATE_FAILED)
    {
      g_autofree char *id = g_strdup_printf ("n%d", self->oracle->failed_node);
      FermataValue *node = fermata_value_get_member (error, "node");

      if (node == NULL || g_strcmp0 (fermata_value_get_string (node, NULL), id) != 0)
        fail_trial (self, "the error is not that of %s", id);
    }
  if ((error == NULL) != (fermata_run_get_state (self->bed->run) == FERMATA_RUN_STATE_DONE))
    fail_trial (self, "an error, though the run is done, or none");
}

void
fermata_dag_trial (guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree RandomDag *dag = random_dag_new (rand);
  g_autofree char *json = random_dag_to_json (dag);
  g_autofree Oracle *oracle = oracle_run (dag);
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  Trial self = { seed, dag, oracle, bed, json };

  run_engine (&self);
  check_parents (&self);
  compare_starts (&self);
  for (guint i = 0; i < dag->n_nodes; i++)
    compare_node (&self, i);
  for (guint i = 0; i < dag->n_edges; i++)
    compare_edge (&self, i);
  compare_end (&self);
  compare_result (&self);
}
