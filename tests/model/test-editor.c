/* test-editor.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The rules of undo and redo: what is one step, what is refused, when a
 * document is modified, and what is told of it. */

#include "model/fermata-editor.h"
#include "model/model-fixture.h"

static const char document[] = "{'fermata':1,'kind':'dag','nodes':[{'id':'a'},{'id':'b','label':'B'}],'edges':[]}";

typedef struct {
  FermataGraph *graph;
  FermataEditor *editor;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->graph = read_graph (data != NULL ? data : document);
  fixture->editor = fermata_editor_new (fixture->graph);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_object_unref (fixture->editor);
  g_assert_finalize_object (fixture->graph);
}

/* Takes the edit. */
static void
apply_merged (Fixture     *fixture,
              FermataEdit *edit,
              const char  *title,
              const char  *key)
{
  g_autoptr (FermataEdit) owned = edit;
  g_autoptr (GError) error = NULL;

  fermata_editor_apply_merged (fixture->editor, owned, title, key, &error);
  g_assert_no_error (error);
}

static void
apply (Fixture     *fixture,
       FermataEdit *edit,
       const char  *title)
{
  apply_merged (fixture, edit, title, NULL);
}

static FermataEdit *
label (const char *path,
       const char *text)
{
  g_autoptr (FermataValue) value = fermata_value_new_string (text, -1);

  return fermata_edit_new_set_member (path, "label", value);
}

static FermataEdit *
add_node (const char *id)
{
  g_autofree char *text = g_strdup_printf ("{'id':'%s'}", id);
  g_autoptr (FermataValue) value = read_value (text);

  return fermata_edit_new_add_node ("", 99, value);
}

static FermataEdit *
positions (const char *text)
{
  g_autoptr (FermataValue) value = read_value (text);

  return fermata_edit_new_set_positions ("", value);
}

static void
undo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fermata_editor_undo (fixture->editor, &error);
  g_assert_no_error (error);
}

static void
redo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fermata_editor_redo (fixture->editor, &error);
  g_assert_no_error (error);
}

/* What can be done is said the same way by functions and properties. */
static void
assert_state (Fixture    *fixture,
              const char *undo_title,
              const char *redo_title,
              gboolean    is_modified)
{
  g_autofree char *told_undo = NULL;
  g_autofree char *told_redo = NULL;
  gboolean can_undo, can_redo, modified;

  g_object_get (fixture->editor, "undo-title", &told_undo, "redo-title", &told_redo, "can-undo", &can_undo,
                "can-redo", &can_redo, "modified", &modified, NULL);
  g_assert_cmpstr (fermata_editor_get_undo_title (fixture->editor), ==, undo_title);
  g_assert_cmpstr (told_undo, ==, undo_title);
  g_assert_cmpstr (fermata_editor_get_redo_title (fixture->editor), ==, redo_title);
  g_assert_cmpstr (told_redo, ==, redo_title);
  g_assert_cmpint (can_undo, ==, undo_title != NULL);
  g_assert_cmpint (fermata_editor_can_undo (fixture->editor), ==, can_undo);
  g_assert_cmpint (can_redo, ==, redo_title != NULL);
  g_assert_cmpint (fermata_editor_can_redo (fixture->editor), ==, can_redo);
  g_assert_cmpint (modified, ==, is_modified);
  g_assert_cmpint (fermata_editor_is_modified (fixture->editor), ==, is_modified);
}

