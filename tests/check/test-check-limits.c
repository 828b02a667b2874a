/* test-check-limits.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "check/check-fixture.h"
#include "model/fermata-model-types.h"
#include "value/fermata-value-builder.h"

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
  g_autofree char *bodies = dup_nested ("{'id':'a','type':'race','body':{'nodes':[", "{'id':'a','type':'wrong'}", "]}}", 300);
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

/* A state in a state, as deep as no text may be: only a program can make it. */
static FermataGraph *
make_nested (guint depth)
{
  g_autoptr(FermataValueBuilder) graph = fermata_value_builder_new_object ();
  g_autoptr(FermataValue) nodes = NULL;
  g_autoptr(FermataValue) value = NULL;

  for (guint i = depth; i > 0; i--)
    {
      g_autoptr(FermataValueBuilder) state = fermata_value_builder_new_object ();
      g_autoptr(FermataValueBuilder) array = fermata_value_builder_new_array ();
      g_autoptr(FermataValue) members = NULL;
      g_autofree char *id = g_strdup_printf ("s%u", i);

      fermata_value_builder_set_string (state, "id", id);
      if (nodes != NULL)
        fermata_value_builder_set (state, "nodes", nodes);
      members = fermata_value_builder_end (state);
      fermata_value_builder_add (array, members);
      g_clear_pointer (&nodes, fermata_value_unref);
      nodes = fermata_value_builder_end (array);
    }

  fermata_value_builder_set_integer (graph, "fermata", 1);
  fermata_value_builder_set_string (graph, "kind", "fsm");
  fermata_value_builder_set (graph, "nodes", nodes);
  value = fermata_value_builder_end (graph);

  return fermata_graph_new_from_value (value);
}

static GListStore *
check_nested (guint  depth,
              guint *n_errors)
{
  g_autoptr(FermataChecker) checker = fixture_checker_new ();
  g_autoptr(FermataGraph) graph = make_nested (depth);
  GListStore *diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);

  *n_errors = fermata_checker_check (checker, graph, diagnostics);

  return diagnostics;
}

static void
test_nested_states (void)
{
  guint n_errors;
  g_autoptr(GListStore) just = check_nested (FERMATA_MAX_STATE_DEPTH, &n_errors);
  g_autoptr(GListStore) deeper = NULL;
  g_autoptr(FermataDiagnostic) only = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (just)), ==, 0);

  deeper = check_nested (100000, &n_errors);
  only = get_last (deeper);
  g_assert_cmpuint (n_errors, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (deeper)), ==, 1);
  g_assert_cmpstr (fermata_diagnostic_get_code (only), ==, "too-deep");
  g_assert_cmpstr (fermata_diagnostic_get_node (only), ==, "s1001");
  g_assert_cmpuint (strlen (fermata_diagnostic_get_path (only)), ==, strlen ("/nodes/0") * 1001);
  g_assert_nonnull (strstr (fermata_diagnostic_get_message (only), "1000"));
}

static char *
dup_fsm (const char *members,
         const char *nodes,
         const char *edges)
{
  return g_strconcat ("{'fermata':1,'kind':'fsm',", members, "'nodes':[", nodes, "],'edges':[", edges, "]}", NULL);
}

static void
assert_machine (const char *members,
                const char *nodes,
                const char *edges,
                const char *code,
                guint       n)
{
  g_autofree char *text = dup_fsm (members, nodes, edges);
  g_autoptr(GListStore) diagnostics = fixture_check (text, FALSE, NULL);
  g_autoptr(FermataDiagnostic) last = n > 0 ? get_last (diagnostics) : NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, n);
  if (n > 0)
    g_assert_cmpstr (fermata_diagnostic_get_code (last), ==, code);
}

/* Whatever a machine may have many of: what is square in it takes minutes. */
static void
test_large_machines (void)
{
  g_autofree char *chain = dup_nodes (65536, "{'id':'sN'}");
  g_autofree char *steps = dup_nodes (65535, "{'from':'sN','to':['sN'],'event':'next'},{'from':'sN','to':'s65535','event':'last'}");
  g_autofree char *fan = dup_nodes (65536, "{'from':'a','to':'b','event':'eN.x'}");
  g_autofree char *same = dup_nodes (10000, "{'from':'a','to':'b','event':'e'}");
  g_autofree char *regions = dup_nodes (1000, "{'id':'rN','nodes':[{'id':'aN'},{'id':'bN'}]}");
  g_autofree char *parallel = g_strconcat ("{'id':'p','type':'parallel','nodes':[", regions, "]}", NULL);
  g_autofree char *assigns = dup_nodes (1000, "{'from':'aN','to':'bN','event':'e','assign':[{'v':1}]}");
  g_autofree char *wide = dup_nodes (50000, "{'id':'rN'}");
  g_autofree char *wide_parallel = g_strconcat ("{'id':'s'},{'id':'p','type':'parallel','nodes':[", wide, "]}", NULL);
  g_autofree char *entrances = dup_nodes (50000, "{'from':'s','to':'rN','event':'eN'}");
  GString *all = g_string_new ("{'from':'s','event':'e','to':['r49999'");

  for (guint i = 0; i < 49999; i++)
    g_string_append_printf (all, ",'r%u'", i);
  g_string_append (all, "]}");

  assert_machine ("", chain, steps, "too-many", FERMATA_CHECKER_MAX_DIAGNOSTICS + 1);
  assert_machine ("", "{'id':'a'},{'id':'b'}", fan, NULL, 0);
  assert_machine ("", "{'id':'a'},{'id':'b'}", same, "too-many", FERMATA_CHECKER_MAX_DIAGNOSTICS + 1);
  assert_machine ("'variables':{'v':0},", parallel, assigns, "parallel-assign", 1);
  assert_machine ("", wide_parallel, entrances, NULL, 0);
  assert_machine ("", wide_parallel, all->str, NULL, 0);
  g_string_free (all, TRUE);
}

/* A name of an event with as many words as a text has room for */
static void
test_long_events (void)
{
  GString *event = g_string_new ("a");
  g_autofree char *edges = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (event, ".a");
  edges = g_strconcat ("{'from':'s','event':'", event->str, ".*'},{'from':'s','event':'", event->str, "'}", NULL);
  g_string_free (event, TRUE);

  assert_machine ("", "{'id':'s'}", edges, "never-taken", 1);
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
  g_test_add_func ("/check/limits/nested-states", test_nested_states);
  g_test_add_func ("/check/limits/large-machines", test_large_machines);
  g_test_add_func ("/check/limits/long-events", test_long_events);

  return g_test_run ();
}
