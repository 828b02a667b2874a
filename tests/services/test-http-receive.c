/* test-http-receive.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What is posted to a session is heard, once and before the answer; all else is refused. */

#include "engine/fermata-task-error.h"
#include "services/exchange.h"

static void
test_heard (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autofree char *expected = g_strdup_printf ("http://127.0.0.1:%u/scxml/s-1", exchange->port);

  g_assert_cmpstr (exchange->location, ==, expected);
  g_assert_cmpuint (exchange_post (exchange, "_scxmleventname=go&x=1"), ==, 200);
  exchange_assert_heard (exchange, "{\"name\":\"go\",\"data\":{\"x\":\"1\"}}");
  g_assert_cmpuint (exchange_post_bytes (exchange, "/scxml/s-1?_scxmleventname=b", EXCHANGE_HOST
                                         "Content-Type: application/json\r\n", "[1]", 3), ==, 200);
  exchange_assert_heard (exchange, "{\"name\":\"b\",\"data\":[1]}");
}

static void
test_chunks (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autofree char *request =
    g_strdup_printf ("POST /scxml/s-1 HTTP/1.1\r\nHost: localhost:%u\r\nTransfer-Encoding: chunked\r\n"
                     "Content-Type: text/plain\r\n\r\n3\r\nabc\r\nA;x=y\r\ndefghijklm\r\n0\r\n\r\n",
                     exchange->port);
  g_autofree char *answer = exchange_say_on (exchange, request, strlen (request));
  g_autofree char *other = NULL;

  g_assert_cmpuint (exchange_status (answer), ==, 200);
  exchange_assert_heard (exchange, "{\"name\":\"HTTP.POST\",\"data\":\"abcdefghijklm\"}");

  /* Nor does it matter whether anything may come behind it. */
  other = exchange_say (exchange, request, strlen (request));
  g_assert_cmpuint (exchange_status (other), ==, 200);
}

/* The answer says no more than it must, and lets no page read it. */
static void
test_answer (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  gsize size;
  g_autofree char *request = exchange_request (exchange, "POST", "/scxml/s-1", EXCHANGE_FORM, "", 0,
                                               &size);
  g_autofree char *answer = exchange_say_on (exchange, request, size);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 OK\r\n"));
  g_assert_nonnull (strstr (answer, "Connection: close\r\n"));
  g_assert_null (strstr (answer, "Access-Control"));
  g_assert_null (strstr (answer, "Server:"));
}

static void
test_other_places (void)
{
  static const char *const paths[] = {
    "/", "/scxml", "/scxml/", "/scxml/s-2", "/scxml/s-1/", "/scxml/s-1/x", "/x/scxml/s-1",
    "/SCXML/s-1", "/scxml/S-1", "/scxml//s-1", "/scxml/%2573-1", "//scxml/s-1",
    "/scxml/s-1%00", "/scxml/s-1;x",
  };
  g_autoptr (Exchange) exchange = exchange_new_open ();

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_test_message ("%s", paths[i]);
      g_assert_cmpuint (exchange_post_bytes (exchange, paths[i], EXCHANGE_FORM, "a=1", 3), ==, 404);
    }
  exchange_assert_heard (exchange, "");
}

static void
test_methods (void)
{
  static const char *const methods[] = { "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "post",
                                         "FOO" };
  g_autoptr (Exchange) exchange = exchange_new_open ();

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      gsize size;
      g_autofree char *request = exchange_request (exchange, methods[i], "/scxml/s-1",
                                                   EXCHANGE_FORM, "", 0, &size);
      g_autofree char *answer = exchange_say (exchange, request, size);

      g_test_message ("%s", methods[i]);
      g_assert_cmpuint (exchange_status (answer), ==, 405);
      g_assert_nonnull (strstr (answer, "Allow: POST\r\n"));
    }
  exchange_assert_heard (exchange, "");
}

static void
test_refused (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();

  g_assert_cmpuint (exchange_post (exchange, "_scxmleventname=a+b"), ==, 400);
  g_assert_cmpuint (exchange_post (exchange, "a=%FF"), ==, 400);
  g_assert_cmpuint (exchange_post_bytes (exchange, "/scxml/s-1", EXCHANGE_HOST
                                         "Content-Type: multipart/form-data\r\n", "x", 1), ==, 415);
  exchange_assert_heard (exchange, "");

  exchange->refuses = TRUE;
  g_assert_cmpuint (exchange_post (exchange, "a=1"), ==, 503);
}

