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

/*
 * Where a node or an edge of the document is in the run: its place as events name
 * it, the frame that is looked at, and the moment to ask about it (transfer none).
 * That is the debugger's; but of a frame that has been left by then, the last one
 * in which it was there.
 */
typedef struct {
  FermataMoment *moment;
  guint frame;
  guint32 place;
} FermataAppSpot;

/* FALSE: it was not there when the run began, or its frame had not been entered
 * by the moment looked at. */
gboolean           fermata_app_session_find_node    (FermataAppSession  *self,
                                                     FermataNode        *node,
                                                     FermataAppSpot     *spot);
gboolean           fermata_app_session_find_edge    (FermataAppSession  *self,
                                                     FermataEdge        *edge,
                                                     FermataAppSpot     *spot);

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

/* Which frame of a body is looked at. Where nothing else is wanted, the one that the
 * debugger stands in, else the latest. */
typedef struct {
  guint index;              /* of its iteration, if it is there */
  guint n_begun;            /* of this attempt of the owner, so far */
  guint n_all;              /* how many there will be; 0: nobody knows */
  gboolean is_there;
  gboolean is_latest_wanted;
  gboolean has_ended;
  gboolean has_failed;
  gboolean any_has_failed;
} FermataAppIteration;

/* FALSE: it is no body, or not of this run. */
gboolean           fermata_app_session_get_iteration (FermataAppSession   *self,
                                                      FermataGraph        *body,
                                                      FermataAppIteration *iteration);

/* From 0. */
void               fermata_app_session_want_iteration (FermataAppSession  *self,
                                                       FermataGraph       *body,
                                                       guint               index);
void               fermata_app_session_want_latest  (FermataAppSession  *self,
                                                     FermataGraph       *body);

/* The first that has failed; FALSE if none has. */
gboolean           fermata_app_session_want_failed  (FermataAppSession  *self,
                                                     FermataGraph       *body);

/* The graph that the debugger stands in (transfer none, nullable: nowhere). All
 * bodies around it show the frame that it stands in. */
FermataGraph      *fermata_app_session_follow_stop  (FermataAppSession  *self);

/* Reads some more of a history that is long; FALSE: there was nothing to read.
 * Otherwise what is shown of bodies may be another by now. */
gboolean           fermata_app_session_read_on      (FermataAppSession  *self);

G_END_DECLS
