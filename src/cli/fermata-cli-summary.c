/* fermata-cli-summary.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-summary.h"

#include <glib/gi18n.h>
#include <string.h>

#include "fermata-cli-progress.h"
#include "fermata-cli-text.h"

#define MOST_FAILURES 5
#define MOST_LINES 8

typedef struct {
  FermataMoment *moment;
  FermataPlan *plan;
  GString *page;
  gboolean colour;
  guint n_nodes;
  guint n_failed;

  /* Where it is, if it is a state machine; else NULL */
  FermataValue *machine;
} Summary;

static guint
count (Summary           *self,
       FermataNodeStatus  status)
{
  return fermata_moment_count_nodes (self->moment, 0, status);
}

static FermataValue *
member (FermataValue     *object,
        const char       *name,
        FermataValueKind  kind)
{
  FermataValue *value = NULL;

  if (object != NULL && fermata_value_get_kind (object) == FERMATA_VALUE_KIND_OBJECT)
    value = fermata_value_get_member (object, name);

  return value != NULL && fermata_value_get_kind (value) == kind ? value : NULL;
}

/* The end of what the node wrote to standard error; its last line alone is in
 * the message already. */
static void
add_last_words (Summary      *self,
                FermataValue *error)
{
  FermataValue *details = member (error, "details", FERMATA_VALUE_KIND_OBJECT);
  FermataValue *words = member (details, "stderr", FERMATA_VALUE_KIND_STRING);
  g_auto (GStrv) lines = NULL;
  guint n;

  if (words == NULL)
    return;
  lines = g_strsplit (fermata_value_get_string (words, NULL), "\n", -1);
  n = g_strv_length (lines);
  for (guint i = n > MOST_LINES ? n - MOST_LINES : 0; n > 1 && i < n; i++)
    {
      g_autofree char *line = cli_text_dup_harmless (g_strchomp (lines[i]));

      cli_text_add_styled (self->page, self->colour, CLI_STYLE_FAINT, "    | ");
      g_string_append_printf (self->page, "%s\n", line);
    }
}

/* "fetch: exit status 3: no such file (execution)" */
static void
add_failure (Summary    *self,
             guint       node,
             const char *before)
{
  FermataValue *error = fermata_moment_get_node_error (self->moment, 0, node);
  FermataValue *kind = member (error, "kind", FERMATA_VALUE_KIND_STRING);
  g_autofree char *id = cli_text_dup_harmless (fermata_plan_get_node_id (self->plan, node));
  g_autofree char *message = cli_error_dup_message (error);

  g_string_append (self->page, before);
  cli_text_add_styled (self->page, self->colour, CLI_STYLE_STRONG, id);
  g_string_append_printf (self->page, ": %s", message);
  if (kind != NULL)
    g_string_append_printf (self->page, " (%s)", fermata_value_get_string (kind, NULL));
  g_string_append_c (self->page, '\n');
  add_last_words (self, error);
}

static guint
next_failed (Summary *self,
             guint    node)
{
  while (node < self->n_nodes
         && fermata_moment_get_node_status (self->moment, 0, node) != FERMATA_NODE_STATUS_FAILED)
    node++;

  return node;
}

static void
add_failures (Summary *self)
{
  guint node = 0;

  for (guint i = 0; i < MIN (self->n_failed, MOST_FAILURES); i++)
    {
      node = next_failed (self, node);
      add_failure (self, node, "  ");
      node++;
    }
  if (self->n_failed > MOST_FAILURES)
    {
      g_string_append (self->page, "  ");
      g_string_append_printf (self->page, _("… and %u more\n"), self->n_failed - MOST_FAILURES);
    }
}

/* "6 nodes" */
static char *
dup_nodes (guint n)
{
  return g_strdup_printf (ngettext ("%u node", "%u nodes", n), n);
}

/* Those that ran: what is given has an output, but no attempt. */
static guint
count_ran (Summary *self)
{
  guint n_nodes = fermata_plan_get_n_nodes (fermata_moment_get_plan (self->moment, 0));
  guint n = 0;

  if (fermata_moment_count_given (self->moment) == 0)
    return count (self, FERMATA_NODE_STATUS_DONE);

  for (guint i = 0; i < n_nodes; i++)
    n += fermata_moment_get_node_status (self->moment, 0, i) == FERMATA_NODE_STATUS_DONE
         && fermata_moment_get_node_attempt (self->moment, 0, i) > 0;

  return n;
}

/* "locked", "green, waiting" */
static void
add_states (Summary      *self,
            FermataValue *ids)
{
  for (gsize i = 0; i < fermata_value_get_length (ids); i++)
    {
      const char *text = fermata_value_get_string (fermata_value_get_element (ids, i), NULL);
      g_autofree char *id = cli_text_dup_harmless (text);

      g_string_append (self->page, i > 0 ? ", " : "");
      cli_text_add_styled (self->page, self->colour, CLI_STYLE_STRONG, id);
    }
}

