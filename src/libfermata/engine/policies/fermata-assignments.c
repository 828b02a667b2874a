/* fermata-assignments.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/policies/fermata-assignments-private.h"

#include <string.h>

#include "engine/fermata-task-error.h"
#include "model/fermata-model-id.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-private.h"

typedef struct {
  char *name;
  gboolean of_state;
  char **path;              /* the name without `state.`, step by step */
  FermataValue *change;     /* but for the value */
  FermataExpression *expression;
} Assignment;

struct _FermataAssignments {
  GArray *items;
};

static void
clear_assignment (gpointer data)
{
  Assignment *assignment = data;

  g_free (assignment->name);
  g_strfreev (assignment->path);
  g_clear_pointer (&assignment->change, fermata_value_unref);
  g_clear_pointer (&assignment->expression, fermata_expression_unref);
}

void
fermata_assignments_free (FermataAssignments *self)
{
  g_array_unref (self->items);
  g_free (self);
}

static gboolean
refuse (GError     **error,
        const char  *name,
        const char  *problem)
{
  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXPRESSION,
               "assign, %s: %s", name, problem);

  return FALSE;
}

/* `order.total`: a variable, and a way within it. */
static gboolean
check_name (const char    *name,
            FermataValue  *variables,
            gboolean       has_state,
            GError       **error)
{
  g_auto (GStrv) path = g_strsplit (name, ".", -1);

  for (guint i = 0; path[i] != NULL; i++)
    {
      if (path[i][0] == '\0' || (i == 0 && !fermata_model_name_is_valid (path[i])))
        return refuse (error, name, "is not the name of a variable, nor a path in one");
    }
  if (path[0] == NULL)
    return refuse (error, "\"\"", "is not the name of a variable");
  if (has_state && g_str_equal (path[0], "state") && path[1] != NULL)
    return TRUE;
  if (variables == NULL || fermata_value_get_member (variables, path[0]) == NULL)
    return refuse (error, name, "there is no such variable");

  return TRUE;
}

/* What a change of it is, without its value. */
static FermataValue *
make_change (gboolean    of_state,
             const char *path)
{
  g_autoptr (FermataValueBuilder) change = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) none = fermata_value_new_null ();

  fermata_value_builder_set_string (change, of_state ? FERMATA_ASSIGNED_STATE : FERMATA_ASSIGNED_VARIABLE,
                                    path);
  fermata_value_builder_set (change, "value", none);

  return fermata_value_builder_end (change);
}

static gboolean
compile_one (FermataValue      *object,
             const char        *name,
             FermataValue      *variables,
             gboolean           has_state,
             FermataEvaluator  *evaluator,
             Assignment        *assignment,
             GError           **error)
{
  const char *path;

  if (!check_name (name, variables, has_state, error))
    return FALSE;

  assignment->expression =
    fermata_expression_compile_value (evaluator, fermata_value_get_member (object, name), NULL, error);
  if (assignment->expression == NULL)
    {
      g_prefix_error (error, "assign, %s: ", name);
      return FALSE;
    }
  assignment->of_state = has_state && g_str_has_prefix (name, "state.");
  assignment->name = g_strdup (name);
  path = name + (assignment->of_state ? strlen ("state.") : 0);
  assignment->path = g_strsplit (path, ".", -1);
  assignment->change = make_change (assignment->of_state, path);

  return TRUE;
}

static gboolean
compile_element (FermataAssignments  *self,
                 FermataValue        *element,
                 FermataValue        *variables,
                 gboolean             has_state,
                 FermataEvaluator    *evaluator,
                 GError             **error)
{
  if (fermata_value_get_kind (element) != FERMATA_VALUE_KIND_OBJECT)
    {
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXPRESSION,
                   "assign must be an array of objects, each a name and an expression");
      return FALSE;
    }

  for (gsize i = 0; i < fermata_value_get_length (element); i++)
    {
      Assignment assignment = { NULL, };

      if (!compile_one (element, fermata_value_get_member_name (element, i), variables, has_state,
                        evaluator, &assignment, error))
        return FALSE;
      g_array_append_val (self->items, assignment);
    }

  return TRUE;
}

