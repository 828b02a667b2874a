/* fermata-check-events.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-states-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "check/fermata-check-rules-private.h"
#include "check/fermata-check-similar-private.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"

/* The events that a machine waits for, makes itself, and sends. */

#define SPACE " \t\n\r"

/* What only the machine itself makes. Those with a dot at their end go on with
 * an id. */
static const char *const reserved[] = {
  "done.state.", "done.invoke.", "error.invoke.", "after.", "error.execution", "error.communication",
};

/* Literal text, NULL if it is anything else. */
static const char *
get_literal (FermataValue *value)
{
  if (value == NULL || fermata_value_get_kind (value) != FERMATA_VALUE_KIND_STRING || fermata_check_has_braces (value))
    return NULL;

  return fermata_value_get_string (value, NULL);
}

static const char *
get_literal_member (FermataValue *object,
                    const char   *name)
{
  return get_literal (fermata_value_get_member (object, name));
}

/* Descriptors */

/* A text may have several, with spaces between them. */
static void
read_text (FermataCheckMachine *self,
           FermataValue        *value,
           gsize                index)
{
  const char *text = fermata_value_get_string (value, NULL);
  FermataCheckDescriptor descriptor = { text, index };

  if (strpbrk (text, SPACE) == NULL)
    {
      g_array_append_val (self->descriptors, descriptor);
      return;
    }

  while (*(text += strspn (text, SPACE)) != '\0')
    {
      gsize length = strcspn (text, SPACE);
      char *part = g_strndup (text, length);

      descriptor.text = part;
      g_ptr_array_add (self->names, part);
      g_array_append_val (self->descriptors, descriptor);
      text += length;
    }
}

static void
read_event (FermataCheckMachine *self,
            FermataValue        *event)
{
  if (fermata_value_get_kind (event) == FERMATA_VALUE_KIND_STRING)
    {
      read_text (self, event, FERMATA_CHECK_NO_INDEX);
    }
  else if (fermata_value_get_kind (event) == FERMATA_VALUE_KIND_ARRAY)
    {
      for (gsize i = 0; i < fermata_value_get_length (event); i++)
        {
          FermataValue *element = fermata_value_get_element (event, i);

          if (fermata_value_get_kind (element) == FERMATA_VALUE_KIND_STRING)
            read_text (self, element, i);
        }
    }
}

void
fermata_check_read_descriptors (FermataCheckMachine *self,
                                FermataCheckLevel   *level)
{
  guint n_edges = fermata_graph_get_n_edges (level->graph);

  self->descriptors = g_array_new (FALSE, FALSE, sizeof (FermataCheckDescriptor));
  self->first_descriptor = g_new (guint, (gsize) n_edges + 1);

  for (guint i = 0; i < n_edges; i++)
    {
      FermataValue *event = fermata_edge_get_member (fermata_graph_get_edge (level->graph, i), "event");

      self->first_descriptor[i] = self->descriptors->len;
      if (event != NULL)
        read_event (self, event);
    }

  self->first_descriptor[n_edges] = self->descriptors->len;
}

/* From the edge to one of its descriptors */
void
fermata_check_step_to_descriptor (FermataCheck                 *check,
                                  const FermataCheckDescriptor *descriptor)
{
  fermata_check_step_into (check, "event");
  if (descriptor->index != FERMATA_CHECK_NO_INDEX)
    fermata_check_step_to (check, descriptor->index);
}

void
fermata_check_step_out_of_descriptor (FermataCheck                 *check,
                                      const FermataCheckDescriptor *descriptor)
{
  if (descriptor->index != FERMATA_CHECK_NO_INDEX)
    fermata_check_step_out (check);
  fermata_check_step_out (check);
}