/* "Done: delivered after 48 h 00 min", "Done: in locked after 3 ms, no more events" */
static void
add_machine_done (Summary    *self,
                  const char *time)
{
  FermataValue *final = fermata_value_get_member (self->machine, "final");
  gboolean is_final = fermata_value_get_boolean (final);

  cli_text_add_styled (self->page, self->colour, CLI_STYLE_GOOD, _("Done:"));
  g_string_append_c (self->page, ' ');
  add_states (self, fermata_value_get_member (self->machine, "configuration"));
  g_string_append_printf (self->page, is_final ? _(" after %s\n") : _(" after %s, not final\n"), time);
}

static void
add_done (Summary    *self,
          const char *time)
{
  guint n_skipped = count (self, FERMATA_NODE_STATUS_SKIPPED);
  guint n_given = fermata_moment_count_given (self->moment);
  g_autofree char *nodes = dup_nodes (count_ran (self));

  if (self->machine != NULL)
    {
      add_machine_done (self, time);
      return;
    }
  cli_text_add_styled (self->page, self->colour, CLI_STYLE_GOOD, _("Done:"));
  g_string_append_printf (self->page, _(" %s in %s"), nodes, time);
  if (n_given > 0)
    g_string_append_printf (self->page, _(", %u given"), n_given);
  if (n_skipped > 0)
    g_string_append_printf (self->page, _(", %u skipped"), n_skipped);
  g_string_append_c (self->page, '\n');
}

/* A guard or the result may fail as well as a node. */
static void
add_failed_elsewhere (Summary    *self,
                      const char *time)
{
  g_autofree char *message = cli_error_dup_message (fermata_moment_get_error (self->moment));

  cli_text_add_styled (self->page, self->colour, CLI_STYLE_BAD, _("Failed"));
  g_string_append_printf (self->page, _(" after %s: %s\n"), time, message);
}

static void
add_failed (Summary    *self,
            const char *time)
{
  g_autofree char *nodes = dup_nodes (self->n_nodes);

  if (self->n_failed == 0)
    {
      add_failed_elsewhere (self, time);
      return;
    }
  cli_text_add_styled (self->page, self->colour, CLI_STYLE_BAD, _("Failed:"));
  g_string_append_printf (self->page, _(" %u of %s in %s"), self->n_failed, nodes, time);
  if (self->n_failed == 1)
    {
      add_failure (self, next_failed (self, 0), ": ");
      return;
    }
  g_string_append_c (self->page, '\n');
  add_failures (self);
}

static void
add_ended (Summary    *self,
           const char *word,
           const char *time)
{
  g_autofree char *nodes = dup_nodes (self->n_nodes);

  cli_text_add_styled (self->page, self->colour, CLI_STYLE_DOUBTFUL, word);
  if (self->machine != NULL)
    g_string_append_printf (self->page, _(" after %s\n"), time);
  else
    g_string_append_printf (self->page, _(" after %s, %u of %s done\n"), time,
                            count (self, FERMATA_NODE_STATUS_DONE), nodes);
  add_failures (self);
}

void
cli_summary_print (CliOutput  *output,
                   FermataRun *run)
{
  g_autoptr (GString) page = g_string_new (NULL);
  g_autofree char *time = cli_text_dup_duration (fermata_run_get_time (run));
  Summary self = {
    .moment = fermata_run_get_moment (run),
    .plan = fermata_run_get_plan (run),
    .page = page,
    .colour = cli_output_has_colour (output),
  };

  self.n_nodes = fermata_plan_get_n_nodes (self.plan);
  self.machine = fermata_moment_dup_machine (self.moment, 0);
  if (self.machine == NULL)
    self.n_failed = count (&self, FERMATA_NODE_STATUS_FAILED);
  switch (fermata_run_get_state (run))
    {
    case FERMATA_RUN_STATE_DONE:
      add_done (&self, time);
      break;
    case FERMATA_RUN_STATE_CANCELLED:
      add_ended (&self, _("Cancelled"), time);
      break;
    case FERMATA_RUN_STATE_TIMED_OUT:
      add_ended (&self, _("Timed out"), time);
      break;
    case FERMATA_RUN_STATE_NEW:
    case FERMATA_RUN_STATE_RUNNING:
    case FERMATA_RUN_STATE_FAILED:
    default:
      add_failed (&self, time);
      break;
    }
  cli_output_write (output, page->str, page->len);
  g_clear_pointer (&self.machine, fermata_value_unref);
}
