/* fermata-run-part-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-moment-private.h"
#include "engine/plan/fermata-mentions-private.h"
#include "engine/run/fermata-run-part.h"

G_BEGIN_DECLS

struct _FermataRunPart {
  GObject parent_instance;

  GPtrArray *from;
  GPtrArray *until;
  GPtrArray *only;
  GHashTable *pins;
  FermataHistory *history;
  gboolean changed;
};

enum {
  PART_RUNS = 1 << 0,

  /* The command says so, whatever the graph has pinned. */
  PART_NAMED = 1 << 1,

  /* It does not run: something that runs comes after it, or before it. */
  PART_IS_BEFORE = 1 << 2,
  PART_IS_AFTER = 1 << 3,

  PART_PINNED = 1 << 4,
  PART_PINNED_BY_GRAPH = 1 << 5,

  /* It has what the history says. */
  PART_GIVEN_BY_HISTORY = 1 << 6,
};

#define PART_GIVEN (PART_PINNED | PART_PINNED_BY_GRAPH | PART_GIVEN_BY_HISTORY)

/* A part of a plan while it is worked out. @past is the last moment of the
 * history, NULL without one. @before has the past's index of each node, or
 * FERMATA_INDEX_NONE; by the past's index, @changes has what it assigned, and
 * @doubts whether it was skipped for no good reason (NULL until asked for). */
typedef struct {
  FermataRunPart *part;
  FermataPlan *plan;
  FermataValue *inputs;
  FermataValue *variables;
  guint8 *marks;
  FermataMentions *mentions;

  FermataMoment *past;
  FermataPlan *past_plan;
  guint32 *before;
  GHashTable *changes;
  gboolean *doubts;
} FermataPartWork;

/* What a start says of it; both are NULL where it says nothing. */
typedef struct {
  FermataValue *given;
  FermataValue *left_out;
} FermataPartStart;

void     fermata_part_start_clear     (FermataPartStart  *self);

/* @self may be NULL: then pins of the graph are all there is. */
gboolean fermata_run_part_start       (FermataRunPart    *self,
                                       FermataPlan       *plan,
                                       FermataValue      *inputs,
                                       FermataValue      *variables,
                                       FermataPartStart  *start,
                                       GError           **error);

/* Which nodes run; what is before and after them. */
gboolean fermata_part_select          (FermataPartWork   *self,
                                       GError           **error);
void     fermata_part_select_changed  (FermataPartWork   *self);

/* What each node mentions, with its incoming edges; made at the first call. */
FermataMentions *fermata_part_get_mentions (FermataPartWork *self,
                                            guint            node);

/* What each node that is left out has, and whether that is all that is needed. */
gboolean fermata_part_give            (FermataPartWork   *self,
                                       GError           **error);

/* Whether the source of an edge for each of its items does not run, and its
 * items are gone. */
gboolean fermata_part_lacks_items     (FermataPartWork   *self,
                                       guint              edge);
void     fermata_part_make_start      (FermataPartWork   *self,
                                       FermataPartStart  *start);

/* The record of a node in the past; waiting, if it was not there. */
FermataNodeRecord fermata_part_get_past (FermataPartWork *self,
                                         guint            node);

/* Whether it was skipped in the past because conditions were false, so that it
 * would be again. */
gboolean fermata_part_was_skipped     (FermataPartWork   *self,
                                       guint              node);

G_END_DECLS
