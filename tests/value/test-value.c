/* test-value.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <math.h>

#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value.h"
#include "value/small-stack.h"

static FermataValue *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (text, -1, &error);

  g_assert_no_error (error);
  return value;
}

static void
test_kinds (void)
{
  static const struct {
    const char *text;
    FermataValueKind kind;
    const char *name;
  } cases[] = {
    { "null", FERMATA_VALUE_KIND_NULL, "null" },
    { "false", FERMATA_VALUE_KIND_BOOLEAN, "boolean" },
    { "true", FERMATA_VALUE_KIND_BOOLEAN, "boolean" },
    { "0", FERMATA_VALUE_KIND_INTEGER, "integer" },
    { "-7", FERMATA_VALUE_KIND_INTEGER, "integer" },
    { "9223372036854775807", FERMATA_VALUE_KIND_INTEGER, "integer" },
    { "0.0", FERMATA_VALUE_KIND_NUMBER, "number" },
    { "-0", FERMATA_VALUE_KIND_NUMBER, "number" },
    { "1.5", FERMATA_VALUE_KIND_NUMBER, "number" },
    { "1e300", FERMATA_VALUE_KIND_NUMBER, "number" },
    { "1e400", FERMATA_VALUE_KIND_NUMBER, "number" },
    { "\"\"", FERMATA_VALUE_KIND_STRING, "string" },
    { "\"a\"", FERMATA_VALUE_KIND_STRING, "string" },
    { "[]", FERMATA_VALUE_KIND_ARRAY, "array" },
    { "[1]", FERMATA_VALUE_KIND_ARRAY, "array" },
    { "{}", FERMATA_VALUE_KIND_OBJECT, "object" },
    { "{\"a\":1}", FERMATA_VALUE_KIND_OBJECT, "object" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = parse (cases[i].text);

      g_assert_cmpint (fermata_value_get_kind (value), ==, cases[i].kind);
      g_assert_cmpstr (fermata_value_kind_to_string (cases[i].kind), ==, cases[i].name);
      g_assert_cmpint (fermata_value_is_null (value), ==, cases[i].kind == FERMATA_VALUE_KIND_NULL);
    }
}

/* Whoever asks for what a value is not gets something neutral. */
static void
test_wrong_kind (void)
{
  static const char *const texts[] = { "null", "\"a\"", "[1]", "{\"a\":1}", "true", "1e400", "\"\"", "{}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FermataValue) value = parse (texts[i]);
      FermataValueKind kind = fermata_value_get_kind (value);
      gsize length = 99;
      gsize index;

      g_assert_cmpint (fermata_value_get_integer (value), ==, 0);
      if (kind != FERMATA_VALUE_KIND_NUMBER)
        {
          g_assert_cmpfloat (fermata_value_get_number (value), ==, 0.0);
          g_assert_null (fermata_value_get_number_text (value));
        }
      if (kind != FERMATA_VALUE_KIND_BOOLEAN)
        g_assert_false (fermata_value_get_boolean (value));
      if (kind != FERMATA_VALUE_KIND_STRING)
        {
          g_assert_null (fermata_value_get_string (value, &length));
          g_assert_cmpuint (length, ==, 0);
        }
      if (kind != FERMATA_VALUE_KIND_OBJECT)
        {
          g_assert_null (fermata_value_get_member (value, "a"));
          g_assert_false (fermata_value_find_member (value, "a", &index));
          g_assert_null (fermata_value_get_member_name (value, 0));
        }
      if (kind != FERMATA_VALUE_KIND_OBJECT && kind != FERMATA_VALUE_KIND_ARRAY)
        {
          g_assert_cmpuint (fermata_value_get_length (value), ==, 0);
          g_assert_null (fermata_value_get_element (value, 0));
        }
    }
}

