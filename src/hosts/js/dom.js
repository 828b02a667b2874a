/* dom.js
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* XML as a DOM. */
(function (tools, host) {
  "use strict";

  tools.isNode = () => false;
})
