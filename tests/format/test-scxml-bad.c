/* test-scxml-bad.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Documents that are wrong, broken, or meant to do harm. */

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/scxml-fixture.h"

/* Without a graph. */
static void
assert_refused (const char *text,
                gsize       length,
                const char *told)
{
  g_autoptr (GListStore) diagnostics = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataGraph) graph = read_scxml_bytes (text, length, &diagnostics, &error);
  g_autofree char *found = dup_told (diagnostics);

  g_assert_null (graph);
  g_assert_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "test.scxml:"));
  g_assert_cmpstr (found, ==, told);
}

static void
assert_told (const char *text,
             const char *told)
{
  g_autoptr (GListStore) diagnostics = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataGraph) graph = read_scxml_bytes (text, strlen (text), &diagnostics, &error);
  g_autofree char *found = dup_told (diagnostics);

  g_assert_no_error (error);
  g_assert_nonnull (graph);
  g_assert_cmpstr (found, ==, told);
}

/* @told: “?” behind the code: a warning. */
typedef struct {
  const char *text;
  const char *told;
} Case;

#define ROOT "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0'>\n"
#define END "</scxml>"

/* What is no XML, or no SCXML. */
static void
test_malformed (void)
{
  static const Case cases[] = {
    { "", "1:1 empty" },
    { " \n ", "1:1 empty" },
    { "<", "1:2 syntax" },
    { "<scxml version='1.0'", "1:21 syntax" },
    { ROOT "<state>\n</scxml>", "3:9 syntax" },
    { ROOT "<state id='a' id='b'/>" END, "2:21 syntax" },
    { ROOT "<state id=a/>" END, "2:11 syntax" },
    { ROOT "<state id='<'/>" END, "2:12 syntax" },
    { ROOT "<f:x/>" END, "2:5 syntax" },
    { ROOT "a & b" END, "2:1 unexpected-text?\n2:4 syntax" },
    { ROOT "&nothing;" END, "2:10 unknown-entity" },
    { ROOT END "<scxml/>", "2:9 syntax" },
    { ROOT "<state id='\x01'/>" END, "2:12 encoding" },
    { "<html/>", "1:1 not-a-graph" },
    { "<!-- --><graph xmlns='http://www.w3.org/2005/07/scxml'/>", "1:9 not-a-graph" },
    { "<scxml xmlns='urn:x'/>", "1:1 not-a-graph" },
    { "{}", "1:1 syntax" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      assert_refused (cases[i].text, strlen (cases[i].text), cases[i].told);
    }
  assert_refused ("<scxml>\0</scxml>", 16, "1:8 encoding");
}

static void
test_encodings (void)
{
  static const struct {
    const char *text;
    gsize length;
    const char *told;
  } cases[] = {
#define TEXT(text) text, sizeof text - 1
    { TEXT (ROOT "<!--\n\xff-->" END), "3:1 encoding" },
    { TEXT (ROOT "\xc3" END), "2:1 encoding" },
    { TEXT (ROOT "<!-- \xed\xa0\x80 -->" END), "2:6 encoding" },
    { TEXT (ROOT "\xc3"), "2:1 encoding" },
    { TEXT ("<?xml version='1.0' encoding='klingon'?><scxml/>"), "1:1 encoding" },
    { TEXT ("<?xml version='1.0' encoding='UTF-16'?><scxml/>"), "1:1 encoding" },
    { TEXT ("<?xml version='1.0' encoding='US-ASCII'?>\n<!-- \xe9 --><scxml/>"), "2:6 encoding" },
    { TEXT ("\xef\xbb\xbf\xef\xbb\xbf" ROOT END), "1:1 encoding" },
    { TEXT ("\xff\xfe\xff\xfe<\0"), "1:1 encoding" },
    { TEXT ("\xff\xfe\0\0\0\0\0\0"), "1:1 encoding" },
    /* Half a character, and half of a pair */
    { TEXT ("<\0!\0-"), "1:3 encoding" },
    { TEXT ("<\0\0\xd8\0\0"), "1:2 encoding" },
#undef TEXT
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%u", i);
      assert_refused (cases[i].text, cases[i].length, cases[i].told);
    }
}

/* What is XML and SCXML, and wrong. There is a graph, to be mended. */
static void
test_rules (void)
{
  static const Case cases[] = {
    { "<scxml xmlns='http://www.w3.org/2005/07/scxml'/>", "1:1 missing-attribute?" },
    { "<scxml version='1.0'><state id='a'/></scxml>", "1:1 no-namespace?" },
    { "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='2'/>", "1:57 bad-value?" },
    { "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0'\n datamodel='xpath'/>", "2:13 bad-value" },
    { "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0'\n binding='x' initial=' '/>",
      "2:11 bad-value\n2:23 bad-value" },
    { ROOT "<state id='a' color='red'/>" END, "2:15 unknown-attribute?" },
    { ROOT "<blink/><state id='a'><marquee a='b'/></state>" END, "2:1 unknown-element?\n2:23 unknown-element?" },
    { ROOT "<state id='a'>text</state>" END, "2:15 unexpected-text?" },
    { ROOT "<state id='a'><invoke/><invoke type='x'/><invoke src='y'/></state>" END, "2:15 missing-attribute?" },
    { ROOT "<state id='a'> a &amp; b<![CDATA[<c]]></state>" END, "2:16 unexpected-text?" },
    { ROOT "<state id='a'><invoke><content>x<scxml version='1.0'/></content></invoke></state>" END, "2:33 not-together" },
    { ROOT "<state id='a'><invoke><content><scxml version='1.0'/><x xmlns=''/></content></invoke></state>" END,
      "2:54 not-together" },
    { ROOT "<state id='a'><invoke><content><scxml version='1.0'/>x</content></invoke></state>" END,
      "2:54 unexpected-text?" },
    { ROOT "<transition/><onentry/>" END, "2:1 wrong-element?\n2:14 wrong-element" },
    { ROOT "<final><state/></final>" END, "2:8 wrong-element" },
    { ROOT "<state><onentry><state/></onentry></state>" END, "2:17 wrong-element" },
    { ROOT "<datamodel/><datamodel/>" END, "2:13 duplicate-element" },
    { ROOT "<datamodel><data id='a'/><data id='b'/>\n<data id='a'/></datamodel>" END, "3:11 duplicate-id" },
    { ROOT "<datamodel><data/><data id='a' expr='1' src='b'/><data id='b' expr='1'>2</data></datamodel>" END,
      "2:12 missing-attribute\n2:32 not-together\n2:72 not-together" },
    { ROOT "<state id='a' initial='b'><initial><transition target='b'/></initial><state id='b'/></state>" END,
      "2:27 not-together" },
    { ROOT "<state id='a'><initial/></state>" END, "2:15 missing-element" },
    { ROOT "<state id='a'><initial><transition event='e' cond='0' type='internal' target='b'/></initial><state id='b'/></state>"
      END, "2:36 wrong-attribute\n2:46 wrong-attribute\n2:55 wrong-attribute?" },
    { ROOT "<state id='a'><initial><transition type='external' target='b'/></initial><state id='b'/></state>" END, "" },
    { ROOT "<state><history type='wide'/></state>" END, "2:23 bad-value" },
    { ROOT "<state><transition type='x' target='' event=' '/></state>" END,
      "2:26 bad-value\n2:37 bad-value\n2:46 bad-value" },
    { ROOT "<final><donedata><content/><param name='a' expr='1'/></donedata></final>" END, "2:28 not-together" },
    { ROOT "<state><invoke src='a' srcexpr='b' autoforward='yes'/></state>" END, "2:24 not-together\n2:49 bad-value" },
    { ROOT "<state><invoke namelist='a'><param/></invoke></state>" END,
      "2:29 not-together\n2:8 missing-attribute?\n2:29 missing-attribute\n2:29 missing-attribute" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      assert_told (cases[i].text, cases[i].told);
    }
}

static void
test_rules_of_actions (void)
{
  static const Case cases[] = {
    { "<raise/>", "1:1 missing-attribute" },
    { "<if><else/><elseif/></if>", "1:1 missing-attribute\n1:12 wrong-element\n1:12 missing-attribute" },
    { "<if cond='a'><else/><else/></if>", "1:21 duplicate-element" },
    { "<elseif cond='a'/>", "1:1 wrong-element" },
    { "<foreach/>", "1:1 missing-attribute\n1:1 missing-attribute" },
    { "<assign/>", "1:1 missing-attribute\n1:1 missing-attribute" },
    { "<assign location='a' expr='b'>c</assign>", "1:31 not-together" },
    { "<cancel/>", "1:1 missing-attribute" },
    { "<send/>", "1:1 missing-attribute?" },
    { "<send type='x'/>", "" },
    { "<cancel sendid='a' sendidexpr='b'/>", "1:20 not-together" },
    { "<send event='a' eventexpr='b' target='c' targetexpr='d' type='e' typeexpr='f'/>",
      "1:17 not-together\n1:42 not-together\n1:66 not-together" },
    { "<send event='a' id='b' idlocation='c' delay='1s' delayexpr='d'/>", "1:24 not-together\n1:50 not-together" },
    { "<send event='a' namelist='b'><content/></send>", "1:30 not-together" },
    { "<send event='a'><param name='b' expr='1' location='c'/></send>", "1:42 not-together" },
    { "<script src='a'>b</script>", "1:17 not-together" },
    { "<log><log/></log>", "1:6 wrong-element" },
    { "<donothing/>", "1:1 unknown-element?" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      /* Columns are those in the action. */
      g_autofree char *text = g_strdup_printf ("<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0'>"
                                               "<state id='s'><onentry>\n%s</onentry></state></scxml>", cases[i].text);
      g_auto (GStrv) lines = g_strsplit (cases[i].told, "\n", -1);
      g_autofree char *told = NULL;

      for (guint k = 0; lines[k] != NULL; k++)
        lines[k][0] = '2';
      told = g_strjoinv ("\n", lines);
      g_test_message ("%s", cases[i].text);
      assert_told (text, told);
    }
}

/* Whoever has a thousand mistakes is told of no more. */
static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (ROOT);
  g_autoptr (GListStore) diagnostics = NULL;
  g_autoptr (FermataGraph) graph = NULL;

  for (guint i = 0; i < 1500; i++)
    g_string_append (text, "<blink/>");
  g_string_append (text, END);
  graph = read_scxml_bytes (text->str, text->len, &diagnostics, NULL);
  g_assert_nonnull (graph);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 1001);
}

/* Entities */

static void
test_entity_bombs (void)
{
  static const Case cases[] = {
    { "<!DOCTYPE scxml [\n<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>\n"
      "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;'>]>\n"
      ROOT "<state id='&f;'/>&f;" END, "1:1 document-type" },
    { "<!DOCTYPE scxml [<!ENTITY a '&a;'>]>" ROOT "&a;" END, "1:1 document-type" },
    { "<!DOCTYPE scxml [<!ENTITY % a '%b;'><!ENTITY % b '%a;'>%a;]>" ROOT END, "1:1 document-type" },
    { "<!DOCTYPE scxml []>" ROOT END, "1:1 document-type" },
    { "<!DOCTYPE scxml I[<!ENTITY a 'b'>]>" ROOT "&a;" END, "1:1 document-type?\n1:17 syntax" },
    { "<!DOCTYPE scxml SYSTEM 'x' [<!ENTITY a 'b'>]>" ROOT END, "1:1 document-type" },
    { "<!DOCTYPE scxml SYSTEM 'x'>\n" ROOT "&a;" END, "1:1 document-type?\n3:4 unknown-entity" },
    { "<!DOCTYPE scxml SYSTEM 'x'>\n" ROOT "<state id='&a;'/>" END, "1:1 document-type?\n3:15 unknown-entity" },
    { "<!DOCTYPE scxml SYSTEM 'x'>\n" ROOT "<script>&a;</script>" END, "1:1 document-type?\n3:12 unknown-entity" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      assert_refused (cases[i].text, strlen (cases[i].text), cases[i].told);
    }
  assert_told ("<!DOCTYPE scxml PUBLIC '-//W3C//DTD SCXML 1.0//EN' 'http://www.w3.org/TR/scxml/scxml.dtd'>" ROOT END,
               "1:1 document-type?");
}

/* A pipe that nobody writes to: whoever opened it would wait. And a file that is
 * opened would have been read: the time of that is kept. */
static void
test_external_entities (void)
{
  g_autofree char *folder = g_dir_make_tmp ("fermata-XXXXXX", NULL);
  g_autofree char *pipe_name = g_build_filename (folder, "pipe", NULL);
  static const char *const forms[] = {
    "<!DOCTYPE scxml [<!ENTITY a SYSTEM '%s'>]>" ROOT "&a;" END,
    "<!DOCTYPE scxml [<!ENTITY %% a SYSTEM '%s'> %%a;]>" ROOT END,
    "<!DOCTYPE scxml SYSTEM '%s'>" ROOT "&a;" END,
    "<!DOCTYPE scxml SYSTEM 'file://%s'>" ROOT END,
    "<?xml-stylesheet href='%s'?>" ROOT "<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='%s'/>" END,
  };

  g_assert_cmpint (mkfifo (pipe_name, 0600), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_auto (GStrv) parts = g_strsplit (forms[i], "%s", -1);
      g_autofree char *joined = g_strjoinv (pipe_name, parts);
      g_auto (GStrv) percents = g_strsplit (joined, "%%", -1);
      g_autofree char *text = g_strjoinv ("%", percents);
      g_autoptr (GListStore) diagnostics = NULL;
      g_autoptr (FermataGraph) graph = NULL;

      g_test_message ("%s", text);
      graph = read_scxml_bytes (text, strlen (text), &diagnostics, NULL);
      g_assert_cmpint (graph != NULL, ==, i >= 3);
    }
  g_unlink (pipe_name);
  g_rmdir (folder);
}

/* Limits */

static char *
nest (const char *open,
      const char *close,
      guint       n)
{
  GString *text = g_string_new (ROOT);

  for (guint i = 0; i < n; i++)
    g_string_append (text, open);
  for (guint i = 0; i < n; i++)
    g_string_append (text, close);
  g_string_append (text, END);
  return g_string_free (text, FALSE);
}

static void
test_deep (void)
{
  g_autofree char *deepest = nest ("<state>", "</state>", 1000);
  g_autofree char *too_deep = nest ("<state>", "</state>", 1001);
  g_autofree char *far_too_deep = nest ("<state>", "</state>", 10000);
  g_autofree char *unclosed = nest ("<state>", "", 1000000);
  g_autofree char *foreign = nest ("<x:a xmlns:x='urn:x'>", "</x:a>", 200);
  g_autofree char *deep_foreign = nest ("<a xmlns=''>", "</a>", 300);
  g_autoptr (FermataGraph) graph = read_scxml (deepest);
  g_autoptr (FermataGraph) kept = read_scxml (foreign);
  g_autoptr (FermataValue) value = fermata_graph_to_value (graph);

  g_assert_nonnull (value);
  assert_refused (too_deep, strlen (too_deep), "2:7001 too-deep");
  assert_refused (far_too_deep, strlen (far_too_deep), "2:15394 too-deep");
  assert_refused (unclosed, strlen (unclosed), "2:15394 too-deep");
  assert_refused (deep_foreign, strlen (deep_foreign), "2:3061 too-large");
}

/* Each is in the other, though they stand side by side. */
static void
test_deep_actions (void)
{
  for (guint n = 999; n <= 1000; n++)
    {
      g_autoptr (GString) text = g_string_new (ROOT "<state id='a'><onentry><if cond='0'>");
      g_autoptr (GListStore) diagnostics = NULL;
      g_autoptr (FermataGraph) graph = NULL;
      g_autofree char *told = NULL;

      for (guint i = 0; i < n; i++)
        g_string_append (text, "<elseif cond='0'/>");
      g_string_append (text, "</if></onentry></state>" END);
      graph = read_scxml_bytes (text->str, text->len, &diagnostics, NULL);
      told = dup_told (diagnostics);
      g_assert_cmpint (graph != NULL, ==, n == 999);
      g_assert_cmpstr (told, ==, n == 999 ? "" : "2:18019 too-deep");
    }
}

static void
test_many_attributes (void)
{
  g_autoptr (GString) attributes = g_string_new (ROOT "<state id='a'");
  g_autoptr (GString) namespaces = g_string_new (ROOT);

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (attributes, " a%u=''", i);
  g_string_append (attributes, "/>" END);
  assert_refused (attributes->str, attributes->len, "2:1 too-large");

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (namespaces, "<state id='s%u' xmlns:a%u='urn:a'>", i, i);
  for (guint i = 0; i < 300; i++)
    g_string_append (namespaces, "</state>");
  g_string_append (namespaces, END);
  {
    g_autoptr (GListStore) diagnostics = NULL;
    g_autofree char *told = NULL;

    g_assert_null (read_scxml_bytes (namespaces->str, namespaces->len, &diagnostics, NULL));
    told = dup_told (diagnostics);
    g_assert_true (g_str_has_suffix (told, "too-large"));
  }
}

/* 100 MB in one text; less in one attribute, in one comment, in elements, unless there
 * is time. */
static void
test_large (void)
{
  static const struct {
    const char *begin;
    const char *piece;
    const char *end;
  } forms[] = {
    { "<script>", "x = 1; /* more */\n", "</script>" },
    { "<state id='a'><transition cond='", "a &amp;&amp; ", "b'/></state>" },
    { "<!--", " a comment\n", "-->" },
    { "<datamodel><data id='x'><a xmlns=''>", "<b c='d'>e</b>\n", "</a></data></datamodel>" },
    { "", "<final><onentry><log expr='1'/></onentry></final>\n", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      gsize size = i == 0 || g_test_slow () ? 100000000 : 4000000;
      g_autoptr (GString) text = g_string_sized_new (size + 1000);
      g_autoptr (GListStore) diagnostics = NULL;
      g_autoptr (FermataGraph) graph = NULL;
      g_autoptr (GError) error = NULL;

      g_string_append_printf (text, "%s%s", ROOT, forms[i].begin);
      while (text->len < size)
        g_string_append (text, forms[i].piece);
      g_string_append_printf (text, "%s%s", forms[i].end, END);
      graph = read_scxml_bytes (text->str, text->len, &diagnostics, &error);
      g_assert_no_error (error);
      g_assert_nonnull (graph);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 0);
    }
}

/* Damage */

static const char sample[] =
  "<?xml version='1.0'?><!-- \xc3\xa9 -->\n"
  "<scxml xmlns='http://www.w3.org/2005/07/scxml' xmlns:q='urn:q' version='1.0' initial='a' q:r='s'>\n"
  "<datamodel><data id='x' expr='1'/><data id='y'><z xmlns='' q:t='u'>&amp;</z></data></datamodel>\n"
  "<script><![CDATA[ f (\"]>\") ]]></script>\n"
  "<state id='a'><onentry><if cond='x &lt; 1'><log/><elseif cond='2'/><raise event='e'/><else/><q:v/></if></onentry>\n"
  "<transition event='e f' target='b c' type='internal'><send event='g' delay='1s'><param name='n' expr='2'/></send>\n"
  "<foreach array='[1]' item='i'><assign location='x' expr='i'/></foreach></transition>\n"
  "<invoke id='k'><content><scxml version='1.0'><final/></scxml></content><finalize/></invoke></state>\n"
  "<parallel><state id='b'><initial><transition target='d'/></initial><state id='d'/><history id='h'/></state>\n"
  "<state id='c'/></parallel><?pi x?><final id='f'><donedata><content>t</content></donedata></final></scxml>";

/* In memory of its own, so that reading past its end is noticed. */
static void
read_damaged (const char *text,
              gsize       length)
{
  g_autofree char *copy = g_memdup2 (text, MAX (length, 1));
  g_autoptr (GListStore) diagnostics = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataGraph) graph = read_scxml_bytes (copy, length, &diagnostics, &error);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (diagnostics));

  g_assert_true ((graph == NULL) == (error != NULL));
  g_assert_true (graph != NULL || n > 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);

      g_assert_cmpuint (fermata_diagnostic_get_line (diagnostic), >, 0);
      g_assert_cmpuint (fermata_diagnostic_get_column (diagnostic), >, 0);
    }
}

