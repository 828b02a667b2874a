/* test-scxml-writer.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Writing SCXML: the layout, what is kept, and what is told of. */

#include <string.h>

#include "format/scxml-write-fixture.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define OPEN HEAD "<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" "

static FermataGraph *
read_json (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  FermataGraph *graph = fermata_json_read_graph (bytes, "test", NULL, &error);

  g_assert_no_error (error);

  return graph;
}

static void
assert_has (const char *text,
            const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in: %s", part, text);
}

/* Documents in our own layout: what is written is what was read, to the byte. */
static const struct {
  const char *name;
  const char *text;
} fixed[] = {
  { "smallest", OPEN "version=\"1.0\" datamodel=\"null\"/>\n" },

  { "attributes",
    OPEN "initial=\"b\" name=\"m\" version=\"1.0\" datamodel=\"ecmascript\" binding=\"late\">\n"
    "  <state id=\"a\"/>\n"
    "  <state id=\"b\" initial=\"c d\">\n"
    "    <transition event=\"e f.*\" cond=\"x &lt; 1 &amp;&amp; y == 'z'\" target=\"a\" type=\"internal\"/>\n"
    "    <parallel id=\"p\">\n"
    "      <state id=\"c\"/>\n"
    "      <state id=\"d\"/>\n"
    "      <history id=\"h\" type=\"deep\">\n"
    "        <transition target=\"c d\"/>\n"
    "      </history>\n"
    "    </parallel>\n"
    "  </state>\n"
    "  <final id=\"z\">\n"
    "    <donedata>\n"
    "      <param name=\"n\" expr=\"1\"/>\n"
    "      <param name=\"o\" location=\"x.y\"/>\n"
    "    </donedata>\n"
    "  </final>\n"
    "</scxml>\n" },

  { "data",
    OPEN "version=\"1.0\" datamodel=\"ecmascript\">\n"
    "  <datamodel>\n"
    "    <data id=\"a\"/>\n"
    "    <data id=\"b\" src=\"b.json\"/>\n"
    "    <data id=\"c\" expr='\"x\"'/>\n"
    "    <data id=\"d\" expr=\"'x' + &quot;y&quot;\"/>\n"
    "    <data id=\"e\">[1, 2]\n  [3]</data>\n"
    "    <data id=\"f\"><![CDATA[a < b && \"c\"]]></data>\n"
    "    <data id=\"g\"><a xmlns=\"\" b=\"1\"><c/> text </a></data>\n"
    "    <data id=\"h\"><x:a xmlns:x=\"urn:x\"><!-- c --><?p i?></x:a></data>\n"
    "  </datamodel>\n"
    "  <script><![CDATA[if (a < b && c)\n  d = '</x>';\n]]></script>\n"
    "  <state id=\"s\">\n"
    "    <datamodel>\n"
    "      <data id=\"k\" expr=\"Grüße &lt; 日本\"/>\n"
    "    </datamodel>\n"
    "  </state>\n"
    "</scxml>\n" },

  { "actions",
    OPEN "version=\"1.0\" datamodel=\"ecmascript\">\n"
    "  <state id=\"s\">\n"
    "    <onentry>\n"
    "      <raise event=\"e\"/>\n"
    "      <assign location=\"x\" expr=\"1\"/>\n"
    "      <assign location=\"y\"><a xmlns=\"\"/></assign>\n"
    "      <log label=\"l\" expr=\"x\"/>\n"
    "      <log/>\n"
    "      <if cond=\"a\">\n"
    "        <raise event=\"f\"/>\n"
    "      <elseif cond=\"b\"/>\n"
    "      <elseif cond=\"c\"/>\n"
    "        <if cond=\"d\"/>\n"
    "      <else/>\n"
    "        <if cond=\"e\">\n"
    "        <else/>\n"
    "        </if>\n"
    "      </if>\n"
    "      <foreach array=\"xs\" item=\"x\" index=\"i\">\n"
    "        <foreach array=\"ys\" item=\"y\"/>\n"
    "      </foreach>\n"
    "      <script>f ()</script>\n"
    "      <script src=\"f.js\"/>\n"
    "      <script/>\n"
    "      <send event=\"e\" target=\"#_internal\"/>\n"
    "      <send eventexpr=\"e\" targetexpr=\"t\" typeexpr=\"u\" idlocation=\"i\" delayexpr=\"d\" namelist=\"a b\">\n"
    "        <param name=\"n\" expr=\"1\"/>\n"
    "      </send>\n"
    "      <send event=\"e\" id=\"i\" delay=\"1.5s\">\n"
    "        <content>text</content>\n"
    "      </send>\n"
    "      <send event=\"e\">\n"
    "        <content expr=\"x\"/>\n"
    "      </send>\n"
    "      <cancel sendid=\"i\"/>\n"
    "      <cancel sendidexpr=\"i\"/>\n"
    "      <foo:bar xmlns:foo=\"urn:foo\" a=\"b\"/>\n"
    "    </onentry>\n"
    "    <onentry/>\n"
    "    <onexit/>\n"
    "  </state>\n"
    "</scxml>\n" },

  { "initial",
    OPEN "version=\"1.0\" datamodel=\"ecmascript\">\n"
    "  <state id=\"s\">\n"
    "    <initial>\n"
    "      <transition target=\"t\">\n"
    "        <raise event=\"e\"/>\n"
    "      </transition>\n"
    "    </initial>\n"
    "    <state id=\"t\"/>\n"
    "  </state>\n"
    "</scxml>\n" },

  /* The order of the edges is kept where the text can have it. */
  { "edges",
    OPEN "version=\"1.0\" datamodel=\"ecmascript\">\n"
    "  <state id=\"s\">\n"
    "    <transition event=\"a\"/>\n"
    "    <state id=\"t\"/>\n"
    "    <state id=\"u\">\n"
    "      <transition event=\"b\"/>\n"
    "    </state>\n"
    "    <transition event=\"c\"/>\n"
    "    <state id=\"v\">\n"
    "      <state id=\"w\">\n"
    "        <transition event=\"d\"/>\n"
    "      </state>\n"
    "    </state>\n"
    "    <transition event=\"e\"/>\n"
    "  </state>\n"
    "</scxml>\n" },

  { "invoke",
    OPEN "version=\"1.0\" datamodel=\"ecmascript\">\n"
    "  <state id=\"s\">\n"
    "    <invoke type=\"scxml\" src=\"a.scxml\" id=\"i\" namelist=\"x y\" autoforward=\"true\"/>\n"
    "    <invoke type=\"http://www.w3.org/TR/scxml/\">\n"
    "      <param name=\"n\" expr=\"1\"/>\n"
    "      <finalize>\n"
    "        <log/>\n"
    "      </finalize>\n"
    "      <content>\n"
    "        <scxml initial=\"t\" version=\"1.0\" datamodel=\"null\">\n"
    "          <state id=\"t\">\n"
    "            <transition cond=\"In (t)\"/>\n"
    "          </state>\n"
    "        </scxml>\n"
    "      </content>\n"
    "    </invoke>\n"
    "    <invoke typeexpr=\"t\" srcexpr=\"s\" idlocation=\"i\">\n"
    "      <finalize/>\n"
    "    </invoke>\n"
    "    <invoke type=\"urn:x\">\n"
    "      <content><a xmlns=\"urn:a\"/></content>\n"
    "    </invoke>\n"
    "  </state>\n"
    "</scxml>\n" },

  { "kept",
    HEAD "<!-- before -->\n<?style sheet?>\n"
    "<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" xmlns:viz=\"urn:viz\" version=\"1.0\" datamodel=\"ecmascript\" "
    "exmode=\"lax\" viz:zoom=\"2\">\n"
    "  <!-- of the data -->\n"
    "  <datamodel>\n"
    "    <!-- of x -->\n"
    "    <data id=\"x\" viz:colour='\"red\"'/>\n"
    "    <!-- last -->\n"
    "  </datamodel>\n"
    "  <!-- of the script -->\n"
    "  <script>f ()</script>\n"
    "  <!-- of s -->\n"
    "  <viz:group name=\"g\"><viz:member/></viz:group>\n"
    "  <state id=\"s\" viz:x=\"10\">\n"
    "    <!-- of the block -->\n"
    "    <onentry viz:a=\"1\">\n"
    "      <!-- of the log -->\n"
    "      <log expr=\"1\" viz:b=\"2\"/>\n"
    "      <!-- in the block -->\n"
    "    </onentry>\n"
    "    <onentry>\n"
    "      <log/>\n"
    "    </onentry>\n"
    "    <!-- of the initial -->\n"
    "    <initial>\n"
    "      <!-- of its transition -->\n"
    "      <transition target=\"t\"/>\n"
    "    </initial>\n"
    "    <!-- of the transition -->\n"
    "    <transition event=\"e\" type=\"external\">\n"
    "      <if cond=\"a\">\n"
    "        <log/>\n"
    "        <!-- of the elseif -->\n"
    "      <elseif cond=\"b\" viz:c=\"3\"/>\n"
    "        <!-- of the else -->\n"
    "      <else/>\n"
    "        <log/>\n"
    "        <!-- in the if -->\n"
    "      </if>\n"
    "      <send event=\"e\">\n"
    "        <!-- of the param -->\n"
    "        <param name=\"n\" expr=\"1\"/>\n"
    "      </send>\n"
    "    </transition>\n"
    "    <state id=\"t\"/>\n"
    "    <!-- in s -->\n"
    "  </state>\n"
    "</scxml>\n"
    "<!-- after -->\n" },

  { "prefix",
    HEAD "<s:scxml xmlns:s=\"http://www.w3.org/2005/07/scxml\" xmlns=\"urn:html\" version=\"1.0\" datamodel=\"ecmascript\">\n"
    "  <p>text</p>\n"
    "  <s:state id=\"a\">\n"
    "    <s:onentry>\n"
    "      <s:script>f ()</s:script>\n"
    "    </s:onentry>\n"
    "  </s:state>\n"
    "</s:scxml>\n" },
};

