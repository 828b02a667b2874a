/* fermata-event-codec.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/fermata-event-codec.h"

#include "value/fermata-value-builder.h"

static void
add_place (FermataValueBuilder *builder,
           const FermataEvent  *event,
           FermataPlan         *plan)
{
  guint n_nodes = fermata_plan_get_n_nodes (plan);

  fermata_value_builder_set_string (builder, "kind", fermata_event_kind_to_string (event->kind));
  if (event->frame != 0)
    fermata_value_builder_set_integer (builder, "frame", event->frame);

  switch (fermata_event_kind_get_place_kind (event->kind))
    {
    case FERMATA_PLACE_KIND_NODE:
      fermata_value_builder_set_string (builder, "node",
                                        fermata_plan_get_node_id (plan, event->place));
      break;

    case FERMATA_PLACE_KIND_EDGE:
      fermata_value_builder_set_string (builder, "edge",
                                        fermata_plan_get_edge_name (plan, event->place - n_nodes));
      break;

    case FERMATA_PLACE_KIND_RUN:
    default:
      break;
    }
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
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_integer (builder, "n", number);
  fermata_value_builder_set_integer (builder, "t", event->time);
  add_place (builder, event, plan);
  if (event->attempt != 0)
    fermata_value_builder_set_integer (builder, "attempt", event->attempt);
  if (event->payload != NULL)
    fermata_value_builder_set (builder, "data", event->payload);

  return fermata_value_builder_end (builder);
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

static gboolean
refuse (GError     **error,
        const char  *what,
        const char  *found)
{
  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_HISTORY,
               found == NULL ? "Not an event: %s" : "Not an event of this graph: %s “%s”",
               what, found);

  return FALSE;
}

static gboolean
read_integer (FermataValue  *value,
              const char    *name,
              gint64         lowest,
              gint64         highest,
              gint64         fallback,
              gint64        *result,
              GError       **error)
{
  FermataValue *member = fermata_value_get_member (value, name);
  g_autofree char *problem = NULL;

  if (member == NULL && fallback >= lowest)
    {
      *result = fallback;
      return TRUE;
    }

  if (member != NULL && fermata_value_get_kind (member) == FERMATA_VALUE_KIND_INTEGER)
    {
      *result = fermata_value_get_integer (member);
      if (*result >= lowest && *result <= highest)
        return TRUE;
    }

  problem = g_strdup_printf ("“%s” must be a whole number from %" G_GINT64_FORMAT
                             " to %" G_GINT64_FORMAT, name, lowest, highest);

  return refuse (error, problem, NULL);
}

static const char *
read_string (FermataValue *value,
             const char   *name)
{
  FermataValue *member = fermata_value_get_member (value, name);

  if (member == NULL || fermata_value_get_kind (member) != FERMATA_VALUE_KIND_STRING)
    return NULL;

  return fermata_value_get_string (member, NULL);
}

static gboolean
read_place (FermataValue  *value,
            FermataPlan   *plan,
            FermataEvent  *event,
            GError       **error)
{
  const char *name;
  guint index;

  event->place = FERMATA_PLACE_RUN;
  switch (fermata_event_kind_get_place_kind (event->kind))
    {
    case FERMATA_PLACE_KIND_NODE:
      name = read_string (value, "node");
      if (name == NULL)
        return refuse (error, "“node” is missing", NULL);
      if (!fermata_plan_find_node (plan, name, &event->place))
        return refuse (error, "node", name);
      return TRUE;

    case FERMATA_PLACE_KIND_EDGE:
      name = read_string (value, "edge");
      if (name == NULL)
        return refuse (error, "“edge” is missing", NULL);
      if (!fermata_plan_find_edge (plan, name, &index))
        return refuse (error, "edge", name);
      event->place = fermata_plan_get_edge_place (plan, index);
      return TRUE;

    case FERMATA_PLACE_KIND_RUN:
    default:
      return TRUE;
    }
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
  FermataEventKind kind;
  const char *name;
  gint64 frame;

  *event = (FermataEvent) { 0, };
  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_OBJECT)
    return refuse (error, "must be an object", NULL);

  name = read_string (value, "kind");
  if (name == NULL)
    return refuse (error, "“kind” is missing", NULL);
  if (!fermata_event_kind_from_string (name, &kind))
    return refuse (error, "kind", name);

  event->kind = kind;
  if (!read_integer (value, "frame", 0, 0, 0, &frame, error))
    return FALSE;
  event->frame = frame;

  return read_place (value, plan, event, error);
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
  gint64 n, time, attempt;
  FermataValue *payload;

  if (!fermata_event_place_from_value (value, plan, event, error)
      || !read_integer (value, "n", 1, G_MAXINT64, 0, &n, error)
      || !read_integer (value, "t", 0, G_MAXINT64, -1, &time, error)
      || !read_integer (value, "attempt", 0, G_MAXUINT16, 0, &attempt, error))
    return FALSE;

  *number = n;
  event->time = time;
  event->attempt = attempt;
  payload = fermata_value_get_member (value, "data");
  event->payload = payload == NULL ? NULL : fermata_value_ref (payload);

  return TRUE;
}
