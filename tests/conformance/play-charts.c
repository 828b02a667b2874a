/* play-charts.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * Runs machines for Python, under the virtual clock and with everything that the
 * library has. Each line of standard input is
 *
 *     { "file": "/path/to.scxml", "steps": [{ "send": { "name": "e", "data": 1 } },
 *                                           { "advance": 100 }, { "finish": true }] }
 *
 * `advance` is in milliseconds; `finish` lets time pass until the machine ends or
 * nothing is left to wait for. The answer, a line, is
 *
 *     { "states": [["a"], ["b"], …], "machine": {…}, "variables": {…}, "logs": […] }
 *
 * with the active atomic states at the start and after each step, or
 * `{ "refused": MESSAGE }`. After each event live is compared with folded, and at the
 * end all is decided once more from the facts; what differs is told as "differs".
 */

#include <stdio.h>

#include "defaults/fermata-defaults.h"
#include "engine/moment/fermata-machine-view.h"
#include "harness/fermata-fold-monitor.h"
#include "harness/fermata-probe.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

/* So often time goes on to the next timer before it is said that there is no end. */
#define MOST_JUMPS 10000

typedef struct {
  FermataClock *clock;
  FermataEngine *engine;
  FermataRun *run;
  FermataFoldMonitor *fold;
  FermataValueBuilder *states;
  FermataValueBuilder *logs;
} Play;

static void
play_free (Play *self)
{
  g_clear_object (&self->run);
  g_clear_object (&self->fold);
  g_clear_object (&self->engine);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->states, fermata_value_builder_unref);
  g_clear_pointer (&self->logs, fermata_value_builder_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Play, play_free)

static Play *
play_new (void)
{
  Play *self = g_new0 (Play, 1);

  self->clock = fermata_virtual_clock_new (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC);
  self->engine = fermata_engine_new_with_clock (self->clock);
  self->fold = fermata_fold_monitor_new ();
  self->states = fermata_value_builder_new_array ();
  self->logs = fermata_value_builder_new_array ();

  return self;
}

static void
note_log (FermataRun *run,
          guint64     number,
          gpointer    user_data)
{
  Play *self = user_data;
  const FermataEvent *event = fermata_history_get_event (fermata_run_get_history (run), number);

  if (event->kind == FERMATA_EVENT_LOGGED && event->payload != NULL)
    fermata_value_builder_add (self->logs, event->payload);
}

/* --- Beginning ------------------------------------------------------------ */

static char *
describe (GListStore   *diagnostics,
          const GError *error)
{
  GString *text = g_string_new (error != NULL ? error->message : "");

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (diagnostics)); i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);

      if (fermata_diagnostic_get_severity (diagnostic) == FERMATA_SEVERITY_ERROR)
        g_string_append_printf (text, "; %s", fermata_diagnostic_get_message (diagnostic));
    }

  return g_string_free (text, FALSE);
}

static gboolean
has_errors (GListStore *diagnostics)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (diagnostics)); i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);

      if (fermata_diagnostic_get_severity (diagnostic) == FERMATA_SEVERITY_ERROR)
        return TRUE;
    }

  return FALSE;
}

static gboolean
prepare (Play          *self,
         const char    *file,
         GListStore    *diagnostics,
         GError       **error)
{
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (FermataPlan) plan = NULL;
  g_autoptr (FermataChecker) checker = NULL;
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;

  options.seed = 1;
  graph = fermata_loader_load (fermata_engine_get_loader (self->engine), NULL, file, diagnostics, error);
  if (graph == NULL)
    return FALSE;
  checker = fermata_engine_create_checker (self->engine);
  fermata_checker_check (checker, graph, diagnostics);
  if (has_errors (diagnostics))
    return FALSE;
  plan = fermata_engine_compile (self->engine, graph, error);
  if (plan == NULL)
    return FALSE;
  self->run = fermata_engine_create_run (self->engine, plan, &options, error);
  if (self->run == NULL)
    return FALSE;
  fermata_run_add_monitor (self->run, FERMATA_MONITOR (self->fold));
  fermata_probe_set_committed (fermata_probe_add (self->run, self), note_log);

  return TRUE;
}

/* --- Going on ------------------------------------------------------------- */

/* Lets everything happen that can without time passing. */
static void
settle (Play *self)
{
  do
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      if (!fermata_run_is_working (self->run))
        return;
      g_main_context_iteration (NULL, TRUE);
    }
  while (!fermata_run_has_ended (self->run));
}

