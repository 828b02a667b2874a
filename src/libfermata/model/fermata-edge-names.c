/* fermata-edge-names.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-model-private.h"

#include <string.h>

/*
 * An edge without an id is called by its ends, `from>to`; the second of the
 * same ends, in document order, `from>to#2`. An id holds neither `>` nor `#`,
 * so no id looks like that. Each edge without an id keeps its number among
 * those with the same ends (`ordinal`), right while the names exist.
 */
struct _FermataEdgeNames {
  GHashTable *by_id;   /* id -> the first edge of that id */
  GHashTable *by_ends; /* ends -> GPtrArray of edges, or one edge (see below) */
  gboolean has_ambiguous_ids;
};

/* Most edges are alone between their ends, so the table holds the edge itself;
 * the lowest bit tells an array. */
static gboolean
is_array (gpointer entry)
{
  return ((gsize) entry & 1) != 0;
}

static GPtrArray *
to_array (gpointer entry)
{
  return (GPtrArray *) ((gsize) entry & ~(gsize) 1);
}

static void
free_entry (gpointer entry)
{
  if (is_array (entry))
    g_ptr_array_unref (to_array (entry));
}

static char *
dup_ends (FermataEdge *edge)
{
  GString *ends = g_string_new (fermata_edge_get_source_id (edge));
  guint n_targets = fermata_edge_get_n_targets (edge);

  g_string_append_c (ends, '>');
  for (guint i = 0; i < n_targets; i++)
    {
      if (i > 0)
        g_string_append_c (ends, ',');
      g_string_append (ends, fermata_edge_get_target_id (edge, i));
    }
  return g_string_free (ends, FALSE);
}

static void
add_by_ends (FermataEdgeNames *names,
             FermataEdge      *edge)
{
  char *ends = dup_ends (edge);
  gpointer entry = g_hash_table_lookup (names->by_ends, ends);

  if (entry == NULL)
    {
      edge->element.ordinal = 1;
      g_hash_table_insert (names->by_ends, ends, edge);
      return;
    }
  if (!is_array (entry))
    {
      GPtrArray *edges = g_ptr_array_new ();

      g_ptr_array_add (edges, entry);
      entry = (gpointer) ((gsize) edges | 1);
      g_hash_table_insert (names->by_ends, g_strdup (ends), entry);
    }
  g_ptr_array_add (to_array (entry), edge);
  edge->element.ordinal = to_array (entry)->len;
  g_free (ends);
}

static void
add_edge (FermataEdgeNames *names,
          FermataEdge      *edge)
{
  const char *id = fermata_members_get_string (edge->members, "id");

  if (id == NULL)
    add_by_ends (names, edge);
  else if (g_hash_table_contains (names->by_id, id))
    names->has_ambiguous_ids = TRUE;
  else
    g_hash_table_insert (names->by_id, (gpointer) id, edge);
}

static FermataEdgeNames *
ensure_names (FermataGraph *graph)
{
  guint n_edges = fermata_graph_get_n_edges (graph);
  FermataEdgeNames *names;

  if (graph->edge_names != NULL)
    return graph->edge_names;
  names = g_new0 (FermataEdgeNames, 1);
  names->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  names->by_ends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_entry);
  for (guint i = 0; i < n_edges; i++)
    add_edge (names, fermata_graph_get_edge (graph, i));
  graph->edge_names = names;
  return names;
}

/* An edge whose id or ends no other has, or that is the last of all, changes
 * no other's name. For anything else the names are made anew when needed. */
void
fermata_edge_names_add (FermataGraph *graph,
                        FermataEdge  *edge)
{
  FermataEdgeNames *names = graph->edge_names;
  const char *id = fermata_members_get_string (edge->members, "id");
  g_autofree char *ends = id == NULL ? dup_ends (edge) : NULL;
  gboolean is_new;

  if (names == NULL)
    return;
  is_new = id != NULL ? !g_hash_table_contains (names->by_id, id)
                      : !g_hash_table_contains (names->by_ends, ends);
  if (is_new || fermata_edge_get_index (edge) + 1 == fermata_graph_get_n_edges (graph))
    add_edge (names, edge);
  else
    fermata_edge_names_drop (graph);
}

static gboolean
remove_by_ends (FermataEdgeNames *names,
                FermataEdge      *edge)
{
  g_autofree char *ends = dup_ends (edge);
  gpointer entry = g_hash_table_lookup (names->by_ends, ends);

  if (!is_array (entry))
    return g_hash_table_remove (names->by_ends, ends);
  if (edge->element.ordinal < to_array (entry)->len)
    return FALSE;
  g_ptr_array_set_size (to_array (entry), edge->element.ordinal - 1);
  if (edge->element.ordinal == 1)
    g_hash_table_remove (names->by_ends, ends);
  return TRUE;
}

void
fermata_edge_names_remove (FermataGraph *graph,
                           FermataEdge  *edge)
{
  FermataEdgeNames *names = graph->edge_names;
  const char *id = fermata_members_get_string (edge->members, "id");

  if (names == NULL)
    return;
  if (id != NULL && !names->has_ambiguous_ids)
    g_hash_table_remove (names->by_id, id);
  else if (id != NULL || !remove_by_ends (names, edge))
    fermata_edge_names_drop (graph);
}

void
fermata_edge_names_drop (FermataGraph *graph)
{
  FermataEdgeNames *names = g_steal_pointer (&graph->edge_names);

  if (names == NULL)
    return;
  g_hash_table_unref (names->by_id);
  g_hash_table_unref (names->by_ends);
  g_free (names);
}

char *
fermata_edge_names_dup (FermataEdge *edge)
{
  FermataGraph *graph = fermata_edge_get_graph (edge);
  const char *id = fermata_members_get_string (edge->members, "id");
  g_autofree char *ends = NULL;

  if (id != NULL)
    return g_strdup (id);
  ends = dup_ends (edge);
  if (graph == NULL)
    return g_steal_pointer (&ends);
  ensure_names (graph);
  if (edge->element.ordinal == 1)
    return g_steal_pointer (&ends);
  return g_strdup_printf ("%s#%u", ends, edge->element.ordinal);
}

static FermataEdge *
find_by_ends (FermataEdgeNames *names,
              const char       *ends,
              guint64           ordinal)
{
  gpointer entry = g_hash_table_lookup (names->by_ends, ends);

  if (entry == NULL || ordinal == 0)
    return NULL;
  if (!is_array (entry))
    return ordinal == 1 ? entry : NULL;
  return ordinal <= to_array (entry)->len ? g_ptr_array_index (to_array (entry), ordinal - 1) : NULL;
}

FermataEdge *
fermata_edge_names_find (FermataGraph *graph,
                         const char   *name)
{
  FermataEdgeNames *names = ensure_names (graph);
  FermataEdge *edge = g_hash_table_lookup (names->by_id, name);
  const char *number;
  g_autofree char *ends = NULL;
  guint64 ordinal;

  if (edge == NULL)
    edge = find_by_ends (names, name, 1);
  number = strrchr (name, '#');
  if (edge != NULL || number == NULL)
    return edge;

  /* The first is called by the ends alone. */
  if (!g_ascii_string_to_unsigned (number + 1, 10, 2, G_MAXUINT, &ordinal, NULL))
    return NULL;
  ends = g_strndup (name, number - name);
  return find_by_ends (names, ends, ordinal);
}
