/* fermata-frame-tree.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-body-private.h"
#include "engine/moment/fermata-frame-part-private.h"
#include "value/fermata-value-private.h"

#include <string.h>

/*
 * Frames within frames. Each but the root has a parent, in which it belongs to a
 * node or to a state. What an expression of a frame calls `variables` and
 * `inputs` are those of the nearest frame, from its own on outwards, that has its
 * own: a frame for an item has none, one of a graph that declares some does.
 */

static FermataFrame *
get_parent (const FermataMoment *moment,
            const FermataFrame  *frame)
{
  return frame->parent == FERMATA_FRAME_NONE ? NULL
                                             : fermata_moment_get_frame (moment, frame->parent);
}

FermataValue *
fermata_moment_get_frame_variables (FermataMoment      *self,
                                    const FermataFrame *frame)
{
  while (frame != NULL && frame->variables == NULL)
    frame = get_parent (self, frame);

  return frame != NULL ? frame->variables : self->variables;
}

FermataValue *
fermata_moment_get_frame_inputs (FermataMoment      *self,
                                 const FermataFrame *frame)
{
  while (frame != NULL && frame->inputs == NULL)
    frame = get_parent (self, frame);

  return frame != NULL ? frame->inputs : self->inputs;
}

FermataValue *
fermata_moment_get_frame_writers (FermataMoment      *self,
                                  const FermataFrame *frame)
{
  while (frame != NULL && frame->variables == NULL)
    frame = get_parent (self, frame);

  return frame != NULL ? frame->writers : self->writers;
}

/* Takes over @value. */
static FermataValue *
begin_writers (FermataValue *variables)
{
  g_autoptr (FermataValue) start = fermata_value_new_integer (1);

  return fermata_value_new_like (variables, start);
}

/* Notes who changed each variable that @changes name; all of them begin with the start. */
static void
note_writer (FermataMoment  *self,
             FermataValue   *variables,
             FermataValue   *changes,
             FermataValue  **writers)
{
  g_autoptr (FermataValue) number = fermata_value_new_integer (self->number);

  for (gsize i = 0; i < fermata_value_get_length (changes); i++)
    {
      FermataValue *change = fermata_value_get_element (changes, i);
      FermataValue *name = fermata_value_get_member (change, FERMATA_ASSIGNED_VARIABLE);
      const char *path = name != NULL ? fermata_value_get_string (name, NULL) : NULL;
      g_autofree char *variable = path != NULL ? g_strndup (path, strcspn (path, ".")) : NULL;

      if (variable == NULL)
        continue;
      if (*writers == NULL)
        *writers = begin_writers (variables);
      *writers = fermata_value_take_with_member (*writers, variable, number);
    }
}

void
fermata_moment_change_variables (FermataMoment *self,
                                 guint32        number,
                                 FermataValue  *changes)
{
  FermataFrame *frame = fermata_moment_get_frame (self, number);
  FermataValue **variables = &self->variables;
  FermataValue **writers = &self->writers;

  if (frame == NULL || changes == NULL || fermata_value_get_length (changes) == 0)
    return;

  while (frame != NULL && frame->variables == NULL)
    frame = get_parent (self, frame);
  if (frame != NULL)
    {
      frame = fermata_moment_write_frame (self, frame->number);
      variables = &frame->variables;
      writers = &frame->writers;
    }

  *variables = fermata_assignments_apply (*variables, changes, FERMATA_ASSIGNED_VARIABLE);
  note_writer (self, *variables, changes, writers);
}

static FermataValue *
ref_or_null (FermataValue *value)
{
  return value == NULL ? NULL : fermata_value_ref (value);
}

FermataFrame *
fermata_body_new_child (FermataMoment      *moment,
                        FermataFrame       *parent,
                        FermataPlan        *plan,
                        guint               owner,
                        guint32             iteration,
                        FermataValue       *item,
                        FermataValue       *input,
                        FermataValue       *inputs,
                        FermataValue       *variables)
{
  FermataFrame *child = fermata_frame_new (plan, ++moment->n_entered);

  parent->n_children++;
  child->parent = parent->number;
  child->owner = owner;
  child->iteration = iteration;
  child->item = ref_or_null (item);
  child->input = ref_or_null (input);
  child->inputs = ref_or_null (inputs);
  child->variables = ref_or_null (variables);
  child->since = moment->time;
  child->winner = FERMATA_INDEX_NONE;
  if (plan->budgets.set != 0)
    child->use = g_new0 (FermataBudgetUse, 1);
  fermata_frame_find_part (child, parent);
  if (!fermata_frame_is_given (child))
    fermata_interpreter_of (plan)->begin (moment, child);
  fermata_moment_add_frame (moment, child);

  return child;
}

FermataFrame *
fermata_moment_find_graph_frame (const FermataMoment *self,
                                 const FermataFrame  *frame)
{
  while (frame->plan->is_item && frame->parent != FERMATA_FRAME_NONE)
    frame = get_parent (self, frame);

  return (FermataFrame *) frame;
}

guint
fermata_moment_count_document_frames (const FermataMoment *self,
                                      const FermataFrame  *frame,
                                      guint                document)
{
  guint n = 0;

  for (; frame != NULL; frame = get_parent (self, frame))
    n += frame->plan->is_isolated && frame->plan->document == document;

  return n;
}

FermataFrame *
fermata_moment_find_parent_machine (const FermataMoment *self,
                                    const FermataFrame  *frame)
{
  FermataFrame *found = get_parent (self, frame);

  while (found != NULL && found->plan->kind != FERMATA_GRAPH_KIND_FSM)
    found = get_parent (self, found);

  return found;
}

FermataFrame *
fermata_moment_find_child_machine (const FermataMoment *self,
                                   const FermataFrame  *frame)
{
  FermataBodyRecord body;
  FermataFrame *child;
  guint32 index;
  gpointer number;

  /* Its one node may have a frame for the graph that it runs. */
  if (!frame->plan->is_item || frame->plan->nodes[0].body == NULL)
    return NULL;

  body = fermata_body_read (frame, 0);
  if (body.open.n_entries != 1
      || !fermata_trie_next (&body.open, 0, FERMATA_TRIE_ANY, &index, &number))
    return NULL;
  child = fermata_moment_get_frame (self, GPOINTER_TO_UINT (number) - 1);

  return child != NULL && child->plan->kind == FERMATA_GRAPH_KIND_FSM ? child : NULL;
}
