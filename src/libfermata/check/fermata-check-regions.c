/* fermata-check-regions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-states-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "check/fermata-check-rules-private.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"

/*
 * Variables that states in different parts of a parallel state assign in one
 * step: which value stays depends on which comes first. That is so on one and
 * the same event, on entering the parallel state, on leaving it, and with tasks
 * whenever they end; but not for two events, which never come at once.
 */
typedef struct {
  const char *target;
  const char *trigger; /* an event, or one of these below */
  guint length;        /* of the trigger */
  guint state;
  gboolean is_wider;   /* than what it waits for: the trigger is a beginning of it */
  FermataNode *node;   /* where it stands */
  FermataEdge *edge;
  FermataCheckStep *steps;
  guint n_steps;
} Assigned;

/* No event is called like these. */
#define ON_ENTRY "\001entry"
#define ON_EXIT "\001exit"
#define ON_NOTHING "\001nothing"
#define ON_TASK "\001task"

/* Names of events with more tokens than this are seen as whole ones only. */
#define MAX_TOKENS 8

static void
assigned_clear (gpointer data)
{
  Assigned *self = data;

  g_free (self->steps);
}

static void
note (FermataCheck *check,
      const char   *target,
      guint         state,
      const char   *trigger,
      gsize         length,
      gboolean      is_wider)
{
  FermataCheckMachine *machine = check->level->machine;
  Assigned assigned = {
    .target = target,
    .trigger = trigger,
    .length = (guint) length,
    .state = state,
    .is_wider = is_wider,
    .node = check->node,
    .edge = check->edge,
    .steps = g_memdup2 (check->steps, check->n_steps * sizeof (FermataCheckStep)),
    .n_steps = check->n_steps,
  };

  if (machine->assigned == NULL)
    {
      machine->assigned = g_array_new (FALSE, FALSE, sizeof (Assigned));
      g_array_set_clear_func (machine->assigned, assigned_clear);
    }

  g_array_append_val (machine->assigned, assigned);
}

/* As what it is, and as each event that is wider: `a.b.c`, `a.b`, `a`, `*`. */
static void
note_descriptor (FermataCheck *check,
                 const char   *target,
                 guint         state,
                 const char   *descriptor)
{
  gsize length = fermata_check_tokens_length (descriptor);
  guint n_tokens = 0;

  note (check, target, state, descriptor, length, FALSE);

  for (gsize i = length; i-- > 0 && n_tokens < MAX_TOKENS;)
    {
      if (i > 0 && descriptor[i] != '.')
        continue;
      note (check, target, state, descriptor, i, TRUE);
      n_tokens++;
    }
}

static void
note_edge (FermataCheck *check,
           const char   *target,
           guint         state)
{
  FermataCheckMachine *machine = check->level->machine;
  guint edge = fermata_edge_get_index (check->edge);

  if (fermata_edge_get_member (check->edge, "event") == NULL && fermata_edge_get_member (check->edge, "after") == NULL)
    note (check, target, state, ON_NOTHING, strlen (ON_NOTHING), FALSE);

  for (guint i = machine->first_descriptor[edge]; i < machine->first_descriptor[edge + 1]; i++)
    note_descriptor (check, target, state, g_array_index (machine->descriptors, FermataCheckDescriptor, i).text);
}

/* What finalizes an event comes with that event. */
static gboolean
is_in_finalize (FermataCheck *check)
{
  for (guint i = 1; i < MIN (check->n_steps, 3); i++)
    {
      if (g_strcmp0 (check->steps[i].name, "finalize") == 0)
        return TRUE;
    }

  return FALSE;
}

static void
note_state (FermataCheck *check,
            const char   *target,
            guint         state)
{
  const char *member = check->n_steps > 0 ? check->steps[0].name : NULL;

  if (g_strcmp0 (member, "entry") == 0)
    note (check, target, state, ON_ENTRY, strlen (ON_ENTRY), FALSE);
  else if (g_strcmp0 (member, "exit") == 0)
    note (check, target, state, ON_EXIT, strlen (ON_EXIT), FALSE);
  else if (g_strcmp0 (member, "do") == 0 && !is_in_finalize (check))
    note (check, target, state, ON_TASK, strlen (ON_TASK), FALSE);
}

