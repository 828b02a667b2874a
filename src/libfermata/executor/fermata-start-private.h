/* fermata-start-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-executor.h"
#include "executor/fermata-family-private.h"

G_BEGIN_DECLS

/* A process that was started, and our ends of its pipes. `input` is -1 if it
 * has been written already; otherwise it is not blocking, like the others, and
 * `written` bytes are gone. */
typedef struct {
  pid_t pid;
  int pidfd;
  int input;
  gsize written;
  int streams[2];
} FermataStarted;

/* Starts the leader of @family as @spec says. @null_fd is /dev/null. */
gboolean fermata_start             (const FermataJobSpec  *spec,
                                    FermataFamily         *family,
                                    int                    null_fd,
                                    FermataStarted        *started,
                                    GError               **error);

/* The same with files that are ours to give: @files are its standard input and
 * output, instead of what @spec says, and stay open here. */
gboolean fermata_start_with_files  (const FermataJobSpec  *spec,
                                    FermataFamily         *family,
                                    const int              files[2],
                                    FermataStarted        *started,
                                    GError               **error);

/* @fd, or if that is 0, 1 or 2 another in its place; -1 with errno. */
int      fermata_start_above_stdio (int                    fd);

G_END_DECLS
