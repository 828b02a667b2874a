/* fermata-http-head.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "services/fermata-http-head-private.h"

#include <string.h>

/* So many digits no length needs. */
#define MAX_DIGITS 15

typedef struct {
  guint n_hosts;
  guint n_lengths;
  guint n_codings;
} Counts;

gsize
fermata_http_head_measure (const char *text,
                           gsize       length,
                           gsize       from)
{
  gsize begin = from < 3 ? 0 : from - 3;
  const char *end = memmem (text + begin, length - begin, "\r\n\r\n", 4);

  return end == NULL ? 0 : (gsize) (end - text) + 4;
}

/* A token, as names of methods and headers are. */
static gboolean
is_token (const char *text,
          const char *end)
{
  if (text == end)
    return FALSE;
  for (; text < end; text++)
    {
      if (!g_ascii_isalnum (*text) && (*text == '\0' || strchr ("!#$%&'*+-.^_`|~", *text) == NULL))
        return FALSE;
    }

  return TRUE;
}

/* Text without control characters but for tabs; it may have bytes that are not ASCII. */
static gboolean
is_text (const char *text,
         const char *end)
{
  for (; text < end; text++)
    {
      if (((guint8) *text < 0x20 && *text != '\t') || *text == 0x7f)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_length (const char *text,
           const char *end)
{
  if (text == end || end - text > MAX_DIGITS)
    return FALSE;
  for (; text < end; text++)
    {
      if (!g_ascii_isdigit (*text))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_word (const char *text,
         const char *end,
         const char *word)
{
  return (gsize) (end - text) == strlen (word) &&
         g_ascii_strncasecmp (text, word, strlen (word)) == 0;
}

/* `POST /path HTTP/1.1`, with one space between each. */
static gboolean
is_first_line (const char *text,
               const char *end)
{
  const char *target = memchr (text, ' ', (gsize) (end - text));
  const char *version = target == NULL ? NULL
                                       : memchr (target + 1, ' ', (gsize) (end - target) - 1);

  return version != NULL && is_token (text, target) && version > target + 1 &&
         is_text (target + 1, version) &&
         (is_word (version + 1, end, "HTTP/1.1") || is_word (version + 1, end, "HTTP/1.0"));
}

static gboolean
is_header (const char *text,
           const char *end,
           Counts     *counts)
{
  const char *colon = memchr (text, ':', (gsize) (end - text));
  const char *value = colon == NULL ? end : colon + 1;

  if (colon == NULL || !is_token (text, colon) || !is_text (value, end))
    return FALSE;

  while (value < end && (*value == ' ' || *value == '\t'))
    value++;
  while (end > value && (end[-1] == ' ' || end[-1] == '\t'))
    end--;
  if (is_word (text, colon, "Host"))
    return counts->n_hosts++ == 0;
  if (is_word (text, colon, "Content-Length"))
    return counts->n_lengths++ == 0 && is_length (value, end);
  if (is_word (text, colon, "Transfer-Encoding"))
    return counts->n_codings++ == 0 && is_word (value, end, "chunked");

  return TRUE;
}

gboolean
fermata_http_head_is_sound (const char *text,
                            gsize       length,
                            gboolean   *is_chunked)
{
  const char *end = text + length - 2; /* without the empty line */
  const char *at = memmem (text, length, "\r\n", 2);
  Counts counts = { 0, 0, 0 };

  if (at == NULL || !is_first_line (text, at))
    return FALSE;
  for (at += 2; at < end;)
    {
      const char *stop = memmem (at, (gsize) (end - at), "\r\n", 2);

      if (stop == NULL || !is_header (at, stop, &counts))
        return FALSE;
      at = stop + 2;
    }

  *is_chunked = counts.n_codings > 0;

  return counts.n_lengths == 0 || counts.n_codings == 0;
}
