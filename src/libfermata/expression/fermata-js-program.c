/* fermata-js-program.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-program-private.h"

#include "expression/fermata-js-convert-private.h"
#include "expression/fermata-js-globals-private.h"
#include "expression/fermata-js-path-private.h"

#include <string.h>

/* Functions that are kept, of all programs of a context. */
#define MAX_FUNCTIONS 2048

#define RESERVED FERMATA_JS_RESERVED_PREFIX

/* One parameter: a name, or a constant path in whose place it stands. Arrays
 * and objects are copied as the shortest path that is used holds them, so that
 * input.items[0] is one of input.items. */
typedef struct {
  char **path;
  guint n_path;
  guint anchor;    /* the input whose path this one's begins with, or itself */
} Input;

struct _FermataJsProgram {
  char *text;      /* of the function, once rewritten */
  GArray *inputs;
  gboolean uses_clock;

  FermataJsRuntime *runtime;   /* that has the function; not owned */
  JSCValue *function;
  GList link;                  /* in its programs */
};

static void
clear_input (gpointer data)
{
  g_strfreev (((Input *) data)->path);
}

static Input *
get_input (FermataJsProgram *self,
           guint             index)
{
  return &g_array_index (self->inputs, Input, index);
}

/* Whether the path can be replaced by a parameter of its own. A name that is
 * declared anywhere within is left to JavaScript altogether. */
static gboolean
is_replaced (const FermataJsSource    *source,
             const FermataJsReference *reference)
{
  return reference->n_steps > 0 &&
         !(reference->flags & FERMATA_JS_REFERENCE_NEW) &&
         !fermata_js_names_is_declared (source->names, reference);
}

static char **
dup_path (const FermataJsSource    *source,
          const FermataJsReference *reference,
          guint                     n_steps)
{
  char **path = g_new0 (char *, n_steps + 2);

  path[0] = g_strdup (fermata_js_names_get_name (source->names, reference));
  for (guint i = 0; i < n_steps; i++)
    path[i + 1] = g_strdup (fermata_js_names_get_step (source->names, reference, i));

  return path;
}

/* Appends a step so that no two paths give the same key. */
static void
append_key (GString    *key,
            const char *step)
{
  g_string_append_printf (key, "%" G_GSIZE_FORMAT ":%s", strlen (step), step);
}

static char *
path_to_key (char **path)
{
  GString *key = g_string_new (NULL);

  for (; *path != NULL; path++)
    append_key (key, *path);

  return g_string_free (key, FALSE);
}

/* The place of the parameter for this path among the inputs. */
static guint
add_input (FermataJsProgram          *self,
           GHashTable                *known,
           const FermataJsSource     *source,
           const FermataJsReference  *reference)
{
  guint n_steps = is_replaced (source, reference) ? reference->n_steps : 0;
  Input input = { dup_path (source, reference, n_steps), n_steps + 1, self->inputs->len };
  g_autofree char *key = path_to_key (input.path);
  gpointer index;

  if (g_hash_table_lookup_extended (known, key, NULL, &index))
    {
      g_strfreev (input.path);
      return GPOINTER_TO_UINT (index);
    }

  g_hash_table_insert (known, g_steal_pointer (&key), GUINT_TO_POINTER (self->inputs->len));
  g_array_append_val (self->inputs, input);
  return self->inputs->len - 1;
}

/* The shortest beginning of its path that is an input, too. */
static void
find_anchor (FermataJsProgram *self,
             GHashTable       *known,
             guint             index)
{
  Input *input = get_input (self, index);
  gboolean is_call = fermata_js_globals_is_function (input->path[0]);
  g_autoptr (GString) key = g_string_new (NULL);

  for (guint i = 0; i < input->n_path; i++)
    {
      gpointer found;

      append_key (key, input->path[i]);
      if (is_call && i == 0 && input->n_path > 1)
        continue;
      if (g_hash_table_lookup_extended (known, key->str, NULL, &found))
        {
          input->anchor = GPOINTER_TO_UINT (found);
          return;
        }
    }
}

static void
append_parameter (GString     *text,
                  const Input *input,
                  guint        index)
{
  if (input->n_path == 1)
    g_string_append (text, input->path[0]);
  else
    g_string_append_printf (text, RESERVED "%u", index);
}