static void
test_sample (void)
{
  g_autoptr (FermataGraph) graph = read_scxml (sample);

  g_assert_cmpuint (fermata_graph_get_n_nodes (graph), ==, 3);
  g_assert_cmpuint (fermata_graph_get_n_edges (graph), ==, 1);
}

static void
test_truncated (void)
{
  for (gsize n = 0; n < strlen (sample); n++)
    {
      g_autoptr (GListStore) diagnostics = NULL;
      g_autoptr (GError) error = NULL;

      read_damaged (sample, n);
      g_assert_null (read_scxml_bytes (sample, n, &diagnostics, &error));
    }
}

static void
test_truncated_wide (void)
{
  gsize length;
  g_autofree char *wide = g_convert (sample, -1, "UTF-16LE", "UTF-8", NULL, &length, NULL);

  for (gsize n = 0; n < length; n++)
    read_damaged (wide, n);
}

/* One byte that is another; then a few, so that damages meet. */
static void
test_random_damage (void)
{
  static const char bytes[] = "<>/=!?&;'\"[]-: \n\xff\0";
  gsize length = strlen (sample);

  for (guint n = 0; n < 20000; n++)
    {
      g_autofree char *text = g_memdup2 (sample, length + 1);

      for (guint k = n % 4; k < 4; k++)
        text[g_test_rand_int_range (0, length)] = n % 3 == 0 ? (char) g_test_rand_int_range (0, 256)
                                                             : bytes[g_test_rand_int_range (0, sizeof bytes)];
      read_damaged (text, length);
    }
}

