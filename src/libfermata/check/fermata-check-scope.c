/* fermata-check-scope.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "check/fermata-check-order-private.h"
#include "check/fermata-check-similar-private.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"

typedef struct {
  FermataCheck *check;
  const FermataNameUse *use;
  gsize offset; /* of the use, in the text */
  guint16 names;
} Use;

static void check_declared (Use *use);
static void check_node (Use *use);
static void check_iteration (Use *use);
static void check_state (Use *use);

static const struct {
  const char *name;
  guint16 flag;
  const char *where;
  void (*check) (Use *use);
} names[] = {
  { "inputs", FERMATA_NAME_INPUTS, NULL, check_declared },
  { "variables", FERMATA_NAME_VARIABLES, N_("first values see the inputs only"), check_declared },
  { "nodes", FERMATA_NAME_NODES, N_("first values see the inputs only"), check_node },
  { "iteration", FERMATA_NAME_ITERATION,
    N_("only in a body that is run again and again, or behind an edge with “each”"), check_iteration },
  { "input", FERMATA_NAME_INPUT, N_("only in what a node does, and on edges that leave it"), NULL },
  { "output", FERMATA_NAME_OUTPUT, N_("only on an edge and in a node's “assign”"), NULL },
  { "event", FERMATA_NAME_EVENT, N_("only in an fsm, and where a node waits for events"), NULL },
  { "error", FERMATA_NAME_ERROR, N_("only in “catch” and “finally”, in policies and on edges; what an edge for errors carries is “input”"), NULL },
  { "attempt", FERMATA_NAME_ATTEMPT, N_("only in what a node does, and on edges that leave it"), NULL },
  { "state", FERMATA_NAME_STATE, N_("only in what a node does, and on edges that leave it"), check_state },
  { "run", FERMATA_NAME_RUN, N_("first values see the inputs only"), NULL },
};

/* What JavaScript itself has, as far as somebody may mistype it. Expressions
 * do not tell of those that are spelled right. */
static const char *const globals[] = {
  "Array", "BigInt", "Boolean", "Date", "Infinity", "JSON", "Map", "Math", "NaN", "Number", "Object",
  "Set", "String", "Symbol", "isFinite", "isNaN", "matches", "parseFloat", "parseInt", "undefined",
};

/* What any object has without being told. */
static const char *const inherited[] = {
  "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString",
  "toString", "valueOf", NULL
};

static const char *const iteration_members[] = {
  "index", "value", "first", "last", "count", NULL
};

/* Something is wrong with the name; the diagnostic points at it. */
static void
point_at_use (Use *use)
{
  fermata_check_point_at_byte (use->check, use->offset);
}

/* A body that declares `inputs`, or `variables`, has those and no others; else they
 * are those around it. */
static FermataValue *
get_declared (FermataCheck *self,
              gboolean      is_input)
{
  FermataValue *declared = NULL;

  for (FermataCheckLevel *level = self->level; level != NULL && declared == NULL; level = level->outer)
    declared = is_input ? level->inputs : level->variables;

  if (declared == NULL || fermata_value_get_kind (declared) != FERMATA_VALUE_KIND_OBJECT)
    return NULL;

  return declared;
}

static gboolean
is_declared (FermataCheck *self,
             gboolean      is_input,
             const char   *name)
{
  FermataValue *declared = get_declared (self, is_input);

  return declared != NULL && fermata_value_find_member (declared, name, NULL);
}

static void
report_undeclared (FermataCheck *self,
                   gboolean      is_input,
                   const char   *name)
{
  FermataValue *declared = get_declared (self, is_input);
  FermataCheckSimilar similar;

  if (is_input)
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "unknown-input",
                          _("there is no input “%s”"), name);
  else
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "unknown-variable",
                          _("there is no variable “%s”"), name);

  fermata_check_similar_init (&similar, self, name);
  if (declared != NULL)
    fermata_check_similar_offer_members (&similar, declared);
  fermata_check_similar_hint (&similar);
}

/* inputs.NAME, variables.NAME */
static void
check_declared (Use *use)
{
  gboolean is_input = strcmp (use->use->path[0], "inputs") == 0;
  const char *name;

  if (use->use->n_path < 2)
    return;

  name = use->use->path[1];

  if (is_declared (use->check, is_input, name) || g_strv_contains (inherited, name))
    return;

  report_undeclared (use->check, is_input, name);
  point_at_use (use);
}