/* --- Size ---------------------------------------------------------------- */

static void
test_size (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, 'a');

  g_assert_cmpuint (exchange_post_bytes (exchange, "/scxml/s-1", EXCHANGE_FORM, large, 1024 * 1024),
                    ==, 200);
  g_assert_cmpuint (exchange->n_heard, ==, 1);
  g_assert_cmpuint (exchange_post_bytes (exchange, "/scxml/s-1", EXCHANGE_FORM, large,
                                         1024 * 1024 + 1), ==, 413);

  g_object_set (exchange->processor, "max-body-size", 3, NULL);
  g_assert_cmpuint (exchange_post (exchange, "a=1"), ==, 200);
  g_assert_cmpuint (exchange_post (exchange, "a=12"), ==, 413);
  g_assert_cmpuint (exchange->n_heard, ==, 2);
}

static char *
make_chunked (Exchange *exchange,
              guint     n_chunks)
{
  GString *request = g_string_new (NULL);

  g_string_append_printf (request, "POST /scxml/s-1 HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n"
                          "Transfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n",
                          exchange->port);
  for (guint i = 0; i < n_chunks; i++)
    g_string_append (request, "4\r\nabcd\r\n");
  g_string_append (request, "0\r\n\r\n");

  return g_string_free (request, FALSE);
}

/* Nobody has said how large it is going to be. */
static void
test_chunked_size (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autofree char *right = make_chunked (exchange, 2);
  g_autofree char *large = make_chunked (exchange, 3);
  g_autofree char *huge = make_chunked (exchange, 100000);
  g_autofree char *right_answer = NULL;
  g_autofree char *large_answer = NULL;
  g_autofree char *huge_answer = NULL;

  g_object_set (exchange->processor, "max-body-size", 8, NULL);
  right_answer = exchange_say_on (exchange, right, strlen (right));
  g_assert_cmpuint (exchange_status (right_answer), ==, 200);
  large_answer = exchange_say_on (exchange, large, strlen (large));
  g_assert_cmpuint (exchange_status (large_answer), ==, 413);

  /* He is not listened to for ever. */
  huge_answer = exchange_say (exchange, huge, strlen (huge));
  g_assert_cmpuint (exchange_status (huge_answer), ==, 0);
  g_assert_cmpuint (exchange->n_heard, ==, 1);
}

/* Who asks before he sends much is told at once. */
static void
test_expectation (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autofree char *large =
    g_strdup_printf ("POST /scxml/s-1 HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nExpect: 100-continue\r\n"
                     "Content-Length: 2000000\r\n\r\n", exchange->port);
  g_autofree char *small =
    g_strdup_printf ("POST /scxml/s-1 HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nExpect: 100-continue\r\n"
                     "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\nab", exchange->port);
  g_autofree char *large_answer = exchange_say (exchange, large, strlen (large));
  g_autofree char *small_answer = exchange_say (exchange, small, strlen (small));

  g_assert_cmpuint (exchange_status (large_answer), ==, 413);
  g_assert_cmpuint (exchange_status (small_answer), ==, 100);
  g_assert_nonnull (strstr (small_answer, "\r\n\r\nHTTP/1.1 200 OK\r\n"));
  exchange_assert_heard (exchange, "{\"name\":\"HTTP.POST\",\"data\":\"ab\"}");
}

/* --- Sessions ------------------------------------------------------------ */

