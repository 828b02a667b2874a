/* fermata-run-output.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What nodes print. */

#include "engine/run/fermata-run-private.h"

void
fermata_printed_free (FermataPrinted *self)
{
  for (guint i = 0; i < FERMATA_N_STREAMS; i++)
    g_clear_pointer (&self->spools[i], fermata_spool_unref);
  g_free (self);
}

FermataPrinted *
fermata_run_find_printed (FermataRun *self,
                          guint32     frame,
                          guint32     node)
{
  guint64 key = fermata_run_key (frame, node);

  return g_hash_table_lookup (self->printed, &key);
}

static FermataPrinted *
ensure_printed (FermataRun *self,
                guint32     frame,
                guint32     node)
{
  FermataPrinted *printed = fermata_run_find_printed (self, frame, node);

  if (printed == NULL)
    {
      printed = g_new0 (FermataPrinted, 1);
      g_hash_table_insert (self->printed, fermata_run_key_new (frame, node), printed);
    }

  return printed;
}

FermataSpool *
fermata_run_get_spool (FermataRun    *self,
                       guint32        frame,
                       guint32        node,
                       FermataStream  stream)
{
  FermataPrinted *printed = ensure_printed (self, frame, node);

  if (printed->spools[stream] == NULL)
    printed->spools[stream] = fermata_spool_new ();

  return printed->spools[stream];
}

void
fermata_run_set_items (FermataRun    *self,
                       guint32        frame,
                       guint32        node,
                       FermataStream  stream,
                       FermataEmit    format,
                       guint64        offset)
{
  FermataPrinted *printed = ensure_printed (self, frame, node);

  printed->item_stream = stream;
  printed->item_format = format;
  printed->item_offset = offset;
}

static FermataSpool *
find_spool (FermataRun    *self,
            guint32        frame,
            guint32        node,
            FermataStream  stream)
{
  FermataPrinted *printed = fermata_run_find_printed (self, frame, node);

  return printed == NULL ? NULL : printed->spools[stream];
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
  FermataSpool *output;
  FermataSpool *error;
  char *line = NULL;

  g_return_val_if_fail (FERMATA_IS_RUN (self), NULL);

  output = find_spool (self, frame, node, FERMATA_STREAM_OUTPUT);
  error = find_spool (self, frame, node, FERMATA_STREAM_ERROR);
  if (error != NULL)
    line = fermata_spool_dup_last_line (error, max_chars);
  if (line == NULL && output != NULL)
    line = fermata_spool_dup_last_line (output, max_chars);

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
  FermataSpool *spool;

  g_return_val_if_fail (FERMATA_IS_RUN (self), 0);
  g_return_val_if_fail ((guint) stream < FERMATA_N_STREAMS, 0);

  spool = find_spool (self, frame, node, stream);

  return spool == NULL ? 0 : fermata_spool_get_length (spool);
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
  FermataSpool *spool;
  guint64 end;

  g_return_val_if_fail (FERMATA_IS_RUN (self), NULL);
  g_return_val_if_fail ((guint) stream < FERMATA_N_STREAMS, NULL);

  end = fermata_run_get_n_printed (self, frame, node, stream);
  if (offset > end || length > end - offset)
    {
      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_STATE,
                   "There are only %" G_GUINT64_FORMAT " bytes", end);
      return NULL;
    }

  spool = find_spool (self, frame, node, stream);
  if (spool == NULL)
    return g_bytes_new (NULL, 0);

  return fermata_spool_read (spool, offset, length, error);
}
