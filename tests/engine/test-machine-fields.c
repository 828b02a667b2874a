/* test-machine-fields.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The state of a machine: every field counts when moments are compared, and a copy
 * is a copy. And the events of machines as text, there and back. */

#include <string.h>

#include "engine/history/fermata-event-codec.h"
#include "engine/history/fermata-event-private.h"
#include "engine/moment/fermata-moment-private.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

/* Something of everything: it waits in a task with a timer of each sort, and
 * has left a state that a history remembers. */
static const char *const graph_json =
  "{ 'fermata': 1, 'kind': 'fsm', 'variables': { 'n': 0 }, 'nodes': ["
  "  { 'id': 'a' },"
  "  { 'id': 'b', 'nodes': [ { 'id': 'h', 'type': 'history' }, { 'id': 'b1' }, { 'id': 'b2' } ],"
  "    'do': [ { 'id': 'job', 'type': 'task', 'with': { 'takes': '9s' } } ],"
  "    'entry': ["
  "      { 'send': { 'event': 'late', 'id': 'x', 'delay': '5s' } }, { 'raise': 'now' }, { 'cancel': 'y' },"
  "      { 'foreach': '[1]', 'do': { 'log': 'each' } },"
  "      { 'assign': [ { 'n': '1' } ] }, { 'script': 'variables.n = 2' } ] } ],"
  "'edges': ["
  "  { 'from': 'a', 'to': 'b', 'event': 'go' }, { 'from': 'b', 'to': 'a', 'event': 'back' },"
  "  { 'from': 'b1', 'to': 'b2', 'after': '7s' }, { 'from': 'b', 'to': 'h', 'event': 'again' } ] }";

static FermataTestBed *
prepare (void)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (graph_json);

  fermata_test_bed_prepare (bed, graph, NULL);

  return bed;
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

/* --- Fields --------------------------------------------------------------- */

typedef void (*ChangeFunc) (FermataMachine *machine);

#define CHANGE(name, statement) \
  static void \
  change_##name (FermataMachine *machine) \
  { \
    statement; \
  }

static void
set_planted (FermataValue **place)
{
  g_clear_pointer (place, fermata_value_unref);
  *place = parse ("'planted'");
}

static void
add_record (GArray   **array,
            gpointer   record,
            guint      size)
{
  if (*array == NULL)
    *array = g_array_new (FALSE, FALSE, size);
  g_array_append_vals (*array, record, 1);
}

static void
add_loop (FermataMachine *machine)
{
  FermataMachineLoop loop = { parse ("[]"), 0, 1 };

  add_record (&machine->loops, &loop, sizeof loop);
}

static void
add_fired (FermataMachine *machine)
{
  FermataMachineFired fired = { 1, 2 };

  add_record (&machine->fired, &fired, sizeof fired);
}

#define TIMER(index) g_array_index (machine->timers, FermataMachineTimer, index)
#define INVOCATION g_array_index (machine->invocations, FermataMachineInvocation, 0)

CHANGE (phase, machine->phase++)
CHANGE (stage, machine->stage++)
CHANGE (is_failed, machine->is_failed = TRUE)
CHANGE (is_finished, machine->is_finished = TRUE)
CHANGE (event_type, machine->event_type++)
CHANGE (script, machine->script++)
CHANGE (pc, machine->pc++)
CHANGE (position, machine->position++)
CHANGE (n_steps, machine->n_steps++)
CHANGE (n_restless, machine->n_restless++)
CHANGE (event_number, machine->event_number++)
CHANGE (event, set_planted (&machine->event))
CHANGE (event_edge, machine->event_edge = 0)
CHANGE (configuration, fermata_index_list_append (&machine->configuration, 4))
CHANGE (edges, fermata_index_list_append (&machine->edges, 1))
CHANGE (exits, fermata_index_list_append (&machine->exits, 1))
CHANGE (enters, fermata_index_list_append (&machine->enters, 1))
CHANGE (defaults, fermata_index_list_append (&machine->defaults, 1))
CHANGE (default_histories, fermata_index_list_append (&machine->default_histories, 1))
CHANGE (to_invoke, fermata_index_list_append (&machine->to_invoke, 1))
CHANGE (histories, fermata_index_list_append (fermata_page_table_write (&machine->histories, 2), 4))
CHANGE (internal, fermata_machine_queue_push (&machine->internal, machine->event, 1, FERMATA_INDEX_NONE))
CHANGE (external, fermata_machine_queue_push (&machine->external, machine->event, 1, FERMATA_INDEX_NONE))
CHANGE (loops, add_loop (machine))
CHANGE (timer_due, TIMER (0).due++)
CHANGE (timer_number, TIMER (0).number++)
CHANGE (timer_edge, TIMER (1).edge++)
CHANGE (timer_event, set_planted (&TIMER (0).event))
CHANGE (timer_id, set_planted (&TIMER (0).id))
CHANGE (timer_to, set_planted (&TIMER (0).to))
CHANGE (timer_type, set_planted (&TIMER (0).type))
CHANGE (invocation_frame, INVOCATION.frame++)
CHANGE (invocation_task, INVOCATION.task++)
CHANGE (invocation_cancelled, INVOCATION.is_cancelled = TRUE)
CHANGE (fired, add_fired (machine))
CHANGE (refused, fermata_index_list_append (&machine->refused, 1))
CHANGE (recent, fermata_index_list_append (&machine->recent, 1))
CHANGE (script_since, machine->script_since++)
CHANGE (script_result, set_planted (&machine->script_result))
CHANGE (final, machine->final = 1)
CHANGE (data, set_planted (&machine->data))

