/* fermata-scxml-writer.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-writer-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Writing SCXML: what can be deep is on a stack of what is still to be done, and
 * what cannot is written at once. */

#define STEPS_A_BLOCK 1024

/* So many are told of. */
#define MAX_DIAGNOSTICS 1000u

static FermataScxmlStep *
add_step (FermataScxmlWriter *self)
{
  guint place = self->n_steps++ % STEPS_A_BLOCK;
  FermataScxmlStep *block;

  if (place == 0)
    g_ptr_array_add (self->blocks, g_new (FermataScxmlStep, STEPS_A_BLOCK));
  block = g_ptr_array_index (self->blocks, self->blocks->len - 1);

  return &block[place];
}

const FermataScxmlStep *
fermata_scxml_writer_step (FermataScxmlWriter     *self,
                           const FermataScxmlStep *parent,
                           const char             *name)
{
  FermataScxmlStep *step = add_step (self);

  *step = (FermataScxmlStep) { parent, name, 0 };

  return step;
}

const FermataScxmlStep *
fermata_scxml_writer_step_to (FermataScxmlWriter     *self,
                              const FermataScxmlStep *parent,
                              gsize                   index)
{
  FermataScxmlStep *step = add_step (self);

  *step = (FermataScxmlStep) { parent, NULL, index };

  return step;
}

FermataScxmlTodo *
fermata_scxml_writer_push (FermataScxmlWriter     *self,
                           FermataScxmlTodoKind    kind,
                           FermataValue           *value,
                           const FermataScxmlStep *step)
{
  FermataScxmlTodo todo = { .kind = kind, .value = value, .step = step };

  g_array_append_val (self->todo, todo);

  return &g_array_index (self->todo, FermataScxmlTodo, self->todo->len - 1);
}

/* Telling */

static void
prepend_name (GString    *path,
              const char *name)
{
  g_autoptr (GString) escaped = g_string_new ("/");

  for (; *name != '\0'; name++)
    {
      if (*name == '~' || *name == '/')
        g_string_append (escaped, *name == '~' ? "~0" : "~1");
      else
        g_string_append_c (escaped, *name);
    }
  g_string_prepend (path, escaped->str);
}

static char *
dup_path (const FermataScxmlStep *step,
          const char             *member)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();
  GString *path = g_string_new (NULL);

  for (; step != NULL; step = step->parent)
    g_ptr_array_add (steps, (gpointer) step);
  for (guint i = steps->len; i > 0; i--)
    {
      g_autoptr (GString) part = g_string_new (NULL);
      const FermataScxmlStep *at = steps->pdata[i - 1];

      if (at->name != NULL)
        prepend_name (part, at->name);
      else
        g_string_printf (part, "/%" G_GSIZE_FORMAT, at->index);
      g_string_append (path, part->str);
    }
  if (member != NULL)
    {
      g_autoptr (GString) part = g_string_new (NULL);

      prepend_name (part, member);
      g_string_append (path, part->str);
    }

  return g_string_free (path, FALSE);
}

/* @member (nullable): of what @step leads to. */
void
fermata_scxml_writer_report (FermataScxmlWriter     *self,
                             FermataSeverity         severity,
                             const FermataScxmlStep *step,
                             const char             *member,
                             const char             *format,
                             ...)
{
  g_autoptr (FermataDiagnostic) diagnostic = NULL;
  g_autofree char *message = NULL;
  g_autofree char *path = NULL;
  va_list arguments;

  if (self->diagnostics == NULL || self->n_reported++ >= MAX_DIAGNOSTICS)
    return;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  path = dup_path (step, member);
  diagnostic = fermata_diagnostic_new (severity, "not-in-scxml", path, message);
  if (member != NULL)
    fermata_diagnostic_set_member (diagnostic, member);
  g_list_store_append (self->diagnostics, diagnostic);
}

static void
report_rest (FermataScxmlWriter *self)
{
  guint n_more = self->n_reported - MIN (self->n_reported, MAX_DIAGNOSTICS);
  g_autoptr (FermataDiagnostic) diagnostic = NULL;
  g_autofree char *message = NULL;

  if (n_more == 0)
    return;

  message = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more is not listed", "%u more are not listed", n_more),
                             n_more);
  diagnostic = fermata_diagnostic_new (FERMATA_SEVERITY_WARNING, "too-many", NULL, message);
  g_list_store_append (self->diagnostics, diagnostic);
}

/* Machines */

