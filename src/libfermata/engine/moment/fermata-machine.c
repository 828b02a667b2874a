/* fermata-machine.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-machine-private.h"

/* History: by state, a list or NULL */

static void
ref_histories (gpointer records,
               guint    n_records)
{
  FermataIndexList **lists = records;

  for (guint i = 0; i < n_records; i++)
    fermata_index_list_ref (lists[i]);
}

static void
unref_histories (gpointer records,
                 guint    n_records)
{
  FermataIndexList **lists = records;

  for (guint i = 0; i < n_records; i++)
    fermata_index_list_clear (&lists[i]);
}

static const FermataPageFuncs history_funcs = { NULL, ref_histories, unref_histories };

static gboolean
histories_equal (gconstpointer a,
                 gconstpointer b)
{
  return fermata_index_list_equal (*(FermataIndexList *const *) a, *(FermataIndexList *const *) b);
}

static const FermataPageFuncs passages_funcs = { NULL, NULL, NULL };

static gboolean
passages_equal (gconstpointer a,
                gconstpointer b)
{
  const FermataMachinePassages *one = a;
  const FermataMachinePassages *other = b;

  return one->since == other->since && one->n == other->n;
}

FermataMachine *
fermata_machine_new (const FermataChart *chart,
                     guint               n_states,
                     guint               n_edges)
{
  FermataMachine *self = g_new0 (FermataMachine, 1);
  gboolean has_history = FALSE;

  for (guint i = 0; i < n_states && !has_history; i++)
    has_history = chart->states[i].history.n > 0;

  self->phase = FERMATA_MACHINE_BEGINNING;
  self->pc = FERMATA_INDEX_NONE;
  self->final = FERMATA_INDEX_NONE;
  self->event_edge = FERMATA_INDEX_NONE;
  fermata_page_table_init (&self->histories, has_history ? n_states : 0, sizeof (FermataIndexList *),
                           &history_funcs, NULL);
  fermata_machine_init_visits (self, chart, n_states);
  fermata_page_table_init (&self->passages, n_states + n_edges, sizeof (FermataMachinePassages),
                           &passages_funcs, NULL);

  return self;
}

static FermataValue *
ref_or_null (FermataValue *value)
{
  return value == NULL ? NULL : fermata_value_ref (value);
}

static GArray *
copy_array (const GArray *array,
            guint         size)
{
  GArray *copy;

  if (fermata_machine_get_n (array) == 0)
    return NULL;

  copy = g_array_sized_new (FALSE, FALSE, size, array->len);
  g_array_append_vals (copy, array->data, array->len);

  return copy;
}

static void
ref_elements (FermataMachine *self)
{
  for (guint i = 0; i < fermata_machine_get_n (self->loops); i++)
    fermata_value_ref (g_array_index (self->loops, FermataMachineLoop, i).items);

  for (guint i = 0; i < fermata_machine_get_n (self->timers); i++)
    {
      FermataMachineTimer *timer = &g_array_index (self->timers, FermataMachineTimer, i);

      ref_or_null (timer->event);
      ref_or_null (timer->id);
      ref_or_null (timer->to);
      ref_or_null (timer->type);
    }

  for (guint i = 0; i < fermata_machine_get_n (self->invocations); i++)
    ref_or_null (g_array_index (self->invocations, FermataMachineInvocation, i).id);
}

FermataMachine *
fermata_machine_copy (const FermataMachine *self)
{
  FermataMachine *copy = g_memdup2 (self, sizeof *self);

  ref_or_null (copy->event);
  ref_or_null (copy->data);
  ref_or_null (copy->script_result);
  fermata_index_list_ref (copy->configuration);
  fermata_index_list_ref (copy->edges);
  fermata_index_list_ref (copy->exits);
  fermata_index_list_ref (copy->enters);
  fermata_index_list_ref (copy->defaults);
  fermata_index_list_ref (copy->default_histories);
  fermata_index_list_ref (copy->to_invoke);
  fermata_index_list_ref (copy->recent);
  fermata_index_list_ref (copy->refused);
  fermata_page_table_init_copy (&copy->histories, &self->histories);
  fermata_page_table_init_copy (&copy->visits, &self->visits);
  fermata_page_table_init_copy (&copy->passages, &self->passages);
  fermata_machine_queue_init_copy (&copy->internal, &self->internal);
  fermata_machine_queue_init_copy (&copy->external, &self->external);
  copy->loops = copy_array (self->loops, sizeof (FermataMachineLoop));
  copy->timers = copy_array (self->timers, sizeof (FermataMachineTimer));
  copy->invocations = copy_array (self->invocations, sizeof (FermataMachineInvocation));
  copy->fired = copy_array (self->fired, sizeof (FermataMachineFired));
  ref_elements (copy);

  return copy;
}

static void
clear_elements (FermataMachine *self)
{
  for (guint i = 0; i < fermata_machine_get_n (self->loops); i++)
    fermata_value_unref (g_array_index (self->loops, FermataMachineLoop, i).items);

  for (guint i = 0; i < fermata_machine_get_n (self->timers); i++)
    {
      FermataMachineTimer *timer = &g_array_index (self->timers, FermataMachineTimer, i);

      g_clear_pointer (&timer->event, fermata_value_unref);
      g_clear_pointer (&timer->id, fermata_value_unref);
      g_clear_pointer (&timer->to, fermata_value_unref);
      g_clear_pointer (&timer->type, fermata_value_unref);
    }

  for (guint i = 0; i < fermata_machine_get_n (self->invocations); i++)
    g_clear_pointer (&g_array_index (self->invocations, FermataMachineInvocation, i).id, fermata_value_unref);
}

