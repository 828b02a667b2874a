/* fermata-passes-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/history/fermata-event.h"

G_BEGIN_DECLS

/* A decision that a run holds before, or that may pass. */
typedef struct {
  guint32 frame;
  guint32 place;
  guint16 kind;
  guint16 is_set;
} FermataHoldPoint;

/*
 * The decisions that may pass once each, though their places are armed. Mostly
 * none, rarely more than one: another decision may come between a release and
 * what it was for, and be held and released itself.
 *
 * Invariant: no two are the same.
 */
typedef struct {
  FermataHoldPoint *points;
  guint n_points;
} FermataPasses;

gboolean fermata_hold_point_equal (const FermataHoldPoint *a,
                                   const FermataHoldPoint *b);
void     fermata_passes_init_copy (FermataPasses          *self,
                                   const FermataPasses    *other);
void     fermata_passes_clear     (FermataPasses          *self);
gboolean fermata_passes_equal     (const FermataPasses    *a,
                                   const FermataPasses    *b);
void     fermata_passes_add       (FermataPasses          *self,
                                   const FermataHoldPoint *point);

/* Whether @event may pass, and whether it could: it may no more. */
gboolean fermata_passes_contain   (const FermataPasses    *self,
                                   const FermataEvent     *event);
gboolean fermata_passes_use       (FermataPasses          *self,
                                   const FermataEvent     *event);

G_END_DECLS
