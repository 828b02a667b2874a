/* fermata-cli-progress.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-progress.h"

#include <glib/gi18n.h>
#include <string.h>

#include "fermata-cli-body.h"
#include "fermata-cli-frames.h"
#include "fermata-cli-text.h"

/* Bodies within bodies are not told of, unless everything is. */
#define DEEPEST 2

/* Of what fails in the iterations of a loop so many are told, unless everything is. */
#define MOST_FAILURES 5

/* So often it is told how far a loop is: microseconds of the run's clock. */
#define INTERVAL (10 * G_USEC_PER_SEC)

/* @starts: when each node that is under way began, by its frame and place. */
struct _CliProgress {
  CliOutput *output;
  CliVerbosity verbosity;
  FermataNodeRegistry *registry;
  FermataRun *run;
  FermataPlan *plan;
  GHashTable *starts;
  CliFrames *frames;
};

CliProgress *
cli_progress_new (CliOutput     *output,
                  CliVerbosity   verbosity,
                  FermataEngine *engine,
                  FermataRun    *run)
{
  CliProgress *self = g_new0 (CliProgress, 1);

  self->output = output;
  self->verbosity = verbosity;
  self->registry = g_object_ref (fermata_engine_get_registry (engine));
  self->run = g_object_ref (run);
  self->plan = fermata_plan_ref (fermata_run_get_plan (run));
  self->starts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->frames = cli_frames_new (self->plan, self->registry);

  return self;
}

void
cli_progress_free (CliProgress *self)
{
  g_object_unref (self->registry);
  fermata_plan_unref (self->plan);
  g_object_unref (self->run);
  g_hash_table_unref (self->starts);
  cli_frames_free (self->frames);
  g_free (self);
}

char *
cli_error_dup_message (FermataValue *error)
{
  FermataValue *message = NULL;

  if (error != NULL && fermata_value_get_kind (error) == FERMATA_VALUE_KIND_OBJECT)
    message = fermata_value_get_member (error, "message");
  if (message == NULL || fermata_value_get_kind (message) != FERMATA_VALUE_KIND_STRING)
    return g_strdup (_("it did not say why"));

  return cli_text_dup_harmless (fermata_value_get_string (message, NULL));
}

/* Whether a node does something outside, and so may take its time. */
static gboolean
is_effectful (CliProgress *self,
              guint        node)
{
  const char *name = fermata_plan_get_node_type (self->plan, node);
  FermataNodeType *type = fermata_node_registry_find (self->registry, name);

  return type != NULL && (FERMATA_NODE_TYPE_GET_CLASS (type)->execute != NULL
                          || FERMATA_NODE_TYPE_GET_CLASS (type)->listens);
}

static gboolean
is_in_loop (CliProgress *self,
            guint32      frame)
{
  guint32 outer_frame, place;

  return cli_frames_find_outer (self->frames, frame, &outer_frame, &place) != NULL;
}

/* There may be any number of iterations. A loop is told of, whatever runs in it. */
static gboolean
is_told (CliProgress        *self,
         const FermataEvent *event)
{
  if (self->verbosity == CLI_VERBOSITY_ALL)
    return TRUE;

  return self->verbosity == CLI_VERBOSITY_CALM && !is_in_loop (self, event->frame)
         && cli_frames_get_depth (self->frames, event->frame) <= DEEPEST
         && (is_effectful (self, event->place)
             || cli_frames_find_loop (self->frames, event->frame, event->place) != NULL);
}

static guint64
key_of (const FermataEvent *event)
{
  return (guint64) event->frame << 32 | event->place;
}

/* "node orders/2/double: done in 3 ms" */
static char *
dup_line (CliProgress *self,
          guint32      frame,
          guint32      place,
          CliStyle     style,
          const char  *word,
          const char  *rest)
{
  GString *line = g_string_new (cli_frames_is_task (self->frames, frame) ? _("task ") : _("node "));
  gboolean colour = cli_output_has_colour (self->output);
  g_autofree char *path = cli_frames_dup_place (self->frames, frame, place);

  cli_text_add_styled (line, colour, CLI_STYLE_STRONG, path);
  g_string_append (line, ": ");
  cli_text_add_styled (line, colour, style, word);
  if (rest != NULL)
    g_string_append (line, rest);
  g_string_append_c (line, '\n');

  return g_string_free (line, FALSE);
}

static char *
dup_node_line (CliProgress        *self,
               const FermataEvent *event,
               CliStyle            style,
               const char         *word,
               const char         *rest)
{
  return dup_line (self, event->frame, event->place, style, word, rest);
}

