/* fermata-app-inspector.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-inspector.h"

#include "fermata-app-addable.h"
#include "fermata-app-bodies.h"
#include "fermata-app-members.h"

#include <glib/gi18n.h>

struct _FermataAppInspector {
  FermataAppPane parent_instance;

  GtkStack *stack;
  GtkScrolledWindow *scrolled;
  GtkLabel *title;
  GtkLabel *kind;
  GtkLabel *several;
  GtkBox *order;       /* of an edge: moves it among those of its source */
  GtkBox *sections;
  GtkBox *bodies;      /* of a node that may have some: a button each, and one for its file */

  gpointer subject;    /* what the fields are of */
  char *type_name;     /* of a node, when its fields were made */
  GPtrArray *fields;
  guint bodies_shown;  /* which buttons there are */
  GArray *types;       /* FermataAppChoice, one a node type */
  guint type_source;
};

G_DEFINE_FINAL_TYPE (FermataAppInspector, fermata_app_inspector, FERMATA_TYPE_APP_PANE)

/* Types of nodes */

static FermataNodeCatalog *
get_catalog (FermataAppInspector *self)
{
  FermataAppDocument *document = fermata_app_pane_get_document (FERMATA_APP_PANE (self));

  return fermata_node_registry_get_catalog (
    fermata_engine_get_registry (fermata_app_document_get_engine (document)));
}

static void
list_types (FermataAppInspector *self)
{
  FermataNodeCatalog *catalog = get_catalog (self);
  guint n_types = fermata_node_catalog_get_n_types (catalog);
  FermataAppChoice end = { NULL, NULL };

  g_array_set_size (self->types, 0);
  for (guint i = 0; i < n_types; i++)
    {
      const FermataNodeDescription *type = fermata_node_catalog_get_nth (catalog, i);
      g_autofree char *json = g_strdup_printf ("\"%s\"", type->name);
      FermataAppChoice choice = { type->title, g_intern_string (json) };

      g_array_append_val (self->types, choice);
    }
  g_array_append_val (self->types, end);
}

static const FermataNodeDescription *
get_type_of (FermataAppInspector *self,
             gpointer             subject)
{
  const char *name = FERMATA_IS_NODE (subject) ? fermata_node_get_type_name (subject) : NULL;

  return name != NULL ? fermata_node_catalog_find (get_catalog (self), name) : NULL;
}

static gboolean
is_task (gpointer subject)
{
  FermataGraph *graph = FERMATA_IS_NODE (subject) ? fermata_node_get_graph (subject) : NULL;

  return graph != NULL && fermata_graph_get_kind (graph) != FERMATA_GRAPH_KIND_FSM;
}

/* Fields */

static void
add_field (FermataAppInspector    *self,
           GtkBox                 *box,
           const FermataAppMember *member)
{
  FermataAppDocument *document = fermata_app_pane_get_document (FERMATA_APP_PANE (self));
  FermataAppField *field = fermata_app_field_new (document, self->subject, member);

  g_ptr_array_add (self->fields, g_object_ref_sink (field));
  gtk_box_append (box, GTK_WIDGET (field));
}

static GtkBox *
add_section (FermataAppInspector *self,
             const char          *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (box, "inspector-section");
  if (title != NULL)
    {
      GtkWidget *label = gtk_label_new (title);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "heading");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_box_append (self->sections, box);

  return GTK_BOX (box);
}

static void
add_members (FermataAppInspector    *self,
             GtkBox                 *box,
             const FermataAppMember *members)
{
  for (; members->title != NULL; members++)
    add_field (self, box, members);
}

static void
add_type (FermataAppInspector *self,
          GtkBox              *box)
{
  const FermataNodeDescription *type = get_type_of (self, self->subject);
  FermataAppMember member = {
    .title = N_("Type"),
    .doc = type != NULL ? type->doc : NULL,
    .path = { "type" },
    .control = FERMATA_APP_CONTROL_CHOICE,
    .choices = (const FermataAppChoice *) self->types->data,
  };

  add_field (self, box, &member);
}

/* What is in "with" that the type does not know is kept, and shown. */
static void
add_unknown (FermataAppInspector          *self,
             GtkBox                       *box,
             const FermataNodeDescription *type)
{
  FermataValue *with = fermata_node_get_member (self->subject, "with");
  gsize n_members = with != NULL && fermata_value_get_kind (with) == FERMATA_VALUE_KIND_OBJECT
                      ? fermata_value_get_length (with) : 0;

  for (gsize i = 0; i < n_members; i++)
    {
      const char *name = fermata_value_get_member_name (with, i);
      FermataAppMember member = fermata_app_member_for_unknown (name);

      if (type == NULL || fermata_node_description_find (type, name) == NULL)
        add_field (self, box, &member);
    }
}

