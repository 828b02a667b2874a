/* fermata-http-listener.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "services/fermata-http-listener-private.h"

#include <string.h>

#include "services/fermata-http-head-private.h"

/* How many connections there are at a time. */
#define MAX_CONNECTIONS 64

/* How many the system keeps for us meanwhile. */
#define BACKLOG 256

/* How long to wait when no connection can be taken, for want of descriptors, in ms. */
#define PAUSE 100

#define CONNECTION_KEY "fermata-http-connection"

/* Connections outlive the listener: it is theirs as well. */
struct _FermataHttpListener {
  gatomicrefcount n_references;
  SoupServer *server;
  GMainContext *context;
  GSocketListener *listener;
  GCancellable *cancellable;
  GSource *pause;
  guint timeout;
  guint16 port;
  guint n_connections;
  gboolean accepting;
};

/* How much is read of a head at once. */
#define HEAD_STEP 4096

/* Counts as long as @stream is there. First its head is read here, then the server has it. */
typedef struct {
  FermataHttpListener *listener;
  GSocketConnection *stream; /* weak */
  GSource *timer;
  GByteArray *head;
} Connection;

static void accept_next (FermataHttpListener *self);

static FermataHttpListener *
listener_ref (FermataHttpListener *self)
{
  g_atomic_ref_count_inc (&self->n_references);

  return self;
}

static void
clear_pause (FermataHttpListener *self)
{
  if (self->pause != NULL)
    g_source_destroy (self->pause);
  g_clear_pointer (&self->pause, g_source_unref);
}

static void
listener_unref (FermataHttpListener *self)
{
  if (!g_atomic_ref_count_dec (&self->n_references))
    return;

  clear_pause (self);
  g_main_context_unref (self->context);
  g_object_unref (self->cancellable);
  g_object_unref (self->listener);
  g_free (self);
}

static GSource *
start_timer (FermataHttpListener *self,
             guint                milliseconds,
             GSourceFunc          func,
             gpointer             user_data)
{
  GSource *source = g_timeout_source_new (milliseconds);

  g_source_set_callback (source, func, user_data, NULL);
  g_source_attach (source, self->context);

  return source;
}

/* --- Connections --------------------------------------------------------- */

/* The server sees that nothing more comes, and lets go of it. */
static void
shut_down (GSocketConnection *stream)
{
  g_socket_shutdown (g_socket_connection_get_socket (stream), TRUE, TRUE, NULL);
}

static gboolean
time_is_up (gpointer user_data)
{
  Connection *connection = user_data;

  shut_down (connection->stream);

  return G_SOURCE_REMOVE;
}

static void
connection_gone (gpointer  data,
                 GObject  *where_it_was)
{
  Connection *connection = data;
  FermataHttpListener *self = connection->listener;

  g_source_destroy (connection->timer);
  g_source_unref (connection->timer);
  g_byte_array_unref (connection->head);
  g_free (connection);

  self->n_connections--;
  accept_next (self);
  listener_unref (self);
}

/* What the server tells of a request is its connection's addresses, as the objects that
 * it was given: so one of them knows the connection. */
static void
hand_over (Connection *connection,
           gsize       head_length,
           gboolean    is_chunked)
{
  FermataHttpListener *self = connection->listener;
  GSocketConnection *stream = connection->stream;
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (stream, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (stream, NULL);
  g_autoptr (GBytes) head = NULL;
  g_autoptr (GIOStream) outer = NULL;

  /* It may have gone meanwhile. */
  if (local == NULL || remote == NULL)
    return;

  head = g_bytes_new (connection->head->data, connection->head->len);
  g_byte_array_set_size (connection->head, 0);
  outer = fermata_http_stream_new (G_IO_STREAM (stream), head, head_length, is_chunked);
  g_object_set_data (G_OBJECT (remote), CONNECTION_KEY, stream);
  soup_server_accept_iostream (self->server, outer, local, remote, NULL);
}

/* So short an answer has room in what the system keeps for the other side. */
static void
refuse (GSocketConnection *stream)
{
  static const char answer[] = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n"
                               "Content-Length: 0\r\n\r\n";

  g_socket_send_with_blocking (g_socket_connection_get_socket (stream), answer, strlen (answer),
                               FALSE, NULL, NULL);
}

static void read_head (Connection *connection);

static void
head_read (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Connection *connection = user_data;
  g_autoptr (GSocketConnection) stream = g_object_ref (connection->stream);
  g_autoptr (GBytes) bytes = NULL;
  GByteArray *head = connection->head;
  guint before = head->len;
  gboolean is_chunked = FALSE;
  gsize length;

  bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, NULL);
  /* Without the ref that the reading had. */
  g_object_unref (connection->stream);
  if (bytes == NULL || g_bytes_get_size (bytes) == 0 ||
      g_cancellable_is_cancelled (connection->listener->cancellable))
    return;

  g_byte_array_append (head, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  length = fermata_http_head_measure ((const char *) head->data, head->len, before);
  if (length == 0 && head->len <= FERMATA_HTTP_MAX_HEAD)
    read_head (connection);
  else if (length == 0 || !fermata_http_head_is_sound ((const char *) head->data, length,
                                                        &is_chunked))
    refuse (stream);
  else
    {
      g_main_context_push_thread_default (connection->listener->context);
      hand_over (connection, length, is_chunked);
      g_main_context_pop_thread_default (connection->listener->context);
    }
}

static void
read_head (Connection *connection)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection->stream));

  g_object_ref (connection->stream);
  g_main_context_push_thread_default (connection->listener->context);
  g_input_stream_read_bytes_async (input, HEAD_STEP, G_PRIORITY_DEFAULT,
                                   connection->listener->cancellable, head_read, connection);
  g_main_context_pop_thread_default (connection->listener->context);
}

