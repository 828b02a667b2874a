/* fermata-trace.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-trace-private.h"

#include "engine/plan/fermata-plan-private.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-writer.h"

/* The lane of what concerns the whole run. */
#define RUN_LANE 0

typedef struct {
  FermataPlan *plan;
  FermataTraceNode *nodes;
} TraceFrame;

static void
slice_free (FermataTraceSlice *slice)
{
  g_clear_pointer (&slice->measured, fermata_value_unref);
  g_free (slice);
}

static void
trace_frame_free (gpointer data)
{
  TraceFrame *frame = data;

  if (frame == NULL)
    return;

  for (guint i = 0; i < frame->plan->n_nodes; i++)
    g_clear_pointer (&frame->nodes[i].open, slice_free);
  g_free (frame->nodes);
  fermata_plan_unref (frame->plan);
  g_free (frame);
}

static TraceFrame *
get_frame (FermataTrace       *self,
           const FermataEvent *event)
{
  TraceFrame *frame;
  guint local;

  if (event->frame >= self->frames->len)
    g_ptr_array_set_size (self->frames, event->frame + 1);
  frame = self->frames->pdata[event->frame];
  if (frame == NULL)
    {
      frame = g_new0 (TraceFrame, 1);
      frame->plan = fermata_plan_ref (fermata_plan_locate (self->plan, event->place, &local));
      frame->nodes = g_new0 (FermataTraceNode, MAX (frame->plan->n_nodes, 1));
      self->frames->pdata[event->frame] = frame;
    }

  return frame;
}

static gint64
next_time (FermataTrace *self,
           gint64        microseconds)
{
  self->last = MAX (MIN (microseconds, G_MAXINT64 / 1000 - 1) * 1000, self->last + 1);

  return self->last;
}

/* Lanes: of the free ones, a heap with the lowest on top. */

static guint *
lane_at (FermataTrace *self,
         guint         index)
{
  return &g_array_index (self->free_lanes, guint, index);
}

static void
swap_lanes (FermataTrace *self,
            guint         a,
            guint         b)
{
  guint lane = *lane_at (self, a);

  *lane_at (self, a) = *lane_at (self, b);
  *lane_at (self, b) = lane;
}

static void
give_back_lane (FermataTrace *self,
                guint         lane)
{
  guint i = self->free_lanes->len;

  g_array_append_val (self->free_lanes, lane);
  while (i > 0 && *lane_at (self, i) < *lane_at (self, (i - 1) / 2))
    {
      swap_lanes (self, i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
}

static guint
take_free_lane (FermataTrace *self)
{
  guint lane = *lane_at (self, 0);
  guint n = self->free_lanes->len - 1;
  guint i = 0;

  swap_lanes (self, 0, n);
  g_array_set_size (self->free_lanes, n);
  for (;;)
    {
      guint lowest = i;

      for (guint child = 2 * i + 1; child <= 2 * i + 2 && child < n; child++)
        {
          if (*lane_at (self, child) < *lane_at (self, lowest))
            lowest = child;
        }
      if (lowest == i)
        return lane;
      swap_lanes (self, i, lowest);
      i = lowest;
    }
}

/* Writing. Every object but the first has the comma before it, so that what is
 * there can always be read. */

static void
begin_object (FermataTrace *self,
              const char   *phase,
              guint         lane)
{
  g_string_append (self->text, self->is_begun ? ",\n" : "[\n");
  self->is_begun = TRUE;
  g_string_append_printf (self->text, "{\"ph\":\"%s\",\"pid\":1,\"tid\":%u", phase, lane);
}

static void
add_time (FermataTrace *self,
          const char   *name,
          gint64        nanoseconds)
{
  g_string_append_printf (self->text, ",\"%s\":%" G_GINT64_FORMAT ".%03d", name,
                          nanoseconds / 1000, (int) (nanoseconds % 1000));
}

static void
add_text (FermataTrace *self,
          const char   *name,
          const char   *text)
{
  g_autoptr (FermataValue) value = fermata_value_new_string (text, -1);

  g_string_append_printf (self->text, ",\"%s\":", name);
  fermata_value_append_string (value, FERMATA_WRITE_COMPACT, 0, self->text);
}

static void
add_args (FermataTrace *self,
          FermataValue *args)
{
  g_string_append (self->text, ",\"args\":");
  fermata_value_append_string (args, FERMATA_WRITE_COMPACT, 0, self->text);
}

static void
end_object (FermataTrace *self)
{
  g_string_append_c (self->text, '}');
}

static void
add_metadata (FermataTrace *self,
              const char   *what,
              guint         lane,
              const char   *name)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) args = NULL;

  fermata_value_builder_set_string (builder, "name", name);
  args = fermata_value_builder_end (builder);
  begin_object (self, "M", lane);
  add_text (self, "name", what);
  add_args (self, args);
  end_object (self);
}

