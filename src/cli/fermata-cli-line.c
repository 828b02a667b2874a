/* fermata-cli-line.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-line.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "fermata-cli-text.h"

/* Names are shown so wide in messages. */
#define WIDEST_NAME 40

static void refuse (GError     **error,
                    const char  *format,
                    ...) G_GNUC_PRINTF (2, 3);

static void
refuse (GError     **error,
        const char  *format,
        ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, message);
}

static char *
dup_shown (const char *text)
{
  g_autofree char *harmless = cli_text_dup_harmless (text);
  GString *shown = g_string_new (NULL);

  cli_text_add_cut (shown, harmless, WIDEST_NAME);

  return g_string_free (shown, FALSE);
}

/* JSON, or text; what begins as JSON does, and is none, is a mistake. */
static FermataValue *
parse_data (const char  *text,
            gsize        length,
            GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  FermataValue *value = fermata_value_parse (text, length, &local_error);

  if (value == NULL && strchr ("{[\"", *text) == NULL)
    return fermata_value_new_string (text, length);
  if (value == NULL)
    refuse (error, _("its data is not JSON: %s"), local_error->message);

  return value;
}

static gboolean
check_name (const char  *name,
            GError     **error)
{
  if (fermata_event_name_is_valid (name))
    return TRUE;

  refuse (error, _("an event has a name without spaces"));

  return FALSE;
}

/* Time */

static gboolean
parse_duration (CliLine       *self,
                FermataValue  *value,
                GError       **error)
{
  g_autofree char *text = NULL;

  self->kind = CLI_LINE_ADVANCE;
  if (fermata_duration_parse (value, &self->microseconds, NULL))
    return TRUE;

  text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  refuse (error, _("time advances by 250ms, 30s, 5m, 1h, or seconds, and not by %s"), text);

  return FALSE;
}

/* Nothing, `next`, DURATION, DURATION and `now`. */
static gboolean
parse_advance (CliLine     *self,
               const char  *text,
               gsize        length,
               GError     **error)
{
  g_autofree char *words = g_strstrip (g_strndup (text, length));
  g_autoptr (FermataValue) value = NULL;
  char *space = strpbrk (words, " \t");

  self->kind = CLI_LINE_ADVANCE_TO_NEXT;
  if (*words == '\0' || g_str_equal (words, "next"))
    return TRUE;

  if (space != NULL && g_str_equal (g_strchug (space), "now"))
    {
      self->now = TRUE;
      *space = '\0';
      g_strchomp (words);
    }
  value = fermata_value_parse (words, -1, NULL);
  if (value == NULL)
    value = fermata_value_new_string (words, -1);

  return parse_duration (self, value, error);
}

/* {"advance": DURATION or "next", "now": true} */
static gboolean
parse_advance_object (CliLine       *self,
                      FermataValue  *object,
                      GError       **error)
{
  FermataValue *duration = fermata_value_get_member (object, "advance");
  FermataValue *now = fermata_value_get_member (object, "now");

  if (now != NULL && fermata_value_get_kind (now) != FERMATA_VALUE_KIND_BOOLEAN)
    {
      refuse (error, _("“now” is true or false"));
      return FALSE;
    }
  self->now = now != NULL && fermata_value_get_boolean (now);
  self->kind = CLI_LINE_ADVANCE_TO_NEXT;
  if (fermata_value_get_kind (duration) == FERMATA_VALUE_KIND_STRING
      && g_str_equal (fermata_value_get_string (duration, NULL), "next"))
    return TRUE;

  return parse_duration (self, duration, error);
}

/* Events */

/* NAME, or NAME and its data. */
static gboolean
parse_words (CliLine     *self,
             const char  *text,
             gsize        length,
             gboolean     has_time,
             GError     **error)
{
  gsize n = 0;

  while (n < length && text[n] != ' ' && text[n] != '\t')
    n++;
  if (*text == '[' || *text == '"')
    {
      refuse (error, _("an event is a name, or an object with an “event”"));
      return FALSE;
    }
  self->name = g_strndup (text, n);
  if (has_time && g_str_equal (self->name, "advance"))
    return parse_advance (self, text + n, length - n, error);

  self->kind = CLI_LINE_EVENT;
  while (n < length && (text[n] == ' ' || text[n] == '\t'))
    n++;
  if (n < length && (self->data = parse_data (text + n, length - n, error)) == NULL)
    return FALSE;

  return check_name (self->name, error);
}

