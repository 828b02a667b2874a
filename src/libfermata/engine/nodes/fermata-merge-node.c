/* fermata-merge-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"
#include "engine/plan/fermata-computation-private.h"

typedef FermataNodeType FermataMergeNode;
typedef FermataNodeTypeClass FermataMergeNodeClass;

static GType fermata_merge_node_get_type (void);

G_DEFINE_TYPE (FermataMergeNode, fermata_merge_node, FERMATA_TYPE_NODE_TYPE)

static const char *const modes[] = { "object", "array", "assign", "concat", "first", NULL };

static const FermataParameter parameters[] = {
  {
    .name = "mode",
    .type = FERMATA_MEMBER_TYPE_CHOICE,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .choices = modes,
    .default_json = "\"object\"",
    .doc = "“object”: the inputs by name. “array”: the inputs in order. “assign”: one object of "
           "the members of all of them, a later one winning. “concat”: one array of the elements "
           "of all of them. “first”: the first there is.",
  },
};

static const FermataNodeDescription description = {
  .name = "merge",
  .title = "Merge",
  .category = "Data",
  .icon_name = "view-list-symbolic",
  .doc = "Puts its inputs together: what came over the incoming edges that were taken, in the "
         "order of the document. Its “join” says what it waits for.",
  .output_doc = "The inputs together, as “mode” says; without any, an empty object, an empty array "
                "or null.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

static const FermataNodeDescription *
fermata_merge_node_describe (FermataNodeType *type)
{
  return &description;
}

/* The inputs by name, also of one edge or none. */
static FermataValue *
dup_inputs (FermataComputation  *computation,
            GError             **error)
{
  FermataPlan *plan = computation->scope.frame->plan;
  guint node = computation->scope.node;
  guint n_in = fermata_plan_node_n_in (plan, node);
  g_autoptr (FermataValue) input = fermata_computation_dup_input (computation);
  g_autoptr (FermataValueBuilder) builder = NULL;

  if (n_in > 1 && input != NULL)
    {
      if (fermata_value_get_kind (input) == FERMATA_VALUE_KIND_OBJECT)
        return g_steal_pointer (&input);
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
                   "The input of several edges must be an object, but is of type %s",
                   fermata_value_kind_to_string (fermata_value_get_kind (input)));
      return NULL;
    }

  builder = fermata_value_builder_new_object ();
  if (input != NULL)
    fermata_value_builder_set (builder,
                               n_in == 0 ? "input" : fermata_plan_get_input_name (plan, plan->incoming[plan->nodes[node].first_in]),
                               input);

  return fermata_value_builder_end (builder);
}

static gboolean
check_kind (FermataValue      *inputs,
            gsize              index,
            FermataValueKind   kind,
            const char        *expected,
            GError           **error)
{
  FermataValue *input = fermata_value_get_element (inputs, index);

  if (fermata_value_get_kind (input) == kind)
    return TRUE;

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
               "The input “%s” must be %s, but is of type %s",
               fermata_value_get_member_name (inputs, index), expected,
               fermata_value_kind_to_string (fermata_value_get_kind (input)));

  return FALSE;
}

static FermataValue *
assign (FermataValue  *inputs,
        GError       **error)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  for (gsize i = 0; i < fermata_value_get_length (inputs); i++)
    {
      FermataValue *input = fermata_value_get_element (inputs, i);

      if (!check_kind (inputs, i, FERMATA_VALUE_KIND_OBJECT, "an object", error))
        return NULL;
      for (gsize j = 0; j < fermata_value_get_length (input); j++)
        fermata_value_builder_set (builder, fermata_value_get_member_name (input, j),
                                   fermata_value_get_element (input, j));
    }

  return fermata_value_builder_end (builder);
}

static FermataValue *
concat (FermataValue  *inputs,
        GError       **error)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();

  for (gsize i = 0; i < fermata_value_get_length (inputs); i++)
    {
      FermataValue *input = fermata_value_get_element (inputs, i);

      if (!check_kind (inputs, i, FERMATA_VALUE_KIND_ARRAY, "an array", error))
        return NULL;
      for (gsize j = 0; j < fermata_value_get_length (input); j++)
        fermata_value_builder_add (builder, fermata_value_get_element (input, j));
    }

  return fermata_value_builder_end (builder);
}

static FermataValue *
list (FermataValue *inputs)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();

  for (gsize i = 0; i < fermata_value_get_length (inputs); i++)
    fermata_value_builder_add (builder, fermata_value_get_element (inputs, i));

  return fermata_value_builder_end (builder);
}

static FermataValue *
first (FermataValue *inputs)
{
  if (fermata_value_get_length (inputs) == 0)
    return fermata_value_new_null ();

  return fermata_value_ref (fermata_value_get_element (inputs, 0));
}

static FermataValue *
fermata_merge_node_compute (FermataNodeType     *type,
                            FermataComputation  *computation,
                            GError             **error)
{
  g_autoptr (FermataValue) mode = fermata_computation_get_parameter (computation, "mode", error);
  g_autoptr (FermataValue) inputs = mode == NULL ? NULL : dup_inputs (computation, error);
  const char *name;

  if (inputs == NULL)
    return NULL;

  name = fermata_value_get_string (mode, NULL);
  if (g_str_equal (name, "array"))
    return list (inputs);
  if (g_str_equal (name, "assign"))
    return assign (inputs, error);
  if (g_str_equal (name, "concat"))
    return concat (inputs, error);
  if (g_str_equal (name, "first"))
    return first (inputs);

  return g_steal_pointer (&inputs);
}

static void
fermata_merge_node_class_init (FermataMergeNodeClass *klass)
{
  klass->describe = fermata_merge_node_describe;
  klass->compute = fermata_merge_node_compute;
}

static void
fermata_merge_node_init (FermataMergeNode *self)
{
}

/**
 * fermata_merge_node_new:
 *
 * Makes the node type `merge`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_merge_node_new (void)
{
  return g_object_new (fermata_merge_node_get_type (), NULL);
}
