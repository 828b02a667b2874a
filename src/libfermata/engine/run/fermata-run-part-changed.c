/* fermata-run-part-changed.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-run-part-private.h"

#include <string.h>

#include "engine/moment/fermata-frame-part-private.h"

/*
 * Which nodes are not what they were in the history, and which depend on
 * those: over edges, by naming their outputs, by naming variables that they
 * assign to. In bodies, also what has changed around them counts.
 */

/* By name, the nodes that mention it; and those that mention no name in
 * particular. */
typedef struct {
  GHashTable *by_name;
  GArray *of_all;
} Readers;

/* @frame is NULL for what counts in whatever frame. */
typedef struct {
  FermataPartLevel *level;
  FermataPartFrame *frame;
  guint16 *marks;
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
incoming_equal (FermataPartLevel *self,
                guint             node)
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
outgoing_equal (FermataPartLevel *self,
                guint             node)
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

  if (mentioned->all || now == NULL || past == NULL)
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
values_read_equal (FermataPartWork       *work,
                   const FermataMentions *mentions)
{
  return mentioned_equal (&mentions->inputs, work->inputs, work->past_inputs)
         && mentioned_equal (&mentions->variables, work->variables, work->past_variables);
}

/* An output that somebody pinned says nothing of what the node would do. */
static gboolean
was_pinned (FermataPartFrame *self,
            guint             node)
{
  FermataValue *entry = fermata_frame_get_given (self->past, self->level->before[node]);
  FermataValue *by = entry == NULL ? NULL : fermata_value_get_member (entry, "by");

  return by != NULL && g_strcmp0 (fermata_value_get_string (by, NULL), "pin") == 0;
}

/* Of a frame: it ended otherwise than it might have. */
static gboolean
has_ended_badly (FermataPartFrame *self,
                 guint             node)
{
  FermataNodeRecord past = fermata_part_get_past (self, node);

  return (past.status != FERMATA_NODE_STATUS_DONE && !fermata_part_was_skipped (self, node))
         || was_pinned (self, node);
}

/* A pin that is another output than it had. */
static gboolean
is_pinned_anew (FermataPartFrame *self,
                guint             node)
{
  FermataValue *pin = fermata_part_scope_get_pin (self->level->scope, node);
  FermataNodeRecord past = fermata_part_get_past (self, node);

  return pin != NULL && (past.status != FERMATA_NODE_STATUS_DONE || !fermata_value_equal (pin, past.value));
}

/* What is around */

static void
add_assigned (GHashTable   *names,
              FermataValue *assign)
{
  if (fermata_value_get_kind (assign) != FERMATA_VALUE_KIND_ARRAY)
    return;

  for (gsize i = 0; i < fermata_value_get_length (assign); i++)
    {
      FermataValue *one = fermata_value_get_element (assign, i);
      gsize n = fermata_value_get_kind (one) == FERMATA_VALUE_KIND_OBJECT ? fermata_value_get_length (one) : 0;

      for (gsize k = 0; k < n; k++)
        {
          const char *name = fermata_value_get_member_name (one, k);

          g_hash_table_add (names, g_strndup (name, strcspn (name, ".")));
        }
    }
}

static void
push_inner (GPtrArray    *stack,
            FermataValue *value)
{
  FermataValueKind kind = fermata_value_get_kind (value);

  if (kind != FERMATA_VALUE_KIND_ARRAY && kind != FERMATA_VALUE_KIND_OBJECT)
    return;

  for (gsize i = 0; i < fermata_value_get_length (value); i++)
    g_ptr_array_add (stack, kind == FERMATA_VALUE_KIND_ARRAY
                            ? fermata_value_get_element (value, i)
                            : fermata_value_get_member (value, fermata_value_get_member_name (value, i)));
}

/* `assign`: [ { "order.total": … }, … ], at whatever depth: what is in a body may
 * change what is around it. */
static void
add_all_assigned (GHashTable   *names,
                  FermataValue *members)
{
  g_autoptr (GPtrArray) stack = g_ptr_array_new ();

  g_ptr_array_add (stack, members);
  while (stack->len > 0)
    {
      FermataValue *value = g_ptr_array_steal_index_fast (stack, stack->len - 1);
      FermataValue *assign = fermata_value_get_kind (value) == FERMATA_VALUE_KIND_OBJECT
                             ? fermata_value_get_member (value, "assign") : NULL;

      if (assign != NULL)
        add_assigned (names, assign);
      push_inner (stack, value);
    }
}

/* What a node assigns to, and the edges that leave it. */
static void
add_assigned_by (GHashTable  *names,
                 FermataPlan *plan,
                 guint        node)
{
  add_all_assigned (names, plan->nodes[node].members);
  for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
    add_all_assigned (names, plan->edges[i].members);
}

static GHashTable *
names_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* By name, the one node of a level that assigns to it, or that there are several. */
#define BY_SEVERAL GUINT_TO_POINTER (G_MAXUINT)

static void
note_assigned (GHashTable  *all,
               FermataPlan *plan,
               guint        node)
{
  g_autoptr (GHashTable) names = names_new ();
  GHashTableIter iter;
  gpointer name;

  add_assigned_by (names, plan, node);
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_hash_table_insert (all, g_strdup (name),
                         g_hash_table_contains (all, name) ? BY_SEVERAL : PART_KEY (node));
}

/* Those that run, or, of frames that come one after the other, all: what one frame
 * assigns the next may read. */
static GHashTable *
get_assigned (FermataPartLevel  *self,
              gboolean           by_all,
              GHashTable       **assigned)
{
  if (*assigned != NULL)
    return *assigned;

  *assigned = names_new ();
  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      if (by_all || (self->marks[i] & (PART_RUNS | PART_PINNED)) != 0)
        note_assigned (*assigned, self->plan, i);
    }

  return *assigned;
}

