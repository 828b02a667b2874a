/* fermata-schema-compile.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "value/fermata-schema-private.h"
#include "value/fermata-value-private.h"

/* What a keyword holds. */
typedef enum {
  HOLDS_PROSE,      /* nothing that means anything here */
  HOLDS_VALUE,      /* what its rule needs */
  HOLDS_SCHEMA,
  HOLDS_SCHEMAS,    /* an array of them */
  HOLDS_MAP,        /* an object of them */
  HOLDS_REF,
} Holds;

typedef struct {
  const char *name;
  Holds holds;
  FermataSchemaRuleKind kind;
} Keyword;

/* Definitions first, so that what is in them is known by where it stands and not
 * by what refers to it; `definitions` is what `$defs` was called until 2019. Then
 * rules, in the order in which they are tried. */
static const Keyword keywords[] = {
  { "$defs", HOLDS_MAP },
  { "definitions", HOLDS_MAP },
  { "type", HOLDS_VALUE, FERMATA_RULE_TYPE },
  { "const", HOLDS_VALUE, FERMATA_RULE_CONST },
  { "enum", HOLDS_VALUE, FERMATA_RULE_ENUM },
  { "minimum", HOLDS_VALUE, FERMATA_RULE_MINIMUM },
  { "maximum", HOLDS_VALUE, FERMATA_RULE_MAXIMUM },
  { "exclusiveMinimum", HOLDS_VALUE, FERMATA_RULE_EXCLUSIVE_MINIMUM },
  { "exclusiveMaximum", HOLDS_VALUE, FERMATA_RULE_EXCLUSIVE_MAXIMUM },
  { "multipleOf", HOLDS_VALUE, FERMATA_RULE_MULTIPLE_OF },
  { "minLength", HOLDS_VALUE, FERMATA_RULE_MIN_LENGTH },
  { "maxLength", HOLDS_VALUE, FERMATA_RULE_MAX_LENGTH },
  { "pattern", HOLDS_VALUE, FERMATA_RULE_PATTERN },
  { "minItems", HOLDS_VALUE, FERMATA_RULE_MIN_ITEMS },
  { "maxItems", HOLDS_VALUE, FERMATA_RULE_MAX_ITEMS },
  { "minProperties", HOLDS_VALUE, FERMATA_RULE_MIN_PROPERTIES },
  { "maxProperties", HOLDS_VALUE, FERMATA_RULE_MAX_PROPERTIES },
  { "required", HOLDS_VALUE, FERMATA_RULE_REQUIRED },
  { "uniqueItems", HOLDS_VALUE, FERMATA_RULE_UNIQUE_ITEMS },
  { "properties", HOLDS_MAP, FERMATA_RULE_MEMBERS },
  { "additionalProperties", HOLDS_SCHEMA, FERMATA_RULE_MEMBERS },
  { "prefixItems", HOLDS_SCHEMAS, FERMATA_RULE_ELEMENTS },
  { "items", HOLDS_SCHEMA, FERMATA_RULE_ELEMENTS },
  { "$ref", HOLDS_REF, FERMATA_RULE_REF },
  { "allOf", HOLDS_SCHEMAS, FERMATA_RULE_ALL_OF },
  { "anyOf", HOLDS_SCHEMAS, FERMATA_RULE_ANY_OF },
  { "oneOf", HOLDS_SCHEMAS, FERMATA_RULE_ONE_OF },
  { "not", HOLDS_SCHEMA, FERMATA_RULE_NOT },
  { "$schema", HOLDS_PROSE },
  { "$id", HOLDS_PROSE },
  { "$comment", HOLDS_PROSE },
  { "title", HOLDS_PROSE },
  { "description", HOLDS_PROSE },
  { "default", HOLDS_PROSE },
  { "examples", HOLDS_PROSE },
  { "deprecated", HOLDS_PROSE },
  { "readOnly", HOLDS_PROSE },
  { "writeOnly", HOLDS_PROSE },
  { "format", HOLDS_PROSE },
};

