/* fermata-app-application.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-application.h"

#include "fermata-app-settings.h"
#include "fermata-app-window.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

struct _FermataAppApplication {
  AdwApplication parent_instance;

  FermataEngine *engine;
  GListModel *examples;
};

G_DEFINE_FINAL_TYPE (FermataAppApplication, fermata_app_application, ADW_TYPE_APPLICATION)

/* --- Windows ----------------------------------------------------------------- */

static FermataAppWindow *
get_window (FermataAppApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  /* A dialog may be in front. */
  while (window != NULL && !FERMATA_IS_APP_WINDOW (window))
    window = gtk_window_get_transient_for (window);

  return window != NULL ? FERMATA_APP_WINDOW (window) : fermata_app_window_new (self);
}

static void
fermata_app_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (get_window (FERMATA_APP_APPLICATION (application))));
}

static FermataAppWindow *
find_window_of (FermataAppApplication *self,
                GFile                 *file)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (FERMATA_IS_APP_WINDOW (l->data) && fermata_app_window_find_file (l->data, file) != NULL)
        return l->data;
    }

  return get_window (self);
}

static void
fermata_app_application_open (GApplication  *application,
                              GFile        **files,
                              int            n_files,
                              const char    *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      FermataAppWindow *window = find_window_of (FERMATA_APP_APPLICATION (application), files[i]);

      fermata_app_window_open (window, files[i]);
      gtk_window_present (GTK_WINDOW (window));
    }
}

/* --- Actions ----------------------------------------------------------------- */

/* Each window asks about what is not saved. */
static void
quit (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (FERMATA_IS_APP_WINDOW (l->data))
        gtk_window_close (l->data);
    }
}

/* Somebody without a window wants the program to end, and cannot be asked. What runs
 * has to end first; the same signal once more ends the program at once. */
static gboolean
on_end_signal (gpointer user_data)
{
  GList *windows = gtk_application_get_windows (user_data);
  g_autolist (GtkWindow) kept = g_list_copy_deep (windows, (GCopyFunc) g_object_ref, NULL);

  for (GList *l = kept; l != NULL; l = l->next)
    {
      if (FERMATA_IS_APP_WINDOW (l->data))
        fermata_app_window_end (l->data);
      else
        gtk_window_destroy (l->data);
    }

  return G_SOURCE_REMOVE;
}

static void
about (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       user_data)
{
  const char *developers[] = { _("The Fermata authors"), NULL };

  adw_show_about_window (GTK_WINDOW (get_window (user_data)),
                         "application-name", _("Fermata"),
                         "application-icon", "io.github.fermata.Fermata",
                         "version", FERMATA_VERSION,
                         "comments", _("Draws graphs and state machines, runs them, holds them anywhere, and looks "
                                       "at all that happened, forwards and backwards."),
                         "developer-name", _("The Fermata authors"),
                         "developers", developers,
                         "copyright", "© 2026 The Fermata authors",
                         "license-type", GTK_LICENSE_LGPL_2_1,
                         NULL);
}

static void
apply_style (const char *style)
{
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (style, "light"))
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (style, "dark"))
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

static void
change_style (GSimpleAction *action,
              GVariant      *state,
              gpointer       user_data)
{
  const char *style = g_variant_get_string (state, NULL);

  apply_style (style);
  fermata_app_settings_set_string ("window", "style", style);
  g_simple_action_set_state (action, state);
}

static const GActionEntry entries[] = {
  { "quit", quit },
  { "about", about },
  { "style", NULL, "s", "'system'", change_style },
};

/* What may be taken from a text field is bound to the canvas and the panes, and not
 * here: these keys come before all others. */