static void
put_declarations (FermataScxmlWriter *self,
                  FermataValue       *kept,
                  gboolean            is_root)
{
  FermataScxmlSheet *sheet = self->sheet;
  gboolean has_prefix = *sheet->prefix != '\0';
  g_autofree char *prefixed = has_prefix ? g_strconcat ("xmlns:", sheet->prefix, NULL) : NULL;
  FermataValue *namespaces = fermata_scxml_get_part (kept, "namespaces");

  if (has_prefix || is_root || *sheet->outer->prefix != '\0')
    fermata_scxml_put_attribute (self, has_prefix ? prefixed : "xmlns", FERMATA_SCXML_NAMESPACE);

  for (gsize i = 0; namespaces != NULL && i < fermata_value_get_length (namespaces); i++)
    {
      const char *prefix = fermata_value_get_member_name (namespaces, i);
      g_autofree char *name = *prefix == '\0' ? g_strdup ("xmlns") : g_strconcat ("xmlns:", prefix, NULL);

      sheet->has_default = sheet->has_default || *prefix == '\0';
      fermata_scxml_put_foreign (self, name, fermata_value_get_element (namespaces, i), sheet->step);
    }
  if (is_root)
    self->declare_at = self->text->len;
}

static void
put_model (FermataScxmlWriter *self,
           FermataValue       *graph)
{
  const char *model = fermata_scxml_get_text (graph, "data-model");

  fermata_scxml_put_attribute (self, "datamodel", g_strcmp0 (model, "null") == 0 ? "null" : "ecmascript");
}

static void
put_script (FermataScxmlWriter *self,
            FermataValue       *graph)
{
  FermataValue *script = fermata_value_get_member (graph, "script");
  FermataValue *kept = fermata_scxml_get_part (fermata_scxml_get_kept (graph), "script");
  const FermataScxmlStep *step = fermata_scxml_writer_step (self, self->sheet->step, "script");

  if (script == NULL)
    return;

  fermata_scxml_put_raw (self, kept, "before", step);
  fermata_scxml_put_start (self, "script");
  fermata_scxml_put_member (self, "src", script, "src", step);
  fermata_scxml_put_kept (self, kept, step);
  fermata_scxml_put_text (self, "script", fermata_scxml_is_kind (script, FERMATA_VALUE_KIND_STRING)
                                            ? fermata_value_get_string (script, NULL) : NULL, kept, step);
}

/* What comes first in the text: the initial states are named by an attribute. What
 * they do on the way there, SCXML knows in states only. */
static void
put_first (FermataScxmlWriter *self,
           FermataValue       *graph)
{
  FermataValue *initial = fermata_value_get_member (graph, "initial");
  FermataValue *to = fermata_scxml_is_kind (initial, FERMATA_VALUE_KIND_OBJECT) ? fermata_value_get_member (initial, "to")
                                                                              : initial;
  g_autofree char *targets = to == NULL ? NULL : fermata_scxml_dup_targets (self, to);

  if (targets != NULL)
    fermata_scxml_put_attribute (self, "initial", targets);
  if (to == initial)
    return;

  fermata_scxml_writer_report (self, FERMATA_SEVERITY_WARNING, self->sheet->step, "initial",
                               _("SCXML has no actions on the way into a machine: only where it leads is written"));
  fermata_scxml_put_own_member (self, "initial", initial);
}

static const char *const graph_members[] = {
  "fermata", "kind", "name", "initial", "data-model", "binding", "variables", "script", "nodes", "edges", "x-scxml", NULL
};

static const char *const own_graph_members[] = {
  "fermata", "kind", "name", "initial", "data-model", "nodes", "edges", "x-scxml", NULL
};

static void
put_attributes (FermataScxmlWriter *self,
                FermataValue       *graph,
                FermataValue       *kept)
{
  FermataScxmlSheet *sheet = self->sheet;

  put_first (self, graph);
  fermata_scxml_put_member (self, "name", graph, "name", sheet->step);
  if (fermata_scxml_get_kept_attribute (kept, "version") == NULL)
    fermata_scxml_put_attribute (self, "version", "1.0");
  put_model (self, graph);
  if (!sheet->is_own)
    fermata_scxml_put_member (self, "binding", graph, "binding", sheet->step);
  fermata_scxml_put_rest (self, graph, sheet->is_own ? own_graph_members : graph_members, sheet->step);
  fermata_scxml_put_kept (self, kept, sheet->step);
}

