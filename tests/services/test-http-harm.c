/* test-http-harm.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Whatever anybody says to the port: nothing crashes, hangs or grows, no event comes of
 * what is not a request, and who speaks properly is heard. */

#include <malloc.h>

#include "services/exchange.h"
#include "services/fermata-http-head-private.h"

/* Some bytes that are no good request: `@` stands for the port. No event comes of them, and
 * the answer is an error, if there is one. */
static void
assert_no_event (Exchange   *exchange,
                 const char *text)
{
  g_autofree char *port = g_strdup_printf ("%u", exchange->port);
  g_auto (GStrv) pieces = g_strsplit (text, "@", -1);
  g_autofree char *bytes = g_strjoinv (port, pieces);
  g_autofree char *answer = exchange_say (exchange, bytes, strlen (bytes));
  guint status = exchange_status (answer);

  g_test_message ("%u: %.100s", status, text);
  g_assert_true (status == 0 || status >= 400);
  g_assert_cmpuint (exchange->n_heard, ==, 0);
}

static void
assert_still_there (Exchange *exchange)
{
  guint n_heard = exchange->n_heard;

  g_assert_cmpuint (exchange_post (exchange, "a=1"), ==, 200);
  g_assert_cmpuint (exchange->n_heard, ==, n_heard + 1);
}

#define BEGIN "POST /scxml/s-1 HTTP/1.1\r\nHost: 127.0.0.1:@\r\n"

static void
test_malformed (void)
{
  static const char *const requests[] = {
    "",
    "\r\n",
    "\r\n\r\n\r\n",
    "POST",
    "POST /scxml/s-1\r\n\r\n",
    "POST /scxml/s-1 HTTP/9.9\r\n\r\n",
    "POST /scxml/s-1 HTTP/1.1\r\n\r\n",
    "POST  /scxml/s-1  HTTP/1.1  \r\n\r\n",
    "POST scxml/s-1 HTTP/1.1\r\nHost: 127.0.0.1:@\r\n\r\n",
    "POST * HTTP/1.1\r\nHost: 127.0.0.1:@\r\n\r\n",
    "POST http:// HTTP/1.1\r\nHost: 127.0.0.1:@\r\n\r\n",
    "POST ftp://127.0.0.1:@/scxml/s-1 HTTP/1.1\r\nHost: 127.0.0.1:@\r\n\r\n",
    "POST /scxml/s-1%zz HTTP/1.1\r\nHost: 127.0.0.1:@\r\n\r\n",
    "CONNECT 127.0.0.1:@ HTTP/1.1\r\nHost: 127.0.0.1:@\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "\x16\x03\x01\x02\x01\x01",
    "POST /scxml/s-1 HTTP/1.1\r\nHost: 127.0.0.1:@, 127.0.0.1:@\r\n\r\n",
    "POST /scxml/s-1 HTTP/1.1\r\nHost: [::1\r\n\r\n",
    "POST /scxml/s-1 HTTP/1.1\r\nHost: 127.0.0.1:@/scxml/s-1\r\n\r\n",
    "POST /scxml/s-1 HTTP/1.1\r\nHost: \r\n\r\n",
    /* Lengths. */
    BEGIN "Content-Length: 5\r\n\r\nabc",
    BEGIN "Content-Length: -1\r\n\r\nabc",
    BEGIN "Content-Length: x\r\n\r\nabc",
    BEGIN "Content-Length: 99999999999999999999999\r\n\r\nabc",
    BEGIN "Content-Length: 9223372036854775807\r\n\r\nabc",
    BEGIN "Content-Length: 3, 4\r\n\r\nabc",
    /* Chunks. */
    BEGIN "Transfer-Encoding: chunked\r\n\r\n",
    BEGIN "Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
    BEGIN "Transfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n",
    BEGIN "Transfer-Encoding: chunked\r\n\r\n5\r\nabc",
    BEGIN "Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n",
    BEGIN "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFFFF\r\nabc",
    BEGIN "Transfer-Encoding: chunked\r\n\r\n7FFFFFFFFFFFFFFF\r\nabc",
    BEGIN "Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n",
    BEGIN "Transfer-Encoding: gzip\r\n\r\nabc",
    /* Sorts of bodies. */
    BEGIN "Content-Type: application/json\r\nContent-Length: 1\r\n\r\n{",
    BEGIN "Content-Type: \xff\xfe\r\nContent-Length: 1\r\n\r\na",
    BEGIN "Content-Type: multipart/form-data; boundary=\r\nContent-Length: 1\r\n\r\n{",
    BEGIN "Content-Encoding: gzip\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n\x1f\x8b",
  };
  g_autoptr (Exchange) exchange = exchange_new_open ();

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    assert_no_event (exchange, requests[i]);
  assert_still_there (exchange);
}

