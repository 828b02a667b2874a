/* fermata-graph.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edit-private.h"

/**
 * FermataGraph:
 *
 * A document, or a body of a node: nodes, edges, and what is said of them.
 *
 * A graph holds its members as one immutable value, in the order of the
 * document, unknown ones included. Nodes and edges are objects of their own,
 * and an empty placeholder stands where their members are. A graph
 * changes through [method@Fermata.Graph.apply_edit], which its setters use.
 */
G_DEFINE_FINAL_TYPE (FermataGraph, fermata_graph, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_KIND,
  PROP_NAME,
  PROP_DESCRIPTION,
  PROP_MEMBERS,
  PROP_OWNER,
  PROP_NODES,
  PROP_EDGES,
  PROP_FILE,
  N_PROPS
};

enum {
  EDITED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
fermata_graph_finalize (GObject *object)
{
  FermataGraph *self = FERMATA_GRAPH (object);

  fermata_node_index_drop (self);
  fermata_edge_names_drop (self);
  fermata_element_list_disown (self->nodes);
  fermata_release (self->nodes);
  fermata_element_list_disown (self->edges);
  fermata_release (self->edges);
  fermata_value_unref (self->members);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (fermata_graph_parent_class)->finalize (object);
}

static void
fermata_graph_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  FermataGraph *self = FERMATA_GRAPH (object);

  switch (prop_id)
    {
    case PROP_KIND:
      g_value_set_enum (value, fermata_graph_get_kind (self));
      break;
    case PROP_NAME:
      g_value_set_string (value, fermata_graph_get_name (self));
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, fermata_graph_get_description (self));
      break;
    case PROP_MEMBERS:
      g_value_set_boxed (value, self->members);
      break;
    case PROP_OWNER:
      g_value_set_object (value, self->owner);
      break;
    case PROP_NODES:
      g_value_set_object (value, self->nodes);
      break;
    case PROP_EDGES:
      g_value_set_object (value, self->edges);
      break;
    case PROP_FILE:
      g_value_set_object (value, fermata_graph_get_file (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_graph_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_NAME:
      fermata_object_set_text (object, "name", g_value_get_string (value));
      break;
    case PROP_DESCRIPTION:
      fermata_object_set_text (object, "description", g_value_get_string (value));
      break;
    case PROP_FILE:
      fermata_graph_set_file (FERMATA_GRAPH (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_graph_class_init (FermataGraphClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags text_flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = fermata_graph_finalize;
  object_class->get_property = fermata_graph_get_property;
  object_class->set_property = fermata_graph_set_property;

  /**
   * FermataGraph:kind:
   *
   * How the graph is interpreted.
   */
  properties[PROP_KIND] =
    g_param_spec_enum ("kind", NULL, NULL, FERMATA_TYPE_GRAPH_KIND, FERMATA_GRAPH_KIND_UNKNOWN, flags);

  /**
   * FermataGraph:name:
   *
   * What people call the graph.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, text_flags);

  /**
   * FermataGraph:description:
   *
   * What the graph is for.
   */
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, text_flags);

  /**
   * FermataGraph:members:
   *
   * All members, in the order of the document. Nodes and edges are empty in
   * it.
   */
  properties[PROP_MEMBERS] = g_param_spec_boxed ("members", NULL, NULL, FERMATA_TYPE_VALUE, flags);

  /**
   * FermataGraph:owner:
   *
   * The node whose body the graph is.
   */
  properties[PROP_OWNER] = g_param_spec_object ("owner", NULL, NULL, FERMATA_TYPE_NODE, flags);

  /**
   * FermataGraph:nodes:
   *
   * The nodes, without those nested in others.
   */
  properties[PROP_NODES] = g_param_spec_object ("nodes", NULL, NULL, G_TYPE_LIST_MODEL, flags);

  /**
   * FermataGraph:edges:
   *
   * The edges.
   */
  properties[PROP_EDGES] = g_param_spec_object ("edges", NULL, NULL, G_TYPE_LIST_MODEL, flags);

  /**
   * FermataGraph:file:
   *
   * Where the document lies; a body has the file of its document.
   */
  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, text_flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * FermataGraph::edited:
   * @self: the document
   * @edit: what was done
   * @inverse: what would take it back
   *
   * Emitted on a document after each edit of it or of any body in it. Whoever
   * keeps the inverses, and applies them in the reverse order, can undo.
   */
  signals[EDITED] =
    g_signal_new ("edited", FERMATA_TYPE_GRAPH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, FERMATA_TYPE_EDIT, FERMATA_TYPE_EDIT);
}

static void
fermata_graph_init (FermataGraph *self)
{
  self->members = fermata_value_new_empty_object ();
  self->nodes = fermata_element_list_new (FERMATA_TYPE_NODE, self);
  self->edges = fermata_element_list_new (FERMATA_TYPE_EDGE, self);
}

/**
 * fermata_graph_new:
 * @kind: how it is interpreted
 *
 * Makes a document without nodes and edges.
 *
 * Returns: (transfer full): a new graph
 */
FermataGraph *
fermata_graph_new (FermataGraphKind kind)
{
  const char *names[] = { "fermata", "kind", "nodes", "edges" };
  g_autoptr (FermataValue) version = fermata_value_new_integer (1);
  g_autoptr (FermataValue) word = fermata_value_new_string (fermata_graph_kind_to_string (kind), -1);
  g_autoptr (FermataValue) none = fermata_value_new_empty_array ();
  FermataValue *values[] = { version, word, none, none };
  g_autoptr (FermataValue) members = fermata_value_new_object (names, values, G_N_ELEMENTS (names));

  return fermata_body_new (NULL, members);
}

FermataGraph *
fermata_body_new (FermataNode  *owner,
                  FermataValue *members)
{
  FermataGraph *self = g_object_new (FERMATA_TYPE_GRAPH, NULL);

  fermata_graph_set_members (self, members);
  self->owner = owner;
  return self;
}

void
fermata_graph_set_members (FermataGraph *self,
                           FermataValue *members)
{
  FermataValue *old = self->members;

  self->members = fermata_value_ref (members);
  fermata_value_unref (old);
}

/* The members that are properties too. */
static const struct {
  const char *name;
  guint prop;
} member_properties[] = {
  { "kind", PROP_KIND },
  { "name", PROP_NAME },
  { "description", PROP_DESCRIPTION },
};

void
fermata_graph_notify_member (FermataGraph *self,
                             const char   *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (member_properties); i++)
    {
      if (strcmp (member_properties[i].name, name) == 0)
        fermata_notify (self, properties[member_properties[i].prop]);
    }
  fermata_notify (self, properties[PROP_MEMBERS]);
}

void
fermata_graph_tell_edited (FermataGraph *self,
                           FermataEdit  *edit,
                           FermataEdit  *inverse)
{
  if (g_signal_has_handler_pending (self, signals[EDITED], 0, TRUE))
    g_signal_emit (self, signals[EDITED], 0, edit, inverse);
}

/**
 * fermata_graph_is_incomplete:
 * @self: a graph
 *
 * Tells whether something that the document's text says is not in here, since
 * it is no graph's. Such a graph can be shown and checked, but to write it
 * over its file would lose what it leaves out.
 *
 * Returns: whether the document is incomplete
 */
gboolean
fermata_graph_is_incomplete (FermataGraph *self)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), FALSE);

