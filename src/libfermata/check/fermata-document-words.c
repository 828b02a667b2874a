/* fermata-document-words.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-document-words-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "check/fermata-document-words-table-private.h"

static const char *const graph_kinds[] = { "dag", "flow", "fsm", NULL };
static const char *const data_models[] = { "fermata", "ecmascript", "null", NULL };
static const char *const graph_on_errors[] = { "fail-fast", "continue", NULL };
static const char *const joins[] = { "all", "any", "always", NULL };
const char *const fermata_on_errors[] = { "fail", "continue", NULL };
static const char *const bindings[] = { "early", "late", NULL };
static const char *const edge_ons[] = { "error", NULL };
const char *const fermata_state_types[] = { "atomic", "compound", "parallel", "final", "history", NULL };
const char *const fermata_history_types[] = { "shallow", "deep", NULL };
static const char *const input_types[] = {
  "any", "boolean", "integer", "number", "string", "array", "object", NULL
};
static const char *const error_kinds[] = {
  "connectivity", "timeout", "validation", "transformation", "expression", "routing", "security",
  "execution", "retry-exhausted", "cancelled", "budget", "deadlock", "unknown", NULL
};

/* What every graph has, the document and bodies alike. */
#define GRAPH_MEMBERS \
  { "name", STRING, LITERAL, \
    .doc = "What people call it." }, \
  { "label", STRING, LITERAL, \
    .doc = "What a picture of it says." }, \
  { "description", STRING, LITERAL, ROLE (PROSE), \
    .doc = "What it does, for people." }, \
  { "inputs", OBJECT, LITERAL, THING (MAP, INPUT), \
    .doc = "What a run is given from outside, by name." }, \
  { "variables", OBJECT, TEMPLATE, ROLE (VARIABLES), \
    .doc = "What a run may change, by name, each with its first value." }, \
  { "initial", STRING | STRINGS | OBJECT, LITERAL, ONLY (FSM), THING (THING, INITIAL), \
    .doc = "The state or states entered first, or an edge to them with actions; else the first in the document." }, \
  { "nodes", ARRAY, LITERAL, ROLE (KEPT), \
    .doc = "Its nodes, in an order that ready nodes start in." }, \
  { "edges", ARRAY, LITERAL, ROLE (KEPT), \
    .doc = "Its edges." }, \
  { "result", ANY, EXPRESSION, \
    .doc = "Its result; else the output of its sink, or an object of outputs by id if it has several." }, \
  { "data-model", CHOICE, LITERAL, ONLY (FSM), .choices = data_models, \
    .doc = "What expressions are written in: `fermata`, the default, SCXML's `ecmascript`, or `null` for none." }, \
  { "binding", CHOICE, LITERAL, ONLY (FSM), .needs_scxml = TRUE, .choices = bindings, \
    .doc = "When the variables of states get their first values: all when the machine begins (`early`, the default), or when their state is first entered." }, \
  { "script", STRING | OBJECT, CODE, ONLY (FSM), .needs_scxml = TRUE, THING (THING, SCXML_SCRIPT), \
    .doc = "A program that runs when the machine begins, or the file that has it." }, \
  { "max-steps", INTEGER, LITERAL, ONLY (FSM), BETWEEN (1, G_MAXINT), \
    .doc = "How many microsteps one event may cause; else 10,000." }, \
  { "layout", OBJECT, LITERAL, ROLE (PROSE), \
    .doc = "Where a drawing has its nodes. Means nothing to a run." }

