/* fermata-metrics-fold.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How metrics follow from events. */

#include "engine/history/fermata-metrics-private.h"

#include "engine/moment/fermata-index-set-private.h"

/* What has more names than anybody reads is summed up under one. */
#define MOST_NAMES 100
#define OTHERS "…"

static void
frame_metrics_free (gpointer data)
{
  FermataFrameMetrics *frame = data;

  if (frame == NULL)
    return;

  for (guint i = 0; i < frame->plan->n_nodes; i++)
    g_clear_pointer (&frame->nodes[i].progress, fermata_value_unref);
  g_free (frame->nodes);
  fermata_plan_unref (frame->plan);
  g_free (frame);
}

/* Nodes without incoming edges may begin when their frame does. */
static FermataFrameMetrics *
frame_metrics_new (FermataPlan *plan,
                   gint64       time)
{
  FermataFrameMetrics *frame = g_new0 (FermataFrameMetrics, 1);

  frame->plan = fermata_plan_ref (plan);
  frame->nodes = g_new0 (FermataNodeMetrics, MAX (plan->n_nodes, 1));
  for (guint i = 0; i < plan->n_nodes; i++)
    frame->nodes[i].ready = time;

  return frame;
}

static FermataFrameMetrics *
get_frame (FermataMetrics     *self,
           const FermataEvent *event)
{
  guint local;

  if (self->frames == NULL)
    self->frames = g_ptr_array_new_with_free_func (frame_metrics_free);
  if (event->frame >= self->frames->len)
    g_ptr_array_set_size (self->frames, event->frame + 1);
  if (self->frames->pdata[event->frame] == NULL)
    {
      FermataPlan *plan = fermata_plan_locate (self->plan, event->place, &local);

      self->frames->pdata[event->frame] = frame_metrics_new (plan, event->time);
    }

  return self->frames->pdata[event->frame];
}

FermataNodeMetrics *
fermata_metrics_find_node (FermataMetrics *self,
                           guint           frame,
                           guint           node)
{
  FermataFrameMetrics *metrics;

  if (self->frames == NULL || frame >= self->frames->len
      || (metrics = self->frames->pdata[frame]) == NULL
      || node - metrics->plan->first_place >= metrics->plan->n_nodes)
    return NULL;

  return &metrics->nodes[node - metrics->plan->first_place];
}

/* What could begin later, begins to wait when the last thing that it waited
 * for has come: of a join that takes the first, that one. */
static void
note_edge (FermataFrameMetrics *frame,
           guint                edge,
           gint64               time,
           gboolean             is_taken)
{
  guint target = frame->plan->edges[edge].target;
  FermataNodeMetrics *node = &frame->nodes[target];

  if (node->last != 0)
    return;

  if (frame->plan->nodes[target].join != FERMATA_JOIN_ANY)
    node->ready = time;
  else if (is_taken && !node->is_ready)
    {
      node->ready = time;
      node->is_ready = TRUE;
    }
}

/* Those whose condition is tested now have events of their own. */
static void
note_edges (FermataFrameMetrics *frame,
            const FermataEvent  *event)
{
  const FermataPlanNode *node = &frame->plan->nodes[event->place];
  gboolean is_done = event->kind == FERMATA_EVENT_NODE_COMPLETED
                     || event->kind == FERMATA_EVENT_NODE_RECOVERED;

  for (guint i = node[0].first_out; i < node[1].first_out; i++)
    {
      const FermataPlanEdge *edge = &frame->plan->edges[i];
      gboolean is_meant = edge->on_error ? event->kind == FERMATA_EVENT_NODE_FAILED : is_done;

      if (edge->condition == FERMATA_INDEX_NONE || !is_meant)
        note_edge (frame, i, event->time, is_meant);
    }
}

static void
note_tested_edge (FermataFrameMetrics *frame,
                  const FermataEvent  *event)
{
  note_edge (frame, event->place - frame->plan->n_nodes, event->time,
             event->kind == FERMATA_EVENT_EDGE_TAKEN);
}

