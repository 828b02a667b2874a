/* fermata-wfcommons.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-wfcommons-private.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "model/fermata-model-id.h"
#include "value/fermata-value-reader.h"

#define SPECIFICATION "/workflow/specification/tasks"
#define EXECUTION "/workflow/execution/tasks"
#define BEFORE_1_5 "/workflow/tasks"

FermataDiagnostic *
fermata_wfcommons_report (FermataWfcommons *self,
                          const char       *code,
                          const char       *path,
                          const char       *format,
                          ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  return fermata_json_read_report (&self->read, code, path, NULL, message);
}

/* Looking at values */

static FermataValue *
get_of_kind (FermataValue     *object,
             const char       *name,
             FermataValueKind  kind)
{
  FermataValue *value;

  if (object == NULL || fermata_value_get_kind (object) != FERMATA_VALUE_KIND_OBJECT)
    return NULL;
  value = fermata_value_get_member (object, name);

  return value != NULL && fermata_value_get_kind (value) == kind ? value : NULL;
}

static const char *
get_text (FermataValue *value)
{
  const char *text;
  gsize length;

  if (value == NULL || fermata_value_get_kind (value) != FERMATA_VALUE_KIND_STRING)
    return NULL;
  text = fermata_value_get_string (value, &length);

  return strlen (text) == length ? text : NULL;
}

static const char *
get_name (FermataValue *object,
          const char   *name)
{
  const char *text = get_text (get_of_kind (object, name, FERMATA_VALUE_KIND_STRING));

  return text != NULL && *text != '\0' ? text : NULL;
}

static FermataValue *
find_tasks (FermataValue  *root,
            const char   **path)
{
  FermataValue *workflow = get_of_kind (root, "workflow", FERMATA_VALUE_KIND_OBJECT);
  FermataValue *specification = get_of_kind (workflow, "specification", FERMATA_VALUE_KIND_OBJECT);

  *path = specification != NULL ? SPECIFICATION : BEFORE_1_5;

  return get_of_kind (specification != NULL ? specification : workflow, "tasks", FERMATA_VALUE_KIND_ARRAY);
}

/* Tasks */

/* Most ids are ids of nodes already. Others become some, and stay unique. */
static char *
make_node_id (const char *id,
              guint       index,
              GHashTable *taken)
{
  GString *node = g_string_new (id);

  for (gsize i = 0; i < node->len; i++)
    {
      if (strchr ("/#>", node->str[i]) != NULL || g_ascii_iscntrl (node->str[i]))
        node->str[i] = '_';
    }
  if (!fermata_model_id_is_valid (node->str, node->len))
    g_string_printf (node, "task-%u", index + 1);
  while (g_hash_table_contains (taken, node->str))
    g_string_append_printf (node, "-%u", index + 1);

  return g_string_free (node, FALSE);
}

static void
read_task (FermataWfcommons *self,
           FermataValue     *value,
           guint             index)
{
  FermataWfcommonsTask task = { .seconds = -1 };
  g_autofree char *path = g_strdup_printf ("%s/%u", self->tasks_path, index);
  const char *name = get_name (value, "name");

  task.id = get_name (value, "id");
  if (task.id == NULL)
    task.id = name;
  if (task.id == NULL)
    fermata_wfcommons_report (self, "bad-task", path,
                              _("a task is an object with an \"id\": a text that is not empty"));
  else if (!g_hash_table_insert (self->by_id, (gpointer) task.id, GUINT_TO_POINTER (index + 1)))
    fermata_wfcommons_report (self, "duplicate-id", path, _("there is another task “%s”"), task.id);
  if (name != NULL && !g_hash_table_contains (self->by_name, name))
    g_hash_table_insert (self->by_name, (gpointer) name, GUINT_TO_POINTER (index + 1));
  if (name != NULL && g_strcmp0 (name, task.id) != 0)
    task.label = name;
  g_array_append_val (self->tasks, task);
}

/* Only now it is known which ids are taken. */
static void
name_nodes (FermataWfcommons *self)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < self->tasks->len; i++)
        {
          FermataWfcommonsTask *task = fermata_wfcommons_get_task (self, i);

          if (task->id == NULL || fermata_model_id_is_valid (task->id, -1) != (pass == 0))
            continue;
          task->node = make_node_id (task->id, i, taken);
          g_hash_table_add (taken, task->node);
          if (pass == 1 && task->label == NULL)
            task->label = task->id;
        }
    }
}

