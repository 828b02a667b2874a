/* fermata-app-recent.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-recent.h"

#define MOST 8

void
fermata_app_recent_add (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  gboolean is_scxml = g_str_has_suffix (uri, ".scxml");
  GtkRecentData data = {
    .mime_type = (char *) (is_scxml ? "application/scxml+xml" : "application/vnd.fermata+json"),
    .app_name = (char *) "Fermata",
    .app_exec = (char *) "fermata-studio %u",
  };

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_modified ((GtkRecentInfo *) b),
                              gtk_recent_info_get_modified ((GtkRecentInfo *) a));
}

GListModel *
fermata_app_recent_list (void)
{
  GListStore *files = g_list_store_new (G_TYPE_FILE);
  GList *all = g_list_sort (gtk_recent_manager_get_items (gtk_recent_manager_get_default ()), compare);

  for (GList *l = all; l != NULL && g_list_model_get_n_items (G_LIST_MODEL (files)) < MOST; l = l->next)
    {
      GtkRecentInfo *info = l->data;
      g_autoptr (GFile) file = NULL;

      if (!gtk_recent_info_has_application (info, "Fermata") || !gtk_recent_info_exists (info))
        continue;
      file = g_file_new_for_uri (gtk_recent_info_get_uri (info));
      g_list_store_append (files, file);
    }
  g_list_free_full (all, (GDestroyNotify) gtk_recent_info_unref);

  return G_LIST_MODEL (files);
}