FermataAssignments *
fermata_assignments_compile (FermataValue      *members,
                             FermataValue      *variables,
                             gboolean           has_state,
                             FermataEvaluator  *evaluator,
                             GError           **error)
{
  FermataAssignments *self = g_new0 (FermataAssignments, 1);
  gsize n = fermata_value_get_kind (members) == FERMATA_VALUE_KIND_ARRAY
            ? fermata_value_get_length (members) : 0;

  self->items = g_array_new (FALSE, FALSE, sizeof (Assignment));
  g_array_set_clear_func (self->items, clear_assignment);
  for (gsize i = 0; i < n; i++)
    {
      if (compile_element (self, fermata_value_get_element (members, i), variables, has_state, evaluator,
                           error))
        continue;
      fermata_assignments_free (self);
      return NULL;
    }

  return self;
}

/* Changing a value at a path: what is on the way is copied, the rest shared. */

static FermataValue *
replace_element (FermataValue *array,
                 gsize         index,
                 FermataValue *value)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  gsize length = fermata_value_get_length (array);

  for (gsize i = 0; i < length; i++)
    fermata_value_builder_add (builder, i == index ? value : fermata_value_get_element (array, i));
  if (index == length)
    fermata_value_builder_add (builder, value);

  return fermata_value_builder_end (builder);
}

static gboolean
find_element (FermataValue *array,
              const char   *step,
              gsize        *index)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (step, 10, 0, fermata_value_get_length (array), &number, NULL))
    return FALSE;
  *index = number;

  return TRUE;
}

/* One step: @container with @value at @step (transfer full), NULL if it has no
 * such place. */
static FermataValue *
with_step (FermataValue *container,
           const char   *step,
           FermataValue *value)
{
  gsize index;

  if (fermata_value_get_kind (container) == FERMATA_VALUE_KIND_OBJECT)
    return fermata_value_with_member (container, step, value);
  if (fermata_value_get_kind (container) == FERMATA_VALUE_KIND_ARRAY
      && find_element (container, step, &index))
    return replace_element (container, index, value);

  return NULL;
}

static FermataValue *
get_step (FermataValue *container,
          const char   *step)
{
  gsize index;

  if (fermata_value_get_kind (container) == FERMATA_VALUE_KIND_OBJECT)
    return fermata_value_get_member (container, step);
  if (fermata_value_get_kind (container) == FERMATA_VALUE_KIND_ARRAY
      && find_element (container, step, &index) && index < fermata_value_get_length (container))
    return fermata_value_get_element (container, index);

  return NULL;
}

/* @root with @value at @path (transfer full), NULL if the way is broken. */
static FermataValue *
with_path (FermataValue      *root,
           const char *const *path,
           FermataValue      *value)
{
  g_autoptr (GPtrArray) containers = NULL;
  FermataValue *result;

  if (path[0] != NULL && path[1] == NULL)
    return with_step (root, path[0], value);

  containers = g_ptr_array_new ();
  result = fermata_value_ref (value);
  for (guint i = 0; path[i] != NULL; i++)
    {
      g_ptr_array_add (containers, root);
      root = path[i + 1] == NULL ? NULL : get_step (root, path[i]);
      if (root == NULL)
        break;
    }

  for (guint i = containers->len; result != NULL && i-- > 0;)
    {
      FermataValue *changed = NULL;

      if (path[containers->len] == NULL)
        changed = with_step (containers->pdata[i], path[i], result);
      fermata_value_unref (result);
      result = changed;
    }

  return result;
}

/* Most names are names, and no paths. */
static FermataValue *
with_name (FermataValue *root,
           const char   *name,
           FermataValue *value)
{
  const char *const path[] = { name, NULL };
  g_auto (GStrv) steps = strchr (name, '.') != NULL ? g_strsplit (name, ".", -1) : NULL;

  return with_path (root, steps != NULL ? (const char *const *) steps : path, value);
}

/* @root (transfer full) as it is then; unchanged if the way is broken. */
static FermataValue *
take_with_name (FermataValue *root,
                const char   *name,
                FermataValue *value)
{
  FermataValue *changed;

  if (strchr (name, '.') == NULL && fermata_value_get_kind (root) == FERMATA_VALUE_KIND_OBJECT)
    return fermata_value_take_with_member (root, name, value);

  changed = with_name (root, name, value);
  if (changed == NULL)
    return root;
  fermata_value_unref (root);

  return changed;
}

