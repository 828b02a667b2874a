/* fermata-app-window.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-window-private.h"

#include "fermata-app-run-bar.h"
#include "fermata-app-runner.h"
#include "fermata-app-settings.h"
#include "fermata-app-testing.h"
#include "fermata-app-trust.h"
#include "fermata-app-welcome.h"

#include <glib/gi18n.h>

/* Narrower than this, panes at the sides lie over the canvas. */
#define NARROW 900

enum {
  PROP_0,
  PROP_PAGE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FermataAppWindow, fermata_app_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- Tabs -------------------------------------------------------------------- */

AdwTabPage *
fermata_app_window_get_tab (FermataAppWindow *self,
                            GtkWidget        *child)
{
  return adw_tab_view_get_page (self->tabs, child);
}

static void
update_tab (FermataAppDocument *document,
            GParamSpec         *pspec,
            FermataAppPage     *page)
{
  FermataAppWindow *self = FERMATA_APP_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));
  AdwTabPage *tab = self == NULL ? NULL : fermata_app_window_get_tab (self, GTK_WIDGET (page));
  g_autofree char *title = fermata_app_document_dup_title (document);
  g_autofree char *path = NULL;
  g_autoptr (GIcon) icon = NULL;
  GFile *file = fermata_app_document_get_file (document);
  gboolean is_modified;

  if (tab == NULL)
    return;

  is_modified = fermata_editor_is_modified (fermata_app_document_get_editor (document));
  path = file == NULL ? NULL : g_file_get_parse_name (file);
  icon = is_modified ? g_themed_icon_new ("fermata-unsaved-symbolic") : NULL;
  adw_tab_page_set_title (tab, title);
  adw_tab_page_set_tooltip (tab, path != NULL ? path : title);
  adw_tab_page_set_indicator_icon (tab, icon);
}

FermataAppPage *
fermata_app_window_add_document (FermataAppWindow   *self,
                                 FermataAppDocument *document)
{
  FermataAppPage *page = fermata_app_page_new (document);
  AdwTabPage *tab = adw_tab_view_append (self->tabs, GTK_WIDGET (page));

  g_signal_connect_object (document, "notify::title", G_CALLBACK (update_tab), page, 0);
  g_signal_connect_object (document, "notify::modified", G_CALLBACK (update_tab), page, 0);
  g_signal_connect_object (document, "notify::file", G_CALLBACK (update_tab), page, 0);
  update_tab (document, NULL, page);
  fermata_app_window_files_watch (self, page);
  adw_tab_view_set_selected_page (self->tabs, tab);
  gtk_widget_grab_focus (GTK_WIDGET (fermata_app_page_get_canvas (page)));

  return page;
}

/* Frames after which what is shown for the first time has its size. */
#define FRAMES 3

/*
 * GTK 4.8 leaves out of a frame what has no size yet, with a warning, and takes
 * it for still to be drawn ever after: nothing that happens in there asks for
 * another frame of what is around. So that is laid out and drawn once more.
 */
static gboolean
draw_again (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  FermataAppWindow *self = FERMATA_APP_WINDOW (widget);
  GtkWidget *top = GTK_WIDGET (self->stack);
  AdwTabPage *tab = adw_tab_view_get_selected_page (self->tabs);

  if (self->n_frames++ < FRAMES)
    {
      gtk_widget_queue_draw (widget);
      return G_SOURCE_CONTINUE;
    }

  for (GtkWidget *child = tab == NULL ? NULL : adw_tab_page_get_child (tab); child != NULL && child != top;
       child = gtk_widget_get_parent (child))
    {
      gtk_widget_queue_resize (child);
      gtk_widget_queue_draw (child);
    }
  gtk_widget_queue_resize (top);
  gtk_widget_queue_draw (top);

  return G_SOURCE_REMOVE;
}

static void
on_n_pages_changed (FermataAppWindow *self)
{
  gboolean has_pages = adw_tab_view_get_n_pages (self->tabs) > 0;

  gtk_stack_set_visible_child_name (self->stack, has_pages ? "tabs" : "welcome");
}

/* --- The title --------------------------------------------------------------- */

static char *
dup_subtitle (FermataAppDocument *document)
{
  char *state = fermata_app_dup_state_text (document);
  GFile *file = fermata_app_document_get_file (document);

  if (state != NULL)
    return state;
  if (file == NULL)
    return g_strdup (_("Not saved yet"));

  return g_file_get_basename (file);
}

