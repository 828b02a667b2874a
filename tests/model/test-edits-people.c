/* test-edits-people.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What people do with a graph, each as one edit that can be taken back: what
 * it does, what it keeps, and what is refused. */

#include "model/fermata-edits.h"
#include "model/model-fixture.h"

/* Nodes by their ids and edges by their names, between spaces. */
static GPtrArray *
find (FermataGraph *graph,
      const char   *names)
{
  g_auto (GStrv) each = g_strsplit (names, " ", -1);
  GPtrArray *objects = g_ptr_array_new ();

  for (guint i = 0; each[i] != NULL; i++)
    {
      gpointer object = fermata_graph_find_node (graph, each[i]);

      if (object == NULL)
        object = fermata_graph_find_edge (graph, each[i]);
      if (each[i][0] != '\0')
        g_ptr_array_add (objects, object);
    }
  return objects;
}

/* Takes the edit, which must not have changed anything by being made. */
static void
assert_edit (FermataGraph *graph,
             const char   *before,
             FermataEdit  *edit,
             const char   *after)
{
  g_autoptr (FermataEdit) owned = edit;
  g_autoptr (FermataEdit) inverse = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (edit);
  assert_graph (graph, before);
  fermata_graph_apply_edit (graph, edit, &inverse, &error);
  g_assert_no_error (error);
  assert_graph (graph, after);
  fermata_graph_apply_edit (graph, inverse, NULL, &error);
  g_assert_no_error (error);
  assert_graph (graph, before);
}

/* The call sets @error. */
#define assert_refused(call, error, code) \
  G_STMT_START { \
    g_assert_null (call); \
    g_assert_error (error, FERMATA_MODEL_ERROR, code); \
    g_clear_error (&error); \
  } G_STMT_END

static void
assert_deleted (const char *before,
                const char *names,
                const char *after)
{
  g_autoptr (FermataGraph) graph = read_graph (before);
  g_autoptr (GPtrArray) objects = find (graph, names);

  assert_edit (graph, before, fermata_edit_new_delete (graph, objects, NULL), after);
}

static void
assert_dissolved (const char *before,
                  const char *names,
                  const char *after)
{
  g_autoptr (FermataGraph) graph = read_graph (before);
  g_autoptr (GPtrArray) objects = find (graph, names);

  assert_edit (graph, before, fermata_edit_new_dissolve (graph, objects, NULL), after);
}

