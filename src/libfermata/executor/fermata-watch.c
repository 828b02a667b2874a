/* fermata-watch.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-watch-private.h"

#include <unistd.h>

void
fermata_watch_begin (FermataWatch *self,
                     GSource      *source,
                     GIOCondition  condition)
{
  if (self->fd >= 0 && self->tag == NULL && !g_source_is_destroyed (source))
    self->tag = g_source_add_unix_fd (source, self->fd, condition);
}

void
fermata_watch_pause (FermataWatch *self,
                     GSource      *source)
{
  if (self->tag != NULL && !g_source_is_destroyed (source))
    g_source_remove_unix_fd (source, self->tag);
  self->tag = NULL;
}

void
fermata_watch_close (FermataWatch *self,
                     GSource      *source)
{
  fermata_watch_pause (self, source);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

gboolean
fermata_watch_is_ready (FermataWatch *self,
                        GSource      *source)
{
  return self->tag != NULL && g_source_query_unix_fd (source, self->tag) != 0;
}