/* What would be lost without a word is refused. */
static gboolean
check_members (FermataValue       *object,
               const char *const  *known,
               GError            **error)
{
  for (gsize i = 0; i < fermata_value_get_length (object); i++)
    {
      const char *name = fermata_value_get_member_name (object, i);
      g_autofree char *shown = NULL;

      if (g_strv_contains (known, name))
        continue;
      shown = dup_shown (name);
      refuse (error, _("its member “%s” is neither “%s” nor “%s”"), shown, known[0], known[1]);
      return FALSE;
    }

  return TRUE;
}

static gboolean
parse_event_object (CliLine       *self,
                    FermataValue  *object,
                    GError       **error)
{
  static const char *const known[] = { "event", "data", NULL };
  FermataValue *member = fermata_value_get_member (object, "event");

  if (member == NULL || fermata_value_get_kind (member) != FERMATA_VALUE_KIND_STRING)
    {
      refuse (error, _("it has no “event” that is text"));
      return FALSE;
    }
  self->kind = CLI_LINE_EVENT;
  self->name = g_strdup (fermata_value_get_string (member, NULL));
  member = fermata_value_get_member (object, "data");
  if (member != NULL)
    self->data = fermata_value_ref (member);

  return check_members (object, known, error) && check_name (self->name, error);
}

/* {"event": NAME, "data": …}, {"advance": …} */
static gboolean
parse_object (CliLine     *self,
              const char  *text,
              gsize        length,
              gboolean     has_time,
              GError     **error)
{
  static const char *const known[] = { "advance", "now", NULL };
  g_autoptr (FermataValue) object = fermata_value_parse (text, length, error);

  if (object == NULL)
    return FALSE;
  if (fermata_value_get_member (object, "advance") == NULL
      || fermata_value_get_member (object, "event") != NULL)
    return parse_event_object (self, object, error);
  if (!has_time)
    {
      refuse (error, _("time advances by itself without --virtual-time"));
      return FALSE;
    }

  return check_members (object, known, error) && parse_advance_object (self, object, error);
}

gboolean
cli_line_parse (CliLine     *self,
                const char  *text,
                gsize        length,
                gboolean     has_time,
                GError     **error)
{
  *self = (CliLine) { .kind = CLI_LINE_NOTHING };

  if (length > 0 && !g_utf8_validate_len (text, length, NULL))
    {
      refuse (error, _("it is not text in UTF-8"));
      return FALSE;
    }
  if (length == 0 || *text == '#')
    return TRUE;

  return *text == '{' ? parse_object (self, text, length, has_time, error)
                      : parse_words (self, text, length, has_time, error);
}

void
cli_line_clear (CliLine *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->data, fermata_value_unref);
}

/* What a machine tells itself begins with one of these. */
static gboolean
is_named_like_own (const char *name)
{
  return fermata_event_name_matches (name, "done.state done.invoke error after");
}

char *
cli_line_dup_warning (const CliLine *self,
                      gboolean       has_time)
{
  g_autofree char *name = NULL;
  gint64 microseconds;

  if (self->kind != CLI_LINE_EVENT)
    return NULL;
  if (is_named_like_own (self->name))
    {
      name = dup_shown (self->name);
      return g_strdup_printf (_("“%s” is named like an event that a machine tells itself; it is sent "
                                "as one from outside"), name);
    }
  if (!has_time && g_str_equal (self->name, "advance") && self->data != NULL
      && fermata_duration_parse (self->data, &microseconds, NULL))
    return g_strdup (_("without --virtual-time “advance” is an event like any other"));

  return NULL;
}
