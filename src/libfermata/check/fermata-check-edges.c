/* fermata-check-edges.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "check/fermata-check-similar-private.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"

/* What an edge's members say of its ends, gathered in one walk over them. */
typedef struct {
  FermataValue *id;
  FermataValue *from;
  FermataValue *to;
  guint8 marks; /* of its targets */
} Ends;

static gboolean
is_true (FermataValue *value)
{
  return fermata_value_get_kind (value) == FERMATA_VALUE_KIND_BOOLEAN &&
         fermata_value_get_boolean (value);
}

static gboolean
is_text (FermataValue *value)
{
  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING;
}

static void
read_end (Ends         *ends,
          const char   *name,
          FermataValue *value)
{
  switch (name[0])
    {
    case 'f':
      if (strcmp (name, "from") == 0)
        ends->from = value;
      break;

    case 't':
      if (strcmp (name, "to") == 0)
        ends->to = value;
      break;

    case 'i':
      if (strcmp (name, "id") == 0)
        ends->id = value;
      else if (strcmp (name, "input") == 0 && is_text (value))
        ends->marks |= FERMATA_MARK_NAMED_INPUT;
      break;

    case 'e':
      if (strcmp (name, "each") == 0 && is_true (value))
        ends->marks |= FERMATA_MARK_ITEMS;
      break;

    case 'o':
      if (strcmp (name, "on") == 0)
        ends->marks |= FERMATA_MARK_ERROR;
      break;

    default:
      break;
    }
}

static void
read_ends (Ends         *ends,
           FermataValue *members)
{
  gsize n = fermata_value_get_length (members);

  for (gsize i = 0; i < n; i++)
    read_end (ends, fermata_value_get_member_name (members, i), fermata_value_get_element (members, i));

  /* Most edges are no more than their two ends, which are looked at here:
   * there is nothing in them that could be wrong besides. */
  if (n == 2 && is_text (ends->from) && is_text (ends->to))
    ends->marks |= FERMATA_MARK_BARE;
}

static void
report_dangling (FermataCheck *self,
                 const char   *id)
{
  if (self->level->kind == FERMATA_GRAPH_KIND_FSM)
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "dangling-edge", _("there is no state “%s”"), id);
  else
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "dangling-edge", _("there is no node “%s”"), id);

  fermata_check_hint_node (self, id, FALSE);
  self->level->has_loose_ends = TRUE;
}

/* The place of the node that @value names, if it is a text that does. */
static guint
find_end (FermataCheck *self,
          FermataValue *value)
{
  const char *id;
  guint place;

  /* What is no text is found with the other members. */
  if (!is_text (value))
    return FERMATA_CHECK_NO_ID;

  id = fermata_value_get_string (value, NULL);
  place = fermata_check_ids_find (self->level->ids, id);

  if (place == FERMATA_CHECK_NO_ID && !self->level->is_too_deep)
    report_dangling (self, id);

  return place;
}

static void
report_self_loop (FermataCheck *self,
                  guint         node)
{
  const char *id = fermata_node_get_id (self->level->nodes[node]);

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "self-loop",
                        _("the edge leads back to where it comes from: %s → %s"), id, id);
  fermata_check_add_hint (self, _("a dag runs each node once; iterate with a body"));
}

/* A node that is to run for each item must know which items, and when. */
static void
check_items_to (FermataCheck *self,
                guint         target)
{
  FermataCheckLevel *level = self->level;
  FermataNode *node = level->nodes[target];
  FermataValue *join = fermata_node_get_member (node, "join");

  if ((level->marks[target] & FERMATA_MARK_ITEMS) != 0)
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-each",
                          _("another edge with “each” leads to “%s” already; of which the items are is not clear"),
                          fermata_node_get_id (node));

  if (is_text (join) && strcmp (fermata_value_get_string (join, NULL), "all") != 0)
    {
      g_autofree char *path = fermata_node_dup_path (node);

      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-each",
                            _("“%s” runs for each item, so its “join” must be “all”"),
                            fermata_node_get_id (node));
      fermata_check_relate (self, path);
    }
}

