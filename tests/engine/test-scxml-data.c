/* test-scxml-data.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The data of machines of SCXML: sections 5.3, 5.4, 5.8, 5.10 and B.2 of the
 * recommendation. */

#include "engine/scxml-bed.h"

#define ERROR "error.execution"

static const ScxmlCase binding_cases[] = {
  /* "the SCXML Processor MUST create all data elements and assign their initial values
   * at document initialization time" (5.3.3) */
  { "early", "2",
    SCXML ("<datamodel><data id='a' expr='1'/></datamodel>"
           "<state id='s'>" ON_ENTRY (LOG ("n")) "</state>"
           "<state id='t'><datamodel><data id='n' expr='a + 1'/></datamodel></state>") },
  { "early-is-never-again", "2 | 6",
    SCXML ("<state id='s'><transition target='t'/></state>"
           "<state id='t'><datamodel><data id='n' expr='1'/></datamodel>"
           ON_ENTRY ("<assign location='n' expr='n + 1'/>" LOG ("n"))
           "<transition cond='n &lt; 5' target='u'/></state>"
           "<state id='u'>" ON_ENTRY ("<assign location='n' expr='5'/>") "<transition target='t'/></state>") },
  /* "create all data elements at document initialization time, but MUST assign the value
   * when the state is entered for the first time, before any <onentry> markup" */
  { "late", "undefined | 2 | 2",
    SCXML_WITH ("datamodel='ecmascript' binding='late'",
      "<datamodel><data id='a' expr='1'/></datamodel>"
      "<state id='s'>" ON_ENTRY (LOG ("typeof n")) "<transition target='t'/></state>"
      "<state id='t'><datamodel><data id='n' expr='a + 1'/></datamodel>" ON_ENTRY (LOG ("n"))
      "<transition target='u'/></state><state id='u'>" ON_ENTRY (LOG ("n")) "</state>") },
  { "late-is-created-early", "7 | 2",
    SCXML_WITH ("datamodel='ecmascript' binding='late'",
      "<state id='s'>" ON_ENTRY ("<assign location='n' expr='7'/>" LOG ("n")) "<transition target='t'/></state>"
      "<state id='t'><datamodel><data id='n' expr='2'/></datamodel>" ON_ENTRY (LOG ("n")) "</state>") },
  { "late-the-second-time", "2 | 5",
    SCXML_WITH ("datamodel='ecmascript' binding='late'",
      "<state id='t'><datamodel><data id='n' expr='2'/></datamodel>" ON_ENTRY (LOG ("n"))
      "<transition cond='n == 2' target='u'/></state>"
      "<state id='u'>" ON_ENTRY ("<assign location='n' expr='5'/>") "<transition target='t'/></state>") },
  { "late-error", "undefined | 3 | " ERROR,
    SCXML_WITH ("datamodel='ecmascript' binding='late'",
      "<state id='t'><datamodel><data id='a' expr='nothing.there'/><data id='b' expr='3'/></datamodel>"
      ON_ENTRY (LOG ("typeof a") LOG ("b")) TELL "</state>") },
  { "in-order-of-the-document", "[1,2,3,4]",
    SCXML ("<datamodel><data id='a' expr='1'/><data id='b' expr='a + 1'/></datamodel>"
           "<state id='s'><datamodel><data id='c' expr='b + 1'/></datamodel>"
           "<state id='s1'><datamodel><data id='d' expr='c + 1'/></datamodel>"
           ON_ENTRY (LOG ("[a, b, c, d]")) "</state></state>") },
  /* "if the value is not a legal data value … create an empty data element … and place
   * error.execution in the internal event queue" */
  { "illegal", "[\"undefined\",\"undefined\",\"undefined\",4] | " ERROR " | " ERROR " | " ERROR " | 9",
    SCXML ("<datamodel><data id='a' expr='1 +'/><data id='b' expr='nothing'/><data id='c' expr='(function () { throw 1 }) ()'/><data id='d' expr='4'/></datamodel>"
           "<state id='s'>" ON_ENTRY (LOG ("[typeof a, typeof b, typeof c, d]"))
           "<transition event='error.execution' cond='d &lt; 6'>" LOG ("_event.name") "<assign location='d' expr='d + 1'/></transition>"
           "<transition event='error.execution' target='t'>" LOG ("_event.name") "</transition></state>"
           "<state id='t'>" ON_ENTRY ("<assign location='a' expr='9'/>" LOG ("a")) "</state>") },
  { "no-value", "undefined | 3",
    DO ("<data id='a'/>", LOG ("typeof a") "<assign location='a' expr='3'/>" LOG ("a")) },
  /* "evaluate any <script> element that is a child of <scxml> at document load time" (5.8) */
  { "script-comes-after", "[2,10,12]",
    SCXML ("<datamodel><data id='a' expr='1'/></datamodel>"
           "<script>a = a + 1; var g = 10; function f (x) { return x + g }</script>"
           "<state id='s'>" ON_ENTRY (LOG ("[a, g, f (2)]")) "</state>") },
  { "script-sees-all-data", "3",
    SCXML ("<script>n++</script><state id='s'><datamodel><data id='n' expr='2'/></datamodel>"
           ON_ENTRY (LOG ("n")) "</state>") },
  { "script-fails", "1 | " ERROR,
    SCXML ("<datamodel><data id='a' expr='1'/></datamodel><script>nothing.there ()</script>"
           "<state id='s'>" ON_ENTRY (LOG ("a")) TELL "</state>") },
  { "script-of-nonsense", "1 | " ERROR,
    SCXML ("<datamodel><data id='a' expr='1'/></datamodel><script>1 + ; }</script>"
           "<state id='s'>" ON_ENTRY (LOG ("a")) TELL "</state>") },
};

