/* fermata-feed.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-feed-private.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

/* So that one large input does not keep the loop from everything else. */
#define MOST_AT_ONCE (256 * 1024)

/* The signal comes to the thread that writes. It is blocked there meanwhile,
 * and if it came it is taken back, unless one was waiting before. */
static gssize
write_without_signal (int           fd,
                      gconstpointer data,
                      gsize         length)
{
  const struct timespec at_once = { 0, 0 };
  sigset_t broken_pipe, before, pending;
  gboolean was_pending;
  gssize n;
  int code;

  sigemptyset (&broken_pipe);
  sigaddset (&broken_pipe, SIGPIPE);
  sigpending (&pending);
  was_pending = sigismember (&pending, SIGPIPE);

  pthread_sigmask (SIG_BLOCK, &broken_pipe, &before);
  n = write (fd, data, length);
  code = errno;
  if (n < 0 && code == EPIPE && !was_pending)
    sigtimedwait (&broken_pipe, NULL, &at_once);
  pthread_sigmask (SIG_SETMASK, &before, NULL);

  errno = code;
  return n;
}

gboolean
fermata_feed (int     fd,
              GBytes *bytes,
              gsize  *offset)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gssize n = write_without_signal (fd, data + *offset, MIN (length - *offset, MOST_AT_ONCE));

  if (n < 0)
    return errno == EAGAIN || errno == EINTR;

  *offset += n;
  return *offset < length;
}
