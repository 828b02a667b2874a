/* fermata-cli-machine.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-machine.h"

#include <glib/gi18n.h>
#include <string.h>

#include "fermata-cli-explanation.h"
#include "fermata-cli-text.h"

/* What is to be printed behind the event of that number. */
typedef struct {
  guint64 number;
  char *text;
} Told;

/*
 * A step begins with the event that a machine takes when it is idle, and ends
 * when it is idle again. @trigger is that event, NULL for the first step.
 */
struct _CliMachine {
  FermataRun *run;
  FermataPlan *plan;
  CliMachineForm form;
  gboolean explains;
  gboolean has_colour;
  gboolean is_in_step;
  gboolean is_over;
  FermataValue *trigger;
  char *after;
  GPtrArray *edges;
  char *vetoed_by;
  GQueue told;
  char *hint;
};

CliMachine *
cli_machine_new (FermataRun     *run,
                 CliMachineForm  form,
                 gboolean        explains,
                 gboolean        has_colour)
{
  CliMachine *self;

  if (fermata_plan_get_kind (fermata_run_get_plan (run)) != FERMATA_GRAPH_KIND_FSM)
    return NULL;

  self = g_new0 (CliMachine, 1);
  self->run = g_object_ref (run);
  self->plan = fermata_run_get_plan (run);
  self->form = form;
  self->explains = explains;
  self->has_colour = has_colour;
  self->is_in_step = TRUE;
  self->edges = g_ptr_array_new ();

  return self;
}

static void
told_free (gpointer data)
{
  Told *told = data;

  g_free (told->text);
  g_free (told);
}

static void
forget_step (CliMachine *self)
{
  g_clear_pointer (&self->trigger, fermata_value_unref);
  g_clear_pointer (&self->after, g_free);
  g_clear_pointer (&self->vetoed_by, g_free);
  g_ptr_array_set_size (self->edges, 0);
  self->is_in_step = FALSE;
}

void
cli_machine_free (CliMachine *self)
{
  forget_step (self);
  g_queue_clear_full (&self->told, told_free);
  g_ptr_array_unref (self->edges);
  g_object_unref (self->run);
  g_free (self->hint);
  g_free (self);
}

static const char *
get_text (FermataValue *object,
          const char   *name)
{
  FermataValue *value = object == NULL ? NULL : fermata_value_get_member (object, name);

  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING
         ? fermata_value_get_string (value, NULL) : NULL;
}

/* Takes @text. */
static void
tell (CliMachine *self,
      guint64     number,
      char       *text)
{
  Told told = { number, text };

  g_queue_push_tail (&self->told, g_memdup2 (&told, sizeof told));
}

char *
cli_machine_take (CliMachine *self,
                  guint64     number)
{
  GString *text = NULL;
  Told *told;

  while ((told = g_queue_peek_head (&self->told)) != NULL && told->number <= number)
    {
      if (text == NULL)
        text = g_string_new (NULL);
      g_string_append (text, told->text);
      told_free (g_queue_pop_head (&self->told));
    }

  return text == NULL ? NULL : g_string_free (text, FALSE);
}

/* Events */

/* "5s" of the edge of that name, as the document has it; or NULL. */
static char *
dup_after (CliMachine *self,
           const char *edge)
{
  g_autoptr (FermataValue) ways = fermata_moment_dup_ways_out (fermata_run_get_moment (self->run), 0);

  for (gsize i = 0; ways != NULL && i < fermata_value_get_length (ways); i++)
    {
      FermataValue *way = fermata_value_get_element (ways, i);
      FermataValue *after = fermata_value_get_member (way, "after");

      if (after == NULL || g_strcmp0 (get_text (way, "edge"), edge) != 0)
        continue;
      if (fermata_value_get_kind (after) != FERMATA_VALUE_KIND_STRING)
        return g_strdup_printf (_("after %.6g s"), fermata_value_get_number (after));

      return g_strdup_printf (_("after %s"), fermata_value_get_string (after, NULL));
    }

  return NULL;
}

static void
begin_step (CliMachine *self)
{
  FermataValue *event = fermata_moment_get_event (fermata_run_get_moment (self->run), 0);
  const char *name = get_text (event, "name");

  if (event == NULL)
    return;

  self->is_in_step = TRUE;
  self->trigger = fermata_value_ref (event);
  if (self->form == CLI_MACHINE_TEXT && name != NULL && g_str_has_prefix (name, "after."))
    self->after = dup_after (self, name + strlen ("after."));
}

