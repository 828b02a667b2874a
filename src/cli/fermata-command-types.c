/* fermata-command-types.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <fermata.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "fermata-cli-colour.h"
#include "fermata-cli-modules.h"
#include "fermata-cli-output.h"
#include "fermata-cli-text.h"
#include "fermata-commands.h"

static const CliOption options[] = {
  {
    .name = "json",
    .doc = N_("Print everything about the types as JSON, for programs."),
  },
  CLI_MODULE_OPTION,
  CLI_COLOUR_OPTION,
  { NULL, },
};

/* For programs */

static void
set_optional (FermataValueBuilder *builder,
              const char          *name,
              const char          *text)
{
  g_autoptr (FermataValue) value = NULL;

  value = text == NULL ? fermata_value_new_null () : fermata_value_new_string (text, -1);
  fermata_value_builder_set (builder, name, value);
}

static FermataValue *
choices_to_value (const char *const *choices)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();

  for (guint i = 0; choices[i] != NULL; i++)
    fermata_value_builder_add_string (builder, choices[i]);

  return fermata_value_builder_end (builder);
}

static gboolean
has_bound (const FermataParameter *parameter,
           double                  bound)
{
  return parameter->maximum != 0 && bound > -G_MAXDOUBLE && bound < G_MAXDOUBLE;
}

/* Whole ones as people write them. */
static void
set_bound (FermataValueBuilder    *builder,
           const char             *name,
           const FermataParameter *parameter,
           double                  bound)
{
  if (!has_bound (parameter, bound))
    return;
  if (parameter->type == FERMATA_MEMBER_TYPE_INTEGER)
    fermata_value_builder_set_integer (builder, name, (gint64) bound);
  else
    fermata_value_builder_set_number (builder, name, bound);
}

static FermataValue *
parameter_to_value (const FermataParameter *parameter)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (builder, "name", parameter->name);
  fermata_value_builder_set_string (builder, "type", fermata_member_type_to_string (parameter->type));
  fermata_value_builder_set_string (builder, "form", fermata_member_form_to_string (parameter->form));
  fermata_value_builder_set_boolean (builder, "required", parameter->required);
  if (parameter->choices != NULL)
    {
      g_autoptr (FermataValue) choices = choices_to_value (parameter->choices);

      fermata_value_builder_set (builder, "choices", choices);
    }
  if (parameter->default_json != NULL)
    {
      g_autoptr (FermataValue) value = fermata_value_parse (parameter->default_json, -1, NULL);

      fermata_value_builder_set (builder, "default", value);
    }
  set_bound (builder, "minimum", parameter, parameter->minimum);
  set_bound (builder, "maximum", parameter, parameter->maximum);
  set_optional (builder, "doc", parameter->doc);

  return fermata_value_builder_end (builder);
}

static FermataValue *
type_to_value (const FermataNodeDescription *type)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValueBuilder) list = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) parameters = NULL;

  for (guint i = 0; i < type->n_parameters; i++)
    {
      g_autoptr (FermataValue) parameter = parameter_to_value (&type->parameters[i]);

      fermata_value_builder_add (list, parameter);
    }
  parameters = fermata_value_builder_end (list);

  fermata_value_builder_set_string (builder, "name", type->name);
  set_optional (builder, "title", type->title);
  set_optional (builder, "category", type->category);
  set_optional (builder, "icon", type->icon_name);
  set_optional (builder, "doc", type->doc);
  set_optional (builder, "output", type->output_doc);
  if (type->timeout != NULL)
    fermata_value_builder_set_string (builder, "timeout", type->timeout);
  if (type->body_rule != FERMATA_BODY_RULE_NONE)
    fermata_value_builder_set_string (builder, "body", fermata_body_rule_to_string (type->body_rule));
  if (type->exit != FERMATA_EXIT_NONE)
    fermata_value_builder_set_string (builder, "exit", fermata_exit_to_string (type->exit));
  fermata_value_builder_set (builder, "parameters", parameters);

  return fermata_value_builder_end (builder);
}

static FermataValue *
catalog_to_value (FermataNodeCatalog *catalog)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  guint n = fermata_node_catalog_get_n_types (catalog);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataValue) type = type_to_value (fermata_node_catalog_get_nth (catalog, i));

      fermata_value_builder_add (builder, type);
    }

  return fermata_value_builder_end (builder);
}

static void
print_json (CliOutput    *output,
            FermataValue *value)
{
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_PRETTY, NULL);

  cli_output_print (output, "%s\n", text);
}

/* For people */

typedef struct {
  guint name;
  guint title;
} Columns;

/* A style for the word, and not for the spaces that fill its column. */
static void
add_cell (GString    *page,
          gboolean    colour,
          CliStyle    style,
          const char *text,
          guint       width)
{
  guint used = cli_text_width (text);

  cli_text_add_styled (page, colour, style, text);
  g_string_append_printf (page, "%*s", (int) (width > used ? width - used : 0), "");
}

