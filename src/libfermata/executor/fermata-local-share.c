/* fermata-local-share.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-local-share-private.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "engine/fermata-executor.h"
#include "executor/fermata-proc-private.h"
#include "executor/fermata-start-private.h"

struct _FermataLocalShare {
  gatomicrefcount ref_count;
  int null_fd;
  int children_fd;
  guint8 *buffer;
};

static FermataLocalShare *
fail (const char  *what,
      int          code,
      GError     **error)
{
  g_set_error (error, FERMATA_EXECUTOR_ERROR,
               code == EMFILE || code == ENFILE ? FERMATA_EXECUTOR_ERROR_RESOURCES
                                                : FERMATA_EXECUTOR_ERROR_FAILED,
               "cannot open %s: %s", what, g_strerror (code));
  return NULL;
}

FermataLocalShare *
fermata_local_share_new (GError **error)
{
  g_autoptr (FermataLocalShare) self = g_new0 (FermataLocalShare, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->children_fd = -1;

  self->null_fd = fermata_start_above_stdio (open ("/dev/null", O_RDONLY | O_CLOEXEC));
  if (self->null_fd < 0)
    return fail ("/dev/null", errno, error);

  /* Not every kernel has it. */
  self->children_fd = fermata_proc_open_children ();
  if (self->children_fd < 0 && (errno == EMFILE || errno == ENFILE))
    return fail ("the list of children", errno, error);

  return g_steal_pointer (&self);
}

FermataLocalShare *
fermata_local_share_ref (FermataLocalShare *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fermata_local_share_unref (FermataLocalShare *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->null_fd >= 0)
    close (self->null_fd);
  if (self->children_fd >= 0)
    close (self->children_fd);
  g_free (self->buffer);
  g_free (self);
}

int
fermata_local_share_get_null_fd (FermataLocalShare *self)
{
  return self->null_fd;
}

int
fermata_local_share_get_children_fd (FermataLocalShare *self)
{
  return self->children_fd;
}

guint8 *
fermata_local_share_take_buffer (FermataLocalShare *self)
{
  guint8 *buffer = g_steal_pointer (&self->buffer);

  return buffer ? buffer : g_malloc (FERMATA_LOCAL_BUFFER_SIZE);
}

void
fermata_local_share_return_buffer (FermataLocalShare *self,
                                   guint8            *buffer)
{
  if (self->buffer == NULL)
    self->buffer = buffer;
  else
    g_free (buffer);
}
