/* fermata-breakpoints-follow.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What happens to breakpoints when their document is edited. */

#include "debugger/fermata-breakpoints-private.h"

#include <string.h>

#include "model/fermata-edge.h"
#include "model/fermata-edit-private.h"
#include "model/fermata-node.h"

/* One that was removed together with its element; where it stood in the list. */
typedef struct {
  FermataBreakpoint *breakpoint;
  guint position;
} Parked;

static void
clear_parked (gpointer data)
{
  g_object_unref (((Parked *) data)->breakpoint);
}

/* Elements and their names */

static FermataGraph *
graph_of (gpointer element)
{
  return FERMATA_IS_EDGE (element) ? fermata_edge_get_graph (element) : fermata_node_get_graph (element);
}

/* As events have it: the nodes whose bodies it is in come first. */
static char *
dup_name (gpointer element)
{
  g_autofree char *name = FERMATA_IS_EDGE (element) ? fermata_edge_dup_name (element)
                                                    : g_strdup (fermata_node_get_id (element));
  FermataNode *owner = fermata_graph_get_owner (graph_of (element));

  while (owner != NULL)
    {
      g_autofree char *rest = g_steal_pointer (&name);

      name = g_strconcat (fermata_node_get_id (owner), "/", rest, NULL);
      owner = fermata_graph_get_owner (fermata_node_get_graph (owner));
    }

  return g_steal_pointer (&name);
}

static gboolean
is_in (gpointer      element,
       FermataGraph *root)
{
  FermataGraph *graph = graph_of (element);

  return graph != NULL && fermata_graph_get_root (graph) == root;
}

/* In one of the bodies of a node. */
static gpointer
find_in_bodies (FermataNode      *node,
                const char       *name,
                FermataPlaceKind  kind);

static gpointer
find_element (FermataGraph     *graph,
              const char       *name,
              FermataPlaceKind  kind)
{
  const char *slash = strchr (name, '/');
  g_autofree char *id = NULL;
  FermataNode *node;

  if (slash == NULL)
    return kind == FERMATA_PLACE_KIND_EDGE ? (gpointer) fermata_graph_find_edge (graph, name)
                                           : (gpointer) fermata_graph_find_node (graph, name);

  id = g_strndup (name, slash - name);
  node = fermata_graph_find_node (graph, id);

  return node == NULL ? NULL : find_in_bodies (node, slash + 1, kind);
}

static gpointer
find_in_bodies (FermataNode      *node,
                const char       *name,
                FermataPlaceKind  kind)
{
  gpointer found = NULL;

  for (guint i = 0; found == NULL && i < fermata_node_get_n_bodies (node); i++)
    found = find_element (fermata_node_get_body_at (node, i), name, kind);

  return found;
}

static gboolean
track (FermataBreakpoints *self,
       FermataBreakpoint  *breakpoint)
{
  gpointer element = find_element (self->graph, fermata_breakpoint_get_place (breakpoint),
                                   fermata_breakpoint_get_kind (breakpoint));

  if (element != NULL)
    g_hash_table_insert (self->elements, breakpoint, g_object_ref (element));

  return element != NULL;
}

void
fermata_breakpoints_note_added (FermataBreakpoints *self,
                                FermataBreakpoint  *breakpoint)
{
  if (self->graph != NULL)
    track (self, breakpoint);
}

void
fermata_breakpoints_note_removed (FermataBreakpoints *self,
                                  FermataBreakpoint  *breakpoint)
{
  if (self->graph != NULL)
    g_hash_table_remove (self->elements, breakpoint);
}

void
fermata_breakpoints_note_all_removed (FermataBreakpoints *self)
{
  if (self->graph == NULL)
    return;

  g_hash_table_remove_all (self->elements);
  g_array_set_size (self->parked, 0);
}

/* After an edit */

