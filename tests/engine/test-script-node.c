/* test-script-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The node types `script` and `shell`, with processes of this machine on its
 * own clock. */

#include "defaults/fermata-defaults.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-writer.h"

typedef struct {
  FermataEngine *engine;
  FermataRun *run;
} Fixture;

static void
fixture_begin_graph (Fixture    *self,
                     const char *json)
{
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);
  g_autoptr (FermataPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  self->engine = fermata_engine_new_default ();
  plan = fermata_engine_compile (self->engine, graph, &error);
  g_assert_no_error (error);
  self->run = fermata_engine_create_run (self->engine, plan, NULL, &error);
  g_assert_no_error (error);
  fermata_run_start (self->run);
}

/* One node, “run”, of that type. */
static void
fixture_begin (Fixture    *self,
               const char *type,
               const char *members)
{
  g_autofree char *json = NULL;

  json = g_strdup_printf ("{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
                          "  { 'id': 'run', 'type': '%s', %s } ], 'edges': [] }", type, members);
  fixture_begin_graph (self, json);
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
assert_outcome (Fixture    *self,
                guint       node,
                const char *expected)
{
  FermataValue *output;
  g_autofree char *text = NULL;

  fixture_finish (self);
  if (fermata_run_get_state (self->run) != FERMATA_RUN_STATE_DONE)
    g_error ("%s", text_of (error_of (self), "message"));
  output = fermata_moment_get_node_output (fermata_run_get_moment (self->run), 0, node);
  text = fermata_value_to_string (output, FERMATA_WRITE_COMPACT, NULL);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_output (const char *type,
               const char *members,
               const char *expected)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, type, members);
  assert_outcome (&self, 0, expected);
}

static void
assert_error (const char *type,
              const char *members,
              const char *kind,
              const char *message)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, type, members);
  fixture_finish (&self);
  g_assert_cmpint (fermata_run_get_state (self.run), ==, FERMATA_RUN_STATE_FAILED);
  g_assert_cmpstr (text_of (error_of (&self), "kind"), ==, kind);
  g_assert_cmpstr (text_of (error_of (&self), "node"), ==, "run");
  if (!g_pattern_match_simple (message, text_of (error_of (&self), "message")))
    g_error ("“%s” is not like “%s”", text_of (error_of (&self), "message"), message);
}

/* --- Scripts -------------------------------------------------------------- */

static void
test_output (void)
{
  assert_output ("script", "'with': { 'code': 'return 6 * 7' }", "42");
  assert_output ("script", "'with': { 'code': '' }", "null");
  assert_output ("script", "'with': { 'code': 'return [1, {a: /b/.test (\\u0022abc\\u0022)}]' }",
                 "[1,{\"a\":true}]");
}

/* Whatever expressions see. */
static void
test_names (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin_graph (&self,
    "{ 'fermata': 1, 'kind': 'dag',"
    "  'inputs': { 'n': { 'type': 'integer', 'default': 5 } }, 'variables': { 'seen': [1] },"
    "  'nodes': ["
    "    { 'id': 'one', 'type': 'set', 'with': { 'value': 1 } },"
    "    { 'id': 'two', 'type': 'set', 'with': { 'value': [2] } },"
    "    { 'id': 'end', 'type': 'script', 'state': { 'n': 7 }, 'with': { 'code': "
    "      'input.two.push (3); return [input, inputs.n, variables.seen, nodes.two.output, nodes.end.output, attempt, state.n, typeof run.id, typeof iteration, typeof nothing]' } } ],"
    "  'edges': [ { 'from': 'one', 'to': 'end' }, { 'from': 'two', 'to': 'end' } ] }");
  assert_outcome (&self, 2, "[{\"one\":1,\"two\":[2,3]},5,[1],[2],null,1,7,\"string\",\"undefined\","
                            "\"undefined\"]");
}

static void
test_no_input (void)
{
  assert_output ("script", "'with': { 'code': 'return input === undefined' }", "true");
}

/* The details say where it was. */
static void
test_throws (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataValue *details;

  fixture_begin (&self, "script", "'with': { 'code': '\\nthrow new Error (\\u0022no\\u0022)' }");
  fixture_finish (&self);
  g_assert_cmpstr (text_of (error_of (&self), "kind"), ==, "execution");
  g_assert_cmpstr (text_of (error_of (&self), "message"), ==, "Error: no (line 2 of the code)");
  details = fermata_value_get_member (error_of (&self), "details");
  g_assert_cmpint (fermata_value_get_integer (fermata_value_get_member (details, "line")), ==, 2);
}

static void
test_no_result (void)
{
  assert_error ("script", "'with': { 'code': 'return { f () {} }' }", "transformation",
                "result.f is a function");
  assert_error ("script", "'with': { 'code': 'const a = []; a.push (a); return a' }", "transformation",
                "result*contains itself");
}

