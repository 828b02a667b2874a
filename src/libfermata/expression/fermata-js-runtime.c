/* fermata-js-runtime.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-runtime-private.h"

#include "expression/fermata-js-copies-private.h"
#include "expression/fermata-js-matches-private.h"
#include "expression/fermata-js-program-private.h"

#include <gio/gio.h>
#include <string.h>

#define N_INTEGERS 1024

#define READ_ONLY_HINT \
  " Values are read-only in an expression: change a copy, like [...list] or {...object}."

/* Made of js/ when this is built */
GResource *fermata_expression_scripts_get_resource (void);

struct _FermataJsRuntime {
  guint ref_count;
  gboolean worn;
  JSCContext *context;
  JSCValue *tools[FERMATA_JS_N_TOOLS];
  JSCValue *undefined;
  JSCValue *null;
  JSCValue *booleans[2];
  JSCValue *integers[N_INTEGERS];   /* the small ones, as they are wanted */
  FermataJsCopies *copies;
  GQueue programs;
};

/* In the order in which they run: what one removes, a later one cannot use. */
static const char *const scripts[] = {
  "guard", "date", "random", "locale", "matches", "limits", "copy", "encode", "machine", "remove",
  "harden",
};

static const char *const tool_names[] = {
  [FERMATA_JS_TOOL_BROKEN] = "broken",
  [FERMATA_JS_TOOL_WALK] = "walk",
  [FERMATA_JS_TOOL_SET_TIME] = "setTime",
  [FERMATA_JS_TOOL_SET_SEED] = "setSeed",
  [FERMATA_JS_TOOL_BEGIN_FREEZE] = "beginFreeze",
  [FERMATA_JS_TOOL_FREEZE_MORE] = "freezeMore",
  [FERMATA_JS_TOOL_BEGIN_ENCODE] = "beginEncode",
  [FERMATA_JS_TOOL_ENCODE_MORE] = "encodeMore",
  [FERMATA_JS_TOOL_MAKE_FUNCTION] = "makeFunction",
};

static guint time_limit = 1000;

void
fermata_js_runtime_set_time_limit (guint milliseconds)
{
  time_limit = milliseconds;
}

/* JavaScriptCore's options are the process's, and fixed by its first context. */
static void
set_options (void)
{
  static gsize done;

  if (!g_once_init_enter (&done))
    return;

  jsc_options_set_uint ("watchdog", time_limit);
  g_once_init_leave (&done, 1);
}

/* The names that js/ gives to its errors say what they are. */
static FermataExpressionError
get_error_code (const char *name,
                const char *message)
{
  if (g_strcmp0 (name, "FermataResult") == 0)
    return FERMATA_EXPRESSION_ERROR_RESULT;
  if (g_strcmp0 (name, "FermataLimit") == 0)
    return FERMATA_EXPRESSION_ERROR_LIMIT;

  if (g_strcmp0 (name, "RangeError") == 0 &&
      (g_str_has_prefix (message, "Maximum call stack") || g_str_has_prefix (message, "Out of memory")))
    return FERMATA_EXPRESSION_ERROR_LIMIT;

  return FERMATA_EXPRESSION_ERROR_EXCEPTION;
}

/* What a frozen object says when it is changed. */
static gboolean
is_about_change (const char *message)
{
  static const char *const messages[] = {
    "Attempted to assign to readonly property",
    "Attempting to define property on object that is not extensible",
    "Unable to delete property",
    "Array length is not writable",
    "Cannot set property",
  };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    if (g_str_has_prefix (message, messages[i]))
      return TRUE;

  return FALSE;
}

static void
set_exception_error (JSCException  *exception,
                     GError       **error)
{
  const char *name = jsc_exception_get_name (exception);
  const char *message = jsc_exception_get_message (exception);
  gboolean ours = name != NULL && g_str_has_prefix (name, "Fermata");
  const char *hint = "";

  if (!ours && is_about_change (message))
    hint = g_str_has_suffix (message, ".") ? READ_ONLY_HINT : "." READ_ONLY_HINT;

  g_set_error (error, FERMATA_EXPRESSION_ERROR, get_error_code (name, message), "%s%s%s%s",
               ours || name == NULL || *name == '\0' ? "" : name,
               ours || name == NULL || *name == '\0' ? "" : ": ",
               message, hint);
}

