/* fermata-cli-live-rows.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-live-rows.h"

#include <glib/gi18n.h>
#include <string.h>

#include "fermata-cli-body.h"
#include "fermata-cli-live-tree.h"
#include "fermata-cli-progress.h"
#include "fermata-cli-text.h"

/* A view of so many lines is none too many, however low the terminal is. */
#define FEW_ROWS 10
#define MOST_RETRYING 3
#define WIDEST_BAR 40
#define NARROWEST_BAR 6
#define TIME_WIDTH 8
/* What lies deeper is not moved further to the right. */
#define DEEPEST_INDENT 6

/* What goes into the lines: so many of each, and the width of names. @retrying: of
 * FermataEffect. */
typedef struct {
  CliLiveRows *view;
  FermataMoment *moment;
  FermataPlan *plan;
  GString *frame;
  guint width;
  guint id_width;
  CliLiveTree running;
  GArray *retrying;
  guint most_retrying;
  guint n_failures;
} Page;

void
cli_live_rows_note_failure (CliLiveRows *self,
                            guint        node)
{
  if (self->n_failures == CLI_MOST_FAILURES)
    memmove (self->failures, self->failures + 1, sizeof self->failures - sizeof self->failures[0]);
  else
    self->n_failures++;
  self->failures[self->n_failures - 1] = node;
}

static guint
count (Page              *page,
       FermataNodeStatus  status)
{
  return fermata_moment_count_nodes (page->moment, 0, status);
}

/* Choosing */

static void
note_retrying (const FermataEffect *effect,
               gpointer             user_data)
{
  Page *page = user_data;

  if (effect->event == FERMATA_EVENT_RETRY_DUE && page->retrying->len < page->most_retrying)
    g_array_append_val (page->retrying, *effect);
}

static void
choose (Page  *page,
        guint  rows)
{
  guint room = rows > 2 ? MIN (rows - 2, MAX (rows * 2 / 3, FEW_ROWS)) : 0;

  page->retrying = g_array_new (FALSE, FALSE, sizeof (FermataEffect));
  page->most_retrying = room >= FEW_ROWS ? MOST_RETRYING : 0;
  page->n_failures = room >= FEW_ROWS ? page->view->n_failures : 0;
  fermata_moment_foreach_effect (page->moment, note_retrying, page);

  room -= page->n_failures + page->retrying->len;
  cli_live_tree_init (&page->running, page->moment, room);
  if (page->running.n_shown == page->running.n_running || room == 0)
    return;

  /* The line that says how many more there are takes the place of one. */
  cli_live_tree_clear (&page->running);
  cli_live_tree_init (&page->running, page->moment, room - 1);
}

static const CliLiveRow *
row_at (Page  *page,
        guint  index)
{
  return &g_array_index (page->running.rows, CliLiveRow, index);
}

static const FermataEffect *
retrying_at (Page  *page,
             guint  index)
{
  return &g_array_index (page->retrying, FermataEffect, index);
}

/* "  2/double" in the row of "orders" */
static char *
dup_indented (const CliLiveRow *row)
{
  return g_strdup_printf ("%*s%s", 2 * (int) MIN (row->depth, DEEPEST_INDENT), "", row->label);
}

/* Where there is no such row around it: "orders/2/double" */
static char *
dup_path (Page  *page,
          guint  frame,
          guint  node)
{
  g_autofree char *path = fermata_moment_dup_place_path (page->moment, frame, node);

  return cli_text_dup_harmless (path);
}

static void
widen (Page *page,
       char *name)
{
  page->id_width = MAX (page->id_width, cli_text_width (name));
  g_free (name);
}

static void
find_width (Page *page)
{
  for (guint i = 0; i < page->running.rows->len; i++)
    widen (page, dup_indented (row_at (page, i)));
  for (guint i = 0; i < page->retrying->len; i++)
    widen (page, dup_path (page, retrying_at (page, i)->frame, retrying_at (page, i)->node));
  for (guint i = 0; i < page->n_failures; i++)
    widen (page, dup_path (page, 0, page->view->failures[i]));
  page->id_width = MIN (page->id_width, MAX (page->width / 3, 1));
}

/* Lines */

static void
end_line (Page *page)
{
  g_string_append (page->frame, "\033[K\r\n");
}

