/* fermata-app-examples.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_EXAMPLE (fermata_app_example_get_type ())

/* A graph that comes with the app, to look at and to begin with. */
G_DECLARE_FINAL_TYPE (FermataAppExample, fermata_app_example, FERMATA, APP_EXAMPLE, GObject)

GFile            *fermata_app_example_get_file        (FermataAppExample *self);
const char       *fermata_app_example_get_title       (FermataAppExample *self);
const char       *fermata_app_example_get_description (FermataAppExample *self);
FermataGraphKind  fermata_app_example_get_kind        (FermataAppExample *self);

/* All that there are, machines first (transfer full). Where they are installed, or
 * in the source tree; none if they are in neither. */
GListModel       *fermata_app_examples_list           (void);

G_END_DECLS
