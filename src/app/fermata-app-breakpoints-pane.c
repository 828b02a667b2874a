/* fermata-app-breakpoints-pane.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-breakpoints-pane.h"

#include <glib/gi18n.h>

struct _FermataAppBreakpointsPane {
  FermataAppPane parent_instance;

  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (FermataAppBreakpointsPane, fermata_app_breakpoints_pane, FERMATA_TYPE_APP_PANE)

static FermataBreakpoint *
breakpoint_of (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);

  return g_object_get_data (G_OBJECT (row), "breakpoint");
}

static FermataAppDocument *
document_of (GtkWidget *widget)
{
  GtkWidget *pane = gtk_widget_get_ancestor (widget, FERMATA_TYPE_APP_BREAKPOINTS_PANE);

  return pane == NULL ? NULL : fermata_app_pane_get_document (FERMATA_APP_PANE (pane));
}

/* A condition that is no expression is told of while it is typed. */
static void
condition_changed (GtkEditable *entry,
                   GtkLabel    *problem)
{
  FermataAppDocument *document = document_of (GTK_WIDGET (entry));
  const char *text = gtk_editable_get_text (entry);
  g_autoptr (FermataExpression) expression = NULL;
  g_autoptr (GError) error = NULL;

  if (document == NULL)
    return;

  if (*text != '\0')
    expression = fermata_expression_compile (fermata_engine_get_evaluator (fermata_app_document_get_engine (document)),
                                             text, NULL, &error);
  gtk_label_set_label (problem, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (problem), error != NULL);
  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  fermata_breakpoint_set_condition (breakpoint_of (GTK_WIDGET (entry)), *text == '\0' ? NULL : text);
}

static void
remove_clicked (GtkButton *button)
{
  FermataAppDocument *document = document_of (GTK_WIDGET (button));

  fermata_breakpoints_remove (fermata_app_document_get_breakpoints (document),
                              breakpoint_of (GTK_WIDGET (button)));
}

static void
hits_changed (FermataBreakpoint *breakpoint,
              GParamSpec        *pspec,
              GtkLabel          *label)
{
  guint n = fermata_breakpoint_get_n_hits (breakpoint);
  g_autofree char *text = g_strdup_printf (ngettext ("%u hit", "%u hits", n), n);

  gtk_label_set_label (label, n > 0 ? text : "");
}

static void
problem_changed (FermataBreakpoint *breakpoint,
                 GParamSpec        *pspec,
                 GtkLabel          *label)
{
  const char *problem = fermata_breakpoint_get_problem (breakpoint);

  gtk_label_set_label (label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (label), problem != NULL);
}

static GtkWidget *
make_head (FermataBreakpoint *breakpoint)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *enabled = gtk_check_button_new ();
  GtkWidget *place = gtk_label_new (NULL);
  GtkWidget *hits = gtk_label_new (NULL);
  GtkWidget *remove = gtk_button_new_from_icon_name ("edit-delete-symbolic");
  g_autofree char *name = g_strdup_printf (_("Breakpoint at %s"), fermata_breakpoint_get_place (breakpoint));

  g_object_bind_property (breakpoint, "enabled", enabled, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (breakpoint, "place", place, "label", G_BINDING_SYNC_CREATE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (enabled), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_label_set_xalign (GTK_LABEL (place), 0);
  gtk_label_set_ellipsize (GTK_LABEL (place), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (place, TRUE);
  gtk_widget_add_css_class (place, "heading");
  gtk_widget_add_css_class (hits, "caption");
  gtk_widget_add_css_class (hits, "dim-label");
  g_signal_connect_object (breakpoint, "notify::n-hits", G_CALLBACK (hits_changed), hits, 0);
  hits_changed (breakpoint, NULL, GTK_LABEL (hits));
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _("Remove"));
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_clicked), NULL);
  gtk_box_append (GTK_BOX (box), enabled);
  gtk_box_append (GTK_BOX (box), place);
  gtk_box_append (GTK_BOX (box), hits);
  gtk_box_append (GTK_BOX (box), remove);

  return box;
}

