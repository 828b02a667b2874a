/* test-sends.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What machines send to others outside their run: the rules of sections 5.10.1, 6.2
 * and C.1 of the recommendation. */

#include "engine/fermata-engine.h"
#include "engine/history/fermata-history.h"
#include "harness/fermata-test-bed.h"
#include "harness/fermata-test-processor.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#include <string.h>

/* Fixtures */

/* Another run of the bed's engine, followed as well. */
typedef struct {
  FermataRun *run;
  FermataFoldMonitor *fold;
} Other;

static Other
start_other (FermataTestBed *bed,
             const char     *json,
             guint64         seed)
{
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  g_autoptr (FermataPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  Other other;

  options.seed = seed;
  plan = fermata_engine_compile (bed->engine, graph, &error);
  g_assert_no_error (error);
  other.run = fermata_engine_create_run (bed->engine, plan, &options, &error);
  g_assert_no_error (error);
  other.fold = fermata_fold_monitor_new ();
  fermata_run_add_monitor (other.run, FERMATA_MONITOR (other.fold));
  fermata_run_start (other.run);

  return other;
}

static void
end_other (FermataTestBed *bed,
           Other          *other)
{
  g_autoptr (GError) error = NULL;

  fermata_run_cancel (other->run);
  fermata_test_bed_settle (bed);
  g_assert_true (fermata_run_has_ended (other->run));
  g_assert_cmpuint (fermata_fold_monitor_get_difference (other->fold), ==, 0);
  fermata_history_verify (fermata_run_get_history (other->run), NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&other->run);
  g_clear_object (&other->fold);
}

static FermataTestBed *
prepare (const char *json,
         guint64     seed)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;

  options.seed = seed;
  fermata_test_bed_prepare (bed, graph, &options);

  return bed;
}

static void
start (FermataTestBed *bed)
{
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
}

static void
cancel (FermataTestBed *bed)
{
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
}

/* What a machine has logged, with spaces between. */
static char *
dup_log (FermataRun *run)
{
  g_autoptr (GString) log = g_string_new (NULL);
  FermataHistory *history = fermata_run_get_history (run);

  for (guint64 i = 1; i <= fermata_moment_get_number (fermata_run_get_moment (run)); i++)
    {
      const FermataEvent *event = fermata_history_get_event (history, i);
      g_autofree char *text = NULL;

      if (event->kind != FERMATA_EVENT_LOGGED)
        continue;

      if (log->len > 0)
        g_string_append_c (log, ' ');
      if (fermata_value_get_kind (event->payload) == FERMATA_VALUE_KIND_STRING)
        text = g_strdup (fermata_value_get_string (event->payload, NULL));
      else
        text = fermata_value_to_string (event->payload, FERMATA_WRITE_COMPACT, NULL);
      g_string_append (log, text);
    }

  return g_string_free (g_steal_pointer (&log), FALSE);
}

static void
assert_log (FermataRun *run,
            const char *expected)
{
  g_autofree char *log = dup_log (run);

  g_assert_cmpstr (log, ==, expected);
}

/* Sessions */

#define ECHOES                                                                                \
  "{ 'kind': 'fsm', 'nodes': [ { 'id': 'a' } ], 'edges': ["                                   \
  "  { 'from': 'a', 'event': 'ask', 'actions': [ { 'log': 'asked {{event.data}}' },"          \
  "    { 'send': { 'event': 'answer', 'data': '{{event.data}}!', 'to': '{{event.origin}}' } } ] } ] }"

#define ASKS                                                                                   \
  "{ 'kind': 'fsm', 'nodes': ["                                                                \
  "  { 'id': 'a', 'entry': [ { 'send': { 'event': 'ask', 'data': 'x', 'to': '#_scxml_fermata-22-0', 'id': 'i' } },"   \
  "                          { 'send': { 'event': 'ask', 'data': 'y', 'to': '#_scxml_fermata-22-0' } } ] }" \
  "  ], 'edges': ["                                                                            \
  "  { 'from': 'a', 'event': 'answer', 'actions': { 'log': '{{event.data}} {{event.type}} {{event.origin}}' } }," \
  "  { 'from': 'a', 'event': 'error', 'actions': { 'log': '{{event.name}} {{event.type}} {{event.sendid ?? 0}}' } } ] }"

