/* fermata-dag-listen.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/dag/fermata-dag-private.h"
#include "engine/moment/fermata-event-name.h"

#include <string.h>

/*
 * Nodes that wait for events from outside. Nothing is under way for them: to
 * wait is a state, and what ends it is decided.
 *
 * A listening node has a candidate: the oldest event that nobody has taken,
 * whose name it waits for, and that it has not refused. It is found by names
 * alone, when the node begins to listen, when an event comes, and when the
 * candidate before it is gone. The node is in `hearing` while it has one; then
 * its condition is tested, which is a decision.
 */

/* What the node waits for: filled in when it started, or constant. */
static const char *
descriptors_of (FermataFrame *frame,
                guint         node)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);
  FermataValue *value = fermata_plan_get_started_parameter (frame->plan, node, record.value,
                                                            "event");

  if (value == NULL || fermata_value_get_kind (value) != FERMATA_VALUE_KIND_STRING)
    return "";

  return fermata_value_get_string (value, NULL);
}

static gboolean
is_for (const FermataMoment *moment,
        guint32              slot,
        const char          *descriptors)
{
  const FermataQueuedEvent *event = fermata_event_queue_peek (&moment->events, slot);

  return fermata_event_name_matches (fermata_queued_event_get_name (event), descriptors);
}

static guint32
get_candidate (FermataFrame *frame,
               guint         node)
{
  const guint32 *candidate = fermata_page_table_peek (&frame->candidates, node);

  return *candidate;
}

static void
set_candidate (FermataFrame *frame,
               guint         node,
               guint32       slot)
{
  *(guint32 *) fermata_page_table_write (&frame->candidates, node) = slot;
  if (slot == FERMATA_EVENT_QUEUE_NONE)
    fermata_index_set_remove (&frame->hearing, node);
  else
    fermata_index_set_add (&frame->hearing, node);
}

/* The first event from @slot on that the node waits for. */
static void
find_candidate (FermataMoment *moment,
                FermataFrame  *frame,
                guint          node,
                guint32        slot)
{
  const char *descriptors = descriptors_of (frame, node);

  while (slot != FERMATA_EVENT_QUEUE_NONE && !is_for (moment, slot, descriptors))
    slot = fermata_event_queue_peek (&moment->events, slot)->next;
  set_candidate (frame, node, slot);
}

gboolean
fermata_dag_check_descriptors (FermataFrame  *frame,
                               guint          node,
                               FermataValue  *parameters,
                               GError       **error)
{
  FermataValue *value = parameters == NULL ? NULL : fermata_value_get_member (parameters, "event");
  gsize length;

  if (value == NULL)
    value = fermata_plan_get_started_parameter (frame->plan, node, NULL, "event");
  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    {
      const char *text = fermata_value_get_string (value, &length);

      if (text[strspn (text, " \t\r\n")] != '\0' && strlen (text) == length)
        return TRUE;
    }

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
               "event must be text that names an event");

  return FALSE;
}

void
fermata_dag_begin_listening (FermataMoment *moment,
                             FermataFrame  *frame,
                             guint          node)
{
  fermata_index_set_add (&frame->listening, node);
  find_candidate (moment, frame, node, moment->events.first);
}

void
fermata_dag_stop_listening (FermataFrame *frame,
                            guint         node)
{
  fermata_index_set_remove (&frame->listening, node);
  fermata_index_set_remove (&frame->hearing, node);
}

/* An event has come: it is the candidate of those that had none. */
static void
fermata_dag_hear (FermataMoment *moment,
                  FermataFrame  *frame,
                  guint32        slot)
{
  guint node = fermata_index_set_get_lowest (&frame->listening);

  for (; node != FERMATA_INDEX_NONE; node = fermata_index_set_next (&frame->listening, node + 1))
    {
      if (!fermata_index_set_contains (&frame->hearing, node)
          && is_for (moment, slot, descriptors_of (frame, node)))
        set_candidate (frame, node, slot);
    }
}

/* An event is about to go: those whose candidate it was look for the next. */
static void
fermata_dag_lose (FermataMoment *moment,
                  FermataFrame  *frame,
                  guint32        slot)
{
  guint32 next = fermata_event_queue_peek (&moment->events, slot)->next;
  guint node = fermata_index_set_get_lowest (&frame->hearing);

  for (; node != FERMATA_INDEX_NONE; node = fermata_index_set_next (&frame->hearing, node + 1))
    {
      if (get_candidate (frame, node) == slot)
        find_candidate (moment, frame, node, next);
    }
}

