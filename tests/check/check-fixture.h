/* check-fixture.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "check/fermata-checker.h"
#include "value/fermata-value-reader.h"

G_BEGIN_DECLS

/* What the tests of the checker share: a few node types of their own, and
 * documents written with ' for ". */

#define DAG(nodes, edges) "{'fermata':1,'kind':'dag','nodes':[" nodes "],'edges':[" edges "]}"
#define DAG_WITH(members, nodes, edges) \
  "{'fermata':1,'kind':'dag'," members ",'nodes':[" nodes "],'edges':[" edges "]}"
#define FSM(members, nodes, edges) \
  "{'fermata':1,'kind':'fsm'," members ",'nodes':[" nodes "],'edges':[" edges "]}"
#define SET(id, value) "{'id':'" id "','type':'set','with':{'value':" value "}}"
#define EDGE(from, to) "{'from':'" from "','to':'" to "'}"

static const char *const fixture_choices[] = { "text", "json", "lines", NULL };

static const FermataParameter fixture_set_parameters[] = {
  { "value", FERMATA_MEMBER_TYPE_ANY, FERMATA_MEMBER_FORM_TEMPLATE, .required = TRUE },
};

static const FermataParameter fixture_command_parameters[] = {
  { "argv", FERMATA_MEMBER_TYPE_STRINGS, FERMATA_MEMBER_FORM_TEMPLATE, .required = TRUE },
  { "env", FERMATA_MEMBER_TYPE_OBJECT, FERMATA_MEMBER_FORM_TEMPLATE },
  { "grace", FERMATA_MEMBER_TYPE_DURATION, FERMATA_MEMBER_FORM_TEMPLATE },
  { "nice", FERMATA_MEMBER_TYPE_INTEGER, FERMATA_MEMBER_FORM_TEMPLATE },
  { "output", FERMATA_MEMBER_TYPE_CHOICE, FERMATA_MEMBER_FORM_LITERAL, .choices = fixture_choices },
};

static const FermataParameter fixture_compute_parameters[] = {
  { "formula", FERMATA_MEMBER_TYPE_NUMBER, FERMATA_MEMBER_FORM_EXPRESSION },
  { "program", FERMATA_MEMBER_TYPE_STRING, FERMATA_MEMBER_FORM_CODE },
  { "text", FERMATA_MEMBER_TYPE_STRING, FERMATA_MEMBER_FORM_LITERAL },
};

static const char *const fixture_event[] = { "event", NULL };

static const FermataParameter fixture_if_parameters[] = {
  { "when", FERMATA_MEMBER_TYPE_ANY, FERMATA_MEMBER_FORM_EXPRESSION, .required = TRUE },
};

static const FermataParameter fixture_wait_parameters[] = {
  { "when", FERMATA_MEMBER_TYPE_ANY, FERMATA_MEMBER_FORM_EXPRESSION, .names = fixture_event },
};

static const FermataParameter fixture_subgraph_parameters[] = {
  { "file", FERMATA_MEMBER_TYPE_STRING, FERMATA_MEMBER_FORM_LITERAL },
  { "inputs", FERMATA_MEMBER_TYPE_OBJECT, FERMATA_MEMBER_FORM_TEMPLATE },
  { "max-depth", FERMATA_MEMBER_TYPE_INTEGER, FERMATA_MEMBER_FORM_LITERAL, .minimum = 1, .maximum = 1000 },
};

#define COUNT(name) \
  { name, FERMATA_MEMBER_TYPE_INTEGER, FERMATA_MEMBER_FORM_TEMPLATE, .minimum = 1, .maximum = G_MAXDOUBLE }

static const char *const fixture_failures[] = { "fail", "skip", "collect", NULL };

static const FermataParameter fixture_foreach_parameters[] = {
  { "items", FERMATA_MEMBER_TYPE_ARRAY, FERMATA_MEMBER_FORM_EXPRESSION },
  COUNT ("max-parallel"),
  COUNT ("batch"),
  { "failures", FERMATA_MEMBER_TYPE_CHOICE, FERMATA_MEMBER_FORM_LITERAL, .choices = fixture_failures },
};

static const FermataParameter fixture_fan_out_parameters[] = {
  { "copies", FERMATA_MEMBER_TYPE_ANY, FERMATA_MEMBER_FORM_EXPRESSION },
  COUNT ("max-parallel"),
};

static const char *const fixture_tests[] = { "before", "after", NULL };
static const char *const fixture_iteration[] = { "iteration", NULL };

static const FermataParameter fixture_while_parameters[] = {
  { "condition", FERMATA_MEMBER_TYPE_ANY, FERMATA_MEMBER_FORM_EXPRESSION, .required = TRUE,
    .names = fixture_iteration },
  { "test", FERMATA_MEMBER_TYPE_CHOICE, FERMATA_MEMBER_FORM_LITERAL, .choices = fixture_tests },
  { "initial", FERMATA_MEMBER_TYPE_ANY, FERMATA_MEMBER_FORM_TEMPLATE },
  COUNT ("max-iterations"),
};

static const FermataParameter fixture_try_parameters[] = {
  { "kinds", FERMATA_MEMBER_TYPE_STRINGS, FERMATA_MEMBER_FORM_LITERAL },
};

