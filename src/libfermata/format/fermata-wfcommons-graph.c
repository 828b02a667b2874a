/* fermata-wfcommons-graph.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-wfcommons-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "value/fermata-value-builder.h"

/* The arguments of a command are templates, and what was recorded is none. */
static void
add_literal (FermataValueBuilder *argv,
             const char          *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "{{", -1);
  g_autofree char *escaped = g_strjoinv ("{{{{", parts);

  fermata_value_builder_add_string (argv, escaped);
}

static void
add_seconds (FermataValueBuilder *argv,
             double               seconds)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  fermata_value_builder_add_string (argv, g_ascii_formatd (text, sizeof text, "%.6f", seconds));
}

static void
add_recorded (FermataValueBuilder        *argv,
              const FermataWfcommonsTask *task)
{
  if (task->program != NULL)
    add_literal (argv, task->program);
  for (gsize i = 0; task->arguments != NULL && i < fermata_value_get_length (task->arguments); i++)
    add_literal (argv, fermata_value_get_string (fermata_value_get_element (task->arguments, i), NULL));
}

static FermataValue *
make_argv (FermataWfcommons           *self,
           const FermataWfcommonsTask *task)
{
  g_autoptr (FermataValueBuilder) argv = fermata_value_builder_new_array ();
  double seconds = MAX (task->seconds, 0) * self->options.scale;

  switch (self->options.tasks)
    {
    case FERMATA_WFCOMMONS_TASKS_SLEEP:
      fermata_value_builder_add_string (argv, "sleep");
      add_seconds (argv, seconds);
      break;

    case FERMATA_WFCOMMONS_TASKS_PRINT:
      fermata_value_builder_add_string (argv, "printf");
      fermata_value_builder_add_string (argv, "%s\\n");
      add_literal (argv, task->node);
      break;

    case FERMATA_WFCOMMONS_TASKS_PROGRAM:
      add_literal (argv, self->options.program);
      add_literal (argv, task->node);
      add_seconds (argv, seconds);
      add_recorded (argv, task);
      break;

    case FERMATA_WFCOMMONS_TASKS_RECORDED:
    default:
      add_recorded (argv, task);
      break;
    }

  return fermata_value_builder_end (argv);
}

static FermataValue *
make_node (FermataWfcommons           *self,
           const FermataWfcommonsTask *task)
{
  g_autoptr (FermataValueBuilder) node = fermata_value_builder_new_object ();
  g_autoptr (FermataValueBuilder) with = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) argv = make_argv (self, task);
  g_autoptr (FermataValue) parameters = NULL;

  fermata_value_builder_set_string (node, "id", task->node);
  fermata_value_builder_set_string (node, "type", "command");
  if (task->label != NULL)
    fermata_value_builder_set_string (node, "label", task->label);
  fermata_value_builder_set (with, "argv", argv);
  parameters = fermata_value_builder_end (with);
  fermata_value_builder_set (node, "with", parameters);
  if (task->seconds >= 0)
    fermata_value_builder_set_number (node, "x-seconds", task->seconds);

  return fermata_value_builder_end (node);
}

static FermataValue *
make_nodes (FermataWfcommons *self)
{
  g_autoptr (FermataValueBuilder) nodes = fermata_value_builder_new_array ();

  for (guint i = 0; i < self->tasks->len; i++)
    {
      g_autoptr (FermataValue) node = make_node (self, fermata_wfcommons_get_task (self, i));

      fermata_value_builder_add (nodes, node);
    }

  return fermata_value_builder_end (nodes);
}

static FermataValue *
make_edges (FermataWfcommons *self)
{
  g_autoptr (FermataValueBuilder) edges = fermata_value_builder_new_array ();

  for (guint i = 0; i < self->edges->len; i++)
    {
      const FermataWfcommonsEdge *edge = &g_array_index (self->edges, FermataWfcommonsEdge, i);
      g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
      g_autoptr (FermataValue) value = NULL;

      fermata_value_builder_set_string (builder, "from",
                                        fermata_wfcommons_get_task (self, edge->source)->node);
      fermata_value_builder_set_string (builder, "to",
                                        fermata_wfcommons_get_task (self, edge->target)->node);
      value = fermata_value_builder_end (builder);
      fermata_value_builder_add (edges, value);
    }

  return fermata_value_builder_end (edges);
}

static void
copy_text (FermataWfcommons    *self,
           FermataValueBuilder *graph,
           const char          *name)
{
  FermataValue *value = fermata_value_get_member (self->root, name);

  if (value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    fermata_value_builder_set (graph, name, value);
}

/* The result of such a graph is nothing that anybody waits for: what counts
 * is in files. */
FermataGraph *
fermata_wfcommons_make_graph (FermataWfcommons *self)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) nodes = make_nodes (self);
  g_autoptr (FermataValue) edges = make_edges (self);
  g_autoptr (FermataValue) null = fermata_value_new_null ();
  g_autoptr (FermataValue) value = NULL;

  fermata_value_builder_set_integer (builder, "fermata", FERMATA_DOCUMENT_VERSION);
  fermata_value_builder_set_string (builder, "kind", "dag");
  copy_text (self, builder, "name");
  copy_text (self, builder, "description");
  fermata_value_builder_set (builder, "nodes", nodes);
  fermata_value_builder_set (builder, "edges", edges);
  fermata_value_builder_set (builder, "result", null);
  value = fermata_value_builder_end (builder);

  return fermata_graph_new_from_value (value);
}
