/* fermata-check-machine.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "check/fermata-check-order-private.h"
#include "check/fermata-check-similar-private.h"
#include "model/fermata-node.h"

/* The states that may become active, found from the initial ones. */
typedef struct {
  FermataCheckLevel *level;
  FermataCheckOut out;
  guint8 *is_reached;
  guint *queue;
  guint n_queue;
} Reached;

static guint
find_state (FermataCheckLevel *level,
            const char        *id)
{
  return fermata_check_ids_find (level->ids, id);
}

/* Whether @state is @ancestor or in it; NULL is the machine as a whole. */
static gboolean
is_in (FermataNode *state,
       FermataNode *ancestor)
{
  while (state != NULL && state != ancestor)
    state = fermata_node_get_parent (state);

  return state == ancestor;
}

/* Calls @func for each id in what may be a text, an array of them, or an
 * object that has them as its `to`. The check is at @value. */
static void
foreach_target (FermataCheck *self,
                FermataValue *value,
                void        (*func) (FermataCheck *self,
                                     const char   *id,
                                     gpointer      user_data),
                gpointer      user_data)
{
  gboolean is_object = fermata_value_get_kind (value) == FERMATA_VALUE_KIND_OBJECT;
  gsize n;

  if (is_object)
    {
      value = fermata_value_get_member (value, "to");
      if (value == NULL)
        return;
      fermata_check_step_into (self, "to");
    }

  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    func (self, fermata_value_get_string (value, NULL), user_data);

  n = fermata_value_get_kind (value) == FERMATA_VALUE_KIND_ARRAY ? fermata_value_get_length (value) : 0;

  for (gsize i = 0; i < n; i++)
    {
      FermataValue *element = fermata_value_get_element (value, i);

      fermata_check_step_to (self, i);
      if (fermata_value_get_kind (element) == FERMATA_VALUE_KIND_STRING)
        func (self, fermata_value_get_string (element, NULL), user_data);
      fermata_check_step_out (self);
    }

  if (is_object)
    fermata_check_step_out (self);
}

static void
check_initial_target (FermataCheck *self,
                      const char   *id,
                      gpointer      user_data)
{
  FermataCheckLevel *level = self->level;
  FermataNode *owner = user_data;
  guint place = find_state (level, id);

  if (place == FERMATA_CHECK_NO_ID)
    {
      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-initial", _("there is no state “%s”"), id);
      fermata_check_hint_node (self, id, FALSE);
    }
  else if (owner != NULL && (level->nodes[place] == owner || !is_in (level->nodes[place], owner)))
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-initial",
                          _("“%s” is not in “%s”"), id, fermata_node_get_id (owner));
  else
    return;

  level->has_loose_ends = TRUE;
}

/* The `initial` of the machine, or of the state that the check is at. */
static void
check_initial (FermataCheck *self,
               FermataValue *initial,
               FermataNode  *owner)
{
  if (initial == NULL)
    return;

  fermata_check_step_into (self, "initial");
  foreach_target (self, initial, check_initial_target, owner);
  fermata_check_step_out (self);
}

static void
reach (Reached     *self,
       FermataNode *state)
{
  /* Who is active is active with all it is in. */
  for (; state != NULL; state = fermata_node_get_parent (state))
    {
      guint place = find_state (self->level, fermata_node_get_id (state));

      if (place == FERMATA_CHECK_NO_ID || self->is_reached[place])
        return;

      self->is_reached[place] = TRUE;
      self->queue[self->n_queue++] = place;
    }
}

static void
reach_id (FermataCheck *check,
          const char   *id,
          gpointer      user_data)
{
  Reached *self = user_data;
  guint place = find_state (self->level, id);

  if (place != FERMATA_CHECK_NO_ID)
    reach (self, self->level->nodes[place]);
}

/* What is entered with a state by default. */
static void
reach_initial (FermataCheck *check,
               Reached      *self,
               FermataValue *initial,
               FermataNode  *first)
{
  if (initial != NULL)
    foreach_target (check, initial, reach_id, self);
  else if (first != NULL)
    reach (self, first);
}

static gboolean
is_of_type (FermataNode *state,
            const char  *type)
{
  return g_strcmp0 (fermata_node_get_type_name (state), type) == 0;
}

static void
reach_children (FermataCheck *check,
                Reached      *self,
                FermataNode  *state)
{
  if (is_of_type (state, "parallel"))
    {
      for (guint i = 0; i < fermata_node_get_n_children (state); i++)
        reach (self, fermata_node_get_child (state, i));
    }
  else
    reach_initial (check, self, fermata_node_get_member (state, "initial"),
                   fermata_node_get_child (state, 0));
}

static void
reach_all (FermataCheck *check,
           Reached      *self)
{
  FermataCheckLevel *level = self->level;

  reach_initial (check, self, fermata_graph_get_member (level->graph, "initial"),
                 fermata_graph_get_node (level->graph, 0));

  for (guint done = 0; done < self->n_queue; done++)
    {
      guint place = self->queue[done];

      reach_children (check, self, level->nodes[place]);

      for (guint i = self->out.first[place]; i < self->out.first[place + 1]; i++)
        reach (self, level->nodes[g_array_index (level->arcs, FermataArc, self->out.arcs[i]).target]);
    }
}

/* Warned of at the outermost state only: what is in it goes without saying. */
static void
report_unreached (FermataCheck *check,
                  Reached      *self)
{
  FermataCheckLevel *level = self->level;

  for (guint i = 0; i < level->n_nodes; i++)
    {
      FermataNode *parent = fermata_node_get_parent (level->nodes[i]);
      guint place = parent != NULL ? find_state (level, fermata_node_get_id (parent)) : FERMATA_CHECK_NO_ID;

      if (self->is_reached[i] || find_state (level, fermata_node_get_id (level->nodes[i])) != i ||
          (place != FERMATA_CHECK_NO_ID && !self->is_reached[place]))
        continue;

      check->node = level->nodes[i];
      fermata_check_report (check, FERMATA_SEVERITY_WARNING, "unreachable-state",
                            _("nothing leads to the state “%s”"), fermata_node_get_id (check->node));
    }

  check->node = NULL;
}

static void
check_reachable (FermataCheck *check)
{
  FermataCheckLevel *level = check->level;
  Reached self = { .level = level };

  fermata_check_out_init (&self.out, level->n_nodes, level->arcs);
  self.is_reached = g_new0 (guint8, MAX (level->n_nodes, 1));
  self.queue = g_new (guint, MAX (level->n_nodes, 1));

  reach_all (check, &self);
  report_unreached (check, &self);

  fermata_check_out_clear (&self.out);
  g_free (self.is_reached);
  g_free (self.queue);
}

/* What a machine must hold together besides its members one by one. */
void
fermata_check_machine (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;

  check_initial (self, fermata_graph_get_member (level->graph, "initial"), NULL);

  for (guint i = 0; i < level->n_nodes; i++)
    {
      self->node = level->nodes[i];
      check_initial (self, fermata_node_get_member (self->node, "initial"), self->node);
    }

  self->node = NULL;

  if (!level->has_loose_ends)
    check_reachable (self);
}
