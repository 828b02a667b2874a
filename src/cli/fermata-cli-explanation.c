/* fermata-cli-explanation.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-explanation.h"

#include <glib/gi18n.h>

#include "fermata-cli-progress.h"
#include "fermata-cli-text.h"

/* Values are cut at so many columns. */
#define WIDEST_VALUE 60

typedef struct {
  GString *page;
  gboolean colour;
} Page;

/* What the words of the library mean. */
static const struct {
  const char *word;
  const char *text;
} reasons[] = {
  { "turn", N_("is about to start") },
  { "max-concurrency", N_("as many nodes run as may run at the same time") },
  { "pools", N_("what it uses is in use") },
  { "held", N_("the run is held") },
  { "to-be-skipped", N_("is about to be skipped") },
  { "not-begun", N_("the run has not begun") },
  { "run-ended", N_("the run has ended") },
  { "closing", N_("the run closed before it could start") },
  { "left-out", N_("is not in the part that was to run") },
  { "waived", N_("somebody wanted it to be skipped") },
  { "given", N_("did not run: its output was given") },
  { "frame-given", N_("did not run: what its frame gives was given") },
  { "cycle", N_("waits for itself") },
  { "refused", N_("its condition was false, or another one was chosen") },
  { "no-error", N_("there was no error") },
  { "condition-failed", N_("its condition has no value") },
  { "to-be-tested", N_("its condition is about to be tested") },
  { "event", N_("it is for another event") },
  { "false", N_("its condition is false") },
  { "no-value", N_("its condition has no value, which counts as false") },
  { "preempted", N_("it would be, but for") },
};

static const char *
describe (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      if (g_strcmp0 (reasons[i].word, word) == 0)
        return _(reasons[i].text);
    }

  return NULL;
}

static const char *
get_text (FermataValue *object,
          const char   *name)
{
  FermataValue *value = fermata_value_get_member (object, name);

  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING
         ? fermata_value_get_string (value, NULL) : NULL;
}

static CliStyle
style_of (const char *status)
{
  static const char *const good[] = { "done", "taken", NULL };
  static const char *const bad[] = { "failed", "cancelled", NULL };
  static const char *const faint[] = { "skipped", "dead", NULL };

  if (g_strv_contains (good, status))
    return CLI_STYLE_GOOD;
  if (g_strv_contains (bad, status))
    return CLI_STYLE_BAD;

  return g_strv_contains (faint, status) ? CLI_STYLE_FAINT : CLI_STYLE_DOUBTFUL;
}

static void
add_styled (Page       *self,
            CliStyle    style,
            const char *text)
{
  g_autofree char *harmless = cli_text_dup_harmless (text);

  cli_text_add_styled (self->page, self->colour, style, harmless);
}

static void
add_value (Page         *self,
           FermataValue *value)
{
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_autofree char *harmless = cli_text_dup_harmless (text != NULL ? text : "");

  cli_text_add_cut (self->page, harmless, WIDEST_VALUE);
}

static void
add_message (Page         *self,
             FermataValue *error)
{
  g_autofree char *message = cli_error_dup_message (error);

  g_string_append_printf (self->page, ": %s", message);
}

/* Its id, or its path if it is in a body */
static const char *
get_title (FermataValue *explanation)
{
  const char *path = get_text (explanation, "path");

  return path != NULL ? path : get_text (explanation, "node");
}

/* "report: waiting since 1.2 s, after event 12" */
static void
add_head (Page          *self,
          FermataValue  *explanation,
          FermataMoment *moment)
{
  static const char *const under_way[] = { "running", "queued", "retrying", "cancelling", NULL };
  const char *status = get_text (explanation, "status");
  const char *reason = describe (get_text (explanation, "reason"));
  FermataValue *since = fermata_value_get_member (explanation, "since");
  FermataValue *error = fermata_value_get_member (explanation, "error");

  add_styled (self, CLI_STYLE_STRONG, get_title (explanation));
  if (moment == NULL)
    {
      g_string_append_printf (self->page, _(": a node of type %s\n"), get_text (explanation, "type"));
      return;
    }

  g_string_append (self->page, ": ");
  add_styled (self, style_of (status), status);
  if (since != NULL && g_strv_contains (under_way, status))
    {
      g_autofree char *time = cli_text_dup_duration (fermata_value_get_integer (since));

      g_string_append_printf (self->page, _(" since %s"), time);
    }
  if (reason != NULL)
    g_string_append_printf (self->page, "; %s", reason);
  if (error != NULL)
    add_message (self, error);
  g_string_append_c (self->page, '\n');
}

