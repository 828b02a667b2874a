/* fermata-statechart-payload.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What events and invocations carry in SCXML's data models: sections 5.6, 5.7 and
 * 6.2.4 of the recommendation. */

#include "engine/statechart/fermata-statechart-execution-private.h"

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

/* "MUST place the error 'error.execution' on the internal event queue and MUST ignore the
 * name and value" (5.7.2); an error in `namelist` is one of the whole element. */
static gboolean
make_params (const GArray       *params,
             FermataFrameScope  *scope,
             FermataValue      **data,
             FermataValue      **problem,
             GError            **error)
{
  g_autoptr (FermataValue) object = fermata_value_new_empty_object ();

  for (guint i = 0; i < params->len; i++)
    {
      const FermataChartParam *param = &g_array_index (params, FermataChartParam, i);
      g_autoptr (GError) failure = NULL;
      g_autoptr (FermataValue) value = fermata_expression_evaluate (param->expression, &scope->parent, &failure);
      FermataValue *more;

      if (value == NULL)
        {
          g_prefix_error (&failure, "%s: ", param->name);
          if (param->is_listed)
            {
              g_propagate_error (error, g_steal_pointer (&failure));
              return FALSE;
            }
          note_problem (scope, failure, problem);
          continue;
        }
      more = fermata_value_with_member (object, param->name, value);
      fermata_value_unref (object);
      object = more;
    }
  if (fermata_value_get_length (object) > 0)
    *data = g_steal_pointer (&object);

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
