/* fermata-metrics.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/history/fermata-metrics-private.h"

#include <math.h>

#include "engine/run/fermata-run.h"
#include "value/fermata-value-builder.h"

static void fermata_metrics_monitor_init (FermataMonitorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataMetrics, fermata_metrics, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERMATA_TYPE_MONITOR,
                                                      fermata_metrics_monitor_init))

static void
take_in (FermataMetrics *self,
         FermataHistory *history,
         FermataMoment  *now)
{
  guint64 last = fermata_history_get_n_events (history);

  self->n_folded = MAX (self->n_folded, fermata_history_get_first (history) - 1);
  while (self->n_folded < last)
    fermata_metrics_fold (self, fermata_history_get_event (history, self->n_folded + 1), now);
}

static void
fermata_metrics_flushed (FermataMonitor *monitor,
                         FermataRun     *run,
                         guint64         first,
                         guint64         last)
{
  take_in (FERMATA_METRICS (monitor), fermata_run_get_history (run), fermata_run_get_moment (run));
}

static void
fermata_metrics_monitor_init (FermataMonitorInterface *iface)
{
  iface->flushed = fermata_metrics_flushed;
}

static void
fermata_metrics_finalize (GObject *object)
{
  FermataMetrics *self = FERMATA_METRICS (object);

  g_clear_pointer (&self->frames, g_ptr_array_unref);
  g_clear_pointer (&self->plan, fermata_plan_unref);
  g_array_unref (self->attempts);
  g_array_unref (self->places);
  g_array_unref (self->usages);
  g_array_unref (self->amounts);
  g_array_unref (self->free_slots);
  g_ptr_array_unref (self->names);

  G_OBJECT_CLASS (fermata_metrics_parent_class)->finalize (object);
}

static void
fermata_metrics_class_init (FermataMetricsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_metrics_finalize;
}

static void
fermata_metrics_init (FermataMetrics *self)
{
  self->attempts = g_array_new (FALSE, FALSE, sizeof (FermataAttemptRecord));
  self->places = g_array_new (FALSE, TRUE, sizeof (guint));
  self->usages = g_array_new (FALSE, FALSE, sizeof (FermataUsage));
  self->amounts = g_array_new (FALSE, FALSE, sizeof (double));
  self->free_slots = g_array_new (FALSE, FALSE, sizeof (guint));
  self->names = g_ptr_array_new_with_free_func (g_free);
}

/**
 * fermata_metrics_new:
 * @plan: the plan of the run that is to be measured
 *
 * Makes metrics of nothing yet. They follow a run when they are added to it
 * (fermata_run_add_monitor()), also one that is under way; or give them its
 * history.
 *
 * Returns: (transfer full): metrics
 */
FermataMetrics *
fermata_metrics_new (FermataPlan *plan)
{
  FermataMetrics *self;

  g_return_val_if_fail (plan != NULL, NULL);

  self = g_object_new (FERMATA_TYPE_METRICS, NULL);
  self->plan = fermata_plan_ref (plan);

  return self;
}

/**
 * fermata_metrics_new_brief:
 * @plan: the plan of the run that is to be measured
 *
 * Makes metrics that keep nothing of frames that have been left but the totals: so
 * however many there are, they take no memory. They know how far the run and its
 * nodes are, but no attempts, and nothing by place.
 *
 * Returns: (transfer full): metrics
 */
FermataMetrics *
fermata_metrics_new_brief (FermataPlan *plan)
{
  FermataMetrics *self = fermata_metrics_new (plan);

  if (self != NULL)
    self->is_brief = TRUE;

  return self;
}

/**
 * fermata_metrics_add_history:
 * @self: metrics
 * @history: the history of the one run that they are of
 *
 * Takes in the events that they have not seen yet, but those that are not kept
 * any more (fermata_history_get_first()): what those took is not counted.
 */
