/* fermata-edits-paste.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edits-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"

/* Pasting: a document as a part of a graph, its ids exchanged for free ones. */

/* How far nodes without positions are from each other when they get some. */
#define STEP 24.0

typedef struct {
  FermataGraph *graph;
  FermataGraph *source;    /* a graph of its own, which is changed until it fits */
  const char *const *parents; /* paths, one for each top node of the source */
  const char *parent;      /* where there are none: one for all */
  GHashTable *new_ids;     /* old id -> new id, of the first node called so */
  GHashTable *taken;       /* new ids */
  GPtrArray *ids;          /* new ids of the top nodes */
  GPtrArray *positions;    /* FermataNode, those that have one */
  GArray *coordinates;     /* double, two for each of them */
} Paste;

static const char *
get_new_id (const char *id,
            gpointer    data)
{
  Paste *self = data;

  return g_hash_table_lookup (self->new_ids, id);
}

/* The old position goes by the old id. */
static void
note_position (Paste       *self,
               FermataNode *node)
{
  double both[2];

  if (fermata_graph_find_node (self->source, node->id) != node ||
      !fermata_node_get_position (node, &both[0], &both[1]))
    return;
  g_ptr_array_add (self->positions, node);
  g_array_append_vals (self->coordinates, both, 2);
}

/* A new id for each node, not yet given. */
static void
choose_ids (Paste     *self,
            GPtrArray *ids)
{
  for (FermataNode *node = fermata_graph_get_node (self->source, 0); node != NULL;
       node = fermata_node_get_next (node))
    {
      char *id = fermata_free_id_dup (self->graph, self->taken, node->id);

      note_position (self, node);
      g_hash_table_add (self->taken, id);
      g_ptr_array_add (ids, id);
      if (!g_hash_table_contains (self->new_ids, node->id))
        g_hash_table_insert (self->new_ids, g_strdup (node->id), id);
      if (fermata_node_get_parent (node) == NULL)
        g_ptr_array_add (self->ids, g_strdup (id));
    }
}

/* What names nothing that is pasted stays. */
static void
exchange_initial (Paste       *self,
                  FermataNode *node)
{
  FermataValue *old = fermata_value_get_member (node->members, "initial");
  g_autoptr (FermataValue) initial = NULL;
  g_autoptr (FermataValue) members = NULL;

  if (old != NULL)
    initial = fermata_ids_map (old, get_new_id, self);
  if (initial == NULL)
    return;
  members = fermata_value_with_member (node->members, "initial", initial);
  fermata_node_set_members (node, members);
}

static void
give_ids (Paste     *self,
          GPtrArray *ids)
{
  guint i = 0;

  for (FermataNode *node = fermata_graph_get_node (self->source, 0); node != NULL;
       node = fermata_node_get_next (node), i++)
    {
      g_autoptr (FermataValue) id = fermata_value_new_string (g_ptr_array_index (ids, i), -1);
      g_autoptr (FermataValue) members = fermata_value_with_member (node->members, "id", id);

      fermata_node_set_members (node, members);
      exchange_initial (self, node);
    }
}

static gboolean
is_free_edge_id (Paste        *self,
                 FermataValue *id)
{
  return fermata_value_get_kind (id) == FERMATA_VALUE_KIND_STRING &&
         fermata_graph_find_edge (self->graph, fermata_value_get_string (id, NULL)) == NULL;
}

/* An edge between the new nodes; NULL if it has other ends. One whose own id
 * is taken is called by its ends. */
static FermataValue *
make_edge (Paste       *self,
           FermataEdge *edge)
{
  g_autoptr (FermataValue) members = fermata_value_ref (edge->members);
  static const char *const ends[] = { "from", "to" };
  FermataValue *id = fermata_value_get_member (members, "id");

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      FermataValue *old = fermata_value_get_member (members, ends[i]);
      g_autoptr (FermataValue) end = NULL;
      FermataValue *changed;

      if (old == NULL && i > 0)
        continue;
      end = old != NULL ? fermata_ids_map (old, get_new_id, self) : NULL;
      if (end == NULL)
        return NULL;
      changed = fermata_value_with_member (members, ends[i], end);
      fermata_value_unref (members);
      members = changed;
    }
  if (id != NULL && !is_free_edge_id (self, id))
    return fermata_value_without_member (members, "id");
  return g_steal_pointer (&members);
}