static void
test_free_id (void)
{
  g_autoptr (FermataGraph) graph =
    read_graph ("{'nodes':[{'id':'state','nodes':[{'id':'state-2'}]},{'id':'x-9'},{'id':'7','body':{'nodes':[{'id':'b'}]}},"
                "{'id':'year-2024'},{'id':'-2'},{'id':'z-07'},{'id':'big-99999999999999999999'}]}");
  static const struct {
    const char *wish;
    const char *id;
  } cases[] = {
    { "new", "new" },
    { "b", "b" },
    { "state", "state-3" },
    { "state-2", "state-3" },
    { "x-9", "x-10" },
    { "7", "7-2" },
    { "year-2024", "year-2025" },
    { "-2", "-2-2" },
    { "z-07", "z-07-2" },
    { "big-99999999999999999999", "big-99999999999999999999-2" },
    { "a/b#c>d\n", "a-b-c-d-" },
    { "", "node" },
    { "\xff", "\xef\xbf\xbd" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = fermata_graph_dup_free_id (graph, cases[i].wish);

      g_assert_cmpstr (id, ==, cases[i].id);
    }
}

/* As many as one likes, without trying all that are taken. */
static void
test_free_ids (void)
{
  g_autoptr (FermataGraph) graph = fermata_graph_new (FERMATA_GRAPH_KIND_DAG);

  for (guint i = 1; i <= 20000; i++)
    {
      g_autofree char *id = fermata_graph_dup_free_id (graph, "task");
      g_autofree char *expected = i == 1 ? g_strdup ("task") : g_strdup_printf ("task-%u", i);
      g_autoptr (FermataValue) text = fermata_value_new_string (id, -1);
      const char *name = "id";
      g_autoptr (FermataValue) node = fermata_value_new_object (&name, &text, 1);

      g_assert_cmpstr (id, ==, expected);
      g_assert_nonnull (fermata_graph_add_node (graph, NULL, G_MAXUINT, node, NULL));
    }
}

static void
test_delete (void)
{
  const char *before =
    "{'kind':'fsm','nodes':[{'id':'a'},{'id':'b','nodes':[{'id':'c'}],'x':1},{'id':'d'}],"
    "'edges':[{'from':'a','to':'b'},{'from':'c','to':'d'},{'from':'a','to':['c','d']},{'from':'d','to':['b','c']},{'from':'d'}],"
    "'layout':{'nodes':{'a':[0,0],'c':[1,1],'d':[2,2]}}}";

  assert_deleted (before, "b",
                  "{'kind':'fsm','nodes':[{'id':'a'},{'id':'d'}],'edges':[{'from':'a','to':['d']},{'from':'d'}],"
                  "'layout':{'nodes':{'a':[0,0],'d':[2,2]}}}");
  /* What is nested in another that is chosen goes with that. */
  assert_deleted (before, "c d b a>b",
                  "{'kind':'fsm','nodes':[{'id':'a'}],'edges':[],'layout':{'nodes':{'a':[0,0]}}}");
  assert_deleted (before, "a>b d>b,c",
                  "{'kind':'fsm','nodes':[{'id':'a'},{'id':'b','nodes':[{'id':'c'}],'x':1},{'id':'d'}],"
                  "'edges':[{'from':'c','to':'d'},{'from':'a','to':['c','d']},{'from':'d'}],"
                  "'layout':{'nodes':{'a':[0,0],'c':[1,1],'d':[2,2]}}}");
  assert_deleted (before, "", before);
}

/* `initial` does not name what is gone. */
static void
test_delete_initial (void)
{
  assert_deleted ("{'kind':'fsm','initial':'a','nodes':[{'id':'a'},{'id':'b'}]}", "a",
                  "{'kind':'fsm','nodes':[{'id':'b'}]}");
  assert_deleted ("{'kind':'fsm','initial':['a','b'],'nodes':[{'id':'a'},{'id':'b','initial':{'to':'a','actions':[]}}]}", "a",
                  "{'kind':'fsm','initial':['b'],'nodes':[{'id':'b'}]}");
  assert_deleted ("{'kind':'fsm','nodes':[{'id':'p','initial':{'to':['c','a'],'x':1},'nodes':[{'id':'c'}]},{'id':'a'}]}", "a",
                  "{'kind':'fsm','nodes':[{'id':'p','initial':{'to':['c'],'x':1},'nodes':[{'id':'c'}]}]}");
  assert_deleted ("{'kind':'fsm','initial':'b','nodes':[{'id':'a'},{'id':'b'}]}", "a",
                  "{'kind':'fsm','initial':'b','nodes':[{'id':'b'}]}");
}

/* In a body, and where ids are there twice. */
static void
test_delete_elsewhere (void)
{
  const char *before = "{'nodes':[{'id':'a','body':{'nodes':[{'id':'a'},{'id':'b'}],'edges':[{'from':'a','to':'b'}]}}],"
                       "'edges':[{'from':'a'}]}";
  g_autoptr (FermataGraph) graph = read_graph (before);
  FermataGraph *body = fermata_node_get_body (fermata_graph_find_node (graph, "a"), "body");
  g_autoptr (GPtrArray) objects = find (body, "a");
  g_autoptr (GPtrArray) both = find (graph, "a");
  g_autoptr (GError) error = NULL;

  assert_edit (graph, before, fermata_edit_new_delete (body, objects, NULL),
               "{'nodes':[{'id':'a','body':{'nodes':[{'id':'b'}],'edges':[]}}],'edges':[{'from':'a'}]}");
  g_ptr_array_add (both, fermata_graph_find_node (body, "b"));
  assert_refused (fermata_edit_new_delete (graph, both, &error), error, FERMATA_MODEL_ERROR_NOT_FOUND);

  {
    const char *twice = "{'nodes':[{'id':'a'},{'id':'a'}],'edges':[{'from':'a'}],'layout':{'nodes':{'a':[1,2]}}}";
    g_autoptr (FermataGraph) wrong = read_graph (twice);
    g_autoptr (GPtrArray) second = g_ptr_array_new ();

    g_ptr_array_add (second, fermata_graph_get_node (wrong, 1));
    assert_edit (wrong, twice, fermata_edit_new_delete (wrong, second, NULL),
                 "{'nodes':[{'id':'a'}],'edges':[{'from':'a'}],'layout':{'nodes':{'a':[1,2]}}}");
  }
}

static void
test_dissolve_dag (void)
{
  const char *before =
    "{'kind':'dag','nodes':[{'id':'a'},{'id':'b'},{'id':'c'},{'id':'d'},{'id':'e'}],"
    "'edges':[{'id':'first','from':'a','to':'b','when':'w','x':1},{'from':'b','to':'c'},{'from':'b','to':'d'},"
    "{'from':'d','to':'e'},{'from':'a','to':'e'}]}";

  assert_dissolved (before, "b",
                    "{'kind':'dag','nodes':[{'id':'a'},{'id':'c'},{'id':'d'},{'id':'e'}],"
                    "'edges':[{'id':'first','from':'a','to':'c','when':'w','x':1},{'from':'d','to':'e'},{'from':'a','to':'e'},"
                    "{'from':'a','to':'d','when':'w','x':1}]}");
  /* Through several; a to e is there already. */
  assert_dissolved (before, "b d",
                    "{'kind':'dag','nodes':[{'id':'a'},{'id':'c'},{'id':'e'}],"
                    "'edges':[{'id':'first','from':'a','to':'c','when':'w','x':1},{'from':'a','to':'e'}]}");
  assert_dissolved (before, "b c d",
                    "{'kind':'dag','nodes':[{'id':'a'},{'id':'e'}],'edges':[{'from':'a','to':'e'}]}");
  /* An edge that is chosen too is gone, and no way on. */
  assert_dissolved (before, "b b>c",
                    "{'kind':'dag','nodes':[{'id':'a'},{'id':'c'},{'id':'d'},{'id':'e'}],"
                    "'edges':[{'id':'first','from':'a','to':'d','when':'w','x':1},{'from':'d','to':'e'},{'from':'a','to':'e'}]}");
  assert_dissolved (before, "e",
                    "{'kind':'dag','nodes':[{'id':'a'},{'id':'b'},{'id':'c'},{'id':'d'}],"
                    "'edges':[{'id':'first','from':'a','to':'b','when':'w','x':1},{'from':'b','to':'c'},{'from':'b','to':'d'}]}");
  assert_dissolved ("{'kind':'dag','nodes':[{'id':'a'},{'id':'b'},{'id':'c'},{'id':'d'}],"
                    "'edges':[{'from':'a','to':['b','d']},{'from':'b','to':['c','d']}]}", "b",
                    "{'kind':'dag','nodes':[{'id':'a'},{'id':'c'},{'id':'d'}],'edges':[{'from':'a','to':['c','d']}]}");
}

static void
test_dissolve_machine (void)
{
  /* The first edge of the deleted state counts alone; what would lead back to
   * where it came from goes. */
  assert_dissolved ("{'kind':'fsm','nodes':[{'id':'a'},{'id':'b'},{'id':'c'},{'id':'d'}],"
                    "'edges':[{'from':'a','to':'b','event':'go'},{'from':'b','to':'b'},{'from':'b','to':'c'},"
                    "{'from':'b','to':'d'},{'from':'c','to':'b'},{'from':'a','to':'c'}]}", "b",
                    "{'kind':'fsm','nodes':[{'id':'a'},{'id':'c'},{'id':'d'}],"
                    "'edges':[{'from':'a','to':'c','event':'go'},{'from':'a','to':'c'}]}");
  /* A cycle of deleted states ends, and what is beyond is found. */
  assert_dissolved ("{'kind':'fsm','nodes':[{'id':'a'},{'id':'b'},{'id':'c'},{'id':'d'}],"
                    "'edges':[{'from':'a','to':'b'},{'from':'b','to':'c'},{'from':'c','to':'b'},{'from':'c','to':'d'}]}", "b c",
                    "{'kind':'fsm','nodes':[{'id':'a'},{'id':'d'}],'edges':[{'from':'a','to':'d'}]}");
  assert_dissolved ("{'kind':'fsm','nodes':[{'id':'a'},{'id':'b'},{'id':'c'}],"
                    "'edges':[{'from':'a','to':'b'},{'from':'b','to':'c'},{'from':'c','to':'b'}]}", "b c",
                    "{'kind':'fsm','nodes':[{'id':'a'}],'edges':[]}");
}

static void
test_connect (void)
{
  const char *before = "{'nodes':[{'id':'a','nodes':[{'id':'b'}],'body':{'nodes':[{'id':'c'}]}}],'edges':[{'from':'b'}]}";
  g_autoptr (FermataGraph) graph = read_graph (before);
  FermataNode *a = fermata_graph_find_node (graph, "a");
  FermataNode *b = fermata_graph_find_node (graph, "b");
  FermataNode *c = fermata_graph_find_node (fermata_node_get_body (a, "body"), "c");
  g_autoptr (GError) error = NULL;

  assert_edit (graph, before, fermata_edit_new_connect (a, b, "go", "x > 1", NULL),
               "{'nodes':[{'id':'a','nodes':[{'id':'b'}],'body':{'nodes':[{'id':'c'}]}}],"
               "'edges':[{'from':'b'},{'from':'a','to':'b','event':'go','when':'x > 1'}]}");
  assert_edit (graph, before, fermata_edit_new_connect (b, b, NULL, NULL, NULL),
               "{'nodes':[{'id':'a','nodes':[{'id':'b'}],'body':{'nodes':[{'id':'c'}]}}],"
               "'edges':[{'from':'b'},{'from':'b','to':'b'}]}");
  assert_edit (graph, before, fermata_edit_new_connect (c, NULL, NULL, NULL, NULL),
               "{'nodes':[{'id':'a','nodes':[{'id':'b'}],'body':{'nodes':[{'id':'c'}],'edges':[{'from':'c'}]}}],"
               "'edges':[{'from':'b'}]}");
  assert_refused (fermata_edit_new_connect (a, c, NULL, NULL, &error), error, FERMATA_MODEL_ERROR_BAD_VALUE);
}

static void
test_insert (void)
{
  const char *before = "{'nodes':[{'id':'a'},{'id':'b'},{'id':'c'}],"
                       "'edges':[{'from':'a','when':'w','to':'b','input':'i','each':true},{'from':'a','to':['b','c']},{'from':'b'}]}";
  g_autoptr (FermataGraph) graph = read_graph (before);
  g_autoptr (GError) error = NULL;

  assert_edit (graph, before, fermata_edit_new_insert_on_edge (fermata_graph_get_edge (graph, 0), "c", NULL),
               "{'nodes':[{'id':'a'},{'id':'b'},{'id':'c'}],"
               "'edges':[{'from':'a','when':'w','to':'c','each':true},{'from':'c','to':'b','input':'i'},{'from':'a','to':['b','c']},"
               "{'from':'b'}]}");
  assert_edit (graph, before, fermata_edit_new_insert_on_edge (fermata_graph_get_edge (graph, 1), "new", NULL),
               "{'nodes':[{'id':'a'},{'id':'b'},{'id':'c'}],"
               "'edges':[{'from':'a','when':'w','to':'b','input':'i','each':true},{'from':'a','to':'new'},"
               "{'from':'new','to':['b','c']},{'from':'b'}]}");
  assert_refused (fermata_edit_new_insert_on_edge (fermata_graph_get_edge (graph, 1), "c", &error), error,
                  FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (fermata_edit_new_insert_on_edge (fermata_graph_get_edge (graph, 0), "a", &error), error,
                  FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_refused (fermata_edit_new_insert_on_edge (fermata_graph_get_edge (graph, 2), "c", &error), error,
                  FERMATA_MODEL_ERROR_BAD_VALUE);
}

static void
test_shift (void)
{
  const char *before = "{'nodes':[],'edges':[{'from':'a','x':0},{'from':'b'},{'from':'a','x':1},{'from':'a','x':2},{'from':'b'}]}";
  g_autoptr (FermataGraph) graph = read_graph (before);
  g_autoptr (GError) error = NULL;

  assert_edit (graph, before, fermata_edit_new_shift_edge (fermata_graph_get_edge (graph, 2), -1, NULL),
               "{'nodes':[],'edges':[{'from':'a','x':1},{'from':'a','x':0},{'from':'b'},{'from':'a','x':2},{'from':'b'}]}");
  assert_edit (graph, before, fermata_edit_new_shift_edge (fermata_graph_get_edge (graph, 0), 1, NULL),
               "{'nodes':[],'edges':[{'from':'b'},{'from':'a','x':1},{'from':'a','x':0},{'from':'a','x':2},{'from':'b'}]}");
  assert_edit (graph, before, fermata_edit_new_shift_edge (fermata_graph_get_edge (graph, 0), 2, NULL),
               "{'nodes':[],'edges':[{'from':'b'},{'from':'a','x':1},{'from':'a','x':2},{'from':'a','x':0},{'from':'b'}]}");
  assert_refused (fermata_edit_new_shift_edge (fermata_graph_get_edge (graph, 0), -1, &error), error,
                  FERMATA_MODEL_ERROR_NOT_FOUND);
  assert_refused (fermata_edit_new_shift_edge (fermata_graph_get_edge (graph, 3), 1, &error), error,
                  FERMATA_MODEL_ERROR_NOT_FOUND);
}

static void
test_initial (void)
{
  const char *before = "{'kind':'fsm','nodes':[{'id':'a','initial':{'to':'b','actions':[1]},'nodes':[{'id':'b'},{'id':'c'}]}]}";
  g_autoptr (FermataGraph) graph = read_graph (before);
  g_autoptr (FermataGraph) dag = read_graph ("{'kind':'dag','nodes':[{'id':'a'}]}");
  g_autoptr (GError) error = NULL;

  assert_edit (graph, before, fermata_edit_new_set_initial (fermata_graph_find_node (graph, "a"), NULL),
               "{'kind':'fsm','nodes':[{'id':'a','initial':{'to':'b','actions':[1]},'nodes':[{'id':'b'},{'id':'c'}]}],'initial':'a'}");
  assert_edit (graph, before, fermata_edit_new_set_initial (fermata_graph_find_node (graph, "c"), NULL),
               "{'kind':'fsm','nodes':[{'id':'a','initial':{'to':'c','actions':[1]},'nodes':[{'id':'b'},{'id':'c'}]}]}");
  assert_refused (fermata_edit_new_set_initial (fermata_graph_get_node (dag, 0), &error), error,
                  FERMATA_MODEL_ERROR_BAD_VALUE);
}

static void
test_place (void)
{
  const char *before = "{'nodes':[{'id':'a'},{'id':'b'}],'layout':{'nodes':{'b':[0,0],'z':[9,9]}}}";
  g_autoptr (FermataGraph) graph = read_graph (before);
  FermataNode *nodes[] = { fermata_graph_get_node (graph, 0), fermata_graph_get_node (graph, 1) };
  double positions[] = { 1, 2.5, -3, 1e12 };
  g_autoptr (GError) error = NULL;

  assert_edit (graph, before, fermata_edit_new_place (graph, nodes, positions, 2, NULL),
               "{'nodes':[{'id':'a'},{'id':'b'}],'layout':{'nodes':{'b':[-3,1000000000000.0],'z':[9,9],'a':[1,2.5]}}}");
  assert_edit (graph, before, fermata_edit_new_place (graph, NULL, NULL, 0, NULL), before);
  positions[3] = G_MAXDOUBLE * 2;
  assert_refused (fermata_edit_new_place (graph, nodes, positions, 2, &error), error, FERMATA_MODEL_ERROR_BAD_VALUE);
  g_assert_true (fermata_node_remove (nodes[0], NULL));
  {
    g_autoptr (FermataGraph) other = read_graph (before);

    assert_refused (fermata_edit_new_place (other, nodes + 1, positions, 1, &error), error,
                    FERMATA_MODEL_ERROR_NOT_FOUND);
  }
}

static void
assert_set_at (const char *before,
               const char *path,
               const char *value_text,
               const char *after)
{
  g_autoptr (FermataGraph) graph = read_graph (before);
  g_auto (GStrv) steps = g_strsplit (path, "/", -1);
  g_autoptr (FermataValue) value = value_text != NULL ? read_value (value_text) : NULL;
  FermataNode *node = fermata_graph_get_node (graph, 0);

  assert_edit (graph, before, fermata_edit_new_set_at (node, (const char *const *) steps, value, NULL), after);
}

static void
test_set_at (void)
{
  const char *before = "{'nodes':[{'x':1,'id':'a','with':{'p':1,'q':{'r':2},'s':3},'label':'L'}]}";
  static const char *const wrong[] = { "label", "z", NULL };
  g_autoptr (FermataGraph) graph = read_graph (before);
  g_autoptr (GError) error = NULL;

  assert_set_at (before, "with/q/r", "[5]", "{'nodes':[{'x':1,'id':'a','with':{'p':1,'q':{'r':[5]},'s':3},'label':'L'}]}");
  assert_set_at (before, "with/q/n", "6", "{'nodes':[{'x':1,'id':'a','with':{'p':1,'q':{'r':2,'n':6},'s':3},'label':'L'}]}");
  assert_set_at (before, "with/q/r", NULL, "{'nodes':[{'x':1,'id':'a','with':{'p':1,'s':3},'label':'L'}]}");
  assert_set_at (before, "with/n/m", "6", "{'nodes':[{'x':1,'id':'a','with':{'p':1,'q':{'r':2},'s':3,'n':{'m':6}},'label':'L'}]}");
  assert_set_at (before, "label", "'M'", "{'nodes':[{'x':1,'id':'a','with':{'p':1,'q':{'r':2},'s':3},'label':'M'}]}");
  assert_set_at (before, "label", NULL, "{'nodes':[{'x':1,'id':'a','with':{'p':1,'q':{'r':2},'s':3}}]}");
  assert_set_at (before, "retry/attempts", "3",
                 "{'nodes':[{'x':1,'id':'a','with':{'p':1,'q':{'r':2},'s':3},'label':'L','retry':{'attempts':3}}]}");
  assert_set_at (before, "with/none", NULL, before);
  assert_set_at (before, "none/at/all", NULL, before);
  /* All that is left empty goes, and no more than that. */
  assert_set_at ("{'nodes':[{'id':'a','with':{'p':{'q':{'r':1}}},'x':{}}]}", "with/p/q/r", NULL, "{'nodes':[{'id':'a','x':{}}]}");
  assert_set_at ("{'nodes':[{'id':'a','with':{'e':{},'p':1}}]}", "with/p", NULL, "{'nodes':[{'id':'a','with':{'e':{}}}]}");
  assert_refused (fermata_edit_new_set_at (fermata_graph_get_node (graph, 0), wrong, NULL, &error), error,
                  FERMATA_MODEL_ERROR_BAD_MEMBER);
}

static void
assert_copy (const char *document,
             const char *names,
             const char *expected)
{
  g_autoptr (FermataGraph) graph = read_graph (document);
  g_autoptr (GPtrArray) objects = find (graph, names);
  g_autofree char *text = fermata_graph_copy_text (graph, objects);
  g_autoptr (FermataValue) value = NULL;
  g_autofree char *compact = NULL;
  g_autofree char *json = NULL;

  if (expected == NULL)
    {
      g_assert_null (text);
      return;
    }
  value = read_value (text);
  compact = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  json = quote (expected);
  g_assert_cmpstr (compact, ==, json);
}

static const char machine[] =
  "{'kind':'fsm','initial':'a','nodes':[{'id':'a'},{'id':'p','initial':'c','nodes':[{'id':'b'},{'id':'c','x':1}]},{'id':'z'}],"
  "'edges':[{'id':'e','from':'a','to':'c','event':'go'},{'from':'c','to':['b','z']},{'from':'z','to':'a'},{'from':'p'}],"
  "'layout':{'nodes':{'a':[0,0],'p':[100,50],'c':[110,60.5],'z':[7,7]}}}";

static void
test_copy (void)
{
  assert_copy (machine, "p a e",
               "{'fermata':1,'kind':'fsm','nodes':[{'id':'a'},{'id':'p','initial':'c','nodes':[{'id':'b'},{'id':'c','x':1}]}],"
               "'edges':[{'id':'e','from':'a','to':'c','event':'go'},{'from':'c','to':['b']},{'from':'p'}],"
               "'layout':{'nodes':{'a':[0,0],'p':[100,50],'c':[110,60.5]}}}");
  assert_copy (machine, "b", "{'fermata':1,'kind':'fsm','nodes':[{'id':'b'}],'edges':[]}");
  assert_copy (machine, "e", NULL);
  assert_copy (machine, "", NULL);
}

/* Takes @at as in "x y", or NULL. */
static void
assert_paste (const char *into,
              const char *parent_id,
              const char *text,
              const char *at,
              const char *expected_ids,
              const char *after)
{
  g_autoptr (FermataGraph) graph = read_graph (into);
  g_autofree char *json = quote (text);
  FermataNode *parent = parent_id != NULL ? fermata_graph_find_node (graph, parent_id) : NULL;
  g_auto (GStrv) numbers = g_strsplit (at != NULL ? at : "0 0", " ", 2);
  double place[] = { g_ascii_strtod (numbers[0], NULL), g_ascii_strtod (numbers[1], NULL) };
  g_auto (GStrv) ids = NULL;
  g_autofree char *joined = NULL;
  FermataEdit *edit = fermata_edit_new_paste (graph, parent, json, at != NULL ? place : NULL, &ids, NULL);

  assert_edit (graph, into, edit, after);
  joined = g_strjoinv (" ", ids);
  g_assert_cmpstr (joined, ==, expected_ids);
}

static void
test_paste (void)
{
  /* Into its own graph: all ids are taken, and what refers to them goes with them. */
  assert_paste ("{'nodes':[{'id':'a'},{'id':'b'},{'id':'b-2'}],'edges':[{'id':'e','from':'a'}],'layout':{'nodes':{'a':[1,1]}}}", NULL,
                "{'nodes':[{'id':'a','initial':'b','nodes':[{'id':'b'}]},{'id':'c'}],"
                "'edges':[{'id':'e','from':'a','to':['b','c']},{'id':'f','from':'c','to':'a','when':'nodes.a.output'},{'from':'c','to':'q'}],"
                "'layout':{'nodes':{'a':[10,20],'c':[30,40],'q':[0,0]}}}",
                "0 0", "a-2 c",
                "{'nodes':[{'id':'a'},{'id':'b'},{'id':'b-2'},{'id':'a-2','initial':'b-3','nodes':[{'id':'b-3'}]},{'id':'c'}],"
                "'edges':[{'id':'e','from':'a'},{'from':'a-2','to':['b-3','c']},{'id':'f','from':'c','to':'a-2','when':'nodes.a.output'}],"
                "'layout':{'nodes':{'a':[1,1],'a-2':[-10,-10],'c':[10,10]}}}");
  /* Where they were. */
  assert_paste ("{'nodes':[]}", NULL, "{'nodes':[{'id':'a'}],'layout':{'nodes':{'a':[10.5,20]}}}", NULL, "a",
                "{'nodes':[{'id':'a'}],'layout':{'nodes':{'a':[10.5,20]}}}");
  assert_paste ("{'nodes':[]}", NULL, "{'nodes':[{'id':'a'}]}", NULL, "a", "{'nodes':[{'id':'a'}]}");
  /* At a place, though nothing says where they are to each other. */
  assert_paste ("{'nodes':[]}", NULL, "{'nodes':[{'id':'a'},{'id':'b','nodes':[{'id':'c'}]}]}", "100 50", "a b",
                "{'nodes':[{'id':'a'},{'id':'b','nodes':[{'id':'c'}]}],'layout':{'nodes':{'a':[88,38],'b':[112,62]}}}");
  /* Into a state. */
  assert_paste ("{'kind':'fsm','nodes':[{'id':'p'}]}", "p", "{'kind':'fsm','nodes':[{'id':'a'},{'id':'b'}],'edges':[{'from':'a','to':'b'}]}", NULL, "a b",
                "{'kind':'fsm','nodes':[{'id':'p','nodes':[{'id':'a'},{'id':'b'}]}],'edges':[{'from':'a','to':'b'}]}");
  /* What has no id, or one that cannot be, or another's, gets one of its own. */
  assert_paste ("{'nodes':[]}", NULL, "{'nodes':[{'x':1},{'id':'a/b'},{'id':'s'},{'id':'s'}],'edges':[{'from':'s','to':'a/b'}]}", NULL, "node a-b s s-2",
                "{'nodes':[{'x':1,'id':'node'},{'id':'a-b'},{'id':'s'},{'id':'s-2'}],'edges':[{'from':'s','to':'a-b'}]}");
  /* A body is a namespace of its own. */
  assert_paste ("{'nodes':[{'id':'a'}]}", NULL, "{'nodes':[{'id':'a','body':{'nodes':[{'id':'a'}],'edges':[{'from':'a'}]}}]}", NULL, "a-2",
                "{'nodes':[{'id':'a'},{'id':'a-2','body':{'nodes':[{'id':'a'}],'edges':[{'from':'a'}]}}]}");
}

static void
assert_not_pasted (const char *into,
                   const char *text,
                   GQuark      domain,
                   int         code)
{
  g_autoptr (FermataGraph) graph = read_graph (into);
  g_autofree char *json = quote (text);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;

  g_assert_null (fermata_edit_new_paste (graph, NULL, json, NULL, &ids, &error));
  g_assert_error (error, domain, code);
  g_assert_null (ids);
}

static void
test_paste_refused (void)
{
  const char *dag = "{'kind':'dag','nodes':[]}";
  const char *fsm = "{'kind':'fsm','nodes':[]}";

  assert_not_pasted (dag, "hello", FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_SYNTAX);
  assert_not_pasted (dag, "", FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_SYNTAX);
  assert_not_pasted (dag, "3", FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_not_pasted (dag, "[]", FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_not_pasted (dag, "{}", FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_not_pasted (dag, "{'nodes':[]}", FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_not_pasted (dag, "{'nodes':[3]}", FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_not_pasted (dag, "{'nodes':7}", FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_not_pasted (dag, "{'kind':'fsm','nodes':[{'id':'a'}]}", FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE);
  assert_not_pasted (fsm, "{'kind':'flow','nodes':[{'id':'a'}]}", FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE);
}

/* Beside what they are copies of, wherever that is. */
static void
test_duplicate (void)
{
  g_autoptr (FermataGraph) graph = read_graph (machine);
  g_autoptr (GPtrArray) objects = find (graph, "b c a e");
  g_autoptr (GPtrArray) edges = find (graph, "e");
  g_auto (GStrv) ids = NULL;
  g_autofree char *joined = NULL;
  g_autoptr (GError) error = NULL;

  assert_edit (graph, machine, fermata_edit_new_duplicate (graph, objects, 5, -5, &ids, NULL),
               "{'kind':'fsm','initial':'a','nodes':[{'id':'a'},{'id':'p','initial':'c','nodes':[{'id':'b'},{'id':'c','x':1},"
               "{'id':'b-2'},{'id':'c-2','x':1}]},{'id':'z'},{'id':'a-2'}],"
               "'edges':[{'id':'e','from':'a','to':'c','event':'go'},{'from':'c','to':['b','z']},{'from':'z','to':'a'},{'from':'p'},"
               "{'from':'a-2','to':'c-2','event':'go'},{'from':'c-2','to':['b-2']}],"
               "'layout':{'nodes':{'a':[0,0],'p':[100,50],'c':[110,60.5],'z':[7,7],'a-2':[5,-5],'c-2':[115,55.5]}}}");
  joined = g_strjoinv (" ", ids);
  g_assert_cmpstr (joined, ==, "a-2 b-2 c-2");
  assert_refused (fermata_edit_new_duplicate (graph, edges, 0, 0, NULL, &error), error, FERMATA_MODEL_ERROR_BAD_VALUE);
}

/* Copied and pasted is the same as duplicated, but for places. */
static void
test_copy_and_paste (void)
{
  g_autoptr (FermataGraph) graph = read_graph (machine);
  g_autoptr (FermataGraph) empty = read_graph ("{'kind':'fsm'}");
  g_autoptr (GPtrArray) objects = find (graph, "a p z");
  g_autofree char *text = fermata_graph_copy_text (graph, objects);
  FermataEdit *edit = fermata_edit_new_paste (empty, NULL, text, NULL, NULL, NULL);

  assert_edit (empty, "{'kind':'fsm'}", edit,
               "{'kind':'fsm','nodes':[{'id':'a'},{'id':'p','initial':'c','nodes':[{'id':'b'},{'id':'c','x':1}]},{'id':'z'}],"
               "'edges':[{'id':'e','from':'a','to':'c','event':'go'},{'from':'c','to':['b','z']},{'from':'z','to':'a'},{'from':'p'}],"
               "'layout':{'nodes':{'a':[0,0],'p':[100,50],'c':[110,60.5],'z':[7,7]}}}");
}

/* A chain of @n nodes, each of which also goes to the last. */
static FermataGraph *
make_chain (guint n)
{
  GString *text = g_string_new ("{'kind':'dag','nodes':[");
  g_autofree char *document = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{'id':'n%u'}", i > 0 ? "," : "", i);
  g_string_append (text, "],'edges':[");
  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, "%s{'from':'n%u','to':'n%u'},{'from':'n%u','to':'n%u'}", i > 1 ? "," : "", i - 1, i,
                            i - 1, n - 1);
  g_string_append (text, "]}");
  document = g_string_free (text, FALSE);
  return read_graph (document);
}

/* All of a large graph at once: nothing is quadratic. */
static void
test_many (void)
{
  guint n = 20000;
  g_autoptr (FermataGraph) graph = make_chain (n);
  g_autoptr (GPtrArray) objects = g_ptr_array_new ();
  g_autofree char *before = dup_text (graph);
  g_autofree char *after = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (FermataEdit) dissolve = NULL;
  g_autoptr (FermataEdit) duplicate = NULL;
  g_autoptr (FermataEdit) back = NULL;
  g_autoptr (FermataEdit) paste = NULL;

  for (guint i = 1; i + 1 < n; i++)
    g_ptr_array_add (objects, fermata_graph_get_node (graph, i));
  dissolve = fermata_edit_new_dissolve (graph, objects, NULL);
  g_assert_true (fermata_graph_apply_edit (graph, dissolve, &back, NULL));
  assert_graph (graph, "{'kind':'dag','nodes':[{'id':'n0'},{'id':'n19999'}],'edges':[{'from':'n0','to':'n19999'}]}");
  g_assert_true (fermata_graph_apply_edit (graph, back, NULL, NULL));
  after = dup_text (graph);
  g_assert_cmpstr (before, ==, after);

  g_ptr_array_set_size (objects, 0);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (objects, fermata_graph_get_node (graph, i));
  duplicate = fermata_edit_new_duplicate (graph, objects, 1, 1, NULL, NULL);
  g_assert_true (fermata_graph_apply_edit (graph, duplicate, NULL, NULL));
  copy = fermata_graph_copy_text (graph, objects);
  paste = fermata_edit_new_paste (graph, NULL, copy, NULL, NULL, NULL);
  g_assert_true (fermata_graph_apply_edit (graph, paste, NULL, NULL));
  g_assert_cmpuint (fermata_graph_get_n_nodes (graph), ==, 3 * n);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/edits-people/free-id", test_free_id);
  g_test_add_func ("/edits-people/free-ids", test_free_ids);
  g_test_add_func ("/edits-people/delete", test_delete);
  g_test_add_func ("/edits-people/delete/initial", test_delete_initial);
  g_test_add_func ("/edits-people/delete/elsewhere", test_delete_elsewhere);
  g_test_add_func ("/edits-people/dissolve/dag", test_dissolve_dag);
  g_test_add_func ("/edits-people/dissolve/machine", test_dissolve_machine);
  g_test_add_func ("/edits-people/connect", test_connect);
  g_test_add_func ("/edits-people/insert", test_insert);
  g_test_add_func ("/edits-people/shift", test_shift);
  g_test_add_func ("/edits-people/initial", test_initial);
  g_test_add_func ("/edits-people/place", test_place);
  g_test_add_func ("/edits-people/set-at", test_set_at);
  g_test_add_func ("/edits-people/copy", test_copy);
  g_test_add_func ("/edits-people/paste", test_paste);
  g_test_add_func ("/edits-people/paste/refused", test_paste_refused);
  g_test_add_func ("/edits-people/duplicate", test_duplicate);
  g_test_add_func ("/edits-people/copy-and-paste", test_copy_and_paste);
  g_test_add_func ("/edits-people/many", test_many);

  return g_test_run ();
}
