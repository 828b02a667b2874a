/* fermata-watch-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file of ours that a source may watch: `fd` is -1 when it is closed, `tag`
 * NULL when it is not being watched. Nothing is once the source is destroyed. */
typedef struct {
  int fd;
  gpointer tag;
} FermataWatch;

void     fermata_watch_begin    (FermataWatch *self,
                                 GSource      *source,
                                 GIOCondition  condition);
void     fermata_watch_pause    (FermataWatch *self,
                                 GSource      *source);
void     fermata_watch_close    (FermataWatch *self,
                                 GSource      *source);
/* Whether the last turn of the loop found something to do with it. */
gboolean fermata_watch_is_ready (FermataWatch *self,
                                 GSource      *source);

G_END_DECLS