static void
test_two_sessions (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  Exchange other = { .processor = exchange->processor, .heard = g_string_new (NULL) };
  g_autoptr (GError) error = NULL;
  g_autofree char *location = fermata_event_processor_open (exchange->processor, "s-2",
                                                            exchange_hear, &other, &error);
  g_autofree char *expected = g_strdup_printf ("http://127.0.0.1:%u/scxml/s-2", exchange->port);

  g_assert_no_error (error);
  g_assert_cmpstr (location, ==, expected);
  g_assert_cmpuint (exchange_post_bytes (exchange, "/scxml/s-2", EXCHANGE_FORM, "b=1", 3), ==, 200);
  g_assert_cmpuint (exchange_post (exchange, "a=1"), ==, 200);
  exchange_assert_heard (exchange, "{\"name\":\"HTTP.POST\",\"data\":{\"a\":\"1\"}}");
  g_assert_cmpstr (other.heard->str, ==, "{\"name\":\"HTTP.POST\",\"data\":{\"b\":\"1\"}}");

  fermata_event_processor_close (exchange->processor, "s-2");
  fermata_event_processor_close (exchange->processor, "s-2");
  fermata_event_processor_close (exchange->processor, "s-3");
  g_assert_cmpuint (exchange_post_bytes (exchange, "/scxml/s-2", EXCHANGE_FORM, "b=1", 3), ==, 404);
  g_assert_cmpuint (exchange_post (exchange, "a=1"), ==, 200);
  g_string_free (other.heard, TRUE);
}

/* Two runs with the same seed have sessions of the same name: the first is reached by it. */
static void
test_same_name (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autoptr (GError) error = NULL;

  g_assert_null (fermata_event_processor_open (exchange->processor, "s-1", exchange_hear, NULL,
                                               &error));
  g_assert_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION);
  g_assert_cmpuint (exchange_post (exchange, "a=1"), ==, 200);
  g_assert_cmpuint (exchange->n_heard, ==, 1);
}

/* Without sessions nobody listens; with one again, somebody does. */
static void
test_reopened (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  fermata_event_processor_close (exchange->processor, "s-1");
  answer = exchange_say_to ("127.0.0.1", exchange->port, "GET / HTTP/1.1\r\n\r\n", 18, TRUE, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  exchange_open (exchange);
  g_assert_cmpuint (exchange_post (exchange, "a=1"), ==, 200);
}

/* The very event may end the last session: its sender has his answer. */
static void
test_closed_by_event (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();

  exchange->closes = TRUE;
  g_assert_cmpuint (exchange_post (exchange, "a=1"), ==, 200);
  g_assert_cmpuint (exchange->n_heard, ==, 1);
}

/* A session that is closed while somebody speaks to it hears nothing of it, and he is told. */
static void
test_closed_meanwhile (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *head =
    g_strdup_printf ("POST /scxml/s-1 HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nExpect: 100-continue\r\n"
                     "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n", exchange->port);
  char buffer[1000] = "";
  GPollableInputStream *input;
  gssize n = -1;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", exchange->port, NULL, &error);
  g_assert_no_error (error);
  input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), head,
                             strlen (head), NULL, NULL, &error);
  g_assert_no_error (error);

  /* It is invited to go on; just then the session ends. */
  while ((n = g_pollable_input_stream_read_nonblocking (input, buffer, sizeof buffer - 1, NULL,
                                                        NULL)) < 0)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (exchange_status (buffer), ==, 100);
  fermata_event_processor_close (exchange->processor, "s-1");
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), "ab", 2, NULL,
                             NULL, &error);
  g_assert_no_error (error);
  memset (buffer, 0, sizeof buffer);
  while ((n = g_pollable_input_stream_read_nonblocking (input, buffer, sizeof buffer - 1, NULL,
                                                        NULL)) < 0)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (exchange_status (buffer), ==, 404);
  g_assert_cmpuint (exchange->n_heard, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/services/http-receive/heard", test_heard);
  g_test_add_func ("/services/http-receive/chunks", test_chunks);
  g_test_add_func ("/services/http-receive/answer", test_answer);
  g_test_add_func ("/services/http-receive/other-places", test_other_places);
  g_test_add_func ("/services/http-receive/methods", test_methods);
  g_test_add_func ("/services/http-receive/refused", test_refused);
  g_test_add_func ("/services/http-receive/size", test_size);
  g_test_add_func ("/services/http-receive/chunked-size", test_chunked_size);
  g_test_add_func ("/services/http-receive/expectation", test_expectation);
  g_test_add_func ("/services/http-receive/two-sessions", test_two_sessions);
  g_test_add_func ("/services/http-receive/same-name", test_same_name);
  g_test_add_func ("/services/http-receive/reopened", test_reopened);
  g_test_add_func ("/services/http-receive/closed-by-event", test_closed_by_event);
  g_test_add_func ("/services/http-receive/closed-meanwhile", test_closed_meanwhile);

  return g_test_run ();
}
