/* fermata-scxml-writer-text.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-writer-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Elements, attributes and text, one element or tag a line. */

void
fermata_scxml_put_indent (FermataScxmlWriter *self)
{
  for (guint i = 0; i < self->level; i++)
    g_string_append (self->text, "  ");
}

/* Whether XML 1.0 has the character. */
static gboolean
is_character (gunichar c)
{
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd) ||
         c >= 0x10000;
}

/* What is between two that have to be escaped. */
static gsize
count_plain (const char *string,
             gboolean    is_attribute)
{
  gsize n = 0;

  for (;; n++)
    {
      guchar c = (guchar) string[n];

      if (c == '<' || c == '&' || c == '\r' || c < 0x20 || c == 0xef)
        {
          if (c != '\0' && !is_attribute && (c == '\n' || c == '\t'))
            continue;
          return n;
        }
      if (c == '>' && n >= 2 && string[n - 1] == ']' && string[n - 2] == ']')
        return n;
    }
}

/* Both kinds of quotation marks are left alone: whoever puts an attribute knows which
 * are around it. What XML has no character for becomes U+FFFD. */
void
fermata_scxml_append_escaped (GString    *text,
                              const char *string,
                              gboolean    is_attribute)
{
  for (;;)
    {
      gsize n = count_plain (string, is_attribute);
      gunichar c;

      g_string_append_len (text, string, (gssize) n);
      string += n;
      c = g_utf8_get_char (string);
      if (c == 0)
        return;
      if (c == '<' || c == '&' || c == '>')
        g_string_append (text, c == '<' ? "&lt;" : c == '&' ? "&amp;" : "&gt;");
      else if (c == '\t' || c == '\n' || c == '\r')
        g_string_append_printf (text, "&#%u;", (guint) c);
      else
        g_string_append_unichar (text, is_character (c) ? c : 0xfffd);
      string = g_utf8_next_char (string);
    }
}

gboolean
fermata_scxml_is_writable (const char *string)
{
  for (; *string != '\0'; string = g_utf8_next_char (string))
    {
      if (((guchar) *string < 0x20 || (guchar) *string == 0xef) && !is_character (g_utf8_get_char (string)))
        return FALSE;
    }

  return TRUE;
}

static void
append_name (FermataScxmlWriter *self,
             const char         *prefix,
             const char         *name)
{
  if (*prefix != '\0')
    {
      g_string_append (self->text, prefix);
      g_string_append_c (self->text, ':');
    }
  g_string_append (self->text, name);
}

static void
put_start (FermataScxmlWriter *self,
           const char         *prefix,
           const char         *name)
{
  fermata_scxml_put_indent (self);
  g_string_append_c (self->text, '<');
  append_name (self, prefix, name);
  g_ptr_array_set_size (self->attributes, 0);
}

void
fermata_scxml_put_start (FermataScxmlWriter *self,
                         const char         *name)
{
  put_start (self, self->sheet->prefix, name);
}

void
fermata_scxml_put_own_start (FermataScxmlWriter *self,
                             const char         *name)
{
  self->uses_own = TRUE;
  put_start (self, self->own_prefix, name);
}

/* JavaScript and JSON have quotation marks of both kinds: those around it are of the
 * other one, if that will do. */
void
fermata_scxml_put_attribute (FermataScxmlWriter *self,
                             const char         *name,
                             const char         *value)
{
  char quotation = strchr (value, '"') != NULL && strchr (value, '\'') == NULL ? '\'' : '"';
  gsize begin;

  g_ptr_array_add (self->attributes, g_strdup (name));
  g_string_append_printf (self->text, " %s=%c", name, quotation);
  begin = self->text->len;
  fermata_scxml_append_escaped (self->text, value, TRUE);
  if (quotation == '"' && strchr (value, '"') != NULL)
    {
      g_autofree char *escaped = g_strdup (self->text->str + begin);

      g_string_truncate (self->text, begin);
      for (const char *at = escaped; *at != '\0'; at++)
        {
          if (*at == '"')
            g_string_append (self->text, "&quot;");
          else
            g_string_append_c (self->text, *at);
        }
    }
  g_string_append_c (self->text, quotation);
}

static gboolean
is_word (FermataValue *value)
{
  const char *text = fermata_scxml_is_kind (value, FERMATA_VALUE_KIND_STRING) ? fermata_value_get_string (value, NULL) : "";

  return *text != '\0' && strpbrk (text, " \t\r\n") == NULL;
}

/* Words with spaces between them, NULL if they are none. */
static char *
dup_words (FermataValue *array)
{
  GString *words = g_string_new (NULL);

  for (gsize i = 0; i < fermata_value_get_length (array); i++)
    {
      FermataValue *word = fermata_value_get_element (array, i);

      if (!is_word (word))
        {
          g_string_free (words, TRUE);
          return NULL;
        }
      if (words->len > 0)
        g_string_append_c (words, ' ');
      g_string_append (words, fermata_value_get_string (word, NULL));
    }

  return g_string_free (words, FALSE);
}

