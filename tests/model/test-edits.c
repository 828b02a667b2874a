/* test-edits.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Each kind of edit: what it does, what it refuses, and that its inverse
 * gives back every byte. */

#include "model/model-fixture.h"

/* Takes the edit. */
static void
assert_edit (const char  *before,
             FermataEdit *edit,
             const char  *after)
{
  g_autoptr (FermataGraph) graph = read_graph (before);
  g_autoptr (FermataEdit) owned = edit;
  g_autoptr (FermataEdit) inverse = NULL;
  g_autoptr (FermataEdit) again = NULL;
  g_autoptr (GError) error = NULL;

  fermata_graph_apply_edit (graph, edit, &inverse, &error);
  g_assert_no_error (error);
  assert_graph (graph, after);

  fermata_graph_apply_edit (graph, inverse, &again, &error);
  g_assert_no_error (error);
  assert_graph (graph, before);

  fermata_graph_apply_edit (graph, again, NULL, &error);
  g_assert_no_error (error);
  assert_graph (graph, after);
}

static void
assert_refused (const char       *before,
                FermataEdit      *edit,
                FermataModelError code)
{
  g_autoptr (FermataGraph) graph = read_graph (before);
  g_autoptr (FermataEdit) owned = edit;
  g_autoptr (FermataEdit) inverse = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (fermata_graph_apply_edit (graph, edit, &inverse, &error));
  g_assert_error (error, FERMATA_MODEL_ERROR, (gint) code);
  g_assert_null (inverse);
  assert_graph (graph, before);
}

static FermataEdit *
add_node (const char *parent_path,
          guint       position,
          const char *node)
{
  g_autoptr (FermataValue) value = read_value (node);

  return fermata_edit_new_add_node (parent_path, position, value);
}

static FermataEdit *
add_edge (const char *graph_path,
          guint       position,
          const char *edge)
{
  g_autoptr (FermataValue) value = read_value (edge);

  return fermata_edit_new_add_edge (graph_path, position, value);
}

static FermataEdit *
set_member (const char *path,
            const char *name,
            const char *text)
{
  g_autoptr (FermataValue) value = read_value (text);

  return fermata_edit_new_set_member (path, name, value);
}

static FermataEdit *
add_body (const char *path,
          const char *name,
          const char *text)
{
  g_autoptr (FermataValue) value = read_value (text);

  return fermata_edit_new_add_body (path, name, value);
}

static FermataEdit *
set_positions (const char *path,
               const char *text)
{
  g_autoptr (FermataValue) value = read_value (text);

  return fermata_edit_new_set_positions (path, value);
}

static void
test_add_node (void)
{
  assert_edit ("{'nodes':[{'id':'a'}],'x':1}", add_node ("", 0, "{'id':'b'}"),
               "{'nodes':[{'id':'b'},{'id':'a'}],'x':1}");
  assert_edit ("{'nodes':[{'id':'a'}],'x':1}", add_node ("", 99, "{'id':'b'}"),
               "{'nodes':[{'id':'a'},{'id':'b'}],'x':1}");
  assert_edit ("{'x':1}", add_node ("", 0, "{'id':'b','nodes':[{'id':'c'}],'body':{'nodes':[{'id':'b'}]}}"),
               "{'x':1,'nodes':[{'id':'b','nodes':[{'id':'c'}],'body':{'nodes':[{'id':'b'}]}}]}");
  assert_edit ("{'nodes':[{'id':'a'}]}", add_node ("/nodes/0", 0, "{'id':'b'}"),
               "{'nodes':[{'id':'a','nodes':[{'id':'b'}]}]}");
  assert_edit ("{'nodes':[{'id':'a','nodes':[]}]}", add_node ("/nodes/0", 0, "{'id':'b'}"),
               "{'nodes':[{'id':'a','nodes':[{'id':'b'}]}]}");
  assert_edit ("{'nodes':[{'id':'a','body':{}}]}", add_node ("/nodes/0/body", 0, "{'id':'a'}"),
               "{'nodes':[{'id':'a','body':{'nodes':[{'id':'a'}]}}]}");
}

