/* fermata-app-window-files.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Opening files in a window: chosen, dropped, read again. */

#include "fermata-app-window-private.h"

#include "fermata-app-bad-file.h"
#include "fermata-app-file-watch.h"
#include "fermata-app-read-file.h"

#include <glib/gi18n.h>

/* A file that is being read; @replaces: the page whose place it takes. */
typedef struct {
  FermataAppWindow *window;
  GFile *file;
  GtkWidget *replaces;
  gboolean is_example;
} Open;

static void
open_free (Open *open)
{
  g_object_unref (open->window);
  g_object_unref (open->file);
  g_clear_object (&open->replaces);
  g_free (open);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Open, open_free)

/* --- Tabs -------------------------------------------------------------------- */

static GFile *
get_file_of (GtkWidget *child)
{
  if (FERMATA_IS_APP_BAD_FILE (child))
    return fermata_app_bad_file_get_file (FERMATA_APP_BAD_FILE (child));

  return fermata_app_document_get_file (fermata_app_page_get_document (FERMATA_APP_PAGE (child)));
}

static AdwTabPage *
find_tab (FermataAppWindow *self,
          GFile            *file)
{
  guint n_pages = adw_tab_view_get_n_pages (self->tabs);

  for (guint i = 0; i < n_pages; i++)
    {
      AdwTabPage *tab = adw_tab_view_get_nth_page (self->tabs, i);
      GFile *other = get_file_of (adw_tab_page_get_child (tab));

      if (other != NULL && g_file_equal (other, file))
        return tab;
    }

  return NULL;
}

FermataAppPage *
fermata_app_window_find_file (FermataAppWindow *self,
                              GFile            *file)
{
  AdwTabPage *tab = find_tab (self, file);
  GtkWidget *child = tab == NULL ? NULL : adw_tab_page_get_child (tab);

  return FERMATA_IS_APP_PAGE (child) ? FERMATA_APP_PAGE (child) : NULL;
}

/* Whether nothing in the tab would be lost. */
static gboolean
is_replaceable (GtkWidget *child)
{
  FermataAppDocument *document;

  if (!FERMATA_IS_APP_PAGE (child))
    return TRUE;

  document = fermata_app_page_get_document (FERMATA_APP_PAGE (child));

  return !fermata_editor_is_modified (fermata_app_document_get_editor (document));
}

/* The new page takes the place of the old one. */
static void
replace (Open      *open,
         GtkWidget *child)
{
  FermataAppWindow *self = open->window;
  AdwTabPage *tab = fermata_app_window_get_tab (self, child);
  AdwTabPage *old = NULL;

  if (open->replaces != NULL && gtk_widget_get_root (open->replaces) == GTK_ROOT (self))
    old = fermata_app_window_get_tab (self, open->replaces);
  if (old == NULL)
    return;

  adw_tab_view_reorder_page (self->tabs, tab, adw_tab_view_get_page_position (self->tabs, old));
  g_object_set_data (G_OBJECT (open->replaces), "fermata-closing", GINT_TO_POINTER (TRUE));
  adw_tab_view_close_page (self->tabs, old);
}

static void
show_bad_file (Open        *open,
               GBytes      *text,
               GListStore  *diagnostics,
               const char  *message)
{
  FermataAppWindow *self = open->window;
  GtkWidget *child = fermata_app_bad_file_new (open->file, text, G_LIST_MODEL (diagnostics), message);
  AdwTabPage *tab = adw_tab_view_append (self->tabs, child);
  g_autofree char *name = g_file_get_basename (open->file);
  g_autoptr (GIcon) icon = g_themed_icon_new ("dialog-error-symbolic");

  adw_tab_page_set_title (tab, name);
  adw_tab_page_set_icon (tab, icon);
  adw_tab_view_set_selected_page (self->tabs, tab);
  fermata_app_window_update_title (self);
  replace (open, child);
}

/* --- Reading ----------------------------------------------------------------- */

static FermataEngine *
get_engine (FermataAppWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  return fermata_app_application_get_engine (FERMATA_APP_APPLICATION (application));
}

static void
show_document (Open               *open,
               FermataAppDocument *document)
{
  FermataAppPage *page = fermata_app_window_add_document (open->window, document);

  replace (open, GTK_WIDGET (page));
  if (open->is_example)
    return;

  fermata_app_window_remember (open->file);
  if (fermata_graph_is_incomplete (fermata_app_document_get_graph (document)))
    fermata_app_page_set_notice (page, _("The file says things that have no place in a graph, and that are not "
                                         "shown. They would be lost, so it cannot be saved over its file."));
}

static void
parse (Open         *open,
       GBytes       *text,
       FermataValue *layout,
       const char   *etag)
{
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (FermataAppDocument) document = NULL;
  g_autofree char *name = g_file_get_basename (open->file);
  g_autoptr (GError) error = NULL;

  document = fermata_app_document_new_with_layout (get_engine (open->window), text, layout,
                                                   open->is_example ? NULL : open->file,
                                                   name, diagnostics, &error);
  if (document == NULL)
    {
      show_bad_file (open, text, diagnostics, error->message);
      return;
    }

  if (!open->is_example)
    fermata_app_document_set_etag (document, etag);
  show_document (open, document);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Open) open = user_data;
  g_autoptr (GListStore) none = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *etag = NULL;
  g_autoptr (FermataValue) layout = NULL;
  g_autoptr (GBytes) text = fermata_app_read_file_finish (result, &etag, &layout, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || gtk_window_get_application (GTK_WINDOW (open->window)) == NULL)
    return;

  if (text != NULL)
    {
      parse (open, text, layout, etag);
      return;
    }

  none = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  show_bad_file (open, NULL, none, error->message);
}