static const FermataParameter fixture_parallel_parameters[] = {
  { "wait", FERMATA_MEMBER_TYPE_ANY, FERMATA_MEMBER_FORM_TEMPLATE },
};

static const FermataParameter fixture_timeout_parameters[] = {
  { "after", FERMATA_MEMBER_TYPE_DURATION, FERMATA_MEMBER_FORM_TEMPLATE },
  { "budget", FERMATA_MEMBER_TYPE_OBJECT, FERMATA_MEMBER_FORM_LITERAL },
};

static const FermataParameter fixture_exit_parameters[] = {
  { "value", FERMATA_MEMBER_TYPE_ANY, FERMATA_MEMBER_FORM_TEMPLATE },
};

#define OWNER(name, parameters_, rule) \
  { name, .parameters = fixture_##parameters_##_parameters, \
    .n_parameters = G_N_ELEMENTS (fixture_##parameters_##_parameters), \
    .body_rule = FERMATA_BODY_RULE_##rule }
#define EXIT(name, exit_) \
  { name, .parameters = fixture_exit_parameters, .n_parameters = G_N_ELEMENTS (fixture_exit_parameters), \
    .exit = FERMATA_EXIT_##exit_ }

static const FermataNodeDescription fixture_types[] = {
  { "if", .parameters = fixture_if_parameters, .n_parameters = G_N_ELEMENTS (fixture_if_parameters),
    .routing = FERMATA_ROUTING_BOOLEAN },
  { "switch", .parameters = fixture_set_parameters, .n_parameters = G_N_ELEMENTS (fixture_set_parameters),
    .routing = FERMATA_ROUTING_VALUE },
  OWNER ("subgraph", subgraph, ONCE),
  OWNER ("foreach", foreach, ITEMS),
  OWNER ("fan-out", fan_out, COPIES),
  OWNER ("while", while, WHILE),
  OWNER ("try", try, TRY),
  OWNER ("parallel", parallel, BRANCHES),
  { "race", .body_rule = FERMATA_BODY_RULE_RACE },
  OWNER ("timeout", timeout, TIMEOUT),
  EXIT ("break", BREAK),
  EXIT ("continue", CONTINUE),
  { "wait", .parameters = fixture_wait_parameters, .n_parameters = G_N_ELEMENTS (fixture_wait_parameters) },
  { "set", .parameters = fixture_set_parameters, .n_parameters = G_N_ELEMENTS (fixture_set_parameters) },
  { "command", .parameters = fixture_command_parameters, .n_parameters = G_N_ELEMENTS (fixture_command_parameters) },
  { "compute", .parameters = fixture_compute_parameters, .n_parameters = G_N_ELEMENTS (fixture_compute_parameters) },
};

static inline FermataChecker *
fixture_checker_new (void)
{
  g_autoptr(FermataNodeCatalog) catalog = fermata_node_catalog_new ();
  g_autoptr(FermataEvaluator) evaluator = fermata_evaluator_new ();

  for (guint i = 0; i < G_N_ELEMENTS (fixture_types); i++)
    fermata_node_catalog_add (catalog, &fixture_types[i]);

  return fermata_checker_new (catalog, evaluator);
}

static inline char *
fixture_dup_json (const char *text)
{
  /* In one pass: a megabyte of text is no reason to be slow. */
  return g_strdelimit (g_strdup (text), "'", '"');
}

static inline FermataGraph *
fixture_graph_new (const char *text)
{
  g_autofree char *json = fixture_dup_json (text);
  g_autoptr(GError) error = NULL;
  g_autoptr(FermataValue) value = fermata_value_parse (json, -1, &error);
  FermataGraph *graph;

  g_assert_no_error (error);
  graph = fermata_graph_new_from_value (value);
  g_assert_nonnull (graph);

  return graph;
}

/* All that is wrong with the document; its errors are counted too. */
static inline GListStore *
fixture_check (const char *text,
               gboolean    strict,
               guint      *n_errors)
{
  g_autoptr(FermataChecker) checker = fixture_checker_new ();
  g_autoptr(FermataGraph) graph = fixture_graph_new (text);
  GListStore *diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  guint n;

  fermata_checker_set_strict (checker, strict);
  n = fermata_checker_check (checker, graph, diagnostics);
  if (n_errors != NULL)
    *n_errors = n;

  return diagnostics;
}

/* One a line: severity, code, path, byte, hint. */
static inline char *
fixture_dup_lines (GListStore *diagnostics)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (diagnostics)); i++)
    {
      g_autoptr(FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);

      g_string_append_printf (text, "%s %s %s %d: %s (%s)\n",
                              fermata_severity_to_string (fermata_diagnostic_get_severity (diagnostic)),
                              fermata_diagnostic_get_code (diagnostic),
                              fermata_diagnostic_get_path (diagnostic),
                              (int) fermata_diagnostic_get_inner_offset (diagnostic),
                              fermata_diagnostic_get_message (diagnostic),
                              fermata_diagnostic_get_hint (diagnostic) != NULL ? fermata_diagnostic_get_hint (diagnostic) : "");
    }

  return g_string_free (text, FALSE);
}

G_END_DECLS
