/* fermata-app-member.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-member.h"

#include "fermata-app-assignments.h"

#include <glib/gi18n.h>
#include <string.h>

/* Between members and the texts that people see and type. */

static FermataValue *
get_members (gpointer subject)
{
  if (FERMATA_IS_NODE (subject))
    return fermata_node_get_members (subject);
  if (FERMATA_IS_EDGE (subject))
    return fermata_edge_get_members (subject);
  return fermata_graph_get_members (subject);
}

FermataValue *
fermata_app_member_read (const FermataAppMember *self,
                         gpointer                subject)
{
  FermataValue *value = get_members (subject);

  if (self->read != NULL)
    return self->read (subject, self);
  for (guint i = 0; self->path[i] != NULL && value != NULL; i++)
    {
      if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_OBJECT)
        return NULL;
      value = fermata_value_get_member (value, self->path[i]);
    }
  return value != NULL ? fermata_value_ref (value) : NULL;
}

FermataEdit *
fermata_app_member_write (const FermataAppMember *self,
                          gpointer                subject,
                          FermataValue           *value,
                          GError                **error)
{
  if (self->write != NULL)
    return self->write (subject, self, value, error);
  return fermata_edit_new_set_at (subject, self->path, value, error);
}

/* --- Texts ----------------------------------------------------------------- */

static gboolean
is_string (FermataValue *value)
{
  return fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING;
}

/* Without what is a template: that begins with braces, too. */
static gboolean
looks_like_json (const char *text)
{
  text += strspn (text, " \t\n");
  if (text[0] == '{' && text[1] == '{')
    return FALSE;
  return text[0] == '{' || text[0] == '[' || text[0] == '"';
}

static FermataValue *
parse_json (const char *text)
{
  return fermata_value_parse (text, -1, NULL);
}

/* A text that would not be read as this text is written as JSON. */
static gboolean
needs_quotes (const char *text)
{
  g_autoptr (FermataValue) value = NULL;

  if (text[0] == '\0' || looks_like_json (text))
    return TRUE;
  value = parse_json (text);
  return value != NULL;
}

static char *
join_names (FermataValue *value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length = fermata_value_get_length (value);

  for (gsize i = 0; i < length; i++)
    {
      FermataValue *name = fermata_value_get_element (value, i);

      if (!is_string (name))
        return NULL;
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", fermata_value_get_string (name, NULL));
    }
  return g_strdup (text->str);
}

static gboolean
is_plain_form (FermataAppForm form)
{
  return form != FERMATA_APP_FORM_JSON && form != FERMATA_APP_FORM_VALUE && form != FERMATA_APP_FORM_ASSIGN &&
         form != FERMATA_APP_FORM_VALUES && form != FERMATA_APP_FORM_DECLARATIONS;
}

char *
fermata_app_member_dup_text (const FermataAppMember *self,
                             FermataValue           *value)
{
  gsize length = 0;
  const char *text = value != NULL && is_string (value) ? fermata_value_get_string (value, &length) : NULL;
  char *words = NULL;

  if (value == NULL)
    return g_strdup ("");
  if (self->form == FERMATA_APP_FORM_NAMES && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_ARRAY)
    words = join_names (value);
  if (self->form == FERMATA_APP_FORM_ASSIGN)
    words = fermata_app_assignments_dup_text (value);
  if (self->form == FERMATA_APP_FORM_VALUES)
    words = fermata_app_assignments_dup_values (value);
  if (self->form == FERMATA_APP_FORM_DECLARATIONS)
    words = fermata_app_assignments_dup_declarations (value);
  if (words != NULL)
    return words;
  /* A text with U+0000 in it is not shown as it is. */
  if (text != NULL && strlen (text) == length &&
      (is_plain_form (self->form) || (self->form == FERMATA_APP_FORM_VALUE && !needs_quotes (text))))
    return g_strdup (text);
  return fermata_value_to_string (value, self->control == FERMATA_APP_CONTROL_LINES ? FERMATA_WRITE_PRETTY
                                                                                    : FERMATA_WRITE_COMPACT, NULL);
}