static void
add_with (FermataAppInspector *self)
{
  const FermataNodeDescription *type = get_type_of (self, self->subject);
  GtkBox *box = add_section (self, NULL);
  GtkWidget *doc;

  add_type (self, box);
  if (type != NULL)
    {
      doc = gtk_label_new (type->doc);
      gtk_label_set_xalign (GTK_LABEL (doc), 0);
      gtk_label_set_wrap (GTK_LABEL (doc), TRUE);
      gtk_widget_add_css_class (doc, "dim-label");
      gtk_widget_add_css_class (doc, "caption");
      gtk_box_append (box, doc);
    }
  for (guint i = 0; type != NULL && i < type->n_parameters; i++)
    {
      FermataAppMember member = fermata_app_member_for_parameter (&type->parameters[i]);

      add_field (self, box, &member);
    }
  add_unknown (self, box, type);
}

static void
drop_fields (FermataAppInspector *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->fields, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sections))) != NULL)
    gtk_box_remove (self->sections, child);
}

static void
make_fields (FermataAppInspector *self)
{
  const FermataAppSection *section = fermata_app_members_get_sections (self->subject);

  for (; section->members != NULL; section++)
    {
      if (section->members == fermata_app_members_with)
        add_with (self);
      else
        add_members (self, add_section (self, section->title != NULL ? _(section->title) : NULL), section->members);
    }
}

/* What it is all about */

static char *
dup_edge_title (FermataEdge *edge)
{
  g_autoptr (GString) title = g_string_new (fermata_edge_get_source_id (edge));
  guint n_targets = fermata_edge_get_n_targets (edge);

  for (guint i = 0; i < n_targets; i++)
    g_string_append_printf (title, "%s%s", i == 0 ? " → " : ", ", fermata_edge_get_target_id (edge, i));

  return g_strdup (title->str);
}

static char *
dup_title (FermataAppInspector *self)
{
  const char *label;

  if (FERMATA_IS_EDGE (self->subject))
    return dup_edge_title (self->subject);
  if (FERMATA_IS_NODE (self->subject))
    {
      label = fermata_node_get_label (self->subject);
      return g_strdup (label != NULL ? label : fermata_node_get_id (self->subject));
    }

  label = fermata_graph_get_name (self->subject);
  if (label == NULL && fermata_graph_get_owner (self->subject) != NULL)
    return fermata_app_bodies_dup_title (self->subject);
  return g_strdup (label != NULL ? label : _("Untitled"));
}

static const char *
get_kind (FermataAppInspector *self)
{
  const FermataNodeDescription *type = get_type_of (self, self->subject);

  if (FERMATA_IS_EDGE (self->subject))
    return fermata_graph_get_kind (fermata_edge_get_graph (self->subject)) == FERMATA_GRAPH_KIND_FSM ? _("Transition")
                                                                                                     : _("Edge");
  if (FERMATA_IS_NODE (self->subject))
    return !is_task (self->subject) ? _("State") : type != NULL ? type->title : _("Task");

  switch (fermata_graph_get_kind (self->subject))
    {
    case FERMATA_GRAPH_KIND_FSM:
      return _("State machine");
    case FERMATA_GRAPH_KIND_FLOW:
      return _("Dataflow");
    case FERMATA_GRAPH_KIND_DAG:
    case FERMATA_GRAPH_KIND_UNKNOWN:
    default:
      return _("Graph of tasks");
    }
}

/* Those that it has are opened; one that it may have and has not is offered. */
static const struct {
  const char *name;
  const char *open;
  const char *add;
} body_buttons[] = {
  { "body", N_("Open Body"), N_("Add Body") },
  { "catch", N_("Open Catch"), N_("Add Catch") },
  { "finally", N_("Open Finally"), N_("Add Finally") },
};

static void
add_body (FermataAppInspector *self,
          const char          *name)
{
  FermataAppDocument *document = fermata_app_pane_get_document (FERMATA_APP_PANE (self));
  g_autofree char *path = fermata_node_dup_path (self->subject);
  g_autoptr (FermataValue) body = NULL;

  body = fermata_app_addable_new_body (fermata_app_bodies_get_rule (document, self->subject), name);
  for (guint i = 0; i < G_N_ELEMENTS (body_buttons); i++)
    {
      if (g_str_equal (body_buttons[i].name, name))
        fermata_app_document_apply (document, fermata_edit_new_add_body (path, name, body), _(body_buttons[i].add));
    }
}

