/* fermata-check-actions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* In the order of the design. */
static const char *const verbs[] = {
  "assign", "raise", "send", "cancel", "log", "if", "foreach", "script", NULL
};

/* Members that belong to a verb. */
static const struct {
  const char *name;
  const char *verb;
} companions[] = {
  { "then", "if" },
  { "else", "if" },
  { "do", "foreach" },
};

static void
check_companions (FermataCheck *self,
                  FermataValue *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      if (!fermata_value_find_member (action, companions[i].name, NULL) ||
          fermata_value_find_member (action, companions[i].verb, NULL))
        continue;

      fermata_check_step_into (self, companions[i].name);
      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-action",
                            _("“%s” belongs to “%s”, which is not here"),
                            companions[i].name, companions[i].verb);
      fermata_check_point_at_name (self);
      fermata_check_step_out (self);
    }
}

static void
report_second_verb (FermataCheck *self,
                    const char   *first,
                    const char   *second)
{
  fermata_check_step_into (self, second);
  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-action",
                        _("an action has exactly one verb; here are “%s” and “%s”"), first, second);
  fermata_check_add_hint (self, _("make two actions of it"));
  fermata_check_point_at_name (self);
  fermata_check_step_out (self);
}

/* A verb that does nothing by itself. */
static void
check_has_companion (FermataCheck *self,
                     FermataValue *action,
                     const char   *verb)
{
  if (g_str_equal (verb, "if") && !fermata_value_find_member (action, "then", NULL) &&
      !fermata_value_find_member (action, "else", NULL))
    {
      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-action", _("“if” needs “then” or “else”"));
      fermata_check_add_hint (self, _("they are members of the action, beside “if”"));
    }
  else if (g_str_equal (verb, "foreach") && !fermata_value_find_member (action, "do", NULL))
    {
      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-action", _("“foreach” needs “do”"));
      fermata_check_add_hint (self, _("it is a member of the action, beside “foreach”"));
    }
}

static void
report_no_verb (FermataCheck *self)
{
  g_autofree char *all = g_strjoinv (", ", (char **) verbs);

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-action",
                        _("the action has no verb; expected one of %s"), all);
}

/* "An action has exactly one verb." */
static void
check_action (FermataCheck *self,
              FermataValue *action)
{
  const char *first = NULL;
  gsize n = fermata_value_get_length (action);

  check_companions (self, action);

  for (gsize i = 0; i < n; i++)
    {
      const char *name = fermata_value_get_member_name (action, i);

      if (!g_strv_contains (verbs, name))
        continue;
      else if (first == NULL)
        first = name;
      else
        report_second_verb (self, first, name);
    }

  if (first == NULL)
    report_no_verb (self);
  else
    check_has_companion (self, action, first);

  fermata_check_events_of (self, action);
}

void
fermata_check_together (FermataCheck       *self,
                        const FermataThing *thing,
                        FermataValue       *value)
{
  if (thing == fermata_thing_get (FERMATA_THING_ACTION))
    check_action (self, value);
  else if (thing == fermata_thing_get (FERMATA_THING_CIRCUIT_BREAKER))
    fermata_check_shared (self, FERMATA_THING_CIRCUIT_BREAKER, value);
  else if (thing == fermata_thing_get (FERMATA_THING_RATE_LIMIT))
    fermata_check_shared (self, FERMATA_THING_RATE_LIMIT, value);
}
