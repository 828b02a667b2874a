/* fermata-cli-arguments.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-arguments.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "fermata-cli-help.h"
#include "fermata-cli-output.h"
#include "fermata-cli-text.h"

/* Invariant: @values has one entry an option of the command: NULL, or what
 * was given, in order. */
struct _CliArguments {
  const CliCommand *command;
  GPtrArray **values;
  guint n_options;
  GPtrArray *operands;
};

static void
say (const char *text)
{
  g_autoptr (CliOutput) output = cli_output_new (STDERR_FILENO);

  cli_output_write (output, text, -1);
  cli_output_flush (output);
}

static void
add_complaint (GString    *to,
               const char *where,
               const char *format,
               va_list     arguments)
{
  g_autofree char *message = g_strdup_vprintf (format, arguments);

  g_string_append_printf (to, "%s: ", where);
  cli_text_add_harmless (to, message, -1);
  g_string_append_c (to, '\n');
}

void
cli_complain (const char *format,
              ...)
{
  g_autoptr (GString) text = g_string_new (NULL);
  va_list arguments;

  va_start (arguments, format);
  add_complaint (text, "fermata", format, arguments);
  va_end (arguments);
  say (text->str);
}

CliExit
cli_usage_error (const CliCommand *command,
                 const char       *format,
                 ...)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *where = NULL;
  va_list arguments;

  where = command == NULL ? g_strdup ("fermata") : g_strconcat ("fermata ", command->name, NULL);
  va_start (arguments, format);
  add_complaint (text, where, format, arguments);
  va_end (arguments);
  g_string_append_printf (text, _("See `%s --help`.\n"), where);
  say (text->str);

  return CLI_EXIT_USAGE;
}

static guint
count_options (const CliCommand *command)
{
  guint n = 0;

  while (command->options[n].name != NULL)
    n++;

  return n;
}