static void
check_iteration (Use *use)
{
  const char *name;

  if (use->use->n_path < 2)
    return;

  name = use->use->path[1];

  if ((use->names & FERMATA_NAME_COUNT) == 0 && (strcmp (name, "last") == 0 || strcmp (name, "count") == 0))
    {
      fermata_check_report (use->check, FERMATA_SEVERITY_ERROR, "unknown-name",
                            _("in “while”, “iteration” has no “%s”: how many rounds there will be is not known"), name);
      point_at_use (use);
      return;
    }
  if (g_strv_contains (iteration_members, name) || g_strv_contains (inherited, name))
    return;

  fermata_check_report (use->check, FERMATA_SEVERITY_ERROR, "unknown-name",
                        _("“iteration” has no “%s”"), name);
  fermata_check_hint_string (use->check, name, iteration_members);
  point_at_use (use);
}

/* Whether what is read here has come when it is read. */
static void
check_upstream (Use               *use,
                FermataCheckLevel *level,
                guint              asked,
                guint              asker)
{
  FermataCheck *self = use->check;

  if (level->order == NULL || asker == FERMATA_CHECK_NO_ID)
    return;

  /* At the end of a node and on the edges that leave it, its own output is
   * there. */
  if (asked == asker && (use->names & FERMATA_NAME_OUTPUT) != 0)
    return;

  fermata_check_order_ask (self, level, asked, asker, use->offset);
}

/* The node that reads: on an edge the one that it leaves, which is done by
 * then. The result of a graph is computed when all is done. */
static guint
find_asker (FermataCheck *self)
{
  if (self->node != NULL)
    return self->node_index;
  else if (self->edge != NULL)
    return fermata_check_ids_find (self->level->ids, fermata_edge_get_source_id (self->edge));
  else
    return FERMATA_CHECK_NO_ID;
}

/* nodes.ID.output */
static void
check_node (Use *use)
{
  FermataCheck *self = use->check;
  guint asker = find_asker (self);
  const char *id;

  if (use->use->n_path < 2)
    return;

  id = use->use->path[1];

  for (FermataCheckLevel *level = self->level; level != NULL; level = level->outer)
    {
      guint asked = fermata_check_ids_find (level->ids, id);

      if (asked != FERMATA_CHECK_NO_ID && level->kind != FERMATA_GRAPH_KIND_FSM)
        {
          check_upstream (use, level, asked, asker);
          return;
        }

      asker = level->owner;
    }

  if (g_strv_contains (inherited, id))
    return;

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "unknown-node", _("there is no node “%s”"), id);
  fermata_check_hint_node (self, id, TRUE);
  point_at_use (use);
}

/* The node whose state it is. What a machine does while it is in a state is a
 * task, and no node. */
static FermataValue *
find_state (FermataCheck *self)
{
  guint asker = find_asker (self);

  if (asker == FERMATA_CHECK_NO_ID)
    return NULL;

  return fermata_value_get_member (fermata_node_get_members (self->level->nodes[asker]), "state");
}

static gboolean
has_no_state (FermataCheck *self)
{
  return self->level->kind != FERMATA_GRAPH_KIND_FSM && find_state (self) == NULL;
}

static void
check_state (Use *use)
{
  if (!has_no_state (use->check))
    return;

  fermata_check_report (use->check, FERMATA_SEVERITY_ERROR, "unknown-name", _("there is no “state” here"));
  fermata_check_add_hint (use->check, _("give the node a member “state” with its first values"));
  point_at_use (use);
}

static void
hint_at_names (Use *use)
{
  FermataCheckSimilar similar;

  fermata_check_similar_init (&similar, use->check, use->use->path[0]);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if ((use->names & names[i].flag) != 0)
        fermata_check_similar_offer (&similar, names[i].name);
    }

  for (guint i = 0; i < G_N_ELEMENTS (globals); i++)
    fermata_check_similar_offer (&similar, globals[i]);

  fermata_check_similar_hint (&similar);
}

