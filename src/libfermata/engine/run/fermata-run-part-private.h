/* fermata-run-part-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-moment-private.h"
#include "engine/plan/fermata-mentions-private.h"
#include "engine/plan/fermata-plan-path-private.h"
#include "engine/run/fermata-run-part.h"
#include "value/fermata-value-builder.h"

G_BEGIN_DECLS

struct _FermataRunPart {
  GObject parent_instance;

  /* Paths; outputs by path */
  GPtrArray *from;
  GPtrArray *until;
  GPtrArray *only;
  GHashTable *pins;
  FermataHistory *history;
  gboolean changed;
};

/* Numbers as keys of tables */
#define PART_KEY(number) GUINT_TO_POINTER ((guint) (number) + 1)
#define PART_NUMBER(key) (GPOINTER_TO_UINT (key) - 1)

/* What the command names in something: the first of several wishes. */
enum {
  PART_HAS_FROM = 1 << 0,
  PART_HAS_UNTIL = 1 << 1,
  PART_HAS_ONLY = 1 << 2,
  PART_HAS_PINS = 1 << 3,
};

/*
 * What the command names in one frame of a plan, or in every: nodes; and what it
 * names in their frames. @has says what there is of that at any depth, @own what of
 * it names this frame by its index, @whole that it names the frame as a whole. Tables
 * are by PART_KEY of the node.
 */
typedef struct {
  guint8 has;
  guint8 own;
  guint8 whole;
  FermataValue *pin;
  GHashTable *from;
  GHashTable *until;
  GHashTable *only;
  GHashTable *pins;
  GHashTable *bodies;
} FermataPartScope;

/* The same of the frames of a node, by PART_KEY of the index: @at has what is named
 * in one of them, and in every as well. */
typedef struct {
  guint8 has;
  FermataPartScope *every;
  GHashTable *at;
} FermataPartBody;

FermataPartScope *fermata_part_scope_new     (FermataRunPart         *part,
                                              FermataPlan            *root,
                                              GError                **error);
void              fermata_part_scope_free    (FermataPartScope       *self);

/* All are NULL where nothing is named. */
FermataPartBody  *fermata_part_scope_get_body  (FermataPartScope     *self,
                                                guint                 node);
FermataPartScope *fermata_part_body_get_scope  (FermataPartBody      *self,
                                                guint                 index);
FermataValue     *fermata_part_scope_get_pin   (FermataPartScope     *self,
                                                guint                 node);

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

  /* All that is in its frames comes after what "from" names, before what "until"
   * names; is what "only" names. */
  PART_BODY_IS_AFTER = 1 << 7,
  PART_BODY_IS_BEFORE = 1 << 8,
  PART_BODY_IS_NAMED = 1 << 9,

  /* While it is found out: something in its frames is named. */
  PART_IS_ENTERED = 1 << 10,
};

#define PART_GIVEN (PART_PINNED | PART_PINNED_BY_GRAPH | PART_GIVEN_BY_HISTORY)

/* What a start says of it; all are NULL where it says nothing. */
typedef struct {
  FermataValue *given;
  FermataValue *left_out;
  FermataValue *bodies;
} FermataPartStart;

typedef struct _FermataPartLevel FermataPartLevel;

/* A part of a run while it is worked out. @past_plan is that of the history, NULL
 * without one. */
typedef struct {
  FermataRunPart *part;
  FermataPlan *plan;
  FermataValue *inputs;
  FermataValue *variables;
  FermataPlan *past_plan;

  /* What the history began with */
  FermataValue *past_inputs;
  FermataValue *past_variables;
  FermataPartScope *scope;
  FermataPartLevel *root;
} FermataPartWork;

/*
 * What runs of a plan, in all frames of which the same is wanted. @path is what
 * names of its nodes begin with in messages. @scope is NULL where the command
 * names nothing. @before has the past's index of each node, or FERMATA_INDEX_NONE,
 * @now the other way round. Where what has changed runs: whether anything has, and
 * which variables are assigned to, by nodes that run and by all.
 */
struct _FermataPartLevel {
  FermataPartWork *work;
  FermataPartScope *scope;
  FermataPlan *plan;
  FermataPlan *past_plan;
  char *path;
  gboolean is_after;
  gboolean is_before;
  gboolean is_named;
  guint16 *marks;
  guint32 *before;
  guint32 *now;
  FermataMentions *mentions;

  /* The frames are those of its node @owner; NULL: the root's */
  FermataPartLevel *around;
  guint owner;
  gboolean has_changed;
  GHashTable *assigned;
  GHashTable *assigned_by_all;

  /* By PART_KEY of the node, what is known of its frames: a FermataPartOwner */
  GHashTable *owners;
};

