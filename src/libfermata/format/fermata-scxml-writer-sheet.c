/* fermata-scxml-writer-sheet.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-writer-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* What is to be known of a machine before it is written: which edges leave which
 * state, and in what order, and what the states are called. */

typedef struct {
  FermataValue *nodes;
  gsize next;
  FermataValue *owner; /* the state that they are in */
  guint first;         /* the first edge of all these, from 1 */
} Level;

static guint
get_place (GHashTable *table,
           gconstpointer key)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (table, key));
}

static void
group_edges (FermataScxmlSheet  *self,
             FermataScxmlWriter *writer)
{
  g_autoptr (GHashTable) last = g_hash_table_new (g_str_hash, g_str_equal);
  gsize n = self->edges == NULL ? 0 : fermata_value_get_length (self->edges);

  self->next_edges = g_new0 (guint, n + 1);
  for (guint i = 1; i <= n; i++)
    {
      const char *from = fermata_scxml_get_text (fermata_value_get_element (self->edges, i - 1), "from");
      guint before;

      if (from == NULL)
        continue;
      before = get_place (last, from);
      if (before == 0)
        g_hash_table_insert (self->first_edges, (gpointer) from, GUINT_TO_POINTER (i));
      else
        self->next_edges[before] = i;
      g_hash_table_insert (last, (gpointer) from, GUINT_TO_POINTER (i));
    }
}

/* Ids have no spaces in SCXML. */
static void
take_id (FermataScxmlSheet *self,
         GHashTable        *taken,
         const char        *id)
{
  g_autofree char *stem = NULL;
  char *other;

  if (strpbrk (id, " \t\r\n") == NULL)
    return;

  stem = g_strdelimit (g_strdup (id), " \t\r\n", '_');
  other = g_strdup (stem);
  for (guint i = 2; g_hash_table_contains (taken, other); i++)
    {
      g_free (other);
      other = g_strdup_printf ("%s%u", stem, i);
    }
  g_hash_table_add (taken, other);
  g_hash_table_insert (self->ids, g_strdup (id), g_strdup (other));
}

static void
push (GArray       *levels,
      FermataValue *nodes,
      FermataValue *owner)
{
  Level level = { nodes, 0, owner, 0 };

  g_array_append_val (levels, level);
}

/* All states, those in a state before it is left. */
static void
walk_states (FermataScxmlSheet *self,
             GPtrArray         *spaced,
             GHashTable        *taken)
{
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));
  FermataValue *nodes = fermata_value_get_member (self->graph, "nodes");

  if (fermata_scxml_is_kind (nodes, FERMATA_VALUE_KIND_ARRAY))
    push (levels, nodes, NULL);
  while (levels->len > 0)
    {
      Level *top = &g_array_index (levels, Level, levels->len - 1);
      FermataValue *node;
      const char *id;
      guint first;

      if (top->next == fermata_value_get_length (top->nodes))
        {
          FermataValue *owner = top->owner;

          first = top->first;
          g_array_set_size (levels, levels->len - 1);
          if (owner == NULL)
            break;
          top = &g_array_index (levels, Level, levels->len - 1);
          g_hash_table_insert (self->first_below, owner, GUINT_TO_POINTER (first));
          if (first != 0 && (top->first == 0 || first < top->first))
            top->first = first;
          continue;
        }

      node = fermata_value_get_element (top->nodes, top->next++);
      id = fermata_scxml_get_text (node, "id");
      if (id == NULL)
        continue;
      g_hash_table_add (taken, g_strdup (id));
      if (strpbrk (id, " \t\r\n") != NULL)
        g_ptr_array_add (spaced, (gpointer) id);
      first = get_place (self->first_edges, id);
      nodes = fermata_value_get_member (node, "nodes");
      push (levels, fermata_scxml_is_kind (nodes, FERMATA_VALUE_KIND_ARRAY) ? nodes : node, node);
      top = &g_array_index (levels, Level, levels->len - 1);
      top->first = first;
      if (top->nodes == node)
        top->next = fermata_value_get_length (node);
    }
}

static void
name_states (FermataScxmlSheet  *self,
             FermataScxmlWriter *writer)
{
  g_autoptr (GPtrArray) spaced = g_ptr_array_new ();
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  walk_states (self, spaced, taken);
  for (guint i = 0; i < spaced->len; i++)
    {
      const char *id = spaced->pdata[i];

      if (g_hash_table_contains (self->ids, id))
        continue;
      take_id (self, taken, id);
      fermata_scxml_writer_report (writer, FERMATA_SEVERITY_WARNING, self->step, "nodes",
                                   _("ids have no spaces in SCXML: “%s” is written as “%s”"), id,
                                   (const char *) g_hash_table_lookup (self->ids, id));
    }
}

/* An edge that leaves no state has no place. */
static void
report_loose (FermataScxmlSheet  *self,
              FermataScxmlWriter *writer)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  gsize n = self->edges == NULL ? 0 : fermata_value_get_length (self->edges);
  GHashTableIter iter;
  gpointer node;

  g_hash_table_iter_init (&iter, self->first_below);
  while (g_hash_table_iter_next (&iter, &node, NULL))
    g_hash_table_add (known, (gpointer) fermata_scxml_get_text (node, "id"));

  for (gsize i = 0; i < n; i++)
    {
      const char *from = fermata_scxml_get_text (fermata_value_get_element (self->edges, i), "from");
      const FermataScxmlStep *step;

      if (from != NULL && g_hash_table_contains (known, from))
        continue;
      step = fermata_scxml_writer_step (writer, self->step, "edges");
      fermata_scxml_writer_report (writer, FERMATA_SEVERITY_ERROR, fermata_scxml_writer_step_to (writer, step, i), NULL,
                                   _("the edge leaves no state that there is; it is left out"));
    }
}

static const char *
get_prefix (FermataValue *graph)
{
  const char *prefix = fermata_scxml_get_text (fermata_scxml_get_kept (graph), "prefix");

  return prefix != NULL && *prefix != '\0' && strchr (prefix, ':') == NULL && fermata_scxml_is_name (prefix) ? prefix : "";
}

FermataScxmlSheet *
fermata_scxml_sheet_new (FermataScxmlWriter     *writer,
                         FermataValue           *graph,
                         const FermataScxmlStep *step)
{
  FermataScxmlSheet *self = g_new0 (FermataScxmlSheet, 1);
  FermataValue *edges = fermata_value_get_member (graph, "edges");
  const char *model = fermata_scxml_get_text (graph, "data-model");

  self->outer = writer->sheet;
  self->graph = graph;
  self->step = step;
  self->is_own = model == NULL || g_str_equal (model, "fermata");
  self->prefix = get_prefix (graph);
  self->has_default = *self->prefix == '\0' || (self->outer != NULL && self->outer->has_default);
  self->edges = fermata_scxml_is_kind (edges, FERMATA_VALUE_KIND_ARRAY) ? edges : NULL;
  self->first_edges = g_hash_table_new (g_str_hash, g_str_equal);
  self->first_below = g_hash_table_new (NULL, NULL);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  group_edges (self, writer);
  name_states (self, writer);
  report_loose (self, writer);

  return self;
}

void
fermata_scxml_sheet_free (FermataScxmlSheet *self)
{
  g_hash_table_unref (self->first_edges);
  g_hash_table_unref (self->first_below);
  g_hash_table_unref (self->ids);
  g_free (self->next_edges);
  g_free (self);
}