static void
test_step (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_state (fixture, NULL, NULL, FALSE);
  g_assert_false (fermata_editor_undo (fixture->editor, &error));
  g_assert_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (fermata_editor_redo (fixture->editor, &error));
  g_assert_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND);

  apply (fixture, label ("/nodes/1", "C"), "Set Label");
  assert_state (fixture, "Set Label", NULL, TRUE);
  apply (fixture, add_node ("c"), NULL);
  assert_state (fixture, "Change", NULL, TRUE);
  undo (fixture);
  assert_state (fixture, "Set Label", "Change", TRUE);
  assert_graph (fixture->graph, "{'fermata':1,'kind':'dag','nodes':[{'id':'a'},{'id':'b','label':'C'}],'edges':[]}");
  undo (fixture);
  assert_state (fixture, NULL, "Set Label", FALSE);
  assert_graph (fixture->graph, document);
  redo (fixture);
  redo (fixture);
  assert_state (fixture, "Change", NULL, TRUE);
  assert_graph (fixture->graph,
                "{'fermata':1,'kind':'dag','nodes':[{'id':'a'},{'id':'b','label':'C'},{'id':'c'}],'edges':[]}");

  /* Another edit takes the place of what could be redone. */
  undo (fixture);
  apply (fixture, add_node ("d"), "Add D");
  assert_state (fixture, "Add D", NULL, TRUE);
}

static void
test_refused (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (FermataEdit) wrong = fermata_edit_new_remove_node ("/nodes/7");
  g_autoptr (GError) error = NULL;

  g_assert_false (fermata_editor_apply (fixture->editor, wrong, "Wrong", &error));
  g_assert_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND);
  assert_state (fixture, NULL, NULL, FALSE);

  /* What could be redone can still be. */
  apply (fixture, add_node ("c"), "Add");
  undo (fixture);
  g_assert_false (fermata_editor_apply (fixture->editor, wrong, "Wrong", NULL));
  assert_state (fixture, NULL, "Add", FALSE);

  /* A gesture goes on without it. */
  fermata_editor_begin (fixture->editor, "Two");
  apply (fixture, add_node ("c"), "First");
  g_assert_false (fermata_editor_apply (fixture->editor, wrong, "Wrong", NULL));
  apply (fixture, add_node ("d"), "Second");
  fermata_editor_end (fixture->editor);
  assert_state (fixture, "Two", NULL, TRUE);
  undo (fixture);
  assert_graph (fixture->graph, document);
}

/* An edit that changes nothing, and so many of them. */
static void
test_nothing (Fixture      *fixture,
              gconstpointer data)
{
  apply (fixture, fermata_edit_new_group (NULL, 0), "Nothing");
  apply (fixture, fermata_edit_new_rename_node ("/nodes/0", "a"), "Rename");
  assert_state (fixture, NULL, NULL, FALSE);
  fermata_editor_begin (fixture->editor, "Nothing");
  fermata_editor_end (fixture->editor);
  assert_state (fixture, NULL, NULL, FALSE);
  fermata_editor_begin (fixture->editor, "Nothing");
  fermata_editor_abort (fixture->editor);
  assert_state (fixture, NULL, NULL, FALSE);
}

static void
test_gesture (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (fermata_editor_is_in_gesture (fixture->editor));
  fermata_editor_begin (fixture->editor, "Both");
  g_assert_true (fermata_editor_is_in_gesture (fixture->editor));
  assert_state (fixture, NULL, NULL, FALSE);
  apply (fixture, add_node ("c"), "One");
  assert_state (fixture, NULL, NULL, TRUE);
  fermata_editor_begin (fixture->editor, "Inner");
  apply (fixture, add_node ("d"), "Two");
  fermata_editor_end (fixture->editor);
  g_assert_true (fermata_editor_is_in_gesture (fixture->editor));
  assert_state (fixture, NULL, NULL, TRUE);

  g_assert_false (fermata_editor_undo (fixture->editor, &error));
  g_assert_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (fermata_editor_redo (fixture->editor, &error));
  g_assert_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BUSY);

  fermata_editor_end (fixture->editor);
  assert_state (fixture, "Both", NULL, TRUE);
  undo (fixture);
  assert_graph (fixture->graph, document);
  assert_state (fixture, NULL, "Both", FALSE);
  redo (fixture);
  g_assert_cmpuint (fermata_graph_get_n_nodes (fixture->graph), ==, 4);
}

