/* fermata-run-part-level.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-run-part-private.h"

/*
 * What is to run of plans in frames. Frames of a node come one after another, by
 * index: "from" one means what comes after it, too. All frames of which the same
 * is wanted share a level.
 */

static void
owner_free (FermataPartOwner *self)
{
  g_hash_table_unref (self->levels);
  g_free (self);
}

static void
map_nodes (FermataPartLevel *self)
{
  FermataPlan *past = self->past_plan;

  self->before = g_new (guint32, self->plan->n_nodes + 1);
  self->now = g_new (guint32, past == NULL ? 1 : past->n_nodes + 1);
  for (guint i = 0; past != NULL && i < past->n_nodes; i++)
    self->now[i] = FERMATA_INDEX_NONE;
  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      if (past == NULL || !fermata_plan_find_node (past, self->plan->nodes[i].id, &self->before[i]))
        self->before[i] = FERMATA_INDEX_NONE;
      else
        self->now[self->before[i]] = i;
    }
}

FermataPartLevel *
fermata_part_level_new (FermataPartWork  *work,
                        FermataPartScope *scope,
                        FermataPlan      *plan,
                        FermataPlan      *past_plan,
                        const char       *path)
{
  FermataPartLevel *self = g_new0 (FermataPartLevel, 1);

  self->work = work;
  self->scope = scope;
  self->plan = plan;
  self->past_plan = past_plan;
  self->path = g_strdup (path);
  self->marks = g_new0 (guint16, plan->n_nodes + 1);
  self->owners = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) owner_free);
  map_nodes (self);

  return self;
}

void
fermata_part_level_free (FermataPartLevel *self)
{
  for (guint i = 0; self->mentions != NULL && i < self->plan->n_nodes; i++)
    {
      if (self->mentions[i].inputs.names != NULL)
        fermata_mentions_clear (&self->mentions[i]);
    }
  g_hash_table_unref (self->owners);
  g_free (self->mentions);
  g_clear_pointer (&self->assigned, g_hash_table_unref);
  g_clear_pointer (&self->assigned_by_all, g_hash_table_unref);
  g_free (self->marks);
  g_free (self->before);
  g_free (self->now);
  g_free (self->path);
  g_free (self);
}

FermataMentions *
fermata_part_get_mentions (FermataPartLevel *self,
                           guint             node)
{
  FermataPlan *plan = self->plan;
  FermataMentions *mentions;

  if (self->mentions == NULL)
    self->mentions = g_new0 (FermataMentions, plan->n_nodes);
  mentions = &self->mentions[node];
  if (mentions->inputs.names != NULL)
    return mentions;

  fermata_mentions_init (mentions);
  fermata_mentions_add (mentions, plan->nodes[node].members);
  for (guint i = plan->nodes[node].first_in; i < plan->nodes[node + 1].first_in; i++)
    fermata_mentions_add (mentions, plan->edges[plan->incoming[i]].members);
  if (plan->nodes[node].routing != FERMATA_ROUTING_NONE)
    {
      for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
        fermata_mentions_add (mentions, plan->edges[i].members);
    }

  return mentions;
}

/* Owners */

