/* fermata-node-description-value.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Descriptions of types that have no constant table: made of a value of the
 * form that `fermata types --json` prints. */

#include <string.h>

#include "model/fermata-duration.h"
#include "model/fermata-model-id.h"
#include "model/fermata-node-description.h"
#include "value/fermata-value-writer.h"

/* What is pointed to lives in @texts, @parameters and @choices. */
typedef struct {
  FermataNodeDescription description;
  GStringChunk *texts;
  GArray *parameters;
  GPtrArray *choices;
} OwnDescription;

static const char *const members[] = {
  "name", "title", "category", "icon", "doc", "output", "timeout", "body", "exit",
  "parameters", NULL,
};

static const char *const parameter_members[] = {
  "name", "type", "form", "required", "choices", "default", "doc",
  "minimum", "maximum", NULL,
};

static gboolean
refuse (GError     **error,
        const char  *place,
        const char  *expected)
{
  g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
               "Description of a node type: %s: expected %s", place, expected);

  return FALSE;
}

static gboolean
is_kind (FermataValue     *value,
         FermataValueKind  kind)
{
  return value != NULL && fermata_value_get_kind (value) == kind;
}

static gboolean
check_members (FermataValue       *object,
               const char *const  *known,
               const char         *place,
               GError            **error)
{
  g_autofree char *expected = NULL;

  if (!is_kind (object, FERMATA_VALUE_KIND_OBJECT))
    return refuse (error, place, "an object");

  for (gsize i = 0; i < fermata_value_get_length (object); i++)
    {
      const char *name = fermata_value_get_member_name (object, i);

      if (!g_strv_contains (known, name))
        {
          g_autofree char *names = g_strjoinv (", ", (char **) known);

          expected = g_strdup_printf ("no member but %s; found “%s”", names, name);
          return refuse (error, place, expected);
        }
    }

  return TRUE;
}

/* A text among the members of @object, or @fallback where it has none. */
static gboolean
read_text (OwnDescription  *self,
           FermataValue    *object,
           const char      *name,
           const char      *place,
           const char      *fallback,
           const char     **text,
           GError         **error)
{
  FermataValue *member = fermata_value_get_member (object, name);
  g_autofree char *where = g_strdup_printf ("%s.%s", place, name);
  const char *found;
  gsize length;

  if (member == NULL && fallback != NULL)
    {
      *text = fallback;
      return TRUE;
    }
  if (!is_kind (member, FERMATA_VALUE_KIND_STRING))
    return refuse (error, where, "text");

  found = fermata_value_get_string (member, &length);
  if (strlen (found) != length)
    return refuse (error, where, "text without U+0000");
  *text = g_string_chunk_insert_len (self->texts, found, length);

  return TRUE;
}

static gboolean
read_choices (OwnDescription    *self,
              FermataValue      *object,
              const char        *place,
              FermataParameter  *parameter,
              GError           **error)
{
  FermataValue *list = fermata_value_get_member (object, "choices");
  g_autofree char *where = g_strdup_printf ("%s.choices", place);
  g_auto (GStrv) choices = NULL;
  gsize n;

  if (list == NULL && parameter->type != FERMATA_MEMBER_TYPE_CHOICE)
    return TRUE;
  if (parameter->type != FERMATA_MEMBER_TYPE_CHOICE)
    return refuse (error, where, "nothing: the type is not “choice”");
  if (!is_kind (list, FERMATA_VALUE_KIND_ARRAY) || fermata_value_get_length (list) == 0)
    return refuse (error, where, "an array of texts");

  n = fermata_value_get_length (list);
  choices = g_new0 (char *, n + 1);
  for (gsize i = 0; i < n; i++)
    {
      FermataValue *choice = fermata_value_get_element (list, i);

      if (!is_kind (choice, FERMATA_VALUE_KIND_STRING))
        return refuse (error, where, "an array of texts");
      choices[i] = g_strdup (fermata_value_get_string (choice, NULL));
    }
  parameter->choices = (const char *const *) choices;
  g_ptr_array_add (self->choices, g_steal_pointer (&choices));

  return TRUE;
}

static void
read_default (OwnDescription   *self,
              FermataValue     *object,
              FermataParameter *parameter)
{
  FermataValue *value = fermata_value_get_member (object, "default");
  g_autofree char *json = NULL;

  if (value == NULL)
    return;

  json = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  parameter->default_json = g_string_chunk_insert (self->texts, json);
}