void
fermata_app_window_update_title (FermataAppWindow *self)
{
  FermataAppDocument *document;
  g_autofree char *title = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *subtitle = NULL;

  if (self->page == NULL)
    {
      /* Nothing, or a file that is no graph. */
      AdwTabPage *tab = adw_tab_view_get_selected_page (self->tabs);
      const char *name = tab == NULL ? _("Fermata") : adw_tab_page_get_title (tab);

      adw_window_title_set_title (self->title, name);
      adw_window_title_set_subtitle (self->title, "");
      gtk_window_set_title (GTK_WINDOW (self), name);
      return;
    }

  document = fermata_app_page_get_document (self->page);
  title = fermata_app_document_dup_title (document);
  if (fermata_editor_is_modified (fermata_app_document_get_editor (document)))
    shown = g_strconcat (title, " •", NULL);
  subtitle = dup_subtitle (document);
  adw_window_title_set_title (self->title, shown != NULL ? shown : title);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_window_set_title (GTK_WINDOW (self), shown != NULL ? shown : title);
}

/* --- What a document tells --------------------------------------------------- */

static void
on_told (FermataAppWindow *self,
         const char       *message)
{
  AdwToast *toast = adw_toast_new (message);

  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "doc.undo");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_failed (FermataAppWindow *self,
           const char       *message)
{
  fermata_app_window_tell (self, message);
}

/* --- Running ----------------------------------------------------------------- */

/* Somebody wants a run, and is to be asked whether the graph may. */
typedef struct {
  FermataAppWindow *window;
  gboolean held;
} Start;

static void
on_trust_checked (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  FermataAppDocument *document = FERMATA_APP_DOCUMENT (source);
  Start *start = user_data;

  if (fermata_app_trust_check_finish (document, result))
    fermata_app_runner_start (GTK_WINDOW (start->window), document, start->held);
  g_object_unref (start->window);
  g_free (start);
}

static void
on_start_requested (FermataAppWindow   *self,
                    gboolean            held,
                    FermataAppDocument *document)
{
  Start *start = g_new0 (Start, 1);

  start->window = g_object_ref (self);
  start->held = held;
  fermata_app_trust_check_async (GTK_WINDOW (self), document, on_trust_checked, start);
}

/* A node runs the graph of another file. */
static void
on_file_requested (FermataAppWindow *self,
                   GFile            *file)
{
  fermata_app_window_open (self, file);
}

/* --- The page in front ------------------------------------------------------- */

/* What makes sense with a graph only is there only then; in a narrow window, what
 * the menu has as well is there alone. */
static void
show_controls (FermataAppWindow *self,
               gboolean          shown)
{
  gtk_widget_set_visible (self->run_bar, shown);
  gtk_widget_set_visible (self->save, shown && !self->is_narrow);
  gtk_widget_set_visible (self->undo, shown);
  gtk_widget_set_visible (self->redo, shown);
  gtk_widget_set_visible (self->find, shown && !self->is_narrow);
}

/* F10 steps while a run is debugged; else it opens the menu, as everywhere. The
 * menu's button would have it before any other. */
static void
share_f10 (FermataAppWindow *self)
{
  GObject *button = gtk_widget_get_template_child (GTK_WIDGET (self), FERMATA_TYPE_APP_WINDOW, "primary_button");
  FermataAppDocument *document = self->page == NULL ? NULL : fermata_app_page_get_document (self->page);
  FermataDebugger *debugger = document == NULL ? NULL : fermata_app_document_get_debugger (document);
  gboolean is_debugged = debugger != NULL && (!fermata_debugger_is_live (debugger)
                                              || !fermata_run_has_ended (fermata_debugger_get_run (debugger)));

  gtk_menu_button_set_primary (GTK_MENU_BUTTON (button), !is_debugged);
}

static void
show_page (FermataAppWindow *self,
           FermataAppPage   *page)
{
  FermataAppDocument *document = page == NULL ? NULL : fermata_app_page_get_document (page);
  GActionGroup *actions = document == NULL ? NULL : fermata_app_document_get_actions (document);

  if (!g_set_object (&self->page, page))
    return;

  g_signal_group_set_target (self->page_signals, page);
  g_signal_group_set_target (self->document_signals, document);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "doc", actions);
  g_object_set (self->run_bar, "document", document, NULL);
  show_controls (self, document != NULL);
  fermata_app_window_actions_update (self);
  fermata_app_window_update_title (self);
  share_f10 (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
}