static guint
take_lane (FermataTrace *self)
{
  g_autofree char *name = NULL;
  guint lane;

  if (self->free_lanes->len > 0)
    return take_free_lane (self);

  lane = ++self->n_lanes;
  name = g_strdup_printf ("lane %u", lane);
  add_metadata (self, "thread_name", lane, name);

  return lane;
}

/* @data (nullable): whatever the event has. @scope: "t" for a lane, "p" for the
 * whole. */
static void
add_instant (FermataTrace *self,
             const char   *name,
             guint         lane,
             const char   *scope,
             gint64        time,
             FermataValue *data)
{
  begin_object (self, "i", lane);
  add_time (self, "ts", time);
  add_text (self, "name", name);
  add_text (self, "s", scope);
  if (data != NULL)
    {
      g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
      g_autoptr (FermataValue) args = NULL;

      fermata_value_builder_set (builder, "data", data);
      args = fermata_value_builder_end (builder);
      add_args (self, args);
    }
  end_object (self);
}

/* How many nodes are running: once an instant that differs. */
static void
count_running (FermataTrace *self)
{
  if (self->n_counted == self->n_running)
    return;

  begin_object (self, "C", RUN_LANE);
  add_time (self, "ts", self->counted_at);
  add_text (self, "name", "running");
  g_string_append_printf (self->text, ",\"args\":{\"nodes\":%u}", self->n_running);
  end_object (self);
  self->n_counted = self->n_running;
}

static void
change_running (FermataTrace *self,
                gint64        time,
                int           by)
{
  if (time / 1000 != self->counted_at / 1000)
    count_running (self);
  self->n_running += by;
  self->counted_at = time;
}

/* Slices */

static void
begin_slice (FermataTrace       *self,
             TraceFrame         *frame,
             const FermataEvent *event)
{
  FermataTraceNode *node = &frame->nodes[event->place];

  if (node->open != NULL)
    return;

  node->open = g_new0 (FermataTraceSlice, 1);
  node->open->lane = take_lane (self);
  node->open->begin = next_time (self, event->time);
  node->open->attempt = event->attempt;
  change_running (self, node->open->begin, 1);
}

/* In a body, the path says of which frame it is. */
static FermataValue *
slice_args (FermataTrace            *self,
            const FermataTraceSlice *slice,
            guint                    frame,
            guint32                  place,
            const char              *outcome,
            FermataValue            *error)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  if (frame != 0)
    {
      g_autofree char *path = fermata_frame_paths_dup_place (self->paths, frame, place);

      fermata_value_builder_set_integer (builder, "frame", frame);
      fermata_value_builder_set_string (builder, "path", path);
    }
  fermata_value_builder_set_integer (builder, "attempt", slice->attempt);
  if (outcome != NULL)
    fermata_value_builder_set_string (builder, "outcome", outcome);
  if (error != NULL)
    fermata_value_builder_set (builder, "error", error);
  if (slice->measured != NULL)
    fermata_value_builder_set (builder, "measured", slice->measured);

  return fermata_value_builder_end (builder);
}

/* @outcome: NULL if it has none yet. */
static void
write_slice (FermataTrace       *self,
             TraceFrame         *frame,
             guint               number,
             guint               index,
             gint64              end,
             const char         *outcome,
             FermataValue       *error)
{
  const FermataTraceSlice *slice = frame->nodes[index].open;
  g_autoptr (FermataValue) args = slice_args (self, slice, number, frame->plan->first_place + index,
                                              outcome, error);

  begin_object (self, "X", slice->lane);
  add_time (self, "ts", slice->begin);
  add_time (self, "dur", end - slice->begin);
  add_text (self, "name", frame->plan->nodes[index].id);
  add_text (self, "cat", fermata_node_type_describe (frame->plan->nodes[index].type)->name);
  add_args (self, args);
  end_object (self);
}

