/* fermata-app-canvas.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-canvas-private.h"

#include "fermata-app-painter-private.h"

enum {
  PROP_0,
  PROP_DOCUMENT,
  PROP_ZOOM,
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
    case PROP_ZOOM:
      g_value_set_double (value, self->zoom);
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
      fermata_app_canvas_set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      fermata_app_canvas_set_adjustment (self, &self->vadjustment, g_value_get_object (value));
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

  g_clear_handle_id (&self->zoom_source, g_source_remove);
  fermata_app_canvas_set_document (self, NULL);
  fermata_app_canvas_proxies_dispose (self);
  fermata_app_canvas_keys_dispose (self);
  fermata_app_canvas_gestures_dispose (self);
  fermata_app_canvas_snapshot_dispose (self);
  fermata_app_canvas_set_adjustment (self, &self->hadjustment, NULL);
  fermata_app_canvas_set_adjustment (self, &self->vadjustment, NULL);
  g_clear_object (&self->painter);

  G_OBJECT_CLASS (fermata_app_canvas_parent_class)->dispose (object);
}

static float
measure_label (const char *text,
               gpointer    painter)
{
  return fermata_app_painter_measure_label (painter, text);
}

/* It takes what it is given. */
static void
fermata_app_canvas_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  *minimum = 0;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 400;
}

static void
fermata_app_canvas_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  FermataAppCanvas *self = FERMATA_APP_CANVAS (widget);

  self->is_allocating = TRUE;
  fermata_app_canvas_update_range (self);
  fermata_app_canvas_fit_if_wanted (self);
  self->is_allocating = FALSE;
  fermata_app_canvas_proxies_update (self);
}

/* Light and dark, contrast, fonts. Called for other reasons too. */
static void
fermata_app_canvas_css_changed (GtkWidget         *widget,
                                GtkCssStyleChange *change)
{
  FermataAppCanvas *self = FERMATA_APP_CANVAS (widget);

  GTK_WIDGET_CLASS (fermata_app_canvas_parent_class)->css_changed (widget, change);
  if (self->painter != NULL && fermata_app_painter_reload (self->painter))
    fermata_app_canvas_forget_painted (self);
}

static void
fermata_app_canvas_system_setting_changed (GtkWidget        *widget,
                                           GtkSystemSetting  setting)
{
  FermataAppCanvas *self = FERMATA_APP_CANVAS (widget);

  GTK_WIDGET_CLASS (fermata_app_canvas_parent_class)->system_setting_changed (widget, setting);
  fermata_app_painter_forget (self->painter);
  fermata_app_canvas_forget_painted (self);
  if (self->scene != NULL)
    fermata_app_scene_set_measure (self->scene, measure_label, self->painter);
}

static void
fermata_app_canvas_class_init (FermataAppCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fermata_app_canvas_get_property;
  object_class->set_property = fermata_app_canvas_set_property;
  object_class->dispose = fermata_app_canvas_dispose;
  widget_class->measure = fermata_app_canvas_measure;
  widget_class->size_allocate = fermata_app_canvas_size_allocate;
  widget_class->css_changed = fermata_app_canvas_css_changed;
  widget_class->system_setting_changed = fermata_app_canvas_system_setting_changed;

  properties[PROP_DOCUMENT] =
    g_param_spec_object ("document", NULL, NULL, FERMATA_TYPE_APP_DOCUMENT,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ZOOM] =
    g_param_spec_double ("zoom", NULL, NULL, 0, G_MAXDOUBLE, 1, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
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
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->painter = fermata_app_painter_new (GTK_WIDGET (self));
  fermata_app_canvas_view_init (self);
  fermata_app_canvas_snapshot_init (self);
  fermata_app_canvas_gestures_init (self);
  fermata_app_canvas_keys_init (self);
  fermata_app_canvas_proxies_init (self);
}

static void
scene_changed (FermataAppCanvas *self)
{
  self->is_fitted = FALSE;
  fermata_app_canvas_update_range (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  fermata_app_canvas_looks_changed (self);
}

/* Places were found for nodes, which are elsewhere now: shown as when opened. */
static void
computed_changed (FermataAppCanvas *self)
{
  self->wants_fit = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
shown_changed (FermataAppCanvas *self)
{
  self->wants_fit = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
follow_document (FermataAppCanvas *self)
{
  FermataAppSelection *selection = fermata_app_document_get_selection (self->document);

  /* Before the scene hears of it, and changes. */
  g_signal_connect_swapped (self->document, "computed-changed", G_CALLBACK (computed_changed), self);
  self->scene = fermata_app_scene_new (self->document);
  fermata_app_scene_set_measure (self->scene, measure_label, self->painter);
  g_signal_connect_swapped (self->scene, "changed", G_CALLBACK (scene_changed), self);
  g_signal_connect_swapped (self->document, "looks-changed", G_CALLBACK (fermata_app_canvas_looks_changed), self);
  g_signal_connect_swapped (self->document, "notify::shown", G_CALLBACK (shown_changed), self);
  g_signal_connect_swapped (self->document, "reveal", G_CALLBACK (fermata_app_canvas_scroll_to), self);
  g_signal_connect_swapped (selection, "items-changed", G_CALLBACK (fermata_app_canvas_looks_changed), self);
  shown_changed (self);
}

static void
leave_document (FermataAppCanvas *self)
{
  g_signal_handlers_disconnect_by_data (self->scene, self);
  g_signal_handlers_disconnect_by_data (self->document, self);
  g_signal_handlers_disconnect_by_data (fermata_app_document_get_selection (self->document), self);
  g_clear_object (&self->scene);
  g_clear_object (&self->document);
  g_clear_object (&self->cursor);
  fermata_app_canvas_forget_painted (self);
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
  if (self->document == document)
    return;

  if (self->document != NULL)
    leave_document (self);
  if (document != NULL)
    {
      self->document = g_object_ref (document);
      follow_document (self);
    }
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

guint64
fermata_app_canvas_get_n_painted (FermataAppCanvas *self)
{
  return fermata_app_painter_get_n_painted (self->painter);
}