static void
add_join (Page         *self,
          FermataValue *explanation)
{
  const char *join = get_text (explanation, "join");
  FermataValue *edges = fermata_value_get_member (explanation, "edges");

  if (fermata_value_get_length (edges) == 0)
    g_string_append (self->page, _("  No edge leads to it: it may start at once.\n"));
  else if (g_strcmp0 (join, "any") == 0)
    g_string_append (self->page, _("  It runs at the first edge that is taken (join: any):\n"));
  else if (g_strcmp0 (join, "always") == 0)
    g_string_append (self->page, _("  It runs when all edges have ended, however (join: always):\n"));
  else
    g_string_append (self->page, _("  It runs when all edges have ended, one is taken, and none failed (join: all):\n"));
}

static void
add_names (Page         *self,
           FermataValue *names)
{
  for (gsize i = 0; names != NULL && i < fermata_value_get_length (names); i++)
    {
      const char *name = fermata_value_get_member_name (names, i);

      g_string_append (self->page, "        ");
      add_styled (self, CLI_STYLE_FAINT, name);
      g_string_append (self->page, " = ");
      add_value (self, fermata_value_get_member (names, name));
      g_string_append_c (self->page, '\n');
    }
}

static void
add_condition (Page         *self,
               FermataValue *edge)
{
  FermataValue *when = fermata_value_get_member (edge, "when");
  FermataValue *value = fermata_value_get_member (edge, "value");
  FermataValue *choice = fermata_value_get_member (edge, "case");
  const char *error = get_text (edge, "value-error");

  if (choice != NULL)
    {
      g_string_append (self->page, _("      case "));
      add_value (self, choice);
      g_string_append_c (self->page, '\n');
    }
  if (when == NULL)
    return;

  g_string_append (self->page, _("      when "));
  if (fermata_value_get_kind (when) == FERMATA_VALUE_KIND_STRING)
    add_styled (self, CLI_STYLE_HINT, fermata_value_get_string (when, NULL));
  else
    add_value (self, when);
  if (value != NULL)
    {
      g_string_append (self->page, " = ");
      add_value (self, value);
    }
  if (error != NULL)
    g_string_append_printf (self->page, ": %s", error);
  g_string_append_c (self->page, '\n');
  add_names (self, fermata_value_get_member (edge, "names"));
}

static void
add_edge (Page         *self,
          FermataValue *edge)
{
  const char *status = get_text (edge, "status");
  FermataValue *event = fermata_value_get_member (edge, "event");

  g_string_append (self->page, "    ");
  add_styled (self, CLI_STYLE_STRONG, get_text (edge, "edge"));
  if (g_strcmp0 (get_text (edge, "on"), "error") == 0)
    g_string_append (self->page, _(" (on error)"));
  if (status != NULL)
    {
      g_string_append (self->page, ": ");
      add_styled (self, style_of (status), status);
      g_string_append_printf (self->page, _("; “%s” is %s"), get_text (edge, "from"),
                              get_text (edge, "from-status"));
    }
  if (event != NULL)
    g_string_append_printf (self->page, _(" (event %" G_GINT64_FORMAT ")"), fermata_value_get_integer (event));
  g_string_append_c (self->page, '\n');
  add_condition (self, edge);
}

/* "report waits for the edge large>report; large was skipped; …" */
static void
add_cause (Page         *self,
           FermataValue *cause)
{
  const char *edge = get_text (cause, "edge");
  const char *reason = describe (get_text (cause, "reason"));
  const char *edge_reason = describe (get_text (cause, "edge-reason"));
  FermataValue *error = fermata_value_get_member (cause, "error");

  g_string_append (self->page, "    ");
  add_styled (self, CLI_STYLE_STRONG, get_text (cause, "node"));
  g_string_append (self->page, ": ");
  add_styled (self, style_of (get_text (cause, "status")), get_text (cause, "status"));
  if (edge != NULL)
    g_string_append_printf (self->page, _(", because of the edge %s"), edge);
  if (reason != NULL)
    g_string_append_printf (self->page, "; %s", reason);
  if (edge_reason != NULL)
    g_string_append_printf (self->page, ": %s", edge_reason);
  if (error != NULL)
    add_message (self, error);
  g_string_append_c (self->page, '\n');
}