static void
test_abort (Fixture      *fixture,
            gconstpointer data)
{
  apply (fixture, add_node ("c"), "Add");
  undo (fixture);
  fermata_editor_begin (fixture->editor, "Outer");
  apply (fixture, label ("/nodes/1", "X"), "One");
  fermata_editor_begin (fixture->editor, "Inner");
  /* The same member as before the inner gesture, which only this one loses. */
  apply (fixture, label ("/nodes/1", "Y"), "Two");
  apply (fixture, add_node ("d"), "Three");
  fermata_editor_abort (fixture->editor);
  assert_graph (fixture->graph, "{'fermata':1,'kind':'dag','nodes':[{'id':'a'},{'id':'b','label':'X'}],'edges':[]}");
  g_assert_true (fermata_editor_is_in_gesture (fixture->editor));
  fermata_editor_abort (fixture->editor);
  assert_graph (fixture->graph, document);
  g_assert_false (fermata_editor_is_in_gesture (fixture->editor));

  /* Nothing happened, so what could be redone still can be. */
  assert_state (fixture, NULL, "Add", FALSE);
  redo (fixture);
  g_assert_cmpuint (fermata_graph_get_n_nodes (fixture->graph), ==, 3);
}

static void
test_saved (Fixture      *fixture,
            gconstpointer data)
{
  apply (fixture, add_node ("c"), "C");
  fermata_editor_mark_saved (fixture->editor);
  assert_state (fixture, "C", NULL, FALSE);
  apply (fixture, add_node ("d"), "D");
  assert_state (fixture, "D", NULL, TRUE);
  undo (fixture);
  assert_state (fixture, "C", "D", FALSE);
  undo (fixture);
  assert_state (fixture, NULL, "C", TRUE);
  redo (fixture);
  assert_state (fixture, "C", "D", FALSE);

  /* The saved point is lost. */
  undo (fixture);
  apply (fixture, add_node ("e"), "E");
  undo (fixture);
  assert_state (fixture, NULL, "E", TRUE);
  redo (fixture);
  assert_state (fixture, "E", NULL, TRUE);
  fermata_editor_mark_saved (fixture->editor);
  assert_state (fixture, "E", NULL, FALSE);
}

static void
test_saved_in_gesture (Fixture      *fixture,
                       gconstpointer data)
{
  fermata_editor_begin (fixture->editor, "Both");
  apply (fixture, add_node ("c"), NULL);
  fermata_editor_mark_saved (fixture->editor);
  assert_state (fixture, NULL, NULL, FALSE);
  apply (fixture, add_node ("d"), NULL);
  assert_state (fixture, NULL, NULL, TRUE);
  fermata_editor_end (fixture->editor);
  assert_state (fixture, "Both", NULL, TRUE);
  undo (fixture);
  assert_state (fixture, NULL, "Both", TRUE);

  fermata_editor_mark_saved (fixture->editor);
  fermata_editor_begin (fixture->editor, "Aborted");
  apply (fixture, add_node ("c"), NULL);
  fermata_editor_abort (fixture->editor);
  assert_state (fixture, NULL, "Both", FALSE);
}

static void
test_merge (Fixture      *fixture,
            gconstpointer data)
{
  apply_merged (fixture, label ("/nodes/0", "H"), "Label", "label");
  apply_merged (fixture, label ("/nodes/0", "He"), "Label", "label");
  apply_merged (fixture, label ("/nodes/0", "Hey"), "Label", "label");
  undo (fixture);
  assert_graph (fixture->graph, document);
  assert_state (fixture, NULL, "Label", FALSE);
  redo (fixture);
  assert_graph (fixture->graph,
                "{'fermata':1,'kind':'dag','nodes':[{'id':'a','label':'Hey'},{'id':'b','label':'B'}],'edges':[]}");

  /* Not after a redo, and not with another key. */
  apply_merged (fixture, label ("/nodes/0", "1"), "First", "label");
  apply_merged (fixture, label ("/nodes/0", "2"), "Second", "other");
  apply_merged (fixture, label ("/nodes/0", "3"), "Third", "label");
  undo (fixture);
  assert_state (fixture, "Second", "Third", TRUE);
  undo (fixture);
  assert_state (fixture, "First", "Second", TRUE);
  undo (fixture);
  assert_state (fixture, "Label", "First", TRUE);
}