static void
test_fixed (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (FermataGraph) graph = scxml_read (fixed[i].text);
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autofree char *text = scxml_assert_round_trip (graph, FERMATA_SCXML_WRITE_DEFAULT, diagnostics);

  g_assert_cmpstr (text, ==, fixed[i].text);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 0);
}

/* Machines that were written by hand, in JSON: read from SCXML, they are what they were. */
static const char *const machines[] = {
  "{'fermata':1,'kind':'fsm','data-model':'ecmascript','nodes':[{'id':'a'}],'edges':[]}",
  "{'fermata':1,'kind':'fsm','data-model':'null','nodes':[{'id':'a','nodes':[{'id':'b'}]}],"
  "'edges':[{'from':'b','event':'e'},{'from':'a','event':'f'}]}",
  "{'fermata':1,'kind':'fsm','data-model':'ecmascript','variables':{'x':{'expr':'  1\\n + 2\\t'},'y':{'content':'<a/>'},"
  "'z':{'content':'&lt; ]]> \\r\\n'}},'nodes':[{'id':'a','entry':[{'log':{'label':' l ','expr':'\\u2028é'}},"
  "{'script':'a < b\\r\\n ]]>'},{'assign':{'location':'x','content':'<a>]]&gt;</a> tail'}}]}],'edges':[]}",
  "{'fermata':1,'kind':'fsm','data-model':'ecmascript','nodes':[{'id':'a','do':["
  "{'type':'subgraph','body':{'kind':'fsm','data-model':'ecmascript','nodes':[{'id':'b','do':["
  "{'type':'subgraph','body':{'kind':'fsm','data-model':'null','nodes':[{'id':'c'}],'edges':[]}}]}],"
  "'edges':[]},'finalize':[]}]}],'edges':[]}",
};