static char *
dup_attribute (FermataValue *value)
{
  switch ((int) fermata_value_get_kind (value))
    {
    case FERMATA_VALUE_KIND_STRING:
      return g_strdup (fermata_value_get_string (value, NULL));
    case FERMATA_VALUE_KIND_ARRAY:
      return dup_words (value);
    case FERMATA_VALUE_KIND_BOOLEAN:
      return g_strdup (fermata_value_get_boolean (value) ? "true" : "false");
    default:
      return NULL;
    }
}

void
fermata_scxml_put_member (FermataScxmlWriter     *self,
                          const char             *name,
                          FermataValue           *object,
                          const char             *member,
                          const FermataScxmlStep *step)
{
  FermataValue *value =
    fermata_scxml_is_kind (object, FERMATA_VALUE_KIND_OBJECT) ? fermata_value_get_member (object, member) : NULL;
  g_autofree char *text = value != NULL ? dup_attribute (value) : NULL;

  if (value == NULL)
    return;
  if (text == NULL || !fermata_scxml_is_writable (text))
    fermata_scxml_writer_report (self, FERMATA_SEVERITY_WARNING, step, member,
                                 text == NULL ? _("“%s” cannot be written as an attribute")
                                              : _("“%s” has characters that XML has not"), member);
  if (text != NULL)
    fermata_scxml_put_attribute (self, name, text);
  else
    fermata_scxml_put_own_member (self, member, value);
}

void
fermata_scxml_put_empty (FermataScxmlWriter *self)
{
  g_string_append (self->text, "/>\n");
}

void
fermata_scxml_put_open (FermataScxmlWriter     *self,
                        const char             *name,
                        FermataValue           *kept,
                        const FermataScxmlStep *step)
{
  FermataScxmlTodo *todo = fermata_scxml_writer_push (self, FERMATA_SCXML_TODO_CLOSE, NULL, step);

  g_string_append (self->text, ">\n");
  self->level++;
  todo->name = name;
  todo->kept = kept;
  todo->mark = self->text->len;
}

/* As little escaped as can be: programs are to be read. */
static void
append_text (GString    *text,
             const char *string)
{
  const char *end;

  if (strpbrk (string, "<&") == NULL || strchr (string, '\r') != NULL || !fermata_scxml_is_writable (string))
    {
      fermata_scxml_append_escaped (text, string, FALSE);
      return;
    }

  g_string_append (text, "<![CDATA[");
  while ((end = strstr (string, "]]>")) != NULL)
    {
      g_string_append_len (text, string, end + 2 - string);
      g_string_append (text, "]]><![CDATA[");
      string = end + 2;
    }
  g_string_append (text, string);
  g_string_append (text, "]]>");
}

static void
put_end (FermataScxmlWriter *self,
         const char         *name)
{
  g_string_append (self->text, "</");
  append_name (self, self->sheet->prefix, name);
  g_string_append (self->text, ">\n");
}

/* What is kept of what is in it, and the end; the tag is its own where there is nothing. */
static void
put_rest_of_text (FermataScxmlWriter     *self,
                  const char             *name,
                  gboolean                has_text,
                  FermataValue           *kept,
                  const FermataScxmlStep *step)
{
  gsize mark;

  if (!has_text)
    g_string_append_c (self->text, '>');
  mark = self->text->len;
  fermata_scxml_put_raw_in_text (self, kept, step);
  if (has_text || self->text->len > mark)
    {
      put_end (self, name);
      return;
    }
  g_string_truncate (self->text, mark - 1);
  fermata_scxml_put_empty (self);
}

void
fermata_scxml_put_text (FermataScxmlWriter     *self,
                        const char             *name,
                        const char             *text,
                        FermataValue           *kept,
                        const FermataScxmlStep *step)
{
  if (text != NULL)
    {
      g_string_append_c (self->text, '>');
      append_text (self->text, text);
    }
  put_rest_of_text (self, name, text != NULL, kept, step);
}

/* Whether it would be markup to whoever reads it without the tags around it. */
static gboolean
looks_like_markup (const char *content)
{
  const char *end = content + strlen (content);

  while (end > content && g_ascii_isspace (end[-1]))
    end--;

  return content[strspn (content, " \t\r\n")] == '<' && end[-1] == '>';
}

void
fermata_scxml_put_content (FermataScxmlWriter     *self,
                           const char             *name,
                           const char             *content,
                           FermataValue           *kept,
                           const FermataScxmlStep *step)
{
  FermataScxmlMarkup found;

  if (content == NULL)
    {
      put_rest_of_text (self, name, FALSE, kept, step);
      return;
    }
  g_string_append_c (self->text, '>');
  if (!looks_like_markup (content) || !fermata_scxml_is_markup (content, &found) || !found.has_elements || !found.is_closed)
    append_text (self->text, content);
  else if (found.needs_default && (*self->sheet->prefix == '\0' || self->sheet->has_default))
    {
      g_autofree char *markup = fermata_scxml_undefault (content, TRUE);

      g_string_append (self->text, markup);
    }
  else
    g_string_append (self->text, content);
  put_rest_of_text (self, name, TRUE, kept, step);
}
