/* fermata-app-document-actions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The actions "doc.…" of a document: what the run bar, keys and menus do. */

#include "fermata-app-document-private.h"

#include <gio/gio.h>

typedef FermataAppDocument Document;

static FermataDebugger *
debugger_of (Document *self)
{
  return fermata_app_document_get_debugger (self);
}

static gboolean
is_under_way (Document *self)
{
  FermataDebugger *debugger = debugger_of (self);

  return debugger != NULL && fermata_debugger_get_state (debugger) <= FERMATA_RUN_STATE_RUNNING;
}

/* F5: begins, goes on, or goes forward in the past. */
static void
run (Document *self)
{
  FermataDebugger *debugger = debugger_of (self);

  if (debugger != NULL && fermata_debugger_can_continue (debugger))
    fermata_debugger_continue (debugger);
  else if (!is_under_way (self))
    fermata_app_document_want_start (self, FALSE);
  else
    fermata_debugger_hold (debugger);
}

static void
pause_run (Document *self)
{
  fermata_debugger_hold (debugger_of (self));
}

static void
stop (Document *self)
{
  fermata_debugger_end (debugger_of (self));
}

static void
restart (Document *self)
{
  fermata_app_document_want_start (self, FALSE);
}

/* A step before there is a run begins one that holds at once. */
static void
step_over (Document *self)
{
  if (!is_under_way (self) && (debugger_of (self) == NULL || fermata_debugger_is_live (debugger_of (self))))
    fermata_app_document_want_start (self, TRUE);
  else
    fermata_debugger_step_over (debugger_of (self));
}

static void
step_into (Document *self)
{
  if (!is_under_way (self) && (debugger_of (self) == NULL || fermata_debugger_is_live (debugger_of (self))))
    fermata_app_document_want_start (self, TRUE);
  else
    fermata_debugger_step_into (debugger_of (self));
}

static void
step_out (Document *self)
{
  fermata_debugger_step_out (debugger_of (self));
}

static void
step_back (Document *self)
{
  fermata_debugger_step_back (debugger_of (self));
}

static void
step_back_into (Document *self)
{
  fermata_debugger_step_back_into (debugger_of (self));
}

static void
reverse_continue (Document *self)
{
  fermata_debugger_reverse_continue (debugger_of (self));
}

static void
go_by (Document *self,
       int       by)
{
  FermataDebugger *debugger = debugger_of (self);
  g_autoptr (GError) error = NULL;

  if (!fermata_debugger_go_to (debugger, fermata_debugger_get_number (debugger) + by, &error))
    fermata_app_document_fail (self, error->message);
}

static void
previous_event (Document *self)
{
  go_by (self, -1);
}

static void
next_event (Document *self)
{
  go_by (self, 1);
}

static void
go_first (Document *self)
{
  fermata_debugger_go_first (debugger_of (self));
}

static void
go_live (Document *self)
{
  fermata_debugger_go_live (debugger_of (self));
}

static void
go_to_iteration (Document *self,
                 int       by)
{
  FermataAppIteration iteration;

  if (self->session == NULL || !fermata_app_session_get_iteration (self->session, self->shown, &iteration))
    return;
  if (by < 0 ? iteration.index > 0 : iteration.index + 1 < iteration.n_begun)
    fermata_app_document_want_iteration (self, self->shown, iteration.index + by);
}

static void
previous_iteration (Document *self)
{
  go_to_iteration (self, -1);
}

static void
next_iteration (Document *self)
{
  go_to_iteration (self, 1);
}

static void
latest_iteration (Document *self)
{
  fermata_app_document_want_latest (self, self->shown);
}

static void
failed_iteration (Document *self)
{
  fermata_app_document_want_failed (self, self->shown);
}

static void
undo (Document *self)
{
  g_autoptr (GError) error = NULL;

  if (!fermata_editor_undo (self->editor, &error))
    fermata_app_document_fail (self, error->message);
}

static void
redo (Document *self)
{
  g_autoptr (GError) error = NULL;

  if (!fermata_editor_redo (self->editor, &error))
    fermata_app_document_fail (self, error->message);
}

static void
toggle_breakpoint (Document *self)
{
  guint n = fermata_app_selection_get_n (self->selection);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) element = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      fermata_app_document_toggle_breakpoint (self, element);
    }
}

/* A place that has no breakpoint gets one: there is nothing else to edit. */
static void
edit_breakpoint (Document *self)
{
  gpointer element = fermata_app_selection_get_only (self->selection);

  if (element == NULL)
    return;

  if (fermata_app_document_find_breakpoint (self, element) == NULL)
    fermata_app_document_toggle_breakpoint (self, element);
  fermata_app_document_want_focus (self, "breakpoints");
}

static void
run_to_selection (Document *self)
{
  gpointer element = fermata_app_selection_get_only (self->selection);
  g_autofree char *place = NULL;
  g_autoptr (GError) error = NULL;

  if (element == NULL)
    return;

  place = fermata_app_document_dup_place (self, element);
  if (!fermata_debugger_run_to (debugger_of (self),
                                FERMATA_IS_NODE (element) ? FERMATA_PLACE_KIND_NODE
                                                          : FERMATA_PLACE_KIND_EDGE, place, &error))
    fermata_app_document_fail (self, error->message);
}

