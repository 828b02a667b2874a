/* fermata-computation.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/fermata-computation-private.h"

FermataValue *
fermata_plan_parameter_evaluate (const FermataPlanParameter *self,
                                 FermataScope               *scope,
                                 GError                    **error)
{
  switch (self->form)
    {
    case PARAMETER_TEMPLATE:
      return fermata_template_expand (self->template, scope, error);

    case PARAMETER_EXPRESSION:
      return fermata_expression_evaluate (self->expression, scope, error);

    case PARAMETER_CONSTANT:
    default:
      return fermata_value_ref (self->constant);
    }
}

FermataValue *
fermata_plan_fill_parameters (FermataPlan   *self,
                              guint          node,
                              FermataScope  *scope,
                              GError       **error)
{
  const FermataPlanNode *plan_node = &self->nodes[node];
  const FermataNodeDescription *description = fermata_node_type_describe (plan_node->type);
  g_autoptr (FermataValueBuilder) builder = NULL;
  gboolean constant = TRUE;

  for (guint i = plan_node[0].first_parameter; i < plan_node[1].first_parameter; i++)
    constant = constant && self->parameters[i].form == PARAMETER_CONSTANT;
  if (constant)
    return NULL;

  builder = fermata_value_builder_new_object ();
  for (guint i = plan_node[0].first_parameter; i < plan_node[1].first_parameter; i++)
    {
      const FermataPlanParameter *parameter = &self->parameters[i];
      g_autoptr (FermataValue) value = fermata_plan_parameter_evaluate (parameter, scope, error);

      if (value == NULL)
        {
          g_prefix_error (error, "%s: ", description->parameters[parameter->index].name);
          return NULL;
        }
      fermata_value_builder_set (builder, description->parameters[parameter->index].name, value);
    }

  return fermata_value_builder_end (builder);
}

/**
 * fermata_computation_get_parameter: (skip)
 * @self: a computation
 * @name: a parameter of the node's type
 * @error: return location for an error
 *
 * Gives the value of a parameter: its templates are filled in now, and only
 * its own. Where the node does not give it, its default.
 *
 * Returns: (transfer full) (nullable): the value; %NULL with @error set if a
 *   template in it has none, %NULL without an error if it is not given
 */
FermataValue *
fermata_computation_get_parameter (FermataComputation  *self,
                                   const char          *name,
                                   GError             **error)
{
  const FermataNodeDescription *description;
  const FermataParameter *parameter;
  FermataPlan *plan = self->scope.frame->plan;
  FermataValue *fallback;
  guint index;

  description = fermata_node_type_describe (self->node->type);
  parameter = fermata_node_description_find (description, name);
  g_return_val_if_fail (parameter != NULL, NULL);

  index = parameter - description->parameters;
  for (guint i = self->node[0].first_parameter; i < self->node[1].first_parameter; i++)
    {
      if (plan->parameters[i].index == index)
        return fermata_plan_parameter_evaluate (&plan->parameters[i], &self->scope.parent, error);
    }

  fallback = fermata_node_type_get_default (self->node->type, index);

  return fallback == NULL ? NULL : fermata_value_ref (fallback);
}

FermataValue *
fermata_computation_dup_input (FermataComputation *self)
{
  return fermata_frame_dup_input (self->scope.frame, self->scope.node);
}

/**
 * fermata_computation_log: (skip)
 * @self: a computation
 * @message: what to say, a string
 *
 * Has a message recorded for people: an event of its own, before the node
 * completes. The node's output is then the message.
 */
void
fermata_computation_log (FermataComputation *self,
                         FermataValue       *message)
{
  g_return_if_fail (self->message == NULL);

  self->message = fermata_value_ref (message);
}
