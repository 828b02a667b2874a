/* fermata-history-graph-machine.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-history-graph-private.h"

#include <string.h>

#include "engine/moment/fermata-machine-view.h"
#include "engine/plan/fermata-plan-private.h"
#include "format/fermata-dot-label-private.h"

/* Cycles of so many steps are found. */
#define MAX_PERIOD 16u

/* What is gone through so often is shown once. */
#define MIN_REPEATS 3u

/* Of what is shown when not all is: so many from the beginning. */
#define SHOWN_FIRST 50u

/* So long a title is, before it only says how many more states there are. */
#define MAX_TITLE 40

/* Labels are compared by where they are. */
static const char nothing[] = "";

/* One visit of what states are active at the same time. */
typedef struct {
  guint64 first;  /* the event that began it: the transition */
  guint64 event;  /* its last */
  gint64 time;    /* when it began */
  guint64 states; /* a hash of what is active */
  const char *title;
  const char *label; /* by what it came */
} Visit;

typedef struct {
  FermataHistoryGraph *graph;
  FermataPlan *plan;
  guint8 *active;
  guint64 states;
  GHashTable *titles; /* hash of states -> title */
  GArray *visits;

  /* The microstep that is under way */
  guint64 edge_event;
  const char *edge_label;
  gboolean is_selecting;
  gboolean has_entered;
  gboolean is_over;
  gint64 entered_at;
  guint64 first_entered;
  const char *dequeued;
} Reader;

static Visit *
visit_at (Reader *self,
          guint   index)
{
  return &g_array_index (self->visits, Visit, index);
}

/* --- What is active ------------------------------------------------------ */

static gboolean
is_atomic (Reader *self,
           guint   state)
{
  return self->plan->chart->states[state].end == state + 1;
}

/* What is active is the sum of these, so that a change costs the same however
 * much is. */
