/* fermata-statechart-execution-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-frame-scope-script-private.h"
#include "engine/statechart/fermata-statechart-private.h"

G_BEGIN_DECLS

/* Where a machine gets to in its actions, until something happens. @n_loops says how many
 * of the loops it is still in, @iteration what the innermost one's names are. */
typedef struct {
  FermataMoment *moment;
  FermataFrame *frame;
  FermataFrameScope scope;
  guint pc;
  guint n_loops;
  FermataValue *iteration;
} FermataStatechartExecution;

/* Always TRUE. @payload and @error are taken. */
gboolean      fermata_statechart_execution_decide (FermataStatechartExecution *self,
                                                   FermataEvent               *event,
                                                   FermataEventKind            kind,
                                                   FermataValue               *payload);
gboolean      fermata_statechart_execution_fail   (FermataStatechartExecution *self,
                                                   const char                 *what,
                                                   GError                     *error,
                                                   FermataEvent               *event);

/* In SCXML's data models (fermata-statechart-scxml.c): TRUE if something is decided by the
 * op, else it has moved on. */
gboolean      fermata_statechart_execute_scxml    (FermataStatechartExecution *self,
                                                   const FermataChartOp       *op,
                                                   FermataEvent               *event);

/* What an iteration changes: its item and its index (transfer full). NULL with @error
 * set if that cannot be. */
FermataValue *fermata_statechart_change_item      (FermataFrameScope          *scope,
                                                   const FermataChartScxml    *loop,
                                                   FermataValue               *items,
                                                   guint32                     index,
                                                   GError                    **error);

/* What is carried, set if it is anything. @problem: what was left out, or is empty, and
 * why (section 5.7 of the recommendation). FALSE with @error set if there is nothing to
 * go on with. */
gboolean      fermata_statechart_make_payload     (const FermataChartPayload  *payload,
                                                   FermataFrameScope          *scope,
                                                   FermataValue              **data,
                                                   FermataValue              **problem,
                                                   GError                    **error);

/* A text, where there is one (transfer full). */
gboolean      fermata_statechart_make_text        (const FermataChartText     *text,
                                                   FermataFrameScope          *scope,
                                                   const char                 *what,
                                                   FermataValue              **value,
                                                   GError                    **error);

G_END_DECLS