/* Where in a schema something is wrong. */
typedef struct {
  guint node;
  const char *keyword;    /* NULL: the schema itself */
  char *problem;
} Fault;

/* A node's rules are made together, its children later: nodes are looked at in
 * the order in which they are found. */
typedef struct {
  FermataSchema *schema;
  GHashTable *nodes;      /* word of a value -> place of its node + 1 */
  guint at;               /* the node that is being looked at */
  Fault fault;
} Compiler;

void
fermata_schema_rule_clear (gpointer data)
{
  FermataSchemaRule *rule = data;

  g_clear_pointer (&rule->pattern, fermata_pattern_free);
  g_clear_pointer (&rule->set, g_hash_table_unref);
}

static gboolean
fail (Compiler   *self,
      const char *keyword,
      const char *format,
      ...) G_GNUC_PRINTF (3, 4);

static gboolean
fail (Compiler   *self,
      const char *keyword,
      const char *format,
      ...)
{
  va_list args;

  va_start (args, format);
  self->fault = (Fault) { self->at, keyword, g_strdup_vprintf (format, args) };
  va_end (args);
  return FALSE;
}

/* The node of a schema, which may be one that is known already. */
static guint
use_schema (Compiler     *self,
            FermataValue *value,
            const char   *keyword,
            const char   *name,
            gsize         index)
{
  gpointer known = g_hash_table_lookup (self->nodes, value);
  FermataSchemaNode node = {
    .value = value, .parent = self->at, .keyword = keyword, .name = name, .index = index,
  };
  guint place;

  if (known != NULL)
    {
      place = GPOINTER_TO_UINT (known) - 1;
    }
  else
    {
      place = self->schema->nodes->len;
      g_array_append_val (self->schema->nodes, node);
      g_hash_table_insert (self->nodes, value, GUINT_TO_POINTER (place + 1));
    }

  fermata_schema_get_node (self->schema, place)->n_uses++;
  return place;
}

static void
add_child (Compiler          *self,
           FermataSchemaRule *rule,
           guint              child)
{
  if (rule->n_children++ == 0)
    rule->first_child = self->schema->children->len;
  g_array_append_val (self->schema->children, child);
}

static void
add_rule (Compiler          *self,
          FermataSchemaRule  rule)
{
  g_array_append_val (self->schema->rules, rule);
}

static gboolean
read_schemas (Compiler          *self,
              const Keyword     *keyword,
              FermataValue      *value,
              FermataSchemaRule *rule)
{
  gsize n = fermata_value_get_length (value);

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_ARRAY || n == 0)
    return fail (self, keyword->name, "expected an array of at least one schema, found %s",
                 n == 0 ? "none" : fermata_value_kind_to_string (fermata_value_get_kind (value)));

  for (gsize i = 0; i < n; i++)
    add_child (self, rule, use_schema (self, fermata_value_get_element (value, i), keyword->name, NULL, i));
  return TRUE;
}

static gboolean
read_map (Compiler          *self,
          const Keyword     *keyword,
          FermataValue      *value,
          FermataSchemaRule *rule)
{
  gsize n = fermata_value_get_length (value);

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_OBJECT)
    return fail (self, keyword->name, "expected an object of schemas, found %s",
                 fermata_value_kind_to_string (fermata_value_get_kind (value)));

  for (gsize i = 0; i < n; i++)
    {
      const char *name = fermata_value_get_member_name (value, i);
      guint child = use_schema (self, fermata_value_get_element (value, i), keyword->name, name, i);

      if (rule != NULL)
        add_child (self, rule, child);
      else
        fermata_schema_get_node (self->schema, child)->n_uses--;
    }
  return TRUE;
}

static gboolean
read_ref (Compiler          *self,
          const Keyword     *keyword,
          FermataValue      *value,
          FermataSchemaRule *rule)
{
  const char *ref = fermata_value_get_string (value, NULL);
  FermataValue *target = ref != NULL ? fermata_schema_follow (self->schema->value, ref) : NULL;

  if (ref == NULL)
    return fail (self, keyword->name, "expected a text such as “#/$defs/name”, found %s",
                 fermata_value_kind_to_string (fermata_value_get_kind (value)));
  if (*ref != '#')
    return fail (self, keyword->name, "expected a reference into this schema (“#/$defs/name”), "
                 "found “%.100s”: nothing is fetched", ref);
  if (target == NULL)
    return fail (self, keyword->name, "there is nothing at “%.100s”", ref);

  add_child (self, rule, use_schema (self, target, keyword->name, NULL, 0));
  return TRUE;
}

