/* natives.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What JavaScript itself is stays as it is: what a machine depends on is in its
 * variables alone. So all that is built in is frozen, and what would keep
 * something from one call to the next in another way is removed. */
(function (tools) {
  "use strict";

  const { apply, ownKeys } = Reflect;
  const { defineProperty, freeze, getOwnPropertyDescriptor, getPrototypeOf } = Object;
  const global = globalThis;
  const NativeError = Error;

  tools.error = function (name, message) {
    const error = new NativeError (message);

    defineProperty (error, "name", { value: name });
    return error;
  };

  for (const name of ["WeakRef", "FinalizationRegistry", "SharedArrayBuffer", "Atomics", "WebAssembly"])
    delete global[name];

  /* Whether a property has been defined in a way in which it may be anything. */
  let defined = false;

  function noteDefining (object, name)
  {
    const native = object[name];
    const value = {
      [name] (...args) {
        defined = true;
        return apply (native, this, args);
      }
    }[name];

    defineProperty (value, "length", { value: native.length });
    defineProperty (object, name, { value });
  }

  for (const [object, ...names] of [[Object, "defineProperty", "defineProperties"], [Reflect, "defineProperty"],
                                    [Object.prototype, "__defineGetter__", "__defineSetter__"]])
    for (const name of names)
      noteDefining (object, name);

  tools.defineProperty = defineProperty;
  tools.hasDefined = () => defined;
  tools.forgetDefined = () => { defined = false; };

  /* A frozen prototype's member could not be hidden by an assignment to an
   * object of one's own: Shape.prototype.toString = ... As an accessor it can. */
  function allowHiding (prototype, name)
  {
    const descriptor = getOwnPropertyDescriptor (prototype, name);
    const { value, enumerable } = descriptor;

    if (!descriptor.configurable || !("value" in descriptor))
      return;
    defineProperty (prototype, name, {
      enumerable,
      configurable: false,
      get () { return value; },
      set (own) {
        if (this !== prototype)
          defineProperty (this, name, { value: own, writable: true, enumerable: true, configurable: true });
      }
    });
  }

  for (const constructor of [Object, Function, Array, Date, Map, Set, Promise, Error, EvalError, RangeError,
                             ReferenceError, SyntaxError, TypeError, URIError, AggregateError])
    for (const name of ownKeys (constructor.prototype))
      if (constructor === Object || constructor === NativeError || constructor.prototype instanceof NativeError
          || ["toString", "valueOf", "constructor", "toJSON"].includes (name))
        allowHiding (constructor.prototype, name);

  /* Functions that are built in, by the shortest path to them. */
  const natives = new Map ();
  const nativePaths = new Map ();
  const seen = new Set ();
  let waiting = [];

  function add (value, path)
  {
    if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has (value)
        || value === global)
      return;
    seen.add (value);
    waiting.push ([value, path]);
    if (typeof value === "function" && path !== "")
      {
        natives.set (value, path);
        nativePaths.set (path, value);
      }
  }

  tools.natives = natives;
  tools.nativePaths = nativePaths;
  tools.isNative = object => seen.has (object);

  tools.freezeNatives = function () {
    /* What no name leads to */
    const samples = [
      [][Symbol.iterator] (), new Map ()[Symbol.iterator] (), new Set ()[Symbol.iterator] (),
      ""[Symbol.iterator] (), "".matchAll (/a/g), function* () {}, async function () {},
      async function* () {}, (function* () {}) (), (async function* () {}) (),
      Iterator.from ([]).map (x => x), Iterator.from ({ next () {} }),
      (function () { return arguments; }) (),
    ];

    for (const name of ownKeys (global))
      add (global[name], typeof name === "string" ? name : "");
    for (const sample of samples)
      add (getPrototypeOf (sample), "");
    for (const constructor of tools.extraNatives)
      add (constructor, "");

    while (waiting.length > 0)
      {
        const batch = waiting;

        waiting = [];
        for (const [object, path] of batch)
          {
            add (getPrototypeOf (object), "");
            for (const key of ownKeys (object))
              {
                const descriptor = getOwnPropertyDescriptor (object, key);
                const inner = typeof key === "string" && path !== "" ? `${path}.${key}` : "";

                add (descriptor.value, inner);
                add (descriptor.get, "");
                add (descriptor.set, "");
                if (typeof descriptor.get === "function" && !descriptor.configurable && "set" in descriptor
                    && inner !== "" && typeof object[key] === "function")
                  add (object[key], inner);
              }
            freeze (object);
          }
      }
  };
})