static void
test_integers (void)
{
  static const gint64 edges[] = {
    0, G_MAXINT32, G_MAXUINT32, (gint64) 1 << 53, (gint64) 1 << 59, (gint64) 1 << 60, (gint64) 1 << 61,
    (gint64) 1 << 62, G_MAXINT64, G_MININT64,
  };

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      for (int sign = -1; sign <= 1; sign += 2)
        {
          for (int off = -2; off <= 2; off++)
            {
              gint64 integer = (gint64) ((guint64) edges[i] * (guint64) sign + (guint64) off);
              g_autoptr (FermataValue) value = fermata_value_new_integer (integer);
              g_autoptr (FermataValue) same = fermata_value_new_integer (integer);
              g_autoptr (FermataValue) other = fermata_value_new_integer (integer ^ 1);

              g_assert_cmpint (fermata_value_get_kind (value), ==, FERMATA_VALUE_KIND_INTEGER);
              g_assert_cmpint (fermata_value_get_integer (value), ==, integer);
              g_assert_cmpfloat (fermata_value_get_number (value), ==, (double) integer);
              g_assert_true (fermata_value_equal (value, same));
              g_assert_false (fermata_value_equal (value, other));
            }
        }
    }
}

static void
assert_keeps_bits (guint64 bits)
{
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (FermataValue) same = NULL;
  guint64 got;
  double number;

  memcpy (&number, &bits, sizeof number);
  if (!isfinite (number))
    return;
  value = fermata_value_new_number (number);
  same = fermata_value_new_number (number);
  g_assert_cmpint (fermata_value_get_kind (value), ==, FERMATA_VALUE_KIND_NUMBER);
  number = fermata_value_get_number (value);
  memcpy (&got, &number, sizeof got);
  g_assert_cmphex (got, ==, bits);
  g_assert_true (fermata_value_equal (value, same));
  g_assert_cmpuint (fermata_value_hash (value), ==, fermata_value_hash (same));
}

/* Every exponent, with the least and the greatest fraction, of both signs. */
static void
test_numbers (void)
{
  const guint64 fraction = (G_GUINT64_CONSTANT (1) << 52) - 1;

  for (guint64 exponent = 0; exponent < 4096; exponent++)
    {
      assert_keeps_bits (exponent << 52);
      assert_keeps_bits ((exponent << 52) | 1);
      assert_keeps_bits ((exponent << 52) | fraction);
    }
}

static void
test_not_finite (void)
{
  g_autoptr (FermataValue) value = NULL;

  g_test_expect_message ("Fermata", G_LOG_LEVEL_CRITICAL, "*isfinite*");
  value = fermata_value_new_number (NAN);
  g_test_assert_expected_messages ();
  g_assert_true (fermata_value_is_null (value));

  g_test_expect_message ("Fermata", G_LOG_LEVEL_CRITICAL, "*isfinite*");
  value = fermata_value_new_number (-INFINITY);
  g_test_assert_expected_messages ();
  g_assert_true (fermata_value_is_null (value));
}

static void
test_strings (void)
{
  g_autoptr (FermataValue) ended = fermata_value_new_string ("köln", -1);
  g_autoptr (FermataValue) counted = fermata_value_new_string ("a\0b", 3);
  g_autoptr (FermataValue) shorter = fermata_value_new_string ("a", -1);
  g_autoptr (FermataValue) empty = fermata_value_new_string ("", -1);
  const char *string;
  gsize length;

  g_assert_cmpstr (fermata_value_get_string (ended, &length), ==, "köln");
  g_assert_cmpuint (length, ==, 5);
  string = fermata_value_get_string (counted, &length);
  g_assert_cmpmem (string, length + 1, "a\0b", 4);
  g_assert_false (fermata_value_equal (counted, shorter));
  g_assert_cmpstr (fermata_value_get_string (empty, &length), ==, "");
  g_assert_cmpuint (length, ==, 0);
}

static void
test_not_utf8 (void)
{
  static const char *const texts[] = {
    "\x80", "\xc0\x80", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xff",
    "12345678\xc3",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FermataValue) value = NULL;

      g_test_expect_message ("Fermata", G_LOG_LEVEL_CRITICAL, "*utf8*");
      value = fermata_value_new_string (texts[i], -1);
      g_test_assert_expected_messages ();
      g_assert_true (fermata_value_is_null (value));
    }
}

