/* fermata-app-testing.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-testing.h"

/* The library is asked, and nothing that the views ask. */

static const char *
word_for_node (FermataMoment *moment,
               guint          node)
{
  if (!fermata_moment_is_machine (moment, 0))
    return fermata_node_status_to_string (fermata_moment_get_node_status (moment, 0, node));
  if (fermata_moment_is_state_active (moment, 0, node))
    return "active";

  return fermata_moment_get_state_visits (moment, 0, node, NULL) > 0 ? "visited" : "";
}

static FermataValue *
collect_nodes (FermataMoment *moment)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  FermataPlan *plan = fermata_moment_get_plan (moment, 0);

  for (guint i = 0; i < fermata_plan_get_n_nodes (plan); i++)
    fermata_value_builder_set_string (builder, fermata_plan_get_node_id (plan, i), word_for_node (moment, i));

  return fermata_value_builder_end (builder);
}

static void
describe_moment (FermataValueBuilder *builder,
                 FermataDebugger     *debugger)
{
  FermataMoment *moment = fermata_debugger_get_moment (debugger);
  FermataValue *variables = fermata_moment_get_variables (moment);
  g_autoptr (FermataValue) nodes = collect_nodes (moment);

  fermata_value_builder_set_integer (builder, "number", fermata_debugger_get_number (debugger));
  fermata_value_builder_set_integer (builder, "events", fermata_debugger_get_n_events (debugger));
  fermata_value_builder_set_boolean (builder, "live", fermata_debugger_is_live (debugger));
  fermata_value_builder_set_boolean (builder, "held", fermata_debugger_is_held (debugger));
  fermata_value_builder_set_string (builder, "state",
                                    fermata_run_state_to_string (fermata_moment_get_run_state (moment)));
  fermata_value_builder_set_boolean (builder, "ended",
                                     fermata_run_has_ended (fermata_debugger_get_run (debugger)));
  if (variables != NULL)
    fermata_value_builder_set (builder, "variables", variables);
  fermata_value_builder_set (builder, "nodes", nodes);
}

static FermataValue *
describe (FermataAppDocument *document)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  FermataDebugger *debugger = fermata_app_document_get_debugger (document);

  fermata_value_builder_set_boolean (builder, "modified",
                                     fermata_editor_is_modified (fermata_app_document_get_editor (document)));
  fermata_value_builder_set_boolean (builder, "session", debugger != NULL);
  if (debugger != NULL)
    describe_moment (builder, debugger);

  return fermata_value_builder_end (builder);
}

static void
dump (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  FermataAppPage *page = fermata_app_window_get_page (user_data);
  g_autoptr (FermataValue) value = page == NULL ? fermata_value_new_empty_object ()
                                                : describe (fermata_app_page_get_document (page));
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_PRETTY, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (g_variant_get_string (parameter, NULL), text, -1, &error))
    g_warning ("%s", error->message);
}

void
fermata_app_testing_init (FermataAppWindow *window)
{
  g_autoptr (GSimpleAction) action = NULL;

  if (g_getenv ("FERMATA_APP_TEST") == NULL)
    return;

  action = g_simple_action_new ("dump", G_VARIANT_TYPE_STRING);
  g_signal_connect_object (action, "activate", G_CALLBACK (dump), window, 0);
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (action));
}
