/* locale.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Words and numbers look the same on every machine. */
(function (tools) {
  "use strict";

  const { apply } = Reflect;
  const { defineProperty } = Object;
  const locale = "en-US";

  function localize (prototype, name, position)
  {
    const native = prototype[name];

    defineProperty (prototype, name, {
      value: {
        [name] (...args) {
          while (args.length <= position)
            args.push (undefined);
          args[position] ??= locale;
          return apply (native, this, args);
        }
      }[name]
    });
  }

  localize (String.prototype, "localeCompare", 1);
  localize (String.prototype, "toLocaleLowerCase", 0);
  localize (String.prototype, "toLocaleUpperCase", 0);
  localize (Number.prototype, "toLocaleString", 0);
  localize (BigInt.prototype, "toLocaleString", 0);
})
