/* fermata-body.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-body-private.h"

#include "engine/moment/fermata-frame-part-private.h"
#include "engine/moment/fermata-frame-scope-private.h"
#include "value/fermata-value-builder.h"

/*
 * A node that runs a graph is one with a single frame, whose result is its output.
 *
 * An owner is RUNNING, and in `startable` while a frame can be entered: so
 * entering has its turn like the start of any other node. It holds no place
 * itself. When its last frame has been left it is SETTLED, and ends as any node
 * does.
 */

FermataBodyRecord
fermata_body_read (const FermataFrame *frame,
                   guint               node)
{
  const FermataBodyRecord *body = fermata_page_table_peek (&frame->bodies,
                                                           frame->plan->nodes[node].body_index);
  FermataBodyRecord fresh = { 0, };

  return body != NULL ? *body : fresh;
}

FermataBodyRecord *
fermata_body_write (FermataFrame *frame,
                    guint         node)
{
  return fermata_page_table_write (&frame->bodies, frame->plan->nodes[node].body_index);
}

/* Whatever the node needs of pools, it has that already. */
static FermataIndexSet *
enterable (FermataFrame *frame)
{
  return &frame->startable[0];
}

static gboolean
runs_graph (const FermataFrame *frame,
            guint               node)
{
  return frame->plan->nodes[node].runs_graph;
}

/* Whatever it has, it takes no more of it. */
static gboolean
is_stopping (const FermataFrame      *frame,
             guint                    node,
             const FermataBodyRecord *body)
{
  return body->failure != NULL || (body->flags & (BODY_RESTARTS | BODY_STOPS)) != 0
         || fermata_index_set_contains (&frame->cancellable, node);
}

/* There are no more frames under way than could run, so that those that wait
 * for something else do not heap up. */
static gboolean
can_enter (const FermataMoment     *moment,
           const FermataFrame      *frame,
           guint                    node,
           const FermataBodyRecord *body)
{
  return body->n_entered < body->n_items
         && (body->array != NULL || body->item != NULL || runs_graph (frame, node))
         && body->open.n_entries < moment->max_concurrency
         && moment->n_entered < FERMATA_FRAME_NONE - 1;
}

/* Ending */

static FermataValue *
list_results (const FermataBodyRecord *body)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) none = fermata_value_new_null ();

  for (guint32 i = 0; i < body->n_entered; i++)
    {
      FermataValue *result = fermata_trie_get (&body->results, i);

      fermata_value_builder_add (builder, result != NULL ? result : none);
    }

  return fermata_value_builder_end (builder);
}

/* What its items gave, or its graph. */
static FermataValue *
dup_output (const FermataFrame      *frame,
            guint                    node,
            const FermataBodyRecord *body)
{
  FermataValue *result;

  if (!runs_graph (frame, node))
    return list_results (body);

  result = fermata_trie_get (&body->results, 0);

  return result != NULL ? fermata_value_ref (result) : fermata_value_new_null ();
}

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
}

/* The frames of the attempt that failed are gone: its items are forgotten. */
static void
begin_anew (FermataFrame *frame,
            guint         node)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);

  forget_items (body);
  body->n_entered = 0;
  body->n_left = 0;
  body->flags &= ~BODY_RESTARTS;
}

/* All is there that its output is made of. A graph that was closed before its end
 * gives nothing. */
static gboolean
is_complete (const FermataFrame      *frame,
             guint                    node,
             const FermataBodyRecord *body)
{
  if (runs_graph (frame, node))
    return body->n_left > 0
           && (body->results.n_entries > 0 || (body->flags & BODY_STOPS) == 0);

  return (body->flags & BODY_IS_COMPLETE) != 0 && body->n_entered == body->n_items;
}