/* "fetch     1.2 s  the rest"; @name is cut already. */
static void
add_line (Page       *page,
          const char *name,
          const char *time,
          CliStyle    style,
          const char *rest)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GString) cut = g_string_new (NULL);

  cli_text_add_padded (page->frame, name, page->id_width);
  g_string_append_printf (line, " %*s%s  %s", MAX (0, TIME_WIDTH - (int) cli_text_width (time)), "",
                          time, rest);
  cli_text_add_cut (cut, line->str, page->width - page->id_width);
  cli_text_add_styled (page->frame, page->view->colour, style, g_strchomp (cut->str));
  end_line (page);
}

/* Of a path, the end says more than the beginning. */
static void
add_row (Page       *page,
         guint       frame,
         guint       node,
         const char *time,
         CliStyle    style,
         const char *rest)
{
  g_autofree char *path = dup_path (page, frame, node);
  g_autoptr (GString) name = g_string_new (NULL);

  cli_text_add_cut_front (name, path, page->id_width);
  add_line (page, name->str, time, style, rest);
}

/* "attempt 2, 45 %: " */
static void
add_attempt (Page                *page,
             GString             *rest,
             const FermataEffect *effect)
{
  gsize before = rest->len;
  const char *message;
  double fraction;

  if (effect->attempt > 1)
    g_string_append_printf (rest, _("attempt %u"), effect->attempt);
  if (fermata_metrics_get_node_progress (page->view->metrics, effect->frame, effect->node, &fraction,
                                         &message))
    {
      g_string_append_printf (rest, _("%s%d %%"), rest->len > before ? ", " : "", (int) (fraction * 100));
      if (message != NULL)
        {
          g_string_append (rest, ", ");
          cli_text_add_harmless (rest, message, -1);
        }
    }
  if (rest->len > before)
    g_string_append (rest, ": ");
}

static char *
dup_said (Page                *page,
          const FermataEffect *effect)
{
  FermataRun *run = page->view->run;
  g_autofree char *said = fermata_run_dup_last_line (run, effect->frame, effect->node, page->width);
  g_autoptr (GString) rest = g_string_new (NULL);

  if (effect->cancelling)
    g_string_append (rest, _("ending… "));
  else if (effect->kind == FERMATA_EFFECT_ADMISSION)
    g_string_append (rest, _("waits for leave to start "));
  else if (effect->kind == FERMATA_EFFECT_LISTENING)
    g_string_append (rest, _("waits for an event "));
  add_attempt (page, rest, effect);
  if (said != NULL && said[0] != '\0')
    cli_text_add_harmless (rest, said, -1);
  else if (g_str_has_suffix (rest->str, ": "))
    g_string_truncate (rest, rest->len - 2);

  return g_string_free (g_steal_pointer (&rest), FALSE);
}

static char *
dup_body (Page                *page,
          const FermataEffect *effect)
{
  g_autofree char *counts = cli_body_dup_counts (page->moment, effect->frame, effect->node);

  return g_strconcat (effect->cancelling ? _("ending… ") : "", counts, NULL);
}

static void
add_running (Page             *page,
             const CliLiveRow *row)
{
  g_autofree char *time = cli_text_dup_elapsed (fermata_run_get_time (page->view->run) - row->effect.since);
  g_autofree char *rest = row->is_owner ? dup_body (page, &row->effect) : dup_said (page, &row->effect);
  g_autofree char *indented = dup_indented (row);
  g_autoptr (GString) name = g_string_new (NULL);

  cli_text_add_cut (name, indented, page->id_width);
  add_line (page, name->str, time, CLI_STYLE_FAINT, rest);
}

static void
add_failed (Page  *page,
            guint  node)
{
  FermataValue *error = fermata_moment_get_node_error (page->moment, 0, node);
  g_autofree char *message = cli_error_dup_message (error);

  add_row (page, 0, node, _("failed"), CLI_STYLE_BAD, message);
}

static void
add_retrying (Page                *page,
              const FermataEffect *effect)
{
  gint64 left = MAX (effect->deadline - fermata_run_get_time (page->view->run), 0);
  g_autofree char *time = cli_text_dup_elapsed (left);
  g_autofree char *rest = g_strdup_printf (_("until attempt %u"), effect->attempt + 1u);

  add_row (page, effect->frame, effect->node, time, CLI_STYLE_DOUBTFUL, rest);
}

static void
add_more (Page  *page,
          guint  n_more)
{
  g_autofree char *text = g_strdup_printf (ngettext ("… and %u more", "… and %u more", n_more), n_more);
  g_autoptr (GString) cut = g_string_new (NULL);

  cli_text_add_cut (cut, text, page->width);
  cli_text_add_styled (page->frame, page->view->colour, CLI_STYLE_FAINT, cut->str);
  end_line (page);
}

