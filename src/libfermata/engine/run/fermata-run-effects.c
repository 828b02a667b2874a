/* fermata-run-effects.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What an event brings about outside. */

#include "engine/policies/fermata-states-private.h"
#include "engine/run/fermata-run-private.h"
#include "value/fermata-value-builder.h"

static FermataExecution *
find_execution (FermataRun *self,
                guint32     frame,
                guint32     node)
{
  guint64 key = fermata_run_key (frame, node);

  return g_hash_table_lookup (self->executions, &key);
}

static FermataNodeRecord
read_record (FermataRun         *self,
             const FermataEvent *event)
{
  FermataFrame *frame = fermata_moment_get_frame (self->moment, event->frame);

  return fermata_frame_read_node (frame, event->place - frame->plan->first_place);
}

static void
begin_execution (FermataRun         *self,
                 const FermataEvent *event)
{
  const FermataPlanNode *node = fermata_plan_node_at (self->plan, event->place);
  FermataExecution *execution;
  FermataNodeRecord record;

  if (node->has_admission)
    fermata_run_note_admitted (self, event);
  if (node->is_computed || fermata_plan_node_has_items (node))
    return;

  record = read_record (self, event);
  if (fermata_node_record_get_timeout (&record) >= 0)
    fermata_run_set_node_timer (self, event, FERMATA_EVENT_TIMEOUT_DUE,
                                fermata_node_record_get_timeout (&record));

  if (node->listens || node->runs_graph)
    return;

  execution = fermata_execution_new (self, event->frame, event->place, event->attempt,
                                     event->time, event->payload);
  g_hash_table_insert (self->executions, fermata_run_key_new (event->frame, event->place), execution);
  fermata_execution_begin (execution);
}

static void
cancel_execution (FermataRun *self,
                  guint32     frame,
                  guint32     node)
{
  FermataExecution *execution = find_execution (self, frame, node);

  if (execution != NULL)
    fermata_execution_cancel (execution);
}

static void
end_execution (FermataRun         *self,
               const FermataEvent *event)
{
  const FermataPlanNode *node = fermata_plan_node_at (self->plan, event->place);
  guint64 key = fermata_run_key (event->frame, event->place);
  FermataExecution *execution;

  fermata_run_withdraw_hooks (self, event);
  if (node->is_computed && node->policy == NULL && !node->has_admission && node->body == NULL)
    return;

  execution = find_execution (self, event->frame, event->place);
  g_hash_table_remove (self->node_timers, &key);
  if (node->has_admission)
    fermata_run_drop_admission (self, event);
  fermata_run_drop_cursor (self, event->frame, event->place);
  if (execution == NULL)
    return;

  fermata_execution_flush (execution);
  g_hash_table_remove (self->executions, &key);
}

static void
await_retry (FermataRun         *self,
             const FermataEvent *event)
{
  FermataNodeRecord record = read_record (self, event);

  end_execution (self, event);
  if (fermata_node_record_get_delay (&record) > 0)
    fermata_run_set_node_timer (self, event, FERMATA_EVENT_RETRY_DUE,
                                fermata_node_record_get_delay (&record));
}

static void
insist_on_one (const FermataEffect *effect,
               gpointer             user_data)
{
  FermataRun *self = user_data;

  if (effect->kind == FERMATA_EFFECT_ATTEMPT && effect->cancelling)
    cancel_execution (self, effect->frame, effect->node);
}

static void
timeout_due (gpointer user_data)
{
  FermataRun *self = user_data;
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  self->timeout_timer = NULL;
  fermata_value_builder_set_string (builder, "reason", "timeout");
  fermata_run_post_fact (self, FERMATA_EVENT_CANCEL_REQUESTED, 0, FERMATA_PLACE_RUN, 0,
                         fermata_value_builder_end (builder));
}

static void
closing_due (gpointer user_data)
{
  FermataRun *self = user_data;

  self->closing_timer = NULL;
  fermata_run_post_fact (self, FERMATA_EVENT_CLOSING_DUE, 0, FERMATA_PLACE_RUN, 0, NULL);
}

static void
clear_timer (FermataRun       *self,
             FermataRunTimer **timer)
{
  if (*timer != NULL)
    fermata_run_remove_timer (self, g_steal_pointer (timer));
}