/* The shorter forms of a good request, byte by byte. */
static void
test_cut_off (void)
{
  static const char tail[] = "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
                             "3\r\nabc\r\n0\r\n\r\n";
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autofree char *request = g_strdup_printf ("POST /scxml/s-1 HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n%s",
                                              exchange->port, tail);

  /* What ends the last chunk may be left out. */
  for (gsize length = 0; length < strlen (request) - 4; length++)
    {
      g_autofree char *answer = exchange_say (exchange, request, length);

      g_test_message ("%" G_GSIZE_FORMAT, length);
      g_assert_true (exchange_status (answer) == 0 || exchange_status (answer) >= 400);
    }
  g_assert_cmpuint (exchange->n_heard, ==, 0);
  assert_still_there (exchange);
}

/* --- Heads and chunks by themselves -------------------------------------- */

static gboolean
are_chunks (const char *text,
            gsize       step)
{
  FermataHttpChunks chunks = { 0 };
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i += step)
    {
      if (!fermata_http_chunks_go_on (&chunks, text + i, MIN (step, length - i)))
        return FALSE;
    }

  return fermata_http_chunks_ended (&chunks);
}

static void
test_chunks (void)
{
  static const char *const good[] = {
    "0\r\n\r\n", "3\r\nabc\r\n0\r\n\r\n", "00A;x=\"y\"\r\n0123456789\r\n0;z\r\n\r\n",
    "1\r\n\r\r\n000\r\nTrailer: 1\r\nOther: 2\r\n\r\n", "1 \r\na\r\n0\r\n\r\nwhat comes next",
  };
  static const char *const bad[] = {
    "", "0", "0\r\n", "0\r\n\r", "0\n\n", "\r\n\r\n", "x\r\n\r\n", "-1\r\na\r\n0\r\n\r\n", ";\r\n\r\n",
    "0x0\r\n\r\n", "3\r\nabcdef\r\n0\r\n\r\n", "3\r\nab\r\n0\r\n\r\n", "1\r\na\n0\r\n\r\n", "1\r\na\r\n",
    "0000000000001\r\na\r\n0\r\n\r\n", "0\r\nTrailer: 1\r\n", "0\r\nTrailer: 1\n\r\n",
    "0;\n\r\n\r\n",
  };

  for (gsize step = 1; step < 40; step++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
        g_assert_true (are_chunks (good[i], step));
      for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
        g_assert_false (are_chunks (bad[i], step));
    }
}

static void
assert_head (const char *text,
             gboolean    is_sound)
{
  gboolean is_chunked;
  gsize length = strlen (text);

  g_test_message ("%s", text);
  g_assert_cmpuint (fermata_http_head_measure (text, length, 0), ==, length);
  g_assert_cmpuint (fermata_http_head_measure (text, length, length - 1), ==, length);
  g_assert_cmpuint (fermata_http_head_measure (text, length - 1, 0), ==, 0);
  g_assert_cmpint (fermata_http_head_is_sound (text, length, &is_chunked), ==, is_sound);
}