static void
test_arrays (void)
{
  g_autoptr (FermataValue) one = fermata_value_new_string ("one", -1);
  FermataValue *elements[] = { one, fermata_value_new_integer (2), one };
  g_autoptr (FermataValue) array = fermata_value_new_array (elements, 3);
  g_autoptr (FermataValue) none = fermata_value_new_array (NULL, 0);
  g_autoptr (FermataValue) empty = fermata_value_new_empty_array ();

  g_assert_cmpuint (fermata_value_get_length (array), ==, 3);
  g_assert_true (fermata_value_get_element (array, 0) == one);
  g_assert_cmpint (fermata_value_get_integer (fermata_value_get_element (array, 1)), ==, 2);
  g_assert_true (fermata_value_get_element (array, 2) == one);
  g_assert_cmpuint (fermata_value_get_length (none), ==, 0);
  g_assert_true (fermata_value_equal (none, empty));

  g_test_expect_message ("Fermata", G_LOG_LEVEL_CRITICAL, "*index*");
  g_assert_null (fermata_value_get_element (array, 3));
  g_test_assert_expected_messages ();
}

static void
test_objects (void)
{
  const char *names[] = { "b", "a", "b" };
  FermataValue *values[] = {
    fermata_value_new_integer (1), fermata_value_new_integer (2), fermata_value_new_integer (3),
  };
  g_autoptr (FermataValue) object = fermata_value_new_object (names, values, 3);
  gsize index;

  g_assert_cmpuint (fermata_value_get_length (object), ==, 2);
  g_assert_cmpstr (fermata_value_get_member_name (object, 0), ==, "b");
  g_assert_cmpint (fermata_value_get_integer (fermata_value_get_element (object, 0)), ==, 3);
  g_assert_cmpstr (fermata_value_get_member_name (object, 1), ==, "a");
  g_assert_cmpint (fermata_value_get_integer (fermata_value_get_member (object, "a")), ==, 2);
  g_assert_true (fermata_value_find_member (object, "a", &index));
  g_assert_cmpuint (index, ==, 1);
  g_assert_true (fermata_value_find_member (object, "b", NULL));
  g_assert_null (fermata_value_get_member (object, "c"));
  g_assert_null (fermata_value_get_member (object, ""));

  g_test_expect_message ("Fermata", G_LOG_LEVEL_CRITICAL, "*index*");
  g_assert_null (fermata_value_get_member_name (object, 2));
  g_test_assert_expected_messages ();
}

static FermataValue *
make_object (guint n_members)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  for (guint i = 0; i < n_members; i++)
    {
      g_autofree char *name = g_strdup_printf ("member %u", i);

      fermata_value_builder_set_integer (builder, name, i);
    }
  return fermata_value_builder_end (builder);
}

static void
assert_has_all_members (FermataValue *object,
                        guint         n_members)
{
  g_assert_cmpuint (fermata_value_get_length (object), ==, n_members);
  for (guint i = 0; i < n_members; i++)
    {
      g_autofree char *name = g_strdup_printf ("member %u", i);
      gsize index = G_MAXSIZE;

      g_assert_true (fermata_value_find_member (object, name, &index));
      g_assert_cmpuint (index, ==, i);
      g_assert_cmpstr (fermata_value_get_member_name (object, i), ==, name);
      g_assert_cmpint (fermata_value_get_integer (fermata_value_get_element (object, i)), ==, i);
    }
  g_assert_false (fermata_value_find_member (object, "member", NULL));
}

static void
test_objects_of_all_sizes (void)
{
  for (guint n = 0; n < 70; n++)
    {
      g_autoptr (FermataValue) object = make_object (n);

      assert_has_all_members (object, n);
    }
}

/* Would not end if making it or looking it up were quadratic. */
static void
test_huge_object (void)
{
  g_autoptr (FermataValue) object = make_object (1000000);

  assert_has_all_members (object, 1000000);
}

static void
test_with_member (void)
{
  g_autoptr (FermataValue) empty = fermata_value_new_empty_object ();
  g_autoptr (FermataValue) text = fermata_value_new_string ("text", -1);
  g_autoptr (FermataValue) one = fermata_value_with_member (empty, "a", text);
  g_autoptr (FermataValue) two = fermata_value_with_member (one, "b", fermata_value_new_integer (2));
  g_autoptr (FermataValue) changed = fermata_value_with_member (two, "a", fermata_value_new_null ());
  g_autoptr (FermataValue) expected_two = parse ("{\"a\":\"text\",\"b\":2}");
  g_autoptr (FermataValue) expected_changed = parse ("{\"a\":null,\"b\":2}");

  g_assert_cmpuint (fermata_value_get_length (empty), ==, 0);
  g_assert_cmpuint (fermata_value_get_length (one), ==, 1);
  g_assert_true (fermata_value_equal (two, expected_two));
  g_assert_true (fermata_value_equal (changed, expected_changed));
  g_assert_cmpstr (fermata_value_get_member_name (changed, 0), ==, "a");
  g_assert_true (fermata_value_get_member (one, "a") == text);
}

