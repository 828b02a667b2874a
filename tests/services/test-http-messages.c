/* test-http-messages.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Which event a request is, and which request an event: sections C.2.1, C.2.2, B.2.8.1 and
 * B.2.9 of the SCXML recommendation. */

#include <string.h>

#include "engine/fermata-task-error.h"
#include "services/fermata-http-compose-private.h"
#include "services/fermata-http-receive-private.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#define FORM "application/x-www-form-urlencoded"

/* A request, and the event that it is; or the status that refuses it. */
typedef struct {
  const char *query;
  const char *type;
  const char *body;
  const char *event;
  guint status;
} Received;

static const Received received[] = {
  /* Names. */
  { NULL, FORM, "_scxmleventname=go", "{'name':'go'}" },
  { NULL, FORM, "_scxmleventname=a.b.c&x=1", "{'name':'a.b.c','data':{'x':'1'}}" },
  { NULL, FORM, "x=1&_scxmleventname=go&y=2", "{'name':'go','data':{'x':'1','y':'2'}}" },
  { NULL, FORM, "x=1", "{'name':'HTTP.POST','data':{'x':'1'}}" },
  { NULL, FORM, "", "{'name':'HTTP.POST'}" },
  { NULL, NULL, "", "{'name':'HTTP.POST'}" },
  { NULL, FORM, "_scxmleventname=%C3%A9t%C3%A9", "{'name':'été'}" },
  { NULL, FORM, "_scxmlEventName=go", "{'name':'HTTP.POST','data':{'_scxmlEventName':'go'}}" },
  { NULL, FORM, "_scxmleventname=a&_scxmleventname=b", NULL, 400 },
  { NULL, FORM, "_scxmleventname=", NULL, 400 },
  { NULL, FORM, "_scxmleventname=a+b", NULL, 400 },
  { NULL, FORM, "_scxmleventname=a%00b", NULL, 400 },
  { NULL, FORM, "_scxmleventname=a%0Ab", NULL, 400 },
  { NULL, FORM, "_scxmleventname", NULL, 400 },

  /* Parameters. */
  { NULL, FORM, "a=1&a=2", "{'name':'HTTP.POST','data':{'a':['1','2']}}" },
  { NULL, "Application/X-WWW-Form-URLencoded ; charset=UTF-8", "a=%E2%82%AC",
    "{'name':'HTTP.POST','data':{'a':'€'}}" },
  { NULL, FORM, "a=%FF", NULL, 400 },
  { "x=1", FORM, "y=2", "{'name':'HTTP.POST','data':{'x':'1','y':'2'}}" },
  { "_scxmleventname=go&x=1", NULL, "", "{'name':'go','data':{'x':'1'}}" },
  { "_scxmleventname=go", FORM, "_scxmleventname=go", NULL, 400 },
  { "", FORM, "a=1", "{'name':'HTTP.POST','data':{'a':'1'}}" },
  { "x=%FF", FORM, "", NULL, 400 },

  /* Other bodies. */
  { NULL, "application/json", "{\"a\": [1, 2.5, null]}",
    "{'name':'HTTP.POST','data':{'a':[1,2.5,null]}}" },
  { "_scxmleventname=go", "application/vnd.x+json;v=1", " 7 ", "{'name':'go','data':7}" },
  { NULL, "application/json", "{a: 1}", NULL, 400 },
  { NULL, "application/json", "", "{'name':'HTTP.POST'}" },
  { NULL, "text/plain", "some  content", "{'name':'HTTP.POST','data':'some  content'}" },
  { NULL, "text/plain", "{}", "{'name':'HTTP.POST','data':'{}'}" },
  { NULL, "text/plain; charset=\"iso-8859-1\"", "\xe9t\xe9", "{'name':'HTTP.POST','data':'été'}" },
  { NULL, "text/plain; format=flowed; charset=ISO-8859-1", "\xe9",
    "{'name':'HTTP.POST','data':'é'}" },
  { NULL, "text/plain; charset=utf-16", "a", NULL, 415 },
  { NULL, "text/plain; charset=UTF-8//IGNORE", "a", NULL, 415 },
  { NULL, "text/plain", "\xff", NULL, 400 },
  { NULL, "text/plain; charset=us-ascii", "\xe9", NULL, 400 },
  { NULL, "application/xml", "<a/>",
    "{'name':'HTTP.POST','content-type':'application/xml','content':'<a/>'}" },
  { NULL, "text/xml; charset=utf-8", "<a/>",
    "{'name':'HTTP.POST','content-type':'application/xml','content':'<a/>'}" },
  { NULL, "image/svg+xml", "<a/>",
    "{'name':'HTTP.POST','content-type':'application/xml','content':'<a/>'}" },
  { NULL, NULL, "[1]", "{'name':'HTTP.POST','content':'[1]'}" },
  { NULL, "", "[1]", "{'name':'HTTP.POST','content':'[1]'}" },
  { NULL, ";;;", "[1]", "{'name':'HTTP.POST','content':'[1]'}" },
  { "a=1", "application/json", "[1]", NULL, 400 },
  { NULL, "multipart/form-data; boundary=x", "--x--", NULL, 415 },
  { NULL, "application/octet-stream", "a", NULL, 415 },
  { NULL, "text", "a", NULL, 415 },
};

