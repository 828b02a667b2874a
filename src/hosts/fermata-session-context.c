/* fermata-session-context.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-session-context-private.h"

#include "fermata-session-channel-private.h"

#include <gio/gio.h>
#include <string.h>

#include "expression/fermata-xml-events-private.h"
#include "value/fermata-value-writer.h"

/* Made of js/ and of the expressions' js/ when this is built */
GResource *fermata_script_host_scripts_get_resource (void);
GResource *fermata_expression_scripts_get_resource (void);

typedef enum {
  TOOL_SET_VARIABLE,
  TOOL_REMOVE_VARIABLE,
  TOOL_SET_EVENT,
  TOOL_SET_SYSTEM,
  TOOL_SET_TIME,
  TOOL_FINISH,
  N_TOOLS,
} Tool;

static const char *const tool_names[N_TOOLS] = {
  "setVariable", "removeVariable", "setEvent", "setSystem", "setTime", "finish",
};

static const char *const verb_names[FERMATA_SESSION_N_VERBS] = {
  [FERMATA_SESSION_VERB_EVALUATE] = "evaluate",
  [FERMATA_SESSION_VERB_TEST] = "test",
  [FERMATA_SESSION_VERB_EXECUTE] = "execute",
  [FERMATA_SESSION_VERB_ASSIGN] = "assign",
  [FERMATA_SESSION_VERB_ASSIGN_VALUE] = "assignValue",
  [FERMATA_SESSION_VERB_DECLARE] = "declare",
  [FERMATA_SESSION_VERB_DECLARE_VALUE] = "declareValue",
};

struct _FermataSessionContext {
  JSCContext *context;
  JSCValue *tools[N_TOOLS];
  JSCValue *verbs[FERMATA_SESSION_N_VERBS];
  guint64 seed;
  gint64 date;
};

/* In the order in which they run. */
static const struct {
  GResource *(*get_resource) (void);
  const char *path;
} scripts[] = {
  { fermata_expression_scripts_get_resource, "/io/github/fermata/expression/date.js" },
  { fermata_expression_scripts_get_resource, "/io/github/fermata/expression/random.js" },
  { fermata_script_host_scripts_get_resource, "/io/github/fermata/script-host/natives.js" },
  { fermata_script_host_scripts_get_resource, "/io/github/fermata/script-host/dom.js" },
  { fermata_script_host_scripts_get_resource, "/io/github/fermata/script-host/values.js" },
  { fermata_script_host_scripts_get_resource, "/io/github/fermata/script-host/failures.js" },
  { fermata_script_host_scripts_get_resource, "/io/github/fermata/script-host/syntax.js" },
  { fermata_script_host_scripts_get_resource, "/io/github/fermata/script-host/session.js" },
};

static JSCValue *
make_text (FermataSessionContext *self,
           const char            *text,
           gsize                  length)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, length);

  return jsc_value_new_string_from_bytes (self->context, bytes);
}

/* --- What scripts ask ----------------------------------------------------- */

static gboolean
is_active (JSCValue *id,
           gpointer  unused)
{
  g_autoptr (GBytes) bytes = jsc_value_to_string_as_bytes (id);
  gsize length = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : "";

  return fermata_session_channel_ask (data, length);
}

static double
get_seed_high (gpointer user_data)
{
  FermataSessionContext *self = user_data;

  return (double) (self->seed >> 32);
}

static double
get_seed_low (gpointer user_data)
{
  FermataSessionContext *self = user_data;

  return (double) (guint32) self->seed;
}

/* The text of what comes in it, or one that is no JSON and says why not. */
static JSCValue *
parse_xml (JSCValue *markup,
           gpointer  user_data)
{
  FermataSessionContext *self = user_data;
  g_autoptr (GBytes) bytes = jsc_value_to_string_as_bytes (markup);
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) events = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : "";

  events = fermata_xml_events_read (data, length, &error);
  if (events == NULL)
    return jsc_value_new_string (self->context, error->message);
  text = fermata_value_to_string (events, FERMATA_WRITE_COMPACT, &length);

  return make_text (self, text, length);
}

/* --- Making --------------------------------------------------------------- */

static void
check (FermataSessionContext *self,
       const char            *what)
{
  JSCException *exception = jsc_context_get_exception (self->context);

  if (exception != NULL)
    g_error ("%s: %s (line %u)", what, jsc_exception_get_message (exception),
             jsc_exception_get_line_number (exception));
}

static JSCValue *
make_host (FermataSessionContext *self)
{
  JSCValue *host = jsc_value_new_object (self->context, NULL, NULL);
  g_autoptr (JSCValue) active = NULL;
  g_autoptr (JSCValue) high = NULL;
  g_autoptr (JSCValue) low = NULL;
  g_autoptr (JSCValue) parse = NULL;

  active = jsc_value_new_function (self->context, NULL, G_CALLBACK (is_active), NULL, NULL,
                                   G_TYPE_BOOLEAN, 1, JSC_TYPE_VALUE);
  high = jsc_value_new_function (self->context, NULL, G_CALLBACK (get_seed_high), self, NULL,
                                 G_TYPE_DOUBLE, 0, G_TYPE_NONE);
  low = jsc_value_new_function (self->context, NULL, G_CALLBACK (get_seed_low), self, NULL,
                                G_TYPE_DOUBLE, 0, G_TYPE_NONE);
  parse = jsc_value_new_function (self->context, NULL, G_CALLBACK (parse_xml), self, NULL,
                                  JSC_TYPE_VALUE, 1, JSC_TYPE_VALUE);
  jsc_value_object_set_property (host, "isActive", active);
  jsc_value_object_set_property (host, "parseXml", parse);
  jsc_value_object_set_property (host, "seedHigh", high);
  jsc_value_object_set_property (host, "seedLow", low);

  return host;
}

