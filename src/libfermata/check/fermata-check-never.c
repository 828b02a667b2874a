/* fermata-check-never.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-states-private.h"

#include <glib/gi18n-lib.h>

#include "check/fermata-check-rules-private.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"

/*
 * Edges that can never be taken, since an earlier one of the same state is for
 * the same and has no condition. Edges of other states do not count: they have
 * their say only while those are active.
 */
typedef struct {
  FermataCheck *check;
  FermataCheckTokens *tokens; /* of edges without a condition, marked with the edge + 1 */
  guint state;
  guint root;                 /* of the state */
  guint eventless;            /* the first edge without event and condition, plus 1 */
} Never;

static FermataValue *
get (Never      *self,
     const char *name)
{
  return fermata_value_get_member (fermata_edge_get_members (self->check->edge), name);
}

static gboolean
is_boolean (FermataValue *value,
            gboolean      wanted)
{
  return fermata_value_get_kind (value) == FERMATA_VALUE_KIND_BOOLEAN &&
         fermata_value_get_boolean (value) == wanted;
}

static gboolean
has_condition (Never *self)
{
  FermataValue *when = get (self, "when");

  return when != NULL && !is_boolean (when, TRUE);
}

static void
relate (Never *self,
        guint  edge)
{
  g_autofree char *path = fermata_edge_dup_path (fermata_graph_get_edge (self->check->level->graph, edge));

  fermata_check_relate (self->check, path);
}

static void
report_covered (Never      *self,
                const char *member,
                guint       edge)
{
  if (member != NULL)
    fermata_check_step_into (self->check, member);
  fermata_check_report (self->check, FERMATA_SEVERITY_WARNING, "never-taken",
                        _("the edge can never be taken: an earlier one of “%s” is for the same and has no condition"),
                        fermata_node_get_id (self->check->level->nodes[self->state]));
  relate (self, edge);
  if (member != NULL)
    fermata_check_step_out (self->check);
}

/* Nobody waits in a state that an edge leaves at once. */
static void
report_left_at_once (Never      *self,
                     const char *member)
{
  fermata_check_step_into (self->check, member);
  fermata_check_report (self->check, FERMATA_SEVERITY_WARNING, "never-taken",
                        _("the edge can never be taken: another leaves “%s” at once, without “event”, “after” and “when”"),
                        fermata_node_get_id (self->check->level->nodes[self->state]));
  relate (self, self->eventless - 1);
  fermata_check_step_out (self->check);
}

/* The edge that covers all that this one waits for, or the last of it, plus 1;
 * 0: none does. */
static guint
find_cover (Never *self,
            guint  edge)
{
  FermataCheckMachine *machine = self->check->level->machine;
  guint cover = 0;

  for (guint i = machine->first_descriptor[edge]; i < machine->first_descriptor[edge + 1]; i++)
    {
      const char *text = g_array_index (machine->descriptors, FermataCheckDescriptor, i).text;

      cover = fermata_check_tokens_cover (self->tokens, self->root, text);
      if (cover == 0)
        return 0;
    }

  return cover;
}

static void
add_descriptors (Never *self,
                 guint  edge)
{
  FermataCheckMachine *machine = self->check->level->machine;

  for (guint i = machine->first_descriptor[edge]; i < machine->first_descriptor[edge + 1]; i++)
    {
      const char *text = g_array_index (machine->descriptors, FermataCheckDescriptor, i).text;
      guint node = fermata_check_tokens_add (self->tokens, self->root, text);

      if (fermata_check_tokens_get_mark (self->tokens, node) == 0)
        fermata_check_tokens_set_mark (self->tokens, node, edge + 1);
    }
}

static void
check_event_edge (Never *self,
                  guint  edge)
{
  guint cover = find_cover (self, edge);

  if (self->eventless != 0)
    report_left_at_once (self, "event");
  else if (cover != 0)
    report_covered (self, "event", cover - 1);
  else if (!has_condition (self))
    add_descriptors (self, edge);
}

static void
check_edge (Never *self,
            guint  edge)
{
  FermataValue *event = get (self, "event");
  FermataValue *when = get (self, "when");

  if (when != NULL && is_boolean (when, FALSE))
    {
      fermata_check_step_into (self->check, "when");
      fermata_check_report (self->check, FERMATA_SEVERITY_WARNING, "never-taken",
                            _("the edge can never be taken: its condition is false"));
      fermata_check_step_out (self->check);
    }
  else if (event != NULL)
    {
      check_event_edge (self, edge);
    }
  else if (get (self, "after") != NULL)
    {
      if (self->eventless != 0)
        report_left_at_once (self, "after");
    }
  else if (self->eventless != 0 && self->eventless - 1 < edge)
    {
      report_covered (self, NULL, self->eventless - 1);
    }
}

/* The first edge of the state that is taken as soon as it is active, plus 1. */
static guint
find_eventless (Never *self)
{
  FermataCheckMachine *machine = self->check->level->machine;

  for (guint i = machine->first_edge[self->state]; i < machine->first_edge[self->state + 1]; i++)
    {
      self->check->edge = fermata_graph_get_edge (self->check->level->graph, machine->edges_of[i]);

      if (get (self, "event") == NULL && get (self, "after") == NULL && get (self, "to") != NULL && !has_condition (self))
        return machine->edges_of[i] + 1;
    }

  return 0;
}

static void
check_state (Never *self)
{
  FermataCheckMachine *machine = self->check->level->machine;
  guint first = machine->first_edge[self->state];
  guint end = machine->first_edge[self->state + 1];

  /* An edge by itself has no earlier one, but it may have a condition. */
  if (first == end || machine->states[self->state].type == FERMATA_CHECK_HISTORY)
    return;

  self->root = fermata_check_tokens_add_root (self->tokens);
  self->eventless = find_eventless (self);

  for (guint i = first; i < end; i++)
    {
      self->check->edge = fermata_graph_get_edge (self->check->level->graph, machine->edges_of[i]);
      check_edge (self, machine->edges_of[i]);
    }
}

void
fermata_check_never_taken (FermataCheck *check)
{
  g_autoptr(FermataCheckTokens) tokens = fermata_check_tokens_new ();
  Never self = { check, tokens };

  for (self.state = 0; self.state < check->level->n_nodes; self.state++)
    check_state (&self);

  check->edge = NULL;
}
