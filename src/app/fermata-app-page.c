/* fermata-app-page.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-page.h"

#include "fermata-app-breadcrumb.h"
#include "fermata-app-breakpoints-pane.h"
#include "fermata-app-console.h"
#include "fermata-app-data-pane.h"
#include "fermata-app-event-entry.h"
#include "fermata-app-history-pane.h"
#include "fermata-app-inspector.h"
#include "fermata-app-outline.h"
#include "fermata-app-palette.h"
#include "fermata-app-past-bar.h"
#include "fermata-app-problems.h"
#include "fermata-app-settings.h"
#include "fermata-app-tabs.h"
#include "fermata-app-zoom-control.h"

#define BOTTOM_HEIGHT 216

enum {
  PROP_0,
  PROP_DOCUMENT,
  N_PROPS,
};

enum {
  CHANGED,
  N_SIGNALS,
};

/* @wanted: the panes that are open where there is room for them; in a narrow page
 * those at the sides are opened for a while. */
struct _FermataAppPage {
  AdwBin parent_instance;

  FermataAppDocument *document;
  FermataAppCanvas *canvas;
  gboolean wanted[FERMATA_APP_N_SIDES];
  gboolean is_narrow;
  gboolean is_placed;     /* the handle above the bottom pane */
  guint place_source;

