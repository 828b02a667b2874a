/* fermata-app-renamer.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-renamer.h"

#include "fermata-app-members-scxml.h"

#include "fermata-app-popover.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum {
  FIELD_ID,
  FIELD_TEXT,       /* a string; what is no string is shown as JSON */
  FIELD_WORDS,      /* a string, or several */
  FIELD_DURATION,   /* a string, or a number of seconds */
  FIELD_JSON,       /* any value; what is not JSON is a string */
} FermataAppFieldForm;

typedef struct {
  const char *member;
  const char *title;
  const char *placeholder;
  FermataAppFieldForm form;
} FermataAppField;

static const FermataAppField node_fields[] = {
  { "id", N_("Name"), NULL, FIELD_ID },
};
static const FermataAppField labelled_node_fields[] = {
  { "label", N_("Name"), NULL, FIELD_TEXT },
};
static const FermataAppField transition_fields[] = {
  { "event", N_("Event"), N_("name of an event"), FIELD_WORDS },
  { "when", N_("When"), N_("always, if empty"), FIELD_TEXT },
  { "after", N_("After"), N_("a time, such as 5s"), FIELD_DURATION },
};
static const FermataAppField scxml_transition_fields[] = {
  { "event", N_("Event"), N_("name of an event"), FIELD_TEXT },
  { "when", N_("When"), N_("always, if empty"), FIELD_TEXT },
};
static const FermataAppField edge_fields[] = {
  { "when", N_("When"), N_("always, if empty"), FIELD_TEXT },
};
static const FermataAppField routed_edge_fields[] = {
  { "case", N_("Case"), N_("what the node finds"), FIELD_JSON },
  { "when", N_("When"), N_("always, if empty"), FIELD_TEXT },
};

#define MAX_FIELDS 3

struct _FermataAppRenamer {
  GtkPopover parent_instance;

  GtkGrid *grid;
  GtkLabel *message;

  FermataAppDocument *document;
  gpointer element; /* a reference; NULL when there is nothing left to do */
  const FermataAppField *fields;
  guint n_fields;
  GtkWidget *entries[MAX_FIELDS];
  char *texts[MAX_FIELDS]; /* as they were */
};

G_DEFINE_FINAL_TYPE (FermataAppRenamer, fermata_app_renamer, GTK_TYPE_POPOVER)

/* Text and value */

static char *
join_words (FermataValue *value)
{
  GString *words = g_string_new (NULL);
  gsize n = fermata_value_get_length (value);

  for (gsize i = 0; i < n; i++)
    {
      FermataValue *word = fermata_value_get_element (value, i);

      if (fermata_value_get_kind (word) == FERMATA_VALUE_KIND_STRING)
        g_string_append_printf (words, "%s%s", i > 0 ? " " : "", fermata_value_get_string (word, NULL));
    }
  return g_string_free (words, FALSE);
}

static char *
dup_value_text (FermataAppFieldForm  form,
                FermataValue        *value)
{
  if (value == NULL)
    return g_strdup ("");
  if (form == FIELD_JSON)
    return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    return g_strdup (fermata_value_get_string (value, NULL));
  if (form == FIELD_WORDS && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_ARRAY)
    return join_words (value);
  return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
}

static FermataValue *
split_words (const char *text)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  g_auto (GStrv) words = g_strsplit_set (text, " \t", -1);
  g_autoptr (FermataValue) array = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      fermata_value_builder_add_string (builder, words[i]);
  array = fermata_value_builder_end (builder);
  if (fermata_value_get_length (array) == 1)
    return fermata_value_ref (fermata_value_get_element (array, 0));
  return g_steal_pointer (&array);
}

static FermataValue *
new_value (FermataAppFieldForm  form,
           const char          *text)
{
  FermataValue *value = NULL;

  if (form == FIELD_WORDS)
    return split_words (text);
  if (form == FIELD_JSON || (form == FIELD_DURATION && g_ascii_isdigit (text[strlen (text) - 1])))
    value = fermata_value_parse (text, -1, NULL);
  return value != NULL ? value : fermata_value_new_string (text, -1);
}

static char *
dup_entry_text (FermataAppRenamer *self,
                guint              index)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entries[index]))));
}

static FermataValue *
get_member (gpointer    element,
            const char *name)
{
  return FERMATA_IS_NODE (element) ? fermata_node_get_member (element, name)
                                   : fermata_edge_get_member (element, name);
}

/* Whether it can be done */

