/* fermata-http-receive.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "services/fermata-http-receive-private.h"

#include <libsoup/soup.h>
#include <string.h>

#include "engine/moment/fermata-event-name.h"
#include "services/fermata-http-form-private.h"
#include "value/fermata-utf8-private.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"

#define EVENT_NAME "_scxmleventname"
#define DEFAULT_NAME "HTTP.POST"

#define BAD_REQUEST SOUP_STATUS_BAD_REQUEST
#define UNSUPPORTED SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE

typedef enum {
  BODY_UNTYPED,
  BODY_FORM,
  BODY_JSON,
  BODY_XML,
  BODY_TEXT,
  BODY_UNKNOWN,
} BodyType;

static gboolean
refuse (FermataHttpRefusal *refusal,
        guint               status,
        const char         *reason)
{
  refusal->status = status;
  refusal->reason = reason;

  return FALSE;
}

/* --- Types --------------------------------------------------------------- */

static BodyType
find_body_type (const char *media_type)
{
  if (g_str_equal (media_type, ""))
    return BODY_UNTYPED;
  if (g_str_equal (media_type, "application/x-www-form-urlencoded"))
    return BODY_FORM;
  if (g_str_equal (media_type, "application/json") || g_str_has_suffix (media_type, "+json"))
    return BODY_JSON;
  if (g_str_equal (media_type, "application/xml") || g_str_equal (media_type, "text/xml") ||
      g_str_has_suffix (media_type, "+xml"))
    return BODY_XML;
  if (g_str_has_prefix (media_type, "text/"))
    return BODY_TEXT;

  return BODY_UNKNOWN;
}

/* `text/plain; charset="utf-8"`: the type, and how characters are written. */
static BodyType
read_content_type (const char  *content_type,
                   char       **charset)
{
  g_auto (GStrv) parts = g_strsplit (content_type == NULL ? "" : content_type, ";", -1);
  g_autofree char *media_type = NULL;

  *charset = NULL;
  for (guint i = 1; parts[0] != NULL && parts[i] != NULL && *charset == NULL; i++)
    {
      char *part = g_strstrip (parts[i]);

      if (g_ascii_strncasecmp (part, "charset=", 8) == 0)
        *charset = g_strdup (part + 8);
    }
  if (*charset != NULL && **charset == '"' && strlen (*charset) >= 2 &&
      g_str_has_suffix (*charset, "\""))
    {
      g_autofree char *quoted = *charset;

      *charset = g_strndup (quoted + 1, strlen (quoted) - 2);
    }
  media_type = g_ascii_strdown (parts[0] == NULL ? "" : g_strstrip (parts[0]), -1);

  return find_body_type (media_type);
}

