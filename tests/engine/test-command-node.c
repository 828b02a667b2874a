/* test-command-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The node type `command`, with processes of this machine on its own clock. */

#include <signal.h>

#include "engine/fermata-engine.h"
#include "engine/nodes/fermata-nodes.h"
#include "executor/fermata-local-executor.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

/* One node called “run” with these parameters, and its run. */
typedef struct {
  FermataEngine *engine;
  FermataRun *run;
} Fixture;

static const char *
helper_path (void)
{
  return g_test_get_filename (G_TEST_BUILT, "executor", "executor-helper", NULL);
}

/* HELPER in the parameters stands for the program that the tests run. */
static FermataGraph *
make_graph (const char *with)
{
  g_autofree char *json = NULL;
  g_auto (GStrv) parts = g_strsplit (with, "HELPER", -1);
  g_autofree char *parameters = g_strjoinv (helper_path (), parts);

  json = g_strdup_printf ("{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
                          "  { 'id': 'run', 'type': 'command', 'with': { %s } } ], 'edges': [] }",
                          parameters);

  return fermata_test_graph (json);
}

static void
fixture_begin (Fixture                 *self,
               const char              *with,
               const FermataRunOptions *options)
{
  g_autoptr (FermataClock) clock = fermata_real_clock_new ();
  g_autoptr (FermataExecutor) executor = FERMATA_EXECUTOR (fermata_local_executor_new ());
  g_autoptr (FermataGraph) graph = make_graph (with);
  g_autoptr (FermataPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  self->engine = fermata_engine_new (clock, executor, NULL);
  fermata_nodes_register (fermata_engine_get_registry (self->engine));
  plan = fermata_engine_compile (self->engine, graph, &error);
  g_assert_no_error (error);
  self->run = fermata_engine_create_run (self->engine, plan, options, &error);
  g_assert_no_error (error);
  fermata_run_start (self->run);
}

static void
fixture_finish (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  while (!fermata_run_has_ended (self->run))
    g_main_context_iteration (NULL, TRUE);
  fermata_history_verify (fermata_run_get_history (self->run), NULL, &error);
  g_assert_no_error (error);
}

static void
fixture_clear (Fixture *self)
{
  g_clear_object (&self->run);
  g_clear_object (&self->engine);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static char *
output_of (Fixture *self)
{
  FermataValue *output = fermata_moment_get_node_output (fermata_run_get_moment (self->run), 0, 0);

  return output == NULL ? NULL : fermata_value_to_string (output, FERMATA_WRITE_COMPACT, NULL);
}

static FermataValue *
error_of (Fixture *self)
{
  FermataValue *error = fermata_moment_get_node_error (fermata_run_get_moment (self->run), 0, 0);

  g_assert_nonnull (error);

  return error;
}

static const char *
text_of (FermataValue *object,
         const char   *name)
{
  return fermata_value_get_string (fermata_value_get_member (object, name), NULL);
}

static void
assert_output (const char *with,
               const char *expected)
{
  g_auto (Fixture) self = { NULL, };
  g_autofree char *output = NULL;

  fixture_begin (&self, with, NULL);
  fixture_finish (&self);
  if (fermata_run_get_state (self.run) != FERMATA_RUN_STATE_DONE)
    g_error ("%s: %s", with, text_of (error_of (&self), "message"));
  output = output_of (&self);
  g_assert_cmpstr (output, ==, expected);
}

static void
assert_error (const char *with,
              const char *kind,
              const char *message)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, with, NULL);
  fixture_finish (&self);
  g_assert_cmpint (fermata_run_get_state (self.run), ==, FERMATA_RUN_STATE_FAILED);
  g_assert_cmpstr (text_of (error_of (&self), "kind"), ==, kind);
  g_assert_cmpstr (text_of (error_of (&self), "node"), ==, "run");
  if (!g_pattern_match_simple (message, text_of (error_of (&self), "message")))
    g_error ("“%s” is not like “%s”", text_of (error_of (&self), "message"), message);
}

/* --- Outputs -------------------------------------------------------------- */

static void
test_text (void)
{
  assert_output ("'argv': ['printf', 'a\\\\nb\\\\n']", "\"a\\nb\"");
  assert_output ("'argv': ['printf', 'a']", "\"a\"");

  /* One line break goes, no more. */
  assert_output ("'argv': ['printf', 'a\\\\n\\\\n']", "\"a\\n\"");
  assert_output ("'argv': ['true']", "\"\"");
  assert_output ("'argv': ['printf', '\\\\303\\\\244 \\\\0 x']", "\"ä \\u0000 x\"");
}