static void
test_machine (gconstpointer data)
{
  g_autoptr (FermataGraph) graph = read_json (data);
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autofree char *text = scxml_assert_round_trip (graph, FERMATA_SCXML_WRITE_DEFAULT, diagnostics);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 0);
}

static char *
dup_lines (GListStore *diagnostics)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (diagnostics)); i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);

      g_string_append_printf (lines, "%s %s: %s\n", fermata_diagnostic_get_code (diagnostic),
                              fermata_diagnostic_get_path (diagnostic), fermata_diagnostic_get_message (diagnostic));
    }

  return g_string_free (lines, FALSE);
}

/* What SCXML has not: told of, and in the text. */
static void
test_more (void)
{
  g_autoptr (FermataGraph) graph = read_json (
    "{'fermata':1,'kind':'fsm','data-model':'ecmascript','label':'5','max-steps':7,'nodes':[{'id':'a b','label':'A','do':["
    "{'type':'command','with':{'argv':['ls']}},{'type':'subgraph','with':{'file':'c:x.scxml','max-depth':3},'retry':2}]}],"
    "'edges':[{'id':'e','from':'a b','event':'f','to':'a b'},{'from':'a b','after':'1s'}],'layout':{'nodes':{'a b':[0,1]}}}");
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autofree char *text = scxml_write (graph, FERMATA_SCXML_WRITE_DEFAULT, diagnostics);
  g_autofree char *lines = dup_lines (diagnostics);
  g_autofree char *placed = scxml_write (graph, FERMATA_SCXML_WRITE_LAYOUT, NULL);

  g_assert_cmpstr (lines, ==,
                   "not-in-scxml /nodes: ids have no spaces in SCXML: “a b” is written as “a_b”\n"
                   "not-in-scxml /max-steps: SCXML has no “max-steps” here: other programs will do without it\n"
                   "not-in-scxml /nodes/0/do/0: SCXML invokes machines and services, but has no task of this type\n"
                   "not-in-scxml /nodes/0/do/1/with/max-depth: SCXML has no “max-depth” here: other programs will do without it\n"
                   "not-in-scxml /nodes/0/do/1/retry: SCXML has no “retry” here: other programs will do without it\n"
                   "not-in-scxml /edges/1: the edge cannot be written as a transition: SCXML has no “after”\n");
  g_assert_cmpstr (text, ==,
                   HEAD "<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" "
                   "xmlns:fermata=\"https://fermata.github.io/ns/graph\" version=\"1.0\" datamodel=\"ecmascript\" "
                   "fermata:label='\"5\"' fermata:max-steps=\"7\">\n"
                   "  <state id=\"a_b\" fermata:do='[{\"type\":\"command\",\"with\":{\"argv\":[\"ls\"]}}]' fermata:label=\"A\">\n"
                   "    <invoke src=\"file:c:x.scxml\" fermata:with='{\"file\":\"c:x.scxml\",\"max-depth\":3}' fermata:retry=\"2\"/>\n"
                   "    <transition event=\"f\" target=\"a_b\" fermata:id=\"e\"/>\n"
                   "    <fermata:edge>{\"from\":\"a b\",\"after\":\"1s\"}</fermata:edge>\n"
                   "  </state>\n"
                   "</scxml>\n");
  assert_has (placed, " fermata:layout='{\"nodes\":{\"a b\":[0,1]}}'");
}

