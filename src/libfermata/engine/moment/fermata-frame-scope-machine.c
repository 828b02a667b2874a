/* fermata-frame-scope-machine.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Names that expressions have in machines, and in what their states do: `event`,
 * `In`, `visits`. */

#include "engine/moment/fermata-frame-scope-private.h"

static FermataFrame *
get_parent (FermataMoment *moment,
            FermataFrame  *frame)
{
  return frame->plan->is_isolated ? NULL : fermata_moment_get_frame (moment, frame->parent);
}

static FermataFrame *
find_machine (FermataFrameScope *self)
{
  FermataFrame *frame = self->frame;

  while (frame != NULL && frame->machine == NULL)
    frame = get_parent (self->moment, frame);

  return frame;
}

/* In a task, what was at hand when it began. */
FermataValue *
fermata_frame_scope_lookup_event (FermataFrameScope *self)
{
  FermataFrame *frame = self->frame;

  if (self->event != NULL)
    return fermata_value_ref (self->event);
  if (frame->machine != NULL)
    return frame->machine->event == NULL ? NULL : fermata_value_ref (frame->machine->event);

  while (frame != NULL)
    {
      FermataFrame *parent = get_parent (self->moment, frame);

      if (parent != NULL && parent->machine != NULL)
        return frame->input == NULL ? NULL : fermata_value_ref (frame->input);
      frame = parent;
    }

  return NULL;
}

static FermataValue *
dup_active (const FermataFrame *frame)
{
  const FermataIndexList *active = frame->machine->configuration;
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();

  for (guint i = 0; i < fermata_index_list_get_n (active); i++)
    fermata_value_builder_add_string (builder, frame->plan->nodes[active->indices[i]].id);

  return fermata_value_builder_end (builder);
}

static FermataValue *
lookup_in (const FermataFrame *frame,
           const char         *id)
{
  guint state;

  if (id == NULL)
    return dup_active (frame);

  return fermata_value_new_boolean (fermata_plan_find_node (frame->plan, id, &state)
                                    && fermata_machine_is_active (frame->machine, state));
}

static FermataValue *
dup_all_visits (const FermataFrame *frame)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  for (guint i = 0; i < frame->plan->n_nodes; i++)
    {
      FermataValue *visits = fermata_machine_get_visits (frame->machine, i);

      if (visits != NULL)
        fermata_value_builder_set (builder, frame->plan->nodes[i].id, visits);
    }

  return fermata_value_builder_end (builder);
}

static FermataValue *
lookup_visits (const FermataFrame *frame,
               const char         *id)
{
  FermataValue *visits = NULL;
  guint state;

  if (id == NULL)
    return dup_all_visits (frame);
  if (fermata_plan_find_node (frame->plan, id, &state))
    visits = fermata_machine_get_visits (frame->machine, state);

  return visits != NULL ? fermata_value_ref (visits) : fermata_value_new_empty_array ();
}

/* Of the nearest machine; undefined outside of any. */
FermataValue *
fermata_frame_scope_lookup_function (FermataFrameScope *self,
                                     const char *const *path,
                                     guint              n_path,
                                     guint             *n_used)
{
  FermataFrame *frame = find_machine (self);
  const char *id = n_path > 1 ? path[1] : NULL;

  if (frame == NULL)
    return NULL;

  *n_used = MIN (n_path, 2);

  return g_str_equal (path[0], "In") ? lookup_in (frame, id) : lookup_visits (frame, id);
}