/* Two machines of one engine: what one sends has an address to answer to. */
static void
test_sessions (void)
{
  g_autoptr (FermataTestBed) bed = prepare (ASKS, 0x11);
  Other other = start_other (bed, ECHOES, 0x22);

  fermata_test_bed_settle (bed);
  start (bed);
  assert_log (other.run, "asked x asked y");
  assert_log (bed->run, "x! external #_scxml_fermata-22-0 y! external #_scxml_fermata-22-0");
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_EVENT_DELIVERED, NULL), ==, 2);
  end_other (bed, &other);
  cancel (bed);
}

/* "a session that does not exist or is inaccessible": error.communication, in the
 * internal queue, with the id of the send; the block goes on. */
static void
test_no_session (void)
{
  g_autoptr (FermataTestBed) bed = prepare (
    "{ 'kind': 'fsm', 'nodes': ["
    "  { 'id': 'a', 'entry': [ { 'send': { 'event': 'x', 'to': '#_scxml_fermata-22-0', 'id': 'i' } },"
    "                          { 'send': 'after' }, { 'log': 'on' } ] } ], 'edges': ["
    "  { 'from': 'a', 'event': '*', 'actions': { 'log': '{{event.name}} {{event.type}} {{event.sendid ?? 0}}' } } ] }",
    0x11);

  start (bed);
  assert_log (bed->run, "on error.communication platform i after external 0");
  cancel (bed);
}

static void
test_ended_session (void)
{
  g_autoptr (FermataTestBed) bed = prepare (ASKS, 0x11);
  Other other = start_other (bed, ECHOES, 0x22);

  fermata_test_bed_settle (bed);
  end_other (bed, &other);
  start (bed);
  assert_log (bed->run, "error.communication platform i error.communication platform 0");
  cancel (bed);
}

/* A machine's own session is in its run: nothing leaves that. */
static void
test_own_session (void)
{
  g_autoptr (FermataTestBed) bed = prepare (
    "{ 'kind': 'fsm', 'nodes': ["
    "  { 'id': 'a', 'entry': { 'send': { 'event': 'x', 'to': '#_scxml_fermata-11-0' } } } ], 'edges': ["
    "  { 'from': 'a', 'event': 'x', 'actions': { 'log': '{{event.name}} {{event.type}}' } } ] }", 0x11);

  start (bed);
  assert_log (bed->run, "x external");
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_EVENT_DELIVERED, NULL), ==, 0);
  cancel (bed);
}

/* With a delay it is looked up when its time has come. */
static void
test_delayed (void)
{
  g_autoptr (FermataTestBed) bed = prepare (
    "{ 'kind': 'fsm', 'nodes': ["
    "  { 'id': 'a', 'entry': [ { 'send': { 'event': 'ask', 'data': 1, 'to': '#_scxml_fermata-22-0', 'delay': '1s' } },"
    "     { 'send': { 'event': 'ask', 'data': 2, 'to': '#_scxml_fermata-22-0', 'delay': '3s', 'id': 'late' } } ] } ], 'edges': ["
    "  { 'from': 'a', 'event': '*', 'actions': { 'log': '{{event.name}}' } } ] }", 0x11);
  Other other;

  start (bed);
  other = start_other (bed, ECHOES, 0x22);
  fermata_test_bed_pass_time_until (bed, 2 * G_USEC_PER_SEC);
  assert_log (other.run, "asked 1");
  end_other (bed, &other);
  fermata_test_bed_pass_time_until (bed, 4 * G_USEC_PER_SEC);
  assert_log (bed->run, "answer error.communication");
  cancel (bed);
}

/* A machine that is held is told, and takes it later. */
static void
test_held (void)
{
  g_autoptr (FermataTestBed) bed = prepare (ASKS, 0x11);
  Other other = start_other (bed, ECHOES, 0x22);

  fermata_test_bed_settle (bed);
  fermata_run_hold (other.run);
  start (bed);
  assert_log (other.run, "");
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_EVENT_DELIVERED, NULL), ==, 2);
  fermata_run_release (other.run);
  fermata_test_bed_settle (bed);
  assert_log (other.run, "asked x asked y");
  end_other (bed, &other);
  cancel (bed);
}

/* Event processors: machines of SCXML's data models say by which they send. */

static FermataTestBed *
prepare_with (const char            *json,
              FermataTestProcessor **processor)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;

  *processor = fermata_test_processor_new ();
  fermata_engine_add_event_processor (bed->engine, FERMATA_EVENT_PROCESSOR (*processor));
  options.seed = 0x11;
  fermata_test_bed_prepare (bed, graph, &options);

  return bed;
}