/* What only Fermata understands is what it was, where it is read again. */
static void
test_own_members (void)
{
  g_autoptr (FermataGraph) graph = read_json (
    "{'fermata':1,'kind':'fsm','data-model':'ecmascript','variables':{'v':{'x-a':[1]}},'initial':{'to':'a','actions':[]},'nodes':[{'id':'a','do':["
    "{'type':'subgraph','with':{'file':'b.scxml','max-depth':7,'inputs':{}},'timeout':'5s'},{'type':'command','with':{'argv':['ls']}}],"
    "'label':'7','description':'a \\\"b\\\" \\u0041\\n c','x-mine':null}],"
    "'edges':[{'from':'a','to':'a','event':'e','actions':[{'raise':'f','x-b':'true'}],'id':'e1','label':'\\\"quoted'}],"
    "'max-steps':7,'layout':{'nodes':{'a':[1.5,-2]}},'x-scxml':{'namespaces':{'fermata1':'urn:other'}}}");
  g_autofree char *first = scxml_write (graph, FERMATA_SCXML_WRITE_LAYOUT, NULL);
  g_autoptr (FermataGraph) again = scxml_read (first);
  g_autofree char *second = scxml_write (again, FERMATA_SCXML_WRITE_LAYOUT, NULL);
  g_autoptr (FermataValue) before = fermata_graph_to_value (graph);
  g_autoptr (FermataValue) after = fermata_graph_to_value (again);

  g_test_message ("%s", first);
  g_assert_cmpstr (second, ==, first);
  g_assert_true (fermata_value_equal (before, after));
}

