/* fermata-history-graph.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-history-graph-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "engine/plan/fermata-plan-private.h"

/* How ids in pictures begin. */
#define ID "event:"

G_DEFINE_FINAL_TYPE (FermataHistoryGraph, fermata_history_graph, G_TYPE_OBJECT)

static void
fermata_history_graph_finalize (GObject *object)
{
  FermataHistoryGraph *self = FERMATA_HISTORY_GRAPH (object);

  g_array_unref (self->steps);
  g_array_unref (self->arcs);
  g_array_unref (self->marks);
  g_string_chunk_free (self->texts);

  G_OBJECT_CLASS (fermata_history_graph_parent_class)->finalize (object);
}

static void
fermata_history_graph_class_init (FermataHistoryGraphClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_history_graph_finalize;
}

static void
fermata_history_graph_init (FermataHistoryGraph *self)
{
  self->steps = g_array_new (FALSE, FALSE, sizeof (FermataHistoryStep));
  self->arcs = g_array_new (FALSE, FALSE, sizeof (FermataHistoryArc));
  self->marks = g_array_new (FALSE, FALSE, sizeof (FermataHistoryMark));
  self->texts = g_string_chunk_new (4096);
}

const char *
fermata_history_graph_get_title (FermataPlan *plan,
                                 guint        node)
{
  FermataValue *label = fermata_value_get_member (plan->nodes[node].members, "label");

  if (label != NULL && fermata_value_get_kind (label) == FERMATA_VALUE_KIND_STRING
      && *fermata_value_get_string (label, NULL) != '\0')
    return fermata_value_get_string (label, NULL);

  return plan->nodes[node].id;
}

FermataHistoryStep
fermata_history_graph_make_fold (FermataHistoryGraph *self,
                                 guint                n_steps)
{
  FermataHistoryStep fold = {
    FERMATA_HISTORY_STEP_FOLDED, .count = n_steps, .parent = FERMATA_HISTORY_STEP_NONE,
  };
  g_autofree char *title = g_strdup_printf (ngettext ("%u step", "%u steps", n_steps), n_steps);

  fold.title = g_string_chunk_insert (self->texts, title);
  self->n_folded = n_steps;

  return fold;
}

char *
fermata_history_graph_dup_time (gint64 microseconds)
{
  double seconds = (double) microseconds / G_USEC_PER_SEC;

  if (seconds < 1)
    return g_strdup_printf ("%d ms", (int) (microseconds / 1000));
  if (seconds < 60)
    return g_strdup_printf ("%.1f s", seconds);
  if (seconds < 3600)
    return g_strdup_printf ("%d min %d s", (int) seconds / 60, (int) seconds % 60);

  return g_strdup_printf ("%" G_GINT64_FORMAT " h %d min", (gint64) seconds / 3600,
                          (int) ((gint64) seconds % 3600 / 60));
}

/**
 * fermata_history_graph_new:
 * @history: a history
 * @until: the number of the last event that counts; 0 for all there are
 *
 * Reads a history. That takes time in proportion to its events, about a tenth
 * of a second for a million.
 *
 * Returns: (transfer full): its steps
 */
FermataHistoryGraph *
fermata_history_graph_new (FermataHistory *history,
                           guint64         until)
{
  FermataHistoryGraph *self;
  FermataPlan *plan;
  guint64 first;

  g_return_val_if_fail (FERMATA_IS_HISTORY (history), NULL);

  self = g_object_new (FERMATA_TYPE_HISTORY_GRAPH, NULL);
  self->until = fermata_history_get_n_events (history);
  if (until > 0)
    self->until = MIN (self->until, until);
  plan = fermata_history_get_plan (history);
  first = fermata_history_get_first (history);
  if (plan->chart != NULL)
    fermata_history_graph_read_machine (self, history, first);
  else
    fermata_history_graph_read_nodes (self, history, first);

  return self;
}

/**
 * fermata_history_graph_get_until:
 * @self: a graph of steps
 *
 * Up to where the history was read.
 *
 * Returns: the number of the last event that counts
 */
guint64
fermata_history_graph_get_until (FermataHistoryGraph *self)
{
  g_return_val_if_fail (FERMATA_IS_HISTORY_GRAPH (self), 0);

  return self->until;
}

