/* test-hooks.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Hooks: what they are told and when; what they do wrong. What their answers
 * do is in tests/golden/engine/hook*. */

#include <string.h>

#include "engine/run/fermata-hook.h"
#include "harness/fermata-test-bed.h"
#include "harness/fermata-test-hook.h"
#include "harness/fermata-test-script.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#define GRAPH(nodes, edges) \
  "{ 'fermata': 1, 'kind': 'dag', 'on-error': 'continue', 'nodes': [" nodes "], 'edges': [" edges "] }"
#define TASK(id, more) "{ 'id': '" id "', 'type': 'task' " more "}"

static FermataTestHook *
add_hook (FermataTestBed *bed,
          const char     *script)
{
  g_autofree char *text = g_strdelimit (g_strdup (script), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = fermata_value_parse (text, -1, &error);
  FermataTestHook *hook;

  g_assert_no_error (error);
  hook = fermata_test_hook_new (value, bed->clock);
  fermata_run_add_hook (bed->run, FERMATA_HOOK (hook));

  return hook;
}

static FermataTestBed *
prepare (const char *json)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);

  fermata_test_bed_prepare (bed, graph, NULL);

  return bed;
}

static void
assert_asked (const char *json,
              const char *script,
              const char *log)
{
  g_autoptr (FermataTestBed) bed = prepare (json);
  g_autoptr (FermataTestHook) hook = add_hook (bed, script);

  fermata_test_bed_finish (bed);
  g_assert_cmpstr (fermata_test_hook_get_log (hook), ==, log);
}

/* --- What is asked, and when ---------------------------------------------- */

static void
test_order (void)
{
  assert_asked (GRAPH (TASK ("a", ", 'with': { 'value': 1 }") ","
                       "{ 'id': 'b', 'type': 'set', 'with': { 'value': '{{input + 1}}' } }",
                       "{ 'from': 'a', 'to': 'b' }"),
                "{}",
                "before a 1\n" "after a 1 1\n" "cleanup a 1 1\n"
                "before b 1 1\n" "after b 1 2\n" "cleanup b 1 2\n");
}

/* Once a node, however often it is tried. */
static void
test_cleanup_after_retries (void)
{
  assert_asked (GRAPH (TASK ("a", ", 'retry': 3, 'with': { 'error': 'execution' }"), ""), "{}",
                "before a 1\n" "failed a 1 \"as it was told\"\n"
                "before a 2\n" "failed a 2 \"as it was told\"\n"
                "before a 3\n" "failed a 3 \"as it was told\"\n"
                "cleanup a 3 \"3 attempts failed, the last one: as it was told\"\n");
}

static void
test_cleanup_always (void)
{
  /* Skipped by the hook, answered by it, failed by it */
  assert_asked (GRAPH (TASK ("a", ""), ""), "{ 'before': { 'a': { 'do': 'skip' } } }",
                "before a 1\n" "cleanup a 1\n");
  assert_asked (GRAPH (TASK ("a", ""), ""),
                "{ 'before': { 'a': { 'do': 'give-output', 'value': 1 } } }",
                "before a 1\n" "after a 1 1\n" "cleanup a 1 1\n");
  assert_asked (GRAPH (TASK ("a", ""), ""), "{ 'before': { 'a': { 'do': 'fail' } } }",
                "before a 1\n" "failed a 1 \"The hook FermataTestHook: as it was told\"\n"
                "cleanup a 1 \"The hook FermataTestHook: as it was told\"\n");

  /* A node that is never asked about has nothing to clean up. */
  assert_asked (GRAPH (TASK ("a", ", 'with': { 'error': 'execution' }") "," TASK ("b", ""),
                       "{ 'from': 'a', 'to': 'b' }"), "{}",
                "before a 1\n" "failed a 1 \"as it was told\"\n" "cleanup a 1 \"as it was told\"\n");
}

