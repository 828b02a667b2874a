/* test-explanation.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-explanation.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-writer.h"

#include <string.h>

/* A run that is under way for @seconds. */
static FermataTestBed *
begin (const char              *json,
       const FermataRunOptions *options,
       guint                    seconds)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);

  fermata_test_bed_prepare (bed, graph, options);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
  fermata_test_bed_pass_time_until (bed, seconds * G_USEC_PER_SEC);

  return bed;
}

static FermataValue *
explain (FermataTestBed *bed,
         const char     *id)
{
  guint node;

  g_assert_true (fermata_plan_find_node (fermata_run_get_plan (bed->run), id, &node));

  return fermata_moment_explain_node (fermata_run_get_moment (bed->run), 0, node);
}

static void
append_text (GString      *text,
             FermataValue *object,
             const char   *name,
             const char   *before)
{
  FermataValue *value = fermata_value_get_member (object, name);

  if (value != NULL)
    g_string_append_printf (text, "%s%s", before, fermata_value_get_string (value, NULL));
}

/* "c waiting edges b>c, b running running": what it all goes back to. */
static void
assert_causes (FermataTestBed *bed,
               const char     *id,
               const char     *expected)
{
  g_autoptr (FermataValue) explanation = explain (bed, id);
  FermataValue *causes = fermata_value_get_member (explanation, "causes");
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < fermata_value_get_length (causes); i++)
    {
      FermataValue *cause = fermata_value_get_element (causes, i);

      append_text (text, cause, "node", i > 0 ? ", " : "");
      append_text (text, cause, "status", " ");
      append_text (text, cause, "reason", " ");
      append_text (text, cause, "edge", " ");
      append_text (text, cause, "edge-reason", " ");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
assert_json (FermataValue *value,
             const char   *expected)
{
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_autofree char *quoted = g_strdelimit (g_strdup (expected), "'", '"');

  g_assert_cmpstr (text, ==, quoted);
}

#define TASK(id, rest) "{'id':'" id "','type':'task','with':{'takes':'5s'}" rest "}"
#define SET(id, rest) "{'id':'" id "','type':'set','with':{'value':1}" rest "}"

static void
test_waiting (void)
{
  g_autoptr (FermataTestBed) bed = begin ("{'fermata':1,'kind':'dag','nodes':[" TASK ("a", "") "," SET ("b", "") ","
                                          SET ("c", "") "],"
                                          "'edges':[{'from':'a','to':'b'},{'from':'b','to':'c'}]}", NULL, 1);

  assert_causes (bed, "c", "c waiting edges b>c, b waiting edges a>b, a running running");
  fermata_test_bed_finish (bed);
  assert_causes (bed, "c", "c done done");
}

static void
test_places (void)
{
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  g_autoptr (FermataTestBed) full = NULL;
  g_autoptr (FermataTestBed) pools = NULL;

  options.max_concurrency = 1;
  full = begin ("{'fermata':1,'kind':'dag','nodes':[" TASK ("a", "") "," SET ("b", "") "],'edges':[]}", &options, 1);
  assert_causes (full, "b", "b waiting max-concurrency");
  fermata_test_bed_finish (full);

  pools = begin ("{'fermata':1,'kind':'dag','pools':{'p':1},'nodes':[" TASK ("a", ",'uses':{'p':1}") ","
                 SET ("b", ",'uses':{'p':1}") "],'edges':[]}", NULL, 1);
  assert_causes (pools, "b", "b waiting pools");
  fermata_test_bed_finish (pools);
}

static void
test_held (void)
{
  g_autoptr (FermataTestBed) bed = begin ("{'fermata':1,'kind':'dag','nodes':[" TASK ("a", "") "," SET ("b", "") "],"
                                          "'edges':[{'from':'a','to':'b','when':'output === null'}]}", NULL, 1);
  g_autoptr (FermataValue) explanation = NULL;
  FermataValue *edge;

  fermata_run_hold (bed->run);
  fermata_test_bed_settle (bed);
  fermata_test_bed_pass_time_until (bed, 6 * G_USEC_PER_SEC);
  assert_causes (bed, "b", "b waiting edges a>b, a running running");
  fermata_run_release (bed->run);
  fermata_test_bed_finish (bed);

  explanation = explain (bed, "b");
  edge = fermata_value_get_element (fermata_value_get_member (explanation, "edges"), 0);
  assert_json (fermata_value_get_member (edge, "value"), "true");
  assert_json (fermata_value_get_member (edge, "names"), "{'output':null}");
  assert_json (fermata_value_get_member (edge, "status"), "'taken'");
}

static void
test_closing (void)
{
  g_autoptr (FermataTestBed) bed = NULL;

  bed = begin ("{'fermata':1,'kind':'dag','nodes':[{'id':'a','type':'fail','with':{'message':'no'}},"
               TASK ("b", "") "," SET ("c", "") "," SET ("d", "") "],"
               "'edges':[{'from':'b','to':'c'},{'from':'a','to':'d'}]}", NULL, 0);
  fermata_test_bed_finish (bed);
  assert_causes (bed, "d", "d skipped edges a>d, a failed failed");
}

/* Conditions that have no value, edges for errors, names of all sorts. */
static void
test_conditions (void)
{
  g_autoptr (FermataTestBed) bed = NULL;
  g_autoptr (FermataValue) explanation = NULL;
  FermataValue *edges;

  bed = begin ("{'fermata':1,'kind':'dag','on-error':'continue','inputs':{'list':{'default':[1,[2,3]]}},'nodes':["
               "{'id':'a','type':'set','with':{'value':{'x':'abc','y':{'z':1}}}}," SET ("b", "") "," SET ("c", "") "],"
               "'edges':[{'from':'a','to':'b','when':'output.x.length > inputs.list[1].length && output.y.z'},"
               "{'from':'a','to':'b','when':'output.nothing.at.all'},"
               "{'from':'a','to':'c','on':'error'}]}", NULL, 0);
  fermata_test_bed_finish (bed);
  explanation = explain (bed, "b");
  edges = fermata_value_get_member (explanation, "edges");
  assert_json (fermata_value_get_member (fermata_value_get_element (edges, 0), "names"),
               "{'output.x.length':3,'inputs.list.1.length':2,'output.y.z':1}");
  assert_json (fermata_value_get_member (fermata_value_get_element (edges, 0), "value"), "1");
  assert_json (fermata_value_get_member (fermata_value_get_element (edges, 1), "status"), "'failed'");
  g_assert_nonnull (fermata_value_get_member (fermata_value_get_element (edges, 1), "value-error"));
  assert_causes (bed, "b", "b skipped edges a>b#2 condition-failed");
  assert_causes (bed, "c", "c skipped edges a>c no-error");
}

static void
test_cycle (void)
{
  g_autoptr (FermataTestBed) bed = begin ("{'fermata':1,'kind':'dag','nodes':[" SET ("a", "") "," SET ("b", "") "],"
                                          "'edges':[{'from':'a','to':'b'},{'from':'b','to':'a'}]}", NULL, 0);

  fermata_test_bed_finish (bed);
  assert_causes (bed, "a", "a waiting edges b>a, b waiting edges a>b, a waiting cycle");
}

/* Every node of a long chain, in every state, costs as much as it is far. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new ("{'fermata':1,'kind':'dag','nodes':[{'id':'n0','type':'fail','with':{'message':'no'}}");
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (FermataValue) explanation = NULL;
  const guint n = 20000;

  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, ",{'id':'n%u','type':'set','with':{'value':1}}", i);
  g_string_append (text, "],'edges':[{'from':'n0','to':'n1'}");
  for (guint i = 2; i < n; i++)
    g_string_append_printf (text, ",{'from':'n%u','to':'n%u'}", i - 1, i);
  g_string_append (text, "],'on-error':'continue'}");
  graph = fermata_test_graph (text->str);
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_unfollow (bed);
  fermata_test_bed_finish (bed);
  explanation = explain (bed, "n19999");
  g_assert_cmpuint (fermata_value_get_length (fermata_value_get_member (explanation, "causes")), ==, n);
}

static void
test_plan (void)
{
  g_autoptr (FermataTestBed) bed = begin ("{'fermata':1,'kind':'dag','inputs':{'x':{'default':1}},'variables':{'v':1},'nodes':["
                                          SET ("a", "") ",{'id':'b','type':'set','join':'any','pin':2,'with':"
                                          "{'value':'{{nodes.a.output + variables.v}}'}}],"
                                          "'edges':[{'from':'a','to':'b','when':'inputs.x > 0'}]}", NULL, 0);
  g_autoptr (FermataValue) explanation = NULL;

  fermata_test_bed_finish (bed);
  explanation = fermata_plan_explain_node (fermata_run_get_plan (bed->run), 1);
  assert_json (explanation, "{'node':'b','type':'set','join':'any',"
               "'edges':[{'edge':'a>b','from':'a','when':'inputs.x > 0'}],"
               "'inputs':['x'],'variables':['v'],'nodes':['a'],'pin':2}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/explanation/waiting", test_waiting);
  g_test_add_func ("/explanation/places", test_places);
  g_test_add_func ("/explanation/held", test_held);
  g_test_add_func ("/explanation/closing", test_closing);
  g_test_add_func ("/explanation/conditions", test_conditions);
  g_test_add_func ("/explanation/cycle", test_cycle);
  g_test_add_func ("/explanation/long", test_long);
  g_test_add_func ("/explanation/plan", test_plan);

  return g_test_run ();
}