/**
 * fermata_history_graph_get_n_steps:
 * @self: a graph of steps
 *
 * How many steps there are, what stands for folded ones included.
 *
 * Returns: the number of steps
 */
guint
fermata_history_graph_get_n_steps (FermataHistoryGraph *self)
{
  g_return_val_if_fail (FERMATA_IS_HISTORY_GRAPH (self), 0);

  return self->steps->len;
}

/**
 * fermata_history_graph_get_step:
 * @self: a graph of steps
 * @index: a place, from 0
 *
 * A step. Those of a machine come in the order in which it went, those of a
 * DAG in that of the document.
 *
 * Returns: (transfer none): the step
 */
const FermataHistoryStep *
fermata_history_graph_get_step (FermataHistoryGraph *self,
                                guint                index)
{
  g_return_val_if_fail (FERMATA_IS_HISTORY_GRAPH (self), NULL);
  g_return_val_if_fail (index < self->steps->len, NULL);

  return &g_array_index (self->steps, FermataHistoryStep, index);
}

/**
 * fermata_history_graph_get_n_arcs:
 * @self: a graph of steps
 *
 * How many arcs there are between steps.
 *
 * Returns: the number of arcs
 */
guint
fermata_history_graph_get_n_arcs (FermataHistoryGraph *self)
{
  g_return_val_if_fail (FERMATA_IS_HISTORY_GRAPH (self), 0);

  return self->arcs->len;
}

/**
 * fermata_history_graph_get_arc:
 * @self: a graph of steps
 * @index: a place, from 0
 *
 * An arc from a step to another.
 *
 * Returns: (transfer none): the arc
 */
const FermataHistoryArc *
fermata_history_graph_get_arc (FermataHistoryGraph *self,
                               guint                index)
{
  g_return_val_if_fail (FERMATA_IS_HISTORY_GRAPH (self), NULL);
  g_return_val_if_fail (index < self->arcs->len, NULL);

  return &g_array_index (self->arcs, FermataHistoryArc, index);
}

/**
 * fermata_history_graph_get_n_folded:
 * @self: a graph of steps
 *
 * How many steps are not shown, because there are more than
 * %FERMATA_HISTORY_GRAPH_MAX_STEPS.
 *
 * Returns: the number of steps that one stands for; 0 if all are there
 */
guint64
fermata_history_graph_get_n_folded (FermataHistoryGraph *self)
{
  g_return_val_if_fail (FERMATA_IS_HISTORY_GRAPH (self), 0);

  return self->n_folded;
}

/**
 * fermata_history_graph_find_step:
 * @self: a graph of steps
 * @number: the number of an event
 * @index: (out): the place of the step
 *
 * Finds the step in which a machine was after an event; of a DAG, the node
 * that the event is about, or the last one before it.
 *
 * Returns: whether there is one
 */
gboolean
fermata_history_graph_find_step (FermataHistoryGraph *self,
                                 guint64              number,
                                 guint               *index)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (FERMATA_IS_HISTORY_GRAPH (self), FALSE);
  g_return_val_if_fail (index != NULL, FALSE);

  high = self->marks->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->marks, FermataHistoryMark, middle).number <= number)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0)
    return FALSE;
  *index = g_array_index (self->marks, FermataHistoryMark, low - 1).step;

  return TRUE;
}

/**
 * fermata_history_graph_parse_id:
 * @id: (nullable): the attribute `id` of an element of the picture
 * @number: (out): the number of the event to go to
 *
 * Says what a click on a picture of a history means.
 *
 * Returns: whether it is the id of a step or an arc
 */
gboolean
fermata_history_graph_parse_id (const char *id,
                                guint64    *number)
{
  g_return_val_if_fail (number != NULL, FALSE);

  if (id == NULL || !g_str_has_prefix (id, ID))
    return FALSE;

  /* Several arcs may go to the same event; behind the number is which it is */
  id += strlen (ID);
  if (!g_ascii_isdigit (*id))
    return FALSE;
  *number = g_ascii_strtoull (id, NULL, 10);

  return *number > 0;
}