static void
foreach_descriptor (FermataCheck *check,
                    void        (*func) (FermataCheck *check,
                                         const char   *descriptor))
{
  FermataCheckMachine *machine = check->level->machine;
  guint n_edges = fermata_graph_get_n_edges (check->level->graph);

  for (guint i = 0; i < n_edges; i++)
    {
      check->edge = fermata_graph_get_edge (check->level->graph, i);

      for (guint j = machine->first_descriptor[i]; j < machine->first_descriptor[i + 1]; j++)
        {
          const FermataCheckDescriptor *descriptor = &g_array_index (machine->descriptors, FermataCheckDescriptor, j);

          fermata_check_step_to_descriptor (check, descriptor);
          func (check, descriptor->text);
          fermata_check_step_out_of_descriptor (check, descriptor);
        }
    }

  check->edge = NULL;
}

static gboolean
has_odd_star (const char *descriptor)
{
  gsize length = fermata_check_tokens_length (descriptor);

  return memchr (descriptor, '*', length) != NULL;
}

static void
collect_descriptor (FermataCheck *check,
                    const char   *descriptor)
{
  FermataCheckMachine *machine = check->level->machine;

  if (strcmp (descriptor, "*") != 0 && fermata_check_tokens_length (descriptor) == 0)
    {
      gboolean is_scxml = check->level->model != FERMATA_CHECK_MODEL_FERMATA;

      /* SCXML lets anybody write it; it matches nothing. */
      fermata_check_report (check, is_scxml ? FERMATA_SEVERITY_WARNING : FERMATA_SEVERITY_ERROR, "bad-event",
                            _("“%s” is not the name of an event"), descriptor);
      return;
    }

  if (has_odd_star (descriptor))
    {
      fermata_check_report (check, FERMATA_SEVERITY_WARNING, "bad-event",
                            _("the “*” in “%s” is an ordinary letter"), descriptor);
      fermata_check_add_hint (check, _("it stands for any event by itself, and for the rest of a name as “.*” at its end"));
    }

  fermata_check_tokens_set_mark (machine->handled,
                                 fermata_check_tokens_add (machine->handled, machine->handled_root, descriptor), 1);
}

/* `event` is there, but has nothing in it. */
static void
check_empty (FermataCheck *check)
{
  FermataCheckMachine *machine = check->level->machine;
  guint n_edges = fermata_graph_get_n_edges (check->level->graph);

  for (guint i = 0; i < n_edges; i++)
    {
      FermataValue *event;

      if (machine->first_descriptor[i] != machine->first_descriptor[i + 1])
        continue;

      check->edge = fermata_graph_get_edge (check->level->graph, i);
      event = fermata_edge_get_member (check->edge, "event");

      if (event == NULL || (fermata_value_get_kind (event) == FERMATA_VALUE_KIND_ARRAY && fermata_value_get_length (event) > 0) ||
          (fermata_value_get_kind (event) != FERMATA_VALUE_KIND_ARRAY && fermata_value_get_kind (event) != FERMATA_VALUE_KIND_STRING))
        continue;

      fermata_check_step_into (check, "event");
      fermata_check_report (check, FERMATA_SEVERITY_ERROR, "bad-event", _("expected the name of an event, found none"));
      fermata_check_step_out (check);
    }

  check->edge = NULL;
}

/* An event that may happen; takes @name. */
static void
add_happening (FermataCheckMachine *self,
               char                *name)
{
  g_ptr_array_add (self->names, name);
  fermata_check_tokens_add (self->happening, self->happening_root, name);
}

/* What is waited for, and the ends of states, which may be. */
void
fermata_check_collect_events (FermataCheck *check)
{
  FermataCheckLevel *level = check->level;

  foreach_descriptor (check, collect_descriptor);
  check_empty (check);

  for (guint i = 0; i < level->n_nodes; i++)
    {
      if (level->machine->states[i].is_done)
        add_happening (level->machine, g_strconcat ("done.state.", fermata_node_get_id (level->nodes[i]), NULL));
    }
}

/* Tasks */

