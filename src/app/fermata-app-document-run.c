/* fermata-app-document-run.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Running a document. */

#include "fermata-app-document-private.h"

#include <glib/gi18n.h>

/* Milliseconds: how often "for 4.2 s" is told anew while nothing happens. */
#define TICK 1000

static gboolean
tick (gpointer user_data)
{
  FermataAppDocument *self = user_data;
  FermataDebugger *debugger = fermata_app_document_get_debugger (self);

  if (debugger == NULL || fermata_debugger_get_state (debugger) > FERMATA_RUN_STATE_RUNNING)
    {
      self->tick_source = 0;
      return G_SOURCE_REMOVE;
    }
  if (fermata_debugger_is_live (debugger) && !fermata_debugger_is_held (debugger))
    fermata_app_document_queue_looks (self);

  return G_SOURCE_CONTINUE;
}

static void
debugger_changed (FermataAppDocument *self)
{
  fermata_app_document_actions_update (self);
  fermata_app_document_queue_looks (self);
}

/* What has stopped wants to be seen, in the graph and the frame that it is in. Who
 * goes about in the past by hand stays in the graph that is shown. */
static void
debugger_stopped (FermataAppDocument *self,
                  FermataStop        *stop)
{
  FermataGraph *graph = NULL;

  if (stop != NULL && fermata_stop_get_reason (stop) != FERMATA_STOP_REASON_VISIT
      && fermata_stop_get_reason (stop) != FERMATA_STOP_REASON_ENDED)
    graph = fermata_app_session_follow_stop (self->session);
  if (graph != NULL)
    fermata_app_document_set_shown (self, graph);
  debugger_changed (self);
}

/* Which frame is looked at */

void
fermata_app_document_want_iteration (FermataAppDocument *self,
                                     FermataGraph       *body,
                                     guint               index)
{
  if (self->session == NULL)
    return;

  fermata_app_session_want_iteration (self->session, body, index);
  fermata_app_document_queue_looks (self);
}

void
fermata_app_document_want_latest (FermataAppDocument *self,
                                  FermataGraph       *body)
{
  if (self->session == NULL)
    return;

  fermata_app_session_want_latest (self->session, body);
  fermata_app_document_queue_looks (self);
}

void
fermata_app_document_want_failed (FermataAppDocument *self,
                                  FermataGraph       *body)
{
  if (self->session != NULL && fermata_app_session_want_failed (self->session, body))
    fermata_app_document_queue_looks (self);
}

static void
let_go (FermataAppDocument *self)
{
  FermataDebugger *debugger = fermata_app_document_get_debugger (self);

  if (debugger != NULL)
    g_signal_handlers_disconnect_by_data (debugger, self);
  if (self->session != NULL)
    g_object_run_dispose (G_OBJECT (self->session));
}

void
fermata_app_document_run_dispose (FermataAppDocument *self)
{
  g_clear_handle_id (&self->tick_source, g_source_remove);
  let_go (self);
  g_clear_object (&self->session);
}

void
fermata_app_document_end_run (FermataAppDocument *self)
{
  g_clear_handle_id (&self->tick_source, g_source_remove);
  let_go (self);
  fermata_app_document_set_session (self, NULL);
}

static gboolean
refuse_errors (FermataAppDocument  *self,
               GError             **error)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->diagnostics));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = NULL;

      diagnostic = g_list_model_get_item (G_LIST_MODEL (self->diagnostics), i);
      if (fermata_diagnostic_get_severity (diagnostic) != FERMATA_SEVERITY_ERROR)
        continue;

      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID, "%s",
                   fermata_diagnostic_get_message (diagnostic));
      return TRUE;
    }

  return FALSE;
}

static void
remember_inputs (FermataAppDocument *self,
                 FermataValue       *inputs)
{
  if (inputs == NULL || inputs == self->inputs)
    return;

  g_clear_pointer (&self->inputs, fermata_value_unref);
  self->inputs = fermata_value_ref (inputs);
}

FermataValue *
fermata_app_document_get_inputs (FermataAppDocument *self)
{
  return self->inputs;
}

gboolean
fermata_app_document_run (FermataAppDocument  *self,
                          FermataValue        *inputs,
                          gboolean             held,
                          GError             **error)
{
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  g_autoptr (FermataPlan) plan = NULL;
  g_autoptr (FermataRun) run = NULL;
  g_autoptr (FermataAppSession) session = NULL;

  remember_inputs (self, inputs);
  fermata_app_document_check_now (self);
  if (refuse_errors (self, error))
    return FALSE;
  plan = fermata_engine_compile (self->engine, self->graph, error);
  if (plan == NULL)
    return FALSE;
  options.inputs = inputs;
  run = fermata_engine_create_run (self->engine, plan, &options, error);
  if (run == NULL)
    return FALSE;

  session = fermata_app_session_new (self->graph, run, self->breakpoints,
                                     fermata_engine_get_evaluator (self->engine));
  let_go (self);
  fermata_app_document_set_session (self, session);
  g_signal_connect_object (fermata_app_session_get_debugger (session), "changed",
                           G_CALLBACK (debugger_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fermata_app_session_get_debugger (session), "stopped",
                           G_CALLBACK (debugger_stopped), self, G_CONNECT_SWAPPED);
  if (held)
    fermata_debugger_step_into (fermata_app_session_get_debugger (session));
  fermata_run_start (run);
  if (self->tick_source == 0)
    self->tick_source = g_timeout_add (TICK, tick, self);
  fermata_app_document_actions_update (self);

  return TRUE;
}