static void
on_selected_page_changed (FermataAppWindow *self)
{
  AdwTabPage *tab = adw_tab_view_get_selected_page (self->tabs);
  GtkWidget *child = tab == NULL ? NULL : adw_tab_page_get_child (tab);

  show_page (self, FERMATA_IS_APP_PAGE (child) ? FERMATA_APP_PAGE (child) : NULL);
  fermata_app_window_update_title (self);
  self->n_frames = 0;
  gtk_widget_add_tick_callback (GTK_WIDGET (self), draw_again, NULL, NULL);
}

static void
follow_pages (FermataAppWindow *self)
{
  self->page_signals = g_signal_group_new (FERMATA_TYPE_APP_PAGE);
  g_signal_group_connect_swapped (self->page_signals, "changed",
                                  G_CALLBACK (fermata_app_window_actions_update), self);

  self->document_signals = g_signal_group_new (FERMATA_TYPE_APP_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "file-requested", G_CALLBACK (on_file_requested), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::title", G_CALLBACK (fermata_app_window_update_title), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::modified", G_CALLBACK (fermata_app_window_update_title), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::modified",
                                  G_CALLBACK (fermata_app_window_actions_update), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::file", G_CALLBACK (fermata_app_window_update_title), self);
  g_signal_group_connect_swapped (self->document_signals, "looks-changed", G_CALLBACK (fermata_app_window_update_title), self);
  g_signal_group_connect_swapped (self->document_signals, "looks-changed", G_CALLBACK (share_f10), self);
  g_signal_group_connect_swapped (self->document_signals, "told", G_CALLBACK (on_told), self);
  g_signal_group_connect_swapped (self->document_signals, "failed", G_CALLBACK (on_failed), self);
  g_signal_group_connect_swapped (self->document_signals, "start-requested", G_CALLBACK (on_start_requested), self);

  g_signal_connect_object (self->tabs, "notify::selected-page", G_CALLBACK (on_selected_page_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tabs, "notify::n-pages", G_CALLBACK (on_n_pages_changed),
                           self, G_CONNECT_SWAPPED);
}

/* --- Size -------------------------------------------------------------------- */

/* Told before what is in the window gets its size. */
static void
on_surface_width_changed (FermataAppWindow *self,
                          GParamSpec       *pspec,
                          GdkSurface       *surface)
{
  guint n_pages = adw_tab_view_get_n_pages (self->tabs);

  self->is_narrow = gdk_surface_get_width (surface) < NARROW;
  for (guint i = 0; i < n_pages; i++)
    {
      GtkWidget *child = adw_tab_page_get_child (adw_tab_view_get_nth_page (self->tabs, i));

      if (FERMATA_IS_APP_PAGE (child))
        fermata_app_page_set_narrow (FERMATA_APP_PAGE (child), self->is_narrow);
    }
  show_controls (self, self->page != NULL);
}

static void
on_page_attached (FermataAppWindow *self,
                  AdwTabPage       *tab)
{
  GtkWidget *child = adw_tab_page_get_child (tab);

  if (FERMATA_IS_APP_PAGE (child))
    fermata_app_page_set_narrow (FERMATA_APP_PAGE (child), self->is_narrow);
}

static void
fermata_app_window_realize (GtkWidget *widget)
{
  FermataAppWindow *self = FERMATA_APP_WINDOW (widget);

  GTK_WIDGET_CLASS (fermata_app_window_parent_class)->realize (widget);

  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (self)), "notify::width",
                           G_CALLBACK (on_surface_width_changed), self, G_CONNECT_SWAPPED);
}

