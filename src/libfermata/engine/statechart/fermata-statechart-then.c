/* fermata-statechart-then.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Of a microstep with several transitions, what its first event says of those that
 * follow: `{ "then": [names] }`. Regions mostly move together in the same way, so
 * for each first transition the payload that was made first is kept and shared. */

#include "engine/statechart/fermata-statechart-private.h"

#include <string.h>

/* Of more transitions nothing is kept. */
#define MAX_KEPT 16

typedef struct {
  FermataValue *payload;
  guint n;
  guint32 edges[MAX_KEPT];
} Then;

static void
then_free (gpointer data)
{
  Then *then = data;

  fermata_value_unref (then->payload);
  g_free (then);
}

static Then *
find (FermataPlan *plan,
      guint              first)
{
  GHashTable *thens = plan->chart->thens;

  return thens == NULL ? NULL : g_hash_table_lookup (thens, GUINT_TO_POINTER (first));
}

static void
keep (FermataPlan            *plan,
      const FermataIndexList *edges,
      FermataValue           *payload)
{
  Then *then;

  if (edges->n > MAX_KEPT || find (plan, edges->indices[0]) != NULL)
    return;

  then = g_new (Then, 1);
  then->payload = fermata_value_ref (payload);
  then->n = edges->n;
  memcpy (then->edges, edges->indices, edges->n * sizeof edges->indices[0]);
  if (plan->chart->thens == NULL)
    plan->chart->thens = g_hash_table_new_full (NULL, NULL, NULL, then_free);
  g_hash_table_insert (plan->chart->thens, GUINT_TO_POINTER (edges->indices[0]), then);
}

static FermataValue *
make (FermataPlan            *plan,
      const FermataIndexList *edges)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValueBuilder) names = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) then = NULL;

  for (guint i = 1; i < edges->n; i++)
    fermata_value_builder_add_string (names, fermata_plan_get_edge_name (plan, edges->indices[i]));
  then = fermata_value_builder_end (names);
  fermata_value_builder_set (builder, "then", then);

  return fermata_value_builder_end (builder);
}

/* NULL (transfer full otherwise) if nothing follows the first. */
FermataValue *
fermata_statechart_then_new (FermataPlan            *plan,
                             const FermataIndexList *edges)
{
  FermataValue *payload;
  Then *kept;

  if (edges->n == 1)
    return NULL;

  kept = find (plan, edges->indices[0]);
  if (kept != NULL && kept->n == edges->n
      && memcmp (kept->edges, edges->indices, edges->n * sizeof edges->indices[0]) == 0)
    return fermata_value_ref (kept->payload);

  payload = make (plan, edges);
  keep (plan, edges, payload);

  return payload;
}

/* The transitions of a microstep, from its first event. */
void
fermata_statechart_then_read (FermataPlan        *plan,
                              guint               first,
                              FermataValue       *payload,
                              FermataIndexList  **edges)
{
  FermataValue *then = payload == NULL ? NULL : fermata_value_get_member (payload, "then");
  const Then *kept = then == NULL ? NULL : find (plan, first);
  guint edge;

  fermata_index_list_empty (edges);
  fermata_index_list_append (edges, first);
  if (kept != NULL && kept->payload == payload)
    {
      for (guint i = 1; i < kept->n; i++)
        fermata_index_list_append (edges, kept->edges[i]);
      return;
    }

  for (gsize i = 0; then != NULL && i < fermata_value_get_length (then); i++)
    {
      if (fermata_plan_find_edge (plan, fermata_value_get_string (fermata_value_get_element (then, i), NULL),
                                  &edge))
        fermata_index_list_append (edges, edge);
    }
}
