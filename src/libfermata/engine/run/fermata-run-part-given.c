/* fermata-run-part-given.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-run-part-private.h"

#include "engine/run/fermata-artifacts-private.h"

/* What nodes that do not run have, and in which order they are given it. */

/* A failure that something was done about is given as it was; any other would
 * end the new run before it began. */
static gboolean
was_handled (FermataPartFrame *self,
             guint             node)
{
  FermataPlan *past = self->level->past_plan;
  guint before = self->level->before[node];

  for (guint i = past->nodes[before].first_out; i < past->nodes[before + 1].first_out; i++)
    {
      FermataEdgeStatus status = fermata_frame_get_edge (self->past, i);

      if (status == FERMATA_EDGE_STATUS_FAILED || status == FERMATA_EDGE_STATUS_PENDING)
        return FALSE;
    }

  return past->nodes[before].first_out < past->nodes[before + 1].first_out;
}

static gboolean
is_known (FermataPartFrame *self,
          guint             node)
{
  FermataNodeRecord past = fermata_part_get_past (self, node);

  /* A return would end the new run before it began. */
  if (self->level->plan->nodes[node].exit != FERMATA_EXIT_NONE)
    return FALSE;

  return (past.status == FERMATA_NODE_STATUS_DONE && !fermata_artifact_is_lost (past.value))
         || (past.status == FERMATA_NODE_STATUS_FAILED && was_handled (self, node));
}

/* What only comes after what runs would be what came of something else. */
static void
give_node (FermataPartFrame *self,
           guint             node)
{
  guint16 *marks = &self->marks[node];

  if ((*marks & (PART_RUNS | PART_GIVEN)) != 0
      || ((*marks & PART_IS_AFTER) != 0 && (*marks & PART_IS_BEFORE) == 0))
    return;

  if (is_known (self, node))
    *marks |= PART_GIVEN_BY_HISTORY;
  else if (fermata_value_get_member (self->level->plan->nodes[node].members, "pin") != NULL)
    *marks |= PART_PINNED_BY_GRAPH;
}

static FermataValue *
get_output (FermataPartFrame *self,
            guint             node)
{
  const FermataPlanNode *plan_node = &self->level->plan->nodes[node];
  FermataNodeRecord past = fermata_part_get_past (self, node);

  if ((self->marks[node] & PART_PINNED) != 0)
    return fermata_part_scope_get_pin (self->level->scope, node);
  if ((self->marks[node] & PART_PINNED_BY_GRAPH) != 0)
    return fermata_value_get_member (plan_node->members, "pin");

  return past.status == FERMATA_NODE_STATUS_DONE ? past.value : NULL;
}

/* What a node emitted while it ran is not kept: if it is to be taken item by
 * item, there must be an array of it. */
gboolean
fermata_part_lacks_items (FermataPartFrame *self,
                          guint             edge)
{
  guint source = self->level->plan->edges[edge].source;
  FermataValue *each = fermata_value_get_member (self->level->plan->edges[edge].members, "each");
  FermataValue *with = fermata_value_get_member (self->level->plan->nodes[source].members, "with");
  FermataValue *output = get_output (self, source);

  if (each == NULL || fermata_value_get_kind (each) != FERMATA_VALUE_KIND_BOOLEAN
      || !fermata_value_get_boolean (each) || output == NULL)
    return FALSE;

  return fermata_value_get_kind (output) != FERMATA_VALUE_KIND_ARRAY
         && with != NULL && fermata_value_get_kind (with) == FERMATA_VALUE_KIND_OBJECT
         && fermata_value_get_member (with, "emit") != NULL;
}

/* Why a node has nothing. */
static const char *
describe_lack (FermataPartFrame *self,
               guint             node)
{
  if (self->level->work->past_plan == NULL)
    return "is left out, and has none";
  if (self->past == NULL)
    return "is left out, and is in a frame that is not in the history";
  if (self->level->before[node] == FERMATA_INDEX_NONE)
    return "is left out, and is not in the history";

  switch ((int) fermata_part_get_past (self, node).status)
    {
    case FERMATA_NODE_STATUS_DONE:
      return self->level->plan->nodes[node].exit != FERMATA_EXIT_NONE ? "is left out, and would end the run"
                                             : "is left out, and the file that it was in is gone";
    case FERMATA_NODE_STATUS_FAILED:
      return "is left out, and failed in the history";
    case FERMATA_NODE_STATUS_CANCELLED:
      return "is left out, and was cancelled in the history";
    case FERMATA_NODE_STATUS_SKIPPED:
      return "is left out, and was skipped in the history because something else did not end well";
    default:
      return "is left out, and did not end in the history";
    }
}