static void
test_add_node_refused (void)
{
  const char *before = "{'nodes':[{'id':'a','nodes':[{'id':'b'}]}],'edges':[{'from':'a'}]}";

  assert_refused (before, add_node ("", 0, "{'id':'b'}"), FERMATA_MODEL_ERROR_DUPLICATE_ID);
  assert_refused (before, add_node ("", 0, "{'id':'c','nodes':[{'id':'a'}]}"), FERMATA_MODEL_ERROR_DUPLICATE_ID);
  assert_refused (before, add_node ("", 0, "{'id':'c','nodes':[{'id':'c'}]}"), FERMATA_MODEL_ERROR_DUPLICATE_ID);
  assert_refused (before, add_node ("", 0, "{'id':'c','body':{'nodes':[{'id':'d'},{'id':'d'}]}}"),
                  FERMATA_MODEL_ERROR_DUPLICATE_ID);
  assert_refused (before, add_node ("", 0, "{}"), FERMATA_MODEL_ERROR_BAD_ID);
  assert_refused (before, add_node ("", 0, "{'id':''}"), FERMATA_MODEL_ERROR_BAD_ID);
  assert_refused (before, add_node ("", 0, "{'id':'a/b'}"), FERMATA_MODEL_ERROR_BAD_ID);
  assert_refused (before, add_node ("", 0, "{'id':'a\\u0000'}"), FERMATA_MODEL_ERROR_BAD_ID);
  assert_refused (before, add_node ("", 0, "{'id':'c','body':{'nodes':[{'id':'#'}]}}"), FERMATA_MODEL_ERROR_BAD_ID);
  assert_refused (before, add_node ("", 0, "[]"), FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, add_node ("", 0, "{'id':'c','body':{'nodes':[3]}}"), FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, add_node ("/nodes/7", 0, "{'id':'c'}"), FERMATA_MODEL_ERROR_NOT_FOUND);
  assert_refused (before, add_node ("/nodes/00", 0, "{'id':'c'}"), FERMATA_MODEL_ERROR_NOT_FOUND);
  assert_refused (before, add_node ("/nodes/0/body", 0, "{'id':'c'}"), FERMATA_MODEL_ERROR_NOT_FOUND);
  assert_refused (before, add_node ("/edges/0", 0, "{'id':'c'}"), FERMATA_MODEL_ERROR_NOT_FOUND);
  assert_refused ("{'nodes':3}", add_node ("", 0, "{'id':'c'}"), FERMATA_MODEL_ERROR_BAD_MEMBER);
}

static void
test_remove_node (void)
{
  const char *before = "{'nodes':[{'id':'a'},{'x':1,'body':{'nodes':[{'id':'n'}],'x':2},'id':'b','nodes':[{'id':'c'}]}]}";

  assert_edit (before, fermata_edit_new_remove_node ("/nodes/1"), "{'nodes':[{'id':'a'}]}");
  assert_edit (before, fermata_edit_new_remove_node ("/nodes/1/nodes/0"),
               "{'nodes':[{'id':'a'},{'x':1,'body':{'nodes':[{'id':'n'}],'x':2},'id':'b','nodes':[]}]}");
  assert_edit (before, fermata_edit_new_remove_node ("/nodes/1/body/nodes/0"),
               "{'nodes':[{'id':'a'},{'x':1,'body':{'nodes':[],'x':2},'id':'b','nodes':[{'id':'c'}]}]}");
  assert_refused (before, fermata_edit_new_remove_node ("/nodes/2"), FERMATA_MODEL_ERROR_NOT_FOUND);
  assert_refused (before, fermata_edit_new_remove_node (""), FERMATA_MODEL_ERROR_NOT_FOUND);
  assert_refused (before, fermata_edit_new_remove_node ("/nodes/1/body"), FERMATA_MODEL_ERROR_NOT_FOUND);
}