static void
add_flow_end (FermataTrace *self,
              const char   *phase,
              guint         lane,
              gint64        time)
{
  begin_object (self, phase, lane);
  add_time (self, "ts", time);
  g_string_append_printf (self->text, ",\"name\":\"edge\",\"cat\":\"edge\",\"id\":%" G_GUINT64_FORMAT,
                          self->n_flows);
  if (*phase == 'f')
    g_string_append (self->text, ",\"bp\":\"e\"");
  end_object (self);
}

/* Of a frame that has been left already only the plan is known. */
static gboolean
is_taken (TraceFrame         *frame,
          const FermataEvent *event,
          FermataMoment      *now,
          guint               edge)
{
  const FermataPlanEdge *plan_edge = &frame->plan->edges[edge];

  if (fermata_moment_has_frame (now, event->frame))
    return fermata_moment_get_edge_status (now, event->frame, edge) == FERMATA_EDGE_STATUS_TAKEN;

  return plan_edge->condition == FERMATA_INDEX_NONE && !plan_edge->on_error;
}

/* Arrows from those that this one got something from: their slices are there
 * already, and both ends lie within theirs. */
static void
add_flows (FermataTrace       *self,
           TraceFrame         *frame,
           const FermataEvent *event,
           FermataMoment      *now)
{
  FermataPlan *plan = frame->plan;
  const FermataPlanNode *node = &plan->nodes[event->place];
  const FermataTraceSlice *slice = frame->nodes[event->place].open;

  for (guint i = node[0].first_in; i < node[1].first_in; i++)
    {
      guint edge = plan->incoming[i];
      const FermataTraceNode *source = &frame->nodes[plan->edges[edge].source];

      if (source->end == 0 || source->end > slice->begin
          || !is_taken (frame, event, now, edge))
        continue;
      self->n_flows++;
      add_flow_end (self, "s", source->lane, source->end - 1);
      add_flow_end (self, "f", slice->lane, slice->begin);
    }
}

static const char *
outcome_of (FermataEventKind kind)
{
  switch ((int) kind)
    {
    case FERMATA_EVENT_TASK_COMPLETED:
    case FERMATA_EVENT_NODE_COMPLETED:
    case FERMATA_EVENT_NODE_RECOVERED:
    case FERMATA_EVENT_EVENT_TAKEN:
      return "completed";
    case FERMATA_EVENT_TASK_FAILED:
    case FERMATA_EVENT_EVENT_FAILED:
    case FERMATA_EVENT_NODE_RETRYING:
    case FERMATA_EVENT_NODE_FAILED:
      return "failed";
    default:
      return "cancelled";
    }
}

/* The first thing that ends an attempt counts. */
static void
end_slice (FermataTrace       *self,
           TraceFrame         *frame,
           const FermataEvent *event,
           FermataMoment      *now)
{
  FermataTraceNode *node = &frame->nodes[event->place];
  const char *outcome = outcome_of (event->kind);
  gboolean has_failed = g_str_equal (outcome, "failed");

  if (node->open == NULL || node->open->attempt != event->attempt)
    return;

  node->end = next_time (self, event->time);
  node->lane = node->open->lane;
  write_slice (self, frame, event->frame, event->place, node->end, outcome,
               has_failed ? event->payload : NULL);
  add_flows (self, frame, event, now);
  if (has_failed)
    add_instant (self, "failed", node->lane, "t", node->end - 1, event->payload);
  change_running (self, node->end, -1);
  give_back_lane (self, node->lane);
  g_clear_pointer (&node->open, slice_free);
}

static void
note_measured (TraceFrame         *frame,
               const FermataEvent *event)
{
  FermataTraceSlice *slice = frame->nodes[event->place].open;

  if (slice == NULL || slice->attempt != event->attempt || event->payload == NULL)
    return;

  g_clear_pointer (&slice->measured, fermata_value_unref);
  slice->measured = fermata_value_ref (event->payload);
}

/* The lane of a node, or of the run if it has none. */
static guint
lane_of (TraceFrame         *frame,
         const FermataEvent *event)
{
  const FermataTraceNode *node = &frame->nodes[event->place];

  return node->open != NULL ? node->open->lane : node->lane;
}

/* Events */