void
fermata_machine_free (FermataMachine *self)
{
  clear_elements (self);
  g_clear_pointer (&self->loops, g_array_unref);
  g_clear_pointer (&self->timers, g_array_unref);
  g_clear_pointer (&self->invocations, g_array_unref);
  g_clear_pointer (&self->fired, g_array_unref);
  g_clear_pointer (&self->event, fermata_value_unref);
  g_clear_pointer (&self->data, fermata_value_unref);
  g_clear_pointer (&self->script_result, fermata_value_unref);
  fermata_index_list_clear (&self->configuration);
  fermata_index_list_clear (&self->edges);
  fermata_index_list_clear (&self->exits);
  fermata_index_list_clear (&self->enters);
  fermata_index_list_clear (&self->defaults);
  fermata_index_list_clear (&self->default_histories);
  fermata_index_list_clear (&self->to_invoke);
  fermata_index_list_clear (&self->recent);
  fermata_index_list_clear (&self->refused);
  fermata_page_table_clear (&self->histories);
  fermata_page_table_clear (&self->visits);
  fermata_page_table_clear (&self->passages);
  fermata_machine_queue_clear (&self->internal);
  fermata_machine_queue_clear (&self->external);
  g_free (self);
}

/* Comparing */

static gboolean
values_equal (FermataValue *a,
              FermataValue *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return fermata_value_equal (a, b);
}

static gboolean
loops_equal (const GArray *a,
             const GArray *b)
{
  guint n = fermata_machine_get_n (a);

  if (n != fermata_machine_get_n (b))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      const FermataMachineLoop *one = &g_array_index (a, FermataMachineLoop, i);
      const FermataMachineLoop *other = &g_array_index (b, FermataMachineLoop, i);

      if (one->index != other->index || one->op != other->op
          || !fermata_value_equal (one->items, other->items))
        return FALSE;
    }

  return TRUE;
}

static gboolean
timers_equal (const GArray *a,
              const GArray *b)
{
  guint n = fermata_machine_get_n (a);

  if (n != fermata_machine_get_n (b))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      const FermataMachineTimer *one = &g_array_index (a, FermataMachineTimer, i);
      const FermataMachineTimer *other = &g_array_index (b, FermataMachineTimer, i);

      if (one->due != other->due || one->number != other->number || one->edge != other->edge
          || !values_equal (one->event, other->event) || !values_equal (one->id, other->id)
          || !values_equal (one->to, other->to) || !values_equal (one->type, other->type))
        return FALSE;
    }

  return TRUE;
}

static gboolean
invocations_equal (const GArray *a,
                   const GArray *b)
{
  guint n = fermata_machine_get_n (a);

  if (n != fermata_machine_get_n (b))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      const FermataMachineInvocation *one = &g_array_index (a, FermataMachineInvocation, i);
      const FermataMachineInvocation *other = &g_array_index (b, FermataMachineInvocation, i);

      if (one->frame != other->frame || one->task != other->task
          || one->is_cancelled != other->is_cancelled || !values_equal (one->id, other->id))
        return FALSE;
    }

  return TRUE;
}

static gboolean
fired_equal (const GArray *a,
             const GArray *b)
{
  guint n = fermata_machine_get_n (a);

  if (n != fermata_machine_get_n (b))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      const FermataMachineFired *one = &g_array_index (a, FermataMachineFired, i);
      const FermataMachineFired *other = &g_array_index (b, FermataMachineFired, i);

      if (one->number != other->number || one->edge != other->edge)
        return FALSE;
    }

  return TRUE;
}

static gboolean
lists_equal (const FermataMachine *a,
             const FermataMachine *b)
{
  return fermata_index_list_equal (a->configuration, b->configuration)
         && fermata_index_list_equal (a->edges, b->edges)
         && fermata_index_list_equal (a->exits, b->exits)
         && fermata_index_list_equal (a->enters, b->enters)
         && fermata_index_list_equal (a->defaults, b->defaults)
         && fermata_index_list_equal (a->default_histories, b->default_histories)
         && fermata_index_list_equal (a->to_invoke, b->to_invoke)
         && fermata_index_list_equal (a->recent, b->recent)
         && fermata_index_list_equal (a->refused, b->refused);
}

gboolean
fermata_machine_equal (const FermataMachine *a,
                       const FermataMachine *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return a->phase == b->phase
         && a->stage == b->stage
         && a->is_failed == b->is_failed
         && a->is_finished == b->is_finished
         && a->event_type == b->event_type
         && a->script == b->script
         && a->script_since == b->script_since
         && a->pc == b->pc
         && a->position == b->position
         && a->n_steps == b->n_steps
         && a->n_restless == b->n_restless
         && a->event_number == b->event_number
         && a->event_edge == b->event_edge
         && a->final == b->final
         && values_equal (a->event, b->event)
         && values_equal (a->data, b->data)
         && values_equal (a->script_result, b->script_result)
         && lists_equal (a, b)
         && fermata_page_table_equal (&a->histories, &b->histories, histories_equal)
         && fermata_machine_visits_equal (a, b)
         && fermata_page_table_equal (&a->passages, &b->passages, passages_equal)
         && fermata_machine_queue_equal (&a->internal, &b->internal)
         && fermata_machine_queue_equal (&a->external, &b->external)
         && loops_equal (a->loops, b->loops)
         && timers_equal (a->timers, b->timers)
         && invocations_equal (a->invocations, b->invocations)
         && fired_equal (a->fired, b->fired);
}