/* All frames, the root first. */
static FermataFrame *
next_frame (FermataMoment *moment,
            FermataFrame  *frame)
{
  guint32 number;
  gpointer next;

  return fermata_trie_next (&moment->frames, frame->number + 1, FERMATA_TRIE_ANY, &number, &next)
         ? next : NULL;
}

static gboolean
has_listener (FermataFrame *frame,
              const char   *name)
{
  guint node = fermata_index_set_get_lowest (&frame->listening);

  for (; node != FERMATA_INDEX_NONE; node = fermata_index_set_next (&frame->listening, node + 1))
    {
      if (!fermata_index_set_contains (&frame->hearing, node)
          && fermata_event_name_matches (name, descriptors_of (frame, node)))
        return TRUE;
    }

  return FALSE;
}

/* Whether some node waits for it that has nothing better to look at. */
static gboolean
is_awaited (FermataMoment *moment,
            FermataValue  *event)
{
  const char *name = fermata_value_get_string (fermata_value_get_member (event, "name"), NULL);

  for (FermataFrame *frame = moment->root; frame != NULL; frame = next_frame (moment, frame))
    {
      if (frame->listening.n_members > 0 && has_listener (frame, name))
        return TRUE;
    }

  return FALSE;
}

void
fermata_dag_apply_received (FermataMoment      *moment,
                            const FermataEvent *event,
                            gboolean            heard)
{
  guint32 slot;

  if (heard && !is_awaited (moment, event->payload))
    return;

  slot = fermata_event_queue_add (&moment->events, event->payload, moment->number);

  if (slot == FERMATA_EVENT_QUEUE_NONE)
    return;

  for (FermataFrame *frame = moment->root; frame != NULL; frame = next_frame (moment, frame))
    {
      if (frame->listening.n_members == 0)
        continue;

      frame = fermata_moment_write_frame (moment, frame->number);
      fermata_dag_hear (moment, frame, slot);
      fermata_moment_note_frame (moment, frame);
    }
}

static void
take (FermataMoment *moment,
      guint32        slot)
{
  for (FermataFrame *frame = moment->root; frame != NULL; frame = next_frame (moment, frame))
    {
      if (frame->hearing.n_members == 0)
        continue;

      frame = fermata_moment_write_frame (moment, frame->number);
      fermata_dag_lose (moment, frame, slot);
      fermata_moment_note_frame (moment, frame);
    }
  fermata_event_queue_remove (&moment->events, slot);
}

/* All that are kept, oldest first. */
void
fermata_dag_take_kept (FermataMoment *moment,
                       void         (*func) (FermataValue *event,
                                             guint64       number,
                                             gpointer      user_data),
                       gpointer       user_data)
{
  while (moment->events.n_events > 0)
    {
      guint32 slot = moment->events.first;
      const FermataQueuedEvent *event = fermata_event_queue_peek (&moment->events, slot);

      func (event->event, event->number, user_data);
      take (moment, slot);
    }
}

static FermataValue *
data_of (FermataMoment *moment,
         guint32        slot)
{
  const FermataQueuedEvent *event = fermata_event_queue_peek (&moment->events, slot);
  FermataValue *data = fermata_value_get_member (event->event, "data");

  return data == NULL ? fermata_value_new_null () : fermata_value_ref (data);
}

/* The node's attempt is over. */
static void
set_end (FermataFrame       *frame,
         FermataEvent       *end,
         const FermataEvent *event,
         FermataEventKind    kind,
         FermataValue       *payload)
{
  fermata_dag_stop_listening (frame, event->place);
  *end = *event;
  end->kind = kind;
  end->attempt = fermata_frame_read_node (frame, event->place).attempt;
  end->payload = payload;
}

gboolean
fermata_dag_apply_heard (FermataMoment      *moment,
                         FermataFrame       *frame,
                         const FermataEvent *event,
                         FermataEvent       *end)
{
  guint node = event->place;
  guint32 slot;

  if (!fermata_index_set_contains (&frame->listening, node))
    return FALSE;

  /* It ends without an event. */
  if (event->kind == FERMATA_EVENT_NODE_CANCELLING)
    {
      set_end (frame, end, event, FERMATA_EVENT_TASK_CANCELLED, NULL);
      return TRUE;
    }
  if (event->kind == FERMATA_EVENT_EVENT_FAILED)
    {
      FermataValue *error = fermata_value_get_member (event->payload, "error");

      set_end (frame, end, event, FERMATA_EVENT_TASK_FAILED, fermata_value_ref (error));
      return TRUE;
    }

  if (!fermata_index_set_contains (&frame->hearing, node))
    return FALSE;

  slot = get_candidate (frame, node);
  if (event->kind == FERMATA_EVENT_EVENT_REFUSED)
    {
      find_candidate (moment, frame, node, fermata_event_queue_peek (&moment->events, slot)->next);
      return FALSE;
    }

  set_end (frame, end, event, FERMATA_EVENT_TASK_COMPLETED, data_of (moment, slot));
  take (moment, slot);

  return TRUE;
}

