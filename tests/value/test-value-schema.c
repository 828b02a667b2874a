/* test-value-schema.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-schema.h"

#include <string.h>

#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"

static FermataValue *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (text, -1, &error);

  g_assert_no_error (error);
  return value;
}

static FermataSchema *
compile (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = parse (text);
  g_autofree char *path = NULL;
  FermataSchema *schema = fermata_schema_new (value, &path, &error);

  g_assert_no_error (error);
  g_assert_null (path);
  return schema;
}

/* The error of a value; NULL if it fits. */
static char *
validate (FermataSchema *schema,
          FermataValue  *value)
{
  g_autoptr (GError) error = NULL;
  gboolean fits = fermata_schema_validate (schema, value, &error);

  g_assert_true (fits == (error == NULL));
  if (fits)
    return NULL;
  g_assert_error (error, FERMATA_SCHEMA_ERROR, FERMATA_SCHEMA_ERROR_VALUE);
  return g_strdup (error->message);
}

typedef struct {
  const char *schema;       /* NULL: as before */
  const char *value;
  const char *error;        /* NULL: it fits */
} Case;

static void
check (const Case *cases,
       gsize       n_cases)
{
  g_autoptr (FermataSchema) schema = NULL;

  for (gsize i = 0; i < n_cases; i++)
    {
      g_autoptr (FermataValue) value = parse (cases[i].value);
      g_autofree char *error = NULL;

      if (cases[i].schema != NULL)
        {
          g_clear_pointer (&schema, fermata_schema_unref);
          schema = compile (cases[i].schema);
        }
      error = validate (schema, value);
      if (g_strcmp0 (error, cases[i].error) != 0)
        g_error ("%s with %s: found “%s”, expected “%s”", cases[i].value, cases[i].schema,
                 error, cases[i].error);
    }
}

#define CHECK(...) check ((const Case[]) { __VA_ARGS__ }, G_N_ELEMENTS (((const Case[]) { __VA_ARGS__ })))

static void
test_booleans (void)
{
  CHECK ({ "true", "1", NULL },
         { "{}", "[null]", NULL },
         { "false", "1", "expected nothing here, found 1" },
         { NULL, "{\"a\": 1}", "expected nothing here, found an object of 1 member" });
}

static void
test_types (void)
{
  CHECK ({ "{\"type\": \"integer\"}", "1", NULL },
         { NULL, "1.0", NULL },
         { NULL, "-0.0", NULL },
         { NULL, "1e30", NULL },
         { NULL, "123456789012345678901234567890", NULL },
         { NULL, "1.5", "expected an integer, found 1.5" },
         { NULL, "\"1\"", "expected an integer, found “1”" },
         { NULL, "null", "expected an integer, found null" },
         { "{\"type\": \"number\"}", "1", NULL },
         { NULL, "1.5", NULL },
         { NULL, "true", "expected a number, found true" },
         { "{\"type\": \"string\"}", "\"\"", NULL },
         { NULL, "{}", "expected a string, found an object of 0 members" },
         { "{\"type\": \"object\"}", "{}", NULL },
         { NULL, "[]", "expected an object, found an array of 0 items" },
         { "{\"type\": \"array\"}", "[]", NULL },
         { NULL, "{}", "expected an array, found an object of 0 members" },
         { "{\"type\": \"boolean\"}", "false", NULL },
         { NULL, "0", "expected a boolean, found 0" },
         { "{\"type\": \"null\"}", "null", NULL },
         { NULL, "\"\"", "expected null, found “”" },
         { "{\"type\": [\"string\", \"null\"]}", "null", NULL },
         { NULL, "\"a\"", NULL },
         { NULL, "0", "expected null or a string, found 0" });
}