  AdwFlap *left_flap;
  AdwFlap *right_flap;
  GtkPaned *paned;
  GtkWidget *left_pane;
  GtkWidget *right_pane;
  GtkWidget *bottom_pane;
  GtkWidget *centre_pane;
  GtkStack *left_stack;
  GtkStack *right_stack;
  GtkStack *bottom_stack;
  FermataAppTabs *bottom_tabs;
  FermataAppEventEntry *event_entry;
  FermataAppOutline *outline;
  FermataAppProblems *problems;
  GtkRevealer *notice_revealer;
  GtkLabel *notice_label;
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static const char *const pane_keys[FERMATA_APP_N_SIDES] = { "left", "bottom", "right" };

G_DEFINE_FINAL_TYPE (FermataAppPage, fermata_app_page, ADW_TYPE_BIN)

/* --- Panes ------------------------------------------------------------------ */

static AdwFlap *
get_flap (FermataAppPage *self,
          FermataAppSide  pane)
{
  return pane == FERMATA_APP_SIDE_LEFT ? self->left_flap : self->right_flap;
}

gboolean
fermata_app_page_is_shown (FermataAppPage *self,
                           FermataAppSide  pane)
{
  if (pane == FERMATA_APP_SIDE_BOTTOM)
    return gtk_widget_get_visible (self->bottom_pane);

  return adw_flap_get_reveal_flap (get_flap (self, pane));
}

static void
apply_shown (FermataAppPage *self,
             FermataAppSide  pane,
             gboolean        shown)
{
  if (pane == FERMATA_APP_SIDE_BOTTOM)
    gtk_widget_set_visible (self->bottom_pane, shown);
  else
    adw_flap_set_reveal_flap (get_flap (self, pane), shown);
}

void
fermata_app_page_set_shown (FermataAppPage *self,
                            FermataAppSide  pane,
                            gboolean        shown)
{
  if (fermata_app_page_is_shown (self, pane) == shown)
    return;

  if (pane == FERMATA_APP_SIDE_BOTTOM || !self->is_narrow)
    {
      self->wanted[pane] = shown;
      fermata_app_settings_set_boolean ("panes", pane_keys[pane], shown);
    }
  else if (shown)
    {
      /* There is room for one of them. */
      apply_shown (self, pane == FERMATA_APP_SIDE_LEFT ? FERMATA_APP_SIDE_RIGHT : FERMATA_APP_SIDE_LEFT, FALSE);
    }
  apply_shown (self, pane, shown);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
fermata_app_page_set_narrow (FermataAppPage *self,
                             gboolean        narrow)
{
  AdwFlapFoldPolicy policy = narrow ? ADW_FLAP_FOLD_POLICY_ALWAYS : ADW_FLAP_FOLD_POLICY_NEVER;

  if (self->is_narrow == narrow)
    return;

  self->is_narrow = narrow;
  for (FermataAppSide pane = 0; pane < FERMATA_APP_N_SIDES; pane++)
    {
      if (pane == FERMATA_APP_SIDE_BOTTOM)
        continue;
      adw_flap_set_reveal_flap (get_flap (self, pane), !narrow && self->wanted[pane]);
      adw_flap_set_fold_policy (get_flap (self, pane), policy);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Also when it is closed by a click beside it. */
static void
on_reveal_changed (FermataAppPage *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
read_panes (FermataAppPage *self)
{
  for (FermataAppSide pane = 0; pane < FERMATA_APP_N_SIDES; pane++)
    {
      self->wanted[pane] = fermata_app_settings_get_boolean ("panes", pane_keys[pane], TRUE);
      apply_shown (self, pane, self->wanted[pane]);
    }
}

/* The height of the bottom pane is what is kept, and not where the handle is. */
static void
on_position_changed (FermataAppPage *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self->paned));
  int bottom = height - gtk_paned_get_position (self->paned);

  if (self->is_placed && gtk_widget_get_visible (self->bottom_pane) && bottom >= 120)
    fermata_app_settings_set_integer ("panes", "bottom-height", bottom);
}

static gboolean
place_handle (gpointer user_data)
{
  FermataAppPage *self = user_data;
  int height = gtk_widget_get_height (GTK_WIDGET (self->paned));
  int bottom = fermata_app_settings_get_integer ("panes", "bottom-height", BOTTOM_HEIGHT);

  self->place_source = 0;
  gtk_paned_set_position (self->paned, height - MIN (bottom, height / 2));
  self->is_placed = TRUE;

  return G_SOURCE_REMOVE;
}

/* Told when the page has got its size. */
static void
on_max_position_changed (FermataAppPage *self)
{
  if (!self->is_placed && self->place_source == 0 && gtk_widget_get_height (GTK_WIDGET (self->paned)) > 0)
    self->place_source = g_idle_add_full (G_PRIORITY_HIGH, place_handle, self, NULL);
}

/* --- Where the keyboard goes ------------------------------------------------- */

static GtkStack *
find_stack (FermataAppPage *self,
            const char     *name,
            FermataAppSide *pane)
{
  GtkStack *stacks[FERMATA_APP_N_SIDES] = { self->left_stack, self->bottom_stack, self->right_stack };

  for (*pane = 0; *pane < FERMATA_APP_N_SIDES; (*pane)++)
    {
      if (gtk_stack_get_child_by_name (stacks[*pane], name) != NULL)
        return stacks[*pane];
    }

  return NULL;
}

void
fermata_app_page_show (FermataAppPage *self,
                       const char     *name,
                       gboolean        focus)
{
  gboolean search = g_str_equal (name, "search");
  FermataAppSide pane;
  GtkStack *stack;

  if (g_str_equal (name, "event"))
    {
      fermata_app_event_entry_focus (self->event_entry);
      return;
    }
  if (g_str_equal (name, "canvas"))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
      return;
    }
  if (search)
    name = "outline";
  else if (g_str_equal (name, "inspector"))
    name = "properties";
  stack = find_stack (self, name, &pane);
  if (stack == NULL)
    return;

  fermata_app_page_set_shown (self, pane, TRUE);
  gtk_stack_set_visible_child_name (stack, name);
  if (search)
    fermata_app_outline_focus_search (self->outline);
  else if (focus)
    gtk_widget_child_focus (gtk_stack_get_visible_child (stack), GTK_DIR_TAB_FORWARD);
}

void
fermata_app_page_go_to_problem (FermataAppPage *self,
                                gboolean        forward)
{
  fermata_app_page_show (self, "problems", FALSE);
  fermata_app_problems_go (self->problems, forward);
}

static void
focus_pane (FermataAppPage *self,
            GtkWidget      *pane)
{
  if (pane == self->centre_pane)
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  else
    gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD);
}

/* F6: canvas, right, bottom, left, canvas, … */
static void
cycle_panes (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  FermataAppPage *self = FERMATA_APP_PAGE (widget);
  GtkWidget *panes[] = { self->centre_pane, self->right_pane, self->bottom_pane, self->left_pane };
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  int step = g_variant_get_boolean (parameter) ? 1 : G_N_ELEMENTS (panes) - 1;
  guint at = 0;

  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    {
      if (focus != NULL && gtk_widget_is_ancestor (focus, panes[i]))
        at = i;
    }

  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    {
      at = (at + step) % G_N_ELEMENTS (panes);
      if (gtk_widget_get_mapped (panes[at]) && gtk_widget_get_child_visible (panes[at]))
        break;
    }
  focus_pane (self, panes[at]);
}

/* --- The document ------------------------------------------------------------ */

static void
update_badge (FermataAppPage *self)
{
  guint n_errors, n_others;

  fermata_app_problems_count (self->problems, &n_errors, &n_others);
  fermata_app_tabs_set_badge (self->bottom_tabs, "problems", n_errors + n_others,
                              n_errors > 0 ? "error" : "warning");
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_focus_requested (FermataAppPage *self,
                    const char     *name)
{
  fermata_app_page_show (self, name, TRUE);
}

static void
set_document (FermataAppPage     *self,
              FermataAppDocument *document)
{
  self->document = g_object_ref (document);
  g_signal_connect_object (document, "focus-requested", G_CALLBACK (on_focus_requested), self, G_CONNECT_SWAPPED);
}

static void
fermata_app_page_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  FermataAppPage *self = FERMATA_APP_PAGE (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_page_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  FermataAppPage *self = FERMATA_APP_PAGE (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      set_document (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_page_dispose (GObject *object)
{
  FermataAppPage *self = FERMATA_APP_PAGE (object);

  g_clear_handle_id (&self->place_source, g_source_remove);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (fermata_app_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (FERMATA_TYPE_APP_BREADCRUMB);
  g_type_ensure (FERMATA_TYPE_APP_BREAKPOINTS_PANE);
  g_type_ensure (FERMATA_TYPE_APP_CANVAS);
  g_type_ensure (FERMATA_TYPE_APP_CONSOLE);
  g_type_ensure (FERMATA_TYPE_APP_DATA_PANE);
  g_type_ensure (FERMATA_TYPE_APP_EVENT_ENTRY);
  g_type_ensure (FERMATA_TYPE_APP_HISTORY_PANE);
  g_type_ensure (FERMATA_TYPE_APP_INSPECTOR);
  g_type_ensure (FERMATA_TYPE_APP_OUTLINE);
  g_type_ensure (FERMATA_TYPE_APP_PALETTE);
  g_type_ensure (FERMATA_TYPE_APP_PAST_BAR);
  g_type_ensure (FERMATA_TYPE_APP_PROBLEMS);
  g_type_ensure (FERMATA_TYPE_APP_TABS);
  g_type_ensure (FERMATA_TYPE_APP_ZOOM_CONTROL);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, canvas);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, left_flap);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, right_flap);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, paned);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, left_pane);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, right_pane);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, bottom_pane);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, centre_pane);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, left_stack);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, right_stack);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, bottom_stack);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, bottom_tabs);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, event_entry);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, outline);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, problems);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, notice_revealer);
  gtk_widget_class_bind_template_child (widget_class, FermataAppPage, notice_label);
}

