/* fermata-http-client.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "services/fermata-http-client-private.h"

#include <libsoup/soup.h>

#include "engine/fermata-task-error.h"

/* As much of an answer is read, so that its sender is not cut short: nobody looks at it. */
#define MAX_ANSWER (64 * 1024)

/* How many are sent at a time; others wait. */
#define MAX_CONNECTIONS 64

/* How long a connection stays that nobody uses, in s. */
#define IDLE_LIMIT 5

struct _FermataHttpClient {
  SoupSession *near;   /* to this machine: never by way of a proxy */
  SoupSession *far;
  guint timeout;
  GHashTable *lines;   /* name to GQueue of Delivery, the first of which is under way */
};

/* One event on its way. */
typedef struct {
  FermataHttpClient *client;
  char *line;
  FermataHttpPost post;
  GTask *task;
  GSource *timer;
  gulong cancelled_id;

  /* What is under way of it is called off by this; @late says that the time was up. */
  GCancellable *cancellable;
  gboolean late;
  gboolean under_way;
  SoupMessage *message;
  GInputStream *answer;
  gsize n_skipped;
} Delivery;

static void begin (Delivery *self);

/* --- The end of a delivery ----------------------------------------------- */

static void
delivery_free (Delivery *self)
{
  if (self->cancelled_id != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (self->task), self->cancelled_id);
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  fermata_http_post_clear (&self->post);
  g_object_unref (self->task);
  g_object_unref (self->cancellable);
  g_clear_object (&self->message);
  g_clear_object (&self->answer);
  g_free (self->line);
  g_free (self);
}

/* The next of a line begins before anybody is told of this one: who is told may send
 * more. */
static void
leave_line (Delivery *self)
{
  FermataHttpClient *client = self->client;
  GQueue *line = g_hash_table_lookup (client->lines, self->line);
  gboolean was_first = g_queue_peek_head (line) == self;

  g_queue_remove (line, self);
  if (g_queue_is_empty (line))
    g_hash_table_remove (client->lines, self->line);
  else if (was_first)
    begin (g_queue_peek_head (line));
}

static void
finish (Delivery *self,
        GError   *error)
{
  g_autoptr (GTask) task = g_object_ref (self->task);

  leave_line (self);
  delivery_free (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* --- Errors -------------------------------------------------------------- */

/* Never the whole address: it may hold a secret. */
static GError *
make_error (Delivery         *self,
            FermataErrorKind  kind,
            const char       *format,
            const char       *detail)
{
  g_autofree char *where = fermata_http_describe (self->post.uri);
  g_autofree char *what = g_strdup_printf (format, detail);

  return g_error_new (FERMATA_TASK_ERROR, kind, "%s %s", where, what);
}

static GError *
explain (Delivery     *self,
         const GError *error)
{
  if (self->late)
    {
      g_autofree char *seconds = g_strdup_printf ("%g", self->client->timeout / 1000.0);

      return make_error (self, FERMATA_ERROR_KIND_TIMEOUT, "has not answered within %s s", seconds);
    }
  if (g_cancellable_is_cancelled (self->cancellable))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "nobody waits any more");

  return make_error (self, FERMATA_ERROR_KIND_CONNECTIVITY, "could not be reached: %s",
                     error == NULL ? "?" : error->message);
}

static GError *
explain_status (Delivery *self)
{
  guint status = soup_message_get_status (self->message);
  const char *phrase = soup_status_get_phrase (status);
  g_autofree char *text = g_strdup_printf ("%u (%s)", status, phrase);

  return make_error (self, FERMATA_ERROR_KIND_EXECUTION, "has answered %s, expected 2xx", text);
}

/* --- On its way ---------------------------------------------------------- */

static void read_on (Delivery *self);

/* What the answer says beyond its status is of no interest, nor whether it is whole. */
static void
answer_skipped (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Delivery *self = user_data;
  gssize n = g_input_stream_skip_finish (G_INPUT_STREAM (object), result, NULL);

  if (n > 0)
    self->n_skipped += (gsize) n;
  if (n > 0 && self->n_skipped < MAX_ANSWER)
    read_on (self);
  else
    finish (self, NULL);
}

static void
read_on (Delivery *self)
{
  g_input_stream_skip_async (self->answer, MAX_ANSWER, G_PRIORITY_DEFAULT, self->cancellable,
                             answer_skipped, self);
}

static void
answered (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Delivery *self = user_data;
  g_autoptr (GError) error = NULL;

  self->answer = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (self->answer == NULL)
    finish (self, explain (self, error));
  else if (SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (self->message)))
    read_on (self);
  else
    finish (self, explain_status (self));
}

