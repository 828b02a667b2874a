/* test-scxml-shortcuts.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Expressions that are simple are evaluated without JavaScript: to what that makes of
 * them, in assignments and in conditions. Here it makes it within a function, which is
 * never simple. */

#include "engine/scxml-bed.h"

#define DATA \
  "<data id='n' expr='3'/><data id='z' expr='-0'/><data id='s' expr='\"3\"'/><data id='e' expr='\"\"'/>" \
  "<data id='b' expr='true'/><data id='u'/><data id='l' expr='null'/><data id='o' expr='({})'/>" \
  "<data id='a' expr='[]'/><data id='a1' expr='[1]'/><data id='nan' expr='NaN'/><data id='big' expr='9007199254740991'/>" \
  "<data id='d' expr='new Date (5)'/><data id='f' expr='function () {}'/><data id='bi' expr='5n'/>" \
  "<data id='h' expr='0.5'/><data id='t' expr='\"a\\u00e9\"'/><data id='r1'/><data id='r2'/>"

#define SAME \
  "<script>function same (x, y) { return Object.is (x, y) || typeof x === 'object' &amp;&amp; typeof y === 'object'" \
  " &amp;&amp; x !== null &amp;&amp; y !== null &amp;&amp; JSON.stringify (x) === JSON.stringify (y)" \
  " || typeof x === 'function' &amp;&amp; typeof y === 'function' }</script>"

static const char *const operands[] = {
  "n", "z", "s", "e", "b", "u", "l", "o", "a", "a1", "nan", "big", "d", "f", "bi", "h", "t", "1", "\"x\"", "0",
  "-1", "null", "true", "a1[0]", "o.x", "s.length",
};

static const char *const operators[] = {
  "+", "-", "*", "/", "%", "==", "!=", "===", "!==", "<", ">", "<=", ">=", "&&", "||", "??",
};

static const char *const prefixes[] = { "!", "-", "+", "typeof ", "!!", "- -" };

static const char *const others[] = {
  "a1[1]", "a1[\"0\"]", "a1[-1]", "o.x.y", "s[0]", "s[5]", "t[1]", "t.length", "n.x", "o[\"x\"]", "o[s]", "big + 2",
  "0.1 + 0.2", "5 % -3", "-5 % 5", "2 + 3 * 4 - 1", "\"a\" < \"B\"", "\"\\u00e9\" < \"z\"", "\"10\" < \"9\"",
  "1 < 2 < 3", "[] + []", "1 + 2 + \"3\"", "1e21 + \"x\"", "1e-7 + \"\"", "123456789012345680000 + \"\"", "1 / z",
  "z + 0", "[] == false", "\"\\n\" == 0", "9007199254740993", "1e308 * 10", "\"\\ud83d\\ude00\".length", "[n, s]",
  "({ a: n })", "(n)", " n", "n ;", "/* c */ n", "n\n+ 1", "nothing", "typeof nothing", "void 0", "\"x\" in o",
  "async", "await", "1_000", "0b11", "017", "09", ".5", "5.", "\\u006e", "o?.x", "l?.x", "n ? s : e", "u ? 1 : 2",
};

static void
add_case (GString    *document,
          const char *expression)
{
  g_autofree char *bare = g_strndup (expression, strcspn (expression, ";"));
  g_autofree char *simple = g_markup_escape_text (expression, -1);
  g_autofree char *asked = g_markup_escape_text (bare, -1);
  g_autofree char *told = g_strescape (bare, NULL);
  g_autofree char *quoted = g_markup_escape_text (told, -1);

  g_string_append_printf (document,
    ON_ENTRY ("<assign location='r1' expr='\"none\"'/><assign location='r2' expr='\"none\"'/>")
    ON_ENTRY ("<assign location='r1' expr='%s'/>")
    ON_ENTRY ("<assign location='r2' expr='(function () { return (%s) }) ()'/>")
    ON_ENTRY ("<if cond='!same (r1, r2)'><log expr='\"%s\"'/></if>")
    ON_ENTRY ("<if cond='%s'><assign location='r1' expr='true'/><else/><assign location='r1' expr='false'/></if>")
    ON_ENTRY ("<if cond='(function () { return !!(%s) }) ()'><assign location='r2' expr='true'/><else/><assign location='r2' expr='false'/></if>")
    ON_ENTRY ("<if cond='r1 !== r2'><log label='cond' expr='\"%s\"'/></if>"),
    simple, asked, quoted, simple, asked, quoted);
}

static void
test_same (gconstpointer data)
{
  guint part = GPOINTER_TO_UINT (data);
  g_autoptr (FermataTestBed) bed = scxml_bed_new ();
  g_autoptr (GString) document = g_string_new (NULL);
  g_autoptr (FermataGraph) graph = NULL;
  g_autofree char *logs = NULL;

  g_string_append (document, "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' datamodel='ecmascript'>"
                   "<datamodel>" DATA "</datamodel>" SAME "<state id='s'>");
  for (guint i = part; i < G_N_ELEMENTS (operands); i += 4)
    {
      for (guint j = 0; j < G_N_ELEMENTS (prefixes); j++)
        {
          g_autofree char *expression = g_strconcat (prefixes[j], operands[i], NULL);

          add_case (document, expression);
        }
      /* Not all of them: every third. */
      for (guint j = i % 3; j < G_N_ELEMENTS (operands) * G_N_ELEMENTS (operators); j += 3)
        {
          g_autofree char *expression = g_strjoin (" ", operands[i], operators[j % G_N_ELEMENTS (operators)],
                                                   operands[j / G_N_ELEMENTS (operators)], NULL);

          add_case (document, expression);
        }
    }
  for (guint i = part; i < G_N_ELEMENTS (others); i += 4)
    add_case (document, others[i]);
  g_string_append (document, "</state></scxml>");

  graph = scxml_bed_load (bed, document->str);
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_unfollow (bed);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
  logs = scxml_bed_dup_logs (bed);
  g_assert_cmpstr (logs, ==, "");
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_ASSIGNED, NULL), >, 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint part = 0; part < 4; part++)
    {
      g_autofree char *path = g_strdup_printf ("/scxml-shortcuts/%u", part);

      g_test_add_data_func (path, GUINT_TO_POINTER (part), test_same);
    }

  return g_test_run ();
}
