/* fermata-app-tabs.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-tabs.h"

enum {
  PROP_0,
  PROP_STACK,
  N_PROPS,
};

/* A tab; freed with the button. */
typedef struct {
  FermataAppTabs *tabs;
  GtkStackPage *page;
  GtkWidget *button;
  GtkWidget *badge;
  const char *style;
} Tab;

struct _FermataAppTabs {
  GtkWidget parent_instance;

  GtkStack *stack;
  GPtrArray *entries;     /* Tab, in the stack's order */
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FermataAppTabs, fermata_app_tabs, GTK_TYPE_WIDGET)

static void
tab_free (Tab *tab)
{
  gtk_widget_unparent (tab->button);
  g_object_unref (tab->page);
  g_free (tab);
}

static void
on_toggled (GtkToggleButton *button,
            Tab             *tab)
{
  if (gtk_toggle_button_get_active (button))
    gtk_stack_set_visible_child (tab->tabs->stack, gtk_stack_page_get_child (tab->page));
}

static void
show_which (FermataAppTabs *self)
{
  GtkWidget *visible = gtk_stack_get_visible_child (self->stack);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Tab *tab = self->entries->pdata[i];

      if (gtk_stack_page_get_child (tab->page) != visible)
        continue;
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tab->button), TRUE);
    }
}

static GtkWidget *
make_badge (void)
{
  GtkWidget *badge = gtk_label_new (NULL);

  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_add_css_class (badge, "numeric");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (badge, FALSE);

  return badge;
}

static Tab *
make_tab (FermataAppTabs *self,
          GtkStackPage   *page)
{
  Tab *tab = g_new0 (Tab, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *title = gtk_stack_page_get_title (page);

  tab->tabs = self;
  tab->page = g_object_ref (page);
  tab->badge = make_badge ();
  gtk_box_append (GTK_BOX (box), gtk_label_new (title));
  gtk_box_append (GTK_BOX (box), tab->badge);
  tab->button = g_object_new (GTK_TYPE_TOGGLE_BUTTON,
                              "accessible-role", GTK_ACCESSIBLE_ROLE_TAB,
                              "has-frame", FALSE,
                              "child", box,
                              NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tab->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  if (self->entries->len > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tab->button),
                                 GTK_TOGGLE_BUTTON (((Tab *) self->entries->pdata[0])->button));
  g_signal_connect (tab->button, "toggled", G_CALLBACK (on_toggled), tab);
  gtk_widget_set_parent (tab->button, GTK_WIDGET (self));

  return tab;
}

static void
fill (FermataAppTabs *self)
{
  g_autoptr (GtkSelectionModel) pages = gtk_stack_get_pages (self->stack);
  guint n_pages = g_list_model_get_n_items (G_LIST_MODEL (pages));

  for (guint i = 0; i < n_pages; i++)
    {
      g_autoptr (GObject) page = g_list_model_get_item (G_LIST_MODEL (pages), i);

      g_ptr_array_add (self->entries, make_tab (self, GTK_STACK_PAGE (page)));
    }
}

/* Set once, when all of the stack's pages are there. */
static void
set_stack (FermataAppTabs *self,
           GtkStack       *stack)
{
  if (stack == NULL || self->stack != NULL)
    return;

  self->stack = g_object_ref (stack);
  fill (self);
  show_which (self);
  g_signal_connect_object (stack, "notify::visible-child", G_CALLBACK (show_which), self, G_CONNECT_SWAPPED);
}

static void
fermata_app_tabs_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  FermataAppTabs *self = FERMATA_APP_TABS (object);

  switch (prop_id)
    {
    case PROP_STACK:
      set_stack (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_tabs_dispose (GObject *object)
{
  FermataAppTabs *self = FERMATA_APP_TABS (object);

  g_ptr_array_set_size (self->entries, 0);
  g_clear_object (&self->stack);

  G_OBJECT_CLASS (fermata_app_tabs_parent_class)->dispose (object);
}

static void
fermata_app_tabs_finalize (GObject *object)
{
  g_ptr_array_unref (FERMATA_APP_TABS (object)->entries);

  G_OBJECT_CLASS (fermata_app_tabs_parent_class)->finalize (object);
}

static void
fermata_app_tabs_class_init (FermataAppTabsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = fermata_app_tabs_set_property;
  object_class->dispose = fermata_app_tabs_dispose;
  object_class->finalize = fermata_app_tabs_finalize;

  properties[PROP_STACK] =
    g_param_spec_object ("stack", NULL, NULL, GTK_TYPE_STACK,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "fermatatabs");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TAB_LIST);
}

static void
fermata_app_tabs_init (FermataAppTabs *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) tab_free);
}

static Tab *
find_tab (FermataAppTabs *self,
          const char     *name)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Tab *tab = self->entries->pdata[i];

      if (g_strcmp0 (gtk_stack_page_get_name (tab->page), name) == 0)
        return tab;
    }

  return NULL;
}

void
fermata_app_tabs_set_badge (FermataAppTabs *self,
                            const char     *name,
                            guint           count,
                            const char     *style)
{
  Tab *tab = find_tab (self, name);
  g_autofree char *text = g_strdup_printf ("%u", count);

  if (tab == NULL)
    return;

  gtk_label_set_label (GTK_LABEL (tab->badge), text);
  gtk_widget_set_visible (tab->badge, count > 0);
  if (tab->style != NULL)
    gtk_widget_remove_css_class (tab->badge, tab->style);
  tab->style = g_intern_string (style);
  if (tab->style != NULL)
    gtk_widget_add_css_class (tab->badge, tab->style);
}
