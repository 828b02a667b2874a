/* fermata-app-adder.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-adder.h"

#include "fermata-app-addable.h"
#include "fermata-app-popover.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum {
  CHOSEN,
  N_SIGNALS,
};

struct _FermataAppAdder {
  GtkPopover parent_instance;

  GtkWidget *entry;
  GtkListBox *rows;

  FermataGraphKind kind;
  GPtrArray *addables;
  char *text; /* what the rows are for */
};

/* One row: what to add, and whether what was typed names it. */
typedef struct {
  const FermataAppAddable *addable;
  guint match;
  gboolean is_named;
} FermataAppChoice;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FermataAppAdder, fermata_app_adder, GTK_TYPE_POPOVER)

static char *
dup_text (FermataAppAdder *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

static int
compare_choices (gconstpointer a,
                 gconstpointer b)
{
  const FermataAppChoice *choice = a;
  const FermataAppChoice *other = b;

  return (int) other->match - (int) choice->match;
}

static void
add_choice (GArray                  *choices,
            const FermataAppAddable *addable,
            guint                    match,
            gboolean                 is_named)
{
  FermataAppChoice choice = { addable, match, is_named };

  g_array_append_val (choices, choice);
}

/* Sorts of states are few: they fit by how they begin, and each can be given
 * what was typed as its name. A plain state comes first unless the sort is
 * clearly meant. */
static GArray *
list_states (FermataAppAdder *self,
             const char      *text)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (FermataAppChoice));
  gboolean can_name = fermata_model_id_is_valid (text, -1);
  gboolean is_short = g_utf8_strlen (text, -1) < 3;

  for (guint i = 0; i < self->addables->len; i++)
    {
      const FermataAppAddable *addable = g_ptr_array_index (self->addables, i);
      guint match = fermata_app_addable_match (addable, text);

      if (text[0] == '\0')
        add_choice (choices, addable, 1, FALSE);
      else if (match >= 4)
        add_choice (choices, addable, is_short ? 1 : 4, FALSE);
      if (can_name)
        add_choice (choices, addable, 2, TRUE);
    }
  return choices;
}

static GArray *
list_tasks (FermataAppAdder *self,
            const char      *text)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (FermataAppChoice));

  for (guint i = 0; i < self->addables->len; i++)
    {
      const FermataAppAddable *addable = g_ptr_array_index (self->addables, i);
      guint match = fermata_app_addable_match (addable, text);

      if (match > 0)
        add_choice (choices, addable, match, FALSE);
    }
  return choices;
}

static GtkWidget *
new_row (const FermataAppChoice *choice,
         const char             *text)
{
  const FermataAppAddable *addable = choice->addable;
  g_autofree char *title = NULL;
  GtkWidget *row;

  /* Translators: a sort of state, and its name: "State “idle”" */
  title = choice->is_named ? g_strdup_printf (_("%s “%s”"), addable->title, text) : g_strdup (addable->title);
  row = fermata_app_popover_new_row (addable->icon_name, title, addable->doc);
  g_object_set_data_full (G_OBJECT (row), "type", g_strdup (addable->name), g_free);
  if (choice->is_named)
    g_object_set_data_full (G_OBJECT (row), "id", g_strdup (text), g_free);
  return row;
}

static void
update (FermataAppAdder *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (GArray) choices = NULL;

  if (self->addables == NULL || g_strcmp0 (text, self->text) == 0)
    return;
  fermata_app_popover_clear (self->rows);
  choices = self->kind == FERMATA_GRAPH_KIND_FSM ? list_states (self, text) : list_tasks (self, text);
  g_array_sort (choices, compare_choices);
  for (guint i = 0; i < choices->len; i++)
    gtk_list_box_append (self->rows, new_row (&g_array_index (choices, FermataAppChoice, i), text));
  if (choices->len > 0)
    gtk_list_box_select_row (self->rows, gtk_list_box_get_row_at_index (self->rows, 0));
  g_free (self->text);
  self->text = g_steal_pointer (&text);
}

static void
on_search_changed (FermataAppAdder *self)
{
  update (self);
}

static void
on_row_activated (FermataAppAdder *self,
                  GtkListBoxRow   *row)
{
  g_autofree char *type = g_strdup (g_object_get_data (G_OBJECT (row), "type"));
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), "id"));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, type, id);
}

/* The entry may have told of its latest letter only now. */
static void
on_activate (FermataAppAdder *self)
{
  GtkListBoxRow *row;

  update (self);
  row = gtk_list_box_get_selected_row (self->rows);
  if (row != NULL)
    on_row_activated (self, row);
  else
    gtk_widget_error_bell (self->entry);
}

static void
fermata_app_adder_dispose (GObject *object)
{
  FermataAppAdder *self = FERMATA_APP_ADDER (object);

  g_clear_pointer (&self->addables, g_ptr_array_unref);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (fermata_app_adder_parent_class)->dispose (object);
}

static void
fermata_app_adder_class_init (FermataAppAdderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fermata_app_adder_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-adder.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppAdder, entry);
  gtk_widget_class_bind_template_child (widget_class, FermataAppAdder, rows);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
fermata_app_adder_init (FermataAppAdder *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fermata_app_popover_keep_keys (GTK_POPOVER (self));
  fermata_app_popover_bind_rows (self->entry, self->rows);
}

GtkWidget *
fermata_app_adder_new (void)
{
  return g_object_new (FERMATA_TYPE_APP_ADDER, NULL);
}

void
fermata_app_adder_open (FermataAppAdder    *self,
                        FermataEngine      *engine,
                        FermataGraphKind    kind,
                        const GdkRectangle *place)
{
  g_clear_pointer (&self->addables, g_ptr_array_unref);
  self->addables = fermata_app_addable_list (engine, kind);
  self->kind = kind;
  g_clear_pointer (&self->text, g_free);
  g_object_set (self->entry, "placeholder-text",
                kind == FERMATA_GRAPH_KIND_FSM ? _("Name of a state, or what to add") : _("What to add"), NULL);
  fermata_app_popover_reset_text (self->entry);
  update (self);
  fermata_app_popover_open (GTK_POPOVER (self), place, self->entry);
}
