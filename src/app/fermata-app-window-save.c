/* fermata-app-window-save.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Saving what a window shows. Nothing is written over without a word, and what
 * fails is said aloud. */

#include "fermata-app-window-private.h"

#include "fermata-app-file-watch.h"
#include "fermata-app-trust.h"

#include <glib/gi18n.h>
#include <string.h>

/* The task's data: a reference to the page. */
static FermataAppPage *
get_page (GTask *task)
{
  return g_task_get_task_data (task);
}

static FermataAppDocument *
get_document (GTask *task)
{
  return fermata_app_page_get_document (get_page (task));
}

static FermataAppFileWatch *
get_watch (GTask *task)
{
  return g_object_get_data (G_OBJECT (get_page (task)), "fermata-watch");
}

static void
write_to (GTask *task,
          GFile *file);
static void
choose (GTask *task,
        GFile *file);

/* --- When it has been changed by somebody else ------------------------------- */

static void
on_overwrite_response (AdwMessageDialog *dialog,
                       const char       *response,
                       gpointer          user_data)
{
  g_autoptr (GTask) task = user_data;
  FermataAppDocument *document = get_document (task);

  if (g_str_equal (response, "cancel"))
    {
      g_task_return_boolean (task, FALSE);
      return;
    }

  fermata_app_document_forget_etag (document);
  write_to (task, fermata_app_document_get_file (document));
}

static void
ask_whether_to_overwrite (GTask *task)
{
  FermataAppWindow *self = g_task_get_source_object (task);
  g_autofree char *title = fermata_app_document_dup_title (get_document (task));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Overwrite the Other Changes?"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _("The file of “%s” was changed by another program after it was opened here. "
                                    "To overwrite it loses what that program wrote."),
                                  title);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"), "overwrite", _("_Overwrite"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "overwrite", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_overwrite_response), g_object_ref (task));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- Writing ----------------------------------------------------------------- */

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  FermataAppWindow *self = g_task_get_source_object (task);
  FermataAppDocument *document = FERMATA_APP_DOCUMENT (source);
  g_autoptr (GError) error = NULL;

  fermata_app_file_watch_end_saving (get_watch (task));
  if (fermata_app_document_save_finish (document, result, &error))
    {
      fermata_app_window_remember (fermata_app_document_get_file (document));
      fermata_app_trust_saved (document);
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
    {
      ask_whether_to_overwrite (task);
      return;
    }

  fermata_app_window_complain (self, _("Not Saved"), error->message);
  g_task_return_boolean (task, FALSE);
}

static void
write_to (GTask *task,
          GFile *file)
{
  fermata_app_file_watch_begin_saving (get_watch (task));
  fermata_app_document_save_async (get_document (task), file, NULL, on_saved, g_object_ref (task));
}

/* --- What would be lost ------------------------------------------------------ */

/* Of so many lines the first are shown. */
#define MOST_LINES 12

typedef struct {
  GTask *task;
  GFile *file;
  char **lost;
} Loss;

static void
loss_free (Loss *loss)
{
  g_object_unref (loss->task);
  g_object_unref (loss->file);
  g_strfreev (loss->lost);
  g_free (loss);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loss, loss_free)

/* gate.scxml: gate.fermata.json in the same folder. */
static GFile *
dup_file_for_graph (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *renamed = NULL;

  if (g_str_has_suffix (uri, ".scxml"))
    uri[strlen (uri) - strlen (".scxml")] = '\0';
  renamed = g_strconcat (uri, ".fermata.json", NULL);

  return g_file_new_for_uri (renamed);
}

static void
on_loss_response (AdwMessageDialog *dialog,
                  const char       *response,
                  gpointer          user_data)
{
  g_autoptr (Loss) loss = user_data;

  if (g_str_equal (response, "save"))
    {
      fermata_app_document_agree_to_lose (get_document (loss->task), loss->lost);
      write_to (loss->task, loss->file);
    }
  else if (g_str_equal (response, "graph"))
    {
      g_autoptr (GFile) file = dup_file_for_graph (loss->file);

      choose (loss->task, file);
    }
  else
    {
      g_task_return_boolean (loss->task, FALSE);
    }
}