static void
add_causes (Page         *self,
            FermataValue *causes)
{
  if (causes == NULL || fermata_value_get_length (causes) < 1)
    return;
  if (fermata_value_get_length (causes) == 1
      && fermata_value_get_member (fermata_value_get_element (causes, 0), "edge") == NULL)
    return;

  g_string_append (self->page, _("  It goes back to this:\n"));
  for (gsize i = 0; i < fermata_value_get_length (causes); i++)
    add_cause (self, fermata_value_get_element (causes, i));
}

static void
add_output (Page         *self,
            FermataValue *explanation)
{
  FermataValue *output = fermata_value_get_member (explanation, "output");
  FermataValue *event = fermata_value_get_member (explanation, "event");

  if (output == NULL)
    return;

  g_string_append (self->page, _("  Output: "));
  add_value (self, output);
  if (event != NULL)
    g_string_append_printf (self->page, _(" (event %" G_GINT64_FORMAT ")"), fermata_value_get_integer (event));
  g_string_append_c (self->page, '\n');
}

static void
add_list (Page         *self,
          FermataValue *explanation,
          const char   *member)
{
  FermataValue *list = fermata_value_get_member (explanation, member);

  if (list == NULL)
    return;

  g_string_append_printf (self->page, _("  It mentions %s: "), member);
  for (gsize i = 0; i < fermata_value_get_length (list); i++)
    {
      g_string_append (self->page, i > 0 ? ", " : "");
      add_styled (self, CLI_STYLE_HINT, fermata_value_get_string (fermata_value_get_element (list, i), NULL));
    }
  g_string_append_c (self->page, '\n');
}

static void
add_others (Page         *self,
            FermataValue *explanation)
{
  FermataValue *uses = fermata_value_get_member (explanation, "uses");

  add_list (self, explanation, "inputs");
  add_list (self, explanation, "variables");
  add_list (self, explanation, "nodes");
  if (uses != NULL)
    {
      g_string_append (self->page, _("  It uses: "));
      add_value (self, uses);
      g_string_append_c (self->page, '\n');
    }
  if (fermata_value_get_member (explanation, "pin") != NULL)
    g_string_append (self->page, _("  It is pinned: it does not run unless it is named.\n"));
}

/* States of a machine */

/* "    locked>open: locked is active; it needs the event coin" */
static void
add_way_in (Page         *self,
            FermataValue *edge)
{
  FermataValue *is_active = fermata_value_get_member (edge, "from-active");
  FermataValue *event = fermata_value_get_member (edge, "event");
  FermataValue *after = fermata_value_get_member (edge, "after");

  g_string_append (self->page, "    ");
  add_styled (self, CLI_STYLE_STRONG, get_text (edge, "edge"));
  if (is_active != NULL)
    {
      g_string_append_printf (self->page, fermata_value_get_boolean (is_active)
                                            ? _(": “%s” is active") : _(": “%s” is not active"),
                              get_text (edge, "from"));
    }
  if (event != NULL || after != NULL)
    {
      g_string_append (self->page, event != NULL ? _("; event ") : _("; after "));
      add_value (self, event != NULL ? event : after);
    }
  g_string_append_c (self->page, '\n');
  add_condition (self, edge);
}

static void
add_state (Page         *self,
           FermataValue *explanation)
{
  FermataValue *active = fermata_value_get_member (explanation, "active");
  FermataValue *configuration = fermata_value_get_member (explanation, "configuration");
  FermataValue *edges = fermata_value_get_member (explanation, "edges");
  FermataValue *event = fermata_value_get_member (explanation, "event");

  add_styled (self, CLI_STYLE_STRONG, get_title (explanation));
  if (active == NULL)
    g_string_append_printf (self->page, _(": a state (%s)\n"), get_text (explanation, "type"));
  else
    g_string_append (self->page, fermata_value_get_boolean (active) ? _(": active") : _(": not active"));
  if (configuration != NULL)
    {
      g_string_append (self->page, _("; the machine is in "));
      add_value (self, configuration);
      g_string_append_c (self->page, '\n');
    }
  g_string_append (self->page, fermata_value_get_length (edges) > 0
                                 ? _("  These edges lead to it:\n") : _("  No edge leads to it.\n"));
  for (gsize i = 0; i < fermata_value_get_length (edges); i++)
    add_way_in (self, fermata_value_get_element (edges, i));
  if (event != NULL)
    {
      g_autofree char *text = cli_explanation_dup_event (event, self->colour);

      g_string_append_printf (self->page, _("The event at hand:\n%s"), text);
    }
}