static void
report_second_task (FermataCheck *check,
                    const char   *id,
                    guint         first)
{
  g_autofree char *node = fermata_node_dup_path (check->level->nodes[first]);
  g_autofree char *path = g_strconcat (node, "/do", NULL);

  if (check->level->nodes[first] == check->node)
    fermata_check_report (check, FERMATA_SEVERITY_ERROR, "duplicate-id",
                          _("another task of this state has the id “%s” already"), id);
  else
    fermata_check_report (check, FERMATA_SEVERITY_WARNING, "duplicate-id",
                          _("another task that may run at the same time has the id “%s”"), id);
  fermata_check_relate (check, path);
}

/* Tasks of states of which one is left before the other is entered may be
 * called the same. */
static gboolean
may_run_together (FermataCheckMachine *self,
                  guint                a,
                  guint                b)
{
  guint common = fermata_check_common_state (self, a, b);

  return common == a || common == b ||
         (common != FERMATA_CHECK_NO_ID && self->states[common].type == FERMATA_CHECK_PARALLEL);
}

/* Those without an id are called like their state, from the second on with a
 * number. */
static char *
dup_task_id (FermataCheck *check,
             FermataValue *task,
             guint        *n_without)
{
  const char *id = get_literal_member (task, "id");
  const char *state = fermata_node_get_id (check->node);

  if (id != NULL)
    return g_strdup (id);
  else if (++*n_without == 1)
    return g_strdup (state);
  else
    return g_strdup_printf ("%s#%u", state, *n_without);
}

static void
collect_task (FermataCheck *check,
              FermataValue *task,
              guint         state,
              guint        *n_without)
{
  FermataCheckMachine *machine = check->level->machine;
  FermataValue *forwards;
  char *id;
  guint first;

  if (fermata_value_get_kind (task) != FERMATA_VALUE_KIND_OBJECT)
    return;

  id = dup_task_id (check, task, n_without);
  g_ptr_array_add (machine->task_ids, id);
  first = fermata_check_ids_add (machine->tasks, id, state);
  if (first != FERMATA_CHECK_NO_ID && may_run_together (machine, first, state))
    report_second_task (check, id, first);

  add_happening (machine, g_strconcat ("done.invoke.", id, NULL));
  add_happening (machine, g_strconcat ("error.invoke.", id, NULL));

  forwards = fermata_value_get_member (task, "autoforward");
  if (forwards != NULL && fermata_value_get_kind (forwards) == FERMATA_VALUE_KIND_BOOLEAN)
    machine->has_forwarding |= fermata_value_get_boolean (forwards);
}

static void
collect_tasks_of (FermataCheck *check,
                  guint         state,
                  FermataValue *tasks)
{
  guint n_without = 0;

  fermata_check_step_into (check, "do");

  if (fermata_value_get_kind (tasks) == FERMATA_VALUE_KIND_ARRAY)
    {
      for (gsize i = 0; i < fermata_value_get_length (tasks); i++)
        {
          fermata_check_step_to (check, i);
          collect_task (check, fermata_value_get_element (tasks, i), state, &n_without);
          fermata_check_step_out (check);
        }
    }
  else
    collect_task (check, tasks, state, &n_without);

  fermata_check_step_out (check);
}

/* Tasks have ids of their own, besides those of states. */
void
fermata_check_collect_tasks (FermataCheck *check)
{
  FermataCheckLevel *level = check->level;

  for (guint i = 0; i < level->n_nodes; i++)
    {
      FermataValue *tasks = fermata_node_get_member (level->nodes[i], "do");

      check->node = level->nodes[i];
      if (tasks != NULL)
        collect_tasks_of (check, i, tasks);
    }

  check->node = NULL;
}

/* Events that actions send */

static void
hint_at_handled (FermataCheck *check,
                 const char   *name)
{
  GArray *descriptors = check->level->machine->descriptors;
  FermataCheckSimilar similar;

  fermata_check_similar_init (&similar, check, name);

  for (guint i = 0; i < descriptors->len; i++)
    {
      if (!fermata_check_similar_offer (&similar, g_array_index (descriptors, FermataCheckDescriptor, i).text))
        break;
    }

  fermata_check_similar_hint (&similar);
}

