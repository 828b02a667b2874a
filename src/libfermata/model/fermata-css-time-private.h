/* fermata-css-time-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A time as SCXML has it of CSS2 (6.2.4): `1s`, `+1s`, `.5s`, `250ms`, and no unit if
 * it is 0; minutes, hours and days as its schema has them. Nothing at all is 0. */
gboolean fermata_css_time_parse (const char *text,
                                 gint64     *microseconds);

G_END_DECLS
