/* fermata-app-session.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-session-private.h"

#include "fermata-app-tasks.h"

/* Of events before the moment looked at so many are read at most, to find what
 * its latest step was. */
#define MOST_OF_A_STEP 256

G_DEFINE_FINAL_TYPE (FermataAppSession, fermata_app_session, G_TYPE_OBJECT)

static void
fermata_app_session_dispose (GObject *object)
{
  FermataAppSession *self = FERMATA_APP_SESSION (object);

  if (self->debugger != NULL)
    fermata_debugger_detach (self->debugger);
  if (self->run != NULL && !fermata_run_has_ended (self->run))
    {
      fermata_run_cancel (self->run);
      fermata_run_release (self->run);
    }
  g_clear_object (&self->stop);
  g_clear_object (&self->debugger);
  g_clear_object (&self->run);
  g_clear_object (&self->graph);

  G_OBJECT_CLASS (fermata_app_session_parent_class)->dispose (object);
}

static void
fermata_app_session_finalize (GObject *object)
{
  FermataAppSession *self = FERMATA_APP_SESSION (object);

  fermata_app_session_levels_clear (self);
  g_hash_table_unref (self->places);
  g_ptr_array_unref (self->elements);
  g_array_unref (self->latest);

  G_OBJECT_CLASS (fermata_app_session_parent_class)->finalize (object);
}

static void
fermata_app_session_class_init (FermataAppSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fermata_app_session_dispose;
  object_class->finalize = fermata_app_session_finalize;
}

static void
unref_element (gpointer data)
{
  if (data != NULL)
    g_object_unref (data);
}

static void
fermata_app_session_init (FermataAppSession *self)
{
  self->elements = g_ptr_array_new_with_free_func (unref_element);
  self->places = g_hash_table_new (NULL, NULL);
  self->latest = g_array_new (FALSE, FALSE, sizeof (guint64));
  fermata_app_session_levels_init (self);
}

/* Which place is what */

gboolean
fermata_app_element_is_in_graph (gpointer element)
{
  FermataGraph *graph = FERMATA_IS_NODE (element) ? fermata_node_get_graph (element)
                                                  : fermata_edge_get_graph (element);

  /* What is in a body goes with the node that has it. */
  while (graph != NULL && fermata_app_tasks_find_owner (graph) != NULL)
    graph = fermata_app_tasks_find_around (graph);

  return graph != NULL;
}

static void
note_place (FermataAppSession *self,
            guint32            place,
            gpointer           element)
{
  if (place >= self->elements->len)
    g_ptr_array_set_size (self->elements, place + 1);
  if (self->elements->pdata[place] != NULL)
    return;

  self->elements->pdata[place] = g_object_ref (element);
  if (!g_hash_table_contains (self->places, element))
    g_hash_table_insert (self->places, element, GUINT_TO_POINTER (place + 1));
}

typedef struct {
  FermataGraph *graph;
  FermataPlan *plan;
} Level;

/* An edge with several targets may have several places: it is known by the first. */
static void
note_edges (FermataAppSession *self,
            const Level       *level,
            guint32            first)
{
  guint n_edges = fermata_plan_get_n_edges (level->plan);
  guint n_in_graph = fermata_graph_get_n_edges (level->graph);

  first += fermata_plan_get_n_nodes (level->plan);
  for (guint i = 0; i < n_edges; i++)
    {
      guint index = fermata_plan_get_edge_document_index (level->plan, i);

      if (index < n_in_graph)
        note_place (self, first + i, fermata_graph_get_edge (level->graph, index));
    }
}

static void
push_body (FermataAppSession *self,
           GArray            *todo,
           FermataGraph      *body,
           guint32            owner,
           guint32            inner,
           const char        *name)
{
  FermataPlan *root = fermata_run_get_plan (self->run);
  guint32 place = inner == FERMATA_PLACE_RUN ? owner : inner;
  Level below = { body, fermata_plan_find_node_body (root, place, name) };
  FermataAppBody which = fermata_app_body_from_name (name);

  if (below.plan == NULL)
    return;
  fermata_app_session_add_level (self, body, owner, inner, which);
  g_array_append_val (todo, below);
}

/* What runs in a node. */
static void
note_bodies (FermataAppSession *self,
             GArray            *todo,
             FermataNode       *node,
             guint32            place)
{
  FermataPlan *item = fermata_plan_get_node_body (fermata_run_get_plan (self->run), place);
  guint32 inner = FERMATA_PLACE_RUN;

  if (item != NULL && fermata_plan_is_item (item))
    {
      inner = fermata_plan_get_first_place (item);
      note_place (self, inner, node);
    }
  for (guint i = 0; i < fermata_node_get_n_bodies (node); i++)
    push_body (self, todo, fermata_node_get_body_at (node, i), place, inner, fermata_node_get_body_name (node, i));
}

