/* fermata-admission.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/policies/fermata-admission-private.h"

#include "engine/fermata-task-error.h"
#include "model/fermata-duration.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-writer.h"

/* Compiling */

static gboolean
invalid (GError     **error,
         const char  *policy,
         const char  *problem)
{
  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION, "%s: %s", policy, problem);

  return FALSE;
}

static gboolean
read_count (FermataValue  *policy,
            const char    *policy_name,
            const char    *name,
            gint64        *count,
            GError       **error)
{
  FermataValue *value = fermata_value_get_member (policy, name);
  g_autofree char *problem = NULL;

  if (value == NULL)
    return TRUE;
  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_INTEGER
      && fermata_value_get_integer (value) >= 1)
    {
      *count = fermata_value_get_integer (value);
      return TRUE;
    }

  problem = g_strdup_printf ("%s must be a whole number from 1", name);

  return invalid (error, policy_name, problem);
}

static gboolean
read_duration (FermataValue  *policy,
               const char    *policy_name,
               const char    *name,
               gint64        *duration,
               GError       **error)
{
  FermataValue *value = fermata_value_get_member (policy, name);

  if (value == NULL || fermata_duration_parse (value, duration, error))
    return TRUE;

  g_prefix_error (error, "%s, %s: ", policy_name, name);

  return FALSE;
}

/* What it is called itself, NULL if it is not. */
static const char *
get_own_name (FermataValue *policy)
{
  FermataValue *name = fermata_value_get_member (policy, "name");

  return name != NULL && fermata_value_get_kind (name) == FERMATA_VALUE_KIND_STRING
         ? fermata_value_get_string (name, NULL) : NULL;
}

static const char *
get_id (FermataValue *members)
{
  return fermata_value_get_string (fermata_value_get_member (members, "id"), NULL);
}

/* An id has no slash, so no two are the same. */
static char *
dup_name (FermataValue *policy,
          FermataValue *members,
          const char   *scope)
{
  const char *name = get_own_name (policy);

  return name != NULL ? g_strconcat ("name/", name, NULL)
                      : g_strconcat ("node/", get_id (members), "/", scope, NULL);
}

static gboolean
compile_cache (FermataValue      *cache,
               FermataEvaluator  *evaluator,
               FermataAdmission  *self,
               GError           **error)
{
  FermataValue *key;

  self->ttl = -1;
  if (fermata_value_get_kind (cache) == FERMATA_VALUE_KIND_BOOLEAN)
    {
      self->has_cache = fermata_value_get_boolean (cache);
      return TRUE;
    }
  if (fermata_value_get_kind (cache) != FERMATA_VALUE_KIND_OBJECT)
    return invalid (error, "cache", "must be a boolean or an object");

  self->has_cache = TRUE;
  if (!read_duration (cache, "cache", "ttl", &self->ttl, error))
    return FALSE;

  key = fermata_value_get_member (cache, "key");
  if (key == NULL)
    return TRUE;

  self->key = fermata_expression_compile_value (evaluator, key, NULL, error);
  if (self->key == NULL)
    g_prefix_error (error, "cache, key: ");

  return self->key != NULL;
}

static gboolean
compile_breaker (FermataValue      *breaker,
                 FermataValue      *members,
                 const char        *scope,
                 FermataAdmission  *self,
                 GError           **error)
{
  const char *name = get_own_name (breaker);
  gint64 failures = FERMATA_CIRCUIT_DEFAULT_FAILURES;

  self->breaker = dup_name (breaker, members, scope);
  self->breaker_label = g_strdup (name != NULL ? name : get_id (members));
  self->cool_down = FERMATA_CIRCUIT_DEFAULT_COOL_DOWN;
  if (!read_count (breaker, "circuit-breaker", "failures", &failures, error)
      || !read_duration (breaker, "circuit-breaker", "cool-down", &self->cool_down, error))
    return FALSE;
  self->failures = (guint) MIN (failures, G_MAXUINT);

  return TRUE;
}