static void
test_cleanup_of_cancelled (void)
{
  g_autoptr (FermataTestBed) bed = prepare (GRAPH (TASK ("a", ", 'with': { 'takes': '9s' }") ","
                                                   TASK ("b", ""), ""));
  g_autoptr (FermataTestHook) hook = add_hook (bed, "{ 'before': { 'b': { 'do': 'keep' } } }");

  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
  g_assert_cmpstr (fermata_test_hook_get_log (hook), ==,
                   "before a 1\n" "before b 1\n" "cleanup a 1\n" "cleanup b 1\n");
}

static void
test_several (void)
{
  g_autoptr (FermataTestBed) bed = prepare (GRAPH ("{ 'id': 'x', 'type': 'set', 'with': { 'value': 0 } },"
                                                   TASK ("a", ", 'with': { 'value': '{{input}}' }"),
                                                   "{ 'from': 'x', 'to': 'a' }"));
  g_autoptr (FermataTestHook) first = NULL;
  g_autoptr (FermataTestHook) second = NULL;

  first = add_hook (bed, "{ 'before': { 'a': { 'do': 'replace-input', 'value': 5 } },"
                    "  'after': { 'a': { 'do': 'replace-output', 'value': 6, 'after': '1s' } } }");
  second = add_hook (bed, "{}");
  fermata_test_bed_finish (bed);
  g_assert_nonnull (strstr (fermata_test_hook_get_log (first), "before a 1 0\n" "after a 1 5\n"));
  g_assert_nonnull (strstr (fermata_test_hook_get_log (second), "before a 1 5\n" "after a 1 6\n"));
}

/* --- What a call tells ---------------------------------------------------- */

#define TYPE_LOOKER (looker_get_type ())
G_DECLARE_FINAL_TYPE (TestLooker, looker, TEST, LOOKER, GObject)

struct _TestLooker {
  GObject parent_instance;

  /* The last call of each stage */
  FermataHookCall *calls[4];
  char *parameters;
};

static void looker_hook_init (FermataHookInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestLooker, looker, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERMATA_TYPE_HOOK, looker_hook_init))

static void
look (FermataHook     *hook,
      FermataHookCall *call)
{
  TestLooker *self = (TestLooker *) hook;
  g_autoptr (FermataValue) parameters = fermata_hook_call_dup_parameters (call);
  FermataHookStage stage = fermata_hook_call_get_stage (call);

  if (stage == FERMATA_HOOK_STAGE_BEFORE)
    {
      g_free (self->parameters);
      self->parameters = fermata_value_to_string (parameters, FERMATA_WRITE_COMPACT, NULL);
    }
  g_set_object (&self->calls[stage], call);
  if (stage != FERMATA_HOOK_STAGE_CLEANUP)
    fermata_hook_call_proceed (call);
}

static void
looker_hook_init (FermataHookInterface *iface)
{
  iface->before = look;
  iface->failed = look;
  iface->cleanup = look;
}

static void
looker_finalize (GObject *object)
{
  TestLooker *self = (TestLooker *) object;

  for (guint i = 0; i < G_N_ELEMENTS (self->calls); i++)
    g_clear_object (&self->calls[i]);
  g_free (self->parameters);

  G_OBJECT_CLASS (looker_parent_class)->finalize (object);
}

static void
looker_class_init (TestLookerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = looker_finalize;
}

static void
looker_init (TestLooker *self)
{
}

