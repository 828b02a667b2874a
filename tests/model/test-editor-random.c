/* test-editor-random.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Random edits through an editor, in gestures and out of them, merged, aborted,
 * refused, and behind its back. A plain list of texts says what must come of
 * undo and redo, and a mirror hears of every change. Then everything is undone
 * step by step, and redone. Faults are planted to see that they are found. */

#include "format/fermata-json.h"
#include "model/fermata-editor.h"
#include "model/fermata-edits.h"
#include "model/fermata-model-private.h"
#include "model/graph-mirror.h"
#include "model/random-edits.h"

typedef enum {
  FAULT_NONE,
  FAULT_UNHEARD_EDIT,   /* the editor does not hear of somebody's edit */
  FAULT_UNTOLD_CHANGE,  /* something is changed without an edit */
  FAULT_DEAF_MIRROR,    /* nobody is told of a change */
  FAULT_LOST_SAVE,      /* something is saved that nobody knows of */
  FAULT_LOST_UNDO,      /* something is undone that nobody knows of */
  FAULT_ABORT_FOR_END,  /* a gesture is taken back instead of kept */
  FAULT_END_FOR_ABORT,  /* a gesture is kept instead of taken back */
  FAULT_WRONG_KEY,      /* edits are merged that have nothing to do with each other */
  FAULT_NO_KEY,         /* edits are not merged that should be */
  N_FAULTS
} Fault;

/* A point that undo and redo come to. */
typedef struct {
  char *text;
  guint64 state;
} Point;

typedef struct {
  FermataGraph *graph;
  FermataEditor *editor;
  Mirror *mirror;

  GPtrArray *points; /* Point */
  guint now;         /* of these */
  char *key;         /* what the last step may still be joined by */
  guint64 state;
  guint64 last_state;
  guint64 saved_state;
  char *saved_text;

  GPtrArray *marks;    /* Point where each open gesture began */
  GArray *n_changes;   /* how many changes an outermost gesture had then */
  guint n_in_gesture;
  guint n_told;        /* edits told of since this was last set to 0 */
  guint n_applied;

  Fault fault;         /* made once there was enough to find it by */
  char *found;         /* what was wrong first */
} Trial;

static void
point_free (Point *point)
{
  g_free (point->text);
  g_free (point);
}

static Point *
point_new (const char *text,
           guint64     state)
{
  Point *point = g_new0 (Point, 1);

  point->text = g_strdup (text);
  point->state = state;
  return point;
}

/* The bytes of the file. */
static char *
write_text (FermataGraph *graph)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = fermata_json_write_graph (graph, &error);
  gsize length;
  const char *text;

  g_assert_no_error (error);
  text = g_bytes_get_data (bytes, &length);
  return g_strndup (text, length);
}

static void
expect (Trial      *self,
        gboolean    is_right,
        const char *what)
{
  if (!is_right && self->found == NULL)
    self->found = g_strdup_printf ("%s, at step %u of %u", what, self->now, self->points->len - 1);
}

static void
expect_text (Trial      *self,
             const char *text,
             const char *what)
{
  g_autofree char *now = write_text (self->graph);

  expect (self, strcmp (now, text) == 0, what);
}

static void
note_edit (FermataGraph *graph,
           FermataEdit  *edit,
           FermataEdit  *inverse,
           Trial        *self)
{
  if (fermata_edit_get_kind (inverse) != FERMATA_EDIT_GROUP || fermata_edit_get_n_edits (inverse) > 0)
    self->n_told++;
}

static gboolean
is_time_for (Trial *self,
             Fault  fault)
{
  if (self->fault != fault || self->n_applied < 50)
    return FALSE;
  self->fault = FAULT_NONE;
  return TRUE;
}

/* --- Edits ----------------------------------------------------------------- */

