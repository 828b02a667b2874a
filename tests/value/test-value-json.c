/* test-value-json.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"
#include "value/random-value.h"

static FermataValue *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (text, -1, &error);

  g_assert_no_error (error);
  return value;
}

static void
test_from_nodes (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *written = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "z");
  json_builder_add_int_value (builder, G_MININT64);
  json_builder_set_member_name (builder, "a");
  json_builder_begin_array (builder);
  json_builder_add_double_value (builder, 1);
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_add_null_value (builder);
  json_builder_add_string_value (builder, "é");
  json_builder_begin_object (builder);
  json_builder_end_object (builder);
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "m");
  json_builder_add_int_value (builder, G_GINT64_CONSTANT (9007199254740993));
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);

  value = fermata_value_new_from_json (node, &error);
  g_assert_no_error (error);
  written = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_assert_cmpstr (written, ==,
                   "{\"z\":-9223372036854775808,\"a\":[1.0,true,false,null,\"é\",{},[]],\"m\":9007199254740993}");
}

static void
test_to_nodes (void)
{
  g_autoptr (FermataValue) value = parse ("{\"b\":[1,2.5,\"x\",null,true],\"a\":{\"c\":{}}}");
  g_autoptr (JsonNode) node = fermata_value_to_json (value);
  JsonObject *object = json_node_get_object (node);
  JsonArray *array = json_object_get_array_member (object, "b");
  g_autoptr (GList) names = json_object_get_members (object);

  g_assert_cmpstr (names->data, ==, "b");
  g_assert_cmpuint (json_array_get_length (array), ==, 5);
  g_assert_cmpint (json_node_get_value_type (json_array_get_element (array, 0)), ==, G_TYPE_INT64);
  g_assert_cmpint (json_array_get_int_element (array, 0), ==, 1);
  g_assert_cmpfloat (json_array_get_double_element (array, 1), ==, 2.5);
  g_assert_cmpstr (json_array_get_string_element (array, 2), ==, "x");
  g_assert_true (json_array_get_null_element (array, 3));
  g_assert_true (json_array_get_boolean_element (array, 4));
  g_assert_true (json_object_has_member (json_object_get_object_member (object, "a"), "c"));
}

static void
test_scalars_both_ways (void)
{
  static const char *const texts[] = {
    "null", "true", "false", "0", "9223372036854775807", "1.5", "-0.0", "\"\"", "\"a\"", "[]", "{}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FermataValue) value = parse (texts[i]);
      g_autoptr (JsonNode) node = fermata_value_to_json (value);
      g_autoptr (FermataValue) again = fermata_value_new_from_json (node, NULL);

      g_assert_true (fermata_value_equal (value, again));
    }
}

static gboolean
has_nul (FermataValue *value)
{
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

  return strstr (text, "\\u0000") != NULL;
}

static void
test_random_both_ways (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (FermataValue) value = random_value (5);
      g_autoptr (JsonNode) node = fermata_value_to_json (value);
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataValue) again = fermata_value_new_from_json (node, &error);

      g_assert_no_error (error);
      g_assert_true (has_nul (value) || fermata_value_equal (value, again));
    }
}

/* What nodes cannot hold. */
static void
test_lossy (void)
{
  static const struct {
    const char *text;
    const char *as_node;
  } cases[] = {
    { "12345678901234567890", "1.2345678901234567e19" },
    { "1e400", "\"1e400\"" },
    { "-1e400", "\"-1e400\"" },
    { "1e-400", "0.0" },
    { "\"a\\u0000b\"", "\"a\xef\xbf\xbd" "b\"" },
    { "{\"\\u0000\":1}", "{\"\xef\xbf\xbd\":1}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = parse (cases[i].text);
      g_autoptr (JsonNode) node = fermata_value_to_json (value);
      g_autoptr (FermataValue) again = fermata_value_new_from_json (node, NULL);
      g_autofree char *written = fermata_value_to_string (again, FERMATA_WRITE_COMPACT, NULL);

      g_assert_cmpstr (written, ==, cases[i].as_node);
    }
}

static void
test_not_finite (void)
{
  static const double numbers[] = { NAN, INFINITY, -INFINITY };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
      JsonArray *array = json_array_new ();
      g_autoptr (GError) error = NULL;

      json_array_add_string_element (array, "before");
      json_array_add_double_element (array, numbers[i]);
      json_node_take_array (node, array);
      g_assert_null (fermata_value_new_from_json (node, &error));
      g_assert_error (error, FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_UNSUPPORTED);
    }
}

static void
test_not_utf8 (void)
{
  g_autoptr (JsonNode) string = json_node_init_string (json_node_alloc (), "a\xff");
  g_autoptr (JsonNode) object = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GError) error = NULL;

  g_assert_null (fermata_value_new_from_json (string, &error));
  g_assert_error (error, FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_ENCODING);
  g_clear_error (&error);
  json_node_take_object (object, json_object_new ());
  json_object_set_int_member (json_node_get_object (object), "\xff", 1);
  g_assert_null (fermata_value_new_from_json (object, &error));
  g_assert_error (error, FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_ENCODING);
}

static JsonNode *
make_deep_node (guint depth)
{
  JsonNode *node = json_node_init_int (json_node_alloc (), 1);

  for (guint i = 0; i < depth; i++)
    {
      JsonArray *array = json_array_new ();

      json_array_add_element (array, node);
      node = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (node, array);
    }
  return node;
}

static void
test_depth (void)
{
  g_autoptr (JsonNode) most = make_deep_node (1000);
  g_autoptr (JsonNode) more = make_deep_node (1001);
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = fermata_value_new_from_json (most, &error);
  g_autoptr (FermataValue) deeper = fermata_value_new_array (&value, 1);
  g_autoptr (JsonNode) node = NULL;

  g_assert_no_error (error);
  g_assert_null (fermata_value_new_from_json (more, &error));
  g_assert_error (error, FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_DEPTH);

  node = fermata_value_to_json (value);
  g_assert_nonnull (node);
  g_assert_true (json_node_equal (node, most));
  g_assert_null (fermata_value_to_json (deeper));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/value-json/from-nodes", test_from_nodes);
  g_test_add_func ("/value-json/to-nodes", test_to_nodes);
  g_test_add_func ("/value-json/scalars-both-ways", test_scalars_both_ways);
  g_test_add_func ("/value-json/random-both-ways", test_random_both_ways);
  g_test_add_func ("/value-json/lossy", test_lossy);
  g_test_add_func ("/value-json/not-finite", test_not_finite);
  g_test_add_func ("/value-json/not-utf8", test_not_utf8);
  g_test_add_func ("/value-json/depth", test_depth);

  return g_test_run ();
}
