/* fermata-cli-events.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-events.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "fermata-cli-line.h"
#include "fermata-cli-time.h"

#define PIECE 65536

/*
 * What has been read and not sent is in @buffer from @start on, where there is
 * no line break before @searched. While the run has no room for more, or time
 * is passing (@time, NULL unless it is virtual), @source is 0: nothing is read.
 * @skipping: the line that is being read is too long, and its rest is dropped.
 */
struct _CliEvents {
  GObject parent_instance;

  FermataRun *run;
  const char *const *options;
  guint next_option;
  int fd;
  CliTime *time;
  CliAtEnd at_end_of_input;
  guint source;
  GString *buffer;
  gsize start;
  gsize searched;
  guint64 line;
  gboolean started;
  gboolean skipping;
  gboolean at_end;
  gboolean has_closed;
};

static void cli_events_monitor_init (FermataMonitorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CliEvents, cli_events, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERMATA_TYPE_MONITOR,
                                                      cli_events_monitor_init))

static gboolean read_more (int          fd,
                           GIOCondition condition,
                           gpointer     user_data);

/* Sending */

static gboolean
is_busy (CliEvents *self)
{
  return self->time != NULL && cli_time_is_under_way (self->time);
}

static void
let_time_pass (CliEvents     *self,
               const CliLine *line)
{
  if (line->kind == CLI_LINE_ADVANCE)
    cli_time_advance (self->time, line->microseconds, line->now);
  else
    cli_time_jump (self->time);
}

static void
warn (CliEvents     *self,
      const char    *where,
      const CliLine *line)
{
  g_autofree char *warning = cli_line_dup_warning (line, self->time != NULL);

  if (warning != NULL)
    cli_complain ("%s: %s", where, warning);
}

/* FALSE if there is no room for it now. */
static gboolean
obey (CliEvents     *self,
      const char    *where,
      const CliLine *line)
{
  if (line->kind == CLI_LINE_ADVANCE || line->kind == CLI_LINE_ADVANCE_TO_NEXT)
    {
      let_time_pass (self, line);
      return TRUE;
    }
  if (line->kind != CLI_LINE_EVENT)
    return TRUE;
  if (!fermata_run_send_event (self->run, line->name, line->data))
    return fermata_run_has_ended (self->run);

  warn (self, where, line);

  return TRUE;
}

static gboolean
send_options (CliEvents *self)
{
  while (!is_busy (self) && self->options != NULL && self->options[self->next_option] != NULL)
    {
      const char *text = self->options[self->next_option];
      g_auto (CliLine) line = { 0, };

      cli_line_parse (&line, text, strlen (text), self->time != NULL, NULL);
      if (!obey (self, "--event", &line))
        return FALSE;
      self->next_option++;
    }

  return !is_busy (self);
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\r';
}

/* FALSE if there is no room for it now. */
static gboolean
send_line (CliEvents *self,
           gsize      length)
{
  const char *text = self->buffer->str + self->start;
  g_autofree char *where = g_strdup_printf (_("standard input:%" G_GUINT64_FORMAT), self->line + 1);
  g_auto (CliLine) line = { 0, };
  g_autoptr (GError) error = NULL;

  while (length > 0 && is_blank (text[length - 1]))
    length--;
  for (; length > 0 && is_blank (*text); text++)
    length--;
  if (!cli_line_parse (&line, text, length, self->time != NULL, &error))
    cli_complain (_("%s: no event: %s"), where, error->message);
  else if (!obey (self, where, &line))
    return FALSE;
  self->line++;

  return TRUE;
}

/* What has come of a line without an end is dropped, if it is too much. */
static void
drop_long_line (CliEvents *self)
{
  if (!self->skipping && self->buffer->len - self->start <= CLI_LINE_MAX)
    return;
  if (!self->skipping)
    cli_complain (_("standard input:%" G_GUINT64_FORMAT ": no event: the line is longer than 1 MB"),
                  self->line + 1);
  self->skipping = TRUE;
  g_string_truncate (self->buffer, self->start);
  self->searched = self->start;
}

/* A line that ends at @end; FALSE if there is no room for it now. */
static gboolean
take_line (CliEvents *self,
           gsize      end)
{
  if (!self->skipping && end - self->start > CLI_LINE_MAX)
    cli_complain (_("standard input:%" G_GUINT64_FORMAT ": no event: the line is longer than 1 MB"),
                  self->line + 1);
  if (self->skipping || end - self->start > CLI_LINE_MAX)
    self->line++;
  else if (!send_line (self, end - self->start))
    return FALSE;
  self->skipping = FALSE;

  return TRUE;
}

/* FALSE if there is more, and it has to wait. */
static gboolean
send_lines (CliEvents *self)
{
  const char *end;

  while (!is_busy (self)
         && (end = memchr (self->buffer->str + self->searched, '\n',
                           self->buffer->len - self->searched)) != NULL)
    {
      self->searched = end - self->buffer->str;
      if (!take_line (self, self->searched))
        return FALSE;
      self->start = ++self->searched;
    }
  if (is_busy (self))
    return FALSE;

  self->searched = self->buffer->len;
  drop_long_line (self);
  if (!self->at_end || self->start == self->buffer->len)
    return TRUE;
  if (!take_line (self, self->buffer->len))
    return FALSE;
  self->start = self->searched = self->buffer->len;

  return !is_busy (self);
}