static void
test_move_node (void)
{
  const char *before =
    "{'nodes':[{'id':'a'},{'id':'b','nodes':[{'id':'c'}]},{'id':'d','body':{'nodes':[{'id':'a'},{'id':'e'}]}}]}";

  assert_edit (before, fermata_edit_new_move_node ("/nodes/0", "", 1),
               "{'nodes':[{'id':'b','nodes':[{'id':'c'}]},{'id':'a'},{'id':'d','body':{'nodes':[{'id':'a'},{'id':'e'}]}}]}");
  assert_edit (before, fermata_edit_new_move_node ("/nodes/0", "/nodes/1", 0),
               "{'nodes':[{'id':'b','nodes':[{'id':'a'},{'id':'c'}]},{'id':'d','body':{'nodes':[{'id':'a'},{'id':'e'}]}}]}");
  assert_edit (before, fermata_edit_new_move_node ("/nodes/1/nodes/0", "/nodes/0", 0),
               "{'nodes':[{'id':'a','nodes':[{'id':'c'}]},{'id':'b','nodes':[]},{'id':'d','body':{'nodes':[{'id':'a'},{'id':'e'}]}}]}");
  assert_edit (before, fermata_edit_new_move_node ("/nodes/2/body/nodes/1", "", 0),
               "{'nodes':[{'id':'e'},{'id':'a'},{'id':'b','nodes':[{'id':'c'}]},{'id':'d','body':{'nodes':[{'id':'a'}]}}]}");
  assert_edit (before, fermata_edit_new_move_node ("/nodes/1", "/nodes/2/body", 99),
               "{'nodes':[{'id':'a'},{'id':'d','body':{'nodes':[{'id':'a'},{'id':'e'},{'id':'b','nodes':[{'id':'c'}]}]}}]}");

  assert_refused (before, fermata_edit_new_move_node ("/nodes/1", "/nodes/1", 0), FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, fermata_edit_new_move_node ("/nodes/1", "/nodes/1/nodes/0", 0), FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, fermata_edit_new_move_node ("/nodes/2", "/nodes/2/body", 0), FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, fermata_edit_new_move_node ("/nodes/2", "/nodes/2/body/nodes/0", 0),
                  FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, fermata_edit_new_move_node ("/nodes/0", "/nodes/2/body", 0),
                  FERMATA_MODEL_ERROR_DUPLICATE_ID);
  assert_refused (before, fermata_edit_new_move_node ("/nodes/9", "", 0), FERMATA_MODEL_ERROR_NOT_FOUND);
  assert_refused (before, fermata_edit_new_move_node ("/nodes/0", "/nodes/9", 0), FERMATA_MODEL_ERROR_NOT_FOUND);
}

static void
test_rename (void)
{
  assert_edit ("{'nodes':[{'id':'a','x':1},{'id':'b','type':'log'}],'edges':[{'from':'a','to':'b'},{'from':'b','to':['a','c','a']},"
               "{'from':'b'}],'initial':'a','layout':{'nodes':{'x':1,'a':[0,1],'b':[2,3]}}}",
               fermata_edit_new_rename_node ("/nodes/0", "z"),
               "{'nodes':[{'id':'z','x':1},{'id':'b','type':'log'}],'edges':[{'from':'z','to':'b'},{'from':'b','to':['z','c','z']},"
               "{'from':'b'}],'initial':'z','layout':{'nodes':{'x':1,'z':[0,1],'b':[2,3]}}}");

  /* What is called so by then already is told apart when it is taken back. */
  assert_edit ("{'nodes':[{'id':'a'}],'edges':[{'from':'a','to':'b'},{'from':'b','to':'a'}],"
               "'layout':{'nodes':{'a':[0,0],'c':0,'b':[1,1]}}}",
               fermata_edit_new_rename_node ("/nodes/0", "b"),
               "{'nodes':[{'id':'b'}],'edges':[{'from':'b','to':'b'},{'from':'b','to':'b'}],"
               "'layout':{'nodes':{'c':0,'b':[0,0]}}}");

  /* Nested states are in one namespace, a body is another. */
  assert_edit ("{'nodes':[{'id':'s','initial':{'to':['t','u'],'assign':[]},'nodes':[{'id':'t'},{'id':'u','initial':'s'}]},"
               "{'id':'v','initial':['t'],'body':{'nodes':[{'id':'t'}],'edges':[{'from':'t'}]}}],'edges':[{'from':'t'}]}",
               fermata_edit_new_rename_node ("/nodes/0/nodes/0", "n"),
               "{'nodes':[{'id':'s','initial':{'to':['n','u'],'assign':[]},'nodes':[{'id':'n'},{'id':'u','initial':'s'}]},"
               "{'id':'v','initial':['n'],'body':{'nodes':[{'id':'t'}],'edges':[{'from':'t'}]}}],'edges':[{'from':'n'}]}");

  /* What names an id that two nodes have means the first. */
  assert_edit ("{'nodes':[{'id':'a'},{'id':'a'}],'edges':[{'from':'a'}]}",
               fermata_edit_new_rename_node ("/nodes/1", "b"),
               "{'nodes':[{'id':'a'},{'id':'b'}],'edges':[{'from':'a'}]}");
  assert_edit ("{'nodes':[{'id':'a'},{'id':'a'}],'edges':[{'from':'a'}]}",
               fermata_edit_new_rename_node ("/nodes/0", "b"),
               "{'nodes':[{'id':'b'},{'id':'a'}],'edges':[{'from':'b'}]}");

  /* A node that has no id yet can be given one. */
  assert_edit ("{'nodes':[{'type':'log'}],'edges':[{}]}", fermata_edit_new_rename_node ("/nodes/0", "b"),
               "{'nodes':[{'type':'log','id':'b'}],'edges':[{}]}");
}

