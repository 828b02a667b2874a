/* fermata-script-host.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * Runs the scripts of an engine, one after the other, where they can do no
 * harm: this process may be killed at any time, and has a memory limit, which
 * is its argument, in bytes. What is said is in fermata-script-wire-private.h.
 * Or it serves the JavaScript of one machine: see fermata-session-host.c.
 */

#include "fermata-script-channel-private.h"
#include "fermata-script-context-private.h"
#include "fermata-script-memory-private.h"
#include "fermata-session-host-private.h"

#include "expression/fermata-session-wire-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  JSCVirtualMachine *machine;
  GHashTable *contexts; /* by number */
  FermataScriptShared *shared;
} Host;

static FermataScriptContext *
find_context (Host    *self,
              guint32  number)
{
  FermataScriptContext *context = g_hash_table_lookup (self->contexts, GUINT_TO_POINTER (number));

  if (context == NULL)
    {
      context = fermata_script_context_new (self->machine);
      g_hash_table_insert (self->contexts, GUINT_TO_POINTER (number), context);
    }

  return context;
}

static void
set_code (Host                     *self,
          const FermataScriptFrame *frame,
          const char               *payload)
{
  const char *code = payload + strlen (payload) + 1;

  fermata_script_context_set_code (find_context (self, frame->context), payload, code,
                                   frame->length - (gsize) (code - payload));
}

static void
call (Host                     *self,
      const FermataScriptFrame *frame,
      const char               *payload)
{
  g_autofree char *result = NULL;
  g_autofree char *failure = NULL;
  guint flags;

  if (!fermata_script_shared_begin (self->shared, frame->epoch))
    return;

  result = fermata_script_context_call (find_context (self, frame->context), payload, frame->length,
                                        (frame->flags & FERMATA_SCRIPT_WIRE_TAGGED) != 0, &failure);
  flags = fermata_script_memory_is_worn () ? FERMATA_SCRIPT_WIRE_WORN : 0;
  if (result != NULL)
    fermata_script_channel_answer (FERMATA_SCRIPT_WIRE_RESULT, flags, result, strlen (result));
  else
    fermata_script_channel_answer (FERMATA_SCRIPT_WIRE_FAILURE, flags, failure, strlen (failure));
}

static void
serve (Host *self)
{
  FermataScriptFrame frame;
  const char *payload;

  while (fermata_script_channel_read (&frame, &payload))
    {
      switch ((FermataScriptWireType) frame.type)
        {
        case FERMATA_SCRIPT_WIRE_CODE:
          set_code (self, &frame, payload);
          break;

        case FERMATA_SCRIPT_WIRE_CALL:
          call (self, &frame, payload);
          break;

        case FERMATA_SCRIPT_WIRE_FORGET:
          g_hash_table_remove (self->contexts, GUINT_TO_POINTER (frame.context));
          break;

        case FERMATA_SCRIPT_WIRE_READY:
        case FERMATA_SCRIPT_WIRE_PRINT:
        case FERMATA_SCRIPT_WIRE_RESULT:
        case FERMATA_SCRIPT_WIRE_FAILURE:
        default:
          g_error ("frame of type %u", frame.type);
        }
    }
}

static FermataScriptShared *
map_shared (void)
{
  void *shared = mmap (NULL, sizeof (FermataScriptShared), PROT_READ | PROT_WRITE, MAP_SHARED,
                       FERMATA_SCRIPT_WIRE_SHARED_FD, 0);

  return shared == MAP_FAILED ? NULL : shared;
}

/* The first context is never used: it is what has to stand before the limit. */
static gboolean
make_machine (Host    *self,
              guint64  limit)
{
  FermataScriptContext *first;

  fermata_script_memory_prepare (limit);
  self->machine = jsc_virtual_machine_new ();
  self->contexts = g_hash_table_new_full (NULL, NULL, NULL,
                                          (GDestroyNotify) fermata_script_context_free);
  first = fermata_script_context_new (self->machine);
  fermata_script_context_set_code (first, "", "return [1]", strlen ("return [1]"));
  g_free (fermata_script_context_call (first, "{}", 2, FALSE, NULL));
  fermata_script_context_free (first);

  return fermata_script_memory_limit (limit, self->shared);
}

int
main (int    argc,
      char **argv)
{
  Host self = { 0 };
  gboolean is_session = argc == 3 && g_str_equal (argv[1], FERMATA_SESSION_ARGUMENT);
  guint64 limit = is_session || argc == 2 ? g_ascii_strtoull (argv[argc - 1], NULL, 10) : 0;

  self.shared = limit > 0 ? map_shared () : NULL;
  if (self.shared == NULL)
    {
      g_printerr ("fermata-script-host is started by Fermata, which speaks to it over a socket.\n");
      return 2;
    }
  if (is_session && fermata_session_host_serve (limit, self.shared))
    _exit (0);
  if (is_session || !fermata_script_channel_open () || !make_machine (&self, limit))
    {
      g_printerr ("%s\n", g_strerror (errno));
      return 1;
    }

  fermata_script_channel_answer (FERMATA_SCRIPT_WIRE_READY, 0, FERMATA_VERSION,
                                 strlen (FERMATA_VERSION));
  serve (&self);

  /* Nobody is left to see anything taken apart. */
  _exit (0);
}