static void
update_running (FermataMoment *moment,
                FermataFrame  *frame,
                guint          node)
{
  FermataBodyRecord body = fermata_body_read (frame, node);

  if ((body.flags & BODY_RESTARTS) != 0 && body.open.n_entries == 0)
    {
      begin_anew (frame, node);
      body = fermata_body_read (frame, node);
    }

  if (!is_stopping (frame, node, &body) && can_enter (moment, frame, node, &body))
    fermata_index_set_add (enterable (frame), node);
  else
    fermata_index_set_remove (enterable (frame), node);

  if (body.open.n_entries > 0 || fermata_index_set_contains (&frame->cancellable, node))
    return;
  if (body.failure != NULL)
    settle (moment, frame, node, NODE_SETTLED_FAILED, fermata_value_ref (body.failure));
  else if (is_complete (frame, node, &body))
    settle (moment, frame, node, 0, dup_output (frame, node, &body));
  else if ((body.flags & BODY_STOPS) != 0)
    fermata_index_set_add (&frame->cancellable, node);
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
  else if (status == FERMATA_NODE_STATUS_CANCELLING
           && fermata_body_read (frame, node).open.n_entries == 0)
    settle (moment, frame, node, NODE_SETTLED_CANCELLED, NULL);

  clear_ended (frame, node);
}

/* Closes the frames that are under way. Where that is a graph its `always` nodes
 * still run, unless those of the run are to end as well. */
static void
close_frames (FermataMoment *moment,
              FermataFrame  *frame,
              guint          node,
              gboolean       gently)
{
  gboolean everything = !gently && (moment->insisted || !runs_graph (frame, node));
  FermataBodyRecord body = fermata_body_read (frame, node);
  guint32 index = 0;
  gpointer number;
  FermataFrame *child;

  for (guint i = 0; i < body.open.n_entries; i++)
    {
      fermata_trie_next (&body.open, index, FERMATA_TRIE_ANY, &index, &number);
      child = fermata_moment_write_frame (moment, GPOINTER_TO_UINT (number) - 1);
      child->is_abandoned = child->is_abandoned || !gently;
      fermata_moment_close_frame (moment, child->number, everything);
      index++;
    }
}

/* Each attempt has a frame of its own. */
static void
begin_graph (FermataFrame *frame,
             guint         node)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);

  forget_items (body);
  body->n_items = 1;
  body->n_entered = 0;
  body->n_left = 0;
  body->flags = 0;
}

void
fermata_body_begin (FermataMoment *moment,
                    FermataFrame  *frame,
                    guint          node)
{
  if (runs_graph (frame, node))
    begin_graph (frame, node);
  fermata_body_update (moment, frame, node);
}

void
fermata_body_cancel (FermataMoment *moment,
                     FermataFrame  *frame,
                     guint          node)
{
  fermata_index_set_remove (enterable (frame), node);
  close_frames (moment, frame, node, FALSE);
  fermata_body_update (moment, frame, node);
}

/* When its last frame has been left there is nothing left to wait for. */
void
fermata_body_stop (FermataMoment *moment,
                   FermataFrame  *frame,
                   guint          node)
{
  fermata_body_write (frame, node)->flags |= BODY_STOPS;
  close_frames (moment, frame, node, TRUE);
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
  close_frames (moment, frame, node, FALSE);
  if (fermata_frame_read_node (frame, node).status == FERMATA_NODE_STATUS_WAITING)
    begin_anew (frame, node);
  fermata_body_update (moment, frame, node);
}

/* Frames */

/* What the node sees as its input: the item, or among what the other edges
 * carry, under the name of the edge that it came by. */
static FermataValue *
dup_item_input (FermataFrame *frame,
                guint         node,
                FermataValue *item)
{
  FermataPlan *plan = frame->plan;
  const FermataPlanNode *plan_node = &plan->nodes[node];
  g_autoptr (FermataValueBuilder) builder = NULL;

  if (fermata_plan_node_n_in (plan, node) == 1)
    return fermata_value_ref (item);

  builder = fermata_value_builder_new_object ();
  for (guint i = plan_node[0].first_in; i < plan_node[1].first_in; i++)
    {
      guint edge = plan->incoming[i];
      FermataValue *value = item;

      if (edge != plan_node->each_edge)
        value = fermata_frame_get_edge (frame, edge) == FERMATA_EDGE_STATUS_TAKEN
                ? fermata_frame_read_node (frame, plan->edges[edge].source).value : NULL;
      if (value != NULL)
        fermata_value_builder_set (builder, fermata_plan_get_input_name (plan, edge), value);
    }

  return fermata_value_builder_end (builder);
}

