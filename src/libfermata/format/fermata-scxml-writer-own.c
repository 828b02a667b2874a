/* fermata-scxml-writer-own.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-writer-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "model/fermata-duration.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-writer.h"

/* Machines with Fermata's own data model, as far as SCXML can say the same: what is the
 * same whatever variables there are. Texts that are computed name them in ways that
 * SCXML's data models do not know, and JavaScript is never rewritten. */

typedef struct {
  FermataValue *value;
  gsize next;
} Level;

/* Whether there is no template in it. */
gboolean
fermata_scxml_is_constant (FermataValue *value)
{
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));
  Level level = { value, 0 };

  if (fermata_scxml_is_kind (value, FERMATA_VALUE_KIND_STRING))
    return strstr (fermata_value_get_string (value, NULL), "{{") == NULL;

  g_array_append_val (levels, level);
  while (levels->len > 0)
    {
      Level *top = &g_array_index (levels, Level, levels->len - 1);
      FermataValueKind kind = fermata_value_get_kind (top->value);

      if ((kind != FERMATA_VALUE_KIND_ARRAY && kind != FERMATA_VALUE_KIND_OBJECT) ||
          top->next == fermata_value_get_length (top->value))
        {
          g_array_set_size (levels, levels->len - 1);
          continue;
        }
      level.value = fermata_value_get_element (top->value, top->next++);
      if (fermata_scxml_is_kind (level.value, FERMATA_VALUE_KIND_STRING))
        {
          if (strstr (fermata_value_get_string (level.value, NULL), "{{") != NULL)
            return FALSE;
          continue;
        }
      g_array_append_val (levels, level);
    }

  return TRUE;
}

/* “In ('state')”, which means the same to both. */
static gboolean
is_in (const char *text)
{
  static gsize is_made;
  static GRegex *regex;

  if (g_once_init_enter (&is_made))
    {
      regex = g_regex_new ("^\\s*In\\s*\\(\\s*('[^'\"\\\\]*'|\"[^'\"\\\\]*\")\\s*\\)\\s*$", 0, 0, NULL);
      g_once_init_leave (&is_made, 1);
    }

  return g_regex_match (regex, text, 0, NULL);
}

static gboolean
is_condition (FermataValue *value)
{
  return fermata_scxml_is_kind (value, FERMATA_VALUE_KIND_BOOLEAN) ||
         (fermata_scxml_is_kind (value, FERMATA_VALUE_KIND_STRING) && is_in (fermata_value_get_string (value, NULL)));
}

const char *
fermata_scxml_refuse_edge (FermataValue *edge)
{
  FermataValue *when = fermata_value_get_member (edge, "when");

  if (fermata_value_find_member (edge, "after", NULL))
    return _("SCXML has no “after”");
  if (when != NULL && !is_condition (when))
    return _("its condition is an expression with Fermata's names");

  return NULL;
}

const char *
fermata_scxml_refuse_action (FermataValue *action)
{
  static const char *const constant[] = { "raise", "send", "cancel", "log" };
  FermataValue *condition = fermata_value_get_member (action, "if");

  if (condition != NULL)
    return is_condition (condition) ? NULL : _("its condition is an expression with Fermata's names");

  for (guint i = 0; i < G_N_ELEMENTS (constant); i++)
    {
      FermataValue *value = fermata_value_get_member (action, constant[i]);

      if (value != NULL)
        return fermata_scxml_is_constant (value) ? NULL : _("there are templates in it");
    }

  return _("it names variables as SCXML has none");
}

/* A duration as CSS has it. */
static FermataValue *
make_delay (FermataValue *delay)
{
  gint64 microseconds;
  g_autofree char *text = NULL;

  if (!fermata_duration_parse (delay, &microseconds, NULL))
    return NULL;
  if (microseconds % (1000 * 1000) == 0)
    text = g_strdup_printf ("%" G_GINT64_FORMAT "s", microseconds / (1000 * 1000));
  else if (microseconds % 1000 == 0)
    text = g_strdup_printf ("%" G_GINT64_FORMAT "ms", microseconds / 1000);
  else
    text = g_strdup_printf ("%" G_GINT64_FORMAT ".%03dms", microseconds / 1000, (int) (microseconds % 1000));

  return fermata_value_new_string (text, -1);
}

