/* fermata-script-session.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "value/fermata-value.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_SCRIPT_SESSION (fermata_script_session_get_type ())

/**
 * FermataScriptSession:
 *
 * The JavaScript of one machine with the data model `ecmascript`, in a process
 * of its own. It is a cache: what a call depends on is handed over with each
 * ([struct@Fermata.ScriptWorld]), what it changed comes back, and so another
 * session, or none before, gives the same.
 *
 * Calls wait for their answer. A script that takes too long is ended with its
 * process, which is an error of kind timeout; the next call has a new one.
 */
FERMATA_EXTERN
G_DECLARE_INTERFACE (FermataScriptSession, fermata_script_session, FERMATA, SCRIPT_SESSION, GObject)

/**
 * FermataScriptInFunc:
 * @id: the id of a state
 * @user_data: what the world says
 *
 * What `In (id)` is, in the midst of a call.
 *
 * Returns: whether the state is active
 */
typedef gboolean (*FermataScriptInFunc) (const char *id,
                                         gpointer    user_data);

/**
 * FermataScriptWorld:
 * @variables: an object of all variables, in canonical encoding. What is the
 *   same value (the same pointer) as in the call before is not sent again
 * @event: (nullable): what `_event` is made of: `name`, `type`, `data`, …
 * @system: an object: `_sessionid`, `_name`, `_ioprocessors`, `_x`
 * @date: what time `Date.now ()` says, in microseconds since 1970
 * @seed: of the run
 * @sequence: number of decisions so far: with @seed, what `Math.random ()` gives
 * @is_active: what `In ()` asks
 * @user_data: for @is_active
 *
 * All that a call can depend on, besides its text.
 */
typedef struct {
  FermataValue *variables;
  FermataValue *event;
  FermataValue *system;
  gint64 date;
  guint64 seed;
  guint64 sequence;
  FermataScriptInFunc is_active;
  gpointer user_data;
} FermataScriptWorld;

/**
 * FermataScriptSessionInterface:
 * @evaluate: the value of an expression, in canonical encoding
 * @test: whether an expression is true, by JavaScript's idea of that
 * @assign: puts a value into a location (any left-hand side of JavaScript that
 *   begins with a variable that is there): that of @expression or, if that is
 *   `NULL`, @value in canonical encoding. With @declares, the location must be
 *   a name, which need not be there yet. Gives an object of the variables that
 *   have changed with it, with their new values; those that are gone are
 *   undefined
 * @execute: runs a program; gives what has changed, as @assign
 *
 * What a session does. After @evaluate and @test the variables are as before,
 * whatever the expression did to them.
 */
struct _FermataScriptSessionInterface {
  GTypeInterface parent_iface;

  FermataValue *(*evaluate) (FermataScriptSession     *self,
                             const FermataScriptWorld *world,
                             const char               *expression,
                             GError                  **error);
  gboolean      (*test)     (FermataScriptSession     *self,
                             const FermataScriptWorld *world,
                             const char               *expression,
                             gboolean                 *result,
                             GError                  **error);
  FermataValue *(*assign)   (FermataScriptSession     *self,
                             const FermataScriptWorld *world,
                             const char               *location,
                             const char               *expression,
                             FermataValue             *value,
                             gboolean                  declares,
                             GError                  **error);
  FermataValue *(*execute)  (FermataScriptSession     *self,
                             const FermataScriptWorld *world,
                             const char               *code,
                             GError                  **error);
};

FERMATA_EXTERN
FermataValue *fermata_script_session_evaluate (FermataScriptSession     *self,
                                               const FermataScriptWorld *world,
                                               const char               *expression,
                                               GError                  **error);
FERMATA_EXTERN
gboolean      fermata_script_session_test     (FermataScriptSession     *self,
                                               const FermataScriptWorld *world,
                                               const char               *expression,
                                               gboolean                 *result,
                                               GError                  **error);
FERMATA_EXTERN
FermataValue *fermata_script_session_assign   (FermataScriptSession     *self,
                                               const FermataScriptWorld *world,
                                               const char               *location,
                                               const char               *expression,
                                               FermataValue             *value,
                                               gboolean                  declares,
                                               GError                  **error);
FERMATA_EXTERN
FermataValue *fermata_script_session_execute  (FermataScriptSession     *self,
                                               const FermataScriptWorld *world,
                                               const char               *code,
                                               GError                  **error);

G_END_DECLS
