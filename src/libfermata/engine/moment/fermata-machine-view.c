/* fermata-machine-view.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-machine-view.h"

#include "engine/moment/fermata-moment-private.h"
#include "value/fermata-canonical.h"
#include "value/fermata-value-builder.h"

static FermataFrame *
find_machine (FermataMoment *self,
              guint          frame)
{
  FermataFrame *found = fermata_moment_get_frame (self, frame);

  return found != NULL && found->machine != NULL ? found : NULL;
}

/**
 * fermata_moment_is_machine:
 * @self: a moment
 * @frame: the number of a frame
 *
 * Tells whether a frame is there, and a state machine.
 *
 * Returns: %FALSE if not
 */
gboolean
fermata_moment_is_machine (FermataMoment *self,
                           guint          frame)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return find_machine (self, frame) != NULL;
}

/**
 * fermata_moment_is_idle:
 * @self: a moment
 * @frame: the number of a frame
 *
 * Tells whether a state machine is between two macrosteps: it has handled an
 * event, and all that followed from it, and has not begun with the next.
 *
 * Returns: %FALSE too if the frame is no machine
 */
gboolean
fermata_moment_is_idle (FermataMoment *self,
                        guint          frame)
{
  FermataFrame *machine;

  g_return_val_if_fail (self != NULL, FALSE);
  machine = find_machine (self, frame);

  return machine != NULL && (machine->machine->phase == FERMATA_MACHINE_IDLE
                             || machine->machine->phase == FERMATA_MACHINE_ENDED);
}

/**
 * fermata_moment_get_event:
 * @self: a moment
 * @frame: the number of a frame
 *
 * Gets the event that a state machine has handled last, or has at hand: what
 * `event` is in its expressions, an object with `name`.
 *
 * Returns: (transfer none) (nullable): an event; %NULL if there was none yet
 */
FermataValue *
fermata_moment_get_event (FermataMoment *self,
                          guint          frame)
{
  FermataFrame *machine;

  g_return_val_if_fail (self != NULL, NULL);
  machine = find_machine (self, frame);

  return machine == NULL ? NULL : machine->machine->event;
}

/* None of those that come after it is in it. */
static gboolean
is_innermost (FermataFrame           *frame,
              const FermataIndexList *list,
              guint                   position)
{
  return position + 1 == list->n
         || list->indices[position + 1] >= frame->plan->chart->states[list->indices[position]].end;
}

static FermataValue *
make_configuration (FermataFrame *frame)
{
  g_autoptr (FermataValueBuilder) ids = fermata_value_builder_new_array ();
  const FermataIndexList *list = frame->machine->configuration;
  guint n = list == NULL ? 0 : list->n;

  for (guint i = 0; i < n; i++)
    {
      if (is_innermost (frame, list, i))
        fermata_value_builder_add_string (ids, frame->plan->nodes[list->indices[i]].id);
    }
  if (n == 0 && frame->machine->final != FERMATA_INDEX_NONE)
    fermata_value_builder_add_string (ids, frame->plan->nodes[frame->machine->final].id);

  return fermata_value_builder_end (ids);
}

/**
 * fermata_moment_dup_configuration:
 * @self: a moment
 * @frame: the number of a frame
 *
 * Lists the states that a state machine is in: the active ones without active
 * states in them, in document order. Once it has ended in a final state, that is
 * the only one.
 *
 * Returns: (transfer full) (nullable): an array of ids; %NULL if the frame is no
 *   machine
 */
FermataValue *
fermata_moment_dup_configuration (FermataMoment *self,
                                  guint          frame)
{
  FermataFrame *machine;

  g_return_val_if_fail (self != NULL, NULL);
  machine = find_machine (self, frame);

  return machine == NULL ? NULL : make_configuration (machine);
}

/**
 * fermata_moment_get_final:
 * @self: a moment
 * @frame: the number of a frame
 * @state: (out) (optional): the final state that it has ended in
 * @data: (out) (optional) (transfer none) (nullable): the data of that
 *
 * Tells whether a state machine has terminated: it has come to a final state
 * that is in no other.
 *
 * Returns: %FALSE if not, or if the frame is no machine
 */
