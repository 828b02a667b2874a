/* fermata-app-grid.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-grid.h"

#include "fermata-app-geometry.h"

#define CELL_SIZE 256.0f
#define N_LEVELS 12

/* Invariants: no cell is empty; the entry at a slot knows cell and slot. */
struct _FermataAppGridCell {
  gint64 key;
  guint level;
  guint n_entries;
  guint n_allocated;
  FermataAppGridEntry **entries;
};

struct _FermataAppGrid {
  GHashTable *levels[N_LEVELS]; /* of cells by their keys */
};

typedef struct {
  gint32 x0;
  gint32 y0;
  gint32 x1;
  gint32 y1;
} CellRange;

/* GLib's own for 64 bits gives all cells of a diagonal the same. */
static guint
hash_key (gconstpointer key)
{
  guint64 bits = *(const gint64 *) key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  return (guint) (bits >> 32);
}

static void
cell_free (FermataAppGridCell *cell)
{
  for (guint i = 0; i < cell->n_entries; i++)
    cell->entries[i]->cell = NULL;
  g_free (cell->entries);
  g_free (cell);
}

FermataAppGrid *
fermata_app_grid_new (void)
{
  FermataAppGrid *self = g_new0 (FermataAppGrid, 1);

  for (guint i = 0; i < N_LEVELS; i++)
    self->levels[i] = g_hash_table_new_full (hash_key, g_int64_equal, NULL, (GDestroyNotify) cell_free);
  return self;
}

void
fermata_app_grid_free (FermataAppGrid *self)
{
  for (guint i = 0; i < N_LEVELS; i++)
    g_hash_table_unref (self->levels[i]);
  g_free (self);
}

/* How wide and high the cells of a level are: 256, 1024, ... */
static float
get_cell_size (guint level)
{
  return ldexpf (CELL_SIZE, 2 * level);
}

static guint
find_level (const graphene_rect_t *rect)
{
  float size = MAX (rect->size.width, rect->size.height);
  guint level = 0;

  while (level + 1 < N_LEVELS && size > get_cell_size (level))
    level++;
  return level;
}

static gint32
find_column (float coordinate,
             float size)
{
  return (gint32) floorf (CLAMP (coordinate / size, -1e9f, 1e9f));
}

static gint64
make_key (gint32 x,
          gint32 y)
{
  return (gint64) (((guint64) (guint32) x << 32) | (guint32) y);
}

static FermataAppGridCell *
ensure_cell (FermataAppGrid *self,
             guint           level,
             gint64          key)
{
  FermataAppGridCell *cell = g_hash_table_lookup (self->levels[level], &key);

  if (cell == NULL)
    {
      cell = g_new0 (FermataAppGridCell, 1);
      cell->key = key;
      cell->level = level;
      g_hash_table_insert (self->levels[level], &cell->key, cell);
    }
  return cell;
}

static void
cell_add (FermataAppGridCell  *cell,
          FermataAppGridEntry *entry)
{
  if (cell->n_entries == cell->n_allocated)
    {
      cell->n_allocated = MAX (4, cell->n_allocated * 2);
      cell->entries = g_renew (FermataAppGridEntry *, cell->entries, cell->n_allocated);
    }
  entry->cell = cell;
  entry->slot = cell->n_entries;
  cell->entries[cell->n_entries++] = entry;
}

void
fermata_app_grid_place (FermataAppGrid        *self,
                        FermataAppGridEntry   *entry,
                        const graphene_rect_t *rect,
                        gpointer               data)
{
  guint level = find_level (rect);
  float size = get_cell_size (level);
  gint64 key = make_key (find_column (rect->origin.x, size), find_column (rect->origin.y, size));

  entry->rect = *rect;
  entry->data = data;
  if (entry->cell != NULL && entry->cell->level == level && entry->cell->key == key)
    return;
  fermata_app_grid_remove (self, entry);
  cell_add (ensure_cell (self, level, key), entry);
}

void
fermata_app_grid_remove (FermataAppGrid      *self,
                         FermataAppGridEntry *entry)
{
  FermataAppGridCell *cell = g_steal_pointer (&entry->cell);
  FermataAppGridEntry *last;

  if (cell == NULL)
    return;
  last = cell->entries[--cell->n_entries];
  cell->entries[entry->slot] = last;
  last->slot = entry->slot;
  if (cell->n_entries == 0)
    g_hash_table_remove (self->levels[cell->level], &cell->key);
}

static gboolean
visit_cell (FermataAppGridCell    *cell,
            const graphene_rect_t *area,
            FermataAppGridFunc     func,
            gpointer               user_data)
{
  for (guint i = 0; i < cell->n_entries; i++)
    {
      FermataAppGridEntry *entry = cell->entries[i];

      if (fermata_app_rect_meets (&entry->rect, area) && !func (entry->data, user_data))
        return FALSE;
    }
  return TRUE;
}

/* The area is more cells than there are: all of them are looked at. */
static gboolean
visit_all (GHashTable            *cells,
           const graphene_rect_t *area,
           FermataAppGridFunc     func,
           gpointer               user_data)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, cells);
  while (g_hash_table_iter_next (&iter, NULL, &cell))
    {
      if (!visit_cell (cell, area, func, user_data))
        return FALSE;
    }
  return TRUE;
}

static gboolean
visit_range (GHashTable            *cells,
             const CellRange       *range,
             const graphene_rect_t *area,
             FermataAppGridFunc     func,
             gpointer               user_data)
{
  for (gint32 y = range->y0; y <= range->y1; y++)
    for (gint32 x = range->x0; x <= range->x1; x++)
      {
        gint64 key = make_key (x, y);
        FermataAppGridCell *cell = g_hash_table_lookup (cells, &key);

        if (cell != NULL && !visit_cell (cell, area, func, user_data))
          return FALSE;
      }
  return TRUE;
}

gboolean
fermata_app_grid_visit (FermataAppGrid        *self,
                        const graphene_rect_t *area,
                        FermataAppGridFunc     func,
                        gpointer               user_data)
{
  for (guint level = 0; level < N_LEVELS; level++)
    {
      GHashTable *cells = self->levels[level];
      float size = get_cell_size (level);
      CellRange range;
      guint64 n_cells;

      if (g_hash_table_size (cells) == 0)
        continue;
      /* What begins up to a cell before the area may reach into it. */
      range.x0 = find_column (area->origin.x - size, size);
      range.y0 = find_column (area->origin.y - size, size);
      range.x1 = find_column (fermata_app_rect_right (area), size);
      range.y1 = find_column (fermata_app_rect_bottom (area), size);
      n_cells = (guint64) ((gint64) range.x1 - range.x0 + 1) * (guint64) ((gint64) range.y1 - range.y0 + 1);
      if (n_cells > g_hash_table_size (cells)
            ? !visit_all (cells, area, func, user_data)
            : !visit_range (cells, &range, area, func, user_data))
        return FALSE;
    }
  return TRUE;
}
