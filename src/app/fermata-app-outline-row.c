/* fermata-app-outline-row.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-outline-row.h"

#include "fermata-app-bodies.h"
#include "fermata-app-look.h"

#include <glib/gi18n.h>

struct _FermataAppOutlineRow {
  AdwBin parent_instance;

  FermataAppDocument *document;
  GtkTreeListRow *row;
  GObject *item;          /* FermataNode, or FermataGraph */
  FermataAppLook look;
  char *word;             /* what is said of it when nothing runs */

  GtkTreeExpander *expander;
  GtkImage *breakpoint;
  GtkLabel *title;
  GtkImage *severity;
  GtkLabel *status;
};

G_DEFINE_FINAL_TYPE (FermataAppOutlineRow, fermata_app_outline_row, ADW_TYPE_BIN)

static const char *const styles[] = {
  [FERMATA_APP_STATUS_NONE] = "dim-label",
  [FERMATA_APP_STATUS_WAITING] = "dim-label",
  [FERMATA_APP_STATUS_RUNNING] = "accent",
  [FERMATA_APP_STATUS_ACTIVE] = "accent",
  [FERMATA_APP_STATUS_VISITED] = "dim-label",
  [FERMATA_APP_STATUS_DONE] = "success",
  [FERMATA_APP_STATUS_FAILED] = "error",
  [FERMATA_APP_STATUS_SKIPPED] = "dim-label",
  [FERMATA_APP_STATUS_CANCELLED] = "dim-label",
};

static const char *const all_styles[] = { "dim-label", "accent", "success", "error", "held", NULL };

static void
set_style (GtkWidget  *widget,
           const char *style)
{
  for (guint i = 0; all_styles[i] != NULL; i++)
    {
      if (g_strcmp0 (all_styles[i], style) != 0)
        gtk_widget_remove_css_class (widget, all_styles[i]);
    }
  if (style != NULL)
    gtk_widget_add_css_class (widget, style);
}

static void
show_status (FermataAppOutlineRow *self)
{
  const char *word = fermata_app_status_to_string (self->look.status);
  const char *style = self->look.status < G_N_ELEMENTS (styles) ? styles[self->look.status] : NULL;
  gboolean is_active = self->look.status == FERMATA_APP_STATUS_RUNNING
                       || self->look.status == FERMATA_APP_STATUS_ACTIVE || self->look.is_held;

  if (self->look.is_held)
    {
      word = _("held");
      style = "held";
    }
  else if (self->look.status == FERMATA_APP_STATUS_NONE)
    {
      word = self->word;
    }
  gtk_label_set_label (self->status, word != NULL ? word : "");
  set_style (GTK_WIDGET (self->status), style);
  set_style (GTK_WIDGET (self), self->look.is_held ? "held" : NULL);
  if (is_active)
    gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->title), "heading");
}

static void
show_marks (FermataAppOutlineRow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->breakpoint), self->look.breakpoint != FERMATA_APP_BREAKPOINT_NONE);
  gtk_widget_set_opacity (GTK_WIDGET (self->breakpoint),
                          self->look.breakpoint == FERMATA_APP_BREAKPOINT_DISABLED ? 0.4 : 1);
  gtk_widget_set_visible (GTK_WIDGET (self->severity), self->look.severity > FERMATA_SEVERITY_HINT + 1);
  gtk_image_set_from_icon_name (self->severity,
                                self->look.severity == FERMATA_SEVERITY_ERROR + 1 ? "dialog-error-symbolic"
                                                                                 : "dialog-warning-symbolic");
  if (self->look.severity == FERMATA_SEVERITY_ERROR + 1)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->severity), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->severity), "warning");
    }
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->severity), "warning");
      gtk_widget_remove_css_class (GTK_WIDGET (self->severity), "error");
    }
}

