/* fermata-scxml-writer-states.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-writer-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "value/fermata-value-builder.h"

/* States and transitions. */

static const char *const state_members[] = {
  "id", "type", "history", "initial", "variables", "entry", "exit", "do", "data", "nodes", "x-scxml", NULL
};

/* As SCXML has no variables that are not its own. */
static const char *const own_state_members[] = {
  "id", "type", "history", "initial", "entry", "exit", "do", "data", "nodes", "x-scxml", NULL
};

static const char *const edge_members[] = {
  "from", "to", "event", "when", "internal", "assign", "actions", "x-scxml", NULL
};

static const char *const initial_members[] = { "to", "assign", "actions", "x-scxml", NULL };

const char *
fermata_scxml_get_id (FermataScxmlWriter *self,
                      const char         *id)
{
  const char *other = g_hash_table_lookup (self->sheet->ids, id);

  return other != NULL ? other : id;
}

/* Ids with spaces between them. */
char *
fermata_scxml_dup_targets (FermataScxmlWriter *self,
                           FermataValue       *value)
{
  GString *targets;

  if (fermata_scxml_is_kind (value, FERMATA_VALUE_KIND_STRING))
    return g_strdup (fermata_scxml_get_id (self, fermata_value_get_string (value, NULL)));

  targets = g_string_new (NULL);
  for (gsize i = 0; fermata_scxml_is_kind (value, FERMATA_VALUE_KIND_ARRAY) && i < fermata_value_get_length (value); i++)
    {
      FermataValue *id = fermata_value_get_element (value, i);

      if (!fermata_scxml_is_kind (id, FERMATA_VALUE_KIND_STRING))
        continue;
      if (targets->len > 0)
        g_string_append_c (targets, ' ');
      g_string_append (targets, fermata_scxml_get_id (self, fermata_value_get_string (id, NULL)));
    }

  return g_string_free (targets, FALSE);
}

static void
put_targets (FermataScxmlWriter *self,
             FermataValue       *object)
{
  FermataValue *to = fermata_value_get_member (object, "to");
  g_autofree char *targets = to == NULL ? NULL : fermata_scxml_dup_targets (self, to);

  if (targets != NULL)
    fermata_scxml_put_attribute (self, "target", targets);
}

/* Data */

static void
write_data (FermataScxmlWriter     *self,
            const char             *id,
            FermataValue           *declaration,
            const FermataScxmlStep *step)
{
  static const char *const known[] = { "expr", "src", "content", "x-scxml", NULL };
  FermataValue *kept = fermata_scxml_get_kept (declaration);
  const char *content = fermata_scxml_get_text (declaration, "content");

  fermata_scxml_put_raw (self, kept, "before", step);
  fermata_scxml_put_start (self, "data");
  fermata_scxml_put_attribute (self, "id", id);
  fermata_scxml_put_member (self, "src", declaration, "src", step);
  fermata_scxml_put_member (self, "expr", declaration, "expr", step);
  if (fermata_scxml_is_kind (declaration, FERMATA_VALUE_KIND_OBJECT))
    fermata_scxml_put_rest (self, declaration, known, step);
  fermata_scxml_put_kept (self, kept, step);
  fermata_scxml_put_content (self, "data", content, kept, step);
}

void
fermata_scxml_write_data_model (FermataScxmlWriter     *self,
                                FermataValue           *object,
                                const FermataScxmlStep *step)
{
  FermataValue *variables = fermata_value_get_member (object, "variables");
  FermataValue *kept = fermata_scxml_get_part (fermata_scxml_get_kept (object), "datamodel");

  if (!fermata_scxml_is_kind (variables, FERMATA_VALUE_KIND_OBJECT))
    return;

  step = fermata_scxml_writer_step (self, step, "variables");
  fermata_scxml_put_raw (self, kept, "before", step);
  fermata_scxml_put_start (self, "datamodel");
  fermata_scxml_put_kept (self, kept, step);
  fermata_scxml_put_open (self, "datamodel", kept, step);
  for (gsize i = 0; i < fermata_value_get_length (variables); i++)
    {
      const char *id = fermata_value_get_member_name (variables, i);

      write_data (self, id, fermata_value_get_element (variables, i), fermata_scxml_writer_step (self, step, id));
    }
  fermata_scxml_put_close (self);
}

