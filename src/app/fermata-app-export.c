/* fermata-app-export.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-export.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

/* Milliseconds that Graphviz may take. */
#define TIME_LIMIT (60 * 1000)

typedef enum {
  WHAT_GRAPH,
  WHAT_HISTORY,
} What;

static const struct {
  const char *title;
  const char *ending;
  FermataLayoutFormat format;
  gboolean is_dot;
} formats[] = {
  { N_("SVG picture"), "svg", FERMATA_LAYOUT_FORMAT_SVG, FALSE },
  { N_("PNG picture"), "png", FERMATA_LAYOUT_FORMAT_PNG, FALSE },
  { N_("PDF document"), "pdf", FERMATA_LAYOUT_FORMAT_PDF, FALSE },
  { N_("Graphviz DOT"), "dot", FERMATA_LAYOUT_FORMAT_SVG, TRUE },
};

/* One export, from the question to the file. */
typedef struct {
  FermataAppDocument *document;
  GtkWindow *parent;
  GtkDropDown *what;
  GtkDropDown *format;
  What chosen_what;
  guint chosen_format;
  GFile *file;
} Export;

static void
export_free (Export *self)
{
  g_object_unref (self->document);
  g_clear_object (&self->parent);
  g_clear_object (&self->file);
  g_free (self);
}

static void
fail (Export *self,
      GError *error)
{
  fermata_app_document_fail (self->document, error->message);
  g_error_free (error);
  export_free (self);
}

static void
written (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Export *self = user_data;
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *message = NULL;
  GError *error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      fail (self, error);
      return;
    }

  message = g_strdup_printf (_("Exported to %s"), name);
  fermata_app_document_tell (self->document, message);
  export_free (self);
}

static void
write_file (Export *self,
            GBytes *contents)
{
  g_file_replace_contents_bytes_async (self->file, contents, NULL, FALSE, G_FILE_CREATE_NONE, NULL, written,
                                       self);
}

static void
rendered (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Export *self = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) picture = fermata_layout_render_finish (result, &error);

  if (picture == NULL)
    fail (self, error);
  else
    write_file (self, picture);
}

static GBytes *
make_dot (Export  *self,
          GError **error)
{
  FermataDotOptions options = FERMATA_DOT_OPTIONS_INIT;
  FermataDebugger *debugger = fermata_app_document_get_debugger (self->document);
  g_autoptr (FermataHistoryGraph) history = NULL;

  if (self->chosen_what == WHAT_GRAPH)
    return fermata_dot_write_graph (fermata_app_document_get_graph (self->document), &options, error);
  if (debugger == NULL)
    {
      g_set_error_literal (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_STATE, _("There is no run yet"));
      return NULL;
    }

  history = fermata_history_graph_new (fermata_run_get_history (fermata_debugger_get_run (debugger)),
                                       0);

  return fermata_history_graph_to_dot (history, &options, fermata_debugger_get_number (debugger));
}

static void
export (Export *self)
{
  GError *error = NULL;
  g_autoptr (GBytes) dot = make_dot (self, &error);

  if (dot == NULL)
    fail (self, error);
  else if (formats[self->chosen_format].is_dot)
    write_file (self, dot);
  else
    fermata_layout_render_async (dot, formats[self->chosen_format].format, TIME_LIMIT, NULL, rendered, self);
}

static void
file_chosen (GtkNativeDialog *chooser,
             int              response,
             gpointer         user_data)
{
  Export *self = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      self->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      export (self);
    }
  else
    {
      export_free (self);
    }
  g_object_unref (chooser);
}

static char *
suggest_name (Export *self)
{
  g_autofree char *title = fermata_app_document_dup_title (self->document);
  const char *endings[] = { ".fermata.json", ".json", ".scxml" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      if (g_str_has_suffix (title, endings[i]))
        title[strlen (title) - strlen (endings[i])] = '\0';
    }

  return g_strconcat (title, self->chosen_what == WHAT_HISTORY ? "-history." : ".",
                      formats[self->chosen_format].ending, NULL);
}

static void
ask_file (Export *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Export"), self->parent,
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);
  GFile *file = fermata_app_document_get_file (self->document);
  g_autofree char *name = suggest_name (self);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  if (file != NULL)
    {
      g_autoptr (GFile) folder = g_file_get_parent (file);

      gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
    }
  g_signal_connect (chooser, "response", G_CALLBACK (file_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
answered (AdwMessageDialog *dialog,
          const char       *response,
          gpointer          user_data)
{
  Export *self = user_data;

  if (!g_str_equal (response, "export"))
    {
      export_free (self);
      return;
    }

  self->chosen_what = gtk_drop_down_get_selected (self->what);
  self->chosen_format = gtk_drop_down_get_selected (self->format);
  ask_file (self);
}

static GtkWidget *
add_choice (GtkGrid           *grid,
            int                row,
            const char        *title,
            const char *const *choices)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (title);
  GtkWidget *drop_down = gtk_drop_down_new_from_strings (choices);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), drop_down);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_hexpand (drop_down, TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, drop_down, 1, row, 1, 1);

  return drop_down;
}

static void
add_choices (Export           *self,
             AdwMessageDialog *dialog)
{
  const char *whats[] = { _("The graph"), _("The history of the run"), NULL };
  const char *titles[G_N_ELEMENTS (formats) + 1] = { NULL, };
  GtkWidget *grid = gtk_grid_new ();

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    titles[i] = _(formats[i].title);
  if (fermata_app_document_get_debugger (self->document) == NULL)
    whats[1] = NULL;
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  self->what = GTK_DROP_DOWN (add_choice (GTK_GRID (grid), 0, _("_What"), whats));
  self->format = GTK_DROP_DOWN (add_choice (GTK_GRID (grid), 1, _("_Format"), titles));
  adw_message_dialog_set_extra_child (dialog, grid);
}

void
fermata_app_export (GtkWindow          *parent,
                    FermataAppDocument *document)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Export"), NULL);
  Export *self = g_new0 (Export, 1);

  self->document = g_object_ref (document);
  self->parent = parent == NULL ? NULL : g_object_ref (parent);
  add_choices (self, ADW_MESSAGE_DIALOG (dialog));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "export", _("_Export…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "export", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "export");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (answered), self);
  gtk_window_present (GTK_WINDOW (dialog));
}