static void
show_name (FermataAppOutlineRow *self)
{
  g_autofree char *name = NULL;

  if (FERMATA_IS_NODE (self->item))
    name = fermata_app_look_dup_node_name (self->document, FERMATA_NODE (self->item));
  else
    name = g_strdup (gtk_label_get_label (self->title));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_look (FermataAppOutlineRow *self)
{
  show_status (self);
  show_marks (self);
  show_name (self);
}

void
fermata_app_outline_row_update (FermataAppOutlineRow *self)
{
  FermataAppLook look = { 0, };

  if (FERMATA_IS_NODE (self->item))
    fermata_app_look_at_node (self->document, FERMATA_NODE (self->item), &look);
  if (fermata_app_look_equal (&look, &self->look))
    return;

  self->look = look;
  show_look (self);
}

/* The type of a task; what sort of state it is, if it is none of the usual. */
static char *
dup_word (FermataNode *node)
{
  const char *type = fermata_node_get_type_name (node);
  FermataNode *parent = fermata_node_get_parent (node);

  if (type != NULL && g_str_equal (type, "parallel"))
    return g_strdup (_("parallel"));
  if (type != NULL && g_str_equal (type, "final"))
    return g_strdup (_("final"));
  if (type != NULL && g_str_equal (type, "history"))
    return g_strdup (_("history"));
  if (parent != NULL && g_strcmp0 (fermata_node_get_type_name (parent), "parallel") == 0)
    return g_strdup (_("region"));
  if (type == NULL || g_str_equal (type, "atomic") || g_str_equal (type, "compound"))
    return NULL;

  return g_strdup (type);
}

static void
show_title (FermataAppOutlineRow *self)
{
  g_clear_pointer (&self->word, g_free);
  if (FERMATA_IS_GRAPH (self->item))
    {
      gtk_label_set_label (self->title, fermata_app_bodies_get_title (fermata_app_bodies_get_name (FERMATA_GRAPH (self->item))));
    }
  else
    {
      FermataNode *node = FERMATA_NODE (self->item);
      const char *label = fermata_node_get_label (node);
      const char *id = fermata_node_get_id (node);

      self->word = dup_word (node);
      gtk_label_set_label (self->title, label != NULL && *label != '\0' ? label : id != NULL ? id : _("(no id)"));
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), fermata_node_get_description (node));
    }
  show_look (self);
}

void
fermata_app_outline_row_bind (FermataAppOutlineRow *self,
                              FermataAppDocument   *document,
                              GtkTreeListRow       *row)
{
  self->document = g_object_ref (document);
  self->row = g_object_ref (row);
  self->item = gtk_tree_list_row_get_item (row);
  self->look = (FermataAppLook) { 0, };
  gtk_tree_expander_set_list_row (self->expander, row);
  if (FERMATA_IS_NODE (self->item))
    {
      g_signal_connect_object (self->item, "notify::members", G_CALLBACK (show_title), self, G_CONNECT_SWAPPED);
      fermata_app_look_at_node (document, FERMATA_NODE (self->item), &self->look);
    }
  show_title (self);
}

void
fermata_app_outline_row_unbind (FermataAppOutlineRow *self)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  if (self->expander != NULL)
    gtk_tree_expander_set_list_row (self->expander, NULL);
  g_clear_pointer (&self->word, g_free);
  g_clear_object (&self->item);
  g_clear_object (&self->row);
  g_clear_object (&self->document);
}

static void
fermata_app_outline_row_dispose (GObject *object)
{
  FermataAppOutlineRow *self = FERMATA_APP_OUTLINE_ROW (object);

  fermata_app_outline_row_unbind (self);
  self->expander = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (fermata_app_outline_row_parent_class)->dispose (object);
}

static void
fermata_app_outline_row_class_init (FermataAppOutlineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fermata_app_outline_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/fermata/Fermata/fermata-app-outline-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppOutlineRow, expander);
  gtk_widget_class_bind_template_child (widget_class, FermataAppOutlineRow, breakpoint);
  gtk_widget_class_bind_template_child (widget_class, FermataAppOutlineRow, title);
  gtk_widget_class_bind_template_child (widget_class, FermataAppOutlineRow, severity);
  gtk_widget_class_bind_template_child (widget_class, FermataAppOutlineRow, status);
  gtk_widget_class_set_css_name (widget_class, "outlinerow");
}

static void
fermata_app_outline_row_init (FermataAppOutlineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
fermata_app_outline_row_new (void)
{
  return g_object_new (FERMATA_TYPE_APP_OUTLINE_ROW, NULL);
}
