/* fermata-script-channel.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-script-channel-private.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define SOCKET FERMATA_SCRIPT_WIRE_SOCKET_FD

/* Read at once, and the most that is kept for what comes. */
#define READ_SIZE (64 * 1024)

/* What is printed goes out when it is so much, or so old. */
#define PRINT_SIZE (32 * 1024)
#define PRINT_DELAY 20 /* ms */

/* What has been read and not been given out. */
static struct {
  char *data;
  gsize size;
  gsize start;
  gsize end;
  char *cut; /* where a zero stands for `was` */
  char was;
} input;

/* Of two threads: the one that runs scripts, and the watch. */
static pthread_mutex_t output_mutex = PTHREAD_MUTEX_INITIALIZER;
static struct {
  char data[PRINT_SIZE];
  gsize length;
  guint stream;
} printed;
static int wake_fd;

/* Whoever cannot be told anything need not go on. */
static void
write_all (struct iovec *parts,
           int           n_parts)
{
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = (gsize) n_parts };

  while (message.msg_iovlen > 0)
    {
      gssize n = sendmsg (SOCKET, &message, MSG_NOSIGNAL);

      if (n < 0 && errno != EINTR)
        _exit (0);
      for (gsize left = (gsize) MAX (n, 0); message.msg_iovlen > 0;)
        {
          struct iovec *part = message.msg_iov;
          gsize done = MIN (left, part->iov_len);

          part->iov_base = (char *) part->iov_base + done;
          part->iov_len -= done;
          left -= done;
          if (part->iov_len > 0)
            break;
          message.msg_iov++;
          message.msg_iovlen--;
        }
    }
}

static void
write_frame (FermataScriptWireType  type,
             guint                  flags,
             const char            *text,
             gsize                  length)
{
  FermataScriptFrame frame = { .length = (guint32) length, .type = type, .flags = (guint16) flags };
  struct iovec parts[] = { { &frame, sizeof frame }, { (char *) text, length } };

  write_all (parts, length > 0 ? 2 : 1);
}

static void
flush_printed (void)
{
  if (printed.length > 0)
    write_frame (FERMATA_SCRIPT_WIRE_PRINT, printed.stream, printed.data, printed.length);
  printed.length = 0;
}

void
fermata_script_channel_print (guint       stream,
                              const char *text,
                              gsize       length)
{
  const guint64 one = 1;
  gboolean wake;

  pthread_mutex_lock (&output_mutex);
  if (printed.stream != stream || printed.length + length > PRINT_SIZE)
    flush_printed ();
  printed.stream = stream;

  /* A long text goes in pieces that the engine can take in one turn */
  for (; length > PRINT_SIZE; text += PRINT_SIZE, length -= PRINT_SIZE)
    write_frame (FERMATA_SCRIPT_WIRE_PRINT, stream, text, PRINT_SIZE);

  wake = printed.length == 0 && length > 0;
  memcpy (printed.data + printed.length, text, length);
  printed.length += length;
  pthread_mutex_unlock (&output_mutex);

  if (wake && write (wake_fd, &one, sizeof one) < 0 && errno != EAGAIN)
    _exit (1);
}

void
fermata_script_channel_answer (FermataScriptWireType  type,
                               guint                  flags,
                               const char            *text,
                               gsize                  length)
{
  pthread_mutex_lock (&output_mutex);
  flush_printed ();
  write_frame (type, flags, text, length);
  pthread_mutex_unlock (&output_mutex);
}

/* Sees that the engine is gone while a script runs, and sends what has been
 * printed although the script does not end. */
static void *
watch (void *unused)
{
  struct pollfd fds[] = { { SOCKET, 0, 0 }, { wake_fd, POLLIN, 0 } };

  for (;;)
    {
      guint64 count;

      if (poll (fds, G_N_ELEMENTS (fds), -1) < 0)
        continue;
      if (fds[0].revents != 0)
        _exit (0);
      if (fds[1].revents == 0 || read (wake_fd, &count, sizeof count) < 0)
        continue;

      usleep (PRINT_DELAY * 1000);
      pthread_mutex_lock (&output_mutex);
      flush_printed ();
      pthread_mutex_unlock (&output_mutex);
    }

  return NULL;
}

gboolean
fermata_script_channel_open (void)
{
  pthread_t thread;

  wake_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);

  return wake_fd >= 0 && pthread_create (&thread, NULL, watch, NULL) == 0;
}

/* Makes room for @length bytes after `start`, and one for the zero. */
static void
make_room (gsize length)
{
  gsize held = input.end - input.start;

  if (input.start + length + 1 <= input.size)
    return;

  if (input.start > 0)
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
fermata_script_channel_read (FermataScriptFrame  *frame,
                             const char         **payload)
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