/* A graph that is in itself is not gone into for ever. */
static gboolean
is_within_itself (FermataPartLevel *level,
                  FermataPlan      *body)
{
  for (FermataPartLevel *around = level; around != NULL; around = around->around)
    {
      if (around->plan == body)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_of_interest (FermataPartLevel      *level,
                guint                  node,
                const FermataPartBody *body)
{
  guint16 marks = level->marks[node];

  if (level->plan->nodes[node].body == NULL || (marks & PART_RUNS) == 0)
    return FALSE;
  if (body != NULL && (body->has & PART_HAS_PINS) != 0)
    return TRUE;
  if (level->work->part->changed)
    return level->before[node] != FERMATA_INDEX_NONE
           && level->past_plan->nodes[level->before[node]].body != NULL
           && !is_within_itself (level, level->plan->nodes[node].body);

  return body != NULL
         && (((body->has & PART_HAS_FROM) != 0 && (marks & PART_BODY_IS_AFTER) == 0)
             || ((body->has & PART_HAS_UNTIL) != 0 && (marks & PART_BODY_IS_BEFORE) == 0)
             || ((body->has & PART_HAS_ONLY) != 0 && (marks & PART_BODY_IS_NAMED) == 0));
}

/* The first and the last frame in which something is named by its index. */
static void
find_bounds (FermataPartOwner *self)
{
  FermataPartBody *body = self->body;
  GHashTableIter iter;
  gpointer key, value;
  guint32 last_until = 0;

  self->first = G_MAXUINT32;
  self->last = G_MAXUINT32;
  if (body == NULL)
    return;

  g_hash_table_iter_init (&iter, body->at);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      FermataPartScope *scope = value;
      guint32 index = PART_NUMBER (key);

      if ((scope->own & PART_HAS_FROM) != 0)
        self->first = MIN (self->first, index);
      if ((scope->own & (PART_HAS_UNTIL | PART_HAS_ONLY)) != 0)
        {
          last_until = MAX (last_until, index);
          self->last = last_until;
        }
    }
}

FermataPartOwner *
fermata_part_level_get_owner (FermataPartLevel *self,
                              guint             node)
{
  FermataPartBody *body = fermata_part_scope_get_body (self->scope, node);
  FermataPartOwner *owner = g_hash_table_lookup (self->owners, PART_KEY (node));

  if (owner != NULL || !is_of_interest (self, node, body))
    return owner;

  owner = g_new0 (FermataPartOwner, 1);
  owner->level = self;
  owner->node = node;
  owner->body = body;
  owner->marks = self->marks[node];
  owner->levels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) fermata_part_level_free);
  find_bounds (owner);
  g_hash_table_insert (self->owners, PART_KEY (node), owner);

  return owner;
}

static const FermataPlanNode *
node_of (FermataPartOwner *self)
{
  return &self->level->plan->nodes[self->node];
}

/* Of each round comes the next; items are nothing to each other. */
static gboolean
has_rounds (FermataPartOwner *self)
{
  return node_of (self)->body_rule == FERMATA_BODY_RULE_WHILE;
}

static gboolean
has_several_bodies (FermataPartOwner *self)
{
  return fermata_path_get_body_name (node_of (self), 0) != NULL;
}

guint32
fermata_part_owner_get_limit (FermataPartOwner *self)
{
  gboolean only = self->level->work->part->only->len > 0;
  guint8 what = only ? PART_HAS_ONLY : PART_HAS_UNTIL;

  if (self->body == NULL || self->last == G_MAXUINT32 || has_several_bodies (self)
      || (self->marks & (only ? PART_BODY_IS_NAMED : PART_BODY_IS_BEFORE)) != 0
      || (self->body->every != NULL && (self->body->every->has & what) != 0)
      || (only && !has_rounds (self)))
    return G_MAXUINT32;

  return self->last + 1;
}

/* Frames */

static gboolean
names (FermataPartScope *scope,
       guint8            what)
{
  return scope != NULL && (scope->has & what) != 0;
}

static gboolean
names_whole (FermataPartScope *scope,
             guint8            what)
{
  return scope != NULL && (scope->whole & what) != 0;
}

/* How much of a frame comes after what is named: nothing, a part, all of it. */
typedef enum {
  NOTHING,
  SOME,
  ALL,
} Share;

static Share
share_after (FermataPartOwner *self,
             FermataPartScope *scope,
             guint             index)
{
  if (self->body == NULL || (self->marks & PART_BODY_IS_AFTER) != 0
      || (self->body->has & PART_HAS_FROM) == 0
      || index > self->first || names_whole (scope, PART_HAS_FROM))
    return ALL;

  return names (scope, PART_HAS_FROM) ? SOME : NOTHING;
}

/* Whatever `try` does about a failure, and `finally`, belongs to what runs of it. */
static Share
share_before (FermataPartOwner *self,
              FermataPartScope *scope,
              guint             index)
{
  if (self->body == NULL || (self->marks & PART_BODY_IS_BEFORE) != 0
      || (self->body->has & PART_HAS_UNTIL) == 0
      || (self->last != G_MAXUINT32 && index < self->last) || names_whole (scope, PART_HAS_UNTIL))
    return ALL;
  if (names (scope, PART_HAS_UNTIL))
    return SOME;

  return has_several_bodies (self) ? ALL : NOTHING;
}

