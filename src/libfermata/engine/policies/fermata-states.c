/* fermata-states.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/policies/fermata-states-private.h"

#include "engine/policies/fermata-assignments-private.h"
#include "value/fermata-value-builder.h"

/* Pages */

static void
ref_states (gpointer records,
            guint    n_records)
{
  FermataValue **states = records;

  for (guint i = 0; i < n_records; i++)
    {
      if (states[i] != NULL)
        fermata_value_ref (states[i]);
    }
}

static void
unref_states (gpointer records,
              guint    n_records)
{
  FermataValue **states = records;

  for (guint i = 0; i < n_records; i++)
    g_clear_pointer (&states[i], fermata_value_unref);
}

const FermataPageFuncs fermata_state_funcs = { NULL, ref_states, unref_states };

gboolean
fermata_state_equal (gconstpointer a,
                     gconstpointer b)
{
  FermataValue *one = *(FermataValue *const *) a;
  FermataValue *other = *(FermataValue *const *) b;

  return one == other || (one != NULL && other != NULL && fermata_value_equal (one, other));
}

static FermataValue *
get_at (const FermataMoment *moment,
        guint32              place)
{
  FermataValue *const *state = fermata_page_table_peek (&moment->states, place);

  return state != NULL ? *state : NULL;
}

static void
set_at (FermataMoment *moment,
        guint32        place,
        FermataValue  *value)
{
  FermataValue **state = fermata_page_table_write (&moment->states, place);
  FermataValue *old = *state;

  *state = fermata_value_ref (value);
  g_clear_pointer (&old, fermata_value_unref);
}

/* All nodes that have a state, whatever plan they are in */

typedef void (*StateFunc) (FermataPlan *plan,
                           guint        node,
                           gpointer     user_data);

static void
foreach_in_plan (FermataPlan *plan,
                 StateFunc    func,
                 gpointer     user_data)
{
  for (guint i = 0; plan->has_states && i < plan->n_nodes; i++)
    {
      if (plan->nodes[i].policy != NULL && plan->nodes[i].policy->state != NULL)
        func (plan, i, user_data);
    }
}

static void
foreach_state (FermataPlan *root,
               StateFunc    func,
               gpointer     user_data)
{
  if (root->tree == NULL)
    foreach_in_plan (root, func, user_data);
  for (guint i = 0; root->tree != NULL && i < root->tree->len; i++)
    foreach_in_plan (root->tree->pdata[i], func, user_data);
}

/* First values */

typedef struct {
  FermataPlan *root;
  FermataScope *scope;
  FermataValueBuilder *builder;
  guint n_made;
  GError *error;
} Making;

static void
make_state (FermataPlan *plan,
            guint        node,
            gpointer     user_data)
{
  Making *self = user_data;
  g_autofree char *name = fermata_plan_dup_place_name (self->root, plan->first_place + node);
  g_autoptr (FermataValue) state = NULL;

  if (self->error != NULL)
    return;

  state = fermata_template_expand (plan->nodes[node].policy->state, self->scope, &self->error);
  if (state == NULL)
    {
      g_prefix_error (&self->error, "Node “%s”, state: ", plan->nodes[node].id);
      return;
    }
  fermata_value_builder_set (self->builder, name, state);
  self->n_made++;
}

gboolean
fermata_states_make (FermataPlan   *root,
                     FermataScope  *scope,
                     FermataValue **states,
                     GError       **error)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  Making making = { root, scope, builder };

  *states = NULL;
  foreach_state (root, make_state, &making);
  if (making.error != NULL)
    {
      g_propagate_error (error, making.error);
      return FALSE;
    }
  if (making.n_made > 0)
    *states = fermata_value_builder_end (builder);

  return TRUE;
}

static gboolean
is_kept (FermataPlan *root,
         const char  *name)
{
  guint32 place;
  const FermataPolicy *policy;

  if (!fermata_plan_find_node_place (root, name, &place))
    return FALSE;
  policy = fermata_plan_node_at (root, place)->policy;

  return policy != NULL && policy->keep;
}

FermataValue *
fermata_states_recall (FermataPlan  *root,
                       FermataValue *states,
                       FermataValue *kept)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  if (kept == NULL)
    return fermata_value_ref (states);

  for (gsize i = 0; i < fermata_value_get_length (states); i++)
    {
      const char *name = fermata_value_get_member_name (states, i);
      FermataValue *state = fermata_value_get_member (kept, name);

      if (state == NULL || !is_kept (root, name))
        state = fermata_value_get_element (states, i);
      fermata_value_builder_set (builder, name, state);
    }

  return fermata_value_builder_end (builder);
}

typedef struct {
  const FermataMoment *moment;
  FermataValueBuilder *builder;
  guint n_kept;
} Keeping;

static void
keep_state (FermataPlan *plan,
            guint        node,
            gpointer     user_data)
{
  Keeping *self = user_data;
  guint32 place = plan->first_place + node;
  FermataValue *state = get_at (self->moment, place);
  g_autofree char *name = NULL;

  if (!plan->nodes[node].policy->keep || state == NULL)
    return;

  name = fermata_plan_dup_place_name (self->moment->root->plan, place);
  fermata_value_builder_set (self->builder, name, state);
  self->n_kept++;
}

FermataValue *
fermata_states_dup_kept (const FermataMoment *moment)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  Keeping keeping = { moment, builder };

  foreach_state (moment->root->plan, keep_state, &keeping);

  return keeping.n_kept > 0 ? fermata_value_builder_end (builder) : NULL;
}

/* In a moment */

/* What a history names that this plan has no state for is passed over. */
void
fermata_states_begin (FermataMoment *moment,
                      FermataValue  *states)
{
  FermataPlan *root = moment->root->plan;

  for (gsize i = 0; states != NULL && i < fermata_value_get_length (states); i++)
    {
      guint32 place;

      if (fermata_plan_find_node_place (root, fermata_value_get_member_name (states, i), &place))
        set_at (moment, place, fermata_value_get_element (states, i));
    }
}

void
fermata_states_change (FermataMoment *moment,
                       guint32        place,
                       FermataValue  *changes)
{
  FermataValue *state = get_at (moment, place);
  g_autoptr (FermataValue) changed = NULL;

  if (state == NULL || changes == NULL)
    return;

  changed = fermata_assignments_apply (fermata_value_ref (state), changes, FERMATA_ASSIGNED_STATE);
  if (changed != state)
    set_at (moment, place, changed);
}

FermataValue *
fermata_states_get (const FermataMoment *moment,
                    const FermataFrame  *frame,
                    guint                node)
{
  const FermataPlan *body = frame->plan->nodes[node].body;

  if (body != NULL && body->is_item)
    return get_at (moment, body->first_place);

  return get_at (moment, frame->plan->first_place + node);
}
