/* fermata-points.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "debugger/fermata-points-private.h"

#include <glib/gi18n-lib.h>

#include "debugger/fermata-breakpoint-private.h"
#include "engine/moment/fermata-frame-scope-script-private.h"
#include "engine/plan/fermata-plan-private.h"
#include "value/fermata-value-writer.h"

/* Places */

/* The target of an edge with `each` runs in frames, where it is a node of its own. */
static void
find_node (FermataPlan       *plan,
           guint              local,
           FermataPointPlace *at)
{
  const FermataPlanNode *node = &plan->nodes[local];

  at->place = plan->first_place + local;
  at->kind = plan->chart != NULL ? FERMATA_POINT_ENTERED : FERMATA_POINT_STARTS;
  if (plan->chart == NULL && fermata_plan_node_has_items (node) && node->body->is_item)
    at->place = node->body->first_place;
}

static void
find_edge (FermataPlan       *plan,
           guint              edge,
           FermataPointPlace *at)
{
  const FermataPlanEdge *plan_edge = &plan->edges[edge];

  at->place = plan->first_place + plan->n_nodes + edge;
  at->kind = FERMATA_POINT_TAKEN;
  if (plan->chart != NULL || plan_edge->condition != FERMATA_INDEX_NONE)
    return;

  at->place = plan->first_place + (plan_edge->is_each ? plan_edge->target : plan_edge->source);
  at->kind = plan_edge->is_each ? FERMATA_POINT_STARTS
             : plan_edge->on_error ? FERMATA_POINT_FAILED : FERMATA_POINT_DONE;
}

gboolean
fermata_point_place_find (FermataPlan       *plan,
                          FermataPlaceKind   kind,
                          const char        *name,
                          FermataPointPlace *at,
                          guint32           *seen_from)
{
  guint32 place;
  guint local;

  at->kind = FERMATA_POINT_NOWHERE;
  if (kind == FERMATA_PLACE_KIND_EDGE ? !fermata_plan_find_edge_place (plan, name, &place)
                                      : !fermata_plan_find_node_place (plan, name, &place))
    return FALSE;

  plan = fermata_plan_locate (plan, place, &local);
  if (kind == FERMATA_PLACE_KIND_EDGE)
    find_edge (plan, local - plan->n_nodes, at);
  else
    find_node (plan, local, at);
  if (seen_from != NULL)
    *seen_from = kind == FERMATA_PLACE_KIND_EDGE ? place : at->place;

  return TRUE;
}

gboolean
fermata_point_place_fits (const FermataPointPlace *self,
                          const FermataEvent      *decision)
{
  if (self->kind == FERMATA_POINT_NOWHERE || decision->place != self->place)
    return FALSE;

  switch ((guint) decision->kind)
    {
    case FERMATA_EVENT_NODE_STARTED:
      return self->kind == FERMATA_POINT_STARTS;

    case FERMATA_EVENT_STATE_ENTERED:
      return self->kind == FERMATA_POINT_ENTERED;

    case FERMATA_EVENT_EDGE_TAKEN:
      return self->kind == FERMATA_POINT_TAKEN;

    case FERMATA_EVENT_NODE_COMPLETED:
    case FERMATA_EVENT_NODE_RECOVERED:
      return self->kind == FERMATA_POINT_DONE;

    case FERMATA_EVENT_NODE_GIVEN:
      return self->kind == FERMATA_POINT_DONE && decision->payload != NULL
             && fermata_value_get_member (decision->payload, "output") != NULL;

    case FERMATA_EVENT_NODE_FAILED:
      return self->kind == FERMATA_POINT_FAILED;

    default:
      return FALSE;
    }
}

/* Keeping step with the list */

static gpointer
key_of (const FermataPoint *point)
{
  return GUINT_TO_POINTER (point->at.place);
}

static void
leave_place (FermataPoint *point)
{
  FermataPoints *self = point->owner;
  FermataPoint *before;

  if (point->at.kind == FERMATA_POINT_NOWHERE)
    return;

  before = g_hash_table_lookup (self->by_place, key_of (point));
  while (before != point && before->next != point)
    before = before->next;
  if (before != point)
    before->next = point->next;
  else if (point->next != NULL)
    g_hash_table_insert (self->by_place, key_of (point), point->next);
  else
    g_hash_table_remove (self->by_place, key_of (point));

  fermata_run_disarm (self->run, point->at.place);
  point->at.kind = FERMATA_POINT_NOWHERE;
  point->next = NULL;
}