static gboolean
is_near (GUri *uri)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (g_uri_get_host (uri));

  return address == NULL ? g_ascii_strcasecmp (g_uri_get_host (uri), "localhost") == 0
                         : g_inet_address_get_is_loopback (address);
}

/* A connection is for one event: nothing is lost by one that was just closed. */
static void
begin (Delivery *self)
{
  gboolean near = is_near (self->post.uri);

  self->under_way = TRUE;
  self->message = soup_message_new_from_uri ("POST", self->post.uri);
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  if (g_str_equal (g_uri_get_scheme (self->post.uri), "http"))
    soup_message_headers_replace (soup_message_get_request_headers (self->message), "Connection",
                                  "close");
  soup_message_set_request_body_from_bytes (self->message, self->post.content_type,
                                            self->post.body);

  g_main_context_push_thread_default (g_task_get_context (self->task));
  soup_session_send_async (near ? self->client->near : self->client->far, self->message,
                           G_PRIORITY_DEFAULT, self->cancellable, answered, self);
  g_main_context_pop_thread_default (g_task_get_context (self->task));
}

/* --- What ends it early -------------------------------------------------- */

static gboolean
give_up (gpointer user_data)
{
  Delivery *self = user_data;
  GCancellable *outer = g_task_get_cancellable (self->task);

  self->late = outer == NULL || !g_cancellable_is_cancelled (outer);
  g_cancellable_cancel (self->cancellable);
  if (!self->under_way)
    finish (self, explain (self, NULL));

  return G_SOURCE_REMOVE;
}

/* Not here: whoever cancels does not expect to be told meanwhile. */
static void
cancelled (GCancellable *cancellable,
           gpointer      user_data)
{
  Delivery *self = user_data;

  g_source_set_ready_time (self->timer, 0);
}

static GSource *
start_timer (Delivery *self)
{
  GSource *source = g_timeout_source_new (self->client->timeout);

  g_source_set_callback (source, give_up, self, NULL);
  g_source_attach (source, g_task_get_context (self->task));

  return source;
}

/* --- The client ---------------------------------------------------------- */

static void
enter_line (Delivery *self)
{
  GHashTable *lines = self->client->lines;
  GQueue *line = g_hash_table_lookup (lines, self->line);

  if (line == NULL)
    {
      line = g_queue_new ();
      g_hash_table_insert (lines, g_strdup (self->line), line);
    }
  g_queue_push_tail (line, self);
  if (line->length == 1)
    begin (self);
}

void
fermata_http_client_post (FermataHttpClient *self,
                          const char        *line,
                          FermataHttpPost   *post,
                          GTask             *task)
{
  GCancellable *outer = g_task_get_cancellable (task);
  Delivery *delivery = g_new0 (Delivery, 1);

  delivery->client = self;
  delivery->line = g_strdup (line);
  delivery->post = *post;
  *post = (FermataHttpPost) { NULL };
  delivery->task = g_object_ref (task);
  delivery->cancellable = g_cancellable_new ();
  delivery->timer = start_timer (delivery);
  if (outer != NULL)
    delivery->cancelled_id = g_signal_connect (outer, "cancelled", G_CALLBACK (cancelled), delivery);
  enter_line (delivery);
}

static SoupSession *
make_session (gboolean near)
{
  SoupSession *session = soup_session_new_with_options ("user-agent", "fermata/" FERMATA_VERSION,
                                                        "max-conns", MAX_CONNECTIONS,
                                                        "max-conns-per-host", MAX_CONNECTIONS,
                                                        "idle-timeout", IDLE_LIMIT,
                                                        "timeout", 0,
                                                        NULL);

  if (near)
    soup_session_set_proxy_resolver (session, NULL);

  return session;
}

FermataHttpClient *
fermata_http_client_new (void)
{
  FermataHttpClient *self = g_new0 (FermataHttpClient, 1);

  self->near = make_session (TRUE);
  self->far = make_session (FALSE);
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_queue_free);

  return self;
}

void
fermata_http_client_set_timeout (FermataHttpClient *self,
                                 guint              timeout)
{
  self->timeout = timeout;
}

void
fermata_http_client_free (FermataHttpClient *self)
{
  g_object_unref (self->near);
  g_object_unref (self->far);
  g_hash_table_unref (self->lines);
  g_free (self);
}
