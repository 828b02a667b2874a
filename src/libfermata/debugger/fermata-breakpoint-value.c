/* fermata-breakpoint-value.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Breakpoints as they are kept. */

#include "debugger/fermata-breakpoint.h"

#include <string.h>

#include "debugger/fermata-debugger-error.h"
#include "value/fermata-value-builder.h"

static void
set_text (FermataValueBuilder *builder,
          const char          *name,
          const char          *text)
{
  if (text != NULL)
    fermata_value_builder_set_string (builder, name, text);
}

/**
 * fermata_breakpoint_to_value:
 * @self: a breakpoint
 *
 * Writes it as a value: what a person has set, and not what became of it.
 *
 * Returns: (transfer full): an object
 */
FermataValue *
fermata_breakpoint_to_value (FermataBreakpoint *self)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  FermataPlaceKind kind;

  g_return_val_if_fail (FERMATA_IS_BREAKPOINT (self), NULL);

  kind = fermata_breakpoint_get_kind (self);
  fermata_value_builder_set_string (builder, kind == FERMATA_PLACE_KIND_EDGE ? "edge" : "node",
                                    fermata_breakpoint_get_place (self));
  if (!fermata_breakpoint_get_enabled (self))
    fermata_value_builder_set_boolean (builder, "enabled", FALSE);
  set_text (builder, "condition", fermata_breakpoint_get_condition (self));
  if (fermata_breakpoint_get_ignore_count (self) != 0)
    fermata_value_builder_set_integer (builder, "ignore-count", fermata_breakpoint_get_ignore_count (self));
  if (fermata_breakpoint_get_one_shot (self))
    fermata_value_builder_set_boolean (builder, "one-shot", TRUE);
  set_text (builder, "log-message", fermata_breakpoint_get_log_message (self));

  return fermata_value_builder_end (builder);
}

/* A member of a kind, if it is there at all; FALSE with @error set if it is of
 * another. */
static gboolean
read_member (FermataValue      *value,
             const char        *name,
             FermataValueKind   kind,
             FermataValue     **member,
             GError           **error)
{
  *member = fermata_value_get_member (value, name);
  if (*member == NULL || fermata_value_get_kind (*member) == kind)
    return TRUE;

  g_set_error (error, FERMATA_DEBUGGER_ERROR, FERMATA_DEBUGGER_ERROR_INVALID,
               "“%s” of a breakpoint must be of the type %s, not %s", name,
               fermata_value_kind_to_string (kind),
               fermata_value_kind_to_string (fermata_value_get_kind (*member)));

  return FALSE;
}

static gboolean
read_text (FermataValue  *value,
           const char    *name,
           char         **text,
           GError       **error)
{
  FermataValue *member;
  const char *string;
  gsize length;

  if (!read_member (value, name, FERMATA_VALUE_KIND_STRING, &member, error))
    return FALSE;
  if (member == NULL)
    return TRUE;

  string = fermata_value_get_string (member, &length);
  if (*string == '\0' || strlen (string) != length)
    {
      g_set_error (error, FERMATA_DEBUGGER_ERROR, FERMATA_DEBUGGER_ERROR_INVALID,
                   "“%s” of a breakpoint must not be empty", name);
      return FALSE;
    }
  *text = g_strdup (string);

  return TRUE;
}

static gboolean
read_boolean (FermataValue  *value,
              const char    *name,
              gboolean      *boolean,
              GError       **error)
{
  FermataValue *member;

  if (!read_member (value, name, FERMATA_VALUE_KIND_BOOLEAN, &member, error))
    return FALSE;
  if (member != NULL)
    *boolean = fermata_value_get_boolean (member);

  return TRUE;
}

static gboolean
read_count (FermataValue  *value,
            const char    *name,
            guint         *count,
            GError       **error)
{
  FermataValue *member;

  if (!read_member (value, name, FERMATA_VALUE_KIND_INTEGER, &member, error))
    return FALSE;
  if (member != NULL)
    *count = CLAMP (fermata_value_get_integer (member), 0, G_MAXUINT);

  return TRUE;
}

static gboolean
read_when (FermataBreakpoint  *self,
           FermataValue       *value,
           GError            **error)
{
  gboolean enabled = TRUE;
  gboolean one_shot = FALSE;
  guint ignore_count = 0;

  if (!read_boolean (value, "enabled", &enabled, error)
      || !read_boolean (value, "one-shot", &one_shot, error)
      || !read_count (value, "ignore-count", &ignore_count, error))
    return FALSE;

  fermata_breakpoint_set_enabled (self, enabled);
  fermata_breakpoint_set_one_shot (self, one_shot);
  fermata_breakpoint_set_ignore_count (self, ignore_count);

  return TRUE;
}

static gboolean
read_texts (FermataBreakpoint  *self,
            FermataValue       *value,
            GError            **error)
{
  g_autofree char *condition = NULL;
  g_autofree char *log_message = NULL;

  if (!read_text (value, "condition", &condition, error)
      || !read_text (value, "log-message", &log_message, error))
    return FALSE;

  fermata_breakpoint_set_condition (self, condition);
  fermata_breakpoint_set_log_message (self, log_message);

  return TRUE;
}

/**
 * fermata_breakpoint_new_from_value:
 * @value: what fermata_breakpoint_to_value() wrote
 * @error: return location for a #FermataDebuggerError
 *
 * Reads a breakpoint. Members that it does not know are ignored.
 *
 * Returns: (transfer full): the breakpoint, or %NULL with @error set if @value
 *   is none
 */
FermataBreakpoint *
fermata_breakpoint_new_from_value (FermataValue  *value,
                                   GError       **error)
{
  g_autoptr (FermataBreakpoint) self = NULL;
  g_autofree char *place = NULL;
  gboolean is_edge;

  g_return_val_if_fail (value != NULL, NULL);

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_OBJECT)
    {
      g_set_error (error, FERMATA_DEBUGGER_ERROR, FERMATA_DEBUGGER_ERROR_INVALID,
                   "A breakpoint must be an object, not of the type %s",
                   fermata_value_kind_to_string (fermata_value_get_kind (value)));
      return NULL;
    }

  is_edge = fermata_value_get_member (value, "edge") != NULL;
  if (!read_text (value, is_edge ? "edge" : "node", &place, error))
    return NULL;
  if (place == NULL)
    {
      g_set_error_literal (error, FERMATA_DEBUGGER_ERROR, FERMATA_DEBUGGER_ERROR_INVALID,
                           "A breakpoint must have “node” or “edge”");
      return NULL;
    }

  self = fermata_breakpoint_new (is_edge ? FERMATA_PLACE_KIND_EDGE : FERMATA_PLACE_KIND_NODE, place);
  if (!read_when (self, value, error) || !read_texts (self, value, error))
    return NULL;

  return g_steal_pointer (&self);
}
