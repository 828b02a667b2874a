/* fermata-body-try.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-body-rules-private.h"

#include "engine/fermata-task-error.h"
#include "engine/moment/fermata-frame-scope-private.h"

/*
 * `try`: its body; if that fails and `catch` is for such errors, that; and then, once
 * the body has begun, `finally`, whatever happened and even if the node has been
 * asked to end. @phase of the record is which of them is under way or comes next,
 * @failure the error inside that the node would fail with now, and @item the one that
 * this took the place of, or would if `catch` failed. When all is over @failure is the
 * node's error.
 */
enum {
  PHASE_BODY,
  PHASE_CATCH,
  PHASE_FINALLY,
  PHASE_OVER,
};

FermataPlan *
fermata_body_get_next_plan (const FermataFrame *frame,
                            guint               node)
{
  const FermataPlanNode *plan_node = &frame->plan->nodes[node];

  if (plan_node->body_rule != FERMATA_BODY_RULE_TRY)
    return plan_node->body;

  switch (fermata_body_read (frame, node).phase)
    {
    case PHASE_CATCH:
      return plan_node->catch_body;
    case PHASE_FINALLY:
      return plan_node->finally_body;
    case PHASE_BODY:
    default:
      return plan_node->body;
    }
}

static void
begin (FermataMoment *moment,
       FermataFrame  *frame,
       guint          node)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);

  fermata_body_forget (body);
  body->phase = PHASE_BODY;
}

static gboolean
is_ending (const FermataFrame      *frame,
           guint                    node,
           const FermataBodyRecord *body)
{
  return (body->flags & BODY_STOPS) != 0
         || fermata_frame_read_node (frame, node).status == FERMATA_NODE_STATUS_CANCELLING
         || fermata_index_set_contains (&frame->cancellable, node);
}

static gboolean
can_enter (const FermataMoment     *moment,
           const FermataFrame      *frame,
           guint                    node,
           const FermataBodyRecord *body)
{
  if (body->open.n_entries > 0 || body->phase == PHASE_OVER)
    return FALSE;
  if (body->phase == PHASE_FINALLY)
    return !moment->insisted && !fermata_index_set_contains (&frame->cancellable, node);

  return !is_ending (frame, node, body);
}

static void
enter (FermataFrame      *frame,
       guint              node,
       FermataBodyRecord *body,
       FermataBodyEntry  *entry)
{
  FermataValue *error = body->phase == PHASE_CATCH ? body->item
                        : body->failure != NULL ? body->failure : NULL;

  entry->plan = fermata_body_get_next_plan (frame, node);
  entry->input = fermata_frame_dup_input (frame, node);
  if (body->phase != PHASE_BODY)
    entry->error = error != NULL ? fermata_value_ref (error) : fermata_value_new_null ();
}

static gboolean
is_caught (const FermataFrame *frame,
           guint               node,
           FermataValue       *error)
{
  FermataValue *kinds = fermata_body_get_parameter (frame, node, "kinds");
  FermataValue *kind = fermata_value_get_member (error, "kind");

  if (frame->plan->nodes[node].catch_body == NULL)
    return FALSE;
  if (kinds == NULL || fermata_value_get_kind (kinds) != FERMATA_VALUE_KIND_ARRAY)
    return TRUE;

  for (gsize i = 0; kind != NULL && i < fermata_value_get_length (kinds); i++)
    {
      if (fermata_value_equal (fermata_value_get_element (kinds, i), kind))
        return TRUE;
    }

  return FALSE;
}

/* What the node fails with: the error inside as its cause, and the one that was being
 * handled. */
static void
end (FermataBodyRecord *body)
{
  g_autoptr (FermataValue) inside = g_steal_pointer (&body->failure);
  g_autoptr (FermataValue) caused = NULL;

  body->phase = PHASE_OVER;
  if (inside == NULL)
    return;

  caused = fermata_value_with_member (inside, "cause", inside);
  body->failure = body->item == NULL ? fermata_value_ref (caused)
                                     : fermata_value_with_member (caused, "handling", body->item);
}

