/* fermata-places-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-line-index-private.h"
#include "value/fermata-places.h"
#include "value/fermata-scanner-private.h"

G_BEGIN_DECLS

/* The table is an array of words of 32 bits. Each array or object that is not
 * empty has a block in it; a block's number is where it begins.
 *
 *   array:   n, then for each element: offset, block
 *   object:  n, then for each member: offset of the name, offset, block,
 *            then, if there are too many to search, an index: an open hash
 *            table from names to places in that order + 1
 *
 * Offsets are into the text. The block of a scalar, or of an empty container,
 * is 0, where none begins. The names themselves stay in the text. */
struct _FermataPlaces {
  gatomicrefcount ref_count;
  char *text;
  FermataLineIndex *lines;
  guint32 *table;
  guint32 root_offset;
  guint32 root_block;
};

#define FERMATA_PLACES_ELEMENT_WORDS 2
#define FERMATA_PLACES_MEMBER_WORDS 3

/* So that offsets and the table's own indices fit in 32 bits. */
#define FERMATA_PLACES_MAX_SIZE ((gsize) 1 << 30)

/* Takes all tokens of a scanner that was just made. NULL if there is an error,
 * which the scanner has. */
FermataPlaces *fermata_places_new    (FermataScanner *scanner);

/* A valid string, at its @quote, as what it says: in @scratch if it has
 * escapes. */
const char    *fermata_places_decode (const char     *quote,
                                      GString        *scratch,
                                      gsize          *length);

G_END_DECLS
