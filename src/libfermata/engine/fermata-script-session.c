/* fermata-script-session.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/fermata-script-session.h"

G_DEFINE_INTERFACE (FermataScriptSession, fermata_script_session, G_TYPE_OBJECT)

static void
fermata_script_session_default_init (FermataScriptSessionInterface *iface)
{
}

static gboolean
is_world (const FermataScriptWorld *world)
{
  return world != NULL
         && world->variables != NULL
         && fermata_value_get_kind (world->variables) == FERMATA_VALUE_KIND_OBJECT
         && (world->event == NULL
             || fermata_value_get_kind (world->event) == FERMATA_VALUE_KIND_OBJECT)
         && world->system != NULL
         && fermata_value_get_kind (world->system) == FERMATA_VALUE_KIND_OBJECT;
}

/**
 * fermata_script_session_evaluate: (skip)
 * @self: a session
 * @world: what the call depends on
 * @expression: JavaScript: exactly one expression
 * @error: return location for an error of the domain %FERMATA_TASK_ERROR: of kind
 *   expression if JavaScript says so, execution if the expression threw, timeout,
 *   or security if it tried to change a system variable
 *
 * Finds the value of an expression. All variables are as before.
 *
 * Returns: (transfer full): the value in canonical encoding, or %NULL with @error set
 */
FermataValue *
fermata_script_session_evaluate (FermataScriptSession      *self,
                                 const FermataScriptWorld  *world,
                                 const char                *expression,
                                 GError                   **error)
{
  g_return_val_if_fail (FERMATA_IS_SCRIPT_SESSION (self), NULL);
  g_return_val_if_fail (is_world (world), NULL);
  g_return_val_if_fail (expression != NULL, NULL);

  return FERMATA_SCRIPT_SESSION_GET_IFACE (self)->evaluate (self, world, expression, error);
}

/**
 * fermata_script_session_test: (skip)
 * @self: a session
 * @world: what the call depends on
 * @expression: JavaScript: exactly one expression
 * @result: (out): whether its value is true, as JavaScript sees it
 * @error: return location for an error, see fermata_script_session_evaluate()
 *
 * Tells whether an expression is true. All variables are as before.
 *
 * Returns: %FALSE with @error set if it has no value
 */
gboolean
fermata_script_session_test (FermataScriptSession      *self,
                             const FermataScriptWorld  *world,
                             const char                *expression,
                             gboolean                  *result,
                             GError                   **error)
{
  g_return_val_if_fail (FERMATA_IS_SCRIPT_SESSION (self), FALSE);
  g_return_val_if_fail (is_world (world), FALSE);
  g_return_val_if_fail (expression != NULL, FALSE);
  g_return_val_if_fail (result != NULL, FALSE);

  return FERMATA_SCRIPT_SESSION_GET_IFACE (self)->test (self, world, expression, result, error);
}

/**
 * fermata_script_session_assign: (skip)
 * @self: a session
 * @world: what the call depends on
 * @location: a left-hand side that begins with a variable
 * @expression: (nullable): whose value is assigned
 * @value: (nullable): or else this, in canonical encoding
 * @declares: whether @location is a name that need not be a variable yet
 * @error: return location for an error, see fermata_script_session_evaluate()
 *
 * Assigns a value. If that cannot be done, nothing has changed.
 *
 * Returns: (transfer full): an object of the variables that have changed, in
 *   canonical encoding, or %NULL with @error set
 */
FermataValue *
fermata_script_session_assign (FermataScriptSession      *self,
                               const FermataScriptWorld  *world,
                               const char                *location,
                               const char                *expression,
                               FermataValue              *value,
                               gboolean                   declares,
                               GError                   **error)
{
  g_return_val_if_fail (FERMATA_IS_SCRIPT_SESSION (self), NULL);
  g_return_val_if_fail (is_world (world), NULL);
  g_return_val_if_fail (location != NULL, NULL);
  g_return_val_if_fail ((expression != NULL) != (value != NULL), NULL);

  return FERMATA_SCRIPT_SESSION_GET_IFACE (self)->assign (self, world, location, expression, value,
                                                          declares, error);
}

/**
 * fermata_script_session_execute: (skip)
 * @self: a session
 * @world: what the call depends on
 * @code: JavaScript: a program
 * @error: return location for an error, see fermata_script_session_evaluate()
 *
 * Runs a program. If it throws, or leaves something in a variable that cannot be
 * kept, nothing has changed.
 *
 * Returns: (transfer full): an object of the variables that have changed, in
 *   canonical encoding, or %NULL with @error set
 */
FermataValue *
fermata_script_session_execute (FermataScriptSession      *self,
                                const FermataScriptWorld  *world,
                                const char                *code,
                                GError                   **error)
{
  g_return_val_if_fail (FERMATA_IS_SCRIPT_SESSION (self), NULL);
  g_return_val_if_fail (is_world (world), NULL);
  g_return_val_if_fail (code != NULL, NULL);

  return FERMATA_SCRIPT_SESSION_GET_IFACE (self)->execute (self, world, code, error);
}