static void
test_json (void)
{
  assert_output ("'output': 'json', 'argv': ['echo', '{ \\u0022a\\u0022: [1, 2.5, null] }']",
                 "{\"a\":[1,2.5,null]}");
  assert_output ("'output': 'json', 'argv': ['echo', '9007199254740993']", "9007199254740993");
  assert_error ("'output': 'json', 'argv': ['echo', 'no']", "transformation",
                "Its standard output is not JSON: 1:1: *");
  assert_error ("'output': 'json', 'argv': ['true']", "transformation",
                "Its standard output is not JSON: *");
  assert_error ("'output': 'json', 'argv': ['echo', '[1']", "transformation",
                "Its standard output is not JSON: *");
  assert_error ("'output': 'json', 'argv': ['echo', '1 2']", "transformation",
                "Its standard output is not JSON: *");
}

static void
test_lines (void)
{
  assert_output ("'output': 'lines', 'argv': ['printf', 'a\\\\n\\\\nb\\\\n']", "[\"a\",\"\",\"b\"]");
  assert_output ("'output': 'lines', 'argv': ['printf', 'a\\\\nb']", "[\"a\",\"b\"]");
  assert_output ("'output': 'lines', 'argv': ['true']", "[]");
}

static void
test_none (void)
{
  assert_output ("'output': 'none', 'argv': ['printf', '\\\\377']", "null");
}

static void
test_invalid_utf8 (void)
{
  assert_error ("'argv': ['printf', 'ab\\\\377']", "transformation",
                "Its standard output is not UTF-8: byte 2 is 0xff");
  assert_error ("'argv': ['printf', 'a\\\\0b\\\\303']", "transformation",
                "Its standard output is not UTF-8: byte 3 is 0xc3");
  assert_error ("'output': 'lines', 'argv': ['printf', 'a\\\\n\\\\300\\\\n']", "transformation",
                "Its standard output is not UTF-8: byte 2 is 0xc0");
}

/* --- What it is given ----------------------------------------------------- */

static void
test_arguments (void)
{
  /* No shell: each is one argument. Numbers are as they are written. */
  assert_output ("'argv': ['HELPER', 'arguments', '$HOME; ls', '', 1, 0.5, true, '{{1 + 1}}']",
                 "\"[$HOME; ls]\\n[]\\n[1]\\n[0.5]\\n[true]\\n[2]\"");
  assert_error ("'argv': ['echo', null]", "validation", "argv[1] must be text, but is of type null");
  assert_error ("'argv': ['echo', ['x']]", "validation", "argv[1] must be text, but is of type array");
  assert_error ("'argv': []", "validation", "argv must be *");
  assert_error ("'argv': ['echo', 'a\\u0000b']", "validation", "argv[1] must not contain U+0000");
  assert_error ("'argv': '{{1}}'", "validation", "argv must be *");
}

static void
test_environment (void)
{
  g_setenv ("FROM_OUTSIDE", "outside", TRUE);
  assert_output ("'argv': ['HELPER', 'environment', 'FROM_OUTSIDE', 'ADDED', 'NUMBER'],"
                 "'env': { 'ADDED': 'a=b', 'NUMBER': 7 }",
                 "\"FROM_OUTSIDE=outside\\nADDED=a=b\\nNUMBER=7\"");
  assert_error ("'argv': ['true'], 'env': { 'a=b': 'c' }", "validation",
                "env: “a=b” cannot be the name of a variable");
  assert_error ("'argv': ['true'], 'env': { '': 'c' }", "validation", "env: “” cannot be *");
  assert_error ("'argv': ['true'], 'env': '{{1}}'", "validation", "env must be an object, *");
}

/* The key is that of run, frame and node. */
static void
test_key (void)
{
  g_auto (Fixture) self = { NULL, };
  g_autofree char *output = NULL;
  g_autofree char *expected = NULL;

  fixture_begin (&self, "'argv': ['HELPER', 'environment', 'FERMATA_KEY', 'FERMATA_ATTEMPT']", NULL);
  fixture_finish (&self);
  output = output_of (&self);
  expected = g_strdup_printf ("\"FERMATA_KEY=%s/0/run\\nFERMATA_ATTEMPT=1\"",
                              fermata_run_get_id (self.run));
  g_assert_cmpstr (output, ==, expected);
}

static void
test_directory (void)
{
  assert_output ("'argv': ['pwd'], 'cwd': '/'", "\"/\"");
  assert_error ("'argv': ['pwd'], 'cwd': '/nowhere/at/all'", "execution", "*/nowhere/at/all*");
  assert_error ("'argv': ['pwd'], 'cwd': '/dev/null'", "execution", "*/dev/null*");
}

