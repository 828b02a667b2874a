/* fermata-json-writer.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-json.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "format/fermata-file-private.h"
#include "value/fermata-value-private.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

/*
 * The layout of a document. It is made for diffs: the document has one member
 * a line, and so has everything that nodes, edges or positions are in; each of
 * these begins a line of its own. All else stays on one line if it fits there.
 *
 * What has to be broken is known from what a thing is for, so nothing is
 * measured but what could fit.
 */

typedef enum {
  ROLE_PLAIN,
  ROLE_GRAPH,
  ROLE_NODE,
  ROLE_NODES,
  ROLE_EDGES,
  ROLE_LAYOUT,
  ROLE_POSITIONS,
} Role;

/* A container that is being written with each of its elements or members on
 * lines of their own. */
typedef struct {
  FermataValue *value;
  Role role;
  gsize next;
} Frame;

typedef struct {
  GString *text;
  GArray *frames;
} Write;

static gboolean
is_filled (FermataValue    *value,
           FermataValueKind kind)
{
  return value != NULL && fermata_value_get_kind (value) == kind && fermata_value_get_length (value) > 0;
}

static FermataValue *
get_filled (FermataValue    *object,
            const char      *name,
            FermataValueKind kind)
{
  FermataValue *value = fermata_value_get_member (object, name);

  return is_filled (value, kind) ? value : NULL;
}

static gboolean
is_broken_layout (FermataValue *layout)
{
  return is_filled (layout, FERMATA_VALUE_KIND_OBJECT) &&
         get_filled (layout, "nodes", FERMATA_VALUE_KIND_OBJECT) != NULL;
}

static gboolean
is_broken_graph (FermataValue *graph)
{
  return is_filled (graph, FERMATA_VALUE_KIND_OBJECT) &&
         (get_filled (graph, "nodes", FERMATA_VALUE_KIND_ARRAY) != NULL ||
          get_filled (graph, "edges", FERMATA_VALUE_KIND_ARRAY) != NULL ||
          is_broken_layout (fermata_value_get_member (graph, "layout")));
}

static gboolean
is_broken_node (FermataValue *node)
{
  return is_filled (node, FERMATA_VALUE_KIND_OBJECT) &&
         (get_filled (node, "nodes", FERMATA_VALUE_KIND_ARRAY) != NULL ||
          is_broken_graph (fermata_value_get_member (node, "body")) ||
          is_broken_graph (fermata_value_get_member (node, "catch")) ||
          is_broken_graph (fermata_value_get_member (node, "finally")));
}

/* Whether something in that role has lines of its own for what is in it. The
 * document has in any case. */
static gboolean
is_broken (FermataValue *value,
           Role          role,
           gboolean      is_document)
{
  switch (role)
    {
    case ROLE_GRAPH:
      return is_document || is_broken_graph (value);
    case ROLE_NODE:
      return is_broken_node (value);
    case ROLE_NODES:
    case ROLE_EDGES:
      return is_filled (value, FERMATA_VALUE_KIND_ARRAY);
    case ROLE_LAYOUT:
      return is_broken_layout (value);
    case ROLE_POSITIONS:
      return is_filled (value, FERMATA_VALUE_KIND_OBJECT);
    case ROLE_PLAIN:
    default:
      return FALSE;
    }
}

static Role
get_member_role (Role        role,
                 const char *name)
{
  if (role == ROLE_LAYOUT)
    return strcmp (name, "nodes") == 0 ? ROLE_POSITIONS : ROLE_PLAIN;
  if (role != ROLE_GRAPH && role != ROLE_NODE)
    return ROLE_PLAIN;
  if (strcmp (name, "nodes") == 0)
    return ROLE_NODES;
  if (role == ROLE_NODE)
    return strcmp (name, "body") == 0 || strcmp (name, "catch") == 0 || strcmp (name, "finally") == 0
             ? ROLE_GRAPH : ROLE_PLAIN;
  if (strcmp (name, "edges") == 0)
    return ROLE_EDGES;
  return strcmp (name, "layout") == 0 ? ROLE_LAYOUT : ROLE_PLAIN;
}

static void
put_line (Write *write)
{
  guint n_spaces = 2 * write->frames->len;

  g_string_append_c (write->text, '\n');
  for (guint i = 0; i < n_spaces; i++)
    g_string_append_c (write->text, ' ');
}

static void
put_name (Write *write,
          Frame *frame)
{
  const FermataKey *key = fermata_value_get_key (frame->value, frame->next);
  g_autoptr (FermataValue) name = fermata_value_new_string (key->text, key->length);

  fermata_value_append_string (name, FERMATA_WRITE_COMPACT, 0, write->text);
  g_string_append (write->text, ": ");
}