/* Whether something is put back that had been removed. */
static gboolean
restores (FermataEdit *edit)
{
  switch (edit->kind)
    {
    case FERMATA_EDIT_GROUP:
      for (guint i = 0; i < edit->edits->len; i++)
        {
          if (restores (edit->edits->pdata[i]))
            return TRUE;
        }
      return FALSE;

    case FERMATA_EDIT_ADD_NODE:
    case FERMATA_EDIT_ADD_EDGE:
    case FERMATA_EDIT_ADD_BODY:
      return edit->is_restoring;

    case FERMATA_EDIT_REMOVE_NODE:
    case FERMATA_EDIT_MOVE_NODE:
    case FERMATA_EDIT_RENAME_NODE:
    case FERMATA_EDIT_REMOVE_EDGE:
    case FERMATA_EDIT_MOVE_EDGE:
    case FERMATA_EDIT_SET_MEMBER:
    case FERMATA_EDIT_UNSET_MEMBER:
    case FERMATA_EDIT_SET_POSITIONS:
    case FERMATA_EDIT_REMOVE_BODY:
    default:
      return FALSE;
    }
}

static void
park (FermataBreakpoints *self,
      guint               position)
{
  FermataBreakpoint *breakpoint = self->items->pdata[position];
  Parked parked = { g_object_ref (breakpoint), position };

  g_hash_table_remove (self->elements, breakpoint);
  g_array_append_val (self->parked, parked);
  fermata_breakpoints_take_out (self, position);
}

/* Those whose elements are gone leave, the last first, so that they come back in
 * their order; the others take the names that theirs have now. */
static void
go_along (FermataBreakpoints *self)
{
  for (guint i = self->items->len; i > 0; i--)
    {
      FermataBreakpoint *breakpoint = self->items->pdata[i - 1];
      gpointer element = g_hash_table_lookup (self->elements, breakpoint);
      g_autofree char *name = NULL;

      if (element == NULL)
        continue;
      if (!is_in (element, self->graph))
        {
          park (self, i - 1);
          continue;
        }
      name = dup_name (element);
      fermata_breakpoint_set_place (breakpoint, name);
    }
}

/* The last that left is the first to come back. */
static void
come_back (FermataBreakpoints *self)
{
  for (guint i = self->parked->len; i > 0; i--)
    {
      Parked parked = g_array_index (self->parked, Parked, i - 1);
      g_autoptr (FermataBreakpoint) breakpoint = NULL;

      if (fermata_breakpoints_find (self, fermata_breakpoint_get_kind (parked.breakpoint),
                                    fermata_breakpoint_get_place (parked.breakpoint)) != NULL
          || !track (self, parked.breakpoint))
        continue;

      breakpoint = g_object_ref (parked.breakpoint);
      g_array_remove_index (self->parked, i - 1);
      fermata_breakpoints_insert (self, parked.position, breakpoint);
    }
}

static void
edited (FermataGraph       *graph,
        FermataEdit        *edit,
        FermataEdit        *inverse,
        FermataBreakpoints *self)
{
  if (edit->kind == FERMATA_EDIT_SET_POSITIONS)
    return;

  go_along (self);
  if (self->parked->len > 0 && restores (edit))
    come_back (self);
}

/**
 * fermata_breakpoints_follow:
 * @self: a list of breakpoints
 * @graph: (nullable): a document; %NULL: none
 *
 * Has the breakpoints follow what happens to their places in a document: one
 * whose node or edge is renamed, or moved, goes along; one whose node or edge
 * is removed leaves the list, and is back when that is undone.
 */
void
fermata_breakpoints_follow (FermataBreakpoints *self,
                            FermataGraph       *graph)
{
  g_return_if_fail (FERMATA_IS_BREAKPOINTS (self));
  g_return_if_fail (graph == NULL || FERMATA_IS_GRAPH (graph));

  if (self->graph == graph)
    return;

  if (self->graph != NULL)
    g_clear_signal_handler (&self->edited_id, self->graph);
  g_clear_pointer (&self->elements, g_hash_table_unref);
  g_clear_pointer (&self->parked, g_array_unref);
  g_set_object (&self->graph, graph);
  if (graph == NULL)
    return;

  self->elements = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->parked = g_array_new (FALSE, FALSE, sizeof (Parked));
  g_array_set_clear_func (self->parked, clear_parked);
  self->edited_id = g_signal_connect (graph, "edited", G_CALLBACK (edited), self);
  for (guint i = 0; i < self->items->len; i++)
    track (self, self->items->pdata[i]);
}