static void
test_merge_ends (Fixture      *fixture,
                 gconstpointer data)
{
  apply_merged (fixture, label ("/nodes/0", "1"), "1", "label");
  fermata_editor_break_merge (fixture->editor);
  apply_merged (fixture, label ("/nodes/0", "2"), "2", "label");
  fermata_editor_mark_saved (fixture->editor);
  apply_merged (fixture, label ("/nodes/0", "3"), "3", "label");
  fermata_editor_begin (fixture->editor, NULL);
  fermata_editor_end (fixture->editor);
  apply_merged (fixture, label ("/nodes/0", "4"), "4", "label");
  g_object_set (fermata_graph_get_node (fixture->graph, 1), "label", "behind", NULL);
  apply_merged (fixture, label ("/nodes/0", "5"), "5", "label");
  apply_merged (fixture, label ("/nodes/0", "6"), "6", "label");
  assert_state (fixture, "5", NULL, TRUE);
  undo (fixture);
  assert_state (fixture, "Change", "5", TRUE);
  undo (fixture);
  assert_state (fixture, "4", "Change", TRUE);
  undo (fixture);
  assert_state (fixture, "3", "4", TRUE);
  undo (fixture);
  assert_state (fixture, "2", "3", FALSE);
  undo (fixture);
  assert_state (fixture, "1", "2", TRUE);

  /* What is undone is not joined, nor what was before it. */
  apply_merged (fixture, label ("/nodes/0", "7"), "7", "label");
  assert_state (fixture, "7", NULL, TRUE);
  undo (fixture);
  assert_state (fixture, "1", "7", TRUE);
  undo (fixture);
  assert_graph (fixture->graph, document);
}

/* A member that comes, goes and comes again, with its place. */
static void
test_merge_exact (Fixture      *fixture,
                  gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      apply_merged (fixture, label ("/nodes/0", "x"), "L", "label");
      apply_merged (fixture, fermata_edit_new_unset_member ("/nodes/0", "label"), "L", "label");
    }
  apply_merged (fixture, label ("/nodes/0", "y"), "L", "label");
  apply_merged (fixture, label ("/nodes/0", "z"), "L", "label");
  undo (fixture);
  assert_graph (fixture->graph, data);
  redo (fixture);
  undo (fixture);
  assert_graph (fixture->graph, data);
}

static void
test_drag (Fixture      *fixture,
           gconstpointer data)
{
  fermata_editor_begin (fixture->editor, "Move");
  apply (fixture, positions ("{'a':[1,1],'b':[2,2]}"), NULL);
  apply (fixture, positions ("{'a':[3,1],'b':[4,2]}"), NULL);
  apply (fixture, positions ("{'a':null,'b':[5,2]}"), NULL);
  apply (fixture, positions ("{'a':[3,1],'b':[6,2]}"), NULL);
  apply (fixture, positions ("{'a':[4,1],'b':[7,2]}"), NULL);
  apply (fixture, positions ("{'b':[7,3],'a':[4,1]}"), NULL);
  fermata_editor_end (fixture->editor);
  undo (fixture);
  assert_graph (fixture->graph, data);
  redo (fixture);
  undo (fixture);
  assert_graph (fixture->graph, data);
}

/* Somebody who knows nothing of the editor. */
static void
test_behind (Fixture      *fixture,
             gconstpointer data)
{
  FermataNode *a = fermata_graph_get_node (fixture->graph, 0);

  apply (fixture, add_node ("c"), "Add");
  g_object_set (a, "label", "behind", NULL);
  assert_state (fixture, "Change", NULL, TRUE);
  undo (fixture);
  assert_state (fixture, "Add", "Change", TRUE);

  /* What could be redone is of another document then. */
  g_object_set (a, "label", "other", NULL);
  assert_state (fixture, "Change", NULL, TRUE);
  undo (fixture);
  undo (fixture);
  assert_graph (fixture->graph, document);

  /* In a gesture it is a part of it. */
  fermata_editor_begin (fixture->editor, "Gesture");
  apply (fixture, add_node ("c"), NULL);
  g_object_set (a, "label", "behind", NULL);
  fermata_editor_abort (fixture->editor);
  assert_graph (fixture->graph, document);
}

