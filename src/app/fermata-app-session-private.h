/* fermata-app-session-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-frames.h"
#include "fermata-app-session.h"

G_BEGIN_DECLS

/*
 * A body of the graph, and which of its frames is looked at. @owner is the place of
 * its node. With @is_task that is a state, and @inner its task, @task among others.
 * Behind an edge with `each` that has a frame for each item, in which the
 * node is once more, at @inner; else that is FERMATA_PLACE_RUN.
 *
 * Invariant: @is_there, @frame, @moment and @moment_number are as of @serial of the
 * session; @moment is NULL where the debugger's is the one to ask.
 */
typedef struct {
  guint32 owner;
  guint32 inner;
  guint8 body;             /* FermataAppBody */
  gboolean is_task;
  guint32 task;
  gboolean is_wanted;      /* one iteration, and not the latest */
  guint32 wanted;

  FermataAppFrameList list;
  FermataAppFrameList inner_list;
  guint64 serial;
  gboolean is_there;
  guint32 frame;
  guint32 item;            /* the frame in @list; @frame, if there is no @inner */
  FermataMoment *moment;
  guint64 moment_number;
} FermataAppLevel;

/*
 * Invariants: @elements has by place (of all plans of the run) the node or edge
 * that it was made of, NULL where the document has none; @places has for each the
 * first place, plus 1; @levels has for each body of the graph its FermataAppLevel.
 * What is read off the history for one moment is kept until another one is looked
 * at: @latest for the number @latest_of. @stop_place is where @stop stands,
 * G_MAXUINT32 for no place of the plan.
 */
struct _FermataAppSession {
  GObject parent_instance;

  FermataGraph *graph;
  FermataRun *run;
  FermataDebugger *debugger;
  GPtrArray *elements;
  GHashTable *places;

  GHashTable *levels;
  FermataAppFrames *frames;
  guint64 serial;
  guint64 seen_number;
  guint64 seen_read;
  FermataStop *seen_stop;
  GArray *stop_frames;  /* guint32: the one that the debugger stands in, and those around */

  guint64 latest_of;
  GArray *latest;       /* guint64: frame and place */

  FermataStop *stop;
  guint32 stop_place;
};

/* Levels (fermata-app-session-levels.c) */
void             fermata_app_session_levels_init  (FermataAppSession *self);
void             fermata_app_session_levels_clear (FermataAppSession *self);
FermataAppLevel *fermata_app_session_add_level    (FermataAppSession *self,
                                                   FermataGraph      *body,
                                                   guint32            owner,
                                                   guint32            inner,
                                                   FermataAppBody     which);

/* The frame of a graph that is looked at, and the moment to ask; FALSE: it has
 * none. */
gboolean         fermata_app_session_find_frame   (FermataAppSession *self,
                                                   FermataGraph      *graph,
                                                   guint             *frame,
                                                   FermataMoment    **moment);

G_END_DECLS