static gboolean
is_reserved (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (reserved); i++)
    {
      gsize length = strlen (reserved[i]);

      if (strncmp (name, reserved[i], length) == 0 && (name[length] == '\0' || reserved[i][length - 1] == '.' || name[length] == '.'))
        return TRUE;
    }

  return FALSE;
}

/* An event for the machine itself, where the check is at. */
static void
check_own_event (FermataCheck *check,
                 const char   *name)
{
  FermataCheckMachine *machine = check->level->machine;

  fermata_check_tokens_add (machine->happening, machine->happening_root, name);

  if (*name == '\0' || strpbrk (name, SPACE) != NULL)
    {
      fermata_check_report (check, FERMATA_SEVERITY_ERROR, "bad-event",
                            _("“%s” is not the name of an event: expected a text without spaces"), name);
    }
  else if (is_reserved (name))
    {
      fermata_check_report (check, FERMATA_SEVERITY_WARNING, "reserved-event",
                            _("“%s” is the name of an event that the machine makes itself"), name);
      fermata_check_add_hint (check, _("nobody can tell the two apart; call it something else"));
    }
  else if (fermata_check_tokens_cover (machine->handled, machine->handled_root, name) == 0)
    {
      fermata_check_report (check, FERMATA_SEVERITY_HINT, "unhandled-event", _("nothing handles the event “%s”"), name);
      hint_at_handled (check, name);
    }
}

/* `raise` or `send`, a name or an object that has it. */
static void
check_name_of (FermataCheck *check,
               const char   *verb,
               FermataValue *value)
{
  gboolean is_object = fermata_value_get_kind (value) == FERMATA_VALUE_KIND_OBJECT;
  const char *name = is_object ? get_literal_member (value, "event") : get_literal (value);

  if (name == NULL)
    return;

  fermata_check_step_into (check, verb);
  if (is_object)
    fermata_check_step_into (check, "event");
  check_own_event (check, name);
  if (is_object)
    fermata_check_step_out (check);
  fermata_check_step_out (check);
}

static void
report_internal_delay (FermataCheck *check)
{
  fermata_check_step_into (check, "send");
  fermata_check_step_into (check, "delay");
  fermata_check_report (check, FERMATA_SEVERITY_ERROR, "bad-action",
                        _("what goes to the internal queue does not wait"));
  fermata_check_add_hint (check, _("without “to” it goes to this machine, too, later"));
  fermata_check_point_at_name (check);
  fermata_check_step_out (check);
  fermata_check_step_out (check);
}

static void
check_task_named (FermataCheck *check,
                  const char   *id)
{
  FermataCheckMachine *machine = check->level->machine;
  FermataCheckSimilar similar;

  if (g_str_has_prefix (id, "scxml_") || fermata_check_ids_find (machine->tasks, id) != FERMATA_CHECK_NO_ID)
    return;

  fermata_check_step_into (check, "send");
  fermata_check_step_into (check, "to");
  fermata_check_report (check, FERMATA_SEVERITY_WARNING, "unknown-task", _("there is no task “%s”"), id);
  fermata_check_similar_init (&similar, check, id);
  for (guint i = 0; i < machine->task_ids->len; i++)
    fermata_check_similar_offer (&similar, machine->task_ids->pdata[i]);
  fermata_check_similar_hint (&similar);
  fermata_check_step_out (check);
  fermata_check_step_out (check);
}

/* Whether what brings it, or where it goes, is computed, or somebody else's. */
static gboolean
goes_elsewhere (FermataCheck *check,
                FermataValue *send)
{
  static const char *const own[] = { "http://www.w3.org/TR/scxml/#SCXMLEventProcessor", "scxml", NULL };
  FermataValue *type = fermata_value_get_member (send, "type");

  if (check->level->model == FERMATA_CHECK_MODEL_FERMATA)
    return FALSE;

  return fermata_value_find_member (send, "to-expr", NULL) || fermata_value_find_member (send, "type-expr", NULL) ||
         (type != NULL && (fermata_value_get_kind (type) != FERMATA_VALUE_KIND_STRING ||
                           !g_strv_contains (own, fermata_value_get_string (type, NULL))));
}