static void
go_to_finally (const FermataFrame *frame,
               guint               node,
               FermataBodyRecord  *body)
{
  if (frame->plan->nodes[node].finally_body != NULL && body->n_entered > 0)
    body->phase = PHASE_FINALLY;
  else
    end (body);
}

static void
body_left (FermataFrame          *frame,
           guint                  node,
           FermataBodyRecord     *body,
           const FermataBodyLeft *left)
{
  if (left->error != NULL && is_caught (frame, node, left->error) && !is_ending (frame, node, body))
    {
      body->item = fermata_value_ref (left->error);
      body->phase = PHASE_CATCH;
      return;
    }

  if (left->error != NULL)
    body->failure = fermata_value_ref (left->error);
  go_to_finally (frame, node, body);
}

/* If it failed, the one that it was for is still being handled. */
static void
catch_left (FermataFrame          *frame,
            guint                  node,
            FermataBodyRecord     *body,
            const FermataBodyLeft *left)
{
  if (left->error != NULL)
    body->failure = fermata_value_ref (left->error);
  else
    g_clear_pointer (&body->item, fermata_value_unref);
  go_to_finally (frame, node, body);
}

/* An error in it takes the place of whatever was there. */
static void
finally_left (FermataBodyRecord     *body,
              const FermataBodyLeft *left)
{
  g_autoptr (FermataValue) before = g_steal_pointer (&body->failure);
  g_autoptr (FermataValue) handled = NULL;

  if (left->error == NULL)
    {
      body->failure = g_steal_pointer (&before);
      end (body);
      return;
    }

  handled = g_steal_pointer (&body->item);
  if (before != NULL)
    body->item = handled == NULL ? fermata_value_ref (before)
                                 : fermata_value_with_member (before, "handling", handled);
  body->failure = fermata_value_ref (left->error);
  end (body);
}

static void
left (FermataMoment         *moment,
      FermataFrame          *frame,
      guint                  node,
      const FermataBodyLeft *left)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);

  if (left->output != NULL && body->phase < PHASE_FINALLY)
    fermata_trie_set (&body->results, 0, fermata_value_ref (left->output));

  switch (body->phase)
    {
    case PHASE_BODY:
      body_left (frame, node, body, left);
      break;

    case PHASE_CATCH:
      catch_left (frame, node, body, left);
      break;

    case PHASE_FINALLY:
      finally_left (body, left);
      break;

    case PHASE_OVER:
    default:
      break;
    }
}

/* Asked to end while nothing of it is under way */
void
fermata_body_cut_short (FermataFrame *frame,
                        guint         node)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);

  if (frame->plan->nodes[node].body_rule == FERMATA_BODY_RULE_TRY
      && body->open.n_entries == 0 && body->phase < PHASE_FINALLY)
    go_to_finally (frame, node, body);
}

gboolean
fermata_body_is_finally (const FermataFrame *frame,
                         guint               node,
                         const FermataFrame *child)
{
  return frame->plan->nodes[node].finally_body != NULL
         && child->plan == frame->plan->nodes[node].finally_body;
}

static FermataBodyEnd
get_end (const FermataFrame      *frame,
         guint                    node,
         const FermataBodyRecord *body)
{
  if (body->phase != PHASE_OVER)
    return FERMATA_BODY_GOES_ON;
  if (body->failure != NULL)
    return FERMATA_BODY_HAS_FAILED;

  return body->results.n_entries > 0 || (body->flags & BODY_STOPS) == 0
         ? FERMATA_BODY_IS_DONE : FERMATA_BODY_GOES_ON;
}

const FermataBodyRules fermata_body_rules_try = {
  .begin = begin,
  .can_enter = can_enter,
  .enter = enter,
  .left = left,
  .get_end = get_end,
  .dup_output = fermata_body_dup_first_result,
};
