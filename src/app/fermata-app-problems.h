/* fermata-app-problems.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_PROBLEMS (fermata_app_problems_get_type ())

/* What is wrong with a document, as a list; to choose one goes there. Property
 * document. Signal counted: there are other ones. */
G_DECLARE_FINAL_TYPE (FermataAppProblems, fermata_app_problems, FERMATA, APP_PROBLEMS, AdwBin)

/* Hints are counted with neither. */
void fermata_app_problems_count (FermataAppProblems *self,
                                 guint              *n_errors,
                                 guint              *n_warnings);

/* To the next one, or the one before; round and round. */
void fermata_app_problems_go    (FermataAppProblems *self,
                                 gboolean            forward);

G_END_DECLS