/* What a state does, as it is shown. */
static void
note_task (FermataAppSession *self,
           GArray            *todo,
           FermataGraph      *task,
           guint32            state)
{
  FermataNode *node = fermata_graph_get_node (task, 0);
  guint index = fermata_app_tasks_get_index (task);
  FermataPlan *plan = fermata_plan_find_state_task (fermata_run_get_plan (self->run), state, index);

  if (plan == NULL)
    return;

  note_place (self, fermata_plan_get_first_place (plan), node);
  for (guint i = 0; i < fermata_node_get_n_bodies (node); i++)
    {
      FermataGraph *body = fermata_node_get_body_at (node, i);
      FermataAppLevel *level;

      push_body (self, todo, body, state, fermata_plan_get_first_place (plan), fermata_node_get_body_name (node, i));
      level = g_hash_table_lookup (self->levels, body);
      if (level == NULL)
        continue;
      level->is_task = TRUE;
      level->task = index;
    }
}

/* In states there are others. */
static void
note_tasks (FermataAppSession *self,
            GArray            *todo,
            FermataNode       *state,
            guint32            place)
{
  GPtrArray *tasks = fermata_app_tasks_list (state);

  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    note_task (self, todo, tasks->pdata[i], place);
}

static void
note_level (FermataAppSession *self,
            const Level       *level,
            GArray            *todo)
{
  guint32 first = fermata_plan_get_first_place (level->plan);

  for (FermataNode *node = fermata_graph_get_n_nodes (level->graph) > 0
                           ? fermata_graph_get_node (level->graph, 0) : NULL;
       node != NULL; node = fermata_node_get_next (node))
    {
      const char *id = fermata_node_get_id (node);
      guint index;

      if (id == NULL || !fermata_plan_find_node (level->plan, id, &index))
        continue;
      note_place (self, first + index, node);
      note_bodies (self, todo, node, first + index);
      note_tasks (self, todo, node, first + index);
    }
  note_edges (self, level, first);
}

static void
note_levels (FermataAppSession *self,
             GArray            *todo)
{
  while (todo->len > 0)
    {
      Level level = g_array_index (todo, Level, todo->len - 1);

      g_array_set_size (todo, todo->len - 1);
      note_level (self, &level, todo);
    }
}

static void
note_places (FermataAppSession *self)
{
  g_autoptr (GArray) todo = g_array_new (FALSE, FALSE, sizeof (Level));
  Level root = { self->graph, fermata_run_get_plan (self->run) };

  g_array_append_val (todo, root);
  note_levels (self, todo);
}

FermataAppSession *
fermata_app_session_new (FermataGraph       *graph,
                         FermataRun         *run,
                         FermataBreakpoints *breakpoints,
                         FermataEvaluator   *evaluator)
{
  FermataAppSession *self = g_object_new (FERMATA_TYPE_APP_SESSION, NULL);

  self->graph = g_object_ref (graph);
  self->run = g_object_ref (run);
  self->debugger = fermata_debugger_new (run, breakpoints, evaluator);
  note_places (self);

  return self;
}

FermataRun *
fermata_app_session_get_run (FermataAppSession *self)
{
  return self->run;
}

FermataDebugger *
fermata_app_session_get_debugger (FermataAppSession *self)
{
  return self->debugger;
}

/* Its bodies are other objects, too. */
static void
adopt_bodies (FermataAppSession *self,
              FermataNode       *node,
              guint32            place)
{
  g_autoptr (GArray) todo = g_array_new (FALSE, FALSE, sizeof (Level));

  note_bodies (self, todo, node, place);
  note_levels (self, todo);
}

/* What was deleted and brought back is another object of the same name: it takes
 * the place of the one that has gone. */
