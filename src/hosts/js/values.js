/* values.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Values of a machine's variables as text, in canonical encoding (see
 * value/fermata-canonical.h), and back. Neither recurses. What comes from user
 * code may have getters and traps, which run in the midst of it. */
(function (tools) {
  "use strict";

  const { keys, getPrototypeOf, freeze, prototype: objectPrototype } = Object;
  const { apply } = Reflect;
  const { isSafeInteger, isFinite, isNaN } = Number;
  const { isArray } = Array;
  const { parse, stringify } = JSON;
  const { getTime, toISOString } = Date.prototype;
  const { toString: functionToString } = Function.prototype;
  const toTag = objectPrototype.toString;
  const regExpSource = Object.getOwnPropertyDescriptor (RegExp.prototype, "source").get;
  const regExpFlags = Object.getOwnPropertyDescriptor (RegExp.prototype, "flags").get;
  const primitives = [Number.prototype.valueOf, String.prototype.valueOf, Boolean.prototype.valueOf,
                      BigInt.prototype.valueOf];
  const NativeDate = Date;
  const NativeRegExp = RegExp;
  const NativeError = Error;
  const NativeSet = Set;
  const toBigInt = BigInt;
  const global = globalThis;
  const evaluate = eval;
  const hints = {
    __proto__: null,
    Map: ": use an object, such as Object.fromEntries (map)",
    Set: ": use an array, such as [...set]",
  };
  const maxDepth = 1000;
  const maxValues = 10 * 1000 * 1000;
  const maxText = 64 * 1024 * 1024;
  const maxPath = 200;

  /* --- Functions, by their source ----------------------------------------- */

  function refuse (place, what)
  {
    return tools.error ("FermataResult", `${place ()} ${what}`);
  }

  function encodeFunction (value, place)
  {
    const path = tools.natives.get (value);
    const source = path ?? apply (functionToString, value, []);

    if (path === undefined && source.endsWith ("[native code]\n}"))
      throw refuse (place, "is a built-in or bound function, which cannot be kept");
    return `{"$function":${stringify (source.toWellFormed ())}}`;
  }

  /* A method's source is no expression */
  function decodeFunction (source)
  {
    const native = tools.nativePaths.get (source);

    if (native !== undefined)
      return native;
    try
      {
        return evaluate (`(${source}\n)`);
      }
    catch (error)
      {
        const holder = evaluate (`({${source}\n})`);
        const names = keys (holder);

        if (names.length !== 1 || typeof holder[names[0]] !== "function")
          throw error;
        return holder[names[0]];
      }
  }

  /* --- What a system variable is, and what was one ------------------------- */

  /* Objects that are frozen with all that is in them. Those that say the same
   * are the same one, so that `kept == _event` is true. */
  const frozen = new WeakSet ();
  const interned = new Map ();
  const maxInterned = 64;

  /* Whether there is something in one that can be changed all the same: a date, a
   * tree, a function. Then none of them outlives a call that may change something. */
  let isChangeable = false;

  function hasMore (object)
  {
    return typeof object === "function" || (getPrototypeOf (object) !== objectPrototype && !isArray (object));
  }

  tools.freezeDeep = function (root) {
    const stack = [root];

    while (stack.length > 0)
      {
        const object = stack.pop ();

        if ((typeof object !== "object" && typeof object !== "function") || object === null)
          continue;
        if (hasMore (object))
          {
            isChangeable = true;
            continue;
          }
        for (const name of keys (object))
          stack.push (object[name]);
        freeze (object);
      }
    if (typeof root === "object" && root !== null)
      frozen.add (root);
    return root;
  };

  /* What a frozen object says. */
  tools.keyOf = object => stringify (parse (tools.encode (object, "")).$frozen);

  /* The one that says the same and is held already, if there is any. */
  tools.intern = function (value) {
    if (interned.size === 0 || !frozen.has (value))
      return value;
    return interned.get (tools.keyOf (value)) ?? value;
  };

  tools.forgetInterned = function () {
    if (interned.size < maxInterned && !isChangeable)
      return false;
    isChangeable = false;
    interned.clear ();
    return true;
  };

  function decodeFrozen (raw)
  {
    const key = stringify (raw);
    let value = interned.get (key);

    if (value === undefined)
      {
        value = tools.findSystem (key) ?? tools.freezeDeep (untag ({ raw }).raw);
        interned.set (key, value);
      }
    return value;
  }

  /* --- Encoding ------------------------------------------------------------ */

  function isWord (name)
  {
    return /^[A-Za-z_$][\w$]*$/.test (name);
  }

  function encodeNumber (number)
  {
    if (isSafeInteger (number))
      return number === 0 && 1 / number < 0 ? "-0.0" : `${number}`;
    if (!isFinite (number))
      return `{"$number":"${number}"}`;

    const text = `${number}`;
    /* Whole, but not exactly so: 9007199254740994 */
    return number % 1 === 0 && !text.includes ("e") ? `${text}.0` : text;
  }

  function encodeScalar (value, place)
  {
    switch (typeof value)
      {
      case "string":
        return stringify (value.isWellFormed () ? value : value.toWellFormed ());
      case "number":
        return encodeNumber (value);
      case "boolean":
        return value ? "true" : "false";
      case "undefined":
        return '{"$undefined":true}';
      case "bigint":
        return `{"$bigint":"${value}"}`;
      case "function":
        return encodeFunction (value, place);
      case "symbol":
        throw refuse (place, "is a symbol, which cannot be kept");
      default:
        return "null";
      }
  }

  function has (brand, object)
  {
    try
      {
        apply (brand, object, []);
        return true;
      }
    catch
      {
        return false;
      }
  }

  function unbox (object)
  {
    for (const valueOf of primitives)
      if (has (valueOf, object))
        return apply (valueOf, object, []);
    return undefined;
  }

  /* Objects that are no mere containers: their text, or undefined. */
  function encodeSpecial (object, place)
  {
    if (has (getTime, object))
      return `{"$date":"${isNaN (apply (getTime, object, [])) ? "invalid" : apply (toISOString, object, [])}"}`;
    if (!tools.isNative (object) && has (regExpSource, object))
      return `{"$regexp":${stringify (`/${apply (regExpSource, object, [])}/${apply (regExpFlags, object, [])}`.toWellFormed ())}}`;
    if (tools.isNode (object))
      return tools.encodeNode (object, place);

    const primitive = unbox (object);
    if (primitive !== undefined)
      return encodeScalar (primitive, place);
    return undefined;
  }

  function refuseTag (tag, place)
  {
    const article = "AEIOU".includes (tag[0]) ? "an" : "a";

    return refuse (place, `is ${article} ${tag}, which cannot be kept${hints[tag] ?? ""}`);
  }

  /* Of an Error, what it says is not enumerable. */
  function namesOf (object, place)
  {
    if (object instanceof NativeError)
      return ["name", "message", ...keys (object).filter (name => !["name", "message", "line", "column", "sourceURL"].includes (name))];

    const tag = apply (toTag, object, []);
    if (tag !== "[object Object]" && tag !== "[object Arguments]" && getPrototypeOf (object) !== objectPrototype
        && getPrototypeOf (object) !== null)
      throw refuseTag (tag.slice (8, -1), place);
    return keys (object);
  }

  tools.encode = function (root, what) {
    const frames = [];
    let frame = null;
    let out = "";
    let values = 0;

    /* The path to the member at hand, or to the first container that was seen on
     * the way to it already. */
    function place (until)
    {
      const seen = new NativeSet ();
      let path = what;

      for (const { object, names, index } of frame === null ? [] : [...frames, frame])
        {
          if (until === "repeated" && seen.has (object))
            return path;
          seen.add (object);
          if (path.length > maxPath)
            return `${path}…`;
          if (index > 0)
            path += names === null ? `[${index - 1}]`
                                   : isWord (names[index - 1]) ? `.${names[index - 1]}` : `[${stringify (names[index - 1])}]`;
        }
      return path;
    }

    function checkDepth ()
    {
      if (frames.length < maxDepth)
        return;
      if (new NativeSet (frames.map (one => one.object)).size < frames.length)
        throw tools.error ("FermataResult", `${place ("repeated")} contains itself, which cannot be kept`);
      throw refuse (place, `is nested deeper than ${maxDepth} levels`);
    }

    function enter (object)
    {
      const list = isArray (object);
      const names = list ? null : namesOf (object, place);
      const kept = frozen.has (object);

      const length = list ? object.length : names.length;

      checkDepth ();
      if (length > maxValues)
        throw refuse (place, `has ${length} elements, which is too many to be kept`);
      if (frame !== null)
        frames.push (frame);
      frame = { object, names, length, index: 0,
                close: (list ? "]" : "}") + (kept ? "}" : ""),
                escape: !list && names.length === 1 && names[0][0] === "$" };
      out += (kept ? '{"$frozen":' : "") + (list ? "[" : "{");
    }

    function add (value)
    {
      if (typeof value !== "object" || value === null)
        {
          out += encodeScalar (value, place);
          return;
        }

      const prototype = getPrototypeOf (value);
      const isPlain = prototype === objectPrototype || prototype === null || isArray (value);
      const special = isPlain ? undefined : encodeSpecial (value, place);

      if (value === global)
        throw refuse (place, "is the global object, which cannot be kept");
      if (tools.isNative (value))
        throw refuse (place, "is one of JavaScript's own objects, which cannot be kept");
      if (special === undefined)
        enter (value);
      else
        out += special;
    }

    function addMember ()
    {
      const at = frame.index++;

      if (at > 0)
        out += ",";
      if (frame.names === null)
        {
          add (frame.object[at]);
          return;
        }

      const name = frame.names[at];
      if (name.includes ("\0"))
        throw refuse (place, "has U+0000 in its name, which cannot be kept");
      out += `${stringify (frame.escape ? `$${name.toWellFormed ()}` : name.toWellFormed ())}:`;
      add (frame.object[name]);
    }

    add (root);
    while (frame !== null)
      if (frame.index < frame.length)
        {
          addMember ();
          if (++values > maxValues || out.length > maxText)
            throw tools.error ("FermataResult", `${what} is too large to be kept`);
        }
      else
        {
          out += frame.close;
          frame = frames.length > 0 ? frames.pop () : null;
        }
    return out;
  };

  /* --- Decoding ------------------------------------------------------------ */

  const numbers = { __proto__: null, NaN, Infinity, "-Infinity": -Infinity };

  function decodeRegExp (text)
  {
    const end = text.lastIndexOf ("/");

    return new NativeRegExp (text.slice (1, end), text.slice (end + 1));
  }

  const decoders = {
    __proto__: null,
    $undefined: () => undefined,
    $number: text => numbers[text],
    $bigint: text => toBigInt (text),
    $date: text => new NativeDate (text === "invalid" ? NaN : text),
    $function: decodeFunction,
    $regexp: decodeRegExp,
    $xml: text => tools.decodeNode (text),
    $frozen: decodeFrozen,
  };

  function untag (holder)
  {
    const stack = [holder];

    while (stack.length > 0)
      {
        const container = stack.pop ();

        for (const name of keys (container))
          {
            let member = container[name];

            if (typeof member !== "object" || member === null)
              continue;
            if (!isArray (member))
              {
                const names = keys (member);
                const tag = names.length === 1 ? names[0] : "";

                if (decoders[tag] !== undefined)
                  {
                    container[name] = decoders[tag] (member[tag]);
                    continue;
                  }
                if (tag.startsWith ("$$"))
                  container[name] = member = { [tag.slice (1)]: member[tag] };
              }
            stack.push (member);
          }
      }
    return holder;
  }

  tools.decode = function (text) {
    const value = parse (text);

    return text.includes ('{"$') ? untag ({ value }).value : value;
  };
})
