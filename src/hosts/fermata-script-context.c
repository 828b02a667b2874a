/* fermata-script-context.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-script-context-private.h"

#include "fermata-script-channel-private.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-writer.h"

#include <gio/gio.h>
#include <string.h>

/* The name of the code in traces. */
#define CODE_URI "code"

/* The first line of the code is the first line. */
#define BEGIN "(function(%s){\"use strict\";"
#define END "\n})"

#define MAX_MESSAGE 10000

/* Made of js/ and of the expressions' js/ when this is built */
GResource *fermata_script_host_scripts_get_resource (void);
GResource *fermata_expression_scripts_get_resource (void);

struct _FermataScriptContext {
  JSCContext *context;
  JSCValue *invoke;
  JSCValue *body;
  JSCValue *names;
  gsize first_column; /* of the first line: what stands before the code */
  char *failure;      /* why there is no body */
};

/* In the order in which they run. */
static const struct {
  GResource *(*get_resource) (void);
  const char *path;
} scripts[] = {
  { fermata_expression_scripts_get_resource, "/io/github/fermata/expression/guard.js" },
  { fermata_expression_scripts_get_resource, "/io/github/fermata/expression/encode.js" },
  { fermata_script_host_scripts_get_resource, "/io/github/fermata/script-host/script.js" },
};

/* --- What went wrong ----------------------------------------------------- */

static const char *
kind_of (const char *name)
{
  if (g_strcmp0 (name, "FermataResult") == 0 || g_strcmp0 (name, "FermataLimit") == 0)
    return "transformation";
  if (g_strcmp0 (name, "SyntaxError") == 0)
    return "expression";

  return "execution";
}

static char *
dup_message (const char *name,
             const char *message,
             guint       line)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (message, (gssize) strnlen (message, MAX_MESSAGE));

  if (name != NULL && *name != '\0')
    g_string_append_printf (text, "%s: ", name);
  g_string_append (text, valid);
  if (line > 0)
    g_string_append_printf (text, " (line %u of the code)", line);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_text (FermataValueBuilder *builder,
          const char          *name,
          const char          *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL || *text == '\0')
    return;

  valid = g_utf8_make_valid (text, (gssize) strnlen (text, MAX_MESSAGE));
  fermata_value_builder_set_string (builder, name, valid);
}

static char *
make_failure (FermataScriptContext *self,
              const char           *name,
              const char           *message,
              guint                 line,
              guint                 column,
              const char           *trace)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValueBuilder) details = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) details_value = NULL;
  g_autoptr (FermataValue) value = NULL;
  gboolean ours = name != NULL && g_str_has_prefix (name, "Fermata");
  g_autofree char *text = dup_message (ours ? NULL : name, message, line);

  add_text (details, "name", ours ? NULL : name);
  if (line > 0)
    fermata_value_builder_set_integer (details, "line", line);
  if (column > 0)
    fermata_value_builder_set_integer (details, "column", column);
  add_text (details, "stack", trace);
  details_value = fermata_value_builder_end (details);

  fermata_value_builder_set_string (builder, "kind", kind_of (name));
  fermata_value_builder_set_string (builder, "message", text);
  fermata_value_builder_set (builder, "details", details_value);
  value = fermata_value_builder_end (builder);

  return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
}

static char *
dup_thrown (JSCException *exception)
{
  const char *message = jsc_exception_get_message (exception);
  g_autofree char *text = NULL;

  if (message != NULL && *message != '\0')
    return g_strdup (message);

  text = jsc_exception_to_string (exception);

  return g_strdup (text != NULL ? text : "it threw something that cannot be described");
}

/* Only lines of the user's own code are of use to him. */
static char *
take_failure (FermataScriptContext *self)
{
  JSCException *current = jsc_context_get_exception (self->context);
  g_autoptr (JSCException) exception = g_object_ref (current);
  g_autofree char *message = NULL;
  gboolean in_code;
  guint line, column;

  jsc_context_clear_exception (self->context);
  message = dup_thrown (exception);
  in_code = g_strcmp0 (jsc_exception_get_source_uri (exception), CODE_URI) == 0;
  line = in_code ? jsc_exception_get_line_number (exception) : 0;
  column = in_code ? jsc_exception_get_column_number (exception) : 0;
  if (line == 1)
    column = column > self->first_column ? column - (guint) self->first_column : 0;

  return make_failure (self, jsc_exception_get_name (exception), message, line, column,
                       in_code ? jsc_exception_get_backtrace_string (exception) : NULL);
}

static gboolean
has_thrown (FermataScriptContext *self)
{
  return jsc_context_get_exception (self->context) != NULL;
}

/* --- Making -------------------------------------------------------------- */

static void
print (guint     stream,
       JSCValue *text,
       gpointer  unused)
{
  g_autoptr (GBytes) bytes = jsc_value_to_string_as_bytes (text);
  gsize length = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  if (length > 0)
    fermata_script_channel_print (stream, data, length);
  fermata_script_channel_print (stream, "\n", 1);
}

