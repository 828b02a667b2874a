/* fermata-json-shape.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-json-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "value/fermata-value-private.h"

/* Whether a document has the shape that a graph is made of: nodes and edges
 * are arrays of objects that say who they are. What else they say is for the
 * checker, which uses the same codes for the same. */

/* A graph, a body or a node whose members are still to be looked at. */
typedef struct {
  FermataValue *value;
  char *path;
  gboolean is_node;
} Task;

/* What a node or edge was like whose shape many others share: where its texts
 * are. Nearly all others are found right by a look at these. */
typedef struct {
  FermataShape *shape;
  gsize texts[2];
  guint n_texts;
} Likeness;

typedef struct {
  FermataJsonRead *read;
  GArray *tasks;
  Likeness node;
  Likeness edge;
} Check;

static void
clear_task (Task *task)
{
  g_free (task->path);
}

static const char *
get_id (FermataValue *node)
{
  FermataValue *id = node != NULL ? fermata_value_get_member (node, "id") : NULL;

  return id != NULL ? fermata_value_get_string (id, NULL) : NULL;
}

static const char *
describe (FermataValue *value)
{
  switch (fermata_value_get_kind (value))
    {
    case FERMATA_VALUE_KIND_NULL:
      return "null";
    case FERMATA_VALUE_KIND_BOOLEAN:
      return fermata_value_get_boolean (value) ? "true" : "false";
    case FERMATA_VALUE_KIND_INTEGER:
    case FERMATA_VALUE_KIND_NUMBER:
      return _("a number");
    case FERMATA_VALUE_KIND_STRING:
      return _("a text");
    case FERMATA_VALUE_KIND_ARRAY:
      return _("an array");
    case FERMATA_VALUE_KIND_OBJECT:
    default:
      return _("an object");
    }
}

/* @member NULL: an element. */
static void
report (Check        *check,
        const char   *code,
        FermataValue *node,
        const char   *path,
        const char   *member,
        const char   *message)
{
  g_autofree char *whole = member != NULL ? g_strconcat (path, "/", member, NULL) : g_strdup (path);
  FermataDiagnostic *diagnostic = fermata_json_read_report (check->read, code, whole, NULL, message);

  if (diagnostic == NULL)
    return;
  fermata_diagnostic_set_node (diagnostic, get_id (node));
  fermata_diagnostic_set_member (diagnostic, member);
}

static void
report_type (Check        *check,
             FermataValue *node,
             const char   *path,
             const char   *member,
             const char   *expected,
             FermataValue *found)
{
  /* Translators: both are things such as “an array” or “a number” */
  g_autofree char *message = g_strdup_printf (_("expected %s, found %s"), expected, describe (found));

  report (check, "ill-typed", node, path, member, message);
}

static gboolean
is_kind (FermataValue    *value,
         FermataValueKind kind)
{
  return fermata_value_get_kind (value) == kind;
}

static void
check_later (Check        *check,
             FermataValue *value,
             char         *path,
             gboolean      is_node)
{
  Task task = { value, path, is_node };

  g_array_append_val (check->tasks, task);
}

/* A member that must be there and be a text. */
static void
check_required_text (Check        *check,
                     FermataValue *object,
                     FermataValue *node,
                     const char   *list_path,
                     gsize         index,
                     const char   *member)
{
  FermataValue *value = fermata_value_get_member (object, member);
  g_autofree char *path = NULL;
  g_autofree char *message = NULL;

  if (value != NULL && is_kind (value, FERMATA_VALUE_KIND_STRING))
    return;
  path = g_strdup_printf ("%s/%" G_GSIZE_FORMAT, list_path, index);
  if (value != NULL)
    {
      report_type (check, node, path, member, _("a text"), value);
      return;
    }
  message = g_strdup_printf (node != NULL ? _("the node needs “%s”") : _("the edge needs “%s”"), member);
  report (check, "missing-member", node, path, member, message);
}

/* Whether @object is like the last one that was right. */
static gboolean
is_like (FermataValue *object,
         Likeness     *last)
{
  if (!fermata_value_has_block (object) || fermata_value_get_shape (object) != last->shape)
    return FALSE;
  for (guint i = 0; i < last->n_texts; i++)
    {
      if (fermata_value_get_tag (fermata_value_get_slots (object)[last->texts[i]]) != FERMATA_TAG_STRING)
        return FALSE;
    }
  return TRUE;
}

/* @object has each member of the two, if it is not NULL, and no other that
 * would have to be looked at. */
static void
set_likeness (Likeness     *likeness,
              FermataValue *object,
              const char   *first,
              const char   *second)
{
  likeness->shape = NULL;
  likeness->n_texts = 0;
  if (!fermata_value_find_member (object, first, &likeness->texts[likeness->n_texts++]))
    return;
  if (second != NULL && !fermata_value_find_member (object, second, &likeness->texts[likeness->n_texts++]))
    return;
  likeness->shape = fermata_value_get_shape (object);
}

