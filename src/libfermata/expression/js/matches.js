/* matches.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* matches (text, pattern), with the errors that fermata-js-matches.c only
 * numbers. */
(function (tools) {
  "use strict";

  const { matches: search, matchesMessage: getMessage } = globalThis;

  delete globalThis.matchesMessage;

  globalThis.matches = {
    matches (text, pattern) {
      if (typeof text !== "string" || typeof pattern !== "string")
        throw new TypeError ("matches () takes a text and a pattern, both strings");

      const answer = search (tools.toText (text), tools.toText (pattern));
      if (answer < 2)
        return answer === 1;
      throw tools.error (answer === 2 ? "Error" : "FermataLimit", `matches (): ${getMessage ()}`);
    }
  }.matches;
})
