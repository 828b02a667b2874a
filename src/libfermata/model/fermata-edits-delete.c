/* fermata-edits-delete.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edits-private.h"

#include "value/fermata-value-builder.h"

/* Deleting nodes and edges, and closing the gaps. */

/*
 * Where edges go that went to a deleted node: to where its own edges went. In
 * a machine that is where the first of them went, since of several with the
 * same event only the first would ever be taken.
 */
typedef struct {
  FermataChosen *chosen;
  gboolean reconnects;
  gboolean is_machine;
  GHashTable *ways_out; /* id of a deleted node -> GPtrArray of ids */
  GHashTable *goals;    /* id of a deleted node -> GPtrArray of ids that stay; NULL: being looked for */
  GHashTable *pairs;    /* "from>to" of edges that stay, of graphs but machines */
  GPtrArray *edits;
  GPtrArray *additions;
} Delete;

static gboolean
is_deleted (Delete     *self,
            const char *id)
{
  return g_hash_table_contains (self->chosen->ids, id);
}

static gboolean
goes_to_deleted (Delete      *self,
                 FermataEdge *edge)
{
  guint n_targets = fermata_edge_get_n_targets (edge);

  for (guint i = 0; i < n_targets; i++)
    {
      if (is_deleted (self, fermata_edge_get_target_id (edge, i)))
        return TRUE;
    }
  return FALSE;
}

/* --- Where to reconnect ---------------------------------------------------- */

static char *
dup_pair (const char *from,
          const char *to)
{
  return g_strdup_printf ("%s>%s", from, to);
}

static void
note_edge (Delete      *self,
           FermataEdge *edge)
{
  const char *from = fermata_edge_get_source_id (edge);
  guint n_targets = fermata_edge_get_n_targets (edge);
  GPtrArray *ways = g_hash_table_lookup (self->ways_out, from);

  if (is_deleted (self, from) && ways == NULL)
    {
      ways = g_ptr_array_new ();
      g_hash_table_insert (self->ways_out, (gpointer) from, ways);
    }
  for (guint i = 0; i < n_targets; i++)
    {
      const char *to = fermata_edge_get_target_id (edge, i);

      if (ways != NULL && strcmp (from, to) != 0)
        g_ptr_array_add (ways, (gpointer) to);
      else if (ways == NULL && !self->is_machine && !is_deleted (self, to))
        g_hash_table_add (self->pairs, dup_pair (from, to));
    }
}

static void
note_edges (Delete *self)
{
  guint n_edges = fermata_graph_get_n_edges (self->chosen->graph);

  for (guint i = 0; i < n_edges; i++)
    {
      FermataEdge *edge = fermata_graph_get_edge (self->chosen->graph, i);

      if (!g_hash_table_contains (self->chosen->edges, edge))
        note_edge (self, edge);
    }
}

static void
add_goal (GPtrArray  *goals,
          GHashTable *seen,
          const char *id)
{
  if (g_hash_table_add (seen, (gpointer) id))
    g_ptr_array_add (goals, (gpointer) id);
}

/* The goals of a node whose ways out all have theirs, but those around. */
static GPtrArray *
collect_goals (Delete     *self,
               const char *id)
{
  GPtrArray *ways = g_hash_table_lookup (self->ways_out, id);
  GPtrArray *goals = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; ways != NULL && i < ways->len && !(self->is_machine && goals->len > 0); i++)
    {
      const char *way = g_ptr_array_index (ways, i);
      GPtrArray *further = g_hash_table_lookup (self->goals, way);

      if (!is_deleted (self, way))
        add_goal (goals, seen, way);
      for (guint j = 0; further != NULL && j < further->len; j++)
        add_goal (goals, seen, g_ptr_array_index (further, j));
    }
  return goals;
}

/* Puts those on the stack whose goals are needed first. */
static void
push_ways_out (Delete     *self,
               GPtrArray  *stack,
               const char *id)
{
  GPtrArray *ways = g_hash_table_lookup (self->ways_out, id);

  for (guint i = 0; ways != NULL && i < ways->len; i++)
    {
      const char *way = g_ptr_array_index (ways, i);

      if (is_deleted (self, way) && !g_hash_table_contains (self->goals, way))
        g_ptr_array_add (stack, (gpointer) way);
    }
}

static GPtrArray *
get_goals (Delete     *self,
           const char *id)
{
  g_autoptr (GPtrArray) stack = g_ptr_array_new ();

  g_ptr_array_add (stack, (gpointer) id);
  while (stack->len > 0)
    {
      const char *top = g_ptr_array_index (stack, stack->len - 1);

      if (!g_hash_table_contains (self->goals, top))
        {
          g_hash_table_insert (self->goals, (gpointer) top, NULL);
          push_ways_out (self, stack, top);
          continue;
        }
      g_ptr_array_set_size (stack, stack->len - 1);
      if (g_hash_table_lookup (self->goals, top) == NULL)
        g_hash_table_insert (self->goals, (gpointer) top, collect_goals (self, top));
    }
  return g_hash_table_lookup (self->goals, id);
}

