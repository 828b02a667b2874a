/* fermata-app-members.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-members.h"

#include "fermata-app-member-special.h"
#include "fermata-app-members-scxml.h"

#include <glib/gi18n.h>

/* What the inspector shows of graphs, nodes, states and edges. */

#define ENTRY .control = FERMATA_APP_CONTROL_ENTRY
#define LINES .control = FERMATA_APP_CONTROL_LINES
#define CHOICE .control = FERMATA_APP_CONTROL_CHOICE
#define SWITCH .control = FERMATA_APP_CONTROL_SWITCH
#define PROSE .form = FERMATA_APP_FORM_PROSE
#define TEXT .form = FERMATA_APP_FORM_TEXT
#define EXPRESSION .form = FERMATA_APP_FORM_EXPRESSION
#define ASSIGN .form = FERMATA_APP_FORM_ASSIGN
#define VALUES .form = FERMATA_APP_FORM_VALUES
#define JSON .form = FERMATA_APP_FORM_JSON
#define VALUE .form = FERMATA_APP_FORM_VALUE
#define OBJECT .type = FERMATA_MEMBER_TYPE_OBJECT
#define DURATION .form = FERMATA_APP_FORM_VALUE, .type = FERMATA_MEMBER_TYPE_DURATION, .has_templates = TRUE

/* --- Graphs ---------------------------------------------------------------- */

static const FermataAppMember graph_members[] = {
  { N_("Name"), N_("What people call it."), { "name" }, ENTRY, PROSE },
  { N_("Description"), N_("What it is for."), { "description" }, LINES, PROSE },
  { N_("Inputs"), N_("What a run is given from outside, by name, each with a type and a default."),
    { "inputs" }, LINES, JSON, OBJECT, .placeholder = N_("e.g. { \"path\": { \"type\": \"string\" } }") },
  { N_("Variables"), N_("What a run may change, each with its first value, one a line: coins = 0"),
    { "variables" }, LINES, VALUES, OBJECT, .has_templates = TRUE, .placeholder = N_("e.g. coins = 0") },
  { NULL },
};

static const FermataAppMember result_members[] = {
  { N_("Result"), N_("An expression. Without it, the output of the node that nothing comes after."),
    { "result" }, ENTRY, EXPRESSION, .placeholder = N_("e.g. nodes.last.output") },
  { NULL },
};

static const FermataAppSection graph_sections[] = {
  { NULL, graph_members },
  { NULL, result_members },
  { NULL },
};

static const FermataAppSection machine_sections[] = {
  { NULL, graph_members },
  { NULL },
};

/* --- Tasks ----------------------------------------------------------------- */

#define ID { N_("Id"), N_("Its name in expressions; unique in its graph. Enter renames it everywhere but in expressions."), \
             { "id" }, ENTRY, TEXT, .waits = TRUE, .read = fermata_app_read_id, .write = fermata_app_write_id }
#define LABEL { N_("Label"), N_("What a picture of it says, if not its id."), { "label" }, ENTRY, PROSE }
#define DESCRIPTION { N_("Description"), N_("What it is for."), { "description" }, LINES, PROSE }

static const FermataAppMember task_members[] = {
  ID,
  LABEL,
  DESCRIPTION,
  { NULL },
};

const FermataAppMember fermata_app_members_with[] = {
  { NULL },
};

static const FermataAppMember assign_members[] = {
  { N_("Assign"), N_("Variables that it changes when it is done, one a line: seen = variables.seen + 1"),
    { "assign" }, LINES, ASSIGN },
  { NULL },
};

static const FermataAppChoice joins[] = {
  { N_("All, and one at least taken"), NULL },
  { N_("Any, the first that is taken"), "\"any\"" },
  { N_("Always, whatever happened"), "\"always\"" },
  { NULL },
};

static const FermataAppChoice on_errors[] = {
  { N_("Fail the graph"), NULL },
  { N_("Continue"), "\"continue\"" },
  { N_("Use another value"), "{\"value\":null}" },
  { NULL },
};

static const FermataAppMember policy_members[] = {
  { N_("Waits For"), N_("Which of its incoming edges it waits for."), { "join" }, CHOICE, .choices = joins,
    .placeholder = "\"all\"" },
  { N_("Timeout"), N_("How long one attempt may take, such as 30s."), { "timeout" }, ENTRY, DURATION },
  { N_("Attempts"), N_("How many attempts are made at most, the first counted."), { "retry", "attempts" }, ENTRY, VALUE,
    .type = FERMATA_MEMBER_TYPE_INTEGER, .placeholder = "1", .read = fermata_app_read_retry,
    .write = fermata_app_write_retry },
  { N_("Delay Between Attempts"), N_("How long to wait before the second, such as 1s."), { "retry", "delay" }, ENTRY, DURATION,
    .read = fermata_app_read_retry, .write = fermata_app_write_retry },
  { N_("Delay Multiplied By"), N_("What the delay is multiplied by after each attempt."), { "retry", "backoff" }, ENTRY, VALUE,
    .type = FERMATA_MEMBER_TYPE_NUMBER, .placeholder = "1", .read = fermata_app_read_retry,
    .write = fermata_app_write_retry },
  { N_("If It Fails"), N_("What its failure does, once all attempts have failed."), { "on-error" }, CHOICE,
    .choices = on_errors, .placeholder = "\"fail\"", .read = fermata_app_read_on_error,
    .write = fermata_app_write_on_error },
  { N_("Value Instead"), N_("Its output if it fails."), { "on-error", "value" }, LINES, VALUE, .has_templates = TRUE,
    .applies = fermata_app_has_fallback },
  { NULL },
};