static gboolean
compile_limiter (FermataValue      *limiter,
                 FermataValue      *members,
                 const char        *scope,
                 FermataAdmission  *self,
                 GError           **error)
{
  gint64 limit = 0;

  self->limiter = dup_name (limiter, members, scope);
  self->per = -1;
  if (!read_count (limiter, "rate-limit", "limit", &limit, error)
      || !read_duration (limiter, "rate-limit", "per", &self->per, error))
    return FALSE;
  self->limit = (guint64) limit;

  return (self->limit > 0 && self->per >= 0)
         || invalid (error, "rate-limit", "“limit” and “per” must be there");
}

static FermataValue *
get_object (FermataValue *members,
            const char   *name)
{
  FermataValue *value = fermata_value_get_member (members, name);

  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_OBJECT ? value : NULL;
}

gboolean
fermata_admission_compile (FermataValue      *members,
                           const char        *scope,
                           FermataEvaluator  *evaluator,
                           FermataAdmission **admission,
                           GError           **error)
{
  FermataValue *cache = fermata_value_get_member (members, "cache");
  FermataValue *breaker = get_object (members, "circuit-breaker");
  FermataValue *limiter = get_object (members, "rate-limit");
  FermataAdmission *self;

  *admission = NULL;
  if (cache == NULL && breaker == NULL && limiter == NULL)
    return TRUE;

  self = g_new0 (FermataAdmission, 1);
  if ((cache != NULL && !compile_cache (cache, evaluator, self, error))
      || (breaker != NULL && !compile_breaker (breaker, members, scope, self, error))
      || (limiter != NULL && !compile_limiter (limiter, members, scope, self, error)))
    {
      fermata_admission_free (self);
      return FALSE;
    }

  /* `"cache": false` alone is nothing to ask anybody for. */
  if (!self->has_cache && self->breaker == NULL && self->limiter == NULL)
    g_clear_pointer (&self, fermata_admission_free);
  *admission = self;

  return TRUE;
}

void
fermata_admission_free (FermataAdmission *self)
{
  g_clear_pointer (&self->key, fermata_expression_unref);
  g_free (self->breaker);
  g_free (self->breaker_label);
  g_free (self->limiter);
  g_free (self);
}

/* Keys */

static char *
digest (FermataValue *parts)
{
  gsize length;
  g_autofree char *text = fermata_value_to_string (parts, FERMATA_WRITE_COMPACT, &length);

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length);
}

static void
add_or_none (FermataValueBuilder *builder,
             FermataValue        *value)
{
  g_autoptr (FermataValue) none = fermata_value_new_empty_array ();
  g_autoptr (FermataValue) some = NULL;

  if (value != NULL)
    some = fermata_value_new_array (&value, 1);
  fermata_value_builder_add (builder, some != NULL ? some : none);
}

/* A key of the node's own stands in place of the parameters as they are filled
 * in and of the input, but not of what sort of node it is: two that are set up
 * differently never share a result. */
char *
fermata_admission_dup_key (const FermataAdmission  *self,
                           FermataValue            *members,
                           FermataValue            *content,
                           FermataValue            *parameters,
                           FermataValue            *input,
                           FermataScope            *scope,
                           GError                 **error)
{
  static const char *const bodies[] = { "body", "catch", "finally" };
  FermataValue *with = fermata_value_get_member (members, "with");
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) key = NULL;
  g_autoptr (FermataValue) parts = NULL;

  fermata_value_builder_add (builder, fermata_value_get_member (members, "type"));
  if (self->key == NULL)
    {
      add_or_none (builder, parameters != NULL ? parameters : with);
      add_or_none (builder, input);
    }
  else
    {
      key = fermata_expression_evaluate (self->key, scope, error);
      if (key == NULL)
        {
          g_prefix_error (error, "cache, key: ");
          return NULL;
        }
      add_or_none (builder, with);
      fermata_value_builder_add (builder, key);
      fermata_value_builder_add_string (builder, "key");
    }
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      if (fermata_value_get_member (members, bodies[i]) != NULL)
        fermata_value_builder_add (builder, fermata_value_get_member (members, bodies[i]));
    }
  if (content != NULL)
    fermata_value_builder_add (builder, content);
  parts = fermata_value_builder_end (builder);

  return digest (parts);
}