static void
add_arc (FermataCheck *self,
         guint         edge,
         guint         source,
         FermataValue *to,
         guint8        marks)
{
  FermataCheckLevel *level = self->level;
  FermataArc arc = { source, find_end (self, to), edge };

  if (arc.target == FERMATA_CHECK_NO_ID)
    return;

  if ((marks & FERMATA_MARK_ITEMS) != 0 && level->kind == FERMATA_GRAPH_KIND_DAG)
    check_items_to (self, arc.target);
  level->marks[arc.target] |= marks | FERMATA_MARK_HAS_EDGE;

  if (source == FERMATA_CHECK_NO_ID)
    return;

  if (source == arc.target && level->kind == FERMATA_GRAPH_KIND_DAG)
    report_self_loop (self, source);
  else
    g_array_append_val (level->arcs, arc);
}

static void
add_arcs (FermataCheck *self,
          guint         edge,
          guint         source,
          Ends         *ends)
{
  gsize n;

  if (ends->to == NULL)
    return;

  fermata_check_step_into (self, "to");

  if (fermata_value_get_kind (ends->to) == FERMATA_VALUE_KIND_ARRAY)
    {
      n = fermata_value_get_length (ends->to);

      for (gsize i = 0; i < n; i++)
        {
          fermata_check_step_to (self, i);
          add_arc (self, edge, source, fermata_value_get_element (ends->to, i), ends->marks);
          fermata_check_step_out (self);
        }
    }
  else
    add_arc (self, edge, source, ends->to, ends->marks);

  fermata_check_step_out (self);
}

static guint
find_source (FermataCheck *self,
             Ends         *ends)
{
  guint source;

  if (ends->from == NULL)
    return FERMATA_CHECK_NO_ID;

  fermata_check_step_into (self, "from");
  source = find_end (self, ends->from);
  fermata_check_step_out (self);

  if (source != FERMATA_CHECK_NO_ID)
    self->level->marks[source] |= FERMATA_MARK_HAS_EDGE;

  return source;
}

/* Edges need no id, so the table of those that have one is made late. */
static void
check_edge_id (FermataCheck     *self,
               guint             edge,
               FermataValue     *value,
               FermataCheckIds **ids)
{
  g_autofree char *path = NULL;
  const char *id;
  guint first;

  if (!is_text (value))
    return;

  if (*ids == NULL)
    *ids = fermata_check_ids_new (0);

  id = fermata_value_get_string (value, NULL);
  first = fermata_check_ids_add (*ids, id, edge);

  if (first == FERMATA_CHECK_NO_ID)
    return;

  path = fermata_edge_dup_path (fermata_graph_get_edge (self->level->graph, first));
  fermata_check_step_into (self, "id");
  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "duplicate-id",
                        _("another edge has the id “%s” already"), id);
  fermata_check_relate (self, path);
  fermata_check_step_out (self);
}

static void
check_items_of_error (FermataCheck *self,
                      guint8        marks)
{
  if ((marks & FERMATA_MARK_ITEMS) == 0 || (marks & FERMATA_MARK_ERROR) == 0)
    return;

  fermata_check_step_into (self, "each");
  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-each",
                        _("what failed has no items: “each” and “on” exclude each other"));
  fermata_check_step_out (self);
}

/* Finds the edges of the level and where they lead. */
void
fermata_check_collect_edges (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;
  guint n_edges = fermata_graph_get_n_edges (level->graph);
  g_autoptr(FermataCheckIds) ids = NULL;

  level->arcs = g_array_sized_new (FALSE, FALSE, sizeof (FermataArc), n_edges);
  level->edge_marks = g_new0 (guint8, MAX (n_edges, 1));

  for (guint i = 0; i < n_edges; i++)
    {
      Ends ends = { 0 };

      self->edge = fermata_graph_get_edge (level->graph, i);
      read_ends (&ends, fermata_edge_get_members (self->edge));
      level->edge_marks[i] = ends.marks;
      check_edge_id (self, i, ends.id, &ids);
      check_items_of_error (self, ends.marks);
      add_arcs (self, i, find_source (self, &ends), &ends);
    }

  self->edge = NULL;
}
