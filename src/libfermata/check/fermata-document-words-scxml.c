/* fermata-document-words-scxml.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The words of machines whose data model is one of SCXML's, as far as they are not
 * those of every machine. Nothing is a template there, and what is an expression is
 * so by its name. */

#include "check/fermata-document-words-private.h"

#include <glib/gi18n-lib.h>

#include "check/fermata-document-words-table-private.h"

#define JAVASCRIPT .types = STRING, .form = EXPRESSION
#define CONDITION .types = STRING, .form = EXPRESSION, ROLE (CONDITION)
#define LOCATION .types = STRING, .form = EXPRESSION, ROLE (LOCATION)
#define TEXT .types = STRING, .form = LITERAL
#define ACTIONS .types = OBJECT | ARRAY, .form = LITERAL, THING (THINGS, SCXML_ACTION)

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
  { "initial", STRING | STRINGS | OBJECT, LITERAL, THING (THING, SCXML_INITIAL),
    .doc = "The state or states in it entered first, or an edge to them with actions." },
  { "variables", OBJECT, LITERAL, ROLE (VARIABLES),
    .doc = "Variables that are made when the machine begins, or with late binding when it is first entered." },
  { "nodes", ARRAY, LITERAL, ROLE (KEPT),
    .doc = "The states in it." },
  { "entry", OBJECT | ARRAY, LITERAL, THING (BLOCKS, SCXML_ACTION),
    .doc = "Actions on entering it, or arrays of actions of which each ends at its own errors." },
  { "exit", OBJECT | ARRAY, LITERAL, THING (BLOCKS, SCXML_ACTION),
    .doc = "Actions on leaving it, or arrays of actions of which each ends at its own errors." },
  { "do", OBJECT | ARRAY, LITERAL, THING (THINGS, SCXML_TASK),
    .doc = "A task, or tasks, that run while it is active." },
  { "data", OBJECT, LITERAL, THING (THING, SCXML_DATA),
    .doc = "What a final state gives to `done.state.ID`." },
};

static const FermataThingMember task_members[] = {
  { "id", STRING, LITERAL, ROLE (ID),
    .doc = "Its name in `done.invoke.ID` and `error.invoke.ID`; else one that is made of that of its state." },
  { "label", STRING, LITERAL,
    .doc = "What a picture of it says; else its id." },
  { "description", STRING, LITERAL, ROLE (PROSE),
    .doc = "What it does, for people." },
  { "type", STRING, LITERAL, ROLE (TYPE), .required = TRUE,
    .doc = "What it does: `subgraph`, `invoke`, or the name of another node type." },
  { "with", OBJECT, LITERAL, ROLE (PARAMETERS),
    .doc = "The parameters of its type." },
  { "id-location", LOCATION,
    .doc = "Where its id is put when it begins, one that is made for it." },
  { "name-list", STRINGS, EXPRESSION, ROLE (LOCATION),
    .doc = "Variables that it is given, by their names." },
  { "params", OBJECT | ARRAY, LITERAL, THING (THINGS, SCXML_PARAM),
    .doc = "Values that it is given." },
  { "autoforward", BOOLEAN, LITERAL,
    .doc = "Whether each event that the machine gets from outside is sent to it as well." },
  { "finalize", ACTIONS,
    .doc = "Actions for an event that comes from it, before the machine looks for an edge." },
  { "retry", INTEGER | OBJECT, LITERAL, BETWEEN (1, 65535), THING (THING, RETRY),
    .doc = "Whether a failed attempt is made again: a number of attempts, or a policy." },
  { "timeout", DURATION, LITERAL,
    .doc = "How long one attempt may take." },
  { "on-error", CHOICE | OBJECT, LITERAL, .choices = fermata_on_errors, THING (THING, ON_ERROR),
    .doc = "What its failure does: fail the graph, let it continue, or give a value in place of the output." },
  { "cache", BOOLEAN | OBJECT, LITERAL, THING (THING, CACHE),
    .doc = "Whether an earlier result for the same input is taken instead of running." },
  { "circuit-breaker", OBJECT, LITERAL, THING (THING, CIRCUIT_BREAKER),
    .doc = "When to stop trying for a while." },
  { "rate-limit", OBJECT, LITERAL, THING (THING, RATE_LIMIT),
    .doc = "How often it may start." },
  { "output-schema", OBJECT | BOOLEAN, LITERAL, ROLE (SCHEMA),
    .doc = "A JSON Schema that its output must fit." },
  { "uses", OBJECT, LITERAL, ROLE (COUNTS),
    .doc = "How much it needs, while it runs, of each named resource." },
  { "body", OBJECT, LITERAL, ROLE (KEPT),
    .doc = "The graph that it runs." },
  { "catch", OBJECT, LITERAL, ROLE (KEPT),
    .doc = "The graph that it runs when the body fails." },
  { "finally", OBJECT, LITERAL, ROLE (KEPT),
    .doc = "The graph that it runs at last, whatever happened." },
};