static const ScxmlCase content_cases[] = {
  /* "If the child content … JSON … XML … space-normalized string literal" (B.2.1) */
  { "json", "[[1,{\"k\":\"v\"}],5,true,null]",
    DO ("<data id='a'>[1, {\"k\": \"v\"}]</data><data id='b'> 5 </data><data id='c'>true</data><data id='d'>null</data>",
        LOG ("[a, b, c, d]")) },
  { "text", "to be or not to be",
    DO ("<data id='a'>\n   to be\n or  not\tto be\n</data>", LOG ("a")) },
  { "xml", "[9,2,\"one\"]",
    DO ("<data id='a'><root xmlns=''><k n='x'>one</k><k>two</k></root></data>",
        LOG ("[a.documentElement ? a.nodeType : a.nodeType, a.getElementsByTagName (\"k\").length, a.getElementsByTagName (\"k\")[0].textContent]")) },
  { "xml-attribute", "x",
    DO ("<data id='a'><root xmlns=''><k n='x'>one</k><k>two</k></root></data>",
        LOG ("a.getElementsByTagName (\"k\")[0].getAttribute (\"n\")")) },
  { "assign-content", "[1,2] | some text",
    DO ("<data id='a'/>", "<assign location='a'>[1, 2]</assign>" LOG ("a")
        "<assign location='a'>  some\n text </assign>" LOG ("a")) },
  { "assign-xml", "root",
    DO ("<data id='a'/>", "<assign location='a'><root xmlns=''/></assign>" LOG ("a.documentElement.nodeName")) },
  { "functions", "[3,\"function\",4]",
    DO ("<data id='f' expr='function (x) { return x + 1 }'/><data id='g' expr='(x) => x * 2'/>",
        LOG ("[f (2), typeof g, g (2)]")) },
  { "values", "[true,true,true,true,true,true]",
    DO ("<data id='a' expr='NaN'/><data id='b' expr='-0'/><data id='c' expr='-Infinity'/><data id='d' expr='new Date (5)'/>"
        "<data id='e' expr='/a+/g'/><data id='f' expr='12345678901234567890n'/>",
        LOG ("[a !== a, Object.is (b, -0), c === -1 / 0, d.getTime () === 5, e.test (\"aa\"), f === 12345678901234567890n]")) },
  { "numbers", "[true,true,true,true,true,true,true]",
    DO ("<data id='a' expr='9007199254740993'/><data id='b' expr='0x10'/><data id='c' expr='1e400'/><data id='d' expr='010'/>"
        "<data id='e' expr='.5'/><data id='f' expr='5.'/><data id='g' expr='1_000'/>",
        LOG ("[a === 9007199254740992, b === 16, c === Infinity, d === 8, e === 0.5, f === 5, g === 1000]")) },
  { "numbers-assigned", "[true,true,true,true,true,true,true]",
    DO ("<data id='a'/><data id='b'/><data id='c'/><data id='d'/><data id='e'/><data id='f'/><data id='g'/>",
        "<assign location='a' expr='9007199254740993'/><assign location='b' expr='0x10'/><assign location='c' expr='1e400'/>"
        "<assign location='d' expr='010'/><assign location='e' expr='.5'/><assign location='f' expr='-0'/><assign location='g' expr='123456789012345678901234567890'/>"
        LOG ("[a === 9007199254740992, b === 16, c === Infinity, d === 8, e === 0.5, Object.is (f, -0), g === 123456789012345678901234567890]")) },
  { "strings-assigned", "[true,true,true]",
    DO ("<data id='a'/><data id='b'/><data id='d'/>",
        "<assign location='a' expr='\"\\x41\\u0042\\u{43}\"'/><assign location='b' expr='\"\\q\\0\"'/>"
        "<assign location='d' expr='`t${1 + 1}`'/>"
        LOG ("[a === \"ABC\", b === \"q\" + String.fromCharCode (0), d === \"t2\"]")) },
  { "undefined-assigned", "undefined | undefined | null",
    DO ("<data id='a' expr='1'/>", "<assign location='a' expr='undefined'/>" LOG ("typeof a")
        "<assign location='a' expr='void 0'/>" LOG ("typeof a") "<assign location='a' expr='null'/>" LOG ("a")) },
  { "with-comments", "[3,4]",
    DO ("<data id='a' expr='1 + 2 // three'/><data id='b'/>",
        "<assign location='b' expr='/* four */ 4'/>" LOG ("[a, b]")) },
  { "tagged-of-its-own", "{\"$undefined\":true} | {\"$number\":\"NaN\"} | object",
    DO ("<data id='a' expr='({ $undefined: true })'/><data id='b'>{\"$number\": \"NaN\"}</data>",
        LOG ("JSON.stringify (a)") LOG ("JSON.stringify (b)") LOG ("typeof a")) },
  /* Declarations of scripts are the machine's, as those of a page's scripts are. */
  { "let-and-const", "[1,2,3,\"function\"] | [1,7,3,\"function\"]",
    SCXML ("<script>var v = 1; let l = 2; const c = 3; class K {}</script>"
           "<state id='s'>" ON_ENTRY (LOG ("[v, l, c, typeof K]") "<script>l = 7</script>" LOG ("[v, l, c, typeof K]"))
           "</state>") },
};

