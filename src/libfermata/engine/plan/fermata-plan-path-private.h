/* fermata-plan-path-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/plan/fermata-plan-private.h"

G_BEGIN_DECLS

/* In place of an index: whichever frame. */
#define FERMATA_PATH_EVERY G_MAXUINT32

/* Into frames of @plan, a body of the node @owner: the one with an index, or every.
 * Where a node has several bodies, the index is that of the body. */
typedef struct {
  guint32 owner;
  guint32 index;
  FermataPlan *plan;
} FermataPathStep;

/*
 * What a path names before there is any frame: a node, in some or all frames of
 * the nodes around it; or, with FERMATA_INDEX_NONE for @node, frames as a whole.
 *
 *     each/2/double   double in the frame of each with the index 2
 *     each/double     double in every frame of each
 *     each/2          that frame
 *
 * A number behind a node with many frames is an index. @plan is that of the node
 * or frame.
 */
typedef struct {
  GArray *steps;
  FermataPlan *plan;
  guint32 node;
} FermataPath;

FermataPath *fermata_path_parse (FermataPlan        *root,
                                 const char         *text,
                                 GError            **error);
void         fermata_path_free  (FermataPath        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataPath, fermata_path_free)

/* The bodies of a node that may have several, by index; NULL where there are no
 * more. Of any other node the one that it has. */
FermataPlan *fermata_path_get_body (const FermataPlanNode *owner,
                                    guint                  index);

/* The name of one of several; NULL of one that is alone. */
const char  *fermata_path_get_body_name (const FermataPlanNode *owner,
                                         guint                  index);
gboolean     fermata_path_find_body     (const FermataPlanNode *owner,
                                         const char            *name,
                                         guint32               *index);

G_END_DECLS