static void
test_constants (void)
{
  CHECK ({ "{\"const\": 2}", "2", NULL },
         { NULL, "2.0", NULL },
         { NULL, "\"2\"", "expected 2, found “2”" },
         { "{\"const\": {\"a\": [1, 0.0], \"b\": null}}", "{\"b\": null, \"a\": [1.0, -0.0]}", NULL },
         { NULL, "{\"a\": [1, 0]}", "expected an object of 2 members, found an object of 1 member" },
         { "{\"const\": false}", "0", "expected false, found 0" },
         { "{\"const\": 9007199254740993}", "9007199254740993", NULL },
         { NULL, "9007199254740992.0", "expected 9007199254740993, found 9007199254740992.0" },
         { "{\"enum\": [\"a\", 1, null]}", "null", NULL },
         { NULL, "1.0", NULL },
         { NULL, "\"b\"", "expected one of “a”, 1, null, found “b”" },
         { "{\"enum\": [[]]}", "[]", NULL },
         { NULL, "{}", "expected an array of 0 items, found an object of 0 members" },
         { "{\"enum\": [1,2,3,4,5,6,7,8,9,10,11,[12]]}", "11.0", NULL },
         { NULL, "[12.0]", NULL },
         { NULL, "12", "expected one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …, found 12" });
}

static void
test_numbers (void)
{
  CHECK ({ "{\"minimum\": 1.1}", "1.1", NULL },
         { NULL, "0.6", "expected at least 1.1, found 0.6" },
         { NULL, "\"x\"", NULL },
         { "{\"maximum\": 300}", "300.0", NULL },
         { NULL, "300.5", "expected at most 300, found 300.5" },
         { "{\"exclusiveMinimum\": 0, \"exclusiveMaximum\": 1}", "0.5", NULL },
         { NULL, "0", "expected more than 0, found 0" },
         { NULL, "1.0", "expected less than 1, found 1.0" },
         { "{\"minimum\": 9223372036854775807}", "9223372036854775807", NULL },
         { NULL, "9223372036854775806", "expected at least 9223372036854775807, found 9223372036854775806" },
         { NULL, "9223372036854775808.0", NULL },
         { "{\"maximum\": 9223372036854775807.0}", "9223372036854775807", NULL },
         { "{\"minimum\": -9223372036854775808}", "-1e300", "expected at least -9223372036854775808, found -1e300" },
         { "{\"maximum\": 1e300}", "1e400", "expected at most 1e300, found 1e400" });
}

static void
test_multiples (void)
{
  CHECK ({ "{\"multipleOf\": 2}", "10", NULL },
         { NULL, "7", "expected a multiple of 2, found 7" },
         { NULL, "-4", NULL },
         { NULL, "0.0", NULL },
         { NULL, "1e300", NULL },
         { NULL, "123456789012345678901234567890", NULL },
         { NULL, "123456789012345678901234567891",
           "expected a multiple of 2, found 123456789012345678901234567891" },
         { "{\"multipleOf\": 1.5}", "4.5", NULL },
         { NULL, "35", "expected a multiple of 1.5, found 35" },
         { "{\"multipleOf\": 0.0001}", "0.0075", NULL },
         { NULL, "0.00751", "expected a multiple of 0.0001, found 0.00751" },
         { "{\"multipleOf\": 0.1}", "0.3", NULL },
         { NULL, "1000000000000000.1", NULL },
         { "{\"multipleOf\": 0.01}", "19.99", NULL },
         { "{\"multipleOf\": 1e-8}", "12391239123", NULL },
         { "{\"multipleOf\": 0.123456789}", "1e308", "expected a multiple of 0.123456789, found 1e308" },
         { "{\"multipleOf\": 9223372036854775807}", "-9223372036854775807", NULL },
         { "{\"multipleOf\": 100}", "1e2", NULL },
         { NULL, "250.00", "expected a multiple of 100, found 250.0" });
}

