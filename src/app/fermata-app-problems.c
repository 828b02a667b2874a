/* fermata-app-problems.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-problems.h"

#include <glib/gi18n.h>

enum {
  PROP_0,
  PROP_DOCUMENT,
  N_PROPS,
};

enum {
  COUNTED,
  N_SIGNALS,
};

/* @is_filling: what is selected is not what somebody chose. */
struct _FermataAppProblems {
  AdwBin parent_instance;

  FermataAppDocument *document;
  GtkSingleSelection *rows;
  guint n_errors;
  guint n_warnings;
  gboolean is_filling;

  GtkStack *stack;
  GtkListView *list;
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FermataAppProblems, fermata_app_problems, ADW_TYPE_BIN)

/* --- Rows -------------------------------------------------------------------- */

/* The parts of a row, kept with its box. */
typedef struct {
  GtkImage *icon;
  GtkLabel *message;
  GtkLabel *hint;
  GtkLabel *place;
} Row;

static const char *
get_icon (FermataSeverity severity)
{
  switch (severity)
    {
    case FERMATA_SEVERITY_ERROR:
      return "dialog-error-symbolic";
    case FERMATA_SEVERITY_WARNING:
      return "dialog-warning-symbolic";
    case FERMATA_SEVERITY_HINT:
    default:
      return "dialog-information-symbolic";
    }
}

static const char *
get_style (FermataSeverity severity)
{
  switch (severity)
    {
    case FERMATA_SEVERITY_ERROR:
      return "error";
    case FERMATA_SEVERITY_WARNING:
      return "warning";
    case FERMATA_SEVERITY_HINT:
    default:
      return "accent";
    }
}

static const char *
get_word (FermataSeverity severity)
{
  switch (severity)
    {
    case FERMATA_SEVERITY_ERROR:
      return _("error");
    case FERMATA_SEVERITY_WARNING:
      return _("warning");
    case FERMATA_SEVERITY_HINT:
    default:
      return _("hint");
    }
}

static GtkLabel *
add_label (GtkBox     *box,
           const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);

  return GTK_LABEL (label);
}

static void
on_setup (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Row *row = g_new0 (Row, 1);

  row->icon = GTK_IMAGE (gtk_image_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (row->icon));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), texts);
  row->message = add_label (GTK_BOX (texts), NULL);
  row->hint = add_label (GTK_BOX (texts), "dim-label");
  row->place = add_label (GTK_BOX (box), "dim-label");
  gtk_label_set_wrap (row->place, FALSE);
  gtk_label_set_ellipsize (row->place, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (row->place, 32);
  gtk_label_set_xalign (row->place, 1);
  g_object_set_data_full (G_OBJECT (box), "row", row, g_free);
  gtk_list_item_set_child (item, box);
}

static char *
dup_subject (FermataAppProblems *self,
             FermataDiagnostic  *diagnostic)
{
  gpointer subject = fermata_app_document_find_subject (self->document, diagnostic);

  /* With the bodies that it is in: names are others' in there. */
  if (FERMATA_IS_EDGE (subject) || FERMATA_IS_NODE (subject))
    return fermata_app_document_dup_place (self->document, subject);

  return g_strdup (fermata_diagnostic_get_node (diagnostic));
}

static char *
dup_place (FermataAppProblems *self,
           FermataDiagnostic  *diagnostic)
{
  g_autofree char *subject = NULL;
  const char *member = fermata_diagnostic_get_member (diagnostic);

  if (fermata_app_document_is_of_other_file (self->document, diagnostic))
    return g_strdup_printf ("%s:%u", fermata_diagnostic_get_file (diagnostic),
                            fermata_diagnostic_get_line (diagnostic));

  subject = dup_subject (self, diagnostic);
  if (subject != NULL && member != NULL)
    return g_strdup_printf ("%s · %s", subject, member);
  if (subject != NULL || member != NULL)
    return g_strdup (subject != NULL ? subject : member);

  return g_strdup (fermata_diagnostic_get_path (diagnostic));
}