static void
test_rename_refused (void)
{
  const char *before = "{'nodes':[{'id':'a','nodes':[{'id':'b'}]},{'id':'c'}]}";

  assert_refused (before, fermata_edit_new_rename_node ("/nodes/1", "b"), FERMATA_MODEL_ERROR_DUPLICATE_ID);
  assert_refused (before, fermata_edit_new_rename_node ("/nodes/1", "a>b"), FERMATA_MODEL_ERROR_BAD_ID);
  assert_refused (before, fermata_edit_new_rename_node ("/nodes/1", ""), FERMATA_MODEL_ERROR_BAD_ID);
  assert_refused (before, fermata_edit_new_rename_node ("/nodes/2", "x"), FERMATA_MODEL_ERROR_NOT_FOUND);
  assert_refused (before, fermata_edit_new_rename_node ("", "x"), FERMATA_MODEL_ERROR_NOT_FOUND);
}

static void
test_edges (void)
{
  const char *before = "{'edges':[{'from':'a','to':'b','x':[1]},{'from':'b'}],'nodes':[{'id':'n','body':{}}]}";

  assert_edit (before, add_edge ("", 1, "{'to':['b'],'from':'c'}"),
               "{'edges':[{'from':'a','to':'b','x':[1]},{'to':['b'],'from':'c'},{'from':'b'}],'nodes':[{'id':'n','body':{}}]}");
  assert_edit (before, add_edge ("/nodes/0/body", 1, "{'from':'c'}"),
               "{'edges':[{'from':'a','to':'b','x':[1]},{'from':'b'}],'nodes':[{'id':'n','body':{'edges':[{'from':'c'}]}}]}");
  assert_edit (before, fermata_edit_new_remove_edge ("/edges/0"), "{'edges':[{'from':'b'}],'nodes':[{'id':'n','body':{}}]}");
  assert_edit (before, fermata_edit_new_move_edge ("/edges/0", "", 1),
               "{'edges':[{'from':'b'},{'from':'a','to':'b','x':[1]}],'nodes':[{'id':'n','body':{}}]}");
  assert_edit (before, fermata_edit_new_move_edge ("/edges/0", "/nodes/0/body", 0),
               "{'edges':[{'from':'b'}],'nodes':[{'id':'n','body':{'edges':[{'from':'a','to':'b','x':[1]}]}}]}");

  assert_refused (before, add_edge ("", 0, "{'to':'b'}"), FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, add_edge ("", 0, "{'from':3}"), FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, add_edge ("", 0, "{'from':'a','to':[1]}"), FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, add_edge ("", 0, "{'from':'a','id':'x>y'}"), FERMATA_MODEL_ERROR_BAD_ID);
  assert_refused (before, add_edge ("", 0, "3"), FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, add_edge ("/nodes/0", 0, "{'from':'a'}"), FERMATA_MODEL_ERROR_NOT_FOUND);
  assert_refused (before, fermata_edit_new_remove_edge ("/edges/2"), FERMATA_MODEL_ERROR_NOT_FOUND);
  assert_refused (before, fermata_edit_new_move_edge ("/edges/2", "", 0), FERMATA_MODEL_ERROR_NOT_FOUND);
  assert_refused ("{'edges':[{'from':'a','id':'e'}]}", add_edge ("", 0, "{'from':'a','id':'e'}"),
                  FERMATA_MODEL_ERROR_DUPLICATE_ID);
}

static void
test_members (void)
{
  const char *before = "{'kind':'dag','x':1,'nodes':[{'a':1,'id':'n','b':2,'body':3}],'edges':[{'from':'a','to':'b'}]}";

  assert_edit (before, set_member ("", "x", "{'y':2}"),
               "{'kind':'dag','x':{'y':2},'nodes':[{'a':1,'id':'n','b':2,'body':3}],'edges':[{'from':'a','to':'b'}]}");
  assert_edit (before, set_member ("", "kind", "'fsm'"),
               "{'kind':'fsm','x':1,'nodes':[{'a':1,'id':'n','b':2,'body':3}],'edges':[{'from':'a','to':'b'}]}");
  assert_edit (before, set_member ("/nodes/0", "label", "'L'"),
               "{'kind':'dag','x':1,'nodes':[{'a':1,'id':'n','b':2,'body':3,'label':'L'}],'edges':[{'from':'a','to':'b'}]}");
  assert_edit (before, fermata_edit_new_unset_member ("/nodes/0", "a"),
               "{'kind':'dag','x':1,'nodes':[{'id':'n','b':2,'body':3}],'edges':[{'from':'a','to':'b'}]}");
  assert_edit (before, fermata_edit_new_unset_member ("/nodes/0", "body"),
               "{'kind':'dag','x':1,'nodes':[{'a':1,'id':'n','b':2}],'edges':[{'from':'a','to':'b'}]}");
  assert_edit (before, set_member ("/edges/0", "to", "['c','d']"),
               "{'kind':'dag','x':1,'nodes':[{'a':1,'id':'n','b':2,'body':3}],'edges':[{'from':'a','to':['c','d']}]}");
  assert_edit (before, fermata_edit_new_unset_member ("/edges/0", "to"),
               "{'kind':'dag','x':1,'nodes':[{'a':1,'id':'n','b':2,'body':3}],'edges':[{'from':'a'}]}");
}