static void
add_nodes (Paste       *self,
           FermataEdit *group)
{
  guint n_nodes = fermata_graph_get_n_nodes (self->source);

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (FermataValue) node = fermata_node_to_value (fermata_graph_get_node (self->source, i));
      const char *path = self->parents != NULL ? self->parents[i] : self->parent;

      fermata_edit_add (group, fermata_edit_new_add_node (path, G_MAXUINT, node));
    }
}

static void
add_edges (Paste       *self,
           FermataEdit *group)
{
  g_autofree char *path = fermata_graph_dup_path (self->graph);
  guint n_edges = fermata_graph_get_n_edges (self->source);

  for (guint i = 0; i < n_edges; i++)
    {
      g_autoptr (FermataValue) edge = make_edge (self, fermata_graph_get_edge (self->source, i));

      if (edge != NULL)
        fermata_edit_add (group, fermata_edit_new_add_edge (path, G_MAXUINT, edge));
    }
}

/* Where nothing has a position, what is at the top gets one. */
static void
make_positions (Paste *self)
{
  guint n_nodes = fermata_graph_get_n_nodes (self->source);

  for (guint i = 0; i < n_nodes; i++)
    {
      double both[] = { i * STEP, i * STEP };

      g_ptr_array_add (self->positions, fermata_graph_get_node (self->source, i));
      g_array_append_vals (self->coordinates, both, 2);
    }
}

static double
get_middle (Paste *self,
            guint  axis)
{
  double low = G_MAXDOUBLE;
  double high = -G_MAXDOUBLE;

  for (guint i = axis; i < self->coordinates->len; i += 2)
    {
      low = MIN (low, g_array_index (self->coordinates, double, i));
      high = MAX (high, g_array_index (self->coordinates, double, i));
    }
  return low / 2 + high / 2;
}

static void
add_positions (Paste       *self,
               double       dx,
               double       dy,
               FermataEdit *group)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) value = NULL;
  g_autofree char *path = fermata_graph_dup_path (self->graph);

  for (guint i = 0; i < self->positions->len; i++)
    {
      FermataNode *node = g_ptr_array_index (self->positions, i);
      g_autoptr (FermataValue) position =
        fermata_position_new (g_array_index (self->coordinates, double, 2 * i) + dx,
                              g_array_index (self->coordinates, double, 2 * i + 1) + dy);

      fermata_value_builder_set (builder, node->id, position);
    }
  value = fermata_value_builder_end (builder);
  if (fermata_value_get_length (value) > 0)
    fermata_edit_add (group, fermata_edit_new_set_positions (path, value));
}

static void
paste_free (Paste *self)
{
  g_object_unref (self->source);
  g_hash_table_unref (self->new_ids);
  g_hash_table_unref (self->taken);
  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->positions);
  g_array_unref (self->coordinates);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Paste, paste_free)

/* Takes the source, and gives its nodes their ids. */
static Paste *
paste_new (FermataGraph *graph,
           FermataGraph *source)
{
  Paste *self = g_new0 (Paste, 1);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  self->graph = graph;
  self->source = source;
  self->new_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->positions = g_ptr_array_new ();
  self->coordinates = g_array_new (FALSE, FALSE, sizeof (double));
  choose_ids (self, ids);
  fermata_node_index_drop (self->source);
  give_ids (self, ids);
  return self;
}

static FermataEdit *
paste_finish (Paste   *self,
              double   dx,
              double   dy,
              char  ***ids)
{
  FermataEdit *group = fermata_edit_new_group (NULL, 0);

  add_nodes (self, group);
  add_edges (self, group);
  add_positions (self, dx, dy, group);
  if (ids != NULL)
    {
      g_ptr_array_set_free_func (self->ids, NULL);
      g_ptr_array_add (self->ids, NULL);
      *ids = (char **) g_ptr_array_free (self->ids, FALSE);
      self->ids = g_ptr_array_new ();
    }
  return group;
}

static gboolean
refuse (GError     **error,
        const char  *message)
{
  g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE, message);
  return FALSE;
}

/* Whether what was read can be a part of the graph. */
static gboolean
check_source (FermataGraph *graph,
              FermataGraph *source,
              GError      **error)
{
  FermataGraphKind kind = fermata_graph_get_kind (graph);
  FermataGraphKind other = fermata_graph_get_kind (source);

  if (fermata_graph_is_incomplete (source))
    return refuse (error, _("A node or an edge is an object, and so are those in it"));
  if (fermata_graph_get_n_nodes (source) == 0)
    return refuse (error, _("There are no nodes in the text"));
  if (kind == other || kind == FERMATA_GRAPH_KIND_UNKNOWN || other == FERMATA_GRAPH_KIND_UNKNOWN)
    return TRUE;
  if (other == FERMATA_GRAPH_KIND_FSM)
    return refuse (error, _("States of a machine can only be put into a machine"));
  if (kind == FERMATA_GRAPH_KIND_FSM)
    return refuse (error, _("Only states can be put into a machine"));
  return TRUE;
}

