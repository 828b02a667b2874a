/* fermata-event.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/history/fermata-event.h"

G_STATIC_ASSERT (sizeof (FermataEvent) <= 32);

typedef struct {
  const char *name;
  FermataEventClass event_class;
  FermataPlaceKind place_kind;
} KindInfo;

#define FACT FERMATA_EVENT_CLASS_FACT
#define DECISION FERMATA_EVENT_CLASS_DECISION
#define CONTROL FERMATA_EVENT_CLASS_CONTROL
#define RUN FERMATA_PLACE_KIND_RUN
#define NODE FERMATA_PLACE_KIND_NODE
#define EDGE FERMATA_PLACE_KIND_EDGE
#define ANY FERMATA_PLACE_KIND_ANY
#define FRAME FERMATA_PLACE_KIND_FRAME

static const KindInfo kinds[FERMATA_N_EVENT_KINDS] = {
  [FERMATA_EVENT_RUN_STARTED] = { "run-started", FACT, RUN },
  [FERMATA_EVENT_TICK] = { "tick", FACT, RUN },
  [FERMATA_EVENT_TASK_COMPLETED] = { "task-completed", FACT, NODE },
  [FERMATA_EVENT_TASK_FAILED] = { "task-failed", FACT, NODE },
  [FERMATA_EVENT_TASK_CANCELLED] = { "task-cancelled", FACT, NODE },
  [FERMATA_EVENT_TASK_BEGAN] = { "task-began", FACT, NODE },
  [FERMATA_EVENT_TASK_MEASURED] = { "task-measured", FACT, NODE },
  [FERMATA_EVENT_CHUNK] = { "chunk", FACT, NODE },
  [FERMATA_EVENT_USAGE] = { "usage", FACT, NODE },
  [FERMATA_EVENT_PROGRESS] = { "progress", FACT, NODE },
  [FERMATA_EVENT_ITEM] = { "item", FACT, NODE },
  [FERMATA_EVENT_CANCEL_REQUESTED] = { "cancel-requested", FACT, RUN },
  [FERMATA_EVENT_TASK_ADMITTED] = { "task-admitted", FACT, NODE },
  [FERMATA_EVENT_TASK_ANSWERED] = { "task-answered", FACT, NODE },
  [FERMATA_EVENT_TASK_REFUSED] = { "task-refused", FACT, NODE },
  [FERMATA_EVENT_TASK_WAIVED] = { "task-waived", FACT, NODE },
  [FERMATA_EVENT_TASK_REVIEWED] = { "task-reviewed", FACT, NODE },
  [FERMATA_EVENT_TIMEOUT_DUE] = { "timeout-due", FACT, NODE },
  [FERMATA_EVENT_RETRY_DUE] = { "retry-due", FACT, NODE },
  [FERMATA_EVENT_CLOSING_DUE] = { "closing-due", FACT, RUN },
  [FERMATA_EVENT_EVENT_RECEIVED] = { "event-received", FACT, RUN },
  [FERMATA_EVENT_EVENTS_CLOSED] = { "events-closed", FACT, RUN },
  [FERMATA_EVENT_VARIABLE_SET] = { "variable-set", FACT, FRAME },
  [FERMATA_EVENT_TIMER_DUE] = { "timer-due", FACT, FRAME },
  [FERMATA_EVENT_STEP_ADMITTED] = { "step-admitted", FACT, FRAME },
  [FERMATA_EVENT_VETOED] = { "vetoed", FACT, FRAME },
  [FERMATA_EVENT_EVENT_DELIVERED] = { "event-delivered", FACT, FRAME },
  [FERMATA_EVENT_SEND_FAILED] = { "send-failed", FACT, FRAME },
  [FERMATA_EVENT_SCRIPT_ENDED] = { "script-ended", FACT, FRAME },
  /* See fermata_event_is_decision(). */
  [FERMATA_EVENT_NODE_QUEUED] = { "node-queued", DECISION, NODE },
  [FERMATA_EVENT_NODE_REVIEWING] = { "node-reviewing", DECISION, NODE },
  [FERMATA_EVENT_NODE_STARTED] = { "node-started", DECISION, NODE },
  [FERMATA_EVENT_NODE_COMPLETED] = { "node-completed", DECISION, NODE },
  [FERMATA_EVENT_NODE_GIVEN] = { "node-given", DECISION, NODE },
  [FERMATA_EVENT_NODE_FAILED] = { "node-failed", DECISION, NODE },
  [FERMATA_EVENT_NODE_SKIPPED] = { "node-skipped", DECISION, NODE },
  [FERMATA_EVENT_NODE_RETRYING] = { "node-retrying", DECISION, NODE },
  [FERMATA_EVENT_NODE_RECOVERED] = { "node-recovered", DECISION, NODE },
  [FERMATA_EVENT_ASSIGNED] = { "assigned", DECISION, ANY },
  [FERMATA_EVENT_NODE_CANCELLING] = { "node-cancelling", DECISION, NODE },
  [FERMATA_EVENT_NODE_CANCELLED] = { "node-cancelled", DECISION, NODE },
  [FERMATA_EVENT_EDGE_TAKEN] = { "edge-taken", DECISION, EDGE },
  [FERMATA_EVENT_EDGE_REFUSED] = { "edge-refused", DECISION, EDGE },
  [FERMATA_EVENT_EDGE_FAILED] = { "edge-failed", DECISION, EDGE },
  [FERMATA_EVENT_EVENT_TAKEN] = { "event-taken", DECISION, NODE },
  [FERMATA_EVENT_EVENT_REFUSED] = { "event-refused", DECISION, NODE },
  [FERMATA_EVENT_EVENT_FAILED] = { "event-failed", DECISION, NODE },
  [FERMATA_EVENT_FRAME_ENTERED] = { "frame-entered", DECISION, NODE },
  [FERMATA_EVENT_FRAME_LEFT] = { "frame-left", DECISION, NODE },
  [FERMATA_EVENT_LOOP_ENDED] = { "loop-ended", DECISION, NODE },
  [FERMATA_EVENT_FRAME_CLOSING] = { "frame-closing", DECISION, NODE },
  [FERMATA_EVENT_NODE_ROUTED] = { "node-routed", DECISION, NODE },
  [FERMATA_EVENT_LOGGED] = { "logged", DECISION, ANY },
  [FERMATA_EVENT_EVENT_DEQUEUED] = { "event-dequeued", DECISION, FRAME },
  [FERMATA_EVENT_EVENT_IGNORED] = { "event-ignored", DECISION, FRAME },
  [FERMATA_EVENT_STEP_ASKED] = { "step-asked", DECISION, EDGE },
  [FERMATA_EVENT_STATE_EXITING] = { "state-exiting", DECISION, NODE },
  [FERMATA_EVENT_STATE_EXITED] = { "state-exited", DECISION, NODE },
  [FERMATA_EVENT_STATE_ENTERED] = { "state-entered", DECISION, NODE },
  [FERMATA_EVENT_EVENT_RAISED] = { "event-raised", DECISION, ANY },
  [FERMATA_EVENT_EVENT_SENT] = { "event-sent", DECISION, ANY },
  [FERMATA_EVENT_SEND_CANCELLED] = { "send-cancelled", DECISION, ANY },
  [FERMATA_EVENT_ITERATING] = { "iterating", DECISION, ANY },
  [FERMATA_EVENT_SCRIPT_STARTED] = { "script-started", DECISION, ANY },
  [FERMATA_EVENT_ACTION_FAILED] = { "action-failed", DECISION, ANY },
  [FERMATA_EVENT_ACTIONS_ENDED] = { "actions-ended", DECISION, ANY },
  [FERMATA_EVENT_MACHINE_FAILED] = { "machine-failed", DECISION, FRAME },
  [FERMATA_EVENT_MACROSTEP_ENDED] = { "macrostep-ended", DECISION, FRAME },
  [FERMATA_EVENT_BUDGET_WARNING] = { "budget-warning", DECISION, RUN },
  [FERMATA_EVENT_RUN_CLOSING] = { "run-closing", DECISION, RUN },
  [FERMATA_EVENT_RUN_ENDED] = { "run-ended", DECISION, RUN },
  [FERMATA_EVENT_HELD] = { "held", CONTROL, RUN },
  [FERMATA_EVENT_RELEASED] = { "released", CONTROL, RUN },
  [FERMATA_EVENT_BOOKMARK] = { "bookmark", CONTROL, RUN },
};