/* Lines */

static void
add_harmless (GString    *line,
              const char *text)
{
  cli_text_add_harmless (line, text, -1);
}

/* "unlocked", "green, waiting" */
static void
add_configuration (CliMachine   *self,
                   GString      *line,
                   FermataValue *configuration)
{
  for (gsize i = 0; i < fermata_value_get_length (configuration); i++)
    {
      const char *id = fermata_value_get_string (fermata_value_get_element (configuration, i), NULL);
      g_autofree char *harmless = cli_text_dup_harmless (id);

      g_string_append (line, i > 0 ? ", " : "");
      cli_text_add_styled (line, self->has_colour, CLI_STYLE_STRONG, harmless);
    }
}

/* " (coin)", " (push is ignored)" */
static void
add_reason (CliMachine *self,
            GString    *line)
{
  g_autoptr (GString) reason = g_string_new (" (");

  if (self->trigger == NULL)
    return;

  add_harmless (reason, self->after != NULL ? self->after : get_text (self->trigger, "name"));
  if (self->vetoed_by != NULL)
    {
      g_string_append (reason, _(" is vetoed by "));
      add_harmless (reason, self->vetoed_by);
    }
  else if (self->edges->len == 0)
    {
      g_string_append (reason, _(" is ignored"));
    }
  g_string_append_c (reason, ')');
  cli_text_add_styled (line, self->has_colour, CLI_STYLE_FAINT, reason->str);
}

/* "locked", "→ unlocked (coin)", "locked (push is ignored)" */
static char *
make_line (CliMachine    *self,
           FermataValue  *configuration,
           gboolean       is_final)
{
  GString *line = g_string_new (NULL);

  if (self->trigger != NULL && self->edges->len > 0)
    g_string_append (line, g_get_charset (NULL) ? "→ " : "-> ");
  add_configuration (self, line, configuration);
  add_reason (self, line);
  if (is_final)
    g_string_append (line, _(", final"));
  g_string_append_c (line, '\n');

  return g_string_free (line, FALSE);
}

static FermataValue *
make_edges (CliMachine *self)
{
  g_autoptr (FermataValueBuilder) names = fermata_value_builder_new_array ();

  for (guint i = 0; i < self->edges->len; i++)
    fermata_value_builder_add_string (names, self->edges->pdata[i]);

  return fermata_value_builder_end (names);
}

/* {"t": …, "event": "coin", "edges": ["locked>unlocked"], "configuration": ["unlocked"], …} */
static char *
make_json (CliMachine   *self,
           FermataValue *configuration,
           gboolean      is_final)
{
  FermataMoment *moment = fermata_run_get_moment (self->run);
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) edges = make_edges (self);
  g_autoptr (FermataValue) null = fermata_value_new_null ();
  g_autoptr (FermataValue) object = NULL;
  GString *line = g_string_new (NULL);
  FermataValue *data = self->trigger == NULL ? NULL
                       : fermata_value_get_member (self->trigger, "data");

  fermata_value_builder_set_integer (builder, "t", fermata_moment_get_time (moment));
  if (self->trigger == NULL)
    fermata_value_builder_set (builder, "event", null);
  else
    fermata_value_builder_set_string (builder, "event", get_text (self->trigger, "name"));
  if (data != NULL)
    fermata_value_builder_set (builder, "data", data);
  fermata_value_builder_set (builder, "edges", edges);
  if (self->vetoed_by != NULL)
    fermata_value_builder_set_string (builder, "vetoed-by", self->vetoed_by);
  fermata_value_builder_set (builder, "configuration", configuration);
  fermata_value_builder_set_boolean (builder, "final", is_final);
  object = fermata_value_builder_end (builder);
  fermata_value_append_string (object, FERMATA_WRITE_COMPACT, 0, line);
  g_string_append_c (line, '\n');

  return g_string_free (line, FALSE);
}

