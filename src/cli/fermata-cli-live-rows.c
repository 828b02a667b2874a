/* fermata-cli-live-rows.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-live-rows.h"

#include <glib/gi18n.h>
#include <string.h>

#include "fermata-cli-progress.h"
#include "fermata-cli-text.h"

/* A view of so many lines is none too many, however low the terminal is. */
#define FEW_ROWS 10
#define MOST_RETRYING 3
#define WIDEST_BAR 40
#define NARROWEST_BAR 6
#define TIME_WIDTH 8

/* Effects, the first so many, and how many there are. */
typedef struct {
  GArray *effects;
  guint n_all;
} Chosen;

/* What goes into the lines: so many of each, and the width of names. */
typedef struct {
  CliLiveRows *view;
  FermataMoment *moment;
  FermataPlan *plan;
  GString *frame;
  guint width;
  guint id_width;
  Chosen running;
  Chosen retrying;
  guint most_running;
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
choose_one (Chosen              *self,
            const FermataEffect *effect,
            guint                most)
{
  if (self->effects->len < most)
    g_array_append_val (self->effects, *effect);
  self->n_all++;
}

static void
collect (const FermataEffect *effect,
         gpointer             user_data)
{
  Page *page = user_data;

  if (effect->kind == FERMATA_EFFECT_ATTEMPT || effect->kind == FERMATA_EFFECT_ADMISSION
      || effect->kind == FERMATA_EFFECT_LISTENING)
    choose_one (&page->running, effect, page->most_running);
  else if (effect->event == FERMATA_EVENT_RETRY_DUE)
    choose_one (&page->retrying, effect, page->most_retrying);
}

static void
choose (Page  *page,
        guint  rows)
{
  guint room = rows > 2 ? MIN (rows - 2, MAX (rows * 2 / 3, FEW_ROWS)) : 0;

  page->running.effects = g_array_new (FALSE, FALSE, sizeof (FermataEffect));
  page->retrying.effects = g_array_new (FALSE, FALSE, sizeof (FermataEffect));
  page->most_running = room;
  page->most_retrying = room >= FEW_ROWS ? MOST_RETRYING : 0;
  page->n_failures = room >= FEW_ROWS ? page->view->n_failures : 0;
  fermata_moment_foreach_effect (page->moment, collect, page);

  /* The line that says how many more there are takes the place of one. */
  room -= page->n_failures + page->retrying.effects->len;
  if (page->running.n_all > room && room > 0)
    room--;
  g_array_set_size (page->running.effects, MIN (page->running.effects->len, room));
}

static const FermataEffect *
effect_at (const Chosen *self,
           guint         index)
{
  return &g_array_index (self->effects, FermataEffect, index);
}

/* "fetch"; of one that runs for each item, or in a graph that does: "fetch, item 7". */
static char *
dup_name (Page  *page,
          guint  frame,
          guint  node)
{
  g_autofree char *id = cli_text_dup_harmless (fermata_plan_get_node_id (page->plan, node));
  guint iteration, owner;

  while (fermata_moment_get_owner (page->moment, frame, &frame, &owner, &iteration))
    {
      if (fermata_moment_get_body_progress (page->moment, frame, owner, NULL, NULL, NULL))
        return g_strdup_printf (_("%s, item %u"), id, iteration + 1);
    }

  return g_steal_pointer (&id);
}

static void
widen (Page  *page,
       guint  frame,
       guint  node)
{
  g_autofree char *name = dup_name (page, frame, node);

  page->id_width = MAX (page->id_width, cli_text_width (name));
}

static void
find_width (Page *page)
{
  for (guint i = 0; i < page->running.effects->len; i++)
    widen (page, effect_at (&page->running, i)->frame, effect_at (&page->running, i)->node);
  for (guint i = 0; i < page->retrying.effects->len; i++)
    widen (page, effect_at (&page->retrying, i)->frame, effect_at (&page->retrying, i)->node);
  for (guint i = 0; i < page->n_failures; i++)
    widen (page, 0, page->view->failures[i]);
  page->id_width = MIN (page->id_width, MAX (page->width / 3, 1));
}

/* Lines */

static void
end_line (Page *page)
{
  g_string_append (page->frame, "\033[K\r\n");
}

/* "fetch     1.2 s  the rest" */
static void
add_row (Page       *page,
         guint       frame,
         guint       node,
         const char *time,
         CliStyle    style,
         const char *rest)
{
  g_autofree char *id = dup_name (page, frame, node);
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GString) cut = g_string_new (NULL);

  cli_text_add_cut (name, id, page->id_width);
  cli_text_add_padded (page->frame, name->str, page->id_width);
  g_string_append_printf (line, " %*s%s  %s", MAX (0, TIME_WIDTH - (int) cli_text_width (time)), "",
                          time, rest);
  cli_text_add_cut (cut, line->str, page->width - page->id_width);
  cli_text_add_styled (page->frame, page->view->colour, style, g_strchomp (cut->str));
  end_line (page);
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

static void
add_running (Page                *page,
             const FermataEffect *effect)
{
  FermataRun *run = page->view->run;
  g_autofree char *time = cli_text_dup_elapsed (fermata_run_get_time (run) - effect->since);
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
  add_row (page, effect->frame, effect->node, time, CLI_STYLE_FAINT, rest->str);
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

static void
add_blocks (Page    *page,
            GString *bar,
            guint    width)
{
  gboolean utf8 = g_get_charset (NULL);
  guint n_full = (guint) (width * fermata_metrics_get_progress (page->view->metrics));

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

  for (guint i = 0; i < page.running.effects->len; i++)
    add_running (&page, effect_at (&page.running, i));
  n_lines = page.running.effects->len + page.n_failures + page.retrying.effects->len + 1;
  if (page.running.effects->len < page.running.n_all && rows > 2)
    {
      add_more (&page, page.running.n_all - page.running.effects->len);
      n_lines++;
    }
  for (guint i = 0; i < page.n_failures; i++)
    add_failed (&page, self->failures[i]);
  for (guint i = 0; i < page.retrying.effects->len; i++)
    add_retrying (&page, effect_at (&page.retrying, i));
  add_bar (&page);

  g_array_unref (page.running.effects);
  g_array_unref (page.retrying.effects);

  return n_lines;
}
