/* inspector-fixture.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

/* An inspector in a window of its own, used as a person does: by titles. */

#include "fermata-app-inspector.h"

#include <gtksourceview/gtksource.h>
#include <string.h>

typedef struct {
  FermataEngine *engine;
  FermataAppDocument *document;
  FermataAppInspector *inspector;
  GtkWindow *window;
} Fixture;

static inline void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static inline void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *json = g_strdelimit (g_strdup (data), "'", '"');
  g_autoptr (GBytes) text = g_bytes_new (json, strlen (json));
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (GError) error = NULL;

  fixture->engine = fermata_engine_new_default ();
  fixture->document = fermata_app_document_new_from_text (fixture->engine, text, NULL, "test", diagnostics, &error);
  g_assert_no_error (error);
  fixture->inspector = g_object_new (FERMATA_TYPE_APP_INSPECTOR, "document", fixture->document, NULL);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (fixture->window, 320, 800);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->inspector));
  gtk_window_present (fixture->window);
  settle ();
}

static inline void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  FermataAppField *field = fermata_app_inspector_find_field (fixture->inspector, "Label");

  if (field != NULL)
    g_object_add_weak_pointer (G_OBJECT (field), (gpointer *) &field);
  g_object_add_weak_pointer (G_OBJECT (fixture->inspector), (gpointer *) &fixture->inspector);
  gtk_window_destroy (fixture->window);
  settle ();
  g_assert_null (fixture->inspector);
  g_assert_null (field);
  g_object_add_weak_pointer (G_OBJECT (fixture->document), (gpointer *) &fixture->document);
  g_object_unref (fixture->document);
  settle ();
  g_assert_null (fixture->document);
  g_object_unref (fixture->engine);
}

static inline FermataGraph *
graph_of (Fixture *fixture)
{
  return fermata_app_document_get_graph (fixture->document);
}

static inline gpointer
select_only (Fixture    *fixture,
             const char *name)
{
  gpointer element = fermata_graph_find_node (graph_of (fixture), name);

  if (element == NULL)
    element = fermata_graph_find_edge (graph_of (fixture), name);
  g_assert_nonnull (element);
  fermata_app_selection_set_only (fermata_app_document_get_selection (fixture->document), element);
  settle ();

  return element;
}

static inline FermataAppField *
field_of (Fixture    *fixture,
          const char *title)
{
  FermataAppField *field = fermata_app_inspector_find_field (fixture->inspector, title);

  g_assert_nonnull (field);

  return field;
}

static inline GtkWidget *
input_of (Fixture    *fixture,
          const char *title)
{
  return fermata_app_field_get_input (field_of (fixture, title));
}

static inline char *
dup_typed (GtkWidget *input)
{
  GtkTextBuffer *buffer;
  char *text;

  if (GTK_IS_EDITABLE (input))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (input)));

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (input));
  g_object_get (buffer, "text", &text, NULL);
  return text;
}

static inline void
assert_text (Fixture    *fixture,
             const char *title,
             const char *expected)
{
  g_autofree char *text = dup_typed (input_of (fixture, title));
  g_autofree char *wanted = g_strdelimit (g_strdup (expected), "'", '"');

  g_assert_cmpstr (text, ==, wanted);
}

static inline void
insert_in (GtkWidget  *input,
           int         offset,
           const char *text,
           gsize       length)
{
  GtkTextBuffer *buffer;
  GtkTextIter iter;

  if (GTK_IS_EDITABLE (input))
    {
      gtk_editable_insert_text (GTK_EDITABLE (input), text, length, &offset);
      return;
    }
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (input));
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, offset);
  gtk_text_buffer_insert (buffer, &iter, text, length);
}

static inline void
delete_from (GtkWidget *input,
             int        offset)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  if (GTK_IS_EDITABLE (input))
    {
      gtk_editable_delete_text (GTK_EDITABLE (input), offset, -1);
      return;
    }
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (input));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, offset);
  gtk_text_buffer_delete (buffer, &start, &end);
}

/* Letter by letter, as a person does, over what was there. */
static inline void
type_text (Fixture    *fixture,
           const char *title,
           const char *what)
{
  GtkWidget *input = input_of (fixture, title);
  g_autofree char *text = g_strdelimit (g_strdup (what), "'", '"');
  int offset = 0;

  gtk_widget_grab_focus (input);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      insert_in (input, offset, p, g_utf8_next_char (p) - p);
      offset++;
      if (offset == 1)
        delete_from (input, 1);
    }
  if (offset == 0)
    delete_from (input, 0);
  settle ();
}

static inline void
assert_element (gpointer    element,
                const char *expected)
{
  g_autoptr (FermataValue) value = FERMATA_IS_NODE (element) ? fermata_node_to_value (element)
                                                             : fermata_value_ref (fermata_edge_get_members (element));
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_autofree char *wanted = g_strdelimit (g_strdup (expected), "'", '"');

  g_assert_cmpstr (text, ==, wanted);
}

static inline void
assert_problem (Fixture    *fixture,
                const char *title,
                const char *part)
{
  FermataAppField *field = field_of (fixture, title);
  const char *problem = fermata_app_field_get_problem (field);

  if (part == NULL)
    {
      g_assert_cmpstr (problem, ==, NULL);
      return;
    }
  g_assert_nonnull (problem);
  if (strstr (problem, part) == NULL)
    g_error ("“%s” is not in “%s”", part, problem);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fermata_app_field_get_input (field)),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, problem);
}

static inline void
undo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fermata_editor_undo (fermata_app_document_get_editor (fixture->document), &error);
  g_assert_no_error (error);
  settle ();
}

static inline void
redo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fermata_editor_redo (fermata_app_document_get_editor (fixture->document), &error);
  g_assert_no_error (error);
  settle ();
}

static inline void
choose (Fixture    *fixture,
        const char *title,
        const char *what)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (input_of (fixture, title));
  GtkStringList *titles = GTK_STRING_LIST (gtk_drop_down_get_model (drop_down));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (titles)); i++)
    {
      if (strcmp (gtk_string_list_get_string (titles, i), what) == 0)
        {
          gtk_drop_down_set_selected (drop_down, i);
          settle ();
          return;
        }
    }
  g_assert_not_reached ();
}

static inline void
assert_chosen (Fixture    *fixture,
               const char *title,
               const char *expected)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (input_of (fixture, title));
  GtkStringObject *item = gtk_drop_down_get_selected_item (drop_down);

  g_assert_cmpstr (gtk_string_object_get_string (item), ==, expected);
}

/* The button of that label. */
static inline GtkWidget *
find_button (GtkWidget  *widget,
             const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}