void
fermata_metrics_add_history (FermataMetrics *self,
                             FermataHistory *history)
{
  g_autoptr (FermataMoment) now = NULL;

  g_return_if_fail (FERMATA_IS_METRICS (self));
  g_return_if_fail (FERMATA_IS_HISTORY (history));
  g_return_if_fail (fermata_history_get_plan (history) == self->plan);

  now = fermata_history_dup_moment (history, fermata_history_get_n_events (history));
  take_in (self, history, now);
}

/**
 * fermata_metrics_get_total:
 * @self: metrics
 * @measures: (out caller-allocates): what all attempts took
 *
 * Sums up the attempts of all nodes. Of those that are under way, what is
 * known of them so far.
 */
void
fermata_metrics_get_total (FermataMetrics  *self,
                           FermataMeasures *measures)
{
  g_return_if_fail (FERMATA_IS_METRICS (self));
  g_return_if_fail (measures != NULL);

  *measures = self->total;
}

static void
add_measures (FermataMeasures       *sum,
              const FermataMeasures *more)
{
  sum->n_attempts += more->n_attempts;
  sum->n_failed += more->n_failed;
  sum->queued += more->queued;
  sum->running += more->running;
  sum->cpu_user += more->cpu_user;
  sum->cpu_system += more->cpu_system;
  sum->peak_memory = MAX (sum->peak_memory, more->peak_memory);
  sum->n_output += more->n_output;
  sum->n_error += more->n_error;
}

/**
 * fermata_metrics_get_node:
 * @self: metrics
 * @frame: the number of a frame
 * @node: the index of a node
 * @measures: (out caller-allocates): what its attempts took
 *
 * Sums up the attempts of a node.
 *
 * Returns: %FALSE if there was none
 */
gboolean
fermata_metrics_get_node (FermataMetrics  *self,
                          guint            frame,
                          guint            node,
                          FermataMeasures *measures)
{
  FermataNodeMetrics *metrics;

  g_return_val_if_fail (FERMATA_IS_METRICS (self), FALSE);
  g_return_val_if_fail (measures != NULL, FALSE);

  *measures = (FermataMeasures) { 0, };
  metrics = fermata_metrics_find_node (self, frame, node);
  for (guint i = metrics == NULL ? 0 : metrics->last; i != 0;
       i = fermata_metrics_attempt_at (self, i - 1)->before)
    add_measures (measures, &fermata_metrics_attempt_at (self, i - 1)->metrics.measures);

  return measures->n_attempts > 0;
}

/**
 * fermata_metrics_get_n_attempts:
 * @self: metrics
 *
 * Tells how many attempts of nodes have begun.
 *
 * Returns: their number
 */
guint
fermata_metrics_get_n_attempts (FermataMetrics *self)
{
  g_return_val_if_fail (FERMATA_IS_METRICS (self), 0);

  return self->is_brief ? 0 : self->attempts->len;
}

/**
 * fermata_metrics_get_attempt:
 * @self: metrics
 * @index: which one, from 0, in the order in which they began
 * @attempt: (out caller-allocates): the attempt
 *
 * Gives one attempt of a node.
 */
void
fermata_metrics_get_attempt (FermataMetrics        *self,
                             guint                  index,
                             FermataAttemptMetrics *attempt)
{
  g_return_if_fail (FERMATA_IS_METRICS (self));
  g_return_if_fail (index < self->attempts->len);
  g_return_if_fail (attempt != NULL);

  *attempt = fermata_metrics_attempt_at (self, index)->metrics;
}

/* Usage */

static FermataValue *
amounts_to_value (FermataMetrics *self,
                  const double   *amounts)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  for (guint i = 0; i < self->names->len; i++)
    {
      g_autoptr (FermataValue) amount = NULL;

      if (amounts[i] == 0)
        continue;
      amount = amounts[i] <= 9007199254740991.0 && floor (amounts[i]) == amounts[i]
                 ? fermata_value_new_integer ((gint64) amounts[i])
                 : fermata_value_new_number (amounts[i]);
      fermata_value_builder_set (builder, self->names->pdata[i], amount);
    }

  return fermata_value_builder_end (builder);
}

