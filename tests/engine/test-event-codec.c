/* test-event-codec.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Events are written as text and read back; whatever does not fit is refused. */

#include "engine/history/fermata-event-codec.h"
#include "engine/history/fermata-event-private.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

/* Names as hard as they come: quotes and backslashes, beyond ASCII and the BMP,
 * several edges between the same two, an edge with an id of its own. The edges
 * of the odd numbers have a condition. */
static FermataPlan *
make_plan (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'a', 'type': 'set', 'with': { 'value': 1 } },"
    "  { 'id': 'b \\\\ \\u0022 b', 'type': 'task' },"
    "  { 'id': '\\u00e4\\ud834\\udd1e', 'type': 'log', 'with': { 'message': 1 } } ],"
    "  'edges': ["
    "  { 'from': 'a', 'to': 'b \\\\ \\u0022 b' },"
    "  { 'from': 'a', 'to': 'b \\\\ \\u0022 b', 'when': true },"
    "  { 'from': 'a', 'to': '\\u00e4\\ud834\\udd1e', 'id': 'x y' },"
    "  { 'from': 'b \\\\ \\u0022 b', 'to': '\\u00e4\\ud834\\udd1e', 'when': 'output > 1' } ] }");
  g_autoptr (GError) error = NULL;
  FermataPlan *plan = fermata_engine_compile (bed->engine, graph, &error);

  g_assert_no_error (error);

  return plan;
}

static FermataValue *
parse (const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (text, -1, &error);

  g_assert_no_error (error);

  return value;
}

/* --- There and back ------------------------------------------------------- */

static void
assert_same (const FermataEvent *a,
             const FermataEvent *b)
{
  g_assert_cmpint (a->time, ==, b->time);
  g_assert_cmpuint (a->frame, ==, b->frame);
  g_assert_cmpuint (a->place, ==, b->place);
  g_assert_cmpuint (a->kind, ==, b->kind);
  g_assert_cmpuint (a->attempt, ==, b->attempt);
  if (a->payload == NULL)
    g_assert_null (b->payload);
  else
    g_assert_true (b->payload != NULL && fermata_value_equal (a->payload, b->payload));
}

static void
go_and_return (FermataPlan        *plan,
               const FermataEvent *event,
               guint64             number)
{
  g_autoptr (FermataValue) value = fermata_event_to_value (event, number, plan);
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_autoptr (FermataValue) read = NULL;
  g_autoptr (GError) error = NULL;
  FermataEvent back;
  guint64 back_number;

  g_assert_null (strchr (text, '\n'));
  read = fermata_value_parse (text, -1, &error);
  g_assert_no_error (error);
  fermata_event_from_value (read, plan, &back_number, &back, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back_number, ==, number);
  assert_same (event, &back);
  g_clear_pointer (&back.payload, fermata_value_unref);
}

/* Payloads that most kinds of event may have. */
static const char *const payloads[] = {
  "null", "true", "0", "-9223372036854775808", "0.1", "'\\u0000 \\u00e4'", "[]",
  "{ 'kind': 'node-started', 'node': 'a', 'x': [ { 'y': null } ] }", NULL,
};