#define MACHINE(actions, edges)                                                              \
  "{ 'kind': 'fsm', 'data-model': 'null', 'initial': 'a', 'nodes': ["                        \
  "  { 'id': 'a', 'entry': [ " actions " ] }, { 'id': 'b' }, { 'id': 'end', 'type': 'final' } ], 'edges': [ " edges " ] }"

/* It is under way until the processor answers; time does not pass by itself
 * meanwhile, and the machine goes on. */
static void
test_delivered (void)
{
  FermataTestProcessor *processor;
  g_autoptr (FermataTestBed) bed = prepare_with (
    MACHINE ("{ 'send': { 'event': 'x', 'type': 'fake', 'to': 'there', 'id': 'i' } },"
             "{ 'send': { 'event': 'y', 'type': 'urn:fake#FakeProcessor', 'to': 'there' } }",
             "{ 'from': 'a', 'event': 'go', 'to': 'b' }"), &processor);

  start (bed);
  g_assert_cmpstr (fermata_test_processor_get_sent (processor), ==,
                   "fermata-11-0 there {\"name\":\"x\",\"sendid\":\"i\"}\n"
                   "fermata-11-0 there {\"name\":\"y\"}\n");
  g_assert_true (fermata_run_is_working (bed->run));
  fermata_run_send_event (bed->run, "go", NULL);
  fermata_test_bed_settle (bed);
  g_assert_true (fermata_run_is_working (bed->run));
  fermata_test_processor_answer (processor, 0, NULL);
  fermata_test_processor_answer (processor, 0, NULL);
  fermata_test_bed_settle (bed);
  g_assert_false (fermata_run_is_working (bed->run));
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_EVENT_DELIVERED, NULL), ==, 2);
  cancel (bed);
  g_object_unref (processor);
}

/* "error.communication" in the internal queue, though the machine rests. */
static void
test_failed (void)
{
  FermataTestProcessor *processor;
  g_autoptr (FermataTestBed) bed = prepare_with (
    MACHINE ("{ 'send': { 'event': 'x', 'type': 'fake', 'to': 'there' } }",
             "{ 'from': 'a', 'event': 'error.communication', 'to': 'b' }"), &processor);

  start (bed);
  fermata_test_processor_answer (processor, 0, "Nobody answers");
  fermata_test_bed_settle (bed);
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_SEND_FAILED, NULL), ==, 1);
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_STATE_ENTERED, "b"), ==, 1);
  cancel (bed);
  g_object_unref (processor);
}

/* "If the SCXML Processor does not support the type": error.execution, and the rest
 * of the block is not done. */
static void
test_refused (void)
{
  static const char *const sends[] = {
    "{ 'send': { 'event': 'x', 'type': 'other', 'to': 'there' } }, { 'send': 'more' }",
    "{ 'send': { 'event': 'x', 'to': '!invalid' } }, { 'send': 'more' }",
  };

  for (guint i = 0; i < G_N_ELEMENTS (sends); i++)
    {
      g_autofree char *json = g_strdup_printf (MACHINE ("%s", "{ 'from': 'a', 'event': 'error.execution', 'to': 'b' }"),
                                               sends[i]);
      g_autoptr (FermataTestBed) bed = prepare (json, 0x11);

      start (bed);
      g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_STATE_ENTERED, "b"), ==, 1);
      g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_EVENT_SENT, NULL), ==, 0);
      cancel (bed);
    }
}

/* What goes to nobody is sent all the same, and told as an error after it. */
static void
test_nobody (void)
{
  static const char *const targets[] = { "#_parent", "#_nobody", "#_scxml_foo", "#_scxml_fermata-11-7" };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *json = g_strdup_printf (
        MACHINE ("{ 'send': { 'event': 'x', 'to': '%s' } }, { 'send': 'more' }",
                 "{ 'from': 'a', 'event': 'error.communication', 'to': 'b' }, { 'from': 'b', 'event': 'more', 'to': 'end' }"),
        targets[i]);
      g_autoptr (FermataTestBed) bed = prepare (json, 0x11);

      fermata_test_bed_finish (bed);
      g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_SEND_FAILED, NULL), ==, 1);
    }
}

/* A run that has come to its end waits until what it sent has arrived; one that is
 * cancelled does not. */
