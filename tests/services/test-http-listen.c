/* test-http-listen.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Who can reach a session: this machine, unless somebody says otherwise; then those who
 * know its token. No page of a browser, whatever it calls this machine. */

#include "engine/fermata-task-error.h"
#include "services/exchange.h"
#include "services/fermata-http-guard-private.h"

static guint
post_with (Exchange   *exchange,
           const char *path,
           const char *headers)
{
  return exchange_post_bytes (exchange, path, headers, "a=1", 3);
}

/* --- This machine -------------------------------------------------------- */

static void
test_hosts (void)
{
  static const char *const good[] = {
    "Host: 127.0.0.1:@\r\n", "Host: localhost:@\r\n", "host: LocalHost:@\r\n", "Host: [::1]:@\r\n",
    "Host: 127.0.0.2:@\r\n",
  };
  static const char *const bad[] = {
    "Host: example.com:@\r\n", "Host: example.com\r\n", "Host: localhost.example.com:@\r\n",
    "Host: 127.0.0.1\r\n", "Host: 127.0.0.1:1\r\n", "Host: me@127.0.0.1:@\r\n",
    "Host: 127.0.0.1.example.com:@\r\n",
    "Host: 192.168.0.1:@\r\n",
  };
  g_autoptr (Exchange) exchange = exchange_new_open ();

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_test_message ("%s", good[i]);
      g_assert_cmpuint (post_with (exchange, "/scxml/s-1", good[i]), ==, 200);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_cmpuint (post_with (exchange, "/scxml/s-1", bad[i]), ==, 403);
    }
  g_assert_cmpuint (post_with (exchange, "/scxml/s-1", EXCHANGE_HOST "Host: example.com\r\n"), ==,
                    400);
  g_assert_cmpuint (post_with (exchange, "/scxml/s-1", "Host: example.com\r\n" EXCHANGE_HOST), ==,
                    400);
  g_assert_cmpuint (post_with (exchange, "/scxml/s-1", ""), ==, 400);
  g_assert_cmpuint (exchange->n_heard, ==, G_N_ELEMENTS (good));
}

/* A whole address in the first line counts as much as the header. */
static void
test_whole_address (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autofree char *own = g_strdup_printf ("http://127.0.0.1:%u/scxml/s-1", exchange->port);
  g_autofree char *other = g_strdup_printf ("http://example.com:%u/scxml/s-1", exchange->port);
  g_autofree char *port = g_strdup_printf ("http://127.0.0.1/scxml/s-1");

  g_assert_cmpuint (post_with (exchange, own, EXCHANGE_HOST), ==, 200);
  g_assert_cmpuint (post_with (exchange, other, EXCHANGE_HOST), ==, 403);
  g_assert_cmpuint (post_with (exchange, port, EXCHANGE_HOST), ==, 403);
  g_assert_cmpuint (post_with (exchange, own, "Host: example.com\r\n"), ==, 403);
}

static void
test_origins (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();

  g_assert_cmpuint (post_with (exchange, "/scxml/s-1", EXCHANGE_HOST
                               "Origin: http://127.0.0.1:@\r\n"), ==, 200);
  g_assert_cmpuint (post_with (exchange, "/scxml/s-1", EXCHANGE_HOST
                               "Origin: http://example.com\r\n"), ==, 403);
  g_assert_cmpuint (post_with (exchange, "/scxml/s-1", EXCHANGE_HOST
                               "Origin: http://127.0.0.1:1\r\n"), ==, 403);
  g_assert_cmpuint (post_with (exchange, "/scxml/s-1", EXCHANGE_HOST
                               "Origin: https://127.0.0.1:@\r\n"), ==, 403);
  g_assert_cmpuint (post_with (exchange, "/scxml/s-1", EXCHANGE_HOST "Origin: null\r\n"), ==, 403);
  g_assert_cmpuint (post_with (exchange, "/scxml/s-1", EXCHANGE_HOST "Origin: \r\n"), ==, 403);
  g_assert_cmpuint (exchange->n_heard, ==, 1);
}

/* The other loopback, where there is one. */
static void
test_ipv6 (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;
  gsize size;
  g_autofree char *request = exchange_request (exchange, "POST", "/scxml/s-1",
                                               "Host: [::1]:@\r\n", "", 0, &size);

  answer = exchange_say_to ("::1", exchange->port, request, size, FALSE, &error);
  if (error != NULL)
    {
      g_test_skip ("there is no ::1 here");
      return;
    }
  g_assert_cmpuint (exchange_status (answer), ==, 200);
  g_assert_cmpuint (exchange->n_heard, ==, 1);
}

/* --- Elsewhere ----------------------------------------------------------- */

static Exchange *
new_elsewhere (void)
{
  Exchange *self = exchange_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (fermata_http_event_processor_set_listen_address (
    FERMATA_HTTP_EVENT_PROCESSOR (self->processor), "0.0.0.0:0", &error));
  g_assert_no_error (error);
  exchange_open (self);

  return self;
}

