/* fermata-schema-refs.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "value/fermata-schema-private.h"
#include "value/fermata-value-private.h"

/* One name of a JSON Pointer (RFC 6901). */
static gboolean
unescape (const char *text,
          gsize       length,
          GString    *name)
{
  g_string_truncate (name, 0);
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] != '~')
        g_string_append_c (name, text[i]);
      else if (++i < length && (text[i] == '0' || text[i] == '1'))
        g_string_append_c (name, text[i] == '0' ? '~' : '/');
      else
        return FALSE;
    }
  return TRUE;
}

static FermataValue *
step_into_array (FermataValue *array,
                 const char   *name)
{
  guint64 index;

  if (strlen (name) > 10 || !g_ascii_string_to_unsigned (name, 10, 0, G_MAXUINT32, &index, NULL) ||
      (name[0] == '0' && name[1] != '\0') || index >= fermata_value_get_length (array))
    return NULL;
  return fermata_value_get_element (array, index);
}

static FermataValue *
step (FermataValue  *value,
      const GString *name)
{
  gsize place;

  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_ARRAY)
    return step_into_array (value, name->str);
  if (fermata_value_find_name (value, name->str, name->len, &place))
    return fermata_value_get_element (value, place);
  return NULL;
}

/* `#`, or `#/` with a pointer that may be percent-encoded: what is in the same
 * document. Nothing is ever fetched. */
FermataValue *
fermata_schema_follow (FermataValue *whole,
                       const char   *ref)
{
  g_autofree char *pointer = *ref == '#' ? g_uri_unescape_string (ref + 1, NULL) : NULL;
  g_autoptr (GString) name = g_string_new (NULL);
  const char *next = pointer;

  if (pointer == NULL || !g_utf8_validate (pointer, -1, NULL))
    return NULL;

  while (whole != NULL && *next != '\0')
    {
      gsize length;

      if (*next++ != '/')
        return NULL;
      length = strcspn (next, "/");
      if (!unescape (next, length, name))
        return NULL;
      whole = step (whole, name);
      next += length;
    }
  return whole;
}