static void
test_at_the_end (void)
{
  FermataTestProcessor *processor;
  g_autoptr (FermataTestBed) bed = prepare_with (
    "{ 'kind': 'fsm', 'data-model': 'null', 'nodes': [ { 'id': 'a', 'type': 'final',"
    "  'exit': [ { 'send': { 'event': 'bye', 'type': 'fake', 'to': 'there' } } ] } ], 'edges': [] }", &processor);

  start (bed);
  g_assert_false (fermata_run_has_ended (bed->run));
  fermata_test_processor_answer (processor, 0, NULL);
  fermata_test_bed_settle (bed);
  g_assert_true (fermata_run_has_ended (bed->run));
  fermata_test_bed_finish (bed);
  g_object_unref (processor);
}

static void
test_cancelled (void)
{
  FermataTestProcessor *processor;
  g_autoptr (FermataTestBed) bed = prepare_with (
    MACHINE ("{ 'send': { 'event': 'x', 'type': 'fake', 'to': 'there' } }", ""), &processor);

  start (bed);
  cancel (bed);

  /* Its answer comes too late. */
  fermata_test_processor_answer (processor, 0, NULL);
  fermata_test_bed_settle (bed);
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_EVENT_DELIVERED, NULL), ==, 0);
  g_object_unref (processor);
}

/* A session is open while the machine is there; what comes for it is its own. */
static void
test_arrivals (void)
{
  FermataTestProcessor *processor;
  g_autoptr (FermataTestBed) bed = prepare_with (
    MACHINE ("{ 'log': { 'label': 'FakeProcessor' } }",
             "{ 'from': 'a', 'event': 'hello', 'to': 'b' }, { 'from': 'b', 'event': 'hello', 'to': 'a' }"), &processor);
  g_autofree char *text = NULL;

  g_assert_false (fermata_test_processor_arrive (processor, "fermata-11-0", "{ 'name': 'hello' }"));
  start (bed);
  g_assert_false (fermata_test_processor_arrive (processor, "fermata-11-0", "{ 'name': 'no name' }"));
  g_assert_false (fermata_test_processor_arrive (processor, "fermata-11-0", "{}"));
  g_assert_true (fermata_test_processor_arrive (processor, "fermata-11-0",
                                                "{ 'name': 'hello', 'data': 1, 'origin': 'x', 'from': 7 }"));
  fermata_test_bed_settle (bed);
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_STATE_ENTERED, "b"), ==, 1);

  /* Twice is twice. */
  g_assert_true (fermata_test_processor_arrive (processor, "fermata-11-0", "{ 'name': 'hello' }"));
  g_assert_true (fermata_test_processor_arrive (processor, "fermata-11-0", "{ 'name': 'hello' }"));
  fermata_test_bed_settle (bed);
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_STATE_ENTERED, "b"), ==, 2);
  text = fermata_test_bed_describe (bed);
  g_assert_nonnull (strstr (text, "\"origintype\":\"urn:fake#FakeProcessor\",\"to\":0"));
  g_assert_null (strstr (text, "\"from\":7"));
  cancel (bed);
  g_assert_false (fermata_test_processor_arrive (processor, "fermata-11-0", "{ 'name': 'hello' }"));
  g_object_unref (processor);
}

/* Nobody has asked for it. */
static void
test_unmentioned (void)
{
  FermataTestProcessor *processor;
  g_autoptr (FermataTestBed) bed = prepare_with (MACHINE ("{ 'raise': 'x' }", ""), &processor);

  start (bed);
  g_assert_cmpuint (fermata_test_processor_get_n_open (processor), ==, 0);
  cancel (bed);
  g_object_unref (processor);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sends/sessions", test_sessions);
  g_test_add_func ("/sends/no-session", test_no_session);
  g_test_add_func ("/sends/ended-session", test_ended_session);
  g_test_add_func ("/sends/own-session", test_own_session);
  g_test_add_func ("/sends/delayed", test_delayed);
  g_test_add_func ("/sends/held", test_held);
  g_test_add_func ("/sends/delivered", test_delivered);
  g_test_add_func ("/sends/failed", test_failed);
  g_test_add_func ("/sends/refused", test_refused);
  g_test_add_func ("/sends/nobody", test_nobody);
  g_test_add_func ("/sends/at-the-end", test_at_the_end);
  g_test_add_func ("/sends/cancelled", test_cancelled);
  g_test_add_func ("/sends/arrivals", test_arrivals);
  g_test_add_func ("/sends/unmentioned", test_unmentioned);

  return g_test_run ();
}
