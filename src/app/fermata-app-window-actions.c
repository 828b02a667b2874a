/* fermata-app-window-actions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The actions "win.…": what can be done in a window. */

#include "fermata-app-window-private.h"

#include "fermata-app-export.h"

typedef FermataAppWindow Window;

static void
add_empty (Window           *self,
           FermataGraphKind  kind)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  FermataEngine *engine = fermata_app_application_get_engine (FERMATA_APP_APPLICATION (application));
  g_autoptr (FermataAppDocument) document = fermata_app_document_new (engine, kind);

  fermata_app_window_add_document (self, document);
}

static void
new_machine (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  add_empty (user_data, FERMATA_GRAPH_KIND_FSM);
}

static void
new_dag (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  add_empty (user_data, FERMATA_GRAPH_KIND_DAG);
}

static void
new_window (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  GtkApplication *application = gtk_window_get_application (user_data);

  gtk_window_present (GTK_WINDOW (fermata_app_window_new (FERMATA_APP_APPLICATION (application))));
}

static void
open_chosen (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  fermata_app_window_choose_file (user_data);
}

static void
open_recent (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  fermata_app_window_open (user_data, file);
}

static void
open_example (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  fermata_app_window_open_example (user_data, file);
}

static void
save (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  Window *self = user_data;

  fermata_app_window_save_async (self, self->page, FALSE, NULL, NULL);
}

static void
save_as (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  Window *self = user_data;

  fermata_app_window_save_async (self, self->page, TRUE, NULL, NULL);
}

static void
reload (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  Window *self = user_data;
  AdwTabPage *tab = adw_tab_view_get_selected_page (self->tabs);

  if (tab != NULL)
    fermata_app_window_reload (self, adw_tab_page_get_child (tab));
}

/* Without a tab, the window. */
static void
close_tab (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  Window *self = user_data;
  AdwTabPage *tab = adw_tab_view_get_selected_page (self->tabs);

  if (tab != NULL)
    adw_tab_view_close_page (self->tabs, tab);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
export (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  Window *self = user_data;

  fermata_app_export (GTK_WINDOW (self), fermata_app_page_get_document (self->page));
}

static void
find (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  fermata_app_page_show (((Window *) user_data)->page, "search", TRUE);
}

static void
next_problem (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  fermata_app_page_go_to_problem (((Window *) user_data)->page, TRUE);
}

static void
previous_problem (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  fermata_app_page_go_to_problem (((Window *) user_data)->page, FALSE);
}

static void
show_pane (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  fermata_app_page_show (((Window *) user_data)->page, g_variant_get_string (parameter, NULL), TRUE);
}

/* Panes are toggled; @state is what is wanted. */
static const char *const pane_actions[FERMATA_APP_N_SIDES] = { "show-left", "show-bottom", "show-inspector" };

static void
change_pane (GSimpleAction *action,
             GVariant      *state,
             gpointer       user_data)
{
  Window *self = user_data;

  if (self->page == NULL)
    return;

  for (FermataAppSide pane = 0; pane < FERMATA_APP_N_SIDES; pane++)
    {
      if (g_str_equal (g_action_get_name (G_ACTION (action)), pane_actions[pane]))
        fermata_app_page_set_shown (self->page, pane, g_variant_get_boolean (state));
    }
}

static const GActionEntry entries[] = {
  { "new-machine", new_machine },
  { "new-dag", new_dag },
  { "new-window", new_window },
  { "open", open_chosen },
  { "open-recent", open_recent, "s" },
  { "open-example", open_example, "s" },
  { "save", save },
  { "save-as", save_as },
  { "reload", reload },
  { "close-tab", close_tab },
  { "export", export },
  { "find", find },
  { "next-problem", next_problem },
  { "previous-problem", previous_problem },
  { "show-pane", show_pane, "s" },
  { "show-left", NULL, NULL, "false", change_pane },
  { "show-bottom", NULL, NULL, "false", change_pane },
  { "show-inspector", NULL, NULL, "false", change_pane },
};

/* Those that are about the page in front. */
static const char *const of_page[] = {
  "save-as", "export", "find", "show-pane", "show-left", "show-bottom", "show-inspector", NULL,
};

static void
set_enabled (Window     *self,
             const char *name,
             gboolean    enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static gboolean
can_save (Window *self)
{
  FermataAppDocument *document = fermata_app_page_get_document (self->page);

  return fermata_app_document_get_file (document) == NULL
         || fermata_editor_is_modified (fermata_app_document_get_editor (document));
}

static gboolean
has_problems (Window *self)
{
  FermataAppDocument *document = fermata_app_page_get_document (self->page);

  return g_list_model_get_n_items (fermata_app_document_get_diagnostics (document)) > 0;
}

static void
update_panes (Window *self)
{
  for (FermataAppSide pane = 0; pane < FERMATA_APP_N_SIDES; pane++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), pane_actions[pane]);
      gboolean shown = self->page != NULL && fermata_app_page_is_shown (self->page, pane);

      g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (shown));
    }
}

void
fermata_app_window_actions_update (FermataAppWindow *self)
{
  for (guint i = 0; of_page[i] != NULL; i++)
    set_enabled (self, of_page[i], self->page != NULL);
  set_enabled (self, "save", self->page != NULL && can_save (self));
  set_enabled (self, "next-problem", self->page != NULL && has_problems (self));
  set_enabled (self, "previous-problem", self->page != NULL && has_problems (self));
  update_panes (self);
}

void
fermata_app_window_actions_init (FermataAppWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  fermata_app_window_actions_update (self);
}
