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

#define PIECE 65536

/*
 * What has been read and not sent is in @buffer from @start on, where there is
 * no line break before @searched. While the run has no room for more, @source
 * is 0: nothing is read.
 */
struct _CliEvents {
  GObject parent_instance;

  FermataRun *run;
  const char *const *options;
  guint next_option;
  int fd;
  gsize max_size;
  guint source;
  GString *buffer;
  gsize start;
  gsize searched;
  guint64 line;
  gboolean started;
  gboolean at_end;
};

static void cli_events_monitor_init (FermataMonitorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CliEvents, cli_events, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERMATA_TYPE_MONITOR,
                                                      cli_events_monitor_init))

static gboolean read_more (int          fd,
                           GIOCondition condition,
                           gpointer     user_data);

/* What an event says */

/* JSON, or text; what begins as JSON does, and is none, is a mistake. */
static FermataValue *
parse_data (const char  *text,
            gsize        length,
            GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  FermataValue *value = fermata_value_parse (text, length, &local_error);

  if (value == NULL && strchr ("{[\"", *text) == NULL && g_utf8_validate_len (text, length, NULL))
    return fermata_value_new_string (text, length);
  if (value == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return value;
}

static gboolean
check_name (const char  *name,
            GError     **error)
{
  if (fermata_event_name_is_valid (name))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _("an event has a name without spaces"));

  return FALSE;
}

/* NAME, or NAME and its data. */
static gboolean
parse_words (const char    *text,
             gsize          length,
             char         **name,
             FermataValue **data,
             GError       **error)
{
  gsize n = 0;

  while (n < length && text[n] != ' ' && text[n] != '\t')
    n++;
  *name = g_strndup (text, n);
  while (n < length && (text[n] == ' ' || text[n] == '\t'))
    n++;
  if (n < length && (*data = parse_data (text + n, length - n, error)) == NULL)
    return FALSE;

  return check_name (*name, error);
}

/* {"event": NAME, "data": …} */
static gboolean
parse_object (const char    *text,
              gsize          length,
              char         **name,
              FermataValue **data,
              GError       **error)
{
  g_autoptr (FermataValue) object = fermata_value_parse (text, length, error);
  FermataValue *member;

  if (object == NULL)
    return FALSE;

  member = fermata_value_get_member (object, "event");
  if (member == NULL || fermata_value_get_kind (member) != FERMATA_VALUE_KIND_STRING)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("it has no “event” that is text"));
      return FALSE;
    }
  *name = g_strdup (fermata_value_get_string (member, NULL));
  member = fermata_value_get_member (object, "data");
  if (member != NULL)
    *data = fermata_value_ref (member);

  return check_name (*name, error);
}

static gboolean
parse (const char    *text,
       gsize          length,
       char         **name,
       FermataValue **data,
       GError       **error)
{
  return *text == '{' ? parse_object (text, length, name, data, error)
                      : parse_words (text, length, name, data, error);
}

/* Sending */

/* FALSE if there is no room now. */
static gboolean
send_text (CliEvents  *self,
           const char *text,
           gsize       length,
           GError    **error)
{
  g_autofree char *name = NULL;
  g_autoptr (FermataValue) data = NULL;

  if (!parse (text, length, &name, &data, error))
    return TRUE;

  return fermata_run_send_event (self->run, name, data) || fermata_run_has_ended (self->run);
}

static gboolean
send_options (CliEvents *self)
{
  while (self->options != NULL && self->options[self->next_option] != NULL)
    {
      const char *text = self->options[self->next_option];

      if (!send_text (self, text, strlen (text), NULL))
        return FALSE;
      self->next_option++;
    }

  return TRUE;
}

static gboolean
send_line (CliEvents *self,
           gsize      length)
{
  const char *text = self->buffer->str + self->start;
  g_autoptr (GError) error = NULL;

  while (length > 0 && strchr (" \t\r", text[length - 1]) != NULL)
    length--;
  if (length == 0 || send_text (self, text, length, &error))
    {
      self->line++;
      if (error != NULL)
        cli_complain (_("standard input:%" G_GUINT64_FORMAT ": no event: %s"), self->line,
                      error->message);
      return TRUE;
    }

  return FALSE;
}

/* FALSE if there is no room for the next. */
static gboolean
send_lines (CliEvents *self)
{
  const char *end;

  while ((end = memchr (self->buffer->str + self->searched, '\n',
                        self->buffer->len - self->searched)) != NULL)
    {
      gsize length = end - self->buffer->str - self->start;

      self->searched = self->start + length;
      if (!send_line (self, length))
        return FALSE;
      self->start = self->searched = self->start + length + 1;
    }
  self->searched = self->buffer->len;
  if (!self->at_end || self->start == self->buffer->len)
    return TRUE;
  if (!send_line (self, self->buffer->len - self->start))
    return FALSE;
  self->start = self->buffer->len;

  return TRUE;
}

static void
drop_sent (CliEvents *self)
{
  g_string_erase (self->buffer, 0, self->start);
  self->searched -= self->start;
  self->start = 0;
}

/* All that there is is sent, and then more is waited for. */
static void
pump (CliEvents *self)
{
  gboolean has_room = send_options (self) && send_lines (self);

  drop_sent (self);
  if (has_room && self->at_end)
    fermata_run_close_events (self->run);
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
  if (!self->at_end && self->buffer->len > self->max_size)
    {
      cli_complain (_("standard input:%" G_GUINT64_FORMAT ": this line is too long"), self->line + 1);
      g_string_truncate (self->buffer, 0);
      self->start = self->searched = 0;
      self->at_end = TRUE;
      fermata_run_close_events (self->run);
    }

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

  if (self->started && self->source == 0 && !fermata_run_has_ended (run))
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
check_options (CliArguments       *arguments,
               const char *const  *options)
{
  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (FermataValue) data = NULL;
      g_autoptr (GError) error = NULL;

      if (!parse (options[i], strlen (options[i]), &name, &data, &error))
        {
          cli_usage_error (cli_arguments_get_command (arguments), _("--event=%s: %s"), options[i],
                           error->message);
          return FALSE;
        }
    }

  return TRUE;
}

CliEvents *
cli_events_new (CliArguments *arguments,
                FermataRun   *run,
                int           fd,
                gsize         max_size)
{
  const char *const *options = cli_arguments_get_all (arguments, "event");
  CliEvents *self;

  if (!check_options (arguments, options))
    return NULL;

  self = g_object_new (CLI_TYPE_EVENTS, NULL);
  self->run = g_object_ref (run);
  self->options = options;
  self->fd = fd;
  self->max_size = max_size != 0 ? max_size : FERMATA_VALUE_READER_DEFAULT_MAX_SIZE;
  self->at_end = fd < 0;
  fermata_run_add_monitor (run, FERMATA_MONITOR (self));

  return self;
}