#undef CHANGE
#define CHANGE(name) { #name, change_##name }

static const struct {
  const char *name;
  ChangeFunc change;
} changes[] = {
  CHANGE (phase), CHANGE (stage), CHANGE (is_failed), CHANGE (is_finished), CHANGE (event_type),
  CHANGE (script), CHANGE (pc), CHANGE (position), CHANGE (n_steps), CHANGE (n_restless),
  CHANGE (event_number), CHANGE (event), CHANGE (event_edge), CHANGE (configuration), CHANGE (edges),
  CHANGE (exits), CHANGE (enters), CHANGE (defaults), CHANGE (default_histories),
  CHANGE (to_invoke), CHANGE (histories), CHANGE (internal), CHANGE (external), CHANGE (loops),
  CHANGE (timer_due), CHANGE (timer_number), CHANGE (timer_edge), CHANGE (timer_event),
  CHANGE (timer_id), CHANGE (timer_to), CHANGE (timer_type), CHANGE (invocation_frame),
  CHANGE (invocation_task),
  CHANGE (invocation_cancelled), CHANGE (fired), CHANGE (refused), CHANGE (recent),
  CHANGE (script_since), CHANGE (script_result), CHANGE (final), CHANGE (data),
};

static void
test_fields (void)
{
  g_autoptr (FermataTestBed) bed = prepare ();
  FermataMoment *live = fermata_run_get_moment (bed->run);

  fermata_run_start (bed->run);
  fermata_run_send_event (bed->run, "go", NULL);
  fermata_test_bed_pass_time_until (bed, G_USEC_PER_SEC);
  g_assert_cmpuint (fermata_machine_get_n (live->root->machine->timers), ==, 2);
  g_assert_cmpuint (fermata_machine_get_n (live->root->machine->invocations), ==, 1);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (FermataMoment) copy = fermata_moment_copy (live);
      g_autoptr (FermataMoment) same = fermata_moment_copy (live);

      g_assert_true (fermata_moment_equal (live, copy));
      changes[i].change (fermata_moment_write_frame (copy, 0)->machine);
      if (fermata_moment_equal (live, copy) || fermata_moment_equal (copy, live))
        g_error ("another “%s” is not seen", changes[i].name);

      /* And a copy is a copy. */
      g_assert_true (fermata_moment_equal (live, same));
    }
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
}

/* --- Events as text ------------------------------------------------------- */

