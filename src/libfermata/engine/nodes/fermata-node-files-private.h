/* fermata-node-files-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/run/fermata-execution.h"

G_BEGIN_DECLS

/* What node types that read and write files have in common. Their work is done
 * in a thread, and ended by the cancellable that the execution remembers. */

/* The parameter `path`: a text that the system can take. */
char  *fermata_node_files_dup_path (FermataExecution  *execution,
                                    GError           **error);

/* A task for the thread; @data is freed with it. */
GTask *fermata_node_files_new_task (FermataExecution    *execution,
                                    GAsyncReadyCallback  callback,
                                    gpointer             data,
                                    GDestroyNotify       free_data);

/* The end of an attempt that has no value: it was asked to end, or @error. */
void   fermata_node_files_end_badly (FermataExecution *execution,
                                     const char       *path,
                                     const GError     *error);

/* The types' `cancel`. */
void   fermata_node_files_cancel    (FermataNodeType  *type,
                                     FermataExecution *execution);

G_END_DECLS
