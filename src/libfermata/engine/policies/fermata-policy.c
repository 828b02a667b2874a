/* fermata-policy.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/policies/fermata-policy-private.h"

#include <math.h>

#include "model/fermata-duration.h"

/* Durations */

gboolean
fermata_plan_duration_compile (FermataValue         *value,
                               FermataEvaluator     *evaluator,
                               FermataPlanDuration  *duration,
                               GError              **error)
{
  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_STRING
      || !fermata_template_is_in_string (fermata_value_get_string (value, NULL)))
    return fermata_duration_parse (value, &duration->microseconds, error);

  duration->template = fermata_template_compile (evaluator, value, NULL, NULL, error);

  return duration->template != NULL;
}

gboolean
fermata_plan_duration_evaluate (const FermataPlanDuration  *self,
                                FermataScope               *scope,
                                gint64                     *microseconds,
                                GError                    **error)
{
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GError) local_error = NULL;

  *microseconds = self->microseconds;
  if (self->template == NULL)
    return TRUE;

  value = fermata_template_expand (self->template, scope, error);
  if (value == NULL)
    return FALSE;
  if (fermata_duration_parse (value, microseconds, &local_error))
    return TRUE;

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION, "%s", local_error->message);

  return FALSE;
}

void
fermata_plan_duration_clear (FermataPlanDuration *self)
{
  g_clear_pointer (&self->template, fermata_template_unref);
}

/* Compiling */

typedef struct {
  FermataValue *members;
  FermataValue *variables;
  FermataEvaluator *evaluator;
  FermataPolicy *policy;
} PolicyCompiler;

static gboolean
invalid (GError     **error,
         const char  *member,
         const char  *expected)
{
  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION, "%s must be %s", member,
               expected);

  return FALSE;
}

static gboolean
compile_duration (PolicyCompiler       *self,
                  FermataValue         *object,
                  const char           *name,
                  FermataPlanDuration  *duration,
                  GError              **error)
{
  FermataValue *value = fermata_value_get_member (object, name);

  if (value == NULL || fermata_plan_duration_compile (value, self->evaluator, duration, error))
    return TRUE;

  g_prefix_error (error, "%s: ", name);

  return FALSE;
}

static gboolean
read_number (FermataValue  *object,
             const char    *name,
             double         lowest,
             double         highest,
             double        *number,
             GError       **error)
{
  FermataValue *value = fermata_value_get_member (object, name);
  g_autofree char *expected = NULL;

  if (value == NULL)
    return TRUE;
  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_INTEGER
      || fermata_value_get_kind (value) == FERMATA_VALUE_KIND_NUMBER)
    {
      *number = fermata_value_get_number (value);
      if (*number >= lowest && *number <= highest)
        return TRUE;
    }

  expected = g_strdup_printf ("a number from %g to %g", lowest, highest);

  return invalid (error, name, expected);
}

static gboolean
add_kind (FermataPolicy  *policy,
          FermataValue   *value,
          GError        **error)
{
  FermataErrorKind kind;

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_STRING
      || !fermata_error_kind_from_string (fermata_value_get_string (value, NULL), &kind))
    return invalid (error, "retry, on,", "kinds of errors");
  policy->retry_kinds |= 1u << kind;

  return TRUE;
}