static gboolean
read_required (FermataValue      *object,
               const char        *place,
               FermataParameter  *parameter,
               GError           **error)
{
  FermataValue *required = fermata_value_get_member (object, "required");
  g_autofree char *where = g_strdup_printf ("%s.required", place);

  if (required == NULL)
    return TRUE;
  if (!is_kind (required, FERMATA_VALUE_KIND_BOOLEAN))
    return refuse (error, where, "true or false");
  parameter->required = fermata_value_get_boolean (required);

  return TRUE;
}

static gboolean
read_words (OwnDescription    *self,
            FermataValue      *object,
            const char        *place,
            FermataParameter  *parameter,
            GError           **error)
{
  g_autofree char *type_place = g_strdup_printf ("%s.type", place);
  g_autofree char *form_place = g_strdup_printf ("%s.form", place);
  const char *type, *form;

  if (!read_text (self, object, "type", place, "any", &type, error)
      || !read_text (self, object, "form", place, "template", &form, error))
    return FALSE;
  if (!fermata_member_type_from_string (type, &parameter->type))
    return refuse (error, type_place, "any, boolean, integer, number, string, duration, array, "
                                      "strings, object or choice");
  if (!fermata_member_form_from_string (form, &parameter->form))
    return refuse (error, form_place, "literal, template, expression or code");

  return TRUE;
}

/* A number among the members of @object, or @fallback where it has none. */
static gboolean
read_bound (FermataValue  *object,
            const char    *name,
            const char    *place,
            double         fallback,
            double        *bound,
            GError       **error)
{
  FermataValue *value = fermata_value_get_member (object, name);
  g_autofree char *where = g_strdup_printf ("%s.%s", place, name);

  *bound = fallback;
  if (value == NULL)
    return TRUE;
  if (!is_kind (value, FERMATA_VALUE_KIND_INTEGER) && !is_kind (value, FERMATA_VALUE_KIND_NUMBER))
    return refuse (error, where, "a number");
  *bound = fermata_value_get_number (value);

  return TRUE;
}

static gboolean
read_bounds (FermataValue      *object,
             const char        *place,
             FermataParameter  *parameter,
             GError           **error)
{
  if (fermata_value_get_member (object, "minimum") == NULL && fermata_value_get_member (object, "maximum") == NULL)
    return TRUE;

  return read_bound (object, "minimum", place, -G_MAXDOUBLE, &parameter->minimum, error)
         && read_bound (object, "maximum", place, G_MAXDOUBLE, &parameter->maximum, error);
}