static char *
dup_edge_line (CliProgress        *self,
               const FermataEvent *event,
               CliStyle            style,
               const char         *word,
               const char         *message)
{
  GString *line = g_string_new (_("edge "));
  gboolean colour = cli_output_has_colour (self->output);
  g_autofree char *name = cli_frames_dup_place (self->frames, event->frame, event->place);

  cli_text_add_styled (line, colour, CLI_STYLE_STRONG, name);
  g_string_append (line, ": ");
  cli_text_add_styled (line, colour, style, word);
  if (message != NULL)
    g_string_append_printf (line, ": %s", message);
  g_string_append_c (line, '\n');

  return g_string_free (line, FALSE);
}

static char *
dup_start_line (CliProgress        *self,
                const FermataEvent *event)
{
  guint64 key = key_of (event);

  if (!is_effectful (self, event->place)
      && cli_frames_find_loop (self->frames, event->frame, event->place) == NULL)
    return NULL;

  g_hash_table_insert (self->starts, g_memdup2 (&key, sizeof key), g_memdup2 (&event->time, sizeof event->time));
  if (!is_told (self, event))
    return NULL;

  return dup_node_line (self, event, CLI_STYLE_FAINT, _("started"), NULL);
}

/* ", 40 items, 1 failed"; ", 7 rounds" */
static void
add_iterations (GString       *text,
                const CliLoop *loop)
{
  if (loop->rule == FERMATA_BODY_RULE_WHILE)
    g_string_append_printf (text, ngettext (", %u round", ", %u rounds", loop->n_entered), loop->n_entered);
  else if (loop->rule == FERMATA_BODY_RULE_COPIES)
    g_string_append_printf (text, ngettext (", %u copy", ", %u copies", loop->n_entered), loop->n_entered);
  else
    g_string_append_printf (text, ngettext (", %u item", ", %u items", loop->n_entered), loop->n_entered);
  if (loop->n_failed > 0)
    g_string_append_printf (text, _(", %u failed"), loop->n_failed);
}

/* How long a node took, for one that took any time: " in 1.2 s". */
static char *
dup_time_taken (CliProgress        *self,
                const FermataEvent *event)
{
  guint64 key = key_of (event);
  gint64 *start = g_hash_table_lookup (self->starts, &key);
  const CliLoop *loop = cli_frames_find_loop (self->frames, event->frame, event->place);
  g_autofree char *duration = NULL;
  GString *text = g_string_new (NULL);

  if (start == NULL)
    return g_string_free (text, FALSE);

  duration = cli_text_dup_duration (event->time - *start);
  g_string_append_printf (text, _(" in %s"), duration);
  if (loop != NULL)
    add_iterations (text, loop);
  g_hash_table_remove (self->starts, &key);

  return g_string_free (text, FALSE);
}

/* A node has ended, or its attempt. @line is passed on. */
static char *
forget (CliProgress        *self,
        const FermataEvent *event,
        char               *line)
{
  guint64 key = key_of (event);

  cli_frames_forget (self->frames, event);
  g_hash_table_remove (self->starts, &key);

  return line;
}

static char *
dup_end_line (CliProgress        *self,
              const FermataEvent *event,
              CliStyle            style,
              const char         *word)
{
  g_autofree char *taken = NULL;

  if (!is_told (self, event))
    return NULL;

  taken = dup_time_taken (self, event);

  return dup_node_line (self, event, style, word, taken);
}

/* Any number of iterations may fail. @instead: what is told once in place of those
 * that are not told (nullable, transfer full). */
static gboolean
may_tell_failure (CliProgress         *self,
                  const FermataEvent  *event,
                  char               **instead)
{
  guint32 frame, place;
  CliLoop *loop = cli_frames_find_outer (self->frames, event->frame, &frame, &place);

  *instead = NULL;
  if (self->verbosity == CLI_VERBOSITY_QUIET)
    return FALSE;
  if (loop == NULL || self->verbosity == CLI_VERBOSITY_ALL)
    return TRUE;

  loop->n_told++;
  if (loop->n_told == MOST_FAILURES + 1)
    *instead = dup_line (self, frame, place, CLI_STYLE_DOUBTFUL, _("more fails in it"),
                         _("; --verbose tells all of it"));

  return loop->n_told <= MOST_FAILURES;
}

