/* fermata-machine-visits.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What visits of states resulted in, for the function `visits` of expressions. */

#include "engine/moment/fermata-machine-private.h"

/* Of each state the last ones are kept. */
#define MAX_VISITS 1000

/* Of a state: an array, NULL before the end of the first; what there is of the
 * one that is under way, NULL without. */
typedef struct {
  FermataValue *ended;
  FermataValue *result;
} Visits;

static void
ref_visits (gpointer records,
            guint    n_records)
{
  Visits *visits = records;

  for (guint i = 0; i < n_records; i++)
    {
      if (visits[i].ended != NULL)
        fermata_value_ref (visits[i].ended);
      if (visits[i].result != NULL)
        fermata_value_ref (visits[i].result);
    }
}

static void
unref_visits (gpointer records,
              guint    n_records)
{
  Visits *visits = records;

  for (guint i = 0; i < n_records; i++)
    {
      g_clear_pointer (&visits[i].ended, fermata_value_unref);
      g_clear_pointer (&visits[i].result, fermata_value_unref);
    }
}

static const FermataPageFuncs funcs = { NULL, ref_visits, unref_visits };

void
fermata_machine_init_visits (FermataMachine     *self,
                             const FermataChart *chart,
                             guint               n_states)
{
  fermata_page_table_init (&self->visits, chart->wants_visits ? n_states : 0, sizeof (Visits), &funcs,
                           NULL);
}

static gboolean
values_equal (FermataValue *a,
              FermataValue *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return fermata_value_equal (a, b);
}

static gboolean
records_equal (gconstpointer a,
               gconstpointer b)
{
  const Visits *one = a;
  const Visits *other = b;

  return values_equal (one->ended, other->ended) && values_equal (one->result, other->result);
}

gboolean
fermata_machine_visits_equal (const FermataMachine *a,
                              const FermataMachine *b)
{
  return fermata_page_table_equal (&a->visits, &b->visits, records_equal);
}

void
fermata_machine_note_result (FermataMachine *self,
                             guint           state,
                             FermataValue   *result)
{
  Visits *visits;

  if (self->visits.n_records == 0)
    return;

  visits = fermata_page_table_write (&self->visits, state);
  g_clear_pointer (&visits->result, fermata_value_unref);
  visits->result = fermata_value_ref (result);
}

/* @list and one more, without the oldest if there are too many (transfer full). */
static FermataValue *
append (FermataValue *list,
        FermataValue *value)
{
  FermataValue *values[MAX_VISITS];
  gsize n = list == NULL ? 0 : fermata_value_get_length (list);
  gsize first = n < MAX_VISITS ? 0 : n + 1 - MAX_VISITS;
  gsize kept = 0;

  for (gsize i = first; i < n; i++)
    values[kept++] = fermata_value_get_element (list, i);
  values[kept++] = value;

  return fermata_value_new_array (values, kept);
}

void
fermata_machine_end_visit (FermataMachine *self,
                           guint           state)
{
  g_autoptr (FermataValue) result = NULL;
  FermataValue *ended;
  Visits *visits;

  if (self->visits.n_records == 0)
    return;

  visits = fermata_page_table_write (&self->visits, state);
  result = visits->result != NULL ? g_steal_pointer (&visits->result) : fermata_value_new_null ();
  ended = append (visits->ended, result);
  g_clear_pointer (&visits->ended, fermata_value_unref);
  visits->ended = ended;
}

FermataValue *
fermata_machine_get_visits (const FermataMachine *self,
                            guint                 state)
{
  const Visits *visits = self->visits.n_records == 0 ? NULL : fermata_page_table_peek (&self->visits, state);

  return visits == NULL ? NULL : visits->ended;
}