static const struct {
  FermataEventKind kind;
  FermataOpCode code;
  const char *payload;
} events[] = {
  { FERMATA_EVENT_VARIABLE_SET, FERMATA_OP_END, "{ 'changes': [ { 'name': 'n', 'value': 2 } ] }" },
  { FERMATA_EVENT_TIMER_DUE, FERMATA_OP_END, NULL },
  { FERMATA_EVENT_STEP_ADMITTED, FERMATA_OP_END, NULL },
  { FERMATA_EVENT_VETOED, FERMATA_OP_END, "{ 'by': 'Hook' }" },
  { FERMATA_EVENT_VETOED, FERMATA_OP_END, "{ 'by': 'Hook', 'error': { 'kind': 'execution' } }" },
  { FERMATA_EVENT_SCRIPT_ENDED, FERMATA_OP_END, "{ 'changes': [ { 'name': 'n', 'value': 2 } ] }" },
  { FERMATA_EVENT_SCRIPT_ENDED, FERMATA_OP_END, "{ 'error': { 'kind': 'execution' } }" },
  { FERMATA_EVENT_EVENT_DELIVERED, FERMATA_OP_END, "{ 'send': 1 }" },
  { FERMATA_EVENT_SEND_FAILED, FERMATA_OP_END, "{ 'send': 7, 'error': { 'kind': 'connectivity' } }" },
  { FERMATA_EVENT_EVENT_DEQUEUED, FERMATA_OP_END, "'go'" },
  { FERMATA_EVENT_EVENT_IGNORED, FERMATA_OP_END, NULL },
  { FERMATA_EVENT_STEP_ASKED, FERMATA_OP_END, NULL },
  { FERMATA_EVENT_STEP_ASKED, FERMATA_OP_END, "{ 'then': [ 'b1>b2' ] }" },
  { FERMATA_EVENT_EDGE_TAKEN, FERMATA_OP_END, "{ 'then': [ 'b1>b2' ] }" },
  { FERMATA_EVENT_STATE_EXITING, FERMATA_OP_END, NULL },
  { FERMATA_EVENT_STATE_EXITED, FERMATA_OP_END, "{ 'data': null }" },
  { FERMATA_EVENT_STATE_ENTERED, FERMATA_OP_END, "{ 'after': { 'b1>b2': 7000000 } }" },
  { FERMATA_EVENT_EVENT_RAISED, FERMATA_OP_END, "{ 'event': 'done.state.b', 'data': [] }" },
  { FERMATA_EVENT_EVENT_RAISED, FERMATA_OP_RAISE, "{ 'event': 'now' }" },
  { FERMATA_EVENT_EVENT_SENT, FERMATA_OP_SEND, "{ 'event': 'late', 'id': 'x', 'delay': 5000000 }" },
  { FERMATA_EVENT_EVENT_SENT, FERMATA_OP_SEND, "{ 'type': 'basichttp', 'to': 'x', 'params': true }" },
  { FERMATA_EVENT_SEND_CANCELLED, FERMATA_OP_CANCEL, "{ 'id': 'y' }" },
  { FERMATA_EVENT_ITERATING, FERMATA_OP_FOREACH, "{ 'index': 0, 'items': [ 1 ] }" },
  { FERMATA_EVENT_ITERATING, FERMATA_OP_FOREACH, "{ 'index': 1 }" },
  { FERMATA_EVENT_LOGGED, FERMATA_OP_LOG, "'each'" },
  { FERMATA_EVENT_ASSIGNED, FERMATA_OP_ASSIGN, "{ 'changes': [ { 'name': 'n', 'value': 1 } ] }" },
  { FERMATA_EVENT_SCRIPT_STARTED, FERMATA_OP_SCRIPT, NULL },
  { FERMATA_EVENT_ACTION_FAILED, FERMATA_OP_SEND, "{ 'error': { 'kind': 'execution' } }" },
  { FERMATA_EVENT_ACTIONS_ENDED, FERMATA_OP_END, NULL },
  { FERMATA_EVENT_MACHINE_FAILED, FERMATA_OP_END, "{ 'error': { 'kind': 'execution' } }" },
  { FERMATA_EVENT_MACROSTEP_ENDED, FERMATA_OP_END, NULL },
};

/* The step of the first op of a sort, 0 for none. */
static guint
find_step (FermataPlan   *plan,
           FermataOpCode  code)
{
  for (guint i = 0; code != FERMATA_OP_END && i < plan->chart->n_ops; i++)
    {
      if (plan->chart->ops[i].code == code)
        return i + 1;
    }
  g_assert_cmpuint (code, ==, FERMATA_OP_END);

  return 0;
}

static guint32
place_for (FermataPlan      *plan,
           FermataEventKind  kind)
{
  switch (fermata_event_kind_get_place_kind (kind))
    {
    case FERMATA_PLACE_KIND_NODE:
    case FERMATA_PLACE_KIND_ANY:
      return 1;

    case FERMATA_PLACE_KIND_EDGE:
      return fermata_plan_get_edge_place (plan, 0);

    case FERMATA_PLACE_KIND_RUN:
    case FERMATA_PLACE_KIND_FRAME:
    default:
      return FERMATA_PLACE_RUN;
    }
}

