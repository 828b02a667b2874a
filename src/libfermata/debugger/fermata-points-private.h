/* fermata-points-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "debugger/fermata-breakpoints.h"
#include "engine/moment/fermata-moment-private.h"
#include "engine/run/fermata-run.h"
#include "expression/fermata-template.h"

G_BEGIN_DECLS

/* What of its place a point is before. */
typedef enum {
  FERMATA_POINT_NOWHERE,
  FERMATA_POINT_STARTS,
  FERMATA_POINT_ENTERED,
  FERMATA_POINT_TAKEN,

  /* An edge without a condition has no event of its own: it is taken with the
   * end of its source, which is then what @place is. */
  FERMATA_POINT_DONE,
  FERMATA_POINT_FAILED,
} FermataPointKind;

typedef struct {
  FermataPointKind kind;
  guint32 place;
} FermataPointPlace;

/* A breakpoint in a plan. */
typedef struct _FermataPoint FermataPoint;

typedef struct _FermataPoints FermataPoints;

struct _FermataPoint {
  FermataPoints *owner;
  FermataBreakpoint *breakpoint;
  gulong notify_id;
  FermataPointPlace at;

  /* What its condition and its message see (a node or an edge), and what they
   * are, compiled when first needed. */
  guint32 seen_from;
  FermataExpression *condition;
  FermataTemplate *message;

  /* The next one at that place */
  FermataPoint *next;
};

/* The breakpoints of a list in the plan of one run: kept in step with the list. Their
 * places are armed. */
struct _FermataPoints {
  FermataRun *run;
  FermataBreakpoints *breakpoints;
  FermataEvaluator *evaluator;
  gulong changed_id;
  GPtrArray *points;

  /* By place, the first of those that are switched on */
  GHashTable *by_place;

  /* Breakpoints that have more to tell when nobody is in the middle of asking */
  GHashTable *touched;
};

/* Where a node or an edge is met; FALSE if the plan has none of that name.
 * @seen_from is optional. */
gboolean      fermata_point_place_find (FermataPlan         *plan,
                                        FermataPlaceKind     kind,
                                        const char          *name,
                                        FermataPointPlace   *at,
                                        guint32             *seen_from);
gboolean      fermata_point_place_fits (const FermataPointPlace *self,
                                        const FermataEvent  *decision);

void          fermata_points_init      (FermataPoints       *self,
                                        FermataRun          *run,
                                        FermataBreakpoints  *breakpoints,
                                        FermataEvaluator    *evaluator);
void          fermata_points_clear     (FermataPoints       *self);

/* Told by a breakpoint that does not hold. */
typedef struct {
  FermataBreakpoint *breakpoint;
  guint64 number;
  char *text;
} FermataPointMessage;

void          fermata_point_message_free (gpointer            message);

/*
 * What breakpoints have to say before a decision: the one that holds (transfer
 * none), NULL if none does. Where that is because its condition has no value,
 * @problem says why (transfer full), else it is NULL. @messages is NULL where it
 * is the past that is looked at: there nothing is counted, and nothing told.
 */
FermataBreakpoint *fermata_points_ask  (FermataPoints       *self,
                                        FermataMoment       *moment,
                                        const FermataEvent  *decision,
                                        GQueue              *messages,
                                        char               **problem);

/* Whoever watches breakpoints learns what has become of them since. */
void               fermata_points_settle (FermataPoints     *self);

G_END_DECLS
