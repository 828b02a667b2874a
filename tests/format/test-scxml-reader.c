/* test-scxml-reader.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Each element and attribute of the recommendation, and what it is in a graph. */

#include "format/scxml-fixture.h"

/* @body: what is in <scxml>; @members: those of the graph behind its data model, of
 * JSON with ' for ". */
typedef struct {
  const char *body;
  const char *members;
} Case;

static void
check_cases (const Case *cases,
             guint       n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *xml = g_strdup_printf (MACHINE ("%s"), cases[i].body);
      g_autofree char *json = g_strdup_printf ("{'fermata':1,'kind':'fsm','data-model':'ecmascript',%s}",
                                               cases[i].members);
      g_autoptr (FermataGraph) graph = NULL;

      g_test_message ("%s", cases[i].body);
      graph = read_scxml (xml);
      assert_graph (graph, json);
      g_assert_false (fermata_graph_is_incomplete (graph));
    }
}

/* 3.2 */
static void
test_scxml (void)
{
  static const Case documents[] = {
    { "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' name='N' initial='a' datamodel='null' binding='late'>"
      "<state id='a'/></scxml>",
      "{'fermata':1,'kind':'fsm','name':'N','initial':'a','data-model':'null','binding':'late',"
      "'nodes':[{'id':'a'}],'edges':[]}" },
    { "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' initial=' a\n b ' binding='early' datamodel='ecmascript'>"
      "<parallel><state id='a'/><state id='b'/></parallel></scxml>",
      "{'fermata':1,'kind':'fsm','initial':['a','b'],'data-model':'ecmascript','binding':'early',"
      "'nodes':[{'id':'parallel1','type':'parallel','nodes':[{'id':'a'},{'id':'b'}]}],'edges':[]}" },
    { "<s:scxml xmlns:s='http://www.w3.org/2005/07/scxml' version='1.0'><s:final id='f'/></s:scxml>",
      "{'fermata':1,'kind':'fsm','data-model':'ecmascript','nodes':[{'id':'f','type':'final'}],'edges':[],"
      "'x-scxml':{'prefix':'s'}}" },
    { "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' exmode='lax'/>",
      "{'fermata':1,'kind':'fsm','data-model':'ecmascript','edges':[],'x-scxml':{'attributes':{'exmode':'lax'}}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (FermataGraph) graph = read_scxml (documents[i].body);

      assert_graph (graph, documents[i].members);
    }
}

/* 3.3, 3.4, 3.6 to 3.11 */
static void
test_states (void)
{
  static const Case cases[] = {
    { "<state id='a'/>", "'nodes':[{'id':'a'}],'edges':[]" },
    { "<state id='a' initial='b c'/>", "'nodes':[{'id':'a','initial':['b','c']}],'edges':[]" },
    { "<state id='a'><state id='b'><state id='c'/></state><final id='d'/></state>",
      "'nodes':[{'id':'a','nodes':[{'id':'b','nodes':[{'id':'c'}]},{'id':'d','type':'final'}]}],'edges':[]" },
    { "<parallel id='p'><state id='b'/><parallel id='c'/><history id='h'/></parallel>",
      "'nodes':[{'id':'p','type':'parallel','nodes':[{'id':'b'},{'id':'c','type':'parallel'},"
      "{'id':'h','type':'history'}]}],'edges':[]" },
    /* Those without an id get one that is free. */
    { "<state/><state id='state2'/><state/><final/><state id='x'><state/><history/></state>",
      "'nodes':[{'id':'state1'},{'id':'state2'},{'id':'state3'},{'id':'final1','type':'final'},"
      "{'id':'x','nodes':[{'id':'state4'},{'id':'history1','type':'history'}]}],'edges':[]" },
    { "<state id='a'><initial><transition target='b'/></initial><state id='b'/></state>",
      "'nodes':[{'id':'a','initial':'b','nodes':[{'id':'b'}]}],'edges':[]" },
    { "<state id='a'><initial><transition target='b c'/></initial></state>",
      "'nodes':[{'id':'a','initial':['b','c']}],'edges':[]" },
    { "<state id='a'><initial><transition target='b'><raise event='e'/></transition></initial><state id='b'/></state>",
      "'nodes':[{'id':'a','initial':{'to':'b','actions':[{'raise':'e'}]},'nodes':[{'id':'b'}]}],'edges':[]" },
    { "<state id='a'><history id='h' type='deep'><transition target='b'><log/></transition></history>"
      "<history id='i' type='shallow'/><state id='b'/></state>",
      "'nodes':[{'id':'a','nodes':[{'id':'h','type':'history','history':'deep'},"
      "{'id':'i','type':'history','history':'shallow'},{'id':'b'}]}],"
      "'edges':[{'from':'h','to':'b','actions':[{'log':{}}]}]" },
    { "<state id='a'><onentry><raise event='e'/><raise event='f'/></onentry><onexit><raise event='g'/></onexit></state>",
      "'nodes':[{'id':'a','entry':[{'raise':'e'},{'raise':'f'}],'exit':[{'raise':'g'}]}],'edges':[]" },
    /* Several blocks: each fails by itself. */
    { "<state id='a'><onentry><raise event='e'/></onentry><onentry/><onentry><raise event='f'/></onentry>"
      "<onexit/><onexit/></state>",
      "'nodes':[{'id':'a','entry':[[{'raise':'e'}],[],[{'raise':'f'}]],'exit':[[],[]]}],'edges':[]" },
    { "<state id='a'><onentry/></state>", "'nodes':[{'id':'a','entry':[]}],'edges':[]" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

/* 3.5 */
static void
test_transitions (void)
{
  static const Case cases[] = {
    { "<state id='a'><transition event=' e.* f\n' cond='x &lt; 1' target='b'/></state><state id='b'/>",
      "'nodes':[{'id':'a'},{'id':'b'}],'edges':[{'from':'a','to':'b','event':'e.* f','when':'x < 1'}]" },
    { "<state id='a'><transition cond='a &amp;&amp; b &#38; &quot;&#x4e2d;&quot; &gt; &apos;'/></state>",
      "'nodes':[{'id':'a'}],'edges':[{'from':'a','when':'a && b & \\\"\xe4\xb8\xad\\\" > \\u0027'}]" },
    { "<state id='a'><transition target='b c' type='internal'/><transition event='*'><log expr='1'/></transition></state>",
      "'nodes':[{'id':'a'}],'edges':[{'from':'a','to':['b','c'],'internal':true},"
      "{'from':'a','event':'*','actions':[{'log':{'expr':'1'}}]}]" },
    { "<state id='a'><transition target='a' type='external'/></state>",
      "'nodes':[{'id':'a'}],'edges':[{'from':'a','to':'a','x-scxml':{'attributes':{'type':'external'}}}]" },
    /* In the order of the document, whatever state they leave. */
    { "<state id='a'><transition event='1'/><state id='b'><transition event='2'/></state><transition event='3'/></state>"
      "<parallel id='p'><transition event='4'/></parallel>",
      "'nodes':[{'id':'a','nodes':[{'id':'b'}]},{'id':'p','type':'parallel'}],"
      "'edges':[{'from':'a','event':'1'},{'from':'b','event':'2'},{'from':'a','event':'3'},{'from':'p','event':'4'}]" },
    { "<state><transition event='1'/></state>",
      "'nodes':[{'id':'state1'}],'edges':[{'from':'state1','event':'1'}]" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

/* 5.2 to 5.8 */
static void
test_data (void)
{
  static const Case cases[] = {
    { "<datamodel><data id='x' expr=' 5 '/><data id='y' src='file:a.json'/><data id='u'/><data id='v'> </data></datamodel>",
      "'variables':{'x':{'expr':' 5 '},'y':{'src':'file:a.json'},'u':{},'v':{}},'edges':[]" },
    { "<datamodel><data id='j'> [1, &lt;2]\n<![CDATA[ <3> ]]></data></datamodel>",
      "'variables':{'j':{'content':' [1, <2]\\n <3> '}},'edges':[]" },
    { "<datamodel><data id='m'> <b xmlns=''><c d=\"e\"/></b> </data></datamodel>",
      "'variables':{'m':{'content':' <b xmlns=\\u0027\\u0027><c d=\\\"e\\\"/></b> '}},'edges':[]" },
    { "<state id='a'><datamodel><data id='x' expr='1'/></datamodel></state>",
      "'nodes':[{'id':'a','variables':{'x':{'expr':'1'}}}],'edges':[]" },
    { "<datamodel/>", "'variables':{},'edges':[]" },
    { "<final id='f'><donedata><param name='n' expr='1'/><param name='m' location='x.y'/></donedata></final>",
      "'nodes':[{'id':'f','type':'final','data':{'params':[{'name':'n','expr':'1'},{'name':'m','location':'x.y'}]}}],"
      "'edges':[]" },
    { "<final id='f'><donedata><content expr='x'/></donedata></final>",
      "'nodes':[{'id':'f','type':'final','data':{'content-expr':'x'}}],'edges':[]" },
    { "<final id='f'><donedata><content> some text </content></donedata></final>",
      "'nodes':[{'id':'f','type':'final','data':{'content':' some text '}}],'edges':[]" },
    { "<final id='f'><donedata><content/></donedata></final>",
      "'nodes':[{'id':'f','type':'final','data':{'content':''}}],'edges':[]" },
    { "<script>var a = 1 &amp;&amp; 2;</script>", "'script':'var a = 1 && 2;','edges':[]" },
    { "<script src='a.js'/>", "'script':{'src':'a.js'},'edges':[]" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

/* Chapter 4, 5.4 and 6.2, 6.3; @members: the actions. */
static void
test_actions (void)
{
  static const Case cases[] = {
    { "<raise event='e.f'/>", "{'raise':'e.f'}" },
    { "<log/>", "{'log':{}}" },
    { "<log label='l' expr='a + b'/>", "{'log':{'label':'l','expr':'a + b'}}" },
    { "<assign location='x.y' expr='1'/>", "{'assign':[{'x.y':'1'}]}" },
    { "<assign location='x'>[1]</assign>", "{'assign':{'location':'x','content':'[1]'}}" },
    { "<assign location='x'><a xmlns=''/></assign>", "{'assign':{'location':'x','content':'<a xmlns=\\u0027\\u0027/>'}}" },
    { "<script>x = 1</script>", "{'script':'x = 1'}" },
    { "<script/>", "{'script':''}" },
    { "<script src='a.js'/>", "{'script':{'src':'a.js'}}" },
    { "<if cond='a'/>", "{'if':'a','then':[]}" },
    { "<if cond='a'><log/><else/><raise event='e'/><log/></if>",
      "{'if':'a','then':[{'log':{}}],'else':[{'raise':'e'},{'log':{}}]}" },
    { "<if cond='a'><log/><elseif cond='b'/><elseif cond='c'/><log/><else/></if>",
      "{'if':'a','then':[{'log':{}}],'else':{'if':'b','then':[],'else':{'if':'c','then':[{'log':{}}],'else':[]}}}" },
    { "<if cond='a'><if cond='b'><log/></if></if>", "{'if':'a','then':[{'if':'b','then':[{'log':{}}]}]}" },
    { "<foreach array='a' item='i'/>", "{'foreach':'a','item':'i','do':[]}" },
    { "<foreach array='[1]' item='i' index='n'><log expr='i'/></foreach>",
      "{'foreach':'[1]','item':'i','index':'n','do':[{'log':{'expr':'i'}}]}" },
    { "<send event='e' target='#_parent' type='scxml' id='i' delay='.5s' namelist=' a  b '/>",
      "{'send':{'event':'e','to':'#_parent','type':'scxml','id':'i','delay':'.5s','name-list':['a','b']}}" },
    { "<send eventexpr='e' targetexpr='t' typeexpr='y' idlocation='l' delayexpr='d'/>",
      "{'send':{'event-expr':'e','to-expr':'t','type-expr':'y','id-location':'l','delay-expr':'d'}}" },
    { "<send event='e'><param name='n' expr='1'/><param name='n' location='x'/></send>",
      "{'send':{'event':'e','params':[{'name':'n','expr':'1'},{'name':'n','location':'x'}]}}" },
    { "<send event='e'><content expr='x'/></send>", "{'send':{'event':'e','content-expr':'x'}}" },
    { "<send event='e'><content>te&gt;xt</content></send>", "{'send':{'event':'e','content':'te>xt'}}" },
    { "<send event='e'><content><a xmlns=''>t</a> u <b xmlns=''/></content></send>",
      "{'send':{'event':'e','content':'<a xmlns=\\u0027\\u0027>t</a> u <b xmlns=\\u0027\\u0027/>'}}" },
    { "<cancel sendid='i'/>", "{'cancel':'i'}" },
    { "<cancel sendidexpr='i'/>", "{'cancel':{'id-expr':'i'}}" },
    /* Executable content of others */
    { "<foo:bar xmlns:foo='urn:foo' a='1'><foo:b/></foo:bar>",
      "{'xml':'<foo:bar xmlns:foo=\\u0027urn:foo\\u0027 a=\\u00271\\u0027><foo:b/></foo:bar>'}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *entry = g_strdup_printf ("<state id='s'><onentry>%s</onentry></state>", cases[i].body);
      g_autofree char *nodes = g_strdup_printf ("'nodes':[{'id':'s','entry':[%s]}],'edges':[]", cases[i].members);
      g_autofree char *exit = g_strdup_printf ("<state id='s'><onexit>%s</onexit></state>", cases[i].body);
      g_autofree char *exit_nodes = g_strdup_printf ("'nodes':[{'id':'s','exit':[%s]}],'edges':[]", cases[i].members);
      g_autofree char *transition = g_strdup_printf ("<state id='s'><transition event='e'>%s</transition></state>",
                                                     cases[i].body);
      g_autofree char *edges = g_strdup_printf ("'nodes':[{'id':'s'}],'edges':[{'from':'s','event':'e','actions':[%s]}]",
                                                cases[i].members);
      Case places[] = { { entry, nodes }, { exit, exit_nodes }, { transition, edges } };

      check_cases (places, G_N_ELEMENTS (places));
    }
}

/* 6.4, 6.5; @members: the task. */
static void
test_invoke (void)
{
  static const Case cases[] = {
    { "<invoke type='x'/>", "{'type':'invoke','with':{'type':'x'}}" },
    { "<invoke src='a.scxml' id='i'/>",
      "{'id':'i','type':'subgraph','with':{'file':'a.scxml','max-depth':100}}" },
    { "<invoke src='file:parts/a.scxml' type='scxml'/>",
      "{'type':'subgraph','with':{'file':'parts/a.scxml','max-depth':100},'x-scxml':{'attributes':{'type':'scxml'}}}" },
    { "<invoke src='file:///a.scxml'/>", "{'type':'subgraph','with':{'file':'file:///a.scxml','max-depth':100}}" },
    { "<invoke src='http://example.org/a.scxml'/>", "{'type':'invoke','with':{'src':'http://example.org/a.scxml'}}" },
    { "<invoke type='http://www.w3.org/TR/ccxml/' src='a'/>",
      "{'type':'invoke','with':{'type':'http://www.w3.org/TR/ccxml/','src':'a'}}" },
    { "<invoke typeexpr='t' srcexpr='u' idlocation='l'/>",
      "{'type':'invoke','with':{'type-expr':'t','src-expr':'u'},'id-location':'l'}" },
    { "<invoke><content expr='x'/></invoke>", "{'type':'invoke','with':{'content-expr':'x'}}" },
    { "<invoke type='x'><content>text</content></invoke>", "{'type':'invoke','with':{'type':'x','content':'text'}}" },
    { "<invoke typeexpr='t'><content><scxml version='1.0'/></content></invoke>",
      "{'type':'invoke','with':{'type-expr':'t',"
      "'content':'<scxml xmlns=\\\"http://www.w3.org/2005/07/scxml\\\" version=\\u00271.0\\u0027/>'}}" },
    { "<invoke type='x' autoforward='true' namelist='a b'><finalize><log/></finalize></invoke>",
      "{'type':'invoke','with':{'type':'x'},'name-list':['a','b'],'autoforward':true,'finalize':[{'log':{}}]}" },
    { "<invoke type='x' autoforward='false'><param name='n' expr='1'/><finalize/></invoke>",
      "{'type':'invoke','with':{'type':'x'},'params':[{'name':'n','expr':'1'}],'autoforward':false,'finalize':[]}" },
    { "<invoke type='http://www.w3.org/TR/scxml'><content>"
      "<scxml version='1.0' name='m' datamodel='null'><state><transition event='e'/></state></scxml></content></invoke>",
      "{'type':'subgraph','body':{'kind':'fsm','name':'m','data-model':'null','nodes':[{'id':'state1'}],"
      "'edges':[{'from':'state1','event':'e'}]},'x-scxml':{'attributes':{'type':'http://www.w3.org/TR/scxml'}}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strdup_printf ("<state id='s'>%s<transition event='f'/></state>", cases[i].body);
      g_autofree char *members = g_strdup_printf ("'nodes':[{'id':'s','do':[%s]}],'edges':[{'from':'s','event':'f'}]",
                                                  cases[i].members);
      Case with_invoke = { body, members };

      check_cases (&with_invoke, 1);
    }
}

/* What SCXML has and graphs do not. */
static void
test_kept (void)
{
  static const Case cases[] = {
    { "<!-- 1 --><?pi data?><state id='a'/><!-- 2 -->",
      "'nodes':[{'id':'a','x-scxml':{'before':['<!-- 1 -->','<?pi data?>']}}],'edges':[],"
      "'x-scxml':{'inside':['<!-- 2 -->']}" },
    { "<q:x xmlns:q='urn:q'><!-- <y> --></q:x><state id='a' xmlns:q='urn:q' q:b='&lt;c'/>",
      "'nodes':[{'id':'a','x-scxml':{'attributes':{'xmlns:q':'urn:q','q:b':'<c'},"
      "'before':['<q:x xmlns:q=\\u0027urn:q\\u0027><!-- <y> --></q:x>']}}],'edges':[]" },
    { "<state id='a'><!--1--><onentry><!--2--></onentry><!--3--><onentry/><onexit/><!--4--><datamodel/></state>",
      "'nodes':[{'id':'a','variables':{},'entry':[[],[]],'exit':[],'x-scxml':{'datamodel':{'before':['<!--4-->']},"
      "'onentry':[{'before':['<!--1-->'],'inside':['<!--2-->']},{'before':['<!--3-->']}]}}],'edges':[]" },
    { "<state id='a'><onentry/><!--1--><onentry/></state>",
      "'nodes':[{'id':'a','entry':[[],[]],'x-scxml':{'onentry':[{},{'before':['<!--1-->']}]}}],'edges':[]" },
    { "<state id='a'><!--1--><transition event='e'><!--2--><raise event='f'/><!--3--></transition></state>",
      "'nodes':[{'id':'a'}],'edges':[{'from':'a','event':'e','actions':[{'raise':'f','x-scxml':{'before':['<!--2-->']}}],"
      "'x-scxml':{'before':['<!--1-->'],'inside':['<!--3-->']}}]" },
    { "<state id='a'><onentry><if cond='1'><!--1--><elseif cond='2'/><log/><!--2--><else/><!--3--></if></onentry></state>",
      "'nodes':[{'id':'a','entry':[{'if':'1','then':[],'else':{'if':'2','then':[{'log':{}}],'else':[],"
      "'x-scxml':{'before':['<!--1-->'],'else':{'before':['<!--2-->']}}},'x-scxml':{'inside':['<!--3-->']}}]}],'edges':[]" },
    { "<state id='a'><!--1--><initial><!--2--><transition target='b'/></initial><state id='b'/></state>",
      "'nodes':[{'id':'a','initial':{'to':'b','x-scxml':{'before':['<!--2-->']}},'nodes':[{'id':'b'}],"
      "'x-scxml':{'initial':{'before':['<!--1-->']}}}],'edges':[]" },
    { "<final id='f'><!--1--><donedata><!--2--><content>t<!--3-->u</content></donedata></final>",
      "'nodes':[{'id':'f','type':'final','data':{'content':'tu','x-scxml':{'before':['<!--1-->'],"
      "'content':{'before':['<!--2-->'],'inside':['<!--3-->']}}}}],'edges':[]" },
    { "<!--1--><datamodel><!--2--><data id='x'>t<!--3--></data><!--4--></datamodel><!--5--><script><!--6-->1</script>",
      "'variables':{'x':{'content':'t','x-scxml':{'before':['<!--2-->'],'inside':['<!--3-->']}}},'script':'1','edges':[],"
      "'x-scxml':{'datamodel':{'before':['<!--1-->'],'inside':['<!--4-->']},"
      "'script':{'before':['<!--5-->'],'inside':['<!--6-->']}}" },
    /* In markup, comments are part of it. */
    { "<datamodel><data id='x'><!--1--><a xmlns=''/>\r\n<!--2--></data></datamodel>",
      "'variables':{'x':{'content':'<!--1--><a xmlns=\\u0027\\u0027/>\\n<!--2-->'}},'edges':[]" },
    { "<state id='a' xml:lang='en'/>",
      "'nodes':[{'id':'a','x-scxml':{'attributes':{'xml:lang':'en'}}}],'edges':[]" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

/* Markup that is to be parsed alone has the namespaces that it uses. */
static void
test_namespaces (void)
{
  g_autoptr (FermataGraph) graph =
    read_scxml ("<!--a--><s:scxml xmlns:s='http://www.w3.org/2005/07/scxml' xmlns='urn:d' xmlns:p='urn:p&amp;' xmlns:q='urn:q'"
                " version='1.0' q:r='1'><s:datamodel><s:data id='x'><a p:b='1'><p:c/><d xmlns:q='urn:e' q:f=''/></a>"
                "<q:g/><h xmlns='' q:i=''/></s:data></s:datamodel><p:foreign/></s:scxml><!--z-->");

  assert_graph (graph,
                "{'fermata':1,'kind':'fsm','data-model':'ecmascript','variables':{'x':{'content':'"
                "<a xmlns=\\\"urn:d\\\" xmlns:p=\\\"urn:p&amp;\\\" p:b=\\u00271\\u0027><p:c/>"
                "<d xmlns:q=\\u0027urn:e\\u0027 q:f=\\u0027\\u0027/></a><q:g xmlns:q=\\\"urn:q\\\"/>"
                "<h xmlns:q=\\\"urn:q\\\" xmlns=\\u0027\\u0027 q:i=\\u0027\\u0027/>'}},'edges':[],"
                "'x-scxml':{'namespaces':{'':'urn:d','p':'urn:p&','q':'urn:q'},'prefix':'s','attributes':{'q:r':'1'},"
                "'before':['<!--a-->'],'inside':['<p:foreign/>'],'after':['<!--z-->']}}");
}

/* Two in one document do not share what is free. */
static void
test_machine_in_machine (void)
{
  g_autoptr (FermataGraph) graph =
    read_scxml (MACHINE ("<state><invoke><content><scxml version='1.0'><state><invoke><content><scxml version='1.0'>"
                         "<final id='f'/></scxml></content></invoke></state></scxml></content></invoke></state>"));

  assert_graph (graph,
                "{'fermata':1,'kind':'fsm','data-model':'ecmascript','nodes':[{'id':'state1','do':[{'type':'subgraph',"
                "'body':{'kind':'fsm','data-model':'ecmascript','nodes':[{'id':'state1','do':[{'type':'subgraph',"
                "'body':{'kind':'fsm','data-model':'ecmascript','nodes':[{'id':'f','type':'final'}],'edges':[]}}]}],"
                "'edges':[]}}]}],'edges':[]}");
}

/* In all encodings it is the same. */
static void
test_encodings (void)
{
  static const struct {
    const char *encoding;
    const char *mark;
    gsize mark_length;
    const char *declared;
  } cases[] = {
    { "UTF-8", "", 0, NULL },
    { "UTF-8", "\xef\xbb\xbf", 3, NULL },
    { "UTF-8", "", 0, "utf-8" },
    { "UTF-16LE", "\xff\xfe", 2, "UTF-16" },
    { "UTF-16BE", "\xfe\xff", 2, NULL },
    { "UTF-16LE", "", 0, "UTF-16" },
    { "UTF-16BE", "", 0, NULL },
    { "UTF-32LE", "\xff\xfe\0\0", 4, NULL },
    { "UTF-32BE", "", 0, NULL },
    { "ISO-8859-1", "", 0, "ISO-8859-1" },
    { "WINDOWS-1252", "", 0, "windows-1252" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s%s%s<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0'>"
                                               "<state id='\xc3\xa9'/></scxml>",
                                               cases[i].declared == NULL ? "" : "<?xml version='1.0' encoding='",
                                               cases[i].declared == NULL ? "" : cases[i].declared,
                                               cases[i].declared == NULL ? "" : "'?>");
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (GListStore) diagnostics = NULL;
      g_autoptr (FermataGraph) graph = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) sniffed = NULL;
      gsize length;
      g_autofree char *converted = g_convert (text, -1, cases[i].encoding, "UTF-8", NULL, &length, NULL);

      g_assert_nonnull (converted);
      g_byte_array_append (bytes, (const guint8 *) cases[i].mark, cases[i].mark_length);
      g_byte_array_append (bytes, (const guint8 *) converted, length);
      g_test_message ("%s, %s", cases[i].encoding, cases[i].declared == NULL ? "-" : cases[i].declared);
      graph = read_scxml_bytes ((const char *) bytes->data, bytes->len, &diagnostics, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 0);
      assert_graph (graph, "{'fermata':1,'kind':'fsm','data-model':'ecmascript','nodes':[{'id':'\xc3\xa9'}],'edges':[]}");
      sniffed = g_bytes_new (bytes->data, bytes->len);
      g_assert_true (fermata_scxml_recognises (sniffed));
    }
}

static void
test_recognises (void)
{
  static const struct {
    const char *text;
    gboolean is_scxml;
  } cases[] = {
    { "<", TRUE }, { " \n\t<scxml/>", TRUE }, { "<?xml version='1.0'?>", TRUE },
    { "", FALSE }, { " ", FALSE }, { "{}", FALSE }, { "[]", FALSE }, { "x<", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) text = g_bytes_new (cases[i].text, strlen (cases[i].text));

      g_assert_cmpint (fermata_scxml_recognises (text), ==, cases[i].is_scxml);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scxml-reader/scxml", test_scxml);
  g_test_add_func ("/scxml-reader/states", test_states);
  g_test_add_func ("/scxml-reader/transitions", test_transitions);
  g_test_add_func ("/scxml-reader/data", test_data);
  g_test_add_func ("/scxml-reader/actions", test_actions);
  g_test_add_func ("/scxml-reader/invoke", test_invoke);
  g_test_add_func ("/scxml-reader/kept", test_kept);
  g_test_add_func ("/scxml-reader/namespaces", test_namespaces);
  g_test_add_func ("/scxml-reader/machine-in-machine", test_machine_in_machine);
  g_test_add_func ("/scxml-reader/encodings", test_encodings);
  g_test_add_func ("/scxml-reader/recognises", test_recognises);
  return g_test_run ();
}