/* A step that is called is none of the reference: `.floor` of Math.floor (x). */
static gboolean
is_followed_by_other_step (const char               *rest,
                           gsize                     length,
                           const char               *step)
{
  gsize end = 1;

  if (length == 0 || *rest != '.')
    return FALSE;
  while (end < length && (g_ascii_isalnum (rest[end]) || rest[end] == '_'))
    end++;

  /* To read on is more than this can: what is not plain may be anything. */
  return end > 1 && end < length && rest[end] != '\\' && rest[end] != '$' && (guchar) rest[end] < 0x80
         && (end - 1 != strlen (step) || strncmp (rest + 1, step, end - 1) != 0);
}

/* Only Date and Math.random () do; whoever takes Math apart may. */
static gboolean
is_clock (const FermataJsSource    *source,
          const FermataJsReference *reference,
          const char               *text,
          gsize                     length)
{
  const char *name = fermata_js_names_get_name (source->names, reference);

  if (strcmp (name, "Math") == 0 && reference->n_steps == 0)
    return !is_followed_by_other_step (text + reference->end, length - reference->end, "random");
  if (strcmp (name, "Math") == 0)
    return strcmp (fermata_js_names_get_step (source->names, reference, 0), "random") == 0;

  return strcmp (name, "Date") == 0;
}

/* The user's text, with parameters in the place of paths. */
static void
rewrite (FermataJsProgram      *self,
         const char            *text,
         gsize                  length,
         const FermataJsSource *source,
         GHashTable            *known,
         GString               *body)
{
  gsize done = 0;

  for (guint i = 0; i < fermata_js_names_get_n (source->names); i++)
    {
      FermataJsReference *reference = fermata_js_names_get (source->names, i);
      guint index;

      if (fermata_js_globals_has (fermata_js_names_get_name (source->names, reference)))
        {
          self->uses_clock = self->uses_clock || is_clock (source, reference, text, length);
          continue;
        }

      index = add_input (self, known, source, reference);
      if (!is_replaced (source, reference))
        continue;

      g_string_append_len (body, text + done, (gssize) (reference->start - done));
      g_string_append_printf (body, RESERVED "get(" RESERVED "%u)", index);
      done = reference->end;
    }

  g_string_append_len (body, text + done, (gssize) (length - done));
}

/* Called from here, the `this` of a function is the global object. An arrow
 * function has that of what is around it, but takes twice as long to make. */
static const struct {
  const char *begin;
  const char *arrow;
  const char *end;
} wrappers[] = {
  { "(function(", "){\"use strict\";", "})" },
  { "(function(){\"use strict\";return((", ")=>{", "})})()" },
};

static char *
make_function_text (FermataJsProgram *self,
                    GString          *body,
                    gboolean          uses_this)
{
  GString *text = g_string_sized_new (body->len + 160);

  g_string_append (text, wrappers[uses_this].begin);
  for (guint i = 0; i < self->inputs->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_parameter (text, get_input (self, i), i);
    }
  g_string_append (text, wrappers[uses_this].arrow);
  g_string_append (text, "try{return " RESERVED "result((\n");
  g_string_append_len (text, body->str, (gssize) body->len);
  g_string_append (text, "\n))}catch(" RESERVED "e){" RESERVED "fail(" RESERVED "e)}");
  g_string_append (text, wrappers[uses_this].end);

  return g_string_free (text, FALSE);
}

FermataJsProgram *
fermata_js_program_new (const char            *text,
                        gsize                  length,
                        const FermataJsSource *source)
{
  FermataJsProgram *self = g_new0 (FermataJsProgram, 1);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) body = g_string_sized_new (length);

  self->inputs = g_array_new (FALSE, FALSE, sizeof (Input));
  g_array_set_clear_func (self->inputs, clear_input);
  self->link.data = self;

  rewrite (self, text, length, source, known, body);
  for (guint i = 0; i < self->inputs->len; i++)
    find_anchor (self, known, i);
  self->text = make_function_text (self, body, source->uses_this);

  return self;
}

void
fermata_js_program_forget (FermataJsProgram *self)
{
  if (self->runtime == NULL)
    return;

  g_queue_unlink (fermata_js_runtime_get_programs (self->runtime), &self->link);
  self->runtime = NULL;
  g_clear_object (&self->function);
}

