/* test-schema-words.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The schema and the checker know the same words, in the same forms, and say
 * the same of the same documents. */

#include "check/fermata-document-words-private.h"
#include "defaults/fermata-defaults.h"
#include "format/format-fixture.h"
#include "value/fermata-value-reader.h"

/* What the checker calls each thing is a definition of the schema. */
static const char *const definitions[FERMATA_N_THINGS] = {
  [FERMATA_THING_GRAPH] = NULL, /* the document itself */
  [FERMATA_THING_BODY] = "body",
  [FERMATA_THING_NODE] = "node",
  [FERMATA_THING_STATE] = "state",
  [FERMATA_THING_TASK] = "task",
  [FERMATA_THING_EDGE] = "edge",
  [FERMATA_THING_TRANSITION] = "transition",
  [FERMATA_THING_INITIAL] = "initial",
  [FERMATA_THING_INPUT] = "input",
  [FERMATA_THING_RETRY] = "retry",
  [FERMATA_THING_ON_ERROR] = "on-error",
  [FERMATA_THING_CACHE] = "cache",
  [FERMATA_THING_CIRCUIT_BREAKER] = "circuit-breaker",
  [FERMATA_THING_RATE_LIMIT] = "rate-limit",
  [FERMATA_THING_BUDGET] = "budget",
  [FERMATA_THING_ACTION] = "action",
  [FERMATA_THING_RAISE] = "raise",
  [FERMATA_THING_SEND] = "send",
  [FERMATA_THING_SCXML_STATE] = "scxml-state",
  [FERMATA_THING_SCXML_TASK] = "scxml-task",
  [FERMATA_THING_SCXML_TRANSITION] = "scxml-transition",
  [FERMATA_THING_SCXML_INITIAL] = "scxml-initial",
  [FERMATA_THING_SCXML_DECLARATION] = "scxml-declaration",
  [FERMATA_THING_SCXML_ACTION] = "scxml-action",
  [FERMATA_THING_SCXML_ASSIGN] = "scxml-assign",
  [FERMATA_THING_SCXML_RAISE] = "scxml-raise",
  [FERMATA_THING_SCXML_SEND] = "scxml-send",
  [FERMATA_THING_SCXML_CANCEL] = "scxml-cancel",
  [FERMATA_THING_SCXML_LOG] = "scxml-log",
  [FERMATA_THING_SCXML_SCRIPT] = "scxml-script",
  [FERMATA_THING_SCXML_PARAM] = "scxml-param",
  [FERMATA_THING_SCXML_DATA] = "scxml-data",
};

static FermataValue *
read_schema (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "fermata-graph.schema.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  FermataValue *schema;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  schema = fermata_value_parse (text, -1, &error);
  g_assert_no_error (error);
  return schema;
}

static const char *
get_string (FermataValue *object,
            const char   *name)
{
  FermataValue *value = fermata_value_get_member (object, name);

  return value != NULL ? fermata_value_get_string (value, NULL) : NULL;
}

static void
assert_form (const FermataThingMember *member,
             FermataValue             *property)
{
  static const char *const forms[] = { "Literal. ", "Template. ", "Expression. ", "Code. " };
  const char *description = get_string (property, "description");

  g_assert_nonnull (description);
  /* What is in the parameters is what each type says of its own. */
  if (member->role == FERMATA_ROLE_PARAMETERS)
    return;
  g_assert_true (g_str_has_prefix (description, forms[member->form]));
}

