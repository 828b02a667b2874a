/* fermata-scxml-limits.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* A look at the text's tags before it is parsed: libxml2 takes a time that is the
 * square of how many attributes a tag has, and for each name looks at all namespaces
 * that are declared. Up to the first thing that is not well-formed, where the parser
 * will stop, this sees what the parser sees. */

typedef struct {
  FermataScxmlRead *read;
  const char *at;
  const char *end;
  GArray *open;                 /* of each open element, how many namespaces are declared */
} Look;

static const char *
find_behind (const char *at,
             const char *end,
             const char *what)
{
  gsize length = strlen (what);
  const char *found = memmem (at, end - at, what, length);

  return found == NULL ? end : found + length;
}

/* The end of a tag, with what is in quotes passed over, and what is counted in it. */
static const char *
skip_tag (const char *at,
          const char *end,
          guint      *n_attributes,
          guint      *n_namespaces)
{
  *n_attributes = *n_namespaces = 0;
  for (; at < end && *at != '>'; at++)
    {
      if (*at == '=')
        ++*n_attributes;
      else if (*at == 'x' && end - at > 5 && memcmp (at, "xmlns", 5) == 0 && strchr (" \t\r\n", at[-1]) != NULL)
        ++*n_namespaces;
      else if (*at == '"' || *at == '\'')
        {
          at = memchr (at + 1, *at, end - at - 1);
          if (at == NULL)
            return end;
        }
    }
  return at;
}

static guint
get_n_namespaces (Look *look)
{
  return look->open->len == 0 ? 0 : g_array_index (look->open, guint, look->open->len - 1);
}

static gboolean
report (Look       *look,
        const char *code,
        const char *format,
        guint       max)
{
  g_autofree char *message = g_strdup_printf (format, max);

  fermata_scxml_report (look->read, FERMATA_SEVERITY_ERROR, code, look->at - look->read->data, "%s", message);
  return FALSE;
}

static gboolean
look_at_element (Look *look)
{
  guint n_attributes;
  guint n_namespaces;
  const char *close = skip_tag (look->at + 1, look->end, &n_attributes, &n_namespaces);

  n_namespaces += get_n_namespaces (look);
  if (n_attributes > FERMATA_SCXML_MAX_ATTRIBUTES)
    return report (look, "too-large", _("this element has more than %u attributes"), FERMATA_SCXML_MAX_ATTRIBUTES);
  if (n_namespaces > FERMATA_SCXML_MAX_NAMESPACES)
    return report (look, "too-large", _("more than %u namespaces are declared"), FERMATA_SCXML_MAX_NAMESPACES);
  if (close < look->end && close[-1] != '/')
    {
      if (look->open->len >= FERMATA_SCXML_MAX_ELEMENTS)
        return report (look, "too-deep", _("elements are nested deeper than %u levels"), FERMATA_SCXML_MAX_ELEMENTS);
      g_array_append_val (look->open, n_namespaces);
    }
  look->at = close;
  return TRUE;
}

/* FALSE, and told of: it is too much. */
static gboolean
look_at_tag (Look *look)
{
  const char *at = look->at;
  gsize left = (gsize) (look->end - at);
  guint n;

  if (left >= 4 && memcmp (at, "<!--", 4) == 0)
    look->at = find_behind (at + 4, look->end, "-->");
  else if (left >= 9 && memcmp (at, "<![CDATA[", 9) == 0)
    look->at = find_behind (at + 9, look->end, "]]>");
  else if (left >= 2 && at[1] == '?')
    look->at = find_behind (at + 2, look->end, "?>");
  else if (left >= 2 && at[1] == '!')
    look->at = skip_tag (at + 1, look->end, &n, &n);
  else if (left >= 2 && at[1] == '/')
    {
      look->at = skip_tag (at + 1, look->end, &n, &n);
      if (look->open->len > 0)
        g_array_set_size (look->open, look->open->len - 1);
    }
  else
    return look_at_element (look);
  return TRUE;
}

gboolean
fermata_scxml_check_limits (FermataScxmlRead *self)
{
  Look look = { self, self->data, self->data + self->length };
  gboolean is_good = TRUE;

  look.open = g_array_new (FALSE, FALSE, sizeof (guint));
  while (is_good && look.at < look.end && (look.at = memchr (look.at, '<', look.end - look.at)) != NULL)
    is_good = look_at_tag (&look);
  g_array_unref (look.open);
  return is_good;
}