static void
test_strings (void)
{
  CHECK ({ "{\"minLength\": 2}", "\"é\"", "expected at least 2 characters, found “é”" },
         { NULL, "\"éé\"", NULL },
         { NULL, "1", NULL },
         { "{\"maxLength\": 2}", "\"💩💩\"", NULL },
         { NULL, "\"a\\u0000b\"", "expected at most 2 characters, found “a”" },
         { "{\"maxLength\": 2.0}", "\"abc\"", "expected at most 2 characters, found “abc”" },
         { "{\"pattern\": \"^a*$\"}", "\"aaa\"", NULL },
         { NULL, "\"abc\"", "expected a text that matches “^a*$”, found “abc”" },
         { NULL, "\"a\\n\"", "expected a text that matches “^a*$”, found “a ”" },
         { NULL, "{}", NULL },
         { "{\"pattern\": \"a+\"}", "\"xxaayy\"", NULL },
         { "{\"pattern\": \"^\\\\p{L}+$\"}", "\"Größe\"", NULL },
         { NULL, "\"G0\"", "expected a text that matches “^\\p{L}+$”, found “G0”" },
         { "{\"format\": \"date\"}", "\"nonsense\"", NULL });
}

static void
test_arrays (void)
{
  CHECK ({ "{\"items\": {\"type\": \"integer\"}}", "[1, 2]", NULL },
         { NULL, "[1, \"x\"]", "[1]: expected an integer, found “x”" },
         { NULL, "{\"length\": 1}", NULL },
         { "{\"items\": false}", "[]", NULL },
         { NULL, "[1]", "[0]: expected nothing here, found 1" },
         { "{\"prefixItems\": [{\"type\": \"integer\"}, true, {\"type\": \"string\"}]}", "[1]", NULL },
         { NULL, "[1, null, \"x\", null]", NULL },
         { NULL, "[1, null, 2]", "[2]: expected a string, found 2" },
         { "{\"prefixItems\": [{}], \"items\": {\"type\": \"null\"}}", "[1, null, null]", NULL },
         { NULL, "[1, null, 0]", "[2]: expected null, found 0" },
         { "{\"prefixItems\": [{}, {}], \"items\": false}", "[1, 2]", NULL },
         { NULL, "[1, 2, 3]", "[2]: expected nothing here, found 3" },
         { "{\"minItems\": 1, \"maxItems\": 2}", "[]", "expected at least 1 item, found an array of 0 items" },
         { NULL, "[1, 2, 3]", "expected at most 2 items, found an array of 3 items" },
         { NULL, "\"\"", NULL },
         { "{\"uniqueItems\": true}", "[1, 2, {\"a\": 1}, {\"a\": 2}, true, \"1\", [1], [[1]]]", NULL },
         { NULL, "[1, 1.0]", "expected items that all differ, found an array of 2 items" },
         { NULL, "[{\"a\": 1, \"b\": 2}, {\"b\": 2, \"a\": 1.0}]",
           "expected items that all differ, found an array of 2 items" },
         { NULL, "[1, true, 0, false, \"\", null, {}, []]", NULL },
         { "{\"uniqueItems\": false}", "[1, 1]", NULL });
}

static void
test_objects (void)
{
  CHECK ({ "{\"properties\": {\"foo\": {\"type\": \"integer\"}, \"a b\": false}}", "{\"foo\": 1, \"bar\": []}", NULL },
         { NULL, "{\"foo\": \"x\"}", "foo: expected an integer, found “x”" },
         { NULL, "{\"a b\": \"x\"}", "[\"a b\"]: expected nothing here, found “x”" },
         { NULL, "[]", NULL },
         { "{\"properties\": {\"foo\": {}}, \"additionalProperties\": false}", "{\"foo\": 1}", NULL },
         { NULL, "{\"foo\": 1, \"quux\": true}", "quux: expected nothing here, found true" },
         { "{\"additionalProperties\": {\"type\": \"boolean\"}}", "{\"a\": true, \"b\": 1}",
           "b: expected a boolean, found 1" },
         { "{\"required\": [\"foo\", \"b\\u0000\"]}", "{\"foo\": 1, \"b\\u0000\": 1}", NULL },
         { NULL, "{\"foo\": 1, \"b\": 1}", "expected a member “b”, found none" },
         { NULL, "{}", "expected a member “foo”, found none" },
         { NULL, "[]", NULL },
         { "{\"required\": []}", "{}", NULL },
         { "{\"minProperties\": 1, \"maxProperties\": 1}", "{}",
           "expected at least 1 member, found an object of 0 members" },
         { NULL, "{\"a\": 1, \"b\": 2}", "expected at most 1 member, found an object of 2 members" });
}