/* The document, or any body in it. */
static FermataGraph *
random_graph (FermataGraph *root)
{
  g_autoptr (GPtrArray) graphs = g_ptr_array_new ();

  g_ptr_array_add (graphs, root);
  for (guint i = 0; i < graphs->len; i++)
    {
      FermataNode *node = fermata_graph_get_node (g_ptr_array_index (graphs, i), 0);

      for (; node != NULL; node = fermata_node_get_next (node))
        {
          for (guint j = 0; j < fermata_node_get_n_bodies (node); j++)
            g_ptr_array_add (graphs, fermata_node_get_body_at (node, j));
        }
    }
  return g_ptr_array_index (graphs, g_test_rand_int_range (0, g_test_rand_bit () ? 1 : graphs->len));
}

/* Some of its nodes and edges. */
static GPtrArray *
random_objects (FermataGraph *graph)
{
  GPtrArray *objects = g_ptr_array_new ();
  FermataNode *node = fermata_graph_get_node (graph, 0);

  for (; node != NULL; node = fermata_node_get_next (node))
    {
      if (g_test_rand_int_range (0, 4) == 0)
        g_ptr_array_add (objects, node);
    }
  for (guint i = 0; i < fermata_graph_get_n_edges (graph); i++)
    {
      if (g_test_rand_int_range (0, 6) == 0)
        g_ptr_array_add (objects, fermata_graph_get_edge (graph, i));
    }
  return objects;
}

static FermataNode *
random_node_of (FermataGraph *graph)
{
  g_autofree char *id = random_id ();
  FermataNode *node = fermata_graph_find_node (graph, id);

  return node != NULL ? node : fermata_graph_get_node (graph, 0);
}

static FermataEdit *
random_paste (FermataGraph *graph,
              GPtrArray    *objects)
{
  g_autofree char *text = fermata_graph_copy_text (graph, objects);
  double at[] = { g_test_rand_int_range (0, 100), g_test_rand_int_range (0, 100) };

  if (text == NULL)
    return NULL;
  return fermata_edit_new_paste (graph, g_test_rand_bit () ? random_node_of (graph) : NULL, text,
                                 g_test_rand_bit () ? at : NULL, NULL, NULL);
}

static FermataEdit *
random_set_at (gpointer object)
{
  static const char *const paths[][4] = {
    { "with", "value", NULL }, { "with", "a", "b", NULL }, { "with", "a", NULL }, { "label", NULL }, { "x-a", "b", NULL },
  };
  g_autoptr (FermataValue) value = g_test_rand_bit () ? fermata_value_new_integer (g_test_rand_int ()) : NULL;

  return fermata_edit_new_set_at (object, paths[g_test_rand_int_range (0, G_N_ELEMENTS (paths))], value, NULL);
}

/* NULL where there is nothing to do it with. */
static FermataEdit *
random_people_edit (FermataGraph *root)
{
  FermataGraph *graph = random_graph (root);
  g_autoptr (GPtrArray) objects = random_objects (graph);
  FermataNode *node = random_node_of (graph);
  FermataEdge *edge = fermata_graph_get_edge (graph, random_position ());
  double place[] = { g_test_rand_int_range (0, 100), g_test_rand_double () };
  g_autofree char *id = random_id ();

  switch (node != NULL ? g_test_rand_int_range (0, 10) : -1)
    {
    case 0:
      return fermata_edit_new_delete (graph, objects, NULL);
    case 1:
      return fermata_edit_new_dissolve (graph, objects, NULL);
    case 2:
      return fermata_edit_new_connect (node, g_test_rand_bit () ? random_node_of (graph) : NULL, "go", NULL, NULL);
    case 3:
      return edge != NULL ? fermata_edit_new_insert_on_edge (edge, id, NULL) : NULL;
    case 4:
      return edge != NULL ? fermata_edit_new_shift_edge (edge, g_test_rand_bit () ? 1 : -1, NULL) : NULL;
    case 5:
      return fermata_edit_new_set_initial (node, NULL);
    case 6:
      return fermata_edit_new_place (graph, &node, place, 1, NULL);
    case 7:
      return random_set_at (g_test_rand_bit () && edge != NULL ? (gpointer) edge : node);
    case 8:
      return random_paste (graph, objects);
    default:
      return fermata_edit_new_duplicate (graph, objects, 1, 2, NULL, NULL);
    }
}