static const ScxmlCase assign_cases[] = {
  { "deep", "{\"a\":{\"b\":2},\"k\":[1,5,3]}",
    DO ("<data id='o' expr='({ a: { b: 1 }, k: [1, 2, 3] })'/><data id='i' expr='1'/>",
        "<assign location='o.a.b' expr='2'/><assign location='o.k[i]' expr='5'/>" LOG ("o")) },
  { "new-member", "{\"x\":1,\"y z\":2}",
    DO ("<data id='o' expr='({})'/>",
        "<assign location='o.x' expr='1'/><assign location='o[\"y z\"]' expr='2'/>" LOG ("o")) },
  { "with-spaces", "3", DO ("<data id='o' expr='1'/>", "<assign location=' o ' expr=' 3 '/>" LOG ("o")) },
  { "of-itself", "6", DO ("<data id='o' expr='5'/>", "<assign location='o' expr='o + 1'/>" LOG ("o")) },
  /* "If the location expression does not denote a valid location in the data model …
   * MUST place the error 'error.execution' in the internal event queue" (5.4) */
  { "undeclared", "undefined | " ERROR,
    SCXML ("<state id='s'>" ON_ENTRY ("<assign location='nope' expr='1'/>" LOG ("`not reached`"))
           ON_ENTRY (LOG ("typeof nope")) TELL "</state>") },
  { "into-nothing", "{} | " ERROR,
    SCXML ("<datamodel><data id='o' expr='({})'/></datamodel><state id='s'>"
           ON_ENTRY ("<assign location='o.x.y' expr='1'/>") ON_ENTRY (LOG ("o")) TELL "</state>") },
  { "no-location", "[5,{}] | " ERROR " | " ERROR " | " ERROR " | " ERROR " | " ERROR " | " ERROR,
    SCXML ("<datamodel><data id='o' expr='({})'/><data id='n' expr='5'/></datamodel><state id='s'>"
           ON_ENTRY ("<assign location='5' expr='1'/>") ON_ENTRY ("<assign location='n +' expr='1'/>")
           ON_ENTRY ("<assign location='n, o' expr='1'/>") ON_ENTRY ("<assign location='n = 7; o' expr='1'/>")
           ON_ENTRY ("<assign location='n()' expr='1'/>") ON_ENTRY ("<assign location='continue' expr='1'/>")
           ON_ENTRY (LOG ("[n, o]")) TELL "</state>") },
  { "no-value", "5 | " ERROR " | " ERROR,
    SCXML ("<datamodel><data id='n' expr='5'/></datamodel><state id='s'>"
           ON_ENTRY ("<assign location='n' expr='1 +'/>") ON_ENTRY ("<assign location='n' expr='nothing'/>")
           ON_ENTRY (LOG ("n")) TELL "</state>") },
  /* "the Processor MUST NOT process the remaining elements of the block" (4.9) */
  { "one-block-of-several", "1 | 4 | " ERROR,
    SCXML ("<state id='s'>" ON_ENTRY (LOG ("1") "<assign location='nope' expr='1'/>" LOG ("2") LOG ("3"))
           ON_ENTRY (LOG ("4")) TELL "</state>") },
  { "on-exit-too", "1 | 4 | 5 | " ERROR,
    SCXML ("<state id='s'><onexit>" LOG ("1") "<script>throw 1</script>" LOG ("2") "</onexit><onexit>" LOG ("4") "</onexit>"
           "<transition target='t'/></state><state id='t'>" ON_ENTRY (LOG ("5")) TELL "</state>") },
};