static char *
with_double_quotes (const char *text)
{
  return text == NULL ? NULL : g_strdelimit (g_strdup (text), "'", '"');
}

static void
test_receive (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (received); i++)
    {
      const Received *row = &received[i];
      g_autoptr (GBytes) body = g_bytes_new_static (row->body, strlen (row->body));
      FermataHttpRefusal refusal = { 0, NULL };
      g_autoptr (FermataValue) event = NULL;
      g_autoptr (FermataValue) shown = NULL;
      g_autofree char *text = NULL;
      g_autofree char *expected = with_double_quotes (row->event);

      g_test_message ("%s %s", row->type, row->body);
      event = fermata_http_receive (row->query, row->type, body, &refusal);
      g_assert_cmpuint (refusal.status, ==, row->status);
      if (row->event == NULL)
        {
          g_assert_null (event);
          g_assert_nonnull (refusal.reason);
          continue;
        }
      g_assert_nonnull (event);
      shown = fermata_value_without_member (event, "raw");
      text = fermata_value_to_string (shown, FERMATA_WRITE_COMPACT, NULL);
      g_assert_cmpstr (text, ==, expected);
    }
}

static void
assert_raw (const char *query,
            const char *type,
            const char *text,
            const char *expected)
{
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  FermataHttpRefusal refusal = { 0, NULL };
  g_autoptr (FermataValue) event = fermata_http_receive (query, type, body, &refusal);

  g_assert_nonnull (event);
  g_assert_cmpstr (fermata_value_get_string (fermata_value_get_member (event, "raw"), NULL), ==,
                   expected);
}

/* What the documents of the W3C look at. */
static void
test_raw (void)
{
  assert_raw (NULL, FORM, "_scxmleventname=test&Var1=2",
              "POST\nContent-Type: " FORM "\n\n_scxmleventname=test&Var1=2");
  assert_raw ("_scxmleventname=a", "text/plain", "this is some content",
              "POST ?_scxmleventname=a\nContent-Type: text/plain\n\nthis%20is%20some%20content");
  assert_raw (NULL, NULL, "", "POST\n\n");
  assert_raw (NULL, NULL, "é%", "POST\n\n%C3%A9%25");
}

/* An event, and the request that it is. */
typedef struct {
  const char *target;
  const char *event;
  const char *uri;
  const char *type;
  const char *body;
} Sent;