/* What is said of several tasks in a list; 0: nobody. By id, and before 1.5 by
 * name too. */
static guint
find_task (FermataWfcommons *self,
           const char       *id)
{
  gpointer found = g_hash_table_lookup (self->by_id, id);

  if (found == NULL)
    found = g_hash_table_lookup (self->by_name, id);

  return GPOINTER_TO_UINT (found);
}

/* Edges */

static void
add_edge (FermataWfcommons *self,
          guint             source,
          guint             target)
{
  FermataWfcommonsEdge edge = { source, target };
  gint64 key = (gint64) source << 32 | target;

  if (!g_hash_table_add (self->seen_edges, g_memdup2 (&key, sizeof key)))
    return;
  g_array_append_val (self->edges, edge);
}

static void
read_relations (FermataWfcommons *self,
                FermataValue     *value,
                guint             index,
                const char       *member)
{
  g_autofree char *path = g_strdup_printf ("%s/%u/%s", self->tasks_path, index, member);
  FermataValue *list = fermata_value_get_member (value, member);
  gboolean are_parents = g_str_equal (member, "parents");

  if (list == NULL)
    return;
  if (fermata_value_get_kind (list) != FERMATA_VALUE_KIND_ARRAY)
    {
      fermata_wfcommons_report (self, "bad-task", path, _("expected an array of ids of tasks"));
      return;
    }

  for (gsize i = 0; i < fermata_value_get_length (list); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s/%" G_GSIZE_FORMAT, path, i);
      const char *id = get_text (fermata_value_get_element (list, i));
      guint other = id == NULL ? 0 : find_task (self, id);

      if (id == NULL)
        fermata_wfcommons_report (self, "bad-task", place, _("expected the id of a task"));
      else if (other == 0)
        fermata_wfcommons_report (self, "unknown-task", place,
                                  are_parents ? _("its parent “%s” is no task of this workflow")
                                              : _("its child “%s” is no task of this workflow"), id);
      else if (are_parents)
        add_edge (self, other - 1, index);
      else
        add_edge (self, index, other - 1);
    }
}

/* What was recorded */