static void
test_looking (void)
{
  g_autoptr (FermataTestBed) bed = prepare (
    GRAPH ("{ 'id': 'x', 'type': 'set', 'with': { 'value': 3 } },"
           TASK ("a", ", 'with': { 'value': '{{input}}', 'print': '{{nobody}}' }"),
           "{ 'from': 'x', 'to': 'a' }"));
  g_autoptr (TestLooker) looker = g_object_new (TYPE_LOOKER, NULL);
  FermataHookCall *call;

  fermata_run_add_hook (bed->run, FERMATA_HOOK (looker));
  fermata_test_bed_finish (bed);

  call = looker->calls[FERMATA_HOOK_STAGE_BEFORE];
  g_assert_cmpstr (fermata_hook_call_get_node_id (call), ==, "a");
  g_assert_cmpstr (fermata_hook_call_get_node_type (call), ==, "task");
  g_assert_cmpuint (fermata_hook_call_get_attempt (call), ==, 1);
  g_assert_cmpuint (fermata_hook_call_get_frame (call), ==, 0);
  g_assert_null (fermata_hook_call_get_output (call));
  g_assert_null (fermata_hook_call_get_error (call));

  /* Filled in, with defaults, without what has no value */
  g_assert_true (g_str_has_prefix (looker->parameters, "{\"takes\":0,\"value\":3,"));
  g_assert_null (strstr (looker->parameters, "print"));

  /* The template without a value failed the node, and it has no output. */
  call = looker->calls[FERMATA_HOOK_STAGE_CLEANUP];
  g_assert_nonnull (fermata_hook_call_get_error (call));
  g_assert_null (looker->calls[FERMATA_HOOK_STAGE_AFTER]);

  /* The run is over. */
  g_clear_object (&bed->run);
  g_assert_false (fermata_hook_call_is_pending (call));
  fermata_hook_call_proceed (call);
  g_assert_cmpstr (fermata_hook_call_get_node_id (call), ==, "a");
}

/* --- What is done wrong --------------------------------------------------- */

static void
assert_error (const char *script,
              const char *message)
{
  g_autoptr (FermataTestBed) bed = prepare (GRAPH (TASK ("a", ""), ""));
  g_autoptr (FermataTestHook) hook = add_hook (bed, script);
  FermataValue *error;

  fermata_test_bed_finish (bed);
  error = fermata_moment_get_error (fermata_run_get_moment (bed->run));
  if (message == NULL)
    {
      g_assert_null (error);
      return;
    }
  g_assert_cmpstr (fermata_value_get_string (fermata_value_get_member (error, "message"), NULL),
                   ==, message);
}

static void
test_wrong_answers (void)
{
  assert_error ("{ 'before': { 'a': { 'do': 'replace-output', 'value': 1 } } }",
                "The hook FermataTestHook: “replace_output” is no answer to “before”");
  assert_error ("{ 'before': { 'a': { 'do': 'retry' } } }",
                "The hook FermataTestHook: “retry” is no answer to “before”");
  assert_error ("{ 'after': { 'a': { 'do': 'give-output', 'value': 1 } } }",
                "The hook FermataTestHook: “give_output” is no answer to “after”");
  assert_error ("{ 'after': { 'a': { 'do': 'let-go' } } }",
                "The hook FermataTestHook: it let the call go without an answer");

  /* The first one counts. */
  assert_error ("{ 'before': { 'a': { 'do': 'twice' } } }", NULL);
}

/* A run that nobody waits for any more, with questions open. */
static void
test_dropped_run (void)
{
  g_autoptr (FermataTestBed) bed = prepare (GRAPH (TASK ("a", "") "," TASK ("b", ""), ""));
  g_autoptr (FermataTestHook) hook = NULL;

  hook = add_hook (bed, "{ 'before': { 'a': { 'do': 'keep' } }, 'after': { 'b': { 'do': 'keep' } } }");
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
  g_clear_object (&bed->run);

  /* The hook lets its calls go only now. */
  g_clear_object (&hook);
  fermata_test_bed_settle (bed);
}

/* One that never starts lets go of its hooks. */
static void
test_dropped_hook (void)
{
  g_autoptr (FermataTestBed) bed = prepare (GRAPH (TASK ("a", ""), ""));
  FermataTestHook *hook = add_hook (bed, "{}");

  g_object_add_weak_pointer (G_OBJECT (hook), (gpointer *) &hook);
  g_object_unref (hook);
  g_assert_nonnull (hook);
  g_clear_object (&bed->run);
  g_assert_null (hook);
}

/* A retry that a hook wants without end is ended by a cancel. */
static void
test_endless_retries (void)
{
  g_autoptr (FermataTestBed) bed = prepare (GRAPH (TASK ("a", ", 'with': { 'error': 'execution' }"), ""));
  g_autoptr (FermataTestHook) hook = NULL;

  hook = add_hook (bed, "{ 'failed': { 'a': { 'do': 'retry', 'delay': '1s' } } }");
  fermata_run_start (bed->run);
  fermata_test_bed_pass_time_until (bed, 100 * G_USEC_PER_SEC);
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_NODE_RETRYING, "a"), ==, 101);
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
  g_assert_cmpuint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_CANCELLED);
}

