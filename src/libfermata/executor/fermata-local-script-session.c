/* fermata-local-script-session.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-local-script-session-private.h"

#include <string.h>

#include "engine/fermata-task-error.h"
#include "executor/fermata-session-process-private.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

/* An answer is an object of variables, and each may be as deep as values are,
 * with a tag at its end. */
#define MAX_DEPTH (FERMATA_VALUE_READER_DEFAULT_MAX_DEPTH + 4)

/* The call that is under way needs no more than a variable is to take. */
#define MAX_LENGTH ((gsize) 1 << 30)

struct _FermataLocalScriptSession {
  GObject parent_instance;

  FermataSessionProcess *process;
  FermataValueReader *reader;

  /* What the process knows */
  FermataValue *variables;  /* NULL: whatever is in `known` */
  GHashTable *known;        /* by name, FermataValue */
  FermataValue *event;
  FermataValue *system;
};

static void fermata_local_script_session_iface_init (FermataScriptSessionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataLocalScriptSession, fermata_local_script_session, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (FERMATA_TYPE_SCRIPT_SESSION, fermata_local_script_session_iface_init))

/* --- What the process is told --------------------------------------------- */

static void
forget (FermataLocalScriptSession *self)
{
  g_clear_pointer (&self->variables, fermata_value_unref);
  g_clear_pointer (&self->event, fermata_value_unref);
  g_clear_pointer (&self->system, fermata_value_unref);
  g_hash_table_remove_all (self->known);
}

static void
keep (FermataValue **place,
      FermataValue  *value)
{
  FermataValue *old = *place;

  *place = value != NULL ? fermata_value_ref (value) : NULL;
  if (old != NULL)
    fermata_value_unref (old);
}

static void
tell (FermataLocalScriptSession *self,
      FermataSessionWireType     type,
      const char                *name,
      FermataValue              *value)
{
  GString *out = fermata_session_process_begin (self->process, type, 0);

  if (name != NULL)
    g_string_append_len (out, name, (gssize) strlen (name) + (value != NULL ? 1 : 0));
  if (value != NULL)
    fermata_value_append_string (value, FERMATA_WRITE_COMPACT, 0, out);
  fermata_session_process_close (self->process);
}

/* Those that are known and not among the variables any more. */
static void
tell_removed (FermataLocalScriptSession *self,
              FermataValue              *variables)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (fermata_value_find_member (variables, name, NULL))
        continue;
      tell (self, FERMATA_SESSION_WIRE_REMOVE, name, NULL);
      g_hash_table_iter_remove (&iter);
    }
}

static void
tell_variables (FermataLocalScriptSession *self,
                FermataValue              *variables)
{
  gsize n = fermata_value_get_length (variables);

  if (self->variables == variables)
    return;

  for (gsize i = 0; i < n; i++)
    {
      const char *name = fermata_value_get_member_name (variables, i);
      FermataValue *value = fermata_value_get_element (variables, i);

      if (g_hash_table_lookup (self->known, name) == value)
        continue;
      tell (self, FERMATA_SESSION_WIRE_VARIABLE, name, value);
      g_hash_table_insert (self->known, g_strdup (name), fermata_value_ref (value));
    }
  if (g_hash_table_size (self->known) > n)
    tell_removed (self, variables);
  keep (&self->variables, variables);
}

static void
tell_system (FermataLocalScriptSession *self,
             FermataValue              *system)
{
  if (self->system == system)
    return;

  for (gsize i = 0; i < fermata_value_get_length (system); i++)
    {
      const char *name = fermata_value_get_member_name (system, i);
      FermataValue *value = fermata_value_get_element (system, i);

      if (self->system == NULL || fermata_value_get_member (self->system, name) != value)
        tell (self, FERMATA_SESSION_WIRE_SYSTEM, name, value);
    }
  keep (&self->system, system);
}

static void
tell_world (FermataLocalScriptSession *self,
            const FermataScriptWorld  *world)
{
  tell_variables (self, world->variables);
  tell_system (self, world->system);
  if (self->event == world->event)
    return;
  tell (self, FERMATA_SESSION_WIRE_EVENT, NULL, world->event);
  keep (&self->event, world->event);
}

