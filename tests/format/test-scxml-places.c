/* test-scxml-places.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What is found in a graph later, by its path, is shown in the text that it was
 * read from. */

#include "format/fermata-format.h"
#include "format/scxml-fixture.h"

static const char document[] =
  "<?xml version='1.0'?>\n"
  "<s:scxml xmlns:s='http://www.w3.org/2005/07/scxml' version='1.0' initial='a b' datamodel = \"null\">\n"
  "  <s:datamodel><s:data id='x' expr='1 + 1'/><s:data id='y'>[1]</s:data></s:datamodel>\n"
  "  <s:script>one\n&amp;&amp; <![CDATA[two <]]><!-- c --> three</s:script>\n"
  "  <s:state id='a'>\n"
  "    <s:onentry><s:log expr='2'/><s:raise event='e'/></s:onentry>\n"
  "    <s:onentry><s:assign location='x' expr=\"a &amp;&amp;  b\"/></s:onentry>\n"
  "    <s:transition target='b c'\n"
  "                  event='  e f' type='internal'><s:send event='g' namelist='x y'/></s:transition>\n"
  "    <s:invoke id='k'><s:content><s:scxml version='1.0'><s:final/></s:scxml></s:content></s:invoke>\n"
  "    <s:invoke src='file:q.scxml'><s:param name='p' location='y'/></s:invoke>\n"
  "  </s:state>\n"
  "  <s:parallel>\n"
  "    <s:state id='b'><s:initial><s:transition target='d'/></s:initial><s:state id='d'/></s:state>\n"
  "    <s:state id='c'><s:onexit><s:if cond='1'><s:log/><s:elseif cond='2'/><s:log/><s:else/><s:log label='m'/></s:if>\n"
  "    </s:onexit></s:state>\n"
  "  </s:parallel>\n"
  "</s:scxml>\n";

static char *
locate (const char *path,
        gssize      inner_offset,
        const char *related)
{
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (FermataDiagnostic) diagnostic = fermata_diagnostic_new (FERMATA_SEVERITY_ERROR, "c", path, "m");
  g_autoptr (GBytes) text = g_bytes_new_static (document, sizeof document - 1);
  const char *hint;

  fermata_diagnostic_set_inner_offset (diagnostic, inner_offset);
  if (related != NULL)
    fermata_diagnostic_set_related_path (diagnostic, related);
  g_list_store_append (diagnostics, diagnostic);
  fermata_format_locate (diagnostics, text, "d.scxml");
  g_assert_cmpstr (fermata_diagnostic_get_file (diagnostic), ==, "d.scxml");
  hint = fermata_diagnostic_get_hint (diagnostic);
  return g_strdup_printf ("%u:%u%s%s", fermata_diagnostic_get_line (diagnostic),
                          fermata_diagnostic_get_column (diagnostic), hint == NULL ? "" : " ", hint == NULL ? "" : hint);
}

