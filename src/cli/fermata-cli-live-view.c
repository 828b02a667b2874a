/* fermata-cli-live-view.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-live-view.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "fermata-cli-text.h"

#define INTERVAL 100
#define MOST_NODES 10
#define WIDEST_BAR 40
#define NARROWEST_BAR 6

#define HIDE_CURSOR "\033[?25l"
#define SHOW_CURSOR "\033[?25h"
#define CLEAR_LINE "\033[K"
#define CLEAR_BELOW "\033[J"

/*
 * Invariant: while @is_drawn, the cursor stands on the view's first column and
 * first row, and nothing but the view is below it. So whatever has become of
 * its lines when the window changed its size, clearing from there on clears
 * all of it.
 */
struct _CliLiveView {
  CliOutput *output;
  FermataRun *run;
  gboolean is_drawn;
  gint64 drawn_at;
  guint timer;
  guint resize_source;
  const char *full;
  const char *empty;
};

typedef struct {
  guint frame;
  guint32 node;
  gint64 since;
  gboolean is_ending;
} Row;

/* What is under way: the first few, and how many there are. */
typedef struct {
  Row rows[MOST_NODES];
  guint n_rows;
  guint n_all;
} Rows;

CliLiveView *
cli_live_view_new (CliOutput  *output,
                   FermataRun *run)
{
  CliLiveView *self = g_new0 (CliLiveView, 1);
  gboolean utf8 = g_get_charset (NULL);

  self->output = output;
  self->run = g_object_ref (run);
  self->full = utf8 ? "█" : "#";
  self->empty = utf8 ? "░" : "-";

  return self;
}

void
cli_live_view_free (CliLiveView *self)
{
  cli_live_view_stop (self);
  g_object_unref (self->run);
  g_free (self);
}

static void
collect (const FermataEffect *effect,
         gpointer             user_data)
{
  Rows *rows = user_data;

  if (effect->kind != FERMATA_EFFECT_ATTEMPT && effect->kind != FERMATA_EFFECT_ADMISSION)
    return;
  if (rows->n_rows < MOST_NODES)
    rows->rows[rows->n_rows++] = (Row) { effect->frame, effect->node, effect->since, effect->cancelling };
  rows->n_all++;
}

/* Lines */

static void
end_line (GString *frame)
{
  g_string_append (frame, CLEAR_LINE "\r\n");
}

/* "fetch"; of one that runs for each item: "fetch, item 7". */
static char *
dup_name (CliLiveView *self,
          const Row   *row)
{
  FermataPlan *plan = fermata_run_get_plan (self->run);
  g_autofree char *id = cli_text_dup_harmless (fermata_plan_get_node_id (plan, row->node));
  guint iteration;

  if (!fermata_moment_get_owner (fermata_run_get_moment (self->run), row->frame, NULL, NULL,
                                 &iteration))
    return g_steal_pointer (&id);

  return g_strdup_printf (_("%s, item %u"), id, iteration + 1);
}

static guint
widest_id (CliLiveView *self,
           const Rows  *rows,
           guint        limit)
{
  guint widest = 0;

  for (guint i = 0; i < rows->n_rows; i++)
    {
      g_autofree char *id = dup_name (self, &rows->rows[i]);

      widest = MAX (widest, cli_text_width (id));
    }

  return MIN (widest, limit);
}

/* "fetch     1.2 s  the last line that it printed" */
static void
add_row (CliLiveView *self,
         GString     *frame,
         const Row   *row,
         guint        id_width,
         guint        width)
{
  g_autofree char *id = dup_name (self, row);
  g_autofree char *time = cli_text_dup_elapsed (fermata_run_get_time (self->run) - row->since);
  g_autofree char *said = fermata_run_dup_last_line (self->run, row->frame, row->node, width);
  g_autofree char *said_harmless = said == NULL ? NULL : cli_text_dup_harmless (said);
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GString) rest = g_string_new (NULL);
  g_autoptr (GString) cut = g_string_new (NULL);

  cli_text_add_cut (name, id, id_width);
  cli_text_add_padded (frame, name->str, id_width);
  g_string_append_printf (rest, " %*s%s  ", (int) MAX (0, 8 - (int) cli_text_width (time)), "", time);
  if (row->is_ending)
    g_string_append (rest, _("ending… "));
  if (said_harmless != NULL)
    g_string_append (rest, said_harmless);
  cli_text_add_cut (cut, rest->str, width - id_width);
  cli_text_add_styled (frame, cli_output_has_colour (self->output), CLI_STYLE_FAINT,
                       g_strchomp (cut->str));
  end_line (frame);
}

