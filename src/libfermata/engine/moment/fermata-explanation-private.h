/* fermata-explanation-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-explanation.h"
#include "engine/moment/fermata-frame-scope-private.h"

G_BEGIN_DECLS

/* What is decisive for a node: a word, and the edge that it is about, or
 * FERMATA_INDEX_NONE. */
typedef struct {
  const char *reason;
  guint32 edge;
} FermataReason;

FermataReason fermata_explain_reason    (FermataMoment *moment,
                                         FermataFrame  *frame,
                                         guint          node);

/* From @node on, what each waits for or ended by, down to what is decisive. */
FermataValue *fermata_explain_causes    (FermataMoment *moment,
                                         FermataFrame  *frame,
                                         guint          node);

/* The incoming edges, with their conditions as they are now. */
FermataValue *fermata_explain_edges     (FermataMoment *moment,
                                         FermataFrame  *frame,
                                         guint          node);

/* Of a state machine: whether the state is active, which edges lead to it, and
 * what becomes of the event at hand. */
FermataValue *fermata_explain_state     (FermataMoment *moment,
                                         FermataFrame  *frame,
                                         guint          state);
FermataValue *fermata_explain_state_of_plan (FermataPlan *plan,
                                             guint        state);

/* The values of the names in an expression, as an object by path. */
FermataValue *fermata_explain_names     (FermataExpression *when,
                                         FermataScope      *scope);

/* What both sorts of explanation say of an edge. */
void          fermata_explain_edge_text (FermataPlan         *plan,
                                         guint                edge,
                                         FermataValueBuilder *builder);
const char   *fermata_explain_join      (const FermataPlanNode *node);

G_END_DECLS
