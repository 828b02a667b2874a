/* date.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Date whose clock is the event's, and whose local time is UTC. */
(function (tools) {
  "use strict";

  const { apply, construct } = Reflect;
  const { defineProperty, getOwnPropertyDescriptor, getOwnPropertyNames } = Object;
  const NativeDate = Date;
  const { parse, UTC } = Date;
  const prototype = Date.prototype;
  const { getTime, toUTCString } = prototype;
  const { toPrimitive } = Symbol;
  const isoWithoutZone = /^\s*[+-]?\d{4,6}-\d\d(-\d\d)?T\d\d:\d\d(:\d\d([.,]\d+)?)?\s*$/;
  const test = apply.bind (null, isoWithoutZone.test, isoWithoutZone);
  let now = 0;

  tools.setTime = (milliseconds) => { now = milliseconds; };

  /* As if local time were UTC: only texts without a zone accept another. */
  function parseAsUtc (text)
  {
    text = `${text}`;
    if (text.length > 200)
      return NaN;

    const withZone = parse (test ([text]) ? `${text.trim ()}Z` : `${text} UTC`);
    return withZone === withZone ? withZone : parse (text);
  }

  function toTime (args)
  {
    if (args.length === 0)
      return now;
    if (args.length > 1)
      return UTC (...args);

    let value = args[0];
    if (typeof value === "object" && value !== null)
      value = value instanceof NativeDate ? apply (getTime, value, []) : value[toPrimitive]?.("default") ?? value.valueOf ();
    return typeof value === "string" ? parseAsUtc (value) : value;
  }

  function FermataDate (...args)
  {
    if (!new.target)
      return new NativeDate (now).toString ();
    return construct (NativeDate, [toTime (args)], new.target);
  }

  defineProperty (FermataDate, "name", { value: "Date" });
  defineProperty (FermataDate, "length", { value: 7 });
  defineProperty (FermataDate, "prototype", { value: prototype });
  defineProperty (FermataDate, "now", { value: { now () { return now; } }.now });
  defineProperty (FermataDate, "parse", { value: { parse (text) { return parseAsUtc (text); } }.parse });
  defineProperty (FermataDate, "UTC", { value: UTC });
  defineProperty (prototype, "constructor", { value: FermataDate });
  defineProperty (globalThis, "Date", { value: FermataDate });

  function define (name, method)
  {
    defineProperty (prototype, name, { value: method });
    defineProperty (method, "name", { value: name });
  }

  for (const name of getOwnPropertyNames (prototype))
    {
      const utc = /^[gs]et(?!UTC)/.test (name) && name.slice (0, 3) + "UTC" + name.slice (3);

      if (utc && utc in prototype)
        define (name, prototype[utc]);
    }

  delete prototype.getYear;
  delete prototype.setYear;
  delete prototype.toGMTString;

  /* Thu, 01 Jan 1970 00:00:00 GMT */
  function parts (date)
  {
    const [day, dayOfMonth, month, year, time] = apply (toUTCString, date, []).split (" ");

    if (time === undefined)
      return null;
    return { date: `${day.slice (0, 3)} ${month} ${dayOfMonth} ${year}`, time: `${time} GMT+0000 (UTC)` };
  }

  function show (pick)
  {
    return function () {
      const found = parts (this);

      return found ? pick (found) : "Invalid Date";
    };
  }

  define ("toString", show (found => `${found.date} ${found.time}`));
  define ("toDateString", show (found => found.date));
  define ("toTimeString", show (found => found.time));
  define ("getTimezoneOffset", function () { return apply (getTime, this, []) * 0; });

  for (const name of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"])
    {
      const native = getOwnPropertyDescriptor (prototype, name).value;

      define (name, function (locale = "en-US", options = {}) {
        return apply (native, this, [locale, { timeZone: "UTC", ...options }]);
      });
    }
})