static Share
share_named (FermataPartOwner *self,
             FermataPartScope *scope,
             guint             index)
{
  if (self->body == NULL || (self->marks & PART_BODY_IS_NAMED) != 0
      || (self->body->has & PART_HAS_ONLY) == 0 || names_whole (scope, PART_HAS_ONLY))
    return ALL;
  if (names (scope, PART_HAS_ONLY))
    return SOME;

  return has_several_bodies (self) && index > self->last ? ALL : NOTHING;
}

static char *
make_path (FermataPartOwner *self,
           FermataPartScope *scope,
           guint             index)
{
  const char *body = fermata_path_get_body_name (node_of (self), index);
  const char *around = self->level->path;

  if (body != NULL)
    return g_strdup_printf ("%s%s/%s/", around, node_of (self)->id, body);
  if (scope != NULL && self->body != NULL && scope != self->body->every)
    return g_strdup_printf ("%s%s/%u/", around, node_of (self)->id, index);

  return g_strdup_printf ("%s%s/", around, node_of (self)->id);
}

static FermataPlan *
find_past_plan (FermataPartOwner *self,
                guint             index)
{
  guint32 before = self->level->before[self->node];

  return before == FERMATA_INDEX_NONE
         ? NULL : fermata_path_get_body (&self->level->past_plan->nodes[before], index);
}

static FermataPartLevel *
ensure_level (FermataPartOwner  *self,
              FermataPartScope  *scope,
              guint              index,
              Share              after,
              Share              before,
              Share              named,
              GError           **error)
{
  guint of = has_several_bodies (self) ? index : 0;
  g_autofree char *key = g_strdup_printf ("%p %u %d %d %d", scope, of, after, before, named);
  FermataPartLevel *level = g_hash_table_lookup (self->levels, key);
  g_autofree char *path = NULL;
  FermataPlan *past;

  if (level != NULL)
    return level;

  path = make_path (self, scope, index);
  past = find_past_plan (self, of);
  level = fermata_part_level_new (self->level->work, scope,
                                  fermata_path_get_body (node_of (self), of),
                                  past != NULL && past->kind == fermata_path_get_body (node_of (self), of)->kind
                                  ? past : NULL, path);
  level->around = self->level;
  level->owner = self->node;
  level->is_after = after == ALL;
  level->is_before = before == ALL;
  level->is_named = named == ALL;
  if (self->level->work->part->changed)
    fermata_part_select_changed (level, NULL);
  if (!fermata_part_select (level, error))
    {
      fermata_part_level_free (level);
      return NULL;
    }
  g_hash_table_insert (self->levels, g_steal_pointer (&key), level);

  return level;
}

gboolean
fermata_part_owner_look (FermataPartOwner      *self,
                         guint                  index,
                         FermataPartFrameKind  *kind,
                         FermataPartLevel     **level,
                         GError               **error)
{
  FermataPartScope *scope = fermata_part_body_get_scope (self->body, index);
  FermataRunPart *part = self->level->work->part;
  Share after = ALL, before = ALL, named = ALL;

  *level = NULL;
  *kind = FERMATA_PART_FRAME_IS_PINNED;
  if (scope != NULL && scope->pin != NULL)
    return TRUE;

  if (part->only->len > 0)
    {
      named = share_named (self, scope, index);
    }
  else if (!part->changed)
    {
      after = share_after (self, scope, index);
      before = share_before (self, scope, index);
    }

  *kind = FERMATA_PART_FRAME_IS_GIVEN;
  if (after == NOTHING || before == NOTHING || named == NOTHING)
    return TRUE;
  *kind = FERMATA_PART_FRAME_RUNS;
  if (after == ALL && before == ALL && named == ALL && !part->changed && !names (scope, PART_HAS_PINS))
    return TRUE;

  *kind = FERMATA_PART_FRAME_RUNS_IN_PART;
  *level = ensure_level (self, scope, index, after, before, named, error);

  return *level != NULL;
}
