/* fermata-places.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/**
 * FermataTextPosition:
 * @offset: bytes from the beginning of the text
 * @line: from 1
 * @column: in characters (Unicode code points), from 1
 *
 * A position in a text.
 */
typedef struct {
  gsize offset;
  guint line;
  guint column;
} FermataTextPosition;

/**
 * FermataPlaces:
 *
 * Where each value, and each member's name, of a JSON text begins. Made only
 * when somebody has to be told where something is; a lookup costs the depth
 * of the path, whatever the size of the text.
 */
typedef struct _FermataPlaces FermataPlaces;

#define FERMATA_TYPE_PLACES (fermata_places_get_type ())

FERMATA_EXTERN
GType          fermata_places_get_type       (void) G_GNUC_CONST;
FERMATA_EXTERN
FermataPlaces *fermata_places_ref            (FermataPlaces       *self);
FERMATA_EXTERN
void           fermata_places_unref          (FermataPlaces       *self);

/* @path is a JSON Pointer (RFC 6901). As much of it as exists is followed:
 * a missing member gives the place of the object that should have it, and
 * FALSE. With @of_name, the place of the last member's name instead of its
 * value's. */
FERMATA_EXTERN
gboolean       fermata_places_find           (FermataPlaces       *self,
                                              const char          *path,
                                              gboolean             of_name,
                                              FermataTextPosition *position);

/* The line and column of any byte of the text. */
FERMATA_EXTERN
void           fermata_places_locate         (FermataPlaces       *self,
                                              gsize                offset,
                                              FermataTextPosition *position);

/* The place of byte @inner_offset of the decoded string at @path: steps over
 * escapes. */
FERMATA_EXTERN
gboolean       fermata_places_find_in_string (FermataPlaces       *self,
                                              const char          *path,
                                              gsize                inner_offset,
                                              FermataTextPosition *position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataPlaces, fermata_places_unref)

G_END_DECLS