void
fermata_run_clear_timers (FermataRun *self)
{
  clear_timer (self, &self->timeout_timer);
  clear_timer (self, &self->closing_timer);
  clear_timer (self, &self->budget_timer);
}

/* So that a warning comes when it is time for it. */
static void
budget_due (gpointer user_data)
{
  FermataRun *self = user_data;

  self->budget_timer = NULL;
  fermata_run_post_fact (self, FERMATA_EVENT_TICK, 0, FERMATA_PLACE_RUN, 0, NULL);
}

static void
begin_run (FermataRun *self)
{
  gint64 warning = fermata_budgets_get_warning (&self->plan->budgets);

  if (self->timeout >= 0)
    self->timeout_timer = fermata_run_add_timer (self, self->timeout, timeout_due, self);
  if (warning > 0)
    self->budget_timer = fermata_run_add_timer (self, warning, budget_due, self);
  g_object_notify (G_OBJECT (self), "state");
}

static void
begin_closing (FermataRun         *self,
               const FermataEvent *event)
{
  gint64 limit = self->moment->closing_timeout;

  clear_timer (self, &self->budget_timer);
  if (limit >= 0 && !self->moment->gentle && !self->moment->insisted)
    self->closing_timer = fermata_run_add_timer (self, event->time + MIN (limit, G_MAXINT64 - event->time),
                                                 closing_due, self);
}

/* Asked once more: nobody waits for `always` nodes any longer, and those that
 * were asked before are asked again. */
static void
note_cancel (FermataRun *self)
{
  clear_timer (self, &self->timeout_timer);
  if (self->moment->insisted)
    clear_timer (self, &self->closing_timer);
  if (self->moment->n_cancels > 1)
    fermata_moment_foreach_effect (self->moment, insist_on_one, self);
}

static void
forget_scripts (FermataRun *self)
{
  g_autofree char *prefix = g_strconcat (self->id, "/", NULL);

  if (self->script_pool != NULL)
    fermata_script_pool_forget (self->script_pool, prefix);
}

/* For the next run. */
static void
keep_states (FermataRun *self)
{
  g_autoptr (FermataValue) kept = NULL;

  if (self->services == NULL || self->states == NULL)
    return;

  kept = fermata_states_dup_kept (self->moment);
  if (kept != NULL)
    fermata_services_set_kept (self->services, self->plan->scope, kept);
}

static guint32
number_of_frame (FermataValue *payload)
{
  return fermata_value_get_integer (fermata_value_get_member (payload, "frame"));
}

