/* fermata-graph-file.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Where a document lies, and where those lie that its nodes name. */

#include "model/fermata-documents-private.h"
#include "model/fermata-model-private.h"

/**
 * fermata_graph_get_file:
 * @self: a graph
 *
 * Gives the file that the document was read from, or is written to. What its
 * nodes name as a `file` is relative to the folder of it. A body has that of its
 * document.
 *
 * Returns: (transfer none) (nullable): the file; `NULL`: it has none
 */
GFile *
fermata_graph_get_file (FermataGraph *self)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);

  return fermata_graph_get_root (self)->file;
}

/**
 * fermata_graph_set_file:
 * @self: a document
 * @file: (nullable): a file; `NULL`: it has none
 *
 * Says where a document lies. Nothing is read or written.
 */
void
fermata_graph_set_file (FermataGraph *self,
                        GFile        *file)
{
  g_return_if_fail (FERMATA_IS_GRAPH (self));
  g_return_if_fail (self->owner == NULL);
  g_return_if_fail (file == NULL || G_IS_FILE (file));

  if (g_set_object (&self->file, file))
    g_object_notify (G_OBJECT (self), "file");
}

/* The member `file` of the parameters; NULL if there is none. */
static const char *
get_location (FermataNode *node)
{
  FermataValue *with = fermata_value_get_member (node->members, "with");
  FermataValue *file = with == NULL || fermata_value_get_kind (with) != FERMATA_VALUE_KIND_OBJECT
                       ? NULL : fermata_value_get_member (with, "file");

  return file == NULL || fermata_value_get_kind (file) != FERMATA_VALUE_KIND_STRING
         ? NULL : fermata_value_get_string (file, NULL);
}

/**
 * fermata_node_resolve_file:
 * @self: a node
 *
 * Finds the file whose graph a node of the type `subgraph` runs. It need not be
 * there.
 *
 * Returns: (transfer full) (nullable): the file; `NULL` if the node names none,
 *   or one that is relative to a document which has no file
 */
GFile *
fermata_node_resolve_file (FermataNode *self)
{
  FermataGraph *graph;
  const char *location;

  g_return_val_if_fail (FERMATA_IS_NODE (self), NULL);

  location = g_strcmp0 (fermata_node_get_type_name (self), "subgraph") == 0 ? get_location (self) : NULL;
  graph = fermata_node_get_graph (self);
  if (location == NULL || graph == NULL)
    return NULL;

  return fermata_location_resolve (location, fermata_graph_get_file (graph));
}