void
fermata_js_program_free (FermataJsProgram *self)
{
  fermata_js_program_forget (self);
  g_array_unref (self->inputs);
  g_free (self->text);
  g_free (self);
}

static gboolean
ensure_function (FermataJsProgram  *self,
                 FermataJsRuntime  *runtime,
                 GError           **error)
{
  GQueue *programs = fermata_js_runtime_get_programs (runtime);

  if (self->runtime == runtime)
    {
      g_queue_unlink (programs, &self->link);
      g_queue_push_head_link (programs, &self->link);
      return TRUE;
    }

  fermata_js_program_forget (self);
  self->function = fermata_js_runtime_evaluate (runtime, self->text, strlen (self->text), error);
  if (self->function == NULL)
    return FALSE;

  self->runtime = runtime;
  g_queue_push_head_link (programs, &self->link);
  if (programs->length > MAX_FUNCTIONS)
    fermata_js_program_forget (g_queue_peek_tail (programs));
  return TRUE;
}

static JSCValue *
make_broken (FermataJsRuntime           *runtime,
             const Input                *input,
             const FermataJsPathResult  *result,
             GError                    **error)
{
  g_autofree char *message = fermata_js_path_describe ((const char *const *) input->path, result);
  JSCContext *context = fermata_js_runtime_get_context (runtime);
  g_autoptr (JSCValue) name = jsc_value_new_string (context, "FermataPath");
  g_autoptr (JSCValue) text = jsc_value_new_string (context, message);
  JSCValue *arguments[] = { name, text };

  return fermata_js_runtime_call_tool (runtime, FERMATA_JS_TOOL_BROKEN, 2, arguments, error);
}

/* The last @n of its steps, from @base on, as JavaScript takes them. */
static JSCValue *
walk (FermataJsRuntime  *runtime,
      const Input       *input,
      guint              first,
      JSCValue          *base,
      GError           **error)
{
  JSCContext *context = fermata_js_runtime_get_context (runtime);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *text = fermata_js_path_to_string ((const char *const *) input->path, first);

  g_ptr_array_add (arguments, g_object_ref (base));
  g_ptr_array_add (arguments, jsc_value_new_string (context, text));
  for (guint i = first; i < input->n_path; i++)
    g_ptr_array_add (arguments, jsc_value_new_string (context, input->path[i]));

  return fermata_js_runtime_call_tool (runtime, FERMATA_JS_TOOL_WALK, arguments->len,
                                       (JSCValue **) arguments->pdata, error);
}

static gboolean
is_container (FermataValue *value)
{
  FermataValueKind kind = value != NULL ? fermata_value_get_kind (value) : FERMATA_VALUE_KIND_NULL;

  return kind == FERMATA_VALUE_KIND_ARRAY || kind == FERMATA_VALUE_KIND_OBJECT;
}

/* The function over what stands under its name. */
static JSCValue *
make_function (FermataJsRuntime           *runtime,
               const Input                *input,
               const FermataJsPathResult  *result,
               GError                    **error)
{
  JSCContext *context = fermata_js_runtime_get_context (runtime);
  g_autoptr (JSCValue) name = jsc_value_new_string (context, input->path[0]);
  g_autoptr (JSCValue) value = fermata_js_from_value (runtime, result->value, input->path[0], error);
  JSCValue *arguments[] = { name, value };

  if (value == NULL)
    return NULL;

  return fermata_js_runtime_call_tool (runtime, FERMATA_JS_TOOL_MAKE_FUNCTION, 2, arguments, error);
}

/* An array or object within the one that another input is. */
static JSCValue *
make_anchored (FermataJsProgram  *self,
               FermataJsRuntime  *runtime,
               const Input       *input,
               JSCValue         **arguments,
               GError           **error)
{
  return walk (runtime, input, get_input (self, input->anchor)->n_path, arguments[input->anchor], error);
}

static JSCValue *
make_found (FermataJsRuntime           *runtime,
            const Input                *input,
            const FermataJsPathResult  *result,
            GError                    **error)
{
  g_autofree char *what = NULL;

  if (fermata_value_get_kind (result->value) == FERMATA_VALUE_KIND_NUMBER)
    what = fermata_js_path_to_string ((const char *const *) input->path, input->n_path);

  return fermata_js_from_value (runtime, result->value, what, error);
}

