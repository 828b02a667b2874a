/* fermata-check-values.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <glib/gi18n-lib.h>

#include "check/fermata-check-similar-private.h"
#include "model/fermata-duration.h"

#define NUMBERS (FERMATA_TYPES (INTEGER) | FERMATA_TYPES (NUMBER))

/* The types that a value of this kind is of. 2.0 is no whole number: how a
 * number was written is kept, and the engine tells them apart too. */
static FermataMemberTypes
types_of_value (FermataValue *value)
{
  switch (fermata_value_get_kind (value))
    {
    case FERMATA_VALUE_KIND_BOOLEAN:
      return FERMATA_TYPES (BOOLEAN);
    case FERMATA_VALUE_KIND_INTEGER:
      return NUMBERS | FERMATA_TYPES (DURATION);
    case FERMATA_VALUE_KIND_NUMBER:
      return FERMATA_TYPES (NUMBER) | FERMATA_TYPES (DURATION);
    case FERMATA_VALUE_KIND_STRING:
      return FERMATA_TYPES (STRING) | FERMATA_TYPES (DURATION) | FERMATA_TYPES (CHOICE);
    case FERMATA_VALUE_KIND_ARRAY:
      return FERMATA_TYPES (ARRAY) | FERMATA_TYPES (STRINGS);
    case FERMATA_VALUE_KIND_OBJECT:
      return FERMATA_TYPES (OBJECT);
    case FERMATA_VALUE_KIND_NULL:
    default:
      return 0;
    }
}

/* By its kind alone: not what is in an array, a text or a range. */
gboolean
fermata_check_value_fits (FermataValue       *value,
                          FermataMemberTypes  types)
{
  return types == 0 || (types_of_value (value) & types) != 0;
}

/* With its article, for messages. */
const char *
fermata_check_describe_value (FermataValue *value)
{
  static const char *const names[] = {
    [FERMATA_VALUE_KIND_NULL] = N_("null"),
    [FERMATA_VALUE_KIND_BOOLEAN] = N_("a boolean"),
    [FERMATA_VALUE_KIND_INTEGER] = N_("a whole number"),
    [FERMATA_VALUE_KIND_NUMBER] = N_("a number"),
    [FERMATA_VALUE_KIND_STRING] = N_("a text"),
    [FERMATA_VALUE_KIND_ARRAY] = N_("an array"),
    [FERMATA_VALUE_KIND_OBJECT] = N_("an object"),
  };

  return _(names[fermata_value_get_kind (value)]);
}

/* "a whole number or an object" */
char *
fermata_check_dup_types (FermataMemberTypes types)
{
  static const char *const names[] = {
    [FERMATA_MEMBER_TYPE_ANY] = N_("anything"),
    [FERMATA_MEMBER_TYPE_BOOLEAN] = N_("a boolean"),
    [FERMATA_MEMBER_TYPE_INTEGER] = N_("a whole number"),
    [FERMATA_MEMBER_TYPE_NUMBER] = N_("a number"),
    [FERMATA_MEMBER_TYPE_STRING] = N_("a text"),
    [FERMATA_MEMBER_TYPE_DURATION] = N_("a duration"),
    [FERMATA_MEMBER_TYPE_ARRAY] = N_("an array"),
    [FERMATA_MEMBER_TYPE_STRINGS] = N_("an array of texts"),
    [FERMATA_MEMBER_TYPE_OBJECT] = N_("an object"),
    [FERMATA_MEMBER_TYPE_CHOICE] = N_("a text"),
  };
  GString *text = g_string_new (NULL);

  for (guint i = 1; i < G_N_ELEMENTS (names); i++)
    {
      if ((types & (1u << i)) == 0)
        continue;
      if (text->len > 0)
        g_string_append (text, _(" or "));
      g_string_append (text, _(names[i]));
    }

  return g_string_free (text, FALSE);
}

static gboolean
report_ill_typed (FermataCheck             *self,
                  const FermataThingMember *member,
                  FermataValue             *value)
{
  g_autofree char *types = fermata_check_dup_types (member->types);

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "ill-typed",
                        _("expected %s, found %s"), types, fermata_check_describe_value (value));

  return FALSE;
}

static gboolean
check_choice (FermataCheck             *self,
              const FermataThingMember *member,
              FermataValue             *value)
{
  const char *choice = fermata_value_get_string (value, NULL);
  g_autofree char *choices = NULL;

  if (g_strv_contains (member->choices, choice))
    return TRUE;

  choices = g_strjoinv (", ", (char **) member->choices);

  if (member->role == FERMATA_ROLE_KIND)
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "unknown-kind",
                          _("unknown kind “%s”; a graph is one of %s"), choice, choices);
  else
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-choice",
                          _("expected one of %s; found “%s”"), choices, choice);

  fermata_check_hint_string (self, choice, member->choices);

  return FALSE;
}

static gboolean
check_duration (FermataCheck *self,
                FermataValue *value)
{
  g_autoptr(GError) error = NULL;
  gint64 microseconds;

  if (fermata_duration_parse (value, &microseconds, &error))
    return TRUE;

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-duration", "%s", error->message);

  return FALSE;
}

static gboolean
check_range (FermataCheck             *self,
             const FermataThingMember *member,
             FermataValue             *value)
{
  double number = fermata_value_get_number (value);

  if (number < member->minimum)
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "out-of-range",
                          _("expected at least %g, found %g"), member->minimum, number);
  else if (number > member->maximum)
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "out-of-range",
                          _("expected at most %g, found %g"), member->maximum, number);
  else
    return TRUE;

  return FALSE;
}

/* Whether a value that is none of a template or expression is what its member
 * may be; says what is wrong if not. */
gboolean
fermata_check_value (FermataCheck             *self,
                     const FermataThingMember *member,
                     FermataValue             *value)
{
  FermataMemberTypes types;

  if (member->types == 0)
    return TRUE;

  types = types_of_value (value) & member->types;

  if (types == 0)
    return report_ill_typed (self, member, value);

  if ((types & FERMATA_TYPES (CHOICE)) != 0 && (types & FERMATA_TYPES (STRING)) == 0)
    return check_choice (self, member, value);

  if (types == FERMATA_TYPES (DURATION))
    return check_duration (self, value);

  if ((types & NUMBERS) != 0 && member->maximum != 0)
    return check_range (self, member, value);

  return TRUE;
}