static void
test_heads (void)
{
#define FIRST "POST / HTTP/1.1\r\n"
  assert_head (FIRST "\r\n", TRUE);
  assert_head ("GET /a?b=\xc3\xa9 HTTP/1.0\r\nHost:a\r\nX-Y_z:\t b c\t \r\nEmpty:\r\n\r\n", TRUE);
  assert_head (FIRST "content-length: 123456789012345\r\n\r\n", TRUE);
  assert_head (FIRST "TRANSFER-ENCODING: Chunked\r\n\r\n", TRUE);

  assert_head ("\r\n\r\n", FALSE);
  assert_head ("POST /\r\n\r\n", FALSE);
  assert_head ("POST  / HTTP/1.1\r\n\r\n", FALSE);
  assert_head ("POST / HTTP/1.1 \r\n\r\n", FALSE);
  assert_head ("POST / HTTP/2\r\n\r\n", FALSE);
  assert_head ("PO(ST / HTTP/1.1\r\n\r\n", FALSE);
  assert_head (" / HTTP/1.1\r\n\r\n", FALSE);
  assert_head (FIRST "Name\r\n\r\n", FALSE);
  assert_head (FIRST ": x\r\n\r\n", FALSE);
  assert_head (FIRST "A : x\r\n\r\n", FALSE);
  assert_head (FIRST "A: x\r\n folded\r\n\r\n", FALSE);
  assert_head (FIRST "A: x\ny\r\n\r\n", FALSE);
  assert_head (FIRST "A: x\ry\r\n\r\n", FALSE);
  assert_head (FIRST "A: \x01\r\n\r\n", FALSE);
  assert_head (FIRST "Host: a\r\nhost: a\r\n\r\n", FALSE);
  assert_head (FIRST "Content-Length: 1\r\nContent-Length: 1\r\n\r\n", FALSE);
  assert_head (FIRST "Content-Length: \r\n\r\n", FALSE);
  assert_head (FIRST "Content-Length: +1\r\n\r\n", FALSE);
  assert_head (FIRST "Content-Length: 1, 1\r\n\r\n", FALSE);
  assert_head (FIRST "Content-Length: 1234567890123456\r\n\r\n", FALSE);
  assert_head (FIRST "Transfer-Encoding: identity\r\n\r\n", FALSE);
  assert_head (FIRST "Transfer-Encoding: gzip, chunked\r\n\r\n", FALSE);
  assert_head (FIRST "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n", FALSE);
#undef FIRST
}

/* --- By wire ------------------------------------------------------------- */

static void
test_noise (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autofree char *good = g_strdup_printf ("POST /scxml/s-1 HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n"
                                           "Content-Length: 3\r\n\r\na=1", exchange->port);

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *bytes = g_strdup (good);
      gsize length = strlen (bytes);
      g_autofree char *answer = NULL;

      for (guint k = g_rand_int_range (random, 1, 6); k > 0; k--)
        bytes[g_rand_int_range (random, 0, (int) length)] = (char) g_rand_int_range (random, 0, 256);
      answer = exchange_say (exchange, bytes, length);
      g_free (g_steal_pointer (&answer));
    }
  assert_still_there (exchange);
}

/* --- Size ---------------------------------------------------------------- */

static void
test_long_headers (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autofree char *long_text = g_strnfill (200000, 'a');
  g_autofree char *one = g_strdup_printf ("%sX: %s\r\n\r\n", BEGIN, long_text);
  g_autofree char *path = g_strdup_printf ("POST /scxml/%s HTTP/1.1\r\n\r\n", long_text);
  g_autofree char *unended = g_strdup_printf ("POST /%s", long_text);
  g_autoptr (GString) many = g_string_new (BEGIN);

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (many, "X-%u: 1\r\n", i);
  g_string_append (many, "\r\n");

  assert_no_event (exchange, one);
  assert_no_event (exchange, path);
  assert_no_event (exchange, unended);
  assert_no_event (exchange, many->str);
  assert_still_there (exchange);
}

