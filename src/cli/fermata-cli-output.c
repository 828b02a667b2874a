/* fermata-cli-output.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-output.h"

#include <errno.h>
#include <glib-unix.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEFAULT_COLUMNS 80
#define DEFAULT_ROWS 24
#define WIDEST_TEXT 100

/* So much a pipe takes without waiting when poll() says that it takes
 * something (see PIPE_BUF). */
#define PIECE 4096

/*
 * Invariants: @source is there exactly while something is pending that did
 * not fit; nothing is pending once @error is set. The first @written bytes of
 * @pending are out already.
 */
struct _CliOutput {
  int fd;
  int error;
  gboolean is_terminal;
  gboolean waits;
  gboolean colour;
  GString *pending;
  gsize written;
  guint source;
  CliOutputFunc func;
  gpointer user_data;
};

CliOutput *
cli_output_new (int fd)
{
  CliOutput *self = g_new0 (CliOutput, 1);
  struct stat info;

  self->fd = fd;
  self->is_terminal = isatty (fd);
  self->waits = fstat (fd, &info) != 0 || !S_ISREG (info.st_mode);
  self->pending = g_string_new (NULL);

  return self;
}

void
cli_output_free (CliOutput *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_string_free (self->pending, TRUE);
  g_free (self);
}

gboolean
cli_output_is_terminal (CliOutput *self)
{
  return self->is_terminal;
}

gboolean
cli_output_has_colour (CliOutput *self)
{
  return self->colour;
}

void
cli_output_set_colour (CliOutput *self,
                       gboolean   colour)
{
  self->colour = colour;
}

static guint
size_from_environment (const char *name,
                       guint       otherwise)
{
  const char *text = g_getenv (name);
  guint64 size;

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &size, NULL))
    return size;

  return otherwise;
}

void
cli_output_get_size (CliOutput *self,
                     guint     *columns,
                     guint     *rows)
{
  struct winsize size = { 0, };

  if (self->is_terminal)
    ioctl (self->fd, TIOCGWINSZ, &size);
  *columns = size.ws_col > 0 ? size.ws_col : size_from_environment ("COLUMNS", DEFAULT_COLUMNS);
  *rows = size.ws_row > 0 ? size.ws_row : size_from_environment ("LINES", DEFAULT_ROWS);
}

/* Text on very wide terminals is hard to read; elsewhere nobody knows. */
guint
cli_output_get_width (CliOutput *self)
{
  guint columns, rows;

  if (!self->is_terminal)
    return size_from_environment ("COLUMNS", DEFAULT_COLUMNS);

  cli_output_get_size (self, &columns, &rows);

  return MIN (columns, WIDEST_TEXT);
}

static void
fail (CliOutput *self,
      int        error)
{
  self->error = error;
  g_string_set_size (self->pending, 0);
  self->written = 0;
}

static gboolean
takes_more (CliOutput *self,
            int        timeout)
{
  struct pollfd poll_fd = { .fd = self->fd, .events = POLLOUT };

  return !self->waits || poll (&poll_fd, 1, timeout) > 0;
}

/* Writes once; FALSE when it would have to wait, or has failed. */
static gboolean
write_piece (CliOutput *self)
{
  gsize length = self->pending->len - self->written;
  gssize n;

  n = write (self->fd, self->pending->str + self->written,
             self->waits ? MIN (length, PIECE) : length);
  if (n < 0 && errno != EINTR && errno != EAGAIN)
    fail (self, errno);
  if (n < 0)
    return errno == EINTR;

  self->written += n;

  return TRUE;
}

/* What is out is dropped only now and then, so that much text costs no
 * square of moves. */
static void
drop_written (CliOutput *self)
{
  if (self->written < self->pending->len && self->written < self->pending->len / 2)
    return;

  g_string_erase (self->pending, 0, self->written);
  self->written = 0;
}

static void
push (CliOutput *self)
{
  while (cli_output_get_n_pending (self) > 0 && takes_more (self, 0) && write_piece (self))
    ;
  drop_written (self);
}

static gboolean
on_writable (int          fd,
             GIOCondition condition,
             gpointer     user_data)
{
  CliOutput *self = user_data;

  push (self);
  if (cli_output_get_n_pending (self) > 0)
    return G_SOURCE_CONTINUE;

  self->source = 0;
  if (self->func != NULL)
    self->func (self, self->user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
on_failed (gpointer user_data)
{
  CliOutput *self = user_data;

  self->source = 0;
  if (self->func != NULL)
    self->func (self, self->user_data);

  return G_SOURCE_REMOVE;
}

void
cli_output_write (CliOutput  *self,
                  const char *text,
                  gssize      length)
{
  if (self->error != 0)
    return;

  g_string_append_len (self->pending, text, length);
  push (self);
  if (self->source != 0)
    return;
  if (self->error != 0)
    self->source = g_idle_add (on_failed, self);
  else if (cli_output_get_n_pending (self) > 0)
    self->source = g_unix_fd_add (self->fd, G_IO_OUT, on_writable, self);
}

void
cli_output_print (CliOutput  *self,
                  const char *format,
                  ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  cli_output_write (self, text, -1);
}

gsize
cli_output_get_n_pending (CliOutput *self)
{
  return self->pending->len - self->written;
}

void
cli_output_set_func (CliOutput     *self,
                     CliOutputFunc  func,
                     gpointer       user_data)
{
  self->func = func;
  self->user_data = user_data;
}

int
cli_output_get_error (CliOutput *self)
{
  return self->error;
}

gboolean
cli_output_flush (CliOutput *self)
{
  while (cli_output_get_n_pending (self) > 0)
    {
      if (takes_more (self, -1))
        write_piece (self);
    }
  drop_written (self);

  return self->error == 0;
}