static gboolean
has_parts (FermataValue *node)
{
  return fermata_value_get_member (node, "nodes") != NULL || fermata_value_get_member (node, "body") != NULL ||
         fermata_value_get_member (node, "catch") != NULL || fermata_value_get_member (node, "finally") != NULL;
}

static void
check_node (Check        *check,
            FermataValue *node,
            const char   *list_path,
            gsize         index)
{
  if (is_like (node, &check->node))
    return;
  check_required_text (check, node, node, list_path, index, "id");
  if (!has_parts (node))
    set_likeness (&check->node, node, "id", NULL);
  else
    check_later (check, node, g_strdup_printf ("%s/%" G_GSIZE_FORMAT, list_path, index), TRUE);
}

static void
check_targets (Check        *check,
               FermataValue *to,
               const char   *list_path,
               gsize         index)
{
  gsize length = is_kind (to, FERMATA_VALUE_KIND_ARRAY) ? fermata_value_get_length (to) : 0;
  g_autofree char *path = NULL;

  for (gsize i = 0; i < length; i++)
    {
      FermataValue *target = fermata_value_get_element (to, i);
      g_autofree char *target_path = NULL;

      if (is_kind (target, FERMATA_VALUE_KIND_STRING))
        continue;
      target_path = g_strdup_printf ("%s/%" G_GSIZE_FORMAT "/to/%" G_GSIZE_FORMAT, list_path, index, i);
      report_type (check, NULL, target_path, NULL, _("the id of a node"), target);
    }
  if (is_kind (to, FERMATA_VALUE_KIND_STRING) || is_kind (to, FERMATA_VALUE_KIND_ARRAY))
    return;
  path = g_strdup_printf ("%s/%" G_GSIZE_FORMAT, list_path, index);
  report_type (check, NULL, path, "to", _("the id of a node, or an array of ids"), to);
}

static void
check_edge (Check        *check,
            FermataValue *edge,
            const char   *list_path,
            gsize         index)
{
  FermataValue *to;

  if (is_like (edge, &check->edge))
    return;
  to = fermata_value_get_member (edge, "to");
  check_required_text (check, edge, NULL, list_path, index, "from");
  if (to != NULL)
    check_targets (check, to, list_path, index);
  if (fermata_value_get_member (edge, "id") != NULL)
    check_required_text (check, edge, NULL, list_path, index, "id");
  else
    set_likeness (&check->edge, edge, "from", to != NULL ? "to" : NULL);
}

/* "nodes" or "edges", if they are there. */
static void
check_list (Check      *check,
            Task       *task,
            const char *member)
{
  FermataValue *list = fermata_value_get_member (task->value, member);
  gboolean of_nodes = member[0] == 'n';
  g_autofree char *path = NULL;
  gsize length;

  if (list == NULL)
    return;
  if (!is_kind (list, FERMATA_VALUE_KIND_ARRAY))
    {
      report_type (check, task->is_node ? task->value : NULL, task->path, member, _("an array"), list);
      return;
    }
  path = g_strconcat (task->path, "/", member, NULL);
  length = fermata_value_get_length (list);
  for (gsize i = 0; i < length; i++)
    {
      FermataValue *element = fermata_value_get_element (list, i);
      g_autofree char *element_path = NULL;

      if (is_kind (element, FERMATA_VALUE_KIND_OBJECT))
        {
          if (of_nodes)
            check_node (check, element, path, i);
          else
            check_edge (check, element, path, i);
          continue;
        }
      element_path = g_strdup_printf ("%s/%" G_GSIZE_FORMAT, path, i);
      report_type (check, NULL, element_path, NULL,
                   of_nodes ? _("a node, which is an object") : _("an edge, which is an object"), element);
    }
}

static void
check_bodies (Check *check,
              Task  *task)
{
  static const char *const names[] = { "body", "catch", "finally" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      FermataValue *body = fermata_value_get_member (task->value, names[i]);

      if (body == NULL)
        continue;
      if (is_kind (body, FERMATA_VALUE_KIND_OBJECT))
        check_later (check, body, g_strconcat (task->path, "/", names[i], NULL), FALSE);
      else
        report_type (check, task->value, task->path, names[i], _("a graph, which is an object"), body);
    }
}

void
fermata_json_check_shape (FermataJsonRead *read,
                          FermataValue    *value)
{
  Check check = { read, g_array_new (FALSE, FALSE, sizeof (Task)) };

  check_later (&check, value, g_strdup (""), FALSE);
  while (check.tasks->len > 0)
    {
      Task task = g_array_index (check.tasks, Task, check.tasks->len - 1);

      g_array_set_size (check.tasks, check.tasks->len - 1);
      check_list (&check, &task, "nodes");
      if (task.is_node)
        check_bodies (&check, &task);
      else
        check_list (&check, &task, "edges");
      clear_task (&task);
    }
  g_array_unref (check.tasks);
}