static const FermataThingMember graph_members[] = {
  { "$schema", STRING, LITERAL, ROLE (PROSE),
    .doc = "Where this schema is, for editors." },
  { "fermata", INTEGER, LITERAL, .required = TRUE, BETWEEN (1, 1),
    .doc = "The version of the format: 1." },
  { "kind", CHOICE, LITERAL, ROLE (KIND), .required = TRUE, .choices = graph_kinds,
    .doc = "How the graph is interpreted." },
  GRAPH_MEMBERS,
  { "max-concurrency", INTEGER, LITERAL, ONLY (TASKS), AT_LEAST (1),
    .doc = "How many nodes may run at the same time; 1 is one after the other." },
  { "timeout", DURATION, TEMPLATE,
    .doc = "How long a run may take; also what its nodes may take that say nothing else." },
  { "closing-timeout", DURATION, TEMPLATE, ONLY (TASKS),
    .doc = "How long `always` nodes may take when a run closes early; else 5 minutes." },
  { "on-error", CHOICE, LITERAL, ONLY (TASKS), .choices = graph_on_errors,
    .doc = "Whether an unhandled error ends the run, or the rest goes on." },
  { "pools", OBJECT, LITERAL, ONLY (TASKS), ROLE (COUNTS),
    .doc = "How much there is of each named resource." },
  { "budget", OBJECT, LITERAL, THING (THING, BUDGET),
    .doc = "What a run may use up." },
};

static const FermataThingMember body_members[] = {
  { "kind", CHOICE, LITERAL, ROLE (KIND), .choices = graph_kinds,
    .doc = "How the body is interpreted, if not like the graph around it." },
  GRAPH_MEMBERS,
  { "on-error", CHOICE, LITERAL, ONLY (TASKS), .choices = graph_on_errors,
    .doc = "Whether an unhandled error ends what runs in it, or the rest goes on first." },
  { "budget", OBJECT, LITERAL, THING (THING, BUDGET),
    .doc = "What all that happens in it may use up." },
};

/* What a task has, as a node or as the `do` of a state. */
#define TASK_MEMBERS \
  { "label", STRING, LITERAL, \
    .doc = "What a picture of it says; else its id." }, \
  { "description", STRING, LITERAL, ROLE (PROSE), \
    .doc = "What it does, for people." }, \
  { "type", STRING, LITERAL, ROLE (TYPE), .required = TRUE, \
    .doc = "What it does: the name of a node type." }, \
  { "with", OBJECT, LITERAL, ROLE (PARAMETERS), \
    .names = FERMATA_NAME_INPUT | FERMATA_NAME_ATTEMPT | FERMATA_NAME_STATE, \
    .doc = "The parameters of its type." }, \
  { "retry", INTEGER | OBJECT, LITERAL, BETWEEN (1, 65535), THING (THING, RETRY), \
    .doc = "Whether a failed attempt is made again: a number of attempts, or a policy." }, \
  { "timeout", DURATION, TEMPLATE, .names = FERMATA_NAME_INPUT | FERMATA_NAME_ATTEMPT, \
    .doc = "How long one attempt may take." }, \
  { "on-error", CHOICE | OBJECT, LITERAL, .choices = fermata_on_errors, THING (THING, ON_ERROR), \
    .doc = "What its failure does: fail the graph, let it continue, or give a value in place of the output." }, \
  { "cache", BOOLEAN | OBJECT, LITERAL, THING (THING, CACHE), \
    .doc = "Whether an earlier result for the same input is taken instead of running." }, \
  { "circuit-breaker", OBJECT, LITERAL, THING (THING, CIRCUIT_BREAKER), \
    .doc = "When to stop trying for a while." }, \
  { "rate-limit", OBJECT, LITERAL, THING (THING, RATE_LIMIT), \
    .doc = "How often it may start." }, \
  { "output-schema", OBJECT | BOOLEAN, LITERAL, ROLE (SCHEMA), \
    .doc = "A JSON Schema that its output must fit." }, \
  { "state", OBJECT, TEMPLATE, ROLE (STATE), \
    .doc = "What it remembers from one execution to the next in a run, with its first values; changed by `assign`." }, \
  { "keep", BOOLEAN, LITERAL, \
    .doc = "Whether what it remembers also outlasts the run, for the next one." }, \
  { "uses", OBJECT, LITERAL, ROLE (COUNTS), \
    .doc = "How much it needs, while it runs, of each named resource." }, \
  { "assign", ARRAY, EXPRESSION, ROLE (ASSIGN), \
    .names = FERMATA_NAME_INPUT | FERMATA_NAME_OUTPUT | FERMATA_NAME_ATTEMPT | FERMATA_NAME_STATE, \
    .doc = "Variables, or members of its state, that its completion changes, in order." }, \
  { "body", OBJECT, LITERAL, ROLE (KEPT), \
    .doc = "The graph that it runs." }, \
  { "catch", OBJECT, LITERAL, ROLE (KEPT), \
    .doc = "The graph that it runs when the body fails." }, \
  { "finally", OBJECT, LITERAL, ROLE (KEPT), \
    .doc = "The graph that it runs at last, whatever happened." }