/* Parts that are taken out, doubled or exchanged: mostly well-formed still. */
static void
test_random_pieces (void)
{
  g_auto (GStrv) pieces = g_strsplit (sample, "><", -1);
  guint n_pieces = g_strv_length (pieces);

  for (guint n = 0; n < 5000; n++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint odd = g_test_rand_int_range (1, n_pieces - 1);
      guint other = g_test_rand_int_range (1, n_pieces - 1);

      for (guint i = 0; i < n_pieces; i++)
        {
          const char *piece = i == odd && n % 3 == 0 ? pieces[other] : pieces[i];

          if (i == odd && n % 3 == 1)
            continue;
          g_string_append_printf (text, "%s%s", i == 0 ? "" : "><", piece);
          if (i == odd && n % 3 == 2)
            g_string_append_printf (text, "><%s", pieces[other]);
        }
      read_damaged (text->str, text->len);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scxml-bad/malformed", test_malformed);
  g_test_add_func ("/scxml-bad/encodings", test_encodings);
  g_test_add_func ("/scxml-bad/rules", test_rules);
  g_test_add_func ("/scxml-bad/rules-of-actions", test_rules_of_actions);
  g_test_add_func ("/scxml-bad/many", test_many);
  g_test_add_func ("/scxml-bad/entity-bombs", test_entity_bombs);
  g_test_add_func ("/scxml-bad/external-entities", test_external_entities);
  g_test_add_func ("/scxml-bad/deep", test_deep);
  g_test_add_func ("/scxml-bad/deep-actions", test_deep_actions);
  g_test_add_func ("/scxml-bad/many-attributes", test_many_attributes);
  g_test_add_func ("/scxml-bad/large", test_large);
  g_test_add_func ("/scxml-bad/sample", test_sample);
  g_test_add_func ("/scxml-bad/truncated", test_truncated);
  g_test_add_func ("/scxml-bad/truncated-wide", test_truncated_wide);
  g_test_add_func ("/scxml-bad/random-damage", test_random_damage);
  g_test_add_func ("/scxml-bad/random-pieces", test_random_pieces);
  return g_test_run ();
}
