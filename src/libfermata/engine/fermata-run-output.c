/* fermata-run-output.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What nodes print. */

#include "engine/fermata-run-private.h"

static FermataSpool **
find_spools (FermataRun *self,
             guint32     frame,
             guint32     node)
{
  guint64 key = fermata_run_key (frame, node);

  return g_hash_table_lookup (self->spools, &key);
}

FermataSpool *
fermata_run_get_spool (FermataRun    *self,
                       guint32        frame,
                       guint32        node,
                       FermataStream  stream)
{
  FermataSpool **spools = find_spools (self, frame, node);

  if (spools == NULL)
    {
      spools = g_new0 (FermataSpool *, 2);
      g_hash_table_insert (self->spools, fermata_run_key_new (frame, node), spools);
    }
  if (spools[stream] == NULL)
    spools[stream] = fermata_spool_new ();

  return spools[stream];
}

/**
 * fermata_run_dup_last_line:
 * @self: a run
 * @frame: the number of a frame
 * @node: the index of a node
 * @max_chars: where to cut it
 *
 * Gives the last line that a node has printed, for people: standard error
 * before standard output, for that is where progress goes.
 *
 * Returns: (transfer full) (nullable): the line; %NULL if it printed nothing
 */
char *
fermata_run_dup_last_line (FermataRun *self,
                           guint       frame,
                           guint       node,
                           guint       max_chars)
{
  FermataSpool **spools;
  char *line = NULL;

  g_return_val_if_fail (FERMATA_IS_RUN (self), NULL);

  spools = find_spools (self, frame, node);
  if (spools == NULL)
    return NULL;

  if (spools[FERMATA_STREAM_ERROR] != NULL)
    line = fermata_spool_dup_last_line (spools[FERMATA_STREAM_ERROR], max_chars);
  if (line == NULL && spools[FERMATA_STREAM_OUTPUT] != NULL)
    line = fermata_spool_dup_last_line (spools[FERMATA_STREAM_OUTPUT], max_chars);

  return line;
}

/**
 * fermata_run_get_n_printed:
 * @self: a run
 * @frame: the number of a frame
 * @node: the index of a node
 * @stream: where it was printed
 *
 * Tells how much a node has printed.
 *
 * Returns: bytes
 */
guint64
fermata_run_get_n_printed (FermataRun    *self,
                           guint          frame,
                           guint          node,
                           FermataStream  stream)
{
  FermataSpool **spools;

  g_return_val_if_fail (FERMATA_IS_RUN (self), 0);

  spools = find_spools (self, frame, node);

  return spools == NULL || spools[stream] == NULL ? 0 : fermata_spool_get_length (spools[stream]);
}

/**
 * fermata_run_read_printed:
 * @self: a run
 * @frame: the number of a frame
 * @node: the index of a node
 * @stream: where it was printed
 * @offset: the first byte
 * @length: how many bytes
 * @error: return location for an error
 *
 * Reads what a node has printed, as chunk events name it.
 *
 * Returns: (transfer full): the bytes, or %NULL with @error set if there are
 *   none there, or the disk fails
 */
GBytes *
fermata_run_read_printed (FermataRun     *self,
                          guint           frame,
                          guint           node,
                          FermataStream   stream,
                          guint64         offset,
                          gsize           length,
                          GError        **error)
{
  FermataSpool **spools;
  guint64 end;

  g_return_val_if_fail (FERMATA_IS_RUN (self), NULL);

  end = fermata_run_get_n_printed (self, frame, node, stream);
  if (offset > end || length > end - offset)
    {
      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_STATE,
                   "There are only %" G_GUINT64_FORMAT " bytes", end);
      return NULL;
    }

  spools = find_spools (self, frame, node);
  if (spools == NULL || spools[stream] == NULL)
    return g_bytes_new (NULL, 0);

  return fermata_spool_read (spools[stream], offset, length, error);
}