static const FermataThingMember node_members[] = {
  { "id", STRING, LITERAL, ROLE (ID), .required = TRUE,
    .doc = "Its name, unique in its graph or body." },
  TASK_MEMBERS,
  { "join", CHOICE, LITERAL, ONLY (DAG), .choices = joins,
    .doc = "Which of its incoming edges it waits for." },
  { "pin", ANY, LITERAL, ONLY (DAG), ROLE (PROSE),
    .doc = "Its output while one works on the graph: it does not run as long as this is there." },
  { "concurrency", INTEGER, LITERAL, ONLY (FLOW), AT_LEAST (1),
    .doc = "How many messages it works on at the same time." },
  { "mailbox", INTEGER, LITERAL, ONLY (FLOW), AT_LEAST (1),
    .doc = "How many messages may wait at each incoming edge." },
};

static const FermataThingMember task_members[] = {
  { "id", STRING, LITERAL, ROLE (ID),
    .doc = "Its name in `done.invoke.ID` and `error.invoke.ID`; else that of its state." },
  TASK_MEMBERS,
  { "autoforward", BOOLEAN, LITERAL,
    .doc = "Whether each event that the machine gets from outside is sent to it as well." },
  { "finalize", OBJECT | ARRAY, LITERAL, THING (THINGS, ACTION),
    .doc = "Actions for an event that comes from it, before the machine looks for an edge." },
};

static const FermataThingMember state_members[] = {
  { "id", STRING, LITERAL, ROLE (ID), .required = TRUE,
    .doc = "Its name, unique in the machine." },
  { "label", STRING, LITERAL,
    .doc = "What a picture of it says; else its id." },
  { "description", STRING, LITERAL, ROLE (PROSE),
    .doc = "What it stands for, for people." },
  { "type", CHOICE, LITERAL, .choices = fermata_state_types,
    .doc = "What sort of state it is; else compound if it has states in it, and atomic if not." },
  { "history", CHOICE, LITERAL, .choices = fermata_history_types,
    .doc = "Whether a history state remembers its siblings, or all that is in them." },
  { "initial", STRING | STRINGS | OBJECT, LITERAL, THING (THING, INITIAL),
    .doc = "The state or states in it entered first, or an edge to them with actions." },
  { "nodes", ARRAY, LITERAL, ROLE (KEPT),
    .doc = "The states in it." },
  { "entry", OBJECT | ARRAY, LITERAL, THING (THINGS, ACTION),
    .doc = "Actions on entering it." },
  { "exit", OBJECT | ARRAY, LITERAL, THING (THINGS, ACTION),
    .doc = "Actions on leaving it." },
  { "do", OBJECT | ARRAY, LITERAL, THING (THINGS, TASK),
    .doc = "A task, or tasks, that run while it is active." },
  { "data", ANY, TEMPLATE,
    .doc = "What a final state gives to `done.state.ID`." },
};

#define EDGE_MEMBERS \
  { "id", STRING, LITERAL, ROLE (ID), \
    .doc = "Its name; else `from>to`, `from>to#2`, …" }, \
  { "label", STRING, LITERAL, \
    .doc = "What a picture of it says." }, \
  { "description", STRING, LITERAL, ROLE (PROSE), \
    .doc = "What it is for, for people." }

