/* fermata-app-choice-field.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-choice-field.h"

#include <glib/gi18n.h>

struct _FermataAppChoiceField {
  FermataAppField parent_instance;

  GtkDropDown *control;
  GtkStringList *titles;
  GPtrArray *values; /* FermataValue, NULL: not there */
  gboolean has_other; /* the last is a value that is none of those to choose */
  gboolean is_showing;
};

G_DEFINE_FINAL_TYPE (FermataAppChoiceField, fermata_app_choice_field, FERMATA_TYPE_APP_FIELD)

static void
add (FermataAppChoiceField *self,
     const char            *title,
     FermataValue          *value)
{
  gtk_string_list_append (self->titles, title);
  g_ptr_array_add (self->values, value);
}

static void
add_words (FermataAppChoiceField  *self,
           const FermataAppMember *member)
{
  g_autofree char *none = NULL;

  if (member->placeholder != NULL && member->placeholder[0] == '"')
    none = g_strndup (member->placeholder + 1, strlen (member->placeholder) - 2);
  add (self, none != NULL ? none : _("None"), NULL);
  for (guint i = 0; member->words[i] != NULL; i++)
    {
      /* What it is anyway need not be there. */
      if (g_strcmp0 (none, member->words[i]) != 0)
        add (self, member->words[i], fermata_value_new_string (member->words[i], -1));
    }
}

static void
add_choices (FermataAppChoiceField  *self,
             const FermataAppMember *member)
{
  for (const FermataAppChoice *choice = member->choices; choice->title != NULL; choice++)
    add (self, _(choice->title), choice->json != NULL ? fermata_value_parse (choice->json, -1, NULL) : NULL);
}

static void
chosen (FermataAppChoiceField *self)
{
  guint index = gtk_drop_down_get_selected (self->control);

  if (self->is_showing || index >= self->values->len)
    return;

  fermata_app_field_set_problem (FERMATA_APP_FIELD (self), NULL);
  if (!fermata_app_field_commit (FERMATA_APP_FIELD (self), g_ptr_array_index (self->values, index)))
    fermata_app_field_reset (FERMATA_APP_FIELD (self));
  fermata_app_field_finish (FERMATA_APP_FIELD (self));
}

static GtkWidget *
fermata_app_choice_field_build (FermataAppField *field)
{
  FermataAppChoiceField *self = FERMATA_APP_CHOICE_FIELD (field);
  const FermataAppMember *member = fermata_app_field_get_member (field);

  if (member->choices != NULL)
    add_choices (self, member);
  else
    add_words (self, member);
  self->control = GTK_DROP_DOWN (gtk_drop_down_new (g_object_ref (G_LIST_MODEL (self->titles)), NULL));
  g_signal_connect_object (self->control, "notify::selected", G_CALLBACK (chosen), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self->control);
}

static void
drop_other (FermataAppChoiceField *self)
{
  if (!self->has_other)
    return;

  gtk_string_list_remove (self->titles, self->values->len - 1);
  g_ptr_array_set_size (self->values, self->values->len - 1);
  self->has_other = FALSE;
}

static gboolean
is_same (FermataValue *a,
         FermataValue *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return fermata_value_equal (a, b);
}

static guint
find_value (FermataAppChoiceField *self,
            FermataValue          *value)
{
  guint index = 0;

  while (index < self->values->len && !is_same (g_ptr_array_index (self->values, index), value))
    index++;

  return index;
}

/* What the value says where it is what it would be anyway, but said. */
static gboolean
is_default (FermataAppChoiceField *self,
            FermataValue          *value)
{
  const FermataAppMember *member = fermata_app_field_get_member (FERMATA_APP_FIELD (self));
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

  return g_strcmp0 (text, member->placeholder) == 0;
}

static void
fermata_app_choice_field_show (FermataAppField *field,
                               FermataValue    *value)
{
  FermataAppChoiceField *self = FERMATA_APP_CHOICE_FIELD (field);
  guint index;

  self->is_showing = TRUE;
  drop_other (self);
  index = find_value (self, value);
  if (index == self->values->len && is_default (self, value))
    index = 0;
  if (index == self->values->len)
    {
      g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

      add (self, text, fermata_value_ref (value));
      self->has_other = TRUE;
    }
  gtk_drop_down_set_selected (self->control, index);
  self->is_showing = FALSE;
}

static void
fermata_app_choice_field_finalize (GObject *object)
{
  FermataAppChoiceField *self = FERMATA_APP_CHOICE_FIELD (object);

  g_object_unref (self->titles);
  g_ptr_array_unref (self->values);

  G_OBJECT_CLASS (fermata_app_choice_field_parent_class)->finalize (object);
}

static void
fermata_app_choice_field_class_init (FermataAppChoiceFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_app_choice_field_finalize;
  FERMATA_APP_FIELD_CLASS (klass)->build = fermata_app_choice_field_build;
  FERMATA_APP_FIELD_CLASS (klass)->show = fermata_app_choice_field_show;
}

static void
unref_value (gpointer value)
{
  if (value != NULL)
    fermata_value_unref (value);
}

static void
fermata_app_choice_field_init (FermataAppChoiceField *self)
{
  self->titles = gtk_string_list_new (NULL);
  self->values = g_ptr_array_new_with_free_func (unref_value);
}
