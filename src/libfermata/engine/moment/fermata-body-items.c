/* fermata-body-items.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-body-rules-private.h"

#include "engine/fermata-task-error.h"
#include "engine/moment/fermata-frame-scope-private.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-writer.h"

/*
 * `foreach` and `fan-out`: a frame for each item, or for each batch of items. They
 * are all there when it begins, as @array or, all the same, as @item; or they come
 * one by one over an edge with `each`, and are in @batch until that is full.
 *
 * Whatever is done at the same time, the outcome is that of one item after the
 * other: where an item breaks the loop, those behind it do not count.
 */

/* A number as it is, of anything else its type */
static char *
dup_found (FermataValue *value)
{
  FermataValueKind kind = fermata_value_get_kind (value);

  if (kind == FERMATA_VALUE_KIND_INTEGER || kind == FERMATA_VALUE_KIND_NUMBER)
    return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

  return g_strconcat ("of type ", fermata_value_kind_to_string (kind), NULL);
}

gboolean
fermata_body_get_number (FermataFrame *frame,
                         guint         node,
                         const char   *name,
                         guint32      *number)
{
  FermataValue *value = fermata_body_get_parameter (frame, node, name);

  if (value == NULL || fermata_value_get_kind (value) == FERMATA_VALUE_KIND_NULL)
    return TRUE;
  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_INTEGER
      || fermata_value_get_integer (value) < 1 || fermata_value_get_integer (value) > G_MAXINT32)
    {
      g_autofree char *found = dup_found (value);

      fermata_body_refuse (frame, node, "%s must be a whole number from 1 to %d, but is %s", name,
                           G_MAXINT32, found);
      return FALSE;
    }
  *number = fermata_value_get_integer (value);

  return TRUE;
}

static gboolean
is_streamed (const FermataFrame *frame,
             guint               node)
{
  return frame->plan->nodes[node].each_edge != FERMATA_INDEX_NONE
         && (fermata_body_read (frame, node).flags & BODY_STREAMS) != 0;
}

static guint
n_batches (gsize    n_items,
           guint32  batch_size)
{
  return batch_size == 0 ? n_items : (n_items + batch_size - 1) / batch_size;
}

/* A list is shared, however long it is. */
static void
take_list (FermataFrame *frame,
           guint         node,
           FermataValue *list)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);

  body->array = fermata_value_ref (list);
  body->n_items = n_batches (fermata_value_get_length (list), body->batch_size);
  body->flags |= BODY_IS_COMPLETE;
}

static void
refuse_list (FermataFrame *frame,
             guint         node,
             const char   *what,
             FermataValue *found)
{
  fermata_body_refuse (frame, node, "%s must be an array, but is %s%s", what,
                       found == NULL ? "not there" : "of type ",
                       found == NULL ? "" : fermata_value_kind_to_string (fermata_value_get_kind (found)));
}

/* Its own parameter, what comes over an edge with `each`, or its input */
static FermataValue *
dup_source (FermataFrame *frame,
            guint         node,
            const char   *name)
{
  const FermataPlanNode *plan_node = &frame->plan->nodes[node];
  FermataValue *given = fermata_body_get_parameter (frame, node, name);

  if (given != NULL)
    return fermata_value_ref (given);
  if (plan_node->each_edge == FERMATA_INDEX_NONE)
    return fermata_frame_dup_input (frame, node);

  given = fermata_frame_read_node (frame, frame->plan->edges[plan_node->each_edge].source).value;

  return given != NULL ? fermata_value_ref (given) : NULL;
}

/* A source that gave neither items nor an output gave none. */
void
fermata_body_take_items (FermataFrame *frame,
                         guint         node)
{
  gboolean has_edge = frame->plan->nodes[node].each_edge != FERMATA_INDEX_NONE;
  g_autoptr (FermataValue) items = dup_source (frame, node, "items");
  FermataValueKind kind = items == NULL ? FERMATA_VALUE_KIND_NULL : fermata_value_get_kind (items);

  if (kind == FERMATA_VALUE_KIND_ARRAY)
    take_list (frame, node, items);
  else if (has_edge && kind == FERMATA_VALUE_KIND_NULL)
    fermata_body_write (frame, node)->flags |= BODY_IS_COMPLETE;
  else
    refuse_list (frame, node, has_edge ? "what comes over the edge with “each”" : "items", items);
}

/* So many copies of one input */
static void
take_number (FermataFrame *frame,
             guint         node,
             FermataValue *number,
             FermataValue *input)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);
  gboolean is_whole = fermata_value_get_kind (number) == FERMATA_VALUE_KIND_INTEGER;

  if (!is_whole || fermata_value_get_integer (number) < 0
      || fermata_value_get_integer (number) >= FERMATA_FRAME_NONE)
    {
      g_autofree char *found = dup_found (number);

      fermata_body_refuse (frame, node, "copies must be a whole number from 0, but is %s", found);
      return;
    }

  body->item = input != NULL ? fermata_value_ref (input) : fermata_value_new_null ();
  body->n_items = fermata_value_get_integer (number);
  body->flags |= BODY_IS_COMPLETE | BODY_COPIES;
}