/* The index of a new attempt, plus 1 */
static guint
add_record (FermataMetrics             *self,
            const FermataAttemptRecord *record)
{
  guint slot;

  if (self->free_slots->len == 0)
    {
      g_array_append_val (self->attempts, *record);
      return self->attempts->len;
    }

  slot = g_array_index (self->free_slots, guint, self->free_slots->len - 1);
  g_array_set_size (self->free_slots, self->free_slots->len - 1);
  *fermata_metrics_attempt_at (self, slot) = *record;

  return slot + 1;
}

static void
begin_attempt (FermataMetrics      *self,
               FermataFrameMetrics *frame,
               const FermataEvent  *event)
{
  FermataNodeMetrics *node = &frame->nodes[event->place];
  FermataAttemptRecord record = { .before = node->last };

  record.metrics.frame = event->frame;
  record.metrics.node = frame->plan->first_place + event->place;
  record.metrics.attempt = event->attempt;
  record.metrics.started = event->time;
  record.metrics.under_way = TRUE;
  record.metrics.measures.n_attempts = 1;
  record.metrics.measures.queued = MAX (event->time - node->ready, 0);
  if (record.metrics.node >= self->places->len)
    g_array_set_size (self->places, record.metrics.node + 1);
  record.before_at_place = g_array_index (self->places, guint, record.metrics.node);
  node->last = add_record (self, &record);
  if (!self->is_brief)
    g_array_index (self->places, guint, record.metrics.node) = node->last;
  self->total.n_attempts++;
  self->total.queued += record.metrics.measures.queued;
}

/* NULL: it never began. */
static FermataAttemptRecord *
find_attempt (FermataMetrics      *self,
              FermataFrameMetrics *frame,
              const FermataEvent  *event)
{
  guint index = frame->nodes[event->place].last;

  while (index != 0)
    {
      FermataAttemptRecord *record = fermata_metrics_attempt_at (self, index - 1);

      if (record->metrics.attempt == event->attempt)
        return record;
      index = record->before;
    }

  return NULL;
}

static double
fraction_of (FermataValue *progress)
{
  return progress == NULL ? 0 : fermata_value_get_number (fermata_value_get_member (progress, "fraction"));
}

static void
set_progress (FermataMetrics      *self,
              FermataFrameMetrics *frame,
              const FermataEvent  *event,
              FermataValue        *progress)
{
  FermataNodeMetrics *node = &frame->nodes[event->place];

  if (event->frame == 0)
    self->partial += fraction_of (progress) - fraction_of (node->progress);
  g_clear_pointer (&node->progress, fermata_value_unref);
  node->progress = progress == NULL ? NULL : fermata_value_ref (progress);
}

static gboolean
has_failed (FermataEventKind kind)
{
  return kind == FERMATA_EVENT_TASK_FAILED || kind == FERMATA_EVENT_EVENT_FAILED
         || kind == FERMATA_EVENT_NODE_RETRYING || kind == FERMATA_EVENT_NODE_RECOVERED
         || kind == FERMATA_EVENT_NODE_FAILED;
}

/* The first thing that ends an attempt counts. */
static void
end_attempt (FermataMetrics      *self,
             FermataFrameMetrics *frame,
             const FermataEvent  *event)
{
  FermataAttemptRecord *record = find_attempt (self, frame, event);

  if (record == NULL || !record->metrics.under_way)
    return;

  record->metrics.under_way = FALSE;
  record->metrics.outcome = event->kind;
  record->metrics.measures.running = event->time - record->metrics.started;
  self->total.running += record->metrics.measures.running;
  if (has_failed (event->kind))
    {
      record->metrics.measures.n_failed = 1;
      self->total.n_failed++;
    }
  set_progress (self, frame, event, NULL);
}

