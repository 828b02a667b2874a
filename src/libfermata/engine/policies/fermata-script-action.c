/* fermata-script-action.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/policies/fermata-script-action-private.h"

#include "engine/fermata-task-error.h"
#include "engine/policies/fermata-assignments-private.h"
#include "value/fermata-value-builder.h"

#include <string.h>

static const char *const known_names[] = {
  "variables", "event", "inputs", "iteration", "run", "In", "visits",
};

G_STATIC_ASSERT (G_N_ELEMENTS (known_names) < FERMATA_SCRIPT_MAX_NAMES);

/* The code stands on the first line, and its lines are its own. It is a function
 * of its own, so that it may return; what follows is hoisted. */
#define BEGIN "return __fermata_run (() => variables, () => {"

/*
 * Each variable is written down before and after, with what JSON has no word for;
 * what cannot be read, a number that JavaScript cannot hold, stays what it is. What
 * cannot be written down differs: why it is no value is said by what encodes it.
 */
#define END "\n});\n" \
  "function __fermata_run (get, run)\n" \
  "{\n" \
  "  function write (value)\n" \
  "  {\n" \
  "    if (Array.isArray (value))\n" \
  "      return `[${Array.from ({ length: value.length }, (_, i) => read (value, i))}]${value.length}`;\n" \
  "    if (typeof value === 'string')\n" \
  "      return JSON.stringify (value);\n" \
  "    if (typeof value === 'object' && value !== null && Object.getPrototypeOf (value) === Object.prototype)\n" \
  "      return `{${Object.keys (value).map (key => JSON.stringify (key) + ':' + read (value, key))}}`;\n" \
  "    if ((typeof value === 'object' && value !== null) || typeof value === 'function' || typeof value === 'symbol')\n" \
  "      throw value;\n" \
  "    return Object.is (value, -0) ? '-0' : typeof value + String (value);\n" \
  "  }\n" \
  "  function read (container, key)\n" \
  "  {\n" \
  "    const getter = Object.getOwnPropertyDescriptor (container, key)?.get;\n" \
  "    if (getter === undefined)\n" \
  "      return write (container[key]);\n" \
  "    getters.has (getter) || getters.set (getter, getters.size);\n" \
  "    return `?${getters.get (getter)}`;\n" \
  "  }\n" \
  "  function tryRead (container, key)\n" \
  "  {\n" \
  "    try { return read (container, key); } catch { return Symbol (); }\n" \
  "  }\n" \
  "  const getters = new Map ();\n" \
  "  const before = new Map (Object.keys (get ()).map (key => [key, tryRead (get (), key)]));\n" \
  "  run ();\n" \
  "  const after = get ();\n" \
  "  if (typeof after !== 'object' || after === null || Array.isArray (after))\n" \
  "    throw '“variables” is no object any more';\n" \
  "  for (const key of before.keys ())\n" \
  "    if (!Object.hasOwn (after, key))\n" \
  "      throw `“variables.${key}” is gone: variables can be changed, but not removed`;\n" \
  "  const changed = Object.keys (after).filter (key => before.get (key) !== tryRead (after, key));\n" \
  "  return Object.fromEntries (changed.map (key => [key, after[key]]));\n" \
  "}\n"

#define IN "In = (active => id => active.includes (id)) (In);"
#define VISITS "visits = (results => id => Object.hasOwn (results, id) ? results[id] : []) (visits);"

static gboolean
is_name_byte (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '$' || (guint8) c >= 0x80;
}

guint
fermata_script_find_names (const char        *code,
                           gsize              length,
                           const char *const *known,
                           guint              n_known)
{
  const char *end = code + length;
  guint found = 0;

  for (const char *p = code; p < end;)
    {
      const char *word = p;

      while (p < end && is_name_byte (*p))
        p++;
      for (guint i = 0; p > word && i < n_known; i++)
        {
          if (strncmp (word, known[i], p - word) == 0 && known[i][p - word] == '\0')
            found |= 1u << i;
        }
      if (p == word)
        p++;
    }

  return found;
}

/* Functions are made only where there is something to make them of. */
static FermataValue *
make_program (const char   *code,
              gsize         length,
              FermataValue *names)
{
  g_autoptr (GString) program = g_string_sized_new (length + sizeof BEGIN + sizeof END + 256);

  if (fermata_value_get_member (names, "In") != NULL)
    g_string_append (program, IN);
  if (fermata_value_get_member (names, "visits") != NULL)
    g_string_append (program, VISITS);
  g_string_append (program, BEGIN);
  g_string_append_len (program, code, (gssize) length);
  g_string_append (program, END);

  return fermata_value_new_string (program->str, (gssize) program->len);
}

/* FALSE if the scope has an error; what it does not have is undefined. */
static gboolean
add_name (FermataValueBuilder  *builder,
          const char           *name,
          FermataScope         *scope,
          GError              **error)
{
  const char *const path[] = { name };
  g_autoptr (GError) local_error = NULL;
  g_autoptr (FermataValue) value = NULL;
  guint n_used = 1;

  value = scope->lookup (scope, path, 1, &n_used, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (value != NULL)
    fermata_value_builder_set (builder, name, value);

  return TRUE;
}

gboolean
fermata_script_action_init (FermataScriptAction  *self,
                            FermataValue         *code,
                            FermataScope         *scope,
                            GError              **error)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  gsize length;
  const char *text = fermata_value_get_string (code, &length);
  guint found = 1 | fermata_script_find_names (text, length, known_names, G_N_ELEMENTS (known_names));
  guint n = 0;

  self->code = NULL;
  self->names = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (known_names); i++)
    {
      if ((found & 1u << i) == 0)
        continue;
      if (!add_name (builder, known_names[i], scope, error))
        return FALSE;
      self->parameters[n++] = known_names[i];
    }
  self->parameters[n] = NULL;
  self->names = fermata_value_builder_end (builder);
  if (fermata_value_get_member (self->names, "variables") == NULL)
    {
      FermataValue *names = self->names;
      g_autoptr (FermataValue) none = fermata_value_new_empty_object ();

      self->names = fermata_value_with_member (names, "variables", none);
      fermata_value_unref (names);
    }
  self->code = make_program (text, length, self->names);

  return TRUE;
}

void
fermata_script_action_clear (FermataScriptAction *self)
{
  g_clear_pointer (&self->code, fermata_value_unref);
  g_clear_pointer (&self->names, fermata_value_unref);
}

static FermataValue *
change_new (const char   *name,
            FermataValue *value)
{
  g_autoptr (FermataValueBuilder) change = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (change, FERMATA_ASSIGNED_VARIABLE, name);
  fermata_value_builder_set (change, "value", value);

  return fermata_value_builder_end (change);
}

FermataValue *
fermata_script_action_read_changes (FermataValue  *variables,
                                    FermataValue  *result,
                                    GError       **error)
{
  g_autoptr (FermataValueBuilder) changes = fermata_value_builder_new_array ();

  for (gsize i = 0; i < fermata_value_get_length (result); i++)
    {
      const char *name = fermata_value_get_member_name (result, i);
      g_autoptr (FermataValue) change = change_new (name, fermata_value_get_member (result, name));

      if (variables == NULL || fermata_value_get_member (variables, name) == NULL)
        {
          g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXPRESSION,
                       "there is no variable “%s”", name);
          return NULL;
        }
      fermata_value_builder_add (changes, change);
    }

  return fermata_value_builder_end (changes);
}
