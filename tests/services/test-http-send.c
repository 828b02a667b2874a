/* test-http-send.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What is sent arrives, in order, and its sender is told how it went, within bounds. */

#include "engine/fermata-task-error.h"
#include "services/exchange.h"

/* --- A server that answers what it is told to ---------------------------- */

typedef struct {
  GSocketService *service;
  guint16 port;
  const char *answer; /* NULL: none, and the line is kept open */
  gboolean is_hasty; /* does not listen first */
  GString *asked;
  GPtrArray *connections;
} Server;

/* Whether a request is there to the end of its body. */
static gboolean
is_whole (const char *text)
{
  const char *end = strstr (text, "\r\n\r\n");
  const char *length = strstr (text, "Content-Length: ");

  return end != NULL && length != NULL &&
         strlen (end + 4) >= g_ascii_strtoull (length + strlen ("Content-Length: "), NULL, 10);
}

static void
server_read (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Server *self = user_data;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, NULL);
  GIOStream *connection = g_object_get_data (object, "connection");

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    return;

  g_string_append_len (self->asked, g_bytes_get_data (bytes, NULL),
                       (gssize) g_bytes_get_size (bytes));
  if (self->answer != NULL && (self->is_hasty || is_whole (self->asked->str)))
    {
      g_output_stream_write_all (g_io_stream_get_output_stream (connection), self->answer,
                                 strlen (self->answer), NULL, NULL, NULL);
      g_io_stream_close (connection, NULL, NULL);
    }
  else
    g_input_stream_read_bytes_async (G_INPUT_STREAM (object), 65536, 0, NULL, server_read, self);
}

/* Each connection is one request. */
static gboolean
server_incoming (GSocketService    *service,
                 GSocketConnection *connection,
                 GObject           *source,
                 gpointer           user_data)
{
  Server *self = user_data;
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));

  g_string_truncate (self->asked, 0);
  g_ptr_array_add (self->connections, g_object_ref (connection));
  g_object_set_data (G_OBJECT (input), "connection", connection);
  g_input_stream_read_bytes_async (input, 65536, 0, NULL, server_read, self);

  return TRUE;
}

static Server *
server_new (const char *answer)
{
  Server *self = g_new0 (Server, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) effective = NULL;

  self->answer = answer;
  self->asked = g_string_new (NULL);
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
  self->service = g_socket_service_new ();
  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address,
                                                G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                                &effective, NULL));
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  g_signal_connect (self->service, "incoming", G_CALLBACK (server_incoming), self);

  return self;
}

static void
server_free (Server *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  for (guint i = 0; i < self->connections->len; i++)
    g_socket_shutdown (g_socket_connection_get_socket (self->connections->pdata[i]), TRUE, TRUE, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self->service);
  g_ptr_array_unref (self->connections);
  g_string_free (self->asked, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Server, server_free)

static char *
server_target (Server     *self,
               const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", self->port, path);
}

/* --- Sending ------------------------------------------------------------- */

typedef struct {
  guint n_done;
  guint n_failed;
  GError *error; /* the last */
} Outcome;

static void
sent (GObject      *object,
      GAsyncResult *result,
      gpointer      user_data)
{
  Outcome *self = user_data;
  g_autoptr (GError) error = NULL;

  self->n_done++;
  if (!fermata_event_processor_send_finish (FERMATA_EVENT_PROCESSOR (object), result, &error))
    {
      self->n_failed++;
      g_clear_error (&self->error);
      self->error = g_steal_pointer (&error);
    }
}

static void
send_event (Exchange     *exchange,
            const char   *target,
            const char   *json,
            GCancellable *cancellable,
            Outcome      *outcome)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (FermataValue) event = fermata_value_parse (text, -1, NULL);

  g_assert_nonnull (event);
  fermata_event_processor_send_async (exchange->processor, "s-1", target, event, cancellable, sent,
                                      outcome);
}

