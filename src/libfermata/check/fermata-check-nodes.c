/* fermata-check-nodes.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <glib/gi18n-lib.h>

#include "model/fermata-model-id.h"
#include "model/fermata-model-types.h"
#include "model/fermata-node.h"

/* Where a walk over all nodes is. */
typedef struct {
  FermataNode *node;
  FermataNode *parent;
  guint depth;
} Walk;

static void
walk_to (Walk        *self,
         FermataNode *node)
{
  FermataNode *parent = fermata_node_get_parent (node);

  if (parent != NULL && parent == self->node)
    {
      self->depth++;
    }
  else
    {
      for (; self->parent != parent; self->parent = fermata_node_get_parent (self->parent))
        self->depth--;
    }

  self->node = node;
  self->parent = parent;
}

/* Said once: a path to all of them would be longer than the document. */
static void
report_too_deep (FermataCheck *self,
                 FermataNode  *node)
{
  if (self->level->is_too_deep)
    return;

  self->level->is_too_deep = TRUE;
  self->level->has_loose_ends = TRUE;
  self->node = node;
  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "too-deep",
                        _("expected at most %u levels of states in each other, found one more"), FERMATA_MAX_STATE_DEPTH);
  self->node = NULL;
}

static void
collect (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;
  g_autoptr(GPtrArray) nodes = g_ptr_array_sized_new (fermata_graph_get_n_nodes (level->graph));
  Walk walk = { .depth = 1 };
  gsize n_nodes;

  for (FermataNode *node = fermata_graph_get_node (level->graph, 0);
       node != NULL;
       node = fermata_node_get_next (node))
    {
      walk_to (&walk, node);

      if (walk.depth > FERMATA_MAX_STATE_DEPTH)
        report_too_deep (self, node);
      else
        g_ptr_array_add (nodes, node);
    }

  level->nodes = (FermataNode **) g_ptr_array_steal (nodes, &n_nodes);
  level->n_nodes = (guint) n_nodes;
  level->marks = g_new0 (guint8, MAX (n_nodes, 1));
}

static void
report_duplicate (FermataCheck *self,
                  guint         node,
                  guint         first)
{
  g_autofree char *path = fermata_node_dup_path (self->level->nodes[first]);

  self->node = self->level->nodes[node];
  fermata_check_step_into (self, "id");
  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "duplicate-id",
                        _("another node has the id “%s” already"), fermata_node_get_id (self->node));
  fermata_check_relate (self, path);
  fermata_check_step_out (self);
  self->node = NULL;
}

/* Nobody should wonder why it does not run. */
static void
report_pin (FermataCheck *self,
            guint         node)
{
  self->node = self->level->nodes[node];
  fermata_check_step_into (self, "pin");
  fermata_check_report (self, FERMATA_SEVERITY_HINT, "pinned", _("node “%s” is pinned: unless it is named, it does not run"),
                        fermata_node_get_id (self->node));
  fermata_check_step_out (self);
  self->node = NULL;
}

/* An id where it is defined, as the check is at it. */
void
fermata_check_id (FermataCheck *self,
                  FermataValue *id)
{
  gsize length;
  const char *text = fermata_value_get_string (id, &length);

  if (fermata_model_id_is_valid (text, (gssize) length))
    return;

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-id",
                        _("“%s” cannot be an id: expected some text without “/”, “#”, “>” and control characters"),
                        text);
}

/* Finds the nodes of the level and what they are called. */
void
fermata_check_collect_nodes (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;

  collect (self);
  level->ids = fermata_check_ids_new (level->n_nodes);

  for (guint i = 0; i < level->n_nodes; i++)
    {
      const char *id = fermata_node_get_id (level->nodes[i]);
      guint first;

      /* None, or a wrong one, is found with the other members. */
      if (*id == '\0')
        continue;

      if (fermata_node_get_member (level->nodes[i], "pin") != NULL && level->kind == FERMATA_GRAPH_KIND_DAG)
        report_pin (self, i);

      first = fermata_check_ids_add (level->ids, id, i);

      if (first != FERMATA_CHECK_NO_ID)
        report_duplicate (self, i, first);
    }
}
