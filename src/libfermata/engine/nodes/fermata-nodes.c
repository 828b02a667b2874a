/* fermata-nodes.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"

/**
 * fermata_nodes_register:
 * @registry: a registry without them
 *
 * Adds the node types that come with the library.
 */
void
fermata_nodes_register (FermataNodeRegistry *registry)
{
  static FermataNodeType *(*const constructors[]) (void) = {
    fermata_break_node_new,
    fermata_command_node_new,
    fermata_continue_node_new,
    fermata_delay_node_new,
    fermata_fail_node_new,
    fermata_fan_out_node_new,
    fermata_foreach_node_new,
    fermata_if_node_new,
    fermata_invoke_node_new,
    fermata_log_node_new,
    fermata_merge_node_new,
    fermata_parallel_node_new,
    fermata_race_node_new,
    fermata_read_file_node_new,
    fermata_return_node_new,
    fermata_script_node_new,
    fermata_set_node_new,
    fermata_shell_node_new,
    fermata_subgraph_node_new,
    fermata_switch_node_new,
    fermata_timeout_node_new,
    fermata_try_node_new,
    fermata_wait_node_new,
    fermata_while_node_new,
    fermata_write_file_node_new,
  };

  for (guint i = 0; i < G_N_ELEMENTS (constructors); i++)
    {
      g_autoptr (FermataNodeType) type = constructors[i] ();

      fermata_node_registry_add (registry, type);
    }
}