/* Text fields have an undo of their own, and get the key before the page. */
static void
bind_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.cycle", "b", cycle_panes);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F6, 0, "page.cycle", "b", TRUE);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F6, GDK_SHIFT_MASK, "page.cycle", "b", FALSE);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "doc.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "doc.redo", NULL);
}

static void
hide_notice (FermataAppPage *self)
{
  gtk_revealer_set_reveal_child (self->notice_revealer, FALSE);
}

static void
fermata_app_page_class_init (FermataAppPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fermata_app_page_get_property;
  object_class->set_property = fermata_app_page_set_property;
  object_class->dispose = fermata_app_page_dispose;

  properties[PROP_DOCUMENT] =
    g_param_spec_object ("document", NULL, NULL, FERMATA_TYPE_APP_DOCUMENT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", FERMATA_TYPE_APP_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  bind_template (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, hide_notice);
  bind_keys (widget_class);
}

static void
fermata_app_page_init (FermataAppPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  read_panes (self);
  g_signal_connect_object (self->left_flap, "notify::reveal-flap", G_CALLBACK (on_reveal_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->right_flap, "notify::reveal-flap", G_CALLBACK (on_reveal_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->paned, "notify::position", G_CALLBACK (on_position_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->paned, "notify::max-position", G_CALLBACK (on_max_position_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->problems, "counted", G_CALLBACK (update_badge), self, G_CONNECT_SWAPPED);
}

FermataAppPage *
fermata_app_page_new (FermataAppDocument *document)
{
  return g_object_new (FERMATA_TYPE_APP_PAGE, "document", document, NULL);
}

FermataAppDocument *
fermata_app_page_get_document (FermataAppPage *self)
{
  return self->document;
}

FermataAppCanvas *
fermata_app_page_get_canvas (FermataAppPage *self)
{
  return self->canvas;
}

void
fermata_app_page_set_notice (FermataAppPage *self,
                             const char     *text)
{
  gtk_revealer_set_reveal_child (self->notice_revealer, text != NULL);
  if (text != NULL)
    gtk_label_set_label (self->notice_label, text);
}
