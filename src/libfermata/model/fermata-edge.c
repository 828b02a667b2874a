/* fermata-edge.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edit-private.h"

/**
 * FermataEdge:
 *
 * An arrow of a graph: data of a DAG or flow, a transition of a state machine.
 *
 * An edge holds its members as one immutable value, in the order of the
 * document. Its ends are ids, so an edge to nowhere can be loaded, shown and
 * mended. An edge changes through [method@Fermata.Graph.apply_edit],
 * which its setters use.
 */
G_DEFINE_FINAL_TYPE (FermataEdge, fermata_edge, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_SOURCE_ID,
  PROP_TARGET_IDS,
  PROP_LABEL,
  PROP_DESCRIPTION,
  PROP_MEMBERS,
  PROP_GRAPH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
fermata_edge_finalize (GObject *object)
{
  FermataEdge *self = FERMATA_EDGE (object);

  fermata_value_unref (self->members);

  G_OBJECT_CLASS (fermata_edge_parent_class)->finalize (object);
}

static char **
dup_target_ids (FermataEdge *self)
{
  guint n_targets = fermata_edge_get_n_targets (self);
  char **ids = g_new0 (char *, n_targets + 1);

  for (guint i = 0; i < n_targets; i++)
    ids[i] = g_strdup (fermata_edge_get_target_id (self, i));
  return ids;
}

static void
fermata_edge_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  FermataEdge *self = FERMATA_EDGE (object);

  switch (prop_id)
    {
    case PROP_SOURCE_ID:
      g_value_set_string (value, fermata_edge_get_source_id (self));
      break;
    case PROP_TARGET_IDS:
      g_value_take_boxed (value, dup_target_ids (self));
      break;
    case PROP_LABEL:
      g_value_set_string (value, fermata_edge_get_label (self));
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, fermata_edge_get_description (self));
      break;
    case PROP_MEMBERS:
      g_value_set_boxed (value, self->members);
      break;
    case PROP_GRAPH:
      g_value_set_object (value, fermata_edge_get_graph (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_edge_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_LABEL:
      fermata_object_set_text (object, "label", g_value_get_string (value));
      break;
    case PROP_DESCRIPTION:
      fermata_object_set_text (object, "description", g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_edge_class_init (FermataEdgeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags text_flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = fermata_edge_finalize;
  object_class->get_property = fermata_edge_get_property;
  object_class->set_property = fermata_edge_set_property;

  /**
   * FermataEdge:source-id:
   *
   * The id of the node that the edge comes from.
   */
  properties[PROP_SOURCE_ID] = g_param_spec_string ("source-id", NULL, NULL, NULL, flags);

  /**
   * FermataEdge:target-ids:
   *
   * The ids of the nodes that the edge goes to.
   */
  properties[PROP_TARGET_IDS] = g_param_spec_boxed ("target-ids", NULL, NULL, G_TYPE_STRV, flags);

  /**
   * FermataEdge:label:
   *
   * What people see beside the edge.
   */
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, text_flags);

  /**
   * FermataEdge:description:
   *
   * What the edge is for.
   */
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, text_flags);

  /**
   * FermataEdge:members:
   *
   * All members, in the order of the document.
   */
  properties[PROP_MEMBERS] = g_param_spec_boxed ("members", NULL, NULL, FERMATA_TYPE_VALUE, flags);

  /**
   * FermataEdge:graph:
   *
   * The document or body that the edge is in.
   */
  properties[PROP_GRAPH] = g_param_spec_object ("graph", NULL, NULL, FERMATA_TYPE_GRAPH, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fermata_edge_init (FermataEdge *self)
{
  self->members = fermata_value_new_empty_object ();
}

FermataEdge *
fermata_edge_new (FermataValue *members)
{
  FermataEdge *self = g_object_new (FERMATA_TYPE_EDGE, NULL);

  fermata_edge_set_members (self, members);
  return self;
}

void
fermata_edge_set_members (FermataEdge  *self,
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
  { "from", PROP_SOURCE_ID },
  { "to", PROP_TARGET_IDS },
  { "label", PROP_LABEL },
  { "description", PROP_DESCRIPTION },
};

void
fermata_edge_notify_member (FermataEdge *self,
                            const char  *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (member_properties); i++)
    {
      if (strcmp (member_properties[i].name, name) == 0)
        fermata_notify (self, properties[member_properties[i].prop]);
    }
  fermata_notify (self, properties[PROP_MEMBERS]);
}

void
fermata_edge_notify_graph (FermataEdge *self)
{
  fermata_notify (self, properties[PROP_GRAPH]);
}

/**
 * fermata_edge_get_source_id:
 * @self: an edge
 *
 * The id of the node that the edge comes from.
 *
 * Returns: (transfer none): the id; empty if the document gives none, which
 *   its reader has complained of
 */
const char *
fermata_edge_get_source_id (FermataEdge *self)
{
  const char *id;

  g_return_val_if_fail (FERMATA_IS_EDGE (self), NULL);

  id = fermata_members_get_string (self->members, "from");
  return id != NULL ? id : "";
}

/**
 * fermata_edge_get_n_targets:
 * @self: an edge
 *
 * Counts the nodes that the edge goes to: none, one, or several.
 *
 * Returns: how many there are
 */
guint
fermata_edge_get_n_targets (FermataEdge *self)
{
  FermataValue *to;

  g_return_val_if_fail (FERMATA_IS_EDGE (self), 0);

  to = fermata_value_get_member (self->members, "to");
  if (to == NULL)
    return 0;
  switch (fermata_value_get_kind (to))
    {
    case FERMATA_VALUE_KIND_STRING:
      return 1;
    case FERMATA_VALUE_KIND_ARRAY:
      return fermata_value_get_length (to);
    default:
      return 0;
    }
}

/**
 * fermata_edge_get_target_id:
 * @self: an edge
 * @index: from 0
 *
 * The id of a node that the edge goes to.
 *
 * Returns: (transfer none) (nullable): the id; empty where the document gives
 *   something else, which its reader has complained of; `NULL` past the end
 */
const char *
fermata_edge_get_target_id (FermataEdge *self,
                            guint        index)
{
  FermataValue *to;

  g_return_val_if_fail (FERMATA_IS_EDGE (self), NULL);

  if (index >= fermata_edge_get_n_targets (self))
    return NULL;
  to = fermata_value_get_member (self->members, "to");
  if (fermata_value_get_kind (to) == FERMATA_VALUE_KIND_ARRAY)
    to = fermata_value_get_element (to, index);
  if (fermata_value_get_kind (to) != FERMATA_VALUE_KIND_STRING)
    return "";
  return fermata_value_get_string (to, NULL);
}

/**
 * fermata_edge_get_source:
 * @self: an edge
 *
 * Looks up the node that the edge comes from.
 *
 * Returns: (transfer none) (nullable): the node, `NULL` if the edge comes
 *   from nowhere
 */
FermataNode *
fermata_edge_get_source (FermataEdge *self)
{
  FermataGraph *graph;

  g_return_val_if_fail (FERMATA_IS_EDGE (self), NULL);

  graph = fermata_edge_get_graph (self);
  return graph != NULL ? fermata_graph_find_node (graph, fermata_edge_get_source_id (self)) : NULL;
}

/**
 * fermata_edge_get_target:
 * @self: an edge
 * @index: from 0
 *
 * Looks up a node that the edge goes to.
 *
 * Returns: (transfer none) (nullable): the node, `NULL` if the edge goes to
 *   nowhere
 */
FermataNode *
fermata_edge_get_target (FermataEdge *self,
                         guint        index)
{
  FermataGraph *graph;
  const char *id;

  g_return_val_if_fail (FERMATA_IS_EDGE (self), NULL);

  graph = fermata_edge_get_graph (self);
  id = fermata_edge_get_target_id (self, index);
  return graph != NULL && id != NULL ? fermata_graph_find_node (graph, id) : NULL;
}

/**
 * fermata_edge_get_label:
 * @self: an edge
 *
 * What people see beside the edge.
 *
 * Returns: (transfer none) (nullable): the label, `NULL` if it has none
 */
const char *
fermata_edge_get_label (FermataEdge *self)
{
  g_return_val_if_fail (FERMATA_IS_EDGE (self), NULL);

  return fermata_members_get_string (self->members, "label");
}

/**
 * fermata_edge_get_description:
 * @self: an edge
 *
 * What the edge is for.
 *
 * Returns: (transfer none) (nullable): the description, `NULL` if it has none
 */
const char *
fermata_edge_get_description (FermataEdge *self)
{
  g_return_val_if_fail (FERMATA_IS_EDGE (self), NULL);

  return fermata_members_get_string (self->members, "description");
}

/**
 * fermata_edge_dup_name:
 * @self: an edge
 *
 * What the edge is called: its member "id", or `from>to`. The second edge of
 * a graph with the same ends is `from>to#2`, and so on. Several targets are
 * joined by commas.
 *
 * Returns: (transfer full): the name
 */
char *
fermata_edge_dup_name (FermataEdge *self)
{
  g_return_val_if_fail (FERMATA_IS_EDGE (self), NULL);

  return fermata_edge_names_dup (self);
}

/**
 * fermata_edge_get_members:
 * @self: an edge
 *
 * All members, in the order of the document.
 *
 * Returns: (transfer none): an object
 */
FermataValue *
fermata_edge_get_members (FermataEdge *self)
{
  g_return_val_if_fail (FERMATA_IS_EDGE (self), NULL);

  return self->members;
}

/**
 * fermata_edge_get_member:
 * @self: an edge
 * @name: the name of a member
 *
 * Looks a member up.
 *
 * Returns: (transfer none) (nullable): its value, `NULL` if there is none
 */
FermataValue *
fermata_edge_get_member (FermataEdge *self,
                         const char  *name)
{
  g_return_val_if_fail (FERMATA_IS_EDGE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return fermata_value_get_member (self->members, name);
}

/**
 * fermata_edge_get_graph:
 * @self: an edge
 *
 * The document or body that the edge is in.
 *
 * Returns: (transfer none) (nullable): the graph, `NULL` for an edge that was
 *   removed
 */
FermataGraph *
fermata_edge_get_graph (FermataEdge *self)
{
  g_return_val_if_fail (FERMATA_IS_EDGE (self), NULL);

  return fermata_element_get_owner (&self->element);
}

/**
 * fermata_edge_get_index:
 * @self: an edge
 *
 * The edge's place among the edges of its graph.
 *
 * Returns: the place, from 0
 */
guint
fermata_edge_get_index (FermataEdge *self)
{
  g_return_val_if_fail (FERMATA_IS_EDGE (self), 0);

  return fermata_element_get_position (&self->element);
}

/**
 * fermata_edge_dup_path:
 * @self: an edge
 *
 * Where the edge is in its document.
 *
 * Returns: (transfer full): a JSON Pointer from the document's root
 */
char *
fermata_edge_dup_path (FermataEdge *self)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (FERMATA_IS_EDGE (self), NULL);

  g_ptr_array_add (steps, g_strdup_printf ("%u", fermata_edge_get_index (self)));
  g_ptr_array_add (steps, g_strdup ("edges"));
  fermata_path_push_graph (steps, fermata_edge_get_graph (self));
  return fermata_path_finish (steps);
}
