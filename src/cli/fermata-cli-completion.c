/* fermata-cli-completion.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Completion for bash. */

#include "fermata-cli-reference.h"

#include <fermata.h>
#include <string.h>

/* The equals sign is a word of its own to bash. What a graph calls its nodes is
 * compared and quoted, and never given to compgen, which would expand it. */
static const char functions[] =
  "_fermata_words ()\n"
  "{\n"
  "  mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$current\")\n"
  "}\n"
  "\n"
  "_fermata_files ()\n"
  "{\n"
  "  compopt -o filenames 2>/dev/null\n"
  "  mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
  "}\n"
  "\n"
  "_fermata_nodes ()\n"
  "{\n"
  "  local word id\n"
  "  for word in \"${COMP_WORDS[@]:2}\"; do\n"
  "    [[ -f $word ]] || continue\n"
  "    while IFS= read -r id; do\n"
  "      [[ $id == \"$current\"* ]] && COMPREPLY+=(\"$(printf %q \"$id\")\")\n"
  "    done < <(\"${COMP_WORDS[0]}\" --generate nodes \"$word\" 2>/dev/null)\n"
  "    return\n"
  "  done\n"
  "}\n"
  "\n"
  "_fermata ()\n"
  "{\n"
  "  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
  "  local command=${COMP_WORDS[1]-} option= is_joined=\n"
  "  COMPREPLY=()\n"
  "  if ((COMP_CWORD == 1)); then\n"
  "    _fermata_words \"$_fermata_commands help --help --version\"\n"
  "    return\n"
  "  fi\n"
  "  if [[ $current == = ]]; then\n"
  "    option=$before current= is_joined=yes\n"
  "  elif [[ $before == = ]]; then\n"
  "    option=${COMP_WORDS[COMP_CWORD - 2]} is_joined=yes\n"
  "  elif [[ $before == --* ]]; then\n"
  "    option=$before\n"
  "  fi\n";

static void
add_choices (GString         *script,
             const char      *command,
             const CliOption *option)
{
  g_autofree char *choices = g_strjoinv (" ", (char **) option->choices);

  if (option->is_optional)
    g_string_append_printf (script, "    %s,--%s) if [[ $is_joined ]]; then _fermata_words '%s'; return; fi ;;\n",
                            command, option->name, choices);
  else
    g_string_append_printf (script, "    %s,--%s) _fermata_words '%s'; return ;;\n", command,
                            option->name, choices);
}

/* What stands for the value says what it is. */
static void
add_value (GString         *script,
           const char      *command,
           const CliOption *option)
{
  if (option->argument == NULL)
    return;

  if (option->choices != NULL)
    add_choices (script, command, option);
  else if (g_str_equal (option->argument, "FILE") || g_str_equal (option->argument, "PROGRAM"))
    g_string_append_printf (script, "    %s,--%s) _fermata_files; return ;;\n", command, option->name);
  else if (g_str_equal (option->argument, "NODE"))
    g_string_append_printf (script, "    %s,--%s) _fermata_nodes; return ;;\n", command, option->name);
  else
    g_string_append_printf (script, "    %s,--%s) return ;;\n", command, option->name);
}

static void
add_values (GString                 *script,
            const CliCommand *const *commands)
{
  g_string_append (script, "  case $command,$option in\n");
  for (guint i = 0; commands[i] != NULL; i++)
    {
      for (const CliOption *option = commands[i]->options; option->name != NULL; option++)
        add_value (script, commands[i]->name, option);
    }
  g_string_append (script, "  esac\n");
}

static void
add_options (GString          *script,
             const CliCommand *command)
{
  g_string_append_printf (script, "      %s) _fermata_words '", command->name);
  for (const CliOption *option = command->options; option->name != NULL; option++)
    g_string_append_printf (script, "--%s%s ", option->name,
                            option->argument != NULL && !option->is_optional ? "=" : "");
  g_string_append (script, "--help' ;;\n");
}

static void
add_types (GString *script)
{
  g_autoptr (FermataEngine) engine = fermata_engine_new_default ();
  FermataNodeCatalog *catalog = fermata_node_registry_get_catalog (fermata_engine_get_registry (engine));

  g_string_append (script, "    types) _fermata_words '");
  for (guint i = 0; i < fermata_node_catalog_get_n_types (catalog); i++)
    g_string_append_printf (script, "%s%s", i == 0 ? "" : " ",
                            fermata_node_catalog_get_nth (catalog, i)->name);
  g_string_append (script, "' ;;\n");
}

static void
add_operands (GString                 *script,
              const CliCommand *const *commands)
{
  g_string_append (script, "  case $command in\n    help) _fermata_words \"$_fermata_commands\" ;;\n");
  add_types (script);
  for (guint i = 0; commands[i] != NULL; i++)
    {
      if (strstr (commands[i]->operands, "NODE") != NULL)
        g_string_append_printf (script, "    %s) if ((COMP_CWORD == 2)); then _fermata_files; "
                                "else _fermata_nodes; fi ;;\n", commands[i]->name);
      else if (strstr (commands[i]->operands, "FILE") != NULL)
        g_string_append_printf (script, "    %s) _fermata_files ;;\n", commands[i]->name);
    }
  g_string_append (script, "  esac\n");
}

char *
cli_completion_dup (const CliCommand *const *commands)
{
  GString *script = g_string_new ("# Copyright 2026 The Fermata authors\n"
                                  "# SPDX-License-Identifier: LGPL-2.1-or-later\n"
                                  "_fermata_commands='");

  for (guint i = 0; commands[i] != NULL; i++)
    g_string_append_printf (script, "%s%s", i == 0 ? "" : " ", commands[i]->name);
  g_string_append_printf (script, "'\n\n%s", functions);
  add_values (script, commands);
  g_string_append (script, "  if [[ $current == -* ]]; then\n    case $command in\n");
  for (guint i = 0; commands[i] != NULL; i++)
    add_options (script, commands[i]);
  g_string_append (script, "    esac\n    [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null\n"
                           "    return\n  fi\n");
  add_operands (script, commands);
  g_string_append (script, "}\n\ncomplete -F _fermata fermata\n");

  return g_string_free (script, FALSE);
}
