/* fermata-app-pane.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-pane.h"

enum {
  PROP_0,
  PROP_DOCUMENT,
  N_PROPS,
};

typedef struct {
  FermataAppDocument *document;
} FermataAppPanePrivate;

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FermataAppPane, fermata_app_pane, ADW_TYPE_BIN)

static void
refresh (FermataAppPane *self)
{
  FermataAppPaneClass *klass = FERMATA_APP_PANE_GET_CLASS (self);

  if (klass->refresh != NULL)
    klass->refresh (self);
}

static void
fermata_app_pane_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, fermata_app_pane_get_document (FERMATA_APP_PANE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_pane_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_DOCUMENT:
      fermata_app_pane_set_document (FERMATA_APP_PANE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_pane_dispose (GObject *object)
{
  fermata_app_pane_set_document (FERMATA_APP_PANE (object), NULL);

  G_OBJECT_CLASS (fermata_app_pane_parent_class)->dispose (object);
}

static void
fermata_app_pane_class_init (FermataAppPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fermata_app_pane_get_property;
  object_class->set_property = fermata_app_pane_set_property;
  object_class->dispose = fermata_app_pane_dispose;

  properties[PROP_DOCUMENT] =
    g_param_spec_object ("document", NULL, NULL, FERMATA_TYPE_APP_DOCUMENT,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fermata_app_pane_init (FermataAppPane *self)
{
}

FermataAppDocument *
fermata_app_pane_get_document (FermataAppPane *self)
{
  FermataAppPanePrivate *priv = fermata_app_pane_get_instance_private (self);

  return priv->document;
}

FermataDebugger *
fermata_app_pane_get_debugger (FermataAppPane *self)
{
  FermataAppDocument *document = fermata_app_pane_get_document (self);

  return document == NULL ? NULL : fermata_app_document_get_debugger (document);
}

static void
leave (FermataAppPane *self)
{
  FermataAppPanePrivate *priv = fermata_app_pane_get_instance_private (self);
  FermataAppPaneClass *klass = FERMATA_APP_PANE_GET_CLASS (self);

  if (priv->document == NULL)
    return;

  if (klass->detach != NULL)
    klass->detach (self, priv->document);
  g_signal_handlers_disconnect_by_data (priv->document, self);
  g_clear_object (&priv->document);
}

void
fermata_app_pane_set_document (FermataAppPane     *self,
                               FermataAppDocument *document)
{
  FermataAppPanePrivate *priv = fermata_app_pane_get_instance_private (self);
  FermataAppPaneClass *klass = FERMATA_APP_PANE_GET_CLASS (self);

  if (priv->document == document)
    return;

  leave (self);
  if (document != NULL)
    {
      priv->document = g_object_ref (document);
      g_signal_connect_object (document, "looks-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
      if (klass->attach != NULL)
        klass->attach (self, document);
      refresh (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}
