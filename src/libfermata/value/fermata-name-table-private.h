/* fermata-name-table-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-shape-private.h"

G_BEGIN_DECLS

/* The names and the shapes that one text has been seen to use, while it is
 * read, so that equal ones are shared. Everything it gives belongs to it. */
typedef struct _FermataNameTable FermataNameTable;

/* A shape, and what was last seen as the value of each of its members: the
 * shape of that object, or of the objects in that array. An object like the
 * one before it is then read without hashing its names. */
typedef struct _FermataShapeNote FermataShapeNote;

struct _FermataShapeNote {
  FermataShape *shape;
  guint32 hash;
  FermataShapeNote *members[];
};

FermataNameTable *fermata_name_table_new       (void);
void              fermata_name_table_free      (FermataNameTable  *self);
FermataKey       *fermata_name_table_get_key   (FermataNameTable  *self,
                                                const char        *name,
                                                gsize              length);

/* Objects with more members are not expected to be alike. */
#define FERMATA_NAME_TABLE_MAX_SHARED 256

/* The shape of these keys, which are from this table, at least one and at most
 * FERMATA_NAME_TABLE_MAX_SHARED. NULL if one of them occurs twice. */
FermataShapeNote *fermata_name_table_get_shape (FermataNameTable  *self,
                                                FermataKey *const *keys,
                                                gsize              n_keys);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataNameTable, fermata_name_table_free)

G_END_DECLS