/* What comes behind a request belongs to nobody: a connection is for one. */
static void
test_pipeline (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  g_autoptr (GString) requests = g_string_new (NULL);
  g_autofree char *answer = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (requests, "POST /scxml/s-1 HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n"
                            "Content-Length: 3\r\n\r\na=1", exchange->port);
  answer = exchange_say (exchange, requests->str, requests->len);
  g_assert_cmpuint (exchange->n_heard, ==, 1);
  assert_still_there (exchange);
}

/* --- Many ---------------------------------------------------------------- */

static gsize
count_bytes (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks;
}

/* Ten thousand requests leave nothing behind. */
static void
test_row (void)
{
  g_autoptr (Exchange) exchange = exchange_new_open ();
  gsize before = 0;

  for (guint i = 0; i < 10000; i++)
    {
      if (i == 1000)
        before = count_bytes ();
      g_assert_cmpuint (exchange_post (exchange, "a=1"), ==, 200);
    }
  g_assert_cmpuint (exchange->n_heard, ==, 10000);
  g_test_message ("%" G_GSIZE_FORMAT " bytes, then %" G_GSIZE_FORMAT, before, count_bytes ());
  g_assert_cmpuint (count_bytes (), <, before + 512 * 1024);
}

static GSocketConnection *
connect_to (Exchange *exchange)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", exchange->port, NULL, &error);
  g_assert_no_error (error);

  return connection;
}

static void
say (GSocketConnection *connection,
     const char        *text)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                             strlen (text), NULL, NULL, NULL);
}

static gboolean
is_open (GSocketConnection *connection)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GError) error = NULL;
  char byte;

  g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input), &byte, 1, NULL, &error);

  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

/* Those who connect and say little or nothing are sent away when their time is up, and
 * meanwhile others wait: then they are heard. */
static void
test_silent (void)
{
  g_autoptr (Exchange) exchange = exchange_new ();
  g_autoptr (GPtrArray) silent = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_open = 0;

  g_object_set (exchange->processor, "timeout", 200, NULL);
  exchange_open (exchange);
  for (guint i = 0; i < 100; i++)
    {
      g_ptr_array_add (silent, connect_to (exchange));
      say (silent->pdata[i], i % 3 == 0 ? "" : i % 3 == 1 ? "POST /scxml/s-1 HT"
           : "POST /scxml/s-1 HTTP/1.1\r\nContent-Length: 100\r\n\r\nabc");
    }

  /* On a slow machine, the one that speaks properly may come too late himself. */
  while (exchange_post (exchange, "a=1") != 200)
    ;

  /* All of them, in the end. */
  do
    {
      g_main_context_iteration (NULL, TRUE);
      n_open = 0;
      for (guint i = 0; i < silent->len; i++)
        n_open += is_open (silent->pdata[i]) ? 1 : 0;
    }
  while (n_open > 0);
  g_assert_cmpuint (exchange->n_heard, ==, 1);
}

/* The processor may go while there are connections of all sorts. */
static void
test_gone (void)
{
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  Exchange *exchange = exchange_new_open ();

  for (guint i = 0; i < 80; i++)
    {
      g_ptr_array_add (connections, connect_to (exchange));
      say (connections->pdata[i], i % 2 == 0 ? "" : "POST /scxml/s-1 HT");
      if (i % 8 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  exchange_free (exchange);
  for (guint i = 0; i < connections->len; i++)
    g_assert_false (is_open (connections->pdata[i]));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/services/http-harm/malformed", test_malformed);
  g_test_add_func ("/services/http-harm/cut-off", test_cut_off);
  g_test_add_func ("/services/http-harm/heads", test_heads);
  g_test_add_func ("/services/http-harm/chunks", test_chunks);
  g_test_add_func ("/services/http-harm/noise", test_noise);
  g_test_add_func ("/services/http-harm/long-headers", test_long_headers);
  g_test_add_func ("/services/http-harm/pipeline", test_pipeline);
  g_test_add_func ("/services/http-harm/row", test_row);
  g_test_add_func ("/services/http-harm/silent", test_silent);
  g_test_add_func ("/services/http-harm/gone", test_gone);

  return g_test_run ();
}
