/* fermata-run-part.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-run-part-private.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (FermataRunPart, fermata_run_part, G_TYPE_OBJECT)

static void
fermata_run_part_finalize (GObject *object)
{
  FermataRunPart *self = FERMATA_RUN_PART (object);

  g_ptr_array_unref (self->from);
  g_ptr_array_unref (self->until);
  g_ptr_array_unref (self->only);
  g_hash_table_unref (self->pins);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (fermata_run_part_parent_class)->finalize (object);
}

static void
fermata_run_part_class_init (FermataRunPartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_run_part_finalize;
}

static void
fermata_run_part_init (FermataRunPart *self)
{
  self->from = g_ptr_array_new_with_free_func (g_free);
  self->until = g_ptr_array_new_with_free_func (g_free);
  self->only = g_ptr_array_new_with_free_func (g_free);
  self->pins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) fermata_value_unref);
}

/**
 * fermata_run_part_new:
 *
 * Makes a choice of everything.
 *
 * Returns: (transfer full): a new part
 */
FermataRunPart *
fermata_run_part_new (void)
{
  return g_object_new (FERMATA_TYPE_RUN_PART, NULL);
}

/**
 * fermata_run_part_add_from:
 * @self: a part
 * @node: the id of a node, or a path (see fermata_run_part_add_pin())
 *
 * Runs @node and everything that comes after it.
 */
void
fermata_run_part_add_from (FermataRunPart *self,
                           const char     *node)
{
  g_return_if_fail (FERMATA_IS_RUN_PART (self));
  g_return_if_fail (node != NULL);

  g_ptr_array_add (self->from, g_strdup (node));
}

/**
 * fermata_run_part_add_until:
 * @self: a part
 * @node: the id of a node, or a path (see fermata_run_part_add_pin())
 *
 * Runs @node and everything that comes before it; of that, only what
 * fermata_run_part_add_from() chooses, if that was called.
 */
void
fermata_run_part_add_until (FermataRunPart *self,
                            const char     *node)
{
  g_return_if_fail (FERMATA_IS_RUN_PART (self));
  g_return_if_fail (node != NULL);

  g_ptr_array_add (self->until, g_strdup (node));
}

/**
 * fermata_run_part_add_only:
 * @self: a part
 * @node: the id of a node, or a path (see fermata_run_part_add_pin())
 *
 * Runs @node, and no other but those added likewise.
 */
void
fermata_run_part_add_only (FermataRunPart *self,
                           const char     *node)
{
  g_return_if_fail (FERMATA_IS_RUN_PART (self));
  g_return_if_fail (node != NULL);

  g_ptr_array_add (self->only, g_strdup (node));
}

/**
 * fermata_run_part_set_changed:
 * @self: a part
 * @changed: whether to run what differs from the history
 *
 * Runs the nodes that are not what they were in the history, or that were not
 * done in it, and everything that depends on them.
 */
void
fermata_run_part_set_changed (FermataRunPart *self,
                              gboolean        changed)
{
  g_return_if_fail (FERMATA_IS_RUN_PART (self));

  self->changed = changed;
}

/**
 * fermata_run_part_set_history:
 * @self: a part
 * @history: (nullable): what happened in a run of this graph, or of an earlier
 *   version of it
 *
 * Takes the outputs of what is left out from an earlier run.
 */
void
fermata_run_part_set_history (FermataRunPart *self,
                              FermataHistory *history)
{
  g_return_if_fail (FERMATA_IS_RUN_PART (self));
  g_return_if_fail (history == NULL || FERMATA_IS_HISTORY (history));

  g_set_object (&self->history, history);
}

/**
 * fermata_run_part_add_pin:
 * @self: a part
 * @node: the id of a node, or a path
 * @output: its output
 *
 * Does not run @node, and gives it this output. This counts more than what the
 * history says, and that more than what the graph has pinned.
 *
 * A path leads into bodies: `each/2/double` is the node `double` in the frame of
 * `each` with the index 2, `each/double` that in every frame, `each/2` the frame as
 * a whole. Of several paths that name the same, the one with more indices counts.
 */
