/* fermata-app-window.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-window.h"

#include "fermata-app-testing.h"

struct _FermataAppWindow {
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwTabView *tabs;
};

G_DEFINE_FINAL_TYPE (FermataAppWindow, fermata_app_window, ADW_TYPE_APPLICATION_WINDOW)

static void
fermata_app_window_class_init (FermataAppWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, FermataAppWindow, tabs);
}

static void
fermata_app_window_init (FermataAppWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fermata_app_testing_init (self);
}

FermataAppWindow *
fermata_app_window_new (FermataAppApplication *application)
{
  return g_object_new (FERMATA_TYPE_APP_WINDOW, "application", application, NULL);
}

FermataAppPage *
fermata_app_window_get_page (FermataAppWindow *self)
{
  AdwTabPage *page = adw_tab_view_get_selected_page (self->tabs);

  return page == NULL ? NULL : FERMATA_APP_PAGE (adw_tab_page_get_child (page));
}

FermataAppPage *
fermata_app_window_add_document (FermataAppWindow   *self,
                                 FermataAppDocument *document)
{
  FermataAppPage *page = fermata_app_page_new (document);

  adw_tab_view_append (self->tabs, GTK_WIDGET (page));

  return page;
}

void
fermata_app_window_tell (FermataAppWindow *self,
                         const char       *message)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (message));
}
