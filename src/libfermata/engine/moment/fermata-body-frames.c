/* fermata-body-frames.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-body-rules-private.h"

#include "engine/moment/fermata-frame-part-private.h"
#include "engine/moment/fermata-frame-scope-private.h"
#include "value/fermata-form-private.h"

/* How the frames of owners are entered and left: what events of that change, and what
 * they say. */

/* What events say of frames. A run of a million iterations has two million of these. */
static FermataForm entered_form = { { "frame", "index", "body", "inputs", "variables" } };
static FermataForm left_form = { { "frame", "index", "output", "error", "exit", "changes", "by" } };

enum {
  FORM_FRAME = 0,
  ENTERED_INPUTS = 3,
  ENTERED_VARIABLES = 4,
  LEFT_OUTPUT = 2,
  LEFT_ERROR = 3,
  LEFT_EXIT = 4,
};

/* The number of the frame that an event speaks of; -1 if it is none */
static gint64
get_frame_number (FermataForm        *form,
                  const FermataEvent *event)
{
  FermataValue *number = event->payload == NULL ? NULL : fermata_form_get (form, event->payload, FORM_FRAME);

  return number != NULL && fermata_value_get_kind (number) == FERMATA_VALUE_KIND_INTEGER
         ? fermata_value_get_integer (number) : -1;
}

gboolean
fermata_body_is_next (const FermataMoment *moment,
                      const FermataEvent  *event)
{
  return moment->n_entered < FERMATA_FRAME_NONE - 1
         && get_frame_number (&entered_form, event) == (gint64) moment->n_entered + 1;
}

FermataFrame *
fermata_body_find_frame (FermataMoment      *moment,
                         const FermataFrame *frame,
                         const FermataEvent *event)
{
  gint64 number = get_frame_number (&left_form, event);
  FermataFrame *child = number > 0 ? fermata_moment_get_frame (moment, number) : NULL;

  return child != NULL && child->parent == frame->number && child->owner == event->place
         ? child : NULL;
}

FermataFrame *
fermata_body_find_left (FermataMoment      *moment,
                        const FermataFrame *frame,
                        const FermataEvent *event)
{
  FermataFrame *child = fermata_body_find_frame (moment, frame, event);

  if (child == NULL || child->n_children > 0 || !fermata_frame_has_ended (moment, child))
    return NULL;

  return child;
}

static void
clear_entry (FermataBodyEntry *entry)
{
  g_clear_pointer (&entry->item, fermata_value_unref);
  g_clear_pointer (&entry->input, fermata_value_unref);
  g_clear_pointer (&entry->error, fermata_value_unref);
}

static void
apply_entered (FermataMoment      *moment,
               FermataFrame       *frame,
               const FermataEvent *event)
{
  guint node = event->place;
  FermataBodyRecord *body = fermata_body_write (frame, node);
  FermataBodyEntry entry = { 0, };
  FermataFrame *child;

  if (!fermata_body_can_enter (moment, frame, node, body) || !fermata_body_is_next (moment, event))
    return;

  fermata_body_get_rules (frame, node)->enter (frame, node, body, &entry);
  child = fermata_body_new_child (moment, frame, entry.plan, node, body->n_entered++, entry.item,
                                  entry.input,
                                  fermata_form_get (&entered_form, event->payload, ENTERED_INPUTS),
                                  fermata_form_get (&entered_form, event->payload, ENTERED_VARIABLES));
  child->count = entry.count;
  child->error = g_steal_pointer (&entry.error);
  child->quorum = entry.quorum;
  child->has_branches = entry.has_branches;
  fermata_trie_set (&body->open, child->iteration, GUINT_TO_POINTER (child->number + 1));
  clear_entry (&entry);
  fermata_body_update (moment, frame, node);
}

static FermataExit
get_exit (FermataValue *payload)
{
  FermataValue *name = fermata_form_get (&left_form, payload, LEFT_EXIT);
  FermataExit exit = FERMATA_EXIT_NONE;

  if (name != NULL && fermata_value_get_kind (name) == FERMATA_VALUE_KIND_STRING)
    fermata_exit_from_string (fermata_value_get_string (name, NULL), &exit);

  return exit;
}

static void
apply_left (FermataMoment      *moment,
            FermataFrame       *frame,
            const FermataEvent *event)
{
  FermataFrame *child = fermata_body_find_left (moment, frame, event);
  FermataBodyRecord *body;
  FermataBodyLeft left;

  if (child == NULL)
    return;

  left.output = fermata_form_get (&left_form, event->payload, LEFT_OUTPUT);
  left.error = fermata_form_get (&left_form, event->payload, LEFT_ERROR);
  left.iteration = child->iteration;
  left.exit = get_exit (event->payload);
  fermata_moment_remove_frame (moment, child->number);
  frame->n_children--;
  body = fermata_body_write (frame, event->place);
  fermata_trie_remove (&body->open, left.iteration);
  body->n_left++;
  body->n_failed += left.error != NULL;
  fermata_body_get_rules (frame, event->place)->left (moment, frame, event->place, &left);
  fermata_body_update (moment, frame, event->place);
}

static void
take_item (FermataBodyRecord *body,
           FermataValue      *value)
{
  if (body->batch_size > 0)
    fermata_trie_set (&body->batch, body->batch.n_entries, fermata_value_ref (value));
  else
    body->item = fermata_value_ref (value);
  body->n_taken++;
}