/* Fermata's own data model, as far as it goes. */
static void
test_own (void)
{
  g_autoptr (FermataGraph) graph = read_json (
    "{'fermata':1,'kind':'fsm','initial':'off','variables':{'n':0},'nodes':["
    "{'id':'off','entry':[{'log':'off'},{'log':'{{variables.n}}'},{'raise':{'event':'e','data':{'x':1}}},"
    "{'send':{'event':'f','delay':'2m','to':'#_parent'}},{'assign':[{'n':'variables.n + 1'}]},{'cancel':'i'},"
    "{'if':true,'then':{'raise':'g'},'else':{'if':'variables.n','then':[]}}]},"
    "{'id':'on','type':'final','data':['a',2]},{'id':'end','type':'final','data':'{{event.data}}'}],"
    "'edges':[{'from':'off','to':'on','event':['a','b']},{'from':'off','to':'on','event':'c','when':'variables.n > 1'},"
    "{'from':'off','event':'d','internal':true,'assign':[{'n':'1'}]}]}");
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autofree char *text = scxml_write (graph, FERMATA_SCXML_WRITE_DEFAULT, diagnostics);
  g_autofree char *lines = dup_lines (diagnostics);
  g_autoptr (FermataGraph) again = scxml_read (text);
  g_autofree char *second = scxml_write (again, FERMATA_SCXML_WRITE_DEFAULT, NULL);

  g_test_message ("%s", text);
  g_assert_cmpstr (text, ==,
                   HEAD "<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" "
                   "xmlns:fermata=\"https://fermata.github.io/ns/graph\" initial=\"off\" version=\"1.0\" "
                   "datamodel=\"ecmascript\" fermata:x-variables='{\"n\":0}'>\n"
                   "  <state id=\"off\">\n"
                   "    <onentry>\n"
                   "      <log expr='\"off\"'/>\n"
                   "      <fermata:action>{\"log\":\"{{variables.n}}\"}</fermata:action>\n"
                   "      <send event=\"e\" target=\"#_internal\">\n"
                   "        <content>{\"x\":1}</content>\n"
                   "      </send>\n"
                   "      <send event=\"f\" target=\"#_parent\" delay=\"120s\"/>\n"
                   "      <fermata:action>{\"assign\":[{\"n\":\"variables.n + 1\"}]}</fermata:action>\n"
                   "      <cancel sendid=\"i\"/>\n"
                   "      <if cond=\"true\">\n"
                   "        <raise event=\"g\"/>\n"
                   "      <else/>\n"
                   "        <fermata:action>{\"if\":\"variables.n\",\"then\":[]}</fermata:action>\n"
                   "      </if>\n"
                   "    </onentry>\n"
                   "    <transition event=\"a b\" target=\"on\"/>\n"
                   "    <fermata:edge>{\"from\":\"off\",\"to\":\"on\",\"event\":\"c\",\"when\":\"variables.n > 1\"}</fermata:edge>\n"
                   "    <transition event=\"d\" type=\"internal\">\n"
                   "      <fermata:action>{\"assign\":[{\"n\":\"1\"}]}</fermata:action>\n"
                   "    </transition>\n"
                   "  </state>\n"
                   "  <final id=\"on\">\n"
                   "    <donedata>\n"
                   "      <content>[\"a\",2]</content>\n"
                   "    </donedata>\n"
                   "  </final>\n"
                   "  <final id=\"end\" fermata:x-data=\"{{event.data}}\"/>\n"
                   "</scxml>\n");
  assert_has (lines, "/variables: SCXML has no “variables” here");
  assert_has (lines, "/nodes/0/entry/1: the action cannot be written as SCXML: there are templates in it");
  assert_has (lines, "/nodes/0/entry/4: the action cannot be written as SCXML: it names variables as SCXML has none");
  assert_has (lines, "/nodes/0/entry/6/else: the action cannot be written as SCXML: its condition is");
  assert_has (lines, "/edges/1: the edge cannot be written as a transition: its condition is");
  assert_has (lines, "/nodes/2/data: SCXML cannot have this “data” here");
  g_assert_nonnull (second);
}

static void
test_refused (void)
{
  g_autoptr (FermataGraph) graph = read_json ("{'fermata':1,'kind':'dag','nodes':[],'edges':[]}");
  g_autoptr (GError) error = NULL;

  g_assert_null (fermata_scxml_write_graph (graph, FERMATA_SCXML_WRITE_DEFAULT, NULL, &error));
  g_assert_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_INVALID);
  assert_has (error->message, "Only state machines");
}

