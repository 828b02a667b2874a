/* fermata-command-run.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <fermata.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "fermata-cli-colour.h"
#include "fermata-cli-diagnostics.h"
#include "fermata-cli-document.h"
#include "fermata-cli-events.h"
#include "fermata-cli-inputs.h"
#include "fermata-cli-modules.h"
#include "fermata-cli-output.h"
#include "fermata-cli-part.h"
#include "fermata-cli-session.h"
#include "fermata-commands.h"

static const char *const metrics_choices[] = { "table", "json", NULL };
static const char *const events_choices[] = { "json", "text", NULL };
static const char *const eof_choices[] = { "wait", "stop", NULL };

#define DEFAULT_MAX_VALUE ((gsize) 64 * 1024 * 1024)

static const CliOption options[] = {
  {
    .name = "input",
    .argument = N_("NAME=VALUE"),
    .repeatable = TRUE,
    .doc = N_("Give an input: JSON, or text where it is none or where the graph wants text. "
              "--input=@FILE reads an object of them; those given by name come before it. Of SCXML it is "
              "the first value of a variable."),
  },
  {
    .name = "event",
    .argument = N_("EVENT"),
    .repeatable = TRUE,
    .doc = N_("Send an event when the run starts: a name, or a name, a space and its data, which is "
              "JSON or text. A machine, and a graph with nodes that wait for events, also takes lines "
              "of standard input."),
  },
  {
    .name = "eof",
    .argument = N_("WHAT"),
    .choices = eof_choices,
    .doc = N_("What a machine does at the end of standard input: wait for its tasks and timers, or stop "
              "as soon as it has handled what it was sent. Default: wait."),
  },
  {
    .name = "virtual-time",
    .doc = N_("Time stands still until an event “advance 5s” lets it pass; “advance” alone goes to the "
              "next timer. At the end of the events it goes from timer to timer by itself. Tasks take "
              "no time: it waits for them."),
  },
  {
    .name = "result",
    .doc = N_("Print the result as JSON, and nothing else; messages go to standard error. Of a "
              "machine it has the states that it is in."),
  },
  {
    .name = "json",
    .doc = N_("Print what is told as lines of JSON: messages, and of a machine each event with the "
              "states that it leads to."),
  },
  {
    .name = "explain",
    .doc = N_("Of a machine, tell of each event which edges are tried, the values of their conditions, "
              "and why they are not taken."),
  },
  {
    .name = "events",
    .argument = N_("FORMAT"),
    .choices = events_choices,
    .is_optional = TRUE,
    .doc = N_("Print every event, one line each, as it comes, instead of messages. FORMAT is json or "
              "text. In bodies each has its path: orders/2/double."),
  },
  {
    .name = "record",
    .argument = N_("FILE"),
    .doc = N_("Write down everything: the graph, the inputs, every event, what nodes print."),
  },
  {
    .name = "trace",
    .argument = N_("FILE"),
    .doc = N_("Write a trace of what ran when, for ui.perfetto.dev or chrome://tracing."),
  },
  {
    .name = "metrics",
    .argument = N_("FORMAT"),
    .choices = metrics_choices,
    .is_optional = TRUE,
    .doc = N_("Tell at the end what nodes took: time, CPU, memory, bytes, usage. FORMAT is table or "
              "json, which is one line."),
  },
  {
    .name = "timeout",
    .argument = N_("DURATION"),
    .doc = N_("Cancel the run after this time: 250ms, 30s, 5m, 1h, or seconds."),
  },
  {
    .name = "max-concurrency",
    .argument = "N",
    .doc = N_("So many nodes run at the same time at most. Default: what the graph says, or 16."),
  },
  {
    .name = "keep-events",
    .argument = "N",
    .doc = N_("Of what happened, keep at least the last N events in memory, and not all. A record has "
              "them all even so."),
  },
  CLI_PART_OPTIONS,
  {
    .name = "max-value",
    .argument = N_("SIZE"),
    .doc = N_("Outputs larger than this go to files, and their place to the nodes that follow: a "
              "number of bytes, or 64M."),
  },
  {
    .name = "run-dir",
    .argument = N_("FOLDER"),
    .doc = N_("Where such files go, and stay. Without it, a folder that is removed at the end. "
              "Without --max-value, those larger than 64M."),
  },
  {
    .name = "listen",
    .argument = N_("ADDRESS"),
    .doc = N_("Where a machine in SCXML takes events over HTTP, if it does: ADDRESS, ADDRESS:PORT or "
              "[ADDRESS]:PORT. Default: this machine alone can send it any."),
  },
  {
    .name = "strict",
    .doc = N_("Members that nobody knows are errors."),
  },
  {
    .name = "quiet",
    .letter = 'q',
    .doc = N_("Say nothing unless it fails."),
  },
  {
    .name = "verbose",
    .letter = 'v',
    .doc = N_("Tell of every node and every edge, one line each."),
  },
  CLI_MODULE_OPTION,
  CLI_OUTSIDE_OPTION,
  CLI_MAX_SIZE_OPTION,
  CLI_COLOUR_OPTION,
  { NULL, },
};

/* What the command line asks for. */
typedef struct {
  CliPrinting printing;
  CliVerbosity verbosity;
  CliMetrics metrics;
  CliColour colour;
  CliAtEnd at_end;
  gsize max_size;
  gint64 timeout;
  guint64 max_concurrency;
  guint64 keep_events;
  gsize max_value;
} Wishes;