static void
put_value (Write        *write,
           FermataValue *value,
           Role          role)
{
  gboolean is_object = fermata_value_get_kind (value) == FERMATA_VALUE_KIND_OBJECT;
  Frame frame = { value, role, 0 };

  if (!is_broken (value, role, write->frames->len == 0))
    {
      fermata_value_append_string (value, FERMATA_WRITE_PRETTY, 2 * write->frames->len, write->text);
      return;
    }
  g_string_append_c (write->text, is_object ? '{' : '[');
  g_array_append_val (write->frames, frame);
}

static void
put_next (Write *write)
{
  Frame *frame = &g_array_index (write->frames, Frame, write->frames->len - 1);
  gboolean is_object = fermata_value_get_kind (frame->value) == FERMATA_VALUE_KIND_OBJECT;
  Role role = frame->role == ROLE_NODES ? ROLE_NODE : ROLE_PLAIN;
  FermataValue *value;

  if (frame->next == fermata_value_get_length (frame->value))
    {
      g_array_set_size (write->frames, write->frames->len - 1);
      put_line (write);
      g_string_append_c (write->text, is_object ? '}' : ']');
      return;
    }
  if (frame->next > 0)
    g_string_append_c (write->text, ',');
  put_line (write);
  if (is_object)
    {
      put_name (write, frame);
      role = get_member_role (frame->role, fermata_value_get_member_name (frame->value, frame->next));
    }
  value = fermata_value_get_element (frame->value, frame->next++);
  put_value (write, value, role);
}

/* Whether a reader would take it. */
static gboolean
check_depth (FermataValue *value,
             GError      **error)
{
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  Frame frame = { value, ROLE_PLAIN, 0 };

  g_array_append_val (frames, frame);
  while (frames->len > 0)
    {
      Frame *top = &g_array_index (frames, Frame, frames->len - 1);
      FermataValue *element;

      if (frames->len > FERMATA_VALUE_READER_DEFAULT_MAX_DEPTH)
        {
          g_set_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_TOO_DEEP,
                       _("The graph is nested deeper than %u levels, which could not be read again"),
                       FERMATA_VALUE_READER_DEFAULT_MAX_DEPTH);
          return FALSE;
        }
      if (top->next == fermata_value_get_length (top->value))
        {
          g_array_set_size (frames, frames->len - 1);
          continue;
        }
      element = fermata_value_get_element (top->value, top->next++);
      frame.value = element;
      if (fermata_value_get_kind (element) == FERMATA_VALUE_KIND_ARRAY ||
          fermata_value_get_kind (element) == FERMATA_VALUE_KIND_OBJECT)
        g_array_append_val (frames, frame);
    }
  return TRUE;
}

/**
 * fermata_json_write_graph:
 * @graph: a document
 * @error: return location for a [error@Fermata.FormatError]
 *
 * Writes a document. The layout depends on nothing but the document, so what
 * was written, read and written again is the same to the byte; and it has one
 * node, edge or position a line where it can, so that a small change is a
 * small difference.
 *
 * Returns: (transfer full) (nullable): the text, with a line feed at its end;
 *   or `NULL` with @error set
 */
GBytes *
fermata_json_write_graph (FermataGraph *graph,
                          GError      **error)
{
  g_autoptr (FermataValue) value = NULL;
  Write write;

  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (fermata_graph_is_incomplete (graph))
    {
      g_set_error_literal (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_INCOMPLETE,
                           _("The graph does not hold all that its text says, so writing it would lose something; "
                             "mend the text first"));
      return NULL;
    }
  value = fermata_graph_to_value (graph);
  if (!check_depth (value, error))
    return NULL;

  write.text = g_string_new (NULL);
  write.frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  put_value (&write, value, ROLE_GRAPH);
  while (write.frames->len > 0)
    put_next (&write);
  g_string_append_c (write.text, '\n');
  g_array_unref (write.frames);
  return g_string_free_to_bytes (write.text);
}

/**
 * fermata_json_save_graph:
 * @graph: a document
 * @file: where to
 * @error: return location for a [error@Fermata.FormatError]
 *
 * Writes a document to a file. The file changes as a whole at the end, or not
 * at all; its mode is kept, and a link to it stays a link.
 *
 * Returns: whether it was written
 */
gboolean
fermata_json_save_graph (FermataGraph *graph,
                         GFile        *file,
                         GError      **error)
{
  g_autoptr (GBytes) text = NULL;

  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  text = fermata_json_write_graph (graph, error);
  return text != NULL && fermata_file_replace (file, text, error);
}
