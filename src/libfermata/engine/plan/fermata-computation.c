/* fermata-computation.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/plan/fermata-computation-private.h"

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

/* It sees what is not there yet when the node starts. */
static gboolean
is_late (const FermataNodeDescription *description,
         const FermataPlanParameter   *parameter)
{
  return description->parameters[parameter->index].names != NULL;
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
    constant = constant && (self->parameters[i].form == PARAMETER_CONSTANT
                            || is_late (description, &self->parameters[i]));
  if (constant)
    return NULL;

  builder = fermata_value_builder_new_object ();
  for (guint i = plan_node[0].first_parameter; i < plan_node[1].first_parameter; i++)
    {
      const FermataPlanParameter *parameter = &self->parameters[i];
      g_autoptr (FermataValue) value = NULL;

      if (is_late (description, parameter))
        continue;
      value = fermata_plan_parameter_evaluate (parameter, scope, error);
      if (value == NULL)
        {
          g_prefix_error (error, "%s: ", description->parameters[parameter->index].name);
          return NULL;
        }
      fermata_value_builder_set (builder, description->parameters[parameter->index].name, value);
    }

  return fermata_value_builder_end (builder);
}

static const FermataPlanParameter *
find_parameter (FermataPlan *self,
                guint        node,
                guint        index)
{
  const FermataPlanNode *plan_node = &self->nodes[node];

  for (guint i = plan_node[0].first_parameter; i < plan_node[1].first_parameter; i++)
    {
      if (self->parameters[i].index == index)
        return &self->parameters[i];
    }

  return NULL;
}

FermataValue *
fermata_plan_get_started_parameter (FermataPlan  *self,
                                    guint         node,
                                    FermataValue *started,
                                    const char   *name)
{
  FermataNodeType *type = self->nodes[node].type;
  const FermataNodeDescription *description = fermata_node_type_describe (type);
  FermataValue *filled = started == NULL ? NULL : fermata_value_get_member (started, "with");
  FermataValue *value = filled == NULL ? NULL : fermata_value_get_member (filled, name);
  guint index = fermata_node_description_find (description, name) - description->parameters;
  const FermataPlanParameter *parameter = find_parameter (self, node, index);

  if (value != NULL)
    return value;
  if (parameter != NULL && parameter->form == PARAMETER_CONSTANT)
    return parameter->constant;

  return fermata_node_type_get_default (type, index);
}

FermataExpression *
fermata_plan_get_expression (FermataPlan *self,
                             guint        node,
                             const char  *name)
{
  const FermataNodeDescription *description = fermata_node_type_describe (self->nodes[node].type);
  guint index = fermata_node_description_find (description, name) - description->parameters;
  const FermataPlanParameter *parameter = find_parameter (self, node, index);

  return parameter == NULL || parameter->form != PARAMETER_EXPRESSION ? NULL : parameter->expression;
}

static FermataValue *
dup_parameter (FermataPlan  *self,
               guint         node,
               guint         index,
               FermataScope *scope)
{
  const FermataPlanParameter *parameter = find_parameter (self, node, index);
  FermataValue *fallback;

  if (parameter != NULL)
    return fermata_plan_parameter_evaluate (parameter, scope, NULL);

  fallback = fermata_node_type_get_default (self->nodes[node].type, index);

  return fallback == NULL ? NULL : fermata_value_ref (fallback);
}

FermataValue *
fermata_plan_dup_parameters (FermataPlan  *self,
                             guint         node,
                             FermataScope *scope)
{
  const FermataNodeDescription *description = fermata_node_type_describe (self->nodes[node].type);
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  for (guint i = 0; i < description->n_parameters; i++)
    {
      g_autoptr (FermataValue) value = dup_parameter (self, node, i, scope);

      if (value != NULL)
        fermata_value_builder_set (builder, description->parameters[i].name, value);
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
  const FermataPlanParameter *given;
  FermataPlan *plan = self->scope.frame->plan;
  FermataValue *fallback;
  guint index;

  description = fermata_node_type_describe (self->node->type);
  parameter = fermata_node_description_find (description, name);
  g_return_val_if_fail (parameter != NULL, NULL);

  index = parameter - description->parameters;
  given = find_parameter (plan, self->node - plan->nodes, index);
  if (given != NULL)
    return fermata_plan_parameter_evaluate (given, &self->scope.parent, error);

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