/* One keyword's share of @rule, which two may have together. */
static gboolean
read_keyword (Compiler          *self,
              const Keyword     *keyword,
              FermataValue      *value,
              FermataSchemaRule *rule)
{
  g_autofree char *problem = NULL;

  switch (keyword->holds)
    {
    case HOLDS_VALUE:
      if (!fermata_schema_read_keyword (keyword->kind, value, rule, &problem))
        return fail (self, keyword->name, "%s", problem);
      rule->value = value;
      return TRUE;

    case HOLDS_SCHEMA:
      if (keyword->kind == FERMATA_RULE_NOT)
        add_child (self, rule, use_schema (self, value, keyword->name, NULL, 0));
      else
        rule->rest = use_schema (self, value, keyword->name, NULL, 0);
      return TRUE;

    case HOLDS_MAP:
      if (keyword->kind != FERMATA_RULE_MEMBERS)
        return read_map (self, keyword, value, NULL);
      rule->value = value;
      return read_map (self, keyword, value, rule);

    case HOLDS_SCHEMAS:
      return read_schemas (self, keyword, value, rule);

    case HOLDS_REF:
      return read_ref (self, keyword, value, rule);

    case HOLDS_PROSE:
    default:
      return TRUE;
    }
}

static gboolean
read_keywords (Compiler     *self,
               FermataValue *schema)
{
  FermataSchemaRule rule = { .rest = FERMATA_SCHEMA_NO_NODE };

  for (guint i = 0; i < G_N_ELEMENTS (keywords); i++)
    {
      const Keyword *keyword = &keywords[i];
      FermataValue *value = fermata_value_get_member (schema, keyword->name);
      gboolean is_last = i + 1 == G_N_ELEMENTS (keywords) || keywords[i + 1].kind != keyword->kind;

      if (value != NULL)
        {
          rule.kind = keyword->kind;
          if (!read_keyword (self, keyword, value, &rule))
            {
              fermata_schema_rule_clear (&rule);
              return FALSE;
            }
        }
      if (is_last && rule.kind != FERMATA_RULE_NEVER)
        {
          add_rule (self, rule);
          rule = (FermataSchemaRule) { .rest = FERMATA_SCHEMA_NO_NODE };
        }
    }
  return TRUE;
}

static const Keyword *
find_keyword (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (keywords); i++)
    {
      if (strcmp (keywords[i].name, name) == 0)
        return &keywords[i];
    }
  return NULL;
}

static gboolean
check_names (Compiler     *self,
             FermataValue *schema)
{
  gsize n = fermata_value_get_length (schema);

  for (gsize i = 0; i < n; i++)
    {
      const char *name = fermata_value_get_member_name (schema, i);

      if (find_keyword (name) == NULL && !g_str_has_prefix (name, "x-"))
        return fail (self, name, "“%.60s” is no keyword that Fermata checks", name);
    }
  return TRUE;
}

static gboolean
compile_node (Compiler *self)
{
  FermataSchemaNode *node = fermata_schema_get_node (self->schema, self->at);
  FermataValue *schema = node->value;
  guint first = self->schema->rules->len;
  FermataValueKind kind = fermata_value_get_kind (schema);

  if (kind == FERMATA_VALUE_KIND_BOOLEAN)
    {
      if (!fermata_value_get_boolean (schema))
        add_rule (self, (FermataSchemaRule) { .kind = FERMATA_RULE_NEVER });
    }
  else if (kind != FERMATA_VALUE_KIND_OBJECT)
    {
      return fail (self, NULL, "expected a schema (an object or a boolean), found %s%s",
                   fermata_value_kind_to_string (kind),
                   kind == FERMATA_VALUE_KIND_ARRAY && g_strcmp0 (node->keyword, "items") == 0 ?
                     "; a list of schemas is “prefixItems”" : "");
    }
  else if (!check_names (self, schema) || !read_keywords (self, schema))
    {
      return FALSE;
    }

  node = fermata_schema_get_node (self->schema, self->at);
  node->first_rule = first;
  node->n_rules = self->schema->rules->len - first;
  return TRUE;
}

