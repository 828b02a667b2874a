/* script.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a script's context has beside JavaScript itself: console; and how it is
 * called: with JSON, answering with JSON (see encode.js, which comes before). */
(function (tools, print) {
  "use strict";

  const { defineProperty } = Object;
  const { parse, stringify } = JSON;
  const { apply } = Reflect;
  const NativeError = Error;
  const toBigInt = BigInt;

  /* console */

  function show (value)
  {
    try
      {
        if (typeof value === "string")
          return value;
        if (typeof value === "bigint")
          return `${value}n`;
        if (typeof value === "object" && value !== null && !(value instanceof NativeError))
          return stringify (value) ?? String (value);
        return String (value);
      }
    catch
      {
        return "(cannot be shown)";
      }
  }

  function printer (stream)
  {
    return function (...values) {
      print (stream, values.length === 1 ? show (values[0]) : values.map (show).join (" "));
    };
  }

  const console = { log: printer (0), info: printer (0), debug: printer (0),
                    warn: printer (1), error: printer (1) };

  defineProperty (globalThis, "console", { value: console, writable: true, configurable: true });

  /* Values that JSON has no word for: strings that begin with U+0001. */

  function untag (container, key, text)
  {
    const rest = text.slice (2);

    if (text[1] === "i")
      container[key] = toBigInt (rest);
    else if (text[1] === "s")
      container[key] = rest;
    else
      defineProperty (container, key, {
        enumerable: true,
        configurable: true,
        get () { throw tools.error ("FermataResult", `${rest} is a number that JavaScript cannot hold`); }
      });
  }

  function untagAll (root)
  {
    const stack = [root];

    while (stack.length > 0)
      {
        const container = stack.pop ();

        for (const key in container)
          {
            const member = container[key];

            if (typeof member === "object" && member !== null)
              stack.push (member);
            else if (typeof member === "string" && member[0] === "\u0001")
              untag (container, key, member);
          }
      }
  }

  /* Only an Error knows its line; anything else gets at least its text. */
  function presentable (thrown)
  {
    if (thrown instanceof NativeError)
      return thrown;
    try
      {
        tools.fail (thrown);
      }
    catch (error)
      {
        return error;
      }
  }

  function encode (value)
  {
    let text = tools.beginEncode (value, true);

    while (text === undefined)
      text = tools.encodeMore ();
    return text;
  }

  tools.invoke = function (body, names, text, tagged) {
    const values = parse (text);
    let result;

    if (tagged)
      untagAll (values);
    try
      {
        result = apply (body, undefined, names.map (name => values[name]));
      }
    catch (thrown)
      {
        throw presentable (thrown);
      }
    return encode (result ?? null);
  };
})