static void
go_and_return (FermataPlan        *plan,
               const FermataEvent *event)
{
  g_autoptr (FermataValue) value = fermata_event_to_value (event, 7, plan);
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_autoptr (FermataValue) read = NULL;
  g_autoptr (GError) error = NULL;
  FermataEvent back;
  guint64 number;

  read = fermata_value_parse (text, -1, &error);
  g_assert_no_error (error);
  fermata_event_from_value (read, plan, &number, &back, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (number, ==, 7);
  g_assert_cmpint (event->time, ==, back.time);
  g_assert_cmpuint (event->frame, ==, back.frame);
  g_assert_cmpuint (event->place, ==, back.place);
  g_assert_cmpuint (event->kind, ==, back.kind);
  g_assert_cmpuint (event->step, ==, back.step);
  g_assert_true (event->payload == NULL ? back.payload == NULL
                                        : fermata_value_equal (event->payload, back.payload));
  g_clear_pointer (&back.payload, fermata_value_unref);
}

/* And none of its kind is missing here. */
static void
test_round_trip (void)
{
  g_autoptr (FermataTestBed) bed = prepare ();
  FermataPlan *plan = fermata_run_get_plan (bed->run);
  gboolean seen[FERMATA_N_EVENT_KINDS] = { FALSE, };

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autoptr (FermataValue) payload = events[i].payload == NULL ? NULL : parse (events[i].payload);
      FermataEvent event = {
        .kind = events[i].kind,
        .time = 1500,
        .payload = payload,
        .place = place_for (plan, events[i].kind),
        .step = find_step (plan, events[i].code),
      };

      seen[event.kind] = TRUE;
      go_and_return (plan, &event);
    }

  for (guint kind = FERMATA_EVENT_TIMER_DUE; kind <= FERMATA_EVENT_SCRIPT_ENDED; kind++)
    g_assert_true (seen[kind]);
  for (guint kind = FERMATA_EVENT_EVENT_DEQUEUED; kind <= FERMATA_EVENT_MACROSTEP_ENDED; kind++)
    g_assert_true (seen[kind]);
}

static void
test_refused (void)
{
  static const struct {
    FermataEventKind kind;
    const char *payload;
    const char *message;
  } cases[] = {
    { FERMATA_EVENT_VARIABLE_SET, "null", "changes" },
    { FERMATA_EVENT_VARIABLE_SET, "{ 'changes': [ { 'name': 1, 'value': 2 } ] }", "changes" },
    { FERMATA_EVENT_VETOED, "null", "object" },
    { FERMATA_EVENT_VETOED, "{}", "“data.by”" },
    { FERMATA_EVENT_VETOED, "{ 'by': 1 }", "“data.by”" },
    { FERMATA_EVENT_VETOED, "{ 'by': 'x', 'error': 1 }", "“data.error”" },
    { FERMATA_EVENT_STEP_ASKED, "{ 'then': 1 }", "“data.then”" },
    { FERMATA_EVENT_STEP_ASKED, "{ 'then': [ 'nowhere' ] }", "“data.then”" },
    { FERMATA_EVENT_STATE_ENTERED, "{ 'after': { 'nowhere': 1 } }", "“data.after”" },
    { FERMATA_EVENT_EVENT_RAISED, "{}", "“data.event”" },
    { FERMATA_EVENT_MACHINE_FAILED, "{}", "“data.error”" },
    { FERMATA_EVENT_ITERATING, "{ 'index': 1 }", "“step”" },
    { FERMATA_EVENT_EVENT_DEQUEUED, "1", "text" },
    { FERMATA_EVENT_EVENT_SENT, "{}", "“data.event”" },
    { FERMATA_EVENT_EVENT_SENT, "{ 'event': 'x', 'type': 1 }", "“data.type”" },
    { FERMATA_EVENT_EVENT_DELIVERED, "{}", "“send”" },
    { FERMATA_EVENT_EVENT_DELIVERED, "{ 'send': 0 }", "“send”" },
    { FERMATA_EVENT_SEND_FAILED, "{ 'send': 1 }", "“data.error”" },
    { FERMATA_EVENT_EVENT_RECEIVED, "{ 'name': 'x', 'to': -1 }", "“to”" },
    { FERMATA_EVENT_EVENT_RECEIVED, "{ 'name': 'x', 'from': 'y' }", "“from”" },
    { FERMATA_EVENT_EVENT_RECEIVED, "{ 'name': 'x', 'origin': 1 }", "“data.origin”" },
  };
  g_autoptr (FermataTestBed) bed = prepare ();
  FermataPlan *plan = fermata_run_get_plan (bed->run);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) payload = parse (cases[i].payload);
      FermataEvent event = { .kind = cases[i].kind, .payload = payload };
      g_autoptr (FermataValue) value = NULL;
      g_autoptr (GError) error = NULL;
      FermataEvent back;
      guint64 number;

      event.place = place_for (plan, event.kind);
      value = fermata_event_to_value (&event, 7, plan);
      g_assert_false (fermata_event_from_value (value, plan, &number, &back, &error));
      g_assert_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_HISTORY);
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/machine-fields/fields", test_fields);
  g_test_add_func ("/machine-fields/round-trip", test_round_trip);
  g_test_add_func ("/machine-fields/refused", test_refused);

  return g_test_run ();
}
