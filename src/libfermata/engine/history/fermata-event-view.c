/* fermata-event-view.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/history/fermata-event-codec.h"
#include "engine/history/fermata-history-private.h"

struct _FermataEventView {
  GObject parent_instance;

  FermataHistory *history;
  guint64 number;

  /* Its own: the history may drop it. */
  FermataEvent event;
};

G_DEFINE_FINAL_TYPE (FermataEventView, fermata_event_view, G_TYPE_OBJECT)

static void
fermata_event_view_finalize (GObject *object)
{
  FermataEventView *self = FERMATA_EVENT_VIEW (object);

  g_clear_pointer (&self->event.payload, fermata_value_unref);
  g_object_unref (self->history);

  G_OBJECT_CLASS (fermata_event_view_parent_class)->finalize (object);
}

static void
fermata_event_view_class_init (FermataEventViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_event_view_finalize;
}

static void
fermata_event_view_init (FermataEventView *self)
{
}

FermataEventView *
fermata_event_view_new (FermataHistory *history,
                        guint64         number)
{
  FermataEventView *self = g_object_new (FERMATA_TYPE_EVENT_VIEW, NULL);

  self->history = g_object_ref (history);
  self->number = number;
  self->event = *fermata_history_get_event (history, number);
  if (self->event.payload != NULL)
    fermata_value_ref (self->event.payload);

  return self;
}

static const FermataEvent *
event_of (FermataEventView *self)
{
  return &self->event;
}

/**
 * fermata_event_view_get_number:
 * @self: an event
 *
 * Tells its position in the history.
 *
 * Returns: from 1
 */
guint64
fermata_event_view_get_number (FermataEventView *self)
{
  g_return_val_if_fail (FERMATA_IS_EVENT_VIEW (self), 0);

  return self->number;
}

/**
 * fermata_event_view_get_time:
 * @self: an event
 *
 * Tells when it happened.
 *
 * Returns: microseconds on the run's clock
 */
gint64
fermata_event_view_get_time (FermataEventView *self)
{
  g_return_val_if_fail (FERMATA_IS_EVENT_VIEW (self), 0);

  return event_of (self)->time;
}

/**
 * fermata_event_view_get_kind:
 * @self: an event
 *
 * Tells what happened.
 *
 * Returns: the kind
 */
FermataEventKind
fermata_event_view_get_kind (FermataEventView *self)
{
  g_return_val_if_fail (FERMATA_IS_EVENT_VIEW (self), FERMATA_EVENT_TICK);

  return event_of (self)->kind;
}

/**
 * fermata_event_view_get_frame:
 * @self: an event
 *
 * Tells in which frame it happened.
 *
 * Returns: the number of a frame
 */
guint
fermata_event_view_get_frame (FermataEventView *self)
{
  g_return_val_if_fail (FERMATA_IS_EVENT_VIEW (self), 0);

  return event_of (self)->frame;
}

/**
 * fermata_event_view_get_attempt:
 * @self: an event
 *
 * Tells to which attempt of its node it belongs.
 *
 * Returns: from 1; 0 where it belongs to none
 */
guint
fermata_event_view_get_attempt (FermataEventView *self)
{
  g_return_val_if_fail (FERMATA_IS_EVENT_VIEW (self), 0);

  return event_of (self)->attempt;
}

/**
 * fermata_event_view_dup_place:
 * @self: an event
 *
 * Names where it happened. In a body, the ids of the nodes around it come
 * first: `orders/double`.
 *
 * Returns: (transfer full) (nullable): the id of a node or the name of an
 *   edge; %NULL for the run
 */
char *
fermata_event_view_dup_place (FermataEventView *self)
{
  const FermataEvent *event;
  FermataPlan *plan;

  g_return_val_if_fail (FERMATA_IS_EVENT_VIEW (self), NULL);

  event = event_of (self);
  plan = fermata_history_get_plan (self->history);
  switch (fermata_event_kind_get_place_kind (event->kind))
    {
    case FERMATA_PLACE_KIND_NODE:
    case FERMATA_PLACE_KIND_EDGE:
    case FERMATA_PLACE_KIND_ANY:
      return fermata_plan_dup_place_name (plan, event->place);

    case FERMATA_PLACE_KIND_RUN:
    case FERMATA_PLACE_KIND_FRAME:
    default:
      return NULL;
    }
}

/**
 * fermata_event_view_get_payload:
 * @self: an event
 *
 * Gives what belongs to it.
 *
 * Returns: (transfer none) (nullable): the payload
 */
FermataValue *
fermata_event_view_get_payload (FermataEventView *self)
{
  g_return_val_if_fail (FERMATA_IS_EVENT_VIEW (self), NULL);

  return event_of (self)->payload;
}

/**
 * fermata_event_view_to_value:
 * @self: an event
 *
 * Writes it as a value.
 *
 * Returns: (transfer full): an object
 */
FermataValue *
fermata_event_view_to_value (FermataEventView *self)
{
  g_return_val_if_fail (FERMATA_IS_EVENT_VIEW (self), NULL);

  return fermata_event_to_value (event_of (self), self->number, fermata_history_get_plan (self->history));
}
