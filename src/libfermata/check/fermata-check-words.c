/* fermata-check-words.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <glib/gi18n-lib.h>

#include "check/fermata-check-similar-private.h"

static const char *
name_of_kinds (guint8 kinds)
{
  switch (kinds)
    {
    case FERMATA_KINDS_DAG:
      return _("a dag");
    case FERMATA_KINDS_FLOW:
      return _("a flow");
    case FERMATA_KINDS_FSM:
      return _("an fsm");
    default:
      return _("a dag or flow");
    }
}

static FermataSeverity
severity_of_unknown (FermataCheck *self)
{
  return self->strict ? FERMATA_SEVERITY_ERROR : FERMATA_SEVERITY_WARNING;
}

static void
hint_at_members (FermataCheck       *self,
                 const FermataThing *thing,
                 const char         *name)
{
  FermataCheckSimilar similar;

  fermata_check_similar_init (&similar, self, name);

  for (guint i = 0; i < thing->n_members; i++)
    fermata_check_similar_offer (&similar, thing->members[i].name);

  fermata_check_similar_hint (&similar);
}

/* The check is at a member that only graphs of some kinds have there, this one
 * not; or only documents, if @kinds are those that have it. */
void
fermata_check_misplaced_member (FermataCheck *self,
                                const char   *name,
                                guint8        kinds)
{
  if ((kinds & (1u << self->level->kind)) != 0)
    fermata_check_report (self, severity_of_unknown (self), "misplaced-member",
                          _("only the document as a whole has “%s”, no body"), name);
  else
    fermata_check_report (self, severity_of_unknown (self), "misplaced-member",
                          _("only %s has “%s” here; this is %s"), name_of_kinds (kinds), name,
                          name_of_kinds ((guint8) (1u << self->level->kind)));

  fermata_check_point_at_name (self);
}

/* The check is at a member that only machines with one of SCXML's data models have
 * there. */
void
fermata_check_needs_scxml (FermataCheck *self,
                           const char   *name)
{
  fermata_check_report (self, severity_of_unknown (self), "misplaced-member",
                        _("only a machine whose “data-model” is “ecmascript” or “null” has “%s” here"), name);
  fermata_check_point_at_name (self);
}

/* The same thing in machines with another data model has it. */
static gboolean
report_other_model (FermataCheck       *self,
                    const FermataThing *thing,
                    const char         *name)
{
  static const struct {
    FermataThingKind own;
    FermataThingKind scxml;
  } pairs[] = {
    { FERMATA_THING_STATE, FERMATA_THING_SCXML_STATE },
    { FERMATA_THING_TASK, FERMATA_THING_SCXML_TASK },
    { FERMATA_THING_ACTION, FERMATA_THING_SCXML_ACTION },
    { FERMATA_THING_RAISE, FERMATA_THING_SCXML_RAISE },
    { FERMATA_THING_SEND, FERMATA_THING_SCXML_SEND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      if (fermata_thing_get (pairs[i].own) == thing &&
          fermata_thing_find_member (fermata_thing_get (pairs[i].scxml), name) != NULL)
        {
          fermata_check_needs_scxml (self, name);
          return TRUE;
        }

      if (fermata_thing_get (pairs[i].scxml) == thing &&
          fermata_thing_find_member (fermata_thing_get (pairs[i].own), name) != NULL)
        {
          fermata_check_report (self, severity_of_unknown (self), "misplaced-member",
                                _("only a machine whose “data-model” is “fermata” has “%s” here"), name);
          fermata_check_point_at_name (self);
          return TRUE;
        }
    }

  return FALSE;
}

/* The same thing in graphs of another kind has it. */
static gboolean
report_elsewhere (FermataCheck       *self,
                  const FermataThing *thing,
                  const char         *name)
{
  static const struct {
    FermataThingKind here;
    FermataThingKind there;
    guint8 kinds; /* of graph that have the other one */
  } pairs[] = {
    { FERMATA_THING_NODE, FERMATA_THING_STATE, FERMATA_KINDS_FSM },
    { FERMATA_THING_STATE, FERMATA_THING_NODE, FERMATA_KINDS_TASKS },
    { FERMATA_THING_SCXML_STATE, FERMATA_THING_NODE, FERMATA_KINDS_TASKS },
    { FERMATA_THING_SCXML_TRANSITION, FERMATA_THING_EDGE, FERMATA_KINDS_TASKS },
    { FERMATA_THING_EDGE, FERMATA_THING_TRANSITION, FERMATA_KINDS_FSM },
    { FERMATA_THING_TRANSITION, FERMATA_THING_EDGE, FERMATA_KINDS_TASKS },
    { FERMATA_THING_BODY, FERMATA_THING_GRAPH, FERMATA_KINDS_ALL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const FermataThingMember *member = NULL;

      if (fermata_thing_get (pairs[i].here) == thing)
        member = fermata_thing_find_member (fermata_thing_get (pairs[i].there), name);
      if (member == NULL)
        continue;

      fermata_check_misplaced_member (self, name, pairs[i].kinds & (member->kinds != 0 ? member->kinds : FERMATA_KINDS_ALL));
      return TRUE;
    }

  return FALSE;
}

/* The check is at a member that its thing has not, or should not have. */
void
fermata_check_unknown_member (FermataCheck       *self,
                              const FermataThing *thing,
                              const char         *name)
{
  if (g_str_has_prefix (name, "x-") || report_other_model (self, thing, name) ||
      report_elsewhere (self, thing, name))
    return;

  if (thing->is_parameters)
    fermata_check_report (self, severity_of_unknown (self), "unknown-parameter",
                          _("“%s” has no parameter “%s”"), thing->name, name);
  else
    fermata_check_report (self, severity_of_unknown (self), "unknown-member",
                          _("unknown member “%s” of %s"), name, _(thing->name));

  fermata_check_point_at_name (self);
  hint_at_members (self, thing, name);
}

/* The check is at a thing that must have a member and has not. */
void
fermata_check_missing_member (FermataCheck             *self,
                              const FermataThing       *thing,
                              const FermataThingMember *member)
{
  fermata_check_step_into (self, member->name);

  if (thing->is_parameters)
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "missing-parameter",
                          _("“%s” needs the parameter “%s”"), thing->name, member->name);
  else
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "missing-member",
                          _("the %s needs “%s”"), _(thing->name), member->name);

  fermata_check_step_out (self);
}