static void
restore_size (FermataAppWindow *self)
{
  int width = fermata_app_settings_get_integer ("window", "width", 1280);
  int height = fermata_app_settings_get_integer ("window", "height", 860);

  self->is_narrow = width < NARROW;
  gtk_window_set_default_size (GTK_WINDOW (self), CLAMP (width, 360, 8192), CLAMP (height, 294, 8192));
  if (fermata_app_settings_get_boolean ("window", "maximized", FALSE))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
keep_size (FermataAppWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  fermata_app_settings_set_integer ("window", "width", width);
  fermata_app_settings_set_integer ("window", "height", height);
  fermata_app_settings_set_boolean ("window", "maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

static void
fermata_app_window_unrealize (GtkWidget *widget)
{
  keep_size (FERMATA_APP_WINDOW (widget));

  GTK_WIDGET_CLASS (fermata_app_window_parent_class)->unrealize (widget);
}

/* --- The widget -------------------------------------------------------------- */

static void
fermata_app_window_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  FermataAppWindow *self = FERMATA_APP_WINDOW (object);

  switch (prop_id)
    {
    case PROP_PAGE:
      g_value_set_object (value, self->page);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_window_dispose (GObject *object)
{
  FermataAppWindow *self = FERMATA_APP_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->page_signals);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->page);

  G_OBJECT_CLASS (fermata_app_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (FERMATA_TYPE_APP_RUN_BAR);
  g_type_ensure (FERMATA_TYPE_APP_WELCOME);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, FermataAppWindow, tabs);
  gtk_widget_class_bind_template_child (widget_class, FermataAppWindow, tab_bar);
  gtk_widget_class_bind_template_child (widget_class, FermataAppWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, FermataAppWindow, title);
  gtk_widget_class_bind_template_child (widget_class, FermataAppWindow, header);
  gtk_widget_class_bind_template_child (widget_class, FermataAppWindow, save);
  gtk_widget_class_bind_template_child (widget_class, FermataAppWindow, undo);
  gtk_widget_class_bind_template_child (widget_class, FermataAppWindow, redo);
  gtk_widget_class_bind_template_child (widget_class, FermataAppWindow, find);
  gtk_widget_class_bind_template_child (widget_class, FermataAppWindow, run_bar);
  gtk_widget_class_bind_template_child (widget_class, FermataAppWindow, welcome);
  gtk_widget_class_bind_template_child_full (widget_class, "primary_button", FALSE, 0);
  gtk_widget_class_bind_template_child (widget_class, FermataAppWindow, recent_menu);
  gtk_widget_class_bind_template_child (widget_class, FermataAppWindow, examples_menu);
}

static void
fermata_app_window_class_init (FermataAppWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fermata_app_window_get_property;
  object_class->dispose = fermata_app_window_dispose;
  widget_class->realize = fermata_app_window_realize;
  widget_class->unrealize = fermata_app_window_unrealize;

  properties[PROP_PAGE] =
    g_param_spec_object ("page", NULL, NULL, FERMATA_TYPE_APP_PAGE,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (widget_class);
}

/* Ctrl+Home and Ctrl+End are for what is in the tab. */
static void
choose_tab_keys (FermataAppWindow *self)
{
  adw_tab_view_set_shortcuts (self->tabs,
                              ADW_TAB_VIEW_SHORTCUT_CONTROL_TAB
                              | ADW_TAB_VIEW_SHORTCUT_CONTROL_SHIFT_TAB
                              | ADW_TAB_VIEW_SHORTCUT_CONTROL_PAGE_UP
                              | ADW_TAB_VIEW_SHORTCUT_CONTROL_PAGE_DOWN
                              | ADW_TAB_VIEW_SHORTCUT_CONTROL_SHIFT_PAGE_UP
                              | ADW_TAB_VIEW_SHORTCUT_CONTROL_SHIFT_PAGE_DOWN
                              | ADW_TAB_VIEW_SHORTCUT_ALT_DIGITS);
}

static void
fermata_app_window_init (FermataAppWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  choose_tab_keys (self);
  follow_pages (self);
  g_signal_connect_object (self->tabs, "page-attached", G_CALLBACK (on_page_attached), self, G_CONNECT_SWAPPED);
  fermata_app_window_actions_init (self);
  fermata_app_testing_init (self);
  fermata_app_window_close_init (self);
  fermata_app_window_files_init (self);
  fermata_app_window_menus_init (self);
  restore_size (self);
  on_n_pages_changed (self);
  show_controls (self, FALSE);
  fermata_app_window_update_title (self);
}

FermataAppWindow *
fermata_app_window_new (FermataAppApplication *application)
{
  return g_object_new (FERMATA_TYPE_APP_WINDOW, "application", application, NULL);
}

FermataAppPage *
fermata_app_window_get_page (FermataAppWindow *self)
{
  return self->page;
}

void
fermata_app_window_tell (FermataAppWindow *self,
                         const char       *message)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (message));
}

void
fermata_app_window_complain (FermataAppWindow *self,
                             const char       *heading,
                             const char       *message)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