static gboolean
refuse (GError    **error,
        const char *message)
{
  g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE, message);
  return FALSE;
}

static gboolean
check_type (const FermataAppMember *self,
            FermataValue           *value,
            GError                **error)
{
  FermataValueKind kind = fermata_value_get_kind (value);
  gint64 duration;

  if (is_string (value) && self->has_templates &&
      fermata_template_is_in_string (fermata_value_get_string (value, NULL)))
    return TRUE;
  switch (self->type)
    {
    case FERMATA_MEMBER_TYPE_BOOLEAN:
      return kind == FERMATA_VALUE_KIND_BOOLEAN || refuse (error, _("This is “true” or “false”"));
    case FERMATA_MEMBER_TYPE_INTEGER:
      return kind == FERMATA_VALUE_KIND_INTEGER || refuse (error, _("This is a whole number"));
    case FERMATA_MEMBER_TYPE_NUMBER:
      return kind == FERMATA_VALUE_KIND_INTEGER || kind == FERMATA_VALUE_KIND_NUMBER ||
             refuse (error, _("This is a number"));
    case FERMATA_MEMBER_TYPE_DURATION:
      return fermata_duration_parse (value, &duration, error);
    case FERMATA_MEMBER_TYPE_ARRAY:
    case FERMATA_MEMBER_TYPE_STRINGS:
      return kind == FERMATA_VALUE_KIND_ARRAY || refuse (error, _("This is an array, such as [1, 2]"));
    case FERMATA_MEMBER_TYPE_OBJECT:
      return kind == FERMATA_VALUE_KIND_OBJECT || refuse (error, _("This is an object, such as {\"name\": 1}"));
    case FERMATA_MEMBER_TYPE_ANY:
    case FERMATA_MEMBER_TYPE_STRING:
    case FERMATA_MEMBER_TYPE_CHOICE:
    default:
      return TRUE;
    }
}

/* JSON where the text is some, or must be; else the text. */
static FermataValue *
parse_value (const FermataAppMember *self,
             const char             *text,
             GError                **error)
{
  FermataValue *value = fermata_value_parse (text, -1, error);

  if (value != NULL || self->form == FERMATA_APP_FORM_JSON || looks_like_json (text))
    return value;
  g_clear_error (error);
  return fermata_value_new_string (text, -1);
}

static FermataValue *
parse_names (const char *text)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  g_auto (GStrv) names = g_strsplit_set (text, ", ", -1);
  const char *only = NULL;
  guint n_names = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (names[i][0] == '\0')
        continue;
      fermata_value_builder_add_string (builder, names[i]);
      only = names[i];
      n_names++;
    }
  if (n_names == 0)
    return NULL;
  return n_names == 1 ? fermata_value_new_string (only, -1) : fermata_value_builder_end (builder);
}

gboolean
fermata_app_member_parse (const FermataAppMember  *self,
                          const char              *text,
                          FermataValue           **value,
                          GError                 **error)
{
  g_autoptr (FermataValue) parsed = NULL;

  *value = NULL;
  if (text[0] == '\0')
    return TRUE;
  if (self->form == FERMATA_APP_FORM_NAMES)
    {
      *value = parse_names (text);
      return TRUE;
    }
  if (is_plain_form (self->form))
    parsed = fermata_value_new_string (text, -1);
  else if (text[strspn (text, " \t\n")] == '\0')
    return TRUE;
  else if (self->form == FERMATA_APP_FORM_ASSIGN && !looks_like_json (text))
    parsed = fermata_app_assignments_parse (text, error);
  else if (self->form == FERMATA_APP_FORM_VALUES && !looks_like_json (text))
    parsed = fermata_app_assignments_parse_values (text, error);
  else if (self->form == FERMATA_APP_FORM_DECLARATIONS && !looks_like_json (text))
    parsed = fermata_app_assignments_parse_declarations (text, error);
  else
    parsed = parse_value (self, text, error);
  if (parsed == NULL || !check_type (self, parsed, error))
    return FALSE;
  *value = g_steal_pointer (&parsed);
  return TRUE;
}

