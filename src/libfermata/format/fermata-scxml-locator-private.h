/* fermata-scxml-locator-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-places.h"

G_BEGIN_DECLS

/* Finds where in SCXML the parts of its graph are, by their JSON Pointers. */
typedef struct _FermataScxmlLocator FermataScxmlLocator;

/* NULL if there is no graph in it. */
FermataScxmlLocator *fermata_scxml_locator_new  (GBytes              *text);
void                 fermata_scxml_locator_free (FermataScxmlLocator *self);

/* @inner_offset: of a byte in the string there; -1: the value; -2: its name. FALSE:
 * there is no such thing, and @position is that of what it would be in. */
gboolean             fermata_scxml_locator_find (FermataScxmlLocator *self,
                                                 const char          *path,
                                                 gssize               inner_offset,
                                                 FermataTextPosition *position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataScxmlLocator, fermata_scxml_locator_free)

G_END_DECLS
