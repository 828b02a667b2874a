/* test-invocations.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Machines that are known only when they are invoked: section 6.4 of the
 * recommendation. */

#include "engine/history/fermata-history.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

/* A parent that invokes @child as `child`, with more of its task and more edges. */
static FermataTestBed *
prepare (const char *child,
         const char *task,
         const char *nodes,
         const char *edges)
{
  g_autoptr (FermataValue) content = fermata_value_new_string (child, -1);
  g_autofree char *quoted = fermata_value_to_string (content, FERMATA_WRITE_COMPACT, NULL);
  g_autofree char *text = NULL;
  g_autofree char *more = g_strdelimit (g_strdup_printf ("%s], 'edges': [ %s ] }", nodes, edges), "'", '"');
  g_autofree char *with = g_strdelimit (g_strdup (task), "'", '"');
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GError) error = NULL;
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;

  text = g_strdup_printf ("{ \"kind\": \"fsm\", \"variables\": { \"log\": \"\" }, \"nodes\": [ { \"id\": \"a\","
                          " \"do\": { \"id\": \"child\", \"type\": \"invoke\", %s"
                          " \"with\": { \"params\": { \"n\": 5, \"unknown\": 1 }, \"content\": %s } } }, %s",
                          with, quoted, more);
  value = fermata_value_parse (text, -1, &error);
  g_assert_no_error (error);
  graph = fermata_graph_new_from_value (value);
  options.seed = 0x11;
  fermata_test_bed_prepare (bed, graph, &options);

  return bed;
}

static char *
dup_log (FermataTestBed *bed)
{
  FermataHistory *history = fermata_run_get_history (bed->run);
  g_autoptr (GString) log = g_string_new (NULL);

  for (guint64 i = 1; i <= fermata_moment_get_number (fermata_run_get_moment (bed->run)); i++)
    {
      const FermataEvent *event = fermata_history_get_event (history, i);
      g_autofree char *text = NULL;

      if (event->kind != FERMATA_EVENT_LOGGED)
        continue;
      text = fermata_value_to_string (event->payload, FERMATA_WRITE_COMPACT, NULL);
      g_string_append_printf (log, "%s%s", log->len > 0 ? " " : "", g_strdelimit (text, "\"", '\''));
    }

  return g_string_free (g_steal_pointer (&log), FALSE);
}

static void
assert_log (FermataTestBed *bed,
            const char     *expected)
{
  g_autofree char *log = dup_log (bed);

  g_assert_cmpstr (log, ==, expected);
}

static void
start (FermataTestBed *bed)
{
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
}

/* Says what it was given, waits for an answer, says one more thing and ends. */
#define CHILD                                                                                      \
  "{ \"fermata\": 1, \"kind\": \"fsm\", \"inputs\": { \"n\": { \"type\": \"integer\" } }, \"nodes\": ["            \
  "  { \"id\": \"a\", \"entry\": { \"send\": { \"event\": \"hello\", \"data\": \"{{{{inputs.n}}\", \"to\": \"#_parent\" } } },"    \
  "  { \"id\": \"b\", \"type\": \"final\", \"data\": \"done\","                                        \
  "    \"exit\": { \"send\": { \"event\": \"bye\", \"to\": \"#_parent\" } } } ],"                              \
  "  \"edges\": [ { \"from\": \"a\", \"to\": \"b\", \"event\": \"answer\" } ] }"

#define TELL "{ 'from': 'a', 'event': '*', 'actions': { 'log': '{{[event.name, event.invokeid ?? 0, event.data ?? 0]}}' } }"

/* "the invoked session is sent events by #_invokeid, and sends some by #_parent";
 * done.invoke is its last. */
static void
test_talk (void)
{
  g_autoptr (FermataTestBed) bed = prepare (CHILD, "", "{ 'id': 'end', 'type': 'final' }",
    "{ 'from': 'a', 'event': 'hello', 'actions': [ { 'log': '{{[event.invokeid, event.data, event.origintype]}}' },"
    "   { 'send': { 'event': 'answer', 'to': '#_child' } } ] },"
    "{ 'from': 'a', 'event': 'bye', 'actions': { 'log': '{{event.name}}' } },"
    "{ 'from': 'a', 'to': 'end', 'event': 'done.invoke.child', 'actions': { 'log': '{{event.data}}' } }");

  fermata_test_bed_finish (bed);
  assert_log (bed, "['child',5,'http://www.w3.org/TR/scxml/#SCXMLEventProcessor'] 'bye' 'done'");
}

