/* test-machine-scripts.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Scripts as actions of machines: what they wait for, and what becomes of it. What
 * runs them here ends when the test says so. */

#include "engine/fermata-script-pool.h"
#include "engine/fermata-task-error.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

/* The pool */

#define HAND_POOL_TYPE (hand_pool_get_type ())
G_DECLARE_FINAL_TYPE (HandPool, hand_pool, HAND, POOL, GObject)

struct _HandPool {
  GObject parent_instance;

  /* The call that is under way */
  GTask *task;
  FermataValue *names;
  gulong cancelled;
  guint n_cancelled;
};

static void hand_pool_implement (FermataScriptPoolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HandPool, hand_pool, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERMATA_TYPE_SCRIPT_POOL, hand_pool_implement))

static void
hand_pool_forget_call (HandPool *self)
{
  g_cancellable_disconnect (g_task_get_cancellable (self->task), self->cancelled);
  g_clear_object (&self->task);
  g_clear_pointer (&self->names, fermata_value_unref);
}

static void
hand_pool_cancelled (GCancellable *cancellable,
                     HandPool     *self)
{
  self->n_cancelled++;
  g_task_return_error_if_cancelled (self->task);
}

static void
hand_pool_call_async (FermataScriptPool       *pool,
                      const FermataScriptCall *call,
                      GCancellable            *cancellable,
                      GAsyncReadyCallback      callback,
                      gpointer                 user_data)
{
  HandPool *self = HAND_POOL (pool);

  g_assert_null (self->task);
  self->task = g_task_new (pool, cancellable, callback, user_data);
  self->names = fermata_value_ref (call->names);
  self->cancelled = g_cancellable_connect (cancellable, G_CALLBACK (hand_pool_cancelled), self, NULL);
}

static FermataValue *
hand_pool_call_finish (FermataScriptPool  *pool,
                       GAsyncResult       *result,
                       FermataValue      **details,
                       GError            **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
hand_pool_forget (FermataScriptPool *pool,
                  const char        *prefix)
{
}

static void
hand_pool_implement (FermataScriptPoolInterface *iface)
{
  iface->call_async = hand_pool_call_async;
  iface->call_finish = hand_pool_call_finish;
  iface->forget = hand_pool_forget;
}

static void
hand_pool_dispose (GObject *object)
{
  HandPool *self = HAND_POOL (object);

  g_assert_null (self->task);
  G_OBJECT_CLASS (hand_pool_parent_class)->dispose (object);
}

static void
hand_pool_class_init (HandPoolClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hand_pool_dispose;
}

static void
hand_pool_init (HandPool *self)
{
}

static void
hand_pool_return (HandPool   *self,
                  const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');

  g_task_return_pointer (self->task, fermata_value_parse (text, -1, NULL),
                         (GDestroyNotify) fermata_value_unref);
  hand_pool_forget_call (self);
}

static void
hand_pool_throw (HandPool   *self,
                 const char *message)
{
  g_task_return_new_error (self->task, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION, "%s", message);
  hand_pool_forget_call (self);
}

/* The bed */

#define MACHINE(nodes, edges) \
  "{ 'fermata': 1, 'kind': 'fsm', 'name': 'm', 'initial': 'a', 'variables': { 'n': 0, 'log': [] }," \
  "  'nodes': [ " nodes ", { 'id': 'end', 'type': 'final', 'data': '{{variables}}' } ], 'edges': [ " edges " ] }"

static FermataTestBed *
begin (HandPool   *pool,
       const char *json)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);

  if (pool != NULL)
    fermata_engine_set_script_pool (bed->engine, FERMATA_SCRIPT_POOL (pool));
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);

  return bed;
}

static void
send (FermataTestBed *bed,
      const char     *name)
{
  g_assert_true (fermata_run_send_event (bed->run, name, NULL));
  fermata_test_bed_settle (bed);
}

static void
assert_result (FermataTestBed *bed,
               const char     *expected)
{
  g_autofree char *result = NULL;

  fermata_test_bed_finish (bed);
  result = fermata_test_bed_result (bed);
  g_assert_cmpstr (result, ==, expected);
}

static void
assert_names (HandPool   *pool,
              const char *expected)
{
  g_autofree char *names = fermata_value_to_string (pool->names, FERMATA_WRITE_COMPACT, NULL);
  g_autofree char *json = g_strdelimit (g_strdup (expected), "'", '"');

  g_assert_cmpstr (names, ==, json);
}

