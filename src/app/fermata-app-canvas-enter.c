/* fermata-app-canvas-enter.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-canvas-edits.h"

#include "fermata-app-bodies.h"
#include "fermata-app-tasks.h"

/* Into states and bodies, and out of them. A node is nullable. */

/* All that can be entered by a node (transfer container). */
static GPtrArray *
list_bodies (FermataNode *node)
{
  GPtrArray *bodies = g_ptr_array_new ();
  GPtrArray *tasks = fermata_app_tasks_list (node);

  for (guint i = 0; i < fermata_node_get_n_bodies (node); i++)
    g_ptr_array_add (bodies, fermata_node_get_body_at (node, i));
  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      FermataNode *task = fermata_graph_get_node (tasks->pdata[i], 0);

      for (guint j = 0; j < fermata_node_get_n_bodies (task); j++)
        g_ptr_array_add (bodies, fermata_node_get_body_at (task, j));
    }

  return bodies;
}

void
fermata_app_canvas_enter (FermataAppCanvas *self,
                          FermataNode      *node)
{
  g_autoptr (GPtrArray) bodies = NULL;

  if (self->scene == NULL || node == NULL)
    return;

  bodies = list_bodies (node);
  if (fermata_node_get_n_children (node) > 0)
    fermata_app_canvas_set_cursor (self, fermata_node_get_child (node, 0), TRUE);
  else if (bodies->len > 1)
    fermata_app_canvas_ask_body (self, node, bodies);
  else if (bodies->len > 0)
    fermata_app_document_set_shown (self->document, bodies->pdata[0]);
  else
    fermata_app_document_open_file_of (self->document, node);
}

void
fermata_app_canvas_enter_body (FermataAppCanvas *self,
                               FermataNode      *node,
                               guint             index)
{
  g_autoptr (GPtrArray) bodies = self->scene == NULL || node == NULL ? NULL : list_bodies (node);

  if (bodies != NULL && index < bodies->len)
    fermata_app_document_set_shown (self->document, bodies->pdata[index]);
}

void
fermata_app_canvas_leave (FermataAppCanvas *self,
                          FermataNode      *node)
{
  FermataNode *owner;

  if (self->scene == NULL)
    return;
  if (node != NULL && fermata_node_get_parent (node) != NULL)
    {
      fermata_app_canvas_set_cursor (self, fermata_node_get_parent (node), TRUE);
      return;
    }

  owner = fermata_app_tasks_find_owner (fermata_app_document_get_shown (self->document));
  if (owner != NULL)
    fermata_app_document_reveal (self->document, owner);
}