static guint64
hash_of (guint state)
{
  guint64 hash = (state + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  hash = (hash ^ (hash >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);

  return hash ^ (hash >> 27);
}

static void
set_active (Reader   *self,
            guint     state,
            gboolean  is_active)
{
  if (self->active[state] == is_active || !is_atomic (self, state))
    return;
  self->active[state] = is_active;
  self->states += is_active ? hash_of (state) : -hash_of (state);
}

static char *
dup_title (Reader *self)
{
  GString *title = g_string_new (NULL);
  guint n_more = 0;

  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      g_autofree char *one = NULL;

      if (!self->active[i])
        continue;
      if (title->len >= MAX_TITLE)
        {
          n_more++;
          continue;
        }
      one = fermata_dot_clip (fermata_history_graph_get_title (self->plan, i), MAX_TITLE);
      g_string_append_printf (title, "%s%s", title->len > 0 ? " · " : "", one);
    }
  if (n_more > 0)
    g_string_append_printf (title, " +%u", n_more);

  return g_string_free (title, FALSE);
}

static const char *
find_title (Reader *self)
{
  const char *title = g_hash_table_lookup (self->titles, &self->states);

  if (title == NULL)
    {
      g_autofree char *made = dup_title (self);

      title = g_string_chunk_insert (self->graph->texts, made);
      g_hash_table_insert (self->titles, g_memdup2 (&self->states, sizeof self->states), (char *) title);
    }

  return title;
}

/* --- Events -------------------------------------------------------------- */

static const char *
find_label (Reader *self,
            guint   edge)
{
  FermataValue *members = self->plan->edges[edge].members;
  FermataValue *after = fermata_value_get_member (members, "after");
  g_autofree char *text = NULL;

  if (after != NULL && fermata_value_get_kind (after) == FERMATA_VALUE_KIND_STRING)
    text = g_strdup_printf ("after %s", fermata_value_get_string (after, NULL));
  else if (after != NULL)
    text = g_strdup_printf ("after %g s", fermata_value_get_number (after));
  else if (fermata_value_get_member (members, "event") != NULL && self->dequeued != NULL)
    text = g_strdup (self->dequeued);
  if (text == NULL)
    return nothing;

  return g_string_chunk_insert_const (self->graph->texts, text);
}

/* Whatever comes now is no part of the step before. */
static void
end_step (Reader *self,
          guint64 last)
{
  if (self->has_entered)
    {
      Visit visit = { self->first_entered, last, self->entered_at, self->states, find_title (self), nothing };

      if (self->edge_event > 0)
        {
          visit.first = self->edge_event;
          visit.label = self->edge_label;
        }
      g_array_append_val (self->visits, visit);
    }
  self->has_entered = FALSE;
  self->edge_event = 0;
}

static void
end_step_if_entered (Reader *self,
                     guint64 last)
{
  if (self->has_entered)
    end_step (self, last);
}

static void
take_edge (Reader             *self,
           const FermataEvent *event,
           guint64             number)
{
  guint edge = event->place - self->plan->n_nodes;

  if (self->is_selecting || edge >= self->plan->n_edges)
    return;
  end_step (self, number - 1);
  self->edge_event = number;
  self->edge_label = find_label (self, edge);
  self->is_selecting = TRUE;
}

static void
enter_state (Reader             *self,
             const FermataEvent *event,
             guint64             number)
{
  set_active (self, event->place, TRUE);
  if (!self->has_entered)
    {
      self->first_entered = number;
      self->entered_at = event->time;
    }
  self->has_entered = TRUE;
  self->is_selecting = FALSE;
}

static void
dequeue (Reader             *self,
         const FermataEvent *event,
         guint64             number)
{
  FermataValue *name = event->payload;

  end_step (self, number - 1);
  self->is_selecting = FALSE;
  if (name != NULL && fermata_value_get_kind (name) == FERMATA_VALUE_KIND_OBJECT)
    name = fermata_value_get_member (name, "name");
  self->dequeued = NULL;
  if (name != NULL && fermata_value_get_kind (name) == FERMATA_VALUE_KIND_STRING)
    self->dequeued = fermata_value_get_string (name, NULL);
}

static void
read_event (Reader             *self,
            const FermataEvent *event,
            guint64             number)
{
  if (event->frame != 0)
    return;
  if (fermata_event_kind_get_class (event->kind) == FERMATA_EVENT_CLASS_FACT)
    {
      end_step (self, number - 1);
      return;
    }

  switch ((guint) event->kind)
    {
    case FERMATA_EVENT_EVENT_DEQUEUED:
      dequeue (self, event, number);
      break;

    case FERMATA_EVENT_EDGE_TAKEN:
      take_edge (self, event, number);
      break;

    case FERMATA_EVENT_STATE_ENTERED:
      if (event->place < self->plan->n_nodes)
        enter_state (self, event, number);
      break;

    case FERMATA_EVENT_STATE_EXITED:
      /* States are left before others are entered: this one is, by the end */
      end_step_if_entered (self, number - 1);
      if (event->place < self->plan->n_nodes)
        set_active (self, event->place, FALSE);
      self->is_selecting = FALSE;
      break;

    case FERMATA_EVENT_RUN_ENDED:
      self->is_over = TRUE;
      break;

    case FERMATA_EVENT_EDGE_REFUSED:
    case FERMATA_EVENT_EDGE_FAILED:
    case FERMATA_EVENT_STEP_ASKED:
    case FERMATA_EVENT_HELD:
    case FERMATA_EVENT_RELEASED:
      break;

    default:
      self->is_selecting = FALSE;
      break;
    }
}

/* Where what is kept does not reach back to the beginning, there is a step for
 * what was active. */
static void
begin_with (Reader         *self,
            FermataHistory *history,
            guint64         first)
{
  g_autoptr (FermataMoment) moment = first <= 1 ? NULL : fermata_history_dup_moment (history, first - 1);
  g_autofree guint *states = NULL;
  guint n_states = 0;

  if (moment == NULL)
    return;
  states = fermata_moment_list_active_states (moment, 0, TRUE, &n_states);
  for (guint i = 0; i < n_states; i++)
    set_active (self, states[i], TRUE);
  self->has_entered = n_states > 0;
  self->first_entered = first;
  self->entered_at = fermata_moment_get_time (moment);
}

/* --- Steps --------------------------------------------------------------- */

static gboolean
is_same (const Visit *a,
         const Visit *b)
{
  return a->states == b->states && a->label == b->label;
}

/* How many of the visits from @start on belong to repetitions of the first
 * @period of them. */
static guint
measure_cycle (Reader *self,
               guint   start,
               guint   period)
{
  guint n = 0;

  while (start + n + period < self->visits->len
         && is_same (visit_at (self, start + n), visit_at (self, start + n + period)))
    n++;

  return (n / period + 1) * period;
}

/* The shortest cycle that covers the most; 1 if there is none. */
static guint
find_cycle (Reader *self,
            guint   start,
            guint  *n_covered)
{
  guint best = 1;

  *n_covered = 1;
  for (guint period = 1; period <= MAX_PERIOD; period++)
    {
      guint covered = measure_cycle (self, start, period);

      if (covered >= MIN_REPEATS * period && covered > *n_covered)
        {
          best = period;
          *n_covered = covered;
        }
    }

  return best;
}

static gint64
time_of (Reader *self,
         guint   visit,
         gint64  end)
{
  gint64 left = visit + 1 < self->visits->len ? visit_at (self, visit + 1)->time : end;

  return MAX (left - visit_at (self, visit)->time, 0);
}

static void
add_arc (FermataHistoryGraph *graph,
         guint                from,
         guint                to,
         const Visit         *last,
         guint64              count,
         gboolean             is_back)
{
  FermataHistoryArc arc = { from, to, last->label, count, last->first, is_back };

  g_array_append_val (graph->arcs, arc);
}

/* @n_covered visits, which are repetitions of @period of them. */
static void
add_steps (Reader *self,
           guint   start,
           guint   period,
           guint   n_covered,
           gint64  end)
{
  FermataHistoryGraph *graph = self->graph;
  guint first = graph->steps->len;
  guint repeats = n_covered / period;

  for (guint i = 0; i < period; i++)
    {
      FermataHistoryStep step = { FERMATA_HISTORY_STEP_PASSED, .count = repeats, .parent = FERMATA_HISTORY_STEP_NONE };
      Visit *last = visit_at (self, start + (repeats - 1) * period + i);

      step.title = last->title;
      step.event = last->event;
      step.first_event = visit_at (self, start + i)->first;
      for (guint j = 0; j < repeats; j++)
        step.time += time_of (self, start + j * period + i, end);
      g_array_append_val (graph->steps, step);
      if (i > 0)
        add_arc (graph, first + i - 1, first + i, last, repeats, FALSE);
    }
  if (first > 0)
    add_arc (graph, first - 1, first, visit_at (self, start), 1, FALSE);
  if (repeats > 1)
    add_arc (graph, first + period - 1, first, visit_at (self, start + n_covered - period), repeats - 1, TRUE);
  for (guint i = 0; i < n_covered; i++)
    {
      FermataHistoryMark mark = { visit_at (self, start + i)->first, first + i % period };

      g_array_append_val (graph->marks, mark);
    }
}

static guint
map_step (guint step,
          guint n_hidden)
{
  if (step < SHOWN_FIRST)
    return step;

  return step < SHOWN_FIRST + n_hidden ? SHOWN_FIRST : step - n_hidden + 1;
}

/* What the hidden ones are, as one. */
static FermataHistoryStep
sum_up (FermataHistoryGraph *graph,
        guint                n_hidden)
{
  FermataHistoryStep sum = fermata_history_graph_make_fold (graph, n_hidden);

  for (guint i = SHOWN_FIRST; i < SHOWN_FIRST + n_hidden; i++)
    {
      const FermataHistoryStep *step = &g_array_index (graph->steps, FermataHistoryStep, i);

      sum.time += step->time;
      sum.event = MAX (sum.event, step->event);
      if (sum.first_event == 0)
        sum.first_event = step->first_event;
    }

  return sum;
}

static void
fold (FermataHistoryGraph *graph)
{
  guint n_hidden;
  guint n_arcs = 0;

  if (graph->steps->len <= FERMATA_HISTORY_GRAPH_MAX_STEPS)
    return;

  n_hidden = graph->steps->len - FERMATA_HISTORY_GRAPH_MAX_STEPS + 1;
  g_array_index (graph->steps, FermataHistoryStep, SHOWN_FIRST) = sum_up (graph, n_hidden);
  g_array_remove_range (graph->steps, SHOWN_FIRST + 1, n_hidden - 1);
  for (guint i = 0; i < graph->arcs->len; i++)
    {
      FermataHistoryArc *arc = &g_array_index (graph->arcs, FermataHistoryArc, i);
      guint from = map_step (arc->source, n_hidden);
      guint to = map_step (arc->target, n_hidden);

      if (from == to && from == SHOWN_FIRST)
        continue;
      g_array_index (graph->arcs, FermataHistoryArc, n_arcs) = *arc;
      g_array_index (graph->arcs, FermataHistoryArc, n_arcs).source = from;
      g_array_index (graph->arcs, FermataHistoryArc, n_arcs++).target = to;
    }
  g_array_set_size (graph->arcs, n_arcs);
  for (guint i = 0; i < graph->marks->len; i++)
    {
      FermataHistoryMark *mark = &g_array_index (graph->marks, FermataHistoryMark, i);

      mark->step = map_step (mark->step, n_hidden);
    }
}

void
fermata_history_graph_read_machine (FermataHistoryGraph *graph,
                                    FermataHistory      *history,
                                    guint64              first)
{
  FermataPlan *plan = fermata_history_get_plan (history);
  Reader self = { .graph = graph, .plan = plan };
  gint64 end = 0;

  self.active = g_new0 (guint8, MAX (plan->n_nodes, 1));
  self.titles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self.visits = g_array_new (FALSE, FALSE, sizeof (Visit));
  begin_with (&self, history, first);
  for (guint64 number = first; number <= graph->until; number++)
    {
      const FermataEvent *event = fermata_history_get_event (history, number);

      end = MAX (end, event->time);
      read_event (&self, event, number);
    }
  end_step (&self, graph->until);
  for (guint start = 0, n_covered; start < self.visits->len; start += n_covered)
    {
      guint period = find_cycle (&self, start, &n_covered);

      add_steps (&self, start, period, n_covered, end);
    }
  if (graph->steps->len > 0)
    {
      guint last = 0;

      fermata_history_graph_find_step (graph, graph->until, &last);
      g_array_index (graph->steps, FermataHistoryStep, last).status =
        self.is_over ? FERMATA_HISTORY_STEP_DONE : FERMATA_HISTORY_STEP_ACTIVE;
    }
  fold (graph);
  g_array_unref (self.visits);
  g_hash_table_unref (self.titles);
  g_free (self.active);
}
