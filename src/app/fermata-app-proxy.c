/* fermata-app-proxy.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-proxy.h"

#include "fermata-app-canvas-private.h"

#include <string.h>

struct _FermataAppProxy {
  GtkWidget parent_instance;

  gpointer element;    /* a reference to a node or an edge */
  FermataAppLook look; /* what @name says */
  guint serial;
  gboolean is_selected;
  gboolean is_known;   /* whether @name has been made since the element changed */
  char *name;
};

G_DEFINE_FINAL_TYPE (FermataAppProxy, fermata_app_proxy, GTK_TYPE_WIDGET)

static void
fermata_app_proxy_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
}

static gboolean
fermata_app_proxy_contains (GtkWidget *widget,
                            double     x,
                            double     y)
{
  return FALSE;
}

/* The actions are those of the canvas, done to this element alone. */
static void
activate_on_element (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  FermataAppProxy *self = FERMATA_APP_PROXY (widget);
  GtkWidget *canvas = gtk_widget_get_parent (widget);
  g_autofree char *name = NULL;

  if (self->element == NULL || !FERMATA_IS_APP_CANVAS (canvas))
    return;
  fermata_app_canvas_set_cursor (FERMATA_APP_CANVAS (canvas), self->element, TRUE);
  if (strcmp (action_name, "element.select") == 0)
    return;
  name = strcmp (action_name, "element.activate") == 0
       ? g_strdup ("canvas.inspect")
       : g_strconcat ("canvas.", strchr (action_name, '.') + 1, NULL);
  gtk_widget_activate_action (canvas, name, NULL);
}

static void
fermata_app_proxy_dispose (GObject *object)
{
  FermataAppProxy *self = FERMATA_APP_PROXY (object);

  g_clear_object (&self->element);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (fermata_app_proxy_parent_class)->dispose (object);
}

static void
fermata_app_proxy_class_init (FermataAppProxyClass *klass)
{
  static const char *const actions[] = {
    "element.select", "element.activate", "element.rename", "element.delete", "element.toggle-breakpoint",
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fermata_app_proxy_dispose;

  widget_class->snapshot = fermata_app_proxy_snapshot;
  widget_class->contains = fermata_app_proxy_contains;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, activate_on_element);

  gtk_widget_class_set_css_name (widget_class, "proxy");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
fermata_app_proxy_init (FermataAppProxy *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

GtkWidget *
fermata_app_proxy_new (void)
{
  return g_object_new (FERMATA_TYPE_APP_PROXY, NULL);
}

gpointer
fermata_app_proxy_get_element (FermataAppProxy *self)
{
  return self->element;
}

void
fermata_app_proxy_set_element (FermataAppProxy *self,
                               gpointer         element)
{
  if (g_set_object (&self->element, element))
    self->is_known = FALSE;
}

static char *
dup_name (FermataAppProxy    *self,
          FermataAppDocument *document)
{
  if (FERMATA_IS_NODE (self->element))
    return fermata_app_look_dup_node_name (document, self->element);
  return fermata_app_look_dup_edge_name (document, self->element);
}

static void
update_name (FermataAppProxy    *self,
             FermataAppDocument *document)
{
  g_autofree char *name = dup_name (self, document);

  if (g_strcmp0 (name, self->name) == 0)
    return;
  g_free (self->name);
  self->name = g_steal_pointer (&name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name, -1);
}

void
fermata_app_proxy_update (FermataAppProxy    *self,
                          FermataAppDocument *document,
                          guint               serial)
{
  gboolean is_selected =
    fermata_app_selection_contains (fermata_app_document_get_selection (document), self->element);
  FermataAppLook look = { 0 };

  if (FERMATA_IS_NODE (self->element))
    fermata_app_look_at_node (document, self->element, &look);
  else
    fermata_app_look_at_edge (document, self->element, &look);

  if (!self->is_known || serial != self->serial || !fermata_app_look_equal (&look, &self->look))
    update_name (self, document);
  if (!self->is_known || is_selected != self->is_selected)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, is_selected, -1);
  self->look = look;
  self->serial = serial;
  self->is_selected = is_selected;
  self->is_known = TRUE;
}