static gboolean
find_cycle (Compiler *self)
{
  guint node = fermata_schema_find_cycle (self->schema);

  if (node == FERMATA_SCHEMA_NO_NODE)
    return TRUE;

  self->at = node;
  return fail (self, NULL, "this schema refers to itself without looking into the value");
}

static gboolean
applies_others (FermataSchema     *schema,
                FermataSchemaNode *node)
{
  for (guint i = 0; i < node->n_rules; i++)
    {
      if (g_array_index (schema->rules, FermataSchemaRule, node->first_rule + i).kind >= FERMATA_RULE_MEMBERS)
        return TRUE;
    }
  return FALSE;
}

/* Were it not for those to which several ways lead, each node would be tried
 * with each value once. With them, ten nodes that refer to the next one twice
 * would be a thousand trials. */
static void
remember_nodes (FermataSchema *schema)
{
  for (guint i = 0; i < schema->nodes->len; i++)
    {
      FermataSchemaNode *node = fermata_schema_get_node (schema, i);

      node->is_remembered = node->n_uses > 1 && applies_others (schema, node);
    }
}

static void
append_step (GString    *path,
             const char *name)
{
  g_string_append_c (path, '/');
  for (; *name != '\0'; name++)
    {
      if (*name == '~')
        g_string_append (path, "~0");
      else if (*name == '/')
        g_string_append (path, "~1");
      else
        g_string_append_c (path, *name);
    }
}

static void
append_node (FermataSchema     *schema,
             FermataSchemaNode *node,
             GString           *path)
{
  FermataValue *holder = fermata_value_get_member (fermata_schema_get_node (schema, node->parent)->value,
                                                   node->keyword);

  append_step (path, node->keyword);
  if (node->name != NULL)
    append_step (path, node->name);
  else if (fermata_value_get_kind (holder) == FERMATA_VALUE_KIND_ARRAY && holder != node->value)
    g_string_append_printf (path, "/%" G_GSIZE_FORMAT, node->index);
}

/* The whole is its own parent. */
static char *
dup_path (FermataSchema *schema,
          const Fault   *fault)
{
  g_autoptr (GArray) way = g_array_new (FALSE, FALSE, sizeof (guint));
  GString *path = g_string_new (NULL);

  for (guint at = fault->node; at != 0; at = fermata_schema_get_node (schema, at)->parent)
    g_array_append_val (way, at);
  for (guint i = way->len; i > 0; i--)
    append_node (schema, fermata_schema_get_node (schema, g_array_index (way, guint, i - 1)), path);
  if (fault->keyword != NULL)
    append_step (path, fault->keyword);
  return g_string_free (path, FALSE);
}

gboolean
fermata_schema_compile (FermataSchema  *self,
                        char          **path,
                        GError        **error)
{
  g_autoptr (GHashTable) nodes = g_hash_table_new (NULL, NULL);
  Compiler compiler = { self, nodes };
  gboolean is_good = TRUE;

  use_schema (&compiler, self->value, NULL, NULL, 0);
  for (; is_good && compiler.at < self->nodes->len; compiler.at++)
    is_good = compile_node (&compiler);
  is_good = is_good && find_cycle (&compiler);

  if (!is_good)
    {
      if (path != NULL)
        *path = dup_path (self, &compiler.fault);
      g_set_error_literal (error, FERMATA_SCHEMA_ERROR, FERMATA_SCHEMA_ERROR_SCHEMA, compiler.fault.problem);
      g_free (compiler.fault.problem);
      return FALSE;
    }

  remember_nodes (self);
  return TRUE;
}