static void
add_attempt_usage (FermataMetrics *self,
                   guint           index,
                   double         *amounts)
{
  guint next = fermata_metrics_attempt_at (self, index)->usage;

  while (next != 0)
    {
      const FermataUsage *usage = &g_array_index (self->usages, FermataUsage, next - 1);

      amounts[usage->name] = MIN (amounts[usage->name] + usage->amount, G_MAXDOUBLE);
      next = usage->next;
    }
}

/**
 * fermata_metrics_dup_total_usage:
 * @self: metrics
 *
 * Sums up what all attempts reported of what they used.
 *
 * Returns: (transfer full) (nullable): an object with the amounts by name;
 *   %NULL if nothing was reported
 */
FermataValue *
fermata_metrics_dup_total_usage (FermataMetrics *self)
{
  g_return_val_if_fail (FERMATA_IS_METRICS (self), NULL);

  return self->names->len == 0 ? NULL : amounts_to_value (self, (const double *) self->amounts->data);
}

/**
 * fermata_metrics_dup_node_usage:
 * @self: metrics
 * @frame: the number of a frame
 * @node: the index of a node
 *
 * Sums up what the attempts of a node reported of what they used.
 *
 * Returns: (transfer full) (nullable): an object with the amounts by name;
 *   %NULL if nothing was reported
 */
FermataValue *
fermata_metrics_dup_node_usage (FermataMetrics *self,
                                guint           frame,
                                guint           node)
{
  FermataNodeMetrics *metrics;
  g_autofree double *amounts = NULL;
  gboolean is_any = FALSE;

  g_return_val_if_fail (FERMATA_IS_METRICS (self), NULL);

  metrics = fermata_metrics_find_node (self, frame, node);
  if (metrics == NULL || self->names->len == 0)
    return NULL;

  amounts = g_new0 (double, self->names->len);
  for (guint i = metrics->last; i != 0; i = fermata_metrics_attempt_at (self, i - 1)->before)
    {
      is_any |= fermata_metrics_attempt_at (self, i - 1)->usage != 0;
      add_attempt_usage (self, i - 1, amounts);
    }

  return is_any ? amounts_to_value (self, amounts) : NULL;
}

/**
 * fermata_metrics_dup_attempt_usage:
 * @self: metrics
 * @index: an attempt, as fermata_metrics_get_attempt() counts
 *
 * Tells what an attempt reported of what it used.
 *
 * Returns: (transfer full) (nullable): an object with the amounts by name;
 *   %NULL if nothing was reported
 */
FermataValue *
fermata_metrics_dup_attempt_usage (FermataMetrics *self,
                                   guint           index)
{
  g_autofree double *amounts = NULL;

  g_return_val_if_fail (FERMATA_IS_METRICS (self), NULL);
  g_return_val_if_fail (index < self->attempts->len, NULL);

  if (fermata_metrics_attempt_at (self, index)->usage == 0)
    return NULL;

  amounts = g_new0 (double, self->names->len);
  add_attempt_usage (self, index, amounts);

  return amounts_to_value (self, amounts);
}

/**
 * fermata_metrics_get_place:
 * @self: metrics
 * @place: the place of a node, in the root graph or in a body
 * @measures: (out caller-allocates): what its attempts took
 * @usage: (out) (transfer full) (nullable) (optional): an object with the
 *   amounts that they reported, by name; %NULL if they reported nothing
 *
 * Sums up the attempts of a node in all frames.
 */
void
fermata_metrics_get_place (FermataMetrics   *self,
                           guint32           place,
                           FermataMeasures  *measures,
                           FermataValue    **usage)
{
  g_autofree double *amounts = NULL;
  gboolean is_any = FALSE;
  guint last;

  g_return_if_fail (FERMATA_IS_METRICS (self));
  g_return_if_fail (measures != NULL);

  *measures = (FermataMeasures) { 0, };
  amounts = g_new0 (double, self->names->len);
  last = place < self->places->len ? g_array_index (self->places, guint, place) : 0;
  for (guint i = last; i != 0; i = fermata_metrics_attempt_at (self, i - 1)->before_at_place)
    {
      add_measures (measures, &fermata_metrics_attempt_at (self, i - 1)->metrics.measures);
      is_any |= fermata_metrics_attempt_at (self, i - 1)->usage != 0;
      add_attempt_usage (self, i - 1, amounts);
    }
  if (usage != NULL)
    *usage = is_any ? amounts_to_value (self, amounts) : NULL;
}

