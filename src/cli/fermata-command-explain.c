/* fermata-command-explain.c
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
#include "fermata-cli-explanation.h"
#include "fermata-cli-output.h"
#include "fermata-cli-part.h"
#include "fermata-commands.h"

static const CliOption options[] = {
  {
    .name = "history",
    .argument = N_("FILE"),
    .doc = N_("The --record of a run, even one that breaks off. Without it: what the node depends "
              "on, whatever happens."),
  },
  {
    .name = "at",
    .argument = "N",
    .doc = N_("After the Nth event of the history. Default: after the last."),
  },
  {
    .name = "json",
    .doc = N_("Print an object, for programs."),
  },
  CLI_MAX_SIZE_OPTION,
  CLI_COLOUR_OPTION,
  { NULL, },
};

typedef struct {
  CliArguments *arguments;
  CliOutput *output;
  FermataEngine *engine;
  FermataPlan *plan;
  FermataRecord *record;
  FermataMoment *moment;
  FermataValue *explanation;
  gsize max_size;
} Explain;

/* What cannot run cannot be explained either. */
static CliExit
load (Explain *self)
{
  const char *file = cli_arguments_get_operands (self->arguments)[0];
  g_autoptr (CliDocument) document = cli_document_read (file, self->max_size);
  g_autoptr (FermataChecker) checker = fermata_engine_create_checker (self->engine);
  g_autoptr (CliOutput) messages = cli_output_new (STDERR_FILENO);
  g_autoptr (GError) error = NULL;

  cli_document_check (document, checker);
  if (document->n_errors > 0)
    {
      cli_diagnostics_print (document, messages);
      cli_output_flush (messages);
      return CLI_EXIT_INVALID;
    }

  self->plan = fermata_engine_compile (self->engine, document->graph, &error);
  if (self->plan != NULL)
    return CLI_EXIT_DONE;

  cli_complain ("%s: %s", document->name, error->message);

  return CLI_EXIT_INVALID;
}

static CliExit
find_moment (Explain *self)
{
  FermataHistory *history = fermata_record_get_history (self->record);
  const char *at = cli_arguments_get (self->arguments, "at");
  guint64 n_events = fermata_history_get_n_events (history);
  guint64 number = n_events;

  if (at != NULL && !g_ascii_string_to_unsigned (at, 10, 0, n_events, &number, NULL))
    return cli_usage_error (&cli_command_explain,
                            _("--at is the number of an event, from 0 to %" G_GUINT64_FORMAT ", and not “%s”"),
                            n_events, at);

  self->moment = fermata_history_dup_moment (history, number);

  return CLI_EXIT_DONE;
}

/* The graph of the record is the one that ran: it may be an earlier one. */
static CliExit
explain_moment (Explain    *self,
                const char *id)
{
  const char *name = cli_arguments_get (self->arguments, "history");
  g_autofree char *before = g_strdup_printf ("--history=%s: ", name);
  FermataPlan *plan;
  CliExit status;
  guint node;

  self->record = cli_part_read_history (self->engine, name);
  if (self->record == NULL)
    return CLI_EXIT_USAGE;

  plan = fermata_history_get_plan (fermata_record_get_history (self->record));
  if (!fermata_plan_find_node (plan, id, &node))
    return cli_part_refuse_node (&cli_command_explain, before, id, plan);
  status = find_moment (self);
  if (status == CLI_EXIT_DONE)
    self->explanation = fermata_moment_explain_node (self->moment, 0, node);

  return status;
}

static CliExit
explain (Explain *self)
{
  const char *id = cli_arguments_get_operands (self->arguments)[1];
  guint node;

  if (cli_arguments_has (self->arguments, "history"))
    return explain_moment (self, id);
  if (!fermata_plan_find_node (self->plan, id, &node))
    return cli_part_refuse_node (&cli_command_explain, "", id, self->plan);
  if (cli_arguments_has (self->arguments, "at"))
    return cli_usage_error (&cli_command_explain, _("--at needs --history"));

  self->explanation = fermata_plan_explain_node (self->plan, node);

  return CLI_EXIT_DONE;
}

static CliExit
print (Explain *self)
{
  if (cli_arguments_has (self->arguments, "json"))
    {
      g_autofree char *text = fermata_value_to_string (self->explanation, FERMATA_WRITE_PRETTY, NULL);

      cli_output_print (self->output, "%s\n", text);
    }
  else
    {
      cli_explanation_print (self->explanation, self->moment, self->output);
    }

  return cli_output_flush (self->output) ? CLI_EXIT_DONE : CLI_EXIT_FAILED;
}

static CliExit
run (CliArguments *arguments)
{
  g_autoptr (FermataEngine) engine = NULL;
  g_autoptr (CliOutput) output = cli_output_new (STDOUT_FILENO);
  Explain self = { .arguments = arguments, .output = output };
  CliExit status;

  if (!cli_document_get_max_size (arguments, &self.max_size))
    return CLI_EXIT_USAGE;

  engine = self.engine = fermata_engine_new_default ();
  cli_colour_apply (cli_colour_from_arguments (arguments), output);
  /* A record has the graph that ran, and those in the files that it named: they may
   * be others now, or gone. */
  status = cli_arguments_has (arguments, "history") ? CLI_EXIT_DONE : load (&self);
  if (status == CLI_EXIT_DONE)
    status = explain (&self);
  if (status == CLI_EXIT_DONE)
    status = print (&self);

  g_clear_pointer (&self.explanation, fermata_value_unref);
  g_clear_pointer (&self.moment, fermata_moment_unref);
  g_clear_object (&self.record);
  g_clear_pointer (&self.plan, fermata_plan_unref);

  return status;
}

const CliCommand cli_command_explain = {
  .name = "explain",
  .operands = N_("FILE NODE"),
  .summary = N_("Tell why a node ran, waits or was skipped."),
  .doc = N_("Tells why a node ran, waits or was skipped in a run: the state of each edge that leads to "
            "it, its condition with the values of the names in it, and what it all goes back to. With "
            "--history FILE is not read: the record has the graph that ran."),
  .notes = N_("Exit status: 0 done, 2 usage, 3 the graph is invalid.\n"
              "\n"
              "Example:\n"
              "  fermata run orders.fermata.json --record run.record\n"
              "  fermata explain orders.fermata.json report --history run.record\n"),
  .options = options,
  .min_operands = 2,
  .max_operands = 2,
  .run = run,
};
