/* fermata-schema-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-pattern-private.h"
#include "value/fermata-schema.h"

G_BEGIN_DECLS

/*
 * A compiled schema is an array of nodes, one for each distinct schema in it;
 * each has its rules, in the order in which they are tried. The first node is
 * the whole.
 *
 * Values are words, and the same word is the same value (see
 * fermata-value-private.h). So a node is known by the word of its schema,
 * whatever ways lead there, and whether a value fits a node is known by the
 * two of them.
 */

typedef enum {
  /* What looks at the value itself */
  FERMATA_RULE_NEVER,               /* the schema `false` */
  FERMATA_RULE_TYPE,
  FERMATA_RULE_CONST,
  FERMATA_RULE_ENUM,
  FERMATA_RULE_MINIMUM,
  FERMATA_RULE_MAXIMUM,
  FERMATA_RULE_EXCLUSIVE_MINIMUM,
  FERMATA_RULE_EXCLUSIVE_MAXIMUM,
  FERMATA_RULE_MULTIPLE_OF,
  FERMATA_RULE_MIN_LENGTH,
  FERMATA_RULE_MAX_LENGTH,
  FERMATA_RULE_PATTERN,
  FERMATA_RULE_MIN_ITEMS,
  FERMATA_RULE_MAX_ITEMS,
  FERMATA_RULE_MIN_PROPERTIES,
  FERMATA_RULE_MAX_PROPERTIES,
  FERMATA_RULE_REQUIRED,
  FERMATA_RULE_UNIQUE_ITEMS,

  /* What applies other nodes to what is in the value: `children` by place, and
   * `rest` to whatever has none */
  FERMATA_RULE_MEMBERS,
  FERMATA_RULE_ELEMENTS,

  /* What applies other nodes, its `children`, to the same value */
  FERMATA_RULE_REF,
  FERMATA_RULE_ALL_OF,
  FERMATA_RULE_ANY_OF,
  FERMATA_RULE_ONE_OF,
  FERMATA_RULE_NOT,
} FermataSchemaRuleKind;

#define FERMATA_SCHEMA_NO_NODE G_MAXUINT

/* A set of these, for FERMATA_RULE_TYPE. */
typedef enum {
  FERMATA_SCHEMA_TYPE_NULL = 1 << 0,
  FERMATA_SCHEMA_TYPE_BOOLEAN = 1 << 1,
  FERMATA_SCHEMA_TYPE_INTEGER = 1 << 2,
  FERMATA_SCHEMA_TYPE_NUMBER = 1 << 3,
  FERMATA_SCHEMA_TYPE_STRING = 1 << 4,
  FERMATA_SCHEMA_TYPE_ARRAY = 1 << 5,
  FERMATA_SCHEMA_TYPE_OBJECT = 1 << 6,
} FermataSchemaTypes;

typedef struct {
  FermataSchemaRuleKind kind;
  guint types;
  guint64 count;
  FermataValue *value;        /* as it is written; of members, `properties`, or NULL */
  FermataPattern *pattern;
  GHashTable *set;            /* of the values of a long `enum` */
  guint first_child;          /* in the schema's children */
  guint n_children;
  guint rest;                 /* FERMATA_SCHEMA_NO_NODE: anything will do */
} FermataSchemaRule;

typedef struct {
  FermataValue *value;        /* borrowed from the whole */
  guint first_rule;           /* in the schema's rules */
  guint n_rules;
  guint n_uses;               /* by other nodes */
  gboolean is_remembered;     /* whether answers are kept: several ways lead here */

  /* Where it was seen first: by which node, at which keyword and name or place */
  guint parent;
  const char *keyword;
  const char *name;
  gsize index;
} FermataSchemaNode;

struct _FermataSchema {
  gatomicrefcount ref_count;
  FermataValue *value;
  GArray *nodes;              /* FermataSchemaNode */
  GArray *rules;              /* FermataSchemaRule */
  GArray *children;           /* guint: nodes */
};

static inline FermataSchemaNode *
fermata_schema_get_node (FermataSchema *self,
                         guint          index)
{
  return &g_array_index (self->nodes, FermataSchemaNode, index);
}

static inline guint
fermata_schema_get_child (FermataSchema           *self,
                          const FermataSchemaRule *rule,
                          gsize                    index)
{
  return g_array_index (self->children, guint, rule->first_child + index);
}

/* fermata-schema-compile.c: fills the arrays. @path as in fermata_schema_new (). */
gboolean    fermata_schema_compile         (FermataSchema            *self,
                                            char                    **path,
                                            GError                  **error);
void        fermata_schema_rule_clear      (gpointer                  rule);

/* fermata-schema-keywords.c: the rule of a keyword that applies no other
 * schemas. FALSE with @problem if its value is wrong. */
gboolean    fermata_schema_read_keyword    (FermataSchemaRuleKind     kind,
                                            FermataValue             *value,
                                            FermataSchemaRule        *rule,
                                            char                    **problem);

/* fermata-schema-cycles.c: the node that leads back to itself without looking
 * into the value; FERMATA_SCHEMA_NO_NODE if there is none. */
guint       fermata_schema_find_cycle      (FermataSchema            *self);

/* fermata-schema-refs.c: what a `$ref` means; NULL if nothing. */
FermataValue *fermata_schema_follow        (FermataValue             *whole,
                                            const char               *ref);

/* fermata-schema-rules.c: the rules that look at the value itself. What is
 * left of the time for slow patterns is counted down. */
gboolean    fermata_schema_rule_check      (const FermataSchemaRule  *rule,
                                            FermataValue             *value,
                                            gint64                   *microseconds,
                                            GError                  **error);
gboolean    fermata_schema_has_member      (FermataValue             *object,
                                            FermataValue             *name);

/* fermata-schema-messages.c */
char       *fermata_schema_describe_rule   (const FermataSchemaRule  *rule,
                                            FermataValue             *value);
void        fermata_schema_append_member   (GString                  *path,
                                            const char               *name);

G_END_DECLS
