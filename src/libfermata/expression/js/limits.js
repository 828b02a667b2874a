/* limits.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Bounds for what the watchdog cannot interrupt, or only after seconds. */
(function (tools) {
  "use strict";

  const maxCharacters = 16 * 1024 * 1024;
  const maxElements = 10 * 1000 * 1000;
  const { apply, construct } = Reflect;
  const { defineProperty, getOwnPropertyDescriptor, keys } = Object;
  const NativeArray = Array;
  const isArray = Array.isArray;

  function limit (message)
  {
    return tools.error ("FermataLimit", message);
  }

  function override (object, name, make)
  {
    const descriptor = getOwnPropertyDescriptor (object, name);
    const native = descriptor.value;
    const value = make (native);

    defineProperty (value, "name", { value: name });
    defineProperty (value, "length", { value: native.length });
    defineProperty (object, name, { ...descriptor, value });
  }

  function checkCharacters (count, what)
  {
    if (count > maxCharacters)
      throw limit (`${what} would make a text of ${count} characters; ` +
                   `at most ${maxCharacters} are possible`);
  }

  function checkElements (count, what)
  {
    if (count > maxElements)
      throw limit (`${what} would make ${count} elements; at most ${maxElements} are possible`);
  }

  override (String.prototype, "repeat", native => ({
    repeat (count) {
      const text = `${this}`;

      count = +count;
      checkCharacters (text.length * count, "repeat ()");
      return apply (native, text, [count]);
    }
  }.repeat));

  for (const name of ["padStart", "padEnd"])
    override (String.prototype, name, native => ({
      pad (length, ...rest) {
        length = +length;
        checkCharacters (length, `${name} ()`);
        return apply (native, this, [length, ...rest]);
      }
    }.pad));

  /* Linear, but slow */
  override (String.prototype, "normalize", native => ({
    normalize (form) {
      const text = `${this}`;

      checkCharacters (text.length, "normalize ()");
      return apply (native, text, form === undefined ? [] : [form]);
    }
  }.normalize));

  for (const name of ["encodeURI", "encodeURIComponent", "decodeURI", "decodeURIComponent"])
    override (globalThis, name, native => ({
      code (text) {
        text = `${text}`;
        checkCharacters (text.length, `${name} ()`);
        return native (text);
      }
    }.code));

  override (Array.prototype, "fill", native => ({
    fill (...args) {
      checkElements (this.length, "fill ()");
      return apply (native, this, args);
    }
  }.fill));

  override (Array, "from", native => ({
    from (items, ...rest) {
      if (typeof items === "object" && items !== null && items[Symbol.iterator] === undefined)
        checkElements (+items.length, "Array.from ()");
      return apply (native, this === BoundedArray ? NativeArray : this, [items, ...rest]);
    }
  }.from));

  /* Array (n), in place of the constructor that arrays know: without one they
   * fall back on what is built in, which is quicker than finding this. */
  function BoundedArray (...items)
  {
    if (items.length === 1 && typeof items[0] === "number")
      checkElements (items[0], "Array ()");
    return construct (NativeArray, items, new.target || NativeArray);
  }

  defineProperty (BoundedArray, "name", { value: "Array" });
  defineProperty (BoundedArray, "prototype", { value: Array.prototype });
  for (const name of ["of", "from", "isArray"])
    defineProperty (BoundedArray, name, getOwnPropertyDescriptor (Array, name));
  delete Array.prototype.constructor;
  defineProperty (globalThis, "Array", { value: BoundedArray });

  /* The same array may occur in it many times over. */
  function count (value)
  {
    const stack = [value];
    let values = 0;

    while (stack.length > 0)
      {
        const container = stack.pop ();
        const names = isArray (container) ? null : keys (container);
        const length = names ? names.length : container.length;

        values += length;
        if (values > maxElements)
          throw limit (`JSON.stringify () of something that contains itself, ` +
                       `or more than ${maxElements} values`);
        for (let i = 0; i < length; i++)
          {
            const member = names ? container[names[i]] : container[i];

            if (typeof member === "object" && member !== null)
              stack.push (member);
          }
      }
  }

  override (JSON, "stringify", native => ({
    stringify (value, replacer, space) {
      if (typeof value === "object" && value !== null)
        count (value);
      return native (value, replacer, space);
    }
  }.stringify));
})
