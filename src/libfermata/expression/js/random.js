/* random.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Math.random (), the same for the same seed: sfc32. */
(function (tools) {
  "use strict";

  let a, b, c, counter;

  function next ()
  {
    const sum = (a + b + counter) | 0;

    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  tools.setSeed = function (high, low) {
    a = high | 0;
    b = low | 0;
    c = 0x9e3779b9 | 0;
    counter = 1;
    for (let i = 0; i < 12; i++)
      next ();
  };

  Object.defineProperty (Math, "random", {
    value: {
      random () {
        return ((next () >>> 5) * 67108864 + (next () >>> 6)) / 9007199254740992;
      }
    }.random
  });
})
