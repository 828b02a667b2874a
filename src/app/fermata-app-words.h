/* fermata-app-words.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/* What actions do, in few words: “raise up; coins = coins + 1”. NULL if that is
 * nothing (transfer full). @assign and @actions are nullable. */
char *fermata_app_words_dup_actions (FermataValue *assign,
                                     FermataValue *actions);

/* What a state does when it is entered, while it is active and when it is left;
 * NULL: nothing (transfer full). */
char *fermata_app_words_dup_state   (FermataNode  *state);

G_END_DECLS