static const FermataThingMember transition_members[] = {
  { "id", STRING, LITERAL, ROLE (ID),
    .doc = "Its name; else `from>to`, `from>to#2`, …" },
  { "label", STRING, LITERAL,
    .doc = "What a picture of it says." },
  { "description", STRING, LITERAL, ROLE (PROSE),
    .doc = "What it is for, for people." },
  { "from", STRING, LITERAL, ROLE (PROSE), .required = TRUE,
    .doc = "The id of the state that it leaves." },
  { "to", STRING | STRINGS, LITERAL, ROLE (PROSE),
    .doc = "The id of the state that it leads to, or several; without it, actions without a move." },
  { "event", STRING | STRINGS, LITERAL,
    .doc = "The event, or events, that it waits for; `error` matches `error.execution`, too, and `*` all." },
  { "after", DURATION, LITERAL,
    .doc = "How long its source must have been active." },
  { "when", CONDITION,
    .doc = "Whether it is taken." },
  { "internal", BOOLEAN, LITERAL,
    .doc = "Whether its source stays active when its targets are in it." },
  { "assign", ARRAY, EXPRESSION, ROLE (ASSIGN),
    .doc = "What it assigns, in order, before its other actions." },
  { "actions", ACTIONS,
    .doc = "What it does." },
};

static const FermataThingMember initial_members[] = {
  { "to", STRING | STRINGS, LITERAL, ROLE (PROSE), .required = TRUE,
    .doc = "The id of the state that is entered, or several." },
  { "assign", ARRAY, EXPRESSION, ROLE (ASSIGN),
    .doc = "What it assigns, in order, before its other actions." },
  { "actions", ACTIONS,
    .doc = "What it does." },
};

static const FermataThingMember declaration_members[] = {
  { "expr", JAVASCRIPT,
    .doc = "Its first value." },
  { "src", TEXT,
    .doc = "The file that has its first value." },
  { "content", TEXT,
    .doc = "Its first value as it stands: JSON, XML, or else text." },
};

static const FermataThingMember action_members[] = {
  { "assign", OBJECT | ARRAY, EXPRESSION, THING (LOCATIONS, SCXML_ASSIGN),
    .doc = "Puts values into locations, in order: `[ { \"location\": \"expr\" } ]`." },
  { "raise", STRING | OBJECT, LITERAL, THING (THING, SCXML_RAISE),
    .doc = "Puts an event into the internal queue." },
  { "send", STRING | OBJECT, LITERAL, THING (THING, SCXML_SEND),
    .doc = "Sends an event, maybe later, maybe elsewhere." },
  { "cancel", STRING | OBJECT, LITERAL, THING (THING, SCXML_CANCEL),
    .doc = "Takes back what was sent under an id and is still waiting." },
  { "log", OBJECT, LITERAL, THING (THING, SCXML_LOG),
    .doc = "Says something." },
  { "if", CONDITION,
    .doc = "Does `then` if it is true, and `else` if not." },
  { "foreach", JAVASCRIPT,
    .doc = "Does `do` for each element of a copy of it." },
  { "script", STRING | OBJECT, CODE, THING (THING, SCXML_SCRIPT),
    .doc = "Runs JavaScript, which may change any variable." },
  { "xml", STRING, LITERAL, ROLE (FOREIGN_ACTION),
    .doc = "Markup of somebody else's, which is kept and does nothing." },
  { "then", ACTIONS,
    .doc = "What `if` does." },
  { "else", ACTIONS,
    .doc = "What `if` does otherwise." },
  { "item", LOCATION,
    .doc = "The variable that `foreach` puts the element into." },
  { "index", LOCATION,
    .doc = "The variable that `foreach` puts the place of the element into, from 0." },
  { "do", ACTIONS,
    .doc = "What `foreach` does." },
};