static void
wait_for (Outcome *outcome,
          guint    n_done)
{
  while (outcome->n_done < n_done)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_sent (Exchange   *exchange,
             const char *target,
             const char *json)
{
  Outcome outcome = { 0, 0, NULL };

  send_event (exchange, target, json, NULL, &outcome);
  g_assert_cmpuint (outcome.n_done, ==, 0);
  wait_for (&outcome, 1);
  g_assert_no_error (outcome.error);
}

static void
assert_not_sent (Exchange         *exchange,
                 const char       *target,
                 FermataErrorKind  kind,
                 const char       *words)
{
  Outcome outcome = { 0, 0, NULL };

  send_event (exchange, target, "{'name':'go'}", NULL, &outcome);
  wait_for (&outcome, 1);
  g_test_message ("%s", outcome.error == NULL ? "no error" : outcome.error->message);
  g_assert_error (outcome.error, FERMATA_TASK_ERROR, (int) kind);
  g_assert_nonnull (strstr (outcome.error->message, words));
  g_assert_null (strstr (outcome.error->message, "secret"));
  g_clear_error (&outcome.error);
}

static void
assert_not_sent_as (Exchange   *exchange,
                    const char *target,
                    const char *json,
                    const char *words)
{
  Outcome outcome = { 0, 0, NULL };

  send_event (exchange, target, json, NULL, &outcome);
  wait_for (&outcome, 1);
  g_assert_error (outcome.error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION);
  g_assert_nonnull (strstr (outcome.error->message, words));
  g_clear_error (&outcome.error);
}

/* --- The tests ----------------------------------------------------------- */

/* What a machine hears that speaks to itself. */
static void
check_talk (Exchange   *exchange,
            const char *target)
{
  assert_sent (exchange, target, "{'name':'go'}");
  exchange_assert_heard (exchange, "{\"name\":\"go\"}");
  assert_sent (exchange, target, "{'data':{'a b':'1&2','c':3},'params':true}");
  exchange_assert_heard (exchange, "{\"name\":\"HTTP.POST\",\"data\":{\"a b\":\"1&2\",\"c\":\"3\"}}");
  assert_sent (exchange, target, "{'name':'go','data':'some  content'}");
  exchange_assert_heard (exchange, "{\"name\":\"go\",\"data\":\"some  content\"}");
  assert_sent (exchange, target, "{'name':'é?&','data':{'x':[1]}}");
  exchange_assert_heard (exchange, "{\"name\":\"é?&\",\"data\":{\"x\":[1]}}");
  assert_sent (exchange, target, "{'data':'<a/>'}");
  exchange_assert_heard (exchange, "{\"name\":\"HTTP.POST\",\"content-type\":\"application/xml\","
                                   "\"content\":\"<a/>\"}");
}

static void
test_to_itself (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();

  check_talk (exchange, exchange->by_wire);
  check_talk (exchange, exchange->location);
}

/* What goes to a session here is there before the call returns, and refused as it would be. */
static void
test_at_once (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  Outcome outcome = { 0, 0, NULL };

  send_event (exchange, exchange->location, "{'name':'go'}", NULL, &outcome);
  exchange_assert_heard (exchange, "{\"name\":\"go\"}");
  g_assert_cmpuint (outcome.n_done, ==, 0);
  wait_for (&outcome, 1);
  g_assert_no_error (outcome.error);

  assert_not_sent_as (exchange, exchange->location, "{'name':'a b'}", "400");
  exchange->refuses = TRUE;
  assert_not_sent_as (exchange, exchange->location, "{'name':'go'}", "503");
  g_object_set (exchange->processor, "max-body-size", 3, NULL);
  assert_not_sent_as (exchange, exchange->location, "{'data':'abcd'}", "413");
  fermata_event_processor_close (exchange->processor, "s-1");
  assert_not_sent (exchange, exchange->location, FERMATA_ERROR_KIND_CONNECTIVITY, "not be reached");
}

/* Both ways give the same event, `raw` included. */
static gboolean
keep (FermataValue *event,
      gpointer      user_data)
{
  FermataValue **kept = user_data;

  g_assert_null (*kept);
  *kept = fermata_value_ref (event);

  return TRUE;
}

static void
test_same_event (void)
{
  static const char *const events[] = {
    "{'name':'go'}", "{}", "{'name':'a','data':{'x':1,'y':'é &'},'params':true}", "{'data':'text'}",
    "{'name':'b','data':'<a/>'}", "{'data':[1,2]}", "{'data':''}",
  };
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autoptr (FermataValue) kept = NULL;
  g_autofree char *location = fermata_event_processor_open (exchange->processor, "s-2", keep, &kept,
                                                            NULL);
  g_autofree char *by_wire = g_strdup_printf ("http://localhost:%u/scxml/s-2", exchange->port);

  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autoptr (FermataValue) direct = NULL;

      assert_sent (exchange, location, events[i]);
      direct = g_steal_pointer (&kept);
      g_assert_nonnull (fermata_value_get_member (direct, "raw"));
      assert_sent (exchange, by_wire, events[i]);
      g_assert_true (fermata_value_equal (direct, kept));
      g_clear_pointer (&kept, fermata_value_unref);
    }
}

static void
test_request (void)
{
  g_autoptr (Exchange) exchange = exchange_new ();
  g_autoptr (Server) server = server_new ("HTTP/1.1 204 No Content\r\n\r\n");
  g_autofree char *target = server_target (server, "/x?y=z");

  assert_sent (exchange, target, "{'name':'go','data':{'a':1},'params':true}");
  g_assert_true (g_str_has_prefix (server->asked->str, "POST /x?y=z HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (server->asked->str,
                            "Content-Type: application/x-www-form-urlencoded\r\n"));
  g_assert_nonnull (strstr (server->asked->str, "Content-Length: 22\r\n"));
  g_assert_null (strstr (server->asked->str, "Cookie"));
  g_assert_true (g_str_has_suffix (server->asked->str, "\r\n\r\n_scxmleventname=go&a=1"));
}