  return fermata_graph_get_root (self)->is_incomplete;
}

/**
 * fermata_graph_mark_incomplete:
 * @self: a graph
 *
 * Notes that something that the document's text says is not in here.
 */
void
fermata_graph_mark_incomplete (FermataGraph *self)
{
  g_return_if_fail (FERMATA_IS_GRAPH (self));

  fermata_graph_get_root (self)->is_incomplete = TRUE;
}

/**
 * fermata_graph_get_members:
 * @self: a graph
 *
 * All members, in the order of the document. Nodes and edges are empty in it.
 *
 * Returns: (transfer none): an object
 */
FermataValue *
fermata_graph_get_members (FermataGraph *self)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);

  return self->members;
}

/**
 * fermata_graph_get_member:
 * @self: a graph
 * @name: the name of a member
 *
 * Looks a member up.
 *
 * Returns: (transfer none) (nullable): its value, `NULL` if there is none
 */
FermataValue *
fermata_graph_get_member (FermataGraph *self,
                          const char   *name)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return fermata_value_get_member (self->members, name);
}

/**
 * fermata_graph_get_kind:
 * @self: a graph
 *
 * How the graph is interpreted. A body that does not say is what the graph
 * around it is.
 *
 * Returns: the kind
 */
FermataGraphKind
fermata_graph_get_kind (FermataGraph *self)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), FERMATA_GRAPH_KIND_UNKNOWN);

  while (self != NULL)
    {
      if (fermata_value_get_member (self->members, "kind") != NULL)
        return fermata_graph_kind_from_string (fermata_members_get_string (self->members, "kind"));
      self = self->owner != NULL ? fermata_node_get_graph (self->owner) : NULL;
    }
  return FERMATA_GRAPH_KIND_UNKNOWN;
}