/* Some say certain things and no other. */
static const char *
payload_for (FermataEventKind  kind,
             guint             index)
{
  switch ((int) kind)
    {
    case FERMATA_EVENT_RUN_STARTED:
      return "{ 'run': 'x', 'seed': 9007199254740991, 'date': 1700000000000000,"
             " 'max-concurrency': 16, 'timeout': 5, 'inputs': { 'a': [ 1 ] }, 'variables': {} }";

    case FERMATA_EVENT_CANCEL_REQUESTED:
      return index % 2 == 0 ? "{ 'reason': 'cancelled' }" : "{ 'reason': 'timeout' }";

    case FERMATA_EVENT_BUDGET_WARNING:
      return "{ 'budget': 'tokens', 'used': 80, 'limit': 100 }";

    case FERMATA_EVENT_RUN_CLOSING:
      return "{ 'reason': 'failed' }";

    case FERMATA_EVENT_RUN_ENDED:
      return index % 2 == 0 ? "{ 'state': 'done', 'result': null }"
                            : "{ 'state': 'failed', 'error': { 'kind': 'timeout' } }";

    case FERMATA_EVENT_HELD:
      return index % 2 == 0 ? NULL : "{ 'kind': 'node-started', 'node': 'a' }";

    case FERMATA_EVENT_TASK_MEASURED:
      return "{ 'cpu-user': 1200, 'cpu-system': 0, 'peak-memory': 9007199254740993 }";

    case FERMATA_EVENT_ITEM:
      return index % 2 == 0 ? "{ 'index': 0, 'value': null }"
                            : "{ 'index': 7, 'error': { 'kind': 'execution' } }";

    case FERMATA_EVENT_FRAME_ENTERED:
      return "{ 'frame': 4294967294, 'index': 0 }";

    case FERMATA_EVENT_FRAME_CLOSING:
      return "{ 'frame': 2, 'index': 0, 'reason': 'budget', 'error': { 'kind': 'budget' } }";

    case FERMATA_EVENT_FRAME_LEFT:
      return index % 2 == 0 ? "{ 'frame': 1, 'index': 0, 'output': [ 1 ] }"
                            : "{ 'frame': 1, 'index': 4, 'error': { 'kind': 'execution' } }";

    case FERMATA_EVENT_CHUNK:
      return index % 2 == 0 ? "{ 'stream': 'error', 'offset': 4294967296, 'length': 1 }"
                            : "{ 'stream': 'output', 'offset': 0, 'length': 0, 'items': 1 }";

    case FERMATA_EVENT_USAGE:
      return index % 2 == 0 ? "{ 'name': 'tokens', 'amount': 12 }"
                            : "{ 'name': 'cost', 'amount': 0.1 }";

    case FERMATA_EVENT_PROGRESS:
      return index % 2 == 0 ? "{ 'fraction': 1 }" : "{ 'fraction': 0.5, 'message': 'half' }";

    case FERMATA_EVENT_NODE_STARTED:
    case FERMATA_EVENT_NODE_QUEUED:
    case FERMATA_EVENT_TASK_ADMITTED:
      return index % 2 == 0 ? NULL : "{ 'with': { 'takes': 1 }, 'timeout': 5, 'input': [] }";

    case FERMATA_EVENT_NODE_RETRYING:
      return "{ 'error': { 'kind': 'timeout' }, 'delay': 1000000 }";

    case FERMATA_EVENT_NODE_RECOVERED:
    case FERMATA_EVENT_TASK_ANSWERED:
      return "{ 'output': [ 1 ], 'error': { 'kind': 'timeout' } }";

    case FERMATA_EVENT_NODE_GIVEN:
      return index % 2 == 0 ? "{ 'error': { 'kind': 'timeout' }, 'by': 'history' }"
                            : "{ 'output': null, 'changes': [ { 'name': 'a.b', 'value': 1 } ], 'by': 'pin' }";

    case FERMATA_EVENT_NODE_REVIEWING:
      return index % 2 == 0 ? "{ 'output': null }" : "{ 'error': { 'kind': 'timeout' } }";

    case FERMATA_EVENT_TASK_REVIEWED:
      return index % 2 == 0 ? NULL : "{ 'action': 'retry', 'delay': 5, 'by': 'Hook' }";

    case FERMATA_EVENT_ASSIGNED:
      return "{ 'changes': [ { 'name': 'a.b', 'value': null } ], 'output': 1 }";

    case FERMATA_EVENT_EVENT_RECEIVED:
      return index % 2 == 0 ? "{ 'name': 'coin', 'to': 0, 'from': 3, 'origin': 'x' }"
                            : "{ 'name': 'a.b', 'data': [ 1 ] }";

    case FERMATA_EVENT_VARIABLE_SET:
      return "{ 'changes': [ { 'name': 'a.b', 'value': null } ] }";

    case FERMATA_EVENT_EVENTS_CLOSED:
      return index % 2 == 0 ? NULL : "{ 'stop': true }";

    case FERMATA_EVENT_NODE_ROUTED:
      return index % 2 == 0 ? "{ 'value': 1 }" : "{ 'value': null, 'edge': 'a>b' }";

    case FERMATA_EVENT_EVENT_TAKEN:
    case FERMATA_EVENT_EVENT_REFUSED:
      return "{ 'event': 7 }";

    case FERMATA_EVENT_EVENT_FAILED:
      return "{ 'event': 7, 'error': { 'kind': 'expression' } }";

    /* There must be one. */
    case FERMATA_EVENT_NODE_COMPLETED:
    case FERMATA_EVENT_NODE_FAILED:
    case FERMATA_EVENT_EDGE_FAILED:
    case FERMATA_EVENT_TASK_REFUSED:
    case FERMATA_EVENT_LOGGED:
      return payloads[index] != NULL ? payloads[index] : "false";

    default:
      return payloads[index];
    }
}

