/* fermata-places-table.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "value/fermata-places-private.h"
#include "value/fermata-shape-private.h"

const char *
fermata_places_decode (const char *quote,
                       GString    *scratch,
                       gsize      *length)
{
  const char *begin = quote + 1;
  const char *at = begin;
  gunichar character;

  while (*at != '"' && *at != '\\')
    at++;
  *length = (gsize) (at - begin);
  if (*at == '"')
    return begin;

  g_string_truncate (scratch, 0);
  while (*at != '"')
    {
      g_string_append_len (scratch, begin, at - begin);
      begin = at = fermata_scanner_read_escape (at + 1, &character);
      if (character != 0)
        g_string_append_unichar (scratch, character);
      else
        g_string_append_c (scratch, '\0');
      while (*at != '"' && *at != '\\')
        at++;
    }
  g_string_append_len (scratch, begin, at - begin);
  *length = scratch->len;
  return scratch->str;
}

typedef struct {
  gboolean is_object;
  guint first;                  /* of its children's words in Making.waiting */
} Frame;

typedef struct {
  const char *text;
  GArray *table;                /* guint32 */
  GArray *waiting;              /* guint32: of the children of what is open */
  GArray *frames;
  GString *scratch;
} Making;

static void
add_word (GArray  *words,
          guint32  word)
{
  g_array_append_val (words, word);
}

static guint32
get_word (const GArray *words,
          guint         i)
{
  return g_array_index (words, guint32, i);
}

static const char *
get_name (Making  *making,
          guint    block,
          guint32  member,
          GString *scratch,
          gsize   *length)
{
  guint32 offset = get_word (making->table, block + 1 + member * FERMATA_PLACES_MEMBER_WORDS);

  return fermata_places_decode (making->text + offset, scratch, length);
}

/* A later member of the same name takes the place of the earlier one. */
static void
add_name_index (Making *making,
                guint   block,
                guint32 n_members)
{
  gsize size = fermata_key_index_size (n_members);
  guint first = making->table->len;
  guint32 *slots;
  g_autoptr (GString) other = g_string_new (NULL);

  g_array_set_size (making->table, (guint) (first + size));
  slots = &g_array_index (making->table, guint32, first);
  memset (slots, 0, size * sizeof *slots);
  for (guint32 i = 0; i < n_members; i++)
    {
      gsize length;
      const char *name = get_name (making, block, i, making->scratch, &length);
      gsize slot = fermata_key_hash (name, length) & (size - 1);

      for (; slots[slot] != 0; slot = (slot + 1) & (size - 1))
        {
          gsize other_length;
          const char *other_name = get_name (making, block, slots[slot] - 1, other, &other_length);

          if (length == other_length && memcmp (name, other_name, length) == 0)
            break;
        }
      slots[slot] = i + 1;
    }
}

/* The innermost container has closed: its children get their block. */
static void
end_container (Making *making)
{
  Frame frame = g_array_index (making->frames, Frame, making->frames->len - 1);
  guint n_words = making->waiting->len - frame.first;
  guint32 n_children = n_words / (frame.is_object ? FERMATA_PLACES_MEMBER_WORDS
                                                  : FERMATA_PLACES_ELEMENT_WORDS);
  guint32 block = making->table->len;

  g_array_set_size (making->frames, making->frames->len - 1);
  if (n_children == 0)
    return;
  add_word (making->table, n_children);
  g_array_append_vals (making->table, &g_array_index (making->waiting, guint32, frame.first),
                       n_words);
  g_array_set_size (making->waiting, frame.first);
  if (frame.is_object && n_children > FERMATA_SHAPE_MAX_UNINDEXED)
    add_name_index (making, block, n_children);
  g_array_index (making->waiting, guint32, frame.first - 1) = block;
}

static gboolean
make_table (Making         *making,
            FermataScanner *scanner)
{
  for (;;)
    {
      FermataToken token = fermata_scanner_next (scanner);
      guint32 offset = (guint32) (scanner->token - scanner->begin);
      Frame frame;

      switch (token)
        {
        case FERMATA_TOKEN_ERROR:
          return FALSE;
        case FERMATA_TOKEN_END:
          return TRUE;
        case FERMATA_TOKEN_NAME:
          add_word (making->waiting, offset);
          break;
        case FERMATA_TOKEN_END_ARRAY:
        case FERMATA_TOKEN_END_OBJECT:
          end_container (making);
          break;
        case FERMATA_TOKEN_BEGIN_ARRAY:
        case FERMATA_TOKEN_BEGIN_OBJECT:
          add_word (making->waiting, offset);
          add_word (making->waiting, 0);
          frame = (Frame) { token == FERMATA_TOKEN_BEGIN_OBJECT, making->waiting->len };
          g_array_append_val (making->frames, frame);
          break;
        case FERMATA_TOKEN_NULL:
        case FERMATA_TOKEN_FALSE:
        case FERMATA_TOKEN_TRUE:
        case FERMATA_TOKEN_INTEGER:
        case FERMATA_TOKEN_NUMBER:
        case FERMATA_TOKEN_NUMBER_TEXT:
        case FERMATA_TOKEN_STRING:
        default:
          add_word (making->waiting, offset);
          add_word (making->waiting, 0);
          break;
        }
    }
}

static FermataPlaces *
places_new (Making         *making,
            FermataScanner *scanner)
{
  FermataPlaces *self = g_new0 (FermataPlaces, 1);
  gsize length = (gsize) (scanner->end - scanner->begin);

  g_atomic_ref_count_init (&self->ref_count);
  self->text = g_malloc (length + 1);
  memcpy (self->text, scanner->begin, length);
  self->text[length] = '\0';
  self->lines = fermata_line_index_new (self->text, length);
  self->root_offset = get_word (making->waiting, 0);
  self->root_block = get_word (making->waiting, 1);
  self->table = g_renew (guint32, g_array_steal (making->table, NULL), making->table->len);
  return self;
}

FermataPlaces *
fermata_places_new (FermataScanner *scanner)
{
  FermataPlaces *self = NULL;
  Making making = {
    .text = scanner->begin,
    .table = g_array_new (FALSE, FALSE, sizeof (guint32)),
    .waiting = g_array_new (FALSE, FALSE, sizeof (guint32)),
    .frames = g_array_new (FALSE, FALSE, sizeof (Frame)),
    .scratch = g_string_new (NULL),
  };

  add_word (making.table, 0);
  if ((gsize) (scanner->end - scanner->begin) > FERMATA_PLACES_MAX_SIZE)
    fermata_scanner_fail (scanner, scanner->begin, FERMATA_VALUE_ERROR_SIZE,
                          "expected at most 1 GiB of JSON to find places in, "
                          "found %" G_GSIZE_FORMAT " bytes",
                          (gsize) (scanner->end - scanner->begin));
  else if (make_table (&making, scanner))
    self = places_new (&making, scanner);

  g_array_unref (making.table);
  g_array_unref (making.waiting);
  g_array_unref (making.frames);
  g_string_free (making.scratch, TRUE);
  return self;
}
