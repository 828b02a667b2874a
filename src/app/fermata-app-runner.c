/* fermata-app-runner.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-runner.h"

#include "fermata-app-inputs-dialog.h"

typedef struct {
  FermataAppDocument *document;
  gboolean held;
} Start;

static void
start_free (gpointer  data,
            GClosure *closure)
{
  Start *start = data;

  g_object_unref (start->document);
  g_free (start);
}

static void
on_run_over (GObject      *run,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GApplication) application = user_data;

  fermata_run_wait_finish (FERMATA_RUN (run), result, NULL);
  g_application_release (application);
}

/* When the program ends, what a run has started would go on: so the program ends
 * after the run, even if there is no window any more. */
static void
hold_program (FermataRun *run)
{
  GApplication *application = g_application_get_default ();

  g_application_hold (application);
  fermata_run_wait_async (run, NULL, on_run_over, g_object_ref (application));
}

static void
run (FermataAppDocument *document,
     FermataValue       *inputs,
     gboolean            held)
{
  g_autoptr (GError) error = NULL;

  if (fermata_app_document_run (document, inputs, held, &error))
    {
      hold_program (fermata_app_session_get_run (fermata_app_document_get_session (document)));
      return;
    }

  fermata_app_document_fail (document, error->message);
  /* What is wrong with the graph stands there in full. */
  if (g_error_matches (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID))
    fermata_app_document_want_focus (document, "problems");
}

static void
answered (FermataAppInputsDialog *dialog,
          const char             *response,
          gpointer                user_data)
{
  Start *start = user_data;
  g_autoptr (FermataValue) inputs = NULL;

  if (!g_str_equal (response, "run"))
    return;

  inputs = fermata_app_inputs_dialog_dup_inputs (dialog);
  if (inputs != NULL)
    run (start->document, inputs, start->held);
}

void
fermata_app_runner_start (GtkWindow          *parent,
                          FermataAppDocument *document,
                          gboolean            held)
{
  FermataGraph *graph = fermata_app_document_get_graph (document);
  GtkWidget *dialog;
  Start *start;

  if (!fermata_app_inputs_dialog_is_needed (graph))
    {
      run (document, NULL, held);
      return;
    }

  start = g_new0 (Start, 1);
  start->document = g_object_ref (document);
  start->held = held;
  dialog = fermata_app_inputs_dialog_new (parent, graph, fermata_app_document_get_inputs (document));
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered), start, start_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
