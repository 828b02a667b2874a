/* guard.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What compiled expressions call, and how errors reach the C side: as an Error
 * of ours with a name and a message that are strings, whatever was thrown. */
(function (tools) {
  "use strict";

  const { defineProperty, freeze, getPrototypeOf } = Object;
  const NativeError = Error;
  const { stringify } = JSON;
  const maxString = 256 * 1024 * 1024;

  tools.error = function (name, message) {
    const error = new NativeError (message);

    defineProperty (error, "name", { value: name });
    return error;
  };

  /* A path that leads through null or undefined, or to a number that
   * JavaScript cannot hold: an error, but only where it is read. */
  function Broken (name, message)
  {
    this.name = name;
    this.message = message;
    freeze (this);
  }

  const brokenPrototype = freeze (Broken.prototype);

  tools.broken = (name, message) => new Broken (name, message);

  /* The further steps of a path, where members are inherited. */
  tools.walk = function (base, text, ...steps) {
    for (const step of steps)
      {
        if (base === undefined || base === null)
          return new Broken ("FermataPath", `${text} is ${base}: it has no member “${step}”`);
        base = base[step];
        text += `.${step}`;
      }
    return base;
  };

  function get (value)
  {
    if (typeof value === "object" && value !== null && getPrototypeOf (value) === brokenPrototype)
      throw tools.error (value.name, value.message);
    return value;
  }

  /* Half of a surrogate pair has no UTF-8 form; it becomes U+FFFD. A rope
   * costs nothing until it is read, so its length is looked at before. */
  function toText (text)
  {
    if (text.length > maxString)
      throw tools.error ("FermataLimit", `a text of ${text.length} characters is too long`);
    return text.isWellFormed () ? text : text.toWellFormed ();
  }

  tools.toText = toText;

  function result (value)
  {
    return typeof value === "string" ? toText (value) : value;
  }

  function describe (thrown)
  {
    if (typeof thrown === "object" && thrown !== null && typeof thrown.message === "string")
      return [typeof thrown.name === "string" ? thrown.name : "", thrown.message];
    if (typeof thrown === "string")
      return ["", thrown];
    if (typeof thrown === "object" && thrown !== null)
      return ["", `threw ${stringify (thrown).slice (0, 200)}`];
    return ["", `threw ${String (thrown)}`];
  }

  tools.fail = function (thrown) {
    let name = "";
    let message = "threw something that cannot be described";

    try
      {
        [name, message] = describe (thrown);
      }
    catch
      {
      }
    throw tools.error (name, message.slice (0, 10000).toWellFormed () || name || "threw an empty error");
  };

  for (const [name, value] of [["get", get], ["result", result], ["fail", tools.fail]])
    defineProperty (globalThis, `__fermata_${name}`, { value });
})