static FermataGraph *
read_source (FermataGraph *graph,
             const char   *text,
             GError      **error)
{
  g_autoptr (FermataValue) value = fermata_value_parse (text, -1, error);
  g_autoptr (FermataGraph) source = NULL;

  if (value == NULL)
    return NULL;
  source = fermata_graph_new_from_value (value);
  return check_source (graph, source, error) ? g_steal_pointer (&source) : NULL;
}

/**
 * fermata_edit_new_paste:
 * @graph: the graph to add to
 * @parent: (nullable): a state of @graph to put the nodes into; `NULL`: the top
 * @text: what [method@Fermata.Graph.copy_text] gave, or any document
 * @at: (array fixed-size=2) (nullable): x and y of where the middle of the new
 *   nodes shall be; `NULL`: where they were
 * @ids: (out) (optional) (transfer full) (array zero-terminated=1): the ids of
 *   the new nodes, without those nested in others
 * @error: return location for a [error@Fermata.ModelError], or for a
 *   [error@Fermata.ValueError] where @text is no JSON
 *
 * An edit that adds nodes, with the edges between them and their positions. A
 * node whose id is taken is called something like it, and ends of edges and
 * `initial` with it; what is written in expressions stays. Edges to other
 * nodes are left out.
 *
 * Returns: (transfer full) (nullable): a new edit, a group; `NULL` with @error
 *   set if there is nothing in the text that could be added
 */
FermataEdit *
fermata_edit_new_paste (FermataGraph  *graph,
                        FermataNode   *parent,
                        const char    *text,
                        const double  *at,
                        char        ***ids,
                        GError       **error)
{
  g_autoptr (Paste) self = NULL;
  g_autofree char *path = NULL;
  FermataGraph *source;

  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (parent == NULL || fermata_node_get_graph (parent) == graph, NULL);
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (at == NULL || (isfinite (at[0]) && isfinite (at[1])), NULL);

  source = read_source (graph, text, error);
  if (source == NULL)
    return NULL;
  self = paste_new (graph, source);
  path = parent != NULL ? fermata_node_dup_path (parent) : fermata_graph_dup_path (graph);
  self->parent = path;
  if (at == NULL)
    return paste_finish (self, 0, 0, ids);
  if (self->positions->len == 0)
    make_positions (self);
  return paste_finish (self, round (at[0] - get_middle (self, 0)), round (at[1] - get_middle (self, 1)), ids);
}

/**
 * fermata_edit_new_duplicate:
 * @graph: a graph
 * @objects: (element-type GObject): nodes and edges of it
 * @dx: how far to the right the new nodes are
 * @dy: how far down
 * @ids: (out) (optional) (transfer full) (array zero-terminated=1): the ids of
 *   the new nodes, without those nested in others
 * @error: return location for a [error@Fermata.ModelError]
 *
 * An edit that adds a copy of each node, with the edges between them, as
 * [ctor@Fermata.Edit.new_paste] would, each beside what it is a copy of.
 *
 * Returns: (transfer full) (nullable): a new edit, a group; `NULL` with @error
 *   set if there is no node among @objects, or not all is of @graph
 */
FermataEdit *
fermata_edit_new_duplicate (FermataGraph  *graph,
                            GPtrArray     *objects,
                            double         dx,
                            double         dy,
                            char        ***ids,
                            GError       **error)
{
  g_autoptr (FermataChosen) chosen = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GPtrArray) parents = NULL;
  g_autoptr (Paste) self = NULL;

  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (objects != NULL, NULL);
  g_return_val_if_fail (isfinite (dx) && isfinite (dy), NULL);

  chosen = fermata_chosen_new (graph, objects, error);
  if (chosen == NULL)
    return NULL;
  if (chosen->tops->len == 0)
    {
      refuse (error, _("No node is chosen"));
      return NULL;
    }
  parents = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < chosen->tops->len; i++)
    g_ptr_array_add (parents, fermata_object_dup_path (fermata_element_get_owner (chosen->tops->pdata[i])));
  value = fermata_chosen_copy (chosen);
  self = paste_new (graph, fermata_graph_new_from_value (value));
  self->parents = (const char *const *) parents->pdata;
  return paste_finish (self, dx, dy, ids);
}
