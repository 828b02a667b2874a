/* fermata-app-page.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-page.h"

enum {
  PROP_0,
  PROP_DOCUMENT,
  N_PROPS,
};

struct _FermataAppPage {
  AdwBin parent_instance;

  FermataAppDocument *document;
  FermataAppCanvas *canvas;
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FermataAppPage, fermata_app_page, ADW_TYPE_BIN)

static void
fermata_app_page_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  FermataAppPage *self = FERMATA_APP_PAGE (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_page_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  FermataAppPage *self = FERMATA_APP_PAGE (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      self->document = g_value_dup_object (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_page_dispose (GObject *object)
{
  FermataAppPage *self = FERMATA_APP_PAGE (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (fermata_app_page_parent_class)->dispose (object);
}

static void
fermata_app_page_class_init (FermataAppPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fermata_app_page_get_property;
  object_class->set_property = fermata_app_page_set_property;
  object_class->dispose = fermata_app_page_dispose;

  properties[PROP_DOCUMENT] =
    g_param_spec_object ("document", NULL, NULL, FERMATA_TYPE_APP_DOCUMENT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (FERMATA_TYPE_APP_CANVAS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, canvas);
}

static void
fermata_app_page_init (FermataAppPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

FermataAppPage *
fermata_app_page_new (FermataAppDocument *document)
{
  return g_object_new (FERMATA_TYPE_APP_PAGE, "document", document, NULL);
}

FermataAppDocument *
fermata_app_page_get_document (FermataAppPage *self)
{
  return self->document;
}

FermataAppCanvas *
fermata_app_page_get_canvas (FermataAppPage *self)
{
  return self->canvas;
}
