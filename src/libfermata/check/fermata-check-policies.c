/* fermata-check-policies.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "check/fermata-check-similar-private.h"
#include "model/fermata-model-id.h"

static void
check_error_kind (FermataCheck *self,
                  FermataValue *value)
{
  const char *const *kinds = fermata_error_kinds ();
  const char *kind;

  /* Elements of another type are found as such. */
  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_STRING)
    return;

  kind = fermata_value_get_string (value, NULL);

  if (g_strv_contains (kinds, kind))
    return;

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "unknown-error-kind",
                        _("there is no kind of error “%s”"), kind);
  fermata_check_hint_string (self, kind, kinds);
}

/* One kind of error, or an array of them. */
void
fermata_check_error_kinds (FermataCheck *self,
                           FermataValue *value)
{
  gsize n;

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_ARRAY)
    {
      check_error_kind (self, value);
      return;
    }

  n = fermata_value_get_length (value);

  for (gsize i = 0; i < n; i++)
    {
      fermata_check_step_to (self, i);
      check_error_kind (self, fermata_value_get_element (value, i));
      fermata_check_step_out (self);
    }
}

/* The types that an input may be declared to have. */
static FermataMemberTypes
types_of_input (const char *type)
{
  static const struct {
    const char *name;
    FermataMemberTypes types;
  } types[] = {
    { "boolean", FERMATA_TYPES (BOOLEAN) },
    { "integer", FERMATA_TYPES (INTEGER) },
    { "number", FERMATA_TYPES (NUMBER) },
    { "string", FERMATA_TYPES (STRING) },
    { "array", FERMATA_TYPES (ARRAY) },
    { "object", FERMATA_TYPES (OBJECT) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (strcmp (types[i].name, type) == 0)
        return types[i].types;
    }

  return 0;
}

/* The default of an input must be what the input must be. */
void
fermata_check_default (FermataCheck *self,
                       FermataValue *input,
                       FermataValue *value)
{
  FermataValue *type = fermata_value_get_member (input, "type");
  g_autofree char *expected = NULL;
  FermataMemberTypes types;

  if (type == NULL || fermata_value_get_kind (type) != FERMATA_VALUE_KIND_STRING)
    return;

  types = types_of_input (fermata_value_get_string (type, NULL));

  if (fermata_check_value_fits (value, types))
    return;

  expected = fermata_check_dup_types (types);
  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "ill-typed",
                        _("the input is declared to be %s, but its default is %s"),
                        expected, fermata_check_describe_value (value));
}

/* The name of an input or variable, where the check is at. */
void
fermata_check_name (FermataCheck *self,
                    const char   *name)
{
  if (fermata_model_name_is_valid (name))
    return;

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-name",
                        _("“%s” is not a JavaScript identifier"), name);
  fermata_check_point_at_name (self);
}
