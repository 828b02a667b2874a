/* fermata-json-duplicates.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-json-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "value/fermata-line-index-private.h"
#include "value/fermata-scanner-private.h"

/* More than anybody reads. */
#define MAX_DUPLICATES 100u

/* An array or object that is open. */
typedef struct {
  GHashTable *names; /* of an object: name -> offset of the first; else NULL */
  char *name;        /* of the member that is being read */
  gsize index;       /* of the element that is being read */
} Frame;

typedef struct {
  FermataJsonRead *read;
  FermataScanner scanner;
  FermataLineIndex *lines;
  GArray *frames;
  guint n_found;
} Search;

static void
clear_frame (Frame *frame)
{
  g_clear_pointer (&frame->names, g_hash_table_unref);
  g_clear_pointer (&frame->name, g_free);
}

static Frame *
get_frame (Search *search)
{
  return search->frames->len > 0 ? &g_array_index (search->frames, Frame, search->frames->len - 1) : NULL;
}

static void
append_step (GString    *path,
             const char *name)
{
  g_string_append_c (path, '/');
  for (; *name != '\0'; name++)
    {
      if (*name == '~')
        g_string_append (path, "~0");
      else if (*name == '/')
        g_string_append (path, "~1");
      else
        g_string_append_c (path, *name);
    }
}

static char *
dup_path (Search *search)
{
  GString *path = g_string_new (NULL);

  for (guint i = 0; i < search->frames->len; i++)
    {
      Frame *frame = &g_array_index (search->frames, Frame, i);

      if (frame->names != NULL)
        append_step (path, frame->name);
      else
        g_string_append_printf (path, "/%" G_GSIZE_FORMAT, frame->index);
    }
  return g_string_free (path, FALSE);
}

static void
report (Search *search,
        gsize   first,
        gsize   second)
{
  g_autofree char *path = dup_path (search);
  const char *name = get_frame (search)->name;
  g_autofree char *message = NULL;
  FermataTextPosition positions[2];
  FermataDiagnostic *diagnostic;

  if (search->n_found++ >= MAX_DUPLICATES)
    return;
  fermata_line_index_locate (search->lines, first, &positions[0]);
  fermata_line_index_locate (search->lines, second, &positions[1]);
  message = g_strdup_printf (_("“%s” is in this object twice; it is first at line %u, column %u"),
                             name, positions[0].line, positions[0].column);
  diagnostic = fermata_json_read_report (search->read, "duplicate-member", path, &positions[1], message);
  if (diagnostic == NULL)
    return;
  fermata_diagnostic_set_member (diagnostic, name);
  fermata_diagnostic_set_inner_offset (diagnostic, -2);
}

static void
begin_container (Search  *search,
                 gboolean is_object)
{
  Frame frame = { NULL, NULL, 0 };

  if (is_object)
    frame.names = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  g_array_append_val (search->frames, frame);
}

static void
end_value (Search *search)
{
  Frame *frame = get_frame (search);

  if (frame != NULL)
    frame->index++;
}

static void
take_name (Search *search)
{
  FermataScanner *scanner = &search->scanner;
  Frame *frame = get_frame (search);
  GBytes *name = g_bytes_new (scanner->string, scanner->length);
  gsize offset = scanner->token - scanner->begin;
  gpointer first;

  g_free (frame->name);
  frame->name = g_strndup (scanner->string, scanner->length);
  if (g_hash_table_lookup_extended (frame->names, name, NULL, &first))
    {
      report (search, GPOINTER_TO_SIZE (first), offset);
      g_bytes_unref (name);
    }
  else
    g_hash_table_insert (frame->names, name, GSIZE_TO_POINTER (offset));
}

static void
take_token (Search      *search,
            FermataToken token)
{
  switch (token)
    {
    case FERMATA_TOKEN_NAME:
      take_name (search);
      break;
    case FERMATA_TOKEN_BEGIN_ARRAY:
    case FERMATA_TOKEN_BEGIN_OBJECT:
      begin_container (search, token == FERMATA_TOKEN_BEGIN_OBJECT);
      break;
    case FERMATA_TOKEN_END_ARRAY:
    case FERMATA_TOKEN_END_OBJECT:
      g_array_set_size (search->frames, search->frames->len - 1);
      end_value (search);
      break;
    case FERMATA_TOKEN_NULL:
    case FERMATA_TOKEN_FALSE:
    case FERMATA_TOKEN_TRUE:
    case FERMATA_TOKEN_INTEGER:
    case FERMATA_TOKEN_NUMBER:
    case FERMATA_TOKEN_NUMBER_TEXT:
    case FERMATA_TOKEN_STRING:
      end_value (search);
      break;
    case FERMATA_TOKEN_ERROR:
    case FERMATA_TOKEN_END:
    default:
      break;
    }
}

void
fermata_json_find_duplicates (FermataJsonRead *read)
{
  gsize length;
  const char *text = g_bytes_get_data (read->text, &length);
  Search search = { .read = read };
  FermataToken token;

  search.lines = fermata_line_index_new (text, length);
  search.frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  g_array_set_clear_func (search.frames, (GDestroyNotify) clear_frame);
  fermata_scanner_init (&search.scanner, text, length, FERMATA_VALUE_READER_DEFAULT_MAX_DEPTH);
  do
    {
      token = fermata_scanner_next (&search.scanner);
      take_token (&search, token);
    }
  while (token != FERMATA_TOKEN_END && token != FERMATA_TOKEN_ERROR);
  fermata_scanner_clear (&search.scanner);
  g_array_unref (search.frames);
  fermata_line_index_free (search.lines);
}
