/* test-json-writer.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a document looks like, that nothing of one is lost, and that a small
 * change is a small difference. */

#include "format/format-fixture.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

static void
assert_written (const char *text,
                const char *expected)
{
  g_autofree char *json = quote (text);
  g_autofree char *expected_json = quote (expected);
  g_autoptr (FermataGraph) graph = read_text (json, -1);
  g_autofree char *written = write_text (graph);
  g_autoptr (FermataGraph) again = NULL;
  g_autofree char *written_again = NULL;

  g_assert_cmpstr (written, ==, expected_json);
  again = read_text (written, -1);
  written_again = write_text (again);
  g_assert_cmpstr (written_again, ==, expected_json);
}

static void
test_layout (void)
{
  assert_written (
    "{'fermata':1,'kind':'dag','inputs':{'path':{'type':'string'}},'nodes':["
    "{'id':'a','type':'set','with':{'value':[1,2.0]}},"
    "{'id':'b','type':'command','with':{'argv':['printf','%s','a text that is long enough to make the"
    " line too long'],'output':'json'}},"
    "{'id':'c','type':'foreach','body':{'nodes':[{'id':'d'}],'edges':[]},'finally':{'nodes':[]}}],"
    "'edges':[{'from':'a','to':'b'}],'layout':{'grid':8,'nodes':{'a':[0,0],'b':[10,-2.5]}}}",
    "{\n"
    "  'fermata': 1,\n"
    "  'kind': 'dag',\n"
    "  'inputs': { 'path': { 'type': 'string' } },\n"
    "  'nodes': [\n"
    "    { 'id': 'a', 'type': 'set', 'with': { 'value': [1, 2.0] } },\n"
    "    {\n"
    "      'id': 'b',\n"
    "      'type': 'command',\n"
    "      'with': {\n"
    "        'argv': ['printf', '%s', 'a text that is long enough to make the line too long'],\n"
    "        'output': 'json'\n"
    "      }\n"
    "    },\n"
    "    {\n"
    "      'id': 'c',\n"
    "      'type': 'foreach',\n"
    "      'body': {\n"
    "        'nodes': [\n"
    "          { 'id': 'd' }\n"
    "        ],\n"
    "        'edges': []\n"
    "      },\n"
    "      'finally': { 'nodes': [] }\n"
    "    }\n"
    "  ],\n"
    "  'edges': [\n"
    "    { 'from': 'a', 'to': 'b' }\n"
    "  ],\n"
    "  'layout': {\n"
    "    'grid': 8,\n"
    "    'nodes': {\n"
    "      'a': [0, 0],\n"
    "      'b': [10, -2.5]\n"
    "    }\n"
    "  }\n"
    "}\n");
}

static void
test_states (void)
{
  assert_written (
    "{'fermata':1,'nodes':[{'id':'s','nodes':[{'id':'t','entry':[{'log':'in'}]},{'id':'u','nodes':[]}]}]}",
    "{\n"
    "  'fermata': 1,\n"
    "  'nodes': [\n"
    "    {\n"
    "      'id': 's',\n"
    "      'nodes': [\n"
    "        { 'id': 't', 'entry': [{ 'log': 'in' }] },\n"
    "        { 'id': 'u', 'nodes': [] }\n"
    "      ]\n"
    "    }\n"
    "  ]\n"
    "}\n");
}

/* Short ones do not go on one line either, so that they have room to grow. */
static void
test_small (void)
{
  assert_written ("{'fermata':1}", "{\n  'fermata': 1\n}\n");
  assert_written ("{'fermata':1,'nodes':[],'edges':[],'layout':{}}",
                  "{\n  'fermata': 1,\n  'nodes': [],\n  'edges': [],\n  'layout': {}\n}\n");
  assert_written ("{'fermata':1,'layout':{'nodes':{}}}", "{\n  'fermata': 1,\n  'layout': { 'nodes': {} }\n}\n");
}

/* What is a node elsewhere is a mere value where the format has none. */
static void
test_roles (void)
{
  assert_written (
    "{'fermata':1,'x-a':{'nodes':[{}],'body':{'nodes':[{}]}},"
    "'nodes':[{'id':'n','edges':[{'from':'a'}],'with':{'nodes':[1],'body':{'nodes':[2]}},'layout':{'nodes':{'a':1}}}]}",
    "{\n"
    "  'fermata': 1,\n"
    "  'x-a': { 'nodes': [{}], 'body': { 'nodes': [{}] } },\n"
    "  'nodes': [\n"
    "    {\n"
    "      'id': 'n',\n"
    "      'edges': [{ 'from': 'a' }],\n"
    "      'with': { 'nodes': [1], 'body': { 'nodes': [2] } },\n"
    "      'layout': { 'nodes': { 'a': 1 } }\n"
    "    }\n"
    "  ]\n"
    "}\n");
}