/* It is answered by where its events say that they come from, too. */
static void
test_origin (void)
{
  g_autoptr (FermataTestBed) bed = prepare (CHILD, "", "{ 'id': 'end', 'type': 'final' }",
    "{ 'from': 'a', 'event': 'hello', 'actions': { 'send': { 'event': 'answer', 'to': '{{event.origin}}' } } },"
    "{ 'from': 'a', 'to': 'end', 'event': 'done.invoke.child' }");

  fermata_test_bed_finish (bed);
}

static void
test_autoforward (void)
{
  g_autoptr (FermataTestBed) bed = prepare (CHILD, "'autoforward': true,", "{ 'id': 'end', 'type': 'final' }",
    "{ 'from': 'a', 'to': 'end', 'event': 'done.invoke.child' }");

  start (bed);
  fermata_run_send_event (bed->run, "answer", NULL);
  fermata_test_bed_finish (bed);
}

/* "Once it has cancelled the invoked session, the Processor MUST ignore any events it
 * receives from that"; and no event tells of its end. */
static void
test_left (void)
{
  g_autoptr (FermataTestBed) bed = prepare (
    "{ \"fermata\": 1, \"kind\": \"fsm\", \"nodes\": [ { \"id\": \"a\", \"exit\": { \"send\": { \"event\": \"bye\", \"to\": \"#_parent\" } } } ], \"edges\": [] }",
    "", "{ 'id': 'b' }",
    "{ 'from': 'a', 'to': 'b', 'event': 'go' }, { 'from': 'b', 'event': '*', 'actions': { 'log': '{{event.name}}' } }");

  start (bed);
  fermata_run_send_event (bed->run, "go", NULL);
  fermata_test_bed_settle (bed);
  fermata_run_send_event (bed->run, "last", NULL);
  fermata_test_bed_settle (bed);
  assert_log (bed, "'last'");
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_TASK_CANCELLED, NULL), ==, 1);
  fermata_run_close_events (bed->run);
  fermata_test_bed_finish (bed);
}

/* Its time is that of whoever invokes it. */
static void
test_time (void)
{
  g_autoptr (FermataTestBed) bed = prepare (
    "{ \"fermata\": 1, \"kind\": \"fsm\", \"nodes\": [ { \"id\": \"a\" }, { \"id\": \"b\", \"type\": \"final\" } ],"
    "  \"edges\": [ { \"from\": \"a\", \"to\": \"b\", \"after\": \"5s\" } ] }",
    "", "{ 'id': 'end', 'type': 'final' }", "{ 'from': 'a', 'to': 'end', 'event': 'done.invoke.child' }");

  start (bed);
  g_assert_false (fermata_run_is_working (bed->run));
  fermata_test_bed_finish (bed);
  g_assert_cmpint (fermata_moment_get_time (fermata_run_get_moment (bed->run)), ==, 5 * G_USEC_PER_SEC);
}

/* What cannot be invoked fails as a task does. */
static void
test_failures (void)
{
  static const char *const withs[] = {
    "{ 'type': 'other', 'content': 'x' }", "{ 'content': 'no machine' }", "{ 'content': 7 }", "{}",
    "{ 'src': 'nowhere.scxml' }", "{ 'src': 'x', 'content': 'y' }",
    "{ 'content': '<scxml' }",
  };

  for (guint i = 0; i < G_N_ELEMENTS (withs); i++)
    {
      g_autofree char *json = g_strdup_printf (
        "{ 'kind': 'fsm', 'nodes': [ { 'id': 'a', 'do': { 'id': 'child', 'type': 'invoke', 'with': %s } },"
        "  { 'id': 'end', 'type': 'final' } ], 'edges': [ { 'from': 'a', 'to': 'end', 'event': 'error.invoke.child' } ] }",
        withs[i]);
      g_autoptr (FermataTestBed) bed = fermata_test_bed_run (json);

      g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_DONE);
    }
}