/* One that is switched off costs nothing. */
static void
take_place (FermataPoint *point)
{
  FermataPoints *self = point->owner;
  FermataPlaceKind kind = fermata_breakpoint_get_kind (point->breakpoint);
  const char *name = fermata_breakpoint_get_place (point->breakpoint);
  FermataPointPlace at;
  g_autofree char *problem = NULL;

  if (!fermata_point_place_find (fermata_run_get_plan (self->run), kind, name, &at, &point->seen_from))
    problem = g_strdup_printf (kind == FERMATA_PLACE_KIND_EDGE ? _("The graph has no edge “%s”")
                                                               : _("The graph has no node “%s”"), name);
  fermata_breakpoint_set_problem (point->breakpoint, problem);
  if (problem != NULL || !fermata_breakpoint_get_enabled (point->breakpoint))
    return;

  point->at = at;
  point->next = g_hash_table_lookup (self->by_place, key_of (point));
  g_hash_table_insert (self->by_place, key_of (point), point);
  fermata_run_arm (self->run, at.place);
}

static void
breakpoint_notify (FermataBreakpoint *breakpoint,
                   GParamSpec        *pspec,
                   FermataPoint      *point)
{
  if (g_str_equal (pspec->name, "place") || g_str_equal (pspec->name, "enabled"))
    {
      leave_place (point);
      take_place (point);
    }
  else if (g_str_equal (pspec->name, "condition"))
    {
      g_clear_pointer (&point->condition, fermata_expression_unref);
    }
  else if (g_str_equal (pspec->name, "log-message"))
    {
      g_clear_pointer (&point->message, fermata_template_unref);
    }
}

static FermataPoint *
point_new (FermataPoints     *owner,
           FermataBreakpoint *breakpoint)
{
  FermataPoint *point = g_new0 (FermataPoint, 1);

  point->owner = owner;
  point->breakpoint = g_object_ref (breakpoint);
  point->notify_id = g_signal_connect (breakpoint, "notify", G_CALLBACK (breakpoint_notify), point);
  take_place (point);

  return point;
}

static void
point_free (gpointer data)
{
  FermataPoint *point = data;

  leave_place (point);
  g_signal_handler_disconnect (point->breakpoint, point->notify_id);
  g_object_unref (point->breakpoint);
  g_clear_pointer (&point->condition, fermata_expression_unref);
  g_clear_pointer (&point->message, fermata_template_unref);
  g_free (point);
}

static void
items_changed (GListModel    *model,
               guint          position,
               guint          n_removed,
               guint          n_added,
               FermataPoints *self)
{
  if (n_removed > 0)
    g_ptr_array_remove_range (self->points, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (FermataBreakpoint) breakpoint = g_list_model_get_item (model, position + i);

      g_ptr_array_insert (self->points, (int) (position + i), point_new (self, breakpoint));
    }
}

void
fermata_points_init (FermataPoints      *self,
                     FermataRun         *run,
                     FermataBreakpoints *breakpoints,
                     FermataEvaluator   *evaluator)
{
  GListModel *model = G_LIST_MODEL (breakpoints);

  self->run = run;
  self->breakpoints = breakpoints;
  self->evaluator = evaluator;
  self->points = g_ptr_array_new_with_free_func (point_free);
  self->by_place = g_hash_table_new (NULL, NULL);
  self->touched = g_hash_table_new (NULL, NULL);
  self->changed_id = g_signal_connect (breakpoints, "items-changed", G_CALLBACK (items_changed), self);
  items_changed (model, 0, 0, g_list_model_get_n_items (model), self);
  for (guint i = 0; i < self->points->len; i++)
    fermata_breakpoint_forget_hits (((FermataPoint *) self->points->pdata[i])->breakpoint);
}

void
fermata_points_clear (FermataPoints *self)
{
  if (self->points == NULL)
    return;

  g_clear_signal_handler (&self->changed_id, self->breakpoints);
  fermata_points_settle (self);
  g_clear_pointer (&self->touched, g_hash_table_unref);
  g_clear_pointer (&self->points, g_ptr_array_unref);
  g_clear_pointer (&self->by_place, g_hash_table_unref);
}

/* Asking */

/* Until fermata_points_settle() nobody hears of it: whoever does might change the
 * list that is being walked. */
static void
touch (FermataPoint *point)
{
  if (g_hash_table_add (point->owner->touched, point->breakpoint))
    g_object_freeze_notify (g_object_ref (G_OBJECT (point->breakpoint)));
}