static void
pass_time (Play   *self,
           gint64  duration)
{
  gint64 until = fermata_clock_get_time (self->clock) + duration;
  gint64 deadline;

  while ((deadline = fermata_clock_get_deadline (self->clock)) >= 0 && deadline <= until)
    {
      fermata_virtual_clock_jump (FERMATA_VIRTUAL_CLOCK (self->clock));
      settle (self);
    }
  fermata_virtual_clock_advance (FERMATA_VIRTUAL_CLOCK (self->clock),
                                 MAX (until - fermata_clock_get_time (self->clock), 0));
}

static void
finish (Play *self)
{
  for (guint i = 0; i < MOST_JUMPS && !fermata_run_has_ended (self->run)
                    && fermata_virtual_clock_jump (FERMATA_VIRTUAL_CLOCK (self->clock)); i++)
    settle (self);
}

static void
send (Play         *self,
      FermataValue *event)
{
  FermataValue *name = fermata_value_get_member (event, "name");

  fermata_run_send_event (self->run, fermata_value_get_string (name, NULL),
                          fermata_value_get_member (event, "data"));
}

static void
take_step (Play         *self,
           FermataValue *step)
{
  FermataValue *event = fermata_value_get_member (step, "send");
  FermataValue *advance = fermata_value_get_member (step, "advance");

  if (fermata_run_has_ended (self->run))
    return;
  if (event != NULL)
    send (self, event);
  else if (advance != NULL)
    pass_time (self, fermata_value_get_integer (advance) * 1000);
  else
    finish (self);
  settle (self);
}

static void
note_states (Play *self)
{
  g_autoptr (FermataValue) states = NULL;

  states = fermata_moment_dup_configuration (fermata_run_get_moment (self->run), 0);
  fermata_value_builder_add (self->states, states);
}

/* --- Answering ------------------------------------------------------------ */

static void
set_string (FermataValueBuilder *builder,
            const char          *name,
            const char          *text)
{
  fermata_value_builder_set_string (builder, name, text);
}

static void
add_differences (Play                *self,
                 FermataValueBuilder *answer)
{
  guint64 number = fermata_fold_monitor_get_difference (self->fold);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (number > 0)
    text = g_strdup_printf ("live is not what event %" G_GUINT64_FORMAT " folds to", number);
  else if (!fermata_history_verify (fermata_run_get_history (self->run), NULL, &error))
    text = g_strdup (error->message);
  if (text != NULL)
    set_string (answer, "differs", text);
}

static FermataValue *
answer (Play *self)
{
  FermataMoment *moment = fermata_run_get_moment (self->run);
  g_autoptr (FermataValueBuilder) answer = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) states = fermata_value_builder_end (self->states);
  g_autoptr (FermataValue) logs = fermata_value_builder_end (self->logs);
  g_autoptr (FermataValue) machine = fermata_moment_dup_machine (moment, 0);

  set_string (answer, "state", fermata_run_state_to_string (fermata_run_get_state (self->run)));
  fermata_value_builder_set (answer, "states", states);
  fermata_value_builder_set (answer, "machine", machine);
  fermata_value_builder_set (answer, "variables", fermata_moment_get_variables (moment));
  fermata_value_builder_set (answer, "logs", logs);
  add_differences (self, answer);

  return fermata_value_builder_end (answer);
}

static FermataValue *
refuse (const char *message)
{
  g_autoptr (FermataValueBuilder) refused = fermata_value_builder_new_object ();

  set_string (refused, "refused", message);

  return fermata_value_builder_end (refused);
}

static FermataValue *
play (FermataValue *request)
{
  g_autoptr (Play) self = play_new ();
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (GError) error = NULL;
  FermataValue *file = fermata_value_get_member (request, "file");
  FermataValue *steps = fermata_value_get_member (request, "steps");

  if (!prepare (self, fermata_value_get_string (file, NULL), diagnostics, &error))
    {
      g_autofree char *message = describe (diagnostics, error);

      return refuse (message);
    }

  fermata_run_start (self->run);
  settle (self);
  if (!fermata_moment_is_machine (fermata_run_get_moment (self->run), 0))
    return refuse ("it is no machine");
  note_states (self);
  for (gsize i = 0; i < fermata_value_get_length (steps); i++)
    {
      take_step (self, fermata_value_get_element (steps, i));
      note_states (self);
    }

  return answer (self);
}

int
main (void)
{
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  g_autofree char *line = NULL;

  g_io_channel_set_encoding (input, NULL, NULL);
  while (g_io_channel_read_line (input, &line, NULL, NULL, NULL) == G_IO_STATUS_NORMAL)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataValue) request = fermata_value_parse (line, -1, &error);
      g_autoptr (FermataValue) reply = NULL;
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      reply = play (request);
      text = fermata_value_to_string (reply, FERMATA_WRITE_COMPACT, NULL);
      puts (text);
      fflush (stdout);
      g_clear_pointer (&line, g_free);
    }

  return 0;
}
