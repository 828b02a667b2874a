/* fermata-scxml-text.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-private.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "value/fermata-utf8-private.h"

/* Texts are made UTF-8 before anything else sees them, so that every place is a
 * number of bytes in one and the same text. */

static const struct {
  const char *bytes;
  gsize length;
  const char *encoding;
  gsize skip;
} beginnings[] = {
  { "\xef\xbb\xbf", 3, "UTF-8", 3 },
  { "\xff\xfe\0\0", 4, "UTF-32LE", 4 },
  { "\0\0\xfe\xff", 4, "UTF-32BE", 4 },
  { "<\0\0\0", 4, "UTF-32LE", 0 },
  { "\0\0\0<", 4, "UTF-32BE", 0 },
  { "\xff\xfe", 2, "UTF-16LE", 2 },
  { "\xfe\xff", 2, "UTF-16BE", 2 },
  { "<\0", 2, "UTF-16LE", 0 },
  { "\0<", 2, "UTF-16BE", 0 },
};

/* What the first bytes say; NULL: nothing. */
static const char *
sniff (const char *data,
       gsize       length,
       gsize      *skip)
{
  *skip = 0;
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      if (length < beginnings[i].length || memcmp (data, beginnings[i].bytes, beginnings[i].length) != 0)
        continue;
      *skip = beginnings[i].skip;
      return beginnings[i].encoding;
    }
  return NULL;
}

/* The encoding that <?xml … encoding="…"?> names, of a text that has ASCII's bytes
 * (transfer full); NULL: none. */
static char *
find_declared (const char *data,
               gsize       length)
{
  static const char declaration[] = "<?xml";
  gsize n = MIN (length, 1024);
  const char *end;
  const char *at;
  char quote;

  if (n < strlen (declaration) || memcmp (data, declaration, strlen (declaration)) != 0)
    return NULL;
  end = memchr (data, '>', n);
  at = end == NULL ? NULL : g_strstr_len (data, end - data, "encoding");
  if (at == NULL)
    return NULL;
  for (at += strlen ("encoding"); at < end && strchr ("= \t\r\n", *at) != NULL; at++)
    ;
  quote = *at++;
  n = 0;
  while (at + n < end && (g_ascii_isalnum (at[n]) || strchr ("._-", at[n]) != NULL))
    n++;
  return (quote == '"' || quote == '\'') && n > 0 && at[n] == quote ? g_strndup (at, n) : NULL;
}

static void
take_text (FermataScxmlRead *self,
           GBytes           *bytes)
{
  self->bytes = bytes;
  self->data = g_bytes_get_data (bytes, &self->length);
  if (self->data == NULL)
    self->data = "";
  self->lines = fermata_line_index_new (self->data, self->length);
}

/* XML has no NUL; libxml2 would take a text that begins with one for another
 * encoding. */
static gboolean
has_no_nul (FermataScxmlRead *self)
{
  const char *nul = memchr (self->data, '\0', self->length);

  if (nul == NULL)
    return TRUE;
  fermata_scxml_report (self, FERMATA_SEVERITY_ERROR, "encoding", nul - self->data,
                        _("the character U+0000 cannot stand here"));
  return FALSE;
}

static gboolean
is_utf8 (FermataScxmlRead *self)
{
  const char *at = self->data;
  const char *end = at + self->length;

  while (at < end)
    {
      gsize n = fermata_utf8_measure (at, end);

      if (n == 0)
        {
          fermata_scxml_report (self, FERMATA_SEVERITY_ERROR, "encoding", at - self->data,
                                _("this is not UTF-8: the byte 0x%02x cannot stand here"), (guint8) *at);
          return FALSE;
        }
      at += n;
    }
  return TRUE;
}

/* As much as can be converted; FALSE: that is not all. */
static gboolean
convert (GIConv      converter,
         const char *data,
         gsize       length,
         GByteArray *out)
{
  char *from = (char *) data;
  gsize left = length;
  gsize status = 0;

  do
    {
      gsize before = out->len;
      gsize room = MIN (MAX (left + left / 2, 64), 1 << 20);
      gsize free_room = room;
      char *to;

      g_byte_array_set_size (out, before + room);
      to = (char *) out->data + before;
      status = g_iconv (converter, &from, &left, &to, &free_room);
      g_byte_array_set_size (out, before + room - free_room);
      if (out->len > FERMATA_SCXML_MAX_SIZE)
        return TRUE;
    }
  while (status == (gsize) -1 && errno == E2BIG);
  return status != (gsize) -1;
}

static gboolean
decode_from (FermataScxmlRead *self,
             const char       *encoding,
             const char       *data,
             gsize             length)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  GIConv converter = g_iconv_open ("UTF-8", encoding);
  gboolean is_whole;

  if (converter == (GIConv) -1)
    {
      take_text (self, g_bytes_new (NULL, 0));
      fermata_scxml_report (self, FERMATA_SEVERITY_ERROR, "encoding", 0,
                            _("the encoding “%s” is not known"), encoding);
      return FALSE;
    }
  is_whole = convert (converter, data, length, out);
  g_iconv_close (converter);
  take_text (self, g_byte_array_free_to_bytes (g_steal_pointer (&out)));
  if (!is_whole)
    fermata_scxml_report (self, FERMATA_SEVERITY_ERROR, "encoding", self->length,
                          _("what stands here is not in the encoding %s"), encoding);
  return is_whole && is_utf8 (self) && has_no_nul (self);
}

