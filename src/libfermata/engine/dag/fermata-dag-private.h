/* fermata-dag-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-frame-scope-private.h"

G_BEGIN_DECLS

gboolean fermata_dag_decide          (FermataMoment      *moment,
                                      FermataFrame       *frame,
                                      FermataEvent       *event);

/* Fills in @event; @payload is transfer full and nullable. Always TRUE. */
gboolean fermata_dag_decision        (FermataFrame       *frame,
                                      FermataEvent       *event,
                                      FermataEventKind    kind,
                                      guint               place,
                                      guint               attempt,
                                      FermataValue       *payload);

/* What follows from the end of an attempt. @value and @error are transfer
 * full. */
gboolean fermata_dag_decide_success  (FermataMoment      *moment,
                                      FermataFrame       *frame,
                                      guint               node,
                                      guint               attempt,
                                      FermataValue       *value,
                                      FermataEvent       *event);
gboolean fermata_dag_decide_failure  (FermataMoment      *moment,
                                      FermataFrame       *frame,
                                      guint               node,
                                      guint               attempt,
                                      FermataValue       *error,
                                      FermataEvent       *event);
gboolean fermata_dag_decide_settled  (FermataMoment      *moment,
                                      FermataFrame       *frame,
                                      FermataEvent       *event);

/* The start of a node that holds a place already, or is given one now. */
gboolean fermata_dag_decide_start    (FermataMoment      *moment,
                                      FermataFrame       *frame,
                                      guint               node,
                                      guint               attempt,
                                      FermataEvent       *event);

FermataValue *fermata_dag_error_value (FermataFrame      *frame,
                                       guint              node,
                                       const GError      *error);

/* Nodes that wait for events. */
void     fermata_dag_begin_listening (FermataMoment      *moment,
                                      FermataFrame       *frame,
                                      guint               node);
void     fermata_dag_stop_listening  (FermataFrame       *frame,
                                      guint               node);

/* Whether that ends the attempt: then as if @end had been told, whose payload
 * is transfer full. */
gboolean fermata_dag_apply_heard     (FermataMoment      *moment,
                                      FermataFrame       *frame,
                                      const FermataEvent *event,
                                      FermataEvent       *end);
gboolean fermata_dag_decide_heard    (FermataMoment      *moment,
                                      FermataFrame       *frame,
                                      guint               node,
                                      FermataEvent       *event);

/* Whether a node that is about to listen knows what for. */
gboolean fermata_dag_check_descriptors (FermataFrame     *frame,
                                        guint             node,
                                        FermataValue     *parameters,
                                        GError          **error);

/* Nodes that choose among their edges. */
gboolean fermata_dag_decide_route    (FermataMoment      *moment,
                                      FermataFrame       *frame,
                                      FermataValue       *value,
                                      FermataEvent       *event);
void     fermata_dag_apply_routed    (FermataFrame       *frame,
                                      const FermataEvent *event);
void     fermata_dag_end_passed_over (FermataMoment      *moment,
                                      FermataFrame       *frame,
                                      guint               node);

/* Edges */
void     fermata_dag_end_edge        (FermataMoment      *moment,
                                      FermataFrame       *frame,
                                      guint               edge,
                                      FermataEdgeStatus   outcome);
void     fermata_dag_end_node        (FermataMoment      *moment,
                                      FermataFrame       *frame,
                                      guint               node);
void     fermata_dag_go_to_condition (FermataMoment      *moment,
                                      FermataFrame       *frame,
                                      guint               node,
                                      guint               from);

/* Edges with `each` */
void     fermata_dag_make_ready       (FermataMoment           *moment,
                                       FermataFrame            *frame,
                                       guint                    node);
void     fermata_dag_make_owner_ready (FermataMoment           *moment,
                                       FermataFrame            *frame,
                                       guint                    node,
                                       const FermataNodeRecord *record);
void     fermata_dag_end_each_edge    (FermataMoment           *moment,
                                       FermataFrame            *frame,
                                       guint                    edge,
                                       FermataEdgeStatus        outcome);
void     fermata_dag_add_items        (FermataMoment           *moment,
                                       FermataFrame            *frame,
                                       const FermataEvent      *chunk);
void     fermata_dag_restart_items    (FermataMoment           *moment,
                                       FermataFrame            *frame,
                                       guint                    source);

/* Graphs that are run by a node, and how they end. */
gboolean fermata_dag_decide_graph  (FermataMoment       *moment,
                                    FermataFrame        *frame,
                                    guint                node,
                                    FermataEvent        *event);
gboolean fermata_dag_has_ended     (const FermataMoment *moment,
                                    const FermataFrame  *frame);
void     fermata_dag_conclude      (FermataMoment       *moment,
                                    FermataFrame        *frame,
                                    FermataValue       **output,
                                    FermataValue       **error);

/* Marks what will not run any more and what is to be ended: everything but `always`
 * nodes, or those too. Nothing more begins in the frame, and what runs ends. */
void     fermata_dag_close         (FermataMoment       *moment,
                                    FermataFrame        *frame,
                                    gboolean             everything);
void     fermata_dag_give_up       (FermataMoment       *moment,
                                    FermataFrame        *frame);

/* Loops: whether another round of `while` is to begin, or what was decided instead; a
 * node that ends an iteration (@value nullable). */
gboolean fermata_dag_goes_on       (FermataMoment       *moment,
                                    FermataFrame        *frame,
                                    guint                node,
                                    FermataEvent        *event);
void     fermata_dag_note_exit     (FermataMoment       *moment,
                                    FermataFrame        *frame,
                                    FermataExit          exit,
                                    FermataValue        *value);

/* Branches of which some are enough: a node has ended; whether as many have ended
 * well; what they gave, or the error (transfer full). */
void          fermata_dag_note_branch   (FermataMoment      *moment,
                                         FermataFrame       *frame,
                                         guint               node);
gboolean      fermata_dag_has_quorum    (const FermataFrame *frame);
FermataValue *fermata_dag_dup_branches  (FermataFrame       *frame);
FermataValue *fermata_dag_dup_no_quorum (const FermataFrame *frame);

/* A failure that nobody handled: the first one of a graph counts. What a node said
 * that is to be the result of its graph: likewise. */
void     fermata_dag_note_failure  (FermataMoment       *moment,
                                    FermataFrame        *frame,
                                    FermataValue        *error);
void     fermata_dag_note_return   (FermataMoment       *moment,
                                    FermataFrame        *frame,
                                    FermataValue        *value);

/* Where a node that may start stands. */
static inline FermataIndexSet *
fermata_dag_startable_for (FermataFrame *frame,
                           guint         node)
{
  return &frame->startable[frame->plan->nodes[node].need];
}

/* Nodes that do not run because only a part of the graph does. */
void     fermata_dag_begin_given  (FermataFrame  *frame);
gboolean fermata_dag_decide_given (FermataFrame  *frame,
                                   FermataEvent  *event);

G_END_DECLS