static void
test_members_refused (void)
{
  const char *before = "{'fermata':1,'nodes':[{'id':'n','body':{}}],'edges':[{'from':'a','to':'b','id':'e'},{'from':'a'}]}";

  assert_refused (before, set_member ("", "nodes", "[]"), FERMATA_MODEL_ERROR_BAD_MEMBER);
  assert_refused (before, set_member ("", "edges", "[]"), FERMATA_MODEL_ERROR_BAD_MEMBER);
  assert_refused (before, set_member ("", "fermata", "2"), FERMATA_MODEL_ERROR_BAD_MEMBER);
  assert_refused (before, set_member ("", "kind", "'none'"), FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, set_member ("", "kind", "3"), FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, set_member ("/nodes/0", "id", "'x'"), FERMATA_MODEL_ERROR_BAD_MEMBER);
  assert_refused (before, set_member ("/nodes/0", "nodes", "[]"), FERMATA_MODEL_ERROR_BAD_MEMBER);
  assert_refused (before, set_member ("/nodes/0", "body", "{}"), FERMATA_MODEL_ERROR_BAD_MEMBER);
  assert_refused (before, fermata_edit_new_unset_member ("/nodes/0", "body"), FERMATA_MODEL_ERROR_BAD_MEMBER);
  assert_refused (before, fermata_edit_new_unset_member ("/nodes/0", "id"), FERMATA_MODEL_ERROR_BAD_MEMBER);
  assert_refused (before, fermata_edit_new_unset_member ("/nodes/0", "nothing"), FERMATA_MODEL_ERROR_NOT_FOUND);
  assert_refused (before, fermata_edit_new_unset_member ("/edges/0", "from"), FERMATA_MODEL_ERROR_BAD_MEMBER);
  assert_refused (before, set_member ("/edges/0", "from", "null"), FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, set_member ("/edges/0", "to", "{}"), FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, set_member ("/edges/1", "id", "'e'"), FERMATA_MODEL_ERROR_DUPLICATE_ID);
  assert_refused (before, set_member ("/edges/1", "id", "'#'"), FERMATA_MODEL_ERROR_BAD_ID);
  assert_refused (before, set_member ("/nodes/0/label", "x", "1"), FERMATA_MODEL_ERROR_NOT_FOUND);
}

static void
test_bodies (void)
{
  const char *before = "{'nodes':[{'id':'n','finally':{'x':1,'nodes':[{'id':'n'}]},'y':2}]}";

  assert_edit (before, add_body ("/nodes/0", "body", "{'nodes':[{'id':'m'}]}"),
               "{'nodes':[{'id':'n','finally':{'x':1,'nodes':[{'id':'n'}]},'y':2,'body':{'nodes':[{'id':'m'}]}}]}");
  assert_edit (before, fermata_edit_new_remove_body ("/nodes/0", "finally"), "{'nodes':[{'id':'n','y':2}]}");

  assert_refused (before, add_body ("/nodes/0", "finally", "{}"), FERMATA_MODEL_ERROR_DUPLICATE_ID);
  assert_refused (before, add_body ("/nodes/0", "soul", "{}"), FERMATA_MODEL_ERROR_BAD_MEMBER);
  assert_refused (before, add_body ("/nodes/0", "body", "[]"), FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, add_body ("/nodes/0", "body", "{'nodes':[{'id':'a'},{'id':'a'}]}"),
                  FERMATA_MODEL_ERROR_DUPLICATE_ID);
  assert_refused (before, add_body ("", "body", "{}"), FERMATA_MODEL_ERROR_NOT_FOUND);
  assert_refused (before, fermata_edit_new_remove_body ("/nodes/0", "body"), FERMATA_MODEL_ERROR_NOT_FOUND);
}