static char *
dup_failure_line (CliProgress        *self,
                  const FermataEvent *event)
{
  g_autofree char *message = NULL;
  g_autofree char *taken = NULL;
  g_autofree char *rest = NULL;
  char *instead;

  if (!may_tell_failure (self, event, &instead))
    return instead;

  taken = dup_time_taken (self, event);
  message = cli_error_dup_message (event->payload);
  rest = g_strdup_printf ("%s: %s", taken, message);

  return dup_node_line (self, event, CLI_STYLE_BAD, _("failed"), rest);
}

/* The message names the edge too: "Edge a>b, when: …". */
static char *
dup_edge_failure_line (CliProgress        *self,
                       const FermataEvent *event)
{
  g_autofree char *message = cli_error_dup_message (event->payload);
  const char *when = strstr (message, ", when: ");
  char *instead;

  if (!may_tell_failure (self, event, &instead))
    return instead;

  return dup_edge_line (self, event, CLI_STYLE_BAD, _("failed"), when != NULL ? when + 2 : message);
}

/* "node orders: 12/40 · 3 running": from time to time, while it lasts. */
static char *
dup_loop_line (CliProgress        *self,
               const FermataEvent *event)
{
  CliLoop *loop = cli_frames_find_loop (self->frames, event->frame, event->place);
  FermataMoment *moment = fermata_run_get_moment (self->run);
  g_autofree char *counts = NULL;

  if (loop == NULL || self->verbosity < CLI_VERBOSITY_CALM || event->time - loop->told_at < INTERVAL
      || !is_told (self, event))
    return NULL;

  loop->told_at = event->time;
  counts = cli_body_dup_counts (moment, event->frame, event->place);

  return *counts == '\0' ? NULL : dup_line (self, event->frame, event->place, CLI_STYLE_FAINT, counts, NULL);
}

/* "attempt 1 failed in 3 ms: exit status 7; the next in 200 ms" */
static char *
dup_retry_line (CliProgress        *self,
                const FermataEvent *event)
{
  FermataValue *error = fermata_value_get_member (event->payload, "error");
  gint64 delay = fermata_value_get_integer (fermata_value_get_member (event->payload, "delay"));
  g_autofree char *message = cli_error_dup_message (error);
  g_autofree char *word = g_strdup_printf (_("attempt %u failed"), event->attempt);
  g_autofree char *wait = cli_text_dup_duration (delay);
  g_autofree char *taken = NULL;
  g_autofree char *rest = NULL;

  if (!is_told (self, event))
    return NULL;

  taken = dup_time_taken (self, event);
  rest = delay > 0 ? g_strdup_printf (_("%s: %s; the next in %s"), taken, message, wait)
                   : g_strdup_printf (_("%s: %s; once more"), taken, message);

  return dup_node_line (self, event, CLI_STYLE_DOUBTFUL, word, rest);
}

/* "failed in 3 ms: exit status 7; it has its fallback value" */
static char *
dup_recovery_line (CliProgress        *self,
                   const FermataEvent *event)
{
  g_autofree char *message = NULL;
  g_autofree char *taken = NULL;
  g_autofree char *rest = NULL;

  if (!is_told (self, event))
    return NULL;

  taken = dup_time_taken (self, event);
  message = cli_error_dup_message (fermata_value_get_member (event->payload, "error"));
  rest = g_strdup_printf (_("%s: %s; it has its fallback value"), taken, message);

  return dup_node_line (self, event, CLI_STYLE_DOUBTFUL, _("failed"), rest);
}

/* "state vote/open: entered" */
static char *
dup_state_line (CliProgress        *self,
                const FermataEvent *event,
                CliStyle            style,
                const char         *word,
                const char         *message)
{
  gboolean colour = cli_output_has_colour (self->output);
  g_autofree char *path = cli_frames_dup_place (self->frames, event->frame, event->place);
  GString *line = g_string_new (_("state "));

  cli_text_add_styled (line, colour, CLI_STYLE_STRONG, path);
  g_string_append (line, ": ");
  cli_text_add_styled (line, colour, style, word);
  if (message != NULL)
    g_string_append_printf (line, ": %s", message);
  g_string_append_c (line, '\n');

  return g_string_free (line, FALSE);
}

/* "state unlocked: failed: …", of an action in it */
static char *
dup_action_line (CliProgress        *self,
                 const FermataEvent *event)
{
  g_autoptr (FermataValue) value = NULL;
  g_autofree char *message = cli_error_dup_message (fermata_value_get_member (event->payload, "error"));
  char *instead;

  if (!may_tell_failure (self, event, &instead))
    return instead;

  value = fermata_event_to_value (event, 0, self->plan);
  if (fermata_value_get_member (value, "node") == NULL)
    return dup_edge_line (self, event, CLI_STYLE_BAD, _("failed"), message);

  return dup_state_line (self, event, CLI_STYLE_BAD, _("failed"), message);
}

