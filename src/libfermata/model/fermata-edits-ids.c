/* fermata-edits-ids.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edits-private.h"

#include <string.h>

#include "model/fermata-model-id.h"
#include "value/fermata-value-builder.h"

/* Ids: free ones, and exchanging them where they are referred to. */

/* A text that can be an id. */
static char *
make_valid (const char *wish)
{
  g_autofree char *text = g_utf8_make_valid (wish, -1);
  g_autoptr (GString) id = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gsize length = g_utf8_next_char (p) - p;

      if (fermata_model_id_is_valid (p, length))
        g_string_append_len (id, p, length);
      else
        g_string_append_c (id, '-');
    }
  return g_strdup (id->len > 0 ? id->str : "node");
}

static gboolean
is_taken (FermataGraph *graph,
          GHashTable   *taken,
          const char   *id)
{
  return fermata_graph_find_node (graph, id) != NULL || (taken != NULL && g_hash_table_contains (taken, id));
}

/* “state-7” is “state” and 7; “state” is that and 1. Counting begins there. */
static guint64
split (char *id)
{
  gsize length = strlen (id);
  gsize end = length;

  while (end > 0 && g_ascii_isdigit (id[end - 1]))
    end--;
  if (end < 2 || end == length || length - end > 9 || id[end - 1] != '-' || id[end] == '0')
    return 1;
  id[end - 1] = '\0';
  return g_ascii_strtoull (id + end, NULL, 10);
}

#define MAX_TRIES 64

static char *
try_number (FermataGraph *graph,
            GHashTable   *taken,
            const char   *stem,
            guint64       number)
{
  g_autofree char *id = g_strdup_printf ("%s-%" G_GUINT64_FORMAT, stem, number);

  return is_taken (graph, taken, id) ? NULL : g_steal_pointer (&id);
}

/* The next number that is free, or, past very many that are not, one such that
 * the one before it is taken: to try all would be quadratic. */
static char *
count_on (FermataGraph *graph,
          GHashTable   *taken,
          const char   *stem,
          guint64       number)
{
  guint64 low = number;
  guint64 high;
  char *id = NULL;

  for (guint i = 1; i <= MAX_TRIES; i++)
    {
      id = try_number (graph, taken, stem, number + i);
      if (id != NULL)
        return id;
      low = number + i;
    }
  for (guint64 step = MAX_TRIES; id == NULL; step *= 2)
    {
      high = number + step * 2;
      id = try_number (graph, taken, stem, high);
      low = id == NULL ? high : low;
    }
  while (high - low > 1)
    {
      guint64 middle = low + (high - low) / 2;
      char *other = try_number (graph, taken, stem, middle);

      low = other == NULL ? middle : low;
      high = other != NULL ? middle : high;
      if (other != NULL)
        {
          g_free (id);
          id = other;
        }
    }
  return id;
}

char *
fermata_free_id_dup (FermataGraph *graph,
                     GHashTable   *taken,
                     const char   *wish)
{
  g_autofree char *id = make_valid (wish);
  guint64 number;

  if (!is_taken (graph, taken, id))
    return g_steal_pointer (&id);
  number = split (id);
  return count_on (graph, taken, id, number);
}

/**
 * fermata_graph_dup_free_id:
 * @graph: a graph
 * @wish: what the id shall be like: any text
 *
 * Finds an id for a new node. It is @wish itself if no node of the graph is
 * called so, nested ones included; otherwise @wish with a number: “state-2”
 * after “state”, and after that “state-3”. What cannot be in an id becomes “-”.
 *
 * Returns: (transfer full): a valid id that is free
 */
char *
fermata_graph_dup_free_id (FermataGraph *graph,
                           const char   *wish)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (wish != NULL, NULL);

  return fermata_free_id_dup (graph, NULL, wish);
}

static FermataValue *
map_one (FermataValue *value,
         FermataIdMap  map,
         gpointer      data)
{
  const char *id;
  const char *new_id;

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_STRING)
    return fermata_value_ref (value);
  id = fermata_value_get_string (value, NULL);
  new_id = map (id, data);
  if (new_id == NULL)
    return NULL;
  return strcmp (id, new_id) == 0 ? fermata_value_ref (value) : fermata_value_new_string (new_id, -1);
}

static FermataValue *
map_array (FermataValue *value,
           FermataIdMap  map,
           gpointer      data)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  gsize length = fermata_value_get_length (value);
  gsize n_left = 0;

  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (FermataValue) element = map_one (fermata_value_get_element (value, i), map, data);

      if (element == NULL)
        continue;
      fermata_value_builder_add (builder, element);
      n_left++;
    }
  return n_left > 0 || length == 0 ? fermata_value_builder_end (builder) : NULL;
}

FermataValue *
fermata_ids_map (FermataValue *value,
                 FermataIdMap  map,
                 gpointer      data)
{
  FermataValueKind kind = fermata_value_get_kind (value);
  FermataValue *inner = NULL;
  g_autoptr (FermataValue) to = NULL;

  if (kind == FERMATA_VALUE_KIND_ARRAY)
    return map_array (value, map, data);
  if (kind == FERMATA_VALUE_KIND_OBJECT)
    inner = fermata_value_get_member (value, "to");
  if (inner == NULL || fermata_value_get_kind (inner) == FERMATA_VALUE_KIND_OBJECT)
    return map_one (value, map, data);
  to = fermata_ids_map (inner, map, data);
  return to != NULL ? fermata_value_with_member (value, "to", to) : NULL;
}
