/* fermata-history-visits.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Which states a machine has visited, read off its history. */

#include "engine/history/fermata-history.h"

#include "engine/moment/fermata-machine-view.h"
#include "engine/plan/fermata-plan-private.h"
#include "value/fermata-value-builder.h"

#define NOT_IN 0

/* One visit; @entered is NOT_IN, and @since -1, where the beginning is not kept;
 * @left is -1 while it lasts. */
typedef struct {
  guint32 state;
  guint64 entered;
  gint64 since;
  gint64 left;
  FermataValue *result;
} Visit;

/* @current has by state the position of its visit that is under way in
 * @visits, plus 1. @state is which one is wanted, FERMATA_INDEX_NONE for all. */
typedef struct {
  FermataPlan *plan;
  guint32 frame;
  guint32 state;
  GArray *visits;
  GHashTable *current;
} Reader;

static void
visit_clear (gpointer data)
{
  g_clear_pointer (&((Visit *) data)->result, fermata_value_unref);
}

static Visit *
begin_visit (Reader  *self,
             guint32  state,
             guint64  entered,
             gint64   since)
{
  Visit visit = { state, entered, since, -1, NULL };

  g_array_append_val (self->visits, visit);
  g_hash_table_insert (self->current, GUINT_TO_POINTER (state), GUINT_TO_POINTER (self->visits->len));

  return &g_array_index (self->visits, Visit, self->visits->len - 1);
}

static Visit *
find_visit (Reader  *self,
            guint32  state)
{
  guint position = GPOINTER_TO_UINT (g_hash_table_lookup (self->current, GUINT_TO_POINTER (state)));

  return position == 0 ? NULL : &g_array_index (self->visits, Visit, position - 1);
}

static gboolean
is_wanted (const Reader *self,
           guint32       state)
{
  return self->state == FERMATA_INDEX_NONE || self->state == state;
}

/* What its task gave, or the final state in it; the last of several. */
static void
note_result (Reader       *self,
             guint32       state,
             FermataValue *result)
{
  Visit *visit = find_visit (self, state);

  if (visit == NULL || result == NULL)
    return;

  g_clear_pointer (&visit->result, fermata_value_unref);
  visit->result = fermata_value_ref (result);
}

static void
note_raised (Reader             *self,
             const FermataEvent *event,
             guint32             state)
{
  guint parent = event->step != 0 ? FERMATA_INDEX_NONE : self->plan->chart->states[state].parent;

  if (parent != FERMATA_INDEX_NONE)
    note_result (self, parent, fermata_value_get_member (event->payload, "data"));
}

static void
read_event (Reader             *self,
            const FermataEvent *event,
            guint64             number)
{
  guint32 state = event->place - self->plan->first_place;
  Visit *visit;

  if (event->frame != self->frame || event->place == FERMATA_PLACE_RUN
      || state >= self->plan->n_nodes)
    return;

  switch ((guint) event->kind)
    {
    case FERMATA_EVENT_STATE_ENTERED:
      if (is_wanted (self, state))
        begin_visit (self, state, number, event->time);
      break;

    case FERMATA_EVENT_STATE_EXITED:
      if (!is_wanted (self, state))
        break;
      visit = find_visit (self, state);
      if (visit == NULL)
        visit = begin_visit (self, state, NOT_IN, -1);
      visit->left = event->time;
      g_hash_table_remove (self->current, GUINT_TO_POINTER (state));
      break;

    case FERMATA_EVENT_FRAME_LEFT:
      note_result (self, state, fermata_value_get_member (event->payload, "output"));
      break;

    case FERMATA_EVENT_EVENT_RAISED:
      note_raised (self, event, state);
      break;

    default:
      break;
    }
}

