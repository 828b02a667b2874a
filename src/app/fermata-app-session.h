/* fermata-app-session.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_SESSION (fermata_app_session_get_type ())

/*
 * One run of a document, and the debugger on it. Knows which place of the plan a
 * node or an edge of the document is, for the two grow apart by editing. It
 * holds nothing of the run's state: that is the debugger's moment.
 */
G_DECLARE_FINAL_TYPE (FermataAppSession, fermata_app_session, FERMATA, APP_SESSION, GObject)

/* Whether a node or an edge is (still) in a document. */
gboolean           fermata_app_element_is_in_graph  (gpointer            element);

FermataAppSession *fermata_app_session_new          (FermataGraph       *graph,
                                                     FermataRun         *run,
                                                     FermataBreakpoints *breakpoints,
                                                     FermataEvaluator   *evaluator);
FermataRun        *fermata_app_session_get_run      (FermataAppSession  *self);
FermataDebugger   *fermata_app_session_get_debugger (FermataAppSession  *self);

/* Where a node or edge of the graph was when the run began: the frame that is
 * looked at, and its place as events name it. FALSE: it was not there, or its
 * frame is not at the moment looked at. */
gboolean           fermata_app_session_find_node    (FermataAppSession  *self,
                                                     FermataNode        *node,
                                                     guint              *frame,
                                                     guint32            *place);
gboolean           fermata_app_session_find_edge    (FermataAppSession  *self,
                                                     FermataEdge        *edge,
                                                     guint              *frame,
                                                     guint32            *place);

/* The edges that the latest step before the moment looked at took. */
gboolean           fermata_app_session_is_latest    (FermataAppSession  *self,
                                                     guint               frame,
                                                     guint32             place);

/* Whether the run holds before a decision there, at the moment looked at. */
gboolean           fermata_app_session_is_held_at   (FermataAppSession  *self,
                                                     guint               frame,
                                                     guint32             place);

/* The other way: what an event is about (transfer none, nullable). */
gpointer           fermata_app_session_find_element (FermataAppSession  *self,
                                                     const FermataEvent *event);

G_END_DECLS
