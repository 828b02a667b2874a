/* fermata-scxml-places.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-private.h"

#include <string.h>

/*
 * Where the parts of a graph stand that was made of XML: a trie of the steps of
 * JSON Pointers. It is made only when something has to be located, by building
 * the graph once more.
 *
 * Places are numbers, from 1; 0: none. A step is a number and a name: an index
 * and NULL, or 0 and a key of the table of names, which is there once.
 */

typedef enum {
  KIND_ELEMENT,
  KIND_ATTRIBUTE,
  KIND_TRIMMED,                 /* an attribute, without spaces around it */
  KIND_TEXT,
  KIND_MARKUP,
} Kind;

typedef struct {
  guint32 name;                 /* of the attribute, or where the element begins */
  guint32 begin;                /* of the value */
  guint32 end;
  Kind kind;
} Place;

typedef struct {
  guint32 parent;
  guint32 index;
  const FermataKey *name;
  guint32 place;
} Step;

struct _FermataScxmlPlaces {
  FermataNameTable *names;
  GArray *places;
  GHashTable *steps;
};

static guint
hash_step (gconstpointer data)
{
  const Step *step = data;
  guint64 hash = ((guint64) step->parent << 32 | step->index) ^ (guintptr) step->name;

  hash *= G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return (guint) (hash >> 32);
}

static gboolean
equal_steps (gconstpointer a,
             gconstpointer b)
{
  const Step *first = a;
  const Step *second = b;

  return first->parent == second->parent && first->index == second->index && first->name == second->name;
}

FermataScxmlPlaces *
fermata_scxml_places_new (FermataNameTable *names)
{
  FermataScxmlPlaces *self = g_new0 (FermataScxmlPlaces, 1);
  Place none = { 0 };

  self->names = names;
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  self->steps = g_hash_table_new_full (hash_step, equal_steps, g_free, NULL);
  g_array_append_val (self->places, none);
  return self;
}

void
fermata_scxml_places_free (FermataScxmlPlaces *self)
{
  g_array_unref (self->places);
  g_hash_table_unref (self->steps);
  g_free (self);
}

static guint32
add (FermataScxmlPlaces *self,
     Place               place)
{
  g_array_append_val (self->places, place);
  return self->places->len - 1;
}

guint32
fermata_scxml_places_add (FermataScxmlPlaces *self,
                          guint32             offset)
{
  return self == NULL ? 0 : add (self, (Place) { offset, offset, offset, KIND_ELEMENT });
}

guint32
fermata_scxml_places_add_attribute (FermataScxmlPlaces          *self,
                                    const FermataScxmlAttribute *attribute)
{
  return self == NULL ? 0 : add (self, (Place) { attribute->name_offset, attribute->begin, attribute->end,
                                                 fermata_scxml_is_trimmed (attribute->name) ? KIND_TRIMMED
                                                                                            : KIND_ATTRIBUTE });
}

guint32
fermata_scxml_places_add_text (FermataScxmlPlaces     *self,
                               const FermataScxmlNode *node)
{
  return self == NULL ? 0 : add (self, (Place) { node->begin, node->text_begin, node->text_end,
                                                 node->has_markup ? KIND_MARKUP : KIND_TEXT });
}

static void
put (FermataScxmlPlaces *self,
     Step                step)
{
  if (step.parent != 0 && step.place != 0)
    g_hash_table_add (self->steps, g_memdup2 (&step, sizeof step));
}

void
fermata_scxml_places_put (FermataScxmlPlaces *self,
                          guint32             parent,
                          const char         *name,
                          guint32             place)
{
  if (self != NULL)
    put (self, (Step) { parent, 0, fermata_name_table_get_key (self->names, name, strlen (name)), place });
}

void
fermata_scxml_places_put_at (FermataScxmlPlaces *self,
                             guint32             parent,
                             gsize               index,
                             guint32             place)
{
  if (self != NULL)
    put (self, (Step) { parent, (guint32) index, NULL, place });
}

