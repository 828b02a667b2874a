/* fermata-event-codec.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/history/fermata-event-codec.h"

#include <string.h>

#include "engine/history/fermata-event-payload-private.h"
#include "engine/history/fermata-event-private.h"
#include "engine/moment/fermata-index-set-private.h"
#include "engine/plan/fermata-plan-private.h"
#include "value/fermata-value-builder.h"

static gboolean
is_node (FermataPlan *plan,
         guint32      place)
{
  guint local;

  plan = fermata_plan_locate (plan, place, &local);

  return local < plan->n_nodes;
}

static void
add_place (FermataValueBuilder *builder,
           const FermataEvent  *event,
           FermataPlan         *plan)
{
  g_autofree char *name = NULL;

  fermata_value_builder_set_string (builder, "kind", fermata_event_kind_to_string (event->kind));
  if (event->frame != 0)
    fermata_value_builder_set_integer (builder, "frame", event->frame);

  switch (fermata_event_kind_get_place_kind (event->kind))
    {
    case FERMATA_PLACE_KIND_NODE:
      name = fermata_plan_dup_place_name (plan, event->place);
      fermata_value_builder_set_string (builder, "node", name);
      break;

    case FERMATA_PLACE_KIND_EDGE:
      name = fermata_plan_dup_place_name (plan, event->place);
      fermata_value_builder_set_string (builder, "edge", name);
      break;

    case FERMATA_PLACE_KIND_ANY:
      name = fermata_plan_dup_place_name (plan, event->place);
      fermata_value_builder_set_string (builder, is_node (plan, event->place) ? "node" : "edge", name);
      break;

    case FERMATA_PLACE_KIND_RUN:
    case FERMATA_PLACE_KIND_FRAME:
    default:
      break;
    }
}

FermataValue *
fermata_event_to_value_with_path (const FermataEvent *event,
                                  guint64             number,
                                  FermataPlan        *plan,
                                  const char         *path)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_integer (builder, "n", number);
  fermata_value_builder_set_integer (builder, "t", event->time);
  add_place (builder, event, plan);
  if (path != NULL)
    fermata_value_builder_set_string (builder, "path", path);
  if (event->attempt != 0)
    fermata_value_builder_set_integer (builder, "attempt", event->attempt);
  if (event->step != 0)
    fermata_value_builder_set_integer (builder, "step", event->step);
  if (event->payload != NULL)
    fermata_value_builder_set (builder, "data", event->payload);

  return fermata_value_builder_end (builder);
}

/**
 * fermata_event_to_value:
 * @event: an event
 * @number: its number
 * @plan: the plan of its frame
 *
 * Writes an event as a value.
 *
 * Returns: (transfer full): an object
 */
FermataValue *
fermata_event_to_value (const FermataEvent *event,
                        guint64             number,
                        FermataPlan        *plan)
{
  return fermata_event_to_value_with_path (event, number, plan, NULL);
}

/**
 * fermata_event_place_to_value:
 * @event: a decision
 * @plan: the plan of its frame
 *
 * Writes what a run holds before as a value.
 *
 * Returns: (transfer full): an object with `kind`, and `node` or `edge`
 */
FermataValue *
fermata_event_place_to_value (const FermataEvent *event,
                              FermataPlan        *plan)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  add_place (builder, event, plan);

  return fermata_value_builder_end (builder);
}

/* What the graph does not have. */
static gboolean
refuse_unknown (GError     **error,
                const char  *what,
                const char  *found)
{
  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_HISTORY,
               "Not an event of this graph: %s “%s”", what, found);

  return FALSE;
}

/* A name, NULL unless it is text that can be one. */
static const char *
read_name (FermataValue *value,
           const char   *name)
{
  FermataValue *member = fermata_value_get_member (value, name);
  const char *string;
  gsize length;

  if (member == NULL || fermata_value_get_kind (member) != FERMATA_VALUE_KIND_STRING)
    return NULL;

  string = fermata_value_get_string (member, &length);

  return strlen (string) == length ? string : NULL;
}