static const struct {
  const char *action;
  const char *keys[4];
} accels[] = {
  { "app.quit", { "<Control>q" } },
  { "win.new-machine", { "<Control>n" } },
  { "win.new-dag", { "<Control><Shift>n" } },
  { "win.open", { "<Control>o" } },
  { "win.save", { "<Control>s" } },
  { "win.save-as", { "<Control><Shift>s" } },
  { "win.close-tab", { "<Control>w" } },
  { "win.find", { "<Control>f" } },
  { "win.export", { "<Control><Shift>e" } },
  { "win.show-left", { "<Control>b" } },
  { "win.show-bottom", { "<Control>j" } },
  { "win.show-inspector", { "<Control>i" } },
  { "win.next-problem", { "F4" } },
  { "win.previous-problem", { "<Shift>F4" } },
  { "doc.run", { "F5" } },
  { "doc.stop", { "<Shift>F5" } },
  { "doc.restart", { "<Control>r" } },
  { "doc.reverse-continue", { "<Control><Shift>F5" } },
  { "doc.step-over", { "F10", "F7" } },
  { "doc.step-into", { "F11", "F8" } },
  { "doc.step-out", { "<Shift>F11", "<Shift>F8" } },
  { "doc.step-back", { "<Control><Shift>F10" } },
  { "doc.step-back-into", { "<Control><Shift>F11" } },
  { "doc.run-to-selection", { "<Control>F10" } },
  { "doc.toggle-breakpoint", { "F9" } },
  { "doc.edit-breakpoint", { "<Shift>F9" } },
  { "doc.disable-breakpoints", { "<Control>F9" } },
  { "doc.send-event", { "<Control>e" } },
  { "doc.arrange", { "<Control>l" } },
};

static const int end_signals[] = { SIGTERM, SIGINT, SIGHUP };

static void
fermata_app_application_startup (GApplication *application)
{
  g_autofree char *style = fermata_app_settings_dup_string ("window", "style", "system");

  G_APPLICATION_CLASS (fermata_app_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name ("io.github.fermata.Fermata");
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accels[i].action,
                                           (const char *const *) accels[i].keys);
  g_action_group_change_action_state (G_ACTION_GROUP (application), "style", g_variant_new_string (style));
  for (guint i = 0; i < G_N_ELEMENTS (end_signals); i++)
    g_unix_signal_add (end_signals[i], on_end_signal, application);
}

static void
fermata_app_application_shutdown (GApplication *application)
{
  fermata_app_settings_save ();

  G_APPLICATION_CLASS (fermata_app_application_parent_class)->shutdown (application);
}

/* --- The command line -------------------------------------------------------- */

static int
fermata_app_application_handle_local_options (GApplication *application,
                                              GVariantDict *options)
{
  gboolean version = FALSE;

  if (!g_variant_dict_lookup (options, "version", "b", &version) || !version)
    return -1;

  g_print ("fermata-studio %s\n", FERMATA_VERSION);

  return 0;
}

static const GOptionEntry options[] = {
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show the version"), NULL },
  { NULL, },
};

/* --- The object -------------------------------------------------------------- */

static void
fermata_app_application_dispose (GObject *object)
{
  FermataAppApplication *self = FERMATA_APP_APPLICATION (object);

  g_clear_object (&self->engine);
  g_clear_object (&self->examples);

  G_OBJECT_CLASS (fermata_app_application_parent_class)->dispose (object);
}

static void
fermata_app_application_class_init (FermataAppApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fermata_app_application_dispose;
  application_class->startup = fermata_app_application_startup;
  application_class->shutdown = fermata_app_application_shutdown;
  application_class->activate = fermata_app_application_activate;
  application_class->open = fermata_app_application_open;
  application_class->handle_local_options = fermata_app_application_handle_local_options;
}

static void
fermata_app_application_init (FermataAppApplication *self)
{
  GApplication *application = G_APPLICATION (self);

  g_application_add_main_option_entries (application, options);
  g_application_set_option_context_parameter_string (application, _("[FILE…]"));
  g_application_set_option_context_summary (application,
                                            _("Draws graphs and state machines, runs them, and looks at what happened."));
}

FermataAppApplication *
fermata_app_application_new (void)
{
  return g_object_new (FERMATA_TYPE_APP_APPLICATION,
                       "application-id", "io.github.fermata.Fermata",
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       NULL);
}

/* Made when the first graph is opened. */
FermataEngine *
fermata_app_application_get_engine (FermataAppApplication *self)
{
  if (self->engine == NULL)
    self->engine = fermata_engine_new_default ();

  return self->engine;
}

/* Read when the first window is there. */
GListModel *
fermata_app_application_get_examples (FermataAppApplication *self)
{
  if (self->examples == NULL)
    self->examples = fermata_app_examples_list ();

  return self->examples;
}