static const FermataAppSection task_sections[] = {
  { NULL, task_members },
  { NULL, fermata_app_members_with },
  { NULL, assign_members },
  { N_("Running"), policy_members },
  { NULL },
};

/* --- States ---------------------------------------------------------------- */

static const FermataAppChoice state_kinds[] = {
  { N_("State"), NULL },
  { N_("Parallel"), "\"parallel\"" },
  { N_("Final"), "\"final\"" },
  { N_("History"), "\"history\"" },
  { N_("Deep history"), "\"deep\"" },
  { NULL },
};

static const FermataAppMember state_members[] = {
  ID,
  LABEL,
  { N_("Kind"), N_("What sort of state it is. In a parallel state, all states are active at once."), { "type" }, CHOICE,
    .choices = state_kinds, .read = fermata_app_read_state_kind, .write = fermata_app_write_state_kind },
  { N_("Initial"), N_("What it is in begins with it."), { "initial" }, SWITCH, .read = fermata_app_read_is_initial,
    .write = fermata_app_write_is_initial, .applies = fermata_app_can_be_initial },
  DESCRIPTION,
  { NULL },
};

static const FermataAppMember action_members[] = {
  { N_("On Entry"), N_("Actions on entering it, such as [{ \"log\": \"open\" }]."), { "entry" }, LINES, JSON,
    .placeholder = N_("e.g. [{ \"log\": \"open\" }]"),
    .applies = fermata_app_has_actions },
  { N_("On Exit"), N_("Actions on leaving it."), { "exit" }, LINES, JSON, .applies = fermata_app_has_actions },
  { N_("Tasks"), N_("A task, or several, that run while it is active."), { "do" }, LINES, JSON,
    .applies = fermata_app_has_tasks },
  { N_("Data"), N_("What goes with the event done.state of what it is in."), { "data" }, LINES, VALUE, .has_templates = TRUE,
    .applies = fermata_app_is_final },
  { NULL },
};

static const FermataAppSection state_sections[] = {
  { NULL, state_members },
  { N_("While It Is Active"), action_members },
  { NULL },
};

/* --- Edges ----------------------------------------------------------------- */

static const FermataAppMember edge_members[] = {
  { N_("When"), N_("An expression: the edge is taken if it is true. “output” is what the source gave."), { "when" }, ENTRY,
    EXPRESSION, .placeholder = N_("e.g. output > 10") },
  { N_("Case"), N_("Of a node that chooses: what it must have found, such as true."), { "case" }, ENTRY, VALUE },
  { N_("Carries Errors"), N_("Whether it is taken when its source fails, and carries the error."), { "on" }, SWITCH,
    .read = fermata_app_read_on, .write = fermata_app_write_on },
  { N_("Each Item"), N_("Whether its target runs once for each item of what it carries."), { "each" }, SWITCH },
  { N_("Input Name"), N_("What the target calls what it carries, if not the id of the source."), { "input" }, ENTRY, TEXT },
  { NULL },
};

static const FermataAppMember transition_members[] = {
  { N_("Event"), N_("The event, or several between commas, that it waits for; * is any."), { "event" }, ENTRY,
    .form = FERMATA_APP_FORM_NAMES, .placeholder = N_("e.g. coin") },
  { N_("When"), N_("An expression: the transition is taken if it is true. “event” has a name and data."), { "when" }, ENTRY,
    EXPRESSION, .placeholder = N_("e.g. event.data.value >= 1") },
  { N_("After"), N_("How long its source must have been active, such as 5s."), { "after" }, ENTRY, DURATION,
    .placeholder = N_("e.g. 5s") },
  { N_("Assign"), N_("Variables that it changes, one a line: coins = variables.coins + 1"), { "assign" }, LINES, ASSIGN,
    .placeholder = N_("e.g. coins = variables.coins + 1") },
  { N_("Actions"), N_("What it does, such as [{ \"raise\": \"opened\" }]."), { "actions" }, LINES, JSON },
  { N_("Internal"), N_("Whether its source stays active when it leads to a state in it."), { "internal" }, SWITCH },
  { NULL },
};

static const FermataAppMember naming_members[] = {
  LABEL,
  DESCRIPTION,
  { NULL },
};

static const FermataAppSection edge_sections[] = {
  { NULL, edge_members },
  { NULL, naming_members },
  { NULL },
};

static const FermataAppSection transition_sections[] = {
  { NULL, transition_members },
  { NULL, naming_members },
  { NULL },
};

static gboolean
is_machine (FermataGraph *graph)
{
  return graph != NULL && fermata_graph_get_kind (graph) == FERMATA_GRAPH_KIND_FSM;
}

static const FermataAppSection *
get_scxml_sections (gpointer subject)
{
  if (FERMATA_IS_NODE (subject))
    return fermata_app_scxml_state_sections;
  if (FERMATA_IS_EDGE (subject))
    return fermata_app_scxml_transition_sections;
  return fermata_app_scxml_machine_sections;
}

const FermataAppSection *
fermata_app_members_get_sections (gpointer subject)
{
  FermataGraph *graph = FERMATA_IS_NODE (subject) ? fermata_node_get_graph (subject)
                        : FERMATA_IS_EDGE (subject) ? fermata_edge_get_graph (subject) : subject;

  if (fermata_app_is_scxml (graph))
    return get_scxml_sections (subject);
  if (FERMATA_IS_NODE (subject))
    return is_machine (graph) ? state_sections : task_sections;
  if (FERMATA_IS_EDGE (subject))
    return is_machine (graph) ? transition_sections : edge_sections;
  return is_machine (graph) ? machine_sections : graph_sections;
}
