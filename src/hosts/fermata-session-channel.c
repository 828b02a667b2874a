/* fermata-session-channel.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-session-channel-private.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define SOCKET FERMATA_SCRIPT_WIRE_SOCKET_FD

/* Read at once, and the most that is kept for what comes. */
#define READ_SIZE (64 * 1024)

/* What has been read and not been given out. */
static struct {
  char *data;
  gsize size;
  gsize start;
  gsize end;
  char *cut; /* where a zero stands for `was` */
  char was;
} input;

/* Sees that the engine is gone while something runs. */
static void *
watch (void *unused)
{
  struct pollfd fd = { SOCKET, POLLRDHUP, 0 };

  while (poll (&fd, 1, -1) < 0 || fd.revents == 0)
    continue;
  _exit (0);

  return NULL;
}

gboolean
fermata_session_channel_open (void)
{
  pthread_t thread;

  return pthread_create (&thread, NULL, watch, NULL) == 0;
}

/* Whoever cannot be told anything need not go on. */
void
fermata_session_channel_write (FermataSessionWireType  type,
                               guint                   flags,
                               const char             *text,
                               gsize                   length)
{
  FermataSessionFrame frame = { (guint32) length, type, (guint16) flags };
  struct iovec parts[] = { { &frame, sizeof frame }, { (char *) text, length } };
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };
  gsize left = sizeof frame + length;

  while (left > 0)
    {
      gssize n = sendmsg (SOCKET, &message, MSG_NOSIGNAL);

      if (n < 0 && errno != EINTR)
        _exit (0);
      left -= (gsize) MAX (n, 0);
      for (gsize done = (gsize) MAX (n, 0); done > 0 && left > 0;)
        {
          struct iovec *part = message.msg_iov;
          gsize step = MIN (done, part->iov_len);

          part->iov_base = (char *) part->iov_base + step;
          part->iov_len -= step;
          done -= step;
          if (part->iov_len == 0)
            {
              message.msg_iov++;
              message.msg_iovlen--;
            }
        }
    }
}

/* Makes room for @length bytes after `start`, and one for the zero. */
static void
make_room (gsize length)
{
  gsize held = input.end - input.start;

  if (input.start + length + 1 <= input.size)
    return;

  if (input.start > 0 && held > 0)
    memmove (input.data, input.data + input.start, held);
  input.start = 0;
  input.end = held;

  if (length + 1 > input.size || (held <= READ_SIZE && input.size > 16 * READ_SIZE))
    {
      input.size = MAX (length + 1, READ_SIZE);
      input.data = g_realloc (input.data, input.size);
    }
}

static gboolean
have (gsize length)
{
  while (input.end - input.start < length)
    {
      gssize n;

      make_room (MAX (length, READ_SIZE - 1));
      n = read (SOCKET, input.data + input.end, input.size - 1 - input.end);
      if (n == 0 || (n < 0 && errno != EINTR))
        return FALSE;
      input.end += (gsize) MAX (n, 0);
    }

  return TRUE;
}

gboolean
fermata_session_channel_read (FermataSessionFrame  *frame,
                              const char          **payload)
{
  if (input.cut != NULL)
    *input.cut = input.was;
  input.cut = NULL;

  if (!have (sizeof *frame))
    return FALSE;
  memcpy (frame, input.data + input.start, sizeof *frame);
  if (!have (sizeof *frame + frame->length))
    return FALSE;

  *payload = input.data + input.start + sizeof *frame;
  input.start += sizeof *frame + frame->length;
  input.cut = input.data + input.start;
  input.was = *input.cut;
  *input.cut = '\0';

  return TRUE;
}

gboolean
fermata_session_channel_ask (const char *id,
                             gsize       length)
{
  FermataSessionFrame frame;
  const char *payload;

  fermata_session_channel_write (FERMATA_SESSION_WIRE_ASK, 0, id, length);
  if (!fermata_session_channel_read (&frame, &payload))
    _exit (0);

  return frame.flags != 0;
}