static void
test_places (void)
{
  static const struct {
    const char *path;
    gssize inner_offset;
    const char *place;
  } cases[] = {
    { "", -1, "2:1" },
    { "/kind", -1, "2:1" },
    { "/initial", -1, "2:75" },
    { "/initial", -2, "2:66" },
    { "/initial/1", -1, "2:75" },
    { "/data-model", -1, "2:93" },
    { "/data-model", -2, "2:80" },
    { "/variables", -1, "3:3" },
    { "/variables/x", -1, "3:16" },
    { "/variables/x/expr", -1, "3:37" },
    { "/variables/x/expr", 4, "3:41" },
    { "/variables/y/content", -1, "3:60" },
    { "/variables/y/content", 1, "3:61" },
    { "/script", -1, "4:13" },
    { "/script", 4, "5:1" },
    { "/script", 5, "5:6" },
    { "/script", 7, "5:21" },
    { "/script", 12, "5:39" },
    { "/nodes/0", -1, "6:3" },
    { "/nodes/0/id", -1, "6:16" },
    { "/nodes/0/entry/0/0/log/expr", -1, "7:29" },
    { "/nodes/0/entry/0/1/raise", -1, "7:49" },
    { "/nodes/0/entry/1/0/assign/0/x", -1, "8:45" },
    { "/nodes/0/entry/1/0/assign/0/x", 2, "8:47" },
    { "/nodes/0/entry/1/0/assign/0/x", 3, "8:52" },
    { "/nodes/0/entry/1/0/assign/0/x", 6, "8:59" },
    { "/edges/0", -1, "9:5" },
    { "/edges/0/from", -1, "9:5" },
    { "/edges/0/to/1", -1, "9:27" },
    { "/edges/0/event", -1, "10:26" },
    { "/edges/0/event", 2, "10:30" },
    { "/edges/0/internal", -1, "10:39" },
    { "/edges/0/when", -1, "9:5" },
    { "/edges/0/actions/0/send/event", -1, "10:64" },
    { "/edges/0/actions/0/send/name-list/1", -1, "10:77" },
    { "/nodes/0/do/0/body/nodes/0", -1, "11:56" },
    { "/nodes/0/do/1/with/file", -1, "12:20" },
    { "/nodes/0/do/1/params/0/location", -1, "12:62" },
    { "/nodes/1", -1, "14:3" },
    { "/nodes/1/id", -1, "14:3" },
    { "/nodes/1/nodes/0/initial", -1, "15:54" },
    { "/nodes/1/nodes/1/exit/0/if", -1, "16:43" },
    { "/nodes/1/nodes/1/exit/0/else", -1, "16:54" },
    { "/nodes/1/nodes/1/exit/0/else/if", -1, "16:70" },
    { "/nodes/1/nodes/1/exit/0/else/else/0/log/label", -1, "16:105" },
    { "/nodes/7/nothing", -1, "6:3" },
    { "/no~1thing", -1, "2:1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *place = locate (cases[i].path, cases[i].inner_offset, NULL);

      g_test_message ("%s %d", cases[i].path, (int) cases[i].inner_offset);
      g_assert_cmpstr (place, ==, cases[i].place);
    }
}

static void
test_related (void)
{
  g_autofree char *place = locate ("/nodes/1", -1, "/nodes/0/id");

  g_assert_cmpstr (place, ==, "14:3 the first is at line 6, column 16");
}

/* What is being looked at, and its path. */
typedef struct {
  FermataValue *value;
  char *path;
} Part;

static void
add_part (GArray       *parts,
          FermataValue *value,
          char         *path)
{
  Part part = { value, path };

  g_array_append_val (parts, part);
}

static void
add_inner_parts (GArray *parts,
                 Part   *part)
{
  FermataValueKind kind = fermata_value_get_kind (part->value);
  gsize length = kind == FERMATA_VALUE_KIND_ARRAY || kind == FERMATA_VALUE_KIND_OBJECT
                 ? fermata_value_get_length (part->value) : 0;

  for (gsize i = 0; i < length; i++)
    {
      if (kind == FERMATA_VALUE_KIND_ARRAY)
        add_part (parts, fermata_value_get_element (part->value, i),
                  g_strdup_printf ("%s/%" G_GSIZE_FORMAT, part->path, i));
      else
        add_part (parts, fermata_value_get_member (part->value, fermata_value_get_member_name (part->value, i)),
                  g_strdup_printf ("%s/%s", part->path, fermata_value_get_member_name (part->value, i)));
    }
}

/* Everything in a graph has a place, and none that is more than a part of the one
 * that it is in. */
static void
test_all (void)
{
  g_autoptr (FermataGraph) graph = read_scxml (document);
  g_autoptr (FermataValue) value = fermata_graph_to_value (graph);
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));

  add_part (parts, value, g_strdup (""));
  while (parts->len > 0)
    {
      Part part = g_array_index (parts, Part, parts->len - 1);
      g_autofree char *place = locate (part.path, -1, NULL);

      g_array_set_size (parts, parts->len - 1);
      g_test_message ("%s: %s", part.path, place);
      g_assert_cmpint (atoi (place), >=, 2);
      g_assert_cmpint (atoi (place), <=, 17);
      add_inner_parts (parts, &part);
      g_free (part.path);
    }
}

/* Of what is no SCXML, nothing is known. */
static void
test_broken (void)
{
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (FermataDiagnostic) diagnostic = fermata_diagnostic_new (FERMATA_SEVERITY_ERROR, "c", "/nodes/0", "m");
  g_autoptr (GBytes) text = g_bytes_new_static ("<scxml>", 7);

  g_list_store_append (diagnostics, diagnostic);
  fermata_format_locate (diagnostics, text, "d.scxml");
  g_assert_cmpuint (fermata_diagnostic_get_line (diagnostic), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scxml-places/places", test_places);
  g_test_add_func ("/scxml-places/related", test_related);
  g_test_add_func ("/scxml-places/all", test_all);
  g_test_add_func ("/scxml-places/broken", test_broken);
  return g_test_run ();
}