static const ScxmlCase system_cases[] = {
  /* "The Processor MUST cause any attempt to change the value of a system variable to
   * fail and MUST place the error 'error.execution' …" (5.10) */
  { "read-only", "true | " ERROR " | " ERROR " | " ERROR " | " ERROR " | " ERROR,
    SCXML_WITH ("name='m' datamodel='ecmascript'",
      "<datamodel><data id='id' expr='_sessionid'/></datamodel><state id='s'>"
      ON_ENTRY ("<assign location='_sessionid' expr='1'/>") ON_ENTRY ("<assign location='_name' expr='1'/>")
      ON_ENTRY ("<assign location='_ioprocessors' expr='1'/>") ON_ENTRY ("<assign location='_x' expr='1'/>")
      ON_ENTRY ("<assign location='_event' expr='1'/>")
      ON_ENTRY (LOG ("_sessionid === id &amp;&amp; _name === \"m\" &amp;&amp; typeof _event === \"undefined\"")) TELL "</state>") },
  { "read-only-for-scripts", "true | " ERROR " | " ERROR,
    SCXML_WITH ("name='m' datamodel='ecmascript'",
      "<state id='s'>" ON_ENTRY ("<script>_name = 1</script>") ON_ENTRY ("<script>_sessionid = 1</script>")
      ON_ENTRY (LOG ("_name === \"m\"")) TELL "</state>") },
  { "events-are-read-only", "e | true | " ERROR,
    SCXML ("<state id='s'>" ON_ENTRY ("<raise event='e'/>")
           "<transition event='e' target='t'>" LOG ("_event.name") "</transition></state>"
           "<state id='t'>" ON_ENTRY ("<assign location='_event.name' expr='1'/>")
           ON_ENTRY ("<script>_event.data = 2</script>")
           ON_ENTRY (LOG ("_event.name === \"e\" &amp;&amp; _event.data === undefined")) TELL "</state>") },
  { "there", "[\"string\",\"m\",\"string\",\"string\",true]",
    SCXML_WITH ("name='m' datamodel='ecmascript'", "<state id='s'>"
      ON_ENTRY (LOG ("[typeof _sessionid, _name, typeof _ioprocessors.scxml.location, typeof _ioprocessors[\"http://www.w3.org/TR/scxml/#SCXMLEventProcessor\"].location, _sessionid.length > 0]"))
      "</state>") },
  { "there-for-data", "[\"string\",\"m\",\"undefined\"]",
    SCXML_WITH ("name='m' datamodel='ecmascript'",
      "<datamodel><data id='a' expr='[typeof _sessionid, _name, typeof _event]'/></datamodel><state id='s'>"
      ON_ENTRY (LOG ("a")) "</state>") },
  /* "The Processor MUST NOT bind _event at initialization …; keep it bound until the next event" (5.10) */
  { "event-stays", "undefined | e | e | e | f",
    SCXML ("<state id='s'>" ON_ENTRY (LOG ("typeof _event") "<raise event='e'/><raise event='f'/>")
           "<onexit>" LOG ("_event.name") "</onexit><transition event='e' target='t'/></state>"
           "<state id='t'>" ON_ENTRY (LOG ("_event.name")) "<transition target='u'/></state>"
           "<state id='u'>" ON_ENTRY (LOG ("_event.name")) TELL "</state>") },
};

