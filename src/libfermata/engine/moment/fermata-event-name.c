/* fermata-event-name.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-event-name.h"

#include <string.h>

#define SPACE " \t\n\r"

/**
 * fermata_event_name_is_valid:
 * @name: a text
 *
 * Tells whether an event from outside may be called so: any text without
 * spaces and control characters.
 *
 * Returns: %FALSE if not
 */
gboolean
fermata_event_name_is_valid (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  if (*name == '\0' || !g_utf8_validate (name, -1, NULL))
    return FALSE;

  for (; *name != '\0'; name = g_utf8_next_char (name))
    {
      gunichar c = g_utf8_get_char (name);

      if (g_unichar_iscntrl (c) || g_unichar_isspace (c))
        return FALSE;
    }

  return TRUE;
}

/* “a.b”, “a.b.” and “a.b.*” are the same; “*” is everything. */
static gboolean
matches_one (const char *name,
             const char *descriptor,
             gsize       length)
{
  if (length == 1 && *descriptor == '*')
    return TRUE;
  if (length >= 2 && descriptor[length - 2] == '.' && descriptor[length - 1] == '*')
    length -= 2;
  else if (length >= 1 && descriptor[length - 1] == '.')
    length -= 1;

  return length > 0 && strncmp (name, descriptor, length) == 0
         && (name[length] == '\0' || name[length] == '.');
}

/**
 * fermata_event_name_matches:
 * @name: the name of an event
 * @descriptors: one descriptor or several, with spaces between
 *
 * Tells whether an event is one of those that somebody waits for, by the rules
 * of SCXML: `*` is every event; `order` and `order.*` are the event `order` and
 * every one whose name begins with `order.`.
 *
 * Returns: whether one of @descriptors matches
 */
gboolean
fermata_event_name_matches (const char *name,
                            const char *descriptors)
{
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (descriptors != NULL, FALSE);

  while (*(descriptors += strspn (descriptors, SPACE)) != '\0')
    {
      gsize length = strcspn (descriptors, SPACE);

      if (matches_one (name, descriptors, length))
        return TRUE;
      descriptors += length;
    }

  return FALSE;
}