static gboolean
is_item (const FermataEvent *event,
         guint32             index)
{
  FermataValue *member = fermata_value_get_member (event->payload, "index");

  return member != NULL && fermata_value_get_kind (member) == FERMATA_VALUE_KIND_INTEGER
         && fermata_value_get_integer (member) == index;
}

static void
apply_item (FermataMoment      *moment,
            FermataFrame       *frame,
            const FermataEvent *event)
{
  FermataValue *value;
  guint32 index;

  if (!fermata_body_wants_item (frame, event->place, &index) || !is_item (event, index))
    return;

  value = fermata_value_get_member (event->payload, "value");
  if (value != NULL)
    take_item (fermata_body_write (frame, event->place), value);
  else
    fermata_body_fail (moment, frame, event->place, index,
                       fermata_value_get_member (event->payload, "error"));
  fermata_body_update (moment, frame, event->place);
}

static void
apply_loop_ended (FermataMoment      *moment,
                  FermataFrame       *frame,
                  const FermataEvent *event)
{
  if (fermata_frame_read_node (frame, event->place).status != FERMATA_NODE_STATUS_RUNNING
      || frame->plan->nodes[event->place].body_rule != FERMATA_BODY_RULE_WHILE)
    return;

  fermata_body_write (frame, event->place)->flags |= BODY_IS_COMPLETE;
  fermata_body_update (moment, frame, event->place);
}

/* Its budget is used up: what runs in it finishes. */
static void
apply_closing (FermataMoment      *moment,
               FermataFrame       *frame,
               const FermataEvent *event)
{
  FermataFrame *child = fermata_body_find_frame (moment, frame, event);
  FermataValue *error = fermata_value_get_member (event->payload, "error");

  if (child == NULL || child->is_closing)
    return;

  child = fermata_moment_write_frame (moment, child->number);
  if (child->failure == NULL && error != NULL)
    child->failure = fermata_value_ref (error);
  child->is_gentle = TRUE;
  child->is_lost = child->quorum > 0;
  fermata_moment_close_frame (moment, child->number, FALSE);
}

void
fermata_body_apply (FermataMoment      *moment,
                    FermataFrame       *frame,
                    const FermataEvent *event)
{
  if (frame->plan->nodes[event->place].body == NULL)
    return;

  switch ((FermataEventKind) event->kind)
    {
    case FERMATA_EVENT_FRAME_ENTERED:
      apply_entered (moment, frame, event);
      break;

    case FERMATA_EVENT_FRAME_LEFT:
      apply_left (moment, frame, event);
      break;

    case FERMATA_EVENT_LOOP_ENDED:
      apply_loop_ended (moment, frame, event);
      break;

    case FERMATA_EVENT_FRAME_CLOSING:
      apply_closing (moment, frame, event);
      break;

    case FERMATA_EVENT_ITEM:
    default:
      apply_item (moment, frame, event);
      break;
    }
}

/* Deciding */

static FermataValue *
ref_if_any (FermataValue *value)
{
  return value == NULL ? NULL : fermata_value_ref (value);
}

FermataValue *
fermata_body_entered_payload (const FermataMoment *moment,
                              guint32              iteration,
                              const char          *body_name,
                              FermataValue        *inputs,
                              FermataValue        *variables)
{
  FermataValue *members[FERMATA_FORM_MAX] = {
    fermata_value_new_integer (moment->n_entered + 1),
    fermata_value_new_integer (iteration),
    body_name == NULL ? NULL : fermata_value_new_string (body_name, -1),
    ref_if_any (inputs),
    ref_if_any (variables),
  };

  return fermata_form_fill (&entered_form, members);
}

gboolean
fermata_body_decide_entered (FermataMoment *moment,
                             FermataFrame  *frame,
                             guint          node,
                             FermataEvent  *event)
{
  event->kind = FERMATA_EVENT_FRAME_ENTERED;
  event->frame = frame->number;
  event->place = node;
  event->attempt = 0;
  event->payload = fermata_body_entered_payload (moment, fermata_body_read (frame, node).n_entered,
                                                 NULL, NULL, NULL);

  return TRUE;
}

/* What a frame gives in which nothing ran. */
static void
get_given (FermataValue  *part,
           FermataValue **members)
{
  for (guint i = LEFT_OUTPUT; i < FERMATA_FORM_MAX; i++)
    members[i] = ref_if_any (fermata_value_get_member (part, left_form.names[i]));
}

gboolean
fermata_body_decide_left (FermataMoment *moment,
                          FermataFrame  *child,
                          FermataEvent  *event)
{
  FermataFrame *parent = fermata_moment_get_frame (moment, child->parent);
  FermataValue *members[FERMATA_FORM_MAX] = {
    fermata_value_new_integer (child->number),
    fermata_value_new_integer (child->iteration),
  };

  if (fermata_frame_is_given (child))
    get_given (child->part, members);
  else
    fermata_interpreter_of (child->plan)->conclude (moment, child, &members[LEFT_OUTPUT],
                                                    &members[LEFT_ERROR]);
  if (child->exit != FERMATA_EXIT_NONE && members[LEFT_EXIT] == NULL)
    members[LEFT_EXIT] = fermata_value_new_string (fermata_exit_to_string (child->exit), -1);
  event->kind = FERMATA_EVENT_FRAME_LEFT;
  event->frame = parent->number;
  event->place = parent->plan->first_place + child->owner;
  event->attempt = 0;
  event->payload = fermata_form_fill (&left_form, members);

  return TRUE;
}
