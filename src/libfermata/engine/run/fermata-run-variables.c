/* fermata-run-variables.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Changing variables by hand. */

#include "engine/run/fermata-run-private.h"

#include <string.h>

#include "engine/policies/fermata-assignments-private.h"
#include "value/fermata-value-builder.h"

static FermataValue *
make_changes (const char   *name,
              FermataValue *value)
{
  g_autoptr (FermataValueBuilder) change = fermata_value_builder_new_object ();
  g_autoptr (FermataValueBuilder) changes = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) object = NULL;

  fermata_value_builder_set_string (change, FERMATA_ASSIGNED_VARIABLE, name);
  fermata_value_builder_set (change, "value", value);
  object = fermata_value_builder_end (change);
  fermata_value_builder_add (changes, object);

  return fermata_value_builder_end (changes);
}

/* The changes, NULL if a frame has no such variable, or nothing at that path in it. */
static FermataValue *
check_changes (FermataValue  *variables,
               const char    *name,
               FermataValue  *value,
               GError       **error)
{
  g_autofree char *variable = g_strndup (name, strcspn (name, "."));
  g_autoptr (FermataValue) changes = make_changes (name, value);

  if (variables == NULL || fermata_value_get_member (variables, variable) == NULL)
    {
      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INPUT,
                   "There is no variable “%s”", variable);
      return NULL;
    }
  if (!fermata_assignments_fit (variables, changes))
    {
      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INPUT,
                   "There is no such place in the variable “%s”: “%s”", variable, name);
      return NULL;
    }

  return g_steal_pointer (&changes);
}

/**
 * fermata_run_set_variable:
 * @self: a run under way, held or not
 * @frame: the number of a frame whose variables these are, as its expressions
 *   see them; 0 is the root's
 * @name: a variable, or a path in one (`order.total`)
 * @value: what it is to be
 * @error: return location for a #FermataEngineError
 *
 * Changes a variable by hand: a fact, the last writer of the variable then.
 * Whatever is evaluated from now on sees it; what has been evaluated is not
 * evaluated again.
 *
 * Returns: %FALSE with @error set, and nothing changed, if the run is not under
 *   way, has no such frame, or that no such variable
 */
gboolean
fermata_run_set_variable (FermataRun    *self,
                          guint          frame,
                          const char    *name,
                          FermataValue  *value,
                          GError       **error)
{
  g_autoptr (FermataValueBuilder) payload = NULL;
  g_autoptr (FermataValue) changes = NULL;
  FermataFrame *found;

  g_return_val_if_fail (FERMATA_IS_RUN (self), FALSE);
  g_return_val_if_fail (name != NULL && g_utf8_validate (name, -1, NULL), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  found = fermata_moment_get_frame (self->moment, frame);
  if (self->moment->state != FERMATA_RUN_STATE_RUNNING || found == NULL)
    {
      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_STATE,
                   found == NULL ? "“%s” cannot be set: its frame is not under way"
                                 : "“%s” cannot be set: the run is not under way", name);
      return FALSE;
    }
  changes = check_changes (fermata_moment_get_frame_variables (self->moment, found), name, value, error);
  if (changes == NULL)
    return FALSE;

  payload = fermata_value_builder_new_object ();
  fermata_value_builder_set (payload, "changes", changes);
  fermata_run_post_fact (self, FERMATA_EVENT_VARIABLE_SET, frame, FERMATA_PLACE_RUN, 0,
                         fermata_value_builder_end (payload));

  return TRUE;
}