static void
take_copies (FermataFrame *frame,
             guint         node)
{
  g_autoptr (FermataValue) copies = dup_source (frame, node, "copies");
  FermataValueKind kind = copies == NULL ? FERMATA_VALUE_KIND_NULL : fermata_value_get_kind (copies);
  FermataValue *number = kind == FERMATA_VALUE_KIND_OBJECT
                         ? fermata_value_get_member (copies, "copies") : NULL;

  if (kind == FERMATA_VALUE_KIND_ARRAY)
    take_list (frame, node, copies);
  else if (kind == FERMATA_VALUE_KIND_INTEGER || kind == FERMATA_VALUE_KIND_NUMBER)
    {
      g_autoptr (FermataValue) input = fermata_frame_dup_input (frame, node);

      take_number (frame, node, copies, input);
    }
  else if (number != NULL)
    take_number (frame, node, number, fermata_value_get_member (copies, "input"));
  else
    fermata_body_refuse (frame, node, "copies must be a number, an array, or an object with “copies” and "
                         "“input”, but is of type %s", fermata_value_kind_to_string (kind));
}

static guint16
get_policy (FermataFrame *frame,
            guint         node)
{
  FermataValue *failures = fermata_body_get_parameter (frame, node, "failures");
  const char *name = failures == NULL || fermata_value_get_kind (failures) != FERMATA_VALUE_KIND_STRING
                     ? "" : fermata_value_get_string (failures, NULL);

  return g_str_equal (name, "skip") ? BODY_SKIPS : g_str_equal (name, "collect") ? BODY_COLLECTS : 0;
}

/* What has come over an edge by now stays; of a stream it is read from the first
 * item on again. */
static void
begin (FermataMoment *moment,
       FermataFrame  *frame,
       guint          node)
{
  gboolean copies = frame->plan->nodes[node].body_rule == FERMATA_BODY_RULE_COPIES;
  gboolean streams = is_streamed (frame, node);
  FermataBodyRecord *body = fermata_body_write (frame, node);
  guint32 n_items = streams ? body->n_items : 0;
  guint16 kept = streams ? body->flags & (BODY_STREAMS | BODY_IS_COMPLETE) : 0;

  fermata_body_forget (body);
  body->n_items = n_items;
  body->flags = kept | get_policy (frame, node);
  body->max_parallel = copies ? moment->max_concurrency : 1;
  if (!fermata_body_get_number (frame, node, "max-parallel", &body->max_parallel)
      || (!copies && !fermata_body_get_number (frame, node, "batch", &body->batch_size)))
    return;

  if (copies)
    take_copies (frame, node);
  else if (!streams && (frame->plan->nodes[node].each_edge == FERMATA_INDEX_NONE
                        || fermata_frame_get_edge (frame, frame->plan->nodes[node].each_edge)
                           == FERMATA_EDGE_STATUS_TAKEN))
    fermata_body_take_items (frame, node);
}

/* The next batch is whole. */
static gboolean
has_batch (const FermataBodyRecord *body)
{
  if (body->batch_size == 0)
    return body->item != NULL;

  return body->batch.n_entries == body->batch_size
         || (body->batch.n_entries > 0 && (body->flags & BODY_IS_COMPLETE) != 0
             && body->n_taken == body->n_items);
}

static gboolean
can_enter (const FermataMoment     *moment,
           const FermataFrame      *frame,
           guint                    node,
           const FermataBodyRecord *body)
{
  gboolean is_there = body->array != NULL || (body->flags & BODY_COPIES) != 0
                      ? body->n_entered < body->n_items : has_batch (body);

  return is_there && body->n_entered < body->end && body->open.n_entries < body->max_parallel
         && !fermata_body_is_stopping (frame, node, body);
}

static FermataValue *
dup_slice (const FermataBodyRecord *body,
           guint32                  index)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  gsize first = (gsize) index * body->batch_size;
  gsize end = MIN (first + body->batch_size, fermata_value_get_length (body->array));

  for (gsize i = first; i < end; i++)
    fermata_value_builder_add (builder, fermata_value_get_element (body->array, i));

  return fermata_value_builder_end (builder);
}

static FermataValue *
take_batch (FermataBodyRecord *body)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();

  for (guint i = 0; i < body->batch.n_entries; i++)
    fermata_value_builder_add (builder, fermata_trie_get (&body->batch, i));
  fermata_trie_clear (&body->batch);

  return fermata_value_builder_end (builder);
}

static FermataValue *
take_item (FermataBodyRecord *body)
{
  if ((body->flags & BODY_COPIES) != 0)
    return fermata_value_ref (body->item);
  if (body->array != NULL)
    return body->batch_size > 0
           ? dup_slice (body, body->n_entered)
           : fermata_value_ref (fermata_value_get_element (body->array, body->n_entered));

  return body->batch_size > 0 ? take_batch (body) : g_steal_pointer (&body->item);
}