/* What is kept may be anybody's; the text is XML all the same. */
static void
test_hostile (void)
{
  g_autoptr (FermataGraph) graph = read_json (
    "{'fermata':1,'kind':'fsm','data-model':'ecmascript','x-scxml':{'prefix':'a b','namespaces':{'':'urn:x','1':'y','z':'urn:z'},"
    "'attributes':{'a b':'c','version':'2','name':5,'xmlns':'urn:no'},'before':['<a>','text','<!-- - -- -->','</x><x>',7],"
    "'inside':'no array'},'name':'\\u0001','nodes':[{'id':'s','x-scxml':5,'entry':[7,{'xml':'no'},{'xml':'<a'},{'raise':5},{}],"
    "'initial':[],'data':{},'do':[5,{'type':'subgraph','body':5}],'variables':{'1 2':5,'<':{'expr':[]}},'exit':{'log':5}}],"
    "'edges':[{'from':'nobody'},{'from':'s','event':[5],'to':7,'when':[],'internal':'yes','actions':'none'}]}");
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autofree char *text = scxml_write (graph, FERMATA_SCXML_WRITE_DEFAULT, diagnostics);
  g_autoptr (FermataGraph) again = scxml_read (text);

  g_test_message ("%s", text);
  g_assert_nonnull (again);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), >=, 12);
}

static char *
dup_deep (guint n)
{
  GString *text = g_string_new (OPEN "version=\"1.0\" datamodel=\"ecmascript\">");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "<state id=\"s%u\">", i);
  g_string_append (text, "<onentry>");
  for (guint i = 0; i < n; i++)
    g_string_append (text, "<if cond=\"a\">");
  g_string_append (text, "<log/>");
  for (guint i = 0; i < n; i++)
    g_string_append (text, "</if>");
  g_string_append (text, "</onentry>");
  for (guint i = 0; i < n; i++)
    g_string_append (text, "</state>");
  g_string_append (text, "</scxml>");

  return g_string_free (text, FALSE);
}

/* As deep as what is written can be read again: states in two levels of JSON each. */
static void
test_deep (void)
{
  g_autofree char *text = dup_deep (240);
  g_autoptr (FermataGraph) graph = scxml_read (text);
  g_autofree char *written = scxml_assert_round_trip (graph, FERMATA_SCXML_WRITE_DEFAULT, NULL);

  g_assert_nonnull (written);
}

/* Many states with many edges, from the first to the last and between them. */
static void
test_wide (void)
{
  g_autoptr (GString) text = g_string_new ("{\"fermata\":1,\"kind\":\"fsm\",\"data-model\":\"null\",\"nodes\":[{\"id\":\"p\",\"nodes\":[");
  g_autoptr (FermataGraph) graph = NULL;
  g_autofree char *written = NULL;
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "%s{\"id\":\"s%u\"}", i > 0 ? "," : "", i);
  g_string_append (text, "]}],\"edges\":[");
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "%s{\"from\":\"p\",\"event\":\"e%u\"},{\"from\":\"s%u\",\"event\":\"f\"}", i > 0 ? "," : "", i, i);
  g_string_append (text, "]}");
  bytes = g_bytes_new (text->str, text->len);
  graph = fermata_json_read_graph (bytes, "wide", NULL, NULL);
  written = scxml_assert_round_trip (graph, FERMATA_SCXML_WRITE_DEFAULT, NULL);
}