/* --- One that always proceeds changes nothing ------------------------------ */

/* Whether nothing else is done to it while it runs, and nothing in it depends
 * on how many decisions there are. */
static gboolean
is_plain (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (path);
  FermataValue *script = fermata_value_get_member (fermata_graph_get_members (graph), "x-test");

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  if (strstr (text, "Math.random") != NULL || strstr (text, "\"jitter\"") != NULL)
    return FALSE;

  return script == NULL || (fermata_value_get_member (script, "hooks") == NULL
                            && fermata_value_get_member (script, "steps") == NULL
                            && fermata_value_get_member (script, "gates") == NULL
                            && fermata_value_get_member (script, "part") == NULL);
}

/* How the run and each node of its graph ended. */
static char *
describe_end (FermataTestBed *bed)
{
  GString *text = g_string_new (NULL);
  FermataPlan *plan = fermata_run_get_plan (bed->run);
  FermataMoment *moment = fermata_run_get_moment (bed->run);
  g_autofree char *result = fermata_test_bed_result (bed);

  g_string_append_printf (text, "%s at %" G_GINT64_FORMAT ": %s\n",
                          fermata_run_state_to_string (fermata_run_get_state (bed->run)),
                          fermata_moment_get_time (moment), result);
  for (guint i = 0; i < fermata_plan_get_n_nodes (plan); i++)
    {
      FermataValue *output = fermata_moment_get_node_output (moment, 0, i);

      g_string_append_printf (text, "%s %s %u ", fermata_plan_get_node_id (plan, i),
                              fermata_node_status_to_string (fermata_moment_get_node_status (moment, 0, i)),
                              fermata_moment_get_node_attempt (moment, 0, i));
      if (output != NULL)
        fermata_value_append_string (output, FERMATA_WRITE_COMPACT, 0, text);
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

static void
test_proceeding (gconstpointer data)
{
  g_autoptr (FermataTestBed) plain = fermata_test_bed_new ();
  g_autoptr (FermataTestBed) hooked = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (data);
  g_autoptr (FermataTestHook) hook = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  fermata_test_bed_play (plain, graph, &error);
  g_assert_no_error (error);
  expected = describe_end (plain);
  fermata_test_bed_set_up (hooked, graph, &error);
  g_assert_no_error (error);
  hook = add_hook (hooked, "{}");
  fermata_test_bed_go (hooked);
  found = describe_end (hooked);
  g_assert_cmpstr (found, ==, expected);
}

int
main (int   argc,
      char *argv[])
{
  g_auto (GStrv) paths = NULL;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hooks/order", test_order);
  g_test_add_func ("/hooks/cleanup/after-retries", test_cleanup_after_retries);
  g_test_add_func ("/hooks/cleanup/always", test_cleanup_always);
  g_test_add_func ("/hooks/cleanup/of-cancelled", test_cleanup_of_cancelled);
  g_test_add_func ("/hooks/several", test_several);
  g_test_add_func ("/hooks/looking", test_looking);
  g_test_add_func ("/hooks/wrong-answers", test_wrong_answers);
  g_test_add_func ("/hooks/dropped-run", test_dropped_run);
  g_test_add_func ("/hooks/dropped-hook", test_dropped_hook);
  g_test_add_func ("/hooks/endless-retries", test_endless_retries);

  paths = fermata_test_list_golden (TRUE);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *base = g_path_get_basename (paths[i]);
      g_autofree char *name = g_strndup (base, strcspn (base, "."));
      g_autofree char *path = g_strconcat ("/hooks/proceeding/", name, NULL);

      if (is_plain (paths[i]))
        g_test_add_data_func_full (path, g_strdup (paths[i]), test_proceeding, g_free);
    }

  return g_test_run ();
}
