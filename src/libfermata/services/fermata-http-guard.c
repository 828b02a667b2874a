/* fermata-http-guard.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "services/fermata-http-guard-private.h"

#include <string.h>
#include <sys/random.h>

#include "engine/fermata-task-error.h"

/* 128 bits. */
#define TOKEN_SIZE 16

struct _FermataHttpGuard {
  GInetAddress *address;
  guint16 port;
  char *token; /* NULL if nobody but this machine can ask */
};

/* --- Tokens -------------------------------------------------------------- */

/* In hexadecimal digits. */
static char *
make_token (void)
{
  guint8 bytes[TOKEN_SIZE];
  GString *token = g_string_sized_new (2 * TOKEN_SIZE);

  /* So few bytes come at once and whole, if they come. */
  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("this system has no random numbers");
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (token, "%02x", bytes[i]);

  return g_string_free (token, FALSE);
}

gboolean
fermata_http_guard_equal (const char *a,
                          const char *b)
{
  gsize length = strlen (a);
  volatile guint8 difference = 0;

  if (length != strlen (b))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= (guint8) (a[i] ^ b[i]);

  return difference == 0;
}

FermataHttpGuard *
fermata_http_guard_new (GInetAddress *address,
                        guint16       port)
{
  FermataHttpGuard *self = g_new0 (FermataHttpGuard, 1);

  self->address = g_object_ref (address);
  self->port = port;
  if (!g_inet_address_get_is_loopback (address))
    self->token = make_token ();

  return self;
}

void
fermata_http_guard_free (FermataHttpGuard *self)
{
  g_object_unref (self->address);
  g_free (self->token);
  g_free (self);
}

/* --- Addresses ----------------------------------------------------------- */

/* Who listens at all addresses, is known by his name. */
char *
fermata_http_guard_dup_location (FermataHttpGuard *self,
                                 const char       *session)
{
  g_autofree char *host = g_inet_address_get_is_any (self->address)
                            ? g_strdup (g_get_host_name ())
                            : g_inet_address_to_string (self->address);
  g_autofree char *path = g_strjoin ("/", "/scxml", session, self->token, NULL);

  return g_uri_join (G_URI_FLAGS_NONE, "http", NULL, host, self->port, path, NULL, NULL);
}

char *
fermata_http_guard_read_path (FermataHttpGuard *self,
                              const char       *path,
                              gboolean         *lacks_token)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 5);
  guint n_parts = g_strv_length (parts);

  *lacks_token = FALSE;
  if (n_parts < 3 || *parts[0] != '\0' || !g_str_equal (parts[1], "scxml"))
    return NULL;
  if (self->token == NULL)
    return n_parts == 3 ? g_strdup (parts[2]) : NULL;

  *lacks_token = n_parts != 4 || !fermata_http_guard_equal (parts[3], self->token);

  return *lacks_token ? NULL : g_strdup (parts[2]);
}

/* --- Who asks ------------------------------------------------------------ */

static gboolean
is_loopback_host (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (host == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

static gboolean
is_own_uri (FermataHttpGuard *self,
            GUri             *uri)
{
  int port = g_uri_get_port (uri);

  return is_loopback_host (g_uri_get_host (uri)) && g_uri_get_userinfo (uri) == NULL &&
         g_strcmp0 (g_uri_get_scheme (uri), "http") == 0 && (port < 0 ? 80 : port) == self->port;
}

static gboolean
is_own_text (FermataHttpGuard *self,
             const char       *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);

  return uri != NULL && is_own_uri (self, uri);
}

const char *
fermata_http_guard_find_fault (FermataHttpGuard  *self,
                               SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *host = soup_message_headers_get_list (headers, "Host");
  const char *origin = soup_message_headers_get_list (headers, "Origin");
  g_autofree char *own = g_strconcat ("http://", host, NULL);

  if (self->token == NULL &&
      (host == NULL || !is_own_text (self, own) ||
       !is_own_uri (self, soup_server_message_get_uri (message))))
    return "the host of the request is not this machine";
  if (origin != NULL && (host == NULL || g_ascii_strcasecmp (origin, own) != 0))
    return "the request comes from a page of another site";

  return NULL;
}

/* --- Where to listen ----------------------------------------------------- */

static gboolean
split_address (const char  *text,
               char       **host,
               guint64     *port)
{
  const char *end = *text == '[' ? strchr (text, ']') : NULL;
  const char *colon = strrchr (text, ':');

  *port = 0;
  if (*text == '[')
    {
      if (end == NULL || (end[1] != '\0' && end[1] != ':'))
        return FALSE;
      *host = g_strndup (text + 1, (gsize) (end - text) - 1);
      return end[1] == '\0' ||
             g_ascii_string_to_unsigned (end + 2, 10, 0, G_MAXUINT16, port, NULL);
    }

  /* Without brackets, an address with more than one colon has no port. */
  if (colon == NULL || strchr (text, ':') != colon)
    {
      *host = g_strdup (text);
      return TRUE;
    }
  *host = g_strndup (text, (gsize) (colon - text));

  return g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, port, NULL);
}

GInetSocketAddress *
fermata_http_guard_parse_address (const char  *text,
                                  GError     **error)
{
  g_autofree char *host = NULL;
  g_autoptr (GInetAddress) address = NULL;
  guint64 port;

  if (split_address (text, &host, &port))
    address = g_ascii_strcasecmp (host, "localhost") == 0
                ? g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4)
                : g_inet_address_new_from_string (host);
  if (address == NULL)
    {
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
                   "found “%s” where to listen, expected an address, or address:port, such as "
                   "0.0.0.0:8080 or [::]:8080", text);
      return NULL;
    }

  return G_INET_SOCKET_ADDRESS (g_inet_socket_address_new (address, (guint16) port));
}
