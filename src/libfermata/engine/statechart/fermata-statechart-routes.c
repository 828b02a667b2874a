/* fermata-statechart-routes.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* To whom an event goes that a machine sends: sections 6.2 and C.1 of the
 * recommendation. */

#include "engine/statechart/fermata-statechart-private.h"

#include <string.h>

#include "value/fermata-value-builder.h"

#define SCXML_PROCESSOR "http://www.w3.org/TR/scxml/#SCXMLEventProcessor"
#define SESSION_PREFIX "#_scxml_"

static gboolean
is_scxml_model (const FermataFrame *frame)
{
  return frame->plan->chart->data_model != FERMATA_DATA_MODEL_FERMATA;
}

/* Sessions */

char *
fermata_statechart_dup_session_id (guint64 seed,
                                   guint32 frame)
{
  return g_strdup_printf ("fermata-%" G_GINT64_MODIFIER "x-%u", seed, frame);
}

gboolean
fermata_statechart_parse_session (const char *address,
                                  guint64    *seed,
                                  guint32    *frame)
{
  g_autofree char *id = NULL;
  const char *rest;
  char *end;

  if (!g_str_has_prefix (address, SESSION_PREFIX "fermata-"))
    return FALSE;

  rest = address + strlen (SESSION_PREFIX "fermata-");
  *seed = g_ascii_strtoull (rest, &end, 16);
  if (*end != '-')
    return FALSE;
  *frame = (guint32) g_ascii_strtoull (end + 1, NULL, 10);

  /* Written in the one way that there is */
  id = fermata_statechart_dup_session_id (*seed, *frame);

  return g_str_equal (address + strlen (SESSION_PREFIX), id);
}

/* Event processors */

static FermataValue *
get_processors (FermataMoment *moment)
{
  return moment->start == NULL ? NULL : fermata_value_get_member (moment->start, "processors");
}

static const char *
get_text (FermataValue *object,
          const char   *name)
{
  FermataValue *member = fermata_value_get_member (object, name);

  return member == NULL || fermata_value_get_kind (member) != FERMATA_VALUE_KIND_STRING
         ? NULL : fermata_value_get_string (member, NULL);
}

static gboolean
has_processor (FermataMoment *moment,
               const char    *type)
{
  FermataValue *processors = get_processors (moment);

  for (gsize i = 0; processors != NULL && i < fermata_value_get_length (processors); i++)
    {
      FermataValue *processor = fermata_value_get_element (processors, i);

      if (g_str_equal (fermata_value_get_member_name (processors, i), type)
          || g_strcmp0 (get_text (processor, "name"), type) == 0)
        return TRUE;
    }

  return FALSE;
}

static FermataValue *
location_new (const char *location)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (builder, "location", location);

  return fermata_value_builder_end (builder);
}

/* What the start says is the address of the first session; those of others differ
 * from it in the session's id alone. */
static FermataValue *
location_in (const char *location,
             const char *first,
             const char *session)
{
  g_autoptr (GString) text = g_string_new (location);

  g_string_replace (text, first, session, 1);

  return location_new (text->str);
}

static void
add_processor (FermataValueBuilder *builder,
               const char          *uri,
               FermataValue        *processor,
               const char          *first,
               const char          *session)
{
  const char *location = get_text (processor, "location");
  const char *name = get_text (processor, "name");
  g_autoptr (FermataValue) value = NULL;

  if (location == NULL)
    return;

  value = location_in (location, first, session);
  fermata_value_builder_set (builder, uri, value);
  if (name != NULL)
    fermata_value_builder_set (builder, name, value);
}

FermataValue *
fermata_statechart_dup_io_processors (FermataMoment      *moment,
                                      const FermataFrame *frame)
{
  FermataValue *processors = get_processors (moment);
  g_autofree char *first = fermata_statechart_dup_session_id (moment->seed, 0);
  g_autofree char *session = fermata_statechart_dup_session_id (moment->seed, frame->number);
  g_autofree char *address = g_strconcat (SESSION_PREFIX, session, NULL);
  g_autoptr (FermataValue) own = location_new (address);
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set (builder, SCXML_PROCESSOR, own);
  fermata_value_builder_set (builder, "scxml", own);
  for (gsize i = 0; processors != NULL && i < fermata_value_get_length (processors); i++)
    add_processor (builder, fermata_value_get_member_name (processors, i),
                   fermata_value_get_element (processors, i), first, session);

  return fermata_value_builder_end (builder);
}

/* Ways */

static gboolean
nobody (const char  *to,
        const char  *why,
        GError     **error)
{
  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_CONNECTIVITY,
               "There is nobody to send to: “%s”%s", to, why);

  return FALSE;
}

static gboolean
to_machine (FermataRoute       *route,
            const FermataFrame *frame)
{
  route->kind = FERMATA_ROUTE_MACHINE;
  route->frame = frame->number;

  return TRUE;
}

