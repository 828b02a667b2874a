/* fermata-value-json.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <math.h>

#include "value/fermata-utf8-private.h"
#include "value/fermata-value-private.h"
#include "value/fermata-value-reader.h"

/* Nodes are freed by recursion, so that deep ones would not be safe to have. */
#define MAX_DEPTH FERMATA_VALUE_READER_DEFAULT_MAX_DEPTH

/* From nodes */

/* A node whose elements or members are being collected. */
typedef struct {
  FermataValueBuilder *builder;
  JsonArray *array;             /* or NULL for an object, */
  guint next;
  JsonObjectIter members;
  const char *name;             /* of the member whose value is next */
} Collection;

static void
collection_clear (gpointer data)
{
  Collection *collection = data;

  fermata_value_builder_unref (collection->builder);
}

static gboolean
check_text (const char  *text,
            GError     **error)
{
  if (fermata_utf8_is_valid (text, strlen (text)))
    return TRUE;
  g_set_error_literal (error, FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_ENCODING,
                       "expected UTF-8, found other bytes in a string");
  return FALSE;
}

static FermataValue *
number_from_json (double   number,
                  GError **error)
{
  if (isfinite (number))
    return fermata_value_new_finite (number);
  g_set_error (error, FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_UNSUPPORTED,
               "expected a number that has a JSON form, found %g", number);
  return NULL;
}

static FermataValue *
scalar_from_json (JsonNode  *node,
                  GError   **error)
{
  const char *string;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return fermata_value_new_null ();

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_BOOLEAN:
      return fermata_value_new_boolean (json_node_get_boolean (node));
    case G_TYPE_INT64:
      return fermata_value_new_integer (json_node_get_int (node));
    case G_TYPE_DOUBLE:
      return number_from_json (json_node_get_double (node), error);
    case G_TYPE_STRING:
      string = json_node_get_string (node);
      if (string == NULL)
        return fermata_value_new_null ();
      return check_text (string, error) ? fermata_value_new_string (string, -1) : NULL;
    default:
      g_set_error (error, FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_UNSUPPORTED,
                   "expected a JSON type, found %s", json_node_type_name (node));
      return NULL;
    }
}

static gboolean
is_json_container (JsonNode *node)
{
  return node != NULL && (JSON_NODE_HOLDS_ARRAY (node) || JSON_NODE_HOLDS_OBJECT (node));
}

static gboolean
begin_collection (GArray    *collections,
                  JsonNode  *node,
                  GError   **error)
{
  Collection collection = { NULL, };

  if (collections->len >= MAX_DEPTH)
    {
      g_set_error (error, FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_DEPTH,
                   "expected at most %u levels of arrays and objects, found one more", MAX_DEPTH);
      return FALSE;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      collection.array = json_node_get_array (node);
      collection.builder = fermata_value_builder_new_array ();
    }
  else
    {
      json_object_iter_init_ordered (&collection.members, json_node_get_object (node));
      collection.builder = fermata_value_builder_new_object ();
    }
  g_array_append_val (collections, collection);
  return TRUE;
}

static gboolean
take_next_node (Collection  *collection,
                JsonNode   **node)
{
  if (collection->array == NULL)
    return json_object_iter_next_ordered (&collection->members, &collection->name, node);
  if (collection->next == json_array_get_length (collection->array))
    return FALSE;
  *node = json_array_get_element (collection->array, collection->next++);
  return TRUE;
}

static gboolean
collect (Collection    *collection,
         FermataValue  *value,
         GError       **error)
{
  if (collection->array != NULL)
    fermata_value_builder_add (collection->builder, value);
  else if (check_text (collection->name, error))
    fermata_value_builder_set (collection->builder, collection->name, value);
  else
    return FALSE;
  return TRUE;
}

/**
 * fermata_value_new_from_json:
 * @node: a node
 * @error: where to put a #FermataValueError
 *
 * Makes a value of a node. Doubles that are not finite, types that have no JSON
 * form, text that is not UTF-8 and more than 1000 levels are errors.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with @error set
 */
FermataValue *
fermata_value_new_from_json (JsonNode  *node,
                             GError   **error)
{
  g_autoptr (GArray) collections = g_array_new (FALSE, FALSE, sizeof (Collection));

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_array_set_clear_func (collections, collection_clear);
  for (;;)
    {
      g_autoptr (FermataValue) value = NULL;
      Collection *top;

      if (is_json_container (node))
        {
          if (!begin_collection (collections, node, error))
            return NULL;
        }
      else
        {
          value = scalar_from_json (node, error);
          if (value == NULL)
            return NULL;
        }

      /* Whatever is complete goes into what is around it. */
      for (;;)
        {
          if (collections->len == 0)
            return g_steal_pointer (&value);
          top = &g_array_index (collections, Collection, collections->len - 1);
          if (value != NULL && !collect (top, value, error))
            return NULL;
          g_clear_pointer (&value, fermata_value_unref);
          if (take_next_node (top, &node))
            break;
          value = fermata_value_builder_end (top->builder);
          g_array_set_size (collections, collections->len - 1);
        }
    }
}

