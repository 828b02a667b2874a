/* fermata-app-member-special.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-member.h"

G_BEGIN_DECLS

/* Members that are not just the value at a path: to read them, and to write. */

#define FERMATA_APP_DECLARE_SPECIAL(name) \
  FermataValue *fermata_app_read_##name  (gpointer                subject, \
                                          const FermataAppMember *member); \
  FermataEdit  *fermata_app_write_##name (gpointer                subject, \
                                          const FermataAppMember *member, \
                                          FermataValue           *value, \
                                          GError                **error);

/* Renames the node, and what refers to it. */
FERMATA_APP_DECLARE_SPECIAL (id)

/* "retry" may be a number, which is that of attempts. */
FERMATA_APP_DECLARE_SPECIAL (retry)

/* "continue", or an object whatever its value. */
FERMATA_APP_DECLARE_SPECIAL (on_error)

/* "parallel", "final", "history", or "deep" for a deep history. */
FERMATA_APP_DECLARE_SPECIAL (state_kind)

/* Whether what the state is in begins with it. */
FERMATA_APP_DECLARE_SPECIAL (is_initial)

/* Whether an edge is one of errors. */
FERMATA_APP_DECLARE_SPECIAL (on)

/* Whether a member makes sense at the moment. */
gboolean fermata_app_has_fallback   (gpointer node);
gboolean fermata_app_can_be_initial (gpointer state);
gboolean fermata_app_has_actions    (gpointer state);
gboolean fermata_app_has_tasks      (gpointer state);
gboolean fermata_app_is_final       (gpointer state);

G_END_DECLS