/* Documents stay small, so that most edits find something. */
static FermataEdit *
any_edit (Trial *self)
{
  FermataEdit *edit = NULL;

  if (fermata_graph_get_n_nodes (self->graph) > 12)
    {
      g_autofree char *path = g_strdup_printf ("/nodes/%d", g_test_rand_int_range (0, 12));

      return fermata_edit_new_remove_node (path);
    }
  if (g_test_rand_bit ())
    edit = random_people_edit (self->graph);
  return edit != NULL ? edit : random_edit (self->graph, 0);
}

/* --- What is done ---------------------------------------------------------- */

/* A step was made, or the last one got larger. */
static void
note_step (Trial      *self,
           const char *key)
{
  g_autofree char *text = write_text (self->graph);

  if (key == NULL || g_strcmp0 (key, self->key) != 0)
    self->now++;
  g_ptr_array_set_size (self->points, self->now);
  g_ptr_array_add (self->points, point_new (text, self->state));
  g_free (self->key);
  self->key = g_strdup (key);
}

/* Somebody has tried an edit. */
static void
note_try (Trial      *self,
          gboolean    done,
          const char *before,
          const char *key)
{
  if (!done)
    {
      expect (self, self->n_told == 0, "a refused edit was told of");
      expect_text (self, before, "a refused edit changed something");
    }
  if (self->n_told == 0)
    return;
  self->n_applied++;
  self->state = ++self->last_state;
  if (self->marks->len > 0)
    self->n_in_gesture++;
  else
    note_step (self, key);
}

static void
do_edit (Trial *self)
{
  static const char *const keys[] = { NULL, NULL, "a", "b" };
  const char *key = keys[g_test_rand_int_range (0, G_N_ELEMENTS (keys))];
  const char *used = key;
  g_autoptr (FermataEdit) edit = any_edit (self);
  g_autofree char *before = write_text (self->graph);
  gboolean done;

  if (self->key != NULL && self->marks->len == 0)
    {
      if (key == NULL && is_time_for (self, FAULT_WRONG_KEY))
        used = self->key;
      if (g_strcmp0 (key, self->key) == 0 && is_time_for (self, FAULT_NO_KEY))
        used = NULL;
    }
  self->n_told = 0;
  done = fermata_editor_apply_merged (self->editor, edit, "Edit", used, NULL);
  if (used != key && self->n_told == 0)
    self->fault = used != NULL ? FAULT_WRONG_KEY : FAULT_NO_KEY;
  note_try (self, done, before, key);
}

/* The same place again and again, as in the course of typing or of a drag. */
static FermataEdit *
burst_edit (gboolean    is_drag,
            const char *path)
{
  g_autofree char *positions = NULL;
  g_autoptr (FermataValue) value = NULL;

  if (!is_drag && g_test_rand_int_range (0, 3) == 0)
    return fermata_edit_new_unset_member (path, "x-typed");
  if (is_drag)
    positions = g_strdup_printf ("{'n1':[%d,0],'n3':%s}", g_test_rand_int_range (0, 9),
                                 g_test_rand_int_range (0, 3) == 0 ? "null" : "[7,7.5]");
  value = is_drag ? read_value (positions) : fermata_value_new_integer (g_test_rand_int ());
  return is_drag ? fermata_edit_new_set_positions ("", value) : fermata_edit_new_set_member (path, "x-typed", value);
}

