/* fermata-app-field.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-field.h"

#include "fermata-app-choice-field.h"
#include "fermata-app-switch-field.h"
#include "fermata-app-text-field.h"

#include <glib/gi18n.h>

typedef struct {
  FermataAppDocument *document;
  gpointer subject;
  FermataAppMember member;
  FermataValue *value; /* as it was shown last; NULL: not there */

  GtkWidget *control;
  GtkWidget *input;
  GtkLabel *problem_label;

  char *problem;
  char *remark;
  FermataSeverity severity;
} FermataAppFieldPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FermataAppField, fermata_app_field, GTK_TYPE_BOX)

static void
fermata_app_field_finalize (GObject *object)
{
  FermataAppFieldPrivate *priv = fermata_app_field_get_instance_private (FERMATA_APP_FIELD (object));

  g_clear_object (&priv->document);
  g_clear_object (&priv->subject);
  g_clear_pointer (&priv->value, fermata_value_unref);
  g_free (priv->problem);
  g_free (priv->remark);

  G_OBJECT_CLASS (fermata_app_field_parent_class)->finalize (object);
}

static void
fermata_app_field_class_init (FermataAppFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_app_field_finalize;
}

static void
fermata_app_field_init (FermataAppField *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "field");
}

/* Building */

/* Texts of constant tables are translated when they are shown. */
static const char *
translate (const char *text)
{
  return text != NULL && text[0] != '\0' ? _(text) : "";
}

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

/* A switch stands beside its title, anything else below it. */
static void
arrange (FermataAppField *self)
{
  FermataAppFieldPrivate *priv = fermata_app_field_get_instance_private (self);
  GtkWidget *title = new_label (translate (priv->member.title), "field-title");
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (header), title);
  gtk_box_append (GTK_BOX (self), header);
  if (priv->member.control == FERMATA_APP_CONTROL_SWITCH)
    gtk_box_append (GTK_BOX (header), priv->control);
  else
    gtk_box_append (GTK_BOX (self), priv->control);
  priv->problem_label = GTK_LABEL (new_label (NULL, "field-problem"));
  gtk_widget_set_visible (GTK_WIDGET (priv->problem_label), FALSE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (priv->problem_label));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), priv->member.doc != NULL ? translate (priv->member.doc) : NULL);
}

static void
show_if_it_applies (FermataAppField *self)
{
  FermataAppFieldPrivate *priv = fermata_app_field_get_instance_private (self);

  if (priv->member.applies != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self), priv->member.applies (priv->subject));
}

FermataAppField *
fermata_app_field_new (FermataAppDocument     *document,
                       gpointer                subject,
                       const FermataAppMember *member)
{
  static GType (*const types[]) (void) = {
    [FERMATA_APP_CONTROL_ENTRY] = fermata_app_text_field_get_type,
    [FERMATA_APP_CONTROL_LINES] = fermata_app_text_field_get_type,
    [FERMATA_APP_CONTROL_CHOICE] = fermata_app_choice_field_get_type,
    [FERMATA_APP_CONTROL_SWITCH] = fermata_app_switch_field_get_type,
  };
  FermataAppField *self = g_object_new (types[member->control] (), NULL);
  FermataAppFieldPrivate *priv = fermata_app_field_get_instance_private (self);

  priv->document = g_object_ref (document);
  priv->subject = g_object_ref (subject);
  priv->member = *member;
  priv->value = fermata_app_member_read (member, subject);
  priv->control = FERMATA_APP_FIELD_GET_CLASS (self)->build (self);
  if (priv->input == NULL)
    priv->input = priv->control;
  arrange (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->input),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, translate (member->title),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, translate (member->doc),
                                  -1);
  FERMATA_APP_FIELD_GET_CLASS (self)->show (self, priv->value);
  show_if_it_applies (self);

  return self;
}

FermataAppDocument *
fermata_app_field_get_document (FermataAppField *self)
{
  FermataAppFieldPrivate *priv = fermata_app_field_get_instance_private (self);

  return priv->document;
}

gpointer
fermata_app_field_get_subject (FermataAppField *self)
{
  FermataAppFieldPrivate *priv = fermata_app_field_get_instance_private (self);

  return priv->subject;
}

const FermataAppMember *
fermata_app_field_get_member (FermataAppField *self)
{
  FermataAppFieldPrivate *priv = fermata_app_field_get_instance_private (self);

  return &priv->member;
}

GtkWidget *
fermata_app_field_get_input (FermataAppField *self)
{
  FermataAppFieldPrivate *priv = fermata_app_field_get_instance_private (self);

  return priv->input;
}

