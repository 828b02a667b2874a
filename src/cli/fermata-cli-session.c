/* fermata-cli-session.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-session.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "fermata-cli-event-line.h"
#include "fermata-cli-live-view.h"
#include "fermata-cli-logged.h"
#include "fermata-cli-metrics.h"
#include "fermata-cli-summary.h"
#include "fermata-cli-text.h"

/* So much may wait to be printed; what comes later waits in the history. */
#define BACKLOG 65536

static const int end_signals[] = { SIGINT, SIGTERM, SIGHUP };

/*
 * The history is the queue of what is to be printed: @n_printed events have
 * been, of the @n_known that the run has told of. Whoever reads slowly is not
 * waited for, and costs no memory. @paths are those after what has been printed.
 */
struct _CliSession {
  GObject parent_instance;

  FermataRun *run;
  FermataRecordWriter *recorder;
  FermataTraceWriter *tracer;
  FermataMetrics *metrics;
  FermataMetrics *view_metrics;
  CliMetrics wanted_metrics;
  CliEvents *events;
  CliMachine *machine;          /* not owned */
  gboolean hints;
  CliOutput *output;
  CliOutput *messages;
  CliPrinting printing;
  FermataFramePaths *paths;
  CliVerbosity verbosity;
  CliProgress *progress;
  CliLiveView *view;
  GMainLoop *loop;
  guint sources[G_N_ELEMENTS (end_signals)];
  guint64 n_printed;
  guint64 n_known;
  guint64 n_kept;
  guint n_signals;
  gboolean is_over;
  gboolean has_no_reader;
  gboolean failed;
  gboolean interrupted;
};

static void cli_session_monitor_init (FermataMonitorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CliSession, cli_session, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERMATA_TYPE_MONITOR,
                                                      cli_session_monitor_init))

/* Printing */

static void
clear_view (CliSession *self)
{
  if (self->view != NULL)
    cli_live_view_clear (self->view);
}

static void
print_message_line (CliSession *self,
                    const char *line)
{
  clear_view (self);
  cli_output_write (self->messages, line, -1);
}

static void
print_logged (CliSession         *self,
              const FermataEvent *event,
              guint64             number)
{
  CliOutput *output = self->printing == CLI_PRINTING_RESULT ? self->messages : self->output;
  g_autoptr (GString) line = NULL;

  if (event->kind != FERMATA_EVENT_LOGGED || event->payload == NULL)
    return;

  line = g_string_new (NULL);
  if (self->printing == CLI_PRINTING_STEPS)
    cli_logged_add_json (line, self->paths, event, number);
  else
    cli_logged_add_text (line, event, cli_output_is_terminal (output));
  if (cli_output_is_terminal (output))
    clear_view (self);
  cli_output_write (output, line->str, line->len);
}

static gboolean
prints_events (CliSession *self)
{
  return self->printing == CLI_PRINTING_EVENTS || self->printing == CLI_PRINTING_EVENT_LINES;
}

static void
add_event (CliSession         *self,
           GString            *lines,
           const FermataEvent *event,
           guint64             number)
{
  g_autoptr (FermataValue) value = NULL;

  fermata_frame_paths_add_event (self->paths, event);
  if (self->printing == CLI_PRINTING_EVENT_LINES)
    {
      guint width = cli_output_is_terminal (self->output) ? cli_output_get_width (self->output) : 0;

      cli_event_line_add (lines, self->paths, event, cli_output_has_colour (self->output), width);
      return;
    }

  value = fermata_frame_paths_describe (self->paths, event, number);
  fermata_value_append_string (value, FERMATA_WRITE_COMPACT, 0, lines);
  g_string_append_c (lines, '\n');
}

static gboolean
may_print (CliSession *self)
{
  return self->n_printed < self->n_known && cli_output_get_error (self->output) == 0
         && cli_output_get_n_pending (self->output) < BACKLOG;
}

static void
print_events (CliSession *self)
{
  FermataHistory *history = fermata_run_get_history (self->run);

  if (cli_output_is_terminal (self->output))
    clear_view (self);
  while (may_print (self))
    {
      g_autoptr (GString) lines = g_string_new (NULL);

      while (self->n_printed < self->n_known && lines->len < BACKLOG / 2)
        {
          self->n_printed++;
          add_event (self, lines, fermata_history_get_event (history, self->n_printed),
                     self->n_printed);
        }
      cli_output_write (self->output, lines->str, lines->len);
    }
}

static void
print_steps (CliSession *self)
{
  CliOutput *output = self->printing == CLI_PRINTING_RESULT ? self->messages : self->output;
  g_autofree char *lines = NULL;

  if (self->machine == NULL || (lines = cli_machine_take (self->machine, self->n_printed)) == NULL)
    return;
  if (cli_output_is_terminal (output))
    clear_view (self);
  cli_output_write (output, lines, -1);
}

