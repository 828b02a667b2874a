/* fermata-app-scene-edges.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-scene-private.h"

#include <string.h>

#include "fermata-app-look.h"

/* Which lines there are: those of edges, and from initial dots. */

void
fermata_app_line_free (FermataAppLine *line)
{
  g_free (line->route.points);
  g_free (line->areas);
  g_free (line->route.text);
  if (line->members != NULL)
    fermata_value_unref (line->members);
  g_clear_object (&line->route.edge);
  g_free (line);
}

/* Lines */

FermataAppLine *
fermata_app_line_new (FermataAppScene *self,
                      FermataEdge     *edge,
                      guint            target,
                      FermataAppBox   *from,
                      FermataAppBox   *to)
{
  FermataAppLine *line = g_new0 (FermataAppLine, 1);

  if (edge != NULL)
    line->route.edge = g_object_ref (edge);
  line->route.target = target;
  line->from = from;
  line->to = to;
  if (from != NULL)
    {
      line->bundle = fermata_app_scene_ensure_bundle (self, from, to != NULL ? to : from);
      g_ptr_array_add (line->bundle->lines, line);
      fermata_app_scene_change_bundle (self, line->bundle);
    }
  fermata_app_scene_unroute (self, line);
  return line;
}

/* Is freed when it is found to be missing in the new list. */
void
fermata_app_scene_drop_line (FermataAppScene *self,
                             FermataAppLine  *line)
{
  if (line->is_gone)
    return;
  line->is_gone = TRUE;
  if (fermata_app_line_get_around (line) != NULL)
    fermata_app_scene_unsettle (self, fermata_app_line_get_around (line));
  if (line->bundle != NULL)
    fermata_app_scene_change_bundle (self, line->bundle);
  else if (!line->to->is_gone)
    g_ptr_array_remove_fast (line->to->arrivals, line);
  if (line->label_entry.cell != NULL)
    {
      fermata_app_grid_remove (self->label_grid, &line->label_entry);
      fermata_app_scene_touch (self, NULL, &line->label_entry.rect);
    }
  if (line->entry.cell != NULL)
    {
      fermata_app_grid_remove (self->line_grid, &line->entry);
      fermata_app_scene_cut_bounds (self, &line->route.bounds);
    }
}

/* Takes over what the edge says now. */
static void
read_edge (FermataAppScene *self,
           FermataAppLine  *line)
{
  g_autofree char *text = NULL;

  if (line->members != NULL)
    fermata_value_unref (line->members);
  line->members = fermata_value_ref (fermata_edge_get_members (line->route.edge));
  /* One label does for an edge to several targets. */
  text = line->route.target == 0 ? fermata_app_look_dup_edge_label (line->route.edge) : NULL;
  line->route.serial = ++self->serial;
  if (g_strcmp0 (text, line->route.text) == 0)
    return;
  g_free (line->route.text);
  line->route.text = g_steal_pointer (&text);
  fermata_app_scene_measure_label (self, line);
  fermata_app_scene_unlabel (self, line);
}

FermataAppBox *
fermata_app_scene_find_box (FermataAppScene *self,
                            FermataNode     *node)
{
  return node != NULL ? g_hash_table_lookup (self->boxes_by_node, node) : NULL;
}

/* The old lines are in the order of the edges, too, as long as nobody moves any. */
typedef struct {
  GPtrArray *old;
  GPtrArray *lines;
  guint next;        /* of the old ones */
  guint last;        /* the highest old index that was met */
  gboolean is_mixed; /* the order is another */
} Walk;

static FermataAppLine *
find_first (FermataAppScene *self,
            Walk            *walk,
            FermataEdge     *edge)
{
  FermataAppLine *line = walk->next < walk->old->len ? g_ptr_array_index (walk->old, walk->next) : NULL;

  if (line == NULL || line->route.edge != edge)
    line = g_hash_table_lookup (self->lines_by_edge, edge);
  return line;
}

static void
keep_line (FermataAppScene *self,
           Walk            *walk,
           FermataAppLine  *line,
           gboolean         is_old)
{
  if (is_old)
    {
      walk->is_mixed |= line->index < walk->last;
      walk->last = line->index;
      walk->next = line->index + 1;
    }
  line->epoch = self->epoch;
  g_ptr_array_add (walk->lines, line);
}

/* The line of @edge to its target number @target, which the old list has or not. */
static FermataAppLine *
find_line (Walk           *walk,
           FermataAppLine *first,
           FermataEdge    *edge,
           guint           target)
{
  for (guint i = first != NULL ? first->index : walk->old->len; i < walk->old->len; i++)
    {
      FermataAppLine *line = g_ptr_array_index (walk->old, i);

      if (line->route.edge != edge || line->route.target > target)
        return NULL;
      if (line->route.target == target)
        return line;
    }
  return NULL;
}