/* Unknown members, their order, odd names and numbers stay as they are. */
static void
test_kept (void)
{
  static const char *const texts[] = {
    "{'later':{'z':1,'a':[null,true,-0.0]},'fermata':1,'x-y':'','nodes':[{'x-n':{},'id':'a','more':[]}],"
    "'edges':[{'x-e':1,'to':'a','from':'a'}],'kind':'fsm'}",
    "{'fermata':1,'n':[123456789012345678901234567890,1e400,9007199254740993,0.1,1e-7,1.7976931348623157e+308]}",
    "{'fermata':1,'a\\u0000b':1,'':2,'\\ud83d\\ude00':3,'a/b~c':{'\\u0000':[]}}",
    "{'fermata':1,'nodes':3,'edges':{}}",
    "{'fermata':1,'nodes':[{'id':7,'body':[1]},{}],'edges':[{},{'to':null}]}",
    "{'fermata':1,'nodes':[{'id':'a','a\\u0000b':{'x':1},'body':{'\\u0000':1,'nodes':[{'id':'b'}]}}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *json = quote (texts[i]);
      g_autoptr (FermataValue) value = fermata_value_parse (json, -1, NULL);
      g_autoptr (FermataGraph) graph = read_text (json, -1);
      g_autofree char *written = write_text (graph);
      g_autoptr (FermataValue) again = fermata_value_parse (written, -1, NULL);
      g_autofree char *before = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
      g_autofree char *after = fermata_value_to_string (again, FERMATA_WRITE_COMPACT, NULL);

      g_assert_cmpstr (before, ==, after);
    }
}

/* Names with U+0000 survive edits around them. */
static void
test_kept_by_edits (void)
{
  g_autoptr (FermataGraph) graph =
    read_text ("{\"fermata\":1,\"a\\u0000b\":1,\"x\":2,\"layout\":{\"nodes\":{\"n\\u0000\":[0,0],\"m\":[1,1]}}}", -1);
  g_autoptr (FermataValue) value = fermata_value_new_integer (3);
  g_autoptr (FermataValue) positions = fermata_value_parse ("{\"k\":[2,2],\"m\":null}", -1, NULL);
  g_autoptr (FermataEdit) unset = fermata_edit_new_unset_member ("", "x");
  g_autoptr (FermataEdit) move = fermata_edit_new_set_positions ("", positions);
  g_autoptr (FermataEdit) back = NULL;
  g_autoptr (FermataEdit) move_back = NULL;
  g_autofree char *before = write_text (graph);
  g_autofree char *after = NULL;

  g_assert_true (fermata_graph_apply_edit (graph, unset, &back, NULL));
  g_assert_true (fermata_graph_apply_edit (graph, move, &move_back, NULL));
  g_assert_true (fermata_graph_set_member (graph, "y", value, NULL));
  g_assert_true (fermata_graph_set_member (graph, "y", NULL, NULL));
  after = write_text (graph);
  g_assert_nonnull (strstr (after, "\"a\\u0000b\": 1"));
  g_assert_nonnull (strstr (after, "\"n\\u0000\": [0, 0]"));
  g_assert_true (fermata_graph_apply_edit (graph, move_back, NULL, NULL));
  g_assert_true (fermata_graph_apply_edit (graph, back, NULL, NULL));
  g_clear_pointer (&after, g_free);
  after = write_text (graph);
  g_assert_cmpstr (after, ==, before);
}

/* Each member of each example in turn. */
static void
assert_one_line (FermataGraph *graph,
                 FermataEdit  *edit,
                 const char   *before)
{
  g_autoptr (FermataEdit) owned = edit;
  g_autoptr (FermataEdit) inverse = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;
  g_autofree char *again = NULL;
  guint n_removed;
  guint n_added;

  fermata_graph_apply_edit (graph, edit, &inverse, &error);
  g_assert_no_error (error);
  after = write_text (graph);
  count_different_lines (before, after, &n_removed, &n_added);
  g_test_message ("%s %s: -%u +%u", fermata_edit_get_path (edit), fermata_edit_get_name (edit), n_removed, n_added);
  g_assert_cmpuint (n_removed, ==, 1);
  g_assert_cmpuint (n_added, ==, 1);
  fermata_graph_apply_edit (graph, inverse, NULL, &error);
  g_assert_no_error (error);
  again = write_text (graph);
  g_assert_cmpstr (again, ==, before);
}

/* What somebody types over something else, of the same length, so that what
 * is on one line has room there as before. */
static FermataValue *
type_over (FermataValue *value)
{
  g_autofree char *old = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_autofree char *text = g_strnfill (MAX (g_utf8_strlen (old, -1) - 2, 0), 'x');

  return fermata_value_new_string (text, -1);
}

static void
edit_members (FermataGraph *graph,
              const char   *path,
              FermataValue *value,
              const char   *before)
{
  g_autoptr (FermataValue) members = fermata_value_ref (value);

  for (gsize i = 0; i < fermata_value_get_length (members); i++)
    {
      const char *name = fermata_value_get_member_name (members, i);
      FermataValue *old = fermata_value_get_element (members, i);
      FermataValueKind kind = fermata_value_get_kind (old);
      g_autoptr (FermataValue) text = NULL;

      if (kind == FERMATA_VALUE_KIND_OBJECT || kind == FERMATA_VALUE_KIND_ARRAY || strcmp (name, "id") == 0 ||
          strcmp (name, "fermata") == 0 || strcmp (name, "kind") == 0)
        continue;
      text = type_over (old);
      assert_one_line (graph, fermata_edit_new_set_member (path, name, text), before);
    }
}