/* The run's own nodes are in its own frame, and in others only if its graph is in
 * itself; those of bodies are in others. */
static gboolean
check_frame (FermataPlan         *plan,
             const FermataEvent  *event,
             GError             **error)
{
  gboolean is_own = event->place < plan->n_nodes + plan->n_edges;

  if ((event->frame == 0) == is_own || (is_own && plan->is_in_itself))
    return TRUE;

  return fermata_event_refuse (error, "“frame” is none that has such a place");
}

static gboolean
read_node (FermataValue  *value,
           FermataPlan   *plan,
           FermataEvent  *event,
           GError       **error)
{
  const char *name = read_name (value, "node");

  if (name == NULL)
    return fermata_event_refuse (error, "“node” must be the id of a node");
  if (!fermata_plan_find_node_place (plan, name, &event->place))
    return refuse_unknown (error, "node", name);

  return check_frame (plan, event, error);
}

static gboolean
read_edge (FermataValue  *value,
           FermataPlan   *plan,
           FermataEvent  *event,
           GError       **error)
{
  const char *name = read_name (value, "edge");
  guint index;

  if (name == NULL)
    return fermata_event_refuse (error, "“edge” must be the name of an edge");
  if (!fermata_plan_find_edge_place (plan, name, &event->place))
    return refuse_unknown (error, "edge", name);
  if (!check_frame (plan, event, error))
    return FALSE;

  /* About others there is nothing to decide, and no room in the state. */
  plan = fermata_plan_locate (plan, event->place, &index);
  if (plan->kind == FERMATA_GRAPH_KIND_DAG
      && plan->edges[index - plan->n_nodes].condition == FERMATA_INDEX_NONE)
    return refuse_unknown (error, "condition of edge", name);

  return TRUE;
}

static gboolean
read_place (FermataValue  *value,
            FermataPlan   *plan,
            FermataEvent  *event,
            GError       **error)
{
  event->place = FERMATA_PLACE_RUN;
  switch (fermata_event_kind_get_place_kind (event->kind))
    {
    case FERMATA_PLACE_KIND_NODE:
      return read_node (value, plan, event, error);

    case FERMATA_PLACE_KIND_EDGE:
      return read_edge (value, plan, event, error);

    case FERMATA_PLACE_KIND_ANY:
      return fermata_value_get_member (value, "edge") != NULL ? read_edge (value, plan, event, error)
                                                              : read_node (value, plan, event, error);

    case FERMATA_PLACE_KIND_RUN:
    case FERMATA_PLACE_KIND_FRAME:
    default:
      return TRUE;
    }
}

/* What a place is written with, and around it the members of an event. */
static gboolean
is_known_member (const char       *name,
                 FermataPlaceKind  place_kind,
                 gboolean          is_event)
{
  static const char *const place_members[] = { "kind", "frame", NULL };
  static const char *const event_members[] = { "n", "t", "attempt", "step", "data", NULL };

  return g_strv_contains (place_members, name)
         || (is_event && g_strv_contains (event_members, name))
         || (place_kind == FERMATA_PLACE_KIND_NODE && g_str_equal (name, "node"))
         || (place_kind == FERMATA_PLACE_KIND_EDGE && g_str_equal (name, "edge"))
         || (place_kind == FERMATA_PLACE_KIND_ANY
             && (g_str_equal (name, "node") || g_str_equal (name, "edge")));
}

static gboolean
check_members (FermataValue     *value,
               FermataEventKind  kind,
               gboolean          is_event,
               GError          **error)
{
  FermataPlaceKind place_kind = fermata_event_kind_get_place_kind (kind);

  for (gsize i = 0; i < fermata_value_get_length (value); i++)
    {
      const char *name = fermata_value_get_member_name (value, i);
      g_autofree char *problem = NULL;

      if (is_known_member (name, place_kind, is_event))
        continue;

      problem = g_strdup_printf ("“%s” has no member “%s”",
                                 fermata_event_kind_to_string (kind), name);

      return fermata_event_refuse (error, problem);
    }

  return TRUE;
}