static void
fold_node (FermataTrace       *self,
           TraceFrame         *frame,
           const FermataEvent *event,
           FermataMoment      *now)
{
  switch ((int) event->kind)
    {
    case FERMATA_EVENT_NODE_STARTED:
      begin_slice (self, frame, event);
      break;

    case FERMATA_EVENT_TASK_COMPLETED:
    case FERMATA_EVENT_TASK_FAILED:
    case FERMATA_EVENT_TASK_CANCELLED:
    case FERMATA_EVENT_EVENT_TAKEN:
    case FERMATA_EVENT_EVENT_FAILED:
    case FERMATA_EVENT_NODE_COMPLETED:
    case FERMATA_EVENT_NODE_RECOVERED:
    case FERMATA_EVENT_NODE_RETRYING:
    case FERMATA_EVENT_NODE_FAILED:
    case FERMATA_EVENT_NODE_CANCELLED:
      end_slice (self, frame, event, now);
      break;

    case FERMATA_EVENT_TASK_MEASURED:
      note_measured (frame, event);
      break;

    case FERMATA_EVENT_NODE_CANCELLING:
    case FERMATA_EVENT_LOGGED:
      add_instant (self, fermata_event_kind_to_string (event->kind), lane_of (frame, event), "t",
                   next_time (self, event->time), event->payload);
      break;

    default:
      break;
    }
}

/* Whatever was open in a frame that has been left has been closed. */
static void
forget_frame (FermataTrace       *self,
              const FermataEvent *event)
{
  FermataValue *number = fermata_value_get_member (event->payload, "frame");
  guint64 frame = fermata_value_get_integer (number);

  if (frame < self->frames->len)
    g_clear_pointer (&self->frames->pdata[frame], trace_frame_free);
}

static void
fold_run (FermataTrace       *self,
          const FermataEvent *event)
{
  switch ((int) event->kind)
    {
    case FERMATA_EVENT_RUN_STARTED:
    case FERMATA_EVENT_TICK:
      break;

    case FERMATA_EVENT_RUN_ENDED:
      add_instant (self, "run-ended", RUN_LANE, "t", next_time (self, event->time), NULL);
      break;

    default:
      add_instant (self, fermata_event_kind_to_string (event->kind), RUN_LANE, "p",
                   next_time (self, event->time), event->payload);
      break;
    }
}

void
fermata_trace_fold (FermataTrace       *self,
                    const FermataEvent *event,
                    FermataMoment      *now)
{
  FermataEvent local = *event;
  TraceFrame *frame;

  fermata_frame_paths_add_event (self->paths, event);
  switch (fermata_event_kind_get_place_kind (event->kind))
    {
    case FERMATA_PLACE_KIND_NODE:
    case FERMATA_PLACE_KIND_ANY:
      frame = get_frame (self, event);
      if (frame->plan->kind != FERMATA_GRAPH_KIND_DAG)
        break;
      local.place -= frame->plan->first_place;
      fold_node (self, frame, &local, now);
      if (event->kind == FERMATA_EVENT_FRAME_LEFT)
        forget_frame (self, event);
      break;

    case FERMATA_PLACE_KIND_RUN:
      fold_run (self, event);
      break;

    case FERMATA_PLACE_KIND_EDGE:
    case FERMATA_PLACE_KIND_FRAME:
    default:
      break;
    }
}

void
fermata_trace_init (FermataTrace *self,
                    FermataPlan  *plan,
                    const char   *title)
{
  *self = (FermataTrace) { .plan = fermata_plan_ref (plan) };
  self->paths = fermata_frame_paths_new (plan);
  self->text = g_string_new (NULL);
  self->frames = g_ptr_array_new_with_free_func (trace_frame_free);
  self->free_lanes = g_array_new (FALSE, FALSE, sizeof (guint));
  add_metadata (self, "process_name", RUN_LANE, title);
  add_metadata (self, "thread_name", RUN_LANE, "run");
}

void
fermata_trace_clear (FermataTrace *self)
{
  g_clear_pointer (&self->frames, g_ptr_array_unref);
  g_clear_pointer (&self->free_lanes, g_array_unref);
  g_clear_pointer (&self->paths, fermata_frame_paths_unref);
  g_clear_pointer (&self->plan, fermata_plan_unref);
  if (self->text != NULL)
    g_string_free (g_steal_pointer (&self->text), TRUE);
}

void
fermata_trace_end (FermataTrace *self)
{
  gint64 end = self->last + 1;

  for (guint i = 0; i < self->frames->len; i++)
    {
      TraceFrame *frame = self->frames->pdata[i];

      for (guint j = 0; frame != NULL && j < frame->plan->n_nodes; j++)
        {
          if (frame->nodes[j].open != NULL)
            write_slice (self, frame, i, j, end, NULL, NULL);
        }
    }
  count_running (self);
  g_string_append (self->text, "\n]\n");
}