static void
test_memory (void)
{
  assert_error ("script", "'with': { 'code': 'return 1', 'memory': 1 }", "validation", "memory must be *");
  assert_output ("script", "'with': { 'code': 'return 1', 'memory': 32 }", "1");

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("AddressSanitizer takes memory of its own");
#else
  assert_error ("script", "'with': { 'memory': 32, 'code': "
                "'const all = new Map (); for (let i = 0;; i++) all.set (i, {});' }",
                "execution", "*ut of memory*");
#endif
}

/* What it prints is kept, and so told. */
static void
test_prints (void)
{
  g_auto (Fixture) self = { NULL, };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  fixture_begin (&self, "script", "'with': { 'code': 'console.log (1); console.log ([2]); return 3' }");
  assert_outcome (&self, 0, "3");
  bytes = fermata_run_read_printed (self.run, 0, 0, FERMATA_STREAM_OUTPUT, 0, 6, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "1\n[2]\n", 6);
}

static void
test_timeout (void)
{
  assert_error ("script", "'with': { 'code': 'for (;;);' }, 'timeout': '100ms'", "timeout", "*");
  assert_error ("script", "'timeout': '100ms', 'with': { 'code': "
                "'return /^(a+)+$/.test (\\u0022aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\\u0022)' }",
                "timeout", "*");
}

static void
test_cancel (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, "script", "'with': { 'code': 'console.log (1); for (;;);' }");
  while (fermata_run_get_n_printed (self.run, 0, 0, FERMATA_STREAM_OUTPUT) == 0)
    g_main_context_iteration (NULL, TRUE);
  fermata_run_cancel (self.run);
  fixture_finish (&self);
  g_assert_cmpint (fermata_run_get_state (self.run), ==, FERMATA_RUN_STATE_CANCELLED);
}

/* Nobody waits for the run any more. */
static void
test_dropped (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, "script", "'with': { 'code': 'for (;;);' }");
  g_main_context_iteration (NULL, FALSE);
}

static void
test_no_pool (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (
    "{ 'fermata': 1, 'kind': 'dag', 'edges': [], 'nodes': ["
    "  { 'id': 'a', 'type': 'script', 'with': { 'code': 'return 1' } } ] }");

  g_assert_cmpstr (fermata_test_bed_status (bed, "a"), ==, "failed");
}

/* A thousand nodes, each with a world of its own. */
static void
test_many (void)
{
  g_auto (Fixture) self = { NULL, };
  g_autoptr (GString) json = g_string_new ("{ 'fermata': 1, 'kind': 'dag', 'edges': [], 'nodes': [");

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (json, "%s{ 'id': 'n%u', 'type': 'script', 'with': { 'code': "
                            "'return globalThis.seen = [...(globalThis.seen ?? []), %u]' } }",
                            i > 0 ? "," : "", i, i);
  g_string_append (json, "] }");

  fixture_begin_graph (&self, json->str);
  assert_outcome (&self, 999, "[999]");
}

/* --- The shell ------------------------------------------------------------ */

static void
test_shell (void)
{
  assert_output ("shell", "'with': { 'script': 'echo a | tr a b' }", "\"b\"");
  assert_output ("shell", "'with': { 'script': 'cat', 'stdin': [1], 'output': 'json' }", "[1]");
  assert_error ("shell", "'with': { 'script': 'echo no >&2; exit 3' }", "execution",
                "exit status 3: no");
}

/* What comes from elsewhere is never read as commands. */
static void
test_shell_values (void)
{
  assert_output ("shell", "'with': { 'script': 'printf \\u0022%s|\\u0022 \\u0022$@\\u0022', "
                          "'args': ['{{`$(echo x); a  b \\u0022`}}', 2, '*'] }",
                 "\"$(echo x); a  b \\\"|2|*|\"");
  assert_output ("shell", "'with': { 'script': 'echo \\u0022$V\\u0022', 'env': { 'V': '`id` {{1 + 1}}' } }",
                 "\"`id` 2\"");
  assert_output ("shell", "'with': { 'script': 'echo \\u0022{{1 + 1}} $0\\u0022' }", "\"{{1 + 1}} sh\"");
  assert_error ("shell", "'with': { 'script': 'true', 'args': [[]] }", "validation",
                "args[0] must be text, but is of type array");
  assert_error ("shell", "'with': { 'script': 'a\\u0000b' }", "validation", "script must not contain U+0000");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/script-node/output", test_output);
  g_test_add_func ("/script-node/names", test_names);
  g_test_add_func ("/script-node/no-input", test_no_input);
  g_test_add_func ("/script-node/throws", test_throws);
  g_test_add_func ("/script-node/no-result", test_no_result);
  g_test_add_func ("/script-node/memory", test_memory);
  g_test_add_func ("/script-node/prints", test_prints);
  g_test_add_func ("/script-node/timeout", test_timeout);
  g_test_add_func ("/script-node/cancel", test_cancel);
  g_test_add_func ("/script-node/dropped", test_dropped);
  g_test_add_func ("/script-node/no-pool", test_no_pool);
  g_test_add_func ("/script-node/many", test_many);
  g_test_add_func ("/shell-node/output", test_shell);
  g_test_add_func ("/shell-node/values", test_shell_values);

  return g_test_run ();
}