static void
drop_sent (CliEvents *self)
{
  g_string_erase (self->buffer, 0, self->start);
  self->searched -= self->start;
  self->start = 0;
}

static void
close_events (CliEvents *self)
{
  if (self->has_closed)
    return;

  self->has_closed = TRUE;
  if (self->at_end_of_input == CLI_AT_END_STOP)
    fermata_run_stop_when_idle (self->run);
  else
    fermata_run_close_events (self->run);
  if (self->time != NULL)
    cli_time_run_out (self->time);
}

/* All that there is is sent, and then more is waited for. */
static void
pump (CliEvents *self)
{
  gboolean has_room = send_options (self) && send_lines (self);

  drop_sent (self);
  if (has_room && self->at_end)
    close_events (self);
  else if (has_room && self->source == 0)
    self->source = g_unix_fd_add (self->fd, G_IO_IN, read_more, self);
  else if (!has_room)
    g_clear_handle_id (&self->source, g_source_remove);
}

static gboolean
read_more (int          fd,
           GIOCondition condition,
           gpointer     user_data)
{
  CliEvents *self = user_data;
  gsize length = self->buffer->len;
  guint source = self->source;
  gssize n;

  g_string_set_size (self->buffer, length + PIECE);
  n = read (fd, self->buffer->str + length, PIECE);
  g_string_set_size (self->buffer, length + MAX (n, 0));
  if (n < 0 && (errno == EINTR || errno == EAGAIN))
    return G_SOURCE_CONTINUE;
  if (n < 0)
    cli_complain (_("standard input: %s"), g_strerror (errno));
  self->at_end = n <= 0;
  pump (self);
  if (self->source == source && self->at_end)
    self->source = 0;

  return self->source == source && source != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* There may be room again. */
static void
cli_events_flushed (FermataMonitor *monitor,
                    FermataRun     *run,
                    guint64         first,
                    guint64         last)
{
  CliEvents *self = CLI_EVENTS (monitor);

  if (self->started && self->source == 0 && !is_busy (self) && !fermata_run_has_ended (run))
    pump (self);
  if (self->time != NULL)
    cli_time_look_again (self->time);
}

/* Time has passed. */
static void
on_time_passed (gpointer user_data)
{
  CliEvents *self = user_data;

  if (self->started && self->source == 0 && !fermata_run_has_ended (self->run))
    pump (self);
}

static void
cli_events_monitor_init (FermataMonitorInterface *iface)
{
  iface->flushed = cli_events_flushed;
}

gboolean
cli_events_may_read (int fd)
{
  return !isatty (fd) || tcgetpgrp (fd) == getpgrp ();
}

void
cli_events_start (CliEvents *self)
{
  self->started = TRUE;
  pump (self);
}

void
cli_events_stop (CliEvents *self)
{
  self->started = FALSE;
  g_clear_handle_id (&self->source, g_source_remove);
  fermata_run_remove_monitor (self->run, FERMATA_MONITOR (self));
}

/* The object */

static void
cli_events_finalize (GObject *object)
{
  CliEvents *self = CLI_EVENTS (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->time, cli_time_free);
  g_string_free (self->buffer, TRUE);
  g_clear_object (&self->run);

  G_OBJECT_CLASS (cli_events_parent_class)->finalize (object);
}

static void
cli_events_class_init (CliEventsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cli_events_finalize;
}

static void
cli_events_init (CliEvents *self)
{
  self->buffer = g_string_new (NULL);
}

static gboolean
check_options (CliArguments      *arguments,
               const char *const *options,
               gboolean           has_time)
{
  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    {
      g_auto (CliLine) line = { 0, };
      g_autoptr (GError) error = NULL;
      const char *message = _("an event has a name");

      if (cli_line_parse (&line, options[i], strlen (options[i]), has_time, &error)
          && line.kind != CLI_LINE_NOTHING)
        continue;
      cli_usage_error (cli_arguments_get_command (arguments), "--event=%s: %s", options[i],
                       error != NULL ? error->message : message);
      return FALSE;
    }

  return TRUE;
}

CliEvents *
cli_events_new (CliArguments        *arguments,
                FermataRun          *run,
                int                  fd,
                FermataVirtualClock *clock,
                CliAtEnd             at_end)
{
  const char *const *options = cli_arguments_get_all (arguments, "event");
  CliEvents *self;

  if (!check_options (arguments, options, clock != NULL))
    return NULL;

  self = g_object_new (CLI_TYPE_EVENTS, NULL);
  self->run = g_object_ref (run);
  self->options = options;
  self->fd = fd;
  self->at_end = fd < 0;
  self->at_end_of_input = at_end;
  if (clock != NULL)
    self->time = cli_time_new (run, clock, on_time_passed, self);
  fermata_run_add_monitor (run, FERMATA_MONITOR (self));

  return self;
}
