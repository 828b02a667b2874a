/* fermata-proc-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

/* What /proc tells about one process. Nothing here walks over all of them. */

typedef struct {
  pid_t parent;
  pid_t group;
  guint64 start_time; /* clock ticks since boot */
} FermataProcStat;

/* NOT_YET: it is just becoming another program, so that nobody can tell. */
typedef enum {
  FERMATA_PROC_NO,
  FERMATA_PROC_YES,
  FERMATA_PROC_NOT_YET,
} FermataProcAnswer;

/* FALSE: there is no such process (any more). A zombie is one. */
gboolean          fermata_proc_read_stat           (pid_t            pid,
                                                    FermataProcStat *stat);

/* Whether the ':'-separated list @name in its environment, as that was when
 * its program began, holds @item. */
FermataProcAnswer fermata_proc_environment_lists   (pid_t            pid,
                                                    const char      *name,
                                                    const char      *item);

/* A file to read the children of our main thread from, again and again, or -1
 * on a kernel without CONFIG_PROC_CHILDREN. */
int               fermata_proc_open_children       (void);
/* Both append pid_t; of a process all threads are asked. */
void              fermata_proc_read_children       (int              fd,
                                                    GArray          *children);
void              fermata_proc_children_of_process (pid_t            pid,
                                                    GArray          *children);

G_END_DECLS
