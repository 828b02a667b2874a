/* fermata-step-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-moment-private.h"

G_BEGIN_DECLS

/*
 * Where steps stop: docs/semantics.md, “Stepping”. The same rules serve a run that
 * goes on and a history that is searched, in both directions: all they look at
 * is a moment and the event before or behind it.
 */

typedef enum {
  FERMATA_STEP_NONE,
  FERMATA_STEP_INTO,
  FERMATA_STEP_OVER,
  FERMATA_STEP_OUT,

  /* To a place, or a breakpoint */
  FERMATA_STEP_TO,
} FermataStepUnit;

/* @frames are the frame that it is about and those around it, innermost first. */
typedef struct {
  FermataStepUnit unit;
  GArray *frames;
} FermataStep;

void     fermata_step_init         (FermataStep        *self,
                                    FermataStepUnit     unit,
                                    FermataMoment      *moment,
                                    guint32             frame);
void     fermata_step_clear        (FermataStep        *self);

/* Whether it stops at @moment, before @decision. */
gboolean fermata_step_stops_before (const FermataStep  *self,
                                    FermataMoment      *moment,
                                    const FermataEvent *decision);

/* Whether it stops at @moment, which is the one after @event: there is nothing
 * to be decided next before which it could. */
gboolean fermata_step_stops_after  (const FermataStep  *self,
                                    FermataMoment      *moment,
                                    const FermataEvent *event);

/* What @moment would decide if it were not held; its payload is not set. */
gboolean fermata_step_foresee      (FermataMoment      *moment,
                                    FermataEvent       *decision);

static inline gboolean
fermata_step_is_decision (const FermataEvent *event)
{
  return fermata_event_kind_get_class (event->kind) == FERMATA_EVENT_CLASS_DECISION;
}

/* Of the same frame, place and kind. */
static inline gboolean
fermata_step_is_same (const FermataHoldPoint *point,
                      const FermataEvent     *decision)
{
  return point->is_set && point->frame == decision->frame && point->place == decision->place
         && point->kind == decision->kind;
}

G_END_DECLS