static gboolean
run_script (FermataScriptContext *self,
            guint                 index,
            JSCValue             *tools,
            JSCValue             *print_function)
{
  g_autoptr (GBytes) script = g_resource_lookup_data (scripts[index].get_resource (),
                                                      scripts[index].path,
                                                      G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JSCValue) function = NULL;
  g_autoptr (JSCValue) result = NULL;
  JSCValue *arguments[] = { tools, print_function };

  g_return_val_if_fail (script != NULL, FALSE);

  function = jsc_context_evaluate (self->context, g_bytes_get_data (script, NULL),
                                   (gssize) g_bytes_get_size (script));
  if (!has_thrown (self))
    result = jsc_value_function_callv (function, G_N_ELEMENTS (arguments), arguments);

  return !has_thrown (self);
}

FermataScriptContext *
fermata_script_context_new (JSCVirtualMachine *machine)
{
  FermataScriptContext *self = g_new0 (FermataScriptContext, 1);
  g_autoptr (JSCValue) tools = NULL;
  g_autoptr (JSCValue) print_function = NULL;

  self->context = jsc_context_new_with_virtual_machine (machine);
  tools = jsc_value_new_object (self->context, NULL, NULL);
  print_function = jsc_value_new_function (self->context, NULL, G_CALLBACK (print), NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_UINT, JSC_TYPE_VALUE);
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      if (!run_script (self, i, tools, print_function))
        g_error ("%s: %s", scripts[i].path,
                 jsc_exception_get_message (jsc_context_get_exception (self->context)));
    }
  self->invoke = jsc_value_object_get_property (tools, "invoke");

  return self;
}

static void
clear_code (FermataScriptContext *self)
{
  g_clear_object (&self->body);
  g_clear_object (&self->names);
  g_clear_pointer (&self->failure, g_free);
}

void
fermata_script_context_free (FermataScriptContext *self)
{
  clear_code (self);
  g_clear_object (&self->invoke);
  g_clear_object (&self->context);
  g_free (self);
}

/* --- Code ---------------------------------------------------------------- */

/* What closes a brace that is not its own does not close this one. */
static gboolean
is_one_body (FermataScriptContext *self,
             const char           *code)
{
  g_autofree char *text = g_strdup_printf (BEGIN "{%s\n}" END, "", code);

  return jsc_context_check_syntax (self->context, text, -1, JSC_CHECK_SYNTAX_MODE_SCRIPT, NULL, 1,
                                   NULL) == JSC_CHECK_SYNTAX_RESULT_SUCCESS;
}

static JSCValue *
make_names (FermataScriptContext *self,
            const char           *names)
{
  g_auto (GStrv) parts = g_strsplit (names, ",", -1);

  return jsc_value_new_array_from_strv (self->context, (const char *const *) parts);
}

void
fermata_script_context_set_code (FermataScriptContext *self,
                                 const char           *names,
                                 const char           *code,
                                 gsize                 length)
{
  g_autofree char *begin = g_strdup_printf (BEGIN, names);
  g_autofree char *text = NULL;

  clear_code (self);
  self->first_column = strlen (begin);
  self->names = make_names (self, names);
  if (strlen (code) != length)
    {
      self->failure = make_failure (self, "SyntaxError", "U+0000 in the code", 0, 0, NULL);
      return;
    }

  text = g_strconcat (begin, code, END, NULL);
  self->body = jsc_context_evaluate_with_source_uri (self->context, text, -1, CODE_URI, 1);
  if (has_thrown (self))
    self->failure = take_failure (self);
  else if (!is_one_body (self, code))
    self->failure = make_failure (self, "SyntaxError", "“}” without its “{”", 0, 0, NULL);
}

static char *
dup_text (JSCValue *value)
{
  g_autoptr (GBytes) bytes = jsc_value_to_string_as_bytes (value);

  if (bytes == NULL)
    g_error ("no memory for the result");

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

char *
fermata_script_context_call (FermataScriptContext  *self,
                             const char            *names,
                             gsize                  length,
                             gboolean               tagged,
                             char                 **failure)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JSCValue) text = NULL;
  g_autoptr (JSCValue) flag = NULL;
  g_autoptr (JSCValue) result = NULL;

  if (self->failure != NULL)
    {
      *failure = g_strdup (self->failure);
      return NULL;
    }

  bytes = g_bytes_new_static (names, length);
  text = jsc_value_new_string_from_bytes (self->context, bytes);
  flag = jsc_value_new_boolean (self->context, tagged);
  result = jsc_value_function_callv (self->invoke, 4,
                                     (JSCValue *[]) { self->body, self->names, text, flag });
  if (!has_thrown (self))
    return dup_text (result);

  *failure = take_failure (self);
  return NULL;
}