static Columns
measure (FermataNodeCatalog *catalog)
{
  Columns columns = { cli_text_width (_("TYPE")), cli_text_width (_("TITLE")) };
  guint n = fermata_node_catalog_get_n_types (catalog);

  for (guint i = 0; i < n; i++)
    {
      const FermataNodeDescription *type = fermata_node_catalog_get_nth (catalog, i);

      columns.name = MAX (columns.name, cli_text_width (type->name));
      columns.title = MAX (columns.title, cli_text_width (type->title));
    }
  columns.name += 2;
  columns.title += 2;

  return columns;
}

static void
print_table (CliOutput          *output,
             FermataNodeCatalog *catalog)
{
  g_autoptr (GString) page = g_string_new (NULL);
  gboolean colour = cli_output_has_colour (output);
  Columns columns = measure (catalog);
  guint indent = columns.name + columns.title;
  guint n = fermata_node_catalog_get_n_types (catalog);

  add_cell (page, colour, CLI_STYLE_FAINT, _("TYPE"), columns.name);
  add_cell (page, colour, CLI_STYLE_FAINT, _("TITLE"), columns.title);
  cli_text_add_styled (page, colour, CLI_STYLE_FAINT, _("WHAT IT DOES"));
  g_string_append_c (page, '\n');
  for (guint i = 0; i < n; i++)
    {
      const FermataNodeDescription *type = fermata_node_catalog_get_nth (catalog, i);

      add_cell (page, colour, CLI_STYLE_STRONG, type->name, columns.name);
      cli_text_add_padded (page, _(type->title), columns.title);
      cli_text_add_wrapped (page, _(type->doc), indent, cli_output_get_width (output));
      g_string_append_c (page, '\n');
    }

  cli_output_write (output, page->str, page->len);
}

/* "; at least 1", "; from 1 to 1000" */
static void
add_bounds (GString                *traits,
            const FermataParameter *parameter)
{
  gboolean has_least = has_bound (parameter, parameter->minimum);
  gboolean has_most = has_bound (parameter, parameter->maximum);

  if (has_least && has_most)
    g_string_append_printf (traits, _("; from %g to %g"), parameter->minimum, parameter->maximum);
  else if (has_least)
    g_string_append_printf (traits, _("; at least %g"), parameter->minimum);
  else if (has_most)
    g_string_append_printf (traits, _("; at most %g"), parameter->maximum);
}

/* "strings, template, required", "one of text, json; default "text"" */
static char *
dup_traits (const FermataParameter *parameter)
{
  GString *traits = g_string_new (NULL);

  if (parameter->choices != NULL)
    {
      g_autofree char *choices = g_strjoinv (", ", (char **) parameter->choices);

      g_string_append_printf (traits, _("one of %s"), choices);
    }
  else
    g_string_append (traits, fermata_member_type_to_string (parameter->type));
  add_bounds (traits, parameter);
  g_string_append_printf (traits, "; %s", fermata_member_form_to_string (parameter->form));
  if (parameter->required)
    g_string_append_printf (traits, "; %s", _("required"));
  if (parameter->default_json != NULL)
    g_string_append_printf (traits, _("; default: %s"), parameter->default_json);

  return g_string_free (traits, FALSE);
}

static void
add_parameters (GString                      *page,
                gboolean                      colour,
                const FermataNodeDescription *type,
                guint                         width)
{
  guint indent = 0;

  for (guint i = 0; i < type->n_parameters; i++)
    indent = MAX (indent, cli_text_width (type->parameters[i].name));
  indent += 4;

  for (guint i = 0; i < type->n_parameters; i++)
    {
      const FermataParameter *parameter = &type->parameters[i];
      g_autofree char *traits = dup_traits (parameter);
      g_autoptr (GString) wrapped = g_string_new (NULL);

      g_string_append (page, "  ");
      add_cell (page, colour, CLI_STYLE_STRONG, parameter->name, indent - 2);
      cli_text_add_wrapped (wrapped, traits, indent, width);
      cli_text_add_styled (page, colour, CLI_STYLE_FAINT, wrapped->str);
      g_string_append_printf (page, "\n%*s", (int) indent, "");
      cli_text_add_wrapped (page, _(parameter->doc), indent, width);
      g_string_append_c (page, '\n');
    }
}

static void
add_section (GString    *page,
             gboolean    colour,
             const char *heading)
{
  g_string_append_c (page, '\n');
  cli_text_add_styled (page, colour, CLI_STYLE_STRONG, heading);
  g_string_append_c (page, '\n');
}