static void
test_combinations (void)
{
  CHECK ({ "{\"allOf\": [{\"minimum\": 2}, {\"maximum\": 4}]}", "3", NULL },
         { NULL, "5", "expected at most 4, found 5" },
         { "{\"anyOf\": [{\"type\": \"integer\"}, {\"minimum\": 2}]}", "1", NULL },
         { NULL, "2.5", NULL },
         { NULL, "1.5", "expected what fits at least one of 2 alternatives, found 1.5" },
         { "{\"oneOf\": [{\"type\": \"integer\"}, {\"minimum\": 2}]}", "1", NULL },
         { NULL, "2.5", NULL },
         { NULL, "3", "expected what fits exactly one of 2 alternatives, found 3" },
         { NULL, "1.5", "expected what fits exactly one of 2 alternatives, found 1.5" },
         { "{\"not\": {\"type\": \"integer\"}}", "\"foo\"", NULL },
         { NULL, "1", "expected what does not fit the schema of “not”, found 1" },
         { "{\"not\": {\"not\": {\"type\": \"integer\"}}}", "1", NULL },
         { "{\"properties\": {\"a\": {\"anyOf\": [{\"type\": \"object\", \"required\": [\"b\"]}, {\"type\": \"array\", \"items\": {\"const\": 1}}]}}}",
           "{\"a\": {\"b\": 0}}", NULL },
         { NULL, "{\"a\": [1, 1]}", NULL },
         { NULL, "{\"a\": [1, 2]}", "a: expected what fits at least one of 2 alternatives, found an array of 2 items" },
         { "{\"anyOf\": [true, false], \"oneOf\": [{\"items\": {\"type\": \"null\"}}], \"minItems\": 1}", "[null]", NULL },
         { NULL, "[0]", "expected what fits exactly one of 1 alternative, found an array of 1 item" });
}

static void
test_references (void)
{
  CHECK ({ "{\"properties\": {\"foo\": {\"$ref\": \"#\"}}, \"additionalProperties\": false}",
           "{\"foo\": {\"foo\": {}}}", NULL },
         { NULL, "{\"foo\": {\"bar\": {}}}", "foo.bar: expected nothing here, found an object of 0 members" },
         { "{\"$defs\": {\"a/b~%\": {\"type\": \"integer\"}}, \"items\": {\"$ref\": \"#/$defs/a~1b~0%25\"}}",
           "[1, \"x\"]", "[1]: expected an integer, found “x”" },
         { "{\"definitions\": {\"a\": {\"type\": \"integer\"}}, \"$ref\": \"#/definitions/a\", \"minimum\": 3}",
           "2", "expected at least 3, found 2" },
         { "{\"$ref\": \"#/$defs/c\", \"$defs\": {\"a\": {\"type\": \"null\"}, \"b\": {\"$ref\": \"#/$defs/a\"}, "
           "\"c\": {\"$ref\": \"#/$defs/b\"}}}", "1", "expected null, found 1" },
         { "{\"prefixItems\": [{\"type\": \"integer\"}, {\"$ref\": \"#/prefixItems/0\"}]}", "[1, 2]", NULL },
         { NULL, "[1, \"x\"]", "[1]: expected an integer, found “x”" },
         { "{\"$defs\": {\"tree\": {\"type\": \"object\", \"required\": [\"v\"], \"properties\": {\"v\": {\"type\": "
           "\"number\"}, \"in\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/tree\"}}}}}, "
           "\"$ref\": \"#/$defs/tree\"}",
           "{\"v\": 1, \"in\": [{\"v\": 2}, {\"v\": 3, \"in\": []}]}", NULL },
         { NULL, "{\"v\": 1, \"in\": [{\"v\": 2}, {\"v\": 3, \"in\": [{\"v\": \"\"}]}]}",
           "in[1].in[0].v: expected a number, found “”" });
}

