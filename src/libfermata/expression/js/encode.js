/* encode.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Results as JSON text, a slice at a time. What has no JSON form is an error
 * that says where it is. */
(function (tools) {
  "use strict";

  const { keys, getPrototypeOf, prototype: objectPrototype } = Object;
  const { apply } = Reflect;
  const { isSafeInteger, isFinite, isNaN } = Number;
  const isArray = Array.isArray;
  const stringify = JSON.stringify;
  const { getTime, toISOString } = Date.prototype;
  const toTag = objectPrototype.toString;
  const asIntN = BigInt.asIntN;
  const hints = {
    __proto__: null,
    Map: "; use Object.fromEntries (map)",
    Set: "; use [...set]",
    Generator: "; use [...values]",
  };
  const maxDepth = 1000;
  const maxValues = 10 * 1000 * 1000;
  const maxText = 256 * 1024 * 1024;
  const slice = 50000;

  /* The container at hand (its names, or null for an array), the members that
   * it has and that have been seen; and those around it. */
  let container, names, length, index;
  let frames = [];
  let out = "";
  let values = 0;
  const quotedNames = new Map ();

  function isWord (name)
  {
    for (const c of name)
      if (!(c >= "a" && c <= "z" || c >= "A" && c <= "Z" || c >= "0" && c <= "9" || c === "_"))
        return false;
    return name !== "" && !(name[0] >= "0" && name[0] <= "9");
  }

  function step (names, index)
  {
    if (index === 0)
      return "";
    if (names === null)
      return `[${index - 1}]`;

    const name = names[index - 1];
    return isWord (name) ? `.${name}` : `[${stringify (name)}]`;
  }

  /* The path to the member at hand, or to the first container that was seen
   * on the way to it already. */
  function place (until)
  {
    if (container === undefined)
      return "the result";

    let path = "result";
    const seen = new Set ();
    for (const frame of [...frames, { container, names, index }])
      {
        if (until === "repeated" && seen.has (frame.container))
          return path;
        seen.add (frame.container);
        path += step (frame.names, frame.index);
      }
    return path;
  }

  function refuse (what)
  {
    return tools.error ("FermataResult", `${place ()} ${what}`);
  }

  function encodeNumber (number)
  {
    if (isSafeInteger (number))
      return number === 0 && 1 / number < 0 ? "-0.0" : `${number}`;
    if (!isFinite (number))
      throw refuse (`is ${number}`);

    const text = `${number}`;
    /* Whole, but not exactly so: 9007199254740994 */
    return number % 1 === 0 && !text.includes ("e") ? `${text}.0` : text;
  }

  function encodeScalar (value)
  {
    switch (typeof value)
      {
      case "string":
        return stringify (tools.toText (value));
      case "number":
        return encodeNumber (value);
      case "boolean":
        return value ? "true" : "false";
      case "bigint":
        if (asIntN (64, value) !== value)
          throw refuse ("is a BigInt beyond 64 bits");
        return `${value}`;
      case "undefined":
        throw refuse ("is undefined");
      default:
        throw refuse (`is a ${typeof value}`);
      }
  }

  function quoteName (name)
  {
    let quoted = quotedNames.get (name);

    if (quoted === undefined)
      {
        if (quotedNames.size >= 1000)
          quotedNames.clear ();
        quoted = `${stringify (name.toWellFormed ())}:`;
        quotedNames.set (name, quoted);
      }
    return quoted;
  }

  /* Objects of a class, too */
  function isPlain (object)
  {
    const prototype = getPrototypeOf (object);

    return prototype === objectPrototype || prototype === null ||
           apply (toTag, object, []) === "[object Object]";
  }

  function refuseObject (object)
  {
    const tag = apply (toTag, object, []).slice (8, -1);
    const article = "AEIOU".includes (tag[0]) ? "an" : "a";

    return refuse (`is ${article} ${tag}, which has no JSON form${hints[tag] ?? ""}`);
  }

  function checkDepth (object)
  {
    if (frames.length < maxDepth)
      return;
    if (object === container || frames.some (frame => frame.container === object))
      throw tools.error ("FermataResult", `${place ("repeated")} contains itself`);
    throw refuse (`is nested deeper than ${maxDepth} levels`);
  }

  function enter (object)
  {
    const list = isArray (object);

    if (!list && !isPlain (object))
      throw refuseObject (object);
    checkDepth (object);

    if (container !== undefined)
      frames.push ({ container, names, length, index });
    container = object;
    names = list ? null : keys (object);
    length = list ? object.length : names.length;
    index = 0;
    out += list ? "[" : "{";
  }

  function leave ()
  {
    out += names === null ? "]" : "}";
    if (frames.length > 0)
      ({ container, names, length, index } = frames.pop ());
    else
      container = undefined;
  }

  function encode (value)
  {
    if (typeof value !== "object" || value === null)
      out += value === null ? "null" : encodeScalar (value);
    else if (value instanceof Date)
      {
        if (isNaN (apply (getTime, value, [])))
          throw refuse ("is an invalid Date");
        out += stringify (apply (toISOString, value, []));
      }
    else
      enter (value);
  }

  function encodeMember ()
  {
    const at = index++;

    if (at > 0)
      out += ",";
    if (names === null)
      {
        encode (container[at]);
        return;
      }
    out += quoteName (names[at]);
    encode (container[names[at]]);
  }

  function encodeSlice ()
  {
    for (let n = 0; container !== undefined && n < slice; n++)
      if (index < length)
        encodeMember ();
      else
        leave ();

    values += slice;
    if (container !== undefined && (values > maxValues || out.length > maxText))
      throw tools.error ("FermataLimit", "the result is too large");
    return container !== undefined;
  }

  function reset ()
  {
    container = undefined;
    frames = [];
    out = "";
    values = 0;
  }

  /* The text, or undefined while there is more to do. What is thrown may come
   * from a getter, so it may be anything. */
  tools.encodeMore = function () {
    try
      {
        if (encodeSlice ())
          return undefined;
      }
    catch (error)
      {
        reset ();
        tools.fail (error);
      }

    const text = out;
    reset ();
    return text;
  };

  /* The number of the copy, if the result is one, unless that did not help. */
  tools.beginEncode = function (value, anyway) {
    const id = anyway ? undefined : tools.getId (value);

    if (id !== undefined)
      return id;

    reset ();
    try
      {
        encode (value);
      }
    catch (error)
      {
        tools.fail (error);
      }
    return tools.encodeMore ();
  };
})
