/* fermata-cli-progress.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-progress.h"

#include <glib/gi18n.h>
#include <string.h>

#include "fermata-cli-text.h"

/* Bodies within bodies are not told of, unless everything is. */
#define DEEPEST 2

/* What is known of a frame that is under way: which item it is for, from 1, if
 * it is for one; how many frames are around it; whether it is a task of a state. */
typedef struct {
  guint item;
  guint depth;
  gboolean is_task;
} Frame;

/* @starts: when each node that is under way began, by its frame and place.
 * @frames: the frames that are under way. */
struct _CliProgress {
  CliOutput *output;
  CliVerbosity verbosity;
  FermataNodeRegistry *registry;
  FermataPlan *plan;
  GHashTable *starts;
  GHashTable *frames;
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
  self->plan = fermata_plan_ref (fermata_run_get_plan (run));
  self->starts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->frames = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  return self;
}

void
cli_progress_free (CliProgress *self)
{
  g_object_unref (self->registry);
  fermata_plan_unref (self->plan);
  g_hash_table_unref (self->starts);
  g_hash_table_unref (self->frames);
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

static const Frame *
find_frame (CliProgress *self,
            guint32      frame)
{
  static const Frame none = { 0, };
  const Frame *found = g_hash_table_lookup (self->frames, GUINT_TO_POINTER (frame));

  return found != NULL ? found : &none;
}

/* There may be any number of items. */
static gboolean
is_told (CliProgress        *self,
         const FermataEvent *event)
{
  const Frame *frame = find_frame (self, event->frame);

  if (self->verbosity == CLI_VERBOSITY_ALL)
    return TRUE;

  return self->verbosity == CLI_VERBOSITY_CALM && frame->item == 0 && frame->depth <= DEEPEST
         && is_effectful (self, event->place);
}

static guint64
key_of (const FermataEvent *event)
{
  return (guint64) event->frame << 32 | event->place;
}

static char *
dup_node_line (CliProgress        *self,
               const FermataEvent *event,
               CliStyle            style,
               const char         *word,
               const char         *rest)
{
  const Frame *frame = find_frame (self, event->frame);
  GString *line = g_string_new (frame->is_task ? _("task ") : _("node "));
  gboolean colour = cli_output_has_colour (self->output);
  g_autofree char *id = cli_text_dup_harmless (fermata_plan_get_node_id (self->plan, event->place));

  cli_text_add_styled (line, colour, CLI_STYLE_STRONG, id);
  if (frame->item > 0)
    g_string_append_printf (line, _(", item %u"), frame->item);
  g_string_append (line, ": ");
  cli_text_add_styled (line, colour, style, word);
  if (rest != NULL)
    g_string_append (line, rest);
  g_string_append_c (line, '\n');

  return g_string_free (line, FALSE);
}

static char *
dup_edge_line (CliProgress        *self,
               const FermataEvent *event,
               CliStyle            style,
               const char         *word,
               const char         *message)
{
  g_autoptr (FermataValue) value = fermata_event_to_value (event, 0, self->plan);
  FermataValue *edge = fermata_value_get_member (value, "edge");
  GString *line = g_string_new (_("edge "));
  gboolean colour = cli_output_has_colour (self->output);
  g_autofree char *name = cli_text_dup_harmless (fermata_value_get_string (edge, NULL));

  cli_text_add_styled (line, colour, CLI_STYLE_STRONG, name);
  g_string_append (line, ": ");
  cli_text_add_styled (line, colour, style, word);
  if (message != NULL)
    g_string_append_printf (line, ": %s", message);
  g_string_append_c (line, '\n');

  return g_string_free (line, FALSE);
}

/* The message names the edge too: "Edge a>b, when: …". */
static char *
dup_edge_failure_line (CliProgress        *self,
                       const FermataEvent *event)
{
  g_autofree char *message = cli_error_dup_message (event->payload);
  const char *when = strstr (message, ", when: ");

  if (self->verbosity == CLI_VERBOSITY_QUIET)
    return NULL;

  return dup_edge_line (self, event, CLI_STYLE_BAD, _("failed"), when != NULL ? when + 2 : message);
}

static char *
dup_start_line (CliProgress        *self,
                const FermataEvent *event)
{
  guint64 key = key_of (event);

  if (!is_effectful (self, event->place))
    return NULL;

  g_hash_table_insert (self->starts, g_memdup2 (&key, sizeof key), g_memdup2 (&event->time, sizeof event->time));
  if (!is_told (self, event))
    return NULL;

  return dup_node_line (self, event, CLI_STYLE_FAINT, _("started"), NULL);
}

/* How long a node took, for one that took any time: " in 1.2 s". */
static char *
dup_time_taken (CliProgress        *self,
                const FermataEvent *event)
{
  guint64 key = key_of (event);
  gint64 *start = g_hash_table_lookup (self->starts, &key);
  g_autofree char *duration = NULL;

  if (start == NULL)
    return g_strdup ("");

  duration = cli_text_dup_duration (event->time - *start);
  g_hash_table_remove (self->starts, &key);

  return g_strdup_printf (_(" in %s"), duration);
}

static char *
dup_end_line (CliProgress        *self,
              const FermataEvent *event,
              CliStyle            style,
              const char         *word)
{
  g_autofree char *taken = dup_time_taken (self, event);

  return is_told (self, event) ? dup_node_line (self, event, style, word, taken) : NULL;
}

static char *
dup_failure_line (CliProgress        *self,
                  const FermataEvent *event)
{
  g_autofree char *taken = dup_time_taken (self, event);
  g_autofree char *message = cli_error_dup_message (event->payload);
  g_autofree char *rest = g_strdup_printf ("%s: %s", taken, message);

  if (self->verbosity == CLI_VERBOSITY_QUIET)
    return NULL;

  return dup_node_line (self, event, CLI_STYLE_BAD, _("failed"), rest);
}

/* "attempt 1 failed in 3 ms: exit status 7; the next in 200 ms" */
static char *
dup_retry_line (CliProgress        *self,
                const FermataEvent *event)
{
  g_autofree char *taken = dup_time_taken (self, event);
  FermataValue *error = fermata_value_get_member (event->payload, "error");
  gint64 delay = fermata_value_get_integer (fermata_value_get_member (event->payload, "delay"));
  g_autofree char *message = cli_error_dup_message (error);
  g_autofree char *word = g_strdup_printf (_("attempt %u failed"), event->attempt);
  g_autofree char *wait = cli_text_dup_duration (delay);
  g_autofree char *rest = NULL;

  if (!is_told (self, event))
    return NULL;

  rest = delay > 0 ? g_strdup_printf (_("%s: %s; the next in %s"), taken, message, wait)
                   : g_strdup_printf (_("%s: %s; once more"), taken, message);

  return dup_node_line (self, event, CLI_STYLE_DOUBTFUL, word, rest);
}

/* "failed in 3 ms: exit status 7; it has its fallback value" */
static char *
dup_recovery_line (CliProgress        *self,
                   const FermataEvent *event)
{
  g_autofree char *taken = dup_time_taken (self, event);
  g_autofree char *message = cli_error_dup_message (fermata_value_get_member (event->payload, "error"));
  g_autofree char *rest = g_strdup_printf (_("%s: %s; it has its fallback value"), taken, message);

  if (!is_told (self, event))
    return NULL;

  return dup_node_line (self, event, CLI_STYLE_DOUBTFUL, _("failed"), rest);
}

/* "state vote/open: entered" */
static char *
dup_state_line (CliProgress        *self,
                FermataValue       *state,
                CliStyle            style,
                const char         *word,
                const char         *message)
{
  gboolean colour = cli_output_has_colour (self->output);
  g_autofree char *id = cli_text_dup_harmless (fermata_value_get_string (state, NULL));
  GString *line = g_string_new (_("state "));

  cli_text_add_styled (line, colour, CLI_STYLE_STRONG, id);
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
  g_autoptr (FermataValue) value = fermata_event_to_value (event, 0, self->plan);
  FermataValue *state = fermata_value_get_member (value, "node");
  g_autofree char *message = cli_error_dup_message (fermata_value_get_member (event->payload, "error"));

  if (self->verbosity == CLI_VERBOSITY_QUIET)
    return NULL;
  if (state == NULL)
    return dup_edge_line (self, event, CLI_STYLE_BAD, _("failed"), message);

  return dup_state_line (self, state, CLI_STYLE_BAD, _("failed"), message);
}

static char *
dup_step_line (CliProgress        *self,
               const FermataEvent *event,
               const char         *word)
{
  g_autoptr (FermataValue) value = fermata_event_to_value (event, 0, self->plan);

  return dup_state_line (self, fermata_value_get_member (value, "node"), CLI_STYLE_FAINT, word, NULL);
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

/* Items are counted from 1 for people. What a state or a subgraph runs is none. */
static void
note_frame (CliProgress        *self,
            const FermataEvent *event)
{
  gpointer number = GUINT_TO_POINTER (fermata_value_get_integer (fermata_value_get_member (event->payload, "frame")));
  FermataValue *index = fermata_value_get_member (event->payload, "index");
  const char *type = fermata_plan_get_node_type (self->plan, event->place);
  Frame frame = { .depth = find_frame (self, event->frame)->depth + 1 };

  if (event->kind == FERMATA_EVENT_FRAME_LEFT)
    {
      g_hash_table_remove (self->frames, number);
      return;
    }

  frame.is_task = fermata_node_registry_find (self->registry, type) == NULL;
  if (!frame.is_task && index != NULL && !g_str_equal (type, "subgraph"))
    frame.item = fermata_value_get_integer (index) + 1;
  g_hash_table_insert (self->frames, number, g_memdup2 (&frame, sizeof frame));
}

char *
cli_progress_dup_line (CliProgress        *self,
                       const FermataEvent *event)
{
  switch (event->kind)
    {
    case FERMATA_EVENT_FRAME_ENTERED:
    case FERMATA_EVENT_FRAME_LEFT:
      note_frame (self, event);
      return NULL;
    case FERMATA_EVENT_NODE_STARTED:
      return dup_start_line (self, event);
    case FERMATA_EVENT_NODE_COMPLETED:
      return dup_end_line (self, event, CLI_STYLE_GOOD, _("done"));
    case FERMATA_EVENT_NODE_RETRYING:
      return dup_retry_line (self, event);
    case FERMATA_EVENT_NODE_RECOVERED:
      return dup_recovery_line (self, event);
    case FERMATA_EVENT_NODE_CANCELLED:
      return dup_end_line (self, event, CLI_STYLE_DOUBTFUL, _("cancelled"));
    case FERMATA_EVENT_NODE_FAILED:
      return dup_failure_line (self, event);
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
