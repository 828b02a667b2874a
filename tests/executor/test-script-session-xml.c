/* test-script-session-xml.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* XML in a machine's variables: a tree of nodes, by DOM Level 2. */

#include "executor/script-sessions.h"

static Machine *
machine_with_xml (const char *markup)
{
  const char *tag = "$xml", *name = "d";
  Machine *machine = machine_new ("{}");
  g_autoptr (FermataValue) text = fermata_value_new_string (markup, -1);
  g_autoptr (FermataValue) value = fermata_value_new_object (&tag, &text, 1);

  fermata_value_unref (machine->world.variables);
  machine->world.variables = fermata_value_new_object (&name, &value, 1);

  return machine;
}

static void
test_looking (void)
{
  static const char *const cases[][2] = {
    { "d.nodeType", "9" },
    { "d.nodeName", "'#document'" },
    { "d.documentElement.tagName", "'books'" },
    { "d.documentElement.parentNode === d", "true" },
    { "d.documentElement.ownerDocument === d && d.ownerDocument === null", "true" },
    { "d.getElementsByTagName ('book').length", "2" },
    { "d.getElementsByTagName ('book')[1].getAttribute ('title')", "'two'" },
    { "d.documentElement.getElementsByTagName ('book').item (0).getAttribute ('title')", "'one'" },
    { "d.getElementsByTagName ('books').length + d.documentElement.getElementsByTagName ('books').length", "1" },
    { "d.getElementsByTagName ('*').length", "4" },
    { "d.getElementsByTagNameNS ('urn:x', 'extra')[0].nodeName", "'x:extra'" },
    { "d.getElementsByTagNameNS ('*', '*').length", "4" },
    { "d.getElementsByTagName ('x:extra')[0].getAttributeNS ('urn:x', 'a')", "'1'" },
    { "d.getElementsByTagName ('x:extra')[0].localName", "'extra'" },
    { "d.getElementsByTagName ('x:extra')[0].namespaceURI", "'urn:x'" },
    { "d.getElementById ('b2').getAttribute ('title')", "'two'" },
    { "d.getElementById ('b3')", "null" },
    { "d.documentElement.getAttribute ('none')", "null" },
    { "d.documentElement.hasAttribute ('none')", "false" },
    { "d.documentElement.firstChild.nodeType", "8" },
    { "d.documentElement.firstChild.data", "' c '" },
    { "d.documentElement.firstChild.nextSibling.nodeName", "'book'" },
    { "d.documentElement.childNodes.length", "4" },
    { "d.documentElement.children.length", "3" },
    { "d.documentElement.lastChild.previousSibling.textContent", "'B & <C>'" },
    { "d.getElementsByTagName ('book')[0].firstChild.nodeValue", "'A'" },
    { "d.getElementsByTagName ('book')[0].firstChild.nodeType", "3" },
    { "d.getElementsByTagName ('book')[1].attributes.length", "2" },
    { "d.getElementsByTagName ('book')[1].attributes[0].name", "'title'" },
    { "d.getElementsByTagName ('book')[1].attributes.getNamedItem ('id').value", "'b2'" },
    { "d.documentElement.textContent", "'AB & <C>'" },
    { "d.documentElement.firstChild.parentNode.nodeName", "'books'" },
    { "d.getElementsByTagName ('book')[0]", "{'$xml':'<book title=\\'one\\'>A</book>'}" },
    { "d.getElementsByTagName ('x:extra')[0]",
      "{'$xml':'<x:extra xmlns:x=\\'urn:x\\' x:a=\\'1\\'/>'}" },
    { "d.documentElement.firstChild.nextSibling.firstChild", "'A'" },
    { "d.documentElement.attributes[0]", "'urn:x'" },
    { "`${d.getElementsByTagName ('book')[0]}`", "'<book title=\\'one\\'>A</book>'" },
    { "[d.foo, typeof d.getElementsByTagName, d.documentElement.foo]",
      "[{'$undefined':true},'function',{'$undefined':true}]" },
  };
  g_autoptr (Machine) machine =
    machine_with_xml ("<?xml version=\"1.0\"?><books xmlns:x=\"urn:x\"><!-- c --><book title=\"one\">A</book>"
                      "<book title=\"two\" id=\"b2\">B &amp; <![CDATA[<C>]]></book><x:extra x:a=\"1\"/></books>");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataValue) value = fermata_script_session_evaluate (machine->session, &machine->world,
                                                                        cases[i][0], &error);
      g_autofree char *text = NULL;
      g_autofree char *expected = g_strdup (cases[i][1]);

      g_assert_no_error (error);
      text = to_text (value);
      /* A quotation mark in a text has a backslash before it */
      if (!g_str_equal (text, expected))
        g_test_fail_printf ("%s: %s, expected: %s", cases[i][0], text, expected);
    }
}

static void
assert_markup (Machine    *machine,
               const char *code,
               const char *expected)
{
  FermataValue *value;

  assert_changes (machine, code, NULL);
  value = fermata_value_get_element (fermata_value_get_member (machine->world.variables, "d"), 0);
  g_assert_cmpstr (fermata_value_get_string (value, NULL), ==, expected);
}

