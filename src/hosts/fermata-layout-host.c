/* fermata-layout-host.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * Lays out one picture with Graphviz, where that can do no harm: this process
 * may be killed at any time, ends when nobody reads what it writes any more, and
 * has limits. It reads DOT from standard input up to its end, writes the picture
 * to standard output, and what went wrong to standard error; how it ends is in
 * value/fermata-layout-wire-private.h.
 */

#include "fermata-layout-picture-private.h"

#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define READ_SIZE (64 * 1024)

/* What a picture may take. AddressSanitizer takes many times what is asked for. */
#ifdef __SANITIZE_ADDRESS__
#define MEMORY 0
#else
#define MEMORY ((rlim_t) 3 << 30)
#endif

/* Graphviz walks along edges by recursion: a long chain makes a deep stack. */
#define STACK ((gsize) 512 << 20)

typedef struct {
  const char *format;
  GString *dot;
} Work;

G_GNUC_NORETURN static void
give_up (FermataLayoutExit  status,
         const char        *message)
{
  g_printerr ("%s\n", message);
  _exit (status);
}

/* --- What bounds it ------------------------------------------------------ */

static void
limit (int    resource,
       rlim_t most)
{
  struct rlimit now;

  if (getrlimit (resource, &now) != 0)
    return;
  now.rlim_cur = MIN (now.rlim_cur, most);
  now.rlim_max = MIN (now.rlim_max, most);
  setrlimit (resource, &now);
}

/* Whoever started this one may be gone, and nobody else wants the picture. */
static void *
watch (void *unused)
{
  struct pollfd out = { STDOUT_FILENO, 0, 0 };

  while (poll (&out, 1, -1) < 0 || (out.revents & (POLLERR | POLLNVAL)) == 0)
    continue;
  _exit (FERMATA_LAYOUT_EXIT_FAILED);

  return NULL;
}

static gboolean
start_thread (void *(*run) (void *),
              gsize     stack,
              void     *data,
              pthread_t *thread)
{
  pthread_attr_t attributes;
  gboolean started;

  pthread_attr_init (&attributes);
  if (stack > 0)
    pthread_attr_setstacksize (&attributes, stack);
  started = pthread_create (thread, &attributes, run, data) == 0;
  pthread_attr_destroy (&attributes);

  return started;
}

/* --- What it does -------------------------------------------------------- */

static GString *
read_all (void)
{
  GString *text = g_string_new (NULL);
  char buffer[READ_SIZE];

  for (;;)
    {
      gssize n = read (STDIN_FILENO, buffer, sizeof buffer);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        give_up (FERMATA_LAYOUT_EXIT_FAILED, g_strerror (errno));
      if (n == 0)
        return text;
      g_string_append_len (text, buffer, n);
      if (text->len > FERMATA_LAYOUT_MAX_DOT)
        give_up (FERMATA_LAYOUT_EXIT_TOO_LARGE, "the DOT is too long");
    }
}

static void
write_all (const char *data,
           gsize       length)
{
  while (length > 0)
    {
      gssize n = write (STDOUT_FILENO, data, length);

      if (n < 0 && errno != EINTR)
        give_up (FERMATA_LAYOUT_EXIT_FAILED, g_strerror (errno));
      data += MAX (n, 0);
      length -= (gsize) MAX (n, 0);
    }
}

static void *
work (void *data)
{
  Work *self = data;
  FermataLayoutPicture picture = { 0 };
  FermataLayoutExit status = fermata_layout_picture_make (&picture, self->dot, self->format);

  if (status != FERMATA_LAYOUT_EXIT_DONE)
    give_up (status, picture.message->str);
  write_all (picture.data, picture.length);

  /* Graphviz is not asked to tidy up: that takes long, and may fail, too */
  _exit (FERMATA_LAYOUT_EXIT_DONE);
}

int
main (int    argc,
      char **argv)
{
  guint64 seconds = argc == 3 ? g_ascii_strtoull (argv[2], NULL, 10) : 0;
  pthread_t watcher;
  pthread_t worker;
  Work job;

  if (seconds == 0 || seconds > G_MAXINT || !fermata_layout_picture_has_format (argv[1]))
    {
      g_printerr ("Usage: fermata-layout-host json|svg|png|pdf|dot SECONDS <DOT >PICTURE\n"
                  "It is started by Fermata.\n");
      return FERMATA_LAYOUT_EXIT_USAGE;
    }
  limit (RLIMIT_CORE, 0);
  limit (RLIMIT_CPU, (rlim_t) seconds + 1);
  if (MEMORY > 0)
    limit (RLIMIT_AS, MEMORY);

  job = (Work) { argv[1], read_all () };
  if (!start_thread (watch, 0, NULL, &watcher) || !start_thread (work, STACK, &job, &worker))
    give_up (FERMATA_LAYOUT_EXIT_FAILED, "no thread can be started");
  pthread_join (worker, NULL);

  return FERMATA_LAYOUT_EXIT_FAILED;
}
