/* fermata-app-scene-bundles.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-scene-private.h"

/* Lines between the same nodes keep apart: each has a slot, or a lane, of its own. */

static guint
hash_bundle (gconstpointer data)
{
  const FermataAppBundle *bundle = data;

  return g_direct_hash (bundle->a) * 31 + g_direct_hash (bundle->b);
}

static gboolean
equal_bundles (gconstpointer a,
               gconstpointer b)
{
  const FermataAppBundle *x = a;
  const FermataAppBundle *y = b;

  return x->a == y->a && x->b == y->b;
}

static void
bundle_free (FermataAppBundle *bundle)
{
  g_ptr_array_unref (bundle->lines);
  g_free (bundle);
}

GHashTable *
fermata_app_scene_new_bundles (void)
{
  return g_hash_table_new_full (hash_bundle, equal_bundles, NULL, (GDestroyNotify) bundle_free);
}

static void
add_bundle (FermataAppBox    *box,
            FermataAppBundle *bundle)
{
  if (box->bundles == NULL)
    box->bundles = g_ptr_array_sized_new (2);
  g_ptr_array_add (box->bundles, bundle);
}

FermataAppBundle *
fermata_app_scene_ensure_bundle (FermataAppScene *self,
                                 FermataAppBox   *from,
                                 FermataAppBox   *to)
{
  FermataAppBundle key = { .a = MIN (from, to), .b = MAX (from, to) };
  FermataAppBundle *bundle = g_hash_table_lookup (self->bundles, &key);

  if (bundle != NULL)
    return bundle;
  bundle = g_new0 (FermataAppBundle, 1);
  bundle->a = key.a;
  bundle->b = key.b;
  bundle->lines = g_ptr_array_sized_new (1);
  g_hash_table_add (self->bundles, bundle);
  add_bundle (bundle->a, bundle);
  if (bundle->b != bundle->a)
    add_bundle (bundle->b, bundle);
  return bundle;
}

void
fermata_app_scene_change_bundle (FermataAppScene  *self,
                                 FermataAppBundle *bundle)
{
  if (!bundle->is_changed)
    g_ptr_array_add (self->changed_bundles, bundle);
  bundle->is_changed = TRUE;
}

/* Slots */

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const FermataAppLine *x = *(FermataAppLine *const *) a;
  const FermataAppLine *y = *(FermataAppLine *const *) b;

  return (x->index > y->index) - (x->index < y->index);
}

static void
drop_gone_lines (FermataAppBundle *bundle)
{
  guint n = 0;

  for (guint i = 0; i < bundle->lines->len; i++)
    {
      FermataAppLine *line = g_ptr_array_index (bundle->lines, i);

      if (!line->is_gone)
        bundle->lines->pdata[n++] = line;
    }
  g_ptr_array_set_size (bundle->lines, n);
}

static void
set_slots (FermataAppScene  *self,
           FermataAppBundle *bundle)
{
  guint n_lines[2] = { 0, 0 };
  guint slots[2] = { 0, 0 };

  for (guint i = 0; i < bundle->lines->len; i++)
    n_lines[((FermataAppLine *) g_ptr_array_index (bundle->lines, i))->from == bundle->a]++;
  for (guint i = 0; i < bundle->lines->len; i++)
    {
      FermataAppLine *line = g_ptr_array_index (bundle->lines, i);
      gboolean way = line->from == bundle->a;
      guint slot = slots[way]++;

      if (line->slot == slot && line->n_along == n_lines[way] && line->n_against == n_lines[!way])
        continue;
      line->slot = slot;
      line->n_along = n_lines[way];
      line->n_against = n_lines[!way];
      fermata_app_scene_unroute (self, line);
    }
}

/* Lanes: runs of lines between a container and what is in it, one below the other. */

#define MAX_LANES 6

static void
mark_lanes (FermataAppScene *self,
            FermataAppBox   *box)
{
  if (!box->has_new_lanes && !box->is_gone && box->item.kind == FERMATA_APP_ITEM_CONTAINER)
    {
      box->has_new_lanes = TRUE;
      g_ptr_array_add (self->new_lanes, box);
    }
}

static GPtrArray *
list_inner_lines (FermataAppBox *box)
{
  GPtrArray *lines = g_ptr_array_new ();

  for (guint i = 0; box->bundles != NULL && i < box->bundles->len; i++)
    {
      FermataAppBundle *bundle = g_ptr_array_index (box->bundles, i);
      FermataAppBox *other = bundle->a == box ? bundle->b : bundle->a;

      if (other == box || !fermata_app_box_is_within (other, box))
        continue;
      for (guint j = 0; j < bundle->lines->len; j++)
        g_ptr_array_add (lines, g_ptr_array_index (bundle->lines, j));
    }
  g_ptr_array_sort (lines, compare_lines);
  return lines;
}