static gboolean
compile_kinds (FermataPolicy  *policy,
               FermataValue   *on,
               GError        **error)
{
  policy->retry_kinds = on == NULL ? ~(1u << FERMATA_ERROR_KIND_CANCELLED) : 0;
  if (on == NULL)
    return TRUE;
  if (fermata_value_get_kind (on) != FERMATA_VALUE_KIND_ARRAY)
    return add_kind (policy, on, error);

  for (gsize i = 0; i < fermata_value_get_length (on); i++)
    {
      if (!add_kind (policy, fermata_value_get_element (on, i), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
compile_retry (PolicyCompiler  *self,
               GError         **error)
{
  FermataValue *retry = fermata_value_get_member (self->members, "retry");
  FermataPolicy *policy = self->policy;
  double attempts = 1;

  if (retry == NULL)
    return TRUE;
  if (fermata_value_get_kind (retry) != FERMATA_VALUE_KIND_OBJECT)
    {
      /* A number of attempts alone. */
      if (!read_number (self->members, "retry", 1, G_MAXUINT16, &attempts, error))
        return FALSE;
      policy->attempts = attempts;
      return compile_kinds (policy, NULL, error);
    }

  policy->backoff = 1;
  if (!read_number (retry, "attempts", 1, G_MAXUINT16, &attempts, error)
      || !read_number (retry, "backoff", 1, 1000, &policy->backoff, error)
      || !read_number (retry, "jitter", 0, 1, &policy->jitter, error)
      || !compile_duration (self, retry, "delay", &policy->delay, error)
      || !compile_duration (self, retry, "max-delay", &policy->max_delay, error))
    {
      g_prefix_error (error, "retry, ");
      return FALSE;
    }
  policy->attempts = attempts;

  return compile_kinds (policy, fermata_value_get_member (retry, "on"), error);
}

static gboolean
compile_timeout (PolicyCompiler  *self,
                 const char      *type_timeout,
                 GError         **error)
{
  g_autoptr (FermataValue) value = NULL;

  if (fermata_value_get_member (self->members, "timeout") != NULL)
    return compile_duration (self, self->members, "timeout", &self->policy->timeout, error);
  if (type_timeout == NULL)
    return TRUE;

  value = fermata_value_new_string (type_timeout, -1);

  return fermata_plan_duration_compile (value, self->evaluator, &self->policy->timeout, error);
}

static gboolean
compile_on_error (PolicyCompiler  *self,
                  GError         **error)
{
  FermataValue *on_error = fermata_value_get_member (self->members, "on-error");
  FermataValue *value = NULL;
  const char *name = NULL;

  if (on_error == NULL)
    return TRUE;

  if (fermata_value_get_kind (on_error) == FERMATA_VALUE_KIND_OBJECT)
    value = fermata_value_get_member (on_error, "value");
  else if (fermata_value_get_kind (on_error) == FERMATA_VALUE_KIND_STRING)
    name = fermata_value_get_string (on_error, NULL);

  if (value != NULL)
    {
      self->policy->on_error = FERMATA_ON_ERROR_VALUE;
      self->policy->fallback = fermata_template_compile (self->evaluator, value, NULL, NULL, error);
      if (self->policy->fallback == NULL)
        g_prefix_error (error, "on-error: ");
      return self->policy->fallback != NULL;
    }
  if (g_strcmp0 (name, "continue") == 0)
    self->policy->on_error = FERMATA_ON_ERROR_CONTINUE;
  else if (g_strcmp0 (name, "fail") != 0)
    return invalid (error, "on-error", "“fail”, “continue” or an object with a value");

  return TRUE;
}

static gboolean
compile_state (PolicyCompiler  *self,
               GError         **error)
{
  FermataValue *state = fermata_value_get_member (self->members, "state");
  FermataValue *keep = fermata_value_get_member (self->members, "keep");

  if (keep != NULL && fermata_value_get_kind (keep) != FERMATA_VALUE_KIND_BOOLEAN)
    return invalid (error, "keep", "true or false");
  self->policy->keep = keep != NULL && fermata_value_get_boolean (keep);
  if (state == NULL)
    return TRUE;
  if (fermata_value_get_kind (state) != FERMATA_VALUE_KIND_OBJECT)
    return invalid (error, "state", "an object");

  self->policy->state = fermata_template_compile (self->evaluator, state, NULL, NULL, error);
  if (self->policy->state == NULL)
    g_prefix_error (error, "state: ");

  return self->policy->state != NULL;
}

static gboolean
compile_assign (PolicyCompiler  *self,
                GError         **error)
{
  FermataValue *assign = fermata_value_get_member (self->members, "assign");

  if (assign == NULL)
    return TRUE;

  self->policy->assignments = fermata_assignments_compile (assign, self->variables,
                                                           self->policy->state != NULL,
                                                           self->evaluator, error);

  return self->policy->assignments != NULL;
}

static gboolean
compile_output_schema (PolicyCompiler  *self,
                       GError         **error)
{
  FermataValue *schema = fermata_value_get_member (self->members, "output-schema");
  g_autofree char *path = NULL;

  if (schema == NULL)
    return TRUE;

  self->policy->output_schema = fermata_schema_new (schema, &path, error);
  if (self->policy->output_schema == NULL)
    g_prefix_error (error, "output-schema%s: ", path);

  return self->policy->output_schema != NULL;
}

static gboolean
has_any (FermataValue *members)
{
  static const char *const names[] = {
    "retry", "timeout", "on-error", "assign", "state", "keep", "output-schema", "cache", "circuit-breaker", "rate-limit",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (fermata_value_get_member (members, names[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

gboolean
fermata_policy_compile (FermataValue      *members,
                        const char        *type_timeout,
                        const char        *scope,
                        FermataValue      *variables,
                        FermataEvaluator  *evaluator,
                        FermataPolicy    **policy,
                        GError           **error)
{
  PolicyCompiler compiler = { members, variables, evaluator, NULL };

  *policy = NULL;
  if (type_timeout == NULL && !has_any (members))
    return TRUE;

  compiler.policy = g_new0 (FermataPolicy, 1);
  compiler.policy->attempts = 1;
  compiler.policy->max_delay.microseconds = G_MAXINT64;
  compiler.policy->timeout.microseconds = -1;
  if (!compile_retry (&compiler, error)
      || !compile_timeout (&compiler, type_timeout, error)
      || !compile_on_error (&compiler, error)
      || !compile_state (&compiler, error)
      || !compile_assign (&compiler, error)
      || !compile_output_schema (&compiler, error)
      || !fermata_admission_compile (members, scope, evaluator, &compiler.policy->admission, error))
    {
      fermata_policy_free (compiler.policy);
      return FALSE;
    }
  *policy = compiler.policy;

  return TRUE;
}

void
fermata_policy_free (FermataPolicy *self)
{
  fermata_plan_duration_clear (&self->delay);
  fermata_plan_duration_clear (&self->max_delay);
  fermata_plan_duration_clear (&self->timeout);
  g_clear_pointer (&self->fallback, fermata_template_unref);
  g_clear_pointer (&self->assignments, fermata_assignments_free);
  g_clear_pointer (&self->state, fermata_template_unref);
  g_clear_pointer (&self->output_schema, fermata_schema_unref);
  g_clear_pointer (&self->admission, fermata_admission_free);
  g_free (self);
}

/* Asking */

static gboolean
is_retried_kind (const FermataPolicy *self,
                 FermataErrorKind     kind)
{
  return self->attempts > 1 && (self->retry_kinds & 1u << kind) != 0;
}

gboolean
fermata_policy_retries (const FermataPolicy *self,
                        guint                attempt,
                        FermataErrorKind     kind)
{
  return is_retried_kind (self, kind) && attempt < self->attempts;
}

gboolean
fermata_policy_is_exhausted (const FermataPolicy *self,
                             guint                attempt,
                             FermataErrorKind     kind)
{
  return is_retried_kind (self, kind) && attempt >= self->attempts;
}

/* A number from 0 to less than 1 that follows from @seed (SplitMix64). */
static double
chance (guint64 seed)
{
  seed += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  seed = (seed ^ seed >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  seed = (seed ^ seed >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  seed ^= seed >> 31;

  return (seed >> 11) * 0x1.0p-53;
}

gboolean
fermata_policy_get_delay (const FermataPolicy  *self,
                          guint                 attempt,
                          FermataScope         *scope,
                          gint64               *delay,
                          GError              **error)
{
  gint64 first, most;
  double wanted;

  if (!fermata_plan_duration_evaluate (&self->delay, scope, &first, error)
      || !fermata_plan_duration_evaluate (&self->max_delay, scope, &most, error))
    return FALSE;

  wanted = (double) first * (self->backoff > 1 ? pow (self->backoff, attempt - 1) : 1);
  wanted = MIN (wanted, (double) most);
  wanted *= 1 - self->jitter * chance (scope->seed);
  /* A century is for ever, and leaves room to add the time of the run. */
  *delay = (gint64) MIN (wanted, 100 * 365.0 * 86400 * G_USEC_PER_SEC);

  return TRUE;
}

gboolean
fermata_policy_get_timeout (const FermataPolicy  *self,
                            FermataScope         *scope,
                            gint64               *timeout,
                            GError              **error)
{
  if (fermata_plan_duration_evaluate (&self->timeout, scope, timeout, error))
    return TRUE;

  g_prefix_error (error, "timeout: ");

  return FALSE;
}