/* --- Problems -------------------------------------------------------------- */

/* The number before a colon; 0 if there is none. */
static guint64
take_number (const char **text)
{
  char *end;
  guint64 number;

  if (!g_ascii_isdigit (**text))
    return 0;
  number = g_ascii_strtoull (*text, &end, 10);
  if (*end != ':')
    return 0;
  *text = end + 1;
  return number;
}

char *
fermata_app_member_dup_message (const char *message)
{
  const char *rest = message;
  guint64 line = take_number (&rest);
  guint64 column = line > 0 ? take_number (&rest) : 0;

  if (column == 0 || *rest != ' ')
    return g_strdup (message);
  if (line > 1)
    /* Translators: a line, a column, and what is wrong there */
    return g_strdup_printf (_("Line %u, column %u: %s"), (guint) line, (guint) column, rest + 1);
  /* Translators: a place in the text that was typed, and what is wrong there */
  return g_strdup_printf (_("Column %u: %s"), (guint) column, rest + 1);
}

static char *
dup_expression_problem (FermataEvaluator *evaluator,
                        FermataValue     *value)
{
  g_autoptr (FermataExpression) expression = NULL;
  g_autoptr (GError) error = NULL;
  gsize offset = 0;

  if (!is_string (value))
    return NULL;
  expression = fermata_expression_compile_value (evaluator, value, &offset, &error);
  return expression == NULL ? fermata_app_member_dup_message (error->message) : NULL;
}

static char *
dup_code_problem (FermataEvaluator *evaluator,
                  FermataValue     *value)
{
  g_autoptr (GError) error = NULL;
  const char *code;
  gsize length;
  gsize offset = 0;

  if (!is_string (value))
    return NULL;
  code = fermata_value_get_string (value, &length);
  if (fermata_evaluator_check_code (evaluator, code, length, &offset, &error))
    return NULL;
  return fermata_app_member_dup_message (error->message);
}

/* On lines of its own, so that a comment at its end ends there. */
static char *
dup_condition_problem (FermataEvaluator *evaluator,
                       FermataValue     *value)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  const char *message;
  gsize offset = 0;

  if (!is_string (value))
    return NULL;
  code = g_strdup_printf ("(\n%s\n)", fermata_value_get_string (value, NULL));
  if (fermata_evaluator_check_code (evaluator, code, strlen (code), &offset, &error))
    return NULL;

  message = error->message;
  if (take_number (&message) > 0)
    take_number (&message);
  return g_strdup (message + strspn (message, " "));
}

static char *
dup_template_problem (FermataEvaluator *evaluator,
                      FermataValue     *value)
{
  g_autoptr (FermataTemplate) template = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  gsize offset = 0;

  template = fermata_template_compile (evaluator, value, &path, &offset, &error);
  if (template != NULL)
    return NULL;
  if (is_string (value))
    return fermata_app_member_dup_message (error->message);
  /* Translators: a path within a value, such as /0/name, and what is wrong there */
  return g_strdup_printf (_("At %s: %s"), path != NULL ? path : "/", error->message);
}

char *
fermata_app_member_dup_problem (const FermataAppMember *self,
                                FermataEvaluator       *evaluator,
                                FermataValue           *value)
{
  if (value == NULL)
    return NULL;
  if (self->form == FERMATA_APP_FORM_EXPRESSION)
    return dup_expression_problem (evaluator, value);
  if (self->form == FERMATA_APP_FORM_CONDITION)
    return dup_condition_problem (evaluator, value);
  if (self->form == FERMATA_APP_FORM_CODE)
    return dup_code_problem (evaluator, value);
  if (self->form == FERMATA_APP_FORM_ASSIGN)
    return fermata_app_assignments_dup_problem (evaluator, value);
  return self->has_templates ? dup_template_problem (evaluator, value) : NULL;
}

