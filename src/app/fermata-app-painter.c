/* fermata-app-painter.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-painter.h"

struct _FermataAppPainter {
  GObject parent_instance;

  GtkWidget *widget;
};

G_DEFINE_FINAL_TYPE (FermataAppPainter, fermata_app_painter, G_TYPE_OBJECT)

static void
fermata_app_painter_class_init (FermataAppPainterClass *klass)
{
}

static void
fermata_app_painter_init (FermataAppPainter *self)
{
}

FermataAppPainter *
fermata_app_painter_new (GtkWidget *widget)
{
  FermataAppPainter *self = g_object_new (FERMATA_TYPE_APP_PAINTER, NULL);

  self->widget = widget;

  return self;
}

void
fermata_app_painter_forget (FermataAppPainter *self)
{
}
