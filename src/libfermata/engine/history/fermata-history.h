/* fermata-history.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/history/fermata-event.h"
#include "engine/moment/fermata-moment.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_EVENT_VIEW (fermata_event_view_get_type ())

/**
 * FermataEventView:
 *
 * An event of a history as an object, for lists. Made when somebody looks.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataEventView, fermata_event_view, FERMATA, EVENT_VIEW, GObject)

FERMATA_EXTERN
guint64             fermata_event_view_get_number  (FermataEventView *self);
FERMATA_EXTERN
gint64              fermata_event_view_get_time    (FermataEventView *self);
FERMATA_EXTERN
FermataEventKind    fermata_event_view_get_kind    (FermataEventView *self);
FERMATA_EXTERN
guint               fermata_event_view_get_frame   (FermataEventView *self);
FERMATA_EXTERN
guint               fermata_event_view_get_attempt (FermataEventView *self);
FERMATA_EXTERN
char               *fermata_event_view_dup_place   (FermataEventView *self);
FERMATA_EXTERN
FermataValue       *fermata_event_view_get_payload (FermataEventView *self);
FERMATA_EXTERN
FermataValue       *fermata_event_view_to_value    (FermataEventView *self);

#define FERMATA_TYPE_HISTORY (fermata_history_get_type ())

/**
 * FermataHistory:
 *
 * The events of a run, in order, and with them every moment of it. A list
 * model of #FermataEventView. Events are only ever added, and perhaps dropped at
 * the beginning (fermata_history_set_retention()).
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataHistory, fermata_history, FERMATA, HISTORY, GObject)

FERMATA_EXTERN
FermataHistory     *fermata_history_new            (FermataPlan        *plan);
FERMATA_EXTERN
FermataPlan        *fermata_history_get_plan       (FermataHistory     *self);
FERMATA_EXTERN
guint64             fermata_history_get_n_events   (FermataHistory     *self);

/* What is older than the last so many events may be dropped; 0: nothing. */
FERMATA_EXTERN
void                fermata_history_set_retention  (FermataHistory     *self,
                                                    guint64             n_events);
FERMATA_EXTERN
guint64             fermata_history_get_first      (FermataHistory     *self);

/* The event @number, from 1; valid as long as it is kept (transfer none). */
FERMATA_EXTERN
const FermataEvent *fermata_history_get_event      (FermataHistory     *self,
                                                    guint64             number);

/* Adds an event (its payload transfer full), without looking at it. */
FERMATA_EXTERN
void                fermata_history_append         (FermataHistory     *self,
                                                    const FermataEvent *event);

/* The state after event @number (transfer full): 0 is before the first. */
FERMATA_EXTERN
FermataMoment      *fermata_history_dup_moment     (FermataHistory     *self,
                                                    guint64             number);

/* The same, and what is wrong with a number of which there is nothing (any
 * more). */
FERMATA_EXTERN
FermataMoment      *fermata_history_find_moment    (FermataHistory     *self,
                                                    guint64             number,
                                                    GError            **error);
FERMATA_EXTERN
FermataEventView   *fermata_history_find_event     (FermataHistory     *self,
                                                    guint64             number,
                                                    GError            **error);

/* Which states a machine has visited, when, and what came of it. */
FERMATA_EXTERN
FermataValue       *fermata_history_dup_visits     (FermataHistory     *self,
                                                    guint               frame,
                                                    const char         *state);

/* Whether the same facts, at the same places, give the same decisions: decides
 * anew and compares. On FALSE, @number is the first event that differs. */
FERMATA_EXTERN
gboolean            fermata_history_verify         (FermataHistory     *self,
                                                    guint64            *number,
                                                    GError            **error);

G_END_DECLS
