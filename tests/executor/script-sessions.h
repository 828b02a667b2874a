/* script-sessions.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* For the tests of sessions: a machine's world, and what calls make of it. */

#pragma once

#include <string.h>

#include "engine/fermata-script-session.h"
#include "engine/fermata-task-error.h"
#include "executor/fermata-local-script-session-private.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#define MEMORY ((guint64) 256 << 20)

typedef struct {
  FermataScriptSession *session;
  FermataScriptWorld world;
} Machine;

/* Single quotes in JSON stand for double ones. */
static inline FermataValue *
parse (const char *json)
{
  g_autofree char *text = g_strdup (json);
  g_autoptr (GError) error = NULL;
  FermataValue *value;

  g_strdelimit (text, "'", '"');
  value = fermata_value_parse (text, -1, &error);
  g_assert_no_error (error);

  return value;
}

static inline gboolean
is_active (const char *id,
           gpointer    user_data)
{
  return g_str_equal (id, "on") || g_str_equal (id, "b");
}

static inline Machine *
machine_new (const char *variables)
{
  Machine *self = g_new0 (Machine, 1);

  self->session = fermata_local_script_session_new (MEMORY);
  self->world.variables = parse (variables);
  self->world.system = parse ("{'_sessionid':'id','_name':'machine','_x':{'a':{'b':1}},"
                              "'_ioprocessors':{'scxml':{'location':'#_scxml_id'}}}");
  self->world.date = G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC;
  self->world.seed = 7;
  self->world.is_active = is_active;

  return self;
}

static inline void
machine_free (Machine *self)
{
  g_object_unref (self->session);
  fermata_value_unref (self->world.variables);
  fermata_value_unref (self->world.system);
  g_clear_pointer (&self->world.event, fermata_value_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Machine, machine_free)

static inline void
set_event (Machine    *self,
           const char *event)
{
  g_clear_pointer (&self->world.event, fermata_value_unref);
  self->world.event = parse (event);
}

/* A process that knows nothing takes over. */
static inline void
start_anew (Machine *self)
{
  g_object_unref (self->session);
  self->session = fermata_local_script_session_new (MEMORY);
}

static inline char *
to_text (FermataValue *value)
{
  char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

  return g_strdelimit (text, "\"", '\'');
}

/* As an engine keeps what has changed. */
static inline void
take_changes (Machine      *self,
              FermataValue *changes)
{
  for (gsize i = 0; i < fermata_value_get_length (changes); i++)
    {
      FermataValue *old = self->world.variables;

      self->world.variables = fermata_value_with_member (old, fermata_value_get_member_name (changes, i),
                                                         fermata_value_get_element (changes, i));
      fermata_value_unref (old);
    }
}

static inline void
assert_value (Machine    *self,
              const char *expression,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = fermata_script_session_evaluate (self->session, &self->world,
                                                                    expression, &error);
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      g_test_fail_printf ("%s: %s", expression, error->message);
      return;
    }
  text = to_text (value);
  if (!g_str_equal (text, expected))
    g_test_fail_printf ("%s: %s, expected: %s", expression, text, expected);
}

static inline gboolean
holds (Machine    *self,
       const char *expression)
{
  g_autoptr (GError) error = NULL;
  gboolean result = FALSE;

  if (!fermata_script_session_test (self->session, &self->world, expression, &result, &error))
    g_test_fail_printf ("%s: %s", expression, error->message);

  return result;
}

static inline void
assert_error (const char       *what,
              const GError     *error,
              FermataErrorKind  kind,
              const char       *pattern)
{
  if (error == NULL)
    g_test_fail_printf ("%s: there is no error", what);
  else if (!g_error_matches (error, FERMATA_TASK_ERROR, (int) kind)
      || !g_pattern_match_simple (pattern, error->message))
    g_test_fail_printf ("%s: %s: %s", what, fermata_error_kind_to_string (error->code), error->message);
}

static inline void
assert_no_value (Machine          *self,
                 const char       *expression,
                 FermataErrorKind  kind,
                 const char       *pattern)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = fermata_script_session_evaluate (self->session, &self->world,
                                                                    expression, &error);

  assert_error (expression, error, kind, pattern);
}

static inline void
check_changes (Machine      *self,
               const char   *what,
               FermataValue *changes,
               const GError *error,
               const char   *expected)
{
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      g_test_fail_printf ("%s: %s", what, error->message);
      return;
    }
  text = to_text (changes);
  if (expected != NULL && !g_str_equal (text, expected))
    g_test_fail_printf ("%s: %s, expected: %s", what, text, expected);
  take_changes (self, changes);
}

static inline void
assert_changes (Machine    *self,
                const char *code,
                const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) changes = fermata_script_session_execute (self->session, &self->world,
                                                                     code, &error);

  check_changes (self, code, changes, error, expected);
}

static inline void
assert_breaks (Machine          *self,
               const char       *code,
               FermataErrorKind  kind,
               const char       *pattern)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) changes = fermata_script_session_execute (self->session, &self->world,
                                                                     code, &error);

  assert_error (code, error, kind, pattern);
}

static inline void
assert_assigns (Machine    *self,
                const char *location,
                const char *expression,
                gboolean    declares,
                const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) changes = fermata_script_session_assign (self->session, &self->world, location,
                                                                    expression, NULL, declares, &error);

  check_changes (self, location, changes, error, expected);
}

static inline void
assert_no_assign (Machine          *self,
                  const char       *location,
                  const char       *expression,
                  gboolean          declares,
                  FermataErrorKind  kind,
                  const char       *pattern)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) changes = fermata_script_session_assign (self->session, &self->world, location,
                                                                    expression, NULL, declares, &error);

  assert_error (location, error, kind, pattern);
}