static void
test_one_line (void)
{
  g_auto (GStrv) paths = list_examples ();

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (FermataGraph) graph = NULL;

      g_assert_true (g_file_get_contents (paths[i], &text, NULL, NULL));
      graph = read_text (text, -1);
      edit_members (graph, "", fermata_graph_get_members (graph), text);
      for (guint j = 0; j < fermata_graph_get_n_nodes (graph); j++)
        {
          FermataNode *node = fermata_graph_get_node (graph, j);
          g_autofree char *path = fermata_node_dup_path (node);

          edit_members (graph, path, fermata_node_get_members (node), text);
        }
      for (guint j = 0; j < fermata_graph_get_n_edges (graph); j++)
        {
          FermataEdge *edge = fermata_graph_get_edge (graph, j);
          g_autofree char *path = fermata_edge_dup_path (edge);

          edit_members (graph, path, fermata_edge_get_members (edge), text);
        }
    }
}

/* Other small changes: the line that is meant, and no other. */
static void
test_few_lines (void)
{
  g_autofree char *json = quote ("{'fermata':1,'nodes':[{'id':'a'},{'id':'b'}],'edges':[{'from':'a','to':'b'}],"
                                 "'layout':{'nodes':{'a':[0,0],'b':[1,1],'c':[2,2]}}}");
  g_autoptr (FermataGraph) graph = read_text (json, -1);
  g_autofree char *before = write_text (graph);
  g_autofree char *after = NULL;
  g_autoptr (FermataValue) node = fermata_value_parse ("{\"id\":\"new\"}", -1, NULL);
  guint n_removed;
  guint n_added;

  g_assert_true (fermata_node_set_position (fermata_graph_find_node (graph, "b"), 7, 7, NULL));
  after = write_text (graph);
  count_different_lines (before, after, &n_removed, &n_added);
  g_assert_cmpuint (n_removed, ==, 1);
  g_assert_cmpuint (n_added, ==, 1);

  g_assert_nonnull (fermata_graph_add_node (graph, NULL, 0, node, NULL));
  g_free (before);
  before = g_steal_pointer (&after);
  after = write_text (graph);
  count_different_lines (before, after, &n_removed, &n_added);
  g_assert_cmpuint (n_removed, ==, 0);
  g_assert_cmpuint (n_added, ==, 1);
}

static void
test_incomplete (void)
{
  static const char *const texts[] = {
    "{'fermata':1,'nodes':[3]}",
    "{'fermata':1,'edges':[null]}",
    "{'fermata':1,'x':1,'x':2}",
    "{'fermata':1,'nodes':[{'id':'a','body':{'edges':['e']}}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *json = quote (texts[i]);
      g_autoptr (FermataGraph) graph = read_text (json, -1);
      g_autoptr (GError) error = NULL;

      g_assert_true (fermata_graph_is_incomplete (graph));
      g_assert_null (fermata_json_write_graph (graph, &error));
      g_assert_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_INCOMPLETE);
    }
}

/* What could not be read again is not written: 334 bodies are 1,003 levels. */
static void
test_too_deep (void)
{
  g_autoptr (FermataGraph) graph = fermata_graph_new (FERMATA_GRAPH_KIND_DAG);
  g_autoptr (FermataValue) node = fermata_value_parse ("{\"id\":\"a\",\"body\":{\"nodes\":[]}}", -1, NULL);
  FermataGraph *inner = graph;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (FermataGraph) again = NULL;

  for (guint i = 0; i < 333; i++)
    {
      FermataNode *added = fermata_graph_add_node (inner, NULL, 0, node, NULL);

      inner = fermata_node_get_body (added, "body");
      if (i < 332)
        continue;
      /* Its own "nodes" is empty, yet counts. */
      g_assert_null (fermata_json_write_graph (graph, &error));
      g_assert_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_TOO_DEEP);
      g_assert_true (fermata_node_remove (added, NULL));
    }
  text = write_text (graph);
  again = read_text (text, -1);
  g_assert_nonnull (again);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-writer/layout", test_layout);
  g_test_add_func ("/json-writer/states", test_states);
  g_test_add_func ("/json-writer/small", test_small);
  g_test_add_func ("/json-writer/roles", test_roles);
  g_test_add_func ("/json-writer/kept", test_kept);
  g_test_add_func ("/json-writer/kept-by-edits", test_kept_by_edits);
  g_test_add_func ("/json-writer/one-line", test_one_line);
  g_test_add_func ("/json-writer/few-lines", test_few_lines);
  g_test_add_func ("/json-writer/incomplete", test_incomplete);
  g_test_add_func ("/json-writer/too-deep", test_too_deep);

  return g_test_run ();
}
