/* fermata-passes.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-passes-private.h"

gboolean
fermata_hold_point_equal (const FermataHoldPoint *a,
                          const FermataHoldPoint *b)
{
  if (!a->is_set || !b->is_set)
    return a->is_set == b->is_set;

  return a->frame == b->frame && a->place == b->place && a->kind == b->kind;
}

static gboolean
fits (const FermataHoldPoint *point,
      const FermataEvent     *event)
{
  return point->frame == event->frame
         && point->place == event->place
         && point->kind == event->kind;
}

void
fermata_passes_init_copy (FermataPasses       *self,
                          const FermataPasses *other)
{
  self->n_points = other->n_points;
  self->points = g_memdup2 (other->points, other->n_points * sizeof (FermataHoldPoint));
}

void
fermata_passes_clear (FermataPasses *self)
{
  g_clear_pointer (&self->points, g_free);
  self->n_points = 0;
}

gboolean
fermata_passes_equal (const FermataPasses *a,
                      const FermataPasses *b)
{
  if (a->n_points != b->n_points)
    return FALSE;

  for (guint i = 0; i < a->n_points; i++)
    {
      if (!fermata_hold_point_equal (&a->points[i], &b->points[i]))
        return FALSE;
    }

  return TRUE;
}

void
fermata_passes_add (FermataPasses          *self,
                    const FermataHoldPoint *point)
{
  for (guint i = 0; i < self->n_points; i++)
    {
      if (fermata_hold_point_equal (&self->points[i], point))
        return;
    }

  self->points = g_renew (FermataHoldPoint, self->points, self->n_points + 1);
  self->points[self->n_points++] = *point;
}

gboolean
fermata_passes_contain (const FermataPasses *self,
                        const FermataEvent  *event)
{
  for (guint i = 0; i < self->n_points; i++)
    {
      if (fits (&self->points[i], event))
        return TRUE;
    }

  return FALSE;
}

gboolean
fermata_passes_use (FermataPasses      *self,
                    const FermataEvent *event)
{
  for (guint i = 0; i < self->n_points; i++)
    {
      if (!fits (&self->points[i], event))
        continue;

      self->n_points--;
      for (guint j = i; j < self->n_points; j++)
        self->points[j] = self->points[j + 1];

      return TRUE;
    }

  return FALSE;
}
