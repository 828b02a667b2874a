/* fermata-app-bodies.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"

G_BEGIN_DECLS

/*
 * What bodies are called, and which ones a node may have. Names are those of
 * documents: "body", "catch", "finally".
 */

/* All of them; ends with NULL. */
extern const char *const fermata_app_body_names[];

/* How a node runs its body, if it is a task of a known type. */
FermataBodyRule fermata_app_bodies_get_rule  (FermataAppDocument *document,
                                              FermataNode        *node);

/* Whether a node of its type may have that body. */
gboolean        fermata_app_bodies_may_have  (FermataAppDocument *document,
                                              FermataNode        *node,
                                              const char         *name);

/* Whether its items come by an edge with `each`. */
gboolean        fermata_app_bodies_is_behind_each (FermataNode    *node);

/* Whether it is run again and again: then one says which time. */
gboolean        fermata_app_bodies_repeat    (FermataAppDocument *document,
                                              FermataGraph       *body);

/* The name of a body among those of its node, and for people: "Catch". */
const char     *fermata_app_bodies_get_name  (FermataGraph       *body);
const char     *fermata_app_bodies_get_title (const char         *name);

/* What a node is called, and a body of it: "orders", of a node with several bodies "guard · catch" (transfer full). */
char           *fermata_app_bodies_dup_owner (FermataNode        *owner);
char           *fermata_app_bodies_dup_title (FermataGraph       *body);

/* "Item 3 of 40", "Round 3", by how the node runs its body (transfer full). */
char           *fermata_app_bodies_dup_time  (FermataAppDocument *document,
                                              FermataGraph       *body,
                                              guint               index,
                                              guint               n_all);

G_END_DECLS
