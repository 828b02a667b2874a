/* fermata-app-welcome.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-welcome.h"

#include "fermata-app-examples.h"
#include "fermata-app-recent.h"

#include <string.h>

#define MOST_RECENT 4

struct _FermataAppWelcome {
  AdwBin parent_instance;

  GtkWidget *recent_group;
  GtkListBox *recent;
  GtkWidget *examples_group;
  GtkListBox *examples;
};

G_DEFINE_FINAL_TYPE (FermataAppWelcome, fermata_app_welcome, ADW_TYPE_BIN)

/* --- Files that were open lately --------------------------------------------- */

static char *
dup_folder (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *path = folder == NULL ? NULL : g_file_get_parse_name (folder);
  const char *home = g_get_home_dir ();

  if (path == NULL)
    return g_strdup ("");
  if (g_str_has_prefix (path, home) && (path[strlen (home)] == '/' || path[strlen (home)] == '\0'))
    return g_strconcat ("~", path + strlen (home), NULL);

  return g_steal_pointer (&path);
}

static GtkWidget *
make_row (const char *title,
          const char *subtitle,
          const char *icon_name,
          const char *action,
          GFile      *file)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);
  g_autofree char *uri = g_file_get_uri (file);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_add_css_class (icon, "type-icon");
  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", uri);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return row;
}

static void
clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static void
show_recent (FermataAppWelcome *self)
{
  g_autoptr (GListModel) files = fermata_app_recent_list ();
  guint n_files = MIN (g_list_model_get_n_items (files), MOST_RECENT);

  clear (self->recent);
  for (guint i = 0; i < n_files; i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *name = g_file_get_basename (file);
      g_autofree char *folder = dup_folder (file);

      gtk_list_box_append (self->recent, make_row (name, folder, "document-open-recent-symbolic",
                                                   "win.open-recent", file));
    }
  gtk_widget_set_visible (self->recent_group, n_files > 0);
}

/* --- Examples ---------------------------------------------------------------- */

static void
show_examples (FermataAppWelcome *self,
               GListModel        *examples)
{
  guint n_examples = g_list_model_get_n_items (examples);

  clear (self->examples);
  for (guint i = 0; i < n_examples; i++)
    {
      g_autoptr (FermataAppExample) example = g_list_model_get_item (examples, i);
      gboolean is_machine = fermata_app_example_get_kind (example) == FERMATA_GRAPH_KIND_FSM;

      gtk_list_box_append (self->examples,
                           make_row (fermata_app_example_get_title (example),
                                     fermata_app_example_get_description (example),
                                     is_machine ? "fermata-machine-symbolic" : "fermata-dag-symbolic",
                                     "win.open-example", fermata_app_example_get_file (example)));
    }
  gtk_widget_set_visible (self->examples_group, n_examples > 0);
}

/* --- The widget -------------------------------------------------------------- */

enum {
  PROP_0,
  PROP_EXAMPLES,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
fermata_app_welcome_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_EXAMPLES:
      if (g_value_get_object (value) != NULL)
        show_examples (FERMATA_APP_WELCOME (object), g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_welcome_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (fermata_app_welcome_parent_class)->map (widget);

  show_recent (FERMATA_APP_WELCOME (widget));
}

static void
fermata_app_welcome_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);

  G_OBJECT_CLASS (fermata_app_welcome_parent_class)->dispose (object);
}

static void
fermata_app_welcome_class_init (FermataAppWelcomeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = fermata_app_welcome_set_property;
  object_class->dispose = fermata_app_welcome_dispose;
  widget_class->map = fermata_app_welcome_map;

  properties[PROP_EXAMPLES] =
    g_param_spec_object ("examples", NULL, NULL, G_TYPE_LIST_MODEL,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppWelcome, recent_group);
  gtk_widget_class_bind_template_child (widget_class, FermataAppWelcome, recent);
  gtk_widget_class_bind_template_child (widget_class, FermataAppWelcome, examples_group);
  gtk_widget_class_bind_template_child (widget_class, FermataAppWelcome, examples);
}

static void
fermata_app_welcome_init (FermataAppWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