static void
assert_answer (const char       *answer,
               FermataErrorKind  kind,
               const char       *words)
{
  g_autoptr (Exchange) exchange = exchange_new ();
  g_autoptr (Server) server = server_new (answer);
  g_autofree char *target = server_target (server, "/secret?secret");
  g_autofree char *where = server_target (server, " ");

  assert_not_sent (exchange, target, kind, words);
  assert_not_sent (exchange, target, kind, where);
}

static void
test_bad_answers (void)
{
  assert_answer ("HTTP/1.1 404 Not Found\r\n\r\n", FERMATA_ERROR_KIND_EXECUTION,
                 "has answered 404 (Not Found), expected 2xx");
  assert_answer ("HTTP/1.1 500 secret\r\nContent-Length: 6\r\n\r\nsecret",
                 FERMATA_ERROR_KIND_EXECUTION, "500");
  assert_answer ("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/secret\r\n\r\n",
                 FERMATA_ERROR_KIND_EXECUTION, "302");
  assert_answer ("HTTP/1.1 307 Over There\r\nLocation: /secret\r\n\r\n",
                 FERMATA_ERROR_KIND_EXECUTION, "307");
  assert_answer ("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"secret\"\r\n\r\n",
                 FERMATA_ERROR_KIND_EXECUTION, "401");
  assert_answer ("", FERMATA_ERROR_KIND_CONNECTIVITY, "could not be reached");
  assert_answer ("SSH-2.0-OpenSSH_9.2\r\n", FERMATA_ERROR_KIND_CONNECTIVITY,
                 "could not be reached");
}

static void
test_good_answers (void)
{
  static const char *const answers[] = {
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "HTTP/1.0 200 OK\r\n\r\nuntil the end",
    "HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
    /* Whether it says all that it wanted to is its own affair. */
    "HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\nok",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (Exchange) exchange = exchange_new ();
      g_autoptr (Server) server = server_new (answers[i]);
      g_autofree char *target = server_target (server, "/");

      g_test_message ("%s", answers[i]);
      assert_sent (exchange, target, "{'name':'go'}");
    }
}

static void
test_bad_targets (void)
{
  g_autoptr (Exchange) exchange = exchange_new ();

  assert_not_sent (exchange, "", FERMATA_ERROR_KIND_ROUTING, "target");
  assert_not_sent (exchange, "ftp://127.0.0.1/secret", FERMATA_ERROR_KIND_ROUTING, "http://");
  assert_not_sent (exchange, "http://127.0.0.1:1/secret", FERMATA_ERROR_KIND_CONNECTIVITY,
                   "http://127.0.0.1:1 could not be reached");
  assert_not_sent (exchange, "https://127.0.0.1:1/secret", FERMATA_ERROR_KIND_CONNECTIVITY,
                   "https://127.0.0.1:1 could not be reached");
}

/* A server that does not speak TLS. */
#ifndef __SANITIZE_ADDRESS__
static void
test_tls (void)
{
  g_autoptr (Exchange) exchange = exchange_new ();
  g_autoptr (Server) server = server_new ("HTTP/1.1 200 OK\r\n\r\n");
  g_autofree char *target = g_strdup_printf ("https://127.0.0.1:%u/secret", server->port);

  server->is_hasty = TRUE;
  assert_not_sent (exchange, target, FERMATA_ERROR_KIND_CONNECTIVITY, "could not be reached");
}
#endif

/* No environment can see what goes to this machine itself. */
static void
test_no_proxy (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();

  assert_sent (exchange, exchange->by_wire, "{'name':'go'}");
  exchange_assert_heard (exchange, "{\"name\":\"go\"}");
}

/* What goes to one target is in order, and one that fails stops nothing. */
static void
test_order (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  Outcome outcome = { 0, 0, NULL };
  g_autoptr (GString) expected = g_string_new (NULL);

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *json = g_strdup_printf ("{'name':'e.%u'}", i);

      send_event (exchange, exchange->by_wire, i == 20 ? "{'name':'a b'}" : json, NULL, &outcome);
      if (i != 20)
        g_string_append_printf (expected, "%s{\"name\":\"e.%u\"}", i == 0 ? "" : "\n", i);
    }
  wait_for (&outcome, 50);
  exchange_assert_heard (exchange, expected->str);
  g_assert_cmpuint (outcome.n_failed, ==, 1);
  g_assert_nonnull (strstr (outcome.error->message, "400"));
  g_clear_error (&outcome.error);
}