/* Everything that has to be let go at the end. */
typedef struct {
  CliArguments *arguments;
  Wishes wishes;
  CliOutput *output;
  CliOutput *messages;
  FermataClock *clock;          /* virtual; or NULL */
  FermataEngine *engine;
  CliDocument *document;
  FermataValue *inputs;
  FermataPlan *plan;
  CliPart part;
  FermataRun *run;
  CliEvents *events;
  CliMachine *machine;
  FermataRecordWriter *recorder;
  FermataTraceWriter *tracer;
} Command;

/* 0 without the option */
static gboolean
get_whole (CliArguments *arguments,
           const char   *name,
           guint64       highest,
           guint64      *number)
{
  const char *text = cli_arguments_get (arguments, name);

  *number = 0;
  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 1, highest, number, NULL))
    return TRUE;

  cli_usage_error (&cli_command_run, _("--%s is a whole number from 1, and not “%s”"), name, text);

  return FALSE;
}

static gboolean
check_together (CliArguments *arguments,
                const char   *one,
                const char   *other)
{
  if (!cli_arguments_has (arguments, one) || !cli_arguments_has (arguments, other))
    return TRUE;

  cli_usage_error (&cli_command_run, _("--%s and --%s do not go together"), one, other);

  return FALSE;
}

static gboolean
get_wishes (CliArguments *arguments,
            Wishes       *wishes)
{
  if (cli_arguments_has (arguments, "events"))
    wishes->printing = g_str_equal (cli_arguments_get (arguments, "events"), "text")
                         ? CLI_PRINTING_EVENT_LINES : CLI_PRINTING_EVENTS;
  else if (cli_arguments_has (arguments, "result"))
    wishes->printing = CLI_PRINTING_RESULT;
  else if (cli_arguments_has (arguments, "json"))
    wishes->printing = CLI_PRINTING_STEPS;
  if (cli_arguments_has (arguments, "metrics"))
    wishes->metrics = g_str_equal (cli_arguments_get (arguments, "metrics"), "json")
                        ? CLI_METRICS_JSON : CLI_METRICS_TABLE;
  if (cli_arguments_has (arguments, "eof") && g_str_equal (cli_arguments_get (arguments, "eof"), "stop"))
    wishes->at_end = CLI_AT_END_STOP;
  wishes->colour = cli_colour_from_arguments (arguments);

  return check_together (arguments, "events", "result")
         && check_together (arguments, "events", "json")
         && check_together (arguments, "events", "explain")
         && check_together (arguments, "result", "json")
         && check_together (arguments, "quiet", "verbose")
         && cli_document_get_timeout (arguments, &wishes->timeout)
         && get_whole (arguments, "max-concurrency", G_MAXINT, &wishes->max_concurrency)
         && get_whole (arguments, "keep-events", G_MAXINT64, &wishes->keep_events)
         && cli_document_get_size (arguments, "max-value", &wishes->max_value)
         && cli_document_get_max_size (arguments, &wishes->max_size);
}

/* A terminal gets the live view; everything else gets lines. */
static CliVerbosity
choose_verbosity (Command *self)
{
  if (cli_arguments_has (self->arguments, "quiet"))
    return CLI_VERBOSITY_QUIET;
  if (cli_arguments_has (self->arguments, "verbose"))
    return CLI_VERBOSITY_ALL;
  if (cli_output_is_terminal (self->messages) && cli_terminal_is_capable ())
    return CLI_VERBOSITY_FAILURES;

  return CLI_VERBOSITY_CALM;
}

