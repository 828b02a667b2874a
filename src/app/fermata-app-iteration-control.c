/* fermata-app-iteration-control.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-iteration-control.h"

#include "fermata-app-bodies.h"
#include "fermata-app-look.h"

#include <glib/gi18n.h>

struct _FermataAppIterationControl {
  AdwBin parent_instance;

  FermataAppDocument *document;
  FermataGraph *body;
  gboolean is_small;
  gboolean is_updating;
  FermataAppIteration shown;

  GtkWidget *previous;
  GtkMenuButton *button;
  GtkImage *status;
  GtkLabel *label;
  GtkWidget *next;
  GtkWidget *failed;
  GtkToggleButton *latest;
  GtkPopover *popover;
  GtkLabel *path;
  GtkEntry *entry;
};

G_DEFINE_FINAL_TYPE (FermataAppIterationControl, fermata_app_iteration_control, ADW_TYPE_BIN)

/* What is said */

static FermataAppStatus
get_status (const FermataAppIteration *iteration)
{
  if (!iteration->is_there)
    return FERMATA_APP_STATUS_WAITING;
  if (!iteration->has_ended)
    return FERMATA_APP_STATUS_RUNNING;

  return iteration->has_failed ? FERMATA_APP_STATUS_FAILED : FERMATA_APP_STATUS_DONE;
}

static const char *
get_class (FermataAppStatus status)
{
  switch ((guint) status)
    {
    case FERMATA_APP_STATUS_RUNNING:
      return "accent";
    case FERMATA_APP_STATUS_FAILED:
      return "error";
    case FERMATA_APP_STATUS_DONE:
      return "success";
    default:
      return "dim-label";
    }
}

static void
show_status (FermataAppIterationControl *self,
             FermataAppStatus            status,
             const char                 *text)
{
  const char *classes[] = { get_class (status), NULL };
  g_autofree char *name = g_strdup_printf ("%s, %s", text, fermata_app_status_to_string (status));

  gtk_image_set_from_icon_name (self->status, fermata_app_status_get_icon (status));
  gtk_widget_set_css_classes (GTK_WIDGET (self->status), classes);
  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Of those around only the numbers. */
static char *
dup_text (FermataAppIterationControl *self,
          gboolean                    repeats)
{
  const FermataAppIteration *shown = &self->shown;
  guint n_all = MAX (shown->n_all, shown->n_begun);

  if (!repeats)
    return g_strdup (_("Not entered"));
  if (!shown->is_there && shown->is_latest_wanted)
    return g_strdup (_("None yet"));
  if (self->is_small)
    return g_strdup_printf ("%u/%u", shown->index + 1, n_all);

  return fermata_app_bodies_dup_time (self->document, self->body, shown->index, n_all);
}

static void
show (FermataAppIterationControl *self)
{
  const FermataAppIteration *shown = &self->shown;
  gboolean repeats = shown->n_begun > 1 || shown->n_all > 0 || fermata_app_bodies_repeat (self->document, self->body);
  g_autofree char *text = dup_text (self, repeats);

  gtk_widget_set_visible (GTK_WIDGET (self), repeats || !shown->is_there);
  show_status (self, get_status (shown), text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), repeats);
  gtk_widget_set_visible (self->previous, repeats && !self->is_small);
  gtk_widget_set_visible (self->next, repeats && !self->is_small);
  gtk_widget_set_visible (GTK_WIDGET (self->latest), repeats && !self->is_small);
  gtk_widget_set_visible (self->failed, repeats && !self->is_small && shown->any_has_failed);
  gtk_widget_set_sensitive (self->previous, shown->index > 0 && shown->n_begun > 0);
  gtk_widget_set_sensitive (self->next, shown->index + 1 < shown->n_begun);

  self->is_updating = TRUE;
  gtk_toggle_button_set_active (self->latest, shown->is_latest_wanted);
  self->is_updating = FALSE;
}

void
fermata_app_iteration_control_update (FermataAppIterationControl *self)
{
  FermataAppSession *session = fermata_app_document_get_session (self->document);

  if (session == NULL || !fermata_app_session_get_iteration (session, self->body, &self->shown))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  else
    show (self);
}

/* What one does */

