/* fermata-app-history-pane.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-history-pane.h"

#include "fermata-app-drawing-view.h"

#include <glib/gi18n.h>

/* Milliseconds between two pictures of a run that goes on. */
#define PAUSE 250

/*
 * Invariant: at most one picture is being made: while @cancellable is there. What
 * happens meanwhile is in the next one. @drawn_until is how far the picture that is
 * shown, or being made, goes; @graph belongs to the one that is shown.
 */
struct _FermataAppHistoryPane {
  FermataAppPane parent_instance;

  GtkStack *stack;
  GtkWidget *view;
  GtkLabel *problem;

  FermataRun *run;
  FermataHistoryGraph *graph;
  FermataHistoryGraph *next_graph;
  GCancellable *cancellable;
  guint64 drawn_until;
  gboolean drawn_dark;
  guint pause_source;
};

G_DEFINE_FINAL_TYPE (FermataAppHistoryPane, fermata_app_history_pane, FERMATA_TYPE_APP_PANE)

static void draw_if_needed (FermataAppHistoryPane *self);

static gboolean
is_dark (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

/* The step of the moment looked at is the current one. */
static void
mark_current (FermataAppHistoryPane *self)
{
  FermataDebugger *debugger = fermata_app_pane_get_debugger (FERMATA_APP_PANE (self));
  guint64 event = 0;
  guint step;

  if (debugger != NULL && self->graph != NULL
      && fermata_history_graph_find_step (self->graph, fermata_debugger_get_number (debugger), &step))
    event = fermata_history_graph_get_step (self->graph, step)->event;
  fermata_app_drawing_view_set_number (FERMATA_APP_DRAWING_VIEW (self->view), event);
}

static void
show_problem (FermataAppHistoryPane *self,
              const char            *problem)
{
  gtk_label_set_label (self->problem, problem);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

static gboolean
paused (gpointer user_data)
{
  FermataAppHistoryPane *self = user_data;

  self->pause_source = 0;
  draw_if_needed (self);

  return G_SOURCE_REMOVE;
}

static void
drawn (GObject      *source,
       GAsyncResult *result,
       gpointer      user_data)
{
  g_autoptr (FermataAppHistoryPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataDrawing) drawing = fermata_layout_drawing_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (drawing == NULL)
    {
      show_problem (self, error->message);
      return;
    }

  g_clear_object (&self->graph);
  self->graph = g_steal_pointer (&self->next_graph);
  fermata_app_drawing_view_set_drawing (FERMATA_APP_DRAWING_VIEW (self->view), drawing);
  gtk_stack_set_visible_child_name (self->stack, "picture");
  mark_current (self);
  if (self->pause_source == 0)
    self->pause_source = g_timeout_add (PAUSE, paused, self);
}

/* Nobody looks: nothing is drawn. */
static gboolean
is_wanted (FermataAppHistoryPane *self)
{
  FermataHistory *history = self->run == NULL ? NULL : fermata_run_get_history (self->run);

  return history != NULL && self->cancellable == NULL && self->pause_source == 0
         && gtk_widget_get_mapped (GTK_WIDGET (self))
         && (fermata_history_get_n_events (history) != self->drawn_until || is_dark () != self->drawn_dark);
}

static void
draw_if_needed (FermataAppHistoryPane *self)
{
  FermataDotOptions options = FERMATA_DOT_OPTIONS_INIT;
  g_autoptr (GBytes) dot = NULL;
  FermataHistory *history;

  if (!is_wanted (self))
    return;

  history = fermata_run_get_history (self->run);
  self->drawn_until = fermata_history_get_n_events (history);
  self->drawn_dark = is_dark ();
  options.theme = self->drawn_dark ? FERMATA_DOT_THEME_DARK : FERMATA_DOT_THEME_LIGHT;
  options.is_transparent = TRUE;
  g_clear_object (&self->next_graph);
  self->next_graph = fermata_history_graph_new (history, 0);
  if (fermata_history_graph_get_n_steps (self->next_graph) == 0)
    return;

  dot = fermata_history_graph_to_dot (self->next_graph, &options, 0);
  self->cancellable = g_cancellable_new ();
  fermata_layout_drawing_async (dot, 0, self->cancellable, drawn, g_object_ref (self));
}

static void
stop_drawing (FermataAppHistoryPane *self)
{
  g_clear_handle_id (&self->pause_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->next_graph);
}

static void
set_run (FermataAppHistoryPane *self,
         FermataRun            *run)
{
  if (!g_set_object (&self->run, run))
    return;

  stop_drawing (self);
  g_clear_object (&self->graph);
  self->drawn_until = 0;
  fermata_app_drawing_view_set_drawing (FERMATA_APP_DRAWING_VIEW (self->view), NULL);
  gtk_stack_set_visible_child_name (self->stack, "none");
}

static void
fermata_app_history_pane_refresh (FermataAppPane *pane)
{
  FermataAppHistoryPane *self = FERMATA_APP_HISTORY_PANE (pane);
  FermataDebugger *debugger = fermata_app_pane_get_debugger (pane);

  set_run (self, debugger == NULL ? NULL : fermata_debugger_get_run (debugger));
  mark_current (self);
  draw_if_needed (self);
}

static void
seek (FermataAppHistoryPane *self,
      guint64                number)
{
  FermataDebugger *debugger = fermata_app_pane_get_debugger (FERMATA_APP_PANE (self));
  g_autoptr (GError) error = NULL;

  if (debugger != NULL && !fermata_debugger_go_to (debugger, number, &error))
    fermata_app_document_fail (fermata_app_pane_get_document (FERMATA_APP_PANE (self)), error->message);
}

static void
fermata_app_history_pane_detach (FermataAppPane     *pane,
                                 FermataAppDocument *document)
{
  FermataAppHistoryPane *self = FERMATA_APP_HISTORY_PANE (pane);

  stop_drawing (self);
  g_clear_object (&self->run);
  g_clear_object (&self->graph);
}

static void
fermata_app_history_pane_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (fermata_app_history_pane_parent_class)->map (widget);

  draw_if_needed (FERMATA_APP_HISTORY_PANE (widget));
}

static void
fermata_app_history_pane_class_init (FermataAppHistoryPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->map = fermata_app_history_pane_map;
  FERMATA_APP_PANE_CLASS (klass)->detach = fermata_app_history_pane_detach;
  FERMATA_APP_PANE_CLASS (klass)->refresh = fermata_app_history_pane_refresh;

  g_type_ensure (FERMATA_TYPE_APP_DRAWING_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-history-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppHistoryPane, stack);
  gtk_widget_class_bind_template_child (widget_class, FermataAppHistoryPane, view);
  gtk_widget_class_bind_template_child (widget_class, FermataAppHistoryPane, problem);
  gtk_widget_class_bind_template_callback (widget_class, seek);
}

static void
fermata_app_history_pane_init (FermataAppHistoryPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (draw_if_needed), self, G_CONNECT_SWAPPED);
}