static void
test_token (void)
{
  g_autoptr (Exchange) exchange = new_elsewhere ();
  g_autoptr (GUri) uri = g_uri_parse (exchange->location, G_URI_FLAGS_NONE, NULL);
  const char *path = g_uri_get_path (uri);
  g_autofree char *longer = g_strconcat (path, "0", NULL);
  g_autofree char *shorter = g_strndup (path, strlen (path) - 1);
  g_autofree char *other = g_strdup (path);
  g_autofree char *of_other = NULL;

  g_assert_true (g_regex_match_simple ("^/scxml/s-1/[0-9a-f]{32}$", path, 0, 0));
  other[strlen (other) - 1] = g_str_has_suffix (other, "0") ? '1' : '0';
  of_other = g_strconcat ("/scxml/s-2", path + strlen ("/scxml/s-1"), NULL);

  g_assert_cmpuint (post_with (exchange, path, "Host: example.com\r\n"), ==, 200);
  g_assert_cmpuint (post_with (exchange, path, EXCHANGE_HOST), ==, 200);
  g_assert_cmpuint (exchange->n_heard, ==, 2);

  g_assert_cmpuint (post_with (exchange, "/scxml/s-1", EXCHANGE_HOST), ==, 403);
  g_assert_cmpuint (post_with (exchange, "/scxml/s-1/", EXCHANGE_HOST), ==, 403);
  g_assert_cmpuint (post_with (exchange, longer, EXCHANGE_HOST), ==, 403);
  g_assert_cmpuint (post_with (exchange, shorter, EXCHANGE_HOST), ==, 403);
  g_assert_cmpuint (post_with (exchange, other, EXCHANGE_HOST), ==, 403);
  g_assert_cmpuint (post_with (exchange, "/x", EXCHANGE_HOST), ==, 404);
  g_assert_cmpuint (post_with (exchange, path, EXCHANGE_HOST "Origin: http://example.com\r\n"), ==,
                    403);

  g_assert_cmpuint (post_with (exchange, of_other, EXCHANGE_HOST), ==, 404);

  /* Without it one cannot even learn which sessions there are. */
  g_assert_cmpuint (post_with (exchange, "/scxml/s-2", EXCHANGE_HOST), ==, 403);
  g_assert_cmpuint (exchange->n_heard, ==, 2);
}

/* The addresses of two sessions differ in their names alone; those of another time, or of
 * another processor, in the token. */
static void
test_tokens_differ (void)
{
  g_autoptr (Exchange) exchange = new_elsewhere ();
  g_autoptr (Exchange) other = new_elsewhere ();
  g_autofree char *first = g_strdup (exchange->location);
  g_autofree char *second = fermata_event_processor_open (exchange->processor, "s-2", exchange_hear,
                                                          exchange, NULL);
  char *place = strstr (second, "/s-2/");

  g_assert_cmpstr (strrchr (first, '/'), !=, strrchr (other->location, '/'));
  g_assert_nonnull (place);
  place[3] = '1';
  g_assert_cmpstr (first, ==, second);

  fermata_event_processor_close (exchange->processor, "s-1");
  fermata_event_processor_close (exchange->processor, "s-2");
  exchange_open (exchange);
  g_assert_cmpstr (strrchr (first, '/'), !=, strrchr (exchange->location, '/'));

  g_assert_true (fermata_http_guard_equal ("abc", "abc"));
  g_assert_false (fermata_http_guard_equal ("abc", "abd"));
  g_assert_false (fermata_http_guard_equal ("abc", ""));
}

static void
test_addresses (void)
{
  static const char *const good[] = {
    "127.0.0.1", "0.0.0.0:8080", "[::]:8080", "::1", "[::1]", "localhost:65535", "10.1.2.3:0",
  };
  static const char *const bad[] = {
    "", ":8080", "example.com", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1", "[::1",
    "[::1]x", "[::1]:", "[127.0.0.1", "http://127.0.0.1", "1.2.3", "127.0.0.1:80:80",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GInetSocketAddress) address = fermata_http_guard_parse_address (good[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (address);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_null (fermata_http_guard_parse_address (bad[i], &error));
      g_assert_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION);
    }
}

/* A port that is somebody else's already. */
static void
test_taken (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autoptr (Exchange) late = exchange_new ();
  FermataHttpEventProcessor *processor = FERMATA_HTTP_EVENT_PROCESSOR (late->processor);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", exchange->port);
  g_autoptr (GError) error = NULL;

  g_assert_false (fermata_http_event_processor_set_listen_address (processor, "nowhere", &error));
  g_clear_error (&error);
  g_assert_null (fermata_http_event_processor_get_listen_address (processor));
  g_assert_true (fermata_http_event_processor_set_listen_address (processor, address, &error));
  g_assert_cmpstr (fermata_http_event_processor_get_listen_address (processor), ==, address);
  g_assert_null (fermata_event_processor_open (late->processor, "s-1", exchange_hear, late, &error));
  g_assert_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_CONNECTIVITY);
  g_assert_nonnull (strstr (error->message, address));

  /* Nothing is left of it. */
  g_assert_true (fermata_http_event_processor_set_listen_address (processor, NULL, NULL));
  exchange_open (late);
  g_assert_cmpuint (exchange_post (late, "a=1"), ==, 200);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/services/http-listen/hosts", test_hosts);
  g_test_add_func ("/services/http-listen/whole-address", test_whole_address);
  g_test_add_func ("/services/http-listen/origins", test_origins);
  g_test_add_func ("/services/http-listen/ipv6", test_ipv6);
  g_test_add_func ("/services/http-listen/token", test_token);
  g_test_add_func ("/services/http-listen/tokens-differ", test_tokens_differ);
  g_test_add_func ("/services/http-listen/addresses", test_addresses);
  g_test_add_func ("/services/http-listen/taken", test_taken);

  return g_test_run ();
}