static void
disable_breakpoints (Document *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->breakpoints));
  gboolean any = FALSE;

  for (guint i = 0; i < n && !any; i++)
    {
      g_autoptr (FermataBreakpoint) breakpoint = NULL;

      breakpoint = g_list_model_get_item (G_LIST_MODEL (self->breakpoints), i);
      any = fermata_breakpoint_get_enabled (breakpoint);
    }
  fermata_breakpoints_set_all_enabled (self->breakpoints, !any);
}

static void
send_event (Document *self)
{
  fermata_app_document_want_focus (self, "event");
}

static void
evaluate (Document *self)
{
  fermata_app_document_want_focus (self, "console");
}

static void
arrange (Document *self)
{
  fermata_app_arranger_arrange (self->arranger, FALSE);
}

static void
arrange_selection (Document *self)
{
  fermata_app_arranger_arrange (self->arranger, TRUE);
}

/* When there is something for an action to do. */
typedef enum {
  ALWAYS,
  UNDER_WAY,
  CAN_HOLD,
  CAN_STEP,
  CAN_OUT,
  CAN_BACK,
  CAN_FORWARD,
  IN_PAST,
  CAN_UNDO,
  CAN_REDO,
} When;

static const struct {
  const char *name;
  void (*activate) (Document *self);
  When when;
} actions[] = {
  { "run", run, ALWAYS },
  { "pause", pause_run, CAN_HOLD },
  { "stop", stop, UNDER_WAY },
  { "restart", restart, ALWAYS },
  { "step-over", step_over, CAN_STEP },
  { "step-into", step_into, CAN_STEP },
  { "step-out", step_out, CAN_OUT },
  { "step-back", step_back, CAN_BACK },
  { "step-back-into", step_back_into, CAN_BACK },
  { "reverse-continue", reverse_continue, CAN_BACK },
  { "previous-event", previous_event, CAN_BACK },
  { "next-event", next_event, CAN_FORWARD },
  { "go-first", go_first, CAN_BACK },
  { "go-live", go_live, IN_PAST },
  { "previous-iteration", previous_iteration, ALWAYS },
  { "next-iteration", next_iteration, ALWAYS },
  { "latest-iteration", latest_iteration, ALWAYS },
  { "failed-iteration", failed_iteration, ALWAYS },
  { "undo", undo, CAN_UNDO },
  { "redo", redo, CAN_REDO },
  { "toggle-breakpoint", toggle_breakpoint, ALWAYS },
  { "edit-breakpoint", edit_breakpoint, ALWAYS },
  { "disable-breakpoints", disable_breakpoints, ALWAYS },
  { "run-to-selection", run_to_selection, CAN_OUT },
  { "send-event", send_event, ALWAYS },
  { "evaluate", evaluate, ALWAYS },
  { "arrange", arrange, ALWAYS },
  { "arrange-selection", arrange_selection, ALWAYS },
};

static gboolean
is_possible (Document *self,
             When      when)
{
  FermataDebugger *debugger = debugger_of (self);

  switch (when)
    {
    case ALWAYS:
      return TRUE;
    case UNDER_WAY:
      return is_under_way (self);
    case CAN_HOLD:
      return debugger != NULL && fermata_debugger_can_hold (debugger);
    case CAN_STEP:
      return !is_under_way (self) || fermata_debugger_can_step (debugger);
    case CAN_OUT:
      return debugger != NULL && fermata_debugger_can_step (debugger);
    case CAN_BACK:
      return debugger != NULL && fermata_debugger_can_go_back (debugger);
    case CAN_FORWARD:
      return debugger != NULL && fermata_debugger_can_go_forward (debugger);
    case IN_PAST:
      return debugger != NULL && !fermata_debugger_is_live (debugger);
    case CAN_UNDO:
      return fermata_editor_can_undo (self->editor);
    case CAN_REDO:
      return fermata_editor_can_redo (self->editor);
    default:
      g_assert_not_reached ();
    }
}

void
fermata_app_document_actions_update (FermataAppDocument *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), actions[i].name);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_possible (self, actions[i].when));
    }
}

static void
activated (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  const char *name = g_action_get_name (G_ACTION (action));

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (g_str_equal (actions[i].name, name))
        actions[i].activate (user_data);
    }
}

void
fermata_app_document_actions_init (FermataAppDocument *self)
{
  self->actions = G_ACTION_GROUP (g_simple_action_group_new ());
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (actions[i].name, NULL);

      g_signal_connect_object (action, "activate", G_CALLBACK (activated), self, 0);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
    }
  g_signal_connect_object (self->editor, "changed", G_CALLBACK (fermata_app_document_actions_update),
                           self, G_CONNECT_SWAPPED);
  fermata_app_document_actions_update (self);
}
