/* fermata-step.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "debugger/fermata-step-private.h"

static GArray *
list_frames (FermataMoment *moment,
             guint32        number)
{
  GArray *frames = g_array_new (FALSE, FALSE, sizeof (guint32));
  FermataFrame *frame = fermata_moment_get_frame (moment, number);

  while (frame != NULL)
    {
      g_array_append_val (frames, frame->number);
      frame = frame->parent == FERMATA_FRAME_NONE ? NULL
                                                  : fermata_moment_get_frame (moment, frame->parent);
    }
  if (frames->len == 0)
    g_array_set_size (frames, 1);

  return frames;
}

void
fermata_step_init (FermataStep     *self,
                   FermataStepUnit  unit,
                   FermataMoment   *moment,
                   guint32          frame)
{
  self->unit = unit;
  self->frames = unit == FERMATA_STEP_OVER || unit == FERMATA_STEP_OUT ? list_frames (moment, frame) : NULL;
}

void
fermata_step_clear (FermataStep *self)
{
  g_clear_pointer (&self->frames, g_array_unref);
  self->unit = FERMATA_STEP_NONE;
}

static gboolean
is_among (const FermataStep *self,
          guint              first,
          guint32            frame)
{
  for (guint i = first; i < self->frames->len; i++)
    {
      if (g_array_index (self->frames, guint32, i) == frame)
        return TRUE;
    }

  return FALSE;
}

/* Whether a microstep begins that is not the first that follows from an event
 * from outside. */
static gboolean
is_further_microstep (FermataMoment      *moment,
                      const FermataEvent *decision)
{
  FermataFrame *frame = fermata_moment_get_frame (moment, decision->frame);
  const FermataMachine *machine = frame == NULL ? NULL : frame->machine;

  if (machine == NULL)
    return FALSE;

  return machine->phase == FERMATA_MACHINE_SELECTING
         || (machine->phase == FERMATA_MACHINE_MATCHING
             && machine->event_type != FERMATA_MACHINE_EVENT_EXTERNAL);
}

static gboolean
is_over_stop (FermataMoment      *moment,
              const FermataEvent *decision)
{
  switch ((guint) decision->kind)
    {
    case FERMATA_EVENT_NODE_STARTED:
    case FERMATA_EVENT_NODE_COMPLETED:
    case FERMATA_EVENT_NODE_GIVEN:
    case FERMATA_EVENT_NODE_FAILED:
    case FERMATA_EVENT_NODE_RECOVERED:
    case FERMATA_EVENT_NODE_RETRYING:
    case FERMATA_EVENT_NODE_CANCELLED:
    case FERMATA_EVENT_MACHINE_FAILED:
      return TRUE;

    case FERMATA_EVENT_STEP_ASKED:
    case FERMATA_EVENT_EDGE_TAKEN:
      return is_further_microstep (moment, decision);

    default:
      return FALSE;
    }
}

gboolean
fermata_step_stops_before (const FermataStep  *self,
                           FermataMoment      *moment,
                           const FermataEvent *decision)
{
  switch (self->unit)
    {
    case FERMATA_STEP_INTO:
      return fermata_event_kind_get_place_kind (decision->kind) != FERMATA_PLACE_KIND_RUN;

    case FERMATA_STEP_OVER:
      return is_among (self, 0, decision->frame) && is_over_stop (moment, decision);

    case FERMATA_STEP_OUT:
      return fermata_event_kind_get_place_kind (decision->kind) != FERMATA_PLACE_KIND_RUN
             && is_among (self, 1, decision->frame)
             && fermata_moment_get_frame (moment, g_array_index (self->frames, guint32, 0)) == NULL;

    case FERMATA_STEP_NONE:
    case FERMATA_STEP_TO:
    default:
      return FALSE;
    }
}

/* A machine waits since that event. Frames of tasks that are left change nothing
 * in what it is doing. */
static gboolean
is_idle_after (FermataMoment      *moment,
               const FermataEvent *event)
{
  FermataFrame *frame;

  if (event->kind == FERMATA_EVENT_FRAME_LEFT
      || (event->kind != FERMATA_EVENT_VETOED && !fermata_step_is_decision (event))
      || fermata_event_kind_get_place_kind (event->kind) == FERMATA_PLACE_KIND_RUN)
    return FALSE;

  frame = fermata_moment_get_frame (moment, event->frame);

  return frame != NULL && frame->machine != NULL && frame->machine->phase == FERMATA_MACHINE_IDLE;
}

gboolean
fermata_step_stops_after (const FermataStep  *self,
                          FermataMoment      *moment,
                          const FermataEvent *event)
{
  FermataEvent next;

  if ((self->unit != FERMATA_STEP_OVER && self->unit != FERMATA_STEP_INTO)
      || moment->state != FERMATA_RUN_STATE_RUNNING || !is_idle_after (moment, event)
      || (self->unit == FERMATA_STEP_OVER && !is_among (self, 0, event->frame)))
    return FALSE;

  /* Where it stops before what follows at once, that is the same place. */
  return !fermata_step_foresee (moment, &next) || !fermata_step_stops_before (self, moment, &next);
}

gboolean
fermata_step_foresee (FermataMoment *moment,
                      FermataEvent  *decision)
{
  g_autoptr (FermataMoment) free = fermata_moment_copy (moment);
  gboolean decided;

  free->held = FALSE;
  decided = fermata_moment_decide (free, decision);
  if (decided)
    g_clear_pointer (&decision->payload, fermata_value_unref);

  return decided;
}
