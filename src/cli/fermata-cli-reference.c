/* fermata-cli-reference.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-reference.h"

#include <stdio.h>

#include "fermata-cli-document.h"

static CliExit
print (const char *text)
{
  return fputs (text, stdout) >= 0 && fflush (stdout) == 0 ? CLI_EXIT_DONE : CLI_EXIT_FAILED;
}

/* The ids of the nodes of a graph, a line each. */
static CliExit
print_nodes (const char *file)
{
  CliDocument *document = cli_document_read (file, 0);
  g_autoptr (GString) ids = g_string_new (NULL);
  GListModel *nodes;

  if (document->graph != NULL)
    {
      nodes = fermata_graph_get_nodes (document->graph);
      for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
        {
          g_autoptr (FermataNode) node = g_list_model_get_item (nodes, i);
          const char *id = fermata_node_get_id (node);

          if (id != NULL)
            g_string_append_printf (ids, "%s\n", id);
        }
    }
  cli_document_free (document);

  return print (ids->str);
}

static CliExit
print_manual (const CliCommand *const *commands,
              const char              *name)
{
  const CliCommand *command = NULL;
  g_autofree char *page = NULL;

  for (guint i = 0; name != NULL && commands[i] != NULL; i++)
    {
      if (g_str_equal (commands[i]->name, name))
        command = commands[i];
    }
  if (name != NULL && command == NULL)
    return CLI_EXIT_USAGE;

  page = cli_manual_dup (commands, command);

  return print (page);
}

CliExit
cli_reference_generate (const CliCommand *const *commands,
                        char                   **argv)
{
  g_autofree char *script = NULL;

  if (argv[0] == NULL)
    return CLI_EXIT_USAGE;
  if (g_str_equal (argv[0], "man"))
    return print_manual (commands, argv[1]);
  if (g_str_equal (argv[0], "nodes") && argv[1] != NULL)
    return print_nodes (argv[1]);
  if (!g_str_equal (argv[0], "bash"))
    return CLI_EXIT_USAGE;

  script = cli_completion_dup (commands);

  return print (script);
}