/* --- Edges ----------------------------------------------------------------- */

/* The targets of an edge from now on, each once. */
static GPtrArray *
new_targets (Delete      *self,
             FermataEdge *edge)
{
  const char *from = fermata_edge_get_source_id (edge);
  guint n_targets = fermata_edge_get_n_targets (edge);
  GPtrArray *targets = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n_targets; i++)
    {
      const char *to = fermata_edge_get_target_id (edge, i);
      GPtrArray *goals;

      if (!is_deleted (self, to))
        {
          add_goal (targets, seen, to);
          continue;
        }
      goals = self->reconnects ? get_goals (self, to) : NULL;
      for (guint j = 0; goals != NULL && j < goals->len; j++)
        {
          const char *goal = g_ptr_array_index (goals, j);

          if (strcmp (goal, from) != 0)
            add_goal (targets, seen, goal);
        }
    }
  return targets;
}

/* Another edge like this one, to another target. */
static void
add_copy (Delete      *self,
          FermataEdge *edge,
          const char  *to)
{
  g_autoptr (FermataValue) target = fermata_value_new_string (to, -1);
  g_autoptr (FermataValue) without = fermata_value_without_member (edge->members, "id");
  g_autoptr (FermataValue) copy = fermata_value_with_member (without, "to", target);
  g_autofree char *path = fermata_graph_dup_path (self->chosen->graph);

  g_ptr_array_add (self->additions, fermata_edit_new_add_edge (path, G_MAXUINT, copy));
}

/* Of an edge with one target, which may be reconnected to several. */
static void
retarget_one (Delete      *self,
              FermataEdge *edge,
              GPtrArray   *targets)
{
  g_autofree char *path = fermata_edge_dup_path (edge);
  const char *from = fermata_edge_get_source_id (edge);
  gboolean is_used = FALSE;

  for (guint i = 0; i < targets->len; i++)
    {
      const char *to = g_ptr_array_index (targets, i);
      g_autoptr (FermataValue) target = fermata_value_new_string (to, -1);

      if (!self->is_machine && !g_hash_table_add (self->pairs, dup_pair (from, to)))
        continue;
      if (is_used)
        add_copy (self, edge, to);
      else
        g_ptr_array_add (self->edits, fermata_edit_new_set_member (path, "to", target));
      is_used = TRUE;
    }
  if (!is_used)
    g_ptr_array_add (self->edits, fermata_edit_new_remove_edge (path));
}

static void
retarget_several (Delete      *self,
                  FermataEdge *edge,
                  GPtrArray   *targets)
{
  g_autofree char *path = fermata_edge_dup_path (edge);
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) to = NULL;

  for (guint i = 0; i < targets->len; i++)
    fermata_value_builder_add_string (builder, g_ptr_array_index (targets, i));
  to = fermata_value_builder_end (builder);
  g_ptr_array_add (self->edits, targets->len > 0 ? fermata_edit_new_set_member (path, "to", to)
                                                 : fermata_edit_new_remove_edge (path));
}

static void
change_edge (Delete      *self,
             FermataEdge *edge)
{
  FermataValue *to = fermata_value_get_member (edge->members, "to");

  if (g_hash_table_contains (self->chosen->edges, edge) || is_deleted (self, fermata_edge_get_source_id (edge)))
    {
      g_autofree char *path = fermata_edge_dup_path (edge);

      g_ptr_array_add (self->edits, fermata_edit_new_remove_edge (path));
    }
  else if (goes_to_deleted (self, edge))
    {
      g_autoptr (GPtrArray) targets = new_targets (self, edge);

      if (fermata_value_get_kind (to) == FERMATA_VALUE_KIND_ARRAY)
        retarget_several (self, edge, targets);
      else
        retarget_one (self, edge, targets);
    }
}

/* From the last to the first, so that the paths of those before stay right. */
static void
change_edges (Delete *self)
{
  for (guint i = fermata_graph_get_n_edges (self->chosen->graph); i > 0; i--)
    change_edge (self, fermata_graph_get_edge (self->chosen->graph, i - 1));
  for (guint i = self->additions->len; i > 0; i--)
    g_ptr_array_add (self->edits, fermata_edit_ref (g_ptr_array_index (self->additions, i - 1)));
}

/* --- Nodes ----------------------------------------------------------------- */