static void
do_burst (Trial *self)
{
  gboolean is_drag = g_test_rand_bit ();
  guint n_edits = g_test_rand_int_range (1, 8);
  g_autofree char *path = random_path (self->graph);

  for (guint i = 0; i < n_edits; i++)
    {
      g_autoptr (FermataEdit) edit = burst_edit (is_drag, path);
      g_autofree char *before = write_text (self->graph);
      gboolean done;

      self->n_told = 0;
      done = fermata_editor_apply_merged (self->editor, edit, "Burst", "burst", NULL);
      note_try (self, done, before, "burst");
    }
}

static void
do_behind (Trial *self)
{
  g_autoptr (FermataEdit) edit = any_edit (self);
  g_autofree char *before = write_text (self->graph);

  self->n_told = 0;
  note_try (self, fermata_graph_apply_edit (self->graph, edit, NULL, NULL), before, NULL);
}

static void
do_begin (Trial *self)
{
  g_autofree char *text = write_text (self->graph);

  fermata_editor_begin (self->editor, "Gesture");
  g_ptr_array_add (self->marks, point_new (text, self->state));
  g_array_append_val (self->n_changes, self->n_in_gesture);
  g_clear_pointer (&self->key, g_free);
}

static void
do_end (Trial *self)
{
  if (self->n_in_gesture > 0 && is_time_for (self, FAULT_ABORT_FOR_END))
    fermata_editor_abort (self->editor);
  else
    fermata_editor_end (self->editor);
  g_ptr_array_set_size (self->marks, self->marks->len - 1);
  g_array_set_size (self->n_changes, self->n_changes->len - 1);
  if (self->marks->len == 0 && self->n_in_gesture > 0)
    note_step (self, NULL);
  if (self->marks->len == 0)
    self->n_in_gesture = 0;
}

static void
do_abort (Trial *self)
{
  Point *mark = g_ptr_array_index (self->marks, self->marks->len - 1);
  guint n_before = g_array_index (self->n_changes, guint, self->n_changes->len - 1);

  if (self->n_in_gesture > n_before && is_time_for (self, FAULT_END_FOR_ABORT))
    fermata_editor_end (self->editor);
  else
    fermata_editor_abort (self->editor);
  expect_text (self, mark->text, "an aborted gesture left something");
  self->state = mark->state;
  self->n_in_gesture = n_before;
  g_ptr_array_set_size (self->marks, self->marks->len - 1);
  g_array_set_size (self->n_changes, self->n_changes->len - 1);
}

static void
come_to (Trial *self,
         guint  now)
{
  Point *point = g_ptr_array_index (self->points, now);

  self->now = now;
  self->state = point->state;
  g_clear_pointer (&self->key, g_free);
  expect_text (self, point->text, "another text than before");
}

static void
do_undo (Trial *self)
{
  gboolean may = self->marks->len == 0 && self->now > 0;

  expect (self, fermata_editor_undo (self->editor, NULL) == may, "undo");
  if (may)
    come_to (self, self->now - 1);
}

static void
do_redo (Trial *self)
{
  gboolean may = self->marks->len == 0 && self->now + 1 < self->points->len;

  expect (self, fermata_editor_redo (self->editor, NULL) == may, "redo");
  if (may)
    come_to (self, self->now + 1);
}

static void
do_save (Trial *self)
{
  fermata_editor_mark_saved (self->editor);
  self->saved_state = self->state;
  g_free (self->saved_text);
  self->saved_text = write_text (self->graph);
  g_clear_pointer (&self->key, g_free);
}

static void
do_break (Trial *self)
{
  fermata_editor_break_merge (self->editor);
  g_clear_pointer (&self->key, g_free);
}

static void
do_something (Trial *self)
{
  guint which = g_test_rand_int_range (0, 100);

  if (which < 5)
    do_burst (self);
  else if (which < 75)
    do_edit (self);
  else if (which < 80)
    do_behind (self);
  else if (which < 82)
    do_begin (self);
  else if (which < 89)
    self->marks->len > 0 ? do_end (self) : do_edit (self);
  else if (which < 92)
    self->marks->len > 0 ? do_abort (self) : do_edit (self);
  else if (which < 94)
    do_undo (self);
  else if (which < 97)
    do_redo (self);
  else if (which < 99)
    do_save (self);
  else
    do_break (self);
}

