/* fermata-js-path.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-path-private.h"

#include "expression/fermata-js-globals-private.h"

#include <string.h>

/* What objects of JavaScript have without having it. Arrays, texts and numbers
 * have more; for those every name but a number counts. */
static gboolean
is_inherited_by_objects (const char *name)
{
  static const char *const names[] = {
    "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable",
    "toLocaleString", "toString", "valueOf", NULL
  };

  return g_strv_contains (names, name);
}

/* "0", "17", but not "01" or "4294967295": as JavaScript names elements. */
static gboolean
parse_index (const char *step,
             guint64    *index)
{
  gsize length = strlen (step);

  if (length == 0 || length > 10 || (step[0] == '0' && length > 1))
    return FALSE;

  for (const char *p = step; *p != '\0'; p++)
    if (!g_ascii_isdigit (*p))
      return FALSE;

  *index = g_ascii_strtoull (step, NULL, 10);
  return *index < G_MAXUINT32;
}

/* In UTF-16 units, as JavaScript counts. */
static gint64
get_text_length (FermataValue *text)
{
  gsize n_bytes;
  const guchar *bytes = (const guchar *) fermata_value_get_string (text, &n_bytes);
  gint64 length = 0;

  for (gsize i = 0; i < n_bytes; i++)
    length += ((bytes[i] & 0xc0) != 0x80) + (bytes[i] >= 0xf0);

  return length;
}

/* Gives the member (NULL if undefined), or FALSE if JavaScript has to say. It is
 * the value's, unless it is an integer, which needs no owner. */
static gboolean
get_array_member (FermataValue  *array,
                  const char    *step,
                  FermataValue **member)
{
  guint64 index;

  if (parse_index (step, &index))
    *member = index < fermata_value_get_length (array) ? fermata_value_get_element (array, index) : NULL;
  else if (strcmp (step, "length") == 0)
    *member = fermata_value_new_integer ((gint64) fermata_value_get_length (array));
  else
    return FALSE;

  return TRUE;
}

static gboolean
get_member (FermataValue  *value,
            const char    *step,
            FermataValue **member)
{
  FermataValueKind kind = fermata_value_get_kind (value);

  if (kind == FERMATA_VALUE_KIND_OBJECT)
    {
      FermataValue *own = fermata_value_get_member (value, step);

      *member = own;
      return own != NULL || !is_inherited_by_objects (step);
    }

  if (kind == FERMATA_VALUE_KIND_ARRAY)
    return get_array_member (value, step, member);

  if (kind == FERMATA_VALUE_KIND_STRING && strcmp (step, "length") == 0)
    {
      *member = fermata_value_new_integer (get_text_length (value));
      return TRUE;
    }

  return FALSE;
}

/* Takes @value, which is what the first @n_steps of them led to. */
static void
follow (const char *const   *path,
        guint                n_path,
        guint                n_steps,
        FermataValue        *value,
        FermataJsPathResult *result)
{
  FermataJsPathOutcome outcome = FERMATA_JS_PATH_FOUND;
  FermataValue *root = value;

  while (outcome == FERMATA_JS_PATH_FOUND && n_steps < n_path)
    {
      FermataValue *member;

      if (value == NULL || fermata_value_is_null (value))
        outcome = FERMATA_JS_PATH_BROKEN;
      else if (!get_member (value, path[n_steps], &member))
        outcome = FERMATA_JS_PATH_INHERITED;
      else
        {
          value = member;
          n_steps++;
        }
    }

  if (outcome == FERMATA_JS_PATH_FOUND && value == NULL)
    outcome = FERMATA_JS_PATH_UNDEFINED;

  if (value != root)
    {
      value = value != NULL ? fermata_value_ref (value) : NULL;
      fermata_value_unref (root);
    }
  *result = (FermataJsPathResult) { outcome, value, n_steps };
}

void
fermata_js_path_follow (const char *const   *path,
                        guint                n_path,
                        FermataValue        *value,
                        FermataJsPathResult *result)
{
  follow (path, n_path, 0, fermata_value_ref (value), result);
}

/* FALSE only if the scope had an error. */
gboolean
fermata_js_path_resolve (const char *const    *path,
                         guint                 n_path,
                         FermataScope         *scope,
                         FermataJsPathResult  *result,
                         GError              **error)
{
  g_autoptr (GError) local_error = NULL;
  guint n_used = 1;
  FermataValue *value = scope->lookup (scope, path, n_path, &n_used, &local_error);

  if (value == NULL && local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  follow (path, n_path, CLAMP (n_used, 1, n_path), value, result);
  return TRUE;
}

void
fermata_js_path_result_clear (FermataJsPathResult *result)
{
  g_clear_pointer (&result->value, fermata_value_unref);
}

static gboolean
is_word (const char *step)
{
  if (!g_ascii_isalpha (*step) && *step != '_' && *step != '$')
    return FALSE;

  for (; *step != '\0'; step++)
    if (!g_ascii_isalnum (*step) && *step != '_' && *step != '$')
      return FALSE;

  return TRUE;
}

char *
fermata_js_path_to_string (const char *const *path,
                           guint              n_path)
{
  gboolean is_call = n_path > 1 && fermata_js_globals_is_function (path[0]);
  GString *text = g_string_new (path[0]);

  if (is_call)
    g_string_append_printf (text, " (\"%s\")", path[1]);

  for (guint i = is_call ? 2 : 1; i < n_path; i++)
    {
      guint64 index;

      if (parse_index (path[i], &index))
        g_string_append_printf (text, "[%s]", path[i]);
      else if (is_word (path[i]))
        g_string_append_printf (text, ".%s", path[i]);
      else
        g_string_append_printf (text, "[\"%s\"]", path[i]);
    }

  return g_string_free (text, FALSE);
}

char *
fermata_js_path_describe (const char *const         *path,
                          const FermataJsPathResult *result)
{
  g_autofree char *text = fermata_js_path_to_string (path, result->n_steps);
  const char *what = result->value == NULL ? "undefined" : "null";

  if (result->n_steps == 1 && fermata_js_globals_is_function (path[0]))
    return g_strdup_printf ("there is no “%s ()” here: only machines have it", text);
  if (result->outcome == FERMATA_JS_PATH_UNDEFINED)
    return g_strdup_printf ("%s is undefined", text);

  return g_strdup_printf ("%s is %s: it has no member “%s”", text, what, path[result->n_steps]);
}
