/* fermata-plan-inputs.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a graph is given when it begins: a run's, or that of a node. */

#include "engine/plan/fermata-plan-private.h"
#include "expression/fermata-scope.h"
#include "value/fermata-value-builder.h"

static gboolean
refuse (GError     **error,
        const char  *name,
        const char  *problem)
{
  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INPUT,
               "Input “%s” %s", name, problem);

  return FALSE;
}

static gboolean
kind_fits (FermataValueKind  kind,
           const char       *type)
{
  if (g_str_equal (type, "any"))
    return TRUE;
  if (g_str_equal (type, "number") && kind == FERMATA_VALUE_KIND_INTEGER)
    return TRUE;

  return g_str_equal (fermata_value_kind_to_string (kind), type);
}

static gboolean
check_type (const char    *name,
            FermataValue  *declaration,
            FermataValue  *value,
            GError       **error)
{
  FermataValue *type = fermata_value_get_member (declaration, "type");
  FermataValueKind kind = fermata_value_get_kind (value);
  g_autofree char *problem = NULL;
  const char *expected;

  if (type == NULL || fermata_value_get_kind (type) != FERMATA_VALUE_KIND_STRING)
    return TRUE;

  expected = fermata_value_get_string (type, NULL);
  if (kind_fits (kind, expected))
    return TRUE;

  problem = g_strdup_printf ("must be of type %s, but is of type %s", expected,
                             fermata_value_kind_to_string (kind));

  return refuse (error, name, problem);
}

static gboolean
check_unknown (FermataValue  *declared,
               FermataValue  *given,
               GError       **error)
{
  for (gsize i = 0; given != NULL && i < fermata_value_get_length (given); i++)
    {
      const char *name = fermata_value_get_member_name (given, i);

      if (declared == NULL || fermata_value_get_member (declared, name) == NULL)
        return refuse (error, name, "is not an input of this graph");
    }

  return TRUE;
}

/* A machine in one of SCXML's data models is given first values of variables, as far as
 * somebody likes: section 5.3 of the recommendation. */
static gboolean
check_given_variables (FermataPlan   *self,
                       FermataValue  *given,
                       FermataValue **inputs,
                       GError       **error)
{
  FermataValue *declared = fermata_value_get_member (self->members, "variables");

  if (!check_unknown (declared, given, error))
    return FALSE;
  *inputs = given == NULL ? fermata_value_new_empty_object () : fermata_value_ref (given);

  return TRUE;
}

gboolean
fermata_plan_is_scxml (const FermataPlan *self)
{
  return self->chart != NULL && self->chart->data_model != FERMATA_DATA_MODEL_FERMATA;
}

/* The values given, checked against what the graph declares, with defaults. */
gboolean
fermata_plan_check_inputs (FermataPlan   *self,
                           FermataValue  *given,
                           FermataValue **inputs,
                           GError       **error)
{
  FermataValue *declared = fermata_value_get_member (self->members, "inputs");
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  if (given != NULL && fermata_value_get_kind (given) != FERMATA_VALUE_KIND_OBJECT)
    {
      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INPUT,
                   "The inputs of a run must be an object");
      return FALSE;
    }
  if (fermata_plan_is_scxml (self))
    return check_given_variables (self, given, inputs, error);
  if (!check_unknown (declared, given, error))
    return FALSE;

  for (gsize i = 0; declared != NULL && i < fermata_value_get_length (declared); i++)
    {
      const char *name = fermata_value_get_member_name (declared, i);
      FermataValue *declaration = fermata_value_get_member (declared, name);
      FermataValue *value = given == NULL ? NULL : fermata_value_get_member (given, name);

      if (value == NULL)
        value = fermata_value_get_member (declaration, "default");
      if (value == NULL)
        return refuse (error, name, "is missing, and has no default");
      if (!check_type (name, declaration, value, error))
        return FALSE;
      fermata_value_builder_set (builder, name, value);
    }

  *inputs = fermata_value_builder_end (builder);

  return TRUE;
}

/* The first values of variables can name inputs, and nothing else. */
typedef struct {
  FermataScope parent;
  FermataValue *inputs;
} InputScope;

static FermataValue *
lookup_inputs (FermataScope      *scope,
               const char *const *path,
               guint              n_path,
               guint             *n_used,
               GError           **error)
{
  InputScope *self = (InputScope *) scope;

  *n_used = 1;

  return g_str_equal (path[0], "inputs") ? fermata_value_ref (self->inputs) : NULL;
}

FermataValue *
fermata_plan_make_variables (FermataPlan   *self,
                             FermataValue  *inputs,
                             gint64         date,
                             guint64        seed,
                             GError       **error)
{
  InputScope scope = { { lookup_inputs, date, seed }, inputs };
  FermataValue *variables;

  if (fermata_plan_is_scxml (self))
    return fermata_value_ref (self->chart->variables);
  if (self->variables == NULL)
    return fermata_value_new_empty_object ();

  variables = fermata_template_expand (self->variables, &scope.parent, error);
  if (variables == NULL)
    g_prefix_error (error, "variables: ");

  return variables;
}
