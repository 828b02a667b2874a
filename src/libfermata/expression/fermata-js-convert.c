/* fermata-js-convert.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-convert-private.h"

#include "expression/fermata-js-copies-private.h"
#include "expression/fermata-js-json-private.h"
#include "value/fermata-value-reader.h"

#include <math.h>
#include <string.h>

/* Longer texts are copied once. */
#define SHORT_TEXT 256

static JSCValue *
from_big_integer (FermataJsRuntime  *runtime,
                  gint64             integer,
                  GError           **error)
{
  char text[32];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT "n", integer);
  return fermata_js_runtime_evaluate (runtime, text, strlen (text), error);
}

static JSCValue *
from_integer (FermataJsRuntime  *runtime,
              gint64             integer,
              GError           **error)
{
  if (!fermata_js_is_safe_integer (integer))
    return from_big_integer (runtime, integer, error);

  return fermata_js_runtime_get_integer (runtime, integer);
}

static JSCValue *
from_number (FermataJsRuntime  *runtime,
             FermataValue      *value,
             const char        *what,
             GError           **error)
{
  const char *text = fermata_value_get_number_text (value);

  if (text != NULL)
    {
      g_set_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_RESULT,
                   "%s is %.60s, a number that JavaScript cannot hold", what, text);
      return NULL;
    }

  return jsc_value_new_number (fermata_js_runtime_get_context (runtime), fermata_value_get_number (value));
}

static JSCValue *
from_text (FermataJsRuntime  *runtime,
           FermataValue      *value,
           GError           **error)
{
  gsize length;
  const char *text = fermata_value_get_string (value, &length);

  if (length > SHORT_TEXT || strlen (text) != length)
    return fermata_js_copies_get (fermata_js_runtime_get_copies (runtime), value, error);

  return jsc_value_new_string (fermata_js_runtime_get_context (runtime), text);
}

JSCValue *
fermata_js_from_value (FermataJsRuntime  *runtime,
                       FermataValue      *value,
                       const char        *what,
                       GError           **error)
{
  switch (fermata_value_get_kind (value))
    {
    case FERMATA_VALUE_KIND_NULL:
      return fermata_js_runtime_get_null (runtime);
    case FERMATA_VALUE_KIND_BOOLEAN:
      return fermata_js_runtime_get_boolean (runtime, fermata_value_get_boolean (value));
    case FERMATA_VALUE_KIND_INTEGER:
      return from_integer (runtime, fermata_value_get_integer (value), error);
    case FERMATA_VALUE_KIND_NUMBER:
      return from_number (runtime, value, what, error);
    case FERMATA_VALUE_KIND_STRING:
      return from_text (runtime, value, error);
    case FERMATA_VALUE_KIND_ARRAY:
    case FERMATA_VALUE_KIND_OBJECT:
    default:
      return fermata_js_copies_get (fermata_js_runtime_get_copies (runtime), value, error);
    }
}

static FermataValue *
refuse_result (const char  *what,
               GError     **error)
{
  g_set_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_RESULT,
               "the result is %s", what);
  return NULL;
}

FermataValue *
fermata_js_number_to_value (double number)
{
  if (fabs (number) <= (double) FERMATA_JS_MAX_SAFE_INTEGER && number == floor (number) &&
      !(number == 0.0 && signbit (number)))
    return fermata_value_new_integer ((gint64) number);

  return fermata_value_new_number (number);
}

static FermataValue *
to_number (double    number,
           GError  **error)
{
  if (isnan (number))
    return refuse_result ("NaN", error);
  if (isinf (number))
    return refuse_result (number > 0 ? "Infinity" : "-Infinity", error);

  return fermata_js_number_to_value (number);
}

/* guard.js made sure that it has a UTF-8 form. */
static FermataValue *
to_text (JSCValue *value)
{
  g_autoptr (GBytes) bytes = jsc_value_to_string_as_bytes (value);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  return fermata_value_new_string (text, (gssize) length);
}

static FermataValue *
parse_encoded (JSCValue  *encoded,
               GError   **error)
{
  g_autoptr (GBytes) bytes = jsc_value_to_string_as_bytes (encoded);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (GError) local_error = NULL;
  FermataValue *value = fermata_value_parse (text, (gssize) length, &local_error);

  if (value == NULL)
    g_set_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_LIMIT,
                 "the result is too large: %s", local_error->message);
  return value;
}

static JSCValue *
encode (FermataJsRuntime  *runtime,
        JSCValue          *value,
        gboolean           anyway,
        GError           **error)
{
  g_autoptr (JSCValue) flag = fermata_js_runtime_get_boolean (runtime, anyway);
  JSCValue *arguments[] = { value, flag };
  JSCValue *encoded = fermata_js_runtime_call_tool (runtime, FERMATA_JS_TOOL_BEGIN_ENCODE, 2, arguments, error);

  while (encoded != NULL && jsc_value_is_undefined (encoded))
    {
      g_object_unref (encoded);
      encoded = fermata_js_runtime_call_tool (runtime, FERMATA_JS_TOOL_ENCODE_MORE, 0, NULL, error);
    }

  return encoded;
}

/* An object, a BigInt, or what has no JSON form. A copy that was handed over
 * stands for the value that it was made from, as long as that is known. */
static FermataValue *
to_encoded_value (FermataJsRuntime  *runtime,
                  JSCValue          *value,
                  GError           **error)
{
  g_autoptr (JSCValue) encoded = encode (runtime, value, FALSE, error);

  if (encoded != NULL && jsc_value_is_number (encoded))
    {
      FermataValue *original = fermata_js_copies_find (fermata_js_runtime_get_copies (runtime),
                                                       (guint) jsc_value_to_int32 (encoded));

      if (original != NULL)
        return fermata_value_ref (original);

      g_object_unref (encoded);
      encoded = encode (runtime, value, TRUE, error);
    }

  return encoded != NULL ? parse_encoded (encoded, error) : NULL;
}

FermataValue *
fermata_js_to_value (FermataJsRuntime  *runtime,
                     JSCValue          *value,
                     GError           **error)
{
  if (jsc_value_is_number (value))
    return to_number (jsc_value_to_double (value), error);
  if (jsc_value_is_string (value))
    return to_text (value);
  if (jsc_value_is_boolean (value))
    return fermata_value_new_boolean (jsc_value_to_boolean (value));
  if (jsc_value_is_null (value))
    return fermata_value_new_null ();
  if (jsc_value_is_undefined (value))
    return refuse_result ("undefined", error);

  return to_encoded_value (runtime, value, error);
}

gboolean
fermata_js_to_boolean (JSCValue  *value,
                       gboolean  *result,
                       GError   **error)
{
  if (jsc_value_is_function (value))
    {
      refuse_result ("a function", error);
      return FALSE;
    }

  *result = jsc_value_to_boolean (value);
  return TRUE;
}
