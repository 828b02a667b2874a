/* fermata-cli-part.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-part.h"

#include <glib/gi18n.h>
#include <string.h>

#include "fermata-cli-document.h"
#include "fermata-cli-inputs.h"
#include "fermata-cli-text.h"

typedef void (*AddFunc) (FermataRunPart *part,
                         const char     *node);

CliExit
cli_part_refuse_node (const CliCommand *command,
                      const char       *before,
                      const char       *id,
                      FermataPlan      *plan)
{
  guint n_nodes = fermata_plan_get_n_nodes (plan);
  g_autofree const char **names = g_new0 (const char *, n_nodes + 1);
  const char *similar;

  for (guint i = 0; i < n_nodes; i++)
    names[i] = fermata_plan_get_node_id (plan, i);
  similar = cli_text_find_similar (id, names);
  if (similar != NULL)
    return cli_usage_error (command, _("%sthere is no node “%s”; did you mean “%s”?"), before, id, similar);

  return cli_usage_error (command, _("%sthere is no node “%s”"), before, id);
}

/* Whether there is such a node; a path into bodies is for the library to read. */
static gboolean
is_there (const char   *id,
          FermataPlan  *plan,
          GError      **error)
{
  g_autoptr (FermataRunPart) alone = NULL;
  guint node;

  if (fermata_plan_find_node (plan, id, &node))
    return TRUE;

  alone = fermata_run_part_new ();
  fermata_run_part_add_only (alone, id);

  return fermata_run_part_check (alone, plan, error);
}

static CliExit
check_node (CliArguments *arguments,
            const char   *before,
            const char   *id,
            FermataPlan  *plan)
{
  g_autoptr (GError) error = NULL;

  if (is_there (id, plan, &error))
    return CLI_EXIT_DONE;
  if (strchr (id, '/') == NULL)
    return cli_part_refuse_node (cli_arguments_get_command (arguments), before, id, plan);

  return cli_usage_error (cli_arguments_get_command (arguments), "%s%s", before, error->message);
}

static CliExit
add_nodes (CliPart      *self,
           CliArguments *arguments,
           FermataPlan  *plan,
           const char   *option,
           AddFunc       add)
{
  const char *const *ids = cli_arguments_get_all (arguments, option);
  g_autofree char *before = g_strdup_printf ("--%s: ", option);
  CliExit status = CLI_EXIT_DONE;

  for (guint i = 0; ids != NULL && ids[i] != NULL && status == CLI_EXIT_DONE; i++)
    {
      status = check_node (arguments, before, ids[i], plan);
      add (self->part, ids[i]);
    }

  return status;
}

static CliExit
add_pins_of_file (CliPart      *self,
                  CliArguments *arguments,
                  FermataPlan  *plan,
                  const char   *name)
{
  g_autoptr (FermataValue) pins = cli_inputs_read_object (name, _("an object with outputs by node"));
  g_autofree char *before = g_strdup_printf ("--pin=%s: ", name);
  CliExit status = CLI_EXIT_DONE;

  if (pins == NULL)
    return CLI_EXIT_USAGE;

  for (gsize i = 0; i < fermata_value_get_length (pins) && status == CLI_EXIT_DONE; i++)
    {
      const char *id = fermata_value_get_member_name (pins, i);

      status = check_node (arguments, before, id, plan);
      fermata_run_part_add_pin (self->part, id, fermata_value_get_member (pins, id));
    }

  return status;
}

/* NODE=OUTPUT: where the name of a node ends; NULL if it begins with none. Ids may
 * have such a sign in them, too. */
static const char *
find_sign (const char  *pin,
           FermataPlan *plan)
{
  for (const char *sign = strchr (pin, '='); sign != NULL; sign = strchr (sign + 1, '='))
    {
      g_autofree char *id = g_strndup (pin, sign - pin);

      if (is_there (id, plan, NULL))
        return sign;
    }

  return NULL;
}

static CliExit
add_pin (CliPart      *self,
         CliArguments *arguments,
         const char   *pin,
         const char   *sign)
{
  g_autofree char *id = g_strndup (pin, sign - pin);
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) output = fermata_value_parse (sign + 1, strlen (sign + 1), &error);

  if (output == NULL)
    return cli_usage_error (cli_arguments_get_command (arguments),
                            _("--pin=%s: the output must be JSON: %s"), pin, error->message);

  fermata_run_part_add_pin (self->part, id, output);

  return CLI_EXIT_DONE;
}

static CliExit
add_pins (CliPart      *self,
          CliArguments *arguments,
          FermataPlan  *plan,
          const char   *pin)
{
  const char *sign = find_sign (pin, plan);
  g_autofree char *id = NULL;

  if (sign != NULL)
    return add_pin (self, arguments, pin, sign);
  if (strchr (pin, '=') == NULL || g_file_test (pin, G_FILE_TEST_EXISTS))
    return add_pins_of_file (self, arguments, plan, pin);

  id = g_strndup (pin, strchr (pin, '=') - pin);

  return check_node (arguments, "--pin: ", id, plan);
}