/* People forget to say where a name is: `path` for `inputs.path`. */
static gboolean
hint_at_owner (Use *use)
{
  FermataCheck *self = use->check;
  const char *name = use->use->path[0];

  if (is_declared (self, TRUE, name))
    fermata_check_add_hint (self, _("did you mean “inputs.%s”?"), name);
  else if (is_declared (self, FALSE, name))
    fermata_check_add_hint (self, _("did you mean “variables.%s”?"), name);
  else if (fermata_check_ids_find (self->level->ids, name) != FERMATA_CHECK_NO_ID)
    fermata_check_add_hint (self, _("did you mean “nodes.%s.output”?"), name);
  else
    return FALSE;

  return TRUE;
}

static void
report_unknown (Use *use)
{
  FermataCheck *self = use->check;
  const char *name = use->use->path[0];

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "unknown-name", _("unknown name “%s”"), name);
  if (!hint_at_owner (use))
    hint_at_names (use);
  point_at_use (use);
}

/* Whether it is one of the names that there are, here or elsewhere. */
static gboolean
check_known (Use *use)
{
  const char *name = use->use->path[0];

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (strcmp (names[i].name, name) != 0)
        continue;

      if ((use->names & names[i].flag) == 0)
        {
          fermata_check_report (use->check, FERMATA_SEVERITY_ERROR, "unknown-name",
                                _("there is no “%s” here"), name);
          if (names[i].where != NULL)
            fermata_check_add_hint (use->check, "%s", _(names[i].where));
          point_at_use (use);
        }
      else if (names[i].check != NULL)
        names[i].check (use);

      return TRUE;
    }

  return FALSE;
}

/* The machine that this is in, NULL if it is in none. */
static FermataCheckLevel *
find_machine (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;

  while (level != NULL && level->kind != FERMATA_GRAPH_KIND_FSM)
    level = level->outer;

  return level;
}

/* In ("state"), visits ("state") */
static gboolean
check_function (Use *use)
{
  FermataCheckLevel *machine = find_machine (use->check);
  const char *name = use->use->path[0];

  if (machine == NULL || (strcmp (name, "In") != 0 && strcmp (name, "visits") != 0))
    return FALSE;

  if (use->use->n_path > 1
      && fermata_check_ids_find (machine->ids, use->use->path[1]) == FERMATA_CHECK_NO_ID)
    {
      fermata_check_report (use->check, FERMATA_SEVERITY_ERROR, "unknown-node",
                            _("there is no state “%s”"), use->use->path[1]);
      fermata_check_hint_node (use->check, use->use->path[1], TRUE);
      point_at_use (use);
    }

  return TRUE;
}

static void
check_use (Use *use)
{
  if (!check_known (use) && !check_function (use))
    report_unknown (use);
}

/* Names that are used in what begins at byte @offset of the text where the
 * check is at. */
void
fermata_check_uses (FermataCheck         *self,
                    const FermataNameUse *uses,
                    guint                 n_uses,
                    gsize                 offset,
                    guint16               visible)
{
  /* SCXML's own data model has bare names, and scripts that make more. */
  if (self->level->model != FERMATA_CHECK_MODEL_FERMATA)
    return;

  for (guint i = 0; i < n_uses; i++)
    {
      Use use = { self, &uses[i], offset + uses[i].offset, visible };

      check_use (&use);
    }
}

gboolean
fermata_check_is_scope_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (strcmp (names[i].name, name) == 0)
        return TRUE;
    }

  return FALSE;
}

/* What is assigned to: `name`, or a path in it; of the node's state only a
 * path. The check is at it. */
void
fermata_check_assigned (FermataCheck *self,
                        const char   *target,
                        guint16       visible)
{
  g_autofree char *name = g_strndup (target, strcspn (target, ".["));

  fermata_check_note_assigned (self, target);

  if (self->level->model != FERMATA_CHECK_MODEL_FERMATA || is_declared (self, FALSE, name))
    return;

  if ((visible & FERMATA_NAME_STATE) != 0 && g_str_has_prefix (target, "state.") && !has_no_state (self))
    return;

  report_undeclared (self, FALSE, name);
  fermata_check_point_at_name (self);
}

guint16
fermata_check_names_from_strings (const char *const *strings)
{
  guint16 flags = 0;

  for (guint i = 0; strings != NULL && i < G_N_ELEMENTS (names); i++)
    {
      if (g_strv_contains (strings, names[i].name))
        flags |= names[i].flag;
    }

  return flags;
}