static GtkWidget *
make_lost_list (char **lost)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *label = gtk_label_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = g_strv_length (lost);

  for (guint i = 0; i < MIN (n, MOST_LINES); i++)
    g_string_append_printf (text, "%s• %s", i > 0 ? "\n" : "", lost[i]);
  if (n > MOST_LINES)
    {
      g_autofree char *more = g_strdup_printf (_("And %u more"), n - MOST_LINES);

      g_string_append_printf (text, "\n%s", more);
    }
  gtk_label_set_label (GTK_LABEL (label), text->str);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 280);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);

  return scrolled;
}

/* Takes @lost. */
static void
ask_whether_to_lose (GTask  *task,
                     GFile  *file,
                     char  **lost)
{
  FermataAppWindow *self = g_task_get_source_object (task);
  g_autofree char *name = g_file_get_basename (file);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Save as SCXML?"), NULL);
  Loss *loss = g_new0 (Loss, 1);

  loss->task = g_object_ref (task);
  loss->file = g_object_ref (file);
  loss->lost = lost;
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _("SCXML has no place for the following, which would not be in “%s”. "
                                    "A file of Fermata’s own keeps everything."), name);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_lost_list (lost));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"), "save", _("_Save Without Them"),
                                    "graph", _("Save as .fermata._json…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "graph", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "graph");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_loss_response), loss);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
write_or_ask (GTask *task,
              GFile *file)
{
  char **lost = fermata_app_document_list_lost (get_document (task), file);

  if (lost != NULL)
    ask_whether_to_lose (task, file, lost);
  else
    write_to (task, file);
}

/* --- Where to ---------------------------------------------------------------- */

static void
on_chosen (GtkNativeDialog *chooser,
           int              response,
           gpointer         user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file == NULL)
    g_task_return_boolean (task, FALSE);
  else
    write_or_ask (task, file);
  g_object_unref (chooser);
}

/* A name for files made of a title: without what means something in paths. */
static char *
dup_file_name (FermataAppDocument *document)
{
  g_autofree char *title = fermata_app_document_dup_title (document);
  char *name;

  if (g_str_has_suffix (title, ".json") || g_str_has_suffix (title, ".scxml"))
    return g_steal_pointer (&title);

  g_strdelimit (title, "/\\:\n\t", '-');
  name = g_strconcat (*title == '.' ? "graph" : title, ".fermata.json", NULL);

  return name;
}

/* A file that is not there yet is a folder and a name. */
static void
set_file (GtkFileChooser *chooser,
          GFile          *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *path = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (path);

  if (g_file_query_exists (file, NULL))
    {
      gtk_file_chooser_set_file (chooser, file, NULL);
      return;
    }
  gtk_file_chooser_set_current_folder (chooser, folder, NULL);
  gtk_file_chooser_set_current_name (chooser, name);
}

/* What the name ends in says what is written: .scxml, or a graph. @file is
 * suggested, if it is not NULL. */
static void
choose (GTask *task,
        GFile *file)
{
  FermataAppWindow *self = g_task_get_source_object (task);
  FermataAppDocument *document = get_document (task);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Save Graph"), GTK_WINDOW (self),
                                                               GTK_FILE_CHOOSER_ACTION_SAVE,
                                                               _("_Save"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  if (file != NULL)
    {
      set_file (GTK_FILE_CHOOSER (chooser), file);
    }
  else
    {
      g_autofree char *name = dup_file_name (document);

      gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
    }
  g_signal_connect (chooser, "response", G_CALLBACK (on_chosen), g_object_ref (task));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
fermata_app_window_save_async (FermataAppWindow    *self,
                               FermataAppPage      *page,
                               gboolean             elsewhere,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  FermataAppDocument *document = fermata_app_page_get_document (page);
  GFile *file = fermata_app_document_get_file (document);

  g_task_set_source_tag (task, fermata_app_window_save_async);
  g_task_set_task_data (task, g_object_ref (page), g_object_unref);
  if (file == NULL || elsewhere)
    choose (task, file);
  else
    write_or_ask (task, file);
}

gboolean
fermata_app_window_save_finish (FermataAppWindow *self,
                                GAsyncResult     *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