static void
forget_positions (Delete *self)
{
  FermataGraph *graph = self->chosen->graph;
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) null = fermata_value_new_null ();
  g_autoptr (FermataValue) positions = NULL;
  g_autofree char *path = fermata_graph_dup_path (graph);

  for (guint i = 0; i < self->chosen->tops->len; i++)
    {
      FermataNode *top = g_ptr_array_index (self->chosen->tops, i);

      for (FermataNode *node = top; node != NULL; node = fermata_node_get_next_within (top, node))
        {
          if (fermata_node_get_position (node, NULL, NULL) && fermata_graph_find_node (graph, node->id) == node)
            fermata_value_builder_set (builder, node->id, null);
        }
    }
  positions = fermata_value_builder_end (builder);
  if (fermata_value_get_length (positions) > 0)
    g_ptr_array_add (self->edits, fermata_edit_new_set_positions (path, positions));
}

static const char *
keep_if_there (const char *id,
               gpointer    data)
{
  return is_deleted (data, id) ? NULL : id;
}

/* "initial" does not name what is gone. */
static void
mend_initial (Delete  *self,
              gpointer object)
{
  FermataValue *old = fermata_value_get_member (fermata_object_get_members (object), "initial");
  g_autoptr (FermataValue) initial = NULL;
  g_autofree char *path = NULL;

  if (old == NULL)
    return;
  initial = fermata_ids_map (old, keep_if_there, self);
  if (initial != NULL && fermata_value_equal (initial, old))
    return;
  path = fermata_object_dup_path (object);
  g_ptr_array_add (self->edits, initial != NULL ? fermata_edit_new_set_member (path, "initial", initial)
                                                : fermata_edit_new_unset_member (path, "initial"));
}

static void
mend_initials (Delete *self)
{
  mend_initial (self, self->chosen->graph);
  for (FermataNode *node = fermata_graph_get_node (self->chosen->graph, 0); node != NULL;
       node = fermata_node_get_next (node))
    {
      if (!g_hash_table_contains (self->chosen->nodes, node))
        mend_initial (self, node);
    }
}

static void
remove_nodes (Delete *self)
{
  for (guint i = self->chosen->tops->len; i > 0; i--)
    {
      g_autofree char *path = fermata_node_dup_path (g_ptr_array_index (self->chosen->tops, i - 1));

      g_ptr_array_add (self->edits, fermata_edit_new_remove_node (path));
    }
}

static void
free_goals (gpointer goals)
{
  if (goals != NULL)
    g_ptr_array_unref (goals);
}

static FermataEdit *
make (FermataGraph *graph,
      GPtrArray    *objects,
      gboolean      reconnects,
      GError      **error)
{
  g_autoptr (FermataChosen) chosen = fermata_chosen_new (graph, objects, error);
  g_autoptr (GHashTable) ways_out = NULL;
  g_autoptr (GHashTable) goals = NULL;
  g_autoptr (GHashTable) pairs = NULL;
  g_autoptr (GPtrArray) additions = NULL;
  FermataEdit *group;
  Delete self;

  if (chosen == NULL)
    return NULL;
  ways_out = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  goals = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_goals);
  pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  additions = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_edit_unref);
  group = fermata_edit_new_group (NULL, 0);
  self = (Delete) { chosen, reconnects, fermata_graph_get_kind (graph) == FERMATA_GRAPH_KIND_FSM,
                    ways_out, goals, pairs, group->edits, additions };
  if (reconnects)
    note_edges (&self);
  change_edges (&self);
  forget_positions (&self);
  mend_initials (&self);
  remove_nodes (&self);
  return group;
}

/**
 * fermata_edit_new_delete:
 * @graph: a graph
 * @objects: (element-type GObject): nodes and edges of it
 * @error: return location for a [error@Fermata.ModelError]
 *
 * An edit that deletes nodes and edges. With a node go what is nested in it,
 * the edges that come from or go to it, and its position; of an edge with
 * several targets only that target goes, and `initial` no longer names it.
 *
 * Returns: (transfer full) (nullable): a new edit, a group; `NULL` with @error
 *   set if not all is of @graph
 */
FermataEdit *
fermata_edit_new_delete (FermataGraph *graph,
                         GPtrArray    *objects,
                         GError      **error)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (objects != NULL, NULL);

  return make (graph, objects, FALSE, error);
}

/**
 * fermata_edit_new_dissolve:
 * @graph: a graph
 * @objects: (element-type GObject): nodes and edges of it
 * @error: return location for a [error@Fermata.ModelError]
 *
 * An edit that deletes nodes and edges as [ctor@Fermata.Edit.new_delete] does,
 * and closes the gaps: an edge to a deleted node goes on to where the edges of
 * that node went, or is deleted if they went nowhere. It keeps its members. In
 * a machine the first edge of the deleted state counts alone; elsewhere there
 * may be several, and no two edges are made between the same nodes.
 *
 * Returns: (transfer full) (nullable): a new edit, a group; `NULL` with @error
 *   set if not all is of @graph
 */
FermataEdit *
fermata_edit_new_dissolve (FermataGraph *graph,
                           GPtrArray    *objects,
                           GError      **error)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (objects != NULL, NULL);

  return make (graph, objects, TRUE, error);
}