static void
write_done_data (FermataScxmlWriter     *self,
                 FermataValue           *data,
                 const FermataScxmlStep *step)
{
  static const char *const known[] = { "params", "content", "content-expr", "x-scxml", NULL };
  FermataValue *kept = fermata_scxml_get_kept (data);

  if (self->sheet->is_own)
    {
      fermata_scxml_write_own_data (self, data);
      return;
    }
  if (!fermata_scxml_is_kind (data, FERMATA_VALUE_KIND_OBJECT))
    return;

  fermata_scxml_put_raw (self, kept, "before", step);
  fermata_scxml_put_start (self, "donedata");
  fermata_scxml_put_rest (self, data, known, step);
  fermata_scxml_put_kept (self, kept, step);
  fermata_scxml_put_open (self, "donedata", kept, step);
  fermata_scxml_write_content (self, data, kept, step);
  fermata_scxml_write_params (self, data, step);
  fermata_scxml_put_close (self);
}

/* Transitions */

/* What it does, behind its open tag; it is closed when that has been written. */
static void
put_actions (FermataScxmlWriter     *self,
             FermataValue           *object,
             FermataValue           *kept,
             const FermataScxmlStep *step)
{
  FermataValue *actions = fermata_value_get_member (object, "actions");

  fermata_scxml_put_open (self, "transition", kept, step);
  if (fermata_value_find_member (object, "assign", NULL))
    fermata_scxml_write_assigns (self, object, step);
  if (actions != NULL)
    fermata_scxml_writer_push (self, FERMATA_SCXML_TODO_ACTIONS, actions,
                               fermata_scxml_writer_step (self, step, "actions"));
}

static void
refuse_edge (FermataScxmlWriter     *self,
             FermataValue           *edge,
             const char             *why,
             const FermataScxmlStep *step)
{
  fermata_scxml_writer_report (self, FERMATA_SEVERITY_WARNING, step, NULL,
                               _("the edge cannot be written as a transition: %s"), why);
  fermata_scxml_put_own (self, "edge", edge);
}

static void
write_edge (FermataScxmlWriter *self,
            gsize               place)
{
  FermataValue *edge = fermata_value_get_element (self->sheet->edges, place);
  FermataValue *kept = fermata_scxml_get_kept (edge);
  FermataValue *internal = fermata_value_get_member (edge, "internal");
  const FermataScxmlStep *step = fermata_scxml_writer_step (self, self->sheet->step, "edges");
  const char *why = self->sheet->is_own ? fermata_scxml_refuse_edge (edge) : NULL;

  step = fermata_scxml_writer_step_to (self, step, place);
  fermata_scxml_put_raw (self, kept, "before", step);
  if (why != NULL || fermata_value_find_member (edge, "after", NULL))
    {
      refuse_edge (self, edge, why != NULL ? why : _("SCXML has no “after”"), step);
      return;
    }

  fermata_scxml_put_start (self, "transition");
  fermata_scxml_put_member (self, "event", edge, "event", step);
  fermata_scxml_put_member (self, "cond", edge, "when", step);
  put_targets (self, edge);
  if (fermata_scxml_is_kind (internal, FERMATA_VALUE_KIND_BOOLEAN) && fermata_value_get_boolean (internal))
    fermata_scxml_put_attribute (self, "type", "internal");
  fermata_scxml_put_rest (self, edge, edge_members, step);
  fermata_scxml_put_kept (self, kept, step);
  put_actions (self, edge, kept, step);
}

