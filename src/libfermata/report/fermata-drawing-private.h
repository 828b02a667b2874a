/* fermata-drawing-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "report/fermata-drawing.h"
#include "report/fermata-report-error.h"

G_BEGIN_DECLS

/*
 * What a drawing consists of. While it is read, `points` of a shape is its first
 * point's number, as the array of points still moves.
 */
typedef struct {
  double width;
  double height;
  GArray *elements; /* of FermataDrawingElement */
  GArray *shapes;   /* of FermataShape */
  GArray *points;   /* of FermataPoint */
  GStringChunk *texts;
  GHashTable *by_id; /* text -> element; owns neither */
} FermataDrawingParts;

void     fermata_drawing_parts_init  (FermataDrawingParts  *self);
void     fermata_drawing_parts_clear (FermataDrawingParts  *self);
gboolean fermata_drawing_parts_read  (FermataDrawingParts  *self,
                                      GBytes               *json,
                                      GError              **error);

G_END_DECLS