static CliExit
add_all_pins (CliPart      *self,
              CliArguments *arguments,
              FermataPlan  *plan)
{
  const char *const *names = cli_arguments_get_all (arguments, "pin");
  CliExit status = CLI_EXIT_DONE;

  for (guint i = 0; names != NULL && names[i] != NULL && status == CLI_EXIT_DONE; i++)
    status = add_pins (self, arguments, plan, names[i]);

  return status;
}

/* "FILE: what" or "FILE:LINE: what", with the name that was given. */
static void
complain_of_history (const char   *name,
                     GFile        *file,
                     const GError *error)
{
  const char *path = g_file_peek_path (file);
  const char *message = error->message;

  if (g_str_has_prefix (message, path))
    cli_complain ("--history=%s%s", name, message + strlen (path));
  else
    cli_complain ("--history=%s: %s", name, message);
}

FermataRecord *
cli_part_read_history (FermataEngine *engine,
                       const char    *name)
{
  g_autoptr (GFile) file = g_file_new_for_path (name);
  g_autoptr (GError) error = NULL;
  FermataRecord *record = fermata_record_read (engine, file, FERMATA_RECORD_PARTIAL, &error);

  if (record == NULL)
    complain_of_history (name, file, error);

  return record;
}

/* What the library would say in its own words. */
static CliExit
check_together (CliArguments *arguments)
{
  static const char *const pairs[][2] = {
    { "only", "from" }, { "only", "until" }, { "changed", "only" }, { "changed", "from" }, { "changed", "until" },
  };
  gboolean uses_history = cli_arguments_has (arguments, "changed") || cli_arguments_has (arguments, "from")
                          || cli_arguments_has (arguments, "until") || cli_arguments_has (arguments, "only");

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      if (cli_arguments_has (arguments, pairs[i][0]) && cli_arguments_has (arguments, pairs[i][1]))
        return cli_usage_error (cli_arguments_get_command (arguments), _("--%s and --%s do not go together"),
                                pairs[i][0], pairs[i][1]);
    }
  if (cli_arguments_has (arguments, "changed") && !cli_arguments_has (arguments, "history"))
    return cli_usage_error (cli_arguments_get_command (arguments), _("--changed needs --history"));
  if (cli_arguments_has (arguments, "history") && !uses_history)
    return cli_usage_error (cli_arguments_get_command (arguments),
                            _("--history is for --from, --until, --only and --changed"));

  return CLI_EXIT_DONE;
}

static CliExit
fill (CliPart       *self,
      CliArguments  *arguments,
      FermataEngine *engine,
      FermataPlan   *plan)
{
  const char *history = cli_arguments_get (arguments, "history");
  g_autoptr (GError) error = NULL;
  CliExit status;

  if ((status = add_nodes (self, arguments, plan, "from", fermata_run_part_add_from)) != CLI_EXIT_DONE
      || (status = add_nodes (self, arguments, plan, "until", fermata_run_part_add_until)) != CLI_EXIT_DONE
      || (status = add_nodes (self, arguments, plan, "only", fermata_run_part_add_only)) != CLI_EXIT_DONE
      || (status = add_all_pins (self, arguments, plan)) != CLI_EXIT_DONE)
    return status;

  fermata_run_part_set_changed (self->part, cli_arguments_has (arguments, "changed"));
  if (history == NULL)
    return CLI_EXIT_DONE;

  self->record = cli_part_read_history (engine, history);
  if (self->record == NULL)
    return CLI_EXIT_USAGE;
  fermata_run_part_set_history (self->part, fermata_record_get_history (self->record));
  if (fermata_run_part_check (self->part, plan, &error))
    return CLI_EXIT_DONE;

  cli_complain ("--history=%s: %s", history, error->message);

  return CLI_EXIT_USAGE;
}

CliExit
cli_part_init (CliPart       *self,
               CliArguments  *arguments,
               FermataEngine *engine,
               FermataPlan   *plan)
{
  static const char *const names[] = { "from", "until", "only", "changed", "history", "pin" };
  gboolean is_wanted = FALSE;
  CliExit status;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    is_wanted = is_wanted || cli_arguments_has (arguments, names[i]);
  if (!is_wanted)
    return CLI_EXIT_DONE;

  status = check_together (arguments);
  if (status != CLI_EXIT_DONE)
    return status;

  self->part = fermata_run_part_new ();

  return fill (self, arguments, engine, plan);
}

void
cli_part_clear (CliPart *self)
{
  g_clear_object (&self->part);
  g_clear_object (&self->record);
}

/* So many pins are told of one by one. */
#define MAX_WARNINGS 5

void
cli_part_warn (CliPart    *self,
               FermataRun *run)
{
  g_auto (GStrv) unused = NULL;
  guint n;

  if (self->part == NULL)
    return;

  unused = fermata_run_part_list_unused_pins (self->part, fermata_run_get_history (run));
  n = g_strv_length (unused);
  for (guint i = 0; i < MIN (n, MAX_WARNINGS); i++)
    cli_complain (_("--pin: “%s” was of no use: the run has not come to it"), unused[i]);
  if (n > MAX_WARNINGS)
    cli_complain (_("--pin: %u more were of no use"), n - MAX_WARNINGS);
}
