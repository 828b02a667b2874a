/* test-model-words.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Ids, names, tables of words, the catalog of node types, diagnostics. */

#include "model/fermata-diagnostic.h"
#include "model/fermata-model-id.h"
#include "model/fermata-model-types.h"
#include "model/fermata-node-description.h"

static void
test_ids (void)
{
  static const char *const good[] = {
    "a", "A b", "fetch-2", "öäü", "猫", "x<y", "\"", "{{x}}", " ", "a.b", "1", "__proto__",
  };
  static const char *const bad[] = {
    "", "a/b", "a#2", "a>b", "/", "a\n", "\t", "\x7f", "\x01", "\xc2\x85", "\u2028", "\u2029",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (fermata_model_id_is_valid (good[i], -1));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (fermata_model_id_is_valid (bad[i], -1));
  g_assert_false (fermata_model_id_is_valid ("a\0b", 3));
  g_assert_true (fermata_model_id_is_valid ("a/", 1));
}

static void
test_names (void)
{
  static const char *const good[] = {
    "a", "$", "_", "a1", "größe", "x\u200d", "名前", "of", "async", "inputs", "get", "classes",
  };
  static const char *const bad[] = {
    "", "1a", "a-b", "a b", "a.b", "class", "let", "await", "eval", "arguments", "null", "yield",
    "undefined", "static", "\u200d", "a\n", "😀",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (fermata_model_name_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (fermata_model_name_is_valid (bad[i]));
}

static void
test_tables (void)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (FERMATA_TYPE_GRAPH_KIND);
  g_autoptr (GEnumClass) severities = g_type_class_ref (FERMATA_TYPE_SEVERITY);

  for (guint i = 0; i < kinds->n_values; i++)
    {
      const char *word = fermata_graph_kind_to_string (kinds->values[i].value);

      g_assert_cmpstr (word, ==, kinds->values[i].value_nick);
      g_assert_cmpint (fermata_graph_kind_from_string (word), ==, kinds->values[i].value);
    }
  for (guint i = 0; i < severities->n_values; i++)
    g_assert_cmpstr (fermata_severity_to_string (severities->values[i].value), ==, severities->values[i].value_nick);
  g_assert_cmpint (fermata_graph_kind_from_string (NULL), ==, FERMATA_GRAPH_KIND_UNKNOWN);
  g_assert_cmpint (fermata_graph_kind_from_string ("DAG"), ==, FERMATA_GRAPH_KIND_UNKNOWN);
  g_assert_cmpstr (fermata_member_form_to_string (FERMATA_MEMBER_FORM_CODE), ==, "code");
  g_assert_cmpstr (fermata_member_type_to_string (FERMATA_MEMBER_TYPE_CHOICE), ==, "choice");
}

static const FermataParameter parameters[] = {
  { .name = "value" },
  { .name = "other" },
};
static const FermataNodeDescription set = { .name = "set", .parameters = parameters, .n_parameters = 2 };
static const FermataNodeDescription set_again = { .name = "set" };
static const FermataNodeDescription log_node = { .name = "log" };
static const FermataNodeDescription zip = { .name = "zip" };

static void
test_catalog (void)
{
  g_autoptr (FermataNodeCatalog) catalog = fermata_node_catalog_new ();

  g_assert_null (fermata_node_catalog_find (catalog, "set"));
  g_assert_null (fermata_node_catalog_get_nth (catalog, 0));
  fermata_node_catalog_add (catalog, &zip);
  fermata_node_catalog_add (catalog, &set);
  fermata_node_catalog_add (catalog, &log_node);
  g_assert_cmpuint (fermata_node_catalog_get_n_types (catalog), ==, 3);
  g_assert_true (fermata_node_catalog_get_nth (catalog, 0) == &log_node);
  g_assert_true (fermata_node_catalog_get_nth (catalog, 1) == &set);
  g_assert_true (fermata_node_catalog_get_nth (catalog, 2) == &zip);
  g_assert_null (fermata_node_catalog_get_nth (catalog, 3));
  g_assert_true (fermata_node_catalog_find (catalog, "zip") == &zip);
  g_assert_null (fermata_node_catalog_find (catalog, "se"));

  fermata_node_catalog_add (catalog, &set_again);
  g_assert_cmpuint (fermata_node_catalog_get_n_types (catalog), ==, 3);
  g_assert_true (fermata_node_catalog_find (catalog, "set") == &set_again);

  g_assert_true (fermata_node_description_find (&set, "other") == &parameters[1]);
  g_assert_null (fermata_node_description_find (&set, "others"));
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_diagnostic (void)
{
  g_autoptr (FermataDiagnostic) diagnostic =
    fermata_diagnostic_new (FERMATA_SEVERITY_WARNING, "code", "/nodes/0", "what is wrong");
  guint n_notified = 0;
  FermataSeverity severity;
  g_autofree char *hint = NULL;
  guint line;

  g_assert_cmpint (fermata_diagnostic_get_inner_offset (diagnostic), ==, -1);
  g_assert_cmpuint (fermata_diagnostic_get_line (diagnostic), ==, 0);
  g_assert_null (fermata_diagnostic_get_file (diagnostic));
  g_assert_null (fermata_diagnostic_get_hint (diagnostic));
  g_signal_connect_swapped (diagnostic, "notify", G_CALLBACK (count), &n_notified);
  fermata_diagnostic_set_position (diagnostic, "file", 3, 4);
  fermata_diagnostic_set_node (diagnostic, "n");
  fermata_diagnostic_set_member (diagnostic, "m");
  fermata_diagnostic_set_hint (diagnostic, "h");
  g_assert_cmpuint (n_notified, ==, 6);
  fermata_diagnostic_set_position (diagnostic, "file", 3, 4);
  fermata_diagnostic_set_hint (diagnostic, "h");
  g_assert_cmpuint (n_notified, ==, 6);
  fermata_diagnostic_set_inner_offset (diagnostic, -2);
  g_assert_cmpint (fermata_diagnostic_get_inner_offset (diagnostic), ==, -2);
  g_object_get (diagnostic, "severity", &severity, "hint", &hint, "line", &line, NULL);
  g_assert_cmpint (severity, ==, FERMATA_SEVERITY_WARNING);
  g_assert_cmpstr (hint, ==, "h");
  g_assert_cmpuint (line, ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model-words/ids", test_ids);
  g_test_add_func ("/model-words/names", test_names);
  g_test_add_func ("/model-words/tables", test_tables);
  g_test_add_func ("/model-words/catalog", test_catalog);
  g_test_add_func ("/model-words/diagnostic", test_diagnostic);

  return g_test_run ();
}