static gboolean
is_in_graph (gpointer element)
{
  return FERMATA_IS_NODE (element) ? fermata_node_get_graph (element) != NULL
                                   : fermata_edge_get_graph (element) != NULL;
}

static char *
dup_id_problem (FermataAppRenamer *self,
                const char        *id)
{
  FermataNode *other;

  if (!fermata_model_id_is_valid (id, -1))
    return g_strdup (id[0] == '\0' ? _("A node has a name") : _("“/”, “#” and “>” cannot be in a name"));
  other = fermata_graph_find_node (fermata_node_get_graph (self->element), id);
  if (other != NULL && other != self->element)
    return g_strdup_printf (_("There is a “%s” already"), id);
  return NULL;
}

static gboolean
check (FermataAppRenamer *self)
{
  gboolean is_fine = TRUE;

  if (!is_in_graph (self->element))
    return TRUE;
  for (guint i = 0; i < self->n_fields; i++)
    {
      g_autofree char *text = dup_entry_text (self, i);
      g_autofree char *problem = NULL;

      if (self->fields[i].form != FIELD_ID)
        continue;
      problem = dup_id_problem (self, text);
      gtk_label_set_text (self->message, problem != NULL ? problem : "");
      gtk_widget_set_visible (GTK_WIDGET (self->message), problem != NULL);
      if (problem != NULL)
        gtk_widget_add_css_class (self->entries[i], "error");
      else
        gtk_widget_remove_css_class (self->entries[i], "error");
      is_fine = problem == NULL;
    }
  return is_fine;
}

/* Doing it */

static FermataEdit *
new_edit (FermataAppRenamer     *self,
          const FermataAppField *field,
          const char            *path,
          const char            *text)
{
  g_autoptr (FermataValue) value = NULL;

  if (field->form == FIELD_ID)
    return fermata_edit_new_rename_node (path, text);
  if (text[0] == '\0')
    return get_member (self->element, field->member) != NULL
         ? fermata_edit_new_unset_member (path, field->member)
         : NULL;
  value = new_value (field->form, text);
  return fermata_edit_new_set_member (path, field->member, value);
}

static FermataEdit *
new_group (FermataAppRenamer *self)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_edit_unref);
  g_autofree char *path = FERMATA_IS_NODE (self->element) ? fermata_node_dup_path (self->element)
                                                          : fermata_edge_dup_path (self->element);

  for (guint i = 0; i < self->n_fields; i++)
    {
      g_autofree char *text = dup_entry_text (self, i);
      FermataEdit *edit = strcmp (text, self->texts[i]) != 0
                        ? new_edit (self, &self->fields[i], path, text)
                        : NULL;

      if (edit != NULL)
        g_ptr_array_add (edits, edit);
    }
  if (edits->len == 0)
    return NULL;
  return fermata_edit_new_group ((FermataEdit *const *) edits->pdata, edits->len);
}

static void
commit (FermataAppRenamer *self)
{
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  FermataEdit *edit;

  if (!is_in_graph (self->element) || !check (self))
    return;
  edit = new_group (self);
  if (edit == NULL)
    return;
  if (FERMATA_IS_NODE (self->element))
    {
      title = g_strdup_printf (_("Rename “%s”"), fermata_node_get_id (self->element));
    }
  else
    {
      name = fermata_edge_dup_name (self->element);
      title = g_strdup_printf (_("Change “%s”"), name);
    }
  fermata_app_document_apply (self->document, edit, title);
}

/* What is typed is lost only by Escape, or if it cannot be. */
static void
finish (FermataAppRenamer *self,
        gboolean           keep)
{
  g_autoptr (GObject) element = NULL;

  if (self->element == NULL)
    return;
  if (keep)
    commit (self);
  element = g_steal_pointer (&self->element);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
finish_and_return (FermataAppRenamer *self,
                   gboolean           keep)
{
  finish (self, keep);
  gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (self)));
}

/* Of the popover, or of the whole window: one may look something up elsewhere. */
static void
on_leave (FermataAppRenamer *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    finish (self, TRUE);
}

