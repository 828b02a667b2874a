/* test-script-content.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What texts are in a machine with JavaScript: section B.2 of the recommendation. */

#include "expression/fermata-script-content.h"
#include "value/fermata-value-writer.h"

static void
test_content (void)
{
  static const char *const cases[][2] = {
    { "[1,2]", "[1,2]" },
    { "\n  { \"a\" : [ 27, null, true ] }\n", "{\"a\":[27,null,true]}" },
    { " 123 ", "123" },
    { "1e999", "{\"$number\":\"Infinity\"}" },
    { "12345678901234567", "{\"$bigint\":\"12345678901234567\"}" },
    { "\"a  b\"", "\"a  b\"" },
    { "{\"$function\":\"x\"}", "{\"$$function\":\"x\"}" },
    { "null", "null" },
    { "", "\"\"" },
    { " \n ", "\"\"" },
    { "\nthis  is \na\tstring \n", "\"this is a string\"" },
    { "{a: 1}", "\"{a: 1}\"" },
    { "[1, 2", "\"[1, 2\"" },
    { "a\302\240 b", "\"a\302\240 b\"" },
    { "\n<a b='1'>\n <c/> \n</a>\n", "{\"$xml\":\"<a b='1'>\\n <c/> \\n</a>\"}" },
    { "<?xml version='1.0' encoding='ISO-8859-1'?><a>\303\244</a>",
      "{\"$xml\":\"<?xml version='1.0' encoding='ISO-8859-1'?><a>\303\244</a>\"}" },
    { "<!-- c --><a/>", "{\"$xml\":\"<!-- c --><a/>\"}" },
    { "<a>", "\"<a>\"" },
    { "<a/><b/>", "\"<a/><b/>\"" },
    { "<a/>  text", "\"<a/> text\"" },
    { "< 5", "\"< 5\"" },
    { "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "\"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>\"" },
    { "<a>&b;</a>", "\"<a>&b;</a>\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = fermata_script_value_from_content (cases[i][0]);
      g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

/* What is told of as an entity is not made, however often. */
static void
test_bomb (void)
{
  g_autoptr (GString) bomb = g_string_new ("<!DOCTYPE a [<!ENTITY e0 'x'>");
  g_autoptr (FermataValue) value = NULL;

  for (int i = 1; i < 30; i++)
    g_string_append_printf (bomb, "<!ENTITY e%d '&e%d;&e%d;&e%d;&e%d;'>", i, i - 1, i - 1, i - 1, i - 1);
  g_string_append (bomb, "]><a b='&e29;'>&e29;</a>");
  value = fermata_script_value_from_content (bomb->str);
  g_assert_cmpint (fermata_value_get_kind (value), ==, FERMATA_VALUE_KIND_STRING);
}

static void
test_deep (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (FermataValue) value = NULL;

  for (int i = 0; i < 100000; i++)
    g_string_append (deep, "<a>");
  for (int i = 0; i < 100000; i++)
    g_string_append (deep, "</a>");
  value = fermata_script_value_from_content (deep->str);
  g_assert_cmpint (fermata_value_get_kind (value), ==, FERMATA_VALUE_KIND_STRING);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/script-content/content", test_content);
  g_test_add_func ("/script-content/bomb", test_bomb);
  g_test_add_func ("/script-content/deep", test_deep);

  return g_test_run ();
}
