/* test-http-form.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Forms are read as the URL Standard says, and written so that anybody can read them. */

#include <string.h>

#include "services/fermata-http-form-private.h"
#include "value/fermata-value-writer.h"

/* A form, and the object that it is; NULL: it is refused. */
typedef struct {
  const char *form;
  const char *object;
} Case;

static const Case cases[] = {
  { "", "{}" },
  { "a=1", "{\"a\":\"1\"}" },
  { "a=1&b=2", "{\"a\":\"1\",\"b\":\"2\"}" },
  { "b=2&a=1", "{\"b\":\"2\",\"a\":\"1\"}" },
  { "a", "{\"a\":\"\"}" },
  { "a=", "{\"a\":\"\"}" },
  { "=a", "{\"\":\"a\"}" },
  { "=", "{\"\":\"\"}" },
  { "&&a=1&&", "{\"a\":\"1\"}" },
  { "a=1=2", "{\"a\":\"1=2\"}" },
  { "a=1+2", "{\"a\":\"1 2\"}" },
  { "a=1%2B2", "{\"a\":\"1+2\"}" },
  { "a=1%2b2", "{\"a\":\"1+2\"}" },
  { "a%20b=c%26d%3De", "{\"a b\":\"c&d=e\"}" },
  { "a=%", "{\"a\":\"%\"}" },
  { "a=%4", "{\"a\":\"%4\"}" },
  { "a=%zz", "{\"a\":\"%zz\"}" },
  { "a=%4g%41", "{\"a\":\"%4gA\"}" },
  { "a=%%41", "{\"a\":\"%A\"}" },
  { "a=%254", "{\"a\":\"%4\"}" },
  { "a=%E2%82%AC", "{\"a\":\"€\"}" },
  { "a=€", "{\"a\":\"€\"}" },
  { "a=%00b", "{\"a\":\"\\u0000b\"}" },
  { "a%00=b&a=c", "{\"a\\u0000\":\"b\",\"a\":\"c\"}" },
  { "a=1&a=2", "{\"a\":[\"1\",\"2\"]}" },
  { "a=1&b=x&%61=2&a=", "{\"a\":[\"1\",\"2\",\"\"],\"b\":\"x\"}" },
  { "__proto__=1&constructor=2", "{\"__proto__\":\"1\",\"constructor\":\"2\"}" },
  { "a=\n;b=1", "{\"a\":\"\\n;b=1\"}" },
  { "a=%FF", NULL },
  { "%C0%80=1", NULL },
  { "a=%ED%A0%80", NULL },
  { "a=%E2%82", NULL },
  { "ok=1&a=\xe2\x82", NULL },
};

static void
test_read (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataHttpForm) form = fermata_http_form_new ();
      g_autoptr (FermataValue) object = NULL;
      g_autofree char *text = NULL;

      g_test_message ("%s", cases[i].form);
      if (cases[i].object == NULL)
        {
          g_assert_false (fermata_http_form_read (form, cases[i].form, strlen (cases[i].form)));
          continue;
        }
      g_assert_true (fermata_http_form_read (form, cases[i].form, strlen (cases[i].form)));
      object = fermata_http_form_dup_object (form);
      text = fermata_value_to_string (object, FERMATA_WRITE_COMPACT, NULL);
      g_assert_cmpstr (text, ==, cases[i].object);
    }
}

static void
test_take (void)
{
  static const char text[] = "x=1&name=a&y=2&name=b&z=3";
  g_autoptr (FermataHttpForm) form = fermata_http_form_new ();
  g_autoptr (FermataValue) first = NULL;
  g_autoptr (FermataValue) none = NULL;
  g_autoptr (FermataValue) object = NULL;
  g_autofree char *left = NULL;

  g_assert_true (fermata_http_form_read (form, text, strlen (text)));
  g_assert_cmpuint (fermata_http_form_take (form, "name", &first), ==, 2);
  g_assert_cmpstr (fermata_value_get_string (first, NULL), ==, "a");
  g_assert_cmpuint (fermata_http_form_take (form, "name", &none), ==, 0);
  g_assert_null (none);
  object = fermata_http_form_dup_object (form);
  left = fermata_value_to_string (object, FERMATA_WRITE_COMPACT, NULL);
  g_assert_cmpstr (left, ==, "{\"x\":\"1\",\"y\":\"2\",\"z\":\"3\"}");
}

static void
test_write (void)
{
  g_autoptr (GString) form = g_string_new (NULL);
  g_autoptr (GString) escaped = g_string_new (NULL);

  fermata_http_form_append (form, "a b", 3, "1+1=2 & 100%", 12);
  fermata_http_form_append (form, "€", 3, "~*-._", 5);
  fermata_http_form_append (form, "", 0, "\0\n", 2);
  g_assert_cmpstr (form->str, ==, "a+b=1%2B1%3D2+%26+100%25&%E2%82%AC=%7E*-._&=%00%0A");

  fermata_http_append_escaped (escaped, "some content~\0é", 16);
  g_assert_cmpstr (escaped->str, ==, "some%20content~%00%C3%A9");
}

/* What is written is read again, whatever it is. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20);

  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (FermataHttpForm) form = fermata_http_form_new ();
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) value = g_string_new (NULL);
      g_autoptr (FermataValue) found = NULL;
      gsize length;

      for (guint i = g_rand_int_range (random, 0, 40); i > 0; i--)
        g_string_append_unichar (value, g_rand_boolean (random)
                                          ? (gunichar) g_rand_int_range (random, 0, 0x80)
                                          : (gunichar) g_rand_int_range (random, 0xe000, 0x11000));
      fermata_http_form_append (text, "name", 4, value->str, value->len);
      g_assert_true (fermata_http_form_read (form, text->str, text->len));
      g_assert_cmpuint (fermata_http_form_take (form, "name", &found), ==, 1);
      g_assert_cmpmem (fermata_value_get_string (found, &length), value->len, value->str,
                       value->len);
      g_assert_cmpuint (length, ==, value->len);
    }
}

/* A mebibyte of it is nothing. */
static void
test_many (void)
{
  g_autoptr (FermataHttpForm) form = fermata_http_form_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (FermataValue) object = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "%x&a=&", i);
  g_assert_true (fermata_http_form_read (form, text->str, text->len));
  object = fermata_http_form_dup_object (form);
  g_assert_cmpuint (fermata_value_get_length (object), ==, 100000);
  g_assert_cmpuint (fermata_value_get_length (fermata_value_get_member (object, "a")), ==, 100001);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/services/http-form/read", test_read);
  g_test_add_func ("/services/http-form/take", test_take);
  g_test_add_func ("/services/http-form/write", test_write);
  g_test_add_func ("/services/http-form/round-trip", test_round_trip);
  g_test_add_func ("/services/http-form/many", test_many);

  return g_test_run ();
}
