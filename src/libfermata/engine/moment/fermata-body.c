/* fermata-body.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-body-rules-private.h"

#include "engine/fermata-task-error.h"
#include "engine/moment/fermata-frame-part-private.h"
#include "engine/moment/fermata-frame-scope-private.h"

/*
 * What owners have in common; what is particular to each sort is in their rules.
 *
 * An owner is RUNNING, and in `startable` while a frame can be entered: so
 * entering has its turn like the start of any other node. It holds no place
 * itself. When nothing is left to do for it it is SETTLED, and ends as any node
 * does.
 */

FermataBodyRecord
fermata_body_read (const FermataFrame *frame,
                   guint               node)
{
  const FermataBodyRecord *body = fermata_page_table_peek (&frame->bodies,
                                                           frame->plan->nodes[node].body_index);
  FermataBodyRecord fresh = { .end = G_MAXUINT32 };

  return body != NULL ? *body : fresh;
}

FermataBodyRecord *
fermata_body_write (FermataFrame *frame,
                    guint         node)
{
  return fermata_page_table_write (&frame->bodies, frame->plan->nodes[node].body_index);
}

const FermataBodyRules *
fermata_body_get_rules (const FermataFrame *frame,
                        guint               node)
{
  const FermataPlanNode *plan_node = &frame->plan->nodes[node];

  if (!plan_node->runs_graph)
    return &fermata_body_rules_each;

  switch ((FermataBodyRule) plan_node->body_rule)
    {
    case FERMATA_BODY_RULE_ITEMS:
    case FERMATA_BODY_RULE_COPIES:
      return &fermata_body_rules_items;

    case FERMATA_BODY_RULE_WHILE:
      return &fermata_body_rules_while;

    case FERMATA_BODY_RULE_TRY:
      return &fermata_body_rules_try;

    case FERMATA_BODY_RULE_NONE:
    case FERMATA_BODY_RULE_ONCE:
    case FERMATA_BODY_RULE_TIMEOUT:
    case FERMATA_BODY_RULE_BRANCHES:
    case FERMATA_BODY_RULE_RACE:
    default:
      return &fermata_body_rules_once;
    }
}

/* Whatever the node needs of pools, it has that already. */
static FermataIndexSet *
enterable (FermataFrame *frame)
{
  return &frame->startable[0];
}

gboolean
fermata_body_can_enter (const FermataMoment     *moment,
                        const FermataFrame      *frame,
                        guint                    node,
                        const FermataBodyRecord *body)
{
  FermataNodeStatus status = fermata_frame_read_node (frame, node).status;

  return (status == FERMATA_NODE_STATUS_RUNNING || status == FERMATA_NODE_STATUS_CANCELLING)
         && moment->n_entered < FERMATA_FRAME_NONE - 1
         && fermata_body_get_rules (frame, node)->can_enter (moment, frame, node, body);
}

FermataValue *
fermata_body_get_parameter (const FermataFrame *frame,
                            guint               node,
                            const char         *name)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);

  return fermata_plan_get_started_parameter (frame->plan, node, record.value, name);
}

void
fermata_body_refuse (FermataFrame *frame,
                     guint         node,
                     const char   *format,
                     ...)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);
  g_autofree char *message = NULL;
  va_list arguments;

  if (body->failure != NULL)
    return;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  body->failure = fermata_error_value_new (FERMATA_ERROR_KIND_VALIDATION, message,
                                           frame->plan->nodes[node].id, NULL);
}

/* Ending */

/* Its end is like that of an attempt: what follows is decided later. @value is
 * transfer full. */
static void
settle (FermataMoment *moment,
        FermataFrame  *frame,
        guint          node,
        guint16        flags,
        FermataValue  *value)
{
  FermataNodeRecord *record = fermata_frame_write_node (frame, node);

  fermata_index_set_remove (enterable (frame), node);
  fermata_index_set_remove (&frame->cancellable, node);
  fermata_index_set_add (&frame->settled, node);
  frame->counts[record->status]--;
  frame->counts[FERMATA_NODE_STATUS_SETTLED]++;
  record->status = FERMATA_NODE_STATUS_SETTLED;
  record->since = moment->time;
  record->flags |= flags;
  g_clear_pointer (&record->value, fermata_value_unref);
  record->value = value;
  record->writer = moment->number;
}

