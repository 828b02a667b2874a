/* test-value-builder.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

static void
assert_writes (FermataValue *value,
               const char   *expected)
{
  g_autofree char *written = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

  g_assert_cmpstr (written, ==, expected);
}

static void
test_array (void)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) empty = fermata_value_builder_end (builder);
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (FermataValue) again = NULL;

  assert_writes (empty, "[]");
  fermata_value_builder_add_string (builder, "a");
  fermata_value_builder_add (builder, empty);
  value = fermata_value_builder_end (builder);
  assert_writes (value, "[\"a\",[]]");
  fermata_value_builder_add (builder, value);
  again = fermata_value_builder_end (builder);
  assert_writes (again, "[[\"a\",[]]]");
}

static void
test_object (void)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) empty = fermata_value_builder_end (builder);
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (FermataValue) again = NULL;

  assert_writes (empty, "{}");
  fermata_value_builder_set (builder, "e", empty);
  fermata_value_builder_set_string (builder, "s", "é");
  fermata_value_builder_set_integer (builder, "i", G_MININT64);
  fermata_value_builder_set_number (builder, "n", 1);
  fermata_value_builder_set_boolean (builder, "b", 7);
  fermata_value_builder_set_string (builder, "e", "replaced in its place");
  value = fermata_value_builder_end (builder);
  assert_writes (value, "{\"e\":\"replaced in its place\",\"s\":\"é\",\"i\":-9223372036854775808,\"n\":1.0,\"b\":true}");
  fermata_value_builder_set_integer (builder, "s", 1);
  again = fermata_value_builder_end (builder);
  assert_writes (again, "{\"s\":1}");
}

/* Every size up to where the names have been indexed twice over. */
static void
test_replacing (void)
{
  for (guint n = 1; n < 60; n++)
    {
      g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
      g_autoptr (FermataValue) value = NULL;

      for (guint round = 0; round < 2; round++)
        {
          for (guint i = 0; i < n; i++)
            {
              g_autofree char *name = g_strdup_printf ("%u", i);

              fermata_value_builder_set_integer (builder, name, 100 * round + i);
            }
        }
      value = fermata_value_builder_end (builder);
      g_assert_cmpuint (fermata_value_get_length (value), ==, n);
      for (guint i = 0; i < n; i++)
        g_assert_cmpint (fermata_value_get_integer (fermata_value_get_element (value, i)), ==, 100 + i);
    }
}

/* It holds what it was given until it is dropped. */
static void
test_dropped (void)
{
  g_autoptr (FermataValue) value = fermata_value_parse ("[\"kept\"]", -1, NULL);
  FermataValueBuilder *builder = fermata_value_builder_new_object ();

  fermata_value_builder_set (builder, "a", value);
  g_assert_true (fermata_value_builder_ref (builder) == builder);
  fermata_value_builder_unref (builder);
  fermata_value_builder_set (builder, "b", value);
  fermata_value_builder_unref (builder);
  assert_writes (value, "[\"kept\"]");
}

static void
test_misuse (void)
{
  g_autoptr (FermataValueBuilder) array = fermata_value_builder_new_array ();
  g_autoptr (FermataValueBuilder) object = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) value = NULL;

  g_test_expect_message ("Fermata", G_LOG_LEVEL_CRITICAL, "*is_object*");
  fermata_value_builder_set_integer (array, "a", 1);
  g_test_assert_expected_messages ();
  g_test_expect_message ("Fermata", G_LOG_LEVEL_CRITICAL, "*is_object*");
  fermata_value_builder_add_string (object, "a");
  g_test_assert_expected_messages ();
  g_test_expect_message ("Fermata", G_LOG_LEVEL_CRITICAL, "*utf8*");
  fermata_value_builder_set_integer (object, "\xff", 1);
  g_test_assert_expected_messages ();
  value = fermata_value_builder_end (object);
  assert_writes (value, "{}");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/value-builder/array", test_array);
  g_test_add_func ("/value-builder/object", test_object);
  g_test_add_func ("/value-builder/replacing", test_replacing);
  g_test_add_func ("/value-builder/dropped", test_dropped);
  g_test_add_func ("/value-builder/misuse", test_misuse);

  return g_test_run ();
}
