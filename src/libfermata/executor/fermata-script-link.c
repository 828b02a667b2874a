/* fermata-script-link.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-script-link-private.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Read in one turn of the loop, and what is kept of a buffer that was larger. */
#define READ_SIZE (64 * 1024)

/* Bytes from `start` to `end` of `size`. */
typedef struct {
  char *data;
  gsize size;
  gsize start;
  gsize end;
} Buffer;

struct _FermataScriptLink {
  GSource source;

  int fd;
  gpointer tag;
  gboolean blocked; /* the socket is full */
  Buffer in;
  Buffer out;
  FermataScriptLinkFunc func;
  gpointer user_data;
};

static gsize
buffer_length (const Buffer *self)
{
  return self->end - self->start;
}

/* Room for @length bytes after what is in it. */
static char *
buffer_make_room (Buffer *self,
                  gsize   length)
{
  gsize held = buffer_length (self);
  gsize needed = held + length;

  if (self->end + length <= self->size)
    return self->data + self->end;

  if (held > 0 && self->start > 0)
    memmove (self->data, self->data + self->start, held);
  self->start = 0;
  self->end = held;

  if (needed > self->size)
    {
      self->size = MAX (needed, MIN (self->size * 2, self->size + 16 * READ_SIZE));
      self->data = g_realloc (self->data, self->size);
    }

  return self->data + self->end;
}

/* An empty one begins anew, and does not stay as large as it once was. */
static void
buffer_rest (Buffer *self)
{
  if (buffer_length (self) > 0)
    return;

  self->start = self->end = 0;
  if (self->size > 4 * READ_SIZE)
    {
      g_clear_pointer (&self->data, g_free);
      self->size = 0;
    }
}

/* --- Writing ------------------------------------------------------------- */

static void
set_blocked (FermataScriptLink *self,
             gboolean           blocked)
{
  if (self->blocked == blocked || self->fd < 0)
    return;

  self->blocked = blocked;
  g_source_modify_unix_fd (&self->source, self->tag, G_IO_IN | (blocked ? G_IO_OUT : 0));
}

/* A host that is gone is noticed when it is read from. */
static void
write_out (FermataScriptLink *self)
{
  while (buffer_length (&self->out) > 0)
    {
      gssize n = send (self->fd, self->out.data + self->out.start, buffer_length (&self->out),
                       MSG_NOSIGNAL | MSG_DONTWAIT);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 && errno != EAGAIN)
        n = (gssize) buffer_length (&self->out);
      if (n < 0)
        break;
      self->out.start += (gsize) n;
    }

  set_blocked (self, buffer_length (&self->out) > 0);
  buffer_rest (&self->out);
}

void
fermata_script_link_send (FermataScriptLink  *self,
                          FermataScriptFrame  frame,
                          const char         *payload,
                          gsize               length)
{
  char *room = buffer_make_room (&self->out, sizeof frame + length);

  frame.length = (guint32) length;
  memcpy (room, &frame, sizeof frame);
  if (length > 0)
    memcpy (room + sizeof frame, payload, length);
  self->out.end += sizeof frame + length;
}

gsize
fermata_script_link_get_backlog (FermataScriptLink *self)
{
  return buffer_length (&self->out);
}

/* --- Reading ------------------------------------------------------------- */

/* Whether there was a whole frame. */
static gboolean
take_frame (FermataScriptLink *self)
{
  gsize held = buffer_length (&self->in);
  FermataScriptFrame frame;
  const char *payload;

  if (held < sizeof frame)
    return FALSE;

  memcpy (&frame, self->in.data + self->in.start, sizeof frame);
  if (held < sizeof frame + frame.length)
    {
      buffer_make_room (&self->in, sizeof frame + frame.length - held);
      return FALSE;
    }

  payload = self->in.data + self->in.start + sizeof frame;
  self->in.start += sizeof frame + frame.length;
  self->func (&frame, payload, self->user_data);

  return self->fd >= 0;
}

/* Whether there may be more. */
static gboolean
read_once (FermataScriptLink *self)
{
  char *room = buffer_make_room (&self->in, READ_SIZE);
  gssize n = recv (self->fd, room, self->in.size - self->in.end, MSG_DONTWAIT);

  if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
    {
      /* Whoever has the process sees that it ends */
      g_source_modify_unix_fd (&self->source, self->tag, 0);
      return FALSE;
    }
  if (n < 0)
    return errno == EINTR;

  self->in.end += (gsize) n;
  while (take_frame (self))
    continue;
  buffer_rest (&self->in);

  return self->fd >= 0;
}

void
fermata_script_link_drain (FermataScriptLink *self)
{
  g_source_ref (&self->source);
  while (self->fd >= 0 && read_once (self))
    continue;
  g_source_unref (&self->source);
}

/* --- The source ---------------------------------------------------------- */

static gboolean
fermata_script_link_prepare (GSource *source,
                             int     *timeout)
{
  FermataScriptLink *self = (FermataScriptLink *) source;

  *timeout = -1;
  if (!self->blocked && buffer_length (&self->out) > 0)
    write_out (self);

  return FALSE;
}

static gboolean
fermata_script_link_dispatch (GSource     *source,
                              GSourceFunc  callback,
                              gpointer     user_data)
{
  FermataScriptLink *self = (FermataScriptLink *) source;
  GIOCondition condition = g_source_query_unix_fd (source, self->tag);

  if (condition & G_IO_OUT)
    write_out (self);
  if (condition & (G_IO_IN | G_IO_HUP | G_IO_ERR))
    read_once (self);

  return G_SOURCE_CONTINUE;
}

static void
fermata_script_link_finalize (GSource *source)
{
  FermataScriptLink *self = (FermataScriptLink *) source;

  g_free (self->in.data);
  g_free (self->out.data);
  if (self->fd >= 0)
    close (self->fd);
}

static GSourceFuncs fermata_script_link_funcs = {
  .prepare = fermata_script_link_prepare,
  .dispatch = fermata_script_link_dispatch,
  .finalize = fermata_script_link_finalize,
};

FermataScriptLink *
fermata_script_link_new (int                    fd,
                         GMainContext          *context,
                         FermataScriptLinkFunc  func,
                         gpointer               user_data)
{
  GSource *source = g_source_new (&fermata_script_link_funcs, sizeof (FermataScriptLink));
  FermataScriptLink *self = (FermataScriptLink *) source;

  g_source_set_static_name (source, "FermataScriptLink");
  self->fd = fd;
  self->func = func;
  self->user_data = user_data;
  self->tag = g_source_add_unix_fd (source, fd, G_IO_IN);
  g_source_attach (source, context);

  return self;
}

void
fermata_script_link_close (FermataScriptLink *self)
{
  g_source_destroy (&self->source);
  close (self->fd);
  self->fd = -1;
  g_source_unref (&self->source);
}