void
fermata_scxml_write_machine (FermataScxmlWriter     *self,
                             FermataValue           *graph,
                             const FermataScxmlStep *step)
{
  gboolean is_root = self->sheet == NULL;
  FermataValue *kept = fermata_scxml_get_kept (graph);

  self->sheet = fermata_scxml_sheet_new (self, graph, step);
  fermata_scxml_put_raw (self, kept, "before", step);
  fermata_scxml_put_start (self, "scxml");
  put_declarations (self, kept, is_root);
  put_attributes (self, graph, kept);

  fermata_scxml_writer_push (self, FERMATA_SCXML_TODO_LEAVE, NULL, step);
  fermata_scxml_put_open (self, "scxml", kept, step);
  if (!self->sheet->is_own)
    {
      fermata_scxml_write_data_model (self, graph, step);
      put_script (self, graph);
    }
  fermata_scxml_push_states (self, graph, step);
}

/* The stack */

static void
close_element (FermataScxmlWriter *self,
               FermataScxmlTodo   *todo)
{
  fermata_scxml_put_raw (self, todo->kept, "inside", todo->step);
  self->level--;

  /* Nothing in it: the tag is its own end. */
  if (self->text->len == todo->mark)
    {
      g_string_truncate (self->text, todo->mark - 2);
      g_string_append (self->text, "/>\n");
      return;
    }
  fermata_scxml_put_indent (self);
  g_string_append_printf (self->text, "</%s%s%s>\n", self->sheet->prefix, *self->sheet->prefix == '\0' ? "" : ":",
                          todo->name);
}

void
fermata_scxml_put_close (FermataScxmlWriter *self)
{
  FermataScxmlTodo todo = g_array_index (self->todo, FermataScxmlTodo, self->todo->len - 1);

  g_array_set_size (self->todo, self->todo->len - 1);
  close_element (self, &todo);
}

static void
leave_machine (FermataScxmlWriter *self)
{
  FermataScxmlSheet *sheet = self->sheet;

  self->sheet = sheet->outer;
  fermata_scxml_sheet_free (sheet);
}

/* Of one action, or task, or an array of them, the next. */
static void
write_next (FermataScxmlWriter *self,
            FermataScxmlTodo   *todo)
{
  gboolean is_array = fermata_scxml_is_kind (todo->value, FERMATA_VALUE_KIND_ARRAY);
  gsize n = is_array ? fermata_value_get_length (todo->value) : 1;
  FermataScxmlTodo now = *todo;
  gsize i = todo->next++;
  FermataValue *value;
  const FermataScxmlStep *step;

  if (i + 1 >= n)
    g_array_set_size (self->todo, self->todo->len - 1);
  if (i >= n)
    return;

  value = is_array ? fermata_value_get_element (now.value, i) : now.value;
  step = is_array ? fermata_scxml_writer_step_to (self, now.step, i) : now.step;
  if (now.kind == FERMATA_SCXML_TODO_ACTIONS)
    fermata_scxml_write_action (self, value, step);
  else if (fermata_scxml_is_invoke (value))
    fermata_scxml_write_task (self, value, step);
}

static void
write_top (FermataScxmlWriter *self)
{
  FermataScxmlTodo *top = &g_array_index (self->todo, FermataScxmlTodo, self->todo->len - 1);
  FermataScxmlTodo todo = *top;

  switch (todo.kind)
    {
    case FERMATA_SCXML_TODO_STATES:
      fermata_scxml_write_states (self, top);
      return;
    case FERMATA_SCXML_TODO_BLOCKS:
      fermata_scxml_write_block (self, top);
      return;
    case FERMATA_SCXML_TODO_ACTIONS:
    case FERMATA_SCXML_TODO_TASKS:
      write_next (self, top);
      return;
    default:
      break;
    }

  g_array_set_size (self->todo, self->todo->len - 1);
  if (todo.kind == FERMATA_SCXML_TODO_CLOSE)
    close_element (self, &todo);
  else if (todo.kind == FERMATA_SCXML_TODO_LEAVE)
    leave_machine (self);
  else if (todo.kind == FERMATA_SCXML_TODO_ELSE)
    fermata_scxml_write_else (self, &todo);
  else if (todo.kind == FERMATA_SCXML_TODO_MACHINE)
    fermata_scxml_write_inner (self, &todo);
  else
    fermata_scxml_write_initial (self, &todo);
}

/* One that means nothing else anywhere in the document; the document's own, if it has
 * one for this. */
