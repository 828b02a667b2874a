/* fermata-layout-picture-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

#include "value/fermata-layout-wire-private.h"

G_BEGIN_DECLS

/* A picture, which Graphviz owns, or why there is none. */
typedef struct {
  char *data;
  gsize length;
  GString *message;
} FermataLayoutPicture;

gboolean          fermata_layout_picture_has_format (const char           *format);
FermataLayoutExit fermata_layout_picture_make       (FermataLayoutPicture *self,
                                                     GString              *dot,
                                                     const char           *format);

G_END_DECLS