/**
 * fermata_graph_get_name:
 * @self: a graph
 *
 * What people call the graph.
 *
 * Returns: (transfer none) (nullable): the name, `NULL` if it has none
 */
const char *
fermata_graph_get_name (FermataGraph *self)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);

  return fermata_members_get_string (self->members, "name");
}

/**
 * fermata_graph_get_description:
 * @self: a graph
 *
 * What the graph is for.
 *
 * Returns: (transfer none) (nullable): the description, `NULL` if it has none
 */
const char *
fermata_graph_get_description (FermataGraph *self)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);

  return fermata_members_get_string (self->members, "description");
}

/**
 * fermata_graph_get_owner:
 * @self: a graph
 *
 * The node whose body the graph is.
 *
 * Returns: (transfer none) (nullable): the node, `NULL` for a document
 */
FermataNode *
fermata_graph_get_owner (FermataGraph *self)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);

  return self->owner;
}

/**
 * fermata_graph_get_root:
 * @self: a graph
 *
 * The document that the graph is in, or is.
 *
 * Returns: (transfer none): the document; for a body that was removed, the
 *   outermost graph that was removed with it
 */
FermataGraph *
fermata_graph_get_root (FermataGraph *self)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);

  while (self->owner != NULL)
    {
      FermataGraph *outer = fermata_node_get_graph (self->owner);

      if (outer == NULL)
        break;
      self = outer;
    }
  return self;
}

/**
 * fermata_graph_get_nodes:
 * @self: a graph
 *
 * The nodes, in document order, without those nested in others.
 *
 * Returns: (transfer none): a list of [class@Fermata.Node]
 */
GListModel *
fermata_graph_get_nodes (FermataGraph *self)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);

  return G_LIST_MODEL (self->nodes);
}

/**
 * fermata_graph_get_edges:
 * @self: a graph
 *
 * The edges, in document order.
 *
 * Returns: (transfer none): a list of [class@Fermata.Edge]
 */
GListModel *
fermata_graph_get_edges (FermataGraph *self)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);

  return G_LIST_MODEL (self->edges);
}

/**
 * fermata_graph_get_n_nodes:
 * @self: a graph
 *
 * Counts the nodes, without those nested in others.
 *
 * Returns: how many there are
 */
guint
fermata_graph_get_n_nodes (FermataGraph *self)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), 0);

  return fermata_element_list_get_size (self->nodes);
}

/**
 * fermata_graph_get_node:
 * @self: a graph
 * @index: from 0
 *
 * Gives a node by its place.
 *
 * Returns: (transfer none) (nullable): the node, `NULL` past the end
 */
FermataNode *
fermata_graph_get_node (FermataGraph *self,
                        guint         index)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);

  return (FermataNode *) fermata_element_list_get (self->nodes, index);
}

/**
 * fermata_graph_get_n_edges:
 * @self: a graph
 *
 * Counts the edges.
 *
 * Returns: how many there are
 */
guint
fermata_graph_get_n_edges (FermataGraph *self)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), 0);

  return fermata_element_list_get_size (self->edges);
}

/**
 * fermata_graph_get_edge:
 * @self: a graph
 * @index: from 0
 *
 * Gives an edge by its place.
 *
 * Returns: (transfer none) (nullable): the edge, `NULL` past the end
 */
FermataEdge *
fermata_graph_get_edge (FermataGraph *self,
                        guint         index)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);

  return (FermataEdge *) fermata_element_list_get (self->edges, index);
}

/**
 * fermata_graph_find_node:
 * @self: a graph
 * @id: an id
 *
 * Looks a node up by its id, nested states included, bodies not.
 *
 * Returns: (transfer none) (nullable): the first node of that id in document
 *   order, `NULL` if there is none
 */
FermataNode *
fermata_graph_find_node (FermataGraph *self,
                         const char   *id)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return fermata_node_index_find (self, id);
}

/**
 * fermata_graph_find_edge:
 * @self: a graph
 * @name: a name, as [method@Fermata.Edge.dup_name] gives it
 *
 * Looks an edge up by its name.
 *
 * Returns: (transfer none) (nullable): the first edge of that name in
 *   document order, `NULL` if there is none
 */
FermataEdge *
fermata_graph_find_edge (FermataGraph *self,
                         const char   *name)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return fermata_edge_names_find (self, name);
}

/**
 * fermata_graph_dup_path:
 * @self: a graph
 *
 * Where the graph is in its document.
 *
 * Returns: (transfer full): a JSON Pointer from the document's root; empty for
 *   the document itself
 */
char *
fermata_graph_dup_path (FermataGraph *self)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);

  fermata_path_push_graph (steps, self);
  return fermata_path_finish (steps);
}