static const struct {
  const char *name;
  const char *text;
} files[] = {
  { "data.json", "{ \"k\": [1, 2] }" },
  { "data.xml", "<?xml version='1.0'?><root><k>one</k></root>" },
  { "data.txt", "  some\n\n text " },
  { "code.js", "a = a * 7;" },
};

static void
test_files (gconstpointer data)
{
  const ScxmlCase *one = data;
  g_autoptr (FermataTestBed) bed = scxml_bed_new ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    scxml_bed_write (files[i].name, files[i].text);
  scxml_bed_begin (bed, one->document);
  scxml_bed_assert (bed, one->logs);
}

static const ScxmlCase file_cases[] = {
  { "json", "[1,2]", DO ("<data id='a' src='data.json'/>", LOG ("a.k")) },
  { "uri", "[1,2]", DO ("<data id='a' src='file:data.json'/>", LOG ("a.k")) },
  { "xml", "one", DO ("<data id='a' src='data.xml'/>", LOG ("a.getElementsByTagName (\"k\")[0].textContent")) },
  { "text", "some text", DO ("<data id='a' src='data.txt'/>", LOG ("a")) },
  { "missing", "undefined | 2 | " ERROR,
    DO ("<data id='a' src='nothing.json'/><data id='b' expr='2'/>", LOG ("typeof a") LOG ("b")) },
  { "script", "42",
    SCXML ("<datamodel><data id='a' expr='6'/></datamodel><script src='code.js'/>"
           "<state id='s'>" ON_ENTRY (LOG ("a")) "</state>") },
  { "script-as-action", "42 | 294",
    DO ("<data id='a' expr='6'/>", "<script src='code.js'/>" LOG ("a") "<script src='code.js'/>" LOG ("a")) },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  scxml_bed_add_cases ("scxml-data/binding", binding_cases, G_N_ELEMENTS (binding_cases));
  scxml_bed_add_cases ("scxml-data/content", content_cases, G_N_ELEMENTS (content_cases));
  scxml_bed_add_cases ("scxml-data/assign", assign_cases, G_N_ELEMENTS (assign_cases));
  scxml_bed_add_cases ("scxml-data/system", system_cases, G_N_ELEMENTS (system_cases));
  for (guint i = 0; i < G_N_ELEMENTS (file_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/scxml-data/files/%s", file_cases[i].name);

      g_test_add_data_func (path, &file_cases[i], test_files);
    }

  return g_test_run ();
}
