/* fermata-app-assignments.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-assignments.h"

#include "fermata-app-member.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *
get_text (FermataValue *value)
{
  gsize length;
  const char *text;

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_STRING)
    return NULL;
  text = fermata_value_get_string (value, &length);
  return strlen (text) == length ? text : NULL;
}

/* What stands after “=”: an expression is a text, anything else is what it is. */
static char *
dup_right_side (FermataValue *value)
{
  const char *text = get_text (value);

  if (text != NULL)
    return g_strdup (text);
  return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
}

static gboolean
append_line (GString      *text,
             const char   *name,
             FermataValue *value)
{
  g_autofree char *right = dup_right_side (value);

  if (name[0] == '\0' || strpbrk (name, "=\n") != NULL || strchr (right, '\n') != NULL)
    return FALSE;
  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING && get_text (value) == NULL)
    return FALSE;
  g_string_append_printf (text, "%s%s = %s", text->len > 0 ? "\n" : "", name, right);
  return TRUE;
}

char *
fermata_app_assignments_dup_text (FermataValue *value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length = fermata_value_get_length (value);

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_ARRAY || length == 0)
    return NULL;
  for (gsize i = 0; i < length; i++)
    {
      FermataValue *one = fermata_value_get_element (value, i);

      if (fermata_value_get_kind (one) != FERMATA_VALUE_KIND_OBJECT || fermata_value_get_length (one) != 1
          || !append_line (text, fermata_value_get_member_name (one, 0), fermata_value_get_element (one, 0)))
        return NULL;
    }
  return g_strdup (text->str);
}

/* A number, true, an array: what it is; anything else an expression. */
static FermataValue *
parse_right_side (const char *text)
{
  g_autoptr (FermataValue) value = fermata_value_parse (text, -1, NULL);

  if (value != NULL && fermata_value_get_kind (value) != FERMATA_VALUE_KIND_STRING)
    return g_steal_pointer (&value);
  return fermata_value_new_string (text, -1);
}

static FermataValue *
parse_line (char     *line,
            guint     number,
            GError  **error)
{
  char *equals = strchr (line, '=');
  const char *name;
  g_autoptr (FermataValue) value = NULL;

  if (equals == NULL || equals[1] == '=')
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                   _("Line %u: this is “name = expression”"), number);
      return NULL;
    }
  *equals = '\0';
  name = g_strstrip (line);
  value = parse_right_side (g_strstrip (equals + 1));
  return fermata_value_new_object (&name, &value, 1);
}

FermataValue *
fermata_app_assignments_parse (const char  *text,
                               GError     **error)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (FermataValue) value = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (FermataValue) one = NULL;

      if (g_strstrip (lines[i])[0] == '\0')
        continue;
      one = parse_line (lines[i], i + 1, error);
      if (one == NULL)
        return NULL;
      fermata_value_builder_add (builder, one);
    }
  value = fermata_value_builder_end (builder);
  return fermata_value_get_length (value) > 0 ? g_steal_pointer (&value) : NULL;
}

static char *
dup_problem_of (FermataEvaluator *evaluator,
                FermataValue     *one)
{
  gsize length = fermata_value_get_kind (one) == FERMATA_VALUE_KIND_OBJECT ? fermata_value_get_length (one) : 0;

  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (FermataExpression) expression = NULL;
      g_autoptr (GError) error = NULL;

      expression = fermata_expression_compile_value (evaluator, fermata_value_get_element (one, i), NULL, &error);
      if (expression == NULL)
        {
          g_autofree char *message = fermata_app_member_dup_message (error->message);

          return g_strdup_printf ("%s: %s", fermata_value_get_member_name (one, i), message);
        }
    }
  return NULL;
}

char *
fermata_app_assignments_dup_problem (FermataEvaluator *evaluator,
                                     FermataValue     *value)
{
  gsize length = fermata_value_get_kind (value) == FERMATA_VALUE_KIND_ARRAY ? fermata_value_get_length (value) : 0;
  char *problem = NULL;

  for (gsize i = 0; i < length && problem == NULL; i++)
    problem = dup_problem_of (evaluator, fermata_value_get_element (value, i));
  return problem;
}

/* --- First values ---------------------------------------------------------- */

static gboolean
can_be_name (const char *name)
{
  return name[0] != '\0' && strpbrk (name, "=\n{[\"") == NULL && !g_ascii_isspace (name[0]) &&
         !g_ascii_isspace (name[strlen (name) - 1]);
}

