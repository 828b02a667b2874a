/* fermata-cli-live-tree.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-live-tree.h"

#include <string.h>

#include "fermata-cli-text.h"

/* The row of something that is in no other. */
#define NO_ROW G_MAXUINT

/*
 * A frame that is looked into: in which row its nodes are, and what their labels
 * begin with. @is_item: it has one node, that of its owner, so that which frame it
 * is says everything.
 */
typedef struct {
  guint frame;
  guint parent;
  guint depth;
  gboolean is_item;
  char *prefix;
} Scope;

/* @found: of CliLiveRow, each behind the one that it is in. @scopes are looked into
 * in their order, @by_frame finds them. */
typedef struct {
  FermataMoment *moment;
  FermataPlan *plan;
  GArray *found;
  GPtrArray *scopes;
  GHashTable *by_frame;
  guint most;
  guint n_leaves;
  guint n_running;
} Search;

static void
scope_free (gpointer data)
{
  Scope *scope = data;

  g_free (scope->prefix);
  g_free (scope);
}

static void
clear_row (gpointer data)
{
  CliLiveRow *row = data;

  g_free (row->label);
}

/* Takes over @prefix. */
static void
add_scope (Search   *self,
           guint     frame,
           guint     parent,
           guint     depth,
           gboolean  is_item,
           char     *prefix)
{
  Scope *scope = g_new0 (Scope, 1);

  *scope = (Scope) { frame, parent, depth, is_item, prefix };
  g_ptr_array_add (self->scopes, scope);
  g_hash_table_insert (self->by_frame, GUINT_TO_POINTER (frame), scope);
}

/* What the path of a frame has behind that of its owner: "2/", "catch/", "" */
static char *
dup_step (Search     *self,
          guint       parent,
          guint       child,
          const char *owner)
{
  g_autofree char *around = fermata_moment_dup_frame_path (self->moment, parent);
  g_autofree char *path = fermata_moment_dup_frame_path (self->moment, child);

  return g_strdup (path + strlen (around) + strlen (owner) + 1);
}

static char *
dup_label (Search      *self,
           const Scope *scope,
           guint        node)
{
  g_autofree char *id = cli_text_dup_harmless (fermata_plan_get_node_id (self->plan, node));

  if (scope->is_item && scope->prefix[0] != '\0')
    return g_strndup (scope->prefix, strlen (scope->prefix) - 1);

  return g_strconcat (scope->prefix, id, NULL);
}

static void
add_row (Search              *self,
         const Scope         *scope,
         gboolean             is_owner,
         const FermataEffect *effect)
{
  CliLiveRow row = {
    .frame = effect->frame,
    .node = effect->node,
    .depth = scope->depth,
    .label = dup_label (self, scope, effect->node),
    .is_owner = is_owner,
    .effect = *effect,
    .parent = scope->parent,
  };

  g_array_append_val (self->found, row);
}

/* A state has no row: its tasks have. */
static void
look_into_state (Search      *self,
                 const Scope *scope,
                 guint        state)
{
  g_autofree char *id = cli_text_dup_harmless (fermata_plan_get_node_id (self->plan, state));
  guint n_frames;
  g_autofree guint *frames = fermata_moment_list_frames (self->moment, scope->frame, state, &n_frames);

  for (guint i = 0; i < MIN (n_frames, self->most); i++)
    add_scope (self, frames[i], scope->parent, scope->depth, FALSE,
               g_strconcat (scope->prefix, id, "/", NULL));
}

static void
look_into_owner (Search      *self,
                 const Scope *scope,
                 guint        node)
{
  const char *id = fermata_plan_get_node_id (self->plan, node);
  FermataEffect effect = {
    .frame = scope->frame,
    .node = node,
    .since = fermata_moment_get_node_since (self->moment, scope->frame, node),
    .cancelling = fermata_moment_get_node_status (self->moment, scope->frame, node)
                  == FERMATA_NODE_STATUS_CANCELLING,
  };
  guint n_frames;
  g_autofree guint *frames = fermata_moment_list_frames (self->moment, scope->frame, node, &n_frames);

  add_row (self, scope, TRUE, &effect);
  for (guint i = 0; i < MIN (n_frames, self->most); i++)
    {
      FermataPlan *plan = fermata_moment_get_plan (self->moment, frames[i]);

      add_scope (self, frames[i], self->found->len - 1, scope->depth + 1, fermata_plan_is_item (plan),
                 dup_step (self, scope->frame, frames[i], id));
    }
}

static void
look_into (Search      *self,
           const Scope *scope)
{
  FermataPlan *plan = fermata_moment_get_plan (self->moment, scope->frame);
  guint n_owners;
  g_autofree guint *owners = fermata_moment_list_owners (self->moment, scope->frame, &n_owners);

  for (guint i = 0; i < n_owners && self->found->len < self->most; i++)
    {
      if (fermata_plan_get_kind (plan) == FERMATA_GRAPH_KIND_FSM)
        look_into_state (self, scope, owners[i]);
      else
        look_into_owner (self, scope, owners[i]);
    }
}