static void
forget_items (FermataBodyRecord *body)
{
  g_clear_pointer (&body->item, fermata_value_unref);
  g_clear_pointer (&body->array, fermata_value_unref);
  g_clear_pointer (&body->failure, fermata_value_unref);
  fermata_trie_clear (&body->results);
  fermata_trie_clear (&body->failures);
  fermata_trie_clear (&body->batch);
}

void
fermata_body_forget (FermataBodyRecord *body)
{
  forget_items (body);
  body->n_items = 0;
  body->n_entered = 0;
  body->n_left = 0;
  body->n_failed = 0;
  body->n_taken = 0;
  body->end = G_MAXUINT32;
  body->max_parallel = 1;
  body->batch_size = 0;
  body->flags = 0;
  body->phase = 0;
}

/* Of a part of a run, only the first frames may begin. */
static void
limit (FermataFrame *frame,
       guint         node)
{
  guint32 most = frame->part == NULL ? G_MAXUINT32 : fermata_frame_get_limit (frame, node);

  if (most != G_MAXUINT32)
    fermata_body_write (frame, node)->end = most;
}

/* The frames of the attempt that failed are gone: its items are forgotten, but
 * not what has come of the next ones. */
static void
begin_anew (FermataFrame *frame,
            guint         node)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);

  forget_items (body);
  body->n_entered = 0;
  body->n_left = 0;
  body->n_failed = 0;
  body->n_taken = 0;
  body->end = G_MAXUINT32;
  body->flags &= ~BODY_RESTARTS;
  limit (frame, node);
}

static void
update_enterable (FermataMoment           *moment,
                  FermataFrame            *frame,
                  guint                    node,
                  const FermataBodyRecord *body)
{
  if (fermata_body_can_enter (moment, frame, node, body))
    fermata_index_set_add (enterable (frame), node);
  else
    fermata_index_set_remove (enterable (frame), node);
}

static void
update_running (FermataMoment *moment,
                FermataFrame  *frame,
                guint          node)
{
  const FermataBodyRules *rules = fermata_body_get_rules (frame, node);
  FermataBodyRecord body = fermata_body_read (frame, node);

  if ((body.flags & BODY_RESTARTS) != 0 && body.open.n_entries == 0)
    {
      begin_anew (frame, node);
      body = fermata_body_read (frame, node);
    }

  update_enterable (moment, frame, node, &body);
  if (body.open.n_entries > 0 || fermata_index_set_contains (enterable (frame), node)
      || fermata_index_set_contains (&frame->cancellable, node))
    return;

  switch (rules->get_end (frame, node, &body))
    {
    case FERMATA_BODY_IS_DONE:
      settle (moment, frame, node, 0, rules->dup_output (frame, node, &body));
      break;

    case FERMATA_BODY_HAS_FAILED:
      settle (moment, frame, node, NODE_SETTLED_FAILED, fermata_value_ref (body.failure));
      break;

    case FERMATA_BODY_GOES_ON:
    default:
      if ((body.flags & BODY_STOPS) != 0)
        fermata_index_set_add (&frame->cancellable, node);
      break;
    }
}

/* What has to be done even now comes first. */
static void
update_cancelling (FermataMoment *moment,
                   FermataFrame  *frame,
                   guint          node)
{
  FermataBodyRecord body;

  fermata_body_cut_short (frame, node);
  body = fermata_body_read (frame, node);
  if (frame->plan->nodes[node].body_rule == FERMATA_BODY_RULE_TRY)
    update_enterable (moment, frame, node, &body);
  if (body.open.n_entries == 0 && !fermata_index_set_contains (enterable (frame), node))
    settle (moment, frame, node, NODE_SETTLED_CANCELLED, NULL);
}

/* What was held for it is needed no more. */
static void
clear_ended (FermataFrame *frame,
             guint         node)
{
  if (fermata_frame_read_node (frame, node).status == FERMATA_NODE_STATUS_SETTLED)
    forget_items (fermata_body_write (frame, node));
}

void
fermata_body_update (FermataMoment *moment,
                     FermataFrame  *frame,
                     guint          node)
{
  FermataNodeStatus status = fermata_frame_read_node (frame, node).status;

  if (status == FERMATA_NODE_STATUS_RUNNING)
    update_running (moment, frame, node);
  else if (status == FERMATA_NODE_STATUS_CANCELLING)
    update_cancelling (moment, frame, node);

  clear_ended (frame, node);
}

/* Where it is a graph its `always` nodes still run, unless those of the run are to
 * end as well. What has to be done in any case only ends with those. */