static gint64
integer_of (const FermataEvent *event,
            const char         *name)
{
  FermataValue *member = NULL;

  if (event->payload != NULL && fermata_value_get_kind (event->payload) == FERMATA_VALUE_KIND_OBJECT)
    member = fermata_value_get_member (event->payload, name);
  if (member == NULL || fermata_value_get_kind (member) != FERMATA_VALUE_KIND_INTEGER)
    return 0;

  return MAX (fermata_value_get_integer (member), 0);
}

/* Another attempt may begin after its delay. */
static void
await_retry (FermataMetrics      *self,
             FermataFrameMetrics *frame,
             const FermataEvent  *event)
{
  gint64 delay = integer_of (event, "delay");

  end_attempt (self, frame, event);
  frame->nodes[event->place].ready = event->time + MIN (delay, G_MAXINT64 - event->time);
}

static void
end_node (FermataMetrics      *self,
          FermataFrameMetrics *frame,
          const FermataEvent  *event)
{
  end_attempt (self, frame, event);
  frame->n_ended++;
  note_edges (frame, event);
}

/* Of an attempt that had several processes, the largest counts. */
static void
add_measured (FermataMeasures    *measures,
              const FermataEvent *event)
{
  measures->cpu_user += integer_of (event, "cpu-user");
  measures->cpu_system += integer_of (event, "cpu-system");
  measures->peak_memory = MAX (measures->peak_memory, (guint64) integer_of (event, "peak-memory"));
}

static void
add_chunk (FermataMeasures    *measures,
           const FermataEvent *event)
{
  FermataValue *stream = NULL;

  if (event->payload != NULL && fermata_value_get_kind (event->payload) == FERMATA_VALUE_KIND_OBJECT)
    stream = fermata_value_get_member (event->payload, "stream");
  if (stream != NULL && fermata_value_get_kind (stream) == FERMATA_VALUE_KIND_STRING
      && g_str_equal (fermata_value_get_string (stream, NULL), "error"))
    measures->n_error += integer_of (event, "length");
  else
    measures->n_output += integer_of (event, "length");
}

static guint
find_name (FermataMetrics *self,
           const char     *name)
{
  double nothing = 0;

  for (guint i = 0; i < MIN (self->names->len, MOST_NAMES); i++)
    {
      if (g_str_equal (self->names->pdata[i], name))
        return i;
    }
  if (self->names->len > MOST_NAMES)
    return MOST_NAMES;

  g_ptr_array_add (self->names, g_strdup (self->names->len < MOST_NAMES ? name : OTHERS));
  g_array_append_val (self->amounts, nothing);

  return self->names->len - 1;
}

static void
add_usage (FermataMetrics       *self,
           FermataAttemptRecord *record,
           const FermataEvent   *event)
{
  const char *name = fermata_value_get_string (fermata_value_get_member (event->payload, "name"), NULL);
  double amount = fermata_value_get_number (fermata_value_get_member (event->payload, "amount"));
  FermataUsage usage = { .name = find_name (self, name), .next = record->usage, .amount = amount };
  double *sum = &g_array_index (self->amounts, double, usage.name);

  *sum = MIN (*sum + amount, G_MAXDOUBLE);
  if (self->is_brief)
    return;
  g_array_append_val (self->usages, usage);
  record->usage = self->usages->len;
}

/* What is told of an attempt that never began counts for nothing. */
static void
add_report (FermataMetrics      *self,
            FermataFrameMetrics *frame,
            const FermataEvent  *event)
{
  FermataAttemptRecord *record = find_attempt (self, frame, event);

  if (record == NULL)
    return;

  switch (event->kind)
    {
    case FERMATA_EVENT_TASK_MEASURED:
      add_measured (&record->metrics.measures, event);
      add_measured (&self->total, event);
      break;

    case FERMATA_EVENT_CHUNK:
      add_chunk (&record->metrics.measures, event);
      add_chunk (&self->total, event);
      break;

    case FERMATA_EVENT_USAGE:
      add_usage (self, record, event);
      break;

    case FERMATA_EVENT_PROGRESS:
    default:
      if (record->metrics.under_way)
        set_progress (self, frame, event, event->payload);
      break;
    }
}

