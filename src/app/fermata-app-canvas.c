/* fermata-app-canvas.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-canvas-private.h"

enum {
  PROP_0,
  PROP_DOCUMENT,
  N_PROPS,
  PROP_HADJUSTMENT = N_PROPS,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataAppCanvas, fermata_app_canvas, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static void
fermata_app_canvas_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  FermataAppCanvas *self = FERMATA_APP_CANVAS (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hscroll_policy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vscroll_policy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_canvas_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  FermataAppCanvas *self = FERMATA_APP_CANVAS (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      fermata_app_canvas_set_document (self, g_value_get_object (value));
      break;
    case PROP_HADJUSTMENT:
      g_set_object (&self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      g_set_object (&self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hscroll_policy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vscroll_policy = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_canvas_dispose (GObject *object)
{
  FermataAppCanvas *self = FERMATA_APP_CANVAS (object);

  fermata_app_canvas_proxies_dispose (self);
  fermata_app_canvas_keys_dispose (self);
  fermata_app_canvas_gestures_dispose (self);
  fermata_app_canvas_snapshot_dispose (self);
  g_clear_object (&self->painter);
  g_clear_object (&self->scene);
  g_clear_object (&self->document);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);

  G_OBJECT_CLASS (fermata_app_canvas_parent_class)->dispose (object);
}

static void
fermata_app_canvas_class_init (FermataAppCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fermata_app_canvas_get_property;
  object_class->set_property = fermata_app_canvas_set_property;
  object_class->dispose = fermata_app_canvas_dispose;

  properties[PROP_DOCUMENT] =
    g_param_spec_object ("document", NULL, NULL, FERMATA_TYPE_APP_DOCUMENT,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  gtk_widget_class_set_css_name (widget_class, "canvas");
  fermata_app_canvas_snapshot_class_init (widget_class);
  fermata_app_canvas_keys_class_init (widget_class);
  fermata_app_canvas_proxies_class_init (widget_class);
}

static void
fermata_app_canvas_init (FermataAppCanvas *self)
{
  self->zoom = 1;
  self->painter = fermata_app_painter_new (GTK_WIDGET (self));
  fermata_app_canvas_snapshot_init (self);
  fermata_app_canvas_gestures_init (self);
  fermata_app_canvas_keys_init (self);
  fermata_app_canvas_proxies_init (self);
}

FermataAppDocument *
fermata_app_canvas_get_document (FermataAppCanvas *self)
{
  return self->document;
}

void
fermata_app_canvas_set_document (FermataAppCanvas   *self,
                                 FermataAppDocument *document)
{
  if (!g_set_object (&self->document, document))
    return;

  g_clear_object (&self->scene);
  if (document != NULL)
    self->scene = fermata_app_scene_new (document);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

FermataAppScene *
fermata_app_canvas_get_scene (FermataAppCanvas *self)
{
  return self->scene;
}

double
fermata_app_canvas_get_zoom (FermataAppCanvas *self)
{
  return self->zoom;
}

void
fermata_app_canvas_zoom_at (FermataAppCanvas *self,
                            double            zoom,
                            double            x,
                            double            y)
{
  self->zoom = zoom;
}

void
fermata_app_canvas_zoom_to_fit (FermataAppCanvas *self)
{
}

void
fermata_app_canvas_scroll_to (FermataAppCanvas *self,
                              gpointer          element)
{
}

void
fermata_app_canvas_to_scene (FermataAppCanvas *self,
                             double            x,
                             double            y,
                             graphene_point_t *point)
{
  graphene_point_init (point, x / self->zoom, y / self->zoom);
}

void
fermata_app_canvas_from_scene (FermataAppCanvas       *self,
                               const graphene_point_t *point,
                               double                 *x,
                               double                 *y)
{
  *x = point->x * self->zoom;
  *y = point->y * self->zoom;
}