static gboolean
is_list_of_texts (FermataValue *value)
{
  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_ARRAY)
    return FALSE;
  for (gsize i = 0; i < fermata_value_get_length (value); i++)
    {
      if (get_text (fermata_value_get_element (value, i)) == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
read_command (FermataWfcommons     *self,
              FermataWfcommonsTask *task,
              FermataValue         *record,
              const char           *path)
{
  FermataValue *command = fermata_value_get_member (record, "command");
  FermataValue *arguments;

  if (command == NULL)
    return;
  task->program = get_name (command, "program");
  arguments = task->program == NULL ? NULL : fermata_value_get_member (command, "arguments");
  if (task->program != NULL && (arguments == NULL || is_list_of_texts (arguments)))
    {
      task->arguments = arguments;
      return;
    }

  task->program = NULL;
  fermata_wfcommons_report (self, "bad-command", path,
                            _("a command is an object with a \"program\" and \"arguments\", all of them texts"));
}

static void
read_seconds (FermataWfcommons     *self,
              FermataWfcommonsTask *task,
              FermataValue         *record,
              const char           *path)
{
  FermataValue *seconds = fermata_value_get_member (record, "runtimeInSeconds");
  FermataValueKind kind;

  if (seconds == NULL)
    seconds = fermata_value_get_member (record, "runtime");
  if (seconds == NULL)
    return;

  kind = fermata_value_get_kind (seconds);
  if (kind == FERMATA_VALUE_KIND_INTEGER)
    task->seconds = fermata_value_get_integer (seconds);
  else if (kind == FERMATA_VALUE_KIND_NUMBER)
    task->seconds = fermata_value_get_number (seconds);
  if (task->seconds >= 0 && isfinite (task->seconds))
    return;

  task->seconds = 0;
  fermata_wfcommons_report (self, "bad-runtime", path, _("expected how long it took: seconds, from 0"));
}

static void
read_record (FermataWfcommons     *self,
             FermataWfcommonsTask *task,
             FermataValue         *record,
             const char           *path)
{
  g_autofree char *command = g_strconcat (path, "/command", NULL);
  g_autofree char *runtime = g_strconcat (path, "/runtimeInSeconds", NULL);

  if (task->has_record)
    {
      fermata_wfcommons_report (self, "duplicate-id", path, _("there is another record of “%s”"), task->id);
      return;
    }

  task->has_record = TRUE;
  read_command (self, task, record, command);
  read_seconds (self, task, record, runtime);
}

static void
read_execution (FermataWfcommons *self)
{
  FermataValue *workflow = get_of_kind (self->root, "workflow", FERMATA_VALUE_KIND_OBJECT);
  FermataValue *execution = get_of_kind (workflow, "execution", FERMATA_VALUE_KIND_OBJECT);
  FermataValue *records = get_of_kind (execution, "tasks", FERMATA_VALUE_KIND_ARRAY);

  for (gsize i = 0; records != NULL && i < fermata_value_get_length (records); i++)
    {
      g_autofree char *path = g_strdup_printf (EXECUTION "/%" G_GSIZE_FORMAT, i);
      FermataValue *record = fermata_value_get_element (records, i);
      const char *id = get_name (record, "id");
      guint task = id == NULL ? 0 : find_task (self, id);

      if (id == NULL)
        fermata_wfcommons_report (self, "bad-task", path, _("what was recorded of a task has its \"id\""));
      else if (task == 0)
        fermata_wfcommons_report (self, "unknown-task", path, _("“%s” is no task of this workflow"), id);
      else
        read_record (self, fermata_wfcommons_get_task (self, task - 1), record, path);
    }
}

/* Whether what the tasks are to do can be done with what was recorded. */
static void
check_records (FermataWfcommons *self)
{
  for (guint i = 0; i < self->tasks->len; i++)
    {
      const FermataWfcommonsTask *task = fermata_wfcommons_get_task (self, i);
      g_autofree char *path = g_strdup_printf ("%s/%u", self->tasks_path, i);

      if (self->options.tasks == FERMATA_WFCOMMONS_TASKS_RECORDED && task->program == NULL)
        fermata_wfcommons_report (self, "no-command", path, _("what “%s” ran was not recorded"), task->id);
      if (self->options.tasks == FERMATA_WFCOMMONS_TASKS_SLEEP && task->seconds < 0)
        fermata_wfcommons_report (self, "no-runtime", path, _("how long “%s” took was not recorded"), task->id);
    }
}

static gboolean
check_version (FermataWfcommons *self)
{
  FermataValue *version = fermata_value_get_member (self->root, "schemaVersion");
  const char *text = get_text (version);

  if (version == NULL || (text != NULL && g_str_has_prefix (text, "1.")))
    return TRUE;

  fermata_wfcommons_report (self, "newer-version", "/schemaVersion",
                            _("this is another version of WfCommons; this program knows 1.3 to 1.5"));

  return FALSE;
}

/* Each step stands on the one before it. */
static FermataGraph *
read_workflow (FermataWfcommons *self)
{
  FermataValue *tasks = find_tasks (self->root, &self->tasks_path);

  if (tasks == NULL)
    {
      fermata_wfcommons_report (self, "not-a-workflow", "",
                                _("this is no workflow of WfCommons: it has no “workflow”, “specification”, “tasks”"));
      return NULL;
    }
  if (!check_version (self))
    return NULL;

  for (gsize i = 0; i < fermata_value_get_length (tasks); i++)
    read_task (self, fermata_value_get_element (tasks, i), i);
  if (self->read.n_errors > 0)
    return NULL;

  name_nodes (self);
  for (gsize i = 0; i < fermata_value_get_length (tasks); i++)
    read_relations (self, fermata_value_get_element (tasks, i), i, "parents");
  for (gsize i = 0; i < fermata_value_get_length (tasks); i++)
    {
      FermataValue *value = fermata_value_get_element (tasks, i);
      g_autofree char *path = g_strdup_printf (BEFORE_1_5 "/%" G_GSIZE_FORMAT, i);

      read_relations (self, value, i, "children");
      if (g_str_equal (self->tasks_path, BEFORE_1_5))
        read_record (self, fermata_wfcommons_get_task (self, i), value, path);
    }
  read_execution (self);
  if (self->read.n_errors == 0)
    check_records (self);
  if (self->read.n_errors > 0 || !fermata_wfcommons_check_order (self))
    return NULL;

  return fermata_wfcommons_make_graph (self);
}

static void
clear_task (gpointer data)
{
  FermataWfcommonsTask *task = data;

  g_free (task->node);
}

static FermataGraph *
read_value (FermataWfcommons *self)
{
  FermataGraph *graph;

  self->tasks = g_array_new (FALSE, FALSE, sizeof (FermataWfcommonsTask));
  g_array_set_clear_func (self->tasks, clear_task);
  self->edges = g_array_new (FALSE, FALSE, sizeof (FermataWfcommonsEdge));
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->seen_edges = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  graph = read_workflow (self);

  g_hash_table_unref (self->seen_edges);
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->by_id);
  g_array_unref (self->edges);
  g_array_unref (self->tasks);

  return graph;
}

/**
 * fermata_wfcommons_recognises:
 * @text: a text
 *
 * Tells whether a text is meant to be a workflow of WfCommons, by its content:
 * a JSON object with a `workflow` that has `tasks`, or a `specification`.
 *
 * Returns: %TRUE if it is, though there may be errors in it
 */
gboolean
fermata_wfcommons_recognises (GBytes *text)
{
  g_autoptr (FermataValueReader) reader = fermata_value_reader_new ();
  g_autoptr (FermataValue) value = NULL;
  FermataValue *workflow;
  gsize length;
  const char *data;

  g_return_val_if_fail (text != NULL, FALSE);

  data = g_bytes_get_data (text, &length);
  fermata_value_reader_set_max_size (reader, G_MAXSIZE);
  value = fermata_value_reader_read (reader, data, length, NULL);
  workflow = get_of_kind (value, "workflow", FERMATA_VALUE_KIND_OBJECT);

  return workflow != NULL
         && fermata_value_get_member (value, "fermata") == NULL
         && (fermata_value_get_member (workflow, "specification") != NULL
             || fermata_value_get_member (workflow, "tasks") != NULL);
}

/**
 * fermata_wfcommons_read_graph:
 * @text: JSON
 * @name: what people call the text: a file name
 * @options: (nullable): what a task does; `NULL`: what it did when it was
 *   recorded
 * @diagnostics: (nullable): a list of [class@Fermata.Diagnostic], which what
 *   is wrong with the text is added to, with lines and columns
 * @error: return location for a [error@Fermata.FormatError]
 *
 * Makes a graph of a workflow of WfCommons: each task becomes a `command`, each
 * parent an edge. There is no graph if anything is wrong.
 *
 * Returns: (transfer full) (nullable): the graph, or `NULL` with @error set to
 *   the first of the diagnostics
 */
FermataGraph *
fermata_wfcommons_read_graph (GBytes                         *text,
                              const char                     *name,
                              const FermataWfcommonsOptions  *options,
                              GListStore                     *diagnostics,
                              GError                        **error)
{
  static const FermataWfcommonsOptions defaults = FERMATA_WFCOMMONS_OPTIONS_INIT;
  g_autoptr (GListStore) list = NULL;
  g_autoptr (FermataValue) root = NULL;
  FermataWfcommons self = { .options = options != NULL ? *options : defaults };
  gboolean is_incomplete = FALSE;
  FermataGraph *graph = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (self.options.tasks != FERMATA_WFCOMMONS_TASKS_PROGRAM || self.options.program != NULL,
                        NULL);
  g_return_val_if_fail (isfinite (self.options.scale) && self.options.scale >= 0, NULL);
  g_return_val_if_fail (diagnostics == NULL || G_IS_LIST_STORE (diagnostics), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  list = diagnostics != NULL ? g_object_ref (diagnostics) : g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  self.read = (FermataJsonRead) { text, name, list, 0 };
  root = self.root = fermata_json_read_value (&self.read, &is_incomplete);
  if (root != NULL && !is_incomplete)
    graph = read_value (&self);
  fermata_json_read_end (&self.read, graph == NULL, error);

  return graph;
}
