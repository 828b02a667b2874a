/* fermata-http-compose.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "services/fermata-http-compose-private.h"

#include <libsoup/soup.h>
#include <string.h>

#include "engine/fermata-task-error.h"
#include "services/fermata-http-form-private.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#define EVENT_NAME "_scxmleventname"

#define FORM_TYPE "application/x-www-form-urlencoded"
#define JSON_TYPE "application/json"
#define XML_TYPE "application/xml"
#define TEXT_TYPE "text/plain; charset=utf-8"

/* --- The address --------------------------------------------------------- */

static GUri *
read_target (const char  *target,
             GError     **error)
{
  g_autoptr (GUri) uri = NULL;

  if (*target == '\0')
    {
      g_set_error_literal (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_ROUTING,
                           "an event over HTTP needs a target: the address of whom it is for");
      return NULL;
    }

  uri = g_uri_parse (target, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      (!g_str_equal (g_uri_get_scheme (uri), "http") &&
       !g_str_equal (g_uri_get_scheme (uri), "https")))
    {
      g_set_error_literal (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_ROUTING,
                           "the target of an event over HTTP is not an address that begins with "
                           "http:// or https://");
      return NULL;
    }

  return g_steal_pointer (&uri);
}

char *
fermata_http_describe (GUri *uri)
{
  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                     g_uri_get_port (uri), "", NULL, NULL);
}

/* The address with a parameter more. */
static GUri *
add_name (GUri       *uri,
          const char *name)
{
  g_autoptr (GString) query = g_string_new (g_uri_get_query (uri));

  fermata_http_form_append (query, EVENT_NAME, strlen (EVENT_NAME), name, strlen (name));

  return soup_uri_copy (uri, SOUP_URI_QUERY, query->str, SOUP_URI_NONE);
}

/* --- The body ------------------------------------------------------------ */

/* Section B.2.9: JSON, except that a text is itself. */
static char *
serialize (FermataValue *value,
           gsize        *length)
{
  const char *string;

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_STRING)
    return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, length);

  string = fermata_value_get_string (value, length);

  return g_memdup2 (string, *length + 1);
}

static void
append_parameter (GString      *form,
                  const char   *name,
                  FermataValue *value)
{
  gsize length;
  g_autofree char *text = serialize (value, &length);

  fermata_http_form_append (form, name, strlen (name), text, length);
}

static GBytes *
make_form (const char   *name,
           FermataValue *parameters)
{
  g_autoptr (GString) form = g_string_new (NULL);
  gsize n = parameters != NULL && fermata_value_get_kind (parameters) == FERMATA_VALUE_KIND_OBJECT
              ? fermata_value_get_length (parameters)
              : 0;

  if (name != NULL)
    fermata_http_form_append (form, EVENT_NAME, strlen (EVENT_NAME), name, strlen (name));
  for (gsize i = 0; i < n; i++)
    append_parameter (form, fermata_value_get_member_name (parameters, i),
                      fermata_value_get_element (parameters, i));

  return g_string_free_to_bytes (g_steal_pointer (&form));
}

/* What a text looks like, for nobody says. */
static const char *
guess_type (const char *text,
            gsize       length)
{
  const char *end = text + length;

  while (text < end && g_ascii_isspace (*text))
    text++;
  while (end > text && g_ascii_isspace (end[-1]))
    end--;
  if (end - text < 2)
    return TEXT_TYPE;

  if (*text == '<' && end[-1] == '>')
    return XML_TYPE;
  if ((*text == '{' && end[-1] == '}') || (*text == '[' && end[-1] == ']'))
    {
      g_autoptr (FermataValue) value = fermata_value_parse (text, end - text, NULL);

      if (value != NULL)
        return JSON_TYPE;
    }

  return TEXT_TYPE;
}

/* "If a <content> child is present, the SCXML Processor MUST use its value as the body
 * of the message." */
static void
set_content (FermataHttpPost *post,
             FermataValue    *content)
{
  gsize length;
  char *text = serialize (content, &length);

  post->content_type = fermata_value_get_kind (content) == FERMATA_VALUE_KIND_STRING
                         ? guess_type (text, length)
                         : JSON_TYPE;
  post->body = g_bytes_new_take (text, length);
}

gboolean
fermata_http_compose (FermataHttpPost  *post,
                      const char       *target,
                      FermataValue     *event,
                      GError          **error)
{
  FermataValue *name = fermata_value_get_member (event, "name");
  FermataValue *data = fermata_value_get_member (event, "data");
  FermataValue *params = fermata_value_get_member (event, "params");
  const char *text = name == NULL ? NULL : fermata_value_get_string (name, NULL);
  g_autoptr (GUri) uri = read_target (target, error);

  if (uri == NULL)
    return FALSE;

  if (data == NULL || (params != NULL && fermata_value_get_boolean (params)))
    {
      post->uri = g_steal_pointer (&uri);
      post->content_type = FORM_TYPE;
      post->body = make_form (text, data);
    }
  else
    {
      post->uri = text == NULL ? g_steal_pointer (&uri) : add_name (uri, text);
      set_content (post, data);
    }

  return TRUE;
}

void
fermata_http_post_clear (FermataHttpPost *post)
{
  g_clear_pointer (&post->uri, g_uri_unref);
  g_clear_pointer (&post->body, g_bytes_unref);
}