static guint
n_places (FermataPlan      *plan,
          FermataEventKind  kind)
{
  switch (fermata_event_kind_get_place_kind (kind))
    {
    case FERMATA_PLACE_KIND_NODE:
    case FERMATA_PLACE_KIND_ANY:
      return fermata_plan_get_n_nodes (plan);

    case FERMATA_PLACE_KIND_EDGE:
      return fermata_plan_get_n_edges (plan);

    case FERMATA_PLACE_KIND_RUN:
    case FERMATA_PLACE_KIND_FRAME:
    default:
      return 1;
    }
}

/* Only edges with a condition have events: those of odd numbers. */
static gboolean
get_place (FermataPlan      *plan,
           FermataEventKind  kind,
           guint             index,
           guint32          *place)
{
  switch (fermata_event_kind_get_place_kind (kind))
    {
    case FERMATA_PLACE_KIND_NODE:
    case FERMATA_PLACE_KIND_ANY:
      *place = index;
      return TRUE;

    case FERMATA_PLACE_KIND_EDGE:
      *place = fermata_plan_get_edge_place (plan, index);
      return index % 2 == 1;

    case FERMATA_PLACE_KIND_RUN:
    case FERMATA_PLACE_KIND_FRAME:
    default:
      *place = FERMATA_PLACE_RUN;
      return TRUE;
    }
}

static void
go_with_payloads (FermataPlan  *plan,
                  FermataEvent *event)
{
  static const gint64 times[] = { 0, 1500, G_MAXINT64 };
  static const guint64 numbers[] = { 1, 4097, G_MAXINT64 };
  static const guint16 attempts[] = { 0, 1, G_MAXUINT16 };

  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      const char *json = payload_for (event->kind, i);
      g_autoptr (FermataValue) payload = json == NULL ? NULL : parse (json);

      event->payload = payload;
      event->time = times[i % G_N_ELEMENTS (times)];
      event->attempt = attempts[i % G_N_ELEMENTS (attempts)];
      go_and_return (plan, event, numbers[i % G_N_ELEMENTS (numbers)]);
    }
}

/* Those need a machine: see test-machine-fields.c. */
static gboolean
is_of_machine (guint kind)
{
  return (kind >= FERMATA_EVENT_TIMER_DUE && kind <= FERMATA_EVENT_SCRIPT_ENDED)
         || (kind >= FERMATA_EVENT_EVENT_DEQUEUED && kind <= FERMATA_EVENT_MACROSTEP_ENDED);
}

static void
test_round_trip (void)
{
  g_autoptr (FermataPlan) plan = make_plan ();

  for (guint kind = 0; kind < FERMATA_N_EVENT_KINDS; kind++)
    {
      if (is_of_machine (kind))
        continue;

      for (guint i = 0; i < n_places (plan, kind); i++)
        {
          FermataEvent event = { .kind = kind };

          if (get_place (plan, kind, i, &event.place))
            go_with_payloads (plan, &event);
        }
    }
}