static gint64
integer_member (FermataValue *object,
                const char   *name)
{
  FermataValue *member = object == NULL ? NULL : fermata_value_get_member (object, name);

  return member != NULL && fermata_value_get_kind (member) == FERMATA_VALUE_KIND_INTEGER
         ? fermata_value_get_integer (member) : -1;
}

gboolean
fermata_body_is_next (const FermataMoment *moment,
                      const FermataEvent  *event)
{
  return moment->n_entered < FERMATA_FRAME_NONE - 1
         && integer_member (event->payload, "frame") == (gint64) moment->n_entered + 1;
}

FermataFrame *
fermata_body_find_left (FermataMoment      *moment,
                        const FermataFrame *frame,
                        const FermataEvent *event)
{
  gint64 number = integer_member (event->payload, "frame");
  FermataFrame *child = number > 0 ? fermata_moment_get_frame (moment, number) : NULL;

  if (child == NULL || child->parent != frame->number || child->owner != event->place
      || child->n_children > 0 || !fermata_frame_has_ended (moment, child))
    return NULL;

  return child;
}

static void
enter_graph (FermataMoment      *moment,
             FermataFrame       *frame,
             const FermataEvent *event)
{
  FermataBodyRecord *body = fermata_body_write (frame, event->place);
  g_autoptr (FermataValue) input = fermata_frame_dup_input (frame, event->place);
  FermataFrame *child;

  child = fermata_body_new_child (moment, frame, frame->plan->nodes[event->place].body, event->place,
                                  body->n_entered++, NULL, input,
                                  fermata_value_get_member (event->payload, "inputs"),
                                  fermata_value_get_member (event->payload, "variables"));
  fermata_trie_set (&body->open, child->iteration, GUINT_TO_POINTER (child->number + 1));
  fermata_body_update (moment, frame, event->place);
}

static void
apply_entered (FermataMoment      *moment,
               FermataFrame       *frame,
               const FermataEvent *event)
{
  guint node = event->place;
  FermataBodyRecord *body = fermata_body_write (frame, node);
  g_autoptr (FermataValue) item = NULL;
  g_autoptr (FermataValue) input = NULL;
  FermataFrame *child;

  if (!can_enter (moment, frame, node, body) || !fermata_body_is_next (moment, event))
    return;
  if (runs_graph (frame, node))
    {
      enter_graph (moment, frame, event);
      return;
    }

  item = body->array != NULL
         ? fermata_value_ref (fermata_value_get_element (body->array, body->n_entered))
         : g_steal_pointer (&body->item);
  input = dup_item_input (frame, node, item);
  child = fermata_body_new_child (moment, frame, frame->plan->nodes[node].body, node,
                                  body->n_entered++, item, input, NULL, NULL);
  child->count = body->array != NULL ? body->n_items : 0;
  fermata_trie_set (&body->open, child->iteration, GUINT_TO_POINTER (child->number + 1));
  fermata_body_update (moment, frame, node);
}

/* The first failure counts; it says of which item it is, or, of a graph, what
 * happened in there. */
static void
fail (FermataMoment *moment,
      FermataFrame  *frame,
      guint          node,
      guint32        iteration,
      FermataValue  *error)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);
  g_autoptr (FermataValue) number = fermata_value_new_integer (iteration);

  if (body->failure != NULL)
    return;

  body->failure = runs_graph (frame, node) ? fermata_value_with_member (error, "cause", error)
                                           : fermata_value_with_member (error, "iteration", number);
  close_frames (moment, frame, node, FALSE);
}

static void
apply_left (FermataMoment      *moment,
            FermataFrame       *frame,
            const FermataEvent *event)
{
  FermataFrame *child = fermata_body_find_left (moment, frame, event);
  FermataValue *output, *error;
  FermataBodyRecord *body;
  guint32 iteration;

  if (child == NULL)
    return;

  output = fermata_value_get_member (event->payload, "output");
  error = fermata_value_get_member (event->payload, "error");
  iteration = child->iteration;
  fermata_moment_remove_frame (moment, child->number);
  frame->n_children--;
  body = fermata_body_write (frame, event->place);
  fermata_trie_remove (&body->open, iteration);
  body->n_left++;
  if (output != NULL)
    fermata_trie_set (&body->results, iteration, fermata_value_ref (output));
  if (error != NULL && (body->flags & BODY_RESTARTS) == 0)
    fail (moment, frame, event->place, iteration, error);
  fermata_body_update (moment, frame, event->place);
}