/* The transition of an <initial> or a <history>: an object, or only where it leads. */
static void
write_default (FermataScxmlWriter     *self,
               FermataValue           *initial,
               const FermataScxmlStep *step)
{
  FermataValue *kept = fermata_scxml_get_kept (initial);
  gboolean is_object = fermata_scxml_is_kind (initial, FERMATA_VALUE_KIND_OBJECT);

  fermata_scxml_put_raw (self, kept, "before", step);
  fermata_scxml_put_start (self, "transition");
  if (!is_object)
    {
      g_autofree char *targets = fermata_scxml_dup_targets (self, initial);

      fermata_scxml_put_attribute (self, "target", targets);
      fermata_scxml_put_empty (self);
      return;
    }
  put_targets (self, initial);
  fermata_scxml_put_rest (self, initial, initial_members, step);
  fermata_scxml_put_kept (self, kept, step);
  put_actions (self, initial, kept, step);
}

void
fermata_scxml_write_initial (FermataScxmlWriter *self,
                             FermataScxmlTodo   *todo)
{
  fermata_scxml_put_raw (self, todo->kept, "before", todo->step);
  fermata_scxml_put_start (self, "initial");
  fermata_scxml_put_kept (self, todo->kept, todo->step);
  fermata_scxml_put_open (self, "initial", todo->kept, todo->step);
  write_default (self, todo->value, todo->step);
}

/* Blocks */

static gboolean
has_blocks (FermataValue *value)
{
  for (gsize i = 0; fermata_scxml_is_kind (value, FERMATA_VALUE_KIND_ARRAY) && i < fermata_value_get_length (value); i++)
    {
      if (fermata_scxml_is_kind (fermata_value_get_element (value, i), FERMATA_VALUE_KIND_ARRAY))
        return TRUE;
    }

  return FALSE;
}

/* What is kept of one of several blocks, or of the only one. */
static FermataValue *
get_kept_of_block (FermataValue *kept,
                   const char   *name,
                   gsize         i)
{
  FermataValue *blocks = kept == NULL ? NULL : fermata_value_get_member (kept, name);

  if (fermata_scxml_is_kind (blocks, FERMATA_VALUE_KIND_ARRAY))
    blocks = i < fermata_value_get_length (blocks) ? fermata_value_get_element (blocks, i) : NULL;

  return fermata_scxml_is_kind (blocks, FERMATA_VALUE_KIND_OBJECT) ? blocks : NULL;
}

void
fermata_scxml_write_block (FermataScxmlWriter *self,
                           FermataScxmlTodo   *todo)
{
  FermataScxmlTodo now = *todo;
  gboolean is_array = has_blocks (now.value);
  gsize i = todo->next++;
  FermataValue *block = is_array ? fermata_value_get_element (now.value, i) : now.value;
  FermataValue *kept = get_kept_of_block (now.kept, now.name, i);
  const FermataScxmlStep *step = is_array ? fermata_scxml_writer_step_to (self, now.step, i) : now.step;

  if (!is_array || i + 1 == fermata_value_get_length (now.value))
    g_array_set_size (self->todo, self->todo->len - 1);

  fermata_scxml_put_raw (self, kept, "before", step);
  fermata_scxml_put_start (self, now.name);
  fermata_scxml_put_kept (self, kept, step);
  fermata_scxml_put_open (self, now.name, kept, step);
  fermata_scxml_writer_push (self, FERMATA_SCXML_TODO_ACTIONS, block, step);
}

static void
push_blocks (FermataScxmlWriter     *self,
             FermataValue           *node,
             const char             *member,
             const char             *name,
             const FermataScxmlStep *step)
{
  FermataValue *value = fermata_value_get_member (node, member);
  FermataScxmlTodo *todo;

  if (value == NULL)
    return;

  todo = fermata_scxml_writer_push (self, FERMATA_SCXML_TODO_BLOCKS, value,
                                    fermata_scxml_writer_step (self, step, member));
  todo->name = name;
  todo->kept = fermata_scxml_get_kept (node);
}

/* States */

static const char *
get_element_name (FermataValue *node)
{
  static const char *const names[] = { "parallel", "final", "history", NULL };
  const char *type = fermata_scxml_get_text (node, "type");

  return type != NULL && g_strv_contains (names, type) ? type : "state";
}

