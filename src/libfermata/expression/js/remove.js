/* remove.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What could run text as code, run later, run without end, or keep something
 * from one evaluation to the next: all that is removed. */
(function (tools) {
  "use strict";

  const { apply } = Reflect;
  const { defineProperty, getPrototypeOf, getOwnPropertyNames, getOwnPropertySymbols } = Object;

  function remove (object, ...names)
  {
    for (const name of names)
      delete object[name];
  }

  /* Text as code */
  for (const sample of [function () {}, function* () {}, async function () {}, async function* () {}])
    remove (getPrototypeOf (sample), "constructor");
  remove (globalThis, "eval", "Function");

  /* Regular expressions, which the watchdog cannot end */
  remove (RegExp.prototype, ...getOwnPropertyNames (RegExp.prototype),
          ...getOwnPropertySymbols (RegExp.prototype));
  remove (String.prototype, "match", "matchAll", "search");
  remove (globalThis, "RegExp");

  for (const name of ["split", "replace", "replaceAll"])
    {
      const native = String.prototype[name];

      defineProperty (String.prototype, name, {
        value: {
          [name] (pattern, ...rest) {
            if (typeof pattern === "object" && pattern !== null)
              throw new TypeError (`${name} () takes a text here, not an object`);
            return apply (native, this, [pattern, ...rest]);
          }
        }[name]
      });
    }

  /* Later */
  remove (Array, "fromAsync");
  remove (globalThis, "Promise", "WeakRef", "FinalizationRegistry");

  /* Memory outside the heap, and other engines */
  remove (globalThis, "ArrayBuffer", "SharedArrayBuffer", "DataView", "Atomics", "WebAssembly",
          "Int8Array", "Int16Array", "Int32Array", "Uint8Array", "Uint8ClampedArray",
          "Uint16Array", "Uint32Array", "Float16Array", "Float32Array", "Float64Array",
          "BigInt64Array", "BigUint64Array");

  /* What lies about itself, speaks, or differs from machine to machine */
  remove (globalThis, "Proxy", "console", "Intl", "escape", "unescape");
  Error.stackTraceLimit = 1;   /* or messages do not quote */
  remove (Error, "captureStackTrace");

  /* Without it, a member of this name is one like any other: counts[word]++ */
  remove (Object.prototype, "__proto__", "__defineGetter__", "__defineSetter__",
          "__lookupGetter__", "__lookupSetter__");
})