/* What to do about a frame. */
typedef enum {
  FERMATA_PART_FRAME_RUNS,
  FERMATA_PART_FRAME_RUNS_IN_PART,
  FERMATA_PART_FRAME_IS_GIVEN,
  FERMATA_PART_FRAME_IS_PINNED,
} FermataPartFrameKind;

/* The frames of a node that runs, but not all of it. Of those with an index between
 * @first and @last, in which something is named or all of which runs. @levels are
 * by what they are made of. */
typedef struct {
  FermataPartLevel *level;
  guint node;
  FermataPartBody *body;
  guint16 marks;
  guint32 first;
  guint32 last;
  GHashTable *levels;
} FermataPartOwner;

/* One frame, the root or one of the past. @past is its state at the end, NULL if it
 * was not in the history. By the past's index, @changes has what a node assigned;
 * @left what of that is left when the frame is. By PART_KEY of the node, @bodies has
 * an array of what is to be said of its frames. */
typedef struct {
  FermataPartLevel *level;
  FermataFrame *past;
  guint16 *marks;
  gboolean *doubts;
  gboolean is_extended;
  GHashTable *changes;
  FermataValueBuilder *left;
  GHashTable *bodies;

  FermataPartOwner *owner;
  guint32 index;
  FermataPartFrameKind kind;
} FermataPartFrame;

void     fermata_part_start_clear     (FermataPartStart  *self);

/* @self may be NULL: then pins of the graph are all there is. */
gboolean fermata_run_part_start       (FermataRunPart    *self,
                                       FermataPlan       *plan,
                                       FermataValue      *inputs,
                                       FermataValue      *variables,
                                       FermataPartStart  *start,
                                       GError           **error);

/* Levels */
FermataPartLevel *fermata_part_level_new   (FermataPartWork      *work,
                                            FermataPartScope     *scope,
                                            FermataPlan          *plan,
                                            FermataPlan          *past_plan,
                                            const char           *path);
void              fermata_part_level_free  (FermataPartLevel     *self);

/* The frames of a node; NULL if all of each runs. @level is set where only a part
 * of a frame does (transfer none). */
FermataPartOwner *fermata_part_level_get_owner (FermataPartLevel *self,
                                                guint             node);
gboolean          fermata_part_owner_look  (FermataPartOwner     *self,
                                            guint                 index,
                                            FermataPartFrameKind *kind,
                                            FermataPartLevel    **level,
                                            GError              **error);

/* How many of them there are at most; G_MAXUINT32 without a limit. */
guint32           fermata_part_owner_get_limit (FermataPartOwner *self);

/* Which nodes run; what is before and after them. */
gboolean fermata_part_select          (FermataPartLevel  *self,
                                       GError           **error);

/* What has changed, and what depends on it: wherever; in a frame of the past. */
void     fermata_part_select_changed  (FermataPartLevel  *self,
                                       FermataPartFrame  *root);
void     fermata_part_frame_select_changed (FermataPartFrame *self);
void     fermata_part_mark_surroundings (FermataPlan     *plan,
                                         guint16         *marks);

/* What each node mentions, with its incoming edges; made at the first call. */
FermataMentions *fermata_part_get_mentions (FermataPartLevel *self,
                                            guint             node);

/* What each node that is left out has, and whether that is all that is needed. */
gboolean fermata_part_give            (FermataPartFrame  *self,
                                       GError           **error);

/* Whether the source of an edge for each of its items does not run, and its
 * items are gone. */
gboolean fermata_part_lacks_items     (FermataPartFrame  *self,
                                       guint              edge);

/* What is said of a frame; @builder gets "given" and "left-out". */
void     fermata_part_add_nodes       (FermataPartFrame    *self,
                                       FermataValueBuilder *builder);

/* Frames */
void     fermata_part_frame_init      (FermataPartFrame  *self,
                                       FermataPartLevel  *level,
                                       FermataFrame      *past);
void     fermata_part_frame_clear     (FermataPartFrame  *self);

/* What the history says of frames of the root's nodes, and those in them. */
gboolean fermata_part_fold            (FermataPartWork   *work,
                                       FermataPartFrame  *root,
                                       GError           **error);
gboolean fermata_part_add_bodies      (FermataPartFrame    *self,
                                       FermataValueBuilder *builder,
                                       GError             **error);

/* The record of a node in the past; waiting, if it was not there. */
FermataNodeRecord fermata_part_get_past (FermataPartFrame *self,
                                         guint             node);

/* Whether it was skipped in the past because conditions were false, so that it
 * would be again. */
gboolean fermata_part_was_skipped     (FermataPartFrame  *self,
                                       guint              node);

G_END_DECLS
