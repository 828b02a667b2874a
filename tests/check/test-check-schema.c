/* test-check-schema.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "check/fermata-document-words-private.h"
#include "value/fermata-value-reader.h"

/* The table of words and the schema, word by word: whichever is changed, the
 * other has to follow. */

static FermataValue *schema;

static const struct {
  FermataThingKind thing;
  const char *definition; /* NULL: the schema itself */
} things[] = {
  { FERMATA_THING_GRAPH, NULL },
  { FERMATA_THING_BODY, "body" },
  { FERMATA_THING_NODE, "node" },
  { FERMATA_THING_STATE, "state" },
  { FERMATA_THING_TASK, "task" },
  { FERMATA_THING_EDGE, "edge" },
  { FERMATA_THING_TRANSITION, "transition" },
  { FERMATA_THING_INITIAL, "initial" },
  { FERMATA_THING_INPUT, "input" },
  { FERMATA_THING_RETRY, "retry" },
  { FERMATA_THING_ON_ERROR, "on-error" },
  { FERMATA_THING_CACHE, "cache" },
  { FERMATA_THING_CIRCUIT_BREAKER, "circuit-breaker" },
  { FERMATA_THING_RATE_LIMIT, "rate-limit" },
  { FERMATA_THING_BUDGET, "budget" },
  { FERMATA_THING_ACTION, "action" },
  { FERMATA_THING_RAISE, "raise" },
  { FERMATA_THING_SEND, "send" },
  { FERMATA_THING_SCXML_STATE, "scxml-state" },
  { FERMATA_THING_SCXML_TASK, "scxml-task" },
  { FERMATA_THING_SCXML_TRANSITION, "scxml-transition" },
  { FERMATA_THING_SCXML_INITIAL, "scxml-initial" },
  { FERMATA_THING_SCXML_DECLARATION, "scxml-declaration" },
  { FERMATA_THING_SCXML_ACTION, "scxml-action" },
  { FERMATA_THING_SCXML_ASSIGN, "scxml-assign" },
  { FERMATA_THING_SCXML_RAISE, "scxml-raise" },
  { FERMATA_THING_SCXML_SEND, "scxml-send" },
  { FERMATA_THING_SCXML_CANCEL, "scxml-cancel" },
  { FERMATA_THING_SCXML_LOG, "scxml-log" },
  { FERMATA_THING_SCXML_SCRIPT, "scxml-script" },
  { FERMATA_THING_SCXML_PARAM, "scxml-param" },
  { FERMATA_THING_SCXML_DATA, "scxml-data" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (things) == FERMATA_N_THINGS);

static FermataValue *
get_definition (const char *name)
{
  FermataValue *definition = fermata_value_get_member (fermata_value_get_member (schema, "$defs"), name);

  if (definition == NULL)
    g_error ("the schema does not define “%s”", name);

  return definition;
}

/* What "#/$defs/NAME" names, NULL where there is no reference. */
static const char *
get_reference (FermataValue *value)
{
  FermataValue *reference = fermata_value_get_member (value, "$ref");

  if (reference == NULL)
    return NULL;

  return strrchr (fermata_value_get_string (reference, NULL), '/') + 1;
}

static gboolean
array_has (FermataValue *array,
           const char   *text)
{
  gsize n = array != NULL ? fermata_value_get_length (array) : 0;

  for (gsize i = 0; i < n; i++)
    {
      if (strcmp (fermata_value_get_string (fermata_value_get_element (array, i), NULL), text) == 0)
        return TRUE;
    }

  return FALSE;
}

static FermataMemberTypes
get_named_type (const char   *name,
                FermataValue *items)
{
  const char *of = items != NULL ? get_reference (items) : NULL;
  FermataValue *item_type = items != NULL ? fermata_value_get_member (items, "type") : NULL;

  if (strcmp (name, "boolean") == 0)
    return FERMATA_TYPES (BOOLEAN);
  if (strcmp (name, "integer") == 0)
    return FERMATA_TYPES (INTEGER);
  if (strcmp (name, "number") == 0)
    return FERMATA_TYPES (NUMBER);
  if (strcmp (name, "string") == 0)
    return FERMATA_TYPES (STRING);
  if (strcmp (name, "object") == 0)
    return FERMATA_TYPES (OBJECT);

  g_assert_cmpstr (name, ==, "array");

  if (of != NULL)
    return strcmp (of, "id") == 0 || strcmp (of, "error-kind") == 0 ? FERMATA_TYPES (STRINGS) : FERMATA_TYPES (ARRAY);
  if (item_type != NULL && strcmp (fermata_value_get_string (item_type, NULL), "string") == 0)
    return FERMATA_TYPES (STRINGS);

  return FERMATA_TYPES (ARRAY);
}

/* What a value may be by the schema. */
static FermataMemberTypes
get_types (FermataValue *value)
{
  const char *reference = get_reference (value);
  FermataValue *type = fermata_value_get_member (value, "type");
  FermataValue *items = fermata_value_get_member (value, "items");
  FermataValue *any = fermata_value_get_member (value, "anyOf");
  FermataMemberTypes types = 0;

  if (reference != NULL && g_str_has_suffix (reference, "duration"))
    return FERMATA_TYPES (DURATION);
  if (reference != NULL && strcmp (reference, "error-kind") == 0)
    return FERMATA_TYPES (STRING);
  if (reference != NULL && g_str_has_prefix (reference, "body-"))
    return FERMATA_TYPES (OBJECT);
  if (reference != NULL)
    return get_types (get_definition (reference));

  if (fermata_value_find_member (value, "enum", NULL))
    types |= FERMATA_TYPES (CHOICE);
  if (fermata_value_find_member (value, "const", NULL))
    types |= FERMATA_TYPES (INTEGER);

  if (type != NULL && fermata_value_get_kind (type) == FERMATA_VALUE_KIND_STRING)
    types |= get_named_type (fermata_value_get_string (type, NULL), items);
  else if (type != NULL)
    for (gsize i = 0; i < fermata_value_get_length (type); i++)
      types |= get_named_type (fermata_value_get_string (fermata_value_get_element (type, i), NULL), items);

  for (gsize i = 0; any != NULL && i < fermata_value_get_length (any); i++)
    types |= get_types (fermata_value_get_element (any, i));

  return types;
}

/* A keyword of a value, or of one of those that it may be. */
static FermataValue *
find_keyword (FermataValue *value,
              const char   *keyword)
{
  FermataValue *found = fermata_value_get_member (value, keyword);
  FermataValue *any = fermata_value_get_member (value, "anyOf");

  for (gsize i = 0; found == NULL && any != NULL && i < fermata_value_get_length (any); i++)
    found = fermata_value_get_member (fermata_value_get_element (any, i), keyword);

  return found;
}

static void
compare_choices (const FermataThingMember *member,
                 FermataValue             *property)
{
  FermataValue *choices = find_keyword (property, "enum");

  if (member->choices == NULL)
    {
      g_assert_null (choices);
      return;
    }

  g_assert_nonnull (choices);
  g_assert_cmpuint (g_strv_length ((char **) member->choices), ==, fermata_value_get_length (choices));

  for (gsize i = 0; member->choices[i] != NULL; i++)
    g_assert_cmpstr (member->choices[i], ==,
                     fermata_value_get_string (fermata_value_get_element (choices, i), NULL));
}

static void
compare_bounds (const FermataThingMember *member,
                FermataValue             *property)
{
  FermataValue *minimum = find_keyword (property, "minimum");
  FermataValue *maximum = find_keyword (property, "maximum");

  if (fermata_value_find_member (property, "const", NULL))
    return;

  g_assert_true ((minimum != NULL) == (member->maximum != 0));
  g_assert_true ((maximum != NULL) == (member->maximum != 0 && member->maximum != G_MAXDOUBLE));

  if (minimum != NULL)
    g_assert_cmpfloat (fermata_value_get_number (minimum), ==, member->minimum);
  if (maximum != NULL)
    g_assert_cmpfloat (fermata_value_get_number (maximum), ==, member->maximum);
}

/* A description begins with the form, and ends as the table has it. */
static void
compare_words (const FermataThingMember *member,
               FermataValue             *property)
{
  const char *description = fermata_value_get_string (fermata_value_get_member (property, "description"), NULL);
  g_autofree char *form = g_strdup (fermata_member_form_to_string (member->form));

  form[0] = g_ascii_toupper (form[0]);
  /* The members of `with` have forms of their own. */
  if (member->role != FERMATA_ROLE_PARAMETERS)
    g_assert_true (g_str_has_prefix (description, form));
  if (strstr (description, member->doc + 1) == NULL)
    g_error ("“%s” is described as “%s” in the schema, as “%s” in the table", member->name, description, member->doc);
}

static void
compare_member (const FermataThing       *thing,
                const FermataThingMember *member,
                FermataValue             *definition)
{
  FermataValue *properties = fermata_value_get_member (definition, "properties");
  FermataValue *property = fermata_value_get_member (properties, member->name);

  g_test_message ("%s.%s", thing->name, member->name);
  if (property == NULL)
    g_error ("the schema has no “%s” of %s", member->name, thing->name);

  g_assert_cmpuint (member->types, ==, get_types (property));
  g_assert_true (!!member->required == array_has (fermata_value_get_member (definition, "required"), member->name));
  compare_choices (member, property);
  compare_bounds (member, property);
  compare_words (member, property);
}

static void
test_thing (gconstpointer data)
{
  guint place = GPOINTER_TO_UINT (data);
  const FermataThing *thing = fermata_thing_get (things[place].thing);
  FermataValue *definition = things[place].definition != NULL ? get_definition (things[place].definition) : schema;
  FermataValue *properties = fermata_value_get_member (definition, "properties");

  for (guint i = 0; i < thing->n_members; i++)
    compare_member (thing, &thing->members[i], definition);

  for (gsize i = 0; i < fermata_value_get_length (properties); i++)
    {
      const char *name = fermata_value_get_member_name (properties, i);

      if (fermata_thing_find_member (thing, name) == NULL)
        g_error ("the table has no “%s” of %s", name, thing->name);
    }
}

static void
test_error_kinds (void)
{
  const char *const *kinds = fermata_error_kinds ();
  FermataValue *known = fermata_value_get_member (get_definition ("error-kind"), "enum");

  g_assert_cmpuint (g_strv_length ((char **) kinds), ==, fermata_value_get_length (known));
  for (guint i = 0; kinds[i] != NULL; i++)
    g_assert_true (array_has (known, kinds[i]));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);

  path = g_test_build_filename (G_TEST_DIST, "..", "data", "fermata-graph.schema.json", NULL);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  schema = fermata_value_parse (text, -1, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    {
      const char *name = things[i].definition != NULL ? things[i].definition : "graph";
      g_autofree char *test = g_strconcat ("/check/schema/", name, NULL);

      g_test_add_data_func (test, GUINT_TO_POINTER (i), test_thing);
    }

  g_test_add_func ("/check/schema/error-kinds", test_error_kinds);

  status = g_test_run ();
  fermata_value_unref (schema);

  return status;
}
