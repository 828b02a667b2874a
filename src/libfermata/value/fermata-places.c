/* fermata-places.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "value/fermata-line-index-private.h"
#include "value/fermata-places-private.h"
#include "value/fermata-shape-private.h"

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
  const guint32 *words = self->table + block + 1 + (gsize) i * FERMATA_PLACES_ELEMENT_WORDS;

  return (Place) { words[0], words[1], G_MAXUINT32 };
}

static Place
get_member (FermataPlaces *self,
            guint32        block,
            guint32        i)
{
  const guint32 *words = self->table + block + 1 + (gsize) i * FERMATA_PLACES_MEMBER_WORDS;

  return (Place) { words[1], words[2], words[0] };
}

static gboolean
is_name (FermataPlaces *self,
         Place          member,
         const GString *name,
         GString       *scratch)
{
  gsize length;
  const char *found = fermata_places_decode (self->text + member.name, scratch, &length);

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
      const guint32 *slots = self->table + block + 1 +
                             (gsize) n_members * FERMATA_PLACES_MEMBER_WORDS;
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
  if (of_name && place.name != G_MAXUINT32)
    fermata_places_locate (self, place.name, position);
  else
    fermata_places_locate (self, place.offset, position);
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