/* A node that its edges skipped in the history is skipped again. */
static gboolean
check_need (FermataPartFrame  *self,
            guint              node,
            guint              needed,
            GError           **error)
{
  if ((self->marks[needed] & (PART_RUNS | PART_GIVEN)) != 0
      || fermata_part_was_skipped (self, needed))
    return TRUE;

  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_PART,
               "Node “%s%s” needs the output of “%s%s”, which %s", self->level->path,
               self->level->plan->nodes[node].id, self->level->path,
               self->level->plan->nodes[needed].id, describe_lack (self, needed));

  return FALSE;
}

/* The outputs that it names. Of what comes after it there can be none. */
static gboolean
check_mentions (FermataPartFrame  *self,
                guint              node,
                GError           **error)
{
  FermataMentions *mentions = fermata_part_get_mentions (self->level, node);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, mentions->nodes.names);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      guint needed;

      if (!fermata_plan_find_node (self->level->plan, id, &needed)
          || (self->marks[needed] & (PART_IS_AFTER | PART_IS_BEFORE)) == PART_IS_AFTER)
        continue;
      if (!check_need (self, node, needed, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_items (FermataPartFrame  *self,
             guint              edge,
             GError           **error)
{
  const FermataPlanEdge *plan_edge = &self->level->plan->edges[edge];

  if (!fermata_part_lacks_items (self, edge))
    return TRUE;

  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_PART,
               "Node “%s%s” needs the items of “%s%s”, which is left out, and whose items are not kept",
               self->level->path, self->level->plan->nodes[plan_edge->target].id, self->level->path,
               self->level->plan->nodes[plan_edge->source].id);

  return FALSE;
}

static gboolean
check_needs (FermataPartFrame  *self,
             guint              node,
             GError           **error)
{
  FermataPlan *plan = self->level->plan;

  for (guint i = plan->nodes[node].first_in; i < plan->nodes[node + 1].first_in; i++)
    {
      guint edge = plan->incoming[i];

      if (!check_need (self, node, plan->edges[edge].source, error)
          || ((self->marks[plan->edges[edge].source] & PART_RUNS) == 0 && !check_items (self, edge, error)))
        return FALSE;
    }

  return check_mentions (self, node, error);
}

gboolean
fermata_part_give (FermataPartFrame  *self,
                   GError           **error)
{
  gboolean is_whole = TRUE;

  for (guint i = 0; i < self->level->plan->n_nodes; i++)
    {
      give_node (self, i);
      is_whole = is_whole && (self->marks[i] & PART_RUNS) != 0;
    }

  for (guint i = 0; !is_whole && i < self->level->plan->n_nodes; i++)
    {
      if ((self->marks[i] & PART_RUNS) != 0 && !check_needs (self, i, error))
        return FALSE;
    }

  return TRUE;
}

/* The order: nodes that are given something before those that their edges lead
 * to, so that conditions see the input that they saw; of several, first what
 * is pinned, and then as it was in the history. */
typedef struct {
  guint node;
  guint64 number;
} Place;

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *one = a;
  const Place *other = b;

  if (one->number != other->number)
    return one->number < other->number ? -1 : 1;

  return one->node < other->node ? -1 : one->node > other->node;
}

static GArray *
collect_places (FermataPartFrame *self)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = 0; i < self->level->plan->n_nodes; i++)
    {
      Place place = { .node = i };

      if ((self->marks[i] & PART_GIVEN) == 0)
        continue;
      if ((self->marks[i] & PART_GIVEN_BY_HISTORY) != 0)
        place.number = fermata_part_get_past (self, i).writer;
      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);

  return places;
}

static guint
count_given_sources (FermataPartFrame *self,
                     guint             node)
{
  FermataPlan *plan = self->level->plan;
  guint n = 0;

  for (guint i = plan->nodes[node].first_in; i < plan->nodes[node + 1].first_in; i++)
    n += (self->marks[plan->edges[plan->incoming[i]].source] & PART_GIVEN) != 0;

  return n;
}

/* The moment that an error names was one of the other run. */
static void
set_error (FermataValueBuilder *entry,
           FermataValue        *error)
{
  g_autoptr (FermataValue) timeless = fermata_value_without_member (error, "moment");

  fermata_value_builder_set (entry, "error", timeless);
}

/* Which edge a node that chooses among them has chosen: by name, or null. */
static void
set_choice (FermataPartFrame    *self,
            FermataValueBuilder *entry,
            guint                node)
{
  FermataPlan *past = self->level->past_plan;
  guint before = self->level->before[node];
  g_autoptr (FermataValue) none = fermata_value_new_null ();

  if (past->nodes[before].routing == FERMATA_ROUTING_NONE)
    return;

  fermata_value_builder_set (entry, "edge", none);
  for (guint i = past->nodes[before].first_out; i < past->nodes[before + 1].first_out; i++)
    {
      if (past->edges[i].on_error
          || fermata_frame_get_edge (self->past, i) != FERMATA_EDGE_STATUS_TAKEN)
        continue;
      fermata_value_builder_set_string (entry, "edge", fermata_plan_get_edge_name (past, i));
      return;
    }
}