static gboolean
array_has (FermataValue *array,
           const char   *word)
{
  for (gsize i = 0; array != NULL && i < fermata_value_get_length (array); i++)
    {
      if (g_strcmp0 (fermata_value_get_string (fermata_value_get_element (array, i), NULL), word) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The list may be one of several forms of the value. */
static void
assert_choices (const FermataThingMember *member,
                FermataValue             *property)
{
  FermataValue *forms = fermata_value_get_member (property, "anyOf");
  FermataValue *list = fermata_value_get_member (property, "enum");

  if (member->choices == NULL)
    return;
  if (forms != NULL)
    list = fermata_value_get_member (fermata_value_get_element (forms, 0), "enum");
  g_assert_nonnull (list);
  g_assert_cmpuint (fermata_value_get_length (list), ==, g_strv_length ((char **) member->choices));
  for (guint i = 0; member->choices[i] != NULL; i++)
    g_assert_true (array_has (list, member->choices[i]));
}

static void
test_words (void)
{
  g_autoptr (FermataValue) schema = read_schema ();
  FermataValue *all = fermata_value_get_member (schema, "$defs");

  for (guint i = 0; i < FERMATA_N_THINGS; i++)
    {
      const FermataThing *thing = fermata_thing_get (i);
      FermataValue *definition = definitions[i] != NULL ? fermata_value_get_member (all, definitions[i]) : schema;
      FermataValue *properties = fermata_value_get_member (definition, "properties");
      FermataValue *required = fermata_value_get_member (definition, "required");

      for (guint j = 0; j < thing->n_members; j++)
        {
          const FermataThingMember *member = &thing->members[j];
          FermataValue *property = fermata_value_get_member (properties, member->name);

          g_test_message ("%s: %s", thing->name, member->name);
          g_assert_nonnull (property);
          assert_form (member, property);
          assert_choices (member, property);
          g_assert_cmpint (member->required, ==, array_has (required, member->name));
        }
      for (gsize j = 0; j < fermata_value_get_length (properties); j++)
        {
          const char *name = fermata_value_get_member_name (properties, j);

          g_test_message ("%s: %s", thing->name, name);
          g_assert_nonnull (fermata_thing_find_member (thing, name));
        }
    }
}

static void
test_error_kinds (void)
{
  g_autoptr (FermataValue) schema = read_schema ();
  FermataValue *definition = fermata_value_get_member (fermata_value_get_member (schema, "$defs"), "error-kind");
  FermataValue *list = fermata_value_get_member (definition, "enum");
  const char *const *kinds = fermata_error_kinds ();

  g_assert_cmpuint (fermata_value_get_length (list), ==, g_strv_length ((char **) kinds));
  for (guint i = 0; kinds[i] != NULL; i++)
    g_assert_true (array_has (list, kinds[i]));
}

/* What reader and checker say of a file, in its order. */
static GListStore *
check_file (FermataChecker *checker,
            const char     *text,
            const char     *name)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  GListStore *diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (FermataGraph) graph = fermata_json_read_graph (bytes, name, diagnostics, NULL);

  if (graph != NULL)
    fermata_checker_check (checker, graph, diagnostics);
  fermata_diagnostics_locate (diagnostics, bytes, name);
  return diagnostics;
}

/* Whether an error is about the value at a path, or something in it. */
static gboolean
is_refused (GListStore *diagnostics,
            const char *path)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (diagnostics));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);
      const char *of = fermata_diagnostic_get_path (diagnostic);

      g_test_message ("%s:%u:%u: %s", fermata_diagnostic_get_file (diagnostic), fermata_diagnostic_get_line (diagnostic),
                      fermata_diagnostic_get_column (diagnostic), fermata_diagnostic_get_message (diagnostic));
      if (fermata_diagnostic_get_severity (diagnostic) == FERMATA_SEVERITY_ERROR && of != NULL &&
          g_str_has_prefix (of, path) && (of[strlen (path)] == '\0' || of[strlen (path)] == '/'))
        return TRUE;
    }
  return FALSE;
}

static char **
list_documents (const char *folder)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "format", "schema", folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  GPtrArray *paths = g_ptr_array_new ();
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (paths, g_build_filename (path, name, NULL));
  g_assert_cmpuint (paths->len, >=, 8);
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_free (paths, FALSE);
}

static void
test_good (void)
{
  g_autoptr (FermataEngine) engine = fermata_engine_new_default ();
  g_autoptr (FermataChecker) checker = fermata_engine_create_checker (engine);
  g_auto (GStrv) paths = list_documents ("good");

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *text = NULL;
      g_autofree char *written = NULL;
      g_autoptr (GListStore) diagnostics = NULL;
      g_autoptr (FermataGraph) graph = NULL;

      g_test_message ("%s", paths[i]);
      g_assert_true (g_file_get_contents (paths[i], &text, NULL, NULL));
      diagnostics = check_file (checker, text, paths[i]);
      g_assert_false (is_refused (diagnostics, ""));
      graph = read_text (text, -1);
      written = write_text (graph);
      g_assert_cmpstr (written, ==, text);
    }
}

static void
test_bad (void)
{
  g_autoptr (FermataEngine) engine = fermata_engine_new_default ();
  g_autoptr (FermataChecker) checker = fermata_engine_create_checker (engine);
  g_auto (GStrv) paths = list_documents ("bad");

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (FermataValue) value = NULL;
      g_autoptr (GListStore) diagnostics = NULL;
      const char *wrong;

      g_test_message ("%s", paths[i]);
      g_assert_true (g_file_get_contents (paths[i], &text, NULL, NULL));
      value = fermata_value_parse (text, -1, NULL);
      wrong = get_string (value, "x-wrong");
      diagnostics = check_file (checker, text, paths[i]);
      g_assert_true (is_refused (diagnostics, wrong != NULL ? wrong : ""));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schema-words/words", test_words);
  g_test_add_func ("/schema-words/error-kinds", test_error_kinds);
  g_test_add_func ("/schema-words/good", test_good);
  g_test_add_func ("/schema-words/bad", test_bad);

  return g_test_run ();
}