static void
create_engine (Command *self)
{
  if (!cli_arguments_has (self->arguments, "virtual-time"))
    {
      self->engine = fermata_engine_new_default ();
      return;
    }
  self->clock = fermata_virtual_clock_new (g_get_real_time ());
  self->engine = fermata_engine_new_with_clock (self->clock);
}

/* What reaches further than the document's folder and this machine. */
static CliExit
set_reach (Command *self)
{
  const char *address = cli_arguments_get (self->arguments, "listen");
  FermataEventProcessor *http = NULL;
  g_autoptr (GError) error = NULL;

  cli_document_set_policy (self->arguments, self->engine);
  if (address == NULL)
    return CLI_EXIT_DONE;

  http = fermata_engine_find_event_processor (self->engine, FERMATA_HTTP_EVENT_PROCESSOR_URI);
  if (FERMATA_IS_HTTP_EVENT_PROCESSOR (http)
      && !fermata_http_event_processor_set_listen_address (FERMATA_HTTP_EVENT_PROCESSOR (http), address, &error))
    return cli_usage_error (&cli_command_run, _("--listen=%s: %s"), address, error->message);

  return CLI_EXIT_DONE;
}

static CliExit
load_modules (Command *self)
{
  return cli_modules_load (self->arguments, self->engine) ? CLI_EXIT_DONE : CLI_EXIT_USAGE;
}

/* Warnings are said, and errors end it. */
static CliExit
load (Command *self)
{
  const char *file = cli_arguments_get_operands (self->arguments)[0];
  g_autoptr (FermataChecker) checker = fermata_engine_create_checker (self->engine);

  fermata_checker_set_strict (checker, cli_arguments_has (self->arguments, "strict"));
  self->document = cli_document_read (file, self->wishes.max_size);
  cli_document_check (self->document, checker);
  if (self->document->n_errors > 0 || self->wishes.verbosity != CLI_VERBOSITY_QUIET)
    cli_diagnostics_print (self->document, self->messages);

  return self->document->n_errors > 0 ? CLI_EXIT_INVALID : CLI_EXIT_DONE;
}

static gboolean
is_machine (Command *self)
{
  return fermata_plan_get_kind (self->plan) == FERMATA_GRAPH_KIND_FSM;
}

static CliExit
compile (Command *self)
{
  g_autoptr (GError) error = NULL;

  self->plan = fermata_engine_compile (self->engine, self->document->graph, &error);
  if (self->plan == NULL)
    {
      cli_complain ("%s: %s", self->document->name, error->message);
      return CLI_EXIT_INVALID;
    }

  /* A machine has steps to tell of, and no nodes to count. */
  if (is_machine (self) && self->wishes.verbosity == CLI_VERBOSITY_FAILURES)
    self->wishes.verbosity = CLI_VERBOSITY_CALM;

  return CLI_EXIT_DONE;
}

/* What a machine with a data model of SCXML is given are its variables. */
static FermataValue *
get_inputs (FermataGraph *graph)
{
  FermataValue *model = fermata_graph_get_member (graph, "data-model");
  gboolean is_scxml = model != NULL && fermata_value_get_kind (model) == FERMATA_VALUE_KIND_STRING
                      && !g_str_equal (fermata_value_get_string (model, NULL), "fermata");

  return fermata_graph_get_member (graph, is_scxml ? "variables" : "inputs");
}

/* "name, path" */
static char *
dup_input_names (FermataGraph *graph)
{
  FermataValue *inputs = get_inputs (graph);
  GString *names = g_string_new (NULL);

  if (inputs == NULL || fermata_value_get_kind (inputs) != FERMATA_VALUE_KIND_OBJECT)
    return g_string_free (names, FALSE);
  for (gsize i = 0; i < fermata_value_get_length (inputs); i++)
    g_string_append_printf (names, "%s%s", i == 0 ? "" : ", ", fermata_value_get_member_name (inputs, i));

  return g_string_free (names, FALSE);
}

static CliExit
refuse_inputs (Command      *self,
               const GError *error)
{
  g_autofree char *names = dup_input_names (self->document->graph);

  if (*names == '\0')
    return cli_usage_error (&cli_command_run, _("%s; it has none"), error->message);

  return cli_usage_error (&cli_command_run, _("%s; its inputs are: %s"), error->message, names);
}