/* The form on record, so that it does not change unseen. */
static void
test_form (void)
{
  static const struct {
    FermataEvent event;
    const char *text;
  } cases[] = {
    { { .kind = FERMATA_EVENT_TICK, .place = FERMATA_PLACE_RUN, .time = 1500 },
      "{\"n\":12,\"t\":1500,\"kind\":\"tick\"}" },
    { { .kind = FERMATA_EVENT_NODE_STARTED, .place = 0, .attempt = 1 },
      "{\"n\":12,\"t\":0,\"kind\":\"node-started\",\"node\":\"a\",\"attempt\":1}" },
    { { .kind = FERMATA_EVENT_EDGE_REFUSED, .place = 4 },
      "{\"n\":12,\"t\":0,\"kind\":\"edge-refused\",\"edge\":\"a>b \\\\ \\\" b#2\"}" },
  };
  g_autoptr (FermataPlan) plan = make_plan ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = fermata_event_to_value (&cases[i].event, 12, plan);
      g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_names (void)
{
  for (guint i = 0; i < FERMATA_N_EVENT_KINDS; i++)
    {
      FermataEventKind kind = FERMATA_N_EVENT_KINDS;

      g_assert_true (fermata_event_kind_from_string (fermata_event_kind_to_string (i), &kind));
      g_assert_cmpuint (kind, ==, i);
    }
}

/* --- Refused -------------------------------------------------------------- */

static void
assert_refused (FermataPlan  *plan,
                FermataValue *value)
{
  g_autoptr (GError) error = NULL;
  FermataEvent event;
  guint64 number;

  if (fermata_event_from_value (value, plan, &number, &event, &error))
    {
      g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
      g_error ("was not refused: %s", text);
    }
  g_assert_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_HISTORY);
  g_assert_cmpuint (strlen (error->message), >, 0);
  g_assert_null (event.payload);
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    /* No event at all */
    "null", "true", "1", "'tick'", "[]", "{}", "[ { 'n': 1, 't': 0, 'kind': 'tick' } ]",

    /* Something is missing */
    "{ 't': 0, 'kind': 'tick' }", "{ 'n': 1, 'kind': 'tick' }", "{ 'n': 1, 't': 0 }",
    "{ 'n': 1, 't': 0, 'kind': 'node-started' }", "{ 'n': 1, 't': 0, 'kind': 'edge-taken' }",

    /* Unknown */
    "{ 'n': 1, 't': 0, 'kind': 'tock' }", "{ 'n': 1, 't': 0, 'kind': 'Tick' }",
    "{ 'n': 1, 't': 0, 'kind': '' }",
    "{ 'n': 1, 't': 0, 'kind': 'node-started', 'node': 'nobody' }",
    "{ 'n': 1, 't': 0, 'kind': 'node-started', 'node': '' }",
    "{ 'n': 1, 't': 0, 'kind': 'node-started', 'node': 'a\\u0000' }",
    "{ 'n': 1, 't': 0, 'kind': 'tick\\u0000' }",
    "{ 'n': 1, 't': 0, 'kind': 'edge-taken', 'edge': 'a>b' }",
    "{ 'n': 1, 't': 0, 'kind': 'edge-taken', 'edge': 'a' }",
    "{ 'n': 1, 't': 0, 'kind': 'tick', 'more': 1 }",
    "{ 'n': 1, 't': 0, 'kind': 'tick', 'x-more': 1 }",

    /* A place of another kind, or where there is none */
    "{ 'n': 1, 't': 0, 'kind': 'node-started', 'edge': 'x y' }",
    "{ 'n': 1, 't': 0, 'kind': 'node-started', 'node': 'a', 'edge': 'x y' }",
    "{ 'n': 1, 't': 0, 'kind': 'edge-taken', 'node': 'a' }",
    "{ 'n': 1, 't': 0, 'kind': 'tick', 'node': 'a' }",
    "{ 'n': 1, 't': 0, 'kind': 'tick', 'edge': 'x y' }",

    /* An edge without a condition has no events */
    "{ 'n': 1, 't': 0, 'kind': 'edge-taken', 'edge': 'x y' }",
    "{ 'n': 1, 't': 0, 'kind': 'edge-refused', 'edge': 'x y' }",
    "{ 'n': 1, 't': 0, 'kind': 'edge-failed', 'edge': 'x y' }",

    /* Frames but the root */
    "{ 'n': 1, 't': 0, 'kind': 'tick', 'frame': 1 }",
    "{ 'n': 1, 't': 0, 'kind': 'tick', 'frame': -1 }",
    "{ 'n': 1, 't': 0, 'kind': 'tick', 'frame': 4294967296 }",

    /* Out of range */
    "{ 'n': 0, 't': 0, 'kind': 'tick' }", "{ 'n': -1, 't': 0, 'kind': 'tick' }",
    "{ 'n': 1, 't': -1, 'kind': 'tick' }",
    "{ 'n': 1, 't': 9223372036854775808, 'kind': 'tick' }",
    "{ 'n': 9223372036854775808, 't': 0, 'kind': 'tick' }",
    "{ 'n': 1, 't': 0, 'kind': 'node-started', 'node': 'a', 'attempt': 65536 }",
    "{ 'n': 1, 't': 0, 'kind': 'node-started', 'node': 'a', 'attempt': -1 }",
  };
  g_autoptr (FermataPlan) plan = make_plan ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = parse (cases[i]);

      assert_refused (plan, value);
    }
}