static void
test_input (void)
{
  assert_output ("'argv': ['cat'], 'stdin': 'a\\nb'", "\"a\\nb\"");
  assert_output ("'argv': ['cat'], 'stdin': { 'a': [1, '{{1 + 1}}'] }", "\"{\\\"a\\\":[1,2]}\"");
  assert_output ("'argv': ['cat'], 'stdin': ''", "\"\"");
  assert_output ("'argv': ['cat']", "\"\"");

  /* One who does not read it is none the worse. */
  assert_output ("'argv': ['true'], 'stdin': '{{\\u0022x\\u0022.repeat (1000000)}}'", "\"\"");
}

/* --- Ends ----------------------------------------------------------------- */

static void
test_exit_status (void)
{
  assert_error ("'argv': ['sh', '-c', 'echo first >&2; echo last >&2; exit 7']", "execution",
                "exit status 7: last");
  assert_error ("'argv': ['false']", "execution", "exit status 1");
  assert_error ("'argv': ['HELPER', 'die', '9']", "execution", "ended by signal 9 (Killed)");
}

static void
test_error_details (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataValue *details;

  fixture_begin (&self, "'argv': ['sh', '-c', 'echo first >&2; printf \\\\\\\\377last >&2; exit 7']", NULL);
  fixture_finish (&self);
  details = fermata_value_get_member (error_of (&self), "details");
  g_assert_cmpint (fermata_value_get_integer (fermata_value_get_member (details, "status")), ==, 7);

  /* What is not UTF-8 is made so, for it is for people. */
  g_assert_cmpstr (text_of (details, "stderr"), ==, "first\n\357\277\275last");
}

static void
test_success_codes (void)
{
  assert_output ("'argv': ['sh', '-c', 'echo x; exit 3'], 'success-codes': [0, 3]", "\"x\"");
  assert_error ("'argv': ['true'], 'success-codes': [1]", "execution", "exit status 0");
  assert_error ("'argv': ['HELPER', 'die', '9'], 'success-codes': [0, 9]", "execution", "ended by signal 9*");
}

static void
test_missing_program (void)
{
  assert_error ("'argv': ['no-such-program-anywhere']", "execution", "*no-such-program-anywhere*");
  assert_error ("'argv': ['/']", "execution", "*");
  assert_error ("'argv': ['']", "execution", "*");
}

/* --- Ended from outside --------------------------------------------------- */

/* Until it has said that it is there. */
static void
wait_for_output (Fixture *self)
{
  while (fermata_run_get_n_printed (self->run, 0, 0, FERMATA_STREAM_OUTPUT) == 0)
    g_main_context_iteration (NULL, TRUE);
}

/* The process of the node, as it was put on record. */
static gint64
recorded_pid (Fixture *self)
{
  FermataHistory *history = fermata_run_get_history (self->run);

  for (guint64 i = 1; i <= fermata_history_get_n_events (history); i++)
    {
      const FermataEvent *event = fermata_history_get_event (history, i);

      if (event->kind == FERMATA_EVENT_TASK_BEGAN)
        return fermata_value_get_integer (fermata_value_get_member (event->payload, "pid"));
    }
  g_assert_not_reached ();
}

static void
assert_cancelled (Fixture         *self,
                  FermataRunState  state)
{
  FermataMoment *moment = fermata_run_get_moment (self->run);

  g_assert_cmpint (fermata_run_get_state (self->run), ==, state);
  g_assert_cmpint (fermata_moment_get_node_status (moment, 0, 0), ==, FERMATA_NODE_STATUS_CANCELLED);

  /* Ended, and taken leave of. */
  g_assert_cmpint (kill (recorded_pid (self), 0), ==, -1);
}

static void
test_cancel (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, "'argv': ['HELPER', 'wait']", NULL);
  wait_for_output (&self);
  g_assert_cmpint (kill (recorded_pid (&self), 0), ==, 0);
  fermata_run_cancel (self.run);
  fixture_finish (&self);
  assert_cancelled (&self, FERMATA_RUN_STATE_CANCELLED);
}

/* It does not want to: after the grace period it has to. */
static void
test_cancel_who_ignores_it (void)
{
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  g_auto (Fixture) self = { NULL, };

  options.grace = 50 * 1000;
  fixture_begin (&self, "'argv': ['HELPER', 'ignore-term']", &options);
  wait_for_output (&self);
  fermata_run_cancel (self.run);
  fixture_finish (&self);
  assert_cancelled (&self, FERMATA_RUN_STATE_CANCELLED);
}