static gboolean
is_state (FermataValue *explanation)
{
  return fermata_value_get_member (explanation, "join") == NULL;
}

void
cli_explanation_print (FermataValue  *explanation,
                       FermataMoment *moment,
                       const char    *counts,
                       CliOutput     *output)
{
  g_autoptr (GString) page = g_string_new (NULL);
  Page self = { page, cli_output_has_colour (output) };
  FermataValue *edges = fermata_value_get_member (explanation, "edges");

  if (is_state (explanation))
    {
      add_state (&self, explanation);
      cli_output_write (output, page->str, page->len);
      return;
    }
  add_head (&self, explanation, moment);
  add_join (&self, explanation);
  for (gsize i = 0; i < fermata_value_get_length (edges); i++)
    add_edge (&self, fermata_value_get_element (edges, i));
  if (counts != NULL && *counts != '\0')
    g_string_append_printf (page, _("  Its body: %s\n"), counts);
  add_output (&self, explanation);
  add_causes (&self, fermata_value_get_member (explanation, "causes"));
  add_others (&self, explanation);
  cli_output_write (output, page->str, page->len);
}

/* What becomes of an event that a machine has at hand */

/* "coin {"value":0}" */
static void
add_event (Page         *self,
           FermataValue *event)
{
  FermataValue *data = fermata_value_get_member (event, "data");

  add_styled (self, CLI_STYLE_STRONG, get_text (event, "name"));
  if (data != NULL)
    {
      g_string_append_c (self->page, ' ');
      add_value (self, data);
    }
  g_string_append_c (self->page, '\n');
}

/* "  locked>unlocked: not taken, its condition is false" */
static void
add_tried (Page         *self,
           FermataValue *edge)
{
  const char *reason = get_text (edge, "reason");
  const char *by = get_text (edge, "by");

  g_string_append (self->page, "  ");
  add_styled (self, CLI_STYLE_STRONG, get_text (edge, "edge"));
  g_string_append (self->page, ": ");
  if (reason == NULL)
    {
      add_styled (self, CLI_STYLE_GOOD, _("taken"));
    }
  else
    {
      add_styled (self, CLI_STYLE_FAINT, _("not taken"));
      g_string_append_printf (self->page, "; %s", describe (reason));
    }
  if (by != NULL)
    {
      g_string_append (self->page, " ");
      add_styled (self, CLI_STYLE_STRONG, by);
    }
  g_string_append_c (self->page, '\n');
  if (g_strcmp0 (reason, "event") != 0)
    add_condition (self, edge);
}

char *
cli_explanation_dup_event (FermataValue *explanation,
                           gboolean      has_colour)
{
  Page self = { g_string_new (NULL), has_colour };
  FermataValue *edges = fermata_value_get_member (explanation, "edges");
  FermataValue *more = fermata_value_get_member (explanation, "more");

  add_event (&self, fermata_value_get_member (explanation, "event"));
  for (gsize i = 0; i < fermata_value_get_length (edges); i++)
    add_tried (&self, fermata_value_get_element (edges, i));
  if (more != NULL)
    g_string_append_printf (self.page, _("  … and %" G_GINT64_FORMAT " more, for other events\n"),
                            fermata_value_get_integer (more));

  return g_string_free (self.page, FALSE);
}

/* {"explanation": …} */
char *
cli_explanation_dup_event_json (FermataValue *explanation)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) object = NULL;
  GString *line = g_string_new (NULL);

  fermata_value_builder_set (builder, "explanation", explanation);
  object = fermata_value_builder_end (builder);
  fermata_value_append_string (object, FERMATA_WRITE_COMPACT, 0, line);
  g_string_append_c (line, '\n');

  return g_string_free (line, FALSE);
}
