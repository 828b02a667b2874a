/* fermata-local-pipes-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "executor/fermata-local-share-private.h"
#include "executor/fermata-start-private.h"
#include "executor/fermata-watch-private.h"

G_BEGIN_DECLS

/* `left` is what may still be read of it; -1: whatever comes. */
typedef struct {
  FermataWatch watch;
  gint64 left;
} FermataLocalStream;

/* Our ends of the pipes of a process, watched by one source. */
typedef struct {
  GSource *source;
  FermataWatch input;
  GBytes *input_bytes;
  gsize input_offset;
  FermataLocalStream streams[2];
} FermataLocalPipes;

/* What is read is given to this. */
typedef void (*FermataLocalPipesFunc) (gpointer      user_data,
                                       FermataStream which,
                                       const guint8 *data,
                                       gsize         length);

/* @source is not kept: it is what these pipes are a part of. */
void     fermata_local_pipes_init          (FermataLocalPipes     *self,
                                            GSource               *source,
                                            const FermataStarted  *started,
                                            GBytes                *input);
void     fermata_local_pipes_close         (FermataLocalPipes     *self);

/* Begins or stops reading. */
void     fermata_local_pipes_set_reading   (FermataLocalPipes     *self,
                                            gboolean               reading);
void     fermata_local_pipes_begin_feeding (FermataLocalPipes     *self);
void     fermata_local_pipes_stop_feeding  (FermataLocalPipes     *self);

/* Does once what there is to do. */
void     fermata_local_pipes_attend        (FermataLocalPipes     *self,
                                            FermataLocalShare     *share,
                                            FermataLocalPipesFunc  func,
                                            gpointer               user_data);

/* From now on only what is in them by now is read. */
void     fermata_local_pipes_set_last      (FermataLocalPipes     *self);
gboolean fermata_local_pipes_are_drained   (FermataLocalPipes     *self);

G_END_DECLS