/* --- Parameters of types --------------------------------------------------- */

/* “max-parallel”: “Max parallel”. */
static const char *
make_title (const char *name)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (name), "-_", ' ');
  g_autofree char *first = g_utf8_substring (spaced, 0, MIN (1, g_utf8_strlen (spaced, -1)));
  g_autofree char *upper = g_utf8_strup (first, -1);
  g_autofree char *title = g_strconcat (upper, spaced + strlen (first), NULL);

  return g_intern_string (title);
}

static FermataAppForm
find_form (const FermataParameter *parameter)
{
  if (parameter->form == FERMATA_MEMBER_FORM_EXPRESSION)
    return FERMATA_APP_FORM_EXPRESSION;
  if (parameter->form == FERMATA_MEMBER_FORM_CODE)
    return FERMATA_APP_FORM_CODE;
  if (parameter->type == FERMATA_MEMBER_TYPE_STRING)
    return parameter->form == FERMATA_MEMBER_FORM_TEMPLATE ? FERMATA_APP_FORM_TEMPLATE : FERMATA_APP_FORM_TEXT;
  return FERMATA_APP_FORM_VALUE;
}

static FermataAppControl
find_control (const FermataParameter *parameter)
{
  gboolean has_templates = parameter->form == FERMATA_MEMBER_FORM_TEMPLATE;

  if (parameter->form == FERMATA_MEMBER_FORM_CODE)
    return FERMATA_APP_CONTROL_LINES;
  switch (parameter->type)
    {
    case FERMATA_MEMBER_TYPE_BOOLEAN:
      return has_templates ? FERMATA_APP_CONTROL_ENTRY : FERMATA_APP_CONTROL_SWITCH;
    case FERMATA_MEMBER_TYPE_CHOICE:
      return has_templates ? FERMATA_APP_CONTROL_ENTRY : FERMATA_APP_CONTROL_CHOICE;
    case FERMATA_MEMBER_TYPE_ARRAY:
    case FERMATA_MEMBER_TYPE_STRINGS:
    case FERMATA_MEMBER_TYPE_OBJECT:
      return FERMATA_APP_CONTROL_LINES;
    case FERMATA_MEMBER_TYPE_STRING:
      /* A text that is needed as it stands is a text of its own: a script. */
      return parameter->form == FERMATA_MEMBER_FORM_LITERAL && parameter->required ? FERMATA_APP_CONTROL_LINES
                                                                                   : FERMATA_APP_CONTROL_ENTRY;
    case FERMATA_MEMBER_TYPE_ANY:
      return parameter->form == FERMATA_MEMBER_FORM_EXPRESSION ? FERMATA_APP_CONTROL_ENTRY
                                                               : FERMATA_APP_CONTROL_LINES;
    case FERMATA_MEMBER_TYPE_INTEGER:
    case FERMATA_MEMBER_TYPE_NUMBER:
    case FERMATA_MEMBER_TYPE_DURATION:
    default:
      return FERMATA_APP_CONTROL_ENTRY;
    }
}

FermataAppMember
fermata_app_member_for_parameter (const FermataParameter *parameter)
{
  return (FermataAppMember) {
    .title = make_title (parameter->name),
    .doc = parameter->doc,
    .path = { "with", parameter->name },
    .control = find_control (parameter),
    .form = find_form (parameter),
    .type = parameter->type,
    .has_templates = parameter->form == FERMATA_MEMBER_FORM_TEMPLATE,
    .words = parameter->choices,
    .placeholder = parameter->required ? _("Required") : parameter->default_json,
  };
}

FermataAppMember
fermata_app_member_for_unknown (const char *name)
{
  return (FermataAppMember) {
    .title = g_intern_string (name),
    .path = { "with", g_intern_string (name) },
    .control = FERMATA_APP_CONTROL_LINES,
    .form = FERMATA_APP_FORM_JSON,
    .type = FERMATA_MEMBER_TYPE_ANY,
  };
}