/* The next step of a pointer, unescaped. */
static const char *
take_step (const char *path,
           GString    *step)
{
  g_string_truncate (step, 0);
  for (path++; *path != '\0' && *path != '/'; path++)
    {
      if (path[0] == '~' && (path[1] == '0' || path[1] == '1'))
        g_string_append_c (step, *++path == '0' ? '~' : '/');
      else
        g_string_append_c (step, *path);
    }
  return path;
}

/* 0: there is no such step. */
static guint32
find_step (FermataScxmlPlaces *self,
           guint32             parent,
           GString            *name)
{
  Step step = { parent, 0, fermata_name_table_get_key (self->names, name->str, name->len), 0 };
  const Step *found = g_hash_table_lookup (self->steps, &step);
  guint64 index;

  if (found == NULL && g_ascii_string_to_unsigned (name->str, 10, 0, G_MAXUINT32, &index, NULL))
    {
      step.index = (guint32) index;
      step.name = NULL;
      found = g_hash_table_lookup (self->steps, &step);
    }
  return found == NULL ? 0 : found->place;
}

/* How many bytes of the value are what begins at @at; and what that is behind it. */
static gsize
measure (const Place *place,
         const char  *at,
         const char  *end,
         const char **next,
         gboolean    *is_quoted)
{
  gsize length = (gsize) (end - at);
  const char *semicolon;

  if (place->kind == KIND_TEXT && !*is_quoted && length >= 9 && memcmp (at, "<![CDATA[", 9) == 0)
    return *is_quoted = TRUE, *next = at + 9, 0;
  if (*is_quoted && length >= 3 && memcmp (at, "]]>", 3) == 0)
    return *is_quoted = FALSE, *next = at + 3, 0;
  if (place->kind == KIND_TEXT && !*is_quoted && length >= 4 && memcmp (at, "<!--", 4) == 0)
    {
      const char *close = g_strstr_len (at, length, "-->");

      return *next = close == NULL ? end : close + 3, 0;
    }
  if (length >= 2 && at[0] == '\r' && at[1] == '\n')
    return *next = at + 1, 0;
  semicolon = *at == '&' && !*is_quoted && place->kind != KIND_MARKUP ? memchr (at, ';', MIN (length, 12)) : NULL;
  if (semicolon == NULL)
    return *next = at + 1, 1;
  *next = semicolon + 1;
  if (at[1] == '#')
    {
      gunichar character = (gunichar) (at[2] == 'x' ? g_ascii_strtoull (at + 3, NULL, 16)
                                                    : g_ascii_strtoull (at + 2, NULL, 10));

      return (gsize) g_unichar_to_utf8 (MIN (character, 0x10ffff), NULL);
    }
  return 1;
}

/* Where the byte of a value is in the text. Those of some attributes are trimmed. */
static gsize
step_into (const Place *place,
           const char  *text,
           gsize        inner_offset)
{
  const char *at = text + place->begin;
  const char *end = text + place->end;
  gboolean is_quoted = FALSE;
  const char *next;

  while (place->kind == KIND_TRIMMED && at < end && strchr (" \t\r\n", *at) != NULL)
    at++;
  for (; at < end; at = next)
    {
      gsize n = measure (place, at, end, &next, &is_quoted);

      if (n > inner_offset)
        break;
      inner_offset -= n;
    }
  return (gsize) (at - text);
}

/* @inner_offset: -1: the whole value, -2: its name. What does not exist has the place
 * of what it would be in, and gives FALSE. */
gboolean
fermata_scxml_places_find (FermataScxmlPlaces *self,
                           const char         *text,
                           guint32             root,
                           const char         *path,
                           gssize              inner_offset,
                           gsize              *offset)
{
  g_autoptr (GString) step = g_string_new (NULL);
  gboolean is_found = TRUE;
  const Place *place;

  while (*path == '/' && is_found)
    {
      guint32 next;

      path = take_step (path, step);
      next = find_step (self, root, step);
      is_found = next != 0;
      if (is_found)
        root = next;
    }
  place = &g_array_index (self->places, Place, root);
  if (!is_found || inner_offset == -2)
    *offset = place->name;
  else if (inner_offset < 0)
    *offset = place->begin;
  else
    *offset = step_into (place, text, (gsize) inner_offset);
  return is_found;
}
