/* fermata-app-canvas-enter.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-canvas-edits.h"

/* Into states and bodies, and out of them. A node is nullable. */

void
fermata_app_canvas_enter (FermataAppCanvas *self,
                          FermataNode      *node)
{
  if (self->scene == NULL || node == NULL)
    return;

  if (fermata_node_get_n_children (node) > 0)
    fermata_app_canvas_set_cursor (self, fermata_node_get_child (node, 0), TRUE);
  else if (fermata_node_get_n_bodies (node) > 1)
    fermata_app_canvas_ask_body (self, node);
  else if (fermata_node_get_n_bodies (node) > 0)
    fermata_app_document_set_shown (self->document, fermata_node_get_body_at (node, 0));
  else
    fermata_app_document_open_file_of (self->document, node);
}

void
fermata_app_canvas_enter_body (FermataAppCanvas *self,
                               FermataNode      *node,
                               const char       *name)
{
  FermataGraph *body = self->scene == NULL || node == NULL ? NULL : fermata_node_get_body (node, name);

  if (body != NULL)
    fermata_app_document_set_shown (self->document, body);
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

  owner = fermata_graph_get_owner (fermata_app_document_get_shown (self->document));
  if (owner != NULL)
    fermata_app_document_reveal (self->document, owner);
}
