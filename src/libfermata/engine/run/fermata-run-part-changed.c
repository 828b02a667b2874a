/* fermata-run-part-changed.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-run-part-private.h"

#include <string.h>

/*
 * Which nodes are not what they were in the history, and which depend on
 * those: over edges, by naming their outputs, by naming variables that they
 * assign to.
 */

/* By name, the nodes that mention it; and those that mention no name in
 * particular. */
typedef struct {
  GHashTable *by_name;
  GArray *of_all;
} Readers;

typedef struct {
  FermataPartWork *work;
  GArray *stack;
  Readers of_nodes;
  Readers of_variables;
} Changes;

/* Comparing */

static gboolean
values_equal (FermataValue *a,
              FermataValue *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return fermata_value_equal (a, b);
}

/* What an edge leads to is known where this is asked, and its name is only
 * that. */
static gboolean
is_ignored (const char *name,
            gboolean    is_edge)
{
  return fermata_mentions_is_plain_member (name)
         || (is_edge && (g_str_equal (name, "from") || g_str_equal (name, "to") || g_str_equal (name, "id")));
}

/* Whether all that counts in @a is in @b. */
static gboolean
has_members_of (FermataValue *a,
                FermataValue *b,
                gboolean      is_edge)
{
  for (gsize i = 0; i < fermata_value_get_length (a); i++)
    {
      const char *name = fermata_value_get_member_name (a, i);

      if (!is_ignored (name, is_edge)
          && !values_equal (fermata_value_get_member (a, name), fermata_value_get_member (b, name)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
members_equal (FermataValue *a,
               FermataValue *b,
               gboolean      is_edge)
{
  return has_members_of (a, b, is_edge) && has_members_of (b, a, is_edge);
}

static gboolean
incoming_equal (FermataPartWork *self,
                guint            node)
{
  FermataPlan *now = self->plan;
  FermataPlan *past = self->past_plan;
  guint before = self->before[node];
  guint n_in = fermata_plan_node_n_in (now, node);

  if (fermata_plan_node_n_in (past, before) != n_in)
    return FALSE;

  for (guint i = 0; i < n_in; i++)
    {
      const FermataPlanEdge *a = &now->edges[now->incoming[now->nodes[node].first_in + i]];
      const FermataPlanEdge *b = &past->edges[past->incoming[past->nodes[before].first_in + i]];

      if (!g_str_equal (now->nodes[a->source].id, past->nodes[b->source].id)
          || !members_equal (a->members, b->members, TRUE))
        return FALSE;
    }

  return TRUE;
}

/* What a node that chooses among its edges chooses from. */
static gboolean
outgoing_equal (FermataPartWork *self,
                guint            node)
{
  FermataPlan *now = self->plan;
  FermataPlan *past = self->past_plan;
  guint first = now->nodes[node].first_out;
  guint first_before = past->nodes[self->before[node]].first_out;
  guint n_out = now->nodes[node + 1].first_out - first;

  if (now->nodes[node].routing == FERMATA_ROUTING_NONE)
    return TRUE;
  if (past->nodes[self->before[node] + 1].first_out - first_before != n_out)
    return FALSE;

  for (guint i = 0; i < n_out; i++)
    {
      const FermataPlanEdge *a = &now->edges[first + i];
      const FermataPlanEdge *b = &past->edges[first_before + i];

      if (!g_str_equal (now->nodes[a->target].id, past->nodes[b->target].id)
          || !members_equal (a->members, b->members, TRUE))
        return FALSE;
    }

  return TRUE;
}

static gboolean
mentioned_equal (const FermataMentioned *mentioned,
                 FermataValue           *now,
                 FermataValue           *past)
{
  GHashTableIter iter;
  gpointer name;

  if (mentioned->all)
    return values_equal (now, past);

  g_hash_table_iter_init (&iter, mentioned->names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (!values_equal (fermata_value_get_member (now, name), fermata_value_get_member (past, name)))
        return FALSE;
    }

  return TRUE;
}

/* What went into it from outside: inputs, and first values of variables. */
static gboolean
values_read_equal (FermataPartWork *self,
                   guint            node)
{
  FermataMentions *mentions = fermata_part_get_mentions (self, node);
  FermataValue *variables = fermata_value_get_member (self->past->start, "variables");

  return mentioned_equal (&mentions->inputs, self->inputs, self->past->inputs)
         && mentioned_equal (&mentions->variables, self->variables, variables);
}

/* An output that somebody pinned says nothing of what the node would do. */
static gboolean
was_pinned (FermataPartWork *self,
            const char      *id)
{
  FermataValue *given = self->past->start == NULL ? NULL
                        : fermata_value_get_member (self->past->start, "given");
  FermataValue *entry = given == NULL ? NULL : fermata_value_get_member (given, id);
  FermataValue *by = entry == NULL ? NULL : fermata_value_get_member (entry, "by");

  return by != NULL && g_strcmp0 (fermata_value_get_string (by, NULL), "pin") == 0;
}

static gboolean
has_changed (FermataPartWork *self,
             guint            node)
{
  guint before = self->before[node];
  FermataNodeRecord past = fermata_part_get_past (self, node);

  if (before == FERMATA_INDEX_NONE || self->plan->nodes[node].exit != FERMATA_EXIT_NONE)
    return TRUE;
  if (past.status != FERMATA_NODE_STATUS_DONE && !fermata_part_was_skipped (self, node))
    return TRUE;

  return was_pinned (self, self->plan->nodes[node].id)
         || !members_equal (self->plan->nodes[node].members, self->past_plan->nodes[before].members, FALSE)
         || !incoming_equal (self, node)
         || !outgoing_equal (self, node)
         || !values_read_equal (self, node);
}

/* Who depends on whom */

static void
readers_init (Readers *self)
{
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->of_all = g_array_new (FALSE, FALSE, sizeof (guint));
}

static void
readers_clear (Readers *self)
{
  g_hash_table_unref (self->by_name);
  g_array_unref (self->of_all);
}

static void
readers_add (Readers                *self,
             const FermataMentioned *mentioned,
             guint                   node)
{
  GHashTableIter iter;
  gpointer name;

  if (mentioned->all)
    g_array_append_val (self->of_all, node);

  g_hash_table_iter_init (&iter, mentioned->names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      GArray *nodes = g_hash_table_lookup (self->by_name, name);

      if (nodes == NULL)
        {
          nodes = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (self->by_name, g_strdup (name), nodes);
        }
      g_array_append_val (nodes, node);
    }
}

static void
push (Changes *self,
      guint    node)
{
  if ((self->work->marks[node] & PART_RUNS) != 0)
    return;

  self->work->marks[node] |= PART_RUNS;
  g_array_append_val (self->stack, node);
}

static void
push_all (Changes *self,
          GArray  *nodes)
{
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    push (self, g_array_index (nodes, guint, i));
}

/* Each name's readers are pushed once: afterwards there are none. */
static void
push_readers (Changes    *self,
              Readers    *readers,
              const char *name)
{
  push_all (self, g_hash_table_lookup (readers->by_name, name));
  g_hash_table_remove (readers->by_name, name);
  push_all (self, readers->of_all);
  g_array_set_size (readers->of_all, 0);
}

/* `assign`: [ { "order.total": … }, … ], wherever it is. */
static void
push_readers_of_assigned (Changes      *self,
                          FermataValue *assign)
{
  if (assign == NULL || fermata_value_get_kind (assign) != FERMATA_VALUE_KIND_ARRAY)
    return;

  for (gsize i = 0; i < fermata_value_get_length (assign); i++)
    {
      FermataValue *one = fermata_value_get_element (assign, i);
      gsize n = fermata_value_get_kind (one) == FERMATA_VALUE_KIND_OBJECT ? fermata_value_get_length (one) : 0;

      for (gsize k = 0; k < n; k++)
        {
          const char *name = fermata_value_get_member_name (one, k);
          g_autofree char *variable = g_strndup (name, strcspn (name, "."));

          push_readers (self, &self->of_variables, variable);
        }
    }
}

/* What it takes items from that nobody has kept. */
static void
push_emitters (Changes *self,
               guint    node)
{
  FermataPlan *plan = self->work->plan;

  for (guint i = plan->nodes[node].first_in; i < plan->nodes[node + 1].first_in; i++)
    {
      if (fermata_part_lacks_items (self->work, plan->incoming[i]))
        push (self, plan->edges[plan->incoming[i]].source);
    }
}

static void
push_dependents (Changes *self,
                 guint    node)
{
  FermataPlan *plan = self->work->plan;

  push_emitters (self, node);
  for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
    {
      push (self, plan->edges[i].target);
      push_readers_of_assigned (self, fermata_value_get_member (plan->edges[i].members, "assign"));
    }
  push_readers (self, &self->of_nodes, plan->nodes[node].id);
  push_readers_of_assigned (self, fermata_value_get_member (plan->nodes[node].members, "assign"));
}

void
fermata_part_select_changed (FermataPartWork *self)
{
  Changes changes = { .work = self };

  changes.stack = g_array_new (FALSE, FALSE, sizeof (guint));
  readers_init (&changes.of_nodes);
  readers_init (&changes.of_variables);

  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      FermataMentions *mentions = fermata_part_get_mentions (self, i);

      readers_add (&changes.of_nodes, &mentions->nodes, i);
      readers_add (&changes.of_variables, &mentions->variables, i);
      if (has_changed (self, i))
        push (&changes, i);
    }
  while (changes.stack->len > 0)
    {
      guint node = g_array_index (changes.stack, guint, changes.stack->len - 1);

      g_array_set_size (changes.stack, changes.stack->len - 1);
      push_dependents (&changes, node);
    }

  readers_clear (&changes.of_variables);
  readers_clear (&changes.of_nodes);
  g_array_unref (changes.stack);
}
