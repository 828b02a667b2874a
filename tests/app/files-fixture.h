/* files-fixture.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

/* A window, and a file in a folder of its own. */

#include "fermata-app-bad-file.h"
#include "fermata-app-trust.h"
#include "fermata-app-window-private.h"

#include <glib/gstdio.h>
#include <string.h>

/* Only a limit for what hangs. */
#define PATIENCE (60 * G_USEC_PER_SEC)

typedef struct {
  FermataAppApplication *application;
  FermataAppWindow *window;
  char *folder;
  GFile *file;
} Fixture;

/* One for all: its place on the bus is taken until the program ends. */
static FermataAppApplication *application;

/* --- Waiting ----------------------------------------------------------------- */

typedef gboolean (*Condition) (Fixture *fixture);

static inline gboolean
wake (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static inline void
wait_for (Fixture   *fixture,
          Condition  condition)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  guint source = g_timeout_add (50, wake, NULL);

  while (!condition (fixture))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (source);
}

static inline void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* --- The fixture ------------------------------------------------------------- */

static inline void
set_up_file (Fixture    *fixture,
             const char *name,
             const char *text)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->application = application;
  fixture->window = fermata_app_window_new (fixture->application);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture->folder = g_dir_make_tmp ("fermata-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, name, NULL);
  fixture->file = g_file_new_for_path (path);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* What is in it is not deep. */
static inline void
empty_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      g_remove (inner);
    }
}

static inline void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->window != NULL)
    {
      fixture->window->may_close = TRUE;
      gtk_window_close (GTK_WINDOW (fixture->window));
    }
  settle ();
  g_assert_null (fixture->window);
  empty_folder (fixture->folder);
  g_rmdir (fixture->folder);
  g_object_unref (fixture->file);
  g_free (fixture->folder);
}

/* --- What is there ----------------------------------------------------------- */

static inline GtkWidget *
front (Fixture *fixture)
{
  AdwTabPage *tab = adw_tab_view_get_selected_page (fixture->window->tabs);

  return tab == NULL ? NULL : adw_tab_page_get_child (tab);
}

static inline FermataAppDocument *
document_of (Fixture *fixture)
{
  g_assert_true (FERMATA_IS_APP_PAGE (front (fixture)));

  return fermata_app_page_get_document (FERMATA_APP_PAGE (front (fixture)));
}

static inline gboolean
has_page (Fixture *fixture)
{
  return FERMATA_IS_APP_PAGE (front (fixture));
}

static inline gboolean
has_bad_file (Fixture *fixture)
{
  return FERMATA_IS_APP_BAD_FILE (front (fixture));
}

static inline gboolean
has_nothing (Fixture *fixture)
{
  return adw_tab_view_get_n_pages (fixture->window->tabs) == 0;
}

static inline gboolean
is_gone (Fixture *fixture)
{
  return fixture->window == NULL;
}

static inline gboolean
is_saved (Fixture *fixture)
{
  return !fermata_editor_is_modified (fermata_app_document_get_editor (document_of (fixture)));
}

static inline AdwMessageDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return ADW_MESSAGE_DIALOG (window);
    }

  return NULL;
}

static inline gboolean
has_dialog (Fixture *fixture)
{
  return find_dialog () != NULL;
}

static inline void
answer (Fixture    *fixture,
        const char *response)
{
  AdwMessageDialog *dialog;

  wait_for (fixture, has_dialog);
  dialog = g_object_ref (find_dialog ());
  adw_message_dialog_response (dialog, response);
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_object_unref (dialog);
  settle ();
}

static inline void
activate (Fixture    *fixture,
          const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), action, NULL);
  settle ();
}

static inline gboolean
is_enabled (Fixture    *fixture,
            const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), action);
}

static inline void
open_file (Fixture *fixture)
{
  fermata_app_window_open (fixture->window, fixture->file);
  wait_for (fixture, has_page);
}

static inline void
change (Fixture    *fixture,
        const char *name)
{
  g_autoptr (FermataValue) value = fermata_value_new_string (name, -1);

  g_assert_true (fermata_app_document_apply (document_of (fixture),
                                             fermata_edit_new_set_member ("", "name", value), "Rename"));
  settle ();
}

static inline char *
dup_text (Fixture *fixture)
{
  char *text = NULL;

  g_assert_true (g_file_load_contents (fixture->file, NULL, &text, NULL, NULL, NULL));

  return text;
}

/* --- The program ------------------------------------------------------------- */

static inline void
begin_tests (int    *argc,
             char ***argv)
{
  g_autoptr (GError) error = NULL;

  gtk_test_init (argc, argv, NULL);
  /* GTK warns of a frame that is drawn while a window is still being laid out. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  application = fermata_app_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
}

static inline int
run_tests (void)
{
  int status = g_test_run ();

  g_object_unref (application);

  return status;
}