/* A target that says nothing holds up nobody who goes elsewhere. */
static void
test_side_by_side (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autoptr (Server) server = server_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *target = server_target (server, "/");
  Outcome outcome = { 0, 0, NULL };

  send_event (exchange, target, "{'name':'a'}", cancellable, &outcome);
  send_event (exchange, target, "{'name':'b'}", cancellable, &outcome);
  assert_sent (exchange, exchange->by_wire, "{'name':'c'}");
  g_assert_cmpuint (outcome.n_done, ==, 0);
  g_assert_null (strstr (server->asked->str, "=b"));

  /* Nobody is told before he goes on himself. */
  g_cancellable_cancel (cancellable);
  g_assert_cmpuint (outcome.n_done, ==, 0);
  wait_for (&outcome, 2);
  g_assert_cmpuint (outcome.n_failed, ==, 2);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);

  send_event (exchange, target, "{'name':'d'}", cancellable, &outcome);
  wait_for (&outcome, 3);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
}

/* One that is called off in the middle of a row leaves the others alone. */
static void
test_called_off (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { 0, 0, NULL };

  send_event (exchange, exchange->by_wire, "{'name':'a'}", NULL, &outcome);
  send_event (exchange, exchange->by_wire, "{'name':'b'}", cancellable, &outcome);
  send_event (exchange, exchange->by_wire, "{'name':'c'}", NULL, &outcome);
  g_cancellable_cancel (cancellable);
  wait_for (&outcome, 3);
  exchange_assert_heard (exchange, "{\"name\":\"a\"}\n{\"name\":\"c\"}");
  g_assert_cmpuint (outcome.n_failed, ==, 1);
  g_clear_error (&outcome.error);
}

/* What a session has sent goes on when it is closed, and when nobody holds the processor. */
static void
test_outlives (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autoptr (Server) server = server_new ("HTTP/1.1 200 OK\r\n\r\n");
  g_autofree char *target = server_target (server, "/");
  FermataEventProcessor *processor = exchange->processor;
  Outcome outcome = { 0, 0, NULL };

  send_event (exchange, target, "{'name':'a'}", NULL, &outcome);
  send_event (exchange, target, "{'name':'b'}", NULL, &outcome);
  fermata_event_processor_close (processor, "s-1");
  wait_for (&outcome, 2);
  g_assert_cmpuint (outcome.n_failed, ==, 0);
  g_assert_nonnull (strstr (server->asked->str, "=b"));
}

/* One that never answers, and those who wait behind it, all have the same time. */
static void
test_timeout (void)
{
  g_autoptr (Exchange) exchange = exchange_new ();
  g_autoptr (Server) server = server_new (NULL);
  g_autofree char *target = server_target (server, "/secret");
  Outcome outcome = { 0, 0, NULL };

  g_object_set (exchange->processor, "timeout", 20, NULL);
  for (guint i = 0; i < 20; i++)
    send_event (exchange, target, "{'name':'a'}", NULL, &outcome);
  wait_for (&outcome, 20);
  g_assert_cmpuint (outcome.n_failed, ==, 20);
  g_assert_error (outcome.error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_TIMEOUT);
  g_assert_nonnull (strstr (outcome.error->message, "has not answered within 0.02 s"));
  g_clear_error (&outcome.error);
}

int
main (int    argc,
      char **argv)
{
  /* What the environment says of proxies leads nowhere. */
  g_setenv ("http_proxy", "http://127.0.0.1:1", TRUE);
  g_setenv ("https_proxy", "http://127.0.0.1:1", TRUE);
  g_unsetenv ("no_proxy");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/services/http-send/to-itself", test_to_itself);
  g_test_add_func ("/services/http-send/at-once", test_at_once);
  g_test_add_func ("/services/http-send/same-event", test_same_event);
  g_test_add_func ("/services/http-send/request", test_request);
  g_test_add_func ("/services/http-send/bad-answers", test_bad_answers);
  g_test_add_func ("/services/http-send/good-answers", test_good_answers);
  g_test_add_func ("/services/http-send/bad-targets", test_bad_targets);

  /* The module for TLS, loaded on the way, is what the search for leaks crashes on. */
#ifndef __SANITIZE_ADDRESS__
  g_test_add_func ("/services/http-send/tls", test_tls);
#endif
  g_test_add_func ("/services/http-send/no-proxy", test_no_proxy);
  g_test_add_func ("/services/http-send/order", test_order);
  g_test_add_func ("/services/http-send/side-by-side", test_side_by_side);
  g_test_add_func ("/services/http-send/called-off", test_called_off);
  g_test_add_func ("/services/http-send/timeout", test_timeout);
  g_test_add_func ("/services/http-send/outlives", test_outlives);

  return g_test_run ();
}