/* What is entered shows another subject. */
static void
body_clicked (GtkWidget           *button,
              FermataAppInspector *self)
{
  g_autoptr (FermataNode) node = g_object_ref (self->subject);
  FermataAppDocument *document = fermata_app_pane_get_document (FERMATA_APP_PANE (self));
  const char *name = g_object_get_data (G_OBJECT (button), "body");
  FermataGraph *body;

  if (name == NULL)
    {
      fermata_app_document_open_file_of (document, node);
      return;
    }
  if (fermata_node_get_body (node, name) == NULL)
    add_body (self, name);
  body = fermata_node_get_body (node, name);
  if (body != NULL)
    fermata_app_document_set_shown (document, body);
}

static void
drop_bodies (FermataAppInspector *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->bodies))) != NULL)
    gtk_box_remove (self->bodies, child);
}

static void
add_body_button (FermataAppInspector *self,
                 const char          *label,
                 const char          *name)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
  g_object_set_data (G_OBJECT (button), "body", (gpointer) name);
  g_signal_connect_object (button, "clicked", G_CALLBACK (body_clicked), self, 0);
  gtk_box_append (self->bodies, button);
}

static void
show_bodies (FermataAppInspector *self)
{
  FermataAppDocument *document = fermata_app_pane_get_document (FERMATA_APP_PANE (self));
  gboolean is_node = FERMATA_IS_NODE (self->subject);
  guint shown = is_node ? 1 : 0;

  /* Made anew only where they are others: one of them may have the focus. */
  for (guint i = 0; is_node && i < G_N_ELEMENTS (body_buttons); i++)
    shown |= (fermata_node_get_body (self->subject, body_buttons[i].name) != NULL ? 2 : 0) << 2 * i
             | (fermata_app_bodies_may_have (document, self->subject, body_buttons[i].name) ? 4 : 0) << 2 * i;
  if (is_node && fermata_node_get_n_bodies (self->subject) == 0
      && fermata_app_document_can_enter (document, self->subject))
    shown |= 1 << 8;
  if (shown == self->bodies_shown)
    return;

  self->bodies_shown = shown;
  drop_bodies (self);
  if ((shown & 1 << 8) != 0)
    add_body_button (self, _("Open File"), NULL);
  for (guint i = 0; (shown & 1 << 8) == 0 && i < G_N_ELEMENTS (body_buttons); i++)
    {
      gboolean has = (shown & 2u << 2 * i) != 0;

      if (has || (shown & 4u << 2 * i) != 0)
        add_body_button (self, has ? _(body_buttons[i].open) : _(body_buttons[i].add), body_buttons[i].name);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->bodies), gtk_widget_get_first_child (GTK_WIDGET (self->bodies)) != NULL);
}

static void
show_title (FermataAppInspector *self)
{
  g_autofree char *title = dup_title (self);

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->kind, get_kind (self));
  gtk_widget_set_visible (GTK_WIDGET (self->order), FERMATA_IS_EDGE (self->subject));
  show_bodies (self);
}

/* What the checker says of each member */

static void
add_remark (FermataAppInspector *self,
            FermataDiagnostic   *diagnostic,
            const char          *rest)
{
  g_auto (GStrv) steps = g_strsplit (rest, "/", 4);
  const char *message = fermata_diagnostic_get_message (diagnostic);

  for (guint i = 0; i < self->fields->len; i++)
    {
      FermataAppField *field = g_ptr_array_index (self->fields, i);
      const FermataAppMember *member = fermata_app_field_get_member (field);
      guint n = 0;

      while (member->path[n] != NULL && g_strcmp0 (member->path[n], steps[0] != NULL ? steps[n + 1] : NULL) == 0)
        n++;
      if (member->path[n] == NULL)
        fermata_app_field_set_remark (field, message, fermata_diagnostic_get_severity (diagnostic));
    }
}