static void
test_positions (void)
{
  const char *before = "{'layout':{'grid':8,'nodes':{'a':[0,0],'b':[1,1],'c':[2,2]}},'x':1}";

  assert_edit (before, set_positions ("", "{'b':[5,6.5],'d':[9,9],'a':null,'e':null}"),
               "{'layout':{'grid':8,'nodes':{'b':[5,6.5],'c':[2,2],'d':[9,9]}},'x':1}");
  assert_edit (before, set_positions ("", "{'c':null,'b':null,'a':null}"),
               "{'layout':{'grid':8,'nodes':{}},'x':1}");
  assert_edit ("{'x':1}", set_positions ("", "{'a':[1,2]}"), "{'x':1,'layout':{'nodes':{'a':[1,2]}}}");
  assert_edit ("{'layout':{'grid':8},'x':1}", set_positions ("", "{'a':[1,2]}"),
               "{'layout':{'grid':8,'nodes':{'a':[1,2]}},'x':1}");

  assert_refused (before, set_positions ("", "[]"), FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, set_positions ("", "{'a':[1]}"), FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, set_positions ("", "{'a':[1,'2']}"), FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (before, set_positions ("/nodes/0", "{}"), FERMATA_MODEL_ERROR_NOT_FOUND);
  assert_refused ("{'layout':3}", set_positions ("", "{}"), FERMATA_MODEL_ERROR_BAD_MEMBER);
  assert_refused ("{'layout':{'nodes':[]}}", set_positions ("", "{}"), FERMATA_MODEL_ERROR_BAD_MEMBER);
}

static FermataEdit *
group (FermataEdit *a,
       FermataEdit *b,
       FermataEdit *c)
{
  g_autoptr (FermataEdit) first = a;
  g_autoptr (FermataEdit) second = b;
  g_autoptr (FermataEdit) third = c;
  FermataEdit *edits[] = { a, b, c };

  return fermata_edit_new_group (edits, G_N_ELEMENTS (edits));
}

static void
test_group (void)
{
  const char *before = "{'nodes':[{'id':'a'}],'edges':[{'from':'a'}]}";

  assert_edit (before,
               group (add_node ("", 0, "{'id':'b'}"), fermata_edit_new_rename_node ("/nodes/1", "c"),
                      fermata_edit_new_remove_node ("/nodes/0")),
               "{'nodes':[{'id':'c'}],'edges':[{'from':'c'}]}");

  /* All or nothing, also when a group is in a group. */
  assert_refused (before,
                  group (add_node ("", 0, "{'id':'b'}"), fermata_edit_new_rename_node ("/nodes/1", "c"),
                         fermata_edit_new_remove_node ("/nodes/2")),
                  FERMATA_MODEL_ERROR_NOT_FOUND);
  assert_refused (before,
                  group (set_member ("", "x", "1"),
                         group (fermata_edit_new_remove_node ("/nodes/0"), fermata_edit_new_remove_edge ("/edges/0"),
                                fermata_edit_new_unset_member ("", "x")),
                         add_edge ("/nodes/0", 0, "{'from':'a'}")),
                  FERMATA_MODEL_ERROR_NOT_FOUND);
}

static void
test_group_empty (void)
{
  const char *before = "{'nodes':[{'id':'a'}]}";

  assert_edit (before, fermata_edit_new_group (NULL, 0), before);
  assert_edit (before, fermata_edit_new_rename_node ("/nodes/0", "a"), before);
}

/* Neither applying nor freeing one recurses. */
static void
test_group_deep (void)
{
  g_autoptr (FermataGraph) graph = read_graph ("{}");
  g_autoptr (FermataEdit) edit = set_member ("", "x", "1");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    {
      FermataEdit *outer = fermata_edit_new_group (&edit, 1);

      fermata_edit_unref (edit);
      edit = outer;
    }
  fermata_graph_apply_edit (graph, edit, NULL, &error);
  g_assert_no_error (error);
  assert_graph (graph, "{'x':1}");
}

static void
test_getters (void)
{
  g_autoptr (FermataEdit) edit = set_member ("/nodes/0", "x", "1");
  g_autoptr (FermataEdit) outer = fermata_edit_new_group (&edit, 1);

  g_assert_cmpint (fermata_edit_get_kind (edit), ==, FERMATA_EDIT_SET_MEMBER);
  g_assert_cmpstr (fermata_edit_kind_to_string (fermata_edit_get_kind (edit)), ==, "set-member");
  g_assert_cmpstr (fermata_edit_get_path (edit), ==, "/nodes/0");
  g_assert_cmpstr (fermata_edit_get_name (edit), ==, "x");
  g_assert_cmpint (fermata_value_get_integer (fermata_edit_get_value (edit)), ==, 1);
  g_assert_cmpuint (fermata_edit_get_n_edits (outer), ==, 1);
  g_assert_true (fermata_edit_get_edit (outer, 0) == edit);
  g_assert_null (fermata_edit_get_edit (outer, 1));
  g_assert_null (fermata_edit_get_edit (edit, 0));
}

/* The setters of the objects are edits too. */
static void
test_setters (void)
{
  g_autoptr (FermataGraph) graph =
    read_graph ("{'nodes':[{'id':'a','nodes':[{'id':'b'}]},{'id':'c'}],'edges':[{'from':'a','to':'c'},{'from':'c','to':['b','c']},"
                "{'from':'c','to':['a','b']}],'layout':{'nodes':{'a':[1,1],'b':[2,2],'c':[3,3]}}}");
  FermataNode *c = fermata_graph_find_node (graph, "c");
  g_autoptr (FermataValue) node = read_value ("{'id':'d'}");
  g_autoptr (FermataValue) edge = read_value ("{'from':'d','to':'c'}");
  g_autoptr (GError) error = NULL;
  FermataNode *d = fermata_graph_add_node (graph, c, 0, node, &error);
  double x;
  double y;

  g_assert_no_error (error);
  g_assert_true (fermata_graph_find_node (graph, "d") == d);
  g_assert_nonnull (fermata_graph_add_edge (graph, 99, edge, &error));
  g_assert_true (fermata_node_set_position (d, 7.0, 8.5, &error));
  g_assert_true (fermata_node_get_position (d, &x, &y));
  g_assert_cmpfloat (x, ==, 7.0);
  g_assert_cmpfloat (y, ==, 8.5);
  g_assert_true (fermata_node_remove (fermata_graph_find_node (graph, "a"), &error));
  assert_graph (graph, "{'nodes':[{'id':'c','nodes':[{'id':'d'}]}],'edges':[{'from':'c','to':['c']},{'from':'d','to':'c'}],"
                       "'layout':{'nodes':{'c':[3,3],'d':[7,8.5]}}}");
  g_object_set (c, "label", "C", "description", "D", NULL);
  g_object_set (c, "description", NULL, NULL);
  g_assert_true (fermata_node_rename (c, "e", &error));
  g_assert_true (fermata_edge_remove (fermata_graph_get_edge (graph, 1), &error));
  g_object_set (graph, "name", "N", NULL);
  assert_graph (graph, "{'nodes':[{'id':'e','nodes':[{'id':'d'}],'label':'C'}],'edges':[{'from':'e','to':['e']}],"
                       "'layout':{'nodes':{'e':[3,3],'d':[7,8.5]}},'name':'N'}");
}

/* What is in no document any more stays as it was. */
static void
test_removed (void)
{
  g_autoptr (FermataGraph) graph = read_graph ("{'nodes':[{'id':'a','body':{'nodes':[{'id':'b'}]}}],'edges':[{'from':'a'}]}");
  g_autoptr (FermataNode) a = g_object_ref (fermata_graph_get_node (graph, 0));
  FermataGraph *body = fermata_node_get_body (a, "body");
  FermataNode *b = fermata_graph_get_node (body, 0);
  g_autoptr (FermataEdge) edge = g_object_ref (fermata_graph_get_edge (graph, 0));
  g_autoptr (FermataValue) one = fermata_value_new_integer (1);
  g_autoptr (GError) error = NULL;

  g_assert_true (fermata_node_remove (a, NULL));
  g_assert_false (fermata_node_set_member (a, "x", one, &error));
  g_assert_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (fermata_node_set_member (b, "x", one, &error));
  g_assert_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (fermata_graph_set_member (body, "x", one, &error));
  g_assert_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (fermata_edge_set_member (edge, "x", one, &error));
  g_assert_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (fermata_node_set_position (a, 1, 2, &error));
  g_assert_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (fermata_node_remove (a, &error));
  g_assert_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND);
  g_object_set (a, "label", "nobody hears", NULL);
  g_assert_null (fermata_node_get_label (a));
  assert_graph (graph, "{'nodes':[],'edges':[]}");
}