static guint
adopt (FermataAppSession *self,
       FermataGraph      *graph,
       gpointer           element)
{
  FermataMoment *moment;
  FermataPlan *plan;
  guint frame, index;
  guint32 place;

  if (graph == NULL || !fermata_app_session_find_frame (self, graph, &frame, &moment))
    return 0;

  plan = fermata_moment_get_plan (moment, frame);
  place = fermata_plan_get_first_place (plan);
  if (FERMATA_IS_NODE (element))
    {
      if (fermata_node_get_id (element) == NULL
          || !fermata_plan_find_node (plan, fermata_node_get_id (element), &index))
        return 0;
    }
  else
    {
      g_autofree char *name = fermata_edge_dup_name (element);

      if (!fermata_plan_find_edge (plan, name, &index))
        return 0;
      place += fermata_plan_get_n_nodes (plan);
    }
  place += index;
  if (place >= self->elements->len || self->elements->pdata[place] == NULL
      || fermata_app_element_is_in_graph (self->elements->pdata[place]))
    return 0;

  g_hash_table_remove (self->places, self->elements->pdata[place]);
  g_object_unref (self->elements->pdata[place]);
  self->elements->pdata[place] = g_object_ref (element);
  g_hash_table_insert (self->places, element, GUINT_TO_POINTER (place + 1));
  if (FERMATA_IS_NODE (element))
    adopt_bodies (self, element, place);

  return place + 1;
}

static gboolean
find (FermataAppSession *self,
      FermataGraph      *graph,
      gpointer           element,
      FermataAppSpot    *spot)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, element));

  if (found == 0)
    found = adopt (self, graph, element);
  if (found == 0 || graph == NULL)
    return FALSE;

  spot->place = found - 1;

  return fermata_app_session_find_frame (self, graph, &spot->frame, &spot->moment);
}

gboolean
fermata_app_session_find_node (FermataAppSession *self,
                               FermataNode       *node,
                               FermataAppSpot    *spot)
{
  return find (self, fermata_node_get_graph (node), node, spot);
}

gboolean
fermata_app_session_find_edge (FermataAppSession *self,
                               FermataEdge       *edge,
                               FermataAppSpot    *spot)
{
  return find (self, fermata_edge_get_graph (edge), edge, spot);
}

gpointer
fermata_app_session_find_element (FermataAppSession  *self,
                                  const FermataEvent *event)
{
  return event->place < self->elements->len ? self->elements->pdata[event->place] : NULL;
}

/* What happened last */

static guint32
first_place (FermataAppSession *self,
             guint32            place)
{
  gpointer element = place < self->elements->len ? self->elements->pdata[place] : NULL;

  return element == NULL ? place : GPOINTER_TO_UINT (g_hash_table_lookup (self->places, element)) - 1;
}

/* Backwards from the moment looked at to where the step began: what a machine
 * did with one event, or the last thing that a DAG took. */
static void
find_latest (FermataAppSession *self)
{
  FermataHistory *history = fermata_run_get_history (self->run);
  guint64 number = fermata_debugger_get_number (self->debugger);
  guint64 first = fermata_history_get_first (history);

  g_array_set_size (self->latest, 0);
  for (guint i = 0; i < MOST_OF_A_STEP && number >= MAX (first, 1); i++, number--)
    {
      const FermataEvent *event = fermata_history_get_event (history, number);
      guint64 key = (guint64) event->frame << 32 | first_place (self, event->place);

      if (event->kind == FERMATA_EVENT_EDGE_TAKEN)
        g_array_append_val (self->latest, key);
      if (event->kind == FERMATA_EVENT_EVENT_DEQUEUED || event->kind == FERMATA_EVENT_NODE_COMPLETED)
        break;
    }
}

gboolean
fermata_app_session_is_latest (FermataAppSession *self,
                               guint              frame,
                               guint32            place)
{
  guint64 number = fermata_debugger_get_number (self->debugger) + 1;
  guint64 key = (guint64) frame << 32 | place;

  if (self->latest_of != number)
    {
      self->latest_of = number;
      find_latest (self);
    }
  for (guint i = 0; i < self->latest->len; i++)
    {
      if (g_array_index (self->latest, guint64, i) == key)
        return TRUE;
    }

  return FALSE;
}

/* In a frame for an item of a node there is the node once more. */
static gboolean
is_item_of (FermataAppSession *self,
            guint32            item,
            guint              frame,
            guint32            place)
{
  const FermataAppFrame *record = self->frames == NULL ? NULL : fermata_app_frames_get (self->frames, item);

  return record != NULL && record->parent == frame && record->place == place;
}

gboolean
fermata_app_session_is_held_at (FermataAppSession *self,
                                guint              frame,
                                guint32            place)
{
  FermataStop *stop = fermata_debugger_get_stop (self->debugger);

  if (stop == NULL || !fermata_stop_has_decision (stop))
    return FALSE;
  if (g_set_object (&self->stop, stop))
    self->stop_place = first_place (self, fermata_stop_get_place_number (stop));
  if (self->stop_place != place)
    return FALSE;

  return fermata_stop_get_frame (stop) == frame
         || is_item_of (self, fermata_stop_get_frame (stop), frame, place);
}