static FermataValue *
pick_others (FermataScxmlWriter     *self,
             FermataValue           *tasks,
             const FermataScxmlStep *step)
{
  g_autoptr (FermataValueBuilder) others = fermata_value_builder_new_array ();
  gboolean is_array = fermata_scxml_is_kind (tasks, FERMATA_VALUE_KIND_ARRAY);
  gsize n = is_array ? fermata_value_get_length (tasks) : 1;

  for (gsize i = 0; i < n; i++)
    {
      FermataValue *task = is_array ? fermata_value_get_element (tasks, i) : tasks;

      if (fermata_scxml_is_invoke (task))
        continue;
      fermata_value_builder_add (others, task);
      fermata_scxml_writer_report (self, FERMATA_SEVERITY_WARNING,
                                   is_array ? fermata_scxml_writer_step_to (self, step, i) : step, NULL,
                                   _("SCXML invokes machines and services, but has no task of this type"));
    }

  return fermata_value_builder_end (others);
}

/* Tasks that SCXML has no word for. */
static void
put_other_tasks (FermataScxmlWriter     *self,
                 FermataValue           *node,
                 const FermataScxmlStep *step)
{
  FermataValue *tasks = fermata_value_get_member (node, "do");
  g_autoptr (FermataValue) others =
    tasks == NULL ? NULL : pick_others (self, tasks, fermata_scxml_writer_step (self, step, "do"));

  if (others != NULL && fermata_value_get_length (others) > 0)
    fermata_scxml_put_own_member (self, "do", others);
}

/* Data that is computed, or where SCXML has none. */
static void
put_other_data (FermataScxmlWriter     *self,
                FermataValue           *node,
                gboolean                is_final,
                const FermataScxmlStep *step)
{
  FermataValue *data = fermata_value_get_member (node, "data");

  if (data == NULL || (is_final && (self->sheet->is_own ? fermata_scxml_is_constant (data)
                                                        : fermata_scxml_is_kind (data, FERMATA_VALUE_KIND_OBJECT))))
    return;

  fermata_scxml_writer_report (self, FERMATA_SEVERITY_WARNING, step, "data", _("SCXML cannot have this “data” here"));
  fermata_scxml_put_own_member (self, "data", data);
}

/* Whether it is an element; else it is an attribute. */
static gboolean
has_initial_element (FermataValue *node)
{
  FermataValue *initial = fermata_value_get_member (node, "initial");

  return initial != NULL && (fermata_scxml_is_kind (initial, FERMATA_VALUE_KIND_OBJECT) ||
                             fermata_scxml_get_part (fermata_scxml_get_kept (node), "initial") != NULL);
}

static void
put_state_attributes (FermataScxmlWriter     *self,
                      FermataValue           *node,
                      const char             *name,
                      const FermataScxmlStep *step)
{
  FermataValue *initial = fermata_value_get_member (node, "initial");
  const char *id = fermata_scxml_get_text (node, "id");
  gboolean is_history = g_str_equal (name, "history");

  if (id != NULL)
    fermata_scxml_put_attribute (self, "id", fermata_scxml_get_id (self, id));
  if (is_history)
    fermata_scxml_put_member (self, "type", node, "history", step);
  else if (initial != NULL && !has_initial_element (node))
    {
      g_autofree char *targets = fermata_scxml_dup_targets (self, initial);

      fermata_scxml_put_attribute (self, "initial", targets);
    }
  put_other_tasks (self, node, step);
  put_other_data (self, node, g_str_equal (name, "final"), step);
  fermata_scxml_put_rest (self, node, self->sheet->is_own ? own_state_members : state_members, step);
  fermata_scxml_put_kept (self, fermata_scxml_get_kept (node), step);
}

static void
push_initial (FermataScxmlWriter     *self,
              FermataValue           *node,
              const FermataScxmlStep *step)
{
  FermataScxmlTodo *todo;

  if (!has_initial_element (node))
    return;

  todo = fermata_scxml_writer_push (self, FERMATA_SCXML_TODO_INITIAL, fermata_value_get_member (node, "initial"),
                                    fermata_scxml_writer_step (self, step, "initial"));
  todo->kept = fermata_scxml_get_part (fermata_scxml_get_kept (node), "initial");
}