/* What is read and told of as kept is there when it is written. */
static void
test_kept (void)
{
  static const struct {
    const char *from;
    const char *to;
  } cases[] = {
    { "<datamodel><data id='a'><!-- c --></data></datamodel>", "<data id=\"a\"><!-- c --></data>" },
    { "<datamodel><data id='a'>1<?p i?></data></datamodel>", "<data id=\"a\">1<?p i?></data>" },
    { "<datamodel><data id='a' expr='1'>\n<!-- c -->\n</data></datamodel>", "<data id=\"a\" expr=\"1\"><!-- c --></data>" },
    { "<datamodel><data id='a'><x xmlns=''/><!-- c --></data></datamodel>", "<x xmlns=''/><!-- c --></data>" },
    { "<script><!-- c -->f ()</script>", "<script>f ()<!-- c --></script>" },
    { "<script src='a.js'><!-- c --></script>", "<script src=\"a.js\"><!-- c --></script>" },
    { "<state id='s'><onentry><script>f ()<!-- c --><?p i?></script></onentry></state>",
      "<script>f ()<!-- c --><?p i?></script>" },
    { "<state id='s'><onentry><script><!-- c --></script></onentry></state>", "<script><!-- c --></script>" },
    { "<state id='s'><onentry><assign location='a'>1<!-- c --></assign></onentry></state>",
      "<assign location=\"a\">1<!-- c --></assign>" },
    { "<state id='s'><onentry><assign location='a' expr='1'><!-- c --></assign></onentry></state>",
      "<assign location=\"a\" expr=\"1\"><!-- c --></assign>" },
    { "<state id='s'><onentry><send event='e'><content>1<!-- c --></content></send></onentry></state>",
      "<content>1<!-- c --></content>" },
    { "<state id='s'><onentry><send event='e'><content expr='1'><!-- c --></content></send></onentry></state>",
      "<content expr=\"1\"><!-- c --></content>" },
    { "<state id='s'><onentry><raise event='e'><!-- c --></raise></onentry></state>", "<!-- c -->" },
    { "<state id='s'><onentry><foreach array='[]' item='i'><!-- c --></foreach></onentry></state>", "<!-- c -->" },
    { "<state id='s'><onentry><if cond='1'><log/><else><!-- c --></else></if></onentry></state>", "<!-- c -->" },
    { "<state id='s'><onentry><if cond='1'><log/><elseif cond='2'><!-- c --></elseif></if></onentry></state>", "<!-- c -->" },
    { "<state id='s'><invoke><param name='a' expr='1'><!-- c --></param><finalize><!-- d --></finalize></invoke></state>",
      "<!-- c -->" },
    { "<state id='s'><invoke><content><!-- c --><scxml version='1.0'/><!-- d --></content></invoke></state>", "<!-- c -->" },
    { "<state id='s'><invoke><content>\n<scxml version='1.0'/><!-- d --></content></invoke></state>", "<!-- d -->" },
    { "<final id='s'><donedata><!-- c --><content><!-- d --></content><!-- e --></donedata></final>", "<content><!-- d --></content>" },
    { "<final id='s'><donedata><param name='a' expr='1'/><!-- e --></donedata></final>", "<!-- e -->" },
    { "<state id='s'><initial><transition event='e' cond='a' type='internal' target='t'/></initial><state id='t'/></state>",
      "<transition target=\"t\" event=\"e\" cond=\"a\" type=\"internal\"/>" },
    { " a &amp; b&lt;<datamodel/>", "  a &amp; b&lt;\n  <datamodel/>" },
    { "<state id='s'>text</state>", "  <state id=\"s\">\n    text\n  </state>" },
    { "<state id='s'><onentry>a<log/>b<!-- c -->d</onentry></state>", "      b\n      <!-- c -->\n      d\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (OPEN "version=\"1.0\" datamodel=\"ecmascript\">", cases[i].from, "</scxml>", NULL);
      g_autoptr (FermataGraph) graph = scxml_read (text);
      g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
      g_autofree char *written = scxml_assert_round_trip (graph, FERMATA_SCXML_WRITE_DEFAULT, diagnostics);

      assert_has (written, cases[i].to);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 0);
    }
}

/* A text is one, however many pieces it was read in. */
static void
test_long_text (void)
{
  g_autofree char *words = g_strnfill (5000, 'x');
  g_autofree char *text = g_strconcat (OPEN "version=\"1.0\">", words, "</scxml>", NULL);
  g_autoptr (FermataGraph) graph = scxml_read (text);
  g_autofree char *written = scxml_assert_round_trip (graph, FERMATA_SCXML_WRITE_DEFAULT, NULL);

  assert_has (written, words);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    {
      g_autofree char *name = g_strconcat ("/scxml-writer/fixed/", fixed[i].name, NULL);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_fixed);
    }
  for (guint i = 0; i < G_N_ELEMENTS (machines); i++)
    {
      g_autofree char *name = g_strdup_printf ("/scxml-writer/machine/%u", i);

      g_test_add_data_func (name, machines[i], test_machine);
    }
  g_test_add_func ("/scxml-writer/more", test_more);
  g_test_add_func ("/scxml-writer/own-members", test_own_members);
  g_test_add_func ("/scxml-writer/own", test_own);
  g_test_add_func ("/scxml-writer/refused", test_refused);
  g_test_add_func ("/scxml-writer/hostile", test_hostile);
  g_test_add_func ("/scxml-writer/kept", test_kept);
  g_test_add_func ("/scxml-writer/long-text", test_long_text);
  g_test_add_func ("/scxml-writer/deep", test_deep);
  g_test_add_func ("/scxml-writer/wide", test_wide);

  return g_test_run ();
}