static const FermataThingMember edge_members[] = {
  EDGE_MEMBERS,
  { "from", STRING, LITERAL, ROLE (PROSE), .required = TRUE,
    .doc = "The id of the node that it leaves." },
  { "to", STRING | STRINGS, LITERAL, ROLE (PROSE), .required = TRUE,
    .doc = "The id of the node that it leads to, or several." },
  { "when", ANY, EXPRESSION,
    .names = FERMATA_NAME_INPUT | FERMATA_NAME_OUTPUT | FERMATA_NAME_ATTEMPT | FERMATA_NAME_ERROR |
      FERMATA_NAME_STATE,
    .doc = "Whether it is taken." },
  { "case", ANY, LITERAL,
    .doc = "Of a node that chooses: what it must have found for this edge to be taken." },
  { "on", CHOICE, LITERAL, .choices = edge_ons,
    .doc = "`error`: it is taken when its source fails, and carries the error." },
  { "input", STRING, LITERAL,
    .doc = "The name of what it carries in its target's `input`; else its source's id." },
  { "each", BOOLEAN, LITERAL,
    .doc = "Whether its target runs once for each item, as they come." },
};

static const FermataThingMember transition_members[] = {
  EDGE_MEMBERS,
  { "from", STRING, LITERAL, ROLE (PROSE), .required = TRUE,
    .doc = "The id of the state that it leaves." },
  { "to", STRING | STRINGS, LITERAL, ROLE (PROSE),
    .doc = "The id of the state that it leads to, or several; without it, actions without a move." },
  { "event", STRING | STRINGS, LITERAL,
    .doc = "The event, or events, that it waits for; `error` matches `error.execution`, too, and `*` all." },
  { "after", DURATION, TEMPLATE,
    .doc = "How long its source must have been active." },
  { "when", ANY, EXPRESSION,
    .doc = "Whether it is taken." },
  { "internal", BOOLEAN, LITERAL,
    .doc = "Whether its source stays active when its targets are in it." },
  { "assign", ARRAY, EXPRESSION, ROLE (ASSIGN),
    .doc = "Variables that it changes, in order, before its other actions." },
  { "actions", OBJECT | ARRAY, LITERAL, THING (THINGS, ACTION),
    .doc = "What it does." },
};

static const FermataThingMember initial_members[] = {
  { "to", STRING | STRINGS, LITERAL, ROLE (PROSE), .required = TRUE,
    .doc = "The id of the state that is entered, or several." },
  { "assign", ARRAY, EXPRESSION, ROLE (ASSIGN),
    .doc = "Variables that it changes, in order, before its other actions." },
  { "actions", OBJECT | ARRAY, LITERAL, THING (THINGS, ACTION),
    .doc = "What it does." },
};

static const FermataThingMember input_members[] = {
  { "type", CHOICE, LITERAL, .choices = input_types,
    .doc = "What it must be." },
  { "default", ANY, LITERAL, ROLE (DEFAULT),
    .doc = "Its value when none is given; without it one must be given." },
  { "label", STRING, LITERAL,
    .doc = "What a form says." },
  { "description", STRING, LITERAL, ROLE (PROSE),
    .doc = "What it is for, for people." },
};

static const FermataThingMember retry_members[] = {
  { "attempts", INTEGER, LITERAL, BETWEEN (1, 65535),
    .doc = "How many attempts are made at most, the first counted." },
  { "delay", DURATION, TEMPLATE, .names = FERMATA_NAME_INPUT | FERMATA_NAME_ATTEMPT | FERMATA_NAME_ERROR,
    .doc = "How long to wait before the second." },
  { "backoff", NUMBER, LITERAL, BETWEEN (1, 1000),
    .doc = "What the delay is multiplied by after each." },
  { "max-delay", DURATION, TEMPLATE, .names = FERMATA_NAME_INPUT | FERMATA_NAME_ATTEMPT | FERMATA_NAME_ERROR,
    .doc = "What the delay does not grow beyond." },
  { "jitter", NUMBER, LITERAL, BETWEEN (0, 1),
    .doc = "The share of the delay that is left to chance." },
  { "on", STRING | STRINGS, LITERAL, ROLE (ERROR_KIND),
    .doc = "The kinds of errors after which it is tried again; else all." },
};

