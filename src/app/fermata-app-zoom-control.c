/* fermata-app-zoom-control.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-zoom-control.h"

#include <math.h>

enum {
  PROP_0,
  PROP_CANVAS,
  N_PROPS,
};

struct _FermataAppZoomControl {
  AdwBin parent_instance;

  FermataAppCanvas *canvas;
  GtkLabel *label;
  guint update_source;
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FermataAppZoomControl, fermata_app_zoom_control, ADW_TYPE_BIN)

static gboolean
update (gpointer user_data)
{
  FermataAppZoomControl *self = user_data;
  g_autofree char *text = NULL;

  self->update_source = 0;
  text = g_strdup_printf ("%.0f %%", round (100 * fermata_app_canvas_get_zoom (self->canvas)));
  gtk_label_set_label (self->label, text);

  return G_SOURCE_REMOVE;
}

/* A canvas may zoom while it is given its size, when nothing else may want another. */
static void
queue_update (FermataAppZoomControl *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add (update, self);
}

/* The canvas's actions are found on it and above it, and this is beside it. */
static void
on_clicked (GtkWidget *button,
            gpointer   user_data)
{
  FermataAppZoomControl *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self->canvas), gtk_widget_get_name (button), NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
set_canvas (FermataAppZoomControl *self,
            FermataAppCanvas      *canvas)
{
  if (canvas == NULL)
    return;

  self->canvas = g_object_ref (canvas);
  g_signal_connect_object (canvas, "notify::zoom", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  queue_update (self);
}

static void
fermata_app_zoom_control_set_property (GObject      *object,
                                       guint         prop_id,
                                       const GValue *value,
                                       GParamSpec   *pspec)
{
  FermataAppZoomControl *self = FERMATA_APP_ZOOM_CONTROL (object);

  switch (prop_id)
    {
    case PROP_CANVAS:
      set_canvas (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_zoom_control_dispose (GObject *object)
{
  FermataAppZoomControl *self = FERMATA_APP_ZOOM_CONTROL (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_object (&self->canvas);
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (fermata_app_zoom_control_parent_class)->dispose (object);
}

static void
fermata_app_zoom_control_class_init (FermataAppZoomControlClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = fermata_app_zoom_control_set_property;
  object_class->dispose = fermata_app_zoom_control_dispose;

  properties[PROP_CANVAS] =
    g_param_spec_object ("canvas", NULL, NULL, FERMATA_TYPE_APP_CANVAS,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/fermata/Fermata/fermata-app-zoom-control.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppZoomControl, label);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
fermata_app_zoom_control_init (FermataAppZoomControl *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
