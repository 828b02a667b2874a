/* fermata-local-pipes.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-local-pipes-private.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "executor/fermata-feed-private.h"

void
fermata_local_pipes_init (FermataLocalPipes    *self,
                          GSource              *source,
                          const FermataStarted *started,
                          GBytes               *input)
{
  self->source = source;
  self->input.fd = started->input;
  if (started->input >= 0)
    self->input_bytes = g_bytes_ref (input);
  self->input_offset = started->written;

  for (guint i = 0; i < G_N_ELEMENTS (self->streams); i++)
    {
      self->streams[i].watch.fd = started->streams[i];
      self->streams[i].left = -1;
    }
}

void
fermata_local_pipes_close (FermataLocalPipes *self)
{
  fermata_local_pipes_stop_feeding (self);

  for (guint i = 0; i < G_N_ELEMENTS (self->streams); i++)
    fermata_watch_close (&self->streams[i].watch, self->source);
}

void
fermata_local_pipes_set_reading (FermataLocalPipes *self,
                                 gboolean           reading)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->streams); i++)
    {
      if (reading)
        fermata_watch_begin (&self->streams[i].watch, self->source, G_IO_IN);
      else
        fermata_watch_pause (&self->streams[i].watch, self->source);
    }
}

void
fermata_local_pipes_begin_feeding (FermataLocalPipes *self)
{
  fermata_watch_begin (&self->input, self->source, G_IO_OUT);
}

void
fermata_local_pipes_stop_feeding (FermataLocalPipes *self)
{
  fermata_watch_close (&self->input, self->source);
  g_clear_pointer (&self->input_bytes, g_bytes_unref);
}

/* One piece, so that no process keeps the loop from the others. */
static void
read_stream (FermataLocalPipes     *self,
             FermataStream          which,
             FermataLocalShare     *share,
             FermataLocalPipesFunc  func,
             gpointer               user_data)
{
  FermataLocalStream *stream = &self->streams[which];
  gint64 most = FERMATA_LOCAL_BUFFER_SIZE;
  guint8 *buffer = fermata_local_share_take_buffer (share);
  gssize n;

  if (stream->left >= 0)
    most = MIN (most, stream->left);

  n = read (stream->watch.fd, buffer, most);
  if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
    fermata_watch_close (&stream->watch, self->source);

  if (n > 0)
    {
      if (stream->left >= 0)
        stream->left -= n;
      if (stream->left == 0)
        fermata_watch_close (&stream->watch, self->source);
      func (user_data, which, buffer, n);
    }

  fermata_local_share_return_buffer (share, buffer);
}

void
fermata_local_pipes_attend (FermataLocalPipes     *self,
                            FermataLocalShare     *share,
                            FermataLocalPipesFunc  func,
                            gpointer               user_data)
{
  if (fermata_watch_is_ready (&self->input, self->source) &&
      !fermata_feed (self->input.fd, self->input_bytes, &self->input_offset))
    fermata_local_pipes_stop_feeding (self);

  for (guint i = 0; i < G_N_ELEMENTS (self->streams); i++)
    {
      if (fermata_watch_is_ready (&self->streams[i].watch, self->source))
        read_stream (self, i, share, func, user_data);
    }
}

void
fermata_local_pipes_set_last (FermataLocalPipes *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->streams); i++)
    {
      FermataLocalStream *stream = &self->streams[i];
      int in_pipe = 0;

      if (stream->watch.fd < 0)
        continue;
      if (ioctl (stream->watch.fd, FIONREAD, &in_pipe) != 0 || in_pipe == 0)
        fermata_watch_close (&stream->watch, self->source);
      stream->left = in_pipe;
    }
}

gboolean
fermata_local_pipes_are_drained (FermataLocalPipes *self)
{
  return self->streams[0].watch.fd < 0 && self->streams[1].watch.fd < 0;
}