static const Sent sent[] = {
  { "http://a/b", "{'name':'go'}", "http://a/b", FORM, "_scxmleventname=go" },
  { "http://a/b", "{'name':'go','data':{'x':1,'y':'z w'},'params':true}", "http://a/b", FORM,
    "_scxmleventname=go&x=1&y=z+w" },
  { "http://a/b", "{'data':{'x':{'y':[true,null]}},'params':true}", "http://a/b", FORM,
    "x=%7B%22y%22%3A%5Btrue%2Cnull%5D%7D" },
  { "http://a/b", "{'data':{'_scxmleventname':'go'},'params':true}", "http://a/b", FORM,
    "_scxmleventname=go" },
  { "http://a/b", "{}", "http://a/b", FORM, "" },
  { "http://a/b", "{'name':'go','data':'some content'}", "http://a/b?_scxmleventname=go",
    "text/plain; charset=utf-8", "some content" },
  { "http://a/b?c=d#e", "{'name':'g o','data':'x'}", "http://a/b?c=d&_scxmleventname=g+o#e",
    "text/plain; charset=utf-8", "x" },
  { "http://a/b", "{'data':' [1, 2] '}", "http://a/b", "application/json", " [1, 2] " },
  { "http://a/b", "{'data':'[1, 2'}", "http://a/b", "text/plain; charset=utf-8", "[1, 2" },
  { "http://a/b", "{'data':'[x]'}", "http://a/b", "text/plain; charset=utf-8", "[x]" },
  { "http://a/b", "{'data':'<p>x</p>'}", "http://a/b", "application/xml", "<p>x</p>" },
  { "http://a/b", "{'data':{'x':1}}", "http://a/b", "application/json", "{'x':1}" },
  { "http://a/b", "{'data':7}", "http://a/b", "application/json", "7" },
  { "http://a/b", "{'data':null}", "http://a/b", "application/json", "null" },
  { "http://a/b", "{'data':''}", "http://a/b", "text/plain; charset=utf-8", "" },
  { "HTTPS://a:8443", "{'name':'go'}", "https://a:8443/", FORM, "_scxmleventname=go" },
  { "http://[::1]:80/b", "{'name':'go'}", "http://[::1]/b", FORM, "_scxmleventname=go" },
};

static void
test_compose (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sent); i++)
    {
      const Sent *row = &sent[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *json = with_double_quotes (row->event);
      g_autofree char *body = with_double_quotes (row->body);
      g_autoptr (FermataValue) event = fermata_value_parse (json, -1, &error);
      g_autofree char *uri = NULL;
      FermataHttpPost post = { NULL };

      g_assert_no_error (error);
      g_test_message ("%s", row->event);
      g_assert_true (fermata_http_compose (&post, row->target, event, &error));
      g_assert_no_error (error);
      uri = g_uri_to_string (post.uri);
      g_assert_cmpstr (uri, ==, row->uri);
      g_assert_cmpstr (post.content_type, ==, row->type);
      g_assert_cmpmem (g_bytes_get_data (post.body, NULL), g_bytes_get_size (post.body), body,
                       strlen (body));
      fermata_http_post_clear (&post);
    }
}

static void
test_targets (void)
{
  static const char *const targets[] = {
    "", " ", "b", "/b", "//a/b", "ftp://a/b", "file:///etc/passwd", "http:", "http://", "http:///b",
    "http://a:b/", "http://a:99999/", "javascript:alert(1)", "#_internal", "http//a",
  };
  g_autoptr (FermataValue) event = fermata_value_parse ("{\"name\": \"go\"}", -1, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (GError) error = NULL;
      FermataHttpPost post = { NULL };

      g_test_message ("%s", targets[i]);
      g_assert_false (fermata_http_compose (&post, targets[i], event, &error));
      g_assert_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_ROUTING);
    }
}

/* Messages say where to without what may be secret. */
static void
test_describe (void)
{
  g_autoptr (GUri) uri = g_uri_parse ("http://me:secret@a:81/secret?secret#secret",
                                      G_URI_FLAGS_HAS_PASSWORD, NULL);
  g_autofree char *text = fermata_http_describe (uri);

  g_assert_cmpstr (text, ==, "http://a:81");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/services/http-messages/receive", test_receive);
  g_test_add_func ("/services/http-messages/raw", test_raw);
  g_test_add_func ("/services/http-messages/compose", test_compose);
  g_test_add_func ("/services/http-messages/targets", test_targets);
  g_test_add_func ("/services/http-messages/describe", test_describe);

  return g_test_run ();
}