static void
print_messages (CliSession *self)
{
  FermataHistory *history = fermata_run_get_history (self->run);

  while (may_print (self))
    {
      const FermataEvent *event = fermata_history_get_event (history, ++self->n_printed);

      fermata_frame_paths_add_event (self->paths, event);
      print_logged (self, event, self->n_printed);
      print_steps (self);
    }
}

/* Which events may come, when everything that did has been told of. */
static void
print_hint (CliSession *self)
{
  g_autofree char *hint = NULL;
  g_autoptr (GString) line = NULL;

  if (!self->hints || self->n_printed < self->n_known
      || (hint = cli_machine_dup_hint (self->machine)) == NULL)
    return;

  line = g_string_new (NULL);
  cli_text_add_styled (line, cli_output_has_colour (self->messages), CLI_STYLE_FAINT, hint);
  g_string_append_c (line, '\n');
  print_message_line (self, line->str);
}

static void
print_progress (CliSession         *self,
                const FermataEvent *event)
{
  g_autofree char *line = cli_progress_dup_line (self->progress, event);

  if (line != NULL)
    print_message_line (self, line);
}

static void
cli_session_committed (FermataMonitor *monitor,
                       FermataRun     *run,
                       guint64         number)
{
  CliSession *self = CLI_SESSION (monitor);

  if (self->machine != NULL)
    cli_machine_note (self->machine, number);
}

/* What is printed to both outputs keeps its order, unless one stands still. */
static void
cli_session_flushed (FermataMonitor *monitor,
                     FermataRun     *run,
                     guint64         first,
                     guint64         last)
{
  CliSession *self = CLI_SESSION (monitor);
  FermataHistory *history = fermata_run_get_history (run);

  for (guint64 n = first; n <= last; n++)
    {
      self->n_known = n;
      print_progress (self, fermata_history_get_event (history, n));
      if (!prints_events (self))
        print_messages (self);
      if (self->view != NULL)
        cli_live_view_note (self->view, fermata_history_get_event (history, n));
    }
  if (prints_events (self))
    print_events (self);
  print_hint (self);
  if (self->view != NULL)
    cli_live_view_redraw (self->view);
  if (self->n_kept > 0)
    fermata_history_set_retention (history, self->n_kept + self->n_known - self->n_printed);
}

static void
cli_session_monitor_init (FermataMonitorInterface *iface)
{
  iface->committed = cli_session_committed;
  iface->flushed = cli_session_flushed;
}

/* Ending */

static void
quit_if_done (CliSession *self)
{
  gboolean is_printed = self->n_printed == self->n_known
                        && cli_output_get_n_pending (self->output) == 0;

  if (self->is_over && (is_printed || cli_output_get_error (self->output) != 0))
    g_main_loop_quit (self->loop);
}

/* Nobody reads any more: that is no error, but there is no use going on. */
static void
look_at_output (CliSession *self)
{
  int error = cli_output_get_error (self->output);

  if (error == 0 || self->has_no_reader)
    return;

  self->has_no_reader = TRUE;
  if (error != EPIPE)
    {
      clear_view (self);
      cli_complain (_("standard output: %s"), g_strerror (error));
      self->failed = TRUE;
    }
  if (!self->is_over)
    fermata_run_cancel (self->run);
}

static void
on_output_ready (CliOutput *output,
                 gpointer   user_data)
{
  CliSession *self = user_data;

  look_at_output (self);
  if (prints_events (self))
    print_events (self);
  else
    print_messages (self);
  quit_if_done (self);
}

static void
on_run_over (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  CliSession *self = user_data;

  fermata_run_wait_finish (FERMATA_RUN (object), result, NULL);
  self->is_over = TRUE;
  if (self->view != NULL)
    cli_live_view_stop (self->view);
  quit_if_done (self);
}

/* The record or the trace. */
static void
on_file_failed (GObject    *writer,
                GError     *error,
                CliSession *self)
{
  clear_view (self);
  cli_complain ("%s", error->message);
  self->failed = TRUE;
  fermata_run_cancel (self->run);
}

/* The third time: now, whatever is left. */
static void
exit_at_once (CliSession *self)
{
  clear_view (self);
  _exit (CLI_EXIT_CANCELLED);
}

static void
tell_cancelling (CliSession *self)
{
  if (self->verbosity == CLI_VERBOSITY_QUIET)
    return;

  print_message_line (self, self->n_signals == 1
                            ? _("Cancelling; once more to kill what does not end\n")
                            : _("Killing what is left\n"));
}

