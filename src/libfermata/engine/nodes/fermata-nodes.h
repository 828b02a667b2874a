/* fermata-nodes.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/plan/fermata-node-type.h"

G_BEGIN_DECLS

/* The node types that come with the library: one file each. */

FERMATA_EXTERN
FermataNodeType *fermata_break_node_new     (void);
FERMATA_EXTERN
FermataNodeType *fermata_command_node_new   (void);
FERMATA_EXTERN
FermataNodeType *fermata_continue_node_new  (void);
FERMATA_EXTERN
FermataNodeType *fermata_delay_node_new     (void);
FERMATA_EXTERN
FermataNodeType *fermata_fail_node_new      (void);
FERMATA_EXTERN
FermataNodeType *fermata_fan_out_node_new   (void);
FERMATA_EXTERN
FermataNodeType *fermata_foreach_node_new   (void);
FERMATA_EXTERN
FermataNodeType *fermata_if_node_new        (void);
FERMATA_EXTERN
FermataNodeType *fermata_invoke_node_new    (void);
FERMATA_EXTERN
FermataNodeType *fermata_log_node_new       (void);
FERMATA_EXTERN
FermataNodeType *fermata_merge_node_new     (void);
FERMATA_EXTERN
FermataNodeType *fermata_parallel_node_new  (void);
FERMATA_EXTERN
FermataNodeType *fermata_race_node_new      (void);
FERMATA_EXTERN
FermataNodeType *fermata_read_file_node_new (void);
FERMATA_EXTERN
FermataNodeType *fermata_return_node_new    (void);
FERMATA_EXTERN
FermataNodeType *fermata_script_node_new    (void);
FERMATA_EXTERN
FermataNodeType *fermata_set_node_new       (void);
FERMATA_EXTERN
FermataNodeType *fermata_shell_node_new     (void);
FERMATA_EXTERN
FermataNodeType *fermata_subgraph_node_new  (void);
FERMATA_EXTERN
FermataNodeType *fermata_switch_node_new    (void);
FERMATA_EXTERN
FermataNodeType *fermata_timeout_node_new   (void);
FERMATA_EXTERN
FermataNodeType *fermata_try_node_new       (void);
FERMATA_EXTERN
FermataNodeType *fermata_wait_node_new      (void);
FERMATA_EXTERN
FermataNodeType *fermata_while_node_new     (void);
FERMATA_EXTERN
FermataNodeType *fermata_write_file_node_new (void);

/* Adds all of them. */
FERMATA_EXTERN
void             fermata_nodes_register      (FermataNodeRegistry *registry);

G_END_DECLS