/* Or when it is asked again, however long the grace period is. */
static void
test_cancel_twice (void)
{
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  g_auto (Fixture) self = { NULL, };

  options.grace = G_TIME_SPAN_DAY;
  fixture_begin (&self, "'argv': ['HELPER', 'ignore-term']", &options);
  wait_for_output (&self);
  fermata_run_cancel (self.run);
  while (fermata_moment_get_node_status (fermata_run_get_moment (self.run), 0, 0)
         != FERMATA_NODE_STATUS_CANCELLING)
    g_main_context_iteration (NULL, TRUE);
  fermata_run_cancel (self.run);
  fixture_finish (&self);
  assert_cancelled (&self, FERMATA_RUN_STATE_CANCELLED);
}

static void
test_timeout (void)
{
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  g_auto (Fixture) self = { NULL, };

  options.timeout = 20 * 1000;
  options.grace = 50 * 1000;
  fixture_begin (&self, "'argv': ['HELPER', 'ignore-term']", &options);
  fixture_finish (&self);
  assert_cancelled (&self, FERMATA_RUN_STATE_TIMED_OUT);
}

/* --- What it prints ------------------------------------------------------- */

static void
test_printed (void)
{
  g_auto (Fixture) self = { NULL, };
  g_autofree char *line = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  fixture_begin (&self, "'argv': ['sh', '-c', 'echo out; echo first >&2; echo progress >&2'], 'output': 'none'", NULL);
  fixture_finish (&self);
  g_assert_cmpuint (fermata_run_get_n_printed (self.run, 0, 0, FERMATA_STREAM_OUTPUT), ==, 4);
  line = fermata_run_dup_last_line (self.run, 0, 0, 80);
  g_assert_cmpstr (line, ==, "progress");
  bytes = fermata_run_read_printed (self.run, 0, 0, FERMATA_STREAM_ERROR, 6, 8, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "progress", 8);
  g_assert_null (fermata_run_read_printed (self.run, 0, 0, FERMATA_STREAM_OUTPUT, 2, 3, &error));
  g_assert_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_STATE);
}

/* An engine without an executor starts nothing. */
static void
test_no_executor (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'a', 'type': 'command', 'with': { 'argv': ['true'] } } ], 'edges': [] }");
  FermataValue *error = fermata_moment_get_error (fermata_run_get_moment (bed->run));

  g_assert_cmpstr (text_of (error, "kind"), ==, "security");
}

/* What it used is told before its end, and what is not a number is an error. */
static void
test_usage (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataMoment *moment;
  double used, limit;

  fixture_begin (&self, "'argv': ['echo', '{ \\\"usage\\\": { \\\"total\\\": 12, \\\"cost\\\": 0.5 } }'],"
                        "'output': 'json', 'usage': { 'tokens': 'usage.total', 'cost': 'usage.cost',"
                        "  'pages': 'usage.none', 'x': 'usage.total.y' }", NULL);
  fixture_finish (&self);
  g_assert_cmpint (fermata_run_get_state (self.run), ==, FERMATA_RUN_STATE_DONE);
  moment = fermata_run_get_moment (self.run);
  fermata_moment_get_budget (moment, FERMATA_BUDGET_TOKENS, &used, &limit);
  g_assert_cmpfloat (used, ==, 12);
  fermata_moment_get_budget (moment, FERMATA_BUDGET_COST, &used, &limit);
  g_assert_cmpfloat (used, ==, 0.5);

  assert_error ("'argv': ['echo', '{ \\\"used\\\": -1 }'], 'output': 'json', 'usage': { 'cost': 'used' }",
                "validation", "usage.cost: “used” in its output is not a number from 0");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/command/output/text", test_text);
  g_test_add_func ("/command/output/json", test_json);
  g_test_add_func ("/command/output/lines", test_lines);
  g_test_add_func ("/command/output/none", test_none);
  g_test_add_func ("/command/output/invalid-utf8", test_invalid_utf8);
  g_test_add_func ("/command/given/arguments", test_arguments);
  g_test_add_func ("/command/given/environment", test_environment);
  g_test_add_func ("/command/given/key", test_key);
  g_test_add_func ("/command/given/directory", test_directory);
  g_test_add_func ("/command/given/input", test_input);
  g_test_add_func ("/command/end/exit-status", test_exit_status);
  g_test_add_func ("/command/end/details", test_error_details);
  g_test_add_func ("/command/end/success-codes", test_success_codes);
  g_test_add_func ("/command/end/missing-program", test_missing_program);
  g_test_add_func ("/command/cancel/once", test_cancel);
  g_test_add_func ("/command/cancel/ignored", test_cancel_who_ignores_it);
  g_test_add_func ("/command/cancel/twice", test_cancel_twice);
  g_test_add_func ("/command/timeout", test_timeout);
  g_test_add_func ("/command/printed", test_printed);
  g_test_add_func ("/command/no-executor", test_no_executor);
  g_test_add_func ("/command/usage", test_usage);

  return g_test_run ();
}