gboolean
fermata_moment_get_final (FermataMoment  *self,
                          guint           frame,
                          guint          *state,
                          FermataValue  **data)
{
  FermataFrame *machine;

  g_return_val_if_fail (self != NULL, FALSE);
  machine = find_machine (self, frame);
  if (machine == NULL || machine->machine->final == FERMATA_INDEX_NONE)
    return FALSE;

  if (state != NULL)
    *state = machine->machine->final;
  if (data != NULL)
    *data = machine->machine->is_failed ? NULL : machine->machine->data;

  return TRUE;
}

/* Who asks is no machine. */
static void
set_data (FermataValueBuilder *builder,
          FermataFrame        *machine,
          FermataValue        *data)
{
  g_autoptr (FermataValue) plain = fermata_plan_is_scxml (machine->plan) ? fermata_canonical_to_plain (data)
                                                                         : fermata_value_ref (data);

  fermata_value_builder_set (builder, "data", plain);
}

/**
 * fermata_moment_dup_machine:
 * @self: a moment
 * @frame: the number of a frame
 *
 * Tells where a state machine is: an object with `configuration`, the ids of the
 * active states without active states in them, and `final`, whether it has
 * terminated. If it has, `state` is the id of the final state, and `data` its
 * data, if there is any, in plain JSON.
 *
 * Returns: (transfer full) (nullable): an object; %NULL if the frame is no
 *   machine
 */
FermataValue *
fermata_moment_dup_machine (FermataMoment *self,
                            guint          frame)
{
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValue) configuration = NULL;
  FermataFrame *machine;
  FermataValue *data = NULL;
  guint state = 0;
  gboolean final;

  g_return_val_if_fail (self != NULL, NULL);
  machine = find_machine (self, frame);
  if (machine == NULL)
    return NULL;

  builder = fermata_value_builder_new_object ();
  configuration = make_configuration (machine);
  final = fermata_moment_get_final (self, frame, &state, &data);
  fermata_value_builder_set (builder, "configuration", configuration);
  fermata_value_builder_set_boolean (builder, "final", final);
  if (final)
    fermata_value_builder_set_string (builder, "state", machine->plan->nodes[state].id);
  if (data != NULL)
    set_data (builder, machine, data);

  return fermata_value_builder_end (builder);
}

static FermataValue *
make_way_out (FermataPlan *plan,
              guint        edge)
{
  static const char *const members[] = { "to", "event", "after", "when" };
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  const FermataPlanEdge *plan_edge = &plan->edges[edge];

  fermata_value_builder_set_string (builder, "edge", fermata_plan_get_edge_name (plan, edge));
  fermata_value_builder_set_string (builder, "from", plan->nodes[plan_edge->source].id);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      FermataValue *value = fermata_value_get_member (plan_edge->members, members[i]);

      if (value != NULL)
        fermata_value_builder_set (builder, members[i], value);
    }

  return fermata_value_builder_end (builder);
}

/**
 * fermata_moment_dup_ways_out:
 * @self: a moment
 * @frame: the number of a frame
 *
 * Lists the transitions that may be taken next, each with what it needs: those
 * of the active states. An object of the array has the name of the `edge`, the
 * state that it leads `from`, and `to`, `event`, `after` and `when` as they stand
 * in the document.
 *
 * Returns: (transfer full) (nullable): an array of objects, in document order of
 *   the states; %NULL if the frame is no machine
 */
FermataValue *
fermata_moment_dup_ways_out (FermataMoment *self,
                             guint          frame)
{
  g_autoptr (FermataValueBuilder) ways = NULL;
  const FermataIndexList *list;
  FermataFrame *machine;

  g_return_val_if_fail (self != NULL, NULL);
  machine = find_machine (self, frame);
  if (machine == NULL)
    return NULL;

  ways = fermata_value_builder_new_array ();
  list = machine->machine->configuration;
  for (guint i = 0; list != NULL && i < list->n; i++)
    {
      const FermataPlanNode *state = &machine->plan->nodes[list->indices[i]];

      for (guint edge = state[0].first_out; edge < state[1].first_out; edge++)
        {
          g_autoptr (FermataValue) way = make_way_out (machine->plan, edge);

          fermata_value_builder_add (ways, way);
        }
    }

  return fermata_value_builder_end (ways);
}
