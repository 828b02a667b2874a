/* fermata-app-run-bar.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-run-bar.h"

#include <glib/gi18n.h>

struct _FermataAppRunBar {
  FermataAppPane parent_instance;

  GtkWidget *run;
  GtkWidget *pause;
  GtkLabel *status;
};

G_DEFINE_FINAL_TYPE (FermataAppRunBar, fermata_app_run_bar, FERMATA_TYPE_APP_PANE)

static const char *
word_of_state (FermataRunState state)
{
  switch (state)
    {
    case FERMATA_RUN_STATE_DONE:
      return _("Done");
    case FERMATA_RUN_STATE_FAILED:
      return _("Failed");
    case FERMATA_RUN_STATE_CANCELLED:
      return _("Cancelled");
    case FERMATA_RUN_STATE_TIMED_OUT:
      return _("Timed out");
    case FERMATA_RUN_STATE_NEW:
    case FERMATA_RUN_STATE_RUNNING:
    default:
      return _("Running");
    }
}

/* A run that can only go on when somebody sends it an event says so. */
static gboolean
is_waiting (FermataDebugger *debugger)
{
  FermataRun *run = fermata_debugger_get_run (debugger);

  return fermata_debugger_get_state (debugger) == FERMATA_RUN_STATE_RUNNING
         && fermata_moment_is_idle (fermata_run_get_moment (run), 0) && !fermata_run_is_working (run);
}

static const char *
word_of (FermataDebugger *debugger)
{
  if (!fermata_debugger_is_live (debugger))
    return _("Past");
  if (fermata_debugger_is_stepping (debugger))
    return _("Stepping");
  if (fermata_debugger_is_held (debugger))
    return _("Held");

  return is_waiting (debugger) ? _("Waiting") : word_of_state (fermata_debugger_get_state (debugger));
}

static const char *
class_of (FermataDebugger *debugger)
{
  if (!fermata_debugger_is_live (debugger))
    return "past";
  if (fermata_debugger_is_held (debugger))
    return "held";
  if (fermata_debugger_get_state (debugger) == FERMATA_RUN_STATE_DONE)
    return "done";
  if (fermata_debugger_get_state (debugger) == FERMATA_RUN_STATE_CANCELLED)
    return "stopped";

  return fermata_debugger_get_state (debugger) > FERMATA_RUN_STATE_DONE ? "failed" : "running";
}

/* Which frame it is in, too: "orders/2/double". */
static char *
dup_place_of_stop (FermataDebugger *debugger)
{
  FermataStop *stop = fermata_debugger_get_stop (debugger);

  if (stop == NULL || !fermata_stop_has_decision (stop) || fermata_stop_get_place (stop) == NULL)
    return NULL;

  return fermata_moment_dup_place_path (fermata_debugger_get_moment (debugger), fermata_stop_get_frame (stop),
                                        fermata_stop_get_place_number (stop));
}

char *
fermata_app_dup_state_text (FermataAppDocument *document)
{
  FermataDebugger *debugger = fermata_app_document_get_debugger (document);
  guint64 number, n_events;
  g_autofree char *place = NULL;

  if (debugger == NULL)
    return NULL;

  number = fermata_debugger_get_number (debugger);
  n_events = fermata_debugger_get_n_events (debugger);
  place = dup_place_of_stop (debugger);
  if (place != NULL && (fermata_debugger_is_held (debugger) || !fermata_debugger_is_live (debugger)))
    return g_strdup_printf (fermata_debugger_is_live (debugger)
                            ? _("Held at %s · event %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT)
                            : _("Past, before %s · event %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT),
                            place, number, n_events);

  return g_strdup_printf (_("%s · event %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT), word_of (debugger),
                          number, n_events);
}

static void
fermata_app_run_bar_refresh (FermataAppPane *pane)
{
  FermataAppRunBar *self = FERMATA_APP_RUN_BAR (pane);
  FermataDebugger *debugger = fermata_app_pane_get_debugger (pane);
  const char *classes[] = { "run-status", NULL, NULL };
  gboolean can_hold = debugger != NULL && fermata_debugger_is_live (debugger)
                      && fermata_debugger_can_hold (debugger);

  gtk_widget_set_visible (self->run, !can_hold);
  gtk_widget_set_visible (self->pause, can_hold);
  gtk_widget_set_visible (GTK_WIDGET (self->status), debugger != NULL);
  if (debugger == NULL)
    return;

  gtk_label_set_label (self->status, word_of (debugger));
  classes[1] = class_of (debugger);
  gtk_widget_set_css_classes (GTK_WIDGET (self->status), classes);
}

static void
fermata_app_run_bar_class_init (FermataAppRunBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  FERMATA_APP_PANE_CLASS (klass)->refresh = fermata_app_run_bar_refresh;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-run-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppRunBar, run);
  gtk_widget_class_bind_template_child (widget_class, FermataAppRunBar, pause);
  gtk_widget_class_bind_template_child (widget_class, FermataAppRunBar, status);
}

static void
fermata_app_run_bar_init (FermataAppRunBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