/* Each member in turn, with each type that it must not be. */
static void
test_ill_typed (void)
{
  static const char *const wrong[] = { "null", "true", "1.5", "1e3", "'1'", "[1]", "{ 'a': 1 }", "7" };
  static const char *const names[] = { "n", "t", "frame", "attempt", "kind", "node" };
  g_autoptr (FermataPlan) plan = make_plan ();
  g_autoptr (FermataValue) right = parse (
    "{ 'n': 1, 't': 0, 'kind': 'node-started', 'frame': 0, 'node': 'a', 'attempt': 1, 'data': {} }");
  g_autoptr (GError) error = NULL;
  FermataEvent event;
  guint64 number;

  g_assert_true (fermata_event_from_value (right, plan, &number, &event, &error));
  g_assert_no_error (error);
  g_clear_pointer (&event.payload, fermata_value_unref);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      /* A number is right where one belongs, except of frames. */
      guint n_wrong = G_N_ELEMENTS (wrong) - (i == 0 || i == 1 || i == 3 ? 1 : 0);

      for (guint j = 0; j < n_wrong; j++)
        {
          g_autoptr (FermataValue) value = parse (wrong[j]);
          g_autoptr (FermataValue) changed = fermata_value_with_member (right, names[i], value);

          assert_refused (plan, changed);
        }
    }
}