static void
close_frame (FermataMoment *moment,
             FermataFrame  *frame,
             guint          node,
             guint32        number,
             gboolean       gently)
{
  gboolean everything = !gently && (moment->insisted || !frame->plan->nodes[node].runs_graph);
  FermataFrame *child = fermata_moment_get_frame (moment, number);

  if (!everything && fermata_body_is_finally (frame, node, child))
    return;

  child = fermata_moment_write_frame (moment, number);
  child->is_abandoned = child->is_abandoned || !gently;
  child->is_gentle = child->is_gentle || gently;
  fermata_moment_close_frame (moment, number, everything);
}

void
fermata_body_close_frames (FermataMoment *moment,
                           FermataFrame  *frame,
                           guint          node,
                           guint32        from,
                           gboolean       gently)
{
  FermataBodyRecord body = fermata_body_read (frame, node);
  guint32 index = from;
  gpointer number;

  while (body.open.n_entries > 0
         && fermata_trie_next (&body.open, index, FERMATA_TRIE_ANY, &index, &number))
    {
      close_frame (moment, frame, node, GPOINTER_TO_UINT (number) - 1, gently);
      index++;
    }
}

void
fermata_body_fail (FermataMoment *moment,
                   FermataFrame  *frame,
                   guint          node,
                   guint32        iteration,
                   FermataValue  *error)
{
  gboolean runs_graph = frame->plan->nodes[node].runs_graph;
  FermataBodyRecord *body = fermata_body_write (frame, node);
  g_autoptr (FermataValue) caused = NULL;

  if (body->failure != NULL)
    return;

  caused = runs_graph ? fermata_error_value_nest (error, "cause", error) : fermata_value_ref (error);
  if (iteration == FERMATA_INDEX_NONE)
    {
      body->failure = g_steal_pointer (&caused);
    }
  else
    {
      g_autoptr (FermataValue) number = fermata_value_new_integer (iteration);

      body->failure = fermata_value_with_member (caused, "iteration", number);
    }
  fermata_body_close_frames (moment, frame, node, 0, FALSE);
}

void
fermata_body_begin (FermataMoment *moment,
                    FermataFrame  *frame,
                    guint          node)
{
  fermata_body_get_rules (frame, node)->begin (moment, frame, node);
  limit (frame, node);
  fermata_body_update (moment, frame, node);
}

void
fermata_body_cancel (FermataMoment *moment,
                     FermataFrame  *frame,
                     guint          node)
{
  fermata_index_set_remove (enterable (frame), node);
  fermata_body_close_frames (moment, frame, node, 0, FALSE);
  fermata_body_update (moment, frame, node);
}

/* When its last frame has been left there is nothing left to wait for. */
void
fermata_body_stop (FermataMoment *moment,
                   FermataFrame  *frame,
                   guint          node)
{
  fermata_body_write (frame, node)->flags |= BODY_STOPS;
  fermata_body_close_frames (moment, frame, node, 0, TRUE);
  fermata_body_cut_short (frame, node);
  fermata_body_update (moment, frame, node);
}

void
fermata_body_restart (FermataMoment *moment,
                      FermataFrame  *frame,
                      guint          node)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);

  body->n_items = 0;
  body->flags = (body->flags & ~(BODY_STREAMS | BODY_IS_COMPLETE)) | BODY_RESTARTS;
  g_clear_pointer (&body->item, fermata_value_unref);
  fermata_trie_clear (&body->batch);
  fermata_body_close_frames (moment, frame, node, 0, FALSE);
  if (fermata_frame_read_node (frame, node).status == FERMATA_NODE_STATUS_WAITING)
    begin_anew (frame, node);
  fermata_body_update (moment, frame, node);
}

/* Asking */

gboolean
fermata_body_wants_item (const FermataFrame *frame,
                         guint               node,
                         guint32            *index)
{
  FermataBodyRecord body = fermata_body_read (frame, node);

  *index = body.n_taken;

  return fermata_frame_read_node (frame, node).status == FERMATA_NODE_STATUS_RUNNING
         && (body.flags & BODY_STREAMS) != 0
         && (body.batch_size > 0 ? body.batch.n_entries < body.batch_size : body.item == NULL)
         && body.n_taken < body.n_items
         && body.n_entered < body.end
         && !fermata_body_is_stopping (frame, node, &body);
}

gboolean
fermata_body_is_taking (const FermataMoment *moment,
                        const FermataFrame  *frame,
                        guint                node)
{
  return fermata_body_read (frame, node).open.n_entries > 0
         || (moment->n_running < moment->max_concurrency
             && fermata_index_set_contains (&frame->startable[0], node));
}
