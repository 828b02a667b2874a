/* fermata-app-inputs-dialog.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-inputs-dialog.h"

#include <glib/gi18n.h>

typedef struct {
  char *name;
  char *type;
  GtkWidget *row;
  GtkWidget *problem;
} Input;

struct _FermataAppInputsDialog {
  AdwMessageDialog parent_instance;

  GArray *inputs;     /* Input */
};

G_DEFINE_FINAL_TYPE (FermataAppInputsDialog, fermata_app_inputs_dialog, ADW_TYPE_MESSAGE_DIALOG)

static void
clear_input (gpointer data)
{
  Input *input = data;

  g_free (input->name);
  g_free (input->type);
}

static void
fermata_app_inputs_dialog_finalize (GObject *object)
{
  g_array_unref (FERMATA_APP_INPUTS_DIALOG (object)->inputs);

  G_OBJECT_CLASS (fermata_app_inputs_dialog_parent_class)->finalize (object);
}

static void
fermata_app_inputs_dialog_class_init (FermataAppInputsDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_app_inputs_dialog_finalize;
}

static void
fermata_app_inputs_dialog_init (FermataAppInputsDialog *self)
{
  self->inputs = g_array_new (FALSE, FALSE, sizeof (Input));
  g_array_set_clear_func (self->inputs, clear_input);
}

static FermataValue *
get_declared (FermataGraph *graph)
{
  FermataValue *declared = fermata_graph_get_member (graph, "inputs");

  return declared != NULL && fermata_value_get_kind (declared) == FERMATA_VALUE_KIND_OBJECT
         && fermata_value_get_length (declared) > 0 ? declared : NULL;
}

gboolean
fermata_app_inputs_dialog_is_needed (FermataGraph *graph)
{
  return get_declared (graph) != NULL;
}

static const char *
text_of (FermataValue *declaration,
         const char   *name)
{
  FermataValue *value = fermata_value_get_kind (declaration) == FERMATA_VALUE_KIND_OBJECT
                        ? fermata_value_get_member (declaration, name) : NULL;

  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING
         ? fermata_value_get_string (value, NULL) : NULL;
}

/* Texts are typed as they are, everything else as JSON. */
static gboolean
is_text (const Input *input)
{
  return g_strcmp0 (input->type, "string") == 0;
}

/* NULL with @error set, or with none where nothing was typed. */
static FermataValue *
read_input (const Input  *input,
            GError      **error)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (input->row));
  g_autoptr (FermataValue) value = NULL;
  const char *kind;

  if (is_text (input))
    return fermata_value_new_string (text, -1);
  if (*text == '\0')
    return NULL;

  value = fermata_value_parse (text, -1, error);
  if (value == NULL || input->type == NULL || g_str_equal (input->type, "any"))
    return g_steal_pointer (&value);

  kind = fermata_value_kind_to_string (fermata_value_get_kind (value));
  if (g_str_equal (kind, input->type) || (g_str_equal (kind, "integer") && g_str_equal (input->type, "number")))
    return g_steal_pointer (&value);

  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INPUT,
               _("Must be of type %s, but is of type %s"), input->type, kind);

  return NULL;
}

static void
check (FermataAppInputsDialog *self)
{
  gboolean all_right = TRUE;

  for (guint i = 0; i < self->inputs->len; i++)
    {
      const Input *input = &g_array_index (self->inputs, Input, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataValue) value = read_input (input, &error);

      gtk_label_set_label (GTK_LABEL (input->problem), error != NULL ? error->message : "");
      gtk_widget_set_visible (input->problem, error != NULL);
      all_right = all_right && error == NULL;
    }
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "run", all_right);
}

static char *
first_text (const Input  *input,
            FermataValue *declaration,
            FermataValue *before)
{
  FermataValue *value = before != NULL ? fermata_value_get_member (before, input->name) : NULL;

  if (value == NULL && fermata_value_get_kind (declaration) == FERMATA_VALUE_KIND_OBJECT)
    value = fermata_value_get_member (declaration, "default");
  if (value == NULL)
    return g_strdup ("");
  if (is_text (input) && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    return g_strdup (fermata_value_get_string (value, NULL));

  return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
}

static GtkWidget *
add_caption (GtkBox     *box,
             const char *text,
             const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_margin_start (label, 12);
  gtk_box_append (box, label);

  return label;
}

static void
add_input (FermataAppInputsDialog *self,
           GtkBox                 *box,
           const char             *name,
           FermataValue           *declaration,
           FermataValue           *before)
{
  GtkWidget *list = gtk_list_box_new ();
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  Input input = { g_strdup (name), g_strdup (text_of (declaration, "type")), adw_entry_row_new (), NULL };

  title = input.type != NULL ? g_strdup_printf ("%s (%s)", name, input.type) : g_strdup (name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (input.row), title);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (input.row), FALSE);
  text = first_text (&input, declaration, before);
  gtk_editable_set_text (GTK_EDITABLE (input.row), text);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), input.row);
  gtk_box_append (box, list);
  if (text_of (declaration, "description") != NULL)
    add_caption (box, text_of (declaration, "description"), "dim-label");
  input.problem = add_caption (box, NULL, "error");
  g_array_append_val (self->inputs, input);

  g_signal_connect_object (input.row, "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  g_object_set (input.row, "activates-default", TRUE, NULL);
}

GtkWidget *
fermata_app_inputs_dialog_new (GtkWindow    *parent,
                               FermataGraph *graph,
                               FermataValue *before)
{
  FermataAppInputsDialog *self = g_object_new (FERMATA_TYPE_APP_INPUTS_DIALOG,
                                               "heading", _("Inputs"),
                                               "body", _("What the run is to begin with. Texts as they are, anything else as JSON."),
                                               "transient-for", parent,
                                               "modal", parent != NULL,
                                               NULL);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  FermataValue *declared = get_declared (graph);

  for (gsize i = 0; declared != NULL && i < fermata_value_get_length (declared); i++)
    {
      const char *name = fermata_value_get_member_name (declared, i);

      add_input (self, GTK_BOX (box), name, fermata_value_get_member (declared, name), before);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 420);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  adw_message_dialog_set_extra_child (dialog, scrolled);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "run", _("_Run"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "run", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "run");
  adw_message_dialog_set_close_response (dialog, "cancel");
  check (self);

  return GTK_WIDGET (self);
}

FermataValue *
fermata_app_inputs_dialog_dup_inputs (FermataAppInputsDialog *self)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  for (guint i = 0; i < self->inputs->len; i++)
    {
      const Input *input = &g_array_index (self->inputs, Input, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataValue) value = read_input (input, &error);

      if (error != NULL)
        return NULL;
      if (value != NULL)
        fermata_value_builder_set (builder, input->name, value);
    }

  return fermata_value_builder_end (builder);
}
