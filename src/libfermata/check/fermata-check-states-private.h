/* fermata-check-states-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "check/fermata-check-private.h"
#include "check/fermata-check-tokens-private.h"

G_BEGIN_DECLS

typedef enum {
  FERMATA_CHECK_ATOMIC,
  FERMATA_CHECK_COMPOUND,
  FERMATA_CHECK_PARALLEL,
  FERMATA_CHECK_FINAL,
  FERMATA_CHECK_HISTORY,
} FermataCheckStateType;

/*
 * States are places in the level's nodes, in document order: those in s are
 * those from s + 1 to end - 1. The parent of those at the top is
 * FERMATA_CHECK_NO_ID. @initial_from is the outermost state that enters this
 * one when it is entered itself, by `initial` or as the first in it.
 */
typedef struct {
  guint parent;
  guint end;
  guint initial_from;
  guint8 type;
  guint8 in_parallel : 1; /* at any depth */
  guint8 is_initial : 1;
  guint8 is_done : 1;     /* may raise `done.state.ID` */
} FermataCheckState;

/* One of the events that an edge waits for. @index is its place in the array
 * that `event` is, or FERMATA_CHECK_NO_INDEX. */
typedef struct {
  const char *text;
  gsize index;
} FermataCheckDescriptor;

#define FERMATA_CHECK_NO_INDEX G_MAXSIZE

/*
 * What is known of the machine that a level is.
 *
 * @sources are the states that edges leave, @edges_of those of state s, in
 * document order, from first_edge[s] to first_edge[s + 1] - 1. @descriptors are
 * those of edge e from first_descriptor[e] to first_descriptor[e + 1] - 1;
 * an edge may have none for not being right. @handled has the
 * descriptors of all edges, marked, @happening the names of the events that the
 * machine makes itself. @tasks are the ids of its tasks.
 */
struct _FermataCheckMachine {
  FermataCheckState *states;
  guint *sources;
  guint *first_edge;
  guint *edges_of;
  GArray *descriptors;
  guint *first_descriptor;
  FermataCheckTokens *handled;
  guint handled_root;
  FermataCheckTokens *happening;
  guint happening_root;
  FermataCheckIds *tasks;
  GPtrArray *task_ids;      /* the same as texts */
  GPtrArray *names;         /* owns the names of events */
  GArray *assigned;         /* fermata-check-regions.c */
  gboolean has_forwarding;  /* a task is sent what the machine gets */
};

/* Whether @state is @ancestor or in it; FERMATA_CHECK_NO_ID is the machine. */
static inline gboolean
fermata_check_is_within (FermataCheckMachine *self,
                         guint                state,
                         guint                ancestor)
{
  return ancestor == FERMATA_CHECK_NO_ID ||
         (state >= ancestor && state < self->states[ancestor].end);
}

/* fermata-check-states.c */
FermataCheckMachine *fermata_check_machine_new        (FermataCheckLevel   *level);
void                 fermata_check_machine_free       (FermataCheckMachine *self);
void                 fermata_check_states             (FermataCheck        *check);
/* The innermost state that both are in; NO_ID: none but the machine. */
guint                fermata_check_common_state       (FermataCheckMachine *self,
                                                       guint                a,
                                                       guint                b);

/* fermata-check-targets.c */
void                 fermata_check_foreach_target     (FermataCheck        *check,
                                                       FermataValue        *value,
                                                       void               (*func) (FermataCheck *check,
                                                                                   const char   *id,
                                                                                   gpointer      user_data),
                                                       gpointer             user_data);
void                 fermata_check_targets            (FermataCheck        *check,
                                                       FermataValue        *value);

/* fermata-check-reach.c */
void                 fermata_check_note_initial       (FermataCheck        *check);
void                 fermata_check_reachable          (FermataCheck        *check);

/* fermata-check-transitions.c, fermata-check-never.c */
void                 fermata_check_transitions        (FermataCheck        *check);
void                 fermata_check_never_taken        (FermataCheck        *check);

/* fermata-check-events.c */
void                 fermata_check_collect_events     (FermataCheck        *check);
void                 fermata_check_read_descriptors   (FermataCheckMachine *self,
                                                       FermataCheckLevel   *level);
void                 fermata_check_step_to_descriptor (FermataCheck        *check,
                                                       const FermataCheckDescriptor *descriptor);
void                 fermata_check_step_out_of_descriptor
                                                      (FermataCheck        *check,
                                                       const FermataCheckDescriptor *descriptor);
void                 fermata_check_collect_tasks      (FermataCheck        *check);
void                 fermata_check_descriptors        (FermataCheck        *check);

/* fermata-check-regions.c */
void                 fermata_check_regions            (FermataCheck        *check);

G_END_DECLS
