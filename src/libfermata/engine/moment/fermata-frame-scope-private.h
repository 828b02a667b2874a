/* fermata-frame-scope-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-task-error.h"
#include "engine/moment/fermata-moment-private.h"
#include "expression/fermata-scope.h"
#include "value/fermata-value-builder.h"

G_BEGIN_DECLS

/* The names that an expression of a frame can see. `input` is @node's; with
 * @output set, `output` is the value of that node. The rest is filled in after
 * fermata_frame_scope_init () where it is wanted: @attempt instead of that of
 * the node, @error, @output_value instead of the node's output, what
 * @variables and @state point at instead of the moment's, @event, @iteration
 * instead of that of the frame. */
typedef struct {
  FermataScope parent;
  FermataMoment *moment;
  FermataFrame *frame;
  guint32 node;
  guint32 output;
  guint attempt;
  FermataValue *error;
  FermataValue *output_value;
  FermataValue **variables;
  FermataValue **state;
  FermataValue *event;
  FermataValue *iteration;
} FermataFrameScope;

void          fermata_frame_scope_init      (FermataFrameScope *self,
                                             FermataMoment     *moment,
                                             FermataFrame      *frame,
                                             guint              node,
                                             guint              output);

/* As expressions of a place see it: a node, an edge, or FERMATA_PLACE_RUN. FALSE with
 * @error set if the frame is not under way, or has no such place. Then what the
 * decision before which it is asked says: it must outlive the scope. */
gboolean      fermata_frame_scope_init_at   (FermataFrameScope  *self,
                                             FermataMoment      *moment,
                                             guint32             number,
                                             guint32             place,
                                             GError            **error);
void          fermata_frame_scope_foresee   (FermataFrameScope  *self,
                                             const FermataEvent *decision);
FermataValue *fermata_frame_scope_dup_loop  (const FermataFrameScope *self);

/* In machines, and in what their states do (fermata-frame-scope-machine.c): NULL
 * where there are none. */
FermataValue *fermata_frame_scope_lookup_event    (FermataFrameScope *self);
FermataValue *fermata_frame_scope_lookup_function (FermataFrameScope *self,
                                             const char *const *path,
                                             guint              n_path,
                                             guint             *n_used);

FermataValue *fermata_frame_dup_input       (FermataFrame      *frame,
                                             guint              node);
FermataValue *fermata_frame_compute_result  (FermataMoment     *moment,
                                             FermataFrame      *frame,
                                             GError           **error);

G_END_DECLS
