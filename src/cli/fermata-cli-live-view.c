/* fermata-cli-live-view.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-live-view.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

#include "fermata-cli-live-rows.h"

#define INTERVAL 100
/* A view that was taken away for what was printed comes back so soon. */
#define REDRAW_INTERVAL 30

#define HIDE_CURSOR "\033[?25l"
#define SHOW_CURSOR "\033[?25h"
#define CLEAR_BELOW "\033[J"

/*
 * Invariant: while @is_drawn, the cursor stands on the view's first column and
 * first row, and nothing but the view is below it. So whatever has become of
 * its lines when the window changed its size, clearing from there on clears
 * all of it.
 */
struct _CliLiveView {
  CliOutput *output;
  CliLiveRows rows;
  gboolean is_drawn;
  gint64 drawn_at;
  guint timer;
  guint resize_source;
};

CliLiveView *
cli_live_view_new (CliOutput      *output,
                   FermataRun     *run,
                   FermataMetrics *metrics)
{
  CliLiveView *self = g_new0 (CliLiveView, 1);

  self->output = output;
  self->rows.run = g_object_ref (run);
  self->rows.metrics = g_object_ref (metrics);

  return self;
}

void
cli_live_view_free (CliLiveView *self)
{
  cli_live_view_stop (self);
  g_object_unref (self->rows.run);
  g_object_unref (self->rows.metrics);
  g_free (self);
}

void
cli_live_view_note (CliLiveView        *self,
                    const FermataEvent *event)
{
  if (event->kind == FERMATA_EVENT_NODE_FAILED && event->frame == 0)
    cli_live_rows_note_failure (&self->rows, event->place);
}

static void
draw (CliLiveView *self)
{
  g_autoptr (GString) frame = NULL;
  guint columns, rows, n_lines;

  /* A terminal that stands still shall find the present when it goes on. */
  if (cli_output_get_n_pending (self->output) > 0 || cli_output_get_error (self->output) != 0)
    return;

  frame = g_string_new (HIDE_CURSOR "\r");
  cli_output_get_size (self->output, &columns, &rows);
  self->rows.colour = cli_output_has_colour (self->output);
  n_lines = cli_live_rows_add (&self->rows, frame, columns, rows);
  g_string_append (frame, CLEAR_BELOW);
  if (n_lines > 1)
    g_string_append_printf (frame, "\033[%uA", n_lines - 1);
  g_string_append_c (frame, '\r');
  cli_output_write (self->output, frame->str, frame->len);
  self->is_drawn = TRUE;
  self->drawn_at = g_get_monotonic_time ();
}

void
cli_live_view_clear (CliLiveView *self)
{
  if (!self->is_drawn)
    return;

  cli_output_write (self->output, "\r" CLEAR_BELOW SHOW_CURSOR, -1);
  self->is_drawn = FALSE;
}

void
cli_live_view_redraw (CliLiveView *self)
{
  if (self->timer == 0 || self->is_drawn
      || g_get_monotonic_time () - self->drawn_at < REDRAW_INTERVAL * 1000)
    return;

  draw (self);
}

static gboolean
on_tick (gpointer user_data)
{
  draw (user_data);

  return G_SOURCE_CONTINUE;
}

/* Stopping by Ctrl-Z gives the terminal back as it was. */

static int stop_fd = -1;
static struct sigaction old_stop_action;

static void
on_stop (int number)
{
  static const char text[] = "\r" CLEAR_BELOW SHOW_CURSOR;
  int error = errno;

  if (write (stop_fd, text, sizeof text - 1) < 0)
    error = errno;
  raise (SIGSTOP);
  errno = error;
}

static void
watch_stop (int fd)
{
  struct sigaction action = { .sa_handler = on_stop, .sa_flags = SA_RESTART };

  sigemptyset (&action.sa_mask);
  stop_fd = fd;
  sigaction (SIGTSTP, NULL, &old_stop_action);
  if (old_stop_action.sa_handler != SIG_IGN)
    sigaction (SIGTSTP, &action, NULL);
}

void
cli_live_view_start (CliLiveView *self)
{
  if (self->timer != 0)
    return;

  self->timer = g_timeout_add (INTERVAL, on_tick, self);
  self->resize_source = g_unix_signal_add (SIGWINCH, on_tick, self);
  watch_stop (STDERR_FILENO);
}

void
cli_live_view_stop (CliLiveView *self)
{
  cli_live_view_clear (self);
  if (self->timer == 0)
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->resize_source, g_source_remove);
  sigaction (SIGTSTP, &old_stop_action, NULL);
}