/* The check is where something is assigned. */
void
fermata_check_note_assigned (FermataCheck *check,
                             const char   *target)
{
  FermataCheckMachine *machine = check->level->machine;
  guint state = FERMATA_CHECK_NO_ID;

  if (machine == NULL)
    return;

  if (check->node != NULL)
    state = check->node_index;
  else if (check->edge != NULL)
    state = fermata_check_ids_find (check->level->ids, fermata_edge_get_source_id (check->edge));

  if (state == FERMATA_CHECK_NO_ID || !machine->states[state].in_parallel)
    return;

  if (check->node != NULL)
    note_state (check, target, state);
  else
    note_edge (check, target, state);
}

static int
compare_triggers (const Assigned *x,
                  const Assigned *y)
{
  int order = strcmp (x->target, y->target);

  if (order == 0)
    order = memcmp (x->trigger, y->trigger, MIN (x->length, y->length));
  if (order == 0)
    order = x->length < y->length ? -1 : x->length > y->length;

  return order;
}

static int
compare_assigned (gconstpointer a,
                  gconstpointer b)
{
  const Assigned *x = a;
  const Assigned *y = b;
  int order = compare_triggers (x, y);

  if (order == 0)
    order = x->state < y->state ? -1 : x->state > y->state;

  return order != 0 ? order : x->is_wider - y->is_wider;
}

/* The parallel state in which both are done in one step; NO_ID: there is none. */
static guint
find_parallel (FermataCheckMachine *self,
               const Assigned      *a,
               const Assigned      *b)
{
  guint common = fermata_check_common_state (self, a->state, b->state);

  if (common == FERMATA_CHECK_NO_ID || common == a->state || common == b->state ||
      self->states[common].type != FERMATA_CHECK_PARALLEL)
    return FERMATA_CHECK_NO_ID;

  /* Others than the initial states are entered by edges of their own. */
  if (strcmp (a->trigger, ON_ENTRY) == 0 &&
      (self->states[a->state].initial_from != self->states[common].initial_from ||
       self->states[b->state].initial_from != self->states[common].initial_from))
    return FERMATA_CHECK_NO_ID;

  return common;
}

static void
go_to (FermataCheck   *check,
       const Assigned *assigned)
{
  check->node = assigned->node;
  check->edge = assigned->edge;
  check->n_steps = 0;

  for (guint i = 0; i < assigned->n_steps; i++)
    fermata_check_step (check, assigned->steps[i]);
}

static void
report (FermataCheck   *check,
        const Assigned *a,
        const Assigned *b,
        guint           common)
{
  FermataNode **nodes = check->level->nodes;
  g_autofree char *first = NULL;

  go_to (check, a);
  first = fermata_check_dup_path (check);
  go_to (check, b);
  fermata_check_report (check, FERMATA_SEVERITY_WARNING, "parallel-assign",
                        _("“%s” and “%s”, both in the parallel state “%s”, assign “%s” in one step: "
                          "its value depends on which comes first"),
                        fermata_node_get_id (nodes[a->state]), fermata_node_get_id (nodes[b->state]),
                        fermata_node_get_id (nodes[common]), b->target);
  fermata_check_point_at_name (check);
  go_to (check, &(Assigned) { 0 });

  if (check->last == NULL)
    return;

  fermata_diagnostic_set_related_path (check->last, first);
  fermata_check_add_hint (check, _("the first is %s"), first);
}

/* One warning for each variable and parallel state. */
static void
check_pair (FermataCheck   *check,
            GHashTable     *reported,
            const Assigned *a,
            const Assigned *b)
{
  guint common = find_parallel (check->level->machine, a, b);
  g_autofree char *key = NULL;

  if (common == FERMATA_CHECK_NO_ID)
    return;

  key = g_strdup_printf ("%u %s", common, b->target);
  if (g_hash_table_add (reported, g_steal_pointer (&key)))
    report (check, a, b, common);
}

/* In document order, two that are in different parts of a parallel state stand
 * next to each other if there are any. */
void
fermata_check_regions (FermataCheck *check)
{
  g_autoptr(GHashTable) reported = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GArray *assigned = check->level->machine->assigned;

  if (assigned == NULL)
    return;

  g_array_sort (assigned, compare_assigned);

  for (guint i = 1; i < assigned->len; i++)
    {
      const Assigned *a = &g_array_index (assigned, Assigned, i - 1);
      const Assigned *b = &g_array_index (assigned, Assigned, i);

      if (compare_triggers (a, b) == 0 && !(a->is_wider && b->is_wider))
        check_pair (check, reported, a, b);
    }
}
