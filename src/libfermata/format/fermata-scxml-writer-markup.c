/* fermata-scxml-writer-markup.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-writer-private.h"

#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>

/* Texts that may be markup. Nothing is read but the text itself: between two tags
 * there is no document type that could name anything. */

#define OUTSIDE "urn:outside"
#define NO_DEFAULT " xmlns=\"\""

static void
on_start (void           *data,
          const xmlChar  *local_name,
          const xmlChar  *prefix,
          const xmlChar  *uri,
          int             n_namespaces,
          const xmlChar **namespaces,
          int             n_attributes,
          int             n_defaulted,
          const xmlChar **attributes)
{
  xmlParserCtxtPtr parser = data;
  FermataScxmlMarkup *markup = parser->_private;

  /* The one that is around the text comes first. */
  if (parser->nameNr == 0)
    return;
  markup->has_elements = TRUE;
  if (prefix == NULL && xmlStrEqual (uri, BAD_CAST OUTSIDE))
    markup->needs_default = TRUE;
}

static void
say_nothing (void       *data,
             const char *format,
             ...)
{
}

gboolean
fermata_scxml_is_markup (const char         *text,
                         FermataScxmlMarkup *markup)
{
  g_autofree char *whole = NULL;
  xmlParserCtxtPtr parser;
  gboolean is_good;

  *markup = (FermataScxmlMarkup) { FALSE, TRUE, FALSE };
  if (strpbrk (text, "<&") == NULL)
    return TRUE;
  /* The commonest by far: one comment. */
  if (g_str_has_prefix (text, "<!--") && strlen (text) >= 7 && strstr (text + 4, "--") == text + strlen (text) - 3 &&
      g_str_has_suffix (text, "-->"))
    return TRUE;

  whole = g_strconcat ("<x xmlns=\"" OUTSIDE "\">", text, "</x>", NULL);
  if (strlen (whole) > G_MAXINT)
    return FALSE;
  parser = xmlCreateMemoryParserCtxt (whole, (int) strlen (whole));
  if (parser == NULL)
    return FALSE;
  xmlCtxtUseOptions (parser, XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  memset (parser->sax, 0, sizeof *parser->sax);
  parser->sax->initialized = XML_SAX2_MAGIC;
  parser->sax->startElementNs = on_start;
  parser->sax->error = say_nothing;
  parser->sax->warning = say_nothing;
  parser->_private = markup;
  xmlParseDocument (parser);
  is_good = parser->wellFormed;
  markup->is_closed = parser->nsWellFormed;
  xmlFreeDoc (parser->myDoc);
  xmlFreeParserCtxt (parser);

  return is_good;
}

gboolean
fermata_scxml_is_name (const char *name)
{
  return xmlValidateQName (BAD_CAST name, 0) == 0;
}

/* What ends with @end, behind it. */
static const char *
skip_past (const char *at,
           const char *end)
{
  const char *found = strstr (at, end);

  return found == NULL ? at + strlen (at) : found + strlen (end);
}

/* A tag: where its name ends, whether it declares a default namespace, and where it
 * says that there is none; whether it is an element by itself. */
typedef struct {
  const char *name_end;
  const char *none;
  gboolean declares;
  gboolean is_whole;
} Tag;

/* Gives where it ends. */
static const char *
read_tag (const char *at,
          Tag        *tag)
{
  at += 1 + strcspn (at + 1, " \t\r\n/>");
  *tag = (Tag) { .name_end = at };

  while (*at != '>' && *at != '\0')
    {
      if (*at == '"' || *at == '\'')
        {
          char quotation[] = { *at, '\0' };

          at = skip_past (at + 1, quotation);
          continue;
        }
      if (g_ascii_isspace (*at) && g_str_has_prefix (at + 1, "xmlns") && strchr ("= \t\r\n", at[6]) != NULL)
        {
          tag->declares = TRUE;
          if (g_str_has_prefix (at, NO_DEFAULT))
            tag->none = at;
        }
      at++;
    }
  tag->is_whole = at[-1] == '/';

  return *at == '\0' ? at : at + 1;
}

/* Copies what is of an outermost tag up to where it goes on as it is. */
static const char *
change_tag (GString    *text,
            const char *at,
            const Tag  *tag,
            gboolean    adds)
{
  const char *end = adds ? tag->name_end : tag->none;

  if (end == NULL || (adds && tag->declares))
    return at;
  g_string_append_len (text, at, end - at);
  if (!adds)
    return end + strlen (NO_DEFAULT);
  g_string_append (text, NO_DEFAULT);

  return end;
}

char *
fermata_scxml_undefault (const char *markup,
                         gboolean    adds)
{
  GString *text = g_string_new (NULL);
  guint depth = 0;

  while (*markup != '\0')
    {
      const char *end = markup + strcspn (markup, "<");
      Tag tag;

      g_string_append_len (text, markup, end - markup);
      markup = end;
      if (*markup == '\0')
        break;
      if (g_str_has_prefix (markup, "<!--"))
        end = skip_past (markup, "-->");
      else if (g_str_has_prefix (markup, "<![CDATA["))
        end = skip_past (markup, "]]>");
      else if (markup[1] == '?')
        end = skip_past (markup, "?>");
      else if (markup[1] == '/')
        {
          end = skip_past (markup, ">");
          depth--;
        }
      else
        {
          end = read_tag (markup, &tag);
          if (depth == 0)
            markup = change_tag (text, markup, &tag, adds);
          depth += tag.is_whole ? 0 : 1;
        }
      g_string_append_len (text, markup, end - markup);
      markup = end;
    }

  return g_string_free (text, FALSE);
}