/* A payload that the state is made of must be what the state needs. */
static void
test_payloads_refused (void)
{
  static const char *const cases[] = {
    /* Of the start: see below */
    "{ 'n': 1, 't': 0, 'kind': 'run-started' }",
    "{ 'n': 1, 't': 0, 'kind': 'run-started', 'data': [] }",

    /* Of a wish to end */
    "{ 'n': 1, 't': 0, 'kind': 'cancel-requested' }",
    "{ 'n': 1, 't': 0, 'kind': 'task-measured', 'node': 'a', 'data': { 'cpu-user': 1 } }",
    "{ 'n': 1, 't': 0, 'kind': 'task-measured', 'node': 'a', 'data':"
    "  { 'cpu-user': 1, 'cpu-system': 0.5, 'peak-memory': 0 } }",
    "{ 'n': 1, 't': 0, 'kind': 'usage', 'node': 'a', 'data': { 'name': 'cost' } }",
    "{ 'n': 1, 't': 0, 'kind': 'usage', 'node': 'a', 'data': { 'name': 'cost', 'amount': -1 } }",
    "{ 'n': 1, 't': 0, 'kind': 'usage', 'node': 'a', 'data': { 'name': 7, 'amount': 1 } }",
    "{ 'n': 1, 't': 0, 'kind': 'progress', 'node': 'a', 'data': { 'fraction': 1.5 } }",
    "{ 'n': 1, 't': 0, 'kind': 'progress', 'node': 'a', 'data': { 'fraction': 'half' } }",
    "{ 'n': 1, 't': 0, 'kind': 'progress', 'node': 'a', 'data': { 'fraction': 1, 'message': 1 } }",
    "{ 'n': 1, 't': 0, 'kind': 'cancel-requested', 'data': 'cancelled' }",
    "{ 'n': 1, 't': 0, 'kind': 'cancel-requested', 'data': { 'reason': 1 } }",

    /* Of a hold */
    "{ 'n': 1, 't': 0, 'kind': 'held', 'data': 1 }",
    "{ 'n': 1, 't': 0, 'kind': 'held', 'data': { 'kind': 'node-started', 'node': 'nobody' } }",
    "{ 'n': 1, 't': 0, 'kind': 'held', 'data': { 'kind': 'nothing' } }",

    /* Of hooks */
    "{ 'n': 1, 't': 0, 'kind': 'task-reviewed', 'node': 'a', 'data': 1 }",
    "{ 'n': 1, 't': 0, 'kind': 'task-reviewed', 'node': 'a', 'data': { 'action': 'again' } }",
    "{ 'n': 1, 't': 0, 'kind': 'task-reviewed', 'node': 'a', 'data': { 'action': 'retry' } }",
    "{ 'n': 1, 't': 0, 'kind': 'task-reviewed', 'node': 'a', 'data': { 'action': 'retry', 'delay': -1 } }",

    /* Of decisions */
    "{ 'n': 1, 't': 0, 'kind': 'run-closing' }",
    "{ 'n': 1, 't': 0, 'kind': 'run-ended' }",
    "{ 'n': 1, 't': 0, 'kind': 'run-ended', 'data': { 'state': 1 } }",
    "{ 'n': 1, 't': 0, 'kind': 'node-started', 'node': 'a', 'data': 1 }",
    "{ 'n': 1, 't': 0, 'kind': 'node-completed', 'node': 'a' }",
    "{ 'n': 1, 't': 0, 'kind': 'node-reviewing', 'node': 'a' }",
    "{ 'n': 1, 't': 0, 'kind': 'node-reviewing', 'node': 'a', 'data': {} }",
    "{ 'n': 1, 't': 0, 'kind': 'node-reviewing', 'node': 'a', 'data': { 'output': 1, 'error': {} } }",
    "{ 'n': 1, 't': 0, 'kind': 'node-failed', 'node': 'a' }",
    "{ 'n': 1, 't': 0, 'kind': 'logged', 'node': 'a' }",
    "{ 'n': 1, 't': 0, 'kind': 'node-given', 'node': 'a' }",
    "{ 'n': 1, 't': 0, 'kind': 'node-given', 'node': 'a', 'data': { 'output': 1 } }",
    "{ 'n': 1, 't': 0, 'kind': 'node-given', 'node': 'a', 'data': { 'by': 'pin' } }",
    "{ 'n': 1, 't': 0, 'kind': 'node-given', 'node': 'a', 'data':"
    "  { 'output': 1, 'error': {}, 'by': 'pin' } }",
    "{ 'n': 1, 't': 0, 'kind': 'node-given', 'node': 'a', 'data': { 'error': 1, 'by': 'pin' } }",
    "{ 'n': 1, 't': 0, 'kind': 'node-given', 'node': 'a', 'data':"
    "  { 'output': 1, 'edge': 1, 'by': 'pin' } }",
    "{ 'n': 1, 't': 0, 'kind': 'node-given', 'node': 'a', 'data':"
    "  { 'output': 1, 'changes': {}, 'by': 'pin' } }",
    "{ 'n': 1, 't': 0, 'kind': 'edge-failed', 'edge': 'a>b \\\\ \\u0022 b#2' }",
  };
  g_autoptr (FermataPlan) plan = make_plan ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = parse (cases[i]);

      assert_refused (plan, value);
    }
}