static void
fold_node (FermataMetrics      *self,
           FermataFrameMetrics *frame,
           const FermataEvent  *event)
{
  switch ((int) event->kind)
    {
    case FERMATA_EVENT_NODE_STARTED:
      begin_attempt (self, frame, event);
      break;

    case FERMATA_EVENT_TASK_COMPLETED:
    case FERMATA_EVENT_TASK_FAILED:
    case FERMATA_EVENT_TASK_CANCELLED:
    case FERMATA_EVENT_EVENT_TAKEN:
    case FERMATA_EVENT_EVENT_FAILED:
      end_attempt (self, frame, event);
      break;

    case FERMATA_EVENT_NODE_RETRYING:
      await_retry (self, frame, event);
      break;

    case FERMATA_EVENT_NODE_COMPLETED:
    case FERMATA_EVENT_NODE_RECOVERED:
    case FERMATA_EVENT_NODE_FAILED:
    case FERMATA_EVENT_NODE_CANCELLED:
    case FERMATA_EVENT_NODE_SKIPPED:
      end_node (self, frame, event);
      break;

    case FERMATA_EVENT_TASK_MEASURED:
    case FERMATA_EVENT_CHUNK:
    case FERMATA_EVENT_USAGE:
    case FERMATA_EVENT_PROGRESS:
      add_report (self, frame, event);
      break;

    default:
      break;
    }
}

static void
forget_attempts (FermataMetrics            *self,
                 const FermataFrameMetrics *frame)
{
  for (guint i = 0; i < frame->plan->n_nodes; i++)
    {
      guint index = frame->nodes[i].last;

      for (; index != 0; index = fermata_metrics_attempt_at (self, index - 1)->before)
        {
          guint slot = index - 1;

          g_array_append_val (self->free_slots, slot);
        }
    }
}

/* Nothing more happens in a frame that has been left. */
static void
forget_frame (FermataMetrics     *self,
              const FermataEvent *event)
{
  FermataValue *number = fermata_value_get_member (event->payload, "frame");
  guint64 frame = fermata_value_get_integer (number);

  if (frame >= self->frames->len)
    return;
  if (self->is_brief && self->frames->pdata[frame] != NULL)
    forget_attempts (self, self->frames->pdata[frame]);
  g_clear_pointer (&self->frames->pdata[frame], frame_metrics_free);
}

void
fermata_metrics_fold (FermataMetrics     *self,
                      const FermataEvent *event,
                      FermataMoment      *now)
{
  FermataEvent local = *event;
  FermataFrameMetrics *frame;

  self->n_folded++;
  if (event->kind == FERMATA_EVENT_RUN_ENDED)
    self->has_ended = TRUE;

  switch (fermata_event_kind_get_place_kind (event->kind))
    {
    case FERMATA_PLACE_KIND_NODE:
    case FERMATA_PLACE_KIND_ANY:
      frame = get_frame (self, event);
      if (frame->plan->kind != FERMATA_GRAPH_KIND_DAG)
        break;
      local.place -= frame->plan->first_place;
      fold_node (self, frame, &local);
      if (event->kind == FERMATA_EVENT_FRAME_LEFT)
        forget_frame (self, event);
      break;

    case FERMATA_PLACE_KIND_EDGE:
      frame = get_frame (self, event);
      if (frame->plan->kind != FERMATA_GRAPH_KIND_DAG)
        break;
      local.place -= frame->plan->first_place;
      note_tested_edge (frame, &local);
      break;

    case FERMATA_PLACE_KIND_RUN:
    case FERMATA_PLACE_KIND_FRAME:
    default:
      break;
    }
}
