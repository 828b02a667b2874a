/* fermata-moment-frames.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-body-private.h"
#include "engine/moment/fermata-frame-part-private.h"

#include "engine/fermata-task-error.h"

/*
 * The frames of a moment. The root is always there; others come and go, and are
 * numbered in the order in which they are entered.
 *
 * Which of them is to be asked next for a decision is found without looking at
 * all: each bears marks that say what sort of decision it has ready. What is in
 * the middle comes first. Then, and of several frames the one that was entered
 * first: what attempts ended with; what is to end; what may begin, and of that
 * the frames of bodies come before the root, so that what has been begun goes on
 * before anything else is; at last, the next events of machines.
 */
enum {
  MARK_SETTLED,
  MARK_ENDING,
  MARK_STARTABLE,
  MARK_HEARING,
};

gboolean
fermata_frame_has_startable (const FermataFrame *frame)
{
  for (guint i = 0; i < frame->plan->pools.needs->len; i++)
    {
      if (frame->startable[i].n_members > 0)
        return TRUE;
    }

  return FALSE;
}

gboolean
fermata_frame_is_under_way (const FermataFrame *self)
{
  if (self->machine != NULL)
    return self->machine->phase != FERMATA_MACHINE_ENDED
           || fermata_machine_get_n (self->machine->invocations) > 0;

  return self->counts[FERMATA_NODE_STATUS_QUEUED] > 0
         || self->counts[FERMATA_NODE_STATUS_RETRYING] > 0
         || self->counts[FERMATA_NODE_STATUS_RUNNING] > 0
         || self->counts[FERMATA_NODE_STATUS_SETTLED] > 0
         || self->counts[FERMATA_NODE_STATUS_CANCELLING] > 0;
}

/* A graph that was never checked may leave nodes that wait for each other. */
FermataValue *
fermata_frame_dup_deadlock (const FermataFrame *self)
{
  g_autofree char *message = NULL;
  guint node = 0;

  if (self->machine != NULL || self->counts[FERMATA_NODE_STATUS_WAITING] == 0)
    return NULL;

  while (fermata_frame_read_node (self, node).status != FERMATA_NODE_STATUS_WAITING)
    node++;
  message = g_strdup_printf ("Node “%s” waits for edges that can never end",
                             self->plan->nodes[node].id);

  return fermata_error_value_new (FERMATA_ERROR_KIND_DEADLOCK, message,
                                  self->plan->nodes[node].id, NULL);
}

static gboolean
is_settled (const FermataFrame *frame)
{
  if (frame->machine != NULL)
    return fermata_machine_is_busy (frame->machine);

  return frame->settled.n_members > 0 || (frame->part != NULL && fermata_frame_has_given (frame));
}

static gboolean
has_ending (const FermataFrame *frame)
{
  return frame->cancellable.n_members > 0 || frame->hearing.n_members > 0
         || frame->skippable.n_members > 0;
}

static gboolean
has_event (const FermataFrame *frame)
{
  return frame->machine != NULL && fermata_machine_has_event (frame->machine);
}

/* Something is to be asked to end, has heard something, is to be skipped, or the frame is to be left. */
static gboolean
is_ending (const FermataMoment *moment,
           const FermataFrame  *frame)
{
  return has_ending (frame) || fermata_frame_has_ended (moment, frame);
}

FermataFrame *
fermata_moment_get_frame (const FermataMoment *self,
                          guint32              number)
{
  return number == 0 ? self->root : fermata_trie_get (&self->frames, number);
}

FermataFrame *
fermata_moment_write_frame (FermataMoment *self,
                            guint32        number)
{
  FermataFrame *shared = fermata_moment_get_frame (self, number);
  FermataFrame *copy;

  /* The way to it may be shared though it is not. */
  if (number != 0)
    shared = fermata_trie_own (&self->frames, number);
  if (shared->ref_count == 1)
    return shared;

  copy = fermata_frame_copy (shared);
  if (number != 0)
    {
      fermata_trie_set (&self->frames, number, copy);
      return copy;
    }

  fermata_frame_unref (shared);
  self->root = copy;

  return copy;
}

void
fermata_moment_note_frame (FermataMoment      *self,
                           const FermataFrame *frame)
{
  if (frame->current != FERMATA_INDEX_NONE)
    self->middle = frame->number;
  else if (self->middle == frame->number)
    self->middle = FERMATA_FRAME_NONE;

  if (frame->number == 0)
    return;

  fermata_trie_mark (&self->frames, frame->number, MARK_SETTLED, is_settled (frame));
  fermata_trie_mark (&self->frames, frame->number, MARK_ENDING, is_ending (self, frame));
  fermata_trie_mark (&self->frames, frame->number, MARK_STARTABLE, fermata_frame_has_startable (frame));
  fermata_trie_mark (&self->frames, frame->number, MARK_HEARING, has_event (frame));
}

