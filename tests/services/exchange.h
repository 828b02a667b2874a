/* exchange.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>
#include <string.h>

#include "engine/fermata-event-processor.h"
#include "services/fermata-http-event-processor.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

/*
 * An event processor, one session of it, what that was given, and a client that says
 * just what it is told to, byte by byte. The client waits in a thread of its own, while
 * the main context goes on.
 */
typedef struct {
  FermataEventProcessor *processor;
  char *location;
  char *by_wire; /* the same in another spelling, which is not known at sight */
  guint16 port;
  GString *heard; /* one event a line */
  guint n_heard;
  gboolean refuses;
  gboolean closes;
} Exchange;

static inline gboolean
exchange_hear (FermataValue *event,
               gpointer      user_data)
{
  Exchange *self = user_data;
  g_autoptr (FermataValue) shown = fermata_value_without_member (event, "raw");
  g_autofree char *text = fermata_value_to_string (shown, FERMATA_WRITE_COMPACT, NULL);

  self->n_heard++;
  if (self->n_heard < 100)
    g_string_append_printf (self->heard, "%s%s", self->heard->len == 0 ? "" : "\n", text);
  if (self->closes)
    fermata_event_processor_close (self->processor, "s-1");

  return !self->refuses;
}

static inline void
exchange_open (Exchange *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = NULL;

  g_free (self->location);
  self->location = fermata_event_processor_open (self->processor, "s-1", exchange_hear, self,
                                                 &error);
  g_assert_no_error (error);
  uri = g_uri_parse (self->location, G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  self->port = (guint16) g_uri_get_port (uri);
  g_free (self->by_wire);
  self->by_wire = g_strdup_printf ("http://localhost:%u/scxml/s-1", self->port);
}

static inline Exchange *
exchange_new (void)
{
  Exchange *self = g_new0 (Exchange, 1);

  self->processor = FERMATA_EVENT_PROCESSOR (fermata_http_event_processor_new ());
  self->heard = g_string_new (NULL);

  return self;
}

static inline Exchange *
exchange_new_open (void)
{
  Exchange *self = exchange_new ();

  exchange_open (self);

  return self;
}

static inline void
exchange_free (Exchange *self)
{
  g_object_add_weak_pointer (G_OBJECT (self->processor), (gpointer *) &self->processor);
  g_object_unref (self->processor);
  g_assert_null (self->processor);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_string_free (self->heard, TRUE);
  g_free (self->location);
  g_free (self->by_wire);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Exchange, exchange_free)

/* What was heard since the last time. */
static inline void
exchange_assert_heard (Exchange   *self,
                       const char *expected)
{
  g_assert_cmpstr (self->heard->str, ==, expected);
  g_string_truncate (self->heard, 0);
}

/* --- The client ---------------------------------------------------------- */

typedef struct {
  const char *host;
  guint16 port;
  const char *bytes;
  gsize length;
  gboolean ends; /* says that nothing more comes */
} ExchangeCall;

/* To the end, or until the other side does not want any more of it. */
static inline void
exchange_call (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  ExchangeCall *call = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) answer = g_string_new (NULL);
  GError *error = NULL;
  char buffer[4096];
  gssize n;

  g_socket_client_set_timeout (client, 60);
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, call->host, call->port, NULL, &error);
  if (connection == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), call->bytes,
                             call->length, NULL, NULL, NULL);
  if (call->ends)
    g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer,
                                   sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (answer, buffer, n);
  g_task_return_pointer (task, g_string_free (g_steal_pointer (&answer), FALSE), g_free);
}

static inline void
exchange_called (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static inline char *
exchange_say_to (const char *host,
                 guint16     port,
                 const char *bytes,
                 gsize       length,
                 gboolean    ends,
                 GError    **error)
{
  ExchangeCall call = { host, port, bytes, length, ends };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, exchange_called, &result);

  g_task_set_task_data (task, &call, NULL);
  g_task_run_in_thread (task, exchange_call);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* All that the other side answers to some bytes. */
static inline char *
exchange_say (Exchange   *self,
              const char *bytes,
              gsize       length)
{
  g_autoptr (GError) error = NULL;
  char *answer = exchange_say_to ("127.0.0.1", self->port, bytes, length, TRUE, &error);

  g_assert_no_error (error);

  return answer;
}

/* The same of who says nothing more, but does not say that. */
static inline char *
exchange_say_on (Exchange   *self,
                 const char *bytes,
                 gsize       length)
{
  g_autoptr (GError) error = NULL;
  char *answer = exchange_say_to ("127.0.0.1", self->port, bytes, length, FALSE, &error);

  g_assert_no_error (error);

  return answer;
}

/* The status of an answer, 0 if there was none. */
static inline guint
exchange_status (const char *answer)
{
  if (!g_str_has_prefix (answer, "HTTP/1."))
    return 0;

  return (guint) g_ascii_strtoull (answer + strlen ("HTTP/1.1 "), NULL, 10);
}

/* A request with a body and some headers; `@` in the headers stands for the port. */
static inline char *
exchange_request (Exchange   *self,
                  const char *method,
                  const char *path,
                  const char *headers,
                  const char *body,
                  gsize       length,
                  gsize      *size)
{
  g_autofree char *port = g_strdup_printf ("%u", self->port);
  g_auto (GStrv) pieces = g_strsplit (headers, "@", -1);
  g_autofree char *with_port = g_strjoinv (port, pieces);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s HTTP/1.1\r\n%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                          method, path, with_port, length);
  g_string_append_len (text, body, (gssize) length);
  *size = text->len;

  return g_string_free (text, FALSE);
}

static inline guint
exchange_post_bytes (Exchange   *self,
                     const char *path,
                     const char *headers,
                     const char *body,
                     gsize       length)
{
  gsize size;
  g_autofree char *request = exchange_request (self, "POST", path, headers, body, length, &size);
  g_autofree char *answer = exchange_say_on (self, request, size);

  return exchange_status (answer);
}

#define EXCHANGE_HOST "Host: 127.0.0.1:@\r\n"
#define EXCHANGE_FORM EXCHANGE_HOST "Content-Type: application/x-www-form-urlencoded\r\n"

/* What a form that is posted to the session is answered. */
static inline guint
exchange_post (Exchange   *self,
               const char *body)
{
  return exchange_post_bytes (self, "/scxml/s-1", EXCHANGE_FORM, body, strlen (body));
}
