/* fermata-app-members-scxml.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-members-scxml.h"

#include "fermata-app-member-special.h"

#include <glib/gi18n.h>

/* What the inspector shows where texts are what SCXML says they are. */

#define ENTRY .control = FERMATA_APP_CONTROL_ENTRY
#define LINES .control = FERMATA_APP_CONTROL_LINES
#define CHOICE .control = FERMATA_APP_CONTROL_CHOICE
#define SWITCH .control = FERMATA_APP_CONTROL_SWITCH
#define PROSE .form = FERMATA_APP_FORM_PROSE
#define TEXT .form = FERMATA_APP_FORM_TEXT
#define CODE .form = FERMATA_APP_FORM_CODE
#define JSON .form = FERMATA_APP_FORM_JSON
#define CONDITION .form = FERMATA_APP_FORM_CONDITION
#define DECLARATIONS .form = FERMATA_APP_FORM_DECLARATIONS
#define OBJECT .type = FERMATA_MEMBER_TYPE_OBJECT

gboolean
fermata_app_is_scxml (FermataGraph *graph)
{
  FermataValue *model = graph == NULL || fermata_graph_get_kind (graph) != FERMATA_GRAPH_KIND_FSM
                        ? NULL : fermata_graph_get_member (graph, "data-model");
  const char *name;

  if (model == NULL || fermata_value_get_kind (model) != FERMATA_VALUE_KIND_STRING)
    return FALSE;
  name = fermata_value_get_string (model, NULL);

  return g_str_equal (name, "ecmascript") || g_str_equal (name, "null");
}

/* --- Machines -------------------------------------------------------------- */

static gboolean
has_script_elsewhere (gpointer graph)
{
  FermataValue *script = fermata_graph_get_member (graph, "script");

  return script != NULL && fermata_value_get_kind (script) != FERMATA_VALUE_KIND_STRING;
}

static gboolean
has_script_here (gpointer graph)
{
  return !has_script_elsewhere (graph);
}

static const FermataAppChoice data_models[] = {
  { N_("ECMAScript"), "\"ecmascript\"" },
  { N_("Null: only In ()"), "\"null\"" },
  { NULL },
};

static const FermataAppChoice bindings[] = {
  { N_("Early, when it starts"), NULL },
  { N_("Late, when the state is entered"), "\"late\"" },
  { NULL },
};

static const FermataAppMember machine_members[] = {
  { N_("Name"), N_("What people and scripts call it."), { "name" }, ENTRY, PROSE },
  { N_("Description"), N_("What it is for."), { "description" }, LINES, PROSE },
  { N_("Data Model"), N_("What expressions are written in."), { "data-model" }, CHOICE, .choices = data_models },
  { N_("Variables Are Made"), N_("When variables of states get their first values."), { "binding" }, CHOICE,
    .choices = bindings, .placeholder = "\"early\"" },
  { N_("Variables"), N_("Each with an expression for its first value, one a line: coins = 0"),
    { "variables" }, LINES, DECLARATIONS, OBJECT, .placeholder = N_("e.g. coins = 0") },
  { N_("Script"), N_("Runs before the first state is entered."), { "script" }, LINES, CODE, .applies = has_script_here },
  { N_("Script"), N_("Runs before the first state is entered."), { "script" }, LINES, JSON, OBJECT,
    .applies = has_script_elsewhere },
  { NULL },
};

const FermataAppSection fermata_app_scxml_machine_sections[] = {
  { NULL, machine_members },
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

#define LABEL { N_("Label"), N_("What a picture of it says, if not its id."), { "label" }, ENTRY, PROSE }
#define DESCRIPTION { N_("Description"), N_("What it is for."), { "description" }, LINES, PROSE }

static const FermataAppMember state_members[] = {
  { N_("Id"), N_("Its name; unique in its machine. Enter renames it everywhere but in expressions."),
    { "id" }, ENTRY, TEXT, .waits = TRUE, .read = fermata_app_read_id, .write = fermata_app_write_id },
  LABEL,
  { N_("Kind"), N_("What sort of state it is. In a parallel state, all states are active at once."), { "type" }, CHOICE,
    .choices = state_kinds, .read = fermata_app_read_state_kind, .write = fermata_app_write_state_kind },
  { N_("Initial"), N_("What it is in begins with it."), { "initial" }, SWITCH, .read = fermata_app_read_is_initial,
    .write = fermata_app_write_is_initial, .applies = fermata_app_can_be_initial },
  DESCRIPTION,
  { NULL },
};

static const FermataAppMember action_members[] = {
  { N_("On Entry"), N_("Actions on entering it, such as [{ \"raise\": \"open\" }]; or arrays of them, each with errors "
                       "of its own."),
    { "entry" }, LINES, JSON, .placeholder = N_("e.g. [{ \"raise\": \"open\" }]"), .applies = fermata_app_has_actions },
  { N_("On Exit"), N_("Actions on leaving it."), { "exit" }, LINES, JSON, .applies = fermata_app_has_actions },
  { N_("Invocations"), N_("Machines, or what else runs while it is active."), { "do" }, LINES, JSON,
    .applies = fermata_app_has_tasks },
  { N_("Variables"), N_("Each with an expression for its first value, one a line: coins = 0"),
    { "variables" }, LINES, DECLARATIONS, OBJECT, .applies = fermata_app_has_tasks },
  { N_("Data"), N_("What goes with the event done.state of what it is in."), { "data" }, LINES, JSON, OBJECT,
    .placeholder = N_("e.g. { \"params\": [{ \"name\": \"n\", \"expr\": \"1\" }] }"), .applies = fermata_app_is_final },
  { NULL },
};

const FermataAppSection fermata_app_scxml_state_sections[] = {
  { NULL, state_members },
  { N_("While It Is Active"), action_members },
  { NULL },
};

/* --- Transitions ----------------------------------------------------------- */

static const FermataAppMember transition_members[] = {
  { N_("Event"), N_("The event, or several between spaces, that it waits for; * is any."), { "event" }, ENTRY, TEXT,
    .placeholder = N_("e.g. coin") },
  { N_("When"), N_("An expression: the transition is taken if it is true."), { "when" }, ENTRY, CONDITION,
    .placeholder = N_("e.g. _event.data.value >= 1") },
  { N_("Actions"), N_("What it does, such as [{ \"assign\": [{ \"coins\": \"coins + 1\" }] }]."), { "actions" }, LINES,
    JSON, .placeholder = N_("e.g. [{ \"raise\": \"opened\" }]") },
  { N_("Internal"), N_("Whether its source stays active when it leads to a state in it."), { "internal" }, SWITCH },
  { NULL },
};

static const FermataAppMember naming_members[] = {
  LABEL,
  DESCRIPTION,
  { NULL },
};

const FermataAppSection fermata_app_scxml_transition_sections[] = {
  { NULL, transition_members },
  { NULL, naming_members },
  { NULL },
};
