/* fermata-app-scene-sync.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-scene-private.h"

/*
 * What the document says, and what the scene has of it, are walked side by side.
 * Members are immutable values, so whether something was changed is seen from
 * where they are in memory; as long as nothing was added or moved in the lists,
 * nothing has to be looked up either. A walk over 50,000 nodes takes a few
 * milliseconds, and there is one an edit at most, however much it changed.
 */

static void
box_free (FermataAppBox *box)
{
  g_clear_pointer (&box->bundles, g_ptr_array_unref);
  g_clear_pointer (&box->initials, g_ptr_array_unref);
  g_clear_pointer (&box->inner, g_ptr_array_unref);
  g_clear_pointer (&box->arrivals, g_ptr_array_unref);
  fermata_value_unref (box->members);
  g_object_unref (box->item.node);
  g_free (box);
}

static FermataAppItemKind
get_kind (FermataAppScene *self,
          FermataNode     *node)
{
  const char *type = fermata_node_get_type_name (node);

  if (self->kind != FERMATA_GRAPH_KIND_FSM)
    return FERMATA_APP_ITEM_CARD;
  if (fermata_node_get_n_children (node) > 0)
    return FERMATA_APP_ITEM_CONTAINER;
  if (g_strcmp0 (type, "final") == 0)
    return FERMATA_APP_ITEM_FINAL;
  return g_strcmp0 (type, "history") == 0 ? FERMATA_APP_ITEM_HISTORY : FERMATA_APP_ITEM_STATE;
}

/* Takes over what the node is now. */
static void
read_node (FermataAppScene *self,
           FermataAppBox   *box)
{
  FermataNode *node = box->item.node;
  double width;
  double height;

  if (box->members != NULL)
    fermata_value_unref (box->members);
  box->members = fermata_value_ref (fermata_node_get_members (node));
  fermata_layout_get_node_size (node, &width, &height);
  graphene_size_init (&box->size, width, height);
  box->item.serial = ++self->serial;
  fermata_app_scene_unsettle (self, box);
}

static FermataAppBox *
box_new (FermataAppScene *self,
         FermataNode     *node)
{
  FermataAppBox *box = g_new0 (FermataAppBox, 1);

  box->item.node = g_object_ref (node);
  box->item.parent = G_MAXUINT;
  box->item.kind = get_kind (self, node);
  read_node (self, box);
  g_hash_table_insert (self->boxes_by_node, node, box);
  return box;
}

/* The box of the state around @node, of which @previous was met right before. */
static FermataAppBox *
find_parent (FermataNode   *node,
             FermataAppBox *previous)
{
  FermataNode *parent = fermata_node_get_parent (node);

  if (parent == NULL)
    return NULL;
  while (previous->item.node != parent)
    previous = previous->parent;
  return previous;
}

static void
set_parent (FermataAppScene *self,
            FermataAppBox   *box,
            FermataAppBox   *parent)
{
  if (box->parent != NULL)
    fermata_app_scene_unsettle (self, box->parent);
  if (parent != NULL)
    fermata_app_scene_unsettle (self, parent);
  box->parent = parent;
}

/* An edge is drawn otherwise if one of its nodes is in the other. */
static void
change_bundles (FermataAppScene *self,
                FermataAppBox   *box)
{
  for (guint i = 0; box->bundles != NULL && i < box->bundles->len; i++)
    {
      FermataAppBundle *bundle = g_ptr_array_index (box->bundles, i);

      fermata_app_scene_change_bundle (self, bundle);
      for (guint j = 0; j < bundle->lines->len; j++)
        {
          fermata_app_scene_unroute (self, g_ptr_array_index (bundle->lines, j));
          fermata_app_scene_unlabel (self, g_ptr_array_index (bundle->lines, j));
        }
    }
}

typedef struct {
  gboolean structure; /* nodes came, went, or have another place in the order */
  gboolean parents;
  gboolean names;     /* ids, so that edges may lead elsewhere */
} NodeChanges;