/* --- What is planted ------------------------------------------------------- */

static void
change_label (Trial *self)
{
  g_autoptr (FermataValue) value = fermata_value_new_integer (++self->last_state);
  g_autoptr (FermataEdit) edit = fermata_edit_new_set_member ("", "x-planted", value);

  g_assert_true (fermata_graph_apply_edit (self->graph, edit, NULL, NULL));
}

static void
change_untold (Trial *self)
{
  g_autoptr (FermataValue) value = fermata_value_new_integer (++self->last_state);
  g_autoptr (FermataValue) members = fermata_value_with_member (self->graph->members, "x-planted", value);

  fermata_graph_set_members (self->graph, members);
}

static void
plant (Trial *self)
{
  if (is_time_for (self, FAULT_UNHEARD_EDIT))
    {
      g_signal_handlers_block_matched (self->graph, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self->editor);
      change_label (self);
      g_signal_handlers_unblock_matched (self->graph, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self->editor);
    }
  if (is_time_for (self, FAULT_UNTOLD_CHANGE))
    change_untold (self);
  if (is_time_for (self, FAULT_DEAF_MIRROR))
    g_signal_handlers_disconnect_by_func (self->graph, mirror_members_changed, self->mirror);
  if (self->state != self->saved_state && is_time_for (self, FAULT_LOST_SAVE))
    fermata_editor_mark_saved (self->editor);
  if (self->now > 0 && self->marks->len == 0 && is_time_for (self, FAULT_LOST_UNDO))
    g_assert_true (fermata_editor_undo (self->editor, NULL));
}

/* --- A trial --------------------------------------------------------------- */

static void
check (Trial *self)
{
  g_autoptr (FermataValue) mirrored = mirror_to_value (self->mirror);
  g_autofree char *text = dup_text (self->graph);
  g_autofree char *mirrored_text = fermata_value_to_string (mirrored, FERMATA_WRITE_COMPACT, NULL);

  expect (self, strcmp (text, mirrored_text) == 0, "the mirror differs");
  expect (self, fermata_editor_can_undo (self->editor) == (self->now > 0), "can undo");
  expect (self, fermata_editor_can_redo (self->editor) == (self->now + 1 < self->points->len), "can redo");
  expect (self, fermata_editor_is_modified (self->editor) == (self->state != self->saved_state), "modified");
  if (!fermata_editor_is_modified (self->editor))
    expect_text (self, self->saved_text, "unmodified, but another text than was saved");
}

static void
trial_init (Trial      *self,
            const char *start,
            Fault       fault)
{
  g_autofree char *text = NULL;

  self->graph = read_graph (start);
  self->editor = fermata_editor_new (self->graph);
  self->mirror = mirror_new (self->graph);
  self->points = g_ptr_array_new_with_free_func ((GDestroyNotify) point_free);
  self->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) point_free);
  self->n_changes = g_array_new (FALSE, FALSE, sizeof (guint));
  self->fault = fault;
  text = write_text (self->graph);
  g_ptr_array_add (self->points, point_new (text, 0));
  self->saved_text = g_steal_pointer (&text);
  g_signal_connect (self->graph, "edited", G_CALLBACK (note_edit), self);
}

static void
trial_clear (Trial *self)
{
  g_signal_handlers_disconnect_by_data (self->graph, self);
  mirror_free (self->mirror);
  g_object_unref (self->editor);
  g_assert_finalize_object (self->graph);
  g_ptr_array_unref (self->points);
  g_ptr_array_unref (self->marks);
  g_array_unref (self->n_changes);
  g_free (self->key);
  g_free (self->saved_text);
  g_free (self->found);
}

