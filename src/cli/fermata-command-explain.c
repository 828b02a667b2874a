/* fermata-command-explain.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <fermata.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "fermata-cli-body.h"
#include "fermata-cli-colour.h"
#include "fermata-cli-diagnostics.h"
#include "fermata-cli-document.h"
#include "fermata-cli-explanation.h"
#include "fermata-cli-output.h"
#include "fermata-cli-part.h"
#include "fermata-cli-place.h"
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
  CLI_OUTSIDE_OPTION,
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
  char *counts;
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

/* Without --at, what lies in a body is explained as it was when that was left. */
static gboolean
find_frame (Explain    *self,
            const char *path,
            guint      *frame,
            guint32    *place)
{
  FermataHistory *history = fermata_record_get_history (self->record);
  guint64 number;

  if (fermata_moment_find_path (self->moment, path, frame, place))
    return TRUE;
  if (cli_arguments_has (self->arguments, "at")
      || !cli_place_find_in_history (history, path, &number))
    return FALSE;

  g_clear_pointer (&self->moment, fermata_moment_unref);
  self->moment = fermata_history_dup_moment (history, number);

  return fermata_moment_find_path (self->moment, path, frame, place);
}

static CliExit
explain_in_frame (Explain    *self,
                  const char *path)
{
  const char *name = cli_arguments_get (self->arguments, "history");
  FermataPlan *plan = fermata_history_get_plan (fermata_record_get_history (self->record));
  g_autofree char *before = g_strdup_printf ("--history=%s: ", name);
  FermataPlan *body;
  guint frame, node;
  guint32 place;

  if (find_frame (self, path, &frame, &place) && place != FERMATA_PLACE_RUN)
    {
      body = fermata_moment_get_plan (self->moment, frame);
      node = place - fermata_plan_get_first_place (body);
      if (node < fermata_plan_get_n_nodes (body))
        {
          self->explanation = fermata_moment_explain_node (self->moment, frame, node);
          self->counts = cli_body_dup_counts (self->moment, frame, place);
          return CLI_EXIT_DONE;
        }
    }
  if (!cli_place_find_in_plan (plan, path, &body, &node))
    return cli_part_refuse_node (&cli_command_explain, before, path, plan);

  return cli_usage_error (&cli_command_explain,
                          _("%s“%s” was not under way then; a path says which time is meant: orders/2/double"),
                          before, path);
}

/* The graph of the record is the one that ran: it may be an earlier one. */
static CliExit
explain_moment (Explain    *self,
                const char *path)
{
  const char *name = cli_arguments_get (self->arguments, "history");
  CliExit status;

  self->record = cli_part_read_history (self->engine, name);
  if (self->record == NULL)
    return CLI_EXIT_USAGE;

  status = find_moment (self);

  return status == CLI_EXIT_DONE ? explain_in_frame (self, path) : status;
}

static CliExit
explain (Explain *self)
{
  const char *id = cli_arguments_get_operands (self->arguments)[1];
  FermataPlan *body;
  guint node;

  if (cli_arguments_has (self->arguments, "history"))
    return explain_moment (self, id);
  if (!cli_place_find_in_plan (self->plan, id, &body, &node))
    return cli_part_refuse_node (&cli_command_explain, "", id, self->plan);
  if (cli_arguments_has (self->arguments, "at"))
    return cli_usage_error (&cli_command_explain, _("--at needs --history"));

  self->explanation = fermata_plan_explain_node (body, node);

  return CLI_EXIT_DONE;
}

/* In a body, which time it is. */
static void
add_path (Explain *self)
{
  const char *path = cli_arguments_get_operands (self->arguments)[1];
  g_autoptr (FermataValue) text = fermata_value_new_string (path, -1);
  FermataValue *whole;

  if (strchr (path, '/') == NULL)
    return;

  whole = fermata_value_with_member (self->explanation, "path", text);
  fermata_value_unref (self->explanation);
  self->explanation = whole;
}

static CliExit
print (Explain *self)
{
  add_path (self);
  if (cli_arguments_has (self->arguments, "json"))
    {
      g_autofree char *text = fermata_value_to_string (self->explanation, FERMATA_WRITE_PRETTY, NULL);

      cli_output_print (self->output, "%s\n", text);
    }
  else
    {
      cli_explanation_print (self->explanation, self->moment, self->counts, self->output);
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
  cli_document_set_policy (arguments, engine);
  cli_colour_apply (cli_colour_from_arguments (arguments), output);
  /* A record has the graph that ran, and those in the files that it named: they may
   * be others now, or gone. */
  status = cli_arguments_has (arguments, "history") ? CLI_EXIT_DONE : load (&self);
  if (status == CLI_EXIT_DONE)
    status = explain (&self);
  if (status == CLI_EXIT_DONE)
    status = print (&self);

  g_clear_pointer (&self.explanation, fermata_value_unref);
  g_free (self.counts);
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
            "--history FILE is not read: the record has the graph that ran. In a body NODE is a path: "
            "orders/2/double."),
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