static const FermataThingMember assign_members[] = {
  { "location", LOCATION, .required = TRUE,
    .doc = "Where the value goes." },
  { "expr", JAVASCRIPT,
    .doc = "The value." },
  { "content", TEXT,
    .doc = "The value as it stands: JSON, XML, or else text." },
};

static const FermataThingMember raise_members[] = {
  { "event", TEXT, .required = TRUE,
    .doc = "Its name." },
};

static const FermataThingMember send_members[] = {
  { "event", TEXT,
    .doc = "Its name." },
  { "event-expr", JAVASCRIPT,
    .doc = "Its name, computed." },
  { "to", TEXT,
    .doc = "Where it goes: `#_internal`, `#_parent`, `#_ID` of a task, `#_scxml_ID` of a session, an address; "
           "else to this machine." },
  { "to-expr", JAVASCRIPT,
    .doc = "Where it goes, computed." },
  { "type", TEXT,
    .doc = "Who brings it there: SCXML's event processor if absent." },
  { "type-expr", JAVASCRIPT,
    .doc = "Who brings it there, computed." },
  { "id", TEXT,
    .doc = "What `cancel` calls it." },
  { "id-location", LOCATION,
    .doc = "Where its id is put, one that is made for it." },
  { "delay", TEXT,
    .doc = "How long it waits: `1s`, `.5s`, `500ms`." },
  { "delay-expr", JAVASCRIPT,
    .doc = "How long it waits, computed." },
  { "name-list", STRINGS, EXPRESSION, ROLE (LOCATION),
    .doc = "Variables that it carries, by their names." },
  { "params", OBJECT | ARRAY, LITERAL, THING (THINGS, SCXML_PARAM),
    .doc = "Values that it carries." },
  { "content", TEXT,
    .doc = "What it carries as it stands: JSON, XML, or else text." },
  { "content-expr", JAVASCRIPT,
    .doc = "What it carries, computed." },
};

static const FermataThingMember cancel_members[] = {
  { "id", TEXT,
    .doc = "The id that it was sent under." },
  { "id-expr", JAVASCRIPT,
    .doc = "The id that it was sent under, computed." },
};

static const FermataThingMember log_members[] = {
  { "label", TEXT,
    .doc = "What stands before it." },
  { "expr", JAVASCRIPT,
    .doc = "What is said." },
};

static const FermataThingMember script_members[] = {
  { "src", TEXT, .required = TRUE,
    .doc = "The file that has the program." },
};

static const FermataThingMember param_members[] = {
  { "name", TEXT, .required = TRUE,
    .doc = "What it is called." },
  { "expr", JAVASCRIPT,
    .doc = "Its value." },
  { "location", LOCATION,
    .doc = "Where its value is." },
};

static const FermataThingMember data_members[] = {
  { "params", OBJECT | ARRAY, LITERAL, THING (THINGS, SCXML_PARAM),
    .doc = "Values, by their names." },
  { "content", TEXT,
    .doc = "What it gives as it stands: JSON, XML, or else text." },
  { "content-expr", JAVASCRIPT,
    .doc = "What it gives, computed." },
};

const FermataThing fermata_scxml_things[] = {
  { N_("state"), MEMBERS (state_members) },
  { N_("task"), MEMBERS (task_members) },
  { N_("edge"), MEMBERS (transition_members) },
  { N_("initial edge"), MEMBERS (initial_members) },
  { N_("declaration"), MEMBERS (declaration_members) },
  { N_("action"), MEMBERS (action_members) },
  { N_("assign"), MEMBERS (assign_members) },
  { N_("raise"), MEMBERS (raise_members) },
  { N_("send"), MEMBERS (send_members) },
  { N_("cancel"), MEMBERS (cancel_members) },
  { N_("log"), MEMBERS (log_members) },
  { N_("script"), MEMBERS (script_members) },
  { N_("param"), MEMBERS (param_members) },
  { N_("data"), MEMBERS (data_members) },
};

G_STATIC_ASSERT (G_N_ELEMENTS (fermata_scxml_things) == FERMATA_N_THINGS - FERMATA_THING_SCXML_STATE);