/* Evaluates one of them, and adds what would change to @changes. */
static gboolean
evaluate_one (const Assignment  *self,
              FermataScope      *scope,
              FermataValue     **place,
              FermataValue     **change,
              GError           **error)
{
  g_autoptr (FermataValue) value = fermata_expression_evaluate (self->expression, scope, error);
  FermataValue *changed;

  if (value == NULL)
    {
      g_prefix_error (error, "assign, %s: ", self->name);
      return FALSE;
    }

  changed = *place == NULL ? NULL : with_path (*place, (const char *const *) self->path, value);
  if (changed == NULL)
    return refuse (error, self->name, self->of_state ? "there is no such place in the state"
                                                     : "there is no such place in the variable");
  fermata_value_unref (*place);
  *place = changed;
  *change = fermata_value_with_member (self->change, "value", value);

  return TRUE;
}

FermataValue *
fermata_assignments_evaluate (const FermataAssignments  *self,
                              FermataScope              *scope,
                              FermataValue             **variables,
                              FermataValue             **state,
                              GError                   **error)
{
  FermataValue *few[8] = { NULL };
  guint n = self->items->len;
  g_autofree FermataValue **many = n > G_N_ELEMENTS (few) ? g_new (FermataValue *, n) : NULL;
  FermataValue **changes = many != NULL ? many : few;
  FermataValue *result = NULL;
  guint done;

  for (done = 0; done < n; done++)
    {
      const Assignment *assignment = &g_array_index (self->items, Assignment, done);

      if (!evaluate_one (assignment, scope, assignment->of_state ? state : variables, &changes[done], error))
        break;
    }

  if (done == n)
    result = fermata_value_new_array (changes, n);
  for (guint i = 0; i < done; i++)
    fermata_value_unref (changes[i]);

  return result;
}

FermataValue *
fermata_assignments_apply (FermataValue *variables,
                           FermataValue *changes,
                           const char   *of)
{
  FermataValue *result = variables;

  for (gsize i = 0; changes != NULL && i < fermata_value_get_length (changes); i++)
    {
      FermataValue *change = fermata_value_get_element (changes, i);
      FermataValue *name = fermata_value_get_member (change, of);

      if (name != NULL)
        result = take_with_name (result, fermata_value_get_string (name, NULL),
                                 fermata_value_get_member (change, "value"));
    }

  return result;
}

gboolean
fermata_assignments_fit (FermataValue *variables,
                         FermataValue *changes)
{
  for (gsize i = 0; i < fermata_value_get_length (changes); i++)
    {
      FermataValue *change = fermata_value_get_element (changes, i);
      FermataValue *name = fermata_value_get_member (change, FERMATA_ASSIGNED_VARIABLE);
      g_autoptr (FermataValue) changed = NULL;

      if (name != NULL)
        changed = with_name (variables, fermata_value_get_string (name, NULL),
                             fermata_value_get_member (change, "value"));
      if (changed == NULL)
        return FALSE;
    }

  return TRUE;
}

gboolean
fermata_assignments_check (FermataValue *changes)
{
  if (changes == NULL || fermata_value_get_kind (changes) != FERMATA_VALUE_KIND_ARRAY)
    return FALSE;

  for (gsize i = 0; i < fermata_value_get_length (changes); i++)
    {
      FermataValue *change = fermata_value_get_element (changes, i);
      FermataValue *name;

      if (fermata_value_get_kind (change) != FERMATA_VALUE_KIND_OBJECT
          || fermata_value_get_member (change, "value") == NULL)
        return FALSE;
      name = fermata_value_get_member (change, FERMATA_ASSIGNED_VARIABLE);
      if (name == NULL)
        name = fermata_value_get_member (change, FERMATA_ASSIGNED_STATE);
      if (name == NULL || fermata_value_get_kind (name) != FERMATA_VALUE_KIND_STRING)
        return FALSE;
    }

  return TRUE;
}