static gboolean
on_end_signal (gpointer user_data)
{
  CliSession *self = user_data;

  self->n_signals++;
  if (self->n_signals > 2)
    exit_at_once (self);
  if (self->is_over)
    {
      /* Only what nobody reads is left to be printed. */
      self->interrupted = TRUE;
      g_main_loop_quit (self->loop);
      return G_SOURCE_CONTINUE;
    }
  tell_cancelling (self);
  fermata_run_cancel (self->run);

  return G_SOURCE_CONTINUE;
}

static void
watch_signals (CliSession *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (end_signals); i++)
    self->sources[i] = g_unix_signal_add (end_signals[i], on_end_signal, self);
}

/* From here on a signal ends the program as it ends any. */
static void
unwatch_signals (CliSession *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (end_signals); i++)
    g_clear_handle_id (&self->sources[i], g_source_remove);
}

static CliExit
exit_status (CliSession *self)
{
  if (self->failed)
    return CLI_EXIT_FAILED;
  if (self->interrupted)
    return CLI_EXIT_CANCELLED;

  switch (fermata_run_get_state (self->run))
    {
    case FERMATA_RUN_STATE_DONE:
      return CLI_EXIT_DONE;
    case FERMATA_RUN_STATE_CANCELLED:
      return CLI_EXIT_CANCELLED;
    case FERMATA_RUN_STATE_TIMED_OUT:
      return CLI_EXIT_TIMED_OUT;
    case FERMATA_RUN_STATE_NEW:
    case FERMATA_RUN_STATE_RUNNING:
    case FERMATA_RUN_STATE_FAILED:
    default:
      return CLI_EXIT_FAILED;
    }
}

/* Of a machine where it is, and its result, if it says more than that. */
static FermataValue *
dup_result (CliSession *self)
{
  FermataMoment *moment = fermata_run_get_moment (self->run);
  FermataValue *result = fermata_moment_get_result (moment);
  g_autoptr (FermataValue) machine = fermata_moment_dup_machine (moment, 0);
  g_autoptr (FermataValueBuilder) builder = NULL;
  FermataValue *data = NULL;

  if (machine == NULL || fermata_run_get_state (self->run) != FERMATA_RUN_STATE_DONE)
    return result == NULL ? NULL : fermata_value_ref (result);

  fermata_moment_get_final (moment, 0, NULL, &data);
  if (result == NULL || result == data || fermata_value_get_kind (result) == FERMATA_VALUE_KIND_NULL)
    return g_steal_pointer (&machine);

  builder = fermata_value_builder_new_object ();
  for (gsize i = 0; i < fermata_value_get_length (machine); i++)
    {
      const char *name = fermata_value_get_member_name (machine, i);

      fermata_value_builder_set (builder, name, fermata_value_get_member (machine, name));
    }
  fermata_value_builder_set (builder, "result", result);

  return fermata_value_builder_end (builder);
}

static void
print_result (CliSession *self)
{
  g_autoptr (FermataValue) result = dup_result (self);
  g_autofree char *text = NULL;

  if (self->printing != CLI_PRINTING_RESULT || result == NULL)
    return;

  text = fermata_value_to_string (result, FERMATA_WRITE_PRETTY, NULL);
  cli_output_print (self->output, "%s\n", text);
  cli_output_flush (self->output);
}

static void
finish_files (CliSession *self)
{
  g_autoptr (GError) error = NULL;

  if (self->failed)
    return;
  if (self->recorder != NULL && !fermata_record_writer_finish (self->recorder, &error))
    on_file_failed (G_OBJECT (self->recorder), error, self);
  g_clear_error (&error);
  if (self->tracer != NULL && !fermata_trace_writer_finish (self->tracer, &error))
    on_file_failed (G_OBJECT (self->tracer), error, self);
}

static void
print_metrics (CliSession *self)
{
  if (self->wanted_metrics == CLI_METRICS_TABLE)
    cli_metrics_print (self->messages, self->metrics, self->run);
  else if (self->wanted_metrics == CLI_METRICS_JSON)
    cli_metrics_print_json (self->messages, self->metrics);
}

static gboolean
wants_summary (CliSession *self)
{
  if (self->has_no_reader)
    return FALSE;

  return self->verbosity != CLI_VERBOSITY_QUIET
         || fermata_run_get_state (self->run) != FERMATA_RUN_STATE_DONE;
}