/* To nodes */

/* A container whose node is being filled. */
typedef struct {
  FermataValue *value;
  guint32 next;
  JsonNode *node;
} Filling;

/* A JsonNode's strings end at the first NUL. */
static char *
replace_nul (const char *text,
             gsize       length)
{
  GString *copy = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '\0')
        g_string_append (copy, "\xef\xbf\xbd");
      else
        g_string_append_c (copy, text[i]);
    }
  return g_string_free (copy, FALSE);
}

static JsonNode *
string_to_json (const char *text,
                gsize       length)
{
  JsonNode *node = json_node_alloc ();
  g_autofree char *copy = NULL;

  if (memchr (text, '\0', length) == NULL)
    return json_node_init_string (node, text);
  copy = replace_nul (text, length);
  return json_node_init_string (node, copy);
}

static JsonNode *
number_to_json (FermataValue *value)
{
  double number = fermata_value_get_number (value);
  const char *text = fermata_value_get_number_text (value);

  if (text != NULL && !isfinite (number))
    return json_node_init_string (json_node_alloc (), text);
  return json_node_init_double (json_node_alloc (), number);
}

/* Containers are empty as yet. */
static JsonNode *
node_for (FermataValue *value)
{
  const char *string;
  gsize length;
  JsonNode *node;

  switch (fermata_value_get_kind (value))
    {
    case FERMATA_VALUE_KIND_BOOLEAN:
      return json_node_init_boolean (json_node_alloc (), fermata_value_get_boolean (value));
    case FERMATA_VALUE_KIND_INTEGER:
      return json_node_init_int (json_node_alloc (), fermata_value_get_integer (value));
    case FERMATA_VALUE_KIND_NUMBER:
      return number_to_json (value);
    case FERMATA_VALUE_KIND_STRING:
      string = fermata_value_get_string (value, &length);
      return string_to_json (string, length);
    case FERMATA_VALUE_KIND_ARRAY:
      node = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (node, json_array_sized_new (fermata_value_get_n_slots (value)));
      return node;
    case FERMATA_VALUE_KIND_OBJECT:
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, json_object_new ());
      return node;
    case FERMATA_VALUE_KIND_NULL:
    default:
      return json_node_init_null (json_node_alloc ());
    }
}

static void
put_into (Filling  *filling,
          JsonNode *node)
{
  const FermataKey *key;
  g_autofree char *name = NULL;

  if (fermata_value_get_tag (filling->value) == FERMATA_TAG_ARRAY)
    {
      json_array_add_element (json_node_get_array (filling->node), node);
      return;
    }
  key = fermata_value_get_key (filling->value, filling->next);
  if (memchr (key->text, '\0', key->length) != NULL)
    name = replace_nul (key->text, key->length);
  json_object_set_member (json_node_get_object (filling->node),
                          name != NULL ? name : key->text, node);
}

/**
 * fermata_value_to_json:
 * @self: a value
 *
 * Makes a node of a value. What a node cannot hold changes: a number that keeps
 * its text becomes the double nearest to it, or a string if that is infinite;
 * U+0000 in strings and names becomes U+FFFD.
 *
 * Returns: (transfer full) (nullable): the node; %NULL if @self is deeper than
 *   1000 levels, which nodes are not made for
 */
JsonNode *
fermata_value_to_json (FermataValue *self)
{
  g_autoptr (GArray) fillings = g_array_new (FALSE, FALSE, sizeof (Filling));
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  root = node_for (self);
  if (fermata_value_is_container (self))
    g_array_append_val (fillings, ((Filling) { self, 0, root }));
  while (fillings->len > 0)
    {
      Filling *top = &g_array_index (fillings, Filling, fillings->len - 1);
      FermataValue *value;
      JsonNode *node;

      if (top->next == fermata_value_get_n_slots (top->value))
        {
          g_array_set_size (fillings, fillings->len - 1);
          continue;
        }
      value = fermata_value_get_slots (top->value)[top->next];
      node = node_for (value);
      put_into (top, node);
      top->next++;
      if (fermata_value_is_container (value))
        {
          if (fillings->len >= MAX_DEPTH)
            return NULL;
          g_array_append_val (fillings, ((Filling) { value, 0, node }));
        }
    }
  return g_steal_pointer (&root);
}
