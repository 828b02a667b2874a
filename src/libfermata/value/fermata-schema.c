/* fermata-schema.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-schema-private.h"

G_DEFINE_BOXED_TYPE (FermataSchema, fermata_schema, fermata_schema_ref, fermata_schema_unref)

G_DEFINE_QUARK (fermata-schema-error-quark, fermata_schema_error)

/**
 * fermata_schema_new:
 * @value: a schema as JSON: an object, or a boolean
 * @path: (out) (optional) (nullable): where in @value the error is, as a JSON
 *   Pointer (RFC 6901); %NULL if there is none
 * @error: return location for an error: %FERMATA_SCHEMA_ERROR_SCHEMA
 *
 * Compiles a schema. Everything in it is looked at, also definitions that
 * nothing refers to. Keywords that only describe are passed over (`title`,
 * `description`, `default`, `examples`, `format`, `$comment` and the like, and
 * what begins with `x-`); any other that is not known is an error.
 *
 * Returns: (transfer full): the schema; %NULL on error
 */
FermataSchema *
fermata_schema_new (FermataValue  *value,
                    char         **path,
                    GError       **error)
{
  g_autoptr (FermataSchema) self = NULL;

  g_return_val_if_fail (value != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (path != NULL)
    *path = NULL;

  self = g_new0 (FermataSchema, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->value = fermata_value_ref (value);
  self->nodes = g_array_new (FALSE, TRUE, sizeof (FermataSchemaNode));
  self->rules = g_array_new (FALSE, TRUE, sizeof (FermataSchemaRule));
  g_array_set_clear_func (self->rules, fermata_schema_rule_clear);
  self->children = g_array_new (FALSE, TRUE, sizeof (guint));

  if (!fermata_schema_compile (self, path, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * fermata_schema_ref:
 * @self: a schema
 *
 * Returns: (transfer full): @self, with one more reference
 */
FermataSchema *
fermata_schema_ref (FermataSchema *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * fermata_schema_unref:
 * @self: (transfer full): a schema
 *
 * Gives a reference back. The last one frees it.
 */
void
fermata_schema_unref (FermataSchema *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->nodes);
  g_array_unref (self->rules);
  g_array_unref (self->children);
  fermata_value_unref (self->value);
  g_free (self);
}

/**
 * fermata_schema_get_value:
 * @self: a schema
 *
 * Returns: (transfer none): what it was compiled from
 */
FermataValue *
fermata_schema_get_value (FermataSchema *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->value;
}