static gboolean
is_any_of (const char        *text,
           const char *const *words)
{
  for (; *words != NULL; words++)
    {
      if (g_ascii_strcasecmp (text, *words) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The body in UTF-8. Only such ways to write characters are known here as cannot
 * surprise anybody. */
static GBytes *
decode_body (GBytes             *body,
             const char         *charset,
             FermataHttpRefusal *refusal)
{
  static const char *const plain[] = { "utf-8", "utf8", "us-ascii", NULL };
  static const char *const latin[] = { "iso-8859-1", "latin1", NULL };
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  if (length > 0 && charset != NULL && is_any_of (charset, latin))
    {
      gsize n_written = 0;
      char *converted = g_convert (text, (gssize) length, "UTF-8", "ISO-8859-1", NULL, &n_written,
                                   NULL);

      if (converted != NULL)
        return g_bytes_new_take (converted, n_written);
    }
  else if (charset != NULL && !is_any_of (charset, plain) && !is_any_of (charset, latin))
    {
      refuse (refusal, UNSUPPORTED, "characters can be in UTF-8, US-ASCII or ISO-8859-1");
      return NULL;
    }
  if (length > 0 && !fermata_utf8_is_valid (text, length))
    {
      refuse (refusal, BAD_REQUEST, "the body is not UTF-8");
      return NULL;
    }

  return g_bytes_ref (body);
}

/* --- Parts of the event -------------------------------------------------- */

/* "If a single instance of the parameter '_scxmleventname' is present, the SCXML
 * Processor MUST use its value as the name of the SCXML event that it raises. If
 * multiple instances of the parameter are present, the behavior is platform-specific":
 * nobody could say which was meant. */
static gboolean
set_name (FermataValueBuilder *event,
          FermataHttpForm     *form,
          FermataHttpRefusal  *refusal)
{
  g_autoptr (FermataValue) name = NULL;
  guint n = fermata_http_form_take (form, EVENT_NAME, &name);
  const char *text;
  gsize length;

  if (n > 1)
    return refuse (refusal, BAD_REQUEST, EVENT_NAME " stands there more than once");
  if (n == 0)
    {
      fermata_value_builder_set_string (event, "name", DEFAULT_NAME);
      return TRUE;
    }

  text = fermata_value_get_string (name, &length);
  if (strlen (text) != length || !fermata_event_name_is_valid (text))
    return refuse (refusal, BAD_REQUEST, EVENT_NAME " is not the name of an event: "
                                         "that is a text without spaces and control characters");
  fermata_value_builder_set (event, "name", name);

  return TRUE;
}

static gboolean
set_text (FermataValueBuilder *event,
          const char          *member,
          GBytes              *body)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (FermataValue) value = fermata_value_new_string (text, (gssize) length);

  fermata_value_builder_set (event, member, value);

  return TRUE;
}

static gboolean
set_json (FermataValueBuilder *event,
          GBytes              *body,
          FermataHttpRefusal  *refusal)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (FermataValue) value = fermata_value_parse (text, (gssize) length, NULL);

  if (value == NULL)
    return refuse (refusal, BAD_REQUEST, "the body is not JSON");
  fermata_value_builder_set (event, "data", value);

  return TRUE;
}

/* "The processor MUST use any message content other than '_scxmleventname' to
 * populate _event.data." */
static gboolean
set_data (FermataValueBuilder *event,
          FermataHttpForm     *form,
          BodyType             type,
          GBytes              *body,
          FermataHttpRefusal  *refusal)
{
  if (type == BODY_FORM || g_bytes_get_size (body) == 0)
    {
      g_autoptr (FermataValue) data = NULL;

      if (fermata_http_form_is_empty (form))
        return TRUE;
      data = fermata_http_form_dup_object (form);
      fermata_value_builder_set (event, "data", data);
      return TRUE;
    }
  if (!fermata_http_form_is_empty (form))
    return refuse (refusal, BAD_REQUEST, "there is a body, so the address can have no parameter "
                                         "but " EVENT_NAME);

  switch (type)
    {
    case BODY_JSON:
      return set_json (event, body, refusal);

    case BODY_TEXT:
      return set_text (event, "data", body);

    case BODY_XML:
      fermata_value_builder_set_string (event, "content-type", "application/xml");
      return set_text (event, "content", body);

    case BODY_UNTYPED:
    case BODY_FORM:
    case BODY_UNKNOWN:
    default:
      return set_text (event, "content", body);
    }
}

/* The request as one text, whatever its bytes were. A form is text already. The
 * address is not in it: it may hold a secret. */
static void
set_raw (FermataValueBuilder *event,
         const char          *query,
         const char          *content_type,
         BodyType             type,
         GBytes              *body)
{
  g_autoptr (GString) raw = g_string_new ("POST");
  g_autoptr (FermataValue) value = NULL;
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  if (query != NULL)
    g_string_append_printf (raw, " ?%s", query);
  if (content_type != NULL)
    g_string_append_printf (raw, "\nContent-Type: %s", content_type);
  g_string_append (raw, "\n\n");
  if (type == BODY_FORM && length > 0)
    g_string_append_len (raw, text, (gssize) length);
  else
    fermata_http_append_escaped (raw, text, length);
  if (!fermata_utf8_is_valid (raw->str, raw->len))
    return;

  value = fermata_value_new_string (raw->str, (gssize) raw->len);
  fermata_value_builder_set (event, "raw", value);
}

FermataValue *
fermata_http_receive (const char         *query,
                      const char         *content_type,
                      GBytes             *body,
                      FermataHttpRefusal *refusal)
{
  g_autoptr (FermataValueBuilder) event = fermata_value_builder_new_object ();
  g_autoptr (FermataHttpForm) form = fermata_http_form_new ();
  g_autoptr (GBytes) decoded = NULL;
  g_autofree char *charset = NULL;
  BodyType type = read_content_type (content_type, &charset);
  const char *text;
  gsize length;

  if (type == BODY_UNKNOWN && g_bytes_get_size (body) > 0)
    {
      refuse (refusal, UNSUPPORTED, "a body can be a form (application/x-www-form-urlencoded), "
                                    "JSON, XML or text");
      return NULL;
    }

  decoded = decode_body (body, charset, refusal);
  if (decoded == NULL)
    return NULL;

  text = g_bytes_get_data (decoded, &length);
  if ((query != NULL && !fermata_http_form_read (form, query, strlen (query))) ||
      (type == BODY_FORM && length > 0 && !fermata_http_form_read (form, text, length)))
    {
      refuse (refusal, BAD_REQUEST, "the parameters are not UTF-8");
      return NULL;
    }
  if (!set_name (event, form, refusal) || !set_data (event, form, type, decoded, refusal))
    return NULL;
  set_raw (event, query, content_type, type, decoded);

  return fermata_value_builder_end (event);
}