static gboolean
to_outside (FermataRoute    *route,
            FermataSendKind  outside,
            guint32          task)
{
  route->kind = FERMATA_ROUTE_OUTSIDE;
  route->outside = outside;
  route->task = task;

  return TRUE;
}

gboolean
fermata_statechart_runs_session (const FermataFrame *task)
{
  return task->plan->is_item
         && g_str_equal (fermata_node_type_describe (task->plan->nodes[0].type)->name, "invoke");
}

static gboolean
find_task (FermataMoment  *moment,
           FermataFrame   *frame,
           const char     *to,
           FermataRoute   *route,
           GError        **error)
{
  const FermataMachine *machine = frame->machine;

  for (guint i = 0; i < fermata_machine_get_n (machine->invocations); i++)
    {
      const FermataMachineInvocation *invocation
        = &g_array_index (machine->invocations, FermataMachineInvocation, i);
      FermataFrame *child;

      if (invocation->is_cancelled
          || !g_str_equal (fermata_machine_get_invoke_id (invocation, frame->plan->chart), to + strlen ("#_")))
        continue;

      child = fermata_moment_get_frame (moment, invocation->frame);
      if (child != NULL && fermata_statechart_runs_session (child))
        return to_outside (route, FERMATA_SEND_TO_INVOCATION, child->number);
      child = child == NULL ? NULL : fermata_moment_find_child_machine (moment, child);
      if (child == NULL)
        return nobody (to, ", which runs no machine", error);
      return to_machine (route, child);
    }

  return nobody (to, ", no task of an active state", error);
}

static gboolean
find_parent (FermataMoment  *moment,
             FermataFrame   *frame,
             const char     *to,
             FermataRoute   *route,
             GError        **error)
{
  FermataFrame *parent = fermata_moment_find_parent_machine (moment, frame);

  if (parent != NULL)
    return to_machine (route, parent);
  if (moment->start != NULL && fermata_value_get_member (moment->start, "parent") != NULL)
    return to_outside (route, FERMATA_SEND_TO_PARENT, 0);

  return nobody (to, ", for nobody runs this machine", error);
}

/* Of another run it is not known here whether it is there. */
static gboolean
find_session (FermataMoment  *moment,
              const char     *to,
              FermataRoute   *route,
              GError        **error)
{
  FermataFrame *frame;
  guint64 seed;
  guint32 number;

  if (!fermata_statechart_parse_session (to, &seed, &number))
    return nobody (to, ", which is no session", error);
  if (seed != moment->seed)
    return to_outside (route, FERMATA_SEND_TO_SESSION, 0);

  frame = fermata_moment_get_frame (moment, number);
  if (frame == NULL || frame->machine == NULL)
    return nobody (to, ", which has ended", error);

  return to_machine (route, frame);
}

static gboolean
find_scxml (FermataMoment  *moment,
            FermataFrame   *frame,
            const char     *to,
            FermataRoute   *route,
            GError        **error)
{
  if (g_str_equal (to, "#_parent"))
    return find_parent (moment, frame, to, route, error);
  if (g_str_has_prefix (to, SESSION_PREFIX))
    return find_session (moment, to, route, error);
  if (g_str_has_prefix (to, "#_"))
    return find_task (moment, frame, to, route, error);

  return nobody (to, "", error);
}

/* Where nobody is there, a machine of SCXML's data models sends all the same, and is
 * told later; what can be nobody is an error at once. */
static gboolean
send_in_vain (const char    *to,
              FermataRoute  *route,
              GError       **error)
{
  if (g_str_has_prefix (to, "#_"))
    return to_outside (route, FERMATA_SEND_TO_SESSION, 0);

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
               "to: nothing can be sent to “%s”", to);

  return FALSE;
}

gboolean
fermata_statechart_find_route (FermataMoment  *moment,
                               FermataFrame   *frame,
                               const char     *type,
                               const char     *to,
                               FermataRoute   *route,
                               GError        **error)
{
  g_autoptr (GError) problem = NULL;

  *route = (FermataRoute) { FERMATA_ROUTE_MACHINE, frame->number, FERMATA_SEND_TO_SESSION, 0 };
  if (type != NULL && !g_str_equal (type, SCXML_PROCESSOR) && !g_str_equal (type, "scxml"))
    {
      if (has_processor (moment, type))
        return to_outside (route, FERMATA_SEND_TO_PROCESSOR, 0);

      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
                   "type: there is no event processor “%s”", type);
      return FALSE;
    }
  if (to == NULL || *to == '\0')
    return TRUE;
  if (g_str_equal (to, "#_internal"))
    {
      route->kind = FERMATA_ROUTE_INTERNAL;
      return TRUE;
    }
  if (find_scxml (moment, frame, to, route, &problem))
    return TRUE;
  if (is_scxml_model (frame))
    return send_in_vain (to, route, error);

  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}