static void
add_body (GString    *page,
          gboolean    colour,
          const char *name,
          guint       width,
          const char *doc)
{
  g_string_append (page, "  ");
  add_cell (page, colour, CLI_STYLE_STRONG, name, width);
  g_string_append_printf (page, "%s\n", doc);
}

/* The members beside “with” that hold its graphs. */
static void
add_bodies (GString         *page,
            gboolean         colour,
            FermataBodyRule  rule)
{
  guint width = rule == FERMATA_BODY_RULE_TRY ? 9 : 6;

  if (rule == FERMATA_BODY_RULE_NONE)
    return;

  add_section (page, colour, _("Bodies, graphs that stand beside “with”"));
  add_body (page, colour, "body", width, _("The graph that it runs."));
  if (rule != FERMATA_BODY_RULE_TRY)
    return;
  add_body (page, colour, "catch", width, _("The graph that it runs when the body fails."));
  add_body (page, colour, "finally", width, _("The graph that it runs at last, whatever happened."));
}

static void
print_type (CliOutput                    *output,
            const FermataNodeDescription *type)
{
  g_autoptr (GString) page = g_string_new (NULL);
  gboolean colour = cli_output_has_colour (output);
  guint width = cli_output_get_width (output);

  cli_text_add_styled (page, colour, CLI_STYLE_STRONG, type->name);
  g_string_append_printf (page, " · %s · %s\n\n", _(type->title), _(type->category));
  cli_text_add_wrapped (page, _(type->doc), 0, width);
  g_string_append_c (page, '\n');
  if (type->n_parameters > 0)
    {
      add_section (page, colour, _("Parameters, the members of “with”"));
      add_parameters (page, colour, type, width);
    }
  add_bodies (page, colour, type->body_rule);
  if (type->timeout != NULL)
    {
      add_section (page, colour, _("Time limit"));
      g_string_append_printf (page, _("  %s an attempt, unless the node says otherwise\n"), type->timeout);
    }
  add_section (page, colour, _("Output"));
  g_string_append (page, "  ");
  cli_text_add_wrapped (page, _(type->output_doc), 2, width);
  g_string_append_c (page, '\n');

  cli_output_write (output, page->str, page->len);
}

static CliExit
refuse_unknown (FermataNodeCatalog *catalog,
                const char         *name)
{
  guint n = fermata_node_catalog_get_n_types (catalog);
  g_autofree const char **names = g_new0 (const char *, n + 1);
  const char *similar;

  for (guint i = 0; i < n; i++)
    names[i] = fermata_node_catalog_get_nth (catalog, i)->name;
  similar = cli_text_find_similar (name, names);
  if (similar != NULL)
    return cli_usage_error (&cli_command_types, _("there is no type “%s”; did you mean “%s”?"),
                            name, similar);

  return cli_usage_error (&cli_command_types, _("there is no type “%s”; `fermata types` lists them"),
                          name);
}

static void
print_all (CliOutput          *output,
           FermataNodeCatalog *catalog,
           gboolean            json)
{
  g_autoptr (FermataValue) value = NULL;

  if (!json)
    {
      print_table (output, catalog);
      return;
    }
  value = catalog_to_value (catalog);
  print_json (output, value);
}

static void
print_one (CliOutput                    *output,
           const FermataNodeDescription *type,
           gboolean                      json)
{
  g_autoptr (FermataValue) value = NULL;

  if (!json)
    {
      print_type (output, type);
      return;
    }
  value = type_to_value (type);
  print_json (output, value);
}

static CliExit
run (CliArguments *arguments)
{
  const char *name = cli_arguments_get_operands (arguments)[0];
  gboolean json = cli_arguments_has (arguments, "json");
  g_autoptr (FermataEngine) engine = fermata_engine_new_default ();
  g_autoptr (CliOutput) output = cli_output_new (STDOUT_FILENO);
  FermataNodeCatalog *catalog = fermata_node_registry_get_catalog (fermata_engine_get_registry (engine));
  const FermataNodeDescription *type;

  if (!cli_modules_load (arguments, engine))
    return CLI_EXIT_USAGE;

  type = name == NULL ? NULL : fermata_node_catalog_find (catalog, name);
  if (name != NULL && type == NULL)
    return refuse_unknown (catalog, name);

  cli_colour_apply (cli_colour_from_arguments (arguments), output);
  if (type == NULL)
    print_all (output, catalog, json);
  else
    print_one (output, type, json);

  return cli_output_flush (output) ? CLI_EXIT_DONE : CLI_EXIT_FAILED;
}

const CliCommand cli_command_types = {
  .name = "types",
  .operands = N_("[TYPE]"),
  .summary = N_("List the types of nodes, or explain one."),
  .doc = N_("Lists the types of nodes that there are, or tells everything about one: its "
            "parameters, their types and defaults, its output."),
  .options = options,
  .max_operands = 1,
  .run = run,
};
