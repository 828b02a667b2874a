/* failures.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What was thrown, as a text: the first letter says which kind of error it is (e:
 * JavaScript says so, x: somebody threw it), the rest is for people. */
(function (tools) {
  "use strict";

  const { stringify } = JSON;
  const toText = String;
  const mistakes = [SyntaxError, ReferenceError, TypeError, RangeError, EvalError, URIError];
  const maxLength = 10000;

  function isMistake (thrown)
  {
    for (const constructor of mistakes)
      if (thrown instanceof constructor)
        return true;
    return false;
  }

  /* Only what has no address is the user's code. */
  function lineOf (error, linesBefore)
  {
    const line = error.sourceURL === undefined && typeof error.line === "number" ? error.line - linesBefore : 0;

    return line > 1 ? ` (line ${line})` : "";
  }

  function describe (thrown, linesBefore)
  {
    if (typeof thrown === "object" && thrown !== null && typeof thrown.message === "string")
      {
        const name = typeof thrown.name === "string" && !thrown.name.startsWith ("Fermata") ? thrown.name : "";
        const colon = name !== "" && thrown.message !== "" ? ": " : "";

        return `${name}${colon}${thrown.message}${lineOf (thrown, linesBefore)}`;
      }
    if (typeof thrown === "string")
      return thrown;
    if (typeof thrown === "object" && thrown !== null)
      return `threw ${stringify (thrown).slice (0, 200)}`;
    return `threw ${toText (thrown)}`;
  }

  tools.describe = function (thrown, linesBefore) {
    let kind = "x";
    let message = "threw something that cannot be described";

    try
      {
        kind = isMistake (thrown) ? "e" : "x";
        message = describe (thrown, linesBefore);
      }
    catch
      {
      }
    return kind + (message.slice (0, maxLength).toWellFormed () || "threw an empty error");
  };
})