static void
run_script (FermataSessionContext *self,
            guint                  index,
            JSCValue              *tools,
            JSCValue              *host)
{
  g_autoptr (GBytes) script = g_resource_lookup_data (scripts[index].get_resource (),
                                                      scripts[index].path,
                                                      G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JSCValue) function = NULL;
  g_autoptr (JSCValue) result = NULL;
  gsize length;
  const char *text = g_bytes_get_data (script, &length);

  function = jsc_context_evaluate_with_source_uri (self->context, text, (gssize) length,
                                                   scripts[index].path, 1);
  check (self, scripts[index].path);
  result = jsc_value_function_callv (function, 2, (JSCValue *[]) { tools, host });
  check (self, scripts[index].path);
}

FermataSessionContext *
fermata_session_context_new (JSCVirtualMachine *machine)
{
  FermataSessionContext *self = g_new0 (FermataSessionContext, 1);
  g_autoptr (JSCValue) tools = NULL;
  g_autoptr (JSCValue) host = NULL;

  self->context = jsc_context_new_with_virtual_machine (machine);
  self->date = -1;
  tools = jsc_value_new_object (self->context, NULL, NULL);
  host = make_host (self);
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    run_script (self, i, tools, host);
  for (guint i = 0; i < N_TOOLS; i++)
    self->tools[i] = jsc_value_object_get_property (tools, tool_names[i]);
  for (guint i = 0; i < FERMATA_SESSION_N_VERBS; i++)
    self->verbs[i] = jsc_value_object_get_property (tools, verb_names[i]);

  return self;
}

void
fermata_session_context_free (FermataSessionContext *self)
{
  for (guint i = 0; i < N_TOOLS; i++)
    g_clear_object (&self->tools[i]);
  for (guint i = 0; i < FERMATA_SESSION_N_VERBS; i++)
    g_clear_object (&self->verbs[i]);
  g_clear_object (&self->context);
  g_free (self);
}

/* --- Calling -------------------------------------------------------------- */

/* Whatever goes wrong in a tool was not foreseen: it answers as of a failure,
 * after which nothing here is used any more. */
static JSCValue *
call_tool (FermataSessionContext *self,
           JSCValue              *tool,
           guint                  n_texts,
           JSCValue             **texts)
{
  JSCValue *result = jsc_value_function_callv (tool, n_texts, texts);
  JSCException *exception = jsc_context_get_exception (self->context);
  g_autofree char *message = NULL;

  if (exception == NULL)
    return result;

  message = g_strdup_printf ("f1x%s", jsc_exception_get_message (exception));
  jsc_context_clear_exception (self->context);
  g_object_unref (result);

  return jsc_value_new_string (self->context, message);
}

void
fermata_session_context_set (FermataSessionContext  *self,
                             FermataSessionWireType  type,
                             const char             *payload,
                             gsize                   length)
{
  static const Tool tools[] = {
    [FERMATA_SESSION_WIRE_VARIABLE] = TOOL_SET_VARIABLE,
    [FERMATA_SESSION_WIRE_REMOVE] = TOOL_REMOVE_VARIABLE,
    [FERMATA_SESSION_WIRE_EVENT] = TOOL_SET_EVENT,
    [FERMATA_SESSION_WIRE_SYSTEM] = TOOL_SET_SYSTEM,
  };
  gboolean is_pair = type == FERMATA_SESSION_WIRE_VARIABLE || type == FERMATA_SESSION_WIRE_SYSTEM;
  gsize first = is_pair ? strlen (payload) : length;
  g_autoptr (JSCValue) name = make_text (self, payload, first);
  g_autoptr (JSCValue) text = is_pair ? make_text (self, payload + first + 1, length - first - 1)
                                      : NULL;
  g_autoptr (JSCValue) result = NULL;

  result = call_tool (self, self->tools[tools[type]], is_pair ? 2 : 1,
                      (JSCValue *[]) { name, text });
}

static void
set_time (FermataSessionContext *self,
          gint64                 date)
{
  g_autoptr (JSCValue) milliseconds = NULL;
  g_autoptr (JSCValue) result = NULL;

  if (self->date == date)
    return;

  self->date = date;
  milliseconds = jsc_value_new_number (self->context, (double) (date / 1000));
  result = call_tool (self, self->tools[TOOL_SET_TIME], 1, &milliseconds);
}

static GBytes *
take_answer (JSCValue *answer)
{
  GBytes *bytes = jsc_value_to_string_as_bytes (answer);

  if (bytes == NULL)
    g_error ("no memory for the result");

  return bytes;
}

GBytes *
fermata_session_context_call (FermataSessionContext    *self,
                              FermataSessionVerb        verb,
                              const FermataSessionCall *call,
                              const char               *texts,
                              gsize                     length)
{
  gboolean is_pair = verb >= FERMATA_SESSION_VERB_ASSIGN;
  gsize first = strlen (texts);
  g_autoptr (JSCValue) a = make_text (self, texts, first);
  g_autoptr (JSCValue) b = is_pair ? make_text (self, texts + first + 1, length - first - 2) : NULL;
  g_autoptr (JSCValue) begun = NULL;
  g_autoptr (JSCValue) ended = NULL;
  g_autoptr (GBytes) bytes = NULL;

  self->seed = call->seed;
  set_time (self, call->date);
  begun = call_tool (self, self->verbs[verb], is_pair ? 2 : 1, (JSCValue *[]) { a, b });
  bytes = take_answer (begun);
  if (g_bytes_get_size (bytes) > 0)
    return g_steal_pointer (&bytes);

  ended = call_tool (self, self->tools[TOOL_FINISH], 0, NULL);

  return take_answer (ended);
}