static void
test_without_member (void)
{
  g_autoptr (FermataValue) three = parse ("{\"a\":[1],\"b\":[2],\"c\":[3]}");
  g_autoptr (FermataValue) two = fermata_value_without_member (three, "b");
  g_autoptr (FermataValue) same = fermata_value_without_member (two, "b");
  g_autoptr (FermataValue) one = fermata_value_without_member (two, "c");
  g_autoptr (FermataValue) none = fermata_value_without_member (one, "a");
  g_autoptr (FermataValue) expected = parse ("{\"a\":[1],\"c\":[3]}");

  g_assert_cmpuint (fermata_value_get_length (three), ==, 3);
  g_assert_true (fermata_value_equal (two, expected));
  g_assert_null (fermata_value_get_member (two, "b"));
  g_assert_true (same == two);
  g_assert_cmpstr (fermata_value_get_member_name (one, 0), ==, "a");
  g_assert_cmpuint (fermata_value_get_length (none), ==, 0);
  g_assert_cmpint (fermata_value_get_kind (none), ==, FERMATA_VALUE_KIND_OBJECT);
}

static void
test_equal (void)
{
  static const char *const pairs[][2] = {
    { "[1,2,[3,{\"a\":\"x\"}]]", "[ 1, 2, [3, {\"\\u0061\": \"\\u0078\"}]]" },
    { "{\"a\":1,\"b\":{\"c\":[1e300]}}", "{\"b\":{\"c\":[10e299]},\"a\":1}" },
    { "1e400", "1e400" },
    { "-9223372036854775808", "-9223372036854775808" },
    { "{\"1\":1,\"2\":2,\"3\":3,\"4\":4,\"5\":5,\"6\":6,\"7\":7,\"8\":8,\"9\":9}",
      "{\"9\":9,\"8\":8,\"7\":7,\"6\":6,\"5\":5,\"4\":4,\"3\":3,\"2\":2,\"1\":1}" },
    { "{\"a\":[],\"b\":{}}", "{\"b\":{},\"a\":[]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (FermataValue) a = parse (pairs[i][0]);
      g_autoptr (FermataValue) b = parse (pairs[i][1]);

      g_assert_true (fermata_value_equal (a, b));
      g_assert_true (fermata_value_equal (b, a));
      g_assert_cmpuint (fermata_value_hash (a), ==, fermata_value_hash (b));
    }
}

/* No two of them are equal, and by their hashes they can be told apart. */
static void
test_not_equal (void)
{
  static const char *const texts[] = {
    "null", "false", "true", "0", "0.0", "-0.0", "1", "1.0", "1e300", "1e301", "1e400", "1e401", "\"\"", "\"0\"",
    "\"1e400\"", "9223372036854775807", "9223372036854775806", "[]", "{}", "[[]]", "[{}]", "[0]", "[0,0]", "[1,2]",
    "[2,1]", "{\"a\":1}", "{\"a\":1.0}", "{\"b\":1}", "{\"a\":1,\"b\":2}", "{\"a\":2,\"b\":1}", "{\"a\":1,\"c\":2}",
    "{\"\":1}", "{\"\\u0000\":1}", "[\"a\"]", "[\"a\\u0000\"]", "[null]",
  };
  guint n_alike = 0;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      for (guint j = 0; j < i; j++)
        {
          g_autoptr (FermataValue) a = parse (texts[i]);
          g_autoptr (FermataValue) b = parse (texts[j]);

          if (fermata_value_equal (a, b) || fermata_value_equal (b, a))
            g_error ("%s equals %s", texts[i], texts[j]);
          n_alike += fermata_value_hash (a) == fermata_value_hash (b);
        }
    }
  g_assert_cmpuint (n_alike, <=, 1);
}

/* Each level is an array or an object in turn. */
static FermataValue *
make_deep (guint depth)
{
  FermataValue *value = fermata_value_new_string ("the bottom", -1);
  const char *name = "a";

  for (guint i = 0; i < depth; i++)
    {
      FermataValue *inner = value;

      value = i % 2 ? fermata_value_new_array (&inner, 1) : fermata_value_new_object (&name, &inner, 1);
      fermata_value_unref (inner);
    }
  return value;
}