/* Two editors of one document hear of each other's edits. */
static void
test_two_editors (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (FermataEditor) other = fermata_editor_new (fixture->graph);

  apply (fixture, add_node ("c"), "Add");
  g_assert_cmpstr (fermata_editor_get_undo_title (other), ==, "Change");
  g_assert_true (fermata_editor_undo (other, NULL));
  assert_graph (fixture->graph, document);
  assert_state (fixture, "Change", NULL, TRUE);
  undo (fixture);
  undo (fixture);
  assert_graph (fixture->graph, document);
}

static void
test_max_size (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *text = g_strnfill (10000, 'x');
  guint n_steps = 0;

  g_assert_cmpuint (fermata_editor_get_max_size (fixture->editor), ==, FERMATA_EDITOR_DEFAULT_MAX_SIZE);
  g_object_set (fixture->editor, "max-size", (guint64) 100000, NULL);
  for (guint i = 0; i < 100; i++)
    {
      text[0] = 'a' + i % 2;
      apply (fixture, label ("/nodes/1", text), "Label");
    }
  while (fermata_editor_undo (fixture->editor, NULL))
    n_steps++;
  g_assert_cmpuint (n_steps, >=, 5);
  g_assert_cmpuint (n_steps, <=, 10);
  g_assert_true (fermata_editor_is_modified (fixture->editor));

  /* One is kept, however large. */
  fermata_editor_set_max_size (fixture->editor, 1);
  apply (fixture, label ("/nodes/1", text), "Label");
  apply (fixture, label ("/nodes/1", "x"), "Label");
  undo (fixture);
  g_assert_cmpstr (fermata_node_get_label (fermata_graph_get_node (fixture->graph, 1)), ==, text);
  g_assert_false (fermata_editor_can_undo (fixture->editor));
}

static void
note_property (FermataEditor *editor,
               GParamSpec    *pspec,
               GString       *log)
{
  g_string_append_printf (log, "%s ", pspec->name);
}

static void
note_changed (FermataEditor *editor,
              GString       *log)
{
  g_string_append (log, "changed ");
}

static void
assert_log (GString    *log,
            const char *expected)
{
  g_assert_cmpstr (log->str, ==, expected);
  g_string_truncate (log, 0);
}

/* Each property is told of when it changes, and only then. */
static void
test_signals (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (fixture->editor, "notify", G_CALLBACK (note_property), log);
  g_signal_connect (fixture->editor, "changed", G_CALLBACK (note_changed), log);
  apply (fixture, add_node ("c"), "Add");
  assert_log (log, "can-undo undo-title modified changed ");
  apply (fixture, add_node ("d"), "Add");
  assert_log (log, "changed ");
  undo (fixture);
  assert_log (log, "can-redo redo-title changed ");
  undo (fixture);
  assert_log (log, "can-undo undo-title modified changed ");
  redo (fixture);
  assert_log (log, "can-undo undo-title modified changed ");
  fermata_editor_mark_saved (fixture->editor);
  assert_log (log, "modified changed ");
  fermata_editor_mark_saved (fixture->editor);
  fermata_editor_break_merge (fixture->editor);
  fermata_editor_begin (fixture->editor, "Gesture");
  assert_log (log, "");
  apply (fixture, add_node ("e"), "Add");
  assert_log (log, "modified changed ");
  fermata_editor_end (fixture->editor);
  assert_log (log, "can-redo undo-title redo-title changed ");
  fermata_editor_set_max_size (fixture->editor, 1000000);
  assert_log (log, "max-size ");
}

static void
use_while_told (FermataGraph  *graph,
                FermataEdit   *edit,
                FermataEdit   *inverse,
                FermataEditor *editor)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (fermata_editor_apply (editor, edit, "Again", &error));
  g_assert_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BUSY);
  g_clear_error (&error);
  if (fermata_editor_can_undo (editor))
    {
      g_assert_false (fermata_editor_undo (editor, &error));
      g_assert_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BUSY);
    }
}