/* Deciding */

/* What a frame's expressions see, and `event`. */
typedef struct {
  FermataFrameScope frame;
  FermataValue *(*lookup) (FermataScope      *scope,
                           const char *const *path,
                           guint              n_path,
                           guint             *n_used,
                           GError           **error);
  FermataValue *event;
} EventScope;

static FermataValue *
lookup_event (FermataScope      *scope,
              const char *const *path,
              guint              n_path,
              guint             *n_used,
              GError           **error)
{
  EventScope *self = (EventScope *) scope;

  if (!g_str_equal (path[0], "event"))
    return self->lookup (scope, path, n_path, n_used, error);

  *n_used = 1;

  return fermata_value_ref (self->event);
}

static FermataValue *
number_payload (guint64       number,
                FermataValue *error)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  if (number > 0)
    fermata_value_builder_set_integer (builder, "event", number);
  if (error != NULL)
    fermata_value_builder_set (builder, "error", error);

  return fermata_value_builder_end (builder);
}

gboolean
fermata_dag_decide_heard (FermataMoment *moment,
                          FermataFrame  *frame,
                          guint          node,
                          FermataEvent  *event)
{
  const FermataQueuedEvent *queued = fermata_event_queue_peek (&moment->events,
                                                               get_candidate (frame, node));
  FermataExpression *when = fermata_plan_get_expression (frame->plan, node, "when");
  guint attempt = fermata_frame_read_node (frame, node).attempt;
  FermataEventKind kind = FERMATA_EVENT_EVENT_TAKEN;
  g_autoptr (FermataValue) problem = NULL;
  g_autoptr (GError) error = NULL;
  gboolean holds = TRUE;
  EventScope scope;

  if (when != NULL)
    {
      fermata_frame_scope_init (&scope.frame, moment, frame, node, FERMATA_INDEX_NONE);
      scope.lookup = scope.frame.parent.lookup;
      scope.frame.parent.lookup = lookup_event;
      scope.event = queued->event;
      if (!fermata_expression_test (when, &scope.frame.parent, &holds, &error))
        {
          g_prefix_error (&error, "when: ");
          problem = fermata_dag_error_value (frame, node, error);
          kind = FERMATA_EVENT_EVENT_FAILED;
        }
      else if (!holds)
        {
          kind = FERMATA_EVENT_EVENT_REFUSED;
        }
    }

  return fermata_dag_decision (frame, event, kind, node, attempt,
                               number_payload (queued->number, problem));
}

/* The first that waits for what cannot come any more. While one of them has a
 * time limit something may still happen. */
static guint
find_hopeless (FermataFrame *frame)
{
  guint first = fermata_index_set_get_lowest (&frame->listening);

  for (guint node = first; node != FERMATA_INDEX_NONE;
       node = fermata_index_set_next (&frame->listening, node + 1))
    {
      FermataNodeRecord record = fermata_frame_read_node (frame, node);

      if (fermata_node_record_get_timeout (&record) >= 0)
        return FERMATA_INDEX_NONE;
    }

  return first;
}

gboolean
fermata_dag_decide_unheard (FermataMoment *moment,
                            FermataFrame  *frame,
                            FermataEvent  *event)
{
  guint node = moment->events_closed ? find_hopeless (frame) : FERMATA_INDEX_NONE;
  g_autoptr (FermataValue) error = NULL;
  g_autofree char *message = NULL;

  if (node == FERMATA_INDEX_NONE)
    return FALSE;

  message = g_strdup_printf ("It waits for the event “%s”, which nobody can send any more",
                             descriptors_of (frame, node));
  error = fermata_error_value_new (FERMATA_ERROR_KIND_DEADLOCK, message,
                                   frame->plan->nodes[node].id, NULL);

  return fermata_dag_decision (frame, event, FERMATA_EVENT_EVENT_FAILED, node,
                               fermata_frame_read_node (frame, node).attempt,
                               number_payload (0, error));
}
