/* fermata-app-dots.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-dots.h"

#include "fermata-app-painter-private.h"

#define SPACING 24.0

/* Invariant: @node, if it is there, is what the other members say. */
struct _FermataAppDots {
  GskRenderNode *node;
  double spacing;
  int n_columns;
  int n_rows;
};

FermataAppDots *
fermata_app_dots_new (void)
{
  return g_new0 (FermataAppDots, 1);
}

void
fermata_app_dots_forget (FermataAppDots *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
}

void
fermata_app_dots_free (FermataAppDots *self)
{
  fermata_app_dots_forget (self);
  g_free (self);
}

static double
mod (double a,
     double b)
{
  return a - floor (a / b) * b;
}

static void
make_node (FermataAppDots *self,
           const GdkRGBA  *colour)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  for (int row = 0; row < self->n_rows; row++)
    for (int column = 0; column < self->n_columns; column++)
      gtk_snapshot_append_color (snapshot, colour,
                                 &GRAPHENE_RECT_INIT (round (column * self->spacing), round (row * self->spacing), 1, 1));
  self->node = gtk_snapshot_free_to_node (snapshot);
}

/* The same node for as long as one only scrolls. */
static void
update (FermataAppDots   *self,
        FermataAppCanvas *canvas,
        int               width,
        int               height)
{
  double spacing = SPACING * canvas->zoom;
  int n_columns, n_rows;

  while (spacing < SPACING * 0.75)
    spacing *= 2;
  n_columns = (int) ceil (width / spacing) + 1;
  n_rows = (int) ceil (height / spacing) + 1;
  if (self->node != NULL && self->spacing == spacing && self->n_columns == n_columns && self->n_rows == n_rows)
    return;

  fermata_app_dots_forget (self);
  self->spacing = spacing;
  self->n_columns = n_columns;
  self->n_rows = n_rows;
  make_node (self, &canvas->painter->colours.dot);
}

void
fermata_app_dots_append (FermataAppDots   *self,
                         FermataAppCanvas *canvas,
                         GtkSnapshot      *snapshot)
{
  int width = gtk_widget_get_width (GTK_WIDGET (canvas));
  int height = gtk_widget_get_height (GTK_WIDGET (canvas));

  gtk_snapshot_append_color (snapshot, &canvas->painter->colours.background, &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (self == NULL)
    return;

  update (self, canvas, width, height);
  if (self->node == NULL)
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (round (-mod (gtk_adjustment_get_value (canvas->hadjustment), self->spacing)),
                                                round (-mod (gtk_adjustment_get_value (canvas->vadjustment), self->spacing))));
  gtk_snapshot_append_node (snapshot, self->node);
  gtk_snapshot_restore (snapshot);
}