void
fermata_points_settle (FermataPoints *self)
{
  g_autofree gpointer *touched = NULL;
  guint n_touched;

  if (self->points == NULL || g_hash_table_size (self->touched) == 0)
    return;

  touched = g_hash_table_get_keys_as_array (self->touched, &n_touched);
  g_hash_table_remove_all (self->touched);
  for (guint i = 0; i < n_touched; i++)
    {
      g_object_thaw_notify (touched[i]);
      g_object_unref (touched[i]);
    }
}

void
fermata_point_message_free (gpointer data)
{
  FermataPointMessage *message = data;

  g_object_unref (message->breakpoint);
  g_free (message->text);
  g_free (message);
}

static gboolean
init_scope (FermataPoint       *point,
            FermataMoment      *moment,
            const FermataEvent *decision,
            FermataFrameScope  *scope,
            GError            **error)
{
  if (!fermata_frame_scope_init_at (scope, moment, decision->frame, point->seen_from, error))
    return FALSE;

  fermata_frame_scope_foresee (scope, decision);

  return TRUE;
}

static gboolean
test_condition (FermataPoint       *point,
                FermataMoment      *moment,
                const FermataEvent *decision,
                gboolean           *holds,
                GError            **error)
{
  const char *source = fermata_breakpoint_get_condition (point->breakpoint);
  FermataFrameScope scope;

  *holds = TRUE;
  if (source == NULL)
    return TRUE;

  if (!init_scope (point, moment, decision, &scope, error))
    return FALSE;
  fermata_frame_scope_use_scripts (&scope);
  if (point->condition == NULL)
    point->condition = fermata_frame_scope_compile (&scope, point->owner->evaluator, source, error);

  return point->condition != NULL && fermata_expression_test (point->condition, &scope.parent, holds, error);
}

static FermataValue *
fill_in (FermataPoint       *point,
         FermataMoment      *moment,
         const FermataEvent *decision,
         GError            **error)
{
  const char *source = fermata_breakpoint_get_log_message (point->breakpoint);
  FermataFrameScope scope;

  if (point->message == NULL)
    {
      g_autoptr (FermataValue) text = fermata_value_new_string (source, -1);

      point->message = fermata_template_compile (point->owner->evaluator, text, NULL, NULL, error);
    }
  if (point->message == NULL || !init_scope (point, moment, decision, &scope, error))
    return NULL;

  return fermata_template_expand (point->message, &scope.parent, error);
}

/* What cannot be filled in is told all the same, and why. */
static void
tell (FermataPoint       *point,
      FermataMoment      *moment,
      const FermataEvent *decision,
      GQueue             *messages)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = fill_in (point, moment, decision, &error);
  FermataPointMessage *message = g_new0 (FermataPointMessage, 1);

  fermata_breakpoint_set_problem (point->breakpoint, error == NULL ? NULL : error->message);
  message->breakpoint = g_object_ref (point->breakpoint);
  message->number = moment->number;
  if (value == NULL)
    message->text = g_strdup (error->message);
  else if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    message->text = g_strdup (fermata_value_get_string (value, NULL));
  else
    message->text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_queue_push_tail (messages, message);
}

/* Whether one of them holds. */
static gboolean
ask (FermataPoint        *point,
     FermataMoment       *moment,
     const FermataEvent  *decision,
     GQueue              *messages,
     char               **problem)
{
  gboolean tells = fermata_breakpoint_get_log_message (point->breakpoint) != NULL;
  g_autoptr (GError) error = NULL;
  gboolean holds;

  if (tells && messages == NULL)
    return FALSE;

  touch (point);
  if (!test_condition (point, moment, decision, &holds, &error))
    {
      fermata_breakpoint_set_problem (point->breakpoint, error->message);
      *problem = g_strdup (error->message);
      return TRUE;
    }
  if (!holds || (messages != NULL && !fermata_breakpoint_hit (point->breakpoint)))
    return FALSE;
  if (tells)
    tell (point, moment, decision, messages);

  return !tells;
}

FermataBreakpoint *
fermata_points_ask (FermataPoints       *self,
                    FermataMoment       *moment,
                    const FermataEvent  *decision,
                    GQueue              *messages,
                    char               **problem)
{
  FermataPoint *point = self->points == NULL || decision->place == FERMATA_PLACE_RUN
                        ? NULL : g_hash_table_lookup (self->by_place, GUINT_TO_POINTER (decision->place));
  FermataBreakpoint *breakpoint = NULL;

  for (; point != NULL; point = point->next)
    {
      g_autofree char *other_problem = NULL;

      if (!fermata_point_place_fits (&point->at, decision)
          || !ask (point, moment, decision, messages, &other_problem) || breakpoint != NULL)
        continue;

      breakpoint = point->breakpoint;
      *problem = g_steal_pointer (&other_problem);
    }

  return breakpoint;
}