static void
check_send (FermataCheck *check,
            FermataValue *send)
{
  gboolean is_object = fermata_value_get_kind (send) == FERMATA_VALUE_KIND_OBJECT;
  FermataValue *to = is_object ? fermata_value_get_member (send, "to") : NULL;
  const char *target = get_literal (to);

  if (is_object && goes_elsewhere (check, send))
    return;

  if (to == NULL && !check->level->machine->has_forwarding)
    check_name_of (check, "send", send);

  if (target == NULL)
    return;

  if (strcmp (target, "#_internal") == 0)
    {
      check_name_of (check, "send", send);
      if (fermata_value_get_member (send, "delay") != NULL)
        report_internal_delay (check);
    }
  else if (g_str_has_prefix (target, "#_") && strcmp (target, "#_parent") != 0)
    {
      check_task_named (check, target + 2);
    }
}

/* The check is at an action. */
void
fermata_check_events_of (FermataCheck *check,
                         FermataValue *action)
{
  FermataValue *raise = fermata_value_get_member (action, "raise");
  FermataValue *send = fermata_value_get_member (action, "send");

  /* Actions are in machines only, but who knows what a document has where. */
  if (check->level->machine == NULL)
    return;

  if (raise != NULL)
    check_name_of (check, "raise", raise);
  if (send != NULL)
    check_send (check, send);
}

/* Events that cannot happen */

static void
report_no_state (FermataCheck *check,
                 const char   *descriptor,
                 const char   *id)
{
  FermataCheckLevel *level = check->level;
  guint state = fermata_check_ids_find (level->ids, id);

  if (state == FERMATA_CHECK_NO_ID)
    {
      fermata_check_report (check, FERMATA_SEVERITY_WARNING, "unknown-event",
                            _("“%s” never happens: there is no state “%s”"), descriptor, id);
      fermata_check_hint_node (check, id, FALSE);
      return;
    }

  fermata_check_report (check, FERMATA_SEVERITY_WARNING, "unknown-event",
                        _("“%s” never happens: “%s” does not come to an end"), descriptor, id);
  if (level->machine->states[state].type == FERMATA_CHECK_PARALLEL)
    fermata_check_add_hint (check, _("a parallel state is done when each state in it is, by a final state in that"));
  else
    fermata_check_add_hint (check, _("a compound state is done when a final state in it is active"));
}

static void
report_no_task (FermataCheck *check,
                const char   *descriptor,
                const char   *id)
{
  FermataCheckMachine *machine = check->level->machine;
  FermataCheckSimilar similar;

  fermata_check_report (check, FERMATA_SEVERITY_WARNING, "unknown-event",
                        _("“%s” never happens: there is no task “%s”"), descriptor, id);
  fermata_check_similar_init (&similar, check, id);
  for (guint i = 0; i < machine->task_ids->len; i++)
    fermata_check_similar_offer (&similar, machine->task_ids->pdata[i]);
  fermata_check_similar_hint (&similar);
}

static void
check_happens (FermataCheck *check,
               const char   *descriptor)
{
  FermataCheckMachine *machine = check->level->machine;

  /* The three that go on with an id, if this one does. */
  for (guint i = 0; i < 3; i++)
    {
      gsize length = strlen (reserved[i]);
      gsize whole = fermata_check_tokens_length (descriptor);
      g_autofree char *id = NULL;

      if (whole <= length || strncmp (descriptor, reserved[i], length) != 0 ||
          fermata_check_tokens_has (machine->happening, machine->happening_root, descriptor))
        continue;

      id = g_strndup (descriptor + length, whole - length);
      if (i == 0)
        report_no_state (check, descriptor, id);
      else
        report_no_task (check, descriptor, id);
    }
}

/* When all actions have been seen. */
void
fermata_check_descriptors (FermataCheck *check)
{
  foreach_descriptor (check, check_happens);
}