static void
show_remarks (FermataAppInspector *self)
{
  FermataAppDocument *document = fermata_app_pane_get_document (FERMATA_APP_PANE (self));
  GListModel *diagnostics = fermata_app_document_get_diagnostics (document);
  guint n = g_list_model_get_n_items (diagnostics);

  for (guint i = 0; i < self->fields->len; i++)
    fermata_app_field_set_remark (g_ptr_array_index (self->fields, i), NULL, FERMATA_SEVERITY_HINT);
  /* The first of a member is the one that is shown. */
  for (guint i = n; i > 0 && self->subject != NULL; i--)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (diagnostics, i - 1);
      const char *path = fermata_diagnostic_get_path (diagnostic);
      const char *rest = NULL;

      if (fermata_app_document_is_of_other_file (document, diagnostic) || path == NULL)
        continue;
      if (fermata_graph_lookup_path (fermata_app_document_get_graph (document), path, &rest) == self->subject)
        add_remark (self, diagnostic, rest);
    }
}

/* Following selection and document */

static gpointer
find_subject (FermataAppInspector *self)
{
  FermataAppDocument *document = fermata_app_pane_get_document (FERMATA_APP_PANE (self));
  FermataAppSelection *selection = fermata_app_document_get_selection (document);

  if (fermata_app_selection_get_n (selection) == 0)
    return fermata_app_document_get_shown (document);

  return fermata_app_selection_get_only (selection);
}

static void
show_several (FermataAppInspector *self)
{
  FermataAppDocument *document = fermata_app_pane_get_document (FERMATA_APP_PANE (self));
  guint n = fermata_app_selection_get_n (fermata_app_document_get_selection (document));
  g_autofree char *text = g_strdup_printf (ngettext ("%u thing is selected", "%u things are selected", n), n);

  gtk_label_set_label (self->several, text);
}

static const char *
get_type_name (gpointer subject)
{
  return FERMATA_IS_NODE (subject) ? fermata_node_get_type_name (subject) : NULL;
}

static void
show_subject (FermataAppInspector *self)
{
  gpointer subject = find_subject (self);

  if (subject != self->subject)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  drop_fields (self);
  g_set_object ((GObject **) &self->subject, subject);
  g_free (self->type_name);
  self->type_name = g_strdup (get_type_name (subject));
  gtk_stack_set_visible_child_name (self->stack, subject != NULL ? "one" : "several");
  if (subject == NULL)
    {
      show_several (self);
      return;
    }

  make_fields (self);
  show_title (self);
  show_remarks (self);
}

static gboolean
is_in_graph (gpointer subject)
{
  if (FERMATA_IS_NODE (subject))
    return fermata_node_get_graph (subject) != NULL;

  return !FERMATA_IS_EDGE (subject) || fermata_edge_get_graph (subject) != NULL;
}

FermataAppField *
fermata_app_inspector_find_field (FermataAppInspector *self,
                                  const char          *title)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      FermataAppField *field = g_ptr_array_index (self->fields, i);

      if (g_strcmp0 (fermata_app_field_get_member (field)->title, title) == 0)
        return field;
    }

  return NULL;
}

/* Another type has other fields; who chose it stays there. Not at once: the field
 * that it was chosen in is one of those that go. */
static gboolean
show_type (gpointer user_data)
{
  FermataAppInspector *self = user_data;
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->sections)) != NULL;
  FermataAppField *field;

  self->type_source = 0;
  show_subject (self);
  field = had_focus ? fermata_app_inspector_find_field (self, "Type") : NULL;
  if (field != NULL)
    gtk_widget_grab_focus (fermata_app_field_get_input (field));

  return G_SOURCE_REMOVE;
}

static void
edited (FermataAppInspector *self)
{
  if (self->subject == NULL || !is_in_graph (self->subject) || self->subject != find_subject (self))
    return;
  if (is_task (self->subject) && g_strcmp0 (self->type_name, get_type_name (self->subject)) != 0)
    {
      if (self->type_source == 0)
        self->type_source = g_idle_add (show_type, self);
      return;
    }

  for (guint i = 0; i < self->fields->len; i++)
    fermata_app_field_refresh (g_ptr_array_index (self->fields, i));
  show_title (self);
}

/* What one does */

static void
shift (FermataAppInspector *self,
       int                  by)
{
  FermataAppDocument *document = fermata_app_pane_get_document (FERMATA_APP_PANE (self));
  g_autoptr (GError) error = NULL;
  FermataEdit *edit = fermata_edit_new_shift_edge (self->subject, by, &error);

  if (edit != NULL)
    fermata_app_document_apply (document, edit, by < 0 ? _("Try Edge Earlier") : _("Try Edge Later"));
  else
    fermata_app_document_fail (document, error->message);
}

static void
earlier_clicked (FermataAppInspector *self)
{
  shift (self, -1);
}

