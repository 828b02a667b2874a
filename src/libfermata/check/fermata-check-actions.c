/* fermata-check-actions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Members that belong to a verb. */
typedef struct {
  const char *name;
  const char *verb;
} Companion;

/* In the order of the design. */
static const char *const verbs[] = {
  "assign", "raise", "send", "cancel", "log", "if", "foreach", "script", NULL
};

static const Companion companions[] = {
  { "then", "if" },
  { "else", "if" },
  { "do", "foreach" },
  { NULL, NULL },
};

/* With one of SCXML's data models */
static const char *const scxml_verbs[] = {
  "assign", "raise", "send", "cancel", "log", "if", "foreach", "script", "xml", NULL
};

static const Companion scxml_companions[] = {
  { "then", "if" },
  { "else", "if" },
  { "item", "foreach" },
  { "index", "foreach" },
  { "do", "foreach" },
  { NULL, NULL },
};

static gboolean
is_scxml (FermataCheck *self)
{
  return self->level->model != FERMATA_CHECK_MODEL_FERMATA;
}

static void
check_companions (FermataCheck *self,
                  FermataValue *action)
{
  for (const Companion *of = is_scxml (self) ? scxml_companions : companions; of->name != NULL; of++)
    {
      if (!fermata_value_find_member (action, of->name, NULL) || fermata_value_find_member (action, of->verb, NULL))
        continue;

      fermata_check_step_into (self, of->name);
      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-action",
                            _("“%s” belongs to “%s”, which is not here"), of->name, of->verb);
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

/* As SCXML has them, “if” and “foreach” may do nothing. */
static void
check_has_item (FermataCheck *self,
                FermataValue *action,
                const char   *verb)
{
  if (!g_str_equal (verb, "foreach") || fermata_value_find_member (action, "item", NULL))
    return;

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-action", _("“foreach” needs “item”"));
  fermata_check_add_hint (self, _("it is a member of the action, beside “foreach”"));
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
report_no_verb (FermataCheck      *self,
                const char *const *expected)
{
  g_autofree char *all = g_strjoinv (", ", (char **) expected);

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-action",
                        _("the action has no verb; expected one of %s"), all);
}

/* "An action has exactly one verb." */
void
fermata_check_action (FermataCheck *self,
                      FermataValue *action)
{
  const char *const *expected = is_scxml (self) ? scxml_verbs : verbs;
  const char *first = NULL;
  gsize n = fermata_value_get_length (action);

  check_companions (self, action);

  for (gsize i = 0; i < n; i++)
    {
      const char *name = fermata_value_get_member_name (action, i);

      if (!g_strv_contains (expected, name))
        continue;
      else if (first == NULL)
        first = name;
      else
        report_second_verb (self, first, name);
    }

  if (first == NULL)
    report_no_verb (self, expected);
  else if (is_scxml (self))
    check_has_item (self, action, first);
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
    fermata_check_action (self, value);
  else if (fermata_check_scxml_together (self, thing, value))
    return;
  else if (thing == fermata_thing_get (FERMATA_THING_CIRCUIT_BREAKER))
    fermata_check_shared (self, FERMATA_THING_CIRCUIT_BREAKER, value);
  else if (thing == fermata_thing_get (FERMATA_THING_RATE_LIMIT))
    fermata_check_shared (self, FERMATA_THING_RATE_LIMIT, value);
}