static void
take (FermataHttpListener *self,
      GSocketConnection   *stream)
{
  Connection *connection = g_new0 (Connection, 1);

  connection->listener = listener_ref (self);
  connection->stream = stream;
  connection->head = g_byte_array_new ();
  connection->timer = start_timer (self, self->timeout, time_is_up, connection);
  g_object_weak_ref (G_OBJECT (stream), connection_gone, connection);
  self->n_connections++;
  read_head (connection);
}

static GSocketConnection *
find_stream (SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  return g_object_get_data (G_OBJECT (remote), CONNECTION_KEY);
}

void
fermata_http_listener_cut (SoupServerMessage *message)
{
  shut_down (find_stream (message));
}

/* --- Accepting ----------------------------------------------------------- */

static gboolean
pause_over (gpointer user_data)
{
  FermataHttpListener *self = user_data;

  clear_pause (self);
  accept_next (self);

  return G_SOURCE_REMOVE;
}

static void
accepted (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  FermataHttpListener *self = user_data;
  g_autoptr (GSocketConnection) stream = NULL;

  stream = g_socket_listener_accept_finish (G_SOCKET_LISTENER (object), result, NULL, NULL);
  self->accepting = FALSE;
  if (!g_cancellable_is_cancelled (self->cancellable))
    {
      if (stream != NULL)
        take (self, stream);
      else
        self->pause = start_timer (self, PAUSE, pause_over, self);
      g_clear_object (&stream);
      accept_next (self);
    }
  listener_unref (self);
}

static void
accept_next (FermataHttpListener *self)
{
  if (self->accepting || self->pause != NULL || self->n_connections >= MAX_CONNECTIONS ||
      g_cancellable_is_cancelled (self->cancellable))
    return;

  self->accepting = TRUE;
  g_main_context_push_thread_default (self->context);
  g_socket_listener_accept_async (self->listener, self->cancellable, accepted,
                                  listener_ref (self));
  g_main_context_pop_thread_default (self->context);
}

/* --- Beginning and end --------------------------------------------------- */

static gboolean
add_address (FermataHttpListener  *self,
             GInetSocketAddress   *address,
             GError              **error)
{
  g_autoptr (GSocketAddress) effective = NULL;

  if (!g_socket_listener_add_address (self->listener, G_SOCKET_ADDRESS (address),
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                      &effective, error))
    return FALSE;

  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));

  return TRUE;
}

static gboolean
is_ipv4_loopback (GInetAddress *address)
{
  return g_inet_address_get_is_loopback (address) &&
         g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4;
}

/* Not every machine has it, and the port may be somebody else's there. */
static void
add_ipv6_loopback (FermataHttpListener *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, self->port);

  add_address (self, G_INET_SOCKET_ADDRESS (address), NULL);
}

FermataHttpListener *
fermata_http_listener_new (SoupServer          *server,
                           GInetSocketAddress  *address,
                           guint                timeout,
                           GError             **error)
{
  FermataHttpListener *self = g_new0 (FermataHttpListener, 1);

  g_atomic_ref_count_init (&self->n_references);
  self->server = server;
  self->timeout = timeout;
  self->context = g_main_context_ref_thread_default ();
  self->listener = g_socket_listener_new ();
  self->cancellable = g_cancellable_new ();
  g_socket_listener_set_backlog (self->listener, BACKLOG);
  if (!add_address (self, address, error))
    {
      listener_unref (self);
      return NULL;
    }

  if (is_ipv4_loopback (g_inet_socket_address_get_address (address)))
    add_ipv6_loopback (self);
  accept_next (self);

  return self;
}

void
fermata_http_listener_free (FermataHttpListener *self)
{
  g_cancellable_cancel (self->cancellable);
  g_socket_listener_close (self->listener);
  clear_pause (self);
  listener_unref (self);
}

guint16
fermata_http_listener_get_port (FermataHttpListener *self)
{
  return self->port;
}