/* All the way back, and all the way again. */
static void
go_all_the_way (Trial *self)
{
  while (self->now > 0 && self->found == NULL)
    {
      do_undo (self);
      check (self);
    }
  while (self->now + 1 < self->points->len && self->found == NULL)
    {
      do_redo (self);
      check (self);
    }
}

static void
trial_run (Trial *self,
           guint  n_edits)
{
  for (guint i = 0; self->n_applied < n_edits && self->found == NULL; i++)
    {
      g_assert_cmpuint (i, <, 100 * n_edits);
      do_something (self);
      plant (self);
      check (self);
    }
  while (self->marks->len > 0 && self->found == NULL)
    do_end (self);
  if (self->found == NULL)
    go_all_the_way (self);
  if (self->found == NULL)
    go_all_the_way (self);
}

static void
run (const char *start,
     guint       n_edits)
{
  Trial trial = { 0, };

  trial_init (&trial, start, FAULT_NONE);
  trial_run (&trial, n_edits);
  g_test_message ("%u edits in %u steps", trial.n_applied, trial.points->len - 1);
  g_assert_cmpstr (trial.found, ==, NULL);
  g_assert_cmpuint (trial.points->len, >, n_edits / 5);
  trial_clear (&trial);
}

static const char dag[] =
  "{'fermata':1,'kind':'dag','name':'N','layout':{'nodes':{'n3':[1,2],'n1':[0,0]},'x':1},"
  "'nodes':[{'id':'n0','body':{'nodes':[{'id':'n0'},{'id':'n1'}],'edges':[{'from':'n0','to':'n1'}]},'x':1},{'id':'n1'},{'id':'n3'}],"
  "'edges':[{'from':'n0','to':'n1'},{'from':'n0','to':'n1'},{'id':'e','from':'n1','to':'n3','when':'true'}],'x-last':{}}";

static const char machine[] =
  "{'fermata':1,'kind':'fsm','initial':'n0','nodes':[{'id':'n0'},{'id':'n1','initial':{'to':'n3','actions':[]},"
  "'nodes':[{'id':'n2'},{'id':'n3','nodes':[{'id':'n4'}]}]}],'edges':[{'from':'n0','to':['n2','n4'],'event':'go'},{'from':'n4'}]}";

static const char mistakes[] =
  "{'kind':'dag','nodes':[{'id':'n0'},{'id':'n0','nodes':[{'id':'n1'},{}]},{'id':'n1','body':3},{'nodes':[{'id':'n0'}]}],"
  "'edges':[{},{'from':'n0','id':'n1'},{'from':'n1','id':'n1'},{'to':3,'from':'n1'}],'layout':{'nodes':{'n0':'?'}}}";

static void
test_dag (void)
{
  run (dag, 5000);
}

static void
test_machine (void)
{
  run (machine, 5000);
}

static void
test_mistakes (void)
{
  run (mistakes, 1000);
}

static gboolean
is_found (Fault fault)
{
  Trial trial = { 0, };
  gboolean found;

  trial_init (&trial, fault % 2 == 0 ? machine : dag, fault);
  trial_run (&trial, 500);
  found = trial.found != NULL;
  g_test_message ("fault %d: %s", fault, found ? trial.found : "not found");
  /* An open gesture is dropped with its editor. */
  trial_clear (&trial);
  return found;
}

/* What is planted may happen to do nothing: so more than once, if need be. */
static void
test_faults (void)
{
  for (Fault fault = FAULT_NONE + 1; fault < N_FAULTS; fault++)
    {
      guint n_trials = 1;

      while (!is_found (fault))
        g_assert_cmpuint (n_trials++, <, 10);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/editor-random/dag", test_dag);
  g_test_add_func ("/editor-random/machine", test_machine);
  g_test_add_func ("/editor-random/mistakes", test_mistakes);
  g_test_add_func ("/editor-random/faults", test_faults);

  return g_test_run ();
}
