/* test-check-limits.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "check/check-fixture.h"

static char *
dup_nodes (guint       n,
           const char *format)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_auto(GStrv) parts = g_strsplit (format, "N", -1);
      g_autofree char *node = g_strjoinv (number, parts);

      if (i > 0)
        g_string_append_c (text, ',');
      g_string_append (text, node);
    }

  return g_string_free (text, FALSE);
}

static char *
dup_dag (const char *nodes,
         const char *edges)
{
  return g_strconcat ("{'fermata':1,'kind':'dag','nodes':[", nodes, "],'edges':[", edges, "]}", NULL);
}

static guint
count_severity (GListStore      *diagnostics,
                FermataSeverity  severity)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (diagnostics)); i++)
    {
      g_autoptr(FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);

      n += fermata_diagnostic_get_severity (diagnostic) == severity;
    }

  return n;
}

static FermataDiagnostic *
get_last (GListStore *diagnostics)
{
  return g_list_model_get_item (G_LIST_MODEL (diagnostics),
                                g_list_model_get_n_items (G_LIST_MODEL (diagnostics)) - 1);
}

/* So many are kept, all are counted. */
static void
test_too_many (void)
{
  g_autofree char *nodes = dup_nodes (1500, "{'id':'nN','type':'wrong'}");
  g_autofree char *text = dup_dag (nodes, "");
  guint n_errors;
  g_autoptr(GListStore) diagnostics = fixture_check (text, FALSE, &n_errors);
  g_autoptr(FermataDiagnostic) last = get_last (diagnostics);

  g_assert_cmpuint (n_errors, ==, 1500);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, FERMATA_CHECKER_MAX_DIAGNOSTICS + 1);
  g_assert_cmpstr (fermata_diagnostic_get_code (last), ==, "too-many");
  g_assert_nonnull (strstr (fermata_diagnostic_get_message (last), "500"));
}

static void
test_just_enough (void)
{
  g_autofree char *nodes = dup_nodes (FERMATA_CHECKER_MAX_DIAGNOSTICS, "{'id':'nN','type':'wrong'}");
  g_autofree char *text = dup_dag (nodes, "");
  g_autoptr(GListStore) diagnostics = fixture_check (text, FALSE, NULL);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, FERMATA_CHECKER_MAX_DIAGNOSTICS);
}

/* Errors that come after a thousand warnings are kept in their place. */
static void
test_errors_first (void)
{
  g_autofree char *mild = dup_nodes (1200, "{'id':'mN','type':'set','with':{'value':1},'oh':1}");
  g_autofree char *grave = dup_nodes (300, "{'id':'gN','type':'wrong'}");
  g_autofree char *nodes = g_strconcat (mild, ",", grave, NULL);
  g_autofree char *text = dup_dag (nodes, "");
  guint n_errors;
  g_autoptr(GListStore) diagnostics = fixture_check (text, FALSE, &n_errors);
  g_autoptr(FermataDiagnostic) last = get_last (diagnostics);

  g_assert_cmpuint (n_errors, ==, 300);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, FERMATA_CHECKER_MAX_DIAGNOSTICS + 1);
  g_assert_cmpuint (count_severity (diagnostics, FERMATA_SEVERITY_ERROR), >=, 300);
  g_assert_cmpuint (count_severity (diagnostics, FERMATA_SEVERITY_WARNING), >=, 699);
  g_assert_nonnull (strstr (fermata_diagnostic_get_message (last), "500"));
}

/* What was in the list before is nobody's business. */
static void
test_list_is_kept (void)
{
  g_autoptr(FermataChecker) checker = fixture_checker_new ();
  g_autofree char *nodes = dup_nodes (1200, "{'id':'nN','type':'wrong','oh':1}");
  g_autofree char *text = dup_dag (nodes, "");
  g_autoptr(FermataGraph) graph = fixture_graph_new (text);
  g_autoptr(GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr(FermataDiagnostic) mine = fermata_diagnostic_new (FERMATA_SEVERITY_HINT, "mine", "", "mine");
  g_autoptr(FermataDiagnostic) first = NULL;

  g_list_store_append (diagnostics, mine);
  fermata_checker_check (checker, graph, diagnostics);
  first = g_list_model_get_item (G_LIST_MODEL (diagnostics), 0);
  g_assert_true (first == mine);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, FERMATA_CHECKER_MAX_DIAGNOSTICS + 2);
}