static void
write_state (FermataScxmlWriter     *self,
             FermataValue           *node,
             const FermataScxmlStep *step)
{
  const char *name = get_element_name (node);
  FermataValue *kept = fermata_scxml_get_kept (node);
  FermataValue *data = fermata_value_get_member (node, "data");
  FermataValue *tasks = fermata_value_get_member (node, "do");
  gboolean is_history = g_str_equal (name, "history");

  fermata_scxml_put_raw (self, kept, "before", step);
  fermata_scxml_put_start (self, name);
  put_state_attributes (self, node, name, step);
  fermata_scxml_put_open (self, name, kept, step);
  if (!self->sheet->is_own)
    fermata_scxml_write_data_model (self, node, step);

  /* The last comes first. */
  fermata_scxml_push_states (self, node, step);
  if (tasks != NULL)
    fermata_scxml_writer_push (self, FERMATA_SCXML_TODO_TASKS, tasks, fermata_scxml_writer_step (self, step, "do"));
  if (is_history)
    {
      if (fermata_value_find_member (node, "initial", NULL))
        write_default (self, fermata_value_get_member (node, "initial"), fermata_scxml_writer_step (self, step, "initial"));
      return;
    }
  push_initial (self, node, step);
  push_blocks (self, node, "exit", "onexit", step);
  push_blocks (self, node, "entry", "onentry", step);
  if (data != NULL && g_str_equal (name, "final"))
    write_done_data (self, data, fermata_scxml_writer_step (self, step, "data"));
}

/* For each state the first edge of it, of those in it and of all behind it: what leaves
 * the owner before that stands before it. */
static guint *
find_limits (FermataScxmlWriter *self,
             FermataValue       *nodes)
{
  gsize n = fermata_value_get_length (nodes);
  guint *limits = g_new (guint, n + 1);

  limits[n] = G_MAXUINT;
  for (gsize i = n; i > 0; i--)
    {
      guint first = GPOINTER_TO_UINT (g_hash_table_lookup (self->sheet->first_below, fermata_value_get_element (nodes, i - 1)));

      limits[i - 1] = first == 0 ? limits[i] : MIN (limits[i], first);
    }

  return limits;
}

void
fermata_scxml_push_states (FermataScxmlWriter     *self,
                           FermataValue           *owner,
                           const FermataScxmlStep *step)
{
  FermataValue *nodes = fermata_value_get_member (owner, "nodes");
  const char *id = owner == self->sheet->graph ? NULL : fermata_scxml_get_text (owner, "id");
  FermataScxmlTodo *todo;

  if (!fermata_scxml_is_kind (nodes, FERMATA_VALUE_KIND_ARRAY))
    nodes = NULL;
  todo = fermata_scxml_writer_push (self, FERMATA_SCXML_TODO_STATES, nodes, fermata_scxml_writer_step (self, step, "nodes"));
  if (id != NULL)
    todo->edge = GPOINTER_TO_UINT (g_hash_table_lookup (self->sheet->first_edges, id));
  if (todo->edge != 0 && nodes != NULL)
    todo->limits = find_limits (self, nodes);
}

/* The next state, or a transition that stands before it. */
void
fermata_scxml_write_states (FermataScxmlWriter *self,
                            FermataScxmlTodo   *todo)
{
  gsize n = todo->value == NULL ? 0 : fermata_value_get_length (todo->value);
  FermataScxmlTodo now = *todo;

  if (now.edge != 0 && (now.next == n || now.edge < now.limits[now.next]))
    {
      todo->edge = self->sheet->next_edges[now.edge];
      write_edge (self, now.edge - 1);
      return;
    }
  if (now.next < n)
    {
      FermataValue *node = fermata_value_get_element (now.value, now.next);

      todo->next++;
      if (fermata_scxml_is_kind (node, FERMATA_VALUE_KIND_OBJECT))
        write_state (self, node, fermata_scxml_writer_step_to (self, now.step, now.next));
      return;
    }

  g_free (now.limits);
  g_array_set_size (self->todo, self->todo->len - 1);
}
