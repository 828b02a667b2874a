/* fermata-record-facts.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-record-private.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *name;
  FermataValueKind kind;
  gboolean required;
  gint64 lowest;
} Member;

static const Member start_members[] = {
  { "run", FERMATA_VALUE_KIND_STRING, TRUE },
  { "seed", FERMATA_VALUE_KIND_INTEGER, TRUE, 0 },
  { "date", FERMATA_VALUE_KIND_INTEGER, TRUE, G_MININT64 },
  { "max-concurrency", FERMATA_VALUE_KIND_INTEGER, FALSE, 1 },
  { "timeout", FERMATA_VALUE_KIND_INTEGER, FALSE, 0 },
  { "inputs", FERMATA_VALUE_KIND_OBJECT, TRUE },
  { NULL, },
};

static const Member chunk_members[] = {
  { "stream", FERMATA_VALUE_KIND_STRING, TRUE },
  { "offset", FERMATA_VALUE_KIND_INTEGER, TRUE, 0 },
  { "length", FERMATA_VALUE_KIND_INTEGER, TRUE, 1 },
  { NULL, },
};

static const Member cancel_members[] = {
  { "reason", FERMATA_VALUE_KIND_STRING, TRUE },
  { NULL, },
};

static gboolean
has_members (FermataValue *payload,
             const Member *members)
{
  if (payload == NULL || fermata_value_get_kind (payload) != FERMATA_VALUE_KIND_OBJECT)
    return FALSE;

  for (; members->name != NULL; members++)
    {
      FermataValue *value = fermata_value_get_member (payload, members->name);

      if (value == NULL && !members->required)
        continue;
      if (value == NULL || fermata_value_get_kind (value) != members->kind
          || (members->kind == FERMATA_VALUE_KIND_INTEGER
              && fermata_value_get_integer (value) < members->lowest))
        return FALSE;
    }

  return TRUE;
}

const char *
fermata_record_check_fact (const FermataEvent *event,
                           guint64             number)
{
  gboolean fits = TRUE;

  if ((event->kind == FERMATA_EVENT_RUN_STARTED) != (number == 1))
    return _("a run begins once, with its first event");

  if (event->kind == FERMATA_EVENT_RUN_STARTED)
    fits = has_members (event->payload, start_members);
  else if (event->kind == FERMATA_EVENT_CHUNK)
    fits = has_members (event->payload, chunk_members);
  else if (event->kind == FERMATA_EVENT_CANCEL_REQUESTED)
    fits = has_members (event->payload, cancel_members);

  return fits ? NULL : _("its “data” is not that of such an event");
}
