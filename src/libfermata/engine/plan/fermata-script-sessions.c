/* fermata-script-sessions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/plan/fermata-script-sessions-private.h"

#include "engine/fermata-task-error.h"

#include <string.h>

typedef struct {
  FermataScriptSession *session;
  guint32 frame;
} Entry;

/* @entries: that used last comes first. */
struct _FermataScriptSessions {
  FermataScriptPool *pool;
  Entry entries[FERMATA_MAX_SCRIPT_SESSIONS];
  guint n_entries;
};

FermataScriptSessions *
fermata_script_sessions_new (FermataScriptPool *pool)
{
  FermataScriptSessions *self = g_new0 (FermataScriptSessions, 1);

  self->pool = g_object_ref (pool);

  return self;
}

void
fermata_script_sessions_clear (FermataScriptSessions *self)
{
  while (self->n_entries > 0)
    g_object_unref (self->entries[--self->n_entries].session);
}

void
fermata_script_sessions_free (FermataScriptSessions *self)
{
  fermata_script_sessions_clear (self);
  g_object_unref (self->pool);
  g_free (self);
}

static void
move_to_front (FermataScriptSessions *self,
               guint                  index)
{
  Entry entry = self->entries[index];

  memmove (&self->entries[1], &self->entries[0], index * sizeof (Entry));
  self->entries[0] = entry;
}

static FermataScriptSession *
open_session (FermataScriptSessions  *self,
              guint32                 frame,
              GError                **error)
{
  FermataScriptSession *session = fermata_script_pool_open_session (self->pool, error);

  if (session == NULL)
    return NULL;

  if (self->n_entries == FERMATA_MAX_SCRIPT_SESSIONS)
    g_object_unref (self->entries[--self->n_entries].session);
  self->entries[self->n_entries] = (Entry) { session, frame };
  move_to_front (self, self->n_entries++);

  return session;
}

FermataScriptSession *
fermata_script_sessions_get (FermataScriptSessions  *self,
                             guint32                 frame,
                             GError                **error)
{
  if (self == NULL)
    {
      g_set_error_literal (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXPRESSION,
                           "there is nothing here that runs JavaScript of machines");
      return NULL;
    }

  for (guint i = 0; i < self->n_entries; i++)
    {
      if (self->entries[i].frame != frame)
        continue;
      if (i > 0)
        move_to_front (self, i);
      return self->entries[0].session;
    }

  return open_session (self, frame, error);
}