static char *
dup_step_line (CliProgress        *self,
               const FermataEvent *event,
               const char         *word)
{
  return dup_state_line (self, event, CLI_STYLE_FAINT, word, NULL);
}

/* "budget: 80 of 100 tokens are used" */
static char *
dup_budget_line (CliProgress        *self,
                 const FermataEvent *event)
{
  FermataValue *payload = event->payload;
  const char *budget = fermata_value_get_string (fermata_value_get_member (payload, "budget"), NULL);
  double used = fermata_value_get_number (fermata_value_get_member (payload, "used"));
  double limit = fermata_value_get_number (fermata_value_get_member (payload, "limit"));
  g_autoptr (GString) line = g_string_new (NULL);

  if (self->verbosity == CLI_VERBOSITY_QUIET)
    return NULL;

  cli_text_add_styled (line, cli_output_has_colour (self->output), CLI_STYLE_DOUBTFUL, _("budget"));
  g_string_append_printf (line, _(": %.3g of %.3g %s are used\n"), used, limit, budget);

  return g_string_free (g_steal_pointer (&line), FALSE);
}

static const char *
given_word (const FermataEvent *event)
{
  FermataValue *by = fermata_value_get_member (event->payload, "by");
  const char *name = fermata_value_get_string (by, NULL);

  if (g_strcmp0 (name, "history") == 0)
    return _("taken from the history");

  return g_strcmp0 (name, "pin") == 0 ? _("pinned by --pin") : _("pinned in the graph");
}

static char *
dup_verbose_line (CliProgress        *self,
                  const FermataEvent *event)
{
  if (self->verbosity != CLI_VERBOSITY_ALL)
    return NULL;

  switch (event->kind)
    {
    case FERMATA_EVENT_NODE_GIVEN:
      return dup_node_line (self, event, CLI_STYLE_FAINT, given_word (event), NULL);
    case FERMATA_EVENT_NODE_QUEUED:
      return dup_node_line (self, event, CLI_STYLE_FAINT, _("asks for leave to start"), NULL);
    case FERMATA_EVENT_NODE_SKIPPED:
      return dup_node_line (self, event, CLI_STYLE_FAINT, _("skipped"), NULL);
    case FERMATA_EVENT_STATE_ENTERED:
      return dup_step_line (self, event, _("entered"));
    case FERMATA_EVENT_STATE_EXITED:
      return dup_step_line (self, event, _("left"));
    case FERMATA_EVENT_EDGE_TAKEN:
      return dup_edge_line (self, event, CLI_STYLE_FAINT, _("taken"), NULL);
    case FERMATA_EVENT_EDGE_REFUSED:
      return dup_edge_line (self, event, CLI_STYLE_FAINT, _("not taken"), NULL);
    default:
      return NULL;
    }
}

char *
cli_progress_dup_line (CliProgress        *self,
                       const FermataEvent *event)
{
  cli_frames_note (self->frames, event);
  switch (event->kind)
    {
    case FERMATA_EVENT_FRAME_LEFT:
      return dup_loop_line (self, event);
    case FERMATA_EVENT_NODE_STARTED:
      return dup_start_line (self, event);
    case FERMATA_EVENT_NODE_COMPLETED:
      return forget (self, event, dup_end_line (self, event, CLI_STYLE_GOOD, _("done")));
    case FERMATA_EVENT_NODE_RETRYING:
      return forget (self, event, dup_retry_line (self, event));
    case FERMATA_EVENT_NODE_RECOVERED:
      return forget (self, event, dup_recovery_line (self, event));
    case FERMATA_EVENT_NODE_CANCELLED:
      return forget (self, event, dup_end_line (self, event, CLI_STYLE_DOUBTFUL, _("cancelled")));
    case FERMATA_EVENT_NODE_FAILED:
      return forget (self, event, dup_failure_line (self, event));
    case FERMATA_EVENT_EDGE_FAILED:
      return dup_edge_failure_line (self, event);
    case FERMATA_EVENT_ACTION_FAILED:
      return dup_action_line (self, event);
    case FERMATA_EVENT_BUDGET_WARNING:
      return dup_budget_line (self, event);
    default:
      return dup_verbose_line (self, event);
    }
}