static gboolean
find_option (const CliCommand *command,
             const char       *name,
             gsize             length,
             guint            *index)
{
  for (guint i = 0; command->options[i].name != NULL; i++)
    {
      const char *candidate = command->options[i].name;

      if (strncmp (candidate, name, length) == 0 && candidate[length] == '\0')
        {
          *index = i;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
find_letter (const CliCommand *command,
             char              letter,
             guint            *index)
{
  for (guint i = 0; command->options[i].name != NULL; i++)
    {
      if (command->options[i].letter == letter)
        {
          *index = i;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
refuse_unknown (CliArguments *self,
                const char   *argument,
                gsize         length)
{
  g_autofree const char **names = g_new0 (const char *, self->n_options + 1);
  g_autofree char *name = g_strndup (argument, length);
  const char *similar;

  for (guint i = 0; i < self->n_options; i++)
    names[i] = self->command->options[i].name;
  similar = cli_text_find_similar (name + strspn (name, "-"), names);
  if (similar != NULL)
    cli_usage_error (self->command, _("there is no option %s; did you mean --%s?"), name, similar);
  else
    cli_usage_error (self->command, _("there is no option %s"), name);

  return FALSE;
}

static gboolean
check_choice (CliArguments    *self,
              const CliOption *option,
              const char      *value)
{
  g_autofree char *choices = NULL;

  if (option->choices == NULL || g_strv_contains (option->choices, value))
    return TRUE;

  choices = g_strjoinv (", ", (char **) option->choices);
  cli_usage_error (self->command, _("--%s is one of %s, and not “%s”"), option->name, choices, value);

  return FALSE;
}

static gboolean
add_value (CliArguments *self,
           guint         index,
           const char   *value)
{
  const CliOption *option = &self->command->options[index];

  if (self->values[index] != NULL && !option->repeatable)
    {
      cli_usage_error (self->command, _("--%s is given twice"), option->name);
      return FALSE;
    }
  if (!g_utf8_validate (value, -1, NULL))
    {
      cli_usage_error (self->command, _("the value of --%s is not UTF-8"), option->name);
      return FALSE;
    }
  if (!check_choice (self, option, value))
    return FALSE;

  if (self->values[index] == NULL)
    self->values[index] = g_ptr_array_new ();
  g_ptr_array_add (self->values[index], (gpointer) value);

  return TRUE;
}

/* --name, --name=value, --name value. @used: how many words it took. */
static gboolean
parse_long (CliArguments  *self,
            char         **argv,
            guint         *used)
{
  const char *name = argv[0] + 2;
  gsize length = strcspn (name, "=");
  const char *value = name[length] == '=' ? name + length + 1 : NULL;
  const CliOption *option;
  guint index;

  *used = 1;
  if (!find_option (self->command, name, length, &index))
    return refuse_unknown (self, argv[0], length + 2);

  option = &self->command->options[index];
  if (option->argument == NULL && value != NULL)
    {
      cli_usage_error (self->command, _("--%s takes no value"), option->name);
      return FALSE;
    }
  if (option->is_optional && value == NULL)
    value = option->choices[0];
  if (option->argument != NULL && value == NULL)
    {
      value = argv[1];
      *used = 2;
    }
  if (option->argument != NULL && value == NULL)
    {
      cli_usage_error (self->command, _("--%s needs a value: --%s=%s"), option->name, option->name,
                       option->argument);
      return FALSE;
    }

  return add_value (self, index, option->argument == NULL ? "" : value);
}

/* Flags of one letter, several in a word. */
static gboolean
parse_letters (CliArguments *self,
               const char   *word)
{
  for (const char *p = word + 1; *p != '\0'; p++)
    {
      guint index;

      if (!find_letter (self->command, *p, &index))
        {
          const char *end = (guchar) *p < 0x80 ? p + 1 : p + strlen (p);
          g_autofree char *letter = g_strndup (p, end - p);

          cli_usage_error (self->command, _("there is no option -%s"), letter);
          return FALSE;
        }
      if (!add_value (self, index, ""))
        return FALSE;
    }

  return TRUE;
}

static gboolean
parse_words (CliArguments  *self,
             char         **argv)
{
  gboolean only_operands = FALSE;

  for (guint i = 0; argv[i] != NULL;)
    {
      guint used = 1;
      gboolean fits = TRUE;

      if (only_operands || argv[i][0] != '-' || argv[i][1] == '\0')
        g_ptr_array_add (self->operands, argv[i]);
      else if (g_str_equal (argv[i], "--"))
        only_operands = TRUE;
      else if (argv[i][1] == '-')
        fits = parse_long (self, argv + i, &used);
      else
        fits = parse_letters (self, argv[i]);

      if (!fits)
        return FALSE;
      i += used;
    }
  g_ptr_array_add (self->operands, NULL);

  return TRUE;
}

static gboolean
check_operands (CliArguments *self)
{
  guint n = cli_arguments_get_n_operands (self);
  const CliCommand *command = self->command;

  if (n < command->min_operands)
    cli_usage_error (command, _("it needs %s"), command->operands);
  else if (n > command->max_operands)
    cli_usage_error (command, _("“%s” is one argument too many"),
                     (const char *) self->operands->pdata[command->max_operands]);
  else
    return TRUE;

  return FALSE;
}

static gboolean
asks_for_help (char **argv)
{
  for (guint i = 0; argv[i] != NULL && !g_str_equal (argv[i], "--"); i++)
    {
      if (g_str_equal (argv[i], "--help") || g_str_equal (argv[i], "-h"))
        return TRUE;
    }

  return FALSE;
}

CliArguments *
cli_arguments_parse (const CliCommand  *command,
                     char             **argv,
                     CliExit           *status)
{
  g_autoptr (CliArguments) self = NULL;

  if (asks_for_help (argv))
    {
      *status = cli_help_command (command);
      return NULL;
    }

  self = g_new0 (CliArguments, 1);
  self->command = command;
  self->n_options = count_options (command);
  self->values = g_new0 (GPtrArray *, self->n_options);
  self->operands = g_ptr_array_new ();
  *status = CLI_EXIT_USAGE;
  if (!parse_words (self, argv) || !check_operands (self))
    return NULL;

  for (guint i = 0; i < self->n_options; i++)
    {
      if (self->values[i] != NULL)
        g_ptr_array_add (self->values[i], NULL);
    }

  return g_steal_pointer (&self);
}

void
cli_arguments_free (CliArguments *self)
{
  for (guint i = 0; i < self->n_options; i++)
    g_clear_pointer (&self->values[i], g_ptr_array_unref);
  g_free (self->values);
  g_ptr_array_unref (self->operands);
  g_free (self);
}

const CliCommand *
cli_arguments_get_command (CliArguments *self)
{
  return self->command;
}

const char *const *
cli_arguments_get_all (CliArguments *self,
                       const char   *name)
{
  guint index;

  if (!find_option (self->command, name, strlen (name), &index))
    g_return_val_if_reached (NULL);
  if (self->values[index] == NULL)
    return NULL;

  return (const char *const *) self->values[index]->pdata;
}

const char *
cli_arguments_get (CliArguments *self,
                   const char   *name)
{
  const char *const *values = cli_arguments_get_all (self, name);

  return values == NULL ? NULL : values[0];
}

gboolean
cli_arguments_has (CliArguments *self,
                   const char   *name)
{
  return cli_arguments_get_all (self, name) != NULL;
}

const char *const *
cli_arguments_get_operands (CliArguments *self)
{
  return (const char *const *) self->operands->pdata;
}

/* The last entry is NULL. */
guint
cli_arguments_get_n_operands (CliArguments *self)
{
  return self->operands->len - 1;
}