/* SplitMix64: numbers that are near to each other give others that are not. */
static guint64
mix (guint64 seed)
{
  seed += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  seed = (seed ^ (seed >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  seed = (seed ^ (seed >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return seed ^ (seed >> 31);
}

static void
tell_call (FermataLocalScriptSession *self,
           const FermataScriptWorld  *world,
           FermataSessionVerb         verb,
           const char                *place,
           const char                *text,
           FermataValue              *value)
{
  const FermataSessionCall call = { world->date, mix (mix (world->seed) ^ world->sequence) };
  GString *out = fermata_session_process_begin (self->process, FERMATA_SESSION_WIRE_CALL, verb);

  g_string_append_len (out, (const char *) &call, sizeof call);
  if (place != NULL)
    g_string_append_len (out, place, (gssize) strlen (place) + 1);
  if (text != NULL)
    g_string_append (out, text);
  if (value != NULL)
    fermata_value_append_string (value, FERMATA_WRITE_COMPACT, 0, out);
  g_string_append_c (out, '\0');
  fermata_session_process_close (self->process);
}

/* --- What it answers ------------------------------------------------------ */

static void
answer_in (FermataLocalScriptSession *self,
           const FermataScriptWorld  *world,
           const char                *id,
           gsize                      length)
{
  gboolean is_active = strlen (id) == length && world->is_active != NULL
                       && world->is_active (id, world->user_data);

  fermata_session_process_begin (self->process, FERMATA_SESSION_WIRE_ACTIVE, is_active ? 1 : 0);
  fermata_session_process_close (self->process);
}

static void
set_failure (const char  *payload,
             GError     **error)
{
  FermataErrorKind kind = FERMATA_ERROR_KIND_EXECUTION;

  fermata_error_kind_from_string (payload, &kind);
  g_set_error_literal (error, FERMATA_TASK_ERROR, (int) kind, payload + strlen (payload) + 1);
}

static FermataValue *
read_result (FermataLocalScriptSession  *self,
             const FermataSessionFrame  *frame,
             const char                 *payload,
             GError                    **error)
{
  g_autoptr (GError) inner = NULL;
  FermataValue *value = fermata_value_reader_read (self->reader, payload, frame->length, &inner);

  if (value == NULL)
    {
      /* What it holds now is nothing that anybody knows */
      fermata_session_process_end (self->process);
      forget (self);
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                   "What came of it cannot be kept: %s", inner->message);
    }

  return value;
}

/* What the process cannot be trusted to know any more is told anew. */
static FermataValue *
take_answer (FermataLocalScriptSession  *self,
             const FermataSessionFrame  *frame,
             const char                 *payload,
             GError                    **error)
{
  FermataValue *value = NULL;

  if (frame->type == FERMATA_SESSION_WIRE_RESULT)
    value = read_result (self, frame, payload, error);
  else
    set_failure (payload, error);

  if ((frame->flags & FERMATA_SESSION_WIRE_WORN) != 0)
    fermata_session_process_end (self->process);
  if ((frame->flags & (FERMATA_SESSION_WIRE_FRESH | FERMATA_SESSION_WIRE_WORN)) != 0)
    forget (self);

  return value;
}

static FermataValue *
converse (FermataLocalScriptSession  *self,
          const FermataScriptWorld   *world,
          GError                    **error)
{
  FermataSessionFrame frame;
  const char *payload;

  fermata_session_process_note_call (self->process);
  while (fermata_session_process_receive (self->process, &frame, &payload, error))
    {
      if (frame.type != FERMATA_SESSION_WIRE_ASK)
        return take_answer (self, &frame, payload, error);
      answer_in (self, world, payload, frame.length);
    }

  forget (self);
  return NULL;
}

/* One text with U+0000 in it cannot be told from two: there is none in C's. */
static FermataValue *
call (FermataScriptSession      *session,
      const FermataScriptWorld  *world,
      FermataSessionVerb         verb,
      const char                *place,
      const char                *text,
      FermataValue              *value,
      GError                   **error)
{
  FermataLocalScriptSession *self = FERMATA_LOCAL_SCRIPT_SESSION (session);

  if ((place != NULL && strlen (place) > MAX_LENGTH) || (text != NULL && strlen (text) > MAX_LENGTH))
    {
      g_set_error_literal (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXPRESSION,
                           "The code is too long");
      return NULL;
    }
  if (!fermata_session_process_is_running (self->process))
    {
      forget (self);
      if (!fermata_session_process_start (self->process, error))
        return NULL;
    }

  tell_world (self, world);
  tell_call (self, world, verb, place, text, value);

  return converse (self, world, error);
}

/* What has changed is what the engine hands over the next time. */
static FermataValue *
note_changes (FermataScriptSession *session,
              FermataValue         *changes)
{
  FermataLocalScriptSession *self = FERMATA_LOCAL_SCRIPT_SESSION (session);

  if (changes == NULL || self->system == NULL)
    return changes;

  for (gsize i = 0; i < fermata_value_get_length (changes); i++)
    g_hash_table_insert (self->known, g_strdup (fermata_value_get_member_name (changes, i)),
                         fermata_value_ref (fermata_value_get_element (changes, i)));
  if (fermata_value_get_length (changes) > 0)
    g_clear_pointer (&self->variables, fermata_value_unref);

  return changes;
}

/* --- The interface -------------------------------------------------------- */

static FermataValue *
fermata_local_script_session_evaluate (FermataScriptSession      *self,
                                       const FermataScriptWorld  *world,
                                       const char                *expression,
                                       GError                   **error)
{
  return call (self, world, FERMATA_SESSION_VERB_EVALUATE, NULL, expression, NULL, error);
}

static gboolean
fermata_local_script_session_test (FermataScriptSession      *self,
                                   const FermataScriptWorld  *world,
                                   const char                *expression,
                                   gboolean                  *result,
                                   GError                   **error)
{
  g_autoptr (FermataValue) value = call (self, world, FERMATA_SESSION_VERB_TEST, NULL, expression,
                                         NULL, error);

  if (value == NULL)
    return FALSE;

  *result = fermata_value_get_boolean (value);
  return TRUE;
}

static FermataValue *
fermata_local_script_session_assign (FermataScriptSession      *self,
                                     const FermataScriptWorld  *world,
                                     const char                *location,
                                     const char                *expression,
                                     FermataValue              *value,
                                     gboolean                   declares,
                                     GError                   **error)
{
  FermataSessionVerb verb;

  if (declares)
    verb = value != NULL ? FERMATA_SESSION_VERB_DECLARE_VALUE : FERMATA_SESSION_VERB_DECLARE;
  else
    verb = value != NULL ? FERMATA_SESSION_VERB_ASSIGN_VALUE : FERMATA_SESSION_VERB_ASSIGN;

  return note_changes (self, call (self, world, verb, location, expression, value, error));
}

static FermataValue *
fermata_local_script_session_execute (FermataScriptSession      *self,
                                      const FermataScriptWorld  *world,
                                      const char                *code,
                                      GError                   **error)
{
  return note_changes (self, call (self, world, FERMATA_SESSION_VERB_EXECUTE, NULL, code, NULL,
                                   error));
}

static void
fermata_local_script_session_finalize (GObject *object)
{
  FermataLocalScriptSession *self = FERMATA_LOCAL_SCRIPT_SESSION (object);

  forget (self);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->process, fermata_session_process_free);
  g_clear_object (&self->reader);

  G_OBJECT_CLASS (fermata_local_script_session_parent_class)->finalize (object);
}

static void
fermata_local_script_session_class_init (FermataLocalScriptSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_local_script_session_finalize;
}

static void
fermata_local_script_session_iface_init (FermataScriptSessionInterface *iface)
{
  iface->evaluate = fermata_local_script_session_evaluate;
  iface->test = fermata_local_script_session_test;
  iface->assign = fermata_local_script_session_assign;
  iface->execute = fermata_local_script_session_execute;
}

static void
fermata_local_script_session_init (FermataLocalScriptSession *self)
{
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) fermata_value_unref);
  self->reader = fermata_value_reader_new ();
  fermata_value_reader_set_max_depth (self->reader, MAX_DEPTH);
}

FermataScriptSession *
fermata_local_script_session_new (guint64 memory)
{
  FermataLocalScriptSession *self = g_object_new (FERMATA_TYPE_LOCAL_SCRIPT_SESSION, NULL);

  self->process = fermata_session_process_new (memory);

  return FERMATA_SCRIPT_SESSION (self);
}

pid_t
fermata_local_script_session_get_pid (FermataLocalScriptSession *self)
{
  return fermata_session_process_get_pid (self->process);
}