/**
 * fermata_metrics_find_place:
 * @self: metrics
 * @from: where to begin
 * @place: (out): the place of a node
 *
 * Finds the first node at or behind a place of which there was an attempt.
 *
 * Returns: %FALSE if there is none
 */
gboolean
fermata_metrics_find_place (FermataMetrics *self,
                            guint32         from,
                            guint32        *place)
{
  g_return_val_if_fail (FERMATA_IS_METRICS (self), FALSE);
  g_return_val_if_fail (place != NULL, FALSE);

  for (*place = from; *place < self->places->len; (*place)++)
    {
      if (g_array_index (self->places, guint, *place) != 0)
        return TRUE;
    }

  return FALSE;
}

/* Progress */

/**
 * fermata_metrics_get_progress:
 * @self: metrics
 *
 * Tells how far the run is: nodes that have ended count as one each, those that
 * are under way as the fraction that they reported.
 *
 * Returns: from 0 to 1
 */
double
fermata_metrics_get_progress (FermataMetrics *self)
{
  guint n_ended = 0;

  g_return_val_if_fail (FERMATA_IS_METRICS (self), 0);

  if (self->has_ended)
    return 1;
  if (self->frames != NULL && self->frames->pdata[0] != NULL)
    n_ended = ((FermataFrameMetrics *) self->frames->pdata[0])->n_ended;
  if (self->plan->n_nodes == 0)
    return 0;

  return CLAMP ((n_ended + self->partial) / self->plan->n_nodes, 0, 1);
}

/**
 * fermata_metrics_get_node_progress:
 * @self: metrics
 * @frame: the number of a frame
 * @node: the index of a node
 * @fraction: (out): how far it is, from 0 to 1
 * @message: (out) (transfer none) (nullable) (optional): what it does, for people
 *
 * Tells what a node that is under way has last reported of its progress.
 *
 * Returns: %FALSE if it has reported nothing, or is not under way
 */
gboolean
fermata_metrics_get_node_progress (FermataMetrics  *self,
                                   guint            frame,
                                   guint            node,
                                   double          *fraction,
                                   const char     **message)
{
  FermataNodeMetrics *metrics;
  FermataValue *text;

  g_return_val_if_fail (FERMATA_IS_METRICS (self), FALSE);
  g_return_val_if_fail (fraction != NULL, FALSE);

  *fraction = 0;
  if (message != NULL)
    *message = NULL;
  metrics = fermata_metrics_find_node (self, frame, node);
  if (metrics == NULL || metrics->progress == NULL)
    return FALSE;

  *fraction = fermata_value_get_number (fermata_value_get_member (metrics->progress, "fraction"));
  text = fermata_value_get_member (metrics->progress, "message");
  if (message != NULL && text != NULL)
    *message = fermata_value_get_string (text, NULL);

  return TRUE;
}

/* For programs */

static void
set_measures (FermataValueBuilder   *builder,
              const FermataMeasures *measures,
              FermataValue          *usage)
{
  fermata_value_builder_set_integer (builder, "queued", measures->queued);
  fermata_value_builder_set_integer (builder, "running", measures->running);
  fermata_value_builder_set_integer (builder, "cpu-user", measures->cpu_user);
  fermata_value_builder_set_integer (builder, "cpu-system", measures->cpu_system);
  fermata_value_builder_set_integer (builder, "peak-memory", measures->peak_memory);
  fermata_value_builder_set_integer (builder, "output-bytes", measures->n_output);
  fermata_value_builder_set_integer (builder, "error-bytes", measures->n_error);
  if (usage != NULL)
    fermata_value_builder_set (builder, "usage", usage);
}

