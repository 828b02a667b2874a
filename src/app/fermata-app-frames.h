/* fermata-app-frames.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/* Which of a node's bodies runs in a frame. */
typedef enum {
  FERMATA_APP_BODY_MAIN,
  FERMATA_APP_BODY_CATCH,
  FERMATA_APP_BODY_FINALLY,
} FermataAppBody;

FermataAppBody fermata_app_body_from_name (const char *name);

/* A frame that there is or was: of which place of which frame, and the numbers of
 * the events by which it came and went (0: it has not). */
typedef struct {
  guint32 parent;
  guint32 place;
  guint32 iteration;
  guint8 body;       /* FermataAppBody */
  guint8 has_failed;
  guint64 entered;
  guint64 left;
} FermataAppFrame;

/*
 * All frames of a run, by number: what its history says of them, which a moment
 * does not know of those that have gone.
 */
typedef struct _FermataAppFrames FermataAppFrames;

FermataAppFrames      *fermata_app_frames_new       (FermataHistory        *history);
void                   fermata_app_frames_free      (FermataAppFrames      *self);

/* Reads on in the history, no more than some hundred thousand events at a time,
 * and up to @number at most. FALSE: there is more to read. */
gboolean               fermata_app_frames_read      (FermataAppFrames      *self,
                                                     guint64                number);
guint64                fermata_app_frames_get_n_read (FermataAppFrames     *self);

/* NULL if none of that number was met so far; valid until more is read. */
const FermataAppFrame *fermata_app_frames_get       (FermataAppFrames      *self,
                                                     guint32                frame);

/*
 * Those of one body of one owner in one frame, in the order in which they came.
 * Zero-initialised it is a list of nothing. In frames for items the owner may be once
 * more, at @inner: then what fails there has failed here; else FERMATA_PLACE_RUN.
 */
typedef struct {
  guint32 parent;
  guint32 place;
  guint32 inner;
  guint8 body;
  gboolean is_set;
  guint32 n_seen;    /* frames looked at so far */
  guint n_failures_seen;
  GArray *entries;
  GArray *failed;    /* guint: indices in @entries, in the order of their ends */
} FermataAppFrameList;

void                   fermata_app_frame_list_clear (FermataAppFrameList   *self);
void                   fermata_app_frame_list_set   (FermataAppFrameList   *self,
                                                     FermataAppFrames      *frames,
                                                     guint32                parent,
                                                     guint32                place,
                                                     guint32                inner,
                                                     FermataAppBody         body);

/* How many frames the owner's attempt that is looked at had entered by the event
 * @number, and which was the latest (out, optional). */
guint                  fermata_app_frame_list_count (FermataAppFrameList   *self,
                                                     FermataAppFrames      *frames,
                                                     guint64                number,
                                                     guint32               *latest);

/* The frame of an iteration of that attempt; FALSE if it had not come by then. */
gboolean               fermata_app_frame_list_find  (FermataAppFrameList   *self,
                                                     FermataAppFrames      *frames,
                                                     guint64                number,
                                                     guint32                iteration,
                                                     guint32               *frame);

/* The first iteration of that attempt that had failed by then (out, optional: to ask
 * whether there is one costs less). */
gboolean               fermata_app_frame_list_find_failed (FermataAppFrameList *self,
                                                           FermataAppFrames    *frames,
                                                           guint64              number,
                                                           guint32             *iteration);

G_END_DECLS