/* Lookups see each edit at once, whether they were made before or not. */
static void
test_lookups (void)
{
  g_autoptr (FermataGraph) graph = read_graph ("{'nodes':[{'id':'a'},{'id':'b'},{'id':'a','x':1}],"
                                               "'edges':[{'from':'a','to':'b'},{'from':'a','to':'b'},{'from':'a'}]}");
  FermataNode *second = fermata_graph_get_node (graph, 2);
  FermataEdge *parallel = fermata_graph_get_edge (graph, 1);
  g_autofree char *name = NULL;
  g_autoptr (FermataValue) to = read_value ("'b'");

  g_assert_true (fermata_graph_find_node (graph, "a") == fermata_graph_get_node (graph, 0));
  g_assert_true (fermata_graph_find_edge (graph, "a>b#2") == parallel);

  g_assert_true (fermata_node_rename (fermata_graph_get_node (graph, 0), "c", NULL));
  g_assert_true (fermata_graph_find_node (graph, "a") == second);
  g_assert_null (fermata_graph_find_edge (graph, "a>b"));
  g_assert_true (fermata_graph_find_edge (graph, "c>b#2") == parallel);

  g_assert_true (fermata_edge_set_member (fermata_graph_get_edge (graph, 2), "to", to, NULL));
  g_assert_true (fermata_graph_find_edge (graph, "c>b#3") == fermata_graph_get_edge (graph, 2));
  g_assert_true (fermata_edge_remove (fermata_graph_get_edge (graph, 0), NULL));
  name = fermata_edge_dup_name (parallel);
  g_assert_cmpstr (name, ==, "c>b");
  g_assert_true (fermata_graph_find_edge (graph, "c>b#2") == fermata_graph_get_edge (graph, 1));
  g_assert_true (fermata_edge_remove (fermata_graph_get_edge (graph, 1), NULL));
  g_assert_null (fermata_graph_find_edge (graph, "c>b#2"));
  g_assert_true (fermata_edge_remove (fermata_graph_get_edge (graph, 0), NULL));
  g_assert_null (fermata_graph_find_edge (graph, "c>b"));
}