/* The bar */

static void
add_count (GString    *text,
           const char *format,
           guint       n)
{
  if (n == 0)
    return;

  g_string_append (text, ", ");
  g_string_append_printf (text, format, n);
}

/* "12/40, 1 failed, 3 skipped, 24 waiting, 15 s" */
static char *
dup_counts (Page  *page,
            guint  n_ended,
            guint  n_all)
{
  GString *text = g_string_new (NULL);
  g_autofree char *time = cli_text_dup_elapsed (fermata_run_get_time (page->view->run));

  g_string_append_printf (text, "%u/%u", n_ended, n_all);
  add_count (text, _("%u failed"), count (page, FERMATA_NODE_STATUS_FAILED));
  add_count (text, _("%u retrying"), count (page, FERMATA_NODE_STATUS_RETRYING));
  add_count (text, _("%u skipped"), count (page, FERMATA_NODE_STATUS_SKIPPED));
  add_count (text, _("%u waiting"), count (page, FERMATA_NODE_STATUS_WAITING));
  g_string_append_printf (text, ", %s", time);

  return g_string_free (text, FALSE);
}

/* Nodes that have ended, and parts of those that tell how far they are. */
static double
get_progress (Page *page)
{
  double progress = fermata_metrics_get_progress (page->view->metrics);
  guint n_nodes = MAX (fermata_plan_get_n_nodes (page->plan), 1);

  for (guint i = 0; i < page->running.rows->len; i++)
    {
      const CliLiveRow *row = row_at (page, i);

      if (row->is_owner && row->frame == 0)
        progress += cli_body_get_fraction (page->moment, 0, row->node) / n_nodes;
    }

  return CLAMP (progress, 0, 1);
}

static void
add_blocks (Page    *page,
            GString *bar,
            guint    width)
{
  gboolean utf8 = g_get_charset (NULL);
  guint n_full = (guint) (width * get_progress (page));

  if (width < NARROWEST_BAR)
    return;

  for (guint i = 0; i < width; i++)
    g_string_append (bar, i < n_full ? (utf8 ? "█" : "#") : (utf8 ? "░" : "-"));
  g_string_append_c (bar, ' ');
}

static void
add_bar (Page *page)
{
  guint n_all = fermata_plan_get_n_nodes (page->plan);
  guint n_failed = count (page, FERMATA_NODE_STATUS_FAILED);
  guint n_ended = count (page, FERMATA_NODE_STATUS_DONE) + n_failed
                  + count (page, FERMATA_NODE_STATUS_SKIPPED)
                  + count (page, FERMATA_NODE_STATUS_CANCELLED);
  g_autofree char *counts = dup_counts (page, n_ended, n_all);
  g_autoptr (GString) bar = g_string_new (NULL);
  guint counts_width = cli_text_width (counts);

  if (page->width > counts_width + 1)
    add_blocks (page, bar, MIN (page->width - counts_width - 1, WIDEST_BAR));
  cli_text_add_styled (page->frame, page->view->colour,
                       n_failed > 0 ? CLI_STYLE_BAD : CLI_STYLE_GOOD, bar->str);
  cli_text_add_cut (page->frame, counts, page->width);
  g_string_append (page->frame, "\033[K");
}

/* The last column stays free: some terminals go on to the next line there. */
guint
cli_live_rows_add (CliLiveRows *self,
                   GString     *frame,
                   guint        columns,
                   guint        rows)
{
  Page page = { .view = self, .frame = frame, .width = MAX (columns, 2) - 1 };
  guint n_lines;

  page.moment = fermata_run_get_moment (self->run);
  page.plan = fermata_run_get_plan (self->run);
  choose (&page, rows);
  find_width (&page);

  for (guint i = 0; i < page.running.rows->len; i++)
    add_running (&page, row_at (&page, i));
  n_lines = page.running.rows->len + page.n_failures + page.retrying->len + 1;
  if (page.running.n_shown < page.running.n_running && rows > 2)
    {
      add_more (&page, page.running.n_running - page.running.n_shown);
      n_lines++;
    }
  for (guint i = 0; i < page.n_failures; i++)
    add_failed (&page, self->failures[i]);
  for (guint i = 0; i < page.retrying->len; i++)
    add_retrying (&page, retrying_at (&page, i));
  add_bar (&page);

  cli_live_tree_clear (&page.running);
  g_array_unref (page.retrying);

  return n_lines;
}
