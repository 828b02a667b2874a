/* fermata-session-host.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-session-host-private.h"

#include "fermata-script-memory-private.h"
#include "fermata-session-channel-private.h"
#include "fermata-session-context-private.h"

#include <string.h>

/* Looking takes as long as a small call, so it is not done after each. */
#define LOOK_AT_MEMORY_EVERY 16

typedef struct {
  JSCVirtualMachine *machine;
  FermataSessionContext *context;
  guint n_calls;
} Host;

static const char *
kind_of (char letter)
{
  switch (letter)
    {
    case 'e':
      return "expression";
    case 's':
      return "security";
    default:
      return "execution";
    }
}

/* In place of the letter stands the kind's name, and U+0000. */
static void
answer_failure (guint       flags,
                const char *text,
                gsize       length)
{
  const char *kind = kind_of (length > 0 ? *text : 'x');
  g_autoptr (GString) payload = g_string_new (NULL);

  g_string_append_len (payload, kind, (gssize) strlen (kind) + 1);
  if (length > 1)
    g_string_append_len (payload, text + 1, (gssize) length - 1);
  fermata_session_channel_write (FERMATA_SESSION_WIRE_FAILURE, flags, payload->str, payload->len);
}

static gboolean
is_worn (Host *self)
{
  return self->n_calls++ % LOOK_AT_MEMORY_EVERY == 0 && fermata_script_memory_is_worn ();
}

static void
call (Host                      *self,
      const FermataSessionFrame *frame,
      const char                *payload)
{
  g_autoptr (GBytes) answer = NULL;
  FermataSessionCall what;
  const char *text;
  gsize length;
  guint flags;

  memcpy (&what, payload, sizeof what);
  answer = fermata_session_context_call (self->context, frame->flags, &what, payload + sizeof what,
                                         frame->length - sizeof what);
  text = g_bytes_get_data (answer, &length);
  flags = (text[1] == '1' ? FERMATA_SESSION_WIRE_FRESH : 0)
          | (is_worn (self) ? FERMATA_SESSION_WIRE_WORN : 0);
  if (*text == 'r')
    fermata_session_channel_write (FERMATA_SESSION_WIRE_RESULT, flags, text + 2, length - 2);
  else
    answer_failure (flags, text + 2, length - 2);

  if ((flags & FERMATA_SESSION_WIRE_FRESH) != 0)
    {
      fermata_session_context_free (self->context);
      self->context = fermata_session_context_new (self->machine);
    }
}

static void
serve (Host *self)
{
  FermataSessionFrame frame;
  const char *payload;

  while (fermata_session_channel_read (&frame, &payload))
    {
      if (frame.type == FERMATA_SESSION_WIRE_CALL)
        call (self, &frame, payload);
      else
        fermata_session_context_set (self->context, frame.type, payload, frame.length);
    }
}

gboolean
fermata_session_host_serve (guint64              limit,
                            FermataScriptShared *shared)
{
  Host self = { 0 };

  if (!fermata_session_channel_open ())
    return FALSE;

  fermata_script_memory_prepare (limit);
  self.machine = jsc_virtual_machine_new ();
  self.context = fermata_session_context_new (self.machine);
  if (!fermata_script_memory_limit (limit, shared))
    return FALSE;

  fermata_session_channel_write (FERMATA_SESSION_WIRE_READY, 0, FERMATA_VERSION,
                                 strlen (FERMATA_VERSION));
  serve (&self);

  return TRUE;
}