static void
test_lookup_path (void)
{
  g_autoptr (FermataGraph) graph =
    read_graph ("{'nodes':[{'id':'a','nodes':[{'id':'b','body':{'edges':[{'from':'a'}]}}]}],'edges':[{'from':'a'}]}");
  FermataNode *b = fermata_graph_find_node (graph, "b");
  const char *rest;

  g_assert_true (fermata_graph_lookup_path (graph, "", &rest) == (gpointer) graph);
  g_assert_cmpstr (rest, ==, "");
  g_assert_true (fermata_graph_lookup_path (graph, "/nodes/0/nodes/0/with/value", &rest) == (gpointer) b);
  g_assert_cmpstr (rest, ==, "/with/value");
  g_assert_true (fermata_graph_lookup_path (graph, "/edges/0/to", &rest) == (gpointer) fermata_graph_get_edge (graph, 0));
  g_assert_cmpstr (rest, ==, "/to");
  g_assert_true (fermata_graph_lookup_path (graph, "/nodes/0/nodes/0/body/edges/0", &rest) ==
                 (gpointer) fermata_graph_get_edge (fermata_node_get_body (b, "body"), 0));
  g_assert_true (fermata_graph_lookup_path (graph, "/nodes/5", &rest) == (gpointer) graph);
  g_assert_cmpstr (rest, ==, "/nodes/5");
  g_assert_true (fermata_graph_lookup_path (graph, "/nodes/99999999999999999999", &rest) == (gpointer) graph);
  g_assert_true (fermata_graph_lookup_path (graph, "/nodes", &rest) == (gpointer) graph);
  g_assert_cmpstr (rest, ==, "/nodes");
  g_assert_true (fermata_graph_lookup_path (graph, "/inputs/x", NULL) == (gpointer) graph);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/edits/add-node", test_add_node);
  g_test_add_func ("/edits/add-node/refused", test_add_node_refused);
  g_test_add_func ("/edits/remove-node", test_remove_node);
  g_test_add_func ("/edits/move-node", test_move_node);
  g_test_add_func ("/edits/rename", test_rename);
  g_test_add_func ("/edits/rename/refused", test_rename_refused);
  g_test_add_func ("/edits/edges", test_edges);
  g_test_add_func ("/edits/members", test_members);
  g_test_add_func ("/edits/members/refused", test_members_refused);
  g_test_add_func ("/edits/bodies", test_bodies);
  g_test_add_func ("/edits/positions", test_positions);
  g_test_add_func ("/edits/group", test_group);
  g_test_add_func ("/edits/group/empty", test_group_empty);
  g_test_add_func ("/edits/group/deep", test_group_deep);
  g_test_add_func ("/edits/getters", test_getters);
  g_test_add_func ("/edits/setters", test_setters);
  g_test_add_func ("/edits/removed", test_removed);
  g_test_add_func ("/edits/lookups", test_lookups);
  g_test_add_func ("/edits/lookup-path", test_lookup_path);

  return g_test_run ();
}