static gpointer
use_deep_values (gpointer data)
{
  FermataValue *a = make_deep (1000000);
  FermataValue *b = make_deep (1000000);
  FermataValue *shorter = make_deep (999998);

  g_assert_true (fermata_value_equal (a, b));
  g_assert_false (fermata_value_equal (a, shorter));
  g_assert_cmpuint (fermata_value_hash (a), ==, fermata_value_hash (b));
  fermata_value_unref (a);
  fermata_value_unref (b);
  fermata_value_unref (shorter);
  return NULL;
}

static void
test_deep (void)
{
  run_on_small_stack (use_deep_values, NULL);
}

/* What others still hold must survive the freeing of what is around it. */
static void
test_freeing_spares_the_shared (void)
{
  g_autoptr (FermataValue) shared = parse ("[\"a\",{\"b\":[\"c\"]}]");
  FermataValue *inner = fermata_value_ref (fermata_value_get_element (shared, 1));
  FermataValue *elements[] = { shared, inner, shared };
  FermataValue *around = fermata_value_new_array (elements, 3);
  FermataValue *outer = fermata_value_new_array (&around, 1);
  g_autoptr (FermataValue) expected = parse ("[\"a\",{\"b\":[\"c\"]}]");

  fermata_value_unref (around);
  fermata_value_unref (outer);
  g_assert_true (fermata_value_equal (shared, expected));
  g_clear_pointer (&shared, fermata_value_unref);
  g_assert_true (fermata_value_equal (inner, fermata_value_get_element (expected, 1)));
  fermata_value_unref (inner);
}

#define N_THREADS 4
#define N_TURNS 20000

/* The index of an object that was built without one is made by whoever looks
 * first. */
static gpointer
use_shared_value (gpointer data)
{
  FermataValue *object = data;

  for (guint i = 0; i < N_TURNS; i++)
    {
      g_autoptr (FermataValue) held = fermata_value_ref (object);
      g_autoptr (FermataValue) member = fermata_value_ref (fermata_value_get_member (held, "member 49"));
      g_autoptr (FermataValue) copy = fermata_value_with_member (held, "member 7", member);

      g_assert_cmpint (fermata_value_get_integer (fermata_value_get_member (copy, "member 7")), ==, 49);
    }
  fermata_value_unref (object);
  return NULL;
}

static void
test_threads (void)
{
  FermataValue *object = make_object (50);
  GThread *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("value", use_shared_value, fermata_value_ref (object));
  fermata_value_unref (object);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
}

static void
test_boxed (void)
{
  g_auto (GValue) boxed = G_VALUE_INIT;
  g_autoptr (FermataValue) value = parse ("[1]");
  FermataValue *integer = fermata_value_new_integer (-5);

  g_value_init (&boxed, FERMATA_TYPE_VALUE);
  g_value_set_boxed (&boxed, value);
  g_assert_true (g_value_get_boxed (&boxed) == value);
  g_value_set_boxed (&boxed, integer);
  g_assert_cmpint (fermata_value_get_integer (g_value_get_boxed (&boxed)), ==, -5);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/value/kinds", test_kinds);
  g_test_add_func ("/value/wrong-kind", test_wrong_kind);
  g_test_add_func ("/value/integers", test_integers);
  g_test_add_func ("/value/numbers", test_numbers);
  g_test_add_func ("/value/not-finite", test_not_finite);
  g_test_add_func ("/value/strings", test_strings);
  g_test_add_func ("/value/not-utf8", test_not_utf8);
  g_test_add_func ("/value/arrays", test_arrays);
  g_test_add_func ("/value/objects", test_objects);
  g_test_add_func ("/value/objects-of-all-sizes", test_objects_of_all_sizes);
  g_test_add_func ("/value/huge-object", test_huge_object);
  g_test_add_func ("/value/with-member", test_with_member);
  g_test_add_func ("/value/without-member", test_without_member);
  g_test_add_func ("/value/equal", test_equal);
  g_test_add_func ("/value/not-equal", test_not_equal);
  g_test_add_func ("/value/deep", test_deep);
  g_test_add_func ("/value/freeing-spares-the-shared", test_freeing_spares_the_shared);
  g_test_add_func ("/value/threads", test_threads);
  g_test_add_func ("/value/boxed", test_boxed);

  return g_test_run ();
}