/* Whether something was thrown; the watchdog throws without a message. */
static gboolean
take_exception (FermataJsRuntime  *self,
                GError           **error)
{
  JSCException *current = jsc_context_get_exception (self->context);
  g_autoptr (JSCException) exception = NULL;

  if (current == NULL)
    return FALSE;

  exception = g_object_ref (current);
  jsc_context_clear_exception (self->context);

  if (jsc_exception_get_message (exception) != NULL)
    {
      set_exception_error (exception, error);
      return TRUE;
    }

  self->worn = TRUE;
  g_set_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_TIMEOUT,
               "it did not end within %u ms", time_limit);
  return TRUE;
}

JSCValue *
fermata_js_runtime_evaluate (FermataJsRuntime  *self,
                             const char        *text,
                             gsize              length,
                             GError           **error)
{
  g_autoptr (JSCValue) value = jsc_context_evaluate (self->context, text, (gssize) length);

  return take_exception (self, error) ? NULL : g_steal_pointer (&value);
}

JSCValue *
fermata_js_runtime_call (FermataJsRuntime  *self,
                         JSCValue          *function,
                         guint              n_arguments,
                         JSCValue         **arguments,
                         GError           **error)
{
  g_autoptr (JSCValue) value = jsc_value_function_callv (function, n_arguments, arguments);

  return take_exception (self, error) ? NULL : g_steal_pointer (&value);
}

JSCValue *
fermata_js_runtime_call_tool (FermataJsRuntime  *self,
                              FermataJsTool      tool,
                              guint              n_arguments,
                              JSCValue         **arguments,
                              GError           **error)
{
  return fermata_js_runtime_call (self, self->tools[tool], n_arguments, arguments, error);
}