/**
 * fermata_event_kind_to_string:
 * @kind: a kind
 *
 * Names a kind of event, as histories write it.
 *
 * Returns: (transfer none): a name such as `node-started`
 */
const char *
fermata_event_kind_to_string (FermataEventKind kind)
{
  g_return_val_if_fail (kind < FERMATA_N_EVENT_KINDS, NULL);

  return kinds[kind].name;
}

/**
 * fermata_event_kind_from_string:
 * @string: a name
 * @kind: (out): the kind
 *
 * Finds the kind of event with a name.
 *
 * Returns: %FALSE if there is none
 */
gboolean
fermata_event_kind_from_string (const char       *string,
                                FermataEventKind *kind)
{
  g_return_val_if_fail (string != NULL, FALSE);
  g_return_val_if_fail (kind != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i].name, string))
        {
          *kind = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * fermata_event_kind_get_class:
 * @kind: a kind
 *
 * Tells facts, decisions and controls apart.
 *
 * Returns: where events of this kind come from
 */
FermataEventClass
fermata_event_kind_get_class (FermataEventKind kind)
{
  g_return_val_if_fail (kind < FERMATA_N_EVENT_KINDS, FERMATA_EVENT_CLASS_FACT);

  return kinds[kind].event_class;
}

/**
 * fermata_event_class_to_string:
 * @event_class: a class
 *
 * Names a class of events.
 *
 * Returns: (transfer none): `fact`, `decision` or `control`
 */
const char *
fermata_event_class_to_string (FermataEventClass event_class)
{
  static const char *const names[] = { "fact", "decision", "control" };

  g_return_val_if_fail (event_class < G_N_ELEMENTS (names), NULL);

  return names[event_class];
}

/**
 * fermata_event_kind_get_place_kind:
 * @kind: a kind
 *
 * Tells what the place of such an event is.
 *
 * Returns: whether it is a node, an edge, either of both, a frame, or the run
 */
FermataPlaceKind
fermata_event_kind_get_place_kind (FermataEventKind kind)
{
  g_return_val_if_fail (kind < FERMATA_N_EVENT_KINDS, FERMATA_PLACE_KIND_RUN);

  return kinds[kind].place_kind;
}