static const FermataThingMember on_error_members[] = {
  { "value", ANY, TEMPLATE, .names = FERMATA_NAME_INPUT | FERMATA_NAME_ERROR, .required = TRUE,
    .doc = "The output in place of the one that failed to come." },
};

static const FermataThingMember cache_members[] = {
  { "ttl", DURATION, LITERAL,
    .doc = "How long a result is good for: as long as there is room, if absent." },
  { "key", ANY, EXPRESSION, .names = FERMATA_NAME_INPUT | FERMATA_NAME_STATE,
    .doc = "What makes two executions the same; else the parameters and the input." },
};

static const FermataThingMember circuit_breaker_members[] = {
  { "name", STRING, LITERAL,
    .doc = "Nodes that name the same share one." },
  { "failures", INTEGER, LITERAL, AT_LEAST (1),
    .doc = "How many failures in a row open it: 5 if absent." },
  { "cool-down", DURATION, LITERAL,
    .doc = "How long it stays open: 30 seconds if absent." },
};

static const FermataThingMember rate_limit_members[] = {
  { "name", STRING, LITERAL,
    .doc = "Nodes that name the same share one." },
  { "limit", INTEGER, LITERAL, .required = TRUE, AT_LEAST (1),
    .doc = "How many may start." },
  { "per", DURATION, LITERAL, .required = TRUE,
    .doc = "In what time." },
};

static const FermataThingMember budget_members[] = {
  { "seconds", NUMBER, LITERAL, AT_LEAST (0),
    .doc = "Of the run's clock." },
  { "steps", INTEGER, LITERAL, AT_LEAST (0),
    .doc = "Nodes run, or transitions taken." },
  { "tokens", INTEGER, LITERAL, AT_LEAST (0),
    .doc = "As the nodes report them." },
  { "cost", NUMBER, LITERAL, AT_LEAST (0),
    .doc = "As the nodes report it." },
};

static const FermataThingMember action_members[] = {
  { "assign", ARRAY, EXPRESSION, ROLE (ASSIGN),
    .doc = "Changes variables, in order." },
  { "raise", STRING | OBJECT, TEMPLATE, THING (THING, RAISE),
    .doc = "Puts an event into the internal queue." },
  { "send", STRING | OBJECT, TEMPLATE, THING (THING, SEND),
    .doc = "Sends an event, maybe later, maybe elsewhere." },
  { "cancel", STRING, TEMPLATE,
    .doc = "Takes back what was sent under an id and is still waiting." },
  { "log", ANY, TEMPLATE,
    .doc = "Says something." },
  { "if", ANY, EXPRESSION,
    .doc = "Does `then` if it is true, and `else` if not." },
  { "foreach", ANY, EXPRESSION,
    .doc = "Does `do` for each element." },
  { "script", STRING, CODE,
    .doc = "Runs JavaScript." },
  { "then", OBJECT | ARRAY, LITERAL, THING (THINGS, ACTION),
    .doc = "What `if` does." },
  { "else", OBJECT | ARRAY, LITERAL, THING (THINGS, ACTION),
    .doc = "What `if` does otherwise." },
  { "do", OBJECT | ARRAY, LITERAL, THING (THINGS, ACTION),
    .names = FERMATA_NAME_ITERATION | FERMATA_NAME_COUNT,
    .doc = "What `foreach` does." },
};

static const FermataThingMember raise_members[] = {
  { "event", STRING, TEMPLATE, .required = TRUE,
    .doc = "Its name." },
  { "data", ANY, TEMPLATE,
    .doc = "What it carries." },
};