static void
add_more (CliLiveView *self,
          GString     *frame,
          guint        n_more,
          guint        width)
{
  g_autofree char *text = g_strdup_printf (ngettext ("… and %u more", "… and %u more", n_more), n_more);
  g_autoptr (GString) cut = g_string_new (NULL);

  cli_text_add_cut (cut, text, width);
  cli_text_add_styled (frame, cli_output_has_colour (self->output), CLI_STYLE_FAINT, cut->str);
  end_line (frame);
}

static guint
count (CliLiveView       *self,
       FermataNodeStatus  status)
{
  return fermata_moment_count_nodes (fermata_run_get_moment (self->run), 0, status);
}

/* "12/40, 1 failed, 3 skipped, 15 s" */
static char *
dup_counts (CliLiveView *self,
            guint        n_ended,
            guint        n_all)
{
  GString *text = g_string_new (NULL);
  guint n_failed = count (self, FERMATA_NODE_STATUS_FAILED);
  guint n_skipped = count (self, FERMATA_NODE_STATUS_SKIPPED);
  g_autofree char *time = cli_text_dup_elapsed (fermata_run_get_time (self->run));

  g_string_append_printf (text, "%u/%u", n_ended, n_all);
  if (n_failed > 0)
    g_string_append_printf (text, _(", %u failed"), n_failed);
  if (n_skipped > 0)
    g_string_append_printf (text, _(", %u skipped"), n_skipped);
  g_string_append_printf (text, ", %s", time);

  return g_string_free (text, FALSE);
}

static void
add_bar (CliLiveView *self,
         GString     *frame,
         guint        width)
{
  guint n_all = fermata_plan_get_n_nodes (fermata_run_get_plan (self->run));
  guint n_ended = count (self, FERMATA_NODE_STATUS_DONE) + count (self, FERMATA_NODE_STATUS_FAILED)
                  + count (self, FERMATA_NODE_STATUS_SKIPPED)
                  + count (self, FERMATA_NODE_STATUS_CANCELLED);
  g_autofree char *counts = dup_counts (self, n_ended, n_all);
  g_autoptr (GString) bar = g_string_new (NULL);
  guint counts_width = cli_text_width (counts);
  guint bar_width = width > counts_width + 1 ? MIN (width - counts_width - 1, WIDEST_BAR) : 0;
  guint n_full = n_all == 0 ? 0 : (guint64) bar_width * n_ended / n_all;

  for (guint i = 0; bar_width >= NARROWEST_BAR && i < bar_width; i++)
    g_string_append (bar, i < n_full ? self->full : self->empty);
  if (bar->len > 0)
    g_string_append_c (bar, ' ');
  cli_text_add_styled (frame, cli_output_has_colour (self->output),
                       count (self, FERMATA_NODE_STATUS_FAILED) > 0 ? CLI_STYLE_BAD : CLI_STYLE_GOOD,
                       bar->str);
  cli_text_add_cut (frame, counts, width);
}

/* The whole view */

/* The last column stays free: some terminals go on to the next line there. */
static guint
add_lines (CliLiveView *self,
           GString     *frame,
           guint        columns,
           guint        rows_free)
{
  Rows rows = { .n_rows = 0, };
  guint width = MAX (columns, 2) - 1;
  guint room = rows_free > 2 ? rows_free - 2 : 0;
  guint id_width, n_shown;

  fermata_moment_foreach_effect (fermata_run_get_moment (self->run), collect, &rows);
  n_shown = MIN (rows.n_rows, room);
  /* The line that says how many more there are takes the place of one. */
  if (n_shown < rows.n_all && n_shown == room && n_shown > 0)
    n_shown--;
  id_width = widest_id (self, &rows, MAX (width / 3, 1));
  for (guint i = 0; i < n_shown; i++)
    add_row (self, frame, &rows.rows[i], id_width, width);
  if (n_shown < rows.n_all && room > 0)
    add_more (self, frame, rows.n_all - n_shown, width);
  add_bar (self, frame, width);
  g_string_append (frame, CLEAR_LINE);

  return n_shown + (n_shown < rows.n_all && room > 0) + 1;
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
  n_lines = add_lines (self, frame, columns, rows);
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
      || g_get_monotonic_time () - self->drawn_at < INTERVAL * 1000)
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
