/* harden.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Freezes all that an expression can reach, so that nothing lasts from one
 * evaluation to the next. */
(function (tools) {
  "use strict";

  const { ownKeys } = Reflect;
  const { defineProperty, freeze, getOwnPropertyDescriptor, getPrototypeOf, hasOwn } = Object;
  const functionPrototype = getPrototypeOf (Object);

  /* A frozen prototype's member could not be hidden by an assignment to an
   * object of one's own: words["constructor"] = 1. As an accessor it can. */
  function allowHiding (prototype, name)
  {
    const { value, enumerable } = getOwnPropertyDescriptor (prototype, name);

    defineProperty (prototype, name, {
      enumerable,
      configurable: false,
      get () { return value; },
      set (own) {
        if (this === prototype)
          throw new TypeError ("Attempted to assign to readonly property.");
        defineProperty (this, name, { value: own, writable: true, enumerable: true, configurable: true });
      }
    });
  }

  for (const name of ["constructor", "toString", "toLocaleString", "valueOf", "hasOwnProperty",
                      "propertyIsEnumerable", "isPrototypeOf"])
    allowHiding (Object.prototype, name);

  for (const error of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError,
                       AggregateError])
    for (const name of ["name", "message", "toString"])
      if (getOwnPropertyDescriptor (error.prototype, name))
        allowHiding (error.prototype, name);

  const global = globalThis;
  delete global.globalThis;

  const seen = new Set ();
  const waiting = [];

  function add (value)
  {
    if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has (value))
      return;
    seen.add (value);
    waiting.push (value);
  }

  /* What no name leads to */
  const samples = [
    [][Symbol.iterator] (), new Map ()[Symbol.iterator] (), new Set ()[Symbol.iterator] (),
    ""[Symbol.iterator] (), function* () {}, async function () {}, async function* () {},
    (function* () {}) (), (async function* () {}) (),
    Iterator.from ([]).map (x => x), Iterator.from ({ next () {} }),
    (function () { return arguments; }) (),
  ];

  for (const sample of samples)
    add (getPrototypeOf (sample));
  for (const name of ownKeys (global))
    add (global[name]);

  while (waiting.length > 0)
    {
      const object = waiting.pop ();
      const bare = typeof object === "function" && object !== functionPrototype &&
                   !hasOwn (object, "prototype");

      add (getPrototypeOf (object));
      /* Of most functions there is only the name and the length */
      for (const key of bare ? [] : ownKeys (object))
        {
          const descriptor = getOwnPropertyDescriptor (object, key);

          add (descriptor.value);
          add (descriptor.get);
          add (descriptor.set);
        }
      freeze (object);
    }

  freeze (global);
})
