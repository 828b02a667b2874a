/* fermata-check-cases.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "model/fermata-edge.h"
#include "model/fermata-node.h"

/* The edges of nodes that choose among them, and edges that say they were. */

/* What is in a table by the node that it leaves: a case, or NULL for the edge
 * that is for everything else; and the edge that has it. */
typedef struct {
  guint source;
  FermataValue *match;
  guint edge;
} Case;

static guint
case_hash (gconstpointer data)
{
  const Case *self = data;

  return self->source * 31 + (self->match == NULL ? 7 : fermata_value_hash (self->match));
}

static gboolean
case_equal (gconstpointer a,
            gconstpointer b)
{
  const Case *x = a;
  const Case *y = b;

  if (x->source != y->source || (x->match == NULL) != (y->match == NULL))
    return FALSE;

  return x->match == NULL || fermata_value_equal (x->match, y->match);
}

/* Of a type that nobody describes, nothing is known. */
#define UNKNOWN G_MAXUINT8

static guint8
routing_of (FermataCheck *self,
            FermataNode  *node)
{
  const char *name = fermata_node_get_type_name (node);
  const FermataNodeDescription *description;

  description = name == NULL ? NULL : fermata_node_catalog_find (self->catalog, name);

  return description == NULL ? UNKNOWN : description->routing;
}

/* By node; NULL where none of them could choose. Neighbours are often of one type. */
static guint8 *
collect_routing (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;
  g_autofree guint8 *routing = g_new0 (guint8, MAX (level->n_nodes, 1));
  const char *last = NULL;
  gboolean any = FALSE;
  gboolean unknown = FALSE;

  for (guint i = 0; i < level->n_nodes; i++)
    {
      const char *name = fermata_node_get_type_name (level->nodes[i]);

      if (last != NULL && name != NULL && strcmp (last, name) == 0)
        routing[i] = routing[i - 1];
      else
        routing[i] = routing_of (self, level->nodes[i]);
      last = name;
      any |= routing[i] == FERMATA_ROUTING_BOOLEAN || routing[i] == FERMATA_ROUTING_VALUE;
      unknown |= routing[i] == UNKNOWN;
    }

  return any || unknown ? g_steal_pointer (&routing) : NULL;
}

static void
report_at_case (FermataCheck *self,
                const char   *code,
                const char   *message)
{
  fermata_check_step_into (self, "case");
  fermata_check_report (self, FERMATA_SEVERITY_ERROR, code, "%s", message);
  fermata_check_step_out (self);
}

/* Two edges of a node that are for the same. */
static void
report_twice (FermataCheck *self,
              const Case   *first,
              FermataValue *match)
{
  g_autofree char *path = fermata_edge_dup_path (fermata_graph_get_edge (self->level->graph, first->edge));

  if (match != NULL)
    fermata_check_step_into (self, "case");
  if (match != NULL)
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "duplicate-case",
                          _("another edge of this node has the same case"));
  else
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "duplicate-default",
                          _("another edge of this node is for everything else already"));
  fermata_check_relate (self, path);
  if (match != NULL)
    fermata_check_step_out (self);
}

static void
add_case (FermataCheck *self,
          GHashTable   *cases,
          guint         source,
          guint         edge,
          FermataValue *match)
{
  Case *added = g_new0 (Case, 1);
  Case *first;

  added->source = source;
  added->match = match;
  added->edge = edge;
  first = g_hash_table_lookup (cases, added);
  if (first == NULL)
    {
      g_hash_table_add (cases, added);
      return;
    }

  report_twice (self, first, match);
  g_free (added);
}

static void
check_choice (FermataCheck   *self,
              GHashTable     *cases,
              guint           source,
              guint           edge,
              FermataRouting  routing)
{
  FermataValue *members = fermata_edge_get_members (self->edge);
  FermataValue *match = fermata_value_get_member (members, "case");
  gboolean has_condition = fermata_value_get_member (members, "when") != NULL;

  if (match == NULL)
    {
      if (!has_condition)
        add_case (self, cases, source, edge, NULL);
      return;
    }

  if (has_condition)
    report_at_case (self, "case-and-when", _("an edge has either a “case” or a “when”"));
  if (routing == FERMATA_ROUTING_BOOLEAN
      && fermata_value_get_kind (match) != FERMATA_VALUE_KIND_BOOLEAN)
    report_at_case (self, "ill-typed", _("the “case” here is true or false"));
  else
    add_case (self, cases, source, edge, match);
}

static void
check_edge (FermataCheck *self,
            GHashTable   *cases,
            const guint8 *routing,
            guint         edge)
{
  FermataCheckLevel *level = self->level;
  guint8 marks = level->edge_marks[edge];
  guint source;

  if (routing == NULL && (marks & FERMATA_MARK_BARE) != 0)
    return;

  self->edge = fermata_graph_get_edge (level->graph, edge);
  source = fermata_check_ids_find (level->ids, fermata_edge_get_source_id (self->edge));
  if (source == FERMATA_CHECK_NO_ID)
    return;

  if (routing != NULL && routing[source] == UNKNOWN)
    return;
  if (routing != NULL && routing[source] != FERMATA_ROUTING_NONE && (marks & FERMATA_MARK_ERROR) == 0)
    check_choice (self, cases, source, edge, routing[source]);
  else if (fermata_value_get_member (fermata_edge_get_members (self->edge), "case") != NULL)
    report_at_case (self, "misplaced-case",
                    _("only an edge of a node that chooses, such as “if” and “switch”, has a “case”"));
}

void
fermata_check_cases (FermataCheck *self)
{
  g_autoptr (GHashTable) cases = g_hash_table_new_full (case_hash, case_equal, g_free, NULL);
  g_autofree guint8 *routing = collect_routing (self);
  guint n_edges = fermata_graph_get_n_edges (self->level->graph);

  for (guint i = 0; i < n_edges; i++)
    check_edge (self, cases, routing, i);
  self->edge = NULL;
}