static CliExit
choose_part (Command *self)
{
  return cli_part_init (&self->part, self->arguments, self->engine, self->plan);
}

static CliExit
refuse_part (Command      *self,
             const GError *error)
{
  if (cli_arguments_has (self->arguments, "history") || cli_arguments_has (self->arguments, "pin"))
    return cli_usage_error (&cli_command_run, "%s", error->message);

  return cli_usage_error (&cli_command_run, _("%s; --history and --pin give outputs"), error->message);
}

static void
take_earlier_inputs (Command *self)
{
  FermataValue *given = self->inputs;

  self->inputs = cli_inputs_complete (given, fermata_record_get_inputs (self->part.record),
                                      self->document->graph);
  g_clear_pointer (&given, fermata_value_unref);
}

static CliExit
create_run (Command *self)
{
  FermataRunOptions run_options = FERMATA_RUN_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  if (!cli_inputs_collect (self->arguments, self->document->graph, &self->inputs))
    return CLI_EXIT_USAGE;
  if (self->part.record != NULL)
    take_earlier_inputs (self);

  run_options.inputs = self->inputs;
  run_options.part = self->part.part;
  run_options.timeout = self->wishes.timeout;
  run_options.max_concurrency = self->wishes.max_concurrency;
  run_options.keep_events = self->wishes.keep_events;
  self->run = fermata_engine_create_run (self->engine, self->plan, &run_options, &error);

  if (self->run != NULL)
    return CLI_EXIT_DONE;
  if (g_error_matches (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_PART))
    return refuse_part (self, error);

  return refuse_inputs (self, error);
}

static CliExit
prepare_folder (Command *self)
{
  const char *folder = cli_arguments_get (self->arguments, "run-dir");
  gsize max_value = self->wishes.max_value;

  if (folder != NULL && max_value == 0)
    max_value = DEFAULT_MAX_VALUE;
  if (max_value > 0)
    fermata_run_store_outputs (self->run, max_value, folder);

  return CLI_EXIT_DONE;
}

/* Standard input is nobody's business where nothing waits for events. */
static CliExit
prepare_events (Command *self)
{
  const char *file = cli_arguments_get_operands (self->arguments)[0];
  gboolean listens = fermata_plan_takes_events (self->plan) || is_machine (self);
  gboolean reads = listens && !g_str_equal (file, "-") && cli_events_may_read (STDIN_FILENO);

  if (!listens && self->clock == NULL && !cli_arguments_has (self->arguments, "event"))
    return CLI_EXIT_DONE;

  self->events = cli_events_new (self->arguments, self->run, reads ? STDIN_FILENO : -1,
                                 (FermataVirtualClock *) self->clock, self->wishes.at_end);

  return self->events != NULL ? CLI_EXIT_DONE : CLI_EXIT_USAGE;
}

/* Before anything runs, so that nothing has run if it cannot be written. */
static CliExit
refuse_file (const char   *option,
             const char   *name,
             GFile        *file,
             const GError *error)
{
  cli_complain ("--%s=%s: %s", option, name,
                cli_message_without_name (error->message, g_file_peek_path (file)));

  return CLI_EXIT_USAGE;
}

static CliExit
open_record (Command *self)
{
  const char *name = cli_arguments_get (self->arguments, "record");
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  if (name == NULL)
    return CLI_EXIT_DONE;

  file = g_file_new_for_path (name);
  self->recorder = fermata_record_writer_new (file, self->document->graph, &error);

  return self->recorder != NULL ? CLI_EXIT_DONE : refuse_file ("record", name, file, error);
}

static CliExit
open_trace (Command *self)
{
  const char *name = cli_arguments_get (self->arguments, "trace");
  FermataValue *graph_name = fermata_graph_get_member (self->document->graph, "name");
  const char *title = self->document->name;
  g_autofree char *valid = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  if (name == NULL)
    return CLI_EXIT_DONE;

  if (graph_name != NULL && fermata_value_get_kind (graph_name) == FERMATA_VALUE_KIND_STRING)
    title = fermata_value_get_string (graph_name, NULL);
  valid = g_utf8_make_valid (title, -1);
  file = g_file_new_for_path (name);
  self->tracer = fermata_trace_writer_new (file, self->plan, valid, &error);

  return self->tracer != NULL ? CLI_EXIT_DONE : refuse_file ("trace", name, file, error);
}

