/* fermata-places.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "value/fermata-line-index-private.h"
#include "value/fermata-places-private.h"
#include "value/fermata-shape-private.h"
#include "value/fermata-utf8-private.h"

/* The table is an array of words of 32 bits. Each array or object that is not
 * empty has a block in it; a block's number is where it begins.
 *
 *   array:   n, then for each element: offset, block
 *   object:  n, then for each member: offset of the name, offset, block,
 *            then, if there are too many to search, an index: an open hash
 *            table from names to places in that order + 1
 *
 * Offsets are into the text. The block of a scalar, or of an empty container,
 * is 0, where none begins. The names themselves stay in the text. */
struct _FermataPlaces {
  gatomicrefcount ref_count;
  char *text;
  FermataLineIndex *lines;
  guint32 *table;
  guint32 root_offset;
  guint32 root_block;
};

#define ELEMENT_WORDS 2
#define MEMBER_WORDS 3

G_DEFINE_BOXED_TYPE (FermataPlaces, fermata_places, fermata_places_ref, fermata_places_unref)

/**
 * fermata_places_ref:
 * @self: places
 *
 * Returns: (transfer full): @self
 */
FermataPlaces *
fermata_places_ref (FermataPlaces *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * fermata_places_unref:
 * @self: (transfer full): places
 *
 * Drops a reference.
 */
void
fermata_places_unref (FermataPlaces *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  fermata_line_index_free (self->lines);
  g_free (self->table);
  g_free (self->text);
  g_free (self);
}

/* A string of the text, which is valid, as what it says: in @scratch if it has
 * escapes. */
static const char *
decode_string (const char *quote,
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

/* Making */

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
      const char *quote = making->text + get_word (making->table, block + 1 + i * MEMBER_WORDS);
      gsize length;
      const char *name = decode_string (quote, making->scratch, &length);
      gsize slot = fermata_key_hash (name, length) & (size - 1);

      for (; slots[slot] != 0; slot = (slot + 1) & (size - 1))
        {
          guint32 word = get_word (making->table, block + 1 + (slots[slot] - 1) * MEMBER_WORDS);
          gsize other_length;
          const char *other_name = decode_string (making->text + word, other, &other_length);

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
  guint32 n_children = n_words / (frame.is_object ? MEMBER_WORDS : ELEMENT_WORDS);
  guint32 block = making->table->len;

  g_array_set_size (making->frames, making->frames->len - 1);
  if (n_children == 0)
    return;
  add_word (making->table, n_children);
  g_array_append_vals (making->table, &g_array_index (making->waiting, guint32, frame.first), n_words);
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
                          "expected at most 1 GiB of JSON to find places in, found %" G_GSIZE_FORMAT " bytes",
                          (gsize) (scanner->end - scanner->begin));
  else if (make_table (&making, scanner))
    self = places_new (&making, scanner);

  g_array_unref (making.table);
  g_array_unref (making.waiting);
  g_array_unref (making.frames);
  g_string_free (making.scratch, TRUE);
  return self;
}

/* Finding */

/* A value, and the name before it if it is a member. */
typedef struct {
  guint32 offset;
  guint32 block;
  guint32 name;                 /* offset, or G_MAXUINT32 */
} Place;

static Place
get_element (FermataPlaces *self,
             guint32        block,
             guint32        i)
{
  const guint32 *words = self->table + block + 1 + (gsize) i * ELEMENT_WORDS;

  return (Place) { words[0], words[1], G_MAXUINT32 };
}

static Place
get_member (FermataPlaces *self,
            guint32        block,
            guint32        i)
{
  const guint32 *words = self->table + block + 1 + (gsize) i * MEMBER_WORDS;

  return (Place) { words[1], words[2], words[0] };
}

static gboolean
is_name (FermataPlaces *self,
         Place          member,
         const GString *name,
         GString       *scratch)
{
  gsize length;
  const char *found = decode_string (self->text + member.name, scratch, &length);

  return length == name->len && memcmp (found, name->str, length) == 0;
}

static gboolean
find_member (FermataPlaces *self,
             Place         *place,
             const GString *name)
{
  guint32 block = place->block;
  guint32 n_members = self->table[block];
  g_autoptr (GString) scratch = g_string_new (NULL);

  if (n_members > FERMATA_SHAPE_MAX_UNINDEXED)
    {
      const guint32 *slots = self->table + block + 1 + (gsize) n_members * MEMBER_WORDS;
      gsize size = fermata_key_index_size (n_members);
      gsize slot = fermata_key_hash (name->str, name->len) & (size - 1);

      for (; slots[slot] != 0; slot = (slot + 1) & (size - 1))
        {
          Place member = get_member (self, block, slots[slot] - 1);

          if (is_name (self, member, name, scratch))
            return *place = member, TRUE;
        }
      return FALSE;
    }
  for (guint32 i = n_members; i > 0; i--)
    {
      Place member = get_member (self, block, i - 1);

      if (is_name (self, member, name, scratch))
        return *place = member, TRUE;
    }
  return FALSE;
}

static gboolean
find_element (FermataPlaces *self,
              Place         *place,
              const GString *step)
{
  guint64 i;

  if (step->len == 0 || strspn (step->str, "0123456789") != step->len ||
      (step->str[0] == '0' && step->len > 1) ||
      !g_ascii_string_to_unsigned (step->str, 10, 0, G_MAXUINT32, &i, NULL) ||
      i >= self->table[place->block])
    return FALSE;
  *place = get_element (self, place->block, (guint32) i);
  return TRUE;
}

static gboolean
find_child (FermataPlaces *self,
            Place         *place,
            const GString *step)
{
  if (place->block == 0)
    return FALSE;
  if (self->text[place->offset] == '{')
    return find_member (self, place, step);
  return find_element (self, place, step);
}

/* Takes one step off a JSON Pointer, whose @path begins with a slash. FALSE if
 * it is no step. */
static gboolean
take_step (const char **path,
           GString     *step)
{
  const char *at = *path;

  g_string_truncate (step, 0);
  if (*at++ != '/')
    return FALSE;
  for (; *at != '\0' && *at != '/'; at++)
    {
      if (*at != '~')
        g_string_append_c (step, *at);
      else if (*++at == '0' || *at == '1')
        g_string_append_c (step, *at == '0' ? '~' : '/');
      else
        return FALSE;
    }
  *path = at;
  return TRUE;
}

static gboolean
follow (FermataPlaces *self,
        const char    *path,
        Place         *place)
{
  g_autoptr (GString) step = g_string_new (NULL);

  *place = (Place) { self->root_offset, self->root_block, G_MAXUINT32 };
  while (*path != '\0')
    {
      if (!take_step (&path, step) || !find_child (self, place, step))
        {
          place->name = G_MAXUINT32;
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * fermata_places_locate:
 * @self: places
 * @offset: bytes from the beginning of the text
 * @position: (out caller-allocates): the same with line and column
 *
 * Finds the line and column of a byte of the text, in constant time.
 */
void
fermata_places_locate (FermataPlaces       *self,
                       gsize                offset,
                       FermataTextPosition *position)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (position != NULL);

  fermata_line_index_locate (self->lines, offset, position);
}

/**
 * fermata_places_find:
 * @self: places
 * @path: a JSON Pointer (RFC 6901)
 * @of_name: whether to give the place of the last member's name instead of its
 *   value's; an element of an array, and the whole, have none
 * @position: (out caller-allocates): the place
 *
 * Finds a value, and where a name occurs twice in an object the last one, which
 * is the one that counts. If it does not exist, the place is that of the last
 * value on its path that does: of the object that should have the member.
 *
 * Returns: whether it exists
 */
gboolean
fermata_places_find (FermataPlaces       *self,
                     const char          *path,
                     gboolean             of_name,
                     FermataTextPosition *position)
{
  Place place;
  gboolean found;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (position != NULL, FALSE);

  found = follow (self, path, &place);
  fermata_places_locate (self, of_name && place.name != G_MAXUINT32 ? place.name : place.offset, position);
  return found;
}

/* Where in the text the byte @inner_offset of a string is, or the quote behind
 * it. A character is not taken apart. */
static const char *
step_into_string (const char *quote,
                  gsize      *inner_offset)
{
  const char *at = quote + 1;
  gunichar character;

  while (*at != '"')
    {
      const char *next = at + 1;
      gsize n_bytes = 1;

      if (*at == '\\')
        {
          next = fermata_scanner_read_escape (at + 1, &character);
          n_bytes = (gsize) g_unichar_to_utf8 (character, NULL);
        }
      else if ((guint8) *at >= 0x80)
        {
          next = g_utf8_next_char (at);
          n_bytes = (gsize) (next - at);
        }
      if (*inner_offset < n_bytes)
        {
          *inner_offset = 0;
          return at;
        }
      *inner_offset -= n_bytes;
      at = next;
    }
  return at;
}

/**
 * fermata_places_find_in_string:
 * @self: places
 * @path: a JSON Pointer (RFC 6901)
 * @inner_offset: a byte of the string there, or its length for its end
 * @position: (out caller-allocates): the place
 *
 * Finds where in the text a part of a string is, which is not where its bytes
 * would be if it has escapes. A byte within a character or an escape has the
 * place where that begins. If there is no such string or byte, @position is as
 * fermata_places_find() gives it, or the string's end.
 *
 * Returns: whether there is
 */
gboolean
fermata_places_find_in_string (FermataPlaces       *self,
                               const char          *path,
                               gsize                inner_offset,
                               FermataTextPosition *position)
{
  const char *at;
  Place place;
  gboolean found;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (position != NULL, FALSE);

  found = follow (self, path, &place);
  at = self->text + place.offset;
  if (!found || *at != '"')
    {
      fermata_places_locate (self, place.offset, position);
      return FALSE;
    }
  at = step_into_string (at, &inner_offset);
  fermata_places_locate (self, (gsize) (at - self->text), position);
  return inner_offset == 0;
}