static gboolean
run_script (FermataJsRuntime  *self,
            const char        *name,
            JSCValue          *tools,
            GError           **error)
{
  g_autofree char *path = g_strdup_printf ("/io/github/fermata/expression/%s.js", name);
  g_autoptr (GBytes) script = g_resource_lookup_data (fermata_expression_scripts_get_resource (), path,
                                                      G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (JSCValue) function = NULL;
  g_autoptr (JSCValue) result = NULL;

  if (script == NULL)
    return FALSE;

  function = fermata_js_runtime_evaluate (self, g_bytes_get_data (script, NULL),
                                          g_bytes_get_size (script), error);
  if (function != NULL)
    result = fermata_js_runtime_call (self, function, 1, &tools, error);
  if (result == NULL)
    g_prefix_error (error, "%s.js: ", name);

  return result != NULL;
}

static gboolean
run_scripts (FermataJsRuntime  *self,
             GError           **error)
{
  g_autoptr (JSCValue) tools = jsc_value_new_object (self->context, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (!run_script (self, scripts[i], tools, error))
      return FALSE;

  for (guint i = 0; i < FERMATA_JS_N_TOOLS; i++)
    self->tools[i] = jsc_value_object_get_property (tools, tool_names[i]);

  return TRUE;
}

/*
 * JavaScriptCore never lets all of a virtual machine go, so the machine of a
 * runtime that is done with is kept for the thread's next one. That of a worn
 * runtime is not: who knows what is going on in it.
 */
static GPrivate spare_machine = G_PRIVATE_INIT (g_object_unref);

static JSCVirtualMachine *
take_machine (void)
{
  JSCVirtualMachine *machine = g_private_get (&spare_machine);

  if (machine == NULL)
    return jsc_virtual_machine_new ();

  g_private_set (&spare_machine, NULL);

  return machine;
}

static void
give_machine (JSCVirtualMachine *machine)
{
  g_private_replace (&spare_machine, machine);
}

FermataJsRuntime *
fermata_js_runtime_new (GError **error)
{
  g_autoptr (JSCVirtualMachine) machine = NULL;
  g_autoptr (FermataJsRuntime) self = g_new0 (FermataJsRuntime, 1);

  set_options ();
  self->ref_count = 1;
  machine = take_machine ();
  self->context = jsc_context_new_with_virtual_machine (machine);
  self->undefined = jsc_value_new_undefined (self->context);
  self->null = jsc_value_new_null (self->context);
  self->booleans[FALSE] = jsc_value_new_boolean (self->context, FALSE);
  self->booleans[TRUE] = jsc_value_new_boolean (self->context, TRUE);
  self->copies = fermata_js_copies_new (self);
  g_queue_init (&self->programs);
  fermata_js_matches_define (self->context);

  return run_scripts (self, error) ? g_steal_pointer (&self) : NULL;
}

FermataJsRuntime *
fermata_js_runtime_ref (FermataJsRuntime *self)
{
  self->ref_count++;
  return self;
}

void
fermata_js_runtime_unref (FermataJsRuntime *self)
{
  if (--self->ref_count > 0)
    return;

  while (!g_queue_is_empty (&self->programs))
    fermata_js_program_forget (g_queue_peek_head (&self->programs));

  g_clear_pointer (&self->copies, fermata_js_copies_free);
  for (guint i = 0; i < N_INTEGERS; i++)
    g_clear_object (&self->integers[i]);
  for (guint i = 0; i < FERMATA_JS_N_TOOLS; i++)
    g_clear_object (&self->tools[i]);
  g_clear_object (&self->booleans[FALSE]);
  g_clear_object (&self->booleans[TRUE]);
  g_clear_object (&self->null);
  g_clear_object (&self->undefined);
  if (!self->worn)
    give_machine (g_object_ref (jsc_context_get_virtual_machine (self->context)));
  g_clear_object (&self->context);
  g_free (self);
}

gboolean
fermata_js_runtime_is_worn (FermataJsRuntime *self)
{
  return self->worn;
}

JSCContext *
fermata_js_runtime_get_context (FermataJsRuntime *self)
{
  return self->context;
}

FermataJsCopies *
fermata_js_runtime_get_copies (FermataJsRuntime *self)
{
  return self->copies;
}

GQueue *
fermata_js_runtime_get_programs (FermataJsRuntime *self)
{
  return &self->programs;
}

gboolean
fermata_js_runtime_set_clock (FermataJsRuntime  *self,
                              FermataScope      *scope,
                              GError           **error)
{
  g_autoptr (JSCValue) time = jsc_value_new_number (self->context, (double) (scope->time / 1000));
  g_autoptr (JSCValue) high = jsc_value_new_number (self->context, (double) (scope->seed >> 32));
  g_autoptr (JSCValue) low = jsc_value_new_number (self->context, (double) (guint32) scope->seed);
  JSCValue *seed[] = { high, low };
  g_autoptr (JSCValue) time_set = NULL;
  g_autoptr (JSCValue) seed_set = NULL;

  time_set = fermata_js_runtime_call_tool (self, FERMATA_JS_TOOL_SET_TIME, 1, &time, error);
  if (time_set == NULL)
    return FALSE;

  seed_set = fermata_js_runtime_call_tool (self, FERMATA_JS_TOOL_SET_SEED, 2, seed, error);
  return seed_set != NULL;
}

JSCValue *
fermata_js_runtime_get_undefined (FermataJsRuntime *self)
{
  return g_object_ref (self->undefined);
}

JSCValue *
fermata_js_runtime_get_null (FermataJsRuntime *self)
{
  return g_object_ref (self->null);
}

JSCValue *
fermata_js_runtime_get_boolean (FermataJsRuntime *self,
                                gboolean          boolean)
{
  return g_object_ref (self->booleans[!!boolean]);
}

/* One that a double holds exactly. */
JSCValue *
fermata_js_runtime_get_integer (FermataJsRuntime *self,
                                gint64            integer)
{
  if (integer < 0 || integer >= N_INTEGERS)
    return jsc_value_new_number (self->context, (double) integer);

  if (self->integers[integer] == NULL)
    self->integers[integer] = jsc_value_new_number (self->context, (double) integer);
  return g_object_ref (self->integers[integer]);
}