static void
later_clicked (FermataAppInspector *self)
{
  shift (self, 1);
}

/* The pane */

static gboolean
fermata_app_inspector_grab_focus (GtkWidget *widget)
{
  FermataAppInspector *self = FERMATA_APP_INSPECTOR (widget);

  if (self->fields->len == 0)
    return FALSE;

  return gtk_widget_grab_focus (fermata_app_field_get_input (g_ptr_array_index (self->fields, 0)));
}

/* Who comes here wants to write: what moves an edge is a step back. */
static gboolean
fermata_app_inspector_focus (GtkWidget        *widget,
                             GtkDirectionType  direction)
{
  if (direction == GTK_DIR_TAB_FORWARD && gtk_widget_get_focus_child (widget) == NULL
      && gtk_widget_grab_focus (widget))
    return TRUE;

  return GTK_WIDGET_CLASS (fermata_app_inspector_parent_class)->focus (widget, direction);
}

/* Escape leads back to the canvas. */
static gboolean
leave (GtkWidget *widget,
       GVariant  *arguments,
       gpointer   user_data)
{
  FermataAppDocument *document = fermata_app_pane_get_document (FERMATA_APP_PANE (widget));

  if (document != NULL)
    fermata_app_document_want_focus (document, "canvas");

  return document != NULL;
}

static void
fermata_app_inspector_attach (FermataAppPane     *pane,
                              FermataAppDocument *document)
{
  FermataAppInspector *self = FERMATA_APP_INSPECTOR (pane);

  list_types (self);
  g_signal_connect_object (fermata_app_document_get_selection (document), "items-changed",
                           G_CALLBACK (show_subject), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::shown", G_CALLBACK (show_subject), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fermata_app_document_get_graph (document), "edited", G_CALLBACK (edited), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (fermata_app_document_get_diagnostics (document), "items-changed",
                           G_CALLBACK (show_remarks), self, G_CONNECT_SWAPPED);
  show_subject (self);
}

static void
fermata_app_inspector_detach (FermataAppPane     *pane,
                              FermataAppDocument *document)
{
  FermataAppInspector *self = FERMATA_APP_INSPECTOR (pane);

  g_clear_handle_id (&self->type_source, g_source_remove);
  g_signal_handlers_disconnect_by_data (fermata_app_document_get_selection (document), self);
  g_signal_handlers_disconnect_by_data (fermata_app_document_get_graph (document), self);
  g_signal_handlers_disconnect_by_data (fermata_app_document_get_diagnostics (document), self);
  if (self->sections != NULL)
    drop_fields (self);
  g_clear_object (&self->subject);
}

static void
fermata_app_inspector_finalize (GObject *object)
{
  FermataAppInspector *self = FERMATA_APP_INSPECTOR (object);

  g_clear_object (&self->subject);
  g_free (self->type_name);
  g_ptr_array_unref (self->fields);
  g_array_unref (self->types);

  G_OBJECT_CLASS (fermata_app_inspector_parent_class)->finalize (object);
}

static void
fermata_app_inspector_class_init (FermataAppInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fermata_app_inspector_finalize;
  widget_class->grab_focus = fermata_app_inspector_grab_focus;
  widget_class->focus = fermata_app_inspector_focus;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, leave, NULL);
  FERMATA_APP_PANE_CLASS (klass)->attach = fermata_app_inspector_attach;
  FERMATA_APP_PANE_CLASS (klass)->detach = fermata_app_inspector_detach;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, FermataAppInspector, scrolled);
  gtk_widget_class_bind_template_child (widget_class, FermataAppInspector, title);
  gtk_widget_class_bind_template_child (widget_class, FermataAppInspector, kind);
  gtk_widget_class_bind_template_child (widget_class, FermataAppInspector, several);
  gtk_widget_class_bind_template_child (widget_class, FermataAppInspector, order);
  gtk_widget_class_bind_template_child (widget_class, FermataAppInspector, sections);
  gtk_widget_class_bind_template_child (widget_class, FermataAppInspector, bodies);
  gtk_widget_class_bind_template_callback (widget_class, earlier_clicked);
  gtk_widget_class_bind_template_callback (widget_class, later_clicked);
}

static void
fermata_app_inspector_init (FermataAppInspector *self)
{
  self->fields = g_ptr_array_new_with_free_func (g_object_unref);
  self->types = g_array_new (FALSE, FALSE, sizeof (FermataAppChoice));
  gtk_widget_init_template (GTK_WIDGET (self));
}
