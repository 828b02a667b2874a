/* fermata-js-globals.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-globals-private.h"

#include <stdlib.h>
#include <string.h>

/* Sorted. What js/remove.js leaves, and our own. */
static const char *const available[] = {
  "AggregateError", "Array", "BigInt", "Boolean", "Date", "Error", "EvalError",
  "Infinity", "Iterator", "JSON", "Map", "Math", "NaN", "Number", "Object",
  "RangeError", "ReferenceError", "Reflect", "Set", "String", "Symbol",
  "SyntaxError", "TypeError", "URIError", "WeakMap", "WeakSet", "decodeURI",
  "decodeURIComponent", "encodeURI", "encodeURIComponent", "isFinite", "isNaN",
  "matches", "parseFloat", "parseInt", "undefined",
};

/* Sorted. */
static const char *const removed[] = {
  "ArrayBuffer", "Atomics", "BigInt64Array", "BigUint64Array", "DataView",
  "FinalizationRegistry", "Float16Array", "Float32Array", "Float64Array",
  "Function", "Int16Array", "Int32Array", "Int8Array", "Intl", "Promise",
  "Proxy", "SharedArrayBuffer", "Uint16Array", "Uint32Array", "Uint8Array",
  "Uint8ClampedArray", "WeakRef", "WebAssembly", "arguments", "clearInterval",
  "clearTimeout", "console", "document", "escape", "eval", "fetch", "global",
  "globalThis", "process", "queueMicrotask", "require", "setInterval",
  "setTimeout", "structuredClone", "unescape", "window",
};

/* Sorted. No names in strict mode. */
static const char *const reserved[] = {
  "implements", "interface", "let", "package", "private", "protected", "public", "static", "yield",
};

static int
compare (const void *a,
         const void *b)
{
  return strcmp (a, *(const char *const *) b);
}

static gboolean
has (const char *const *names,
     gsize              n_names,
     const char        *name)
{
  return bsearch (name, names, n_names, sizeof (char *), compare) != NULL;
}

gboolean
fermata_js_globals_has (const char *name)
{
  return has (available, G_N_ELEMENTS (available), name);
}

/* Functions over what a machine's scope has under their names. */
gboolean
fermata_js_globals_is_function (const char *name)
{
  return strcmp (name, "In") == 0 || strcmp (name, "visits") == 0;
}

static gboolean
check_reference (const FermataJsSource     *source,
                 const FermataJsReference  *reference,
                 GError                   **error)
{
  const char *name = fermata_js_names_get_name (source->names, reference);

  if (strcmp (name, "RegExp") == 0)
    g_set_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_REGEXP,
                 "regular expressions are not available in expressions: "
                 "use matches (text, \"pattern\")");
  else if (has (removed, G_N_ELEMENTS (removed), name))
    g_set_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_SYNTAX,
                 "“%s” is not available in expressions", name);
  else if (has (reserved, G_N_ELEMENTS (reserved), name))
    g_set_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_SYNTAX,
                 "“%s” is a reserved word", name);
  else if (reference->flags & FERMATA_JS_REFERENCE_ASSIGNED)
    g_set_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_SYNTAX,
                 "“%s” cannot be assigned to: an expression changes nothing", name);
  else
    return TRUE;

  return FALSE;
}

gboolean
fermata_js_globals_check (const FermataJsSource  *source,
                          gsize                  *error_offset,
                          GError                **error)
{
  for (guint i = 0; i < fermata_js_names_get_n (source->names); i++)
    {
      FermataJsReference *reference = fermata_js_names_get (source->names, i);

      if (!check_reference (source, reference, error))
        {
          *error_offset = reference->start;
          return FALSE;
        }
    }

  return TRUE;
}
