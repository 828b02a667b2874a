/* fermata-run-sessions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* By which event processors the machines of a run can be reached: each is a session
 * of its own to them. */

#include "engine/moment/fermata-event-name.h"
#include "engine/plan/fermata-mentions-private.h"
#include "engine/run/fermata-run-private.h"
#include "engine/run/fermata-sessions-private.h"
#include "engine/statechart/fermata-statechart-private.h"
#include "value/fermata-value-builder.h"

#include <string.h>

/* One machine, with one processor */
typedef struct {
  FermataRun *run;
  FermataEventProcessor *processor;
  guint32 frame;
  char *id;
} Session;

static void
session_free (gpointer data)
{
  Session *self = data;

  g_free (self->id);
  g_free (self);
}

static void
session_close (gpointer data)
{
  Session *self = data;

  fermata_event_processor_close (self->processor, self->id);
  session_free (self);
}

static void
set_member (FermataValueBuilder *builder,
            FermataValue        *event,
            const char          *name)
{
  FermataValue *member = fermata_value_get_member (event, name);

  if (member != NULL)
    fermata_value_builder_set (builder, name, member);
}

static const char *
get_text (FermataValue *event,
          const char   *name)
{
  FermataValue *member = fermata_value_get_kind (event) == FERMATA_VALUE_KIND_OBJECT
                         ? fermata_value_get_member (event, name) : NULL;

  return member == NULL || fermata_value_get_kind (member) != FERMATA_VALUE_KIND_STRING
         ? NULL : fermata_value_get_string (member, NULL);
}

/* What may come with an event, besides its name and data */
static const char *const arriving_texts[] = { "content", "content-type", "origin", "raw" };

/* Somebody outside has sent it an event. */
static gboolean
arrived (FermataValue *event,
         gpointer      user_data)
{
  Session *session = user_data;
  const char *name = get_text (event, "name");
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValue) own = NULL;

  if (name == NULL || !fermata_event_name_is_valid (name))
    return FALSE;

  builder = fermata_value_builder_new_object ();
  fermata_value_builder_set_string (builder, "name", name);
  set_member (builder, event, "data");
  for (guint i = 0; i < G_N_ELEMENTS (arriving_texts); i++)
    {
      if (get_text (event, arriving_texts[i]) != NULL)
        set_member (builder, event, arriving_texts[i]);
    }
  fermata_value_builder_set_string (builder, "origintype",
                                    fermata_event_processor_get_uri (session->processor));
  own = fermata_value_builder_end (builder);

  return fermata_run_take_event (session->run, session->frame, 0, own);
}

/* Its address (transfer full), NULL if it has none. */
static char *
open_session (FermataRun            *self,
              FermataEventProcessor *processor,
              guint32                frame,
              GPtrArray             *sessions)
{
  Session *session = g_new0 (Session, 1);
  g_autoptr (GError) error = NULL;
  char *location;

  session->run = self;
  session->processor = processor;
  session->frame = frame;
  session->id = fermata_statechart_dup_session_id (self->seed, frame);
  location = fermata_event_processor_open (processor, session->id, arrived, session, &error);
  if (location != NULL)
    g_ptr_array_add (sessions, session);
  else
    session_free (session);

  return location;
}

GHashTable *
fermata_run_create_opened (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
}

/* What a graph says of a processor: its name, or the last part of its URI. */
static gboolean
mentions (FermataPlan *plan,
          const char  *word)
{
  if (fermata_mentions_has_text (plan->members, word))
    return TRUE;
  for (guint i = 0; i < plan->n_nodes; i++)
    {
      if (plan->nodes[i].members != NULL && fermata_mentions_has_text (plan->nodes[i].members, word))
        return TRUE;
    }
  for (guint i = 0; i < plan->n_edges; i++)
    {
      if (plan->edges[i].members != NULL && fermata_mentions_has_text (plan->edges[i].members, word))
        return TRUE;
    }

  return FALSE;
}

static gboolean
any_mentions (FermataPlan *root,
              const char  *word)
{
  guint n = root->tree == NULL ? 1 : root->tree->len;

  for (guint i = 0; word != NULL && i < n; i++)
    {
      FermataPlan *plan = root->tree == NULL ? root : root->tree->pdata[i];

      if (plan->chart != NULL && mentions (plan, word))
        return TRUE;
    }

  return FALSE;
}

static gboolean
wants (FermataRun            *self,
       FermataEventProcessor *processor)
{
  const char *uri = fermata_event_processor_get_uri (processor);
  const char *word = strrchr (uri, '#');

  if (word == NULL)
    word = strrchr (uri, '/');

  return any_mentions (self->plan, fermata_event_processor_get_name (processor))
         || any_mentions (self->plan, word == NULL ? uri : word + 1);
}

static FermataValue *
processor_new (FermataEventProcessor *processor,
               const char            *location)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  if (fermata_event_processor_get_name (processor) != NULL)
    fermata_value_builder_set_string (builder, "name", fermata_event_processor_get_name (processor));
  if (location != NULL)
    fermata_value_builder_set_string (builder, "location", location);

  return fermata_value_builder_end (builder);
}

/* Opens the run's first session with each processor that its machines speak of;
 * what the start fact says of those (transfer full), NULL if there are none. */
FermataValue *
fermata_run_open_processors (FermataRun *self)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (GPtrArray) sessions = g_ptr_array_new_with_free_func (session_close);
  gboolean found = FALSE;

  for (guint i = 0; self->sessions != NULL && i < self->sessions->processors->len; i++)
    {
      FermataEventProcessor *processor = self->sessions->processors->pdata[i];
      g_autoptr (FermataValue) value = NULL;
      g_autofree char *location = NULL;

      if (!wants (self, processor))
        continue;

      location = open_session (self, processor, 0, sessions);
      value = processor_new (processor, location);
      fermata_value_builder_set (builder, fermata_event_processor_get_uri (processor), value);
      found = TRUE;
    }
  if (!found)
    return NULL;

  g_hash_table_insert (self->opened, GUINT_TO_POINTER (0), g_steal_pointer (&sessions));

  return fermata_value_builder_end (builder);
}

/* A machine of its own begins in a frame: it is reached by those by which the run
 * is. */
void
fermata_run_open_session (FermataRun *self,
                          guint32     number)
{
  FermataFrame *frame = fermata_moment_get_frame (self->moment, number);
  GPtrArray *first = g_hash_table_lookup (self->opened, GUINT_TO_POINTER (0));
  GPtrArray *sessions;

  if (first == NULL || frame == NULL || frame->machine == NULL)
    return;

  sessions = g_ptr_array_new_with_free_func (session_close);
  for (guint i = 0; i < first->len; i++)
    g_free (open_session (self, ((Session *) first->pdata[i])->processor, number, sessions));
  g_hash_table_replace (self->opened, GUINT_TO_POINTER (number), sessions);
}

void
fermata_run_close_session (FermataRun *self,
                           guint32     number)
{
  g_hash_table_remove (self->opened, GUINT_TO_POINTER (number));
}

/* The run is over: nobody reaches it any more. */
void
fermata_run_close_sessions (FermataRun *self)
{
  g_hash_table_remove_all (self->opened);
  if (self->sessions != NULL)
    fermata_sessions_remove (self->sessions, self->seed, self);
}

/* Before its start. */
void
fermata_run_set_sessions (FermataRun      *self,
                          FermataSessions *sessions)
{
  g_clear_pointer (&self->sessions, fermata_sessions_unref);
  self->sessions = fermata_sessions_ref (sessions);
}