static JSCValue *
make_inherited (FermataJsRuntime           *runtime,
                const Input                *input,
                const FermataJsPathResult  *result,
                GError                    **error)
{
  g_autoptr (JSCValue) base = fermata_js_from_value (runtime, result->value, input->path[0], error);

  return base != NULL ? walk (runtime, input, result->n_steps, base, error) : NULL;
}

static JSCValue *
make_argument (FermataJsProgram  *self,
               FermataJsRuntime  *runtime,
               guint              index,
               JSCValue         **arguments,
               FermataScope      *scope,
               GError           **error)
{
  const Input *input = get_input (self, index);
  g_auto (FermataJsPathResult) result = { 0 };

  if (!fermata_js_path_resolve ((const char *const *) input->path, input->n_path, scope, &result, error))
    return NULL;

  switch (result.outcome)
    {
    case FERMATA_JS_PATH_FOUND:
      if (input->anchor != index && is_container (result.value))
        return make_anchored (self, runtime, input, arguments, error);
      if (input->n_path == 1 && fermata_js_globals_is_function (input->path[0]))
        return make_function (runtime, input, &result, error);
      return make_found (runtime, input, &result, error);

    case FERMATA_JS_PATH_UNDEFINED:
      return fermata_js_runtime_get_undefined (runtime);

    case FERMATA_JS_PATH_INHERITED:
      return make_inherited (runtime, input, &result, error);

    case FERMATA_JS_PATH_BROKEN:
    default:
      return make_broken (runtime, input, &result, error);
    }
}

static gboolean
make_arguments (FermataJsProgram  *self,
                FermataJsRuntime  *runtime,
                JSCValue         **arguments,
                FermataScope      *scope,
                GError           **error)
{
  /* Anchors first: they are what others begin with */
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < self->inputs->len; i++)
      {
        if ((get_input (self, i)->anchor == i) != (pass == 0))
          continue;
        arguments[i] = make_argument (self, runtime, i, arguments, scope, error);
        if (arguments[i] == NULL)
          return FALSE;
      }

  return TRUE;
}

/* Messages quote the function's text; the user knows the path. */
static void
restore_paths (FermataJsProgram *self,
               GError           *error)
{
  g_autoptr (GString) message = NULL;

  if (strstr (error->message, RESERVED) == NULL)
    return;

  message = g_string_new (error->message);
  for (guint i = 0; i < self->inputs->len; i++)
    {
      const Input *input = get_input (self, i);
      g_autofree char *call = g_strdup_printf (RESERVED "get(" RESERVED "%u)", i);
      g_autofree char *path = fermata_js_path_to_string ((const char *const *) input->path, input->n_path);

      g_string_replace (message, call, path, 0);
    }
  g_free (error->message);
  error->message = g_string_free (g_steal_pointer (&message), FALSE);
}

static JSCValue *
call (FermataJsProgram  *self,
      FermataJsRuntime  *runtime,
      JSCValue         **arguments,
      FermataScope      *scope,
      GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  JSCValue *result;

  if (self->uses_clock && !fermata_js_runtime_set_clock (runtime, scope, error))
    return NULL;

  if (!ensure_function (self, runtime, error))
    return NULL;

  result = fermata_js_runtime_call (runtime, self->function, self->inputs->len, arguments, &local_error);
  if (result == NULL)
    {
      restore_paths (self, local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
    }
  return result;
}

JSCValue *
fermata_js_program_run (FermataJsProgram  *self,
                        FermataJsRuntime  *runtime,
                        FermataScope      *scope,
                        GError           **error)
{
  JSCValue *few[8] = { NULL };
  guint n = self->inputs->len;
  g_autofree JSCValue **many = n > G_N_ELEMENTS (few) ? g_new0 (JSCValue *, n) : NULL;
  JSCValue **arguments = many != NULL ? many : few;
  JSCValue *result = NULL;

  if (make_arguments (self, runtime, arguments, scope, error))
    result = call (self, runtime, arguments, scope, error);

  for (guint i = 0; i < n; i++)
    g_clear_object (&arguments[i]);
  return result;
}