static void
end_step (CliMachine *self,
          guint64     number)
{
  FermataMoment *moment = fermata_run_get_moment (self->run);
  g_autoptr (FermataValue) configuration = fermata_moment_dup_configuration (moment, 0);
  gboolean is_final = fermata_moment_get_final (moment, 0, NULL, NULL);

  if (configuration != NULL && fermata_value_get_length (configuration) > 0 && !self->is_over)
    {
      if (self->form == CLI_MACHINE_TEXT)
        tell (self, number, make_line (self, configuration, is_final));
      else if (self->form == CLI_MACHINE_JSON)
        tell (self, number, make_json (self, configuration, is_final));
    }
  self->is_over = is_final;
  forget_step (self);
}

static void
explain (CliMachine *self,
         guint64     number)
{
  FermataMoment *moment = fermata_run_get_moment (self->run);
  g_autoptr (FermataValue) explanation = fermata_moment_explain_event (moment, 0);

  if (explanation == NULL)
    return;
  if (self->form == CLI_MACHINE_TEXT)
    tell (self, number, cli_explanation_dup_event (explanation, self->has_colour));
  else if (self->form == CLI_MACHINE_JSON)
    tell (self, number, cli_explanation_dup_event_json (explanation));
}

void
cli_machine_note (CliMachine *self,
                  guint64     number)
{
  FermataHistory *history = fermata_run_get_history (self->run);
  const FermataEvent *event = fermata_history_get_event (history, number);
  const char *by;

  if (event->frame != 0)
    return;

  switch ((FermataEventKind) event->kind)
    {
    case FERMATA_EVENT_EVENT_DEQUEUED:
      if (!self->is_in_step)
        begin_step (self);
      if (self->explains)
        explain (self, number);
      break;
    case FERMATA_EVENT_EDGE_TAKEN:
      self->is_in_step = TRUE;
      g_ptr_array_add (self->edges, (gpointer) fermata_plan_get_edge_name (
                         self->plan, event->place - fermata_plan_get_n_nodes (self->plan)));
      break;
    case FERMATA_EVENT_VETOED:
      by = get_text (event->payload, "by");
      g_free (self->vetoed_by);
      self->vetoed_by = g_strdup (by != NULL ? by : "?");
      break;
    default:
      break;
    }

  if (self->is_in_step && fermata_moment_is_idle (fermata_run_get_moment (self->run), 0))
    end_step (self, number);
}

/* What may come next */

/* SCXML writes several between spaces. @names is to own them. */
static void
add_words (GPtrArray  *names,
           const char *events)
{
  g_auto (GStrv) words = g_strsplit_set (events, " \t\r\n", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0' && !g_str_has_prefix (words[i], "done.") && !g_str_has_prefix (words[i], "error.")
          && !g_ptr_array_find_with_equal_func (names, words[i], g_str_equal, NULL))
        g_ptr_array_add (names, g_strdup (words[i]));
    }
}

static void
add_events (GPtrArray    *names,
            FermataValue *event)
{
  gboolean is_array = event != NULL && fermata_value_get_kind (event) == FERMATA_VALUE_KIND_ARRAY;
  gsize n = event == NULL ? 0 : is_array ? fermata_value_get_length (event) : 1;

  for (gsize i = 0; i < n; i++)
    {
      FermataValue *one = is_array ? fermata_value_get_element (event, i) : event;

      add_words (names, fermata_value_get_string (one, NULL));
    }
}

static char *
make_hint (FermataValue *ways)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GString *hint = NULL;

  for (gsize i = 0; i < fermata_value_get_length (ways); i++)
    add_events (names, fermata_value_get_member (fermata_value_get_element (ways, i), "event"));
  if (names->len == 0)
    return g_strdup (_("no event is waited for"));

  hint = g_string_new (_("events: "));
  for (guint i = 0; i < names->len; i++)
    {
      g_string_append (hint, i > 0 ? ", " : "");
      add_harmless (hint, names->pdata[i]);
    }

  return g_string_free (hint, FALSE);
}

char *
cli_machine_dup_hint (CliMachine *self)
{
  FermataMoment *moment = fermata_run_get_moment (self->run);
  g_autoptr (FermataValue) ways = NULL;
  g_autofree char *hint = NULL;

  if (!fermata_moment_is_idle (moment, 0) || self->is_over || fermata_run_has_ended (self->run))
    return NULL;

  ways = fermata_moment_dup_ways_out (moment, 0);
  hint = make_hint (ways);
  if (g_strcmp0 (hint, self->hint) == 0)
    return NULL;
  g_free (self->hint);
  self->hint = g_strdup (hint);

  return g_steal_pointer (&hint);
}