/* What has changed is markup again, and the next one begins with that. */
static void
test_changing (void)
{
  g_autoptr (Machine) machine = machine_with_xml ("<a  b='1'><c/>t</a>");

  assert_markup (machine, "var n = d.documentElement.childNodes.length", "<a  b='1'><c/>t</a>");
  assert_markup (machine, "d.documentElement.setAttribute ('b', '\"<&>')",
                 "<a b=\"&quot;&lt;&amp;&gt;\"><c/>t</a>");
  assert_markup (machine, "d.documentElement.removeAttribute ('b'); d.documentElement.setAttribute ('e', 1)",
                 "<a e=\"1\"><c/>t</a>");
  assert_markup (machine, "d.documentElement.appendChild (d.createElement ('f')).textContent = 'x<y'",
                 "<a e=\"1\"><c/>t<f>x&lt;y</f></a>");
  assert_markup (machine, "var e = d.documentElement; e.insertBefore (d.createTextNode ('0'), e.firstChild)",
                 "<a e=\"1\">0<c/>t<f>x&lt;y</f></a>");
  assert_markup (machine, "d.documentElement.removeChild (d.getElementsByTagName ('f')[0])",
                 "<a e=\"1\">0<c/>t</a>");
  assert_markup (machine, "d.documentElement.replaceChild (d.createElementNS ('urn:n', 'p:g'), "
                 "d.getElementsByTagName ('c')[0])",
                 "<a e=\"1\">0<p:g xmlns:p=\"urn:n\"/>t</a>");
  assert_markup (machine, "d.documentElement.lastChild.data = 'u'; d.documentElement.firstChild.nodeValue = ''",
                 "<a e=\"1\"><p:g xmlns:p=\"urn:n\"/>u</a>");
  assert_markup (machine, "d.documentElement.appendChild (d.documentElement.cloneNode (true))",
                 "<a e=\"1\"><p:g xmlns:p=\"urn:n\"/>u<a e=\"1\"><p:g xmlns:p=\"urn:n\"/>u</a></a>");
  assert_markup (machine, "d.documentElement.firstChild.appendChild (d.documentElement.lastChild)",
                 "<a e=\"1\"><p:g xmlns:p=\"urn:n\"><a e=\"1\"><p:g xmlns:p=\"urn:n\"/>u</a></p:g>u</a>");
  assert_markup (machine, "d.documentElement.textContent = ''", "<a e=\"1\"/>");
  assert_markup (machine, "d = d.createElement ('new')", "<new/>");
  assert_markup (machine, "d.appendChild (d.createComment ('c'))", "<new/><!--c-->");
  start_anew (machine);
  assert_markup (machine, "d.documentElement.nodeName === 'new' && d.removeChild (d.lastChild)", "<new/>");
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    "d.appendChild (d.createElement ('second'))", "d.documentElement.appendChild (d)", "d.createElement ('a b')",
    "d.documentElement.appendChild (d.documentElement)", "d.documentElement.removeChild (d)", "d.createElement ('')",
    "d.documentElement.appendChild ({})", "d.documentElement.appendChild (null)", "d.createComment ('--')",
    "d.documentElement.firstChild.appendChild (d.documentElement)", "d.createTextNode ('\\u0001')",
    "d.documentElement.setAttribute ('<', 1)", "d.documentElement.setAttribute ('a', '\\0')", "d.appendChild (d.createTextNode ('x'))",
    "d.removeChild (d.documentElement)", "d.documentElement.insertBefore (d.createElement ('x'), d)",
    "Object.getPrototypeOf (d).nodeType", "d.constructor ()", "d.cloneNode.call ({})",
  };
  g_autoptr (Machine) machine = machine_with_xml ("<a><b/></a>");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataValue) changes = fermata_script_session_execute (machine->session, &machine->world,
                                                                         cases[i], &error);

      if (changes != NULL)
        g_test_fail_printf ("%s: it could be done", cases[i]);
    }
  assert_value (machine, "d.toString ()", "'<a><b/></a>'");
  assert_changes (machine, "Object.getPrototypeOf (d).toString = () => 1; d.constructor.prototype.nodeType = 3; d.own = 5", "{}");
  assert_value (machine, "[d.toString (), d.nodeType, d.own]", "['<a><b/></a>',9,{'$undefined':true}]");
}

/* Trees that are deeper than any stack, and texts that are no XML. */
static void
test_harm (void)
{
  static const char *const markups[] = {
    "<a>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "<a>&b;</a>", "", "text",
    "<a/><b/>", "<a b='1' b='2'/>", "<p:a/>x",
  };
  g_autoptr (Machine) deep = machine_with_xml ("<a/>");

  for (guint i = 0; i < G_N_ELEMENTS (markups); i++)
    {
      g_autoptr (Machine) machine = machine_with_xml (markups[i]);

      assert_no_value (machine, "d.documentElement.nodeName", FERMATA_ERROR_KIND_EXECUTION, "*not XML*");
      assert_value (machine, "d.nodeType", "9");
    }

  assert_value (deep, "(function () { var e = d.documentElement; for (var i = 0; i < 100000; i++) "
                "e = e.appendChild (d.createElement ('a')); var c = d.cloneNode (true); "
                "return [c.toString ().length, c.getElementsByTagName ('a').length, d.documentElement.textContent] }) ()",
                "[700004,100001,'']");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/script-session-xml/looking", test_looking);
  g_test_add_func ("/script-session-xml/changing", test_changing);
  g_test_add_func ("/script-session-xml/refused", test_refused);
  g_test_add_func ("/script-session-xml/harm", test_harm);

  return g_test_run ();
}