static void
test_prose (void)
{
  CHECK ({ "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"$id\": \"https://example.com/a\", "
           "\"$comment\": \"\", \"title\": \"\", \"description\": \"\", \"default\": 1, \"examples\": [1], "
           "\"deprecated\": true, \"readOnly\": true, \"writeOnly\": false, \"format\": \"uuid\", \"x-mine\": {}}",
           "[]", NULL });
}

static void
test_refused (void)
{
  static const struct {
    const char *schema;
    const char *path;
    const char *error;
  } cases[] = {
    { "1", "", "expected a schema (an object or a boolean), found integer" },
    { "{\"if\": true}", "/if", "“if” is no keyword that Fermata checks" },
    { "{\"properties\": {\"a/b\": {\"items\": {\"minimun\": 1}}}}", "/properties/a~1b/items/minimun",
      "“minimun” is no keyword that Fermata checks" },
    { "{\"$defs\": {\"unused\": {\"type\": \"text\"}}}", "/$defs/unused/type",
      "expected null, boolean, integer, number, string, array or object; found “text”" },
    { "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"type\": []}}}", "/$defs/a/type",
      "expected at least one type, found none" },
    { "{\"type\": [\"null\", 1]}", "/type", "expected the name of a type, or an array of them, found integer" },
    { "{\"allOf\": [true, {\"minLength\": -1}]}", "/allOf/1/minLength", "expected a whole number of at least 0" },
    { "{\"allOf\": []}", "/allOf", "expected an array of at least one schema, found none" },
    { "{\"anyOf\": {}}", "/anyOf", "expected an array of at least one schema, found none" },
    { "{\"items\": [true]}", "/items",
      "expected a schema (an object or a boolean), found array; a list of schemas is “prefixItems”" },
    { "{\"maxItems\": 1.5}", "/maxItems", "expected a whole number of at least 0" },
    { "{\"minimum\": \"1\"}", "/minimum", "expected a number, found string" },
    { "{\"exclusiveMinimum\": true}", "/exclusiveMinimum", "expected a number, found boolean" },
    { "{\"multipleOf\": 0}", "/multipleOf", "expected a number above zero of no more than 17 digits" },
    { "{\"enum\": []}", "/enum", "expected an array of at least one value, found array" },
    { "{\"required\": true}", "/required", "expected an array of names, found boolean" },
    { "{\"required\": [1]}", "/required", "expected names, found integer" },
    { "{\"uniqueItems\": 1}", "/uniqueItems", "expected a boolean, found integer" },
    { "{\"properties\": []}", "/properties", "expected an object of schemas, found array" },
    { "{\"not\": null}", "/not", "expected a schema (an object or a boolean), found null" },
    { "{\"$ref\": 1}", "/$ref", "expected a text such as “#/$defs/name”, found integer" },
    { "{\"$ref\": \"#/$defs/none\"}", "/$ref", "there is nothing at “#/$defs/none”" },
    { "{\"$ref\": \"#name\"}", "/$ref", "there is nothing at “#name”" },
    { "{\"$ref\": \"#/a~\"}", "/$ref", "there is nothing at “#/a~”" },
    { "{\"$ref\": \"#/%ff\"}", "/$ref", "there is nothing at “#/%ff”" },
    { "{\"items\": {\"$ref\": \"other.json#/a\"}}", "/items/$ref",
      "expected a reference into this schema (“#/$defs/name”), found “other.json#/a”: nothing is fetched" },
    { "{\"$ref\": \"#\"}", "", "this schema refers to itself without looking into the value" },
    { "{\"$defs\": {\"a\": {\"anyOf\": [{\"$ref\": \"#/$defs/b\"}]}, \"b\": {\"not\": {\"$ref\": \"#/$defs/a\"}}}}",
      "/$defs/a", "this schema refers to itself without looking into the value" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = parse (cases[i].schema);
      g_autoptr (GError) error = NULL;
      g_autofree char *path = NULL;

      g_assert_null (fermata_schema_new (value, &path, &error));
      g_assert_error (error, FERMATA_SCHEMA_ERROR, FERMATA_SCHEMA_ERROR_SCHEMA);
      g_assert_cmpstr (error->message, ==, cases[i].error);
      g_assert_cmpstr (path, ==, cases[i].path);
    }
}

static void
test_refused_pattern (void)
{
  g_autoptr (FermataValue) value = parse ("{\"pattern\": \"a(\"}");
  g_autoptr (GError) error = NULL;

  g_assert_null (fermata_schema_new (value, NULL, &error));
  g_assert_error (error, FERMATA_SCHEMA_ERROR, FERMATA_SCHEMA_ERROR_SCHEMA);
  g_assert_null (strstr (error->message, "LIMIT"));
}

/* Each refers to the next one twice, so without memory there were 2^60 trials. */
static void
test_many_ways (void)
{
  static const char *const words[] = { "allOf", "anyOf", "oneOf" };

  for (guint w = 0; w < G_N_ELEMENTS (words); w++)
    {
      g_autoptr (GString) text = g_string_new ("{\"$ref\": \"#/$defs/0\", \"$defs\": {");
      g_autoptr (FermataSchema) schema = NULL;
      g_autoptr (FermataValue) one = fermata_value_new_integer (1);
      g_autofree char *error = NULL;

      for (guint i = 0; i < 60; i++)
        g_string_append_printf (text, "\"%u\": {\"%s\": [{\"$ref\": \"#/$defs/%u\"}, {\"$ref\": \"#/$defs/%u\"}]}, ",
                                i, words[w], i + 1, i + 1);
      g_string_append (text, "\"60\": {\"type\": \"string\"}}}");
      schema = compile (text->str);
      error = validate (schema, one);
      g_assert_nonnull (error);
    }
}

static FermataValue *
nest (guint depth)
{
  FermataValue *value = fermata_value_new_integer (0);

  for (guint i = 0; i < depth; i++)
    {
      FermataValue *outer = fermata_value_new_array (&value, 1);

      fermata_value_unref (value);
      value = outer;
    }
  return value;
}

/* A value may be deeper than the stack, and each level is tried in two ways. */
static void
test_deep_value (void)
{
  g_autoptr (FermataSchema) schema =
    compile ("{\"anyOf\": [{\"type\": \"array\", \"items\": {\"$ref\": \"#\"}, \"maxItems\": 0}, "
             "{\"type\": \"array\", \"items\": {\"$ref\": \"#\"}}, {\"const\": 0}]}");
  g_autoptr (FermataSchema) strict =
    compile ("{\"type\": [\"array\", \"string\"], \"items\": {\"$ref\": \"#\"}}");
  g_autoptr (FermataValue) value = nest (100000);
  g_autofree char *error = NULL;

  g_assert_null (validate (schema, value));
  error = validate (strict, value);
  g_assert_true (g_str_has_prefix (error, "[0][0]"));
  g_assert_true (g_str_has_suffix (error, "[0]: expected a string or an array, found 0"));
}

static void
test_deep_schema (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (FermataSchema) schema = NULL;
  g_autoptr (FermataValue) value = nest (300);
  g_autofree char *error = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append (text, "{\"allOf\": [{\"items\": ");
  g_string_append (text, "{\"type\": \"null\"}");
  for (guint i = 0; i < 300; i++)
    g_string_append (text, "}]}");
  g_string_prepend (text, "{\"not\": {\"not\": ");
  g_string_append (text, "}}");
  schema = compile (text->str);
  error = validate (schema, value);
  g_assert_cmpstr (error, ==, "expected what does not fit the schema of “not”, found an array of 1 item");
}

static void
test_slow_pattern (void)
{
  g_autoptr (FermataSchema) schema = compile ("{\"items\": {\"pattern\": \"^(a|aa)+$\"}}");
  g_autofree char *text = g_strnfill (5000, 'a');
  g_autoptr (FermataValue) string = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GError) error = NULL;

  text[4999] = 'b';
  string = fermata_value_new_string (text, -1);
  value = fermata_value_new_array (&string, 1);
  g_assert_false (fermata_schema_validate (schema, value, &error));
  g_assert_error (error, FERMATA_SCHEMA_ERROR, FERMATA_SCHEMA_ERROR_LIMIT);
}