void
fermata_app_field_set_input (FermataAppField *self,
                             GtkWidget       *input)
{
  FermataAppFieldPrivate *priv = fermata_app_field_get_instance_private (self);

  priv->input = input;
}

/* Following the member */

static gboolean
is_same (FermataValue *a,
         FermataValue *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return fermata_value_equal (a, b);
}

void
fermata_app_field_refresh (FermataAppField *self)
{
  FermataAppFieldPrivate *priv = fermata_app_field_get_instance_private (self);
  g_autoptr (FermataValue) value = fermata_app_member_read (&priv->member, priv->subject);
  g_autoptr (FermataValue) old = NULL;

  show_if_it_applies (self);
  if (is_same (value, priv->value))
    return;

  old = g_steal_pointer (&priv->value);
  priv->value = g_steal_pointer (&value);
  FERMATA_APP_FIELD_GET_CLASS (self)->show (self, priv->value);
}

gboolean
fermata_app_field_commit (FermataAppField *self,
                          FermataValue    *value)
{
  FermataAppFieldPrivate *priv = fermata_app_field_get_instance_private (self);
  /* Translators: what can be undone; %s is the title of a field, such as Label */
  g_autofree char *title = g_strdup_printf (_("Change %s"), translate (priv->member.title));
  g_autofree char *key = NULL;
  g_autoptr (FermataEdit) edit = NULL;
  g_autoptr (FermataValue) old = NULL;
  g_autoptr (GError) error = NULL;

  if (is_same (value, priv->value))
    return TRUE;
  if (!fermata_app_document_can_edit (priv->document))
    return FALSE;

  edit = fermata_app_member_write (&priv->member, priv->subject, value, &error);
  old = g_steal_pointer (&priv->value);
  priv->value = value != NULL ? fermata_value_ref (value) : NULL;
  key = g_strdup_printf ("field %p %s", self, priv->member.path[0]);
  if (edit != NULL
      && fermata_editor_apply_merged (fermata_app_document_get_editor (priv->document), edit, title, key, &error))
    return TRUE;

  g_clear_pointer (&priv->value, fermata_value_unref);
  priv->value = g_steal_pointer (&old);
  fermata_app_field_set_problem (self, error->message);
  return FALSE;
}

void
fermata_app_field_reset (FermataAppField *self)
{
  FermataAppFieldPrivate *priv = fermata_app_field_get_instance_private (self);

  FERMATA_APP_FIELD_GET_CLASS (self)->show (self, priv->value);
}

void
fermata_app_field_finish (FermataAppField *self)
{
  FermataAppFieldPrivate *priv = fermata_app_field_get_instance_private (self);

  fermata_editor_break_merge (fermata_app_document_get_editor (priv->document));
}

/* What is wrong */

const char *
fermata_app_field_get_problem (FermataAppField *self)
{
  FermataAppFieldPrivate *priv = fermata_app_field_get_instance_private (self);

  return priv->problem != NULL ? priv->problem : priv->remark;
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    has)
{
  if (has)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
tell (FermataAppField *self)
{
  FermataAppFieldPrivate *priv = fermata_app_field_get_instance_private (self);
  const char *text = fermata_app_field_get_problem (self);
  gboolean is_error = priv->problem != NULL || (text != NULL && priv->severity == FERMATA_SEVERITY_ERROR);

  gtk_label_set_label (priv->problem_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->problem_label), text != NULL);
  set_class (GTK_WIDGET (priv->problem_label), "error", is_error);
  set_class (GTK_WIDGET (priv->problem_label), "warning", text != NULL && !is_error);
  set_class (priv->control, "error", is_error);
  gtk_accessible_update_state (GTK_ACCESSIBLE (priv->input), GTK_ACCESSIBLE_STATE_INVALID,
                               is_error ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->input), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : translate (priv->member.doc), -1);
}

void
fermata_app_field_set_problem (FermataAppField *self,
                               const char      *problem)
{
  FermataAppFieldPrivate *priv = fermata_app_field_get_instance_private (self);

  if (g_strcmp0 (priv->problem, problem) == 0)
    return;

  g_free (priv->problem);
  priv->problem = g_strdup (problem);
  tell (self);
}

void
fermata_app_field_set_remark (FermataAppField *self,
                              const char      *remark,
                              FermataSeverity  severity)
{
  FermataAppFieldPrivate *priv = fermata_app_field_get_instance_private (self);

  if (g_strcmp0 (priv->remark, remark) == 0 && priv->severity == severity)
    return;

  g_free (priv->remark);
  priv->remark = g_strdup (remark);
  priv->severity = severity;
  tell (self);
}