static void
on_activate (FermataAppRenamer *self)
{
  if (self->element == NULL || check (self))
    finish_and_return (self, TRUE);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static gboolean
on_key (FermataAppRenamer *self,
        guint              keyval)
{
  if (keyval != GDK_KEY_Escape)
    return FALSE;
  finish_and_return (self, FALSE);
  return TRUE;
}

static void
on_changed (FermataAppRenamer *self)
{
  if (self->element != NULL)
    check (self);
}

/* Fields */

static gboolean
is_routed (FermataAppRenamer *self,
           FermataEdge       *edge)
{
  FermataEngine *engine = fermata_app_document_get_engine (self->document);
  FermataNodeCatalog *catalog = fermata_node_registry_get_catalog (fermata_engine_get_registry (engine));
  FermataNode *source = fermata_edge_get_source (edge);
  const char *type = source != NULL ? fermata_node_get_type_name (source) : NULL;
  const FermataNodeDescription *description = type != NULL ? fermata_node_catalog_find (catalog, type) : NULL;

  return fermata_edge_get_member (edge, "case") != NULL ||
         (description != NULL && description->routing != FERMATA_ROUTING_NONE);
}

#define TAKE_FIELDS(self_, fields_) \
  G_STMT_START { (self_)->fields = (fields_); (self_)->n_fields = G_N_ELEMENTS (fields_); } G_STMT_END

static void
choose_fields (FermataAppRenamer *self)
{
  if (FERMATA_IS_NODE (self->element) && fermata_node_get_label (self->element) != NULL)
    TAKE_FIELDS (self, labelled_node_fields);
  else if (FERMATA_IS_NODE (self->element))
    TAKE_FIELDS (self, node_fields);
  else if (fermata_app_is_scxml (fermata_edge_get_graph (self->element)))
    TAKE_FIELDS (self, scxml_transition_fields);
  else if (fermata_graph_get_kind (fermata_edge_get_graph (self->element)) == FERMATA_GRAPH_KIND_FSM)
    TAKE_FIELDS (self, transition_fields);
  else if (is_routed (self, self->element))
    TAKE_FIELDS (self, routed_edge_fields);
  else
    TAKE_FIELDS (self, edge_fields);
}

static void
add_field (FermataAppRenamer *self,
           guint              index)
{
  const FermataAppField *field = &self->fields[index];
  GtkWidget *label = gtk_label_new (_(field->title));
  GtkWidget *entry = gtk_entry_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 24);
  gtk_editable_set_text (GTK_EDITABLE (entry), self->texts[index]);
  if (field->placeholder != NULL)
    gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _(field->placeholder));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _(field->title), -1);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (on_activate), self);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (on_changed), self);

  if (self->n_fields > 1)
    gtk_grid_attach (self->grid, label, 0, (int) index, 1, 1);
  else
    g_object_unref (g_object_ref_sink (label));
  gtk_grid_attach (self->grid, entry, 1, (int) index, 1, 1);
  self->entries[index] = entry;
}

static void
clear_fields (FermataAppRenamer *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  for (guint i = 0; i < MAX_FIELDS; i++)
    g_clear_pointer (&self->texts[i], g_free);
  self->n_fields = 0;
}

static void
fermata_app_renamer_dispose (GObject *object)
{
  FermataAppRenamer *self = FERMATA_APP_RENAMER (object);

  for (guint i = 0; i < MAX_FIELDS; i++)
    g_clear_pointer (&self->texts[i], g_free);
  self->n_fields = 0;
  g_clear_object (&self->element);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (fermata_app_renamer_parent_class)->dispose (object);
}

static void
fermata_app_renamer_class_init (FermataAppRenamerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fermata_app_renamer_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-renamer.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppRenamer, grid);
  gtk_widget_class_bind_template_child (widget_class, FermataAppRenamer, message);
  gtk_widget_class_bind_template_callback (widget_class, on_leave);
}

static void
fermata_app_renamer_init (FermataAppRenamer *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  fermata_app_popover_keep_keys (GTK_POPOVER (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
fermata_app_renamer_new (void)
{
  return g_object_new (FERMATA_TYPE_APP_RENAMER, NULL);
}

void
fermata_app_renamer_open (FermataAppRenamer  *self,
                          FermataAppDocument *document,
                          gpointer            element,
                          const GdkRectangle *place)
{
  finish (self, TRUE);
  clear_fields (self);
  g_set_object (&self->document, document);
  self->element = g_object_ref (element);
  choose_fields (self);
  for (guint i = 0; i < self->n_fields; i++)
    {
      self->texts[i] = dup_value_text (self->fields[i].form, get_member (element, self->fields[i].member));
      add_field (self, i);
    }
  check (self);
  fermata_app_popover_open (GTK_POPOVER (self), place, self->entries[0]);
}