void
fermata_run_part_add_pin (FermataRunPart *self,
                          const char     *node,
                          FermataValue   *output)
{
  g_return_if_fail (FERMATA_IS_RUN_PART (self));
  g_return_if_fail (node != NULL);
  g_return_if_fail (output != NULL);

  g_hash_table_replace (self->pins, g_strdup (node), fermata_value_ref (output));
}

/* Checking */

static gboolean
refuse (GError     **error,
        const char  *problem)
{
  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_PART, "%s", problem);

  return FALSE;
}

static gboolean
check_id (FermataPlan  *plan,
          const char   *id,
          GError      **error)
{
  g_autoptr (FermataPath) path = NULL;
  guint node;

  if (fermata_plan_find_node (plan, id, &node))
    return TRUE;
  if (strchr (id, '/') != NULL)
    {
      path = fermata_path_parse (plan, id, error);
      return path != NULL;
    }

  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_PART,
               "There is no node “%s” to run a part from", id);

  return FALSE;
}

static gboolean
check_ids (FermataRunPart  *self,
           FermataPlan     *plan,
           GError         **error)
{
  GPtrArray *lists[] = { self->from, self->until, self->only };
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      for (guint k = 0; k < lists[i]->len; k++)
        {
          if (!check_id (plan, lists[i]->pdata[k], error))
            return FALSE;
        }
    }

  g_hash_table_iter_init (&iter, self->pins);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (!check_id (plan, id, error))
        return FALSE;
    }

  return TRUE;
}

/* Of an earlier version of a graph there is something left. */
static gboolean
check_history (FermataRunPart  *self,
               FermataPlan     *plan,
               GError         **error)
{
  FermataPlan *past = self->history == NULL ? NULL : fermata_history_get_plan (self->history);

  if (past == NULL || plan->n_nodes == 0)
    return TRUE;
  if (fermata_history_get_n_events (self->history) == 0)
    return refuse (error, "Nothing has happened in that history");
  if (fermata_history_get_first (self->history) > 1)
    {
      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_DROPPED,
                   "That history begins with event %" G_GUINT64_FORMAT ": what nodes did before is not kept",
                   fermata_history_get_first (self->history));
      return FALSE;
    }

  for (guint i = 0; i < plan->n_nodes; i++)
    {
      guint node;

      if (fermata_plan_find_node (past, plan->nodes[i].id, &node))
        return TRUE;
    }

  return refuse (error, "That history is of another graph: it has none of the nodes of this one");
}

/**
 * fermata_run_part_check:
 * @self: a part
 * @plan: a plan
 * @error: return location for a #FermataEngineError
 *
 * Checks that all nodes are there, that the choices go together, and that the
 * history can be one of @plan. What is missing of the outputs is told when a
 * run is made.
 *
 * Returns: %FALSE with @error set if a run cannot be of this part of @plan
 */
gboolean
fermata_run_part_check (FermataRunPart  *self,
                        FermataPlan     *plan,
                        GError         **error)
{
  gboolean between;

  g_return_val_if_fail (FERMATA_IS_RUN_PART (self), FALSE);
  g_return_val_if_fail (plan != NULL, FALSE);

  between = self->from->len > 0 || self->until->len > 0;
  if (self->only->len > 0 && between)
    return refuse (error, "“only” goes neither with “from” nor with “until”");
  if (self->changed && (between || self->only->len > 0))
    return refuse (error, "“changed” goes neither with “from” nor with “until” nor with “only”");
  if (self->changed && self->history == NULL)
    return refuse (error, "What has changed cannot be told without a history");

  return check_ids (self, plan, error) && check_history (self, plan, error);
}

/* Working it out */

void
fermata_part_start_clear (FermataPartStart *self)
{
  g_clear_pointer (&self->given, fermata_value_unref);
  g_clear_pointer (&self->left_out, fermata_value_unref);
  g_clear_pointer (&self->bodies, fermata_value_unref);
}

static void
take_history (FermataPartWork *self,
              FermataMoment   *past)
{
  self->past_plan = fermata_history_get_plan (self->part->history);
  self->past_inputs = past->inputs;
  self->past_variables = past->start == NULL ? NULL : fermata_value_get_member (past->start, "variables");
}