static gboolean
is_new_name (OwnDescription *self,
             const char     *name)
{
  for (guint i = 0; i < self->parameters->len; i++)
    {
      if (g_str_equal (g_array_index (self->parameters, FermataParameter, i).name, name))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_parameter (OwnDescription  *self,
                FermataValue    *object,
                const char      *place,
                GError         **error)
{
  FermataParameter parameter = { NULL, };

  if (!check_members (object, parameter_members, place, error)
      || !read_text (self, object, "name", place, NULL, &parameter.name, error)
      || !read_text (self, object, "doc", place, "", &parameter.doc, error)
      || !read_words (self, object, place, &parameter, error)
      || !read_required (object, place, &parameter, error)
      || !read_choices (self, object, place, &parameter, error)
      || !read_bounds (object, place, &parameter, error))
    return FALSE;
  if (!is_new_name (self, parameter.name))
    return refuse (error, place, "a name that no other parameter has");

  read_default (self, object, &parameter);
  g_array_append_val (self->parameters, parameter);

  return TRUE;
}

/* So many that a search through them stays quick. */
#define MOST_PARAMETERS 256

static gboolean
read_parameters (OwnDescription  *self,
                 FermataValue    *value,
                 GError         **error)
{
  FermataValue *list = fermata_value_get_member (value, "parameters");

  if (list == NULL)
    return TRUE;
  if (!is_kind (list, FERMATA_VALUE_KIND_ARRAY)
      || fermata_value_get_length (list) > MOST_PARAMETERS)
    return refuse (error, "parameters", "an array of at most 256 objects");

  for (gsize i = 0; i < fermata_value_get_length (list); i++)
    {
      g_autofree char *place = g_strdup_printf ("parameters[%" G_GSIZE_FORMAT "]", i);

      if (!read_parameter (self, fermata_value_get_element (list, i), place, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_timeout (OwnDescription  *self,
              FermataValue    *value,
              GError         **error)
{
  FermataValue *timeout = fermata_value_get_member (value, "timeout");
  gint64 microseconds;

  if (timeout == NULL)
    return TRUE;
  if (!is_kind (timeout, FERMATA_VALUE_KIND_STRING)
      || !fermata_duration_parse (timeout, &microseconds, NULL))
    return refuse (error, "it.timeout", "a time such as \"250ms\", \"30s\", \"5m\" or \"1h\"");

  return read_text (self, value, "timeout", "it", NULL, &self->description.timeout, error);
}

/* How it runs its body, and what it ends. */
static gboolean
read_rules (OwnDescription  *self,
            FermataValue    *value,
            GError         **error)
{
  const char *rule, *exit;

  if (!read_text (self, value, "body", "it", "none", &rule, error)
      || !read_text (self, value, "exit", "it", "none", &exit, error))
    return FALSE;
  if (!fermata_body_rule_from_string (rule, &self->description.body_rule))
    return refuse (error, "it.body", "none, once, timeout, items, copies, while, try, branches or race");

  return fermata_exit_from_string (exit, &self->description.exit)
         || refuse (error, "it.exit", "none, return, break or continue");
}

static gboolean
read_description (OwnDescription  *self,
                  FermataValue    *value,
                  GError         **error)
{
  FermataNodeDescription *description = &self->description;

  if (!check_members (value, members, "it", error)
      || !read_text (self, value, "name", "it", NULL, &description->name, error)
      || !read_text (self, value, "title", "it", description->name, &description->title, error)
      || !read_text (self, value, "category", "it", "Other", &description->category, error)
      || !read_text (self, value, "icon", "it", "application-x-addon-symbolic",
                     &description->icon_name, error)
      || !read_text (self, value, "doc", "it", "", &description->doc, error)
      || !read_text (self, value, "output", "it", "", &description->output_doc, error)
      || !read_timeout (self, value, error)
      || !read_rules (self, value, error)
      || !read_parameters (self, value, error))
    return FALSE;
  if (!fermata_model_id_is_valid (description->name, -1))
    return refuse (error, "it.name", "text without /, #, > and control characters");

  description->parameters = (const FermataParameter *) (gpointer) self->parameters->data;
  description->n_parameters = self->parameters->len;

  return TRUE;
}

/**
 * fermata_node_description_new_from_value: (skip)
 * @value: an object of the form that `fermata types --json` prints: `name`,
 *   and what is wanted of `title`, `category`, `icon`, `doc`, `output`, `timeout`,
 *   `body`, `exit` and `parameters`, an array of objects with `name`, and what is wanted of
 *   `type` (any), `form` (template), `required`, `choices`, `default`, `doc`,
 *   `minimum` and `maximum`
 * @error: return location for a #FermataModelError
 *
 * Makes a description for a type that has no constant table.
 *
 * Returns: (transfer full): a description, for
 *   fermata_node_description_free(); %NULL with @error set
 */
FermataNodeDescription *
fermata_node_description_new_from_value (FermataValue  *value,
                                         GError       **error)
{
  OwnDescription *self;

  g_return_val_if_fail (value != NULL, NULL);

  self = g_new0 (OwnDescription, 1);
  self->texts = g_string_chunk_new (256);
  self->parameters = g_array_new (FALSE, FALSE, sizeof (FermataParameter));
  self->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  if (!read_description (self, value, error))
    {
      fermata_node_description_free (&self->description);
      return NULL;
    }

  return &self->description;
}

/**
 * fermata_node_description_free: (skip)
 * @self: (transfer full): what fermata_node_description_new_from_value() made
 *
 * Frees a description.
 */
void
fermata_node_description_free (FermataNodeDescription *self)
{
  OwnDescription *own = (OwnDescription *) self;

  g_return_if_fail (self != NULL);

  g_ptr_array_unref (own->choices);
  g_array_unref (own->parameters);
  g_string_chunk_free (own->texts);
  g_free (own);
}