/* Handlers cannot use the editor, whether they were there before it or not. */
static void
test_while_told (void)
{
  g_autoptr (FermataGraph) graph = read_graph (document);
  g_autoptr (FermataEditor) editor = NULL;
  Fixture fixture = { graph, NULL };

  editor = g_object_new (FERMATA_TYPE_EDITOR, "graph", graph, NULL);
  fixture.editor = editor;
  g_signal_connect (graph, "edited", G_CALLBACK (use_while_told), editor);
  apply (&fixture, add_node ("c"), "C");
  apply (&fixture, add_node ("d"), "D");
  undo (&fixture);
  redo (&fixture);
  undo (&fixture);
  undo (&fixture);
  assert_state (&fixture, NULL, "C", FALSE);
  assert_graph (graph, document);
}

static void
use_after (FermataEditor *editor,
           Fixture       *fixture)
{
  g_signal_handlers_disconnect_by_func (editor, use_after, fixture);
  apply (fixture, add_node ("later"), "Later");
}

/* When an editor tells of a change of its own, it can be used again. */
static void
test_use_when_changed (Fixture      *fixture,
                       gconstpointer data)
{
  g_signal_connect (fixture->editor, "changed", G_CALLBACK (use_after), fixture);
  apply (fixture, add_node ("c"), "C");
  assert_state (fixture, "Later", NULL, TRUE);
  undo (fixture);
  undo (fixture);
  assert_graph (fixture->graph, document);
}

/* An editor of a body is one of its document. */
static void
test_body (Fixture      *fixture,
           gconstpointer data)
{
  FermataNode *node = fermata_graph_get_node (fixture->graph, 0);
  g_autoptr (FermataEditor) editor = fermata_editor_new (fermata_node_get_body (node, "body"));

  g_assert_true (fermata_editor_get_graph (editor) == fixture->graph);
  apply (fixture, fermata_edit_new_remove_node ("/nodes/0"), "Remove");
  g_assert_true (fermata_editor_undo (editor, NULL));
  assert_graph (fixture->graph, data);
}

#define ADD(name, func, data) g_test_add (name, Fixture, data, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/editor/step", test_step, NULL);
  ADD ("/editor/refused", test_refused, NULL);
  ADD ("/editor/nothing", test_nothing, NULL);
  ADD ("/editor/gesture", test_gesture, NULL);
  ADD ("/editor/abort", test_abort, NULL);
  ADD ("/editor/saved", test_saved, NULL);
  ADD ("/editor/saved-in-gesture", test_saved_in_gesture, NULL);
  ADD ("/editor/merge", test_merge, NULL);
  ADD ("/editor/merge-ends", test_merge_ends, NULL);
  ADD ("/editor/merge-exact/without", test_merge_exact, "{'nodes':[{'id':'a','x':1}]}");
  ADD ("/editor/merge-exact/first", test_merge_exact, "{'nodes':[{'label':'old','id':'a','x':1}]}");
  ADD ("/editor/drag/without", test_drag, "{'nodes':[{'id':'a'},{'id':'b'}]}");
  ADD ("/editor/drag/one", test_drag, "{'layout':{'nodes':{'c':[1,2],'b':[0,0]},'x':1},'nodes':[{'id':'a'},{'id':'b'}]}");
  ADD ("/editor/drag/both", test_drag,
       "{'layout':{'nodes':{'a':[5,5],'b':[0,0],'c':[1,2]}},'nodes':[{'id':'a'},{'id':'b'}]}");
  ADD ("/editor/behind", test_behind, NULL);
  ADD ("/editor/two-editors", test_two_editors, NULL);
  ADD ("/editor/max-size", test_max_size, NULL);
  ADD ("/editor/signals", test_signals, NULL);
  g_test_add_func ("/editor/while-told", test_while_told);
  ADD ("/editor/use-when-changed", test_use_when_changed, NULL);
  ADD ("/editor/body", test_body, "{'nodes':[{'id':'a','body':{'nodes':[{'id':'b'}]}}]}");

  return g_test_run ();
}
