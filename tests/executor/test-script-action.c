/* test-script-action.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The action `script` of machines: what becomes of their variables. */

#include "engine/policies/fermata-script-action-private.h"
#include "executor/script-calls.h"

#define NAMES \
  "{'variables':{'count':1,'log':['a'],'text':'x','nothing':null,'big':9007199254740993,'beyond':[1e999,1],'float':1.0," \
  "'deep':{'a':{'b':[1,2]}},'order':{'b':1,'10':2}},'event':{'name':'coin','data':5},'inputs':{'by':2}," \
  "'In':['on','warm'],'visits':{'on':[1,2]}}"

typedef struct {
  FermataScope scope;
  FermataValue *names;
} Scope;

static FermataValue *
lookup (FermataScope      *scope,
        const char *const *path,
        guint              n_path,
        guint             *n_used,
        GError           **error)
{
  FermataValue *value = fermata_value_get_member (((Scope *) scope)->names, path[0]);

  *n_used = 1;

  return value != NULL ? fermata_value_ref (value) : NULL;
}

static FermataValue *
parse (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (json, -1, &error);

  g_assert_no_error (error);

  return value;
}

/* What @code changes, NULL with @error if it does not end well. */
static FermataValue *
run (FermataLocalScriptPool  *pool,
     const char              *code,
     GError                 **error)
{
  g_autoptr (FermataValue) names = parse (NAMES);
  g_autoptr (FermataValue) text = fermata_value_new_string (code, -1);
  g_auto (FermataScriptAction) action = { NULL };
  Scope scope = { { lookup, 0, 0 }, names };
  Call *call = g_new0 (Call, 1);
  FermataScriptCall script = { .context = "a", .memory = 256 * MB, .print = call_printed, .print_data = call };
  g_autoptr (Call) owned = call;

  g_assert_true (fermata_script_action_init (&action, text, &scope.scope, NULL));
  script.code = action.code;
  script.names = action.names;
  script.parameters = action.parameters;
  call->printed[0] = g_string_new (NULL);
  call->printed[1] = g_string_new (NULL);
  fermata_script_pool_call_async (FERMATA_SCRIPT_POOL (pool), &script, NULL, call_done, call);
  wait_for (call);
  if (call->error != NULL)
    g_propagate_error (error, g_steal_pointer (&call->error));

  return call->value == NULL
         ? NULL
         : fermata_script_action_read_changes (fermata_value_get_member (names, "variables"), call->value, error);
}

static void
assert_changes (FermataLocalScriptPool *pool,
                const char             *code,
                const char             *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) changes = run (pool, code, &error);
  g_autofree char *found = NULL;
  g_autofree char *json = g_strdelimit (g_strdup (expected), "'", '"');

  if (error != NULL)
    g_error ("%s: %s", code, error->message);
  found = fermata_value_to_string (changes, FERMATA_WRITE_COMPACT, NULL);
  if (!g_str_equal (found, json))
    g_error ("%s: %s", code, found);
}

static void
assert_error (FermataLocalScriptPool *pool,
              const char             *code,
              FermataErrorKind        kind,
              const char             *pattern)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) changes = run (pool, code, &error);

  g_assert_null (changes);
  g_assert_error (error, FERMATA_TASK_ERROR, (int) kind);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("“%s” is not like “%s”", error->message, pattern);
}

static void
test_changes (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);

  assert_changes (pool, "", "[]");
  assert_changes (pool, "return 5", "[]");
  assert_changes (pool, "variables.count = 2; variables.count = 1", "[]");
  assert_changes (pool, "variables.count += inputs.by; variables.log.push (event.name)",
                  "[{'name':'count','value':3},{'name':'log','value':['a','coin']}]");
  assert_changes (pool, "variables.deep.a.b[1] = 3 // done", "[{'name':'deep','value':{'a':{'b':[1,3]}}}]");
  assert_changes (pool, "variables = { ...variables, text: 'y' }", "[{'name':'text','value':'y'}]");
  assert_changes (pool, "if (variables.count) { variables.nothing = 0; return } variables.count = 9",
                  "[{'name':'nothing','value':0}]");
  assert_changes (pool, "variables.big += 1n", "[{'name':'big','value':9007199254740994}]");
  assert_changes (pool, "variables.nothing = -0", "[{'name':'nothing','value':-0.0}]");
  assert_changes (pool, "variables.nothing = [,].length", "[{'name':'nothing','value':1}]");
  assert_changes (pool, "variables.log[0] = ['a']", "[{'name':'log','value':[['a']]}]");
  assert_changes (pool, "variables.nothing = 'null'", "[{'name':'nothing','value':'null'}]");
  assert_changes (pool, "variables.text = new Date (0)",
                  "[{'name':'text','value':'1970-01-01T00:00:00.000Z'}]");
  end_pool (pool);
}

static void
test_functions (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);

  assert_changes (pool, "variables.log = ['on', 'off'].map (id => In (id))",
                  "[{'name':'log','value':[true,false]}]");
  assert_changes (pool, "variables.log = [visits ('on'), visits ('off')]",
                  "[{'name':'log','value':[[1,2],[]]}]");
  end_pool (pool);
}

static void
test_errors (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);

  assert_error (pool, "variables.made = 1", FERMATA_ERROR_KIND_EXPRESSION, "there is no variable “made”");
  assert_error (pool, "delete variables.text", FERMATA_ERROR_KIND_EXECUTION, "“variables.text” is gone*");
  assert_error (pool, "variables = 5", FERMATA_ERROR_KIND_EXECUTION, "“variables” is no object any more");
  assert_error (pool, "variables.text = () => 1", FERMATA_ERROR_KIND_TRANSFORMATION, "result.text is a function");
  assert_error (pool, "variables.text = NaN", FERMATA_ERROR_KIND_TRANSFORMATION, "result.text is NaN");
  assert_error (pool, "variables.nothing = undefined", FERMATA_ERROR_KIND_TRANSFORMATION,
                "result.nothing is undefined");
  assert_error (pool, "const o = {}; o.o = o; variables.text = o", FERMATA_ERROR_KIND_TRANSFORMATION,
                "result.text* contains itself");
  assert_error (pool, "variables.text = new Map ()", FERMATA_ERROR_KIND_TRANSFORMATION, "result.text is a Map*");
  assert_error (pool, "variables.count = 2;\nthrow new Error ('no')", FERMATA_ERROR_KIND_EXECUTION,
                "Error: no (line 2 of the code)");
  assert_error (pool, "variables.beyond[1] = 2", FERMATA_ERROR_KIND_TRANSFORMATION, "*JavaScript cannot hold");
  end_pool (pool);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/executor/script-action/changes", test_changes);
  g_test_add_func ("/executor/script-action/functions", test_functions);
  g_test_add_func ("/executor/script-action/errors", test_errors);

  return g_test_run ();
}