/* The run holds its monitors, and the session the run. */
static void
let_go (CliSession *self)
{
  if (self->recorder != NULL)
    fermata_run_remove_monitor (self->run, FERMATA_MONITOR (self->recorder));
  if (self->tracer != NULL)
    fermata_run_remove_monitor (self->run, FERMATA_MONITOR (self->tracer));
  if (self->metrics != NULL)
    fermata_run_remove_monitor (self->run, FERMATA_MONITOR (self->metrics));
  if (self->view_metrics != NULL)
    fermata_run_remove_monitor (self->run, FERMATA_MONITOR (self->view_metrics));
  if (self->events != NULL)
    cli_events_stop (self->events);
  fermata_run_remove_monitor (self->run, FERMATA_MONITOR (self));
}

CliExit
cli_session_run (CliSession *self)
{
  watch_signals (self);
  fermata_run_wait_async (self->run, NULL, on_run_over, self);
  fermata_run_start (self->run);
  if (self->view != NULL)
    cli_live_view_start (self->view);
  if (self->events != NULL)
    cli_events_start (self->events);
  g_main_loop_run (self->loop);
  unwatch_signals (self);

  if (!self->interrupted)
    print_result (self);
  look_at_output (self);
  finish_files (self);
  if (wants_summary (self))
    cli_summary_print (self->messages, self->run);
  print_metrics (self);
  cli_output_flush (self->messages);
  let_go (self);

  return exit_status (self);
}

/* The object */

static void
cli_session_finalize (GObject *object)
{
  CliSession *self = CLI_SESSION (object);

  cli_output_set_func (self->output, NULL, NULL);
  g_clear_pointer (&self->view, cli_live_view_free);
  g_clear_pointer (&self->progress, cli_progress_free);
  g_clear_object (&self->recorder);
  g_clear_object (&self->tracer);
  g_clear_object (&self->metrics);
  g_clear_object (&self->view_metrics);
  g_clear_object (&self->events);
  g_clear_pointer (&self->paths, fermata_frame_paths_unref);
  g_clear_object (&self->run);
  g_clear_pointer (&self->loop, g_main_loop_unref);

  G_OBJECT_CLASS (cli_session_parent_class)->finalize (object);
}

static void
cli_session_class_init (CliSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cli_session_finalize;
}

static void
cli_session_init (CliSession *self)
{
  self->loop = g_main_loop_new (NULL, FALSE);
}

static FermataMetrics *
follow (CliSession     *self,
        FermataMetrics *metrics)
{
  fermata_run_add_monitor (self->run, FERMATA_MONITOR (metrics));

  return metrics;
}

CliSession *
cli_session_new (FermataEngine *engine,
                 FermataRun    *run,
                 CliOutput     *output,
                 CliOutput     *messages,
                 CliPrinting    printing,
                 CliVerbosity   verbosity)
{
  CliSession *self = g_object_new (CLI_TYPE_SESSION, NULL);

  self->run = g_object_ref (run);
  self->output = output;
  self->messages = messages;
  self->printing = printing;
  self->paths = fermata_frame_paths_new (fermata_run_get_plan (run));
  self->verbosity = verbosity;
  self->progress = cli_progress_new (messages, verbosity, engine, run);
  if (verbosity == CLI_VERBOSITY_FAILURES)
    {
      /* Before the session itself follows the run, so that they know what it knows. */
      self->view_metrics = follow (self, fermata_metrics_new_brief (fermata_run_get_plan (run)));
      self->view = cli_live_view_new (messages, run, self->view_metrics);
    }
  cli_output_set_func (output, on_output_ready, self);
  fermata_run_add_monitor (run, FERMATA_MONITOR (self));

  return self;
}

void
cli_session_keep (CliSession *self,
                  guint64     n_events)
{
  self->n_kept = n_events;
}

void
cli_session_set_recorder (CliSession          *self,
                          FermataRecordWriter *recorder)
{
  g_set_object (&self->recorder, recorder);
  g_signal_connect_object (recorder, "failed", G_CALLBACK (on_file_failed), self, 0);
  fermata_run_add_monitor (self->run, FERMATA_MONITOR (recorder));
}

void
cli_session_set_tracer (CliSession         *self,
                        FermataTraceWriter *tracer)
{
  g_set_object (&self->tracer, tracer);
  g_signal_connect_object (tracer, "failed", G_CALLBACK (on_file_failed), self, 0);
  fermata_run_add_monitor (self->run, FERMATA_MONITOR (tracer));
}

void
cli_session_set_metrics (CliSession *self,
                         CliMetrics  metrics)
{
  self->wanted_metrics = metrics;
  if (metrics != CLI_METRICS_NONE)
    self->metrics = follow (self, fermata_metrics_new (fermata_run_get_plan (self->run)));
}

void
cli_session_set_events (CliSession *self,
                        CliEvents  *events)
{
  g_set_object (&self->events, events);
}

void
cli_session_set_machine (CliSession *self,
                         CliMachine *machine,
                         gboolean    hints)
{
  self->machine = machine;
  self->hints = hints;
}
