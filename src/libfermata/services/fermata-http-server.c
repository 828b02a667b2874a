/* fermata-http-server.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "services/fermata-http-server-private.h"

#include <string.h>

#include "engine/fermata-task-error.h"
#include "services/fermata-http-guard-private.h"
#include "services/fermata-http-listener-private.h"
#include "services/fermata-http-receive-private.h"

/* What is read and thrown away of a body that is too large, so that the other side hears
 * of that, in times of what may be. */
#define PATIENCE 4

#define TOO_LARGE "the body is too large"
#define NOT_TAKEN "the session does not take events now"

struct _FermataHttpServer {
  SoupServer *server;            /* since somebody has listened */
  FermataHttpListener *listener; /* while there are sessions */
  FermataHttpGuard *guard;       /* of what is listened at */
  GHashTable *sessions;          /* id to Session */
  GHashTable *by_location;       /* location to Session, both of @sessions */
  GInetSocketAddress *address;   /* where to listen; NULL: loopback, any port */
  gsize max_body_size;
  guint timeout;
};

typedef struct {
  char *location;
  FermataEventArrivedFunc func;
  gpointer user_data;
} Session;

/* A request that is being read. */
typedef struct {
  FermataHttpServer *server;
  GByteArray *body;
  gsize n_read;
} Request;

static void
session_free (Session *session)
{
  g_free (session->location);
  g_free (session);
}

static void
request_free (Request *request)
{
  g_byte_array_unref (request->body);
  g_free (request);
}

/* --- Answers ------------------------------------------------------------- */

static void
answer (SoupServerMessage *message,
        guint              status,
        const char        *text)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  soup_message_headers_replace (headers, "Connection", "close");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/plain; charset=utf-8", SOUP_MEMORY_COPY, line,
                                    strlen (line));
}

/* --- Whether a request is heard ------------------------------------------ */

static Session *
require_session (FermataHttpServer *self,
                 SoupServerMessage *message)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  gboolean lacks_token;
  g_autofree char *id = fermata_http_guard_read_path (self->guard, path, &lacks_token);
  Session *session = id == NULL ? NULL : g_hash_table_lookup (self->sessions, id);

  if (lacks_token)
    answer (message, SOUP_STATUS_FORBIDDEN, "the address is not complete, or not right");
  else if (session == NULL)
    answer (message, SOUP_STATUS_NOT_FOUND, "there is no such session");

  return session;
}

static gboolean
check_length (FermataHttpServer *self,
              SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH ||
      soup_message_headers_get_content_length (headers) <= (goffset) self->max_body_size)
    return TRUE;

  answer (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, TOO_LARGE);

  return FALSE;
}

static gboolean
is_heard (FermataHttpServer *self,
          SoupServerMessage *message)
{
  const char *reason = fermata_http_guard_find_fault (self->guard, message);

  if (reason != NULL)
    {
      answer (message, SOUP_STATUS_FORBIDDEN, reason);
      return FALSE;
    }
  if (require_session (self, message) == NULL)
    return FALSE;

  if (soup_server_message_get_method (message) != SOUP_METHOD_POST)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow",
                                    "POST");
      answer (message, SOUP_STATUS_METHOD_NOT_ALLOWED, "events are posted");
      return FALSE;
    }

  return check_length (self, message);
}

/* --- Reading ------------------------------------------------------------- */

static void
got_chunk (SoupServerMessage *message,
           GBytes            *chunk,
           gpointer           user_data)
{
  Request *request = user_data;
  gsize size = g_bytes_get_size (chunk);
  gsize limit = request->server->max_body_size;

  request->n_read += size;
  if (request->n_read / PATIENCE > limit)
    fermata_http_listener_cut (message);
  else if (request->n_read > limit)
    g_byte_array_set_size (request->body, 0);
  else if (soup_server_message_get_status (message) == 0)
    g_byte_array_append (request->body, g_bytes_get_data (chunk, NULL), (guint) size);
}

/* All that is known before the body. Who is not heard is told so when he has said what he
 * wants to say, or at once if he asks first. */
static void
begin (SoupServer        *server,
       SoupServerMessage *message,
       const char        *path,
       GHashTable        *query,
       gpointer           user_data)
{
  FermataHttpServer *self = user_data;
  Request *request = g_new0 (Request, 1);

  request->server = self;
  request->body = g_byte_array_new ();
  g_object_set_data_full (G_OBJECT (message), "fermata-http-request", request,
                          (GDestroyNotify) request_free);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk), request);

  is_heard (self, message);
}

static FermataValue *
read_event (SoupServerMessage *message,
            Request           *request)
{
  g_autoptr (GBytes) body = g_bytes_new (request->body->data, request->body->len);
  FermataHttpRefusal refusal = { 0, NULL };
  FermataValue *event;

  event = fermata_http_receive (g_uri_get_query (soup_server_message_get_uri (message)),
                                soup_message_headers_get_one (
                                  soup_server_message_get_request_headers (message),
                                  "Content-Type"),
                                body, &refusal);
  if (event == NULL)
    answer (message, refusal.status, refusal.reason);

  return event;
}

/* "After it adds the received message to the appropriate event queue, the SCXML Processor
 * MUST then indicate the result to the external component via a success response code
 * 2XX." The session may be closed by whom it tells, and may have gone meanwhile. */
static void
complete (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  FermataHttpServer *self = user_data;
  Request *request = g_object_get_data (G_OBJECT (message), "fermata-http-request");
  g_autoptr (FermataValue) event = NULL;
  Session *session;

  if (request->n_read > self->max_body_size)
    {
      answer (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, TOO_LARGE);
      return;
    }

  session = require_session (self, message);
  if (session == NULL)
    return;
  event = read_event (message, request);
  if (event == NULL)
    return;

  if (session->func (event, session->user_data))
    answer (message, SOUP_STATUS_OK, "the event has been received");
  else
    answer (message, SOUP_STATUS_SERVICE_UNAVAILABLE, NOT_TAKEN);
}