void
fermata_run_perform (FermataRun         *self,
                     const FermataEvent *event)
{
  if (G_UNLIKELY (self->n_scripts_dropped != self->moment->n_scripts_dropped))
    fermata_run_drop_scripts (self);
  if (self->n_handed != self->moment->sends.n_sent)
    fermata_run_hand_sends (self);

  switch ((FermataEventKind) event->kind)
    {
    case FERMATA_EVENT_NODE_STARTED:
      begin_execution (self, event);
      fermata_run_supply_items (self, event);
      break;

    case FERMATA_EVENT_FRAME_ENTERED:
      if (g_hash_table_size (self->opened) > 0)
        fermata_run_open_session (self, number_of_frame (event->payload));
      fermata_run_supply_items (self, event);
      break;

    case FERMATA_EVENT_CHUNK:
    case FERMATA_EVENT_ITEM:
      fermata_run_supply_items (self, event);
      break;

    case FERMATA_EVENT_FRAME_LEFT:
      fermata_run_supply_items (self, event);
      fermata_run_clear_node_timer (self, number_of_frame (event->payload), FERMATA_PLACE_RUN);
      fermata_run_drop_step (self, number_of_frame (event->payload));
      fermata_run_close_session (self, number_of_frame (event->payload));
      break;

    case FERMATA_EVENT_NODE_QUEUED:
      fermata_run_ask_admission (self, event);
      break;

    case FERMATA_EVENT_NODE_REVIEWING:
      fermata_run_clear_node_timer (self, event->frame, event->place);
      fermata_run_ask_review (self, event);
      break;

    case FERMATA_EVENT_NODE_CANCELLING:
      fermata_run_clear_node_timer (self, event->frame, event->place);
      cancel_execution (self, event->frame, event->place);
      break;

    case FERMATA_EVENT_NODE_RETRYING:
      await_retry (self, event);
      break;

    case FERMATA_EVENT_STATE_ENTERED:
    case FERMATA_EVENT_STATE_EXITED:
      if (fermata_plan_has_timers_at (self->plan, event->place))
        fermata_run_update_machine_timer (self, event->frame);
      break;

    case FERMATA_EVENT_SCRIPT_STARTED:
      fermata_run_start_script (self, event);
      break;

    case FERMATA_EVENT_STEP_ASKED:
      fermata_run_ask_step (self, event);
      break;

    case FERMATA_EVENT_EVENT_SENT:
    case FERMATA_EVENT_SEND_CANCELLED:
    case FERMATA_EVENT_MACHINE_FAILED:
    case FERMATA_EVENT_TIMER_DUE:
      fermata_run_update_machine_timer (self, event->frame);
      break;

    case FERMATA_EVENT_RUN_CLOSING:
      begin_closing (self, event);
      fermata_run_update_machine_timer (self, 0);
      break;

    case FERMATA_EVENT_NODE_COMPLETED:
    case FERMATA_EVENT_NODE_RECOVERED:
    case FERMATA_EVENT_NODE_GIVEN:
    case FERMATA_EVENT_NODE_SKIPPED:
    case FERMATA_EVENT_NODE_FAILED:
    case FERMATA_EVENT_NODE_CANCELLED:
      end_execution (self, event);
      fermata_run_clean_up_hooks (self, event);
      break;

    case FERMATA_EVENT_RUN_STARTED:
      begin_run (self);
      break;

    case FERMATA_EVENT_CANCEL_REQUESTED:
      note_cancel (self);
      fermata_run_drop_sends (self);
      break;

    case FERMATA_EVENT_RUN_ENDED:
      keep_states (self);
      fermata_run_clear_timers (self);
      g_hash_table_remove_all (self->node_timers);
      forget_scripts (self);
      g_hash_table_remove_all (self->sendings);
      fermata_run_close_sessions (self);
      g_object_notify (G_OBJECT (self), "state");
      break;

    case FERMATA_EVENT_HELD:
      fermata_run_suspend_timers (self);
      g_object_notify (G_OBJECT (self), "held");
      break;

    case FERMATA_EVENT_RELEASED:
      fermata_run_resume_timers (self);
      g_object_notify (G_OBJECT (self), "held");
      break;

    case FERMATA_EVENT_TICK:
    case FERMATA_EVENT_TASK_COMPLETED:
    case FERMATA_EVENT_TASK_FAILED:
    case FERMATA_EVENT_TASK_CANCELLED:
    case FERMATA_EVENT_TASK_BEGAN:
    case FERMATA_EVENT_TASK_MEASURED:
    case FERMATA_EVENT_USAGE:
    case FERMATA_EVENT_PROGRESS:
    case FERMATA_EVENT_TASK_ADMITTED:
    case FERMATA_EVENT_TASK_ANSWERED:
    case FERMATA_EVENT_TASK_REFUSED:
    case FERMATA_EVENT_TASK_WAIVED:
    case FERMATA_EVENT_TASK_REVIEWED:
    case FERMATA_EVENT_TIMEOUT_DUE:
    case FERMATA_EVENT_RETRY_DUE:
    case FERMATA_EVENT_CLOSING_DUE:
    case FERMATA_EVENT_EVENT_RECEIVED:
    case FERMATA_EVENT_EVENTS_CLOSED:
    case FERMATA_EVENT_EVENT_DELIVERED:
    case FERMATA_EVENT_SEND_FAILED:
    case FERMATA_EVENT_VARIABLE_SET:
    case FERMATA_EVENT_EVENT_TAKEN:
    case FERMATA_EVENT_EVENT_REFUSED:
    case FERMATA_EVENT_EVENT_FAILED:
    case FERMATA_EVENT_ASSIGNED:
    case FERMATA_EVENT_EDGE_TAKEN:
    case FERMATA_EVENT_EDGE_REFUSED:
    case FERMATA_EVENT_EDGE_FAILED:
    case FERMATA_EVENT_NODE_ROUTED:
    case FERMATA_EVENT_LOGGED:
    case FERMATA_EVENT_BUDGET_WARNING:
    case FERMATA_EVENT_BOOKMARK:
    default:
      break;
    }

  if (self->hooks->len > 0)
    fermata_run_note_step (self, event);
}