/* Events queue while a script runs; what it changes is assigned at once. */
static void
test_waits (void)
{
  g_autoptr (HandPool) pool = g_object_new (HAND_POOL_TYPE, NULL);
  g_autoptr (FermataTestBed) bed =
    begin (pool, MACHINE ("{ 'id': 'a', 'entry': [ { 'script': 'variables.n++; In' }, { 'log': '{{variables.n}}' } ] }",
                          "{ 'from': 'a', 'to': 'end', 'event': 'stop' }"));

  assert_names (pool, "{'variables':{'n':0,'log':[]},'In':['a']}");
  send (bed, "stop");
  g_assert_false (fermata_run_has_ended (bed->run));
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_EVENT_DEQUEUED, NULL), ==, 0);
  hand_pool_return (pool, "{'n':1,'log':[5]}");
  assert_result (bed, "{\"n\":1,\"log\":[5]}");
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_ASSIGNED, "a"), ==, 1);
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_LOGGED, "a"), ==, 1);
}

/* One that changes nothing is followed by no decision of its own. */
static void
test_changes_nothing (void)
{
  g_autoptr (HandPool) pool = g_object_new (HAND_POOL_TYPE, NULL);
  g_autoptr (FermataTestBed) bed =
    begin (pool, MACHINE ("{ 'id': 'a', 'exit': [ { 'script': 'event' } ] }",
                          "{ 'from': 'a', 'to': 'end', 'event': 'stop' }"));

  send (bed, "stop");
  assert_names (pool, "{'variables':{'n':0,'log':[]},'event':{'name':'stop','type':'external'}}");
  hand_pool_return (pool, "{}");
  assert_result (bed, "{\"n\":0,\"log\":[]}");
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_ASSIGNED, NULL), ==, 0);
}

/* Nothing is assigned, the rest of the block is passed over, and there is an event. */
static void
test_throws (void)
{
  g_autoptr (HandPool) pool = g_object_new (HAND_POOL_TYPE, NULL);
  g_autoptr (FermataTestBed) bed =
    begin (pool, MACHINE ("{ 'id': 'a', 'entry': [ { 'script': 'f ()' }, { 'assign': [ { 'n': '7' } ] } ] }",
                          "{ 'from': 'a', 'to': 'end', 'event': 'error.execution', "
                          "  'assign': [ { 'log': 'event.data.message' } ] }"));

  hand_pool_throw (pool, "no");
  assert_result (bed, "{\"n\":0,\"log\":\"State “a”, script: no\"}");
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_ACTION_FAILED, "a"), ==, 1);
}

static void
test_makes_variables_up (void)
{
  g_autoptr (HandPool) pool = g_object_new (HAND_POOL_TYPE, NULL);
  g_autoptr (FermataTestBed) bed =
    begin (pool, MACHINE ("{ 'id': 'a', 'entry': [ { 'script': 'variables.z = 1' } ] }",
                          "{ 'from': 'a', 'to': 'end', 'event': 'error', 'assign': [ { 'log': 'event.data.message' } ] }"));

  hand_pool_return (pool, "{'n':1,'z':1}");
  assert_result (bed, "{\"n\":0,\"log\":\"State “a”, script: there is no variable “z”\"}");
}

/* Its time is up: it is ended by force. */
static void
test_takes_too_long (void)
{
  g_autoptr (HandPool) pool = g_object_new (HAND_POOL_TYPE, NULL);
  g_autoptr (FermataTestBed) bed =
    begin (pool, MACHINE ("{ 'id': 'a', 'entry': [ { 'script': 'for (;;);' } ] }",
                          "{ 'from': 'a', 'to': 'end', 'event': 'error', 'assign': [ { 'log': 'event.data.kind' } ] }"));

  fermata_test_bed_pass_time_until (bed, 61 * G_USEC_PER_SEC);
  g_assert_cmpuint (pool->n_cancelled, ==, 1);
  hand_pool_forget_call (pool);
  assert_result (bed, "{\"n\":0,\"log\":\"timeout\"}");
}

/* A machine that ends does not wait for it, nor does what it gives count. */
static void
test_cancel (void)
{
  g_autoptr (HandPool) pool = g_object_new (HAND_POOL_TYPE, NULL);
  g_autoptr (FermataTestBed) bed =
    begin (pool, MACHINE ("{ 'id': 'a', 'entry': [ { 'script': 'for (;;);' } ] }",
                          "{ 'from': 'a', 'to': 'end', 'event': 'stop' }"));

  fermata_run_cancel (bed->run);
  fermata_test_bed_settle (bed);
  g_assert_cmpuint (pool->n_cancelled, ==, 1);
  hand_pool_forget_call (pool);
  fermata_test_bed_finish (bed);
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_CANCELLED);
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_SCRIPT_ENDED, NULL), ==, 0);
}