static gboolean
is_utf8_name (const char *encoding)
{
  return g_ascii_strcasecmp (encoding, "UTF-8") == 0 || g_ascii_strcasecmp (encoding, "UTF8") == 0;
}

/* Whether bytes that are ASCII can be in that encoding. */
static gboolean
is_wide_name (const char *encoding)
{
  static const char *const beginnings_of_wide[] = { "UTF-16", "UTF16", "UTF-32", "UTF32", "UCS", "ISO-10646" };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings_of_wide); i++)
    {
      if (g_ascii_strncasecmp (encoding, beginnings_of_wide[i], strlen (beginnings_of_wide[i])) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
decode (FermataScxmlRead *self,
        GBytes           *text)
{
  gsize length;
  gsize skip;
  const char *data = g_bytes_get_data (text, &length);
  const char *sniffed = sniff (data, length, &skip);
  g_autofree char *declared = sniffed == NULL ? find_declared (data, length) : NULL;

  if (sniffed != NULL && !is_utf8_name (sniffed))
    return decode_from (self, sniffed, data + skip, length - skip);
  if (declared != NULL && is_wide_name (declared))
    {
      take_text (self, g_bytes_ref (text));
      fermata_scxml_report (self, FERMATA_SEVERITY_ERROR, "encoding", 0,
                            _("this says that it is in the encoding %s, and is not"), declared);
      return FALSE;
    }
  if (declared != NULL && !is_utf8_name (declared))
    return decode_from (self, declared, data, length);
  take_text (self, g_bytes_new_from_bytes (text, skip, length - skip));
  return is_utf8 (self) && has_no_nul (self);
}

gboolean
fermata_scxml_read_decode (FermataScxmlRead *self,
                           GBytes           *text)
{
  gboolean is_good = g_bytes_get_size (text) <= FERMATA_SCXML_MAX_SIZE && decode (self, text);

  if (self->bytes == NULL)
    take_text (self, g_bytes_new (NULL, 0));
  if (!is_good && self->n_errors > 0)
    return FALSE;
  /* libxml2 would pass over one more. */
  if (is_good && self->length >= 3 && memcmp (self->data, "\xef\xbb\xbf", 3) == 0)
    {
      fermata_scxml_report (self, FERMATA_SEVERITY_ERROR, "encoding", 0,
                            _("a byte order mark cannot stand here"));
      return FALSE;
    }
  if (is_good && self->length <= FERMATA_SCXML_MAX_SIZE)
    return TRUE;
  fermata_scxml_report (self, FERMATA_SEVERITY_ERROR, "too-large", 0,
                        _("this is too large: more than %u bytes"), (guint) FERMATA_SCXML_MAX_SIZE);
  return FALSE;
}

void
fermata_scxml_read_clear (FermataScxmlRead *self)
{
  g_clear_pointer (&self->lines, fermata_line_index_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

FermataDiagnostic *
fermata_scxml_report (FermataScxmlRead *self,
                      FermataSeverity   severity,
                      const char       *code,
                      gsize             offset,
                      const char       *format,
                      ...)
{
  g_autoptr (FermataDiagnostic) diagnostic = NULL;
  g_autofree char *message = NULL;
  FermataTextPosition position;
  va_list arguments;

  self->n_errors += severity == FERMATA_SEVERITY_ERROR;
  if (++self->n_diagnostics > FERMATA_SCXML_MAX_DIAGNOSTICS)
    return NULL;
  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  diagnostic = fermata_diagnostic_new (severity, code, NULL, message);
  fermata_line_index_locate (self->lines, MIN (offset, self->length), &position);
  fermata_diagnostic_set_position (diagnostic, self->name, position.line, position.column);
  g_list_store_append (self->diagnostics, diagnostic);
  return diagnostic;
}

/**
 * fermata_scxml_recognises:
 * @text: the text of a document
 *
 * Whether a text is XML, by how it begins, in any encoding. JSON never begins
 * so.
 *
 * Returns: whether [func@Fermata.scxml_read_graph] is to read it
 */
gboolean
fermata_scxml_recognises (GBytes *text)
{
  gsize length;
  gsize skip;
  const char *data;
  const char *encoding;

  g_return_val_if_fail (text != NULL, FALSE);

  data = g_bytes_get_data (text, &length);
  encoding = sniff (data, length, &skip);
  for (gsize i = skip; i < length; i++)
    {
      if (data[i] == '<')
        return TRUE;
      if (strchr (" \t\r\n", data[i]) == NULL || (data[i] == '\0' && (encoding == NULL || is_utf8_name (encoding))))
        return FALSE;
    }
  return FALSE;
}