/* What concerns the whole run is in its own frame. */
static gint64
max_frame (FermataEventKind kind)
{
  return fermata_event_kind_get_place_kind (kind) == FERMATA_PLACE_KIND_RUN ? 0 : G_MAXUINT32 - 1;
}

static gboolean
read_kind_and_place (FermataValue  *value,
                     FermataPlan   *plan,
                     gboolean       is_event,
                     FermataEvent  *event,
                     GError       **error)
{
  FermataEventKind kind;
  const char *name;
  gint64 frame = 0;

  *event = (FermataEvent) { 0, };
  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_OBJECT)
    return fermata_event_refuse (error, "must be an object");

  name = read_name (value, "kind");
  if (name == NULL)
    return fermata_event_refuse (error, "“kind” must be the name of a kind");
  if (!fermata_event_kind_from_string (name, &kind))
    return refuse_unknown (error, "kind", name);

  event->kind = kind;
  if (fermata_value_get_member (value, "frame") != NULL
      && !fermata_event_read_integer (value, "frame", 0, max_frame (kind), &frame, error))
    return FALSE;
  event->frame = frame;

  return check_members (value, kind, is_event, error) && read_place (value, plan, event, error);
}

/**
 * fermata_event_place_from_value:
 * @value: a value
 * @plan: the plan of the frame
 * @event: (out caller-allocates): an event with kind, frame and place only
 * @error: return location for a #FermataEngineError
 *
 * Reads what fermata_event_place_to_value() wrote.
 *
 * Returns: %FALSE with @error set if @plan has no such place
 */
gboolean
fermata_event_place_from_value (FermataValue  *value,
                                FermataPlan   *plan,
                                FermataEvent  *event,
                                GError       **error)
{
  return read_kind_and_place (value, plan, FALSE, event, error);
}

/**
 * fermata_event_from_value:
 * @value: a value
 * @plan: the plan of its frame
 * @number: (out): the number of the event
 * @event: (out caller-allocates): the event; its payload is transfer full
 * @error: return location for a #FermataEngineError
 *
 * Reads what fermata_event_to_value() wrote.
 *
 * Returns: %FALSE with @error set, and @event without a payload, if @value is
 *   no event that @plan can have
 */
gboolean
fermata_event_from_value (FermataValue  *value,
                          FermataPlan   *plan,
                          guint64       *number,
                          FermataEvent  *event,
                          GError       **error)
{
  gint64 n, time;
  gint64 attempt = 0;
  gint64 step = 0;
  FermataValue *payload;

  if (!read_kind_and_place (value, plan, TRUE, event, error)
      || !fermata_event_read_integer (value, "n", 1, G_MAXINT64, &n, error)
      || !fermata_event_read_integer (value, "t", 0, G_MAXINT64, &time, error))
    return FALSE;
  if (fermata_value_get_member (value, "attempt") != NULL
      && !fermata_event_read_integer (value, "attempt", 0, G_MAXUINT16, &attempt, error))
    return FALSE;
  if (fermata_value_get_member (value, "step") != NULL
      && !fermata_event_read_integer (value, "step", 0, G_MAXUINT32 - 1, &step, error))
    return FALSE;
  event->step = step;

  payload = fermata_value_get_member (value, "data");
  event->payload = payload;
  if (!fermata_event_check_payload (event, plan, error))
    {
      event->payload = NULL;
      return FALSE;
    }

  *number = n;
  event->time = time;
  event->attempt = attempt;
  event->payload = payload == NULL ? NULL : fermata_value_ref (payload);

  return TRUE;
}