/* --- Sessions ------------------------------------------------------------ */

static GInetSocketAddress *
dup_address (FermataHttpServer *self)
{
  g_autoptr (GInetAddress) loopback = NULL;

  if (self->address != NULL)
    return g_object_ref (self->address);

  loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);

  return G_INET_SOCKET_ADDRESS (g_inet_socket_address_new (loopback, 0));
}

static SoupServer *
make_server (FermataHttpServer *self)
{
  SoupServer *server = g_object_new (SOUP_TYPE_SERVER, "raw-paths", TRUE, NULL);

  soup_server_add_early_handler (server, NULL, begin, self, NULL);
  soup_server_add_handler (server, NULL, complete, self, NULL);

  return server;
}

static gboolean
listen (FermataHttpServer  *self,
        GError            **error)
{
  g_autoptr (GInetSocketAddress) address = dup_address (self);
  g_autoptr (GError) inner = NULL;
  g_autofree char *text = NULL;

  if (self->server == NULL)
    self->server = make_server (self);
  self->listener = fermata_http_listener_new (self->server, address, self->timeout, &inner);
  if (self->listener != NULL)
    {
      g_clear_pointer (&self->guard, fermata_http_guard_free);
      self->guard = fermata_http_guard_new (g_inet_socket_address_get_address (address),
                                            fermata_http_listener_get_port (self->listener));
      return TRUE;
    }

  text = g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (address));
  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_CONNECTIVITY,
               "cannot listen for events at %s: %s", text, inner->message);

  return FALSE;
}

char *
fermata_http_server_open (FermataHttpServer        *self,
                          const char               *name,
                          FermataEventArrivedFunc   func,
                          gpointer                  user_data,
                          GError                  **error)
{
  Session *session;

  if (g_hash_table_contains (self->sessions, name))
    {
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
                   "there is a session “%s” already", name);
      return NULL;
    }
  if (self->listener == NULL && !listen (self, error))
    return NULL;

  session = g_new0 (Session, 1);
  session->location = fermata_http_guard_dup_location (self->guard, name);
  session->func = func;
  session->user_data = user_data;
  g_hash_table_insert (self->sessions, g_strdup (name), session);
  g_hash_table_insert (self->by_location, session->location, session);

  return g_strdup (session->location);
}

/* What is being read is read to its end: that may be the very event for which the last
 * session is closed, and its sender wants his answer. */
void
fermata_http_server_close (FermataHttpServer *self,
                           const char        *name)
{
  Session *session = g_hash_table_lookup (self->sessions, name);

  if (session == NULL)
    return;

  g_hash_table_remove (self->by_location, session->location);
  g_hash_table_remove (self->sessions, name);
  if (g_hash_table_size (self->sessions) == 0)
    g_clear_pointer (&self->listener, fermata_http_listener_free);
}

static gboolean
refuse (GError     **error,
        guint        status,
        const char  *reason)
{
  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
               "the session has refused the event with status %u: %s", status, reason);

  return TRUE;
}

gboolean
fermata_http_server_hand_over (FermataHttpServer      *self,
                               const char             *location,
                               const FermataHttpPost  *post,
                               GError                **error)
{
  Session *session = g_hash_table_lookup (self->by_location, location);
  FermataHttpRefusal refusal = { 0, NULL };
  g_autoptr (FermataValue) event = NULL;

  if (session == NULL)
    return FALSE;
  if (g_bytes_get_size (post->body) > self->max_body_size)
    return refuse (error, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, TOO_LARGE);

  event = fermata_http_receive (g_uri_get_query (post->uri), post->content_type, post->body,
                                &refusal);
  if (event == NULL)
    return refuse (error, refusal.status, refusal.reason);
  if (!session->func (event, session->user_data))
    return refuse (error, SOUP_STATUS_SERVICE_UNAVAILABLE, NOT_TAKEN);

  return TRUE;
}

/* --- The server ---------------------------------------------------------- */

FermataHttpServer *
fermata_http_server_new (void)
{
  FermataHttpServer *self = g_new0 (FermataHttpServer, 1);

  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) session_free);
  self->by_location = g_hash_table_new (g_str_hash, g_str_equal);
  self->max_body_size = FERMATA_HTTP_MAX_BODY_SIZE;
  self->timeout = FERMATA_HTTP_TIMEOUT;

  return self;
}

void
fermata_http_server_free (FermataHttpServer *self)
{
  g_clear_pointer (&self->listener, fermata_http_listener_free);
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_hash_table_unref (self->by_location);
  g_hash_table_unref (self->sessions);
  g_clear_pointer (&self->guard, fermata_http_guard_free);
  g_clear_object (&self->address);
  g_free (self);
}

void
fermata_http_server_set_timeout (FermataHttpServer *self,
                                 guint              timeout)
{
  self->timeout = timeout;
}

void
fermata_http_server_set_max_body_size (FermataHttpServer *self,
                                       gsize              max_body_size)
{
  self->max_body_size = max_body_size;
}

gboolean
fermata_http_server_set_address (FermataHttpServer  *self,
                                 const char         *address,
                                 GError            **error)
{
  GInetSocketAddress *parsed = NULL;

  if (address != NULL)
    {
      parsed = fermata_http_guard_parse_address (address, error);
      if (parsed == NULL)
        return FALSE;
    }
  g_clear_object (&self->address);
  self->address = parsed;

  return TRUE;
}
