/* fermata-app-window-menus.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The parts of a window's menus that are not always the same: files that were open
 * lately, and examples. */

#include "fermata-app-window-private.h"

#include "fermata-app-recent.h"

#include <glib/gi18n.h>

void
fermata_app_window_remember (GFile *file)
{
  fermata_app_recent_add (file);
}

static void
update_recent (FermataAppWindow *self)
{
  g_autoptr (GListModel) files = fermata_app_recent_list ();
  guint n_files = g_list_model_get_n_items (files);

  g_menu_remove_all (self->recent_menu);
  if (n_files == 0)
    g_menu_append (self->recent_menu, _("None Yet"), "win.none");
  for (guint i = 0; i < n_files; i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *name = g_file_get_basename (file);
      g_autofree char *uri = g_file_get_uri (file);
      g_autoptr (GMenuItem) item = g_menu_item_new (name, NULL);

      g_menu_item_set_action_and_target (item, "win.open-recent", "s", uri);
      g_menu_append_item (self->recent_menu, item);
    }
}

static void
fill_examples (FermataAppWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GListModel *examples;
  guint n_examples;

  if (application == NULL || g_menu_model_get_n_items (G_MENU_MODEL (self->examples_menu)) > 0)
    return;

  examples = fermata_app_application_get_examples (FERMATA_APP_APPLICATION (application));
  n_examples = g_list_model_get_n_items (examples);
  g_object_set (self->welcome, "examples", examples, NULL);
  for (guint i = 0; i < n_examples; i++)
    {
      g_autoptr (FermataAppExample) example = g_list_model_get_item (examples, i);
      g_autofree char *uri = g_file_get_uri (fermata_app_example_get_file (example));
      g_autoptr (GMenuItem) item = g_menu_item_new (fermata_app_example_get_title (example), NULL);

      g_menu_item_set_action_and_target (item, "win.open-example", "s", uri);
      g_menu_append_item (self->examples_menu, item);
    }
}

void
fermata_app_window_menus_init (FermataAppWindow *self)
{
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed", G_CALLBACK (update_recent),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::application", G_CALLBACK (fill_examples), self, G_CONNECT_SWAPPED);
  update_recent (self);
}
