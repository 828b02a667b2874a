/* fermata-script-content.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-script-content.h"

#include <string.h>

#include "expression/fermata-xml-events-private.h"
#include "value/fermata-canonical.h"
#include "value/fermata-value-reader.h"

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Without the space around it, and one space wherever there is some. */
static FermataValue *
normalize (const char *text,
           gsize       length)
{
  g_autoptr (GString) out = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    {
      if (!is_space (text[i]))
        g_string_append_c (out, text[i]);
      else if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }

  return fermata_value_new_string (out->str, (gssize) out->len);
}

static FermataValue *
make_xml (const char *text,
          gsize       length)
{
  const char *name = "$xml";
  g_autoptr (FermataValue) markup = fermata_value_new_string (text, (gssize) length);

  return fermata_value_new_object (&name, &markup, 1);
}

/**
 * fermata_script_value_from_content:
 * @text: what stands between two tags, or in a file; UTF-8
 *
 * Finds what a text is in the `ecmascript` data model, as section B.2 of the
 * recommendation has it: if it is JSON the value that it says, if it is an XML
 * document its tree, and otherwise the text with its white space normalized.
 *
 * Returns: (transfer full): a value in canonical encoding
 */
FermataValue *
fermata_script_value_from_content (const char *text)
{
  g_autoptr (FermataValue) plain = NULL;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  while (is_space (*text))
    text++;
  length = strlen (text);
  while (length > 0 && is_space (text[length - 1]))
    length--;

  if (*text == '<')
    return fermata_xml_events_check (text, length) ? make_xml (text, length)
                                                   : normalize (text, length);

  plain = length > 0 ? fermata_value_parse (text, (gssize) length, NULL) : NULL;

  return plain != NULL ? fermata_canonical_from_plain (plain) : normalize (text, length);
}