static void
on_bind (FermataAppProblems *self,
         GtkListItem        *item)
{
  FermataDiagnostic *diagnostic = gtk_list_item_get_item (item);
  FermataSeverity severity = fermata_diagnostic_get_severity (diagnostic);
  const char *hint = fermata_diagnostic_get_hint (diagnostic);
  GtkWidget *box = gtk_list_item_get_child (item);
  Row *row = g_object_get_data (G_OBJECT (box), "row");
  g_autofree char *place = dup_place (self, diagnostic);
  g_autofree char *name = NULL;
  const char *const classes[] = { get_style (severity), NULL };

  gtk_image_set_from_icon_name (row->icon, get_icon (severity));
  gtk_widget_set_css_classes (GTK_WIDGET (row->icon), (const char **) classes);
  gtk_label_set_label (row->message, fermata_diagnostic_get_message (diagnostic));
  gtk_label_set_label (row->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (row->hint), hint != NULL);
  gtk_label_set_label (row->place, place != NULL ? place : "");
  name = g_strdup_printf ("%s: %s", get_word (severity), fermata_diagnostic_get_message (diagnostic));
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* --- Going there ------------------------------------------------------------- */

static void
go_to (FermataAppProblems *self,
       guint               position)
{
  g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (self->rows), position);
  gpointer subject = NULL;

  if (diagnostic != NULL)
    subject = fermata_app_document_find_subject (self->document, diagnostic);
  if (subject != NULL)
    fermata_app_document_reveal (self->document, subject);
}

static void
on_selected (FermataAppProblems *self)
{
  if (!self->is_filling)
    go_to (self, gtk_single_selection_get_selected (self->rows));
}

static void
on_activate (FermataAppProblems *self,
             guint               position)
{
  go_to (self, position);
}

void
fermata_app_problems_go (FermataAppProblems *self,
                         gboolean            forward)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  guint at = gtk_single_selection_get_selected (self->rows);

  if (n == 0)
    return;

  if (at == GTK_INVALID_LIST_POSITION)
    at = forward ? 0 : n - 1;
  else
    at = (at + (forward ? 1 : n - 1)) % n;
  if (at == gtk_single_selection_get_selected (self->rows))
    go_to (self, at);
  gtk_single_selection_set_selected (self->rows, at);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", at);
}

/* --- The document ------------------------------------------------------------ */

static void
count (FermataAppProblems *self)
{
  GListModel *diagnostics = fermata_app_document_get_diagnostics (self->document);
  guint n = g_list_model_get_n_items (diagnostics);

  self->n_errors = self->n_warnings = 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (diagnostics, i);
      FermataSeverity severity = fermata_diagnostic_get_severity (diagnostic);

      self->n_errors += severity == FERMATA_SEVERITY_ERROR;
      self->n_warnings += severity == FERMATA_SEVERITY_WARNING;
    }
  gtk_stack_set_visible_child_name (self->stack, n == 0 ? "none" : "list");
  g_signal_emit (self, signals[COUNTED], 0);
}

/* The selection looks at the list first: it was connected before. */
static void
on_items_changed (FermataAppProblems *self)
{
  self->is_filling = TRUE;
  gtk_single_selection_set_selected (self->rows, GTK_INVALID_LIST_POSITION);
  self->is_filling = FALSE;
  count (self);
}

static void
set_document (FermataAppProblems *self,
              FermataAppDocument *document)
{
  GListModel *diagnostics;

  if (document == NULL || self->document != NULL)
    return;

  self->document = g_object_ref (document);
  diagnostics = fermata_app_document_get_diagnostics (document);
  self->is_filling = TRUE;
  gtk_single_selection_set_model (self->rows, diagnostics);
  self->is_filling = FALSE;
  g_signal_connect_object (diagnostics, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  count (self);
}

/* --- The widget -------------------------------------------------------------- */

static void
fermata_app_problems_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  FermataAppProblems *self = FERMATA_APP_PROBLEMS (object);

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
fermata_app_problems_dispose (GObject *object)
{
  FermataAppProblems *self = FERMATA_APP_PROBLEMS (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->rows);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (fermata_app_problems_parent_class)->dispose (object);
}

static void
fermata_app_problems_class_init (FermataAppProblemsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = fermata_app_problems_set_property;
  object_class->dispose = fermata_app_problems_dispose;

  properties[PROP_DOCUMENT] =
    g_param_spec_object ("document", NULL, NULL, FERMATA_TYPE_APP_DOCUMENT,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[COUNTED] = g_signal_new ("counted", FERMATA_TYPE_APP_PROBLEMS, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-problems.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppProblems, stack);
  gtk_widget_class_bind_template_child (widget_class, FermataAppProblems, list);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
fermata_app_problems_init (FermataAppProblems *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);

  self->rows = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->rows, FALSE);
  gtk_single_selection_set_can_unselect (self->rows, TRUE);
  g_signal_connect_object (self->rows, "notify::selected", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->rows));
}

void
fermata_app_problems_count (FermataAppProblems *self,
                            guint              *n_errors,
                            guint              *n_warnings)
{
  *n_errors = self->n_errors;
  *n_warnings = self->n_warnings;
}