/* In SCXML's data models the recommendation's own errors come first. */
static void
test_errors (void)
{
  static const struct {
    const char *with;
    const char *error;
  } cases[] = {
    { "{ 'type': 'other' }", "error.execution" },
    { "{ 'src': 'nowhere.scxml', 'type': 'scxml' }", "error.communication" },
    { "{ 'type': 'scxml', 'content': 'no machine' }", "error.execution" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf (
        "{ 'kind': 'fsm', 'data-model': 'null', 'nodes': [ { 'id': 'a', 'do': [ { 'id': 'child', 'type': 'invoke', 'with': %s } ] },"
        "  { 'id': 'end', 'type': 'final' } ], 'edges': [ { 'from': 'a', 'to': 'end', 'event': '%s' } ] }",
        cases[i].with, cases[i].error);
      g_autoptr (FermataTestBed) bed = fermata_test_bed_run (json);

      g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_DONE);
    }
}

/* One that invokes itself comes to an end. */
static void
test_depth (void)
{
  static const char text[]
    = "{ \"fermata\": 1, \"kind\": \"fsm\", \"nodes\": [ { \"id\": \"a\","
      "  \"do\": { \"id\": \"child\", \"type\": \"invoke\", \"with\": { \"src\": \"self.fermata.json\" } } },"
      "  { \"id\": \"deepest\", \"type\": \"final\", \"data\": 1 }, { \"id\": \"end\", \"type\": \"final\", \"data\": \"{{event.data + 1}}\" } ],"
      "  \"edges\": [ { \"from\": \"a\", \"to\": \"deepest\", \"event\": \"error.invoke.child\" },"
      "               { \"from\": \"a\", \"to\": \"end\", \"event\": \"done.invoke.child\" } ] }";
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *result = NULL;

  fermata_test_bed_enter_folder (bed);
  g_file_set_contents ("self.fermata.json", text, -1, &error);
  g_assert_no_error (error);
  graph = fermata_loader_load (fermata_engine_get_loader (bed->engine), NULL, "self.fermata.json", NULL, &error);
  g_assert_no_error (error);
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_finish (bed);
  result = fermata_test_bed_result (bed);
  g_assert_cmpstr (result, ==, "100");
}

/* When nothing can come any more, and both wait, that is the end. */
static void
test_closed (void)
{
  g_autoptr (FermataTestBed) bed = prepare (
    "{ \"fermata\": 1, \"kind\": \"fsm\", \"nodes\": [ { \"id\": \"a\" } ], \"edges\": [] }", "", "{ 'id': 'b' }", TELL);

  start (bed);
  fermata_run_close_events (bed->run);
  fermata_test_bed_finish (bed);
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_DONE);
  assert_log (bed, "");
}

static void
test_cancelled (void)
{
  g_autoptr (FermataTestBed) bed = prepare (CHILD, "", "{ 'id': 'b' }", TELL);

  start (bed);
  assert_log (bed, "['hello','child',5]");
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_CANCELLED);
}

/* While it is held it is told, and goes on afterwards. */
static void
test_held (void)
{
  g_autoptr (FermataTestBed) bed = prepare (CHILD, "", "{ 'id': 'end', 'type': 'final' }",
    "{ 'from': 'a', 'event': 'hello', 'actions': { 'send': { 'event': 'answer', 'to': '#_child' } } },"
    "{ 'from': 'a', 'to': 'end', 'event': 'done.invoke.child' }");

  fermata_run_start (bed->run);
  fermata_run_hold (bed->run);
  fermata_test_bed_settle (bed);
  fermata_run_release (bed->run);
  fermata_test_bed_finish (bed);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/invocations/talk", test_talk);
  g_test_add_func ("/invocations/origin", test_origin);
  g_test_add_func ("/invocations/autoforward", test_autoforward);
  g_test_add_func ("/invocations/left", test_left);
  g_test_add_func ("/invocations/time", test_time);
  g_test_add_func ("/invocations/failures", test_failures);
  g_test_add_func ("/invocations/errors", test_errors);
  g_test_add_func ("/invocations/depth", test_depth);
  g_test_add_func ("/invocations/closed", test_closed);
  g_test_add_func ("/invocations/cancelled", test_cancelled);
  g_test_add_func ("/invocations/held", test_held);

  return g_test_run ();
}