/* Whether any is assigned to by another node than @owner. */
static gboolean
mentions_assigned (const FermataMentioned *mentioned,
                   GHashTable             *assigned,
                   guint                   owner)
{
  GHashTableIter iter;
  gpointer name, by;

  g_hash_table_iter_init (&iter, mentioned->all ? assigned : mentioned->names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      by = g_hash_table_lookup (assigned, name);
      if (by != NULL && by != PART_KEY (owner))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_dirty_node (const FermataPartLevel *self,
               guint                   node,
               guint                   owner)
{
  return node != owner && (self->marks[node] & (PART_RUNS | PART_PINNED)) != 0;
}

static gboolean
mentions_running (const FermataMentioned *mentioned,
                  FermataPartLevel       *self,
                  guint                   owner)
{
  GHashTableIter iter;
  gpointer name;
  guint node;

  for (guint i = 0; mentioned->all && i < self->plan->n_nodes; i++)
    {
      if (is_dirty_node (self, i, owner))
        return TRUE;
    }

  g_hash_table_iter_init (&iter, mentioned->names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (fermata_plan_find_node (self->plan, name, &node) && is_dirty_node (self, node, owner))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_repeated (FermataPartLevel *self)
{
  return self->around != NULL
         && fermata_plan_node_has_many_frames (&self->around->plan->nodes[self->owner]);
}

/* Whether what is mentioned in a frame may be another than it was, since something
 * runs around it, or ran in the frame before. */
static gboolean
is_dirty (FermataPartLevel      *level,
          const FermataMentions *mentions)
{
  gboolean sees_variables = TRUE;

  for (FermataPartLevel *self = level; self->around != NULL; self = self->around)
    {
      FermataPartLevel *around = self->around;

      sees_variables = sees_variables && self->plan->variables == NULL;
      if (mentions_running (&mentions->nodes, around, self->owner))
        return TRUE;
      if (sees_variables
          && ((is_repeated (self)
               && mentions_assigned (&mentions->variables, get_assigned (self, TRUE, &self->assigned_by_all),
                                     FERMATA_INDEX_NONE))
              || mentions_assigned (&mentions->variables, get_assigned (around, FALSE, &around->assigned),
                                    self->owner)))
        return TRUE;
    }

  return FALSE;
}

/* Of a graph in a body, what is said of it as a whole. */
static gboolean
graph_differs (FermataPartLevel *self)
{
  FermataMentions mentions;
  gboolean differs;

  if (self->around == NULL || self->plan->is_item)
    return FALSE;

  fermata_mentions_init (&mentions);
  fermata_mentions_add (&mentions, self->plan->members);
  differs = !members_equal (self->plan->members, self->past_plan->members, FALSE)
            || !values_read_equal (self->work, &mentions) || is_dirty (self, &mentions);
  fermata_mentions_clear (&mentions);

  return differs;
}

/* Nodes that are not what they were, whatever became of them in a frame. */
static gboolean
differs (FermataPartLevel *self,
         guint             node)
{
  guint before = self->before[node];
  FermataMentions *mentions = fermata_part_get_mentions (self, node);

  return before == FERMATA_INDEX_NONE || self->plan->nodes[node].exit != FERMATA_EXIT_NONE
         || !members_equal (self->plan->nodes[node].members, self->past_plan->nodes[before].members, FALSE)
         || !values_equal (self->plan->nodes[node].content, self->past_plan->nodes[before].content)
         || !incoming_equal (self, node)
         || !outgoing_equal (self, node)
         || !values_read_equal (self->work, mentions)
         || is_dirty (self, mentions);
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
  if ((self->marks[node] & PART_RUNS) != 0)
    return;

  self->marks[node] |= PART_RUNS;
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

static void
push_readers_of_assigned (Changes *self,
                          guint    node)
{
  g_autoptr (GHashTable) names = names_new ();
  GHashTableIter iter;
  gpointer name;

  add_assigned_by (names, self->level->plan, node);
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    push_readers (self, &self->of_variables, name);
}

/* What it takes items from that nobody has kept. */
static void
push_emitters (Changes *self,
               guint    node)
{
  FermataPlan *plan = self->level->plan;

  if (self->frame == NULL)
    return;

  for (guint i = plan->nodes[node].first_in; i < plan->nodes[node + 1].first_in; i++)
    {
      if (fermata_part_lacks_items (self->frame, plan->incoming[i]))
        push (self, plan->edges[plan->incoming[i]].source);
    }
}

static void
push_dependents (Changes *self,
                 guint    node)
{
  FermataPlan *plan = self->level->plan;

  push_emitters (self, node);
  for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
    push (self, plan->edges[i].target);
  push_readers (self, &self->of_nodes, plan->nodes[node].id);
  push_readers_of_assigned (self, node);
}

static void
changes_init (Changes          *self,
              FermataPartLevel *level,
              FermataPartFrame *frame,
              guint16          *marks)
{
  self->level = level;
  self->frame = frame;
  self->marks = marks;
  self->stack = g_array_new (FALSE, FALSE, sizeof (guint));
  readers_init (&self->of_nodes);
  readers_init (&self->of_variables);
  for (guint i = 0; i < level->plan->n_nodes; i++)
    {
      FermataMentions *mentions = fermata_part_get_mentions (level, i);

      readers_add (&self->of_nodes, &mentions->nodes, i);
      readers_add (&self->of_variables, &mentions->variables, i);
    }
}

static void
changes_finish (Changes *self)
{
  while (self->stack->len > 0)
    {
      guint node = g_array_index (self->stack, guint, self->stack->len - 1);

      g_array_set_size (self->stack, self->stack->len - 1);
      push_dependents (self, node);
    }

  readers_clear (&self->of_variables);
  readers_clear (&self->of_nodes);
  g_array_unref (self->stack);
}

/* Pins in its frames have to be looked at. */
static gboolean
has_pins_within (FermataPartLevel *self,
                 guint             node)
{
  FermataPartBody *body = fermata_part_scope_get_body (self->scope, node);

  return body != NULL && (body->has & PART_HAS_PINS) != 0;
}

static gboolean
has_changed_in (FermataPartFrame *frame,
                guint             node)
{
  return frame->level->before[node] == FERMATA_INDEX_NONE || has_ended_badly (frame, node)
         || is_pinned_anew (frame, node) || has_pins_within (frame->level, node);
}

/* A machine has no part: it runs, if anything has changed. */
void
fermata_part_select_changed (FermataPartLevel *self,
                             FermataPartFrame *root)
{
  Changes changes;
  gboolean is_other;

  changes_init (&changes, self, root, root == NULL ? self->marks : root->marks);
  is_other = self->past_plan == NULL || graph_differs (self);
  self->has_changed = is_other;
  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      if (is_other || differs (self, i) || (root != NULL && has_changed_in (root, i)))
        push (&changes, i);
    }
  self->has_changed = self->has_changed || changes.stack->len > 0;
  changes_finish (&changes);
}

/* Whether anything of it is to run that would not in every frame. */
static gboolean
push_changed_in (Changes          *self,
                 FermataPartFrame *frame)
{
  gboolean has_any = FALSE;

  for (guint i = 0; i < frame->level->plan->n_nodes; i++)
    {
      gboolean is_pinned = (frame->marks[i] & PART_GIVEN) != 0;

      if (!has_changed_in (frame, i) || (frame->marks[i] & PART_RUNS) != 0)
        continue;

      has_any = TRUE;
      if (is_pinned)
        push_dependents (self, i);
      else
        push (self, i);
    }

  return has_any;
}

void
fermata_part_frame_select_changed (FermataPartFrame *self)
{
  FermataPlan *plan = self->level->plan;
  Changes changes;

  changes_init (&changes, self->level, self, self->marks);
  self->is_extended = push_changed_in (&changes, self);
  for (guint i = 0; i < plan->n_nodes; i++)
    {
      if ((self->marks[i] & PART_RUNS) != 0)
        push_emitters (&changes, i);
    }
  changes_finish (&changes);

  for (guint i = 0; i < plan->n_nodes; i++)
    {
      self->marks[i] &= ~(PART_IS_BEFORE | PART_IS_AFTER);
      if ((self->marks[i] & PART_GIVEN) != 0)
        self->marks[i] &= ~PART_RUNS;
    }
  fermata_part_mark_surroundings (plan, self->marks);
}