static FermataValue *
make_visit (const Reader *self,
            const Visit  *visit)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (builder, "state", self->plan->nodes[visit->state].id);
  if (visit->entered != NOT_IN)
    {
      fermata_value_builder_set_integer (builder, "event", visit->entered);
      fermata_value_builder_set_integer (builder, "entered", visit->since);
    }
  if (visit->left >= 0)
    fermata_value_builder_set_integer (builder, "left", visit->left);
  if (visit->result != NULL)
    fermata_value_builder_set (builder, "result", visit->result);

  return fermata_value_builder_end (builder);
}

/* The plan of a machine's frame: it may be gone, so the first event at one of its
 * states tells. */
static FermataPlan *
find_plan (FermataHistory *history,
           guint32         frame)
{
  FermataPlan *plan = fermata_history_get_plan (history);
  guint local;

  if (frame == 0)
    return plan;

  for (guint64 number = fermata_history_get_first (history);
       number <= fermata_history_get_n_events (history); number++)
    {
      const FermataEvent *event = fermata_history_get_event (history, number);

      if (event->frame == frame && event->place != FERMATA_PLACE_RUN)
        return fermata_plan_locate (plan, event->place, &local);
    }

  return NULL;
}

/* Those that were active when what is kept begins, and of which nothing has been
 * seen that ends them, are visits as well. */
static void
begin_with (Reader         *self,
            FermataHistory *history)
{
  guint64 first = fermata_history_get_first (history);
  g_autoptr (FermataMoment) moment = first == 1 ? NULL : fermata_history_dup_moment (history, first - 1);
  g_autofree guint *states = NULL;
  guint n_states = 0;

  if (moment == NULL)
    return;

  states = fermata_moment_list_active_states (moment, self->frame, FALSE, &n_states);
  for (guint i = 0; i < n_states; i++)
    {
      if (is_wanted (self, states[i]))
        begin_visit (self, states[i], NOT_IN, -1);
    }
}

/**
 * fermata_history_dup_visits:
 * @self: a history
 * @frame: the number of a machine's frame; 0 is the run itself
 * @state: (nullable): the id of a state, %NULL for all
 *
 * Gives the visits of states, in the order in which they began. Of what the
 * history has dropped (see fermata_history_set_retention()) nothing is told;
 * a visit that began there is the first, without its beginning.
 *
 * Returns: (transfer full): an array of objects with `state`, its id; `event`, the
 *   number of the event by which it was entered, and `entered`, when that was, in
 *   microseconds on the run's clock; `left`, when it ended, unless it lasts; and
 *   `result`, the output of the state's task or the data of the final state in
 *   it, if there is one
 */
FermataValue *
fermata_history_dup_visits (FermataHistory *self,
                            guint           frame,
                            const char     *state)
{
  g_autoptr (FermataValueBuilder) visits = NULL;
  Reader reader = { .frame = frame, .state = FERMATA_INDEX_NONE };

  g_return_val_if_fail (FERMATA_IS_HISTORY (self), NULL);

  visits = fermata_value_builder_new_array ();
  reader.plan = find_plan (self, frame);
  if (reader.plan == NULL || reader.plan->chart == NULL
      || (state != NULL && !fermata_plan_find_node (reader.plan, state, &reader.state)))
    return fermata_value_builder_end (visits);

  reader.visits = g_array_new (FALSE, FALSE, sizeof (Visit));
  g_array_set_clear_func (reader.visits, visit_clear);
  reader.current = g_hash_table_new (NULL, NULL);
  begin_with (&reader, self);
  for (guint64 number = fermata_history_get_first (self); number <= fermata_history_get_n_events (self);
       number++)
    read_event (&reader, fermata_history_get_event (self, number), number);

  for (guint i = 0; i < reader.visits->len; i++)
    {
      g_autoptr (FermataValue) visit = make_visit (&reader, &g_array_index (reader.visits, Visit, i));

      fermata_value_builder_add (visits, visit);
    }
  g_hash_table_unref (reader.current);
  g_array_unref (reader.visits);

  return fermata_value_builder_end (visits);
}
