/* copy.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Freezes the copies of values that are handed over, a slice at a time, so
 * that the watchdog does not end what is not the user's doing. */
(function (tools) {
  "use strict";

  const { defineProperty, freeze } = Object;
  const isArray = Array.isArray;
  const slice = 20000;
  const ids = new WeakMap ();
  const getId = ids.get.bind (ids);
  const setId = ids.set.bind (ids);
  const toBigInt = BigInt;
  let stack = [];
  let tagged = false;

  /* A copy by the number that it was given; undefined for anything else. */
  tools.getId = (object) => getId (object);

  /* Strings that begin with U+0001 stand for what JSON has no word for. */
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
        get () { throw tools.error ("FermataResult", `${rest} is a number that JavaScript cannot hold`); }
      });
  }

  function visit (container, key)
  {
    const member = container[key];

    if (typeof member === "object" && member !== null)
      stack.push (member);
    else if (tagged && typeof member === "string" && member[0] === "\u0001")
      untag (container, key, member);
  }

  function freezeOne (container)
  {
    let values = 1;

    if (isArray (container))
      for (let i = 0; i < container.length; i++, values++)
        visit (container, i);
    else
      for (const key in container)
        {
          visit (container, key);
          values++;
        }

    freeze (container);
    return values;
  }

  tools.beginFreeze = function (root, id, isTagged) {
    setId (root, id);
    stack = [root];
    tagged = isTagged;
  };

  /* Whether there is more to do. */
  tools.freezeMore = function () {
    for (let values = 0; stack.length > 0 && values < slice;)
      values += freezeOne (stack.pop ());
    return stack.length > 0;
  };
})