static void
read_file (FermataAppWindow *self,
           GFile            *file,
           GtkWidget        *replaces,
           gboolean          is_example)
{
  Open *open = g_new0 (Open, 1);

  open->window = g_object_ref (self);
  open->file = g_object_ref (file);
  open->replaces = replaces == NULL ? NULL : g_object_ref (replaces);
  open->is_example = is_example;
  fermata_app_read_file_async (file, self->cancellable, on_read, open);
}

void
fermata_app_window_open (FermataAppWindow *self,
                         GFile            *file)
{
  AdwTabPage *tab = find_tab (self, file);

  if (tab == NULL)
    {
      read_file (self, file, NULL, FALSE);
      return;
    }

  adw_tab_view_set_selected_page (self->tabs, tab);
  if (FERMATA_IS_APP_BAD_FILE (adw_tab_page_get_child (tab)))
    read_file (self, file, adw_tab_page_get_child (tab), FALSE);
}

void
fermata_app_window_open_example (FermataAppWindow *self,
                                 GFile            *file)
{
  read_file (self, file, NULL, TRUE);
}

/* --- Reading again ----------------------------------------------------------- */

static void
on_reload_response (AdwMessageDialog *dialog,
                    const char       *response,
                    GtkWidget        *child)
{
  FermataAppWindow *self = FERMATA_APP_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (dialog)));

  if (g_str_equal (response, "reload") && gtk_widget_get_root (child) == GTK_ROOT (self))
    read_file (self, get_file_of (child), child, FALSE);
}

static void
ask_whether_to_reload (FermataAppWindow *self,
                       GtkWidget        *child)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Discard Changes and Reload?"),
                                              _("What has been changed here and not been saved will be lost."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"), "reload", _("_Reload"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "reload", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_reload_response), child, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
fermata_app_window_reload (FermataAppWindow *self,
                           GtkWidget        *child)
{
  GFile *file = get_file_of (child);

  if (file == NULL)
    return;

  if (is_replaceable (child))
    read_file (self, file, child, FALSE);
  else
    ask_whether_to_reload (self, child);
}

static void
on_file_changed (FermataAppFileWatch *watch,
                 FermataAppPage      *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  AdwToast *toast;
  g_autofree char *title = NULL;
  g_autofree char *message = NULL;

  if (!FERMATA_IS_APP_WINDOW (root))
    return;

  title = fermata_app_document_dup_title (fermata_app_page_get_document (page));
  message = g_strdup_printf (_("“%s” was changed by another program"), title);
  toast = adw_toast_new (message);
  adw_toast_set_button_label (toast, _("_Reload"));
  adw_toast_set_action_name (toast, "win.reload");
  adw_toast_set_timeout (toast, 0);
  adw_toast_overlay_add_toast (FERMATA_APP_WINDOW (root)->toasts, toast);
  /* What the button means is what is in front. */
  adw_tab_view_set_selected_page (FERMATA_APP_WINDOW (root)->tabs,
                                  fermata_app_window_get_tab (FERMATA_APP_WINDOW (root), GTK_WIDGET (page)));
}

void
fermata_app_window_files_watch (FermataAppWindow *self,
                                FermataAppPage   *page)
{
  FermataAppFileWatch *watch = fermata_app_file_watch_new (fermata_app_page_get_document (page));

  g_signal_connect_object (watch, "changed", G_CALLBACK (on_file_changed), page, 0);
  g_object_set_data_full (G_OBJECT (page), "fermata-watch", watch, g_object_unref);
}

/* --- Choosing and dropping --------------------------------------------------- */

static void
on_chosen (GtkNativeDialog  *chooser,
           int               response,
           FermataAppWindow *self)
{
  g_autoptr (GListModel) files = NULL;
  guint n_files;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));
      n_files = g_list_model_get_n_items (files);
      for (guint i = 0; i < n_files; i++)
        {
          g_autoptr (GFile) file = g_list_model_get_item (files, i);

          fermata_app_window_open (self, file);
        }
    }
  g_object_unref (chooser);
}

static void
add_filters (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) graphs = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (graphs, _("Graphs"));
  gtk_file_filter_add_pattern (graphs, "*.fermata.json");
  gtk_file_filter_add_pattern (graphs, "*.json");
  gtk_file_filter_add_pattern (graphs, "*.scxml");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, graphs);
  gtk_file_chooser_add_filter (chooser, all);
}

void
fermata_app_window_choose_file (FermataAppWindow *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Open Graphs"), GTK_WINDOW (self),
                                                               GTK_FILE_CHOOSER_ACTION_OPEN,
                                                               _("_Open"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  add_filters (GTK_FILE_CHOOSER (chooser));
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static gboolean
on_drop (GtkDropTarget    *target,
         const GValue     *value,
         double            x,
         double            y,
         FermataAppWindow *self)
{
  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    fermata_app_window_open (self, l->data);

  return TRUE;
}

void
fermata_app_window_files_init (FermataAppWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