static void
previous_clicked (FermataAppIterationControl *self)
{
  if (self->shown.index > 0)
    fermata_app_document_want_iteration (self->document, self->body, self->shown.index - 1);
}

static void
next_clicked (FermataAppIterationControl *self)
{
  if (self->shown.index + 1 < self->shown.n_begun)
    fermata_app_document_want_iteration (self->document, self->body, self->shown.index + 1);
}

static void
failed_clicked (FermataAppIterationControl *self)
{
  fermata_app_document_want_failed (self->document, self->body);
}

static void
latest_toggled (FermataAppIterationControl *self)
{
  if (self->is_updating)
    return;
  if (gtk_toggle_button_get_active (self->latest))
    fermata_app_document_want_latest (self->document, self->body);
  else
    fermata_app_document_want_iteration (self->document, self->body, self->shown.index);
}

/* The number that is asked for, from 1; of those that have begun. */
static void
entered (FermataAppIterationControl *self)
{
  guint64 number;

  if (self->shown.n_begun == 0
      || !g_ascii_string_to_unsigned (gtk_editable_get_text (GTK_EDITABLE (self->entry)), 10, 1,
                                      self->shown.n_begun, &number, NULL))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
      return;
    }

  gtk_popover_popdown (self->popover);
  fermata_app_document_want_iteration (self->document, self->body, number - 1);
}

static void
popover_shown (FermataAppIterationControl *self)
{
  g_autofree char *title = fermata_app_bodies_dup_title (self->body);
  g_autofree char *path = g_strdup_printf ("%s/%u", title, self->shown.index);
  g_autofree char *hint = g_strdup_printf (_("1 to %u"), self->shown.n_begun);
  g_autofree char *number = g_strdup_printf ("%u", self->shown.index + 1);

  gtk_label_set_label (self->path, path);
  gtk_entry_set_placeholder_text (self->entry, hint);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), number);
  gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* The object */

static void
fermata_app_iteration_control_dispose (GObject *object)
{
  FermataAppIterationControl *self = FERMATA_APP_ITERATION_CONTROL (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->document);
  g_clear_object (&self->body);

  G_OBJECT_CLASS (fermata_app_iteration_control_parent_class)->dispose (object);
}

static void
fermata_app_iteration_control_class_init (FermataAppIterationControlClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fermata_app_iteration_control_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/fermata/Fermata/fermata-app-iteration-control.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppIterationControl, previous);
  gtk_widget_class_bind_template_child (widget_class, FermataAppIterationControl, button);
  gtk_widget_class_bind_template_child (widget_class, FermataAppIterationControl, status);
  gtk_widget_class_bind_template_child (widget_class, FermataAppIterationControl, label);
  gtk_widget_class_bind_template_child (widget_class, FermataAppIterationControl, next);
  gtk_widget_class_bind_template_child (widget_class, FermataAppIterationControl, failed);
  gtk_widget_class_bind_template_child (widget_class, FermataAppIterationControl, latest);
  gtk_widget_class_bind_template_child (widget_class, FermataAppIterationControl, popover);
  gtk_widget_class_bind_template_child (widget_class, FermataAppIterationControl, path);
  gtk_widget_class_bind_template_child (widget_class, FermataAppIterationControl, entry);
  gtk_widget_class_bind_template_callback (widget_class, previous_clicked);
  gtk_widget_class_bind_template_callback (widget_class, next_clicked);
  gtk_widget_class_bind_template_callback (widget_class, failed_clicked);
  gtk_widget_class_bind_template_callback (widget_class, latest_toggled);
  gtk_widget_class_bind_template_callback (widget_class, popover_shown);
  gtk_widget_class_bind_template_callback (widget_class, entered);
  gtk_widget_class_set_css_name (widget_class, "iterationcontrol");
}

static void
fermata_app_iteration_control_init (FermataAppIterationControl *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
fermata_app_iteration_control_new (FermataAppDocument *document,
                                   FermataGraph       *body,
                                   gboolean            is_small)
{
  FermataAppIterationControl *self = g_object_new (FERMATA_TYPE_APP_ITERATION_CONTROL, NULL);

  self->document = g_object_ref (document);
  self->body = g_object_ref (body);
  self->is_small = is_small;
  fermata_app_iteration_control_update (self);

  return GTK_WIDGET (self);
}
