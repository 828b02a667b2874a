/* fermata-js-matches-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <jsc/jsc.h>

G_BEGIN_DECLS

/* Gives a context the function matches (text, pattern), and one that tells
 * what went wrong in it: js/matches.js puts them together. */
void fermata_js_matches_define (JSCContext *context);

G_END_DECLS