static FermataAppBox *
sync_node (FermataAppScene *self,
           FermataNode     *node,
           guint            index,
           NodeChanges     *changes)
{
  FermataAppBox *box = index < self->boxes->len ? g_ptr_array_index (self->boxes, index) : NULL;
  FermataAppItemKind kind;

  if (box == NULL || box->item.node != node)
    {
      box = g_hash_table_lookup (self->boxes_by_node, node);
      changes->structure = TRUE;
    }
  if (box == NULL)
    return box_new (self, node);
  if (box->members != fermata_node_get_members (node))
    {
      changes->names = TRUE;
      read_node (self, box);
    }
  kind = get_kind (self, node);
  if (kind != box->item.kind)
    {
      box->item.kind = kind;
      box->n_lanes = 0;
      box->item.serial = ++self->serial;
      fermata_app_scene_unsettle (self, box);
    }
  return box;
}

static void
drop_box (FermataAppScene *self,
          FermataAppBox   *box)
{
  box->is_gone = TRUE;
  g_hash_table_remove (self->boxes_by_node, box->item.node);
  if (box->entry.cell != NULL)
    {
      fermata_app_grid_remove (self->box_grid, &box->entry);
      fermata_app_scene_touch (self, box, &box->item.rect);
      fermata_app_scene_cut_bounds (self, &box->item.rect);
    }
  if (box->parent != NULL && !box->parent->is_gone)
    fermata_app_scene_unsettle (self, box->parent);
  for (guint i = 0; box->bundles != NULL && i < box->bundles->len; i++)
    {
      FermataAppBundle *bundle = g_ptr_array_index (box->bundles, i);

      for (guint j = 0; j < bundle->lines->len; j++)
        fermata_app_scene_drop_line (self, g_ptr_array_index (bundle->lines, j));
    }
  for (guint i = 0; box->initials != NULL && i < box->initials->len; i++)
    fermata_app_scene_drop_line (self, g_ptr_array_index (box->initials, i));
  for (guint i = 0; box->arrivals != NULL && i < box->arrivals->len; i++)
    fermata_app_scene_drop_line (self, g_ptr_array_index (box->arrivals, i));
}

/* Who is in whom, and as which number. */
static void
link_boxes (FermataAppScene *self)
{
  for (guint i = 0; i < self->boxes->len; i++)
    {
      FermataAppBox *box = g_ptr_array_index (self->boxes, i);
      FermataAppBox *parent = box->parent;

      box->index = i;
      box->item.parent = parent != NULL ? parent->index : G_MAXUINT;
      box->first_child = box->last_child = box->next = NULL;
      if (parent == NULL)
        continue;
      if (parent->last_child != NULL)
        parent->last_child->next = box;
      else
        parent->first_child = box;
      parent->last_child = box;
    }
}

/* The nodes of the graph; those that are gone are returned, for whoever still
 * has to let go of them. */
static GPtrArray *
sync_nodes (FermataAppScene *self,
            NodeChanges     *changes)
{
  g_autoptr (GPtrArray) old = NULL;
  GPtrArray *boxes = g_ptr_array_sized_new (self->boxes->len + 16);
  GPtrArray *gone = g_ptr_array_new_with_free_func ((GDestroyNotify) box_free);
  FermataAppBox *box = NULL;

  for (FermataNode *node = fermata_graph_get_node (self->graph, 0); node != NULL;
       node = fermata_node_get_next (node))
    {
      FermataAppBox *parent = find_parent (node, box);

      box = sync_node (self, node, boxes->len, changes);
      box->epoch = self->epoch;
      if (box->parent != parent)
        {
          changes->parents = TRUE;
          set_parent (self, box, parent);
        }
      g_ptr_array_add (boxes, box);
    }
  old = g_steal_pointer (&self->boxes);
  self->boxes = boxes;
  changes->structure |= old->len != boxes->len;
  for (guint i = old->len; i > 0 && changes->structure; i--)
    {
      box = g_ptr_array_index (old, i - 1);
      if (box->epoch == self->epoch)
        continue;
      drop_box (self, box);
      g_ptr_array_add (gone, box);
    }
  if (changes->structure || changes->parents)
    link_boxes (self);
  return gone;
}

static void
sync_parents (FermataAppScene *self)
{
  for (guint i = 0; i < self->boxes->len; i++)
    change_bundles (self, g_ptr_array_index (self->boxes, i));
}

