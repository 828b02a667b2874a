/* machine.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The functions that expressions of state machines have, over what there is. */
(function (tools) {
  "use strict";

  const { freeze, hasOwn } = Object;
  const none = freeze ([]);

  function checkId (name, id)
  {
    if (typeof id !== "string")
      throw new TypeError (`${name} () takes the id of a state, a text`);
  }

  const makers = {
    /* Over the ids of the states that are active */
    In: active => id => {
      checkId ("In", id);
      return active.includes (id);
    },

    /* Over the results of the visits of each state, by its id */
    visits: results => id => {
      checkId ("visits", id);
      return hasOwn (results, id) ? results[id] : none;
    },
  };

  tools.makeFunction = (name, value) => freeze (makers[name] (value));
})