/* A hundred thousand nodes in a ring. */
static void
test_long_cycle (void)
{
  g_autofree char *nodes = dup_nodes (100000, "{'id':'nN','type':'set','with':{'value':1}}");
  GString *edges = g_string_new ("{'from':'n99999','to':'n0'}");
  g_autofree char *text = NULL;
  g_autoptr(GListStore) diagnostics = NULL;
  g_autoptr(FermataDiagnostic) only = NULL;
  guint n_errors;

  for (guint i = 1; i < 100000; i++)
    g_string_append_printf (edges, ",{'from':'n%u','to':'n%u'}", i - 1, i);

  text = dup_dag (nodes, edges->str);
  g_string_free (edges, TRUE);
  diagnostics = fixture_check (text, FALSE, &n_errors);
  only = get_last (diagnostics);

  g_assert_cmpuint (n_errors, ==, 1);
  g_assert_cmpstr (fermata_diagnostic_get_code (only), ==, "cycle");
  g_assert_cmpstr (fermata_diagnostic_get_path (only), ==, "/edges/0");
  g_test_message ("%s", fermata_diagnostic_get_message (only));
  g_assert_nonnull (strstr (fermata_diagnostic_get_message (only), "n0 → n1 → "));
  g_assert_nonnull (strstr (fermata_diagnostic_get_message (only), "99979 more"));
  g_assert_true (g_str_has_suffix (fermata_diagnostic_get_message (only), "n99999 → n0"));
}

/* Many rings: one diagnostic each, and the shortest way round. */
static void
test_many_cycles (void)
{
  GString *edges = g_string_new (NULL);
  g_autofree char *nodes = dup_nodes (300, "{'id':'nN','type':'set','with':{'value':1}}");
  g_autofree char *text = NULL;
  g_autoptr(GListStore) diagnostics = NULL;
  guint n_errors;

  for (guint i = 0; i < 300; i += 3)
    g_string_append_printf (edges, "%s{'from':'n%u','to':'n%u'},{'from':'n%u','to':'n%u'},"
                            "{'from':'n%u','to':'n%u'},{'from':'n%u','to':'n%u'}",
                            i > 0 ? "," : "", i, i + 1, i + 1, i + 2, i + 2, i, i + 1, i);

  text = dup_dag (nodes, edges->str);
  g_string_free (edges, TRUE);
  diagnostics = fixture_check (text, FALSE, &n_errors);

  g_assert_cmpuint (n_errors, ==, 100);

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr(FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);
      g_autofree char *cycle = g_strdup_printf ("n%u → n%u → n%u", 3 * i, 3 * i + 1, 3 * i);

      g_assert_nonnull (strstr (fermata_diagnostic_get_message (diagnostic), cycle));
    }
}

/* Bodies in bodies, actions in actions and states in states, as deep as a
 * text may be. */
static char *
dup_nested (const char *begin,
            const char *inner,
            const char *end,
            guint       depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, begin);
  g_string_append (text, inner);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, end);

  return g_string_free (text, FALSE);
}

static void
assert_one (const char *text,
            const char *code,
            guint       steps)
{
  guint n_errors;
  g_autoptr(GListStore) diagnostics = fixture_check (text, FALSE, &n_errors);
  g_autoptr(FermataDiagnostic) only = get_last (diagnostics);
  g_auto(GStrv) path = g_strsplit (fermata_diagnostic_get_path (only), "/", -1);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 1);
  g_assert_cmpstr (fermata_diagnostic_get_code (only), ==, code);
  g_assert_cmpuint (g_strv_length (path) - 1, ==, steps);
}

static void
test_deep (void)
{
  g_autofree char *bodies = dup_nested ("{'id':'a','type':'while','body':{'nodes':[", "{'id':'a','type':'wrong'}", "]}}", 300);
  g_autofree char *in_bodies = dup_dag (bodies, "");
  g_autofree char *actions = dup_nested ("{'if':true,'then':[", "{'lag':1,'log':1}", "]}", 400);
  g_autofree char *in_actions = g_strconcat ("{'fermata':1,'kind':'fsm','nodes':[{'id':'a','entry':[", actions, "]}]}", NULL);
  g_autofree char *data = dup_nested ("[", "'{{wrong}}'", "]", 900);
  g_autofree char *with = g_strconcat ("{'id':'a','type':'set','with':{'value':", data, "}}", NULL);
  g_autofree char *in_data = dup_dag (with, "");

  assert_one (in_bodies, "unknown-type", 300 * 3 + 3);
  assert_one (in_actions, "unknown-member", 400 * 2 + 5);
  assert_one (in_data, "unknown-name", 900 + 4);
}

static void
test_deep_states (void)
{
  GString *text = g_string_new ("{'fermata':1,'kind':'fsm','nodes':[");
  guint depth = 450;

  for (guint i = 0; i < depth; i++)
    g_string_append_printf (text, "{'id':'s%u','nodes':[", i);
  g_string_append (text, "{'id':'leaf'},{'id':'lost'}");
  for (guint i = 0; i < depth; i++)
    g_string_append (text, "]}");
  g_string_append (text, "]}");

  assert_one (text->str, "unreachable-state", 2 * depth + 2);
  g_string_free (text, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/check/limits/too-many", test_too_many);
  g_test_add_func ("/check/limits/just-enough", test_just_enough);
  g_test_add_func ("/check/limits/errors-first", test_errors_first);
  g_test_add_func ("/check/limits/list-is-kept", test_list_is_kept);
  g_test_add_func ("/check/limits/long-cycle", test_long_cycle);
  g_test_add_func ("/check/limits/many-cycles", test_many_cycles);
  g_test_add_func ("/check/limits/deep", test_deep);
  g_test_add_func ("/check/limits/deep-states", test_deep_states);

  return g_test_run ();
}
