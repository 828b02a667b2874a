/* fermata-search-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "debugger/fermata-points-private.h"
#include "debugger/fermata-step-private.h"
#include "engine/history/fermata-history.h"

G_BEGIN_DECLS

/*
 * Looks for where a step, or a breakpoint, would have stopped, in the history of a
 * run: forwards from a moment event by event, backwards block by block, each of
 * which is gone through forwards. Bounded work a call.
 */
typedef struct {
  FermataHistory *history;
  FermataPoints *points;
  gboolean is_backwards;
  guint64 from;

  /* Where it stops: @step, or a breakpoint, or @target. */
  FermataStep step;
  FermataPointPlace target;

  /* What the moment at @from was about to do, so that a step does it. */
  FermataHoldPoint skipped;

  /* How far it is: @moment is the one after the last event that was looked at,
   * and before the end of the block. */
  FermataMoment *moment;
  guint64 block;
  guint64 block_end;

  /* The last hold since the last decision, and before what. */
  guint64 hold_number;
  FermataHoldPoint hold;

  /* What was found: the last one in the block. */
  gboolean has_found;
  guint64 number;
  guint32 frame;
  FermataBreakpoint *breakpoint;
  char *problem;
} FermataSearch;

typedef enum {
  FERMATA_SEARCH_GOES_ON,
  FERMATA_SEARCH_FOUND,
  FERMATA_SEARCH_FOUND_NOTHING,
} FermataSearchResult;

/* From the moment @from (transfer none); takes over what @step holds. */
FermataSearch       *fermata_search_new  (FermataHistory *history,
                                          FermataPoints  *points,
                                          FermataMoment  *from,
                                          FermataStep    *step,
                                          gboolean        is_backwards);
void                 fermata_search_free (FermataSearch  *self);

/* Goes on until something is found, or until @end on the monotonic clock. */
FermataSearchResult  fermata_search_run  (FermataSearch  *self,
                                          gint64          end);

G_END_DECLS