static void
set_json (FermataValueBuilder *builder,
          const char          *name,
          FermataValue        *value)
{
  g_autofree char *json = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

  fermata_value_builder_set_string (builder, name, json);
}

/* What `raise` or `send` says, for SCXML's <send>; “to” is for what has none. */
static FermataValue *
make_send (FermataValue *value,
           const char   *to)
{
  static const char *const same[] = { "event", "to", "id" };
  g_autoptr (FermataValueBuilder) send = fermata_value_builder_new_object ();
  FermataValue *delay;

  if (to != NULL)
    fermata_value_builder_set_string (send, "to", to);
  if (!fermata_scxml_is_kind (value, FERMATA_VALUE_KIND_OBJECT))
    {
      fermata_value_builder_set (send, "event", value);
      return fermata_value_builder_end (send);
    }

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      FermataValue *member = fermata_value_get_member (value, same[i]);

      if (member != NULL)
        fermata_value_builder_set (send, same[i], member);
    }
  delay = fermata_value_get_member (value, "delay");
  if (delay != NULL)
    {
      g_autoptr (FermataValue) time = make_delay (delay);

      if (time != NULL)
        fermata_value_builder_set (send, "delay", time);
    }
  if (fermata_value_find_member (value, "data", NULL))
    set_json (send, "content", fermata_value_get_member (value, "data"));

  return fermata_value_builder_end (send);
}

/* The action that SCXML's data models have for it. */
static FermataValue *
translate (FermataValue *action)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) said = NULL;
  FermataValue *raise = fermata_value_get_member (action, "raise");
  FermataValue *send = fermata_value_get_member (action, "send");
  FermataValue *log = fermata_value_get_member (action, "log");

  if (log != NULL)
    {
      g_autoptr (FermataValueBuilder) inner = fermata_value_builder_new_object ();

      set_json (inner, "expr", log);
      said = fermata_value_builder_end (inner);
      fermata_value_builder_set (builder, "log", said);
    }
  else if (raise != NULL && !(fermata_scxml_is_kind (raise, FERMATA_VALUE_KIND_OBJECT) &&
                              fermata_value_find_member (raise, "data", NULL)))
    fermata_value_builder_set (builder, "raise", raise);
  else if (raise != NULL || send != NULL)
    {
      said = make_send (raise != NULL ? raise : send, raise != NULL ? "#_internal" : NULL);
      fermata_value_builder_set (builder, "send", said);
    }
  else
    fermata_value_builder_set (builder, "cancel", fermata_value_get_member (action, "cancel"));

  for (gsize i = 0; i < fermata_value_get_length (action); i++)
    {
      static const char *const verbs[] = { "log", "raise", "send", "cancel", NULL };
      const char *name = fermata_value_get_member_name (action, i);

      if (!g_strv_contains (verbs, name))
        fermata_value_builder_set (builder, name, fermata_value_get_element (action, i));
    }

  return fermata_value_builder_end (builder);
}

void
fermata_scxml_write_own_action (FermataScxmlWriter     *self,
                                FermataValue           *action,
                                const FermataScxmlStep *step)
{
  const char *why = fermata_scxml_refuse_action (action);

  if (why != NULL)
    {
      fermata_scxml_put_raw (self, fermata_scxml_get_kept (action), "before", step);
      fermata_scxml_put_refused (self, action, why, step);
    }
  else if (fermata_value_find_member (action, "if", NULL))
    fermata_scxml_write_verb (self, action, step);
  else
    {
      g_autoptr (FermataValue) other = translate (action);

      fermata_scxml_write_verb (self, other, step);
    }
}

void
fermata_scxml_write_own_data (FermataScxmlWriter *self,
                              FermataValue       *data)
{
  g_autofree char *json = NULL;

  if (!fermata_scxml_is_constant (data))
    return;

  json = fermata_value_to_string (data, FERMATA_WRITE_COMPACT, NULL);
  fermata_scxml_put_start (self, "donedata");
  fermata_scxml_put_open (self, "donedata", NULL, NULL);
  fermata_scxml_put_start (self, "content");
  fermata_scxml_put_text (self, "content", json, NULL, NULL);
  fermata_scxml_put_close (self);
}
