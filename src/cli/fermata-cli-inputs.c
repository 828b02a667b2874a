/* fermata-cli-inputs.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-inputs.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/*
 * What files say is taken first, in order, and what the options say by name
 * replaces it: `--input @defaults.json --input name=Ada`. Invariant: @named
 * holds the names that options have given.
 */
typedef struct {
  CliArguments *arguments;
  FermataValue *declared;
  FermataValueBuilder *values;
  GHashTable *named;
} Inputs;

static gboolean
is_of_kind (FermataValue     *value,
            FermataValueKind  kind)
{
  return value != NULL && fermata_value_get_kind (value) == kind;
}

/* Whether the graph says that an input is text. */
static gboolean
is_text (Inputs     *self,
         const char *name)
{
  FermataValue *declaration = NULL;
  FermataValue *type = NULL;

  if (is_of_kind (self->declared, FERMATA_VALUE_KIND_OBJECT))
    declaration = fermata_value_get_member (self->declared, name);
  if (is_of_kind (declaration, FERMATA_VALUE_KIND_OBJECT))
    type = fermata_value_get_member (declaration, "type");

  return is_of_kind (type, FERMATA_VALUE_KIND_STRING)
         && g_str_equal (fermata_value_get_string (type, NULL), "string");
}

/* JSON if it is JSON and need not be text; else it is text. */
static FermataValue *
value_of (Inputs     *self,
          const char *name,
          const char *text)
{
  FermataValue *value = NULL;

  if (!is_text (self, name))
    value = fermata_value_parse (text, -1, NULL);

  return value != NULL ? value : fermata_value_new_string (text, -1);
}

static gboolean
take_named (Inputs     *self,
            const char *option)
{
  const char *sign = strchr (option, '=');
  g_autofree char *name = NULL;
  g_autoptr (FermataValue) value = NULL;

  if (sign == NULL || sign == option)
    {
      cli_usage_error (cli_arguments_get_command (self->arguments),
                       _("--input is NAME=VALUE or @FILE, and not “%s”"), option);
      return FALSE;
    }

  name = g_strndup (option, sign - option);
  if (g_hash_table_contains (self->named, name))
    {
      cli_usage_error (cli_arguments_get_command (self->arguments),
                       _("the input “%s” is given twice"), name);
      return FALSE;
    }

  value = value_of (self, name, sign + 1);
  fermata_value_builder_set (self->values, name, value);
  g_hash_table_add (self->named, g_steal_pointer (&name));

  return TRUE;
}

static GBytes *
read_file (const char  *name,
           GError     **error)
{
  g_autoptr (FermataJsonLoader) loader = fermata_json_loader_new ();
  g_autoptr (GFile) file = NULL;

  if (g_str_equal (name, "-"))
    return fermata_json_loader_read_fd (loader, STDIN_FILENO, "<stdin>", error);

  file = g_file_new_for_path (name);

  return fermata_json_loader_read_file (loader, file, name, error);
}

FermataValue *
cli_inputs_read_object (const char *name,
                        const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = read_file (name, &error);
  g_autoptr (FermataValue) value = NULL;
  const char *data;
  gsize length;

  if (text == NULL)
    {
      cli_complain ("%s", error->message);
      return NULL;
    }
  data = g_bytes_get_data (text, &length);
  value = fermata_value_parse (data != NULL ? data : "", length, &error);
  if (value == NULL)
    {
      cli_complain ("%s:%s", name, error->message);
      return NULL;
    }
  if (!is_of_kind (value, FERMATA_VALUE_KIND_OBJECT))
    {
      cli_complain (_("%s: expected %s, found %s"), name, expected,
                    fermata_value_kind_to_string (fermata_value_get_kind (value)));
      return NULL;
    }

  return g_steal_pointer (&value);
}

static gboolean
take_file (Inputs     *self,
           const char *name)
{
  const char *graph = cli_arguments_get_operands (self->arguments)[0];
  g_autoptr (FermataValue) object = NULL;

  if (g_str_equal (name, "-") && g_str_equal (graph, "-"))
    {
      cli_usage_error (cli_arguments_get_command (self->arguments),
                       _("the graph and its inputs cannot both be read from standard input"));
      return FALSE;
    }
  object = cli_inputs_read_object (name, _("an object with the inputs by name"));
  if (object == NULL)
    return FALSE;

  for (gsize i = 0; i < fermata_value_get_length (object); i++)
    {
      const char *member = fermata_value_get_member_name (object, i);

      fermata_value_builder_set (self->values, member, fermata_value_get_member (object, member));
    }

  return TRUE;
}

static gboolean
take_options (Inputs             *self,
              const char *const  *given,
              gboolean            files)
{
  for (guint i = 0; given[i] != NULL; i++)
    {
      gboolean is_file = given[i][0] == '@';

      if (is_file != files)
        continue;
      if (is_file ? !take_file (self, given[i] + 1) : !take_named (self, given[i]))
        return FALSE;
    }

  return TRUE;
}

gboolean
cli_inputs_collect (CliArguments  *arguments,
                    FermataGraph  *graph,
                    FermataValue **inputs)
{
  const char *const *given = cli_arguments_get_all (arguments, "input");
  g_autoptr (FermataValueBuilder) values = NULL;
  g_autoptr (GHashTable) named = NULL;
  Inputs self = { .arguments = arguments };

  *inputs = NULL;
  if (given == NULL)
    return TRUE;

  self.declared = fermata_graph_get_member (graph, "inputs");
  values = self.values = fermata_value_builder_new_object ();
  named = self.named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!take_options (&self, given, TRUE) || !take_options (&self, given, FALSE))
    return FALSE;

  *inputs = fermata_value_builder_end (values);

  return TRUE;
}

FermataValue *
cli_inputs_complete (FermataValue *inputs,
                     FermataValue *earlier,
                     FermataGraph *graph)
{
  FermataValue *declared = fermata_graph_get_member (graph, "inputs");
  g_autoptr (FermataValue) value = inputs != NULL ? fermata_value_ref (inputs)
                                                  : fermata_value_new_empty_object ();

  for (gsize i = 0; earlier != NULL && declared != NULL && i < fermata_value_get_length (declared); i++)
    {
      const char *name = fermata_value_get_member_name (declared, i);
      FermataValue *before = fermata_value_get_member (earlier, name);
      FermataValue *shorter = value;

      if (before == NULL || fermata_value_get_member (value, name) != NULL)
        continue;
      value = fermata_value_with_member (shorter, name, before);
      fermata_value_unref (shorter);
    }

  return g_steal_pointer (&value);
}