/* Each member of the start, absent or with each value that it must not have. */
static void
test_start_refused (void)
{
  static const struct {
    const char *name;
    const char *wrong[9];
  } cases[] = {
    { "run", { NULL, "1", "null", "{}" } },
    { "seed", { NULL, "1.5", "'1'", "null" } },
    { "date", { NULL, "1.5", "'1'", "null" } },
    { "max-concurrency", { NULL, "0", "-1", "4294967296", "1.5", "'1'", "null" } },
    { "timeout", { "-1", "1.5", "'1'", "null" } },
    { "inputs", { NULL, "[]", "null", "1" } },
    { "variables", { NULL, "[]", "null", "1" } },
    { "given", { "[]", "null", "{ 'nobody': { 'output': 1, 'by': 'pin' } }", "{ 'a': { 'by': 'pin' } }" } },
    { "left-out", { "{}", "null", "[ 'nobody' ]", "[ 1 ]" } },
  };
  g_autoptr (FermataPlan) plan = make_plan ();
  g_autoptr (FermataValue) event = parse ("{ 'n': 1, 't': 0, 'kind': 'run-started' }");
  g_autoptr (FermataValue) payload = parse (payload_for (FERMATA_EVENT_RUN_STARTED, 0));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (guint j = 0; j == 0 || cases[i].wrong[j] != NULL; j++)
        {
          g_autoptr (FermataValue) wrong = NULL;
          g_autoptr (FermataValue) changed = NULL;
          g_autoptr (FermataValue) whole = NULL;

          if (cases[i].wrong[j] == NULL)
            {
              changed = fermata_value_without_member (payload, cases[i].name);
            }
          else
            {
              wrong = parse (cases[i].wrong[j]);
              changed = fermata_value_with_member (payload, cases[i].name, wrong);
            }
          whole = fermata_value_with_member (event, "data", changed);
          assert_refused (plan, whole);
        }
    }
}

/* --- Places of holds ------------------------------------------------------ */

static void
test_places (void)
{
  g_autoptr (FermataPlan) plan = make_plan ();

  for (guint kind = 0; kind < FERMATA_N_EVENT_KINDS; kind++)
    {
      if (is_of_machine (kind))
        continue;

      for (guint i = 0; i < n_places (plan, kind); i++)
        {
          FermataEvent event = { .kind = kind, .time = 77, .attempt = 3 };
          g_autoptr (FermataValue) value = NULL;
          g_autoptr (GError) error = NULL;
          FermataEvent back;

          if (!get_place (plan, kind, i, &event.place))
            continue;
          value = fermata_event_place_to_value (&event, plan);
          g_assert_true (fermata_event_place_from_value (value, plan, &back, &error));
          g_assert_no_error (error);

          /* Kind and place, nothing else. */
          g_assert_cmpuint (back.kind, ==, kind);
          g_assert_cmpuint (back.place, ==, event.place);
          g_assert_cmpuint (back.frame, ==, 0);
          g_assert_cmpint (back.time, ==, 0);
          g_assert_cmpuint (back.attempt, ==, 0);
          g_assert_null (back.payload);
        }
    }
}

static void
test_places_refused (void)
{
  static const char *const cases[] = {
    "null", "'node-started'", "{}", "{ 'kind': 1 }", "{ 'kind': 'node-started' }",
    "{ 'kind': 'node-started', 'node': 'nobody' }", "{ 'kind': 'edge-taken', 'edge': 'x' }",
    "{ 'kind': 'node-started', 'node': 'a', 'frame': 1 }",
    "{ 'kind': 'node-started', 'node': 'a', 'n': 1 }",
    "{ 'kind': 'run-ended', 'node': 'a' }",
  };
  g_autoptr (FermataPlan) plan = make_plan ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = parse (cases[i]);
      g_autoptr (GError) error = NULL;
      FermataEvent event;

      if (fermata_event_place_from_value (value, plan, &event, &error))
        g_error ("was not refused: %s", cases[i]);
      g_assert_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_HISTORY);
    }
}

static void
test_classes (void)
{
  for (guint kind = 0; kind < FERMATA_N_EVENT_KINDS; kind++)
    {
      FermataEvent event = { .kind = kind };

      g_assert_true (fermata_event_is_decision (&event)
                     == (fermata_event_kind_get_class (kind) == FERMATA_EVENT_CLASS_DECISION));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event-codec/classes", test_classes);
  g_test_add_func ("/event-codec/round-trip", test_round_trip);
  g_test_add_func ("/event-codec/form", test_form);
  g_test_add_func ("/event-codec/names", test_names);
  g_test_add_func ("/event-codec/refused", test_refused);
  g_test_add_func ("/event-codec/ill-typed", test_ill_typed);
  g_test_add_func ("/event-codec/payloads-refused", test_payloads_refused);
  g_test_add_func ("/event-codec/start-refused", test_start_refused);
  g_test_add_func ("/event-codec/places/round-trip", test_places);
  g_test_add_func ("/event-codec/places/refused", test_places_refused);

  return g_test_run ();
}