static CliMachineForm
choose_form (Command *self)
{
  if (self->wishes.printing == CLI_PRINTING_EVENTS || self->wishes.printing == CLI_PRINTING_EVENT_LINES)
    return CLI_MACHINE_NOTHING;
  if (self->wishes.printing == CLI_PRINTING_STEPS)
    return CLI_MACHINE_JSON;

  return self->wishes.verbosity == CLI_VERBOSITY_QUIET ? CLI_MACHINE_NOTHING : CLI_MACHINE_TEXT;
}

/* Who types events is told which there are. */
static void
follow_machine (Command    *self,
                CliSession *session)
{
  gboolean hints = isatty (STDIN_FILENO) && cli_output_is_terminal (self->messages)
                   && self->wishes.verbosity != CLI_VERBOSITY_QUIET;
  CliOutput *output = self->wishes.printing == CLI_PRINTING_RESULT ? self->messages : self->output;

  self->machine = cli_machine_new (self->run, choose_form (self),
                                   cli_arguments_has (self->arguments, "explain"),
                                   cli_output_has_colour (output));
  if (self->machine != NULL)
    cli_session_set_machine (session, self->machine, hints);
}

static CliExit
carry_out (Command *self)
{
  g_autoptr (CliSession) session = NULL;
  CliExit status;

  session = cli_session_new (self->engine, self->run, self->output, self->messages,
                             self->wishes.printing, self->wishes.verbosity);
  if (self->recorder != NULL)
    cli_session_set_recorder (session, self->recorder);
  if (self->tracer != NULL)
    cli_session_set_tracer (session, self->tracer);
  cli_session_set_metrics (session, self->wishes.metrics);
  cli_session_keep (session, self->wishes.keep_events);
  follow_machine (self, session);
  if (self->events != NULL)
    cli_session_set_events (session, self->events);

  status = cli_session_run (session);
  if (self->wishes.verbosity != CLI_VERBOSITY_QUIET)
    cli_part_warn (&self->part, self->run);

  return status;
}

static CliExit
run_steps (Command *self)
{
  static CliExit (*const steps[]) (Command *) = {
    set_reach, load_modules, load, compile, choose_part, create_run, prepare_folder, prepare_events,
    open_record, open_trace, carry_out,
  };
  CliExit status = CLI_EXIT_DONE;

  for (guint i = 0; i < G_N_ELEMENTS (steps) && status == CLI_EXIT_DONE; i++)
    status = steps[i] (self);
  cli_output_flush (self->messages);

  return status;
}

static void
clear (Command *self)
{
  g_clear_object (&self->recorder);
  g_clear_object (&self->tracer);
  g_clear_object (&self->events);
  g_clear_pointer (&self->machine, cli_machine_free);
  g_clear_object (&self->run);
  cli_part_clear (&self->part);
  g_clear_pointer (&self->plan, fermata_plan_unref);
  g_clear_pointer (&self->inputs, fermata_value_unref);
  g_clear_pointer (&self->document, cli_document_free);
  g_clear_object (&self->engine);
  g_clear_object (&self->clock);
  cli_output_free (self->output);
  cli_output_free (self->messages);
}

static CliExit
run (CliArguments *arguments)
{
  Command self = { .arguments = arguments };
  CliExit status;

  if (!get_wishes (arguments, &self.wishes))
    return CLI_EXIT_USAGE;

  self.output = cli_output_new (STDOUT_FILENO);
  self.messages = cli_output_new (STDERR_FILENO);
  cli_colour_apply (self.wishes.colour, self.output);
  cli_colour_apply (self.wishes.colour, self.messages);
  self.wishes.verbosity = choose_verbosity (&self);
  create_engine (&self);
  status = run_steps (&self);
  clear (&self);

  return status;
}

const CliCommand cli_command_run = {
  .name = "run",
  .operands = N_("FILE"),
  .summary = N_("Run a graph."),
  .doc = N_("Checks a graph and runs it. What the graph says goes to standard output, how far it "
            "is to standard error. FILE may be “-”: standard input. Ctrl-C cancels, twice kills."),
  .notes = N_("Exit status: 0 done, 1 the run failed, 2 usage, 3 the graph is invalid,\n"
              "124 timed out, 130 cancelled.\n"
              "\n"
              "Example:\n"
              "  fermata run hello.fermata.json --input name=Ada --result\n"),
  .options = options,
  .min_operands = 1,
  .max_operands = 1,
  .run = run,
};