static void
sync_target (FermataAppScene *self,
             Walk            *walk,
             FermataAppLine  *first,
             FermataEdge     *edge,
             guint            target,
             FermataAppBox   *from,
             FermataAppBox   *to)
{
  FermataAppLine *line = find_line (walk, first, edge, target);

  if (line != NULL && !line->is_gone && line->from == from && line->to == to)
    {
      if (line->members != fermata_edge_get_members (edge))
        read_edge (self, line);
      keep_line (self, walk, line, TRUE);
      return;
    }
  line = fermata_app_line_new (self, edge, target, from, to);
  read_edge (self, line);
  keep_line (self, walk, line, FALSE);
}

static void
sync_edge (FermataAppScene *self,
           Walk            *walk,
           FermataEdge     *edge,
           gboolean         resolve)
{
  FermataAppLine *first = find_first (self, walk, edge);
  guint n_targets = fermata_edge_get_n_targets (edge);
  FermataAppBox *from;

  if (!resolve && first != NULL && first->members == fermata_edge_get_members (edge))
    {
      for (guint i = first->index; i < walk->old->len; i++)
        {
          FermataAppLine *line = g_ptr_array_index (walk->old, i);

          if (line->route.edge != edge)
            break;
          keep_line (self, walk, line, TRUE);
        }
      return;
    }
  from = fermata_app_scene_find_box (self, fermata_edge_get_source (edge));
  if (from == NULL)
    return;
  if (n_targets == 0)
    sync_target (self, walk, first, edge, 0, from, NULL);
  for (guint i = 0; i < n_targets; i++)
    {
      FermataAppBox *to = fermata_app_scene_find_box (self, fermata_edge_get_target (edge, i));

      if (to != NULL)
        sync_target (self, walk, first, edge, i, from, to);
    }
}

/* All lines */

static void
keep_initials (FermataAppScene *self,
               Walk            *walk,
               GPtrArray       *initials)
{
  for (guint i = 0; initials != NULL && i < initials->len; i++)
    {
      FermataAppLine *line = g_ptr_array_index (initials, i);

      line->epoch = self->epoch;
      g_ptr_array_add (walk->lines, line);
      walk->next = MAX (walk->next, line->index + 1);
    }
}

/* Those that were not met are gone. */
static void
forget_others (FermataAppScene *self,
               GPtrArray       *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      FermataAppLine *line = g_ptr_array_index (lines, i);

      if (line->epoch == self->epoch)
        continue;
      fermata_app_scene_drop_line (self, line);
      g_ptr_array_add (self->gone_lines, line);
    }
}

static void
number_lines (FermataAppScene *self,
              gboolean         is_mixed)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      FermataAppLine *line = g_ptr_array_index (self->lines, i);

      line->index = i;
      line->route.from = line->from != NULL ? line->from->index : G_MAXUINT;
      line->route.to = line->to != NULL ? line->to->index : G_MAXUINT;
      if (!is_mixed)
        continue;
      fermata_app_scene_unlabel (self, line);
      if (line->bundle != NULL)
        fermata_app_scene_change_bundle (self, line->bundle);
    }
}

static void
index_edges (FermataAppScene *self)
{
  FermataEdge *before = NULL;

  g_hash_table_remove_all (self->lines_by_edge);
  for (guint i = 0; i < self->lines->len; i++)
    {
      FermataAppLine *line = g_ptr_array_index (self->lines, i);

      if (line->route.edge != NULL && line->route.edge != before)
        g_hash_table_insert (self->lines_by_edge, line->route.edge, line);
      before = line->route.edge;
    }
}

static gboolean
has_same_lines (GPtrArray *a,
                GPtrArray *b)
{
  return a->len == b->len && (a->len == 0 || memcmp (a->pdata, b->pdata, a->len * sizeof (gpointer)) == 0);
}

void
fermata_app_scene_sync_lines (FermataAppScene *self,
                              gboolean         resolve)
{
  g_autoptr (GPtrArray) old = self->lines;
  Walk walk = { .old = old, .lines = g_ptr_array_sized_new (old->len + 16) };
  guint n_edges = fermata_graph_get_n_edges (self->graph);

  if (resolve)
    fermata_app_scene_sync_initials (self);
  keep_initials (self, &walk, self->initials);
  for (guint i = 0; i < self->boxes->len; i++)
    keep_initials (self, &walk, ((FermataAppBox *) g_ptr_array_index (self->boxes, i))->initials);
  for (guint i = 0; i < n_edges; i++)
    sync_edge (self, &walk, fermata_graph_get_edge (self->graph, i), resolve);

  self->lines = walk.lines;
  if (!has_same_lines (old, walk.lines))
    {
      forget_others (self, old);
      index_edges (self);
      resolve = TRUE;
    }
  if (resolve)
    number_lines (self, walk.is_mixed);
}