/* Takes over @frame. */
void
fermata_moment_add_frame (FermataMoment *self,
                          FermataFrame  *frame)
{
  fermata_trie_set (&self->frames, frame->number, frame);
  fermata_moment_note_frame (self, frame);
}

void
fermata_moment_remove_frame (FermataMoment *self,
                             guint32        number)
{
  self->n_copied += fermata_frame_get_n_copied (fermata_moment_get_frame (self, number));
  fermata_trie_remove (&self->frames, number);
}

void
fermata_moment_close_frame (FermataMoment *self,
                            guint32        number,
                            gboolean       everything)
{
  FermataFrame *frame = fermata_moment_write_frame (self, number);

  /* What it gives is known, and nothing has begun. */
  if (fermata_frame_is_given (frame))
    return;

  fermata_interpreter_of (frame->plan)->close (self, frame, everything);
  fermata_moment_note_frame (self, frame);
}

/* A decision of a frame speaks of indices; its place is that in the whole tree. */
static gboolean
decide_in (FermataMoment *self,
           FermataFrame  *frame,
           FermataEvent  *event)
{
  if (!fermata_interpreter_of (frame->plan)->decide (self, frame, event))
    return FALSE;

  if (event->place != FERMATA_PLACE_RUN)
    event->place += frame->plan->first_place;

  return TRUE;
}

static FermataFrame *
next_marked (FermataMoment *self,
             guint          mark,
             guint32        from)
{
  guint32 number;
  gpointer frame;

  if (self->frames.n_entries == 0)
    return NULL;

  return fermata_trie_next (&self->frames, from, mark, &number, &frame) ? frame : NULL;
}

gboolean
fermata_moment_decide_middle (FermataMoment *self,
                              FermataEvent  *event)
{
  FermataFrame *frame;

  if (self->middle != FERMATA_FRAME_NONE)
    return decide_in (self, fermata_moment_get_frame (self, self->middle), event);
  if (is_settled (self->root))
    return decide_in (self, self->root, event);

  frame = next_marked (self, MARK_SETTLED, 0);

  return frame != NULL && decide_in (self, frame, event);
}

/* Whether what comes next is a microstep of a machine that is in no other: there it
 * may be ended, if it does not come to an end by itself. Whoever cancels twice does
 * not wait for the actions of the one at hand either. */
gboolean
fermata_moment_is_between_steps (FermataMoment *self)
{
  FermataFrame *frame = self->root;

  if (self->middle != FERMATA_FRAME_NONE)
    return FALSE;
  if (!is_settled (frame))
    frame = next_marked (self, MARK_SETTLED, 0);

  return frame != NULL && frame->machine != NULL
         && (self->n_cancels > 1
             || frame->machine->phase == FERMATA_MACHINE_SELECTING
             || frame->machine->phase == FERMATA_MACHINE_MATCHING);
}

static gboolean
decide_ending (FermataMoment *self,
               FermataEvent  *event)
{
  FermataFrame *frame = self->root;

  if (has_ending (frame))
    return decide_in (self, frame, event);

  frame = next_marked (self, MARK_ENDING, 0);
  if (frame == NULL)
    return FALSE;

  if (has_ending (frame))
    return decide_in (self, frame, event);

  return fermata_body_decide_left (self, frame, event);
}

/* A machine takes its next event when all that followed from the one before has
 * begun; of several the outermost. */
static gboolean
decide_event (FermataMoment *self,
              FermataEvent  *event)
{
  FermataFrame *frame = self->root;

  if (!has_event (frame))
    frame = next_marked (self, MARK_HEARING, 0);

  return frame != NULL && decide_in (self, frame, event);
}

/* Of several the one that was entered first; the run's own last. */
static gboolean
decide_start (FermataMoment *self,
              FermataEvent  *event)
{
  FermataFrame *frame;

  if (self->n_running >= self->max_concurrency)
    return FALSE;

  for (frame = next_marked (self, MARK_STARTABLE, 0); frame != NULL;
       frame = next_marked (self, MARK_STARTABLE, frame->number + 1))
    {
      if (decide_in (self, frame, event))
        return TRUE;
    }

  return self->root->machine == NULL && decide_in (self, self->root, event);
}

gboolean
fermata_moment_decide_frames (FermataMoment *self,
                              FermataEvent  *event)
{
  return decide_ending (self, event) || decide_start (self, event) || decide_event (self, event);
}