/* The run is gone before the script. */
static void
test_run_goes (void)
{
  g_autoptr (HandPool) pool = g_object_new (HAND_POOL_TYPE, NULL);
  FermataTestBed *bed =
    begin (pool, MACHINE ("{ 'id': 'a', 'entry': [ { 'script': 'for (;;);' } ] }",
                          "{ 'from': 'a', 'to': 'end', 'event': 'stop' }"));

  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
  fermata_test_bed_free (bed);
  hand_pool_forget_call (pool);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* In loops and under conditions, one after the other. */
static void
test_in_loops (void)
{
  g_autoptr (HandPool) pool = g_object_new (HAND_POOL_TYPE, NULL);
  g_autoptr (FermataTestBed) bed =
    begin (pool, MACHINE ("{ 'id': 'a' }",
                          "{ 'from': 'a', 'to': 'end', 'event': 'go', 'actions': [ "
                          "  { 'foreach': '[10, 20]', 'do': [ { 'if': 'iteration.value > 5', 'then': [ "
                          "    { 'script': 'iteration' } ] } ] }, { 'script': '' } ] }"));

  send (bed, "go");
  assert_names (pool, "{'variables':{'n':0,'log':[]},"
                      "'iteration':{'index':0,'value':10,'first':true,'last':false,'count':2}}");
  hand_pool_return (pool, "{'n':1}");
  fermata_test_bed_settle (bed);
  assert_names (pool, "{'variables':{'n':1,'log':[]},"
                      "'iteration':{'index':1,'value':20,'first':false,'last':true,'count':2}}");
  hand_pool_return (pool, "{'n':2}");
  fermata_test_bed_settle (bed);
  assert_names (pool, "{'variables':{'n':2,'log':[]}}");
  hand_pool_return (pool, "{'n':3}");
  assert_result (bed, "{\"n\":3,\"log\":[]}");
}

static void
test_no_pool (void)
{
  g_autoptr (FermataTestBed) bed =
    begin (NULL, MACHINE ("{ 'id': 'a', 'entry': [ { 'script': '' } ] }",
                          "{ 'from': 'a', 'to': 'end', 'event': 'error', 'assign': [ { 'log': 'event.data.kind' } ] }"));

  assert_result (bed, "{\"n\":0,\"log\":\"security\"}");
}

/* Names: what visits resulted in, and which states are active. */

static void
test_visits (void)
{
  g_autoptr (FermataTestBed) bed =
    begin (NULL, MACHINE ("{ 'id': 'a' }, "
                          "{ 'id': 'work', 'nodes': [ { 'id': 'w' } ], "
                          "  'do': { 'type': 'set', 'with': { 'value': '{{event.name}} {{In (`w`)}}' } } }, "
                          "{ 'id': 'part', 'nodes': [ { 'id': 'p', 'type': 'final', 'data': 5 } ] }",
                          "{ 'from': 'a', 'to': 'work', 'event': 'go' }, "
                          "{ 'from': 'work', 'to': 'a', 'event': 'done.invoke.work' }, "
                          "{ 'from': 'a', 'to': 'part', 'event': 'part' }, "
                          "{ 'from': 'part', 'to': 'a', 'event': 'done.state.part' }, "
                          "{ 'from': 'a', 'to': 'end', 'event': 'stop', 'assign': [ "
                          "  { 'n': 'visits (`a`).length' }, "
                          "  { 'log': '[...visits (`work`), visits (`part`), visits (`w`), visits (`none`)]' } ] }"));

  send (bed, "go");
  send (bed, "part");
  send (bed, "go");
  send (bed, "stop");
  assert_result (bed, "{\"n\":4,\"log\":[\"go true\",\"go true\",[5],[null,null],[]]}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/machine-scripts/waits", test_waits);
  g_test_add_func ("/engine/machine-scripts/changes-nothing", test_changes_nothing);
  g_test_add_func ("/engine/machine-scripts/throws", test_throws);
  g_test_add_func ("/engine/machine-scripts/makes-variables-up", test_makes_variables_up);
  g_test_add_func ("/engine/machine-scripts/takes-too-long", test_takes_too_long);
  g_test_add_func ("/engine/machine-scripts/cancel", test_cancel);
  g_test_add_func ("/engine/machine-scripts/run-goes", test_run_goes);
  g_test_add_func ("/engine/machine-scripts/in-loops", test_in_loops);
  g_test_add_func ("/engine/machine-scripts/no-pool", test_no_pool);
  g_test_add_func ("/engine/machine-scripts/visits", test_visits);

  return g_test_run ();
}
