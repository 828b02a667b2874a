/* fermata-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edit-private.h"

/**
 * FermataNode:
 *
 * A vertex of a graph: a task of a DAG or flow, a state of a state machine.
 *
 * A node holds its members as one immutable value, in the order of the
 * document. What is nested in it, states and bodies, are objects of their own,
 * and an empty placeholder stands where their members are. A node
 * changes through [method@Fermata.Graph.apply_edit], which its setters use.
 */
G_DEFINE_FINAL_TYPE (FermataNode, fermata_node, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ID,
  PROP_TYPE_NAME,
  PROP_LABEL,
  PROP_DESCRIPTION,
  PROP_MEMBERS,
  PROP_GRAPH,
  PROP_PARENT,
  PROP_CHILDREN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
fermata_node_finalize (GObject *object)
{
  FermataNode *self = FERMATA_NODE (object);

  if (self->parts != NULL)
    {
      if (self->parts->children != NULL)
        {
          fermata_element_list_disown (self->parts->children);
          fermata_release (self->parts->children);
        }
      for (guint i = 0; i < self->parts->n_bodies; i++)
        {
          self->parts->bodies[i].graph->owner = NULL;
          fermata_release (self->parts->bodies[i].graph);
        }
      g_free (self->parts);
    }
  fermata_value_unref (self->members);

  G_OBJECT_CLASS (fermata_node_parent_class)->finalize (object);
}

static void
fermata_node_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  FermataNode *self = FERMATA_NODE (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_TYPE_NAME:
      g_value_set_string (value, fermata_node_get_type_name (self));
      break;
    case PROP_LABEL:
      g_value_set_string (value, fermata_node_get_label (self));
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, fermata_node_get_description (self));
      break;
    case PROP_MEMBERS:
      g_value_set_boxed (value, self->members);
      break;
    case PROP_GRAPH:
      g_value_set_object (value, fermata_node_get_graph (self));
      break;
    case PROP_PARENT:
      g_value_set_object (value, fermata_node_get_parent (self));
      break;
    case PROP_CHILDREN:
      g_value_set_object (value, fermata_node_get_children (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_node_set_property (GObject      *object,
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
fermata_node_class_init (FermataNodeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags text_flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = fermata_node_finalize;
  object_class->get_property = fermata_node_get_property;
  object_class->set_property = fermata_node_set_property;

  /**
   * FermataNode:id:
   *
   * What the node is called in its namespace.
   */
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);

  /**
   * FermataNode:type-name:
   *
   * What the node does: its member "type".
   */
  properties[PROP_TYPE_NAME] = g_param_spec_string ("type-name", NULL, NULL, NULL, flags);

  /**
   * FermataNode:label:
   *
   * What people see instead of the id.
   */
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, text_flags);

  /**
   * FermataNode:description:
   *
   * What the node is for.
   */
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, text_flags);

  /**
   * FermataNode:members:
   *
   * All members, in the order of the document. States and bodies that are
   * nested in the node are empty in it.
   */
  properties[PROP_MEMBERS] = g_param_spec_boxed ("members", NULL, NULL, FERMATA_TYPE_VALUE, flags);

  /**
   * FermataNode:graph:
   *
   * The document or body whose namespace the node is in.
   */
  properties[PROP_GRAPH] = g_param_spec_object ("graph", NULL, NULL, FERMATA_TYPE_GRAPH, flags);

  /**
   * FermataNode:parent:
   *
   * The state that the node is nested in.
   */
  properties[PROP_PARENT] = g_param_spec_object ("parent", NULL, NULL, FERMATA_TYPE_NODE, flags);

  /**
   * FermataNode:children:
   *
   * The states that are nested in the node.
   */
  properties[PROP_CHILDREN] = g_param_spec_object ("children", NULL, NULL, G_TYPE_LIST_MODEL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fermata_node_init (FermataNode *self)
{
  self->members = fermata_value_new_empty_object ();
  self->id = "";
}

static const char *
id_of (FermataValue *members)
{
  const char *id = fermata_members_get_string (members, "id");

  return id != NULL ? id : "";
}

FermataNode *
fermata_node_new (FermataValue *members)
{
  FermataNode *self = g_object_new (FERMATA_TYPE_NODE, NULL);

  fermata_node_set_members (self, members);
  return self;
}

void
fermata_node_set_members (FermataNode  *self,
                          FermataValue *members)
{
  FermataValue *old = self->members;

  self->members = fermata_value_ref (members);
  self->id = id_of (members);
  fermata_value_unref (old);
}

/* The members that are properties too. */
static const struct {
  const char *name;
  guint prop;
} member_properties[] = {
  { "id", PROP_ID },
  { "type", PROP_TYPE_NAME },
  { "label", PROP_LABEL },
  { "description", PROP_DESCRIPTION },
};

void
fermata_node_notify_member (FermataNode *self,
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
fermata_node_notify_parent (FermataNode *self)
{
  fermata_notify (self, properties[PROP_PARENT]);
  fermata_notify (self, properties[PROP_GRAPH]);
}

FermataNodeParts *
fermata_node_ensure_parts (FermataNode *self)
{
  if (self->parts == NULL)
    self->parts = g_new0 (FermataNodeParts, 1);
  return self->parts;
}

FermataElementList *
fermata_node_ensure_children (FermataNode *self)
{
  FermataNodeParts *parts = fermata_node_ensure_parts (self);

  if (parts->children == NULL)
    parts->children = fermata_element_list_new (FERMATA_TYPE_NODE, self);
  return parts->children;
}

void
fermata_node_sort_bodies (FermataNode *self)
{
  FermataNodeParts *parts = self->parts;
  FermataBody sorted[FERMATA_MAX_BODIES];
  guint n_sorted = 0;
  gsize n_members = fermata_value_get_length (self->members);

  if (parts == NULL || parts->n_bodies < 2)
    return;
  for (gsize i = 0; i < n_members && n_sorted < parts->n_bodies; i++)
    {
      const char *name = fermata_value_get_member_name (self->members, i);

      for (guint j = 0; j < parts->n_bodies; j++)
        {
          if (strcmp (parts->bodies[j].name, name) == 0)
            sorted[n_sorted++] = parts->bodies[j];
        }
    }
  g_assert (n_sorted == parts->n_bodies);
  memcpy (parts->bodies, sorted, n_sorted * sizeof sorted[0]);
}

/**
 * fermata_node_get_id:
 * @self: a node
 *
 * What the node is called in its namespace.
 *
 * Returns: (transfer none): the id; empty if the document gives none, which
 *   its reader has complained of
 */
const char *
fermata_node_get_id (FermataNode *self)
{
  g_return_val_if_fail (FERMATA_IS_NODE (self), NULL);

  return self->id;
}

/**
 * fermata_node_get_type_name:
 * @self: a node
 *
 * What the node does: its member "type" as it stands.
 *
 * Returns: (transfer none) (nullable): the name of a node type; `NULL` where
 *   there is none (a state)
 */
const char *
fermata_node_get_type_name (FermataNode *self)
{
  g_return_val_if_fail (FERMATA_IS_NODE (self), NULL);

  return fermata_members_get_string (self->members, "type");
}

/**
 * fermata_node_get_label:
 * @self: a node
 *
 * What people see instead of the id.
 *
 * Returns: (transfer none) (nullable): the label, `NULL` if it has none
 */
const char *
fermata_node_get_label (FermataNode *self)
{
  g_return_val_if_fail (FERMATA_IS_NODE (self), NULL);

  return fermata_members_get_string (self->members, "label");
}

/**
 * fermata_node_get_description:
 * @self: a node
 *
 * What the node is for.
 *
 * Returns: (transfer none) (nullable): the description, `NULL` if it has none
 */
const char *
fermata_node_get_description (FermataNode *self)
{
  g_return_val_if_fail (FERMATA_IS_NODE (self), NULL);

  return fermata_members_get_string (self->members, "description");
}

/**
 * fermata_node_get_members:
 * @self: a node
 *
 * All members, in the order of the document. States and bodies that are
 * nested in the node are empty in it.
 *
 * Returns: (transfer none): an object
 */
FermataValue *
fermata_node_get_members (FermataNode *self)
{
  g_return_val_if_fail (FERMATA_IS_NODE (self), NULL);

  return self->members;
}

/**
 * fermata_node_get_member:
 * @self: a node
 * @name: the name of a member
 *
 * Looks a member up.
 *
 * Returns: (transfer none) (nullable): its value, `NULL` if there is none
 */
FermataValue *
fermata_node_get_member (FermataNode *self,
                         const char  *name)
{
  g_return_val_if_fail (FERMATA_IS_NODE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return fermata_value_get_member (self->members, name);
}

/**
 * fermata_node_get_graph:
 * @self: a node
 *
 * The document or body whose namespace the node is in.
 *
 * Returns: (transfer none) (nullable): the graph, `NULL` for a node that was
 *   removed
 */
FermataGraph *
fermata_node_get_graph (FermataNode *self)
{
  gpointer owner;

  g_return_val_if_fail (FERMATA_IS_NODE (self), NULL);

  owner = fermata_element_get_owner (&self->element);
  while (owner != NULL && FERMATA_IS_NODE (owner))
    owner = fermata_element_get_owner (owner);
  return owner;
}

/**
 * fermata_node_get_parent:
 * @self: a node
 *
 * The state that the node is nested in.
 *
 * Returns: (transfer none) (nullable): the state, `NULL` at the top
 */
FermataNode *
fermata_node_get_parent (FermataNode *self)
{
  gpointer owner;

  g_return_val_if_fail (FERMATA_IS_NODE (self), NULL);

  owner = fermata_element_get_owner (&self->element);
  return owner != NULL && FERMATA_IS_NODE (owner) ? owner : NULL;
}

/**
 * fermata_node_get_index:
 * @self: a node
 *
 * The node's place among its siblings.
 *
 * Returns: the place, from 0
 */
guint
fermata_node_get_index (FermataNode *self)
{
  g_return_val_if_fail (FERMATA_IS_NODE (self), 0);

  return fermata_element_get_position (&self->element);
}

/**
 * fermata_node_get_children:
 * @self: a node
 *
 * The states that are nested in the node, in document order.
 *
 * Returns: (transfer none): a list of [class@Fermata.Node]
 */
GListModel *
fermata_node_get_children (FermataNode *self)
{
  g_return_val_if_fail (FERMATA_IS_NODE (self), NULL);

  return G_LIST_MODEL (fermata_node_ensure_children (self));
}

/**
 * fermata_node_get_n_children:
 * @self: a node
 *
 * Counts the states that are nested in the node.
 *
 * Returns: how many there are
 */
guint
fermata_node_get_n_children (FermataNode *self)
{
  g_return_val_if_fail (FERMATA_IS_NODE (self), 0);

  if (self->parts == NULL || self->parts->children == NULL)
    return 0;
  return fermata_element_list_get_size (self->parts->children);
}

/**
 * fermata_node_get_child:
 * @self: a node
 * @index: from 0
 *
 * Gives a nested state by its place.
 *
 * Returns: (transfer none) (nullable): the state, `NULL` past the end
 */
FermataNode *
fermata_node_get_child (FermataNode *self,
                        guint        index)
{
  g_return_val_if_fail (FERMATA_IS_NODE (self), NULL);

  if (self->parts == NULL || self->parts->children == NULL)
    return NULL;
  return (FermataNode *) fermata_element_list_get (self->parts->children, index);
}

/**
 * fermata_node_get_next:
 * @self: a node
 *
 * The next node of the same namespace in document order: nested states come
 * after the state they are in. A walk over all nodes of a graph begins with
 * its first node and costs the same for each, however deep they are nested.
 *
 * Returns: (transfer none) (nullable): the next node, `NULL` after the last
 */
FermataNode *
fermata_node_get_next (FermataNode *self)
{
  FermataNode *next;

  g_return_val_if_fail (FERMATA_IS_NODE (self), NULL);

  next = fermata_node_get_child (self, 0);
  while (next == NULL && self != NULL)
    {
      FermataElementList *list = fermata_element_get_list (&self->element);

      if (list == NULL)
        return NULL;
      next = (FermataNode *) fermata_element_list_get (list, fermata_node_get_index (self) + 1);
      self = fermata_node_get_parent (self);
    }
  return next;
}

FermataNode *
fermata_node_get_next_within (FermataNode *top,
                              FermataNode *node)
{
  FermataNode *next = fermata_node_get_child (node, 0);

  while (next == NULL && node != top)
    {
      FermataElementList *list = fermata_element_get_list (&node->element);

      next = (FermataNode *) fermata_element_list_get (list, fermata_node_get_index (node) + 1);
      node = fermata_node_get_parent (node);
    }
  return next;
}

/**
 * fermata_node_get_n_bodies:
 * @self: a node
 *
 * Counts the bodies of the node.
 *
 * Returns: how many there are
 */
guint
fermata_node_get_n_bodies (FermataNode *self)
{
  g_return_val_if_fail (FERMATA_IS_NODE (self), 0);

  return self->parts != NULL ? self->parts->n_bodies : 0;
}

/**
 * fermata_node_get_body_name:
 * @self: a node
 * @index: from 0, in document order
 *
 * The name of a body.
 *
 * Returns: (transfer none) (nullable): "body", "catch" or "finally"; `NULL`
 *   past the end
 */
const char *
fermata_node_get_body_name (FermataNode *self,
                            guint        index)
{
  g_return_val_if_fail (FERMATA_IS_NODE (self), NULL);

  return index < fermata_node_get_n_bodies (self) ? self->parts->bodies[index].name : NULL;
}

/**
 * fermata_node_get_body_at:
 * @self: a node
 * @index: from 0, in document order
 *
 * Gives a body by its place.
 *
 * Returns: (transfer none) (nullable): the body, `NULL` past the end
 */
FermataGraph *
fermata_node_get_body_at (FermataNode *self,
                          guint        index)
{
  g_return_val_if_fail (FERMATA_IS_NODE (self), NULL);

  return index < fermata_node_get_n_bodies (self) ? self->parts->bodies[index].graph : NULL;
}

/**
 * fermata_node_get_body:
 * @self: a node
 * @name: "body", "catch" or "finally"
 *
 * Gives a body by name.
 *
 * Returns: (transfer none) (nullable): the body, `NULL` if there is none
 */
FermataGraph *
fermata_node_get_body (FermataNode *self,
                       const char  *name)
{
  g_return_val_if_fail (FERMATA_IS_NODE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < fermata_node_get_n_bodies (self); i++)
    {
      if (strcmp (self->parts->bodies[i].name, name) == 0)
        return self->parts->bodies[i].graph;
    }
  return NULL;
}

/**
 * fermata_node_dup_path:
 * @self: a node
 *
 * Where the node is in its document.
 *
 * Returns: (transfer full): a JSON Pointer from the document's root
 */
char *
fermata_node_dup_path (FermataNode *self)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (FERMATA_IS_NODE (self), NULL);

  fermata_path_push_node (steps, self);
  return fermata_path_finish (steps);
}