static const FermataThingMember send_members[] = {
  { "event", STRING, TEMPLATE, .required = TRUE,
    .doc = "Its name." },
  { "data", ANY, TEMPLATE,
    .doc = "What it carries." },
  { "to", STRING, TEMPLATE,
    .doc = "Where it goes: `#_internal`, `#_parent`, `#_ID` of a task, an address; else to this machine." },
  { "id", STRING, TEMPLATE,
    .doc = "What `cancel` calls it." },
  { "delay", DURATION, TEMPLATE,
    .doc = "How long it waits." },
};

static const FermataThing things[] = {
  [FERMATA_THING_GRAPH] = { N_("graph"), MEMBERS (graph_members) },
  [FERMATA_THING_BODY] = { N_("body"), MEMBERS (body_members) },
  [FERMATA_THING_NODE] = { N_("node"), MEMBERS (node_members) },
  [FERMATA_THING_STATE] = { N_("state"), MEMBERS (state_members) },
  [FERMATA_THING_TASK] = { N_("task"), MEMBERS (task_members) },
  [FERMATA_THING_EDGE] = { N_("edge"), MEMBERS (edge_members) },
  [FERMATA_THING_TRANSITION] = { N_("edge"), MEMBERS (transition_members) },
  [FERMATA_THING_INITIAL] = { N_("initial edge"), MEMBERS (initial_members) },
  [FERMATA_THING_INPUT] = { N_("input"), MEMBERS (input_members) },
  [FERMATA_THING_RETRY] = { N_("retry policy"), MEMBERS (retry_members) },
  [FERMATA_THING_ON_ERROR] = { N_("error policy"), MEMBERS (on_error_members) },
  [FERMATA_THING_CACHE] = { N_("cache policy"), MEMBERS (cache_members) },
  [FERMATA_THING_CIRCUIT_BREAKER] = { N_("circuit breaker"), MEMBERS (circuit_breaker_members) },
  [FERMATA_THING_RATE_LIMIT] = { N_("rate limit"), MEMBERS (rate_limit_members) },
  [FERMATA_THING_BUDGET] = { N_("budget"), MEMBERS (budget_members) },
  [FERMATA_THING_ACTION] = { N_("action"), MEMBERS (action_members) },
  [FERMATA_THING_RAISE] = { N_("raise"), MEMBERS (raise_members) },
  [FERMATA_THING_SEND] = { N_("send"), MEMBERS (send_members) },
};

G_STATIC_ASSERT (G_N_ELEMENTS (things) == FERMATA_THING_SCXML_STATE);

static FermataThing all_things[FERMATA_N_THINGS];

void
fermata_thing_fill (FermataThing *self)
{
  self->missed = 0;

  for (guint i = 0; i < MIN (self->n_members, 64); i++)
    {
      if (self->members[i].required || self->members[i].role == FERMATA_ROLE_PARAMETERS)
        self->missed |= G_GUINT64_CONSTANT (1) << i;
    }
}

const FermataThing *
fermata_thing_get (FermataThingKind kind)
{
  static gsize is_filled;

  if (g_once_init_enter (&is_filled))
    {
      for (guint i = 0; i < FERMATA_N_THINGS; i++)
        {
          all_things[i] = i < G_N_ELEMENTS (things) ? things[i] : fermata_scxml_things[i - G_N_ELEMENTS (things)];
          fermata_thing_fill (&all_things[i]);
        }
      g_once_init_leave (&is_filled, 1);
    }

  return &all_things[kind];
}

const FermataThingMember *
fermata_thing_find_member (const FermataThing *self,
                           const char         *name)
{
  for (guint i = 0; i < self->n_members; i++)
    {
      if (strcmp (self->members[i].name, name) == 0)
        return &self->members[i];
    }

  return NULL;
}

/* The kinds that an error may be of, as the document names them. */
const char *const *
fermata_error_kinds (void)
{
  return error_kinds;
}
