/* fermata-app-past-bar.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-past-bar.h"

#include <glib/gi18n.h>

struct _FermataAppPastBar {
  FermataAppPane parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (FermataAppPastBar, fermata_app_past_bar, FERMATA_TYPE_APP_PANE)

/* In a body there is the way to it above. */
#define BELOW_BREADCRUMB 38

static gboolean
is_in_body (FermataAppPane *pane)
{
  FermataAppDocument *document = fermata_app_pane_get_document (pane);

  return fermata_app_document_get_shown (document) != fermata_app_document_get_graph (document);
}

static void
fermata_app_past_bar_refresh (FermataAppPane *pane)
{
  FermataAppPastBar *self = FERMATA_APP_PAST_BAR (pane);
  FermataDebugger *debugger = fermata_app_pane_get_debugger (pane);
  gboolean is_past = debugger != NULL && !fermata_debugger_is_live (debugger);
  g_autofree char *text = NULL;

  gtk_revealer_set_reveal_child (self->revealer, is_past);
  if (!is_past)
    return;

  gtk_widget_set_margin_top (GTK_WIDGET (self->revealer), is_in_body (pane) ? BELOW_BREADCRUMB : 0);
  text = g_strdup_printf (_("Viewing the past · event %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT),
                          fermata_debugger_get_number (debugger),
                          fermata_debugger_get_n_events (debugger));
  gtk_label_set_label (self->label, text);
}

static void
fermata_app_past_bar_attach (FermataAppPane     *pane,
                             FermataAppDocument *document)
{
  g_signal_connect_object (document, "notify::shown", G_CALLBACK (fermata_app_past_bar_refresh), pane,
                           G_CONNECT_SWAPPED);
}

static void
fermata_app_past_bar_class_init (FermataAppPastBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  FERMATA_APP_PANE_CLASS (klass)->attach = fermata_app_past_bar_attach;
  FERMATA_APP_PANE_CLASS (klass)->refresh = fermata_app_past_bar_refresh;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-past-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppPastBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPastBar, label);
}

static void
fermata_app_past_bar_init (FermataAppPastBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
