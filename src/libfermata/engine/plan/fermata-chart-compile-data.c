/* fermata-chart-compile-data.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Variables in SCXML's data models: section 5.3 of the recommendation. Each has its
 * first value by an action, so that it may fail as actions do. */

#include "engine/plan/fermata-chart-scxml-private.h"

#include "value/fermata-canonical.h"
#include "value/fermata-value-builder.h"

static gboolean
is_text (FermataValue *value)
{
  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING;
}

gboolean
fermata_chart_is_late (const FermataChartCompiler *self)
{
  FermataValue *binding = fermata_value_get_member (self->plan->members, "binding");

  return is_text (binding) && g_str_equal (fermata_value_get_string (binding, NULL), "late");
}

static FermataValue *
get_variables (const FermataChartCompiler *self,
               guint                       state)
{
  FermataValue *members = state == FERMATA_INDEX_NONE ? self->plan->members : self->plan->nodes[state].members;
  FermataValue *variables = fermata_value_get_member (members, "variables");

  return variables != NULL && fermata_value_get_kind (variables) == FERMATA_VALUE_KIND_OBJECT ? variables : NULL;
}

static gboolean
add_names (FermataValueBuilder  *builder,
           GHashTable           *names,
           FermataValue         *variables,
           FermataValue         *undefined,
           GError              **error)
{
  for (gsize i = 0; variables != NULL && i < fermata_value_get_length (variables); i++)
    {
      const char *name = fermata_value_get_member_name (variables, i);

      if (!g_hash_table_add (names, (gpointer) name))
        return fermata_chart_refuse (error, "two variables have the name “%s”", name);
      if (*name == '_' && (g_str_equal (name, "_event") || g_str_equal (name, "_sessionid")
                           || g_str_equal (name, "_name") || g_str_equal (name, "_ioprocessors")
                           || g_str_equal (name, "_x")))
        return fermata_chart_refuse (error, "“%s” is a variable of the system", name);
      fermata_value_builder_set (builder, name, undefined);
    }

  return TRUE;
}

gboolean
fermata_chart_compile_variables (FermataChartCompiler  *self,
                                 GError               **error)
{
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (GHashTable) names = NULL;
  g_autoptr (FermataValue) undefined = NULL;

  if (self->chart->data_model == FERMATA_DATA_MODEL_FERMATA)
    return TRUE;

  builder = fermata_value_builder_new_object ();
  names = g_hash_table_new (g_str_hash, g_str_equal);
  undefined = fermata_canonical_new_undefined ();
  if (!add_names (builder, names, get_variables (self, FERMATA_INDEX_NONE), undefined, error))
    return FALSE;

  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      if (!add_names (builder, names, get_variables (self, i), undefined, error))
        return FALSE;
    }
  self->chart->variables = fermata_value_builder_end (builder);

  return TRUE;
}

/* Laying out */

/* A file that cannot be read is an error when the machine begins (5.3.3). */
static gboolean
compile_declaration (FermataChartCompiler  *self,
                     const char            *name,
                     FermataValue          *declaration,
                     GError               **error)
{
  FermataChartOp *op = fermata_chart_add_op (self, FERMATA_OP_DECLARE);
  FermataValue *source, *content, *location;
  g_autoptr (FermataValue) text = NULL;
  g_autoptr (GError) problem = NULL;

  op->scxml = g_new0 (FermataChartScxml, 1);
  op->scxml->location = g_strdup (name);
  if (fermata_value_get_kind (declaration) != FERMATA_VALUE_KIND_OBJECT)
    return fermata_chart_refuse (error, "must be an object with “expr”, “src” or “content”");

  source = fermata_value_get_member (declaration, "expr");
  content = fermata_value_get_member (declaration, "content");
  location = fermata_value_get_member (declaration, "src");
  if ((source != NULL) + (content != NULL) + (location != NULL) > 1)
    return fermata_chart_refuse (error, "it has one of “expr”, “src” and “content”, not several");
  if (source != NULL)
    op->expression = fermata_chart_compile_expression (self, source, error);
  if (is_text (location))
    text = fermata_compiler_read_text (self->compiler, fermata_value_get_string (location, NULL), &problem);
  else if (is_text (content))
    text = fermata_value_ref (content);
  if (problem != NULL)
    op->scxml->problem = g_strdup (problem->message);
  if (text != NULL)
    op->scxml->content = fermata_chart_dup_content (self->chart, fermata_value_get_string (text, NULL));

  return TRUE;
}

static gboolean
compile_script (FermataChartCompiler  *self,
                GError               **error)
{
  FermataValue *script = fermata_value_get_member (self->plan->members, "script");
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValue) action = NULL;
  FermataChartOp *op;

  if (script == NULL)
    return TRUE;

  builder = fermata_value_builder_new_object ();
  fermata_value_builder_set (builder, "script", script);
  action = fermata_value_builder_end (builder);
  op = fermata_chart_add_op (self, FERMATA_OP_END);
  if (!fermata_chart_compile_scxml_op (self, "script", action, op, error))
    return FALSE;
  fermata_chart_add_op (self, FERMATA_OP_BLOCK);

  return TRUE;
}

static gboolean
compile_variables_of (FermataChartCompiler  *self,
                      guint                  state,
                      GError               **error)
{
  FermataValue *variables = get_variables (self, state);

  for (gsize i = 0; variables != NULL && i < fermata_value_get_length (variables); i++)
    {
      const char *name = fermata_value_get_member_name (variables, i);

      if (!compile_declaration (self, name, fermata_value_get_element (variables, i), error))
        {
          g_prefix_error (error, "variables, %s: ", name);
          return FALSE;
        }
      fermata_chart_add_op (self, FERMATA_OP_BLOCK);
    }

  return TRUE;
}

/* Late: what a state declares has its value when that is entered for the first time. */
gboolean
fermata_chart_compile_declarations (FermataChartCompiler  *self,
                                    guint                  state,
                                    GError               **error)
{
  guint32 once = self->ops->len;
  gboolean is_late = fermata_chart_is_late (self);

  if (state != FERMATA_INDEX_NONE)
    {
      if (!is_late || get_variables (self, state) == NULL)
        return TRUE;
      fermata_chart_add_op (self, FERMATA_OP_ONCE);
      if (!compile_variables_of (self, state, error))
        return FALSE;
      g_array_index (self->ops, FermataChartOp, once).jump = self->ops->len;
      return TRUE;
    }

  if (!compile_variables_of (self, FERMATA_INDEX_NONE, error))
    return FALSE;
  for (guint i = 0; !is_late && i < self->plan->n_nodes; i++)
    {
      if (!compile_variables_of (self, i, error))
        return FALSE;
    }

  return compile_script (self, error);
}