static void
apply_item (FermataMoment      *moment,
            FermataFrame       *frame,
            const FermataEvent *event)
{
  FermataValue *value;
  guint32 index;

  if (!fermata_body_wants_item (frame, event->place, &index)
      || integer_member (event->payload, "index") != index)
    return;

  value = fermata_value_get_member (event->payload, "value");
  if (value != NULL)
    fermata_body_write (frame, event->place)->item = fermata_value_ref (value);
  else
    fail (moment, frame, event->place, index, fermata_value_get_member (event->payload, "error"));
  fermata_body_update (moment, frame, event->place);
}

void
fermata_body_apply (FermataMoment      *moment,
                    FermataFrame       *frame,
                    const FermataEvent *event)
{
  if (frame->plan->nodes[event->place].body == NULL)
    return;

  if (event->kind == FERMATA_EVENT_FRAME_ENTERED)
    apply_entered (moment, frame, event);
  else if (event->kind == FERMATA_EVENT_FRAME_LEFT)
    apply_left (moment, frame, event);
  else
    apply_item (moment, frame, event);
}

/* Deciding */

static FermataValueBuilder *
new_payload (guint32 number,
             guint32 iteration)
{
  FermataValueBuilder *builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_integer (builder, "frame", number);
  fermata_value_builder_set_integer (builder, "index", iteration);

  return builder;
}

static void
set_if_any (FermataValueBuilder *builder,
            const char          *name,
            FermataValue        *value)
{
  if (value != NULL)
    fermata_value_builder_set (builder, name, value);
}

FermataValue *
fermata_body_entered_payload (const FermataMoment *moment,
                              guint32              iteration,
                              FermataValue        *inputs,
                              FermataValue        *variables)
{
  g_autoptr (FermataValueBuilder) builder = new_payload (moment->n_entered + 1, iteration);

  set_if_any (builder, "inputs", inputs);
  set_if_any (builder, "variables", variables);

  return fermata_value_builder_end (builder);
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
                                                 NULL, NULL);

  return TRUE;
}

/* What a frame gives in which nothing ran. */
static void
set_given (FermataValueBuilder *builder,
           FermataValue        *part)
{
  static const char *const names[] = { "output", "error", "exit", "changes", "by" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    set_if_any (builder, names[i], fermata_value_get_member (part, names[i]));
}

gboolean
fermata_body_decide_left (FermataMoment *moment,
                          FermataFrame  *child,
                          FermataEvent  *event)
{
  FermataFrame *parent = fermata_moment_get_frame (moment, child->parent);
  g_autoptr (FermataValueBuilder) builder = new_payload (child->number, child->iteration);
  g_autoptr (FermataValue) output = NULL;
  g_autoptr (FermataValue) error = NULL;

  if (fermata_frame_is_given (child))
    set_given (builder, child->part);
  else
    fermata_interpreter_of (child->plan)->conclude (moment, child, &output, &error);
  set_if_any (builder, "output", output);
  set_if_any (builder, "error", error);
  event->kind = FERMATA_EVENT_FRAME_LEFT;
  event->frame = parent->number;
  event->place = parent->plan->first_place + child->owner;
  event->attempt = 0;
  event->payload = fermata_value_builder_end (builder);

  return TRUE;
}

gboolean
fermata_body_wants_item (const FermataFrame *frame,
                         guint               node,
                         guint32            *index)
{
  FermataBodyRecord body = fermata_body_read (frame, node);

  *index = body.n_entered;

  return fermata_frame_read_node (frame, node).status == FERMATA_NODE_STATUS_RUNNING
         && (body.flags & BODY_STREAMS) != 0
         && body.item == NULL
         && body.n_entered < body.n_items
         && !is_stopping (frame, node, &body);
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