static FermataValue *
make_entry (FermataPartFrame *self,
            guint             node)
{
  g_autoptr (FermataValueBuilder) entry = fermata_value_builder_new_object ();
  const FermataPlanNode *plan_node = &self->level->plan->nodes[node];
  FermataNodeRecord past = fermata_part_get_past (self, node);
  const char *by = "history";

  if ((self->marks[node] & PART_GIVEN_BY_HISTORY) != 0)
    {
      FermataValueBuilder *all = g_hash_table_lookup (self->changes, PART_KEY (self->level->before[node]));
      g_autoptr (FermataValue) changes = all == NULL ? NULL : fermata_value_builder_end (all);

      if (past.status == FERMATA_NODE_STATUS_FAILED)
        set_error (entry, past.value);
      else
        fermata_value_builder_set (entry, "output", past.value);
      if (past.status == FERMATA_NODE_STATUS_DONE)
        set_choice (self, entry, node);
      if (changes != NULL)
        fermata_value_builder_set (entry, "changes", changes);
    }
  else if ((self->marks[node] & PART_PINNED) != 0)
    {
      fermata_value_builder_set (entry, "output", fermata_part_scope_get_pin (self->level->scope, node));
      by = "pin";
    }
  else
    {
      fermata_value_builder_set (entry, "output", fermata_value_get_member (plan_node->members, "pin"));
      by = "graph";
    }
  fermata_value_builder_set_string (entry, "by", by);

  return fermata_value_builder_end (entry);
}

static void
add_entry (FermataPartFrame    *self,
           FermataValueBuilder *given,
           guint                node)
{
  g_autoptr (FermataValue) entry = make_entry (self, node);

  fermata_value_builder_set (given, self->level->plan->nodes[node].id, entry);
}

/* Kahn's algorithm, with the places that are ready in a set. What is in a cycle
 * (nobody checked the graph) comes last. */
static FermataValue *
make_given (FermataPartFrame *self)
{
  g_autoptr (FermataValueBuilder) given = fermata_value_builder_new_object ();
  g_autoptr (GArray) places = collect_places (self);
  g_autofree guint *place_of = g_new0 (guint, self->level->plan->n_nodes);
  g_autofree guint *pending = g_new0 (guint, self->level->plan->n_nodes);
  FermataPlan *plan = self->level->plan;
  FermataIndexSet ready;
  FermataIndexSet rest;

  fermata_index_set_init (&ready, places->len);
  fermata_index_set_init (&rest, places->len);
  for (guint i = 0; i < places->len; i++)
    {
      guint node = g_array_index (places, Place, i).node;

      place_of[node] = i;
      pending[node] = count_given_sources (self, node);
      fermata_index_set_add (pending[node] == 0 ? &ready : &rest, i);
    }

  while (ready.n_members + rest.n_members > 0)
    {
      FermataIndexSet *from = ready.n_members > 0 ? &ready : &rest;
      guint place = fermata_index_set_get_lowest (from);
      guint node = g_array_index (places, Place, place).node;

      fermata_index_set_remove (from, place);
      add_entry (self, given, node);
      for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
        {
          guint target = plan->edges[i].target;

          if ((self->marks[target] & PART_GIVEN) == 0
              || !fermata_index_set_contains (&rest, place_of[target]) || --pending[target] > 0)
            continue;
          fermata_index_set_remove (&rest, place_of[target]);
          fermata_index_set_add (&ready, place_of[target]);
        }
    }
  fermata_index_set_clear (&ready);
  fermata_index_set_clear (&rest);

  return fermata_value_builder_end (given);
}

static FermataValue *
make_left_out (FermataPartFrame *self)
{
  g_autoptr (FermataValueBuilder) left_out = fermata_value_builder_new_array ();

  for (guint i = 0; i < self->level->plan->n_nodes; i++)
    {
      if ((self->marks[i] & (PART_RUNS | PART_GIVEN)) == 0)
        fermata_value_builder_add_string (left_out, self->level->plan->nodes[i].id);
    }

  return fermata_value_builder_end (left_out);
}

static void
add_if_any (FermataValueBuilder *builder,
            const char          *name,
            FermataValue        *list)
{
  if (fermata_value_get_length (list) > 0)
    fermata_value_builder_set (builder, name, list);
}

void
fermata_part_add_nodes (FermataPartFrame    *self,
                        FermataValueBuilder *builder)
{
  g_autoptr (FermataValue) given = make_given (self);
  g_autoptr (FermataValue) left_out = make_left_out (self);

  add_if_any (builder, "given", given);
  add_if_any (builder, "left-out", left_out);
}