static char *
choose_prefix (FermataValue *kept)
{
  FermataValue *namespaces = fermata_scxml_get_part (kept, "namespaces");
  const char *used = fermata_scxml_get_text (kept, "prefix");
  char *prefix = g_strdup (FERMATA_SCXML_OWN_PREFIX);

  for (gsize i = 0; namespaces != NULL && i < fermata_value_get_length (namespaces); i++)
    {
      const char *name = fermata_value_get_member_name (namespaces, i);

      if (g_strcmp0 (fermata_scxml_get_text (namespaces, name), FERMATA_SCXML_OWN_NAMESPACE) == 0 && *name != '\0' &&
          fermata_scxml_is_name (name) && strchr (name, ':') == NULL)
        {
          g_free (prefix);
          return g_strdup (name);
        }
    }
  for (guint i = 1; g_strcmp0 (prefix, used) == 0 ||
                    (namespaces != NULL && fermata_value_find_member (namespaces, prefix, NULL) &&
                     g_strcmp0 (fermata_scxml_get_text (namespaces, prefix), FERMATA_SCXML_OWN_NAMESPACE) != 0); i++)
    {
      g_free (prefix);
      prefix = g_strdup_printf (FERMATA_SCXML_OWN_PREFIX "%u", i);
    }

  return prefix;
}

static void
declare_own (FermataScxmlWriter *self,
             FermataValue       *kept)
{
  FermataValue *namespaces = fermata_scxml_get_part (kept, "namespaces");
  g_autofree char *declaration = NULL;

  if (!self->uses_own || (namespaces != NULL && fermata_value_find_member (namespaces, self->own_prefix, NULL)))
    return;

  declaration = g_strdup_printf (" xmlns:%s=\"" FERMATA_SCXML_OWN_NAMESPACE "\"", self->own_prefix);
  g_string_insert (self->text, (gssize) self->declare_at, declaration);
}

static GBytes *
write_document (FermataValue           *document,
                FermataScxmlWriteFlags  flags,
                GListStore             *diagnostics)
{
  FermataValue *kept = fermata_scxml_get_kept (document);
  g_autofree char *prefix = choose_prefix (kept);
  FermataScxmlWriter self = {
    .text = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"),
    .diagnostics = diagnostics,
    .flags = flags,
    .todo = g_array_new (FALSE, FALSE, sizeof (FermataScxmlTodo)),
    .blocks = g_ptr_array_new_with_free_func (g_free),
    .attributes = g_ptr_array_new_with_free_func (g_free),
    .own_prefix = prefix,
  };

  fermata_scxml_write_machine (&self, document, NULL);
  while (self.todo->len > 0)
    write_top (&self);
  fermata_scxml_put_raw (&self, kept, "after", NULL);
  declare_own (&self, kept);
  report_rest (&self);

  g_array_unref (self.todo);
  g_ptr_array_unref (self.blocks);
  g_ptr_array_unref (self.attributes);

  return g_string_free_to_bytes (self.text);
}

/**
 * fermata_scxml_write_graph:
 * @graph: a document
 * @flags: what else is written
 * @diagnostics: (nullable): a list of [class@Fermata.Diagnostic], which what
 *   SCXML has not is added to
 * @error: return location for a [error@Fermata.FormatError]
 *
 * Writes a state machine as SCXML 1.0. The layout depends on nothing but the
 * document, so what was written, read and written again is the same to the
 * byte.
 *
 * A machine with one of SCXML's data models comes back as it is when it is
 * read again. What other programs will not understand of it, and what SCXML
 * cannot say of a machine with Fermata's own data model, is told of and stands
 * in the text as attributes and elements of a namespace of Fermata's. Other
 * graphs are refused.
 *
 * Returns: (transfer full) (nullable): the text, with a line feed at its end;
 *   or `NULL` with @error set
 */
GBytes *
fermata_scxml_write_graph (FermataGraph            *graph,
                           FermataScxmlWriteFlags   flags,
                           GListStore              *diagnostics,
                           GError                 **error)
{
  g_autoptr (FermataValue) document = NULL;

  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (diagnostics == NULL || G_IS_LIST_STORE (diagnostics), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (fermata_graph_get_kind (graph) != FERMATA_GRAPH_KIND_FSM)
    {
      g_set_error_literal (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_INVALID,
                           _("Only state machines can be written as SCXML: it has no tasks that follow each other"));
      return NULL;
    }
  if (fermata_graph_is_incomplete (graph))
    {
      g_set_error_literal (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_INCOMPLETE,
                           _("The graph does not hold all that its text says, so writing it would lose something; "
                             "mend the text first"));
      return NULL;
    }
  document = fermata_graph_to_value (graph);

  return write_document (document, flags, diagnostics);
}
