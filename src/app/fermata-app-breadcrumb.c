/* fermata-app-breadcrumb.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-breadcrumb.h"

#include "fermata-app-bodies.h"
#include "fermata-app-iteration-control.h"
#include "fermata-app-tasks.h"

#include <glib/gi18n.h>

/* Of bodies in bodies only so many are named; those between are left out. */
#define MOST_STEPS 5

enum {
  PROP_0,
  PROP_DOCUMENT,
  N_PROPS,
};

struct _FermataAppBreadcrumb {
  GtkWidget parent_instance;

  FermataAppDocument *document;
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FermataAppBreadcrumb, fermata_app_breadcrumb, GTK_TYPE_WIDGET)

static char *
dup_title (FermataAppBreadcrumb *self,
           FermataGraph         *graph)
{
  FermataNode *owner = fermata_graph_get_owner (graph);

  if (owner == NULL)
    return fermata_app_document_dup_title (self->document);

  /* Which one it is stands beside it. */
  return graph == fermata_app_document_get_shown (self->document) ? fermata_app_bodies_dup_owner (owner)
                                                                  : fermata_app_bodies_dup_title (graph);
}

static void
on_clicked (GtkWidget            *button,
            FermataAppBreadcrumb *self)
{
  fermata_app_document_set_shown (self->document, g_object_get_data (G_OBJECT (button), "graph"));
}

static void
add_step (FermataAppBreadcrumb *self,
          FermataGraph         *graph)
{
  g_autofree char *title = dup_title (self, graph);
  GtkWidget *button = gtk_button_new_with_label (title);
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_sensitive (button, graph != fermata_app_document_get_shown (self->document));
  g_object_set_data_full (G_OBJECT (button), "graph", g_object_ref (graph), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), self, 0);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
}

/* Where a node has several bodies, the one that is shown may be another. */
static void
add_siblings (FermataAppBreadcrumb *self,
              FermataGraph         *graph)
{
  FermataNode *owner = fermata_graph_get_owner (graph);
  guint n_bodies = owner == NULL ? 0 : fermata_node_get_n_bodies (owner);

  if (n_bodies < 2 || graph != fermata_app_document_get_shown (self->document))
    return;

  for (guint i = 0; i < n_bodies; i++)
    {
      FermataGraph *body = fermata_node_get_body_at (owner, i);
      GtkWidget *button = gtk_button_new_with_label (fermata_app_bodies_get_title (fermata_node_get_body_name (owner, i)));

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "sibling");
      gtk_widget_set_sensitive (button, body != graph);
      g_object_set_data_full (G_OBJECT (button), "graph", g_object_ref (body), g_object_unref);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), self, 0);
      gtk_widget_set_parent (button, GTK_WIDGET (self));
    }
}

/* Which time of it is looked at. */
static void
add_iteration (FermataAppBreadcrumb *self,
               FermataGraph         *graph)
{
  gboolean is_small = graph != fermata_app_document_get_shown (self->document);

  if (fermata_graph_get_owner (graph) != NULL)
    gtk_widget_set_parent (fermata_app_iteration_control_new (self->document, graph, is_small), GTK_WIDGET (self));
}

static void
add_separator (FermataAppBreadcrumb *self,
               const char           *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_parent (label, GTK_WIDGET (self));
}

static void
clear (FermataAppBreadcrumb *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
update (FermataAppBreadcrumb *self)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();
  FermataGraph *graph = fermata_app_document_get_shown (self->document);

  clear (self);
  while (graph != NULL)
    {
      g_ptr_array_insert (steps, 0, graph);
      graph = fermata_app_tasks_find_around (graph);
    }

  for (guint i = 0; i < steps->len; i++)
    {
      gboolean is_left_out = i > 0 && steps->len > MOST_STEPS && i < steps->len - MOST_STEPS + 1;

      if (is_left_out)
        continue;
      if (i > 0)
        add_separator (self, steps->len > MOST_STEPS && i == steps->len - MOST_STEPS + 1 ? "› … ›" : "›");
      add_step (self, steps->pdata[i]);
      add_siblings (self, steps->pdata[i]);
      add_iteration (self, steps->pdata[i]);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), steps->len > 1);
}

/* Nodes are renamed, and get other bodies. */
static void
on_edited (FermataAppBreadcrumb *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    update (self);
}

static void
update_iterations (FermataAppBreadcrumb *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (FERMATA_IS_APP_ITERATION_CONTROL (child))
        fermata_app_iteration_control_update (FERMATA_APP_ITERATION_CONTROL (child));
    }
}

static void
set_document (FermataAppBreadcrumb *self,
              FermataAppDocument   *document)
{
  if (document == NULL || self->document != NULL)
    return;

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "notify::shown", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::title", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "looks-changed", G_CALLBACK (update_iterations), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fermata_app_document_get_graph (document), "edited", G_CALLBACK (on_edited), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
fermata_app_breadcrumb_set_property (GObject      *object,
                                     guint         prop_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  FermataAppBreadcrumb *self = FERMATA_APP_BREADCRUMB (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      set_document (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_breadcrumb_dispose (GObject *object)
{
  FermataAppBreadcrumb *self = FERMATA_APP_BREADCRUMB (object);

  clear (self);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (fermata_app_breadcrumb_parent_class)->dispose (object);
}

static void
fermata_app_breadcrumb_class_init (FermataAppBreadcrumbClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = fermata_app_breadcrumb_set_property;
  object_class->dispose = fermata_app_breadcrumb_dispose;

  properties[PROP_DOCUMENT] =
    g_param_spec_object ("document", NULL, NULL, FERMATA_TYPE_APP_DOCUMENT,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "breadcrumb");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_NAVIGATION);
}

static void
fermata_app_breadcrumb_init (FermataAppBreadcrumb *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Way"), -1);
}