static void
note_effect (const FermataEffect *effect,
             gpointer             user_data)
{
  Search *self = user_data;
  const Scope *scope;

  if (effect->kind != FERMATA_EFFECT_ATTEMPT && effect->kind != FERMATA_EFFECT_ADMISSION
      && effect->kind != FERMATA_EFFECT_LISTENING)
    return;

  self->n_running++;
  scope = g_hash_table_lookup (self->by_frame, GUINT_TO_POINTER (effect->frame));
  if (scope == NULL || self->n_leaves == self->most)
    return;
  self->n_leaves++;
  add_row (self, scope, FALSE, effect);
}

static CliLiveRow *
row_at (const Search *self,
        guint         index)
{
  return &g_array_index (self->found, CliLiveRow, index);
}

/* Up to which depth there is room for all, and for how many of the next. */
static guint
find_deepest (const Search *self,
              guint        *n_deepest)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, TRUE, sizeof (guint));
  guint n = 0;

  for (guint i = 0; i < self->found->len; i++)
    {
      guint depth = row_at (self, i)->depth;

      if (depth >= counts->len)
        g_array_set_size (counts, depth + 1);
      g_array_index (counts, guint, depth)++;
    }
  for (guint depth = 0; depth < counts->len; depth++)
    {
      if (n + g_array_index (counts, guint, depth) > self->most)
        {
          *n_deepest = self->most - n;
          return depth;
        }
      n += g_array_index (counts, guint, depth);
    }
  *n_deepest = 0;

  return counts->len;
}

/* By row, the first and the next of the rows within it that are chosen, plus 1;
 * those that are in no other are within the one behind the last. */
static void
link_chosen (const Search *self,
             guint        *first,
             guint        *next)
{
  g_autofree guint *last = g_new0 (guint, self->found->len + 1);
  guint n_deepest;
  guint deepest = find_deepest (self, &n_deepest);

  for (guint i = 0; i < self->found->len; i++)
    {
      const CliLiveRow *row = row_at (self, i);
      guint parent = row->parent == NO_ROW ? self->found->len : row->parent;

      if (row->depth > deepest || (row->depth == deepest && n_deepest == 0))
        continue;
      n_deepest -= row->depth == deepest;
      if (last[parent] == 0)
        first[parent] = i + 1;
      else
        next[last[parent] - 1] = i + 1;
      last[parent] = i + 1;
    }
}

/* Each row, then what is in it. */
static void
take_in_order (CliLiveTree  *self,
               const Search *search)
{
  g_autofree guint *first = g_new0 (guint, search->found->len + 1);
  g_autofree guint *next = g_new0 (guint, search->found->len + 1);
  g_autoptr (GArray) above = g_array_new (FALSE, FALSE, sizeof (guint));
  guint index;

  link_chosen (search, first, next);
  index = first[search->found->len];
  while (index != 0 || above->len > 0)
    {
      CliLiveRow row;

      if (index == 0)
        {
          index = next[g_array_index (above, guint, above->len - 1) - 1];
          g_array_set_size (above, above->len - 1);
          continue;
        }
      row = *row_at (search, index - 1);
      row.label = g_strdup (row.label);
      g_array_append_val (self->rows, row);
      self->n_shown += !row.is_owner;
      g_array_append_val (above, index);
      index = first[index - 1];
    }
}

void
cli_live_tree_init (CliLiveTree   *self,
                    FermataMoment *moment,
                    guint          most)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (CliLiveRow));
  g_autoptr (GPtrArray) scopes = g_ptr_array_new_with_free_func (scope_free);
  g_autoptr (GHashTable) by_frame = g_hash_table_new (NULL, NULL);
  Search search = {
    .moment = moment,
    .plan = fermata_moment_get_plan (moment, 0),
    .found = found,
    .scopes = scopes,
    .by_frame = by_frame,
    .most = most,
  };

  g_array_set_clear_func (found, clear_row);
  add_scope (&search, 0, NO_ROW, 0, FALSE, g_strdup (""));
  for (guint i = 0; i < scopes->len && found->len < most; i++)
    look_into (&search, scopes->pdata[i]);
  fermata_moment_foreach_effect (moment, note_effect, &search);

  *self = (CliLiveTree) { .rows = g_array_new (FALSE, FALSE, sizeof (CliLiveRow)) };
  g_array_set_clear_func (self->rows, clear_row);
  take_in_order (self, &search);
  self->n_running = search.n_running;
}

void
cli_live_tree_clear (CliLiveTree *self)
{
  g_clear_pointer (&self->rows, g_array_unref);
}
