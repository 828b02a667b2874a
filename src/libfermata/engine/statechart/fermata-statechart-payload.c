/* fermata-statechart-payload.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What events and invocations carry in SCXML's data models: sections 5.6, 5.7 and
 * 6.2.4 of the recommendation. */

#include "engine/statechart/fermata-statechart-execution-private.h"

#include "value/fermata-value-builder.h"
#include "value/fermata-value-writer.h"

gboolean
fermata_statechart_make_text (const FermataChartText  *text,
                              FermataFrameScope       *scope,
                              const char              *what,
                              FermataValue           **value,
                              GError                 **error)
{
  g_autoptr (FermataValue) found = NULL;
  FermataValueKind kind;

  *value = NULL;
  if (text->text != NULL)
    *value = fermata_value_ref (text->text);
  if (text->expression == NULL)
    return TRUE;

  found = fermata_expression_evaluate (text->expression, &scope->parent, error);
  if (found == NULL)
    {
      g_prefix_error (error, "%s: ", what);
      return FALSE;
    }

  kind = fermata_value_get_kind (found);
  if (kind == FERMATA_VALUE_KIND_STRING)
    *value = g_steal_pointer (&found);
  else if (kind == FERMATA_VALUE_KIND_INTEGER || kind == FERMATA_VALUE_KIND_NUMBER
           || kind == FERMATA_VALUE_KIND_BOOLEAN)
    {
      g_autofree char *json = fermata_value_to_string (found, FERMATA_WRITE_COMPACT, NULL);

      *value = fermata_value_new_string (json, -1);
    }
  else
    g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION, "%s: must be text, not %s", what,
                 fermata_value_kind_to_string (kind));

  return *value != NULL;
}

static void
note_problem (FermataFrameScope  *scope,
              GError             *error,
              FermataValue      **problem)
{
  if (*problem == NULL)
    *problem = fermata_error_value_new (fermata_error_kind_of (error), error->message, NULL, NULL);
}

/* "if the evaluation of 'expr' produces an error, the SCXML Processor MUST place
 * error.execution on the internal event queue, and use the empty string as the value of
 * the <content> element" (5.6.2): nothing is carried then. */
static void
make_content (const FermataChartText  *content,
              FermataFrameScope       *scope,
              FermataValue           **data,
              FermataValue           **problem)
{
  g_autoptr (GError) error = NULL;

  if (content->expression == NULL)
    {
      *data = content->text == NULL ? NULL : fermata_value_ref (content->text);
      return;
    }

  *data = fermata_expression_evaluate (content->expression, &scope->parent, &error);
  if (*data != NULL)
    return;

  g_prefix_error (&error, "content: ");
  note_problem (scope, error, problem);
}

/* The values of each name, in the order in which the names came first. */
typedef struct {
  GPtrArray *names;
  GHashTable *values;
} Params;

static void
note_param (Params       *self,
            const char   *name,
            FermataValue *value)
{
  GPtrArray *values = g_hash_table_lookup (self->values, name);

  if (values == NULL)
    {
      values = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_value_unref);
      g_hash_table_insert (self->values, (gpointer) name, values);
      g_ptr_array_add (self->names, (gpointer) name);
    }
  g_ptr_array_add (values, fermata_value_ref (value));
}

/* "MUST include all attributes and values provided by <param> or 'namelist' even if
 * duplicates occur" (6.2.4): of the same name, they are an array. */
static FermataValue *
join_values (GPtrArray *values)
{
  g_autoptr (FermataValueBuilder) array = NULL;

  if (values->len == 1)
    return fermata_value_ref (g_ptr_array_index (values, 0));
  array = fermata_value_builder_new_array ();
  for (guint i = 0; i < values->len; i++)
    fermata_value_builder_add (array, g_ptr_array_index (values, i));

  return fermata_value_builder_end (array);
}

/* In canonical encoding, where one member that begins with “$” alone would be a tag. */
static FermataValue *
join_params (const Params *self)
{
  g_autoptr (FermataValueBuilder) object = fermata_value_builder_new_object ();

  for (guint i = 0; i < self->names->len; i++)
    {
      const char *name = g_ptr_array_index (self->names, i);
      g_autoptr (FermataValue) value = join_values (g_hash_table_lookup (self->values, name));
      g_autofree char *escaped = self->names->len == 1 && *name == '$' ? g_strconcat ("$", name, NULL) : NULL;

      fermata_value_builder_set (object, escaped != NULL ? escaped : name, value);
    }

  return fermata_value_builder_end (object);
}

/* "MUST place the error 'error.execution' on the internal event queue and MUST ignore the
 * name and value" (5.7.2); an error in `namelist` is one of the whole element. */
static gboolean
make_params (const GArray       *params,
             FermataFrameScope  *scope,
             FermataValue      **data,
             FermataValue      **problem,
             GError            **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                         (GDestroyNotify) g_ptr_array_unref);
  Params found = { names, values };

  for (guint i = 0; i < params->len; i++)
    {
      const FermataChartParam *param = &g_array_index (params, FermataChartParam, i);
      g_autoptr (GError) failure = NULL;
      g_autoptr (FermataValue) value = fermata_expression_evaluate (param->expression, &scope->parent, &failure);

      if (value != NULL)
        {
          note_param (&found, param->name, value);
          continue;
        }
      g_prefix_error (&failure, "%s: ", param->name);
      if (param->is_listed)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      note_problem (scope, failure, problem);
    }
  if (names->len > 0)
    *data = join_params (&found);

  return TRUE;
}

gboolean
fermata_statechart_make_payload (const FermataChartPayload  *payload,
                                 FermataFrameScope          *scope,
                                 FermataValue              **data,
                                 FermataValue              **problem,
                                 GError                    **error)
{
  *data = NULL;
  *problem = NULL;
  if (payload->params != NULL && payload->params->len > 0)
    return make_params (payload->params, scope, data, problem, error);
  make_content (&payload->content, scope, data, problem);

  return TRUE;
}
