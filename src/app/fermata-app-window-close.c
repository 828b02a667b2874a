/* fermata-app-window-close.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Closing tabs and windows: what is not saved is asked about first. */

#include "fermata-app-window-private.h"

#include <glib/gi18n.h>

/* The pages that somebody wants closed and that are not saved; one after the other
 * is saved. @tab: the tab that is being closed; NULL: the window. */
typedef struct {
  FermataAppWindow *window;
  AdwTabPage *tab;
  GPtrArray *pages;
} Closing;

static void
closing_free (Closing *closing)
{
  g_object_unref (closing->window);
  g_clear_object (&closing->tab);
  g_ptr_array_unref (closing->pages);
  g_free (closing);
}

static gboolean
is_unsaved (GtkWidget *child)
{
  FermataAppDocument *document;

  if (!FERMATA_IS_APP_PAGE (child) || g_object_get_data (G_OBJECT (child), "fermata-closing") != NULL)
    return FALSE;

  document = fermata_app_page_get_document (FERMATA_APP_PAGE (child));

  return fermata_editor_is_modified (fermata_app_document_get_editor (document));
}

static gboolean
close_window (gpointer user_data)
{
  gtk_window_close (user_data);

  return G_SOURCE_REMOVE;
}

/* The answer is there; the window goes after the dialog that gave it. */
static void
finish (Closing  *closing,
        gboolean  close)
{
  FermataAppWindow *self = closing->window;

  if (closing->tab != NULL)
    {
      adw_tab_view_close_page_finish (self->tabs, closing->tab, close);
    }
  else if (close)
    {
      self->may_close = TRUE;
      g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_window, g_object_ref (self), g_object_unref);
    }
  closing_free (closing);
}

static void
save_next (Closing *closing);

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Closing *closing = user_data;

  if (!fermata_app_window_save_finish (closing->window, result))
    {
      finish (closing, FALSE);
      return;
    }

  g_ptr_array_remove_index (closing->pages, 0);
  save_next (closing);
}

static void
save_next (Closing *closing)
{
  FermataAppWindow *self = closing->window;

  if (closing->pages->len == 0)
    {
      finish (closing, TRUE);
      return;
    }

  adw_tab_view_set_selected_page (self->tabs, fermata_app_window_get_tab (self, closing->pages->pdata[0]));
  fermata_app_window_save_async (self, closing->pages->pdata[0], FALSE, on_saved, closing);
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Closing *closing = user_data;

  if (g_str_equal (response, "save"))
    save_next (closing);
  else
    finish (closing, g_str_equal (response, "discard"));
}

static char *
dup_question (GPtrArray *pages)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (pages->len == 1)
    {
      g_autofree char *title = fermata_app_document_dup_title (fermata_app_page_get_document (pages->pdata[0]));

      return g_strdup_printf (_("“%s” has changes that are not saved. What is not saved is lost for good."), title);
    }

  g_string_append (text, _("These graphs have changes that are not saved. What is not saved is lost for good."));
  g_string_append_c (text, '\n');
  for (guint i = 0; i < pages->len; i++)
    {
      g_autofree char *title = fermata_app_document_dup_title (fermata_app_page_get_document (pages->pdata[i]));

      g_string_append_printf (text, "\n• %s", title);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
ask (Closing *closing)
{
  g_autofree char *question = dup_question (closing->pages);
  gboolean several = closing->pages->len > 1;
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (closing->window), _("Save Changes?"), question);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "discard", several ? _("_Discard All") : _("_Discard"),
                                    "save", several ? _("_Save All") : _("_Save"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), closing);
  gtk_window_present (GTK_WINDOW (dialog));
}

static Closing *
closing_new (FermataAppWindow *self,
             AdwTabPage       *tab)
{
  Closing *closing = g_new0 (Closing, 1);

  closing->window = g_object_ref (self);
  closing->tab = tab == NULL ? NULL : g_object_ref (tab);
  closing->pages = g_ptr_array_new_with_free_func (g_object_unref);

  return closing;
}

static gboolean
on_close_page (AdwTabView       *tabs,
               AdwTabPage       *tab,
               FermataAppWindow *self)
{
  GtkWidget *child = adw_tab_page_get_child (tab);
  Closing *closing;

  if (!is_unsaved (child))
    return GDK_EVENT_PROPAGATE;

  adw_tab_view_set_selected_page (tabs, tab);
  closing = closing_new (self, tab);
  g_ptr_array_add (closing->pages, g_object_ref (child));
  ask (closing);

  return GDK_EVENT_STOP;
}

/* The pages may outlive the window: a question that was not answered keeps them. */
static void
end_runs (FermataAppWindow *self)
{
  guint n_pages = adw_tab_view_get_n_pages (self->tabs);

  for (guint i = 0; i < n_pages; i++)
    {
      GtkWidget *child = adw_tab_page_get_child (adw_tab_view_get_nth_page (self->tabs, i));

      if (FERMATA_IS_APP_PAGE (child))
        fermata_app_document_end_run (fermata_app_page_get_document (FERMATA_APP_PAGE (child)));
    }
}

static gboolean
on_close_request (FermataAppWindow *self)
{
  guint n_pages = adw_tab_view_get_n_pages (self->tabs);
  Closing *closing;

  if (self->may_close)
    {
      end_runs (self);
      return GDK_EVENT_PROPAGATE;
    }

  closing = closing_new (self, NULL);
  for (guint i = 0; i < n_pages; i++)
    {
      GtkWidget *child = adw_tab_page_get_child (adw_tab_view_get_nth_page (self->tabs, i));

      if (is_unsaved (child))
        g_ptr_array_add (closing->pages, g_object_ref (child));
    }
  if (closing->pages->len == 0)
    {
      closing_free (closing);
      end_runs (self);
      return GDK_EVENT_PROPAGATE;
    }

  ask (closing);

  return GDK_EVENT_STOP;
}

void
fermata_app_window_end (FermataAppWindow *self)
{
  end_runs (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

static AdwTabView *
on_create_window (FermataAppWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  FermataAppWindow *other = fermata_app_window_new (FERMATA_APP_APPLICATION (application));

  gtk_window_present (GTK_WINDOW (other));

  return other->tabs;
}

void
fermata_app_window_close_init (FermataAppWindow *self)
{
  g_signal_connect_object (self->tabs, "close-page", G_CALLBACK (on_close_page), self, 0);
  g_signal_connect_object (self->tabs, "create-window", G_CALLBACK (on_create_window), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "close-request", G_CALLBACK (on_close_request), self, G_CONNECT_SWAPPED);
}