static GtkWidget *
make_problem (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "error");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_visible (label, FALSE);

  return label;
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  FermataBreakpoint *breakpoint = item;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *condition = gtk_entry_new ();
  GtkWidget *wrong = make_problem ();
  GtkWidget *problem = make_problem ();
  const char *source = fermata_breakpoint_get_condition (breakpoint);
  g_autofree char *name = g_strdup_printf (_("Condition at %s"), fermata_breakpoint_get_place (breakpoint));

  g_object_set_data_full (G_OBJECT (row), "breakpoint", g_object_ref (breakpoint), g_object_unref);
  g_object_set_data (G_OBJECT (row), "condition", condition);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (condition), _("Condition: variables.coins > 1"));
  gtk_editable_set_text (GTK_EDITABLE (condition), source != NULL ? source : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (condition), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (condition, "monospace");
  g_signal_connect (condition, "changed", G_CALLBACK (condition_changed), wrong);
  g_signal_connect_object (breakpoint, "notify::problem", G_CALLBACK (problem_changed), problem, 0);
  problem_changed (breakpoint, NULL, GTK_LABEL (problem));
  gtk_widget_add_css_class (box, "breakpoint-row");
  gtk_box_append (GTK_BOX (box), make_head (breakpoint));
  gtk_box_append (GTK_BOX (box), condition);
  gtk_box_append (GTK_BOX (box), wrong);
  gtk_box_append (GTK_BOX (box), problem);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);

  return row;
}

static void
tell_empty (FermataAppBreakpointsPane *self)
{
  FermataAppDocument *document = fermata_app_pane_get_document (FERMATA_APP_PANE (self));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (fermata_app_document_get_breakpoints (document)));

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "none");
}

/* Its condition is what one wants to write, of the breakpoint that is selected. */
static void
focus_requested (FermataAppBreakpointsPane *self,
                 const char                *name)
{
  FermataAppDocument *document = fermata_app_pane_get_document (FERMATA_APP_PANE (self));
  gpointer element = fermata_app_selection_get_only (fermata_app_document_get_selection (document));
  FermataBreakpoint *wanted = element == NULL ? NULL : fermata_app_document_find_breakpoint (document, element);
  GtkListBoxRow *row;

  if (wanted == NULL || !g_str_equal (name, "breakpoints"))
    return;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (g_object_get_data (G_OBJECT (row), "breakpoint") == wanted)
        gtk_widget_grab_focus (g_object_get_data (G_OBJECT (row), "condition"));
    }
}

static void
fermata_app_breakpoints_pane_attach (FermataAppPane     *pane,
                                     FermataAppDocument *document)
{
  FermataAppBreakpointsPane *self = FERMATA_APP_BREAKPOINTS_PANE (pane);
  FermataBreakpoints *breakpoints = fermata_app_document_get_breakpoints (document);

  gtk_list_box_bind_model (self->list, G_LIST_MODEL (breakpoints), make_row, NULL, NULL);
  g_signal_connect_object (breakpoints, "items-changed", G_CALLBACK (tell_empty), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "focus-requested", G_CALLBACK (focus_requested), self, G_CONNECT_SWAPPED);
  tell_empty (self);
}

static void
fermata_app_breakpoints_pane_detach (FermataAppPane     *pane,
                                     FermataAppDocument *document)
{
  FermataBreakpoints *breakpoints = fermata_app_document_get_breakpoints (document);

  g_signal_handlers_disconnect_by_data (document, pane);
  if (breakpoints != NULL)
    g_signal_handlers_disconnect_by_data (breakpoints, pane);
  if (FERMATA_APP_BREAKPOINTS_PANE (pane)->list != NULL)
    gtk_list_box_bind_model (FERMATA_APP_BREAKPOINTS_PANE (pane)->list, NULL, NULL, NULL, NULL);
}

static void
fermata_app_breakpoints_pane_class_init (FermataAppBreakpointsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  FERMATA_APP_PANE_CLASS (klass)->attach = fermata_app_breakpoints_pane_attach;
  FERMATA_APP_PANE_CLASS (klass)->detach = fermata_app_breakpoints_pane_detach;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/fermata/Fermata/fermata-app-breakpoints-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppBreakpointsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, FermataAppBreakpointsPane, list);
}

static void
fermata_app_breakpoints_pane_init (FermataAppBreakpointsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