static void
set_lanes (FermataAppScene *self,
           FermataAppBox   *box)
{
  g_autoptr (GPtrArray) lines = list_inner_lines (box);
  guint n_lanes = MIN (lines->len, MAX_LANES);

  box->has_new_lanes = FALSE;
  if (box->n_lanes != n_lanes)
    fermata_app_scene_unsettle (self, box);
  box->n_lanes = n_lanes;
  for (guint i = 0; i < lines->len; i++)
    {
      FermataAppLine *line = g_ptr_array_index (lines, i);

      if (line->lane != i % MAX_LANES)
        fermata_app_scene_unroute (self, line);
      line->lane = i % MAX_LANES;
    }
}

/* Empty bundles */

static void
drop_gone_bundles (FermataAppBox *box)
{
  guint n = 0;

  for (guint i = 0; i < box->bundles->len; i++)
    {
      FermataAppBundle *bundle = g_ptr_array_index (box->bundles, i);

      if (!bundle->is_gone)
        box->bundles->pdata[n++] = bundle;
    }
  g_ptr_array_set_size (box->bundles, n);
  box->has_gone_bundles = FALSE;
}

static void
mark_emptied (FermataAppBundle *bundle)
{
  bundle->is_gone = TRUE;
  bundle->a->has_gone_bundles = TRUE;
  bundle->b->has_gone_bundles = TRUE;
}

static void
drop_bundle (FermataAppScene  *self,
             FermataAppBundle *bundle)
{
  if (bundle->a->has_gone_bundles)
    drop_gone_bundles (bundle->a);
  if (bundle->b->has_gone_bundles)
    drop_gone_bundles (bundle->b);
  g_hash_table_remove (self->bundles, bundle);
}

/* What is around */

static FermataAppBox *
find_around (FermataAppScene  *self,
             FermataAppBundle *bundle)
{
  FermataAppBox *around = bundle->b;

  if (bundle->a == bundle->b)
    return bundle->a->parent;
  self->stamp++;
  for (FermataAppBox *box = bundle->a; box != NULL; box = box->parent)
    box->stamp = self->stamp;
  while (around != NULL && around->stamp != self->stamp)
    around = around->parent;
  return around != bundle->a && around != bundle->b ? around : NULL;
}

static void
set_around (FermataAppScene  *self,
            FermataAppBundle *bundle)
{
  bundle->around = find_around (self, bundle);
  if (bundle->around == NULL)
    return;
  if (bundle->around->inner == NULL)
    bundle->around->inner = g_ptr_array_new ();
  g_ptr_array_add (bundle->around->inner, bundle);
}

static void
sync_around (FermataAppScene *self)
{
  gboolean had_containers = self->has_containers;

  self->has_containers = FALSE;
  for (guint i = 0; i < self->boxes->len; i++)
    {
      FermataAppBox *box = g_ptr_array_index (self->boxes, i);

      self->has_containers |= box->first_child != NULL;
      if (box->inner != NULL)
        g_ptr_array_set_size (box->inner, 0);
    }
  for (guint i = 0; i < self->lines->len && (self->has_containers || had_containers); i++)
    {
      FermataAppLine *line = g_ptr_array_index (self->lines, i);

      if (line->bundle == NULL || g_ptr_array_index (line->bundle->lines, 0) != line)
        continue;
      set_around (self, line->bundle);
      if (line->bundle->around != NULL)
        fermata_app_scene_unsettle (self, line->bundle->around);
    }
}

void
fermata_app_scene_sync_bundles (FermataAppScene *self)
{
  GPtrArray *changed = self->changed_bundles;
  gboolean has_changed = changed->len > 0;

  for (guint i = 0; i < changed->len; i++)
    {
      FermataAppBundle *bundle = g_ptr_array_index (changed, i);

      bundle->is_changed = FALSE;
      drop_gone_lines (bundle);
      g_ptr_array_sort (bundle->lines, compare_lines);
      set_slots (self, bundle);
      mark_lanes (self, bundle->a);
      mark_lanes (self, bundle->b);
      fermata_app_scene_unsettle_dots (self, bundle->a);
      fermata_app_scene_unsettle_dots (self, bundle->b);
      if (bundle->lines->len == 0)
        mark_emptied (bundle);
    }
  for (guint i = 0; i < changed->len; i++)
    {
      FermataAppBundle *bundle = g_ptr_array_index (changed, i);

      if (bundle->is_gone)
        drop_bundle (self, bundle);
    }
  g_ptr_array_set_size (changed, 0);
  if (has_changed)
    sync_around (self);
  for (guint i = 0; i < self->new_lanes->len; i++)
    set_lanes (self, g_ptr_array_index (self->new_lanes, i));
  g_ptr_array_set_size (self->new_lanes, 0);
}