char *
fermata_app_assignments_dup_values (FermataValue *object)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length = fermata_value_get_length (object);

  if (fermata_value_get_kind (object) != FERMATA_VALUE_KIND_OBJECT || length == 0)
    return NULL;
  for (gsize i = 0; i < length; i++)
    {
      const char *name = fermata_value_get_member_name (object, i);
      g_autofree char *value = fermata_value_to_string (fermata_value_get_element (object, i),
                                                        FERMATA_WRITE_COMPACT, NULL);

      if (!can_be_name (name))
        return NULL;
      g_string_append_printf (text, "%s%s = %s", i > 0 ? "\n" : "", name, value);
    }
  return g_strdup (text->str);
}

static gboolean
add_value (FermataValueBuilder  *builder,
           GHashTable           *names,
           char                 *line,
           guint                 number,
           GError              **error)
{
  char *equals = strchr (line, '=');
  const char *name;
  g_autoptr (FermataValue) value = NULL;

  if (equals != NULL)
    *equals = '\0';
  name = g_strstrip (line);
  if (equals == NULL || !can_be_name (name) || g_strstrip (equals + 1)[0] == '\0')
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                   _("Line %u: this is “name = value”, such as “coins = 0”"), number);
      return FALSE;
    }
  if (!g_hash_table_add (names, g_strdup (name)))
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                   _("Line %u: “%s” is there already"), number, name);
      return FALSE;
    }
  value = fermata_value_parse (equals + 1, -1, NULL);
  if (value == NULL)
    value = fermata_value_new_string (equals + 1, -1);
  fermata_value_builder_set (builder, name, value);
  return TRUE;
}

FermataValue *
fermata_app_assignments_parse_values (const char  *text,
                                      GError     **error)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_strstrip (lines[i])[0] != '\0' && !add_value (builder, names, lines[i], i + 1, error))
      return NULL;
  return fermata_value_builder_end (builder);
}

/* --- Declarations ---------------------------------------------------------- */

static gboolean
append_declaration (GString      *text,
                    const char   *name,
                    FermataValue *declaration)
{
  gboolean is_object = fermata_value_get_kind (declaration) == FERMATA_VALUE_KIND_OBJECT;
  FermataValue *expression = is_object ? fermata_value_get_member (declaration, "expr") : NULL;
  const char *right = expression == NULL ? NULL : get_text (expression);

  if (!is_object || !can_be_name (name) || fermata_value_get_length (declaration) != (expression != NULL))
    return FALSE;
  if (expression != NULL && (right == NULL || *right == '\0' || strpbrk (right, "\r\n") != NULL
                             || g_ascii_isspace (right[0]) || g_ascii_isspace (right[strlen (right) - 1])))
    return FALSE;
  g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? "\n" : "", name, right != NULL ? " = " : "",
                          right != NULL ? right : "");
  return TRUE;
}

char *
fermata_app_assignments_dup_declarations (FermataValue *object)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length = fermata_value_get_length (object);

  if (fermata_value_get_kind (object) != FERMATA_VALUE_KIND_OBJECT || length == 0)
    return NULL;
  for (gsize i = 0; i < length; i++)
    {
      const char *name = fermata_value_get_member_name (object, i);

      if (!append_declaration (text, name, fermata_value_get_element (object, i)))
        return NULL;
    }
  return g_strdup (text->str);
}

static gboolean
add_declaration (FermataValueBuilder  *builder,
                 GHashTable           *names,
                 char                 *line,
                 guint                 number,
                 GError              **error)
{
  char *equals = strchr (line, '=');
  const char *right = equals == NULL ? "" : g_strstrip (equals + 1);
  const char *member = "expr";
  const char *name;
  g_autoptr (FermataValue) text = fermata_value_new_string (right, -1);
  g_autoptr (FermataValue) declaration = fermata_value_new_object (&member, &text, *right != '\0');

  if (equals != NULL)
    *equals = '\0';
  name = g_strstrip (line);
  if (!can_be_name (name))
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                   _("Line %u: this is “name = expression”, such as “coins = 0”"), number);
      return FALSE;
    }
  if (!g_hash_table_add (names, g_strdup (name)))
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                   _("Line %u: “%s” is there already"), number, name);
      return FALSE;
    }
  fermata_value_builder_set (builder, name, declaration);
  return TRUE;
}

FermataValue *
fermata_app_assignments_parse_declarations (const char  *text,
                                            GError     **error)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_strstrip (lines[i])[0] != '\0' && !add_declaration (builder, names, lines[i], i + 1, error))
      return NULL;
  return fermata_value_builder_end (builder);
}