static void
drop_gone (GPtrArray *lines)
{
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      FermataAppLine *line = g_ptr_array_index (lines, i);

      if (!line->is_gone)
        lines->pdata[n++] = line;
    }
  g_ptr_array_set_size (lines, n);
}

static void
drop_gone_boxes (GPtrArray *boxes)
{
  guint n = 0;

  for (guint i = 0; i < boxes->len; i++)
    {
      FermataAppBox *box = g_ptr_array_index (boxes, i);

      if (!box->is_gone)
        boxes->pdata[n++] = box;
    }
  g_ptr_array_set_size (boxes, n);
}

/* Nothing that is kept leads to what is gone. */
static void
let_go (FermataAppScene *self,
        GPtrArray       *gone)
{
  if (gone->len == 0 && self->gone_lines->len == 0)
    return;
  drop_gone (self->unrouted);
  drop_gone (self->unlabelled);
  drop_gone_boxes (self->unsettled);
  drop_gone_boxes (self->dragged);
  g_ptr_array_set_size (self->gone_lines, 0);
}

void
fermata_app_scene_clear (FermataAppScene *self)
{
  g_ptr_array_set_size (self->unsettled, 0);
  g_ptr_array_set_size (self->unrouted, 0);
  g_ptr_array_set_size (self->unlabelled, 0);
  g_ptr_array_set_size (self->changed_bundles, 0);
  g_ptr_array_set_size (self->new_lanes, 0);
  g_ptr_array_set_size (self->initials, 0);
  g_ptr_array_set_size (self->dragged, 0);
  g_hash_table_remove_all (self->bundles);
  g_hash_table_remove_all (self->lines_by_edge);
  g_hash_table_remove_all (self->boxes_by_node);
  for (guint i = 0; i < self->lines->len; i++)
    {
      FermataAppLine *line = g_ptr_array_index (self->lines, i);

      fermata_app_grid_remove (self->line_grid, &line->entry);
      fermata_app_grid_remove (self->label_grid, &line->label_entry);
      fermata_app_line_free (line);
    }
  for (guint i = 0; i < self->boxes->len; i++)
    {
      FermataAppBox *box = g_ptr_array_index (self->boxes, i);

      fermata_app_grid_remove (self->box_grid, &box->entry);
      box_free (box);
    }
  g_ptr_array_set_size (self->lines, 0);
  g_ptr_array_set_size (self->boxes, 0);
  g_clear_object (&self->graph);
  g_clear_pointer (&self->graph_members, fermata_value_unref);
  g_clear_pointer (&self->initial, fermata_value_unref);
  self->has_extents = FALSE;
}

/* Of the members of the graph itself, lines depend on this one only. */
static gboolean
has_new_initial (FermataAppScene *self)
{
  FermataValue *initial = fermata_graph_get_member (self->graph, "initial");
  g_autoptr (FermataValue) old = self->initial;

  self->initial = initial != NULL ? fermata_value_ref (initial) : NULL;
  return old != initial;
}

void
fermata_app_scene_sync (FermataAppScene *self)
{
  FermataGraph *graph = fermata_app_document_get_shown (self->document);
  g_autoptr (GPtrArray) gone = NULL;
  NodeChanges changes = { FALSE, FALSE, FALSE };
  gboolean has_new_members;

  if (self->graph != graph || self->kind != fermata_graph_get_kind (graph))
    {
      fermata_app_scene_clear (self);
      self->graph = g_object_ref (graph);
      self->kind = fermata_graph_get_kind (graph);
    }
  self->epoch++;
  gone = sync_nodes (self, &changes);
  if (changes.parents)
    sync_parents (self);
  has_new_members = self->graph_members != fermata_graph_get_members (graph);
  if (has_new_members)
    {
      g_clear_pointer (&self->graph_members, fermata_value_unref);
      self->graph_members = fermata_value_ref (fermata_graph_get_members (graph));
    }
  if (has_new_members || self->has_new_places || self->has_own_places || changes.structure ||
      changes.names || changes.parents)
    fermata_app_scene_sync_places (self);
  self->has_new_places = FALSE;
  if (has_new_initial (self))
    changes.names = TRUE;
  fermata_app_scene_sync_lines (self, changes.structure || changes.names || changes.parents);
  fermata_app_scene_sync_bundles (self);
  let_go (self, gone);
}