/* Which nodes of the root run. */
static gboolean
select_root (FermataPartWork   *self,
             FermataPartFrame  *root,
             GError           **error)
{
  FermataPartLevel *level = self->root;
  gsize size = (level->plan->n_nodes + 1) * sizeof *level->marks;

  if (self->part->changed)
    {
      fermata_part_select_changed (level, root);
      memcpy (level->marks, root->marks, size);
    }
  if (!fermata_part_select (level, error))
    return FALSE;
  memcpy (root->marks, level->marks, size);

  return TRUE;
}

static FermataValue *
dup_member (FermataValue *object,
            const char   *name)
{
  FermataValue *member = fermata_value_get_member (object, name);

  return member == NULL ? NULL : fermata_value_ref (member);
}

static gboolean
make_start (FermataPartWork   *self,
            FermataPartFrame  *root,
            FermataPartStart  *start,
            GError           **error)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) all = NULL;

  if (!fermata_part_give (root, error)
      || (self->past_plan != NULL && !fermata_part_fold (self, root, error)))
    return FALSE;

  fermata_part_add_nodes (root, builder);
  if (!fermata_part_add_bodies (root, builder, error))
    return FALSE;

  all = fermata_value_builder_end (builder);
  start->given = dup_member (all, "given");
  start->left_out = dup_member (all, "left-out");
  start->bodies = dup_member (all, "bodies");

  return TRUE;
}

/* Without any wish, everything comes after it. */
static gboolean
work_out (FermataPartWork   *self,
          FermataPartStart  *start,
          GError           **error)
{
  FermataHistory *history = self->part->history;
  g_autoptr (FermataMoment) past = NULL;
  FermataPartFrame root;
  gboolean is_complete;

  if (history != NULL)
    {
      past = fermata_history_dup_moment (history, fermata_history_get_n_events (history));
      take_history (self, past);
    }
  self->root = fermata_part_level_new (self, self->scope, self->plan, self->past_plan, "");
  self->root->is_after = (self->scope->has & PART_HAS_FROM) == 0;
  self->root->is_before = (self->scope->has & PART_HAS_UNTIL) == 0;
  fermata_part_frame_init (&root, self->root, past == NULL ? NULL : past->root);
  is_complete = select_root (self, &root, error) && make_start (self, &root, start, error);
  fermata_part_frame_clear (&root);
  fermata_part_level_free (self->root);

  return is_complete;
}

static gboolean
has_pins (FermataPlan *plan)
{
  for (guint i = 0; i < plan->n_nodes; i++)
    {
      if (fermata_value_get_member (plan->nodes[i].members, "pin") != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
chooses_anything (FermataRunPart *self)
{
  return self->from->len > 0 || self->until->len > 0 || self->only->len > 0 || self->changed
         || self->history != NULL || g_hash_table_size (self->pins) > 0;
}

/* What a state does depends on the way to it. */
static gboolean
check_kind (FermataRunPart  *self,
            GError         **error)
{
  if (self == NULL || !chooses_anything (self))
    return TRUE;

  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_PART,
               "A state machine runs as a whole, and not in part");

  return FALSE;
}

gboolean
fermata_run_part_start (FermataRunPart    *self,
                        FermataPlan       *plan,
                        FermataValue      *inputs,
                        FermataValue      *variables,
                        FermataPartStart  *start,
                        GError           **error)
{
  g_autoptr (FermataRunPart) part = NULL;
  FermataPartWork work = { .plan = plan, .inputs = inputs, .variables = variables };
  gboolean is_complete;

  *start = (FermataPartStart) { NULL, NULL, NULL };
  if (plan->kind == FERMATA_GRAPH_KIND_FSM)
    return check_kind (self, error);
  if (self == NULL && !has_pins (plan))
    return TRUE;

  part = work.part = self != NULL ? g_object_ref (self) : fermata_run_part_new ();
  if (!fermata_run_part_check (part, plan, error))
    return FALSE;

  work.scope = fermata_part_scope_new (part, plan, error);
  if (work.scope == NULL)
    return FALSE;
  is_complete = work_out (&work, start, error);
  fermata_part_scope_free (work.scope);

  return is_complete;
}