static FermataValue *
attempt_to_value (FermataMetrics *self,
                  guint           index)
{
  const FermataAttemptMetrics *attempt = &fermata_metrics_attempt_at (self, index)->metrics;
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) usage = fermata_metrics_dup_attempt_usage (self, index);

  if (attempt->frame != 0)
    fermata_value_builder_set_integer (builder, "frame", attempt->frame);
  fermata_value_builder_set_string (builder, "node", fermata_plan_get_node_id (self->plan, attempt->node));
  fermata_value_builder_set_integer (builder, "attempt", attempt->attempt);
  fermata_value_builder_set_integer (builder, "started", attempt->started);
  if (!attempt->under_way)
    fermata_value_builder_set_string (builder, "outcome", fermata_event_kind_to_string (attempt->outcome));
  set_measures (builder, &attempt->measures, usage);

  return fermata_value_builder_end (builder);
}

static FermataValue *
place_to_value (FermataMetrics *self,
                guint32         place)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) usage = NULL;
  g_autofree char *name = fermata_plan_dup_place_name (self->plan, place);
  FermataMeasures measures;

  fermata_metrics_get_place (self, place, &measures, &usage);
  fermata_value_builder_set_string (builder, "node", fermata_plan_get_node_id (self->plan, place));
  if (place >= fermata_plan_get_n_nodes (self->plan))
    {
      fermata_value_builder_set_string (builder, "place", name);
      fermata_value_builder_set_boolean (builder, "items", TRUE);
    }
  fermata_value_builder_set_integer (builder, "attempts", measures.n_attempts);
  fermata_value_builder_set_integer (builder, "failed", measures.n_failed);
  set_measures (builder, &measures, usage);

  return fermata_value_builder_end (builder);
}

static FermataValue *
places_to_value (FermataMetrics *self)
{
  g_autoptr (FermataValueBuilder) nodes = fermata_value_builder_new_array ();
  guint32 place = 0;

  for (guint32 from = 0; fermata_metrics_find_place (self, from, &place); from = place + 1)
    {
      g_autoptr (FermataValue) node = place_to_value (self, place);

      fermata_value_builder_add (nodes, node);
    }

  return fermata_value_builder_end (nodes);
}

/**
 * fermata_metrics_to_value:
 * @self: metrics
 *
 * Writes them as a value: `total`; `nodes`, an array of those that had attempts,
 * in the order of the plan, each over all frames, in bodies with `place`, their
 * name there (`orders/double`), and `items`; and `attempts`, an array in
 * the order in which they began. Times are microseconds, `outcome` is the kind of the event
 * that ended the attempt.
 *
 * Returns: (transfer full): an object
 */
FermataValue *
fermata_metrics_to_value (FermataMetrics *self)
{
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValueBuilder) total = NULL;
  g_autoptr (FermataValueBuilder) attempts = NULL;
  g_autoptr (FermataValue) usage = NULL;
  g_autoptr (FermataValue) total_value = NULL;
  g_autoptr (FermataValue) nodes = NULL;
  g_autoptr (FermataValue) attempts_value = NULL;

  g_return_val_if_fail (FERMATA_IS_METRICS (self), NULL);

  usage = fermata_metrics_dup_total_usage (self);
  total = fermata_value_builder_new_object ();
  fermata_value_builder_set_integer (total, "attempts", self->total.n_attempts);
  fermata_value_builder_set_integer (total, "failed", self->total.n_failed);
  set_measures (total, &self->total, usage);
  total_value = fermata_value_builder_end (total);

  attempts = fermata_value_builder_new_array ();
  for (guint i = 0; i < fermata_metrics_get_n_attempts (self); i++)
    {
      g_autoptr (FermataValue) attempt = attempt_to_value (self, i);

      fermata_value_builder_add (attempts, attempt);
    }
  attempts_value = fermata_value_builder_end (attempts);

  builder = fermata_value_builder_new_object ();
  fermata_value_builder_set (builder, "total", total_value);
  nodes = places_to_value (self);
  fermata_value_builder_set (builder, "nodes", nodes);
  fermata_value_builder_set (builder, "attempts", attempts_value);

  return fermata_value_builder_end (builder);
}
