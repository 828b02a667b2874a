/* fermata-body-while.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-body-rules-private.h"

#include "engine/moment/fermata-frame-scope-private.h"

/*
 * `while`: one round after the other, each given what the one before gave. That
 * there is to be another is decided with the frame that is entered, that there is
 * not with `loop-ended`; @item of the record is what is carried.
 */

static void
begin (FermataMoment *moment,
       FermataFrame  *frame,
       guint          node)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);
  FermataValue *initial = fermata_body_get_parameter (frame, node, "initial");
  guint32 bound;

  fermata_body_forget (body);
  body->item = initial != NULL ? fermata_value_ref (initial) : fermata_frame_dup_input (frame, node);
  if (body->item == NULL)
    body->item = fermata_value_new_null ();
  fermata_body_get_number (frame, node, "max-iterations", &bound);
}

static gboolean
can_enter (const FermataMoment     *moment,
           const FermataFrame      *frame,
           guint                    node,
           const FermataBodyRecord *body)
{
  return body->open.n_entries == 0 && (body->flags & BODY_IS_COMPLETE) == 0 && body->n_entered < body->end
         && !fermata_body_is_stopping (frame, node, body);
}

static void
enter (FermataFrame      *frame,
       guint              node,
       FermataBodyRecord *body,
       FermataBodyEntry  *entry)
{
  entry->plan = frame->plan->nodes[node].body;
  entry->item = fermata_value_ref (body->item);
  entry->input = fermata_value_ref (body->item);
}

/* A round that was closed before its end carries nothing on. */
static void
left (FermataMoment         *moment,
      FermataFrame          *frame,
      guint                  node,
      const FermataBodyLeft *left)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);

  if (left->error != NULL)
    {
      fermata_body_fail (moment, frame, node, left->iteration, left->error);
      return;
    }

  if (left->output != NULL)
    {
      fermata_value_unref (body->item);
      body->item = fermata_value_ref (left->output);
    }
  if (left->exit == FERMATA_EXIT_BREAK)
    body->flags |= BODY_IS_COMPLETE;
}

static FermataBodyEnd
get_end (const FermataFrame      *frame,
         guint                    node,
         const FermataBodyRecord *body)
{
  if (body->failure != NULL)
    return FERMATA_BODY_HAS_FAILED;

  return (body->flags & BODY_IS_COMPLETE) != 0 || body->n_entered >= body->end ? FERMATA_BODY_IS_DONE : FERMATA_BODY_GOES_ON;
}

static FermataValue *
dup_output (const FermataFrame      *frame,
            guint                    node,
            const FermataBodyRecord *body)
{
  return fermata_value_ref (body->item);
}

const FermataBodyRules fermata_body_rules_while = {
  .begin = begin,
  .can_enter = can_enter,
  .enter = enter,
  .left = left,
  .get_end = get_end,
  .dup_output = dup_output,
};