static void
test_unique_items_are_many (void)
{
  g_autoptr (FermataSchema) schema = compile ("{\"uniqueItems\": true}");
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) value = NULL;

  for (guint i = 0; i < 300000; i++)
    {
      g_autoptr (FermataValue) number = fermata_value_new_integer (i);
      g_autoptr (FermataValue) inner = fermata_value_new_array (&number, 1);

      fermata_value_builder_add (builder, inner);
    }
  value = fermata_value_builder_end (builder);
  g_assert_null (validate (schema, value));
}

static void
test_long_texts_are_cut (void)
{
  g_autoptr (FermataSchema) schema = compile ("{\"additionalProperties\": {\"type\": \"null\"}}");
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autoptr (FermataValue) string = fermata_value_new_string (text, -1);
  g_autoptr (FermataValue) value = fermata_value_new_object ((const char *[]) { text }, &string, 1);
  g_autofree char *error = validate (schema, value);

  g_assert_cmpuint (strlen (error), <, 200);
  g_assert_nonnull (strstr (error, "xxx…: expected null, found “xxx"));
}

static void
test_shared (void)
{
  g_autoptr (FermataSchema) schema = compile ("{\"type\": \"null\"}");
  g_autoptr (FermataSchema) again = fermata_schema_ref (schema);
  g_autoptr (FermataValue) value = parse ("{\"type\": \"null\"}");

  g_assert_true (again == schema);
  g_assert_true (fermata_value_equal (fermata_schema_get_value (schema), value));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/value/schema/booleans", test_booleans);
  g_test_add_func ("/value/schema/types", test_types);
  g_test_add_func ("/value/schema/constants", test_constants);
  g_test_add_func ("/value/schema/numbers", test_numbers);
  g_test_add_func ("/value/schema/multiples", test_multiples);
  g_test_add_func ("/value/schema/strings", test_strings);
  g_test_add_func ("/value/schema/arrays", test_arrays);
  g_test_add_func ("/value/schema/objects", test_objects);
  g_test_add_func ("/value/schema/combinations", test_combinations);
  g_test_add_func ("/value/schema/references", test_references);
  g_test_add_func ("/value/schema/prose", test_prose);
  g_test_add_func ("/value/schema/refused", test_refused);
  g_test_add_func ("/value/schema/refused-pattern", test_refused_pattern);
  g_test_add_func ("/value/schema/many-ways", test_many_ways);
  g_test_add_func ("/value/schema/deep-value", test_deep_value);
  g_test_add_func ("/value/schema/deep-schema", test_deep_schema);
  g_test_add_func ("/value/schema/slow-pattern", test_slow_pattern);
  g_test_add_func ("/value/schema/unique-items-are-many", test_unique_items_are_many);
  g_test_add_func ("/value/schema/long-texts-are-cut", test_long_texts_are_cut);
  g_test_add_func ("/value/schema/shared", test_shared);

  return g_test_run ();
}