static void
enter (FermataFrame      *frame,
       guint              node,
       FermataBodyRecord *body,
       FermataBodyEntry  *entry)
{
  entry->plan = frame->plan->nodes[node].body;
  entry->item = take_item (body);
  entry->input = fermata_value_ref (entry->item);
  entry->count = (body->flags & BODY_STREAMS) == 0 ? body->n_items : 0;
}

/* What comes behind a break has never been. */
static void
forget_behind (FermataTrie *trie,
               guint32      end)
{
  guint32 index;
  gpointer value;

  while (trie->n_entries > 0 && fermata_trie_next (trie, end, FERMATA_TRIE_ANY, &index, &value))
    fermata_trie_remove (trie, index);
}

static void
break_off (FermataMoment *moment,
           FermataFrame  *frame,
           guint          node,
           guint32        end)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);

  body->end = end;
  forget_behind (&body->results, end);
  forget_behind (&body->failures, end);
  g_clear_pointer (&body->item, fermata_value_unref);
  fermata_trie_clear (&body->batch);
  fermata_body_close_frames (moment, frame, node, end, FALSE);
}

static void
note_failure (FermataMoment         *moment,
              FermataFrame          *frame,
              guint                  node,
              const FermataBodyLeft *left)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);

  if ((body->flags & BODY_COLLECTS) != 0)
    fermata_trie_set (&body->failures, left->iteration, fermata_value_ref (left->error));
  else if ((body->flags & BODY_SKIPS) == 0)
    fermata_body_fail (moment, frame, node, left->iteration, left->error);
}

static void
left (FermataMoment         *moment,
      FermataFrame          *frame,
      guint                  node,
      const FermataBodyLeft *left)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);

  if (left->iteration >= body->end)
    return;

  if (left->error != NULL)
    note_failure (moment, frame, node, left);
  else if (left->exit == FERMATA_EXIT_BREAK)
    break_off (moment, frame, node, left->iteration + 1);
  else if (left->output == NULL && left->exit == FERMATA_EXIT_NONE)
    body->flags |= BODY_IS_CUT;
  if (left->output != NULL)
    fermata_trie_set (&body->results, left->iteration, fermata_value_ref (left->output));
}

static FermataBodyEnd
get_end (const FermataFrame      *frame,
         guint                    node,
         const FermataBodyRecord *body)
{
  if (body->failure != NULL)
    return FERMATA_BODY_HAS_FAILED;
  if ((body->flags & BODY_IS_CUT) != 0 && (body->flags & BODY_STOPS) != 0)
    return FERMATA_BODY_GOES_ON;
  if (body->n_entered >= body->end)
    return FERMATA_BODY_IS_DONE;
  if ((body->flags & BODY_IS_COMPLETE) == 0)
    return FERMATA_BODY_GOES_ON;
  if ((body->flags & BODY_STREAMS) != 0)
    return body->n_taken == body->n_items && body->item == NULL && body->batch.n_entries == 0
           ? FERMATA_BODY_IS_DONE : FERMATA_BODY_GOES_ON;

  return body->n_entered == body->n_items ? FERMATA_BODY_IS_DONE : FERMATA_BODY_GOES_ON;
}

/* Those that gave something, in order. */
static FermataValue *
dup_results (const FermataBodyRecord *body)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  guint32 index = 0;
  gpointer value;

  for (guint i = 0; i < body->results.n_entries; i++, index++)
    {
      fermata_trie_next (&body->results, index, FERMATA_TRIE_ANY, &index, &value);
      fermata_value_builder_add (builder, value);
    }

  return fermata_value_builder_end (builder);
}

static FermataValue *
dup_failures (const FermataBodyRecord *body)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  guint32 index = 0;
  gpointer value;

  for (guint i = 0; i < body->failures.n_entries; i++, index++)
    {
      g_autoptr (FermataValueBuilder) entry = fermata_value_builder_new_object ();
      g_autoptr (FermataValue) failure = NULL;
      g_autoptr (FermataValue) error = NULL;

      fermata_trie_next (&body->failures, index, FERMATA_TRIE_ANY, &index, &value);
      error = fermata_error_value_dup_plain (value);
      fermata_value_builder_set_integer (entry, "index", index);
      fermata_value_builder_set (entry, "error", error);
      failure = fermata_value_builder_end (entry);
      fermata_value_builder_add (builder, failure);
    }

  return fermata_value_builder_end (builder);
}

static FermataValue *
dup_output (const FermataFrame      *frame,
            guint                    node,
            const FermataBodyRecord *body)
{
  g_autoptr (FermataValue) results = dup_results (body);
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValue) failures = NULL;

  if ((body->flags & BODY_COLLECTS) == 0)
    return g_steal_pointer (&results);

  failures = dup_failures (body);
  builder = fermata_value_builder_new_object ();
  fermata_value_builder_set (builder, "results", results);
  fermata_value_builder_set (builder, "failures", failures);

  return fermata_value_builder_end (builder);
}

const FermataBodyRules fermata_body_rules_items = {
  .begin = begin,
  .can_enter = can_enter,
  .enter = enter,
  .left = left,
  .get_end = get_end,
  .dup_output = dup_output,
};
